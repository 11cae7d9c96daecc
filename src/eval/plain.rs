//! Aggregates of rows that are all plain: integers summed, counted and compared, a word of the bitmaps at a time.
//! Holes are not seen here.

use crate::eval::aggregate::Lists;
use crate::eval::series::Series;
use crate::ir::AggregateFunction;
use crate::value::Bits;
use crate::value::Column;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Truth;
use crate::value::TruthColumn;
use std::ops::Range;

/// The child rows as an aggregate of plain rows sees them.
pub struct PlainRows<'a> {
    /// The rows that are one thing for certain: in the list with a plain value, or out of it; none where all are.
    plain: Option<Bits>,
    /// The rows in the list, of those that are plain; none where all are.
    included: Option<Bits>,
    /// Of 占比, the rows with p; none where there is no p.
    holds: Option<Bits>,
    /// Their values, where there are any and they are integers of one scale.
    integers: Option<Integers<'a>>,
    counts: bool,
}

impl<'a> PlainRows<'a> {
    /// Looks at the columns of an aggregate over so many child rows.
    pub fn new(rows: usize, lists: &Lists<'a>) -> PlainRows<'a> {
        let Lists { filter, share, value, skipped, .. } = lists;
        let sides: Vec<Side> =
            [filter, share].into_iter().flatten().map(|it| side(it, rows)).collect();
        let mut plain = sides.iter().fold(None, |all: Option<Bits>, it| match (all, &it.settled) {
            (Some(all), Some(one)) => Some(all.zip(one, |a, b| a & b)),
            (all, one) => all.or_else(|| one.clone()),
        });
        let mut sides = sides.into_iter();
        let mut included = filter.and_then(|_| sides.next()).map(|it| it.holds);
        let holds = share.and_then(|_| sides.next()).map(|it| it.holds);
        if let Some(skipped) = skipped {
            let all = included.unwrap_or_else(|| Bits::filled(rows, true));
            included = Some(all.zip(skipped, |all, skipped| all & !skipped));
            plain = plain.map(|it| it.zip(skipped, |plain, skipped| plain | skipped));
        }
        let special = value.map(|it| it.special(rows)).unwrap_or_default();
        // What is out of the list may hold anything.
        let counts = |row: &usize| included.as_ref().is_none_or(|it| it.get(*row));
        for row in special.into_iter().filter(counts) {
            plain.get_or_insert_with(|| Bits::filled(rows, true)).set(row, false);
        }
        let integers = value.and_then(Integers::of);
        PlainRows { plain, included, holds, integers, counts: value.is_none() }
    }

    /// The outcome of a range of rows; none where they are not all plain, or not integers of one scale.
    pub fn outcome(
        &self,
        function: AggregateFunction,
        rows: Range<usize>,
        empty: impl Fn() -> Possible<Hull>,
    ) -> Option<Possible<Hull>> {
        if self.plain.as_ref().is_some_and(|it| !it.all_in(rows.clone())) {
            return None;
        }
        let all = self.included.as_ref().map_or(rows.len(), |it| it.count_in(rows.clone()));
        if self.counts {
            let number = match function {
                AggregateFunction::Share => Number::fraction(self.with(rows) as i128, all as i128),
                _ => Some(Number::from(all as i64)),
            };
            return Some(number.filter(|_| all > 0).map_or_else(empty, Possible::number));
        }
        let integers = self.integers.as_ref()?;
        if all == 0 {
            return Some(empty());
        }
        if function == AggregateFunction::Share {
            let with = self.sum(integers, rows.clone(), self.holds.as_ref());
            let share = Number::fraction(with, self.sum(integers, rows, None));
            return Some(share.map_or_else(Possible::error, Possible::number));
        }
        let number = self.value(function, integers, rows, all)?;
        Some(Possible::number(number))
    }

    /// The value of a function of the included integers, of which there are so many.
    fn value(
        &self,
        function: AggregateFunction,
        integers: &Integers<'_>,
        rows: Range<usize>,
        all: usize,
    ) -> Option<Number> {
        let scaled = |it: i128| Number::scaled(it, integers.scale);
        Some(match function {
            AggregateFunction::Count => Number::from(all as i64),
            AggregateFunction::Sum => scaled(self.sum(integers, rows, None)),
            AggregateFunction::Mean => {
                scaled(self.sum(integers, rows, None)).checked_div(&Number::from(all as i64))?
            }
            AggregateFunction::Max => {
                let mut most = i64::MIN;
                self.each(integers, rows, None, |it| most = most.max(it));
                scaled(most.into())
            }
            AggregateFunction::Min => {
                let mut least = i64::MAX;
                self.each(integers, rows, None, |it| least = least.min(it));
                scaled(least.into())
            }
            AggregateFunction::Median => {
                let mut values = self.values(integers, rows, all);
                let (low, high) = ((all - 1) / 2, all / 2);
                let (_, middle, above) = values.select_nth_unstable(low);
                let next = if high > low { *above.iter().min()? } else { *middle };
                Number::scaled(i128::from(*middle) + i128::from(next), integers.scale)
                    .checked_div(&Number::from(2))?
            }
            AggregateFunction::Top(count) => {
                let mut values = self.values(integers, rows, all);
                let rest = all.saturating_sub(count as usize);
                if rest > 0 {
                    values.select_nth_unstable(rest);
                }
                scaled(values[rest..].iter().map(|it| i128::from(*it)).sum())
            }
            _ => return None,
        })
    }

    /// How many of the included rows hold.
    fn with(&self, rows: Range<usize>) -> usize {
        let (Some(holds), Some(included)) = (&self.holds, &self.included) else {
            return self.holds.as_ref().map_or(0, |it| it.count_in(rows));
        };
        let pairs = holds.words_in(rows.clone()).zip(included.words_in(rows));
        pairs.map(|((_, a, mask), (_, b, _))| (a & b & mask).count_ones() as usize).sum()
    }

    fn values(&self, integers: &Integers<'_>, rows: Range<usize>, all: usize) -> Vec<i64> {
        let mut values = Vec::with_capacity(all);
        self.each(integers, rows, None, |it| values.push(it));
        values
    }

    fn sum(&self, integers: &Integers<'_>, rows: Range<usize>, only: Option<&Bits>) -> i128 {
        let mut sum = 0;
        self.each(integers, rows, only, |it| sum += i128::from(it));
        sum
    }

    /// Visits the integers of the included rows; of those in `only`, where that is given.
    fn each(
        &self,
        integers: &Integers<'_>,
        rows: Range<usize>,
        only: Option<&Bits>,
        mut visit: impl FnMut(i64),
    ) {
        let (first, second) = match (&self.included, only) {
            (Some(a), b) => (Some(a), b),
            (None, b) => (b, None),
        };
        let Some(first) = first else {
            return rows.for_each(|row| visit(integers.at(row)));
        };
        for (start, word, mask) in first.words_in(rows) {
            let mut rest = word & mask & second.map_or(u64::MAX, |it| it.words()[start / 64]);
            while rest != 0 {
                visit(integers.at(start + rest.trailing_zeros() as usize));
                rest &= rest - 1;
            }
        }
    }
}

/// A column of truths over the child rows.
struct Side {
    /// Where it is one outcome other than 错误; none where it is so everywhere.
    settled: Option<Bits>,
    /// Where it may be 真.
    holds: Bits,
}

fn side(series: &Series, rows: usize) -> Side {
    let settled = |truth: Truth| truth.is_settled() && truth != Truth::ERROR;
    match series.column() {
        Column::Truth(it) if !series.is_same() || rows == 1 => {
            Side { settled: one_outcome(it), holds: it.t.clone() }
        }
        _ => {
            let truth = |row: usize| series.truth(row);
            let all = Bits::collect((0..rows).map(|row| settled(truth(row))));
            let holds = Bits::collect((0..rows).map(|row| truth(row).may(Truth::TRUE)));
            Side { settled: (all.count() < rows).then_some(all), holds }
        }
    }
}

/// The rows with one outcome other than 错误; none where all rows are so.
fn one_outcome(it: &TruthColumn) -> Option<Bits> {
    let mut settled = it.t.zip(&it.f, |t, f| t ^ f);
    if let Some(n) = &it.n {
        let both = it.t.zip(&it.f, |t, f| t | f);
        let alone = both.zip(n, |both, n| n & !both);
        settled = settled.zip(n, |settled, n| settled & !n).zip(&alone, |a, b| a | b);
    }
    if let Some(e) = &it.e {
        settled = settled.zip(e, |settled, e| settled & !e);
    }
    (settled.count() < settled.len()).then_some(settled)
}

/// The plain values of a column as integers of one scale.
struct Integers<'a> {
    scale: u32,
    values: Values<'a>,
    same: bool,
}

enum Values<'a> {
    Numbers(&'a [i64]),
    Days(&'a [i32]),
}

impl Integers<'_> {
    fn of(series: &Series) -> Option<Integers<'_>> {
        let (scale, values) = match series.column() {
            Column::Number(it) => match &it.values {
                Numbers::Scaled { scale, mantissas } => (*scale, Values::Numbers(mantissas)),
                Numbers::Enclosed(_) | Numbers::Exact(_) => return None,
            },
            Column::Date(it) => (0, Values::Days(&it.values)),
            _ => return None,
        };
        Some(Integers { scale, values, same: series.is_same() })
    }

    #[inline]
    fn at(&self, row: usize) -> i64 {
        let row = if self.same { 0 } else { row };
        match &self.values {
            Values::Numbers(mantissas) => mantissas[row],
            Values::Days(days) => days[row].into(),
        }
    }
}
