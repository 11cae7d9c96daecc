//! What an account of a score is made of: its total, its parts with what they add, its rank and selection, the feedback.

use crate::diagnostic::Text;
use crate::explain::model::Branch;
use crate::explain::model::Possibility;
use crate::ir::ScoreId;
use crate::ir::Verdict;
use crate::value::State;

/// A 评分 for one case.
#[derive(Clone, Debug)]
pub struct ScoreAccount {
    /// Which.
    pub score: ScoreId,
    /// Its total.
    pub total: Figure,
    /// The total as people read it: 76.32 分; 71.40 至 78.90 分.
    pub shown: Text,
    /// What it lacks: 缺 2 项指标：每万人发明专利、净利润率.
    pub lacking: Option<Text>,
    /// Whether a value was assumed for a blank, or counted by the rule for what is missing.
    pub assumed: bool,
    /// What the cases it is compared with have in common, where not all cases are compared: 东部.
    pub group: Option<Text>,
    /// How many cases are compared; cases that only may be among them are counted.
    pub population: usize,
    /// Of these, how many only may be among them.
    pub open: usize,
    /// Its rank; none where it has none.
    pub rank: Option<Rank>,
    /// 入选
    pub selected: Option<Outcome>,
    /// 合格
    pub passed: Option<Outcome>,
    /// What the points are made of.
    pub parts: Vec<PartAccount>,
    /// How the parts come to the total, line by line.
    pub sum: Vec<Text>,
    /// What a reader of the points must know: 按缺失规则计.
    pub marks: Vec<Text>,
    /// Neighbours in rank, the line of selection, what would settle it.
    pub standing: Vec<Branch>,
    /// Own figures beside those of others.
    pub feedback: Option<Feedback>,
}

/// A number as programs read it: plain digits in its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What is known of it.
    pub state: State,
    /// Rounded as shown.
    pub value: Option<String>,
    /// The reduced fraction.
    pub exact: Option<String>,
    /// The least it may be.
    pub low: Option<String>,
    /// The most it may be.
    pub high: Option<String>,
}

/// A rank, or the ranks that are possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The best.
    pub low: String,
    /// The worst.
    pub high: String,
}

/// A truth that is reported beside a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its verdict.
    pub verdict: Verdict,
    /// The outcomes still possible.
    pub possible: Vec<Possibility>,
}

/// What a part is to its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One of the parts.
    Part,
    /// 加分
    Bonus,
    /// 扣分
    Deduction,
}

/// A part of a score, for one case.
#[derive(Clone, Debug)]
pub struct PartAccount {
    /// Its name.
    pub name: String,
    /// What it is to the score.
    pub role: Role,
    /// Its weight on its level, as written.
    pub weight: Option<Text>,
    /// Its share of the total, all levels taken together, as a reduced fraction; none where it is 1.
    pub share: Option<String>,
    /// The share as people read it.
    pub share_shown: Option<Text>,
    /// The most points before the share.
    pub full: Text,
    /// What is scored, as people read it.
    pub value: Option<Text>,
    /// The points before the share.
    pub points: Figure,
    /// The same as people read it.
    pub points_shown: Text,
    /// What it adds to the total; what a deduction takes away.
    pub contribution: Figure,
    /// The same as people read it.
    pub contribution_shown: Text,
    /// How its points come about: 极差，最小 0.50%（丙集群），最大 4.73%（甲集群）.
    pub scale: Option<Text>,
    /// What a reader of its points must know.
    pub marks: Vec<Text>,
    /// The steps from the data to its points, where they are not those of an indicator.
    pub steps: Vec<Branch>,
    /// Where its cells stand.
    pub place: Option<Text>,
    /// The parts below it.
    pub parts: Vec<PartAccount>,
}

/// Own figures beside the middle of all others, or of those of one class.
#[derive(Clone, Debug)]
pub struct Feedback {
    /// Whom it is compared with: 全体 24 例; 成长期 9 例.
    pub with: Text,
    /// By points against the middle, best first.
    pub lines: Vec<FeedbackLine>,
    /// What the lines come to, in a few sentences: the total against the middle, what stands out, what costs most, what fell
    /// behind the year before, what is left out.
    pub summary: Vec<Text>,
}

/// One part of the feedback.
#[derive(Clone, Debug)]
pub struct FeedbackLine {
    /// The part.
    pub name: String,
    /// What is scored.
    pub value: Option<Text>,
    /// The middle of the values.
    pub middle: Option<Text>,
    /// The value of a year before.
    pub before: Option<Text>,
    /// What it adds to the total.
    pub points: Text,
    /// The most it could add.
    pub most: Text,
    /// The points lost.
    pub lost: Text,
    /// How many points above the middle, with its sign.
    pub ahead: Text,
    /// Whether it is above (better) or below the middle.
    pub side: std::cmp::Ordering,
}
