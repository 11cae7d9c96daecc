//! What people wrote, as a tree: names unresolved, types unchecked, every part with its place.

mod amending;
mod case;
mod decision;
mod expr;
mod function;
mod naming;
mod score;

pub use amending::*;
pub use case::*;
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

/// 数据: a table.
#[derive(Clone, Debug)]
pub struct Data {
    /// Its name: the CSV file, the sheet.
    pub name: Name,
    /// Its columns and child tables.
    pub fields: Vec<Field>,
    /// 依据, 说明 …
    pub shared: Shared,
}

/// A line of 数据.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name: the column header.
    pub name: Name,
    /// Its type.
    pub ty: FieldType,
    /// What follows the commas.
    pub options: Vec<Spanned<FieldOption>>,
    /// The whole line.
    pub span: Span,
}

/// The type of a field, parameter or function input.
#[derive(Clone, Debug)]
pub enum FieldType {
    /// 多条 企业
    Many(Name),
    /// 枚举 良好、一般、薄弱
    Choice(Vec<Name>),
    /// 金额（千元）, 数（0 至 8）, 行政区划
    Named {
        /// The type's name.
        name: Name,
        /// 千元, 件/万人, %, 小数
        unit: Option<Word>,
        /// 0 至 8, ≥ 0, 大于 0: the declared domain; ends in order written.
        domain: Option<Box<Expr>>,
    },
}

/// What may follow the type of a field.
#[derive(Clone, Debug)]
pub enum FieldOption {
    /// 可缺
    Optional,
    /// 可无, 可无（空白即无）
    MayBeNone {
        /// （空白即无）
        blank_is_none: bool,
    },
    /// 标识
    Key,
    /// 可另填
    OrOther,
    /// 未齐 (of 多条)
    Incomplete,
    /// 有序 (of 枚举)
    Ordered,
    /// 可改
    Changeable,
    /// 步长 0.01 万元
    Step(Expr),
    /// 适用 当 …
    Applies(Expr),
    /// 不重复
    Unique,
    /// 来源 申报 | 统计 | 评审
    Supplied(Name),
    /// 别名 JQ001、营收
    Alias(Vec<Name>),
    /// 按 年度 (of 多条)
    By(Name),
    /// 自 成立日期 (of 多条)
    Since(Name),
    /// 当期
    OfPeriod,
    /// 累计
    ToDate,
    /// 说明 “…”
    Note(Word),
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
