//! Why a test came out otherwise: the deciding clauses of what it expects, with their arithmetic. It runs no expectation.

use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::Extent;
use crate::explain::Round;
use crate::ir::Expectation;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::Test;
use crate::report;
use crate::report::Depth;
use crate::report::Report;
use crate::source::Sources;
use crate::source::Span;
use crate::suite::ready;
use crate::workspace::DrawnData;
use std::collections::BTreeSet;

/// The items that a failed expectation speaks of, each with the tree of what decides it.
pub type Reasons = Vec<(String, String)>;

/// More items than these in one sentence are not told one by one.
const FEW: usize = 3;

/// What a test's case comes to, with all reasons, and the whole explanation of it; none where the test cannot run.
pub fn account(
    program: &Program,
    sources: &Sources,
    test: &Test,
    drawn: &DrawnData,
    lang: Lang,
) -> Option<(CaseAccount, String)> {
    let mut ready = ready(program, test, drawn).ok()?;
    // The reasons may lead to what the test itself does not ask for.
    ready.run.asked = None;
    let round = Round::new(program, sources, &ready.facts, &ready.run, Extent::Trees);
    let report = Report {
        program,
        sources,
        rulebook: "",
        data: vec![],
        data_digest: String::new(),
        on: test.on,
        tables: &ready.tables,
        facts: &ready.facts,
        run: &ready.run,
        outcome: &round.outcome,
        cases: vec![],
        findings: Diagnostics::default(),
    };
    let account = round.account(test.table, 0);
    let text = report::explanation_of_case(&report, &account, Depth::All, lang);
    Some((account, text))
}

/// The reasons behind what the expectation written at a place speaks of: for each item its tree; empty where there is none.
pub fn of(
    program: &Program,
    case: &CaseAccount,
    test: &Test,
    written: Span,
    lang: Lang,
) -> Reasons {
    let expects = test.expects.iter().filter(|it| it.span == written);
    let mut items: Vec<&str> = vec![];
    for expect in expects {
        match &expect.what {
            Expectation::Verdict { item, .. } | Expectation::Value { item, .. } => items.push(item),
            Expectation::Holds(node) => items.extend(named(program, *node)),
        }
    }
    let told = items.into_iter().take(FEW);
    told.map(|it| (it.to_owned(), report::reasons(case, program, it, lang)))
        .filter(|it| !it.1.is_empty())
        .collect()
}

/// The items whose values a sentence uses, without those that these are made from.
fn named(program: &Program, sentence: NodeId) -> Vec<&str> {
    let indicators =
        program.indicators.iter().flat_map(|it| it.nodes().map(|node| (node, &it.head)));
    let gradings = program.gradings.iter().flat_map(|it| it.nodes().map(|node| (node, &it.head)));
    let criteria = program.criteria.iter().map(|it| (it.node, &it.head));
    let conclusions = program.conclusions.iter().map(|it| (it.node, &it.head));
    let all: Vec<_> = indicators.chain(gradings).chain(criteria).chain(conclusions).collect();
    let (mut open, mut seen) = (vec![sentence], BTreeSet::new());
    let mut found: Vec<&str> = vec![];
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        match all.iter().find(|it| it.0 == node) {
            Some((_, head)) => found.push(&head.name),
            None => open.extend(program.node(node).kind.operands().into_iter().rev()),
        }
    }
    found
}
