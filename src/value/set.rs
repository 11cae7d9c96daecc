//! Sets of possible outcomes of one cell: hulls of numbers and days, sets of members, texts. No operator lives here.

use crate::value::Number;
use crate::value::Truth;
use std::sync::Arc;

/// What a value may be: the values still possible, and whether 不适用 or 错误 are possible too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possible<S> {
    /// The possible values; none where only 不适用 or 错误 are possible.
    pub values: Option<S>,
    /// May be 不适用.
    pub na: bool,
    /// May be 错误.
    pub error: bool,
}

impl<S> Possible<S> {
    /// Only values.
    pub fn values(values: S) -> Possible<S> {
        Possible { values: Some(values), na: false, error: false }
    }

    /// Only 不适用.
    pub fn not_applicable() -> Possible<S> {
        Possible { values: None, na: true, error: false }
    }

    /// Only 错误.
    pub fn error() -> Possible<S> {
        Possible { values: None, na: false, error: true }
    }
}

/// One end of a hull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The bound itself.
    pub at: Number,
    /// Whether it belongs to the hull.
    pub closed: bool,
}

/// The least interval that holds every possible number; an end that is none is infinite.
/// Never empty: a low end above its high end is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hull {
    /// The lower end.
    pub low: Option<End>,
    /// The upper end.
    pub high: Option<End>,
}

impl Hull {
    /// Every number.
    pub fn everything() -> Hull {
        Hull { low: None, high: None }
    }

    /// One number.
    pub fn point(at: Number) -> Hull {
        let end = End { at, closed: true };
        Hull { low: Some(end.clone()), high: Some(end) }
    }

    /// The number, if there is only one.
    pub fn single(&self) -> Option<&Number> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.at == high.at => Some(&low.at),
            _ => None,
        }
    }
}

/// All days from `low` to `high`, both inclusive; an end that is none is open for ever.
/// Days are counted from 0001-01-01, which is day 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateHull {
    /// First possible day.
    pub low: Option<i32>,
    /// Last possible day.
    pub high: Option<i32>,
}

/// What a member of a vocabulary may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberSet {
    /// Possible members by index, ascending; none means every member.
    pub members: Option<Vec<u32>>,
    /// What it may be outside the vocabulary.
    pub foreign: Foreign,
}

/// A value that is a member of nothing: its vocabulary is not 完整, or the field is 可另填.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// It is a member.
    No,
    /// It is this text.
    One(Arc<str>),
    /// It may be any text.
    Any,
}

/// What a text may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextSet {
    /// This text.
    One(Arc<str>),
    /// Any text.
    Any,
}

/// The possible outcomes of one cell of any type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// A truth.
    Truth(Truth),
    /// A number, in base units.
    Number(Possible<Hull>),
    /// A day.
    Date(Possible<DateHull>),
    /// A member of a vocabulary.
    Member(Possible<MemberSet>),
    /// A text.
    Text(Possible<TextSet>),
}

/// What is reported of a set (`semantics` §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Exactly one value.
    Value,
    /// Only 不适用.
    NotApplicable,
    /// Only 错误.
    Error,
    /// Anything else.
    Unknown,
}

impl Set {
    /// What is reported of it.
    pub fn state(&self) -> State {
        let of = |single: Option<bool>, na: bool, error: bool| match (single, na, error) {
            (Some(true), false, false) => State::Value,
            (None, true, false) => State::NotApplicable,
            (None, false, true) => State::Error,
            _ => State::Unknown,
        };
        match self {
            Set::Truth(it) if *it == Truth::NOT_APPLICABLE => State::NotApplicable,
            Set::Truth(it) if *it == Truth::ERROR => State::Error,
            Set::Truth(it) if it.is_settled() => State::Value,
            Set::Truth(_) => State::Unknown,
            Set::Number(it) => {
                of(it.values.as_ref().map(|v| v.single().is_some()), it.na, it.error)
            }
            Set::Date(it) => {
                of(it.values.map(|v| v.low.is_some() && v.low == v.high), it.na, it.error)
            }
            Set::Member(it) => of(it.values.as_ref().map(MemberSet::is_single), it.na, it.error),
            Set::Text(it) => of(it.values.as_ref().map(|v| *v != TextSet::Any), it.na, it.error),
        }
    }

    /// Whether exactly one outcome is possible.
    pub fn is_settled(&self) -> bool {
        self.state() != State::Unknown
    }

    /// Whether 不适用 is possible.
    pub fn may_be_na(&self) -> bool {
        match self {
            Set::Truth(it) => it.may(Truth::NOT_APPLICABLE),
            Set::Number(it) => it.na,
            Set::Date(it) => it.na,
            Set::Member(it) => it.na,
            Set::Text(it) => it.na,
        }
    }

    /// Whether 错误 is possible.
    pub fn may_be_error(&self) -> bool {
        match self {
            Set::Truth(it) => it.may(Truth::ERROR),
            Set::Number(it) => it.error,
            Set::Date(it) => it.error,
            Set::Member(it) => it.error,
            Set::Text(it) => it.error,
        }
    }
}

impl MemberSet {
    /// One member.
    pub fn one(member: u32) -> MemberSet {
        MemberSet { members: Some(vec![member]), foreign: Foreign::No }
    }

    /// Any of these members, ascending.
    pub fn any_of(members: Vec<u32>) -> MemberSet {
        MemberSet { members: Some(members), foreign: Foreign::No }
    }

    /// A text that is no member.
    pub fn foreign(text: Arc<str>) -> MemberSet {
        MemberSet { members: Some(vec![]), foreign: Foreign::One(text) }
    }

    /// Whether it can be one thing only.
    pub fn is_single(&self) -> bool {
        match (&self.members, &self.foreign) {
            (Some(members), Foreign::No) => members.len() == 1,
            (Some(members), Foreign::One(_)) => members.is_empty(),
            _ => false,
        }
    }
}
