//! Raw tables to facts: tables and columns by name, rows, typed columns, and a finding for all that does not fit. No rule is evaluated.

use crate::data::Facts;
use crate::data::FieldColumn;
use crate::data::TableFacts;
use crate::data::columns;
use crate::data::findings;
use crate::data::header;
use crate::data::raw::Nested;
use crate::data::raw::RawTable;
use crate::data::rows;
use crate::data::rows::Rows;
use crate::data::rows::Source;
use crate::data::taken::Taken;
use crate::data::taken::TakenColumn;
use crate::data::taking::Taking;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::WrittenTable;
use crate::value::Bits;
use crate::value::text;

/// Binds the tables of a run to a program.
pub fn bind(program: &Program, raw: &[RawTable]) -> (Facts, Diagnostics) {
    let mut found = Diagnostics::default();
    let mut facts = Facts::default();
    let homes = homes(program, raw, &mut found);
    let mut all: Vec<Option<Rows<'_>>> = program.tables.iter().map(|_| None).collect();
    for id in parents_first(program) {
        let table = program.table(id);
        let given =
            homes.iter().enumerate().filter(|(_, home)| **home == Some(id)).map(|(index, _)| index);
        let sources: Vec<Source<'_>> =
            given.map(|index| source(program, id, raw, index, &mut facts, &mut found)).collect();
        if !raw.iter().any(|it| it.written) {
            findings::given(program, id, &sources, &mut found);
        }
        let parent = table.parent.and_then(|it| all[it.table.0 as usize].as_ref());
        let rows = rows::gather(program, id, sources, parent, &mut found);
        all[id.0 as usize] = Some(rows);
    }
    let all: Vec<Rows<'_>> = all.into_iter().map(Option::unwrap_or_default).collect();
    let ids = (0..program.tables.len() as u32).map(TableId);
    let columns: Vec<_> = ids.map(|id| table_columns(program, id, &all, &mut found)).collect();
    facts.tables = all.into_iter().zip(columns).map(|it| table_facts(it.0, it.1)).collect();
    (facts, found)
}

/// The rows that a test or case of a rule file gives, as if they came from a file of that name.
/// `tables` are those of one run: the parents of nested rows are sought among them.
pub fn written(program: &Program, tables: &[WrittenTable], file: &str) -> Vec<RawTable> {
    let build = |written: &WrittenTable| {
        let table = program.table(written.table);
        let mut raw = RawTable::new(table.name.clone(), file);
        raw.sheet = Some(table.name.clone());
        raw.written = true;
        raw.headers = written.fields.iter().map(|it| program.field(*it).name.clone()).collect();
        raw.nested = table.parent.map(|parent| Nested {
            parent: tables.iter().position(|it| it.table == parent.table).unwrap_or(usize::MAX),
            rows: written.rows.iter().map(|(row, _)| *row).collect(),
            given: written.given.clone(),
        });
        for (place, (_, cells)) in (2u32..).zip(&written.rows) {
            raw.push_row(place, cells.iter().map(|it| it.text.as_str()));
            raw.spans.extend(cells.iter().map(|it| it.span));
        }
        raw
    };
    tables.iter().map(build).collect()
}

/// Which table of the program each raw table belongs to; none for what is not declared.
pub(crate) fn homes(
    program: &Program,
    raw: &[RawTable],
    found: &mut Diagnostics,
) -> Vec<Option<TableId>> {
    let mut homes: Vec<Option<TableId>> = Vec::with_capacity(raw.len());
    for table in raw {
        let named = |name: &str| text::fold(name) == text::fold(&table.name);
        let home = match table.nested.as_ref().filter(|_| !table.written) {
            None => (0u32..)
                .zip(&program.tables)
                .find(|(_, it)| named(&it.name))
                .map(|(at, _)| TableId(at)),
            Some(nested) => homes.get(nested.parent).copied().flatten().and_then(|parent| {
                let fields = program.table(parent).fields.iter();
                let mut lists = fields.filter_map(|field| match field.kind {
                    FieldKind::Rows { table, .. } => Some((field, table)),
                    FieldKind::Scalar { .. } => None,
                });
                let called = |(field, child): &(&Field, TableId)| {
                    named(&field.name)
                        || field.aliases.iter().any(|it| named(it))
                        || named(&program.table(*child).name)
                };
                lists.find(called).map(|(_, child)| child)
            }),
        };
        // What lies inside a table that is not declared is not reported again.
        let inside_unread = table
            .nested
            .as_ref()
            .is_some_and(|it| homes.get(it.parent).is_some_and(Option::is_none));
        // A hidden sheet holds the lists of drop-downs, an empty one holds nothing.
        let passed_over = table.hidden || table.workbook && table.is_empty();
        if home.is_none() && !inside_unread && !passed_over {
            let (zh, en) = (
                format!("规则没有声明表“{}”，未读", table.name),
                format!("the rulebook declares no table `{}`: it was not read", table.name),
            );
            found.push(table.finding(code::UNDECLARED, None, None, zh, en));
        }
        homes.push(home);
    }
    homes
}

