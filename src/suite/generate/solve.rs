//! Solves thresholds backwards: the input at which both sides are equal, and its neighbours a step away. Found by running, not by formulas.
//!
//! All thresholds and inputs are solved side by side: what each asks to be tried next is run together.

use crate::ir::NodeId;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::draft::Edit;
use crate::suite::generate::lab::Came;
use crate::suite::generate::lab::Lab;
use crate::suite::generate::lab::amount;
use crate::suite::generate::observers::Threshold;
use crate::value::Number;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// So many values of one input are tried for one threshold.
const RUNS: usize = 14;

/// So often the steps to either side of the value nearest to the bound are tried.
const AROUND: u8 = 2;

/// How an amount stands to its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// As little below as the input allows.
    Below,
    /// Just on it.
    On,
    /// As little above.
    Above,
}

/// The change that gives an input a value; none where it cannot have it.
pub type Setting<'a> = Box<dyn Fn(&Number) -> Option<Edit> + Sync + 'a>;

/// One input that can be moved: where it is now, its least step, and the change that puts it elsewhere.
pub struct Lever<'a> {
    /// Its value now.
    pub now: Number,
    /// Its least step.
    pub step: Number,
    /// The change that gives it another value; none where it cannot have it.
    pub set: Setting<'a>,
}

/// A draft that stands so to a bound, and what the observer then comes to.
pub struct Found {
    /// How.
    pub stand: Stand,
    /// The draft.
    pub draft: Draft,
    /// The observer's outcome.
    pub came: Set,
}

/// What a trial does next.
enum Next {
    /// A first stride away from where the input is.
    Stride,
    /// The same to the other side.
    Back,
    /// From two values and their distances to where the distance should be none.
    Secant((Number, Number), (Number, Number)),
    /// Steps to either side of the nearest.
    Around(u8),
    /// Nothing more.
    Done,
}

/// What is known of one input: how far the amount is from its bound at the values tried.
struct Trial<'a> {
    threshold: &'a Threshold,
    lever: &'a Lever<'a>,
    seen: BTreeMap<Number, (Number, Draft, Set)>,
    tried: BTreeSet<Number>,
    next: Next,
}

/// For each pair of a threshold and an input that may move it, the neighbours of the bound that the input can reach;
/// empty where it does not move the amount. And how many cases were run.
pub fn around(
    lab: &Lab,
    context: &Draft,
    pairs: &[(&Threshold, &Lever)],
    observer: NodeId,
) -> (Vec<Vec<Found>>, usize) {
    let nodes = pairs.iter().flat_map(|it| [it.0.of, it.0.bound]).chain([observer]).collect();
    let here = lab.one(context, &nodes).unwrap_or_default();
    let mut trials: Vec<Trial> = pairs
        .iter()
        .map(|(threshold, lever)| {
            let mut trial = Trial {
                threshold,
                lever,
                seen: BTreeMap::new(),
                tried: BTreeSet::new(),
                next: Next::Stride,
            };
            if !trial.learn(&lever.now, context.clone(), Some(&here), observer) {
                trial.next = Next::Done;
            }
            trial
        })
        .collect();
    let mut runs = 0;
    loop {
        let mut asked: Vec<(usize, Number)> = vec![];
        let mut drafts: Vec<Draft> = vec![];
        let mut asking = BTreeSet::new();
        for (at, trial) in trials.iter_mut().enumerate() {
            for value in trial.asks() {
                asking.insert(at);
                // A value that the input cannot have tells nothing.
                if let Some(edit) = (trial.lever.set)(&value) {
                    drafts.push(context.with(edit));
                    asked.push((at, value));
                }
            }
        }
        if asking.is_empty() {
            break;
        }
        runs += drafts.len();
        let came = lab.all(&drafts, &nodes);
        for (((at, value), draft), came) in asked.into_iter().zip(drafts).zip(came) {
            trials[at].learn(&value, draft, came.as_ref(), observer);
        }
        asking.into_iter().for_each(|at| trials[at].advance());
    }
    (trials.iter().map(Trial::found).collect(), runs)
}

