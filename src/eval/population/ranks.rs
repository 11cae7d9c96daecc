//! Ranks (`semantics` §9.3): where each case stands among the others, as far as their values are known. Who is selected is in `selection`.

use crate::eval::population::members;
use crate::eval::population::members::Membership;
use crate::eval::population::pairs::Pairs;
use crate::ir::NodeId;
use crate::ir::Ranking;
use crate::ir::Ties;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::End;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The rank of every row.
pub fn ranks(it: &Ranking, columns: &BTreeMap<NodeId, Column>) -> Column {
    let field = Field::new(it, columns);
    let mut column = ColumnBuilder::new(Kind::Number);
    for row in 0..field.rows.len() {
        column.push(Set::Number(field.rank(row)));
    }
    column.finish()
}

/// An end of a hull, comparable: an open end lies beside its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bound {
    Below,
    At(Number, i8),
    Above,
}

fn low_of(hull: &Hull) -> Bound {
    let at = |it: &End| Bound::At(it.at.clone(), i8::from(!it.closed));
    hull.low.as_ref().map_or(Bound::Below, at)
}

fn high_of(hull: &Hull) -> Bound {
    let at = |it: &End| Bound::At(it.at.clone(), -i8::from(!it.closed));
    hull.high.as_ref().map_or(Bound::Above, at)
}

/// The number of an end, without its openness.
fn bare(bound: Bound) -> Bound {
    match bound {
        Bound::At(number, _) => Bound::At(number, 0),
        other => other,
    }
}

/// A case that is, or may be, ranked. More is better here: from low to high the values are turned.
pub struct Rival {
    /// What it is ranked by.
    pub hull: Hull,
    /// What settles a tie.
    then: Option<Hull>,
    /// It is surely ranked, with a value.
    pub certain: bool,
    /// It may be unranked.
    na: bool,
    /// Its value may be an error.
    pub error: bool,
    /// Its value is nothing but an error.
    pub broken: bool,
}

