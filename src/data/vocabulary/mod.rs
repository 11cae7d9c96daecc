//! 分类 and 名单 from TSV or CSV: members, hierarchy, calendar, and what is wrong with them. Rules are unknown here.

mod calendar;
mod tree;

use crate::data::decode;
use crate::data::delimited::Records;
use crate::data::lookup;
use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::code;
use crate::diagnostic::code::Code;
use crate::ir::Member;
use crate::ir::Vocabulary;
use crate::ir::VocabularyKind;
use crate::source::Span;
use crate::value::text;
use indexmap::IndexMap;
use std::borrow::Cow;

/// What a rule file says of a list that is read from a file.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// 分类 or 名单.
    pub kind: VocabularyKind,
    /// 完整
    pub complete: bool,
    /// `名称 为 name`: use and column header, in the order written.
    pub columns: Vec<(String, String)>,
    /// The file, as shown.
    pub file: String,
    /// The head line in the rule file.
    pub span: Span,
}

/// What the columns of a list may be used for, Chinese and English.
const ROLES: [(&str, &str); 11] = [
    ("名称", "name"),
    ("简称", "short"),
    ("别称", "other_names"),
    ("代码", "code"),
    ("上级", "above"),
    ("层级", "level"),
    ("所在", "lies_in"),
    ("日期", "date"),
    ("类别", "kind"),
    ("止年", "last_year"),
    ("后继", "successor"),
];

/// Where the columns of each use stand.
#[derive(Default)]
struct Columns([Option<usize>; ROLES.len()]);

/// One row: its place and its cells by use.
struct Row<'a> {
    place: u32,
    cells: [Cow<'a, str>; ROLES.len()],
}

struct Reader<'a> {
    definition: &'a Definition,
    found: Diagnostics,
}

/// Reads a list. What is wrong is reported with file, row and column; what is sound is kept.
pub fn read(definition: &Definition, bytes: &[u8]) -> (Vocabulary, Diagnostics) {
    let mut reader = Reader { definition, found: Diagnostics::default() };
    let content = decode::decode(bytes, None, &definition.file, code::LIST_FILE, &mut reader.found);
    let rows = reader.rows(&content).unwrap_or_default();
    let dated = definition.columns.iter().any(|(role, _)| role_of(role) == Some(7));
    let calendar = if dated { reader.calendar(&rows) } else { vec![] };
    let members = if dated { vec![] } else { reader.members(&rows) };
    let vocabulary = Vocabulary {
        name: definition.name.clone(),
        kind: definition.kind,
        complete: definition.complete,
        index: lookup::index_of(&members),
        members,
        file: Some(definition.file.clone()),
        calendar,
    };
    (vocabulary, reader.found)
}

