//! Cells of decision tables to tests of their heads. Rows and results are elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::compare::comparison;
use crate::check::errors;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
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
        // 无 alone is what has no value, unless it is one of the words.
        if let [alone] = alternatives.as_slice()
            && let [ast::CellTest { op: ast::CompareOp::Equal, right }] = alone.as_slice()
            && matches!(bare(right).kind, ExprKind::None)
            && (self.program.node(of).may_be_na || self.none_as_word(of).is_none())
        {
            return match self.program.node(of).may_be_na {
                true => Some(CellTest::NotApplicable),
                false => {
                    self.faults.push(errors::never_none(right.span, "这一列", true));
                    Some(CellTest::NotApplicable)
                }
            };
        }
        match self.ty(of) {
            Ty::Member(list) => self.members_of_cell(alternatives, list),
            Ty::Truth => self.truth_of_cell(alternatives, cell.span),
            _ => self.comparisons_of_cell(alternatives, cell.span, of, of_span, at),
        }
    }

    /// The members that a cell takes: of alternatives any, of what 且 joins those that all take.
    fn members_of_cell(
        &mut self,
        alternatives: &[Vec<ast::CellTest>],
        list: VocabularyId,
    ) -> Option<CellTest> {
        let mut members = vec![];
        for conjunction in alternatives {
            let mut taken: Option<Vec<u32>> = None;
            for test in conjunction {
                let found = self.members_of_test(test, list, conjunction.len() > 1)?;
                taken = Some(match taken {
                    Some(before) => before.into_iter().filter(|it| found.contains(it)).collect(),
                    None => found,
                });
            }
            members.extend(taken.unwrap_or_default());
        }
        members.sort_unstable();
        members.dedup();
        Some(CellTest::Members(members))
    }

    /// The members that one comparison takes. Only a word itself may be asked of a list that has more than its words:
    /// what lies below it in a 分类, what a 名单 lacks.
    fn members_of_test(
        &mut self,
        test: &ast::CellTest,
        list: VocabularyId,
        joined: bool,
    ) -> Option<Vec<u32>> {
        let span = test.right.span;
        let member = match &bare(&test.right).kind {
            ExprKind::Name(ast::Name { text, .. }) | ExprKind::Text(text) => text.as_str(),
            ExprKind::None => "无",
            _ => return self.fail(errors::word_needed(span)).and(None),
        };
        let member = self.member(member, span, list)?;
        let vocabulary = self.program.vocabulary(list);
        let (listed, ordered) = match vocabulary.kind {
            VocabularyKind::Enumeration { ordered } => (true, ordered),
            VocabularyKind::Grades => (true, true),
            VocabularyKind::Classification | VocabularyKind::Roster => (false, false),
        };
        let op = comparison(test.op).filter(|it| listed || *it == Comparison::Equal && !joined);
        let Some(op) = op else {
            let fault = errors::words_not_compared(span, &vocabulary.name.clone());
            return self.fail(fault).and(None);
        };
        if !ordered && !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            let fault = errors::no_order(span, &vocabulary.name.clone());
            return self.fail(fault).and(None);
        }
        let all = 0..vocabulary.members.len() as u32;
        Some(match op {
            Comparison::Equal => vec![member],
            Comparison::NotEqual => all.filter(|it| *it != member).collect(),
            Comparison::AtLeast => all.filter(|it| *it >= member).collect(),
            Comparison::AtMost => all.filter(|it| *it <= member).collect(),
            Comparison::Above => all.filter(|it| *it > member).collect(),
            Comparison::Below => all.filter(|it| *it < member).collect(),
        })
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
                    Some(op) if range && op != Comparison::Equal => {
                        self.bound_twice(op, bare(&test.right))?
                    }
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
