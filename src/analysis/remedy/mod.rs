//! What would mend a criterion that fails: least changes to single cells and lists, and distances where there is nothing to change.
//! What can be tried out on the case stands only where the case evaluated again with it is mended; changes of several cells
//! that work only together are not searched for.

mod amount;
mod apart;
mod cells;
mod date;
mod joint;
mod mend;
mod rows;
mod spans;
mod table;
mod trial;

pub use joint::Joint;
pub use joint::joint;
use mend::Mender;
use trial::Trial;

use crate::analysis::At;
use crate::analysis::Case;
use crate::ir::Comparison;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::naming::Namer;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;
use std::sync::Arc;

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
        /// Other functions over them by whose conditions they count too.
        also: Vec<NodeId>,
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
    /// Rows that meet a condition come to meet it no more.
    Unturn {
        /// The function over the rows.
        aggregate: NodeId,
        /// How many.
        count: Number,
    },
    /// A cell that is blank, or 无, gets a value.
    Fill {
        /// The field.
        field: FieldId,
        /// The row.
        row: usize,
    },
    /// A cell gets a value that belongs to something.
    Among {
        /// The membership asked for.
        of: At,
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
    /// A text, folded.
    Text(Arc<str>),
}

impl Step {
    fn new(action: Action, changeable: bool) -> Step {
        Step { action, changeable, held: vec![] }
    }
}

/// The ways to make a truth that is 假 come to 真; none where none was found.
pub fn plans<'a>(case: &Case<'a>, namers: &'a [Namer<'a>], at: At) -> Vec<Plan> {
    if case.truth(at) != Truth::FALSE {
        return vec![];
    }
    tried(&Trial::new(case, namers), at)
}

/// The same of a truth that is known to be 假, tried out on a case that is ready for it.
fn tried(trial: &Trial, at: At) -> Vec<Plan> {
    let case = &trial.case;
    let mender = Mender { case, trial };
    let atoms = apart::atoms(case, at);
    let mut plans: Vec<Plan> = vec![];
    for mut plan in mender.mend(at, true) {
        match trial.mends(at, &plan.steps) {
            Some(mended) if mended || plan.covers => {
                plan = trial.tried(at, plan, mended);
            }
            // What mends only some of what fails, or cannot be tried, is kept where it moves nothing else.
            _ => apart::keep(case, &atoms, &mut plan),
        }
        if !plan.steps.is_empty() && !plans.contains(&plan) {
            plans.push(plan);
        }
    }
    plans
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

/// Both plans: what both do is done once, and of two values of one cell the one that is further from what it holds.
fn join(case: &Case, a: &Plan, b: &Plan) -> Plan {
    let mut steps = a.steps.clone();
    for step in &b.steps {
        let same = |it: &&mut Step| match (&it.action, &step.action) {
            (
                Action::Set { field, row, to: Value::Number(_) },
                Action::Set { field: f, row: r, to: Value::Number(_) },
            ) => (field, row) == (f, r),
            (
                Action::Add { aggregate, also, .. },
                Action::Add { aggregate: other, also: too, .. },
            ) => (aggregate, also) == (other, too),
            (one, other) => one == other,
        };
        match steps.iter_mut().find(same) {
            None => steps.push(step.clone()),
            Some(own) if goes_further(case, &step.action, &own.action) => *own = step.clone(),
            Some(_) => {}
        }
    }
    Plan { steps, covers: a.covers && b.covers, enough: a.enough && b.enough }
}

/// Whether an action does more of what the other does.
fn goes_further(case: &Case, action: &Action, than: &Action) -> bool {
    match (action, than) {
        (
            Action::Set { field, row, to: Value::Number(a) },
            Action::Set { to: Value::Number(b), .. },
        ) => match case.facts.cells(*field).column.get(*row) {
            Set::Number(now) => now
                .values
                .and_then(|it| it.single().cloned())
                .is_some_and(|now| a.subtract(&now).abs() > b.subtract(&now).abs()),
            _ => false,
        },
        (Action::Add { count: a, .. }, Action::Add { count: b, .. }) => a > b,
        _ => false,
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
