//! Columns: one outcome set a row, dense where rows hold plain values, sparse where they do not.

use crate::value::Bits;
use crate::value::DateHull;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::MemberSet;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use std::sync::Arc;

/// A column of any type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Truths.
    Truth(TruthColumn),
    /// Numbers, in base units.
    Number(NumberColumn),
    /// Days from 0001-01-01, which is day 1.
    Date(PlainColumn<i32, DateHull>),
    /// Members, by index in their vocabulary.
    Member(PlainColumn<u32, MemberSet>),
    /// Texts.
    Text(PlainColumn<Arc<str>, TextSet>),
}

/// Truths: a bitmap for each outcome; 不适用 and 错误 only where they arise.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct TruthColumn {
    /// May be 真.
    pub t: Bits,
    /// May be 假.
    pub f: Bits,
    /// May be 不适用.
    pub n: Option<Bits>,
    /// May be 错误.
    pub e: Option<Bits>,
}

/// Numbers: plain values for all rows, and what the rows that are not plain may be.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NumberColumn {
    /// One value a row; of a row in `special` it means nothing.
    pub values: Numbers,
    /// The rows that are not one plain value.
    pub special: Sparse<Hull>,
}

/// Plain values for all rows, and what the rows that are not plain may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainColumn<T, S> {
    /// One value a row; of a row in `special` it means nothing.
    pub values: Vec<T>,
    /// The rows that are not one plain value.
    pub special: Sparse<S>,
}

/// The rows of a column that are not one plain value, ascending by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sparse<S>(Vec<(u32, Possible<S>)>);

impl<S> Default for Sparse<S> {
    fn default() -> Sparse<S> {
        Sparse(Vec::new())
    }
}

impl<S: Clone> Sparse<S> {
    /// Adds a row above all rows so far.
    pub fn push(&mut self, row: u32, set: Possible<S>) {
        debug_assert!(
            self.0.last().is_none_or(|(last, _)| *last < row),
            "rows of a sparse column ascend"
        );
        self.0.push((row, set));
    }

    /// What a row may be; none if it is plain.
    pub fn get(&self, row: u32) -> Option<&Possible<S>> {
        self.0.binary_search_by_key(&row, |(at, _)| *at).ok().map(|at| &self.0[at].1)
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Possible<S>)> {
        self.0.iter().map(|(row, set)| (*row, set))
    }

    /// Whether all rows are plain.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the rows of another sparse column, `after` rows further down.
    pub fn append(&mut self, other: &Sparse<S>, after: u32) {
        self.0.extend(other.0.iter().map(|(row, set)| (row + after, set.clone())));
    }

    /// The rows of a range, counted from its start.
    pub fn slice(&self, range: std::ops::Range<u32>) -> Sparse<S> {
        let from = self.0.partition_point(|(row, _)| *row < range.start);
        let to = self.0.partition_point(|(row, _)| *row < range.end);
        Sparse(self.0[from..to].iter().map(|(row, set)| (row - range.start, set.clone())).collect())
    }
}

impl Column {
    /// What its rows are.
    pub fn kind(&self) -> Kind {
        match self {
            Column::Truth(_) => Kind::Truth,
            Column::Number(_) => Kind::Number,
            Column::Date(_) => Kind::Date,
            Column::Member(_) => Kind::Member,
            Column::Text(_) => Kind::Text,
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Truth(it) => it.t.len(),
            Column::Number(it) => it.values.len(),
            Column::Date(it) => it.values.len(),
            Column::Member(it) => it.values.len(),
            Column::Text(it) => it.values.len(),
        }
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The possible outcomes of one row.
    pub fn get(&self, row: usize) -> Set {
        match self {
            Column::Truth(it) => Set::Truth(it.get(row)),
            Column::Number(it) => Set::Number(it.get(row)),
            Column::Date(it) => {
                Set::Date(it.get(row, |&day| DateHull { low: Some(day), high: Some(day) }))
            }
            Column::Member(it) => Set::Member(it.get(row, |&member| MemberSet::one(member))),
            Column::Text(it) => Set::Text(it.get(row, |text| TextSet::One(text.clone()))),
        }
    }
}

impl TruthColumn {
    /// The rows in which more than one outcome is possible.
    pub fn open(&self) -> Bits {
        let both = self.t.zip(&self.f, |t, f| t & f);
        let (Some(n), Some(e)) = (&self.n, &self.e) else {
            let Some(rare) = self.n.as_ref().or(self.e.as_ref()) else { return both };
            let other = self.t.zip(&self.f, |t, f| t | f).zip(rare, |any, rare| any & rare);
            return both.zip(&other, |a, b| a | b);
        };
        let rare = n.zip(e, |n, e| n & e);
        let either = n.zip(e, |n, e| n | e);
        let other = self.t.zip(&self.f, |t, f| t | f).zip(&either, |any, rare| any & rare);
        both.zip(&other, |a, b| a | b).zip(&rare, |a, b| a | b)
    }

    /// The possible outcomes of one row.
    pub fn get(&self, row: usize) -> crate::value::Truth {
        use crate::value::Truth;
        let has = |bits: &Option<Bits>| bits.as_ref().is_some_and(|it| it.get(row));
        [
            (self.t.get(row), Truth::TRUE),
            (self.f.get(row), Truth::FALSE),
            (has(&self.n), Truth::NOT_APPLICABLE),
            (has(&self.e), Truth::ERROR),
        ]
        .into_iter()
        .filter(|(possible, _)| *possible)
        .fold(Truth::NOTHING, |all, (_, one)| all.union(one))
    }
}

impl NumberColumn {
    /// The possible outcomes of one row.
    pub fn get(&self, row: usize) -> Possible<Hull> {
        let plain = || Possible::values(Hull::point(self.values.get(row)));
        self.special.get(row as u32).cloned().unwrap_or_else(plain)
    }
}

impl<T, S: Clone> PlainColumn<T, S> {
    /// The possible outcomes of one row.
    pub fn get(&self, row: usize, plain: impl FnOnce(&T) -> S) -> Possible<S> {
        match self.special.get(row as u32) {
            Some(set) => set.clone(),
            None => Possible::values(plain(&self.values[row])),
        }
    }
}
