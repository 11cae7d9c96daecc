//! Coverage of clauses by outcomes: what tests and data have seen of a rulebook, and what nobody has. It judges no case.
//!
//! A point is something that can come out in several ways: a condition, a bound, a row of a table, an exception. Points are
//! made from the checked program, so the layout of the text changes no figure. What a test does not ask for, it has not seen.

mod inventory;
pub mod json;
mod observe;
#[cfg(feature = "html")]
pub mod page;
mod parts;
mod possible;
pub mod text;
pub mod words;

use crate::analysis::Case;
use crate::data::Facts;
use crate::eval;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Test;
use crate::source::Sources;
use crate::source::Span;
use crate::suite::ready;
use crate::suite::test_nodes;
use crate::workspace::DrawnData;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What has been seen of a rulebook.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The rules that have something to be seen, in article order.
    pub items: Vec<Item>,
    /// How many tests ran.
    pub tests: usize,
    /// How many cases of data there were; none where no data were given.
    pub cases: Option<usize>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Item {
    /// What kind.
    pub kind: ItemKind,
    /// Its name.
    pub name: String,
    /// Its articles.
    pub articles: Vec<String>,
    /// Its head line.
    pub span: Span,
    /// What is to be seen of it.
    pub points: Vec<Point>,
}

/// Kinds of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// 政策
    Policy,
    /// 条件, 名称规则
    Criterion,
    /// 指标
    Indicator,
    /// 分级, 判定表
    Table,
    /// 评分
    Score,
    /// 参数
    Parameter,
    /// 结论
    Conclusion,
}

/// Something that can come out in several ways.
#[derive(Clone, Debug)]
pub struct Point {
    /// What kind.
    pub kind: PointKind,
    /// How it is called beside its text: the label of a line of a list.
    pub label: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// Its text, one line.
    pub text: String,
    /// The ways.
    pub wants: Vec<Want>,
    watch: Watch,
}

/// Kinds of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PointKind {
    /// The rule itself.
    Whole,
    /// 施行
    InForce,
    /// A condition: a line of a list, a comparison, a cell that is a truth.
    Condition,
    /// A condition on rows of a list.
    OfRows,
    /// 一票否决
    Veto,
    /// 例外
    Exception,
    /// A row of a table.
    Row,
    /// A bound that a number is compared with.
    Bound,
    /// A bound that a day is compared with.
    DayBound,
    /// What a part of a score scores.
    Part,
    /// 加分
    Bonus,
    /// 扣分
    Deduction,
    /// 排名
    Rank,
    /// 入选
    Selected,
}

/// One way to come out.
#[derive(Clone, Debug)]
pub struct Want {
    /// Which.
    pub aspect: Aspect,
    /// Why it cannot come out, and does not count.
    pub excluded: Option<Excluded>,
    /// In how many tests it was seen.
    pub tests: usize,
    /// In how many cases of the data.
    pub data: usize,
}

/// Ways to come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// 真
    Met,
    /// 假
    NotMet,
    /// Undecided, or in error.
    Unknown,
    /// 不适用
    NotApplicable,
    /// A conclusion, or another outcome, rested on it.
    Decisive,
    /// The row gave the result.
    Hit,
    /// Below the bound.
    Below,
    /// On the bound.
    At,
    /// Above the bound.
    Above,
    /// The exception stood.
    Taken,
    /// It did not.
    NotTaken,
    /// There was a value.
    Known,
    /// There were points.
    Given,
    /// There were none.
    NotGiven,
    /// Nobody else has this rank.
    Sole,
    /// Another has the same points and the same rank.
    Tied,
}

/// Why a way to come out does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excluded {
    /// With every cell open, it is not among what may come out: the fields' ranges rule it out.
    Ranges,
    /// Nothing it is made from can be 不适用.
    NeverNotApplicable,
    /// Nothing it is made from can be open.
    NeverOpen,
    /// No other rule uses it.
    Unused,
}

/// How a point is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watch {
    /// A truth.
    Truth(NodeId),
    /// A row of a [`crate::ir::NodeKind::Decide`].
    Row(NodeId, usize),
    /// Two sides of a comparison, made where the first node is looked at.
    Bound(NodeId, [NodeId; 2]),
    /// An arm of a [`crate::ir::NodeKind::Exceptions`].
    Exception(NodeId, usize),
    /// A value of any type.
    Value(NodeId),
    /// Points that may be none.
    Points(NodeId),
    /// A rank.
    Rank(NodeId),
}

