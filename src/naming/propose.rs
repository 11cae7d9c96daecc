//! Names that would do: the nearest classes for an industry, and the corrected name. Nothing here decides a verdict.

use crate::diagnostic::Text;
use crate::ir::Force;
use crate::ir::Vocabulary;
use crate::naming::Namer;
use crate::naming::case::Case;
use crate::naming::case::Given;
use crate::naming::choose::PlaceState;
use crate::naming::choose::Reading;
use crate::naming::industries::IndustryState;
use crate::naming::places::PlaceId;
use crate::value::Truth;
use crate::value::text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A corrected name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The name.
    pub name: String,
    /// What it changes.
    pub reason: Text,
}

/// How like texts are to the names of a classification: by pairs of neighbouring characters, rare ones weighing more.
#[derive(Debug)]
pub(crate) struct Likeness {
    /// In how many names each pair stands.
    pairs: BTreeMap<(char, char), u64>,
    /// The pairs of each member's name.
    members: Vec<BTreeSet<(char, char)>>,
}

impl Likeness {
    /// Counts the pairs of a classification.
    pub fn new(list: &Vocabulary) -> Likeness {
        let members: Vec<_> = list.members.iter().map(|it| pairs(&text::fold(&it.name))).collect();
        let mut counts = BTreeMap::new();
        for pair in members.iter().flatten() {
            *counts.entry(*pair).or_insert(0) += 1;
        }
        Likeness { pairs: counts, members }
    }

    /// How like a text is to a member's name, in thousandths.
    fn score(&self, text: &BTreeSet<(char, char)>, member: u32) -> u64 {
        let weight =
            |pair: &(char, char)| 1000 / (1 + self.pairs.get(pair).copied().unwrap_or(0)) + 20;
        let sum = |pairs: &BTreeSet<(char, char)>| pairs.iter().map(weight).sum::<u64>();
        let own = &self.members[member as usize];
        let (shared, asked) = (text.intersection(own).map(weight).sum::<u64>(), sum(text));
        // One rare pair in a long text is chance.
        if shared * 10 < asked * 3 { 0 } else { 2000 * shared / (asked + sum(own)).max(1) }
    }
}

/// The pairs of neighbouring characters of a text.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

