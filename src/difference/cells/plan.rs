//! How each table goes from old to new: columns and rows put beside each other, and what differs as single edits.

use crate::data::RawTable;
use crate::difference::align;
use crate::difference::cells::CellEdit;
use crate::difference::cells::Spot;
use crate::difference::cells::What;
use crate::difference::cells::read::Known;
use crate::difference::cells::read::Reading;
use crate::difference::edits::Change;
use crate::difference::slots::Order;
use crate::value::text;
use std::collections::BTreeMap;

/// How one table goes from old to new. Edits are atoms: places in the list that [`plans`] gives beside.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Column by column and row by row.
    Both {
        /// Its place among the old tables and among the new ones.
        at: [usize; 2],
        /// Its columns.
        columns: Vec<Column>,
        /// Its rows.
        rows: Vec<Row>,
        /// Of a table that lies inside another: which of the rows that are in both versions give the list.
        lists: Vec<List>,
    },
    /// As a whole; no edit where it is the same, or is not read.
    Whole {
        /// Its place among the old tables and among the new ones.
        at: [Option<usize>; 2],
        /// The edit that decides.
        edit: Option<usize>,
    },
}

/// How one column goes from old to new.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its place in the old table and in the new one.
    pub at: [Option<usize>; 2],
    /// The edit by which it came, went or got another header.
    pub edit: Option<usize>,
}

/// How one row goes from old to new.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place in the old table and in the new one.
    pub at: [Option<usize>; 2],
    /// The edit by which it came or went.
    pub edit: Option<usize>,
    /// The edits of its cells by their places among the plan's columns, ascending.
    pub cells: Vec<(usize, usize)>,
}

/// Whether a row of the table above gives the list.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The row of the table above, old and new.
    pub at: [usize; 2],
    /// Whether it gives the list, in the old version and in the new one.
    pub given: [bool; 2],
    /// The edit between them.
    pub edit: Option<usize>,
}

/// How all tables go from old to new, those of both first; and the edits, each by itself.
pub fn plans(old: &Reading, new: &Reading) -> (Vec<Plan>, Vec<CellEdit>) {
    let mut plans = vec![];
    let mut planner = Planner { old, new, atoms: vec![] };
    let at_new: BTreeMap<&(String, usize), usize> =
        (0..).zip(&new.known).filter_map(|(at, known)| Some((&known.as_ref()?.name, at))).collect();
    let mut taken = vec![false; new.tables.len()];
    for (at, known) in old.known.iter().enumerate() {
        let partner = known.as_ref().and_then(|it| at_new.get(&it.name)).copied();
        partner.iter().for_each(|it| taken[*it] = true);
        plans.push(match (known, partner) {
            (Some(was), Some(other)) => planner.both(at, was, other),
            (Some(_), None) => planner.whole(Change::Removed, [Some(at), None]),
            (None, _) => Plan::Whole { at: [Some(at), None], edit: None },
        });
    }
    for at in (0..new.tables.len()).filter(|at| !taken[*at] && new.known[*at].is_some()) {
        plans.push(planner.whole(Change::Added, [None, Some(at)]));
    }
    (plans, planner.atoms)
}

struct Planner<'a> {
    old: &'a Reading<'a>,
    new: &'a Reading<'a>,
    atoms: Vec<CellEdit>,
}

