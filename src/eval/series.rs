//! A node's column over the rows of a chunk, all alike or one by one, read as any type. Nothing is computed here.

use crate::ir::Ty;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::DateHull;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::MemberSet;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::TruthColumn;

/// A column over the rows of a chunk; where every row is the same, a column of one row stands for all.
#[derive(Clone, Debug)]
pub struct Series {
    column: Column,
    rows: usize,
}

impl Series {
    /// A column with a row for each.
    pub fn new(column: Column) -> Series {
        Series { rows: column.len(), column }
    }

    /// A column of one row for all rows.
    pub fn same(column: Column, rows: usize) -> Series {
        assert_eq!(column.len(), 1, "what is the same in every row has one row");
        Series { column, rows }
    }

    /// Whether one row stands for all.
    pub fn is_same(&self) -> bool {
        self.column.len() == 1
    }

    /// The column: of one row, or of all.
    pub fn column(&self) -> &Column {
        &self.column
    }

    /// Where a row stands in the column.
    pub fn at(&self, row: usize) -> usize {
        if self.is_same() { 0 } else { row }
    }

    /// The column with a row for each.
    pub fn into_column(self) -> Column {
        if self.column.len() == self.rows {
            self.column
        } else {
            Column::repeat(self.rows, &self.column.get(0))
        }
    }

    /// What a row may be.
    pub fn set(&self, row: usize) -> Set {
        self.column.get(self.at(row))
    }

    /// What a row may be, as a truth.
    pub fn truth(&self, row: usize) -> Truth {
        match &self.column {
            Column::Truth(it) => it.get(self.at(row)),
            _ => self.outcomes::<Truth>(row).into_truth(),
        }
    }

    /// What a row may be, as a number.
    pub fn number(&self, row: usize) -> Possible<Hull> {
        match &self.column {
            Column::Number(it) => it.get(self.at(row)),
            _ => self.outcomes(row),
        }
    }

    /// What a row may be, as a number; days are numbers too.
    pub fn numeric(&self, row: usize) -> Possible<Hull> {
        match &self.column {
            Column::Date(_) => self.date(row).map(|days| days.to_hull()),
            _ => self.number(row),
        }
    }

    /// Whether a row is seen at a glance to be one number above 0.
    pub fn is_above_0(&self, row: usize) -> bool {
        let Column::Number(it) = &self.column else { return false };
        let (values, at) = (&it.values, self.at(row));
        matches!(values, Numbers::Scaled { mantissas, .. } if mantissas[at] > 0)
            && it.special.get(at as u32).is_none()
    }

    /// What a row may be, as a day.
    pub fn date(&self, row: usize) -> Possible<DateHull> {
        match &self.column {
            Column::Date(it) => it.get(self.at(row), |day| DateHull::point(*day)),
            _ => self.outcomes(row),
        }
    }

    /// What a row may be, as a member.
    pub fn member(&self, row: usize) -> Possible<MemberSet> {
        match &self.column {
            Column::Member(it) => it.get(self.at(row), |member| MemberSet::one(*member)),
            _ => self.outcomes(row),
        }
    }

    /// What a row may be, as a text.
    pub fn text(&self, row: usize) -> Possible<TextSet> {
        match &self.column {
            Column::Text(it) => it.get(self.at(row), |text| TextSet::One(text.clone())),
            _ => self.outcomes(row),
        }
    }

    /// Of a column of another type (a bare 不适用) only 不适用 and 错误.
    fn outcomes<S>(&self, row: usize) -> Possible<S> {
        let set = self.set(row);
        Possible { values: None, na: set.may_be_na(), error: set.may_be_error() }
    }

    /// Which of `rows` rows are not one plain value; of a truth column, none are counted.
    pub fn special(&self, rows: usize) -> Vec<usize> {
        fn ascending<'a, S: 'a>(special: impl Iterator<Item = (u32, S)>) -> Vec<usize> {
            special.map(|(row, _)| row as usize).collect()
        }
        let special = match &self.column {
            Column::Truth(_) => vec![],
            Column::Number(it) => ascending(it.special.iter()),
            Column::Date(it) => ascending(it.special.iter()),
            Column::Member(it) => ascending(it.special.iter()),
            Column::Text(it) => ascending(it.special.iter()),
        };
        if self.is_same() && !special.is_empty() { (0..rows).collect() } else { special }
    }
}

/// The kind of column that holds a type; a bare 不适用 is held as a truth.
pub fn kind_of(ty: Ty) -> Kind {
    match ty {
        Ty::Truth | Ty::NotApplicable => Kind::Truth,
        Ty::Number(_) | Ty::Duration(_) => Kind::Number,
        Ty::Date | Ty::Period(_) => Kind::Date,
        Ty::Text => Kind::Text,
        Ty::Member(_) => Kind::Member,
    }
}

/// A column of truths, row by row.
pub fn truths(rows: usize, of: impl FnMut(usize) -> Truth) -> Column {
    let mut column = TruthColumn::default();
    (0..rows).map(of).for_each(|it| column.push(it));
    Column::Truth(column)
}

/// A column, row by row.
pub fn sets(kind: Kind, rows: usize, of: impl FnMut(usize) -> Set) -> Column {
    let mut column = ColumnBuilder::new(kind);
    (0..rows).map(of).for_each(|it| column.push(it));
    column.finish()
}

/// What may stand in one row: rows of other columns, and 不适用 and 错误 beside them.
#[derive(Default)]
pub struct Mix<'a> {
    /// The columns whose row may stand here.
    pub parts: Vec<&'a Series>,
    /// 不适用 may.
    pub na: bool,
    /// 错误 may.
    pub error: bool,
}

impl<'a> Mix<'a> {
    /// Adds a column if it may stand here.
    pub fn may(&mut self, possible: bool, part: &'a Series) {
        if possible {
            self.parts.push(part);
        }
    }
}

/// A column made of rows of others: `choose` names what may stand in each row.
pub fn mixed<'a>(kind: Kind, rows: usize, mut choose: impl FnMut(usize, &mut Mix<'a>)) -> Column {
    let mut column = ColumnBuilder::new(kind);
    let mut mix = Mix::default();
    for row in 0..rows {
        mix.parts.clear();
        (mix.na, mix.error) = (false, false);
        choose(row, &mut mix);
        match (mix.parts.as_slice(), mix.na || mix.error) {
            ([one], false) => column.copy(one.column(), one.at(row)),
            (parts, _) => {
                let bare = Set::Truth(
                    Possible { values: None, na: mix.na, error: mix.error }.into_truth(),
                );
                column.push(parts.iter().fold(bare, |all, part| all.union(&part.set(row))));
            }
        }
    }
    column.finish()
}
