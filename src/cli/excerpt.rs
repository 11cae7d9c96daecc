//! The lines of a rule file around a fault, with carets under it, drawn by miette. Long lines are cut to a window.

use crate::cli::findings::Paint;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Label;
use crate::diagnostic::Lang;
use crate::report::layout::acts;
use crate::report::layout::visible;
use crate::source::Source;
use crate::source::Sources;
use miette::GraphicalReportHandler;
use miette::GraphicalTheme;
use miette::LabeledSpan;
use miette::MietteError;
use miette::MietteSpanContents;
use miette::SourceCode;
use miette::SourceSpan;
use miette::SpanContents;
use std::fmt;
use std::fmt::Write;
use std::ops::Range;

/// The most bytes of text that one picture holds.
const WINDOW: usize = 1500;

/// Writes a picture for each group of labels that stand near each other in one file.
pub fn write(out: &mut String, of: &Diagnostic, sources: &Sources, paint: Paint, lang: Lang) {
    let theme = match paint {
        Paint::Colours => GraphicalTheme::unicode(),
        Paint::Plain => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .tab_width(4)
        .with_context_lines(1)
        .with_links(false);
    for group in groups(&of.labels, sources) {
        let picture = Picture::new(&group, sources, lang);
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, &picture).is_err() {
            continue;
        }
        // miette heads every picture with the message, which stands above all pictures of a fault already.
        let lines = drawn.lines().skip_while(|it| !it.contains('╭'));
        for line in lines {
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
}

/// Labels of one file whose lines fit in one window.
fn groups<'a>(labels: &'a [Label], sources: &Sources) -> Vec<Vec<&'a Label>> {
    let mut groups: Vec<Vec<&Label>> = vec![];
    for label in labels {
        let joins = |group: &&mut Vec<&Label>| {
            let file = group[0].span.file == label.span.file;
            let whole = group.iter().map(|it| it.span).fold(label.span, |all, it| all.merge(it));
            file && lines_around(sources.get(whole.file), whole.range()).len() <= WINDOW
        };
        match groups.iter_mut().find(joins) {
            Some(group) => group.push(label),
            None => groups.push(vec![label]),
        }
    }
    groups
}

/// The whole lines of a range, with one more above and below.
fn lines_around(source: &Source, range: Range<usize>) -> Range<usize> {
    let line = line_of(&source.text, range.start).start;
    let start = if line == 0 { 0 } else { line_of(&source.text, line - 1).start };
    let line = line_of(&source.text, range.end.max(range.start)).end;
    let end = if line == source.text.len() { line } else { line_of(&source.text, line + 1).end };
    start..end
}

/// The line that holds a byte, without its line end.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let at = floor(text, at);
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let end = text[at..].find('\n').map_or(text.len(), |it| at + it);
    start..end
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A piece of a file with its labels.
struct Picture {
    text: String,
    name: String,
    /// Line and column of the piece's first character, from 0.
    line: usize,
    column: usize,
    labels: Vec<LabeledSpan>,
}

impl Picture {
    fn new(group: &[&Label], sources: &Sources, lang: Lang) -> Picture {
        let source = sources.get(group[0].span.file);
        let whole = group
            .iter()
            .map(|it| it.span)
            .reduce(|all, it| all.merge(it))
            .expect("a group has a label");
        let mut piece = lines_around(source, whole.range());
        if piece.len() > WINDOW {
            piece = window(&source.text, whole.range());
        }
        let (line, column) = source.position(piece.start);
        let labels = group.iter().map(|it| {
            let marked = marked(&source.text, it.span.range(), &piece);
            let text = Some(visible(it.text.get(lang))).filter(|it| !it.is_empty());
            LabeledSpan::new(text, marked.start - piece.start, marked.len())
        });
        Picture {
            labels: labels.collect(),
            text: standing(&source.text[piece]),
            name: visible(&source.name),
            line: line - 1,
            column: column - 1,
        }
    }
}

/// The part of one long line that is shown.
fn window(text: &str, range: Range<usize>) -> Range<usize> {
    let line = line_of(text, range.start);
    let start = floor(text, range.start.saturating_sub(60)).max(line.start);
    let end = floor(text, range.end.min(range.start + 90) + 60).min(line.end);
    start..end.max(start)
}

/// What is underlined: the label's first line within the piece, and never nothing where there is something.
fn marked(text: &str, range: Range<usize>, piece: &Range<usize>) -> Range<usize> {
    let start = floor(text, range.start).clamp(piece.start, piece.end);
    let line = line_of(text, start);
    let end = floor(text, range.end).min(line.end).min(piece.end).max(start);
    if end > start {
        return start..start + text[start..end].trim_end().len();
    }
    // At the end of a line or file the last visible character is marked instead.
    let before = text[piece.start..start].trim_end();
    match before.chars().next_back() {
        Some(last)
            if text[start..].trim_start_matches(' ').is_empty()
                || text[start..].starts_with(['\n', '\r']) =>
        {
            piece.start + before.len() - last.len_utf8()..piece.start + before.len()
        }
        _ => start..start + text[start..piece.end].chars().next().map_or(0, char::len_utf8),
    }
}

/// The text with characters that steer a terminal replaced by signs of the same length, so that places stay.
/// The first half of a CRLF becomes a blank: miette would count its line twice.
fn standing(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek().is_none_or(|it| *it == '\n') => shown.push(' '),
            _ if matches!(c, '\n' | '\t') || !acts(c) => shown.push(c),
            _ => shown.push_str(["?", "¿", "⍰"][c.len_utf8() - 1]),
        }
    }
    shown
}

impl SourceCode for Picture {
    /// Lines count from the file's first, columns in characters.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let part = self.text.read_span(span, before, after)?;
        let at = part.span().offset();
        let start = self.text[..at].rfind('\n').map_or(0, |it| it + 1);
        let column =
            self.text[start..at].chars().count() + if start == 0 { self.column } else { 0 };
        let contents = MietteSpanContents::new_named(
            self.name.clone(),
            part.data(),
            *part.span(),
            part.line() + self.line,
            column,
            part.line_count(),
        );
        Ok(Box::new(contents))
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Picture {}

impl miette::Diagnostic for Picture {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
