//! A formula with its numbers put in: what has a name of its own is a value, what has none is worked out.

use crate::analysis::At;
use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::line;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::written_at;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::DurationUnit;
use crate::ir::Fold;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Rounding;
use crate::value::Set;
use crate::value::Unit;

/// More decimal places than this are not taken on for two numbers to stand in one unit.
const PLACES: u32 = 4;

/// Whether a formula has numbers to put in.
pub fn is_arithmetic(scene: &Scene, node: NodeId) -> bool {
    use NodeKind::*;
    matches!(
        scene.kind(node),
        Sum(_)
            | Difference(..)
            | Product(_)
            | Quotient(..)
            | Negation(_)
            | Absolute(_)
            | Power(..)
            | Fold(..)
            | Round { .. }
            | Days { .. }
            | Elapsed { .. }
            | AddDuration { .. }
            | WorkdayAfter { .. }
            | Growth { .. }
            | MeanGrowth { .. }
            | Root { .. }
    )
}

/// The whole formula of a node.
pub fn whole(scene: &Scene, at: At) -> Text {
    put_in(scene, at, 0, None)
}

/// The formula with the numbers put in. `inside` is how tightly what stands around it binds; `unit` is what its
/// numbers are shown in, where another than their own reads better.
fn put_in(scene: &Scene, at: At, inside: u8, unit: Option<&Unit>) -> Text {
    let here = |node: &NodeId| At { node: *node, row: at.row };
    let inner = |node: &NodeId, binds: u8| operand(scene, here(node), binds, None);
    let like = |nodes: &[NodeId], sign: &str, binds: [u8; 2]| {
        let unit = unit.or_else(|| common_unit(scene, nodes, at.row));
        let parts = nodes.iter().enumerate();
        let parts: Vec<Text> =
            parts.map(|(index, it)| operand(scene, here(it), binds[index.min(1)], unit)).collect();
        joined(&parts, sign, sign)
    };
    let (text, binds) = match scene.kind(at.node) {
        NodeKind::Sum(items) => (like(items, " + ", [1, 1]), 1),
        NodeKind::Difference(a, b) => (like(&[*a, *b], " − ", [1, 2]), 1),
        NodeKind::Product(items) => {
            let parts: Vec<Text> = items.iter().map(|it| inner(it, 2)).collect();
            (joined(&parts, " × ", " × "), 2)
        }
        NodeKind::Quotient(a, b) => (like(&[*a, *b], " ÷ ", [2, 3]), 2),
        NodeKind::Growth { now, base, .. } => {
            (around(like(&[*now, *base], " ÷ ", [2, 3]), ["", " − 1"], ["", " − 1"]), 1)
        }
        NodeKind::MeanGrowth { from, to, periods, .. } => {
            let ratio = like(&[*to, *from], " ÷ ", [2, 3]);
            let (zh, en) = (format!("）开 {periods} 次方 − 1"), format!(")^(1/{periods}) − 1"));
            (around(ratio, ["（", &zh], ["(", &en]), 1)
        }
        NodeKind::Root { of, degree } => {
            let (zh, en) = (format!("）开 {degree} 次方"), format!(")^(1/{degree})"));
            (around(inner(of, 0), ["（", &zh], ["(", &en]), 4)
        }
        NodeKind::Negation(of) => (around(inner(of, 3), ["−", ""], ["−", ""]), 3),
        NodeKind::Absolute(of) => (around(inner(of, 0), ["绝对值（", "）"], ["abs(", ")"]), 4),
        NodeKind::Power(of, n) => {
            let (zh, en) = (format!("，{n}）"), format!(", {n})"));
            (around(inner(of, 0), ["幂（", &zh], ["pow(", &en]), 4)
        }
        NodeKind::Round { how, of, .. } => {
            let (zh, en) = rounding(*how);
            (around(inner(of, 0), [zh, "）"], [en, ")"]), 4)
        }
        NodeKind::Elapsed { from, to, unit } => {
            let list = joined(&[inner(from, 0), inner(to, 0)], "，", ", ");
            (elapsed(*unit, list), 4)
        }
        NodeKind::Fold(fold, items) => {
            let (zh, en) = match fold {
                Fold::Max => ("最大", "max"),
                Fold::Min => ("最小", "min"),
                Fold::Sum => ("合计", "sum"),
            };
            let parts: Vec<Text> = items.iter().map(|it| inner(it, 0)).collect();
            let list = joined(&parts, "，", ", ");
            (Text::new(format!("{zh}（{}）", list.zh), format!("{en}({})", list.en)), 4)
        }
        NodeKind::AddDuration { day, span } => {
            (joined(&[inner(day, 1), inner(span, 1)], " + ", " + "), 1)
        }
        NodeKind::Days { from, to, .. } => {
            (joined(&[inner(to, 1), inner(from, 2)], " − ", " − "), 1)
        }
        NodeKind::WorkdayAfter { day, count, .. } => {
            let (day, count) = (inner(day, 0), inner(count, 0));
            let zh = format!("{} 后第 {}", day.zh, count.zh);
            (Text::new(zh, format!("{} after {}", count.en, day.en)), 4)
        }
        _ => (value(scene, at, unit), 4),
    };
    if binds < inside { around(text, ["（", "）"], ["(", ")"]) } else { text }
}

