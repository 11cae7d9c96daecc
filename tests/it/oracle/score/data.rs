//! The cases that are scored: random cells, their gaps, and the ways to fill them. No rule is known here.

use crate::oracle::tape::Tape;
use heng::data::RawTable;
use std::fmt::Write;

/// A cell; 不适用 is none.
pub type Cell = Option<i64>;

/// A case, complete, and which of its cells were not reported: 甲, 乙, 丙, 组, 失信, 参评.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub cells: [Cell; 6],
    pub reported: [bool; 6],
}

/// Where 组, 失信 and 参评 stand.
pub const GROUP: usize = 3;
pub const VETO: usize = 4;
pub const ENTERED: usize = 5;

const HEADERS: [&str; 7] = ["名称", "甲", "乙", "丙", "组", "失信", "参评"];

/// What a cell may hold, in whole numbers: 组 is 东 or 西, truths are 否 and 是.
fn domain(field: usize) -> Vec<Cell> {
    let values = if field < GROUP { 4 } else { 2 };
    let none = (field == 2).then_some(None);
    (0..values).map(Some).chain(none).collect()
}

/// One to four cases, each cell complete and then blanked once in `gaps` times.
pub fn random(tape: &mut Tape, gaps: usize) -> Vec<Row> {
    (0..1 + tape.pick(4))
        .map(|_| {
            let all = domains().map(|it| tape.choose(&it));
            let reported = [(); 6].map(|()| gaps == 0 || !tape.rarely(gaps));
            Row { cells: straight(all), reported }
        })
        .collect()
}

fn domains() -> [Vec<Cell>; 6] {
    [0, 1, 2, 3, 4, 5].map(domain)
}

/// Vetoes are rare and most take part: the first choice of a tape is the simplest.
fn straight(mut cells: [Cell; 6]) -> [Cell; 6] {
    cells[ENTERED] = cells[ENTERED].map(|it| 1 - it);
    cells
}

/// The cells that were not reported, of these fields, as places of a completion.
pub fn holes(rows: &[Row], fields: &[usize]) -> Vec<(usize, usize)> {
    let all = (0..rows.len()).flat_map(|row| fields.iter().map(move |field| (row, *field)));
    all.filter(|(row, field)| !rows[*row].reported[*field]).collect()
}

/// Every way to fill some cells, or none where there are more than so many.
pub fn completions(rows: &[Row], holes: &[(usize, usize)], limit: usize) -> Option<Vec<Vec<Row>>> {
    let mut all = vec![rows.to_vec()];
    for (row, field) in holes {
        let values = domain(*field);
        if all.len() * values.len() > limit {
            return None;
        }
        let filled = |rows: &Vec<Row>| {
            let rows = rows.clone();
            domain(*field).into_iter().map(move |value| {
                let mut rows = rows.clone();
                rows[*row].cells[*field] = value;
                rows
            })
        };
        all = all.iter().flat_map(filled).collect();
    }
    Some(all)
}

/// The data file as it was reported.
pub fn table(rows: &[Row]) -> RawTable {
    let mut table = RawTable::new("集群", "集群.csv");
    table.headers = HEADERS.map(str::to_owned).to_vec();
    for (at, row) in rows.iter().enumerate() {
        let cells = written(at, row);
        table.push_row(at as u32 + 2, cells.iter().map(String::as_str));
    }
    table
}

fn written(at: usize, row: &Row) -> Vec<String> {
    let cell = |field: usize| match (row.reported[field], row.cells[field], field) {
        (false, ..) => String::new(),
        (_, None, _) => "无".into(),
        (_, Some(it), GROUP) => ["东", "西"][it as usize].into(),
        (_, Some(it), VETO | ENTERED) => ["否", "是"][it as usize].into(),
        (_, Some(it), _) => it.to_string(),
    };
    std::iter::once(format!("例{at}")).chain((0..6).map(cell)).collect()
}

/// The data as a csv file, to be read where a law is broken.
pub fn shown(rows: &[Row]) -> String {
    let mut out = HEADERS.join(",");
    for (at, row) in rows.iter().enumerate() {
        let _ = write!(out, "\n{}", written(at, row).join(","));
    }
    out
}
