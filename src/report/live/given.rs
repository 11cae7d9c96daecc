//! The sheets of data: rows and cells as the engine took them, in the units of the fields. Formulas look at these cells.

use crate::diagnostic::Lang;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::report::live::Told;
use crate::report::live::expr::Value;
use crate::report::live::grid::Cell;
use crate::report::live::grid::Grid;
use crate::report::live::grid::GridColumn;
use crate::report::live::grid::GridSheet;
use crate::report::live::grid::SheetKind;
use crate::report::live::known;
use crate::report::live::words::Words;
use crate::report::live::words::YES_NO;
use crate::report::words::either;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Set;
use crate::value::State;
use crate::value::Unit;
use std::collections::BTreeMap;

/// Where the cells of the data stand.
#[derive(Default)]
pub struct Given {
    /// The sheet of each table.
    pub sheets: BTreeMap<TableId, usize>,
    /// The column of each field.
    pub fields: BTreeMap<FieldId, u16>,
}

/// The first column: the number of a row in its table, from 1.
pub const NUMBER: u16 = 0;
/// The second column of a child table: the number of the parent's row.
pub const PARENT: u16 = 1;

/// How many rows of a table belong to a case.
pub fn rows_of(told: &Told<'_>, table: TableId) -> usize {
    let facts = told.facts.table(table);
    facts.offsets.last().map_or(facts.len, |it| *it as usize)
}

/// Adds the sheet of a table; its name is free.
pub fn add(told: &Told<'_>, grid: &mut Grid, given: &mut Given, table: TableId, name: String) {
    let declared = told.program.table(table);
    let (facts, count) = (told.facts.table(table), rows_of(told, table));
    let whole = |it: u32| Cell::plain(Value::Number(Number::from(i64::from(it))));
    let number = (1..=count as u32).map(whole).collect();
    let mut columns = vec![GridColumn::plain(either(told.lang, "序号", "no."), number)];
    if let Some(parent) = declared.parent {
        let own = facts.parents.iter().take(count);
        let name = &told.program.table(parent.table).name;
        let head = match told.lang {
            Lang::Zh => format!("{name}序号"),
            Lang::En => format!("no. of {name}"),
        };
        columns.push(GridColumn::plain(head, own.clone().map(|it| whole(it + 1)).collect()));
        let keys = &told.facts.table(parent.table).keys;
        let keys = own.map(|it| Cell::plain(Value::Text(keys[*it as usize].clone())));
        columns.push(GridColumn::plain(name, keys.collect()));
    }
    let words = Words::of(told.lang);
    for (index, field) in (0u32..).zip(&declared.fields) {
        let id = FieldId { table, index };
        let FieldKind::Scalar { ty, unit, .. } = &field.kind else { continue };
        let cells = (0..count).map(|row| cell(told, &words, (id, *ty, unit.as_ref()), row));
        let head = match unit {
            Some(unit) => format!("{}（{}）", field.name, unit.name),
            None => field.name.clone(),
        };
        given.fields.insert(id, columns.len() as u16);
        let days = *ty == Ty::Date;
        let note = about(field);
        columns.push(GridColumn { note, days, ..GridColumn::plain(head, cells.collect()) });
    }
    given.sheets.insert(table, grid.sheets.len());
    grid.sheets.push(GridSheet { name, kind: SheetKind::Data, columns });
}

fn about(field: &Field) -> String {
    let parts = [field.aliases.join("、"), field.note.clone().unwrap_or_default()];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

fn cell(
    told: &Told<'_>,
    words: &Words,
    (id, ty, unit): (FieldId, Ty, Option<&Unit>),
    row: usize,
) -> Cell {
    let column = told.facts.cells(id);
    let set = column.column.get(row);
    let filled = known::is_filled(told, id, row);
    let held = column.holes.get(&(row as u32)).map(|it| it.raw.as_str()).unwrap_or_default();
    Cell::plain(match (set.state(), filled) {
        // The period of a row that nobody submitted is known all the same.
        (State::Value, _) => shown(told, ty, unit, &set, words),
        (_, false) => Value::Blank,
        (State::NotApplicable, true) => Value::Text(words.not_applicable.clone()),
        _ => Value::Text(held.into()),
    })
}

fn shown(told: &Told<'_>, ty: Ty, unit: Option<&Unit>, set: &Set, words: &Words) -> Value {
    match (known::value(told.program, ty, set, words), ty) {
        (Value::Truth(truth), _) => Value::Text(YES_NO[usize::from(!truth)].into()),
        (Value::Number(number), Ty::Period(kind)) if kind != PeriodKind::Year => {
            let at = number.to_i64().and_then(|it| i32::try_from(it).ok());
            Value::Text(at.map_or_else(String::new, |it| kind.show_short(it)).into())
        }
        (Value::Number(number), Ty::Number(_)) => {
            let own = unit.and_then(|it| number.checked_div(&it.factor));
            Value::Number(own.unwrap_or(number))
        }
        (value, _) => value,
    }
}
