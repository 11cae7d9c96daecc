//! The points of a 评分: its parts with what they may lack, their lines, bonus and deductions, ranks and selection. Nothing is observed here.

use crate::ir::NodeId;
use crate::ir::Normalisation;
use crate::ir::Program;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::source::Span;
use crate::suite::coverage::Aspect;
use crate::suite::coverage::PointKind;
use crate::suite::coverage::Watch;

/// A point as it is found: kind, place, label, how it is watched, its ways.
pub type Spot = (PointKind, Span, Option<String>, Watch, &'static [Aspect]);

/// The ways of what is scored: something to score, nothing known, nothing that applies.
const VALUE: &[Aspect] = &[Aspect::Known, Aspect::Unknown, Aspect::NotApplicable];

const STANDS: &[Aspect] = &[Aspect::Below, Aspect::At, Aspect::Above];

const RANK: &[Aspect] = &[Aspect::Sole, Aspect::Tied, Aspect::Unknown, Aspect::NotApplicable];

const SELECTED: &[Aspect] = &[Aspect::Met, Aspect::NotMet, Aspect::Unknown, Aspect::NotApplicable];

/// All points of a score but its vetoes, its line and what stands in its sentences.
pub fn of(program: &Program, it: &Score) -> Vec<Spot> {
    let mut all = vec![];
    it.parts.iter().for_each(|part| leaves(program, part, &mut all));
    let given = [(PointKind::Bonus, &it.bonus), (PointKind::Deduction, &it.deductions)];
    for (kind, parts) in given {
        for part in parts {
            let watch = Watch::Points(part.contribution);
            all.push((kind, part.span, None, watch, &[Aspect::Given, Aspect::NotGiven]));
        }
    }
    if let Some(cap) = it.cap {
        let span = program.node(cap).span;
        let watch = Watch::Bound(it.node, [it.base, cap]);
        // What stands under it with bonus and deductions is the total itself.
        if it.bonus.is_empty() && it.deductions.is_empty() {
            all.push((PointKind::Bound, span, Some("封顶".to_owned()), watch, STANDS));
        }
    }
    if let Some(rank) = it.rank {
        let watch = Watch::Rank(rank);
        all.push((PointKind::Rank, program.node(rank).span, None, watch, RANK));
    }
    if let Some(selected) = it.selected {
        let watch = Watch::Truth(selected);
        all.push((PointKind::Selected, program.node(selected).span, None, watch, SELECTED));
    }
    all
}

fn leaves(program: &Program, part: &ScorePart, all: &mut Vec<Spot>) {
    part.parts.iter().for_each(|it| leaves(program, it, all));
    let Some(of) = part.of else { return };
    all.push((PointKind::Part, part.span, Some(part.name.clone()), Watch::Value(of), VALUE));
    let line = |node: NodeId| {
        let span = program.node(node).span;
        let label = Some(part.name.clone());
        (PointKind::Bound, span, label, Watch::Bound(part.points, [of, node]), STANDS)
    };
    all.extend(part.method.iter().flat_map(Normalisation::goalposts).map(line));
}
