//! A table as given whose rows are rows of a program's table: the text of each field and why it cannot be trusted. Rows are kept elsewhere.

use crate::data::columns::Cell;
use crate::data::raw::RawTable;
use crate::data::taking::Taking;
use crate::diagnostic::Text;
use crate::value::text;
use std::borrow::Cow;

/// One raw table that holds rows of a program's table.
pub(crate) struct Source<'a> {
    /// The raw table.
    pub raw: &'a RawTable,
    /// Its index among the raw tables of the run.
    pub index: usize,
    /// Its file, by index in the facts.
    pub file: u32,
    /// The columns of each field; more than one where a field stands twice.
    pub columns: Vec<Vec<usize>>,
    /// How the texts of each field are to be taken.
    pub readings: Vec<Taking>,
    /// The column that names the parent's key.
    pub link: Option<usize>,
}

impl Source<'_> {
    /// The column a row's field is read from: where the field stands twice, the first that is filled.
    pub(super) fn column(&self, row: usize, field: u32) -> Option<usize> {
        match self.columns[field as usize][..] {
            [] => None,
            [only] => Some(only),
            [first, ..] => {
                let filled = |it: &&usize| !text::trim(self.raw.cell(row, **it)).is_empty();
                Some(*self.columns[field as usize].iter().find(filled).unwrap_or(&first))
            }
        }
    }
}

impl<'a> Source<'a> {
    /// Whether nothing can be known against a cell of a field.
    pub(super) fn is_sound(&self, field: u32) -> bool {
        self.raw.is_sound()
            && self.columns[field as usize].len() <= 1
            && !matches!(self.readings[field as usize], Taking::WrongUnit)
    }

    /// A cell of a field as it is to be read, and why it cannot be trusted, whatever the other rows hold.
    pub fn cell(&self, row: usize, field: u32) -> Cell<'_> {
        let Some(column) = self.column(row, field) else {
            return Cell { text: Cow::Borrowed(""), damage: None };
        };
        let text = self.raw.cell(row, column);
        let damage = self.damage((row, column), field, text);
        Cell { text: self.readings[field as usize].take(text), damage }
    }

    pub(super) fn damage(
        &self,
        (row, column): (usize, usize),
        field: u32,
        text: &str,
    ) -> Option<Cow<'_, Text>> {
        let filled = !text::trim(text).is_empty();
        // A formula without a result is no blank.
        let formula = || self.raw.unstored.contains_key(&(row as u32, column as u32));
        let own = self.raw.damage(row, column).filter(|_| filled || formula()).map(Cow::Borrowed);
        let mut others = self.columns[field as usize].iter().filter(|it| **it != column);
        let mut twice = || others.find_map(|it| two_columns(text, self.raw.cell(row, *it)));
        let reading = &self.readings[field as usize];
        own.or_else(|| twice().or_else(|| reading.damage(text)).map(Cow::Owned))
    }
}

/// Why a field that stands in two columns is not known, where both are filled and differ.
fn two_columns(a: &str, b: &str) -> Option<Text> {
    let (a, b) = (text::trim(a), text::trim(b));
    (!b.is_empty() && text::fold(a) != text::fold(b)).then(|| {
        Text::new(
            format!("在两列中不一致（“{a}”和“{b}”）"),
            format!("differs between two columns (`{a}` and `{b}`)"),
        )
    })
}
