//! 为 无 and 为 不适用: whether there is a value, or the word 无; and bounds that are said twice. Other comparisons are elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::data::lookup::Lookup;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;

impl Checker<'_> {
    /// 甲 为 无, 甲 为 不适用: whether there is a value; where 无 is one of the words it may be, whether it is that.
    pub(super) fn state(
        &mut self,
        left: &Expr,
        is_none: bool,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let of = self.expr(left, at)?;
        if self.program.node(of).may_be_na {
            return Some(self.truth(NodeKind::IsNone(of), at, span));
        }
        if let Some((list, word)) = self.none_as_word(of).filter(|_| is_none) {
            let constant = NodeKind::Constant(Constant::Member(word));
            let word = self.node(constant, Ty::Member(list), None, at, span);
            return Some(self.truth(NodeKind::Compare(Comparison::Equal, of, word), at, span));
        }
        let is_field = self.is_cell(of);
        let what = errors::words_of(left);
        self.faults.push(errors::never_none(span, &what, is_field));
        Some(self.truth(NodeKind::IsNone(of), at, span))
    }

    /// The word 无 of the list that a value is of, where the list has it.
    pub(super) fn none_as_word(&self, of: NodeId) -> Option<(VocabularyId, u32)> {
        let Ty::Member(list) = self.ty(of) else { return None };
        let found = ["无", "none"].into_iter().map(|it| self.lookup(list, it));
        found.into_iter().find_map(|it| match it {
            Lookup::One(word) => Some((list, word)),
            _ => None,
        })
    }

    /// Whether a node shows what stands in a cell.
    fn is_cell(&self, id: NodeId) -> bool {
        match self.program.node(id).kind {
            NodeKind::Field(_) => true,
            NodeKind::Narrow { of, .. } | NodeKind::Parent(of) => self.is_cell(of),
            NodeKind::Applies { body, .. } => self.is_cell(body),
            _ => false,
        }
    }

    /// 达到 10% 以上, 不超过 10 人以下: both words say one thing, where 本数 says no other.
    pub(super) fn bound_twice<'e>(
        &mut self,
        op: Comparison,
        range: &'e Expr,
    ) -> Option<Vec<(Comparison, &'e Expr)>> {
        let ExprKind::Range { low, high, bare } = &range.kind else { return None };
        let included = |closed: &bool| match bare {
            true => self.bare_inclusive != Some(false),
            false => *closed,
        };
        match (op, low, high) {
            (Comparison::AtLeast, Some((end, closed)), None)
            | (Comparison::AtMost, None, Some((end, closed)))
                if included(closed) =>
            {
                Some(vec![(op, end)])
            }
            _ => {
                let end = low.as_ref().or(high.as_ref()).map(|it| errors::words_of(&it.0));
                let fault = errors::bound_said_twice(range.span, op, &end.unwrap_or_default());
                self.fail(fault).and(None)
            }
        }
    }
}
