//! What would mend a criterion that fails: least changes to single cells and lists, and distances where there is nothing to change.
//! Changes that depend on each other are not searched for.

mod amount;
mod apart;
mod date;
mod table;

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::errors::number;
use crate::analysis::gaps::field_of;
use crate::eval::decision;
use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;

/// No more than this many ways to mend one criterion are listed.
const MOST: usize = 8;

/// One way to mend a truth: all its steps together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What to do, or what is missing.
    pub steps: Vec<Step>,
    /// Whether there is a step for every part that fails.
    pub covers: bool,
    /// Whether the steps are changes to the data that are known to be enough.
    pub enough: bool,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub action: Action,
    /// Whether the applicant can change it in the data.
    pub changeable: bool,
    /// The values that are taken to stay as they are.
    pub held: Vec<NodeId>,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Rows of a list that its conditions count.
    Add {
        /// The function over the rows.
        aggregate: NodeId,
        /// How many.
        count: Number,
    },
    /// Rows that are counted already come to meet the condition of a share.
    Turn {
        /// The function over the rows.
        aggregate: NodeId,
        /// How many.
        count: Number,
    },
    /// A cell gets another value.
    Set {
        /// The field.
        field: FieldId,
        /// The row.
        row: usize,
        /// The value.
        to: Value,
    },
    /// A number has to go up, or down.
    Move {
        /// The number.
        of: At,
        /// How far.
        by: Number,
        /// The step it is rounded to; none where it is exact.
        step: Option<Number>,
        /// Whether it has to go down.
        down: bool,
        /// Whether it has to go further than that.
        beyond: bool,
    },
    /// A day has to be another one.
    Day {
        /// The day.
        of: At,
        /// `Equal`, `AtLeast` or `AtMost`.
        op: Comparison,
        /// Which.
        day: i32,
    },
    /// The day that decides has to come: the condition holds from then on.
    Wait {
        /// The first day.
        day: i32,
    },
    /// More items of a list have to hold.
    Items {
        /// How many.
        count: u32,
    },
}

/// A value for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// 是, 否
    Truth(bool),
    /// A number, in base units.
    Number(Number),
    /// A day.
    Date(i32),
    /// A member of the field's vocabulary.
    Member(u32),
}

impl Step {
    fn new(action: Action, changeable: bool) -> Step {
        Step { action, changeable, held: vec![] }
    }
}

/// The ways to make a truth that is 假 come to 真; none where none was found.
pub fn plans(case: &Case, at: At) -> Vec<Plan> {
    if case.truth(at) != Truth::FALSE {
        return vec![];
    }
    let atoms = apart::atoms(case, at);
    let mut plans = mend(case, at, true);
    plans.iter_mut().for_each(|it| apart::keep(case, &atoms, it));
    plans.retain(|it| !it.steps.is_empty());
    plans.truncate(MOST);
    plans
}

