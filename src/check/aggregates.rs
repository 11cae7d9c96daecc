//! Functions over child rows: 企业 中 条件 的 值 (`semantics` §4). Functions of single values are elsewhere.

use crate::builtins::Function;
use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Dimension;
use crate::value::PeriodKind;
use crate::value::Unit;

/// `企业 中 甲 中 乙 的 值`, taken apart.
struct Rows<'e> {
    /// The list.
    field: FieldId,
    /// The conditions, in order.
    conditions: Vec<&'e Expr>,
    /// What stands after 的.
    value: Option<&'e Expr>,
}

impl Checker<'_> {
    /// Whether an argument speaks of rows.
    pub(super) fn speaks_of_rows(&self, expr: &Expr, at: TableId) -> bool {
        match &bare(expr).kind {
            ExprKind::Where { .. } | ExprKind::Of { .. } => true,
            ExprKind::Name(name) => {
                self.list_named(&name.text, at).is_some() || self.whole_table(&name.text).is_some()
            }
            _ => false,
        }
    }

    /// A 多条 field of this table or of a parent.
    fn list_named(&self, name: &str, at: TableId) -> Option<FieldId> {
        let mut table = Some(at).filter(|_| self.inputs.is_none());
        while let Some(here) = table {
            if let Some(field) = self.field_named(here, name) {
                return matches!(self.program.field(field).kind, FieldKind::Rows { .. })
                    .then_some(field);
            }
            table = self.program.table(here).parent.map(|it| it.table);
        }
        None
    }

    fn rows<'e>(&mut self, expr: &'e Expr, at: TableId) -> Option<Rows<'e>> {
        match &bare(expr).kind {
            ExprKind::Name(name) => {
                let Some(field) = self.list_named(&name.text, at) else {
                    let fault = match self.meaning(&name.text, at) {
                        Some(_) => errors::not_rows(name),
                        None => self.unknown_name(name, at),
                    };
                    return self.fail(fault).and(None);
                };
                Some(Rows { field, conditions: vec![], value: None })
            }
            ExprKind::Own { scope, field } => {
                let found = self.list_named(&field.text, at);
                let owned = found.filter(|it| self.program.table(it.table).name == scope.text);
                let Some(field) = owned else {
                    return self.fail(errors::not_rows(field)).and(None);
                };
                Some(Rows { field, conditions: vec![], value: None })
            }
            ExprKind::Where { rows, condition } => {
                let mut all = self.rows(rows, at)?;
                if all.value.is_some() {
                    return self.fail(errors::condition_after_value(condition.span)).and(None);
                }
                all.conditions.push(condition);
                Some(all)
            }
            ExprKind::Of { base, member } => {
                let mut all = self.rows(base, at)?;
                if all.value.is_some() {
                    return self.fail(errors::two_values(member.span)).and(None);
                }
                all.value = Some(member);
                Some(all)
            }
            _ => self.fail(errors::rows_needed(expr.span)).and(None),
        }
    }

    /// A list, the conditions after 中, and the value after 的.
    pub(super) fn rows_of<'e>(
        &mut self,
        expr: &'e Expr,
        at: TableId,
    ) -> Option<(FieldId, Vec<&'e Expr>, Option<&'e Expr>)> {
        self.rows(expr, at).map(|it| (it.field, it.conditions, it.value))
    }

    /// A function over rows.
    pub(super) fn aggregate(
        &mut self,
        function: Function,
        argument: &Expr,
        if_empty: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        self.aggregate_of(function, 0, argument, if_empty, at, span)
    }

    /// The same; `count` is how many rows 前列合计 takes.
    pub(super) fn aggregate_of(
        &mut self,
        function: Function,
        count: u32,
        argument: &Expr,
        if_empty: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        if let Some(table) = self.speaks_of_all(argument) {
            return self.over((function, count), argument, if_empty, (table, at), span);
        }
        let rows = self.rows(argument, at)?;
        let owner = rows.field.table;
        let FieldKind::Rows { table: child, .. } = self.program.field(rows.field).kind else {
            return self.fail(errors::rows_needed(argument.span));
        };
        let mut conditions = rows.conditions;
        let share = if function == Function::Share { conditions.pop() } else { None };
        if function == Function::Share && share.is_none() {
            return self.fail(errors::share_needs_condition(span));
        }
        let filter = self.row_conditions(&conditions, child);
        let share = match share {
            Some(it) => Some(self.condition(it, child)?),
            None => None,
        };
        let value = match rows.value {
            Some(it) => Some((self.expr(it, child)?, it.span)),
            None => None,
        };
        let filter = filter?;
        let (function, ty, unit) =
            self.aggregate_shape((function, count), value, argument.span, span)?;
        self.refuse_sum_to_date(function, child, value, span)?;
        let if_empty = match if_empty {
            Some(it) => {
                let node = self.expr(it, owner)?;
                if matches!(ty, Ty::Number(_)) && self.ty(node) != Ty::NotApplicable {
                    self.fits(node, ty, it.span)?;
                }
                Some(node)
            }
            None => None,
        };
        let aggregate = Aggregate {
            function,
            rows: rows.field,
            filter,
            value: value.map(|it| it.0),
            share,
            if_empty,
        };
        if if_empty.is_none() && self.aggregate_may_be_error(&aggregate) {
            self.faults.push(errors::may_be_empty(span));
        }
        self.periods_left_out(&aggregate, child, span);
        let node = self.node(NodeKind::Aggregate(aggregate), ty, unit, owner, span);
        self.lower(node, at, span)
    }

    /// Of 近 3 年 a year without a value is not counted: the rule should say that this is meant.
    fn periods_left_out(&mut self, it: &Aggregate, child: TableId, span: Span) {
        use AggregateFunction::*;
        let since = self.program.table(child).periods.is_some_and(|it| it.since.is_some());
        let counts = matches!(it.function, Mean | Median | Sum);
        let value = it.value.filter(|_| counts && !since && self.program.is_over_periods(it));
        let readings = self.current.and_then(|it| self.symbols.shared_of(it));
        if readings.is_some_and(|it| !it.readings.is_empty()) {
            return;
        }
        if let Some(absent) = value.and_then(|it| self.absence(it, &[])) {
            self.faults.push(errors::periods_left_out(span, &absent));
        }
    }

    /// Figures that add up since the year began are not added up once more.
    fn refuse_sum_to_date(
        &mut self,
        function: AggregateFunction,
        child: TableId,
        value: Option<(NodeId, Span)>,
        span: Span,
    ) -> Option<()> {
        let finer = self.program.table(child).periods.is_some_and(|it| it.kind != PeriodKind::Year);
        let sums = matches!(
            function,
            AggregateFunction::Sum | AggregateFunction::Mean | AggregateFunction::Share
        );
        let field = value.filter(|_| finer && sums).and_then(|it| self.to_date_field(it.0));
        let Some(field) = field else { return Some(()) };
        let field = self.program.field(field).name.clone();
        self.fail(errors::to_date_summed(span, &field)).and(None)
    }

    fn row_conditions(&mut self, conditions: &[&Expr], child: TableId) -> Option<Option<NodeId>> {
        let parts =
            self.each(conditions.iter().copied(), |it, part| it.row_condition(part, child))?;
        Some(match parts.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => {
                let span = conditions[0].span.merge(conditions[conditions.len() - 1].span);
                Some(self.truth(NodeKind::And(parts), child, span))
            }
        })
    }

    /// A number of the same type, or 0.
    pub(super) fn fits(&mut self, node: NodeId, ty: Ty, span: Span) -> Option<()> {
        let zero = self.program.node(node).kind
            == NodeKind::Constant(crate::ir::Constant::Number(crate::value::Number::zero()));
        if self.ty(node) == ty || zero {
            return Some(());
        }
        let (a, b) = (self.describe(ty), self.describe(self.ty(node)));
        self.fail(errors::types_differ([span, span], &a, &b)).and(None)
    }

    /// The IR function, and the type and unit of its result.
    pub(super) fn aggregate_shape(
        &mut self,
        (function, count): (Function, u32),
        value: Option<(NodeId, Span)>,
        argument: Span,
        span: Span,
    ) -> Option<(AggregateFunction, Ty, Option<Unit>)> {
        let none = Ty::Number(Dimension::default());
        let quantifier = |count| (AggregateFunction::Quantified(count), Ty::Truth);
        let (function, ty) = match function {
            Function::Count if value.is_some() => {
                return self.fail(errors::count_takes_rows(span)).and(None);
            }
            Function::Count => return Some((AggregateFunction::Count, none, None)),
            Function::All => quantifier(Count::All),
            Function::Any => quantifier(Count::Any),
            Function::NotAny => quantifier(Count::None),
            Function::Sum => (AggregateFunction::Sum, none),
            Function::Mean => (AggregateFunction::Mean, none),
            Function::Median => (AggregateFunction::Median, none),
            Function::Max => (AggregateFunction::Max, none),
            Function::Min => (AggregateFunction::Min, none),
            Function::Share => (AggregateFunction::Share, none),
            Function::Distinct => (AggregateFunction::Distinct, none),
            Function::Top => (AggregateFunction::Top(count), none),
            _ => return self.fail(errors::rows_needed(argument)).and(None),
        };
        let Some((node, place)) = value else {
            return match function {
                AggregateFunction::Share => Some((function, none, None)),
                AggregateFunction::Quantified(_) => {
                    self.fail(errors::truth_of_rows_needed(span)).and(None)
                }
                _ => self.fail(errors::value_of_rows_needed(span)).and(None),
            };
        };
        let found = self.ty(node);
        let unit = self.unit(node);
        match (function, found) {
            (AggregateFunction::Quantified(_), Ty::Truth) => Some((function, ty, None)),
            (AggregateFunction::Quantified(_), _) => {
                let found = self.describe(found);
                self.fail(errors::truth_needed(place, &found)).and(None)
            }
            (AggregateFunction::Distinct, _) => Some((function, none, None)),
            (AggregateFunction::Share, Ty::Number(_)) => Some((function, none, None)),
            (AggregateFunction::Max | AggregateFunction::Min, Ty::Date | Ty::Period(_)) => {
                Some((function, found, None))
            }
            (_, Ty::Number(_) | Ty::Duration(_)) => Some((function, found, unit)),
            _ => {
                let found = self.describe(found);
                self.fail(errors::number_needed(place, &found)).and(None)
            }
        }
    }

    /// Whether an aggregate can be 不适用, whatever the data.
    pub(super) fn aggregate_may_be_na(&self, it: &Aggregate) -> bool {
        let value = it.value.is_some_and(|it| self.program.node(it).may_be_na);
        let empty = it.if_empty.is_some_and(|it| self.program.node(it).may_be_na);
        match it.function {
            AggregateFunction::Count | AggregateFunction::Distinct => empty,
            _ => value || empty,
        }
    }

    /// Whether an aggregate can be an error of its own: nothing to average, a share of zero.
    pub(super) fn aggregate_may_be_error(&self, it: &Aggregate) -> bool {
        match it.function {
            AggregateFunction::Mean
            | AggregateFunction::Median
            | AggregateFunction::Max
            | AggregateFunction::Min => it.if_empty.is_none(),
            AggregateFunction::Share => it.if_empty.is_none() || it.value.is_some(),
            _ => false,
        }
    }
}
