//! Two numbers of one dimension: what may stand beside what, and units in words. Arithmetic is elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Dimension;
use crate::value::Number;
use crate::value::Unit;
use crate::value::UnitKind;

impl Checker<'_> {
    /// A unit word, with a fault where it is not known.
    pub(super) fn unit_word(&mut self, word: &ast::Word) -> Option<Unit> {
        let unit = self.program.units.parse(&word.value);
        if unit.is_none() {
            self.faults.push(errors::unknown_unit(word));
        }
        unit
    }

    /// Two numbers of one dimension. A bare 0 fits every unit; any other bare number fits no other.
    pub(super) fn alike(
        &mut self,
        a: NodeId,
        b: NodeId,
        spans: [Span; 2],
    ) -> Option<(NodeId, NodeId)> {
        let (first, second) = (self.ty(a), self.ty(b));
        match (first, second) {
            (Ty::NotApplicable, _) | (_, Ty::NotApplicable) => Some((a, b)),
            (Ty::Number(_) | Ty::Duration(_), Ty::Number(_) | Ty::Duration(_))
                if first == second =>
            {
                self.mixed_words(a, b, spans);
                Some((a, b))
            }
            (Ty::Number(_) | Ty::Duration(_), Ty::Number(_)) if self.is_bare_zero(b) => {
                Some((a, b))
            }
            (Ty::Number(_), Ty::Number(_) | Ty::Duration(_)) if self.is_bare_zero(a) => {
                Some((a, b))
            }
            (Ty::Number(_) | Ty::Duration(_), Ty::Number(_) | Ty::Duration(_)) => {
                let names = [a, b].map(|it| self.unit_name(it));
                self.faults.push(errors::unlike_units(spans, names));
                None
            }
            (Ty::Number(_) | Ty::Duration(_), other) => {
                let found = self.describe(other);
                self.fail(errors::number_needed(spans[1], &found));
                None
            }
            (other, _) => {
                let found = self.describe(other);
                self.fail(errors::number_needed(spans[0], &found));
                None
            }
        }
    }

    /// 0 without a unit, which fits every unit.
    pub(super) fn is_bare_zero(&self, id: NodeId) -> bool {
        let node = self.program.node(id);
        node.unit.is_none() && node.kind == NodeKind::Constant(Constant::Number(Number::zero()))
    }

    /// 20 家 beside 30 人: lawful, but seldom meant. A percentage beside a bare number above 1 is not.
    pub(super) fn mixed_words(&mut self, a: NodeId, b: NodeId, spans: [Span; 2]) {
        let units = [self.unit(a), self.unit(b)];
        if let [Some(one), Some(other)] = &units {
            let counts = one.kind == UnitKind::Count && other.kind == UnitKind::Count;
            // 个 stands for anything counted.
            let general = |it: &Unit| matches!(&*it.name, "个" | "项" | "units");
            if counts
                && one.name != other.name
                && one.factor == other.factor
                && !general(one)
                && !general(other)
            {
                self.faults.push(errors::counting_words_differ(spans, &one.name, &other.name));
            }
        }
        for (of, bare, place) in [(0, b, spans[1]), (1, a, spans[0])] {
            let ratio = units[of].as_ref().is_some_and(|it| it.kind == UnitKind::Ratio);
            if let NodeKind::Constant(Constant::Number(value)) = &self.program.node(bare).kind
                && ratio
                && self.program.node(bare).unit.is_none()
                && value.abs() > Number::one()
            {
                let fault = errors::percent_meant(place, value);
                self.faults.push(fault);
            }
        }
    }

    /// The unit of a node, in words.
    pub(super) fn unit_name(&self, id: NodeId) -> String {
        match (self.unit(id), self.ty(id)) {
            (Some(unit), _) => unit.name.to_string(),
            (None, Ty::Number(it)) if it == Dimension::default() => "不带单位的数".to_owned(),
            (None, ty) => self.describe(ty),
        }
    }
}
