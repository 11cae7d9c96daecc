//! What a function over rows worked with: a share as so many of so many, a short sum number by number, the rows left out.

use crate::analysis::At;
use crate::analysis::errors::number;
use crate::analysis::rests;
use crate::diagnostic::Text;
use crate::explain::place;
use crate::explain::population;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::joined;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use std::collections::BTreeSet;

/// A sum of more rows than this is not written out.
const ADDENDS: usize = 5;

/// A function over rows: what it takes of each, and how they are counted.
pub struct Listed {
    /// The function.
    pub function: AggregateFunction,
    /// What is aggregated.
    pub value: Option<NodeId>,
    /// Of 占比: the truth p.
    pub share: Option<NodeId>,
    /// 空则
    pub if_empty: Option<NodeId>,
    /// What the rows are called: 条, row.
    pub word: (&'static str, &'static str),
}

/// The numbers a settled function over rows comes from; none where its value says as much.
pub fn of_rows(scene: &Scene, at: At) -> Option<Text> {
    let NodeKind::Aggregate(aggregate) = scene.kind(at.node) else { return None };
    let rows = rests::rows(&scene.case, aggregate, at.row);
    let Aggregate { function, value, share, if_empty, .. } = *aggregate;
    of_list(scene, at, &Listed { function, value, share, if_empty, word: ("条", "row") }, &rows)
}

/// The same for any list.
pub fn of_list(scene: &Scene, at: At, it: &Listed, rows: &rests::Rows) -> Option<Text> {
    if !rows.open.is_empty() {
        return None;
    }
    if rows.counted.is_empty() {
        return it.if_empty.map(|_| instead(scene, at, it));
    }
    number(&scene.case, at)?;
    let numbers = || numbers(scene, it.value?, &rows.counted);
    match it.function {
        AggregateFunction::Share => share(scene, it, &rows.counted),
        AggregateFunction::Sum => addends(scene, it.value?, &numbers()?),
        AggregateFunction::Top(count) => {
            let mut numbers = numbers()?;
            numbers.sort_by(|a, b| b.cmp(a));
            numbers.truncate(count as usize);
            addends(scene, it.value?, &numbers)
        }
        AggregateFunction::Mean => {
            let numbers = numbers()?;
            let sum = show::amount(&sum(&numbers), whole(scene, it.value?));
            Some(joined(&[sum, count(numbers.len(), it.word)], " ÷ ", " ÷ "))
        }
        AggregateFunction::Median => middle(scene, it.value?, numbers()?),
        AggregateFunction::Max | AggregateFunction::Min => extreme(scene, it, at, &rows.counted),
        _ => None,
    }
}

/// 30 万元 + 40 万元; none where there are many, or one.
fn addends(scene: &Scene, value: NodeId, numbers: &[Number]) -> Option<Text> {
    let style = whole(scene, value);
    let parts: Vec<Text> = numbers.iter().map(|it| show::amount(it, style)).collect();
    (2..=ADDENDS).contains(&numbers.len()).then(|| joined(&parts, " + ", " + "))
}

/// （30 万元 + 40 万元） ÷ 2: the two in the middle; one alone is the value itself.
fn middle(scene: &Scene, value: NodeId, mut numbers: Vec<Number>) -> Option<Text> {
    numbers.sort();
    let half = numbers.len() / 2;
    let even = numbers.len().is_multiple_of(2);
    let pair = numbers.get(half.checked_sub(1)?..=half).filter(|_| even)?;
    let parts = pair.iter().map(|it| show::amount(it, whole(scene, value)));
    let sum = joined(&parts.collect::<Vec<_>>(), " + ", " + ");
    Some(Text::new(format!("（{}） ÷ 2", sum.zh), format!("({}) ÷ 2", sum.en)))
}

/// 不适用（一条也没有计入）
fn instead(scene: &Scene, at: At, it: &Listed) -> Text {
    let value = show::value(scene, at);
    Text::new(
        format!("{}（一{}也没有计入）", value.zh, it.word.0),
        format!("{} (nothing is counted)", value.en),
    )
}

/// 6 条 ÷ 11 条; of sums: 40 亿元 ÷ 100 亿元
fn share(scene: &Scene, it: &Listed, counted: &[usize]) -> Option<Text> {
    let share = it.share?;
    let settled = |row: &usize| {
        let truth = scene.case.truth(At { node: share, row: *row });
        truth.is_settled() && truth != Truth::ERROR
    };
    if !counted.iter().all(settled) {
        return None;
    }
    let holds = |row: &&usize| scene.case.truth(At { node: share, row: **row }) == Truth::TRUE;
    let of: Vec<usize> = counted.iter().filter(holds).copied().collect();
    let parts = match it.value {
        None => [count(of.len(), it.word), count(counted.len(), it.word)],
        Some(value) => {
            let style = whole(scene, value);
            let total = |rows: &[usize]| {
                numbers(scene, value, rows).map(|it| show::amount(&sum(&it), style))
            };
            [total(&of)?, total(counted)?]
        }
    };
    Some(joined(&parts, " ÷ ", " ÷ "))
}

/// 120.00 万元（甲公司）: whose number is the greatest or the least.
fn extreme(scene: &Scene, it: &Listed, at: At, counted: &[usize]) -> Option<Text> {
    let node = it.value?;
    let value = number(&scene.case, at)?;
    let holders: Vec<usize> = counted
        .iter()
        .copied()
        .filter(|row| number(&scene.case, At { node, row: *row }).as_ref() == Some(&value))
        .collect();
    let table = scene.case.program.node(node).space;
    let names = match it.word.0 {
        "例" => population::names(scene, table, &holders),
        _ => place::names(scene, table, &holders),
    };
    let value = show::amount(&value, whole(scene, node));
    (!holders.is_empty()).then(|| {
        Text::new(format!("{}（{}）", value.zh, names.zh), format!("{} ({})", value.en, names.en))
    })
}

