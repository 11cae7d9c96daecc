//! Finds, for one observer, cases on which it hangs: around each threshold, for each cell another class, each day. Nothing is worded here.

use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::suite::generate::cells;
use crate::suite::generate::cells::Class;
use crate::suite::generate::draft;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::draft::Edit;
use crate::suite::generate::lab::Lab;
use crate::suite::generate::levers;
use crate::suite::generate::levers::Inputs;
use crate::suite::generate::levers::ROWS;
use crate::suite::generate::observers::Ground;
use crate::suite::generate::observers::Observer;
use crate::suite::generate::observers::Threshold;
use crate::suite::generate::solve;
use crate::suite::generate::solve::Lever;
use crate::suite::generate::solve::Stand;
use crate::value::Set;
use crate::value::Truth;
use crate::value::day;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Contexts that differ from a base in one cell, tried where a base does not make the observer hang on something.
const SECOND: usize = 40;

/// So often contexts are taken from what was reached before.
const ROUNDS: usize = 3;

/// What a case is to show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The base as it is.
    Base,
    /// A case from which another one differs in one cell.
    Context(Draft),
    /// An amount at its bound.
    Threshold(Threshold, Stand),
    /// A cell of another class; of a value with its text.
    Cell(FieldId, Class, String),
    /// A list without rows, with a row less, with a row more.
    Rows(FieldId, Count),
    /// A day on which something begins or ends.
    Day(i32),
}

/// What is done to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// No row.
    Empty,
    /// One row less.
    Less,
    /// One row more.
    More,
}

/// What was found for one observer.
#[derive(Default)]
pub struct Probe {
    /// A draft for each target that was reached.
    pub reached: BTreeMap<Target, Draft>,
    /// The same from cases in which other observers are met too.
    pub again: BTreeMap<Target, Draft>,
    /// By base, the first case in which the observer is met while at the base it is not.
    pub met: BTreeMap<usize, Draft>,
    /// Thresholds that no case was found for.
    pub missed: Vec<(Threshold, Stand)>,
    /// How many cases were run in vain for them.
    pub tried: usize,
}

impl Probe {
    /// Adds what was found from other cases.
    pub fn join(&mut self, more: Probe) {
        self.missed.retain(|(it, stand)| {
            !more.reached.contains_key(&Target::Threshold(it.clone(), *stand))
        });
        self.again = more.reached;
        self.tried += more.tried;
    }
}

/// The search of one observer.
pub struct Search<'a, 'p> {
    /// The rules and bases.
    pub lab: &'a Lab<'p>,
    /// What is observed.
    pub observer: &'a Observer,
    /// What it rests on.
    pub ground: &'a Ground,
    /// What was found.
    pub probe: Probe,
}

impl Search<'_, '_> {
    /// Looks from each of these cases, the best first; where that is not enough, from cases that differ in one cell.
    pub fn run(&mut self, bases: &[Draft]) {
        let mut steps: Vec<Draft> = vec![];
        for base in bases {
            steps.extend(self.from(base, None));
        }
        let mut done: BTreeSet<Draft> = bases.iter().cloned().collect();
        for _ in 0..ROUNDS {
            if self.is_done() {
                break;
            }
            // Cases at a threshold come first: there a further condition is most likely to decide.
            let at_bound = self.probe.reached.iter().filter(|it| {
                matches!(it.0, Target::Threshold(..) | Target::Cell(_, Class::Value, _))
            });
            let at_bound = at_bound.map(|it| it.1.clone());
            let waiting: Vec<Draft> = at_bound.chain(std::mem::take(&mut steps)).collect();
            let fresh: Vec<Draft> =
                waiting.into_iter().filter(|it| done.insert(it.clone())).collect();
            for context in fresh.into_iter().take(SECOND) {
                let before = self.probe.reached.len();
                self.from(&context, Some(&context));
                if self.probe.reached.len() > before {
                    self.probe.reached.insert(Target::Context(context.clone()), context);
                }
            }
        }
        self.close();
    }

    /// Looks from each of these cases, and no further.
    pub fn near(&mut self, bases: &[Draft]) {
        for base in bases {
            self.from(base, None);
        }
        self.close();
    }

    fn program(&self) -> &Program {
        self.lab.program
    }