impl Trial<'_> {
    fn stride(&self) -> Number {
        let step = &self.lever.step;
        let tenth = on_grid(&self.lever.now.multiply(&Number::scaled(1, 1)), step);
        if tenth > *step { tenth } else { step.clone() }
    }

    /// The values to be tried now; the trial moves on where there is none.
    fn asks(&mut self) -> Vec<Number> {
        loop {
            let wanted = match &self.next {
                Next::Done => return vec![],
                Next::Stride => vec![self.lever.now.add(&self.stride())],
                Next::Back => vec![self.lever.now.subtract(&self.stride())],
                Next::Secant(a, b) => self.crossing(a, b).into_iter().collect(),
                Next::Around(AROUND) => vec![],
                Next::Around(_) => {
                    let nearest = self.seen.iter().min_by_key(|it| it.1.0.abs()).map(|it| it.0);
                    let step = &self.lever.step;
                    nearest.map_or_else(Vec::new, |it| vec![it.add(step), it.subtract(step)])
                }
            };
            let fresh: Vec<Number> =
                wanted.into_iter().filter(|it| self.tried.insert(it.clone())).collect();
            if !fresh.is_empty() {
                return fresh;
            }
            self.next = match self.next {
                Next::Around(n) if n < AROUND => Next::Around(n + 1),
                Next::Around(_) | Next::Done => Next::Done,
                _ => Next::Around(0),
            };
        }
    }

    /// Where a line through two values meets the bound; none where it does not, or nothing is left to try.
    fn crossing(&self, a: &(Number, Number), b: &(Number, Number)) -> Option<Number> {
        if self.tried.len() >= RUNS || a.1.is_zero() || b.1.is_zero() {
            return None;
        }
        let slope = b.1.subtract(&a.1).checked_div(&b.0.subtract(&a.0))?;
        let back = b.1.checked_div(&slope)?;
        Some(on_grid(&b.0.subtract(&back), &self.lever.step))
    }

    /// Notes how far the amount is above its bound; false where that is not one number.
    fn learn(
        &mut self,
        value: &Number,
        draft: Draft,
        came: Option<&Came>,
        observer: NodeId,
    ) -> bool {
        self.tried.insert(value.clone());
        let distance = || {
            let of = amount(came?.get(&self.threshold.of)?)?;
            let bound = amount(came?.get(&self.threshold.bound)?)?;
            Some((of.subtract(&bound), came?.get(&observer)?.clone()))
        };
        let Some((distance, outcome)) = distance() else { return false };
        self.seen.insert(value.clone(), (distance, draft, outcome));
        true
    }

    /// What comes after the values tried last.
    fn advance(&mut self) {
        let distance = |at: &Number| self.seen.get(at).map(|it| (at.clone(), it.0.clone()));
        let now = distance(&self.lever.now);
        self.next = match std::mem::replace(&mut self.next, Next::Done) {
            Next::Stride => match (now, distance(&self.lever.now.add(&self.stride()))) {
                (Some(a), Some(b)) => Next::Secant(a, b),
                _ => Next::Back,
            },
            Next::Back => match (now, distance(&self.lever.now.subtract(&self.stride()))) {
                (Some(a), Some(b)) => Next::Secant(a, b),
                _ => Next::Done,
            },
            Next::Secant(a, b) => match self.crossing(&a, &b).and_then(|it| distance(&it)) {
                Some(c) => Next::Secant(b, c),
                None => Next::Around(0),
            },
            Next::Around(n) => Next::Around(n + 1),
            Next::Done => Next::Done,
        };
    }

    fn found(&self) -> Vec<Found> {
        let stand = |it: &Number| match (it.is_zero(), it.is_negative()) {
            (true, _) => Stand::On,
            (_, true) => Stand::Below,
            _ => Stand::Above,
        };
        let mut found: BTreeMap<Stand, &(Number, Draft, Set)> = BTreeMap::new();
        for seen in self.seen.values() {
            let at = stand(&seen.0);
            let nearer = found.get(&at).is_none_or(|it| seen.0.abs() < it.0.abs());
            if nearer {
                found.insert(at, seen);
            }
        }
        let first = self.seen.values().next().map(|it| &it.0);
        if self.seen.values().all(|it| Some(&it.0) == first) {
            return vec![];
        }
        let one = |(stand, seen): (Stand, &(Number, Draft, Set))| Found {
            stand,
            draft: seen.1.clone(),
            came: seen.2.clone(),
        };
        found.into_iter().map(one).collect()
    }
}

/// The nearest whole number of steps.
fn on_grid(value: &Number, step: &Number) -> Number {
    value.checked_div(step).map_or_else(|| value.clone(), |it| it.round(0).multiply(step))
}
