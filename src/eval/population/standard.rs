//! 标准分: (x − 平均) ÷ 标准差 (`semantics` §9.2); the deviation is rounded once to 30 digits (§7.2). Who is in is settled elsewhere.

use crate::eval::population::members::Scale;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Summary;

/// Mean and deviation of a population.
pub struct Standard {
    mean: Possible<Hull>,
    deviation: Option<Hull>,
    /// The deviation is 0 for certain, or there are too few to have one.
    flat: bool,
}

impl Standard {
    /// Of these values; `whole` divides by n, not n − 1.
    pub fn new(scale: &Scale, whole: bool) -> Standard {
        let group = scale.group();
        let mean = group.summarise(Summary::Mean, Possible::error);
        let certain = group.items.iter().filter(|it| !it.out).count() as i64;
        let less = i64::from(!whole);
        let (few, many) = (certain - less, group.items.len() as i64 - less);
        let flat = Standard { mean: mean.clone(), deviation: None, flat: true };
        let alone = group.items.len() < 2;
        let Some(center) = mean.values.filter(|_| many > 0 && !alone) else { return flat };
        let (mut low, mut high) = (Some(Number::zero()), Some(Number::zero()));
        for item in &group.items {
            let value = item.value.values.as_ref().expect("a member of the scale has a value");
            let square = value.subtract(&center).power(2).values.expect("a square has a value");
            let end = |end: Option<End>| end.map(|it| it.at);
            if !item.out {
                low = low.zip(end(square.low)).map(|(a, b)| a.add(&b));
            }
            high = high.zip(end(square.high)).map(|(a, b)| a.add(&b));
        }
        let over = |sum: Option<Number>, count: i64| {
            sum.and_then(|it| it.checked_div(&Number::from(count.max(1))))
        };
        let variance = Hull {
            low: Some(End::closed(over(low, many).unwrap_or_else(Number::zero))),
            high: if few > 0 { over(high, few).map(End::closed) } else { None },
        };
        let deviation = variance.root(2, 0);
        let flat = deviation.as_ref().and_then(Hull::single).is_some_and(Number::is_zero);
        Standard { mean: Possible::values(center), deviation, flat }
    }

    /// The points of a row that may have these values; `same` is what they are where the deviation is 0.
    pub fn points(&self, hull: &Hull, reversed: bool, same: Possible<Hull>) -> Possible<Hull> {
        let Some(deviation) = self.deviation.as_ref().filter(|_| !self.flat) else { return same };
        let above = |mean: &Hull| match reversed {
            false => hull.subtract(mean),
            true => mean.subtract(hull),
        };
        let points = self.mean.and_then(|mean| above(mean).divide(deviation)).within_limit();
        match points.error {
            true => Possible { error: false, ..points }.union(&same),
            false => points,
        }
    }
}
