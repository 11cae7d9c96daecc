//! Tables that decide (`semantics` §3.4): 判定表, 分级, a 结论 with more outcomes than two. One entry is one result column.

use crate::ir::Comparison;
use crate::ir::FieldId;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::TableId;
use crate::source::Span;

/// A 分级, a result column of a 判定表, or a 结论 that is a table.
#[derive(Clone, Debug)]
pub struct Grading {
    /// Name, articles …; of one of several result columns: 表名 的 列名.
    pub head: Head,
    /// Which kind of item it is.
    pub form: GradingForm,
    /// Whose rows it grades.
    pub table: TableId,
    /// Its result as rules take it, 适用 and 施行 of its own included.
    pub node: NodeId,
    /// What is said of it: 不适用 while the policy is not in force.
    pub reported: NodeId,
    /// The [`crate::ir::NodeKind::Decide`] itself.
    pub decision: NodeId,
    /// The field of the reviewer's points: 评审值.
    pub judged: Option<FieldId>,
    /// Where the heads stand.
    pub heads: Vec<Span>,
    /// Where the cells of each row stand, as they are to be read: a blank cell is the one above.
    pub cells: Vec<Vec<Span>>,
}

impl Grading {
    /// What it comes to, as rules take it and as it is said.
    pub fn nodes(&self) -> [NodeId; 2] {
        [self.node, self.reported]
    }
}

/// The items that are tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GradingForm {
    /// 分级
    Grading,
    /// 判定表
    Table,
    /// 结论
    Conclusion,
}

/// The rows of a table with one of its result columns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Which of the rows that hold gives the result.
    pub hit: Hit,
    /// What the columns test.
    pub heads: Vec<NodeId>,
    /// In the order written.
    pub rows: Vec<DecisionRow>,
    /// Whether the checker proved that every input the data may hold meets a row, and under 命中 唯一 one only.
    pub total: bool,
}

/// 命中
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hit {
    /// 首行: the first that holds.
    First,
    /// 唯一: the one that holds; two are 错误.
    Only,
    /// 累计: the sum of all that hold.
    Every,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DecisionRow {
    /// One test for each head.
    pub cells: Vec<CellTest>,
    /// What it gives.
    pub result: NodeId,
}

/// What a test cell asks of its head.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CellTest {
    /// —
    Any,
    /// 其余: what is settled, not 不适用, and taken by no other row.
    Otherwise,
    /// 不适用
    NotApplicable,
    /// 是, 否, 符合, 不符合
    Truth(bool),
    /// Any of these conjunctions of comparisons holds.
    Tests(Vec<Vec<(Comparison, NodeId)>>),
    /// It is one of these members, or below one.
    Members(Vec<u32>),
}

impl CellTest {
    /// What the head is compared with.
    pub fn bounds(&self) -> impl Iterator<Item = NodeId> {
        let tests = match self {
            CellTest::Tests(tests) => tests.as_slice(),
            _ => &[],
        };
        tests.iter().flatten().map(|it| it.1)
    }
}

impl DecisionRow {
    /// How many of its cells say 其余: it yields to rows with fewer.
    pub fn rest(&self) -> usize {
        self.cells.iter().filter(|it| **it == CellTest::Otherwise).count()
    }
}
