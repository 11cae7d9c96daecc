//! Which cells and lists the parts of a criterion rest on, so that a step that mends one part breaks no other. It proposes nothing.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::decisive;
use crate::analysis::gaps::field_of;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::behind;
use crate::analysis::rests;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// An atom below a criterion, decisive or not.
pub(super) struct Atom {
    at: At,
    /// The cells and lists it rests on.
    sources: BTreeSet<Source>,
    /// In how many places the criterion asks it.
    times: u32,
}

/// What a value rests on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// A cell.
    Cell(FieldId, usize),
    /// A list of rows.
    List(FieldId),
}

/// Everything a value rests on, or would rest on if branches were taken otherwise.
pub(super) fn sources(case: &Case, start: At) -> BTreeSet<Source> {
    let reached = rests::reach(case, start, rests::all_below).into_iter();
    let source = |it: At| match &case.program.node(it.node).kind {
        NodeKind::Aggregate(aggregate) => Some(Source::List(aggregate.rows)),
        NodeKind::Field(field) | NodeKind::Filled(field) => Some(Source::Cell(*field, it.row)),
        _ => None,
    };
    reached.filter_map(source).collect()
}

/// The cells and lists that a value moves with: not the days and members that only choose what is taken.
fn moving(case: &Case, start: At) -> BTreeSet<Source> {
    let mut all = sources(case, start);
    let chooses = |field: &FieldId| {
        matches!(
            &case.program.field(*field).kind,
            FieldKind::Scalar { ty: Ty::Date | Ty::Period(_) | Ty::Member(_) | Ty::Text, .. }
        )
    };
    if matches!(case.program.node(start.node).ty, Ty::Number(_)) {
        all.retain(|it| !matches!(it, Source::Cell(field, _) if chooses(field)));
    }
    all
}

/// The atoms below a criterion. Operands come before what is made of them, so from the last node down every count is
/// complete when it is handed on.
pub(super) fn atoms(case: &Case, start: At) -> Vec<Atom> {
    let mut times = BTreeMap::from([(start, 1u32)]);
    let mut atoms = vec![];
    while let Some((at, count)) = times.pop_last() {
        if decisive::is_atom(case.program, at.node) {
            atoms.push(Atom { at, sources: sources(case, at), times: count });
            continue;
        }
        for below in rests::all_below(case, at) {
            let all = times.entry(below).or_default();
            *all = all.saturating_add(count);
        }
    }
    atoms
}

/// Steps that would move another atom too are not proposed; steps that meet on one list are not known to be the least.
pub(super) fn keep(case: &Case, atoms: &[Atom], plan: &mut Plan) {
    let before = plan.steps.len();
    plan.steps.retain(|step| match &step.action {
        Action::Set { field, row, .. } => {
            atoms
                .iter()
                .filter(|it| it.sources.contains(&Source::Cell(*field, *row)))
                .map(|it| u64::from(it.times))
                .sum::<u64>()
                == 1
        }
        _ => true,
    });
    let lists: Vec<FieldId> = plan.steps.iter().filter_map(|it| list_of(case, it)).collect();
    let meet = lists.iter().enumerate().any(|(index, it)| lists[..index].contains(it));
    let disturbs = plan.steps.iter().any(|step| match &step.action {
        Action::Add { aggregate, .. } => atoms.iter().any(|it| is_disturbed(case, it, *aggregate)),
        _ => false,
    });
    let changeable = plan.steps.iter().all(|it| it.changeable);
    plan.covers &= plan.steps.len() == before;
    plan.enough &= plan.covers && !meet && !disturbs && changeable;
}

/// The list a step adds rows to, or takes rows of.
fn list_of(case: &Case, step: &Step) -> Option<FieldId> {
    let (Action::Add { aggregate, .. } | Action::Turn { aggregate, .. }) = &step.action else {
        return None;
    };
    match &case.program.node(*aggregate).kind {
        NodeKind::Aggregate(it) => Some(it.rows),
        _ => None,
    }
}

/// Whether rows added for one function over a list may turn another atom that holds.
fn is_disturbed(case: &Case, atom: &Atom, added: NodeId) -> bool {
    let NodeKind::Aggregate(aggregate) = &case.program.node(added).kind else { return true };
    if !atom.sources.contains(&Source::List(aggregate.rows)) {
        return false;
    }
    let counts = |node: NodeId| match &case
        .program
        .node(behind(case, At { node, row: atom.at.row }).node)
        .kind
    {
        NodeKind::Aggregate(it) => it.function == AggregateFunction::Count,
        _ => false,
    };
    match &case.program.node(atom.at.node).kind {
        _ if rests::reach(case, atom.at, rests::below).iter().any(|it| it.node == added) => false,
        NodeKind::Compare(Comparison::AtLeast | Comparison::Above, a, _) => !counts(*a),
        NodeKind::Compare(Comparison::AtMost | Comparison::Below, _, b) => !counts(*b),
        _ => true,
    }
}

/// Whether a step would move a value that was taken to stay, which rests on these cells and lists.
pub(super) fn moves(case: &Case, step: &Step, other: &BTreeSet<Source>) -> bool {
    let cells_of =
        |field: FieldId| other.iter().any(|it| matches!(it, Source::Cell(own, _) if *own == field));
    match &step.action {
        Action::Set { field, row, .. } => other.contains(&Source::Cell(*field, *row)),
        Action::Add { .. } => {
            list_of(case, step).is_some_and(|it| other.contains(&Source::List(it)))
        }
        Action::Move { of, .. } | Action::Day { of, .. } => {
            match &case.program.node(of.node).kind {
                NodeKind::Aggregate(it) => {
                    it.value.and_then(|node| field_of(case, node)).is_some_and(cells_of)
                }
                _ => !moving(case, *of).is_disjoint(other),
            }
        }
        Action::Fill { field, row } => other.contains(&Source::Cell(*field, *row)),
        Action::Turn { .. }
        | Action::Unturn { .. }
        | Action::Wait { .. }
        | Action::Items { .. }
        | Action::Among { .. } => false,
    }
}
