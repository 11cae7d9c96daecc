//! What an account of one case is made of: verdicts, causes, remedies, and the tree a reviewer walks down. Nothing is worded here.

use crate::diagnostic::CellRef;
use crate::diagnostic::Text;
use crate::explain::score::ScoreAccount;
use crate::ir::ConclusionId;
use crate::ir::CriterionId;
use crate::ir::Force;
use crate::ir::FunctionId;
use crate::ir::GradingId;
use crate::ir::IndicatorId;
use crate::ir::TableId;
use crate::ir::Verdict;
use crate::script::Fault;
use crate::value::State;

/// All there is to say about one case.
#[derive(Clone, Debug)]
pub struct CaseAccount {
    /// Its table.
    pub table: TableId,
    /// Its row there.
    pub row: usize,
    /// Its key.
    pub id: String,
    /// Its 名称, else its key.
    pub name: String,
    /// The day that decided; none if it is not known.
    pub on: Option<i32>,
    /// 结论, in the order written.
    pub conclusions: Vec<ConclusionAccount>,
    /// 条件, in article order.
    pub criteria: Vec<CriterionAccount>,
    /// Those of them that are reported and decide nothing.
    pub reported: Vec<CriterionId>,
    /// 指标, in article order.
    pub indicators: Vec<IndicatorAccount>,
    /// 分级, in article order.
    pub grades: Vec<GradeAccount>,
    /// 评分, in article order.
    pub scores: Vec<ScoreAccount>,
    /// 补正清单: what to correct or supply so that undetermined conclusions are decided; faults first, then article order.
    pub supply: Vec<Cause>,
    /// Cells that are not known either, but cannot change a conclusion.
    pub irrelevant: Vec<Cause>,
    /// Cells that are not known either: they change no conclusion, but figures, grades or points.
    pub for_figures: Vec<Cause>,
    /// The scripts that stopped, with the reason.
    pub stopped: Vec<(FunctionId, Fault)>,
}

/// A 结论 for one case.
#[derive(Clone, Debug)]
pub struct ConclusionAccount {
    /// Which.
    pub conclusion: ConclusionId,
    /// Its verdict.
    pub verdict: Verdict,
    /// The outcomes still possible.
    pub possible: Vec<Possibility>,
    /// Whether the verdict is proved: settled ones are, and those for which two completions differ.
    pub proved: bool,
    /// Of a verdict that is not settled: two ways to fill what is missing, and what each comes to.
    pub proof: Option<Text>,
    /// What makes it 符合（有提示）, and what it rests on.
    pub notes: Vec<Note>,
    /// The criteria that decide it; of an undetermined one, those that keep it open. In article order.
    pub decisive: Vec<CriterionId>,
    /// Of one that is not met, what fails of its own sentences, and its vetoes that are no criteria; of an open one, those
    /// in error.
    pub own: Vec<OwnReason>,
    /// Of one that is not met: the criteria that strike as vetoes, and what would keep each of them from striking.
    pub struck: Vec<Struck>,
    /// Of one that is not met: the fewest changes to the data that are known to mend it, none of them spare. Empty where
    /// there is no such set.
    pub joint: Vec<JointChange>,
    /// The tree by article; children that do not decide are in it too.
    pub tree: Branch,
}

/// One of the changes that together mend a conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointChange {
    /// One sentence.
    pub text: Text,
    /// The criteria that are not met without it.
    pub mends: Vec<CriterionId>,
}

/// A criterion that strikes as a veto.
#[derive(Clone, Debug)]
pub struct Struck {
    /// Which.
    pub criterion: CriterionId,
    /// One line: what holds, and ought not to.
    pub message: Text,
    /// What makes it strike.
    pub causes: Vec<Cause>,
    /// What would keep it from striking.
    pub remedies: Vec<Remedy>,
}

/// What fails of a conclusion's own sentences.
#[derive(Clone, Debug)]
pub struct OwnReason {
    /// Whose sentences: of the conclusion itself, or of one that it requires.
    pub conclusion: ConclusionId,
    /// One sentence.
    pub text: Text,
    /// Where its cells stand.
    pub place: Option<Text>,
    /// What would mend it.
    pub remedies: Vec<Remedy>,
}

/// A 条件 for one case.
#[derive(Clone, Debug)]
pub struct CriterionAccount {
    /// Which.
    pub criterion: CriterionId,
    /// Its force.
    pub force: Force,
    /// Its own outcome, before force.
    pub verdict: Verdict,
    /// The outcomes still possible.
    pub possible: Vec<Possibility>,
    /// Whether the verdict is proved: settled ones are, and those for which two completions differ.
    pub proved: bool,
    /// Of a verdict that is not settled: two ways to fill what is missing, and what each comes to.
    pub proof: Option<Text>,
    /// Departures, assumed values, truths of empty lists.
    pub notes: Vec<Note>,
    /// One line as a review opinion has it, without the criterion's articles and name.
    pub message: Text,
    /// What decides it, or what is missing.
    pub causes: Vec<Cause>,
    /// What would make it 符合.
    pub remedies: Vec<Remedy>,
    /// Its conditions with values put in, down to the cells.
    pub tree: Branch,
}

/// An outcome that is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Possibility {
    /// 真
    Met,
    /// 假
    NotMet,
    /// 不适用
    NotApplicable,
    /// 错误
    Error,
}

