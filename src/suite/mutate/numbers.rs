//! Numbers nodes by what they compute: where two bear one number, no case tells them apart. It proves; what it cannot prove differs.
//!
//! A node is brought into a normal form whose operands are numbers, and each form has one number, in whichever program
//! it stands. The normal forms are the proofs: each says why two ways to write a thing are one.

use crate::diagnostic::Lang;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::report::words::either;
use crate::suite::mutate::ranges;
use crate::suite::mutate::ranges::Range;
use crate::value::Hull;
use crate::value::Number;
use indexmap::IndexSet;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Why a change is proved to change nothing, the simplest reason that suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// It checks to the very same program.
    Same,
    /// No outcome of the rulebook, and no test, rests on what was changed.
    Idle,
    /// Between two whole numbers there is none: > 4 is ≥ 5.
    Whole,
    /// The ranges that the fields declare leave no value between the two.
    Range,
    /// Another part of the same sentence says as much or more.
    Implied,
    /// Outside the days on which a rule is in force it does not apply, whatever held then.
    InForce,
}

impl Proof {
    /// The proofs by normal forms, from the simplest on: each includes those before it.
    pub const FORMS: [Proof; 5] =
        [Proof::Idle, Proof::Whole, Proof::Range, Proof::Implied, Proof::InForce];

    /// The reason in plain words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Proof::Same => ("读成的规则与原来相同", "it reads as the very same rule"),
            Proof::Idle => ("没有一项结果用到改动的地方", "no outcome rests on what was changed"),
            Proof::Whole => (
                "比较的是整数，两个界限之间没有别的整数",
                "whole numbers are compared, and none lies between the two bounds",
            ),
            Proof::Range => (
                "字段写明的取值范围里，没有一个值落在两个界限之间",
                "the ranges that the fields declare leave no value between the two bounds",
            ),
            Proof::Implied => (
                "同一句里另有一项，已经包含了它",
                "another part of the same sentence says as much or more",
            ),
            Proof::InForce => (
                "只在规则施行以外的日子有差别，那时规则本来就不适用",
                "it differs only on days on which the rule is not in force",
            ),
        };
        either(lang, zh, en)
    }

    /// Its name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Proof::Same => "same_program",
            Proof::Idle => "unused",
            Proof::Whole => "whole_numbers",
            Proof::Range => "declared_range",
            Proof::Implied => "implied",
            Proof::InForce => "in_force",
        }
    }
}

/// What a comparison with a number always comes to where there is something to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Always {
    /// As the operands say.
    Open,
    /// 真
    True,
    /// 假
    False,
}

/// A node whose operands are numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Form {
    kind: NodeKind,
    ty: Ty,
    space: TableId,
    /// Of a call of a 函数, what stands behind its id.
    body: Option<String>,
    always: Always,
}

/// The numbers that forms bear: one book for all programs that are compared.
#[derive(Clone, Debug, Default)]
pub struct Book {
    forms: IndexSet<Form>,
}

/// A comparison of something with a number, by the numbers of what is compared.
type Bound = (NodeId, Comparison, Number);

/// The days on which the rule around is in force: the day asked, first and last.
type Days = (NodeId, Option<i32>, Option<i32>);

/// The numbering of one program.
pub struct Numbering<'a> {
    program: &'a Program,
    /// The numbers that were there before, and the new ones after them.
    known: &'a Book,
    new: IndexSet<Form>,
    upto: Proof,
    ranges: Vec<Range>,
    /// By node, and by the days around it.
    done: BTreeMap<(NodeId, Option<Days>), NodeId>,
    /// What is known of a number: the comparison that it is.
    bounds: BTreeMap<NodeId, Bound>,
}

