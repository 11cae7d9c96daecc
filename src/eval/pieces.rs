//! What one head of a table may be, in pieces that each cell lies wholly in or out of, and what a cell says of a piece.

use crate::eval::belongs::Places;
use crate::eval::belongs::members_of;
use crate::eval::compare::compare_sets;
use crate::ir::CellTest;
use crate::ir::NodeId;
use crate::ir::Vocabulary;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;

/// More members than this are not looked at one by one.
const MOST_MEMBERS: usize = 4096;

/// The outcomes of a set in pieces: values cut at the bounds, 不适用, 错误.
pub fn pieces(set: &Set, own: Option<&Vocabulary>, bounds: &[Set]) -> Vec<Set> {
    if set.is_settled() {
        return vec![set.clone()];
    }
    let mut pieces = values(set, own, bounds);
    if set.may_be_na() {
        pieces.push(Set::Truth(Truth::NOT_APPLICABLE));
    }
    if set.may_be_error() {
        pieces.push(Set::Truth(Truth::ERROR));
    }
    pieces
}

/// What a cell says of a piece; what is not settled of its bounds leaves the answer open.
pub fn holds(
    piece: &Set,
    test: &CellTest,
    own: Option<&Vocabulary>,
    set_of: &impl Fn(NodeId) -> Set,
) -> Truth {
    if *test == CellTest::Any {
        return Truth::TRUE;
    }
    if !piece.has_values() {
        let takes_na = *test == CellTest::NotApplicable;
        return if piece.may_be_error() { Truth::ERROR } else { Truth::of(takes_na) };
    }
    match test {
        CellTest::Any | CellTest::Otherwise => Truth::TRUE,
        CellTest::NotApplicable | CellTest::Members(_) => Truth::FALSE,
        CellTest::Truth(wanted) => match piece {
            Set::Truth(it) if *wanted => *it,
            Set::Truth(it) => it.not(),
            _ => Truth::FALSE,
        },
        CellTest::Tests(any) => {
            let members = own.map_or(0, |it| it.members.len() as u32);
            let compare = |it: &(crate::ir::Comparison, NodeId)| {
                met(compare_sets(it.0, piece, &set_of(it.1), members))
            };
            let all = any.iter().map(|all| all.iter().map(compare).fold(Truth::TRUE, Truth::and));
            all.fold(Truth::FALSE, Truth::or)
        }
    }
}

/// Whether a piece is one of some members, or below one.
pub fn is_below(piece: &Set, places: &Places, own: Option<&Vocabulary>) -> Truth {
    match (piece, own) {
        (Set::Member(Possible { values: Some(set), .. }), Some(own)) => {
            let stray = if set.foreign == Foreign::No { Truth::NOTHING } else { Truth::FALSE };
            members_of(set, own).map(|it| places.holds(own, it)).fold(stray, Truth::union)
        }
        _ if piece.may_be_error() => Truth::ERROR,
        _ => Truth::FALSE,
    }
}

/// A bound that is 不适用 is met by nothing.
fn met(truth: Truth) -> Truth {
    let failed = if truth.may(Truth::NOT_APPLICABLE) { Truth::FALSE } else { Truth::NOTHING };
    truth.outcomes().filter(|it| *it != Truth::NOT_APPLICABLE).fold(failed, Truth::union)
}

fn values(set: &Set, own: Option<&Vocabulary>, bounds: &[Set]) -> Vec<Set> {
    match set {
        Set::Truth(it) => {
            it.outcomes().filter(|it| it.may(Truth::UNDECIDED)).map(Set::Truth).collect()
        }
        Set::Number(it) => {
            let pieces = it.values.iter().flat_map(|hull| cut(hull, numbers(bounds)));
            pieces.map(|it| Set::Number(Possible::values(it))).collect()
        }
        Set::Date(it) => {
            let pieces = it.values.iter().flat_map(|days| cut(&days.to_hull(), numbers(bounds)));
            let days = pieces.map(|it| it.to_days());
            let some = days.filter(|it| it.low.zip(it.high).is_none_or(|(low, high)| low <= high));
            some.map(|it| Set::Date(Possible::values(it))).collect()
        }
        Set::Member(it) => it.values.iter().flat_map(|set| members(set, own)).collect(),
        Set::Text(it) => match &it.values {
            Some(TextSet::Any) => texts(bounds),
            one => one.iter().map(|it| Set::Text(Possible::values(it.clone()))).collect(),
        },
    }
}

/// Any text: each that is asked for, and one that is not.
fn texts(bounds: &[Set]) -> Vec<Set> {
    let asked = bounds.iter().filter_map(|it| match it {
        Set::Text(Possible { values: Some(it @ TextSet::One(_)), na: false, error: false }) => {
            Some(it.clone())
        }
        _ => None,
    });
    // No cell holds this character.
    let other = TextSet::One("\u{0}".into());
    asked.chain([other]).map(|it| Set::Text(Possible::values(it))).collect()
}

fn members(set: &MemberSet, own: Option<&Vocabulary>) -> Vec<Set> {
    let whole = || vec![Set::Member(Possible::values(set.clone()))];
    let Some(own) = own else { return whole() };
    let members: Vec<u32> = members_of(set, own).collect();
    if members.len() > MOST_MEMBERS {
        return whole();
    }
    let stray = MemberSet { members: Some(vec![]), foreign: set.foreign.clone() };
    let stray = (set.foreign != Foreign::No).then_some(stray);
    let all = members.into_iter().map(MemberSet::one).chain(stray);
    all.map(|it| Set::Member(Possible::values(it))).collect()
}

/// The numbers, or days, that are known among the bounds, ascending.
fn numbers(bounds: &[Set]) -> Vec<Number> {
    let single = |bound: &Set| match bound {
        Set::Date(it) => it.to_numbers().single().cloned(),
        Set::Number(it) => it.single().cloned(),
        _ => None,
    };
    let mut bounds: Vec<Number> = bounds.iter().filter_map(single).collect();
    bounds.sort();
    bounds.dedup();
    bounds
}

/// A hull cut at bounds, which ascend: each bound alone, and what lies between two.
pub fn cut(hull: &Hull, bounds: Vec<Number>) -> Vec<Hull> {
    let mut pieces = vec![];
    let mut low = None;
    for bound in bounds {
        let open = Some(End::open(bound.clone()));
        pieces.push(Hull { low: low.take(), high: open.clone() });
        pieces.push(Hull::point(bound));
        low = open;
    }
    pieces.push(Hull { low, high: None });
    pieces.iter().filter_map(|piece| piece.intersect(hull)).collect()
}
