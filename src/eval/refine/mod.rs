//! Pass 2 (`semantics` §5): a second, closer look at the outcomes that pass 1 leaves open, case by case.
//!
//! A case is taken out of the run ([`Excerpt`]), its comparisons are collected into linear forms, its holes are split
//! into cells, and the cells stand beside each other as rows of the one evaluator. What none of them comes to is not
//! possible. Cases without an open outcome are never looked at.

mod alike;
pub mod doubt;
mod excerpt;
pub mod fill;
pub mod holes;
mod joining;
pub mod linear;
mod split;

pub use excerpt::Change;
pub use excerpt::Excerpt;
pub use excerpt::World;
pub use holes::Hole;
pub use split::Cell;
pub use split::Question;

use crate::data::Facts;
use crate::eval::chunk::Context;
use crate::eval::plan;
use crate::eval::refine::doubt::Doubts;
use crate::eval::refine::excerpt::replaced;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Grading;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Column;
use crate::value::Set;
use crate::value::Truth;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Outcomes that are narrower than in pass 1: node, row of its table, set.
type Narrower = Vec<(NodeId, usize, Set)>;

/// Narrows the columns of criteria, conclusions and grades, where pass 1 leaves an outcome open that meets a hole in more
/// than one way.
pub fn refine(
    context: Context,
    within: &BTreeSet<NodeId>,
    columns: &mut BTreeMap<NodeId, Column>,
) -> BTreeSet<NodeId> {
    let Context { program, facts, .. } = context;
    let targets = targets(program).into_iter().filter(|it| within.contains(it));
    let doubts = Doubts::new(program);
    let linear = doubts.comparisons(program);
    let mut cases: BTreeMap<(TableId, usize), Vec<(NodeId, usize)>> = BTreeMap::new();
    for node in targets {
        let (space, fields) = (program.node(node).space, doubts.of(node));
        let Some(column) = columns.get(&node).filter(|_| !fields.is_empty()) else { continue };
        for row in open_rows(column) {
            let (top, above) = top_of(program, facts, space, row);
            let rows = plan::rows_below(program, facts, top, above..above + 1);
            if fields.iter().any(|it| has_hole(program, facts, &rows, *it)) {
                cases.entry((top, above)).or_default().push((node, row));
            }
        }
    }
    let cases: Vec<_> = cases.into_iter().collect();
    let before = &*columns;
    let narrower: Vec<Narrower> = cases
        .into_par_iter()
        .map(|((top, row), asked)| narrow(Excerpt::new(context, &linear, top, row), &asked, before))
        .collect();
    let mut changes: BTreeMap<NodeId, BTreeMap<usize, &Set>> = BTreeMap::new();
    for (node, row, set) in narrower.iter().flatten() {
        changes.entry(*node).or_default().insert(*row, set);
    }
    for (node, rows) in changes {
        let column = columns.get_mut(&node).expect("only kept columns are narrowed");
        *column = replaced(column, &rows);
    }
    linear
}

/// The comparisons that pass 2 collects into linear forms.
pub fn comparisons(program: &Program) -> BTreeSet<NodeId> {
    Doubts::new(program).comparisons(program)
}

/// The nodes that pass 2 looks at, ascending.
fn targets(program: &Program) -> BTreeSet<NodeId> {
    let criteria = program.criteria.iter().flat_map(|it| [it.node, it.in_conclusion]);
    let conclusions = program.conclusions.iter().map(|it| it.node);
    let gradings = program.gradings.iter().flat_map(Grading::nodes);
    criteria.chain(conclusions).chain(gradings).collect()
}

fn open_rows(column: &Column) -> Vec<usize> {
    match column {
        Column::Truth(it) => it.open().ones().collect(),
        Column::Number(it) => it.special.iter().map(|it| it.0 as usize).collect(),
        Column::Date(it) => it.special.iter().map(|it| it.0 as usize).collect(),
        Column::Member(it) => it.special.iter().map(|it| it.0 as usize).collect(),
        Column::Text(it) => it.special.iter().map(|it| it.0 as usize).collect(),
    }
}

/// The row of the table without a parent that a row belongs to.
fn top_of(
    program: &Program,
    facts: &Facts,
    mut table: TableId,
    mut row: usize,
) -> (TableId, usize) {
    while let Some(parent) = program.table(table).parent {
        row = facts.table(table).parents[row] as usize;
        table = parent.table;
    }
    (table, row)
}

/// Whether something of a field is not known in these rows: a cell, or a list.
fn has_hole(program: &Program, facts: &Facts, rows: &plan::Rows, field: FieldId) -> bool {
    let range = rows[field.table.0 as usize].clone();
    match program.field(field).kind {
        FieldKind::Scalar { .. } => {
            let holes = &facts.cells(field).holes;
            holes.range(range.start as u32..range.end as u32).next().is_some()
        }
        FieldKind::Rows { table, open } => {
            let ungiven = &facts.table(table).ungiven;
            let mut rows = range.clone();
            open || rows.any(|it| it < ungiven.len() && ungiven.get(it))
        }
    }
}

/// The open outcomes of one case, nodes ascending, looked at again. What is found of one holds for the next.
fn narrow(
    mut excerpt: Excerpt,
    asked: &[(NodeId, usize)],
    before: &BTreeMap<NodeId, Column>,
) -> Narrower {
    let mut found: Narrower = vec![];
    let mut asked = asked.iter().copied().peekable();
    while let Some((node, row)) = asked.next() {
        let rows = excerpt.rows[excerpt.program.node(node).space.0 as usize].clone();
        let set = look(&excerpt, node, row - rows.start);
        found.extend(set.filter(|it| *it != before[&node].get(row)).map(|set| (node, row, set)));
        let is_last = asked.peek().is_none_or(|next| next.0 != node);
        if is_last && found.last().is_some_and(|it| it.0 == node) {
            let own = found.iter().filter(|it| it.0 == node);
            let own = own.map(|(_, row, set)| (row - rows.start, set)).collect();
            let column = replaced(&before[&node].slice(rows), &own);
            // What is still open is computed anew in each cell of what rests on it.
            if (0..column.len()).all(|row| column.get(row).is_settled()) {
                excerpt.give(node, column);
            }
        }
    }
    found
}

/// What an outcome may be, cell by cell; none where that is out of reach.
fn look(excerpt: &Excerpt, node: NodeId, row: usize) -> Option<Set> {
    let mut question = Question::new(excerpt, node, row, split::STEPS);
    let before = question.set.clone();
    if before.is_settled() {
        return Some(before);
    }
    let cells = question.cells()?;
    let all = cells.into_iter().map(|it| it.set).reduce(|all, it| all.union(&it))?;
    Some(match (&before, &all) {
        (Set::Truth(before), Set::Truth(all)) => match before.intersect(*all) {
            Truth::NOTHING => Set::Truth(*before),
            both => Set::Truth(both),
        },
        _ => all,
    })
}
