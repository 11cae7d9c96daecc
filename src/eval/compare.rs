//! Comparisons over columns (`semantics` §3.1): whole numbers where rows are plain, sets where they are not.

use crate::eval::arithmetic::Divide;
use crate::eval::series::Series;
use crate::eval::series::truths;
use crate::ir::Comparison;
use crate::value::Bits;
use crate::value::Block;
use crate::value::Column;
use crate::value::DateHull;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::TruthColumn;
use crate::value::numbers::rescale;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Whether a comparison holds for values that stand so.
pub fn holds(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::AtMost => order.is_le(),
        Comparison::Above => order.is_gt(),
        Comparison::Below => order.is_lt(),
    }
}

/// The comparison with its sides changed about.
fn turned(op: Comparison) -> Comparison {
    match op {
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Above => Comparison::Below,
        Comparison::Below => Comparison::Above,
        it => it,
    }
}

/// Two operands of one type; `members` is the size of the vocabulary where they are members.
pub fn compare(rows: usize, op: Comparison, a: &Series, b: &Series, members: u32) -> Column {
    let plain = match (a.column(), b.column()) {
        (Column::Number(x), Column::Number(y)) => {
            compare_numbers(rows, op, a, &x.values, b, &y.values)
        }
        (Column::Date(x), Column::Date(y)) => compare_plain(rows, op, a, &x.values, b, &y.values),
        (Column::Member(x), Column::Member(y)) => {
            compare_plain(rows, op, a, &x.values, b, &y.values)
        }
        (Column::Text(x), Column::Text(y)) => compare_plain(rows, op, a, &x.values, b, &y.values),
        _ => return truths(rows, |row| compare_sets(op, &a.set(row), &b.set(row), members)),
    };
    let mut column = TruthColumn::plain(plain);
    for row in special_rows(rows, a, b) {
        column.set(row, compare_sets(op, &a.set(row), &b.set(row), members));
    }
    Column::Truth(column)
}

