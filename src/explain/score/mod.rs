//! The account of a score: points, what they are made of, rank, selection, feedback. Nothing is laid out here.

mod chance;
pub mod compared;
pub mod earlier;
mod feedback;
mod model;
mod parts;
pub mod peers;
mod rank;
mod scale;
pub mod seats;
mod selection;
mod summary;

pub use model::*;

use crate::analysis::At;
use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::note;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::score::peers::Peers;
use crate::explain::show;
use crate::explain::show::Style;
use crate::explain::verdict;
use crate::ir::Composition;
use crate::ir::NodeId;
use crate::ir::Score;
use crate::ir::ScoreId;
use crate::value::End;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;

/// Decimal places of points, unless the score says how many it keeps.
const PLACES: u32 = 2;

/// A fraction longer than this is shown by its first digits.
const READABLE: usize = 16;
/// So many of them.
const DIGITS: u32 = 6;

/// A score of the case.
pub fn score(scene: &Scene, id: ScoreId) -> ScoreAccount {
    let rule = scene.case.program.score(id);
    let at = scene.at(rule.node);
    let peers = Peers::new(scene, rule, scene.round.crowds[id.0 as usize].of(scene.case.row));
    let places = places(rule);
    let parts = parts::all(scene, &peers, places);
    let marks = marks(&parts);
    let rank = rule.rank.and_then(|node| rank::span(scene, node));
    let whole = scene.extent == crate::explain::Extent::Trees;
    let outcome = |node: NodeId| {
        let truth = scene.case.truth(scene.at(node));
        Outcome { verdict: verdict(truth), possible: crate::explain::possible(truth) }
    };
    ScoreAccount {
        score: id,
        total: figure(scene, at, places),
        shown: points(scene, at, places),
        lacking: chance::lacking(&peers, scene.case.row),
        assumed: !marks.is_empty() || !note::assumed(scene, at).is_empty(),
        group: group(scene, rule),
        population: peers.crowd.rows.len(),
        open: peers.crowd.open,
        rank,
        selected: rule.selected.map(outcome),
        passed: rule.pass.map(outcome),
        sum: if whole { sum(scene, rule, &parts, places) } else { vec![] },
        standing: if whole { rank::standing(scene, &peers, places) } else { vec![] },
        feedback: feedback::of(scene, &peers, places),
        parts,
        marks,
    }
}

/// What the cases it is compared with have in common: 东部.
fn group(scene: &Scene, rule: &Score) -> Option<Text> {
    let program = scene.case.program;
    let of = |node: &NodeId| {
        let set = scene.case.set(scene.at(*node)).filter(Set::is_settled)?;
        if set.state() == State::NotApplicable {
            return Some(Text::new("–", "–"));
        }
        let text = show::set_text(program, program.node(*node).ty, &set, show::style(scene, *node));
        Some(Text::new(text.zh.replace(['“', '”'], ""), text.en.replace(['“', '”'], "")))
    };
    let open = |node: &NodeId| {
        let name = written(scene, *node);
        Text::new(format!("{name}未定"), format!("{name} open"))
    };
    let words = rule.groups.iter().map(|it| of(it).unwrap_or_else(|| open(it)));
    let (zh, en): (Vec<String>, Vec<String>) = words.map(|it| (it.zh, it.en)).unzip();
    (!zh.is_empty()).then(|| Text::new(zh.join("、"), en.join(", ")))
}

/// How many decimal places points are shown with.
fn places(rule: &Score) -> u32 {
    rule.keep.unwrap_or(PLACES)
}

/// Marks of parts, each once.
fn marks(parts: &[PartAccount]) -> Vec<Text> {
    let mut found: Vec<Text> = vec![];
    for part in parts {
        for mark in part.marks.iter().cloned().chain(marks(&part.parts)) {
            if !found.contains(&mark) {
                found.push(mark);
            }
        }
    }
    found
}

/// How points are shown.
fn style(places: u32) -> Style<'static> {
    Style { places: Some(places), rounded: true, ..Style::default() }
}

/// Points as people read them.
fn points(scene: &Scene, at: At, places: u32) -> Text {
    show::value_in(scene, at, style(places))
}

/// A number of points as programs read it.
fn figure(scene: &Scene, at: At, places: u32) -> Figure {
    let set = scene.case.set(at);
    let state = set.as_ref().map_or(State::Unknown, Set::state);
    let settled = number(&scene.case, at);
    let value = settled.as_ref().map(|it| it.to_fixed(places));
    let end =
        |end: Option<&End>, down: bool| end.map(|it| show::outward(&it.at, style(places), down));
    let hull = match &set {
        Some(Set::Number(set)) => set.values.as_ref(),
        _ => None,
    };
    let (low, high) = match &value {
        Some(_) => (value.clone(), value.clone()),
        None => (
            end(hull.and_then(|it| it.low.as_ref()), true),
            end(hull.and_then(|it| it.high.as_ref()), false),
        ),
    };
    Figure { state, value, exact: settled.map(|it| it.to_fraction()), low, high }
}