/// The cases of a run over data.
pub struct Cases<'a> {
    /// The data.
    pub facts: &'a Facts,
    /// How they are run.
    pub run: &'a Run,
    /// The cases: table and row.
    pub rows: &'a [(TableId, usize)],
}

/// Shares of what is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What was seen.
    pub seen: usize,
    /// What can be seen.
    pub all: usize,
}

impl Share {
    /// In tenths of a percent, rounded down: all is only shown where all is seen. Nothing to be seen is all.
    pub fn permille(self) -> usize {
        (self.seen * 1000).checked_div(self.all).unwrap_or(1000)
    }

    /// 83.3%
    pub fn shown(self) -> String {
        format!("{}.{}%", self.permille() / 10, self.permille() % 10)
    }
}

impl Coverage {
    /// What tests have seen.
    pub fn of_tests(&self) -> Share {
        self.share(|it| it.tests > 0)
    }

    /// What the data have shown.
    pub fn of_data(&self) -> Share {
        self.share(|it| it.data > 0)
    }

    fn share(&self, seen: impl Fn(&Want) -> bool) -> Share {
        let wants = self.items.iter().flat_map(|it| &it.points).flat_map(|it| &it.wants);
        let mut share = Share::default();
        for want in wants.filter(|it| it.excluded.is_none()) {
            share.all += 1;
            share.seen += usize::from(seen(want));
        }
        share
    }
}

/// Runs the tests, and the cases of data where there are some, and notes what is seen.
pub fn measure(
    program: &Program,
    sources: &Sources,
    tests: &[&Test],
    drawn: &DrawnData,
    data: Option<&Cases>,
) -> Coverage {
    let mut items = inventory::items(program, sources);
    possible::exclude(program, &mut items);
    let outputs = inventory::outputs(program);
    let seen: Vec<BTreeSet<(usize, Aspect)>> =
        tests.par_iter().map(|test| of_test(program, &items, &outputs, test, drawn)).collect();
    count(&mut items, &seen, |it| &mut it.tests);
    if let Some(data) = data {
        let outcome = eval::evaluate(program, data.facts, data.run);
        let seen: Vec<BTreeSet<(usize, Aspect)>> = data
            .rows
            .par_iter()
            .map(|at| of_case(program, &items, &outputs, data, &outcome, *at))
            .collect();
        count(&mut items, &seen, |it| &mut it.data);
    }
    Coverage { items, tests: tests.len(), cases: data.map(|it| it.rows.len()) }
}

fn of_test(
    program: &Program,
    items: &[Item],
    outputs: &[NodeId],
    test: &Test,
    drawn: &DrawnData,
) -> BTreeSet<(usize, Aspect)> {
    let Ok(ready) = ready(program, test, drawn) else { return BTreeSet::new() };
    let outcome = eval::evaluate(program, &ready.facts, &ready.run);
    let cases = Cases { facts: &ready.facts, run: &ready.run, rows: &[] };
    let roots: Vec<NodeId> = test_nodes(test).chain(outputs.iter().copied()).collect();
    of_case(program, items, &roots, &cases, &outcome, (test.table, 0))
}

fn of_case(
    program: &Program,
    items: &[Item],
    roots: &[NodeId],
    data: &Cases,
    outcome: &Outcome,
    (table, row): (TableId, usize),
) -> BTreeSet<(usize, Aspect)> {
    let recording = eval::record(program, data.facts, data.run, outcome, table, row);
    let (facts, recording) = (data.facts, &recording);
    let case = Case { program, facts, recording, outcome, table, row };
    observe::seen(&case, items, roots)
}

/// Adds what each test or case has seen. Points are numbered through all items.
fn count(
    items: &mut [Item],
    seen: &[BTreeSet<(usize, Aspect)>],
    of: impl Fn(&mut Want) -> &mut usize,
) {
    let points = items.iter_mut().flat_map(|it| &mut it.points).enumerate();
    for (number, point) in points {
        for want in &mut point.wants {
            let key = (number, want.aspect);
            *of(want) += seen.iter().filter(|it| it.contains(&key)).count();
        }
    }
}
