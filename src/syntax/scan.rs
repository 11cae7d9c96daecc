//! One pass over the text before the grammar sees it: control characters and depth. Words are not looked at.

use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::source::Span;
use crate::syntax::errors;
use std::borrow::Cow;
use std::ops::Range;

/// How deep brackets, texts and holes may stand inside one another.
pub const DEEPEST: usize = 32;

/// The text as the grammar may see it.
pub struct Scanned<'t> {
    /// The same length as the original: what was taken out has become blanks.
    pub text: Cow<'t, str>,
    /// The lines that were touched, in order and apart.
    pub masked: Vec<Range<usize>>,
    /// Why.
    pub faults: Vec<Diagnostic>,
}

/// Takes out what must not reach the grammar.
pub fn scan(file: FileId, text: &str) -> Scanned<'_> {
    let mut faults = Vec::new();
    let lines = control_lines(file, text, &mut faults);
    let deep = deep_sentences(file, text, &mut faults);
    if lines.is_empty() && deep.is_empty() {
        return Scanned { text: Cow::Borrowed(text), masked: vec![], faults };
    }
    let mut clean = String::with_capacity(text.len());
    let mut ranges = deep.iter().peekable();
    for (at, it) in text.char_indices() {
        while ranges.next_if(|range| range.end <= at).is_some() {}
        let masked = ranges.peek().is_some_and(|range| range.contains(&at)) && it != '\n';
        match masked || is_control(it) {
            true => clean.extend(std::iter::repeat_n(' ', it.len_utf8())),
            false => clean.push(it),
        }
    }
    // A line with a control character inside a deep sentence is covered by that sentence.
    let covered = |line: &Range<usize>| {
        let next = deep.partition_point(|it| it.end <= line.start);
        deep.get(next).is_some_and(|it| it.start <= line.start)
    };
    let mut masked: Vec<Range<usize>> = lines.into_iter().filter(|it| !covered(it)).collect();
    masked.extend(deep.iter().cloned());
    masked.sort_by_key(|it| it.start);
    Scanned { text: Cow::Owned(clean), masked, faults }
}

fn is_control(it: char) -> bool {
    it.is_control() && !matches!(it, '\t' | '\n' | '\r')
}

/// Lines that hold control characters: the line is read, each such character becomes a blank.
fn control_lines(file: FileId, text: &str, faults: &mut Vec<Diagnostic>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(is_control).map(|it| from + it) {
        let line = line_of(text, at);
        let count = text[at..line.end].chars().filter(|&it| is_control(it)).count();
        faults.push(errors::control(char_at(file, text, at), count));
        from = line.end;
        found.push(line);
    }
    found
}

/// Sentences that are too deep, from their first open bracket's line to the next empty line. An empty line
/// starts the count afresh, because no sentence goes on after one; so does a line where any mark may stand.
/// Lines between the fences of a script are no sentences.
fn deep_sentences(file: FileId, text: &str, faults: &mut Vec<Diagnostic>) -> Vec<Range<usize>> {
    const RAW: [&str; 6] = ["|", "｜", "设", "假定", "set ", "suppose "];
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut from = 0;
    let mut in_script = false;
    while from < text.len() {
        let line = line_of(text, from);
        let content = text[line.clone()].trim();
        from = line.end + 1;
        let fences = content.matches("```").count();
        let script = in_script || fences > 0;
        in_script ^= fences % 2 == 1;
        if script || content.is_empty() || RAW.iter().any(|it| content.starts_with(it)) {
            open.clear();
        } else if let Some(at) = deepest(text, line.clone(), &mut open) {
            faults.push(errors::too_deep(char_at(file, text, at)));
            let start = line_of(text, open[0].1).start;
            let empty = ["\n\n", "\n\r\n"].iter().filter_map(|it| text[line.end..].find(it)).min();
            let end = empty.map_or(text.len(), |it| line.end + it);
            found.push(start..end);
            open.clear();
            from = end + 1;
        }
    }
    found
}

fn char_at(file: FileId, text: &str, at: usize) -> Span {
    Span::new(file, at, at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// The first place of a line that is too deep. Texts end with their line.
fn deepest(text: &str, line: Range<usize>, open: &mut Vec<(char, usize)>) -> Option<usize> {
    for (at, it) in text[line.clone()].char_indices().map(|(at, it)| (line.start + at, it)) {
        let in_text = open.last().is_some_and(|it| matches!(it.0, '“' | '"'));
        match it {
            '“' => open.push((it, at)),
            '”' if open.last().is_some_and(|it| it.0 == '“') => drop(open.pop()),
            '"' if open.last().is_some_and(|it| it.0 == '"') => drop(open.pop()),
            '"' if !in_text => open.push((it, at)),
            '{' | '｛' => open.push(('{', at)),
            '}' | '｝' if open.last().is_some_and(|it| it.0 == '{') => drop(open.pop()),
            _ if in_text => {}
            '#' | '＃' => break,
            '（' | '(' => open.push(('(', at)),
            '）' | ')' if open.last().is_some_and(|it| it.0 == '(') => drop(open.pop()),
            _ => {}
        }
        if open.len() > DEEPEST {
            return Some(at);
        }
    }
    let texts = open.iter().position(|it| it.0 != '(').unwrap_or(open.len());
    open.truncate(texts);
    None
}

/// The line around a place, without its end.
pub fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let end = text[at..].find('\n').map_or(text.len(), |it| at + it);
    start..end
}
