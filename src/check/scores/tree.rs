//! The tree of a 评分 to nodes: points from the leaves up, weights and contributions from the top down.

use crate::check::Checker;
use crate::check::errors;
use crate::check::scores::Branch;
use crate::check::scores::Leaf;
use crate::check::scores::Terms;
use crate::check::scores::methods::NotApplicable;
use crate::ir::Composition;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Normalisation;
use crate::ir::Points;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::value::Dimension;
use crate::value::Number;

/// A part with its points.
struct Made {
    name: ast::Name,
    weight: (NodeId, Span),
    leaf: Option<Leaf>,
    points: NodeId,
    below: Option<Level>,
}

/// Parts that are put together.
struct Level {
    parts: Vec<Made>,
    /// Their weights sum to 1 as written.
    whole: bool,
}

impl Checker<'_> {
    /// The weighted total and its parts.
    pub(super) fn weighted_total(
        &mut self,
        terms: &Terms,
        tree: Vec<Branch>,
    ) -> Option<(NodeId, Vec<ScorePart>)> {
        let span = tree.first().map(|it| it.name.span)?;
        let level = self.level(terms, None, tree)?;
        let node = self.level_points(terms, &level, span);
        Some((node, self.level_parts(terms, level, &[])))
    }

    fn level(
        &mut self,
        terms: &Terms,
        name: Option<&ast::Name>,
        tree: Vec<Branch>,
    ) -> Option<Level> {
        let weights: Vec<_> = tree.iter().filter_map(|it| it.weight).collect();
        let whole = self.check_weights(name, &weights, terms.normalised);
        let made: Vec<_> = tree.into_iter().map(|it| self.made(terms, it)).collect();
        let parts = made.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Level { parts, whole: whole? })
    }

    fn made(&mut self, terms: &Terms, branch: Branch) -> Option<Made> {
        let Branch { name, weight, leaf, parts } = branch;
        let weight = weight.expect("every part of a table of weights has one");
        let (points, below) = match &leaf {
            Some(leaf) => (self.points(terms, leaf, &terms.full)?, None),
            None => {
                let level = self.level(terms, Some(&name), parts)?;
                (self.level_points(terms, &level, name.span), Some(level))
            }
        };
        Some(Made { name, weight, leaf, points, below })
    }

    fn level_points(&mut self, terms: &Terms, level: &Level, span: Span) -> NodeId {
        let kind = NodeKind::Score(Scoring::Weighted(terms.composition, level.pairs()));
        self.points_node(kind, terms.at, span)
    }

    fn level_parts(&mut self, terms: &Terms, level: Level, above: &[NodeId]) -> Vec<ScorePart> {
        let pairs = level.pairs();
        let shifts = !level.whole || pairs.iter().any(|it| self.program.node(it.0).may_be_na);
        let mut parts = vec![];
        for (index, made) in level.parts.into_iter().enumerate() {
            let (weight, span) = made.weight;
            let share = match shifts {
                true => {
                    let kind = NodeKind::Score(Scoring::Weight { of: index, parts: pairs.clone() });
                    self.node(kind, Ty::Number(Dimension::default()), percent(), terms.at, span)
                }
                false => weight,
            };
            let path: Vec<NodeId> = above.iter().copied().chain([share]).collect();
            let all = match path.as_slice() {
                [one] => *one,
                _ => {
                    let kind = NodeKind::Product(path.clone());
                    self.node(kind, Ty::Number(Dimension::default()), percent(), terms.at, span)
                }
            };
            let contribution = self.points_node(
                NodeKind::Product(vec![made.points, all]),
                terms.at,
                made.name.span,
            );
            let below = made.below.map_or(vec![], |it| self.level_parts(terms, it, &path));
            let part = self.part(terms, &made.name, made.leaf, made.points, contribution);
            parts.push(ScorePart { weight: Some(weight), share: Some(all), parts: below, ..part });
        }
        parts
    }

    /// A part without weight and parts.
    pub(super) fn part(
        &mut self,
        terms: &Terms,
        name: &ast::Name,
        leaf: Option<Leaf>,
        points: NodeId,
        contribution: NodeId,
    ) -> ScorePart {
        let mut part = ScorePart {
            name: name.text.clone(),
            weight: None,
            share: None,
            full: terms.full.clone(),
            of: None,
            indicator: None,
            points,
            contribution,
            method: None,
            reversed: false,
            parts: vec![],
            articles: vec![],
            note: None,
            span: name.span,
        };
        if let Some(leaf) = leaf {
            part.full = leaf.full.unwrap_or(part.full);
            (part.of, part.indicator) = (Some(leaf.of), leaf.indicator);
            (part.method, part.reversed) = (leaf.method, leaf.reversed);
            (part.articles, part.note, part.span) = (leaf.articles, leaf.note, leaf.span);
        }
        part
    }

    /// Whether a step of a score can be 不适用, whatever the data.
    pub(in crate::check) fn scoring_may_be_na(&self, it: &Scoring) -> bool {
        let may = |id: NodeId| self.program.node(id).may_be_na;
        match it {
            Scoring::Points(it) => self.points_may_be_na(it),
            Scoring::Weighted(_, parts) => parts.iter().all(|it| may(it.0)),
            Scoring::Weight { of, parts } => may(parts[*of].0),
            Scoring::Cap { of, .. } => may(*of),
            Scoring::Known(_) => false,
            Scoring::Over(it) => self.over_may_be_na(it),
            Scoring::Rank(it) => it.among.is_some() || may(it.of),
            Scoring::Selected(it) => it.among.is_some() || may(it.ranking.of),
        }
    }

    /// Whether a step of a score can be an error although nothing it rests on is.
    pub(in crate::check) fn scoring_may_be_error(&self, it: &Scoring) -> bool {
        match it {
            Scoring::Points(it) => it.method.compares() && it.same.is_none(),
            Scoring::Weighted(composition, _) => *composition == Composition::Geometric,
            Scoring::Over(it) => it.filter.is_some() && self.over_may_be_error(it),
            Scoring::Selected(it) => {
                matches!(it.line, crate::ir::AtLine::Unsaid | crate::ir::AtLine::ThenBy(_))
            }
            _ => false,
        }
    }

    fn points_may_be_na(&self, it: &Points) -> bool {
        let of = self.program.node(it.of).may_be_na && it.na.is_none();
        let same = it.method.compares() && it.same == Some(crate::ir::SameValue::NotApplicable);
        of || same || it.missing == Missing::Redistribute
    }

    /// The points of a leaf.
    pub(super) fn points(&mut self, terms: &Terms, leaf: &Leaf, full: &Number) -> Option<NodeId> {
        if let Some(Normalisation::Effect { base, span, .. }) = &leaf.method
            && base.add(span) != terms.full
        {
            let sum = base.add(span);
            return self.fail(errors::effect_full(leaf.span, &sum, &terms.full));
        }
        let (of, method) = match (leaf.points, &leaf.method) {
            (Some(points), _) => (points, Normalisation::Table),
            (None, Some(method)) => (leaf.of, method.clone()),
            (None, None) => (leaf.of, Normalisation::Table),
        };
        let plain = matches!(
            terms.missing,
            Missing::Interval | Missing::ReportedExtremes | Missing::Excluded
        ) && terms.na == NotApplicable::Redistribute;
        if method == Normalisation::Table && plain {
            return Some(of);
        }
        let points = Points {
            of,
            method,
            reversed: leaf.reversed,
            full: full.clone(),
            same: terms.same,
            among: terms.among,
            groups: terms.groups.clone(),
            missing: terms.missing,
            na: match terms.na {
                NotApplicable::Redistribute => None,
                NotApplicable::Full => Some(full.clone()),
                NotApplicable::Zero => Some(Number::zero()),
            },
        };
        Some(self.points_node(
            NodeKind::Score(Scoring::Points(Box::new(points))),
            terms.at,
            leaf.span,
        ))
    }
}

impl Level {
    /// Points and weights.
    fn pairs(&self) -> Vec<(NodeId, NodeId)> {
        self.parts.iter().map(|it| (it.points, it.weight.0)).collect()
    }
}

/// Weights are shown in percent.
fn percent() -> Option<crate::value::Unit> {
    crate::value::units::parse_unit("%")
}
