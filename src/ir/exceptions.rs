//! 例外 and 未说明: how they stand to each other.

use crate::ir::NodeId;

/// One 例外.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExceptionArm {
    /// When it is live.
    pub guard: NodeId,
    /// What then holds: 真, 假, 不适用, or a value.
    pub deemed: NodeId,
    /// Its article.
    pub article: String,
    /// The exception (by place in the list) it stands in for or silences.
    pub against: Option<(Against, usize)>,
}

/// How an exception stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Against {
    /// 于
    Replaces,
    /// 优先于
    Overrides,
}

/// 未说明 则 …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unanswered {
    /// A departure is a note.
    Noted,
    /// 无法判定
    Undetermined,
    /// 不符合
    NotMet,
}
