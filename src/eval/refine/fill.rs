//! Values to fill a hole with: the ends and the middle of what it may be, and values that read well.

use crate::ir::Domain;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::value::DateHull;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;

/// The low, the high and the mid value of a hole, of a number without ends the middle first; what may only be 不适用 is that.
pub fn values(program: &Program, field: FieldId, set: &Set) -> [Set; 3] {
    match set {
        Set::Truth(truth) => {
            let values = [Truth::FALSE, Truth::TRUE].into_iter().filter(|it| truth.may(*it));
            let values: Vec<Truth> = values.chain(truth.outcomes()).collect();
            let second = *values.iter().find(|it| **it != values[0]).unwrap_or(&values[0]);
            let third = values.iter().find(|it| ![values[0], second].contains(it));
            [values[0], second, *third.unwrap_or(&second)].map(Set::Truth)
        }
        Set::Number(it) => match &it.values {
            Some(hull) => numbers(program, field, hull).map(Possible::number).map(Set::Number),
            None => [0; 3].map(|_| set.clone()),
        },
        Set::Date(it) => match &it.values {
            Some(days) => {
                let day = |at: i32| Set::Date(Possible::values(DateHull::point(at)));
                let long = match program.field(field).kind {
                    FieldKind::Scalar { ty: Ty::Period(_), .. } => 10,
                    _ => LONG,
                };
                self::days(days, long).map(day)
            }
            None => [0; 3].map(|_| set.clone()),
        },
        Set::Member(it) => match &it.values {
            Some(values) => {
                let member = |it: MemberSet| Set::Member(Possible::values(it));
                members(program, field, values).map(member)
            }
            None => [0; 3].map(|_| set.clone()),
        },
        Set::Text(it) => match &it.values {
            Some(TextSet::Any) => {
                [0; 3].map(|_| Set::Text(Possible::values(TextSet::One(OTHER.into()))))
            }
            _ => [0; 3].map(|_| set.clone()),
        },
    }
}

/// What stands for a text that is not known.
const OTHER: &str = "其他";

/// Beyond an end that is not there.
fn far() -> Number {
    Number::from(10).raise(15)
}

/// The unit a field is filled in, and whether only whole numbers of it are.
fn unit(program: &Program, field: FieldId) -> (Number, bool) {
    match &program.field(field).kind {
        FieldKind::Scalar { domain, unit, .. } => (
            unit.as_ref().map_or_else(Number::one, |it| it.factor.clone()),
            matches!(domain, Domain::Numbers { whole: true, .. }),
        ),
        FieldKind::Rows { .. } => (Number::one(), false),
    }
}

fn numbers(program: &Program, field: FieldId, hull: &Hull) -> [Number; 3] {
    let (unit, whole) = unit(program, field);
    let half = |a: &Number, b: &Number| a.add(b).multiply(&Number::scaled(5, 1));
    let (mut low, mut high) = match (&hull.low, &hull.high) {
        (Some(low), Some(high)) => (low.at.clone(), high.at.clone()),
        (Some(low), None) => (low.at.clone(), low.at.add(&far())),
        (None, Some(high)) => (high.at.subtract(&far()), high.at.clone()),
        (None, None) => (far().negate(), far()),
    };
    let open = |end: &Option<End>| end.as_ref().is_some_and(|it| !it.closed);
    // Into an open end one unit, or half the way where that is less.
    let room = half(&low, &high).subtract(&low);
    let step = if room < unit { room } else { unit.clone() };
    if open(&hull.low) {
        low = low.add(&step);
    }
    if open(&hull.high) {
        high = high.subtract(&step);
    }
    let mid = half(&low, &high);
    if hull.low.is_none() && hull.high.is_none() {
        return [mid, high, low];
    }
    if !whole {
        return [low, high, mid];
    }
    let counted = |it: &Number| it.checked_div(&unit).unwrap_or_else(|| it.clone());
    let (low, high, mid) = (counted(&low).ceil(), counted(&high).floor(), counted(&mid).floor());
    [low, high, mid].map(|it| it.multiply(&unit))
}

/// Days of a hundred years.
const LONG: i32 = 36_525;

/// Days; so many on, where there is no end.
fn days(days: &DateHull, long: i32) -> [i32; 3] {
    let (low, high) = match (days.low, days.high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low.saturating_add(long)),
        (None, Some(high)) => (high.saturating_sub(long).max(1).min(high), high),
        (None, None) => (long * 19, long * 21),
    };
    [low, high, low + (high - low) / 2]
}

fn members(program: &Program, field: FieldId, set: &MemberSet) -> [MemberSet; 3] {
    let count = match program.field(field).kind {
        FieldKind::Scalar { ty: Ty::Member(list), .. } => {
            program.vocabulary(list).members.len() as u32
        }
        _ => 0,
    };
    let at = |member: u32| MemberSet::one(member);
    match (&set.members, &set.foreign) {
        (Some(members), _) if !members.is_empty() => {
            let last = members.len() - 1;
            [members[0], members[last], members[last / 2]].map(at)
        }
        (None, _) if count > 0 => [0, count - 1, count / 2].map(at),
        (_, Foreign::One(text)) => [0; 3].map(|_| MemberSet::foreign(text.clone())),
        _ => [0; 3].map(|_| MemberSet::foreign(OTHER.into())),
    }
}

/// Values of a part of a hole that read well: an end that belongs to it, and the roundest number near its lower end.
pub fn plain(program: &Program, field: FieldId, part: &Set) -> Vec<Set> {
    if let Set::Date(Possible { values: Some(days), .. }) = part
        && (days.low.is_some() || days.high.is_some())
    {
        let ends = [days.low, days.high].into_iter().flatten();
        return ends.map(|it| Set::Date(Possible::values(DateHull::point(it)))).collect();
    }
    let Set::Number(Possible { values: Some(hull), .. }) = part else {
        return values(program, field, part).into_iter().take(1).collect();
    };
    let (unit, _) = unit(program, field);
    let closed = |end: &Option<End>| end.as_ref().filter(|it| it.closed).map(|it| it.at.clone());
    let short = |it: &Number| {
        it.checked_div(&unit).is_some_and(|it| it.decimal_places().is_some_and(|it| it <= 6))
    };
    let ends = [closed(&hull.low), closed(&hull.high)].into_iter().flatten().filter(short);
    let found: Vec<Number> = ends.chain(round(hull, &unit)).collect();
    found.into_iter().map(|it| Set::Number(Possible::number(it))).collect()
}

/// The number with fewest digits that lies next above the lower end.
fn round(hull: &Hull, unit: &Number) -> Option<Number> {
    let low = hull.low.as_ref()?;
    let counted = low.at.checked_div(unit)?;
    let ten = Number::from(10);
    let mut grid = Number::one();
    while grid.multiply(&ten) <= counted.abs() {
        grid = grid.multiply(&ten);
    }
    for _ in 0..24 {
        let steps = counted.checked_div(&grid)?.floor().add(&Number::one());
        let at = steps.multiply(&grid).multiply(unit);
        if hull.contains(&at) {
            return Some(at);
        }
        grid = grid.checked_div(&ten)?;
    }
    None
}
