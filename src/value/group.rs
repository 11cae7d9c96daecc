//! Functions of many values of which some may be left out (`semantics` §§3.2, 4): sums, means, extremes, shares.
//! Which rows a list has, and what stands in them, is the caller's.

use crate::value::DateHull;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Possible;
use crate::value::hull::add_ends;
use crate::value::hull::compare_upper;
use crate::value::hull::mirror;
use std::cmp::Ordering;

/// One item of a list, as a function over the list sees it: whether it may be left out, and what it may be.
#[derive(Clone, Debug)]
pub struct Item {
    /// It may be no item at all.
    pub out: bool,
    /// What it may be where it is one.
    pub value: Possible<Hull>,
}

/// The items of a list.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Those that were given.
    pub items: Vec<Item>,
    /// What any number of further items may be: the list is 未齐 or was not given.
    pub more: Option<Possible<Hull>>,
}

/// Functions of the values of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// 合计
    Sum,
    /// 平均
    Mean,
    /// 中位
    Median,
    /// 最大
    Max,
    /// 最小
    Min,
    /// 前列合计: the sum of so many greatest.
    Top(u32),
    /// The sum of so many least, which is the same seen in a mirror.
    Bottom(u32),
}

impl Group {
    /// A list of which every item surely is one, such as 最大（甲，乙）.
    pub fn of_values(values: impl IntoIterator<Item = Possible<Hull>>) -> Group {
        let items = values.into_iter().map(|value| Item { out: false, value }).collect();
        Group { items, more: None }
    }

    /// The function's outcomes; `if_empty` gives those for a list that turns out to have no items.
    /// 不适用 is skipped; where all items are 不适用 the result is 不适用; an item in error makes it 错误.
    pub fn summarise(
        &self,
        summary: Summary,
        if_empty: impl FnOnce() -> Possible<Hull>,
    ) -> Possible<Hull> {
        self.summarise_by(if_empty, |certain, optional, more| {
            let upper =
                |summary: Summary, certain: &[Hull], optional: &[Hull], more: Option<&Hull>| {
                    let highs = |hulls: &[Hull]| hulls.iter().map(|it| it.high.clone()).collect();
                    upper(summary, highs(certain), highs(optional), more.map(|it| it.high.clone()))
                };
            let mirrored = |hulls: &[Hull]| hulls.iter().map(Hull::negate).collect::<Vec<_>>();
            let high = upper(summary, certain, optional, more);
            let (certain, optional) = (mirrored(certain), mirrored(optional));
            let low =
                upper(summary.mirrored(), &certain, &optional, more.map(Hull::negate).as_ref());
            Hull { low: mirror(&low), high }
        })
    }

    /// How many items there are; their values do not matter, an error in one does.
    pub fn count(&self) -> Possible<Hull> {
        let is_item = |it: &Item| it.value.values.is_some() || it.value.na;
        let error = self.items.iter().any(|it| it.value.error)
            || self.more.as_ref().is_some_and(|it| it.error);
        if self.items.iter().any(|it| !it.out && !is_item(it)) {
            return Possible::error();
        }
        let certain = self.items.iter().filter(|it| !it.out).count();
        let possible = self.items.iter().filter(|it| is_item(it)).count();
        let high = self.more.is_none().then(|| End::closed(Number::from(possible as i64)));
        let hull = Hull { low: Some(End::closed(Number::from(certain as i64))), high };
        Possible { values: Some(hull), na: false, error }
    }

    /// The outcomes of a function that skips 不适用: `hull` gives its values from the items that surely
    /// have one, those that may, and what further items may be.
    pub fn summarise_by(
        &self,
        if_empty: impl FnOnce() -> Possible<Hull>,
        hull: impl FnOnce(&[Hull], &[Hull], Option<&Hull>) -> Hull,
    ) -> Possible<Hull> {
        let error = self.items.iter().any(|it| it.value.error)
            || self.more.as_ref().is_some_and(|it| it.error);
        if self.items.iter().any(|it| !it.out && it.value.values.is_none() && !it.value.na) {
            return Possible::error();
        }
        let (mut certain, mut optional) = (vec![], vec![]);
        for item in &self.items {
            let side = if item.out || item.value.na { &mut optional } else { &mut certain };
            side.extend(item.value.values.clone());
        }
        let more = self.more.as_ref().and_then(|it| it.values.as_ref());
        let valued = !certain.is_empty() || !optional.is_empty() || more.is_some();
        let values = valued.then(|| hull(&certain, &optional, more));
        let skipped = self.items.iter().all(|it| it.out || it.value.na)
            && (self.items.iter().any(|it| it.value.na)
                || self.more.as_ref().is_some_and(|it| it.na));
        let result = Possible { values, na: skipped, error }.within_limit();
        let may_be_empty = self.items.iter().all(|it| it.out);
        if may_be_empty { result.union(&if_empty()) } else { result }
    }
}

impl Summary {
    fn mirrored(self) -> Summary {
        match self {
            Summary::Max => Summary::Min,
            Summary::Min => Summary::Max,
            Summary::Top(count) => Summary::Bottom(count),
            Summary::Bottom(count) => Summary::Top(count),
            it => it,
        }
    }
}

