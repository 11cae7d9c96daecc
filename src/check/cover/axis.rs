//! One head of a table, with what it may be in pieces that each cell takes or leaves as a whole.

use crate::check::Checker;
use crate::check::cover::all;
use crate::ir::AggregateFunction;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Domain;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Truth;
use crate::value::Unit;
use std::cmp::Ordering;
use std::sync::Arc;

/// A head.
pub(super) struct Axis {
    /// As written.
    pub name: String,
    /// The column of the case's own table that it is; none where it is worked out.
    pub field: Option<FieldId>,
    /// The unit to show its numbers in, and that of the rows' bounds.
    pub units: [Option<Unit>; 2],
    /// Its type.
    pub ty: Ty,
    /// What it may be, numbers ascending, 不适用 last.
    pub pieces: Vec<Piece>,
}

/// Values that every cell takes or leaves alike.
pub(super) struct Piece {
    /// Which.
    pub what: What,
    /// What each row says of them: 真, 假, or undecided.
    pub rows: Vec<Truth>,
}

/// Values of a head.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// Numbers or days.
    Numbers(Hull),
    /// How it stands to the one bound, whose value is not known here.
    Beside(Ordering, String),
    /// Members of its list.
    Members(Vec<Arc<str>>),
    /// A word or text that no cell names.
    Other,
    /// This text.
    Text(Arc<str>),
    /// 是, 否
    Truth(bool),
    /// 不适用
    NotApplicable,
}

