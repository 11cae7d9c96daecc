//! The members of a population with a value each (`semantics` §9.1): who is in, what is known, the extremes of the others.

use crate::ir::NodeId;
use crate::value::Column;
use crate::value::End;
use crate::value::Group;
use crate::value::Hull;
use crate::value::Item;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Whether a row is in the population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// For certain.
    In,
    /// Certainly not.
    Out,
    /// It is not known, or cannot be.
    Maybe,
}

/// Whether each row is in the population; without a rule, all are.
pub fn memberships(
    among: Option<NodeId>,
    columns: &BTreeMap<NodeId, Column>,
    rows: usize,
) -> Vec<Membership> {
    let Some(among) = among else { return vec![Membership::In; rows] };
    let column = &columns[&among];
    (0..rows)
        .map(|row| match truth_of(column, row) {
            Truth::TRUE => Membership::In,
            truth if truth.may(Truth::TRUE.union(Truth::ERROR)) => Membership::Maybe,
            _ => Membership::Out,
        })
        .collect()
}

/// A row of a column of truths.
pub fn truth_of(column: &Column, row: usize) -> Truth {
    match column.get(row) {
        Set::Truth(truth) => truth,
        set => {
            Possible { values: None, na: set.may_be_na(), error: set.may_be_error() }.into_truth()
        }
    }
}

/// A row of a column of numbers.
pub fn number_of(column: &Column, row: usize) -> Possible<Hull> {
    match column {
        Column::Number(it) => it.get(row),
        other => {
            let set = other.get(row);
            Possible { values: None, na: set.may_be_na(), error: set.may_be_error() }
        }
    }
}

/// The plain numbers of a column, if every row is one.
pub fn plain_numbers(column: &Column) -> Option<&NumberColumn> {
    match column {
        Column::Number(it) if it.special.is_empty() => Some(it),
        _ => None,
    }
}

/// A member's value as the extremes see it.
struct Valued {
    row: usize,
    hull: Hull,
    /// It surely counts.
    certain: bool,
}

/// The values that set the scale.
pub struct Scale {
    valued: Vec<Valued>,
}

/// A number, or an infinity on its side.
pub type Bound = Option<Number>;

/// The extremes that other rows give: of each, its bounds where the others lie as low, and as high, as they can.
/// An outer none: there may be no other row.
#[derive(Clone, Debug)]
pub struct Extremes {
    /// The lowest the least can be.
    pub low_min: Option<Bound>,
    /// The highest the least can be.
    pub low_max: Option<Bound>,
    /// The lowest the greatest can be.
    pub high_min: Option<Bound>,
    /// The highest the greatest can be.
    pub high_max: Option<Bound>,
}

impl Scale {
    /// The values of the members. With `reported` those that are not known are left out.
    pub fn new(column: &Column, members: &[Membership], reported: bool) -> Scale {
        let valued = (0..members.len()).filter(|row| members[*row] != Membership::Out);
        let valued = valued.filter_map(|row| {
            let set = number_of(column, row);
            let known = set.single().is_some();
            if reported && !known {
                return None;
            }
            let certain = members[row] == Membership::In && !set.na;
            // A value in error counts as one that is not known at all, so that a faulty file lifts nobody.
            let hull = match set.error {
                true => Hull::everything(),
                false => set.values?,
            };
            Some(Valued { row, hull, certain })
        });
        Scale { valued: valued.collect() }
    }

    /// The values as items of a list.
    pub fn group(&self) -> Group {
        let item =
            |it: &Valued| Item { out: !it.certain, value: Possible::values(it.hull.clone()) };
        Group { items: self.valued.iter().map(item).collect(), more: None }
    }

