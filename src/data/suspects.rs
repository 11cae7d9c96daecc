//! Numbers that look a hundred, a thousand or ten thousand times too large or too small beside the other rows, or beside the year before. It suspects, and corrects nothing.

use crate::value::Column;
use crate::value::Number;
use crate::value::Numbers;
use crate::value::Unit;
use crate::value::UnitKind;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Fewer numbers than this tell nothing about each other.
const FEWEST: usize = 8;
/// What lies so many times beyond the middle half of a column is looked at.
const BEYOND: i128 = 100;
/// What a slip of the unit multiplies with: 元 for 千元, 元 for 万元, a percent for a fraction.
const SLIPS: [i128; 3] = [1000, 10_000, 100];
/// How far from the middle half a value may lie, once set right, to be taken for one of its kind.
const KIN: i128 = 3;

/// How far a value of one case may have moved within a year, the slip apart.
const MOVED: i128 = 2;
/// A count below this may well be a hundred times as large a year later.
const SMALL_COUNT: i64 = 10;

/// What a value may have been multiplied with by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// How many times too large it may be; the other way round where `small`.
    pub times: u32,
    /// It is too small.
    pub small: bool,
}

/// The values of a column in one scale, without what is not known: a column that mixes fractions has none.
fn plain(column: &Column) -> Option<(&[i64], u32, Vec<bool>)> {
    let Column::Number(numbers) = column else { return None };
    let Numbers::Scaled { mantissas, scale } = &numbers.values else { return None };
    let mut plain = vec![true; mantissas.len()];
    numbers.special.iter().for_each(|(row, _)| plain[row as usize] = false);
    Some((mantissas, *scale, plain))
}

/// The rows whose values, a hundred or more times beyond the middle half of the column, would lie near it if their
/// unit were another.
pub(crate) fn beside_others(column: &Column) -> Vec<(u32, Slip)> {
    let Some((mantissas, _, plain)) = plain(column) else { return vec![] };
    let known = || mantissas.iter().zip(&plain).filter(|(value, plain)| **plain && **value > 0);
    let mut sorted: Vec<i64> = known().map(|(value, _)| *value).collect();
    if sorted.len() < FEWEST {
        return vec![];
    }
    let (quarter, last) = (sorted.len() / 4, sorted.len() - 1 - sorted.len() / 4);
    let low = i128::from(*sorted.select_nth_unstable(quarter).1);
    let high = i128::from(*sorted.select_nth_unstable(last).1);
    let near = |value: i128| value * KIN >= low && value <= high * KIN;
    let judge = |value: i128| {
        let (large, small) = (value > high * BEYOND, value * BEYOND < low);
        if !large && !small {
            return None;
        }
        // Multiplied on both sides, so that nothing is rounded.
        let set_right = |slip: &i128| match large {
            true => value * KIN >= low * slip && value <= high * KIN * slip,
            false => near(value * slip),
        };
        SLIPS.iter().find(|it| set_right(it)).map(|slip| Slip { times: *slip as u32, small })
    };
    let rows = (0u32..).zip(mantissas).zip(&plain);
    rows.filter(|((_, value), plain)| **plain && **value > 0)
        .filter_map(|((row, value), _)| Some((row, judge(i128::from(*value))?)))
        .collect()
}

