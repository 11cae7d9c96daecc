//! 沿用, 修改, 增加 and 删除 (`semantics` §6.6): the trees of several rulebooks made one, before anything is checked.
//!
//! A rulebook that builds on others is theirs with items replaced, added and taken away. Because this is done to the
//! trees, every reference sees the item that stands there in the end. What the items mean is not looked at.

mod clauses;
mod errors;
mod layer;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::source::FileId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Name;
use crate::syntax::ast::Policy;
use layer::Entry;

pub use errors::base_loop;
pub use errors::base_without_rules;
pub use errors::bases_too_deep;

/// One rulebook as it was read.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What the user would call it: its path.
    pub path: String,
    /// Its files.
    pub files: Vec<(FileId, ast::File)>,
    /// The rulebooks it builds on, by their places in the list of layers, and where it says so.
    pub bases: Vec<(usize, Span)>,
}

impl Layer {
    fn items(&self) -> impl Iterator<Item = &Item> {
        self.files.iter().flat_map(|it| &it.1.items)
    }

    /// Its document; the first, where a faulty rulebook has several.
    fn policy(&self) -> Option<&Policy> {
        self.items().find_map(|it| match &it.kind {
            ItemKind::Policy(policy) => Some(policy),
            _ => None,
        })
    }
}

/// The document of a rulebook that is built on.
#[derive(Clone, Debug)]
pub struct Base {
    /// What it says of itself.
    pub policy: Policy,
    /// The files whose citations are of its articles.
    pub files: Vec<FileId>,
}

/// Rulebooks made one.
#[derive(Clone, Debug, Default)]
pub struct Rulebook {
    /// The items in force, with one 政策, the 测试 of the rulebook itself, and what it repeals.
    pub file: ast::File,
    /// The documents it builds on, the farthest first.
    pub bases: Vec<Base>,
    /// What was repealed and is not there any more: its word, its name where it was repealed.
    repealed: Vec<(Text, Name)>,
}

/// Makes rulebooks one. Each stands after those it builds on; the last one is the one asked for.
pub fn merge(layers: &[Layer]) -> (Rulebook, Diagnostics) {
    let mut faults = Diagnostics::default();
    let bases = documents(layers, &mut faults);
    let numbers: Vec<String> = bases.iter().map(|it| it.policy.citation_name()).collect();
    let mut entries: Vec<Vec<Entry>> = vec![];
    for at in 0..layers.len() {
        let found = layer::entries(at, layers, &entries, &numbers, &mut faults);
        entries.push(found);
    }
    let all = entries.pop().unwrap_or_default();
    let mut book = Rulebook { bases, ..Rulebook::default() };
    for entry in &all {
        let name = entry.item.kind.name();
        let again = |it: &&Entry| it.alive && it.item.kind.space() == entry.item.kind.space();
        let named = |it: &Entry| it.item.kind.name().text == name.text;
        if !entry.alive && !all.iter().filter(again).any(named) {
            book.repealed
                .push((entry.item.kind.word(), entry.repealed_at.clone().unwrap_or(name.clone())));
        }
    }
    let own = layers.iter().last().into_iter().flat_map(|it| &it.files);
    book.file.repeals.extend(own.flat_map(|it| it.1.repeals.iter().cloned()));
    book.file.items.extend(all.into_iter().filter(|it| it.alive).map(|it| it.item));
    let bases = &book.bases;
    book.file.items.iter_mut().for_each(|it| inherit(it, bases));
    (book, faults)
}

/// The documents of all layers but the last. Each must have one.
fn documents(layers: &[Layer], faults: &mut Diagnostics) -> Vec<Base> {
    let Some((_, below)) = layers.split_last() else { return vec![] };
    let mut found = vec![];
    for (at, layer) in below.iter().enumerate() {
        match layer.policy() {
            Some(policy) => found.push(Base {
                policy: policy.clone(),
                files: layer.files.iter().map(|it| it.0).collect(),
            }),
            // Nothing of it was read, or it was one of a loop: that is told already.
            None if layer.files.is_empty() => {}
            None => {
                let named = layers.iter().flat_map(|it| &it.bases).find(|it| it.0 == at);
                faults.0.extend(named.map(|it| errors::base_without_policy(&layer.path, it.1)));
            }
        }
    }
    found
}

/// What the 政策 takes over where it says nothing else: how rules are read, and from which day they are in force.
fn inherit(item: &mut Item, bases: &[Base]) {
    let ItemKind::Policy(policy) = &mut item.kind else { return };
    // The nearest document that says something is followed.
    for base in bases.iter().rev().map(|it| &it.policy) {
        policy.rule_date = policy.rule_date.take().or(base.rule_date.clone());
        policy.bare_bounds = policy.bare_bounds.take().or(base.bare_bounds.clone());
        policy.shared.effective = policy.shared.effective.take().or(base.shared.effective.clone());
        if policy.data_periods.is_empty() {
            policy.data_periods = base.data_periods.clone();
        }
        policy.na_marks.extend(base.na_marks.iter().cloned());
    }
}

/// Where a name is not found because its item was repealed, says so, and who still uses it.
pub fn tell_repealed(
    found: &mut Diagnostics,
    book: &Rulebook,
    layers: &[Layer],
    sources: &Sources,
) {
    for fault in &mut found.0 {
        let Some(at) = fault.labels.first().map(|it| it.span) else { continue };
        let word = sources.slice(at).trim_matches(['「', '」', '[', ']', '“', '”']);
        let gone = book.repealed.iter().find(|it| it.1.text == word);
        if let Some((kind, name)) = gone.filter(|_| is_unknown(fault)) {
            let mut items = layers.iter().flat_map(|it| &it.files).flat_map(|it| {
                let amended = it.1.amendments.iter().map(|it| &it.item);
                it.1.items.iter().chain(amended)
            });
            let inside = |it: &&Item| {
                it.span.file == at.file && it.span.start <= at.start && at.end <= it.span.end
            };
            *fault = errors::repealed_in_use(kind, name, at, items.rfind(inside));
        }
    }
}

fn is_unknown(fault: &Diagnostic) -> bool {
    const UNKNOWN: [code::Code; 6] = [
        code::UNKNOWN_TABLE,
        code::UNKNOWN_TYPE,
        code::UNKNOWN_NAME,
        code::UNKNOWN_FUNCTION,
        code::UNKNOWN_CRITERION,
        code::SUPPOSE,
    ];
    UNKNOWN.contains(&fault.code)
}
