//! Questions about all rows of a run at once (`semantics` §9): each takes whole columns and gives a whole column.

mod counts;
mod ends;
mod grouped;
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

pub use grouped::Groups;
pub use members::truth_of;
pub use over::included;

use crate::data::Facts;
use crate::eval::population::grouped::Company;
use crate::eval::series::kind_of;
use crate::ir::Node;
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
        NodeKind::Score(Scoring::Points(it)) => {
            let question = Question { node, by: &it.groups, among: [it.among, None, None] };
            question.ask(columns, |columns| points::points(it, columns))
        }
        NodeKind::Score(Scoring::Rank(it)) => {
            let among = [it.among, it.population, None];
            let question = Question { node, by: &it.groups, among };
            question.ask(columns, |columns| ranks::ranks(it, columns))
        }
        NodeKind::Score(Scoring::Selected(it)) => {
            let among = [it.among, it.ranking.among, it.ranking.population];
            let question = Question { node, by: &it.ranking.groups, among };
            question.ask(columns, |columns| selection::selection(it, columns))
        }
        NodeKind::Score(Scoring::Over(it)) => {
            over::over(program, it, node, facts.table(node.space).len, columns)
        }
        kind => unreachable!("no population node: {kind:?}"),
    }
}

/// What a score asks of its population.
struct Question<'a> {
    node: &'a Node,
    /// What the cases of one population have in common.
    by: &'a [NodeId],
    /// The nodes that say who is in the population.
    among: [Option<NodeId>; 3],
}

impl Question<'_> {
    /// Of all rows at once, or of each group.
    fn ask(
        &self,
        columns: &BTreeMap<NodeId, Column>,
        ask: impl Fn(&BTreeMap<NodeId, Column>) -> Column,
    ) -> Column {
        let Some(first) = self.by.first() else { return ask(columns) };
        let groups = Groups::new(self.by, columns, columns[first].len());
        let operands = self.node.kind.operands();
        let among: Vec<NodeId> = self.among.into_iter().flatten().collect();
        let part = |company: &Company| ask(&grouped::part_of(columns, &operands, company, &among));
        grouped::by_group(&groups, kind_of(self.node.ty), part)
    }
}
