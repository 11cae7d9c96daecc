//! What a 评分 ought to say and does not: 缺失, 同值. What its clauses mean is elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::check::scores::Branch;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Normalisation;
use crate::syntax::ast;
use std::collections::BTreeSet;

impl Checker<'_> {
    /// 缺失 must be said where what is scored rests on a field that may be left blank.
    pub(super) fn missing_said(&mut self, it: &ast::Score, tree: &[Branch]) -> Option<()> {
        for branch in tree {
            if branch.leaf.as_ref().is_some_and(|leaf| self.rests_on_optional(leaf.of)) {
                return self.fail(errors::missing_unsaid(&it.name, &branch.name.text)).and(None);
            }
            self.missing_said(it, &branch.parts)?;
        }
        Some(())
    }

    fn rests_on_optional(&self, node: NodeId) -> bool {
        let mut open = vec![node];
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            match &self.program.node(id).kind {
                NodeKind::Field(field) if self.program.field(*field).optional => return true,
                // A default fills the blank.
                NodeKind::Default { value, .. } => open.push(*value),
                kind => open.extend(kind.operands()),
            }
        }
        false
    }

    /// Told once: the first part that compares cases says nothing where all of them are alike.
    pub(super) fn same_said(&mut self, it: &ast::Score, tree: &[Branch]) {
        if let Some(name) = first_compared(tree) {
            self.faults.push(errors::same_unsaid(&it.name, name));
        }
    }
}

/// The first part whose points depend on other cases.
fn first_compared(tree: &[Branch]) -> Option<&str> {
    tree.iter().find_map(|branch| {
        let method = branch.leaf.as_ref().and_then(|it| it.method.as_ref());
        match method.is_some_and(Normalisation::compares) {
            true => Some(branch.name.text.as_str()),
            false => first_compared(&branch.parts),
        }
    })
}
