//! The cells of a live workbook as a sheet of a file: formulas with their results, values in another style where there is no formula.

use crate::diagnostic::Lang;
use crate::report::live::expr::Value;
use crate::report::live::grid::Cell;
use crate::report::live::grid::Grid;
use crate::report::live::grid::GridColumn;
use crate::report::live::grid::SheetKind;
use crate::report::live::show;
use crate::report::workbook::cells;
use crate::report::workbook::page;
use crate::report::workbook::page::Widths;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use crate::value::Number;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The digits of a stored result.
const DIGITS: i32 = 17;
/// The narrowest and the widest column.
const WIDTHS: (usize, usize) = (9, 34);
/// The height of the heads, in points.
const HEAD_HEIGHT: f64 = 48.0;

/// Writes a sheet.
pub fn sheet(
    grid: &Grid,
    at: usize,
    names: &[String],
    sheet: &mut Worksheet,
    styles: &mut Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let own = &grid.sheets[at];
    page::set_up(sheet, 0, frozen(own.kind), lang)?;
    sheet.set_row_height(0, HEAD_HEIGHT)?;
    let mut widths = Widths::default();
    for (place, column) in (0u16..).zip(&own.columns) {
        let tone = if own.kind == SheetKind::Data { Tone::Head } else { Tone::OwnHead };
        cells::text(sheet, (0, place), &column.head, styles.get(Shape::Middle, tone))?;
        widths.see(place, &column.head.chars().take(14).collect::<String>());
        let reason = common_reason(column, lang);
        let note: Vec<&str> =
            [column.note.as_str(), reason].into_iter().filter(|it| !it.is_empty()).collect();
        if !note.is_empty() {
            sheet.insert_note(0, place, &remark(&note.join("\n")))?;
        }
        let own_notes = reason.is_empty();
        for (row, cell) in (1u32..).zip(&column.cells) {
            let shown = write(cell, column, (row, place), (at, names), sheet, styles)?;
            widths.see(place, &shown);
            if let Some(why) = cell.why.as_ref().filter(|_| own_notes) {
                sheet.insert_note(row, place, &remark(why.get(lang)))?;
            }
        }
    }
    page::over_pages(sheet, widths.total(WIDTHS.0, WIDTHS.1), frozen(own.kind))?;
    widths.set(sheet, WIDTHS.0, WIDTHS.1)
}

fn frozen(kind: SheetKind) -> u16 {
    match kind {
        SheetKind::Results => 3,
        SheetKind::Steps => 2,
        SheetKind::Data => 1,
    }
}

/// Why no cell of a column has a formula, where it is one reason for all; it is said once, at the head.
fn common_reason(column: &GridColumn, lang: Lang) -> &str {
    let first = column.cells.first().and_then(|it| it.why.as_ref());
    match first.filter(|first| column.cells.iter().all(|it| it.why.as_ref() == Some(first))) {
        Some(why) => why.get(lang),
        None => "",
    }
}

fn remark(text: &str) -> Note {
    let lines = page::lines(text, 40) as u32 + 1;
    Note::new(text)
        .add_author_prefix(false)
        .set_author("heng")
        .set_width(300)
        .set_height(lines * 19)
}

/// Writes a cell and gives what it shows, as wide as that is.
fn write(
    cell: &Cell,
    column: &GridColumn,
    (row, place): (u32, u16),
    (own, names): (usize, &[String]),
    sheet: &mut Worksheet,
    styles: &mut Styles,
) -> Result<String, XlsxError> {
    let tone = if cell.why.is_some() { Tone::Suspect } else { Tone::Plain };
    let format = format_of(column, styles.get(Shape::Cell, tone));
    let formula = cell.formula.as_ref().map(|it| show::formula(it, names, own));
    if let Some(formula) = formula {
        let formula = Formula::new(format!("={formula}")).set_result(stored(&cell.value));
        sheet.write_formula_with_format(row, place, formula, &format)?;
        return Ok(short(&cell.value));
    }
    match &cell.value {
        Value::Blank => _ = sheet.write_blank(row, place, &format)?,
        Value::Truth(it) => _ = sheet.write_boolean_with_format(row, place, *it, &format)?,
        Value::Number(it) => {
            let number: f64 = digits(it).parse().unwrap_or(f64::NAN);
            sheet.write_number_with_format(row, place, number, &format)?;
        }
        Value::Text(it) => _ = cells::text(sheet, (row, place), it, &format)?,
        Value::Fault => _ = cells::text(sheet, (row, place), "#", &format)?,
    }
    Ok(short(&cell.value))
}

fn format_of(column: &GridColumn, base: &Format) -> Format {
    let format = base.clone();
    match (column.days, column.places) {
        (true, _) => format.set_num_format("yyyy-mm-dd"),
        (false, Some(places)) => format.set_num_format(cells::shown(places as usize)),
        (false, None) => format,
    }
}

/// A result as it is stored beside its formula.
fn stored(value: &Value) -> String {
    match value {
        Value::Blank | Value::Fault => String::new(),
        Value::Number(it) => digits(it),
        Value::Truth(true) => "TRUE".to_owned(),
        Value::Truth(false) => "FALSE".to_owned(),
        Value::Text(it) => it.to_string(),
    }
}

/// A number in so many digits as a spreadsheet can tell apart.
pub fn digits(number: &Number) -> String {
    let size = number.abs().floor().to_fixed(0).len() as i32;
    let mut places = (DIGITS - size).max(0);
    // A number below one has its zeros beside.
    let mut scaled = number.abs();
    while places < 60 && !scaled.is_zero() && scaled < Number::scaled(1, 1) {
        scaled = scaled.multiply(&Number::from(10));
        places += 1;
    }
    match number.decimal_places() {
        Some(exact) if exact as i32 <= places => number.to_fixed(exact),
        _ => number.to_fixed(places as u32),
    }
}

fn short(value: &Value) -> String {
    stored(value).chars().take(14).collect()
}
