//! What the case says of itself, as far as a name must agree with it. Nothing is decided here.

use crate::value::Foreign;
use crate::value::MemberSet;
use crate::value::Possible;

/// What a case says of itself, as far as a name must agree with it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// One for each source of places.
    pub places: &'c [Given<'c>],
    /// The industry.
    pub industry: Given<'c>,
}

/// What a case says it is, of one list.
#[derive(Clone, Copy, Debug)]
pub enum Given<'c> {
    /// The rule asks for no agreement with it.
    NotAsked,
    /// This member.
    One(u32),
    /// Not exactly known, 无, or no member.
    Set(&'c Possible<MemberSet>),
}

impl<'c> Given<'c> {
    /// What a set of possible members gives.
    pub fn of(set: &'c Possible<MemberSet>) -> Given<'c> {
        match &set.values {
            Some(MemberSet { members: Some(members), foreign: Foreign::No })
                if !set.na && !set.error =>
            {
                match members[..] {
                    [only] => Given::One(only),
                    _ => Given::Set(set),
                }
            }
            _ => Given::Set(set),
        }
    }
}
