//! Which outcomes a second look may narrow: those that meet one field in two ways, and those that ask for a value that a
//! hull may hold though no completion has it. Elsewhere pass 1 is exact (`semantics` L6 a, d). It is asked of the rules
//! alone, once a run.

use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The fields that a node meets in more than one way, by node.
pub struct Doubts(Vec<BTreeSet<FieldId>>);

impl Doubts {
    /// Of every node of a program.
    pub fn new(program: &Program) -> Doubts {
        let mut met: Vec<BTreeMap<FieldId, bool>> = Vec::with_capacity(program.nodes.len());
        for node in &program.nodes {
            let mut own: BTreeMap<FieldId, bool> = BTreeMap::new();
            let mut meet = |field: FieldId, often: bool| {
                own.entry(field).and_modify(|it| *it = true).or_insert(often);
            };
            match &node.kind {
                NodeKind::Field(field) => meet(*field, false),
                NodeKind::Aggregate(it) => meet(it.rows, false),
                _ => {}
            }
            for operand in node.kind.operands() {
                let child = program.node(operand).space;
                let of_rows = child != node.space
                    && program.table(child).parent.is_some_and(|it| it.table == node.space);
                for (field, often) in &met[operand.0 as usize] {
                    // A cell of the case is met once for each of its child rows.
                    meet(*field, *often || of_rows && field.table != child);
                }
            }
            if sees_gaps(program, &node.kind) {
                own.values_mut().for_each(|it| *it = true);
            }
            met.push(own);
        }
        let twice = |it: BTreeMap<FieldId, bool>| it.into_iter().filter(|it| it.1).map(|it| it.0);
        Doubts(met.into_iter().map(|it| twice(it).collect()).collect())
    }

    /// The fields that a node meets in more than one way, or of which it may take for possible what lies in a gap.
    pub fn of(&self, node: NodeId) -> &BTreeSet<FieldId> {
        &self.0[node.0 as usize]
    }

    /// The comparisons that meet a field in more than one way.
    pub fn comparisons(&self, program: &Program) -> BTreeSet<NodeId> {
        let all = (0..program.nodes.len() as u32).map(NodeId);
        let compared = |id: &NodeId| matches!(program.node(*id).kind, NodeKind::Compare(..));
        all.filter(|id| compared(id) && !self.of(*id).is_empty()).collect()
    }
}

/// Whether a value between two possible ones could be taken for possible: where something made of cells is asked for one
/// value, or is counted by its different values.
fn sees_gaps(program: &Program, kind: &NodeKind) -> bool {
    let made = match kind {
        NodeKind::Aggregate(it) => return it.function == AggregateFunction::Distinct,
        NodeKind::Compare(Comparison::Equal | Comparison::NotEqual, a, b) => vec![*a, *b],
        // A divisor that may be 0, and may not be near it.
        NodeKind::Quotient(_, divisor) => vec![*divisor],
        NodeKind::Contains(a, b) | NodeKind::StartsWith(a, b) => vec![*a, *b],
        NodeKind::Decide(it) => it.heads.clone(),
        NodeKind::Belongs { of, .. }
        | NodeKind::Length(of)
        | NodeKind::Part(of, ..)
        | NodeKind::Naming { name: of, .. } => vec![*of],
        _ => return false,
    };
    made.into_iter().any(|it| !is_cell(program, it))
}

/// Whether a node shows a cell, or is the same in every case.
fn is_cell(program: &Program, node: NodeId) -> bool {
    match &program.node(node).kind {
        NodeKind::Field(_) | NodeKind::Constant(_) => true,
        NodeKind::Parent(of) | NodeKind::Narrow { of, .. } | NodeKind::Applies { body: of, .. } => {
            is_cell(program, *of)
        }
        NodeKind::Parameter { .. } | NodeKind::RuleDate(_) => true,
        _ => false,
    }
}
