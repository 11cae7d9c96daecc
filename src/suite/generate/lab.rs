//! Runs drafts, many as rows of one run, and says what nodes came to. It proposes nothing.

use crate::analysis;
use crate::data::Facts;
use crate::eval;
use crate::ir::CriterionId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Test;
use crate::suite;
use crate::suite::bench;
use crate::suite::bench::Asked;
pub use crate::suite::bench::Came;
use crate::suite::bench::Depth;
use crate::suite::generate::draft::Draft;
use crate::value::Number;
use crate::value::Set;
use crate::workspace::DrawnData;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A rulebook with its bases.
pub struct Lab<'p> {
    /// The rules.
    pub program: &'p Program,
    /// The cases that drafts start from.
    pub bases: &'p [Test],
    /// The data that bases are rows of.
    pub drawn: &'p DrawnData,
    /// The same without its naming rules, which take long to make ready.
    lean: Program,
    needs_day: bool,
}

impl<'p> Lab<'p> {
    /// Takes the rules, and the bases with the data that they are rows of.
    pub fn new(program: &'p Program, bases: &'p [Test], drawn: &'p DrawnData) -> Lab<'p> {
        let lean = Program { namings: vec![], tests: vec![], ..program.clone() };
        let needs_day = eval::needs_day(program);
        Lab { program, bases, drawn, lean, needs_day }
    }

    /// The run of a draft.
    pub fn test(&self, draft: &Draft) -> Test {
        draft.test(self.program, &self.bases[draft.base])
    }

    /// What these nodes, of the case's own table, come to in each draft; none where it cannot be run.
    pub fn all(&self, drafts: &[Draft], nodes: &BTreeSet<NodeId>) -> Vec<Option<Came>> {
        let program = if self.asks_names(nodes) { self.program } else { &self.lean };
        let ready: Vec<Option<(Test, Facts)>> = drafts
            .par_iter()
            .map(|it| {
                let test = self.test(it);
                let dated = test.on.is_some() || !self.needs_day;
                let facts = dated.then(|| bench::bound(program, &test, self.drawn))??;
                Some((test, facts))
            })
            .collect();
        let mut came: Vec<Option<Came>> = vec![None; drafts.len()];
        let mut places: Vec<usize> = (0..drafts.len()).filter(|it| ready[*it].is_some()).collect();
        // What the first pass settles is settled.
        for depth in [Depth::Glance, Depth::Whole] {
            let asked: Vec<Asked> = places
                .iter()
                .filter_map(|it| ready[*it].as_ref())
                .map(|(test, facts)| {
                    let own = |it: &NodeId| program.node(*it).space == test.table;
                    Asked { test, facts, nodes: nodes.iter().copied().filter(own).collect() }
                })
                .collect();
            let all = bench::came(program, &asked, depth);
            for (at, one) in places.iter().zip(all) {
                came[*at] = one;
            }
            let open = |it: &Came| it.values().any(|set| !set.is_settled());
            places.retain(|it| came[*it].as_ref().is_some_and(open));
        }
        came
    }

    /// The same of one draft.
    pub fn one(&self, draft: &Draft, nodes: &BTreeSet<NodeId>) -> Option<Came> {
        self.all(std::slice::from_ref(draft), nodes).pop().flatten()
    }

    /// The criteria that decide a node of the judged case.
    pub fn deciding(&self, draft: &Draft, node: NodeId) -> Vec<CriterionId> {
        let test = self.test(draft);
        let Ok(mut ready) = suite::ready(self.program, &test, self.drawn) else {
            return vec![];
        };
        ready.run.asked = Some(BTreeSet::from([node]));
        let outcome = eval::evaluate(self.program, &ready.facts, &ready.run);
        let recording =
            eval::record(self.program, &ready.facts, &ready.run, &outcome, test.table, 0);
        analysis::deciding(self.program, &recording, node, 0)
    }

    fn asks_names(&self, nodes: &BTreeSet<NodeId>) -> bool {
        self.program
            .below(nodes.iter().copied())
            .iter()
            .any(|it| matches!(self.program.node(*it).kind, NodeKind::Naming { .. }))
    }
}

/// The nodes that these rest on, themselves included; `stop` is not looked into.
pub fn below(
    program: &Program,
    nodes: impl IntoIterator<Item = NodeId>,
    stop: &BTreeSet<NodeId>,
) -> BTreeSet<NodeId> {
    let mut open: Vec<NodeId> = nodes.into_iter().collect();
    let first: BTreeSet<NodeId> = open.iter().copied().collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) && (first.contains(&id) || !stop.contains(&id)) {
            open.extend(program.node(id).kind.operands());
        }
    }
    found
}

/// A settled number or day as a number: days count as such.
pub fn amount(set: &Set) -> Option<Number> {
    if !set.is_settled() {
        return None;
    }
    match set {
        Set::Number(it) => it.values.as_ref()?.single().cloned(),
        Set::Date(it) => it.values?.low.map(Number::from),
        _ => None,
    }
}
