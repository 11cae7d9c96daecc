//! 评分 as written: its table of weights, its items, and what it says of the population. Words are not looked up.

use crate::source::Span;
use crate::syntax::ast::Citation;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Name;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Word;

/// 评分: points for a case, by weights or by items.
#[derive(Clone, Debug)]
pub struct Score {
    /// Its name.
    pub name: Name,
    /// 对 集群
    pub scope: Option<Name>,
    /// 满分
    pub full: Option<Expr>,
    /// The rows of its table of weights, the head row first.
    pub rows: Vec<ScoreRow>,
    /// 项目, 加分, 扣分, in the order written.
    pub entries: Vec<Entry>,
    /// 封顶
    pub cap: Option<Expr>,
    /// 合格 ≥ 60 分
    pub pass: Option<(CompareOp, Expr)>,
    /// 一票否决
    pub vetoes: Vec<Expr>,
    /// 缺失, and what stands after its comma.
    pub missing: Option<(Name, Option<Name>)>,
    /// 不适用 分摊
    pub not_applicable: Option<Name>,
    /// 同值; the word 不适用 is a name here.
    pub same: Option<Name>,
    /// 权重 归一
    pub weights: Option<Name>,
    /// 合成
    pub composition: Option<Name>,
    /// 范围
    pub population: Option<Expr>,
    /// 排名
    pub rank: Option<Ranked>,
    /// 入选
    pub select: Option<Select>,
    /// 名额 按 …，每组 …
    pub quota: Option<(Expr, Expr)>,
    /// 得分 保留 n 位小数
    pub keep: Option<u32>,
    /// 反馈 按 …: the class that a case is compared with.
    pub feedback: Option<Expr>,
    /// 依据, 适用 …
    pub shared: Shared,
}

/// A row of the table of weights.
#[derive(Clone, Debug)]
pub struct ScoreRow {
    /// Its cells.
    pub cells: Vec<ScoreCell>,
    /// The whole row.
    pub span: Span,
}

/// A cell of the table of weights.
#[derive(Clone, Debug)]
pub struct ScoreCell {
    /// What it says.
    pub kind: ScoreCellKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cell of the table of weights says.
#[derive(Clone, Debug)]
pub enum ScoreCellKind {
    /// Nothing: as the cell above.
    Blank,
    /// A name, a weight, a method.
    Expr(Expr),
    /// Articles that are no sentence.
    Citations(Vec<Citation>),
    /// Free words.
    Words(String),
}

/// The kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// 项目
    Item,
    /// 加分
    Bonus,
    /// 扣分
    Deduction,
}

/// 项目 规模，满分 30 分，公式 …
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which.
    pub kind: EntryKind,
    /// Its name; without a formula, that of what gives its points.
    pub name: Name,
    /// Its points.
    pub formula: Option<Expr>,
    /// 满分
    pub full: Option<Expr>,
    /// 依据
    pub basis: Vec<Citation>,
    /// 说明
    pub note: Option<Word>,
    /// The whole line.
    pub span: Span,
}

/// 排名 从高到低、并列同名次、再比 营业收入
#[derive(Clone, Debug)]
pub struct Ranked {
    /// 按 得分: by what it is said to be.
    pub by: Option<Name>,
    /// Its words.
    pub words: Vec<Name>,
    /// 再比
    pub then_by: Option<Name>,
    /// The whole clause.
    pub span: Span,
}

/// 入选 前 100 名，并列 全入选
#[derive(Clone, Debug)]
pub struct Select {
    /// How many: a number, a share or a parameter.
    pub top: Expr,
    /// 并列: a word, or 再比 and a name.
    pub tied: Option<Tied>,
    /// The whole clause.
    pub span: Span,
}

/// What happens to a tie at the line.
#[derive(Clone, Debug)]
pub enum Tied {
    /// 全入选, 全不选
    Word(Name),
    /// 再比 …
    ThenBy(Name),
}
