//! What was edited between two rulebooks: items, clauses and lists put beside each other, whatever their order or layout.
//!
//! The result is a plan: for every clause which edit decides between its two forms. What an edit changes is not looked at.

use crate::amend::Rulebook;
use crate::diagnostic::Text;
use crate::difference::align;
use crate::difference::align::Known;
use crate::difference::pairs;
use crate::difference::pairs::Pairs;
use crate::difference::print::Names;
use crate::difference::print::Print;
use crate::difference::print::fold;
use crate::difference::print::print;
use crate::difference::slots;
use crate::difference::slots::Label;
use crate::difference::slots::List;
use crate::difference::slots::NAME;
use crate::difference::slots::Order;
use crate::difference::slots::Place;
use crate::difference::slots::shape;
use crate::difference::slots::slots;
use crate::ir::Vocabulary;
use crate::source::Span;
use crate::syntax::ast::Citation;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Members;
use std::collections::BTreeSet;

/// One version of a rulebook.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// Its items; the files of two versions have numbers of their own.
    pub book: &'a Rulebook,
    /// One list for each 分类 and 名单 item, in the order of the items.
    pub lists: &'a [Vocabulary],
}

/// What happened to an item or to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It says something else.
    Changed,
    /// It bears another name.
    Renamed,
}

/// One edit: the least that can be taken over, or taken back, by itself.
#[derive(Clone, Debug)]
pub struct Edit {
    /// What happened.
    pub change: Change,
    /// 条件, 参数 …
    pub word: Text,
    /// The item's name; of one that went or bears another name now, its old one.
    pub item: String,
    /// Of a renamed item, its new name.
    pub now: Option<String>,
    /// The clause; none where it is the whole item.
    pub label: Option<Label>,
    /// What the item is based on.
    pub articles: Vec<String>,
    /// Where the old words stand.
    pub old: Option<Span>,
    /// Where the new words stand.
    pub new: Option<Span>,
    /// What is said, old and new, where no words stand for it alone: 应当 of a clause, 完整 of a list.
    pub said: [Option<Text>; 2],
    /// Of a list read from a file: the members that came, went or changed, by name.
    pub members: Vec<(Change, String)>,
}

impl Edit {
    /// A field or a word under another name.
    fn renamed(what: Text, [was, now]: [String; 2], [old, new]: [Span; 2]) -> Edit {
        Edit {
            change: Change::Renamed,
            word: what,
            item: was,
            now: Some(now),
            label: None,
            articles: vec![],
            old: Some(old),
            new: Some(new),
            said: [None, None],
            members: vec![],
        }
    }

    /// Whether an outcome can depend on it.
    pub fn decides(&self) -> bool {
        self.label.is_none_or(|it| it.decides)
    }
}

/// How one clause goes from old to new: a step is on where all its edits are.
#[derive(Clone, Debug)]
pub enum SlotPlan {
    /// The whole clause; no edits where it is the same.
    One(Vec<usize>),
    /// Part by part.
    List(Vec<(align::Step, Vec<usize>)>),
}

/// How one item goes from old to new.
#[derive(Clone, Debug)]
pub enum ItemPlan {
    /// Clause by clause.
    Both {
        /// Its place among the old items.
        old: usize,
        /// Its place among the new items.
        new: usize,
        /// One entry a clause.
        slots: Vec<SlotPlan>,
    },
    /// As a whole; no edit where there is nothing to choose.
    Whole {
        /// Its place among the old items.
        old: Option<usize>,
        /// Its place among the new items.
        new: Option<usize>,
        /// The edit that decides.
        edit: Option<usize>,
    },
}

/// All edits, and how to apply them.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// The edits.
    pub all: Vec<Edit>,
    /// One entry an item.
    pub plan: Vec<ItemPlan>,
    /// The edit of the documents that are built on.
    pub bases: Option<usize>,
    /// Old name → new name of items that were renamed.
    pub names: Names,
    /// How many 测试 and 案例 came, went or changed: they change no verdict.
    pub tests: usize,
}

