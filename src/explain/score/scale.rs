//! How the points of a part come about: the bounds of its scale, and which cases set them.

use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::score::peers::Peers;
use crate::explain::show;
use crate::ir::NodeId;
use crate::ir::Normalisation;
use crate::ir::ScorePart;
use crate::value::Number;

/// The scale of a part in one line; none where points are given as such.
pub fn of(scene: &Scene, peers: &Peers, it: &ScorePart) -> Option<Text> {
    let of = it.of?;
    let method = it.method.as_ref()?;
    let (name, bounds) = match method {
        Normalisation::MinMax { goalposts, .. } => {
            let name = Text::new("极差", "range");
            (name, bounds(scene, peers, of, *goalposts, [("下限", "from"), ("上限", "to")]))
        }
        Normalisation::Effect { base, span, goalposts, .. } => {
            let (base, span) = (plain(base), plain(span));
            let name =
                Text::new(format!("功效（{base}，{span}）"), format!("effect ({base}, {span})"));
            let words = [("不允许", "not allowed"), ("满意", "satisfied")];
            (name, bounds(scene, peers, of, *goalposts, words))
        }
        Normalisation::Standard { .. } => (Text::new("标准分", "z-score"), None),
        Normalisation::Target(target) => {
            let target = show::value(scene, scene.at(*target));
            return Some(turned(
                it,
                Text::new(format!("目标 {}", target.zh), format!("target {}", target.en)),
            ));
        }
        Normalisation::Table => {
            let name = written(scene, it.points);
            return Some(Text::new(format!("分档：{name}"), format!("bands: {name}")));
        }
    };
    let name = turned(it, name);
    let beyond = beyond(scene, it).unwrap_or_default();
    let bounds = bounds
        .map_or(Text::default(), |it| Text::new(format!("：{}", it.zh), format!(": {}", it.en)));
    Some(Text::new(
        format!("{}{}{}", name.zh, bounds.zh, beyond.zh),
        format!("{}{}{}", name.en, bounds.en, beyond.en),
    ))
}

/// 逆向极差
fn turned(it: &ScorePart, name: Text) -> Text {
    match it.reversed {
        true => Text::new(format!("逆向{}", name.zh), format!("reversed {}", name.en)),
        false => name,
    }
}

fn plain(number: &Number) -> String {
    show::amount(number, show::Style::default()).zh
}

/// The two bounds: as the rulebook states them, else the extremes of the population with the cases that set them.
fn bounds(
    scene: &Scene,
    peers: &Peers,
    of: NodeId,
    stated: Option<[NodeId; 2]>,
    words: [(&str, &str); 2],
) -> Option<Text> {
    let parts = match stated {
        Some(nodes) => {
            let values = nodes.map(|node| show::value(scene, scene.at(node)));
            let of_word = |(zh, en): (&str, &str), value: &Text| {
                Text::new(format!("{zh} {}", value.zh), format!("{en} {}", value.en))
            };
            vec![of_word(words[0], &values[0]), of_word(words[1], &values[1])]
        }
        None => {
            let known = peers.sorted(of);
            let (least, most) = (&known.first()?.0, &known.last()?.0);
            let style = show::style(scene, of);
            let at_least = known.iter().take_while(|it| it.0 == *least).map(|it| it.1).collect();
            let from = known.partition_point(|it| it.0 < *most);
            let at_most = known[from..].iter().map(|it| it.1).collect();
            let extreme = |zh: &str, en: &str, value: &Number, holders: Vec<usize>| {
                let (names, value) = (peers.names(&holders), show::amount(value, style));
                // Where nobody is ranked or selected, no other case is named.
                if peers.score.rank.is_none() && peers.score.selected.is_none() {
                    return Text::new(format!("{zh} {}", value.zh), format!("{en} {}", value.en));
                }
                Text::new(
                    format!("{zh} {}（{}）", value.zh, names.zh),
                    format!("{en} {} ({})", value.en, names.en),
                )
            };
            let mut parts = vec![
                extreme("最小", "least", least, at_least),
                extreme("最大", "greatest", most, at_most),
            ];
            let (known, all) = peers.known(of);
            let reported_only = peers.score.missing.is_some_and(|it| it.reported_only());
            if known < all && !reported_only {
                let open = all - known;
                parts.push(Text::new(
                    format!("另有 {open} 例未知，极值可能更宽"),
                    format!("{open} not known: the extremes may lie further apart"),
                ));
            }
            parts
        }
    };
    Some(joined(&parts, "，", ", "))
}

/// ；超出上限，按满分计
fn beyond(scene: &Scene, it: &ScorePart) -> Option<Text> {
    let stated = match it.method.as_ref()? {
        Normalisation::MinMax { goalposts, cut: true } => (*goalposts)?,
        Normalisation::Effect { goalposts, cut: true, .. } => (*goalposts)?,
        _ => return None,
    };
    let value = number(&scene.case, scene.at(it.of?))?;
    let [low, high] = stated.map(|node| number(&scene.case, scene.at(node)));
    let (zh, en) = match (low?, high?) {
        (low, _) if value < low => ("低于下限，按下限计", "below the lower bound; counts as it"),
        (_, high) if value > high => ("超过上限，按上限计", "above the upper bound; counts as it"),
        _ => return None,
    };
    Some(Text::new(format!("；{zh}"), format!("; {en}")))
}

/// 研发强度的极值由 22/24 例确定: where a scale rests on the cases that reported only.
pub fn reported(peers: &Peers, it: &ScorePart) -> Option<Text> {
    let rests = it.method.as_ref()?.compares();
    let known_only = peers.score.missing.is_some_and(|it| it.reported_only());
    if !rests || !known_only {
        return None;
    }
    let of = it.of?;
    let (known, all) = peers.known(of);
    let name = &it.name;
    (known < all).then(|| {
        Text::new(
            format!("{name}的极值由 {known}/{all} 例确定"),
            format!("the extremes of {name} are those of {known} of {all} cases"),
        )
    })
}
