//! 案例 and 测试 as written. Their cells are texts: nothing is read here.

use crate::source::Span;
use crate::syntax::ast::Citation;
use crate::syntax::ast::Day;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Name;
use crate::syntax::ast::Word;

/// 案例: a made-up case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: Name,
    /// 对 集群
    pub scope: Option<Name>,
    /// 设
    pub sets: Vec<Setting>,
    /// 说明
    pub note: Option<Word>,
}

/// 设 FIELD 为 VALUE, or 设 LIST and a table.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The field.
    pub field: Name,
    /// Its value.
    pub value: SetValue,
    /// The whole clause.
    pub span: Span,
}

/// The value a 设 gives.
#[derive(Clone, Debug)]
pub enum SetValue {
    /// 为 VALUE
    Cell(RawCell),
    /// A table of child rows.
    Rows {
        /// Column heads.
        heads: Vec<Name>,
        /// Rows, as long as the heads.
        rows: Vec<Vec<RawCell>>,
    },
}

/// A cell as it would stand in a CSV file: quotes and 「」 taken off. 未知 is blank; 无 and marks stay.
#[derive(Clone, Debug)]
pub struct RawCell {
    /// Its text; empty means blank.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// 测试: what must come out.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its name.
    pub name: Name,
    /// 对 集群
    pub scope: Option<Name>,
    /// 给定: the case that is judged; further ones stand beside it in the run.
    pub given: Vec<Name>,
    /// 给定 … 取自: the data that the given cases are rows of, by their keys.
    pub drawn: Option<Word>,
    /// 设
    pub sets: Vec<Setting>,
    /// 假定 ITEM 为 VALUE
    pub supposes: Vec<(Name, RawCell)>,
    /// 评价日
    pub on: Option<Day>,
    /// 数据期, in place of the policy's.
    pub periods: Vec<Word>,
    /// 期望
    pub expects: Vec<Expect>,
    /// 快照: the whole explanation is as it is kept.
    pub snapshot: Option<Span>,
    /// 待确认: nobody has confirmed yet what is expected.
    pub unconfirmed: Option<Span>,
    /// Boundary table: one run a row.
    pub table: Option<TestTable>,
    /// 依据
    pub basis: Vec<Citation>,
    /// 说明
    pub note: Option<Word>,
}

/// 期望 EXPR，因 甲、乙
#[derive(Clone, Debug)]
pub struct Expect {
    /// `纳入评价管理 为 不符合`, or any truth that must hold.
    pub expr: Expr,
    /// The criteria that decide.
    pub because: Vec<Name>,
    /// The articles that decide.
    pub articles: Vec<Citation>,
    /// The whole clause.
    pub span: Span,
}

/// The table of a 测试.
#[derive(Clone, Debug)]
pub struct TestTable {
    /// Column heads.
    pub heads: Vec<TestHead>,
    /// Rows, as long as the heads.
    pub rows: Vec<(Vec<RawCell>, Span)>,
}

/// A column head of a test's table.
#[derive(Clone, Debug)]
pub struct TestHead {
    /// What its cells do.
    pub kind: TestHeadKind,
    /// The field or item it names (of 评价日: the word itself).
    pub name: Name,
}

/// What the cells of a test's column do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestHeadKind {
    /// 设, or nothing before a field's name: fills the field.
    Set,
    /// 假定: replaces a computed value.
    Suppose,
    /// 评价日
    On,
    /// 数据期
    Period,
    /// 期望
    Expect,
}
