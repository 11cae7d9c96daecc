//! How two values may stand to each other, for every type: below, equal, above. Which of them a rule asks for is not known here.

use crate::value::DateHull;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::TextSet;
use std::cmp::Ordering;

/// The ways in which a first value may stand to a second, over all choices from two sets.
/// A comparison may be 真 if one of them satisfies it, and 假 if one of them does not (`semantics` §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Orders {
    /// The first may be below.
    pub less: bool,
    /// They may be equal.
    pub equal: bool,
    /// The first may be above.
    pub greater: bool,
}

impl Orders {
    /// Of two known values.
    pub fn of(order: Ordering) -> Orders {
        Orders {
            less: order == Ordering::Less,
            equal: order == Ordering::Equal,
            greater: order == Ordering::Greater,
        }
    }
}

impl Hull {
    /// How a number of this hull may stand to one of another.
    pub fn orders(&self, other: &Hull) -> Orders {
        Orders {
            less: reaches_above(&other.high, &self.low),
            equal: self.intersect(other).is_some(),
            greater: reaches_above(&self.high, &other.low),
        }
    }
}

/// Whether some number up to `high` is above some number from `low` on.
fn reaches_above(high: &Option<End>, low: &Option<End>) -> bool {
    match (high, low) {
        (Some(high), Some(low)) => high.at > low.at,
        _ => true,
    }
}

impl DateHull {
    /// How a day of this span may stand to one of another.
    pub fn orders(&self, other: &DateHull) -> Orders {
        let reaches =
            |high: Option<i32>, low: Option<i32>| high.zip(low).map(|(high, low)| high.cmp(&low));
        let (up, down) = (reaches(self.high, other.low), reaches(other.high, self.low));
        Orders {
            less: down != Some(Ordering::Less) && down != Some(Ordering::Equal),
            equal: up != Some(Ordering::Less) && down != Some(Ordering::Less),
            greater: up != Some(Ordering::Less) && up != Some(Ordering::Equal),
        }
    }
}

impl MemberSet {
    /// How a member of this set may stand to one of another, members being ordered by index; the
    /// vocabulary has `count` members. What is no member stands nowhere, so it may be above or below.
    pub fn orders(&self, other: &MemberSet, count: u32) -> Orders {
        let (a, b) = (self.ends(count), other.ends(count));
        let apart = !self.is_single() || !other.is_single() || self != other;
        let strays = apart && (self.foreign != Foreign::No || other.foreign != Foreign::No);
        let below =
            |a: Option<(u32, u32)>, b: Option<(u32, u32)>| a.zip(b).is_some_and(|(a, b)| a.0 < b.1);
        Orders {
            less: below(a, b) || strays,
            equal: self.may_equal(other),
            greater: below(b, a) || strays,
        }
    }

    /// Whether the two may be the same.
    pub fn may_equal(&self, other: &MemberSet) -> bool {
        let members = match (&self.members, &other.members) {
            (Some(a), Some(b)) => a.iter().any(|it| b.binary_search(it).is_ok()),
            (None, Some(some)) | (Some(some), None) => !some.is_empty(),
            (None, None) => true,
        };
        let foreign = match (&self.foreign, &other.foreign) {
            (Foreign::No, _) | (_, Foreign::No) => false,
            (Foreign::One(a), Foreign::One(b)) => a == b,
            (Foreign::Any, _) | (_, Foreign::Any) => true,
        };
        members || foreign
    }

    /// The lowest and the highest possible index; none where it is no member.
    fn ends(&self, count: u32) -> Option<(u32, u32)> {
        match &self.members {
            None => Some((0, count.saturating_sub(1))),
            Some(members) => Some((*members.first()?, *members.last()?)),
        }
    }
}

impl TextSet {
    /// How a text of this set may stand to one of another; only equality is asked of texts.
    pub fn orders(&self, other: &TextSet) -> Orders {
        match (self, other) {
            (TextSet::One(a), TextSet::One(b)) => Orders::of(a.cmp(b)),
            _ => Orders { less: true, equal: true, greater: true },
        }
    }
}
