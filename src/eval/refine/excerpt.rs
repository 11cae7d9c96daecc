//! One case taken out of its run, as many times over as there are ways to replace its cells. It decides nothing.

use crate::data::Facts;
use crate::data::FieldColumn;
use crate::data::Hole;
use crate::data::TableFacts;
use crate::diagnostic::Text;
use crate::eval::chunk::Chunk;
use crate::eval::chunk::Context;
use crate::eval::plan;
use crate::eval::plan::Rows;
use crate::eval::recorder::Recording;
use crate::eval::recorder::Run;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::naming::Namer;
use crate::script::Script;
use crate::value::Bits;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Kind;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// Other outcomes for a cell. Rows are counted within the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: FieldId,
    /// The row of its table, from the first one of the case.
    pub row: usize,
    /// What the cell may be.
    pub set: Set,
}

/// One case: the rows of its family, and what is not computed from their cells.
pub struct Excerpt<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The data of the whole run.
    pub facts: &'a Facts,
    /// The rows of each table that belong to the case.
    pub rows: Rows,
    run: Run,
    namers: &'a [Namer<'a>],
    scripts: &'a [Option<Script<'a>>],
    linear: &'a BTreeSet<NodeId>,
    given: BTreeMap<NodeId, Column>,
}

impl<'a> Excerpt<'a> {
    /// The case of one row of a table without a parent. Columns of population nodes are taken from the context.
    pub fn new(
        context: Context<'a>,
        linear: &'a BTreeSet<NodeId>,
        top: TableId,
        row: usize,
    ) -> Excerpt<'a> {
        let rows = plan::rows_below(context.program, context.facts, top, row..row + 1);
        let own = |columns: &BTreeMap<NodeId, Column>| -> BTreeMap<NodeId, Column> {
            let of_family =
                |id: NodeId| context.program.root_of(context.program.node(id).space) == top;
            let columns = columns.iter().filter(|it| of_family(*it.0));
            let slice = |id: NodeId, column: &Column| {
                column.slice(rows[context.program.node(id).space.0 as usize].clone())
            };
            columns.map(|(id, column)| (*id, slice(*id, column))).collect()
        };
        let run = Run { supposed: own(&context.run.supposed), ..context.run.clone() };
        let given = own(context.populations);
        Excerpt {
            program: context.program,
            facts: context.facts,
            run,
            namers: context.namers,
            scripts: context.scripts,
            linear,
            given,
            rows,
        }
    }

    /// The case of a recording.
    pub fn recorded(
        program: &'a Program,
        facts: &'a Facts,
        recording: &'a Recording,
        namers: &'a [Namer<'a>],
    ) -> Excerpt<'a> {
        let mut rows = vec![0..0; program.tables.len()];
        for (table, range) in &recording.rows {
            rows[table.0 as usize] = range.clone();
        }
        Excerpt {
            program,
            facts,
            run: recording.run.clone(),
            namers,
            scripts: &[],
            linear: &recording.linear,
            given: recording.given.clone(),
            rows,
        }
    }

    /// Fixes a node's column over the rows of the case.
    pub fn give(&mut self, node: NodeId, column: Column) {
        self.given.insert(node, column);
    }

    /// Whether the column of a node is taken as it is, whatever becomes of the cells below it.
    pub fn is_given(&self, node: NodeId) -> bool {
        self.given.contains_key(&node) || self.run.supposed.contains_key(&node)
    }

    /// What has to be computed for these nodes, ascending.
    pub fn nodes(&self, wanted: impl IntoIterator<Item = NodeId>) -> Vec<NodeId> {
        plan::reachable(self.program, &self.run, &self.given, wanted)
    }

    /// The case as often as there are variants, each with its changes.
    pub fn world(&self, variants: &[&[Change]]) -> World<'_> {
        let times = variants.len();
        let mut changes: BTreeMap<FieldId, BTreeMap<usize, &Set>> = BTreeMap::new();
        for (variant, all) in variants.iter().enumerate() {
            for change in *all {
                let rows = self.rows[change.field.table.0 as usize].len();
                let cells = changes.entry(change.field).or_default();
                cells.insert(variant * rows + change.row, &change.set);
            }
        }
        let tables = (0..self.program.tables.len() as u32).map(TableId);
        let tables = tables.map(|id| self.table(id, times, &changes)).collect();
        let often = |columns: &BTreeMap<NodeId, Column>| {
            columns.iter().map(|(id, column)| (*id, repeated(column, times))).collect()
        };
        World {
            program: self.program,
            facts: Facts { tables, ..Facts::default() },
            run: Run { supposed: often(&self.run.supposed), ..self.run.clone() },
            given: often(&self.given),
            rows: self.rows.iter().map(|it| 0..it.len() * times).collect(),
            namers: self.namers,
            scripts: self.scripts,
            linear: self.linear,
        }
    }

    fn table(
        &self,
        id: TableId,
        times: usize,
        changes: &BTreeMap<FieldId, BTreeMap<usize, &Set>>,
    ) -> TableFacts {
        let (facts, rows) = (self.facts.table(id), &self.rows[id.0 as usize]);
        let columns = facts.columns.iter().enumerate().map(|(index, cells)| {
            let field = FieldId { table: id, index: index as u32 };
            cells.as_ref().map(|it| excerpt(it, rows, times, changes.get(&field)))
        });
        let mut table = TableFacts {
            len: rows.len() * times,
            columns: columns.collect(),
            ..TableFacts::default()
        };
        if facts.expected.any() {
            let own = rows.clone().map(|row| facts.is_expected(row));
            table.expected = Bits::collect((0..times).flat_map(|_| own.clone()));
        }
        if let Some(parent) = self.program.table(id).parent {
            let above = &self.rows[parent.table.0 as usize];
            for variant in 0..times {
                let offset =
                    |row: usize| facts.offsets.get(row).map_or(rows.start, |it| *it as usize);
                let first = |row: usize| (variant * rows.len() + offset(row) - rows.start) as u32;
                table.offsets.extend(above.clone().map(first));
                let parents = facts.parents[rows.clone()].iter().map(|it| *it as usize);
                let parent = |row: usize| (variant * above.len() + row - above.start) as u32;
                table.parents.extend(parents.map(parent));
            }
            table.offsets.push((times * rows.len()) as u32);
            let ungiven = |row: usize| row < facts.ungiven.len() && facts.ungiven.get(row);
            let all = (0..times).flat_map(|_| above.clone().map(ungiven));
            table.ungiven = Bits::collect(all);
        }
        table
    }
}

