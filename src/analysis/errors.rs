//! Where an error arises: the node that is in error although nothing below it is.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::decisive;
use crate::analysis::peers;
use crate::analysis::rests;
use crate::analysis::tables;
use crate::eval::functions;
use crate::eval::functions::Failure;
use crate::ir::AggregateFunction;
use crate::ir::FunctionId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ParameterId;
use crate::script::Fault;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;

/// Where an error arises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The node and its row.
    pub at: At,
    /// What went wrong.
    pub kind: OriginKind,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// 除数为零
    DivisionByZero {
        /// The divisor; none where a function divides.
        divisor: Option<NodeId>,
    },
    /// 空集: an average, a greatest or a share of nothing.
    Nothing,
    /// Another case is in error, and counts.
    Elsewhere {
        /// Its row.
        row: usize,
    },
    /// 同值: all cases that are compared have one value, and the rulebook does not say what that is worth.
    SameValue {
        /// What is compared.
        of: NodeId,
        /// There is no other case.
        alone: bool,
    },
    /// 并列于线: cases that are equal, of which the line takes some.
    Tie {
        /// All that are tied, the case itself among them.
        rows: Vec<usize>,
    },
    /// 时点不一: how many are taken is not the same for all cases.
    SeatsDiffer,
    /// 加权几何 of a negative number of points.
    NegativePoints,
    /// 例外冲突
    Conflict {
        /// The articles of the exceptions.
        articles: Vec<String>,
    },
    /// 该日无值
    NoValue {
        /// The parameter.
        parameter: ParameterId,
        /// The day.
        day: NodeId,
    },
    /// 表有空隙
    NoRow {
        /// What the columns of the table look at.
        heads: Vec<NodeId>,
    },
    /// Two rows of a table hold where one may.
    TwoRows {
        /// Which, from 0.
        rows: Vec<usize>,
    },
    /// A call of a 函数 failed.
    Call {
        /// Which.
        function: FunctionId,
        /// Why.
        failure: Failure,
    },
    /// 基期不为正
    BaseNotPositive {
        /// The base.
        base: NodeId,
    },
    /// The root of a negative number.
    NegativeRoot {
        /// The number.
        of: NodeId,
    },
    /// 数过大, or a day outside the calendar.
    TooLarge,
}

/// Where the errors in an outcome arise, in reading order.
pub fn errors(case: &Case, start: At) -> Vec<Origin> {
    let next = |case: &Case, at: At| {
        let below = if may_be_error(case, at) { rests::below(case, at) } else { vec![] };
        below.into_iter().filter(|it| may_be_error(case, *it)).collect()
    };
    let origin = |at: At| {
        let below = rests::below(case, at);
        let arises = is_error(case, at) && !below.into_iter().any(|it| is_error(case, it));
        arises.then(|| Origin { at, kind: kind(case, at) })
    };
    rests::reach(case, start, next).into_iter().filter_map(origin).collect()
}

/// The scripts that stop in a case, with the reason, each once.
pub fn scripts(case: &Case) -> Vec<(FunctionId, Fault)> {
    let calls = (0u32..).zip(&case.program.nodes).filter_map(|(id, node)| match node.kind {
        NodeKind::Called { result: None, .. } => Some((NodeId(id), node.space)),
        _ => None,
    });
    let mut found = vec![];
    for (node, table) in calls {
        let Some(rows) = case.recording.rows.get(&table) else { continue };
        for at in rows.clone().map(|row| At { node, row }).filter(|it| is_error(case, *it)) {
            for origin in errors(case, at) {
                if let OriginKind::Call { function, failure: Failure::Script(fault) } = origin.kind
                    && !found.contains(&(function, fault.clone()))
                {
                    found.push((function, fault));
                }
            }
        }
    }
    found
}

