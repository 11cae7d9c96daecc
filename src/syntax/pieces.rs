//! Pieces of text as they stand: how far a broken clause reaches, and which of its marks stay open. No grammar.

use crate::syntax::clauses;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::parser::first_word;
use crate::syntax::scan::line_of;
use std::ops::Range;

/// A broken clause with the lines that carry it on, as far as can be told without understanding it.
pub fn extent(text: &str, start: usize) -> Range<usize> {
    let mut line = line_of(text, start);
    let in_list = text[start..].starts_with(['—', '–', '-', '|', '｜']);
    while line.end < text.len() {
        let next = line_of(text, line.end + 1);
        let content = text[next.clone()].trim();
        let word = first_word(content);
        let begins =
            content.is_empty() || clauses::begins_item(word) || !clauses::owners(word).is_empty();
        if begins || !(hangs(&text[line.clone()]) || carries_on(content, in_list)) {
            break;
        }
        line = next;
    }
    start..line.end
}

/// Whether a line ends with a mark after which it may be broken.
fn hangs(line: &str) -> bool {
    const VALUES: [Rule; 7] = [
        Rule::yes,
        Rule::no,
        Rule::none,
        Rule::unknown,
        Rule::not_applicable,
        Rule::kw_from,
        Rule::kw_until,
    ];
    let line = line.trim();
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let value = keywords::rules_of(last).iter().any(|it| VALUES.contains(it));
    line.ends_with(['，', ',', '、', '（', '(', '+', '＋', '×', '÷', '=', '＝', '≥', '≤', '<', '>'])
        || (keywords::is_reserved(last) && !value)
}

/// Whether a line begins as only a continued one can.
fn carries_on(line: &str, in_list: bool) -> bool {
    const LEADING: [char; 17] =
        ['）', ')', '，', ',', '、', '≥', '≤', '>', '<', '=', '＝', '≠', '×', '÷', '+', '*', '/'];
    let of_a_list = line.starts_with(['—', '–', '-', '|', '｜']);
    line.starts_with(LEADING) || keywords::is_reserved(first_word(line)) || (of_a_list && !in_list)
}

/// A quote or bracket that is never closed.
pub struct Open {
    /// Where it stands in the text.
    pub at: usize,
    /// The mark.
    pub open: char,
    /// The mark that would close it.
    pub close: char,
    /// Whether it opens a text or a quoted name, and so ends with its line.
    pub quote: bool,
}

/// The first quote or bracket of a text before a place that is never closed.
pub fn unbalanced(text: &str, stop: usize) -> Option<Open> {
    const QUOTES: [(char, char); 6] =
        [('“', '”'), ('"', '"'), ('＂', '＂'), ('「', '」'), ('《', '》'), ('[', ']')];
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    while let Some(it) = text[at..].chars().next() {
        let next = at + it.len_utf8();
        match it {
            '（' | '(' => open.push((at, it)),
            '）' | ')' => drop(open.pop()),
            _ => {}
        }
        at = match QUOTES.iter().find(|quote| quote.0 == it) {
            Some(&(open, close)) => match closing(&text[next..], open, close) {
                Some(length) => next + length,
                None if at <= stop => return Some(Open { at, open, close, quote: true }),
                None => break,
            },
            None if matches!(it, '#' | '＃') => {
                text[at..].find('\n').map_or(text.len(), |length| at + length)
            }
            None => next,
        };
    }
    let (at, open) = open.into_iter().find(|it| it.0 < stop)?;
    Some(Open { at, open, close: if open == '(' { ')' } else { '）' }, quote: false })
}

/// How far it is to just after the mark that closes a quote, if it stands in the same line.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for (at, it) in text.char_indices() {
        match it {
            '\n' => return None,
            it if it == close => depth -= 1,
            '“' if open == '“' => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + it.len_utf8());
        }
    }
    None
}
