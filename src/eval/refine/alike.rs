//! Members of a long list that no rule below an outcome tells apart: they fall into one cell. What a rule does with a
//! member is told from the kinds of the nodes that look at it; where that is not known, every member stands for itself.

use crate::eval::chunk::Chunk;
use crate::eval::refine::Hole;
use crate::ir::Belonging;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::value::Foreign;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Shorter lists are not looked at.
const FEW: usize = 8;

/// What is asked of a member.
enum Test {
    /// Whether it is one of these or below, above, or apart.
    Within(Vec<u32>),
    /// Whether it is this one.
    Is(u32),
}

/// The members that a hole may be, those together that no rule tells apart; none where that is not known.
pub fn classes(chunk: &Chunk, nodes: &[NodeId], hole: &Hole) -> Option<Vec<Vec<u32>>> {
    let program = chunk.context.program;
    let Set::Member(set) = &hole.set else { return None };
    let FieldKind::Scalar { ty: Ty::Member(list), .. } = program.field(hole.field).kind else {
        return None;
    };
    let list = program.vocabulary(list);
    let values = set.values.as_ref()?;
    let members: Vec<u32> = match &values.members {
        Some(members) => members.clone(),
        None => (0..list.members.len() as u32).collect(),
    };
    if members.len() <= FEW || values.foreign != Foreign::No {
        return None;
    }
    let tests = tests(chunk, nodes, hole.node)?;
    let mut classes: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
    for member in members {
        let answers = tests.iter().map(|it| answer(list, it, member)).collect();
        classes.entry(answers).or_default().push(member);
    }
    let mut classes: Vec<Vec<u32>> = classes.into_values().collect();
    classes.sort_unstable();
    Some(classes)
}

fn answer(list: &Vocabulary, test: &Test, member: u32) -> u8 {
    match test {
        Test::Is(other) => u8::from(*other == member),
        Test::Within(others) if others.iter().any(|it| list.is_within(member, *it)) => 2,
        Test::Within(others) => u8::from(others.iter().any(|it| list.is_within(*it, member))),
    }
}

/// All that is asked of a cell below an outcome; none where something else is done with it.
fn tests(chunk: &Chunk, nodes: &[NodeId], start: NodeId) -> Option<Vec<Test>> {
    let program = chunk.context.program;
    let mut tests = vec![];
    let mut shown = BTreeSet::from([start]);
    for id in nodes {
        let kind = &program.node(*id).kind;
        if !kind.operands().iter().any(|it| shown.contains(it)) {
            continue;
        }
        let is = |it: &NodeId| shown.contains(it);
        match kind {
            NodeKind::Parent(_)
            | NodeKind::Narrow { .. }
            | NodeKind::WhenNotApplicable { .. }
            | NodeKind::Default { .. } => _ = shown.insert(*id),
            NodeKind::Applies { guard, .. } if !is(guard) => _ = shown.insert(*id),
            NodeKind::IsNone(_) => {}
            NodeKind::Belongs { of, to: Belonging::Nodes(members) } if is(of) => {
                tests.push(Test::Within(members.clone()));
            }
            NodeKind::Belongs { of, to: Belonging::Vocabulary(_) } if is(of) => {}
            NodeKind::Belongs { of, to: Belonging::Node(other) } => {
                let other = if is(of) { other } else { of };
                for member in settled(chunk, *other)? {
                    tests.push(Test::Within(vec![member]));
                    tests.push(Test::Is(member));
                }
            }
            NodeKind::Compare(Comparison::Equal | Comparison::NotEqual, a, b) => {
                let other = if is(a) { b } else { a };
                tests.extend(settled(chunk, *other)?.into_iter().map(Test::Is));
            }
            NodeKind::Decide(it) => {
                let bounds = |row: &crate::ir::DecisionRow| {
                    is(&row.result) || row.cells.iter().flat_map(CellTest::bounds).any(|it| is(&it))
                };
                if it.rows.iter().any(bounds) {
                    return None;
                }
                for row in &it.rows {
                    for (_, cell) in it.heads.iter().zip(&row.cells).filter(|(head, _)| is(head)) {
                        match cell {
                            CellTest::Members(members) => {
                                tests.push(Test::Within(members.clone()));
                            }
                            CellTest::Tests(_) => return None,
                            CellTest::Any
                            | CellTest::Otherwise
                            | CellTest::NotApplicable
                            | CellTest::Truth(_) => {}
                        }
                    }
                }
            }
            _ => return None,
        }
    }
    Some(tests)
}

/// The members a node comes to in any row of the case; none where one is not settled.
fn settled(chunk: &Chunk, node: NodeId) -> Option<BTreeSet<u32>> {
    let rows = chunk.rows[chunk.context.program.node(node).space.0 as usize].len();
    let series = chunk.get(node)?;
    let mut all = BTreeSet::new();
    for row in 0..rows {
        let set = series.member(row);
        match &set.values {
            None => {}
            Some(values) if values.is_single() => all.extend(values.members.iter().flatten()),
            Some(_) => return None,
        }
    }
    Some(all)
}
