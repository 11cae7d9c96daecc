//! 评分 (`semantics` §9): the tree of points, the population they are compared in, ranks and selection. Nothing is computed here.

use crate::ir::AggregateFunction;
use crate::ir::Head;
use crate::ir::IndicatorId;
use crate::ir::NodeId;
use crate::ir::Ranking;
use crate::ir::Selection;
use crate::ir::TableId;
use crate::ir::Ties;
use crate::ir::Veto;
use crate::ir::schema::ids;
use crate::source::Span;
use crate::value::Number;

ids! {
    /// A 评分.
    ScoreId
}

/// A 评分.
#[derive(Clone, Debug)]
pub struct Score {
    /// Name, articles …
    pub head: Head,
    /// Whose rows are scored.
    pub table: TableId,
    /// The total: bonus, deductions, 封顶 and 保留 included; 不适用 for a case that is not in the population.
    pub node: NodeId,
    /// What the parts come to before bonus, deductions, 封顶 and 保留.
    pub base: NodeId,
    /// 满分, of the parts without bonus.
    pub full: Number,
    /// 合成: how weighted parts are put together.
    pub composition: Composition,
    /// The parts, in the order written.
    pub parts: Vec<ScorePart>,
    /// 加分
    pub bonus: Vec<ScorePart>,
    /// 扣分: their points count against the total.
    pub deductions: Vec<ScorePart>,
    /// 封顶
    pub cap: Option<NodeId>,
    /// 得分 保留 n 位小数
    pub keep: Option<u32>,
    /// 一票否决: points stay, but the case is not 合格, not ranked and not selected.
    pub vetoes: Vec<Veto>,
    /// 合格, the vetoes included; a truth.
    pub pass: Option<NodeId>,
    /// 合格 ≥ …: the points that are asked.
    pub pass_line: Option<NodeId>,
    /// Who is in the population (范围, 适用, 施行, 不参评); a truth. None: every row of the run.
    pub among: Option<NodeId>,
    /// 范围 … 中 区域 为 本企业 的 区域: what the cases of one population have in common; empty: all are in one.
    pub groups: Vec<NodeId>,
    /// 缺失
    pub missing: Option<Missing>,
    /// 排名: how ties are ranked.
    pub ties: Ties,
    /// 从低到高
    pub ascending: bool,
    /// 再比: what settles a tie.
    pub then_by: Option<NodeId>,
    /// 排名: the rank, a number.
    pub rank: Option<NodeId>,
    /// 入选: whether the case is selected; a truth.
    pub selected: Option<NodeId>,
    /// 反馈 按 …: the class whose cases the feedback compares; none compares all.
    pub feedback: Option<NodeId>,
}

/// A part of a score: an inner one has parts of its own, a leaf has what is scored.
#[derive(Clone, Debug)]
pub struct ScorePart {
    /// Its name.
    pub name: String,
    /// 权重 as written, of its level; none for 项目, 加分 and 扣分.
    pub weight: Option<NodeId>,
    /// What its points are multiplied with in the total, all levels taken together; it grows where siblings are 不适用.
    /// None where it is 1.
    pub share: Option<NodeId>,
    /// The most points it has before its weight.
    pub full: Number,
    /// What is scored.
    pub of: Option<NodeId>,
    /// The 指标 that is scored, where it is one by name.
    pub indicator: Option<IndicatorId>,
    /// Its points before its weight.
    pub points: NodeId,
    /// What it adds to the total; of a deduction, what it takes away.
    pub contribution: NodeId,
    /// 标准化
    pub method: Option<Normalisation>,
    /// 逆向
    pub reversed: bool,
    /// The parts below it.
    pub parts: Vec<ScorePart>,
    /// Its own articles.
    pub articles: Vec<String>,
    /// 说明
    pub note: Option<String>,
    /// Its row or line.
    pub span: Span,
}

/// 合成
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Composition {
    /// 加权平均: Σ w s
    Arithmetic,
    /// 加权几何: Π s^w
    Geometric,
}

/// 标准化 (§9.2)
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Normalisation {
    /// 极差
    MinMax {
        /// （下限，上限） as stated; none: the extremes of the population.
        goalposts: Option<[NodeId; 2]>,
        /// Values beyond the goalposts are cut off; 不截断 says no.
        cut: bool,
    },
    /// 功效（基，幅，不允许，满意）
    Effect {
        /// Points of a value that is just 不允许.
        base: Number,
        /// Points from there to 满意.
        span: Number,
        /// 不允许 and 满意 as stated; none: the extremes of the population.
        goalposts: Option<[NodeId; 2]>,
        /// Values beyond them are cut off.
        cut: bool,
    },
    /// 标准分: not scaled.
    Standard {
        /// 总体标准差: divided by n, not n − 1.
        whole: bool,
    },
    /// 目标（t）
    Target(NodeId),
    /// 分档（表）, and what has its points already: they are taken as they are.
    Table,
}

