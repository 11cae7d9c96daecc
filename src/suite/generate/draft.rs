//! A case in the making: one that is there, with some cells and rows changed. It is neither evaluated nor written here.

use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Test;
use crate::ir::WrittenCell;
use crate::ir::WrittenTable;
use crate::source::Span;

/// One change to the case that is judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// Another text in a cell; empty is blank.
    Cell(FieldId, String),
    /// Another text in a cell of a list, by the place of its row.
    RowCell(FieldId, usize, FieldId, String),
    /// The list is there and has no row.
    Empty(FieldId),
    /// A row less.
    Remove(FieldId, usize),
    /// So many more rows like this one.
    Copy(FieldId, usize, usize),
    /// Another day that decides.
    On(i32),
}

/// A base and what is changed in it, one after another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Draft {
    /// Which base, by its place.
    pub base: usize,
    /// The changes.
    pub edits: Vec<Edit>,
}

impl Draft {
    /// The same with one more change.
    pub fn with(&self, edit: Edit) -> Draft {
        let mut edits = self.edits.clone();
        let same = |it: &Edit| match (it, &edit) {
            (Edit::Cell(a, _), Edit::Cell(b, _)) => a == b,
            (Edit::RowCell(a, r, f, _), Edit::RowCell(b, s, g, _)) => (a, r, f) == (b, s, g),
            (Edit::On(_), Edit::On(_)) => true,
            _ => false,
        };
        edits.retain(|it| !same(it));
        edits.push(edit);
        Draft { base: self.base, edits }
    }

    /// The run it stands for.
    pub fn test(&self, program: &Program, base: &Test) -> Test {
        let mut test = base.clone();
        for edit in &self.edits {
            match edit {
                Edit::On(day) => test.on = Some(*day),
                Edit::Cell(field, text) => {
                    if let Some(table) = test.data.first_mut() {
                        put(table, 0, *field, (text, test.span));
                    }
                }
                Edit::RowCell(list, row, field, text) => {
                    if let Some(table) = rows_of(program, &mut test.data, *list)
                        && let Some(at) = place(table, *row)
                    {
                        put(table, at, *field, (text, test.span));
                    }
                }
                Edit::Empty(list) => {
                    let table = give(program, &mut test.data, *list);
                    table.rows.retain(|it| it.0 != 0);
                    if let Some(given) = table.given.first_mut() {
                        *given = true;
                    }
                }
                Edit::Remove(list, row) => {
                    if let Some(table) = rows_of(program, &mut test.data, *list)
                        && let Some(at) = place(table, *row)
                    {
                        table.rows.remove(at);
                    }
                }
                Edit::Copy(list, row, times) => {
                    let key = child(program, *list).and_then(|it| {
                        let index = program.table(it).key.or(program.table(it).name_field)?;
                        Some(FieldId { table: it, index })
                    });
                    if let Some(table) = rows_of(program, &mut test.data, *list) {
                        copy(table, *row, *times, key);
                    }
                }
            }
        }
        test
    }
}

/// The table of a list.
pub fn child(program: &Program, list: FieldId) -> Option<TableId> {
    match program.field(list).kind {
        FieldKind::Rows { table, .. } => Some(table),
        FieldKind::Scalar { .. } => None,
    }
}

/// The rows of a list of the judged case, as texts by field.
pub fn rows<'t>(
    program: &Program,
    test: &'t Test,
    list: FieldId,
) -> Option<Vec<&'t [WrittenCell]>> {
    let table = child(program, list)?;
    let found = test.data.iter().find(|it| it.table == table)?;
    found.given.first().filter(|it| **it)?;
    Some(found.rows.iter().filter(|it| it.0 == 0).map(|it| it.1.as_slice()).collect())
}

/// The text of a cell of the judged case; none where it is not set.
pub fn text(test: &Test, field: FieldId) -> Option<&str> {
    let table = test.data.first()?;
    let at = table.fields.iter().position(|it| *it == field)?;
    table.rows.first()?.1.get(at).map(|it| it.text.as_str())
}

fn rows_of<'t>(
    program: &Program,
    data: &'t mut [WrittenTable],
    list: FieldId,
) -> Option<&'t mut WrittenTable> {
    let table = child(program, list)?;
    data.iter_mut().find(|it| it.table == table)
}

/// The written table of a list, made where it was not given.
fn give<'t>(
    program: &Program,
    data: &'t mut Vec<WrittenTable>,
    list: FieldId,
) -> &'t mut WrittenTable {
    let table = child(program, list).unwrap_or(list.table);
    let at = data.iter().position(|it| it.table == table).unwrap_or_else(|| {
        let given = vec![false; data.first().map_or(1, |it| it.rows.len())];
        data.push(WrittenTable { table, fields: vec![], rows: vec![], given });
        data.len() - 1
    });
    &mut data[at]
}

/// Where the nth row of the judged case stands among all rows.
fn place(table: &WrittenTable, row: usize) -> Option<usize> {
    table.rows.iter().enumerate().filter(|it| it.1.0 == 0).nth(row).map(|it| it.0)
}

/// Puts a text into a cell; where nothing stood in its column, it is as if written at a place.
fn put(table: &mut WrittenTable, row: usize, field: FieldId, (text, place): (&str, Span)) {
    let at = table.fields.iter().position(|it| *it == field).unwrap_or_else(|| {
        table.fields.push(field);
        for (_, cells) in &mut table.rows {
            let span = cells.first().map_or(place, |it| it.span);
            cells.push(WrittenCell { text: String::new(), span });
        }
        table.fields.len() - 1
    });
    if let Some(cell) = table.rows.get_mut(row).and_then(|it| it.1.get_mut(at)) {
        cell.text = text.to_owned();
    }
}

/// Copies stand after the last row, each with a key of its own.
fn copy(table: &mut WrittenTable, row: usize, times: usize, key: Option<FieldId>) {
    let Some(at) = place(table, row) else { return };
    let key = key.and_then(|key| table.fields.iter().position(|it| *it == key));
    let own = table.rows[at].clone();
    let end = table.rows.iter().rposition(|it| it.0 == 0).map_or(table.rows.len(), |it| it + 1);
    for n in 0..times {
        let mut row = own.clone();
        if let Some(key) = key {
            row.1[key].text = format!("{}·{}", row.1[key].text, n + 2);
        }
        table.rows.insert(end + n, row);
    }
}
