//! Which column of a table as given was taken for which field, and by what. It decides nothing: columns are matched where tables are bound.

use crate::data::header;
use crate::data::header::Fit;
use crate::data::raw::RawTable;
use crate::ir::Field;
use crate::ir::TableId;
use crate::value::text;

/// How a table as given was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its index among the tables that were bound together.
    pub raw: usize,
    /// The table of the program whose rows it holds.
    pub table: TableId,
    /// The columns of each field, in order: more than one where a field stands twice, none where it is missing.
    pub columns: Vec<Vec<TakenColumn>>,
    /// The column that names the parent's key.
    pub link: Option<usize>,
}

/// A column taken for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenColumn {
    /// The column, from 0.
    pub column: usize,
    /// By what it was known.
    pub by: Matched,
    /// The unit that its header names, where it names one.
    pub unit: Option<String>,
}

/// By what a column is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// The name of the field.
    Name,
    /// One of its 别名.
    Alias,
    /// One of its 别名 that is the code of a form: JQ001.
    Code,
}

impl Taken {
    /// The columns that no field is read from, in order.
    pub fn unread<'r>(&self, raw: &'r RawTable) -> impl Iterator<Item = (usize, &'r str)> {
        let read = |at: usize| self.link == Some(at) || self.field_at(at).is_some();
        let named = raw.headers.iter().map(String::as_str).enumerate();
        named.filter(move |(at, header)| !header.is_empty() && !read(*at))
    }

    /// The field that a column is read for, by its place in the table.
    pub fn field_at(&self, column: usize) -> Option<usize> {
        self.columns.iter().position(|it| it.iter().any(|it| it.column == column))
    }

    /// The column that a field is read from.
    pub fn column_of(&self, field: usize) -> Option<usize> {
        self.columns.get(field)?.first().map(|it| it.column)
    }
}

impl TakenColumn {
    /// By what the header of a column is the name of a field.
    pub(crate) fn new(field: &Field, header: &str, column: usize) -> TakenColumn {
        let unit = match header::fits(field, header) {
            Some(Fit::Unit(unit)) => Some(unit.to_string()),
            _ => None,
        };
        TakenColumn { column, by: matched(field, header), unit }
    }
}

fn matched(field: &Field, header: &str) -> Matched {
    let is = |name: &str| header::is_called(name, header);
    match field.aliases.iter().find(|it| is(it)) {
        _ if is(&field.name) => Matched::Name,
        Some(alias) if is_code(alias) => Matched::Code,
        Some(_) => Matched::Alias,
        None => Matched::Name,
    }
}

/// Letters and digits without a word among them: JQ001, JQC05_0.
fn is_code(alias: &str) -> bool {
    let alias = text::fold(alias);
    let plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.');
    alias.bytes().all(plain) && alias.bytes().any(|it| it.is_ascii_digit())
}