impl Checker<'_> {
    /// A head with its pieces; `rows` are the cells that each row has for it.
    pub(super) fn axis(&self, head: NodeId, name: String, rows: &[Vec<&CellTest>]) -> Axis {
        let node = self.program.node(head);
        let mut pieces = match node.ty {
            Ty::Truth => self.truths(rows),
            Ty::Member(list) => self.member_pieces(head, list, rows),
            Ty::Text => self.texts(rows),
            Ty::NotApplicable => vec![],
            _ => self.number_pieces(head, rows),
        };
        if node.may_be_na {
            let takes = |cell: &&CellTest| {
                Truth::of(matches!(cell, CellTest::Any | CellTest::NotApplicable))
            };
            let rows = rows.iter().map(|row| all(row.iter().map(takes))).collect();
            pieces.push(Piece { what: What::NotApplicable, rows });
        }
        let bound = bounds(rows).find_map(|it| self.unit(it));
        let units = [self.unit(head), bound];
        let field = self.field_of(head);
        Axis { name, field, units, ty: node.ty, pieces }
    }

    /// The column that a head is.
    fn field_of(&self, head: NodeId) -> Option<FieldId> {
        match &self.program.node(head).kind {
            NodeKind::Field(field) => Some(*field),
            NodeKind::Applies { body: of, .. } | NodeKind::Narrow { of, .. } => self.field_of(*of),
            _ => None,
        }
    }

    fn truths(&self, rows: &[Vec<&CellTest>]) -> Vec<Piece> {
        let of = |value: bool| {
            let takes = |cell: &&CellTest| match cell {
                CellTest::Truth(wanted) => Truth::of(*wanted == value),
                CellTest::NotApplicable => Truth::FALSE,
                _ => Truth::TRUE,
            };
            let rows = rows.iter().map(|row| all(row.iter().map(takes))).collect();
            Piece { what: What::Truth(value), rows }
        };
        vec![of(true), of(false)]
    }

    fn member_pieces(
        &self,
        head: NodeId,
        list: VocabularyId,
        rows: &[Vec<&CellTest>],
    ) -> Vec<Piece> {
        let own = self.program.vocabulary(list);
        let mut pieces: Vec<(Vec<Truth>, Vec<Arc<str>>)> = vec![];
        for (at, member) in (0u32..).zip(&own.members) {
            let takes = |cell: &&CellTest| match cell {
                CellTest::Members(wanted) => {
                    if own.upwards(at).any(|it| wanted.binary_search(&it).is_ok()) {
                        Truth::TRUE
                    } else if wanted.iter().any(|it| own.is_within(*it, at)) {
                        Truth::UNDECIDED
                    } else {
                        Truth::FALSE
                    }
                }
                CellTest::NotApplicable => Truth::FALSE,
                _ => Truth::TRUE,
            };
            let truths: Vec<Truth> = rows.iter().map(|row| all(row.iter().map(takes))).collect();
            // A member above one that is asked for stands for those below it, which are looked at themselves.
            if truths.contains(&Truth::UNDECIDED) {
                continue;
            }
            match pieces.iter_mut().find(|it| it.0 == truths) {
                Some(piece) => piece.1.push(member.name.clone()),
                None => pieces.push((truths, vec![member.name.clone()])),
            }
        }
        let piece = |(rows, members)| Piece { what: What::Members(members), rows };
        let mut pieces: Vec<Piece> = pieces.into_iter().map(piece).collect();
        if self.may_be_foreign(head, own.complete) {
            let takes =
                |cell: &&CellTest| Truth::of(matches!(cell, CellTest::Any | CellTest::Otherwise));
            let rows = rows.iter().map(|row| all(row.iter().map(takes))).collect();
            pieces.push(Piece { what: What::Other, rows });
        }
        pieces
    }

    fn may_be_foreign(&self, head: NodeId, complete: bool) -> bool {
        match &self.program.node(head).kind {
            NodeKind::Field(field) => self.program.field(*field).or_other || !complete,
            NodeKind::Applies { body: of, .. }
            | NodeKind::Narrow { of, .. }
            | NodeKind::Parent(of) => self.may_be_foreign(*of, complete),
            _ => !complete,
        }
    }

    fn texts(&self, rows: &[Vec<&CellTest>]) -> Vec<Piece> {
        let text = |node: NodeId| match &self.program.node(node).kind {
            NodeKind::Constant(Constant::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let mut named: Vec<Arc<str>> = bounds(rows).filter_map(text).collect();
        named.sort();
        named.dedup();
        let of = |value: Option<&Arc<str>>| {
            let one = |(op, bound): &(Comparison, NodeId)| match text(*bound) {
                Some(bound) => Truth::of((value == Some(&bound)) == (*op == Comparison::Equal)),
                None => Truth::UNDECIDED,
            };
            let rows = rows.iter().map(|row| all(row.iter().map(|cell| ask(cell, one)))).collect();
            let what = value.map_or(What::Other, |it| What::Text(it.clone()));
            Piece { what, rows }
        };
        named.iter().map(Some).chain([None]).map(of).collect()
    }

    fn number_pieces(&self, head: NodeId, rows: &[Vec<&CellTest>]) -> Vec<Piece> {
        let mut known: Vec<Number> = bounds(rows).filter_map(|it| self.constant(it)).collect();
        known.sort();
        known.dedup();
        let mut open: Vec<NodeId> =
            bounds(rows).filter(|it| self.constant(*it).is_none()).collect();
        open.dedup();
        if let ([bound], true) = (open.as_slice(), known.is_empty()) {
            let name = self.name_of_node(*bound);
            return [Ordering::Less, Ordering::Equal, Ordering::Greater]
                .into_iter()
                .map(|order| {
                    let one = |(op, _): &(Comparison, NodeId)| Truth::of(holds(*op, order));
                    let rows =
                        rows.iter().map(|row| all(row.iter().map(|it| ask(it, one)))).collect();
                    Piece { what: What::Beside(order, name.clone()), rows }
                })
                .collect();
        }
        let step = self.step_of(head);
        let hulls = cut(&self.hull_of(head), &known);
        let hulls = hulls.into_iter().filter_map(|it| on_grid(it, step.as_ref()));
        let of = |hull: Hull| {
            let value = inside(&hull, None);
            let one = |(op, bound): &(Comparison, NodeId)| match self.constant(*bound) {
                Some(bound) => Truth::of(holds(*op, value.cmp(&bound))),
                None => Truth::UNDECIDED,
            };
            let rows = rows.iter().map(|row| all(row.iter().map(|cell| ask(cell, one)))).collect();
            Piece { what: What::Numbers(hull), rows }
        };
        hulls.map(of).collect()
    }

    /// How a bound is called.
    fn name_of_node(&self, node: NodeId) -> String {
        match &self.program.node(node).kind {
            NodeKind::Field(field) => self.program.field(*field).name.clone(),
            NodeKind::Parameter { parameter, .. } => {
                self.program.parameter(*parameter).head.name.clone()
            }
            NodeKind::Parent(of) | NodeKind::Applies { body: of, .. } => self.name_of_node(*of),
            _ => "…".to_owned(),
        }
    }

    /// What the values of a node lie a whole number of times apart from 0, where that is known.
    fn step_of(&self, node: NodeId) -> Option<Number> {
        match &self.program.node(node).kind {
            NodeKind::Field(field) => match &self.program.field(*field).kind {
                FieldKind::Scalar { domain: Domain::Numbers { whole: true, .. }, unit, .. } => {
                    Some(unit.as_ref().map_or_else(Number::one, |it| it.factor.clone()))
                }
                FieldKind::Scalar { ty: Ty::Date | Ty::Period(_) | Ty::Duration(_), .. } => {
                    Some(Number::one())
                }
                _ => None,
            },
            NodeKind::Aggregate(it) => match it.function {
                AggregateFunction::Count | AggregateFunction::Distinct => Some(Number::one()),
                AggregateFunction::Sum | AggregateFunction::Max | AggregateFunction::Min => {
                    it.value.and_then(|it| self.step_of(it))
                }
                _ => None,
            },
            NodeKind::Days { .. } | NodeKind::Elapsed { .. } => Some(Number::one()),
            NodeKind::Narrow { of, .. }
            | NodeKind::Parent(of)
            | NodeKind::Applies { body: of, .. } => self.step_of(*of),
            NodeKind::Round { places, factor, .. } => {
                Some(factor.multiply(&Number::scaled(1, *places)))
            }
            _ if matches!(self.ty(node), Ty::Date | Ty::Period(_)) => Some(Number::one()),
            _ => None,
        }
    }
}

/// What the cells compare with.
fn bounds<'a>(rows: &'a [Vec<&CellTest>]) -> impl Iterator<Item = NodeId> + 'a {
    rows.iter().flatten().flat_map(|it| it.bounds())
}

