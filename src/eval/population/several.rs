//! Several cases of a field, counted by how they stand to one: by their keys, or pair by pair where undecided extremes move
//! them together. What the counts mean for ranks and seats is not known here.

use crate::eval::population::counts::Counts;
use crate::eval::population::counts::Sorted;
use crate::eval::population::ranks::Field;

/// Rows to be counted; where pairs are compared, one by one.
#[derive(Default)]
pub struct Several {
    rows: Vec<usize>,
    sorted: Option<Sorted>,
}

impl Field {
    /// Several rows, ascending, made ready to be counted; those that are surely not ranked are left out.
    pub fn several(&self, rows: impl Iterator<Item = usize>) -> Several {
        let rows: Vec<usize> = rows.filter(|row| self.rows[*row].is_some()).collect();
        let keys = rows
            .iter()
            .filter_map(|row| self.rows[*row].as_ref())
            .map(|it| (it.keys(), it.certain));
        Several { sorted: self.pairs.is_none().then(|| Sorted::new(keys)), rows }
    }

    /// How many of several, a row itself left out, stand so to it.
    pub fn counts(&self, several: &Several, row: usize) -> Counts {
        let Some(own) = self.rows[row].as_ref() else { return Counts::default() };
        if let Some(sorted) = &several.sorted {
            let is_one = several.rows.binary_search(&row).is_ok();
            return sorted.counts(&own.keys(), is_one.then_some(own.certain));
        }
        let others = several.rows.iter().filter(|it| **it != row);
        let mut counts = Counts::default();
        for by in others.filter_map(|other| self.between(*other, row)) {
            counts.surely_before += usize::from(by.surely_before);
            counts.may_be_before += usize::from(by.may_be_before);
            counts.surely_reach += usize::from(by.surely_reaches);
            counts.may_reach += usize::from(by.may_reach);
        }
        counts
    }
}
