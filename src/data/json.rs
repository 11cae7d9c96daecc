//! JSON to raw tables: an object with one list a table, child rows inside their parent. Numbers stay as they are written.
//!
//! The rows of a table count as if it stood on a sheet of its own: the first is row 2.

use crate::data::decode;
use crate::data::raw::Nested;
use crate::data::raw::RawTable;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use indexmap::IndexMap;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// The deepest nesting of lists inside rows.
const DEEPEST: usize = 8;
/// Cells of one file that rows leave blank between those they have.
const MOST_BLANKS: usize = 20_000_000;

/// The entries of an object in order, repeated keys included.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Entries<'a>, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Entries<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    entries.push((key.0, value));
                }
                Ok(Entries(entries))
            }
        }
        from.deserialize_map(Pairs)
    }
}

/// A key, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads all tables of a file. Text that is no JSON gives none.
pub fn read(file: &str, bytes: &[u8], encoding: Option<&str>) -> (Vec<RawTable>, Diagnostics) {
    let mut reader =
        Reader { file, tables: vec![], found: Diagnostics::default(), line: None, blanks: 0 };
    let content = decode::decode(bytes, encoding, file, code::DATA_NOT_READABLE, &mut reader.found);
    match serde_json::from_str::<Entries<'_>>(&content) {
        Ok(entries) => entries.0.into_iter().for_each(|(name, list)| reader.table(&name, list)),
        Err(error) => reader.not_json(&content, &error),
    }
    reader.finish()
}

/// Reads the table `name` from JSON Lines: one object a row, each on its own line.
pub fn read_lines(
    name: &str,
    file: &str,
    bytes: &[u8],
    encoding: Option<&str>,
) -> (Vec<RawTable>, Diagnostics) {
    let mut reader =
        Reader { file, tables: vec![], found: Diagnostics::default(), line: None, blanks: 0 };
    let content = decode::decode(bytes, encoding, file, code::DATA_NOT_READABLE, &mut reader.found);
    let table = reader.start(name, None);
    reader.tables[table].raw.sheet = None;
    for (line, text) in (1u32..).zip(content.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<&RawValue>(text) {
            Ok(row) => {
                reader.line = Some(line);
                reader.row(table, None, row, 1);
            }
            Err(_) => {
                let zh = format!("第 {line} 行不合 JSON 的写法，未读");
                let en = format!("line {line} is not JSON and was not read");
                let mut fault = decode::about(code::DATA_NOT_READABLE, file, zh, en);
                fault.source.iter_mut().for_each(|it| it.row = Some(line));
                reader.found.push(fault.help(
                    "每行写一个 {\"列名\": 值, …}",
                    "write one {\"column\": value, …} a line",
                ));
            }
        }
    }
    reader.finish()
}

struct Reader<'a> {
    file: &'a str,
    tables: Vec<Building>,
    found: Diagnostics,
    /// The line of the row at hand, where each row has one.
    line: Option<u32>,
    /// Cells left blank so far.
    blanks: usize,
}

/// A table being read, its headers in order of appearance, and the tables nested in it.
struct Building {
    raw: RawTable,
    headers: IndexMap<String, usize>,
    children: IndexMap<String, usize>,
}

