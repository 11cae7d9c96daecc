//! Conditions that always or never hold, that others make superfluous, or that exclude each other. What they cost is not judged.

use crate::diagnostic::Diagnostics;
use crate::diagnostic::Example;
use crate::ir::Conclusion;
use crate::ir::Count;
use crate::ir::Criterion;
use crate::ir::FieldId;
use crate::ir::Force;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::lint::errors;
use crate::lint::probe;
use crate::lint::probe::Answer;
use crate::lint::probe::Ask;
use crate::source::Sources;
use crate::source::Span;
use crate::value::Truth;
use std::collections::BTreeSet;

/// Parts of a longer list are not compared with each other.
const MOST: usize = 24;

/// A part of a criterion, or a criterion of a conclusion.
pub(super) struct Part {
    node: NodeId,
    /// Where the finding stands.
    pub(super) span: Span,
    /// What it is called: its own words.
    pub(super) words: String,
    fields: BTreeSet<FieldId>,
}

/// Parts of which all, or one, must hold.
struct List {
    all: bool,
    parts: Vec<Part>,
    /// Whether the parts are whole criteria, each asked about by itself.
    criteria: bool,
}

/// Looks through every criterion and conclusion of a table without a parent.
pub fn find(program: &Program, sources: &Sources, found: &mut Diagnostics) {
    let tables: BTreeSet<TableId> = program.criteria.iter().map(|it| it.table).collect();
    for table in tables {
        let criteria: Vec<&Criterion> =
            program.criteria.iter().filter(|it| it.table == table && it.naming.is_none()).collect();
        let wholes: Vec<Vec<Ask>> = criteria.iter().map(|it| vec![(it.node, true)]).collect();
        let answers = probe::ask(program, table, &wholes);
        let mut lists = vec![];
        let mut settled = BTreeSet::new();
        for (criterion, answer) in criteria.iter().zip(&answers) {
            if whole(program, criterion, answer, found) {
                settled.insert(criterion.node);
            } else {
                lists.extend(lists_of(program, sources, criterion));
            }
        }
        let conclusions = program.conclusions.iter().filter(|it| it.table == table);
        lists.extend(conclusions.map(|it| criteria_of(program, it, &settled)));
        among(program, table, &lists, found);
    }
}

/// What is found of a criterion as a whole. Whether its outcome is one, so that its parts need no look.
fn whole(
    program: &Program,
    criterion: &Criterion,
    answer: &Answer,
    found: &mut Diagnostics,
) -> bool {
    let head = &criterion.head;
    let possible = answer.possible;
    let blank = || errors::blank(program, criterion.table);
    if possible == Truth::NOT_APPLICABLE {
        let at = criterion.applies.map_or(head.span, |it| program.node(it).span);
        found.push(errors::never_applies(at, &head.name).example(blank()));
    } else if !possible.may(Truth::TRUE) {
        found.push(errors::never_met(head.span, &head.name).example(blank()));
    } else if !possible.may(Truth::FALSE) && !possible.may(Truth::ERROR) {
        let where_applicable = possible != Truth::TRUE;
        found.push(errors::always_met(head.span, &head.name, where_applicable).example(blank()));
    } else {
        return false;
    }
    true
}

/// The lists of a criterion that stand for themselves: its clauses, and those written with dashes.
fn lists_of(program: &Program, sources: &Sources, criterion: &Criterion) -> Vec<List> {
    let part = |node: NodeId, span: Span| Part {
        node,
        span,
        words: errors::words(sources, program.node(node).span),
        fields: probe::fields(program, node),
    };
    let mut joined = List { all: true, parts: vec![], criteria: false };
    let mut lists = vec![];
    for clause in &criterion.clauses {
        let items = clause.list.iter().filter(|_| !clause.negated);
        match items.clone().next() {
            Some((Count::All, items)) => {
                joined.parts.extend(items.iter().map(|it| part(it.node, it.span)));
            }
            Some((Count::Any, items)) => {
                let parts = items.iter().map(|it| part(it.node, it.span)).collect();
                lists.push(List { all: false, parts, criteria: false });
            }
            Some(_) => {}
            None => {
                let conjuncts = conjuncts(program, clause.node).into_iter();
                joined.parts.extend(conjuncts.map(|it| part(it, program.node(it).span)));
            }
        }
    }
    lists.push(joined);
    lists
}

fn conjuncts(program: &Program, node: NodeId) -> Vec<NodeId> {
    match &program.node(node).kind {
        NodeKind::And(items) => items.iter().flat_map(|it| conjuncts(program, *it)).collect(),
        _ => vec![node],
    }
}

