//! Bytes of a rule file to text: UTF-8 without its mark, or a fault at the first byte that is not. It parses nothing.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::FileId;
use crate::source::Source;
use crate::source::Sources;
use crate::source::Span;
use encoding_rs::Encoding;
use encoding_rs::GB18030;

/// The longest rule file that is read, in bytes.
const LIMIT: usize = 64 << 20;

/// Adds a file to the texts of the run. A file that cannot be decoded is added as far as it can be shown,
/// with the fault; it is then not parsed.
pub fn add(sources: &mut Sources, name: &str, bytes: &[u8]) -> Result<FileId, Diagnostic> {
    if bytes.len() > LIMIT {
        sources.add(Source::new(name, ""));
        return Err(too_large(name));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let fault = match std::str::from_utf8(body) {
        Ok(text) => return Ok(sources.add(Source::new(name, text))),
        Err(fault) => fault.valid_up_to(),
    };
    let (text, kind) = shown(body);
    let start = match kind {
        Kind::Gbk => floor(&text, GB18030.decode_without_bom_handling(&body[..fault]).0.len()),
        Kind::Utf16 => 0,
        Kind::Unknown => floor(&text, fault),
    };
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    let file = sources.add(Source::new(name, text));
    Err(not_utf8(name, kind, Span::new(file, start, end)))
}

/// What the bytes look like instead.
#[derive(Clone, Copy)]
enum Kind {
    Gbk,
    Utf16,
    Unknown,
}

/// The text as well as it can be shown.
fn shown(body: &[u8]) -> (String, Kind) {
    if let Some((encoding, _)) = Encoding::for_bom(body) {
        return (encoding.decode(body).0.into_owned(), Kind::Utf16);
    }
    match GB18030.decode_without_bom_handling(body) {
        (text, false) => (text.into_owned(), Kind::Gbk),
        _ => (String::from_utf8_lossy(body).into_owned(), Kind::Unknown),
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn not_utf8(name: &str, kind: Kind, place: Span) -> Diagnostic {
    let (zh, en) = match kind {
        Kind::Gbk => (
            "，看来是 GBK（中文 Windows 的“ANSI”）",
            "; it looks like GBK (“ANSI” on a Chinese Windows)",
        ),
        Kind::Utf16 => ("，看来是 UTF-16（“Unicode”）", "; it looks like UTF-16 (“Unicode”)"),
        Kind::Unknown => ("", ""),
    };
    let message = format!("“{name}”不是 UTF-8 文本{zh}");
    Diagnostic::new(code::BAD_ENCODING, message, format!("“{name}” is not UTF-8 text{en}"))
        .label(place, "从这里起读不出", "unreadable from here")
        .help("请用编辑器打开，另存为 UTF-8 编码", "open it in an editor and save it as UTF-8")
}

fn too_large(name: &str) -> Diagnostic {
    Diagnostic::new(
        code::FILE_TOO_LARGE,
        format!("规则文件“{name}”超过 64 MB"),
        format!("the rule file “{name}” is larger than 64 MB"),
    )
    .help(
        "规则文件只写规则；数据请放在数据文件夹里",
        "a rule file holds rules; keep data in the data folder",
    )
}
