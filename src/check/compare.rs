//! Comparisons: numbers, dates, words of a list, texts, 属于, 满, 为 无, ranges. Arithmetic is elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::data::lookup::Lookup;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::DurationUnit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Truth;

/// The comparison of an operator; 属于 and 满 are none.
pub(super) fn comparison(op: CompareOp) -> Option<Comparison> {
    Some(match op {
        CompareOp::Equal => Comparison::Equal,
        CompareOp::NotEqual => Comparison::NotEqual,
        CompareOp::AtLeast => Comparison::AtLeast,
        CompareOp::AtMost => Comparison::AtMost,
        CompareOp::Above => Comparison::Above,
        CompareOp::Below => Comparison::Below,
        CompareOp::In | CompareOp::NotIn | CompareOp::Completes => return None,
    })
}

/// An expression without the brackets around it.
pub(super) fn bare(mut expr: &Expr) -> &Expr {
    while let ExprKind::Bracket(inner) = &expr.kind {
        expr = inner;
    }
    expr
}

impl Checker<'_> {
    /// left op right
    pub(super) fn compare(
        &mut self,
        op: CompareOp,
        op_span: Span,
        left: &Expr,
        right: &Expr,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        match op {
            CompareOp::In => return self.belongs(left, right, at, span),
            CompareOp::NotIn => {
                let of = self.belongs(left, right, at, span)?;
                return Some(self.truth(NodeKind::Not(of), at, span));
            }
            CompareOp::Completes => {
                return self.completes(left, right, Comparison::AtLeast, at, span);
            }
            _ => {}
        }
        let op = comparison(op).expect("属于 and 满 were taken above");
        let equality = matches!(op, Comparison::Equal | Comparison::NotEqual);
        let state = match &bare(right).kind {
            ExprKind::None | ExprKind::NotApplicable if equality => {
                let is_none = matches!(bare(right).kind, ExprKind::None);
                Some(self.state(left, is_none, at, span)?)
            }
            ExprKind::Unknown => return self.fail(errors::unknown_in_rule(right.span)),
            ExprKind::Range { .. } if equality => Some(self.within(left, bare(right), at, span)?),
            ExprKind::Range { .. } => {
                let bounds = self.bound_twice(op, bare(right))?;
                let of = self.expr(left, at)?;
                let (op, bound) = bounds[0];
                return self.compare_with(op, op_span, of, left.span, bound, at, span);
            }
            ExprKind::List(_) if equality => {
                let (left, right) = (errors::words_of(left), errors::words_of(right));
                return self.fail(errors::list_after_equals(span, &left, &right));
            }
            ExprKind::Name(word) if equality => self.verdict_word(left, word, at),
            _ => None,
        };
        if let Some(of) = state {
            return Some(self.maybe_not(of, op == Comparison::NotEqual, at, span));
        }
        let left_node = self.expr(left, at)?;
        self.compare_with(op, op_span, left_node, left.span, right, at, span)
    }

    fn maybe_not(&mut self, of: NodeId, negated: bool, at: TableId, span: Span) -> NodeId {
        if negated { self.truth(NodeKind::Not(of), at, span) } else { of }
    }

    /// `产业重点 为 符合`: a truth compared with a verdict's name.
    fn verdict_word(&mut self, left: &Expr, word: &ast::Name, at: TableId) -> Option<NodeId> {
        let holds = match word.text.as_str() {
            "符合" | "met" => true,
            "不符合" | "not_met" => false,
            _ => return None,
        };
        if self.meaning(&word.text, at).is_some() {
            return None;
        }
        let of = self.condition(left, at)?;
        Some(self.maybe_not(of, !holds, at, left.span.merge(word.span)))
    }

    /// A node compared with what stands to the right of an operator.
    #[allow(
        clippy::too_many_arguments,
        reason = "both sides with their places, and where they stand"
    )]
    pub(super) fn compare_with(
        &mut self,
        op: Comparison,
        op_span: Span,
        left: NodeId,
        left_span: Span,
        right: &Expr,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let ty = self.ty(left);
        if let Ty::Member(list) = ty {
            let member = self.member_operand(right, list, at)?;
            let ordered = matches!(
                self.program.vocabulary(list).kind,
                VocabularyKind::Enumeration { ordered: true } | VocabularyKind::Grades
            );
            if !ordered && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
                return self
                    .fail(errors::no_order(op_span, &self.program.vocabulary(list).name.clone()));
            }
            return Some(self.truth(NodeKind::Compare(op, left, member), at, span));
        }
        if let (Ty::Text, ExprKind::Name(name)) = (ty, &bare(right).kind)
            && self.meaning(&name.text, at).is_none()
        {
            return self.fail(errors::word_needs_quotes(name));
        }
        if let (Ty::Truth, ExprKind::Name(_) | ExprKind::Number { .. }) = (ty, &bare(right).kind)
            && !matches!(&bare(right).kind, ExprKind::Name(name) if self.meaning(&name.text, at).is_some())
        {
            return self.fail(errors::yes_or_no_needed(right.span));
        }
        if let (Ty::Date, ExprKind::Period(_)) = (ty, &bare(right).kind) {
            return self.fail(errors::period_against_day(right.span));
        }
        let right_node = self.expr(right, at)?;
        let right_ty = self.ty(right_node);
        match (ty, right_ty) {
            (Ty::Date, Ty::Duration(_))
                if matches!(op, Comparison::Below | Comparison::AtLeast) =>
            {
                self.anniversary(left, right_node, op, at, span)
            }
            (Ty::Date, Ty::Date) => {
                Some(self.truth(NodeKind::Compare(op, left, right_node), at, span))
            }
            (Ty::Period(a), Ty::Period(b)) if a == b => {
                Some(self.truth(NodeKind::Compare(op, left, right_node), at, span))
            }
            (Ty::Text, Ty::Text) | (Ty::Truth, Ty::Truth)
                if matches!(op, Comparison::Equal | Comparison::NotEqual) =>
            {
                Some(self.equal(op, left, right_node, at, span))
            }
            (Ty::Text, Ty::Member(_)) if matches!(op, Comparison::Equal | Comparison::NotEqual) => {
                self.fail(errors::text_against_list(span))
            }
            (Ty::Text | Ty::Truth, a) if a == ty => {
                let what = self.describe(ty);
                self.fail(errors::no_order(op_span, &what))
            }
            (Ty::Number(_) | Ty::Duration(_) | Ty::NotApplicable, _) | (_, Ty::NotApplicable) => {
                let (a, b) = self.alike(left, right_node, [left_span, right.span])?;
                Some(self.truth(NodeKind::Compare(op, a, b), at, span))
            }
            _ => {
                let (a, b) = (self.describe(ty), self.describe(right_ty));
                self.fail(errors::types_differ([left_span, right.span], &a, &b))
            }
        }
    }

    /// Equality of truths or texts; a truth against 是 or 否 is the truth itself, or its opposite.
    fn equal(
        &mut self,
        op: Comparison,
        left: NodeId,
        right: NodeId,
        at: TableId,
        span: Span,
    ) -> NodeId {
        if let NodeKind::Constant(Constant::Truth(value)) = self.program.node(right).kind {
            let negated = (value == Truth::FALSE) != (op == Comparison::NotEqual);
            return self.maybe_not(left, negated, at, span);
        }
        self.truth(NodeKind::Compare(op, left, right), at, span)
    }

    /// The right side of a comparison with a member: a word of its list, or a value of the same list.
    pub(super) fn member_operand(
        &mut self,
        right: &Expr,
        list: VocabularyId,
        at: TableId,
    ) -> Option<NodeId> {
        if let Some(word) = self.word(bare(right), list, at) {
            let member = self.member(&word, right.span, list)?;
            let kind = NodeKind::Constant(Constant::Member(member));
            return Some(self.node(kind, Ty::Member(list), None, at, right.span));
        }
        self.words = Some(list);
        let node = self.expr(right, at);
        self.words = None;
        let node = node?;
        match self.ty(node) {
            Ty::Member(other) if other == list => Some(node),
            Ty::NotApplicable => Some(node),
            other => {
                let expected = self.describe(Ty::Member(list));
                let found = self.describe(other);
                self.fail(errors::types_differ([right.span, right.span], &expected, &found))
            }
        }
    }

    /// A word of a list: a text, or a name that is no value of that list in this place.
    pub(super) fn word(&self, expr: &Expr, list: VocabularyId, at: TableId) -> Option<String> {
        match &expr.kind {
            ExprKind::Text(text) => Some(text.clone()),
            ExprKind::Name(name) => {
                let known = self.lookup(list, &name.text) != Lookup::None;
                (known || self.meaning(&name.text, at).is_none()).then(|| name.text.clone())
            }
            // A code such as 1 or 1.2 reads as a number.
            ExprKind::Number { value, unit: None } => Some(value.to_string()),
            _ => None,
        }
    }

    pub(super) fn lookup(&self, list: VocabularyId, text: &str) -> Lookup {
        crate::data::lookup::lookup(self.program.vocabulary(list), text)
    }

    /// The member a word means; several members of one name need a code or a chain.
    pub(super) fn member(&mut self, word: &str, span: Span, list: VocabularyId) -> Option<u32> {
        match self.lookup(list, word) {
            Lookup::One(member) => Some(member),
            Lookup::Several(members) => {
                let vocabulary = self.program.vocabulary(list);
                let fault = errors::homonym(span, word, vocabulary, &members);
                self.fail(fault);
                None
            }
            Lookup::None => {
                let vocabulary = self.program.vocabulary(list);
                let fault = errors::unknown_member(span, word, vocabulary);
                self.fail(fault);
                None
            }
        }
    }

    /// d 满 3 年, d 不满 3 年
    fn completes(
        &mut self,
        left: &Expr,
        right: &Expr,
        op: Comparison,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let (day, length) = (self.expr(left, at), self.expr(right, at));
        let (day, length) = (day?, length?);
        if self.ty(day) != Ty::Date {
            let found = self.describe(self.ty(day));
            return self.fail(errors::date_needed(left.span, &found));
        }
        if !matches!(self.ty(length), Ty::Duration(it) if it != DurationUnit::Workday) {
            let found = self.describe(self.ty(length));
            return self.fail(errors::duration_needed(right.span, &found));
        }
        self.anniversary(day, length, op, at, span)
    }

    /// The rule date is on or after the day's anniversary, or before it.
    fn anniversary(
        &mut self,
        day: NodeId,
        length: NodeId,
        op: Comparison,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let due = self.node(NodeKind::AddDuration { day, span: length }, Ty::Date, None, at, span);
        let today = self.rule_day(at, span)?;
        Some(self.truth(NodeKind::Compare(op, today, due), at, span))
    }

    /// 甲 介于 a 至 b, 甲 在 …, 甲 50人及以上
    pub(super) fn within(
        &mut self,
        subject: &Expr,
        range: &Expr,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let of = self.expr(subject, at)?;
        if let ExprKind::Recent { count, unit } = &range.kind {
            return match self.ty(of) {
                Ty::Date => self.day_in_recent(of, (count, unit.as_ref()), at, span),
                Ty::Period(_) => self.recent((count, unit.as_ref()), at, span),
                other => {
                    let found = self.describe(other);
                    self.fail(errors::date_needed(subject.span, &found))
                }
            };
        }
        let bounds = self.bounds(bare(range))?;
        let mut parts = vec![];
        for (op, bound) in bounds {
            parts.push(self.compare_with(op, range.span, of, subject.span, bound, at, span)?);
        }
        Some(match parts.as_slice() {
            [one] => *one,
            _ => self.truth(NodeKind::And(parts), at, span),
        })
    }

    /// The comparisons a range stands for, with 本数 put in for a bare 以上.
    pub(super) fn bounds<'e>(&mut self, range: &'e Expr) -> Option<Vec<(Comparison, &'e Expr)>> {
        let ExprKind::Range { low, high, bare } = &range.kind else {
            self.faults.push(errors::range_needed(range.span));
            return None;
        };
        if *bare && self.bare_inclusive.is_none() {
            let end = low.as_ref().or(high.as_ref());
            let amount = end.map(|it| errors::words_of(&it.0)).unwrap_or_default();
            self.faults.push(errors::bare_bound(range.span, &amount, low.is_some()));
            return None;
        }
        let closed = |given: bool| if *bare { self.bare_inclusive == Some(true) } else { given };
        let low = low.as_ref().map(|(end, included)| {
            (if closed(*included) { Comparison::AtLeast } else { Comparison::Above }, &**end)
        });
        let high = high.as_ref().map(|(end, included)| {
            (if closed(*included) { Comparison::AtMost } else { Comparison::Below }, &**end)
        });
        Some(low.into_iter().chain(high).collect())
    }
}
