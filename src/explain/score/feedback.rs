//! The feedback of 第十二条: own figures beside the middle of the population, or of the case's class, best first.

use crate::analysis::errors::number;
use crate::diagnostic::Text;
use crate::explain::scene::Scene;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::score::model::Feedback;
use crate::explain::score::model::FeedbackLine;
use crate::explain::score::peers::Class;
use crate::explain::score::peers::Peers;
use crate::explain::score::peers::leaves;
use crate::explain::score::rank::signed;
use crate::explain::score::rank::telling;
use crate::explain::score::style;
use crate::explain::show;
use crate::ir::Composition;
use crate::ir::NodeId;
use crate::ir::ScorePart;
use crate::value::Number;
use crate::value::State;

/// Fewer cases than this have no middle worth a comparison.
const COMPARED: usize = 3;

/// The feedback of a case; none where there is nothing to compare it with.
pub fn of(scene: &Scene, peers: &Peers, places: u32) -> Option<Feedback> {
    if !peers.is_in() || peers.score.composition == Composition::Geometric {
        return None;
    }
    let own = peers.score.feedback.and_then(|node| peers.set(node, scene.case.row));
    let class = peers.crowd.classes.iter().find(|it| it.of == own)?;
    if class.size < COMPARED {
        return None;
    }
    let parts = leaves(peers.score).into_iter().filter(|it| it.0).map(|it| it.1);
    let mut lines: Vec<(Number, FeedbackLine)> =
        parts.filter_map(|it| line(scene, peers, it, class, places)).collect();
    lines.sort_by(|a, b| b.0.cmp(&a.0));
    let lines: Vec<FeedbackLine> = lines.into_iter().map(|it| it.1).collect();
    (!lines.is_empty()).then(|| Feedback { with: with(scene, peers, class), lines })
}

/// 全体 24 例; 规模梯队为成长期的 9 例
fn with(scene: &Scene, peers: &Peers, class: &Class) -> Text {
    let count = class.size;
    let known = match class.complete {
        true => Text::default(),
        false => Text::new("，未知的不计", ", leaving out what is not known"),
    };
    let with = match (peers.score.feedback, &class.of) {
        (Some(node), Some(set)) => {
            let program = scene.case.program;
            let of = show::set_text(program, program.node(node).ty, set, show::style(scene, node));
            let bare = |text: &str| text.replace(['“', '”'], "");
            let name = written(scene, node);
            Text::new(
                format!("{name}为{}的 {count} 例", bare(&of.zh)),
                format!("the {count} cases whose {name} is {}", bare(&of.en)),
            )
        }
        _ => Text::new(format!("全体 {count} 例"), format!("all {count} cases")),
    };
    Text::new(format!("{}{}", with.zh, known.zh), format!("{}{}", with.en, known.en))
}

/// The value of a year before, where it is known.
fn before(scene: &Scene, of: NodeId) -> Option<Text> {
    let set = scene.round.earlier.as_ref()?.set(of, scene.case.row)?;
    let program = scene.case.program;
    let shown = || show::set_text(program, program.node(of).ty, &set, show::style(scene, of));
    set.is_settled().then(shown)
}

fn line(
    scene: &Scene,
    peers: &Peers,
    part: &ScorePart,
    class: &Class,
    places: u32,
) -> Option<(Number, FeedbackLine)> {
    // What is not applicable is neither a strength nor a weakness.
    let added = peers.set(part.contribution, scene.case.row)?;
    if added.state() == State::NotApplicable {
        return None;
    }
    let mine = peers.added(part, scene.case.row)?;
    let ahead = mine.subtract(class.middles.get(&part.contribution)?);
    let share = part.share.and_then(|node| number(&scene.case, scene.at(node)));
    let most = share.map_or_else(|| part.full.clone(), |it| part.full.multiply(&it));
    let of = part.of.filter(|_| part.indicator.is_some() || part.method.is_some());
    let shown = |it: &Number| show::amount(it, style(places));
    let middle = of.and_then(|of| {
        let middle = class.middles.get(&of)?;
        Some(show::amount(middle, show::style(scene, of)))
    });
    let line = FeedbackLine {
        name: part.name.clone(),
        value: of.map(|of| show::value(scene, scene.at(of))),
        middle,
        before: of.and_then(|of| before(scene, of)),
        points: shown(&mine),
        most: shown(&most),
        lost: shown(&most.subtract(&mine)),
        ahead: same(signed(&ahead, telling(&ahead, places))),
        side: ahead.cmp(&Number::zero()),
    };
    Some((ahead, line))
}
