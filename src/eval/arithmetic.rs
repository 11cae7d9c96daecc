//! Arithmetic over columns (`semantics` §3.2): machine integers where every row fits, exact numbers for plain
//! rows that do not, hulls for the rows that are not plain.

use crate::eval::compare::special_rows;
use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::ir::Fold;
use crate::value::Block;
use crate::value::Column;
use crate::value::Enclosed;
use crate::value::Group;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Rounding;
use crate::value::Set;
use crate::value::Sparse;
use crate::value::Summary;
use crate::value::enclosed::Source;
use crate::value::numbers::MAX_SCALE;
use crate::value::numbers::rescale;

/// a + b + …
pub fn sum(rows: usize, items: &[&Series]) -> Column {
    chain(rows, items, &ADD)
}

/// a × b × …
pub fn product(rows: usize, items: &[&Series]) -> Column {
    chain(rows, items, &MULTIPLY)
}

/// a − b
pub fn difference(rows: usize, a: &Series, b: &Series) -> Column {
    binary(rows, a, b, &SUBTRACT)
}

/// a ÷ b; `never_zero` where the rule asks for the quotient only where b is not 0.
pub fn quotient(rows: usize, a: &Series, b: &Series, never_zero: bool) -> Column {
    binary(rows, a, b, &Binary { hulls: divided(never_zero), ..DIVIDE })
}

/// How hulls are divided.
pub type Divide = fn(&Hull, &Hull) -> Possible<Hull>;

/// How hulls are divided; by what is never 0, a hull around 0 is no error.
pub fn divided(never_zero: bool) -> Divide {
    match never_zero {
        true => |a, b| {
            let divided = a.divide(b);
            Possible { error: divided.values.is_none(), ..divided }
        },
        false => Hull::divide,
    }
}

/// What is seen of a column, and the rows of which that says nothing.
type Seen = (Block, Vec<usize>);

/// An operator on two numbers, in its four forms.
struct Binary {
    /// On whole columns of scaled integers; none where it cannot be done so.
    scaled: fn(&Scaled<'_>, &Scaled<'_>, usize) -> Option<Numbers>,
    /// On what is seen of whole columns, and the rows of which that says nothing.
    seen: fn(&Block, &Block, usize) -> Option<Seen>,
    /// On two numbers; none where the hulls decide.
    exact: fn(&Number, &Number) -> Option<Number>,
    /// On two hulls.
    hulls: fn(&Hull, &Hull) -> Possible<Hull>,
}

const ADD: Binary = Binary {
    scaled: |a, b, rows| aligned(a, b, rows, |a, b| a + b),
    seen: |a, b, rows| Some((Block::add(a, b, rows)?, vec![])),
    exact: |a, b| Some(a.add(b)),
    hulls: |a, b| Possible::values(a.add(b)),
};

const SUBTRACT: Binary = Binary {
    scaled: |a, b, rows| aligned(a, b, rows, |a, b| a - b),
    seen: |a, b, rows| Some((Block::subtract(a, b, rows)?, vec![])),
    exact: |a, b| Some(a.subtract(b)),
    hulls: |a, b| Possible::values(a.subtract(b)),
};

const MULTIPLY: Binary = Binary {
    scaled: multiply_scaled,
    seen: |a, b, rows| Some((Block::multiply(a, b, rows)?, vec![])),
    exact: |a, b| Some(a.multiply(b)),
    hulls: |a, b| Possible::values(a.multiply(b)),
};

const DIVIDE: Binary = Binary {
    scaled: |_, _, _| None,
    seen: Block::divide,
    exact: Number::checked_div,
    hulls: Hull::divide,
};

/// A column of scaled integers, of one row or of all.
struct Scaled<'a> {
    scale: u32,
    mantissas: &'a [i64],
}

