//! What was scored a year before: the same rules over the data a year earlier, where all cases have one data period.

use crate::data::Facts;
use crate::eval;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::StatedPeriod;
use crate::value::Column;
use crate::value::PeriodKind;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A run of a year before.
pub struct Earlier {
    /// The nodes that look at periods; the others are as they are now.
    dated: BTreeSet<NodeId>,
    outcome: Outcome,
}

impl Earlier {
    /// Evaluates a year before; none where nothing scored looks at a period, or the cases have several data periods.
    pub fn new(program: &Program, facts: &Facts, run: &Run, outcome: &Outcome) -> Option<Earlier> {
        let dated = dated(program);
        let scored = program.scores.iter().flat_map(|it| it.nodes());
        if !scored.into_iter().any(|it| dated.contains(&it)) {
            return None;
        }
        let mut periods = BTreeMap::new();
        for node in &program.nodes {
            let NodeKind::DataPeriod { kind, stated, day } = node.kind else { continue };
            let now = run.periods.get(&kind).copied();
            let now = now.or_else(|| stated_period(kind, stated, day, outcome))?;
            periods.insert(kind, now - kind.in_a_year());
        }
        let run = Run { periods, ..run.clone() };
        let facts = eval::with_expected_rows(program, facts.clone(), &run);
        Some(Earlier { dated, outcome: eval::evaluate(program, &facts, &run) })
    }

    /// What a node came to; none where it does not look at periods.
    pub fn set(&self, node: NodeId, row: usize) -> Option<Set> {
        let column = self.outcome.columns.get(&node).filter(|_| self.dated.contains(&node))?;
        (row < column.len()).then(|| column.get(row))
    }
}

/// The nodes that rest on a data period.
fn dated(program: &Program) -> BTreeSet<NodeId> {
    let mut dated = BTreeSet::new();
    for (index, node) in program.nodes.iter().enumerate() {
        let own = matches!(node.kind, NodeKind::DataPeriod { .. });
        if own || node.kind.operands().iter().any(|it| dated.contains(it)) {
            dated.insert(NodeId(index as u32));
        }
    }
    dated
}

/// The data period as the policy states it, where it is one for all cases.
fn stated_period(
    kind: PeriodKind,
    stated: StatedPeriod,
    day: Option<NodeId>,
    outcome: &Outcome,
) -> Option<i32> {
    let back = match stated {
        StatedPeriod::Fixed(period) => return Some(period),
        StatedPeriod::Back(back) => back,
    };
    let Some(Column::Date(days)) = outcome.columns.get(&day?) else { return None };
    if !days.special.is_empty() {
        return None;
    }
    let mut periods = days.values.iter().map(|it| kind.of_day(*it));
    let first = periods.next()??;
    periods.all(|it| it == Some(first)).then(|| first - back)
}