impl Normalisation {
    /// The values at which points begin or end, where they are stated.
    pub fn goalposts(&self) -> Vec<NodeId> {
        match self {
            Normalisation::MinMax { goalposts, .. } | Normalisation::Effect { goalposts, .. } => {
                goalposts.iter().flatten().copied().collect()
            }
            Normalisation::Target(target) => vec![*target],
            Normalisation::Standard { .. } | Normalisation::Table => vec![],
        }
    }

    /// Whether one case's points depend on the values of others.
    pub fn compares(&self) -> bool {
        match self {
            Normalisation::MinMax { goalposts, .. } | Normalisation::Effect { goalposts, .. } => {
                goalposts.is_none()
            }
            Normalisation::Standard { .. } => true,
            Normalisation::Target(_) | Normalisation::Table => false,
        }
    }
}

/// 同值: what the points are where all values of the population are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SameValue {
    /// 满分
    Full,
    /// 半分
    Half,
    /// 零分
    Zero,
    /// 不适用
    NotApplicable,
}

/// 缺失: what a value that is not known counts as (§9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// 区间
    Interval,
    /// 区间，极值取已报者
    ReportedExtremes,
    /// 记零分
    Zero,
    /// 取均值
    Mean,
    /// 取中位
    Median,
    /// 分摊
    Redistribute,
    /// 不参评
    Excluded,
}

impl Missing {
    /// Whether extremes and means are those of the values that are known.
    pub fn reported_only(self) -> bool {
        self != Missing::Interval
    }
}

/// The points of one indicator in the population: a population node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Points {
    /// What is scored.
    pub of: NodeId,
    /// 标准化
    pub method: Normalisation,
    /// 逆向
    pub reversed: bool,
    /// The most points.
    pub full: Number,
    /// 同值; none: 错误.
    pub same: Option<SameValue>,
    /// Who is in the population.
    pub among: Option<NodeId>,
    /// What the cases of one population have in common.
    pub groups: Vec<NodeId>,
    /// 缺失
    pub missing: Missing,
    /// The points of a value that is 不适用; none: 不适用.
    pub na: Option<Number>,
}

/// A step of a 评分: a node's kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scoring {
    /// The points of one indicator in the population: a population node.
    Points(Box<Points>),
    /// The rank of a case: a population node.
    Rank(Box<Ranking>),
    /// Whether a case is selected: a population node, a truth.
    Selected(Box<Selection>),
    /// Σ w s of points and their weights, or Π s^w: a part that is 不适用 gives its weight to the others.
    Weighted(Composition, Vec<(NodeId, NodeId)>),
    /// The weight of one part (by place) among its siblings, when those that are 不适用 have given theirs away.
    Weight {
        /// The part.
        of: usize,
        /// Points and weights of the level.
        parts: Vec<(NodeId, NodeId)>,
    },
    /// At most so much: 满分 of an item, 封顶.
    Cap {
        /// What is cut off.
        of: NodeId,
        /// The most.
        most: NodeId,
    },
    /// Whether each of these is one thing for certain, a value or not; 真 or 假, never undecided.
    Known(Vec<NodeId>),
    /// A function over the cases of the run: a population node.
    Over(Box<Over>),
}

impl Score {
    /// The nodes that say something of a case: totals, ranks, and what every part is made of.
    pub fn nodes(&self) -> Vec<NodeId> {
        let own = [Some(self.node), Some(self.base), self.among, self.cap, self.pass, self.rank];
        let further = [self.selected, self.then_by, self.feedback];
        let mut nodes: Vec<NodeId> = own.into_iter().chain(further).flatten().collect();
        nodes.extend(&self.groups);
        let parts = self.parts.iter().chain(&self.bonus).chain(&self.deductions);
        parts.for_each(|it| it.nodes(&mut nodes));
        nodes
    }
}

impl ScorePart {
    fn nodes(&self, into: &mut Vec<NodeId>) {
        let own = [self.share, self.of, Some(self.points), Some(self.contribution)];
        into.extend(own.into_iter().flatten());
        self.parts.iter().for_each(|it| it.nodes(into));
    }
}

/// A function over the cases of the run (§4, §9.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Over {
    /// The function.
    pub function: AggregateFunction,
    /// 中: a truth of the population's table, which is the node's own.
    pub filter: Option<NodeId>,
    /// `x 为 本集群 的 y`: what a row has, and what the case that asks has.
    pub groups: Vec<(NodeId, NodeId)>,
    /// What is aggregated.
    pub value: Option<NodeId>,
    /// Of 占比: the truth p.
    pub share: Option<NodeId>,
    /// 空则
    pub if_empty: Option<NodeId>,
}
