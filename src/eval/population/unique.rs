//! 唯一（键） over all rows of a table (`semantics` §9.4).

use crate::data::Facts;
use crate::eval::key::Key;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Column;
use crate::value::Orders;
use crate::value::Set;
use crate::value::Truth;
use crate::value::TruthColumn;
use std::collections::BTreeMap;

/// Whether each row's key is unlike every other row's. A key that is 不适用 gives 不适用 and is no one's equal.
/// `more`: there may be rows that were not submitted, with any key.
pub fn unique(keys: &Column, more: bool) -> Column {
    let sets: Vec<Set> = (0..keys.len()).map(|row| keys.get(row)).collect();
    let settled: Vec<Option<Key>> = sets.iter().map(Key::of).collect();
    let mut holders: BTreeMap<&Key, usize> = BTreeMap::new();
    for key in settled.iter().flatten() {
        *holders.entry(key).or_default() += 1;
    }
    let open = open_keys(&sets, &settled);
    let mut column = TruthColumn::default();
    for (set, key) in sets.iter().zip(&settled) {
        column.push(match key {
            Some(key) if holders[key] > 1 => Truth::FALSE,
            Some(_) if more || open.iter().any(|(other, _)| may_equal(set, other)) => {
                Truth::UNDECIDED
            }
            Some(_) => Truth::TRUE,
            None if more && set.has_values() => of_open(set, &open, &holders).union(Truth::FALSE),
            None => of_open(set, &open, &holders),
        });
    }
    Column::Truth(column)
}

/// Whether a table may have rows that were not submitted: a list of it, or of a table above it, is 未齐 or not given.
pub fn may_have_more(program: &Program, facts: &Facts, table: TableId) -> bool {
    let Some(parent) = program.table(table).parent else { return false };
    let open = matches!(program.field(parent).kind, FieldKind::Rows { open: true, .. });
    open || facts.table(table).ungiven.any() || may_have_more(program, facts, parent.table)
}

/// The different undecided sets that hold values, and how many rows have each.
fn open_keys<'a>(sets: &'a [Set], settled: &[Option<Key>]) -> Vec<(&'a Set, usize)> {
    let mut open: Vec<(&Set, usize)> = vec![];
    for (set, key) in sets.iter().zip(settled) {
        if key.is_some() || !set.has_values() {
            continue;
        }
        match open.iter_mut().find(|(other, _)| *other == set) {
            Some((_, count)) => *count += 1,
            None => open.push((set, 1)),
        }
    }
    open
}

/// A row whose key is undecided, or is no value.
fn of_open(set: &Set, open: &[(&Set, usize)], holders: &BTreeMap<&Key, usize>) -> Truth {
    let part = |possible: bool, truth: Truth| if possible { truth } else { Truth::NOTHING };
    let bare =
        part(set.may_be_na(), Truth::NOT_APPLICABLE).union(part(set.may_be_error(), Truth::ERROR));
    if !set.has_values() {
        return bare;
    }
    let taken = |key: &Key| holders.contains_key(key);
    let members = match set {
        Set::Member(it) => it.values.as_ref().filter(|it| it.foreign == crate::value::Foreign::No),
        _ => None,
    };
    let all_taken = members
        .and_then(|it| it.members.as_ref())
        .is_some_and(|members| members.iter().all(|it| taken(&Key::Member(*it))));
    let some_taken = holders.keys().any(|key| may_be(set, key));
    let rivals = open
        .iter()
        .any(|(other, count)| if *other == set { *count > 1 } else { may_equal(set, other) });
    bare.union(part(!all_taken, Truth::TRUE)).union(part(some_taken || rivals, Truth::FALSE))
}

fn may_be(set: &Set, key: &Key) -> bool {
    match (set, key) {
        (Set::Truth(it), Key::Truth(value)) => it.may(Truth::of(*value)),
        (Set::Number(it), Key::Number(number)) => {
            it.values.as_ref().is_some_and(|it| it.contains(number))
        }
        (Set::Date(it), Key::Date(day)) => it.values.is_some_and(|it| {
            it.low.is_none_or(|low| low <= *day) && it.high.is_none_or(|high| *day <= high)
        }),
        (Set::Member(it), Key::Member(member)) => it.values.as_ref().is_some_and(|it| {
            it.members.as_ref().is_none_or(|members| members.binary_search(member).is_ok())
        }),
        (Set::Member(it), Key::Text(text)) => {
            it.values.as_ref().is_some_and(|it| match &it.foreign {
                crate::value::Foreign::No => false,
                crate::value::Foreign::One(other) => other == text,
                crate::value::Foreign::Any => true,
            })
        }
        (Set::Text(it), Key::Text(_)) => it.values.is_some(),
        _ => false,
    }
}

/// Whether two sets have a value in common.
pub fn may_equal(a: &Set, b: &Set) -> bool {
    let orders = match (a, b) {
        (Set::Truth(a), Set::Truth(b)) => {
            return a.outcomes().any(|it| it.may(Truth::UNDECIDED) && b.may(it));
        }
        (Set::Number(a), Set::Number(b)) => {
            a.values.as_ref().zip(b.values.as_ref()).map(|(a, b)| a.orders(b))
        }
        (Set::Date(a), Set::Date(b)) => a.values.zip(b.values).map(|(a, b)| a.orders(&b)),
        (Set::Member(a), Set::Member(b)) => a
            .values
            .as_ref()
            .zip(b.values.as_ref())
            .map(|(a, b)| Orders { equal: a.may_equal(b), ..Orders::default() }),
        (Set::Text(a), Set::Text(b)) => {
            a.values.as_ref().zip(b.values.as_ref()).map(|(a, b)| a.orders(b))
        }
        _ => None,
    };
    orders.is_some_and(|it| it.equal)
}
