//! How operators on values become operators on sets with 不适用 and 错误 (`semantics` §§1.1, 3). No type is special here.

use crate::value::DateHull;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Orders;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;

/// Sets of values that have a least set around two of them.
pub trait Join: Clone {
    /// Everything in either.
    fn join(&self, other: &Self) -> Self;
}

impl Join for Hull {
    fn join(&self, other: &Hull) -> Hull {
        self.union(other)
    }
}

impl Join for DateHull {
    fn join(&self, other: &DateHull) -> DateHull {
        self.union(*other)
    }
}

impl Join for MemberSet {
    fn join(&self, other: &MemberSet) -> MemberSet {
        let members = self.members.as_ref().zip(other.members.as_ref()).map(|(a, b)| {
            let mut all: Vec<u32> = a.iter().chain(b).copied().collect();
            all.sort_unstable();
            all.dedup();
            all
        });
        let foreign = match (&self.foreign, &other.foreign) {
            (Foreign::No, it) | (it, Foreign::No) => it.clone(),
            (a, b) if a == b => a.clone(),
            _ => Foreign::Any,
        };
        MemberSet { members, foreign }
    }
}

impl Join for TextSet {
    fn join(&self, other: &TextSet) -> TextSet {
        if self == other { self.clone() } else { TextSet::Any }
    }
}

impl<S> Possible<S> {
    /// Nothing: the start of a union.
    pub fn nothing() -> Possible<S> {
        Possible { values: None, na: false, error: false }
    }

    /// The same possibilities of 不适用 and 错误, and other values.
    pub fn with<R>(&self, values: Option<R>) -> Possible<R> {
        Possible { values, na: self.na, error: self.error }
    }

    /// Whether anything at all is possible.
    pub fn is_nothing(&self) -> bool {
        self.values.is_none() && !self.na && !self.error
    }

    /// A strict operator on one value: 不适用 and 错误 go through.
    pub fn map<R>(&self, op: impl FnOnce(&S) -> R) -> Possible<R> {
        self.with(self.values.as_ref().map(op))
    }

    /// A strict operator on one value that may itself fail.
    pub fn and_then<R>(&self, op: impl FnOnce(&S) -> Possible<R>) -> Possible<R> {
        let done = self.values.as_ref().map_or_else(Possible::nothing, op);
        Possible { values: done.values, na: self.na || done.na, error: self.error || done.error }
    }

    /// A strict operator on two: 错误 before 不适用 before values (§§3.1, 3.2).
    pub fn zip<B, R>(
        &self,
        other: &Possible<B>,
        op: impl FnOnce(&S, &B) -> Possible<R>,
    ) -> Possible<R> {
        let (a_value, b_value) = (self.values.is_some(), other.values.is_some());
        let done = match (&self.values, &other.values) {
            (Some(a), Some(b)) => op(a, b),
            _ => Possible::nothing(),
        };
        Possible {
            values: done.values,
            na: done.na || self.na && (other.na || b_value) || other.na && (self.na || a_value),
            error: done.error || self.error || other.error,
        }
    }
}

impl<S: Join> Possible<S> {
    /// Everything possible in either.
    pub fn union(&self, other: &Possible<S>) -> Possible<S> {
        let values = match (&self.values, &other.values) {
            (Some(a), Some(b)) => Some(a.join(b)),
            (a, b) => a.as_ref().or(b.as_ref()).cloned(),
        };
        Possible { values, na: self.na || other.na, error: self.error || other.error }
    }
}

impl<S> Possible<S> {
    /// A strict question about one value; the answer may only be 真 or 假.
    pub fn ask(&self, question: impl FnOnce(&S) -> Truth) -> Truth {
        self.map(question).into_truth()
    }

    /// A strict comparison: what it comes to for each way the two may stand.
    pub fn compare(
        &self,
        other: &Possible<S>,
        orders: impl FnOnce(&S, &S) -> Orders,
        holds: impl Fn(std::cmp::Ordering) -> bool,
    ) -> Truth {
        self.zip(other, |a, b| Possible::values(orders(a, b).ask(holds))).into_truth()
    }
}

impl Possible<Truth> {
    /// A truth whose 真 and 假 stand in `values`.
    pub fn into_truth(self) -> Truth {
        let part = |possible: bool, truth: Truth| if possible { truth } else { Truth::NOTHING };
        self.values
            .unwrap_or(Truth::NOTHING)
            .union(part(self.na, Truth::NOT_APPLICABLE))
            .union(part(self.error, Truth::ERROR))
    }
}

