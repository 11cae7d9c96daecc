//! The head that every JSON document about a rulebook's tests begins with: the engine and the rulebook. It tells nothing of tests.

use crate::ir::Program;
use crate::report;
use crate::report::Engine;
use crate::workspace::Workspace;
use serde::Serialize;

/// What is told first.
#[derive(Serialize)]
pub struct Head<'a> {
    engine: Engine,
    rulebook: Rulebook<'a>,
}

#[derive(Serialize)]
struct Rulebook<'a> {
    title: &'a str,
    document: Option<&'a str>,
    sha256: &'a str,
}

impl<'a> Head<'a> {
    /// Of a rulebook.
    pub fn new(workspace: &'a Workspace, program: &'a Program) -> Head<'a> {
        let number = program.policy.number.as_str();
        Head {
            engine: report::ENGINE,
            rulebook: Rulebook {
                title: &program.policy.title,
                document: (!number.is_empty()).then_some(number),
                sha256: &workspace.sha256,
            },
        }
    }
}
