//! Holes and the ways to fill them: completions for the plain evaluator, and facts that are fuller or narrower than they were.

use crate::oracle::Plain;
use crate::oracle::Value;
use crate::oracle::cells;
use crate::oracle::cells::Cells;
use crate::oracle::cells::Guess;
use crate::oracle::facts::Cell;
use crate::oracle::facts::Rows;
use crate::oracle::facts::TEXTS;
use crate::oracle::schema;
use crate::oracle::schema::CASES;
use crate::oracle::schema::FIRMS;
use crate::oracle::schema::Holds;
use crate::oracle::sets;
use crate::oracle::tape::mix;
use heng::data::HoleKind;
use heng::ir::Domain;
use heng::ir::FieldId;
use heng::ir::TableId;
use heng::ir::Ty;
use heng::value::DateHull;
use heng::value::End;
use heng::value::Foreign;
use heng::value::Hull;
use heng::value::MemberSet;
use heng::value::Number;
use heng::value::Possible;
use heng::value::Set;
use heng::value::TextSet;
use heng::value::Truth;

/// The rows of both tables; firms stand grouped by case.
#[derive(Clone, Debug)]
pub struct Data {
    pub cases: Rows,
    pub firms: Rows,
    /// Whether a list that was given may have more rows.
    pub open: bool,
}

/// An undecided cell and what it may be filled with: all of it where that is few, else ends and points between.
#[derive(Clone, Debug)]
pub struct Hole {
    pub field: FieldId,
    pub row: usize,
    pub outcomes: Vec<Plain>,
}

impl Data {
    fn rows(&self, table: TableId) -> &Rows {
        if table == CASES { &self.cases } else { &self.firms }
    }

    fn cell_mut(&mut self, hole: &Hole) -> &mut Cell {
        let rows = if hole.field.table == CASES { &mut self.cases } else { &mut self.firms };
        &mut rows.rows[hole.row].1[hole.field.index as usize]
    }

    /// The undecided cells, in the order of tables, rows and fields.
    pub fn holes(&self) -> Vec<Hole> {
        let mut holes = Vec::new();
        for table in [CASES, FIRMS] {
            for (row, (_, cells)) in self.rows(table).rows.iter().enumerate() {
                for (cell, index) in cells.iter().zip(0..) {
                    let holds = schema::fields(table)[index as usize].0;
                    let outcomes = outcomes(&cell.set, holds);
                    if outcomes.len() > 1 {
                        holes.push(Hole { field: FieldId { table, index }, row, outcomes });
                    }
                }
            }
        }
        holes
    }

    /// The data with each hole filled by the outcome of that number.
    pub fn complete(
        &self,
        holes: &[Hole],
        filling: &[usize],
        guess: Guess,
        extra: Option<u64>,
    ) -> Cells {
        let mut tables: Vec<Vec<cells::Row>> = [CASES, FIRMS].map(|it| self.plain_rows(it)).into();
        for (hole, at) in holes.iter().zip(filling) {
            let row = &mut tables[hole.field.table.0 as usize][hole.row];
            row.cells[hole.field.index as usize].outcome = hole.outcomes[*at].clone();
        }
        if let Some(seed) = extra {
            for (case, given) in
                self.cases.given.iter().enumerate().filter(|(_, given)| self.open || !**given)
            {
                let most = if *given { 2 } else { 3 };
                for at in 0..mix(seed, case as u64) % most {
                    tables[1].push(invented(case, mix(seed, 31 * case as u64 + at + 7)));
                }
            }
        }
        Cells { tables, guess }
    }

    fn plain_rows(&self, table: TableId) -> Vec<cells::Row> {
        let plain = |(cell, holds): (&Cell, &(Holds, bool))| cells::Cell {
            outcome: outcomes(&cell.set, holds.0).remove(0),
            blank: cell.hole == Some(HoleKind::Blank),
            filled: cell.hole != Some(HoleKind::Blank),
        };
        let rows = self.rows(table).rows.iter();
        rows.map(|(parent, cells)| cells::Row {
            parent: *parent,
            cells: cells.iter().zip(schema::fields(table)).map(plain).collect(),
        })
        .collect()
    }

    /// The data with holes filled; what was seen blank is still so.
    pub fn fill(&self, holes: &[Hole], filling: &[usize]) -> Data {
        let mut data = self.clone();
        for (hole, at) in holes.iter().zip(filling) {
            let cell = data.cell_mut(hole);
            cell.set = settled(&cell.set, &hole.outcomes[*at]);
        }
        data
    }

