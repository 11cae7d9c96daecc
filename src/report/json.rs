//! The report as JSON, field by field as `schema/outcome.schema.json` promises. It computes nothing.

use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::ir::Document;
use crate::ir::Program;
use crate::report::Report;
use crate::report::Tally;
use crate::report::case::Case;
use crate::report::columns;
use crate::report::columns::Column;
use crate::report::findings::Finding;
use crate::report::findings::findings as project;
use crate::report::layout::acts;
use crate::report::words;
use crate::source::Sources;
use indexmap::IndexMap;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct Whole<'a> {
    engine: Engine,
    rulebook: Rulebook<'a>,
    data: Vec<File<'a>>,
    columns: Vec<Column<'a>>,
    on: Option<String>,
    cases: Vec<Case<'a>>,
    diagnostics: Vec<Finding<'a>>,
    summary: IndexMap<&'a str, Counts>,
}

/// The engine, as every document about a rulebook names it.
#[derive(Serialize)]
pub struct Engine {
    name: &'static str,
    version: &'static str,
}

/// This engine.
pub const ENGINE: Engine =
    Engine { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
struct Rulebook<'a> {
    title: &'a str,
    document: Option<&'a str>,
    builds_on: Vec<BuiltOn<'a>>,
    sha256: &'a str,
}

#[derive(Serialize)]
struct BuiltOn<'a> {
    title: &'a str,
    document: Option<&'a str>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Counts {
    met: usize,
    not_met: usize,
    undetermined: usize,
    not_applicable: usize,
    noted: usize,
}

#[derive(Serialize)]
struct Findings<'a> {
    diagnostics: Vec<Finding<'a>>,
}

/// The whole report.
pub fn report(report: &Report, lang: Lang) -> String {
    let policy = &report.program.policy;
    let number = policy.number.as_str();
    write(&Whole {
        engine: ENGINE,
        rulebook: Rulebook {
            title: &policy.title,
            document: (!number.is_empty()).then_some(number),
            builds_on: policy.bases.iter().rev().map(built_on).collect(),
            sha256: report.rulebook,
        },
        data: report.data.iter().map(|it| File { file: &it.name, sha256: &it.sha256 }).collect(),
        columns: columns::all(report),
        on: report.on.map(words::day),
        cases: cases(&report.cases, report.program, lang),
        diagnostics: project(&report.findings, report.sources, lang),
        summary: report.tallies().into_iter().map(|(name, tally)| (name, counts(tally))).collect(),
    })
}

fn built_on(it: &Document) -> BuiltOn<'_> {
    let number = it.number.as_str();
    BuiltOn { title: &it.title, document: (!number.is_empty()).then_some(number) }
}

/// What was found about a rulebook, alone.
pub fn findings(all: &Diagnostics, sources: &Sources, lang: Lang) -> String {
    write(&Findings { diagnostics: project(all, sources, lang) })
}

fn cases<'a>(accounts: &'a [CaseAccount], program: &'a Program, lang: Lang) -> Vec<Case<'a>> {
    accounts.iter().map(|it| Case::new(it, program, lang)).collect()
}

fn counts(tally: Tally) -> Counts {
    let Tally { met, not_met, undetermined, not_applicable, noted } = tally;
    Counts { met, not_met, undetermined, not_applicable, noted }
}

/// Pretty JSON with a line end; characters that steer a screen are written as escapes.
pub fn write(value: &impl Serialize) -> String {
    let plain = serde_json::to_string_pretty(value).expect("a report has only text keys");
    let mut text = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        // Outside its texts JSON holds no such character but the line end.
        if c != '\n' && acts(c) {
            let _ = write!(text, "\\u{:04x}", c as u32);
        } else {
            text.push(c);
        }
    }
    text.push('\n');
    text
}