    /// Whether every threshold has its three cases and every truth both.
    fn is_done(&self) -> bool {
        let stands = [Stand::Below, Stand::On, Stand::Above];
        let reached = |it: &Threshold| {
            let has = |stand: &&Stand| {
                self.probe.reached.contains_key(&Target::Threshold(it.clone(), **stand))
            };
            stands.iter().filter(has).count() >= 2
        };
        let truths = self.ground.fields.iter().chain(&self.ground.row_fields).all(|field| {
            let is_truth = matches!(
                self.program().field(*field).kind,
                FieldKind::Scalar { ty: Ty::Truth | Ty::Member(_), .. }
            );
            let told =
                |it: &Target| matches!(it, Target::Cell(own, Class::Value, _) if own == field);
            !is_truth || self.probe.reached.keys().any(told)
        });
        let days = !self.ground.dated
            || self.ground.days.iter().all(|it| self.probe.reached.contains_key(&Target::Day(*it)));
        self.ground.thresholds.iter().all(reached) && truths && days
    }

    fn close(&mut self) {
        for it in &self.ground.thresholds {
            for stand in [Stand::Below, Stand::On, Stand::Above] {
                if !self.probe.reached.contains_key(&Target::Threshold(it.clone(), stand)) {
                    self.probe.missed.push((it.clone(), stand));
                }
            }
        }
    }

    /// One round from a case; what is one cell away from it comes back.
    fn from(&mut self, context: &Draft, second: Option<&Draft>) -> Vec<Draft> {
        let node = self.observer.node;
        let nodes = BTreeSet::from([node]);
        let Some(own) = self.lab.one(context, &nodes).and_then(|it| it.get(&node).cloned()) else {
            return vec![];
        };
        let mut tries = self.cells(context);
        tries.extend(self.rows(context));
        tries.extend(self.days(context));
        if second.is_some() {
            tries.retain(|it| !self.probe.reached.contains_key(&it.0));
        }
        let drafts: Vec<Draft> = tries.iter().map(|it| it.1.clone()).collect();
        let came = self.lab.all(&drafts, &nodes);
        self.probe.tried += drafts.len();
        let mut steps = vec![];
        let came: Vec<Option<Set>> =
            came.into_iter().map(|it| it.and_then(|it| it.get(&node).cloned())).collect();
        let telling = telling(&tries, &came, &own);
        for ((target, draft), came) in tries.into_iter().zip(came) {
            let Some(came) = came else { continue };
            if came == Set::Truth(Truth::TRUE) && own != came {
                self.probe.met.entry(draft.base).or_insert_with(|| draft.clone());
            }
            if matches!(target, Target::Cell(_, Class::Value | Class::None, _) | Target::Rows(..)) {
                steps.push(draft.clone());
            }
            if came != own || telling.contains(&target) {
                self.probe.reached.entry(target).or_insert(draft);
            }
        }
        self.thresholds(context, &own);
        steps
    }

    fn cells(&self, context: &Draft) -> Vec<(Target, Draft)> {
        let program = self.program();
        let test = self.lab.test(context);
        let mut tries = vec![];
        for &field in &self.ground.fields {
            let now = draft::text(&test, field).unwrap_or_default();
            for (class, text) in cells::others(program, program.field(field), now, self.ground) {
                let said = if class == Class::Value {
                    kept(program, field, now, &text)
                } else {
                    String::new()
                };
                let draft = context.with(Edit::Cell(field, text));
                tries.push((Target::Cell(field, class, said), draft));
            }
        }
        for &list in &self.ground.lists {
            let Some(rows) = draft::rows(program, &test, list) else { continue };
            let fields = &test.data.iter().find(|it| Some(it.table) == draft::child(program, list));
            let fields = fields.map_or(&[][..], |it| it.fields.as_slice());
            for (row, cells) in rows.iter().enumerate().take(ROWS) {
                for &field in self
                    .ground
                    .row_fields
                    .iter()
                    .filter(|it| Some(it.table) == draft::child(program, list))
                {
                    let at = fields.iter().position(|it| *it == field);
                    let now = at.and_then(|at| cells.get(at)).map_or("", |it| it.text.as_str());
                    for (class, text) in
                        cells::others(program, program.field(field), now, self.ground)
                    {
                        let said = if class == Class::Value {
                            kept(program, field, now, &text)
                        } else {
                            String::new()
                        };
                        let draft = context.with(Edit::RowCell(list, row, field, text));
                        tries.push((Target::Cell(field, class, said), draft));
                    }
                }
            }
        }
        tries
    }

