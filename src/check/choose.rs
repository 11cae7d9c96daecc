//! 若 … 则 … 否则, and what its branches may take for granted. Truths themselves are elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::check::facts::Fact;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::value::Unit;

impl Checker<'_> {
    /// 若 … 则 … 否则若 … 则 … 否则 … 不适用则 …
    pub(super) fn choice(
        &mut self,
        arms: &[(Expr, Expr)],
        otherwise: &Expr,
        if_na: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let Some(((condition, then), rest)) = arms.split_first() else {
            return self.expr(otherwise, at);
        };
        let condition_node = self.condition(condition, at);
        let (mut holds, mut fails) = (vec![], vec![]);
        if let Some(node) = condition_node {
            holds = self.facts(node, true);
            fails = self.facts(node, false);
        }
        let then_node = self.branch(&holds, |it| it.expr(then, at));
        let otherwise_node = self.branch(&fails, |it| it.choice(rest, otherwise, if_na, at, span));
        let na_node = match if_na {
            Some(it) => Some(self.expr(it, at)?),
            None => None,
        };
        let (condition_node, then_node, otherwise_node) =
            (condition_node?, then_node?, otherwise_node?);
        if na_node.is_none() && self.program.node(condition_node).may_be_na {
            return self.fail(errors::not_applicable_branch(condition.span));
        }
        let branches: Vec<(NodeId, Span)> =
            [(then_node, then.span), (otherwise_node, otherwise.span)]
                .into_iter()
                .chain(na_node.zip(if_na.map(|it| it.span)))
                .collect();
        let (ty, unit) = self.one_type(&branches)?;
        let kind = NodeKind::If {
            condition: condition_node,
            then: then_node,
            otherwise: otherwise_node,
            if_not_applicable: na_node,
        };
        Some(self.node(kind, ty, unit, at, span))
    }

    fn branch(
        &mut self,
        facts: &[Fact],
        compile: impl FnOnce(&mut Self) -> Option<NodeId>,
    ) -> Option<NodeId> {
        let before = self.known.clone();
        facts.iter().for_each(|it| self.learn(*it));
        let node = compile(self);
        self.known = before;
        node
    }

    /// The one type of several branches, with a fault where they differ.
    pub(super) fn one_type(&mut self, branches: &[(NodeId, Span)]) -> Option<(Ty, Option<Unit>)> {
        let mut kept: Option<(NodeId, Span)> = None;
        for &(node, span) in branches {
            if self.ty(node) == Ty::NotApplicable {
                continue;
            }
            let Some((first, first_span)) = kept else {
                kept = Some((node, span));
                continue;
            };
            let (a, b) = (self.ty(first), self.ty(node));
            if matches!((a, b), (Ty::Number(_) | Ty::Duration(_), Ty::Number(_) | Ty::Duration(_)))
            {
                self.alike(first, node, [first_span, span])?;
                if self.unit(first).is_none() && self.unit(node).is_some() {
                    kept = Some((node, span));
                }
            } else if a != b {
                let (a, b) = (self.describe(a), self.describe(b));
                self.faults.push(errors::types_differ([first_span, span], &a, &b));
                return None;
            }
        }
        Some(match kept {
            Some((node, _)) => (self.ty(node), self.unit(node)),
            None => (Ty::NotApplicable, None),
        })
    }
}
