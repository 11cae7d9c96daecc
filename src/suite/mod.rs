//! Runs the 测试 items of a rulebook and says what came out otherwise. Rules are not changed, data are those of the tests.

pub mod bench;
mod compare;
pub mod coverage;
mod drawn;
pub mod generate;
pub mod head;
pub mod json;
pub mod mutate;
pub mod reasons;
pub mod snapshot;

use crate::analysis;
use crate::analysis::decisive;
use crate::data;
use crate::data::Facts;
use crate::data::RawTable;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::code;
use crate::eval;
use crate::eval::recorder::Recording;
use crate::eval::recorder::Run;
use crate::explain;
use crate::ir::Expect;
use crate::ir::Expectation;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::Test;
use crate::ir::Verdict;
use crate::report::words::verdict;
use crate::source::Span;
use crate::suite::bench::Depth;
use crate::value::Set;
use crate::value::Truth;
use crate::workspace::DrawnData;
use std::collections::BTreeMap;

/// What one run of a test came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The test's name; of a row of its table, with the row's number.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Whether somebody stands behind what is expected; what nobody has confirmed fails no run.
    pub confirmed: bool,
    /// What came out otherwise, one finding each; empty where the test passes.
    pub failures: Vec<Diagnostic>,
}

impl Outcome {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        match (self.confirmed, self.failures.is_empty()) {
            (true, true) => Standing::Passed,
            (true, false) => Standing::Failed,
            (false, true) => Standing::Unconfirmed,
            (false, false) => Standing::Outdated,
        }
    }
}

/// How a test stands after a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All is as expected.
    Passed,
    /// Something is not.
    Failed,
    /// All is as proposed, which nobody has confirmed.
    Unconfirmed,
    /// Something is not as proposed, which nobody had confirmed.
    Outdated,
}

/// A test made ready to run: its data bound, its day, what stands in for what is computed.
pub struct Ready {
    /// The data as they are given.
    pub tables: Vec<RawTable>,
    /// The data.
    pub facts: Facts,
    /// How it is run.
    pub run: Run,
}

/// Runs every test, in the order written. `drawn` are the data that tests are given rows of.
pub fn run(program: &Program, drawn: &DrawnData) -> Vec<Outcome> {
    program.tests.iter().map(|test| run_one(program, test, drawn)).collect()
}

/// Runs one test.
pub fn run_one(program: &Program, test: &Test, drawn: &DrawnData) -> Outcome {
    let failures = match ready(program, test, drawn) {
        Ok(ready) => failures(program, test, &ready),
        Err(fault) => vec![fault],
    };
    Outcome { name: test.name.clone(), span: test.span, confirmed: test.confirmed, failures }
}

/// Binds the data of a test; or what keeps it from running.
pub fn ready(program: &Program, test: &Test, drawn: &DrawnData) -> Result<Ready, Diagnostic> {
    if test.on.is_none() && eval::needs_day(program) {
        return Err(no_day(test));
    }
    let tables = tables(program, test, drawn)?;
    let (facts, _) = data::bind(program, &tables);
    let asked = Some(test_nodes(test).collect());
    let periods = test.periods.clone();
    let mut run = Run { on: test.on, periods, supposed: BTreeMap::new(), asked };
    let facts = eval::with_expected_rows(program, facts, &run);
    suppose(program, test, &facts, &mut run)?;
    match facts.table(test.table).len {
        0 => Err(no_case(test)),
        _ => Ok(Ready { tables, facts, run }),
    }
}

/// The data of a test as they are given. What is wrong with a cell is part of the test: a bad cell is a hole with fault.
fn tables(program: &Program, test: &Test, drawn: &DrawnData) -> Result<Vec<RawTable>, Diagnostic> {
    match &test.drawn {
        None => Ok(data::written(program, &test.data, &test.name)),
        Some(rows) => drawn::tables(program, test, rows, drawn),
    }
}

/// Puts what a test supposes in place of what is computed; or what cannot be read.
fn suppose(program: &Program, test: &Test, facts: &Facts, run: &mut Run) -> Result<(), Diagnostic> {
    for (node, cell) in &test.supposes {
        let rows = facts.table(program.node(*node).space).len;
        let column = compare::column(program, *node, cell, rows);
        let column = column.ok_or_else(|| unreadable(cell.span, &cell.text))?;
        run.supposed.insert(*node, column);
    }
    Ok(())
}

