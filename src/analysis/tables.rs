//! How a table comes to its result in one case: the rows that may give it, and what each cell says.

use crate::analysis::At;
use crate::analysis::Case;
use crate::eval::decision::Reached;
use crate::eval::decision::Sheet;
use crate::ir::CellTest;
use crate::ir::Decision;
use crate::ir::NodeId;
use crate::value::Set;
use crate::value::Truth;
use indexmap::IndexSet;

/// The rows that may give the result.
pub fn reached(case: &Case, decision: &Decision, row: usize) -> Reached {
    Sheet::new(case.program, decision).reached(&set_of(case, row))
}

/// What each row of a table comes to, cell by cell.
pub fn cells(case: &Case, decision: &Decision, row: usize) -> Vec<Vec<Truth>> {
    Sheet::new(case.program, decision).cells(&set_of(case, row))
}

/// The heads and bounds that the result rests on: those that a row which may give it looks at.
pub fn below(case: &Case, decision: &Decision, row: usize) -> Vec<NodeId> {
    let reached = reached(case, decision, row);
    let mut found = IndexSet::new();
    let looked_at = |it: &&(usize, bool)| it.1 || reached.error;
    let rows: Vec<(usize, bool)> = reached.rows.iter().copied().enumerate().collect();
    for (at, head) in decision.heads.iter().enumerate() {
        for (row, _) in rows.iter().filter(looked_at) {
            let cell = &decision.rows[*row].cells[at];
            if *cell != CellTest::Any {
                found.insert(*head);
                found.extend(cell.bounds());
            }
        }
    }
    for (row, _) in rows.iter().filter(|it| it.1) {
        found.insert(decision.rows[*row].result);
    }
    if found.is_empty() {
        found.extend(&decision.heads);
    }
    found.into_iter().collect()
}

/// The rows that hold for certain: more than one is too many where only one may.
pub fn holding(case: &Case, decision: &Decision, row: usize) -> Vec<usize> {
    let rows = cells(case, decision, row).into_iter().enumerate();
    let holding: Vec<usize> = rows
        .filter(|(_, cells)| cells.iter().all(|it| *it == Truth::TRUE))
        .map(|it| it.0)
        .collect();
    // 其余 yields to rows with less of it.
    let rest = |row: &usize| decision.rows[*row].rest();
    let least = holding.iter().map(rest).min();
    holding.into_iter().filter(|it| Some(rest(it)) == least).collect()
}

fn set_of<'a>(case: &'a Case, row: usize) -> impl Fn(NodeId) -> Set + 'a {
    move |node| case.set(At { node, row }).unwrap_or(Set::Truth(Truth::ANYTHING))
}
