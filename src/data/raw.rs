//! Tables as they were given: headers and texts with their places, whatever format they came in. Nothing is typed here.

use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Text;
use crate::diagnostic::code::Code;
use crate::source::Span;
use std::collections::BTreeMap;

/// A table of texts. All cells lie in one string, row after row.
#[derive(Clone, Debug, Default)]
pub struct RawTable {
    /// The file's stem, the name of the JSON list, the name of the table in a rule file.
    pub name: String,
    /// The file, as the user sees it.
    pub file: String,
    /// The table's name where one file holds several.
    pub sheet: Option<String>,
    /// Column headers as written.
    pub headers: Vec<String>,
    /// Whether it is a sheet whose header row is still to be found: there are no headers yet.
    pub grid: bool,
    /// Whether it is a sheet of a workbook, where a day may stand as a number.
    pub workbook: bool,
    /// Whether the workbook counts days from 1904.
    pub from_1904: bool,
    /// Whether the sheet is hidden from who opens the workbook.
    pub hidden: bool,
    /// Merged regions of a sheet.
    pub merged: Vec<Region>,
    /// Formulas whose results were not stored, by row and column.
    pub unstored: BTreeMap<(u32, u32), String>,
    /// Which row of another raw table each row lies inside, where the rows are nested.
    pub nested: Option<Nested>,
    /// Whether the rows stand in a rule file, where what is not set is blank on purpose.
    pub written: bool,
    /// The place of every cell of such rows, row after row.
    pub spans: Vec<Span>,
    /// Rows whose cells cannot be trusted, and why: said after the quoted cell.
    pub damaged: BTreeMap<u32, Text>,
    /// Single cells that cannot be trusted, by row and column, and why.
    pub damaged_cells: BTreeMap<(u32, u32), Text>,
    text: String,
    ends: Vec<usize>,
    rows: Vec<RawRow>,
    /// How many of the first rows are titles and headers.
    above: usize,
}

/// Several cells of a sheet that show one text. Rows and columns count from 0.
#[derive(Clone, Debug)]
pub struct Region {
    /// Row and column of the first cell.
    pub first: (u32, u32),
    /// Row and column of the last cell.
    pub last: (u32, u32),
    /// What they show.
    pub text: String,
    /// Whether it is a number, which is not repeated in the rows below.
    pub number: bool,
}

/// Rows that lie inside the rows of another table.
#[derive(Clone, Debug, Default)]
pub struct Nested {
    /// The index of that table among the raw tables handed over together.
    pub parent: usize,
    /// The parent's row, one a row.
    pub rows: Vec<u32>,
    /// Which of the parent's rows hold a list, an empty one included; rows past the end hold none.
    pub given: Vec<bool>,
}

#[derive(Clone, Copy, Debug)]
struct RawRow {
    first: usize,
    place: u32,
}

impl RawTable {
    /// A table without rows.
    pub fn new(name: impl Into<String>, file: impl Into<String>) -> RawTable {
        RawTable { name: name.into(), file: file.into(), ..RawTable::default() }
    }

    /// The same table without its rows, and without what is known of them.
    pub(crate) fn bare(&self) -> RawTable {
        RawTable {
            sheet: self.sheet.clone(),
            headers: self.headers.clone(),
            workbook: self.workbook,
            from_1904: self.from_1904,
            hidden: self.hidden,
            ..RawTable::new(self.name.clone(), self.file.clone())
        }
    }

    /// Number of rows below the header.
    pub fn len(&self) -> usize {
        self.rows.len() - self.above
    }

    /// Whether there are no rows below the header.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows above the first, titles and header, as they were given: their places and cells.
    pub fn above(&self) -> impl Iterator<Item = (u32, Vec<&str>)> {
        (0..self.above).map(|at| {
            let cells = self.cells_of(at);
            (self.rows[at].place, cells.map(|it| self.text_at(it)).collect())
        })
    }

    /// Makes room for so many rows, cells and bytes of text.
    pub(crate) fn reserve(&mut self, rows: usize, cells: usize, text: usize) {
        self.rows.reserve_exact(rows);
        self.ends.reserve_exact(cells);
        self.text.reserve_exact(text);
    }

