//! Numbers of one column that look a hundred or a thousand times too large or too small. It suspects, and corrects nothing.

use crate::value::Column;
use crate::value::Numbers;

/// Fewer numbers than this tell nothing about each other.
const FEWEST: usize = 8;
/// What lies so many times beyond the middle half of a column is looked at.
const BEYOND: i128 = 100;
/// What a slip of the unit multiplies with: 元 for 千元, 元 for 万元, a percent for a fraction.
const SLIPS: [i128; 3] = [1000, 10_000, 100];
/// How far from the middle half a value may lie, once set right, to be taken for one of its kind.
const KIN: i128 = 3;

/// A value that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Suspect {
    /// Its row.
    pub row: u32,
    /// How many times too large it may be; the other way round where `small`.
    pub times: u32,
    /// It is too small.
    pub small: bool,
}

/// The rows whose values, a hundred or more times beyond the middle half of the column, would lie near it if their
/// unit were another. Values of one scale only: a column that mixes fractions is left alone.
pub(crate) fn suspects(column: &Column) -> Vec<Suspect> {
    let Column::Number(numbers) = column else { return vec![] };
    let Numbers::Scaled { mantissas, .. } = &numbers.values else { return vec![] };
    let mut plain = vec![true; mantissas.len()];
    numbers.special.iter().for_each(|(row, _)| plain[row as usize] = false);
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
        SLIPS.iter().find(|it| set_right(it)).map(|slip| (*slip as u32, small))
    };
    let rows = (0u32..).zip(mantissas).zip(&plain);
    rows.filter(|((_, value), plain)| **plain && **value > 0)
        .filter_map(|((row, value), _)| {
            let (times, small) = judge(i128::from(*value))?;
            Some(Suspect { row, times, small })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Suspect;
    use super::suspects;
    use crate::value::Column;
    use crate::value::NumberColumn;
    use crate::value::Numbers;
    use crate::value::Sparse;

    fn found(mantissas: &[i64]) -> Vec<(u32, u32, bool)> {
        let values = Numbers::Scaled { scale: 0, mantissas: mantissas.to_vec() };
        let column = Column::Number(NumberColumn { values, special: Sparse::default() });
        suspects(&column)
            .into_iter()
            .map(|Suspect { row, times, small }| (row, times, small))
            .collect()
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
}
