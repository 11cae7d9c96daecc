//! The texts of a run as they were handed in, row by row and field by field, for whoever writes them down again. No cell is judged.

use crate::data::Facts;
use crate::data::bind;
use crate::data::raw::RawTable;
use crate::data::rows::Source;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::text;

/// The rows of one table of a program, in the order of the files.
#[derive(Clone, Debug, Default)]
pub struct Handed {
    /// Whether the data have the table; one without rows is a list without members.
    pub given: bool,
    /// The rows.
    pub rows: Vec<HandedRow>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct HandedRow {
    /// Of a child table, what names its parent.
    pub link: String,
    /// One for each field of the table, as it is to be read; blank for 多条.
    pub cells: Vec<String>,
    /// By field, what the file holds and why that cannot be trusted; such a cell is blank above.
    pub damaged: Vec<(u32, String, Text)>,
}

/// The rows of every table, by [`TableId`]. What is not declared is left out; binding reports it.
pub fn handed(program: &Program, raw: &[RawTable]) -> Vec<Handed> {
    let (mut facts, mut found) = (Facts::default(), Diagnostics::default());
    let homes = bind::homes(program, raw, &mut found);
    let sources: Vec<Option<Source<'_>>> = (0..raw.len())
        .map(|at| Some(bind::source(program, homes[at]?, raw, at, &mut facts, &mut found)))
        .collect();
    let mut all: Vec<Handed> = program.tables.iter().map(|_| Handed::default()).collect();
    for (at, source) in sources.iter().enumerate() {
        let (Some(source), Some(home)) = (source, homes[at]) else { continue };
        let rows = (0..source.raw.len()).map(|row| HandedRow {
            link: link(program, &sources, &homes, at, row),
            ..cells(program, home, source, row)
        });
        let table = &mut all[home.0 as usize];
        table.rows.extend(rows);
        table.given = true;
    }
    all
}

fn cells(program: &Program, home: TableId, source: &Source<'_>, row: usize) -> HandedRow {
    let (mut cells, mut damaged) = (vec![], vec![]);
    for field in 0..program.table(home).fields.len() as u32 {
        let cell = source.cell(row, field);
        let written = text::trim(&cell.text).to_owned();
        match cell.damage {
            None => cells.push(written),
            Some(why) => {
                cells.push(String::new());
                damaged.push((field, written, why.into_owned()));
            }
        }
    }
    HandedRow { link: String::new(), cells, damaged }
}

/// What names the parent of a row: what its column holds, or the key of the row it lies in.
fn link(
    program: &Program,
    sources: &[Option<Source<'_>>],
    homes: &[Option<TableId>],
    at: usize,
    row: usize,
) -> String {
    let Some(source) = &sources[at] else { return String::new() };
    let Some(nested) = &source.raw.nested else {
        return source
            .link
            .map_or_else(String::new, |it| text::trim(source.raw.cell(row, it)).to_owned());
    };
    let above = sources.get(nested.parent).and_then(Option::as_ref);
    let (Some(above), Some(inside)) = (above, nested.rows.get(row)) else { return String::new() };
    let home = homes[nested.parent];
    let key = home.and_then(|it| program.table(it).key);
    let written = key.map(|it| text::trim(&above.cell(*inside as usize, it).text).to_owned());
    // A row without a key is called by its place in its table.
    written.filter(|it| !it.is_empty()).unwrap_or_else(|| {
        let before = (0..nested.parent).filter(|it| homes[*it] == home);
        let before: usize =
            before.filter_map(|it| sources[it].as_ref()).map(|it| it.raw.len()).sum();
        (before + *inside as usize + 1).to_string()
    })
}
