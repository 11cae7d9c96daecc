//! Values in a branch of 若, cut to what its condition leaves of them (`semantics` §3.3). Which conditions these are is
//! said by the checker.

use crate::eval::compare::holds;
use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::ir::Comparison;
use crate::value::Column;
use crate::value::DateHull;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;

/// A longer list is not written out to leave one of its members out.
const LONG: u32 = 64;

/// The values that stand so to the bound; the list they are members of has so many. A bound 不适用 says whether there is a
/// value. Errors are cut off, for the condition would be in error; 不适用 stays unless that is what was asked, for
/// 且 and 或 leave it out. Where nothing is left the branch is not taken, and the row is as it was.
pub fn narrow(
    (kind, members): (Kind, u32),
    rows: usize,
    of: &Series,
    op: Comparison,
    bound: &Series,
) -> Column {
    if of.special(rows).is_empty() && kind != Kind::Truth && !of.is_same() {
        return of.column().clone();
    }
    sets(kind, rows, |row| match bound.set(row) {
        Set::Truth(Truth::NOT_APPLICABLE) => there_or_not(of.set(row), op == Comparison::NotEqual),
        bound => narrow_set(of.set(row), op, &bound, members),
    })
}

/// What is left where there is surely a value, or surely none.
fn there_or_not(set: Set, there: bool) -> Set {
    fn bare<S>(it: Possible<S>, there: bool) -> Possible<S> {
        match there {
            true => Possible { na: false, error: false, ..it },
            false => Possible::not_applicable(),
        }
    }
    if there && !set.has_values() || !there && !set.may_be_na() {
        return set;
    }
    match set {
        Set::Truth(it) if there => {
            let values = it.outcomes().filter(|it| it.may(Truth::UNDECIDED));
            Set::Truth(values.fold(Truth::NOTHING, Truth::union))
        }
        Set::Truth(_) => Set::Truth(Truth::NOT_APPLICABLE),
        Set::Number(it) => Set::Number(bare(it, there)),
        Set::Date(it) => Set::Date(bare(it, there)),
        Set::Member(it) => Set::Member(bare(it, there)),
        Set::Text(it) => Set::Text(bare(it, there)),
    }
}

fn narrow_set(set: Set, op: Comparison, bound: &Set, members: u32) -> Set {
    fn cut<S: Clone>(set: Possible<S>, cut: impl Fn(&S) -> Option<S>) -> Possible<S> {
        match set.values.as_ref().map(cut) {
            Some(Some(values)) => Possible { values: Some(values), na: set.na, error: false },
            _ if set.na => Possible::not_applicable(),
            _ => set,
        }
    }
    match (set, bound) {
        (Set::Number(set), Set::Number(Possible { values: Some(bound), .. })) => {
            Set::Number(cut(set, |hull| op.leaves(hull, bound)))
        }
        (Set::Date(set), Set::Date(Possible { values: Some(bound), .. })) => {
            Set::Date(cut(set, |days| narrow_days(days, op, *bound)))
        }
        (Set::Member(set), Set::Member(Possible { values: Some(bound), .. })) => {
            Set::Member(cut(set, |set| narrow_members(set, op, bound, members)))
        }
        (set, _) => set,
    }
}

fn narrow_days(days: &DateHull, op: Comparison, bound: DateHull) -> Option<DateHull> {
    let left: Hull = op.leaves(&days.to_hull(), &bound.to_hull())?;
    let left = left.to_days();
    (!matches!((left.low, left.high), (Some(low), Some(high)) if low > high)).then_some(left)
}

fn narrow_members(
    set: &MemberSet,
    op: Comparison,
    bound: &MemberSet,
    members: u32,
) -> Option<MemberSet> {
    let (Some(bounds), Foreign::No) = (&bound.members, &bound.foreign) else {
        return Some(set.clone());
    };
    let [bound] = bounds.as_slice() else { return Some(set.clone()) };
    let listed: Vec<u32> = match &set.members {
        Some(members) => members.clone(),
        None if op == Comparison::Equal => return Some(MemberSet::one(*bound)),
        None if (1..=LONG).contains(&members) => (0..members).collect(),
        None => return Some(set.clone()),
    };
    let kept: Vec<u32> = listed.into_iter().filter(|it| holds(op, it.cmp(bound))).collect();
    let foreign = match op {
        Comparison::NotEqual => set.foreign.clone(),
        _ => Foreign::No,
    };
    (!kept.is_empty() || foreign != Foreign::No)
        .then_some(MemberSet { members: Some(kept), foreign })
}
