//! Ranks and selection as formulas (`semantics` §§9.3, 9.4): how many surely, and how many may, stand above.

use crate::diagnostic::Text;
use crate::ir::AtLine;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ranking;
use crate::ir::Scoring;
use crate::ir::Selection;
use crate::ir::Ties;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Place;
use crate::report::live::expr::Value;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::flag;
use crate::report::live::expr::number;
use crate::report::live::expr::op;
use crate::report::live::expr::sum;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::grid::Cell;
use crate::report::live::maker::Maker;
use crate::report::live::print::helpers::Helper;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::Truth;

/// Values are compared to so many places: what a spreadsheet computes may differ beyond.
const PLACES: i64 = 9;
/// A number beyond every score.
const BEYOND: i64 = 1_000_000_000_000;

impl Maker<'_> {
    /// The rank: the best that is possible, where it is the worst too.
    pub(super) fn rank(&self, id: NodeId, row: usize) -> Option<Expr> {
        let [best, worst] =
            [false, true].map(|worst| self.helpers.get(&Helper::Rank { rank: id, worst }));
        let (best, worst) = (self.step(id, *best?, row), self.step(id, *worst?, row));
        let open = when(equal(&best, worst), best.clone(), self.word(&self.words.unknown));
        Some(when(call(Function::IsNumber, [best.clone()]), open, best))
    }

    fn step(&self, id: NodeId, column: u16, row: usize) -> Expr {
        let sheet = self.sheets[&self.told.program.node(id).space];
        Expr::Cell(Place { sheet, column, row: row as u32 })
    }

    fn ranking(&self, id: NodeId) -> Option<&Ranking> {
        match &self.told.program.node(id).kind {
            NodeKind::Score(Scoring::Rank(it)) => Some(it),
            _ => None,
        }
    }

    /// What a case is compared by: its points; where they are open, their end; beyond everybody's where it is not ranked.
    pub(super) fn end(&self, id: NodeId, high: bool, row: usize) -> Result<Expr, Cell> {
        let Some(ranking) = self.ranking(id) else { return Ok(whole(0)) };
        let total = self.cell(ranking.of, row);
        let turned = match ranking.ascending {
            true => op(Op::Minus, whole(0), total.clone()),
            false => total.clone(),
        };
        let shown = call(Function::Round, [turned, whole(PLACES)]);
        let ranked = when(call(Function::IsNumber, [total]), shown, whole(-BEYOND * 10));
        let is_in = match ranking.among {
            Some(among) => {
                let inside = equal(&self.cell(among, row), truth(true));
                when(inside, ranked, whole(-BEYOND * 10))
            }
            None => ranked,
        };
        match self.open_end(ranking, high, row) {
            None => Ok(is_in),
            Some(end) => Err(Cell {
                value: Value::Number(end),
                formula: None,
                why: Some(Text::new(
                    "得分未定，这里是可能的最低或最高分，由衡算出",
                    "the score is open: this is the least or the most it may be, as heng found",
                )),
            }),
        }
    }

    /// The end of a score that is open; none where it is settled.
    fn open_end(&self, ranking: &Ranking, high: bool, row: usize) -> Option<Number> {
        let known = |id: NodeId| self.known.get(&self.resolve(id)).and_then(|it| it.get(row));
        let inside = ranking.among.and_then(known);
        let out = |it: &Set| it.state() == State::Value && *it != Set::Truth(Truth::TRUE);
        if inside.is_some_and(|it| out(it) || it.state() == State::NotApplicable) {
            return None;
        }
        let maybe = inside.is_some_and(|it| it.state() != State::Value);
        let Some(Set::Number(set)) = known(ranking.of) else { return None };
        let settled = Set::Number(set.clone()).state();
        if settled == State::NotApplicable || settled == State::Value && !maybe {
            return None;
        }
        let beyond = Number::from(if high { BEYOND } else { -BEYOND });
        if !high && (maybe || set.na || set.error) {
            return Some(Number::from(-BEYOND * 10));
        }
        if set.error {
            return Some(beyond);
        }
        let hull = set.values.as_ref()?;
        let end = match (high, ranking.ascending) {
            (true, false) | (false, true) => &hull.high,
            _ => &hull.low,
        };
        let at = end.as_ref().map(|it| it.at.clone());
        let at = if ranking.ascending { at.map(|it| it.negate()) } else { at };
        Some(at.map_or(beyond, |it| it.round(PLACES as u32)))
    }

    /// The best or the worst rank.
    pub(super) fn place(&self, id: NodeId, worst: bool, row: usize) -> Result<Expr, Cell> {
        let na = self.word(&self.words.not_applicable);
        let columns = [false, true].map(|high| self.helpers.get(&Helper::End { rank: id, high }));
        let (Some(ranking), [Some(&low), Some(&high)]) = (self.ranking(id), columns) else {
            return Ok(na);
        };
        let table = self.told.program.node(id).space;
        let (lows, highs) = (self.all_steps(table, low), self.all_steps(table, high));
        let (own_low, own_high) = (self.step(id, low, row), self.step(id, high, row));
        let many = |test: Expr| call(Function::SumProduct, [flag(test)]);
        // Surely above: their least is more than its most. May be above: their most is more than its least.
        let above = match worst {
            false => many(op(Op::Above, lows.clone(), own_high.clone())),
            true => {
                let itself = flag(op(Op::Above, own_high.clone(), own_low.clone()));
                op(Op::Minus, many(op(Op::Above, highs.clone(), own_low.clone())), itself)
            }
        };
        let mut rank = match ranking.ties {
            Ties::Competition => op(Op::Plus, whole(1), above),
            Ties::Dense => {
                let above = flag(op(Op::Above, highs.clone(), own_high.clone()));
                let alike = call(Function::CountIfs, [highs.clone(), highs.clone()]);
                op(Op::Plus, whole(1), call(Function::SumProduct, [op(Op::Over, above, alike)]))
            }
            Ties::Mean => {
                let beside = many(op(Op::Equal, highs.clone(), own_high.clone()));
                let half = op(Op::Over, op(Op::Minus, beside, whole(1)), whole(2));
                sum([whole(1), above, half])
            }
        };
        if let Some(then) = ranking.then_by {
            rank = op(
                Op::Plus,
                rank,
                self.by_tie(id, then, ranking.ascending, (&highs, &own_high), row)?,
            );
        }
        let ranked = op(Op::Above, own_high, number(&Number::from(-BEYOND * 10)));
        Ok(when(ranked, rank, na))
    }

    /// 入选: by the ranks that are possible, where the score has them; ties at the line as the rulebook says.
    pub(super) fn selected(&self, id: NodeId, it: &Selection, row: usize) -> Option<Expr> {
        let score = self.told.program.scores.iter().find(|it| it.selected == Some(id))?;
        let rank = score.rank?;
        let own = self.ranking(rank)?;
        let alike = own.ties == Ties::Competition && own.then_by.is_none();
        if !alike || (own.of, own.ascending) != (it.ranking.of, it.ranking.ascending) {
            return None;
        }
        let helper = |helper: Helper| self.helpers.get(&helper).copied();
        let place = |worst: bool| Some(self.step(rank, helper(Helper::Rank { rank, worst })?, row));
        let (best, worst) = (place(false)?, place(true)?);
        let high = helper(Helper::End { rank, high: true })?;
        let highs = self.all_steps(self.told.program.node(rank).space, high);
        let alike = flag(op(Op::Equal, highs, self.step(rank, high, row)));
        // The last place of those that are tied.
        let last = |of: &Expr| {
            let tied = call(Function::SumProduct, [alike.clone()]);
            op(Op::Minus, op(Op::Plus, of.clone(), tied), whole(1))
        };
        let top = self.cell(it.top, row);
        let (inside, outside) = match it.line {
            AtLine::All => (worst.clone(), best.clone()),
            AtLine::Nobody => (last(&worst), last(&best)),
            AtLine::Unsaid | AtLine::ThenBy(_) => (last(&worst), best.clone()),
        };
        let unknown = self.word(&self.words.unknown);
        let tied = match it.line {
            AtLine::Unsaid => when(equal(&best, worst), self.word(&self.words.error), unknown),
            _ => unknown,
        };
        let out = when(op(Op::Above, outside, top.clone()), truth(false), tied);
        let ranked = when(op(Op::AtMost, inside, top), truth(true), out);
        // Whom a veto strikes is compared, and not selected.
        let na = self.word(&self.words.not_applicable);
        let unranked = match it.among {
            Some(among) => when(equal(&self.cell(among, row), truth(true)), truth(false), na),
            None => truth(false),
        };
        Some(when(call(Function::IsNumber, [best]), ranked, unranked))
    }

    /// How many of those with the same points go before by what settles ties.
    fn by_tie(
        &self,
        id: NodeId,
        then: NodeId,
        ascending: bool,
        (highs, own): (&Expr, &Expr),
        row: usize,
    ) -> Result<Expr, Cell> {
        let none = Cell {
            value: Value::Text(self.words.unknown.clone()),
            formula: None,
            why: Some(Text::new("名次未定", "the rank is open")),
        };
        let Some(&column) = self.nodes.get(&self.resolve(then)) else { return Err(none) };
        let all = self.all_steps(self.told.program.node(id).space, column);
        let better = if ascending { Op::Below } else { Op::Above };
        let equal = flag(op(Op::Equal, highs.clone(), own.clone()));
        let first = op(better, all, self.cell(then, row));
        Ok(call(Function::SumProduct, [op(Op::Times, equal, first)]))
    }
}
