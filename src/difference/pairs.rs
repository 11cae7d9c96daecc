//! Which item of one rulebook is which item of another: by kind and name, then by what it says. Clauses are not compared here.

use crate::difference::edits::Change;
use crate::difference::print::Names;
use crate::difference::print::print;
use crate::difference::renames;
use crate::difference::renames::Renamed;
use crate::ir::Vocabulary;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Space;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Items put beside each other.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Places of items of both.
    pub both: Vec<(usize, usize)>,
    /// Places of old items that are not there any more.
    pub gone: Vec<usize>,
    /// Places of new items.
    pub came: Vec<usize>,
    /// The names of both rulebooks, and which old one is which new one.
    pub names: Names,
    /// Fields and words under other names.
    pub inner: Vec<Renamed>,
    /// How many 测试 and 案例 came, went or changed.
    pub tests: usize,
}

/// An item that keeps at least so many of a hundred of its clauses is the same item under another name.
const ENOUGH: usize = 60;

/// Puts the items of two rulebooks beside each other.
pub fn pairs(old: &[Item], new: &[Item]) -> Pairs {
    let mut pairs = Pairs {
        names: Names { own: own(old.iter().chain(new)), ..Names::default() },
        ..Pairs::default()
    };
    let judged = |it: &Item| !matches!(it.kind, ItemKind::Test(_) | ItemKind::Case(_));
    pairs.tests = tests(old, new, &pairs.names);
    let named: BTreeMap<(u8, &str), usize> =
        new.iter().enumerate().filter(|it| judged(it.1)).map(|(at, it)| (key(it), at)).collect();
    let mut found = BTreeSet::new();
    for (at, item) in old.iter().enumerate().filter(|it| judged(it.1)) {
        match named.get(&key(item)) {
            Some(other) if found.insert(*other) => pairs.both.push((at, *other)),
            _ => pairs.gone.push(at),
        }
    }
    pairs.came = (0..new.len()).filter(|at| judged(&new[*at]) && !found.contains(at)).collect();
    // Items that name each other are told one after the other.
    let mut known = usize::MAX;
    while known != pairs.names.renamed.len() {
        known = pairs.names.renamed.len();
        while pairs.rename(old, new, 100) || pairs.rename(old, new, ENOUGH) {}
        let both: Vec<(&Item, &Item)> =
            pairs.both.iter().map(|it| (&old[it.0], &new[it.1])).collect();
        pairs.inner.extend(renames::find(&both, &mut pairs.names));
    }
    pairs.both.sort_unstable();
    pairs
}

/// What an item is called; 政策 is one alone, whatever its title.
fn key(item: &Item) -> (u8, &str) {
    let name = item.kind.name().text.as_str();
    match item.kind.space() {
        Space::Policy => (0, ""),
        Space::List => (1, name),
        Space::Unit => (2, name),
        Space::Table => (3, name),
        Space::Rule => (4, name),
        Space::Case => (5, name),
        Space::Test => (6, name),
    }
}

/// The names that rulebooks give: none of them is a word of the language there.
fn own<'a>(items: impl Iterator<Item = &'a Item>) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    for item in items {
        own.insert(item.kind.name().text.clone());
        if let ItemKind::Data(table) = &item.kind {
            own.extend(table.fields.iter().map(|it| it.name.text.clone()));
        }
    }
    own
}

impl Pairs {
    /// Finds one more item that bears another name now: so many of a hundred of its clauses are the same.
    fn rename(&mut self, old: &[Item], new: &[Item], least: usize) -> bool {
        let mut best: Option<(usize, usize, usize)> = None;
        for (x, gone) in self.gone.iter().enumerate() {
            for (y, came) in self.came.iter().enumerate() {
                let alike = self.alike(&old[*gone], &new[*came]);
                if alike >= least && best.is_none_or(|it| alike > it.0) {
                    best = Some((alike, x, y));
                }
            }
        }
        let Some((_, x, y)) = best else { return false };
        let (gone, came) = (self.gone.remove(x), self.came.remove(y));
        let name = |it: &Item| it.kind.name().text.clone();
        self.names.renamed.insert(name(&old[gone]), name(&new[came]));
        self.both.push((gone, came));
        true
    }

    /// How many of a hundred clauses, the name left out, are the same.
    fn alike(&self, a: &Item, b: &Item) -> usize {
        if a.kind.word() != b.kind.word()
            || std::mem::discriminant(&a.kind) != std::mem::discriminant(&b.kind)
        {
            return 0;
        }
        // The item's own name is no difference.
        let mut names = self.names.clone();
        names.renamed.insert(a.kind.name().text.clone(), b.kind.name().text.clone());
        let says = |item: &Item, other: &Item| -> Vec<String> {
            let all = renames::clauses(item, other, &names).into_iter().skip(1).map(|it| it.0);
            // What says nothing is no likeness.
            all.filter(|it| !matches!(it.as_str(), "None" | "[]" | "false" | "true" | "Must"))
                .collect()
        };
        let (was, now) = (says(a, b), says(b, a));
        let same = was.iter().filter(|it| now.contains(it)).count();
        let most = was.len().max(now.len());
        if same < 2 || most == 0 { 0 } else { same * 100 / most }
    }
}

/// How many tests and made-up cases came, went or changed.
fn tests(old: &[Item], new: &[Item], names: &Names) -> usize {
    let read = |items: &[Item]| -> BTreeMap<(u8, String), String> {
        let of_tests = |it: &&Item| matches!(it.kind, ItemKind::Test(_) | ItemKind::Case(_));
        let entry = |it: &Item| ((key(it).0, key(it).1.to_owned()), print(&it.kind, names).key);
        items.iter().filter(of_tests).map(entry).collect()
    };
    let (was, now) = (read(old), read(new));
    let changed = was.iter().filter(|(name, says)| now.get(*name) != Some(says)).count();
    changed + now.keys().filter(|it| !was.contains_key(*it)).count()
}

/// The members of two lists that are not the same in both, by name.
pub fn members(was: &Vocabulary, now: &Vocabulary) -> Vec<(Change, String)> {
    let read = |list: &Vocabulary| -> BTreeMap<String, String> {
        let says = |at: usize| {
            let it = &list.members[at];
            let above: Vec<&str> =
                list.upwards(at as u32).map(|it| &*list.members[it as usize].name).collect();
            let more = (&it.short, &it.aliases, &it.code, &it.host, &it.last_year, &it.successor);
            (above.join(" / "), format!("{more:?}"))
        };
        (0..list.members.len()).map(says).collect()
    };
    let (before, after) = (read(was), read(now));
    let mut found: Vec<(Change, String)> = vec![];
    for (name, says) in &before {
        match after.get(name) {
            None => found.push((Change::Removed, name.clone())),
            Some(it) if it != says => found.push((Change::Changed, name.clone())),
            Some(_) => {}
        }
    }
    let came = after.keys().filter(|it| !before.contains_key(*it));
    found.extend(came.map(|it| (Change::Added, it.clone())));
    if found.is_empty() && was.calendar != now.calendar {
        found.push((Change::Changed, now.name.clone()));
    }
    found
}
