//! The comparison as text, Markdown, a page of HTML and JSON. It computes nothing.

mod json;
mod reasons;
mod text;
mod view;
mod words;

use crate::diagnostic::Text;
use crate::difference::Difference;
use crate::source::Sources;
use std::collections::BTreeMap;

pub use json::json;
pub use text::text;

/// What a comparison is shown with.
pub struct Frame<'a> {
    /// The comparison.
    pub difference: &'a Difference,
    /// The texts of both versions.
    pub sources: &'a Sources,
    /// What stands before the files of each side: a revision and a colon, or nothing.
    pub prefixes: [String; 2],
    /// What the user called each side.
    pub names: [String; 2],
    /// The fingerprints of the rules of each side.
    pub rules: [String; 2],
    /// The fingerprints of the data of each side.
    pub data: [String; 2],
    /// `--by`: the fields to count by; none takes every classification and grade.
    pub by: Vec<String>,
    /// Of edits that no case exercises, by their numbers: a case that would, or that none was found.
    pub witnesses: BTreeMap<usize, Text>,
}
