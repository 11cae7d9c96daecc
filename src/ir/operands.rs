//! What a node is computed from: one list for each kind, for those who look and for those who renumber. Nothing is computed.

#![allow(
    clippy::into_iter_on_ref,
    reason = "one walk goes over what is lent and over what may be changed"
)]

use crate::ir::Aggregate;
use crate::ir::AtLine;
use crate::ir::Belonging;
use crate::ir::CellTest;
use crate::ir::Decision;
use crate::ir::Normalisation;
use crate::ir::Over;
use crate::ir::Points;
use crate::ir::Ranking;
use crate::ir::Scoring;
use crate::ir::Selection;
use crate::ir::node::NodeId;
use crate::ir::node::NodeKind;

/// Writes each walk twice: over what is lent, and over what may be changed.
macro_rules! walks {
    ($each:ident, $rest:ident $(, $mut:tt)?) => {
        impl NodeKind {
            /// Shows every node it is computed from, in reading order.
            pub fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                use NodeKind::*;
                match self {
                    Constant(_) | Field(_) | Filled(_) => {}
                    RuleDate(of) => of.into_iter().for_each(see),
                    Parent(of)
                    | Not(of)
                    | IsNone(of)
                    | Negation(of)
                    | Absolute(of)
                    | Power(of, _)
                    | Length(of)
                    | Unique(of)
                    | InForce { day: of, .. }
                    | Round { of, .. }
                    | Root { of, .. }
                    | Input { of, .. } => see(of),
                    And(items)
                    | Or(items)
                    | Quantified(_, items)
                    | Sum(items)
                    | Product(items)
                    | Fold(_, items)
                    | Join(items) => items.into_iter().for_each(see),
                    Compare(_, a, b)
                    | Difference(a, b)
                    | Quotient(a, b)
                    | Contains(a, b)
                    | StartsWith(a, b)
                    | Narrow { of: a, bound: b, .. }
                    | Default { of: a, value: b, .. }
                    | WhenNotApplicable { of: a, value: b }
                    | Applies { guard: a, body: b } => {
                        see(a);
                        see(b);
                    }
                    Part(text, from, length) => {
                        see(text);
                        see(from);
                        see(length);
                    }
                    Belongs { of, to } => {
                        see(of);
                        match to {
                            Belonging::Node(node) => see(node),
                            Belonging::Values(nodes) => nodes.into_iter().for_each(see),
                            Belonging::Vocabulary(_) | Belonging::Nodes(_) => {}
                        }
                    }
                    If { condition, then, otherwise, if_not_applicable } => {
                        see(condition);
                        see(then);
                        see(otherwise);
                        if_not_applicable.into_iter().for_each(see);
                    }
                    Aggregate(it) => it.$each(see),
                    Decide(it) => it.$each(see),
                    Score(it) => it.$each(see),
                    _ => self.$rest(see),
                }
            }

            /// The same of rules around a body, and of what looks at days and periods.
            fn $rest(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                use NodeKind::*;
                match self {
                    Parameter { day, versions, .. } => {
                        see(day);
                        versions.into_iter().for_each(|it| see(&$($mut)? it.2));
                    }
                    Band { low, high, judged, .. } => {
                        see(&$($mut)? low.0);
                        see(&$($mut)? high.0);
                        judged.into_iter().for_each(see);
                    }
                    Exceptions { body, exceptions } => {
                        for arm in exceptions {
                            see(&$($mut)? arm.guard);
                            see(&$($mut)? arm.deemed);
                        }
                        see(body);
                    }
                    Soften { of, answered, .. } => {
                        see(of);
                        answered.into_iter().for_each(see);
                    }
                    Naming { name, places, industry, .. } => {
                        see(name);
                        places.into_iter().flatten().for_each(&mut *see);
                        industry.into_iter().for_each(see);
                    }
                    Called { arguments, result, .. } => {
                        arguments.into_iter().for_each(&mut *see);
                        result.into_iter().for_each(see);
                    }
                    DataPeriod { day, .. } => day.into_iter().for_each(see),
                    Recent { period: a, last: b, .. }
                    | InPeriod { of: a, period: b, .. }
                    | Earlier { of: a, period: b, .. }
                    | AddDuration { day: a, span: b }
                    | Days { from: a, to: b, .. }
                    | Elapsed { from: a, to: b, .. }
                    | WorkdayAfter { day: a, count: b, .. } => {
                        see(a);
                        see(b);
                    }
                    Growth { now: a, base: b, if_not_positive }
                    | MeanGrowth { from: a, to: b, if_not_positive, .. } => {
                        see(a);
                        see(b);
                        if_not_positive.into_iter().for_each(see);
                    }
                    _ => unreachable!("every other kind has an arm of its own"),
                }
            }
        }

        impl Aggregate {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                let Aggregate { filter, share, value, if_empty, .. } = self;
                [filter, share, value, if_empty].into_iter().flatten().for_each(see);
            }
        }

        impl Decision {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                let Decision { heads, rows, .. } = self;
                heads.into_iter().for_each(&mut *see);
                for row in rows {
                    for cell in &$($mut)? row.cells {
                        if let CellTest::Tests(tests) = cell {
                            let tests = tests.into_iter().flatten();
                            tests.for_each(|it| see(&$($mut)? it.1));
                        }
                    }
                    see(&$($mut)? row.result);
                }
            }
        }

        impl Scoring {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                match self {
                    Scoring::Points(it) => it.$each(see),
                    Scoring::Rank(it) => it.$each(see),
                    Scoring::Selected(it) => it.$each(see),
                    Scoring::Over(it) => it.$each(see),
                    Scoring::Weighted(_, parts) | Scoring::Weight { parts, .. } => {
                        for (points, weight) in parts {
                            see(points);
                            see(weight);
                        }
                    }
                    Scoring::Cap { of, most } => {
                        see(of);
                        see(most);
                    }
                    Scoring::Known(items) => items.into_iter().for_each(see),
                }
            }
        }

        impl Points {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                let Points { of, among, groups, method, .. } = self;
                see(of);
                among.into_iter().for_each(&mut *see);
                groups.into_iter().for_each(&mut *see);
                match method {
                    Normalisation::MinMax { goalposts, .. }
                    | Normalisation::Effect { goalposts, .. } => {
                        goalposts.into_iter().flatten().for_each(see);
                    }
                    Normalisation::Target(target) => see(target),
                    Normalisation::Standard { .. } | Normalisation::Table => {}
                }
            }
        }

        impl Ranking {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                let Ranking { of, among, then_by, population, groups, leaves, .. } = self;
                see(of);
                [among, then_by, population].into_iter().flatten().for_each(&mut *see);
                groups.into_iter().for_each(&mut *see);
                for leaf in leaves {
                    see(&$($mut)? leaf.of);
                    (&$($mut)? leaf.share).into_iter().for_each(&mut *see);
                }
            }
        }

        impl Selection {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                let Selection { ranking, among, top, line, quota, .. } = self;
                ranking.$each(see);
                among.into_iter().for_each(&mut *see);
                see(top);
                if let AtLine::ThenBy(node) = line {
                    see(node);
                }
                if let Some((group, seats)) = quota {
                    see(group);
                    see(seats);
                }
            }
        }

        impl Over {
            fn $each(&$($mut)? self, see: &mut dyn FnMut(&$($mut)? NodeId)) {
                let Over { filter, share, value, if_empty, groups, .. } = self;
                [filter, share, value, if_empty].into_iter().flatten().for_each(&mut *see);
                for (own, asking) in groups {
                    see(own);
                    see(asking);
                }
            }
        }
    };
}

walks!(each_operand, each_further_operand);
walks!(each_operand_mut, each_further_operand_mut, mut);

impl NodeKind {
    /// The nodes it is computed from, in reading order.
    pub fn operands(&self) -> Vec<NodeId> {
        let mut all = vec![];
        self.each_operand(&mut |it| all.push(*it));
        all
    }
}

impl Scoring {
    /// The nodes it is computed from, in reading order.
    pub fn operands(&self) -> Vec<NodeId> {
        let mut all = vec![];
        self.each_operand(&mut |it| all.push(*it));
        all
    }
}
