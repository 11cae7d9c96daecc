//! What came out beside what was expected: reading the expected value, comparing, showing. Tests are run elsewhere.

use crate::data::single;
use crate::eval::recorder::Recording;
use crate::ir::Comparison;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::WrittenCell;
use crate::value::Column;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::day;

/// The written value in `len` rows of a node's table; none if it cannot be read.
pub(super) fn column(
    program: &Program,
    node: NodeId,
    cell: &WrittenCell,
    len: usize,
) -> Option<Column> {
    let node = program.node(node);
    let text = match (node.ty, cell.text.as_str()) {
        (Ty::Truth, "符合" | "met") => "是",
        (Ty::Truth, "不符合" | "not_met") => "否",
        (_, "无法判定" | "undetermined" | "未知") => "",
        (_, text) => text,
    };
    single::repeat(program, node.ty, node.unit.as_ref(), text, len, cell.span)
}

/// Whether a set is what a cell says, exactly. A blank cell expects an undecided value, 错误 an error.
pub(super) fn matches(
    program: &Program,
    node: NodeId,
    set: &Set,
    cell: &WrittenCell,
) -> Option<bool> {
    if matches!(cell.text.as_str(), "错误" | "error") {
        return Some(set.state() == State::Error);
    }
    let wanted = column(program, node, cell, 1)?.get(0);
    if cell.text.is_empty() {
        return Some(!set.is_settled());
    }
    Some(*set == wanted)
}

/// Whether a value is shown as a cell says, and is another one: 4.9995% is shown as 5.00%.
pub(super) fn only_shown(program: &Program, node: NodeId, set: &Set, cell: &WrittenCell) -> bool {
    let wanted = || column(program, node, cell, 1).map(|it| it.get(0));
    rounded(program, node, set).is_some_and(|it| wanted() == Some(it))
}

/// Whether two things that a sentence holds to be equal are so only as they are shown.
pub(super) fn only_shown_alike(program: &Program, recording: &Recording, node: NodeId) -> bool {
    let NodeKind::Compare(Comparison::Equal, a, b) = program.node(node).kind else { return false };
    let set = |it: NodeId| recording.get(it, 0);
    [(a, b), (b, a)].into_iter().any(|(one, other)| {
        let shown = set(one).and_then(|it| rounded(program, one, &it));
        shown.is_some() && shown == set(other)
    })
}

/// The set of a number rounded as its indicator shows it.
fn rounded(program: &Program, node: NodeId, set: &Set) -> Option<Set> {
    let Set::Number(it) = set else { return None };
    let indicator = program.indicator_at(node)?;
    let (places, value) = (indicator.show?, it.values.as_ref()?.single()?);
    let factor = indicator.unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
    let shown = value.checked_div(&factor)?.round(places).multiply(&factor);
    Some(Set::Number(crate::value::Possible { values: Some(Hull::point(shown)), ..it.clone() }))
}

/// A set in words.
pub(super) fn show(program: &Program, node: NodeId, set: &Set) -> String {
    let it = program.node(node);
    let mut parts = vec![];
    match set {
        Set::Truth(truth) => {
            let words = [
                (Truth::TRUE, "成立"),
                (Truth::FALSE, "不成立"),
                (Truth::NOT_APPLICABLE, "不适用"),
                (Truth::ERROR, "错误"),
            ];
            parts.extend(words.iter().filter(|(one, _)| truth.may(*one)).map(|it| it.1.to_owned()));
        }
        Set::Number(number) => parts.extend(number.values.as_ref().map(|hull| {
            let factor = it.unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
            let unit = it.unit.as_ref().map_or(String::new(), |it| match &*it.name {
                "%" | "‰" => it.to_string(),
                _ => format!(" {it}"),
            });
            let end = |end: &Option<crate::value::End>| match end {
                Some(end) => {
                    end.at.checked_div(&factor).unwrap_or_else(|| end.at.clone()).to_string()
                }
                None => "无限".to_owned(),
            };
            match hull.single() {
                Some(_) => format!("{}{unit}", end(&hull.low)),
                None => format!("{} 至 {}{unit}", end(&hull.low), end(&hull.high)),
            }
        })),
        Set::Date(date) => parts.extend(date.values.map(|hull| {
            let shown = |at: i32| match it.ty {
                Ty::Period(kind) => kind.show(at),
                _ => day::show(at),
            };
            let end = |it: Option<i32>| it.map_or_else(|| "无限".to_owned(), shown);
            if hull.low == hull.high {
                end(hull.low)
            } else {
                format!("{} 至 {}", end(hull.low), end(hull.high))
            }
        })),
        Set::Member(member) => parts.extend(member.values.iter().flat_map(|values| {
            let Ty::Member(list) = it.ty else { return vec![] };
            let list = program.vocabulary(list);
            let known = values
                .members
                .iter()
                .flatten()
                .map(|at| list.members[*at as usize].name.to_string());
            let other = match &values.foreign {
                Foreign::One(text) => Some(text.to_string()),
                Foreign::Any => Some("其他".to_owned()),
                Foreign::No => None,
            };
            known.chain(other).collect()
        })),
        Set::Text(text) => parts.extend(text.values.as_ref().map(|it| match it {
            TextSet::One(text) => format!("“{text}”"),
            TextSet::Any => "任何文字".to_owned(),
        })),
    }
    if !matches!(set, Set::Truth(_)) {
        parts.extend(set.may_be_na().then(|| "不适用".to_owned()));
        parts.extend(set.may_be_error().then(|| "错误".to_owned()));
    }
    parts.join(" 或 ")
}

/// What the two sides of a comparison came to, constants left out.
pub(super) fn operands(program: &Program, recording: &Recording, node: NodeId) -> Vec<String> {
    let NodeKind::Compare(_, left, right) = program.node(node).kind else { return vec![] };
    [left, right]
        .into_iter()
        .filter(|it| !matches!(program.node(*it).kind, NodeKind::Constant(_)))
        .filter_map(|it| recording.get(it, 0).map(|set| show(program, it, &set)))
        .collect()
}
