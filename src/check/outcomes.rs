//! Whether 不适用 and 错误 can arise in a node, from what is written. Nothing is compiled here.

use crate::check::Checker;
use crate::ir::Comparison;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::Truth;

impl Checker<'_> {
    /// Whether 不适用 and 错误 can arise in a node, from what its operands may be.
    pub(super) fn outcomes(&self, kind: &NodeKind) -> (bool, bool) {
        use NodeKind::*;
        let any_na = |ids: &[NodeId]| ids.iter().any(|it| self.program.node(*it).may_be_na);
        let all_na = |ids: &[NodeId]| ids.iter().all(|it| self.program.node(*it).may_be_na);
        let operands = kind.operands();
        let error = operands.iter().any(|it| self.program.node(*it).may_be_error);
        let na = match kind {
            Constant(it) => {
                matches!(it, crate::ir::Constant::NotApplicable)
                    || *it == crate::ir::Constant::Truth(Truth::NOT_APPLICABLE)
            }
            Field(field) => self.program.field(*field).may_be_none || self.is_before_since(*field),
            Recent { .. } | DataPeriod { .. } => false,
            Filled(_) | IsNone(_) | InForce { .. } | RuleDate(_) => false,
            And(items) | Or(items) | Fold(_, items) => all_na(items),
            Quantified(_, items) => !items.is_empty() && all_na(items),
            Parameter { versions, .. } => {
                versions.iter().any(|it| self.program.node(it.2).may_be_na)
            }
            Narrow { of, op, bound } => {
                let asked = self.program.node(*bound).ty == Ty::NotApplicable;
                !(asked && *op == Comparison::NotEqual) && any_na(&[*of])
            }
            If { then, otherwise, if_not_applicable, .. } => {
                any_na(&[*then, *otherwise]) || if_not_applicable.is_some_and(|it| any_na(&[it]))
            }
            WhenNotApplicable { value, .. } => any_na(&[*value]),
            Aggregate(it) => self.aggregate_may_be_na(it),
            Decide(it) => it.rows.iter().any(|it| self.program.node(it.result).may_be_na),
            Band { .. } => false,
            Score(it) => self.scoring_may_be_na(it),
            Exceptions { body, exceptions } => {
                any_na(&[*body])
                    || exceptions.iter().any(|it| self.program.node(it.deemed).may_be_na)
            }
            Applies { guard, body } if self.policy_in_force.contains(guard) => any_na(&[*body]),
            Applies { .. } => true,
            Input { .. } => false,
            Belongs { of, .. } | Naming { name: of, .. } => any_na(&[*of]),
            _ => any_na(&operands),
        };
        // What an argument could not be lies outside of a formula.
        let error = error && !matches!(kind, Input { .. });
        (na, error || self.raises_error(kind))
    }

    /// Whether a node can be an error although its operands are not.
    pub(super) fn raises_error(&self, kind: &NodeKind) -> bool {
        match kind {
            NodeKind::Quotient(_, divisor) => self.may_be_zero(*divisor),
            NodeKind::Growth { base, if_not_positive: None, .. } => !self.is_positive(*base),
            NodeKind::MeanGrowth { .. } | NodeKind::Root { .. } => true,
            NodeKind::Aggregate(it) => self.aggregate_may_be_error(it),
            NodeKind::Decide(it) => !it.total,
            NodeKind::Score(it) => self.scoring_may_be_error(it),
            NodeKind::Called { function, .. } => {
                let it = self.program.function(*function);
                let mut slots = it.inputs.iter().chain([&it.result]);
                it.script.is_some() || slots.any(|it| it.domain != crate::ir::Domain::Everything)
            }
            NodeKind::Parameter { versions, .. } => versions.first().is_none_or(|it| match it.0 {
                None => false,
                Some(first) => {
                    self.effective.and_then(|span| span.0).is_none_or(|in_force| in_force < first)
                }
            }),
            NodeKind::Exceptions { exceptions, .. } => {
                exceptions.iter().any(|a| exceptions.iter().any(|b| a.deemed != b.deemed))
            }
            _ => false,
        }
    }
}
