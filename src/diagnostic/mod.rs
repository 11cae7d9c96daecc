//! Faults and findings: what is wrong, where, and what to do, in both languages. It does not render them.

pub mod code;

pub use code::Code;

use crate::source::Span;
use std::collections::BTreeSet;

/// The language of what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Chinese, the first tongue.
    Zh,
    /// English.
    En,
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English, written for its reader, not word for word.
    pub en: String,
}

impl Text {
    /// Both spellings of one sentence.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Text {
        Text { zh: zh.into(), en: en.into() }
    }

    /// The spelling of one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// How much a finding matters: errors stop the rulebook or the cell, warnings and infos do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Must be mended.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Good to know.
    Info,
}

/// A place in a rule file, with what to say there.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say there; may be empty.
    pub text: Text,
}

/// A place in the data. `row` counts as a spreadsheet shows it: the header is row 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// File name as the user sees it.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Row, or none for a finding about a whole column or file.
    pub row: Option<u32>,
    /// Column header, or none for a finding about a row or file.
    pub column: Option<String>,
}

/// One fault or finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its code; the letter says how severe it is.
    pub code: Code,
    /// What is wrong, one plain sentence.
    pub message: Text,
    /// Where in the rule files; the first label is the main one.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<Text>,
    /// Where in the data.
    pub source: Option<CellRef>,
    /// All rows of the data it speaks of, where it names several.
    pub rows: Vec<u32>,
    /// Key of the case it belongs to.
    pub case: Option<String>,
    /// Of a gap or an overlap of a table, where it is.
    pub region: Option<Box<Region>>,
    /// Rows of data that show what it says when they are judged.
    pub example: Option<Box<Example>>,
}

/// Made-up rows of a table, as they would be typed. What a row does not name is blank in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The table.
    pub table: String,
    /// Of each row, field and text.
    pub rows: Vec<Vec<(String, String)>>,
}

/// A part of what the heads of a table may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The table.
    pub table: String,
    /// The rows that hold there, from 1; of a gap none.
    pub rows: Vec<u32>,
    /// What the heads may be; one that may be anything is left out.
    pub bounds: Vec<(String, Extent)>,
    /// One value for each head.
    pub example: Vec<(String, String)>,
}

/// What a head may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Numbers or days: [20, 300), in the unit of the head.
    Interval(String),
    /// Words.
    OneOf(Vec<String>),
}

impl Diagnostic {
    /// A finding without a place; add one with [`Diagnostic::at`] or [`Diagnostic::cell`].
    pub fn new(code: Code, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        let message = Text::new(zh, en);
        Diagnostic {
            code,
            message,
            labels: vec![],
            help: None,
            source: None,
            rows: vec![],
            case: None,
            region: None,
            example: None,
        }
    }

    /// Adds a place without a remark.
    pub fn at(self, span: Span) -> Diagnostic {
        self.label(span, "", "")
    }

    /// Adds a place with a remark.
    pub fn label(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: Text::new(zh, en) });
        self
    }

    /// Says what to do.
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.help = Some(Text::new(zh, en));
        self
    }

    /// Says which cell, row, column or file of the data.
    pub fn cell(mut self, source: CellRef) -> Diagnostic {
        self.source = Some(source);
        self
    }

    /// Says which rows of the data, where there are several.
    pub fn rows(mut self, rows: Vec<u32>) -> Diagnostic {
        self.rows = rows;
        self
    }

    /// Says where in a table.
    pub fn region(mut self, region: Box<Region>) -> Diagnostic {
        self.region = Some(region);
        self
    }

    /// Shows it by rows of data.
    pub fn example(mut self, example: Example) -> Diagnostic {
        self.example = Some(Box::new(example));
        self
    }

    /// Says which case.
    pub fn case(mut self, id: impl Into<String>) -> Diagnostic {
        self.case = Some(id.into());
        self
    }

    /// How severe it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Findings of one or more stages, in the order they were met.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds those of another stage.
    pub fn extend(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|it| it.severity() == Severity::Error)
    }

    /// Sorts by file and place, so that people read from the top; what has no place comes first. What is found again
    /// at the same place, as where two items use what is wrong, is said once.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|it| it.labels.first().map(|label| label.span));
        let mut said = BTreeSet::new();
        self.0.retain(|it| {
            let places: Vec<Span> = it.labels.iter().map(|label| label.span).collect();
            let of_rules = !places.is_empty() && it.source.is_none() && it.region.is_none();
            !of_rules || said.insert((it.code, places, it.message.zh.clone()))
        });
    }
}
