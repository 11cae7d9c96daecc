//! Which edits did it: every edit applied alone to the old version, taken back alone from the new one, and together. All is run.

use crate::data::RawTable;
use crate::difference::edits::Edits;
use crate::difference::edits::Version;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Figures;
use crate::difference::figures::Item;
use crate::difference::figures::Value;
use crate::difference::figures::figures;
use crate::difference::patch;
use crate::eval::Run;
use crate::ir::Program;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Edits by their numbers.
pub type Set = BTreeSet<usize>;

/// What is said of one case.
pub type Spot = (Item, CaseKey);

/// What comes out otherwise than under the old version.
pub type Delta = BTreeMap<Spot, Value>;

/// Runs that are made at most.
const RUNS: usize = 600;
/// Joint causes of at most so many edits are sought among all that have to do with a change.
const JOINT: usize = 4;
/// More edits than this are taken item by item.
const SINGLE: usize = 150;

/// Where edits are tried.
pub struct Bench<'a> {
    /// The old version.
    pub old: Version<'a>,
    /// The new version.
    pub new: Version<'a>,
    /// The edits between them.
    pub edits: &'a Edits,
    /// The data, edited.
    pub tables: &'a dyn Fn(&Set) -> Vec<RawTable>,
    /// How to run.
    pub run: &'a Run,
    /// The old version over the old data.
    pub base: &'a Figures,
    sound: BTreeMap<Set, bool>,
    deltas: BTreeMap<Set, Option<Rc<Delta>>>,
}

/// What came of an edit tried by itself.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The edits that were applied together: the edit and what it cannot do without.
    pub with: Set,
    /// What they change.
    pub alone: Rc<Delta>,
    /// What is left of the whole difference without it; none where the rest does not check.
    pub without: Option<Rc<Delta>>,
}

/// Why one thing comes out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Each of these sets does it alone: one edit with what it cannot do without.
    Each(Vec<Set>),
    /// None does it alone, these do it together, and no smaller set of those tried does.
    Joint(Set),
    /// These do it together; smaller sets were not all tried.
    Together(Set),
}

