//! The parts of a score: what is scored, its points, its share of the total, what it adds.

use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::arithmetic;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::same;
use crate::explain::score::figure;
use crate::explain::score::model::PartAccount;
use crate::explain::score::model::Role;
use crate::explain::score::peers::Peers;
use crate::explain::score::points;
use crate::explain::score::scale;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::value::Number;
use crate::value::State;
use crate::value::Unit;

/// A share with more decimal places than this is written as a fraction.
const SHORT: u32 = 2;

/// All parts, bonus and deductions, in this order.
pub fn all(scene: &Scene, peers: &Peers, places: u32) -> Vec<PartAccount> {
    let lists = [
        (Role::Part, &peers.score.parts),
        (Role::Bonus, &peers.score.bonus),
        (Role::Deduction, &peers.score.deductions),
    ];
    let each = lists.into_iter().flat_map(|(role, parts)| parts.iter().map(move |it| (role, it)));
    each.map(|(role, it)| part(scene, peers, it, role, places)).collect()
}

fn part(scene: &Scene, peers: &Peers, it: &ScorePart, role: Role, places: u32) -> PartAccount {
    let parts = it.parts.iter().map(|it| part(scene, peers, it, role, places)).collect();
    let trees = scene.extent == crate::explain::Extent::Trees;
    let share = it.share.and_then(|node| number(&scene.case, scene.at(node)));
    let percent = it.weight.and_then(|node| scene.case.program.node(node).unit.as_ref());
    let percent = percent.or(it.share.and_then(|node| scene.case.program.node(node).unit.as_ref()));
    let named = it.indicator.is_some() || it.method.is_some();
    // A case that is not scored has figures, and no points.
    let shown = |node: NodeId| match peers.is_in() {
        true => points(scene, scene.at(node), places),
        false => Text::default(),
    };
    PartAccount {
        name: it.name.clone(),
        role,
        weight: it.weight.map(|node| show::value(scene, scene.at(node))),
        share: share.as_ref().map(|it| it.to_fraction()),
        share_shown: share.as_ref().map(|it| share_text(it, percent)),
        full: same(it.full.to_fixed(it.full.decimal_places().unwrap_or(places).min(places))),
        value: it.of.filter(|_| named).map(|node| value(scene, node)),
        points: figure(scene, scene.at(it.points), places),
        points_shown: shown(it.points),
        contribution: figure(scene, scene.at(it.contribution), places),
        contribution_shown: shown(it.contribution),
        scale: scale::of(scene, peers, it),
        marks: marks(scene, peers, it),
        steps: match it.of {
            Some(node) if trees && !named => {
                let mut steps = arithmetic::steps(scene, scene.at(node));
                // A part that is another rule by name says nothing by its formula.
                steps.retain(|step| step.head.zh != format!("= {}", it.name));
                steps
            }
            _ => vec![],
        },
        place: it.of.and_then(|node| place::of_outcome(scene, scene.at(node))),
        parts,
    }
}

/// 24%; a share that no few digits write is a fraction.
fn share_text(share: &Number, percent: Option<&Unit>) -> Text {
    let places = show::in_unit(share, percent).decimal_places();
    match places.is_some_and(|it| it <= SHORT) {
        true => show::amount(share, Style { unit: percent, ..Style::default() }),
        false => same(share.to_fraction()),
    }
}

/// 3.27%; 未知（0% 至 10%）
fn value(scene: &Scene, node: NodeId) -> Text {
    let at = scene.at(node);
    let value = show::value(scene, at);
    let set = scene.case.set(at);
    let open = set.is_some_and(|it| it.state() == State::Unknown);
    match open && value.zh != "未知" {
        true => Text::new(format!("未知（{}）", value.zh), format!("not known ({})", value.en)),
        false => value,
    }
}

/// What a reader of a part's points must know.
fn marks(scene: &Scene, peers: &Peers, it: &ScorePart) -> Vec<Text> {
    let Some(of) = it.of else { return vec![] };
    let at = scene.at(of);
    let state = scene.case.set(at).map(|it| it.state());
    let mut marks = vec![];
    let name = &it.name;
    match state {
        Some(State::Unknown) => marks.extend(missing(peers, name)),
        Some(State::NotApplicable) if it.weight.is_some() => {
            let given = scene.case.set(scene.at(it.points)).map(|it| it.state());
            marks.push(match given {
                Some(State::NotApplicable) => Text::new(
                    format!("{name}不适用，权重按比例分给同级各项"),
                    format!("{name} is not applicable; its weight goes to its siblings"),
                ),
                _ => {
                    let points = show::value(scene, scene.at(it.points));
                    Text::new(
                        format!("{name}不适用，按 {} 计", points.zh),
                        format!("{name} is not applicable and counts as {}", points.en),
                    )
                }
            });
        }
        _ => {}
    }
    marks.extend(scale::reported(peers, it));
    if let NodeKind::Score(Scoring::Cap { of: before, most }) = scene.kind(it.points)
        && let (Some(before), Some(most)) =
            (number(&scene.case, scene.at(*before)), number(&scene.case, scene.at(*most)))
        && before > most
    {
        let style = show::Style::default();
        let (before, most) = (show::amount(&before, style), show::amount(&most, style));
        marks.push(Text::new(
            format!("{name}算得 {} 分，超过满分，按 {} 分计", before.zh, most.zh),
            format!(
                "{name} comes to {}, above its full points, and counts as {}",
                before.en, most.en
            ),
        ));
    }
    marks
}

/// 研发强度未知，按缺失规则计（记零分）
fn missing(peers: &Peers, name: &str) -> Option<Text> {
    let (zh, en) = match peers.score.missing? {
        Missing::Zero => ("记零分", "no points"),
        Missing::Mean => ("取均值", "the mean of those that reported"),
        Missing::Median => ("取中位", "the median of those that reported"),
        Missing::Redistribute => ("权重分给同级各项", "its weight goes to its siblings"),
        Missing::Interval | Missing::ReportedExtremes | Missing::Excluded => return None,
    };
    Some(Text::new(
        format!("{name}未知，按缺失规则计：{zh}"),
        format!("{name} is not known; by the rule for what is missing: {en}"),
    ))
}
