//! 属于: whole lists, members, values. Other comparisons are elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::ir::Belonging;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;

impl Checker<'_> {
    /// x 属于 …
    pub(super) fn belongs(
        &mut self,
        left: &Expr,
        right: &Expr,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let right_bare = bare(right);
        if matches!(right_bare.kind, ExprKind::Range { .. }) {
            return self.within(left, right_bare, at, span);
        }
        let of = self.expr(left, at)?;
        let written: Vec<Expr> = match &right_bare.kind {
            ExprKind::List(items) => items.clone(),
            _ => vec![right_bare.clone()],
        };
        let items = written
            .into_iter()
            .flat_map(|it| self.listed(bare(&it), at).unwrap_or_else(|| vec![it]));
        let items: Vec<Expr> = items.collect();
        let (mut members, mut values, mut parts) = (vec![], vec![], vec![]);
        for item in &items {
            match self.belonging(of, item, at)? {
                Belonging::Nodes(found) => members.extend(found),
                Belonging::Values(found) => values.extend(found),
                whole => parts.push(whole),
            }
        }
        if !members.is_empty() {
            members.sort_unstable();
            members.dedup();
            parts.push(Belonging::Nodes(members));
        }
        if !values.is_empty() {
            parts.push(Belonging::Values(values));
        }
        let parts: Vec<NodeId> = parts
            .into_iter()
            .map(|to| self.truth(NodeKind::Belongs { of, to }, at, span))
            .collect();
        Some(match parts.as_slice() {
            [one] => *one,
            _ => self.truth(NodeKind::Or(parts), at, span),
        })
    }

    /// What one item to the right of 属于 asks: a whole list, a member, a value.
    pub(super) fn belonging(&mut self, of: NodeId, item: &Expr, at: TableId) -> Option<Belonging> {
        let ty = self.ty(of);
        if let ExprKind::Name(name) = &bare(item).kind
            && let Some(list) = self.symbols.vocabularies.get(name.text.as_str()).copied()
            && matches!(ty, Ty::Member(_) | Ty::Text)
        {
            return Some(Belonging::Vocabulary(list));
        }
        if let Ty::Member(list) = ty {
            if let Some(word) = self.word(bare(item), list, at) {
                return Some(Belonging::Nodes(vec![self.member(&word, item.span, list)?]));
            }
            self.words = Some(list);
            let node = self.expr(item, at);
            self.words = None;
            let node = node?;
            if self.ty(node) == ty {
                return Some(Belonging::Node(node));
            }
            let (expected, found) = (self.describe(ty), self.describe(self.ty(node)));
            self.fail(errors::types_differ([item.span, item.span], &expected, &found));
            return None;
        }
        let node = match &bare(item).kind {
            // A bare word after a text is that text.
            ExprKind::Name(name) if ty == Ty::Text && self.meaning(&name.text, at).is_none() => {
                let fault = errors::word_needs_quotes(name);
                return self.fail(fault).and(None);
            }
            _ => self.expr(item, at)?,
        };
        if matches!(ty, Ty::Number(_) | Ty::Duration(_)) {
            let (_, b) = self.alike(of, node, [item.span, item.span])?;
            return Some(Belonging::Values(vec![b]));
        }
        if self.ty(node) != ty {
            let (expected, found) = (self.describe(ty), self.describe(self.ty(node)));
            self.fail(errors::types_differ([item.span, item.span], &expected, &found));
            return None;
        }
        Some(Belonging::Values(vec![node]))
    }
}
