//! Units: a dimension and an exact factor to its base unit (`semantics` §7.5). Texts are not parsed as numbers here.

use crate::value::Number;
use std::fmt;
use std::sync::Arc;

/// Exponents of the base dimensions. Counting words (个, 家, 人, 件 …), 分, ratios and bare numbers have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Dimension {
    /// 元
    pub money: i8,
    /// 米; an area has 2.
    pub length: i8,
    /// 千克
    pub mass: i8,
    /// 千瓦时
    pub energy: i8,
    /// 小时
    pub time: i8,
    /// Units that the rulebook declares and that are made of no other.
    pub declared: [i8; DECLARED],
}

/// A rulebook may declare so many units that are made of no other.
pub const DECLARED: usize = 8;

impl Dimension {
    /// The dimension of a product with the `exponent`-th power of another.
    pub fn times(self, other: Dimension, exponent: i8) -> Dimension {
        let part = |a: i8, b: i8| a.saturating_add(b.saturating_mul(exponent));
        Dimension {
            money: part(self.money, other.money),
            length: part(self.length, other.length),
            mass: part(self.mass, other.mass),
            energy: part(self.energy, other.energy),
            time: part(self.time, other.time),
            declared: std::array::from_fn(|at| part(self.declared[at], other.declared[at])),
        }
    }

    /// The dimension whose `degree`-th power this is; none if there is none.
    pub fn root(self, degree: i8) -> Option<Dimension> {
        let part = |it: i8| (it % degree == 0).then_some(it / degree);
        let mut parts = self.declared;
        for it in &mut parts {
            *it = part(*it)?;
        }
        Some(Dimension {
            money: part(self.money)?,
            length: part(self.length)?,
            mass: part(self.mass)?,
            energy: part(self.energy)?,
            time: part(self.time)?,
            declared: parts,
        })
    }
}

/// A unit as written, with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// As written: 万元, 件/万人, %.
    pub name: Arc<str>,
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units it is: 万元 = 10⁴, % = 1/100, 亩 = 2000/3 (square metres).
    pub factor: Number,
    /// What kind of dimensionless unit it is; hints only.
    pub kind: UnitKind,
}

/// What kind of word a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Whole things: 家, 人, 件, 个, 项 …
    Count,
    /// %, ‰, 个百分点
    Ratio,
    /// 分
    Points,
    /// Anything with a dimension, or a quotient of units.
    Measure,
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)
    }
}
