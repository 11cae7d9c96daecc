//! What keeps one outcome of a case open, cell by cell, and where numbers among them are compared. Nothing is split here.

use crate::eval::chunk::Chunk;
use crate::eval::refine::Excerpt;
use crate::eval::refine::linear;
use crate::ir::Belonging;
use crate::ir::Domain;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::value::DateHull;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A cell whose value is not known. Rows are counted within the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The node that reads it.
    pub node: NodeId,
    /// The field.
    pub field: FieldId,
    /// The row.
    pub row: usize,
    /// What it may be.
    pub set: Set,
}

/// A place where numbers or days are compared.
pub type Site = (NodeId, usize);

/// The holes that an outcome rests on, truths and members first, then numbers and days, each in reading order; texts
/// last. And the places where what is not settled is compared.
pub fn open(chunk: &Chunk, node: NodeId, row: usize) -> (Vec<Hole>, Vec<Site>) {
    let program = chunk.context.program;
    let (mut holes, mut sites) = (vec![], vec![]);
    let mut seen = BTreeSet::new();
    let mut waiting = vec![(node, row)];
    waiting.extend(criteria(program, node).into_iter().rev().map(|it| (it, row)));
    while let Some((node, row)) = waiting.pop() {
        let Some(series) = chunk.get(node) else {
            // A quotient that is compared is not computed itself.
            waiting.extend(below(chunk, node, row).into_iter().rev());
            continue;
        };
        let set = series.set(row);
        if set.is_settled() || !seen.insert((node, row)) {
            continue;
        }
        match &program.node(node).kind {
            _ if chunk.context.is_given(node) => {}
            NodeKind::Field(field) => holes.push(Hole { node, field: *field, row, set }),
            kind => {
                if is_site(kind) {
                    sites.push((node, row));
                }
                waiting.extend(below(chunk, node, row).into_iter().rev());
            }
        }
    }
    holes.sort_by_key(|it| match it.set {
        Set::Truth(_) | Set::Member(_) => 0,
        Set::Number(_) | Set::Date(_) => 1,
        Set::Text(_) => 2,
    });
    (holes, sites)
}

/// The criteria a conclusion takes, in article order: in their order its holes are met.
fn criteria(program: &Program, node: NodeId) -> Vec<NodeId> {
    let Some(conclusion) = program.conclusions.iter().find(|it| it.node == node) else {
        return vec![];
    };
    let mut criteria: Vec<_> = conclusion.criteria().map(|id| program.criterion(id)).collect();
    criteria.sort_by_key(|it| (it.head.order, it.head.span.start));
    criteria.into_iter().map(|it| it.in_conclusion).collect()
}

/// The operands in the rows where they are looked at: the same, the parent's, or those of all child rows.
fn below(chunk: &Chunk, node: NodeId, row: usize) -> Vec<(NodeId, usize)> {
    let program = chunk.context.program;
    let space = program.node(node).space;
    let mut all = vec![];
    for operand in program.node(node).kind.operands() {
        let own = program.node(operand).space;
        if matches!(program.node(node).kind, NodeKind::Earlier { .. }) {
            // It looks at other rows of the same list.
            let first = chunk.rows[space.0 as usize].start;
            let parent = chunk.context.facts.table(space).parents[first + row] as usize;
            let rows = chunk.context.facts.table(space).rows_of(parent);
            all.extend(rows.map(|it| (operand, it - first)));
        } else if own == space {
            all.push((operand, row));
        } else if program.table(own).parent.is_some_and(|it| it.table == space) {
            let first = chunk.rows[own.0 as usize].start;
            let parent = chunk.rows[space.0 as usize].start + row;
            let rows = chunk.context.facts.table(own).rows_of(parent);
            all.extend(rows.map(|it| (operand, it - first)));
        } else if program.table(space).parent.is_some_and(|it| it.table == own) {
            all.push((operand, chunk.parent_row(space, row)));
        }
    }
    all
}

fn is_site(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Compare(..)
            | NodeKind::Decide(_)
            | NodeKind::Parameter { .. }
            | NodeKind::InForce { .. }
            | NodeKind::Belongs { to: Belonging::Values(_), .. }
    )
}

/// The numbers at which unsettled comparisons in one variant turn, where that depends on one cell only.
pub fn cuts(
    chunk: &Chunk,
    sites: &[Site],
    at: impl Fn(Site) -> usize,
) -> BTreeMap<(NodeId, usize), BTreeSet<Number>> {
    let mut cuts: BTreeMap<(NodeId, usize), BTreeSet<Number>> = BTreeMap::new();
    for site in sites {
        let row = at(*site);
        let Some(series) = chunk.get(site.0) else { continue };
        if series.set(row).is_settled() {
            continue;
        }
        let mut turn = |a: NodeId, b: NodeId| {
            let root = linear::difference(chunk, a, b, row).and_then(|it| linear::root(&it.form));
            if let Some((key, number)) = root {
                cuts.entry(key).or_default().insert(number);
            }
        };
        match &chunk.context.program.node(site.0).kind {
            NodeKind::Compare(_, a, b) => turn(*a, *b),
            NodeKind::Decide(it) => {
                for row in &it.rows {
                    for (head, cell) in it.heads.iter().zip(&row.cells) {
                        cell.bounds().for_each(|bound| turn(*head, bound));
                    }
                }
            }
            NodeKind::Belongs { of, to: Belonging::Values(values) } => {
                values.iter().for_each(|it| turn(*of, *it));
            }
            NodeKind::Parameter { day, versions, .. } => {
                let days = versions.iter().flat_map(|it| [it.0, it.1]).flatten();
                days.for_each(|it| at_day(chunk, *day, row, it, &mut cuts));
            }
            NodeKind::InForce { day, from, until } => {
                let days = [*from, *until].into_iter().flatten();
                days.for_each(|it| at_day(chunk, *day, row, it, &mut cuts));
            }
            _ => {}
        }
    }
    cuts
}

