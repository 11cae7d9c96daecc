//! Facts from sets: columns of every representation, rows under parents. Random cells come from the tape.

use crate::oracle::schema;
use crate::oracle::schema::CASES;
use crate::oracle::schema::FIRMS;
use crate::oracle::schema::Holds;
use crate::oracle::tape::Tape;
use heng::data::Facts;
use heng::data::FieldColumn;
use heng::data::Hole;
use heng::data::HoleKind;
use heng::data::RowPlace;
use heng::data::TableFacts;
use heng::diagnostic::Text;
use heng::ir::Domain;
use heng::ir::TableId;
use heng::value::Bits;
use heng::value::Column;
use heng::value::DateHull;
use heng::value::End;
use heng::value::Foreign;
use heng::value::Hull;
use heng::value::MemberSet;
use heng::value::Number;
use heng::value::NumberColumn;
use heng::value::Numbers;
use heng::value::PlainColumn;
use heng::value::Possible;
use heng::value::Set;
use heng::value::Sparse;
use heng::value::TextSet;
use heng::value::Truth;
use heng::value::TruthColumn;
use std::sync::Arc;

/// A cell before it is put in a column.
#[derive(Clone, Debug)]
pub struct Cell {
    pub set: Set,
    pub hole: Option<HoleKind>,
}

/// A table before it is made of columns: rows of cells with their parents' rows, in any order.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub rows: Vec<(usize, Vec<Cell>)>,
    /// Of the case table: whether the list of each row was given.
    pub given: Vec<bool>,
}

/// What may be random about the data.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// No lists that were not given.
    pub given: bool,
    /// Whether numbers are kept as scaled integers where they can be.
    pub scaled: bool,
}

/// One to three cases with up to three firms each.
pub fn random(tape: &mut Tape, shape: Shape) -> (Rows, Rows) {
    let (mut cases, mut firms) = (Rows::default(), Rows::default());
    for case in 0..1 + tape.pick(3) {
        cases
            .rows
            .push((0, schema::fields(CASES).iter().map(|it| cell(tape, it.0, it.1)).collect()));
        cases.given.push(shape.given || !tape.rarely(8));
        for _ in 0..if cases.given[case] { tape.pick(4) } else { 0 } {
            firms.rows.push((
                case,
                schema::fields(FIRMS).iter().map(|it| cell(tape, it.0, it.1)).collect(),
            ));
        }
    }
    (cases, firms)
}

fn cell(tape: &mut Tape, holds: Holds, none: bool) -> Cell {
    let plain = |set| Cell { set, hole: None };
    match tape.pick(8) {
        4 if none => plain(unset(holds, None, true)),
        5 => Cell { set: unset(holds, Some(everything(holds)), none), hole: Some(HoleKind::Blank) },
        6 => Cell { set: unset(holds, Some(everything(holds)), none), hole: Some(HoleKind::Fault) },
        7 => match some(tape, holds) {
            Some(set) => Cell { set, hole: Some(HoleKind::Coarse) },
            None => plain(value(tape, holds)),
        },
        _ => plain(value(tape, holds)),
    }
}

/// A settled value.
pub fn value(tape: &mut Tape, holds: Holds) -> Set {
    let number = |it: Number| Set::Number(Possible::values(Hull::point(it)));
    match holds {
        Holds::Truth => Set::Truth(Truth::of(tape.pick(2) == 0)),
        Holds::Whole => number(Number::from(tape.pick(9) as i64)),
        Holds::Signed => number(Number::scaled(tape.pick(9) as i128 * 5 - 20, 1)),
        Holds::Unbounded => number(Number::fraction(tape.pick(12) as i128, 3).expect("3 is not 0")),
        Holds::Open => number(Number::scaled(tape.pick(7) as i128 * 5 + 5, 1)),
        Holds::Few => number(Number::from(1 + tape.pick(3) as i64)),
        Holds::Months => number(Number::from(tape.pick(15) as i64)),
        Holds::Date => {
            let (low, high) = schema::dates();
            let at = low + tape.pick((high - low + 1) as usize) as i32;
            Set::Date(Possible::values(DateHull { low: Some(at), high: Some(at) }))
        }
        Holds::Level => member(vec![tape.pick(3) as u32], Foreign::No),
        Holds::Place => member(vec![tape.pick(6) as u32], Foreign::No),
        Holds::Roster => match tape.pick(3) {
            2 => member(vec![], Foreign::One("别的".into())),
            at => member(vec![at as u32], Foreign::No),
        },
        Holds::Text => Set::Text(Possible::values(TextSet::One(tape.choose(&TEXTS).into()))),
    }
}

