//! 标准化 (`semantics` §9.2): the points of one indicator for every case. Weights and totals are elsewhere.

use crate::eval::population::members;
use crate::eval::population::members::Extremes;
use crate::eval::population::members::Membership;
use crate::eval::population::members::Others;
use crate::eval::population::members::Scale;
use crate::eval::population::standard::Standard;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::Normalisation;
use crate::ir::Points;
use crate::ir::SameValue;
use crate::value::Block;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Enclosed;
use crate::value::End;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Sparse;
use crate::value::Summary;
use crate::value::enclosed::Source;
use std::collections::BTreeMap;

/// The points of every row.
pub fn points(it: &Points, columns: &BTreeMap<NodeId, Column>) -> Column {
    let of = &columns[&it.of];
    let members = members::memberships(it.among, columns, of.len());
    if let Some(column) = plain(it, of, &members) {
        return column;
    }
    let scale = Scale::new(of, &members, it.missing.reported_only());
    let method = Method {
        it,
        columns,
        same: scale.same(),
        standard: match it.method {
            Normalisation::Standard { whole } => Some(Standard::new(&scale, whole)),
            _ => None,
        },
        stand_in: stand_in(it.missing, &scale),
        others: scale.others(),
    };
    let mut column = ColumnBuilder::new(Kind::Number);
    for (row, member) in members.iter().enumerate() {
        let points = match member {
            Membership::Out => Possible::not_applicable(),
            _ => method.of_row(row, members::number_of(of, row)),
        };
        column.push(Set::Number(points));
    }
    column.finish()
}

/// What stands in for a value that is not known: 取均值, 取中位.
fn stand_in(missing: Missing, scale: &Scale) -> Possible<Hull> {
    let summary = match missing {
        Missing::Mean => Summary::Mean,
        Missing::Median => Summary::Median,
        _ => return Possible::nothing(),
    };
    scale.group().summarise(summary, Possible::error)
}

/// 极差 and 功效 over members that all have one plain value: nothing is a set.
fn plain(it: &Points, of: &Column, members: &[Membership]) -> Option<Column> {
    let column = members::plain_numbers(of)?;
    let (base, span) = match &it.method {
        Normalisation::MinMax { goalposts: None, .. } => (Number::zero(), it.full.clone()),
        Normalisation::Effect { base, span, goalposts: None, .. } => (base.clone(), span.clone()),
        _ => return None,
    };
    if members.contains(&Membership::Maybe) {
        return None;
    }
    let (rows, values) = (members.len(), &column.values);
    let inside: Vec<usize> = (0..rows).filter(|row| members[*row] == Membership::In).collect();
    let [low, high] = extremes(values, &inside)?;
    let factor = span.checked_div(&high.subtract(&low))?;
    let (from, factor) = match it.reversed {
        false => (low, factor),
        true => (high, factor.negate()),
    };
    let out: Vec<usize> = (0..rows).filter(|row| members[*row] == Membership::Out).collect();
    let block = seen(values, rows, [&from, &factor, &base]);
    let source = Source::of(values);
    let of_row = move |row: usize| source.get(row).subtract(&from).multiply(&factor).add(&base);
    let values = match block {
        Some(block) => Numbers::Enclosed(Enclosed::new(block, of_row)),
        None => Numbers::Exact((0..rows).map(of_row).collect()),
    };
    let mut special = Sparse::default();
    out.into_iter().for_each(|row| special.push(row as u32, Possible::not_applicable()));
    Some(Column::Number(NumberColumn { values, special }))
}

/// The least and the greatest number in these rows: only those that may be it are worked out.
fn extremes(values: &Numbers, inside: &[usize]) -> Option<[Number; 2]> {
    let block = values.block();
    let near = |greatest: bool| match &block {
        Some(block) => block.extremes(inside.iter().copied(), greatest),
        None => inside.to_vec(),
    };
    let low = near(false).into_iter().map(|row| values.get(row)).min()?;
    Some([low, near(true).into_iter().map(|row| values.get(row)).max()?])
}

/// What is seen of (x − from) × factor + base.
fn seen(values: &Numbers, rows: usize, constants: [&Number; 3]) -> Option<Block> {
    let one = |it: &Number| Block::of_numbers(std::slice::from_ref(it));
    let [from, factor, base] = constants.map(one);
    let moved = Block::subtract(values.block()?.as_ref(), &from?, rows)?;
    Block::add(&Block::multiply(&moved, &factor?, rows)?, &base?, rows)
}

