//! The ends of what cases may have, as whole numbers in the same order: each is looked at once, and compared ever after at
//! no cost. What a case is compared for is not known here.

use crate::value::Column;
use crate::value::Hull;
use crate::value::Numbers;
use crate::value::Possible;
use std::cmp::Ordering;

/// An end of a hull: three times its place among all ends, and one above or below that for an open end, which lies beside
/// its number.
pub type Bound = i64;

/// Below every number.
const BELOW: Bound = -ABOVE;
/// Above every number.
const ABOVE: Bound = Bound::MAX / 2;

/// The number of an end, without its openness.
pub fn bare(bound: Bound) -> Bound {
    match bound {
        BELOW | ABOVE => bound,
        _ => (bound + 1).div_euclid(3) * 3,
    }
}

/// The two ends of a hull.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The least it may be.
    pub low: Bound,
    /// The most it may be.
    pub high: Bound,
    /// It can be one number only.
    pub is_point: bool,
}

impl Ends {
    /// Anything at all.
    const EVERYTHING: Ends = Ends { low: BELOW, high: ABOVE, is_point: false };

    /// The same where less is better.
    fn turned(self) -> Ends {
        Ends { low: -self.high, high: -self.low, ..self }
    }
}

/// Where the value of a row is to be found.
#[derive(Clone)]
pub enum Place {
    /// In this row of its column: one plain number.
    Row(usize),
    /// Here.
    Hull(Hull),
    /// It may be any number.
    Anything,
}

impl Place {
    /// What a row of a column holds, and whether it may be 不适用 and 错误 as well; none where it is no number.
    pub fn of(column: &Column, row: usize) -> Possible<Place> {
        match column {
            Column::Number(it) => match it.special.get(row as u32) {
                Some(set) => set.map(|hull| Place::Hull(hull.clone())),
                None => Possible::values(Place::Row(row)),
            },
            other => {
                let set = other.get(row);
                Possible { values: None, na: set.may_be_na(), error: set.may_be_error() }
            }
        }
    }
}

/// The ends of the value of every row that has a place in the column; `turned` where less is better.
pub fn ends(column: &Column, places: &[Option<Place>], turned: bool) -> Vec<Option<Ends>> {
    let mut numbers = Numbers::default();
    for place in places.iter().flatten() {
        match (place, column) {
            (Place::Row(row), Column::Number(it)) => numbers.push_from(&it.values, *row),
            (Place::Hull(hull), _) => {
                hull.low.iter().chain(&hull.high).for_each(|it| numbers.push(it.at.clone()));
            }
            _ => {}
        }
    }
    let mut ranked = in_order(&numbers).into_iter();
    let mut next = || 3 * ranked.next().expect("every end was ranked");
    let mut of = |place: &Place| match place {
        Place::Row(_) => {
            let at = next();
            Ends { low: at, high: at, is_point: true }
        }
        Place::Hull(hull) => {
            let low = hull.low.as_ref().map_or(BELOW, |it| next() + i64::from(!it.closed));
            let high = hull.high.as_ref().map_or(ABOVE, |it| next() - i64::from(!it.closed));
            Ends { low, high, is_point: hull.single().is_some() }
        }
        Place::Anything => Ends::EVERYTHING,
    };
    let ends = places.iter().map(|it| it.as_ref().map(&mut of));
    ends.map(|it| it.map(|it| if turned { it.turned() } else { it })).collect()
}

/// The place of each number among them all, from the least on; equal numbers have one.
fn in_order(numbers: &Numbers) -> Vec<i64> {
    let order = numbers.order();
    let mut rows: Vec<usize> = (0..numbers.len()).collect();
    rows.sort_unstable_by(|a, b| order(*a, *b));
    let (mut places, mut place) = (vec![0; rows.len()], 0);
    for (at, row) in rows.iter().enumerate() {
        if at > 0 && order(rows[at - 1], *row) != Ordering::Equal {
            place += 1;
        }
        places[*row] = place;
    }
    places
}
