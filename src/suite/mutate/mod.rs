//! `heng test --mutate`: small changes to a rulebook, and which of its tests notice each. The rulebook itself stays as it is.
//!
//! Every change is made to the syntax tree and checked. Programs are then compared node by node: only the tests that
//! expect something of what computes otherwise are run, as rows of few runs, until one fails. What none notices is
//! proved to change nothing where a normal form shows it ([`Proof`]); else it is compared with the rulebook over the
//! cases of all tests: a change that some case shows has survived; one that none shows is *not distinguished*, which
//! is no proof that it changes nothing.

mod change;
mod expr;
mod items;
pub mod json;
mod numbers;
mod ranges;
mod scores;
mod tables;
pub mod text;
mod trial;

pub use change::Kind;
pub use numbers::Proof;

use crate::ir::Program;
use crate::source::FileId;
use crate::source::Span;
use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Maker;
use crate::suite::mutate::trial::Ground;
use crate::syntax::ast;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use rayon::prelude::*;

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
    /// It is proved to change nothing.
    Equivalent(Proof),
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
        self.count(|it| !matches!(it, Fate::Unsound | Fate::Equivalent(_)))
    }
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
    let ground = Ground::new(workspace, program, drawn, plan);
    let mutants = changes.into_par_iter().map(|(at, it)| mutant(&ground, at, it)).collect();
    let with_generated = plan.generated.is_some();
    Report { mutants, possible, tests: program.tests.len(), with_generated }
}

fn mutant(ground: &Ground, at: usize, altered: Altered<ast::ItemKind>) -> Mutant {
    let kind = &ground.workspace.book.file.items[at].kind;
    let sources = &ground.workspace.sources;
    let change = &altered.change;
    let (before, after) = change.words(sources, lines(sources.get(change.at.file), change.at));
    let (name, word) = (kind.name().text.clone(), kind.word().zh);
    let (at_span, change_kind) = (change.at, change.kind);
    let fate = ground.fate(at, altered.tree);
    Mutant { kind: change_kind, item: format!("{word} {name}"), at: at_span, before, after, fate }
}

/// The whole lines that a place lies in.
fn lines(source: &crate::source::Source, at: Span) -> Span {
    let text = &source.text;
    let start = text[..at.start as usize].rfind('\n').map_or(0, |it| it + 1);
    let end = text[at.end as usize..].find('\n').map_or(text.len(), |it| at.end as usize + it);
    Span::new(at.file, start, end)
}
