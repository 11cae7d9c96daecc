//! Comparisons in one line: numbers in the unit of their bound, days, words.

use crate::analysis::At;
use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::line::Line;
use crate::explain::line::Standing;
use crate::explain::line::source_of;
use crate::explain::line::unknown;
use crate::explain::scene::Scene;
use crate::explain::scene::unit_of;
use crate::explain::scene::written;
use crate::explain::scene::written_at;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Comparison;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::Set;
use crate::value::day;

/// `a op b` in one line.
pub(super) fn line(scene: &Scene, op: Comparison, a: At, b: At, standing: Standing) -> Line {
    if is_given(scene, a) && !is_given(scene, b) {
        return line(scene, op.mirrored(), b, a, standing);
    }
    let subject = written_at(scene, a);
    // What an anniversary rests on is its day, not the day that decides.
    let cell = match scene.kind(a.node) {
        NodeKind::RuleDate(_) => source_of(scene, b).or_else(|| source_of(scene, a)),
        _ => source_of(scene, a),
    };
    let bound = bound(scene, op, a, b);
    let gap = if bound.zh.starts_with(is_sign) { " " } else { "" };
    let required =
        Text::new(format!("要求{gap}{}", bound.zh), format!("must be {}", bound.en.trim_start()));
    if let Some(gap) = unknown(scene, a) {
        let text = Text::new(
            format!("{}，{}", gap.zh, required.zh),
            format!("{}; {}", gap.en, required.en),
        );
        return Line { text, subject, value: None, bound: Some(bound), cell };
    }
    let value = show::value_in(scene, a, style(scene, a, b));
    let is = said(scene, a, &subject, &value);
    let text = match standing {
        // That it equals the bound is said by the value.
        Standing::Right if op == Comparison::Equal => is,
        Standing::Right if is_word(scene, a) => {
            Text::new(format!("{}{}", is.zh, bound.zh), format!("{} is {}", is.en, bound.en))
        }
        Standing::Right => {
            Text::new(format!("{} {}", is.zh, bound.zh), format!("{} {}", is.en, bound.en))
        }
        _ if scene.case.is_settled(a) && scene.case.set(a).is_some_and(|it| it.may_be_na()) => is,
        _ => {
            Text::new(format!("{}，{}", is.zh, required.zh), format!("{}; {}", is.en, required.en))
        }
    };
    Line { text, subject, value: Some(value), bound: Some(bound), cell }
}

/// The number `of` as it is shown beside the bound that a comparison sets it; none where it is about something else.
pub fn beside_bound(scene: &Scene, comparison: At, of: At) -> Option<Text> {
    let NodeKind::Compare(_, a, b) = scene.kind(comparison.node) else { return None };
    let here = |node: &NodeId| At { node: *node, row: comparison.row };
    let (own, other) = match of {
        _ if here(a) == of => (here(a), here(b)),
        _ if here(b) == of => (here(b), here(a)),
        _ => return None,
    };
    let (value, bound) = (number(&scene.case, own)?, number(&scene.case, other)?);
    let mut style = show::style(scene, own.node);
    let places = show::telling_places(&value, &bound, style);
    style.places = places.or(style.places);
    let shown = show::value_in(scene, own, style);
    if places.is_some() {
        return Some(shown);
    }
    let exact = show::in_unit(&value, style.unit).to_fraction();
    let unit = style.unit.map_or_else(String::new, |it| format!(" {it}"));
    Some(Text::new(
        format!("{}（精确值 {exact}{unit}）", shown.zh),
        format!("{} (exactly {exact}{unit})", shown.en),
    ))
}

/// 研发机构 = 0 家; 类别“创新服务机构”
fn said(scene: &Scene, of: At, subject: &str, value: &Text) -> Text {
    let (zh, en) = match is_word(scene, of) {
        true if value.zh.starts_with('“') => ("", " "),
        true => ("：", ": "),
        false if scene.case.is_settled(of) => (" = ", " = "),
        false => (" ", " "),
    };
    Text::new(format!("{subject}{zh}{}", value.zh), format!("{subject}{en}{}", value.en))
}

fn is_sign(first: char) -> bool {
    matches!(first, '=' | '≠' | '≥' | '≤' | '>' | '<')
}

