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
use crate::explain::score::style;
use crate::explain::score::summary;
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
    let parts = leaves(peers.score).into_iter();
    let mut compared: Vec<Compared> =
        parts.filter_map(|(adds, it)| compare(scene, peers, it, adds, class, places)).collect();
    compared.sort_by(|a, b| b.ahead.cmp(&a.ahead));
    let summary = summary::of(scene, peers, class, &compared, places);
    let lines: Vec<FeedbackLine> = compared.into_iter().map(|it| it.line).collect();
    (!lines.is_empty()).then(|| Feedback { with: with(scene, peers, class), lines, summary })
}

/// A part beside the middle, with the numbers behind its line.
pub struct Compared<'p> {
    /// The part.
    pub part: &'p ScorePart,
    /// How many points above the middle.
    pub ahead: Number,
    /// The points lost.
    pub lost: Number,
    /// As it is shown.
    pub line: FeedbackLine,
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

fn compare<'p>(
    scene: &Scene,
    peers: &Peers,
    part: &'p ScorePart,
    adds: bool,
    class: &Class,
    places: u32,
) -> Option<Compared<'p>> {
    // What is not applicable is neither a strength nor a weakness.
    let added = peers.set(part.contribution, scene.case.row)?;
    if added.state() == State::NotApplicable {
        return None;
    }
    // A deduction counts against the total, and costs nothing where there is none.
    let signed_as = |it: Number| if adds { it } else { it.negate() };
    let mine = signed_as(peers.added(part, scene.case.row)?);
    if !adds && mine.is_zero() {
        return None;
    }
    // A difference that is not seen in the figures shown is none to be told.
    let ahead = mine.subtract(&signed_as(class.middles.get(&part.contribution)?.clone()));
    let ahead = if ahead.round(places).is_zero() { Number::zero() } else { ahead };
    let share = part.share.and_then(|node| number(&scene.case, scene.at(node)));
    let most = match adds {
        true => share.map_or_else(|| part.full.clone(), |it| part.full.multiply(&it)),
        false => Number::zero(),
    };
    let of = part.of.filter(|_| part.indicator.is_some() || part.method.is_some());
    let shown = |it: &Number| show::amount(it, style(places));
    let middle = of.and_then(|of| {
        let middle = class.middles.get(&of)?;
        Some(show::amount(middle, show::style(scene, of)))
    });
    let lost = most.subtract(&mine);
    let line = FeedbackLine {
        name: part.name.clone(),
        value: of.map(|of| show::value(scene, scene.at(of))),
        middle,
        before: of.and_then(|of| before(scene, of)),
        points: shown(&mine),
        most: shown(&most),
        lost: shown(&lost),
        ahead: same(signed(&ahead, places)),
        side: ahead.cmp(&Number::zero()),
    };
    Some(Compared { part, ahead, lost, line })
}
