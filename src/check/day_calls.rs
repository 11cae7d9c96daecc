//! Calls of functions of days, and of texts. Those of numbers and rows are elsewhere.

use crate::builtins::Builtin;
use crate::builtins::Function;
use crate::check::Checker;
use crate::check::errors;
use crate::ir::DurationUnit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Dimension;

impl Checker<'_> {
    /// 日数（起，止，首尾均计）, 满年数（起，止）, 满月数（起，止）, 工作日后（日，天数，含首日）
    pub(super) fn day_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let unit = match builtin.function {
            Function::WholeYears => Some(DurationUnit::Year),
            Function::WholeMonths => Some(DurationUnit::Month),
            _ => None,
        };
        if let Some(unit) = unit {
            let [from, to] = args else {
                return self.fail(errors::wrong_arguments(name, builtin, args.len()));
            };
            let (first, second) = (self.expr(from, at), self.expr(to, at));
            let (first, second) = (first?, second?);
            self.must_be_date(first, from.span)?;
            self.must_be_date(second, to.span)?;
            let kind = NodeKind::Elapsed { from: first, to: second, unit };
            return Some(self.duration(kind, unit, at, span));
        }
        let mode = match args.get(2).map(|it| &it.kind) {
            Some(ExprKind::Name(word)) => Some(word.text.as_str()),
            _ => None,
        };
        let days = builtin.function == Function::Days;
        let marked = match (days, mode) {
            (true, Some("首尾均计" | "both_ends")) | (false, Some("含首日" | "first_day")) => {
                true
            }
            (_, None) if args.len() == 2 => false,
            _ => return self.fail(errors::wrong_arguments(name, builtin, args.len())),
        };
        let (first, second) = (self.expr(&args[0], at), self.expr(&args[1], at));
        let (first, second) = (first?, second?);
        self.must_be_date(first, args[0].span)?;
        if days {
            self.must_be_date(second, args[1].span)?;
            let kind = NodeKind::Days { from: first, to: second, both_ends: marked };
            return Some(self.duration(kind, DurationUnit::Day, at, span));
        }
        let counts =
            matches!(self.ty(second), Ty::Duration(DurationUnit::Workday | DurationUnit::Day))
                || self.ty(second) == Ty::Number(Dimension::default());
        if !counts {
            let found = self.describe(self.ty(second));
            return self.fail(errors::duration_needed(args[1].span, &found));
        }
        let calendars: Vec<_> = self
            .program
            .vocabularies
            .iter()
            .enumerate()
            .filter(|it| !it.1.calendar.is_empty())
            .map(|it| it.0)
            .collect();
        let [calendar] = calendars.as_slice() else {
            return self.fail(errors::calendar_needed(span, calendars.len()));
        };
        let calendar = VocabularyId(*calendar as u32);
        let kind =
            NodeKind::WorkdayAfter { day: first, count: second, first_day: marked, calendar };
        Some(self.node(kind, Ty::Date, None, at, span))
    }

    pub(super) fn must_be_date(&mut self, node: NodeId, span: Span) -> Option<()> {
        if matches!(self.ty(node), Ty::Date | Ty::NotApplicable) {
            return Some(());
        }
        let found = self.describe(self.ty(node));
        self.fail(errors::date_needed(span, &found)).and(None)
    }

    pub(super) fn text_call(
        &mut self,
        builtin: &'static Builtin,
        name: &ast::Name,
        args: &[Expr],
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let wanted = match builtin.function {
            Function::Length => 1..=1,
            Function::Part => 3..=3,
            Function::Join => 2..=64,
            _ => 2..=2,
        };
        if !wanted.contains(&args.len()) {
            return self.fail(errors::wrong_arguments(name, builtin, args.len()));
        }
        let nodes = self.each(args, |it, part| it.expr(part, at))?;
        for (index, node) in nodes.iter().enumerate() {
            let number = builtin.function == Function::Part && index > 0;
            let fits = if number {
                matches!(self.ty(*node), Ty::Number(_))
            } else {
                self.ty(*node) == Ty::Text
            };
            if !fits {
                let found = self.describe(self.ty(*node));
                let place = args[index].span;
                return self.fail(if number {
                    errors::number_needed(place, &found)
                } else {
                    errors::text_needed(place, &found)
                });
            }
        }
        Some(match builtin.function {
            Function::Contains => self.truth(NodeKind::Contains(nodes[0], nodes[1]), at, span),
            Function::StartsWith => self.truth(NodeKind::StartsWith(nodes[0], nodes[1]), at, span),
            Function::Join => self.node(NodeKind::Join(nodes), Ty::Text, None, at, span),
            Function::Part => {
                self.node(NodeKind::Part(nodes[0], nodes[1], nodes[2]), Ty::Text, None, at, span)
            }
            _ => self.node(
                NodeKind::Length(nodes[0]),
                Ty::Number(Dimension::default()),
                None,
                at,
                span,
            ),
        })
    }
}
