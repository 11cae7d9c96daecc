//! Several small runs of data as one: rows follow rows, each keeps its parent. What one run holds is not seen by another's rules.

use crate::data::Facts;
use crate::data::FieldColumn;
use crate::data::RowPlace;
use crate::data::TableFacts;
use crate::value::Bits;
use std::collections::BTreeMap;

/// The facts of several runs of one program, one after the other. `None` where a row of one belongs to nobody: those stand
/// last in their table, and only there.
///
/// A row of the `n`th run stands as many rows further down as its table has in the runs before.
pub fn join(runs: &[&Facts]) -> Option<Facts> {
    let orphans = |it: &&TableFacts| !it.offsets.is_empty() && it.parents.len() < it.len;
    if runs.iter().flat_map(|it| it.tables.iter()).any(|it| orphans(&it)) {
        return None;
    }
    let mut runs = runs.iter();
    let mut whole = runs.next().map_or_else(Facts::default, |it| (*it).clone());
    for facts in runs {
        let files = whole.files.len() as u32;
        // The rows that each table has so far: those of a child table are counted in its parent by its offsets alone.
        for (to, from) in whole.tables.iter_mut().zip(&facts.tables) {
            append(to, from, files);
        }
        whole.files.extend(facts.files.iter().cloned());
        whole.sheets.extend(facts.sheets.iter().cloned());
        whole.taken.extend(facts.taken.iter().cloned());
    }
    Some(whole)
}

fn append(to: &mut TableFacts, from: &TableFacts, files: u32) {
    let before = to.len as u32;
    // A table with a parent has one offset more than that has rows.
    let parents = to.offsets.len().saturating_sub(1);
    for (to, from) in to.columns.iter_mut().zip(&from.columns) {
        if let (Some(to), Some(from)) = (to.as_mut(), from.as_ref()) {
            append_column(to, from, before);
        }
    }
    let padded =
        |bits: &Bits, len: usize| Bits::collect((0..len).map(|it| it < bits.len() && bits.get(it)));
    if !to.offsets.is_empty() {
        let last = to.offsets.last().copied().unwrap_or_default();
        let mut ungiven = padded(&to.ungiven, parents);
        ungiven.append(&padded(&from.ungiven, from.offsets.len().saturating_sub(1)));
        to.ungiven = ungiven;
        to.offsets.extend(from.offsets.iter().skip(1).map(|it| it + last));
        to.parents.extend(from.parents.iter().map(|it| it + parents as u32));
    }
    if to.expected.len() + from.expected.len() > 0 {
        let mut expected = padded(&to.expected, to.len);
        expected.append(&padded(&from.expected, from.len));
        to.expected = expected;
    }
    let place = |it: &RowPlace| RowPlace { file: it.file + files, row: it.row };
    to.places.extend(from.places.iter().map(place));
    to.keys.extend(from.keys.iter().cloned());
    to.names.extend(from.names.iter().cloned());
    to.len += from.len;
}

fn append_column(to: &mut FieldColumn, from: &FieldColumn, before: u32) {
    to.column.append(&from.column);
    to.filled.append(&from.filled);
    to.header = to.header.take().or_else(|| from.header.clone());
    let holes: BTreeMap<u32, _> =
        from.holes.iter().map(|(row, hole)| (row + before, hole.clone())).collect();
    to.holes.extend(holes);
}
