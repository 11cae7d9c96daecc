//! What is open: whom a case whose points are not settled may stand before or behind, and what would settle its selection.

use crate::analysis::peers;
use crate::analysis::peers::below;
use crate::diagnostic::Text;
use crate::eval;
use crate::eval::Run;
use crate::explain::arithmetic::plain;
use crate::explain::model::Branch;
use crate::explain::population;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::score::peers::Peers;
use crate::explain::score::peers::leaves;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;
use crate::value::builder::ColumnBuilder;
use crate::value::builder::Kind;
use indexmap::IndexSet;
use std::cmp::Ordering;

/// In a run of more cases than this nothing is tried out.
const CASES: usize = 500;
/// So often a bound is halved.
const HALVINGS: usize = 24;
/// Decimal places of a bound where the rulebook shows none.
const PLACES: u32 = 2;
/// More missing parts than this are not tried out.
const PARTS: usize = 6;

/// Who surely stands before the case, who behind, and with whom it is open.
pub fn overlaps(scene: &Scene, peers: &Peers) -> Option<Branch> {
    let total = peers.score.node;
    let own = peers.hull(total, scene.case.row)?;
    let (mut before, mut behind, mut open) = (0, 0, vec![]);
    for row in peers.rows().filter(|row| *row != scene.case.row) {
        let Some(other) = peers.hull(total, row) else { continue };
        let (higher, lower) = (below(&own, &other), below(&other, &own));
        match if peers.score.ascending { (lower, higher) } else { (higher, lower) } {
            (true, _) => before += 1,
            (_, true) => behind += 1,
            _ => open.push(row),
        }
    }
    let names = peers.names(&open);
    let (zh, en) = match open.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!("，先后未定 {} 例：{}", open.len(), names.zh),
            format!(", {} open: {}", open.len(), names.en),
        ),
    };
    Some(plain(
        Text::new(
            format!("必在其前 {before} 例，必在其后 {behind} 例{zh}"),
            format!("{before} surely before it, {behind} surely behind it{en}"),
        ),
        None,
    ))
}

/// What would settle the rank and the selection: what is missing here, each missing part by itself, and what others lack.
pub fn of(scene: &Scene, peers: &Peers) -> Vec<Branch> {
    let row = scene.case.row;
    let score = peers.score;
    // A case that is not ranked, for a veto strikes it, has no open rank.
    let rank = score.rank.filter(|it| peers.set(*it, row).is_some_and(|set| !set.is_settled()));
    let selected = score.selected.filter(|it| !peers.truth(*it, row).is_settled());
    let (zh, en) = match (rank, selected) {
        (None, None) => return vec![],
        (Some(_), None) => ("名次未定", "the rank is open"),
        (None, Some(_)) => ("入选未定", "selection is open"),
        (Some(_), Some(_)) => ("名次、入选未定", "rank and selection are open"),
    };
    let missing = missing(peers, row);
    let mut branches = vec![];
    let open = |it: &NodeId| !peers.set(*it, row).is_some_and(|it| it.is_settled());
    let told: Vec<NodeId> = place_nodes(scene, peers).into_iter().filter(open).collect();
    let told = told.into_iter().map(|it| written(scene, it));
    let names: IndexSet<String> = told.chain(missing.iter().map(|it| it.name.clone())).collect();
    let names: Vec<String> = names.into_iter().collect();
    if !names.is_empty() {
        branches.push(plain(
            Text::new(
                format!("{zh}，本例缺 {} 项：{}", names.len(), names.join("、")),
                format!("{en}; not known here: {}", names.join(", ")),
            ),
            None,
        ));
    }
    if let Some(selected) = selected.filter(|_| peers.crowd.rows.len() <= CASES) {
        for part in missing.iter().take(PARTS) {
            branches.extend(Trial { scene, peers, selected, part }.tell());
        }
    }
    let also = !names.is_empty();
    branches.extend(selected.or(rank).and_then(|it| rivals(scene, it, (zh, en), also)));
    branches
}

