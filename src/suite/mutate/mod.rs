//! `heng test --mutate`: small changes to a rulebook, and which of its tests notice each. The rulebook itself stays as it is.
//!
//! Every change is made to the syntax tree, checked, and run against the tests that rest on the changed item, until
//! one fails. What no test notices is compared with the rulebook over the cases of all those tests: a change that
//! some case shows has survived; one that none shows is *not distinguished*, which is no proof that it changes
//! nothing. Proved to change nothing is only what checks to the very same program.

mod change;
mod expr;
mod items;
pub mod json;
mod reach;
mod tables;
pub mod text;

pub use change::Kind;

use crate::check;
use crate::eval;
use crate::ir::Program;
use crate::source::FileId;
use crate::source::Span;
use crate::suite;
use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Maker;
use crate::suite::mutate::reach::Items;
use crate::syntax::ast;
use crate::value::Set;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// How the changes are run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plan {
    /// No more changes than these, spread evenly; none runs all.
    pub sample: Option<usize>,
    /// The file of the generated tests, which are counted apart.
    pub generated: Option<FileId>,
}

/// What became of one change.
#[derive(Clone, Debug)]
pub enum Fate {
    /// A test failed.
    Killed {
        /// Its name.
        by: String,
        /// Whether it stands in the file of the generated tests.
        generated: bool,
    },
    /// No test failed, but a case shows a difference.
    Survived(Option<Hint>),
    /// It checks to the very same program.
    Equivalent,
    /// No test failed, and so many cases show no difference.
    Alike(usize),
    /// It does not check.
    Unsound,
}

/// Where a difference shows that no test looks at.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The test whose case shows it.
    pub test: String,
    /// The item that comes out otherwise.
    pub item: String,
    /// What it is, and what the change makes of it.
    pub values: (String, String),
}

/// One change and what became of it.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Its kind.
    pub kind: Kind,
    /// 条件 研发投入
    pub item: String,
    /// What was changed.
    pub at: Span,
    /// The clause as it is.
    pub before: String,
    /// The clause as it was run.
    pub after: String,
    /// What became of it.
    pub fate: Fate,
}

/// What a run of changes came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The changes that were run, in the order of the rulebook.
    pub mutants: Vec<Mutant>,
    /// How many changes there are.
    pub possible: usize,
    /// How many tests the rulebook has, the generated ones included.
    pub tests: usize,
    /// Whether a file of generated tests was read too.
    pub with_generated: bool,
}

impl Report {
    /// How many mutants came to such an end.
    pub fn count(&self, fate: impl Fn(&Fate) -> bool) -> usize {
        self.mutants.iter().filter(|it| fate(&it.fate)).count()
    }

    /// Killed, by any test; and by generated ones.
    pub fn killed(&self) -> (usize, usize) {
        let all = self.count(|it| matches!(it, Fate::Killed { .. }));
        (all, self.count(|it| matches!(it, Fate::Killed { generated: true, .. })))
    }

    /// Those that may be killed: sound, and not proved to change nothing.
    pub fn killable(&self) -> usize {
        self.count(|it| !matches!(it, Fate::Unsound | Fate::Equivalent))
    }
}

/// What all mutants share.
struct Ground<'a> {
    workspace: &'a Workspace,
    program: &'a Program,
    /// The items that each test rests on.
    reached: Vec<BTreeSet<&'a str>>,
    items: &'a Items,
    drawn: &'a DrawnData,
    plan: Plan,
}

/// Runs the changes of a rulebook that checks. `drawn` are the data that tests are given rows of.
pub fn run(workspace: &Workspace, program: &Program, drawn: &DrawnData, plan: Plan) -> Report {
    let maker = Maker { sources: &workspace.sources };
    let all = &workspace.book.file.items;
    let mut changes: Vec<(usize, Altered<ast::ItemKind>)> = vec![];
    for (at, item) in all.iter().enumerate() {
        changes.extend(maker.item(&item.kind, all).into_iter().map(|it| (at, it)));
    }
    let possible = changes.len();
    if let Some(wanted) = plan.sample.filter(|it| *it < possible) {
        let mut at = 0;
        changes.retain(|_| {
            at += 1;
            at * wanted / possible > (at - 1) * wanted / possible
        });
    }
    let items = Items::new(program);
    let reached = program.tests.iter().map(|it| items.of_test(program, it)).collect();
    let ground = Ground { workspace, program, reached, items: &items, drawn, plan };
    let mutants = changes.into_par_iter().map(|(at, it)| ground.mutant(at, it)).collect();
    let with_generated = plan.generated.is_some();
    Report { mutants, possible, tests: program.tests.len(), with_generated }
}

