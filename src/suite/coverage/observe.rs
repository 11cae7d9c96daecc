//! What one evaluated case shows of each point. What is looked at, and what an outcome rests on, comes from `analysis`.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::decisive;
use crate::analysis::rests;
use crate::analysis::tables;
use crate::ir::Decision;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::suite::coverage::Aspect;
use crate::suite::coverage::Item;
use crate::suite::coverage::Watch;
use crate::value::DateHull;
use crate::value::Hull;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The ways in which each point, by its number through all items, came out in one case. `roots` are what was asked for.
pub fn seen(case: &Case, items: &[Item], roots: &[NodeId]) -> BTreeSet<(usize, Aspect)> {
    let row = case.row;
    let asked: Vec<At> = roots
        .iter()
        .map(|node| At { node: *node, row })
        .filter(|at| case.program.node(at.node).space == case.table && case.set(*at).is_some())
        .collect();
    let looked_at = by_node(walk(case, &asked, considered));
    // A rule does not decide itself.
    let below: Vec<At> = asked.iter().flat_map(|at| rests::below(case, *at)).collect();
    let rested: BTreeSet<At> = walk(case, &below, rests::below).into_iter().collect();
    let mut found = BTreeSet::new();
    for (number, point) in items.iter().flat_map(|it| &it.points).enumerate() {
        let node = match point.watch {
            Watch::Truth(node) | Watch::Row(node, _) => node,
            Watch::Bound(node, _) | Watch::Exception(node, _) => node,
            Watch::Value(node) | Watch::Points(node) | Watch::Rank(node) => node,
        };
        for row in looked_at.get(&node).into_iter().flatten() {
            let at = At { node, row: *row };
            let decides = rested.contains(&at);
            found.extend(ways(case, point.watch, at, decides).into_iter().map(|it| (number, it)));
        }
    }
    found
}

/// What is looked at below a node, whether its outcome rests on it or not: branches that may be taken, and what a function
/// makes of arguments that it is asked with.
fn considered(case: &Case, at: At) -> Vec<At> {
    match &case.program.node(at.node).kind {
        NodeKind::If { .. } => rests::below(case, at),
        NodeKind::Called { arguments, result: Some(_), .. } => {
            let set = |node: NodeId| case.set(At { node, row: at.row });
            let stops = |it: &NodeId| {
                set(*it).is_some_and(|it| it.is_settled() && (it.may_be_na() || it.may_be_error()))
            };
            match arguments.iter().any(stops) {
                true => arguments.iter().map(|node| At { node: *node, row: at.row }).collect(),
                false => rests::all_below(case, at),
            }
        }
        _ => rests::all_below(case, at),
    }
}

fn walk(case: &Case, from: &[At], next: impl Fn(&Case, At) -> Vec<At>) -> Vec<At> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<At> = from.to_vec();
    let mut order = vec![];
    while let Some(at) = open.pop() {
        if case.set(at).is_some() && seen.insert(at) {
            order.push(at);
            open.extend(next(case, at));
        }
    }
    order
}

fn by_node(all: Vec<At>) -> BTreeMap<NodeId, BTreeSet<usize>> {
    let mut rows: BTreeMap<NodeId, BTreeSet<usize>> = BTreeMap::new();
    for at in all {
        rows.entry(at.node).or_default().insert(at.row);
    }
    rows
}

