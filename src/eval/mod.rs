//! Program and facts to outcomes: one evaluator over columns, with a recorder that says what is kept.
//!
//! Every operator has one form, over a column of rows. A batch runs it over chunks of about [`CHUNK`] rows and keeps
//! the columns of the roots; a recording runs it over the rows of one case and keeps every node. Where rows are
//! plain, an operator works on machine words; only rows with holes go through the sets of `value`.

mod aggregate;
mod arithmetic;
mod belongs;
mod choice;
mod chunk;
mod compare;
mod dates;
pub mod decision;
mod exceptions;
mod expected;
pub mod functions;
mod further;
mod growth;
mod key;
mod logic;
mod naming;
mod narrow;
mod periods;
mod pieces;
mod plain;
mod plan;
mod population;
pub mod recorder;
pub mod refine;
mod score;
mod series;
mod text;

#[cfg(test)]
mod tests;

pub use expected::with_expected_rows;
pub use population::Groups;
pub use population::included;
pub use population::truth_of;
pub use recorder::Outcome;
pub use recorder::Recording;
pub use recorder::Run;

use crate::data::Facts;
use crate::eval::chunk::Chunk;
use crate::eval::chunk::Context;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::naming::Namer;
use crate::script::Script;
use crate::value::Column;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// About so many rows are computed at a time: few enough for the columns of a chunk to stay in the cache.
pub const CHUNK: usize = 2048;

/// Whether some rule asks for the day that decides and no field of the data gives it: then a run needs one.
pub fn needs_day(program: &Program) -> bool {
    let mut days = BTreeSet::new();
    for (id, node) in (0u32..).map(NodeId).zip(&program.nodes) {
        let asks = node.kind.operands().iter().any(|it| days.contains(it));
        match &node.kind {
            NodeKind::RuleDate(None) => _ = days.insert(id),
            NodeKind::Parent(_) if asks => _ = days.insert(id),
            // A value that holds on every day.
            NodeKind::Parameter { versions, .. }
                if versions.iter().all(|it| (it.0, it.1) == (None, None)) => {}
            _ if asks => return true,
            _ => {}
        }
    }
    false
}

/// Whether a node, or what it rests on, looks at all cases of the run at once.
pub fn looks_at_all_cases(program: &Program, node: NodeId) -> bool {
    program.below([node]).into_iter().any(|it| plan::is_population(program, it))
}

/// The outcomes of all cases.
pub fn evaluate(program: &Program, facts: &Facts, run: &Run) -> Outcome {
    evaluate_in_chunks(program, facts, run, CHUNK)
}

/// The outcomes of pass 1 alone: what it leaves open may be narrower (`semantics` §5).
pub fn glance(program: &Program, facts: &Facts, run: &Run) -> Outcome {
    let (namers, scripts) = (namers(program, run), Script::all(program));
    let mut outcome = first_pass(program, facts, run, CHUNK, (&namers, &scripts)).0;
    outcome.linear = Arc::new(refine::comparisons(program));
    outcome
}

/// The same as [`evaluate`]; the outcome does not depend on the size of the chunks.
fn evaluate_in_chunks(program: &Program, facts: &Facts, run: &Run, size: usize) -> Outcome {
    let (namers, scripts) = (namers(program, run), Script::all(program));
    let (mut outcome, populations) = first_pass(program, facts, run, size, (&namers, &scripts));
    // A closer look starts from the populations alone: what they rest on is cut up with the rest.
    let context = Context {
        program,
        facts,
        run,
        populations: &populations,
        linear: None,
        namers: &namers,
        scripts: &scripts,
    };
    let within = plan::within(program, run);
    outcome.linear = Arc::new(refine::refine(context, &within, &mut outcome.columns));
    outcome
}

/// What judges names, where the run asks for a name: it takes long to make ready.
fn namers<'p>(program: &'p Program, run: &Run) -> Vec<Namer<'p>> {
    let within = plan::within(program, run);
    let asks = within.iter().any(|it| matches!(program.node(*it).kind, NodeKind::Naming { .. }));
    if asks { Namer::all(program) } else { vec![] }
}

