//! Arithmetic on hulls (`semantics` §3.2): each result is the least interval that holds every possible outcome.
//! Lower ends are upper ends seen in a mirror: most rules are written for one end and mirrored for the other.

use crate::value::DateHull;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Possible;
use std::cmp::Ordering;

impl End {
    /// An end that belongs to the hull.
    pub fn closed(at: Number) -> End {
        End { at, closed: true }
    }

    /// An end that does not.
    pub fn open(at: Number) -> End {
        End { at, closed: false }
    }

    fn map(&self, op: impl FnOnce(&Number) -> Number) -> End {
        End { at: op(&self.at), closed: self.closed }
    }
}

/// How two upper ends stand: infinity is highest, and of two ends at one number the closed one is.
pub fn compare_upper(a: &Option<End>, b: &Option<End>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.at.cmp(&b.at).then(a.closed.cmp(&b.closed)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// The sum of two ends of the same side.
pub fn add_ends(a: &Option<End>, b: &Option<End>) -> Option<End> {
    let (a, b) = (a.as_ref()?, b.as_ref()?);
    Some(End { at: a.at.add(&b.at), closed: a.closed && b.closed })
}

/// The end of the other side in the mirror.
pub fn mirror(end: &Option<End>) -> Option<End> {
    end.as_ref().map(|it| it.map(Number::negate))
}

impl Hull {
    /// From 0 on.
    pub fn not_negative() -> Hull {
        Hull { low: Some(End::closed(Number::zero())), high: None }
    }

    /// Both ends belong to it.
    pub fn between(low: Number, high: Number) -> Hull {
        Hull { low: Some(End::closed(low)), high: Some(End::closed(high)) }
    }

    /// Whether the number lies in it.
    pub fn contains(&self, number: &Number) -> bool {
        let above =
            self.low.as_ref().is_none_or(|it| *number > it.at || it.closed && *number == it.at);
        let below =
            self.high.as_ref().is_none_or(|it| *number < it.at || it.closed && *number == it.at);
        above && below
    }

    /// The numbers of both; none if there are none.
    pub fn intersect(&self, other: &Hull) -> Option<Hull> {
        let least = |a: &Option<End>, b: &Option<End>| {
            if compare_upper(a, b).is_le() { a.clone() } else { b.clone() }
        };
        let high = least(&self.high, &other.high);
        let low = mirror(&least(&mirror(&self.low), &mirror(&other.low)));
        let empty = match (&low, &high) {
            (Some(low), Some(high)) => {
                low.at > high.at || low.at == high.at && !(low.closed && high.closed)
            }
            _ => false,
        };
        (!empty).then_some(Hull { low, high })
    }

    /// The least hull around both.
    pub fn union(&self, other: &Hull) -> Hull {
        let most = |a: &Option<End>, b: &Option<End>| {
            if compare_upper(a, b).is_ge() { a.clone() } else { b.clone() }
        };
        Hull {
            low: mirror(&most(&mirror(&self.low), &mirror(&other.low))),
            high: most(&self.high, &other.high),
        }
    }

    /// Whether each end is 0 or infinite: it is all its own multiples.
    pub fn is_half_line(&self) -> bool {
        let free = |end: &Option<End>| end.as_ref().is_none_or(|it| it.at.is_zero());
        free(&self.low) && free(&self.high)
    }

    /// −a
    pub fn negate(&self) -> Hull {
        Hull { low: mirror(&self.high), high: mirror(&self.low) }
    }

    /// a + b
    pub fn add(&self, other: &Hull) -> Hull {
        Hull { low: add_ends(&self.low, &other.low), high: add_ends(&self.high, &other.high) }
    }

    /// a − b
    pub fn subtract(&self, other: &Hull) -> Hull {
        self.add(&other.negate())
    }

    /// a × b: the least and the greatest product of two ends, 0 × ∞ being 0.
    pub fn multiply(&self, other: &Hull) -> Hull {
        let corners = [Corner::low(self), Corner::high(self)];
        let others = [Corner::low(other), Corner::high(other)];
        let products = corners.iter().flat_map(|a| others.iter().map(|b| a.multiply(b)));
        let (low, high) = products.fold((Corner::Above, Corner::Below), |(low, high), it| {
            (low.lower(&it), high.higher(&it))
        });
        Hull { low: low.into_end(), high: high.into_end() }
    }

    /// a ÷ b; 错误 where b may be 0.
    pub fn divide(&self, other: &Hull) -> Possible<Hull> {
        let zero = Number::zero();
        let error = other.contains(&zero);
        let positive = other.intersect(&Hull { low: Some(End::open(zero.clone())), high: None });
        let negative = other.intersect(&Hull { low: None, high: Some(End::open(zero)) });
        let reciprocal = match (&negative, &positive) {
            (Some(_), Some(_)) => Some(Hull::everything()),
            (Some(side), None) | (None, Some(side)) => Some(side.reciprocal()),
            (None, None) => None,
        };
        Possible { values: reciprocal.map(|it| self.multiply(&it)), na: false, error }
    }

    /// 1 ÷ a, where a is on one side of 0.
    fn reciprocal(&self) -> Hull {
        let invert = |end: &Option<End>| match end {
            None => Some(End::open(Number::zero())),
            Some(end) => end.at.reciprocal().map(|at| End { at, closed: end.closed }),
        };
        Hull { low: invert(&self.high), high: invert(&self.low) }
    }

    /// 绝对值
    pub fn abs(&self) -> Hull {
        let mirrored = self.negate();
        match (&self.low, &self.high) {
            (Some(low), _) if !low.at.is_negative() => self.clone(),
            (_, Some(high)) if !high.at.is_positive() => mirrored,
            _ => Hull { low: Some(End::closed(Number::zero())), high: self.union(&mirrored).high },
        }
    }

    /// 幂（a，n）; 错误 where a may be 0 and n is negative.
    pub fn power(&self, exponent: i32) -> Possible<Hull> {
        if exponent < 0 {
            return Hull::point(Number::one()).divide(&self.raise(exponent.unsigned_abs()));
        }
        Possible::values(self.raise(exponent.unsigned_abs()))
    }

    fn raise(&self, exponent: u32) -> Hull {
        if exponent == 0 {
            return Hull::point(Number::one());
        }
        // Even powers rise with the magnitude, odd ones with the number itself.
        let base = if exponent.is_multiple_of(2) { self.abs() } else { self.clone() };
        let raise = |end: &Option<End>| end.as_ref().map(|end| end.map(|it| it.raise(exponent)));
        Hull { low: raise(&base.low), high: raise(&base.high) }
    }

    /// The days among these numbers.
    pub fn to_days(&self) -> DateHull {
        let day = |end: &End, whole: Number, inward: i64| {
            let at = if !end.closed && end.at.is_whole() {
                whole.add(&Number::from(inward))
            } else {
                whole
            };
            at.to_i64().and_then(|it| i32::try_from(it).ok())
        };
        DateHull {
            low: self.low.as_ref().and_then(|it| day(it, it.at.ceil(), 1)),
            high: self.high.as_ref().and_then(|it| day(it, it.at.floor(), -1)),
        }
    }

    /// It without numbers too large for the language: those are 错误 数过大 (`semantics` §7.3).
    /// An infinite end is not one of them: no cell can hold such a number.
    pub fn within_limit(self) -> Possible<Hull> {
        let too_large = |end: &Option<End>| end.as_ref().is_some_and(|it| it.at.is_too_large());
        if !too_large(&self.low) && !too_large(&self.high) {
            return Possible::values(self);
        }
        let limit = Number::from(10).raise(60);
        let all = Hull { low: Some(End::open(limit.negate())), high: Some(End::open(limit)) };
        // Only finite ends are cut: an infinite one stays what it was.
        let kept = self.intersect(&all).map(|it| Hull {
            low: self.low.is_some().then_some(it.low).flatten(),
            high: self.high.is_some().then_some(it.high).flatten(),
        });
        Possible { values: kept, na: false, error: true }
    }
}

impl DateHull {
    /// One day.
    pub fn point(day: i32) -> DateHull {
        DateHull { low: Some(day), high: Some(day) }
    }

    /// As numbers.
    pub fn to_hull(self) -> Hull {
        let end = |day: Option<i32>| day.map(|it| End::closed(Number::from(it)));
        Hull { low: end(self.low), high: end(self.high) }
    }

    /// The least span around both.
    pub fn union(self, other: DateHull) -> DateHull {
        let both = |a: Option<i32>, b: Option<i32>, pick: fn(i32, i32) -> i32| {
            a.zip(b).map(|(a, b)| pick(a, b))
        };
        DateHull {
            low: both(self.low, other.low, i32::min),
            high: both(self.high, other.high, i32::max),
        }
    }
}

/// An end of a hull with its infinities told apart.
#[derive(Clone, Debug)]
enum Corner {
    Below,
    At(End),
    Above,
}

impl Corner {
    fn low(hull: &Hull) -> Corner {
        hull.low.clone().map_or(Corner::Below, Corner::At)
    }

    fn high(hull: &Hull) -> Corner {
        hull.high.clone().map_or(Corner::Above, Corner::At)
    }

    fn into_end(self) -> Option<End> {
        match self {
            Corner::At(end) => Some(end),
            Corner::Below | Corner::Above => None,
        }
    }

    fn sign(&self) -> Ordering {
        match self {
            Corner::Below => Ordering::Less,
            Corner::At(end) => end.at.cmp(&Number::zero()),
            Corner::Above => Ordering::Greater,
        }
    }

    /// The product. A closed 0 makes it a closed 0, for it is reached whatever the other factor is.
    fn multiply(&self, other: &Corner) -> Corner {
        let zeros = [self, other].into_iter().filter(|it| it.sign().is_eq());
        if let Some(closed) =
            zeros.map(|it| matches!(it, Corner::At(end) if end.closed)).reduce(|a, b| a || b)
        {
            return Corner::At(End { at: Number::zero(), closed });
        }
        match (self, other) {
            (Corner::At(a), Corner::At(b)) => {
                Corner::At(End { at: a.at.multiply(&b.at), closed: a.closed && b.closed })
            }
            _ if self.sign() == other.sign() => Corner::Above,
            _ => Corner::Below,
        }
    }

    fn compare(&self, other: &Corner) -> Ordering {
        match (self, other) {
            (Corner::At(a), Corner::At(b)) => a.at.cmp(&b.at),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Corner::Below => 0,
            Corner::At(_) => 1,
            Corner::Above => 2,
        }
    }

    fn is_closed(&self) -> bool {
        matches!(self, Corner::At(end) if end.closed)
    }

    fn lower(self, other: &Corner) -> Corner {
        match self.compare(other) {
            Ordering::Less => self,
            Ordering::Equal if self.is_closed() => self,
            _ => other.clone(),
        }
    }

    fn higher(self, other: &Corner) -> Corner {
        match self.compare(other) {
            Ordering::Greater => self,
            Ordering::Equal if self.is_closed() => self,
            _ => other.clone(),
        }
    }
}
