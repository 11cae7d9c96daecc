//! Faults and findings as JSON has them: the same form for every command. How a terminal shows them is no matter here.

use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Example;
use crate::diagnostic::Extent;
use crate::diagnostic::Lang;
use crate::diagnostic::Region;
use crate::diagnostic::Severity;
use crate::source::Sources;
use indexmap::IndexMap;
use serde::Serialize;

/// One fault or finding.
#[derive(Serialize)]
pub struct Finding<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<Place<'a>>,
    source: Option<Cell<'a>>,
    /// The case it belongs to, where it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    /// Of a gap or an overlap of a table, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Part<'a>>,
    /// Rows of data that show it.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<Rows<'a>>,
}

/// Made-up rows of a table, as they would be typed.
#[derive(Serialize)]
struct Rows<'a> {
    table: &'a str,
    rows: Vec<IndexMap<&'a str, &'a str>>,
}

fn example(it: &Example) -> Rows<'_> {
    fn row(row: &[(String, String)]) -> IndexMap<&str, &str> {
        row.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }
    Rows { table: &it.table, rows: it.rows.iter().map(|it| row(it)).collect() }
}

/// A place in a rule file: lines and columns from 1, columns in characters, ends exclusive.
#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

/// A part of what the heads of a table may be.
#[derive(Serialize)]
struct Part<'a> {
    table: &'a str,
    rows: &'a [u32],
    r#box: IndexMap<&'a str, Range<'a>>,
    example: IndexMap<&'a str, &'a str>,
}

/// What a head may be: an interval, or some words.
#[derive(Serialize)]
#[serde(untagged)]
enum Range<'a> {
    Interval(&'a str),
    OneOf(&'a [String]),
}

fn part(it: &Region) -> Part<'_> {
    fn range(it: &Extent) -> Range<'_> {
        match it {
            Extent::Interval(text) => Range::Interval(text),
            Extent::OneOf(words) => Range::OneOf(words),
        }
    }
    Part {
        table: &it.table,
        rows: &it.rows,
        r#box: it.bounds.iter().map(|(name, it)| (name.as_str(), range(it))).collect(),
        example: it.example.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect(),
    }
}

/// A place in the data.
#[derive(Serialize)]
pub struct Cell<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<u32>,
    column: Option<&'a str>,
}

impl<'a> Cell<'a> {
    /// A cell's place.
    pub fn new(cell: &'a CellRef) -> Cell<'a> {
        Cell {
            file: &cell.file,
            sheet: cell.sheet.as_deref(),
            row: cell.row,
            column: cell.column.as_deref(),
        }
    }
}

/// Findings in the order they were met.
pub fn findings<'a>(all: &'a Diagnostics, sources: &'a Sources, lang: Lang) -> Vec<Finding<'a>> {
    all.0.iter().map(|it| finding(it, sources, lang)).collect()
}

fn finding<'a>(it: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Finding<'a> {
    let labels = it.labels.iter().map(|label| {
        let source = sources.get(label.span.file);
        let (line, column) = source.position(label.span.start as usize);
        let (end_line, end_column) = source.position(label.span.end as usize);
        let text = label.text.get(lang);
        Place { file: &source.name, line, column, end_line, end_column, text }
    });
    Finding {
        code: it.code.0,
        severity: match it.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        message: it.message.get(lang),
        help: it.help.as_ref().map(|help| help.get(lang)),
        labels: labels.collect(),
        source: it.source.as_ref().map(Cell::new),
        id: it.case.as_deref(),
        region: it.region.as_deref().map(part),
        example: it.example.as_deref().map(example),
    }
}
