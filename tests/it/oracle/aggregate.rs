//! Quantifiers and functions over child rows, one outcome at a time (`semantics` §§2.2, 4).

use crate::oracle::Plain;
use crate::oracle::plain::Evaluator;
use crate::oracle::plain::negation;
use crate::oracle::strict;
use heng::ir::Aggregate;
use heng::ir::AggregateFunction;
use heng::ir::Count;
use heng::ir::FieldKind;
use heng::ir::TableId;
use heng::value::Number;
use std::collections::BTreeSet;

/// A row that is included.
struct Item {
    value: Plain,
    /// p of 占比
    share: Plain,
}

impl Evaluator<'_> {
    pub(crate) fn aggregate(&self, it: &Aggregate, row: usize) -> Plain {
        let FieldKind::Rows { table, .. } = self.program.field(it.rows).kind else {
            panic!("a 多条 field was generated")
        };
        let items = match self.included(it, table, row) {
            Ok(items) => items,
            Err(unspoken) => return unspoken,
        };
        if items.is_empty()
            && let Some(node) = it.if_empty
        {
            return self.outcome(node, row);
        }
        match it.function {
            AggregateFunction::Share => share(&items, it.value.is_some()),
            function => over(function, &items.into_iter().map(|it| it.value).collect::<Vec<_>>()),
        }
    }

    /// The included rows; a filter in 错误 makes the row count as one whose value is 错误.
    fn included(&self, it: &Aggregate, table: TableId, parent: usize) -> Result<Vec<Item>, Plain> {
        let mut items = Vec::new();
        for row in self.cells.rows_of(table, parent) {
            let of = |node: Option<heng::ir::NodeId>| {
                node.map_or(Plain::truth(true), |it| self.outcome(it, row))
            };
            match of(it.filter) {
                Plain::Unspoken => return Err(Plain::Unspoken),
                Plain::Error => items.push(Item { value: Plain::Error, share: Plain::Error }),
                filter if filter.is_true() => {
                    items.push(Item { value: of(it.value), share: of(it.share) })
                }
                _ => {}
            }
        }
        Ok(items)
    }
}

fn over(function: AggregateFunction, values: &[Plain]) -> Plain {
    if let AggregateFunction::Quantified(count) = function {
        return quantified(count, values);
    }
    let present: Vec<Plain> =
        values.iter().filter(|it| **it != Plain::NotApplicable).cloned().collect();
    if let Some(done) = strict(&present) {
        return done;
    }
    let counted = |count: usize| Plain::number(Number::from(count as i64));
    use AggregateFunction::*;
    match function {
        Count => return counted(values.len()),
        Sum | Top(_) | Distinct if values.is_empty() => return counted(0),
        _ if values.is_empty() => return Plain::Error,
        _ if present.is_empty() => return Plain::NotApplicable,
        Distinct => return counted(present.iter().collect::<BTreeSet<_>>().len()),
        _ => {}
    }
    let mut sorted = present;
    sorted.sort();
    match function {
        Sum => sum(&sorted),
        Mean => divided(&sum(&sorted), &counted(sorted.len())),
        Median => {
            let (low, high) =
                (sorted[(sorted.len() - 1) / 2].clone(), sorted[sorted.len() / 2].clone());
            divided(&sum(&[low, high]), &counted(2))
        }
        Max => sorted[sorted.len() - 1].clone(),
        Min => sorted[0].clone(),
        Top(n) => sum(&sorted[sorted.len() - (n as usize).min(sorted.len())..]),
        other => unreachable!("{other:?} was done before"),
    }
}

/// 占比（行 中 p） by count, or 占比（行 中 p 的 x） = 合计（行 中 p 的 x）÷ 合计（行 的 x）.
fn share(items: &[Item], of_value: bool) -> Plain {
    if let Some(done) = strict(
        items
            .iter()
            .flat_map(|it| [&it.value, &it.share])
            .filter(|it| **it != Plain::NotApplicable),
    ) {
        return done;
    }
    let chosen = || items.iter().filter(|it| it.share.is_true());
    match (items.is_empty(), of_value) {
        (true, _) => Plain::Error,
        (false, false) => {
            let count = |it: usize| Plain::number(Number::from(it as i64));
            divided(&count(chosen().count()), &count(items.len()))
        }
        (false, true) => {
            let part: Vec<Plain> = chosen().map(|it| it.value.clone()).collect();
            let whole: Vec<Plain> = items.iter().map(|it| it.value.clone()).collect();
            let (part, whole) =
                (over(AggregateFunction::Sum, &part), over(AggregateFunction::Sum, &whole));
            strict([&part, &whole]).unwrap_or_else(|| divided(&part, &whole))
        }
    }
}

fn sum(values: &[Plain]) -> Plain {
    Plain::number(values.iter().fold(Number::zero(), |sum, it| sum.add(it.as_number())))
}

fn divided(a: &Plain, b: &Plain) -> Plain {
    a.as_number().checked_div(b.as_number()).map_or(Plain::Error, Plain::number)
}

/// How many must hold (`semantics` §2.2).
pub fn quantified(count: Count, items: &[Plain]) -> Plain {
    if items.contains(&Plain::Unspoken) {
        return Plain::Unspoken;
    }
    let number = |hit: &dyn Fn(&Plain) -> bool| items.iter().filter(|it| hit(it)).count() as u32;
    let (t, f, e) =
        (number(&Plain::is_true), number(&Plain::is_false), number(&|it| *it == Plain::Error));
    if !items.is_empty() && t + f + e == 0 {
        return Plain::NotApplicable;
    }
    let decide = |yes: bool, no: bool| match (yes, no) {
        (true, _) => Plain::truth(true),
        (_, true) => Plain::truth(false),
        _ => Plain::Error,
    };
    match count {
        Count::All => decide(f + e == 0, f > 0),
        Count::Any => decide(t > 0, t + e == 0),
        Count::None => negation(quantified(Count::Any, items)),
        Count::AtLeast(n) => decide(t >= n, t + e < n),
        Count::AtMost(n) => decide(t + e <= n, t > n),
        Count::Exactly(n) => decide(e == 0 && t == n, t > n || t + e < n),
    }
}
