//! Tables of points that fall, and rise again, as the value they are given for rises. Points by formula are not looked at.

use crate::diagnostic::Diagnostics;
use crate::eval::decision::Sheet;
use crate::ir::CellTest;
use crate::ir::Constant;
use crate::ir::Decision;
use crate::ir::Domain;
use crate::ir::FieldKind;
use crate::ir::Grading;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::lint::errors;
use crate::source::Sources;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeSet;

/// No more combinations of the other columns than this are gone through.
const COMBINATIONS: usize = 256;

/// Looks through the tables that scores rest on.
pub fn find(program: &Program, sources: &Sources, found: &mut Diagnostics) {
    let scored = program.below(program.scores.iter().map(|it| it.node));
    for grading in program.gradings.iter().filter(|it| scored.contains(&it.decision)) {
        let NodeKind::Decide(decision) = &program.node(grading.decision).kind else { continue };
        if matches!(program.node(grading.node).ty, Ty::Number(_)) {
            turns(program, sources, grading, decision, found);
        }
    }
}

/// The columns of numbers along which the points rise and fall.
fn turns(
    program: &Program,
    sources: &Sources,
    grading: &Grading,
    decision: &Decision,
    found: &mut Diagnostics,
) {
    let mut heads: Vec<NodeId> = vec![];
    decision.heads.iter().for_each(|it| {
        if !heads.contains(it) {
            heads.push(*it);
        }
    });
    let Some(samples) =
        heads.iter().map(|it| samples(program, decision, *it)).collect::<Option<Vec<Vec<Set>>>>()
    else {
        return;
    };
    let sheet = Sheet::new(program, decision);
    for (axis, head) in heads.iter().enumerate() {
        let all: usize =
            samples.iter().enumerate().filter(|it| it.0 != axis).map(|it| it.1.len()).product();
        if !matches!(program.node(*head).ty, Ty::Number(_)) || all > COMBINATIONS {
            continue;
        }
        for combination in 0..all {
            let others = pick(&samples, axis, combination);
            let points = samples[axis].iter().filter_map(|value| {
                let set = |node: NodeId| match heads.iter().position(|it| *it == node) {
                    Some(at) if at == axis => value.clone(),
                    Some(at) => others[at].clone(),
                    None => constant(program, node).unwrap_or(Set::Truth(Truth::ANYTHING)),
                };
                let reached = sheet.reached(&set);
                let mut rows = (0..reached.rows.len()).filter(|it| reached.rows[*it]);
                let (Some(row), None, false) = (rows.next(), rows.next(), reached.error) else {
                    return None;
                };
                let points = number(program, decision.rows[row].result)?;
                Some(Step { row, points, value: value.clone() })
            });
            let steps: Vec<Step> = points.collect();
            if let Some(three) = turn(&steps) {
                let span = grading.cells[three[2].row][0];
                let name = errors::words(sources, grading.heads[column(decision, *head)]);
                let case = |step: &Step| -> Vec<(NodeId, Set)> {
                    let value = |at: usize| if at == axis { &step.value } else { &others[at] };
                    heads.iter().enumerate().map(|it| (*it.1, value(it.0).clone())).collect()
                };
                let cases = three.map(case);
                let it = errors::points_turn(span, &name, [three[1].row + 1, three[2].row + 1]);
                found.push(match errors::rows_of(program, grading.table, &cases) {
                    Some(example) => it.example(example),
                    None => it,
                });
                break;
            }
        }
    }
}

fn column(decision: &Decision, head: NodeId) -> usize {
    decision.heads.iter().position(|it| *it == head).unwrap_or(0)
}

/// What one value of a head is given.
struct Step {
    row: usize,
    points: Number,
    value: Set,
}

