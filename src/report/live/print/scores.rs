//! Points, weights and totals as formulas (`semantics` §9.2). Ranks are in `ranks`.

use crate::ir::Composition;
use crate::ir::Missing;
use crate::ir::NodeId;
use crate::ir::Normalisation;
use crate::ir::Points;
use crate::ir::SameValue;
use crate::ir::Scoring;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Value;
use crate::report::live::expr::all;
use crate::report::live::expr::any;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::flag;
use crate::report::live::expr::number;
use crate::report::live::expr::op;
use crate::report::live::expr::sum;
use crate::report::live::expr::times;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::maker::Maker;
use crate::report::live::numbers;
use crate::report::live::print::helpers::Helper;
use crate::value::Number;

impl Maker<'_> {
    /// The formula of a step of a score.
    pub(super) fn scoring(&self, id: NodeId, it: &Scoring, row: usize) -> Option<Expr> {
        Some(match it {
            Scoring::Points(it) => self.points(id, it, row)?,
            Scoring::Rank(_) => self.rank(id, row)?,
            Scoring::Weighted(composition, parts) => self.weighted(*composition, parts, row),
            Scoring::Weight { of, parts } => {
                let (own, weight) = parts[*of];
                let na = self.word(&self.words.not_applicable);
                let share = op(Op::Over, self.cell(weight, row), self.weights(parts, row));
                let body = match self.may_be_na(own) {
                    true => when(equal(&self.cell(own, row), na.clone()), na, share),
                    false => share,
                };
                let weights: Vec<NodeId> = parts.iter().map(|it| it.1).collect();
                self.strict(&weights, row, body)
            }
            Scoring::Cap { of, most } => {
                let least = call(Function::Min, [self.cell(*of, row), self.cell(*most, row)]);
                self.strict(&[*of, *most], row, least)
            }
            Scoring::Known(items) => {
                let cells: Vec<Expr> = items.iter().map(|it| self.cell(*it, row)).collect();
                call(Function::Not, [self.is_any(&cells, &self.words.unknown)])
            }
            Scoring::Over(it) => self.over(id, it, row)?,
            Scoring::Selected(it) => self.selected(id, it, row)?,
        })
    }

    /// The weights of the parts that apply.
    fn weights(&self, parts: &[(NodeId, NodeId)], row: usize) -> Expr {
        let na = self.word(&self.words.not_applicable);
        sum(parts.iter().map(|(points, weight)| match self.may_be_na(*points) {
            true => {
                let left_out = equal(&self.cell(*points, row), na.clone());
                when(left_out, whole(0), self.cell(*weight, row))
            }
            false => self.cell(*weight, row),
        }))
    }

    fn weighted(&self, composition: Composition, parts: &[(NodeId, NodeId)], row: usize) -> Expr {
        let na = self.word(&self.words.not_applicable);
        let weights = self.weights(parts, row);
        let may_be_na = |it: &(NodeId, NodeId)| self.may_be_na(it.0);
        // A part that does not apply counts nothing: 0 in a sum, 1 in a product.
        let counted = |it: &(NodeId, NodeId), nothing: i64, own: Expr| match may_be_na(it) {
            true => when(equal(&self.cell(it.0, row), na.clone()), whole(nothing), own),
            false => own,
        };
        let mut body = match composition {
            Composition::Arithmetic => {
                let parts_of = parts.iter().map(|it| {
                    counted(it, 0, op(Op::Times, self.cell(it.0, row), self.cell(it.1, row)))
                });
                let total = sum(parts_of);
                match !parts.iter().any(may_be_na) && self.is_one(parts) {
                    true => total,
                    false => op(Op::Over, total, weights),
                }
            }
            Composition::Geometric => {
                let powers = parts.iter().map(|it| {
                    let share = op(Op::Over, self.cell(it.1, row), weights.clone());
                    counted(it, 1, op(Op::Power, self.cell(it.0, row), share))
                });
                let product = powers.reduce(|a, b| op(Op::Times, a, b)).unwrap_or_else(|| whole(1));
                let below = parts
                    .iter()
                    .map(|it| counted(it, 0, flag(op(Op::Below, self.cell(it.0, row), whole(0)))));
                when(op(Op::Above, sum(below), whole(0)), self.word(&self.words.error), product)
            }
        };
        if parts.iter().all(may_be_na) {
            let left = parts.iter().map(|it| equal(&self.cell(it.0, row), na.clone())).collect();
            body = when(all(left), na.clone(), body);
        }
        let all: Vec<NodeId> = parts.iter().flat_map(|it| [it.0, it.1]).collect();
        let open = all.iter().filter(|it| self.literal(**it).is_none());
        let body = self.unless(open, row, &self.words.unknown, body);
        let errors = all.iter().filter(|it| self.may_be_error(**it));
        self.unless(errors, row, &self.words.error, body)
    }

    /// Whether the weights as written come to 1.
    fn is_one(&self, parts: &[(NodeId, NodeId)]) -> bool {
        let weights = parts.iter().map(|it| match self.literal(it.1) {
            Some(Value::Number(it)) => Some(it),
            _ => None,
        });
        let weights: Option<Vec<Number>> = weights.collect();
        weights.is_some_and(|it| numbers::sum(&it) == Number::one())
    }

    /// 标准化: the points of one indicator.
    fn points(&self, id: NodeId, it: &Points, row: usize) -> Option<Expr> {
        let x = self.cell(it.of, row);
        let [unknown, na, error] =
            [&self.words.unknown, &self.words.not_applicable, &self.words.error]
                .map(|it| self.word(it));
        let mut body = self.points_of(id, it, x.clone(), row)?;
        let missing = match it.missing {
            Missing::Zero => whole(0),
            Missing::Redistribute | Missing::Excluded => na.clone(),
            Missing::Interval | Missing::ReportedExtremes => unknown.clone(),
            Missing::Mean | Missing::Median => {
                let function = match it.missing {
                    Missing::Mean => Function::Average,
                    _ => Function::Median,
                };
                let middle = call(function, [self.scale(id, it)?]);
                self.points_of(id, it, middle, row)?
            }
        };
        let of_none = it.na.as_ref().map_or_else(|| na.clone(), number);
        if self.may_be_na(it.of) {
            body = when(equal(&x, na.clone()), of_none, body);
        }
        body = when(equal(&x, unknown.clone()), missing, body);
        if self.may_be_error(it.of) {
            body = when(equal(&x, error), self.word(&self.words.error), body);
        }
        if let Some(among) = it.among {
            let inside = self.cell(among, row);
            let out = any(vec![equal(&inside, truth(false)), equal(&inside, na.clone())]);
            body = when(out, na, self.unless([among].iter(), row, &self.words.unknown, body));
        }
        Some(body)
    }

    /// The values that set the scale.
    fn scale(&self, id: NodeId, it: &Points) -> Option<Expr> {
        let column = *self.helpers.get(&Helper::Scale { of: it.of, among: it.among })?;
        Some(self.all_steps(self.told.program.node(id).space, column))
    }

    /// The points of a value.
    fn points_of(&self, id: NodeId, it: &Points, x: Expr, row: usize) -> Option<Expr> {
        let full = number(&it.full);
        let one = whole(1);
        let turned = |share: Expr| match it.reversed {
            true => op(Op::Minus, one.clone(), share),
            false => share,
        };
        Some(match &it.method {
            Normalisation::Table => x,
            Normalisation::MinMax { goalposts: Some(posts), cut } => {
                let share = turned(self.between_posts(x, *posts, *cut, row));
                self.strict(posts, row, op(Op::Times, share, full))
            }
            Normalisation::Effect { base, span, goalposts: Some(posts), cut } => {
                let share = self.between_posts(x, *posts, *cut, row);
                let points = op(Op::Plus, number(base), op(Op::Times, number(span), share));
                self.strict(posts, row, points)
            }
            Normalisation::MinMax { goalposts: None, .. } => {
                self.among_others(id, it, x, &|share| op(Op::Times, share, full.clone()))?
            }
            Normalisation::Effect { base, span, goalposts: None, .. } => {
                self.among_others(id, it, x, &|share| {
                    op(Op::Plus, number(base), op(Op::Times, number(span), share))
                })?
            }
            Normalisation::Target(target) => {
                let t = self.cell(*target, row);
                let share = match it.reversed {
                    false => call(Function::Min, [one, op(Op::Over, x, t.clone())]),
                    true => {
                        when(op(Op::AtMost, x.clone(), t.clone()), one, op(Op::Over, t.clone(), x))
                    }
                };
                let points = op(Op::Times, share, full);
                let above = op(Op::Above, t, whole(0));
                let points = match self.literal(*target) {
                    Some(_) => points,
                    None => when(above, points, self.word(&self.words.error)),
                };
                self.strict(&[*target], row, points)
            }
            Normalisation::Standard { whole: all } => {
                let scale = self.scale(id, it)?;
                let spread = match all {
                    true => Function::WholeDeviation,
                    false => Function::Deviation,
                };
                let spread = call(spread, [scale.clone()]);
                let apart = op(Op::Minus, x, call(Function::Average, [scale.clone()]));
                let points = op(Op::Over, apart, spread.clone());
                let points = match it.reversed {
                    true => op(Op::Minus, whole(0), points),
                    false => points,
                };
                let flat = when(equal(&spread, whole(0)), self.same_points(it, &full), points);
                let few = whole(if *all { 1 } else { 2 });
                let count = call(Function::Count, [scale]);
                when(op(Op::Below, count, few), self.same_points(it, &full), flat)
            }
        })
    }

    /// (x − a) ÷ (b − a) between stated ends, cut off where that is said.
    fn between_posts(&self, x: Expr, [low, high]: [NodeId; 2], cut: bool, row: usize) -> Expr {
        let (a, b) = (self.cell(low, row), self.cell(high, row));
        let share = op(Op::Over, op(Op::Minus, x, a.clone()), op(Op::Minus, b, a));
        match cut {
            true => call(Function::Max, [whole(0), call(Function::Min, [whole(1), share])]),
            false => share,
        }
    }

    /// (x − least) ÷ (greatest − least) of the population.
    fn among_others(
        &self,
        id: NodeId,
        it: &Points,
        x: Expr,
        scaled: &dyn Fn(Expr) -> Expr,
    ) -> Option<Expr> {
        let scale = self.scale(id, it)?;
        let (least, greatest) =
            (call(Function::Min, [scale.clone()]), call(Function::Max, [scale.clone()]));
        let range = op(Op::Minus, greatest.clone(), least.clone());
        let way = match it.reversed {
            true => op(Op::Minus, greatest.clone(), x),
            false => op(Op::Minus, x, least.clone()),
        };
        let points = scaled(op(Op::Over, way, range));
        let equal_points = match it.same {
            None => self.word(&self.words.error),
            Some(SameValue::NotApplicable) => self.word(&self.words.not_applicable),
            Some(SameValue::Full) => scaled(whole(1)),
            Some(SameValue::Half) => scaled(number(&Number::scaled(5, 1))),
            Some(SameValue::Zero) => scaled(whole(0)),
        };
        let points = when(equal(&greatest, least), equal_points, points);
        if it.missing.reported_only() {
            return Some(points);
        }
        // An extreme that is not known leaves everybody's points open.
        let words = [&self.words.error, &self.words.unknown];
        Some(words.into_iter().fold(points, |rest, word| {
            let many = call(Function::CountIfs, [scale.clone(), self.word(word)]);
            when(op(Op::Above, many, whole(0)), self.word(&self.words.unknown), rest)
        }))
    }

    fn same_points(&self, it: &Points, full: &Expr) -> Expr {
        match it.same {
            None => self.word(&self.words.error),
            Some(SameValue::NotApplicable) => self.word(&self.words.not_applicable),
            Some(SameValue::Full) => full.clone(),
            Some(SameValue::Half) => times(full.clone(), &Number::scaled(5, 1)),
            Some(SameValue::Zero) => whole(0),
        }
    }
}
