//! A case evaluated again with the changes of a plan made: whether it mends, and whether all of it is needed. It proposes nothing.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::gaps::field_of;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Value;
use crate::analysis::remedy::cells;
use crate::analysis::remedy::rows;
use crate::analysis::rests;
use crate::eval::refine::Change;
use crate::eval::refine::Excerpt;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::naming::Namer;
use crate::value::DateHull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use std::collections::BTreeSet;

/// No more rows than this are tried as joining a list.
const ROWS: i64 = 10_000;

/// A case that can be evaluated again with other cells and more rows. What is computed over all cases stays as it is.
pub struct Trial<'a> {
    pub(super) case: Case<'a>,
    excerpt: Excerpt<'a>,
}

/// Rows that join a list: of which table, how many, with which cells.
type Joining = (TableId, usize, Vec<(FieldId, Set)>);

/// What a plan does to the data.
#[derive(Clone, Default)]
pub(super) struct Changes {
    /// Cells that get another value.
    pub cells: Vec<Change>,
    /// Rows that join a list: how many, with which cells.
    rows: Vec<Joining>,
}

impl<'a> Trial<'a> {
    /// A case that can be tried out.
    pub fn new(case: &Case<'a>, namers: &'a [Namer<'a>]) -> Trial<'a> {
        let excerpt = Excerpt::recorded(case.program, case.facts, case.recording, namers);
        Trial { case: *case, excerpt }
    }

    fn first(&self, table: TableId) -> usize {
        self.excerpt.rows[table.0 as usize].start
    }

    /// Another value of a cell, given by its row in the table.
    pub(super) fn change(&self, field: FieldId, row: usize, set: Set) -> Change {
        Change { field, row: row - self.first(field.table), set }
    }

    /// What a truth comes to with each of these changes to cells; none where a value over all cases rests on one of them.
    pub(super) fn truths(&self, at: At, variants: &[Vec<Change>]) -> Option<Vec<Truth>> {
        let nodes = self.excerpt.nodes([at.node]);
        let shared = self.shared(&nodes);
        if variants.iter().flatten().any(|it| shared.contains(&it.field)) {
            return None;
        }
        let some: Vec<&[Change]> = variants.iter().map(Vec::as_slice).collect();
        let world = self.excerpt.world(&some);
        let chunk = world.evaluate(&nodes);
        let space = self.case.program.node(at.node).space;
        let len = self.excerpt.rows[space.0 as usize].len();
        let row = at.row - self.first(space);
        let truth = |variant: usize| match chunk.series(at.node).set(variant * len + row) {
            Set::Truth(truth) => truth,
            _ => Truth::NOTHING,
        };
        Some((0..variants.len()).map(truth).collect())
    }

    /// What a node comes to with these steps; none where a step cannot be tried, or that cannot be told for one case alone.
    pub(super) fn comes_to(&self, at: At, steps: &[Step]) -> Option<Set> {
        let changes = self.changes(steps)?;
        let nodes = self.excerpt.nodes([at.node]);
        let lists = |table: TableId| self.case.program.table(table).parent;
        let touched = changes.cells.iter().map(|it| it.field);
        let touched = touched.chain(changes.rows.iter().filter_map(|it| lists(it.0)));
        let shared = self.shared(&nodes);
        if touched.into_iter().any(|it| shared.contains(&it)) {
            return None;
        }
        let mut world = self.excerpt.world(&[&changes.cells]);
        for (table, count, cells) in &changes.rows {
            if !world.join(*table, *count, cells) {
                return None;
            }
        }
        let chunk = world.evaluate(&nodes);
        let row = at.row - self.first(self.case.program.node(at.node).space);
        Some(chunk.series(at.node).set(row))
    }

    /// The fields that values taken as they are rest on.
    fn shared(&self, nodes: &[NodeId]) -> BTreeSet<FieldId> {
        let given = nodes.iter().copied().filter(|it| self.excerpt.is_given(*it));
        let program = self.case.program;
        let kinds = program.below(given).into_iter().map(|it| &program.node(it).kind);
        let field = |kind: &NodeKind| match kind {
            NodeKind::Field(field) | NodeKind::Filled(field) => Some(*field),
            NodeKind::Aggregate(it) => Some(it.rows),
            NodeKind::InPeriod { rows, .. } => Some(*rows),
            _ => None,
        };
        kinds.filter_map(field).collect()
    }

    /// Whether a truth comes to 真 by these steps; none where a step cannot be tried.
    pub(super) fn mends(&self, at: At, steps: &[Step]) -> Option<bool> {
        Some(self.comes_to(at, steps)? == Set::Truth(Truth::TRUE))
    }

    /// What steps do to the data; none where one of them is no change to single cells and lists.
    pub(super) fn changes(&self, steps: &[Step]) -> Option<Changes> {
        let mut changes = Changes::default();
        for step in steps {
            match &step.action {
                Action::Set { field, row, to } => {
                    changes.cells.push(self.change(*field, *row, set_of(to)));
                }
                Action::Day {
                    of,
                    op: Comparison::Equal | Comparison::AtLeast | Comparison::AtMost,
                    day,
                } => {
                    let field = field_at(&self.case, *of)?;
                    changes.cells.push(self.change(field, of.row, set_of(&Value::Date(*day))));
                }
                Action::Move { of, by, down, beyond: false, .. } => {
                    let (field, row) = self.moved(*of, *down)?;
                    let Set::Number(now) = self.case.facts.cells(field).column.get(row) else {
                        return None;
                    };
                    let now = now.values.and_then(|it| it.single().cloned())?;
                    let to = if *down { now.subtract(by) } else { now.add(by) };
                    changes.cells.push(self.change(field, row, set_of(&Value::Number(to))));
                }
                Action::Add { aggregate, also, count } => {
                    let of = |node: &NodeId| match &self.case.program.node(*node).kind {
                        NodeKind::Aggregate(it) => Some(it),
                        _ => None,
                    };
                    let it = of(aggregate)?;
                    let all = Some(aggregate).into_iter().chain(also).filter_map(of);
                    let FieldKind::Rows { table, .. } = self.case.program.field(it.rows).kind
                    else {
                        return None;
                    };
                    let count = count.to_i64().filter(|it| (1..=ROWS).contains(it))?;
                    let cells = rows::counted(&self.case, all)?;
                    changes.rows.push((table, count as usize, cells));
                }
                _ => return None,
            }
        }
        Some(changes)
    }

    /// The cell that moves where a number does: its own, or of a sum one that it adds up.
    fn moved(&self, of: At, down: bool) -> Option<(FieldId, usize)> {
        match &self.case.program.node(of.node).kind {
            NodeKind::Aggregate(it) if it.function == AggregateFunction::Sum && !down => {
                let field = field_of(&self.case, it.value?)?;
                Some((field, *rests::rows(&self.case, it, of.row).counted.first()?))
            }
            _ => Some((field_at(&self.case, of)?, of.row)),
        }
    }

    /// The plan as far as it is needed, when trying it out has shown whether it mends.
    pub(super) fn tried(&self, at: At, mut plan: Plan, mended: bool) -> Plan {
        match mended {
            true => {
                self.shorten(at, &mut plan);
                (plan.covers, plan.enough) = (true, plan.steps.iter().all(|it| it.changeable));
            }
            false => {
                // A value that does not mend is not proposed; a distance stands, for it says how far.
                let before = plan.steps.len();
                plan.steps.retain(|it| !matches!(it.action, Action::Set { .. }));
                plan.covers &= plan.steps.len() == before;
                plan.enough = false;
            }
        }
        plan
    }

    /// Rows that join one list join it once for all that asks for them, where that is enough.
    fn merge(&self, at: At, plan: &mut Plan) {
        let mut pair = (0, 1);
        while pair.0 + 1 < plan.steps.len() {
            let (a, b) = (&plan.steps[pair.0], &plan.steps[pair.1]);
            let steps = rows::merged(&self.case, a, b).map(|merged| {
                let mut steps = plan.steps.clone();
                steps.remove(pair.1);
                steps.splice(pair.0..=pair.0, merged);
                steps
            });
            match steps.filter(|it| it.len() < plan.steps.len() || is_less(it, &plan.steps)) {
                Some(steps) if self.mends(at, &steps) == Some(true) => {
                    plan.steps = steps;
                    pair = (0, 1);
                    continue;
                }
                _ => {}
            }
            pair.1 += 1;
            if pair.1 == plan.steps.len() {
                pair = (pair.0 + 1, pair.0 + 2);
            }
        }
    }

    /// Leaves out steps that are not needed, and goes no further with numbers than is needed.
    fn shorten(&self, at: At, plan: &mut Plan) {
        self.merge(at, plan);
        let mut index = 0;
        while plan.steps.len() > 1 && index < plan.steps.len() {
            let mut fewer = plan.steps.clone();
            fewer.remove(index);
            match self.mends(at, &fewer) {
                Some(true) => plan.steps = fewer,
                _ => index += 1,
            }
        }
        for index in 0..plan.steps.len() {
            let Action::Set { field, row, to: Value::Number(to) } = &plan.steps[index].action
            else {
                continue;
            };
            let (field, row) = (*field, *row);
            let mut others = plan.steps.clone();
            others.remove(index);
            let Some(others) = self.changes(&others).filter(|it| it.rows.is_empty()) else {
                continue;
            };
            let nearer = cells::nearest(&self.case, self, (at, true), &others.cells, (field, row));
            if let Some(nearer) = nearer.filter(|it| it != to) {
                plan.steps[index].action = Action::Set { field, row, to: Value::Number(nearer) };
            }
        }
    }
}

/// The field a node shows, in the row of the node.
fn field_at(case: &Case, at: At) -> Option<FieldId> {
    match &case.program.node(at.node).kind {
        NodeKind::Field(field) => Some(*field),
        _ => None,
    }
}

/// The set of one value.
fn set_of(value: &Value) -> Set {
    match value {
        Value::Truth(it) => Set::Truth(Truth::of(*it)),
        Value::Number(it) => Set::Number(Possible::number(it.clone())),
        Value::Date(it) => Set::Date(Possible::values(DateHull::point(*it))),
        Value::Member(it) => Set::Member(Possible::values(MemberSet::one(*it))),
        Value::Text(it) => Set::Text(Possible::values(TextSet::One(it.clone()))),
    }
}

/// Whether some steps add fewer rows than others.
fn is_less(steps: &[Step], than: &[Step]) -> bool {
    let rows = |steps: &[Step]| {
        let counts = steps.iter().filter_map(|it| match &it.action {
            Action::Add { count, .. } => Some(count.clone()),
            _ => None,
        });
        counts.fold(Number::zero(), |sum, it| sum.add(&it))
    };
    rows(steps) < rows(than)
}
