//! Runs drafts and says what nodes came to. It proposes nothing.

use crate::analysis;
use crate::eval;
use crate::ir::CriterionId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Test;
use crate::suite;
use crate::suite::generate::draft::Draft;
use crate::value::Number;
use crate::value::Set;
use crate::workspace::DrawnData;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A rulebook with its bases.
pub struct Lab<'p> {
    /// The rules; the tests are the bases.
    pub program: &'p Program,
    /// The same without its naming rules, which take long to make ready.
    lean: Program,
}

/// What the judged case of a draft comes to.
pub type Came = BTreeMap<NodeId, Set>;

impl<'p> Lab<'p> {
    /// Takes the rules.
    pub fn new(program: &'p Program) -> Lab<'p> {
        let lean = Program { namings: vec![], tests: vec![], ..program.clone() };
        Lab { program, lean }
    }

    /// The run of a draft.
    pub fn test(&self, draft: &Draft) -> Test {
        draft.test(self.program, &self.program.tests[draft.base])
    }

    /// What these nodes, of the case's own table, come to in each draft; none where it cannot be run.
    pub fn all(&self, drafts: &[Draft], nodes: &BTreeSet<NodeId>) -> Vec<Option<Came>> {
        let program = if self.asks_names(nodes) { self.program } else { &self.lean };
        drafts.par_iter().map(|it| one(program, &self.test(it), nodes)).collect()
    }

    /// The same of one draft.
    pub fn one(&self, draft: &Draft, nodes: &BTreeSet<NodeId>) -> Option<Came> {
        let program = if self.asks_names(nodes) { self.program } else { &self.lean };
        one(program, &self.test(draft), nodes)
    }

    /// The criteria that decide a node of the judged case.
    pub fn deciding(&self, draft: &Draft, node: NodeId) -> Vec<CriterionId> {
        let test = self.test(draft);
        let Ok(mut ready) = suite::ready(self.program, &test, &DrawnData::default()) else {
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

fn one(program: &Program, test: &Test, nodes: &BTreeSet<NodeId>) -> Option<Came> {
    let mut ready = suite::ready(program, test, &DrawnData::default()).ok()?;
    ready.run.asked = Some(nodes.clone());
    let outcome = eval::evaluate(program, &ready.facts, &ready.run);
    let own = nodes.iter().filter(|it| program.node(**it).space == test.table);
    Some(own.filter_map(|it| Some((*it, outcome.columns.get(it)?.get(0)))).collect())
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