type Upper = Option<End>;

/// The upper end of a function, from the upper ends of the items that surely count, of those that may, and
/// of what may stand there any number of times. At least one item counts.
fn upper(
    summary: Summary,
    certain: Vec<Upper>,
    mut optional: Vec<Upper>,
    more: Option<Upper>,
) -> Upper {
    // Greatest first: with k of the optional items, the k greatest give the most.
    optional.sort_by(|a, b| compare_upper(b, a));
    match summary {
        Summary::Sum => upper_sum(certain, optional, more),
        Summary::Mean => upper_mean(certain, optional, more),
        Summary::Median => upper_median(certain, optional, more),
        Summary::Top(count) => upper_part(count, true, certain, optional, more),
        Summary::Bottom(count) => upper_part(count, false, certain, optional, more),
        Summary::Max => greatest(certain.into_iter().chain(optional).chain(more)),
        Summary::Min if certain.is_empty() => greatest(optional.into_iter().chain(more)),
        Summary::Min => certain.into_iter().min_by(compare_upper).expect("a certain item"),
    }
}

fn greatest(ends: impl Iterator<Item = Upper>) -> Upper {
    ends.max_by(compare_upper).expect("at least one item")
}

fn upper_sum(certain: Vec<Upper>, optional: Vec<Upper>, more: Option<Upper>) -> Upper {
    let adds = |end: &Upper| end.as_ref().is_none_or(|it| it.at.is_positive());
    if more.as_ref().is_some_and(adds) {
        return None;
    }
    let none_certain = certain.is_empty();
    let counted: Vec<Upper> =
        certain.into_iter().chain(optional.iter().filter(|it| adds(it)).cloned()).collect();
    if none_certain && counted.is_empty() {
        return greatest(optional.into_iter().chain(more));
    }
    counted.iter().try_fold(End::closed(Number::zero()), |sum, it| add_ends(&Some(sum), it))
}

fn upper_mean(certain: Vec<Upper>, optional: Vec<Upper>, more: Option<Upper>) -> Upper {
    let none_certain = certain.is_empty();
    let mut sum = Some(End::closed(Number::zero()));
    let mut candidates = vec![];
    for (count, end) in certain.iter().chain(&optional).enumerate() {
        sum = add_ends(&sum, end);
        if count + 1 >= certain.len() {
            candidates.push(sum.as_ref().map(|it| divide(it, count as i64 + 1)));
        }
    }
    // Enough further items bring the mean as near to theirs as one likes, but onto it only where they are alone.
    candidates
        .extend(more.map(|it| it.map(|end| End { closed: end.closed && none_certain, ..end })));
    greatest(candidates.into_iter())
}

fn upper_median(certain: Vec<Upper>, optional: Vec<Upper>, more: Option<Upper>) -> Upper {
    let mut sorted = certain;
    sorted.sort_by(compare_upper);
    let mut candidates = vec![];
    if !sorted.is_empty() {
        candidates.push(median(&sorted));
    }
    for end in optional {
        let at = sorted.partition_point(|it| compare_upper(it, &end) == Ordering::Less);
        sorted.insert(at, end);
        candidates.push(median(&sorted));
    }
    greatest(candidates.into_iter().chain(more))
}

/// The sum of the `count` greatest, or least, of the items. More further items than that add nothing.
fn upper_part(
    count: u32,
    greatest_of: bool,
    certain: Vec<Upper>,
    mut optional: Vec<Upper>,
    more: Option<Upper>,
) -> Upper {
    let count = count as usize;
    if let Some(more) = more {
        let at = optional.partition_point(|it| compare_upper(it, &more) == Ordering::Greater);
        optional.splice(at..at, std::iter::repeat_n(more, count));
    }
    let mut sorted = certain;
    sorted.sort_by(compare_upper);
    let part = |sorted: &[Upper]| -> Upper {
        let count = count.min(sorted.len());
        let part = if greatest_of { &sorted[sorted.len() - count..] } else { &sorted[..count] };
        part.iter().try_fold(End::closed(Number::zero()), |sum, it| add_ends(&Some(sum), it))
    };
    let mut candidates = vec![];
    if !sorted.is_empty() {
        candidates.push(part(&sorted));
    }
    for end in optional {
        let at = sorted.partition_point(|it| compare_upper(it, &end) == Ordering::Less);
        sorted.insert(at, end);
        candidates.push(part(&sorted));
    }
    greatest(candidates.into_iter())
}

fn median(sorted: &[Upper]) -> Upper {
    let (low, high) = (&sorted[(sorted.len() - 1) / 2], &sorted[sorted.len() / 2]);
    add_ends(low, high).map(|it| divide(&it, 2))
}

fn divide(end: &End, by: i64) -> End {
    let at = end.at.checked_div(&Number::from(by)).expect("a count of items is not 0");
    End { at, closed: end.closed }
}

