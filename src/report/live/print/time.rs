//! Days and periods as formulas: the data period, windows, earlier periods, anniversaries. Working days are not printed.

use crate::ir::DurationUnit;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::StatedPeriod;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::report::live::compute::DAY_ZERO;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::all;
use crate::report::live::expr::call;
use crate::report::live::expr::op;
use crate::report::live::expr::times;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::maker::Maker;
use crate::value::Number;
use crate::value::PeriodKind;

impl Maker<'_> {
    /// The formula of what looks at days and periods; none for other kinds.
    pub(super) fn days(&self, id: NodeId, row: usize) -> Option<Expr> {
        let of = |id: NodeId| self.cell(id, row);
        let node = self.told.program.node(id);
        Some(match &node.kind {
            NodeKind::Parameter { day, versions, .. } => {
                let error = self.word(&self.words.error);
                let body = versions.iter().rev().fold(error, |rest, (from, until, value)| {
                    when(within(&of(*day), *from, *until), of(*value), rest)
                });
                self.strict(&[*day], row, body)
            }
            NodeKind::InForce { day, from, until } => {
                self.strict(&[*day], row, within(&of(*day), *from, *until))
            }
            NodeKind::DataPeriod { kind, stated: StatedPeriod::Back(back), day } => {
                let day = (*day)?;
                let at = op(Op::Minus, period_of(*kind, &of(day)), whole(i64::from(*back)));
                self.strict(&[day], row, at)
            }
            NodeKind::Recent { period, last, count } => {
                let (p, l) = (of(*period), of(*last));
                let first = op(Op::Minus, l.clone(), whole(i64::from(*count)));
                let inside = all(vec![op(Op::AtMost, p.clone(), l), op(Op::Above, p, first)]);
                self.strict(&[*period, *last], row, inside)
            }
            NodeKind::InPeriod { rows, of: value, period, back } => {
                let FieldKind::Rows { table, .. } = self.told.program.field(*rows).kind else {
                    return None;
                };
                self.found((table, row), *value, (*period, *back), row)?
            }
            NodeKind::Earlier { of: value, period, back } => {
                let parent = *self.told.facts.table(node.space).parents.get(row)? as usize;
                self.found((node.space, parent), *value, (*period, *back), row)?
            }
            NodeKind::AddDuration { day, span } => {
                let count = of(*span);
                let moved = match self.told.program.node(*span).ty {
                    Ty::Duration(DurationUnit::Year) => {
                        call(Function::AddMonths, [of(*day), times(count, &Number::from(12))])
                    }
                    Ty::Duration(DurationUnit::Month) => {
                        call(Function::AddMonths, [of(*day), count])
                    }
                    _ => op(Op::Plus, of(*day), count),
                };
                self.strict(&[*day, *span], row, moved)
            }
            NodeKind::Days { from, to, both_ends } => {
                let mut days = op(Op::Minus, of(*to), of(*from));
                if *both_ends {
                    days = op(Op::Plus, days, whole(1));
                }
                self.strict(&[*from, *to], row, days)
            }
            NodeKind::Elapsed { from, to, unit } => {
                self.strict(&[*from, *to], row, elapsed(&of(*from), &of(*to), *unit))
            }
            _ => return None,
        })
    }

    /// The value in the row of one period, among the rows of one parent.
    fn found(
        &self,
        (table, parent): (TableId, usize),
        value: NodeId,
        (period, back): (NodeId, i32),
        row: usize,
    ) -> Option<Expr> {
        let periods = self.told.program.table(table).periods?;
        let key = self.periods_of(table, parent, periods.field)?;
        let asked = match back {
            0 => self.cell(period, row),
            _ => op(Op::Minus, self.cell(period, row), whole(i64::from(back))),
        };
        let value = match self.literal(value) {
            Some(_) => return None,
            None => self.rows_of(table, *self.nodes.get(&self.resolve(value))?, parent)?,
        };
        let place = call(Function::Match, [asked, key, whole(0)]);
        let there = call(Function::Index, [value, place]);
        let there = call(Function::IfError, [there, self.word(&self.words.unknown)]);
        Some(self.strict(&[period], row, there))
    }
}

/// Whole years or months from one day to another.
fn elapsed(from: &Expr, to: &Expr, unit: DurationUnit) -> Expr {
    let between =
        |part: Function| op(Op::Minus, call(part, [to.clone()]), call(part, [from.clone()]));
    let years = between(Function::Year);
    let months = times(years.clone(), &Number::from(12));
    let (count, months) = match unit {
        DurationUnit::Year => (years, months),
        _ => {
            let months = op(Op::Plus, months, between(Function::Month));
            (months.clone(), months)
        }
    };
    // The last of them is not full while its day is to come.
    let last = call(Function::AddMonths, [from.clone(), months]);
    op(Op::Minus, count, when(op(Op::Above, last, to.clone()), whole(1), whole(0)))
}

/// Whether a day lies in a span.
fn within(day: &Expr, from: Option<i32>, until: Option<i32>) -> Expr {
    let at = |it: i32| whole(i64::from(it - DAY_ZERO));
    let from = from.map(|it| op(Op::AtLeast, day.clone(), at(it)));
    let until = until.map(|it| op(Op::AtMost, day.clone(), at(it)));
    all(from.into_iter().chain(until).collect())
}

/// The period that a day lies in, as an index.
fn period_of(kind: PeriodKind, day: &Expr) -> Expr {
    let year = call(Function::Year, [day.clone()]);
    let month = op(Op::Minus, call(Function::Month, [day.clone()]), whole(1));
    match kind {
        PeriodKind::Year => year,
        PeriodKind::Quarter => {
            let third = op(Op::Over, month, whole(3));
            op(Op::Plus, times(year, &Number::from(4)), call(Function::Int, [third]))
        }
        PeriodKind::Month => op(Op::Plus, times(year, &Number::from(12)), month),
    }
}
