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
use crate::ir::Ranking;
use crate::ir::Scoring;
use crate::ir::Selection;
use crate::ir::TableId;
use crate::value::Hull;
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
        Scoring::Rank(it) => return waited_for(case, at, it, (&[], false)),
        Scoring::Selected(it) => {
            let group: Vec<NodeId> = it.quota.iter().map(|it| it.0).collect();
            return waited_for(case, at, &settling(it), (&group, it.share));
        }
        Scoring::Points(_) => None,
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

/// The other cases that keep open where a case stands: its rivals, of them those that lack cells themselves and do not only
/// wait for others. Where the case itself lacks nothing and no rival is found, all that lack something.
fn waited_for(
    case: &Case,
    at: At,
    ranking: &Ranking,
    (groups, counted): (&[NodeId], bool),
) -> Vec<usize> {
    let rows = rivals(case, ranking, (groups, counted), at.row);
    let lacks = |row: &usize| !cells_of(case, at, *row).is_empty();
    let own: Vec<usize> = rows.iter().copied().filter(lacks).collect();
    let nodes = || [Some(ranking.of), ranking.then_by, ranking.among].into_iter().flatten();
    let nodes = || nodes().chain(ranking.groups.iter().chain(groups).copied());
    let lacking_itself = nodes().any(|node| !case.is_settled(At { node, row: at.row }));
    match (own.is_empty(), rows.is_empty(), lacking_itself) {
        (false, ..) => own,
        (_, false, _) => rows,
        (_, _, true) => vec![],
        _ => {
            let nodes: Vec<NodeId> = nodes().collect();
            let table = case.program.node(at.node).space;
            lacking(case, table, &nodes).into_iter().filter(|it| *it != at.row).collect()
        }
    }
}

/// How a selection ranks: by what settles a tie at its line too.
pub fn settling(it: &Selection) -> Ranking {
    Ranking { then_by: it.line.then_by().or(it.ranking.then_by), ..it.ranking.clone() }
}

/// The other cases whose own place is open in a way that may move that of a case: they may stand before it and behind it, or
/// it is open whether they are compared, or of which group they are; where seats are a share of those compared (`counted`)
/// that matters of all. Ascending.
fn rivals(
    case: &Case,
    ranking: &Ranking,
    (groups, counted): (&[NodeId], bool),
    own: usize,
) -> Vec<usize> {
    let count = case.facts.table(case.program.node(ranking.of).space).len;
    let hull = |row: usize| match case.set(At { node: ranking.of, row }) {
        Some(Set::Number(set)) => set.values,
        _ => None,
    };
    let mine = hull(own);
    let open = |node: &NodeId, row: usize| !case.is_settled(At { node: *node, row });
    let set = |node: &NodeId, row: usize| case.set(At { node: *node, row });
    // Those known to be of another group are never compared.
    let apart = |node: &NodeId, row: usize| {
        let (a, b) = (set(node, own), set(node, row));
        a.zip(b).is_some_and(|(a, b)| a.is_settled() && b.is_settled() && a != b)
    };
    let is_rival = |row: &usize| {
        if ranking.groups.iter().any(|it| apart(it, *row)) {
            return false;
        }
        let (Some(mine), Some(theirs)) = (&mine, hull(*row)) else {
            return open(&ranking.of, *row);
        };
        let (ahead, behind) = match ranking.ascending {
            false => (below(mine, &theirs), below(&theirs, mine)),
            true => (below(&theirs, mine), below(mine, &theirs)),
        };
        let place = [Some(ranking.of), ranking.then_by];
        let place = place.into_iter().flatten().any(|it| open(&it, *row));
        let placed = ranking.among.iter().chain(&ranking.groups).chain(groups);
        let matters = counted || !behind;
        place && !ahead && !behind || matters && placed.into_iter().any(|it| open(it, *row))
    };
    (0..count).filter(|row| *row != own).filter(is_rival).collect()
}

/// Whether every number of one hull is below every number of the other.
pub fn below(a: &Hull, b: &Hull) -> bool {
    match (&a.high, &b.low) {
        (Some(high), Some(low)) => high.at < low.at,
        _ => false,
    }
}

/// The cells of another case that keep open what an outcome of all cases takes from it, in the order of their fields.
pub fn cells_of(case: &Case, at: At, row: usize) -> Vec<(FieldId, usize)> {
    let table = case.program.node(at.node).space;
    let NodeKind::Score(scoring) = &case.program.node(at.node).kind else { return vec![] };
    let open = |node: &NodeId| {
        let set = case.set(At { node: *node, row });
        set.is_none_or(|it| !it.is_settled())
    };
    let nodes: Vec<NodeId> = scoring.operands().into_iter().filter(open).collect();
    let mut cells = vec![];
    for field in fields(case.program, &nodes) {
        if case.program.root_of(field.table) != case.program.root_of(table) {
            continue;
        }
        let holes = case.facts.cells(field).holes.keys().map(|it| *it as usize);
        let own = |hole: &usize| row_above(case, field.table, *hole, table) == Some(row);
        cells.extend(holes.filter(own).map(|hole| (field, hole)));
    }
    cells
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