impl<'a> Numbering<'a> {
    /// Starts with the numbers of a book; normal forms up to that of a proof are taken.
    pub fn new(program: &'a Program, known: &'a Book, upto: Proof) -> Numbering<'a> {
        let ranges = if upto >= Proof::Whole { ranges::all(program) } else { vec![] };
        let (done, bounds) = (BTreeMap::new(), BTreeMap::new());
        Numbering { program, known, new: IndexSet::new(), upto, ranges, done, bounds }
    }

    /// The book with what this program adds.
    pub fn into_book(self) -> Book {
        let mut forms = self.known.forms.clone();
        forms.extend(self.new);
        Book { forms }
    }

    /// The number of a node.
    pub fn of(&mut self, node: NodeId) -> NodeId {
        self.within(node, None)
    }

    /// Numbers everything that a node rests on first, so that no walk is deep.
    fn within(&mut self, node: NodeId, days: Option<Days>) -> NodeId {
        if let Some(number) = self.done.get(&(node, days)) {
            return *number;
        }
        let mut last = node;
        for below in self.program.below([node]) {
            if !self.done.contains_key(&(below, days)) {
                let number = self.one(below, days);
                self.done.insert((below, days), number);
            }
            last = below;
        }
        self.done[&(last, days)]
    }

    /// One node whose operands are numbered.
    fn one(&mut self, id: NodeId, days: Option<Days>) -> NodeId {
        let node = self.program.node(id);
        let mut kind = node.kind.clone();
        kind.each_operand_mut(&mut |it| *it = self.done[&(*it, days)]);
        if self.upto >= Proof::InForce
            && let NodeKind::Applies { guard, body } = &node.kind
            && let NodeKind::InForce { day, from, until } = self.program.node(*guard).kind
            && days.is_none()
        {
            let around = (self.done[&(day, days)], from, until);
            let body = self.within(*body, Some(around));
            kind = NodeKind::Applies { guard: self.done[&(*guard, days)], body };
        }
        if let (Some(days), NodeKind::Parameter { day, versions, .. }) = (days, &mut kind)
            && *day == days.0
        {
            clip(versions, days);
        }
        let mut always = Always::Open;
        let mut bound = None;
        if let NodeKind::Compare(op, a, b) = &node.kind
            && self.upto >= Proof::Whole
        {
            (kind, always, bound) = self.compared(*op, (*a, *b), days, kind);
        }
        if self.upto >= Proof::Implied {
            match self.joined(kind) {
                Ok(one) => return one,
                Err(other) => kind = other,
            }
        }
        let body = match &node.kind {
            NodeKind::Called { function, .. } | NodeKind::Input { function, .. } => {
                let it = self.program.function(*function);
                Some(format!("{:?} {:?} {:?}", it.inputs, it.result, it.script))
            }
            _ => None,
        };
        let number = self.number(Form { kind, ty: node.ty, space: node.space, body, always });
        if let Some(bound) = bound {
            self.bounds.insert(number, bound);
        }
        number
    }

    fn number(&mut self, form: Form) -> NodeId {
        let at = match self.known.forms.get_index_of(&form) {
            Some(at) => at,
            None => self.known.forms.len() + self.new.insert_full(form).0,
        };
        NodeId(at as u32)
    }

    /// A comparison with a constant: the bound among the values that there can be.
    fn compared(
        &mut self,
        op: Comparison,
        (a, b): (NodeId, NodeId),
        days: Option<Days>,
        kind: NodeKind,
    ) -> (NodeKind, Always, Option<Bound>) {
        let constant = |id: NodeId| match &self.program.node(id).kind {
            NodeKind::Constant(Constant::Number(it)) => Some(it.clone()),
            _ => None,
        };
        let (of, op, bound) = match (constant(a), constant(b)) {
            (None, Some(bound)) => (a, op, bound),
            (Some(bound), None) => (b, op.mirrored(), bound),
            _ => return (kind, Always::Open, None),
        };
        let range = &self.ranges[of.0 as usize];
        let (op, bound) = if range.whole { whole(op, bound) } else { (op, bound) };
        let always = match self.upto >= Proof::Range {
            true => settled(op, &bound, &range.hull),
            false => Always::Open,
        };
        let of = self.done[&(of, days)];
        // What is always or never so is one, whatever the bound.
        let (op, bound) = match always {
            Always::Open => (op, bound),
            _ => (Comparison::AtLeast, Number::zero()),
        };
        let (ty, space) = (self.program.node(b).ty, self.program.node(b).space);
        let constant = NodeKind::Constant(Constant::Number(bound.clone()));
        let form = Form { kind: constant, ty, space, body: None, always: Always::Open };
        let known = (always == Always::Open).then_some((of, op, bound));
        (NodeKind::Compare(op, of, self.number(form)), always, known)
    }

    /// A conjunction or disjunction without what its other parts say already: what is left, or the one part that is.
    fn joined(&self, kind: NodeKind) -> Result<NodeId, NodeKind> {
        let (items, and) = match &kind {
            NodeKind::And(items) | NodeKind::Quantified(Count::All, items) => (items, true),
            NodeKind::Or(items) | NodeKind::Quantified(Count::Any, items) => (items, false),
            _ => return Err(kind),
        };
        let mut kept: Vec<NodeId> = vec![];
        let distinct: BTreeSet<NodeId> = items.iter().copied().collect();
        for item in &distinct {
            let idle = distinct.iter().any(|other| {
                let (strong, weak) = if and { (other, item) } else { (item, other) };
                other != item
                    && self
                        .bounds
                        .get(strong)
                        .zip(self.bounds.get(weak))
                        .is_some_and(|(a, b)| implies(a, b))
            });
            if !idle {
                kept.push(*item);
            }
        }
        match kept.as_slice() {
            [one] => Ok(*one),
            _ if and => Err(NodeKind::And(kept)),
            _ => Err(NodeKind::Or(kept)),
        }
    }
}