/// 企业 13 条，计入 11 条: of the functions over rows below a number, those that leave rows out.
pub fn left_out(scene: &Scene, at: At) -> Vec<Text> {
    let named = |node: NodeId| scene.case.program.indicators.iter().any(|it| it.node == node);
    let next = |case: &crate::analysis::Case, below: At| match scene.kind(below.node) {
        NodeKind::Aggregate(_) => vec![],
        _ => rests::below(case, below),
    };
    let mut told = BTreeSet::new();
    let mut lines = vec![];
    for it in rests::reach(&scene.case, at, next) {
        let NodeKind::Aggregate(aggregate) = scene.kind(it.node) else { continue };
        let other = named(it.node) && it != at;
        if !other && told.insert((aggregate.rows, aggregate.filter)) {
            lines.extend(counted(scene, aggregate, it.row));
        }
    }
    lines
}

/// 年报：2020年、2022年 已报，2021年 未报; with what is counted of them, which of them have no value of it.
pub fn by_period(
    scene: &Scene,
    table: TableId,
    rows: &rests::Rows,
    value: Option<NodeId>,
) -> Option<Text> {
    let facts = scene.case.facts.table(table);
    let all = || rows.counted.iter().chain(&rows.open).copied();
    let (missing, there): (Vec<usize>, Vec<usize>) = all().partition(|it| facts.is_expected(*it));
    // A row without a hole has nothing to report: its period ended before the 自 day.
    let open = |row: &usize| {
        facts.columns.iter().flatten().any(|it| it.holes.contains_key(&(*row as u32)))
    };
    let (missing, idle): (Vec<usize>, Vec<usize>) = missing.into_iter().partition(open);
    let periods = scene.case.program.table(table).periods?;
    let period = |row: &usize| match scene.case.facts.cells(periods.field).column.get(*row) {
        Set::Date(it) => it.values.and_then(|it| it.low),
        _ => None,
    };
    let (there, unclear): (Vec<usize>, Vec<usize>) =
        there.into_iter().partition(|row| is_known(scene, periods.field, *row));
    let counts = |row: &usize| {
        let set = value.and_then(|node| scene.case.set(At { node, row: *row }));
        set.is_none_or(|it| it.state() != State::NotApplicable)
    };
    let (there, absent): (Vec<usize>, Vec<usize>) = there.into_iter().partition(counts);
    let said = |rows: &[usize], zh: &str, en: &str| {
        let mut rows = rows.to_vec();
        rows.sort_by_key(period);
        let names = place::names(scene, table, &rows);
        (!rows.is_empty())
            .then(|| Text::new(format!("{} {zh}", names.zh), format!("{} {en}", names.en)))
    };
    let parts = [
        said(&there, "已报", "reported"),
        said(&absent, "不适用，不计", "not applicable, not counted"),
        said(&missing, "未报", "not reported"),
        said(&idle, "不适用", "not applicable"),
        said(&unclear, "期间不明", "of no known period"),
    ];
    let parts: Vec<Text> = parts.into_iter().flatten().collect();
    let name = &scene.case.program.table(table).name;
    let told = joined(&parts, "，", ", ");
    (missing.len() + idle.len() + absent.len() + rows.open.len() > 0)
        .then(|| Text::new(format!("{name}：{}", told.zh), format!("{name}: {}", told.en)))
}

fn counted(scene: &Scene, aggregate: &Aggregate, row: usize) -> Option<Text> {
    let table = child_of(scene, aggregate.rows)?;
    let all = rests::all_rows(&scene.case, aggregate, row).len();
    let rows = rests::rows(&scene.case, aggregate, row);
    if scene.case.program.is_over_periods(aggregate) {
        return by_period(scene, table, &rows, aggregate.value);
    }
    if rows.left_out.is_empty() && rows.open.is_empty() {
        return None;
    }
    let name = &scene.case.program.table(table).name;
    let open = match rows.open.len() {
        0 => Text::default(),
        open => Text::new(format!("，未定 {open} 条"), format!(", {open} open")),
    };
    let counted = rows.counted.len();
    Some(Text::new(
        format!("{name} {all} 条，计入 {counted} 条{}", open.zh),
        format!("{all} {name}, {counted} counted{}", open.en),
    ))
}

/// Whether it is known which period a row is of.
fn is_known(scene: &Scene, field: FieldId, row: usize) -> bool {
    !scene.case.facts.cells(field).holes.contains_key(&(row as u32))
}

fn count(rows: usize, (zh, en): (&str, &str)) -> Text {
    let s = if rows == 1 { "" } else { "s" };
    Text::new(format!("{rows} {zh}"), format!("{rows} {en}{s}"))
}

/// The numbers of rows, those that are 不适用 left out; none if one is not settled.
fn numbers(scene: &Scene, node: NodeId, rows: &[usize]) -> Option<Vec<Number>> {
    let mut numbers = vec![];
    for row in rows {
        let at = At { node, row: *row };
        match number(&scene.case, at) {
            Some(number) => numbers.push(number),
            None if scene.case.set(at)?.state() == State::NotApplicable => {}
            None => return None,
        }
    }
    Some(numbers)
}

fn sum(numbers: &[Number]) -> Number {
    numbers.iter().fold(Number::zero(), |sum, it| sum.add(it))
}

/// All digits.
fn whole<'s>(scene: &'s Scene, node: NodeId) -> Style<'s> {
    Style { places: None, rounded: false, ..show::style(scene, node) }
}
