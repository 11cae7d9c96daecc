//! The old data with some edits applied: tables made anew, cell by cell, each old or new as the edits say. Nothing is compared.

use crate::data::RawTable;
use crate::data::raw::Nested;
use crate::difference::cells::plan::Column;
use crate::difference::cells::plan::List;
use crate::difference::cells::plan::Plan;
use crate::difference::cells::plan::Row;
use std::collections::BTreeMap;

/// Whether an atom is applied; none never is.
type Applied<'a> = &'a dyn Fn(Option<usize>) -> bool;

/// Where a row of a mixed table comes from: its old row, its new row.
type Origin = [Option<usize>; 2];

/// A table that is in the mixture.
struct Kept<'a> {
    plan: &'a Plan,
    /// Its rows; of a whole table, all of one side.
    rows: Vec<(Origin, Option<&'a Row>)>,
}

/// The mixture. `sides`: the old tables and the new ones.
pub fn mixed(plans: &[Plan], sides: [&[RawTable]; 2], applied: Applied) -> Vec<RawTable> {
    let kept: Vec<Kept> = plans.iter().filter_map(|it| kept(it, sides, applied)).collect();
    (0..kept.len()).map(|at| table(&kept, at, sides, applied)).collect()
}

/// The table and its rows, where it is in the mixture.
fn kept<'a>(plan: &'a Plan, sides: [&[RawTable]; 2], applied: Applied) -> Option<Kept<'a>> {
    let rows = match plan {
        Plan::Both { rows, .. } => {
            let here = |it: &&Row| match it.at {
                [Some(_), Some(_)] => true,
                [Some(_), None] => !applied(it.edit),
                _ => applied(it.edit),
            };
            rows.iter().filter(here).map(|it| (it.at, Some(it))).collect()
        }
        Plan::Whole { at, edit } => {
            let side = usize::from(applied(*edit));
            let table = &sides[side][at[side]?];
            let origin = |row| if side == 0 { [Some(row), None] } else { [None, Some(row)] };
            (0..table.len()).map(|row| (origin(row), None)).collect()
        }
    };
    Some(Kept { plan, rows })
}

fn table(all: &[Kept], at: usize, sides: [&[RawTable]; 2], applied: Applied) -> RawTable {
    let kept = &all[at];
    match kept.plan {
        Plan::Both { at, columns, lists, .. } => {
            let both = [&sides[0][at[0]], &sides[1][at[1]]];
            let mut made = written(kept, both, columns, applied);
            made.nested = nested(all, kept, both, lists, applied);
            made
        }
        Plan::Whole { at, edit } => {
            let side = usize::from(applied(*edit));
            let mut whole = at[side].map(|it| sides[side][it].clone()).unwrap_or_default();
            if let Some(own) = whole.nested.take() {
                whole.nested = Some(moved(all, &own, side));
            }
            whole
        }
    }
}

