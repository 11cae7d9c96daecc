//! Which parts of a truth decide it (`semantics` §6.5), and which keep it open. Child rows and values are looked into elsewhere.

use crate::analysis::At;
use crate::analysis::truth;
use crate::eval::recorder::Recording;
use crate::ir::Against;
use crate::ir::Clause;
use crate::ir::Count;
use crate::ir::CriterionId;
use crate::ir::ExceptionArm;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::value::Truth;
use indexmap::IndexSet;
use std::collections::BTreeSet;

/// The criteria that decide a conclusion, or that a criterion refers to and that decide it; of an undecided one,
/// those that keep it open. Criteria that decide only through another criterion are among them. In article order.
pub fn deciding(
    program: &Program,
    recording: &Recording,
    node: NodeId,
    row: usize,
) -> Vec<CriterionId> {
    let mut found = BTreeSet::new();
    walk(program, recording, At { node, row }, &mut |at| {
        if at.node != node {
            found.extend(criteria_of(program, at.node));
        }
        Further::Down
    });
    in_article_order(program, found)
}

/// The criteria that decide a node without going through another criterion, in article order.
pub fn nearest(program: &Program, recording: &Recording, at: At) -> Vec<CriterionId> {
    let mut found = BTreeSet::new();
    walk(program, recording, at, &mut |here| {
        let mut criteria = criteria_of(program, here.node).peekable();
        if here == at || criteria.peek().is_none() {
            return Further::Down;
        }
        found.extend(criteria);
        Further::Stop
    });
    in_article_order(program, found)
}

/// The articles that decide an outcome: of the criteria that decide, of lines of lists and exceptions on the way, and of a
/// conclusion whose own clauses decide. In the order they are met, each once.
pub fn articles(program: &Program, recording: &Recording, node: NodeId, row: usize) -> Vec<String> {
    let mut found: IndexSet<String> = IndexSet::new();
    let mut visited = BTreeSet::new();
    walk(program, recording, At { node, row }, &mut |at| {
        visited.insert(at.node);
        if let NodeKind::Exceptions { exceptions, .. } = &program.node(at.node).kind {
            let guard = |node: NodeId| truth(recording, At { node, row });
            found.extend(
                standing(exceptions, guard).iter().map(|it| exceptions[*it].article.clone()),
            );
        }
        Further::Down
    });
    for rule in &program.criteria {
        if visited.contains(&rule.node) || visited.contains(&rule.in_conclusion) {
            found.extend(rule.head.articles.iter().cloned());
            found.extend(of_lines(&rule.clauses, &visited));
        }
    }
    for rule in program.conclusions.iter().filter(|it| visited.contains(&it.node)) {
        let own = rule.clauses.iter().map(|it| it.node);
        let struck = rule.vetoes.iter().filter(|it| it.criterion.is_none()).map(|it| it.node);
        if own.chain(struck).any(|it| visited.contains(&it)) {
            found.extend(rule.head.articles.iter().cloned());
            found.extend(of_lines(&rule.clauses, &visited));
        }
    }
    found.into_iter().collect()
}

/// The fields that what decides an outcome looks at.
pub fn fields(
    program: &Program,
    recording: &Recording,
    node: NodeId,
    row: usize,
) -> BTreeSet<FieldId> {
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let atoms = atoms(program, recording, At { node, row });
    let mut waiting: Vec<NodeId> = atoms.into_iter().map(|it| it.node).collect();
    while let Some(node) = waiting.pop() {
        if !seen.insert(node) {
            continue;
        }
        if let NodeKind::Field(field) = &program.node(node).kind {
            found.insert(*field);
        }
        waiting.extend(program.node(node).kind.operands());
    }
    found
}

/// The articles of the lines of lists that an outcome rests on.
fn of_lines(clauses: &[Clause], visited: &BTreeSet<NodeId>) -> Vec<String> {
    let lines = clauses.iter().flat_map(|it| &it.list).flat_map(|it| &it.1);
    lines.filter(|it| visited.contains(&it.node)).flat_map(|it| it.articles.clone()).collect()
}

