//! Cells that are what was given: texts stay texts whatever they begin with, numbers are those that lose no digit. Styles are chosen elsewhere.

use rust_xlsxwriter::Format;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// The most units of UTF-16 that a cell holds.
pub const LONGEST: usize = 32_767;
/// The most digits a spreadsheet keeps.
const KEPT: usize = 15;
/// A text that begins so is taken for a formula when somebody edits the cell, unless it is marked as text.
const ACTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a text as a text. Past what a cell holds it is cut, and `true` comes back.
pub fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<bool, XlsxError> {
    let lines;
    let text = if text.contains('\r') {
        lines = text.replace("\r\n", "\n").replace('\r', "\n");
        lines.as_str()
    } else {
        text
    };
    let (shown, cut) = cut(text);
    if shown.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else if shown.starts_with("<r>") && shown.ends_with("</r>") {
        // The writer would take this for a text with formats inside, and not escape it.
        let (first, rest) = shown.split_at("<r>".len());
        sheet.write_rich_string_with_format(
            row,
            column,
            &[(format, first), (format, rest)],
            format,
        )?;
    } else if shown.starts_with(ACTS) {
        sheet.write_string_with_format(row, column, shown, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, shown, format)?;
    }
    Ok(cut)
}

fn cut(text: &str) -> (&str, bool) {
    if text.len() <= LONGEST {
        return (text, false);
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, it)| {
        units += it.len_utf16();
        units > LONGEST
    });
    end.map_or((text, false), |(at, _)| (&text[..at], true))
}

/// A number that a spreadsheet keeps digit by digit: its value, and the places after its point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plain {
    /// The value: at most fifteen digits, so that it comes back as it was written.
    pub value: f64,
    /// Digits after the point.
    pub places: usize,
}

/// Reads a plain decimal: digits, perhaps a minus and a point, no blank, no leading zero, fifteen digits at most.
pub fn plain(text: &str) -> Option<Plain> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let only_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let pointed = digits.contains('.');
    let odd = whole.is_empty()
        || whole.len() > 1 && whole.starts_with('0')
        || pointed && part.is_empty()
        || !only_digits(whole)
        || !only_digits(part);
    let count = whole.len() + part.len();
    let nothing = digits.bytes().all(|it| matches!(it, b'0' | b'.'));
    if odd || count > KEPT || text.len() > digits.len() && nothing {
        return None;
    }
    // What is shown, never what is judged: the verdicts rest on the digits.
    Some(Plain { value: text.parse().ok()?, places: part.len() })
}

/// The format that shows a number with its digits, those after the point too: `0.00`.
pub fn shown(places: usize) -> String {
    if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_number_is_one_that_keeps_its_digits() {
        let read = |text| plain(text).map(|it| (it.value, it.places));
        assert_eq!(read("1200"), Some((1200.0, 0)));
        assert_eq!(read("-2.50"), Some((-2.5, 2)));
        assert_eq!(read("0"), Some((0.0, 0)));
        assert_eq!(read("0.0603"), Some((0.0603, 4)));
        assert_eq!(read("999999999999999"), Some((999_999_999_999_999.0, 0)));
        for text in [
            "",
            "-",
            "007",
            "1e5",
            "1,200",
            "１２",
            " 1",
            "1 ",
            "+1",
            ".5",
            "5.",
            "-0",
            "-0.0",
            "6%",
            "1234567890123456",
            "0.1234567890123456",
            "420100199003078519",
            "2021-03",
            "1.2.3",
            "NaN",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
