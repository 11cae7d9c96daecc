//! The changes of what stands in tables: bounds and rows of 分级 and 判定表, weights and items of 评分.

use crate::source::Span;
use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Change;
use crate::suite::mutate::change::Kind;
use crate::suite::mutate::change::Maker;
use crate::suite::mutate::expr::contrary_of_cell;
use crate::suite::mutate::expr::step_of;
use crate::suite::mutate::items::each;
use crate::suite::mutate::items::places;
use crate::syntax::ast;
use crate::syntax::ast::CellKind;
use crate::syntax::ast::Decision;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Score;
use crate::syntax::ast::ScoreCellKind;
use crate::value::Number;

impl Maker<'_> {
    /// Bounds moved, rows dropped, results exchanged with those of the next row.
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
        }
        made
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

    /// Weights moved between siblings, items' formulas, lines, places.
    pub(super) fn score(&self, it: &Score, all: &[ast::Item]) -> Vec<Altered<Score>> {
        let mut made = self.weights(it, all);
        for (row, written) in it.rows.iter().enumerate().skip(1) {
            for (column, cell) in written.cells.iter().enumerate() {
                let ScoreCellKind::Expr(expr) = &cell.kind else { continue };
                // Weights are moved, not changed alone.
                if !matches!(expr.kind, ExprKind::Call { .. }) {
                    continue;
                }
                made.extend(each(it, self.expr(expr), |to, expr| {
                    to.rows[row].cells[column].kind = ScoreCellKind::Expr(expr);
                }));
            }
        }
        for (at, entry) in it.entries.iter().enumerate() {
            let formula = entry.formula.iter().flat_map(|it| self.expr(it)).collect();
            made.extend(each(it, formula, |to, formula| to.entries[at].formula = Some(formula)));
        }
        for (at, veto) in it.vetoes.iter().enumerate() {
            let mut tree = it.clone();
            tree.vetoes.remove(at);
            let change = Change { kind: Kind::Drop, at: veto.span, with: "（去掉）".into() };
            made.push(Altered { tree, change });
            made.extend(each(it, self.expr(veto), |to, veto| to.vetoes[at] = veto));
        }
        if let Some((op, line)) = &it.pass {
            let line_changes = self.expr(line);
            let op = *op;
            made.extend(each(it, line_changes, |to, line| to.pass = Some((op, line))));
            if let Some((other, word)) = contrary_of_cell(op) {
                let mut tree = it.clone();
                tree.pass = Some((other, line.clone()));
                let with = format!("{word} {}", self.said_of(line));
                let change = Change { kind: Kind::Strictness, at: line.span, with };
                made.push(Altered { tree, change });
            }
        }
        let lone = |it: &Option<Expr>| it.iter().flat_map(|it| self.expr(it)).collect::<Vec<_>>();
        made.extend(each(it, lone(&it.cap), |to, cap| to.cap = Some(cap)));
        made.extend(each(it, lone(&it.population), |to, it| to.population = Some(it)));
        if let Some(select) = &it.select {
            made.extend(each(it, self.expr(&select.top), |to, top| {
                if let Some(select) = &mut to.select {
                    select.top = top;
                }
            }));
        }
        if let Some(keep) = it.keep {
            made.extend(each(it, places(keep, it.name.span), |to, it| to.keep = Some(it)));
        }
        made
    }

    /// A step of weight from a part to its next sibling, and back.
    fn weights(&self, it: &Score, all: &[ast::Item]) -> Vec<Altered<Score>> {
        let mut made = vec![];
        let Some(head) = it.rows.first() else { return made };
        for column in 1..head.cells.len() {
            if !matches!(self.said(head.cells[column].span).as_str(), "权重" | "weight") {
                continue;
            }
            let mut before: Option<(usize, Number, String, Span)> = None;
            for (row, written) in it.rows.iter().enumerate().skip(1) {
                let upper = written.cells.iter().take(column - 1);
                if upper.clone().any(|it| !matches!(it.kind, ScoreCellKind::Blank)) {
                    before = None;
                }
                let Some(cell) = written.cells.get(column) else { continue };
                let ScoreCellKind::Expr(expr) = &cell.kind else { continue };
                let Some((value, unit)) = weight(expr, all) else { continue };
                if let Some((other, of_other, unit_of_other, span)) = &before
                    && *unit_of_other == unit
                {
                    let fine = if step_of(&value) < step_of(of_other) { &value } else { of_other };
                    for step in [step_of(fine), step_of(fine).negate()] {
                        let moved = [(*other, of_other.add(&step)), (row, value.subtract(&step))];
                        if moved.iter().any(|it| it.1.is_negative()) {
                            continue;
                        }
                        let mut tree = it.clone();
                        for (row, value) in &moved {
                            put_weight(&mut tree, (*row, column), value.clone(), &unit);
                        }
                        let with = format!(
                            "{}{unit}（{} 改为 {}{unit}）",
                            moved[0].1,
                            self.said(cell.span),
                            moved[1].1
                        );
                        made.push(Altered {
                            tree,
                            change: Change { kind: Kind::Weight, at: *span, with },
                        });
                    }
                }
                before = Some((row, value, unit, cell.span));
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

/// A weight as a number and its unit; of a parameter its first value.
fn weight(it: &Expr, all: &[ast::Item]) -> Option<(Number, String)> {
    match &it.kind {
        ExprKind::Number { value, unit } => {
            Some((value.clone(), unit.as_ref().map_or_else(String::new, |it| it.value.clone())))
        }
        ExprKind::Name(name) => all.iter().find_map(|it| match &it.kind {
            ItemKind::Parameter(own) if own.name.text == name.text && own.values.len() == 1 => {
                weight(&own.values[0].1, &[])
            }
            _ => None,
        }),
        _ => None,
    }
}

fn put_weight(tree: &mut Score, (row, column): (usize, usize), value: Number, unit: &str) {
    let cell = &mut tree.rows[row].cells[column];
    let span = cell.span;
    let unit = (!unit.is_empty()).then(|| ast::Word { value: unit.to_owned(), span });
    cell.kind = ScoreCellKind::Expr(Expr { kind: ExprKind::Number { value, unit }, span });
}
