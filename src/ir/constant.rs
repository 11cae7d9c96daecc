//! A value that a rule writes, and the set of it. Where it stands is not known here.

use crate::value::DateHull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use std::sync::Arc;

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Constant {
    /// 不适用
    NotApplicable,
    /// One truth, or 错误 as a settled set is never written.
    Truth(Truth),
    /// In base units; also the count of a duration.
    Number(Number),
    /// Days from 0001-01-01, which is day 1.
    Date(i32),
    /// A text, folded.
    Text(Arc<str>),
    /// A member, by index in the vocabulary of the node's type.
    Member(u32),
}

impl Constant {
    /// The set of its value; none of 不适用, which is of every type.
    pub fn set(&self) -> Option<Set> {
        Some(match self {
            Constant::NotApplicable => return None,
            Constant::Truth(it) => Set::Truth(*it),
            Constant::Number(it) => Set::Number(Possible::number(it.clone())),
            Constant::Date(it) => Set::Date(Possible::values(DateHull::point(*it))),
            Constant::Text(it) => Set::Text(Possible::values(TextSet::One(it.clone()))),
            Constant::Member(it) => Set::Member(Possible::values(MemberSet::one(*it))),
        })
    }
}
