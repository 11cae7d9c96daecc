//! One cell of a number field: its digits, its own unit, its domain (`semantics` §§1.2, 7.4–7.6). Columns are built elsewhere.

use crate::data::amount;
use crate::data::amount::Decimal;
use crate::diagnostic::Text;
use crate::ir::Domain;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Unit;
use crate::value::UnitKind;
use crate::value::units::Units;
use std::cmp::Ordering;

/// A value in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Nearly every value.
    Decimal(Decimal),
    /// What is no decimal, or a very long one.
    Exact(Number),
}

impl Amount {
    /// The value.
    pub fn to_number(&self) -> Number {
        match self {
            Amount::Decimal(it) => it.to_number(),
            Amount::Exact(it) => it.clone(),
        }
    }

    fn compare(&self, other: &Amount) -> Ordering {
        match (self, other) {
            (Amount::Decimal(a), Amount::Decimal(b)) => a.compare(*b),
            _ => self.to_number().cmp(&other.to_number()),
        }
    }
}

/// What is odd about a value that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A bare number in a ratio field below 1% or above 100%.
    PlainRatio,
    /// 12 家 in a field in 人.
    CountWord,
}

/// Reads the cells of one number field.
pub struct Measure<'a> {
    dimension: Dimension,
    unit: Option<&'a Unit>,
    factor: Factor,
    whole: bool,
    low: Option<(Amount, bool)>,
    high: Option<(Amount, bool)>,
    hull: Hull,
    units: &'a Units,
    last: Option<(String, Option<(Unit, Factor)>)>,
    /// Of a ratio: whether its unit is smaller than one, such as a percent, and what is one whole.
    ratio: Option<(bool, Decimal)>,
}

/// What a number is multiplied with to be in base units.
#[derive(Clone, Debug)]
enum Factor {
    Power(i32),
    Other(Number),
}

impl Factor {
    fn of(unit: Option<&Unit>) -> Factor {
        let Some(unit) = unit else { return Factor::Power(0) };
        let up =
            (0..=18).find(|it| unit.factor == Number::from(10i64.pow(*it))).map(|it| it as i32);
        let down = (1..=18).find(|it| unit.factor == Number::scaled(1, *it)).map(|it| -(it as i32));
        up.or(down).map_or_else(|| Factor::Other(unit.factor.clone()), Factor::Power)
    }

    fn apply(&self, value: Decimal) -> Amount {
        match self {
            Factor::Power(power) => value.shift(*power).map_or_else(
                || {
                    Amount::Exact(
                        value.to_number().multiply(&Number::from(10i64.pow(power.unsigned_abs()))),
                    )
                },
                Amount::Decimal,
            ),
            Factor::Other(factor) => Amount::Exact(value.to_number().multiply(factor)),
        }
    }
}