/// The cells of some rows, so many times over, some of them replaced.
fn excerpt(
    cells: &FieldColumn,
    rows: &Range<usize>,
    times: usize,
    changes: Option<&BTreeMap<usize, &Set>>,
) -> FieldColumn {
    let column = repeated(&cells.column.slice(rows.clone()), times);
    let column = changes.map_or_else(|| column.clone(), |changes| replaced(&column, changes));
    let mut filled = Bits::default();
    let one = cells.filled.slice(rows.clone());
    (0..times).for_each(|_| filled.append(&one));
    let own = cells.holes.range(rows.start as u32..rows.end as u32);
    let own: Vec<(usize, Hole)> = own
        .map(|(row, it)| {
            let bare = Hole { kind: it.kind, raw: String::new(), why: Text::new("", "") };
            (*row as usize - rows.start, bare)
        })
        .collect();
    let holes = (0..times).flat_map(|variant| {
        own.iter().map(move |(row, it)| ((variant * rows.len() + row) as u32, it.clone()))
    });
    FieldColumn { column, header: None, filled, holes: holes.collect() }
}

fn repeated(column: &Column, times: usize) -> Column {
    let mut all = column.slice(0..0);
    (0..times).for_each(|_| all.append(column));
    all
}

/// A column with other outcomes in some rows.
pub fn replaced(column: &Column, changes: &BTreeMap<usize, &Set>) -> Column {
    let kind = match column {
        Column::Truth(_) => Kind::Truth,
        Column::Number(_) => Kind::Number,
        Column::Date(_) => Kind::Date,
        Column::Member(_) => Kind::Member,
        Column::Text(_) => Kind::Text,
    };
    let mut all = ColumnBuilder::new(kind);
    for row in 0..column.len() {
        match changes.get(&row) {
            Some(set) => all.push((*set).clone()),
            None => all.copy(column, row),
        }
    }
    all.finish()
}

/// The variants of a case beside each other, as data of their own: variant `v` of `n` rows has the rows from `v × n` on.
pub struct World<'a> {
    pub(super) program: &'a Program,
    pub(super) facts: Facts,
    pub(super) run: Run,
    pub(super) given: BTreeMap<NodeId, Column>,
    pub(super) rows: Rows,
    namers: &'a [Namer<'a>],
    scripts: &'a [Option<Script<'a>>],
    linear: &'a BTreeSet<NodeId>,
}

impl World<'_> {
    /// Computes the nodes, which ascend and hold all their operands.
    pub fn evaluate(&self, nodes: &[NodeId]) -> Chunk<'_> {
        let context = Context {
            program: self.program,
            facts: &self.facts,
            run: &self.run,
            populations: &self.given,
            namers: self.namers,
            scripts: self.scripts,
            linear: Some(self.linear),
        };
        Chunk::evaluate(context, self.rows.clone(), nodes)
    }
}
