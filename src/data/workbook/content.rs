//! What a file that is called a workbook really holds, by its bytes: offices rename files, and programs write web pages as .xls. It reads no cell.

use crate::data::workbook::guard;
use std::io::Cursor;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// The same in its binary form.
    Xlsb,
    /// A workbook of Excel 97.
    Xls,
    /// A workbook of OpenDocument.
    Ods,
    /// A workbook under a password.
    Locked,
    /// A web page, or a table written as XML.
    Page,
    /// Plain text, such as CSV.
    Text,
    /// None of these, or the beginning of one.
    Broken,
}

/// The first bytes of an OLE file.
const OLE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// So many bytes are looked at where the content is text.
const LOOKED_AT: usize = 4096;

/// What these bytes are.
pub fn of(bytes: &[u8]) -> Content {
    if bytes.starts_with(b"PK") {
        let parts = [
            ("xl/workbook.xml", Content::Xlsx),
            ("xl/workbook.bin", Content::Xlsb),
            ("content.xml", Content::Ods),
        ];
        let held = parts.into_iter().find(|it| guard::holds(bytes, |name| name == it.0));
        // The part may bear another name: what says so lies in the file itself.
        let other = || guard::holds(bytes, |name| name == "[Content_Types].xml");
        return match held {
            Some((_, content)) => content,
            None if other() => Content::Xlsx,
            None => Content::Broken,
        };
    }
    if bytes.starts_with(&OLE) {
        let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return Content::Broken };
        return match file.is_stream("/EncryptedPackage") {
            true => Content::Locked,
            false => Content::Xls,
        };
    }
    text(bytes)
}

fn text(bytes: &[u8]) -> Content {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if start.iter().any(|it| *it < b' ' && !b"\t\r\n".contains(it)) {
        return Content::Broken;
    }
    match start.trim_ascii_start().first() {
        Some(b'<') => Content::Page,
        Some(_) if start.iter().any(|it| b",\t;\n".contains(it)) => Content::Text,
        _ => Content::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::Content;
    use super::of;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(of(b" <html><table>"), Content::Page);
        assert_eq!(of(b"\xEF\xBB\xBF<?xml version=\"1.0\"?>"), Content::Page);
        assert_eq!(of("编号,名称\nA1,甲\n".as_bytes()), Content::Text);
        assert_eq!(of(b"\x09\x08\x10\x00\x00\x06"), Content::Broken);
        assert_eq!(of(b"not a workbook"), Content::Broken);
        assert_eq!(of(b"PK\x03\x04"), Content::Broken);
        assert_eq!(of(&super::OLE), Content::Broken);
    }
}