/// All that the points of a row depend on beside its own value.
struct Method<'a> {
    it: &'a Points,
    columns: &'a BTreeMap<NodeId, Column>,
    /// Whether all values may be one, and surely are.
    same: (bool, bool),
    standard: Option<Standard>,
    stand_in: Possible<Hull>,
    others: Others<'a>,
}

impl Method<'_> {
    fn of_row(&self, row: usize, value: Possible<Hull>) -> Possible<Hull> {
        let bare = |na: bool, error: bool| Possible { values: None, na, error };
        let na = match (value.na, &self.it.na) {
            (false, _) => Possible::nothing(),
            (true, None) => Possible::not_applicable(),
            (true, Some(points)) => Possible::number(points.clone()),
        };
        let Some(hull) = &value.values else { return na.union(&bare(false, value.error)) };
        let hole = value.single().is_none();
        let points = match self.it.missing {
            Missing::Zero if hole => return Possible::number(Number::zero()),
            Missing::Redistribute | Missing::Excluded if hole => return Possible::not_applicable(),
            Missing::Mean | Missing::Median if hole => {
                let points = self.stand_in.values.as_ref().map(|it| self.of_hull(row, it));
                return points
                    .unwrap_or_else(Possible::nothing)
                    .union(&bare(false, self.stand_in.error));
            }
            _ => self.of_hull(row, hull),
        };
        points.union(&na).union(&bare(false, value.error))
    }

    /// The points of values of a row.
    fn of_hull(&self, row: usize, hull: &Hull) -> Possible<Hull> {
        let goalpost = |id: NodeId| members::number_of(&self.columns[&id], row);
        match &self.it.method {
            Normalisation::Table => Possible::values(hull.clone()),
            Normalisation::MinMax { goalposts: Some([low, high]), cut } => {
                let share = stated(hull, &goalpost(*low), &goalpost(*high), *cut);
                self.full(self.turned(share))
            }
            Normalisation::MinMax { goalposts: None, .. } => {
                self.compared(row, hull, |share| share.multiply(&self.it.full))
            }
            Normalisation::Effect { base, span, goalposts: Some([low, high]), cut } => {
                let share = stated(hull, &goalpost(*low), &goalpost(*high), *cut);
                share.map(|it| mapped(it, |share| base.add(&share.multiply(span))))
            }
            Normalisation::Effect { base, span, goalposts: None, .. } => {
                self.compared(row, hull, |share| base.add(&share.multiply(span)))
            }
            Normalisation::Target(target) => {
                self.full(goalpost(*target).and_then(|it| self.towards(hull, it)))
            }
            Normalisation::Standard { .. } => {
                let standard = self.standard.as_ref().expect("made for this method");
                let same = self.same_points(&self.it.full);
                // What 同值 gives has no direction.
                standard.points(hull, self.it.reversed, same)
            }
        }
    }

    fn full(&self, share: Possible<Hull>) -> Possible<Hull> {
        share.map(|it| mapped(it, |share| share.multiply(&self.it.full)))
    }

    fn turned(&self, share: Possible<Hull>) -> Possible<Hull> {
        match self.it.reversed {
            true => share.map(|it| Hull::point(Number::one()).subtract(it)),
            false => share,
        }
    }

    /// The share between the extremes of the population, this row among them if it is a member with a value.
    fn compared(
        &self,
        row: usize,
        hull: &Hull,
        scaled: impl Fn(&Number) -> Number,
    ) -> Possible<Hull> {
        let extremes = self.others.than(row);
        let (may_be_same, same) = self.same;
        let equal = match self.it.same {
            None => Possible::error(),
            Some(SameValue::NotApplicable) => Possible::not_applicable(),
            Some(SameValue::Full) => Possible::number(scaled(&Number::one())),
            Some(SameValue::Half) => Possible::number(scaled(&Number::scaled(5, 1))),
            Some(SameValue::Zero) => Possible::number(scaled(&Number::zero())),
        };
        if same {
            return equal;
        }
        let (zero, one) = (Number::zero(), Number::one());
        let share = match (lowest(hull, &extremes), highest(hull, &extremes)) {
            // Nobody has a value for certain, so that it may lie anywhere between two others.
            _ if self.others.are_none() => Hull::between(zero, one),
            (None, None) => return equal,
            // No other is above its least value: it is the greatest wherever it is not theirs; and so below.
            (low, high) => Hull::between(low.unwrap_or(one), high.unwrap_or(zero)),
        };
        let share = self.turned(Possible::values(share));
        let points = share.map(|it| mapped(it, &scaled));
        if may_be_same { points.union(&equal) } else { points }
    }

    fn same_points(&self, full: &Number) -> Possible<Hull> {
        match self.it.same {
            None => Possible::error(),
            Some(SameValue::NotApplicable) => Possible::not_applicable(),
            Some(SameValue::Full) => Possible::number(full.clone()),
            Some(SameValue::Half) => Possible::number(full.multiply(&Number::scaled(5, 1))),
            Some(SameValue::Zero) => Possible::number(Number::zero()),
        }
    }

    /// 目标: min(1, x ÷ t); 逆向: 1 up to t, then t ÷ x.
    fn towards(&self, hull: &Hull, target: &Hull) -> Possible<Hull> {
        let target = match target.single() {
            Some(target) if target.is_positive() => target,
            Some(_) => return Possible::error(),
            None => return Possible::values(Hull::between(Number::zero(), Number::one())),
        };
        let one = Number::one();
        let share = |x: &Number| match self.it.reversed {
            false => x.checked_div(target).expect("a target is above 0").min(one.clone()),
            true if x <= target => one.clone(),
            true => target.checked_div(x).expect("it is above the target"),
        };
        let at = |end: &Option<End>| end.as_ref().map(|it| share(&it.at));
        let (low, high) = (at(&hull.low), at(&hull.high));
        let closed = |it: Option<Number>| it.map(End::closed);
        Possible::values(match self.it.reversed {
            false => Hull { low: closed(low), high: closed(Some(high.unwrap_or(one))) },
            true => Hull {
                low: closed(Some(high.unwrap_or_else(Number::zero))),
                high: closed(Some(low.unwrap_or(one))),
            },
        })
    }
}

