//! The changes of what stands in tables: bounds, results, rows and their order of 分级 and 判定表. Scores have a module of their own.

use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Change;
use crate::suite::mutate::change::Kind;
use crate::suite::mutate::change::Maker;
use crate::suite::mutate::expr::contrary_of_cell;
use crate::suite::mutate::items::each;
use crate::syntax::ast;
use crate::syntax::ast::CellKind;
use crate::syntax::ast::Decision;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Hit;

impl Maker<'_> {
    /// Bounds moved, rows dropped, results exchanged with those of the next row, rows exchanged where their order counts.
    pub(super) fn decision(&self, it: &Decision) -> Vec<Altered<Decision>> {
        let mut made = vec![];
        for (at, head) in it.heads.iter().enumerate() {
            made.extend(each(it, self.expr(head), |to, head| to.heads[at] = head));
        }
        for (row, written) in it.rows.iter().enumerate() {
            for (column, cell) in written.cells.iter().enumerate() {
                made.extend(each(it, self.cell(cell), |to, kind| {
                    to.rows[row].cells[column].kind = kind;
                }));
            }
            for (column, result) in written.results.iter().enumerate() {
                made.extend(each(it, self.expr(result), |to, result| {
                    to.rows[row].results[column] = result;
                }));
            }
            if it.rows.len() > 1 {
                let change = Change { kind: Kind::Row, at: written.span, with: String::new() };
                let mut tree = it.clone();
                tree.rows.remove(row);
                made.push(Altered { tree, change });
            }
            made.extend(self.exchanged(it, row));
            made.extend(self.reordered(it, row));
        }
        made
    }

    /// Where the first row that holds counts: a row and the next in the other order.
    fn reordered(&self, it: &Decision, row: usize) -> Option<Altered<Decision>> {
        let (here, next) = (it.rows.get(row)?, it.rows.get(row + 1)?);
        let first = it.form == DecisionForm::Grading
            || it.as_written.is_some()
            || it.hit.as_ref().is_some_and(|it| it.value == Hit::First);
        let is_last = next.cells.iter().all(|it| matches!(it.kind, CellKind::Otherwise));
        if !first || is_last {
            return None;
        }
        let mut tree = it.clone();
        tree.rows.swap(row, row + 1);
        let at = here.span.merge(next.span);
        let with = format!("{} {}", self.said(next.span), self.said(here.span));
        Some(Altered { tree, change: Change { kind: Kind::Order, at, with } })
    }

    fn exchanged(&self, it: &Decision, row: usize) -> Option<Altered<Decision>> {
        let (here, next) = (it.rows.get(row)?, it.rows.get(row + 1)?);
        let said = |row: &ast::DecisionRow| {
            let all: Vec<String> = row.results.iter().map(|it| self.said_of(it)).collect();
            all.join(" | ")
        };
        if said(here) == said(next) {
            return None;
        }
        let mut tree = it.clone();
        tree.rows[row].results = next.results.clone();
        tree.rows[row + 1].results = here.results.clone();
        let at = here.results.first()?.span.merge(here.results.last()?.span);
        let with = format!("{}（与下一行对换）", said(next));
        Some(Altered { tree, change: Change { kind: Kind::Result, at, with } })
    }

    fn cell(&self, it: &ast::Cell) -> Vec<Altered<CellKind>> {
        let CellKind::Tests(tests) = &it.kind else { return vec![] };
        let whole = it.kind.clone();
        let mut made = vec![];
        for (way, joined) in tests.iter().enumerate() {
            for (at, test) in joined.iter().enumerate() {
                let right = self.expr(&test.right).into_iter();
                let right = right.map(|it| ast::CellTest::within(test, it));
                let op = contrary_of_cell(test.op).map(|(op, word)| Altered {
                    tree: ast::CellTest { op, right: test.right.clone() },
                    change: Change {
                        kind: Kind::Strictness,
                        at: it.span,
                        with: format!("{word} {}", self.said_of(&test.right)),
                    },
                });
                made.extend(each(&whole, right.chain(op).collect(), |to, test| {
                    if let CellKind::Tests(all) = to {
                        all[way][at] = test;
                    }
                }));
            }
        }
        made
    }
}

impl ast::CellTest {
    /// The same comparison with another right side.
    fn within(&self, right: Altered<Expr>) -> Altered<ast::CellTest> {
        right.within(|right| ast::CellTest { op: self.op, right })
    }
}
