//! 判定表, 分级, tables of 结论, and their cells: tests with their subject left out. Whether rows overlap is not looked at.

use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast::Cell;
use crate::syntax::ast::CellKind;
use crate::syntax::ast::CellTest;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Decision;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::DecisionRow;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Hit;
use crate::syntax::ast::Name;
use crate::syntax::ast::Shared;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::expressions::placed;
use crate::syntax::parser::first_word;
use crate::syntax::parser::only;
use crate::syntax::parser::operators::comparison;
use crate::syntax::parser::operators::half_open;
use crate::syntax::parser::operators::is_limit;

/// A column, as its head says.
enum Column {
    Test(Expr),
    Result(Name),
}

/// What a column holds in one row, for a blank cell below.
#[derive(Clone)]
enum Content {
    Test(CellKind),
    Result(ExprKind),
}

impl<'t> Reader<'t> {
    /// 分级, 判定表, or a 结论 that is a table.
    pub fn decision(&self, parts: Parts<'t>, form: DecisionForm) -> Decision {
        let mut it = Decision {
            name: parts.name(),
            form,
            scope: parts.scope,
            heads: vec![],
            results: vec![],
            hit: None,
            judged: None,
            as_written: None,
            rows: vec![],
            shared: Shared::default(),
        };
        let mut columns = None;
        let mut above = vec![];
        let before = self.damage();
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::by => self.by(&mut it.heads, &clause),
                Rule::head_row if columns.is_some() => {
                    self.fault(errors::second_head(self.span(&clause)))
                }
                Rule::head_row => columns = Some(self.columns(clause)),
                Rule::ruler => {}
                Rule::hit => {
                    let hit = self.hit(&clause);
                    self.once(&mut it.hit, &clause, hit);
                }
                Rule::judged => {
                    let field = child(&clause, Rule::name).map(|it| self.name(&it));
                    self.once(&mut it.judged, &clause, field);
                }
                Rule::as_written => {
                    let text = child(&clause, Rule::text).map(|it| self.word(&it));
                    self.once(&mut it.as_written, &clause, text);
                }
                Rule::table_row => match shape(form, columns.as_deref()) {
                    Some(shape) => it.rows.extend(self.row(&clause, form, &shape, &mut above)),
                    None if self.damage() == before => {
                        self.fault(errors::head_missing(self.span(&clause)))
                    }
                    None => {}
                },
                Rule::basis
                | Rule::effective
                | Rule::applies
                | Rule::note
                | Rule::reading
                | Rule::evidence => self.shared(&mut it.shared, clause),
                _ => self
                    .fault(errors::beside_table(self.span(&clause), first_word(clause.as_str()))),
            }
        }
        for column in columns.into_iter().flatten().flatten() {
            match column {
                Column::Test(head) => it.heads.push(head),
                Column::Result(name) => it.results.push(name),
            }
        }
        it
    }

    /// 按, once.
    fn by(&self, heads: &mut Vec<Expr>, clause: &Pair<'t>) {
        let Some(by) = self.clause_expression(clause) else { return };
        match heads.is_empty() {
            true => heads.push(by),
            false => {
                self.fault(errors::twice(self.span(clause), first_word(clause.as_str())));
            }
        }
    }

    fn hit(&self, clause: &Pair<'t>) -> Option<Spanned<Hit>> {
        let value = clause.clone().into_inner().find_map(|it| match it.as_rule() {
            Rule::kw_first => Some(Hit::First),
            Rule::kw_only => Some(Hit::Only),
            Rule::kw_every => Some(Hit::Every),
            _ => None,
        })?;
        Some(Spanned { value, span: self.span(clause) })
    }

    /// The columns of a head row; none for one whose head has a fault.
    fn columns(&self, row: Pair<'t>) -> Vec<Option<Column>> {
        let span = self.span(&row);
        let column = |cell: Pair<'t>| match child(&cell, Rule::name) {
            Some(name) => Some(Column::Result(self.name(&name))),
            None => self.clause_expression(&cell).map(Column::Test),
        };
        let columns: Vec<_> = children(row, Rule::head_cell).map(column).collect();
        if !columns.iter().any(|it| it.as_ref().is_none_or(|it| matches!(it, Column::Test(_)))) {
            self.fault(errors::no_test_column(span));
        }
        columns
    }

    /// One row; `shape` says which columns test. `above` is what the columns held last.
    fn row(
        &self,
        row: &Pair<'t>,
        form: DecisionForm,
        shape: &[bool],
        above: &mut Vec<Option<Content>>,
    ) -> Option<DecisionRow> {
        let span = self.span(row);
        let cells: Vec<Pair<'t>> = children(row.clone(), Rule::cell).collect();
        if cells.len() != shape.len() {
            self.fault(match form {
                DecisionForm::Grading => errors::grade_row_length(span, cells.len()),
                _ => errors::row_length(span, cells.len(), shape.len()),
            });
            return None;
        }
        above.resize(shape.len(), None);
        let mut it = DecisionRow { cells: vec![], results: vec![], span };
        let mut sound = true;
        for ((cell, tests), above) in cells.into_iter().zip(shape).zip(above) {
            let span = self.place_of(&cell);
            let content = match only(cell.clone()).as_rule() {
                Rule::blank_cell if above.is_none() => {
                    self.fault(errors::nothing_above(span));
                    None
                }
                Rule::blank_cell => above.clone(),
                _ if *tests => self.sound(|| Content::Test(self.cell(cell))),
                _ => self.sound(|| self.result(cell).map(Content::Result)).flatten(),
            };
            match &content {
                Some(Content::Test(kind)) => it.cells.push(Cell { kind: kind.clone(), span }),
                Some(Content::Result(kind)) => it.results.push(placed(kind.clone(), span)),
                None => sound = false,
            }
            *above = content.or(above.take());
        }
        sound.then_some(it)
    }

    /// Where a cell stands; a blank one is the bar that ends it.
    fn place_of(&self, cell: &Pair<'t>) -> Span {
        let span = self.span(cell);
        if span.start < span.end {
            span
        } else {
            self.at(span.start as usize, span.start as usize + 1)
        }
    }

    fn result(&self, cell: Pair<'t>) -> Option<ExprKind> {
        let span = self.span(&cell);
        let inner = only(cell);
        match inner.as_rule() {
            Rule::any_mark => Some(ExprKind::NotApplicable),
            Rule::values => {
                let mut values = children(inner, Rule::expression);
                let first = values.next().map(|it| self.expression(it).kind);
                match values.next() {
                    None => first,
                    Some(_) => {
                        self.fault(errors::several_results(span));
                        None
                    }
                }
            }
            _ => {
                self.fault(errors::result_needed(span));
                None
            }
        }
    }

    fn cell(&self, pair: Pair<'t>) -> CellKind {
        let inner = only(pair);
        match inner.as_rule() {
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
        }
    }

    /// ≥ 50 人, 1000 人以上, 达到 10% 以上
    fn relation(&self, pair: Pair<'t>) -> Vec<CellTest> {
        let span = self.span(&pair);
        let (mut word, mut bound, mut limit) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::amount => bound = Some(self.operation(part)),
                rule if is_limit(rule) => limit = Some(part),
                _ => word = Some(part),
            }
        }
        let bound = bound.expect("a relation has a bound");
        let right = match &limit {
            Some(limit) => half_open(bound, limit, span),
            None => bound,
        };
        let Some(word) = word else { return alternative(right) };
        let op = comparison(word.as_rule()).unwrap_or_else(|| {
            self.fault(errors::not_a_range(right.span, word.as_str()));
            CompareOp::Equal
        });
        vec![CellTest { op, right }]
    }

    fn bounds(&self, pair: Pair<'t>) -> Vec<Vec<CellTest>> {
        let mut alternatives = vec![vec![]];
        let mut joined = None;
        for part in pair.into_inner() {
            let rule = part.as_rule();
            if matches!(rule, Rule::relation | Rule::half_open) {
                let tests = self.relation(part);
                alternatives.last_mut().expect("there is always one").extend(tests);
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

/// Which cells of a row test; none where the head row is missing.
fn shape(form: DecisionForm, columns: Option<&[Option<Column>]>) -> Option<Vec<bool>> {
    let tests = |it: &Option<Column>| it.as_ref().is_none_or(|it| matches!(it, Column::Test(_)));
    match form {
        DecisionForm::Grading => Some(vec![true, false]),
        _ => columns.map(|it| it.iter().map(tests).collect()),
    }
}

/// Whether a 结论 is a table.
pub fn is_table(parts: &Parts<'_>) -> bool {
    const TABLE: [Rule; 5] =
        [Rule::head_row, Rule::table_row, Rule::hit, Rule::judged, Rule::as_written];
    parts.clauses.iter().any(|it| TABLE.contains(&it.as_rule()))
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
