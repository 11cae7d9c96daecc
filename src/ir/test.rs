//! 测试: what is given and what is expected.

use crate::ir::CriterionId;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::TableId;
use crate::ir::Verdict;
use crate::source::Span;
use crate::value::PeriodKind;
use std::collections::BTreeMap;

/// One run of a 测试.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name; of a row of a table, with the row's number.
    pub name: String,
    /// Whose row is judged: the first row of the first given case.
    pub table: TableId,
    /// The data, one entry a table that was given; the judged case first.
    pub data: Vec<WrittenTable>,
    /// 给定 … 取自: rows of data, with what `data` says of the first of them in place of its cells.
    pub drawn: Option<Drawn>,
    /// 评价日, as a day number.
    pub on: Option<i32>,
    /// 数据期, in place of the policy's.
    pub periods: BTreeMap<PeriodKind, i32>,
    /// 假定: a computed node, and the cell that stands in its place.
    pub supposes: Vec<(NodeId, WrittenCell)>,
    /// 期望
    pub expects: Vec<Expect>,
    /// 快照: the whole explanation must be as it is kept.
    pub snapshot: bool,
    /// Whether somebody stands behind what is expected: there is no 待确认.
    pub confirmed: bool,
    /// The head line, or the row of the table.
    pub span: Span,
}

/// Rows of data that a test is given.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The folder or file, as written: from where the rule file stands.
    pub file: String,
    /// Where it is written.
    pub span: Span,
    /// The keys, the judged one first.
    pub keys: Vec<String>,
}

/// Rows of a table written in a rule file.
#[derive(Clone, Debug)]
pub struct WrittenTable {
    /// The table.
    pub table: TableId,
    /// The fields of the columns.
    pub fields: Vec<FieldId>,
    /// Rows: the row of the parent table it belongs to (0 where there is no parent), and its cells.
    pub rows: Vec<(u32, Vec<WrittenCell>)>,
    /// Of a child table: which rows of its parent's written table hold this list, an empty one included.
    pub given: Vec<bool>,
}

/// A cell as it would stand in a CSV file; empty means blank.
#[derive(Clone, Debug)]
pub struct WrittenCell {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One 期望.
#[derive(Clone, Debug)]
pub struct Expect {
    /// What is expected.
    pub what: Expectation,
    /// The criteria that must be among those that decide.
    pub because: Vec<CriterionId>,
    /// The fields, by their names, that what decides must look at.
    pub facts: Vec<(String, FieldId)>,
    /// The articles that must be among those that decide, or hold one that does.
    pub articles: Vec<String>,
    /// The whole clause, or the cell.
    pub span: Span,
}

/// What a test expects.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// A criterion or conclusion comes to a verdict.
    Verdict {
        /// The item's name.
        item: String,
        /// The node of its outcome.
        node: NodeId,
        /// The verdict.
        verdict: Verdict,
    },
    /// A computed value reads as this cell; empty means 未知.
    Value {
        /// The item's name.
        item: String,
        /// Its node.
        node: NodeId,
        /// What it must be.
        cell: WrittenCell,
    },
    /// A sentence must hold for certain.
    Holds(NodeId),
}

impl Expectation {
    /// The node whose outcome is looked at.
    pub fn node(&self) -> NodeId {
        match self {
            Expectation::Verdict { node, .. }
            | Expectation::Value { node, .. }
            | Expectation::Holds(node) => *node,
        }
    }

    /// The item that it speaks of; of a sentence none.
    pub fn item(&self) -> &str {
        match self {
            Expectation::Verdict { item, .. } | Expectation::Value { item, .. } => item,
            Expectation::Holds(_) => "",
        }
    }
}
