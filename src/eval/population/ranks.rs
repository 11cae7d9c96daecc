//! Ranks (`semantics` §9.3): where each case stands among the others, as far as their values are known. Who is selected is in `selection`.

use crate::eval::population::counts::Keys;
use crate::eval::population::counts::Standing;
use crate::eval::population::ends::Bound;
use crate::eval::population::ends::Ends;
use crate::eval::population::ends::Place;
use crate::eval::population::ends::bare;
use crate::eval::population::ends::ends;
use crate::eval::population::known;
use crate::eval::population::members;
use crate::eval::population::members::Membership;
use crate::eval::population::pairs::Pairs;
use crate::eval::population::several::Several;
use crate::ir::NodeId;
use crate::ir::Ranking;
use crate::ir::Ties;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The rank of every row.
pub fn ranks(it: &Ranking, columns: &BTreeMap<NodeId, Column>) -> Column {
    if let Some(column) = known::ranks(it, columns) {
        return column;
    }
    let field = Field::new(it, columns);
    let mut column = ColumnBuilder::new(Kind::Number);
    for row in 0..field.rows.len() {
        column.push(Set::Number(field.rank(row)));
    }
    column.finish()
}

/// A case that is, or may be, ranked. More is better here: from low to high the values are turned.
pub struct Rival {
    /// What it is ranked by.
    value: Ends,
    /// What settles a tie.
    then: Option<Ends>,
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
    fn settled(&self) -> Option<Bound> {
        (self.certain && self.value.is_point).then_some(self.value.low)
    }
}

impl Rival {
    /// What it is counted by.
    pub fn keys(&self) -> Keys {
        Keys::new(self.value, self.then)
    }
}

/// All that are ranked together.
pub struct Field {
    /// One for each row that may be ranked.
    pub rows: Vec<Option<Rival>>,
    ties: Ties,
    then_by: bool,
    /// Where undecided extremes make all scores move together.
    pub pairs: Option<Pairs>,
    /// Of those that are surely ranked: the least they can be, ascending.
    lows: Vec<Bound>,
    /// Of all: the most they can be, ascending.
    highs: Vec<Bound>,
    /// How many points pierce the hulls that begin at or above each of these, descending.
    pierced: Vec<(Bound, usize)>,
    /// Those with one value for certain, by it.
    equals: BTreeMap<Bound, Vec<usize>>,
    /// All of them.
    everyone: Several,
    /// Of dense ranks: the different places of all that are settled, ascending.
    places: Vec<(Bound, Option<Bound>)>,
    /// Of dense ranks: how many more than one have a value, all above it counted too, descending by value.
    repeated: Vec<(Bound, usize)>,
    /// Of dense ranks where pairs are compared: for each row the first that is surely equal to it.
    first_equal: Vec<usize>,
}

impl Field {
    /// The field of a ranking.
    pub fn new(it: &Ranking, columns: &BTreeMap<NodeId, Column>) -> Field {
        let of = &columns[&it.of];
        let members = members::memberships(it.among, columns, of.len());
        let sets: Vec<Possible<Place>> = (0..of.len()).map(|row| Place::of(of, row)).collect();
        let broken = |set: &Possible<Place>| set.values.is_none() && set.error;
        let in_it = |row: &usize| members[*row] != Membership::Out;
        // A value in error may turn out to be anything.
        let places = sets.iter().enumerate().map(|(row, set)| match &set.values {
            _ if !in_it(&row) => None,
            _ if set.error => Some(Place::Anything),
            values => values.clone(),
        });
        let values = ends(of, &places.collect::<Vec<_>>(), it.ascending);
        let thens = it.then_by.map(|id| {
            let place = |row: usize| {
                let set = Place::of(&columns[&id], row);
                Some(set.values.filter(|_| !set.na && !set.error).unwrap_or(Place::Anything))
            };
            ends(&columns[&id], &(0..of.len()).map(place).collect::<Vec<_>>(), it.ascending)
        });
        let rival = |row: usize| {
            let set = &sets[row];
            Some(Rival {
                value: values[row]?,
                then: thens.as_ref().and_then(|it| it[row]),
                certain: members[row] == Membership::In && !set.na && !set.error,
                na: set.na || members[row] == Membership::Maybe,
                error: set.error,
                broken: broken(set),
            })
        };
        let rows: Vec<Option<Rival>> = (0..of.len()).map(rival).collect();
        let pairs = Pairs::new(it, columns);
        let mut field = Field::of(rows, it.ties, it.then_by.is_some(), pairs);
        if field.pairs.is_some() && it.ties == Ties::Dense {
            field.first_equal = (0..field.rows.len()).map(|row| field.first_equal(row)).collect();
        }
        field
    }

