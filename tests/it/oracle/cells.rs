//! The completed data a plain evaluation reads: one outcome a cell, rows with their parents. It knows no rule.

use crate::oracle::Plain;
use crate::oracle::tape::mix;
use heng::ir::FieldId;
use heng::ir::TableId;

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its parent's row.
    pub parent: usize,
    /// One for each field.
    pub cells: Vec<Cell>,
}

/// One cell of a completion.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it is completed to.
    pub outcome: Plain,
    /// Whether it was seen blank: 缺省 keeps that.
    pub blank: bool,
    /// Whether it was seen filled: 已填 keeps that.
    pub filled: bool,
}

/// All tables.
#[derive(Clone, Debug)]
pub struct Cells {
    /// By table.
    pub tables: Vec<Vec<Row>>,
    /// How the questions are answered that no cell answers.
    pub guess: Guess,
}

impl Cells {
    pub fn cell(&self, field: FieldId, row: usize) -> &Cell {
        &self.tables[field.table.0 as usize][row].cells[field.index as usize]
    }

    /// The rows of a child table below a row.
    pub fn rows_of(&self, table: TableId, parent: usize) -> impl Iterator<Item = usize> {
        let rows = self.tables[table.0 as usize].iter().enumerate();
        rows.filter(move |(_, row)| row.parent == parent).map(|(at, _)| at)
    }
}

/// What stands outside the data: whether a list that is not 完整 has a name after all, where below a
/// coarse member a case really lies, which days of an unlisted year are worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// No to all.
    No,
    /// Yes to all.
    Yes,
    /// The same answer to the same question, by a seed.
    Mixed(u64),
}

impl Guess {
    pub fn answer(self, question: u64) -> bool {
        match self {
            Guess::No => false,
            Guess::Yes => true,
            Guess::Mixed(seed) => mix(seed, question) & 1 == 1,
        }
    }
}