    fn rows(&self, context: &Draft) -> Vec<(Target, Draft)> {
        let test = self.lab.test(context);
        let mut tries = vec![];
        for &list in &self.ground.lists {
            tries.push((Target::Rows(list, Count::Empty), context.with(Edit::Empty(list))));
            let rows = draft::rows(self.program(), &test, list).map_or(0, |it| it.len());
            for row in 0..rows.min(ROWS) {
                tries
                    .push((Target::Rows(list, Count::Less), context.with(Edit::Remove(list, row))));
                tries.push((
                    Target::Rows(list, Count::More),
                    context.with(Edit::Copy(list, row, 1)),
                ));
            }
        }
        tries
    }

    fn days(&self, context: &Draft) -> Vec<(Target, Draft)> {
        if !self.ground.dated {
            return vec![];
        }
        let edit = |day: i32| match (self.lab.test(context).on, self.rule_date()) {
            (None, Some(field)) => Edit::Cell(field, day::show(day)),
            _ => Edit::On(day),
        };
        let days = self.ground.days.iter().copied();
        days.map(|day| (Target::Day(day), context.with(edit(day)))).collect()
    }

    fn rule_date(&self) -> Option<FieldId> {
        let program = self.program();
        let name = program.policy.rule_date.as_ref()?;
        let fields = &program.table(self.observer.table).fields;
        let index = fields.iter().position(|it| it.name == *name)? as u32;
        Some(FieldId { table: self.observer.table, index })
    }

    /// Moves each input towards each threshold that still lacks a case on which the observer hangs.
    fn thresholds(&mut self, context: &Draft, own: &Set) {
        let test = self.lab.test(context);
        let ground = self.ground;
        let levers = levers::all(self.program(), &test, ground);
        let open = |it: &&Threshold| {
            [Stand::Below, Stand::On, Stand::Above].iter().any(|stand| {
                !self.probe.reached.contains_key(&Target::Threshold((*it).clone(), *stand))
            })
        };
        let mut pairs: Vec<(&Threshold, &Lever)> = vec![];
        for threshold in ground.thresholds.iter().filter(open) {
            let inputs = Inputs::of(self.program(), threshold);
            let moving = levers.iter().filter(|it| inputs.hold(it.what));
            pairs.extend(moving.map(|it| (threshold, &it.lever)));
        }
        let (found, runs) = solve::around(self.lab, context, &pairs, self.observer.node);
        self.probe.tried += runs;
        for ((threshold, _), found) in pairs.iter().zip(found) {
            let first = found.first().map(|it| it.came.clone());
            if found.iter().all(|it| Some(&it.came) == first.as_ref()) {
                continue;
            }
            for it in found {
                if it.came == Set::Truth(Truth::TRUE) && *own != it.came {
                    let first = || it.draft.clone();
                    self.probe.met.entry(it.draft.base).or_insert_with(first);
                }
                let target = Target::Threshold((*threshold).clone(), it.stand);
                self.probe.reached.entry(target).or_insert(it.draft);
            }
        }
    }
}

/// Targets that leave the outcome as it is beside others of their kind that do not: a member that conditions name
/// like the one there, the first day of something.
fn telling(tries: &[(Target, Draft)], came: &[Option<Set>], own: &Set) -> BTreeSet<Target> {
    let by_target: BTreeMap<&Target, &Set> =
        tries.iter().zip(came).filter_map(|(it, came)| Some((&it.0, came.as_ref()?))).collect();
    let differs = |target: &Target, than: &Set| by_target.get(target).is_some_and(|it| *it != than);
    let beside = |target: &Target, set: &Set| match target {
        Target::Day(day) => [day - 1, day + 1].iter().any(|it| differs(&Target::Day(*it), set)),
        Target::Cell(field, Class::Value, text) if !text.is_empty() => by_target.iter().any(|it| {
            matches!(it.0, Target::Cell(other, Class::Value, _) if other == field) && *it.1 != own
        }),
        _ => false,
    };
    by_target.iter().filter(|it| beside(it.0, it.1)).map(|it| (*it.0).clone()).collect()
}

/// Numbers of one field are few classes: 0, twice as much, any other.
fn kept(program: &Program, field: FieldId, now: &str, text: &str) -> String {
    match program.field(field).kind {
        FieldKind::Scalar { ty: Ty::Truth | Ty::Member(_), .. } => text.to_owned(),
        _ if text == "0" => text.to_owned(),
        _ => match (cells::number(now), cells::number(text)) {
            (Some(now), Some(it)) if it > now.add(&now) && !now.is_negative() => text.to_owned(),
            _ => String::new(),
        },
    }
}
