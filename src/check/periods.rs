//! Periods: the data period, 按 and 自, 近 N 年, 本期, 上年, 同比 and what grows (`semantics` §§7.7, 8.4). Rows are elsewhere.

use crate::builtins::Builtin;
use crate::builtins::Function;
use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::data_period::periods_in;
use crate::check::errors;
use crate::check::numbers::duration_unit;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::DurationUnit;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Figure;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Periods;
use crate::ir::StatedPeriod;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::FieldOption;
use crate::syntax::ast::ItemKind;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::period;

/// More periods than this are not looked at together.
pub(super) const MOST: i64 = 100;

/// A value by period: of the rows of a list, or of the row a sentence stands in.
#[derive(Clone, Copy)]
pub(super) struct ByPeriod {
    /// The value, in the period table.
    pub of: NodeId,
    /// The list; none inside its rows.
    pub list: Option<FieldId>,
    /// What the periods of the table are.
    pub periods: Periods,
    /// Where the value stands.
    pub span: Span,
}

impl<'a> Checker<'a> {
    /// 按 and 自 of every list.
    pub(super) fn by_periods(&mut self, items: &[&'a ast::Item]) {
        for item in items {
            let ItemKind::Data(data) = &item.kind else { continue };
            for field in &data.fields {
                let by = option(field, |it| match it {
                    FieldOption::By(name) => Some(name),
                    _ => None,
                });
                let since = option(field, |it| match it {
                    FieldOption::Since(name) => Some(name),
                    _ => None,
                });
                let table = self.symbols.tables[data.name.text.as_str()];
                match (self.field_named(table, &field.name.text), by, since) {
                    (_, None, None) | (None, ..) => {}
                    (_, None, Some(since)) => {
                        self.faults.push(errors::since_without_by(since.span));
                    }
                    (Some(list), Some(by), since) => self.by_period(list, by, since),
                }
            }
        }
    }

    fn by_period(&mut self, list: FieldId, by: &ast::Name, since: Option<&ast::Name>) {
        let FieldKind::Rows { table: child, .. } = self.program.field(list).kind else {
            self.faults.push(errors::by_needs_list(by.span));
            return;
        };
        let Some(field) = self.field_named(child, &by.text) else {
            let table = self.program.table(child);
            let known: Vec<&str> = table.fields.iter().map(|it| it.name.as_str()).collect();
            let fault = errors::unknown_field(by, &table.name, &known);
            self.faults.push(fault);
            return;
        };
        let FieldKind::Scalar { ty: Ty::Period(kind), .. } = self.program.field(field).kind else {
            self.faults.push(errors::by_needs_period(by));
            return;
        };
        let since = since.and_then(|name| self.since(list.table, name));
        let own = self.program.table(child);
        if own.key.is_some_and(|it| it != field.index && Some(it) != own.name_field) {
            let key = own.fields[own.key.unwrap_or_default() as usize].name.clone();
            self.faults.push(errors::by_beside_key(by, &key));
        }
        let table = &mut self.program.tables[child.0 as usize];
        table.key = Some(field.index);
        table.periods = Some(Periods { field, kind, since });
    }

    fn since(&mut self, table: TableId, name: &ast::Name) -> Option<FieldId> {
        let Some(field) = self.field_named(table, &name.text) else {
            let table = self.program.table(table);
            let known: Vec<&str> = table.fields.iter().map(|it| it.name.as_str()).collect();
            let fault = errors::unknown_field(name, &table.name, &known);
            return self.fail(fault).and(None);
        };
        match self.program.field(field).kind {
            FieldKind::Scalar { ty: Ty::Date, .. } => Some(field),
            _ => self.fail(errors::since_needs_date(name)).and(None),
        }
    }

    /// Whether the cells of a field may be 不适用 because the period ended before the 自 day.
    pub(super) fn is_before_since(&self, field: FieldId) -> bool {
        let periods = self.program.table(field.table).periods;
        periods.is_some_and(|it| it.since.is_some() && it.field != field)
    }

    /// 2021年 in a sentence.
    pub(super) fn period(&mut self, written: &str, at: TableId, span: Span) -> Option<NodeId> {
        let Some((kind, index)) = period::parse(written) else {
            return self.fail(errors::half_year(span));
        };
        let constant = NodeKind::Constant(Constant::Date(index));
        Some(self.node(constant, Ty::Period(kind), None, at, span))
    }

    /// 近 3 年 as a condition of the rows of a period table.
    pub(super) fn recent(
        &mut self,
        (count, unit): (&Number, Option<&ast::Word>),
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let (Some(periods), Some(parent)) =
            (self.program.table(at).periods, self.program.table(at).parent)
        else {
            let name = self.program.table(at).name.clone();
            return self.fail(errors::recent_needs_periods(span, &name));
        };
        let times = unit.and_then(|it| periods_in(&it.value, periods.kind));
        let Some(times) = times else {
            let word = unit.map_or("", |it| it.value.as_str());
            return self.fail(errors::recent_unit(span, word, periods.kind));
        };
        let count = count.to_i64().map(|it| it * i64::from(times));
        let Some(count) = count.filter(|it| (1..=MOST).contains(it)) else {
            return self.fail(errors::recent_count(span));
        };
        let last = self.data_period(periods.kind, parent.table, span)?;
        let last = self.lower(last, at, span)?;
        let period = self.field(periods.field, at, span)?;
        let kind = NodeKind::Recent { period, last, count: count as u32 };
        Some(self.truth(kind, at, span))
    }

    /// 日期 在 近 3 年: after the day that many years before the day that decides, and not after that day.
    pub(super) fn day_in_recent(
        &mut self,
        of: NodeId,
        (count, unit): (&Number, Option<&ast::Word>),
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let unit = unit.and_then(|it| duration_unit(&it.value));
        let Some(unit) = unit.filter(|it| *it != DurationUnit::Workday && count.is_whole()) else {
            return self.fail(errors::recent_span(span));
        };
        let back = NodeKind::Constant(Constant::Number(count.negate()));
        let back = self.duration(back, unit, at, span);
        let today = self.rule_day(at, span)?;
        let start = NodeKind::AddDuration { day: today, span: back };
        let start = self.node(start, Ty::Date, None, at, span);
        let after = self.truth(NodeKind::Compare(Comparison::Above, of, start), at, span);
        let before = self.truth(NodeKind::Compare(Comparison::AtMost, of, today), at, span);
        Some(self.truth(NodeKind::And(vec![after, before]), at, span))
    }

    /// The conditions of 中: 近 N 年 stands by itself or beside others, never inside one.
    pub(super) fn row_condition(&mut self, expr: &Expr, at: TableId) -> Option<NodeId> {
        match &bare(expr).kind {
            ExprKind::Recent { count, unit } => self.recent((count, unit.as_ref()), at, expr.span),
            ExprKind::And(items) => {
                let parts = self.each(items, |it, part| it.row_condition(part, at))?;
                Some(self.truth(NodeKind::And(parts), at, expr.span))
            }
            _ => self.condition(expr, at),
        }
    }

    /// 本期, 上年, 上期, 同比, 环比
    pub(super) fn period_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let [argument] = args else {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        };
        let value = self.by_period_value(builtin, argument, at)?;
        let back = match builtin.function {
            Function::ThisPeriod => 0,
            Function::YearBefore | Function::YearGrowth => value.periods.kind.in_a_year(),
            _ => 1,
        };
        if back == 1
            && value.periods.kind != PeriodKind::Year
            && let Some(field) = self.to_date_field(value.of)
        {
            let field = self.program.field(field).name.clone();
            return self.fail(errors::to_date_between(span, &field));
        }
        if let (Some(rule), Some(_)) = (self.current, value.list) {
            match builtin.function {
                Function::ThisPeriod => self.this_period.push(rule),
                Function::YearBefore => self.years_before.push((rule, span)),
                _ => {}
            }
        }
        match builtin.function {
            Function::YearGrowth | Function::PeriodGrowth => {
                let now = self.in_period(value, 0, at, argument.span)?;
                let base = self.in_period(value, back, at, span)?;
                self.growth(now, base, [argument.span, argument.span], at, span)
            }
            _ => self.in_period(value, back, at, span),
        }
    }

