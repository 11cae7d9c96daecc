//! Tables that decide as formulas: row by row, the first that holds, the only one, or the sum of all. Bands of points too.

use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Decision;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::all;
use crate::report::live::expr::any;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::flag;
use crate::report::live::expr::op;
use crate::report::live::expr::sum;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::maker::Maker;

impl Maker<'_> {
    /// The formula of a table's result.
    pub(super) fn decide(&self, it: &Decision, row: usize) -> Option<Expr> {
        let own: Option<Vec<Expr>> =
            (0..it.rows.len()).map(|at| self.matches(it, at, row)).collect();
        let own = own?;
        let rests: Vec<usize> = it.rows.iter().map(|it| it.rest()).collect();
        let matched: Vec<Expr> = (0..own.len())
            .map(|at| {
                let before = (0..own.len()).filter(|other| rests[*other] < rests[at]);
                let taken: Vec<Expr> = before.map(|it| own[it].clone()).collect();
                match it.hit == Hit::First || taken.is_empty() {
                    true => own[at].clone(),
                    false => all(vec![own[at].clone(), call(Function::Not, [any(taken)])]),
                }
            })
            .collect();
        let error = self.word(&self.words.error);
        let result = |at: usize| self.cell(it.rows[at].result, row);
        let body = match it.hit {
            Hit::Every => {
                let parts =
                    (0..own.len()).map(|at| when(matched[at].clone(), result(at), whole(0)));
                when(any(matched.clone()), sum(parts), error)
            }
            Hit::First | Hit::Only => {
                let down = (0..own.len())
                    .rev()
                    .fold(error.clone(), |rest, at| when(matched[at].clone(), result(at), rest));
                let count = sum(matched.iter().map(|it| flag(it.clone())));
                match it.hit == Hit::Only && !it.total {
                    true => when(op(Op::Above, count, whole(1)), error, down),
                    false => down,
                }
            }
        };
        let heads = it.heads.iter().filter(|it| self.literal(**it).is_none());
        let body = self.unless(heads.clone(), row, &self.words.unknown, body);
        let errors = heads.filter(|it| self.may_be_error(**it));
        Some(self.unless(errors, row, &self.words.error, body))
    }

    /// Whether all cells of a row hold.
    fn matches(&self, it: &Decision, at: usize, row: usize) -> Option<Expr> {
        let cells = it.heads.iter().zip(&it.rows[at].cells);
        let tests: Option<Vec<Option<Expr>>> =
            cells.map(|(head, cell)| self.holds(*head, cell, row)).collect();
        Some(all(tests?.into_iter().flatten().collect()))
    }

    /// Whether a cell holds; an inner none holds without looking.
    fn holds(&self, head: NodeId, cell: &CellTest, row: usize) -> Option<Option<Expr>> {
        let node = self.told.program.node(head);
        let x = self.cell(head, row);
        let is_none = equal(&x, self.word(&self.words.not_applicable));
        // What does not apply meets no other cell.
        let applies = |test: Expr| match self.may_be_na(head) {
            true => when(is_none.clone(), truth(false), test),
            false => test,
        };
        Some(match cell {
            CellTest::Any => None,
            CellTest::Otherwise if self.may_be_na(head) => Some(call(Function::Not, [is_none])),
            CellTest::Otherwise => None,
            CellTest::NotApplicable => Some(is_none),
            CellTest::Truth(wanted) => Some(equal(&x, truth(*wanted))),
            CellTest::Members(members) => Some(applies(self.is_below(node.ty, &x, members)?)),
            CellTest::Tests(tests) => {
                let one = |(sign, bound): &(Comparison, NodeId)| {
                    self.compared_cells(*sign, node.ty, x.clone(), self.cell(*bound, row))
                };
                let joined = |tests: &Vec<_>| {
                    let tests: Option<Vec<Expr>> = tests.iter().map(one).collect();
                    tests.map(all)
                };
                let tests: Option<Vec<Expr>> = tests.iter().map(joined).collect();
                Some(applies(any(tests?)))
            }
        })
    }

    /// The reviewer's points, where they lie in the band.
    pub(super) fn band(
        &self,
        (low, high): ((NodeId, bool), (NodeId, bool)),
        judged: NodeId,
        row: usize,
    ) -> Expr {
        let points = self.cell(judged, row);
        let unknown = self.word(&self.words.unknown);
        let from = if low.1 { Op::AtLeast } else { Op::Above };
        let to = if high.1 { Op::AtMost } else { Op::Below };
        let inside = all(vec![
            op(from, points.clone(), self.cell(low.0, row)),
            op(to, points.clone(), self.cell(high.0, row)),
        ]);
        let narrowed = when(inside, points.clone(), unknown.clone());
        when(call(Function::IsNumber, [points]), narrowed, unknown)
    }
}
