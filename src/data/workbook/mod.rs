//! Spreadsheets to raw tables, one sheet a table: xlsx, xls, ods. Headers are sought and cells typed elsewhere.

mod faults;
mod guard;
mod sheet;
mod text;
mod xlsx;

use crate::data::RawTable;
use crate::data::decode;
use crate::data::workbook::sheet::Sheet;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::Code;
use calamine::Data;
use calamine::DataRef;
use calamine::Ods;
use calamine::Range;
use calamine::Reader;
use calamine::SheetType;
use calamine::SheetVisible;
use calamine::Xls;
use calamine::open_workbook_from_rs;
use std::io::Cursor;

/// Whether the file's name says that it is a workbook.
pub fn is_workbook(name: &str) -> bool {
    ending(name).is_some()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Xlsx,
    Xls,
    Ods,
    /// Known, and not read.
    Other,
}

fn ending(name: &str) -> Option<Format> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "xlsx" | "xlsm" | "xltx" => Some(Format::Xlsx),
        "xls" => Some(Format::Xls),
        "ods" => Some(Format::Ods),
        "xlsb" | "et" | "numbers" => Some(Format::Other),
        _ => None,
    }
}

/// Reads the sheets of a workbook as tables without headers. Macros and charts are not looked at, formulas are read
/// as the values stored with them. What cannot be read is said, and costs no more than it must.
pub fn read(file: &str, bytes: &[u8]) -> (Vec<RawTable>, Diagnostics) {
    let mut found = Diagnostics::default();
    let read = match ending(file) {
        _ if bytes.is_empty() => Err(faults::empty(file)),
        Some(Format::Xls) => xls(file, bytes, &mut found),
        Some(Format::Ods) => guard::check(bytes)
            .map_err(|why| faults::archive(file, why))
            .and_then(|()| ods(file, bytes, &mut found)),
        Some(Format::Xlsx) => xlsx::read(file, bytes, &mut found),
        Some(Format::Other) | None => Err(faults::other_format(file)),
    };
    let tables = read.unwrap_or_else(|fault| {
        found.push(fault);
        vec![]
    });
    (tables, found)
}

/// The sheets that hold cells: their names, and whether they are hidden.
fn sheets(of: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let cells = of.iter().filter(|it| it.typ == SheetType::WorkSheet);
    cells.map(|it| (it.name.clone(), it.visible != SheetVisible::Visible)).collect()
}

fn xls(file: &str, bytes: &[u8], found: &mut Diagnostics) -> Result<Vec<RawTable>, Diagnostic> {
    let mut book: Xls<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|why| faults::xls(file, &why))?;
    let mut tables = vec![];
    for (name, hidden) in sheets(book.sheets_metadata()) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        match book.worksheet_range(&name) {
            Ok(range) => {
                let mut sheet = Sheet::new(file, &name, hidden, merged);
                if book.has_1904_epoch() {
                    sheet.count_from_1904();
                }
                fill(&mut sheet, &range);
                tables.push(sheet.finish(found));
            }
            Err(why) => found.push(faults::sheet(file, &name, &why.to_string())),
        }
    }
    Ok(tables)
}

fn ods(file: &str, bytes: &[u8], found: &mut Diagnostics) -> Result<Vec<RawTable>, Diagnostic> {
    let mut book: Ods<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|why| faults::ods(file, &why))?;
    let mut tables = vec![];
    for (name, hidden) in sheets(book.sheets_metadata()) {
        match book.worksheet_range(&name) {
            Ok(range) => {
                let mut sheet = Sheet::new(file, &name, hidden, vec![]);
                fill(&mut sheet, &range);
                tables.push(sheet.finish(found));
            }
            Err(why) => found.push(faults::sheet(file, &name, &why.to_string())),
        }
    }
    Ok(tables)
}

fn fill(sheet: &mut Sheet, range: &Range<Data>) {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        sheet.put((top + row as u32, left + column as u32), text::of(&borrowed(value), false));
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

/// A finding about one sheet.
fn about(code: Code, file: &str, sheet: &str, zh: String, en: String) -> Diagnostic {
    let mut finding = decode::about(code, file, zh, en);
    finding.source.iter_mut().for_each(|it| it.sheet = Some(sheet.to_owned()));
    finding
}
