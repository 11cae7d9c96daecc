//! The sheets of an xls file. Values come of calamine, what it does not give of the file's records. Cells become texts elsewhere.

use crate::data::RawTable;
use crate::data::workbook::biff;
use crate::data::workbook::faults;
use crate::data::workbook::guard::Refused;
use crate::data::workbook::sheet::Sheet;
use crate::data::workbook::sheets;
use crate::data::workbook::text;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use calamine::Data;
use calamine::DataRef;
use calamine::Range;
use calamine::Reader;
use calamine::Xls;
use calamine::open_workbook_from_rs;
use std::collections::BTreeSet;
use std::io::Cursor;

/// Cells that the sheets of one workbook may span together.
const MOST_CELLS: u64 = 30_000_000;

/// Reads all sheets.
pub fn read(
    file: &str,
    bytes: &[u8],
    found: &mut Diagnostics,
) -> Result<Vec<RawTable>, Diagnostic> {
    let beside = biff::beside(bytes).unwrap_or_default();
    if beside.locked {
        return Err(faults::locked(file));
    }
    if beside.oversized {
        return Err(faults::broken(file));
    }
    // The reader lays out every cell between the first and the last of a sheet.
    if beside.area > MOST_CELLS {
        return Err(faults::archive(file, Refused::TooLarge));
    }
    if beside.macros {
        found.push(faults::macros(file));
    }
    let mut book: Xls<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|why| faults::xls(file, &why))?;
    if beside.linked {
        found.push(faults::linked(file));
    }
    let all: Vec<String> = book.sheets_metadata().iter().map(|it| it.name.clone()).collect();
    let mut tables = vec![];
    for (name, hidden) in sheets(file, book.sheets_metadata(), found) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let percent = all.iter().position(|it| *it == name);
        let percent = percent.and_then(|it| beside.percent.get(it));
        match book.worksheet_range(&name) {
            Ok(range) => {
                let mut sheet = Sheet::new(file, &name, hidden, merged);
                if book.has_1904_epoch() {
                    sheet.count_from_1904();
                }
                fill(&mut sheet, &range, percent);
                tables.push(sheet.finish(found));
            }
            Err(why) => found.push(faults::sheet(file, &name, &why.to_string())),
        }
    }
    Ok(tables)
}

fn fill(sheet: &mut Sheet, range: &Range<Data>, percent: Option<&BTreeSet<(u32, u32)>>) {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = (top + row as u32, left + column as u32);
        let percent = percent.is_some_and(|it| it.contains(&at));
        sheet.put(at, text::of(&borrowed(value), percent));
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(it) => DataRef::Int(*it),
        Data::Float(it) => DataRef::Float(*it),
        Data::String(it) => DataRef::SharedString(it),
        Data::Bool(it) => DataRef::Bool(*it),
        Data::DateTime(it) => DataRef::DateTime(*it),
        Data::DateTimeIso(it) => DataRef::DateTimeIso(it.clone()),
        Data::DurationIso(it) => DataRef::DurationIso(it.clone()),
        Data::Error(it) => DataRef::Error(it.clone()),
        Data::Empty => DataRef::Empty,
    }
}
