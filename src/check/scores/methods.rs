//! 标准化 of a 评分: methods, goalposts, direction, and the words of its other clauses. Nothing is computed here.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::check::scores::Leaf;
use crate::check::scores::weights::Column;
use crate::check::scores::weights::Row;
use crate::check::scores::weights::cell_name;
use crate::check::symbols::Symbol;
use crate::ir::Composition;
use crate::ir::IndicatorId;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::Normalisation;
use crate::ir::SameValue;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::ScoreCell;
use crate::syntax::ast::ScoreCellKind;
use crate::value::Number;

/// What happens to a part that is 不适用.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NotApplicable {
    /// 分摊
    Redistribute,
    /// 记满分
    Full,
    /// 记零分
    Zero,
}

impl Checker<'_> {
    /// What the last level of a row scores.
    pub(super) fn leaf(
        &mut self,
        name: &ast::Name,
        columns: &[Column],
        row: &Row,
        at: TableId,
    ) -> Option<Leaf> {
        let expr = Expr { kind: ExprKind::Name(name.clone()), span: name.span };
        let of = self.expr(&expr, at);
        let direction = row.cell(columns, Column::Direction).map(|it| self.direction(it));
        let cell = row.cell(columns, Column::Method).expect("there is a column 标准化");
        let of = of?;
        if !matches!(self.ty(of), Ty::Number(_) | Ty::Duration(_)) {
            let found = self.describe(self.ty(of));
            return self.fail(errors::number_needed(name.span, &found)).and(None);
        }
        let (method, points) = self.method(cell, of, name.span, at)?;
        let (articles, note) = self.beside(columns, row);
        Some(Leaf {
            of,
            indicator: self.indicator_named(name, at),
            method: Some(method),
            reversed: direction.unwrap_or(Some(false))?,
            points,
            full: None,
            articles,
            note,
            span: row.span,
        })
    }

    /// The 指标 that a name means.
    pub(super) fn indicator_named(&self, name: &ast::Name, at: TableId) -> Option<IndicatorId> {
        match self.symbols.rules.get(name.text.as_str()) {
            Some(Symbol::Indicator(index)) if self.field_named(at, &name.text).is_none() => {
                Some(IndicatorId(*index))
            }
            _ => None,
        }
    }

    /// 依据 and 说明 of a row.
    fn beside(&mut self, columns: &[Column], row: &Row) -> (Vec<String>, Option<String>) {
        let mut articles = vec![];
        match row.cell(columns, Column::Basis).map(|it| (&it.kind, it.span)) {
            Some((ScoreCellKind::Citations(list), _)) => {
                articles = self.cite_all(list);
            }
            Some((ScoreCellKind::Expr(_), span)) => {
                let name = row.cell(columns, Column::Basis).and_then(cell_name);
                let place = name.map(|it| it.text).unwrap_or_default();
                let citation = ast::Citation { document: None, place, through: None, span };
                articles = self.cite_all(&[citation]);
            }
            _ => {}
        }
        let note = match row.cell(columns, Column::Note).map(|it| &it.kind) {
            Some(ScoreCellKind::Words(words)) => Some(words.clone()),
            Some(ScoreCellKind::Expr(Expr { kind: ExprKind::Text(text), .. })) => {
                Some(text.clone())
            }
            Some(ScoreCellKind::Expr(Expr { kind: ExprKind::Name(name), .. })) => {
                Some(name.text.clone())
            }
            _ => None,
        };
        (articles, note)
    }

    /// 方向: whether it is 逆向.
    fn direction(&mut self, cell: &ScoreCell) -> Option<bool> {
        match cell_name(cell).as_ref().map(|it| it.text.as_str()) {
            Some("正向" | "up") => Some(false),
            Some("逆向" | "down") => Some(true),
            _ => self.fail(errors::direction_needed(cell.span)).and(None),
        }
    }

    /// 标准化, and the points of 分档.
    fn method(
        &mut self,
        cell: &ScoreCell,
        of: NodeId,
        of_span: Span,
        at: TableId,
    ) -> Option<(Normalisation, Option<NodeId>)> {
        let ScoreCellKind::Expr(expr) = &cell.kind else {
            return self.fail(errors::method_needed(cell.span, "")).and(None);
        };
        let (name, args): (&ast::Name, &[Expr]) = match &bare(expr).kind {
            ExprKind::Name(name) => (name, &[]),
            ExprKind::Call { name, args, .. } => (name, args),
            _ => return self.fail(errors::method_needed(cell.span, "")).and(None),
        };
        let flag = |arg: &Expr, words: [&str; 2]| matches!(&bare(arg).kind, ExprKind::Name(it) if words.contains(&it.text.as_str()));
        let uncut = args.last().is_some_and(|it| flag(it, ["不截断", "uncut"]));
        let cut_args = &args[..args.len() - usize::from(uncut)];
        let wrong = |it: &mut Self| it.fail(errors::method_needed(cell.span, &name.text)).and(None);
        match name.text.as_str() {
            "极差" | "min_max" => {
                let goalposts = match cut_args {
                    [] => None,
                    [low, high] => Some(self.goalposts(low, high, of, of_span, at)?),
                    _ => return wrong(self),
                };
                Some((Normalisation::MinMax { goalposts, cut: !uncut }, None))
            }
            "功效" | "effect" => {
                let [base, span, posts @ ..] = cut_args else { return wrong(self) };
                let (base, span) = (self.plain_number(base)?, self.plain_number(span)?);
                let goalposts = match posts {
                    [] => None,
                    [low, high] => Some(self.goalposts(low, high, of, of_span, at)?),
                    _ => return wrong(self),
                };
                Some((Normalisation::Effect { base, span, goalposts, cut: !uncut }, None))
            }
            "标准分" | "z_score" => match args {
                [] => Some((Normalisation::Standard { whole: false }, None)),
                [one] if flag(one, ["总体标准差", "whole_population"]) => {
                    Some((Normalisation::Standard { whole: true }, None))
                }
                _ => wrong(self),
            },
            "目标" | "target" => {
                let [target] = args else { return wrong(self) };
                let node = self.goalpost(target, of, of_span, at)?;
                if self.fixed_number(node).is_some_and(|it| !it.is_positive()) {
                    return self.fail(errors::target_positive(target.span)).and(None);
                }
                Some((Normalisation::Target(node), None))
            }
            "分档" | "banded" => {
                let [table] = args else { return wrong(self) };
                let points = self.expr(table, at)?;
                self.must_be_points(points, table.span)?;
                Some((Normalisation::Table, Some(points)))
            }
            _ => wrong(self),
        }
    }

    fn goalposts(
        &mut self,
        low: &Expr,
        high: &Expr,
        of: NodeId,
        of_span: Span,
        at: TableId,
    ) -> Option<[NodeId; 2]> {
        let (a, b) = (self.goalpost(low, of, of_span, at), self.goalpost(high, of, of_span, at));
        let (a, b) = (a?, b?);
        if a == b || self.fixed_number(a).is_some_and(|it| Some(it) == self.fixed_number(b)) {
            return self.fail(errors::goalposts_equal(low.span.merge(high.span))).and(None);
        }
        Some([a, b])
    }

    /// A number in the unit of what is scored.
    fn goalpost(&mut self, expr: &Expr, of: NodeId, of_span: Span, at: TableId) -> Option<NodeId> {
        let node = self.expr(expr, at)?;
        self.one_type(&[(of, of_span), (node, expr.span)])?;
        Some(node)
    }

    fn plain_number(&mut self, expr: &Expr) -> Option<Number> {
        match &bare(expr).kind {
            ExprKind::Number { value, .. } => Some(value.clone()),
            _ => self.fail(errors::points_written(expr.span)).and(None),
        }
    }

    /// A number without a dimension.
    pub(super) fn must_be_points(&mut self, node: NodeId, span: Span) -> Option<()> {
        if matches!(self.ty(node), Ty::Number(it) if it == Default::default())
            || self.ty(node) == Ty::NotApplicable
        {
            return Some(());
        }
        let found = match self.ty(node) {
            Ty::Number(_) => self.unit_name(node),
            other => self.describe(other),
        };
        self.fail(errors::points_needed(span, &found)).and(None)
    }

    /// 缺失; unsaid it is 区间.
    pub(super) fn missing_rule(&mut self, it: &ast::Score) -> Option<Missing> {
        let Some((first, second)) = &it.missing else { return Some(Missing::Interval) };
        let second = second.as_ref().map(|it| it.text.as_str());
        Some(match (first.text.as_str(), second) {
            ("区间" | "interval", None) => Missing::Interval,
            ("区间" | "interval", Some("极值取已报者" | "extremes_of_reported")) => {
                Missing::ReportedExtremes
            }
            ("记零分" | "zero", None) => Missing::Zero,
            ("取均值" | "mean", None) => Missing::Mean,
            ("取中位" | "median", None) => Missing::Median,
            ("分摊" | "redistribute", None) => Missing::Redistribute,
            ("不参评" | "excluded", None) => Missing::Excluded,
            _ => return self.fail(errors::missing_word(first)).and(None),
        })
    }

    /// 不适用 分摊 | 记满分 | 记零分
    pub(super) fn na_rule(&mut self, it: &ast::Score) -> Option<NotApplicable> {
        let Some(word) = &it.not_applicable else { return Some(NotApplicable::Redistribute) };
        Some(match word.text.as_str() {
            "分摊" | "redistribute" => NotApplicable::Redistribute,
            "记满分" | "full" => NotApplicable::Full,
            "记零分" | "zero" => NotApplicable::Zero,
            _ => return self.fail(errors::na_word(word)).and(None),
        })
    }

    /// 同值
    pub(super) fn same_rule(&mut self, it: &ast::Score) -> Option<Option<SameValue>> {
        let Some(word) = &it.same else { return Some(None) };
        Some(Some(match word.text.as_str() {
            "满分" | "full" => SameValue::Full,
            "半分" | "half" => SameValue::Half,
            "零分" | "zero" => SameValue::Zero,
            "不适用" | "not_applicable" => SameValue::NotApplicable,
            _ => return self.fail(errors::same_word(word)).and(None),
        }))
    }

    /// 合成
    pub(super) fn composition_rule(&mut self, it: &ast::Score) -> Option<Composition> {
        let Some(word) = &it.composition else { return Some(Composition::Arithmetic) };
        Some(match word.text.as_str() {
            "加权平均" | "weighted_mean" => Composition::Arithmetic,
            "加权几何" | "weighted_geometric" => Composition::Geometric,
            _ => return self.fail(errors::composition_word(word)).and(None),
        })
    }
}
