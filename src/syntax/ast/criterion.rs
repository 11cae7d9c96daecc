//! 条件 and 结论: clauses, forces, exceptions.

use super::Citation;
use super::Expr;
use super::Name;
use super::Naming;
use super::Shared;
use super::Template;
use crate::source::Span;

/// 条件: something that must, should or may hold.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Its name.
    pub name: Name,
    /// 对 集群
    pub scope: Option<Name>,
    /// 应当 / 不得 / 原则上 / 可以 clauses.
    pub requirements: Vec<Requirement>,
    /// Of a 名称规则, what the name must be; it has no other clauses of force.
    pub naming: Option<Naming>,
    /// 不符: the wording of a failure.
    pub failing: Option<Template>,
    /// 例外
    pub exceptions: Vec<Exception>,
    /// 说明见: the text field that answers a departure.
    pub answered_in: Option<Name>,
    /// 未说明 则 不符合 / 无法判定
    pub unanswered: Option<Name>,
    /// 不适用 则 不符合 / 符合 / 不适用
    pub not_applicable: Option<Name>,
    /// 基期非正 则 …
    pub no_growth_base: Option<Expr>,
    /// 依据, 适用 …
    pub shared: Shared,
}

impl Criterion {
    /// A criterion whose clauses are still to come.
    pub fn new(name: Name, scope: Option<Name>) -> Criterion {
        Criterion {
            name,
            scope,
            requirements: vec![],
            naming: None,
            failing: None,
            exceptions: vec![],
            answered_in: None,
            unanswered: None,
            not_applicable: None,
            no_growth_base: None,
            shared: Shared::default(),
        }
    }
}

/// The force an article gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// 应当
    Must,
    /// 原则上, 一般应
    Should,
    /// 可以
    May,
}

/// One 应当 / 不得 / 原则上 / 可以 clause.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its force.
    pub force: Force,
    /// 不得, 原则上 不得: the body must not hold.
    pub negated: bool,
    /// What must hold.
    pub body: Body,
    /// The whole clause.
    pub span: Span,
}

/// The body of a requirement.
#[derive(Clone, Debug)]
pub enum Body {
    /// One sentence.
    One(Expr),
    /// 同时满足 … and a list.
    List {
        /// How many must hold.
        quantifier: Quantifier,
        /// The dashed lines.
        items: Vec<ListItem>,
    },
}

/// How many of a list must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// 同时满足
    All,
    /// 满足之一
    Any,
    /// 至少满足 n 项
    AtLeast(u32),
    /// 至多满足 n 项
    AtMost(u32),
    /// 恰好满足 n 项
    Exactly(u32),
}

/// `— 企业：个数（企业） ≥ 1 家，依据 第一条`
#[derive(Clone, Debug)]
pub struct ListItem {
    /// 企业
    pub label: Option<Name>,
    /// What must hold.
    pub expr: Expr,
    /// Its own articles.
    pub basis: Vec<Citation>,
    /// The whole line.
    pub span: Span,
}

/// 例外 第六条 于 第五条 当 … 视同 …
#[derive(Clone, Debug)]
pub struct Exception {
    /// The article that grants it.
    pub article: Citation,
    /// The exception it is set against (于) or silences (优先于).
    pub against: Option<(Against, Citation)>,
    /// 当
    pub guard: Expr,
    /// 视同 符合 / 不符合 / 不适用, or a value (of a 参数).
    pub deemed: Expr,
    /// The whole clause.
    pub span: Span,
}

/// How an exception stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Against {
    /// 于: while both hold, in its place.
    Replaces,
    /// 优先于: silences it while live.
    Overrides,
}

/// 结论: what a case comes to.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// Its name.
    pub name: Name,
    /// 对 集群
    pub scope: Option<Name>,
    /// 须符合: common conditions.
    pub requires: Vec<Name>,
    /// 须符合其一: one entry a clause.
    pub requires_one: Vec<Vec<Name>>,
    /// 一票否决
    pub vetoes: Vec<Expr>,
    /// 应当 … in a conclusion: one more common condition each.
    pub requirements: Vec<Requirement>,
    /// 不符
    pub failing: Option<Template>,
    /// 依据, 适用 …
    pub shared: Shared,
}
