//! Coverage as `schema/coverage.schema.json` promises. It measures nothing.

use crate::diagnostic::Lang;
use crate::ir::Program;
use crate::report;
use crate::suite::coverage::Aspect;
use crate::suite::coverage::Coverage;
use crate::suite::coverage::Item;
use crate::suite::coverage::ItemKind;
use crate::suite::coverage::Point;
use crate::suite::coverage::PointKind;
use crate::suite::coverage::Share;
use crate::suite::coverage::words;
use crate::suite::head::Head;
use crate::workspace::Workspace;
use serde::Serialize;

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    tests: Seen,
    data: Option<Seen>,
    items: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Seen {
    count: usize,
    seen: usize,
    outcomes: usize,
    share: String,
}

#[derive(Serialize)]
struct Rule<'a> {
    kind: &'static str,
    name: &'a str,
    articles: &'a [String],
    file: &'a str,
    line: usize,
    points: Vec<Spot<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    kind: &'static str,
    text: &'a str,
    label: Option<&'a str>,
    file: &'a str,
    line: usize,
    column: usize,
    outcomes: Vec<Way>,
}

#[derive(Serialize)]
struct Way {
    outcome: &'static str,
    tests: usize,
    data: Option<usize>,
    counts: bool,
    why: Option<&'static str>,
}

/// The whole document.
pub fn json(it: &Coverage, workspace: &Workspace, program: &Program, lang: Lang) -> String {
    let seen = |count: usize, share: Share| Seen {
        count,
        seen: share.seen,
        outcomes: share.all,
        share: share.shown(),
    };
    report::write_json(&Whole {
        head: Head::new(workspace, program),
        tests: seen(it.tests, it.of_tests()),
        data: it.cases.map(|cases| seen(cases, it.of_data())),
        items: it
            .items
            .iter()
            .map(|item| rule(item, it.cases.is_some(), workspace, lang))
            .collect(),
    })
}

fn rule<'a>(it: &'a Item, data: bool, workspace: &'a Workspace, lang: Lang) -> Rule<'a> {
    let source = workspace.sources.get(it.span.file);
    Rule {
        kind: match it.kind {
            ItemKind::Policy => "policy",
            ItemKind::Criterion => "criterion",
            ItemKind::Indicator => "indicator",
            ItemKind::Table => "table",
            ItemKind::Score => "score",
            ItemKind::Parameter => "parameter",
            ItemKind::Conclusion => "conclusion",
        },
        name: &it.name,
        articles: &it.articles,
        file: &source.name,
        line: source.position(it.span.start as usize).0,
        points: it.points.iter().map(|it| spot(it, data, workspace, lang)).collect(),
    }
}

fn spot<'a>(it: &'a Point, data: bool, workspace: &'a Workspace, lang: Lang) -> Spot<'a> {
    let source = workspace.sources.get(it.span.file);
    let (line, column) = source.position(it.span.start as usize);
    Spot {
        kind: match it.kind {
            PointKind::Whole => "rule",
            PointKind::InForce => "in_force",
            PointKind::Condition => "condition",
            PointKind::OfRows => "condition_of_rows",
            PointKind::Veto => "veto",
            PointKind::Exception => "exception",
            PointKind::Row => "row",
            PointKind::Bound => "bound",
            PointKind::DayBound => "day_bound",
            PointKind::Part => "part",
            PointKind::Bonus => "bonus",
            PointKind::Deduction => "deduction",
            PointKind::Rank => "rank",
            PointKind::Selected => "selection",
        },
        text: &it.text,
        label: it.label.as_deref(),
        file: &source.name,
        line,
        column,
        outcomes: it
            .wants
            .iter()
            .map(|want| Way {
                outcome: outcome(want.aspect),
                tests: want.tests,
                data: data.then_some(want.data),
                counts: want.excluded.is_none(),
                why: want.excluded.map(|it| words::excluded(it, lang)),
            })
            .collect(),
    }
}

fn outcome(it: Aspect) -> &'static str {
    match it {
        Aspect::Met => "met",
        Aspect::NotMet => "not_met",
        Aspect::Unknown => "undetermined",
        Aspect::NotApplicable => "not_applicable",
        Aspect::Decisive => "decisive",
        Aspect::Hit => "hit",
        Aspect::Below => "below",
        Aspect::At => "at",
        Aspect::Above => "above",
        Aspect::Taken => "taken",
        Aspect::NotTaken => "not_taken",
        Aspect::Known => "known",
        Aspect::Given => "given",
        Aspect::NotGiven => "not_given",
        Aspect::Sole => "sole",
        Aspect::Tied => "tied",
    }
}
