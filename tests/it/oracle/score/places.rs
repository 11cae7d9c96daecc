//! Ranks and who is selected among complete cases, by counting (`semantics` §§9.3, 9.4). Points are made elsewhere.

use crate::oracle::Plain;
use crate::oracle::Value;
use crate::oracle::score::Line;
use crate::oracle::score::Ties;
use crate::oracle::score::data::GROUP;
use crate::oracle::score::plain::Judge;
use heng::value::Number;
use std::cmp::Ordering;

/// What is said of one case.
#[derive(Clone, Debug)]
pub struct Said {
    pub total: Plain,
    pub rank: Plain,
    pub selected: Plain,
    pub passes: Option<Plain>,
}

/// The standing of all cases.
struct Table<'a> {
    judge: &'a Judge<'a>,
    totals: Vec<Plain>,
}

/// What a book says of every case.
pub fn judge(judge: &Judge) -> Vec<Said> {
    let totals: Vec<Plain> = (0..judge.rows.len()).map(|row| judge.total(row)).collect();
    // A total in error may be anything to the others, and so may one of which nothing is said.
    let spoken = totals.iter().all(|it| !matches!(it, Plain::Error | Plain::Unspoken));
    let table = Table { judge, totals };
    let selected = if spoken { table.selections() } else { vec![] };
    let said = |row: usize| {
        let broken = table.totals[row] == Plain::Error && !judge.is_struck(row);
        let (rank, selected) = match (spoken, broken) {
            (true, _) => (table.rank(row), selected[row].clone()),
            (false, true) => (Plain::Error, Plain::Error),
            (false, false) => (Plain::Unspoken, Plain::Unspoken),
        };
        let passes = judge.book.pass.map(|_| judge.passes(row));
        Said { total: table.totals[row].clone(), rank, selected, passes }
    };
    (0..judge.rows.len()).map(said).collect()
}

impl Table<'_> {
    /// The cases that are ranked.
    fn ranked(&self) -> Vec<usize> {
        let has_value = |row: &usize| matches!(self.totals[*row], Plain::Value(_));
        let stands = |row: &usize| !self.judge.is_struck(*row);
        (0..self.totals.len()).filter(has_value).filter(stands).collect()
    }

    /// How a case stands to another: less is before. `then` also looks at 乙.
    fn order(&self, a: usize, b: usize, then: bool) -> Ordering {
        let second = |row: usize| self.judge.rows[row].cells[1].map(Number::from);
        let by_total = self.totals[a].as_number().cmp(self.totals[b].as_number());
        let by = if then { by_total.then(second(a).cmp(&second(b))) } else { by_total };
        if self.judge.book.ascending { by } else { by.reverse() }
    }

    fn rank(&self, row: usize) -> Plain {
        let ranked = self.ranked();
        if !ranked.contains(&row) {
            return Plain::NotApplicable;
        }
        let then = self.judge.book.then_by;
        let count = |wanted: Ordering| {
            ranked.iter().filter(|it| self.order(**it, row, then) == wanted).count() as i64
        };
        let (before, beside) = (count(Ordering::Less), count(Ordering::Equal) - 1);
        let twice = match self.judge.book.ties {
            Ties::Competition => 2 + 2 * before,
            Ties::Mean => 2 + 2 * before + beside,
            Ties::Dense => {
                let mut ahead: Vec<usize> = ranked
                    .iter()
                    .copied()
                    .filter(|it| self.order(*it, row, then) == Ordering::Less)
                    .collect();
                ahead.sort_by(|a, b| self.order(*a, *b, then));
                ahead.dedup_by(|a, b| self.order(*a, *b, then) == Ordering::Equal);
                2 + 2 * ahead.len() as i64
            }
        };
        Plain::number(Number::fraction(twice.into(), 2).expect("2 is not 0"))
    }

    /// Who is selected.
    fn selections(&self) -> Vec<Plain> {
        let select = self.judge.book.select;
        let ranked = self.ranked();
        let seats = match select.share {
            true => select.top * ranked.len() as i64 / 100,
            false => select.top,
        };
        let outside = |row: usize| match self.totals[row] {
            Plain::Value(_) if self.judge.is_in(row) => Plain::truth(false),
            _ => Plain::NotApplicable,
        };
        let mut all: Vec<Plain> = (0..self.totals.len()).map(outside).collect();
        let then = select.line == Line::ThenBy || self.judge.book.then_by;
        let classes = self.classes(&ranked, then);
        match select.quota {
            None => {
                let mut before = 0;
                for class in classes {
                    let reach = before + class.len() as i64;
                    let verdict = match (before < seats, reach <= seats) {
                        (false, _) => Plain::truth(false),
                        (_, true) => Plain::truth(true),
                        _ => at_line(select.line),
                    };
                    class.iter().for_each(|row| all[*row] = verdict.clone());
                    before = reach;
                }
            }
            Some(each) => self.by_quota(&mut all, classes, seats, each),
        }
        all
    }

    /// The ranked cases, those that are equal together, the first before.
    fn classes(&self, ranked: &[usize], then: bool) -> Vec<Vec<usize>> {
        let mut order = ranked.to_vec();
        order.sort_by(|a, b| self.order(*a, *b, then));
        let equal = |a: &usize, b: &usize| self.order(*a, *b, then) == Ordering::Equal;
        order.chunk_by(equal).map(<[usize]>::to_vec).collect()
    }

    /// Groups and total are filled in the order of ranks; a group whose line ran through a class is closed.
    fn by_quota(&self, all: &mut [Plain], classes: Vec<Vec<usize>>, seats: i64, each: i64) {
        let line = self.judge.book.select.line;
        let (mut room, mut left) = ([each; 2], seats);
        for class in classes {
            let group = |row: &usize| self.judge.rows[*row].cells[GROUP].expect("a group") as usize;
            let mut taking = 0;
            let mut fits_total = vec![];
            for (at, room) in room.iter_mut().enumerate() {
                let own: Vec<usize> = class.iter().copied().filter(|it| group(it) == at).collect();
                let wanted = own.len() as i64;
                let open = *room > 0 && left > 0;
                let verdict = match (open, wanted <= *room) {
                    (false, _) => Plain::truth(false),
                    (true, true) => Plain::truth(true),
                    (true, false) => at_line(line),
                };
                taking += match verdict {
                    Plain::Error => *room,
                    ref it if it.is_true() => wanted,
                    _ => 0,
                };
                *room = if wanted > *room { 0 } else { *room - wanted };
                if !verdict.is_false() {
                    fits_total.extend(own.iter().copied());
                }
                own.iter().for_each(|row| all[*row] = verdict.clone());
            }
            if taking > left {
                fits_total.iter().for_each(|row| all[*row] = at_line(line));
            }
            left = (left - taking).max(0);
        }
    }
}

fn at_line(line: Line) -> Plain {
    match line {
        Line::All => Plain::Value(Value::Truth(true)),
        Line::Nobody => Plain::truth(false),
        Line::Unsaid | Line::ThenBy => Plain::Error,
    }
}
