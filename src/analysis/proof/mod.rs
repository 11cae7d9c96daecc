//! Whether an undetermined outcome really depends on what is missing: two completions that differ (`semantics` L5), and the
//! holes that cannot matter (§6.5). It narrows nothing: that is pass 2.

use crate::analysis::At;
use crate::analysis::Case;
use crate::eval::refine::Cell;
use crate::eval::refine::Change;
use crate::eval::refine::Excerpt;
use crate::eval::refine::Question;
use crate::eval::refine::fill;
use crate::ir::FieldId;
use crate::naming::Namer;
use crate::value::Set;
use std::collections::BTreeSet;

/// Cells are completed by so many at a time until two completions differ.
const SOME: usize = 64;

/// The search is given up after so many steps.
const STEPS: usize = 1_000_000;

/// What is known of an undetermined outcome.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Two completions that come to different outcomes; they differ in one cell where that can be.
    pub witnesses: Option<[Completion; 2]>,
    /// The cells whose value makes no difference.
    pub irrelevant: BTreeSet<(FieldId, usize)>,
}

/// One way to fill what is missing, and what the outcome then is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The value of each cell, in the order in which they are met.
    pub cells: Vec<(FieldId, usize, Set)>,
    /// The outcome.
    pub outcome: Set,
}

/// Looks for two completions of a case that differ in an outcome, and for holes that cannot matter to it.
pub fn prove(case: &Case, namers: &[Namer], at: At) -> Proof {
    if case.is_settled(at) {
        return Proof::default();
    }
    let excerpt = Excerpt::recorded(case.program, case.facts, case.recording, namers);
    let first = |table: crate::ir::TableId| excerpt.rows[table.0 as usize].start;
    let row = at.row - first(case.program.node(at.node).space);
    let mut search = Search { question: Question::new(&excerpt, at.node, row, STEPS) };
    let holes = search.question.holes.clone();
    let pair = search.differing();
    let irrelevant = match &pair {
        Some(pair) => search.irrelevant(pair),
        None => search.irrelevant_without_witness(),
    };
    let place = |index: usize| {
        let hole = &holes[index];
        (hole.field, first(hole.field.table) + hole.row)
    };
    let witnesses = pair.map(|pair| {
        pair.map(|(sets, outcome)| {
            let cells = sets.into_iter().enumerate();
            let cells = cells.map(|(index, set)| (place(index).0, place(index).1, set)).collect();
            Completion { cells, outcome }
        })
    });
    Proof { witnesses, irrelevant: irrelevant.into_iter().map(place).collect() }
}

/// What each hole is filled with, and the outcome.
type Filled = (Vec<Set>, Set);

struct Search<'a> {
    question: Question<'a>,
}

