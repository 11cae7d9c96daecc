//! Faults and findings as GitHub's workflow commands: each becomes a remark beside a line of a pull request.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::report::layout::visible;
use crate::report::words::either;
use crate::source::Sources;
use crate::source::Span;

/// A place as other programs name it.
pub(super) struct Place {
    /// The file, from the root where it lies below.
    pub file: String,
    /// First and last line, from 1; none of a whole file.
    pub lines: Option<(usize, usize)>,
    /// First column, and one past the last; in characters, from 1.
    pub columns: Option<(usize, usize)>,
}

impl Place {
    /// The place of a part of a rule file.
    pub fn of(span: Span, sources: &Sources, root: Option<&str>) -> Place {
        let source = sources.get(span.file);
        let (line, column) = source.position(span.start as usize);
        let (end_line, end_column) = source.position(span.end as usize);
        Place {
            file: below(&source.name, root),
            lines: Some((line, end_line)),
            columns: Some((column, end_column)),
        }
    }
}

/// Where a finding stands: its first place in the rules, else in the data; none where it has neither.
pub(super) fn place(it: &Diagnostic, sources: &Sources, root: Option<&str>) -> Option<Place> {
    if let Some(label) = it.labels.first() {
        return Some(Place::of(label.span, sources, root));
    }
    let cell = it.source.as_ref()?;
    // A row of a sheet is no line of its file.
    let line = cell.row.filter(|_| cell.sheet.is_none()).map(|it| it as usize);
    let lines = line.map(|it| (it, it));
    Some(Place { file: below(&cell.file, root), lines, columns: None })
}

/// A path as seen from the root; one outside it stays as it is.
fn below(path: &str, root: Option<&str>) -> String {
    let inside = root.and_then(|root| path.strip_prefix(root)?.strip_prefix('/'));
    let path = inside.unwrap_or(path);
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// One command a finding, in the order given. `root` is the folder that paths are told from.
pub fn annotations(
    all: &[Diagnostic],
    sources: &Sources,
    root: Option<&str>,
    lang: Lang,
) -> String {
    all.iter().map(|it| annotation(it, sources, root, lang)).collect()
}

fn annotation(it: &Diagnostic, sources: &Sources, root: Option<&str>, lang: Lang) -> String {
    let command = match it.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = vec![];
    if let Some(place) = place(it, sources, root) {
        properties.push(format!("file={}", property(&place.file)));
        if let Some((line, end)) = place.lines {
            properties.push(format!("line={line},endLine={end}"));
            // GitHub takes columns only within one line.
            if let Some((column, past)) = place.columns.filter(|_| line == end) {
                properties.push(format!("col={column},endColumn={past}"));
            }
        }
    }
    let meaning = it.code.meaning().map_or("", |(zh, en)| either(lang, zh, en));
    properties.push(format!("title={}", property(&format!("{} {meaning}", it.code.0))));
    let mut text = shown(it.message.get(lang));
    if let Some(said) = it.labels.first().map(|it| it.text.get(lang)).filter(|it| !it.is_empty()) {
        text += &format!("\n{}", shown(said));
    }
    if let Some(help) = &it.help {
        text += &format!("\n{}{}", either(lang, "改法：", "help: "), shown(help.get(lang)));
    }
    format!("::{command} {}::{}\n", properties.join(","), message(&text))
}

/// Lines stay lines; whatever else steers a screen becomes visible.
fn shown(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}
