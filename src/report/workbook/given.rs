//! The tables handed in as the sheets they come back on, and where a cell of the data stands there. It writes no cell.

use crate::data::Facts;
use crate::data::RawTable;
use crate::data::Taken;
use crate::diagnostic::CellRef;
use crate::report::Report;
use crate::report::workbook::names::SheetNames;
use crate::value::text;

/// A table that comes back.
pub struct Given<'a> {
    /// As it was given.
    pub raw: &'a RawTable,
    /// How it was taken; none where no table is declared for it.
    pub taken: Option<&'a Taken>,
    /// The name of its sheet.
    pub sheet: String,
    /// The row of its header, from 0.
    pub head: u32,
    /// How many rows lower than in its file its rows stand: 1 where the file has no row for a header.
    pub down: u32,
    /// Where its first column stands: after that of its parent's key, where its rows lay inside others.
    pub left: u16,
    /// Its columns, the widest row counted.
    pub width: u16,
}

/// A cell of a sheet; rows and columns count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Which of the tables that come back.
    pub sheet: usize,
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u16,
}

/// All tables that come back: those that were read, then those beside them in one file.
pub fn given<'a>(report: &Report<'a>, names: &mut SheetNames) -> Vec<Given<'a>> {
    let taken = |at: usize| report.facts.taken.iter().find(|it| it.raw == at);
    let files: Vec<&str> =
        report.facts.taken.iter().map(|it| report.tables[it.raw].file.as_str()).collect();
    let comes_back = |at: &usize| {
        let raw = &report.tables[*at];
        let beside = raw.sheet.is_some() && files.contains(&raw.file.as_str());
        let holds = !raw.is_empty() || raw.above().next().is_some() || !raw.headers.is_empty();
        taken(*at).is_some() || beside && holds
    };
    let mut order: Vec<usize> = (0..report.tables.len()).filter(comes_back).collect();
    order.sort_by_key(|it| taken(*it).is_none());
    let named = |name: &str| {
        let same = |it: &&usize| text::fold(&report.tables[**it].name) == text::fold(name);
        order.iter().filter(same).count()
    };
    let wanted: Vec<String> = order
        .iter()
        .map(|at| {
            let raw = &report.tables[*at];
            let stem = raw.file.rsplit('/').next().unwrap_or_default();
            let stem = stem.rsplit_once('.').map_or(stem, |it| it.0);
            match named(&raw.name) > 1 && stem != raw.name {
                true => format!("{} {stem}", raw.name),
                false => raw.name.clone(),
            }
        })
        .collect();
    let sheet = |(at, wanted): (&usize, &String)| {
        let raw = &report.tables[*at];
        laid_out(raw, taken(*at), names.take(wanted))
    };
    order.iter().zip(&wanted).map(sheet).collect()
}

fn laid_out<'a>(raw: &'a RawTable, taken: Option<&'a Taken>, sheet: String) -> Given<'a> {
    let head = raw.above().last().map_or(0, |(place, _)| place.saturating_sub(1));
    let first = if raw.is_empty() { u32::MAX } else { raw.place(0) - 1 };
    let rows = (0..raw.len()).map(|it| raw.width(it));
    let above = raw.above().map(|(_, cells)| cells.len());
    let width = rows.chain(above).chain([raw.headers.len()]).max().unwrap_or(0);
    Given {
        raw,
        taken,
        sheet,
        head,
        down: u32::from(first <= head),
        left: u16::from(raw.nested.is_some()),
        // A row past what a spreadsheet holds is refused where it is written.
        width: u16::try_from(width).unwrap_or(u16::MAX / 2),
    }
}

impl Given<'_> {
    /// The row of the sheet where a row stands that its file shows there.
    pub fn row(&self, place: u32) -> u32 {
        place - 1 + self.down
    }

    /// The column of the sheet.
    pub fn column(&self, column: usize) -> u16 {
        u16::try_from(column).unwrap_or(u16::MAX / 2) + self.left
    }

    /// The column with a header, as this table or another of the same kind spells it.
    fn column_of(&self, header: &str, facts: &Facts) -> Option<usize> {
        let own = self.raw.headers.iter().position(|it| it == header);
        own.or_else(|| {
            let taken = self.taken?;
            let columns = &facts.table(taken.table).columns;
            let is = |it: &Option<crate::data::FieldColumn>| {
                it.as_ref().is_some_and(|it| it.header.as_deref() == Some(header))
            };
            taken.column_of(columns.iter().position(is)?)
        })
    }
}

/// Where a place in the data stands: a cell, the first cell of a row, the head of a column or of a table.
pub fn find(all: &[Given], facts: &Facts, cell: &CellRef) -> Option<Spot> {
    let here = |it: &&(usize, &Given)| {
        it.1.raw.file == cell.file && (cell.sheet.is_none() || it.1.raw.sheet == cell.sheet)
    };
    let tables: Vec<(usize, &Given)> = all.iter().enumerate().collect();
    let holds = |it: &&(usize, &Given)| cell.row.is_none_or(|row| it.1.raw.row_at(row).is_some());
    let mut near = tables.iter().filter(here);
    let (sheet, given) = *near.clone().find(holds).or_else(|| near.next())?;
    let column = cell.column.as_deref().and_then(|it| given.column_of(it, facts));
    let row = cell.row.filter(|it| given.raw.row_at(*it).is_some());
    Some(Spot {
        sheet,
        row: row.map_or(given.head, |it| given.row(it)),
        column: column.map_or(0, |it| given.column(it)),
    })
}
