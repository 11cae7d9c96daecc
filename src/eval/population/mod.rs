//! Questions about all rows of a run at once (`semantics` §9): each takes whole columns and gives a whole column.

mod counts;
mod ends;
mod known;
mod members;
mod over;
mod pairs;
mod points;
mod quotas;
mod ranks;
mod selection;
mod several;
mod standard;
mod unique;

pub use members::truth_of;
pub use over::included;

use crate::data::Facts;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Scoring;
use crate::value::Column;
use std::collections::BTreeMap;

/// Whether a node looks at all rows of its table at once.
pub fn is_population(kind: &NodeKind) -> bool {
    use Scoring::*;
    matches!(
        kind,
        NodeKind::Unique(_) | NodeKind::Score(Points(_) | Rank(_) | Selected(_) | Over(_))
    )
}

/// The column of a population node, from those of its operands.
pub fn compute(
    program: &Program,
    facts: &Facts,
    id: NodeId,
    columns: &BTreeMap<NodeId, Column>,
) -> Column {
    let node = program.node(id);
    match &node.kind {
        NodeKind::Unique(key) => {
            let more = unique::may_have_more(program, facts, node.space);
            unique::unique(&columns[key], more)
        }
        NodeKind::Score(Scoring::Points(it)) => points::points(it, columns),
        NodeKind::Score(Scoring::Rank(it)) => ranks::ranks(it, columns),
        NodeKind::Score(Scoring::Selected(it)) => selection::selection(it, columns),
        NodeKind::Score(Scoring::Over(it)) => {
            over::over(program, it, node, facts.table(node.space).len, columns)
        }
        kind => unreachable!("no population node: {kind:?}"),
    }
}
