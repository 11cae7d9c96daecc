//! The data of a run as raw tables, with a fingerprint of every file. What the cells mean is no matter here.

use crate::data::csv;
use crate::data::json;
use crate::data::raw;
use crate::data::raw::RawTable;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::source::Files;
use crate::workspace::digest::Fingerprint;
use crate::workspace::digest::sha256;
use crate::workspace::errors;
use crate::workspace::within;

/// Data, read and not yet bound to a program.
#[derive(Default)]
pub struct Data {
    /// All tables, in the order of the paths given and of their names.
    pub tables: Vec<RawTable>,
    /// The name and SHA-256 of each file that was read.
    pub files: Vec<(String, String)>,
    /// The fingerprint of all of them.
    pub sha256: String,
    /// What is wrong with the files, and which were not taken.
    pub findings: Diagnostics,
}

/// Reads folders of tables, single tables, or both. It fails where there is nothing to read.
pub fn read_data(
    files: &dyn Files,
    paths: &[String],
    encoding: Option<&str>,
) -> Result<Data, Diagnostic> {
    let mut data = Data::default();
    let mut print = Fingerprint::default();
    for path in paths {
        let listed = files.list(path).map_err(errors::not_readable)?;
        let folder = !(listed.len() == 1 && listed[0] == *path);
        let before = data.files.len();
        for found in &listed {
            let name = within(path, found);
            let Some(kind) = kind(name) else {
                if !folder {
                    return Err(errors::not_a_table(name));
                }
                continue;
            };
            if folder && name.contains('/') {
                data.findings.push(errors::deeper(name));
                continue;
            }
            let bytes = files.read(found).map_err(errors::not_readable)?;
            let digest = sha256(&bytes);
            print.add(name, digest.as_bytes());
            data.files.push((name.to_owned(), digest));
            data.take(kind, name, &bytes, encoding, &|count| files.taken(count));
        }
        if data.files.len() == before {
            return Err(errors::no_data_files(path));
        }
    }
    data.sha256 = print.finish();
    Ok(data)
}

/// What a file holds, by the end of its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    Json,
    JsonLines,
    Workbook,
}

fn kind(name: &str) -> Option<Kind> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "csv" | "tsv" => Some(Kind::Csv),
        "json" => Some(Kind::Json),
        "jsonl" | "ndjson" => Some(Kind::JsonLines),
        "xlsx" | "xlsm" | "xltx" | "xls" | "ods" | "xlsb" | "et" => Some(Kind::Workbook),
        _ => None,
    }
}

#[cfg(feature = "workbooks")]
fn workbook(name: &str, bytes: &[u8], watch: &dyn Fn(usize)) -> (Vec<RawTable>, Diagnostics) {
    crate::data::workbook::read_watched(name, bytes, watch)
}

#[cfg(not(feature = "workbooks"))]
fn workbook(name: &str, _: &[u8], _: &dyn Fn(usize)) -> (Vec<RawTable>, Diagnostics) {
    let mut found = Diagnostics::default();
    found.push(errors::workbook(name));
    (vec![], found)
}

impl Data {
    fn take(
        &mut self,
        kind: Kind,
        name: &str,
        bytes: &[u8],
        encoding: Option<&str>,
        watch: &dyn Fn(usize),
    ) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (tables, findings) = match kind {
            Kind::Json => json::read(name, bytes, encoding),
            Kind::JsonLines => json::read_lines(stem, name, bytes, encoding),
            Kind::Workbook => workbook(name, bytes, watch),
            Kind::Csv => {
                let (table, findings) = csv::read_watched(stem, name, bytes, encoding, watch);
                (table.into_iter().collect(), findings)
            }
        };
        raw::join(&mut self.tables, tables);
        self.findings.extend(findings);
    }
}
