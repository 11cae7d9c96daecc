//! What there is to say about bound data: tables not given, missing columns, bad cells. Nothing is read here.

use crate::data::FieldColumn;
use crate::data::HoleKind;
use crate::data::columns::Notes;
use crate::data::header;
use crate::data::measure::Oddity;
use crate::data::raw::listed;
use crate::data::rows::Rows;
use crate::data::rows::Source;
use crate::data::suspects;
use crate::data::taking::Taking;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::diagnostic::code::Code;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::value::Number;
use crate::value::State;
use crate::value::UnitKind;
use crate::value::text;
use indexmap::IndexMap;

/// The most findings of one kind about the cells of one column; the rest are counted.
const MOST: usize = 1000;

/// Says that a table was not given, or comes from several files.
pub(crate) fn given(
    program: &Program,
    id: TableId,
    sources: &[Source<'_>],
    found: &mut Diagnostics,
) {
    let table = program.table(id);
    match sources {
        [] if table.parent.is_none() => {
            let (zh, en) = (
                format!("没有提供表“{}”", table.name),
                format!("the table `{}` was not given", table.name),
            );
            let zh_help =
                format!("CSV 文件应名为 {}.csv；JSON 中应有列表“{}”", table.name, table.name);
            let en_help =
                format!("name the CSV file {}.csv, or the JSON list `{}`", table.name, table.name);
            let code = if program.case_tables.contains(&id) {
                code::CASES_NOT_GIVEN
            } else {
                code::TABLE_NOT_GIVEN
            };
            found.push(Diagnostic::new(code, zh, en).help(zh_help, en_help));
        }
        [] => {
            let zh = format!("没有提供表“{}”：有多少行不得而知，不按零行处理", table.name);
            let en = format!(
                "the table `{}` was not given: how many rows it has is unknown, and not zero",
                table.name
            );
            let help = (
                format!("没有任何行的，提供只有表头的 {}.csv", table.name),
                format!("if there are none, give {}.csv with a header only", table.name),
            );
            found.push(Diagnostic::new(code::TABLE_NOT_GIVEN, zh, en).help(help.0, help.1));
        }
        [_] => {}
        [_, others @ ..]
            if others.iter().all(|it| it.raw.nested.is_some())
                && sources[0].raw.nested.is_some() => {}
        [first, others @ ..] => {
            let files: Vec<&str> = sources.iter().map(|it| it.raw.file.as_str()).collect();
            let zh = format!(
                "表“{}”来自 {} 处，各行合在一起：{}",
                table.name,
                others.len() + 1,
                files.join("、")
            );
            let en = format!(
                "the table `{}` comes from {} places, taken together: {}",
                table.name,
                others.len() + 1,
                files.join(", ")
            );
            found.push(first.raw.finding(code::SEVERAL_FILES, None, None, zh, en));
        }
    }
}

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

/// The cells of one field.
struct Cells<'a> {
    program: &'a Program,
    id: TableId,
    at: u32,
    all: &'a [Rows<'a>],
    field: &'a Field,
}

