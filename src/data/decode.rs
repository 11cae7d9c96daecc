//! Bytes to text: byte order mark, else UTF-8, else GB18030, unless the run names an encoding. Nothing is parsed.

use crate::data::raw::listed;
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
        (None, None, Err(_)) => match mixed(bytes) {
            Some((text, bad, rows)) => {
                found.push(switches(code, file, &rows));
                (Cow::Owned(text), bad)
            }
            None => sniffed(GB18030, bytes),
        },
    };
    if named.is_none() && looks_wide(bytes) {
        let zh = "文件中有空字节，看来是 UTF-16（“Unicode 文本”）而没有写明";
        let en = "the file holds zero bytes: it looks like UTF-16 that does not say so";
        found.push(about(code, file, zh, en).help(
            "请另存为 UTF-8，或用 --encoding utf-16le 指明",
            "save it as UTF-8, or say --encoding utf-16le",
        ));
    }
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

/// UTF-16 without its mark: every other byte of plain text is zero.
fn looks_wide(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4096;
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    Encoding::for_bom(bytes).is_none() && start.contains(&0)
}

/// The text of a file whose lines are not all in one encoding, line by line: UTF-8 where a line is that, GB18030
/// elsewhere; and the lines in GB18030, from 1. None where no line is surely UTF-8.
fn mixed(bytes: &[u8]) -> Option<(String, bool, Vec<u32>)> {
    let lines = || bytes.split_inclusive(|it| *it == b'\n');
    // Two characters of three bytes in a line of sound UTF-8 are no accident, as shorter ones may be.
    let sure = |text: &str| text.chars().filter(|it| it.len_utf8() == 3).nth(1).is_some();
    if !lines().any(|it| std::str::from_utf8(it).is_ok_and(sure)) {
        return None;
    }
    let (mut text, mut bad, mut rows) = (String::with_capacity(bytes.len()), false, vec![]);
    for (row, line) in (1..).zip(lines()) {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => {
                let (line, faulty) = sniffed(GB18030, line);
                text.push_str(&line);
                bad |= faulty;
                rows.push(row);
            }
        }
    }
    Some((text, bad, rows))
}

fn switches(code: Code, file: &str, rows: &[u32]) -> Diagnostic {
    let (zh, en) = listed(rows);
    let mut finding = about(
        code,
        file,
        format!("文件中换了编码：第 {zh} 行不是 UTF-8，按 GB18030 读取，请核对"),
        format!(
            "the encoding changes within the file: row {en} is not UTF-8 and was read as GB18030; check it"
        ),
    );
    finding.source.iter_mut().for_each(|it| it.row = rows.first().copied());
    finding.help("请统一编码后另存", "save the whole file in one encoding")
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