/// What a place rests on beside the points: groups, seats by group, what settles a tie.
fn place_nodes(scene: &Scene, peers: &Peers) -> Vec<NodeId> {
    let score = peers.score;
    let selection = score.selected.and_then(|it| match scene.kind(it) {
        NodeKind::Score(Scoring::Selected(it)) => Some(it),
        _ => None,
    });
    let seats = selection.and_then(|it| it.quota).map(|it| it.0);
    let tie = selection.and_then(|it| it.line.then_by()).or(score.then_by);
    score.groups.iter().copied().chain(seats).chain(tie).collect()
}

/// The parts of a case whose values are not known.
fn missing<'p>(peers: &'p Peers, row: usize) -> Vec<&'p ScorePart> {
    let unknown = |it: &&ScorePart| {
        it.of
            .and_then(|of| peers.set(of, row))
            .is_some_and(|it| it.state() == State::Unknown && it.has_values())
    };
    leaves(peers.score).into_iter().map(|it| it.1).filter(unknown).collect()
}

/// The other cases whose own gaps matter, with the cells they lack.
fn rivals(scene: &Scene, node: NodeId, (zh, en): (&str, &str), also: bool) -> Option<Branch> {
    let at = scene.at(node);
    let mut rows = peers::that_lack(&scene.case, at);
    if also {
        // Others that only wait for this case are not its concern.
        rows.retain(|row| !peers::cells_of(&scene.case, at, *row).is_empty());
    }
    let what = population::lacking(scene, at, &rows);
    (!rows.is_empty()).then(|| {
        plain(
            match also {
                true => Text::new(
                    format!("也取决于其他案例补齐所缺：{}", what.zh),
                    format!("it also rests on what other cases supply: {}", what.en),
                ),
                false => Text::new(
                    format!("{zh}，取决于其他案例补齐所缺：{}", what.zh),
                    format!("{en}: it rests on what other cases supply: {}", what.en),
                ),
            },
            None,
        )
    })
}

/// One missing part, tried out with what it may turn out to be; all else stays as it is.
struct Trial<'t> {
    scene: &'t Scene<'t>,
    peers: &'t Peers<'t>,
    selected: NodeId,
    part: &'t ScorePart,
}

