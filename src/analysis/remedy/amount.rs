//! How far a number is from its bound: counts, sums, shares, quotients, single cells. Days are elsewhere.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::errors::number;
use crate::analysis::gaps::field_of;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Value;
use crate::analysis::remedy::apart;
use crate::analysis::remedy::apart::Source;
use crate::analysis::remedy::behind;
use crate::analysis::remedy::is_changeable;
use crate::analysis::remedy::plan;
use crate::analysis::remedy::spans;
use crate::analysis::rests;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::Domain;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeSet;

/// The ways to make `of op bound` hold.
pub(super) fn reach(case: &Case, of: At, op: Comparison, bound: &Number) -> Vec<Plan> {
    if op == Comparison::NotEqual {
        return vec![];
    }
    let at = behind(case, of);
    let Some(now) = number(case, at) else { return vec![] };
    let here = |node: NodeId| At { node, row: at.row };
    let plans = match &case.program.node(at.node).kind {
        NodeKind::Aggregate(it) if it.function == AggregateFunction::Count => {
            counted(case, at, it, op, bound, &now)
        }
        NodeKind::Aggregate(it)
            if it.function == AggregateFunction::Share && it.value.is_none() =>
        {
            shared(case, at, it, op, bound)
        }
        NodeKind::Aggregate(it) if it.function == AggregateFunction::Sum => {
            let field = it.value.and_then(|node| field_of(case, node));
            field.map(|field| vec![stepped(case, at, field, op, bound, &now)])
        }
        NodeKind::Field(field) => Some(vec![cell(case, at, *field, op, bound, &now)]),
        NodeKind::InPeriod { .. } | NodeKind::Earlier { .. } => {
            match rests::below(case, at).as_slice() {
                [_, one] => Some(reach(case, *one, op, bound)),
                _ => None,
            }
        }
        NodeKind::Quotient(a, b) => match number(case, here(*b)) {
            Some(divisor) if divisor.is_positive() => {
                let other = apart::sources(case, here(*b));
                let mut plans = reach(case, here(*a), op, &bound.multiply(&divisor));
                plans
                    .iter_mut()
                    .flat_map(|it| &mut it.steps)
                    .for_each(|it| hold(case, it, *b, &other));
                plans.retain(|it| !it.steps.iter().any(|step| apart::moves(case, step, &other)));
                Some(plans)
            }
            _ => None,
        },
        _ => spans::reach(case, at, op, bound),
    };
    plans.unwrap_or_default()
}

/// How far `a` is from `b`, where nothing else moves it; the distance says what is taken to stay.
pub(super) fn distance(case: &Case, op: Comparison, a: At, b: At) -> Vec<Plan> {
    let fixed = |at: At| {
        matches!(
            case.program.node(behind(case, at).node).kind,
            NodeKind::Constant(_) | NodeKind::Parameter { .. }
        )
    };
    let (op, of, bound) = if fixed(a) { (op.mirrored(), b, a) } else { (op, a, b) };
    let (Some(now), Some(bound)) = (number(case, of), number(case, bound)) else { return vec![] };
    let of = behind(case, of);
    let other = apart::sources(case, if of == behind(case, a) { b } else { a });
    if let Some(plan) = of_dividend(case, op, of, &bound)
        && !plan.steps.iter().any(|step| apart::moves(case, step, &other))
    {
        return vec![plan];
    }
    let step = Step::new(toward(op, of, bound.subtract(&now)), false);
    if op == Comparison::NotEqual || apart::moves(case, &step, &other) {
        return vec![];
    }
    vec![plan(step)]
}

/// A number moves by an exact difference, so that a comparison holds.
fn toward(op: Comparison, of: At, by: Number) -> Action {
    let down = by.is_negative() || matches!(op, Comparison::Below | Comparison::AtMost);
    let beyond = matches!(op, Comparison::Above | Comparison::Below);
    Action::Move { of, by: by.abs(), step: None, down, beyond }
}

