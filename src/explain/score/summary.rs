//! What the feedback comes to, in a few sentences that its reader can act on. The lines it sums up are made elsewhere.

use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::score::feedback::Compared;
use crate::explain::score::peers::Class;
use crate::explain::score::peers::Peers;
use crate::explain::score::peers::leaves;
use crate::explain::score::style;
use crate::explain::show;
use crate::ir::ScorePart;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use std::cmp::Ordering;
use std::cmp::Reverse;

/// So many parts that cost most are named.
const COSTLY: usize = 3;

/// The sentences, one fact each.
pub fn of(scene: &Scene, peers: &Peers, class: &Class, all: &[Compared], places: u32) -> Vec<Text> {
    let sentences = [
        total(scene, peers, class, places),
        sides(all),
        costly(all),
        fallen(scene, all),
        left_out(scene, peers),
    ];
    sentences.into_iter().flatten().collect()
}

/// 得分 66.30 分，中位 58.67 分，高 7.63 分
fn total(scene: &Scene, peers: &Peers, class: &Class, places: u32) -> Option<Text> {
    let own = number(&scene.case, scene.at(peers.score.node))?;
    let middle = class.middles.get(&peers.score.node)?;
    let shown = |it: &Number| show::amount(it, style(places)).zh;
    let gap = own.subtract(middle);
    let (zh, en) = match gap.cmp(&Number::zero()) {
        Ordering::Greater => ("高", "above it"),
        Ordering::Less => ("低", "below it"),
        Ordering::Equal => {
            return Some(Text::new(
                format!("得分 {} 分，与中位相同", shown(&own)),
                format!("{} points, as the middle", shown(&own)),
            ));
        }
    };
    let (own, middle, gap) = (shown(&own), shown(middle), shown(&gap.abs()));
    Some(Text::new(
        format!("得分 {own} 分，中位 {middle} 分，{zh} {gap} 分"),
        format!("{own} points; the middle is {middle}: {gap} {en}"),
    ))
}

/// 长处 4 项：…；短板 4 项：…
fn sides(all: &[Compared]) -> Option<Text> {
    let of = |side: Ordering, zh: &str, en: &str| {
        let names: Vec<Text> =
            all.iter().filter(|it| it.line.side == side).map(|it| same(&*it.line.name)).collect();
        let (count, names) = (names.len(), joined(&names, "、", ", "));
        (count > 0).then(|| {
            Text::new(
                format!("{zh} {count} 项：{}", names.zh),
                format!("{en} ({count}): {}", names.en),
            )
        })
    };
    let parts =
        [of(Ordering::Greater, "长处", "strengths"), of(Ordering::Less, "短板", "weaknesses")];
    let parts: Vec<Text> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| joined(&parts, "；", "; "))
}

/// 失分最多：研究生占比 7.25 分、服务机构密度 5.76 分
fn costly(all: &[Compared]) -> Option<Text> {
    let mut lost: Vec<&Compared> = all.iter().filter(|it| it.lost.is_positive()).collect();
    lost.sort_by_key(|it| Reverse(it.lost.clone()));
    let told = lost.iter().take(COSTLY).map(|it| {
        let (name, lost) = (&it.line.name, &it.line.lost);
        Text::new(format!("{name} {} 分", lost.zh), format!("{name} {}", lost.en))
    });
    let told = joined(&told.collect::<Vec<_>>(), "、", ", ");
    (!lost.is_empty()).then(|| {
        Text::new(format!("失分最多：{}", told.zh), format!("most points lost: {}", told.en))
    })
}

/// 比上年退步：服务机构密度由 4.49% 到 4.40%
fn fallen(scene: &Scene, all: &[Compared]) -> Option<Text> {
    let fell = |it: &&Compared| {
        let Some((before, now)) = it.part.of.and_then(|of| {
            let before = single(scene.round.earlier.as_ref()?.set(of, scene.case.row)?)?;
            Some((before, number(&scene.case, scene.at(of))?))
        }) else {
            return false;
        };
        let shown = it.line.before.as_ref() != it.line.value.as_ref();
        shown && if it.part.reversed { now > before } else { now < before }
    };
    let told = all.iter().filter(fell).filter_map(|it| {
        let (name, before, now) =
            (&it.line.name, it.line.before.as_ref()?, it.line.value.as_ref()?);
        Some(Text::new(
            format!("{name}由 {} 到 {}", before.zh, now.zh),
            format!("{name} from {} to {}", before.en, now.en),
        ))
    });
    let told: Vec<Text> = told.collect();
    let list = joined(&told, "、", ", ");
    (!told.is_empty()).then(|| {
        Text::new(
            format!("比上年退步：{}", list.zh),
            format!("worse than the year before: {}", list.en),
        )
    })
}

fn single(set: Set) -> Option<Number> {
    match set {
        Set::Number(set) => set.single().cloned(),
        _ => None,
    }
}

/// 未列：净利润率（未知）、园区得分（不适用）
fn left_out(scene: &Scene, peers: &Peers) -> Option<Text> {
    let why = |it: &ScorePart| {
        let set = peers.set(it.contribution, scene.case.row)?;
        match set.state() {
            State::NotApplicable => Some(("不适用", "not applicable")),
            State::Error => Some(("有错误", "in error")),
            State::Unknown => Some(("未知", "not known")),
            State::Value => None,
        }
    };
    let told = leaves(peers.score).into_iter().filter_map(|(_, it)| {
        let (zh, en) = why(it)?;
        Some(Text::new(format!("{}（{zh}）", it.name), format!("{} ({en})", it.name)))
    });
    let told: Vec<Text> = told.collect();
    let list = joined(&told, "、", ", ");
    (!told.is_empty())
        .then(|| Text::new(format!("未列：{}", list.zh), format!("not listed: {}", list.en)))
}
