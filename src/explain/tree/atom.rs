//! The branch of one atom, and what its functions over rows counted.

use crate::analysis::At;
use crate::analysis::errors;
use crate::analysis::rests;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::functions;
use crate::explain::line;
use crate::explain::line::Standing;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::naming;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::tree::mark;
use crate::explain::workings;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::Count;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::value::Truth;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Rows told one by one; more are counted.
const ROWS: usize = 3;
/// Different values counted one by one.
const VALUES: usize = 4;

/// The branch of an atom, under the label of its item where it has one.
pub fn branch(scene: &Scene, at: At, want: bool, label: Option<&str>) -> Branch {
    if let Some(branch) = naming::branch(scene, at, want, label) {
        return branch;
    }
    let truth = scene.case.truth(at);
    let told = line::line(scene, at, want);
    let (head, detail) = match label {
        None => (told.text, None),
        Some(label) => (same(label), Some(without(&told.text, label))),
    };
    let standing = line::standing(truth, want);
    let wants_rows = wants_rows(scene, at, want);
    let rows = aggregates(scene, at).into_iter();
    let mut children: Vec<Branch> =
        rows.flat_map(|it| counted(scene, it, standing, wants_rows)).collect();
    // Two functions over the same rows say the same of them.
    let mut told = BTreeSet::new();
    children.retain(|it| told.insert(it.head.zh.clone()));
    children.extend(functions::calls(scene, at));
    if truth == Truth::ERROR {
        let origins = errors::errors(&scene.case, at).into_iter();
        children.extend(origins.map(|it| {
            line_of(cause::error_text(scene, &it), Mark::Plain, place::of_outcome(scene, it.at))
        }));
    }
    Branch {
        mark: mark(truth, want),
        head,
        detail,
        place: place::of_outcome(scene, at),
        decides: true,
        children,
    }
}

/// Whether more rows would help: not where a count has to be low.
fn wants_rows(scene: &Scene, at: At, want: bool) -> bool {
    let NodeKind::Compare(op, _, bound) = scene.kind(at.node) else { return true };
    let op = if want { *op } else { op.opposite() };
    let none = || {
        errors::number(&scene.case, At { node: *bound, row: at.row }).is_some_and(|it| it.is_zero())
    };
    match op {
        Comparison::AtMost | Comparison::Below => false,
        Comparison::Equal => !none(),
        _ => true,
    }
}

/// A line without the label that stands before it already.
fn without(text: &Text, label: &str) -> Text {
    let cut = |text: &str, colon: &str| {
        text.strip_prefix(label)
            .and_then(|rest| rest.strip_prefix(colon))
            .map_or_else(|| text.to_owned(), str::to_owned)
    };
    Text::new(cut(&text.zh, "："), cut(&text.en, ": "))
}

/// The functions over rows that an atom is about.
fn aggregates(scene: &Scene, at: At) -> Vec<At> {
    let next = |case: &crate::analysis::Case, at: At| match &case.program.node(at.node).kind {
        NodeKind::Aggregate(_) => vec![],
        _ => rests::below(case, at),
    };
    let reached = rests::reach(&scene.case, at, next).into_iter();
    reached.filter(|it| matches!(scene.kind(it.node), NodeKind::Aggregate(_))).collect()
}

/// What a function over rows counted, where that is not plain from its value.
fn counted(scene: &Scene, at: At, standing: Standing, wants_rows: bool) -> Vec<Branch> {
    let NodeKind::Aggregate(aggregate) = scene.kind(at.node) else { return vec![] };
    let Some(table) = child_of(scene, aggregate.rows) else { return vec![] };
    let facts = scene.case.facts.table(table);
    let name = &scene.case.program.table(table).name;
    if at.row < facts.ungiven.len() && facts.ungiven.get(at.row) {
        let head = Text::new(format!("未提供{name}名单"), format!("no list of {name} was given"));
        return vec![line_of(head, Mark::Plain, None)];
    }
    let rows = rests::rows(&scene.case, aggregate, at.row);
    let all = rests::all_rows(&scene.case, aggregate, at.row);
    if standing == Standing::Right || all.is_empty() {
        return vec![];
    }
    let mut branches = vec![];
    if scene.case.program.is_over_periods(aggregate) {
        let told = workings::by_period(scene, table, &rows, aggregate.value);
        let place = place::rows(scene, table, &rows.counted);
        branches.extend(told.map(|head| line_of(head, Mark::Plain, place)));
    } else if aggregate.filter.is_some() {
        let (count, kept) = (all.len(), rows.counted.len());
        let open = match rows.open.is_empty() {
            true => Text::default(),
            false => {
                let names = place::names(scene, table, &rows.open);
                Text::new(
                    format!("，未定 {} 条（{}）", rows.open.len(), names.zh),
                    format!(", {} open ({})", rows.open.len(), names.en),
                )
            }
        };
        let few = match (1..=ROWS).contains(&kept) {
            true => {
                let names = place::names(scene, table, &rows.counted);
                Text::new(format!("（{}）", names.zh), format!(" ({})", names.en))
            }
            false => Text::default(),
        };
        let head = Text::new(
            format!("{name}共 {count} 条，计入 {kept} 条{}{}", few.zh, open.zh),
            format!("{count} {name} in all, {kept} counted{}{}", few.en, open.en),
        );
        branches.push(line_of(head, Mark::Plain, place::rows(scene, table, &all)));
    }
    if wants_rows {
        branches.extend(reasons(scene, aggregate, table, &rows));
    }
    branches
}

