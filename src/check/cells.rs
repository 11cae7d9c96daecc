//! Cells of decision tables to tests of their heads. Rows and results are elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::compare::comparison;
use crate::check::errors;
use crate::ir::CellTest;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::CellKind;
use crate::syntax::ast::ExprKind;
use crate::value::Number;

impl Checker<'_> {
    pub(super) fn cell_test(
        &mut self,
        cell: &ast::Cell,
        of: NodeId,
        of_span: Span,
        at: TableId,
    ) -> Option<CellTest> {
        let alternatives = match &cell.kind {
            CellKind::Any => return Some(CellTest::Any),
            CellKind::Otherwise => return Some(CellTest::Otherwise),
            CellKind::NotApplicable => return Some(CellTest::NotApplicable),
            CellKind::Tests(alternatives) => alternatives,
        };
        match self.ty(of) {
            Ty::Member(list) => self.members_of_cell(alternatives, list),
            Ty::Truth => self.truth_of_cell(alternatives, cell.span),
            _ => self.comparisons_of_cell(alternatives, cell.span, of, of_span, at),
        }
    }

    pub(super) fn members_of_cell(
        &mut self,
        alternatives: &[Vec<ast::CellTest>],
        list: VocabularyId,
    ) -> Option<CellTest> {
        let mut members = vec![];
        for test in alternatives.iter().flatten() {
            let (ExprKind::Name(ast::Name { text, .. }) | ExprKind::Text(text)) =
                &bare(&test.right).kind
            else {
                return self.fail(errors::word_needed(test.right.span)).and(None);
            };
            if test.op != ast::CompareOp::Equal {
                return self.fail(errors::word_needed(test.right.span)).and(None);
            }
            members.push(self.member(text, test.right.span, list)?);
        }
        members.sort_unstable();
        members.dedup();
        Some(CellTest::Members(members))
    }

    pub(super) fn truth_of_cell(
        &mut self,
        alternatives: &[Vec<ast::CellTest>],
        span: Span,
    ) -> Option<CellTest> {
        let wanted = match alternatives {
            [one] => match one.as_slice() {
                [ast::CellTest { op: ast::CompareOp::Equal, right }] => match &bare(right).kind {
                    ExprKind::Truth(value) => Some(*value),
                    ExprKind::Name(name) => match name.text.as_str() {
                        "符合" | "met" => Some(true),
                        "不符合" | "not_met" => Some(false),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        match wanted {
            Some(wanted) => Some(CellTest::Truth(wanted)),
            None => self.fail(errors::yes_or_no_needed(span)).and(None),
        }
    }

    pub(super) fn comparisons_of_cell(
        &mut self,
        alternatives: &[Vec<ast::CellTest>],
        span: Span,
        of: NodeId,
        of_span: Span,
        at: TableId,
    ) -> Option<CellTest> {
        let mut tests = vec![];
        for conjunction in alternatives {
            let mut all = vec![];
            for test in conjunction {
                if let Some(fault) = self.dashed_range(test) {
                    return self.fail(fault).and(None);
                }
                let range = matches!(bare(&test.right).kind, ExprKind::Range { .. });
                let bounds = match comparison(test.op) {
                    _ if range => self.bounds(bare(&test.right))?,
                    Some(op) => vec![(op, &test.right)],
                    None => return self.fail(errors::range_needed(span)).and(None),
                };
                for (op, bound) in bounds {
                    // The comparison is made for its faults; the row keeps its parts.
                    let made = self.compare_with(op, span, of, of_span, bound, at, span)?;
                    let NodeKind::Compare(op, _, right) = self.program.node(made).kind else {
                        return self.fail(errors::range_needed(span)).and(None);
                    };
                    all.push((op, right));
                }
            }
            tests.push(all);
        }
        Some(CellTest::Tests(tests))
    }

    /// 8%-10%: two numbers with a minus between them, where a range is meant.
    pub(super) fn dashed_range(
        &self,
        test: &ast::CellTest,
    ) -> Option<crate::diagnostic::Diagnostic> {
        let ExprKind::Arithmetic { op: ast::ArithmeticOp::Subtract, operands } =
            &bare(&test.right).kind
        else {
            return None;
        };
        let numbers = operands.iter().all(|it| matches!(it.kind, ExprKind::Number { .. }));
        let is_plain = test.op == ast::CompareOp::Equal && numbers && operands.len() == 2;
        let words: Vec<String> = operands.iter().map(errors::words_of).collect();
        is_plain.then(|| errors::dashed_range(test.right.span, &words))
    }

    /// The number or day that a node is on every day and in every case.
    pub(super) fn constant(&self, node: NodeId) -> Option<Number> {
        match &self.program.node(node).kind {
            NodeKind::Constant(Constant::Number(value)) => Some(value.clone()),
            NodeKind::Constant(Constant::Date(day)) => Some(Number::from(*day)),
            NodeKind::Parameter { versions, .. } => match versions.as_slice() {
                [(None, None, value)] => self.constant(*value),
                _ => None,
            },
            _ => None,
        }
    }
}
