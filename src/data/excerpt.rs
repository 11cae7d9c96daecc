//! Some cases of data with all below them, cut out of the raw tables; cells and lists of the first may be put otherwise.

use crate::data::bind;
use crate::data::raw::Nested;
use crate::data::raw::RawTable;
use crate::ir::FieldId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::WrittenTable;
use crate::value::text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Rows of a file, as its reader counts them, by file and sheet.
type Places = BTreeSet<(String, Option<String>, u32)>;

/// The rows of these keys (or names) and the rows below them, the first case first. `set` is what the first case's cells
/// and lists are to be, `changes` the same as raw tables. A key that is not there is given back.
pub fn cut(
    program: &Program,
    raw: &[RawTable],
    table: TableId,
    keys: &[String],
    set: &[WrittenTable],
    changes: Vec<RawTable>,
) -> Result<Vec<RawTable>, String> {
    let (facts, _) = bind(program, raw);
    let place = |table: TableId, row: usize| {
        let at = facts.table(table).places[row];
        (facts.files[at.file as usize].clone(), facts.sheets[at.file as usize].clone(), at.row)
    };
    let own = facts.table(table);
    let mut found = vec![];
    for key in keys {
        let folded = text::fold(key);
        let is = |it: &std::sync::Arc<str>| text::fold(it) == folded;
        let row = own.keys.iter().position(is).or_else(|| own.names.iter().position(is));
        found.push(row.ok_or_else(|| key.clone())?);
    }
    let lists: BTreeSet<TableId> = set.iter().skip(1).map(|it| it.table).collect();
    let (mut first, mut others) = (Places::new(), Places::new());
    for (number, row) in found.iter().enumerate() {
        let into = if number == 0 { &mut first } else { &mut others };
        let mut open = vec![(table, *row)];
        while let Some((at, row)) = open.pop() {
            into.insert(place(at, row));
            for (child, below) in (0u32..).map(TableId).zip(&program.tables) {
                let is_below = below.parent.is_some_and(|it| it.table == at);
                if is_below && !(number == 0 && lists.contains(&child)) {
                    open.extend(facts.table(child).rows_of(row).map(|it| (child, it)));
                }
            }
        }
    }
    // The first case stands in tables of its own: its columns may be others than those of the rest.
    let fields = set.first().map_or(&[][..], |it| it.fields.as_slice());
    let mut cut: Vec<RawTable> = raw.iter().map(|it| excerpt(it, &first)).collect();
    nest(&mut cut, raw, &first, 0);
    let root = text::fold(&program.table(table).name).into_owned();
    for it in cut.iter_mut().filter(|it| text::fold(&it.name) == root && !it.is_empty()) {
        *it = with_cells(program, it, fields, &changes);
    }
    let holder = cut.iter().position(|it| text::fold(&it.name) == root && !it.is_empty());
    for mut list in changes.into_iter().skip(1) {
        if let Some(nested) = &mut list.nested {
            nested.parent = holder.unwrap_or_default();
        }
        cut.push(list);
    }
    let shift = cut.len();
    if !others.is_empty() {
        let mut rest: Vec<RawTable> = raw.iter().map(|it| excerpt(it, &others)).collect();
        nest(&mut rest, raw, &others, shift);
        cut.extend(rest);
    }
    Ok(cut)
}

/// The rows of a table that stand in these places.
fn excerpt(raw: &RawTable, places: &Places) -> RawTable {
    let mut cut = raw.bare();
    for row in kept(raw, places) {
        copy(raw, row, &mut cut, |_| true);
    }
    cut
}

fn kept(raw: &RawTable, places: &Places) -> Vec<usize> {
    let here =
        |row: &usize| places.contains(&(raw.file.clone(), raw.sheet.clone(), raw.place(*row)));
    (0..raw.len()).filter(here).collect()
}

/// Copies a row, without the columns that are not wanted, with what is known to be wrong with its cells.
fn copy(raw: &RawTable, row: usize, into: &mut RawTable, wanted: impl Fn(usize) -> bool) {
    let columns: Vec<usize> = (0..raw.width(row)).filter(|it| wanted(*it)).collect();
    let new = into.len() as u32;
    into.push_row(raw.place(row), columns.iter().map(|it| raw.cell(row, *it)));
    if let Some(why) = raw.damaged.get(&(row as u32)) {
        into.damaged.insert(new, why.clone());
    }
    for (at, column) in (0u32..).zip(&columns) {
        let old = (row as u32, *column as u32);
        if let Some(why) = raw.damaged_cells.get(&old) {
            into.damaged_cells.insert((new, at), why.clone());
        }
        if let Some(formula) = raw.unstored.get(&old) {
            into.unstored.insert((new, at), formula.clone());
        }
    }
}

/// Rows that lie inside rows lie inside the same ones still. The tables stand from `shift` on.
fn nest(cut: &mut [RawTable], raw: &[RawTable], places: &Places, shift: usize) {
    for (it, old) in cut.iter_mut().zip(raw) {
        let Some(nested) = &old.nested else { continue };
        let parents: BTreeMap<usize, u32> = raw
            .get(nested.parent)
            .map(|parent| kept(parent, places).into_iter().zip(0u32..).collect())
            .unwrap_or_default();
        let row_of = |row: usize| nested.rows.get(row).map(|it| *it as usize);
        let rows = kept(old, places).into_iter();
        it.nested = Some(Nested {
            parent: nested.parent + shift,
            rows: rows.filter_map(|row| parents.get(&row_of(row)?).copied()).collect(),
            given: parents.keys().map(|it| nested.given.get(*it) == Some(&true)).collect(),
        });
    }
}

/// The row of the first case with the cells that the test sets, each in a column of its field's name.
fn with_cells(
    program: &Program,
    raw: &RawTable,
    fields: &[FieldId],
    changes: &[RawTable],
) -> RawTable {
    let Some(change) = changes.first() else { return raw.clone() };
    let replaced: BTreeSet<usize> =
        fields.iter().flat_map(|it| bind::columns_named(program.field(*it), raw)).collect();
    let mut cut = raw.bare();
    cut.headers = (0..raw.headers.len())
        .filter(|it| !replaced.contains(it))
        .map(|it| raw.headers[it].clone())
        .collect();
    let width = cut.headers.len();
    copy(raw, 0, &mut cut, |it| !replaced.contains(&it));
    let kept: Vec<String> = (0..width).map(|it| cut.cell(0, it).to_owned()).collect();
    let set: Vec<&str> = (0..fields.len()).map(|it| change.cell(0, it)).collect();
    let mut whole = cut.bare();
    whole.damaged = cut.damaged.clone();
    whole.damaged_cells = cut.damaged_cells.clone();
    whole.unstored = cut.unstored.clone();
    whole.headers.extend(fields.iter().map(|it| program.field(*it).name.clone()));
    whole.push_row(raw.place(0), kept.iter().map(String::as_str).chain(set));
    whole.nested = raw.nested.clone();
    whole
}