/// How far the dividend of a quotient is from what the bound asks, with the divisor as it is; none where they move together.
fn of_dividend(case: &Case, op: Comparison, at: At, bound: &Number) -> Option<Plan> {
    let NodeKind::Quotient(a, b) = case.program.node(at.node).kind else { return None };
    let here = |node: NodeId| At { node, row: at.row };
    let (now, divisor) = (number(case, here(a))?, number(case, here(b))?);
    if op == Comparison::NotEqual || !divisor.is_positive() {
        return None;
    }
    let by = bound.multiply(&divisor).subtract(&now);
    let mut step = Step::new(toward(op, behind(case, here(a)), by), false);
    let other = apart::sources(case, here(b));
    step.held.push(b);
    (!apart::moves(case, &step, &other)).then(|| plan(step))
}

/// Values for cells that the applicant cannot change, as distances.
pub(super) fn distances(case: &Case, plans: Vec<Plan>) -> Vec<Plan> {
    let far = |mut plan: Plan| {
        for step in &mut plan.steps {
            let Action::Set { field, row, to: Value::Number(to) } = &step.action else { continue };
            let Set::Number(now) = case.facts.cells(*field).column.get(*row) else { continue };
            let Some(now) = now.values.as_ref().and_then(|it| it.single()) else { continue };
            let by = to.subtract(now);
            let nodes = case.program.nodes.iter().position(|it| it.kind == NodeKind::Field(*field));
            let Some(node) = nodes.map(|it| NodeId(it as u32)) else { continue };
            step.action = Action::Move {
                of: At { node, row: *row },
                by: by.abs(),
                step: Some(step_of(case, *field)),
                down: by.is_negative(),
                beyond: false,
            };
        }
        plan
    };
    plans.into_iter().map(far).collect()
}

/// 个数: rows are added; rows that are too many are only counted.
fn counted(
    case: &Case,
    at: At,
    aggregate: &Aggregate,
    op: Comparison,
    bound: &Number,
    now: &Number,
) -> Option<Vec<Plan>> {
    let target = landing(op, bound, &Number::one());
    let missing = target.subtract(now);
    if !missing.is_positive() {
        let by = missing.abs();
        let step = Some(Number::one());
        let action = Action::Move { of: at, by, step, down: true, beyond: false };
        return Some(vec![plan(Step::new(action, false))]);
    }
    // Of periods there are as many as there are: others of them have to hold.
    let recents = aggregate.filter.map_or(0, |it| case.program.recents(it).len());
    let asks = |it: NodeId| matches!(&case.program.node(it).kind, NodeKind::And(all) if all.len() > recents);
    if recents > 0 && aggregate.filter.is_some_and(asks) {
        let step = Step::new(Action::Turn { aggregate: at.node, count: missing }, false);
        return Some(vec![plan(step)]);
    }
    let changeable = is_changeable(case, aggregate.rows);
    Some(vec![plan(Step::new(
        Action::Add { aggregate: at.node, also: vec![], count: missing },
        changeable,
    ))])
}

/// 占比 of rows: some that are there come to meet the condition, or new ones that meet it join.
fn shared(
    case: &Case,
    at: At,
    aggregate: &Aggregate,
    op: Comparison,
    bound: &Number,
) -> Option<Vec<Plan>> {
    let strict = match op {
        Comparison::AtLeast => false,
        Comparison::Above => true,
        _ => return None,
    };
    let rows = rests::rows(case, aggregate, at.row);
    let share = aggregate.share?;
    let all = Number::from(rows.counted.len() as i64);
    let holding = rows
        .counted
        .iter()
        .filter(|&&row| case.truth(At { node: share, row }) == Truth::TRUE)
        .count();
    let holding = Number::from(holding as i64);
    if !rows.open.is_empty() || all.is_zero() {
        return None;
    }
    let short = bound.multiply(&all).subtract(&holding);
    let turned = whole(&short, strict);
    let mut plans = vec![];
    if holding.add(&turned) <= all {
        plans.push(plan(Step::new(Action::Turn { aggregate: at.node, count: turned }, false)));
    }
    if let Some(joining) =
        short.checked_div(&Number::one().subtract(bound)).filter(Number::is_positive)
    {
        let action =
            Action::Add { aggregate: at.node, also: vec![], count: whole(&joining, strict) };
        plans.push(plan(Step::new(action, is_changeable(case, aggregate.rows))));
    }
    Some(plans).filter(|it| !it.is_empty())
}

