//! What a run of tests and snapshots came to, as `schema/test.schema.json` promises. It runs nothing.

use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::ir::Program;
use crate::report;
use crate::report::Finding;
use crate::suite::Outcome;
use crate::suite::Standing;
use crate::suite::head::Head;
use crate::suite::reasons::Reasons;
use crate::suite::snapshot::Compared;
use crate::suite::snapshot::Fault;
use crate::suite::snapshot::State;
use crate::workspace::Workspace;
use serde::Serialize;

/// What is told.
pub struct Told<'a> {
    /// The tests, each with the reasons behind its failures: item and tree.
    pub tests: &'a [(Outcome, Vec<Reasons>)],
    /// The snapshots, each with its folder.
    pub snapshots: Vec<(&'a str, &'a Compared)>,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    tests: Vec<Test<'a>>,
    snapshots: Vec<Snapshot<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Test<'a> {
    name: &'a str,
    file: &'a str,
    line: usize,
    passed: bool,
    confirmed: bool,
    failures: Vec<Failure<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    finding: Finding<'a>,
    reasons: Vec<Reason<'a>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    item: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Snapshot<'a> {
    file: String,
    title: Option<&'a str>,
    state: &'static str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct Summary {
    tests: usize,
    passed: usize,
    failed: usize,
    unconfirmed: usize,
    snapshots: usize,
    same: usize,
}

/// The whole document. The texts of snapshots that are the same are left out.
pub fn tests(told: &Told, workspace: &Workspace, program: &Program, lang: Lang) -> String {
    let findings: Vec<Diagnostics> =
        told.tests.iter().map(|it| Diagnostics(it.0.failures.clone())).collect();
    let tests = told.tests.iter().zip(&findings);
    let tests: Vec<Test> = tests
        .map(|((outcome, reasons), found)| test(outcome, reasons, found, workspace, lang))
        .collect();
    let count = |of: Standing| told.tests.iter().filter(|it| it.0.standing() == of).count();
    let (passed, failed) = (count(Standing::Passed), count(Standing::Failed));
    let same = told.snapshots.iter().filter(|it| it.1.state == State::Same).count();
    report::write_json(&Whole {
        head: Head::new(workspace, program),
        summary: Summary {
            tests: tests.len(),
            passed,
            failed,
            unconfirmed: tests.len() - passed - failed,
            snapshots: told.snapshots.len(),
            same,
        },
        tests,
        snapshots: told.snapshots.iter().map(|(folder, it)| snapshot(folder, it)).collect(),
    })
}

fn test<'a>(
    outcome: &'a Outcome,
    reasons: &'a [Reasons],
    found: &'a Diagnostics,
    workspace: &'a Workspace,
    lang: Lang,
) -> Test<'a> {
    let source = workspace.sources.get(outcome.span.file);
    let projected = report::projected(found, &workspace.sources, lang);
    let reason = |(item, text): &'a (String, String)| Reason { item, text };
    let failures = projected.into_iter().zip(reasons).map(|(finding, reasons)| Failure {
        finding,
        reasons: reasons.iter().map(reason).collect(),
    });
    Test {
        name: &outcome.name,
        file: &source.name,
        line: source.position(outcome.span.start as usize).0,
        passed: outcome.failures.is_empty(),
        confirmed: outcome.confirmed,
        failures: failures.collect(),
    }
}

fn snapshot<'a>(folder: &str, it: &'a Compared) -> Snapshot<'a> {
    let state = match &it.state {
        State::Same => "same",
        State::Changed(_) => "changed",
        State::Missing => "missing",
        State::Faulty(Fault::Damaged(_)) => "damaged",
        State::Faulty(Fault::OtherForm(_)) => "other_version",
        State::LeftOver => "left_over",
    };
    let before = match &it.state {
        State::Changed(before) => Some(before.as_str()),
        _ => None,
    };
    Snapshot {
        file: format!("{folder}/{}", it.file),
        title: it.now.as_ref().map(|it| it.title.as_str()),
        state,
        before,
        after: it.now.as_ref().filter(|_| it.state != State::Same).map(|it| it.body.as_str()),
    }
}
