//! Random nodes that stand around an expression of any type: 若 with narrowed branches, exceptions, parameters.

use crate::oracle::generate::Builder;
use crate::oracle::generate::NUMBER;
use crate::oracle::schema;
use crate::oracle::schema::CASES;
use crate::oracle::schema::FIRMS;
use crate::oracle::schema::LEVELS;
use heng::ir::Against;
use heng::ir::Comparison;
use heng::ir::ExceptionArm;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::ParameterId;
use heng::ir::TableId;
use heng::ir::Ty;

impl Builder<'_, '_> {
    /// What any type may stand in: 若, 不适用时, 适用, exceptions, 缺省, 函数.
    pub fn wrapped(&mut self, ty: Ty, space: TableId, depth: u32) -> NodeId {
        let kind = match self.tape.pick(8) {
            0 | 1 => self.branches(ty, space, depth),
            2 => NodeKind::WhenNotApplicable {
                of: self.expression(ty, space, depth),
                value: self.expression(ty, space, depth),
            },
            3 => NodeKind::Applies {
                guard: self.expression(Ty::Truth, space, depth),
                body: self.expression(ty, space, depth),
            },
            // §6 promises no exact values; the exceptions of a truth are exact.
            4 if ty == Ty::Truth || !self.style.tight => self.exceptions(ty, space, depth),
            5 => return self.default(ty, space),
            // What a call comes to is sound, not exact (§11).
            6 if !self.style.tight => match self.call(ty, space, depth) {
                Some(kind) => kind,
                None => return self.leaf(ty, space),
            },
            _ if !matches!(ty, Ty::Duration(_)) => self.parameter(ty, space),
            _ => return self.leaf(ty, space),
        };
        self.add(kind, ty, space)
    }

    /// 缺省 stands beside its field, under the parent where the field is the parent's.
    fn default(&mut self, ty: Ty, space: TableId) -> NodeId {
        let Some((node, field)) = self.field(ty, space) else { return self.constant(ty, space) };
        let of = match self.program.node(node).kind {
            NodeKind::Parent(of) => of,
            _ => node,
        };
        let value = self.value(ty, field.table);
        let default = self.add(NodeKind::Default { of, field, value }, ty, field.table);
        if field.table == space { default } else { self.add(NodeKind::Parent(default), ty, space) }
    }

    /// 若, with the field that its condition compares with a constant, or with another field, cut in each branch.
    fn branches(&mut self, ty: Ty, space: TableId, depth: u32) -> NodeKind {
        let compared = if self.tape.pick(2) == 0 && !self.style.tight {
            let of = self.tape.choose(&[NUMBER, NUMBER, Ty::Date, Ty::Member(LEVELS)]);
            self.field(of, space).map(|(node, _)| (of, node))
        } else {
            None
        };
        let Some((of, field)) = compared else {
            let condition = self.expression(Ty::Truth, space, depth);
            let then = self.expression(ty, space, depth);
            let otherwise = self.expression(ty, space, depth);
            let if_not_applicable = Some(self.expression(ty, space, depth));
            return NodeKind::If { condition, then, otherwise, if_not_applicable };
        };
        let op = self.comparison(true, true);
        let other = if self.tape.rarely(3) { self.field(of, space) } else { None };
        let bound = other.map_or_else(|| self.value(of, space), |it| it.0);
        let node = self.narrow(field);
        let condition = self.add(NodeKind::Compare(op, node, bound), Ty::Truth, space);
        let then = self.branch(node, op, bound, ty, space, depth);
        let otherwise = self.branch(node, opposite(op), bound, ty, space, depth);
        let if_not_applicable = Some(self.expression(ty, space, depth));
        NodeKind::If { condition, then, otherwise, if_not_applicable }
    }

    fn branch(
        &mut self,
        of: NodeId,
        op: Comparison,
        bound: NodeId,
        ty: Ty,
        space: TableId,
        depth: u32,
    ) -> NodeId {
        let kind = NodeKind::Narrow { of, op, bound };
        let cut = self.add(kind, self.program.node(of).ty, space);
        self.narrowed.insert(of, cut);
        let node = self.expression(ty, space, depth);
        self.narrowed.remove(&of);
        node
    }

    /// One to three exceptions; each may stand against an earlier one.
    pub fn exceptions(&mut self, ty: Ty, space: TableId, depth: u32) -> NodeKind {
        let mut arms: Vec<ExceptionArm> = Vec::new();
        for at in 0..1 + self.tape.pick(3) {
            let against = (at > 0 && self.tape.pick(2) == 1).then(|| {
                (self.tape.choose(&[Against::Replaces, Against::Overrides]), self.tape.pick(at))
            });
            arms.push(ExceptionArm {
                guard: self.expression(Ty::Truth, space, depth.min(2)),
                deemed: self.constant(ty, space),
                article: format!("第{at}条"),
                against,
            });
        }
        NodeKind::Exceptions { body: self.expression(ty, space, depth), exceptions: arms }
    }

    /// A parameter of up to two versions with gaps before and between.
    fn parameter(&mut self, ty: Ty, space: TableId) -> NodeKind {
        let day = self.rule_date(space);
        let first = self.some_day();
        let starts = [if self.tape.pick(3) > 0 { None } else { Some(first) }, Some(first + 6)];
        let versions = starts[..1 + self.tape.pick(2)]
            .iter()
            .map(|from| {
                let until = self.tape.rarely(4).then_some(first + 9);
                (*from, until, self.value(ty, space))
            })
            .collect();
        NodeKind::Parameter { parameter: ParameterId(0), day, versions }
    }

    /// 评价日: the run's day, else the case's field.
    pub fn rule_date(&mut self, space: TableId) -> NodeId {
        if self.style.tight {
            return self.add(NodeKind::RuleDate(None), Ty::Date, space);
        }
        let mut of = self.add(NodeKind::Field(schema::RULE_DATE), Ty::Date, CASES);
        if space == FIRMS {
            of = self.add(NodeKind::Parent(of), Ty::Date, FIRMS);
        }
        self.add(NodeKind::RuleDate(Some(of)), Ty::Date, space)
    }
}

/// What holds where a comparison does not.
pub fn opposite(op: Comparison) -> Comparison {
    match op {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::AtLeast => Comparison::Below,
        Comparison::Below => Comparison::AtLeast,
        Comparison::Above => Comparison::AtMost,
        Comparison::AtMost => Comparison::Above,
    }
}