/// Rows in which one of two is not one plain value.
pub fn special_rows(count: usize, a: &Series, b: &Series) -> Vec<usize> {
    let mut rows = a.special(count);
    rows.extend(b.special(count));
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// One comparison of two sets.
pub fn compare_sets(op: Comparison, a: &Set, b: &Set, members: u32) -> Truth {
    let holds = |order| holds(op, order);
    match (a, b) {
        (Set::Truth(a), Set::Truth(b)) => compare_truths(op, *a, *b),
        (Set::Number(a), Set::Number(b)) => a.compare(b, Hull::orders, holds),
        (Set::Date(a), Set::Date(b)) => a.compare(b, DateHull::orders, holds),
        (Set::Member(a), Set::Member(b)) => a.compare(b, |a, b| a.orders(b, members), holds),
        (Set::Text(a), Set::Text(b)) => a.compare(b, TextSet::orders, holds),
        (a, b) => {
            // One of them is a bare 不适用 or 错误 of another type.
            let bare = |it: &Set| Possible {
                values: it.has_values().then_some(()),
                na: it.may_be_na(),
                error: it.may_be_error(),
            };
            bare(a).zip(&bare(b), |_, _| Possible::values(Truth::UNDECIDED)).into_truth()
        }
    }
}

/// 真 is above 假.
fn compare_truths(op: Comparison, a: Truth, b: Truth) -> Truth {
    let pairs = a.outcomes().flat_map(|a| b.outcomes().map(move |b| (a, b)));
    pairs.fold(Truth::NOTHING, |all, (a, b)| {
        let either = |it: Truth| a == it || b == it;
        let one = if either(Truth::ERROR) {
            Truth::ERROR
        } else if either(Truth::NOT_APPLICABLE) {
            Truth::NOT_APPLICABLE
        } else {
            Truth::of(holds(op, (a == Truth::TRUE).cmp(&(b == Truth::TRUE))))
        };
        all.union(one)
    })
}

fn compare_plain<T: Ord>(
    rows: usize,
    op: Comparison,
    a: &Series,
    x: &[T],
    b: &Series,
    y: &[T],
) -> Bits {
    match op {
        Comparison::Equal => each_row(rows, a, x, b, y, |x, y| x == y),
        Comparison::NotEqual => each_row(rows, a, x, b, y, |x, y| x != y),
        Comparison::AtLeast => each_row(rows, a, x, b, y, |x, y| x >= y),
        Comparison::AtMost => each_row(rows, a, x, b, y, |x, y| x <= y),
        Comparison::Above => each_row(rows, a, x, b, y, |x, y| x > y),
        Comparison::Below => each_row(rows, a, x, b, y, |x, y| x < y),
    }
}

fn each_row<T>(
    rows: usize,
    a: &Series,
    x: &[T],
    b: &Series,
    y: &[T],
    test: impl Fn(&T, &T) -> bool,
) -> Bits {
    match (a.is_same(), b.is_same()) {
        (false, false) => Bits::test_pairs(x, y, test),
        (false, true) => Bits::test(x, |x| test(x, &y[0])),
        (true, false) => Bits::test(y, |y| test(&x[0], y)),
        (true, true) => Bits::filled(rows, test(&x[0], &y[0])),
    }
}

fn compare_numbers(
    rows: usize,
    op: Comparison,
    a: &Series,
    x: &Numbers,
    b: &Series,
    y: &Numbers,
) -> Bits {
    match (x, y) {
        (Numbers::Scaled { scale, mantissas }, _) if b.is_same() && !a.is_same() => {
            with_bound(mantissas, *scale, op, &y.get(0))
        }
        (_, Numbers::Scaled { scale, mantissas }) if a.is_same() && !b.is_same() => {
            with_bound(mantissas, *scale, turned(op), &x.get(0))
        }
        (
            Numbers::Scaled { scale, mantissas },
            Numbers::Scaled { scale: other, mantissas: more },
        ) if mantissas.len() == more.len() => {
            let common = *scale.max(other);
            match rescale(mantissas, common - scale).zip(rescale(more, common - other)) {
                Some((x, y)) => by_keys(op, &x, &y, |x| x, |y| y),
                None => compare_exact(rows, op, a, x, b, y),
            }
        }
        _ => compare_exact(rows, op, a, x, b, y),
    }
}

fn compare_exact(
    rows: usize,
    op: Comparison,
    a: &Series,
    x: &Numbers,
    b: &Series,
    y: &Numbers,
) -> Bits {
    let exactly = |row: usize| x.get(a.at(row)).cmp(&y.get(b.at(row)));
    let seen = || Block::compare(x.block()?.as_ref(), y.block()?.as_ref(), rows);
    // An enclosure first, and the numbers themselves where it does not tell.
    match (rows > 1).then(seen).flatten() {
        Some(orders) => {
            let order = |(row, it): (usize, Option<Ordering>)| it.unwrap_or_else(|| exactly(row));
            Bits::collect(orders.into_iter().enumerate().map(|it| holds(op, order(it))))
        }
        None => Bits::collect((0..rows).map(|row| holds(op, exactly(row)))),
    }
}

/// Scaled integers against one bound of any size and fineness: every comparison becomes one with an integer.
fn with_bound(mantissas: &[i64], scale: u32, op: Comparison, bound: &Number) -> Bits {
    let bound = bound.multiply(&Number::from(10).raise(scale));
    let clamped =
        |it: Number| it.to_i64().unwrap_or(if it.is_negative() { i64::MIN } else { i64::MAX });
    let fits = |it: &Number| it.to_i64().is_some_and(|it| it != i64::MAX && it != i64::MIN);
    let (low, high) = (bound.floor(), bound.ceil());
    if !fits(&low) || !fits(&high) {
        // The bound lies outside all mantissas, or on the outermost of them.
        return Bits::test(mantissas, |it| holds(op, Number::from(*it).cmp(&bound)));
    }
    let (low, high, whole) = (clamped(low), clamped(high), bound.is_whole());
    match op {
        Comparison::AtLeast => Bits::test(mantissas, |it| *it >= high),
        Comparison::Above => Bits::test(mantissas, |it| *it > low),
        Comparison::AtMost => Bits::test(mantissas, |it| *it <= low),
        Comparison::Below => Bits::test(mantissas, |it| *it < high),
        Comparison::Equal => Bits::test(mantissas, |it| whole && *it == low),
        Comparison::NotEqual => Bits::test(mantissas, |it| !(whole && *it == low)),
    }
}

/// a ÷ b against c, without dividing: where b > 0, a ÷ b ≥ p/q is a × q ≥ p × b.
/// `divide` is how it is divided where that is more than products.
pub fn quotient(
    rows: usize,
    op: Comparison,
    (a, b, divide): (&Series, &Series, Divide),
    c: &Series,
) -> Column {
    let same = c.is_same().then(|| c.number(0));
    let divided = |row: usize| {
        let dividend = a.number(row);
        let is_free = dividend.values.as_ref().is_some_and(Hull::is_half_line);
        // Ends at 0 or nowhere stay there, whatever they are divided by: so do those of most blank cells.
        let quotient = match is_free && b.is_above_0(row) {
            true => dividend,
            false => dividend.zip(&b.number(row), divide).within_limit(),
        };
        let bound = same.as_ref().map_or_else(|| Cow::Owned(c.number(row)), Cow::Borrowed);
        quotient.compare(&bound, Hull::orders, |order| holds(op, order))
    };
    let bound = same.as_ref().filter(|_| rows > 1).and_then(Possible::single);
    let Some((plain, mut rest)) = bound.and_then(|bound| products(op, a, b, bound)) else {
        return truths(rows, divided);
    };
    let mut column = TruthColumn::plain(plain);
    rest.extend(special_rows(rows, a, b));
    for row in rest {
        column.set(row, divided(row));
    }
    Column::Truth(column)
}

/// The comparison by products of machine integers, and the rows whose divisor is not above 0; none where
/// the columns or the bound are no machine integers.
fn products(op: Comparison, a: &Series, b: &Series, bound: &Number) -> Option<(Bits, Vec<usize>)> {
    let (Column::Number(x), Column::Number(y)) = (a.column(), b.column()) else { return None };
    let (
        Numbers::Scaled { scale: x_scale, mantissas: x },
        Numbers::Scaled { scale: y_scale, mantissas: y },
    ) = (&x.values, &y.values)
    else {
        return None;
    };
    if x.len() != y.len() {
        return None;
    }
    // x ÷ 10^i ÷ (y ÷ 10^j) against c is x against y × (c × 10^(i−j)).
    let shift = Number::from(10).pow(*x_scale as i32 - *y_scale as i32)?;
    let (p, q) = bound.multiply(&shift).to_terms()?;
    let bits = match fits(x, q) && fits(y, p) {
        true => by_keys(op, x, y, |x| x * q, |y| y * p),
        false => {
            let (p, q) = (i128::from(p), i128::from(q));
            by_keys(op, x, y, |x| i128::from(x) * q, |y| i128::from(y) * p)
        }
    };
    Some((bits, Bits::test(y, |it| *it <= 0).ones().collect()))
}

/// Whether it is seen at a glance that no product leaves the machine integers.
fn fits(values: &[i64], factor: i64) -> bool {
    let reach = values.iter().fold(0, |all, it| all | it ^ it >> 63) as u128 + 1;
    reach * u128::from(factor.unsigned_abs()) <= i64::MAX as u128
}

/// A comparison of what is made of the integers of two columns.
fn by_keys<K: Ord>(
    op: Comparison,
    x: &[i64],
    y: &[i64],
    a: impl Fn(i64) -> K,
    b: impl Fn(i64) -> K,
) -> Bits {
    match op {
        Comparison::Equal => Bits::test_pairs(x, y, |x, y| a(*x) == b(*y)),
        Comparison::NotEqual => Bits::test_pairs(x, y, |x, y| a(*x) != b(*y)),
        Comparison::AtLeast => Bits::test_pairs(x, y, |x, y| a(*x) >= b(*y)),
        Comparison::AtMost => Bits::test_pairs(x, y, |x, y| a(*x) <= b(*y)),
        Comparison::Above => Bits::test_pairs(x, y, |x, y| a(*x) > b(*y)),
        Comparison::Below => Bits::test_pairs(x, y, |x, y| a(*x) < b(*y)),
    }
}