/// What a cell says of a value, not of 不适用.
fn ask(cell: &CellTest, one: impl Fn(&(Comparison, NodeId)) -> Truth) -> Truth {
    match cell {
        CellTest::Tests(any) => {
            let each = any.iter().map(|all| all.iter().map(&one).fold(Truth::TRUE, Truth::and));
            each.fold(Truth::FALSE, Truth::or)
        }
        CellTest::NotApplicable => Truth::FALSE,
        _ => Truth::TRUE,
    }
}

fn holds(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::AtMost => order.is_le(),
        Comparison::Above => order.is_gt(),
        Comparison::Below => order.is_lt(),
    }
}

/// A hull cut at bounds, which ascend: each bound alone, and what lies between two.
fn cut(hull: &Hull, bounds: &[Number]) -> Vec<Hull> {
    let mut pieces = vec![];
    let mut low = None;
    for bound in bounds {
        let open = Some(End::open(bound.clone()));
        pieces.push(Hull { low: low.take(), high: open.clone() });
        pieces.push(Hull::point(bound.clone()));
        low = open;
    }
    pieces.push(Hull { low, high: None });
    pieces.iter().filter_map(|piece| piece.intersect(hull)).collect()
}

/// A hull between values that can be; none where there is no such value in it.
fn on_grid(hull: Hull, step: Option<&Number>) -> Option<Hull> {
    let Some(step) = step else { return Some(hull) };
    let end = |end: &End, up: bool| {
        let steps = end.at.checked_div(step)?;
        let near = if up { steps.ceil() } else { steps.floor() };
        let near = match (end.closed || !steps.is_whole(), up) {
            (true, _) => near,
            (false, true) => near.add(&Number::one()),
            (false, false) => near.subtract(&Number::one()),
        };
        Some(End::closed(near.multiply(step)))
    };
    let low = hull.low.as_ref().and_then(|it| end(it, true));
    let high = hull.high.as_ref().and_then(|it| end(it, false));
    let empty = low.as_ref().zip(high.as_ref()).is_some_and(|(low, high)| low.at > high.at);
    (!empty).then_some(Hull { low, high })
}

/// A number in a hull, a plain one where there is a choice: an end that belongs to it, or the middle.
pub(super) fn inside(hull: &Hull, unit: Option<&Unit>) -> Number {
    let one = unit.map_or_else(Number::one, |it| it.factor.clone());
    match (&hull.low, &hull.high) {
        (Some(end), _) | (None, Some(end)) if end.closed => end.at.clone(),
        (_, Some(end)) if end.closed => end.at.clone(),
        (Some(low), Some(high)) => {
            let half = Number::scaled(5, 1);
            low.at.add(&high.at).multiply(&half)
        }
        (Some(low), None) => low.at.add(&one),
        (None, Some(high)) => high.at.subtract(&one),
        (None, None) => Number::zero(),
    }
}
