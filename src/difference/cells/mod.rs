//! What was edited between two versions of the data: tables, columns, rows and cells, and how to apply some of it. It runs nothing.

mod mix;
mod plan;
mod read;

use crate::data;
use crate::data::RawTable;
use crate::difference::causes::Set;
use crate::difference::cells::plan::Plan;
use crate::difference::cells::read::Reading;
use crate::difference::edits::Change;
use crate::difference::print::Names;
use crate::ir::Program;
use std::collections::BTreeMap;

/// What of the data an edit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A whole table.
    Table,
    /// A column.
    Column,
    /// Rows.
    Rows,
    /// Whether a row gives a list at all (JSON).
    List,
    /// Cells of one column.
    Cells,
}

/// One edit of the data: one row or cell, or all of one table and column where there are very many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEdit {
    /// What it is about.
    pub what: What,
    /// What happened.
    pub change: Change,
    /// The table, as the data call it.
    pub table: String,
    /// The column's header; of a renamed one, its old one.
    pub column: Option<String>,
    /// Of a renamed column, its new header.
    pub now: Option<String>,
    /// The rows or cells, in the order of the new data; of a table or a column, none.
    pub spots: Vec<Spot>,
    /// How many rows or cells it touches.
    pub count: usize,
}

/// One row or cell that an edit touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The row: its key, below the key of the row it belongs to.
    pub row: String,
    /// The row in the file, as a spreadsheet shows it.
    pub place: u32,
    /// What stood in the cell.
    pub old: Option<String>,
    /// What stands in the cell.
    pub new: Option<String>,
}

/// The edits of the data, numbered from [`CellEdits::first`].
#[derive(Clone, Debug, Default)]
pub struct CellEdits {
    /// The number of the first.
    pub first: usize,
    /// The edits.
    pub all: Vec<CellEdit>,
    /// The tables of both sides, their headers found.
    tables: [Vec<RawTable>; 2],
    plans: Vec<Plan>,
    /// The number of the edit that the atom of each place belongs to.
    of_atom: Vec<usize>,
}

/// More rows and cells than this are taken together, by table and column.
const SINGLE: usize = 120;
/// The same where each run takes long: data of more than [`LARGE`] rows.
const SINGLE_OF_LARGE: usize = 24;
/// Rows of all tables.
const LARGE: usize = 20_000;

/// Compares the tables of two versions, each read by its rules; nothing where they are the same ones.
pub fn edits(
    (old, was): (&Program, &[RawTable]),
    (new, now): (&Program, &[RawTable]),
    names: &Names,
    first: usize,
) -> CellEdits {
    let mut found = CellEdits { first, ..CellEdits::default() };
    if std::ptr::eq(was, now) {
        return found;
    }
    let settled = |program: &Program, tables: &[RawTable]| {
        let mut tables = tables.to_vec();
        data::settle(program, &mut tables);
        tables
    };
    let tables = [settled(old, was), settled(new, now)];
    let old = Reading::new(old, &tables[0], Some(names));
    let new = Reading::new(new, &tables[1], None);
    let (plans, atoms) = plan::plans(&old, &new);
    let rows: usize = tables.iter().flatten().map(RawTable::len).sum();
    let most = if rows > LARGE { SINGLE_OF_LARGE } else { SINGLE };
    let (all, of_atom) = gathered(atoms, most);
    found.of_atom = of_atom.into_iter().map(|it| it + first).collect();
    (found.all, found.plans, found.tables) = (all, plans, tables);
    found
}

/// The edits, and which of them each atom belongs to: each by itself, or those of one column together.
fn gathered(atoms: Vec<CellEdit>, most: usize) -> (Vec<CellEdit>, Vec<usize>) {
    if atoms.len() <= most {
        let places = (0..atoms.len()).collect();
        return (atoms, places);
    }
    let mut at: BTreeMap<(String, What, u8, Option<String>), usize> = BTreeMap::new();
    let (mut all, mut places): (Vec<CellEdit>, Vec<usize>) = (vec![], vec![]);
    for atom in atoms {
        let key = (atom.table.clone(), atom.what, atom.change as u8, atom.column.clone());
        let place = *at.entry(key).or_insert(all.len());
        match all.get_mut(place) {
            Some(edit) => {
                edit.count += atom.count;
                edit.spots.extend(atom.spots);
            }
            None => all.push(atom),
        }
        places.push(place);
    }
    (all, places)
}

impl CellEdits {
    /// Whether the data are the same, as far as the rules read them.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many tables, columns, rows and cells were edited.
    pub fn count(&self) -> usize {
        let of = |it: &CellEdit| if it.what == What::Table { 1 } else { it.count };
        self.all.iter().map(of).sum()
    }

    /// The edits, each by itself.
    pub fn units(&self) -> Vec<Set> {
        (self.first..self.first + self.all.len()).map(|it| Set::from([it])).collect()
    }

    /// The old data with these edits; `old` where there are none at all.
    pub fn tables(&self, old: &[RawTable], on: &Set) -> Vec<RawTable> {
        if self.plans.is_empty() {
            return old.to_vec();
        }
        let applied = |atom: Option<usize>| {
            atom.and_then(|it| self.of_atom.get(it)).is_some_and(|it| on.contains(it))
        };
        mix::mixed(&self.plans, [&self.tables[0], &self.tables[1]], &applied)
    }
}
