//! 排名 and 入选 of a 评分: who is compared, by what, and who is in.

use crate::ir::NodeId;
use crate::value::Number;

/// 排名 (§9.3)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Ties {
    /// 并列同名次: 1, 2, 2, 4
    #[default]
    Competition,
    /// 并列连续: 1, 2, 2, 3
    Dense,
    /// 平均名次: 1, 2.5, 2.5, 4
    Mean,
}

/// 排名: what is ranked, among whom, and how.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ranking {
    /// The total.
    pub of: NodeId,
    /// Who is ranked: the population without those that a veto strikes.
    pub among: Option<NodeId>,
    /// What the cases that are ranked together have in common.
    pub groups: Vec<NodeId>,
    /// How ties are ranked.
    pub ties: Ties,
    /// 从低到高
    pub ascending: bool,
    /// 再比: in the same direction.
    pub then_by: Option<NodeId>,
    /// What the total is the sum of, where cases can be compared part by part; empty where they cannot.
    pub leaves: Vec<RankedLeaf>,
    /// Whose values set the scales of the leaves; none: those of all rows.
    pub population: Option<NodeId>,
}

/// A summand of a total: its value in two cases, and one factor for all cases, tell by how much they differ in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RankedLeaf {
    /// What it is made of: the points, or the value scored where the extremes of the population set the scale.
    pub of: NodeId,
    /// Its share of the total.
    pub share: Option<NodeId>,
    /// The points from the least to the greatest value of the population, negative where less is better; none where
    /// `of` has points.
    pub span: Option<Number>,
}

/// 入选 前 N
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Selection {
    /// By what.
    pub ranking: Ranking,
    /// The population, those that a veto strikes included: they are not selected.
    pub among: Option<NodeId>,
    /// How many.
    pub top: NodeId,
    /// `top` is a share of those that are ranked.
    pub share: bool,
    /// What a tie at the line comes to.
    pub line: AtLine,
    /// 名额: the group of a case, and how many seats it has.
    pub quota: Option<(NodeId, NodeId)>,
    /// The seats of a group are a share of those of it that are ranked.
    pub each_share: bool,
}

/// What a tie at the line comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AtLine {
    /// 错误: the engine draws no lots.
    Unsaid,
    /// 全入选
    All,
    /// 全不选
    Nobody,
    /// 再比
    ThenBy(NodeId),
}

impl AtLine {
    /// What a tie is settled by.
    pub fn then_by(self) -> Option<NodeId> {
        match self {
            AtLine::ThenBy(node) => Some(node),
            _ => None,
        }
    }
}
