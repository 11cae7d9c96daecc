//! Functions over the rows of a child table.

use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::NodeId;

/// A function over the rows of a child table (§4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Aggregate {
    /// Which.
    pub function: AggregateFunction,
    /// The 多条 field; its table's parent is the node's space.
    pub rows: FieldId,
    /// 中: a truth of the child table.
    pub filter: Option<NodeId>,
    /// What is aggregated, of the child table; none for 个数. For the quantifiers, the truth asked of each row.
    pub value: Option<NodeId>,
    /// Of 占比: the truth p, of the child table.
    pub share: Option<NodeId>,
    /// 空则: what it is when nothing is included; of this space.
    pub if_empty: Option<NodeId>,
}

/// Functions over child rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AggregateFunction {
    /// 个数
    Count,
    /// 合计
    Sum,
    /// 平均
    Mean,
    /// 中位
    Median,
    /// 最大
    Max,
    /// 最小
    Min,
    /// 占比
    Share,
    /// 不同个数
    Distinct,
    /// 前列合计: the sum of so many greatest.
    Top(u32),
    /// 全部, 任一, 没有, 至少 …
    Quantified(Count),
}