    fn of(rows: Vec<Option<Rival>>, ties: Ties, then_by: bool, pairs: Option<Pairs>) -> Field {
        let certain = || rows.iter().flatten().filter(|it| it.certain);
        let mut lows: Vec<Bound> = certain().map(|it| it.value.low).collect();
        let mut highs: Vec<Bound> = rows.iter().flatten().map(|it| it.value.high).collect();
        let mut hulls: Vec<(Bound, Bound)> =
            certain().map(|it| (it.value.low, it.value.high)).collect();
        hulls.sort_by(|a, b| b.cmp(a));
        let (mut pierced, mut point, mut count) = (vec![], None, 0);
        for (low, high) in hulls {
            if point.as_ref().is_none_or(|point| high < *point) {
                count += 1;
                point = Some(low);
            }
            pierced.push((low, count));
        }
        lows.sort();
        highs.sort();
        let mut equals: BTreeMap<Bound, Vec<usize>> = BTreeMap::new();
        for (row, rival) in rows.iter().enumerate() {
            if let Some(value) = rival.as_ref().and_then(Rival::settled) {
                equals.entry(value).or_default().push(row);
            }
        }
        let mut places: Vec<_> = match ties {
            Ties::Dense => rows.iter().flatten().map(place).collect(),
            _ => vec![],
        };
        places.sort_unstable();
        places.dedup();
        let repeated = equals.iter().rev().scan(0, |sum, (value, class)| {
            *sum += class.len() - 1;
            Some((*value, *sum))
        });
        let repeated = repeated.collect();
        let everyone = Several::default();
        let mut field = Field {
            rows,
            ties,
            then_by,
            pairs,
            lows,
            highs,
            pierced,
            equals,
            everyone,
            places,
            repeated,
            first_equal: vec![],
        };
        field.everyone = field.several(0..field.rows.len());
        field
    }

    /// How many surely have a rank, and how many may.
    pub fn size(&self) -> (usize, usize) {
        let may = self.rows.iter().flatten().filter(|it| !it.broken).count();
        (self.lows.len(), may)
    }

    /// Whether everybody's place can be told but for ties.
    pub fn is_settled(&self) -> bool {
        let tie = |it: &Rival| it.then.as_ref().is_none_or(|it| it.is_point);
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
        let class = self.equals.get(&own.settled()?)?;
        let then = own.then.as_ref()?;
        let others = || class.iter().filter(|it| **it != row);
        let of = |it: &usize| self.rival(*it).and_then(|it| it.then.as_ref());
        let sure = others().filter_map(of).filter(|it| it.low > then.high).count();
        let may = others().filter_map(of).filter(|it| bare(it.high) > bare(then.low)).count();
        Some((sure, may, class.len()))
    }

    /// How many are surely above a row, and how many may be.
    pub fn before(&self, row: usize) -> (usize, usize) {
        let Some(own) = self.rival(row) else { return (0, 0) };
        if self.pairs.is_some() {
            return self.counted(row, |it| (it.surely_before, it.may_be_before));
        }
        let (low, high) = (own.value.low, own.value.high);
        let mut sure = Self::above(&self.lows, &high);
        let mut may = Self::above(&self.highs, &bare(low));
        may -= usize::from(bare(high) > bare(low));
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
        let (low, high) = (own.value.low, own.value.high);
        if let Some((_, _, class)) = self.before_by_tie(row) {
            let then = own.then.as_ref().expect("a tie is settled by it");
            let value = own.settled().expect("a tie is of one value");
            let others = self.equals[&value].iter().filter(|it| **it != row);
            let of = |it: &usize| self.rival(*it).and_then(|it| it.then.as_ref());
            let hulls: Vec<&Ends> = others.filter_map(of).collect();
            let sure = hulls.iter().filter(|it| it.low >= then.high).count();
            let may = hulls.iter().filter(|it| it.high >= then.low).count();
            let above = Self::above(&self.lows, &high);
            return (above + sure, Self::from(&self.highs, &bare(low)) - class + may);
        }
        let own_counts = own.certain && own.value.is_point;
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
            surely_before: a.value.low > b.value.high,
            may_be_before: bare(a.value.high) > bare(b.value.low),
            surely_reaches: a.value.low >= b.value.high,
            may_reach: bare(a.value.high) >= bare(b.value.low),
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
                    surely_before: x.low > y.high,
                    may_be_before: bare(x.high) > bare(y.low),
                    surely_reaches: x.low >= y.high,
                    may_reach: x.high >= y.low,
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

    /// Whether another may be equal to a row in all that counts: it may reach the row and does not surely go before it.
    pub fn may_be_equal(&self, row: usize) -> bool {
        let counts = self.counts(&self.everyone, row);
        counts.may_reach > counts.surely_before
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
            let places = &self.places;
            let at = places.len() - places.partition_point(|it| *it <= place(own));
            let rank = Number::from(1 + at as i64);
            return (rank.clone(), rank);
        }
        let high = own.value.high;
        let sure = self.pierced.partition_point(|it| it.0 > high);
        let sure = if sure == 0 { 0 } else { self.pierced[sure - 1].1 };
        let (before, may) = self.before(row);
        let sure = sure.max(usize::from(before > 0));
        if self.pairs.is_some() {
            let may = self.may_be_before(row);
            return (Number::from(1 + sure as i64), Number::from(1 + may as i64));
        }
        let low = bare(own.value.low);
        let above = self.repeated.partition_point(|it| it.0 > low);
        let repeated = match above {
            0 => 0,
            _ if self.then_by => 0,
            _ => self.repeated[above - 1].1,
        };
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
    (it.value.low, it.then.map(|it| it.low))
}
