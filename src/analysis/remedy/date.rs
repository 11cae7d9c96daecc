//! The day on which a condition on days would hold: by another day in a cell, or by waiting. Numbers are elsewhere.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::errors::number;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Value;
use crate::analysis::remedy::behind;
use crate::analysis::remedy::is_changeable;
use crate::analysis::remedy::plan;
use crate::ir::Comparison;
use crate::ir::Domain;
use crate::ir::DurationUnit;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::day;

/// Months differ by at most this many days.
const LEEWAY: i32 = 3;

/// The ways to make `of op bound` hold.
pub(super) fn reach(case: &Case, of: At, op: Comparison, bound: i32) -> Vec<Plan> {
    let (op, bound) = match op {
        Comparison::Above => (Comparison::AtLeast, bound + 1),
        Comparison::Below => (Comparison::AtMost, bound - 1),
        Comparison::NotEqual => return vec![],
        kept => (kept, bound),
    };
    let at = behind(case, of);
    match &case.program.node(at.node).kind {
        NodeKind::Field(field) => {
            let step = match is_changeable(case, *field) && is_in_domain(case, *field, bound) {
                true => Step::new(
                    Action::Set { field: *field, row: at.row, to: Value::Date(bound) },
                    true,
                ),
                false => Step::new(Action::Day { of: at, op, day: bound }, false),
            };
            vec![plan(step)]
        }
        NodeKind::RuleDate(_) if op == Comparison::AtLeast => {
            vec![plan(Step::new(Action::Wait { day: bound }, false))]
        }
        NodeKind::AddDuration { day, span } => {
            let (day, span) = (At { node: *day, row: at.row }, At { node: *span, row: at.row });
            let Ty::Duration(unit) = case.program.node(span.node).ty else { return vec![] };
            let Some(count) = number(case, span).and_then(|it| it.to_i64()) else { return vec![] };
            start(unit, count, op, bound).map_or(vec![], |start| reach(case, day, op, start))
        }
        _ => vec![],
    }
}

fn is_in_domain(case: &Case, field: FieldId, day: i32) -> bool {
    match &case.program.field(field).kind {
        FieldKind::Scalar { domain: Domain::Dates(hull), .. } => {
            hull.low.is_none_or(|low| day >= low) && hull.high.is_none_or(|high| day <= high)
        }
        _ => true,
    }
}

/// The day to start from so that the day `count` units later is `op bound`.
pub(super) fn start(unit: DurationUnit, count: i64, op: Comparison, bound: i32) -> Option<i32> {
    let add = |from: i32, count: i64| add(unit, from, count);
    let near = add(bound, -count)?;
    let mut days = near - LEEWAY..=near + LEEWAY;
    match op {
        Comparison::AtLeast => days.find(|it| add(*it, count).is_some_and(|end| end >= bound)),
        Comparison::AtMost => days.rfind(|it| add(*it, count).is_some_and(|end| end <= bound)),
        _ => days.find(|it| add(*it, count) == Some(bound)),
    }
}

/// The day so many years, months or days later.
pub(super) fn add(unit: DurationUnit, from: i32, count: i64) -> Option<i32> {
    match unit {
        DurationUnit::Year => day::add_years(from, count),
        DurationUnit::Month => day::add_months(from, count),
        DurationUnit::Day => day::add_days(from, count),
        DurationUnit::Workday => None,
    }
}
