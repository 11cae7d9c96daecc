//! Tables that decide: 判定表, 分级, and a 结论 with more outcomes than two.

use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Name;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Word;

/// 判定表, 分级, 结论: what holds together, and what it gives.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its name.
    pub name: Name,
    /// Which kind of item it is.
    pub form: DecisionForm,
    /// 对 集群
    pub scope: Option<Name>,
    /// What the columns test; of 分级 its 按.
    pub heads: Vec<Expr>,
    /// 得: the names of the result columns; of 分级 there is none, and one result.
    pub results: Vec<Name>,
    /// 命中
    pub hit: Option<Spanned<Hit>>,
    /// 评审值
    pub judged: Option<Name>,
    /// 照原文
    pub as_written: Option<Word>,
    /// In the order written.
    pub rows: Vec<DecisionRow>,
    /// 依据 …
    pub shared: Shared,
}

/// The items that are tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecisionForm {
    /// 分级: one column, read from the top.
    Grading,
    /// 判定表
    Table,
    /// 结论
    Conclusion,
}

/// 命中: which of the rows that hold gives the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hit {
    /// 首行
    First,
    /// 唯一
    Only,
    /// 累计
    Every,
}

/// `| ≥ 100 | ≥ 500 亿元 | 甲 |`
#[derive(Clone, Debug)]
pub struct DecisionRow {
    /// One test for each head.
    pub cells: Vec<Cell>,
    /// A word, number, band or 不适用 for each result column.
    pub results: Vec<Expr>,
    /// The whole row.
    pub span: Span,
}

/// A test cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What it says.
    pub kind: CellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a test cell says; the subject is the column's head.
#[derive(Clone, Debug)]
pub enum CellKind {
    /// —
    Any,
    /// 其余
    Otherwise,
    /// 不适用
    NotApplicable,
    /// ≥ 50 人 且 < 100 人, 3 至 4, 30% 以上（含）, 大型、中型: alternatives of conjunctions.
    Tests(Vec<Vec<CellTest>>),
}

/// One comparison of a cell; its subject is left out.
#[derive(Clone, Debug)]
pub struct CellTest {
    /// The comparison.
    pub op: CompareOp,
    /// What the subject is compared with.
    pub right: Expr,
}
