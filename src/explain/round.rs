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
use crate::ir::Program;
use crate::ir::TableId;
use crate::naming::Namer;
use crate::source::Sources;

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
        Round { program, sources, facts, run, outcome, namers, extent, crowds, earlier }
    }

    /// All there is to say about one case.
    pub fn account(&self, table: TableId, row: usize) -> CaseAccount {
        let recording = eval::record(self.program, self.facts, self.run, &self.outcome, table, row);
        account(self, &recording, (table, row))
    }
}
