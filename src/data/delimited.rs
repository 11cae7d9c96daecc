//! Records of delimited text, CSV or TSV, with the row a spreadsheet would show. Headers and types are unknown here.

use std::borrow::Cow;

/// Reads records one by one; cells are borrowed from the text unless a quote had to be taken out.
pub struct Records<'a> {
    text: &'a str,
    at: usize,
    row: u32,
    delimiter: u8,
    quotes: bool,
}

/// What is known of a record besides its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The row as a spreadsheet shows it, from 1; blank lines count.
    pub row: u32,
    /// A quotation mark has no partner, or text follows the closing one.
    pub bad_quote: bool,
}

impl<'a> Records<'a> {
    /// `quotes`: whether a cell may stand in quotation marks, as in CSV.
    pub fn new(text: &'a str, delimiter: char, quotes: bool) -> Records<'a> {
        Records { text, at: 0, row: 0, delimiter: delimiter as u8, quotes }
    }

    /// How far the text has been read, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Fills `cells` with the next record that is not wholly blank.
    pub fn next(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Option<Record> {
        while self.at < self.text.len() {
            cells.clear();
            self.row += 1;
            let mut bad_quote = false;
            loop {
                cells.push(self.cell(&mut bad_quote));
                if !self.skip_delimiter() {
                    break;
                }
            }
            self.skip_line_end();
            if cells.iter().any(|it| !it.trim().is_empty()) {
                return Some(Record { row: self.row, bad_quote });
            }
        }
        None
    }

    fn cell(&mut self, bad_quote: &mut bool) -> Cow<'a, str> {
        let text = self.text;
        if !self.quotes || !text[self.at..].starts_with('"') {
            return Cow::Borrowed(self.plain());
        }
        let start = self.at + 1;
        let Some(close) = closing_quote(&text.as_bytes()[start..]) else {
            // The mark is taken as written, so that the rows after it are not swallowed.
            *bad_quote = true;
            return Cow::Borrowed(self.plain());
        };
        let inner = &text[start..start + close];
        self.at = start + close + 1;
        let rest = self.plain();
        *bad_quote |= !rest.trim().is_empty();
        match inner.contains('"') || !rest.is_empty() {
            true => Cow::Owned(inner.replace("\"\"", "\"") + rest),
            false => Cow::Borrowed(inner),
        }
    }

    /// Up to the next delimiter or line end.
    fn plain(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let ends = |it: &u8| *it == self.delimiter || *it == b'\n' || *it == b'\r';
        let length = rest.as_bytes().iter().position(ends).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn skip_delimiter(&mut self) -> bool {
        let here = self.text.as_bytes().get(self.at) == Some(&self.delimiter);
        self.at += here as usize;
        here
    }

    fn skip_line_end(&mut self) {
        let rest = &self.text[self.at..];
        self.at += if rest.starts_with("\r\n") { 2 } else { (!rest.is_empty()) as usize };
    }
}

/// Where the quotation mark is that closes a cell; two in a row stand for one and close nothing.
fn closing_quote(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|it| *it == b'"')?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}
