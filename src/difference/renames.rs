//! Fields and words that bear another name in the other version, told by how the rules use them. Items are told elsewhere.
//!
//! A name is another's successor where it is gone from the rules altogether, the other was nowhere in them before, and
//! the clauses that said the one say the other now, word for word else. What no other item uses cannot be told: it is an
//! edit of its line then.

use crate::diagnostic::Text;
use crate::difference::print::Names;
use crate::difference::print::print;
use crate::difference::slots::Place;
use crate::difference::slots::shape;
use crate::difference::slots::slots;
use crate::source::Span;
use crate::syntax::ast::Field;
use crate::syntax::ast::FieldType;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Members;
use crate::syntax::ast::Name;
use std::collections::BTreeSet;

/// A field or a word under another name.
#[derive(Clone, Debug)]
pub struct Renamed {
    /// 字段, 词
    pub what: Text,
    /// Its old name and its new one.
    pub names: [String; 2],
    /// Where they stand.
    pub spans: [Span; 2],
}

/// The items that are in both versions, the old one first.
pub type Both<'a> = [(&'a Item, &'a Item)];

/// Finds fields, then words, that bear another name, and enters them among the renamed.
pub fn find(both: &Both, names: &mut Names) -> Vec<Renamed> {
    let mut found = vec![];
    for declared in [fields as fn(&Item) -> Vec<Declared>, words] {
        for (at, (a, b)) in both.iter().enumerate() {
            let (was, now) = (declared(a), declared(b));
            let apart = |these: &[Declared], others: &[Declared], names: &Names| -> Vec<Declared> {
                let called = |it: &Declared| {
                    names.renamed.get(&it.name.text).unwrap_or(&it.name.text).clone()
                };
                let known: BTreeSet<String> = others.iter().map(called).collect();
                these.iter().filter(|it| !known.contains(&called(it))).cloned().collect()
            };
            let gone = apart(&was, &now, names);
            let came = apart(&now, &was, names);
            for old in &gone {
                let uses = |new: &&Declared| uses(both, at, [&old.name, &new.name], names);
                let best = came
                    .iter()
                    .filter(|new| new.what.en == old.what.en)
                    .filter_map(|new| Some((uses(&new)?, new)))
                    .max_by_key(|it| it.0);
                if let Some((_, new)) = best {
                    let texts = [old, new].map(|it| it.name.text.clone());
                    names.renamed.insert(texts[0].clone(), texts[1].clone());
                    let spans = [old.line, new.line];
                    found.push(Renamed { what: old.what.clone(), names: texts, spans });
                }
            }
        }
    }
    found
}

/// A name that an item gives.
#[derive(Clone)]
struct Declared {
    what: Text,
    name: Name,
    line: Span,
}

fn fields(item: &Item) -> Vec<Declared> {
    let ItemKind::Data(data) = &item.kind else { return vec![] };
    let of = |it: &Field| Declared {
        what: Text::new("字段", "field"),
        name: it.name.clone(),
        line: it.span,
    };
    data.fields.iter().map(of).collect()
}

fn words(item: &Item) -> Vec<Declared> {
    let of =
        |it: &Name| Declared { what: Text::new("词", "word"), name: it.clone(), line: it.span };
    match &item.kind {
        ItemKind::Data(data) => {
            let words = data.fields.iter().filter_map(|it| match &it.ty {
                FieldType::Choice(words) => Some(words),
                _ => None,
            });
            words.flatten().map(of).collect()
        }
        ItemKind::Vocabulary(list) => match &list.members {
            Members::Written(names) => names.iter().map(of).collect(),
            Members::File(_) => vec![],
        },
        _ => vec![],
    }
}

/// How many clauses of other items say the new name where they said the old one; none where that is not all there is to
/// the old one, or to the new.
fn uses(both: &Both, owner: usize, [old, new]: [&Name; 2], names: &Names) -> Option<usize> {
    let mut renaming = names.clone();
    renaming.renamed.insert(old.text.clone(), new.text.clone());
    let (mut all, mut same) = (0, 0);
    for (at, (a, b)) in both.iter().enumerate() {
        let (was, now) = (clauses(a, b, &renaming), clauses(b, a, names));
        let says = |it: &&(String, BTreeSet<String>)| it.1.contains(&old.text);
        // The new name was nowhere before, the old one is nowhere now.
        let stays =
            |text: &str, name: &Name| text.contains(&format!("Name {{ text: \"{}\"", name.text));
        if clauses(a, b, names).iter().any(|it| stays(&it.0, new))
            || now.iter().any(|it| stays(&it.0, old))
        {
            return None;
        }
        if at != owner {
            let using: Vec<_> = was.iter().filter(says).collect();
            all += using.len();
            same += using.iter().filter(|it| now.iter().any(|now| now.0 == it.0)).count();
        }
    }
    (same > 0 && same * 2 >= all).then_some(same)
}

/// What the clauses of an item say, and the names that were replaced in each. `other`: its form in the other version.
pub fn clauses(item: &Item, other: &Item, names: &Names) -> Vec<(String, BTreeSet<String>)> {
    let lists = shape(&item.kind) == shape(&other.kind);
    let mut kind = item.kind.clone();
    let read = |place: Place<'_>| {
        let parts = match place {
            Place::One(it) => vec![print(&*it, names)],
            Place::List(it, _) => it.parts().iter().map(|it| print(it, names)).collect(),
        };
        parts.into_iter().map(|it| (it.key, it.renamed)).collect::<Vec<_>>()
    };
    slots(&mut kind, lists).into_iter().flat_map(|it| read(it.place)).collect()
}
