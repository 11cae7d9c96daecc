//! Computed values and grades of a case: as shown, exactly, and between which ends.

use crate::analysis::At;
use crate::analysis::tables;
use crate::diagnostic::Text;
use crate::explain::arithmetic;
use crate::explain::model::Branch;
use crate::explain::model::GradeAccount;
use crate::explain::model::IndicatorAccount;
use crate::explain::model::Mark;
use crate::explain::model::ReadingAccount;
use crate::explain::note;
use crate::explain::scene::Scene;
use crate::explain::scene::articles;
use crate::explain::scene::same;
use crate::explain::show;
use crate::explain::show::Style;
use crate::explain::table;
use crate::explain::tree::guards::guards;
use crate::ir::Grading;
use crate::ir::GradingId;
use crate::ir::Hit;
use crate::ir::IndicatorId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::OtherReading;
use crate::ir::Ty;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Set;
use crate::value::State;
use crate::value::day;
use indexmap::IndexSet;

/// An indicator of the case.
pub fn indicator(scene: &Scene, id: IndicatorId) -> IndicatorAccount {
    let rule = &scene.case.program.indicators[id.0 as usize];
    let at = scene.at(rule.reported);
    let set = scene.case.set(at);
    let style = Style { unit: rule.unit.as_ref(), ..show::style(scene, rule.reported) };
    let ends = set.as_ref().map(|it| ends(scene, rule.reported, it, style)).unwrap_or_default();
    IndicatorAccount {
        indicator: id,
        state: set.as_ref().map_or(State::Unknown, Set::state),
        value: set.as_ref().and_then(|it| single(scene, rule.reported, it, style)),
        exact: set.as_ref().and_then(|it| exact(scene, rule.reported, it, style)),
        low: ends.0,
        high: ends.1,
        unit: rule.unit.as_ref().map(|it| it.to_string()),
        assumed: !note::assumed(scene, at).is_empty(),
        others: rule.others.iter().map(|it| reading(scene, it)).collect(),
        tree: scene.tree(|| arithmetic::tree(scene, rule, at)),
    }
}

/// What an indicator comes to in another reading.
fn reading(scene: &Scene, it: &OtherReading) -> ReadingAccount {
    let set = scene.case.set(scene.at(it.node));
    let style = show::style_of_reading(scene, it);
    let ends = set.as_ref().map(|set| ends(scene, it.node, set, style)).unwrap_or_default();
    ReadingAccount {
        name: it.name.clone(),
        state: set.as_ref().map_or(State::Unknown, Set::state),
        value: set.as_ref().and_then(|set| single(scene, it.node, set, style)),
        exact: set.as_ref().and_then(|set| exact(scene, it.node, set, style)),
        low: ends.0,
        high: ends.1,
    }
}

/// A grade of the case.
pub fn grade(scene: &Scene, id: GradingId) -> GradeAccount {
    let rule = &scene.case.program.gradings[id.0 as usize];
    let at = scene.at(rule.reported);
    let set = scene.case.set(at);
    let style = show::style(scene, rule.reported);
    let value = set.as_ref().and_then(|it| single(scene, rule.reported, it, style));
    let shown = show::value(scene, at);
    let head = Text::new(
        format!("{}：{}", rule.head.name, bare(&shown.zh)),
        format!("{}: {}", rule.head.name, bare(&shown.en)),
    );
    GradeAccount {
        unit: show::unit_after(style),
        grading: id,
        state: set.as_ref().map_or(State::Unknown, Set::state),
        possible: set.as_ref().map_or(vec![], |it| possible(scene, rule, it, style)),
        value,
        tree: scene.tree(|| Branch {
            mark: Mark::Plain,
            head,
            detail: articles(&rule.head.articles).map(same),
            place: None,
            decides: true,
            children: rows(scene, rule, at),
        }),
    }
}

/// The rows of a table that decide; where it does not apply, why not.
fn rows(scene: &Scene, rule: &Grading, at: At) -> Vec<Branch> {
    let (mut node, mut lines) = (at.node, vec![]);
    while let NodeKind::Applies { guard, body } = scene.kind(node) {
        let in_force = matches!(scene.kind(*guard), NodeKind::InForce { .. });
        let (in_force, applies) =
            if in_force { (Some(*guard), None) } else { (None, Some(*guard)) };
        lines.extend(guards(scene, in_force, applies, at.row));
        node = *body;
    }
    if !lines.iter().any(|it| it.mark == Mark::NotApplicable) {
        lines.extend(table::rows(scene, rule, at.row));
    }
    lines
}

