//! What was edited between two versions of the data: cells, rows and tables, by case and field. Cells are texts here.

use crate::data::RawTable;
use crate::difference::causes::Set;
use crate::difference::edits::Change;
use crate::difference::figures::Figures;
use crate::ir::TableId;
use crate::value::text;
use std::collections::BTreeMap;

/// One edit of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEdit {
    /// What happened.
    pub change: Change,
    /// The table.
    pub table: String,
    /// The row: its key, below the key of the row it belongs to.
    pub row: String,
    /// The key of the case it belongs to, where that can be told.
    pub case: String,
    /// The column; none where it is the whole row.
    pub column: Option<String>,
    /// What stood there.
    pub old: Option<String>,
    /// What stands there.
    pub new: Option<String>,
    /// The row in the file, as a spreadsheet shows it.
    pub place: u32,
}

/// The edits of the data, numbered from [`CellEdits::first`].
#[derive(Clone, Debug, Default)]
pub struct CellEdits {
    /// The number of the first.
    pub first: usize,
    /// The edits.
    pub all: Vec<CellEdit>,
    /// Which edits each table of the old data is made anew by; tables that are the same in both are not in it.
    tables: BTreeMap<String, Vec<Step>>,
    /// Whether there are tables that cannot be edited cell by cell.
    whole: bool,
}

/// How one row goes from old to new.
#[derive(Clone, Debug)]
struct Step {
    old: Option<usize>,
    new: Option<usize>,
    /// The edit of the row; else those of its cells, by column of the new table.
    row: Option<usize>,
    cells: Vec<(usize, usize)>,
}

/// More edits than this are taken case by case, and more cases than this all together.
const SINGLE: usize = 120;

/// The rows of a table by what names them: parent and key, as the header says.
struct Keyed {
    keys: Vec<String>,
    cases: Vec<String>,
}

/// Compares the tables of two versions; nothing where they are the same ones.
pub fn edits(base: &Figures, (old, new): (&[RawTable], &[RawTable]), first: usize) -> CellEdits {
    let mut found = CellEdits { first, ..CellEdits::default() };
    if std::ptr::eq(old, new) {
        return found;
    }
    for was in old {
        let Some(now) = new.iter().find(|it| it.name == was.name) else {
            found.whole = true;
            continue;
        };
        let plain = |it: &RawTable| !it.grid && it.nested.is_none();
        if !plain(was) || !plain(now) || was.headers != now.headers {
            found.whole |= !same(was, now);
            continue;
        }
        let steps = found.table(base, was, now);
        if steps.iter().any(|it| it.row.is_some() || !it.cells.is_empty()) {
            found.tables.insert(was.name.clone(), steps);
        }
    }
    found.whole |= new.iter().any(|it| !old.iter().any(|was| was.name == it.name));
    if found.whole {
        let numbered = found.first;
        found = CellEdits { first: numbered, whole: true, ..CellEdits::default() };
        found.all.push(CellEdit {
            change: Change::Changed,
            table: String::new(),
            row: String::new(),
            case: String::new(),
            column: None,
            old: None,
            new: None,
            place: 0,
        });
    }
    found
}

/// Whether two tables hold the same texts.
fn same(a: &RawTable, b: &RawTable) -> bool {
    let cells = |it: &RawTable| -> Vec<Vec<String>> {
        let row = |row| (0..it.width(row)).map(|at| it.cell(row, at).to_owned()).collect();
        (0..it.len()).map(row).collect()
    };
    a.headers == b.headers && cells(a) == cells(b)
}

