//! The walk from a truth that is not as wanted down to what would mend it, part by part. Whether the whole then holds is
//! tried out elsewhere.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::errors::number;
use crate::analysis::gaps::field_of;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::MOST;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Value;
use crate::analysis::remedy::amount;
use crate::analysis::remedy::apart;
use crate::analysis::remedy::cells;
use crate::analysis::remedy::date;
use crate::analysis::remedy::is_worth_saying;
use crate::analysis::remedy::join;
use crate::analysis::remedy::partial;
use crate::analysis::remedy::plan;
use crate::analysis::remedy::rows;
use crate::analysis::remedy::set;
use crate::analysis::remedy::table;
use crate::analysis::remedy::trial::Trial;
use crate::eval::decision;
use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::ExceptionArm;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::ir::VocabularyKind;
use crate::value::Set;
use crate::value::Truth;

/// Of a list of members, not more than this are proposed one by one.
const MEMBERS: usize = 3;

/// Of the choices of several items, not more than this are proposed.
const CHOICES: usize = 4;

/// What looks for ways to mend.
#[derive(Clone, Copy)]
pub(super) struct Mender<'m, 'a> {
    /// The case.
    pub case: &'m Case<'a>,
    /// The case, to try things out on.
    pub trial: &'m Trial<'a>,
}

impl Mender<'_, '_> {
    /// The ways to make a truth that is contrary come to `want`.
    pub(super) fn mend(&self, at: At, want: bool) -> Vec<Plan> {
        let case = self.case;
        if case.truth(at) != Truth::of(!want) {
            return vec![];
        }
        let here = |node: NodeId| At { node, row: at.row };
        let ways = match &case.program.node(at.node).kind {
            NodeKind::Not(of) => self.mend(here(*of), !want),
            NodeKind::Soften { of, .. }
            | NodeKind::Narrow { of, .. }
            | NodeKind::WhenNotApplicable { of, .. } => self.mend(here(*of), want),
            NodeKind::Parent(of) => {
                let row = case.parent_row(case.program.node(at.node).space, at.row);
                self.mend(At { node: *of, row }, want)
            }
            NodeKind::And(items) => self.listed(Count::All, items, at, want),
            NodeKind::Or(items) => self.listed(Count::Any, items, at, want),
            NodeKind::Quantified(count, items) => self.listed(*count, items, at, want),
            NodeKind::If { condition, then, otherwise, .. } => match case.truth(here(*condition)) {
                Truth::TRUE => self.mend(here(*then), want),
                Truth::FALSE => self.mend(here(*otherwise), want),
                _ => vec![],
            },
            NodeKind::Applies { guard, body } if case.truth(here(*guard)) == Truth::TRUE => {
                self.mend(here(*body), want)
            }
            NodeKind::Exceptions { body, exceptions } => self.excepted(at, *body, exceptions, want),
            NodeKind::Field(field) => vec![set(case, *field, at.row, Value::Truth(want))],
            NodeKind::Filled(field) if want => vec![fill(*field, at.row)],
            NodeKind::IsNone(of) if !want => {
                field_of(case, *of).map(|it| fill(it, at.row)).into_iter().collect()
            }
            NodeKind::Compare(op, a, b) => {
                let op = if want { *op } else { op.opposite() };
                self.compared((at, want), op, here(*a), here(*b))
            }
            NodeKind::Belongs { of, to } => self.belonging((at, want), here(*of), to),
            NodeKind::Aggregate(it) => rows::quantified(self, at, it, want),
            _ => cells::ways(case, self.trial, at, want),
        };
        ways.into_iter().filter(|it| it.steps.iter().any(is_worth_saying)).collect()
    }

    /// 同时满足, 满足之一, 至少满足 n 项 … over truths.
    fn listed(&self, count: Count, items: &[NodeId], at: At, want: bool) -> Vec<Plan> {
        let here = |node: &NodeId| At { node: *node, row: at.row };
        let items: Vec<At> = items.iter().map(here).collect();
        let holding = items.iter().filter(|it| self.case.truth(**it) == Truth::TRUE).count();
        let fewer = |most: u32| (holding as u32).saturating_sub(most);
        let more = |least: u32| least.saturating_sub(holding as u32);
        match (count, want) {
            (Count::All, true) => self.all(items, true),
            (Count::Any, false) => self.all(items, false),
            (Count::None, true) => self.all(items, false),
            (Count::All, false) | (Count::Any, true) => self.any(items, want),
            (Count::None, false) => self.any(items, true),
            (Count::AtLeast(n), true) => self.some(items, more(n), true),
            (Count::AtMost(n), true) => self.some(items, fewer(n), false),
            (Count::Exactly(n), true) if more(n) > 0 => self.some(items, more(n), true),
            (Count::Exactly(n), true) => self.some(items, fewer(n), false),
            (Count::AtLeast(n), false) => self.some(items, fewer(n.saturating_sub(1)), false),
            (Count::AtMost(n), false) => self.some(items, more(n + 1), true),
            (Count::Exactly(_), false) => vec![],
        }
    }