fn mend(case: &Case, at: At, want: bool) -> Vec<Plan> {
    let here = |node: NodeId| At { node, row: at.row };
    let contrary = Truth::of(!want);
    if case.truth(at) != contrary {
        return vec![];
    }
    let all = |items: &[NodeId]| mend_all(case, items.iter().map(|it| here(*it)), want);
    let any = |items: &[NodeId]| mend_any(case, items.iter().map(|it| here(*it)), want);
    match &case.program.node(at.node).kind {
        NodeKind::Not(of) => mend(case, here(*of), !want),
        NodeKind::Soften { of, .. }
        | NodeKind::Narrow { of, .. }
        | NodeKind::WhenNotApplicable { of, .. } => mend(case, here(*of), want),
        NodeKind::And(items) | NodeKind::Quantified(Count::All, items) if want => all(items),
        NodeKind::Or(items) | NodeKind::Quantified(Count::Any, items) if !want => all(items),
        NodeKind::And(items)
        | NodeKind::Or(items)
        | NodeKind::Quantified(Count::All | Count::Any, items) => any(items),
        NodeKind::Quantified(Count::None, items) if want => {
            mend_all(case, items.iter().map(|it| here(*it)), false)
        }
        NodeKind::Quantified(Count::AtLeast(n), items) if want => {
            let holding =
                items.iter().filter(|it| case.truth(here(**it)) == Truth::TRUE).count() as u32;
            match n.saturating_sub(holding) {
                1 => any(items),
                count => vec![partial(Step::new(Action::Items { count }, false))],
            }
        }
        NodeKind::If { condition, then, otherwise, .. } => match case.truth(here(*condition)) {
            Truth::TRUE => mend(case, here(*then), want),
            Truth::FALSE => mend(case, here(*otherwise), want),
            _ => vec![],
        },
        NodeKind::Applies { guard, body } if case.truth(here(*guard)) == Truth::TRUE => {
            mend(case, here(*body), want)
        }
        NodeKind::Exceptions { body, exceptions } => {
            let undecided = exceptions.iter().any(|it| case.truth(here(it.guard)) != Truth::FALSE);
            if undecided { vec![] } else { mend(case, here(*body), want) }
        }
        NodeKind::Field(field) => vec![set(case, *field, at.row, Value::Truth(want))],
        NodeKind::Compare(op, a, b) => {
            compared(case, if want { *op } else { op.opposite() }, here(*a), here(*b))
        }
        NodeKind::Belongs { of, to: Belonging::Nodes(members) } if want => {
            let by_table = table::reach(case, here(*of), |result| is_one_of(result, members));
            match members.as_slice() {
                [member] if by_table.is_empty() => become_member(case, here(*of), *member),
                _ => by_table,
            }
        }
        _ => vec![],
    }
    .into_iter()
    .filter(|it| it.steps.iter().any(is_worth_saying))
    .collect()
}

/// A cell that only the reviewer or the statistics fill, and that is no amount, has no distance.
fn is_worth_saying(step: &Step) -> bool {
    step.changeable || !matches!(step.action, Action::Set { .. })
}

fn partial(step: Step) -> Plan {
    Plan { steps: vec![step], covers: true, enough: false }
}

fn plan(step: Step) -> Plan {
    Plan { enough: step.changeable, covers: true, steps: vec![step] }
}

fn set(case: &Case, field: FieldId, row: usize, to: Value) -> Plan {
    plan(Step::new(Action::Set { field, row, to }, is_changeable(case, field)))
}

/// Whether the applicant may change a field: 可改, and not supplied by statistics or review.
pub fn is_changeable(case: &Case, field: FieldId) -> bool {
    let field = case.program.field(field);
    let foreign = ["统计", "评审", "statistics", "review", "reviewer"];
    field.changeable && field.supplier.as_deref().is_none_or(|it| !foreign.contains(&it))
}

/// All of the operands that are contrary have to be mended.
fn mend_all(case: &Case, items: impl Iterator<Item = At>, want: bool) -> Vec<Plan> {
    let items: Vec<At> = items.collect();
    // What is in error, or open, is not mended by the others.
    let others =
        |it: &At| matches!(case.truth(*it), Truth::TRUE | Truth::FALSE | Truth::NOT_APPLICABLE);
    let enough = items.iter().all(others);
    let contrary = items.into_iter().filter(|it| case.truth(*it) == Truth::of(!want));
    let mut plans = vec![Plan { steps: vec![], covers: true, enough }];
    for item in contrary {
        let ways = mend(case, item, want);
        if ways.is_empty() {
            plans.iter_mut().for_each(|it| (it.covers, it.enough) = (false, false));
            continue;
        }
        let joined = plans.iter().flat_map(|plan| ways.iter().map(move |way| join(plan, way)));
        plans = joined.take(MOST).collect();
    }
    plans.retain(|it| !it.steps.is_empty());
    plans
}

fn join(a: &Plan, b: &Plan) -> Plan {
    Plan {
        steps: a.steps.iter().chain(&b.steps).cloned().collect(),
        covers: a.covers && b.covers,
        enough: a.enough && b.enough,
    }
}