impl Planner<'_> {
    fn push(&mut self, edit: CellEdit) -> usize {
        self.atoms.push(edit);
        self.atoms.len() - 1
    }

    fn whole(&mut self, change: Change, at: [Option<usize>; 2]) -> Plan {
        let tables = [self.old.tables, self.new.tables];
        let given = [0, 1].into_iter().rev().find_map(|side| Some(&tables[side][at[side]?]));
        let edit = given.map(|table| {
            self.push(CellEdit {
                what: What::Table,
                change,
                table: table.name.clone(),
                column: None,
                now: None,
                spots: vec![],
                count: table.len(),
            })
        });
        Plan::Whole { at, edit }
    }

    fn both(&mut self, at: usize, known: &Known, other: usize) -> Plan {
        let (was, now) = (&self.old.tables[at], &self.new.tables[other]);
        let Some(known_now) = &self.new.known[other] else {
            return Plan::Whole { at: [Some(at), None], edit: None };
        };
        let kind = |it: &RawTable| (it.workbook, it.from_1904, it.nested.is_some());
        if kind(was) != kind(now) {
            // A day is written otherwise in a workbook, and links otherwise where rows lie inside others.
            return self.whole(Change::Changed, [Some(at), Some(other)]);
        }
        let columns = self.columns((was, known), (now, known_now));
        let rows = self.rows((was, known), (now, known_now), &columns);
        let lists = self.lists(was, now);
        Plan::Both { at: [at, other], columns, rows, lists }
    }

    /// The columns that either version declares.
    fn columns(
        &mut self,
        (was, known): (&RawTable, &Known),
        (now, known_now): (&RawTable, &Known),
    ) -> Vec<Column> {
        let mut columns = vec![];
        let of = |change, table: &RawTable, at: usize, now: Option<&String>| CellEdit {
            what: What::Column,
            change,
            table: table.name.clone(),
            column: Some(table.headers[at].clone()),
            now: now.cloned(),
            spots: vec![],
            count: 1,
        };
        for (at, field) in known.columns.iter().enumerate().filter(|it| it.1.is_some()) {
            let other = known_now.columns.iter().position(|it| it == field);
            let edit = match other {
                None => Some(of(Change::Removed, was, at, None)),
                Some(other) => {
                    let (before, after) = (&was.headers[at], &now.headers[other]);
                    let same = text::fold(before) == text::fold(after);
                    (!same).then(|| of(Change::Renamed, was, at, Some(after)))
                }
            };
            let edit = edit.map(|it| self.push(it));
            columns.push(Column { at: [Some(at), other], edit });
        }
        for (at, field) in known_now.columns.iter().enumerate().filter(|it| it.1.is_some()) {
            if !known.columns.contains(field) {
                let edit = Some(self.push(of(Change::Added, now, at, None)));
                columns.push(Column { at: [None, Some(at)], edit });
            }
        }
        columns
    }

    fn rows(
        &mut self,
        (was, known): (&RawTable, &Known),
        (now, known_now): (&RawTable, &Known),
        columns: &[Column],
    ) -> Vec<Row> {
        let common: Vec<(usize, [usize; 2])> = (0..)
            .zip(columns)
            .filter_map(|(place, it)| Some((place, [it.at[0]?, it.at[1]?])))
            .collect();
        let steps = match known.named && known_now.named {
            true => {
                let read = |table: &RawTable, keys: &[String], side: usize| {
                    (0..table.len()).map(|row| said(table, keys, row, &common, side)).collect()
                };
                let before: Vec<align::Known> = read(was, &known.keys, 0);
                let after: Vec<align::Known> = read(now, &known_now.keys, 1);
                align::align(&before, &after, Order::Free)
            }
            false => by_place(was.len(), now.len()),
        };
        let mut rows = vec![];
        for step in steps {
            let at = [step.old, step.new];
            let whole = |change, table: &RawTable, keys: &[String], row: usize| {
                edit(What::Rows, change, table, None, spot(table, keys, row, (None, None)))
            };
            let mut cells = vec![];
            let change = match at {
                [None, Some(row)] => Some(whole(Change::Added, now, &known_now.keys, row)),
                [Some(row), None] => Some(whole(Change::Removed, was, &known.keys, row)),
                [Some(old), Some(new)] => {
                    for (place, [x, y]) in &common {
                        let (before, after) = (was.cell(old, *x), now.cell(new, *y));
                        if text::fold(before) != text::fold(after) {
                            let texts = (Some(before.to_owned()), Some(after.to_owned()));
                            let here = spot(now, &known_now.keys, new, texts);
                            let header = Some(now.headers[*y].clone());
                            let changed = edit(What::Cells, Change::Changed, now, header, here);
                            cells.push((*place, self.push(changed)));
                        }
                    }
                    None
                }
                [None, None] => None,
            };
            let edit = change.map(|it| self.push(it));
            rows.push(Row { at, edit, cells });
        }
        rows
    }

    /// Which rows of the table above give the list: known once that table's rows are put beside each other, by their keys.
    fn lists(&mut self, was: &RawTable, now: &RawTable) -> Vec<List> {
        let (Some(before), Some(after)) = (&was.nested, &now.nested) else { return vec![] };
        let above = |reading: &Reading, at: usize| -> BTreeMap<String, usize> {
            let known = reading.known.get(at).and_then(Option::as_ref);
            let keys = known.map(|it| it.keys.as_slice()).unwrap_or_default();
            keys.iter().cloned().zip(0..).collect()
        };
        let (old, new) = (above(self.old, before.parent), above(self.new, after.parent));
        let mut lists = vec![];
        for (key, x) in &old {
            let Some(y) = new.get(key) else { continue };
            let given = [before, after].map(|it| &it.given);
            let given = [given[0].get(*x), given[1].get(*y)].map(|it| it == Some(&true));
            let change = match given {
                [true, false] => Some(Change::Removed),
                [false, true] => Some(Change::Added),
                _ => None,
            };
            let here = Spot { row: key.clone(), place: 0, old: None, new: None };
            let edit = change.map(|it| self.push(edit(What::List, it, now, None, here)));
            lists.push(List { at: [*x, *y], given, edit });
        }
        lists
    }
}

fn edit(
    what: What,
    change: Change,
    table: &RawTable,
    column: Option<String>,
    spot: Spot,
) -> CellEdit {
    let table = table.name.clone();
    CellEdit { what, change, table, column, now: None, spots: vec![spot], count: 1 }
}

fn spot(
    table: &RawTable,
    keys: &[String],
    row: usize,
    (old, new): (Option<String>, Option<String>),
) -> Spot {
    Spot { row: keys[row].clone(), place: table.place(row), old, new }
}

/// A row as it is recognised: by all it says, else by its key.
fn said(
    table: &RawTable,
    keys: &[String],
    row: usize,
    common: &[(usize, [usize; 2])],
    side: usize,
) -> align::Known {
    let mut says = keys[row].clone();
    for (_, at) in common {
        says.push('\u{1f}');
        says.push_str(&text::fold(table.cell(row, at[side])));
    }
    align::Known { says, marks: [keys[row].clone(), String::new()] }
}

/// Rows that nothing names are what they are by their places.
fn by_place(old: usize, new: usize) -> Vec<align::Step> {
    let at = |row: usize, len: usize| (row < len).then_some(row);
    (0..old.max(new)).map(|row| align::Step { old: at(row, old), new: at(row, new) }).collect()
}