    /// 数据期 上年 and 上年（…） in a rule that does not compare it with 本期: the year before the year before,
    /// which is seldom meant.
    pub(super) fn years_before_last(&mut self) {
        let mut stated = self.program.policy.data_periods.iter();
        if !stated.any(|it| *it == (PeriodKind::Year, StatedPeriod::Back(1))) {
            return;
        }
        for (rule, span) in std::mem::take(&mut self.years_before) {
            if !self.this_period.contains(&rule) {
                self.faults.push(errors::year_before_last(span));
            }
        }
    }

    /// What a function of periods is about: 年报 的 x, or x in a row of 年报.
    pub(super) fn by_period_value(
        &mut self,
        builtin: &'static Builtin,
        argument: &Expr,
        at: TableId,
    ) -> Option<ByPeriod> {
        if !self.speaks_of_rows(argument, at) {
            if self.rows_beside(argument) {
                return self.fail(errors::quotient_per_row(argument)).and(None);
            }
            let Some(periods) = self.program.table(at).periods else {
                return self.fail(errors::periods_needed(argument.span, builtin)).and(None);
            };
            let of = self.expr(argument, at)?;
            return Some(ByPeriod { of, list: None, periods, span: argument.span });
        }
        let (list, conditions, value) = self.rows_of(argument, at)?;
        let FieldKind::Rows { table: child, .. } = self.program.field(list).kind else {
            unreachable!("a list has rows")
        };
        let Some(periods) = self.program.table(child).periods else {
            let name = self.program.field(list).name.clone();
            return self.fail(errors::list_without_periods(argument.span, &name)).and(None);
        };
        if let Some(condition) = conditions.first() {
            return self.fail(errors::period_with_condition(condition.span, builtin)).and(None);
        }
        let Some(value) = value else {
            return self.fail(errors::value_of_rows_needed(argument.span)).and(None);
        };
        let of = self.expr(value, child)?;
        Some(ByPeriod { of, list: Some(list), periods, span: value.span })
    }

