//! Operators that pick one of their operands in each row: 若, 适用, 参数, 缺省, 不适用时 (`semantics` §§3.3, 6.1, 8.1).

use crate::eval::logic;
use crate::eval::series::Series;
use crate::eval::series::mixed;
use crate::eval::series::sets;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Kind;
use crate::value::Truth;

/// 若
pub fn branch(
    kind: Kind,
    rows: usize,
    condition: &Series,
    then: &Series,
    otherwise: &Series,
    if_not_applicable: Option<&Series>,
) -> Column {
    mixed(kind, rows, |row, mix| {
        let truth = condition.truth(row);
        mix.may(truth.may(Truth::TRUE), then);
        mix.may(truth.may(Truth::FALSE), otherwise);
        mix.error = truth.may(Truth::ERROR);
        match if_not_applicable {
            Some(third) => mix.may(truth.may(Truth::NOT_APPLICABLE), third),
            None => mix.na = truth.may(Truth::NOT_APPLICABLE),
        }
    })
}

/// 适用
pub fn applies(kind: Kind, rows: usize, guard: &Series, body: &Series) -> Column {
    if kind == Kind::Truth {
        return logic::guarded(rows, guard, body);
    }
    mixed(kind, rows, |row, mix| {
        let guard = guard.truth(row);
        mix.may(guard.may(Truth::TRUE), body);
        mix.na = guard.may(Truth::FALSE.union(Truth::NOT_APPLICABLE));
        mix.error = guard.may(Truth::ERROR);
    })
}

/// A version of a 参数: first day, last day, value.
pub type Version<'a> = (Option<i32>, Option<i32>, &'a Series);

/// The value in force on a day; 错误 on a day without one. A later version ends the one before it.
pub fn parameter(kind: Kind, rows: usize, day: &Series, versions: &[Version<'_>]) -> Column {
    mixed(kind, rows, |row, mix| {
        let day = day.date(row);
        (mix.na, mix.error) = (day.na, day.error);
        let Some(days) = day.values else { return };
        let (first, last) = (days.low.unwrap_or(i32::MIN), days.high.unwrap_or(i32::MAX));
        // The first possible day that is not seen to have a value, or not, yet.
        let mut open = Some(first);
        for (at, (from, until, value)) in versions.iter().enumerate() {
            let next = versions.get(at + 1).and_then(|it| it.0).map(|it| it - 1);
            let from = from.unwrap_or(i32::MIN);
            let until = until.unwrap_or(i32::MAX).min(next.unwrap_or(i32::MAX));
            if from > until || until < first || from > last {
                continue;
            }
            mix.parts.push(value);
            mix.error |= open.is_some_and(|it| it < from);
            open = until.checked_add(1);
        }
        mix.error |= open.is_some_and(|it| it <= last);
    })
}

/// 不适用时
pub fn when_not_applicable(kind: Kind, rows: usize, item: &Series, value: &Series) -> Column {
    sets(kind, rows, |row| match item.set(row) {
        set if !set.may_be_na() => set,
        set => set.without_na().union(&value.set(row)),
    })
}

/// 缺省: where the cell is blank the value stands, under the same guard as the field.
pub fn default(
    kind: Kind,
    rows: usize,
    item: &Series,
    value: &Series,
    guard: Option<&Series>,
    blank: impl Fn(usize) -> bool,
) -> Column {
    mixed(kind, rows, |row, mix| match (blank(row), guard.map(|it| it.truth(row))) {
        (false, _) => mix.parts.push(item),
        (true, None) => mix.parts.push(value),
        (true, Some(guard)) => {
            mix.may(guard.may(Truth::TRUE), value);
            mix.na = guard.may(Truth::FALSE.union(Truth::NOT_APPLICABLE));
            mix.error = guard.may(Truth::ERROR);
        }
    })
}

/// Rows of a column by number, in any order.
pub fn gather(kind: Kind, from: &Series, rows: impl Iterator<Item = usize>) -> Column {
    let mut column = ColumnBuilder::new(kind);
    rows.for_each(|row| column.copy(from.column(), from.at(row)));
    column.finish()
}
