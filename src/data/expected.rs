//! Rows that a rule asks for and nobody submitted: each stands in its table with every cell blank (`semantics` §8.4).
//! Which periods are asked for is not known here.

use crate::data::Facts;
use crate::data::FieldColumn;
use crate::data::Hole;
use crate::data::HoleKind;
use crate::data::RowPlace;
use crate::data::TableFacts;
use crate::data::columns;
use crate::data::columns::Cell;
use crate::diagnostic::Text;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Periods;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::value::Bits;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::DateHull;
use crate::value::Kind;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A row of a table once the expected ones stand in it.
enum Row {
    /// One that was submitted, by its place before.
    Old(usize),
    /// A period of a parent's that has no row.
    New { parent: usize, period: i32 },
}

/// The periods for which a parent row has a row of its own.
pub fn known(facts: &Facts, table: TableId, periods: &Periods, parent: usize) -> BTreeSet<i32> {
    let cells = &facts.cells(periods.field).column;
    let rows = facts.table(table).rows_of(parent);
    rows.filter_map(|row| single(&cells.get(row))).collect()
}

/// The row of a parent row for a period.
pub fn row_of(
    program: &Program,
    facts: &Facts,
    (table, parent): (TableId, usize),
    period: i32,
) -> Option<usize> {
    let periods = program.table(table).periods?;
    let Column::Date(cells) = &facts.cells(periods.field).column else { return None };
    let mut rows = facts.table(table).rows_of(parent);
    rows.find(|row| cells.values[*row] == period && cells.special.get(*row as u32).is_none())
}

fn single(set: &Set) -> Option<i32> {
    match set {
        Set::Date(it) if !it.na && !it.error => {
            it.values.and_then(|it| it.low.filter(|_| it.low == it.high))
        }
        _ => None,
    }
}

/// Adds rows for the periods of each parent row that have none.
pub fn add(program: &Program, facts: &mut Facts, table: TableId, wanted: &[BTreeSet<i32>]) {
    let (Some(periods), Some(parent)) = (program.table(table).periods, program.table(table).parent)
    else {
        return;
    };
    let before = facts.table(table);
    let mut order = vec![];
    let mut offsets = vec![0];
    for (parent, wanted) in wanted.iter().enumerate() {
        let known = known(facts, table, &periods, parent);
        let mut new = wanted.difference(&known).copied().peekable();
        // An expected row stands before the first row of a later period.
        for old in before.rows_of(parent) {
            let own = single(&facts.cells(periods.field).column.get(old));
            while let Some(period) = new.next_if(|it| own.is_some_and(|own| *it < own)) {
                order.push(Row::New { parent, period });
            }
            order.push(Row::Old(old));
        }
        order.extend(new.map(|period| Row::New { parent, period }));
        offsets.push(order.len() as u32);
    }
    order.extend((before.parents.len()..before.len).map(Row::Old));
    if order.len() == before.len {
        return;
    }
    let fields = (0u32..).zip(&program.table(table).fields);
    let columns = fields.map(|(index, field)| {
        let id = FieldId { table, index };
        let old = before.columns[index as usize].as_ref()?;
        Some(column(program, facts, &periods, (id, field), old, &order))
    });
    let columns: Vec<Option<FieldColumn>> = columns.collect();
    let new = laid_out(facts, (table, parent.table), &periods, columns, &order, offsets);
    move_children(program, facts, table, &order);
    facts.tables[table.0 as usize] = new;
}

fn laid_out(
    facts: &Facts,
    (table, above): (TableId, TableId),
    periods: &Periods,
    columns: Vec<Option<FieldColumn>>,
    order: &[Row],
    offsets: Vec<u32>,
) -> TableFacts {
    let before = facts.table(table);
    let file = |parent: usize| {
        let own = before.places.first();
        let above = || facts.table(above).places.get(parent);
        own.or_else(above).map_or(0, |it| it.file)
    };
    let shown = |period: &i32| -> Arc<str> { periods.kind.show(*period).into() };
    let text = |of: &[Arc<str>], row: &Row| match row {
        Row::Old(at) => of[*at].clone(),
        Row::New { period, .. } => shown(period),
    };
    TableFacts {
        len: order.len(),
        columns,
        parents: order[..offsets[offsets.len() - 1] as usize]
            .iter()
            .map(|row| match row {
                Row::Old(at) => before.parents[*at],
                Row::New { parent, .. } => *parent as u32,
            })
            .collect(),
        offsets,
        ungiven: before.ungiven.clone(),
        places: order
            .iter()
            .map(|row| match row {
                Row::Old(at) => before.places[*at],
                Row::New { parent, .. } => RowPlace { file: file(*parent), row: 0 },
            })
            .collect(),
        keys: order.iter().map(|row| text(&before.keys, row)).collect(),
        names: order.iter().map(|row| text(&before.names, row)).collect(),
        expected: Bits::collect(order.iter().map(|row| matches!(row, Row::New { .. }))),
    }
}

