//! The comparison as text, Markdown, a page of HTML and JSON. It computes nothing.

#[cfg(feature = "html")]
mod html;
mod json;
mod markdown;
mod near;
mod reasons;
mod text;
mod view;
mod words;

use crate::difference::Difference;
use crate::source::Sources;

#[cfg(feature = "html")]
pub use html::page;
pub use json::json;
pub use markdown::markdown;
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
}