/// One of the operands that are contrary has to be mended.
fn mend_any(case: &Case, items: impl Iterator<Item = At>, want: bool) -> Vec<Plan> {
    items.flat_map(|it| mend(case, it, want)).take(MOST).collect()
}

/// The ways to make `a op b` hold: by `a`, else by `b`.
fn compared(case: &Case, op: Comparison, a: At, b: At) -> Vec<Plan> {
    let by_a = moved(case, op, a, b);
    if by_a.iter().any(|it| it.enough) {
        return by_a;
    }
    let by_b = moved(case, op.mirrored(), b, a);
    if by_a.is_empty() || by_b.iter().any(|it| it.enough) { by_b } else { by_a }
}

/// The ways to make `a op b` hold by changing `a`.
fn moved(case: &Case, op: Comparison, a: At, b: At) -> Vec<Plan> {
    if matches!(case.program.node(a.node).kind, NodeKind::Constant(_) | NodeKind::Parameter { .. })
    {
        return vec![];
    }
    if let Some(bound) = case.set(b).filter(Set::is_settled) {
        let holds = |result: &Set| {
            decision::compare(case.program, op, a.node, result, &bound) == Truth::TRUE
        };
        let by_table = table::reach(case, a, holds);
        if !by_table.is_empty() {
            return by_table;
        }
    }
    let plans = match case.program.node(a.node).ty {
        Ty::Number(_) | Ty::Duration(_) => match number(case, b) {
            Some(bound) => amount::reach(case, a, op, &bound),
            None => vec![],
        },
        Ty::Date => match case.set(b) {
            Some(Set::Date(set)) if !set.na && !set.error => match set.values {
                Some(hull) if hull.low == hull.high => {
                    hull.low.map_or(vec![], |day| date::reach(case, a, op, day))
                }
                _ => vec![],
            },
            _ => vec![],
        },
        Ty::Member(_) if op == Comparison::Equal => match case.program.node(b.node).kind {
            NodeKind::Constant(Constant::Member(member)) => become_member(case, a, member),
            _ => vec![],
        },
        _ => vec![],
    };
    let other = apart::sources(case, b);
    plans
        .into_iter()
        .filter(|it| !it.steps.iter().any(|step| apart::moves(case, step, &other)))
        .collect()
}

/// Whether a result is one of these members.
fn is_one_of(result: &Set, members: &[u32]) -> bool {
    let Set::Member(set) = result else { return false };
    let named = set.values.as_ref().and_then(|it| it.members.as_deref());
    matches!(named, Some([one]) if members.contains(one))
}

fn become_member(case: &Case, of: At, member: u32) -> Vec<Plan> {
    match field_of(case, of.node) {
        Some(field) if field.table == case.program.node(of.node).space => {
            vec![set(case, field, of.row, Value::Member(member))]
        }
        _ => vec![],
    }
}

/// The node behind guards that hold and branches that are taken.
fn behind(case: &Case, at: At) -> At {
    let here = |node: NodeId| At { node, row: at.row };
    let next = match &case.program.node(at.node).kind {
        NodeKind::Narrow { of, .. } => Some(*of),
        NodeKind::Applies { guard, body } if case.truth(here(*guard)) == Truth::TRUE => Some(*body),
        NodeKind::If { condition, then, otherwise, .. } => match case.truth(here(*condition)) {
            Truth::TRUE => Some(*then),
            Truth::FALSE => Some(*otherwise),
            _ => None,
        },
        NodeKind::Exceptions { body, exceptions }
            if exceptions.iter().all(|it| case.truth(here(it.guard)) == Truth::FALSE) =>
        {
            Some(*body)
        }
        NodeKind::Parent(of) => {
            let row = case.parent_row(case.program.node(at.node).space, at.row);
            return behind(case, At { node: *of, row });
        }
        _ => None,
    };
    next.map_or(at, |node| behind(case, here(node)))
}