/// One row of 占比（行 中 p）: what it may be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Voter {
    /// No row.
    pub out: bool,
    /// A row with p.
    pub yes: bool,
    /// A row without p; p 不适用 is no p.
    pub no: bool,
    /// An error.
    pub error: bool,
}

/// 占比（行 中 p）: the share of rows with p. `more` says that further rows may follow.
pub fn share(
    rows: &[Voter],
    more: Option<Voter>,
    if_empty: impl FnOnce() -> Possible<Hull>,
) -> Possible<Hull> {
    let error = rows.iter().chain(&more).any(|it| it.error);
    if rows.iter().any(|it| !it.out && !it.yes && !it.no) {
        return Possible::error();
    }
    let high = upper_share(rows, more);
    let swapped = |it: &Voter| Voter { yes: it.no, no: it.yes, ..*it };
    let low =
        upper_share(&rows.iter().map(swapped).collect::<Vec<_>>(), more.as_ref().map(swapped));
    let values = high.zip(low).map(|(high, low)| Hull {
        low: Some(End { at: Number::one().subtract(&low.at), closed: low.closed }),
        high: Some(high),
    });
    let result = Possible { values, na: false, error };
    if rows.iter().all(|it| it.out) { result.union(&if_empty()) } else { result }
}

/// The greatest share: a row with p wherever possible, else no row, else a row without p.
fn upper_share(rows: &[Voter], more: Option<Voter>) -> Option<End> {
    let with = rows.iter().filter(|it| it.yes).count() as i64;
    let without = rows.iter().filter(|it| !it.yes && !it.out).count() as i64;
    if more.is_some_and(|it| it.yes) {
        return Some(End { at: Number::one(), closed: without == 0 });
    }
    if let Some(at) = Number::from(with).checked_div(&Number::from(with + without)) {
        return Some(End::closed(at));
    }
    // No row is left: one must be taken, and none may have p.
    let any = rows.iter().chain(&more).any(|it| it.no);
    any.then(|| End::closed(Number::zero()))
}

impl Group {
    /// 占比（行 中 p 的 x）: the sum of `inside`, the items with p, over the sum of all of this list;
    /// `outside` are the items without p. An item that may be either is in both, and may be out of both.
    pub fn share_of_sums(
        &self,
        inside: &Group,
        outside: &Group,
        if_empty: impl FnOnce() -> Possible<Hull>,
    ) -> Possible<Hull> {
        let zero = || Possible::number(Number::zero());
        let (inside, outside) =
            (inside.summarise(Summary::Sum, zero), outside.summarise(Summary::Sum, zero));
        let outside =
            if outside.na || outside.values.is_none() { outside.union(&zero()) } else { outside };
        let total = self.summarise(Summary::Sum, Possible::nothing);
        let rest = outside.values.expect("a sum or 0");
        let shares = match &inside.values {
            Some(part) => total.and_then(|total| shares_of(part, &rest, total)),
            None => Possible { values: None, ..total },
        };
        // Where every item with p is 不适用, so is their sum, and what is divided by it.
        let shares = Possible { na: shares.na || inside.na, ..shares };
        if self.items.iter().all(|it| it.out) { shares.union(&if_empty()) } else { shares }
    }
}

/// a ÷ (a + b), where the sum lies in `total`; exact where nothing is negative.
fn shares_of(a: &Hull, b: &Hull, total: &Hull) -> Possible<Hull> {
    let zero = Number::zero();
    let negative = |it: &Hull| it.low.as_ref().is_none_or(|low| low.at.is_negative());
    if negative(a) || negative(b) {
        return a.divide(total);
    }
    let error = [a, b, total].iter().all(|it| it.contains(&zero));
    if total.single() == Some(&zero) {
        return Possible::error();
    }
    let high = upper_of_sums(&a.high, &b.low);
    // The part outside is the part inside seen from the other side.
    let outside = upper_of_sums(&b.high, &a.low);
    let low = End { at: Number::one().subtract(&outside.at), closed: outside.closed };
    Possible { values: Some(Hull { low: Some(low), high: Some(high) }), na: false, error }
}

/// The greatest a ÷ (a + b) for a up to one end and b from the other, both not negative and not both 0 for good.
fn upper_of_sums(a: &Option<End>, b: &Option<End>) -> End {
    let b = b.as_ref().expect("a sum of what is not negative has a lower end");
    match a {
        None => End { at: Number::one(), closed: b.at.is_zero() && b.closed },
        Some(a) if a.at.is_zero() => End::closed(Number::zero()),
        Some(a) => {
            let at = a.at.checked_div(&a.at.add(&b.at)).expect("a sum above 0");
            End { at, closed: b.closed && (a.closed || b.at.is_zero()) }
        }
    }
}

impl Possible<DateHull> {
    /// The days as numbers, so that extremes of days are extremes of numbers.
    pub fn to_numbers(&self) -> Possible<Hull> {
        self.map(|it| it.to_hull())
    }
}

impl Possible<Hull> {
    /// Numbers as days.
    pub fn to_dates(&self) -> Possible<DateHull> {
        self.map(Hull::to_days)
    }
}