/// A hull through a function that rises, or falls.
fn mapped(hull: &Hull, through: impl Fn(&Number) -> Number) -> Hull {
    let end =
        |it: &Option<End>| it.as_ref().map(|it| End { at: through(&it.at), closed: it.closed });
    Hull { low: end(&hull.low), high: end(&hull.high) }
}

/// (x − low) ÷ (high − low) between stated ends, cut off at 0 and 1 where that is asked.
fn stated(hull: &Hull, low: &Possible<Hull>, high: &Possible<Hull>, cut: bool) -> Possible<Hull> {
    let share = low.zip(high, |low, high| {
        let range = high.subtract(low);
        hull.subtract(low).divide(&range)
    });
    if !cut {
        return share.within_limit();
    }
    share.map(|it| {
        let (zero, one) = (Number::zero(), Number::one());
        let clip = |at: &Number| at.clone().max(zero.clone()).min(one.clone());
        Hull::between(
            it.low.as_ref().map_or(zero.clone(), |it| clip(&it.at)),
            it.high.as_ref().map_or(one.clone(), |it| clip(&it.at)),
        )
    })
}

/// The least share: its own value as low as it can be, the others as high; none where all are then one.
fn lowest(hull: &Hull, extremes: &Extremes) -> Option<Number> {
    let Some(own) = hull.low.as_ref().map(|it| &it.at) else { return Some(Number::zero()) };
    let least = match &extremes.low_max {
        Some(Some(other)) => other.min(own),
        // As high as one likes, or nobody else for certain: nothing lies below its own.
        Some(None) | None => own,
    };
    let greatest = match &extremes.high_max {
        Some(None) => return Some(Number::zero()),
        Some(Some(other)) => other.max(own),
        None => own,
    };
    share(own, least, greatest)
}

/// The greatest share: its own value as high as it can be, the others as low; none where all are then one.
fn highest(hull: &Hull, extremes: &Extremes) -> Option<Number> {
    let Some(own) = hull.high.as_ref().map(|it| &it.at) else { return Some(Number::one()) };
    let least = match &extremes.low_min {
        Some(None) => return Some(Number::one()),
        Some(Some(other)) => other.min(own),
        None => own,
    };
    let greatest = match &extremes.high_min {
        Some(Some(other)) => other.max(own),
        Some(None) | None => own,
    };
    share(own, least, greatest)
}

fn share(own: &Number, least: &Number, greatest: &Number) -> Option<Number> {
    own.subtract(least).checked_div(&greatest.subtract(least))
}