impl Trial<'_> {
    /// 若补齐“净利润率”且 ≥ 6.10%，则必入选
    fn tell(&self) -> Option<Branch> {
        let of = self.part.of?;
        let hull = self.peers.hull(of, self.scene.case.row)?;
        let own = show::style(self.scene, of);
        let style = Style { places: own.places.or(Some(PLACES)), rounded: true, ..own };
        let name = &self.part.name;
        // Where more is better, a value at or above some bound takes the case in, one at or below another leaves it out.
        let upward = self.part.reversed == self.peers.score.ascending;
        let inside = self.bound(&hull, style, upward, Truth::TRUE);
        let outside = self.bound(&hull, style, !upward, Truth::FALSE);
        let sign = |up: bool| if up { "≥" } else { "≤" };
        let mut zh = vec![];
        let mut en = vec![];
        if let Some(at) = inside {
            let (shown, sign) = (show::amount(&at, style), sign(upward));
            zh.push(format!("{sign} {} 则必入选", shown.zh));
            en.push(format!("{sign} {} selects it for certain", shown.en));
        }
        if let Some(at) = outside {
            let (shown, sign) = (show::amount(&at, style), sign(!upward));
            zh.push(format!("{sign} {} 则必不入选", shown.zh));
            en.push(format!("{sign} {} leaves it out for certain", shown.en));
        }
        Some(plain(
            match zh.is_empty() {
                true => Text::new(
                    format!("单补“{name}”定不了是否入选"),
                    format!("supplying “{name}” alone does not settle it"),
                ),
                false => Text::new(
                    format!("若补齐“{name}”：{}", zh.join("，")),
                    format!("if “{name}” is supplied: {}", en.join(", ")),
                ),
            },
            None,
        ))
    }

    /// The least demanding bound from which on (`up`: and above; else: and below) the selection comes to `wanted`,
    /// on the grid of the places shown.
    fn bound(&self, hull: &Hull, style: Style, up: bool, wanted: Truth) -> Option<Number> {
        let grid = show::in_unit(&Number::one(), style.unit).reciprocal()?;
        let grid = grid.multiply(&Number::scaled(1, style.places.unwrap_or(PLACES)));
        let (low, high) = self.span(hull)?;
        let steps = |at: &Number| at.checked_div(&grid);
        let (mut far, mut near) = match up {
            true => (steps(&high)?.floor(), steps(&low)?.ceil()),
            false => (steps(&low)?.ceil(), steps(&high)?.floor()),
        };
        let works = |step: &Number| self.works(hull, step.multiply(&grid), up, wanted);
        if !works(&far) {
            return None;
        }
        if works(&near) {
            return Some(near.multiply(&grid));
        }
        for _ in 0..HALVINGS {
            if far.subtract(&near).abs() <= Number::one() {
                break;
            }
            let middle = far.add(&near).checked_div(&Number::from(2))?.floor();
            if works(&middle) {
                far = middle;
            } else {
                near = middle;
            }
        }
        Some(far.multiply(&grid))
    }

    /// Two finite ends to look between: those of the values that are possible, else of what the others reported.
    fn span(&self, hull: &Hull) -> Option<(Number, Number)> {
        let of = self.part.of?;
        let others = self.peers.sorted(of);
        let (least, most) = (others.first().map(|it| &it.0), others.last().map(|it| &it.0));
        let low = hull.low.as_ref().map(|it| it.at.clone()).or(least.cloned())?;
        let high = match &hull.high {
            Some(high) => high.at.clone(),
            // Twice the greatest, and past what cuts off.
            None => most?.max(&low).multiply(&Number::from(2)),
        };
        (low.cmp(&high) == Ordering::Less).then_some((low, high))
    }

    /// Whether the selection comes to `wanted` for every value at and beyond a bound.
    fn works(&self, hull: &Hull, at: Number, up: bool, wanted: Truth) -> bool {
        let end = Some(End::closed(at));
        let beyond = match up {
            true => Hull { low: end, high: hull.high.clone() },
            false => Hull { low: hull.low.clone(), high: end },
        };
        let (Some(of), Some(cut)) = (self.part.of, hull.intersect(&beyond)) else { return false };
        let round = self.scene.round;
        let Some(column) = round.outcome.columns.get(&of) else { return false };
        let mut supposed = ColumnBuilder::new(Kind::Number);
        for row in 0..column.len() {
            match row == self.scene.case.row {
                true => supposed.push(Set::Number(Possible::values(cut.clone()))),
                false => supposed.copy(column, row),
            }
        }
        let mut run: Run = round.run.clone();
        run.supposed.insert(of, supposed.finish());
        let outcome = eval::evaluate(round.program, round.facts, &run);
        let truth = outcome.columns.get(&self.selected).map(|it| it.get(self.scene.case.row));
        matches!(truth, Some(Set::Truth(truth)) if truth == wanted)
    }
}

/// 缺 2 项指标：每万人发明专利、净利润率: the parts of the case whose values are not known.
pub fn lacking(peers: &Peers, row: usize) -> Option<Text> {
    let names: Vec<Text> = missing(peers, row)
        .into_iter()
        .map(|it| Text::new(it.name.clone(), it.name.clone()))
        .collect();
    let list = joined(&names, "、", ", ");
    (!names.is_empty()).then(|| {
        Text::new(
            format!("缺 {} 项指标：{}", names.len(), list.zh),
            format!("{} not known: {}", names.len(), list.en),
        )
    })
}
