//! What an outcome rests on, one step down: parts that decide, branches taken, rows counted. It follows parents and child rows.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::decisive;
use crate::analysis::peers;
use crate::analysis::tables;
use crate::data::expected;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Count;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Scoring;
use crate::value::Set;
use crate::value::Truth;
use crate::value::period;
use std::collections::BTreeSet;

/// The child rows of an aggregate, by what its 中 conditions make of them.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Surely counted.
    pub counted: Vec<usize>,
    /// Perhaps counted.
    pub open: Vec<usize>,
    /// Surely left out.
    pub left_out: Vec<usize>,
}

/// The child rows of an aggregate of one row.
pub fn rows(case: &Case, aggregate: &Aggregate, row: usize) -> Rows {
    let mut rows = Rows::default();
    for child in all_rows(case, aggregate, row) {
        let inclusion =
            aggregate.filter.map_or(Truth::TRUE, |node| case.truth(At { node, row: child }));
        match inclusion {
            Truth::TRUE | Truth::ERROR => rows.counted.push(child),
            set if set.may(Truth::TRUE) || set.may(Truth::ERROR) => rows.open.push(child),
            _ => rows.left_out.push(child),
        }
    }
    rows
}

/// The rows an aggregate looks at: those nobody submitted only where periods are asked for.
pub fn all_rows(case: &Case, aggregate: &Aggregate, row: usize) -> Vec<usize> {
    let FieldKind::Rows { table, .. } = case.program.field(aggregate.rows).kind else {
        return vec![];
    };
    match case.program.is_over_periods(aggregate) {
        true => case.facts.table(table).rows_of(row).collect(),
        false => case.facts.table(table).submitted_of(row).collect(),
    }
}

/// The values that 本期, 上年 and the like look at, in the rows of a period table.
fn of_periods(case: &Case, at: At) -> Vec<At> {
    let (list, of, period, back) = match &case.program.node(at.node).kind {
        NodeKind::InPeriod { of, period, back, .. } => {
            ((case.program.node(*of).space, at.row), *of, *period, *back)
        }
        NodeKind::Earlier { of, period, back } => {
            let table = case.program.node(at.node).space;
            ((table, case.parent_row(table, at.row)), *of, *period, *back)
        }
        _ => return vec![],
    };
    let asked = At { node: period, row: at.row };
    let Some(Set::Date(set)) = case.set(asked) else { return vec![asked] };
    let all = period::listed(&set).into_iter().flatten();
    let rows = all.filter_map(|it| expected::row_of(case.program, case.facts, list, it - back));
    std::iter::once(asked).chain(rows.map(|row| At { node: of, row })).collect()
}

/// The nodes an outcome rests on, one step down.
pub fn below(case: &Case, at: At) -> Vec<At> {
    let here = |node: NodeId| At { node, row: at.row };
    match &case.program.node(at.node).kind {
        NodeKind::Parent(of) => {
            let row = case.parent_row(case.program.node(at.node).space, at.row);
            vec![At { node: *of, row }]
        }
        NodeKind::Aggregate(aggregate) => of_rows(case, aggregate, at.row),
        NodeKind::Score(Scoring::Over(it)) => {
            peers::own_parts(case, it, at).into_iter().map(here).collect()
        }
        NodeKind::InPeriod { .. } | NodeKind::Earlier { .. } => of_periods(case, at),
        NodeKind::Parameter { day, versions, .. } => {
            let day_set = case.set(here(*day));
            let possible =
                versions.iter().filter(|it| meets(day_set.as_ref(), it.0, it.1)).map(|it| it.2);
            [*day].into_iter().chain(possible).map(here).collect()
        }
        NodeKind::Decide(it) => tables::below(case, it, at.row).into_iter().map(here).collect(),
        NodeKind::Called { arguments, result: Some(result), .. } => {
            // Which arguments matter is for the formula to say, but for what goes through from them.
            let through = |it: &&NodeId| {
                case.set(here(**it)).is_none_or(|it| it.may_be_na() || it.may_be_error())
            };
            arguments.iter().filter(through).chain([result]).map(|it| here(*it)).collect()
        }
        NodeKind::Default { of, field, value } => {
            let blank = !case.facts.cells(*field).filled.get(at.row);
            vec![here(if blank { *value } else { *of })]
        }
        _ if !decisive::is_atom(case.program, at.node) => {
            decisive::parts(case.program, case.recording, at).into_iter().map(here).collect()
        }
        kind => kind.operands().into_iter().map(here).collect(),
    }
}

