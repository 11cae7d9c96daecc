//! Settled values that can be told apart, for counting distinct ones and finding equal ones. Sets have no key.

use crate::value::Foreign;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::TextSet;
use crate::value::Truth;
use std::sync::Arc;

/// A value of any type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A truth.
    Truth(bool),
    /// A number.
    Number(Number),
    /// A day.
    Date(i32),
    /// A member.
    Member(u32),
    /// A text; also what is a member of nothing.
    Text(Arc<str>),
}

impl Key {
    /// The value, if there is only one outcome and it is a value.
    pub fn of(set: &Set) -> Option<Key> {
        if set.state() != State::Value {
            return None;
        }
        match set {
            Set::Truth(it) => Some(Key::Truth(*it == Truth::TRUE)),
            Set::Number(it) => it.single().cloned().map(Key::Number),
            Set::Date(it) => it.values?.low.map(Key::Date),
            Set::Member(it) => match it.values.as_ref()? {
                set if set.foreign == Foreign::No => {
                    set.members.as_ref()?.first().copied().map(Key::Member)
                }
                set => match &set.foreign {
                    Foreign::One(text) => Some(Key::Text(text.clone())),
                    _ => None,
                },
            },
            Set::Text(it) => match it.values.as_ref()? {
                TextSet::One(text) => Some(Key::Text(text.clone())),
                TextSet::Any => None,
            },
        }
    }
}
