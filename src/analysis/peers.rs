//! What an outcome that compares the cases of a run takes from the other cases: who is counted, who lacks something. It words nothing.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::errors::OriginKind;
use crate::analysis::rests::Rows;
use crate::eval;
use crate::ir::AggregateFunction;
use crate::ir::Composition;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Over;
use crate::ir::Program;
use crate::ir::Scoring;
use crate::ir::Selection;
use crate::ir::TableId;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use std::collections::BTreeSet;

/// The cases of the run, by what a function over all of them makes of each when a row asks.
pub fn counted(case: &Case, it: &Over, asker: At) -> Rows {
    let table = case.program.node(asker.node).space;
    let count = case.facts.table(table).len;
    let column = eval::included(case.program, it, &case.outcome.columns, count, asker.row);
    let mut rows = Rows::default();
    for row in 0..count {
        match eval::truth_of(&column, row) {
            Truth::TRUE | Truth::ERROR => rows.counted.push(row),
            set if set.may(Truth::TRUE) || set.may(Truth::ERROR) => rows.open.push(row),
            _ => rows.left_out.push(row),
        }
    }
    rows
}

/// What such a function takes from the case that asks itself.
pub fn own_parts(case: &Case, it: &Over, at: At) -> Vec<NodeId> {
    let rows = counted(case, it, at);
    let is_in = rows.left_out.binary_search(&at.row).is_err();
    let empty = it.if_empty.filter(|_| rows.counted.is_empty());
    let row = [it.share, it.value].into_iter().flatten().filter(|_| is_in);
    it.groups.iter().map(|it| it.1).chain(it.filter).chain(row).chain(empty).collect()
}

/// What goes wrong in a step of a score, or a function over all cases, where nothing it rests on is in error.
pub fn kind(case: &Case, scoring: &Scoring, at: At) -> OriginKind {
    match scoring {
        Scoring::Over(it) => {
            let rows = counted(case, it, at).counted;
            let faulty = |node: &Option<NodeId>| {
                let node = node.as_ref()?;
                rows.iter().find(|row| is_error(case, At { node: *node, row: **row }))
            };
            let nodes = [it.value, it.share, it.filter];
            match (rows.is_empty(), nodes.iter().find_map(faulty)) {
                (true, _) => OriginKind::Nothing,
                (_, Some(row)) => OriginKind::Elsewhere { row: *row },
                _ if it.function == AggregateFunction::Share => {
                    OriginKind::DivisionByZero { divisor: None }
                }
                _ => OriginKind::TooLarge,
            }
        }
        Scoring::Points(it) if it.method.compares() => {
            let among = |row: &usize| {
                it.among.is_none_or(|node| {
                    case.set(At { node, row: *row }) == Some(Set::Truth(Truth::TRUE))
                })
            };
            let count = case.facts.table(case.program.node(at.node).space).len;
            let alone = (0..count).filter(among).nth(1).is_none();
            OriginKind::SameValue { of: it.of, alone }
        }
        Scoring::Selected(it) => {
            let rows = tied(case, it, at);
            // A case that is equal to no other is in error because nobody's place can be told.
            if rows.len() > 1 { OriginKind::Tie { rows } } else { OriginKind::SeatsDiffer }
        }
        Scoring::Weighted(Composition::Geometric, _) => OriginKind::NegativePoints,
        _ => OriginKind::TooLarge,
    }
}

/// The cases whose total is that of a case.
fn tied(case: &Case, it: &Selection, at: At) -> Vec<usize> {
    let nodes = [Some(it.ranking.of), it.line.then_by().or(it.ranking.then_by)];
    let place = |row: usize| nodes.map(|node| case.set(At { node: node?, row }));
    let count = case.facts.table(case.program.node(at.node).space).len;
    let own = place(at.row);
    (0..count).filter(|row| place(*row) == own).collect()
}

fn is_error(case: &Case, at: At) -> bool {
    case.set(at).is_some_and(|it| it.state() == State::Error)
}

/// The other cases that lack something an outcome of all cases may rest on, ascending.
pub fn that_lack(case: &Case, at: At) -> Vec<usize> {
    let table = case.program.node(at.node).space;
    let NodeKind::Score(scoring) = &case.program.node(at.node).kind else { return vec![] };
    let counted = match scoring {
        Scoring::Over(it) => {
            let rows = counted(case, it, at);
            let fully: BTreeSet<usize> = rows.counted.into_iter().collect();
            Some((fully, rows.open.into_iter().collect::<BTreeSet<usize>>()))
        }
        Scoring::Points(it) if it.missing.reported_only() => return vec![],
        Scoring::Points(_) | Scoring::Rank(_) | Scoring::Selected(_) => None,
        Scoring::Weighted(..)
        | Scoring::Weight { .. }
        | Scoring::Cap { .. }
        | Scoring::Known(_) => {
            return vec![];
        }
    };
    let lacking = lacking(case, table, &scoring.operands());
    let others = lacking.into_iter().filter(|it| *it != at.row);
    let matters = |row: &usize| match (&counted, scoring) {
        (Some((fully, open)), Scoring::Over(it)) => {
            let unsettled = |node: &Option<NodeId>| {
                node.is_some_and(|node| !case.is_settled(At { node, row: *row }))
            };
            open.contains(row) || fully.contains(row) && [it.value, it.share].iter().any(unsettled)
        }
        _ => true,
    };
    others.filter(matters).collect()
}

/// The rows of a table with a hole, in the row itself or below it, in a field that some nodes rest on.
fn lacking(case: &Case, table: TableId, nodes: &[NodeId]) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    for field in fields(case.program, nodes) {
        if case.program.root_of(field.table) != case.program.root_of(table) {
            continue;
        }
        for hole in case.facts.cells(field).holes.keys() {
            rows.extend(row_above(case, field.table, *hole as usize, table));
        }
    }
    rows
}

/// The row of a table that a row of a table below it belongs to.
fn row_above(case: &Case, mut of: TableId, mut row: usize, table: TableId) -> Option<usize> {
    while of != table {
        let parent = case.program.table(of).parent?;
        row = *case.facts.table(of).parents.get(row)? as usize;
        of = parent.table;
    }
    Some(row)
}

/// The fields that some nodes rest on.
pub fn fields(program: &Program, nodes: &[NodeId]) -> BTreeSet<FieldId> {
    let field = |id: NodeId| match &program.node(id).kind {
        NodeKind::Field(field) => Some(*field),
        _ => None,
    };
    program.below(nodes.iter().copied()).into_iter().filter_map(field).collect()
}
