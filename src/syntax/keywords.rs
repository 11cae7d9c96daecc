//! The one keyword table for both tongues, read from the grammar's own text. It knows words, not their use.

use crate::diagnostic::Text;
use crate::syntax::grammar::Rule;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A keyword: its rule and all its spellings.
#[derive(Clone, Debug)]
pub struct Keyword {
    /// The rule that reads it.
    pub rule: Rule,
    /// The formatter's Chinese first, the English last, what else is accepted between.
    pub spellings: Vec<String>,
}

impl Keyword {
    /// The spelling of each tongue.
    pub fn text(&self) -> Text {
        Text::new(self.spellings[0].as_str(), self.spellings[self.spellings.len() - 1].as_str())
    }
}

/// All keywords, in the order of the grammar.
pub static KEYWORDS: LazyLock<Vec<Keyword>> = LazyLock::new(|| {
    let rules: BTreeMap<String, Rule> =
        Rule::all_rules().iter().map(|&it| (format!("{it:?}"), it)).collect();
    let lines = include_str!("../../grammar/lexical.pest").lines();
    lines.filter_map(|line| keyword(&rules, line)).collect()
});

/// Rules that are keywords without `kw_` before their name.
const VALUES: [&str; 5] = ["yes", "no", "none", "unknown", "not_applicable"];

fn keyword(rules: &BTreeMap<String, Rule>, line: &str) -> Option<Keyword> {
    let (name, body) = line.split_once('=')?;
    let name = name.trim();
    if !name.starts_with("kw_") && !VALUES.contains(&name) {
        return None;
    }
    let body = body
        .replace("\" ~ \" \"+ ~ \"", " ")
        .replace("including", "\"（含）\"")
        .replace("excluding", "\"（不含）\"");
    let body = body
        .replace("\"（含）\" ~ \"", "\"（含）")
        .replace("\"（不含）\" ~ \"", "\"（不含）")
        .replace("\" ~ \"（含）\"", "（含）\"")
        .replace("\"（不含）\" ~ \"", "\"（不含）")
        .replace("\" ~ \"（不含）\"", "（不含）\"");
    let body = body.replace("(\"'\" | \"’\") ~ \"s\"", "\"'s\"");
    let spellings: Vec<String> = body.split('"').skip(1).step_by(2).map(String::from).collect();
    Some(Keyword { rule: *rules.get(name)?, spellings })
}

/// Every spelling with its rules: one word may serve in several places.
static BY_SPELLING: LazyLock<BTreeMap<&str, Vec<Rule>>> = LazyLock::new(|| {
    let mut map: BTreeMap<&str, Vec<Rule>> = BTreeMap::new();
    for keyword in KEYWORDS.iter() {
        for spelling in &keyword.spellings {
            map.entry(spelling).or_default().push(keyword.rule);
        }
    }
    map
});

/// The rules a word is a spelling of.
pub fn rules_of(word: &str) -> &'static [Rule] {
    BY_SPELLING.get(word).map_or(&[], Vec::as_slice)
}

/// The spellings of a keyword's rule in both tongues.
pub fn spelling(rule: Rule) -> Option<Text> {
    KEYWORDS.iter().find(|it| it.rule == rule).map(Keyword::text)
}

/// Whether a word is reserved: an operator, a mark inside a sentence or a value, never a name.
pub fn is_reserved(word: &str) -> bool {
    rules_of(word).iter().any(|rule| RESERVED.contains(rule))
}

const RESERVED: &[Rule] = &[
    Rule::kw_and,
    Rule::kw_or,
    Rule::kw_not,
    Rule::kw_is,
    Rule::kw_is_not,
    Rule::kw_at_least,
    Rule::kw_at_most,
    Rule::kw_above,
    Rule::kw_below,
    Rule::kw_in,
    Rule::kw_not_in,
    Rule::kw_between,
    Rule::kw_within,
    Rule::kw_reaches,
    Rule::kw_to,
    Rule::kw_among,
    Rule::kw_of,
    Rule::kw_as_of,
    Rule::kw_last,
    Rule::kw_if,
    Rule::kw_then,
    Rule::kw_else_if,
    Rule::kw_else,
    Rule::kw_if_na,
    Rule::kw_if_empty,
    Rule::kw_deemed,
    Rule::kw_from,
    Rule::kw_until,
    Rule::kw_when,
    Rule::kw_bare_more,
    Rule::kw_bare_less,
    Rule::yes,
    Rule::no,
    Rule::none,
    Rule::unknown,
    Rule::not_applicable,
];

/// Operator words that are found glued to names, longest first so that 不低于 is not read as 低于.
static GLUED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let operators = [
        Rule::kw_and,
        Rule::kw_or,
        Rule::kw_is_not,
        Rule::kw_at_least,
        Rule::kw_at_most,
        Rule::kw_above,
        Rule::kw_below,
        Rule::kw_in,
        Rule::kw_not_in,
        Rule::kw_between,
        Rule::kw_among,
        Rule::kw_of,
        Rule::kw_is,
    ];
    let found = KEYWORDS.iter().filter(|it| operators.contains(&it.rule));
    let mut words: Vec<&str> = found
        .flat_map(|it| &it.spellings)
        .map(String::as_str)
        .filter(|it| !it.is_ascii())
        .collect();
    words.sort_by_key(|it| std::cmp::Reverse(it.chars().count()));
    words
});

/// A name that holds an operator word, written apart: 营业收入不低于 → 营业收入 不低于.
pub fn split_glued(word: &str) -> Option<String> {
    GLUED.iter().find_map(|operator| {
        let (left, right) = word.split_once(operator)?;
        let spaced =
            [left, operator, right].iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>();
        (spaced.len() > 1).then(|| spaced.join(" "))
    })
}
