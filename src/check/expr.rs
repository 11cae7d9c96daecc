//! Sentences to typed nodes: the dispatch, names, logic, and what each node may be. Numbers and rows have files of their own.

use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Meaning;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Truth;
use crate::value::Unit;
use std::sync::Arc;

impl Checker<'_> {
    /// Makes a node, or finds the equal one, and applies what is known in this branch.
    pub(super) fn node(
        &mut self,
        kind: NodeKind,
        ty: Ty,
        unit: Option<Unit>,
        at: TableId,
        span: Span,
    ) -> NodeId {
        let constant = matches!(kind, NodeKind::Constant(_));
        let key = (kind, at, ty, unit.clone().filter(|_| constant));
        if let Some(&found) = self.nodes.get(&key) {
            return self.narrowed(found, span);
        }
        let (may_be_na, may_be_error) = self.outcomes(&key.0);
        let id = NodeId(self.program.nodes.len() as u32);
        self.program.nodes.push(Node {
            kind: key.0.clone(),
            ty,
            space: at,
            unit,
            span,
            may_be_na,
            may_be_error,
        });
        self.nodes.insert(key, id);
        self.narrowed(id, span)
    }

    /// A truth node.
    pub(super) fn truth(&mut self, kind: NodeKind, at: TableId, span: Span) -> NodeId {
        self.node(kind, Ty::Truth, None, at, span)
    }

    /// A constant truth, or 不适用.
    pub(super) fn constant_truth(&mut self, value: Truth, at: TableId, span: Span) -> NodeId {
        self.truth(NodeKind::Constant(Constant::Truth(value)), at, span)
    }

    /// The type of a node.
    pub(super) fn ty(&self, id: NodeId) -> Ty {
        self.program.node(id).ty
    }

    /// The unit a node is shown in.
    pub(super) fn unit(&self, id: NodeId) -> Option<Unit> {
        self.program.node(id).unit.clone()
    }

    /// Lifts a node of a parent table down to a child table.
    pub(super) fn lower(&mut self, id: NodeId, at: TableId, span: Span) -> Option<NodeId> {
        let space = self.program.node(id).space;
        if space == at {
            return Some(id);
        }
        let parent = self.program.table(at).parent?.table;
        let above = self.lower(id, parent, span)?;
        let Node { ty, unit, .. } = self.program.node(id).clone();
        Some(self.node(NodeKind::Parent(above), ty, unit, at, span))
    }

    /// A sentence in a table's rows; none if it has a fault, which is reported.
    pub(super) fn expr(&mut self, expr: &Expr, at: TableId) -> Option<NodeId> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Bracket(inner) => self.expr(inner, at),
            ExprKind::Text(text) => {
                let folded: Arc<str> = crate::value::text::fold(text).into();
                Some(self.node(
                    NodeKind::Constant(Constant::Text(folded)),
                    Ty::Text,
                    None,
                    at,
                    span,
                ))
            }
            ExprKind::Number { value, unit } => self.number(value, unit.as_ref(), at, span),
            ExprKind::Date(day) => {
                let day = errors::day_number(*day);
                Some(self.node(NodeKind::Constant(Constant::Date(day)), Ty::Date, None, at, span))
            }
            ExprKind::Truth(value) => Some(self.constant_truth(Truth::of(*value), at, span)),
            ExprKind::NotApplicable => {
                let kind = NodeKind::Constant(Constant::NotApplicable);
                Some(self.node(kind, Ty::NotApplicable, None, at, span))
            }
            ExprKind::Period(written) => self.period(written, at, span),
            ExprKind::Recent { .. } => self.fail(errors::recent_alone(span)),
            ExprKind::None => self.fail(errors::none_alone(span)),
            ExprKind::Unknown => self.fail(errors::unknown_in_rule(span)),
            ExprKind::Name(name) => self.name(name, at),
            ExprKind::Own { scope, field } => self.own(scope, field, at, span),
            ExprKind::Call { name, args, if_empty } => {
                self.call(name, args, if_empty.as_deref(), at, span)
            }
            ExprKind::Not(inner) => {
                let of = self.condition(inner, at)?;
                Some(self.truth(NodeKind::Not(of), at, span))
            }
            ExprKind::And(items) => self.joined(items, at, span, NodeKind::And),
            ExprKind::Or(items) => {
                self.word_list(items, at)?;
                self.joined(items, at, span, NodeKind::Or)
            }
            ExprKind::Compare { op, op_span, left, right } => {
                self.compare(*op, *op_span, left, right, at, span)
            }
            ExprKind::Within { subject, range } => self.within(subject, range, at, span),
            ExprKind::Negate(inner) => self.negate(inner, at, span),
            ExprKind::Arithmetic { op, operands } => self.arithmetic(*op, operands, at, span),
            ExprKind::If { arms, otherwise, if_not_applicable } => {
                self.choice(arms, otherwise, if_not_applicable.as_deref(), at, span)
            }
            ExprKind::AsOf { base, day } => self.as_of(base, day, at, span),
            ExprKind::Of { base, member } if self.score_named(base, at).is_some() => {
                self.part_of(base, member, at)
            }
            ExprKind::Where { .. } | ExprKind::Of { .. } => match self.result_column(expr, at) {
                Some(symbol) => self.column_value(symbol?, expr, at),
                None => self.fail(errors::rows_alone(expr)),
            },
            ExprKind::List(_) => self.fail(errors::list_alone(span)),
            ExprKind::Range { .. } => self.fail(errors::range_alone(span)),
        }
    }

    /// Reports a fault; there is no node.
    pub(super) fn fail(&mut self, fault: crate::diagnostic::Diagnostic) -> Option<NodeId> {
        self.faults.push(fault);
        None
    }

    /// A sentence that must be a truth.
    pub(super) fn condition(&mut self, expr: &Expr, at: TableId) -> Option<NodeId> {
        let id = self.expr(expr, at)?;
        match self.ty(id) {
            Ty::Truth => Some(id),
            Ty::NotApplicable => {
                let kind = NodeKind::Constant(Constant::Truth(Truth::NOT_APPLICABLE));
                Some(self.truth(kind, at, expr.span))
            }
            other => {
                let found = self.describe(other);
                self.fail(errors::truth_needed(expr.span, &found))
            }
        }
    }

    /// Every part compiled; none if any has a fault. All are looked at, so that every fault is reported.
    pub(super) fn each<'e>(
        &mut self,
        parts: impl IntoIterator<Item = &'e Expr>,
        mut compile: impl FnMut(&mut Self, &Expr) -> Option<NodeId>,
    ) -> Option<Vec<NodeId>> {
        let nodes: Vec<_> = parts.into_iter().map(|part| compile(self, part)).collect();
        nodes.into_iter().collect()
    }

    fn joined(
        &mut self,
        items: &[Expr],
        at: TableId,
        span: Span,
        kind: impl Fn(Vec<NodeId>) -> NodeKind,
    ) -> Option<NodeId> {
        let parts = self.each(items, |it, part| it.condition(part, at))?;
        Some(self.truth(kind(parts), at, span))
    }

    /// A quantified list of truths.
    pub(super) fn quantified(
        &mut self,
        count: Count,
        items: Vec<NodeId>,
        at: TableId,
        span: Span,
    ) -> NodeId {
        self.truth(NodeKind::Quantified(count, items), at, span)
    }

    /// A bare name.
    fn name(&mut self, name: &ast::Name, at: TableId) -> Option<NodeId> {
        if matches!(name.text.as_str(), "评价日" | "rule_day")
            && self.meaning(&name.text, at).is_none()
        {
            return self.rule_day(at, name.span);
        }
        if matches!(name.text.as_str(), "数据期" | "data_period")
            && self.meaning(&name.text, at).is_none()
        {
            return self.data_period_word(at, name.span);
        }
        match self.meaning(&name.text, at) {
            Some(Meaning::Field(field)) => self.field(field, at, name.span),
            Some(Meaning::Rule(symbol)) => self.reference(symbol, name, at),
            Some(Meaning::Input(node)) => Some(self.narrowed(node, name.span)),
            None => {
                let fault = self.unknown_name(name, at);
                self.fail(fault)
            }
        }
    }

    /// 本集群 的 所在地: always the field of that table.
    fn own(
        &mut self,
        scope: &ast::Name,
        field: &ast::Name,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        if self.inputs.is_some() {
            return self.fail(errors::no_input(field));
        }
        let mut table = Some(at);
        while let Some(here) = table {
            if self.program.table(here).name == scope.text {
                if self.asking == Some(here) {
                    return self.fail(errors::own_in_population(span, &scope.text));
                }
                let Some(found) = self.field_named(here, &field.text) else {
                    let known: Vec<_> =
                        self.program.table(here).fields.iter().map(|it| it.name.clone()).collect();
                    let known: Vec<_> = known.iter().map(String::as_str).collect();
                    return self.fail(errors::unknown_field(field, &scope.text, &known));
                };
                return self.field(found, at, span);
            }
            table = self.program.table(here).parent.map(|it| it.table);
        }
        let here = self.program.table(at).name.clone();
        self.fail(errors::not_within(scope, &here))
    }

    /// A field of this table or of a parent, with its 适用 guard.
    pub(super) fn field(&mut self, field: FieldId, at: TableId, span: Span) -> Option<NodeId> {
        let (ty, unit) = match &self.program.field(field).kind {
            FieldKind::Scalar { ty, unit, .. } => (*ty, unit.clone()),
            FieldKind::Rows { .. } => {
                let name = self.program.field(field).name.clone();
                return self.fail(errors::rows_need_function(span, &name));
            }
        };
        let cell = self.node(NodeKind::Field(field), ty, unit.clone(), field.table, span);
        let guarded = match self.guard(field, span) {
            Some(guard) => {
                self.node(NodeKind::Applies { guard, body: cell }, ty, unit, field.table, span)
            }
            None => cell,
        };
        self.lower(guarded, at, span)
    }

    fn guard(&mut self, field: FieldId, span: Span) -> Option<NodeId> {
        let symbol = Symbol::Guard(field);
        if let Some(current) = self.current.filter(|_| self.symbols.progress.contains_key(&symbol))
        {
            self.edges.push((current, symbol, span));
        }
        match self.symbols.progress.get(&symbol) {
            Some(Progress::Done(node)) => *node,
            _ => None,
        }
    }

    /// A rule by name: compiled where it is not yet.
    pub(super) fn reference(
        &mut self,
        symbol: Symbol,
        name: &ast::Name,
        at: TableId,
    ) -> Option<NodeId> {
        if let Some(current) = self.current {
            self.edges.push((current, symbol, name.span));
        }
        if let Symbol::Parameter(index) = symbol {
            return self.parameter(index, None, at, name.span);
        }
        if let Symbol::Function(index) = symbol {
            let fault = self.bare_function(index, name);
            return self.fail(fault);
        }
        if let Symbol::Grading(column) = symbol
            && self.symbols.table_of(column).results.len() > 1
        {
            return self.fail(errors::which_column(name, &self.symbols.table_of(column).results));
        }
        self.value_of(symbol, name, at)
    }

    /// The value of a rule that is for this table or one above it.
    pub(super) fn value_of(
        &mut self,
        symbol: Symbol,
        name: &ast::Name,
        at: TableId,
    ) -> Option<NodeId> {
        let mut node = self.compiled(symbol)?;
        if self.expecting {
            node = self.as_reported.get(&node).copied().unwrap_or(node);
        }
        let Some(lowered) = self.lower(node, at, name.span) else {
            let scope = self.scope_of(symbol).map(|it| self.program.table(it).name.clone());
            let here = self.program.table(at).name.clone();
            return self.fail(errors::wrong_scope(name, &scope.unwrap_or_default(), &here));
        };
        Some(self.narrowed(lowered, name.span))
    }

    /// `规模 为 大型 或 中型`: after a comparison with a word, a bare name that is no truth was meant as one more word.
    fn word_list(&mut self, items: &[Expr], at: TableId) -> Option<()> {
        for pair in items.windows(2) {
            let ExprKind::Compare {
                op: ast::CompareOp::In | ast::CompareOp::Equal,
                left,
                right,
                ..
            } = &pair[0].kind
            else {
                continue;
            };
            let ExprKind::Name(word) = &pair[1].kind else { continue };
            if self.meaning(&word.text, at).is_none() {
                let left = errors::words_of(left);
                let right = errors::words_of(right);
                self.faults.push(errors::list_meant(
                    pair[0].span.merge(word.span),
                    &left,
                    &right,
                    &word.text,
                ));
                return None;
            }
        }
        Some(())
    }
}
