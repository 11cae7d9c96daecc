//! Spreadsheets to raw tables, one sheet a table: xlsx, xls, ods. Headers are sought and cells typed elsewhere.

mod biff;
mod content;
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
use crate::data::workbook::content::Content;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::Code;
use calamine::SheetType;
use calamine::SheetVisible;
use std::collections::BTreeMap;

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
    read_watched(file, bytes, &|_| {})
}

/// The same; `watch` is told of the share of the bytes taken in since it was last told, as near as that is known.
pub fn read_watched(
    file: &str,
    bytes: &[u8],
    watch: &dyn Fn(usize),
) -> (Vec<RawTable>, Diagnostics) {
    let mut found = Diagnostics::default();
    let read = read_as(ending(file), file, bytes, (&mut found, watch));
    if read.as_ref().is_ok_and(Vec::is_empty) && found.0.is_empty() {
        found.push(faults::no_sheets(file));
    }
    let tables = read.unwrap_or_else(|fault| {
        found.push(fault);
        vec![]
    });
    (tables, found)
}

/// A file is read as what it holds: offices rename files.
fn read_as(
    told: Option<Format>,
    file: &str,
    bytes: &[u8],
    (found, watch): (&mut Diagnostics, &dyn Fn(usize)),
) -> Result<Vec<RawTable>, Diagnostic> {
    if bytes.is_empty() {
        return Err(faults::empty(file));
    }
    let holds = match told {
        Some(Format::Other) | None => return Err(faults::other_format(file)),
        Some(_) => content::of(bytes),
    };
    let format = match holds {
        Content::Xlsx => Format::Xlsx,
        Content::Xls => Format::Xls,
        Content::Ods => Format::Ods,
        Content::Xlsb => return Err(faults::other_format(file)),
        Content::Locked => return Err(faults::locked(file)),
        Content::Page | Content::Text => return Err(faults::no_workbook(file, &holds)),
        Content::Broken => return Err(faults::broken(file)),
    };
    if told != Some(format) {
        found.push(faults::renamed(file, &holds));
    }
    match format {
        Format::Xls => xls::read(file, bytes, found),
        Format::Ods => ods::read(file, bytes, found),
        Format::Xlsx | Format::Other => xlsx::read(file, bytes, found, watch),
    }
}

/// The sheets that hold cells: their names, and whether they are hidden. Names that a spreadsheet program takes for
/// one are said; of those that are the same to the letter the reader gives the first alone.
fn sheets(file: &str, of: &[calamine::Sheet], found: &mut Diagnostics) -> Vec<(String, bool)> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut sheets: Vec<(String, bool)> = vec![];
    for sheet in of.iter().filter(|it| it.typ == SheetType::WorkSheet) {
        let first = *taken.entry(sheet.name.to_lowercase()).or_insert(&sheet.name);
        if sheets.iter().any(|it| it.0 == sheet.name) {
            found.push(faults::second_of_one_name(file, &sheet.name));
            continue;
        }
        if first != sheet.name {
            found.push(faults::names_alike(file, first, &sheet.name));
        }
        sheets.push((sheet.name.clone(), sheet.visible != SheetVisible::Visible));
    }
    sheets
}

/// A finding about one sheet.
fn about(code: Code, file: &str, sheet: &str, zh: String, en: String) -> Diagnostic {
    let mut finding = decode::about(code, file, zh, en);
    finding.source.iter_mut().for_each(|it| it.sheet = Some(sheet.to_owned()));
    finding
}