/// The binding criteria of a conclusion, as parts of which all must be met.
fn criteria_of(program: &Program, conclusion: &Conclusion, settled: &BTreeSet<NodeId>) -> List {
    let own = conclusion.criteria().map(|id| program.criterion(id));
    let binding = own
        .filter(|it| it.force == Force::Must && it.naming.is_none() && !settled.contains(&it.node));
    let part = |it: &Criterion| Part {
        node: it.node,
        span: it.head.span,
        words: it.head.name.clone(),
        fields: probe::fields(program, it.node),
    };
    List { all: true, parts: binding.map(part).collect(), criteria: true }
}

/// What the parts of each list say of each other. All questions of one kind are put together: it is much the cheaper way.
fn among(program: &Program, table: TableId, lists: &[List], found: &mut Diagnostics) {
    let all = lists.iter().flat_map(|it| &it.parts);
    let asks: Vec<Vec<Ask>> = all.map(|it| vec![(it.node, true)]).collect();
    let mut alone = probe::ask(program, table, &asks).into_iter();
    let mut compared = vec![];
    for list in lists {
        let open = open_parts(list, &mut alone, &errors::blank(program, table), found);
        compared.push(pairs(&list.parts, &open));
    }
    let mut asks: Vec<Vec<Ask>> = vec![];
    for (list, pairs) in lists.iter().zip(&compared) {
        let node = |at: &usize| list.parts[*at].node;
        // Part a being as the list asks, and part b the contrary; then, once a pair, both.
        asks.extend(pairs.iter().map(|(a, b)| vec![(node(a), list.all), (node(b), !list.all)]));
        let both = joint(list, pairs).map(|(a, b)| vec![(node(a), true), (node(b), true)]);
        asks.extend(both);
    }
    let mut answers = probe::ask(program, table, &asks).into_iter();
    for (list, pairs) in lists.iter().zip(&compared) {
        let implied: Vec<Answer> = answers.by_ref().take(pairs.len()).collect();
        superfluous((program, table), list, pairs, &implied, found);
        // The pairs come first: an answer is taken only where one is asked for.
        for ((a, b), answer) in joint(list, pairs).zip(answers.by_ref()) {
            if !answer.possible.may(Truth::TRUE) {
                found.push(
                    errors::exclusive(&list.parts[*b], &list.parts[*a])
                        .example(errors::blank(program, table)),
                );
            }
        }
    }
}

/// The pairs that must hold together, each once.
fn joint<'p>(list: &List, pairs: &'p [(usize, usize)]) -> impl Iterator<Item = &'p (usize, usize)> {
    let all = list.all;
    pairs.iter().filter(move |it| all && it.0 < it.1)
}

/// The parts of a list that may come to more than one outcome; the others are told.
fn open_parts(
    list: &List,
    alone: &mut impl Iterator<Item = Answer>,
    blank: &Example,
    found: &mut Diagnostics,
) -> Vec<usize> {
    let mut open = vec![];
    for (at, answer) in (0..list.parts.len()).zip(alone) {
        let possible = answer.possible;
        let always = !possible.may(Truth::FALSE) && !possible.may(Truth::ERROR);
        if list.criteria || (possible.may(Truth::TRUE) && !always) {
            open.push(at);
        } else if list.parts.len() > 1 {
            found.push(errors::one_outcome(&list.parts[at], always).example(blank.clone()));
        }
    }
    open
}

/// Parts that do nothing beside another. Of two that come to the same, the later one is superfluous.
fn superfluous(
    (program, table): (&Program, TableId),
    list: &List,
    pairs: &[(usize, usize)],
    implied: &[Answer],
    found: &mut Diagnostics,
) {
    let mut told = BTreeSet::new();
    for ((a, b), answer) in pairs.iter().zip(implied) {
        let possible = answer.possible;
        let is_implied = !possible.may(Truth::TRUE) && !possible.may(Truth::ERROR);
        if is_implied && !told.contains(a) && told.insert(*b) {
            let reverse = pairs.iter().position(|it| *it == (*b, *a));
            let example = reverse.and_then(|it| implied[it].example.as_deref());
            let example = errors::example(program, table, example);
            found.push(errors::superfluous(&list.parts[*b], &list.parts[*a], list.all, example));
        }
    }
}

/// Pairs of parts that rest on a common field, in both orders, the earlier one first.
fn pairs(parts: &[Part], open: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = vec![];
    for (place, a) in open.iter().take(MOST).enumerate() {
        for b in open.iter().take(MOST).skip(place + 1) {
            if !parts[*a].fields.is_disjoint(&parts[*b].fields) {
                pairs.push((*a, *b));
            }
        }
    }
    let reversed: Vec<(usize, usize)> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
    pairs.extend(reversed);
    pairs
}