/// ≥ 3%（研发强度下限）
fn bound(scene: &Scene, op: Comparison, a: At, b: At) -> Text {
    let (zh, en) = sign(scene, op, a);
    let Some(set) = scene.case.set(b) else { return Text::new(zh, en) };
    let name = name_of(scene, a, b);
    let named = !matches!(scene.kind(b.node), NodeKind::Constant(_));
    if !set.is_settled() && named {
        return Text::new(format!("{zh} {name}"), format!("{en} {name}"));
    }
    let value = show::value_in(scene, b, style(scene, b, a));
    let space = if value.zh.starts_with('“') { "" } else { " " };
    let (name, name_en) = match named {
        true => {
            let since = since(scene, b);
            (format!("（{name}{}）", since.zh), format!(" ({name}{})", since.en))
        }
        false => (String::new(), String::new()),
    };
    Text::new(format!("{zh}{space}{}{name}", value.zh), format!("{en} {}{name_en}", value.en))
}

/// The name of what something is compared with; a parent's field of the same name says whose it is.
fn name_of(scene: &Scene, a: At, b: At) -> String {
    let name = written(scene, b.node);
    match scene.kind(b.node) {
        NodeKind::Parent(of) if name == written(scene, a.node) => {
            let table = scene.case.program.node(*of).space;
            format!("本{} 的 {name}", scene.case.program.table(table).name)
        }
        _ => name,
    }
}

/// Since when a parameter with several values has this one.
fn since(scene: &Scene, at: At) -> Text {
    let NodeKind::Parameter { day, versions, .. } = scene.kind(at.node) else {
        return Text::default();
    };
    let Some(Set::Date(set)) = scene.case.set(At { node: *day, row: at.row }) else {
        return Text::default();
    };
    let Some(today) = set.values.and_then(|it| it.low) else { return Text::default() };
    let first = versions.iter().filter_map(|it| it.0).filter(|it| *it <= today).max();
    match first.filter(|_| versions.len() > 1) {
        Some(first) => {
            let first = day::show(first);
            Text::new(format!("，{first} 起"), format!(" from {first}"))
        }
        None => Text::default(),
    }
}

/// Whether a value stands in the rules and not in the data.
fn is_given(scene: &Scene, at: At) -> bool {
    match scene.kind(at.node) {
        NodeKind::Constant(_) | NodeKind::Parameter { .. } => true,
        NodeKind::Parent(of) | NodeKind::Applies { body: of, .. } => {
            is_given(scene, At { node: *of, row: at.row })
        }
        _ => false,
    }
}

fn is_word(scene: &Scene, at: At) -> bool {
    matches!(scene.case.program.node(at.node).ty, Ty::Member(_) | Ty::Text | Ty::Truth)
}

/// The unit of what stands in the rules, else the value's own; as many places as show on which side it lies.
fn style<'s>(scene: &'s Scene, of: At, other: At) -> Style<'s> {
    let own = show::style(scene, of.node);
    let mut style = own;
    if let Some(unit) =
        unit_of(scene, other.node).filter(|_| is_given(scene, other) || own.unit.is_none())
    {
        style.unit = Some(unit);
        style.places = own.places.filter(|_| own.unit == Some(unit));
    }
    if let (Some(a), Some(b)) = (number(&scene.case, of), number(&scene.case, other))
        && !is_given(scene, of)
    {
        style.places = show::telling_places(&a, &b, style);
    }
    style
}

fn sign(scene: &Scene, op: Comparison, of: At) -> (&'static str, &'static str) {
    let days = scene.case.program.node(of.node).ty == Ty::Date;
    match op {
        Comparison::AtLeast if days => ("不早于", "not before"),
        Comparison::AtMost if days => ("不晚于", "not after"),
        Comparison::Above if days => ("晚于", "after"),
        Comparison::Below if days => ("早于", "before"),
        Comparison::Equal if days => ("为", "on"),
        Comparison::NotEqual if days => ("不为", "not on"),
        Comparison::AtLeast => ("≥", "≥"),
        Comparison::AtMost => ("≤", "≤"),
        Comparison::Above => (">", ">"),
        Comparison::Below => ("<", "<"),
        Comparison::Equal if is_word(scene, of) => ("为", ""),
        Comparison::NotEqual if is_word(scene, of) => ("不为", "not"),
        Comparison::Equal => ("=", "="),
        Comparison::NotEqual => ("≠", "≠"),
    }
}
