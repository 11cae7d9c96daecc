//! `heng test --generate`: proposes cases around every threshold, class, row, day and kind of nothing. It confirms nothing.
//!
//! What can be looked at are the items over cases. For each, inputs are changed one at a time from cases that are
//! there, and solved backwards to the bounds of its comparisons; a proposal is kept where the item really comes out
//! otherwise by it. The expectation is what the engine says now, for a person to confirm. What was not reached is
//! listed.

mod bases;
mod cells;
mod climb;
mod compose;
mod draft;
pub mod json;
mod lab;
mod levers;
mod observers;
mod real;
mod search;
mod solve;
mod titles;
mod write;

pub use real::Real;

use crate::eval;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::source::Span;
use crate::suite::generate::bases::Bases;
use crate::suite::generate::compose::Composer;
use crate::suite::generate::compose::Entry;
use crate::suite::generate::draft::Draft;
use crate::suite::generate::lab::Came;
use crate::suite::generate::lab::Lab;
use crate::suite::generate::observers::Observer;
use crate::suite::generate::search::Probe;
use crate::suite::generate::search::Search;
use crate::suite::generate::search::Target;
use crate::suite::generate::titles::Titles;
use crate::suite::generate::write::Words;
use crate::syntax::ast::ItemKind;
use crate::value::Set;
use crate::value::Truth;
use crate::workspace::Workspace;
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// So many bases are tried for one item.
const BASES: usize = 5;

/// So many where cases are compared: who stands beside a case matters as much as the case.
const COMPARED: usize = 16;

/// What was proposed.
pub struct Proposal {
    /// A rule file.
    pub text: String,
    /// The tests that it holds.
    pub tests: Vec<Proposed>,
    /// What was not reached, one sentence each.
    pub missed: Vec<String>,
}

/// A test that was proposed.
pub struct Proposed {
    /// Its name.
    pub name: String,
    /// The item as it stands in the file.
    pub text: String,
    /// The items that it looks at.
    pub items: Vec<String>,
}

/// Proposes tests for a rulebook that checks, from its own cases or from rows of data; none where there is no case to
/// start from.
pub fn run(workspace: &Workspace, program: &Program, real: Option<&Real>) -> Option<Proposal> {
    let bases = match real {
        Some(real) => real::bases(workspace, program, real)?,
        None => bases::of(workspace, program)?,
    };
    let checked = &bases.program;
    let words = Words { english: is_english(workspace) };
    let lab = Lab::new(checked, &bases.runs, &bases.drawn);
    let all = observers::all(checked);
    let nodes: BTreeSet<NodeId> = all.iter().map(|it| it.node).collect();
    let drafts: Vec<Draft> =
        (0..bases.runs.len()).map(|base| Draft { base, edits: vec![] }).collect();
    let at_base = lab.all(&drafts, &nodes);
    let mut probes: Vec<(Vec<Draft>, Probe)> = all
        .par_iter()
        .map(|observer| {
            let chosen = chosen(observer, &bases, &at_base);
            let ground = observers::ground(checked, observer, &all);
            let mut search =
                Search { lab: &lab, observer, ground: &ground, probe: Probe::default() };
            search.run(&chosen);
            (chosen, search.probe)
        })
        .collect();
    let verdicts: Vec<NodeId> = all.iter().filter(|it| it.verdict).map(|it| it.node).collect();
    let climbed = climb::all(&lab, &verdicts, &probes);
    let more: Vec<Probe> = all
        .par_iter()
        .map(|observer| {
            let own = climbed.iter().filter(|it| bases.runs[it.base].table == observer.table);
            let own: Vec<Draft> = own.cloned().collect();
            let ground = observers::ground(checked, observer, &all);
            let mut search =
                Search { lab: &lab, observer, ground: &ground, probe: Probe::default() };
            if observer.verdict {
                search.near(&own);
            }
            search.probe
        })
        .collect();
    for ((_, probe), more) in probes.iter_mut().zip(more) {
        probe.join(more);
    }
    let titles = Titles { workspace, program: checked, bases: &bases, words };
    let mut entries: IndexMap<Draft, Entry> = IndexMap::new();
    let mut missed = vec![];
    for (index, (observer, (chosen, probe))) in all.iter().zip(probes).enumerate() {
        let compares = eval::looks_at_all_cases(checked, observer.node);
        let shown = chosen.into_iter().take(if compares { COMPARED } else { 1 });
        let shown = shown.map(|it| (Target::Base, it));
        for (target, draft) in shown.chain(probe.reached).chain(probe.again) {
            let title = titles.of(observer, &target, &draft);
            let entry = entries.entry(draft).or_default();
            entry.titles.push(title);
            entry.observers.insert(index);
        }
        let lost = probe.missed.iter();
        missed.extend(lost.map(|it| titles.missed(observer, it, probe.tried)));
    }
    let composer = Composer { workspace, bases: &bases, lab: &lab, all: &all, words };
    Some(composer.compose(entries, missed))
}

/// The bases that an item is looked at from, the most telling first.
fn chosen(observer: &Observer, bases: &Bases, at_base: &[Option<Came>]) -> Vec<Draft> {
    let mut order: Vec<usize> =
        (0..bases.runs.len()).filter(|it| bases.runs[*it].table == observer.table).collect();
    // Who is compared with others is looked at beside others.
    let compares = eval::looks_at_all_cases(&bases.program, observer.node);
    let rank = |it: &usize| {
        let alone = compares && bases.written[*it].given.len() < 2;
        let came = at_base[*it].as_ref();
        let own = came.and_then(|came| came.get(&observer.node));
        let met = came
            .map_or(0, |came| came.values().filter(|it| **it == Set::Truth(Truth::TRUE)).count());
        let known = own.is_some_and(|it| it.is_settled() && it.has_values());
        (alone, !known, own == Some(&Set::Truth(Truth::FALSE)), usize::MAX - met, *it)
    };
    order.sort_by_key(rank);
    order
        .into_iter()
        .take(if compares { COMPARED } else { BASES })
        .map(|base| Draft { base, edits: vec![] })
        .collect()
}

/// What is written there, on one line.
fn said(workspace: &Workspace, span: Span) -> String {
    workspace.sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the policy is written in English keywords.
fn is_english(workspace: &Workspace) -> bool {
    let policy = workspace.book.file.items.iter().find(|it| matches!(it.kind, ItemKind::Policy(_)));
    policy.is_some_and(|it| workspace.sources.slice(it.span).trim_start().starts_with("policy"))
}