/// A table with its columns and rows, whatever it lies in.
fn written(kept: &Kept, both: [&RawTable; 2], columns: &[Column], applied: Applied) -> RawTable {
    let here = |it: &&(usize, &Column)| match it.1.at {
        [Some(_), Some(_)] => true,
        [Some(_), None] => !applied(it.1.edit),
        _ => applied(it.1.edit),
    };
    let all: Vec<(usize, &Column)> = columns.iter().enumerate().collect();
    let shown: Vec<&(usize, &Column)> = all.iter().filter(here).collect();
    let mut made = both[1].bare();
    let header = |(_, it): &(usize, &Column)| {
        let side = usize::from(it.at[0].is_none() || it.edit.is_none() || applied(it.edit));
        it.at[side].map_or_else(String::new, |at| both[side].headers[at].clone())
    };
    made.headers = shown.iter().map(|it| header(it)).collect();
    for (new_row, (origin, row)) in (0u32..).zip(&kept.rows) {
        // The cells' sides: a cell that was edited is new where the edit is on.
        let side = |place: usize, it: &Column| -> Option<(usize, usize, usize)> {
            let edit = row.and_then(|it| it.cells.iter().find(|it| it.0 == place));
            let from = |side: usize| Some((side, origin[side]?, it.at[side]?));
            match edit {
                Some((_, atom)) => from(usize::from(applied(Some(*atom)))),
                None => from(1).or_else(|| from(0)),
            }
        };
        let cells: Vec<Option<(usize, usize, usize)>> =
            shown.iter().map(|(place, it)| side(*place, it)).collect();
        let place = match origin {
            [_, Some(row)] => both[1].place(*row),
            [Some(row), None] => both[0].place(*row),
            [None, None] => 0,
        };
        let text = |it: &Option<(usize, usize, usize)>| {
            it.map_or("", |(side, row, column)| both[side].cell(row, column))
        };
        made.push_row(place, cells.iter().map(text));
        for (column, from) in (0u32..).zip(&cells) {
            let Some((side, row, at)) = *from else { continue };
            if let Some(why) = both[side].damage(row, at) {
                made.damaged_cells.insert((new_row, column), why.clone());
            }
            if let Some(formula) = both[side].unstored.get(&(row as u32, at as u32)) {
                made.unstored.insert((new_row, column), formula.clone());
            }
        }
    }
    made
}

/// What the rows of a mixed table lie inside.
fn nested(
    all: &[Kept],
    kept: &Kept,
    both: [&RawTable; 2],
    lists: &[List],
    applied: Applied,
) -> Option<Nested> {
    let own = [both[0].nested.as_ref()?, both[1].nested.as_ref()?];
    let Some((parent, above)) = above(all, own[0].parent, 0) else {
        return Some(Nested { parent: usize::MAX, ..Nested::default() });
    };
    let places = [places(above, 0), places(above, 1)];
    let row_of = |(origin, _): &(Origin, Option<&Row>)| {
        let from = |side: usize| places[side].get(own[side].rows.get(origin[side]?)?).copied();
        from(1).or_else(|| from(0)).unwrap_or(u32::MAX)
    };
    let lists: BTreeMap<usize, &List> = lists.iter().map(|it| (it.at[1], it)).collect();
    let given = |(origin, _): &(Origin, Option<&Row>)| match origin {
        [Some(_), Some(new)] => {
            lists.get(new).is_some_and(|it| it.given[usize::from(applied(it.edit))])
        }
        [old, new] => {
            let side = usize::from(new.is_some());
            new.or(*old).and_then(|it| own[side].given.get(it)) == Some(&true)
        }
    };
    Some(Nested {
        parent,
        rows: kept.rows.iter().map(row_of).collect(),
        given: above.rows.iter().map(given).collect(),
    })
}

/// The mixed table that a table of one side went into, and its place.
fn above<'a, 'k>(all: &'a [Kept<'k>], at: usize, side: usize) -> Option<(usize, &'a Kept<'k>)> {
    let is = |it: &Kept| match it.plan {
        Plan::Both { at: both, .. } => both[side] == at,
        Plan::Whole { at: both, .. } => both[side] == Some(at),
    };
    all.iter().enumerate().find(|(_, it)| is(it))
}

/// Where the rows of one side stand in a mixed table.
fn places(table: &Kept, side: usize) -> BTreeMap<u32, u32> {
    let rows = (0u32..).zip(&table.rows);
    rows.filter_map(|(at, (origin, _))| Some((origin[side]? as u32, at))).collect()
}

/// Where the rows of a table that is taken as a whole lie in the mixture.
fn moved(all: &[Kept], own: &Nested, side: usize) -> Nested {
    let Some((parent, above)) = above(all, own.parent, side) else {
        return Nested { parent: usize::MAX, ..own.clone() };
    };
    let places = places(above, side);
    let given = |(origin, _): &(Origin, Option<&Row>)| {
        origin[side].and_then(|it| own.given.get(it)) == Some(&true)
    };
    Nested {
        parent,
        rows: own.rows.iter().map(|it| places.get(it).copied().unwrap_or(u32::MAX)).collect(),
        given: above.rows.iter().map(given).collect(),
    }
}
