//! CSV bytes to a raw table, with what is wrong with its shape. Cells are not read.

use crate::data::decode;
use crate::data::delimited::Records;
use crate::data::raw::RawTable;
use crate::data::raw::listed;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::value::text;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Columns without a name that are told one by one.
const MOST_NAMED: usize = 20;

/// Rows after which it is told how far the reading is.
const TOLD: usize = 1 << 14;

/// Reads the table `name` from a file. The first row that is not blank is the header; `encoding` overrides
/// the guess (byte order mark, else UTF-8, else GB18030). An empty file gives none.
pub fn read(
    name: &str,
    file: &str,
    bytes: &[u8],
    encoding: Option<&str>,
) -> (Option<RawTable>, Diagnostics) {
    read_watched(name, file, bytes, encoding, &|_| {})
}

/// The same; `watch` is told of the bytes taken in since it was last told.
pub fn read_watched(
    name: &str,
    file: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    watch: &dyn Fn(usize),
) -> (Option<RawTable>, Diagnostics) {
    let mut found = Diagnostics::default();
    let content = decode::decode(bytes, encoding, file, code::DATA_NOT_READABLE, &mut found);
    let (content, delimiter) = delimiter(file, &content);
    let mut records = Records::new(content, delimiter, true);
    let mut cells: Vec<Cow<'_, str>> = Vec::new();
    let mut table = RawTable::new(name, file);
    let mut shape = Shape::default();
    let Some(head) = records.next(&mut cells) else {
        found.push(without_header(file));
        return (None, found);
    };
    table.push_row(head.row, cells.iter().map(AsRef::as_ref));
    table.behead(0, cells.iter().map(|it| text::trim(it).to_owned()).collect());
    let lines = content.bytes().filter(|it| *it == b'\n').count() + 1;
    let marks = content.bytes().filter(|it| *it == delimiter as u8).count();
    table.reserve(lines, lines + marks, content.len());
    if head.bad_quote {
        shape.quotes.push(head.row);
    }
    let mut told = 0;
    while let Some(record) = records.next(&mut cells) {
        if table.len().is_multiple_of(TOLD) {
            watch(records.at() - told);
            told = records.at();
        }
        let width = table.headers.len();
        if record.bad_quote {
            shape.quotes.push(record.row);
        }
        if cells.len() < width {
            shape.short.push(record.row);
        }
        let row = table.len() as u32;
        if cells.iter().skip(width).any(|it| !text::trim(it).is_empty()) {
            shape.long.push(record.row);
            table.damaged.insert(
                row,
                Text::new(
                    "所在行的格数多于表头，各格可能错位",
                    "stands in a row with more cells than the header, so cells may be shifted",
                ),
            );
        } else if record.bad_quote {
            table.damaged.insert(
                row,
                Text::new(
                    "所在行的引号没有成对",
                    "stands in a row with an unclosed quotation mark",
                ),
            );
        }
        shape.look_under_blank_headers(&table.headers, &cells);
        table.push_row(record.row, cells.iter().map(AsRef::as_ref));
    }
    shape.report(&table, &mut found);
    headers_twice(&table, &mut found);
    (Some(table), found)
}

fn without_header(file: &str) -> Diagnostic {
    let finding = decode::about(
        code::DATA_NOT_READABLE,
        file,
        "文件是空的，没有表头",
        "the file is empty: it has no header",
    );
    finding.help(
        "第一行写列名；没有数据行也可以",
        "write the column names in the first row; it may have no other rows",
    )
}

/// What parts the cells, by the first line: commas, else tabs, else semicolons. A line `sep=;` says it.
fn delimiter<'a>(file: &str, content: &'a str) -> (&'a str, char) {
    let line = content.lines().next().unwrap_or_default();
    let told = line.trim_end().strip_prefix("sep=").filter(|it| it.len() == 1);
    if let Some(mark) = told.and_then(|it| it.chars().next()) {
        // The line stays, blank, so that rows keep their numbers.
        return (&content[line.len()..], mark);
    }
    if file.to_ascii_lowercase().ends_with(".tsv") {
        return (content, '\t');
    }
    let first = content.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
    let mark = [',', '\t', ';'].into_iter().find(|it| first.contains(*it));
    (content, mark.unwrap_or(','))
}