impl Orders {
    /// 真 and 假 as far as they are possible for a comparison that holds in these orders.
    pub fn ask(self, holds: impl Fn(std::cmp::Ordering) -> bool) -> Truth {
        use std::cmp::Ordering::*;
        [(self.less, Less), (self.equal, Equal), (self.greater, Greater)]
            .into_iter()
            .filter(|(possible, _)| *possible)
            .fold(Truth::NOTHING, |all, (_, order)| all.union(Truth::of(holds(order))))
    }
}

impl Possible<Hull> {
    /// One number.
    pub fn number(at: Number) -> Possible<Hull> {
        Possible::values(Hull::point(at))
    }

    /// The number, if there is only one outcome and it is a number.
    pub fn single(&self) -> Option<&Number> {
        self.values.as_ref().filter(|_| !self.na && !self.error)?.single()
    }

    /// The result of arithmetic: numbers too large are 错误.
    pub fn within_limit(self) -> Possible<Hull> {
        let Possible { values, na, error } = self;
        let kept = values.map_or_else(Possible::nothing, Hull::within_limit);
        Possible { values: kept.values, na, error: error || kept.error }
    }
}

impl Set {
    /// Without 不适用.
    pub fn without_na(self) -> Set {
        fn less<S>(it: Possible<S>) -> Possible<S> {
            Possible { na: false, ..it }
        }
        match self {
            Set::Truth(it) => {
                let kept = it.outcomes().filter(|it| *it != Truth::NOT_APPLICABLE);
                Set::Truth(kept.fold(Truth::NOTHING, Truth::union))
            }
            Set::Number(it) => Set::Number(less(it)),
            Set::Date(it) => Set::Date(less(it)),
            Set::Member(it) => Set::Member(less(it)),
            Set::Text(it) => Set::Text(less(it)),
        }
    }

    /// Everything possible in either; both are of one type, or one has no values.
    pub fn union(&self, other: &Set) -> Set {
        match (self, other) {
            (Set::Truth(a), Set::Truth(b)) => Set::Truth(a.union(*b)),
            (Set::Number(a), Set::Number(b)) => Set::Number(a.union(b)),
            (Set::Date(a), Set::Date(b)) => Set::Date(a.union(b)),
            (Set::Member(a), Set::Member(b)) => Set::Member(a.union(b)),
            (Set::Text(a), Set::Text(b)) => Set::Text(a.union(b)),
            (a, b) if b.has_values() => b.with_outcomes(a.may_be_na(), a.may_be_error()),
            (a, b) => a.with_outcomes(b.may_be_na(), b.may_be_error()),
        }
    }

    /// Whether any value is possible.
    pub fn has_values(&self) -> bool {
        match self {
            Set::Truth(it) => it.may(Truth::UNDECIDED),
            Set::Number(it) => it.values.is_some(),
            Set::Date(it) => it.values.is_some(),
            Set::Member(it) => it.values.is_some(),
            Set::Text(it) => it.values.is_some(),
        }
    }

    /// 错误 alone, of the same type.
    pub fn only_error(&self) -> Set {
        match self {
            Set::Truth(_) => Set::Truth(Truth::ERROR),
            Set::Number(_) => Set::Number(Possible::error()),
            Set::Date(_) => Set::Date(Possible::error()),
            Set::Member(_) => Set::Member(Possible::error()),
            Set::Text(_) => Set::Text(Possible::error()),
        }
    }

    /// With 不适用 or 错误 possible as well.
    pub fn with_outcomes(&self, na: bool, error: bool) -> Set {
        fn more<S: Clone>(it: &Possible<S>, na: bool, error: bool) -> Possible<S> {
            Possible { values: it.values.clone(), na: it.na || na, error: it.error || error }
        }
        match self {
            Set::Truth(it) => {
                Set::Truth(it.union(Possible { values: None::<Truth>, na, error }.into_truth()))
            }
            Set::Number(it) => Set::Number(more(it, na, error)),
            Set::Date(it) => Set::Date(more(it, na, error)),
            Set::Member(it) => Set::Member(more(it, na, error)),
            Set::Text(it) => Set::Text(more(it, na, error)),
        }
    }
}
