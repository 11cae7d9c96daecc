//! The least and the greatest that a number or a day may be, as far as what is written tells: constants, declared domains,
//! formulas, what is known in a branch. No data is looked at.

use crate::check::Checker;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::Domain;
use crate::ir::FieldKind;
use crate::ir::Fold;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::Hull;
use crate::value::Number;

impl Checker<'_> {
    /// Whether a divisor can be zero.
    pub(super) fn may_be_zero(&self, id: NodeId) -> bool {
        let beside = match &self.program.node(id).kind {
            // A value other than 0 on either side of it.
            NodeKind::Narrow { of, op: Comparison::NotEqual, bound } => {
                self.constant(*bound).is_none_or(|it| !it.is_zero()) && self.may_be_zero(*of)
            }
            NodeKind::Narrow { of, .. }
            | NodeKind::Parent(of)
            | NodeKind::Applies { body: of, .. }
            | NodeKind::Input { of, .. }
            | NodeKind::Negation(of)
            | NodeKind::Absolute(of) => self.may_be_zero(*of),
            NodeKind::Power(of, n) => *n > 0 && self.may_be_zero(*of),
            NodeKind::Product(items) => items.iter().any(|it| self.may_be_zero(*it)),
            NodeKind::Quotient(dividend, _) => self.may_be_zero(*dividend),
            NodeKind::Fold(Fold::Max | Fold::Min, items) => {
                items.iter().any(|it| self.may_be_zero(*it))
            }
            NodeKind::Parameter { versions, .. } => {
                versions.iter().any(|it| self.may_be_zero(it.2))
            }
            NodeKind::If { then, otherwise, if_not_applicable, .. } => [*then, *otherwise]
                .into_iter()
                .chain(*if_not_applicable)
                .any(|it| self.ty(it) != Ty::NotApplicable && self.may_be_zero(it)),
            _ => true,
        };
        beside && self.hull_of(id).contains(&Number::zero())
    }

    /// Whether a number is surely above 0.
    pub(super) fn is_positive(&self, id: NodeId) -> bool {
        let low = self.hull_of(id).low;
        low.is_some_and(|it| it.at.is_positive() || it.at.is_zero() && !it.closed)
    }

    /// The least and the greatest that a node may be.
    pub(super) fn hull_of(&self, node: NodeId) -> Hull {
        if let Some(known) = self.hulls.borrow().get(&node) {
            return known.clone();
        }
        let hull = self.work_out_hull(node);
        self.hulls.borrow_mut().insert(node, hull.clone());
        hull
    }

    fn work_out_hull(&self, node: NodeId) -> Hull {
        let any = Hull::everything;
        let of = |id: NodeId| self.hull_of(id);
        match &self.program.node(node).kind {
            NodeKind::Constant(_) => self.constant(node).map_or_else(any, Hull::point),
            NodeKind::Field(field) => match &self.program.field(*field).kind {
                FieldKind::Scalar { domain, .. } => of_domain(domain),
                FieldKind::Rows { .. } => any(),
            },
            NodeKind::Input { of: argument, function, index } => {
                let slot = &self.program.function(*function).inputs[*index as usize];
                let (argument, slot) = (of(*argument), of_domain(&slot.domain));
                argument.intersect(&slot).unwrap_or(slot)
            }
            NodeKind::Narrow { of: narrowed, op, bound } => {
                let (whole, bound) = (of(*narrowed), of(*bound));
                op.leaves(&whole, &bound).unwrap_or(whole)
            }
            NodeKind::Parent(it)
            | NodeKind::Applies { body: it, .. }
            | NodeKind::InPeriod { of: it, .. }
            | NodeKind::Earlier { of: it, .. } => of(*it),
            NodeKind::Default { of: item, value, .. }
            | NodeKind::WhenNotApplicable { of: item, value } => self.around([*item, *value]),
            NodeKind::Parameter { versions, .. } => self.around(versions.iter().map(|it| it.2)),
            NodeKind::Exceptions { body, exceptions } => {
                self.around(exceptions.iter().map(|it| it.deemed).chain([*body]))
            }
            NodeKind::If { then, otherwise, if_not_applicable, .. } => {
                self.around([*then, *otherwise].into_iter().chain(*if_not_applicable))
            }
            NodeKind::Sum(items) => {
                items.iter().map(|it| of(*it)).reduce(|a, b| a.add(&b)).unwrap_or_else(any)
            }
            NodeKind::Product(items) => {
                items.iter().map(|it| of(*it)).reduce(|a, b| a.multiply(&b)).unwrap_or_else(any)
            }
            NodeKind::Difference(a, b) => of(*a).subtract(&of(*b)),
            NodeKind::Negation(it) => of(*it).negate(),
            NodeKind::Absolute(it) => of(*it).abs(),
            NodeKind::Quotient(a, b) => of(*a).divide(&of(*b)).values.unwrap_or_else(any),
            NodeKind::Power(it, n) => of(*it).power(*n).values.unwrap_or_else(any),
            NodeKind::Round { how, of: it, places, factor } => of(*it).round(*how, *places, factor),
            NodeKind::Fold(fold, items) => self.folded(*fold, items),
            NodeKind::Aggregate(it) => self.of_rows(it),
            NodeKind::Decide(it) if it.hit != Hit::Every => {
                self.around(it.rows.iter().map(|it| it.result))
            }
            NodeKind::Band { low, high, .. } => self.around([low.0, high.0]),
            _ => any(),
        }
    }

    /// The least hull around several nodes; what is no value is left out.
    fn around(&self, nodes: impl IntoIterator<Item = NodeId>) -> Hull {
        let values = nodes.into_iter().filter(|it| self.ty(*it) != Ty::NotApplicable);
        let hulls = values.map(|it| self.hull_of(it));
        hulls.reduce(|a, b| a.union(&b)).unwrap_or_else(Hull::everything)
    }

    /// 最大, 最小, 合计 of what is listed: 不适用 is skipped, so one that is surely there bounds the others.
    fn folded(&self, fold: Fold, items: &[NodeId]) -> Hull {
        let all = self.around(items.iter().copied());
        let there = items.iter().filter(|it| !self.program.node(**it).may_be_na);
        let there: Vec<Hull> = there.map(|it| self.hull_of(*it)).collect();
        match fold {
            Fold::Max => there.iter().fold(all, |all, it| {
                all.intersect(&Hull { low: it.low.clone(), high: None }).unwrap_or(all)
            }),
            Fold::Min => there.iter().fold(all, |all, it| {
                all.intersect(&Hull { low: None, high: it.high.clone() }).unwrap_or(all)
            }),
            Fold::Sum => {
                let one = |it: &NodeId| match self.program.node(*it).may_be_na {
                    true => self.hull_of(*it).union(&Hull::point(Number::zero())),
                    false => self.hull_of(*it),
                };
                items.iter().map(one).reduce(|a, b| a.add(&b)).unwrap_or(all)
            }
        }
    }

    fn of_rows(&self, it: &Aggregate) -> Hull {
        use AggregateFunction::*;
        let of = it.value.map_or_else(Hull::everything, |it| self.hull_of(it));
        let values = match it.function {
            Count | Distinct => Hull::not_negative(),
            Share if it.value.is_none() => Hull::between(Number::zero(), Number::one()),
            Sum | Top(_) if of.low.as_ref().is_some_and(|it| !it.at.is_negative()) => {
                Hull::not_negative()
            }
            Mean | Median | Max | Min => of,
            _ => Hull::everything(),
        };
        match it.if_empty.filter(|it| self.ty(*it) != Ty::NotApplicable) {
            Some(empty) => values.union(&self.hull_of(empty)),
            None => values,
        }
    }
}

fn of_domain(domain: &Domain) -> Hull {
    match domain {
        Domain::Numbers { hull, .. } => hull.clone(),
        Domain::Dates(days) => days.to_hull(),
        Domain::Everything => Hull::everything(),
    }
}
