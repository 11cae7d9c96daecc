//! Calls of functions: their arguments, typed. What a function computes is in the evaluator.

use crate::builtins;
use crate::builtins::Builtin;
use crate::builtins::Function;
use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::Fold;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Number;
use crate::value::Rounding;

impl Checker<'_> {
    /// 名称（…，空则 …）
    pub(super) fn call(
        &mut self,
        name: &ast::Name,
        args: &[Expr],
        if_empty: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let Some(builtin) = builtins::find(&name.text) else {
            return self.own_call(name, args, if_empty, at, span);
        };
        let of_rows = matches!((builtin.function, args.len()), (_, 1) | (Function::Top, 2))
            && self.speaks_of_rows(&args[0], at);
        if let Some(it) = if_empty.filter(|_| !of_rows) {
            return self.fail(errors::if_empty_without_rows(it.span));
        }
        use Function::*;
        match builtin.function {
            Count | Mean | Median | Share | Distinct => match args {
                [rows] if self.rows_beside(rows) => self.fail(errors::quotient_per_row(rows)),
                [rows] => self.aggregate(builtin.function, rows, if_empty, at, span),
                _ => self.fail(errors::wrong_arguments(name, builtin, args.len())),
            },
            Top => self.top(builtin, name, args, if_empty, at, span),
            Sum | Max | Min | All | Any | NotAny if of_rows => {
                self.aggregate(builtin.function, &args[0], if_empty, at, span)
            }
            Sum | Max | Min => match args {
                [rows] if self.rows_beside(rows) => self.fail(errors::quotient_per_row(rows)),
                _ => self.fold(builtin, name, args, at, span),
            },
            All | Any | NotAny => {
                let items = self.each(args, |it, part| it.condition(part, at))?;
                let count = match builtin.function {
                    All => self::Count::All,
                    Any => self::Count::Any,
                    _ => self::Count::None,
                };
                Some(self.quantified(count, items, at, span))
            }
            Sole => {
                let [key] = args else {
                    return self.fail(errors::wrong_arguments(name, builtin, args.len()));
                };
                let key = self.expr(key, at)?;
                Some(self.truth(NodeKind::Unique(key), at, span))
            }
            Position | Selected | Passed => {
                let [of] = args else {
                    return self.fail(errors::wrong_arguments(name, builtin, args.len()));
                };
                self.of_score(builtin.function, &name.text, of, at)
            }
            Filled | Default => self.cell_call(builtin, name, args, at, span),
            Days | WholeYears | WholeMonths | WorkdayAfter => {
                self.day_call(builtin, name, args, at, span)
            }
            Contains | StartsWith | Join | Part | Length => {
                self.text_call(builtin, name, args, at, span)
            }
            ThisPeriod | YearBefore | PeriodBefore | YearGrowth | PeriodGrowth => {
                self.period_call(builtin, name, args, at, span)
            }
            MeanGrowth => self.mean_growth_call(builtin, name, args, at, span),
            CompoundGrowth => self.compound_call(builtin, name, args, at, span),
            Root => self.root_call(builtin, name, args, at, span),
            Absolute | Integer | Floor | Ceiling | Round | Power | WhenNotApplicable => {
                self.number_call(builtin, name, args, at, span)
            }
        }
    }

    /// 前列合计（企业 的 营业收入，5）
    fn top(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        if_empty: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let [rows, count] = args else {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        };
        if self.rows_beside(rows) {
            return self.fail(errors::quotient_per_row(rows));
        }
        let whole = match &bare(count).kind {
            ExprKind::Number { value, .. } => value.to_i64(),
            _ => None,
        };
        let whole = whole.and_then(|it| u32::try_from(it).ok()).filter(|it| *it > 0);
        let Some(whole) = whole else {
            return self.fail(errors::whole_count_needed(count.span));
        };
        self.aggregate_of(builtin.function, whole, rows, if_empty, at, span)
    }

    /// `企业 的 研发经费 ÷ 营业收入`: rows inside arithmetic, where a quotient of each row was meant.
    pub(super) fn rows_beside(&self, expr: &Expr) -> bool {
        match &bare(expr).kind {
            ExprKind::Arithmetic { operands, .. } => operands
                .iter()
                .any(|it| matches!(bare(it).kind, ExprKind::Of { .. } | ExprKind::Where { .. })),
            _ => false,
        }
    }

    fn fold(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        // 合计（（甲、乙））: a list in brackets of its own is the same list.
        let args = match args {
            [one] => match &bare(one).kind {
                ExprKind::List(items) => items.as_slice(),
                _ => args,
            },
            _ => args,
        };
        if args.is_empty() {
            return self.fail(errors::wrong_arguments(name, builtin, 0));
        }
        let nodes = self.each(args, |it, part| it.expr(part, at))?;
        let branches: Vec<_> = nodes.iter().copied().zip(args.iter().map(|it| it.span)).collect();
        let (ty, unit) = self.one_type(&branches)?;
        let fold = match builtin.function {
            Function::Max => Fold::Max,
            Function::Min => Fold::Min,
            _ => Fold::Sum,
        };
        let fits = matches!(ty, Ty::Number(_) | Ty::Duration(_) | Ty::NotApplicable)
            || (ty == Ty::Date && fold != Fold::Sum);
        if !fits {
            let found = self.describe(ty);
            return self.fail(errors::number_needed(args[0].span, &found));
        }
        Some(self.node(NodeKind::Fold(fold, nodes), ty, unit, at, span))
    }

    /// 已填（字段）, 缺省（字段，值）
    fn cell_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let wanted = if builtin.function == Function::Filled { 1 } else { 2 };
        if args.len() != wanted {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        }
        let Some(field) = self.plain_field(&args[0], at) else {
            return self.fail(errors::field_needed(args[0].span, builtin));
        };
        if builtin.function == Function::Filled {
            let filled = self.truth(NodeKind::Filled(field), field.table, span);
            return self.lower(filled, at, span);
        }
        let of = self.field(field, field.table, args[0].span)?;
        let ty = self.ty(of);
        let value = match ty {
            Ty::Member(list) => self.member_value(&args[1], list, field.table)?,
            _ => self.expr(&args[1], field.table)?,
        };
        let (ty, unit) = self.one_type(&[(of, args[0].span), (value, args[1].span)])?;
        let node = self.node(NodeKind::Default { of, field, value }, ty, unit, field.table, span);
        self.lower(node, at, span)
    }

    fn member_value(&mut self, expr: &Expr, list: VocabularyId, at: TableId) -> Option<NodeId> {
        let (ExprKind::Name(ast::Name { text, .. }) | ExprKind::Text(text)) = &bare(expr).kind
        else {
            return self.expr(expr, at);
        };
        let member = self.member(text, expr.span, list)?;
        let kind = NodeKind::Constant(crate::ir::Constant::Member(member));
        Some(self.node(kind, Ty::Member(list), None, at, expr.span))
    }

    /// The field a bare name means; the formula of a function sees none.
    fn plain_field(&self, expr: &Expr, at: TableId) -> Option<FieldId> {
        if self.inputs.is_some() {
            return None;
        }
        let (table, name) = match &bare(expr).kind {
            ExprKind::Name(name) => (at, &name.text),
            ExprKind::Own { scope, field } => {
                (*self.symbols.tables.get(scope.text.as_str())?, &field.text)
            }
            _ => return None,
        };
        let mut here = Some(table);
        while let Some(table) = here {
            if let Some(field) = self.field_named(table, name) {
                let scalar =
                    matches!(self.program.field(field).kind, crate::ir::FieldKind::Scalar { .. });
                return scalar.then_some(field);
            }
            here = self.program.table(table).parent.map(|it| it.table);
        }
        None
    }

    fn number_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let wanted = match builtin.function {
            Function::Absolute | Function::Integer => 1..=1,
            Function::Floor | Function::Ceiling => 1..=2,
            _ => 2..=2,
        };
        if !wanted.contains(&args.len()) {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        }
        let of = self.expr(&args[0], at)?;
        if builtin.function == Function::WhenNotApplicable {
            let value = match self.ty(of) {
                Ty::Member(list) => self.member_value(&args[1], list, at)?,
                _ => self.expr(&args[1], at)?,
            };
            let (ty, unit) = self.one_type(&[(of, args[0].span), (value, args[1].span)])?;
            return Some(self.node(NodeKind::WhenNotApplicable { of, value }, ty, unit, at, span));
        }
        let ty = self.ty(of);
        if !matches!(ty, Ty::Number(_)) {
            let found = self.describe(ty);
            return self.fail(errors::number_needed(args[0].span, &found));
        }
        let whole = |expr: &Expr| match &bare(expr).kind {
            ExprKind::Number { value, unit: None } => value.to_i64(),
            ExprKind::Negate(inner) => match &inner.kind {
                ExprKind::Number { value, unit: None } => value.to_i64().map(|n| -n),
                _ => None,
            },
            _ => None,
        };
        let unit = self.unit(of);
        match builtin.function {
            Function::Absolute => Some(self.node(NodeKind::Absolute(of), ty, unit, at, span)),
            Function::Power => match whole(&args[1]).filter(|n| n.abs() <= 64) {
                Some(n) => self.power_of(of, n as i32, at, span),
                None => self.fail(errors::whole_power_needed(args[1].span)),
            },
            function => {
                let places = args.get(1).map_or(Some(0), whole);
                let Some(places) = places.filter(|n| (0..=18).contains(n)) else {
                    return self.fail(errors::places_needed(args[1].span));
                };
                let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
                let how = match function {
                    Function::Floor => Rounding::Down,
                    Function::Ceiling => Rounding::Up,
                    _ => Rounding::Nearest,
                };
                let kind = NodeKind::Round { how, of, places: places as u32, factor };
                Some(self.node(kind, ty, unit, at, span))
            }
        }
    }
}
