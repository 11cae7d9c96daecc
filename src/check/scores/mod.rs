//! 评分 to nodes (`semantics` §9): parts, points, the population, the total. Ranks and selection are in `ranking`.

mod items;
mod methods;
mod ranking;
mod reading;
mod said;
mod tree;
mod weights;

use crate::check::Checker;
use crate::check::errors;
use crate::check::parameters::days;
use crate::check::scores::methods::NotApplicable;
use crate::ir;
use crate::ir::Composition;
use crate::ir::Constant;
use crate::ir::Head;
use crate::ir::IndicatorId;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Normalisation;
use crate::ir::SameValue;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::ir::Ties;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::EntryKind;
use crate::value::Dimension;
use crate::value::Number;
use crate::value::Rounding;
use crate::value::Unit;

/// 得分 保留 n 位小数, at most: as 保留 in a formula.
const MOST_PLACES: u32 = 18;

/// A part before its points are made.
struct Branch {
    name: ast::Name,
    /// Its weight among its siblings, and where that stands.
    weight: Option<(NodeId, Span)>,
    /// What is scored, of a part without parts.
    leaf: Option<Leaf>,
    parts: Vec<Branch>,
}

/// What is scored.
struct Leaf {
    of: NodeId,
    indicator: Option<IndicatorId>,
    /// None: the value is the points.
    method: Option<Normalisation>,
    reversed: bool,
    /// Of 分档, the points.
    points: Option<NodeId>,
    /// 满分, where it has its own.
    full: Option<Number>,
    articles: Vec<String>,
    note: Option<String>,
    span: Span,
}

/// What a score says once for all its parts.
struct Terms {
    at: TableId,
    full: Number,
    missing: Missing,
    na: NotApplicable,
    same: Option<SameValue>,
    composition: Composition,
    normalised: bool,
    among: Option<NodeId>,
    groups: Vec<NodeId>,
}

