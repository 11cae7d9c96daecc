//! What is known to hold in a branch of 若, and where a rule applies: which conditions tell it, and what they cut values to
//! (`semantics` §3.3). Branches themselves are elsewhere.

use crate::check::Checker;
use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::ir::VocabularyKind;
use crate::source::Span;
use crate::value::Number;

/// Of an enumeration with more words, a set of its words tells nothing.
const FEW: usize = 16;

/// One thing that is known, of nodes as they stand outside of any branch.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fact {
    /// A value compares so.
    Stands(NodeId, Comparison, Bound),
    /// The first less the second compares so with 0.
    Apart(NodeId, NodeId, Comparison),
    /// A truth is 真.
    Holds(NodeId),
}

/// What a value is known to compare with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound {
    /// Another.
    Node(NodeId),
    /// 0
    Zero,
    /// 不适用: whether there is a value.
    Nothing,
}

impl Checker<'_> {
    /// What is known where a condition comes out 真, or 假.
    pub(super) fn facts(&mut self, condition: NodeId, holds: bool) -> Vec<Fact> {
        let mut facts = vec![];
        self.tell(condition, holds, true, &mut facts);
        facts
    }

    /// Adds a fact; a bound that it makes superfluous goes.
    pub(super) fn learn(&mut self, fact: Fact) {
        let known = std::mem::take(&mut self.known);
        self.known = known.into_iter().filter(|it| !self.is_weaker(*it, fact)).collect();
        self.known.push(fact);
    }

    /// Whether a constant bound of a value says less than another on the same side.
    fn is_weaker(&self, fact: Fact, than: Fact) -> bool {
        let side = |op: Comparison| match op {
            Comparison::AtLeast | Comparison::Above => Some(true),
            Comparison::AtMost | Comparison::Below => Some(false),
            Comparison::Equal | Comparison::NotEqual => None,
        };
        let (Fact::Stands(a, op, Bound::Node(bound)), Fact::Stands(b, other, Bound::Node(by))) =
            (fact, than)
        else {
            return false;
        };
        let (Some(below), true) = (side(op), a == b && side(op) == side(other)) else {
            return false;
        };
        let (Some(bound), Some(by)) = (self.constant(bound), self.constant(by)) else {
            return false;
        };
        let order = if below { by.cmp(&bound) } else { bound.cmp(&by) };
        order.is_gt()
            || order.is_eq()
                && (op == other || matches!(op, Comparison::AtLeast | Comparison::AtMost))
    }

    /// What is known where a truth among others that must all hold does so, or is left out of them.
    pub(super) fn facts_of(&mut self, item: NodeId) -> Vec<Fact> {
        let mut facts = vec![];
        self.tell(item, true, false, &mut facts);
        facts
    }

    /// Whether a value is known to be there.
    pub(super) fn is_known_there(&mut self, id: NodeId, known: &[Fact]) -> bool {
        known.iter().any(|fact| {
            let cut = self.cut_by(*fact, id);
            matches!(cut, Some((Comparison::NotEqual, Bound::Nothing)))
        })
    }

    /// `surely`: it came out so; otherwise it did or is 不适用, which 且 and 或 leave out.
    fn tell(&mut self, condition: NodeId, holds: bool, surely: bool, facts: &mut Vec<Fact>) {
        let surely = surely || !self.program.node(condition).may_be_na;
        if surely && holds {
            let truth = self.plain(condition);
            facts.push(Fact::Holds(truth));
        }
        match self.program.node(condition).kind.clone() {
            NodeKind::Compare(op, left, right) => {
                let op = if holds { op } else { op.opposite() };
                self.tell_comparison((left, op, right), surely, facts);
            }
            NodeKind::IsNone(of) => {
                let op = if holds { Comparison::Equal } else { Comparison::NotEqual };
                facts.push(self.stands(of, op, Bound::Nothing));
            }
            NodeKind::Not(of) => self.tell(of, !holds, surely, facts),
            NodeKind::And(items) | NodeKind::Quantified(Count::All, items) if holds => {
                items.iter().for_each(|it| self.tell(*it, true, false, facts));
            }
            NodeKind::Or(items) | NodeKind::Quantified(Count::Any, items) if !holds => {
                items.iter().for_each(|it| self.tell(*it, false, false, facts));
            }
            NodeKind::Applies { guard, body } if surely => {
                self.tell(guard, true, true, facts);
                self.tell(body, holds, true, facts);
            }
            NodeKind::Called { result: Some(result), .. } if surely => {
                self.tell(result, holds, true, facts);
            }
            NodeKind::Parent(of) => self.tell(of, holds, surely, facts),
            NodeKind::Belongs { of, to } => self.tell_belonging(of, &to, holds, facts),
            _ => {}
        }
    }

    fn tell_comparison(
        &mut self,
        (left, op, right): (NodeId, Comparison, NodeId),
        surely: bool,
        facts: &mut Vec<Fact>,
    ) {
        let kinds = [left, right].map(|it| self.ty(it));
        let constant =
            [left, right].map(|it| matches!(self.program.node(it).kind, NodeKind::Constant(_)));
        let may_be_na = [left, right].map(|it| self.program.node(it).may_be_na);
        let cuts = kinds.iter().all(|it| {
            matches!(it, Ty::Number(_) | Ty::Duration(_) | Ty::Date | Ty::Period(_) | Ty::Member(_))
        });
        let sides = [(left, op, right), (right, op.mirrored(), left)];
        for (at, (of, op, bound)) in sides.into_iter().enumerate() {
            if surely && may_be_na[at] {
                facts.push(self.stands(of, Comparison::NotEqual, Bound::Nothing));
            }
            // Beside a bound that is 不适用 anything may stand.
            if cuts && !constant[at] && (surely || !may_be_na[1 - at]) {
                facts.push(self.stands(of, op, Bound::Node(bound)));
            }
        }
        let subtracted = kinds.iter().all(|it| matches!(it, Ty::Number(_) | Ty::Date));
        if subtracted && constant == [false; 2] && (surely || may_be_na == [false; 2]) {
            let (a, b) = (self.plain(left), self.plain(right));
            facts.extend([Fact::Apart(a, b, op), Fact::Apart(b, a, op.mirrored())]);
        }
    }

    /// Which words of an enumeration are left, or which values are not.
    fn tell_belonging(&mut self, of: NodeId, to: &Belonging, holds: bool, facts: &mut Vec<Fact>) {
        match to {
            Belonging::Values(values) if !holds || values.len() == 1 => {
                let op = if holds { Comparison::Equal } else { Comparison::NotEqual };
                let there = |it: &&NodeId| !self.program.node(**it).may_be_na;
                let values: Vec<NodeId> = values.iter().filter(there).copied().collect();
                for value in &values {
                    facts.push(self.stands(of, op, Bound::Node(*value)));
                }
            }
            Belonging::Nodes(listed) => {
                let Node { ty: Ty::Member(list), space, span, .. } = *self.program.node(of) else {
                    return;
                };
                let vocabulary = self.program.vocabulary(list);
                let words = vocabulary.members.len();
                let flat = matches!(
                    vocabulary.kind,
                    VocabularyKind::Enumeration { .. } | VocabularyKind::Grades
                );
                if !flat || words > FEW {
                    return;
                }
                for word in (0..words as u32).filter(|it| listed.contains(it) != holds) {
                    let constant = NodeKind::Constant(Constant::Member(word));
                    let word = self.node(constant, Ty::Member(list), None, space, span);
                    facts.push(self.stands(of, Comparison::NotEqual, Bound::Node(word)));
                }
            }
            _ => {}
        }
    }

    fn stands(&mut self, of: NodeId, op: Comparison, bound: Bound) -> Fact {
        Fact::Stands(self.plain(of), op, bound)
    }

    /// A node as it stands outside of any branch; the node itself where there is no such node.
    fn plain(&mut self, id: NodeId) -> NodeId {
        if let Some(known) = self.plain.get(&id) {
            return *known;
        }
        let Node { mut kind, ty, space, unit, .. } = self.program.node(id).clone();
        let plain = match kind {
            // Inside a formula an argument is what it is outside.
            NodeKind::Narrow { of, .. } | NodeKind::Input { of, .. } => self.plain(of),
            NodeKind::Constant(_) => id,
            _ => {
                kind.each_operand_mut(&mut |it| *it = self.plain(*it));
                let unit = unit.filter(|_| matches!(kind, NodeKind::Constant(_)));
                self.nodes.get(&(kind, space, ty, unit)).copied().unwrap_or(id)
            }
        };
        self.plain.insert(id, plain);
        plain
    }

    /// In a branch, a value cut to what is known of it there.
    pub(super) fn narrowed(&mut self, id: NodeId, span: Span) -> NodeId {
        let mut at = id;
        for fact in self.known.clone() {
            let Some((op, bound)) = self.cut_by(fact, id) else { continue };
            let Node { ty, unit, space, .. } = self.program.node(id).clone();
            // The facts are set aside: the narrowed node must not be narrowed again.
            let known = std::mem::take(&mut self.known);
            let bound = match bound {
                Bound::Node(it) => it,
                Bound::Zero => {
                    let zero = NodeKind::Constant(Constant::Number(Number::zero()));
                    self.node(zero, ty, None, space, span)
                }
                Bound::Nothing => {
                    let nothing = NodeKind::Constant(Constant::NotApplicable);
                    self.node(nothing, Ty::NotApplicable, None, space, span)
                }
            };
            if !self.is_cut(at, op, bound) {
                at = self.node(NodeKind::Narrow { of: at, op, bound }, ty, unit, space, span);
            }
            self.known = known;
        }
        at
    }

    /// What a fact says of a node.
    fn cut_by(&mut self, fact: Fact, id: NodeId) -> Option<(Comparison, Bound)> {
        let mut bare = id;
        while let NodeKind::Narrow { of, .. } = self.program.node(bare).kind {
            bare = of;
        }
        match fact {
            Fact::Stands(of, op, bound) => (self.plain(id) == of).then_some((op, bound)),
            Fact::Apart(a, b, op) => match self.program.node(bare).kind {
                NodeKind::Difference(x, y)
                | NodeKind::Days { from: y, to: x, both_ends: false } => {
                    (self.plain(x) == a && self.plain(y) == b).then_some((op, Bound::Zero))
                }
                _ => None,
            },
            Fact::Holds(truth) => match self.program.node(bare).kind {
                // A field whose 适用 holds is there; what a rule itself is for is not asked here.
                NodeKind::Applies { guard, body } if !self.program.node(body).may_be_na => {
                    let of_field = matches!(self.program.node(body).kind, NodeKind::Field(_));
                    (of_field && self.plain(guard) == truth)
                        .then_some((Comparison::NotEqual, Bound::Nothing))
                }
                _ => None,
            },
        }
    }

    fn is_cut(&self, id: NodeId, op: Comparison, bound: NodeId) -> bool {
        match self.program.node(id).kind {
            NodeKind::Narrow { of, op: before, bound: by } => {
                (before, by) == (op, bound) || self.is_cut(of, op, bound)
            }
            _ => false,
        }
    }
}
