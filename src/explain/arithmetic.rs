//! A computed value, line by line: the formula as written, the numbers put in, the result and its cells.

use crate::analysis::At;
use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::functions;
use crate::explain::line;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::articles;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::show;
use crate::ir::Fold;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::State;
use crate::value::Truth;

/// The tree of a computed value.
pub fn tree(scene: &Scene, head: &Head, at: At) -> Branch {
    let value = show::value(scene, at);
    let known = scene.case.set(at).is_some_and(|it| it.state() == State::Value);
    let (zh, en) = if known { (" = ", " = ") } else { ("：", ": ") };
    let title = Text::new(
        format!("{}{zh}{}", head.name, value.zh),
        format!("{}{en}{}", head.name, value.en),
    );
    let origin = joined(&origin(head), "；", "; ");
    Branch {
        mark: Mark::Plain,
        head: title,
        detail: (!origin.zh.is_empty()).then_some(origin),
        place: None,
        decides: true,
        children: steps(scene, at),
    }
}

/// 第十条；口径：先合计，后相除
fn origin(head: &Head) -> Vec<Text> {
    let article = articles(&head.articles).map(same);
    let readings =
        head.readings.iter().map(|it| Text::new(format!("口径：{it}"), format!("reading: {it}")));
    article.into_iter().chain(readings).collect()
}

/// The steps from the formula to the value.
pub fn steps(scene: &Scene, start: At) -> Vec<Branch> {
    let mut lines = vec![];
    let at = taken(scene, start, &mut lines);
    let state = scene.case.set(at).map(|it| it.state());
    let constant = matches!(scene.kind(at.node), NodeKind::Constant(_));
    if !constant && !matches!(scene.kind(at.node), NodeKind::Field(_)) {
        let formula = same(format!("= {}", written_formula(scene, at.node)));
        lines.push(plain(formula, None));
    }
    if is_arithmetic(scene, at.node) {
        let put_in = put_in(scene, at, 0);
        lines.push(plain(equals(put_in), None));
    }
    if let Some(last) = lines.last_mut().filter(|_| !constant) {
        last.place = place::of_outcome(scene, at);
    }
    lines.extend(functions::calls(scene, at));
    lines.extend(exact_value(scene, start));
    match state {
        Some(State::Unknown) => {
            let open = crate::analysis::gaps::gaps(&scene.case, at);
            lines.extend(cause::folded(scene, &open).into_iter().map(|text| plain(text, None)));
        }
        Some(State::Error) => {
            let origins = crate::analysis::errors::errors(&scene.case, at);
            lines.extend(
                origins
                    .iter()
                    .map(|it| plain(cause::error_text(scene, it), place::of_outcome(scene, it.at))),
            );
        }
        _ => {}
    }
    lines
}

/// A line that is no truth.
pub fn plain(head: Text, place: Option<Text>) -> Branch {
    Branch { mark: Mark::Plain, head, detail: None, place, decides: true, children: vec![] }
}

fn equals(text: Text) -> Text {
    Text::new(format!("= {}", text.zh), format!("= {}", text.en))
}

/// The formula behind guards that hold and branches that are taken; a branch with a constant says why it was taken.
fn taken(scene: &Scene, at: At, lines: &mut Vec<Branch>) -> At {
    let here = |node: NodeId| At { node, row: at.row };
    let case = &scene.case;
    match scene.kind(at.node) {
        NodeKind::Applies { guard, body } => match case.truth(here(*guard)) {
            Truth::TRUE => taken(scene, here(*body), lines),
            Truth::FALSE | Truth::NOT_APPLICABLE => {
                lines.push(plain(because(scene, here(*guard)), None));
                at
            }
            _ => at,
        },
        NodeKind::If { condition, then, otherwise, if_not_applicable } => {
            let truth = case.truth(here(*condition));
            let branch = match truth {
                Truth::TRUE => Some(*then),
                Truth::FALSE => Some(*otherwise),
                Truth::NOT_APPLICABLE => *if_not_applicable,
                _ => None,
            };
            let Some(branch) = branch else { return at };
            if matches!(scene.kind(branch), NodeKind::Constant(_)) {
                lines.push(plain(because(scene, here(*condition)), None));
            }
            taken(scene, here(branch), lines)
        }
        NodeKind::Narrow { of, .. } => taken(scene, here(*of), lines),
        _ => at,
    }
}

/// 因 集群营业收入 = 0 亿元
fn because(scene: &Scene, at: At) -> Text {
    let lines = cause::as_it_is(scene, at);
    let text = joined(&lines.into_iter().map(|it| it.text).collect::<Vec<_>>(), "；", "; ");
    Text::new(format!("因 {}", text.zh), format!("because {}", text.en))
}

