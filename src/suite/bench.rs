//! Tests and drafts run together: each is a case, and the cases of one day are the rows of one run. It judges nothing.

use crate::data;
use crate::data::Facts;
use crate::eval;
use crate::eval::Outcome;
use crate::eval::Recording;
use crate::eval::Run;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Test;
use crate::suite;
use crate::value::PeriodKind;
use crate::value::Set;
use crate::workspace::DrawnData;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// So many tests make one run at most.
const MOST: usize = 256;

/// What the judged case of a test comes to, by node.
pub type Came = BTreeMap<NodeId, Set>;

/// One test, what it gives bound, and what is asked of its case.
pub struct Asked<'a> {
    /// The test.
    pub test: &'a Test,
    /// Its data.
    pub facts: &'a Facts,
    /// The nodes, of the table of its case.
    pub nodes: BTreeSet<NodeId>,
}

/// How closely is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Pass 1: what it settles is settled, what it leaves open may be narrower.
    Glance,
    /// Both passes.
    Whole,
}

/// What keeps tests from being rows of one run: another table, day or period.
type Kin = (TableId, Option<i32>, BTreeMap<PeriodKind, i32>);

/// The data of a test without the rows that rules expect of it, bound once for all programs with the same tables; none
/// where they cannot be had.
pub fn bound(program: &Program, test: &Test, drawn: &DrawnData) -> Option<Facts> {
    let tables = suite::tables(program, test, drawn).ok()?;
    let (facts, _) = data::bind(program, &tables);
    (facts.table(test.table).len > 0).then_some(facts)
}

/// A case of a run, and how to look at it.
pub struct View<'a> {
    program: &'a Program,
    facts: &'a Facts,
    run: &'a Run,
    outcome: &'a Outcome,
    asked: &'a Asked<'a>,
    row: usize,
}

impl View<'_> {
    /// What a node that was asked for comes to; none of one of another table.
    pub fn get(&self, node: NodeId) -> Option<Set> {
        let own = self.program.node(node).space == self.asked.test.table;
        own.then(|| self.outcome.columns.get(&node).map(|it| it.get(self.row))).flatten()
    }

    /// All that was asked for.
    pub fn came(&self) -> Came {
        self.asked.nodes.iter().filter_map(|it| Some((*it, self.get(*it)?))).collect()
    }

    /// Every node of the case, to ask what decides; and the row of the case in it.
    pub fn recording(&self) -> (Recording, usize) {
        let run = Run { asked: Some(self.asked.nodes.clone()), ..self.run.clone() };
        let table = self.asked.test.table;
        (eval::record(self.program, self.facts, &run, self.outcome, table, self.row), self.row)
    }
}

/// What each comes to; none where it cannot be run.
pub fn came(program: &Program, asked: &[Asked], depth: Depth) -> Vec<Option<Came>> {
    run(program, asked, depth, &|_, view| view.came())
}

/// What is seen of each; none where it cannot be run. `look` is given the place of what was asked.
pub fn run<T: Send + Clone>(
    program: &Program,
    asked: &[Asked],
    depth: Depth,
    look: &(impl Fn(usize, View) -> T + Sync),
) -> Vec<Option<T>> {
    let mut kin: BTreeMap<Kin, Vec<usize>> = BTreeMap::new();
    let mut runs: Vec<Vec<usize>> = vec![];
    let mut looking: BTreeMap<NodeId, bool> = BTreeMap::new();
    let mut is_looking =
        |it: &NodeId| *looking.entry(*it).or_insert_with(|| eval::looks_at_all_cases(program, *it));
    for (at, it) in asked.iter().enumerate() {
        // Who looks at all cases must not see those of others.
        match !it.test.supposes.is_empty() || it.nodes.iter().any(&mut is_looking) {
            true => runs.push(vec![at]),
            false => {
                let key = (it.test.table, it.test.on, it.test.periods.clone());
                kin.entry(key).or_default().push(at);
            }
        }
    }
    kin.into_values().for_each(|it| runs.extend(it.chunks(MOST).map(<[_]>::to_vec)));
    let seen: Vec<Vec<Option<T>>> =
        runs.par_iter().map(|run| together(program, asked, run, depth, look)).collect();
    let mut all: Vec<Option<T>> = vec![None; asked.len()];
    for (at, seen) in runs.iter().flatten().zip(seen.into_iter().flatten()) {
        all[*at] = seen;
    }
    all
}

/// Runs tests of one day as rows of one run.
fn together<T>(
    program: &Program,
    asked: &[Asked],
    places: &[usize],
    depth: Depth,
    look: &impl Fn(usize, View) -> T,
) -> Vec<Option<T>> {
    let own: Vec<&Asked> = places.iter().map(|it| &asked[*it]).collect();
    let Some(first) = own.first() else { return vec![] };
    let facts: Vec<&Facts> = own.iter().map(|it| it.facts).collect();
    let facts = match facts.as_slice() {
        [one] => (*one).clone(),
        several => match data::join(several) {
            Some(facts) => facts,
            None => {
                let alone = |it: &usize| together(program, asked, &[*it], depth, look);
                return places.iter().flat_map(alone).collect();
            }
        },
    };
    let nodes: BTreeSet<NodeId> = own.iter().flat_map(|it| it.nodes.iter().copied()).collect();
    let (on, periods) = (first.test.on, first.test.periods.clone());
    let mut run = Run { on, periods, supposed: BTreeMap::new(), asked: Some(nodes) };
    let facts = eval::with_expected_rows(program, facts, &run);
    if suite::suppose(program, first.test, &facts, &mut run).is_err() {
        return places.iter().map(|_| None).collect();
    }
    let outcome = match depth {
        Depth::Glance => eval::glance(program, &facts, &run),
        Depth::Whole => eval::evaluate(program, &facts, &run),
    };
    let mut row = 0;
    let one = |(at, asked): (&usize, &&Asked)| {
        let view = View { program, facts: &facts, run: &run, outcome: &outcome, asked, row };
        row += asked.facts.table(asked.test.table).len;
        Some(look(*at, view))
    };
    places.iter().zip(&own).map(one).collect()
}
