//! 条件: its force, clauses, lists, exceptions and departures (`semantics` §§6.1–6.3). Sentences are compiled elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::ir;
use crate::ir::Clause;
use crate::ir::ClauseItem;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::Force;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Unanswered;
use crate::source::Span;
use crate::syntax::ast;

impl Checker<'_> {
    /// The node of a criterion; its rule is entered in the program.
    pub(super) fn criterion(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.criteria[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        if it.requirements.is_empty() && it.naming.is_none() && !self.is_damaged(&it.name) {
            self.faults.push(errors::criterion_without_requirement(&it.name));
        }
        it.exceptions.iter().for_each(|it| self.cite(&it.article));
        let force = self.force(it);
        let applies = self.guarded_by(&it.shared, at);
        let named = it.naming.as_ref().map(|naming| self.naming(it, naming, at));
        let clauses: Vec<_> = match &named {
            Some(named) => vec![named.as_ref().map(|it| self.sole(it.must))],
            None => self.growing(it.no_growth_base.as_ref(), |this| {
                it.requirements.iter().map(|it| this.clause(it, at)).collect()
            }),
        };
        let failing = it.failing.as_ref().and_then(|it| self.template(it, at));
        let answered_in = self.answer_field(it.answered_in.as_ref(), at);
        let unanswered = self.unanswered(it);
        let clauses = clauses.into_iter().collect::<Option<Vec<_>>>();
        let clauses = clauses.map(|all| self.answer_lapses(it, index, all, at));
        let named = named.flatten();
        let nodes: Vec<NodeId> = clauses.iter().flatten().map(|it| it.node).collect();
        let body = match nodes.as_slice() {
            [one] => *one,
            _ => self.truth(NodeKind::And(nodes), at, it.name.span),
        };
        // Exceptions are looked at even where a clause has a fault.
        let (core, exceptions) = match it.exceptions.as_slice() {
            [] => (body, None),
            list => {
                let node = self.exceptions(list, body, at, it.name.span)?;
                (node, Some(node))
            }
        };
        let clauses = clauses.filter(|it| !it.is_empty())?;
        let applies = applies?;
        let (node, in_force) = self.applicable(core, applies, &it.shared, at, self.effective)?;
        let departs = match (force, named.as_ref().and_then(|it| it.should)) {
            (Force::Should, _) => Some(node),
            (_, Some(should)) => {
                let should = self.excepted_alike(should, exceptions, at, it.name.span);
                Some(self.applicable(should, applies, &it.shared, at, self.effective)?.0)
            }
            _ => None,
        };
        let in_conclusion = match departs {
            Some(of) if of == node => self.softened(of, answered_in, unanswered, at),
            Some(of) if unanswered != Unanswered::Noted => {
                let softened = self.softened(of, answered_in, unanswered, at);
                self.truth(NodeKind::And(vec![node, softened]), at, it.name.span)
            }
            _ => node,
        };
        let head = self.program.criteria[index].head.clone();
        self.program.criteria[index] = ir::Criterion {
            head,
            table: at,
            force,
            node,
            in_conclusion,
            departs,
            naming: named.map(|it| it.id),
            in_force,
            applies,
            exceptions,
            clauses,
            failing,
            answered_in,
            unanswered,
        };
        Some(node)
    }

    /// The one force of a criterion; the parser has refused two.
    fn force(&self, it: &ast::Criterion) -> Force {
        let Some(first) = it.requirements.first() else { return Force::Must };
        match first.force {
            ast::Force::Must => Force::Must,
            ast::Force::Should => Force::Should,
            ast::Force::May => Force::May,
        }
    }

    /// The one clause of a 名称规则.
    fn sole(&self, node: NodeId) -> Clause {
        Clause { node, negated: false, list: None, span: self.program.node(node).span }
    }

    /// What a conclusion takes of an outcome that may be departed from (§6.3).
    fn softened(
        &mut self,
        of: NodeId,
        answered_in: Option<FieldId>,
        unanswered: Unanswered,
        at: TableId,
    ) -> NodeId {
        let span = self.program.node(of).span;
        let answered = answered_in
            .filter(|_| unanswered != Unanswered::Noted)
            .map(|field| self.truth(NodeKind::Filled(field), field.table, span));
        self.truth(NodeKind::Soften { of, unanswered, answered }, at, span)
    }

    /// The exceptions of a criterion around another body.
    fn excepted_alike(
        &mut self,
        body: NodeId,
        exceptions: Option<NodeId>,
        at: TableId,
        span: Span,
    ) -> NodeId {
        match exceptions.map(|it| self.program.node(it).kind.clone()) {
            Some(NodeKind::Exceptions { exceptions, .. }) => {
                self.truth(NodeKind::Exceptions { body, exceptions }, at, span)
            }
            _ => body,
        }
    }

    /// One 应当 / 不得 … clause.
    pub(super) fn clause(&mut self, it: &ast::Requirement, at: TableId) -> Option<Clause> {
        let (node, list) = match &it.body {
            ast::Body::One(expr) => {
                if it.negated && matches!(expr.kind, ast::ExprKind::Not(_)) {
                    self.faults.push(errors::double_negation(it.span));
                }
                (self.condition(expr, at)?, None)
            }
            ast::Body::List { quantifier, items } => {
                let made: Vec<_> = items.iter().map(|item| self.clause_item(item, at)).collect();
                let made = made.into_iter().collect::<Option<Vec<_>>>()?;
                let count = self.count(*quantifier, made.len(), it.span);
                let nodes = made.iter().map(|it| it.node).collect();
                (self.quantified(count, nodes, at, it.span), Some((count, made)))
            }
        };
        let node = if it.negated { self.truth(NodeKind::Not(node), at, it.span) } else { node };
        Some(Clause { node, negated: it.negated, list, span: it.span })
    }

    fn clause_item(&mut self, item: &ast::ListItem, at: TableId) -> Option<ClauseItem> {
        let articles = self.cite_all(&item.basis);
        let node = self.condition(&item.expr, at)?;
        Some(ClauseItem {
            label: item.label.as_ref().map(|it| it.text.clone()),
            node,
            articles,
            span: item.span,
        })
    }

    fn count(&mut self, quantifier: ast::Quantifier, items: usize, span: Span) -> Count {
        let (count, n) = match quantifier {
            ast::Quantifier::All => return Count::All,
            ast::Quantifier::Any => return Count::Any,
            ast::Quantifier::AtLeast(n) => (Count::AtLeast(n), n),
            ast::Quantifier::AtMost(n) => (Count::AtMost(n), n),
            ast::Quantifier::Exactly(n) => (Count::Exactly(n), n),
        };
        if n as usize > items {
            self.faults.push(errors::more_than_listed(span, n, items));
        }
        count
    }

    fn answer_field(&mut self, name: Option<&ast::Name>, at: TableId) -> Option<FieldId> {
        let name = name?;
        let field = self.field_named(at, &name.text);
        if field.is_none() {
            let table = self.program.table(at).name.clone();
            let known: Vec<String> =
                self.program.table(at).fields.iter().map(|it| it.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.faults.push(errors::unknown_field(name, &table, &known));
        }
        field
    }

    fn unanswered(&mut self, it: &ast::Criterion) -> Unanswered {
        let Some(word) = &it.unanswered else { return Unanswered::Noted };
        if it.answered_in.is_none() {
            self.faults.push(errors::unanswered_without_field(word));
        }
        match word.text.as_str() {
            "不符合" | "not_met" => Unanswered::NotMet,
            "无法判定" | "undetermined" => Unanswered::Undetermined,
            _ => {
                self.faults.push(errors::unanswered_word(word));
                Unanswered::Noted
            }
        }
    }
}

/// A criterion whose clauses are still to come.
pub(super) fn empty_criterion(head: Head) -> ir::Criterion {
    ir::Criterion {
        head,
        table: TableId(0),
        force: Force::Must,
        node: NodeId(0),
        in_conclusion: NodeId(0),
        departs: None,
        naming: None,
        in_force: None,
        applies: None,
        exceptions: None,
        clauses: vec![],
        failing: None,
        answered_in: None,
        unanswered: Unanswered::Noted,
    }
}