impl Rival {
    fn settled(&self) -> Option<&Number> {
        self.hull.single().filter(|_| self.certain)
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

/// All that are ranked together.
pub struct Field {
    /// One for each row that may be ranked.
    pub rows: Vec<Option<Rival>>,
    ties: Ties,
    then_by: bool,
    /// Where undecided extremes make all scores move together.
    pairs: Option<Pairs>,
    /// Of those that are surely ranked: the least they can be, ascending.
    lows: Vec<Bound>,
    /// Of all: the most they can be, ascending.
    highs: Vec<Bound>,
    /// How many points pierce the hulls that begin at or above each of these, descending.
    pierced: Vec<(Bound, usize)>,
    /// Those with one value for certain, by it.
    equals: BTreeMap<Number, Vec<usize>>,
    /// Of dense ranks where pairs are compared: for each row the first that is surely equal to it.
    first_equal: Vec<usize>,
}

impl Field {
    /// The field of a ranking.
    pub fn new(it: &Ranking, columns: &BTreeMap<NodeId, Column>) -> Field {
        let of = &columns[&it.of];
        let members = members::memberships(it.among, columns, of.len());
        let turned = |hull: &Hull| if it.ascending { hull.negate() } else { hull.clone() };
        let then = |row: usize| {
            let set = members::number_of(&columns[&it.then_by?], row);
            let open = set.na || set.error;
            Some(set.values.filter(|_| !open).map_or_else(Hull::everything, |it| turned(&it)))
        };
        let rival = |(row, member): (usize, &Membership)| {
            let set = members::number_of(of, row);
            let broken = set.values.is_none() && set.error;
            if *member == Membership::Out || set.values.is_none() && !broken {
                return None;
            }
            let certain = *member == Membership::In && !set.na && !set.error;
            Some(Rival {
                // A value in error may turn out to be anything.
                hull: match (&set.values, set.error) {
                    (Some(hull), false) => turned(hull),
                    _ => Hull::everything(),
                },
                then: then(row),
                certain,
                na: set.na || *member == Membership::Maybe,
                error: set.error,
                broken,
            })
        };
        let rows: Vec<Option<Rival>> = members.iter().enumerate().map(rival).collect();
        let pairs = Pairs::new(it, columns);
        let mut field = Field::of(rows, it.ties, it.then_by.is_some(), pairs);
        if field.pairs.is_some() && it.ties == Ties::Dense {
            field.first_equal = (0..field.rows.len()).map(|row| field.first_equal(row)).collect();
        }
        field
    }

    fn of(rows: Vec<Option<Rival>>, ties: Ties, then_by: bool, pairs: Option<Pairs>) -> Field {
        let certain = || rows.iter().flatten().filter(|it| it.certain);
        let mut lows: Vec<Bound> = certain().map(|it| low_of(&it.hull)).collect();
        let mut highs: Vec<Bound> = rows.iter().flatten().map(|it| high_of(&it.hull)).collect();
        let mut hulls: Vec<(Bound, Bound)> =
            certain().map(|it| (low_of(&it.hull), high_of(&it.hull))).collect();
        hulls.sort_by(|a, b| b.cmp(a));
        let (mut pierced, mut point, mut count) = (vec![], None, 0);
        for (low, high) in hulls {
            if point.as_ref().is_none_or(|point| high < *point) {
                count += 1;
                point = Some(low.clone());
            }
            pierced.push((low, count));
        }
        lows.sort();
        highs.sort();
        let mut equals: BTreeMap<Number, Vec<usize>> = BTreeMap::new();
        for (row, rival) in rows.iter().enumerate() {
            if let Some(value) = rival.as_ref().and_then(Rival::settled) {
                equals.entry(value.clone()).or_default().push(row);
            }
        }
        Field { rows, ties, then_by, pairs, lows, highs, pierced, equals, first_equal: vec![] }
    }

    /// How many surely have a rank, and how many may.
    pub fn size(&self) -> (usize, usize) {
        let may = self.rows.iter().flatten().filter(|it| !it.broken).count();
        (self.lows.len(), may)
    }

    /// Whether everybody's place can be told but for ties.
    pub fn is_settled(&self) -> bool {
        let tie = |it: &Rival| it.then.as_ref().is_none_or(|it| it.single().is_some());
        self.rows.iter().flatten().all(|it| it.settled().is_some() && tie(it))
    }

    fn rival(&self, row: usize) -> Option<&Rival> {
        self.rows[row].as_ref()
    }

    fn above(list: &[Bound], bound: &Bound) -> usize {
        list.len() - list.partition_point(|it| it <= bound)
    }

    fn from(list: &[Bound], bound: &Bound) -> usize {
        list.len() - list.partition_point(|it| it < bound)
    }

    /// Rivals of one settled value that surely, and that may, go before a row by what settles ties.
    fn before_by_tie(&self, row: usize) -> Option<(usize, usize, usize)> {
        let own = self.rival(row)?;
        let class = self.equals.get(own.settled()?)?;
        let then = own.then.as_ref()?;
        let others = || class.iter().filter(|it| **it != row);
        let of = |it: &usize| self.rival(*it).and_then(|it| it.then.as_ref());
        let sure = others().filter_map(of).filter(|it| low_of(it) > high_of(then)).count();
        let may =
            others().filter_map(of).filter(|it| bare(high_of(it)) > bare(low_of(then))).count();
        Some((sure, may, class.len()))
    }

    /// How many are surely above a row, and how many may be.
    pub fn before(&self, row: usize) -> (usize, usize) {
        let Some(own) = self.rival(row) else { return (0, 0) };
        if self.pairs.is_some() {
            return self.counted(row, |it| (it.surely_before, it.may_be_before));
        }
        let (low, high) = (low_of(&own.hull), high_of(&own.hull));
        let mut sure = Self::above(&self.lows, &high);
        let mut may = Self::above(&self.highs, &bare(low.clone()));
        may -= usize::from(bare(high.clone()) > bare(low.clone()));
        if self.then_by {
            // Whoever can be equal can go before.
            may = Self::from(&self.highs, &bare(low)) - 1;
            if let Some((surely, possibly, class)) = self.before_by_tie(row) {
                sure += surely;
                may = may + 1 - class + possibly;
            }
        }
        (sure, may)
    }

    /// How many others surely, and how many may, reach a row: stand above it or beside it.
    pub fn beside(&self, row: usize) -> (usize, usize) {
        let Some(own) = self.rival(row) else { return (0, 0) };
        if self.pairs.is_some() {
            return self.counted(row, |it| (it.surely_reaches, it.may_reach));
        }
        let (low, high) = (low_of(&own.hull), high_of(&own.hull));
        if let Some((_, _, class)) = self.before_by_tie(row) {
            let then = own.then.as_ref().expect("a tie is settled by it");
            let value = own.settled().expect("a tie is of one value");
            let others = self.equals[value].iter().filter(|it| **it != row);
            let of = |it: &usize| self.rival(*it).and_then(|it| it.then.as_ref());
            let hulls: Vec<&Hull> = others.filter_map(of).collect();
            let sure = hulls.iter().filter(|it| low_of(it) >= high_of(then)).count();
            let may = hulls.iter().filter(|it| high_of(it) >= low_of(then)).count();
            let above = Self::above(&self.lows, &high);
            return (above + sure, Self::from(&self.highs, &bare(low)) - class + may);
        }
        let own_counts = own.certain && own.hull.single().is_some();
        let sure = match self.then_by {
            // What settles ties may put it before all that are only equal.
            true => Self::above(&self.lows, &high),
            false => Self::from(&self.lows, &high) - usize::from(own_counts),
        };
        (sure, Self::from(&self.highs, &bare(low)) - 1)
    }

    /// How many others surely, and how many may, stand so to a row.
    fn counted(&self, row: usize, of: impl Fn(Standing) -> (bool, bool)) -> (usize, usize) {
        let others = (0..self.rows.len()).filter(|it| *it != row);
        let each = others.filter_map(|other| self.between(other, row)).map(of);
        each.fold((0, 0), |(sure, may), it| (sure + usize::from(it.0), may + usize::from(it.1)))
    }

    /// How the first of two rows stands to the second; none where one is surely not ranked.
    pub fn between(&self, first: usize, second: usize) -> Option<Standing> {
        let (a, b) = (self.rival(first)?, self.rival(second)?);
        let mut by = Standing {
            surely_before: low_of(&a.hull) > high_of(&b.hull),
            may_be_before: bare(high_of(&a.hull)) > bare(low_of(&b.hull)),
            surely_reaches: low_of(&a.hull) >= high_of(&b.hull),
            may_reach: bare(high_of(&a.hull)) >= bare(low_of(&b.hull)),
        };
        if let Some(pairs) = self.pairs.as_ref().filter(|_| !a.error && !b.error) {
            let pair = pairs.between(first, second);
            by.surely_before |= pair.surely_before;
            by.may_be_before &= pair.may_be_before;
            by.surely_reaches |= pair.surely_reaches;
            by.may_reach &= pair.may_reach;
        }
        if let (Some(x), Some(y)) = (&a.then, &b.then) {
            by = match by.surely_reaches && !by.may_be_before {
                // They are equal: what settles ties tells them apart.
                true => Standing {
                    surely_before: low_of(x) > high_of(y),
                    may_be_before: bare(high_of(x)) > bare(low_of(y)),
                    surely_reaches: low_of(x) >= high_of(y),
                    may_reach: high_of(x) >= low_of(y),
                },
                false => {
                    Standing { may_be_before: by.may_reach, surely_reaches: by.surely_before, ..by }
                }
            };
        }
        by.surely_before &= a.certain;
        by.surely_reaches &= a.certain;
        Some(by)
    }

    /// Whether another may be equal to a row in all that counts.
    pub fn may_be_equal(&self, row: usize) -> bool {
        let others = (0..self.rows.len()).filter(|it| *it != row);
        others
            .filter_map(|other| self.between(other, row))
            .any(|by| by.may_reach && !by.surely_before)
    }

    fn rank(&self, row: usize) -> Possible<Hull> {
        let Some(own) = self.rival(row) else { return Possible::not_applicable() };
        if own.broken {
            return Possible { values: None, na: own.na, error: true };
        }
        let (best, worst) = match self.ties {
            Ties::Competition => {
                let (sure, may) = self.before(row);
                (Number::from(1 + sure as i64), Number::from(1 + may as i64))
            }
            Ties::Dense => self.dense(row, own),
            Ties::Mean => self.mean(row),
        };
        Possible { values: Some(Hull::between(best, worst)), na: own.na, error: own.error }
    }

    /// 并列连续: different values above, and not rivals, are counted.
    fn dense(&self, row: usize, own: &Rival) -> (Number, Number) {
        if self.is_settled() {
            let mut values: Vec<_> = self.rows.iter().flatten().map(place).collect();
            values.sort();
            values.dedup();
            let at = values.len() - values.partition_point(|it| *it <= place(own));
            let rank = Number::from(1 + at as i64);
            return (rank.clone(), rank);
        }
        let high = high_of(&own.hull);
        let sure = self.pierced.partition_point(|it| it.0 > high);
        let sure = if sure == 0 { 0 } else { self.pierced[sure - 1].1 };
        let (before, may) = self.before(row);
        let sure = sure.max(usize::from(before > 0));
        if self.pairs.is_some() {
            let may = self.may_be_before(row);
            return (Number::from(1 + sure as i64), Number::from(1 + may as i64));
        }
        let low = bare(low_of(&own.hull));
        let repeated = |(value, class): (&Number, &Vec<usize>)| {
            let above = Bound::At(value.clone(), 0) > low;
            if above && !self.then_by { class.len() - 1 } else { 0 }
        };
        let repeated: usize = self.equals.iter().map(repeated).sum();
        (Number::from(1 + sure as i64), Number::from(1 + (may - repeated.min(may)) as i64))
    }

    fn first_equal(&self, row: usize) -> usize {
        let equal = |other: &usize| {
            let both = self.between(*other, row).zip(self.between(row, *other));
            both.is_some_and(|(a, b)| a.surely_reaches && b.surely_reaches)
        };
        (0..row).find(equal).unwrap_or(row)
    }

    /// How many rivals may go before a row, those that are surely equal counted once.
    fn may_be_before(&self, row: usize) -> usize {
        let before = |other: &usize| {
            *other != row && self.between(*other, row).is_some_and(|it| it.may_be_before)
        };
        let all = (0..self.rows.len()).filter(before).map(|it| self.first_equal[it]);
        all.collect::<BTreeSet<usize>>().len()
    }

    /// 平均名次: half a place for each that is equal.
    fn mean(&self, row: usize) -> (Number, Number) {
        let (sure, may) = self.before(row);
        let (surely_beside, may_beside) = self.beside(row);
        let half = |above: usize, reach: usize| {
            let twice = 2 + 2 * above + reach.saturating_sub(above);
            Number::fraction(twice as i128, 2).unwrap_or_else(Number::one)
        };
        (half(sure, surely_beside), half(may, may_beside))
    }
}

/// What a settled case is placed by.
fn place(it: &Rival) -> (Bound, Option<Bound>) {
    (low_of(&it.hull), it.then.as_ref().map(low_of))
}
