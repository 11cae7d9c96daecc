//! The rules of a program: what an officer wrote, resolved, with the nodes that compute it.

use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::StatedPeriod;
use crate::ir::TableId;
use crate::ir::Unanswered;
use crate::ir::naming::Rule;
use crate::ir::schema::ids;
use crate::source::Span;
use crate::value::PeriodKind;
use crate::value::Unit;

ids! {
    /// A 参数.
    ParameterId,
    /// A 指标.
    IndicatorId,
    /// A 条件.
    CriterionId,
    /// A 分级, a result column of a 判定表, a 结论 that is a table.
    GradingId,
    /// A 结论.
    ConclusionId,
    /// What a 名称规则 asks of a name.
    NamingId,
    /// A 函数.
    FunctionId
}

/// The document the rules stand for.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Its title.
    pub title: String,
    /// 文号
    pub number: String,
    /// 适用时点: the field's name.
    pub rule_date: Option<String>,
    /// 数据期, one of a kind.
    pub data_periods: Vec<(PeriodKind, StatedPeriod)>,
    /// 不适用记号: marks that mean 不适用 in a 可无 field, besides 无.
    pub na_marks: Vec<String>,
    /// 条文, in order, ranges spelled out: 第一条 … 第十六条、附件.
    pub outline: Vec<Article>,
    /// 沿用: the documents whose rules these are built on, the farthest first.
    pub bases: Vec<Document>,
}

/// A document that a rulebook builds on.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// 文号
    pub number: String,
    /// What stands before its articles where they are cited: the number, else the title.
    pub name: String,
    /// 条文
    pub outline: Vec<Article>,
}

/// An article of the outline.
#[derive(Clone, Debug)]
pub struct Article {
    /// 第四条
    pub place: String,
    /// Why it has no rule, where the rulebook says so: the reason of 不设规则, or 未取得.
    pub no_rule: Option<String>,
}

/// What every rule has.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// 依据, the document's own articles first; another document's number stands before the first of its articles.
    pub articles: Vec<String>,
    /// Place of the first article in the outline, for sorting; past the end where it is none.
    pub order: usize,
    /// 口径
    pub readings: Vec<String>,
    /// 材料
    pub evidence: Vec<String>,
    /// 说明
    pub note: Option<String>,
    /// The head line.
    pub span: Span,
}

/// A 参数. Its value on a day is a [`crate::ir::NodeKind::Parameter`] node.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name, articles …
    pub head: Head,
    /// The unit it was written in.
    pub unit: Option<Unit>,
}

/// A 指标.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Name, articles …
    pub head: Head,
    /// Whose rows it is computed for.
    pub table: TableId,
    /// Its value, as rules take it.
    pub node: NodeId,
    /// What is said of it: 不适用 while the policy is not in force.
    pub reported: NodeId,
    /// 单位
    pub unit: Option<Unit>,
    /// 显示 n 位小数
    pub show: Option<u32>,
    /// 另一口径: computed beside, never decides.
    pub others: Vec<OtherReading>,
}

impl Indicator {
    /// What it comes to, as rules take it and as it is said.
    pub fn nodes(&self) -> [NodeId; 2] {
        [self.node, self.reported]
    }
}

/// One 另一口径 of an indicator.
#[derive(Clone, Debug)]
pub struct OtherReading {
    /// What it is called.
    pub name: String,
    /// Its value.
    pub node: NodeId,
    /// The unit it is shown in.
    pub unit: Option<Unit>,
    /// 显示 n 位小数 of the indicator.
    pub show: Option<u32>,
}

/// The force of a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Force {
    /// 应当, 不得
    Must,
    /// 原则上
    Should,
    /// 可以
    May,
}

