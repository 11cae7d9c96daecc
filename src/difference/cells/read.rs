//! The tables of one version as its rules read them: which table, which column, and what names each row. Cells stay texts.

use crate::data::RawTable;
use crate::data::bind;
use crate::diagnostic::Diagnostics;
use crate::difference::print::Names;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::value::text;
use std::collections::BTreeMap;

/// The tables of one version.
pub struct Reading<'a> {
    /// The tables.
    pub tables: &'a [RawTable],
    /// What is known of each; none of what the rules do not declare.
    pub known: Vec<Option<Known>>,
}

/// What is known of a table.
pub struct Known {
    /// The table's name in the new rules, and how many of that name come before it.
    pub name: (String, usize),
    /// The field of each column by its name in the new rules; none of what the rules do not declare.
    pub columns: Vec<Option<String>>,
    /// What names each row: the key of the row it belongs to, and its own.
    pub keys: Vec<String>,
    /// Whether rows are named at all; else they are known by their places.
    pub named: bool,
}

impl<'a> Reading<'a> {
    /// Reads tables whose headers are found. `names`: what is called otherwise in the new rules.
    pub fn new(program: &Program, tables: &'a [RawTable], names: Option<&Names>) -> Reading<'a> {
        let called = |name: &str| match names {
            Some(names) => names.renamed.get(name).map_or(name, String::as_str).to_owned(),
            None => name.to_owned(),
        };
        let homes = bind::homes(program, tables, &mut Diagnostics::default());
        let mut known: Vec<Option<Known>> = vec![];
        let mut before: BTreeMap<String, usize> = BTreeMap::new();
        for (raw, home) in tables.iter().zip(homes) {
            let passed_over = raw.hidden || raw.workbook && raw.is_empty();
            let Some(home) = home.filter(|_| !passed_over) else {
                known.push(None);
                continue;
            };
            let table = program.table(home);
            let count = before.entry(called(&table.name)).or_default();
            let name = (called(&table.name), *count);
            *count += 1;
            let columns = columns(program, table, raw, &called);
            let (keys, named) = keys(program, table, raw, &known);
            known.push(Some(Known { name, columns, keys, named }));
        }
        Reading { tables, known }
    }
}

/// The column of the keys of the rows that the rows of a table belong to.
fn link(program: &Program, table: &Table, raw: &RawTable) -> Option<usize> {
    let above = table.parent.filter(|_| raw.nested.is_none())?;
    let name = text::fold(&program.table(above.table).name);
    raw.headers.iter().position(|it| text::fold(it) == name)
}

/// Which field each column is; the second one of a field bears its place too.
fn columns(
    program: &Program,
    table: &Table,
    raw: &RawTable,
    called: &impl Fn(&str) -> String,
) -> Vec<Option<String>> {
    let mut columns: Vec<Option<String>> = vec![None; raw.headers.len()];
    for field in &table.fields {
        for (place, at) in bind::columns_named(field, raw).into_iter().enumerate() {
            let mark = if place == 0 { String::new() } else { format!(" {}", place + 1) };
            columns[at].get_or_insert_with(|| format!("{}{mark}", called(&field.name)));
        }
    }
    if let Some(at) = link(program, table, raw) {
        columns[at] = Some("↑".to_owned());
    }
    columns
}

/// What names the rows of a table, and whether anything does.
fn keys(
    program: &Program,
    table: &Table,
    raw: &RawTable,
    known: &[Option<Known>],
) -> (Vec<String>, bool) {
    let column = |index: u32| {
        let field = &table.fields[index as usize];
        let scalar = matches!(field.kind, FieldKind::Scalar { .. });
        bind::columns_named(field, raw).first().copied().filter(|_| scalar)
    };
    let period = table.periods.and_then(|it| column(it.field.index));
    let own = period.or(table.key.and_then(column));
    let link = link(program, table, raw);
    let above = raw.nested.as_ref().and_then(|it| known.get(it.parent)?.as_ref().zip(Some(it)));
    let name = |row: usize| {
        let cell = |at: usize| text::fold(text::trim(raw.cell(row, at))).into_owned();
        let parent = match above {
            Some((above, nested)) => {
                nested.rows.get(row).and_then(|it| above.keys.get(*it as usize)).cloned()
            }
            None => link.map(cell),
        };
        let parts = [parent, own.map(cell)].into_iter().flatten();
        parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" / ")
    };
    let named = own.is_some() || link.is_some() || above.is_some();
    ((0..raw.len()).map(name).collect(), named)
}