fn line_of(head: Text, mark: Mark, place: Option<Text>) -> Branch {
    Branch { mark, head, detail: None, place, decides: true, children: vec![] }
}

/// Row by row, why rows that should count do not: those left out of a count, those that break 全部.
fn reasons(
    scene: &Scene,
    aggregate: &Aggregate,
    table: TableId,
    rows: &rests::Rows,
) -> Vec<Branch> {
    let (node, outcome, of): (Option<NodeId>, Truth, &[usize]) = match aggregate.function {
        AggregateFunction::Quantified(Count::All) => (aggregate.value, Truth::FALSE, &rows.counted),
        AggregateFunction::Quantified(Count::None) => (aggregate.value, Truth::TRUE, &rows.counted),
        _ if rows.counted.is_empty() => (aggregate.filter, Truth::FALSE, &rows.left_out),
        _ => return vec![],
    };
    let Some(node) = node else { return vec![] };
    let breaking: Vec<usize> =
        of.iter().copied().filter(|&row| scene.case.truth(At { node, row }) == outcome).collect();
    let told: Vec<(usize, Vec<(At, line::Line)>)> = breaking
        .iter()
        .map(|&row| (row, lines(scene, At { node, row }, outcome == Truth::FALSE)))
        .collect();
    if let Some(branch) = alike(scene, table, &told) {
        return vec![branch];
    }
    let tell = |(row, lines): &(usize, Vec<(At, line::Line)>)| {
        let texts: Vec<Text> = lines.iter().map(|it| it.1.text.clone()).collect();
        let head = place::names(scene, table, &[*row]);
        let detail = Some(joined(&texts, "；", "; "));
        let place = place::rows(scene, table, &[*row]);
        Branch { mark: Mark::NotMet, head, detail, place, decides: true, children: vec![] }
    };
    let mut branches: Vec<Branch> = told.iter().take(ROWS).map(tell).collect();
    if breaking.len() > ROWS {
        let rest = breaking.len() - ROWS;
        let head = Text::new(
            format!("另有 {rest} 条同样不符合"),
            format!("{rest} more do not meet it either"),
        );
        branches.push(line_of(head, Mark::NotMet, place::rows(scene, table, &breaking[ROWS..])));
    }
    branches
}

fn lines(scene: &Scene, at: At, want: bool) -> Vec<(At, line::Line)> {
    let atoms = cause::failing_atoms(scene, at, want).into_iter();
    atoms.map(|(atom, want)| (atom, line::line(scene, atom, want))).collect()
}

/// Rows that all fail by one and the same condition are counted by what they hold: 类别：服务机构 3 条、其他 1 条.
fn alike(scene: &Scene, table: TableId, told: &[(usize, Vec<(At, line::Line)>)]) -> Option<Branch> {
    let (_, first) = told.first().filter(|_| told.len() > 1)?;
    let [(atom, line)] = first.as_slice() else { return None };
    let mut values: IndexMap<(String, String), usize> = IndexMap::new();
    for (_, lines) in told {
        match lines.as_slice() {
            [(other, line)] if other.node == atom.node => {
                let value = line.value.clone()?;
                *values.entry((value.zh, value.en)).or_default() += 1;
            }
            _ => return None,
        }
    }
    let counts: Vec<Text> = values
        .iter()
        .take(VALUES)
        .map(|((zh, en), count)| Text::new(format!("{zh} {count} 条"), format!("{en} {count}")))
        .collect();
    let rest = if values.len() > VALUES { ("等", " …") } else { ("", "") };
    let counts = joined(&counts, "、", ", ");
    let head = Text::new(
        format!("{}：{}{}", line.subject, counts.zh, rest.0),
        format!("{}: {}{}", line.subject, counts.en, rest.1),
    );
    let rows: Vec<usize> = told.iter().map(|it| it.0).collect();
    Some(line_of(head, Mark::Plain, place::rows(scene, table, &rows)))
}