/// Whether the first comparison holds only where the second does. Both are of the same value.
fn implies(a: &Bound, b: &Bound) -> bool {
    use Comparison::*;
    let stricter = match (a.1, b.1) {
        (AtLeast | Above, AtLeast) | (Above, Above) => a.2 >= b.2,
        (AtLeast, Above) => a.2 > b.2,
        (AtMost | Below, AtMost) | (Below, Below) => a.2 <= b.2,
        (AtMost, Below) => a.2 < b.2,
        _ => false,
    };
    a.0 == b.0 && (a.1, &a.2) != (b.1, &b.2) && stricter
}

/// The same comparison of whole numbers, with its bound among them.
fn whole(op: Comparison, bound: Number) -> (Comparison, Number) {
    let one = Number::one();
    match op {
        Comparison::Above => (Comparison::AtLeast, bound.floor().add(&one)),
        Comparison::AtLeast => (op, bound.ceil()),
        Comparison::Below => (Comparison::AtMost, bound.ceil().subtract(&one)),
        Comparison::AtMost => (op, bound.floor()),
        Comparison::Equal | Comparison::NotEqual => (op, bound),
    }
}

/// Whether a comparison comes to one truth for every value of an interval.
fn settled(op: Comparison, bound: &Number, hull: &Hull) -> Always {
    let low = |closed: bool| {
        let end = hull.low.as_ref();
        end.is_some_and(|it| it.at > *bound || it.at == *bound && (closed || !it.closed))
    };
    let high = |closed: bool| {
        let end = hull.high.as_ref();
        end.is_some_and(|it| it.at < *bound || it.at == *bound && (closed || !it.closed))
    };
    // `low(true)`: no value is below the bound; `low(false)`: none is on it either.
    let (yes, no) = match op {
        Comparison::AtLeast => (low(true), high(false)),
        Comparison::Above => (low(false), high(true)),
        Comparison::AtMost => (high(true), low(false)),
        Comparison::Below => (high(false), low(true)),
        Comparison::Equal => (false, low(false) || high(false)),
        Comparison::NotEqual => (low(false) || high(false), false),
    };
    match (yes, no) {
        (true, _) => Always::True,
        (_, true) => Always::False,
        _ => Always::Open,
    }
}

/// The versions of a parameter that some day of these may ask for.
fn clip(versions: &mut Vec<(Option<i32>, Option<i32>, NodeId)>, (_, from, until): Days) {
    versions.retain(|(start, end, _)| {
        let before = end.zip(from).is_some_and(|(end, from)| end < from);
        let after = start.zip(until).is_some_and(|(start, until)| start > until);
        !before && !after
    });
    for (start, end, _) in versions {
        *start = start.filter(|start| from.is_none_or(|from| *start > from));
        *end = end.filter(|end| until.is_none_or(|until| *end < until));
    }
}
