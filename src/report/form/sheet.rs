//! The sheet of one table: heads with notes, formats and rules of entry of its columns, and the rows that are known already.

use crate::data::Handed;
use crate::data::HandedRow;
use crate::data::amount;
use crate::diagnostic::Lang;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Ty;
use crate::report::form::describe;
use crate::report::form::entry::DAY_ZERO;
use crate::report::form::entry::Entries;
use crate::report::form::entry::FIRST_DAY;
use crate::report::form::notes;
use crate::report::form::plan::FormColumn;
use crate::report::form::plan::FormTable;
use crate::report::form::plan::header;
use crate::report::form::uses::Uses;
use crate::report::workbook::cells;
use crate::report::workbook::page;
use crate::report::workbook::page::Widths;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use crate::source::Sources;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Unit;
use crate::value::UnitKind;
use crate::value::day;
use crate::value::text;
use crate::value::units::Units;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The narrowest and the widest column.
const WIDTHS: (usize, usize) = (10, 32);
/// The height of the heads, in points: two lines.
const HEAD_HEIGHT: f64 = 34.0;

/// What every sheet of a form is written from.
pub struct Form<'a> {
    /// Rules of entry.
    pub entries: Entries<'a>,
    /// Which rules use what.
    pub uses: &'a Uses<'a>,
    /// The rule texts.
    pub sources: &'a Sources,
}

/// Writes the sheet of a table. Its rows begin in row 2.
pub fn write(
    form: &Form<'_>,
    table: &FormTable<'_>,
    rows: Option<&Handed>,
    sheet: &mut Worksheet,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let lang = form.entries.lang;
    let last = form.entries.last_rows[table.id.0 as usize];
    page::set_up(sheet, 0, frozen(table), lang)?;
    sheet.set_row_height(0, HEAD_HEIGHT)?;
    let mut widths = Widths::default();
    for (at, column) in (0u16..).zip(&table.columns) {
        let head = header(form.entries.program, column);
        let tone = if describe::is_required(column) { Tone::Head } else { Tone::NotApplicable };
        cells::text(sheet, (0, at), &head, styles.get(Shape::Middle, tone))?;
        widths.see(at, &head);
        sheet.insert_note(0, at, &note(&notes::of(form, table, column), lang))?;
        sheet.set_column_format(at, &blank_format(column))?;
        if let Some(rule) = form.entries.of(table, at)? {
            sheet.add_data_validation(1, at, last - 1, at, &rule)?;
        }
    }
    for (place, row) in (1u32..).zip(rows.into_iter().flat_map(|it| &it.rows)) {
        fill(table, row, sheet, (place, form), &mut widths)?;
    }
    page::over_pages(sheet, widths.total(WIDTHS.0, WIDTHS.1), frozen(table))?;
    widths.set(sheet, WIDTHS.0, WIDTHS.1)
}

/// The columns that stay in sight: the link and the key or name, where they come first.
fn frozen(table: &FormTable<'_>) -> u16 {
    let tells = |it: &&FormColumn<'_>| match it {
        FormColumn::Link(_) => true,
        FormColumn::Field(id, _) => {
            table.table.key == Some(id.index) || table.table.name_field == Some(id.index)
        }
    };
    table.columns.iter().take_while(tells).count().min(3) as u16
}

/// A note as large as its text.
fn note(text: &str, lang: Lang) -> Note {
    const WIDTH: u32 = 320;
    const LINE: u32 = 19;
    // A Chinese letter takes two columns of about seven pixels.
    let columns = match lang {
        Lang::Zh => 44,
        Lang::En => 48,
    };
    let lines = page::lines(text, columns) as u32 + 1;
    Note::new(text)
        .add_author_prefix(false)
        .set_author("heng")
        .set_width(WIDTH)
        .set_height(lines * LINE)
}

/// The format of cells that are still to be filled in: codes and names are texts before anything is typed.
fn blank_format(column: &FormColumn<'_>) -> Format {
    let format = Format::new();
    match column {
        FormColumn::Link(_) => format.set_num_format("@"),
        FormColumn::Field(_, field) => match field.kind {
            FieldKind::Scalar { ty: Ty::Date, .. } => format.set_num_format("yyyy-mm-dd"),
            FieldKind::Scalar {
                ty: Ty::Number(_) | Ty::Duration(_) | Ty::Period(PeriodKind::Year),
                ..
            } => format,
            _ => format.set_num_format("@"),
        },
    }
}

fn fill(
    table: &FormTable<'_>,
    row: &HandedRow,
    sheet: &mut Worksheet,
    (place, form): (u32, &Form<'_>),
    widths: &mut Widths,
) -> Result<(), XlsxError> {
    let (units, lang) = (&form.entries.program.units, form.entries.lang);
    for (at, column) in (0u16..).zip(&table.columns) {
        let format = blank_format(column);
        let FormColumn::Field(id, field) = column else {
            put(sheet, (place, at), &row.link, &format)?;
            widths.see(at, &row.link);
            continue;
        };
        let written = &row.cells[id.index as usize];
        widths.see(at, written);
        match number(units, field, written) {
            Some(value) => _ = sheet.write_number_with_format(place, at, value, &format)?,
            None => put(sheet, (place, at), written, &format.set_num_format("@"))?,
        }
        if let Some((_, held, why)) = row.damaged.iter().find(|it| it.0 == id.index) {
            let text = match lang {
                Lang::Zh => format!("原来的内容“{held}”{}；请重填", why.zh),
                Lang::En => format!("it held `{held}`, which {}; please write it anew", why.en),
            };
            sheet.insert_note(place, at, &note(&text, lang))?;
        }
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    at: (u32, u16),
    written: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match written.is_empty() {
        true => Ok(()),
        false => cells::text(sheet, at, written, format).map(|_| ()),
    }
}

/// The number that stands for a text in a cell of a field, if reading it gives the same again.
fn number(units: &Units, field: &Field, written: &str) -> Option<f64> {
    let FieldKind::Scalar { ty, unit, .. } = &field.kind else { return None };
    match ty {
        Ty::Number(_) | Ty::Duration(_) => {
            let folded = text::fold(written);
            let (decimal, rest) = amount::leading(&folded).ok()?;
            let number = match rest {
                "" => decimal.to_number(),
                own => turned(&decimal.to_number(), &units.parse(own)?, unit.as_ref()?)?,
            };
            cells::plain(&number.to_string()).map(|it| it.value)
        }
        Ty::Date => {
            let days = day::parse(written)?;
            let only = days.low.filter(|it| days.low == days.high && *it >= FIRST_DAY)?;
            Some(f64::from(only - DAY_ZERO))
        }
        Ty::Period(PeriodKind::Year) if written.len() == 4 => {
            cells::plain(written).map(|it| it.value)
        }
        _ => None,
    }
}

/// 100 万元 in a column in 千元 is 1000. Ratios and counts stay as they were written: their own signs are remarked on.
fn turned(number: &Number, own: &Unit, field: &Unit) -> Option<Number> {
    let measures = own.kind == UnitKind::Measure && field.kind == UnitKind::Measure;
    let alike = measures && own.dimension == field.dimension;
    alike.then(|| number.multiply(&own.factor).checked_div(&field.factor))?
}