fn written_formula(scene: &Scene, node: NodeId) -> String {
    crate::explain::scene::folded(scene.sources, scene.case.program.node(node).span)
}

/// = 3.27%（精确值 481125/147133 %），显示 2 位小数
fn exact_value(scene: &Scene, at: At) -> Option<Branch> {
    let style = show::style(scene, at.node);
    let value = number(&scene.case, at)?;
    let in_unit = show::in_unit(&value, style.unit);
    let shown = show::amount(&value, style);
    let exact = in_unit.decimal_places();
    if exact.is_some_and(|places| style.places.is_none_or(|shown| places <= shown)) {
        return None;
    }
    let unit = style.unit.map_or_else(String::new, |it| format!(" {it}"));
    let whole = match exact {
        Some(places) => show::grouped(&in_unit.to_fixed(places)),
        None => in_unit.to_fraction(),
    };
    let places = style
        .places
        .map(|it| Text::new(format!("，显示 {it} 位小数"), format!(", shown to {it} places")));
    let places = places.unwrap_or_default();
    Some(plain(
        Text::new(
            format!("= {}（精确值 {whole}{unit}）{}", shown.zh, places.zh),
            format!("= {} (exactly {whole}{unit}){}", shown.en, places.en),
        ),
        None,
    ))
}

fn is_arithmetic(scene: &Scene, node: NodeId) -> bool {
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
            | AddDuration { .. }
            | WorkdayAfter { .. }
    )
}

/// The formula with the numbers put in. `inside` is how tightly what stands around it binds.
fn put_in(scene: &Scene, at: At, inside: u8) -> Text {
    let here = |node: &NodeId| At { node: *node, row: at.row };
    let inner = |node: &NodeId, binds: u8| operand(scene, here(node), binds);
    let row = |nodes: &[NodeId], sign: &str, binds: u8| {
        let parts: Vec<Text> = nodes.iter().map(|it| inner(it, binds)).collect();
        joined(&parts, sign, sign)
    };
    let (text, binds) = match scene.kind(at.node) {
        NodeKind::Sum(items) => (row(items, " + ", 1), 1),
        NodeKind::Difference(a, b) => (joined(&[inner(a, 1), inner(b, 2)], " − ", " − "), 1),
        NodeKind::Product(items) => (row(items, " × ", 2), 2),
        NodeKind::Quotient(a, b) => (joined(&[inner(a, 2), inner(b, 3)], " ÷ ", " ÷ "), 2),
        NodeKind::Negation(of) => (around(inner(of, 3), ["−", ""], ["−", ""]), 3),
        NodeKind::Absolute(of) => (around(inner(of, 0), ["绝对值（", "）"], ["abs(", ")"]), 4),
        NodeKind::Power(of, n) => {
            let (zh, en) = (format!("，{n}）"), format!(", {n})"));
            (around(inner(of, 0), ["幂（", &zh], ["pow(", &en]), 4)
        }
        NodeKind::Round { of, .. } => {
            (around(inner(of, 0), ["四舍五入（", "）"], ["round(", ")"]), 4)
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
        NodeKind::AddDuration { day, span } => (row(&[*day, *span], " + ", 1), 1),
        NodeKind::Days { from, to, .. } => (row(&[*to, *from], " − ", 1), 1),
        NodeKind::WorkdayAfter { day, count, .. } => {
            let (day, count) = (inner(day, 0), inner(count, 0));
            let zh = format!("{} 后第 {}", day.zh, count.zh);
            (Text::new(zh, format!("{} after {}", count.en, day.en)), 4)
        }
        _ => (show::value(scene, at), 4),
    };
    if binds < inside { around(text, ["（", "）"], ["(", ")"]) } else { text }
}

/// An operand: what has a name of its own is a value, what has none is worked out.
fn operand(scene: &Scene, at: At, inside: u8) -> Text {
    let case = &scene.case;
    let named = case.program.indicators.iter().any(|it| it.node == at.node);
    match scene.kind(at.node) {
        NodeKind::Narrow { of, .. } => operand(scene, At { node: *of, row: at.row }, inside),
        _ if named || !is_arithmetic(scene, at.node) => match line::unknown(scene, at) {
            Some(_) => {
                let name = written(scene, at.node);
                Text::new(format!("{name}（未知）"), format!("{name} (not known)"))
            }
            None if inside > 0 && !case.is_settled(at) => {
                around(show::value(scene, at), ["（", "）"], ["(", ")"])
            }
            None => show::value(scene, at),
        },
        _ => put_in(scene, at, inside),
    }
}

fn around(text: Text, zh: [&str; 2], en: [&str; 2]) -> Text {
    Text::new(format!("{}{}{}", zh[0], text.zh, zh[1]), format!("{}{}{}", en[0], text.en, en[1]))
}