/// The cells of a field with the expected rows among them.
fn column(
    program: &Program,
    facts: &Facts,
    periods: &Periods,
    (id, field): (FieldId, &Field),
    old: &FieldColumn,
    order: &[Row],
) -> FieldColumn {
    let (kind, blank) = blank(program, field);
    let mut column = ColumnBuilder::new(kind);
    let mut filled = Bits::default();
    let mut holes = BTreeMap::new();
    for (at, row) in (0u32..).zip(order) {
        match row {
            Row::Old(row) => {
                column.copy(&old.column, *row);
                filled.push(old.filled.get(*row));
                holes.extend(old.holes.get(&(*row as u32)).map(|it| (at, it.clone())));
            }
            Row::New { period, .. } if id == periods.field => {
                column.push(Set::Date(Possible::values(DateHull::point(*period))));
                filled.push(true);
            }
            Row::New { parent, period } => {
                let set = due(facts, periods, *parent, *period, &blank);
                if set.has_values() {
                    let hole =
                        Hole { kind: HoleKind::Blank, raw: String::new(), why: Text::default() };
                    holes.insert(at, hole);
                }
                column.push(set);
                filled.push(false);
            }
        }
    }
    FieldColumn { column: column.finish(), header: old.header.clone(), filled, holes }
}

/// What a blank cell of a field may be, and the kind of its column.
pub fn blank(program: &Program, field: &Field) -> (Kind, Set) {
    let FieldKind::Scalar { ty, unit, domain } = &field.kind else {
        unreachable!("a list has no column")
    };
    let kind = match ty {
        Ty::Truth | Ty::NotApplicable => Kind::Truth,
        Ty::Number(_) | Ty::Duration(_) => Kind::Number,
        Ty::Date | Ty::Period(_) => Kind::Date,
        Ty::Text => Kind::Text,
        Ty::Member(_) => Kind::Member,
    };
    let cell = std::iter::once((0, Cell { text: "".into(), damage: None }));
    let (cells, _) = columns::build(program, field, &[], (*ty, unit.as_ref(), domain), 1, cell);
    (kind, cells.column.get(0))
}

/// A period that ended before the parent's first day has nothing to report; where that is open, so is the cell.
fn due(facts: &Facts, periods: &Periods, parent: usize, period: i32, blank: &Set) -> Set {
    let none = || Set::Truth(Truth::NOT_APPLICABLE);
    let Some(last) = periods.kind.days(period).and_then(|it| it.high) else {
        return blank.clone();
    };
    let since = periods.since.map(|it| facts.cells(it).column.get(parent));
    let Some(Set::Date(Possible { values: Some(since), .. })) = since else { return blank.clone() };
    let surely = since.low.is_some_and(|low| last < low);
    let perhaps = since.high.is_none_or(|high| last < high);
    match (surely, perhaps) {
        (true, _) => none(),
        (false, true) => blank.union(&none()),
        (false, false) => blank.clone(),
    }
}

/// Rows below the moved ones follow them; an expected row has none.
fn move_children(program: &Program, facts: &mut Facts, table: TableId, order: &[Row]) {
    for (at, child) in program.tables.iter().enumerate() {
        if child.parent.is_none_or(|it| it.table != table) {
            continue;
        }
        let below = &mut facts.tables[at];
        let (old, ungiven) =
            (std::mem::take(&mut below.offsets), std::mem::take(&mut below.ungiven));
        let mut offsets = vec![0];
        for (parent, row) in (0u32..).zip(order) {
            let start = offsets[parent as usize];
            let count = match row {
                Row::Old(before) => old[before + 1] - old[*before],
                Row::New { .. } => 0,
            };
            below.parents[start as usize..(start + count) as usize].fill(parent);
            offsets.push(start + count);
            below.ungiven.push(match row {
                Row::Old(before) => *before < ungiven.len() && ungiven.get(*before),
                Row::New { .. } => true,
            });
        }
        below.offsets = offsets;
    }
}
