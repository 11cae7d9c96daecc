//! Questions about a case of which nothing is known: what a truth may come to, and a case in which it holds. It words nothing.

use crate::data;
use crate::data::Facts;
use crate::eval;
use crate::eval::Run;
use crate::eval::refine::Cell;
use crate::eval::refine::Excerpt;
use crate::eval::refine::Question;
use crate::eval::refine::fill;
use crate::ir::FieldId;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::naming::Namer;
use crate::value::Column;
use crate::value::Set;
use crate::value::Truth;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A question is given up after so many steps (a node in a row of a cell).
pub const STEPS: usize = 60_000;

/// What a conjunction of truths may come to.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The outcomes that are not excluded.
    pub possible: Truth,
    /// A case in which it holds, where one was found: the cells it takes.
    pub example: Option<Vec<(FieldId, Set)>>,
}

/// A truth that is asked for, or its contrary.
pub type Ask = (NodeId, bool);

/// Answers what conjunctions of truths of one table come to. Those that look at all cases at once are not asked: anything
/// is possible there.
pub fn ask(program: &Program, table: TableId, asks: &[Vec<Ask>]) -> Vec<Answer> {
    let anything = Answer { possible: Truth::ANYTHING, example: None };
    if asks.is_empty() || program.table(table).parent.is_some() {
        return vec![anything; asks.len()];
    }
    let mut program = program.with_open_blanks();
    let nodes: Vec<Option<NodeId>> =
        asks.iter().map(|it| conjunction(&mut program, table, it)).collect();
    let facts = data::blank(&program, table, false);
    let asked = Some(nodes.iter().flatten().copied().collect());
    let run = Run { asked, supposed: may_be_filled(&program, &facts), ..Run::default() };
    let facts = eval::with_expected_rows(&program, facts, &run);
    let outcome = eval::glance(&program, &facts, &run);
    let recording = eval::record(&program, &facts, &run, &outcome, table, 0);
    let namers = Namer::all(&program);
    let excerpt = Excerpt::recorded(&program, &facts, &recording, &namers);
    let answer = |node: &Option<NodeId>| match node {
        Some(node) => look(&excerpt, *node),
        None => anything.clone(),
    };
    nodes.par_iter().map(answer).collect()
}

/// A blank cell stands for any cell here: whether it is filled is open.
fn may_be_filled(program: &Program, facts: &Facts) -> BTreeMap<NodeId, Column> {
    let nodes = (0u32..).map(NodeId).zip(&program.nodes);
    let filled = nodes.filter(|it| matches!(it.1.kind, NodeKind::Filled(_)));
    filled
        .map(|(id, node)| {
            let rows = facts.table(node.space).len;
            (id, Column::repeat(rows, &Set::Truth(Truth::UNDECIDED)))
        })
        .collect()
}

/// Whether a node cannot be asked about by a case of which nothing is known: it, or what it rests on, looks at all cases
/// of the run, or takes a blank cell for a value.
fn is_beyond(program: &Program, node: NodeId) -> bool {
    let takes_blank = |it: &NodeId| matches!(program.node(*it).kind, NodeKind::Default { .. });
    eval::looks_at_all_cases(program, node) || program.below([node]).iter().any(takes_blank)
}

/// A node that holds where all of the truths do; none where one of them cannot be asked about.
fn conjunction(program: &mut Program, table: TableId, asks: &[Ask]) -> Option<NodeId> {
    if asks.iter().any(|it| is_beyond(program, it.0)) {
        return None;
    }
    let mut items = vec![];
    for (node, holds) in asks {
        items.push(if *holds { *node } else { added(program, table, NodeKind::Not(*node)) });
    }
    Some(match items.as_slice() {
        [one] => *one,
        _ => added(program, table, NodeKind::And(items)),
    })
}

fn added(program: &mut Program, space: TableId, kind: NodeKind) -> NodeId {
    let span = program.node(*kind.operands().first().expect("a truth is asked for")).span;
    let node =
        Node { kind, ty: Ty::Truth, space, unit: None, span, may_be_na: true, may_be_error: true };
    program.nodes.push(node);
    NodeId(program.nodes.len() as u32 - 1)
}

fn look(excerpt: &Excerpt, node: NodeId) -> Answer {
    let mut question = Question::new(excerpt, node, 0, STEPS);
    let truth = |set: &Set| match set {
        Set::Truth(truth) => *truth,
        _ => Truth::ANYTHING,
    };
    let before = truth(&question.set);
    if before.is_settled() {
        let example = (before == Truth::TRUE).then(Vec::new);
        return Answer { possible: before, example };
    }
    let Some(cells) = question.cells() else {
        return Answer { possible: before, example: None };
    };
    let possible = cells.iter().fold(Truth::NOTHING, |all, it| all.union(truth(&it.set)));
    let holding = cells.iter().find(|it| truth(&it.set) == Truth::TRUE);
    let example = holding.map(|it| filled(excerpt.program, it));
    let possible = before.intersect(possible);
    Answer { possible: if possible == Truth::NOTHING { before } else { possible }, example }
}

/// One case of a cell.
fn filled(program: &Program, cell: &Cell) -> Vec<(FieldId, Set)> {
    let one = |it: &crate::eval::refine::Change| {
        let plain = fill::plain(program, it.field, &it.set);
        let any = || fill::values(program, it.field, &it.set)[0].clone();
        (it.field, plain.into_iter().next().unwrap_or_else(any))
    };
    cell.changes.iter().map(one).collect()
}

/// The fields that a node rests on.
pub fn fields(program: &Program, node: NodeId) -> BTreeSet<FieldId> {
    let field = |id: NodeId| match &program.node(id).kind {
        NodeKind::Field(field) | NodeKind::Filled(field) => Some(*field),
        NodeKind::Aggregate(it) => Some(it.rows),
        _ => None,
    };
    program.below([node]).into_iter().filter_map(field).collect()
}
