//! The one folding of texts: full-width forms to half-width, marks composed with their letters, outer blanks off
//! (`semantics` §3.1). It compares nothing.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The text as everything compares it. Most texts are folded already and are only borrowed.
pub fn fold(text: &str) -> Cow<'_, str> {
    let trimmed = trim(text);
    // Only what begins with these bytes may be full-width: 全角 letters and signs, the wide blank.
    if !trimmed.bytes().any(|it| matches!(it, 0xEF | 0xE3)) {
        return Cow::Borrowed(trimmed);
    }
    if trimmed.chars().all(|it| half_width(it) == it) {
        return composed(trimmed);
    }
    let half: String = trimmed.chars().map(half_width).collect();
    Cow::Owned(composed(&half).into_owned())
}

/// The text in composed form (NFC): a letter and the accent typed after it are the one letter they look like.
pub fn composed(text: &str) -> Cow<'_, str> {
    match text.chars().all(is_composed) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

/// What composition never touches, whatever stands beside it: most of what people write.
fn is_composed(it: char) -> bool {
    matches!(it, '\0'..='\u{2FF}' | '\u{2010}'..='\u{2064}' | '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}')
        || matches!(it, '\u{2190}'..='\u{2209}' | '\u{2460}'..='\u{26FF}' | '\u{FF00}'..='\u{FFEF}')
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
