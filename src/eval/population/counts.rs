//! How many of several cases stand above one, or beside it: sorted once, then counted by halving. Each of the four ways to
//! stand is a comparison of one key of theirs with one of its own; what settles ties is the second half of a key.

use crate::eval::population::ends::Bound;
use crate::eval::population::ends::Ends;
use crate::eval::population::ends::bare;

/// A value, and what settles a tie of those that are one number for certain.
type Key = (Bound, Bound);

/// What a case is compared by.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// As far up as it may come, to go before another whose line lies below.
    before: [Key; 2],
    /// As far up as it may come, to go before another or stand beside it whose line is not above.
    reach: [Key; 2],
    /// As far down as it may fall; its own line is what others surely go before it above.
    sure: [Key; 2],
}

impl Keys {
    /// The keys of a case with this value.
    pub fn new(value: Ends, then: Option<Ends>) -> Keys {
        let settles = |of: fn(Ends) -> Bound, else_by: Bound| match then {
            None => 0,
            Some(then) if value.is_point => of(then),
            Some(_) => else_by,
        };
        let (low, high) = (bare(value.low), bare(value.high));
        Keys {
            before: [
                (high, settles(|it| bare(it.high), Bound::MAX)),
                (low, settles(|it| bare(it.low), Bound::MIN)),
            ],
            reach: [
                (high, settles(|it| it.high, Bound::MAX)),
                (low, settles(|it| it.low, Bound::MIN)),
            ],
            sure: [
                (value.low, settles(|it| it.low, Bound::MIN)),
                (value.high, settles(|it| it.high, Bound::MAX)),
            ],
        }
    }
}

/// How one case stands to another in rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// It surely goes before it.
    pub surely_before: bool,
    /// It may go before it.
    pub may_be_before: bool,
    /// It surely goes before it or is equal.
    pub surely_reaches: bool,
    /// It may go before it or be equal.
    pub may_reach: bool,
}

/// How many stand so to a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Surely go before it.
    pub surely_before: usize,
    /// May go before it.
    pub may_be_before: usize,
    /// Surely go before it or are equal.
    pub surely_reach: usize,
    /// May go before it or be equal.
    pub may_reach: usize,
}

/// The keys of several cases, each list ascending.
#[derive(Debug, Default)]
pub struct Sorted {
    before: Vec<Key>,
    reach: Vec<Key>,
    /// Of those that are surely ranked.
    sure: Vec<Key>,
}

impl Sorted {
    /// The keys of these, and whether each is surely ranked.
    pub fn new(all: impl Iterator<Item = (Keys, bool)>) -> Sorted {
        let mut sorted = Sorted::default();
        for (keys, certain) in all {
            sorted.before.push(keys.before[0]);
            sorted.reach.push(keys.reach[0]);
            sorted.sure.extend(certain.then_some(keys.sure[0]));
        }
        let Sorted { before, reach, sure } = &mut sorted;
        [before, reach, sure].into_iter().for_each(|it| it.sort_unstable());
        sorted
    }

    /// How many of them stand so to a case; where it is one of them, `own` says whether it is surely ranked, and it is
    /// not counted.
    pub fn counts(&self, of: &Keys, own: Option<bool>) -> Counts {
        let above = |list: &[Key], line: Key| list.len() - list.partition_point(|it| *it <= line);
        let from = |list: &[Key], line: Key| list.len() - list.partition_point(|it| *it < line);
        let less = |counted: bool, is_so: bool| usize::from(counted && is_so);
        let (is_one, certain) = (own.is_some(), own == Some(true));
        let Keys { before, reach, sure } = of;
        Counts {
            surely_before: above(&self.sure, sure[1]) - less(certain, sure[0] > sure[1]),
            may_be_before: above(&self.before, before[1]) - less(is_one, before[0] > before[1]),
            surely_reach: from(&self.sure, sure[1]) - less(certain, sure[0] >= sure[1]),
            may_reach: from(&self.reach, reach[1]) - less(is_one, reach[0] >= reach[1]),
        }
    }
}
