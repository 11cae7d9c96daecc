//! What a part of a rulebook says, as one text that is the same for the same words: places, layout and tongue taken out.
//!
//! It is made from the part's `Debug` text, because that names everything a tree holds: nothing written can be left out
//! of a comparison by oversight. What two texts mean is not looked at.

use crate::builtins;
use crate::source::FileId;
use crate::source::Span;
use crate::syntax::keywords::KEYWORDS;
use crate::value::units::parse_unit;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::LazyLock;

/// What a part says, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// The same for parts that say the same.
    pub key: String,
    /// The least span that covers it; none where it was not written.
    pub span: Option<Span>,
    /// The names that were replaced on the way.
    pub renamed: BTreeSet<String>,
}

/// How names are read: a name of the rulebook is never a word of the language.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// What the rulebooks call their own.
    pub own: BTreeSet<String>,
    /// Names that stand for others: old name → new name.
    pub renamed: BTreeMap<String, String>,
}

/// Words of both tongues → the first Chinese spelling.
static WORDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    const MORE: [(&str, &str); 16] = [
        ("text", "文本"),
        ("truth", "是否"),
        ("date", "日期"),
        ("year", "年"),
        ("quarter", "季"),
        ("month", "月"),
        ("number", "数"),
        ("whole", "整数"),
        ("money", "金额"),
        ("measure", "计量"),
        ("ratio", "比率"),
        ("fraction", "小数"),
        ("years", "年"),
        ("met", "符合"),
        ("not_met", "不符合"),
        ("undetermined", "无法判定"),
    ];
    let mut words: BTreeMap<&str, &str> = BTreeMap::new();
    for keyword in KEYWORDS.iter() {
        for spelling in &keyword.spellings {
            words.entry(spelling).or_insert(&keyword.spellings[0]);
        }
    }
    words.extend(builtins::ALL.iter().map(|it| (it.en, it.zh)));
    words.extend(MORE);
    words
});

/// Reads a part.
pub fn print(part: &dyn Debug, names: &Names) -> Print {
    fold(&format!("{part:?}"), names)
}

/// Reads the `Debug` text of a part.
pub fn fold(text: &str, names: &Names) -> Print {
    let mut print =
        Print { key: String::with_capacity(text.len()), span: None, renamed: BTreeSet::new() };
    let mut rest = text;
    while let Some(at) = rest.find(['"', 'S']) {
        let (before, here) = rest.split_at(at);
        print.key.push_str(before);
        if let Some((span, after)) = span(here) {
            let whole = print.span.filter(|it| it.file == span.file).map(|it| it.merge(span));
            print.span = whole.or(print.span).or(Some(span));
            rest = after;
        } else if here.starts_with('"') {
            let end = literal(here);
            print.word(&here[..end], names);
            rest = &here[end..];
        } else {
            print.key.push('S');
            rest = &here[1..];
        }
    }
    print.key.push_str(rest);
    print
}

impl Print {
    /// Adds a text between quotes; names and units in one spelling.
    fn word(&mut self, quoted: &str, names: &Names) {
        let word = &quoted[1..quoted.len() - 1];
        let name = self.key.ends_with("Name { text: ");
        let unit = self.key.ends_with("unit: Some(Spanned { value: ");
        if unit && let Some(unit) = parse_unit(word) {
            // Counting words of one kind are one unit, as in the language itself.
            self.key.push_str(&format!("{:?}", (unit.dimension, unit.factor)));
            return;
        }
        let mut said = word;
        if name && let Some(new) = names.renamed.get(word) {
            self.renamed.insert(word.to_owned());
            said = new;
        }
        if (name || unit) && !names.own.contains(said) {
            said = WORDS.get(said).copied().unwrap_or(said);
        }
        self.key.push('"');
        self.key.push_str(said);
        self.key.push('"');
    }
}

/// The place that a text begins with, and what follows it.
fn span(text: &str) -> Option<(Span, &str)> {
    let rest = text.strip_prefix("Span { file: FileId(")?;
    let (file, rest) = rest.split_once("), start: ")?;
    let (start, rest) = rest.split_once(", end: ")?;
    let (end, rest) = rest.split_once(" }")?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    Some((Span { file: FileId(file.parse().ok()?), start, end }, rest))
}

/// The length of the quoted text that a text begins with.
fn literal(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
