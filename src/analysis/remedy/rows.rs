//! Conditions on child rows: which cells a new row needs to be counted, and how rows that are there come to hold. Numbers of
//! rows that a bound asks for are elsewhere.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Mender;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::is_changeable;
use crate::analysis::remedy::plan;
use crate::analysis::rests;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;

/// Not more rows than this are mended cell by cell; of more it is said how many.
const FEW: usize = 3;

/// The cells of a new row with which functions over rows count it, and their share or quantifier holds for it; none where
/// the conditions are not plain ones on cells of the row, or do not go together.
pub(super) fn counted<'c>(
    case: &Case,
    aggregates: impl IntoIterator<Item = &'c Aggregate>,
) -> Option<Vec<(FieldId, Set)>> {
    let mut cells = vec![];
    for aggregate in aggregates {
        let asked = match aggregate.function {
            AggregateFunction::Quantified(_) => aggregate.value,
            _ => aggregate.share,
        };
        for node in aggregate.filter.into_iter().chain(asked) {
            fulfil(case, node, true, &mut cells)?;
        }
    }
    Some(cells)
}

/// Rows that join one list for two reasons as rows that join it for both; and those of the one reason that are left. None
/// where the two steps are not of that kind.
pub(super) fn merged(case: &Case, a: &Step, b: &Step) -> Option<Vec<Step>> {
    let (
        Action::Add { aggregate: one, also, count: few },
        Action::Add { aggregate: other, also: too, count: many },
    ) = (&a.action, &b.action)
    else {
        return None;
    };
    if few > many {
        return merged(case, b, a);
    }
    let rows = |node: NodeId| match &case.program.node(node).kind {
        NodeKind::Aggregate(it) => Some(it.rows),
        _ => None,
    };
    let both = also.iter().chain([other]).chain(too).copied().collect();
    let step = |aggregate, also, count| Step {
        action: Action::Add { aggregate, also, count },
        ..b.clone()
    };
    let rest = many.subtract(few);
    let rest = rest.is_positive().then(|| step(*other, too.clone(), rest));
    let together = Some(step(*one, both, few.clone())).into_iter();
    (rows(*one).is_some() && rows(*one) == rows(*other)).then(|| together.chain(rest).collect())
}

/// The cells with which a condition on a row holds.
fn fulfil(case: &Case, node: NodeId, want: bool, cells: &mut Vec<(FieldId, Set)>) -> Option<()> {
    let program = case.program;
    let space = program.node(node).space;
    let mut put = |field: FieldId, set: Set| {
        let same = cells.iter().find(|it| it.0 == field).is_none_or(|it| it.1 == set);
        let own = field.table == space;
        if same && own {
            cells.push((field, set));
        }
        (same && own).then_some(())
    };
    let field = |node: NodeId| match &program.node(node).kind {
        NodeKind::Field(field) => Some(*field),
        NodeKind::Applies { body, .. } => match &program.node(*body).kind {
            NodeKind::Field(field) => Some(*field),
            _ => None,
        },
        _ => None,
    };
    match &program.node(node).kind {
        NodeKind::And(items) if want => {
            items.iter().try_for_each(|it| fulfil(case, *it, true, cells))
        }
        NodeKind::Or(items) if want => fulfil(case, *items.first()?, true, cells),
        NodeKind::Not(of) => fulfil(case, *of, !want, cells),
        NodeKind::Field(_) | NodeKind::Applies { .. } => {
            put(field(node)?, Set::Truth(Truth::of(want)))
        }
        NodeKind::Compare(Comparison::Equal, a, b) if want => put(field(*a)?, constant(case, *b)?),
        NodeKind::Compare(Comparison::AtLeast | Comparison::AtMost, a, b) if want => put(
            field(*a)?,
            case.set(At { node: *b, row: case.row }).or_else(|| constant(case, *b))?,
        ),
        NodeKind::Belongs { of, to: Belonging::Nodes(members) } if want => {
            put(field(*of)?, Set::Member(Possible::values(MemberSet::one(*members.first()?))))
        }
        _ => None,
    }
}

fn constant(case: &Case, node: NodeId) -> Option<Set> {
    match &case.program.node(node).kind {
        NodeKind::Constant(it) => it.set(),
        _ => None,
    }
}

/// The ways to make 全部, 任一, 没有, 至少 over rows hold: rows that are there come to hold, or to hold no more; or a new one joins.
pub(super) fn quantified(mender: &Mender, at: At, aggregate: &Aggregate, want: bool) -> Vec<Plan> {
    let case = mender.case;
    let AggregateFunction::Quantified(count) = aggregate.function else { return vec![] };
    let Some(asked) = aggregate.value else { return vec![] };
    let rows = rests::rows(case, aggregate, at.row);
    if !rows.open.is_empty() {
        return vec![];
    }
    let are = |truth: Truth| -> Vec<usize> {
        let is = |row: &&usize| case.truth(At { node: asked, row: **row }) == truth;
        rows.counted.iter().filter(is).copied().collect()
    };
    let (holding, failing) = (are(Truth::TRUE), are(Truth::FALSE));
    let add = |missing: u32| {
        let count = Number::from(i64::from(missing));
        let step = Action::Add { aggregate: at.node, also: vec![], count };
        plan(Step::new(step, is_changeable(case, aggregate.rows)))
    };
    match (count, want) {
        (Count::All, true) => all_of(mender, (at, asked), &failing, true),
        (Count::None, true) | (Count::Any, false) => all_of(mender, (at, asked), &holding, false),
        (Count::Any, true) => {
            some_of(mender, (at, asked), &failing, 1).into_iter().chain([add(1)]).collect()
        }
        (Count::AtLeast(n), true) => {
            let missing = n.saturating_sub(holding.len() as u32);
            some_of(mender, (at, asked), &failing, missing)
                .into_iter()
                .chain([add(missing)])
                .collect()
        }
        (Count::AtMost(n), true) => {
            let over = (holding.len() as u32).saturating_sub(n);
            vec![turned(at, over, false)]
        }
        _ => vec![],
    }
}

/// All of some rows have to change: cell by cell where they are few.
fn all_of(mender: &Mender, (at, asked): (At, NodeId), rows: &[usize], want: bool) -> Vec<Plan> {
    let ways = || {
        let mut all = Plan { steps: vec![], covers: true, enough: true };
        for row in rows {
            let way = mender.mend(At { node: asked, row: *row }, want).into_iter().next()?;
            all = super::join(mender.case, &all, &way);
        }
        Some(all)
    };
    match (rows.len() <= FEW).then(ways).flatten() {
        Some(way) if way.enough => vec![way],
        _ => vec![turned(at, rows.len() as u32, want)],
    }
}

/// So many of some rows have to change.
fn some_of(mender: &Mender, (at, asked): (At, NodeId), rows: &[usize], count: u32) -> Vec<Plan> {
    if count as usize > rows.len() {
        return vec![];
    }
    if count == 1 && rows.len() <= FEW {
        let ways = rows.iter().flat_map(|row| mender.mend(At { node: asked, row: *row }, true));
        let ways: Vec<Plan> = ways.filter(|it| it.enough).collect();
        if !ways.is_empty() {
            return ways;
        }
    }
    vec![turned(at, count, true)]
}

fn turned(at: At, count: u32, hold: bool) -> Plan {
    let count = Number::from(i64::from(count));
    let action = match hold {
        true => Action::Turn { aggregate: at.node, count },
        false => Action::Unturn { aggregate: at.node, count },
    };
    plan(Step::new(action, false))
}
