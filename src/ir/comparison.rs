//! Words of comparing and counting, and the numbers that a comparison leaves. What is compared or counted is no matter here.

use crate::value::End;
use crate::value::Hull;

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// =
    Equal,
    /// ≠
    NotEqual,
    /// ≥
    AtLeast,
    /// ≤
    AtMost,
    /// >
    Above,
    /// <
    Below,
}

impl Comparison {
    /// The comparison that holds where this one does not.
    pub fn opposite(self) -> Comparison {
        match self {
            Comparison::Equal => Comparison::NotEqual,
            Comparison::NotEqual => Comparison::Equal,
            Comparison::AtLeast => Comparison::Below,
            Comparison::AtMost => Comparison::Above,
            Comparison::Above => Comparison::AtMost,
            Comparison::Below => Comparison::AtLeast,
        }
    }

    /// The comparison with its sides exchanged.
    pub fn mirrored(self) -> Comparison {
        match self {
            Comparison::Equal | Comparison::NotEqual => self,
            Comparison::AtLeast => Comparison::AtMost,
            Comparison::AtMost => Comparison::AtLeast,
            Comparison::Above => Comparison::Below,
            Comparison::Below => Comparison::Above,
        }
    }

    /// The numbers that stand so to some number of a bound; none where there are none.
    pub fn leaves(self, of: &Hull, bound: &Hull) -> Option<Hull> {
        let end = |end: &Option<End>, closed: bool| {
            end.clone().map(|it| End { closed: it.closed && closed, ..it })
        };
        let from = |closed: bool| Hull { low: end(&bound.low, closed), high: None };
        let until = |closed: bool| Hull { low: None, high: end(&bound.high, closed) };
        match self {
            Comparison::Equal => of.intersect(bound),
            Comparison::AtLeast => of.intersect(&from(true)),
            Comparison::Above => of.intersect(&from(false)),
            Comparison::AtMost => of.intersect(&until(true)),
            Comparison::Below => of.intersect(&until(false)),
            Comparison::NotEqual if bound.single().is_none() => Some(of.clone()),
            Comparison::NotEqual => {
                match (of.intersect(&until(false)), of.intersect(&from(false))) {
                    (Some(below), Some(above)) => Some(below.union(&above)),
                    (below, above) => below.or(above),
                }
            }
        }
    }
}

/// How many must hold (§2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// 全部
    All,
    /// 任一
    Any,
    /// 没有
    None,
    /// 至少 n 项
    AtLeast(u32),
    /// 至多 n 项
    AtMost(u32),
    /// 恰好 n 项
    Exactly(u32),
}
