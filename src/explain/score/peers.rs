//! The cases that a score compares: who they are, and what each of them came to. What is asked of all is gathered once a run.

use crate::diagnostic::Text;
use crate::eval::Groups;
use crate::eval::Outcome;
use crate::explain::population;
use crate::explain::scene::Scene;
use crate::ir::NodeId;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The populations of a score: one, or one for each group.
pub struct Crowds {
    crowds: Vec<Crowd>,
    /// By row, where there are groups: which is its own.
    of_row: Vec<usize>,
}

impl Crowds {
    /// Gathers what a score came to.
    pub fn new(outcome: &Outcome, score: &Score) -> Crowds {
        let len = outcome.columns.get(&score.node).map_or(0, |it| it.len());
        if score.groups.is_empty() || len == 0 {
            return Crowds { crowds: vec![Crowd::new(outcome, score, 0..len)], of_row: vec![] };
        }
        let groups = Groups::new(&score.groups, &outcome.columns, len);
        let mut all = Crowds { crowds: vec![], of_row: vec![0; len] };
        for (own, rows) in groups.all() {
            own.iter().for_each(|row| all.of_row[*row] = all.crowds.len());
            all.crowds.push(Crowd::new(outcome, score, rows.into_iter()));
        }
        all
    }

    /// The population that a row is compared in; of a row whose group is not settled, all it may be compared with.
    pub fn of(&self, row: usize) -> &Crowd {
        &self.crowds[self.of_row.get(row).copied().unwrap_or(0)]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Crowd> {
        self.crowds.iter()
    }
}

/// The population of a score, and what it came to.
pub struct Crowd {
    /// The rows that are, or may be, in it, ascending.
    pub rows: Vec<usize>,
    /// How many of them only may be.
    pub open: usize,
    /// Of totals and of what is scored: the settled numbers, ascending, with their rows.
    sorted: BTreeMap<NodeId, Vec<(Number, usize)>>,
    /// Of what is scored: how many values are known, and how many there are.
    known: BTreeMap<NodeId, (usize, usize)>,
    /// The classes of the feedback, in the order of their first case; one of all where there are none.
    pub classes: Vec<Class>,
}

/// Cases that are compared in the feedback.
pub struct Class {
    /// What they have in common; none where all are compared.
    pub of: Option<Set>,
    /// How many they are.
    pub size: usize,
    /// Whether all their values are known; the middle is that of those that are.
    pub complete: bool,
    /// The middle of totals, of values and of what parts add.
    pub middles: BTreeMap<NodeId, Number>,
}

impl Crowd {
    fn new(outcome: &Outcome, score: &Score, among: impl Iterator<Item = usize>) -> Crowd {
        let mut rows = vec![];
        let mut open = 0;
        for row in among {
            let among = score.among.map_or(Truth::TRUE, |node| truth(outcome, node, row));
            if among.may(Truth::TRUE) {
                rows.push(row);
                open += usize::from(among != Truth::TRUE);
            }
        }
        let mut crowd =
            Crowd { rows, open, sorted: BTreeMap::new(), known: BTreeMap::new(), classes: vec![] };
        crowd.sort(outcome, score.node);
        for (_, part) in leaves(score) {
            if let Some(of) = part.of {
                crowd.sort(outcome, of);
                crowd.count(outcome, of);
            }
        }
        crowd.classes = crowd.classes(outcome, score);
        crowd
    }

    /// The rows with a settled total or scored value, ascending by it.
    pub fn sorted(&self, node: NodeId) -> &[(Number, usize)] {
        self.sorted.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Of what is scored: how many values are known, and how many there are.
    pub fn known(&self, node: NodeId) -> (usize, usize) {
        self.known.get(&node).copied().unwrap_or_default()
    }

    fn sort(&mut self, outcome: &Outcome, node: NodeId) {
        let mut sorted: Vec<(Number, usize)> =
            self.rows.iter().filter_map(|row| Some((number(outcome, node, *row)?, *row))).collect();
        sorted.sort();
        self.sorted.insert(node, sorted);
    }

    fn count(&mut self, outcome: &Outcome, node: NodeId) {
        let states = self.rows.iter().filter_map(|row| set(outcome, node, *row));
        let states: Vec<State> =
            states.map(|it| it.state()).filter(|it| *it != State::NotApplicable).collect();
        let known = states.iter().filter(|it| **it == State::Value).count();
        self.known.insert(node, (known, states.len()));
    }

    fn classes(&self, outcome: &Outcome, score: &Score) -> Vec<Class> {
        let mut groups: Vec<(Option<Set>, Vec<usize>)> = vec![];
        for row in &self.rows {
            let of = score.feedback.and_then(|node| set(outcome, node, *row));
            match groups.iter_mut().find(|it| it.0 == of) {
                Some(group) => group.1.push(*row),
                None => groups.push((of, vec![*row])),
            }
        }
        let class = |(of, rows): (Option<Set>, Vec<usize>)| {
            let mut middles = BTreeMap::new();
            let mut complete = true;
            let totals = rows.iter().filter_map(|row| number(outcome, score.node, *row));
            middles.extend(Some(score.node).zip(middle(totals.collect())));
            for (_, part) in leaves(score) {
                let added = rows.iter().filter_map(|row| added(outcome, part, *row));
                let added: Vec<Number> = added.collect();
                complete &= added.len() == rows.len();
                middles.extend(Some(part.contribution).zip(middle(added)));
                let Some(of) = part.of else { continue };
                let values = rows.iter().filter_map(|row| number(outcome, of, *row));
                middles.extend(Some(of).zip(middle(values.collect())));
            }
            Class { of, size: rows.len(), complete, middles }
        };
        groups.into_iter().map(class).collect()
    }
}

/// The population of a score, seen from one case.
pub struct Peers<'a> {
    scene: &'a Scene<'a>,
    /// The score.
    pub score: &'a Score,
    /// All that it compares.
    pub crowd: &'a Crowd,
}

impl<'a> Peers<'a> {
    /// The population of a score in the run.
    pub fn new(scene: &'a Scene<'a>, score: &'a Score, crowd: &'a Crowd) -> Peers<'a> {
        Peers { scene, score, crowd }
    }