impl<'a> Measure<'a> {
    /// A reader for a field of a dimension, its unit for bare numbers, and its domain in base units.
    pub fn new(
        units: &'a Units,
        dimension: Dimension,
        unit: Option<&'a Unit>,
        domain: &Domain,
    ) -> Measure<'a> {
        let (hull, whole) = match domain {
            Domain::Numbers { hull, whole } => (hull.clone(), *whole),
            Domain::Everything | Domain::Dates(_) => (Hull::everything(), false),
        };
        let end = |it: &Option<End>| it.as_ref().map(|it| (amount_of(&it.at), it.closed));
        let (low, high) = (end(&hull.low), end(&hull.high));
        let factor = Factor::of(unit);
        let mut measure = Measure {
            dimension,
            unit,
            factor,
            whole,
            low,
            high,
            hull,
            units,
            last: None,
            ratio: None,
        };
        measure.ratio = unit.filter(|it| it.kind == UnitKind::Ratio).and_then(full_ratio);
        if whole {
            measure.hull = measure.whole_hull();
        }
        measure
    }

    /// What a cell may be that does not say.
    pub fn domain(&self) -> &Hull {
        &self.hull
    }

    /// Reads a folded cell: its value in base units, or what is wrong with it.
    pub fn read(&mut self, cell: &str) -> Result<(Amount, Option<Oddity>), Text> {
        let unmarked = cell.strip_prefix('¥').filter(|_| self.is_yuan()).map(str::trim_start);
        let (value, rest) = amount::leading(unmarked.unwrap_or(cell))?;
        let (amount, odd) = match rest {
            "" => (self.factor.apply(value), self.plain_ratio(value)),
            own => self.in_own_unit(value, own)?,
        };
        self.check(value, rest.is_empty(), &amount)?;
        Ok((amount, odd))
    }

    fn in_own_unit(&mut self, value: Decimal, own: &str) -> Result<(Amount, Option<Oddity>), Text> {
        if self.last.as_ref().is_none_or(|(last, _)| last != own) {
            let unit = self.units.parse(own).map(|unit| (unit.clone(), Factor::of(Some(&unit))));
            self.last = Some((own.to_owned(), unit));
        }
        let Some((_, Some((unit, factor)))) = &self.last else {
            return Err(Text::new("不是数", "is not a number"));
        };
        if !self.takes(unit) {
            let (zh, en) = match self.unit {
                Some(field) => (
                    format!("的单位不能换算为{field}"),
                    format!("is in a unit that does not turn into {field}"),
                ),
                None => (
                    format!("带有单位“{own}”，本栏只填数"),
                    format!("has the unit `{own}` in a field of bare numbers"),
                ),
            };
            return Err(Text::new(zh, en));
        }
        let stem =
            |name: &'_ str| name.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
        let counts = |it: &&Unit| it.kind == UnitKind::Count && !it.name.is_ascii();
        let other_word = self
            .unit
            .filter(counts)
            .is_some_and(|it| !own.is_ascii() && stem(&it.name) != stem(own));
        Ok((factor.apply(value), other_word.then_some(Oddity::CountWord)))
    }

    /// Whether values in a unit may stand in the field.
    fn takes(&self, own: &Unit) -> bool {
        let plain = self.dimension == Dimension::default();
        own.dimension == self.dimension
            && (!plain || self.unit.is_none_or(|it| it.kind == own.kind))
    }

    fn is_yuan(&self) -> bool {
        self.dimension == Dimension { money: 1, ..Dimension::default() }
            && matches!(self.factor, Factor::Power(0))
    }

    /// A bare number in a ratio field that is small or large enough to have been meant otherwise.
    fn plain_ratio(&self, value: Decimal) -> Option<Oddity> {
        let (percent, full) = self.ratio?;
        let size = Decimal { mantissa: value.mantissa.checked_abs()?, ..value };
        let one = Decimal { mantissa: 1, scale: 0 };
        let small = percent && size.mantissa != 0 && size.compare(one).is_lt();
        let large = self.high.is_none() && size.compare(full).is_gt();
        (small || large).then_some(Oddity::PlainRatio)
    }

    fn check(&self, value: Decimal, bare: bool, amount: &Amount) -> Result<(), Text> {
        let whole = || match bare {
            true => value.is_whole(),
            false => self.in_unit(&amount.to_number()).is_whole(),
        };
        if self.whole && !whole() {
            let unit = self.unit.map(|it| it.to_string()).unwrap_or_default();
            return Err(Text::new(
                format!("不是整数{unit}"),
                format!("is not a whole number {unit}").trim_end(),
            ));
        }
        let beyond = |end: &Option<(Amount, bool)>, outside: Ordering| {
            end.as_ref().is_some_and(|(at, closed)| {
                let side = amount.compare(at);
                side == outside || side.is_eq() && !closed
            })
        };
        if beyond(&self.low, Ordering::Less) || beyond(&self.high, Ordering::Greater) {
            let range = self.shown_range();
            let meant = self.other_writing(value, bare).unwrap_or_default();
            return Err(Text::new(
                format!("超出范围：应 {}{}", range.zh, meant.zh),
                format!("is out of range: {}{}", range.en, meant.en),
            ));
        }
        Ok(())
    }

    /// A bare number of a ratio that is in range only if it was meant in another writing: 6 for 6%, 0.06 for 6%.
    /// It is not guessed: the cell is to be corrected.
    fn other_writing(&self, value: Decimal, bare: bool) -> Option<Text> {
        let ratio = self.unit.filter(|it| bare && it.kind == UnitKind::Ratio)?;
        let number = value.to_number();
        let hundredth = Number::fraction(1, 100)?;
        let (factor, percent) = match ratio.factor < Number::one() {
            true => (Number::one(), number.checked_div(&hundredth)?),
            false => (hundredth, number.clone()),
        };
        let meant = number.multiply(&factor);
        self.hull.contains(&meant).then(|| {
            Text::new(
                format!("；如果是 {percent}%，请写 {percent}%"),
                format!("; if {percent}% is meant, write {percent}%"),
            )
        })
    }

    fn in_unit(&self, base: &Number) -> Number {
        match self.unit {
            Some(unit) => base.checked_div(&unit.factor).unwrap_or_else(|| base.clone()),
            None => base.clone(),
        }
    }

    /// “≥ 0 千元 且 ≤ 8 千元”
    fn shown_range(&self) -> Text {
        let unit = match self.unit {
            Some(unit) if unit.kind == UnitKind::Ratio && unit.factor < Number::one() => {
                unit.to_string()
            }
            Some(unit) => format!(" {unit}"),
            None => String::new(),
        };
        let side = |end: &Option<(Amount, bool)>, closed_sign: &str, open_sign: &str| {
            let (at, closed) = end.as_ref()?;
            Some(format!(
                "{} {}{unit}",
                if *closed { closed_sign } else { open_sign },
                self.in_unit(&at.to_number())
            ))
        };
        let sides: Vec<String> =
            [side(&self.low, "≥", ">"), side(&self.high, "≤", "<")].into_iter().flatten().collect();
        Text::new(sides.join(" 且 "), sides.join(" and "))
    }

    /// The domain cut to whole numbers of the field's unit.
    fn whole_hull(&self) -> Hull {
        let factor = self.unit.map_or_else(Number::one, |it| it.factor.clone());
        let closed = |at: Number| End { at: at.multiply(&factor), closed: true };
        let inner = |at: Number, open: bool, step: i64| {
            let on_the_end = open && at.is_whole();
            if on_the_end { at.add(&Number::from(step)) } else { at }
        };
        let low = self
            .hull
            .low
            .as_ref()
            .map(|it| closed(inner(self.in_unit(&it.at), !it.closed, 1).ceil()));
        let high = self
            .hull
            .high
            .as_ref()
            .map(|it| closed(inner(self.in_unit(&it.at), !it.closed, -1).floor()));
        match (&low, &high) {
            // No whole number lies inside: the declared ends are kept, because a hull is never empty.
            (Some(a), Some(b)) if a.at > b.at => self.hull.clone(),
            _ => Hull { low, high },
        }
    }
}

/// Whether the unit of a ratio is smaller than one, and how many of it make one.
fn full_ratio(unit: &Unit) -> Option<(bool, Decimal)> {
    let full = Number::one().checked_div(&unit.factor).and_then(|it| it.to_i64())?;
    Some((unit.factor < Number::one(), Decimal { mantissa: full.into(), scale: 0 }))
}

fn amount_of(number: &Number) -> Amount {
    let places = number.decimal_places().filter(|it| *it <= 30);
    let decimal =
        places.and_then(|scale| Some(Decimal { mantissa: number.to_scaled(scale)?.into(), scale }));
    decimal.map_or_else(|| Amount::Exact(number.clone()), Amount::Decimal)
}