/// How the parts come to the total.
fn sum(scene: &Scene, rule: &Score, parts: &[PartAccount], places: u32) -> Vec<Text> {
    let mut lines = vec![];
    let number = |node: NodeId| number(&scene.case, scene.at(node));
    let fixed = |it: &Number| show::amount(it, style(places)).zh;
    let Some(base) = number(rule.base) else { return lines };
    let given: Option<Vec<Number>> = rule
        .parts
        .iter()
        .filter_map(|it| match scene.case.set(scene.at(it.contribution)) {
            Some(set) if set.state() == State::NotApplicable => None,
            _ => Some(number(it.contribution)),
        })
        .collect();
    if let Some(given) = given.filter(|it| it.len() > 1)
        && rule.composition == Composition::Arithmetic
    {
        lines.push(addition(&given, &base, places));
    }
    if rule.composition == Composition::Geometric {
        lines.push(Text::new(
            format!(
                "各项按权重为幂相乘（加权几何） = {}{}",
                fixed(&base),
                exactly(&base, places).zh
            ),
            format!(
                "weighted geometric mean of the parts = {}{}",
                fixed(&base),
                exactly(&base, places).en
            ),
        ));
    }
    let mut running = base;
    for (part, account) in rule
        .bonus
        .iter()
        .chain(&rule.deductions)
        .zip(parts.iter().filter(|it| it.role != Role::Part))
    {
        let Some(points) = number(part.contribution) else { return lines };
        let minus = account.role == Role::Deduction;
        running = if minus { running.subtract(&points) } else { running.add(&points) };
        if points.is_zero() {
            continue;
        }
        let (zh, en, sign) =
            if minus { ("扣分", "deducted", "−") } else { ("加分", "bonus", "+") };
        let (points, after) = (fixed(&points), fixed(&running));
        lines.push(Text::new(
            format!("{zh}（{}） {sign} {points} = {after}", part.name),
            format!("{en} ({}) {sign} {points} = {after}", part.name),
        ));
    }
    let summed = lines.len() == 1;
    lines.extend(adjusted(scene, rule, running, places, summed));
    lines
}

/// 封顶 and 保留, where they change the points.
fn adjusted(
    scene: &Scene,
    rule: &Score,
    mut running: Number,
    places: u32,
    summed: bool,
) -> Vec<Text> {
    let fixed = |it: &Number, places: u32| show::amount(it, style(places)).zh;
    let mut lines = vec![];
    let cap = rule.cap.and_then(|it| number(&scene.case, scene.at(it)));
    if let Some(cap) = cap.filter(|it| running > *it) {
        let (before, after) = (fixed(&running, places), fixed(&cap, places));
        lines.push(Text::new(
            format!("封顶：{before} 超过 {after}，按 {after} 计"),
            format!("capped: {before} is above {after} and counts as {after}"),
        ));
        running = cap;
    }
    if let Some(keep) = rule.keep.filter(|it| running.round(*it) != running) {
        let after = fixed(&running.round(keep), keep);
        // How it is before that is told by the sum, where it is the last line.
        let exact =
            if lines.is_empty() && summed { Text::default() } else { exactly(&running, keep) };
        lines.push(Text::new(
            format!("得分保留 {keep} 位小数，按 {after} 计{}", exact.zh),
            format!("kept to {keep} places: {after}{}", exact.en),
        ));
    }
    lines
}

/// 28.48 + 17.84 + 30.00 = 76.32（精确值 …）; says so where the figures shown do not add up.
fn addition(given: &[Number], total: &Number, places: u32) -> Text {
    let shown: Vec<Text> = given.iter().map(|it| show::amount(it, style(places))).collect();
    let list = joined(&shown, " + ", " + ");
    let sum = show::amount(total, style(places)).zh;
    let exact = exactly(total, places);
    let of_shown = given.iter().fold(Number::zero(), |sum, it| sum.add(&it.round(places)));
    let (zh, en) = match of_shown == total.round(places) {
        true => (String::new(), String::new()),
        false => {
            let other = show::amount(&of_shown, style(places)).zh;
            (
                format!("；所列各数各自四舍五入，相加为 {other}，总分按未舍入的数相加"),
                format!(
                    "; the figures shown are rounded one by one and add to {other}; the total adds them unrounded"
                ),
            )
        }
    };
    Text::new(
        format!("{} = {sum}{}{zh}", list.zh, exact.zh),
        format!("{} = {sum}{}{en}", list.en, exact.en),
    )
}

/// （精确值 4797/61）, where the figure shown is rounded.
fn exactly(number: &Number, places: u32) -> Text {
    match number.decimal_places() {
        Some(exact) if exact <= places => Text::default(),
        Some(exact) if exact <= 6 => {
            let digits = number.to_fixed(exact);
            Text::new(format!("（精确值 {digits}）"), format!(" (exactly {digits})"))
        }
        _ => {
            let fraction = number.to_fraction();
            if fraction.len() <= READABLE {
                return Text::new(
                    format!("（精确值 {fraction}）"),
                    format!(" (exactly {fraction})"),
                );
            }
            // A fraction nobody reads is told by more digits; programs have it whole.
            let digits = cut_off(number, DIGITS);
            Text::new(format!("（{digits}…）"), format!(" ({digits}…)"))
        }
    }
}

/// The first digits of a number, not rounded.
fn cut_off(number: &Number, places: u32) -> String {
    let step = Number::scaled(1, places);
    let steps = number.abs().checked_div(&step).map_or_else(Number::zero, |it| it.floor());
    let digits = steps.multiply(&step).to_fixed(places);
    if number.is_negative() { format!("−{digits}") } else { digits }
}
