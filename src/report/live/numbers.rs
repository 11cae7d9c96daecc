//! Sums, middles and deviations of exact numbers, as a spreadsheet has them. No cell is known here.

use crate::value::Number;
use crate::value::root::root;

/// The sum.
pub fn sum(all: &[Number]) -> Number {
    all.iter().fold(Number::zero(), |sum, it| sum.add(it))
}

/// The mean; none of nothing.
pub fn mean(all: &[Number]) -> Option<Number> {
    sum(all).checked_div(&Number::from(all.len() as i64))
}

/// The middle, or the mean of the two middle ones.
pub fn median(mut all: Vec<Number>) -> Option<Number> {
    all.sort();
    let half = all.len() / 2;
    match all.len() % 2 {
        1 => all.get(half).cloned(),
        _ if half > 0 => mean(&all[half - 1..=half]),
        _ => None,
    }
}

/// The `place`-th greatest, from 1.
pub fn large(mut all: Vec<Number>, place: i64) -> Option<Number> {
    all.sort();
    all.reverse();
    all.get(usize::try_from(place - 1).ok()?).cloned()
}

/// The standard deviation, divided by n less `less`, to 30 digits.
pub fn deviation(all: &[Number], less: i64) -> Option<Number> {
    let mean = mean(all)?;
    let squares: Vec<Number> = all
        .iter()
        .map(|it| {
            let apart = it.subtract(&mean);
            apart.multiply(&apart)
        })
        .collect();
    let count = all.len() as i64 - less;
    let variance = sum(&squares).checked_div(&Number::from(count)).filter(|_| count > 0)?;
    root(&variance, 2, 0)
}