/// Something the reader of a verdict must see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind.
    pub kind: NoteKind,
    /// Whether a 说明 was given.
    pub answered: bool,
    /// One sentence.
    pub text: Text,
}

/// Kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// A 原则上 that is not fulfilled.
    Departure,
    /// A 原则上 that may not be fulfilled.
    Maybe,
    /// 按缺省计
    Default,
    /// 空集成立
    EmptyList,
    /// A name is spelled or read in a way the reader must know: a former name of a place, blanks.
    Name,
}

/// One thing that decides, or keeps a verdict open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What kind.
    pub kind: CauseKind,
    /// The field or indicator, or the condition as written.
    pub field: String,
    /// The name of the child row it lies in, where it lies in one.
    pub of: Option<String>,
    /// What the cell holds, or the value.
    pub value: Option<String>,
    /// What it was compared with.
    pub bound: Option<String>,
    /// Of the rule it belongs to, several joined by 、.
    pub article: Option<String>,
    /// What it may be.
    pub domain: Option<String>,
    /// The cell.
    pub source: Option<CellRef>,
    /// All cells that a value comes from, in reading order; empty where `source` is all there is.
    pub cells: Vec<CellRef>,
    /// The request or statement, as people read it.
    pub text: Text,
}

/// Kinds of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CauseKind {
    /// Not filled in, or not filled in closely enough.
    Unknown,
    /// What other cases of the run lack.
    Elsewhere,
    /// To be corrected.
    Fault,
    /// A guard or a date made it 不适用.
    NotApplicable,
    /// No completion of the data mends it.
    Error,
    /// A value that decides.
    Value,
    /// A value that was assumed for a blank.
    Default,
    /// Equal at a line that only some may pass.
    Tie,
}

/// What would make a criterion 符合, or how far away that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// One sentence: 还差 2 家研发机构.
    pub text: Text,
    /// The changes to the data; empty where the applicant cannot change them.
    pub changes: Vec<Change>,
    /// What is held still.
    pub held: Vec<Text>,
}

/// One change to the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// How.
    pub op: ChangeOp,
    /// The field, or the list.
    pub field: String,
    /// The child row it lies in, where it lies in one: 年报 2023年.
    pub of: Option<String>,
    /// What it is now.
    pub from: Option<String>,
    /// What it must become; of a list, how many rows are added.
    pub to: String,
}

/// Ways to change data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeOp {
    /// A cell gets another value.
    Set,
    /// Rows are added to a list.
    Add,
}

/// A 指标 for one case.
#[derive(Clone, Debug)]
pub struct IndicatorAccount {
    /// Which.
    pub indicator: IndicatorId,
    /// What is known of it.
    pub state: State,
    /// The value as shown, in its unit, without grouping.
    pub value: Option<String>,
    /// The reduced fraction of the value in its unit.
    pub exact: Option<String>,
    /// The least it may be, in its unit; none where there is no end.
    pub low: Option<String>,
    /// The most it may be.
    pub high: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Whether a value was assumed for a blank on the way.
    pub assumed: bool,
    /// 另一口径: shown beside, never deciding.
    pub others: Vec<ReadingAccount>,
    /// Formula → numbers put in → result, and the cells.
    pub tree: Branch,
}

/// What an indicator comes to in another reading.
#[derive(Clone, Debug)]
pub struct ReadingAccount {
    /// What the reading is called.
    pub name: String,
    /// What is known of it.
    pub state: State,
    /// As of [`IndicatorAccount`].
    pub value: Option<String>,
    /// As of [`IndicatorAccount`].
    pub exact: Option<String>,
    /// As of [`IndicatorAccount`].
    pub low: Option<String>,
    /// As of [`IndicatorAccount`].
    pub high: Option<String>,
}

/// A 分级 for one case.
#[derive(Clone, Debug)]
pub struct GradeAccount {
    /// Which.
    pub grading: GradingId,
    /// What is known of it.
    pub state: State,
    /// The grade.
    pub value: Option<String>,
    /// Grades still possible, then `not_applicable`, `error`.
    pub possible: Vec<String>,
    /// What follows a number of the table: a unit, with a blank before it where it is a word.
    pub unit: String,
    /// What was graded, with its cells.
    pub tree: Branch,
}

/// How much is said of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Verdicts, causes, remedies, figures: what a whole run shows. Trees are left empty.
    Verdicts,
    /// The trees a reviewer walks down as well.
    Trees,
}

/// A branch of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// How it stands.
    pub mark: Mark,
    /// What it is: 第三条 构成要素（应当，同时满足）; 研发机构.
    pub head: Text,
    /// The condition or arithmetic with values put in.
    pub detail: Option<Text>,
    /// Where the cells stand: 企业.csv 第 2–127 行.
    pub place: Option<Text>,
    /// Whether it decides what stands above it.
    pub decides: bool,
    /// What it rests on.
    pub children: Vec<Branch>,
}

/// How a branch stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// 符合
    Met,
    /// A 原则上 that a conclusion takes as met, with a note.
    Noted,
    /// 不符合
    NotMet,
    /// 无法判定
    Undetermined,
    /// 不适用
    NotApplicable,
    /// 错误
    Error,
    /// A line that is no truth.
    #[default]
    Plain,
}
