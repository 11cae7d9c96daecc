//! Bytes to text: byte order mark, else UTF-8, else GB18030, unless the run names an encoding. Nothing is parsed.

use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code::Code;
use encoding_rs::Encoding;
use encoding_rs::GB18030;
use std::borrow::Cow;

/// Whether the name of an encoding is known, such as `GBK` or `utf-8`.
pub fn is_known(encoding: &str) -> bool {
    Encoding::for_label(encoding.as_bytes()).is_some()
}

/// The text of a file. Bytes that are no text become `U+FFFD` and are reported under `code`; the cells
/// that hold one are faults.
pub fn decode<'a>(
    bytes: &'a [u8],
    encoding: Option<&str>,
    file: &str,
    code: Code,
    found: &mut Diagnostics,
) -> Cow<'a, str> {
    let named = encoding.and_then(|it| Encoding::for_label(it.as_bytes()));
    if encoding.is_some() && named.is_none() {
        let name = encoding.unwrap_or_default();
        let zh = format!("不认识编码“{name}”，按自动识别读取");
        found.push(about(
            code,
            file,
            zh,
            format!("the encoding `{name}` is not known; it was guessed instead"),
        ));
    }
    let (text, bad) = match (named, Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        (Some(encoding), _, _) => sniffed(encoding, bytes),
        (None, Some((encoding, _)), _) => sniffed(encoding, bytes),
        (None, None, Ok(text)) => (Cow::Borrowed(text), false),
        (None, None, Err(_)) => sniffed(GB18030, bytes),
    };
    if bad {
        let finding =
            about(code, file, "文件中有读不出的字节", "the file holds bytes that are no text");
        found.push(finding.help(
            "请用 UTF-8 或 GBK 另存；已知编码的，用 --encoding 指明",
            "save it as UTF-8 or GBK, or name its encoding with --encoding",
        ));
    }
    text
}

/// A finding about a whole data file.
pub(crate) fn about(
    code: Code,
    file: &str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    let source = CellRef { file: file.to_owned(), sheet: None, row: None, column: None };
    Diagnostic::new(code, zh, en).cell(source)
}

fn sniffed<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> (Cow<'a, str>, bool) {
    let (text, _, bad) = encoding.decode(bytes);
    (text, bad)
}
