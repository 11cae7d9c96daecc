//! What a conclusion requires and yet may be 不适用, so that it drops out of it (`semantics` §§2.1, 6.4): what the rulebook
//! says of that (不适用 则 …), and where it says nothing. That a rule is not for some cases (适用, 施行) is said by the rule.

use crate::check::Checker;
use crate::check::errors;
use crate::check::facts::Fact;
use crate::diagnostic::Text;
use crate::ir;
use crate::ir::Clause;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::CriterionId;
use crate::ir::Force;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Truth;

/// Where 不适用 comes from.
pub(super) struct Absence {
    /// The place.
    pub at: Span,
    /// What may be absent there.
    pub what: Text,
}

impl Checker<'_> {
    /// The clauses of a criterion with what 不适用 则 says put in its place; a part that may be absent without a word is kept
    /// for [`Checker::lapses`].
    pub(super) fn answer_lapses(
        &mut self,
        it: &ast::Criterion,
        index: usize,
        clauses: Vec<Clause>,
        at: TableId,
    ) -> Vec<Clause> {
        let absent = clauses.iter().find_map(|it| self.absent_part(it.node, &[]));
        let Some(word) = &it.not_applicable else {
            if let Some(absent) = absent {
                self.lapsing.insert(CriterionId(index as u32), absent);
            }
            return clauses;
        };
        let value = match word.text.as_str() {
            "符合" | "met" => Some(Truth::TRUE),
            "不符合" | "not_met" => Some(Truth::FALSE),
            "不适用" | "not_applicable" => None,
            _ => {
                self.faults.push(errors::not_applicable_word(word));
                return clauses;
            }
        };
        if absent.is_none() {
            self.faults.push(errors::never_absent(word));
        }
        let Some(value) = value else { return clauses };
        clauses.into_iter().map(|it| self.answered_clause(it, value, at)).collect()
    }

    fn answered_clause(&mut self, clause: Clause, value: Truth, at: TableId) -> Clause {
        let Some((Count::All, items)) = clause.list.clone().filter(|_| !clause.negated) else {
            let node = self.answered(clause.node, value, at);
            return Clause { node, ..clause };
        };
        let items: Vec<ir::ClauseItem> = items
            .into_iter()
            .map(|it| ir::ClauseItem { node: self.answered(it.node, value, at), ..it })
            .collect();
        let nodes = items.iter().map(|it| it.node).collect();
        let node = self.truth(NodeKind::Quantified(Count::All, nodes), at, clause.span);
        Clause { node, list: Some((Count::All, items)), ..clause }
    }

    /// A truth with a value where it, or one of the parts that must all hold, is 不适用.
    fn answered(&mut self, node: NodeId, value: Truth, at: TableId) -> NodeId {
        let (kind, span) = {
            let it = self.program.node(node);
            (it.kind.clone(), it.span)
        };
        match kind {
            NodeKind::And(items) => {
                let items = items.into_iter().map(|it| self.answered(it, value, at)).collect();
                self.truth(NodeKind::And(items), at, span)
            }
            NodeKind::Quantified(Count::All, items) => {
                let items = items.into_iter().map(|it| self.answered(it, value, at)).collect();
                self.truth(NodeKind::Quantified(Count::All, items), at, span)
            }
            _ if self.absence(node, &[]).is_some() => {
                let value = self.constant_truth(value, at, span);
                self.truth(NodeKind::WhenNotApplicable { of: node, value }, at, span)
            }
            _ => node,
        }
    }

    /// Warns of what conclusions require that may drop out of them. What is only 原则上 could not fail anyway.
    pub(super) fn lapses(&mut self) {
        let mut told = vec![];
        for conclusion in self.program.conclusions.clone() {
            let name = &conclusion.head.name;
            for required in &conclusion.requires {
                let ir::Required::Criterion(id) = required else { continue };
                let criterion = self.program.criterion(*id);
                let absent = self.lapsing.get(id).filter(|_| criterion.force == Force::Must);
                if let Some(absent) = absent.filter(|_| !told.contains(id)) {
                    told.push(*id);
                    let head = &criterion.head;
                    self.faults.push(errors::may_lapse(head.span, &head.name, name, absent));
                }
            }
            for clause in &conclusion.clauses {
                if let Some(absent) = self.absent_part(clause.node, &[]) {
                    self.faults.push(errors::clause_may_lapse(clause.span, name, &absent));
                }
            }
        }
    }

    /// Why a truth, or one of the parts that must all hold, may be absent where the rest of them hold.
    fn absent_part(&mut self, node: NodeId, known: &[Fact]) -> Option<Absence> {
        let items = match &self.program.node(node).kind {
            NodeKind::And(items) | NodeKind::Quantified(Count::All, items) => items.clone(),
            _ => return self.absence(node, known),
        };
        for (at, item) in items.iter().enumerate() {
            let mut known = known.to_vec();
            for (_, other) in items.iter().enumerate().filter(|it| it.0 != at) {
                known.extend(self.facts_of(*other));
            }
            if let Some(found) = self.absent_part(*item, &known) {
                return Some(found);
            }
        }
        None
    }

    /// Why a node may be 不适用; none where it cannot be, or where a criterion says for whom it is.
    pub(super) fn absence(&mut self, id: NodeId, known: &[Fact]) -> Option<Absence> {
        let node = self.program.node(id).clone();
        if !node.may_be_na || self.is_known_there(id, known) {
            return None;
        }
        let here = |at: Span, zh: String, en: String| Some(Absence { at, what: Text { zh, en } });
        match node.kind {
            NodeKind::Field(field) if self.program.field(field).may_be_none => {
                let field = self.program.field(field);
                let zh = format!("“{}”可以是无", field.name);
                here(field.span, zh, format!("“{}” may be none", field.name))
            }
            NodeKind::Field(field) => {
                let field = self.program.field(field);
                let zh = format!("“{}”在开始之前的各期不适用", field.name);
                here(field.span, zh, format!("“{}” does not apply before its start", field.name))
            }
            NodeKind::Decide(it) => {
                let results: Vec<NodeId> = it.rows.iter().map(|it| it.result).collect();
                let name = self.table_name(id);
                let zh = format!("“{name}”的结果可以是不适用");
                let en = format!("the result of “{name}” may be not_applicable");
                match results.iter().any(|it| self.is_nothing(*it)) {
                    true => here(node.span, zh, en),
                    false => results.iter().find_map(|it| self.absence(*it, known)),
                }
            }
            NodeKind::Aggregate(it) if it.if_empty.is_some_and(|it| self.is_nothing(it)) => {
                let (zh, en) =
                    ("没有可算的，结果是不适用", "with nothing to count, not_applicable");
                here(node.span, zh.into(), en.into())
            }
            NodeKind::If { then, otherwise, if_not_applicable, .. } => {
                let branches: Vec<NodeId> =
                    [then, otherwise].into_iter().chain(if_not_applicable).collect();
                let (zh, en) = ("这里的结果可以是不适用", "this may come to not_applicable");
                match branches.iter().any(|it| self.is_nothing(*it)) {
                    true => here(node.span, zh.into(), en.into()),
                    false => branches.iter().find_map(|it| self.absence(*it, known)),
                }
            }
            NodeKind::Applies { guard, body } => match self.absence(body, known) {
                None if node.ty != Ty::Truth && !self.policy_in_force.contains(&guard) => here(
                    self.program.node(guard).span,
                    "除此以外不适用".into(),
                    "elsewhere not_applicable".into(),
                ),
                found => found,
            },
            kind => {
                let found = kind.operands().iter().find_map(|it| self.absence(*it, known));
                let own = || here(node.span, "这里可能不适用".into(), "this may be absent".into());
                found.or_else(|| if node.ty == Ty::Truth { None } else { own() })
            }
        }
    }

    fn is_nothing(&self, node: NodeId) -> bool {
        matches!(
            self.program.node(node).kind,
            NodeKind::Constant(Constant::NotApplicable)
                | NodeKind::Constant(Constant::Truth(Truth::NOT_APPLICABLE))
        )
    }

    /// What a table is called.
    fn table_name(&self, decision: NodeId) -> String {
        let found = self.program.gradings.iter().find(|it| it.decision == decision);
        found.map(|it| it.head.name.clone()).unwrap_or_default()
    }
}
