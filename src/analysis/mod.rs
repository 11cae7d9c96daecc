//! Questions about an outcome: what it rests on, what is missing, where an error arose, what would mend it. Nothing is worded here.

pub mod decisive;
pub mod errors;
pub mod gaps;
pub mod peers;
pub mod proof;
pub mod remedy;
pub mod rests;
pub mod tables;

#[cfg(test)]
mod tests;

pub use decisive::deciding;

use crate::data::Facts;
use crate::eval::recorder::Outcome;
use crate::eval::recorder::Recording;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Set;
use crate::value::Truth;

/// One case with every outcome that was recorded for it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The data of the run.
    pub facts: &'a Facts,
    /// The outcomes.
    pub recording: &'a Recording,
    /// What all cases of the run came to.
    pub outcome: &'a Outcome,
    /// The table of the case.
    pub table: TableId,
    /// Its row there.
    pub row: usize,
}

/// A node in one row of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The node.
    pub node: NodeId,
    /// The row.
    pub row: usize,
}

impl Case<'_> {
    /// The possible outcomes of a node, be it of another case where the run kept it; none where it was not evaluated.
    pub fn set(&self, at: At) -> Option<Set> {
        let kept = || self.outcome.columns.get(&at.node).map(|it| it.get(at.row));
        self.recording.get(at.node, at.row).or_else(kept)
    }

    /// The possible outcomes of a truth; nothing where it was not evaluated.
    pub fn truth(&self, at: At) -> Truth {
        match self.set(at) {
            Some(Set::Truth(truth)) => truth,
            _ => Truth::NOTHING,
        }
    }

    /// Whether exactly one outcome is possible, or none was computed.
    pub fn is_settled(&self, at: At) -> bool {
        self.set(at).is_none_or(|it| it.is_settled())
    }

    /// The row of the parent table that a child row belongs to.
    pub fn parent_row(&self, table: TableId, row: usize) -> usize {
        self.facts.table(table).parents[row] as usize
    }
}

/// The possible outcomes of a truth; nothing where it was not evaluated.
fn truth(recording: &Recording, at: At) -> Truth {
    match recording.get(at.node, at.row) {
        Some(Set::Truth(truth)) => truth,
        _ => Truth::NOTHING,
    }
}
