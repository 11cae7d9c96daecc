//! The folding of a name before it is read, and what was found on the way (`semantics` §10, step 1). Nothing is looked up.

use crate::naming::traditional;
use crate::value::text;
use std::borrow::Cow;

/// A name as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded<'t> {
    /// Half-width forms, no outer blanks, no list mark; inner blanks stay.
    pub text: Cow<'t, str>,
    /// The mark taken off, as written: “（▲）”.
    pub mark: Option<&'t str>,
    /// Full-width letters or digits, or half-width brackets, were written.
    pub width: bool,
    /// There are blanks inside.
    pub blanks: bool,
    /// There are traditional characters.
    pub traditional: bool,
}

/// Folds a name.
pub fn fold(written: &str) -> Folded<'_> {
    if is_plain(written) {
        let traditional = written.chars().any(traditional::is_traditional);
        return Folded {
            text: Cow::Borrowed(written),
            mark: None,
            width: false,
            blanks: false,
            traditional,
        };
    }
    let trimmed = text::trim(written);
    let bare = without_mark(trimmed);
    let folded = text::fold(bare);
    let wide = |it: char| matches!(it, '\u{FF01}'..='\u{FF5E}') && !matches!(it, '（' | '）');
    Folded {
        mark: (bare.len() < trimmed.len()).then(|| text::trim(&trimmed[bare.len()..])),
        width: bare.chars().any(|it| wide(it) || matches!(it, '(' | ')')),
        blanks: folded.chars().any(char::is_whitespace),
        traditional: folded.chars().any(traditional::is_traditional),
        text: folded,
    }
}

/// The text as [`fold`] reads it, without saying what was found.
pub(crate) fn quick(written: &str) -> Cow<'_, str> {
    if is_plain(written) {
        return Cow::Borrowed(written);
    }
    text::fold(without_mark(text::trim(written)))
}

/// The text without inner blanks and in simplified characters: what was probably meant.
pub(crate) fn mended(folded: &str) -> String {
    folded.chars().filter(|it| !it.is_whitespace()).map(traditional::simplified).collect()
}

/// Whether all characters lie between U+4000 and U+9FFF, where there is nothing to fold: the usual case, seen by bytes.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |so_far, it| so_far & matches!(it, 0x80..=0xBF | 0xE4..=0xE9))
}

/// The trimmed text without a mark at its end: signs that are neither letters nor digits, bare or in brackets.
fn without_mark(text: &str) -> &str {
    let sign = |it: char| !it.is_alphanumeric() && !matches!(it, '(' | ')' | '（' | '）');
    let bare = text::trim(text.trim_end_matches(sign));
    let Some(inside) = bare.strip_suffix([')', '）']) else { return bare };
    let open = inside.trim_end_matches(sign);
    open.strip_suffix(['(', '（']).map_or(bare, text::trim)
}
