//! Finding members of a vocabulary by what people write: names, codes, chains of names. No file is read.

use crate::ir::Member;
use crate::ir::Vocabulary;
use crate::ir::VocabularyKind;
use crate::value::text;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// No member.
    None,
    /// One member.
    One(u32),
    /// Several members bear the name, ascending.
    Several(Vec<u32>),
}

/// Finds the members that a text names: by full name, short name, alias or code; where none bears it,
/// by a chain of names, each inside the one before: 湖北省孝感市, 湖北 孝感, 北京市/海淀区.
pub fn lookup(vocabulary: &Vocabulary, written: &str) -> Lookup {
    let folded = text::fold(written);
    match vocabulary.index.get(folded.as_ref()) {
        Some(members) => settle(members.clone()),
        None if vocabulary.kind == VocabularyKind::Classification => {
            settle(chain(vocabulary, &folded))
        }
        None => Lookup::None,
    }
}

/// The members whose names look most like a text, best first, at most `count`.
pub fn nearest(vocabulary: &Vocabulary, written: &str, count: usize) -> Vec<u32> {
    let folded = text::fold(written);
    // Only the order of suggestions rests on these floating numbers, never a verdict.
    let likeness = |name: &str| {
        let name = text::fold(name);
        let edits = strsim::normalized_damerau_levenshtein(&name, &folded);
        edits.max(strsim::sorensen_dice(&name, &folded))
    };
    let best = |member: &Member| {
        let others = member.short.iter().chain(&member.aliases).map(|it| likeness(it));
        others.fold(likeness(&member.name), f64::max)
    };
    let mut scored: Vec<(f64, u32)> = vocabulary
        .members
        .iter()
        .zip(0..)
        .map(|(member, at)| (best(member), at))
        .filter(|(score, _)| *score > 0.3)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored.into_iter().take(count).map(|(_, at)| at).collect()
}

/// A vocabulary of plain names, as an enumeration or a list written in a rule file has them.
pub fn of_names(
    name: impl Into<String>,
    kind: VocabularyKind,
    complete: bool,
    names: &[String],
) -> Vocabulary {
    let member =
        |name: &String| Member { name: text::trim(name).into(), level: 1, ..Member::default() };
    let members: Vec<Member> = names.iter().map(member).collect();
    let index = index_of(&members);
    Vocabulary { name: name.into(), kind, complete, members, index, file: None, calendar: vec![] }
}

/// The index of a vocabulary: what its members are called, folded.
pub(crate) fn index_of(members: &[Member]) -> IndexMap<String, Vec<u32>> {
    let mut index: IndexMap<String, Vec<u32>> = IndexMap::new();
    for (at, member) in members.iter().enumerate() {
        for called in names_of(member).chain(member.code.as_deref()) {
            let bearers = index.entry(text::fold(called).into_owned()).or_default();
            if bearers.last() != Some(&(at as u32)) {
                bearers.push(at as u32);
            }
        }
    }
    index
}

fn names_of(member: &Member) -> impl Iterator<Item = &str> {
    let others = member.short.iter().chain(&member.aliases).map(String::as_str);
    std::iter::once(member.name.as_ref()).chain(others).filter(|it| !it.is_empty())
}

fn settle(members: Vec<u32>) -> Lookup {
    match members[..] {
        [] => Lookup::None,
        [only] => Lookup::One(only),
        _ => Lookup::Several(members),
    }
}

/// The members that some way of cutting the text into names ends at.
fn chain(vocabulary: &Vocabulary, folded: &str) -> Vec<u32> {
    const LONGEST: usize = 200;
    let ends: Vec<usize> =
        folded.char_indices().map(|(at, _)| at).skip(1).chain([folded.len()]).collect();
    if folded.len() > LONGEST {
        return vec![];
    }
    // What has been reached: the end of a cut, and the member it stands for. Cuts are met by ascending end.
    let mut reached: BTreeSet<(usize, u32)> = BTreeSet::new();
    extend(vocabulary, folded, &ends, 0, None, &mut reached);
    let mut from = 0;
    while let Some(&(at, member)) = reached.range((from, 0)..).find(|(at, _)| *at < folded.len()) {
        reached.remove(&(at, member));
        from = at;
        extend(vocabulary, folded, &ends, at, Some(member), &mut reached);
    }
    reached.into_iter().map(|(_, member)| member).collect()
}

/// Adds what one more name reaches from `at`, inside `above`.
fn extend(
    vocabulary: &Vocabulary,
    folded: &str,
    ends: &[usize],
    at: usize,
    above: Option<u32>,
    reached: &mut BTreeSet<(usize, u32)>,
) {
    const BETWEEN: &[char] = &[' ', '/', '›', '>'];
    let start = folded.len() - folded[at..].trim_start_matches(BETWEEN).len();
    for &end in ends.iter().filter(|end| **end > start) {
        let name = &folded[start..end];
        for &member in vocabulary.index.get(name).into_iter().flatten() {
            let inside = above.is_none_or(|it| it != member && vocabulary.is_within(member, it));
            let named =
                names_of(&vocabulary.members[member as usize]).any(|it| text::fold(it) == name);
            if inside && named {
                reached.insert((end, member));
            }
        }
    }
}