/// The atoms an outcome rests on, in the order written: comparisons, memberships, cells that are truths,
/// functions over rows.
pub fn atoms(program: &Program, recording: &Recording, at: At) -> Vec<At> {
    let mut found = vec![];
    walk(program, recording, at, &mut |here| {
        if is_atom(program, here.node) {
            found.push(here);
        }
        Further::Down
    });
    found
}

/// Whether a truth is not made of other truths of the same row.
pub fn is_atom(program: &Program, node: NodeId) -> bool {
    use NodeKind::*;
    !matches!(
        program.node(node).kind,
        And(_)
            | Or(_)
            | Not(_)
            | Quantified(..)
            | If { .. }
            | Applies { .. }
            | Exceptions { .. }
            | Soften { .. }
            | Narrow { .. }
            | WhenNotApplicable { .. }
    )
}

/// The operands, of the same row, that the outcome of a node rests on; of an undecided one, those that keep it open.
/// An atom has none.
pub fn parts(program: &Program, recording: &Recording, at: At) -> Vec<NodeId> {
    let of = |node: NodeId| truth(recording, At { node, row: at.row });
    let own = truth(recording, at);
    match &program.node(at.node).kind {
        NodeKind::And(items) | NodeKind::Quantified(Count::All, items) => {
            joined(items, own, Truth::FALSE, of, Truth::and)
        }
        NodeKind::Or(items) | NodeKind::Quantified(Count::Any, items) => {
            joined(items, own, Truth::TRUE, of, Truth::or)
        }
        NodeKind::Quantified(Count::None, items) => {
            joined(items, own.not(), Truth::TRUE, of, Truth::or)
        }
        NodeKind::Quantified(count, items) => counted(*count, items, own, of),
        NodeKind::Not(item)
        | NodeKind::Soften { of: item, .. }
        | NodeKind::Narrow { of: item, .. } => vec![*item],
        NodeKind::WhenNotApplicable { of: item, .. } => vec![*item],
        NodeKind::If { condition, then, otherwise, if_not_applicable } => {
            let condition_set = of(*condition);
            let mut all = vec![*condition];
            all.extend(Some(*then).filter(|_| condition_set.may(Truth::TRUE)));
            all.extend(Some(*otherwise).filter(|_| condition_set.may(Truth::FALSE)));
            all.extend(if_not_applicable.filter(|_| condition_set.may(Truth::NOT_APPLICABLE)));
            all
        }
        NodeKind::Applies { guard, body } => match of(*guard) {
            Truth::TRUE => vec![*body],
            set if set.may(Truth::TRUE) => vec![*guard, *body],
            _ => vec![*guard],
        },
        NodeKind::Exceptions { body, exceptions } => excepted(*body, exceptions, of),
        _ => vec![],
    }
}

/// The exceptions that stand: live, silenced by none, replaced by none (`semantics` §6.2).
pub fn standing(exceptions: &[ExceptionArm], guard: impl Fn(NodeId) -> Truth) -> Vec<usize> {
    let live = |index: usize| guard(exceptions[index].guard) == Truth::TRUE;
    (0..exceptions.len())
        .filter(|it| is_active(exceptions, *it, &live, 0) && !is_replaced(exceptions, *it, &live))
        .collect()
}

fn is_replaced(exceptions: &[ExceptionArm], index: usize, live: &impl Fn(usize) -> bool) -> bool {
    let mut others = exceptions.iter().enumerate();
    others.any(|(other, it)| {
        it.against == Some((Against::Replaces, index)) && is_active(exceptions, other, live, 0)
    })
}

/// Whether an exception has an effect before another replaces it. `depth` ends a circle of priorities.
fn is_active(
    exceptions: &[ExceptionArm],
    index: usize,
    live: &impl Fn(usize) -> bool,
    depth: usize,
) -> bool {
    if !live(index) || depth > exceptions.len() {
        return false;
    }
    if let Some((Against::Replaces, target)) = exceptions[index].against
        && !is_active(exceptions, target, live, depth + 1)
    {
        return false;
    }
    let mut others = exceptions.iter().enumerate();
    !others.any(|(other, it)| {
        it.against == Some((Against::Overrides, index))
            && is_active(exceptions, other, live, depth + 1)
    })
}

