//! The sheet of one table handed in: its own rows where they stood, what is said of its cells, verdicts on the right. What is said is decided elsewhere.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::ir::FieldKind;
use crate::ir::Ty;
use crate::report::Report;
use crate::report::decided::decided;
use crate::report::words::either;
use crate::report::workbook::cells;
use crate::report::workbook::given::Given;
use crate::report::workbook::given::Spot;
use crate::report::workbook::marks::Marks;
use crate::report::workbook::page;
use crate::report::workbook::page::Widths;
use crate::report::workbook::sheets::write_shown;
use crate::report::workbook::styles::Shape;
use crate::report::workbook::styles::Styles;
use crate::report::workbook::styles::Tone;
use crate::report::workbook::verdicts;
use crate::report::workbook::verdicts::Heading;
use rust_xlsxwriter::IgnoreError;
use rust_xlsxwriter::Note;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The most notes on one sheet; more make a workbook that opens slowly.
const MOST_NOTES: usize = 5_000;
/// A text wider than this flows over several lines.
const WIDE: usize = 34;
/// How wide the column is that says why.
const OPINION: usize = 70;
/// Rows by which the widths of columns are chosen.
const LOOKED_AT: usize = 500;

/// One sheet being written.
pub struct Writing<'a> {
    /// The run.
    pub report: &'a Report<'a>,
    /// The table.
    pub given: &'a Given<'a>,
    /// Which of the tables that come back it is.
    pub index: usize,
    /// What is said of its cells.
    pub marks: &'a Marks,
    /// The cases on its rows, by row of the sheet.
    pub cases: BTreeMap<u32, &'a CaseAccount>,
    /// The keys of the parents of its rows, where they lay inside those.
    pub parents: Vec<String>,
    /// The rows of the sheet to show; none shows all.
    pub shown: Option<BTreeSet<u32>>,
    /// The language.
    pub lang: Lang,
}