    /// The extremes of all rows but one, for every row.
    pub fn others(&self) -> Others<'_> {
        let mut low = TwoBest::default();
        let mut low_certain = TwoBest::default();
        let mut high = TwoBest::default();
        let mut high_certain = TwoBest::default();
        for it in &self.valued {
            let (below, above) = (bound(&it.hull, true), bound(&it.hull, false));
            low.offer(it.row, below.clone(), |a, b| lows(a, b).is_lt());
            high.offer(it.row, above.clone(), |a, b| highs(a, b).is_gt());
            if it.certain {
                low_certain.offer(it.row, above, |a, b| highs(a, b).is_lt());
                high_certain.offer(it.row, below, |a, b| lows(a, b).is_gt());
            }
        }
        Others { low, low_certain, high, high_certain, scale: self }
    }

    /// How far apart the least and the greatest value may lie; none where there may be no value.
    pub fn range(&self) -> Option<Hull> {
        let certain = || self.valued.iter().filter(|it| it.certain);
        let inner_low = certain().map(|it| bound(&it.hull, false)).min_by(highs)?;
        let inner_high = certain().map(|it| bound(&it.hull, true)).max_by(lows)?;
        let outer_low = self.valued.iter().map(|it| bound(&it.hull, true)).min_by(lows)?;
        let outer_high = self.valued.iter().map(|it| bound(&it.hull, false)).max_by(highs)?;
        let apart = |high: Bound, low: Bound| Some(high?.subtract(&low?));
        let least = apart(inner_high, inner_low).unwrap_or_else(Number::zero);
        Some(Hull {
            low: Some(End::closed(least.max(Number::zero()))),
            high: apart(outer_high, outer_low).map(End::closed),
        })
    }

    /// Whether all values may be one, and whether they surely are.
    pub fn same(&self) -> (bool, bool) {
        let certain = || self.valued.iter().filter(|it| it.certain);
        let highest_low = certain().map(|it| bound(&it.hull, true)).max_by(lows);
        let lowest_high = certain().map(|it| bound(&it.hull, false)).min_by(highs);
        let may = match (highest_low, lowest_high) {
            (Some(Some(low)), Some(Some(high))) => low <= high,
            _ => true,
        };
        let first = self.valued.first().and_then(|it| it.hull.single());
        let alike = first.is_some() && self.valued.iter().all(|it| it.hull.single() == first);
        // A value that no other is beside is the least and the greatest, whatever it is.
        (may, may && (alike || self.valued.len() == 1))
    }
}

/// The extremes of the others, for any row.
pub struct Others<'a> {
    scale: &'a Scale,
    low: TwoBest,
    low_certain: TwoBest,
    high: TwoBest,
    high_certain: TwoBest,
}

impl Others<'_> {
    /// What the rows beside this one give.
    pub fn than(&self, row: usize) -> Extremes {
        Extremes {
            low_min: self.low.without(row),
            low_max: self.low_certain.without(row),
            high_min: self.high_certain.without(row),
            high_max: self.high.without(row),
        }
    }

    /// Whether no value sets the scale.
    pub fn are_none(&self) -> bool {
        self.scale.valued.is_empty()
    }
}

/// The two best of many, with their rows.
#[derive(Default)]
struct TwoBest {
    first: Option<(usize, Bound)>,
    second: Option<Bound>,
}

impl TwoBest {
    fn offer(&mut self, row: usize, value: Bound, better: impl Fn(&Bound, &Bound) -> bool) {
        match &self.first {
            Some((_, first)) if !better(&value, first) => {
                if self.second.as_ref().is_none_or(|second| better(&value, second)) {
                    self.second = Some(value);
                }
            }
            _ => self.second = self.first.replace((row, value)).map(|it| it.1),
        }
    }

    fn without(&self, row: usize) -> Option<Bound> {
        match &self.first {
            Some((at, _)) if *at == row => self.second.clone(),
            first => first.as_ref().map(|it| it.1.clone()),
        }
    }
}

fn bound(hull: &Hull, low: bool) -> Bound {
    let end = if low { &hull.low } else { &hull.high };
    end.as_ref().map(|it| it.at.clone())
}

/// How two lower bounds stand: none is below every number.
fn lows(a: &Bound, b: &Bound) -> Ordering {
    a.cmp(b)
}

/// How two upper bounds stand: none is above every number.
fn highs(a: &Bound, b: &Bound) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Greater,
        (_, None) => Ordering::Less,
        (Some(a), Some(b)) => a.cmp(b),
    }
}
