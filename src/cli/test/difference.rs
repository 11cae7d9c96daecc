//! Two texts of an explanation, before and after: the lines that differ, with what differs in them marked.

use crate::cli::findings::Paint;
use crate::diagnostic::Lang;
use crate::report::layout::visible;
use crate::report::words::either;
use similar::ChangeTag;
use similar::InlineChange;
use similar::TextDiff;
use std::fmt::Write;

/// So many lines around a change are shown.
const AROUND: usize = 2;

/// The changes from one text to another, with some lines around them. Columns that were only shifted are no change.
pub fn show(before: &str, after: &str, paint: Paint, lang: Lang) -> String {
    let (before, after) = (squeezed(before), squeezed(after));
    if before == after {
        return format!("    {}\n", either(lang, "只有空格不同", "only blanks differ"));
    }
    let diff = TextDiff::from_lines(&before, &after);
    let mut out = String::new();
    for (at, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if at > 0 {
            out.push_str("    ⋯\n");
        }
        for change in group.iter().flat_map(|it| diff.iter_inline_changes(it)) {
            line(&mut out, &change, paint);
        }
    }
    out
}

/// A line with its sign; what is new or gone in it stands between marks, or is painted.
fn line(out: &mut String, change: &InlineChange<'_, str>, paint: Paint) {
    let (sign, colour) = match change.tag() {
        ChangeTag::Equal => (' ', 0),
        ChangeTag::Delete => ('-', 31),
        ChangeTag::Insert => ('+', 32),
    };
    let mut text = String::new();
    for (changed, part) in change.values() {
        let part = visible(part.trim_end_matches('\n'));
        match (changed, paint) {
            (true, Paint::Plain) if !part.is_empty() => text += &format!("⟦{part}⟧"),
            (true, Paint::Colours) => text += &format!("\x1b[7m{part}\x1b[27m"),
            _ => text += &part,
        }
    }
    let _ = match paint {
        Paint::Colours if colour > 0 => writeln!(out, "  \x1b[{colour}m{sign} {text}\x1b[0m"),
        _ => writeln!(out, "{}", format!("  {sign} {text}").trim_end()),
    };
}

/// The text with every gap between columns as narrow as it gets: a column that grew shifts no line.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim_end().lines() {
        let start = line.len() - line.trim_start().len();
        out.push_str(&line[..start]);
        let mut blanks = 0;
        for c in line[start..].trim_end().chars() {
            blanks = if c == ' ' { blanks + 1 } else { 0 };
            if blanks <= 3 {
                out.push(c);
            }
        }
        out.push('\n');
    }
    out
}
