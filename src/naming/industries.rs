//! The classes an industry of a name may be: found by name, weighed by level and by the case's own industry. No place is known here.

use crate::ir::Member;
use crate::ir::Vocabulary;
use crate::ir::naming::IndustrySource;
use crate::naming::case::Given;
use crate::naming::trie::Groups;
use crate::naming::trie::Trie;
use crate::value::Foreign;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::Truth;
use crate::value::text;
use std::collections::BTreeMap;

/// The classification of a rule and the names in it.
#[derive(Debug)]
pub(crate) struct Industries<'p> {
    source: &'p IndustrySource,
    list: &'p Vocabulary,
    names: Trie,
    /// The members of each name, those at the asked levels first, in the order asked.
    bearers: Groups<u32>,
    /// The class above each, or itself, and the place of its level among those asked.
    classes: Vec<(u32, u32)>,
}

/// How the industry of a name stands to the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndustryState {
    /// A class at an asked level, and the case's own.
    Asked,
    /// A class at an asked level; whether it is the case's own is open.
    Open,
    /// A class at another level.
    OtherLevel,
    /// A class, but not the case's own.
    NotTheCases,
    /// No class.
    Foreign,
    /// Nothing is left for an industry.
    Empty,
}

/// The class that a segment is read as, its state, and whether it is as the rule asks.
pub(crate) type Industry = (Option<u32>, IndustryState, Truth);

impl<'p> Industries<'p> {
    /// Gathers the names of the classification.
    pub fn new(source: &'p IndustrySource, list: &'p Vocabulary) -> Industries<'p> {
        let mut names: BTreeMap<String, u32> = BTreeMap::new();
        let mut bearers: Vec<Vec<u32>> = vec![];
        for (member, at) in list.members.iter().zip(0..) {
            for name in std::iter::once(member.name.as_ref())
                .chain(member.short.as_deref())
                .chain(member.aliases.iter().map(String::as_str))
            {
                let place = *names.entry(text::fold(name).into_owned()).or_insert_with(|| {
                    bearers.push(vec![]);
                    bearers.len() as u32 - 1
                });
                let there = &mut bearers[place as usize];
                if !there.contains(&at) {
                    there.push(at);
                }
            }
        }
        let unasked = source.levels.len();
        let preference =
            |level: u32| source.levels.iter().position(|it| *it == level).unwrap_or(unasked) as u32;
        let classes: Vec<(u32, u32)> = list
            .members
            .iter()
            .zip(0..)
            .map(|(it, at)| (it.parent.unwrap_or(at), preference(it.level)))
            .collect();
        for there in &mut bearers {
            there.sort_by_key(|at| (classes[*at as usize].1, *at));
        }
        Industries {
            source,
            list,
            names: Trie::new(&names),
            bearers: Groups::new(bearers),
            classes,
        }
    }

    /// The classification.
    pub fn list(&self) -> &'p Vocabulary {
        self.list
    }

    /// The levels the rule asks for, the preferred one first.
    pub fn levels(&self) -> &'p [u32] {
        &self.source.levels
    }

    /// A class by its place in the classification.
    pub fn member(&self, at: u32) -> &'p Member {
        &self.list.members[at as usize]
    }

    /// The classes at the head of a text: where each name ends, and who bears it.
    pub fn walk<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'t [u32])> {
        self.names.walk(text).map(|(end, name)| (end, self.bearers.get(name)))
    }

    /// Whether the level of a class is asked.
    pub fn is_asked(&self, class: u32) -> bool {
        (self.classes[class as usize].1 as usize) < self.source.levels.len()
    }

    /// Whether a class is another or lies below it.
    fn is_within(&self, class: u32, above: u32) -> bool {
        let mut at = class;
        while at != above {
            let next = self.classes[at as usize].0;
            if next == at {
                return false;
            }
            at = next;
        }
        true
    }

    /// What a segment of a name is.
    pub fn judge(&self, segment: &str, given: Given<'_>) -> Industry {
        let segment = segment.trim();
        if segment.is_empty() {
            return (None, IndustryState::Empty, Truth::FALSE);
        }
        let Some(name) = self.names.get(segment) else {
            return (None, IndustryState::Foreign, Truth::FALSE);
        };
        let readings = self.bearers.get(name).iter().map(|class| {
            let (state, truth) = self.weigh(*class, given);
            (Some(*class), state, truth)
        });
        // The first of the best: bearers stand in the order asked.
        let best = readings.min_by_key(|it| it.1);
        best.unwrap_or((None, IndustryState::Foreign, Truth::FALSE))
    }

    fn weigh(&self, class: u32, given: Given<'_>) -> (IndustryState, Truth) {
        if !self.is_asked(class) {
            return (IndustryState::OtherLevel, Truth::FALSE);
        }
        let truth = self.agrees(class, given);
        let state = match truth {
            Truth::TRUE => IndustryState::Asked,
            Truth::FALSE => IndustryState::NotTheCases,
            _ => IndustryState::Open,
        };
        (state, truth)
    }

    /// Whether a class is the case's industry or above it. A case whose industry is coarser leaves it open.
    pub fn agrees(&self, class: u32, given: Given<'_>) -> Truth {
        let one = |own: u32| {
            if self.is_within(own, class) {
                Truth::TRUE
            } else if self.is_within(class, own) {
                Truth::UNDECIDED
            } else {
                Truth::FALSE
            }
        };
        match given {
            Given::NotAsked => Truth::TRUE,
            Given::One(own) => one(own),
            Given::Set(set) => over(set, one),
        }
    }
}

/// What a question about a member is for a set of possible members: what is no member, or 不适用, answers 假.
pub(crate) fn over(set: &Possible<MemberSet>, one: impl Fn(u32) -> Truth) -> Truth {
    let mut truth = match &set.values {
        Some(MemberSet { members: None, .. }) => Truth::UNDECIDED,
        Some(MemberSet { members: Some(members), foreign }) => {
            let known = members.iter().fold(Truth::NOTHING, |so_far, it| so_far.union(one(*it)));
            if *foreign == Foreign::No { known } else { known.union(Truth::FALSE) }
        }
        None => Truth::NOTHING,
    };
    if set.na {
        truth = truth.union(Truth::FALSE);
    }
    if set.error { truth.union(Truth::ERROR) } else { truth }
}
