//! Cases whose scores move together with undecided extremes, compared pair by pair (`semantics` §9.3): Σ wⱼ (aⱼ − bⱼ) uⱼ with uⱼ shared.

use crate::eval::population::counts::Standing;
use crate::eval::population::members;
use crate::eval::population::members::Scale;
use crate::ir::NodeId;
use crate::ir::RankedLeaf;
use crate::ir::Ranking;
use crate::value::Column;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use std::collections::BTreeMap;

/// In a run of more cases their hulls alone are compared: every pair is looked at.
const MOST: usize = 1_000;

/// What of each case is compared.
pub struct Pairs {
    leaves: Vec<Leaf>,
    ascending: bool,
}

/// A summand: the value of every row, none where it has none for certain, and what a difference of one is worth.
struct Leaf {
    values: Vec<Option<Hull>>,
    factor: Hull,
}

impl Pairs {
    /// None where the extremes are known, so that hulls say all, or where the scores are no plain sums.
    pub fn new(it: &Ranking, columns: &BTreeMap<NodeId, Column>) -> Option<Pairs> {
        let rows = columns[&it.of].len();
        if it.leaves.is_empty() || rows > MOST {
            return None;
        }
        let mut open = false;
        let mut leaves = vec![];
        for leaf in &it.leaves {
            let mut factor = match leaf.share {
                Some(share) => the_same(&columns[&share])?,
                None => Hull::point(Number::one()),
            };
            if let Some(span) = &leaf.span {
                let range = range(it, leaf, columns, rows)?;
                open |= range.single().is_none();
                let worth = Hull::point(span.clone()).multiply(&reciprocal(&range));
                factor = factor.multiply(&worth);
            }
            let values = (0..rows).map(|row| {
                let set = members::number_of(&columns[&leaf.of], row);
                set.values.filter(|_| !set.na && !set.error)
            });
            leaves.push(Leaf { values: values.collect(), factor });
        }
        open.then_some(Pairs { leaves, ascending: it.ascending })
    }

    /// How the first of two rows stands to the second.
    pub fn between(&self, first: usize, second: usize) -> Standing {
        let nothing_known =
            Standing { may_be_before: true, may_reach: true, ..Standing::default() };
        let Some(by) = self.difference(first, second) else { return nothing_known };
        let zero = Number::zero();
        let (low, high) = (by.low.as_ref(), by.high.as_ref());
        Standing {
            surely_before: low.is_some_and(|it| it.at > zero || it.at == zero && !it.closed),
            may_be_before: high.is_none_or(|it| it.at > zero),
            surely_reaches: low.is_some_and(|it| it.at >= zero),
            may_reach: high.is_none_or(|it| it.at >= zero),
        }
    }

    /// The score of one row less that of another.
    fn difference(&self, a: usize, b: usize) -> Option<Hull> {
        let mut sum = Hull::point(Number::zero());
        for leaf in &self.leaves {
            let (a, b) = (leaf.values[a].as_ref()?, leaf.values[b].as_ref()?);
            sum = sum.add(&a.subtract(b).multiply(&leaf.factor));
        }
        Some(if self.ascending { sum.negate() } else { sum })
    }
}

/// What one part of a range is: however wide it is, more than nothing. Where the range is 0 all values are one, and no
/// two cases differ whatever a difference is worth.
fn reciprocal(range: &Hull) -> Hull {
    let of = |end: &Option<End>| end.as_ref().map(|it| it.at.reciprocal());
    let low = match of(&range.high) {
        Some(Some(low)) => End::closed(low),
        Some(None) => return Hull::point(Number::zero()),
        None => End::open(Number::zero()),
    };
    Hull { low: Some(low), high: of(&range.low).flatten().map(End::closed) }
}

/// The one value of a column.
fn the_same(column: &Column) -> Option<Hull> {
    let first = (!column.is_empty()).then(|| members::number_of(column, 0))?;
    let same = (1..column.len()).all(|row| members::number_of(column, row) == first);
    first.values.filter(|_| same && !first.na && !first.error)
}

/// How far apart the extremes of the population may lie.
fn range(
    it: &Ranking,
    leaf: &RankedLeaf,
    columns: &BTreeMap<NodeId, Column>,
    rows: usize,
) -> Option<Hull> {
    let members = members::memberships(it.population, columns, rows);
    Scale::new(&columns[&leaf.of], &members, false).range()
}
