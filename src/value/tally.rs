//! How many of a list hold: 全部, 任一, 没有, 至少, 至多, 恰好 (`semantics` §2.2), on sets. No item is evaluated here.

use crate::value::Truth;

/// How many items must hold, both ends included; no upper end is no limit.
/// All the counting words are windows: 任一 is 1 and more, 没有 is 0 to 0, and 全部 is 没有 over the negated items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// At least.
    pub low: u32,
    /// At most.
    pub high: Option<u32>,
}

/// What the items of one list may come to, counted by kind. Items that are 不适用 or are no item are left out.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    items: u32,
    /// May be 真; are 真 for certain.
    may_t: u32,
    must_t: u32,
    /// May be 错误; are 错误 for certain.
    may_e: u32,
    must_e: u32,
    /// May be, are for certain, one of 真 and 错误.
    may_te: u32,
    must_te: u32,
    may_f: u32,
    may_n: u32,
    /// May be no item; may be no item or 不适用.
    may_be_out: u32,
    may_be_left: u32,
}

impl Tally {
    /// Counts one more item; `out` says that it may be no item of the list at all.
    /// An item that is no item for certain has no outcome.
    pub fn count(&mut self, item: Truth, out: bool) {
        let left = out || item.may(Truth::NOT_APPLICABLE);
        let (t, f, e) = (item.may(Truth::TRUE), item.may(Truth::FALSE), item.may(Truth::ERROR));
        self.items += 1;
        self.may_t += t as u32;
        self.must_t += (t && !f && !e && !left) as u32;
        self.may_e += e as u32;
        self.must_e += (e && !f && !t && !left) as u32;
        self.may_te += (t || e) as u32;
        self.must_te += ((t || e) && !f && !left) as u32;
        self.may_f += f as u32;
        self.may_n += item.may(Truth::NOT_APPLICABLE) as u32;
        self.may_be_out += out as u32;
        self.may_be_left += left as u32;
    }

    /// Any number of further items may follow, each of these outcomes: a list that is 未齐.
    pub fn and_more(&mut self, item: Truth) {
        let many = |may: bool| if may { u32::MAX / 4 } else { 0 };
        self.items += u32::MAX / 4;
        self.may_t += many(item.may(Truth::TRUE));
        self.may_e += many(item.may(Truth::ERROR));
        self.may_te += many(item.may(Truth::TRUE.union(Truth::ERROR)));
        self.may_f += many(item.may(Truth::FALSE));
        self.may_n += many(item.may(Truth::NOT_APPLICABLE));
        self.may_be_out += u32::MAX / 4;
        self.may_be_left += u32::MAX / 4;
    }

    /// Whether the list may have no items.
    pub fn may_be_empty(&self) -> bool {
        self.may_be_out == self.items
    }

    /// Whether the number that hold lies in the window, where the list has items.
    /// An item in error may hold or not: the outcome is 错误 where that matters. All 不适用 is 不适用.
    pub fn within(&self, window: Window) -> Truth {
        let Window { low, high } = window;
        let high = high.unwrap_or(u32::MAX - 1);
        // Where no item may be 假, nothing is counted unless one is 真 or 错误.
        let least = if self.may_f > 0 { 0 } else { 1 };

        let holds = {
            let t = low.max(self.must_te - self.must_e);
            let t_or_e = (t + self.must_e).max(least);
            t <= self.may_t && t_or_e <= self.may_te && t_or_e <= high
        };
        let above = self.may_t > high;
        let below = {
            let t_or_e = self.must_te.max(least);
            t_or_e <= self.may_te && t_or_e < low
        };
        // So many are 真 for certain, with the errors so many or more: 真 < bound ≤ 真 + 错误.
        let straddles =
            |bound: u32| bound > 0 && self.may_e > 0 && self.must_t < bound && bound <= self.may_te;
        let all_left = self.may_be_left == self.items && self.may_n > 0;

        [
            (holds, Truth::TRUE),
            (above || below, Truth::FALSE),
            (all_left, Truth::NOT_APPLICABLE),
            (straddles(low) || straddles(high + 1), Truth::ERROR),
        ]
        .into_iter()
        .filter(|(possible, _)| *possible)
        .fold(Truth::NOTHING, |all, (_, one)| all.union(one))
    }
}

impl Window {
    /// What it comes to where there are no items.
    pub fn of_nothing(self) -> Truth {
        Truth::of(self.low == 0)
    }
}