    /// All of the operands that are contrary have to be mended.
    fn all(&self, items: Vec<At>, want: bool) -> Vec<Plan> {
        // What is in error, or open, is not mended by the others.
        let settled = |it: &At| {
            matches!(self.case.truth(*it), Truth::TRUE | Truth::FALSE | Truth::NOT_APPLICABLE)
        };
        let enough = items.iter().all(settled);
        let contrary = items.into_iter().filter(|it| self.case.truth(*it) == Truth::of(!want));
        let mut plans = vec![Plan { steps: vec![], covers: true, enough }];
        for item in contrary {
            let ways = self.mend(item, want);
            if ways.is_empty() {
                plans.iter_mut().for_each(|it| (it.covers, it.enough) = (false, false));
                continue;
            }
            let case = self.case;
            let joined =
                plans.iter().flat_map(|plan| ways.iter().map(move |way| join(case, plan, way)));
            plans = joined.take(MOST).collect();
        }
        plans.retain(|it| !it.steps.is_empty());
        plans
    }

    /// One of the operands that are contrary has to be mended.
    fn any(&self, items: Vec<At>, want: bool) -> Vec<Plan> {
        items.into_iter().flat_map(|it| self.mend(it, want)).take(MOST).collect()
    }

    /// So many of the operands that are contrary have to be mended; where there are too many choices it is said how many.
    fn some(&self, items: Vec<At>, count: u32, want: bool) -> Vec<Plan> {
        let least = || match want {
            true => vec![partial(Step::new(Action::Items { count }, false))],
            false => vec![],
        };
        if count <= 1 {
            return self.any(items, want);
        }
        let ways: Vec<Plan> = items
            .into_iter()
            .filter_map(|it| self.mend(it, want).into_iter().find(|it| it.enough))
            .collect();
        let mut choices: Vec<(usize, Plan)> =
            vec![(0, Plan { steps: vec![], covers: true, enough: true })];
        for _ in 0..count {
            let longer = choices.iter().flat_map(|(from, plan)| {
                let rest = ways.iter().enumerate().skip(*from);
                rest.map(|(index, way)| (index + 1, join(self.case, plan, way)))
            });
            choices = longer.take(MOST * MOST).collect();
        }
        match choices.len() {
            1..=CHOICES => choices.into_iter().map(|it| it.1).collect(),
            _ => least(),
        }
    }

    /// What stands before its exceptions is mended, or an exception comes to hold, or to hold no more.
    fn excepted(&self, at: At, body: NodeId, arms: &[ExceptionArm], want: bool) -> Vec<Plan> {
        let here = |node: NodeId| At { node, row: at.row };
        let live: Vec<&ExceptionArm> =
            arms.iter().filter(|it| self.case.truth(here(it.guard)) == Truth::TRUE).collect();
        let dead = |it: &ExceptionArm| {
            matches!(self.case.truth(here(it.guard)), Truth::FALSE | Truth::NOT_APPLICABLE)
        };
        if !arms.iter().all(|it| dead(it) || live.contains(&it)) {
            return vec![];
        }
        match live.as_slice() {
            [] => {
                let mut ways = self.mend(here(body), want);
                let deemed = |it: &&ExceptionArm| {
                    it.against.is_none() && self.case.truth(here(it.deemed)) == Truth::of(want)
                };
                ways.extend(
                    arms.iter().filter(deemed).flat_map(|it| self.mend(here(it.guard), true)),
                );
                ways.truncate(MOST);
                ways
            }
            [one] if self.case.truth(here(body)) == Truth::of(want) => {
                self.mend(here(one.guard), false)
            }
            _ => vec![],
        }
    }

    /// The ways to make `a op b` hold: by `a`, else by `b`, else by a cell they rest on, else the distance.
    fn compared(&self, (at, want): (At, bool), op: Comparison, a: At, b: At) -> Vec<Plan> {
        let by_a = self.moved(op, a, b);
        if by_a.iter().any(|it| it.enough) {
            return by_a;
        }
        let by_b = self.moved(op.mirrored(), b, a);
        let best = if by_a.is_empty() || by_b.iter().any(|it| it.enough) { by_b } else { by_a };
        if !best.is_empty() {
            return best;
        }
        let by_cells = cells::ways(self.case, self.trial, at, want);
        if by_cells.iter().any(|it| it.enough) {
            return by_cells;
        }
        let distance = amount::distance(self.case, op, a, b);
        if distance.is_empty() { amount::distances(self.case, by_cells) } else { distance }
    }