impl Namer<'_> {
    /// Classes at the asked levels that a reading's industry might mean, the likeliest first: what stands above or below
    /// the class read, the case's own industry, then the classes of similar names. A similar name below an asked level
    /// stands for the class above it.
    pub(crate) fn nearest(
        &self,
        segment: &str,
        reading: &Reading,
        case: &Case<'_>,
        count: usize,
    ) -> Vec<u32> {
        let own = own_class(case.industry).and_then(|own| self.at_asked_level(own));
        let other_level = reading.class.filter(|it| !self.industries.is_asked(*it));
        let mut found: Vec<u32> = match other_level {
            Some(class) => {
                let within = own.filter(|it| self.industries.list().is_within(*it, class));
                within
                    .into_iter()
                    .chain(self.at_asked_level(class))
                    .chain(self.below(class))
                    .collect()
            }
            None => own.into_iter().chain(self.similar(segment)).collect(),
        };
        let mut names = BTreeSet::new();
        found.retain(|it| names.insert(self.industries.member(*it).name.clone()));
        found.truncate(count);
        found
    }

    /// The classes at the asked levels whose names, or names below them, are like a text.
    fn similar(&self, segment: &str) -> Vec<u32> {
        // In thousandths; a name below must be more alike. What is far behind the best is left out.
        const ALIKE: u64 = 180;
        const BELOW: u64 = 350;
        let text = pairs(segment);
        let score = |it: u32| {
            let (score, class) = (self.likeness.score(&text, it), self.at_asked_level(it)?);
            (score >= if class == it { ALIKE } else { BELOW }).then_some((score, class))
        };
        let mut scored: Vec<(u64, u32)> =
            (0..self.industries.list().members.len() as u32).filter_map(score).collect();
        let level = |it: u32| self.industries.member(it).level;
        scored.sort_by_key(|(score, it)| {
            (std::cmp::Reverse(score / 100), level(*it), std::cmp::Reverse(*score), *it)
        });
        let best = scored.iter().map(|it| it.0).max().unwrap_or(0);
        scored.into_iter().filter(|(score, _)| score * 2 >= best).map(|it| it.1).collect()
    }

    /// The classes below at the nearest asked level.
    fn below(&self, class: u32) -> Vec<u32> {
        let levels = self.industries.levels().iter().copied();
        let Some(level) = levels.filter(|it| *it > self.industries.member(class).level).min()
        else {
            return vec![];
        };
        let all = 0..self.industries.list().members.len() as u32;
        all.filter(|it| {
            self.industries.member(*it).level == level
                && self.industries.list().is_within(*it, class)
        })
        .collect()
    }

    /// The class itself if its level is asked, else the nearest one above that is.
    fn at_asked_level(&self, class: u32) -> Option<u32> {
        let above = |it: &u32| self.industries.member(*it).parent;
        std::iter::successors(Some(class), above).find(|it| self.industries.is_asked(*it))
    }

    /// Corrected names: first what must be mended, then with a class for an industry that departs.
    pub(crate) fn propose(&self, name: &str, reading: &Reading, case: &Case<'_>) -> Vec<Proposal> {
        const MOST: usize = 2;
        let segment = name[reading.cut.industry as usize..reading.cut.suffix as usize].trim();
        let departs = reading.industry == Truth::FALSE;
        let needed = departs
            && (reading.industry_state == IndustryState::Empty
                || self.rule.industry_force == Force::Must);
        let mut industries: Vec<String> = if needed { vec![] } else { vec![written(segment)] };
        if departs {
            let nearest = self.nearest(segment, reading, case, MOST);
            industries
                .extend(nearest.into_iter().map(|it| self.industries.member(it).name.to_string()));
        }
        let mut found: Vec<Proposal> = Vec::new();
        let now = written(name);
        for industry in &industries {
            for place in self.right_places(name, reading, case) {
                let name = format!("{place}{industry}{}", self.rule.suffix.text);
                if name != now && !found.iter().any(|it| it.name == name) {
                    let reason =
                        self.change(reading, industry != segment && *industry != written(segment));
                    found.push(Proposal { name, reason });
                }
            }
        }
        found
    }

    /// The place as written where it may stand; else the case's own zone and place, that of the written kind first.
    fn right_places(&self, name: &str, reading: &Reading, case: &Case<'_>) -> Vec<String> {
        let segment = &name[..reading.cut.industry as usize];
        if reading.place != Truth::FALSE {
            return vec![written(segment.trim())];
        }
        let given = case.places.iter().enumerate().filter_map(|(source, given)| match given {
            Given::One(member) => Some(self.places.of_member(source, *member)),
            Given::Set(_) | Given::NotAsked => None,
        });
        let mut own: Vec<PlaceId> = given.collect();
        let last = reading.cut.chain.last();
        // A park gives way to the division it is written after, where the case's own place does not say more.
        if let (PlaceState::OtherKind, Some(last)) = (reading.place_state, last)
            && own.iter().all(|it| self.places.is_within(last.place, *it) && last.place != *it)
        {
            return vec![written(&name[..last.end as usize])];
        }
        let is_zone = reading.cut.ending.is_some()
            || last.is_some_and(|it| self.places.host(it.place).is_some());
        own.sort_by_key(|it| self.places.host(*it).is_some() != is_zone);
        own.iter().map(|it| self.call(*it)).collect()
    }

    /// What a place is to be called in a name: its short name if it is a zone, else its full name, after the name above
    /// where others bear it too.
    fn call(&self, it: PlaceId) -> String {
        let member = self.places.member(it);
        if let (Some(short), Some(_)) = (&member.short, self.places.host(it)) {
            return short.clone();
        }
        let shared = self.places.bearers(&text::fold(&member.name)).len() > 1;
        match self.places.above(it).filter(|_| shared) {
            Some(above) => format!("{}{}", self.places.member(above).name, member.name),
            None => member.name.to_string(),
        }
    }

    /// What a proposal changes, in words.
    fn change(&self, reading: &Reading, industry: bool) -> Text {
        let parts = [
            (reading.place == Truth::FALSE, "地名", "the place"),
            (industry, "产业名", "the industry"),
            (reading.suffix == Truth::FALSE, "后缀", "the suffix"),
        ];
        let zh: Vec<&str> = parts.iter().filter(|it| it.0).map(|it| it.1).collect();
        let en: Vec<&str> = parts.iter().filter(|it| it.0).map(|it| it.2).collect();
        if zh.is_empty() {
            return Text::new("改字形", "mends the spelling");
        }
        Text::new(format!("改{}", zh.join("、")), format!("mends {}", en.join(" and ")))
    }
}

/// The class that the case surely gives.
pub(crate) fn own_class(given: Given<'_>) -> Option<u32> {
    match given {
        Given::One(own) => Some(own),
        Given::Set(_) | Given::NotAsked => None,
    }
}

/// A piece of a folded name as it is written in Chinese: brackets in full width.
pub(crate) fn written(folded: &str) -> String {
    folded.replace('(', "（").replace(')', "）")
}