    /// Adds a row that stands in row `place` of its file; cells past its end are blank.
    pub fn push_row<'a>(&mut self, place: u32, cells: impl Iterator<Item = &'a str>) {
        self.rows.push(RawRow { first: self.ends.len(), place });
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(self.text.len());
        }
    }

    /// The text of a cell, blank where the row is too short.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cells = self.cells_of(row + self.above);
        let at = cells.start + column;
        if at >= cells.end { "" } else { self.text_at(at) }
    }

    /// Puts the rows in the order in which a spreadsheet shows them. Nothing may stand above the rows yet.
    #[cfg(feature = "workbooks")]
    pub(crate) fn put_in_order(&mut self) {
        let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
        order.sort_by_key(|it| self.rows[*it as usize].place);
        let old = RawTable {
            text: std::mem::take(&mut self.text),
            ends: std::mem::take(&mut self.ends),
            rows: std::mem::take(&mut self.rows),
            ..RawTable::default()
        };
        let mut moved = vec![0; order.len()];
        for (row, from) in (0u32..).zip(order) {
            moved[from as usize] = row;
            let from = from as usize;
            self.push_row(old.rows[from].place, old.cells_of(from).map(|it| old.text_at(it)));
        }
        let follow = |(row, column): (u32, u32)| (moved[row as usize], column);
        let cells = std::mem::take(&mut self.damaged_cells);
        self.damaged_cells = cells.into_iter().map(|(at, why)| (follow(at), why)).collect();
        let formulas = std::mem::take(&mut self.unstored);
        self.unstored = formulas.into_iter().map(|(at, it)| (follow(at), it)).collect();
    }

    /// Where the cells of a row lie, titles and headers counted.
    fn cells_of(&self, row: usize) -> std::ops::Range<usize> {
        let end = self.rows.get(row + 1).map_or(self.ends.len(), |it| it.first);
        self.rows[row].first..end
    }

    fn text_at(&self, cell: usize) -> &str {
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] };
        &self.text[start..self.ends[cell]]
    }

    /// Makes a row the header: it and those above it stand above the rows from now on. `headers` are what it says.
    pub(crate) fn behead(&mut self, header: usize, headers: Vec<String>) {
        let gone = header as u32 + 1;
        self.above += header + 1;
        let below = |(row, column): (u32, u32)| Some((row.checked_sub(gone)?, column));
        let damaged = std::mem::take(&mut self.damaged);
        self.damaged = damaged
            .into_iter()
            .filter_map(|(row, why)| Some((row.checked_sub(gone)?, why)))
            .collect();
        let cells = std::mem::take(&mut self.damaged_cells);
        self.damaged_cells =
            cells.into_iter().filter_map(|(at, why)| Some((below(at)?, why))).collect();
        let formulas = std::mem::take(&mut self.unstored);
        self.unstored =
            formulas.into_iter().filter_map(|(at, it)| Some((below(at)?, it))).collect();
        self.headers = headers;
        self.grid = false;
    }

    /// Number of cells of a row.
    pub fn width(&self, row: usize) -> usize {
        self.cells_of(row + self.above).len()
    }

    /// The row that stands there, where rows are in the order of the file.
    pub fn row_at(&self, place: u32) -> Option<usize> {
        self.rows[self.above..].binary_search_by_key(&place, |it| it.place).ok()
    }

    /// The row as a spreadsheet shows it.
    pub fn place(&self, row: usize) -> u32 {
        self.rows[self.above + row].place
    }

    /// Whether nothing is known against any cell.
    pub(crate) fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.damaged_cells.is_empty()
    }

    /// Why a cell cannot be trusted.
    pub(crate) fn damage(&self, row: usize, column: usize) -> Option<&Text> {
        let (row, column) = (row as u32, column as u32);
        self.damaged.get(&row).or_else(|| self.damaged_cells.get(&(row, column)))
    }

    /// A finding at a row or column of this table.
    pub(crate) fn finding(
        &self,
        code: Code,
        row: Option<usize>,
        column: Option<&str>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Diagnostic {
        let finding = Diagnostic::new(code, zh, en);
        let column_at = column.and_then(|it| self.headers.iter().position(|header| header == it));
        if let (true, Some(row)) = (self.written, row) {
            let at = self.cells_of(self.above + row).start + column_at.unwrap_or(0);
            return self.spans.get(at).into_iter().fold(finding, |it, span| it.at(*span));
        }
        finding.cell(CellRef {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row: row.map(|it| self.place(it)),
            column: column.map(str::to_owned),
        })
    }
}

/// Adds the tables of one more file to those of a run.
pub fn join(all: &mut Vec<RawTable>, more: Vec<RawTable>) {
    let shift = all.len();
    all.extend(more.into_iter().map(|mut table| {
        table.nested.iter_mut().for_each(|it| it.parent += shift);
        table
    }));
}

/// Rows as a reader counts them: `3、8、9 等 12`.
pub(crate) fn listed(rows: &[u32]) -> (String, String) {
    const SHOWN: usize = 5;
    let join = |mark: &str| {
        let shown: Vec<String> = rows.iter().take(SHOWN).map(u32::to_string).collect();
        shown.join(mark)
    };
    match rows.len() > SHOWN {
        true => (
            format!("{} 等 {}", join("、"), rows.len()),
            format!("{} and {} more", join(", "), rows.len() - SHOWN),
        ),
        false => (join("、"), join(", ")),
    }
}