/// The rows whose values are a slip away from that of an earlier row of the same case; `earlier` names it.
/// A row that only comes back from a slip is none, nor is what `odd` holds, which is suspected already.
pub(crate) fn beside_earlier(
    column: &Column,
    earlier: &BTreeMap<u32, u32>,
    unit: &Unit,
    odd: &BTreeSet<u32>,
) -> Vec<(u32, Slip)> {
    let Some((mantissas, scale, plain)) = plain(column) else { return vec![] };
    let least = Number::from(SMALL_COUNT).multiply(&unit.factor);
    let slip = |row: u32| {
        let before = *earlier.get(&row)?;
        let known = |row: u32| plain[row as usize] && mantissas[row as usize] > 0;
        if !known(row) || !known(before) {
            return None;
        }
        let (now, then) = (mantissas[row as usize], mantissas[before as usize]);
        let (low, high) = (i128::from(now.min(then)), i128::from(now.max(then)));
        let apart = |it: &&i128| high * MOVED >= low * **it && high <= low * **it * MOVED;
        let times = *SLIPS.iter().find(apart)?;
        let counts = || Number::scaled(low, scale) < least;
        let small_count = unit.kind == UnitKind::Count && counts();
        (!small_count).then_some(Slip { times: times as u32, small: now < then })
    };
    let comes_back = |row: &u32, it: Slip| {
        let before = earlier[row];
        odd.contains(&before) || slip(before).is_some_and(|other| other.small != it.small)
    };
    let rows = earlier.keys().filter(|it| !odd.contains(it));
    rows.filter_map(|row| {
        let slip = slip(*row)?;
        (!comes_back(row, slip)).then_some((*row, slip))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::Slip;
    use super::beside_earlier;
    use super::beside_others;
    use crate::value::Column;
    use crate::value::NumberColumn;
    use crate::value::Numbers;
    use crate::value::Sparse;
    use crate::value::units;
    use std::collections::BTreeMap;
    use std::collections::BTreeSet;

    fn column(mantissas: &[i64]) -> Column {
        let values = Numbers::Scaled { scale: 0, mantissas: mantissas.to_vec() };
        Column::Number(NumberColumn { values, special: Sparse::default() })
    }

    fn shown(found: Vec<(u32, Slip)>) -> Vec<(u32, u32, bool)> {
        found.into_iter().map(|(row, Slip { times, small })| (row, times, small)).collect()
    }

    fn found(mantissas: &[i64]) -> Vec<(u32, u32, bool)> {
        shown(beside_others(&column(mantissas)))
    }

    /// The years of one case, each beside the one before.
    fn yearly(mantissas: &[i64], unit: &str) -> Vec<(u32, u32, bool)> {
        let unit = units::parse_unit(unit).unwrap();
        let earlier: BTreeMap<u32, u32> =
            (1..mantissas.len() as u32).map(|it| (it, it - 1)).collect();
        shown(beside_earlier(&column(mantissas), &earlier, &unit, &BTreeSet::new()))
    }

    #[test]
    fn a_slip_of_the_unit_stands_out() {
        let sound = [900, 1000, 1100, 1200, 1300, 1400, 1500, 1600];
        assert_eq!(found(&sound), []);
        assert_eq!(found(&[&sound[..], &[1_200_000]].concat()), [(8, 1000, false)]);
        assert_eq!(found(&[&sound[..], &[13_000_000]].concat()), [(8, 10_000, false)]);
        assert_eq!(found(&[&sound[..], &[1]].concat()), [(8, 1000, true)]);
        assert_eq!(found(&[&sound[..], &[2]].concat()), [(8, 1000, true)]);
        // A giant that no slip explains, nothing, and too few to compare with.
        assert_eq!(found(&[&sound[..], &[900_000_000_000]].concat()), []);
        assert_eq!(found(&[&sound[..], &[0, 0]].concat()), []);
        assert_eq!(found(&[1000, 1000, 1_000_000]), []);
    }

    #[test]
    fn a_year_is_held_beside_the_one_before() {
        assert_eq!(yearly(&[100, 110, 125], "千元"), []);
        assert_eq!(yearly(&[100, 110_000, 125_000], "千元"), [(1, 1000, false)]);
        assert_eq!(yearly(&[100, 110_000, 125], "千元"), [(1, 1000, false)]);
        assert_eq!(yearly(&[100_000, 110, 125], "千元"), [(1, 1000, true)]);
        assert_eq!(yearly(&[100, 1_900_000, 2_000_000], "千元"), [(1, 10_000, false)]);
        assert_eq!(yearly(&[100, 5000, 5100], "千元"), [(1, 100, false)]);
        // Growth, even of forty times, is no slip; nor is what follows nothing or a loss.
        assert_eq!(yearly(&[100, 4000, 0, 300, -2, 900], "千元"), []);
        // A handful of things may be hundreds a year later.
        assert_eq!(yearly(&[3, 310], "件"), []);
        assert_eq!(yearly(&[30, 3100], "件"), [(1, 100, false)]);
    }
}
