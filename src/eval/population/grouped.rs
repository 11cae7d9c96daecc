//! Populations that are groups (`semantics` §9.1): 范围 … 中 区域 为 本企业 的 区域. Each group is asked as a population of its own.

use crate::eval::key::Key;
use crate::eval::population::members;
use crate::eval::population::unique::may_equal;
use crate::ir::NodeId;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Foreign;
use crate::value::Kind;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use crate::value::TruthColumn;
use std::collections::BTreeMap;

type Columns = BTreeMap<NodeId, Column>;

/// What the cases of a run have in common, settled or not.
pub struct Groups {
    /// Of every row, by each of the nodes.
    sets: Vec<Vec<Set>>,
    /// The rows of each settled group, ascending.
    settled: BTreeMap<Vec<Key>, Vec<usize>>,
    /// The rows whose group is not settled.
    open: Vec<usize>,
}

/// Rows that are compared with one that asks, which is among them: ascending, each with whether it surely is in its group.
pub type Company = Vec<(usize, bool)>;

impl Groups {
    /// By these nodes, of so many rows.
    pub fn new(by: &[NodeId], columns: &Columns, rows: usize) -> Groups {
        let sets_of = |row: usize| by.iter().map(|id| columns[id].get(row)).collect();
        let sets: Vec<Vec<Set>> = (0..rows).map(sets_of).collect();
        let mut settled: BTreeMap<Vec<Key>, Vec<usize>> = BTreeMap::new();
        let mut open = vec![];
        for (row, sets) in sets.iter().enumerate() {
            match sets.iter().map(Key::of).collect::<Option<Vec<Key>>>() {
                Some(key) => settled.entry(key).or_default().push(row),
                None => open.push(row),
            }
        }
        Groups { sets, settled, open }
    }

    /// The settled groups: whom each of their rows is compared with.
    fn settled(&self) -> impl Iterator<Item = (&[usize], Company)> {
        self.settled.values().map(|rows| {
            let may = |row: &usize| self.may_share(*row, rows[0]);
            (rows.as_slice(), company(rows, self.open.iter().copied().filter(may)))
        })
    }

    /// For a row whose group is not settled: whom it is compared with in each of the groups that are possible.
    fn possible(&self, row: usize) -> Vec<Company> {
        let others = || self.open.iter().copied().filter(|it| *it != row);
        let mut all: Vec<Company> = vec![];
        for rows in self.settled.values().filter(|rows| self.may_share(row, rows[0])) {
            let may = |it: &usize| self.may_share(*it, rows[0]);
            let own = std::iter::once(row).chain(rows.iter().copied()).collect::<Vec<_>>();
            all.push(company(&own, others().filter(may)));
        }
        if self.may_be_new(row) {
            all.push(company(&[row], others().filter(|it| self.may_share(*it, row))));
        }
        all
    }

    /// The rows that are compared in one way, and all that they are, or may be, compared with, ascending: each settled
    /// group, then each row whose group is not settled.
    pub fn all(&self) -> impl Iterator<Item = (Vec<usize>, Vec<usize>)> {
        let settled = self
            .settled()
            .map(|(rows, company)| (rows.to_vec(), company.into_iter().map(|it| it.0).collect()));
        let around = |row: &usize| {
            let may = |it: &usize| *it == *row || self.may_share(*it, *row);
            (0..self.sets.len()).filter(may).collect()
        };
        settled.chain(self.open.iter().map(move |row| (vec![*row], around(row))))
    }

    fn may_share(&self, a: usize, b: usize) -> bool {
        let may = |(a, b): (&Set, &Set)| a.may_be_error() || b.may_be_error() || may_equal(a, b);
        self.sets[a].iter().zip(&self.sets[b]).all(may)
    }

    /// Whether a row may be of a group that no settled row is of.
    fn may_be_new(&self, row: usize) -> bool {
        match self.sets[row].as_slice() {
            [set @ Set::Member(it)] if set.state() == State::Unknown && !set.may_be_error() => {
                let Some(values) = &it.values else { return true };
                let known = |it: &u32| self.settled.contains_key(&vec![Key::Member(*it)]);
                values.foreign != Foreign::No
                    || it.na
                    || values.members.as_ref().is_none_or(|all| !all.iter().all(known))
            }
            _ => true,
        }
    }
}

/// Those surely in a group and those that may be, in the order of the rows.
fn company(sure: &[usize], may: impl Iterator<Item = usize>) -> Company {
    let mut all: Company =
        sure.iter().map(|it| (*it, true)).chain(may.map(|it| (it, false))).collect();
    all.sort_unstable();
    all
}

/// Asks a question of the company of every row, and gathers what it says of the row.
pub fn by_group(groups: &Groups, kind: Kind, answer: impl Fn(&Company) -> Column) -> Column {
    let mut found: Vec<Option<Set>> = vec![None; groups.sets.len()];
    for (rows, company) in groups.settled() {
        let column = answer(&company);
        let place = |row: usize| company.binary_search(&(row, true)).ok();
        for row in rows {
            found[*row] = place(*row).map(|it| column.get(it));
        }
    }
    for row in &groups.open {
        for company in groups.possible(*row) {
            let column = answer(&company);
            let Ok(place) = company.binary_search(&(*row, true)) else { continue };
            let set = column.get(place);
            found[*row] = Some(match &found[*row] {
                Some(sofar) => sofar.union(&set),
                None => set,
            });
        }
    }
    let mut column = ColumnBuilder::new(kind);
    for set in found {
        column.push(set.unwrap_or(Set::Truth(Truth::NOT_APPLICABLE)));
    }
    column.finish()
}

/// The columns of some nodes, over some rows; those that only may be in the group only may be in the population, of which
/// the nodes `among` speak.
pub fn part_of(
    columns: &Columns,
    nodes: &[NodeId],
    company: &Company,
    among: &[NodeId],
) -> Columns {
    let taken = nodes.iter().map(|id| {
        let column = &columns[id];
        if among.contains(id) {
            let mut truths = TruthColumn::default();
            for (row, sure) in company {
                let truth = members::truth_of(column, *row);
                truths.push(if *sure { truth } else { truth.union(Truth::FALSE) });
            }
            return (*id, Column::Truth(truths));
        }
        let mut part = ColumnBuilder::new(column.kind());
        company.iter().for_each(|it| part.copy(column, it.0));
        (*id, part.finish())
    });
    taken.collect()
}
