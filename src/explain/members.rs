//! Rows of a list in the words of remedies: how many, of what kind, with which conditions. What is to be done with them is told elsewhere.

use crate::analysis::At;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::ir::VocabularyKind;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Unit;
use crate::value::UnitKind;
use indexmap::IndexSet;

/// 现有成员中还需 2 家达到“高新”; 近 3 年 中还需 1 年达到“收入 ≥ 100 万元”
pub fn turned(scene: &Scene, at: At, aggregate: NodeId, count: &Number, hold: bool) -> Text {
    let what = condition(scene, aggregate);
    let (count, among) = match window(scene, aggregate) {
        Some((window, kind)) => {
            let number = show::amount(count, Style::default());
            let (zh, en) = kind.words();
            (
                Text::new(format!("{} {zh}", number.zh), format!("{} {en}(s)", number.en)),
                Text::new(format!("{window} 中"), format!("of {window}")),
            )
        }
        None => (
            counted(scene, at, aggregate, count),
            Text::new("现有成员中", "of the present members"),
        ),
    };
    match hold {
        true => Text::new(
            format!("{}还需 {}达到“{what}”", among.zh, count.zh),
            format!("{} {} still have to meet “{what}”", count.en, among.en),
        ),
        false => Text::new(
            format!("{}须有 {}不再是“{what}”", among.zh, count.zh),
            format!("{} {} must no longer meet “{what}”", count.en, among.en),
        ),
    }
}

/// 近 3 年, and what its periods are.
fn window(scene: &Scene, aggregate: NodeId) -> Option<(String, PeriodKind)> {
    let NodeKind::Aggregate(it) = scene.kind(aggregate) else { return None };
    let recent = *scene.case.program.recents(it.filter?).first()?;
    let periods = scene.case.program.table(child_of(scene, it.rows)?).periods?;
    Some((written(scene, recent), periods.kind))
}

/// 2 家, in the counting word of the bound.
pub fn counted(scene: &Scene, at: At, aggregate: NodeId, count: &Number) -> Text {
    let word = counting_word(scene, at, aggregate);
    let style = Style { unit: word, ..Style::default() };
    let shown = show::amount(count, style);
    let zh = if word.is_none() { format!("{} 个", shown.zh) } else { shown.zh };
    Text::new(zh, show::amount(count, Style::default()).en)
}

/// The counting word of the bound, else that of any other count of the same rows.
pub fn counting_word<'s>(scene: &'s Scene, at: At, aggregate: NodeId) -> Option<&'s Unit> {
    let atoms = cause::polar_atoms(scene, at, true);
    let other = |of: &dyn Fn(NodeId) -> bool, kind: &NodeKind| match kind {
        NodeKind::Compare(_, a, b) if of(*a) => Some(*b),
        NodeKind::Compare(_, a, b) if of(*b) => Some(*a),
        _ => None,
    };
    let word = |bound: NodeId| {
        let unit = crate::explain::scene::unit_of(scene, bound)?;
        (unit.kind == UnitKind::Count).then_some(unit)
    };
    let same = |node: NodeId| node == aggregate;
    let own = atoms.into_iter().find_map(|it| other(&same, scene.kind(it.0.node)));
    let rows = match scene.kind(aggregate) {
        NodeKind::Aggregate(it) => it.rows,
        _ => return own.and_then(word),
    };
    let counts = |node: NodeId| match scene.kind(node) {
        NodeKind::Aggregate(it) => it.rows == rows && it.function == AggregateFunction::Count,
        _ => false,
    };
    let nodes = scene.case.program.nodes.iter();
    own.and_then(word).or_else(|| nodes.filter_map(|it| other(&counts, &it.kind)).find_map(word))
}

/// 研发机构（须：统计范围内机构）
pub fn rows_text(scene: &Scene, aggregates: &[NodeId]) -> Text {
    let all = aggregates.iter().filter_map(|it| match scene.kind(*it) {
        NodeKind::Aggregate(it) => Some(it),
        _ => None,
    });
    let all: Vec<&Aggregate> = all.collect();
    let Some(first) = all.first() else { return Text::default() };
    let list = scene.case.program.field(first.rows).name.clone();
    let mut conditions = IndexSet::new();
    let mut word = None;
    let asked = |it: &&Aggregate| {
        let quantified = matches!(it.function, AggregateFunction::Quantified(_));
        it.filter.into_iter().chain(it.value.filter(|_| quantified).or(it.share))
    };
    for node in all.iter().flat_map(asked).flat_map(|it| conjuncts(scene, it)) {
        match kind_of_row(scene, node) {
            Some(found) if word.is_none() => word = Some(found),
            Some(found) if word.as_ref() == Some(&found) => {}
            _ => _ = conditions.insert(written(scene, node)),
        }
    }
    let noun = word.unwrap_or(list);
    if conditions.is_empty() {
        return same(noun);
    }
    let conditions: Vec<String> = conditions.into_iter().collect();
    let conditions = conditions.join("，");
    Text::new(format!("{noun}（须：{conditions}）"), format!("{noun} (with {conditions})"))
}

/// 类别 为 研发机构: rows of that kind are called by the word.
fn kind_of_row(scene: &Scene, node: NodeId) -> Option<String> {
    let NodeKind::Compare(Comparison::Equal, of, to) = scene.kind(node) else { return None };
    let (NodeKind::Constant(Constant::Member(member)), NodeKind::Field(_)) =
        (scene.kind(*to), scene.kind(*of))
    else {
        return None;
    };
    let Ty::Member(vocabulary) = scene.case.program.node(*of).ty else { return None };
    let list = scene.case.program.vocabulary(vocabulary);
    let enumeration = matches!(list.kind, VocabularyKind::Enumeration { .. });
    enumeration.then(|| list.members[*member as usize].name.to_string())
}

fn conjuncts(scene: &Scene, node: NodeId) -> Vec<NodeId> {
    match scene.kind(node) {
        NodeKind::And(items) => items.iter().flat_map(|it| conjuncts(scene, *it)).collect(),
        _ => vec![node],
    }
}

/// What a share or a quantifier asks of a row, as written.
fn condition(scene: &Scene, aggregate: NodeId) -> String {
    let NodeKind::Aggregate(it) = scene.kind(aggregate) else { return String::new() };
    let quantified = matches!(it.function, AggregateFunction::Quantified(_));
    let asked = it.value.filter(|_| quantified).or(it.share).or(it.filter);
    let Some(asked) = asked else { return String::new() };
    // Which periods are looked at is told beside.
    let recents = scene.case.program.recents(asked);
    let parts = conjuncts(scene, asked).into_iter().filter(|it| !recents.contains(it));
    let parts: Vec<String> = parts.map(|it| written(scene, it)).collect();
    if recents.is_empty() { written(scene, asked) } else { parts.join(" 且 ") }
}
