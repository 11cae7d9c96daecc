//! The graph of typed nodes: each computes one column over the rows of one table. It holds no data.

use crate::ir::Aggregate;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::Decision;
use crate::ir::DurationUnit;
use crate::ir::ExceptionArm;
use crate::ir::FieldId;
use crate::ir::FunctionId;
use crate::ir::GradingId;
use crate::ir::NamingId;
use crate::ir::ParameterId;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Unanswered;
use crate::ir::VocabularyId;
use crate::ir::schema::ids;
use crate::source::Span;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Rounding;
use crate::value::Unit;

ids! {
    /// A node of the program.
    NodeId
}

/// One node. Equal nodes are one node: what several rules share is computed once.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it computes.
    pub kind: NodeKind,
    /// Its type.
    pub ty: Ty,
    /// The table whose rows it has a value for.
    pub space: TableId,
    /// The unit to show it in.
    pub unit: Option<Unit>,
    /// Where it was first written.
    pub span: Span,
    /// Whether 不适用 can arise, whatever the data.
    pub may_be_na: bool,
    /// Whether 错误 can arise, whatever the data.
    pub may_be_error: bool,
}

/// What a node computes; `semantics` has the meaning of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// The same for every row.
    Constant(Constant),
    /// The cells of a field (§1.2). A field's 适用 guard is an [`NodeKind::Applies`] around it.
    Field(FieldId),
    /// Each row's parent's value; the operand's space is the parent table.
    Parent(NodeId),
    /// The day that decides (§8.1): `--on`, else the operand, a date field of this table or of a parent.
    RuleDate(Option<NodeId>),
    /// A parameter in force on a day (§8.1). Versions ascend by first day; no version in force is 错误 该日无值.
    Parameter {
        /// Which.
        parameter: ParameterId,
        /// The day.
        day: NodeId,
        /// First day, last day (both inclusive, none = open), and the value.
        versions: Vec<(Option<i32>, Option<i32>, NodeId)>,
    },
    /// Whether a day lies in a rule's 施行 span, both ends inclusive.
    InForce {
        /// The day.
        day: NodeId,
        /// First day.
        from: Option<i32>,
        /// Last day.
        until: Option<i32>,
    },
    /// `of` inside a branch of 若 where `of op bound` is known to hold (§3.3): its values are cut to those.
    /// A row where nothing is left (the branch is not taken there) keeps its set.
    Narrow {
        /// What is narrowed.
        of: NodeId,
        /// The comparison that holds.
        op: Comparison,
        /// A constant.
        bound: NodeId,
    },
    /// 且 (§2.1)
    And(Vec<NodeId>),
    /// 或 (§2.1)
    Or(Vec<NodeId>),
    /// 非 (§2.1)
    Not(NodeId),
    /// 同时满足, 满足之一, 至少满足 n 项 …, 全部（甲、乙） (§2.2). Operands are truths of this space.
    Quantified(Count, Vec<NodeId>),
    /// Two operands of one type (§3.1). Members compare by order only in an ordered enumeration.
    Compare(Comparison, NodeId, NodeId),
    /// `x 为 无` (§3.1): strict in 错误 only.
    IsNone(NodeId),
    /// `已填（字段）`: the cell is not blank.
    Filled(FieldId),
    /// `x 属于 …` (§3.1).
    Belongs {
        /// A member, or a text that is looked up in the list.
        of: NodeId,
        /// To what.
        to: Belonging,
    },
    /// a + b + …
    Sum(Vec<NodeId>),
    /// a − b
    Difference(NodeId, NodeId),
    /// a × b × …
    Product(Vec<NodeId>),
    /// a ÷ b
    Quotient(NodeId, NodeId),
    /// −a
    Negation(NodeId),
    /// 绝对值
    Absolute(NodeId),
    /// 幂（a，n）
    Power(NodeId, i32),
    /// 保留, 取整, 向下取整, 向上取整: rounded to `places` decimal places of `factor` base units.
    Round {
        /// Half away from zero, down or up.
        how: Rounding,
        /// What is rounded.
        of: NodeId,
        /// Decimal places.
        places: u32,
        /// The unit it is rounded in.
        factor: Number,
    },
    /// 最大（…）, 最小（…）, 合计（…） of listed numbers or dates: 不适用 is skipped (§3.2).
    Fold(Fold, Vec<NodeId>),
    /// 若 (§3.3)
    If {
        /// A truth.
        condition: NodeId,
        /// 则
        then: NodeId,
        /// 否则
        otherwise: NodeId,
        /// 不适用则; the checker asks for it where the condition may be 不适用.
        if_not_applicable: Option<NodeId>,
    },
    /// 缺省（字段，值）: a blank cell becomes the value (§3.3).
    Default {
        /// The field's node.
        of: NodeId,
        /// The field.
        field: FieldId,
        /// The value.
        value: NodeId,
    },
    /// 不适用时（x，值） (§3.3)
    WhenNotApplicable {
        /// What may be 不适用.
        of: NodeId,
        /// What stands in for 不适用.
        value: NodeId,
    },
    /// A function over child rows (§4).
    Aggregate(Aggregate),
    /// 数据期 (§8.1): the run's, else as the policy says.
    DataPeriod {
        /// Its kind.
        kind: PeriodKind,
        /// What the policy says.
        stated: StatedPeriod,
        /// The day that decides, where the policy counts from it.
        day: Option<NodeId>,
    },
    /// 近 N 年: whether a row's period is one of the N that end with the data period (§8.4).
    Recent {
        /// The row's period.
        period: NodeId,
        /// The data period, of this space.
        last: NodeId,
        /// N
        count: u32,
    },
    /// 本期, 上年, 上期 of a list: the value in the row of one period (§8.4).
    InPeriod {
        /// The 多条 field; its table's parent is the node's space.
        rows: FieldId,
        /// The value, of the child table.
        of: NodeId,
        /// The data period, of this space.
        period: NodeId,
        /// How many periods before it.
        back: i32,
    },
    /// 上年, 上期 in a row of a period table: the value in the row of an earlier period (§8.4).
    Earlier {
        /// The value, of this space.
        of: NodeId,
        /// The row's own period.
        period: NodeId,
        /// How many periods before it.
        back: i32,
    },
    /// 同比, 环比: now ÷ base − 1; a base of 0 or below is 错误 (§7.7).
    Growth {
        /// The later value.
        now: NodeId,
        /// The earlier one.
        base: NodeId,
        /// 基期非正 则 …
        if_not_positive: Option<NodeId>,
    },
    /// 年均增长, 复合增长: (to ÷ from) to the power 1/n, less 1, rounded to 30 digits (§7.2).
    MeanGrowth {
        /// The value it starts from.
        from: NodeId,
        /// The value it ends with.
        to: NodeId,
        /// The number of periods between them.
        periods: u32,
        /// 基期非正 则 …
        if_not_positive: Option<NodeId>,
    },
    /// 方根（x，n）, rounded to 30 digits (§7.2).
    Root {
        /// What the root is taken of.
        of: NodeId,
        /// n
        degree: u32,
    },
    /// 判定表, 分级, 结论 with more outcomes than two (§3.4): words are members, points are numbers.
    Decide(Decision),
    /// A band of points, `7 至 8`, that awaits the reviewer: one hole of the case.
    Band {
        /// The result column it stands in: bands of two tables are two holes.
        of: GradingId,
        /// From; whether the end is included.
        low: (NodeId, bool),
        /// To; whether the end is included.
        high: (NodeId, bool),
        /// 评审值: narrows the band where it lies in it.
        judged: Option<NodeId>,
    },
    /// Exceptions before a body (§6.2).
    Exceptions {
        /// What holds without them.
        body: NodeId,
        /// In the order written.
        exceptions: Vec<ExceptionArm>,
    },
    /// 适用 (§6.1): guard 假 or 不适用 → 不适用; 错误 → 错误; undecided → both.
    Applies {
        /// A truth.
        guard: NodeId,
        /// What holds where it applies; of any type.
        body: NodeId,
    },
    /// The effect of 原则上 in a conclusion (§6.3): everything but 不适用 becomes 真.
    Soften {
        /// The criterion's own outcome.
        of: NodeId,
        /// 未说明 则 …: what an unanswered departure becomes.
        unanswered: Unanswered,
        /// Whether the answer's text field is filled; only with `unanswered` other than `Noted`.
        answered: Option<NodeId>,
    },
    /// d + a span of years, months or days (§8.2); the count may be negative.
    AddDuration {
        /// The day.
        day: NodeId,
        /// A [`Ty::Duration`] of years, months or days.
        span: NodeId,
    },
    /// 日数（a，b）, also b − a (§8.2): days from a to b; both ends counted adds 1.
    Days {
        /// From.
        from: NodeId,
        /// To.
        to: NodeId,
        /// 首尾均计
        both_ends: bool,
    },
    /// 满年数（a，b）, 满月数（a，b）: the greatest n with a + n years or months not after b (§8.2).
    Elapsed {
        /// a
        from: NodeId,
        /// b
        to: NodeId,
        /// Years or months.
        unit: DurationUnit,
    },
    /// 工作日后（d，n） (§8.3).
    WorkdayAfter {
        /// d
        day: NodeId,
        /// n, a number or a span of working days.
        count: NodeId,
        /// 含首日
        first_day: bool,
        /// The 名单 with the columns 日期 and 类别.
        calendar: VocabularyId,
    },
    /// Whether a name is as a 名称规则 asks (§10): by its 应 parts, or by its 原则上 parts.
    Naming {
        /// The rule.
        naming: NamingId,
        /// Its 原则上 parts.
        soft: bool,
        /// The name.
        name: NodeId,
        /// What the case says of each source of places, as far as it can matter here.
        places: Vec<Option<NodeId>>,
        /// What it says of the industry.
        industry: Option<NodeId>,
    },
    /// A call of a 函数: 错误 and 不适用 of an argument go through, a value outside its slot is 错误.
    Called {
        /// Which.
        function: FunctionId,
        /// Its arguments, in the order of its inputs.
        arguments: Vec<NodeId>,
        /// What its formula comes to over [`NodeKind::Input`] nodes; none where it has a script.
        result: Option<NodeId>,
    },
    /// An argument as the formula of a 函数 sees it: its values inside the input's slot.
    /// A row where nothing is left (the call is not asked there) keeps its set.
    Input {
        /// The argument.
        of: NodeId,
        /// The function.
        function: FunctionId,
        /// Which of its inputs.
        index: u32,
    },
    /// 含（x，段）
    Contains(NodeId, NodeId),
    /// 开头为（x，段）
    StartsWith(NodeId, NodeId),
    /// 连接（x，y …）
    Join(Vec<NodeId>),
    /// 截取（x，起，长）: characters from 1.
    Part(NodeId, NodeId, NodeId),
    /// 长度（x）: characters.
    Length(NodeId),
    /// 唯一（键） over all rows of this space in the run (§9.4).
    Unique(NodeId),
    /// A step of a 评分 (§9).
    Score(Scoring),
}

/// How a policy states the period of its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatedPeriod {
    /// 当年 is 0, 上年 is 1: so many periods before that of the day.
    Back(i32),
    /// 2022年
    Fixed(i32),
}

/// What `属于` asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Belonging {
    /// A whole 名单 or 分类: 假 only where it is 完整.
    Vocabulary(VocabularyId),
    /// One of these members of the operand's own vocabulary, or something below one of them.
    Nodes(Vec<u32>),
    /// Below, or the same as, a member that another node gives (所在地 属于 本集群 的 所在地).
    Node(NodeId),
    /// Equal to one of these (texts, numbers, dates).
    Values(Vec<NodeId>),
}

/// Functions of listed values that skip 不适用.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// 最大
    Max,
    /// 最小
    Min,
    /// 合计
    Sum,
}
