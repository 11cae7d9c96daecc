//! The cells of a live workbook as they are made, sheet by sheet and column by column. Nothing is written to a file here.

use crate::diagnostic::Text;
use crate::report::live::expr::Area;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Place;
use crate::report::live::expr::Value;

/// All sheets with cells.
#[derive(Default)]
pub struct Grid {
    /// The sheets.
    pub sheets: Vec<GridSheet>,
}

/// One sheet: a head, and rows below it.
pub struct GridSheet {
    /// Its name, as spreadsheets allow it.
    pub name: String,
    /// What it is.
    pub kind: SheetKind,
    /// Its columns, from the left.
    pub columns: Vec<GridColumn>,
}

/// Kinds of sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// What was handed in.
    Data,
    /// The steps from there.
    Steps,
    /// Indicators, grades and scores.
    Results,
}

/// One column.
pub struct GridColumn {
    /// What stands at its head.
    pub head: String,
    /// What is said of it when the mouse rests on the head.
    pub note: String,
    /// Decimal places to show; none as many as there are.
    pub places: Option<u32>,
    /// Whether its numbers are days.
    pub days: bool,
    /// One a row.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it holds, or what its formula comes to.
    pub value: Value,
    /// Its formula.
    pub formula: Option<Expr>,
    /// Why it has none, where others of its kind have one.
    pub why: Option<Text>,
}

impl Cell {
    /// What was handed in.
    pub fn plain(value: Value) -> Cell {
        Cell { value, formula: None, why: None }
    }
}

impl GridColumn {
    /// A column of plain cells.
    pub fn plain(head: impl Into<String>, cells: Vec<Cell>) -> GridColumn {
        GridColumn { head: head.into(), note: String::new(), places: None, days: false, cells }
    }
}

impl Grid {
    /// What a cell holds; nothing where there is no such cell.
    pub fn value(&self, place: Place) -> &Value {
        let column = self.sheets[place.sheet].columns.get(usize::from(place.column));
        let cell = column.and_then(|it| it.cells.get(place.row as usize));
        cell.map_or(&Value::Blank, |it| &it.value)
    }

    /// What the cells of an area hold.
    pub fn cells(&self, area: Area) -> impl Iterator<Item = &Value> {
        let Area { sheet, column, first, last } = area;
        (first..=last).map(move |row| self.value(Place { sheet, column, row }))
    }

    /// Adds a column to a sheet.
    pub fn push(&mut self, sheet: usize, column: GridColumn) -> u16 {
        let columns = &mut self.sheets[sheet].columns;
        columns.push(column);
        columns.len() as u16 - 1
    }

    /// The names of all sheets.
    pub fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|it| it.name.clone()).collect()
    }
}