impl Scaled<'_> {
    fn of(column: &NumberColumn) -> Option<Scaled<'_>> {
        match &column.values {
            Numbers::Scaled { scale, mantissas } => Some(Scaled { scale: *scale, mantissas }),
            Numbers::Enclosed(_) | Numbers::Exact(_) => None,
        }
    }

    /// The greatest magnitude.
    fn reach(&self) -> u128 {
        self.mantissas.iter().fold(0, |most, it| it.unsigned_abs().max(most)).into()
    }

    fn each(&self, other: &Scaled<'_>, rows: usize, op: impl Fn(i64, i64) -> i64) -> Vec<i64> {
        let (a, b) = (self.mantissas, other.mantissas);
        match (a.len() == rows, b.len() == rows) {
            (true, true) => a.iter().zip(b).map(|(a, b)| op(*a, *b)).collect(),
            (true, false) => a.iter().map(|a| op(*a, b[0])).collect(),
            (false, true) => b.iter().map(|b| op(a[0], *b)).collect(),
            (false, false) => vec![op(a[0], b[0]); rows],
        }
    }
}

/// Sums and differences, on one scale; no result can leave the range of the integers.
fn aligned(
    a: &Scaled<'_>,
    b: &Scaled<'_>,
    rows: usize,
    op: impl Fn(i64, i64) -> i64,
) -> Option<Numbers> {
    let scale = a.scale.max(b.scale);
    let (a, b) = (rescale(a.mantissas, scale - a.scale)?, rescale(b.mantissas, scale - b.scale)?);
    let (a, b) = (Scaled { scale, mantissas: &a }, Scaled { scale, mantissas: &b });
    let fits = a.reach() + b.reach() <= i64::MAX as u128;
    fits.then(|| Numbers::Scaled { scale, mantissas: a.each(&b, rows, op) })
}

fn multiply_scaled(a: &Scaled<'_>, b: &Scaled<'_>, rows: usize) -> Option<Numbers> {
    let scale = a.scale + b.scale;
    let fits = scale <= MAX_SCALE && a.reach() * b.reach() <= i64::MAX as u128;
    fits.then(|| Numbers::Scaled { scale, mantissas: a.each(b, rows, |a, b| a * b) })
}

fn chain(rows: usize, items: &[&Series], op: &Binary) -> Column {
    let [first, rest @ ..] = items else { panic!("an operator has operands") };
    let Some((second, rest)) = rest.split_first() else { return (*first).clone().into_column() };
    let mut done = binary(rows, first, second, op);
    for item in rest {
        done = binary(rows, &Series::new(done), item, op);
    }
    done
}

fn binary(rows: usize, a: &Series, b: &Series, op: &Binary) -> Column {
    let (Column::Number(x), Column::Number(y)) = (a.column(), b.column()) else {
        // A bare 不适用 stands for a number.
        return sets(Kind::Number, rows, |row| {
            Set::Number(a.number(row).zip(&b.number(row), op.hulls))
        });
    };
    let hulls = |row: usize| a.number(row).zip(&b.number(row), op.hulls).within_limit();
    let special = special_rows(rows, a, b);
    if let Some((x, y)) = Scaled::of(x).zip(Scaled::of(y))
        && let Some(values) = (op.scaled)(&x, &y, rows)
    {
        return with_special(values, special.into_iter().map(|row| (row, hulls(row))));
    }
    if let Some((values, rest)) = enclosed(rows, a, x, b, y, op) {
        let exactly = |row: usize| of_row(op, &x.values.get(a.at(row)), &y.values.get(b.at(row)));
        let (mut column, mut special) = (Sparse::default(), special.into_iter().peekable());
        let mut rest = rest.into_iter().peekable();
        for row in 0..if special.peek().or(rest.peek()).is_some() { rows } else { 0 } {
            let (is_special, is_rest) = (special.next_if_eq(&row), rest.next_if_eq(&row));
            if is_special.is_some() {
                column.push(row as u32, hulls(row));
            } else if is_rest.is_some() {
                column.push(row as u32, exactly(row).unwrap_or_else(|| hulls(row)));
            }
        }
        return Column::Number(NumberColumn { values, special: column });
    }
    let mut special = special.into_iter().peekable();
    sets(Kind::Number, rows, |row| {
        if special.next_if_eq(&row).is_some() {
            return Set::Number(hulls(row));
        }
        let number = of_row(op, &x.values.get(a.at(row)), &y.values.get(b.at(row)));
        Set::Number(number.unwrap_or_else(|| hulls(row)))
    })
}

/// An operator on two numbers, where it comes to a number that is not too large.
fn of_row(op: &Binary, a: &Number, b: &Number) -> Option<Possible<Hull>> {
    (op.exact)(a, b).filter(|it| !it.is_too_large()).map(Possible::number)
}