impl Writing<'_> {
    /// Writes the sheet.
    pub fn write(&self, sheet: &mut Worksheet, styles: &mut Styles) -> Result<(), XlsxError> {
        let mut widths = Widths::default();
        let headings = self.headings();
        self.top(sheet, styles, &mut widths)?;
        let mut notes = 0;
        for row in 0..self.given.raw.len() {
            let at = self.given.row(self.given.raw.place(row));
            if self.shown.as_ref().is_some_and(|it| !it.contains(&at)) {
                continue;
            }
            let look = row < LOOKED_AT;
            self.row(sheet, (row, at), styles, &mut notes, look.then_some(&mut widths))?;
            let case = self.cases.get(&at);
            let opinion = case.map_or_else(String::new, |it| self.opinion(it));
            if let Some(case) = case {
                self.verdicts(sheet, (at, case, &opinion), &headings, styles, &mut widths)?;
            }
            let raw = self.given.raw;
            let cells = (0..raw.width(row)).map(|it| (raw.cell(row, it), WIDE));
            page::set_height(sheet, at, cells.chain([(opinion.as_str(), OPINION)]))?;
        }
        let first = self.given.left + self.given.width;
        self.own_heads(sheet, &headings, styles, &mut widths)?;
        widths.set(sheet, 8, WIDE + 4)?;
        let mut columns = first;
        if !headings.is_empty() {
            columns += headings.len() as u16 + 1;
            sheet.set_column_width(columns - 1, OPINION as f64)?;
        }
        let last = self.last_row();
        if columns > 0 {
            sheet.autofilter(self.given.head, 0, last, columns - 1)?;
            sheet.ignore_error_range(0, 0, last, columns - 1, IgnoreError::NumberStoredAsText)?;
        }
        if self.shown.is_some() {
            sheet.hide_unused_rows(true);
        }
        sheet.set_hidden(self.given.raw.hidden);
        sheet.set_header(format!("&L{}", self.given.raw.file.replace('&', "&&")));
        page::set_up(sheet, self.given.head, 0, self.lang)?;
        let total: usize = (0..first).map(|it| widths.get(it, 8, WIDE + 4)).sum();
        page::over_pages(sheet, total + if columns > first { OPINION } else { 0 }, 2)?;
        Ok(())
    }

    fn last_row(&self) -> u32 {
        let raw = self.given.raw;
        let last = raw.len().checked_sub(1).map(|it| self.given.row(raw.place(it)));
        last.unwrap_or(self.given.head).max(self.given.head)
    }

    fn headings(&self) -> Vec<Heading> {
        let Some(taken) = self.given.taken.filter(|_| !self.cases.is_empty()) else {
            return vec![];
        };
        let all = verdicts::headings(self.report.program, &[taken.table], self.lang);
        verdicts::filled(all, &self.report.cases, self.lang)
    }

    /// Titles and head, as they were given.
    fn top(
        &self,
        sheet: &mut Worksheet,
        styles: &mut Styles,
        widths: &mut Widths,
    ) -> Result<(), XlsxError> {
        let (raw, head) = (self.given.raw, self.given.head);
        let level = raw.merged.iter().filter(|it| it.last.0 >= head).map(|it| it.first.0);
        let level = level.filter(|it| *it <= head && *it + 3 > head).min().unwrap_or(head);
        for it in raw.merged.iter().filter(|it| it.last.0 <= head && it.last.1 < 1024) {
            let tone = if it.first.0 >= level { Tone::Head } else { Tone::Plain };
            let format = styles.get(shape_above(it.first.0, level), tone);
            let (first, last) =
                (self.given.column(it.first.1 as usize), self.given.column(it.last.1 as usize));
            // Regions that overlap, as no spreadsheet program makes them, are left unmerged; their texts follow.
            let _ = sheet.merge_range(it.first.0, first, it.last.0, last, "", format);
        }
        for (place, cells) in raw.above() {
            let at = place - 1;
            for (column, text) in cells.iter().enumerate().filter(|it| !it.1.trim().is_empty()) {
                let inside = |it: &&crate::data::raw::Region| {
                    let (column, above) = (column as u32, it.first.0 < at && at <= it.last.0);
                    above && it.first.1 <= column && column <= it.last.1
                };
                if raw.merged.iter().any(|it| inside(&it)) {
                    continue;
                }
                let tone = if at >= level { Tone::Head } else { Tone::Plain };
                let format = styles.get(shape_above(at, level), tone);
                cells::text(sheet, (at, self.given.column(column)), text, format)?;
                if at == head {
                    widths.see(self.given.column(column), text);
                }
            }
        }
        if raw.above().next().is_none() {
            for (column, text) in raw.headers.iter().enumerate() {
                let at = (head, self.given.column(column));
                cells::text(sheet, at, text, styles.get(Shape::Middle, Tone::Head))?;
                widths.see(at.1, text);
            }
        }
        if self.given.left > 0 {
            let above = self.given.taken.and_then(|it| self.report.program.table(it.table).parent);
            let name = above.map_or("", |it| self.report.program.table(it.table).name.as_str());
            let name = if name.is_empty() { either(self.lang, "上级", "parent") } else { name };
            cells::text(sheet, (head, 0), name, styles.get(Shape::Middle, Tone::Head))?;
            widths.see(0, name);
        }
        for column in 0..raw.headers.len() {
            let spot = Spot { sheet: self.index, row: head, column: self.given.column(column) };
            if let Some(mark) = self.marks.get(spot) {
                let texts: Vec<&str> = mark.texts.iter().map(String::as_str).collect();
                sheet.insert_note(head, spot.column, &note(&texts.join("\n")))?;
            }
        }
        Ok(())
    }

    fn row(
        &self,
        sheet: &mut Worksheet,
        (row, at): (usize, u32),
        styles: &mut Styles,
        notes: &mut usize,
        mut widths: Option<&mut Widths>,
    ) -> Result<(), XlsxError> {
        let raw = self.given.raw;
        if self.given.left > 0 {
            let key = self.parents.get(row).map_or("", String::as_str);
            cells::text(sheet, (at, 0), key, styles.get(Shape::Cell, Tone::Plain))?;
        }
        let repeated = self.repeated_numbers(at);
        for column in 0..raw.width(row).max(raw.headers.len()) {
            let spot = Spot { sheet: self.index, row: at, column: self.given.column(column) };
            let unstored = raw.unstored.get(&(row as u32, column as u32));
            let text = unstored.map_or_else(|| raw.cell(row, column), String::as_str);
            // A number of merged cells is shown once: repeated, it would count several times.
            let text = if repeated.contains(&column) { "" } else { text };
            let mark = self.marks.get(spot);
            let tone = mark.map_or(Tone::Plain, |it| it.tone);
            let number = cells::plain(text).filter(|_| self.is_number(column));
            let mut cut = false;
            match number {
                Some(it) => {
                    let format = styles.get(Shape::Number(it.places as u8), tone);
                    sheet.write_number_with_format(at, spot.column, it.value, format)?;
                }
                None => {
                    let flows = text.contains('\n') || page::lines(text, WIDE) > 1;
                    let shape = if flows { Shape::Flow } else { Shape::Cell };
                    cut = cells::text(sheet, (at, spot.column), text, styles.get(shape, tone))?;
                }
            }
            if let Some(widths) = widths.as_deref_mut() {
                widths.see(spot.column, text);
            }
            let mut texts: Vec<&str> =
                mark.iter().flat_map(|it| &it.texts).map(String::as_str).collect();
            if cut {
                texts.push(either(
                    self.lang,
                    "内容过长，单元格放不下，后面的见原文件",
                    "too long for a cell: the rest is in the file handed in",
                ));
            }
            if !texts.is_empty() && *notes < MOST_NOTES {
                *notes += 1;
                if *notes == MOST_NOTES {
                    texts.push(either(
                        self.lang,
                        "本表的批注到此为止：其后的格只有底色",
                        "this is the last note of the sheet: cells after it are coloured only",
                    ));
                }
                sheet.insert_note(at, spot.column, &note(&texts.join("\n")))?;
            }
        }
        Ok(())
    }

    /// The columns in which a row only repeats the number of merged cells above it.
    fn repeated_numbers(&self, row: u32) -> Vec<usize> {
        let regions = self.given.raw.merged.iter();
        let inside = regions.filter(|it| it.number && it.first.0 < row && row <= it.last.0);
        inside.map(|it| it.first.1 as usize).collect()
    }

    /// Whether a column is read for a field that holds numbers.
    fn is_number(&self, column: usize) -> bool {
        let Some(taken) = self.given.taken else { return false };
        let Some(field) = taken.field_at(column) else { return false };
        let kind = &self.report.program.table(taken.table).fields[field].kind;
        matches!(kind, FieldKind::Scalar { ty: Ty::Number(_) | Ty::Duration(_), .. })
    }

    fn own_heads(
        &self,
        sheet: &mut Worksheet,
        headings: &[Heading],
        styles: &mut Styles,
        widths: &mut Widths,
    ) -> Result<(), XlsxError> {
        if headings.is_empty() {
            return Ok(());
        }
        let opinion = either(self.lang, "评价意见", "opinion");
        let names = headings.iter().map(|it| it.name.as_str()).chain([opinion]);
        for (column, name) in (self.given.left + self.given.width..).zip(names) {
            // So that the column is not taken for one of the form when the workbook is handed in again.
            let name = format!("{}{name}", either(self.lang, "判定：", "verdict: "));
            let at = (self.given.head, column);
            cells::text(sheet, at, &name, styles.get(Shape::Middle, Tone::OwnHead))?;
            widths.see(column, &name);
        }
        Ok(())
    }

    fn verdicts(
        &self,
        sheet: &mut Worksheet,
        (row, case, opinion): (u32, &CaseAccount, &str),
        headings: &[Heading],
        styles: &mut Styles,
        widths: &mut Widths,
    ) -> Result<(), XlsxError> {
        if headings.is_empty() {
            return Ok(());
        }
        let mut column = self.given.left + self.given.width;
        for heading in headings {
            let shown = verdicts::cell(heading, case, self.lang);
            write_shown(sheet, (row, column), &shown, styles)?;
            widths.see(column, &shown.text);
            column += 1;
        }
        cells::text(sheet, (row, column), opinion, styles.get(Shape::Flow, Tone::Plain))?;
        Ok(())
    }

    /// What decided a case, a line each.
    fn opinion(&self, case: &CaseAccount) -> String {
        let lines = decided(case, self.report.program, self.lang);
        let lines = lines.iter().map(|it| {
            let [title, message, way, _] = it.row();
            let way = if it.asks.is_some() { String::new() } else { way };
            let parts = [title, message, way].into_iter().filter(|it| !it.is_empty());
            parts.collect::<Vec<_>>().join("　")
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn shape_above(row: u32, level: u32) -> Shape {
    match row {
        _ if row >= level => Shape::Middle,
        0 => Shape::Title,
        _ => Shape::Cell,
    }
}

/// A note as large as what it says.
fn note(text: &str) -> Note {
    const WIDTH: u32 = 260;
    let lines = page::lines(text, 38) as u32;
    let shown: String = text.chars().take(8_000).collect();
    Note::new(shown)
        .add_author_prefix(false)
        .set_author("heng")
        .set_width(WIDTH)
        .set_height(18 * lines + 16)
}
