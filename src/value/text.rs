//! The one folding of texts: full-width forms to half-width, outer blanks off (`semantics` §3.1). It compares nothing.

use std::borrow::Cow;

/// The text as everything compares it. Most texts are folded already and are only borrowed.
pub fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = trim(text);
    // Only what begins with these bytes may be full-width: 全角 letters and signs, the wide blank.
    if !trimmed.bytes().any(|it| matches!(it, 0xEF | 0xE3)) {
        return Cow::Borrowed(trimmed);
    }
    if trimmed.chars().all(|it| half_width(it) == it) {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.chars().map(half_width).collect())
}

/// The text without outer blanks, wide ones and byte order marks included.
pub fn trim(text: &str) -> &str {
    let outer = |it: Option<&u8>| it.is_some_and(|it| it.is_ascii_graphic());
    let bytes = text.as_bytes();
    if outer(bytes.first()) && outer(bytes.last()) {
        return text;
    }
    text.trim_matches(|it: char| it.is_whitespace() || it == '\u{FEFF}' || it == '\u{200B}')
}

fn half_width(it: char) -> char {
    match it {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(it as u32 - 0xFEE0).unwrap_or(it),
        '￠' => '¢',
        '￡' => '£',
        '￥' => '¥',
        _ => it,
    }
}
