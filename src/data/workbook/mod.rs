//! Spreadsheets to raw tables, one sheet a table: xlsx, xls, ods. Headers are sought and cells typed elsewhere.

mod biff;
mod faults;
mod format;
mod guard;
mod ods;
mod ods_cell;
mod sheet;
mod text;
mod xls;
mod xlsx;

use crate::data::RawTable;
use crate::data::decode;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::Code;
use calamine::SheetType;
use calamine::SheetVisible;

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
        Some(Format::Xls) => xls::read(file, bytes, &mut found),
        Some(Format::Ods) => ods::read(file, bytes, &mut found),
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

/// A finding about one sheet.
fn about(code: Code, file: &str, sheet: &str, zh: String, en: String) -> Diagnostic {
    let mut finding = decode::about(code, file, zh, en);
    finding.source.iter_mut().for_each(|it| it.sheet = Some(sheet.to_owned()));
    finding
}