/// Says what is wrong with the cells of a field, and what is odd about them.
pub(crate) fn cells(
    program: &Program,
    id: TableId,
    at: u32,
    all: &[Rows<'_>],
    column: &FieldColumn,
    notes: Notes,
    found: &mut Diagnostics,
) {
    let cells = Cells { program, id, at, all, field: &program.table(id).fields[at as usize] };
    cells.holes(column, found);
    cells.blanks(column, found);
    cells.oddities(&notes, found);
    cells.foreign(&notes, found);
    cells.suspects(column, found);
    if cells.field.unique {
        cells.repeated(column, found);
    }
}

impl Cells<'_> {
    fn rows(&self) -> &Rows<'_> {
        &self.all[self.id.0 as usize]
    }

    /// A finding at one cell, with the case it belongs to.
    fn at(&self, code: Code, row: u32, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        let (source, raw_row) = self.rows().order[row as usize];
        let source = &self.rows().sources[source as usize];
        let header =
            source.columns[self.at as usize].first().map(|it| source.raw.headers[*it].as_str());
        let finding = source.raw.finding(code, Some(raw_row as usize), header, zh, en);
        self.case_of(row).into_iter().fold(finding, |it, case| it.case(case))
    }

    /// The key of the case a row belongs to.
    fn case_of(&self, row: u32) -> Option<String> {
        let (mut table, mut row) = (self.id, row as usize);
        while !self.program.case_tables.contains(&table) {
            let Some(parent) = self.program.table(table).parent else { break };
            row = *self.all[table.0 as usize].parents.get(row)? as usize;
            table = parent.table;
        }
        self.all[table.0 as usize].keys.get(row).map(|it| it.to_string())
    }

    fn holes(&self, column: &FieldColumn, found: &mut Diagnostics) {
        let mut count = 0;
        for (row, hole) in &column.holes {
            let code = match hole.kind {
                HoleKind::Blank => continue,
                HoleKind::Fault if self.rows().is_reported(*row, self.at) => continue,
                HoleKind::Fault => code::CELL_FAULT,
                HoleKind::Homonym => code::HOMONYM,
                HoleKind::Coarse => code::COARSE_DATE,
            };
            count += 1;
            if count <= MOST {
                let (name, raw) = (&self.field.name, shortened(&hole.raw));
                let zh = format!("{name}“{raw}”{}", hole.why.zh);
                found.push(self.at(code, *row, zh, format!("{name} `{raw}` {}", hole.why.en)));
            }
        }
        if count > MOST {
            let zh =
                format!("“{}”列另有 {} 格有类似问题，未逐一列出", self.field.name, count - MOST);
            let en = format!(
                "{} more cells of `{}` have such faults and are not listed",
                count - MOST,
                self.field.name
            );
            found.push(Diagnostic::new(code::CELL_FAULT, zh, en));
        }
    }

    /// One finding for all blanks of a column that must be filled. A field with 适用 may be blank lawfully.
    fn blanks(&self, column: &FieldColumn, found: &mut Diagnostics) {
        if self.field.optional || self.field.applies.is_some() {
            return;
        }
        let there = |row: u32| {
            let source = &self.rows().sources[self.rows().order[row as usize].0 as usize];
            !source.columns[self.at as usize].is_empty() && !source.raw.written
        };
        let blank =
            column.holes.iter().filter(|(row, hole)| hole.kind == HoleKind::Blank && there(**row));
        let rows: Vec<u32> = blank.map(|(row, _)| *row).collect();
        if let Some(first) = rows.first() {
            let places = self.places(&rows);
            let (zh_rows, en_rows) = listed(&places);
            let zh = format!("“{}”列有 {} 格未填：第 {zh_rows} 行", self.field.name, rows.len());
            let en =
                format!("{} cells of `{}` are blank: row {en_rows}", rows.len(), self.field.name);
            let finding = self.at(code::CELLS_BLANK, *first, zh, en);
            found.push(Diagnostic { case: None, rows: places, ..finding });
        }
    }

    fn oddities(&self, notes: &Notes, found: &mut Diagnostics) {
        for (kind, code) in
            [(Oddity::PlainRatio, code::PLAIN_RATIO), (Oddity::CountWord, code::OTHER_COUNT_WORD)]
        {
            let odd: Vec<_> = notes.odd.iter().filter(|(_, it, _)| *it == kind).collect();
            let Some((first, _, raw)) = odd.first() else { continue };
            let FieldKind::Scalar { unit: Some(unit), .. } = &self.field.kind else { continue };
            let rows = self.places(&odd.iter().map(|(row, ..)| *row).collect::<Vec<_>>());
            let (zh_rows, en_rows) = listed(&rows);
            let name = &self.field.name;
            let (zh, en) = match kind {
                Oddity::PlainRatio => {
                    let mark = if unit.factor < Number::one() {
                        unit.to_string()
                    } else {
                        format!("（{unit}）")
                    };
                    (
                        format!("{name}“{raw}”读作 {raw}{mark}，请核对（第 {zh_rows} 行）"),
                        format!("{name} `{raw}` was read as {raw}{mark}: check it (row {en_rows})"),
                    )
                }
                Oddity::CountWord => (
                    format!("{name}“{raw}”的量词与本栏的“{unit}”不同，按数读取（第 {zh_rows} 行）"),
                    format!(
                        "{name} `{raw}` has another counting word than `{unit}`; its number was taken (row {en_rows})"
                    ),
                ),
            };
            found.push(Diagnostic { case: None, rows, ..self.at(code, *first, zh, en) });
        }
    }

    fn foreign(&self, notes: &Notes, found: &mut Diagnostics) {
        for (name, (row, count, why)) in notes.foreign.iter().take(MOST) {
            let (more_zh, more_en) = match count {
                1 => (String::new(), String::new()),
                _ => (format!("（共 {count} 格）"), format!(" ({count} cells)")),
            };
            let (field, name) = (&self.field.name, shortened(name));
            let zh = format!("{field}“{name}”{}{more_zh}", why.zh);
            found.push(self.at(
                code::NOT_IN_LIST,
                *row,
                zh,
                format!("{field} `{name}` {}{more_en}", why.en),
            ));
        }
        if notes.foreign.len() > MOST {
            let count = notes.foreign.len() - MOST;
            let zh = format!("“{}”列另有 {count} 种内容不在名单中，未逐一列出", self.field.name);
            let en = format!(
                "{count} more names of `{}` are in no list and are not shown",
                self.field.name
            );
            found.push(Diagnostic::new(code::NOT_IN_LIST, zh, en));
        }
    }

    /// Numbers that look as if written in another unit. Ratios vary too much, and rows of a rule file are made up.
    fn suspects(&self, column: &FieldColumn, found: &mut Diagnostics) {
        let FieldKind::Scalar { ty: Ty::Number(_), unit: Some(unit), .. } = &self.field.kind else {
            return;
        };
        let written = self.rows().sources.iter().any(|it| it.raw.written);
        if written || unit.kind == UnitKind::Ratio {
            return;
        }
        for suspect in suspects::suspects(&column.column).into_iter().take(MOST) {
            let (name, times) = (&self.field.name, suspect.times);
            let (side_zh, side_en) = if suspect.small {
                (format!("{times} 分之一"), format!("1/{times}"))
            } else {
                (format!("{times} 倍"), format!("{times} times"))
            };
            let raw = self.text(suspect.row);
            let zh = format!(
                "{name}“{raw}”约为其他各行的 {side_zh}，可能用错了单位（本栏为{unit}），请核对"
            );
            let en = format!(
                "{name} `{raw}` is about {side_en} what the other rows hold: check its unit (the field is in {unit})"
            );
            found.push(self.at(code::SUSPECT_UNIT, suspect.row, zh, en));
        }
    }

    /// What a cell holds.
    fn text(&self, row: u32) -> String {
        let (source, raw_row) = self.rows().order[row as usize];
        let source = &self.rows().sources[source as usize];
        let column = source.columns[self.at as usize].first();
        column.map_or(String::new(), |it| {
            shortened(text::trim(source.raw.cell(raw_row as usize, *it)))
        })
    }

    /// 不重复: over the whole table, whatever the parents.
    fn repeated(&self, column: &FieldColumn, found: &mut Diagnostics) {
        let mut rows: IndexMap<_, Vec<u32>> = IndexMap::new();
        for (row, cell) in (0u32..).zip(self.rows().cells(self.at)) {
            if column.column.get(row as usize).state() == State::Value {
                rows.entry(text::fold(&cell.text).into_owned()).or_default().push(row);
            }
        }
        for (value, rows) in rows.iter().filter(|(_, rows)| rows.len() > 1) {
            let places = self.places(rows);
            let (zh_rows, en_rows) = listed(&places);
            let (name, value) = (&self.field.name, shortened(value));
            let zh = format!("{name}“{value}”不应重复，第 {zh_rows} 行都是它");
            let en = format!("{name} `{value}` must be unique, but stands in rows {en_rows}");
            let finding = self.at(code::NOT_UNIQUE, rows[1], zh, en);
            found.push(Diagnostic { case: None, rows: places, ..finding });
        }
    }

    fn places(&self, rows: &[u32]) -> Vec<u32> {
        rows.iter().map(|it| self.rows().place(*it as usize).row).collect()
    }
}

/// A cell as a message shows it: a long one is cut.
pub fn shortened(raw: &str) -> String {
    const LONGEST: usize = 40;
    match raw.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &raw[..end]),
        None => raw.to_owned(),
    }
}
