//! Functions over the cases of the run: 平均（全部集群 中 条件 的 x） (`semantics` §§4, 9.1). Lists of child rows are elsewhere.

use crate::builtins::Function;
use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::ir::AggregateFunction;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Over;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;

impl Checker<'_> {
    /// The table that 全部集群 names; a field or rule of that name comes first.
    pub(super) fn whole_table(&self, name: &str) -> Option<TableId> {
        let table = name.strip_prefix("全部").or_else(|| name.strip_prefix("all_"))?;
        self.symbols.tables.get(table).copied().filter(|_| !self.symbols.rules.contains_key(name))
    }

    /// The table whose cases a sentence speaks of: 全部集群 中 … 的 ….
    pub(super) fn speaks_of_all(&self, expr: &Expr) -> Option<TableId> {
        match &bare(expr).kind {
            ExprKind::Where { rows: base, .. } | ExprKind::Of { base, .. } => {
                self.speaks_of_all(base)
            }
            ExprKind::Name(name) => self.whole_table(&name.text),
            _ => None,
        }
    }

    /// A function over the cases of a table.
    pub(super) fn over(
        &mut self,
        (function, count): (Function, u32),
        argument: &Expr,
        if_empty: Option<&Expr>,
        (table, at): (TableId, TableId),
        span: Span,
    ) -> Option<NodeId> {
        if !self.lies_in(at, table) {
            let (all, here) =
                (self.program.table(table).name.clone(), self.program.table(at).name.clone());
            return self.fail(errors::population_elsewhere(span, &all, &here));
        }
        let (mut conditions, value) = self.parts_of_all(argument)?;
        let share = if function == Function::Share { conditions.pop() } else { None };
        if function == Function::Share && share.is_none() {
            return self.fail(errors::share_needs_condition(span));
        }
        let outer = self.asking.replace(table);
        let known = std::mem::take(&mut self.known);
        let made = self.over_parts(&conditions, share, value, table);
        self.asking = outer;
        self.known = known;
        let (filter, groups, share, value) = made?;
        let (function, ty, unit) =
            self.aggregate_shape((function, count), value, argument.span, span)?;
        let if_empty = match if_empty {
            Some(it) => {
                let node = self.expr(it, table)?;
                if matches!(ty, Ty::Number(_)) && self.ty(node) != Ty::NotApplicable {
                    self.fits(node, ty, it.span)?;
                }
                Some(node)
            }
            None => None,
        };
        let value = value.map(|it| it.0);
        let over = Over { function, filter, groups, value, share, if_empty };
        if over.filter.is_some() && self.over_may_be_error(&over) {
            self.faults.push(errors::may_be_empty(span));
        }
        let kind = NodeKind::Score(Scoring::Over(Box::new(over)));
        let node = self.node(kind, ty, unit, table, span);
        self.lower(node, at, span)
    }

    /// The conditions after 中 and the value after 的.
    fn parts_of_all<'e>(
        &mut self,
        argument: &'e Expr,
    ) -> Option<(Vec<&'e Expr>, Option<&'e Expr>)> {
        match &bare(argument).kind {
            ExprKind::Where { rows, condition } => {
                let (mut conditions, value) = self.parts_of_all(rows)?;
                if value.is_some() {
                    return self.fail(errors::condition_after_value(condition.span)).and(None);
                }
                conditions.push(condition);
                Some((conditions, value))
            }
            ExprKind::Of { base, member } => {
                let (conditions, value) = self.parts_of_all(base)?;
                if value.is_some() {
                    return self.fail(errors::two_values(member.span)).and(None);
                }
                Some((conditions, Some(member)))
            }
            _ => Some((vec![], None)),
        }
    }

    #[expect(clippy::type_complexity, reason = "the parts of one sentence, taken apart once")]
    fn over_parts(
        &mut self,
        conditions: &[&Expr],
        share: Option<&Expr>,
        value: Option<&Expr>,
        table: TableId,
    ) -> Option<(Option<NodeId>, Vec<(NodeId, NodeId)>, Option<NodeId>, Option<(NodeId, Span)>)>
    {
        let (mut filters, mut groups) = (vec![], vec![]);
        for condition in conditions.iter().flat_map(|it| conjuncts(it)) {
            match self.group_of(condition, table) {
                Some(group) => groups.push(group?),
                None => filters.push(self.condition(condition, table)?),
            }
        }
        let share = match share {
            Some(it) => Some(self.condition(it, table)?),
            None => None,
        };
        let value = match value {
            Some(it) => Some((self.expr(it, table)?, it.span)),
            None => None,
        };
        let filter = match filters.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(self.truth(NodeKind::And(filters), table, conditions[0].span)),
        };
        Some((filter, groups, share, value))
    }

    /// `x 为 本集群 的 y`: what a row has and what the case that asks has; an inner none if it has a fault.
    pub(super) fn group_of(
        &mut self,
        condition: &Expr,
        table: TableId,
    ) -> Option<Option<(NodeId, NodeId)>> {
        let ExprKind::Compare { op: CompareOp::Equal, left, right, .. } = &bare(condition).kind
        else {
            return None;
        };
        let name = &self.program.table(table).name;
        let own = |it: &Expr| match &bare(it).kind {
            ExprKind::Own { scope, field } if scope.text == *name => Some(field.clone()),
            _ => None,
        };
        let (of, field) = match (own(left), own(right)) {
            (Some(field), None) => (right, field),
            (None, Some(field)) => (left, field),
            _ => return None,
        };
        let of_row = self.expr(of, table);
        let asking = self.asking.take();
        let asked =
            self.expr(&Expr { span: field.span, kind: ExprKind::Name(field.clone()) }, table);
        self.asking = asking;
        let made = of_row.zip(asked).and_then(|(of_row, asked)| {
            self.one_type(&[(of_row, of.span), (asked, field.span)])?;
            Some((of_row, asked))
        });
        Some(made)
    }

    /// Whether a table is another one or lies below it.
    fn lies_in(&self, mut at: TableId, above: TableId) -> bool {
        while at != above {
            match self.program.table(at).parent {
                Some(parent) => at = parent.table,
                None => return false,
            }
        }
        true
    }

    /// Whether a function over all cases can be 不适用, whatever the data.
    pub(super) fn over_may_be_na(&self, it: &Over) -> bool {
        let may = |id: Option<NodeId>| id.is_some_and(|id| self.program.node(id).may_be_na);
        let counts = matches!(it.function, AggregateFunction::Count | AggregateFunction::Distinct);
        may(it.if_empty) || !counts && may(it.value)
    }

    /// Whether it can be an error of its own.
    pub(super) fn over_may_be_error(&self, it: &Over) -> bool {
        let of_nothing = !matches!(
            it.function,
            AggregateFunction::Count
                | AggregateFunction::Sum
                | AggregateFunction::Top(_)
                | AggregateFunction::Distinct
                | AggregateFunction::Quantified(_)
        );
        of_nothing && it.if_empty.is_none()
    }
}

/// The parts of a condition that 且 joins.
pub(super) fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &bare(expr).kind {
        ExprKind::And(items) => items.iter().flat_map(conjuncts).collect(),
        _ => vec![expr],
    }
}
