//! The sheets of an xlsx file, cell by cell, so that an empty one of a million columns costs nothing. Cells become texts elsewhere.

use crate::data::RawTable;
use crate::data::workbook::faults;
use crate::data::workbook::format::shows_percent;
use crate::data::workbook::guard;
use crate::data::workbook::sheet::Sheet;
use crate::data::workbook::sheets;
use crate::data::workbook::text;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use calamine::DataType;
use calamine::Dimensions;
use calamine::Reader;
use calamine::Style;
use calamine::Xlsx;
use calamine::XlsxError;
use calamine::open_workbook_from_rs;
use std::io::Cursor;

/// Cells after which it is told how far the reading is.
const TOLD: usize = 1 << 16;

/// What one sheet is of the bytes of its file, and who is told how much of it has been taken in.
struct Share<'a> {
    bytes: usize,
    watch: &'a dyn Fn(usize),
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all sheets.
pub fn read(
    file: &str,
    bytes: &[u8],
    found: &mut Diagnostics,
    watch: &dyn Fn(usize),
) -> Result<Vec<RawTable>, Diagnostic> {
    let seen = guard::check(bytes).map_err(|why| faults::archive(file, why))?;
    let mut book: Book<'_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|why| faults::xlsx(file, &why))?;
    let linked = guard::holds(bytes, |name| name.starts_with("xl/externalLinks/"));
    if guard::holds(bytes, |name| name.ends_with("vbaProject.bin")) {
        found.push(faults::macros(file));
    }
    let mut tables = vec![];
    let all = book.sheets_metadata().len().max(1);
    for (name, hidden) in sheets(file, book.sheets_metadata(), found) {
        // Both take another look at the whole sheet.
        let merged = match seen.merged {
            true => book.merge_cells_by_sheet_name(&name).unwrap_or_default(),
            false => vec![],
        };
        let share = Share { bytes: bytes.len() / all, watch };
        match one(&mut book, file, (&name, hidden), merged, (linked, seen.formulas), share) {
            Ok(sheet) => tables.push(sheet.finish(found)),
            Err(why) => found.push(faults::sheet(file, &name, &why.to_string())),
        }
    }
    Ok(tables)
}

fn one(
    book: &mut Book<'_>,
    file: &str,
    (name, hidden): (&str, bool),
    merged: Vec<Dimensions>,
    (linked, computes): (bool, bool),
    share: Share<'_>,
) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new(file, name, hidden, merged);
    if book.has_1904_epoch() {
        sheet.count_from_1904();
    }
    let mut blank = false;
    let mut cells = book.worksheet_cells_reader(name)?;
    let last = cells.dimensions().end.0.max(1);
    let (mut count, mut told) = (0usize, 0);
    let percent: Vec<bool> = cells.styles().iter().map(is_percent).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        blank |= cell.get_value().is_empty();
        count += 1;
        if count.is_multiple_of(TOLD) {
            let row = cell.get_position().0.min(last);
            let done = (share.bytes as u64 * u64::from(row) / u64::from(last)) as usize;
            (share.watch)(done.saturating_sub(told));
            told = done.max(told);
        }
        let shown = percent.get(style).copied().unwrap_or(false);
        sheet.put(cell.get_position(), text::of(cell.get_value(), shown));
        if sheet.is_full() {
            return Ok(sheet);
        }
    }
    drop(cells);
    (share.watch)(share.bytes.saturating_sub(told));
    if computes && (blank || linked) {
        formulas(book, name, &mut sheet, linked)?;
    }
    Ok(sheet)
}

/// Looks for formulas without a stored value, and for those that look into another workbook.
fn formulas(
    book: &mut Book<'_>,
    name: &str,
    sheet: &mut Sheet,
    linked: bool,
) -> Result<(), XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(record) = cells.next_cell_with_formula()? {
        let Some(formula) = record.formula else { continue };
        if record.value.is_empty() {
            sheet.without_value(record.pos, &formula);
        }
        if linked && formula.contains('[') {
            sheet.linked(record.pos);
        }
    }
    Ok(())
}

/// Whether numbers in a style are shown with a percent sign.
fn is_percent(style: &Style) -> bool {
    style.number_format.as_ref().is_some_and(|it| shows_percent(&it.format_code))
}
