//! Whether an outcome lies in a set, and a set in a set. It computes no set.

use crate::oracle::Plain;
use crate::oracle::Value;
use heng::ir::Program;
use heng::ir::Ty;
use heng::value::DateHull;
use heng::value::End;
use heng::value::Foreign;
use heng::value::Hull;
use heng::value::MemberSet;
use heng::value::Number;
use heng::value::Possible;
use heng::value::Set;
use heng::value::TextSet;
use heng::value::Truth;
use std::cmp::Ordering;

/// Whether the set holds this outcome.
pub fn holds(set: &Set, plain: &Plain) -> bool {
    match plain {
        Plain::Unspoken => true,
        Plain::NotApplicable => set.may_be_na(),
        Plain::Error => set.may_be_error(),
        Plain::Value(value) => holds_value(set, value),
    }
}

fn holds_value(set: &Set, value: &Value) -> bool {
    match (set, value) {
        (Set::Truth(it), Value::Truth(value)) => it.may(Truth::of(*value)),
        (Set::Number(it), Value::Number(at)) => {
            it.values.as_ref().is_some_and(|hull| in_hull(hull, at))
        }
        (Set::Date(it), Value::Date(day)) => it.values.is_some_and(|hull| {
            hull.low.is_none_or(|low| low <= *day) && hull.high.is_none_or(|high| *day <= high)
        }),
        (Set::Member(it), Value::Member(member)) => it
            .values
            .as_ref()
            .is_some_and(|set| set.members.as_ref().is_none_or(|members| members.contains(member))),
        (Set::Member(it), Value::Text(text)) => {
            it.values.as_ref().is_some_and(|set| match &set.foreign {
                Foreign::No => false,
                Foreign::One(one) => one == text,
                Foreign::Any => true,
            })
        }
        (Set::Text(it), Value::Text(text)) => it.values.as_ref().is_some_and(|set| match set {
            TextSet::One(one) => one == text,
            TextSet::Any => true,
        }),
        _ => false,
    }
}

fn in_hull(hull: &Hull, at: &Number) -> bool {
    let above = hull.low.as_ref().is_none_or(|end| end.at < *at || end.closed && end.at == *at);
    let below = hull.high.as_ref().is_none_or(|end| *at < end.at || end.closed && end.at == *at);
    above && below
}

/// Whether every outcome of `inner` is one of `outer`; `ty` is their type.
pub fn within(program: &Program, ty: Ty, inner: &Set, outer: &Set) -> bool {
    match (inner, outer) {
        (Set::Truth(inner), Set::Truth(outer)) => inner.union(*outer) == *outer,
        (Set::Number(inner), Set::Number(outer)) => possible_within(inner, outer, hull_within),
        (Set::Date(inner), Set::Date(outer)) => possible_within(inner, outer, dates_within),
        (Set::Member(inner), Set::Member(outer)) => {
            let all = match ty {
                Ty::Member(vocabulary) => program.vocabulary(vocabulary).members.len() as u32,
                _ => panic!("a set of members has a vocabulary"),
            };
            possible_within(inner, outer, |a, b| members_within(all, a, b))
        }
        (Set::Text(inner), Set::Text(outer)) => {
            possible_within(inner, outer, |a, b| *b == TextSet::Any || a == b)
        }
        _ => false,
    }
}

fn possible_within<S>(
    inner: &Possible<S>,
    outer: &Possible<S>,
    within: impl Fn(&S, &S) -> bool,
) -> bool {
    let values = match (&inner.values, &outer.values) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(inner), Some(outer)) => within(inner, outer),
    };
    values && (outer.na || !inner.na) && (outer.error || !inner.error)
}

fn hull_within(inner: &Hull, outer: &Hull) -> bool {
    let end = |inner: &Option<End>, outer: &Option<End>, outside: Ordering| match (inner, outer) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => match inner.at.cmp(&outer.at) {
            Ordering::Equal => outer.closed || !inner.closed,
            other => other != outside,
        },
    };
    end(&inner.low, &outer.low, Ordering::Less) && end(&inner.high, &outer.high, Ordering::Greater)
}

fn dates_within(inner: &DateHull, outer: &DateHull) -> bool {
    let low = outer.low.is_none_or(|outer| inner.low.is_some_and(|inner| outer <= inner));
    let high = outer.high.is_none_or(|outer| inner.high.is_some_and(|inner| inner <= outer));
    low && high
}

fn members_within(all: u32, inner: &MemberSet, outer: &MemberSet) -> bool {
    let list = |set: &MemberSet| set.members.clone().unwrap_or_else(|| (0..all).collect());
    let outside = list(outer);
    let members = list(inner).iter().all(|it| outside.contains(it));
    let foreign = inner.foreign == Foreign::No
        || outer.foreign == Foreign::Any
        || inner.foreign == outer.foreign;
    members && foreign
}
