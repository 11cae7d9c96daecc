//! Plain numbers, one a row, in the form that is cheapest to keep: scaled integers, enclosures, or as they are.

use crate::value::Block;
use crate::value::Enclosed;
use crate::value::Number;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

/// Plain numbers. Two columns are equal where their numbers are.
#[derive(Clone, Debug)]
pub enum Numbers {
    /// Value = mantissa ÷ 10^scale.
    Scaled {
        /// Decimal places.
        scale: u32,
        /// One a row.
        mantissas: Vec<i64>,
    },
    /// What does not fit there, not worked out yet: an enclosure of each, and what it is made of.
    Enclosed(Enclosed),
    /// What does not fit there either.
    Exact(Vec<Number>),
}

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers::Scaled { scale: 0, mantissas: Vec::new() }
    }
}

impl PartialEq for Numbers {
    fn eq(&self, other: &Numbers) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.get(row) == other.get(row))
    }
}

impl Eq for Numbers {}

impl Numbers {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Numbers::Scaled { mantissas, .. } => mantissas.len(),
            Numbers::Enclosed(it) => it.len(),
            Numbers::Exact(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of one row.
    pub fn get(&self, row: usize) -> Number {
        match self {
            Numbers::Scaled { scale, mantissas } => Number::scaled(mantissas[row] as i128, *scale),
            Numbers::Enclosed(it) => it.get(row),
            Numbers::Exact(values) => values[row].clone(),
        }
    }

    /// What is seen of the numbers without working them out.
    pub fn block(&self) -> Option<Cow<'_, Block>> {
        match self {
            Numbers::Scaled { scale, mantissas } => {
                Block::of_scaled(*scale, mantissas).map(Cow::Owned)
            }
            Numbers::Enclosed(it) => Some(Cow::Borrowed(it.block())),
            Numbers::Exact(values) => Block::of_numbers(values).map(Cow::Owned),
        }
    }

    /// Adds a row: as a scaled integer while that is possible.
    pub fn push(&mut self, number: Number) {
        match self {
            Numbers::Scaled { scale, mantissas } => {
                if let Some(mantissa) = number.to_scaled(*scale) {
                    return mantissas.push(mantissa);
                }
                if let Some(wider) = widened(*scale, mantissas, &number) {
                    *self = wider;
                    return;
                }
            }
            Numbers::Enclosed(it) => {
                let one = Enclosed::of(&Numbers::Exact(vec![number.clone()]));
                if one.is_some_and(|one| it.push_from(&one, 0)) {
                    return;
                }
            }
            Numbers::Exact(values) => return values.push(number),
        }
        let mut all = self.to_exact();
        all.push(number);
        *self = Numbers::Exact(all);
    }

    /// Adds a row of another column.
    pub fn push_from(&mut self, from: &Numbers, row: usize) {
        match (&mut *self, from) {
            (
                Numbers::Scaled { scale, mantissas },
                Numbers::Scaled { scale: other, mantissas: source },
            ) if scale == other || mantissas.is_empty() => {
                *scale = *other;
                mantissas.push(source[row]);
            }
            (to, Numbers::Enclosed(source)) => {
                if let Some(mut done) = to.take_enclosed() {
                    let added = done.push_from(source, row);
                    *to = Numbers::Enclosed(done);
                    if added {
                        return;
                    }
                }
                to.push(source.get(row));
            }
            (to, from) => to.push(from.get(row)),
        }
    }

    /// It as enclosures, taken out of it where it has them already.
    fn take_enclosed(&mut self) -> Option<Enclosed> {
        match std::mem::take(self) {
            Numbers::Enclosed(it) => Some(it),
            other => {
                let done = Enclosed::of(&other);
                *self = other;
                done
            }
        }
    }

    /// How two rows stand, by what is seen of them; they are worked out only where that does not tell them apart.
    pub fn order(&self) -> impl Fn(usize, usize) -> Ordering + '_ {
        let block = self.block();
        move |a, b| {
            let seen = block.as_ref().and_then(|it| it.order(a, b));
            seen.unwrap_or_else(|| self.get(a).cmp(&self.get(b)))
        }
    }

    /// As exact numbers.
    pub fn to_exact(&self) -> Vec<Number> {
        (0..self.len()).map(|row| self.get(row)).collect()
    }

    /// Adds the rows of another column.
    pub fn append(&mut self, other: &Numbers) {
        match (&mut *self, other) {
            (
                Numbers::Scaled { scale, mantissas },
                Numbers::Scaled { scale: next, mantissas: more },
            ) => {
                if mantissas.is_empty() {
                    *scale = *next;
                }
                if scale == next {
                    return mantissas.extend(more);
                }
                let common = (*scale).max(*next);
                if let Some((mut all, rest)) =
                    rescale(mantissas, common - *scale).zip(rescale(more, common - *next))
                {
                    all.extend(rest);
                    *self = Numbers::Scaled { scale: common, mantissas: all };
                    return;
                }
            }
            (Numbers::Enclosed(_), _) | (_, Numbers::Enclosed(_)) => {
                if let Some((mut done, more)) = self.take_enclosed().zip(Enclosed::of(other)) {
                    let added = done.append(&more);
                    *self = Numbers::Enclosed(done);
                    if added {
                        return;
                    }
                }
            }
            (Numbers::Exact(all), _) => return all.extend(other.to_exact()),
            _ => {}
        }
        let mut all = self.to_exact();
        all.extend(other.to_exact());
        *self = Numbers::Exact(all);
    }

    /// The rows of a range.
    pub fn slice(&self, range: Range<usize>) -> Numbers {
        match self {
            Numbers::Scaled { scale, mantissas } => {
                Numbers::Scaled { scale: *scale, mantissas: mantissas[range].to_vec() }
            }
            Numbers::Enclosed(it) => Numbers::Enclosed(it.slice(range)),
            Numbers::Exact(values) => Numbers::Exact(values[range].to_vec()),
        }
    }
}

/// Scaled integers with one more, on a scale that holds it too.
fn widened(scale: u32, mantissas: &[i64], more: &Number) -> Option<Numbers> {
    let wider = more.decimal_places().filter(|it| *it <= MAX_SCALE && *it > scale)?;
    let mut rescaled = rescale(mantissas, wider - scale)?;
    rescaled.push(more.to_scaled(wider)?);
    Some(Numbers::Scaled { scale: wider, mantissas: rescaled })
}

/// The most decimal places of scaled integers.
pub const MAX_SCALE: u32 = 18;

/// The same numbers with more decimal places; none if one does not fit.
pub fn rescale(mantissas: &[i64], places: u32) -> Option<Vec<i64>> {
    if places == 0 {
        return Some(mantissas.to_vec());
    }
    let factor = 10i64.checked_pow(places)?;
    let reach = i64::MAX / factor;
    let fits = mantissas.iter().all(|it| (-reach..=reach).contains(it));
    fits.then(|| mantissas.iter().map(|it| it * factor).collect())
}