/// What a test asks for.
fn test_nodes(test: &Test) -> impl Iterator<Item = NodeId> {
    test.expects.iter().map(|it| it.what.node())
}

fn failures(program: &Program, test: &Test, ready: &Ready) -> Vec<Diagnostic> {
    let Ready { facts, run, .. } = ready;
    let outcome = eval::evaluate(program, facts, run);
    let recording = eval::record(program, facts, run, &outcome, test.table, 0);
    test.expects.iter().filter_map(|expect| failure(program, &recording, expect)).collect()
}

/// What came out otherwise than expected; none where it is as expected.
fn failure(program: &Program, recording: &Recording, expect: &Expect) -> Option<Diagnostic> {
    let set = recording.get(expect.what.node(), 0);
    if stands(program, expect, set.clone(), Depth::Whole) == Some(true) {
        let missing = missing_ground(program, recording, 0, expect)?;
        return Some(groundless(program, recording, expect, missing));
    }
    match &expect.what {
        Expectation::Verdict { item, verdict: wanted, .. } => {
            let (wanted, came) = (words(*wanted), words(explain::verdict(truth(set))));
            Some(otherwise(expect.span, item, (wanted.0, came.0), (wanted.1, came.1)))
        }
        Expectation::Value { item, node, cell } => {
            let set = set?;
            if compare::matches(program, *node, &set, cell).is_none() {
                return Some(unreadable(cell.span, &cell.text));
            }
            let came = compare::show(program, *node, &set);
            let wanted = if cell.text.is_empty() { "未知" } else { cell.text.as_str() };
            let it = otherwise(expect.span, item, (wanted, &came), (wanted, &came));
            Some(exactly(it, compare::only_shown(program, *node, &set, cell)))
        }
        Expectation::Holds(node) => Some(does_not_hold(program, recording, expect.span, *node)),
    }
}

/// A sentence that does not hold for certain, with what its sides came to.
fn does_not_hold(program: &Program, recording: &Recording, span: Span, node: NodeId) -> Diagnostic {
    let words = match truth(recording.get(node, 0)) {
        Truth::FALSE => ("不成立", "does not hold"),
        Truth::NOT_APPLICABLE => ("不适用", "does not apply"),
        _ => ("未定", "is undecided"),
    };
    let it = Diagnostic::new(
        code::TEST_FAILED,
        format!("期望成立，结果{}", words.0),
        format!("expected to hold, but it {}", words.1),
    );
    let shown = compare::operands(program, recording, node);
    let it = match shown.is_empty() {
        true => it.at(span),
        false => it.label(
            span,
            format!("算出来的是：{}", shown.join("、")),
            format!("what came out: {}", shown.join(", ")),
        ),
    };
    exactly(it, compare::only_shown_alike(program, recording, node))
}

/// Says that values are compared exactly, where only what is shown is as expected.
fn exactly(it: Diagnostic, only_shown: bool) -> Diagnostic {
    match only_shown {
        true => it.help(
            "期望按精确的值比，与显示几位无关：写精确值（分数也可以）；要按舍入后的值判定，指标写“保留 … 位小数”",
            "expectations compare exact values, whatever is shown: write the exact value (a fraction will do), or let the indicator “keep … places”",
        ),
        false => it,
    }
}

/// Whether an outcome is as expected, what decides it left aside; none where a closer look may still tell.
pub(crate) fn stands(
    program: &Program,
    expect: &Expect,
    set: Option<Set>,
    depth: Depth,
) -> Option<bool> {
    let open = depth == Depth::Glance && set.as_ref().is_some_and(|it| !it.is_settled());
    let stands = match &expect.what {
        _ if open => return None,
        Expectation::Verdict { verdict, .. } => explain::verdict(truth(set)) == *verdict,
        Expectation::Holds(_) => truth(set) == Truth::TRUE,
        Expectation::Value { node, cell, .. } => {
            set.is_some_and(|set| compare::matches(program, *node, &set, cell) == Some(true))
        }
    };
    Some(stands)
}

