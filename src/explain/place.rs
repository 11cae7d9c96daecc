//! Where values stand in the data: cells, and rows folded to ranges.

use crate::analysis::At;
use crate::analysis::rests;
use crate::data::RowPlace;
use crate::diagnostic::CellRef;
use crate::diagnostic::Text;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::joined;
use crate::ir::Aggregate;
use crate::ir::FieldId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use indexmap::IndexSet;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// More ranges of rows than this are not listed.
const RANGES: usize = 5;
/// Names listed before the rest is counted.
const NAMED: usize = 3;

/// The cell of a field in a row; a column the data have not is named as its field.
pub fn cell(scene: &Scene, field: FieldId, row: usize) -> Option<CellRef> {
    row_place(scene, field.table, row)?;
    let mut cell = scene.case.facts.place(field, row);
    cell.column.get_or_insert_with(|| scene.case.program.field(field).name.clone());
    Some(cell)
}

/// The file of a list's rows, and the row where it is only one.
pub fn list(scene: &Scene, aggregate: &Aggregate, row: usize) -> Option<CellRef> {
    let facts = scene.case.facts;
    let table = child_of(scene, aggregate.rows)?;
    let rows: Vec<usize> = facts.table(table).submitted_of(row).collect();
    let place = row_place(scene, table, *rows.first()?)?;
    let row = (rows.len() == 1).then_some(place.row);
    let (file, sheet) =
        (facts.files[place.file as usize].clone(), facts.sheets[place.file as usize].clone());
    Some(CellRef { file, sheet, row, column: None })
}

fn row_place(scene: &Scene, table: TableId, row: usize) -> Option<RowPlace> {
    scene.case.facts.table(table).places.get(row).copied()
}

/// 企业.csv 第 2–127 行
pub fn rows(scene: &Scene, table: TableId, rows: &[usize]) -> Option<Text> {
    let places: BTreeSet<(u32, u32)> = rows
        .iter()
        .filter_map(|row| row_place(scene, table, *row))
        .filter(|it| it.row > 0)
        .map(|it| (it.file, it.row))
        .collect();
    ranges(scene, places)
}

/// Where the cells stand that an outcome rests on, one step of rules aside.
pub fn of_outcome(scene: &Scene, at: At) -> Option<Text> {
    let mut places = BTreeSet::new();
    for (table, row) in sources(scene, at) {
        let place = row_place(scene, table, row).filter(|it| it.row > 0);
        places.extend(place.map(|it| (it.file, it.row)));
    }
    ranges(scene, places)
}

/// The cells an outcome takes its values from, each once, in reading order; of a function over rows the rows it counts, with
/// the columns it computes from. The day that decides, and what parameters are by it, is not among them.
pub fn cells(scene: &Scene, start: At) -> Vec<CellRef> {
    let mut found: IndexSet<CellRef> = IndexSet::new();
    for at in rests::reach(&scene.case, start, further) {
        match scene.kind(at.node) {
            NodeKind::Field(field) | NodeKind::Filled(field) => {
                found.extend(cell(scene, *field, at.row));
            }
            NodeKind::Aggregate(aggregate) => found.extend(of_rows(scene, aggregate, at.row)),
            _ => {}
        }
    }
    found.into_iter().collect()
}

fn of_rows(scene: &Scene, aggregate: &Aggregate, row: usize) -> Vec<CellRef> {
    let Some(table) = child_of(scene, aggregate.rows) else { return vec![] };
    let rows = rests::rows(&scene.case, aggregate, row);
    let mut found = vec![];
    for row in rows.counted.into_iter().chain(rows.open) {
        let Some(whole) = row_place(scene, table, row).filter(|it| it.row > 0) else { continue };
        let computed = [aggregate.value, aggregate.share].into_iter().flatten();
        let mut cells: Vec<CellRef> =
            computed.flat_map(|node| cells(scene, At { node, row })).collect();
        // Which period a row is of says nothing beside its row.
        let period = scene.case.program.table(table).periods.map(|it| it.field);
        let period = period.and_then(|it| cell(scene, it, row));
        cells.retain(|it| period.as_ref() != Some(it));
        if cells.is_empty() {
            let (file, sheet) = (whole.file as usize, whole.file as usize);
            let (file, sheet) = (&scene.case.facts.files[file], &scene.case.facts.sheets[sheet]);
            let (file, sheet) = (file.clone(), sheet.clone());
            found.push(CellRef { file, sheet, row: Some(whole.row), column: None });
        }
        found.extend(cells);
    }
    found
}

