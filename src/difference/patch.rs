//! A rulebook with some edits applied: every clause old or new as its edits say, checked again. It runs nothing.

use crate::amend::Base;
use crate::check;
use crate::difference::edits::Edits;
use crate::difference::edits::ItemPlan;
use crate::difference::edits::SlotPlan;
use crate::difference::edits::Version;
use crate::difference::slots::Place;
use crate::difference::slots::shape;
use crate::difference::slots::slots;
use crate::ir::Program;
use crate::ir::Vocabulary;
use crate::syntax::ast;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Members;
use crate::workspace;
use std::collections::BTreeSet;

/// The program of the old rulebook with these edits applied; none where the two do not go together.
/// 测试 and 案例 are left out: they judge nobody.
pub fn program(old: Version, new: Version, edits: &Edits, on: &BTreeSet<usize>) -> Option<Program> {
    let mut file = ast::File { repeals: old.book.file.repeals.clone(), ..ast::File::default() };
    let mut lists = vec![];
    for plan in &edits.plan {
        let Some((item, list)) = item(old, new, plan, on) else { continue };
        if matches!(item.kind, ItemKind::Vocabulary(_)) {
            lists.push(list?);
        }
        file.items.push(item);
    }
    let bases = bases(old, new, edits.bases.is_some_and(|it| on.contains(&it)));
    check::check(&[file], &bases, lists).0
}

/// An item as the edits leave it, and the list it stands for; none where it is not there.
fn item(
    old: Version,
    new: Version,
    plan: &ItemPlan,
    on: &BTreeSet<usize>,
) -> Option<(Item, Option<Vocabulary>)> {
    match plan {
        ItemPlan::Whole { old: was, new: now, edit } => {
            let applied = edit.is_some_and(|it| on.contains(&it));
            let (version, at) = if applied { (new, *now) } else { (old, *was) };
            let item = version.book.file.items[at?].clone();
            Some((item, list(version, at?)))
        }
        ItemPlan::Both { old: was, new: now, slots } => {
            let mut item = old.book.file.items[*was].clone();
            mix(&mut item, &new.book.file.items[*now], slots, on);
            let list = match &item.kind {
                ItemKind::Vocabulary(it) => match &it.members {
                    Members::Written(names) => Some(workspace::written_list(it, names)),
                    Members::File(_) => list(old, *was),
                },
                _ => None,
            };
            Some((item, list))
        }
    }
}

/// The list of a 分类 or 名单 item.
fn list(version: Version, at: usize) -> Option<Vocabulary> {
    let is_list = |it: &&Item| matches!(it.kind, ItemKind::Vocabulary(_));
    let items = &version.book.file.items;
    let place = items[..at].iter().filter(is_list).count();
    is_list(&&items[at]).then(|| version.lists.get(place).cloned()).flatten()
}

/// Puts into an item the clauses of its new form whose edits are on.
fn mix(item: &mut Item, new: &Item, plan: &[SlotPlan], on: &BTreeSet<usize>) {
    let applied = |edits: &[usize]| !edits.is_empty() && edits.iter().all(|it| on.contains(it));
    let lists = shape(&item.kind) == shape(&new.kind);
    let mut newer = new.kind.clone();
    let both = slots(&mut item.kind, lists).into_iter().zip(slots(&mut newer, lists));
    for ((was, now), plan) in both.zip(plan) {
        match (was.place, now.place, plan) {
            (Place::One(was), Place::One(now), SlotPlan::One(edits)) if applied(edits) => {
                was.put(now.copy());
            }
            (Place::List(was, _), Place::List(now, _), SlotPlan::List(steps)) => {
                let part = |(step, edits): &(crate::difference::align::Step, Vec<usize>)| {
                    let from_new = applied(edits);
                    match from_new {
                        true => step.new.map(|it| now.copy(it)),
                        false => step.old.map(|it| was.copy(it)),
                    }
                };
                let parts = steps.iter().filter_map(part).collect();
                was.put(parts);
            }
            _ => {}
        }
    }
}

/// The documents that are built on; citations in the files of either version are of the document they were of.
fn bases(old: Version, new: Version, applied: bool) -> Vec<Base> {
    let (mut taken, other) = match applied {
        true => (new.book.bases.clone(), &old.book.bases),
        false => (old.book.bases.clone(), &new.book.bases),
    };
    for base in other {
        let name = base.policy.citation_name();
        match taken.iter_mut().find(|it| it.policy.citation_name() == name) {
            Some(known) => known.files.extend(&base.files),
            None => taken.push(base.clone()),
        }
    }
    taken
}
