//! What would make a table give another result: the cells of a row that do not hold, mended together. A plan stands only
//! where the table read again with the values it leads to gives that row.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::errors::number;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Mender;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Value;
use crate::analysis::remedy::behind;
use crate::analysis::tables;
use crate::eval::decision::Sheet;
use crate::eval::decision::compare;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Decision;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::DateHull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;

/// The ways to bring a table at `of` to a result that `accepts`; none where there is no table, or no way was found.
pub(super) fn reach(mender: &Mender, of: At, accepts: impl Fn(&Set) -> bool) -> Vec<Plan> {
    let case = mender.case;
    let at = behind(case, of);
    let NodeKind::Decide(decision) = &case.program.node(at.node).kind else { return vec![] };
    if decision.hit == Hit::Every {
        return vec![];
    }
    let wanted = |index: &usize| {
        let result = At { node: decision.rows[*index].result, row: at.row };
        case.set(result).is_some_and(|it| it.is_settled() && accepts(&it))
    };
    let rows: Vec<usize> = (0..decision.rows.len()).filter(wanted).collect();
    let plans: Vec<Plan> =
        rows.into_iter().flat_map(|index| to_row(mender, at, decision, index)).collect();
    let least = |it: &&Plan| !plans.iter().any(|other| other != *it && is_within(case, other, it));
    plans.iter().filter(least).cloned().collect()
}

/// Whether each step of a plan is a step of the other, or goes less far.
fn is_within(case: &Case, plan: &Plan, other: &Plan) -> bool {
    let all = &other.steps;
    plan.steps.iter().all(|step| all.iter().any(|it| goes_as_far(case, &it.action, &step.action)))
}

/// Whether an action does what the other does, or more of it.
fn goes_as_far(case: &Case, action: &Action, other: &Action) -> bool {
    match (action, other) {
        (
            Action::Set { field, row, to: Value::Number(to) },
            Action::Set { field: f, row: r, to: Value::Number(t) },
        ) if (field, row) == (f, r) => {
            let Set::Number(now) = case.facts.cells(*field).column.get(*row) else { return false };
            let now = now.values.as_ref().and_then(|it| it.single().cloned());
            now.is_some_and(|now| (now <= *t && t <= to) || (now >= *t && t >= to))
        }
        (
            Action::Add { aggregate: a, also, count },
            Action::Add { aggregate: b, also: too, count: least },
        ) => (a, also) == (b, too) && count >= least,
        (Action::Move { of: a, by, down, .. }, Action::Move { of: b, by: least, down: d, .. }) => {
            (a, down) == (b, d) && by >= least
        }
        _ => action == other,
    }
}

/// The ways to make one row hold, and be the one that is taken.
fn to_row(mender: &Mender, at: At, decision: &Decision, index: usize) -> Vec<Plan> {
    let case = mender.case;
    let truths = &tables::cells(case, decision, at.row)[index];
    let mut plans = vec![Steps::default()];
    let cells = decision.heads.iter().zip(&decision.rows[index].cells).zip(truths);
    for ((head, cell), truth) in cells.filter(|it| *it.1 != Truth::TRUE) {
        let ways = match truth {
            &Truth::FALSE => cell_ways(mender, At { node: *head, row: at.row }, cell),
            _ => vec![],
        };
        let joined =
            plans.iter().flat_map(|plan| ways.iter().map(|way| plan.with(case, *head, way)));
        plans = joined.take(super::MOST).collect();
    }
    let arrives = |it: &Steps| {
        if let Some(result) = mender.trial.comes_to(at, &it.plan.steps) {
            let wanted = case.set(At { node: decision.rows[index].result, row: at.row });
            return wanted == Some(result);
        }
        let Some(values) = it.values(case, at.row) else { return false };
        let set = |node: NodeId| match values.get(&node) {
            Some(set) => set.clone(),
            None => case.set(At { node, row: at.row }).unwrap_or(Set::Truth(Truth::ANYTHING)),
        };
        let reached = Sheet::new(case.program, decision).reached(&set);
        !reached.error && (0..reached.rows.len()).all(|it| reached.rows[it] == (it == index))
    };
    plans.into_iter().filter(arrives).map(|it| it.plan).collect()
}

/// The ways to make one cell hold that does not.
fn cell_ways(mender: &Mender, head: At, cell: &CellTest) -> Vec<Plan> {
    let case = mender.case;
    match cell {
        CellTest::Truth(want) => mender.mend(head, *want),
        CellTest::Members(members) => {
            members.iter().flat_map(|it| mender.become_member(head, *it)).collect()
        }
        CellTest::Tests(any) => {
            let failing = |(op, bound): &&(Comparison, NodeId)| {
                let sets = case.set(head).zip(case.set(At { node: *bound, ..head }));
                sets.is_none_or(|(a, b)| {
                    let truth = compare(case.program, *op, head.node, &a, &b);
                    truth != Truth::TRUE
                })
            };
            let one = |tests: &Vec<(Comparison, NodeId)>| {
                let failing: Vec<_> = tests.iter().filter(failing).collect();
                match failing.as_slice() {
                    [(op, bound)] => mender.headed(*op, head, At { node: *bound, ..head }),
                    _ => vec![],
                }
            };
            any.iter().flat_map(one).collect()
        }
        CellTest::Any | CellTest::Otherwise | CellTest::NotApplicable => vec![],
    }
}

/// The steps for the cells of a row, with the heads they are for.
#[derive(Clone)]
struct Steps {
    plan: Plan,
    heads: Vec<(NodeId, Action)>,
}

impl Default for Steps {
    fn default() -> Steps {
        Steps { plan: Plan { steps: vec![], covers: true, enough: true }, heads: vec![] }
    }
}

impl Steps {
    fn with(&self, case: &Case, head: NodeId, way: &Plan) -> Steps {
        let actions = way.steps.iter().map(|it| (head, it.action.clone()));
        Steps {
            plan: super::join(case, &self.plan, way),
            heads: self.heads.iter().cloned().chain(actions).collect(),
        }
    }

    /// What the heads come to when every step is taken; none where that is not known.
    fn values(&self, case: &Case, row: usize) -> Option<BTreeMap<NodeId, Set>> {
        let mut values = BTreeMap::new();
        for (head, action) in &self.heads {
            let now = || number(case, behind(case, At { node: *head, row }));
            let moved = |by: &Number| Some(Set::Number(Possible::number(by.clone())));
            let set = match action {
                Action::Set { to: Value::Number(to), .. } => moved(to),
                Action::Set { to: Value::Truth(to), .. } => Some(Set::Truth(Truth::of(*to))),
                Action::Set { to: Value::Date(day), .. } | Action::Day { day, .. } => {
                    Some(Set::Date(Possible::values(DateHull::point(*day))))
                }
                Action::Set { to: Value::Member(member), .. } => {
                    Some(Set::Member(Possible::values(MemberSet::one(*member))))
                }
                Action::Add { count, .. } => moved(&now()?.add(count)),
                Action::Move { by, down, beyond: false, .. } => {
                    moved(&if *down { now()?.subtract(by) } else { now()?.add(by) })
                }
                _ => None,
            };
            if values.insert(*head, set?).is_some() {
                return None;
            }
        }
        Some(values)
    }
}