impl<'a> Bench<'a> {
    /// A bench on which nothing was tried yet.
    pub fn new(
        (old, new): (Version<'a>, Version<'a>),
        edits: &'a Edits,
        tables: &'a dyn Fn(&Set) -> Vec<RawTable>,
        run: &'a Run,
        base: &'a Figures,
    ) -> Bench<'a> {
        Bench {
            old,
            new,
            edits,
            tables,
            run,
            base,
            sound: BTreeMap::new(),
            deltas: BTreeMap::new(),
        }
    }

    /// The old version with these edits; none where they do not go together.
    pub fn program(&self, on: &Set) -> Option<Program> {
        patch::program(self.old, self.new, self.edits, on)
    }

    fn checks(&mut self, on: &Set) -> bool {
        if let Some(known) = self.sound.get(on) {
            return *known;
        }
        let sound = self.program(on).is_some();
        self.sound.insert(on.clone(), sound);
        sound
    }

    /// What these edits change; none where they do not go together, or too many runs were made.
    pub fn try_out(&mut self, on: &Set) -> Option<Rc<Delta>> {
        if let Some(known) = self.deltas.get(on) {
            return known.clone();
        }
        if self.deltas.len() >= RUNS {
            return None;
        }
        let program = self.program(on);
        self.sound.insert(on.clone(), program.is_some());
        let delta = program.map(|program| {
            let tables = (self.tables)(on);
            let now = figures(program, &tables, self.run, &self.edits.names);
            Rc::new(delta(self.base, &now))
        });
        self.deltas.insert(on.clone(), delta.clone());
        delta
    }

    /// Every edit of a list tried by itself, the wordings being taken over anyway.
    pub fn trials(&mut self, units: &[Set], wordings: &Set) -> BTreeMap<usize, Trial> {
        let all: Set = units.iter().flatten().chain(wordings).copied().collect();
        let mut needs: Vec<(usize, Set)> = vec![];
        for unit in units {
            let with = self.needed(unit, &all, wordings);
            needs.extend(unit.first().map(|it| (*it, with)));
        }
        let mut trials = BTreeMap::new();
        for (unit, (lead, with)) in units.iter().zip(&needs) {
            let Some(alone) = self.try_out(&joined(with, wordings)) else { continue };
            // What cannot do without it goes with it.
            let hang = needs.iter().zip(units).filter(|it| !it.0.1.is_disjoint(unit));
            let gone: Set = hang.flat_map(|it| it.1).copied().collect();
            let rest: Set = all.difference(&gone).copied().collect();
            let without = self.try_out(&rest);
            trials.insert(*lead, Trial { with: with.clone(), alone, without });
        }
        trials
    }

    /// An edit with the fewest others it was found to need, so that the rulebook checks.
    fn needed(&mut self, unit: &Set, all: &Set, wordings: &Set) -> Set {
        if self.checks(&joined(unit, wordings)) {
            return unit.clone();
        }
        let mut kept: Vec<usize> =
            all.iter().copied().filter(|it| !unit.contains(it) && !wordings.contains(it)).collect();
        let mut piece = kept.len().div_ceil(2);
        while piece > 0 {
            let mut at = 0;
            while at < kept.len() {
                let end = (at + piece).min(kept.len());
                let fewer: Vec<usize> = kept[..at].iter().chain(&kept[end..]).copied().collect();
                let set: Set = unit.iter().chain(&fewer).copied().collect();
                match self.checks(&joined(&set, wordings)) {
                    true => kept = fewer,
                    false => at = end,
                }
            }
            piece = if piece == 1 { 0 } else { piece.div_ceil(2) };
        }
        unit.iter().chain(&kept).copied().collect()
    }

    /// Why one thing comes to a value.
    pub fn cause(
        &mut self,
        spot: &Spot,
        value: &Value,
        trials: &BTreeMap<usize, Trial>,
        wordings: &Set,
    ) -> Cause {
        let sole = |it: &&Trial| it.alone.get(spot) == Some(value);
        let mut each: Vec<Set> = trials.values().filter(sole).map(|it| it.with.clone()).collect();
        each.sort_by_key(|it| (it.len(), it.clone()));
        each.dedup();
        // A set that holds another one that does it says nothing more.
        let least: Vec<Set> = each
            .iter()
            .filter(|it| !each.iter().any(|other| other != *it && other.is_subset(it)))
            .cloned()
            .collect();
        if !least.is_empty() {
            return Cause::Each(least);
        }
        let is_concerned = |it: &&Trial| {
            let left = it.without.as_ref().is_some_and(|it| it.get(spot) != Some(value));
            left || it.alone.contains_key(spot)
        };
        let every: Vec<&Set> = trials.values().map(|it| &it.with).collect();
        let concerned: Vec<&Set> =
            trials.values().filter(is_concerned).map(|it| &it.with).collect();
        // Where one edit can stand in for another, leaving either out changes nothing: then all are tried together.
        let pools = [&concerned, &every];
        pools.into_iter().find_map(|it| self.joint(spot, value, it, wordings)).unwrap_or_else(
            || Cause::Together(every.iter().flat_map(|it| it.iter()).copied().collect()),
        )
    }

    /// The smallest set of some edits that gives a value, where there are few enough to be sure of that.
    fn joint(
        &mut self,
        spot: &Spot,
        value: &Value,
        pool: &[&Set],
        wordings: &Set,
    ) -> Option<Cause> {
        let mut complete = true;
        for size in 2..=JOINT.min(pool.len()) {
            for chosen in subsets(pool.len(), size) {
                let set: Set = chosen.iter().flat_map(|at| pool[*at]).copied().collect();
                match self.try_out(&joined(&set, wordings)) {
                    Some(delta) if delta.get(spot) == Some(value) => {
                        return Some(Cause::Joint(set));
                    }
                    Some(_) => {}
                    None => complete &= self.deltas.len() < RUNS,
                }
            }
        }
        let all: Set = pool.iter().flat_map(|it| it.iter()).copied().collect();
        let does = self.try_out(&joined(&all, wordings));
        let does = does.is_some_and(|it| it.get(spot) == Some(value));
        let smallest = complete && pool.len() <= JOINT + 1;
        does.then_some(if smallest { Cause::Joint(all) } else { Cause::Together(all) })
    }
}

/// The edits that are tried by themselves: each, or those of one item together where there are very many.
pub fn units(edits: &Edits, tried: &Set) -> Vec<Set> {
    if tried.len() <= SINGLE {
        return tried.iter().map(|it| Set::from([*it])).collect();
    }
    let mut of_item: BTreeMap<(String, String), Set> = BTreeMap::new();
    for at in tried {
        let key = edits.all.get(*at).map(|it| (it.word.zh.clone(), it.item.clone()));
        of_item.entry(key.unwrap_or_default()).or_default().insert(*at);
    }
    of_item.into_values().collect()
}

fn joined(a: &Set, b: &Set) -> Set {
    a.union(b).copied().collect()
}

/// The choices of so many among so many, in order.
fn subsets(of: usize, size: usize) -> Vec<Vec<usize>> {
    const MOST: usize = 400;
    let mut found: Vec<Vec<usize>> = vec![];
    let mut chosen: Vec<usize> = (0..size).collect();
    while found.len() < MOST && size <= of {
        found.push(chosen.clone());
        let Some(at) = (0..size).rev().find(|at| chosen[*at] < of - size + at) else { break };
        chosen[at] += 1;
        for next in at + 1..size {
            chosen[next] = chosen[next - 1] + 1;
        }
    }
    found
}

/// What comes out otherwise in another run, of what both say of the cases of both.
pub fn delta(base: &Figures, now: &Figures) -> Delta {
    let mut delta = Delta::new();
    for item in base.items().filter(|it| now.has(it)) {
        for case in base.cases.keys().filter(|it| it.table == item.table) {
            let (Some(before), Some(after)) = (base.value(item, case), now.value(item, case))
            else {
                continue;
            };
            if before != after {
                delta.insert((item.clone(), case.clone()), after);
            }
        }
    }
    delta
}
