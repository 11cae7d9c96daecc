//! Which periods the rules look at and the data have not (`semantics` §8.4): each becomes a row of blank cells.
//! It evaluates nothing but the data period.

use crate::data::Facts;
use crate::data::expected;
use crate::eval::CHUNK;
use crate::eval::chunk::Context;
use crate::eval::recorder::Run;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Column;
use crate::value::Set;
use crate::value::period;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What is looked at in one period table.
#[derive(Default)]
struct Looks {
    /// How many periods before a data period: the node of that period in the parent table, and how far back.
    back: BTreeMap<NodeId, BTreeSet<i32>>,
    /// How many periods before each row that is there.
    before_rows: BTreeSet<i32>,
}

/// The data with a row for every period that a rule looks at.
pub fn with_expected_rows(program: &Program, mut facts: Facts, run: &Run) -> Facts {
    for (table, looks) in looks(program) {
        let columns = data_periods(program, &facts, run, looks.back.keys().copied().collect());
        let Some(above) = program.table(table).parent else { continue };
        let Some(own) = program.table(table).periods else { continue };
        let parents = facts.table(table).offsets.len().saturating_sub(1);
        debug_assert!(parents <= facts.table(above.table).len, "a list belongs to a row");
        let wanted = |parent: usize| {
            let mut wanted = BTreeSet::new();
            for (node, back) in &looks.back {
                // A parent row that belongs to nobody is evaluated for nobody.
                let column = &columns[node];
                let Some(Set::Date(set)) = (parent < column.len()).then(|| column.get(parent))
                else {
                    continue;
                };
                let last = period::listed(&set).into_iter().flatten();
                wanted.extend(last.flat_map(|last| back.iter().map(move |it| last - it)));
            }
            let reached: Vec<i32> = wanted
                .iter()
                .copied()
                .chain(expected::known(&facts, table, &own, parent))
                .collect();
            for period in reached {
                wanted.extend(looks.before_rows.iter().map(|it| period - it));
            }
            wanted
        };
        let wanted: Vec<BTreeSet<i32>> = (0..parents).map(wanted).collect();
        expected::add(program, &mut facts, table, &wanted);
    }
    facts
}

fn data_periods(
    program: &Program,
    facts: &Facts,
    run: &Run,
    nodes: BTreeSet<NodeId>,
) -> BTreeMap<NodeId, Column> {
    let populations = BTreeMap::new();
    let context = Context {
        program,
        facts,
        run,
        populations: &populations,
        linear: None,
        namers: &[],
        scripts: &[],
    };
    super::columns(context, &nodes, CHUNK)
}

/// What the rules look at, by period table, tables above first.
fn looks(program: &Program) -> BTreeMap<TableId, Looks> {
    let mut all: BTreeMap<TableId, Looks> = BTreeMap::new();
    let mut sums: Vec<BTreeSet<i32>> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let of = |id: &NodeId| sums[id.0 as usize].clone();
        let below = |ids: &[NodeId]| -> BTreeSet<i32> {
            let here = ids.iter().filter(|it| program.node(**it).space == node.space);
            here.flat_map(of).chain([0]).collect()
        };
        let own = match &node.kind {
            NodeKind::Earlier { of: value, back, .. } => {
                let sums: BTreeSet<i32> = of(value).into_iter().map(|it| it + back).collect();
                all.entry(node.space).or_default().before_rows.extend(&sums);
                sums.into_iter().chain([0]).collect()
            }
            NodeKind::InPeriod { of: value, period, back, .. } => {
                let looks = all.entry(program.node(*value).space).or_default();
                let sums = of(value).into_iter().map(|it| it + back);
                looks.back.entry(*period).or_default().extend(sums);
                below(&[])
            }
            NodeKind::Recent { last, count, .. } => {
                let looks = all.entry(node.space).or_default();
                if let NodeKind::Parent(last) = program.node(*last).kind {
                    looks.back.entry(last).or_default().extend(0..*count as i32);
                }
                below(&[])
            }
            kind => below(&kind.operands()),
        };
        sums.push(own);
    }
    all
}