impl Reader<'_> {
    fn finish(mut self) -> (Vec<RawTable>, Diagnostics) {
        if let Some(last) = self.tables.last().filter(|_| self.blanks > MOST_BLANKS) {
            let zh = format!("文件太大，“{}”第 {} 行以后未读", last.raw.name, last.raw.len() + 1);
            let en = format!(
                "the file is too large: it was not read past row {} of `{}`",
                last.raw.len() + 1,
                last.raw.name
            );
            self.found.push(decode::about(code::DATA_NOT_READABLE, self.file, zh, en));
        }
        let finish = |mut it: Building| {
            it.raw.headers = it.headers.into_keys().collect();
            it.raw
        };
        (self.tables.into_iter().map(finish).collect(), self.found)
    }

    fn not_json(&mut self, content: &str, error: &serde_json::Error) {
        let (zh, en) = match content.trim().is_empty() {
            true => ("文件是空的".to_owned(), "the file is empty".to_owned()),
            false => (
                format!("第 {} 行第 {} 字节附近不合 JSON 的写法", error.line(), error.column()),
                format!("near line {} byte {} it is not JSON", error.line(), error.column()),
            ),
        };
        let finding = decode::about(code::DATA_NOT_READABLE, self.file, zh, en);
        self.found.push(finding.help(
            "整个文件写作 {\"表名\": [ {\"列名\": 值, …}, … ], …}",
            "the whole file is {\"table\": [ {\"column\": value, …}, … ], …}",
        ));
    }

    fn start(&mut self, name: &str, nested: Option<Nested>) -> usize {
        let mut raw = RawTable::new(name, self.file);
        raw.sheet = Some(name.to_owned());
        raw.nested = nested;
        self.tables.push(Building { raw, headers: IndexMap::new(), children: IndexMap::new() });
        self.tables.len() - 1
    }

    fn table(&mut self, name: &str, list: &RawValue) {
        let Ok(rows) = serde_json::from_str::<Vec<&RawValue>>(list.get()) else {
            let (zh, en) = (format!("“{name}”应是一个列表"), format!("`{name}` must be a list"));
            self.found.push(decode::about(code::VALUE_TOO_DEEP, self.file, zh, en));
            return;
        };
        let table = self.start(name, None);
        for row in rows {
            self.row(table, None, row, 1);
        }
    }

    /// Adds a row, and the rows inside it.
    fn row(&mut self, table: usize, parent: Option<u32>, row: &RawValue, depth: usize) {
        if self.blanks > MOST_BLANKS {
            return;
        }
        let at = self.tables[table].raw.len() as u32;
        let place = self.line.filter(|_| parent.is_none()).unwrap_or(at + 2);
        let Ok(Entries(entries)) = serde_json::from_str::<Entries<'_>>(row.get()) else {
            let finding = self.tables[table].raw.finding(
                code::VALUE_TOO_DEEP,
                None,
                None,
                format!("第 {} 项不是一行：应写作 {{\"列名\": 值, …}}", at + 1),
                format!("entry {} is no row: write {{\"column\": value, …}}", at + 1),
            );
            self.found.push(finding);
            return;
        };
        let mut cells: Vec<Cow<'_, str>> = Vec::with_capacity(entries.len());
        let mut lists = Vec::new();
        let mut seen = BTreeSet::new();
        for (key, value) in &entries {
            if value.get().starts_with('[') && rows_of(value).is_some() {
                lists.push((key, value));
                continue;
            }
            let headers = &mut self.tables[table].headers;
            let next = headers.len();
            let column = match headers.get(key.as_ref()) {
                Some(column) => *column,
                None => *headers.entry(key.to_string()).or_insert(next),
            };
            cells.resize(cells.len().max(column + 1), Cow::Borrowed(""));
            let damage = if seen.insert(column) { None } else { Some(self.twice(table, at, key)) };
            let damage = damage.or_else(|| {
                value.get().starts_with(['[', '{']).then(|| self.too_deep(table, at, key))
            });
            if let Some(why) = damage {
                self.tables[table].raw.damaged_cells.insert((at, column as u32), why);
            }
            cells[column] = text_of(value);
        }
        self.blanks += cells.len().saturating_sub(entries.len());
        if self.blanks > MOST_BLANKS {
            return;
        }
        let building = &mut self.tables[table];
        building.raw.push_row(place, cells.iter().map(AsRef::as_ref));
        if let (Some(nested), Some(parent)) = (&mut building.raw.nested, parent) {
            nested.rows.push(parent);
        }
        for (key, list) in lists {
            self.children(table, at, key, list, depth);
        }
    }

    /// Adds the rows of a list inside a row.
    fn children(&mut self, table: usize, row: u32, key: &str, list: &RawValue, depth: usize) {
        if depth >= DEEPEST {
            let zh = format!("“{key}”嵌套过深，未读");
            let finding = decode::about(
                code::VALUE_TOO_DEEP,
                self.file,
                zh,
                format!("`{key}` is nested too deep and was not read"),
            );
            self.found.push(finding);
            return;
        }
        let child = match self.tables[table].children.get(key) {
            Some(child) => *child,
            None => {
                let child = self.start(key, Some(Nested { parent: table, ..Nested::default() }));
                self.tables[table].children.insert(key.to_owned(), child);
                child
            }
        };
        if let Some(nested) = &mut self.tables[child].raw.nested {
            nested.given.resize(row as usize + 1, false);
            nested.given[row as usize] = true;
        }
        for inner in rows_of(list).unwrap_or_default() {
            self.row(child, Some(row), inner, depth + 1);
        }
    }

    fn twice(&mut self, table: usize, row: u32, key: &str) -> Text {
        let (zh, en) = (
            format!("第 {} 行的“{key}”写了两次", row + 2),
            format!("row {}: `{key}` stands twice", row + 2),
        );
        self.found.push(self.tables[table].raw.finding(
            code::COLUMN_TWICE,
            None,
            Some(key),
            zh,
            en,
        ));
        Text::new("在同一行写了两次", "is written twice in one row")
    }

    fn too_deep(&mut self, table: usize, row: u32, key: &str) -> Text {
        let zh = format!("第 {} 行的“{key}”应只填一个值", row + 2);
        let en = format!("row {}: `{key}` must hold one value", row + 2);
        self.found.push(self.tables[table].raw.finding(
            code::VALUE_TOO_DEEP,
            None,
            Some(key),
            zh,
            en,
        ));
        Text::new("是一组值，本栏只填一个值", "is a list or object where one value belongs")
    }
}

/// The entries of a list whose entries are all objects.
fn rows_of(list: &RawValue) -> Option<Vec<&RawValue>> {
    let rows: Vec<&RawValue> = serde_json::from_str(list.get()).ok()?;
    rows.iter().all(|it| it.get().starts_with('{')).then_some(rows)
}

/// A value as it would stand in a CSV file: 是, 否, nothing, the digits of a number, the text.
fn text_of<'a>(value: &'a RawValue) -> Cow<'a, str> {
    match value.get() {
        "true" => Cow::Borrowed("是"),
        "false" => Cow::Borrowed("否"),
        "null" => Cow::Borrowed(""),
        written if written.starts_with('"') => match serde_json::from_str::<Key<'a>>(written) {
            Ok(text) => text.0,
            Err(_) => Cow::Borrowed(written),
        },
        written => Cow::Borrowed(written),
    }
}