fn excepted(
    body: NodeId,
    exceptions: &[ExceptionArm],
    of: impl Fn(NodeId) -> Truth,
) -> Vec<NodeId> {
    let standing = standing(exceptions, &of);
    let open = exceptions
        .iter()
        .map(|it| it.guard)
        .filter(|it| !of(*it).is_settled() || of(*it) == Truth::ERROR);
    if standing.is_empty() {
        return open.chain([body]).collect();
    }
    standing.into_iter().map(|it| exceptions[it].guard).chain(open).collect()
}

/// The parts of 且 or 或. `decides` is the outcome with which one part decides alone.
fn joined(
    items: &[NodeId],
    own: Truth,
    decides: Truth,
    of: impl Fn(NodeId) -> Truth,
    join: impl Fn(Truth, Truth) -> Truth,
) -> Vec<NodeId> {
    if own == decides || own == Truth::ERROR {
        return items.iter().copied().filter(|it| of(*it) == own).collect();
    }
    if own.is_settled() {
        return items.to_vec();
    }
    // 不适用 is left out of 且 and 或, so joining starts with it.
    let sets: Vec<Truth> = items.iter().map(|it| of(*it)).collect();
    let mut after = vec![Truth::NOT_APPLICABLE; items.len() + 1];
    for index in (0..items.len()).rev() {
        after[index] = join(sets[index], after[index + 1]);
    }
    let mut before = Truth::NOT_APPLICABLE;
    let mut open = vec![];
    for (index, item) in items.iter().enumerate() {
        let others = join(before, after[index + 1]);
        let matters = others.outcomes().any(|other| {
            let mut results = sets[index].outcomes().map(|it| join(it, other));
            let first = results.next();
            results.any(|it| Some(it) != first)
        });
        if matters || (own.may(Truth::ERROR) && sets[index] == Truth::ERROR) {
            open.push(*item);
        }
        before = join(before, sets[index]);
    }
    open
}

/// The parts of 至少, 至多, 恰好.
fn counted(
    count: Count,
    items: &[NodeId],
    own: Truth,
    of: impl Fn(NodeId) -> Truth,
) -> Vec<NodeId> {
    let that_are =
        |wanted: &[Truth]| items.iter().copied().filter(|it| wanted.contains(&of(*it))).collect();
    let holding = [Truth::TRUE];
    let failing = [Truth::FALSE, Truth::NOT_APPLICABLE];
    let reached = |n: u32| items.iter().filter(|it| of(**it) == Truth::TRUE).count() > n as usize;
    match (count, own) {
        (Count::AtLeast(_), Truth::TRUE) | (Count::AtMost(_), Truth::FALSE) => that_are(&holding),
        (Count::AtLeast(_), Truth::FALSE) | (Count::AtMost(_), Truth::TRUE) => that_are(&failing),
        (Count::Exactly(n), Truth::FALSE) if reached(n) => that_are(&holding),
        (Count::Exactly(_), Truth::FALSE) => that_are(&failing),
        _ if own.is_settled() && own != Truth::ERROR => items.to_vec(),
        _ => items
            .iter()
            .copied()
            .filter(|it| !of(*it).is_settled() || of(*it) == Truth::ERROR)
            .collect(),
    }
}

/// Whether a walk goes on below.
enum Further {
    Down,
    Stop,
}

/// Visits a node and, through the parts that decide, the nodes below it; each once.
fn walk(
    program: &Program,
    recording: &Recording,
    start: At,
    visit: &mut impl FnMut(At) -> Further,
) {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        if !seen.insert(at) || matches!(visit(at), Further::Stop) {
            continue;
        }
        let below = parts(program, recording, at);
        waiting.extend(below.into_iter().rev().map(|node| At { node, row: at.row }));
    }
}

/// The criteria whose outcome, before or after force, a node is.
pub fn criteria_of(program: &Program, node: NodeId) -> impl Iterator<Item = CriterionId> {
    let all = program.criteria.iter().enumerate();
    all.filter(move |(_, it)| it.node == node || it.in_conclusion == node)
        .map(|(index, _)| CriterionId(index as u32))
}

fn in_article_order(program: &Program, criteria: BTreeSet<CriterionId>) -> Vec<CriterionId> {
    let mut criteria: Vec<CriterionId> = criteria.into_iter().collect();
    criteria.sort_by_key(|it| (program.criterion(*it).head.order, *it));
    criteria
}
