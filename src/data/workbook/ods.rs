//! The sheets of an ods file, cell by cell: values, percentages, merged regions, formulas, as content.xml has them. Headers are sought elsewhere.

use crate::data::RawTable;
use crate::data::workbook::faults;
use crate::data::workbook::guard;
use crate::data::workbook::ods_cell;
use crate::data::workbook::ods_cell::Given;
use crate::data::workbook::ods_cell::attribute;
use crate::data::workbook::sheet::Sheet;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use calamine::Dimensions;
use quick_xml::Error;
use quick_xml::Reader;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Cursor;
use std::io::Read;
use std::rc::Rc;
use zip::ZipArchive;

/// The rows of a spreadsheet.
const MOST_ROWS: u32 = 1 << 20;
/// Cells of one sheet that are written once for many.
const MOST_REPEATED: usize = 2_000_000;
/// What is read of the list of parts.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// Reads all sheets. Done here, because the reader of the other formats gives neither percentages nor merged regions
/// of this one, and unpacks a row that is written once for a million as a million.
pub fn read(
    file: &str,
    bytes: &[u8],
    found: &mut Diagnostics,
) -> Result<Vec<RawTable>, Diagnostic> {
    guard::check(bytes).map_err(|why| faults::archive(file, why))?;
    let broken = || faults::broken(file);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if is_locked(&mut archive) {
        return Err(faults::locked(file));
    }
    if guard::holds(bytes, |name| name.starts_with("Basic/")) {
        found.push(faults::macros(file));
    }
    let content = archive.by_name("content.xml").map_err(|_| broken())?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    xml.config_mut().expand_empty_elements = true;
    sheets(&mut xml, file, found).map_err(|_| broken())
}

fn is_locked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let mut text = vec![];
    let read = archive
        .by_name("META-INF/manifest.xml")
        .is_ok_and(|part| part.take(LONGEST_MANIFEST).read_to_end(&mut text).is_ok());
    let sealed = ["encryption-data", "encrypted-package"];
    read && sealed.iter().any(|it| text.windows(it.len()).any(|part| part == it.as_bytes()))
}

/// A sheet as its first tag tells it.
struct Named {
    name: String,
    hidden: bool,
}

fn sheets<R: BufRead>(
    xml: &mut Reader<R>,
    file: &str,
    found: &mut Diagnostics,
) -> Result<Vec<RawTable>, Error> {
    let (mut tables, mut buffer) = (vec![], vec![]);
    let mut hidden = BTreeSet::new();
    let mut style = None;
    let mut from_1904 = false;
    loop {
        buffer.clear();
        let named = match xml.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(tables),
            Event::Start(tag) => match tag.name().0 {
                "style:style" => {
                    style = attribute(&tag, "style:name")?;
                    continue;
                }
                "style:table-properties" => {
                    if attribute(&tag, "table:display")?.as_deref() == Some("false") {
                        hidden.extend(style.clone());
                    }
                    continue;
                }
                "table:null-date" => {
                    let day = attribute(&tag, "table:date-value")?;
                    from_1904 = day.is_some_and(|it| it.starts_with("1904-01-01"));
                    continue;
                }
                "table:table" => named(&tag, &hidden)?,
                _ => continue,
            },
            _ => continue,
        };
        let mut sheet = Sheet::new(file, &named.name, named.hidden, vec![]);
        if from_1904 {
            sheet.count_from_1904();
        }
        rows(xml, &mut sheet)?;
        tables.push(sheet.finish(found));
    }
}

fn named(tag: &BytesStart<'_>, hidden: &BTreeSet<String>) -> Result<Named, Error> {
    let style = attribute(tag, "table:style-name")?;
    Ok(Named {
        name: attribute(tag, "table:name")?.unwrap_or_default(),
        hidden: style.is_some_and(|it| hidden.contains(&it)),
    })
}

/// Takes the rows of a sheet up to its end.
fn rows<R: BufRead>(xml: &mut Reader<R>, sheet: &mut Sheet) -> Result<(), Error> {
    let mut buffer = vec![];
    let mut given = vec![];
    let mut formulas = vec![];
    let (mut row, mut repeated) = (0u32, 0usize);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer)? {
            Event::Start(tag) if tag.name().0 == "table:table-row" => {
                let times = ods_cell::times(&tag, "table:number-rows-repeated")?;
                ods_cell::row(xml, &mut given)?;
                let filled = !given.is_empty();
                if filled && !sheet.is_full() {
                    let last = row.saturating_add(times);
                    let stand: usize = given.iter().map(|it| it.columns().len()).sum();
                    for row in row..last.min(MOST_ROWS) {
                        put(sheet, row, &given, &mut formulas);
                        repeated += if times > 1 { stand } else { stand - given.len() };
                        if sheet.is_full() || repeated > MOST_REPEATED {
                            sheet.stop();
                            break;
                        }
                    }
                    if last > MOST_ROWS {
                        sheet.stop();
                    }
                }
                row = row.saturating_add(times);
            }
            Event::Start(tag) if ["table:shapes", "table:table"].contains(&tag.name().0) => {
                let end = tag.to_end().into_owned();
                xml.read_to_end_into(end.name(), &mut vec![])?;
            }
            Event::End(tag) if tag.name().0 == "table:table" => break,
            Event::Eof => return Err(Error::Io(std::sync::Arc::new(cut_off()))),
            _ => {}
        }
    }
    for (at, formula, stored) in formulas {
        if !stored {
            sheet.without_value(at, formula.trim_start_matches("of:").trim_start_matches('='));
        }
        // Another workbook stands in quotes before its sheet: 'file:///…'#$Sheet1.A1.
        if formula.contains("'#") {
            sheet.linked(at);
        }
    }
    Ok(())
}

/// Formulas, and whether their results are stored.
type Formulas = Vec<((u32, u32), Rc<str>, bool)>;

fn put(sheet: &mut Sheet, row: u32, given: &[Given], formulas: &mut Formulas) {
    for cell in given {
        let (down, right) = cell.spans;
        if down > 1 || right > 1 {
            let end = (row.saturating_add(down - 1), cell.column.saturating_add(right - 1));
            sheet.merge(Dimensions { start: (row, cell.column), end });
        }
        if let Some(formula) = &cell.formula {
            formulas.push(((row, cell.column), formula.clone(), cell.stored));
        }
        cell.columns().for_each(|column| sheet.put((row, column), cell.typed.clone()));
    }
}

fn cut_off() -> std::io::Error {
    std::io::ErrorKind::UnexpectedEof.into()
}
