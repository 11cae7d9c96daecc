//! Made-up cases: rows of data taken over as texts or left blank, with some cells changed, ready to be run. Nothing is judged.

use crate::data;
use crate::data::Facts;
use crate::data::RawTable;
use crate::explain::show::in_unit;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::WrittenCell;
use crate::ir::WrittenTable;
use crate::source::FileId;
use crate::source::Span;
use crate::value::Foreign;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::day;
use std::collections::BTreeMap;

/// Child rows of a case that are taken over; more do not make a better example.
const ROWS: usize = 12;

/// A case as texts: its own cells by field, and the rows of its lists by the list's table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Field → text.
    pub cells: BTreeMap<String, String>,
    /// Table → rows of field → text.
    pub lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// A change to a made-up case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A cell of its own.
    Cell(String, String),
    /// A cell of the first row of a list.
    First(String, String, String),
    /// So many rows of a list.
    Rows(String, usize),
}

impl Made {
    /// The case with changes.
    pub fn with(&self, changes: &[Change]) -> Made {
        let mut made = self.clone();
        for change in changes {
            match change {
                Change::Cell(field, text) => {
                    made.cells.insert(field.clone(), text.clone());
                }
                Change::First(table, field, text) => {
                    let rows = made.lists.entry(table.clone()).or_default();
                    if rows.is_empty() {
                        rows.push(BTreeMap::new());
                    }
                    rows[0].insert(field.clone(), text.clone());
                }
                Change::Rows(table, count) => {
                    let rows = made.lists.entry(table.clone()).or_default();
                    let first = rows.first().cloned().unwrap_or_default();
                    rows.resize(*count, first);
                }
            }
        }
        made
    }
}

/// A row of the data as texts, with the rows of its lists.
pub fn taken(program: &Program, facts: &Facts, table: TableId, row: usize) -> Made {
    let cells = |table: TableId, row: usize| -> BTreeMap<String, String> {
        let fields = (0u32..).zip(&program.table(table).fields);
        let texts = fields.filter_map(|(index, field)| {
            let column = facts.table(table).columns[index as usize].as_ref()?;
            Some((field.name.clone(), text(program, field, &column.column.get(row))))
        });
        texts.collect()
    };
    let mut made = Made { cells: cells(table, row), lists: BTreeMap::new() };
    for field in &program.table(table).fields {
        if let FieldKind::Rows { table: child, .. } = field.kind {
            let rows = facts.table(child).submitted_of(row).take(ROWS).map(|it| cells(child, it));
            made.lists.insert(program.table(child).name.clone(), rows.collect());
        }
    }
    made
}

/// A cell as it would stand in a file; blank where it is not settled.
fn text(program: &Program, field: &Field, set: &Set) -> String {
    let FieldKind::Scalar { ty, unit, .. } = &field.kind else { return String::new() };
    if set.may_be_na() {
        return if set.is_settled() { "无".to_owned() } else { String::new() };
    }
    match (set, ty) {
        (Set::Truth(Truth::TRUE), _) => "是".to_owned(),
        (Set::Truth(Truth::FALSE), _) => "否".to_owned(),
        (Set::Number(it), _) => {
            let number = it.values.as_ref().and_then(|it| it.single().cloned());
            let written = number.map(|it| in_unit(&it, unit.as_ref()));
            let places = written.as_ref().and_then(|it| it.decimal_places()).filter(|it| *it <= 18);
            written.zip(places).map_or_else(String::new, |(it, places)| it.to_fixed(places))
        }
        (Set::Date(it), ty) => {
            let single = it.values.filter(|it| it.low == it.high).and_then(|it| it.low);
            match (single, ty) {
                (Some(at), Ty::Period(kind)) => kind.show(at),
                (Some(at), _) => day::show(at),
                (None, _) => String::new(),
            }
        }
        (Set::Member(it), Ty::Member(list)) => {
            let Some(values) = &it.values else { return String::new() };
            match (values.members.as_deref(), &values.foreign) {
                (Some([member]), Foreign::No) => member_text(program, *list, *member),
                (Some([]), Foreign::One(text)) => text.to_string(),
                _ => String::new(),
            }
        }
        (Set::Text(it), _) => match &it.values {
            Some(TextSet::One(text)) => text.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// A member by its code where it has one: names may be borne by several.
pub fn member_text(program: &Program, list: crate::ir::VocabularyId, member: u32) -> String {
    let it = &program.vocabulary(list).members[member as usize];
    it.code.clone().unwrap_or_else(|| it.name.to_string())
}

/// Made-up cases as the tables of one run; the case at a place has that number, from 1, as its key.
pub fn tables(program: &Program, table: TableId, cases: &[Made]) -> Vec<RawTable> {
    let nowhere = Span::new(FileId(0), 0, 0);
    let cell = |text: String| WrittenCell { text, span: nowhere };
    let key = program.table(table).key;
    let scalars = |table: TableId| -> Vec<u32> {
        let fields = (0u32..).zip(&program.table(table).fields);
        fields.filter(|it| matches!(it.1.kind, FieldKind::Scalar { .. })).map(|it| it.0).collect()
    };
    let columns = scalars(table);
    let row = |(at, made): (usize, &Made)| {
        let cells = columns.iter().map(|index| {
            let name = &program.table(table).fields[*index as usize].name;
            cell(match key == Some(*index) {
                true => (at + 1).to_string(),
                false => made.cells.get(name).cloned().unwrap_or_default(),
            })
        });
        (0, cells.collect())
    };
    let field = |table: TableId| move |index: &u32| FieldId { table, index: *index };
    let mut all = vec![WrittenTable {
        table,
        fields: columns.iter().map(field(table)).collect(),
        rows: cases.iter().enumerate().map(row).collect(),
        given: vec![],
    }];
    for list in &program.table(table).fields {
        let FieldKind::Rows { table: child, .. } = list.kind else { continue };
        let (columns, child_table) = (scalars(child), program.table(child));
        let mut rows = vec![];
        for (parent, made) in (0u32..).zip(cases) {
            for (at, texts) in made.lists.get(&child_table.name).into_iter().flatten().enumerate() {
                let cells = columns.iter().map(|index| {
                    let name = &child_table.fields[*index as usize].name;
                    let text = texts.get(name).cloned().unwrap_or_default();
                    let named = child_table.key == Some(*index) && child_table.periods.is_none();
                    // Rows of one list have names of their own.
                    cell(if named { format!("{text}{}", at + 1) } else { text })
                });
                rows.push((parent, cells.collect()));
            }
        }
        let given = cases.iter().map(|it| it.lists.contains_key(&child_table.name)).collect();
        let fields = columns.iter().map(field(child)).collect();
        all.push(WrittenTable { table: child, fields, rows, given });
    }
    data::written(program, &all, "例")
}