/// The tables, each after its parent.
fn parents_first(program: &Program) -> Vec<TableId> {
    let depth = |id: &TableId| {
        std::iter::successors(Some(*id), |it| program.table(*it).parent.map(|it| it.table))
            .take(program.tables.len())
            .count()
    };
    let mut ids: Vec<TableId> = (0..program.tables.len() as u32).map(TableId).collect();
    ids.sort_by_key(depth);
    ids
}

/// Finds the columns of a raw table.
pub(super) fn source<'a>(
    program: &Program,
    id: TableId,
    raw: &'a [RawTable],
    index: usize,
    facts: &mut Facts,
    found: &mut Diagnostics,
) -> Source<'a> {
    let (table, raw) = (program.table(id), &raw[index]);
    let folded: Vec<_> = raw.headers.iter().map(|it| text::fold(it)).collect();
    let find = |name: &str| -> Vec<usize> {
        let name = text::fold(name);
        (0..folded.len()).filter(|at| folded[*at] == name).collect()
    };
    let columns: Vec<Vec<usize>> =
        table.fields.iter().map(|field| columns_of(field, raw, &find)).collect();
    let above = table.parent.map(|it| program.table(it.table).name.as_str());
    let link = above.and_then(|it| find(it).first().copied()).filter(|_| raw.nested.is_none());
    let readings = table
        .fields
        .iter()
        .zip(&columns)
        .map(|(field, columns)| Taking::of(field, raw, columns.first().copied()))
        .collect();
    let file = facts.files.len() as u32;
    facts.files.push(raw.file.clone());
    facts.sheets.push(raw.sheet.clone());
    facts.taken.push(taken(table, (id, index), raw, &columns, link));
    let source = Source { raw, index, file, columns, readings, link };
    findings::columns(program, table, above, &source, found);
    source
}

/// The columns of a raw table that a field is found under.
pub(crate) fn columns_named(field: &Field, raw: &RawTable) -> Vec<usize> {
    let folded: Vec<_> = raw.headers.iter().map(|it| text::fold(it)).collect();
    let find = |name: &str| -> Vec<usize> {
        let name = text::fold(name);
        (0..folded.len()).filter(|at| folded[*at] == name).collect()
    };
    columns_of(field, raw, &find)
}

fn taken(
    table: &Table,
    (id, index): (TableId, usize),
    raw: &RawTable,
    columns: &[Vec<usize>],
    link: Option<usize>,
) -> Taken {
    let of = |(field, columns): (&Field, &Vec<usize>)| {
        columns.iter().map(|it| TakenColumn::new(field, &raw.headers[*it], *it)).collect()
    };
    Taken {
        raw: index,
        table: id,
        columns: table.fields.iter().zip(columns).map(of).collect(),
        link,
    }
}

fn columns_of(field: &Field, raw: &RawTable, find: &impl Fn(&str) -> Vec<usize>) -> Vec<usize> {
    match field.kind {
        FieldKind::Scalar { .. } => {
            let names = std::iter::once(&field.name).chain(&field.aliases);
            let mut columns: Vec<usize> = names.flat_map(|it| find(it)).collect();
            if columns.is_empty() && !raw.written {
                // 营业收入（千元）
                let fits = |it: &usize| header::fits(field, &raw.headers[*it]).is_some();
                columns = (0..raw.headers.len()).filter(fits).collect();
            }
            columns.sort_unstable();
            columns.dedup();
            columns
        }
        FieldKind::Rows { .. } => vec![],
    }
}

/// Builds the columns of a table.
fn table_columns(
    program: &Program,
    id: TableId,
    all: &[Rows<'_>],
    found: &mut Diagnostics,
) -> Vec<Option<FieldColumn>> {
    let (table, rows) = (program.table(id), &all[id.0 as usize]);
    let marks: Vec<String> =
        program.policy.na_marks.iter().map(|it| text::fold(it).into_owned()).collect();
    let columns = (0u32..).zip(&table.fields).map(|(at, field)| {
        let FieldKind::Scalar { ty, unit, domain } = &field.kind else { return None };
        let ty = (*ty, unit.as_ref(), domain);
        let (mut column, notes) =
            columns::build(program, field, &marks, ty, rows.len(), rows.cells(at));
        let header = |it: &Source<'_>| {
            it.columns[at as usize].first().map(|column| it.raw.headers[*column].clone())
        };
        column.header = rows.sources.iter().find_map(header);
        findings::cells(program, id, at, all, &column, notes, found);
        Some(column)
    });
    let columns: Vec<Option<FieldColumn>> = columns.collect();
    findings::units(program, id, all, &columns, found);
    columns
}

fn table_facts(rows: Rows<'_>, columns: Vec<Option<FieldColumn>>) -> TableFacts {
    TableFacts {
        len: rows.len(),
        columns,
        places: (0..rows.len()).map(|it| rows.place(it)).collect(),
        offsets: rows.offsets,
        parents: rows.parents,
        ungiven: rows.ungiven,
        keys: rows.keys,
        names: rows.names,
        expected: Bits::default(),
    }
}