fn at_day(
    chunk: &Chunk,
    day: NodeId,
    row: usize,
    at: i32,
    cuts: &mut BTreeMap<(NodeId, usize), BTreeSet<Number>>,
) {
    if let Some((key, number)) = linear::turning(chunk, day, row, &Number::from(at)) {
        cuts.entry(key).or_default().insert(number);
    }
}

/// The parts of a truth or a member: what it may be, one by one; of members those together that nothing tells apart.
pub fn listed(excerpt: &Excerpt, hole: &Hole, alike: Option<Vec<Vec<u32>>>) -> Vec<Set> {
    match &hole.set {
        Set::Truth(truth) => truth.outcomes().map(Set::Truth).collect(),
        Set::Member(set) => {
            let together = alike.map(|it| it.into_iter().map(MemberSet::any_of).collect());
            let members = together.unwrap_or_else(|| members(excerpt.program, hole.field, set));
            with_na(members, set, Set::Member)
        }
        _ => vec![],
    }
}

/// The parts of a number or a day; one part where there is nothing to split it by.
pub fn parts(excerpt: &Excerpt, hole: &Hole, cuts: Option<&BTreeSet<Number>>) -> Vec<Set> {
    match &hole.set {
        Set::Number(set) => {
            let hulls = set.values.iter().flat_map(|it| pieces(it, cuts));
            let whole = whole_unit(excerpt.program, hole.field);
            let inward = |it: Hull| match &whole {
                Some(unit) => inward(it, unit),
                None => Some(it),
            };
            with_na(hulls.filter_map(inward).collect(), set, Set::Number)
        }
        Set::Date(set) => {
            let hulls = set.values.iter().flat_map(|it| pieces(&it.to_hull(), cuts));
            let days = hulls.map(|it| it.to_days()).filter(is_there).collect();
            with_na(days, set, Set::Date)
        }
        _ => vec![hole.set.clone()],
    }
}

fn is_there(days: &DateHull) -> bool {
    !matches!((days.low, days.high), (Some(low), Some(high)) if low > high)
}

fn with_na<S: Clone>(
    values: Vec<S>,
    of: &Possible<S>,
    set: impl Fn(Possible<S>) -> Set,
) -> Vec<Set> {
    let mut all: Vec<Set> = values.into_iter().map(|it| set(Possible::values(it))).collect();
    if of.na {
        all.push(set(Possible::not_applicable()));
    }
    if of.error {
        all.push(set(Possible { values: None, na: false, error: true }));
    }
    all
}

fn members(program: &Program, field: FieldId, set: &Possible<MemberSet>) -> Vec<MemberSet> {
    let Some(values) = &set.values else { return vec![] };
    let count = match &program.field(field).kind {
        FieldKind::Scalar { ty: Ty::Member(list), .. } => program.vocabulary(*list).members.len(),
        _ => 0,
    };
    let known = match &values.members {
        Some(members) => members.clone(),
        None => (0..count as u32).collect(),
    };
    let mut all: Vec<MemberSet> = known.into_iter().map(MemberSet::one).collect();
    if values.foreign != Foreign::No {
        all.push(MemberSet { members: Some(vec![]), foreign: values.foreign.clone() });
    }
    all
}

fn pieces(hull: &Hull, cuts: Option<&BTreeSet<Number>>) -> Vec<Hull> {
    let mut all = vec![];
    let mut rest = hull.clone();
    for at in cuts.into_iter().flatten().filter(|it| hull.contains(it)) {
        let mut parts = linear::cut_at(&rest, at);
        rest = match parts.pop() {
            Some(last) => last,
            None => return all,
        };
        all.extend(parts);
    }
    all.push(rest);
    all
}

/// The unit of a field that holds whole numbers of it only.
fn whole_unit(program: &Program, field: FieldId) -> Option<Number> {
    match &program.field(field).kind {
        FieldKind::Scalar { domain: Domain::Numbers { whole: true, .. }, unit, .. } => {
            Some(unit.as_ref().map_or_else(Number::one, |it| it.factor.clone()))
        }
        _ => None,
    }
}

/// The least hull around the whole numbers of a unit in a hull; none where there are none.
fn inward(hull: Hull, unit: &Number) -> Option<Hull> {
    let scale = |by: &Number| hull.multiply(&Hull::point(by.clone()));
    let counted = scale(&unit.reciprocal()?);
    let whole = |it: &crate::value::End, at: Number, step: i64| {
        let at = match it.closed || at != it.at {
            true => at,
            false => at.add(&Number::from(step)),
        };
        crate::value::End::closed(at)
    };
    let low = counted.low.as_ref().map(|it| whole(it, it.at.ceil(), 1));
    let high = counted.high.as_ref().map(|it| whole(it, it.at.floor(), -1));
    if let (Some(low), Some(high)) = (&low, &high)
        && low.at > high.at
    {
        return None;
    }
    Some(Hull { low, high }.multiply(&Hull::point(unit.clone())))
}
