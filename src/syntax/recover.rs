//! What did not parse: each piece is parsed again alone, and the fault is told in words. It mends nothing.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Text;
use crate::syntax::clauses;
use crate::syntax::errors;
use crate::syntax::expected;
use crate::syntax::grammar::Grammar;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::first_word;
use crate::syntax::pieces::extent;
use crate::syntax::pieces::unbalanced;
use crate::syntax::scan::line_of;
use pest::Parser;
use pest::error::ErrorVariant;
use pest::error::InputLocation;
use std::ops::Range;

/// What stands after a broken clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next clause of the same item.
    Clause,
    /// Clauses of an item whose word is unknown.
    OtherItem,
}

/// Reports a clause, field or row that did not parse.
pub fn clause(reader: &Reader<'_>, kind: Rule, pair: &Pair<'_>) -> Next {
    let start = pair.as_span().start();
    if start < reader.swallowed() {
        return Next::Clause;
    }
    let piece = extent(reader.text, start);
    reader.swallow(piece.end);
    if is_other_head(reader.text, start, kind) {
        reader.fault(unknown_item(reader, start));
        return Next::OtherItem;
    }
    reader.fault(match pair.as_rule() {
        Rule::malformed_row if kind == Rule::score => score_row(reader, pair),
        Rule::malformed_row => row(reader, pair),
        _ if kind == Rule::data => diagnose(reader, &piece, Rule::lone_field),
        _ => broken_clause(reader, &piece, kind),
    });
    Next::Clause
}

/// Reports a line of a list that did not parse.
pub fn list_item(reader: &Reader<'_>, pair: &Pair<'_>) {
    let start = pair.as_span().start();
    let piece = extent(reader.text, start);
    reader.swallow(piece.end);
    reader.fault(diagnose(reader, &piece, Rule::lone_list_item));
}

/// What is left of the first line of an item.
pub fn head(reader: &Reader<'_>, parts: &Parts<'_>, leftover: &Pair<'_>) -> Diagnostic {
    let start = parts.word.as_span().start();
    let line = line_of(reader.text, start);
    let found = first_word(leftover.as_str());
    if parts.found_name.is_none() && !keywords::is_reserved(found) {
        return errors::nameless(reader.span(leftover), parts.word.as_str());
    }
    diagnose(reader, &(start..line.end), Rule::lone_head)
}

/// What is left of the first line of a 删除.
pub fn repeal_head(reader: &Reader<'_>, word: &Pair<'_>) -> Diagnostic {
    let start = word.as_span().start();
    diagnose(reader, &(start..line_of(reader.text, start).end), Rule::lone_head)
}

/// A row of a table that did not parse.
pub fn row(reader: &Reader<'_>, pair: &Pair<'_>) -> Diagnostic {
    let start = pair.as_span().start();
    let text = pair.as_str();
    let last = text.rfind(['|', '｜']).unwrap_or(0);
    let after = text[last..].trim_start_matches(['|', '｜']).trim();
    let closed = last > 0 && (after.is_empty() || after.starts_with(['#', '＃']));
    if !closed {
        let end = start + text.trim_end().len();
        return errors::no_closing_bar(reader.at(end, end));
    }
    let is_head = text.split(['|', '｜']).any(|it| {
        let word = first_word(it);
        keywords::rules_of(word).contains(&Rule::kw_yields)
    });
    let entry = if is_head { Rule::lone_head_row } else { Rule::lone_row };
    diagnose(reader, &(start..start + text.len()), entry)
}

/// A row of a 评分 that did not parse.
fn score_row(reader: &Reader<'_>, pair: &Pair<'_>) -> Diagnostic {
    let (start, text) = (pair.as_span().start(), pair.as_str().trim_end());
    match text.ends_with(['|', '｜']) {
        true => diagnose(reader, &(start..start + text.len()), Rule::lone_score_row),
        false => errors::no_closing_bar(reader.at(start + text.len(), start + text.len())),
    }
}

/// Reports what stands where an item should begin.
pub fn item(reader: &Reader<'_>, pair: &Pair<'_>) {
    let text = pair.as_str();
    let start = pair.as_span().start() + (text.len() - text.trim_start().len());
    let word = first_word(text);
    reader.fault(match word {
        "" => {
            let found: String = text.trim_start().chars().take(1).collect();
            let items = expected::listed(&clauses::item_words());
            errors::unexpected(reader.at(start, start + found.len()), &found, &items)
        }
        _ if clauses::begins_item(word) => {
            errors::amend_what(reader.at(start, start + word.len()), word)
        }
        _ if !clauses::owners(word).is_empty() => {
            errors::orphan(reader.at(start, start + word.len()), word)
        }
        _ => unknown_item(reader, start),
    });
}

