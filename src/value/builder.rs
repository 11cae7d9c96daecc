//! Columns made row by row, sliced and joined. What the rows mean is not known here.

use crate::value::Bits;
use crate::value::Column;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::PlainColumn;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Sparse;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::TruthColumn;
use std::ops::Range;
use std::sync::Arc;

/// The types a column can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Truths.
    Truth,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Members.
    Member,
    /// Texts.
    Text,
}

/// A column that grows by rows.
pub struct ColumnBuilder {
    column: Column,
    blank: Arc<str>,
}

impl ColumnBuilder {
    /// No rows yet.
    pub fn new(kind: Kind) -> ColumnBuilder {
        let column = match kind {
            Kind::Truth => Column::Truth(TruthColumn::default()),
            Kind::Number => Column::Number(NumberColumn::default()),
            Kind::Date => Column::Date(PlainColumn::default()),
            Kind::Member => Column::Member(PlainColumn::default()),
            Kind::Text => Column::Text(PlainColumn::default()),
        };
        ColumnBuilder { column, blank: Arc::from("") }
    }

    /// Adds a row. Of a set of another type only 不适用 and 错误 are taken.
    pub fn push(&mut self, set: Set) {
        match (&mut self.column, set) {
            (Column::Truth(it), Set::Truth(truth)) => it.push(truth),
            (Column::Number(it), Set::Number(set)) => it.push(set),
            (Column::Date(it), Set::Date(set)) => {
                it.push(set, |it| it.low.filter(|_| it.low == it.high), 0)
            }
            (Column::Member(it), Set::Member(set)) => it.push(set, single_member, 0),
            (Column::Text(it), Set::Text(set)) => it.push(set, single_text, self.blank.clone()),
            (Column::Truth(it), set) => {
                it.push(Possible { values: None, ..outcomes(&set) }.into_truth())
            }
            (Column::Number(it), set) => it.push(outcomes(&set)),
            (Column::Date(it), set) => it.push(outcomes(&set), |_| None, 0),
            (Column::Member(it), set) => it.push(outcomes(&set), |_| None, 0),
            (Column::Text(it), set) => it.push(outcomes(&set), |_| None, self.blank.clone()),
        }
    }

    /// Adds a copy of a row of another column.
    pub fn copy(&mut self, from: &Column, row: usize) {
        match (&mut self.column, from) {
            (Column::Number(to), Column::Number(from))
                if from.special.get(row as u32).is_none() =>
            {
                to.values.push_from(&from.values, row);
            }
            (Column::Date(to), Column::Date(from)) if from.special.get(row as u32).is_none() => {
                to.values.push(from.values[row]);
            }
            (Column::Member(to), Column::Member(from))
                if from.special.get(row as u32).is_none() =>
            {
                to.values.push(from.values[row]);
            }
            (Column::Text(to), Column::Text(from)) if from.special.get(row as u32).is_none() => {
                to.values.push(from.values[row].clone());
            }
            _ => self.push(from.get(row)),
        }
    }

    /// The column.
    pub fn finish(mut self) -> Column {
        if let Column::Truth(it) = &mut self.column {
            it.trim();
        }
        self.column
    }
}