/// Three values of which the middle one is given more, or less, than both others; none where points only rise, or only fall.
fn turn(steps: &[Step]) -> Option<[&Step; 3]> {
    let moves: Vec<&[Step]> = steps.windows(2).filter(|it| it[0].points != it[1].points).collect();
    let rises = |it: &[Step]| it[1].points > it[0].points;
    let first = moves.first()?;
    let back = moves.iter().find(|it| rises(it) != rises(first))?;
    Some([&first[0], &back[0], &back[1]])
}

/// The values of the other columns in one of their combinations; that of the axis itself is not used.
fn pick(samples: &[Vec<Set>], axis: usize, mut combination: usize) -> Vec<Set> {
    let mut picked = vec![];
    for (at, values) in samples.iter().enumerate() {
        let index = if at == axis { 0 } else { combination % values.len() };
        if at != axis {
            combination /= values.len();
        }
        picked.push(values[index].clone());
    }
    picked
}

/// Values of a head on every side of what the cells compare it with, ascending; none where a bound is no constant.
fn samples(program: &Program, decision: &Decision, head: NodeId) -> Option<Vec<Set>> {
    let columns = decision.heads.iter().enumerate().filter(|it| *it.1 == head).map(|it| it.0);
    let cells: Vec<&CellTest> =
        columns.flat_map(|at| decision.rows.iter().map(move |row| &row.cells[at])).collect();
    match program.node(head).ty {
        Ty::Number(_) => {
            let bounds = cells.iter().flat_map(|it| it.bounds());
            let bounds: Option<BTreeSet<Number>> = bounds.map(|it| number(program, it)).collect();
            let bounds: Vec<Number> = bounds?.into_iter().collect();
            let (first, last) = (bounds.first()?, bounds.last()?);
            let half = Number::scaled(5, 1);
            let mut values = vec![first.subtract(&Number::one())];
            for (at, bound) in bounds.iter().enumerate() {
                values.push(bound.clone());
                if let Some(next) = bounds.get(at + 1) {
                    values.push(bound.add(next).multiply(&half));
                }
            }
            values.push(last.add(&Number::one()));
            values.retain(|it| may_be(program, head, it));
            Some(values.into_iter().map(|it| Set::Number(Possible::number(it))).collect())
        }
        Ty::Truth => Some(vec![Set::Truth(Truth::TRUE), Set::Truth(Truth::FALSE)]),
        Ty::Member(list) => {
            let mut named = BTreeSet::new();
            for cell in cells {
                if let CellTest::Members(members) = cell {
                    named.extend(members.iter().copied());
                }
            }
            let all = program.vocabulary(list).members.len() as u32;
            let other = (0..all).find(|it| !named.contains(it));
            let members = named.into_iter().chain(other);
            Some(members.map(|it| Set::Member(Possible::values(MemberSet::one(it)))).collect())
        }
        _ => None,
    }
}

/// Whether a head may be a number, as far as its field says.
fn may_be(program: &Program, head: NodeId, number: &Number) -> bool {
    let NodeKind::Field(field) = &program.node(head).kind else { return true };
    match &program.field(*field).kind {
        FieldKind::Scalar { domain: Domain::Numbers { hull, whole, .. }, unit, .. } => {
            let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
            let in_unit = number.checked_div(&factor);
            hull.contains(number) && (!whole || in_unit.is_some_and(|it| it.is_whole()))
        }
        _ => true,
    }
}

fn constant(program: &Program, node: NodeId) -> Option<Set> {
    number(program, node).map(|it| Set::Number(Possible::number(it)))
}

/// A constant, or a parameter of one value.
fn number(program: &Program, node: NodeId) -> Option<Number> {
    match &program.node(node).kind {
        NodeKind::Constant(Constant::Number(number)) => Some(number.clone()),
        NodeKind::Parameter { versions, .. } => match versions.as_slice() {
            [(_, _, value)] => number_of(program, *value),
            _ => None,
        },
        _ => None,
    }
}

fn number_of(program: &Program, node: NodeId) -> Option<Number> {
    match &program.node(node).kind {
        NodeKind::Constant(Constant::Number(number)) => Some(number.clone()),
        _ => None,
    }
}