/// Every node below, whether the outcome rests on it or not; what is 不适用 is not looked into.
pub fn all_below(case: &Case, at: At) -> Vec<At> {
    let here = |node: NodeId| At { node, row: at.row };
    match &case.program.node(at.node).kind {
        NodeKind::Aggregate(aggregate) => {
            let nodes = [aggregate.filter, aggregate.share, aggregate.value];
            all_rows(case, aggregate, at.row)
                .into_iter()
                .flat_map(|row| nodes.into_iter().flatten().map(move |node| At { node, row }))
                .chain(aggregate.if_empty.map(here))
                .collect()
        }
        NodeKind::Applies { guard, body } => {
            let applies = case.truth(here(*guard)).may(Truth::TRUE);
            [Some(*guard), Some(*body).filter(|_| applies)]
                .into_iter()
                .flatten()
                .map(here)
                .collect()
        }
        NodeKind::Parent(_)
        | NodeKind::Default { .. }
        | NodeKind::InPeriod { .. }
        | NodeKind::Earlier { .. } => below(case, at),
        kind => kind.operands().into_iter().map(here).collect(),
    }
}

/// Every node an outcome rests on, the node itself first, each once, in reading order.
pub fn reach(case: &Case, start: At, next: impl Fn(&Case, At) -> Vec<At>) -> Vec<At> {
    let mut seen = BTreeSet::new();
    let mut order = vec![];
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        if seen.insert(at) {
            order.push(at);
            waiting.extend(next(case, at).into_iter().rev());
        }
    }
    order
}

fn of_rows(case: &Case, aggregate: &Aggregate, row: usize) -> Vec<At> {
    let rows = rows(case, aggregate, row);
    let decided = decided_by(case, aggregate, &rows.counted);
    let matters = |child: usize| {
        decided.is_none_or(|(node, outcome)| case.truth(At { node, row: child }) == outcome)
    };
    let mut below = vec![];
    for child in all_rows(case, aggregate, row) {
        let at = |node: NodeId| At { node, row: child };
        if !matters(child) {
            continue;
        }
        below.extend(aggregate.filter.map(at));
        if rows.left_out.binary_search(&child).is_err() {
            below.extend([aggregate.share, aggregate.value].into_iter().flatten().map(at));
        }
    }
    if rows.counted.is_empty() {
        below.extend(aggregate.if_empty.map(|node| At { node, row }));
    }
    below
}

/// Where one row decides 全部, 任一 or 没有 alone: the truth, and the outcome with which it does.
fn decided_by(case: &Case, aggregate: &Aggregate, counted: &[usize]) -> Option<(NodeId, Truth)> {
    let node = aggregate.value?;
    let outcome = match aggregate.function {
        AggregateFunction::Quantified(Count::All) => Truth::FALSE,
        AggregateFunction::Quantified(Count::Any | Count::None) => Truth::TRUE,
        _ => return None,
    };
    counted.iter().any(|&row| case.truth(At { node, row }) == outcome).then_some((node, outcome))
}

/// Whether a day may lie in a span of days.
fn meets(day: Option<&Set>, from: Option<i32>, until: Option<i32>) -> bool {
    let Some(Set::Date(day)) = day else { return true };
    let Some(hull) = day.values else { return false };
    let starts = from.is_none_or(|from| hull.high.is_none_or(|high| high >= from));
    let ends = until.is_none_or(|until| hull.low.is_none_or(|low| low <= until));
    starts && ends
}
