//! What is said of the columns of a table as given: missing, standing twice, read in another unit, not declared. Cells are judged elsewhere.

use crate::data::header;
use crate::data::raw::listed;
use crate::data::rows::Source;
use crate::data::taking::Taking;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::value::text;

/// Says which columns are missing, stand twice, or are not declared.
pub(crate) fn columns(
    program: &Program,
    table: &Table,
    above: Option<&str>,
    source: &Source<'_>,
    found: &mut Diagnostics,
) {
    let raw = source.raw;
    if raw.written || raw.headers.is_empty() {
        return;
    }
    readings(table, source, found);
    for (field, columns) in table.fields.iter().zip(&source.columns) {
        match (&field.kind, columns.as_slice()) {
            (FieldKind::Rows { .. }, _) | (_, [_]) => {}
            (_, []) => found.push(missing(source, field)),
            (_, [first, .., last]) => {
                let (a, b) = (&raw.headers[*first], &raw.headers[*last]);
                if text::fold(a) != text::fold(b) {
                    let zh = format!("“{a}”和“{b}”两列都是“{}”", field.name);
                    let en = format!("the columns `{a}` and `{b}` both are `{}`", field.name);
                    let finding = raw.finding(code::COLUMN_TWICE, None, Some(b), zh, en);
                    found.push(finding.help(
                        "删去一列；两列内容不同的格作有误处理",
                        "remove one; cells in which they differ count as faulty",
                    ));
                }
            }
        }
    }
    if let (Some(above), None, None) = (above, source.link, &raw.nested) {
        let zh = format!("缺列“{above}”：不知道各行属于哪个{above}，都不计入");
        let en = format!(
            "the column `{above}` is missing: no row can be told whose it is, and none is counted"
        );
        let help = (
            format!("加一列“{above}”，填所属{above}的标识"),
            format!("add a column `{above}` with the key of the row's parent"),
        );
        found.push(
            raw.finding(code::COLUMN_MISSING, None, Some(above), zh, en).help(help.0, help.1),
        );
    }
    let lists: Vec<&str> = list_names(program, table).collect();
    let headers = raw.headers.iter().enumerate();
    let mut unread = Vec::new();
    for (at, header) in headers.filter(|(at, it)| !it.is_empty() && !is_read(source, *at)) {
        let list = lists.iter().any(|it| text::fold(it) == text::fold(header));
        let blank = || (0..raw.len()).all(|row| raw.cell(row, at).trim().is_empty());
        if !list || !blank() {
            unread.push(header.as_str());
        }
    }
    if let Some(finding) = undeclared(source, &unread) {
        found.push(finding);
    }
}

/// Names the columns that no field reads, the first ones of many.
fn undeclared(source: &Source<'_>, headers: &[&str]) -> Option<Diagnostic> {
    const NAMED: usize = 6;
    let first = headers.first()?;
    let named = &headers[..headers.len().min(NAMED)];
    let rest = headers.len() - named.len();
    let (more_zh, more_en) = match rest {
        0 => (String::new(), String::new()),
        n => (format!(" 等 {} 列", headers.len()), format!(" and {n} more")),
    };
    let zh = format!("规则没有声明列“{}”{more_zh}，未读", named.join("”、“"));
    let en = match headers.len() {
        1 => format!("the rulebook declares no column `{first}`: it was not read"),
        _ => format!(
            "the rulebook declares no columns `{}`{more_en}: they were not read",
            named.join("`, `")
        ),
    };
    Some(source.raw.finding(code::UNDECLARED, None, Some(first), zh, en))
}