fn bare(text: &str) -> String {
    text.replace(['“', '”'], "")
}

/// The one value, without grouping and without its unit.
fn single(scene: &Scene, node: NodeId, set: &Set, style: Style) -> Option<String> {
    if set.state() != State::Value {
        return None;
    }
    Some(match set {
        Set::Number(it) => show::plain(it.values.as_ref().and_then(Hull::single)?, style),
        Set::Date(it) => day_or_period(scene, node, it.values?.low?),
        _ => {
            let ty = scene.case.program.node(node).ty;
            bare(&show::set_text(scene.case.program, ty, set, style).zh)
        }
    })
}

/// The fraction; a root that is none has none.
fn exact(scene: &Scene, node: NodeId, set: &Set, style: Style) -> Option<String> {
    let Set::Number(it) = set else { return None };
    let number = it.values.as_ref().and_then(Hull::single).filter(|_| !it.na && !it.error)?;
    (!show::is_rounded(scene, node, number))
        .then(|| show::in_unit(number, style.unit).to_fraction())
}

/// 2024-05-10, 2023年
fn day_or_period(scene: &Scene, node: NodeId, at: i32) -> String {
    match scene.case.program.node(node).ty {
        Ty::Period(kind) => kind.show(at),
        _ => day::show(at),
    }
}

/// The least and the greatest value.
fn ends(scene: &Scene, node: NodeId, set: &Set, style: Style) -> (Option<String>, Option<String>) {
    match set {
        Set::Number(it) => {
            let Some(hull) = it.values.as_ref() else { return (None, None) };
            if let Some(number) = hull.single() {
                let shown = Some(show::plain(number, style));
                return (shown.clone(), shown);
            }
            let show = |end: &Option<End>, down: bool| {
                end.as_ref().map(|it| show::outward(&it.at, style, down))
            };
            (show(&hull.low, true), show(&hull.high, false))
        }
        Set::Date(it) => it.values.map_or((None, None), |hull| {
            let show = |it| day_or_period(scene, node, it);
            (hull.low.map(show), hull.high.map(show))
        }),
        _ => (None, None),
    }
}

/// The members, or the values of the rows, still possible, in the order of the table, then `not_applicable`, `error`.
fn possible(scene: &Scene, rule: &Grading, set: &Set, style: Style) -> Vec<String> {
    let mut names = match (set, scene.case.program.node(rule.node).ty) {
        (Set::Member(it), Ty::Member(vocabulary)) => {
            let list = scene.case.program.vocabulary(vocabulary);
            let all = || (0..list.members.len() as u32).collect();
            let indices: Vec<u32> =
                it.values.as_ref().map_or(vec![], |set| set.members.clone().unwrap_or_else(all));
            let mut names: Vec<String> =
                indices.into_iter().map(|it| list.members[it as usize].name.to_string()).collect();
            if let Some(Foreign::One(text)) = it.values.as_ref().map(|it| &it.foreign) {
                names.push(text.to_string());
            }
            names
        }
        (Set::Number(it), _) if it.values.is_some() => numbers(scene, rule, set, style),
        _ => single(scene, rule.node, set, style).into_iter().collect(),
    };
    if set.may_be_na() {
        names.push("not_applicable".to_owned());
    }
    if set.may_be_error() {
        names.push("error".to_owned());
    }
    names
}

/// The numbers a table may come to: the one, those of its rows where each gives one, or the interval.
fn numbers(scene: &Scene, rule: &Grading, set: &Set, style: Style) -> Vec<String> {
    let row = scene.case.row;
    if let Some(one) = single(scene, rule.node, set, style) {
        return vec![one];
    }
    let interval = match ends(scene, rule.node, set, style) {
        (Some(low), Some(high)) => vec![format!("{low}–{high}")],
        (Some(low), None) => vec![format!("≥ {low}")],
        (None, Some(high)) => vec![format!("≤ {high}")],
        (None, None) => vec![],
    };
    let NodeKind::Decide(decision) = scene.kind(rule.decision) else { return interval };
    if decision.hit == Hit::Every {
        return interval;
    }
    let reached = tables::reached(&scene.case, decision, row).rows;
    let rows = decision.rows.iter().zip(reached).filter(|it| it.1);
    let result = |node: NodeId| {
        let result = scene.case.set(scene.at(node))?;
        single(scene, node, &result, style)
    };
    let values: Option<IndexSet<String>> = rows.map(|(it, _)| result(it.result)).collect();
    values.map_or(interval, |it| it.into_iter().collect())
}
