//! Functions over the cases of the run: 平均（全部集群 的 x）, also within the group of the case that asks (`semantics` §§4, 9.1).

use crate::eval::aggregate;
use crate::eval::compare;
use crate::eval::key::Key;
use crate::eval::population::members;
use crate::eval::series::Series;
use crate::eval::series::kind_of;
use crate::eval::series::truths;
use crate::ir::Comparison;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::Over;
use crate::ir::Program;
use crate::ir::Ty;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;

/// The function for every row that asks.
pub fn over(
    program: &Program,
    it: &Over,
    node: &Node,
    rows: usize,
    columns: &BTreeMap<NodeId, Column>,
) -> Column {
    let series = |id: Option<NodeId>| id.map(|id| Series::new(columns[&id].clone()));
    let (value, share, if_empty) = (series(it.value), series(it.share), series(it.if_empty));
    let of_row = |row: usize| {
        let filter = Series::new(included(program, it, columns, rows, row));
        let list = aggregate::List {
            filter: Some(&filter),
            value: value.as_ref(),
            share: share.as_ref(),
            if_empty: if_empty.as_ref(),
        };
        aggregate::over_rows(it.function, list, rows, row, kind_of(node.ty))
    };
    // Cases of one settled group, and with one value for an empty list, have one answer.
    let mut done: BTreeMap<Vec<Key>, Set> = BTreeMap::new();
    let asked: Vec<NodeId> = it.groups.iter().map(|it| it.1).chain(it.if_empty).collect();
    let mut column = ColumnBuilder::new(kind_of(node.ty));
    for row in 0..rows {
        let keys: Option<Vec<Key>> =
            asked.iter().map(|id| Key::of(&columns[id].get(row))).collect();
        column.push(match keys {
            Some(keys) => done.entry(keys).or_insert_with(|| of_row(row)).clone(),
            None => of_row(row),
        });
    }
    column.finish()
}

/// Whether each row is included when one of them asks: 中 holds, and what it is grouped by is what the one that asks
/// has. What is 不适用 is in no group.
pub fn included(
    program: &Program,
    it: &Over,
    columns: &BTreeMap<NodeId, Column>,
    rows: usize,
    asker: usize,
) -> Column {
    let groups: Vec<Column> = it
        .groups
        .iter()
        .map(|(of, own)| {
            let members = [of, own].into_iter().find_map(|id| match program.node(*id).ty {
                Ty::Member(list) => Some(program.vocabulary(list).members.len() as u32),
                _ => None,
            });
            let all = Series::new(columns[of].clone());
            let own = Series::same(Column::repeat(1, &columns[own].get(asker)), rows);
            compare::compare(rows, Comparison::Equal, &all, &own, members.unwrap_or(0))
        })
        .collect();
    truths(rows, |row| {
        let filter = it.filter.map_or(Truth::TRUE, |id| members::truth_of(&columns[&id], row));
        it.groups.iter().zip(&groups).fold(settled(filter), |all, ((of, own), column)| {
            let mut truth = members::truth_of(column, row);
            // Whatever its group is, a case is in its own.
            if row == asker && of == own && truth.may(Truth::TRUE) {
                truth = truth.without(Truth::FALSE);
            }
            all.and(settled(truth))
        })
    })
}

/// Where a condition is 不适用 it does not hold.
fn settled(truth: Truth) -> Truth {
    match truth.may(Truth::NOT_APPLICABLE) {
        true => truth.without(Truth::NOT_APPLICABLE).union(Truth::FALSE),
        false => truth,
    }
}