impl Checker<'_> {
    /// The node of a score; its rule is entered in the program.
    pub(super) fn score(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.scores[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        let applies = self.guarded_by(&it.shared, at);
        let (missing, na) = (self.missing_rule(it), self.na_rule(it));
        let (same, composition) = (self.same_rule(it), self.composition_rule(it));
        let weights = self.weights_rule(it);
        let full = self.points_written(it.full.as_ref());
        let tree = self.score_tree(it, at);
        let bonus = self.side_items(it, EntryKind::Bonus, at);
        let deductions = self.side_items(it, EntryKind::Deduction, at);
        let population = self.population_rule(it, at);
        let vetoes: Vec<_> = it.vetoes.iter().map(|it| self.veto(it, at)).collect();
        let (tree, bonus, deductions) = (tree?, bonus?, deductions?);
        let vetoes = vetoes.into_iter().collect::<Option<Vec<_>>>()?;
        let full = match full? {
            Some(full) => full,
            None => full_of(&tree).unwrap_or_else(|| Number::from(100)),
        };
        let (population, groups) = population?;
        let among = self.members(it, applies?, population, &tree, missing?, at)?;
        let terms = Terms {
            at,
            full,
            missing: missing?,
            na: na?,
            same: same?,
            composition: composition?,
            normalised: weights?,
            among,
            groups,
        };
        if it.missing.is_none() {
            self.missing_said(it, &tree)?;
        }
        if it.same.is_none() {
            self.same_said(it, &tree);
        }
        let by_items = it.rows.is_empty();
        let (base, parts) = match by_items {
            true => self.items_total(it, &terms, tree)?,
            false => self.weighted_total(&terms, tree)?,
        };
        let bonus = self.beside_parts(&terms, bonus)?;
        let deductions = self.beside_parts(&terms, deductions)?;
        let score = self.total(it, &terms, base, &bonus, &deductions, vetoes)?;
        let node = score.node;
        let plain = bonus.is_empty() && deductions.is_empty();
        let leaves = if plain { self.ranked_leaves(&score, &parts) } else { vec![] };
        let score = self.ranked(it, score, leaves)?;
        self.program.scores[index] = Score { parts, bonus, deductions, ..score };
        self.known.clear();
        Some(node)
    }

    /// The parts, by weights or by items.
    fn score_tree(&mut self, it: &ast::Score, at: TableId) -> Option<Vec<Branch>> {
        let items = it.entries.iter().any(|it| it.kind == EntryKind::Item);
        match (it.rows.is_empty(), items) {
            (false, true) => self.fail(errors::two_score_forms(&it.name)).and(None),
            (false, false) => self.weight_tree(it, at),
            (true, true) => self.side_items(it, EntryKind::Item, at),
            (true, false) => {
                if !self.is_damaged(&it.name) {
                    self.faults.push(errors::score_without_parts(&it.name));
                }
                None
            }
        }
    }

    /// 权重 归一
    fn weights_rule(&mut self, it: &ast::Score) -> Option<bool> {
        let Some(word) = &it.weights else { return Some(false) };
        match word.text.as_str() {
            "归一" | "normalised" => Some(true),
            _ => self.fail(errors::weights_word(word)).and(None),
        }
    }

    /// Points written as a number, such as 满分 100 分: an inner none where they are not written.
    fn points_written(&mut self, expr: Option<&ast::Expr>) -> Option<Option<Number>> {
        let Some(expr) = expr else { return Some(None) };
        match &expr.kind {
            ast::ExprKind::Number { value, .. } if value.is_positive() => Some(Some(value.clone())),
            _ => self.fail(errors::points_written(expr.span)).and(None),
        }
    }

    /// Who is in the population: 适用, 施行, 范围, and of 不参评 those with every value.
    fn members(
        &mut self,
        it: &ast::Score,
        applies: Option<NodeId>,
        population: Option<NodeId>,
        tree: &[Branch],
        missing: Missing,
        at: TableId,
    ) -> Option<Option<NodeId>> {
        let mut parts: Vec<NodeId> = applies.into_iter().chain(population).collect();
        if let Some(validity) = &it.shared.effective {
            let (from, until) = days(validity);
            let day = self.rule_day(at, validity.span)?;
            parts.push(self.truth(NodeKind::InForce { day, from, until }, at, validity.span));
        }
        if missing == Missing::Excluded {
            let mut scored = vec![];
            tree.iter().for_each(|it| scored_by(it, &mut scored));
            parts.push(self.truth(NodeKind::Score(Scoring::Known(scored)), at, it.name.span));
        }
        Some(match parts.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(self.truth(NodeKind::And(parts), at, it.name.span)),
        })
    }

    /// The total, and all that a score says of it; its parts are filled in by the caller.
    fn total(
        &mut self,
        it: &ast::Score,
        terms: &Terms,
        base: NodeId,
        bonus: &[ScorePart],
        deductions: &[ScorePart],
        vetoes: Vec<ir::Veto>,
    ) -> Option<Score> {
        let (at, span) = (terms.at, it.name.span);
        let mut node = base;
        if !bonus.is_empty() {
            let parts = std::iter::once(base).chain(bonus.iter().map(|it| it.contribution));
            node = self.points_node(NodeKind::Sum(parts.collect()), at, span);
        }
        if let [first, rest @ ..] = deductions {
            let all = match rest {
                [] => first.contribution,
                _ => {
                    let parts = deductions.iter().map(|it| it.contribution).collect();
                    self.points_node(NodeKind::Sum(parts), at, first.span)
                }
            };
            node = self.points_node(NodeKind::Difference(node, all), at, span);
        }
        let cap = match &it.cap {
            Some(expr) => {
                let cap = self.expr(expr, at)?;
                self.must_be_points(cap, expr.span)?;
                node = self.points_node(
                    NodeKind::Score(Scoring::Cap { of: node, most: cap }),
                    at,
                    expr.span,
                );
                Some(cap)
            }
            None => None,
        };
        if let Some(places) = it.keep {
            if places > MOST_PLACES {
                return self.fail(errors::places_needed(it.name.span)).and(None);
            }
            let how = Rounding::Nearest;
            let kind = NodeKind::Round { how, of: node, places, factor: Number::one() };
            node = self.points_node(kind, at, span);
        }
        if let Some(guard) = terms.among {
            // Outside of it the guard is not known to hold.
            let known = std::mem::take(&mut self.known);
            node = self.points_node(NodeKind::Applies { guard, body: node }, at, span);
            self.known = known;
        }
        let struck: Vec<NodeId> = vetoes.iter().map(|it| it.node).collect();
        let (pass, pass_line) = self.pass_rule(it, node, &struck, at)?;
        let feedback = match &it.feedback {
            Some(class) => Some(self.feedback_class(class, at)?),
            None => None,
        };
        let head = self.program.scores[self.score_index(it)].head.clone();
        Some(Score {
            table: at,
            node,
            base,
            full: terms.full.clone(),
            composition: terms.composition,
            cap,
            keep: it.keep,
            vetoes,
            pass,
            pass_line,
            among: terms.among,
            groups: terms.groups.clone(),
            missing: Some(terms.missing),
            feedback,
            ..empty_score(head)
        })
    }

    /// 反馈 按 …: a word of the case.
    fn feedback_class(&mut self, class: &ast::Expr, at: TableId) -> Option<NodeId> {
        let node = self.expr(class, at)?;
        match self.program.node(node).ty {
            Ty::Member(_) | Ty::Text | Ty::Truth => Some(node),
            _ => self.fail(errors::feedback_class(class.span)),
        }
    }

    fn score_index(&self, it: &ast::Score) -> usize {
        let place = self.symbols.scores.iter().position(|other| std::ptr::eq(*other, it));
        place.expect("a score is one of the rulebook's")
    }

    /// 合格: the total reaches the line and nothing strikes.
    fn pass_rule(
        &mut self,
        it: &ast::Score,
        total: NodeId,
        struck: &[NodeId],
        at: TableId,
    ) -> Option<(Option<NodeId>, Option<NodeId>)> {
        let Some((op, line)) = &it.pass else { return Some((None, None)) };
        let Some(op) = crate::check::compare::comparison(*op) else {
            return self.fail(errors::range_needed(line.span)).and(None);
        };
        let reached = self.compare_with(op, line.span, total, it.name.span, line, at, line.span)?;
        let line = match self.program.node(reached).kind {
            NodeKind::Compare(_, _, line) => Some(line),
            _ => None,
        };
        let mut parts: Vec<NodeId> = struck
            .iter()
            .map(|it| self.truth(NodeKind::Not(*it), at, self.program.node(*it).span))
            .collect();
        if parts.is_empty() {
            return Some((Some(reached), line));
        }
        parts.push(reached);
        let mut pass = self.truth(NodeKind::And(parts), at, it.name.span);
        if self.program.node(total).may_be_na {
            // Who has no points and is not struck either neither passes nor fails.
            let none = self.truth(NodeKind::IsNone(total), at, it.name.span);
            let scored = self.truth(NodeKind::Not(none), at, it.name.span);
            let said = struck.iter().copied().chain([scored]).collect();
            let guard = self.truth(NodeKind::Or(said), at, it.name.span);
            let known = std::mem::take(&mut self.known);
            pass = self.truth(NodeKind::Applies { guard, body: pass }, at, it.name.span);
            self.known = known;
        }
        Some((Some(pass), line))
    }

    /// A node of points, shown in 分.
    fn points_node(&mut self, kind: NodeKind, at: TableId, span: Span) -> NodeId {
        self.node(kind, Ty::Number(Dimension::default()), points_unit(), at, span)
    }

    /// A constant number of points.
    fn constant_points(&mut self, value: Number, at: TableId, span: Span) -> NodeId {
        self.points_node(NodeKind::Constant(Constant::Number(value)), at, span)
    }
}

