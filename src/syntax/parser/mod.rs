//! The reader that turns pest's pairs into the tree, and the small steps every part of it needs.

mod amending;
mod cases;
mod citations;
pub mod clauses;
mod decision;
mod expressions;
mod function;
mod items;
mod literals;
mod naming;
mod operators;
mod score;
mod tables;

use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast::Name;
use crate::syntax::ast::Word;
use crate::syntax::grammar::Rule;
use crate::value::text::composed;
use std::cell::Cell;
use std::cell::RefCell;
use std::ops::Range;

/// A piece of text that a rule has read.
pub type Pair<'t> = pest::iterators::Pair<'t, Rule>;

/// Reads one file. Faults are gathered as they are met; what is built around one is dropped by [`Reader::sound`].
pub struct Reader<'t> {
    /// The file, for spans.
    pub file: FileId,
    /// Its text as the grammar saw it.
    pub text: &'t str,
    /// Lines that were touched before parsing, in order and apart, for a fault that is reported already.
    masked: Vec<Range<usize>>,
    faults: RefCell<Vec<Diagnostic>>,
    damage: Cell<usize>,
    swallowed: Cell<usize>,
    /// How many lists and argument brackets are open: thousands commas are refused inside.
    lists: Cell<u32>,
    depth: Cell<u32>,
}

impl<'t> Reader<'t> {
    /// A reader for one text; `masked` are the lines of it that the scan took out.
    pub fn new(file: FileId, text: &'t str, masked: Vec<Range<usize>>) -> Reader<'t> {
        Reader {
            file,
            text,
            masked,
            faults: RefCell::default(),
            damage: Cell::new(0),
            swallowed: Cell::new(0),
            lists: Cell::new(0),
            depth: Cell::new(0),
        }
    }

    /// The faults met.
    pub fn into_faults(self) -> Vec<Diagnostic> {
        self.faults.into_inner()
    }

    /// Reports a fault; one on a line that was masked is an echo and only counts as damage.
    pub fn fault(&self, fault: Diagnostic) {
        self.damage.set(self.damage.get() + 1);
        let start = fault.labels.first().map_or(0, |it| it.span.start as usize);
        if !self.is_masked(start..start + 1) {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// How many faults were met so far.
    pub fn damage(&self) -> usize {
        self.damage.get()
    }

    /// What `build` gives, unless it met a fault.
    pub fn sound<T>(&self, build: impl FnOnce() -> T) -> Option<T> {
        let before = self.damage.get();
        let built = build();
        (self.damage.get() == before).then_some(built)
    }

    /// Puts a value into its slot; a second one is a fault.
    pub fn once<T>(&self, slot: &mut Option<T>, clause: &Pair<'t>, value: Option<T>) {
        match slot {
            None => *slot = value,
            Some(_) => self.fault(crate::syntax::errors::twice(
                self.span(clause),
                first_word(clause.as_str()),
            )),
        }
    }

    /// Up to where the text belongs to a fault that is reported already.
    pub fn swallowed(&self) -> usize {
        self.swallowed.get()
    }

    /// Says that the text up to `end` belongs to a fault.
    pub fn swallow(&self, end: usize) {
        self.swallowed.set(self.swallowed.get().max(end));
    }

    /// Whether a range touches a masked one.
    pub fn is_masked(&self, range: Range<usize>) -> bool {
        let next = self.masked.partition_point(|it| it.end <= range.start);
        self.masked.get(next).is_some_and(|it| it.start < range.end)
    }

    /// A span of this file.
    pub fn at(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// The span of a pair without the blanks, comments and line ends that pest counts in.
    pub fn span(&self, pair: &Pair<'t>) -> Span {
        let start = pair.as_span().start();
        self.at(start, end_of(pair).max(start))
    }

    /// A name, without its 「」, folded.
    pub fn name(&self, pair: &Pair<'t>) -> Name {
        let text = pair.as_str().trim();
        Name {
            text: fold(unquoted(text)),
            span: self.at(pair.as_span().start(), pair.as_span().start() + text.len()),
        }
    }

    /// The names of a list.
    pub fn names(&self, pair: Pair<'t>) -> Vec<Name> {
        pair.into_inner().filter(|it| it.as_rule() == Rule::name).map(|it| self.name(&it)).collect()
    }

    /// A text without its quotes, or any other word as it stands.
    pub fn word(&self, pair: &Pair<'t>) -> Word {
        Spanned { value: unquoted(pair.as_str().trim()).to_owned(), span: self.span(pair) }
    }
}

/// Where the last mark of a pair ends.
fn end_of(pair: &Pair<'_>) -> usize {
    match pair.clone().into_inner().next_back() {
        Some(last) => end_of(&last),
        None => pair.as_span().start() + pair.as_str().trim_end().len(),
    }
}

/// The first child with a rule.
pub fn child<'t>(pair: &Pair<'t>, rule: Rule) -> Option<Pair<'t>> {
    pair.clone().into_inner().find(|it| it.as_rule() == rule)
}

/// All children with a rule.
pub fn children<'t>(pair: Pair<'t>, rule: Rule) -> impl Iterator<Item = Pair<'t>> {
    pair.into_inner().filter(move |it| it.as_rule() == rule)
}

/// The first child of a pair whose rule always has one.
pub fn only<'t>(pair: Pair<'t>) -> Pair<'t> {
    pair.into_inner().next().expect("this rule always holds another one")
}

/// The letters, Han characters and digits a text begins with.
pub fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(text.len());
    &text[..end]
}

/// Takes “”, "", 「」 or [] off; 《》 stays.
pub fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 5] =
        [('“', '”'), ('"', '"'), ('＂', '＂'), ('「', '」'), ('[', ']')];
    let strip = |&(open, close): &(char, char)| text.strip_prefix(open)?.strip_suffix(close);
    PAIRS.iter().find_map(strip).unwrap_or(text)
}

/// Full-width letters and digits become half-width, and marks are composed with their letters.
pub fn fold(text: &str) -> String {
    let half = |it: char| match it {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' => {
            char::from_u32(it as u32 - 0xFEE0).unwrap_or(it)
        }
        _ => it,
    };
    composed(&text.chars().map(half).collect::<String>()).into_owned()
}