/// The grammar's own guard against nesting.
pub fn whole_file(reader: &Reader<'_>, error: &pest::error::Error<Rule>) -> Diagnostic {
    let at = offset(error).min(reader.text.len());
    errors::too_deep(reader.at(at, at))
}

fn unknown_item(reader: &Reader<'_>, start: usize) -> Diagnostic {
    let word = first_word(&reader.text[start..]);
    let span = reader.at(start, start + word.len());
    let items = clauses::item_words();
    if let Some(keyword) = clauses::leading(word, &items).filter(|it| it.len() < word.len()) {
        return errors::glued_keyword(span, word, &keyword);
    }
    errors::unknown_item(
        span,
        word,
        clauses::nearest(word, &items).as_ref(),
        &expected::listed(&items),
    )
}

/// Whether a line is the head of an item whose word is unknown: it stands at the margin, and says 对,
/// or follows an empty line and consists of a word and a name.
fn is_other_head(text: &str, start: usize, kind: Rule) -> bool {
    let line = &text[start..line_of(text, start).end];
    let word = first_word(line);
    let mut words = line.split_whitespace();
    let at_margin = start == 0 || text[..start].ends_with('\n');
    if !at_margin || words.next() != Some(word) || !clauses::owners(word).is_empty() {
        return false;
    }
    let named = words.next().is_some_and(|it| {
        it.starts_with(|it: char| it.is_alphabetic() || matches!(it, '「' | '[' | '《'))
    });
    let scoped = words.next();
    let before = text[..start].trim_end_matches([' ', '\t', '\r', '\n', '\u{3000}']);
    let gap = text[before.len()..start].matches('\n').count() > 1;
    named
        && (matches!(scoped, Some("对" | "for")) || (gap && scoped.is_none() && kind != Rule::data))
}

/// A clause of an item that is no 数据.
fn broken_clause(reader: &Reader<'_>, piece: &Range<usize>, kind: Rule) -> Diagnostic {
    let text = &reader.text[piece.clone()];
    let word = first_word(text);
    let span = reader.at(piece.start, piece.start + word.len());
    let owners = clauses::owners(word);
    let words = clauses::clause_words(kind);
    let wordless = match kind {
        Rule::vocabulary => text.split_whitespace().any(|it| matches!(it, "为" | "is")),
        Rule::parameter => text.starts_with(|it: char| it.is_numeric()),
        _ => false,
    };
    if owners.is_empty() && word.is_empty() {
        let mark: String = text.chars().take(1).collect();
        let span = reader.at(piece.start, piece.start + mark.len());
        return errors::unexpected(span, &mark, &expected::listed(&words));
    }
    let line = text.lines().next().unwrap_or_default();
    if owners.is_empty() && line.contains(['|', '｜']) {
        return errors::row_without_bar(
            reader.at(piece.start, piece.start + line.trim_end().len()),
            line,
        );
    }
    if owners.is_empty() && !wordless {
        return match clauses::leading(word, &words) {
            Some(keyword) => errors::glued_keyword(span, word, &keyword),
            None => errors::unknown_clause(
                span,
                word,
                clauses::nearest(word, &words).as_ref(),
                &expected::listed(&words),
            ),
        };
    }
    if !owners.is_empty() && !owners.contains(&kind) {
        let owners: Vec<Text> = owners.into_iter().map(clauses::item_word).collect();
        return errors::misplaced(
            span,
            word,
            &clauses::item_word(kind),
            &expected::listed(&owners),
        );
    }
    if let Some(fault) = two_forces(reader, piece, word) {
        return fault;
    }
    if let Some(fault) = count_wanted(reader, piece, word) {
        return fault;
    }
    diagnose(reader, piece, Rule::lone_clause)
}

/// 至少满足 两 项: the number is written in digits.
fn count_wanted(reader: &Reader<'_>, piece: &Range<usize>, word: &str) -> Option<Diagnostic> {
    const COUNTED: [Rule; 3] = [Rule::kw_some, Rule::kw_no_more, Rule::kw_exactly];
    let rest = reader.text[piece.start + word.len()..piece.end].trim_start();
    let second = first_word(rest);
    let number = rest[second.len()..].trim_start();
    if !keywords::rules_of(second).iter().any(|it| COUNTED.contains(it))
        || number.starts_with(char::is_numeric)
    {
        return None;
    }
    let start = piece.end - number.len();
    let length = number.chars().next().map_or(0, char::len_utf8);
    Some(errors::count_wanted(reader.at(start, start + length), second))
}

