//! 若 … 则 … 否则, what its branches may take for granted, and the rows of a 分级. Truths themselves are elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::compare::comparison;
use crate::check::errors;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Count;
use crate::ir::GradeTest;
use crate::ir::Member;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::CellKind;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Unit;
use indexmap::IndexMap;

impl Checker<'_> {
    /// 若 … 则 … 否则若 … 则 … 否则 … 不适用则 …
    pub(super) fn choice(
        &mut self,
        arms: &[(Expr, Expr)],
        otherwise: &Expr,
        if_na: Option<&Expr>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let Some(((condition, then), rest)) = arms.split_first() else {
            return self.expr(otherwise, at);
        };
        let condition_node = self.condition(condition, at);
        let (mut holds, mut fails) = (vec![], vec![]);
        if let Some(node) = condition_node {
            holds = self.facts(node, true);
            fails = self.facts(node, false);
        }
        let then_node = self.branch(&holds, |it| it.expr(then, at));
        let otherwise_node = self.branch(&fails, |it| it.choice(rest, otherwise, if_na, at, span));
        let na_node = match if_na {
            Some(it) => Some(self.expr(it, at)?),
            None => None,
        };
        let (condition_node, then_node, otherwise_node) =
            (condition_node?, then_node?, otherwise_node?);
        if na_node.is_none() && self.program.node(condition_node).may_be_na {
            return self.fail(errors::not_applicable_branch(condition.span));
        }
        let branches: Vec<(NodeId, Span)> =
            [(then_node, then.span), (otherwise_node, otherwise.span)]
                .into_iter()
                .chain(na_node.zip(if_na.map(|it| it.span)))
                .collect();
        let (ty, unit) = self.one_type(&branches)?;
        let kind = NodeKind::If {
            condition: condition_node,
            then: then_node,
            otherwise: otherwise_node,
            if_not_applicable: na_node,
        };
        Some(self.node(kind, ty, unit, at, span))
    }

    fn branch(
        &mut self,
        facts: &[(NodeId, Comparison, NodeId)],
        compile: impl FnOnce(&mut Self) -> Option<NodeId>,
    ) -> Option<NodeId> {
        let before = self.known.len();
        self.known.extend_from_slice(facts);
        let node = compile(self);
        self.known.truncate(before);
        node
    }

    /// The one type of several branches, with a fault where they differ.
    pub(super) fn one_type(&mut self, branches: &[(NodeId, Span)]) -> Option<(Ty, Option<Unit>)> {
        let mut kept: Option<(NodeId, Span)> = None;
        for &(node, span) in branches {
            if self.ty(node) == Ty::NotApplicable {
                continue;
            }
            let Some((first, first_span)) = kept else {
                kept = Some((node, span));
                continue;
            };
            let (a, b) = (self.ty(first), self.ty(node));
            if matches!((a, b), (Ty::Number(_) | Ty::Duration(_), Ty::Number(_) | Ty::Duration(_)))
            {
                self.alike(first, node, [first_span, span])?;
                if self.unit(first).is_none() && self.unit(node).is_some() {
                    kept = Some((node, span));
                }
            } else if a != b {
                let (a, b) = (self.describe(a), self.describe(b));
                self.faults.push(errors::types_differ([first_span, span], &a, &b));
                return None;
            }
        }
        Some(match kept {
            Some((node, _)) => (self.ty(node), self.unit(node)),
            None => (Ty::NotApplicable, None),
        })
    }

    /// The comparisons with constants that are known to hold where a condition holds, or fails.
    pub(super) fn facts(
        &self,
        condition: NodeId,
        holds: bool,
    ) -> Vec<(NodeId, Comparison, NodeId)> {
        match &self.program.node(condition).kind {
            NodeKind::Compare(op, left, right) => {
                let op = if holds { *op } else { op.opposite() };
                let constant = |id: NodeId| {
                    matches!(
                        self.program.node(id).kind,
                        NodeKind::Constant(Constant::Number(_) | Constant::Date(_))
                    )
                };
                match (constant(*left), constant(*right)) {
                    (false, true) => vec![(*left, op, *right)],
                    (true, false) => vec![(*right, op.mirrored(), *left)],
                    _ => vec![],
                }
            }
            NodeKind::Not(of) => self.facts(*of, !holds),
            NodeKind::And(items) | NodeKind::Quantified(Count::All, items) if holds => {
                items.iter().flat_map(|it| self.facts(*it, true)).collect()
            }
            NodeKind::Or(items) | NodeKind::Quantified(Count::Any, items) if !holds => {
                items.iter().flat_map(|it| self.facts(*it, false)).collect()
            }
            _ => vec![],
        }
    }

    /// The node of a 分级.
    pub(super) fn grade(
        &mut self,
        grading: &ast::Grading,
        of: NodeId,
        of_span: Span,
        at: TableId,
    ) -> Option<NodeId> {
        let results: Vec<Option<Grade>> =
            grading.rows.iter().map(|row| self.result(&row.result, at)).collect();
        let list = self.words(grading, &results);
        let mut rows = vec![];
        let mut nodes = vec![];
        let mut sound = true;
        for (row, result) in grading.rows.iter().zip(results) {
            let test = self.grade_test(&row.test, of, of_span, at);
            let result = match result {
                Some(Grade::Word(word)) => {
                    let member =
                        self.program.vocabulary(list).index.get(&word).map_or(0, |it| it[0]);
                    let kind = NodeKind::Constant(Constant::Member(member));
                    Some(self.node(kind, Ty::Member(list), None, at, row.result.span))
                }
                Some(Grade::Node(node)) => Some(node),
                None => None,
            };
            match (test, result) {
                (Some(test), Some(result)) => {
                    rows.push((test, result));
                    nodes.push((result, row.result.span));
                }
                _ => sound = false,
            }
        }
        if !sound || rows.is_empty() {
            return None;
        }
        let (ty, unit) = self.one_type(&nodes)?;
        self.gaps(grading, &rows, of);
        Some(self.node(NodeKind::Grade { of, rows }, ty, unit, at, grading.name.span))
    }

    fn result(&mut self, result: &Expr, at: TableId) -> Option<Grade> {
        match &bare(result).kind {
            ExprKind::Name(name) if self.meaning(&name.text, at).is_none() => {
                Some(Grade::Word(crate::value::text::fold(&name.text).to_string()))
            }
            ExprKind::Text(text) => Some(Grade::Word(crate::value::text::fold(text).to_string())),
            _ => self.expr(result, at).map(Grade::Node),
        }
    }

    /// The words a 分级 gives, as a list of their own, lowest row first.
    fn words(&mut self, grading: &ast::Grading, results: &[Option<Grade>]) -> VocabularyId {
        let mut index: IndexMap<String, Vec<u32>> = IndexMap::new();
        for result in results.iter().rev().flatten() {
            if let Grade::Word(word) = result {
                let next = index.len() as u32;
                index.entry(word.clone()).or_insert_with(|| vec![next]);
            }
        }
        let members = index
            .keys()
            .map(|word| Member { name: word.as_str().into(), level: 1, ..Member::default() })
            .collect();
        self.program.vocabularies.push(Vocabulary {
            name: grading.name.text.clone(),
            kind: VocabularyKind::Grades,
            complete: true,
            members,
            index,
            file: None,
            calendar: vec![],
        });
        VocabularyId(self.program.vocabularies.len() as u32 - 1)
    }

    fn grade_test(
        &mut self,
        cell: &ast::Cell,
        of: NodeId,
        of_span: Span,
        at: TableId,
    ) -> Option<GradeTest> {
        let alternatives = match &cell.kind {
            CellKind::Any => return Some(GradeTest::Any),
            CellKind::Otherwise => return Some(GradeTest::Otherwise),
            CellKind::NotApplicable => return Some(GradeTest::NotApplicable),
            CellKind::Tests(alternatives) => alternatives,
        };
        if let Ty::Member(list) = self.ty(of) {
            let mut members = vec![];
            for test in alternatives.iter().flatten() {
                let (ExprKind::Name(ast::Name { text, .. }) | ExprKind::Text(text)) =
                    &bare(&test.right).kind
                else {
                    self.faults.push(errors::word_needed(test.right.span));
                    return None;
                };
                members.push(self.member(text, test.right.span, list)?);
            }
            members.sort_unstable();
            return Some(GradeTest::Members(members));
        }
        let mut tests = vec![];
        for conjunction in alternatives {
            let mut all = vec![];
            for test in conjunction {
                let range = matches!(bare(&test.right).kind, ExprKind::Range { .. });
                let bounds = match comparison(test.op) {
                    _ if range => self.bounds(bare(&test.right))?,
                    Some(op) => vec![(op, &test.right)],
                    None => return self.fail(errors::range_needed(cell.span)).and(None),
                };
                for (op, bound) in bounds {
                    // The comparison is made for its faults; the row keeps its parts.
                    let made =
                        self.compare_with(op, cell.span, of, of_span, bound, at, cell.span)?;
                    let NodeKind::Compare(op, _, right) = self.program.node(made).kind else {
                        return self.fail(errors::range_needed(cell.span)).and(None);
                    };
                    all.push((op, right));
                }
            }
            tests.push(all);
        }
        Some(GradeTest::Tests(tests))
    }

    /// A value that no row takes is 错误; so is 不适用 without a row of its own.
    fn gaps(&mut self, grading: &ast::Grading, rows: &[(GradeTest, NodeId)], of: NodeId) {
        let has = |wanted: &GradeTest| rows.iter().any(|it| it.0 == *wanted);
        if !has(&GradeTest::Any) && !has(&GradeTest::Otherwise) {
            self.faults.push(errors::grading_without_rest(&grading.name));
        } else if self.program.node(of).may_be_na
            && !has(&GradeTest::Any)
            && !has(&GradeTest::NotApplicable)
        {
            self.faults.push(errors::grading_without_na(&grading.name));
        }
    }
}

/// What a row of a 分级 gives.
enum Grade {
    /// A word.
    Word(String),
    /// A number, or 不适用.
    Node(NodeId),
}
