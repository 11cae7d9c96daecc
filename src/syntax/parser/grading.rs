//! 分级 and its cells: tests with their subject left out. Whether rows overlap is not looked at.

use crate::syntax::ast::Cell;
use crate::syntax::ast::CellKind;
use crate::syntax::ast::CellTest;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::GradeRow;
use crate::syntax::ast::Grading;
use crate::syntax::ast::Shared;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::expressions::placed;
use crate::syntax::parser::only;
use crate::syntax::parser::operators::comparison;

impl<'t> Reader<'t> {
    /// 分级
    pub fn grading(&self, parts: Parts<'t>) -> Grading {
        let mut it = Grading {
            name: parts.name(),
            scope: parts.scope,
            by: None,
            rows: vec![],
            shared: Shared::default(),
        };
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::by => {
                    let by = self.clause_expression(&clause);
                    self.once(&mut it.by, &clause, by);
                }
                Rule::grade_row => it.rows.extend(self.sound(|| self.grade_row(&clause)).flatten()),
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    fn grade_row(&self, row: &Pair<'t>) -> Option<GradeRow> {
        let test = self.cell(child(row, Rule::cell)?);
        Some(GradeRow { test, result: self.clause_expression(row)?, span: self.span(row) })
    }

    fn cell(&self, pair: Pair<'t>) -> Cell {
        let span = self.span(&pair);
        let inner = only(pair);
        let kind = match inner.as_rule() {
            Rule::any_mark => CellKind::Any,
            Rule::kw_otherwise => CellKind::Otherwise,
            Rule::bounds => CellKind::Tests(self.bounds(inner)),
            _ => {
                let values: Vec<Expr> =
                    children(inner, Rule::expression).map(|it| self.expression(it)).collect();
                match &values[..] {
                    [one] if matches!(one.kind, ExprKind::NotApplicable) => CellKind::NotApplicable,
                    _ => CellKind::Tests(values.into_iter().map(alternative).collect()),
                }
            }
        };
        Cell { kind, span }
    }

    fn bounds(&self, pair: Pair<'t>) -> Vec<Vec<CellTest>> {
        let mut alternatives = vec![vec![]];
        let mut joined = None;
        for part in pair.into_inner() {
            let rule = part.as_rule();
            if rule == Rule::relation {
                let mut inner = part.into_inner();
                let word = inner.next().expect("a relation begins with its comparison");
                let right = self.operation(inner.next().expect("and ends with its bound"));
                let op = comparison(word.as_rule()).unwrap_or_else(|| {
                    self.fault(errors::not_a_range(right.span, word.as_str()));
                    CompareOp::Equal
                });
                alternatives.last_mut().expect("there is always one").push(CellTest { op, right });
                continue;
            }
            if joined.replace(rule).is_some_and(|before| before != rule) {
                self.fault(errors::mixed_and_or(self.span(&part)));
            }
            if rule == Rule::kw_or {
                alternatives.push(vec![]);
            }
        }
        alternatives
    }
}

/// A value of a cell as tests of the column: a range is its two ends, anything else is compared for equality.
/// A bare 以上 stays a range, because 本数 decides about it.
fn alternative(value: Expr) -> Vec<CellTest> {
    let span = value.span;
    match value.kind {
        ExprKind::Range { low, high, bare: false } => {
            let low = low.map(|(it, included)| {
                (it, if included { CompareOp::AtLeast } else { CompareOp::Above })
            });
            let high = high.map(|(it, included)| {
                (it, if included { CompareOp::AtMost } else { CompareOp::Below })
            });
            low.into_iter().chain(high).map(|(right, op)| CellTest { op, right: *right }).collect()
        }
        kind @ ExprKind::Range { .. } => {
            vec![CellTest { op: CompareOp::In, right: placed(kind, span) }]
        }
        kind => vec![CellTest { op: CompareOp::Equal, right: placed(kind, span) }],
    }
}