impl Ground<'_> {
    fn mutant(&self, at: usize, altered: Altered<ast::ItemKind>) -> Mutant {
        let kind = &self.workspace.book.file.items[at].kind;
        let sources = &self.workspace.sources;
        let change = &altered.change;
        let (before, after) = change.words(sources, lines(sources.get(change.at.file), change.at));
        let (name, word) = (kind.name().text.clone(), kind.word().zh);
        let (at_span, change_kind) = (change.at, change.kind);
        let fate = self.fate(at, altered.tree, &name);
        Mutant {
            kind: change_kind,
            item: format!("{word} {name}"),
            at: at_span,
            before,
            after,
            fate,
        }
    }

    fn fate(&self, at: usize, tree: ast::ItemKind, name: &str) -> Fate {
        let book = &self.workspace.book;
        let mut file = book.file.clone();
        file.items[at].kind = tree;
        let lists = self.workspace.lists.clone();
        let (program, _) = check::check(std::slice::from_ref(&file), &book.bases, lists);
        let Some(program) = program else { return Fate::Unsound };
        if reach::same(self.program, &program) {
            return Fate::Equivalent;
        }
        let tests = self.tests_of(name);
        for &test in &tests {
            let Some(it) = program.tests.get(test) else { continue };
            if !suite::run_one(&program, it, self.drawn).failures.is_empty() {
                let generated = self.plan.generated == Some(it.span.file);
                return Fate::Killed { by: it.name.clone(), generated };
            }
        }
        match self.difference(&program, &tests, name) {
            Some(hint) => Fate::Survived(Some(hint)),
            None if tests.is_empty() => Fate::Survived(None),
            None => Fate::Alike(tests.len()),
        }
    }

    /// The tests that rest on an item: generated ones first, then those that rest on the fewest items.
    fn tests_of(&self, name: &str) -> Vec<usize> {
        let mut tests: Vec<usize> =
            (0..self.program.tests.len()).filter(|it| self.reached[*it].contains(name)).collect();
        let generated = |it: usize| Some(self.program.tests[it].span.file) == self.plan.generated;
        tests.sort_by_key(|&it| (!generated(it), self.reached[it].len(), it));
        tests
    }

    /// The first case of these tests in which an item comes out otherwise.
    fn difference(&self, mutant: &Program, tests: &[usize], name: &str) -> Option<Hint> {
        let (own, other) = (reach::told(self.program), reach::told(mutant));
        let rests = |node| self.items.below(self.program, [node], &BTreeSet::new()).contains(name);
        let pairs: Vec<_> = own
            .iter()
            .filter(|it| rests(*it.1))
            .filter_map(|(name, node)| Some((name, *node, *other.get(name)?)))
            .collect();
        tests.iter().find_map(|&test| {
            let a = outcomes(self.program, test, self.drawn, pairs.iter().map(|it| it.1))?;
            let b = outcomes(mutant, test, self.drawn, pairs.iter().map(|it| it.2))?;
            pairs.iter().find_map(|(name, own, other)| {
                let (x, y) = (a.get(own)?, b.get(other)?);
                (x != y).then(|| Hint {
                    test: self.program.tests[test].name.clone(),
                    item: (*name).clone(),
                    values: (
                        suite::compare::show(self.program, *own, x),
                        suite::compare::show(mutant, *other, y),
                    ),
                })
            })
        })
    }
}

/// What the case of a test comes to, by node of its table.
fn outcomes(
    program: &Program,
    test: usize,
    drawn: &DrawnData,
    nodes: impl Iterator<Item = crate::ir::NodeId>,
) -> Option<BTreeMap<crate::ir::NodeId, Set>> {
    let test = program.tests.get(test)?;
    let mut ready = suite::ready(program, test, drawn).ok()?;
    let nodes: BTreeSet<_> = nodes.filter(|it| program.node(*it).space == test.table).collect();
    ready.run.asked = Some(nodes.clone());
    let outcome = eval::evaluate(program, &ready.facts, &ready.run);
    Some(nodes.into_iter().map(|it| (it, outcome.get(it, 0))).collect())
}

/// The whole lines that a place lies in.
fn lines(source: &crate::source::Source, at: Span) -> Span {
    let text = &source.text;
    let start = text[..at.start as usize].rfind('\n').map_or(0, |it| it + 1);
    let end = text[at.end as usize..].find('\n').map_or(text.len(), |it| at.end as usize + it);
    Span::new(at.file, start, end)
}