    /// The rows that are, or may be, in it.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.crowd.rows.iter().copied()
    }

    /// What a node came to in any case; none where the run did not keep it.
    pub fn set(&self, node: NodeId, row: usize) -> Option<Set> {
        set(&self.scene.round.outcome, node, row)
    }

    /// A truth in any case.
    pub fn truth(&self, node: NodeId, row: usize) -> Truth {
        truth(&self.scene.round.outcome, node, row)
    }

    /// A settled number in any case.
    pub fn number(&self, node: NodeId, row: usize) -> Option<Number> {
        number(&self.scene.round.outcome, node, row)
    }

    /// The numbers that are possible in any case; none where none is.
    pub fn hull(&self, node: NodeId, row: usize) -> Option<Hull> {
        match self.set(node, row)? {
            Set::Number(set) => set.values,
            _ => None,
        }
    }

    /// What a part adds in any case; a part that is 不适用 adds nothing.
    pub fn added(&self, part: &ScorePart, row: usize) -> Option<Number> {
        added(&self.scene.round.outcome, part, row)
    }

    /// Whether the case itself is among them.
    pub fn is_in(&self) -> bool {
        self.crowd.rows.binary_search(&self.scene.case.row).is_ok()
    }

    /// 甲集群、乙集群等 5 例
    pub fn names(&self, rows: &[usize]) -> Text {
        population::names(self.scene, self.score.table, rows)
    }

    /// The rows with a settled total or scored value, ascending by it.
    pub fn sorted(&self, node: NodeId) -> &'a [(Number, usize)] {
        self.crowd.sorted(node)
    }

    /// Of what is scored: how many values are known, and how many there are.
    pub fn known(&self, node: NodeId) -> (usize, usize) {
        self.crowd.known(node)
    }

    /// How a total stands to another in rank: `Less` is better.
    pub fn better(&self, a: &Number, b: &Number) -> Ordering {
        if self.score.ascending { a.cmp(b) } else { b.cmp(a) }
    }
}

/// The parts without parts, with whether they add or take away.
pub fn leaves(score: &Score) -> Vec<(bool, &ScorePart)> {
    fn below<'p>(part: &'p ScorePart, sign: bool, into: &mut Vec<(bool, &'p ScorePart)>) {
        if part.parts.is_empty() {
            into.push((sign, part));
        }
        part.parts.iter().for_each(|it| below(it, sign, into));
    }
    let mut all = vec![];
    score.parts.iter().chain(&score.bonus).for_each(|it| below(it, true, &mut all));
    score.deductions.iter().for_each(|it| below(it, false, &mut all));
    all
}

fn set(outcome: &Outcome, node: NodeId, row: usize) -> Option<Set> {
    outcome.columns.get(&node).map(|it| it.get(row))
}

fn truth(outcome: &Outcome, node: NodeId, row: usize) -> Truth {
    match set(outcome, node, row) {
        Some(Set::Truth(truth)) => truth,
        _ => Truth::NOTHING,
    }
}

fn number(outcome: &Outcome, node: NodeId, row: usize) -> Option<Number> {
    match set(outcome, node, row)? {
        Set::Number(set) => set.single().cloned(),
        _ => None,
    }
}

fn added(outcome: &Outcome, part: &ScorePart, row: usize) -> Option<Number> {
    match set(outcome, part.contribution, row)?.state() {
        State::NotApplicable => Some(Number::zero()),
        _ => number(outcome, part.contribution, row),
    }
}

/// The middle of some numbers; the mean of the two in the middle where their count is even.
fn middle(mut numbers: Vec<Number>) -> Option<Number> {
    numbers.sort();
    let half = numbers.len() / 2;
    let upper = numbers.get(half)?;
    if numbers.len() % 2 == 1 {
        return Some(upper.clone());
    }
    numbers[half - 1].add(upper).checked_div(&Number::from(2))
}
