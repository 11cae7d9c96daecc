//! Bytes to facts: typed columns bound to a program's tables, every cell with its place. No rule is evaluated.

pub mod amount;
pub mod bind;
pub mod blank;
mod columns;
pub mod csv;
pub mod decode;
pub mod delimited;
pub mod excerpt;
pub mod expected;
mod findings;
pub mod handed;
pub mod header;
pub mod join;
pub mod json;
pub mod lookup;
pub mod measure;
pub mod raw;
mod rows;
pub mod single;
mod suspects;
pub mod taken;
mod taking;
#[cfg(test)]
mod tests;
pub mod vocabulary;
#[cfg(feature = "workbooks")]
pub mod workbook;

pub use bind::bind;
pub use bind::written;
pub use blank::blank;
pub use findings::shortened;
pub use handed::Handed;
pub use handed::HandedRow;
pub use handed::handed;
pub use header::settle;
pub use join::join;
pub use lookup::Lookup;
pub use lookup::lookup;
pub use lookup::nearest;
pub use raw::RawTable;
pub use taken::Taken;

use crate::diagnostic::CellRef;
use crate::diagnostic::Text;
use crate::ir::FieldId;
use crate::ir::TableId;
use crate::value::Bits;
use crate::value::Column;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The data of a run, bound to a program.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// One for each table of the program, by [`TableId`].
    pub tables: Vec<TableFacts>,
    /// The names of the files the cells came from.
    pub files: Vec<String>,
    /// The table in each of these, where one file holds several (JSON, a rule file).
    pub sheets: Vec<Option<String>>,
    /// How each of these was taken.
    pub taken: Vec<Taken>,
}

/// The rows of one table. Child rows stand grouped by parent, in file order within one parent;
/// rows whose parent is blank or not there stand last and are evaluated by nobody.
#[derive(Clone, Debug, Default)]
pub struct TableFacts {
    /// Number of rows, orphans included.
    pub len: usize,
    /// One for each field of the table; none for 多条.
    pub columns: Vec<Option<FieldColumn>>,
    /// Of a child table: parent row `p` has the rows `offsets[p]..offsets[p + 1]`. Empty without a parent.
    pub offsets: Vec<u32>,
    /// Of a child table: each attached row's parent row.
    pub parents: Vec<u32>,
    /// Of a child table: parent rows whose list was not given (a table not given sets all).
    pub ungiven: Bits,
    /// Where each row stands.
    pub places: Vec<RowPlace>,
    /// Each row's key as text: its 标识, else its 名称, else its place in the table from 1.
    pub keys: Vec<Arc<str>>,
    /// Each row's 名称, else its key.
    pub names: Vec<Arc<str>>,
    /// Rows that nobody submitted: the periods that a rule asks for and the data have not. Empty if there are none.
    pub expected: Bits,
}

/// Where a row stands. `row` counts as a spreadsheet shows it: the header is row 1; 0 is a row nobody submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPlace {
    /// Index in [`Facts::files`].
    pub file: u32,
    /// The row.
    pub row: u32,
}

/// The cells of one field.
#[derive(Clone, Debug)]
pub struct FieldColumn {
    /// What each cell may be.
    pub column: Column,
    /// The header it was found under; none where the data have no such column.
    pub header: Option<String>,
    /// Cells that are not blank, unreadable ones and marks included.
    pub filled: Bits,
    /// The cells that are holes, by row.
    pub holes: BTreeMap<u32, Hole>,
}

/// A cell whose value is not known.
#[derive(Clone, Debug)]
pub struct Hole {
    /// Why not.
    pub kind: HoleKind,
    /// What the cell holds.
    pub raw: String,
    /// What is wrong with it, to be read after the quoted cell: “2021年13月”不是日期. Empty for a blank.
    pub why: Text,
}

/// Why a cell's value is not known (`semantics` §1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleKind {
    /// The cell is blank, or the column is not there.
    Blank,
    /// Unreadable, outside its domain, or two rows of one key differ: to be corrected.
    Fault,
    /// Several members bear the name.
    Homonym,
    /// Coarser than asked: “2021年8月” as a day.
    Coarse,
}

impl Facts {
    /// The facts of a table.
    pub fn table(&self, id: TableId) -> &TableFacts {
        &self.tables[id.0 as usize]
    }

    /// Where a cell stands, by the header its field was found under.
    pub fn place(&self, field: FieldId, row: usize) -> CellRef {
        let place = self.table(field.table).places[row];
        CellRef {
            file: self.files[place.file as usize].clone(),
            sheet: self.sheets[place.file as usize].clone(),
            row: Some(place.row).filter(|it| *it > 0),
            column: self.cells(field).header.clone(),
        }
    }

    /// The cells of a field that is not 多条.
    pub fn cells(&self, id: FieldId) -> &FieldColumn {
        self.table(id.table).columns[id.index as usize]
            .as_ref()
            .expect("a field that holds one value a row")
    }
}

impl TableFacts {
    /// Whether a row is one that a rule asks for and nobody submitted.
    pub fn is_expected(&self, row: usize) -> bool {
        row < self.expected.len() && self.expected.get(row)
    }

    /// The rows of one parent row that were submitted.
    pub fn submitted_of(&self, parent: usize) -> impl Iterator<Item = usize> {
        self.rows_of(parent).filter(|it| !self.is_expected(*it))
    }

    /// The rows of one parent row.
    pub fn rows_of(&self, parent: usize) -> std::ops::Range<usize> {
        self.offsets[parent] as usize..self.offsets[parent + 1] as usize
    }
}
