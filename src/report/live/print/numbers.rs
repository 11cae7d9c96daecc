//! Arithmetic as formulas: sums, quotients, rounding, growth, the greatest of several. Rows of child tables are in `lists`.

use crate::ir::Fold;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::all;
use crate::report::live::expr::any;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::number;
use crate::report::live::expr::op;
use crate::report::live::expr::sum;
use crate::report::live::expr::times;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::maker::Maker;
use crate::value::Number;
use crate::value::Rounding;
use std::sync::Arc;

/// A number is rounded to so many places more before it is rounded as asked, so that binary dust decides nothing.
const MORE_PLACES: u32 = 5;

impl Maker<'_> {
    /// The formula of a number; none for other kinds.
    pub(super) fn arithmetic(&self, id: NodeId, row: usize) -> Option<Expr> {
        let of = |id: NodeId| self.cell(id, row);
        let error = || self.word(&self.words.error);
        Some(match &self.told.program.node(id).kind {
            NodeKind::Sum(items) => self.strict(items, row, sum(items.iter().map(|it| of(*it)))),
            NodeKind::Difference(a, b) => {
                self.strict(&[*a, *b], row, op(Op::Minus, of(*a), of(*b)))
            }
            NodeKind::Product(items) => {
                let product = items.iter().map(|it| of(*it));
                let product = product.reduce(|a, b| op(Op::Times, a, b))?;
                self.strict(items, row, product)
            }
            NodeKind::Quotient(a, b) => {
                let quotient = op(Op::Over, of(*a), of(*b));
                let body = match self.literal(*b) {
                    Some(_) => quotient,
                    None => when(equal(&of(*b), whole(0)), error(), quotient),
                };
                self.strict(&[*a, *b], row, body)
            }
            NodeKind::Negation(a) => self.strict(&[*a], row, op(Op::Minus, whole(0), of(*a))),
            NodeKind::Absolute(a) => self.strict(&[*a], row, call(Function::Abs, [of(*a)])),
            NodeKind::Power(a, n) => {
                let power = op(Op::Power, of(*a), whole(i64::from(*n)));
                let body = match *n < 0 {
                    true => when(equal(&of(*a), whole(0)), error(), power),
                    false => power,
                };
                self.strict(&[*a], row, body)
            }
            NodeKind::Round { how, of: a, places, factor } => {
                self.strict(&[*a], row, rounded(of(*a), *how, (*places, factor)))
            }
            NodeKind::Root { of: a, degree } => {
                let root =
                    op(Op::Power, of(*a), number(&Number::fraction(1, i128::from(*degree))?));
                let body = when(op(Op::Below, of(*a), whole(0)), error(), root);
                self.strict(&[*a], row, body)
            }
            NodeKind::Fold(fold, items) => self.folded(*fold, items, row),
            NodeKind::Growth { now, base, if_not_positive } => {
                let growth = op(Op::Minus, op(Op::Over, of(*now), of(*base)), whole(1));
                self.grown((*now, *base), *if_not_positive, growth, row)
            }
            NodeKind::MeanGrowth { from, to, periods, if_not_positive } => {
                let share = number(&Number::fraction(1, i128::from(*periods))?);
                let root = op(Op::Power, op(Op::Over, of(*to), of(*from)), share);
                let growth = op(Op::Minus, root, whole(1));
                let growth = when(op(Op::Below, of(*to), whole(0)), error(), growth);
                self.grown((*to, *from), *if_not_positive, growth, row)
            }
            _ => return None,
        })
    }

    /// A growth on a base that must be above 0.
    fn grown(
        &self,
        (now, base): (NodeId, NodeId),
        instead: Option<NodeId>,
        growth: Expr,
        row: usize,
    ) -> Expr {
        let instead = instead.map_or_else(|| self.word(&self.words.error), |it| self.cell(it, row));
        let body = when(op(Op::AtMost, self.cell(base, row), whole(0)), instead, growth);
        self.strict(&[now, base], row, body)
    }

    /// 最大, 最小, 合计 of listed values: 不适用 is skipped.
    fn folded(&self, fold: Fold, items: &[NodeId], row: usize) -> Expr {
        let program = self.told.program;
        let function = match fold {
            Fold::Max => Function::Max,
            Fold::Min => Function::Min,
            Fold::Sum => Function::Sum,
        };
        let cells: Vec<Expr> = items
            .iter()
            .filter(|it| program.node(self.resolve(**it)).ty != Ty::NotApplicable)
            .map(|it| self.cell(*it, row))
            .collect();
        let mut body = call(function, cells);
        if items.iter().all(|it| self.may_be_na(*it)) {
            let na = self.word(&self.words.not_applicable);
            let none = items.iter().map(|it| equal(&self.cell(*it, row), na.clone()));
            body = when(all(none.collect()), na.clone(), body);
        }
        let open = items.iter().filter(|it| self.literal(**it).is_none());
        body = self.unless(open, row, &self.words.unknown, body);
        let errors = items.iter().filter(|it| self.may_be_error(**it));
        self.unless(errors, row, &self.words.error, body)
    }

    /// Whether any of these cells holds a word in place of a value.
    pub(super) fn is_any(&self, cells: &[Expr], word: &Arc<str>) -> Expr {
        any(cells.iter().map(|it| equal(it, self.word(word))).collect())
    }
}

/// Half away from zero, down or up, to so many places of a unit.
pub(super) fn rounded(of: Expr, how: Rounding, (places, factor): (u32, &Number)) -> Expr {
    let one = Number::one();
    let in_unit = match factor.reciprocal() {
        Some(turned) => times(of, &turned),
        None => of,
    };
    let at = |more: u32| whole(i64::from(places + more));
    let clean = call(Function::Round, [in_unit, at(MORE_PLACES)]);
    let grid = Number::from(10).raise(places);
    let down = |it: Expr| {
        let steps = call(Function::Int, [times(it, &grid)]);
        if places == 0 { steps } else { times(steps, &Number::scaled(1, places)) }
    };
    let turned = |it: Expr| op(Op::Minus, whole(0), it);
    let shown = match how {
        Rounding::Nearest => call(Function::Round, [clean, at(0)]),
        Rounding::Down => down(clean),
        Rounding::Up => turned(down(turned(clean))),
    };
    if *factor == one { shown } else { times(shown, factor) }
}
