//! One rulebook laid over those it builds on: which items stand there in the end, and who changed them.

use crate::amend::Layer;
use crate::amend::clauses;
use crate::amend::errors;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::source::Span;
use crate::syntax::ast::Amendment;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Name;
use crate::syntax::ast::Repeal;

/// An item on its way through the layers.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// As it stands.
    pub item: Item,
    /// Where it was first written: what makes it the same item.
    pub origin: Span,
    /// Where it was amended or repealed, in order.
    pub changes: Vec<Span>,
    /// Not repealed.
    pub alive: bool,
    /// Its name where it was repealed.
    pub repealed_at: Option<Name>,
}

impl Entry {
    fn new(item: &Item) -> Entry {
        let origin = item.kind.name().span;
        Entry { item: item.clone(), origin, changes: vec![], alive: true, repealed_at: None }
    }

    fn is(&self, kind: &ItemKind) -> bool {
        self.alive
            && self.item.kind.space() == kind.space()
            && self.item.kind.name().text == kind.name().text
    }
}

/// The items of a rulebook with those it builds on; `below` has the entries of the layers before it.
pub(super) fn entries(
    at: usize,
    layers: &[Layer],
    below: &[Vec<Entry>],
    documents: &[String],
    faults: &mut Diagnostics,
) -> Vec<Entry> {
    let layer = &layers[at];
    let mut all = taken_over(layer, below, faults);
    let inherited = all.len();
    let amendments: Vec<&Amendment> = layer.files.iter().flat_map(|it| &it.1.amendments).collect();
    let repeals: Vec<&Repeal> = layer.files.iter().flat_map(|it| &it.1.repeals).collect();
    if layer.bases.is_empty() {
        let amended = amendments.iter().map(|it| it.item.kind.name().span);
        let repealed = repeals.iter().map(|it| it.span);
        faults.0.extend(amended.chain(repealed).map(errors::nothing_is_built_on));
    } else {
        repeals.iter().for_each(|it| repeal(it, &mut all, layer, faults));
        for amendment in amendments {
            amend(amendment, &mut all, layer, documents, faults);
        }
    }
    let last = at + 1 == layers.len();
    for item in layer.items() {
        let kept = match item.kind {
            ItemKind::Policy(_) | ItemKind::Test(_) => last,
            _ => true,
        };
        match all[..inherited].iter().find(|it| it.is(&item.kind)) {
            Some(base) => faults.push(errors::amend_meant(&item.kind, &base.item.kind)),
            None if kept => all.push(Entry::new(item)),
            None => {}
        }
    }
    all
}

/// The items of all that a rulebook builds on. An item that comes along several ways is taken as the way has it that
/// changed it; where two changed it, nobody knows which is meant.
fn taken_over(layer: &Layer, below: &[Vec<Entry>], faults: &mut Diagnostics) -> Vec<Entry> {
    let mut all: Vec<Entry> = vec![];
    for &(base, _) in &layer.bases {
        for entry in &below[base] {
            match all.iter_mut().find(|it| it.origin == entry.origin) {
                Some(it) if entry.changes.starts_with(&it.changes) => *it = entry.clone(),
                Some(it) if it.changes.starts_with(&entry.changes) => {}
                Some(it) => {
                    let ways = (it.changes.last(), entry.changes.last());
                    if let (Some(one), Some(other)) = ways {
                        faults.push(errors::amended_by_two(&it.item.kind, *one, *other));
                    }
                }
                None => all.push(entry.clone()),
            }
        }
    }
    all
}

fn repeal(repeal: &Repeal, all: &mut [Entry], layer: &Layer, faults: &mut Diagnostics) {
    for name in &repeal.names {
        let named = |it: &&mut Entry| it.item.kind.name().text == name.text;
        let of_kind = |it: &&mut Entry| it.item.kind.word() == repeal.word;
        match all.iter_mut().filter(of_kind).find(named) {
            Some(it) if it.alive => {
                it.alive = false;
                it.changes.push(name.span);
                it.repealed_at = Some(name.clone());
            }
            Some(it) => {
                let first = it.changes.last().copied().unwrap_or(it.origin);
                faults.push(errors::amended_twice(name, first));
            }
            None => faults.push(nothing(name, &repeal.word, all, layer)),
        }
    }
}

fn amend(
    amendment: &Amendment,
    all: &mut [Entry],
    layer: &Layer,
    documents: &[String],
    faults: &mut Diagnostics,
) {
    let kind = &amendment.item.kind;
    let name = kind.name();
    let word = kind.word();
    let named = |it: &&mut Entry| it.item.kind.name().text == name.text;
    let of_kind = |it: &&mut Entry| it.item.kind.word() == word;
    let here = |it: Span| layer.files.iter().any(|file| file.0 == it.file);
    match all.iter_mut().filter(of_kind).find(named) {
        Some(it) if !it.alive || it.changes.last().is_some_and(|it| here(*it)) => {
            let first = it.changes.last().copied().unwrap_or(it.origin);
            faults.push(errors::amended_twice(name, first));
        }
        Some(it) => {
            it.changes.push(name.span);
            clauses::amend(&mut it.item, amendment, documents, faults);
        }
        None => faults.push(nothing(name, &word, all, layer)),
    }
}

/// Why there is nothing of this name to change: it is of another kind, this rulebook's own, or not there.
fn nothing(name: &Name, word: &Text, all: &[Entry], layer: &Layer) -> Diagnostic {
    let named = |it: &&Item| it.kind.name().text == name.text;
    if let Some(own) = layer.items().find(named) {
        return errors::amends_itself(name, own.kind.name().span);
    }
    if let Some(other) = all.iter().filter(|it| it.alive).map(|it| &it.item).find(named) {
        return errors::of_another_kind(name, &other.kind);
    }
    let same = all.iter().filter(|it| it.alive && it.item.kind.word() == *word);
    let known: Vec<&str> = same.map(|it| it.item.kind.name().text.as_str()).collect();
    errors::nothing_to_amend(name, word, &known)
}