/// A few values of many: a coarse date, members of one name, a band.
fn some(tape: &mut Tape, holds: Holds) -> Option<Set> {
    Some(match holds {
        Holds::Whole | Holds::Signed => {
            let low = tape.pick(3) as i64 - if holds == Holds::Whole { 0 } else { 2 };
            hull(low, Some(low + 1 + tape.pick(2) as i64))
        }
        Holds::Date => {
            let low = schema::dates().0 + tape.pick(12) as i32;
            Set::Date(Possible::values(DateHull { low: Some(low), high: Some(low + 6) }))
        }
        Holds::Level => member(vec![0, 1 + tape.pick(2) as u32], Foreign::No),
        Holds::Place => member(
            tape.choose(&[vec![0, 1, 2, 5], vec![1, 4], vec![1, 2], vec![2, 5]]),
            Foreign::No,
        ),
        _ => return None,
    })
}

/// The texts of cells and constants.
pub const TEXTS: [&str; 4] = ["新材料", "软件产业", "新", ""];

fn hull(low: i64, high: Option<i64>) -> Set {
    let end = |at: i64| Some(End { at: Number::from(at), closed: true });
    Set::Number(Possible::values(Hull { low: end(low), high: high.and_then(end) }))
}

fn member(members: Vec<u32>, foreign: Foreign) -> Set {
    Set::Member(Possible::values(MemberSet { members: Some(members), foreign }))
}

/// The whole domain of a field.
pub fn everything(holds: Holds) -> Set {
    match (holds, holds.ty().1) {
        (_, Domain::Numbers { hull, .. }) => Set::Number(Possible::values(hull)),
        (_, Domain::Dates(hull)) => Set::Date(Possible::values(hull)),
        (Holds::Truth, _) => Set::Truth(Truth::UNDECIDED),
        (Holds::Text, _) => Set::Text(Possible::values(TextSet::Any)),
        (Holds::Roster, _) => {
            Set::Member(Possible::values(MemberSet { members: None, foreign: Foreign::Any }))
        }
        _ => Set::Member(Possible::values(MemberSet { members: None, foreign: Foreign::No })),
    }
}

/// These values, or none, and 不适用 where that is possible.
fn unset(holds: Holds, values: Option<Set>, na: bool) -> Set {
    let mut set = values.unwrap_or_else(|| match everything(holds) {
        Set::Truth(_) => Set::Truth(Truth::NOTHING),
        Set::Number(_) => Set::Number(Possible { values: None, na, error: false }),
        Set::Date(_) => Set::Date(Possible { values: None, na, error: false }),
        Set::Member(_) => Set::Member(Possible { values: None, na, error: false }),
        Set::Text(_) => Set::Text(Possible { values: None, na, error: false }),
    });
    match &mut set {
        Set::Truth(it) if na => *it = it.union(Truth::NOT_APPLICABLE),
        Set::Truth(_) => {}
        Set::Number(it) => it.na |= na,
        Set::Date(it) => it.na |= na,
        Set::Member(it) => it.na |= na,
        Set::Text(it) => it.na |= na,
    }
    set
}

/// The facts of both tables; firms may stand in any order and are grouped here.
pub fn facts(cases: &Rows, firms: &Rows, shape: Shape) -> Facts {
    let mut grouped = firms.rows.clone();
    grouped.sort_by_key(|(parent, _)| *parent);
    let count = cases.rows.len();
    let offsets = (0..=count)
        .map(|case| grouped.partition_point(|(parent, _)| *parent < case) as u32)
        .collect();
    let firm_facts = TableFacts {
        offsets,
        parents: grouped.iter().map(|(parent, _)| *parent as u32).collect(),
        ungiven: Bits::collect(cases.given.iter().map(|it| !it)),
        ..table(FIRMS, grouped.iter().map(|(_, cells)| cells).collect(), shape)
    };
    let mut case_facts = table(CASES, cases.rows.iter().map(|(_, cells)| cells).collect(), shape);
    case_facts.columns.push(None);
    Facts {
        tables: vec![case_facts, firm_facts],
        files: vec!["数据".into()],
        sheets: vec![None],
        ..Facts::default()
    }
}