/// One step down to the cells: not into rows, and not to the day that decides.
fn further(case: &crate::analysis::Case, at: At) -> Vec<At> {
    match &case.program.node(at.node).kind {
        NodeKind::Aggregate(_) | NodeKind::RuleDate(_) | NodeKind::Parameter { .. } => vec![],
        _ => rests::below(case, at),
    }
}

/// The rows an outcome takes its values from. Of an aggregate only the rows it counts.
fn sources(scene: &Scene, start: At) -> Vec<(TableId, usize)> {
    let case = &scene.case;
    let mut found = vec![];
    for at in rests::reach(case, start, further) {
        match &case.program.node(at.node).kind {
            NodeKind::Field(field) | NodeKind::Filled(field) => found.push((field.table, at.row)),
            NodeKind::Aggregate(aggregate) => {
                let Some(table) = child_of(scene, aggregate.rows) else { continue };
                let rows = rests::rows(case, aggregate, at.row);
                found.extend(rows.counted.into_iter().chain(rows.open).map(|row| (table, row)));
            }
            _ => {}
        }
    }
    found
}

fn ranges(scene: &Scene, places: BTreeSet<(u32, u32)>) -> Option<Text> {
    let mut files: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (file, row) in places {
        let ranges = files.entry(file).or_default();
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => ranges.push((row, row)),
        }
    }
    let texts: Vec<Text> =
        files.iter().filter_map(|(file, ranges)| file_text(scene, *file, ranges)).collect();
    (!texts.is_empty()).then(|| joined(&texts, "；", "; "))
}

fn file_text(scene: &Scene, file: u32, ranges: &[(u32, u32)]) -> Option<Text> {
    let name = scene.case.facts.files.get(file as usize)?;
    let one = |it: &(u32, u32)| {
        if it.0 == it.1 { it.0.to_string() } else { format!("{}–{}", it.0, it.1) }
    };
    let shown: Vec<String> = ranges.iter().take(RANGES).map(one).collect();
    let rest = ranges.len() > RANGES;
    let many = ranges.len() > 1 || ranges[0].0 != ranges[0].1;
    let (zh, en) = (shown.join("、"), shown.join(", "));
    Some(Text::new(
        format!("{name} 第 {zh} 行{}", if rest { "等" } else { "" }),
        format!("{name} row{} {en}{}", if many { "s" } else { "" }, if rest { " …" } else { "" }),
    ))
}

/// 甲公司、乙公司、丙公司等 12 家
pub fn names(scene: &Scene, table: TableId, rows: &[usize]) -> Text {
    let names = &scene.case.facts.table(table).names;
    let shown: Vec<&str> =
        rows.iter().take(NAMED).filter_map(|row| names.get(*row)).map(|it| &**it).collect();
    let all = rows.len();
    let word = if scene.case.program.table(table).periods.is_some() { "期" } else { "家" };
    match all > NAMED {
        true => Text::new(
            format!("{}等 {all} {word}", shown.join("、")),
            format!("{} and {} more", shown.join(", "), all - shown.len()),
        ),
        false => Text::new(shown.join("、"), shown.join(", ")),
    }
}

/// The name of a child row; none for the row of the case.
pub fn owner(scene: &Scene, table: TableId, row: usize) -> Option<String> {
    let own = table == scene.case.table && row == scene.case.row;
    let name = scene.case.facts.table(table).names.get(row).filter(|_| !own)?;
    // A year says little without its table: 年报 2021年.
    Some(match scene.case.program.table(table).periods {
        Some(_) => format!("{} {name}", scene.case.program.table(table).name),
        None => name.to_string(),
    })
}