fn whole(amount: &Number, strict: bool) -> Number {
    if strict { amount.floor().add(&Number::one()) } else { amount.ceil() }
}

/// A sum of cells: how far, at the step of the field.
fn stepped(
    case: &Case,
    at: At,
    field: FieldId,
    op: Comparison,
    bound: &Number,
    now: &Number,
) -> Plan {
    let step = step_of(case, field);
    let missing = bound.subtract(now);
    let down = matches!(op, Comparison::Below | Comparison::AtMost) || missing.is_negative();
    let strict = matches!(op, Comparison::Above | Comparison::Below);
    let by = match op {
        Comparison::Equal => missing.abs(),
        _ => {
            let steps = missing.abs().checked_div(&step).expect("a step is not zero");
            whole(&steps, strict).multiply(&step)
        }
    };
    plan(Step::new(Action::Move { of: at, by, step: Some(step), down, beyond: false }, false))
}

/// A single cell: set to the nearest value that fulfils, where the applicant may change it.
fn cell(case: &Case, at: At, field: FieldId, op: Comparison, bound: &Number, now: &Number) -> Plan {
    let step = step_of(case, field);
    let target = if op == Comparison::Equal { bound.clone() } else { landing(op, bound, &step) };
    let on_grid = target.checked_div(&step).is_some_and(|it| it.is_whole());
    if is_changeable(case, field) && on_grid && is_in_domain(case, field, &target) {
        return plan(Step::new(
            Action::Set { field, row: at.row, to: Value::Number(target) },
            true,
        ));
    }
    stepped(case, at, field, op, bound, now)
}

/// The number on the grid of steps that is nearest to the bound and fulfils.
pub(super) fn landing(op: Comparison, bound: &Number, step: &Number) -> Number {
    let steps = bound.checked_div(step).expect("a step is not zero");
    let one = Number::one();
    let landed = match op {
        Comparison::AtLeast => steps.ceil(),
        Comparison::Above => steps.floor().add(&one),
        Comparison::AtMost => steps.floor(),
        Comparison::Below => steps.ceil().subtract(&one),
        Comparison::Equal | Comparison::NotEqual => steps,
    };
    landed.multiply(step)
}

/// 步长, else 1 for whole numbers and 0.01 of the declared unit.
pub fn step_of(case: &Case, field: FieldId) -> Number {
    let field = case.program.field(field);
    if let Some(step) = field.step.clone().filter(Number::is_positive) {
        return step;
    }
    let FieldKind::Scalar { unit, domain, .. } = &field.kind else { return Number::one() };
    let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
    let whole = matches!(domain, Domain::Numbers { whole: true, .. });
    if whole { factor } else { factor.multiply(&Number::scaled(1, 2)) }
}

pub(super) fn is_in_domain(case: &Case, field: FieldId, value: &Number) -> bool {
    match &case.program.field(field).kind {
        FieldKind::Scalar { domain: Domain::Numbers { hull, .. }, .. } => is_inside(hull, value),
        _ => true,
    }
}

fn is_inside(hull: &Hull, value: &Number) -> bool {
    let above = hull.low.as_ref().is_none_or(|it| *value > it.at || (it.closed && *value == it.at));
    let below =
        hull.high.as_ref().is_none_or(|it| *value < it.at || (it.closed && *value == it.at));
    above && below
}

/// The divisor stays. Where both count the same list, rows cannot join the one without joining the other.
fn hold(case: &Case, step: &mut Step, divisor: NodeId, other: &BTreeSet<Source>) {
    step.held.push(divisor);
    if let Action::Add { aggregate, count, .. } = &step.action
        && apart::moves(case, step, other)
    {
        step.action = Action::Turn { aggregate: *aggregate, count: count.clone() };
        step.changeable = false;
    }
}
