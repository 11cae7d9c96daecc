//! Solves a threshold backwards: the input at which both sides are equal, and its neighbours a step away. Found by running, not by formulas.

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

/// So many runs are spent on one threshold and one input.
const RUNS: usize = 14;

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
pub type Setting<'a> = Box<dyn Fn(&Number) -> Option<Edit> + 'a>;

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

/// What is known of one input: how far the amount is from its bound at the values tried.
struct Trial<'a, 'p> {
    lab: &'a Lab<'p>,
    context: &'a Draft,
    threshold: &'a Threshold,
    observer: NodeId,
    lever: &'a Lever<'a>,
    nodes: BTreeSet<NodeId>,
    seen: BTreeMap<Number, (Number, Draft, Set)>,
    runs: usize,
}

/// The neighbours of a bound that one input can reach; empty where it does not move the amount.
pub fn around(
    lab: &Lab,
    context: &Draft,
    threshold: &Threshold,
    observer: NodeId,
    lever: &Lever,
) -> Vec<Found> {
    let nodes = BTreeSet::from([threshold.of, threshold.bound, observer]);
    let (seen, runs) = (BTreeMap::new(), 0);
    let mut trial = Trial { lab, context, threshold, observer, lever, nodes, seen, runs };
    let tenth = on_grid(&lever.now.multiply(&Number::scaled(1, 1)), &lever.step);
    let stride = if tenth > lever.step { tenth } else { lever.step.clone() };
    let Some(mut d0) = trial.distance(&lever.now) else { return vec![] };
    let (mut x0, mut x1) = (lever.now.clone(), lever.now.add(&stride));
    let mut d1 = match trial.distance(&x1) {
        Some(d1) => d1,
        None => {
            x1 = lever.now.subtract(&stride);
            match trial.distance(&x1) {
                Some(d1) => d1,
                None => return vec![],
            }
        }
    };
    while trial.runs < RUNS && !d1.is_zero() && !d0.is_zero() {
        let Some(slope) = d1.subtract(&d0).checked_div(&x1.subtract(&x0)) else { break };
        let Some(back) = d1.checked_div(&slope) else { break };
        let next = on_grid(&x1.subtract(&back), &lever.step);
        if next == x1 || next == x0 {
            break;
        }
        let Some(d) = trial.distance(&next) else { break };
        (x0, d0, x1, d1) = (x1, d1, next, d);
    }
    trial.neighbours();
    trial.found()
}

impl Trial<'_, '_> {
    /// How far the amount is above its bound; none where that is not one number.
    fn distance(&mut self, value: &Number) -> Option<Number> {
        if let Some(seen) = self.seen.get(value) {
            return Some(seen.0.clone());
        }
        let draft = match *value == self.lever.now {
            true => self.context.clone(),
            false => self.context.with((self.lever.set)(value)?),
        };
        self.runs += 1;
        let came: Came = self.lab.one(&draft, &self.nodes)?;
        let of = amount(came.get(&self.threshold.of)?)?;
        let bound = amount(came.get(&self.threshold.bound)?)?;
        let distance = of.subtract(&bound);
        let outcome = came.get(&self.observer)?.clone();
        self.seen.insert(value.clone(), (distance.clone(), draft, outcome));
        Some(distance)
    }

    /// Looks a step to either side of the values nearest to the bound.
    fn neighbours(&mut self) {
        for _ in 0..2 {
            let nearest = self.seen.iter().min_by_key(|it| it.1.0.abs()).map(|it| it.0.clone());
            let Some(nearest) = nearest else { return };
            for value in [nearest.add(&self.lever.step), nearest.subtract(&self.lever.step)] {
                self.distance(&value);
            }
        }
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