fn role_of(written: &str) -> Option<usize> {
    ROLES.iter().position(|(zh, en)| *zh == written || *en == written)
}
impl Reader<'_> {
    fn rows<'t>(&mut self, content: &'t str) -> Option<Vec<Row<'t>>> {
        let file = &self.definition.file;
        let tabs = file.ends_with(".tsv")
            || !file.ends_with(".csv") && content.lines().next()?.contains('\t');
        let mut records = Records::new(content, if tabs { '\t' } else { ',' }, !tabs);
        let mut cells = Vec::new();
        if records.next(&mut cells).is_none() {
            self.found.push(decode::about(
                code::LIST_FILE,
                file,
                "名单文件是空的",
                "the file of the list is empty",
            ));
            return None;
        }
        let width = cells.len();
        let columns = self.columns(&cells);
        let mut rows = Vec::new();
        while let Some(record) = records.next(&mut cells) {
            if cells.len() > width || record.bad_quote {
                let zh = format!("这一行有 {} 格，表头只有 {width} 列", cells.len());
                let en = format!("the row has {} cells, the header {width}", cells.len());
                self.at(code::LIST_FILE, record.row, None, zh, en);
            }
            let cell = |column: Option<usize>| {
                column.and_then(|it| cells.get(it)).map_or(Cow::Borrowed(""), trimmed)
            };
            rows.push(Row { place: record.row, cells: columns.0.map(cell) });
        }
        Some(rows)
    }

    /// Finds the columns the definition names.
    fn columns(&mut self, headers: &[Cow<'_, str>]) -> Columns {
        let mut columns = Columns::default();
        for (role, column) in &self.definition.columns {
            let Some(use_of) = role_of(role) else {
                let known: Vec<&str> = ROLES.iter().map(|(zh, _)| *zh).collect();
                let zh = format!("“{role}”不是名单列的用途");
                let help = (
                    format!("可写：{}", known.join("、")),
                    format!("write one of {}", known.join(", ")),
                );
                self.about(code::LIST_ROLE, zh, format!("`{role}` is no use of a column"), help);
                continue;
            };
            let wanted = text::fold(column);
            columns.0[use_of] = headers.iter().position(|it| text::fold(it) == wanted);
            if columns.0[use_of].is_none() {
                let there: Vec<&str> = headers.iter().map(|it| text::trim(it)).collect();
                let zh = format!("{} 没有列“{column}”", self.definition.file);
                let help = (
                    format!("文件中的列：{}", there.join("、")),
                    format!("its columns are {}", there.join(", ")),
                );
                self.about(
                    code::LIST_COLUMN,
                    zh,
                    format!("{} has no column `{column}`", self.definition.file),
                    help,
                );
            }
        }
        let has = |use_of: usize| {
            self.definition.columns.iter().any(|(role, _)| role_of(role) == Some(use_of))
        };
        let lacks = match (has(0), has(7), has(8)) {
            (_, true, false) => Some("类别"),
            (_, false, true) => Some("日期"),
            (false, false, _) => Some("名称"),
            _ => None,
        };
        if let Some(role) = lacks {
            let help = (format!("写“{role} 为 列名”"), "say which column it is".to_owned());
            self.about(
                code::LIST_ROLE,
                format!("没有说哪一列是{role}"),
                format!("no column is said to be {role}"),
                help,
            );
        }
        columns
    }

    fn members(&mut self, rows: &[Row<'_>]) -> Vec<Member> {
        let mut members = Vec::new();
        let mut places = Vec::new();
        let named = self.definition.columns.iter().any(|(role, _)| role_of(role) == Some(0));
        for row in rows.iter().filter(|_| named) {
            let [name, short, aliases, code, ..] = &row.cells;
            if name.is_empty() {
                self.at(
                    code::LIST_NAME_BLANK,
                    row.place,
                    Some(0),
                    "这一行没有名称",
                    "the row has no name",
                );
                continue;
            }
            let filled = |it: &Cow<'_, str>| (!it.is_empty()).then(|| it.to_string());
            let parts = aliases.split(['|', '｜']).map(text::trim).filter(|it| !it.is_empty());
            members.push(Member {
                name: name.as_ref().into(),
                short: filled(short),
                aliases: parts.map(str::to_owned).collect(),
                code: filled(code),
                parent: None,
                level: 1,
                host: filled(&row.cells[6]),
                last_year: filled(&row.cells[9]),
                successor: filled(&row.cells[10]),
            });
            places.push(row);
        }
        self.find_parents(&mut members, &places);
        self.find_twice(&members, &places);
        members
    }

    /// No two members may have one code; without codes, no two of one parent may have one name.
    fn find_twice(&mut self, members: &[Member], rows: &[&Row<'_>]) {
        let mut codes: IndexMap<Cow<'_, str>, usize> = IndexMap::new();
        let mut names: IndexMap<(Option<u32>, Cow<'_, str>), usize> = IndexMap::new();
        for (at, member) in members.iter().enumerate() {
            let (first, what, role) = match &member.code {
                Some(code) => (*codes.entry(text::fold(code)).or_insert(at), code.as_str(), 3),
                None => (
                    *names.entry((member.parent, text::fold(&member.name))).or_insert(at),
                    &*member.name,
                    0,
                ),
            };
            if first != at {
                let zh = format!("“{what}”在第 {} 行已有", rows[first].place);
                let en = format!("`{what}` stands in row {} already", rows[first].place);
                self.at(code::LIST_TWICE, rows[at].place, Some(role), zh, en);
            }
        }
    }

    /// A finding about a row of the file.
    fn at(
        &mut self,
        code: Code,
        row: u32,
        use_of: Option<usize>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        let role = |use_of: usize| {
            self.definition.columns.iter().find(|(role, _)| role_of(role) == Some(use_of))
        };
        let column = use_of.and_then(role).map(|(_, column)| column.clone());
        let source =
            CellRef { file: self.definition.file.clone(), sheet: None, row: Some(row), column };
        self.found.push(Diagnostic::new(code, zh, en).cell(source));
    }

    /// A finding about the definition.
    fn about(
        &mut self,
        code: Code,
        zh: impl Into<String>,
        en: impl Into<String>,
        help: (String, String),
    ) {
        self.found
            .push(Diagnostic::new(code, zh, en).at(self.definition.span).help(help.0, help.1));
    }
}

fn trimmed<'t>(cell: &Cow<'t, str>) -> Cow<'t, str> {
    match cell {
        Cow::Borrowed(cell) => Cow::Borrowed(text::trim(cell)),
        Cow::Owned(cell) => Cow::Owned(text::trim(cell).to_owned()),
    }
}