/// Compares two versions.
pub fn edits(old: Version, new: Version) -> Edits {
    let pairs = pairs::pairs(&old.book.file.items, &new.book.file.items);
    let mut gathered = Edits { names: pairs.names.clone(), tests: pairs.tests, ..Edits::default() };
    let mut renames: Vec<(String, usize)> = vec![];
    for (a, b) in &pairs.both {
        let (a, b) = (&old.book.file.items[*a], &new.book.file.items[*b]);
        let (was, now) = (a.kind.name(), b.kind.name());
        if was.text != now.text && !matches!(a.kind, ItemKind::Policy(_)) {
            let places = (Some(was.span), Some(now.span));
            let mut edit = edit(Change::Renamed, a, Some(NAME), places);
            edit.now = Some(now.text.clone());
            renames.push((was.text.clone(), gathered.push(edit)));
        }
    }
    for it in &pairs.inner {
        let [was, now] = it.names.clone();
        renames.push((
            was.clone(),
            gathered.push(Edit::renamed(it.what.clone(), [was, now], it.spans)),
        ));
    }
    let mut writer = Writer { old, new, edits: gathered, renames };
    writer.items(&pairs);
    writer.bases();
    writer.edits
}

impl Edits {
    fn push(&mut self, edit: Edit) -> usize {
        self.all.push(edit);
        self.all.len() - 1
    }
}

/// What is gathered on the way.
struct Writer<'a> {
    old: Version<'a>,
    new: Version<'a>,
    edits: Edits,
    /// The edits that rename, by old name.
    renames: Vec<(String, usize)>,
}

