//! Bases that are rows of real data: which rows, and their cells as they can be written. Reading data is the caller's.

use crate::data;
use crate::data::Facts;
use crate::data::RawTable;
use crate::data::excerpt;
use crate::eval;
use crate::eval::Run;
use crate::ir;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::WrittenCell;
use crate::ir::WrittenTable;
use crate::source::Span;
use crate::source::Spanned;
use crate::suite::generate::bases;
use crate::suite::generate::bases::Bases;
use crate::suite::generate::cells;
use crate::suite::generate::observers;
use crate::syntax::ast::Name;
use crate::value::Foreign;
use crate::value::Number;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::day;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// So many rows of data are started from.
const MOST: usize = 24;

/// Data to start from.
pub struct Real<'a> {
    /// Their path from where the proposals will stand.
    pub path: String,
    /// The tables as they were read.
    pub tables: &'a [RawTable],
    /// Every cell.
    pub facts: &'a Facts,
    /// How they are run.
    pub run: &'a Run,
    /// The cases.
    pub rows: &'a [(TableId, usize)],
}

/// Bases of rows that come out differently, each with the data cut down to it; none where there is no case.
pub fn bases(workspace: &Workspace, program: &Program, real: &Real) -> Option<Bases> {
    let chosen = chosen(program, real);
    let mut written = vec![];
    let mut cuts = vec![];
    for (table, row) in chosen {
        let key = real.facts.table(table).keys[row].to_string();
        let tables =
            excerpt::cut(program, real.tables, table, std::slice::from_ref(&key), &[], vec![])
                .ok()?;
        let own = program.table(table);
        let name = |text: &str| Name { text: text.to_owned(), span: own.span };
        let title = format!("base {}", written.len());
        let mut test = bases::base(&name(&title), Some(name(&own.name)), vec![name(&key)], vec![]);
        // A place of its own, by which its data are found.
        let place = Span { start: written.len() as u32, end: written.len() as u32, ..own.span };
        test.drawn = Some(Spanned { value: real.path.clone(), span: place });
        test.on = real.run.on.and_then(NaiveDate::from_num_days_from_ce_opt);
        written.push(test);
        cuts.push((place, tables));
    }
    let program = bases::with_tests(workspace, &written)?;
    if written.is_empty() || program.tests.len() != written.len() {
        return None;
    }
    let mut drawn = DrawnData::default();
    let mut runs = vec![];
    for ((place, tables), test) in cuts.into_iter().zip(&program.tests) {
        let (facts, _) = data::bind(&program, &tables);
        runs.push(ir::Test {
            data: whole(&program, &facts, test.table, test.span),
            periods: real.run.periods.clone(),
            ..test.clone()
        });
        drawn.insert(place, tables);
    }
    Some(Bases { written, program, runs, drawn })
}

/// The first row of each way in which the verdicts come out together, as long as there are not too many.
fn chosen(program: &Program, real: &Real) -> Vec<(TableId, usize)> {
    let nodes: Vec<NodeId> =
        observers::all(program).into_iter().filter(|it| it.verdict).map(|it| it.node).collect();
    let run = Run { asked: Some(nodes.iter().copied().collect()), ..real.run.clone() };
    let outcome = eval::glance(program, real.facts, &run);
    let mut seen = BTreeSet::new();
    let mut chosen = vec![];
    for &(table, row) in real.rows {
        let own = nodes.iter().filter(|it| program.node(**it).space == table);
        let came = |it: &NodeId| match outcome.columns.get(it).map(|it| it.get(row)) {
            Some(Set::Truth(truth)) => Some(truth),
            _ => None,
        };
        let ways: Vec<Option<Truth>> = own.map(came).collect();
        if chosen.len() < MOST && seen.insert((table, ways)) {
            chosen.push((table, row));
        }
    }
    chosen
}

/// The cells of the first case and of its lists, as texts. A list is left out where a row of it has more below it, or a
/// cell that cannot be written.
fn whole(program: &Program, facts: &Facts, table: TableId, span: Span) -> Vec<WrittenTable> {
    let cell = |text: String| WrittenCell { text, span };
    let fields = scalars(program, table);
    let known: Vec<(FieldId, String)> =
        fields.into_iter().filter_map(|it| Some((it, text(program, facts, it, 0)?))).collect();
    let (fields, cells) = known.into_iter().map(|(it, text)| (it, cell(text))).unzip();
    let mut all = vec![WrittenTable { table, fields, rows: vec![(0, cells)], given: vec![] }];
    for field in &program.table(table).fields {
        let FieldKind::Rows { table: child, .. } = field.kind else { continue };
        let nested =
            program.table(child).fields.iter().any(|it| matches!(it.kind, FieldKind::Rows { .. }));
        let own = facts.table(child);
        if nested || own.offsets.len() < 2 {
            continue;
        }
        let fields = scalars(program, child);
        let row = |row: usize| -> Option<(u32, Vec<WrittenCell>)> {
            let texts = fields.iter().map(|it| text(program, facts, *it, row).map(cell));
            Some((0, texts.collect::<Option<_>>()?))
        };
        let rows: Option<Vec<_>> =
            own.rows_of(0).filter(|it| !own.is_expected(*it)).map(row).collect();
        if let Some(rows) = rows.filter(|it| !it.is_empty()) {
            all.push(WrittenTable { table: child, fields, rows, given: vec![true] });
        }
    }
    all
}

fn scalars(program: &Program, table: TableId) -> Vec<FieldId> {
    let fields = (0u32..).zip(&program.table(table).fields);
    let own = fields.filter(|it| matches!(it.1.kind, FieldKind::Scalar { .. }));
    own.map(|(index, _)| FieldId { table, index }).collect()
}

/// A cell as a rule file has it; none where no text says it, such as one that could not be read.
fn text(program: &Program, facts: &Facts, field: FieldId, row: usize) -> Option<String> {
    let FieldKind::Scalar { ty, unit, .. } = &program.field(field).kind else { return None };
    let ty = *ty;
    let cells = facts.cells(field);
    if !cells.filled.get(row) {
        return Some(String::new());
    }
    let set = cells.column.get(row);
    if !set.is_settled() {
        return None;
    }
    if set.may_be_na() {
        return Some("无".to_owned());
    }
    match (set, ty) {
        (Set::Truth(Truth::TRUE), _) => Some("是".to_owned()),
        (Set::Truth(Truth::FALSE), _) => Some("否".to_owned()),
        (Set::Number(it), _) => {
            let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
            let shown = it.values?.single()?.checked_div(&factor)?;
            shown.decimal_places().map(|_| shown.to_string())
        }
        (Set::Date(it), Ty::Period(kind)) => Some(kind.show(it.values?.low?)),
        (Set::Date(it), _) => Some(day::show(it.values?.low?)),
        (Set::Member(it), Ty::Member(list)) => {
            let values = it.values?;
            match (values.members.as_deref(), values.foreign) {
                (Some([one]), Foreign::No) => Some(cells::member(program, list, *one)),
                (_, Foreign::One(text)) => Some(text.to_string()),
                _ => None,
            }
        }
        (Set::Text(it), _) => match it.values? {
            TextSet::One(text) => Some(text.to_string()),
            TextSet::Any => None,
        },
        _ => None,
    }
}
