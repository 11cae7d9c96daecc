//! What is said of the cells of one field: holes, blanks, oddities, repetition. It corrects nothing.

use crate::data::FieldColumn;
use crate::data::HoleKind;
use crate::data::columns::Notes;
use crate::data::findings::shortened;
use crate::data::measure::Oddity;
use crate::data::raw::listed;
use crate::data::rows::Rows;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::diagnostic::code::Code;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Number;
use crate::value::State;
use crate::value::text;
use indexmap::IndexMap;

/// The most findings of one kind about the cells of one column; the rest are counted.
pub(super) const MOST: usize = 1000;

/// The cells of one field.
pub(super) struct Cells<'a> {
    pub(super) program: &'a Program,
    pub(super) id: TableId,
    pub(super) at: u32,
    pub(super) all: &'a [Rows<'a>],
    pub(super) field: &'a Field,
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
    if cells.field.unique {
        cells.repeated(column, found);
    }
}

impl Cells<'_> {
    pub(super) fn rows(&self) -> &Rows<'_> {
        &self.all[self.id.0 as usize]
    }

    /// A finding at one cell, with the case it belongs to.
    pub(super) fn at(
        &self,
        code: Code,
        row: u32,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Diagnostic {
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
                let name = &self.field.name;
                let (zh, en) = match shortened(&hole.raw).as_str() {
                    "" => (String::new(), String::new()),
                    raw => (format!("“{raw}”"), format!(" `{raw}`")),
                };
                let zh = format!("{name}{zh}{}", hole.why.zh);
                found.push(self.at(code, *row, zh, format!("{name}{en} {}", hole.why.en)));
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

    /// One finding for all blanks of a column that must be filled. A field with 适用 may be blank lawfully, and a row of
    /// nobody, such as one of totals, is told as a whole.
    fn blanks(&self, column: &FieldColumn, found: &mut Diagnostics) {
        if self.field.optional || self.field.applies.is_some() {
            return;
        }
        let nobodys = |row: u32| !self.rows().is_attached(row);
        let there = |row: u32| {
            let source = &self.rows().sources[self.rows().order[row as usize].0 as usize];
            !source.columns[self.at as usize].is_empty() && !source.raw.written
        };
        let blank = column.holes.iter().filter(|(_, hole)| hole.kind == HoleKind::Blank);
        let rows = blank.map(|(row, _)| *row).filter(|it| there(*it) && !nobodys(*it));
        let rows: Vec<u32> = rows.collect();
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

    /// What a cell holds.
    pub(super) fn text(&self, row: u32) -> String {
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
        for (row, cell) in self.rows().cells(self.at) {
            if column.column.get(row as usize).state() == State::Value {
                rows.entry(text::fold(&cell.text).into_owned()).or_default().push(row);
            }
        }
        for (value, rows) in rows.iter_mut().filter(|(_, rows)| rows.len() > 1) {
            rows.sort_unstable();
            let places = self.places(rows);
            let (zh_rows, en_rows) = listed(&places);
            let (name, value) = (&self.field.name, shortened(value));
            let zh = format!("{name}“{value}”不应重复，第 {zh_rows} 行都是它");
            let en = format!("{name} `{value}` must be unique, but stands in rows {en_rows}");
            let finding = self.at(code::NOT_UNIQUE, rows[1], zh, en);
            found.push(Diagnostic { case: None, rows: places, ..finding });
        }
    }

    pub(super) fn places(&self, rows: &[u32]) -> Vec<u32> {
        rows.iter().map(|it| self.rows().place(*it as usize).row).collect()
    }
}