    /// The ways to make the head of a table pass one of its bounds.
    pub(super) fn headed(&self, op: Comparison, head: At, bound: At) -> Vec<Plan> {
        let by_head = self.moved(op, head, bound);
        if by_head.is_empty() { amount::distance(self.case, op, head, bound) } else { by_head }
    }

    /// The ways to make `a op b` hold by changing `a`.
    fn moved(&self, op: Comparison, a: At, b: At) -> Vec<Plan> {
        let case = self.case;
        if matches!(
            case.program.node(a.node).kind,
            NodeKind::Constant(_) | NodeKind::Parameter { .. }
        ) {
            return vec![];
        }
        if let Some(bound) = case.set(b).filter(Set::is_settled) {
            let holds = |result: &Set| {
                decision::compare(case.program, op, a.node, result, &bound) == Truth::TRUE
            };
            let by_table = table::reach(self, a, holds);
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
            Ty::Member(_) => self.member(op, a, b),
            Ty::Text => self.text(op, a, b),
            _ => vec![],
        };
        let other = apart::sources(case, b);
        plans
            .into_iter()
            .filter(|it| !it.steps.iter().any(|step| apart::moves(case, step, &other)))
            .collect()
    }

    /// A member that is, or is not, the one of a constant.
    fn member(&self, op: Comparison, a: At, b: At) -> Vec<Plan> {
        let NodeKind::Constant(Constant::Member(member)) = self.case.program.node(b.node).kind
        else {
            return vec![];
        };
        let Ty::Member(list) = self.case.program.node(a.node).ty else { return vec![] };
        let list = self.case.program.vocabulary(list);
        let members = 0..list.members.len() as u32;
        let enumerated = matches!(list.kind, VocabularyKind::Enumeration { .. });
        match op {
            Comparison::Equal => self.become_member(a, member),
            Comparison::NotEqual if enumerated && list.members.len() <= MEMBERS + 1 => members
                .filter(|it| *it != member)
                .flat_map(|it| self.become_member(a, it))
                .collect(),
            Comparison::AtLeast | Comparison::Above if enumerated => {
                let least = if op == Comparison::Above { member + 1 } else { member };
                members.filter(|it| *it == least).flat_map(|it| self.become_member(a, it)).collect()
            }
            Comparison::AtMost if enumerated => self.become_member(a, member),
            Comparison::Below if enumerated && member > 0 => self.become_member(a, member - 1),
            _ => vec![],
        }
    }

    /// A text that is the one of a constant.
    fn text(&self, op: Comparison, a: At, b: At) -> Vec<Plan> {
        let NodeKind::Constant(Constant::Text(text)) = &self.case.program.node(b.node).kind else {
            return vec![];
        };
        match field_of(self.case, a.node) {
            Some(field) if op == Comparison::Equal && self.is_own(field, a) => {
                vec![set(self.case, field, a.row, Value::Text(text.clone()))]
            }
            _ => vec![],
        }
    }

    fn is_own(&self, field: FieldId, at: At) -> bool {
        field.table == self.case.program.node(at.node).space
    }

    /// A cell becomes a member.
    pub(super) fn become_member(&self, of: At, member: u32) -> Vec<Plan> {
        match field_of(self.case, of.node) {
            Some(field) if self.is_own(field, of) => {
                vec![set(self.case, field, of.row, Value::Member(member))]
            }
            _ => vec![],
        }
    }

    /// What is asked to belong to something: by a table, by a member of few, else it is said to what.
    fn belonging(&self, (at, want): (At, bool), of: At, to: &Belonging) -> Vec<Plan> {
        let among = || match field_of(self.case, of.node) {
            Some(field) if want && self.is_own(field, of) => {
                vec![plan(Step::new(Action::Among { of: at }, false))]
            }
            _ => cells::ways(self.case, self.trial, at, want),
        };
        match to {
            Belonging::Nodes(members) if want => {
                let by_table = table::reach(self, of, |result| is_one_of(result, members));
                if !by_table.is_empty() {
                    return by_table;
                }
                let few = if members.len() <= MEMBERS { members.as_slice() } else { &[] };
                let ways: Vec<Plan> =
                    few.iter().flat_map(|it| self.become_member(of, *it)).collect();
                let ways: Vec<Plan> = ways.into_iter().filter(|it| it.enough).collect();
                if ways.is_empty() { among() } else { ways }
            }
            Belonging::Nodes(members) => {
                table::reach(self, of, |result| !is_one_of(result, members))
            }
            _ => among(),
        }
    }
}

fn fill(field: FieldId, row: usize) -> Plan {
    plan(Step::new(Action::Fill { field, row }, false))
}

/// Whether a result is one of these members.
fn is_one_of(result: &Set, members: &[u32]) -> bool {
    let Set::Member(set) = result else { return false };
    let named = set.values.as_ref().and_then(|it| it.members.as_deref());
    matches!(named, Some([one]) if members.contains(one))
}