/// A 条件.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Name, articles …
    pub head: Head,
    /// Whose rows it judges.
    pub table: TableId,
    /// Its force.
    pub force: Force,
    /// Its own outcome: 施行 and 适用, exceptions, clauses; before force.
    pub node: NodeId,
    /// What a conclusion takes: `node` for 应当, softened for 原则上; 可以 informs and is in no conclusion.
    pub in_conclusion: NodeId,
    /// The outcome that is a departure where it is 假: `node` for 原则上; the 原则上 parts of a 名称规则.
    pub departs: Option<NodeId>,
    /// Of a 名称规则, what it asks of the name.
    pub naming: Option<NamingId>,
    /// 施行: whether it is in force; an [`crate::ir::NodeKind::InForce`].
    pub in_force: Option<NodeId>,
    /// 适用
    pub applies: Option<NodeId>,
    /// The [`crate::ir::NodeKind::Exceptions`] node, where it has 例外.
    pub exceptions: Option<NodeId>,
    /// Its clauses, joined by 且.
    pub clauses: Vec<Clause>,
    /// 不符
    pub failing: Option<Template>,
    /// 说明见
    pub answered_in: Option<FieldId>,
    /// 未说明 则 …
    pub unanswered: Unanswered,
}

/// What a 名称规则 asks of a name, and where its case says what the name must agree with.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The rule.
    pub rule: Rule,
    /// The name.
    pub name: NodeId,
    /// 与 … 一致: a member for each source of places; none where no agreement is asked.
    pub places: Vec<Option<NodeId>>,
    /// The same of the industry.
    pub industry: Option<NodeId>,
    /// What the rulebook calls the place and the industry.
    pub parts: [String; 2],
}

/// One 应当 / 不得 … clause of a criterion or conclusion.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its outcome, negation included.
    pub node: NodeId,
    /// 不得
    pub negated: bool,
    /// Its list, where it has one; the count and the items, each before negation.
    pub list: Option<(Count, Vec<ClauseItem>)>,
    /// The whole clause.
    pub span: Span,
}

/// One dashed line.
#[derive(Clone, Debug)]
pub struct ClauseItem {
    /// Its label.
    pub label: Option<String>,
    /// Its outcome.
    pub node: NodeId,
    /// Its own articles.
    pub articles: Vec<String>,
    /// The whole line.
    pub span: Span,
}

/// A text with inserted values.
#[derive(Clone, Debug)]
pub struct Template(pub Vec<TemplatePart>);

/// A part of a text.
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// Plain words.
    Plain(String),
    /// A value of the rule's table, shown in its unit.
    Value(NodeId),
}

/// A 结论.
#[derive(Clone, Debug)]
pub struct Conclusion {
    /// Name, articles …
    pub head: Head,
    /// Whose rows it judges.
    pub table: TableId,
    /// Its outcome.
    pub node: NodeId,
    /// 适用
    pub applies: Option<NodeId>,
    /// 施行
    pub in_force: Option<NodeId>,
    /// 须符合, in the order written.
    pub requires: Vec<Required>,
    /// 须符合其一, one entry a clause.
    pub requires_one: Vec<Vec<Required>>,
    /// 一票否决: strikes where it holds.
    pub vetoes: Vec<Veto>,
    /// 应当 … in the conclusion itself.
    pub clauses: Vec<Clause>,
    /// 不符
    pub failing: Option<Template>,
}

impl Conclusion {
    /// The criteria it names itself, in the order written: common conditions, paths, vetoes.
    pub fn criteria(&self) -> impl Iterator<Item = CriterionId> {
        let required = self.requires.iter().chain(self.requires_one.iter().flatten());
        let named = required.filter_map(|it| match it {
            Required::Criterion(id) => Some(*id),
            Required::Conclusion(_) => None,
        });
        named.chain(self.vetoes.iter().filter_map(|it| it.criterion))
    }
}

/// What a conclusion requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// A 条件.
    Criterion(CriterionId),
    /// Another 结论.
    Conclusion(ConclusionId),
}

/// A 一票否决.
#[derive(Clone, Debug)]
pub struct Veto {
    /// The condition that strikes.
    pub node: NodeId,
    /// The 条件, where it is one by name.
    pub criterion: Option<CriterionId>,
}

/// Verdicts (`semantics` §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// 符合
    Met,
    /// 不符合
    NotMet,
    /// 无法判定
    Undetermined,
    /// 不适用
    NotApplicable,
}
