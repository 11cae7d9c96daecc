//! The nearest value of one cell with which a truth holds, found by evaluating the case again with other values. Several
//! cells at once are not searched for.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Value;
use crate::analysis::remedy::amount::is_in_domain;
use crate::analysis::remedy::amount::step_of;
use crate::analysis::remedy::apart;
use crate::analysis::remedy::apart::Source;
use crate::analysis::remedy::is_changeable;
use crate::analysis::remedy::plan;
use crate::analysis::remedy::trial::Trial;
use crate::eval::refine::Change;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Ty;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;

/// So many values are tried at a time.
const AT_ONCE: usize = 16;

/// A cell is moved by at most 2 to the power of this many steps.
const DOUBLINGS: u32 = 56;

/// Not more cells than this are tried for one condition.
const CELLS: usize = 12;

/// The ways to make a truth that does not hold come to `want` by one number: a cell of its own row, of the rows above, or
/// of a period. Where the applicant may change one of them the others are left out.
pub(super) fn ways(case: &Case, trial: &Trial, at: At, want: bool) -> Vec<Plan> {
    let program = case.program;
    let space = program.node(at.node).space;
    let mut above = vec![(space, at.row)];
    while let Some((table, row)) =
        above.last().copied().filter(|it| program.table(it.0).parent.is_some())
    {
        let parent = program.table(table).parent.expect("only those with a parent");
        above.push((parent.table, case.parent_row(table, row)));
    }
    let near = |field: FieldId, row: usize| {
        above.contains(&(field.table, row)) || program.table(field.table).periods.is_some()
    };
    let is_number = |field: FieldId| match &program.field(field).kind {
        FieldKind::Scalar { ty, .. } => matches!(ty, Ty::Number(_)),
        FieldKind::Rows { .. } => false,
    };
    let cells = apart::sources(case, at).into_iter().filter_map(|it| match it {
        Source::Cell(field, row) => Some((field, row)),
        Source::List(_) => None,
    });
    let mut cells: Vec<(FieldId, usize)> =
        cells.filter(|it| is_number(it.0) && near(it.0, it.1)).collect();
    if cells.iter().any(|it| is_changeable(case, it.0)) {
        cells.retain(|it| is_changeable(case, it.0));
    }
    cells.truncate(CELLS);
    let way = |(field, row): (FieldId, usize)| {
        let to = nearest(case, trial, (at, want), &[], (field, row))?;
        let step = Action::Set { field, row, to: Value::Number(to) };
        Some(plan(Step::new(step, is_changeable(case, field))))
    };
    cells.into_iter().filter_map(way).collect()
}

/// The value of a cell, on the grid of its steps and inside its domain, that is nearest to the one it has and with which a
/// truth comes to `want`; the other changes stay. None where none was found.
pub(super) fn nearest(
    case: &Case,
    trial: &Trial,
    (at, want): (At, bool),
    others: &[Change],
    (field, row): (FieldId, usize),
) -> Option<Number> {
    let Set::Number(now) = case.facts.cells(field).column.get(row) else { return None };
    let now = now.values.as_ref()?.single()?.clone();
    let step = step_of(case, field);
    let mut search = Search { case, trial, at, want, others, field, row };
    let up = search.toward(&Grid {
        from: now.checked_div(&step)?.floor(),
        step: step.clone(),
        down: false,
    });
    let down = search.toward(&Grid { from: now.checked_div(&step)?.ceil(), step, down: true });
    match (up, down) {
        (Some(a), Some(b)) => {
            Some(if a.subtract(&now).abs() <= b.subtract(&now).abs() { a } else { b })
        }
        (a, b) => a.or(b),
    }
}

/// Values of a cell at so many steps from where it stands.
struct Grid {
    /// Counted in steps.
    from: Number,
    step: Number,
    down: bool,
}

impl Grid {
    fn value(&self, steps: i64) -> Number {
        let steps = Number::from(steps);
        let at = if self.down { self.from.subtract(&steps) } else { self.from.add(&steps) };
        at.multiply(&self.step)
    }
}

struct Search<'a> {
    case: &'a Case<'a>,
    trial: &'a Trial<'a>,
    at: At,
    want: bool,
    others: &'a [Change],
    field: FieldId,
    row: usize,
}

impl Search<'_> {
    /// Whether the truth holds with the value at each of these numbers of steps; outside the domain it does not.
    fn holds(&self, grid: &Grid, steps: &[i64]) -> Option<Vec<bool>> {
        let values: Vec<Number> = steps.iter().map(|it| grid.value(*it)).collect();
        let inside: Vec<bool> =
            values.iter().map(|it| is_in_domain(self.case, self.field, it)).collect();
        let set = |value: &Number| Set::Number(Possible::number(value.clone()));
        let variant = |value: &Number| {
            let mut all = self.others.to_vec();
            all.push(self.trial.change(self.field, self.row, set(value)));
            all
        };
        let tried: Vec<Vec<Change>> =
            values.iter().zip(&inside).filter(|it| *it.1).map(|it| variant(it.0)).collect();
        if tried.is_empty() {
            return Some(vec![false; steps.len()]);
        }
        let mut truths = self.trial.truths(self.at, &tried)?.into_iter();
        let wanted = Truth::of(self.want);
        Some(inside.into_iter().map(|it| it && truths.next() == Some(wanted)).collect())
    }

    /// The nearest value in one direction: first by doubling the way, then by cutting what is left.
    fn toward(&mut self, grid: &Grid) -> Option<Number> {
        let doubled: Vec<i64> = (0..DOUBLINGS).map(|it| 1i64 << it).collect();
        let (mut low, mut high) = (0, None);
        for some in doubled.chunks(AT_ONCE) {
            let holds = self.holds(grid, some)?;
            if let Some(first) = holds.iter().position(|it| *it) {
                low = if first > 0 { some[first - 1] } else { some[0] / 2 };
                high = Some(some[first]);
                break;
            }
            // Beyond the end of the domain there is nothing.
            if !is_in_domain(self.case, self.field, &grid.value(*some.last()?)) {
                let last = self.last_inside(grid, some);
                if let Some(last) = last.filter(|it| *it > 0)
                    && self.holds(grid, &[last])? == [true]
                {
                    (low, high) = (0, Some(last));
                }
                break;
            }
        }
        let mut high = high?;
        while high - low > 1 {
            let width = high - low;
            let parts = (AT_ONCE as i64).min(width - 1);
            let cuts: Vec<i64> = (1..=parts)
                .map(|it| low + width / (parts + 1) * it + (width % (parts + 1)) * it / (parts + 1))
                .collect();
            let holds = self.holds(grid, &cuts)?;
            match holds.iter().position(|it| *it) {
                Some(0) => high = cuts[0],
                Some(first) => (low, high) = (cuts[first - 1], cuts[first]),
                None => low = *cuts.last()?,
            }
        }
        Some(grid.value(high))
    }

    /// The furthest of the steps that stays in the domain, at or before the last of these.
    fn last_inside(&self, grid: &Grid, some: &[i64]) -> Option<i64> {
        let inside = |steps: i64| is_in_domain(self.case, self.field, &grid.value(steps));
        let (mut low, mut high) = (some.first()? / 2, *some.last()?);
        if low > 0 && !inside(low) {
            return None;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if inside(middle) { low = middle } else { high = middle }
        }
        Some(low)
    }
}
