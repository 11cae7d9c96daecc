//! Lines of text that align by the width they take on a screen, and show what must not act on one. No words live here.

use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Cells wider than this do not push the columns right of them.
pub const WIDEST: usize = 64;

/// What stands between two columns.
const GAP: usize = 3;

/// One line's worth of text: control characters, line ends and marks that turn the writing direction
/// become visible signs, so that data can neither steer a terminal nor forge a line.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + c as u32)),
            '\x7f' => shown.push('\u{2421}'),
            _ if acts(c) => {
                let _ = write!(shown, "⟨U+{:04X}⟩", c as u32);
            }
            _ => shown.push(c),
        }
    }
    shown
}

/// Whether a character steers the screen instead of standing on it.
pub fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// How many columns of a screen it takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A block of rows whose cells align.
#[derive(Default)]
pub struct Rows(Vec<Row>);

/// One line: what stands before its first cell, and its cells.
struct Row {
    lead: String,
    cells: Vec<String>,
}

impl Rows {
    /// Adds a row. Empty cells at its end are left out.
    pub fn push(&mut self, lead: impl Into<String>, cells: impl IntoIterator<Item = String>) {
        let mut cells: Vec<String> = cells.into_iter().map(|it| visible(&it)).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        self.0.push(Row { lead: lead.into(), cells });
    }

    /// Writes the rows, one a line.
    pub fn write(&self, out: &mut String) {
        self.lines().for_each(|line| out.push_str(&line));
    }

    /// The rows as lines, each with its line end.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let columns = self.0.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(|column| self.width_of(column)).collect();
        self.0.iter().map(move |row| row.line(&widths))
    }

    /// The width of a column: the widest cell that something stands right of, within reason.
    fn width_of(&self, column: usize) -> usize {
        let before_another = self.0.iter().filter(|row| row.cells.len() > column + 1);
        before_another
            .map(|row| width(&row.cells[column]))
            .filter(|it| *it <= WIDEST)
            .max()
            .unwrap_or(1)
    }
}

impl Row {
    fn line(&self, widths: &[usize]) -> String {
        let mut line = self.lead.clone();
        for (column, cell) in self.cells.iter().enumerate() {
            line.push_str(cell);
            if column + 1 < self.cells.len() && (widths[column] > 0 || !cell.is_empty()) {
                line.push_str(&" ".repeat(widths[column].saturating_sub(width(cell)) + GAP));
            }
        }
        line.truncate(line.trim_end_matches(' ').len());
        line.push('\n');
        line
    }
}