/// Where an error may arise that is not sure: nodes that may be in error although nothing below them may be.
pub fn possible(case: &Case, start: At) -> Vec<At> {
    let next = |case: &Case, at: At| {
        let below = if may_be_error(case, at) { rests::below(case, at) } else { vec![] };
        below.into_iter().filter(|it| may_be_error(case, *it)).collect()
    };
    let arises = |at: &At| {
        let below = rests::below(case, *at);
        may_be_error(case, *at)
            && !is_error(case, *at)
            && !below.into_iter().any(|it| may_be_error(case, it))
    };
    rests::reach(case, start, next).into_iter().filter(arises).collect()
}

fn may_be_error(case: &Case, at: At) -> bool {
    case.set(at).is_some_and(|it| it.may_be_error())
}

fn is_error(case: &Case, at: At) -> bool {
    case.set(at).is_some_and(|it| it.state() == State::Error)
}

fn kind(case: &Case, at: At) -> OriginKind {
    match &case.program.node(at.node).kind {
        NodeKind::Quotient(_, divisor) if is_zero(case, At { node: *divisor, row: at.row }) => {
            OriginKind::DivisionByZero { divisor: Some(*divisor) }
        }
        NodeKind::Power(of, _) if is_zero(case, At { node: *of, row: at.row }) => {
            OriginKind::DivisionByZero { divisor: None }
        }
        NodeKind::Aggregate(aggregate) => {
            let empty = rests::rows(case, aggregate, at.row).counted.is_empty();
            match aggregate.function {
                AggregateFunction::Share if !empty => OriginKind::DivisionByZero { divisor: None },
                _ if empty => OriginKind::Nothing,
                _ => OriginKind::TooLarge,
            }
        }
        NodeKind::Score(scoring) => peers::kind(case, scoring, at),
        NodeKind::Exceptions { exceptions, .. } => {
            let standing =
                decisive::standing(exceptions, |node| case.truth(At { node, row: at.row }));
            OriginKind::Conflict {
                articles: standing.into_iter().map(|it| exceptions[it].article.clone()).collect(),
            }
        }
        NodeKind::Parameter { parameter, day, .. } => {
            OriginKind::NoValue { parameter: *parameter, day: *day }
        }
        NodeKind::Decide(it) => {
            let rows = tables::holding(case, it, at.row);
            match rows.is_empty() {
                true => OriginKind::NoRow { heads: it.heads.clone() },
                false => OriginKind::TwoRows { rows },
            }
        }
        NodeKind::Called { function, arguments, .. } => {
            let set = |it: &NodeId| case.set(At { node: *it, row: at.row });
            let sets: Option<Vec<Set>> = arguments.iter().map(set).collect();
            match sets {
                Some(sets) => OriginKind::Call {
                    function: *function,
                    failure: functions::failure(case.program, *function, &sets),
                },
                None => OriginKind::TooLarge,
            }
        }
        NodeKind::Growth { base, .. } | NodeKind::MeanGrowth { from: base, .. }
            if !is_positive(case, At { node: *base, row: at.row }) =>
        {
            OriginKind::BaseNotPositive { base: *base }
        }
        NodeKind::MeanGrowth { to: of, .. } | NodeKind::Root { of, .. }
            if number(case, At { node: *of, row: at.row }).is_none_or(|it| it.is_negative()) =>
        {
            OriginKind::NegativeRoot { of: *of }
        }
        _ => OriginKind::TooLarge,
    }
}

fn is_positive(case: &Case, at: At) -> bool {
    number(case, at).is_some_and(|it| it.is_positive())
}

fn is_zero(case: &Case, at: At) -> bool {
    number(case, at).is_some_and(|it| it.is_zero())
}

/// The number a node comes to, where it is settled.
pub fn number(case: &Case, at: At) -> Option<Number> {
    match case.set(at)? {
        Set::Number(set) if !set.na && !set.error => {
            set.values.as_ref().and_then(Hull::single).cloned()
        }
        _ => None,
    }
}
