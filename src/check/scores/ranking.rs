//! 排名, 入选, 名额 of a 评分, and the sentences that ask for them: 名次（综合评价）. Where a case stands is computed in `eval`.

use crate::builtins::Function;
use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Symbol;
use crate::ir::AtLine;
use crate::ir::Composition;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Normalisation;
use crate::ir::RankedLeaf;
use crate::ir::Ranking;
use crate::ir::Score;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::ir::Selection;
use crate::ir::TableId;
use crate::ir::Ties;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Tied;
use crate::value::Dimension;
use crate::value::Number;
use crate::value::UnitKind;

impl Checker<'_> {
    /// The score with its ranks and its selection.
    pub(super) fn ranked(
        &mut self,
        it: &ast::Score,
        score: Score,
        leaves: Vec<RankedLeaf>,
    ) -> Option<Score> {
        if let (Some((group, _)), None) = (&it.quota, &it.select) {
            return self.fail(errors::quota_alone(group.span)).and(None);
        }
        if it.rank.is_none() && it.select.is_none() {
            return Some(score);
        }
        let at = score.table;
        if let Some(by) = it.rank.as_ref().and_then(|it| it.by.as_ref()) {
            let points = ["得分", "总分", "points", it.name.text.as_str()];
            if !points.contains(&by.text.as_str()) {
                return self.fail(errors::ranked_by(by)).and(None);
            }
        }
        let (mut ties, mut ascending) = (Ties::default(), false);
        for word in it.rank.iter().flat_map(|it| &it.words) {
            match word.text.as_str() {
                "从高到低" | "high_to_low" => ascending = false,
                "从低到高" | "low_to_high" => ascending = true,
                "并列同名次" | "shared" => ties = Ties::Competition,
                "并列连续" | "dense" => ties = Ties::Dense,
                "平均名次" | "mean_rank" => ties = Ties::Mean,
                _ => return self.fail(errors::rank_word(word)).and(None),
            }
        }
        let then_by = match it.rank.as_ref().and_then(|it| it.then_by.as_ref()) {
            Some(name) => Some(self.compared_by(name, at)?),
            None => None,
        };
        let among = self.not_struck(&score, it.name.span);
        let population = score.among.filter(|_| !leaves.is_empty());
        let ranking = Ranking {
            of: score.node,
            among,
            groups: score.groups.clone(),
            ties,
            ascending,
            then_by,
            leaves,
            population,
        };
        let rank = match &it.rank {
            Some(clause) => {
                let kind = NodeKind::Score(Scoring::Rank(Box::new(ranking.clone())));
                let number = Ty::Number(Dimension::default());
                Some(self.node(kind, number, None, at, clause.span))
            }
            None => None,
        };
        let selected = match &it.select {
            Some(select) => Some(self.selected(it, select, &score, ranking)?),
            None => None,
        };
        Some(Score { ties, ascending, then_by, rank, selected, ..score })
    }

    /// The summands of a total whose scale the population sets; none where none is, or where the total is no plain sum.
    pub(super) fn ranked_leaves(&self, score: &Score, parts: &[ScorePart]) -> Vec<RankedLeaf> {
        let summed = score.composition == Composition::Arithmetic;
        if !summed || score.cap.is_some() || score.keep.is_some() {
            return vec![];
        }
        let mut leaves = vec![];
        let whole = parts.iter().all(|it| self.add_leaves(it, &mut leaves));
        let scaled = leaves.iter().any(|it| it.span.is_some());
        if whole && scaled { leaves } else { vec![] }
    }

    /// Adds what a part is summed from; false where it may be 不适用, and its weight another's.
    fn add_leaves(&self, part: &ScorePart, into: &mut Vec<RankedLeaf>) -> bool {
        if self.program.node(part.points).may_be_na {
            return false;
        }
        if !part.parts.is_empty() {
            return part.parts.iter().all(|it| self.add_leaves(it, into));
        }
        let of_values = match &self.program.node(part.points).kind {
            NodeKind::Score(Scoring::Points(it)) if it.missing == Missing::Interval => {
                let span = match &it.method {
                    Normalisation::MinMax { goalposts: None, .. } => Some(it.full.clone()),
                    Normalisation::Effect { span, goalposts: None, .. } => Some(span.clone()),
                    _ => None,
                };
                span.map(|span| (it.of, if it.reversed { span.negate() } else { span }))
            }
            _ => None,
        };
        let (of, span) = match of_values {
            Some((of, span)) => (of, Some(span)),
            None => (part.points, None),
        };
        into.push(RankedLeaf { of, share: part.share, span });
        true
    }

    /// Those of the population that no veto strikes.
    fn not_struck(&mut self, score: &Score, span: Span) -> Option<NodeId> {
        let at = score.table;
        let mut parts: Vec<NodeId> = score.among.into_iter().collect();
        for veto in &score.vetoes {
            parts.push(self.truth(NodeKind::Not(veto.node), at, span));
        }
        match parts.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(self.truth(NodeKind::And(parts), at, span)),
        }
    }

    fn selected(
        &mut self,
        it: &ast::Score,
        select: &ast::Select,
        score: &Score,
        ranking: Ranking,
    ) -> Option<NodeId> {
        let at = score.table;
        let top = self.expr(&select.top, at)?;
        self.must_be_points_or_share(top, select.top.span)?;
        let share = self.is_share(top);
        if !share {
            self.whole_seats(top, select.top.span)?;
        }
        let line = match &select.tied {
            None => AtLine::Unsaid,
            Some(Tied::ThenBy(name)) => AtLine::ThenBy(self.compared_by(name, at)?),
            Some(Tied::Word(word)) => match word.text.as_str() {
                "全入选" | "all_in" => AtLine::All,
                "全不选" | "none_in" => AtLine::Nobody,
                _ => return self.fail(errors::tied_word(word)).and(None),
            },
        };
        let quota = match &it.quota {
            Some((group, count)) => {
                let group = self.expr(group, at)?;
                let seats = self.expr(count, at)?;
                self.must_be_points_or_share(seats, count.span)?;
                if !self.is_share(seats) {
                    self.whole_seats(seats, count.span)?;
                }
                Some((group, seats))
            }
            None => None,
        };
        let each_share = quota.is_some_and(|it| self.is_share(it.1));
        let rule = Selection { ranking, among: score.among, top, share, line, quota, each_share };
        let kind = NodeKind::Score(Scoring::Selected(Box::new(rule)));
        Some(self.truth(kind, at, select.span))
    }

    fn is_share(&self, node: NodeId) -> bool {
        self.program.node(node).unit.as_ref().is_some_and(|it| it.kind == UnitKind::Ratio)
    }

    /// A number of places that is written has no fraction, and is not negative.
    fn whole_seats(&mut self, node: NodeId, span: Span) -> Option<()> {
        match self.fixed_number(node) {
            Some(it) if it.is_negative() || it.floor() != it => {
                let part = !it.is_negative() && it < Number::one();
                let percent = it.multiply(&Number::from(100));
                let percent =
                    percent.decimal_places().filter(|_| part).map(|n| percent.to_fixed(n));
                self.fail(errors::whole_seats(span, percent)).and(None)
            }
            _ => Some(()),
        }
    }

    fn must_be_points_or_share(&mut self, node: NodeId, span: Span) -> Option<()> {
        if self.is_share(node) { Some(()) } else { self.must_be_points(node, span) }
    }

    /// What a tie is settled by: an indicator, a field, another score.
    fn compared_by(&mut self, name: &ast::Name, at: TableId) -> Option<NodeId> {
        let expr = Expr { kind: ast::ExprKind::Name(name.clone()), span: name.span };
        let node = self.expr(&expr, at)?;
        match self.program.node(node).ty {
            Ty::Number(_) => Some(node),
            _ => self.fail(errors::rank_word(name)),
        }
    }

    /// 名次（综合评价）, 入选（综合评价）, 合格（综合评价）
    pub(in crate::check) fn of_score(
        &mut self,
        function: Function,
        word: &str,
        of: &Expr,
        at: TableId,
    ) -> Option<NodeId> {
        let clause = match function {
            Function::Position => "排名",
            Function::Selected => "入选",
            _ => "合格",
        };
        let Some((symbol, name)) = self.score_named(of, at) else {
            return self.fail(errors::no_rank(of.span, word, clause));
        };
        self.reference(symbol, name, at)?;
        let Symbol::Score(index) = symbol else { return None };
        let score = &self.program.scores[index as usize];
        let node = match function {
            Function::Position => score.rank,
            Function::Selected => score.selected,
            _ => score.pass,
        };
        match node {
            Some(node) => self.lower(node, at, of.span),
            None => self.fail(errors::no_rank(of.span, word, clause)),
        }
    }
}