fn outcomes<S>(set: &Set) -> Possible<S> {
    Possible { values: None, na: set.may_be_na(), error: set.may_be_error() }
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

impl TruthColumn {
    /// The same truth in every row.
    pub fn filled(rows: usize, truth: Truth) -> TruthColumn {
        let bits = |it: Truth| Bits::filled(rows, truth.may(it));
        let rare = |it: Truth| truth.may(it).then(|| Bits::filled(rows, true));
        TruthColumn {
            t: bits(Truth::TRUE),
            f: bits(Truth::FALSE),
            n: rare(Truth::NOT_APPLICABLE),
            e: rare(Truth::ERROR),
        }
    }

    /// Plain 真 and 假.
    pub fn plain(t: Bits) -> TruthColumn {
        let f = t.zip(&t, |it, _| !it);
        TruthColumn { t, f, n: None, e: None }
    }

    /// Adds a row.
    pub fn push(&mut self, truth: Truth) {
        let rows = self.t.len();
        self.t.push(truth.may(Truth::TRUE));
        self.f.push(truth.may(Truth::FALSE));
        for (bits, outcome) in [(&mut self.n, Truth::NOT_APPLICABLE), (&mut self.e, Truth::ERROR)] {
            if truth.may(outcome) {
                bits.get_or_insert_with(|| Bits::filled(rows, false)).push(true);
            } else if let Some(bits) = bits {
                bits.push(false);
            }
        }
    }

    /// Sets what a row may be.
    pub fn set(&mut self, row: usize, truth: Truth) {
        let rows = self.t.len();
        self.t.set(row, truth.may(Truth::TRUE));
        self.f.set(row, truth.may(Truth::FALSE));
        for (bits, outcome) in [(&mut self.n, Truth::NOT_APPLICABLE), (&mut self.e, Truth::ERROR)] {
            if truth.may(outcome) {
                bits.get_or_insert_with(|| Bits::filled(rows, false)).set(row, true);
            } else if let Some(bits) = bits {
                bits.set(row, false);
            }
        }
    }

    /// Leaves out the bitmaps of outcomes that do not arise.
    pub fn trim(&mut self) {
        self.n.take_if(|it| !it.any());
        self.e.take_if(|it| !it.any());
    }
}

impl NumberColumn {
    fn push(&mut self, set: Possible<Hull>) {
        match set.single() {
            Some(number) => {
                let number = number.clone();
                self.values.push(number);
            }
            None => {
                self.special.push(self.values.len() as u32, set);
                self.values.push(Number::zero());
            }
        }
    }
}

impl<T: Clone, S: Clone> PlainColumn<T, S> {
    fn push(&mut self, set: Possible<S>, single: impl Fn(&S) -> Option<T>, blank: T) {
        let plain = set.values.as_ref().filter(|_| !set.na && !set.error).and_then(single);
        if plain.is_none() {
            self.special.push(self.values.len() as u32, set);
        }
        self.values.push(plain.unwrap_or(blank));
    }

    fn slice(&self, range: Range<usize>) -> PlainColumn<T, S> {
        PlainColumn {
            special: self.special.slice(range.start as u32..range.end as u32),
            values: self.values[range].to_vec(),
        }
    }

    fn append(&mut self, other: &PlainColumn<T, S>) {
        self.special.append(&other.special, self.values.len() as u32);
        self.values.extend(other.values.iter().cloned());
    }
}

impl Column {
    /// The same outcomes in every row.
    pub fn repeat(rows: usize, set: &Set) -> Column {
        if let Set::Truth(truth) = set {
            return Column::Truth(TruthColumn::filled(rows, *truth));
        }
        let kind = match set {
            Set::Truth(_) => Kind::Truth,
            Set::Number(_) => Kind::Number,
            Set::Date(_) => Kind::Date,
            Set::Member(_) => Kind::Member,
            Set::Text(_) => Kind::Text,
        };
        let mut one = ColumnBuilder::new(kind);
        one.push(set.clone());
        let mut all = ColumnBuilder::new(kind);
        let one = one.finish();
        for _ in 0..rows {
            all.copy(&one, 0);
        }
        all.finish()
    }

    /// The rows of a range.
    pub fn slice(&self, range: Range<usize>) -> Column {
        match self {
            Column::Truth(it) => {
                let cut = |bits: &Option<Bits>| bits.as_ref().map(|it| it.slice(range.clone()));
                let mut cut = TruthColumn {
                    t: it.t.slice(range.clone()),
                    f: it.f.slice(range.clone()),
                    n: cut(&it.n),
                    e: cut(&it.e),
                };
                cut.trim();
                Column::Truth(cut)
            }
            Column::Number(it) => Column::Number(NumberColumn {
                special: it.special.slice(range.start as u32..range.end as u32),
                values: it.values.slice(range),
            }),
            Column::Date(it) => Column::Date(it.slice(range)),
            Column::Member(it) => Column::Member(it.slice(range)),
            Column::Text(it) => Column::Text(it.slice(range)),
        }
    }

    /// Adds the rows of another column of the same type.
    pub fn append(&mut self, other: &Column) {
        match (self, other) {
            (Column::Truth(to), Column::Truth(from)) => to.append(from),
            (Column::Number(to), Column::Number(from)) => {
                to.special.append(&from.special, to.values.len() as u32);
                to.values.append(&from.values);
            }
            (Column::Date(to), Column::Date(from)) => to.append(from),
            (Column::Member(to), Column::Member(from)) => to.append(from),
            (Column::Text(to), Column::Text(from)) => to.append(from),
            _ => panic!("columns of two types are not joined"),
        }
    }
}

impl TruthColumn {
    fn append(&mut self, other: &TruthColumn) {
        let rows = self.t.len();
        self.t.append(&other.t);
        self.f.append(&other.f);
        for (to, from) in [(&mut self.n, &other.n), (&mut self.e, &other.e)] {
            if to.is_none() && from.is_none() {
                continue;
            }
            let absent = Bits::filled(other.t.len(), false);
            to.get_or_insert_with(|| Bits::filled(rows, false))
                .append(from.as_ref().unwrap_or(&absent));
        }
    }
}

impl<T, S> Default for PlainColumn<T, S> {
    fn default() -> PlainColumn<T, S> {
        PlainColumn { values: Vec::new(), special: Sparse::default() }
    }
}