fn table(id: TableId, rows: Vec<&Vec<Cell>>, shape: Shape) -> TableFacts {
    let columns = (0..schema::fields(id).len()).map(|field| {
        let cells: Vec<&Cell> = rows.iter().map(|cells| &cells[field]).collect();
        Some(column(schema::fields(id)[field].0, &cells, shape))
    });
    let keys: Vec<Arc<str>> = (0..rows.len()).map(|row| format!("{}", row + 1).into()).collect();
    TableFacts {
        len: rows.len(),
        columns: columns.collect(),
        places: (0..rows.len()).map(|row| RowPlace { file: 0, row: row as u32 + 2 }).collect(),
        names: keys.clone(),
        keys,
        ..TableFacts::default()
    }
}

fn column(holds: Holds, cells: &[&Cell], shape: Shape) -> FieldColumn {
    let holes = cells.iter().zip(0..).filter_map(|(cell, row)| {
        let why = Text { zh: String::new(), en: String::new() };
        Some((row, Hole { kind: cell.hole?, raw: String::new(), why }))
    });
    FieldColumn {
        column: of_sets(
            &everything(holds),
            &cells.iter().map(|it| it.set.clone()).collect::<Vec<_>>(),
            shape,
        ),
        header: None,
        filled: Bits::collect(cells.iter().map(|it| it.hole != Some(HoleKind::Blank))),
        holes: holes.collect(),
    }
}

/// A column of sets, in the sparse form; `like` tells the type.
pub fn of_sets(like: &Set, sets: &[Set], shape: Shape) -> Column {
    match like {
        Set::Truth(_) => Column::Truth(truths(sets)),
        Set::Number(_) => Column::Number(numbers(sets, shape)),
        Set::Date(_) => Column::Date(plain(sets, 0, |set| match set {
            Set::Date(it) => {
                (it.clone(), it.values.filter(|it| it.low == it.high).and_then(|it| it.low))
            }
            other => panic!("a day, not {other:?}"),
        })),
        Set::Member(_) => Column::Member(plain(sets, 0, |set| match set {
            Set::Member(it) => (it.clone(), it.values.as_ref().and_then(single_member)),
            other => panic!("a member, not {other:?}"),
        })),
        Set::Text(_) => Column::Text(plain(sets, "".into(), |set| match set {
            Set::Text(it) => (it.clone(), it.values.as_ref().and_then(single_text)),
            other => panic!("a text, not {other:?}"),
        })),
    }
}

fn single_member(set: &MemberSet) -> Option<u32> {
    match (&set.members, &set.foreign) {
        (Some(members), Foreign::No) if members.len() == 1 => Some(members[0]),
        _ => None,
    }
}

fn single_text(set: &TextSet) -> Option<Arc<str>> {
    match set {
        TextSet::One(text) => Some(text.clone()),
        TextSet::Any => None,
    }
}

fn plain<T: Clone, S: Clone>(
    sets: &[Set],
    zero: T,
    read: impl Fn(&Set) -> (Possible<S>, Option<T>),
) -> PlainColumn<T, S> {
    let (mut values, mut special) = (Vec::new(), Sparse::default());
    for (set, row) in sets.iter().zip(0..) {
        let (possible, single) = read(set);
        let settled = single.filter(|_| !possible.na && !possible.error);
        if settled.is_none() {
            special.push(row, possible);
        }
        values.push(settled.unwrap_or_else(|| zero.clone()));
    }
    PlainColumn { values, special }
}

fn numbers(sets: &[Set], shape: Shape) -> NumberColumn {
    let column = plain(sets, Number::zero(), |set| match set {
        Set::Number(it) => (it.clone(), it.values.as_ref().and_then(|it| it.single().cloned())),
        other => panic!("a number, not {other:?}"),
    });
    let mantissas: Option<Vec<i64>> = column.values.iter().map(|it| it.to_scaled(2)).collect();
    let values = match mantissas {
        Some(mantissas) if shape.scaled => Numbers::Scaled { scale: 2, mantissas },
        _ => Numbers::Exact(column.values),
    };
    NumberColumn { values, special: column.special }
}

fn truths(sets: &[Set]) -> TruthColumn {
    let bits = |outcome: Truth| {
        Bits::collect(sets.iter().map(|set| match set {
            Set::Truth(it) => it.may(outcome),
            other => panic!("a truth, not {other:?}"),
        }))
    };
    let some = |bits: Bits| bits.any().then_some(bits);
    TruthColumn {
        t: bits(Truth::TRUE),
        f: bits(Truth::FALSE),
        n: some(bits(Truth::NOT_APPLICABLE)),
        e: some(bits(Truth::ERROR)),
    }
}