    /// The data as if its cells had never been anything but what they are.
    pub fn afresh(mut self) -> Data {
        let rows = [&mut self.cases, &mut self.firms];
        for cell in rows.into_iter().flat_map(|it| &mut it.rows).flat_map(|it| &mut it.1) {
            cell.hole = None;
        }
        self.cases.given.fill(true);
        self
    }

    /// The data with some holes filled and some narrowed to what lies between two of their outcomes.
    pub fn narrow(&self, holes: &[Hole], seed: u64) -> Data {
        let mut data = self.clone();
        for (hole, key) in holes.iter().zip(0..) {
            let random = mix(seed, key) as usize;
            let pick = |at: usize| &hole.outcomes[(random >> at) % hole.outcomes.len()];
            let cell = data.cell_mut(hole);
            match random % 3 {
                0 => cell.set = settled(&cell.set, pick(2)),
                1 => {
                    let narrower = between(&cell.set, pick(2), pick(20));
                    let holds = schema::fields(hole.field.table)[hole.field.index as usize].0;
                    debug_assert!(
                        outcomes(&narrower, holds).iter().all(|it| sets::holds(&cell.set, it))
                    );
                    cell.set = narrower;
                }
                _ => {}
            }
        }
        for (given, case) in data.cases.given.iter_mut().zip(0..) {
            *given |= mix(seed, 1000 + case) & 1 == 0;
        }
        data
    }
}

/// All ways to fill the holes, or `limit` of them.
pub fn fillings(holes: &[Hole], limit: usize, seed: u64) -> Vec<Vec<usize>> {
    let count = joint(holes);
    let sizes = || holes.iter().map(|it| it.outcomes.len());
    match count {
        Some(count) if count <= limit => (0..count)
            .map(|mut at| {
                sizes()
                    .map(|size| {
                        let digit = at % size;
                        at /= size;
                        digit
                    })
                    .collect()
            })
            .collect(),
        _ => (0..limit as u64)
            .map(|at| {
                let random = |(size, key): (usize, u64)| match at {
                    0 => 0,
                    1 => size - 1,
                    _ => mix(seed ^ at, key) as usize % size,
                };
                sizes().zip(0..).map(random).collect()
            })
            .collect(),
    }
}

/// How many ways there are to fill them.
pub fn joint(holes: &[Hole]) -> Option<usize> {
    holes.iter().try_fold(1usize, |all, it| all.checked_mul(it.outcomes.len()))
}

/// A row nobody submitted, with any values.
fn invented(parent: usize, seed: u64) -> cells::Row {
    let cell = |((holds, _), key): (&(Holds, bool), u64)| {
        let all = outcomes(&crate::oracle::facts::everything(*holds), *holds);
        let outcome = all[mix(seed, key) as usize % all.len()].clone();
        cells::Cell { outcome, blank: false, filled: true }
    };
    cells::Row { parent, cells: schema::fields(FIRMS).iter().zip(0..).map(cell).collect() }
}

/// What a cell may be filled with; one outcome for a settled cell.
pub fn outcomes(set: &Set, holds: Holds) -> Vec<Plain> {
    let mut all: Vec<Plain> = match set {
        Set::Truth(it) => [true, false]
            .into_iter()
            .filter(|at| it.may(Truth::of(*at)))
            .map(Plain::truth)
            .collect(),
        Set::Number(it) => {
            it.values.iter().flat_map(|hull| numbers(hull, holds)).map(Plain::number).collect()
        }
        Set::Date(it) => it.values.iter().flat_map(days).map(Plain::date).collect(),
        Set::Member(it) => it.values.iter().flat_map(|it| members(it, holds)).collect(),
        Set::Text(it) => it.values.iter().flat_map(texts).collect(),
    };
    all.extend(set.may_be_na().then_some(Plain::NotApplicable));
    all
}

