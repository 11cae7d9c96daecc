//! A run of all cases, and the way to what is said of each. It words nothing.

use crate::data::Facts;
use crate::eval;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::explain::account;
use crate::explain::model::CaseAccount;
use crate::explain::model::Extent;
use crate::explain::score::earlier::Earlier;
use crate::explain::score::peers::Crowds;
use crate::ir::Criterion;
use crate::ir::CriterionId;
use crate::ir::Force;
use crate::ir::Program;
use crate::ir::TableId;
use crate::naming::Namer;
use crate::source::Sources;
use std::collections::BTreeSet;

/// All cases of a run, evaluated.
pub struct Round<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The rule texts.
    pub sources: &'a Sources,
    /// The data.
    pub facts: &'a Facts,
    /// How it ran.
    pub run: &'a Run,
    /// What all cases came to.
    pub outcome: Outcome,
    /// What reads names, by [`crate::ir::NamingId`].
    pub namers: Vec<Namer<'a>>,
    /// How much is said.
    pub extent: Extent,
    /// What each score compares.
    pub(super) crowds: Vec<Crowds>,
    /// The criteria that no conclusion rests on.
    pub(super) reported: Vec<CriterionId>,
    /// What was scored a year before, where that can be computed.
    pub(super) earlier: Option<Earlier>,
}

impl<'a> Round<'a> {
    /// Evaluates all cases.
    pub fn new(
        program: &'a Program,
        sources: &'a Sources,
        facts: &'a Facts,
        run: &'a Run,
        extent: Extent,
    ) -> Round<'a> {
        let outcome = eval::evaluate(program, facts, run);
        let crowds = program.scores.iter().map(|it| Crowds::new(&outcome, it)).collect();
        let earlier = Earlier::new(program, facts, run, &outcome);
        let namers = Namer::all(program);
        let reported = reported(program);
        Round { program, sources, facts, run, outcome, namers, extent, crowds, reported, earlier }
    }

    /// All there is to say about one case.
    pub fn account(&self, table: TableId, row: usize) -> CaseAccount {
        let recording = eval::record(self.program, self.facts, self.run, &self.outcome, table, row);
        account(self, &recording, (table, row))
    }
}

/// The criteria that are reported and decide nothing: no conclusion and no other rule rests on them. Of a table without a
/// conclusion, those of force 可以.
fn reported(program: &Program) -> Vec<CriterionId> {
    let conclusions = &program.conclusions;
    let named: BTreeSet<CriterionId> = conclusions.iter().flat_map(|it| it.criteria()).collect();
    let roots = conclusions.iter().map(|it| it.node);
    let roots = roots.chain(program.indicators.iter().map(|it| it.node));
    let roots = roots.chain(program.gradings.iter().map(|it| it.node));
    let roots = roots.chain(program.scores.iter().flat_map(|it| it.nodes()));
    let below = program.below(roots);
    let nodes = |it: &Criterion| [it.node, it.in_conclusion];
    let ids = (0..program.criteria.len() as u32).map(CriterionId);
    let ids = ids.filter(|id| {
        let rule = program.criterion(*id);
        let concluded = conclusions.iter().any(|it| it.table == rule.table);
        !named.contains(id)
            && (concluded || rule.force == Force::May)
            && !nodes(rule).iter().any(|it| below.contains(it))
    });
    let ids: Vec<CriterionId> = ids.collect();
    let refers = |of: &Criterion, to: &Criterion| {
        let below = program.below([of.node]);
        nodes(to).iter().any(|it| below.contains(it))
    };
    let referred = |id: &CriterionId| {
        let mut others = program.criteria.iter().enumerate();
        others.any(|(at, it)| at as u32 != id.0 && refers(it, program.criterion(*id)))
    };
    ids.into_iter().filter(|it| !referred(it)).collect()
}