/// What was said to decide, and does not.
pub(crate) enum Ground<'a> {
    /// 因 研发投入
    Criterion(&'a str),
    /// 因 失信, a field
    Fact(&'a str),
    /// 因 第三条
    Article(&'a str),
}

/// The first criterion, field or article that an expectation says decides, and that does not; none where its grounds are so.
pub(crate) fn missing_ground<'a>(
    program: &'a Program,
    recording: &Recording,
    row: usize,
    expect: &'a Expect,
) -> Option<Ground<'a>> {
    if expect.because.is_empty() && expect.facts.is_empty() && expect.articles.is_empty() {
        return None;
    }
    let node = expect.what.node();
    let deciding = analysis::deciding(program, recording, node, row);
    if let Some(id) = expect.because.iter().find(|it| !deciding.contains(it)) {
        return Some(Ground::Criterion(&program.criterion(*id).head.name));
    }
    let looked_at = decisive::fields(program, recording, node, row);
    if let Some((name, _)) = expect.facts.iter().find(|it| !looked_at.contains(&it.1)) {
        return Some(Ground::Fact(name));
    }
    let articles = decisive::articles(program, recording, node, row);
    let holds = |wanted: &&String| articles.iter().any(|it| it.starts_with(wanted.as_str()));
    let article = expect.articles.iter().find(|it| !holds(it));
    article.map(|it| Ground::Article(it))
}

fn truth(set: Option<Set>) -> Truth {
    match set {
        Some(Set::Truth(truth)) => truth,
        _ => Truth::NOTHING,
    }
}

/// A verdict in Chinese and English.
fn words(it: Verdict) -> (&'static str, &'static str) {
    (verdict(it, Lang::Zh), verdict(it, Lang::En))
}

fn otherwise(span: Span, item: &str, zh: (&str, &str), en: (&str, &str)) -> Diagnostic {
    Diagnostic::new(
        code::TEST_FAILED,
        format!("“{item}”期望 {}，结果 {}", zh.0, zh.1),
        format!("“{item}”: expected {}, came out {}", en.0, en.1),
    )
    .at(span)
}

/// A criterion, a field or an article that was said to decide, and does not; with those that do.
fn groundless(
    program: &Program,
    recording: &Recording,
    expect: &Expect,
    missing: Ground,
) -> Diagnostic {
    let (node, item) = (expect.what.node(), expect.what.item());
    let deciding = analysis::deciding(program, recording, node, 0);
    let mut list: Vec<String> =
        deciding.iter().map(|it| program.criterion(*it).head.name.clone()).collect();
    let missing = match missing {
        Ground::Criterion(name) => name,
        Ground::Fact(name) => {
            let looked_at = decisive::fields(program, recording, node, 0);
            list.extend(looked_at.iter().map(|it| program.field(*it).name.clone()));
            name
        }
        Ground::Article(article) => {
            list.extend(decisive::articles(program, recording, node, 0));
            article
        }
    };
    let (zh, en) = match list.is_empty() {
        true => ("（无）".to_owned(), "nothing".to_owned()),
        false => (list.join("、"), list.join(", ")),
    };
    let it = Diagnostic::new(
        code::TEST_FAILED,
        format!("“{item}”的结果不是因为“{missing}”"),
        format!("“{missing}” does not decide “{item}”"),
    );
    it.label(expect.span, format!("决定结果的是：{zh}"), format!("what decides: {en}"))
}

fn no_day(test: &Test) -> Diagnostic {
    Diagnostic::new(code::TEST_NEEDS_DAY, "测试没有评价日", "the test has no day that decides")
        .at(test.span)
        .help(
            "加一行：评价日 2021-09-01；或在政策里写适用时点",
            "add a line: on 2021-09-01; or a rule_date in the policy",
        )
}

fn no_case(test: &Test) -> Diagnostic {
    Diagnostic::new(code::TEST_FAILED, "测试没有案例", "the test has no case").at(test.span)
}

fn unreadable(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(
        code::TEST_VALUE,
        format!("“{text}”不是这一项的值"),
        format!("“{text}” is no value of this item"),
    )
    .at(span)
    .help(
        "数写明单位，如 1000 亿元；判断写 符合 或 不符合",
        "write a number with its unit; a truth as 符合 or 不符合",
    )
}