    /// The value so many periods before the data period, or before the row's own.
    pub(super) fn in_period(
        &mut self,
        it: ByPeriod,
        back: i32,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        match it.list {
            Some(list) => {
                let period = self.data_period(it.periods.kind, list.table, span)?;
                let node = self.at_period(it, list, (period, back), span);
                self.lower(node, at, span)
            }
            None if back == 0 => Some(it.of),
            None => {
                let (ty, unit) = (self.ty(it.of), self.unit(it.of));
                let period = self.field(it.periods.field, at, span)?;
                let kind = NodeKind::Earlier { of: it.of, period, back };
                Some(self.node(kind, ty, unit, at, span))
            }
        }
    }

    pub(super) fn at_period(
        &mut self,
        it: ByPeriod,
        list: FieldId,
        (period, back): (NodeId, i32),
        span: Span,
    ) -> NodeId {
        let (ty, unit) = (self.ty(it.of), self.unit(it.of));
        let kind = NodeKind::InPeriod { rows: list, of: it.of, period, back };
        self.node(kind, ty, unit, list.table, span)
    }

    /// A 累计 field that a value is made of.
    pub(super) fn to_date_field(&self, node: NodeId) -> Option<FieldId> {
        match &self.program.node(node).kind {
            NodeKind::Field(field) => {
                Some(*field).filter(|it| self.program.field(*it).figure == Some(Figure::ToDate))
            }
            kind => kind.operands().into_iter().find_map(|it| self.to_date_field(it)),
        }
    }
}

/// The first option of a kind.
fn option<'f, T>(field: &'f ast::Field, pick: impl Fn(&'f FieldOption) -> Option<T>) -> Option<T> {
    field.options.iter().find_map(|it: &'f Spanned<FieldOption>| pick(&it.value))
}