/// Rows that do not fit the header, by row number.
#[derive(Default)]
struct Shape {
    short: Vec<u32>,
    long: Vec<u32>,
    quotes: Vec<u32>,
    headless: BTreeSet<usize>,
}

impl Shape {
    fn look_under_blank_headers(&mut self, headers: &[String], cells: &[Cow<'_, str>]) {
        for (at, (header, cell)) in headers.iter().zip(cells).enumerate() {
            if header.is_empty() && !text::trim(cell).is_empty() {
                self.headless.insert(at);
            }
        }
    }

    fn report(&self, table: &RawTable, found: &mut Diagnostics) {
        let width = table.headers.len();
        let mut rows = |rows: &[u32], code, zh: String, en: String, help: (&str, &str)| {
            if let Some(first) = rows.first() {
                let (listed_zh, listed_en) = listed(rows);
                let zh = zh.replace("{}", &listed_zh);
                let mut finding =
                    decode::about(code, &table.file, zh, en.replace("{}", &listed_en));
                finding.source.iter_mut().for_each(|it| it.row = Some(*first));
                found.push(finding.help(help.0, help.1));
            }
        };
        rows(
            &self.short,
            code::RAGGED_ROW,
            format!("第 {{}} 行的格数少于表头的 {width} 列，缺的格按未填处理"),
            format!(
                "row {{}}: fewer cells than the {width} columns of the header; the missing ones count as blank"
            ),
            (
                "补齐这一行的各格；空格也要有逗号",
                "complete the row; a blank cell needs its comma too",
            ),
        );
        rows(
            &self.long,
            code::RAGGED_ROW,
            format!("第 {{}} 行的格数多于表头的 {width} 列，各格可能错位，均作有误处理"),
            format!(
                "row {{}}: more cells than the {width} columns of the header; its cells may be shifted and count as faulty"
            ),
            (
                "含逗号的内容要放在引号里，如 \"1,240\"",
                "put a text with a comma in quotation marks, such as \"1,240\"",
            ),
        );
        rows(
            &self.quotes,
            code::QUOTE_OPEN,
            "第 {} 行的引号没有成对，该行各格作有误处理".into(),
            "row {}: a quotation mark has no partner; the cells of the row count as faulty".into(),
            (
                "引号要成对；内容中的引号写两个",
                "close the quotation mark; write one inside a text twice",
            ),
        );
        for at in self.headless.iter().take(MOST_NAMED) {
            let zh = format!("第 {} 列没有列名，其中的数据未读", at + 1);
            let en = format!("column {} has no header; what it holds was not read", at + 1);
            found.push(decode::about(code::HEADER_BLANK, &table.file, zh, en));
        }
        if let Some(more) = self.headless.len().checked_sub(MOST_NAMED).filter(|it| *it > 0) {
            let zh = format!("另有 {more} 列没有列名，其中的数据未读");
            let en = format!("{more} more columns have no header; what they hold was not read");
            found.push(decode::about(code::HEADER_BLANK, &table.file, zh, en));
        }
    }
}

fn headers_twice(table: &RawTable, found: &mut Diagnostics) {
    let mut counts: IndexMap<Cow<'_, str>, usize> = IndexMap::new();
    for header in table.headers.iter().filter(|it| !it.is_empty()) {
        let count = counts.entry(text::fold(header)).or_default();
        *count += 1;
        if *count == 2 {
            let zh = format!("列名“{header}”写了两次");
            let en = format!("the header `{header}` stands twice");
            let finding = table.finding(code::COLUMN_TWICE, None, Some(header), zh, en);
            found.push(finding.help(
                "删去一列；两列内容不同的格作有误处理",
                "remove one; cells in which the two differ count as faulty",
            ));
        }
    }
}