/// 分
fn points_unit() -> Option<Unit> {
    crate::value::units::parse_unit("分")
}

/// The sum of the 满分 of parts that all have their own.
fn full_of(tree: &[Branch]) -> Option<Number> {
    let fulls = tree.iter().map(|it| it.leaf.as_ref().and_then(|it| it.full.clone()));
    let fulls: Vec<Number> = fulls.collect::<Option<_>>()?;
    Some(fulls.iter().fold(Number::zero(), |sum, it| sum.add(it)))
}

/// What a branch and those below it score.
fn scored_by(branch: &Branch, into: &mut Vec<NodeId>) {
    into.extend(branch.leaf.iter().map(|it| it.of));
    branch.parts.iter().for_each(|it| scored_by(it, into));
}

/// A score whose parts are still to come.
pub(super) fn empty_score(head: Head) -> Score {
    let nothing = NodeId(0);
    Score {
        head,
        table: TableId(0),
        node: nothing,
        base: nothing,
        full: Number::zero(),
        composition: Composition::Arithmetic,
        parts: vec![],
        bonus: vec![],
        deductions: vec![],
        cap: None,
        keep: None,
        vetoes: vec![],
        pass: None,
        pass_line: None,
        among: None,
        groups: vec![],
        missing: None,
        ties: Ties::Competition,
        ascending: false,
        then_by: None,
        rank: None,
        selected: None,
        feedback: None,
    }
}
