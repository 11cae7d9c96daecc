//! Which ways of a point cannot come out, whatever the data: known by running a case of which nothing is known. It sees no data.

use crate::data;
use crate::eval;
use crate::eval::Recording;
use crate::eval::Run;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::suite::coverage::Aspect;
use crate::suite::coverage::Excluded;
use crate::suite::coverage::Item;
use crate::suite::coverage::Point;
use crate::suite::coverage::PointKind;
use crate::suite::coverage::Watch;
use crate::suite::coverage::inventory;
use crate::suite::coverage::observe;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeSet;

/// Marks what cannot come out.
///
/// What a case comes to of which every cell is blank holds everything that any filled case may come to (`semantics` §5):
/// an outcome that is not in it cannot arise. That is said of no node that looks at blanks themselves, or at other cases.
pub fn exclude(program: &Program, items: &mut [Item]) {
    let blank = Blank::new(program);
    let used = used(program);
    for point in items.iter_mut().flat_map(|it| &mut it.points) {
        let reasons: Vec<Option<Excluded>> = point
            .wants
            .iter()
            .map(|want| blank.excluded(program, point, want.aspect, &used))
            .collect();
        for (want, reason) in point.wants.iter_mut().zip(reasons) {
            want.excluded = reason;
        }
    }
}

/// The nodes that something a run is for rests on, those of the rules that are for nothing else left out.
fn used(program: &Program) -> BTreeSet<NodeId> {
    let outputs = inventory::outputs(program);
    program.below(outputs.iter().flat_map(|it| program.node(*it).kind.operands()))
}

/// Cases of which nothing is known: one with a blank row in every list, one whose lists were not given.
struct Blank {
    recordings: Vec<Recording>,
    /// Nodes whose outcome on a blank does not hold that on a filled cell.
    partial: BTreeSet<NodeId>,
    /// Nodes that data decide.
    open: BTreeSet<NodeId>,
}

impl Blank {
    fn new(program: &Program) -> Blank {
        let mut recordings = vec![];
        let tops = (0..program.tables.len() as u32).map(TableId);
        for top in tops.filter(|it| program.table(*it).parent.is_none()) {
            for rows in [true, false] {
                recordings.push(record(program, top, rows));
            }
        }
        let (mut partial, mut open) = (BTreeSet::new(), BTreeSet::new());
        for (at, node) in (0u32..).map(NodeId).zip(&program.nodes) {
            let below = node.kind.operands();
            let looks_at_blanks = match &node.kind {
                NodeKind::Filled(_) | NodeKind::Default { .. } => true,
                NodeKind::Field(field) => program.field(*field).blank_is_none,
                NodeKind::Unique(_) | NodeKind::Score(_) => true,
                _ => false,
            };
            if looks_at_blanks || below.iter().any(|it| partial.contains(it)) {
                partial.insert(at);
            }
            let of_data = matches!(
                node.kind,
                NodeKind::Field(_) | NodeKind::Aggregate(_) | NodeKind::RuleDate(Some(_))
            );
            if of_data || node.may_be_error || below.iter().any(|it| open.contains(it)) {
                open.insert(at);
            }
        }
        Blank { recordings, partial, open }
    }

    fn excluded(
        &self,
        program: &Program,
        point: &Point,
        aspect: Aspect,
        used: &BTreeSet<NodeId>,
    ) -> Option<Excluded> {
        match (point.watch, aspect) {
            (Watch::Truth(node), Aspect::NotApplicable) => {
                let never = self.ruled_out(node, Truth::NOT_APPLICABLE);
                never
                    .filter(|_| !program.node(node).may_be_na)
                    .map(|_| Excluded::NeverNotApplicable)
            }
            (Watch::Truth(node), Aspect::Unknown) => {
                (!self.open.contains(&node)).then_some(Excluded::NeverOpen)
            }
            (Watch::Truth(node), Aspect::Decisive) => {
                let idle = point.kind == PointKind::Whole && !used.contains(&node);
                idle.then_some(Excluded::Unused)
            }
            (Watch::Truth(node), Aspect::Met) => self.ruled_out(node, Truth::TRUE),
            (Watch::Truth(node), Aspect::NotMet) => self.ruled_out(node, Truth::FALSE),
            (Watch::Value(node), Aspect::Unknown) => {
                (!self.open.contains(&node)).then_some(Excluded::NeverOpen)
            }
            (Watch::Value(node) | Watch::Rank(node), Aspect::NotApplicable) => {
                (!program.node(node).may_be_na).then_some(Excluded::NeverNotApplicable)
            }
            (Watch::Bound(_, sides), _) => self.never_stands(sides, aspect),
            _ => None,
        }
    }

    /// Whether a truth can never come to this.
    fn ruled_out(&self, node: NodeId, outcome: Truth) -> Option<Excluded> {
        let sets = self.sets(node)?;
        let may = |it: &Set| matches!(it, Set::Truth(truth) if truth.may(outcome));
        (!sets.iter().any(may)).then_some(Excluded::Ranges)
    }

    /// Whether two sides can never stand like this.
    fn never_stands(&self, sides: [NodeId; 2], aspect: Aspect) -> Option<Excluded> {
        let (left, right) = (self.sets(sides[0])?, self.sets(sides[1])?);
        let may =
            left.iter().zip(&right).any(|(left, right)| observe::may_stand(left, right, aspect));
        (!may).then_some(Excluded::Ranges)
    }

    /// What a node may come to in each of the cases; none where that says nothing.
    fn sets(&self, node: NodeId) -> Option<Vec<Set>> {
        if self.partial.contains(&node) {
            return None;
        }
        let sets: Vec<Set> = self.recordings.iter().flat_map(|it| all(it, node)).collect();
        (!sets.is_empty()).then_some(sets)
    }
}

/// What a node came to in every row.
fn all(recording: &Recording, node: NodeId) -> Vec<Set> {
    let table = recording.columns.get(node.0 as usize).and_then(|it| Some(it.as_ref()?.0));
    let rows = table.and_then(|it| recording.rows.get(&it).cloned()).unwrap_or_default();
    rows.filter_map(|row| recording.get(node, row)).collect()
}

/// A case of a family without a filled cell.
fn record(program: &Program, top: TableId, rows: bool) -> Recording {
    let program = &program.with_open_blanks();
    let run = Run::default();
    let facts = eval::with_expected_rows(program, data::blank(program, top, rows), &run);
    let outcome = eval::evaluate(program, &facts, &run);
    eval::record(program, &facts, &run, &outcome, top, 0)
}
