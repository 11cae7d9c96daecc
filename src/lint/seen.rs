//! Criteria that came to the same in every case of some data. Whether they could come to something else is not asked here.

use crate::diagnostic::Diagnostics;
use crate::eval::Outcome;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::lint::errors;
use crate::value::Column;
use crate::value::Truth;

/// Fewer cases than this say nothing.
const FEW: usize = 5;

/// The criteria of cases that all decided cases meet, or none does.
pub fn seen(program: &Program, outcome: &Outcome) -> Diagnostics {
    let mut found = Diagnostics::default();
    for criterion in &program.criteria {
        if !program.case_tables.contains(&criterion.table) {
            continue;
        }
        let (met, failed) = (
            count(outcome, criterion.node, Truth::TRUE),
            count(outcome, criterion.node, Truth::FALSE),
        );
        let all = met + failed;
        if all >= FEW && (met == 0 || failed == 0) {
            found.push(errors::same_in_all(
                criterion.head.span,
                &criterion.head.name,
                all,
                met > 0,
            ));
        }
    }
    found
}

fn count(outcome: &Outcome, node: NodeId, truth: Truth) -> usize {
    match outcome.columns.get(&node) {
        Some(Column::Truth(it)) => (0..it.t.len()).filter(|row| it.get(*row) == truth).count(),
        _ => 0,
    }
}
