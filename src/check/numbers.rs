//! Numbers, units and spans of time in sentences: literals, arithmetic, dimensions. Comparison is elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::ir::Constant;
use crate::ir::DurationUnit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::ArithmeticOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Dimension;
use crate::value::Number;
use crate::value::Unit;
use crate::value::UnitKind;

/// The span of time a unit word means.
pub(super) fn duration_unit(word: &str) -> Option<DurationUnit> {
    Some(match word {
        "年" | "years" | "year" => DurationUnit::Year,
        "月" | "个月" | "months" | "month" => DurationUnit::Month,
        "日" | "天" | "days" | "day" => DurationUnit::Day,
        "工作日" | "个工作日" | "workdays" | "workday" => DurationUnit::Workday,
        _ => return None,
    })
}

impl Checker<'_> {
    /// 1.5 亿元, 3%, 3 年
    pub(super) fn number(
        &mut self,
        value: &Number,
        unit: Option<&ast::Word>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let Some(word) = unit else {
            let ty = Ty::Number(Dimension::default());
            return Some(self.node(
                NodeKind::Constant(Constant::Number(value.clone())),
                ty,
                None,
                at,
                span,
            ));
        };
        if let Some(unit) = duration_unit(&word.value) {
            if !value.is_whole() {
                return self.fail(errors::duration_not_whole(span));
            }
            let kind = NodeKind::Constant(Constant::Number(value.clone()));
            return Some(self.duration(kind, unit, at, span));
        }
        let unit = self.unit_word(word)?;
        let base = value.multiply(&unit.factor);
        let ty = Ty::Number(unit.dimension);
        Some(self.node(NodeKind::Constant(Constant::Number(base)), ty, Some(unit), at, span))
    }

    /// A whole count of years, months, days or working days. Its unit keeps it apart from a bare number.
    pub(super) fn duration(
        &mut self,
        kind: NodeKind,
        unit: DurationUnit,
        at: TableId,
        span: Span,
    ) -> NodeId {
        let shown = Unit {
            name: match unit {
                DurationUnit::Year => "年",
                DurationUnit::Month => "个月",
                DurationUnit::Day => "日",
                DurationUnit::Workday => "个工作日",
            }
            .into(),
            dimension: Dimension::default(),
            factor: Number::one(),
            kind: UnitKind::Measure,
        };
        self.node(kind, Ty::Duration(unit), Some(shown), at, span)
    }

    /// −x
    pub(super) fn negate(&mut self, inner: &Expr, at: TableId, span: Span) -> Option<NodeId> {
        if let ExprKind::Number { value, unit } = &inner.kind {
            return self.number(&value.negate(), unit.as_ref(), at, span);
        }
        let of = self.expr(inner, at)?;
        match self.ty(of) {
            ty @ (Ty::Number(_) | Ty::Duration(_) | Ty::NotApplicable) => {
                let unit = self.unit(of);
                Some(self.node(NodeKind::Negation(of), ty, unit, at, span))
            }
            other => {
                let found = self.describe(other);
                self.fail(errors::number_needed(inner.span, &found))
            }
        }
    }

    /// a + b − c × d ÷ e
    pub(super) fn arithmetic(
        &mut self,
        op: ArithmeticOp,
        operands: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let parts = self.each(operands, |it, part| it.expr(part, at))?;
        let spans: Vec<Span> = operands.iter().map(|it| it.span).collect();
        match op {
            ArithmeticOp::Add => self.sum(&parts, &spans, at, span),
            ArithmeticOp::Subtract => {
                self.difference([parts[0], parts[1]], [spans[0], spans[1]], at, span)
            }
            ArithmeticOp::Multiply => self.product(&parts, &spans, at, span),
            ArithmeticOp::Divide => {
                self.quotient([parts[0], parts[1]], [spans[0], spans[1]], at, span)
            }
            ArithmeticOp::Power => self.power(parts[0], &operands[1], at, span),
        }
    }

    fn sum(&mut self, parts: &[NodeId], spans: &[Span], at: TableId, span: Span) -> Option<NodeId> {
        if self.ty(parts[0]) == Ty::Date {
            let mut day = parts[0];
            for (part, place) in parts.iter().zip(spans).skip(1) {
                day = self.add_duration(day, *part, *place, at, span)?;
            }
            return Some(day);
        }
        let mut numbers = parts.to_vec();
        for at_index in 1..numbers.len() {
            let (first, other) = (numbers[0], numbers[at_index]);
            let (a, b) = self.alike(first, other, [spans[0], spans[at_index]])?;
            numbers[0] = a;
            numbers[at_index] = b;
        }
        let (ty, unit) = self.shape_of(&numbers);
        Some(self.node(NodeKind::Sum(numbers), ty, unit, at, span))
    }

    /// The type and unit of a result that is of the kind of its operands.
    pub(super) fn shape_of(&self, parts: &[NodeId]) -> (Ty, Option<Unit>) {
        let first =
            parts.iter().copied().find(|it| self.ty(*it) != Ty::NotApplicable).unwrap_or(parts[0]);
        let unit = parts.iter().find_map(|it| self.unit(*it));
        (self.ty(first), unit)
    }

    fn add_duration(
        &mut self,
        day: NodeId,
        span_node: NodeId,
        place: Span,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        match self.ty(span_node) {
            Ty::Duration(DurationUnit::Workday) => self.fail(errors::workdays_need_function(place)),
            Ty::Duration(_) => Some(self.node(
                NodeKind::AddDuration { day, span: span_node },
                Ty::Date,
                None,
                at,
                span,
            )),
            other => {
                let found = self.describe(other);
                self.fail(errors::duration_needed(place, &found))
            }
        }
    }

    fn difference(
        &mut self,
        parts: [NodeId; 2],
        spans: [Span; 2],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        match (self.ty(parts[0]), self.ty(parts[1])) {
            (Ty::Date, Ty::Date) => {
                let kind = NodeKind::Days { from: parts[1], to: parts[0], both_ends: false };
                Some(self.duration(kind, DurationUnit::Day, at, span))
            }
            (Ty::Date, ty @ Ty::Duration(_)) => {
                let unit = self.unit(parts[1]);
                let back = self.node(NodeKind::Negation(parts[1]), ty, unit, at, spans[1]);
                self.add_duration(parts[0], back, spans[1], at, span)
            }
            _ => {
                let (a, b) = self.alike(parts[0], parts[1], spans)?;
                let (ty, unit) = self.shape_of(&[a, b]);
                Some(self.node(NodeKind::Difference(a, b), ty, unit, at, span))
            }
        }
    }

    fn product(
        &mut self,
        parts: &[NodeId],
        spans: &[Span],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let mut dimension = Dimension::default();
        let mut unit = None;
        let mut span_of_time = None;
        for (part, place) in parts.iter().zip(spans) {
            match self.ty(*part) {
                Ty::Number(other) => {
                    dimension = dimension.times(other, 1);
                    unit = unit.or_else(|| {
                        self.unit(*part).filter(|it| it.dimension != Dimension::default())
                    });
                }
                Ty::Duration(it) if span_of_time.is_none() => span_of_time = Some(it),
                Ty::NotApplicable => {}
                other => {
                    let found = self.describe(other);
                    return self.fail(errors::number_needed(*place, &found));
                }
            }
        }
        let kind = NodeKind::Product(parts.to_vec());
        if let Some(unit) = span_of_time.filter(|_| dimension == Dimension::default()) {
            return Some(self.duration(kind, unit, at, span));
        }
        let unit = match unit {
            Some(unit) => Some(unit).filter(|it| it.dimension == dimension),
            None => {
                parts.iter().filter_map(|it| self.unit(*it)).find(|it| it.kind == UnitKind::Count)
            }
        };
        Some(self.node(kind, Ty::Number(dimension), unit, at, span))
    }

    fn quotient(
        &mut self,
        parts: [NodeId; 2],
        spans: [Span; 2],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let mut dimensions = [Dimension::default(); 2];
        for index in 0..2 {
            match self.ty(parts[index]) {
                Ty::Number(it) => dimensions[index] = it,
                Ty::Duration(_) | Ty::NotApplicable => {}
                other => {
                    let found = self.describe(other);
                    return self.fail(errors::number_needed(spans[index], &found));
                }
            }
        }
        if self.is_constant_zero(parts[1]) {
            return self.fail(errors::divided_by_zero(spans[1]));
        }
        if self.may_be_zero(parts[1]) {
            self.faults.push(errors::divisor_may_be_zero(spans[1]));
        }
        let dimension = dimensions[0].times(dimensions[1], -1);
        let unit = self.unit(parts[0]).filter(|it| {
            it.dimension == dimension
                && dimensions[1] == Dimension::default()
                && dimension != Dimension::default()
        });
        Some(self.node(
            NodeKind::Quotient(parts[0], parts[1]),
            Ty::Number(dimension),
            unit,
            at,
            span,
        ))
    }

    fn power(&mut self, base: NodeId, exponent: &Expr, at: TableId, span: Span) -> Option<NodeId> {
        let mut inner = exponent;
        while let ExprKind::Bracket(it) = &inner.kind {
            inner = it;
        }
        let n = match &inner.kind {
            ExprKind::Number { value, unit: None } => value.to_i64(),
            ExprKind::Negate(it) => match &it.kind {
                ExprKind::Number { value, unit: None } => value.to_i64().map(|n| -n),
                _ => None,
            },
            _ => None,
        };
        let Some(n) = n.filter(|n| n.abs() <= 64) else {
            return self.fail(errors::whole_power_needed(exponent.span));
        };
        self.power_of(base, n as i32, at, span)
    }

    /// 幂（a，n）
    pub(super) fn power_of(
        &mut self,
        base: NodeId,
        n: i32,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let Ty::Number(dimension) = self.ty(base) else {
            let found = self.describe(self.ty(base));
            return self.fail(errors::number_needed(span, &found));
        };
        let mut result = Dimension::default();
        for _ in 0..n.abs() {
            result = result.times(dimension, n.signum() as i8);
        }
        let unit = self.unit(base).filter(|_| n == 1);
        Some(self.node(NodeKind::Power(base, n), Ty::Number(result), unit, at, span))
    }

    fn is_constant_zero(&self, id: NodeId) -> bool {
        self.program.node(id).kind == NodeKind::Constant(Constant::Number(Number::zero()))
    }
}
