//! Questions about all rows of a run at once (`semantics` §9): each takes whole columns and gives a whole column.

mod members;
mod points;
mod standard;
mod unique;

use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Scoring;
use crate::value::Column;
use std::collections::BTreeMap;

/// Whether a node looks at all rows of its table at once.
pub fn is_population(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Unique(_) | NodeKind::Score(Scoring::Points(_)))
}

/// The column of a population node, from those of its operands.
pub fn compute(program: &Program, id: NodeId, columns: &BTreeMap<NodeId, Column>) -> Column {
    match &program.node(id).kind {
        NodeKind::Unique(key) => unique::unique(&columns[key]),
        NodeKind::Score(Scoring::Points(it)) => points::points(it, columns),
        kind => unreachable!("no population node: {kind:?}"),
    }
}
