//! What an evaluation leaves behind: the roots of every case, or every node of one case. Nothing is computed here.

use crate::ir::NodeId;
use crate::ir::TableId;
use crate::value::Column;
use crate::value::PeriodKind;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// How to run.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// `--on`: the day that decides, for every case; none takes each case's 适用时点.
    pub on: Option<i32>,
    /// `--period`: the data period of a kind, in place of the policy's.
    pub periods: BTreeMap<PeriodKind, i32>,
    /// Columns that stand in for computed nodes (假定 of a test), over all rows of their tables.
    pub supposed: BTreeMap<NodeId, Column>,
    /// The nodes that are asked for: they and what they rest on are evaluated, nothing else; none asks for every item.
    pub asked: Option<BTreeSet<NodeId>>,
}

/// The outcome of a run: the column of each kept node over all attached rows of its table.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// By node.
    pub columns: BTreeMap<NodeId, Column>,
    /// The comparisons that pass 2 collects into linear forms.
    pub linear: Arc<BTreeSet<NodeId>>,
}

impl Outcome {
    /// The possible outcomes of a kept node in one row of its table.
    pub fn get(&self, node: NodeId, row: usize) -> Set {
        self.columns[&node].get(row)
    }
}

/// Every node's column for one case: the row itself and the child rows below it.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// The rows of each table that belong to the case.
    pub rows: BTreeMap<TableId, Range<usize>>,
    /// By node; none where the node is of a table outside the case's family.
    pub columns: Vec<Option<(TableId, Column)>>,
    /// How it was run; what is supposed stands there over the rows of the case.
    pub run: Run,
    /// The population nodes over the rows of the case.
    pub given: BTreeMap<NodeId, Column>,
    /// The comparisons that pass 2 collects into linear forms.
    pub linear: Arc<BTreeSet<NodeId>>,
}

impl Recording {
    /// The possible outcomes of a node in a row of its table (counted over the whole table).
    /// None where it was not evaluated for that row.
    pub fn get(&self, node: NodeId, row: usize) -> Option<Set> {
        let (table, column) = self.columns.get(node.0 as usize)?.as_ref()?;
        let rows = self.rows.get(table)?;
        rows.contains(&row).then(|| column.get(row - rows.start))
    }
}