/// How a point came out in one row.
fn ways(case: &Case, watch: Watch, at: At, decides: bool) -> Vec<Aspect> {
    match watch {
        Watch::Truth(_) => {
            let outcome = match case.truth(at) {
                Truth::TRUE => Aspect::Met,
                Truth::FALSE => Aspect::NotMet,
                Truth::NOT_APPLICABLE => Aspect::NotApplicable,
                _ => Aspect::Unknown,
            };
            [outcome].into_iter().chain(decides.then_some(Aspect::Decisive)).collect()
        }
        Watch::Row(node, row) => match &case.program.node(node).kind {
            NodeKind::Decide(it) if gives(case, it, at.row, row) => vec![Aspect::Hit],
            _ => vec![],
        },
        Watch::Bound(_, sides) => {
            let side = |node: NodeId| case.set(At { node, row: at.row }).filter(Set::is_settled);
            let Some((left, right)) = side(sides[0]).zip(side(sides[1])) else { return vec![] };
            let all = [Aspect::Below, Aspect::At, Aspect::Above];
            all.into_iter().filter(|it| may_stand(&left, &right, *it)).collect()
        }
        Watch::Exception(node, index) => {
            let NodeKind::Exceptions { exceptions, .. } = &case.program.node(node).kind else {
                return vec![];
            };
            let guard = |node: NodeId| case.truth(At { node, row: at.row });
            let stands = decisive::standing(exceptions, guard).contains(&index);
            match stands {
                true => vec![Aspect::Taken],
                false if guard(exceptions[index].guard).is_settled() => vec![Aspect::NotTaken],
                false => vec![],
            }
        }
        Watch::Value(_) => case.set(at).map_or_else(Vec::new, |it| vec![state(&it)]),
        Watch::Points(_) => match case.set(at) {
            Some(Set::Number(it)) => match it.values.as_ref().and_then(Hull::single) {
                Some(points) if points.is_zero() => vec![Aspect::NotGiven],
                Some(_) => vec![Aspect::Given],
                None => vec![],
            },
            _ => vec![],
        },
        Watch::Rank(rank) => case.set(at).map_or_else(Vec::new, |it| match state(&it) {
            Aspect::Known if is_shared(case, rank, at.row) => vec![Aspect::Tied],
            Aspect::Known => vec![Aspect::Sole],
            other => vec![other],
        }),
    }
}

/// Known, unknown, or not applicable.
fn state(it: &Set) -> Aspect {
    match it.is_settled() && !it.may_be_error() {
        false => Aspect::Unknown,
        true if it.has_values() => Aspect::Known,
        true => Aspect::NotApplicable,
    }
}

/// Whether another case of the same group has the same points and the same rank.
fn is_shared(case: &Case, rank: NodeId, row: usize) -> bool {
    let Some(score) = case.program.scores.iter().find(|it| it.rank == Some(rank)) else {
        return false;
    };
    let nodes = [rank, score.node].into_iter().chain(score.groups.iter().copied());
    let columns: Option<Vec<_>> = nodes.map(|it| case.outcome.columns.get(&it)).collect();
    let Some(columns) = columns else { return false };
    let mut others = (0..case.facts.table(case.table).len).filter(|it| *it != row);
    let same = |other: usize| columns.iter().all(|it| it.get(other) == it.get(row));
    others.any(same)
}

/// Whether a row of a table is surely the one, or one of those, that give the result.
fn gives(case: &Case, decision: &Decision, at: usize, row: usize) -> bool {
    if decision.hit == Hit::Every {
        return tables::cells(case, decision, at)[row].iter().all(|it| *it == Truth::TRUE);
    }
    let reached = tables::reached(case, decision, at);
    !reached.error && reached.rows[row] && reached.rows.iter().filter(|it| **it).count() == 1
}

/// Whether some value of one set may stand so to some value of another.
pub fn may_stand(left: &Set, right: &Set, aspect: Aspect) -> bool {
    match (left, right) {
        (Set::Number(left), Set::Number(right)) => {
            let both = left.values.as_ref().zip(right.values.as_ref());
            both.is_some_and(|(left, right)| numbers(left, right, aspect))
        }
        (Set::Date(left), Set::Date(right)) => {
            let both = left.values.zip(right.values);
            both.is_some_and(|(left, right)| days(left, right, aspect))
        }
        _ => false,
    }
}

fn numbers(left: &Hull, right: &Hull, aspect: Aspect) -> bool {
    // Ends that are not closed still leave room for a value below or above.
    let lower = |a: &Hull, b: &Hull| match (&a.low, &b.high) {
        (Some(low), Some(high)) => low.at < high.at,
        _ => true,
    };
    match aspect {
        Aspect::Below => lower(left, right),
        Aspect::Above => lower(right, left),
        _ => left.intersect(right).is_some(),
    }
}

fn days(left: DateHull, right: DateHull, aspect: Aspect) -> bool {
    let lower = |a: DateHull, b: DateHull| a.low.zip(b.high).is_none_or(|(low, high)| low < high);
    match aspect {
        Aspect::Below => lower(left, right),
        Aspect::Above => lower(right, left),
        _ => {
            let reaches =
                |a: DateHull, b: DateHull| a.low.zip(b.high).is_none_or(|(low, high)| low <= high);
            reaches(left, right) && reaches(right, left)
        }
    }
}
