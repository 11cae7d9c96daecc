//! Which numbers a node may come to, by what the fields declare and by its own form: an interval, and whether they are whole.

use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Constant;
use crate::ir::Domain;
use crate::ir::FieldKind;
use crate::ir::Fold;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::value::Hull;
use crate::value::Number;

/// The numbers that a value may be, where it is one.
#[derive(Clone, Debug)]
pub struct Range {
    /// From, to.
    pub hull: Hull,
    /// Whole numbers only.
    pub whole: bool,
}

impl Range {
    fn all() -> Range {
        Range { hull: Hull { low: None, high: None }, whole: false }
    }

    fn count() -> Range {
        Range { hull: Hull::not_negative(), whole: true }
    }

    fn both(&self, other: &Range, hull: Hull) -> Range {
        Range { hull, whole: self.whole && other.whole }
    }
}

/// The ranges of all nodes, by id.
pub fn all(program: &Program) -> Vec<Range> {
    let mut found: Vec<Range> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let range = of(program, &node.kind, &found);
        found.push(range);
    }
    found
}

fn of(program: &Program, kind: &NodeKind, found: &[Range]) -> Range {
    let at = |id: NodeId| &found[id.0 as usize];
    let joined = |ids: &[NodeId], join: fn(&Hull, &Hull) -> Hull| {
        let ranges = ids.iter().map(|it| at(*it).clone());
        ranges.reduce(|a, b| a.both(&b, join(&a.hull, &b.hull))).unwrap_or_else(Range::all)
    };
    match kind {
        NodeKind::Constant(Constant::Number(it)) => {
            Range { hull: Hull::between(it.clone(), it.clone()), whole: it.is_whole() }
        }
        NodeKind::Field(field) => match &program.field(*field).kind {
            FieldKind::Scalar { domain: Domain::Numbers { hull, whole }, unit, .. } => {
                let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
                Range { hull: hull.clone(), whole: *whole && factor.is_whole() }
            }
            _ => Range::all(),
        },
        NodeKind::Parent(of)
        | NodeKind::Applies { body: of, .. }
        | NodeKind::Narrow { of, .. }
        | NodeKind::InPeriod { of, .. }
        | NodeKind::Earlier { of, .. } => at(*of).clone(),
        NodeKind::Sum(items) => joined(items, Hull::add),
        NodeKind::Product(items) => joined(items, Hull::multiply),
        NodeKind::Fold(Fold::Sum, items) => joined(items, Hull::add).with_zero(),
        NodeKind::Fold(Fold::Max | Fold::Min, items) => joined(items, Hull::union),
        NodeKind::Difference(a, b) => at(*a).both(at(*b), at(*a).hull.subtract(&at(*b).hull)),
        NodeKind::Negation(of) => Range { hull: at(*of).hull.negate(), whole: at(*of).whole },
        NodeKind::Absolute(of) => Range { hull: at(*of).hull.abs(), whole: at(*of).whole },
        NodeKind::If { then, otherwise, .. } => joined(&[*then, *otherwise], Hull::union),
        NodeKind::Default { of, value, .. } => joined(&[*of, *value], Hull::union),
        NodeKind::Days { .. } | NodeKind::Elapsed { .. } => Range { whole: true, ..Range::all() },
        NodeKind::Aggregate(it) => aggregate(it, at),
        _ => Range::all(),
    }
}

impl Range {
    /// The same where some, or all, of what is added may be left out.
    fn with_zero(self) -> Range {
        match self.hull.low.as_ref().is_some_and(|it| !it.at.is_negative()) {
            true => Range { hull: Hull::not_negative(), whole: self.whole },
            false => Range { hull: Range::all().hull, whole: self.whole },
        }
    }
}

fn aggregate<'a>(it: &Aggregate, at: impl Fn(NodeId) -> &'a Range) -> Range {
    let value = it.value.map(&at);
    let range = match (it.function, value) {
        (AggregateFunction::Count | AggregateFunction::Distinct, _) => Range::count(),
        (AggregateFunction::Sum | AggregateFunction::Top(_), Some(of)) => of.clone().with_zero(),
        (AggregateFunction::Max | AggregateFunction::Min, Some(of)) => of.clone(),
        (AggregateFunction::Mean | AggregateFunction::Median, Some(of)) => {
            Range { hull: of.hull.clone(), whole: false }
        }
        (AggregateFunction::Share, None) => {
            Range { hull: Hull::between(Number::zero(), Number::one()), whole: false }
        }
        _ => Range::all(),
    };
    match it.if_empty.map(&at) {
        Some(other) => range.both(other, range.hull.union(&other.hull)),
        None => range,
    }
}
