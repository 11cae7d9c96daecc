//! What a run computes and in which pieces: the nodes that are wanted, the rows of a family, the cut into chunks.

use crate::data::Facts;
use crate::eval::population;
use crate::eval::recorder::Run;
use crate::ir::Grading;
use crate::ir::Indicator;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Column;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// The rows of each table, by [`TableId`]; no rows of tables outside the family.
pub type Rows = Vec<Range<usize>>;

/// The nodes that a run has to do with, ascending: what is asked for and all it rests on; everything where nothing is asked
/// for in particular.
pub fn within(program: &Program, run: &Run) -> BTreeSet<NodeId> {
    match &run.asked {
        Some(asked) => program.below(asked.iter().copied()),
        None => all_nodes(program).collect(),
    }
}

/// The nodes whose columns a run keeps, of those it has to do with.
pub fn roots(program: &Program, run: &Run, within: &BTreeSet<NodeId>) -> BTreeSet<NodeId> {
    let criteria = program.criteria.iter().flat_map(|it| [it.node, it.in_conclusion]);
    let conclusions = program.conclusions.iter().map(|it| it.node);
    let indicators = program.indicators.iter().flat_map(Indicator::nodes);
    let gradings = program.gradings.iter().flat_map(Grading::nodes);
    let scores = program.scores.iter().flat_map(|it| it.nodes());
    let asked = run.asked.iter().flatten().copied();
    let dates = all_nodes(program).filter(|id| {
        let node = program.node(*id);
        matches!(node.kind, NodeKind::RuleDate(_)) && program.case_tables.contains(&node.space)
    });
    // Kept so that a recording need not read the names again, nor run the scripts.
    let names = all_nodes(program).filter(|id| {
        matches!(
            program.node(*id).kind,
            NodeKind::Naming { .. } | NodeKind::Called { result: None, .. }
        )
    });
    criteria
        .chain(names)
        .chain(conclusions)
        .chain(indicators)
        .chain(gradings)
        .chain(scores)
        .chain(asked)
        .chain(dates)
        .filter(|it| within.contains(it))
        .collect()
}

/// The nodes that look at all rows of the run at once, of those it has to do with, by stages: each rests on none but those
/// of stages before.
pub fn stages(program: &Program, within: &BTreeSet<NodeId>) -> Vec<Vec<NodeId>> {
    let mut stages: Vec<Vec<NodeId>> = vec![];
    // How many stages come before what a node rests on.
    let mut depth: Vec<usize> = Vec::with_capacity(program.nodes.len());
    for (id, node) in all_nodes(program).zip(&program.nodes) {
        let below = node.kind.operands().iter().map(|it| depth[it.0 as usize]).max().unwrap_or(0);
        let is_population = population::is_population(&node.kind) && within.contains(&id);
        if is_population {
            stages.resize(stages.len().max(below + 1), vec![]);
            stages[below].push(id);
        }
        depth.push(below + usize::from(is_population));
    }
    stages
}

/// Whether a node looks at all rows of the run at once.
pub fn is_population(program: &Program, id: NodeId) -> bool {
    population::is_population(&program.node(id).kind)
}

fn all_nodes(program: &Program) -> impl Iterator<Item = NodeId> {
    (0..program.nodes.len() as u32).map(NodeId)
}

/// What has to be computed for these nodes, ascending. What is supposed has no operands, nor has what is given: its
/// column is made beforehand.
pub fn reachable(
    program: &Program,
    run: &Run,
    given: &BTreeMap<NodeId, Column>,
    wanted: impl IntoIterator<Item = NodeId>,
) -> Vec<NodeId> {
    let mut open: Vec<NodeId> = wanted.into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !found.insert(id) || run.supposed.contains_key(&id) || given.contains_key(&id) {
            continue;
        }
        match &program.node(id).kind {
            NodeKind::Compare(_, a, b) => match quotient(program, run, *a) {
                Some((dividend, divisor)) => open.extend([dividend, divisor, *b]),
                None => open.extend(compared(program, run, [*a, *b])),
            },
            kind => open.extend(kind.operands()),
        }
    }
    found.into_iter().collect()
}

/// The parts of a quotient that is compared: it is decided by products, and need not be computed itself.
pub fn quotient(program: &Program, run: &Run, id: NodeId) -> Option<(NodeId, NodeId)> {
    match program.node(id).kind {
        NodeKind::Quotient(a, b) if !run.supposed.contains_key(&id) => Some((a, b)),
        _ => None,
    }
}

/// Whether a node takes a root: compared, it is decided by powers, and need not be computed itself.
pub fn is_root(program: &Program, run: &Run, id: NodeId) -> bool {
    matches!(program.node(id).kind, NodeKind::MeanGrowth { .. } | NodeKind::Root { .. })
        && !run.supposed.contains_key(&id)
}

/// What a comparison of two nodes looks at: of one root against another value what stands under it.
pub fn compared(program: &Program, run: &Run, nodes: [NodeId; 2]) -> Vec<NodeId> {
    let roots = nodes.map(|it| is_root(program, run, it));
    let parts = nodes.into_iter().zip(roots).flat_map(|(it, root)| match root {
        true if roots != [true, true] => program.node(it).kind.operands(),
        _ => vec![it],
    });
    parts.collect()
}

/// The tables without a parent, with their number of rows.
pub fn families(program: &Program, facts: &Facts) -> Vec<(TableId, usize)> {
    let ids = (0..program.tables.len() as u32).map(TableId);
    ids.filter(|id| program.table(*id).parent.is_none())
        .map(|id| (id, facts.table(id).len))
        .collect()
}

/// The rows of every table of a family below these rows of its top table: they are contiguous.
pub fn rows_below(program: &Program, facts: &Facts, top: TableId, range: Range<usize>) -> Rows {
    let mut rows = vec![0..0; program.tables.len()];
    let mut open = vec![(top, range)];
    while let Some((table, range)) = open.pop() {
        for (at, child) in program.tables.iter().enumerate() {
            if child.parent.is_some_and(|it| it.table == table) {
                let offset =
                    |row: usize| facts.tables[at].offsets.get(row).map_or(0, |it| *it as usize);
                open.push((TableId(at as u32), offset(range.start)..offset(range.end)));
            }
        }
        rows[table.0 as usize] = range;
    }
    rows
}

/// Cuts a family into chunks of about `size` rows, child rows counted; an empty table is one empty chunk.
pub fn chunks(
    program: &Program,
    facts: &Facts,
    top: TableId,
    len: usize,
    size: usize,
) -> Vec<Rows> {
    let weight = |range: Range<usize>| -> usize {
        rows_below(program, facts, top, range).iter().map(|it| it.len()).max().unwrap_or(0)
    };
    let mut chunks = vec![];
    let mut start = 0;
    while start < len {
        let (mut fits, mut end) = (start + 1, (start + size).min(len));
        while fits < end {
            let middle = fits + (end - fits).div_ceil(2);
            match weight(start..middle) <= size {
                true => fits = middle,
                false => end = middle - 1,
            }
        }
        chunks.push(rows_below(program, facts, top, start..fits));
        start = fits;
    }
    if chunks.is_empty() {
        chunks.push(rows_below(program, facts, top, 0..0));
    }
    chunks
}