fn numbers(hull: &Hull, holds: Holds) -> Vec<Number> {
    let (ty, domain) = holds.ty();
    let whole = matches!(domain, Domain::Numbers { whole: true, .. });
    let fraction = |(a, b)| Number::fraction(a, b).expect("no denominator is 0");
    // As near to an open end as any program here can tell.
    let step = |end: &End| if end.closed { Number::zero() } else { fraction((1, 1_000_000)) };
    let low = hull.low.as_ref().map_or(Number::from(-1000), |end| end.at.add(&step(end)));
    let high =
        hull.high.as_ref().map_or(Number::from(1_000_000_000), |end| end.at.subtract(&step(end)));
    let mut points = vec![low.clone(), high.clone()];
    if whole && !matches!(ty, Ty::Duration(_)) {
        points.extend((1..8).map(|it| low.add(&Number::from(it))));
    } else {
        let near = [(0, 1), (1, 1_000_000), (1, 2), (3, 4), (1, 1), (-1, 1_000_000), (-3, 2)];
        let rounded = |it: Number| if whole { it.round(0) } else { it };
        points.extend(near.map(fraction).map(rounded));
    }
    points.retain(|it| low <= *it && *it <= high);
    points.sort();
    points.dedup();
    points
}

fn days(hull: &DateHull) -> Vec<i32> {
    let (low, high) = (hull.low.expect("a first day"), hull.high.expect("a last day"));
    let mut days: Vec<i32> =
        [0, 2, 5, 9, 11, 12, 17].map(|it| low + it).into_iter().filter(|it| *it < high).collect();
    days.push(high);
    days
}

fn members(set: &MemberSet, holds: Holds) -> Vec<Plain> {
    let count = match holds {
        Holds::Place => 6,
        Holds::Level => 3,
        _ => 2,
    };
    let members = set.members.clone().unwrap_or_else(|| (0..count).collect());
    let mut all: Vec<Plain> =
        members.into_iter().map(|it| Plain::Value(Value::Member(it))).collect();
    match &set.foreign {
        Foreign::No => {}
        Foreign::One(text) => all.push(Plain::text(text)),
        Foreign::Any => all.extend(["别的", "外"].map(Plain::text)),
    }
    all
}

fn texts(set: &TextSet) -> Vec<Plain> {
    match set {
        TextSet::One(text) => vec![Plain::text(text)],
        TextSet::Any => {
            let long = "新材料".repeat(1000);
            TEXTS.iter().copied().chain([&*long]).map(Plain::text).collect()
        }
    }
}

/// The set of one outcome; `like` tells the type.
fn settled(like: &Set, plain: &Plain) -> Set {
    between(like, plain, plain)
}

/// The least set that holds both.
fn between(like: &Set, a: &Plain, b: &Plain) -> Set {
    let na = [a, b].contains(&&Plain::NotApplicable);
    let mut values: Vec<&Value> = [a, b]
        .into_iter()
        .filter_map(|it| if let Plain::Value(value) = it { Some(value) } else { None })
        .collect();
    values.sort();
    values.dedup();
    match like {
        Set::Truth(_) => {
            let none = if na { Truth::NOT_APPLICABLE } else { Truth::NOTHING };
            Set::Truth(values.iter().fold(none, |all, it| match it {
                Value::Truth(value) => all.union(Truth::of(*value)),
                other => panic!("a truth, not {other:?}"),
            }))
        }
        Set::Number(_) => {
            let end = |it: &Value| match it {
                Value::Number(at) => Some(End { at: at.clone(), closed: true }),
                other => panic!("a number, not {other:?}"),
            };
            let values = values
                .first()
                .map(|low| Hull { low: end(low), high: end(values[values.len() - 1]) });
            Set::Number(Possible { values, na, error: false })
        }
        Set::Date(_) => {
            let day = |it: &Value| match it {
                Value::Date(day) => Some(*day),
                other => panic!("a day, not {other:?}"),
            };
            let values = values
                .first()
                .map(|low| DateHull { low: day(low), high: day(values[values.len() - 1]) });
            Set::Date(Possible { values, na, error: false })
        }
        Set::Member(_) => Set::Member(Possible { values: some_members(&values), na, error: false }),
        Set::Text(_) => {
            let text = match values.as_slice() {
                [] => None,
                [Value::Text(text)] => Some(TextSet::One(text.clone())),
                _ => Some(TextSet::Any),
            };
            Set::Text(Possible { values: text, na, error: false })
        }
    }
}

fn some_members(values: &[&Value]) -> Option<MemberSet> {
    let (mut members, mut foreign) = (vec![], Foreign::No);
    for value in values {
        match value {
            Value::Member(member) => members.push(*member),
            Value::Text(text) if foreign == Foreign::No => foreign = Foreign::One(text.clone()),
            Value::Text(_) => foreign = Foreign::Any,
            other => panic!("a member, not {other:?}"),
        }
    }
    (!values.is_empty()).then_some(MemberSet { members: Some(members), foreign })
}
