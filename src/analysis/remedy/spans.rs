//! How far a span of time is from its bound, by another last day or another first day; how far what is rounded is. Other numbers
//! are elsewhere.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::amount;
use crate::analysis::remedy::amount::landing;
use crate::analysis::remedy::date;
use crate::ir::Comparison;
use crate::ir::DurationUnit;
use crate::ir::NodeKind;
use crate::value::Number;
use crate::value::Rounding;
use crate::value::Set;

/// The ways to make a span of time, or a rounded number, `op bound`; none where it is neither.
pub(super) fn reach(case: &Case, at: At, op: Comparison, bound: &Number) -> Option<Vec<Plan>> {
    let here = |node| At { node, row: at.row };
    Some(match &case.program.node(at.node).kind {
        NodeKind::Round { how, of, places, factor } => {
            let grid = Number::scaled(1, *places).multiply(factor);
            let (op, bound) = before_rounding(*how, op, bound, &grid)?;
            amount::reach(case, here(*of), op, &bound)
        }
        NodeKind::Elapsed { from, to, unit } => {
            let count = landing(op, bound, &Number::one()).to_i64()?;
            between(case, (here(*from), here(*to)), *unit, op, count)
        }
        NodeKind::Days { from, to, both_ends } => {
            let count = landing(op, bound, &Number::one()).to_i64()? - i64::from(*both_ends);
            between(case, (here(*from), here(*to)), DurationUnit::Day, op, count)
        }
        _ => return None,
    })
}

/// The last day as far as it must be from the first, or the first from the last.
fn between(
    case: &Case,
    (from, to): (At, At),
    unit: DurationUnit,
    op: Comparison,
    count: i64,
) -> Vec<Plan> {
    let (Some(first), Some(last)) = (day_of(case, from), day_of(case, to)) else { return vec![] };
    let at_least = matches!(op, Comparison::AtLeast | Comparison::Above);
    let (by_last, by_first) = match (op, unit) {
        _ if at_least => {
            let last_day = date::add(unit, first, count);
            let first_day = date::start(unit, count, Comparison::AtMost, last);
            (last_day, first_day)
        }
        // One more would be too many: the last day lies before it.
        (Comparison::AtMost | Comparison::Below, _) => {
            let last_day = date::add(unit, first, count + 1).map(|it| it - 1);
            (last_day, date::start(unit, count + 1, Comparison::AtLeast, last + 1))
        }
        (Comparison::Equal, DurationUnit::Day) => {
            let last_day = date::add(unit, first, count);
            (last_day, date::start(unit, count, Comparison::Equal, last))
        }
        _ => return vec![],
    };
    let (later, earlier) = match op {
        Comparison::Equal => (Comparison::Equal, Comparison::Equal),
        _ if at_least => (Comparison::AtLeast, Comparison::AtMost),
        _ => (Comparison::AtMost, Comparison::AtLeast),
    };
    let by_last = by_last.map_or(vec![], |day| date::reach(case, to, later, day));
    let by_first = by_first.map_or(vec![], |day| date::reach(case, from, earlier, day));
    by_last.into_iter().chain(by_first).collect()
}

/// The day of a node, where it is settled.
fn day_of(case: &Case, at: At) -> Option<i32> {
    match case.set(at)? {
        Set::Date(set) if !set.na && !set.error => {
            let hull = set.values?;
            hull.low.filter(|_| hull.low == hull.high)
        }
        _ => None,
    }
}

/// What a number must be before it is rounded to a grid so that it is `op bound` after; none for =.
fn before_rounding(
    how: Rounding,
    op: Comparison,
    bound: &Number,
    grid: &Number,
) -> Option<(Comparison, Number)> {
    use Comparison::*;
    let target = landing(op, bound, grid);
    let half = grid.multiply(&Number::scaled(5, 1));
    Some(match (op, how) {
        (AtLeast | Above, Rounding::Down) => (AtLeast, target),
        (AtLeast | Above, Rounding::Up) => (Above, target.subtract(grid)),
        (AtLeast | Above, Rounding::Nearest) => {
            let reached = target.is_positive();
            (if reached { AtLeast } else { Above }, target.subtract(&half))
        }
        (AtMost | Below, Rounding::Down) => (Below, target.add(grid)),
        (AtMost | Below, Rounding::Up) => (AtMost, target),
        (AtMost | Below, Rounding::Nearest) => {
            let reached = target.is_negative();
            (if reached { AtMost } else { Below }, target.add(&half))
        }
        _ => return None,
    })
}
