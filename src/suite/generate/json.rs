//! Proposals for programs, as `schema/generated.schema.json` promises. It proposes nothing.

use crate::ir::Program;
use crate::report;
use crate::suite::generate::Proposal;
use crate::suite::head::Head;
use crate::workspace::Workspace;
use serde::Serialize;

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    tests: Vec<Test<'a>>,
    missed: &'a [String],
    text: &'a str,
}

#[derive(Serialize)]
struct Test<'a> {
    name: &'a str,
    items: &'a [String],
    text: &'a str,
}

/// The whole document.
pub fn show(it: &Proposal, workspace: &Workspace, program: &Program) -> String {
    let tests = it.tests.iter();
    report::write_json(&Whole {
        head: Head::new(workspace, program),
        tests: tests.map(|it| Test { name: &it.name, items: &it.items, text: &it.text }).collect(),
        missed: &it.missed,
        text: &it.text,
    })
}