impl Search<'_> {
    /// Two completions that come to different outcomes.
    fn differing(&mut self) -> Option<[Filled; 2]> {
        let whole = Cell { changes: vec![], set: self.question.set.clone() };
        let mut found = vec![];
        let pair = match self.two_of(&completions(&self.question, &whole), &mut found)? {
            Some(pair) => pair,
            None => {
                let cells = self.question.cells()?;
                let mut chunks = cells.chunks(SOME);
                loop {
                    let cells = chunks.next()?;
                    let all: Vec<Vec<Set>> =
                        cells.iter().flat_map(|it| completions(&self.question, it)).collect();
                    if let Some(pair) = self.two_of(&all, &mut found)? {
                        break pair;
                    }
                }
            }
        };
        let pair = self.nearest(&pair).unwrap_or(pair);
        Some(self.plainer(&pair).unwrap_or(pair))
    }

    /// Two of these completions, and of those found before, that differ; the first of each outcome is kept.
    fn two_of(
        &mut self,
        completions: &[Vec<Set>],
        found: &mut Vec<Filled>,
    ) -> Option<Option<[Filled; 2]>> {
        let outcomes = self.outcomes(completions)?;
        for (sets, outcome) in completions.iter().zip(outcomes) {
            if !outcome.is_settled() || found.iter().any(|it| it.1 == outcome) {
                continue;
            }
            found.push((sets.clone(), outcome));
            if let [a, b] = found.as_slice() {
                return Some(Some([a.clone(), b.clone()]));
            }
        }
        Some(None)
    }

    /// Two completions between these that differ in one hole and in their outcome.
    fn nearest(&mut self, [a, b]: &[Filled; 2]) -> Option<[Filled; 2]> {
        let between = |done: usize| b.0[..done].iter().chain(&a.0[done..]).cloned().collect();
        let (mut from, mut to) = ((0, a.clone()), (a.0.len(), b.clone()));
        while to.0 - from.0 > 1 {
            let middle = from.0 + (to.0 - from.0) / 2;
            let sets: Vec<Set> = between(middle);
            let outcome = self.outcomes(std::slice::from_ref(&sets))?.pop()?;
            match outcome == a.1 {
                true => from = (middle, (sets, outcome)),
                false if outcome.is_settled() => to = (middle, (sets, outcome)),
                false => return None,
            }
        }
        Some([from.1, to.1])
    }

    /// The same two outcomes, where they differ in one number only, by values of it that read well.
    fn plainer(&mut self, [a, b]: &[Filled; 2]) -> Option<[Filled; 2]> {
        let mut differ = (0..a.0.len()).filter(|it| a.0[*it] != b.0[*it]);
        let (Some(index), None) = (differ.next(), differ.next()) else { return None };
        let parts = self.question.parts(&self.changes(&a.0), index)?;
        let (program, field) = (self.question.excerpt.program, self.question.holes[index].field);
        let values = parts.iter().flat_map(|it| fill::plain(program, field, it));
        let filled = values.map(|set| {
            let mut all = a.0.clone();
            all[index] = set;
            all
        });
        let filled: Vec<Vec<Set>> = filled.collect();
        let outcomes = self.outcomes(&filled)?;
        let all: Vec<Filled> = filled.into_iter().zip(outcomes).collect();
        let of = |outcome: &Set| all.iter().find(|it| it.1 == *outcome).cloned();
        Some([of(&a.1)?, of(&b.1)?])
    }

    /// The holes that are proved not to matter: not those that make a difference to one of the witnesses.
    fn irrelevant(&mut self, pair: &[Filled; 2]) -> Vec<usize> {
        let mut open = vec![];
        for index in 0..self.question.holes.len() {
            match self.is_felt(pair, index) {
                Some(true) => {}
                Some(false) => open.push(index),
                None => return vec![],
            }
        }
        self.without_effect(open)
    }

    /// Whether another value of one hole makes a difference to one of two completions.
    fn is_felt(&mut self, pair: &[Filled; 2], index: usize) -> Option<bool> {
        let hole = &self.question.holes[index];
        let values = fill::values(self.question.excerpt.program, hole.field, &hole.set);
        let [a, b] = pair;
        if a.0[index] != b.0[index] {
            return Some(true);
        }
        for (sets, outcome) in pair {
            let others = values.iter().map(|set| {
                let mut sets = sets.clone();
                sets[index] = set.clone();
                sets
            });
            let outcomes = self.outcomes(&others.collect::<Vec<_>>())?;
            if outcomes.iter().any(|it| it.is_settled() && it != outcome) {
                return Some(true);
            }
        }
        Some(false)
    }

    fn irrelevant_without_witness(&mut self) -> Vec<usize> {
        self.without_effect((0..self.question.holes.len()).collect::<Vec<_>>())
    }

    /// Those of some holes that make no difference.
    fn without_effect(&mut self, holes: Vec<usize>) -> Vec<usize> {
        holes.into_iter().filter(|it| self.question.makes_no_difference(*it)).collect()
    }

    fn outcomes(&mut self, completions: &[Vec<Set>]) -> Option<Vec<Set>> {
        let variants: Vec<Vec<Change>> = completions.iter().map(|it| self.changes(it)).collect();
        self.question.outcomes(&variants)
    }

    fn changes(&self, sets: &[Set]) -> Vec<Change> {
        let all = self.question.holes.iter().zip(sets);
        all.map(|(it, set)| Change { field: it.field, row: it.row, set: set.clone() }).collect()
    }
}

/// Of a cell with few holes, also each hole at one end with all others at the other.
const FEW: usize = 16;

/// The low, the high and the mid completion of a cell, then its corners; of a settled cell one.
fn completions(question: &Question, cell: &Cell) -> Vec<Vec<Set>> {
    let of = |index: usize| {
        let hole = &question.holes[index];
        let split = cell.changes.iter().find(|it| it.field == hole.field && it.row == hole.row);
        let set = split.map_or(&hole.set, |it| &it.set);
        fill::values(question.excerpt.program, hole.field, set)
    };
    let all: Vec<[Set; 3]> = (0..question.holes.len()).map(of).collect();
    let take = |at: usize| -> Vec<Set> { all.iter().map(|it| it[at].clone()).collect() };
    if cell.set.is_settled() {
        return vec![take(0)];
    }
    let mut completions: Vec<Vec<Set>> = (0..3).map(take).collect();
    let corners = if all.len() <= FEW { all.len() } else { 0 };
    for (others, one) in [(0, 1), (1, 0)] {
        completions.extend((0..corners).map(|index| {
            let mut sets = take(others);
            sets[index] = all[index][one].clone();
            sets
        }));
    }
    completions
}