/// An operator on plain numbers that are not worked out yet, and the rows where they have to be. A single row is not
/// worth it, and no enclosure holds numbers too large.
fn enclosed(
    rows: usize,
    a: &Series,
    x: &NumberColumn,
    b: &Series,
    y: &NumberColumn,
    op: &Binary,
) -> Option<(Numbers, Vec<usize>)> {
    if rows < 2 {
        return None;
    }
    let (x, y) = (&x.values, &y.values);
    let (block, rest) = (op.seen)(x.block()?.as_ref(), y.block()?.as_ref(), rows)?;
    let at = |it: &Series| if it.is_same() { 0 } else { usize::MAX };
    let (first, second) = (at(a), at(b));
    let (x, y, exact) = (Source::of(x), Source::of(y), op.exact);
    let make = move |row: usize| {
        let made = exact(&x.get(row.min(first)), &y.get(row.min(second)));
        made.unwrap_or_else(Number::zero)
    };
    Some((Numbers::Enclosed(Enclosed::new(block, make)), rest))
}

/// Plain values with some rows replaced by what they may be.
fn with_special(
    mut values: Numbers,
    rows: impl Iterator<Item = (usize, Possible<Hull>)>,
) -> Column {
    let mut special = Sparse::default();
    for (row, set) in rows {
        let Numbers::Scaled { scale, mantissas } = &mut values else {
            panic!("only scaled integers")
        };
        match set.single().and_then(|it| it.to_scaled(*scale)) {
            Some(mantissa) => mantissas[row] = mantissa,
            None => special.push(row as u32, set),
        }
    }
    Column::Number(NumberColumn { values, special })
}

/// −a
pub fn negation(rows: usize, of: &Series) -> Column {
    unary(rows, of, |it| Some(-it), |hull| Possible::values(hull.negate()))
}

/// 绝对值
pub fn absolute(rows: usize, of: &Series) -> Column {
    unary(rows, of, |it| Some(it.abs()), |hull| Possible::values(hull.abs()))
}

/// 幂（a，n）
pub fn power(rows: usize, of: &Series, exponent: i32) -> Column {
    unary(rows, of, |_| None, |hull| hull.power(exponent).within_limit())
}

/// 保留, 取整, 向下取整, 向上取整: to so many places of a unit.
pub fn round(rows: usize, of: &Series, how: Rounding, (places, factor): (u32, &Number)) -> Column {
    unary(rows, of, |_| None, |hull| Possible::values(hull.round(how, places, factor)))
}

/// An operator on one number: on the mantissa of a scaled integer where it keeps the scale, else on hulls.
fn unary(
    rows: usize,
    of: &Series,
    scaled: impl Fn(i64) -> Option<i64>,
    hulls: impl Fn(&Hull) -> Possible<Hull>,
) -> Column {
    let sets_of = |row: usize| of.number(row).and_then(&hulls);
    if let Column::Number(column) = of.column()
        && let Numbers::Scaled { scale, mantissas } = &column.values
        && !mantissas.contains(&i64::MIN)
        && let Some(mantissas) =
            mantissas.iter().map(|it| scaled(*it)).collect::<Option<Vec<i64>>>()
        && mantissas.len() == rows
    {
        let special = of.special(rows).into_iter().map(|row| (row, sets_of(row)));
        return with_special(Numbers::Scaled { scale: *scale, mantissas }, special);
    }
    sets(Kind::Number, rows, |row| Set::Number(sets_of(row)))
}

/// 最大, 最小, 合计 of listed numbers or days: 不适用 is skipped.
pub fn fold(kind: Kind, rows: usize, fold: Fold, items: &[&Series]) -> Column {
    let summary = match fold {
        Fold::Max => Summary::Max,
        Fold::Min => Summary::Min,
        Fold::Sum => Summary::Sum,
    };
    sets(kind, rows, |row| {
        let number = |it: &&Series| match kind {
            Kind::Date => it.date(row).to_numbers(),
            _ => it.number(row),
        };
        let folded =
            Group::of_values(items.iter().map(number)).summarise(summary, Possible::nothing);
        if kind == Kind::Date { Set::Date(folded.to_dates()) } else { Set::Number(folded) }
    })
}
