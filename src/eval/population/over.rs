//! Functions over the cases of the run: 平均（全部集群 的 x）, also within the group of the case that asks (`semantics` §§4, 9.1).

use crate::eval::aggregate;
use crate::eval::compare;
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
    let mut done: Vec<(Vec<Set>, Set)> = vec![];
    let mut column = ColumnBuilder::new(kind_of(node.ty));
    for row in 0..rows {
        // What the answer depends on: the group of the case that asks, and its value for an empty list.
        let asker = it.groups.iter().map(|it| it.1).chain(it.if_empty);
        let asker: Vec<Set> = asker.map(|id| columns[&id].get(row)).collect();
        let found = done.iter().find(|it| it.0 == asker).map(|it| it.1.clone());
        let set = found.unwrap_or_else(|| {
            let filter = Series::new(included(program, it, rows, &asker, columns));
            let list = aggregate::List {
                filter: Some(&filter),
                value: value.as_ref(),
                share: share.as_ref(),
                if_empty: if_empty.as_ref(),
            };
            let set = aggregate::over_rows(it.function, list, rows, row, kind_of(node.ty));
            done.push((asker.clone(), set.clone()));
            set
        });
        column.push(set);
    }
    column.finish()
}

/// Whether each row is included for a case with these groups. What is 不适用 is in no group.
fn included(
    program: &Program,
    it: &Over,
    rows: usize,
    asker: &[Set],
    columns: &BTreeMap<NodeId, Column>,
) -> Column {
    let settled = |truth: Truth| match truth.may(Truth::NOT_APPLICABLE) {
        true => truth.outcomes().fold(Truth::NOTHING, |all, one| {
            all.union(if one == Truth::NOT_APPLICABLE { Truth::FALSE } else { one })
        }),
        false => truth,
    };
    let groups: Vec<Column> = it
        .groups
        .iter()
        .zip(asker)
        .map(|((of, own), asked)| {
            let members = [of, own].into_iter().find_map(|id| match program.node(*id).ty {
                Ty::Member(list) => Some(program.vocabulary(list).members.len() as u32),
                _ => None,
            });
            let all = Series::new(columns[of].clone());
            let own = Series::same(Column::repeat(1, asked), rows);
            compare::compare(rows, Comparison::Equal, &all, &own, members.unwrap_or(0))
        })
        .collect();
    truths(rows, |row| {
        let mut truth =
            it.filter.map_or(Truth::TRUE, |id| settled(members::truth_of(&columns[&id], row)));
        for group in &groups {
            truth = truth.and(settled(members::truth_of(group, row)));
        }
        truth
    })
}
