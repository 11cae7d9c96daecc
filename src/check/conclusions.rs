//! 结论: vetoes, common conditions and alternative paths (`semantics` §6.4). Criteria are compiled elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::Force;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Required;
use crate::ir::TableId;
use crate::syntax::ast;

impl Checker<'_> {
    /// The node of a conclusion; its rule is entered in the program.
    pub(super) fn conclusion(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.conclusions[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        let applies = self.guarded_by(&it.shared, at);
        let vetoes: Vec<_> = it.vetoes.iter().map(|it| self.veto(it, at)).collect();
        let requires: Vec<_> = it.requires.iter().map(|it| self.required(it, at, true)).collect();
        let paths: Vec<Vec<_>> = it
            .requires_one
            .iter()
            .map(|names| names.iter().map(|it| self.required(it, at, false)).collect())
            .collect();
        let clauses: Vec<_> = it.requirements.iter().map(|it| self.clause(it, at)).collect();
        let failing = it.failing.as_ref().and_then(|it| self.template(it, at));
        let vetoes = vetoes.into_iter().collect::<Option<Vec<_>>>()?;
        let requires = requires.into_iter().collect::<Option<Vec<_>>>()?;
        let paths = paths
            .into_iter()
            .map(|it| it.into_iter().collect())
            .collect::<Option<Vec<Vec<_>>>>()?;
        let clauses = clauses.into_iter().collect::<Option<Vec<_>>>()?;
        let mut parts: Vec<NodeId> = vec![];
        for veto in &vetoes {
            parts.push(self.truth(NodeKind::Not(veto.node), at, self.program.node(veto.node).span));
        }
        parts.extend(requires.iter().filter_map(|it: &(Required, Option<NodeId>)| it.1));
        for path in &paths {
            let nodes = path.iter().filter_map(|it: &(Required, Option<NodeId>)| it.1).collect();
            parts.push(self.truth(NodeKind::Or(nodes), at, it.name.span));
        }
        parts.extend(clauses.iter().map(|it| it.node));
        if parts.is_empty() {
            if !self.is_damaged(&it.name) && it.requires.is_empty() {
                self.faults.push(errors::conclusion_without_requirement(&it.name));
            }
            return None;
        }
        let body = self.truth(NodeKind::And(parts), at, it.name.span);
        let applies = applies?;
        let (node, in_force) = self.applicable(body, applies, &it.shared, at, self.effective)?;
        let head = self.program.conclusions[index].head.clone();
        self.program.conclusions[index] = ir::Conclusion {
            head,
            table: at,
            node,
            applies,
            in_force,
            requires: requires.into_iter().map(|it| it.0).collect(),
            requires_one: paths
                .into_iter()
                .map(|it| it.into_iter().map(|it| it.0).collect())
                .collect(),
            vetoes,
            clauses,
            failing,
        };
        Some(node)
    }

    /// A 一票否决.
    pub(super) fn veto(&mut self, expr: &ast::Expr, at: TableId) -> Option<ir::Veto> {
        let node = self.condition(expr, at)?;
        let criterion = match &expr.kind {
            ast::ExprKind::Name(name) => match self.symbols.rules.get(name.text.as_str()) {
                Some(Symbol::Criterion(index)) if self.field_named(at, &name.text).is_none() => {
                    if self.program.criteria[*index as usize].force == Force::May {
                        let fault = errors::may_decides_nothing(name);
                        return self.fail(fault).and(None);
                    }
                    Some(ir::CriterionId(*index))
                }
                _ => None,
            },
            _ => None,
        };
        Some(ir::Veto { node, criterion })
    }

    /// What a name in 须符合 requires, and the node that stands for it; a 可以 criterion informs and has none.
    fn required(
        &mut self,
        name: &ast::Name,
        at: TableId,
        common: bool,
    ) -> Option<(Required, Option<NodeId>)> {
        let symbol = self.symbols.rules.get(name.text.as_str()).copied();
        let Some(symbol @ (Symbol::Criterion(_) | Symbol::Conclusion(_))) = symbol else {
            let known: Vec<&str> = self
                .symbols
                .rules
                .iter()
                .filter(|it| matches!(it.1, Symbol::Criterion(_) | Symbol::Conclusion(_)))
                .map(|it| *it.0)
                .collect();
            let fault = errors::unknown_criterion(name, &known);
            return self.fail(fault).and(None);
        };
        let own = self.reference(symbol, name, at)?;
        match symbol {
            Symbol::Criterion(index) => {
                let criterion = &self.program.criteria[index as usize];
                let (force, soft) = (criterion.force, criterion.in_conclusion);
                let node = match force {
                    Force::May if !common => {
                        let fault = errors::may_decides_nothing(name);
                        return self.fail(fault).and(None);
                    }
                    Force::May => None,
                    // A path takes the outcome before force: a soft path could never fail.
                    _ if !common => Some(own),
                    _ => Some(self.lower(soft, at, name.span)?),
                };
                Some((Required::Criterion(ir::CriterionId(index)), node))
            }
            Symbol::Conclusion(index) => {
                Some((Required::Conclusion(ir::ConclusionId(index)), Some(own)))
            }
            _ => None,
        }
    }
}

/// A conclusion whose parts are still to come.
pub(super) fn empty_conclusion(head: Head) -> ir::Conclusion {
    ir::Conclusion {
        head,
        table: TableId(0),
        node: NodeId(0),
        applies: None,
        in_force: None,
        requires: vec![],
        requires_one: vec![],
        vetoes: vec![],
        clauses: vec![],
        failing: None,
    }
}
