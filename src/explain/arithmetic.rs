//! A computed value, line by line: the formula as written, the numbers put in, the result and its cells.

use crate::analysis::At;
use crate::analysis::errors;
use crate::analysis::errors::number;
use crate::analysis::gaps;
use crate::diagnostic::Text;
use crate::explain::absent;
use crate::explain::cause;
use crate::explain::functions;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::place;
use crate::explain::population;
use crate::explain::put_in;
use crate::explain::scene::Scene;
use crate::explain::scene::articles;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::scene::written_at;
use crate::explain::show;
use crate::explain::workings;
use crate::ir::Head;
use crate::ir::Indicator;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::State;
use crate::value::Truth;

/// The tree of a computed value.
pub fn tree(scene: &Scene, rule: &Indicator, at: At) -> Branch {
    let head = &rule.head;
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
        children: steps(scene, at).into_iter().chain(others(scene, rule)).collect(),
    }
}

/// 另一口径“先逐家求比再平均”：3.47%
fn others(scene: &Scene, rule: &Indicator) -> Vec<Branch> {
    let told = rule.others.iter().map(|it| {
        let value = show::value_in(scene, scene.at(it.node), show::style_of_reading(scene, it));
        let text = Text::new(
            format!("另一口径“{}”：{}", it.name, value.zh),
            format!("another reading, “{}”: {}", it.name, value.en),
        );
        Branch { decides: false, ..plain(text, None) }
    });
    told.collect()
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
    let constant = matches!(scene.kind(at.node), NodeKind::Constant(_));
    let score = scene.case.program.scores.iter().find(|it| it.node == at.node);
    if let Some(score) = score {
        lines.push(plain(same(format!("= {}", score.head.name)), None));
    } else if !constant && !matches!(scene.kind(at.node), NodeKind::Field(_)) {
        let formula = same(format!("= {}", written_formula(scene, at.node)));
        lines.push(plain(formula, None));
    }
    if let Some(why) = absent::why(scene, at).filter(|_| !constant) {
        // Why there is no number is all there is to say.
        lines.push(plain(
            Text::new(format!("不适用，因 {}", why.zh), format!("not applicable: {}", why.en)),
            place_of(scene, at),
        ));
        return lines;
    }
    if put_in::is_arithmetic(scene, at.node) {
        lines.push(plain(equals(put_in::whole(scene, at)), None));
    } else if let Some(working) =
        workings::of_rows(scene, at).or_else(|| population::working(scene, at))
    {
        lines.push(plain(equals(working), None));
    }
    // Of a function over all cases the cells stand beside who is counted.
    let over = population::is_over(scene, at);
    if let Some(last) = lines.last_mut().filter(|_| !constant && !over) {
        last.place = place_of(scene, at);
    }
    lines.extend(population::lines(scene, at));
    lines.extend(functions::calls(scene, at));
    lines.extend(exact_value(scene, start));
    let set = scene.case.set(at);
    if set.as_ref().is_some_and(|it| it.may_be_error()) {
        let origins = errors::errors(&scene.case, at).into_iter();
        lines.extend(
            origins.map(|it| plain(cause::error_text(scene, &it), place::of_outcome(scene, it.at))),
        );
        lines.extend(errors::possible(&scene.case, at).into_iter().map(|it| perhaps(scene, it)));
    }
    if set.is_some_and(|it| it.state() == State::Unknown) {
        let open = gaps::gaps(&scene.case, at);
        let told = cause::folded(scene, &open).into_iter();
        lines.extend(told.map(|(text, place)| plain(text, place)));
    }
    lines
}

/// 收入可能为零，届时不能作除数：支出 ÷ 收入
fn perhaps(scene: &Scene, at: At) -> Branch {
    let text = match scene.kind(at.node) {
        NodeKind::Quotient(_, divisor) => {
            let divisor = written(scene, *divisor);
            Text::new(
                format!("{divisor}可能为零，为零则不能作除数"),
                format!("{divisor} may be zero, and then cannot divide"),
            )
        }
        NodeKind::Growth { base, .. } | NodeKind::MeanGrowth { from: base, .. } => {
            let base = written_at(scene, At { node: *base, row: at.row });
            Text::new(
                format!("基期可能不为正，那样就没有增长率：{base}"),
                format!("the base may not be above zero, and then there is no growth: {base}"),
            )
        }
        NodeKind::Aggregate(_) => Text::new(
            "可能一条也不计入，那样就无法计算",
            "perhaps nothing is counted, and then it cannot be computed",
        ),
        NodeKind::Called { function, result: None, .. } => {
            let name = &scene.case.program.function(*function).head.name;
            Text::new(
                format!("函数“{name}”的脚本可能出错"),
                format!("the script of the function “{name}” may stop"),
            )
        }
        _ => {
            let what = written(scene, at.node);
            Text::new(format!("可能有错误：{what}"), format!("may be in error: {what}"))
        }
    };
    plain(text, None)
}

/// 企业.csv 第 14–24 行（企业 13 条，计入 11 条）
fn place_of(scene: &Scene, at: At) -> Option<Text> {
    let place = place::of_outcome(scene, at)?;
    let left_out = workings::left_out(scene, at);
    if left_out.is_empty() {
        return Some(place);
    }
    let left_out = joined(&left_out, "；", "; ");
    Some(Text::new(
        format!("{}（{}）", place.zh, left_out.zh),
        format!("{} ({})", place.en, left_out.en),
    ))
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
pub fn because(scene: &Scene, at: At) -> Text {
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
    if show::is_rounded(scene, at.node, &value) {
        let digits = show::grouped(&in_unit.to_fixed(exact.unwrap_or_default()));
        return Some(plain(
            Text::new(
                format!("= {}（开方不尽，取 30 位：{digits}{unit}）", shown.zh),
                format!("= {} (a root, to 30 digits: {digits}{unit})", shown.en),
            ),
            None,
        ));
    }
    let whole = match exact {
        Some(places) => show::grouped(&in_unit.to_fixed(places)),
        None => in_unit.to_fraction(),
    };
    let places = style.places.map(|it| {
        let s = if it == 1 { "" } else { "s" };
        Text::new(format!("，显示 {it} 位小数"), format!(", shown to {it} place{s}"))
    });
    let places = places.unwrap_or_default();
    Some(plain(
        Text::new(
            format!("= {}（精确值 {whole}{unit}）{}", shown.zh, places.zh),
            format!("= {} (exactly {whole}{unit}){}", shown.en, places.en),
        ),
        None,
    ))
}