impl CellEdits {
    /// Whether the data are the same.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn table(&mut self, base: &Figures, was: &RawTable, now: &RawTable) -> Vec<Step> {
        let (before, after) = (keyed(base, was), keyed(base, now));
        let mut left: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, key) in before.keys.iter().enumerate().rev() {
            left.entry(key).or_default().push(at);
        }
        let mut steps = vec![];
        for (at, key) in after.keys.iter().enumerate() {
            let old = left.get_mut(key.as_str()).and_then(Vec::pop);
            let mut step = Step { old, new: Some(at), row: None, cells: vec![] };
            match old {
                None => {
                    step.row = Some(self.push(Change::Added, now, (&after, at), None, (None, None)))
                }
                Some(old) => {
                    for column in 0..now.headers.len() {
                        let (x, y) = (was.cell(old, column), now.cell(at, column));
                        if text::fold(x) != text::fold(y) {
                            let texts = (Some(x.to_owned()), Some(y.to_owned()));
                            let edit =
                                self.push(Change::Changed, now, (&after, at), Some(column), texts);
                            step.cells.push((column, edit));
                        }
                    }
                }
            }
            steps.push(step);
        }
        for at in left.values().flatten().copied().collect::<std::collections::BTreeSet<_>>() {
            let edit = self.push(Change::Removed, was, (&before, at), None, (None, None));
            steps.push(Step { old: Some(at), new: None, row: Some(edit), cells: vec![] });
        }
        steps
    }

    fn push(
        &mut self,
        change: Change,
        table: &RawTable,
        (keyed, at): (&Keyed, usize),
        column: Option<usize>,
        (old, new): (Option<String>, Option<String>),
    ) -> usize {
        self.all.push(CellEdit {
            change,
            table: table.name.clone(),
            row: keyed.keys[at].clone(),
            case: keyed.cases[at].clone(),
            column: column.map(|it| table.headers[it].clone()),
            old,
            new,
            place: table.place(at),
        });
        self.first + self.all.len() - 1
    }

    /// The edits that are tried by themselves: each; those of one case together; all together.
    pub fn units(&self) -> Vec<Set> {
        let numbers = self.first..self.first + self.all.len();
        if self.all.len() <= SINGLE {
            return numbers.map(|it| Set::from([it])).collect();
        }
        let mut of_case: BTreeMap<&str, Set> = BTreeMap::new();
        for (number, it) in numbers.clone().zip(&self.all) {
            of_case.entry(&it.case).or_default().insert(number);
        }
        match of_case.len() <= SINGLE {
            true => of_case.into_values().collect(),
            false => vec![numbers.collect()],
        }
    }

    /// The old data with these edits.
    pub fn tables(&self, old: &[RawTable], new: &[RawTable], on: &Set) -> Vec<RawTable> {
        if self.is_empty() {
            return old.to_vec();
        }
        if self.whole {
            return if on.contains(&self.first) { new.to_vec() } else { old.to_vec() };
        }
        let mixed = |was: &RawTable| match (self.tables.get(&was.name), new) {
            (Some(steps), new) => match new.iter().find(|it| it.name == was.name) {
                Some(now) => mix(was, now, steps, on),
                None => was.clone(),
            },
            (None, _) => was.clone(),
        };
        old.iter().map(mixed).collect()
    }
}

/// A table with some of its rows and cells new.
fn mix(was: &RawTable, now: &RawTable, steps: &[Step], on: &Set) -> RawTable {
    let mut table = RawTable::new(was.name.clone(), now.file.clone());
    table.sheet = now.sheet.clone();
    table.headers = now.headers.clone();
    (table.workbook, table.from_1904) = (now.workbook, now.from_1904);
    for step in steps {
        let new_row = step.row.is_some_and(|it| on.contains(&it));
        match (step.old, step.new) {
            (Some(old), Some(new)) => {
                let cells = (0..now.headers.len()).map(|column| {
                    let edit = step.cells.iter().find(|it| it.0 == column);
                    match edit.is_some_and(|it| on.contains(&it.1)) {
                        true => now.cell(new, column),
                        false => was.cell(old, column),
                    }
                });
                table.push_row(now.place(new), cells);
            }
            (Some(old), None) if !new_row => {
                table.push_row(was.place(old), (0..was.headers.len()).map(|it| was.cell(old, it)));
            }
            (None, Some(new)) if new_row => {
                table.push_row(now.place(new), (0..now.headers.len()).map(|it| now.cell(new, it)));
            }
            _ => {}
        }
    }
    table
}

/// Names the rows of a table as the rules do: by the columns of parent and key.
fn keyed(base: &Figures, table: &RawTable) -> Keyed {
    let program = &base.program;
    let column =
        |name: &str| table.headers.iter().position(|it| text::fold(it) == text::fold(name));
    let declared = (0u32..)
        .map(TableId)
        .zip(&program.tables)
        .find(|(_, it)| text::fold(&it.name) == text::fold(&table.name));
    let Some((_, declared)) = declared else {
        let whole =
            |row| (0..table.width(row)).map(|at| table.cell(row, at)).collect::<Vec<_>>().join(" ");
        let keys: Vec<String> = (0..table.len()).map(whole).collect();
        return Keyed { cases: vec![String::new(); keys.len()], keys };
    };
    let key = declared.key.and_then(|it| {
        let field = &declared.fields[it as usize];
        std::iter::once(&field.name).chain(&field.aliases).find_map(|it| column(it))
    });
    let parent = declared.parent.and_then(|it| column(&program.table(it.table).name));
    let period =
        declared.periods.and_then(|it| column(&declared.fields[it.field.index as usize].name));
    let cell =
        |row: usize, at: Option<usize>| at.map(|at| text::trim(table.cell(row, at)).to_owned());
    let name = |row: usize| {
        let own = cell(row, period).or(cell(row, key));
        [cell(row, parent), own].into_iter().flatten().collect::<Vec<_>>().join(" / ")
    };
    let case = |row: usize| cell(row, parent).or(cell(row, key)).unwrap_or_default();
    Keyed {
        keys: (0..table.len()).map(name).collect(),
        cases: (0..table.len()).map(case).collect(),
    }
}
