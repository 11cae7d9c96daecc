//! A random case as a whole, what the engine reports of it, and how to print it when a law is broken.

use crate::oracle::complete::Data;
use crate::oracle::facts;
use crate::oracle::facts::Shape;
use crate::oracle::generate;
use crate::oracle::generate::Style;
use crate::oracle::schema::CASES;
use crate::oracle::tape::Tape;
use crate::oracle::tape::Tapes;
use crate::oracle::wrappers::opposite;
use heng::data::Facts;
use heng::eval;
use heng::eval::recorder::Run;
use heng::ir::Comparison;
use heng::ir::FieldId;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Program;
use heng::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Rules, data and the day of a run.
pub struct Case {
    pub program: Program,
    pub roots: Vec<NodeId>,
    pub data: Data,
    pub shape: Shape,
    pub run: Run,
    /// For the choices that need no shrinking.
    pub seed: u64,
}

/// The sets of every node in every row of its table.
pub type Reported = BTreeMap<(NodeId, usize), Set>;

impl Case {
    /// The case that two tapes tell: one of rules, one of data.
    pub fn new(Tapes { rules, data }: &Tapes, style: Style) -> Case {
        let mut tape = Tape::new(rules);
        let scaled = tape.pick(2) == 0;
        let on =
            (style.tight || tape.pick(2) == 1).then(|| crate::oracle::calendar::day(2022, 12, 28));
        let (program, roots) = generate::program(&mut tape, style);
        let shape = Shape { given: !style.guesses, scaled };
        let mut tape = Tape::new(data);
        let (cases, firms) = facts::random(&mut tape, shape);
        let data = Data { cases, firms, open: style.guesses };
        Case { program, roots, data, shape, run: Run { on, ..Run::default() }, seed: tape.seed() }
    }

    pub fn facts(&self, data: &Data) -> Facts {
        facts::facts(&data.cases, &data.firms, self.shape)
    }

    /// What the engine reports of some data, every case recorded; and that recording changes nothing (L9).
    pub fn report(&self, data: &Data) -> Reported {
        let facts = self.facts(data);
        let outcome = eval::evaluate(&self.program, &facts, &self.run);
        let mut reported = Reported::new();
        for case in 0..data.cases.rows.len() {
            let recording = eval::record(&self.program, &facts, &self.run, &outcome, CASES, case);
            for (node, at) in self.program.nodes.iter().zip(0..) {
                let rows = recording.rows.get(&node.space).cloned().unwrap_or_default();
                for row in rows {
                    reported
                        .extend(recording.get(NodeId(at), row).map(|set| ((NodeId(at), row), set)));
                }
            }
        }
        for node in &self.roots {
            let column = &outcome.columns[node];
            for row in 0..column.len() {
                let recorded = &reported[&(*node, row)];
                assert_eq!(
                    &column.get(row),
                    recorded,
                    "recording row {row} changes {}",
                    self.describe(*node)
                );
            }
        }
        reported
    }

    /// The fields that a node is computed from.
    pub fn fields_of(&self, node: NodeId) -> Vec<FieldId> {
        self.below(node)
            .into_iter()
            .filter_map(|it| match self.program.node(it).kind {
                NodeKind::Field(field) => Some(field),
                _ => None,
            })
            .collect()
    }

    /// A node and all it is computed from, ascending.
    pub fn below(&self, node: NodeId) -> Vec<NodeId> {
        let mut wanted = vec![false; self.program.nodes.len()];
        wanted[node.0 as usize] = true;
        for at in (0..=node.0 as usize).rev() {
            if wanted[at] {
                for operand in self.program.nodes[at].kind.operands() {
                    wanted[operand.0 as usize] = true;
                }
            }
        }
        (0..=node.0).filter(|at| wanted[*at as usize]).map(NodeId).collect()
    }

    /// For each node the cuts it rests on without the 若 or the call that makes them: it stands inside that.
    pub fn open_cuts(&self) -> Vec<BTreeSet<NodeId>> {
        let mut open: Vec<BTreeSet<NodeId>> = Vec::new();
        for (node, at) in self.program.nodes.iter().zip(0..) {
            let of = |it: NodeId| open[it.0 as usize].clone();
            let mut cuts: BTreeSet<NodeId> =
                node.kind.operands().into_iter().flat_map(of).collect();
            match node.kind {
                NodeKind::Narrow { .. } | NodeKind::Input { .. } => {
                    cuts.insert(NodeId(at));
                }
                // A call makes the cuts of its own inputs, and of no others.
                NodeKind::Called { function: own, .. } => {
                    cuts.retain(|it| match self.program.node(*it).kind {
                        NodeKind::Input { function, .. } => function != own,
                        _ => true,
                    });
                }
                NodeKind::If { condition, then, otherwise, if_not_applicable } => {
                    cuts = [condition].into_iter().chain(if_not_applicable).flat_map(of).collect();
                    cuts.extend(
                        of(then).into_iter().filter(|it| !self.is_cut_by(*it, condition, |op| op)),
                    );
                    cuts.extend(
                        of(otherwise)
                            .into_iter()
                            .filter(|it| !self.is_cut_by(*it, condition, opposite)),
                    );
                }
                _ => {}
            }
            open.push(cuts);
        }
        open
    }

    fn is_cut_by(
        &self,
        cut: NodeId,
        condition: NodeId,
        turn: impl Fn(Comparison) -> Comparison,
    ) -> bool {
        match (&self.program.node(cut).kind, &self.program.node(condition).kind) {
            (NodeKind::Narrow { of, op, bound }, NodeKind::Compare(holds, a, b)) => {
                (of, *op, bound) == (a, turn(*holds), b)
            }
            _ => false,
        }
    }

    /// A node with all it is computed from.
    pub fn describe(&self, node: NodeId) -> String {
        let mut out = format!("node {}, 评价日 {:?}", node.0, self.run.on);
        for at in self.below(node) {
            let it = self.program.node(at);
            let _ = write!(out, "\n  {} [{}] {:?}", at.0, it.space.0, it.kind);
        }
        out
    }

    /// A node with what is reported of all below it, row by row.
    pub fn explain(&self, node: NodeId, reported: &Reported) -> String {
        let mut out = self.describe(node);
        for at in self.below(node) {
            for ((_, row), set) in reported.range((at, 0)..(NodeId(at.0 + 1), 0)) {
                let _ = write!(out, "\n  {} row {row}: {set:?}", at.0);
            }
        }
        let offsets: Vec<usize> = self.data.firms.rows.iter().map(|it| it.0).collect();
        let _ = write!(out, "\n  parents {offsets:?}, given {:?}", self.data.cases.given);
        out
    }
}
