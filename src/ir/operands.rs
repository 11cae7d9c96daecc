//! What each kind of node is computed from.

use crate::ir::Belonging;
use crate::ir::NodeId;
use crate::ir::NodeKind;

impl NodeKind {
    /// The nodes it is computed from, in reading order.
    pub fn operands(&self) -> Vec<NodeId> {
        use NodeKind::*;
        match self {
            Constant(_) | Field(_) | Filled(_) => vec![],
            RuleDate(of) => of.iter().copied().collect(),
            Parent(of)
            | Not(of)
            | IsNone(of)
            | Negation(of)
            | Absolute(of)
            | Power(of, _)
            | Length(of)
            | Unique(of) => vec![*of],
            Score(it) => it.operands(),
            Round { of, .. } | Root { of, .. } | Input { of, .. } => vec![*of],
            Parameter { day, versions, .. } => {
                std::iter::once(*day).chain(versions.iter().map(|it| it.2)).collect()
            }
            InForce { day, .. } => vec![*day],
            Narrow { of, bound, .. } => vec![*of, *bound],
            And(items)
            | Or(items)
            | Quantified(_, items)
            | Sum(items)
            | Product(items)
            | Fold(_, items)
            | Join(items) => items.clone(),
            Compare(_, a, b)
            | Difference(a, b)
            | Quotient(a, b)
            | Contains(a, b)
            | StartsWith(a, b) => {
                vec![*a, *b]
            }
            Belongs { of, to } => {
                let mut all = vec![*of];
                match to {
                    Belonging::Node(node) => all.push(*node),
                    Belonging::Values(nodes) => all.extend(nodes),
                    Belonging::Vocabulary(_) | Belonging::Nodes(_) => {}
                }
                all
            }
            If { condition, then, otherwise, if_not_applicable } => {
                [*condition, *then, *otherwise].into_iter().chain(*if_not_applicable).collect()
            }
            Default { of, value, .. } | WhenNotApplicable { of, value } => vec![*of, *value],
            Aggregate(it) => {
                [it.filter, it.share, it.value, it.if_empty].into_iter().flatten().collect()
            }
            Decide(it) => it.operands().collect(),
            Band { low, high, judged, .. } => [low.0, high.0].into_iter().chain(*judged).collect(),
            Exceptions { body, exceptions } => {
                exceptions.iter().flat_map(|it| [it.guard, it.deemed]).chain([*body]).collect()
            }
            Applies { guard, body } => vec![*guard, *body],
            Soften { of, answered, .. } => std::iter::once(*of).chain(*answered).collect(),
            Naming { name, places, industry, .. } => {
                let given = places.iter().chain([industry]).flatten();
                std::iter::once(name).chain(given).copied().collect()
            }
            Called { arguments, result, .. } => arguments.iter().chain(result).copied().collect(),
            Part(text, from, length) => vec![*text, *from, *length],
            _ => self.of_time(),
        }
    }

    /// The same of what looks at days and periods.
    fn of_time(&self) -> Vec<NodeId> {
        use NodeKind::*;
        match self {
            DataPeriod { day, .. } => day.iter().copied().collect(),
            Recent { period, last, .. } => vec![*period, *last],
            InPeriod { of, period, .. } | Earlier { of, period, .. } => vec![*of, *period],
            Growth { now, base, if_not_positive } => {
                [*now, *base].into_iter().chain(*if_not_positive).collect()
            }
            MeanGrowth { from, to, if_not_positive, .. } => {
                [*from, *to].into_iter().chain(*if_not_positive).collect()
            }
            AddDuration { day, span } => vec![*day, *span],
            Days { from, to, .. } => vec![*from, *to],
            WorkdayAfter { day, count, .. } => vec![*day, *count],
            _ => unreachable!("every other kind has an arm of its own"),
        }
    }
}
