//! The naming rule (`semantics` §10): a name is cut into place, industry and suffix in all ways, each weighed against
//! what the case says of itself. It reads no data and no rule text; the name itself is never changed.
//!
//! ```text
//! name ──fold──▶ text ──readings──▶ cuts ──choose──▶ readings, the best first ──judge, propose──▶ Judgement
//! ```

mod case;
mod choose;
mod findings;
mod fold;
mod industries;
mod judge;
mod places;
mod propose;
mod readings;
mod traditional;
mod trie;
mod words;

pub use case::Case;
pub use case::Given;
pub use choose::PlaceState;
pub use choose::Reading;
pub use findings::Finding;
pub use findings::FindingKind;
pub use fold::Folded;
pub use fold::fold;
pub use industries::IndustryState;
pub use judge::Judgement;
pub use judge::Part;
pub use places::PlaceId;
pub use propose::Proposal;
pub use readings::Chain;
pub use readings::Cut;
pub use readings::Level;
pub use readings::Tail;

use crate::ir::Member;
use crate::ir::Program;
use crate::ir::Vocabulary;
use crate::ir::naming::Rule;
use crate::naming::industries::Industries;
use crate::naming::places::Places;
use crate::naming::propose::Likeness;
use crate::naming::readings::Chains;
use crate::naming::readings::Tails;
use crate::naming::trie::Trie;
use crate::value::Truth;
use std::cell::Cell;
use std::collections::BTreeMap;

/// A rule made ready to judge many names.
#[derive(Debug)]
pub struct Namer<'p> {
    rule: &'p Rule,
    lists: &'p [Vocabulary],
    places: Places<'p>,
    industries: Industries<'p>,
    /// The rule's endings of unknown places.
    endings: Trie,
    likeness: Likeness,
}

impl<'p> Namer<'p> {
    /// Those of a program, by [`crate::ir::NamingId`].
    pub fn all(program: &'p Program) -> Vec<Namer<'p>> {
        let rules = program.namings.iter();
        rules.map(|it| Namer::new(&it.rule, &program.vocabularies)).collect()
    }

    /// Makes a rule ready; its lists are found by id.
    pub fn new(rule: &'p Rule, lists: &'p [Vocabulary]) -> Namer<'p> {
        let list = &lists[rule.industry.list.0 as usize];
        let endings: BTreeMap<String, u32> =
            rule.endings.iter().zip(0..).map(|(it, at)| (it.text.clone(), at)).collect();
        Namer {
            rule,
            lists,
            places: Places::new(rule, lists),
            industries: Industries::new(&rule.industry, list),
            endings: Trie::new(&endings),
            likeness: Likeness::new(list),
        }
    }

    /// The reading that is shown of a name: all a batch needs. [`Namer::judge`] says the same in words.
    pub fn verdict(&self, written: &str, case: &Case<'_>) -> Reading {
        let mut best: Option<Reading> = None;
        self.each_reading(&fold::quick(written), case, &mut |it| {
            if best.as_ref().is_none_or(|best| it.rank < best.rank) {
                best = Some(*it);
            }
        });
        best.expect("a name has a reading: it can always be cut before its suffix")
    }

    /// The list entry that a place of a reading is.
    pub fn place(&self, it: PlaceId) -> &'p Member {
        self.places.member(it)
    }

    /// Calls `found` with every reading of a folded name.
    ///
    /// Where what is left is no class, the suffix is the longest, and the place is taken as far as
    /// it goes on: to a place inside it, or to the first ending of an unknown zone or park. Such
    /// unknown places are tried only where nothing known is without fault, because no reading with
    /// one is better than open.
    fn each_reading(&self, name: &str, case: &Case<'_>, found: &mut dyn FnMut(&Reading)) {
        let tails = Tails::of(self.rule, name);
        let to = tails.first() as usize;
        let (any, faultless) = (Cell::new(false), Cell::new(false));
        let mut cut = |chain: &Chain, end: usize, ending: Option<u8>, next: Option<usize>| {
            let mut place = None;
            let fitting = tails.iter().filter(|(suffix, _)| *suffix as usize >= end);
            for (at, (suffix, tail)) in fitting.enumerate() {
                let industry = self.industries.judge(&name[end..suffix as usize], case.industry);
                if industry.1 == IndustryState::Foreign {
                    let known = ending.is_none() && chain.last().is_some();
                    let inside = next.is_some_and(|it| it <= to);
                    if at > 0 || known && (inside || self.goes_on(name, end, to)) {
                        continue;
                    }
                }
                let place =
                    *place.get_or_insert_with(|| self.weigh_place(chain.levels(), ending, case));
                let cut = Cut { chain: *chain, ending, industry: end as u32, suffix, tail };
                let reading = self.weigh(cut, place, industry);
                faultless.set(faultless.get() || reading.truth == Truth::TRUE);
                any.set(true);
                found(&reading);
            }
        };
        Chains::each(&self.places, name, |chain, end, next| cut(chain, end, None, next));
        if !faultless.get() && readings::first_ending(&self.endings, name, 0, to).is_some() {
            for (chain, end, ending) in
                readings::unknown_places(&self.endings, &self.places, name, to)
            {
                cut(&chain, end, Some(ending), None);
            }
        }
        if !any.get() {
            cut(&Chain::EMPTY, 0, None, None);
        }
    }

    /// Whether a place goes on to an ending: right behind it, or with something left for an industry.
    fn goes_on(&self, name: &str, from: usize, to: usize) -> bool {
        let Some((end, which)) = readings::first_ending(&self.endings, name, from, to) else {
            return false;
        };
        end < to || end - self.rule.endings[which as usize].text.len() == from
    }
}