/// 应当 不得: two words of force in one clause; 原则上 may stand before either.
fn two_forces(reader: &Reader<'_>, piece: &Range<usize>, word: &str) -> Option<Diagnostic> {
    const FORCES: [Rule; 4] =
        [Rule::kw_must, Rule::kw_must_not, Rule::kw_in_principle, Rule::kw_may];
    let force =
        |word: &str| keywords::rules_of(word).iter().find(|it| FORCES.contains(it)).copied();
    let first = force(word)?;
    let rest = reader.text[piece.start + word.len()..piece.end].trim_start();
    let second = first_word(rest);
    let found = force(second)?;
    if first == Rule::kw_in_principle && matches!(found, Rule::kw_must | Rule::kw_must_not) {
        return None;
    }
    let start = piece.end - rest.len();
    Some(errors::two_forces(reader.at(start, start + second.len()), word, second))
}

/// Parses a piece alone and tells what is wrong with it.
fn diagnose(reader: &Reader<'_>, piece: &Range<usize>, entry: Rule) -> Diagnostic {
    let text = &reader.text[piece.clone()];
    let (stop, rules) = match Grammar::parse(entry, text) {
        Ok(_) => (0, vec![]),
        Err(error) => (offset(&error), wanted(&error)),
    };
    // The grammar looks past the end of a line for its continuation: what is wrong is where the text stopped.
    let head = &text[..stop];
    let stop =
        if head[head.trim_end().len()..].contains('\n') { head.trim_end().len() } else { stop };
    if let Some(it) = unbalanced(text, stop) {
        let start = piece.start + it.at;
        let span = reader.at(start, start + it.open.len_utf8());
        return match it.quote {
            true => errors::open_quote(span, it.open, it.close),
            false => errors::open_bracket(span, it.open, it.close),
        };
    }
    let rest = text[stop..].trim_start_matches([' ', '\t', '\u{3000}', '\u{A0}', '\u{FEFF}']);
    let start = piece.end - rest.len();
    let words = expected::words(&rules);
    if rest.is_empty() || rest.starts_with(['\n', '\r', '#', '＃']) {
        let end = piece.start + text[..stop].trim_end().len();
        return glued_before(reader, piece, stop, &rules)
            .unwrap_or_else(|| errors::unfinished(reader.at(end, end), &expected::listed(&words)));
    }
    let word = first_word(rest);
    let found =
        if word.is_empty() { &rest[..rest.chars().next().map_or(0, char::len_utf8)] } else { word };
    let span = reader.at(start, start + found.len());
    let last = rest[found.len()..].trim().is_empty();
    match found {
        "。" | "；" | ";" | "." | "．" if last => return errors::full_stop(span, found),
        "）" | ")" if !rules.contains(&Rule::close_bracket) => {
            return errors::stray_bracket(span, found);
        }
        _ => {}
    }
    if rules.contains(&Rule::comma)
        && !keywords::rules_of(found).is_empty()
        && !keywords::is_reserved(found)
    {
        return errors::missing_comma(span, found);
    }
    if let Some(fault) = glued_before(reader, piece, stop, &rules) {
        return fault;
    }
    if let Some(split) = keywords::split_glued(found).filter(|_| expected::wants_operator(&rules)) {
        return errors::glued_operator(span, found, &split);
    }
    if entry == Rule::lone_field
        && keywords::rules_of(found).contains(&Rule::none)
        && text[..stop]
            .split_whitespace()
            .any(|it| keywords::rules_of(first_word(it)).contains(&Rule::kw_one_of))
    {
        return errors::none_in_choice(span);
    }
    if expected::wants_operand(&rules) && keywords::is_reserved(found) {
        return errors::reserved(span, found);
    }
    let listed = expected::listed(&words);
    match rules.contains(&Rule::EOI) {
        true => errors::leftover(
            reader.at(start, start + rest.lines().next().map_or(0, |it| it.trim_end().len())),
            rest,
            &listed,
        ),
        false => errors::unexpected(span, found, &listed),
    }
}

/// A name just before a place that holds an operator word; a number with its unit may stand between.
fn glued_before(
    reader: &Reader<'_>,
    piece: &Range<usize>,
    stop: usize,
    rules: &[Rule],
) -> Option<Diagnostic> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let mut before = &reader.text[piece.start..piece.start + stop];
    let tries = if expected::wants_limit(rules) { 3 } else { 1 };
    for _ in 0..tries {
        before = before.trim_end_matches(|it| !is_word(it));
        let start =
            before.char_indices().rev().take_while(|it| is_word(it.1)).last().map_or(0, |it| it.0);
        let word = &before[start..];
        let split = keywords::split_glued(word).filter(|_| keywords::rules_of(word).is_empty());
        if let Some(split) = split {
            let start = piece.start + start;
            return Some(errors::glued_operator(
                reader.at(start, start + word.len()),
                word,
                &split,
            ));
        }
        before = &before[..start];
    }
    None
}

/// Where pest stopped.
fn offset(error: &pest::error::Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// What pest would have taken there.
fn wanted(error: &pest::error::Error<Rule>) -> Vec<Rule> {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.clone(),
        ErrorVariant::CustomError { .. } => vec![],
    }
}