/// Says which columns were taken otherwise than as they stand: in the unit of the header, as serial numbers of days.
fn readings(table: &Table, source: &Source<'_>, found: &mut Diagnostics) {
    let raw = source.raw;
    for (at, field) in table.fields.iter().enumerate() {
        let Some(column) = source.columns[at].first() else { continue };
        let header = raw.headers[*column].as_str();
        match &source.readings[at] {
            Taking::Plain => {}
            Taking::Unit(unit) => {
                let zh = format!("列“{header}”中的数按表头写的单位“{}”读取", unit.name);
                let en = format!(
                    "numbers of the column `{header}` were read in `{}`, as its header says",
                    unit.name
                );
                found.push(raw.finding(code::HEADER_UNIT, None, Some(header), zh, en));
            }
            Taking::WrongUnit => {
                let why = header::unit_of(field, header).err().unwrap_or_default();
                let zh = format!("列“{header}”：{}，其中不带单位的数不可用", why.zh);
                let en =
                    format!("the column `{header}`: {}; its bare numbers are not used", why.en);
                found.push(raw.finding(code::CELL_FAULT, None, Some(header), zh, en));
            }
            Taking::Serial { .. } => {
                let is = |row: &usize| source.readings[at].is_serial(raw.cell(*row, *column));
                let rows: Vec<u32> = (0..raw.len()).filter(is).map(|it| raw.place(it)).collect();
                if let Some(first) = rows.first().and_then(|it| raw.row_at(*it)) {
                    let (zh_rows, en_rows) = listed(&rows);
                    let (cell, day) = (
                        raw.cell(first, *column),
                        source.readings[at].take(raw.cell(first, *column)),
                    );
                    let zh = format!(
                        "{header}“{cell}”是日期序号，读作 {day}，请核对（第 {zh_rows} 行）"
                    );
                    let en = format!(
                        "{header} `{cell}` is the serial number of a day and was read as {day}: check it (row {en_rows})"
                    );
                    let finding = raw.finding(code::DATE_SERIAL, Some(first), Some(header), zh, en);
                    found.push(finding.rows(rows));
                }
            }
        }
    }
}

/// What the lists of child rows are called, which a JSON row may leave blank.
fn list_names<'p>(program: &'p Program, table: &'p Table) -> impl Iterator<Item = &'p str> {
    table
        .fields
        .iter()
        .filter_map(|field| match field.kind {
            FieldKind::Rows { table, .. } => Some([&field.name, &program.table(table).name]),
            FieldKind::Scalar { .. } => None,
        })
        .flatten()
        .map(String::as_str)
}

fn missing(source: &Source<'_>, field: &Field) -> Diagnostic {
    let aliases = field.aliases.join("、");
    let also = if aliases.is_empty() { String::new() } else { format!("（或 {aliases}）") };
    let (code, zh, en) = match (field.blank_is_none, field.optional) {
        (true, _) => {
            (code::OPTIONAL_COLUMN_MISSING, "，各行按“无”处理", ": it counts as none in every row")
        }
        (_, true) => {
            (code::OPTIONAL_COLUMN_MISSING, "，各行按未填处理", ": it is blank in every row")
        }
        _ => (code::COLUMN_MISSING, "，各行按未填处理", ": it is blank in every row"),
    };
    let (zh, en) = (
        format!("缺列“{}”{also}{zh}", field.name),
        format!("the column `{}` is missing{en}", field.name),
    );
    let finding = source.raw.finding(code, None, Some(&field.name), zh, en);
    match nearest_unread(source, &field.name) {
        Some(header) => finding.help(
            format!("如果就是列“{header}”，改为“{}”，或在规则中给字段加别名“{header}”", field.name),
            format!("if it is `{header}`, rename that, or give the field this alias"),
        ),
        None => finding.help("在表头中加上这一列", "add the column to the header"),
    }
}

/// The header most like a name, among those that are read for no field.
fn nearest_unread<'s>(source: &'s Source<'_>, name: &str) -> Option<&'s str> {
    // Only a suggestion rests on these floating numbers.
    let likeness = |header: &str| strsim::normalized_damerau_levenshtein(header, name);
    let headers = source.raw.headers.iter().enumerate();
    let unread = headers.filter(|(at, header)| !header.is_empty() && !is_read(source, *at));
    let near = unread.map(|(_, header)| header.as_str()).filter(|it| likeness(it) >= 0.5);
    near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
}

fn is_read(source: &Source<'_>, column: usize) -> bool {
    source.link == Some(column) || source.columns.iter().any(|it| it.contains(&column))
}
