//! What people wrote, as a tree: names unresolved, types unchecked, every part with its place.

mod amending;
mod case;
mod criterion;
mod data;
mod decision;
mod expr;
mod function;
mod naming;
mod score;

pub use amending::*;
pub use case::*;
pub use criterion::*;
pub use data::*;
pub use decision::*;
pub use expr::*;
pub use function::*;
pub use naming::*;
pub use score::*;

use crate::source::Span;
use crate::source::Spanned;
use crate::value::Number;

/// A name as written, without the 「」 or [] around it; 《》 stay part of it.
#[derive(Clone, Debug)]
pub struct Name {
    /// Its text after folding full-width letters and digits to half-width.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A text, or a number word, with its place.
pub type Word = Spanned<String>;

/// A file: its sound items. What did not parse is in the diagnostics.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// In the order written.
    pub items: Vec<Item>,
    /// 修改
    pub amendments: Vec<Amendment>,
    /// 删除
    pub repeals: Vec<Repeal>,
}

/// An item with the span of its whole text.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it says.
    pub kind: ItemKind,
    /// From its keyword to the end of its last sound clause.
    pub span: Span,
    /// Whether a clause of it was malformed (already reported): findings about what it lacks are not made.
    pub damaged: bool,
}

/// The kinds of items.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// 政策
    Policy(Policy),
    /// 分类 and 名单
    Vocabulary(Vocabulary),
    /// 计量单位
    Measuring(Measuring),
    /// 数据
    Data(Data),
    /// 参数
    Parameter(Parameter),
    /// 指标
    Indicator(Indicator),
    /// 条件 and 名称规则
    Criterion(Criterion),
    /// 判定表, 分级, and a 结论 with more outcomes than two
    Decision(Decision),
    /// 评分
    Score(Box<Score>),
    /// 结论
    Conclusion(Conclusion),
    /// 函数
    Function(Function),
    /// 案例
    Case(Case),
    /// 测试
    Test(Test),
}

/// A reference to an article, in one canonical spelling: 第四条第二款第（一）项.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The document, where it is another one than the policy: 国科火字〔2020〕183号.
    pub document: Option<String>,
    /// The article, annex or quoted name.
    pub place: String,
    /// The last article of a range (第一条 至 第十六条).
    pub through: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A calendar day as written; the parser has checked that it exists.
pub type Day = chrono::NaiveDate;

/// A span of validity: both ends inclusive.
#[derive(Clone, Debug)]
pub struct Validity {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// Where it stands.
    pub span: Span,
}

/// Clauses that every item may have.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// 依据
    pub basis: Vec<Citation>,
    /// 施行
    pub effective: Option<Validity>,
    /// 适用
    pub applies: Option<Expr>,
    /// 说明
    pub note: Option<Word>,
    /// 口径
    pub readings: Vec<Word>,
    /// 材料
    pub evidence: Vec<Word>,
}

/// 政策: the document the rules stand for.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its title.
    pub title: Name,
    /// 文号
    pub number: Option<Word>,
    /// 发文机关
    pub issuers: Vec<Word>,
    /// 条文: the outline; `true` marks 未取得.
    pub outline: Vec<(Citation, bool)>,
    /// 不设规则: articles left without a rule, with the reason.
    pub no_rule: Vec<NoRule>,
    /// 适用时点: the case field whose day decides.
    pub rule_date: Option<Name>,
    /// 数据期: 上年, 2022年 …
    pub data_periods: Vec<Word>,
    /// 本数: whether a bare 以上 includes the number itself.
    pub bare_bounds: Option<BareBounds>,
    /// 不适用记号
    pub na_marks: Vec<Word>,
    /// 代替 and 引用: documents named, for the reader.
    pub related: Vec<Word>,
    /// 沿用: where the rulebooks are that this one builds on.
    pub builds_on: Vec<Word>,
    /// 施行, 说明, 口径 …
    pub shared: Shared,
}

/// One 不设规则 line.
#[derive(Clone, Debug)]
pub struct NoRule {
    /// The articles.
    pub articles: Vec<Citation>,
    /// Why.
    pub reason: Option<Word>,
    /// The whole line.
    pub span: Span,
}

/// 本数 包含 or 不含.
#[derive(Clone, Debug)]
pub struct BareBounds {
    /// 包含
    pub inclusive: bool,
    /// 依据
    pub basis: Vec<Citation>,
    /// The whole line.
    pub span: Span,
}

/// 分类 (a hierarchy) or 名单 (a list), from a table or written out.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Its name, which is a field type.
    pub name: Name,
    /// 分类 is a hierarchy.
    pub hierarchy: bool,
    /// Where the members are.
    pub members: Members,
    /// 完整: what is not in it does not exist.
    pub complete: bool,
    /// `名称 为 name`: role and column header.
    pub columns: Vec<(Name, Name)>,
    /// 依据, 说明 …
    pub shared: Shared,
}

/// Where the members of a vocabulary come from.
#[derive(Clone, Debug)]
pub enum Members {
    /// 取自 “file.tsv”
    File(Word),
    /// 名单 老区县：甲县、乙县
    Written(Vec<Name>),
}

/// 计量单位 亩 为 2000/3 平方米
#[derive(Clone, Debug)]
pub struct Measuring {
    /// The unit.
    pub name: Name,
    /// How many of which other unit it is; none where it is made of no other.
    pub value: Option<(Number, Word)>,
    /// 依据, 说明
    pub shared: Shared,
}

/// 参数: a number, date, word or list that an article fixes.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// 对 集群: allows exceptions that look at the case.
    pub scope: Option<Name>,
    /// Its values; one without dates, or several dated ones.
    pub values: Vec<(Option<Validity>, Expr)>,
    /// 例外 … 视同 20 家
    pub exceptions: Vec<Exception>,
    /// 依据 …
    pub shared: Shared,
}

/// 指标: a number (or date, word) computed for a row.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Its name.
    pub name: Name,
    /// 对 集群
    pub scope: Option<Name>,
    /// 公式
    pub formula: Option<Expr>,
    /// 单位 %
    pub unit: Option<Word>,
    /// 显示 2 位小数: presentation only.
    pub show: Option<u32>,
    /// 保留 2 位小数: the value itself is rounded.
    pub keep: Option<u32>,
    /// 另一口径: its name and formula.
    pub other_readings: Vec<(Word, Expr)>,
    /// 基期非正 则 …
    pub no_growth_base: Option<Expr>,
    /// 依据 …
    pub shared: Shared,
}