impl Writer<'_> {
    fn items(&mut self, pairs: &Pairs) {
        for (a, b) in &pairs.both {
            let plan = self.both(*a, *b);
            self.edits.plan.push(plan);
        }
        for at in &pairs.gone {
            let item = &self.old.book.file.items[*at];
            let edit = edit(Change::Removed, item, None, (Some(item.span), None));
            let edit = Some(self.edits.push(edit));
            self.edits.plan.push(ItemPlan::Whole { old: Some(*at), new: None, edit });
        }
        for at in &pairs.came {
            let item = &self.new.book.file.items[*at];
            let edit = edit(Change::Added, item, None, (None, Some(item.span)));
            let edit = Some(self.edits.push(edit));
            self.edits.plan.push(ItemPlan::Whole { old: None, new: Some(*at), edit });
        }
    }

    /// An item of both versions.
    fn both(&mut self, old: usize, new: usize) -> ItemPlan {
        let (a, b) = (&self.old.book.file.items[old], &self.new.book.file.items[new]);
        let whole = |edit| ItemPlan::Whole { old: Some(old), new: Some(new), edit };
        let same_kind = std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind);
        let from_file = |it: &Item| matches!(&it.kind, ItemKind::Vocabulary(it) if matches!(it.members, Members::File(_)));
        if !same_kind || from_file(a) || from_file(b) {
            let (says, now) =
                (print(&a.kind, &self.edits.names), print(&b.kind, &self.edits.names));
            let members = self.members(old, new);
            if says.key == now.key && members.is_empty() {
                return whole(None);
            }
            let mut edit = edit(Change::Changed, a, None, (Some(a.span), Some(b.span)));
            edit.members = members;
            return whole(Some(self.edits.push(edit)));
        }
        let lists = shape(&a.kind) == shape(&b.kind);
        let (mut was, mut now) = (a.kind.clone(), b.kind.clone());
        let (was, now) = (slots(&mut was, lists), slots(&mut now, lists));
        let slots = was.into_iter().zip(now).map(|(was, now)| match (was.place, now.place) {
            (Place::One(x), Place::One(y)) => {
                let prints = (print(&*x, &self.edits.names), print(&*y, &self.edits.names));
                SlotPlan::One(self.clause(a, was.label, prints))
            }
            (Place::List(x, order), Place::List(y, _)) => {
                SlotPlan::List(self.list(a, was.label, (x, y), order))
            }
            _ => SlotPlan::One(vec![]),
        });
        let slots = slots.collect();
        ItemPlan::Both { old, new, slots }
    }

    /// A clause that is kept or replaced as a whole.
    fn clause(&mut self, a: &Item, label: Label, (was, now): (Print, Print)) -> Vec<usize> {
        if label == NAME {
            return self.of_names(&BTreeSet::from([a.kind.name().text.clone()]));
        }
        let renames = self.of_names(&was.renamed);
        if was.key == now.key {
            return renames;
        }
        let change = match (was.span, now.span) {
            (None, Some(_)) => Change::Added,
            (Some(_), None) => Change::Removed,
            _ => Change::Changed,
        };
        let mut edit = edit(change, a, Some(label), (was.span, now.span));
        if let (None, None) = (was.span, now.span) {
            edit.said = [was, now].map(|it| slots::spoken(label, &it.key));
        }
        vec![self.edits.push(edit)]
    }

    /// A clause of several parts.
    fn list(
        &mut self,
        a: &Item,
        label: Label,
        (was, now): (&mut dyn List, &mut dyn List),
        order: Order,
    ) -> Vec<(align::Step, Vec<usize>)> {
        let names = self.edits.names.clone();
        let read = |list: &dyn List| -> (Vec<Print>, Vec<Known>) {
            let prints: Vec<Print> = list.parts().iter().map(|it| print(it, &names)).collect();
            let marks = list.halves().into_iter();
            let known = prints.iter().zip(marks).map(|(print, marks)| Known {
                says: print.key.clone(),
                marks: marks.map(|it| fold(&it, &names).key),
            });
            let known = known.collect();
            (prints, known)
        };
        let ((was, before), (now, after)) = (read(was), read(now));
        let steps = align::align(&before, &after, order);
        let decide = |step: align::Step| {
            let (x, y) = (step.old.map(|it| &was[it]), step.new.map(|it| &now[it]));
            let edits = match (x, y) {
                (Some(x), Some(y)) if x.key == y.key => self.of_names(&x.renamed),
                _ => {
                    let change = match (x, y) {
                        (None, _) => Change::Added,
                        (_, None) => Change::Removed,
                        _ => Change::Changed,
                    };
                    let places = (x.and_then(|it| it.span), y.and_then(|it| it.span));
                    vec![self.edits.push(edit(change, a, Some(label), places))]
                }
            };
            (step, edits)
        };
        steps.into_iter().map(decide).collect()
    }

    /// The edits that gave these names away.
    fn of_names(&self, names: &BTreeSet<String>) -> Vec<usize> {
        self.renames.iter().filter(|it| names.contains(&it.0)).map(|it| it.1).collect()
    }

    /// The members of two lists that are not the same in both.
    fn members(&self, old: usize, new: usize) -> Vec<(Change, String)> {
        let list = |version: Version<'_>, at: usize| {
            let before = &version.book.file.items[..at];
            let lists = |it: &&Item| matches!(it.kind, ItemKind::Vocabulary(_));
            version.lists.get(before.iter().filter(lists).count()).cloned()
        };
        let is_list = |it: &Item| matches!(it.kind, ItemKind::Vocabulary(_));
        let both =
            is_list(&self.old.book.file.items[old]) && is_list(&self.new.book.file.items[new]);
        match (list(self.old, old), list(self.new, new)) {
            (Some(was), Some(now)) if both => pairs::members(&was, &now),
            _ => vec![],
        }
    }

    /// The documents that are built on.
    fn bases(&mut self) {
        let says = |book: &Rulebook| -> String {
            book.bases.iter().map(|it| print(&it.policy, &Names::default()).key).collect()
        };
        if says(self.old.book) != says(self.new.book) {
            let place =
                |book: &Rulebook| book.bases.iter().next_back().map(|it| it.policy.title.span);
            let title = |book: &Rulebook| {
                book.bases.iter().next_back().map(|it| it.policy.title.text.clone())
            };
            let item = title(self.old.book).or(title(self.new.book)).unwrap_or_default();
            let edit = Edit {
                change: Change::Changed,
                word: Text::new("沿用的文件", "document built on"),
                item,
                now: None,
                label: None,
                articles: vec![],
                old: place(self.old.book),
                new: place(self.new.book),
                said: [None, None],
                members: vec![],
            };
            self.edits.bases = Some(self.edits.push(edit));
        }
    }
}

/// An edit of an item.
fn edit(
    change: Change,
    item: &Item,
    label: Option<Label>,
    (old, new): (Option<Span>, Option<Span>),
) -> Edit {
    let basis = item.kind.clone().shared().map(|it| it.basis.clone()).unwrap_or_default();
    Edit {
        change,
        word: item.kind.word(),
        item: item.kind.name().text.clone(),
        now: None,
        label,
        articles: basis.iter().map(cited).filter(|it| !it.is_empty()).collect(),
        old,
        new,
        said: [None, None],
        members: vec![],
    }
}

/// 第四条; 国科火字〔2020〕183号 第四条; 第一条 至 第三条
fn cited(it: &Citation) -> String {
    let document = it.document.iter().map(|it| format!("{it} "));
    let through = it.through.iter().map(|it| format!(" 至 {it}"));
    let text: String = document.chain([it.place.clone()]).chain(through).collect();
    text.trim_end().to_owned()
}
