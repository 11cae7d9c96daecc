//! Aggregates of rows that are all plain: integers summed, counted and compared. Holes are not seen here.

use crate::eval::series::Series;
use crate::ir::AggregateFunction;
use crate::value::Column;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Numbers;
use crate::value::Possible;

/// The outcome of the included rows; none where their values are not integers of one scale.
/// `holds` is the p of 占比.
pub fn outcome(
    function: AggregateFunction,
    included: impl Iterator<Item = usize>,
    value: Option<&Series>,
    holds: impl Fn(usize) -> bool,
    empty: impl Fn() -> Possible<Hull>,
) -> Option<Possible<Hull>> {
    let Some(value) = value else {
        let (mut all, mut with) = (0, 0);
        for row in included {
            all += 1;
            with += holds(row) as i128;
        }
        let number = match function {
            AggregateFunction::Share => Number::fraction(with, all),
            _ => Some(Number::from(all)),
        };
        let nothing = all == 0;
        return Some(number.filter(|_| !nothing).map_or_else(empty, Possible::number));
    };
    let integers = Integers::of(value)?;
    if function == AggregateFunction::Share {
        return Some(share_of_sums(
            included.map(|row| (integers.at(value.at(row)), holds(row))),
            empty,
        ));
    }
    let values: Vec<i64> = included.map(|row| integers.at(value.at(row))).collect();
    Some(summary(function, values, integers.scale()).map_or_else(empty, Possible::number))
}

/// The value of a function of integers; none if there are none.
fn summary(function: AggregateFunction, mut values: Vec<i64>, scale: u32) -> Option<Number> {
    let count = values.len() as i128;
    let sum = |values: &[i64]| Number::scaled(values.iter().map(|it| i128::from(*it)).sum(), scale);
    let plain = |it: i64| Number::scaled(it.into(), scale);
    match function {
        AggregateFunction::Count if count > 0 => Some(Number::from(count)),
        AggregateFunction::Sum if count > 0 => Some(sum(&values)),
        AggregateFunction::Mean => sum(&values).checked_div(&Number::from(count)),
        AggregateFunction::Max => values.into_iter().max().map(plain),
        AggregateFunction::Min => values.into_iter().min().map(plain),
        AggregateFunction::Median => {
            values.sort_unstable();
            let (low, high) =
                (values.get(values.len().saturating_sub(1) / 2)?, values.get(values.len() / 2)?);
            plain(*low).add(&plain(*high)).checked_div(&Number::from(2))
        }
        _ => None,
    }
}

/// The sum of the values that hold over the sum of all.
fn share_of_sums(
    values: impl Iterator<Item = (i64, bool)>,
    empty: impl Fn() -> Possible<Hull>,
) -> Possible<Hull> {
    let (mut any, mut all, mut with) = (false, 0, 0);
    for (value, holds) in values {
        any = true;
        all += i128::from(value);
        with += if holds { i128::from(value) } else { 0 };
    }
    match any {
        true => Number::fraction(with, all).map_or_else(Possible::error, Possible::number),
        false => empty(),
    }
}

/// The plain values of a column as integers of one scale.
enum Integers<'a> {
    Numbers(u32, &'a [i64]),
    Days(&'a [i32]),
}

impl Integers<'_> {
    fn of(series: &Series) -> Option<Integers<'_>> {
        match series.column() {
            Column::Number(it) => match &it.values {
                Numbers::Scaled { scale, mantissas } => Some(Integers::Numbers(*scale, mantissas)),
                Numbers::Exact(_) => None,
            },
            Column::Date(it) => Some(Integers::Days(&it.values)),
            _ => None,
        }
    }

    fn at(&self, row: usize) -> i64 {
        match self {
            Integers::Numbers(_, mantissas) => mantissas[row],
            Integers::Days(days) => days[row].into(),
        }
    }

    fn scale(&self) -> u32 {
        match self {
            Integers::Numbers(scale, _) => *scale,
            Integers::Days(_) => 0,
        }
    }
}
