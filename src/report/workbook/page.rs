//! What every written workbook and sheet has in common: constant properties, print setup, widths of columns. It writes no cell.

use crate::diagnostic::Lang;
use crate::report::words::either;
use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;
use unicode_width::UnicodeWidthStr;

/// The paper: A4.
const A4: u8 = 9;
/// A page across holds columns so wide together, and stays legible.
const A_PAGE: usize = 260;
/// More rows than this of a head are not kept in sight: they would fill the screen.
const MOST_FROZEN: u32 = 8;

/// A workbook whose bytes depend on what is written in it alone: it bears no clock.
pub fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let about = DocProperties::new().set_title(title).set_author("heng");
    book.set_properties(&about.set_creation_datetime(&day));
    Ok(book)
}

/// Prints a sheet across A4, as wide as the paper, the head on every page; keeps the head and the first `columns`
/// columns in sight. `head` is the row of the head, from 0.
pub fn set_up(sheet: &mut Worksheet, head: u32, columns: u16, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer(either(lang, "&L&A&R第 &P 页，共 &N 页", "&L&A&Rpage &P of &N"));
    sheet.set_repeat_rows(0, head)?;
    if head < MOST_FROZEN {
        sheet.set_freeze_panes(head + 1, columns)?;
    }
    Ok(())
}

/// Prints a sheet whose columns are so wide together over several pages side by side, its first columns on each:
/// squeezed onto one, so wide a table could not be read.
pub fn over_pages(sheet: &mut Worksheet, total: usize, repeated: u16) -> Result<(), XlsxError> {
    let pages = u16::try_from(total.div_ceil(A_PAGE)).unwrap_or(u16::MAX);
    if pages > 1 {
        sheet.set_print_fit_to_pages(pages, 0);
        if let Some(last) = repeated.checked_sub(1) {
            sheet.set_repeat_columns(0, last)?;
        }
    }
    Ok(())
}

/// The widths of columns, by what stands in them.
#[derive(Default)]
pub struct Widths {
    most: Vec<usize>,
}

impl Widths {
    /// A cell stands there.
    pub fn see(&mut self, column: u16, text: &str) {
        let column = usize::from(column);
        if self.most.len() <= column {
            self.most.resize(column + 1, 0);
        }
        let line = text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        self.most[column] = self.most[column].max(line);
    }

    /// Sets the widths, each between the two.
    pub fn set(&self, sheet: &mut Worksheet, least: usize, most: usize) -> Result<(), XlsxError> {
        for column in 0..self.most.len() as u16 {
            sheet.set_column_width(column, self.get(column, least, most) as f64)?;
        }
        Ok(())
    }

    /// The widths of all columns together, each between the two.
    pub fn total(&self, least: usize, most: usize) -> usize {
        (0..self.most.len() as u16).map(|it| self.get(it, least, most)).sum()
    }

    /// The width of a column, between the two.
    pub fn get(&self, column: u16, least: usize, most: usize) -> usize {
        // Two more for what stands left and right of a text.
        (self.most.get(usize::from(column)).unwrap_or(&0) + 2).clamp(least, most)
    }
}

/// How many lines a text takes in a column so wide.
pub fn lines(text: &str, width: usize) -> usize {
    let of = |line: &str| UnicodeWidthStr::width(line).div_ceil(width.max(1)).max(1);
    text.lines().map(of).sum::<usize>().max(1)
}

/// Makes a row as high as texts need that flow in columns so wide; one that holds one line is left as it is.
pub fn set_height<'t>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl IntoIterator<Item = (&'t str, usize)>,
) -> Result<(), XlsxError> {
    /// Points that a line takes, and the most that a row may have.
    const LINE: f64 = 15.0;
    const MOST: f64 = 405.0;
    // A line of a proportional font holds a little less than its width in digits.
    let most = texts.into_iter().map(|(text, width)| lines(text, width.saturating_sub(2))).max();
    if let Some(count) = most.filter(|it| *it > 1) {
        sheet.set_row_height(row, (LINE * count as f64 + 4.0).min(MOST))?;
    }
    Ok(())
}
