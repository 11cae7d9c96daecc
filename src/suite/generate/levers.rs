//! The inputs of a case that can be moved by steps, and which of them may move an amount. Nothing is run here.

use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Test;
use crate::ir::Ty;
use crate::suite::generate::cells;
use crate::suite::generate::draft;
use crate::suite::generate::draft::Edit;
use crate::suite::generate::observers::Ground;
use crate::suite::generate::observers::Threshold;
use crate::suite::generate::solve::Lever;
use crate::value::Number;
use crate::value::day;
use std::collections::BTreeSet;

/// Rows of a list that are changed one by one.
pub const ROWS: usize = 8;

/// Copies of a row that are tried at most.
const COPIES: i64 = 200;

/// What a lever moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A cell of the case or of a row.
    Cell(FieldId),
    /// How many rows a list has.
    Rows(FieldId, TableId),
    /// The day that decides.
    Day,
}

/// A lever with what it moves.
pub struct Moving {
    /// What.
    pub what: What,
    /// How.
    pub lever: Lever<'static>,
}

/// What the two sides of a threshold are made from.
pub struct Inputs {
    fields: BTreeSet<FieldId>,
    tables: BTreeSet<TableId>,
    lists: BTreeSet<FieldId>,
    dated: bool,
}

impl Inputs {
    /// Of a threshold.
    pub fn of(program: &Program, it: &Threshold) -> Inputs {
        let mut all = Inputs {
            fields: BTreeSet::new(),
            tables: BTreeSet::new(),
            lists: BTreeSet::new(),
            dated: false,
        };
        for node in program.below([it.of, it.bound]) {
            let node = program.node(node);
            all.tables.insert(node.space);
            match &node.kind {
                NodeKind::Field(field) | NodeKind::Filled(field) => _ = all.fields.insert(*field),
                NodeKind::Aggregate(it) => _ = all.lists.insert(it.rows),
                NodeKind::InPeriod { rows, .. } => _ = all.lists.insert(*rows),
                NodeKind::RuleDate(_) => all.dated = true,
                _ => {}
            }
        }
        all
    }

    /// Whether this is one of them.
    pub fn hold(&self, what: What) -> bool {
        match what {
            What::Cell(field) => self.fields.contains(&field),
            What::Rows(list, table) => self.lists.contains(&list) || self.tables.contains(&table),
            What::Day => self.dated,
        }
    }
}

/// Every number and day of a case that rules look at, how often its rows stand there, its day.
pub fn all(program: &Program, test: &Test, ground: &Ground) -> Vec<Moving> {
    let mut all = cells_of_case(program, test, ground);
    all.extend(rows(program, test, ground));
    if let Some(on) = test.on.filter(|_| ground.dated) {
        let lever = Lever {
            now: Number::from(on),
            step: Number::one(),
            set: Box::new(|day| day.to_i64().map(|it| Edit::On(it as i32))),
        };
        all.push(Moving { what: What::Day, lever });
    }
    all
}

fn cells_of_case(program: &Program, test: &Test, ground: &Ground) -> Vec<Moving> {
    let one = |&field: &FieldId| {
        let now = draft::text(test, field)?;
        cell(program, field, now, move |text| Edit::Cell(field, text))
    };
    ground.fields.iter().filter_map(one).collect()
}

/// The cells of the first rows, and how often a row stands there.
fn rows(program: &Program, test: &Test, ground: &Ground) -> Vec<Moving> {
    let mut all = vec![];
    for &list in &ground.lists {
        let Some(table) = draft::child(program, list) else { continue };
        let Some(written) = test.data.iter().find(|it| it.table == table) else { continue };
        let rows = draft::rows(program, test, list).unwrap_or_default();
        for (row, cells) in rows.iter().enumerate().take(ROWS) {
            for (field, text) in written.fields.iter().zip(cells.iter()) {
                let field = *field;
                if ground.row_fields.contains(&field) {
                    all.extend(cell(program, field, &text.text, move |text| {
                        Edit::RowCell(list, row, field, text)
                    }));
                }
            }
            let set = move |times: &Number| match times.to_i64()? {
                -1 => Some(Edit::Remove(list, row)),
                times @ 1..=COPIES => Some(Edit::Copy(list, row, times as usize)),
                _ => None,
            };
            let (now, step) = (Number::zero(), Number::one());
            let lever = Lever { now, step, set: Box::new(set) };
            all.push(Moving { what: What::Rows(list, table), lever });
        }
    }
    all
}

/// A number or day in a cell as an input that can be moved.
fn cell(
    program: &Program,
    field: FieldId,
    now: &str,
    edit: impl Fn(String) -> Edit + Sync + 'static,
) -> Option<Moving> {
    let declared = program.field(field);
    let FieldKind::Scalar { ty, .. } = &declared.kind else { return None };
    let lever = match ty {
        Ty::Number(_) => {
            let now = cells::number(now)?;
            let step = cells::step(declared, now.clone())?;
            Lever { now, step, set: Box::new(move |it| Some(edit(it.to_string()))) }
        }
        Ty::Date => {
            let now = Number::from(day::parse_exact(now)?);
            let set = move |it: &Number| it.to_i64().map(|it| edit(day::show(it as i32)));
            Lever { now, step: Number::one(), set: Box::new(set) }
        }
        _ => return None,
    };
    Some(Moving { what: What::Cell(field), lever })
}
