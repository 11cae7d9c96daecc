//! Growth and roots in sentences: 同比, 年均增长, 复合增长, 方根, 基期非正 (`semantics` §7.7). Periods are elsewhere.

use crate::builtins::Builtin;
use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::check::numbers::duration_unit;
use crate::check::periods::ByPeriod;
use crate::check::periods::MOST;
use crate::ir::Constant;
use crate::ir::DurationUnit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::PeriodKind;
use crate::value::Unit;
use crate::value::period;
use crate::value::units;

impl Checker<'_> {
    /// now ÷ base − 1
    pub(super) fn growth(
        &mut self,
        now: NodeId,
        base: NodeId,
        spans: [Span; 2],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let (now, base) = self.grown(now, base, spans, span)?;
        let if_not_positive = self.instead_of_growth(at)?;
        let kind = NodeKind::Growth { now, base, if_not_positive };
        Some(self.ratio(kind, at, span))
    }

    /// Two numbers of one dimension; a base that may be 0 is noted.
    fn grown(
        &mut self,
        now: NodeId,
        base: NodeId,
        spans: [Span; 2],
        span: Span,
    ) -> Option<(NodeId, NodeId)> {
        for (node, place) in [now, base].into_iter().zip(spans) {
            if !matches!(self.ty(node), Ty::Number(_) | Ty::NotApplicable) {
                let found = self.describe(self.ty(node));
                return self.fail(errors::number_needed(place, &found)).and(None);
            }
        }
        let pair = self.alike(now, base, spans)?;
        if self.growth_base.is_none() && !self.is_positive(base) {
            self.faults.push(errors::growth_base_may_be_zero(span));
        }
        Some(pair)
    }

    /// A dimensionless result, shown in per cent.
    fn ratio(&mut self, kind: NodeKind, at: TableId, span: Span) -> NodeId {
        let unit: Option<Unit> = units::parse_unit("%");
        self.node(kind, Ty::Number(crate::value::Dimension::default()), unit, at, span)
    }

    /// 基期非正 则 …, in the rows that grow.
    fn instead_of_growth(&mut self, at: TableId) -> Option<Option<NodeId>> {
        let Some(value) = self.growth_base else { return Some(None) };
        self.growth_base_used = true;
        let node = self.expr(value, at)?;
        match self.ty(node) {
            Ty::NotApplicable => Some(Some(node)),
            Ty::Number(it) if it == crate::value::Dimension::default() => Some(Some(node)),
            other => {
                let found = self.describe(other);
                self.fail(errors::growth_base_value(value.span, &found)).and(None)
            }
        }
    }

    /// 年均增长（年报 的 x，3 年）, 年均增长（年报 的 x，2019年，2022年）
    pub(super) fn mean_growth_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let (Some(argument), 2..=3) = (args.first(), args.len()) else {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        };
        let value = self.by_period_value(builtin, argument, at)?;
        let (from, to, years) = match &args[1..] {
            [length] => {
                let Some(years) = years(length) else {
                    return self.fail(errors::years_needed(length.span));
                };
                let back = years as i32 * value.periods.kind.in_a_year();
                let from = self.in_period(value, back, at, span)?;
                (from, self.in_period(value, 0, at, span)?, years)
            }
            [first, last] => self.between(value, first, last, at, span)?,
            _ => unreachable!("two or three arguments"),
        };
        let spans = [value.span, value.span];
        let (to, from) = self.grown(to, from, spans, span)?;
        let if_not_positive = self.instead_of_growth(at)?;
        let kind = NodeKind::MeanGrowth { from, to, periods: years, if_not_positive };
        Some(self.ratio(kind, at, span))
    }

    /// The values in two years that are named, and how many years lie between.
    fn between(
        &mut self,
        value: ByPeriod,
        first: &Expr,
        last: &Expr,
        at: TableId,
        span: Span,
    ) -> Option<(NodeId, NodeId, u32)> {
        let Some(list) = value.list else {
            return self.fail(errors::years_of_row(span)).and(None);
        };
        let mut ends = vec![];
        for end in [first, last] {
            let year = match &bare(end).kind {
                ExprKind::Period(written) => period::parse(written),
                _ => None,
            };
            match year.filter(|it| it.0 == value.periods.kind && it.0 == PeriodKind::Year) {
                Some((_, year)) => ends.push(year),
                None => return self.fail(errors::year_needed(end.span)).and(None),
            }
        }
        let years = i64::from(ends[1]) - i64::from(ends[0]);
        if !(1..=MOST).contains(&years) {
            return self.fail(errors::years_backwards(first.span.merge(last.span))).and(None);
        }
        let mut nodes = vec![];
        for (year, end) in ends.into_iter().zip([first, last]) {
            let constant = NodeKind::Constant(Constant::Date(year));
            let ty = Ty::Period(PeriodKind::Year);
            let period = self.node(constant, ty, None, list.table, end.span);
            let node = self.at_period(value, list, (period, 0), span);
            nodes.push(self.lower(node, at, span)?);
        }
        Some((nodes[0], nodes[1], years as u32))
    }

    /// 复合增长（起值，止值，期数）
    pub(super) fn compound_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let [from, to, count] = args else {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        };
        let Some(periods) = whole(count) else {
            return self.fail(errors::count_needed(count.span));
        };
        let nodes = (self.expr(from, at), self.expr(to, at));
        let (to_node, from_node) = (nodes.1?, nodes.0?);
        let (to, from) = self.grown(to_node, from_node, [to.span, from.span], span)?;
        let if_not_positive = self.instead_of_growth(at)?;
        let kind = NodeKind::MeanGrowth { from, to, periods, if_not_positive };
        Some(self.ratio(kind, at, span))
    }

    /// 方根（x，n）
    pub(super) fn root_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let [value, count] = args else {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        };
        let Some(degree) = whole(count).filter(|it| *it >= 2) else {
            return self.fail(errors::degree_needed(count.span));
        };
        let of = self.expr(value, at)?;
        let Ty::Number(dimension) = self.ty(of) else {
            let found = self.describe(self.ty(of));
            return self.fail(errors::number_needed(value.span, &found));
        };
        let Some(dimension) = dimension.root(degree as i8) else {
            let unit = self.unit_name(of);
            return self.fail(errors::root_of_unit(value.span, &unit));
        };
        let kind = NodeKind::Root { of, degree };
        Some(self.node(kind, Ty::Number(dimension), None, at, span))
    }
}

/// 3 年
fn years(expr: &Expr) -> Option<u32> {
    let ExprKind::Number { value, unit: Some(unit) } = &bare(expr).kind else { return None };
    let years = value.to_i64().filter(|it| (1..=MOST).contains(it))?;
    (duration_unit(&unit.value) == Some(DurationUnit::Year)).then_some(years as u32)
}

/// A whole number of periods, 3 or 3 年.
fn whole(expr: &Expr) -> Option<u32> {
    let ExprKind::Number { value, unit } = &bare(expr).kind else { return None };
    let sound = unit.as_ref().is_none_or(|it| {
        matches!(it.value.as_str(), "期" | "年" | "季" | "个月" | "次" | "periods" | "years")
    });
    value.to_i64().filter(|it| sound && (1..=MOST).contains(it)).map(|it| it as u32)
}