/// 满年数（2021-06-02，2024-06-01）
fn elapsed(unit: DurationUnit, days: Text) -> Text {
    let (zh, en) = match unit {
        DurationUnit::Year => ("满年数", "whole_years"),
        _ => ("满月数", "whole_months"),
    };
    Text::new(format!("{zh}（{}）", days.zh), format!("{en}({})", days.en))
}

/// How a number is rounded, up to its bracket.
fn rounding(how: Rounding) -> (&'static str, &'static str) {
    match how {
        Rounding::Nearest => ("四舍五入（", "round("),
        Rounding::Down => ("向下取整（", "floor("),
        Rounding::Up => ("向上取整（", "ceiling("),
    }
}

/// An operand: what has a name of its own is a value, what has none is worked out. One that is a span stands in brackets.
fn operand(scene: &Scene, at: At, inside: u8, unit: Option<&Unit>) -> Text {
    let case = &scene.case;
    let named = case.program.indicators.iter().any(|it| it.node == at.node);
    match scene.kind(at.node) {
        NodeKind::Narrow { of, .. } => operand(scene, At { node: *of, row: at.row }, inside, unit),
        _ if named || !is_arithmetic(scene, at.node) => match line::unknown(scene, at) {
            Some(_) => unknown(scene, at),
            None if is_boundless(scene, at) => unknown(scene, at),
            None if inside > 0 && !case.is_settled(at) => {
                around(value(scene, at, unit), ["（", "）"], ["(", ")"])
            }
            None => value(scene, at, unit),
        },
        _ => put_in(scene, at, inside, unit),
    }
}

/// 研发经费（未知）
fn unknown(scene: &Scene, at: At) -> Text {
    let name = written_at(scene, at);
    Text::new(format!("{name}（未知）"), format!("{name} (not known)"))
}

/// Whether a number may be any.
fn is_boundless(scene: &Scene, at: At) -> bool {
    let Some(Set::Number(set)) = scene.case.set(at) else { return false };
    set.values.is_some_and(|it| it.low.is_none() && it.high.is_none())
}

/// A value with all its digits, for who wants to work it out again; 显示 n 位小数 does not cut it here.
fn value(scene: &Scene, at: At, unit: Option<&Unit>) -> Text {
    let own = show::style(scene, at.node);
    let shown = Style { unit: unit.or(own.unit), places: None, rounded: false, ..own };
    // Digits that only pad are kept as the rule shows them.
    let exact =
        number(&scene.case, at).and_then(|it| show::in_unit(&it, shown.unit).decimal_places());
    let padded = own.places.filter(|places| exact.is_some_and(|it| it <= *places));
    show::value_in(scene, at, Style { places: padded, ..shown })
}

/// One unit for numbers of one dimension that are written in several: the greatest in which they stay short.
fn common_unit<'s>(scene: &'s Scene, nodes: &[NodeId], row: usize) -> Option<&'s Unit> {
    let units: Option<Vec<&Unit>> = nodes.iter().map(|it| show::style(scene, *it).unit).collect();
    let mut units = units?;
    let alike = units.windows(2).all(|it| it[0].dimension == it[1].dimension);
    // Without a dimension every word counts something else: 件, 人, %.
    let measured = units.first().is_some_and(|it| it.dimension != Default::default());
    if !alike || !measured || units.windows(2).all(|it| it[0].name == it[1].name) {
        return None;
    }
    units.sort_by(|a, b| b.factor.cmp(&a.factor));
    let numbers: Vec<_> =
        nodes.iter().filter_map(|it| number(&scene.case, At { node: *it, row })).collect();
    let short = |unit: &&Unit| {
        let places = numbers.iter().map(|it| show::in_unit(it, Some(unit)).decimal_places());
        places.into_iter().all(|it| it.is_some_and(|it| it <= PLACES))
    };
    units.iter().copied().find(short).or(units.last().copied())
}

fn around(text: Text, zh: [&str; 2], en: [&str; 2]) -> Text {
    Text::new(format!("{}{}{}", zh[0], text.zh, zh[1]), format!("{}{}{}", en[0], text.en, en[1]))
}