/// Pass 1, and the columns of the population nodes.
fn first_pass(
    program: &Program,
    facts: &Facts,
    run: &Run,
    size: usize,
    (namers, scripts): (&[Namer], &[Option<Script>]),
) -> (Outcome, BTreeMap<NodeId, Column>) {
    let nothing = BTreeMap::new();
    let context =
        Context { program, facts, run, populations: &nothing, linear: None, namers, scripts };
    let mut known: BTreeMap<NodeId, Column> = BTreeMap::new();
    let mut populations: BTreeMap<NodeId, Column> = BTreeMap::new();
    let more = |known: &BTreeMap<NodeId, Column>, wanted: BTreeSet<NodeId>| {
        let wanted = wanted.into_iter().filter(|it| !known.contains_key(it)).collect();
        columns(Context { populations: known, ..context }, &wanted, size)
    };
    let within = plan::within(program, run);
    for stage in plan::stages(program, &within) {
        let operands = stage.iter().flat_map(|it| program.node(*it).kind.operands()).collect();
        let columns = more(&known, operands);
        known.extend(columns);
        let made: Vec<Column> = stage
            .par_iter()
            .map(|it| match run.supposed.get(it) {
                Some(supposed) => supposed.clone(),
                None => population::compute(program, facts, *it, &known),
            })
            .collect();
        let made: Vec<(NodeId, Column)> = stage.into_iter().zip(made).collect();
        populations.extend(made.iter().cloned());
        known.extend(made);
    }
    let roots = plan::roots(program, run, &within);
    let mut columns = more(&known, roots.clone());
    let early = roots.iter().filter(|it| !populations.contains_key(it));
    columns.extend(early.filter_map(|it| Some((*it, known.get(it)?.clone()))));
    known.extend(columns);
    (Outcome { columns: known, ..Outcome::default() }, populations)
}

/// The columns of the wanted nodes over all attached rows. Population nodes they need are known already.
fn columns(
    context: Context<'_>,
    wanted: &BTreeSet<NodeId>,
    size: usize,
) -> BTreeMap<NodeId, Column> {
    let Context { program, facts, run, .. } = context;
    let mut all = BTreeMap::new();
    for (family, len) in plan::families(program, facts) {
        let here = |id: &NodeId| program.root_of(program.node(*id).space) == family;
        let wanted: Vec<NodeId> = wanted.iter().copied().filter(here).collect();
        if wanted.is_empty() {
            continue;
        }
        let nodes = plan::reachable(program, run, context.populations, wanted.iter().copied());
        let chunks = plan::chunks(program, facts, family, len, size);
        let pieces: Vec<Vec<Column>> = chunks
            .into_par_iter()
            .map(|rows| {
                let mut chunk = Chunk::evaluate(context, rows, &nodes);
                wanted
                    .iter()
                    .map(|id| chunk.take(*id).expect("a wanted node is computed"))
                    .collect()
            })
            .collect();
        let mut pieces = pieces.into_iter();
        let mut joined = pieces.next().expect("a family has one chunk at least");
        for piece in pieces {
            joined.iter_mut().zip(&piece).for_each(|(joined, piece)| joined.append(piece));
        }
        all.extend(wanted.into_iter().zip(joined));
    }
    all
}

/// Every node of one case: its row, those below it, and those of the whole family it belongs to, for a
/// child's value may rest on its parent's and on its siblings'.
pub fn record(
    program: &Program,
    facts: &Facts,
    run: &Run,
    outcome: &Outcome,
    table: TableId,
    row: usize,
) -> Recording {
    let (mut family, mut top) = (table, row);
    while let Some(parent) = program.table(family).parent {
        top = facts.table(family).parents[top] as usize;
        family = parent.table;
    }
    let populations = &outcome.columns;
    let context =
        Context { program, facts, run, populations, linear: None, namers: &[], scripts: &[] };
    let rows = plan::rows_below(program, facts, family, top..top + 1);
    let within = plan::within(program, run);
    let here = |id: &NodeId| program.root_of(program.node(*id).space) == family;
    let nodes: Vec<NodeId> = within.into_iter().filter(here).collect();
    let mut chunk = Chunk::evaluate(context, rows, &nodes);
    let columns = (0..program.nodes.len() as u32).map(|id| {
        let space = program.node(NodeId(id)).space;
        chunk.take(NodeId(id)).map(|column| (space, column))
    });
    let columns = columns.collect();
    let ids = (0..program.tables.len() as u32).map(TableId);
    let of_family = ids.filter(|id| program.root_of(*id) == family);
    let own = |id: NodeId, column: &Column| {
        let space = program.node(id).space;
        (program.root_of(space) == family)
            .then(|| (id, column.slice(chunk.rows[space.0 as usize].clone())))
    };
    let given = nodes.iter().filter(|id| plan::is_population(program, **id));
    let given = given.filter_map(|id| own(*id, &outcome.columns[id])).collect();
    let supposed = run.supposed.iter().filter_map(|(id, column)| own(*id, column)).collect();
    let run = Run { supposed, ..run.clone() };
    let rows = of_family.map(|id| (id, chunk.rows[id.0 as usize].clone())).collect();
    Recording { rows, columns, run, given, linear: outcome.linear.clone() }
}
