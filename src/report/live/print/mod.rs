//! Nodes of a program as formulas over the cells of their operands, one row at a time. Whether a formula is right is found out by computing it.

pub mod helpers;
mod lists;
mod logic;
mod numbers;
mod ranks;
mod scores;
mod tables;
mod time;

use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Belonging;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Decision;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Scoring;
use crate::ir::Ty;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Value;
use crate::report::live::expr::all;
use crate::report::live::expr::any;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::number;
use crate::report::live::expr::op;
use crate::report::live::expr::text;
use crate::report::live::expr::times;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::maker::Maker;
use crate::report::live::words::YES_NO;
use crate::value::Number;
use crate::value::PeriodKind;
use std::sync::Arc;

/// The most rows of a table that is printed: functions nest 64 deep.
const MOST_ROWS: usize = 50;

/// Whether a kind of node is printed as a formula at all.
pub fn is_printed(program: &Program, kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Naming { .. }
        | NodeKind::Called { result: None, .. }
        | NodeKind::WorkdayAfter { .. }
        | NodeKind::Unique(_)
        | NodeKind::Soften { .. }
        | NodeKind::Join(_)
        | NodeKind::Part(..)
        | NodeKind::Length(_)
        | NodeKind::Contains(..)
        | NodeKind::StartsWith(..)
        | NodeKind::Constant(_) => false,
        NodeKind::Belongs { to: Belonging::Vocabulary(_) | Belonging::Node(_), .. } => false,
        NodeKind::Band { judged, .. } => judged.is_some(),
        NodeKind::Exceptions { exceptions, .. } => exceptions.len() == 1,
        NodeKind::Aggregate(it) => is_summed(program, it),
        NodeKind::Decide(it) => is_read(it),
        NodeKind::Score(Scoring::Selected(it)) => {
            it.quota.is_none() && !it.share && it.line.then_by().is_none()
        }
        NodeKind::Score(Scoring::Over(it)) => it.groups.is_empty() && is_counted(it.function),
        _ => true,
    }
}

/// Whether a node is in error, not known or not applicable where an operand is.
pub fn is_strict(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Sum(_)
            | NodeKind::Difference(..)
            | NodeKind::Product(_)
            | NodeKind::Quotient(..)
            | NodeKind::Negation(_)
            | NodeKind::Absolute(_)
            | NodeKind::Power(..)
            | NodeKind::Round { .. }
            | NodeKind::Compare(..)
            | NodeKind::Applies { .. }
            | NodeKind::Parent(_)
    )
}

fn is_summed(program: &Program, it: &Aggregate) -> bool {
    let open = matches!(program.field(it.rows).kind, FieldKind::Rows { open: true, .. });
    !open && is_counted(it.function)
}

fn is_counted(function: AggregateFunction) -> bool {
    match function {
        AggregateFunction::Distinct => false,
        AggregateFunction::Top(count) => count <= 20,
        _ => true,
    }
}

fn is_read(it: &Decision) -> bool {
    let few = |cell: &CellTest| !matches!(cell, CellTest::Members(all) if all.len() > MOST_ROWS);
    it.rows.len() <= MOST_ROWS && it.rows.iter().flat_map(|it| &it.cells).all(few)
}

impl Maker<'_> {
    /// The formula of a node in a row; none where this one cannot be written as a formula.
    pub fn formula(&self, id: NodeId, row: usize) -> Option<Expr> {
        let node = self.told.program.node(id);
        let of = |id: NodeId| self.cell(id, row);
        Some(match &node.kind {
            NodeKind::Field(field) => self.field(*field, row),
            NodeKind::Filled(field) => op(Op::NotEqual, self.handed(*field, row), text("")),
            NodeKind::Parent(of) => {
                let above = *self.told.facts.table(node.space).parents.get(row)? as usize;
                self.cell(*of, above)
            }
            NodeKind::RuleDate(of) => self.cell((*of)?, row),
            NodeKind::Default { of: field_node, field, value } => {
                when(equal(&self.handed(*field, row), text("")), of(*value), of(*field_node))
            }
            NodeKind::WhenNotApplicable { of: inner, value } => when(
                equal(&of(*inner), self.word(&self.words.not_applicable)),
                of(*value),
                of(*inner),
            ),
            NodeKind::Aggregate(it) => self.aggregate(id, it, row)?,
            NodeKind::Decide(it) => self.decide(it, row)?,
            NodeKind::Band { low, high, judged, .. } => self.band((*low, *high), (*judged)?, row),
            NodeKind::Score(it) => self.scoring(id, it, row)?,
            _ => {
                return self
                    .logic(id, row)
                    .or_else(|| self.arithmetic(id, row))
                    .or_else(|| self.days(id, row));
            }
        })
    }

    /// A cell of the data as a value in base units: what is blank, or cannot be read, is 未知.
    fn field(&self, id: FieldId, row: usize) -> Expr {
        let field = self.told.program.field(id);
        let cell = self.handed(id, row);
        let unknown = self.word(&self.words.unknown);
        let none = || self.word(&self.words.not_applicable);
        let mut rest = unknown;
        if field.may_be_none || field.blank_is_none {
            rest = when(equal(&cell, none()), none(), rest);
        }
        if field.blank_is_none {
            rest = when(equal(&cell, text("")), none(), rest);
        }
        let FieldKind::Scalar { ty, unit, .. } = &field.kind else { return rest };
        let is_number = call(Function::IsNumber, [cell.clone()]);
        match ty {
            Ty::Number(_) => {
                let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
                when(is_number, times(cell, &factor), rest)
            }
            Ty::Duration(_) | Ty::Date | Ty::Period(PeriodKind::Year) => {
                when(is_number, cell, rest)
            }
            Ty::Period(kind) => when(
                op(Op::AtLeast, call(Function::Length, [cell.clone()]), whole(6)),
                period(*kind, &cell),
                rest,
            ),
            Ty::Truth => {
                let [yes, no] = YES_NO;
                let no = when(equal(&cell, text(no)), truth(false), rest);
                when(equal(&cell, text(yes)), truth(true), no)
            }
            Ty::Text | Ty::Member(_) | Ty::NotApplicable => {
                let blank = equal(&cell, text(""));
                when(blank, rest, op(Op::Join, cell, text("")))
            }
        }
    }

    /// The body where every operand has a value; else 错误, 未知 or 不适用, in this order.
    fn strict(&self, operands: &[NodeId], row: usize, body: Expr) -> Expr {
        let open: Vec<NodeId> =
            operands.iter().copied().filter(|it| self.literal(*it).is_none()).collect();
        let mut whole = body;
        let na = open.iter().filter(|it| self.may_be_na(**it));
        whole = self.unless(na, row, &self.words.not_applicable, whole);
        whole = self.unless(open.iter(), row, &self.words.unknown, whole);
        let errors = open.iter().filter(|it| self.may_be_error(**it));
        self.unless(errors, row, &self.words.error, whole)
    }

    /// The word where one of these is it, else the rest.
    fn unless<'n>(
        &self,
        nodes: impl Iterator<Item = &'n NodeId>,
        row: usize,
        word: &Arc<str>,
        rest: Expr,
    ) -> Expr {
        let mut tests: Vec<Expr> = vec![];
        for node in nodes {
            let test = equal(&self.cell(*node, row), self.word(word));
            if !tests.contains(&test) {
                tests.push(test);
            }
        }
        if tests.is_empty() { rest } else { when(any(tests), self.word(word), rest) }
    }

    /// How two operands compare: numbers that a spreadsheet cannot tell apart are one.
    fn compared(&self, sign: Comparison, (a, b): (NodeId, NodeId), row: usize) -> Option<Expr> {
        let (x, y) = (self.cell(a, row), self.cell(b, row));
        self.compared_cells(sign, self.told.program.node(a).ty, x, y)
    }

    fn compared_cells(&self, sign: Comparison, ty: Ty, x: Expr, y: Expr) -> Option<Expr> {
        match ty {
            Ty::Number(_) if y != whole(0) => {
                let size = |it: &Expr| match it {
                    Expr::Value(Value::Number(it)) => number(&it.abs()),
                    _ => call(Function::Abs, [it.clone()]),
                };
                let apart = call(Function::Abs, [op(Op::Minus, x.clone(), y.clone())]);
                let most = times(op(Op::Plus, size(&x), size(&y)), &Number::scaled(1, 12));
                let near = op(Op::AtMost, apart, most);
                let far = call(Function::Not, [near.clone()]);
                Some(match sign {
                    Comparison::Equal => near,
                    Comparison::NotEqual => far,
                    Comparison::AtLeast => any(vec![op(Op::Above, x, y), near]),
                    Comparison::AtMost => any(vec![op(Op::Below, x, y), near]),
                    Comparison::Above => all(vec![op(Op::Above, x, y), far]),
                    Comparison::Below => all(vec![op(Op::Below, x, y), far]),
                })
            }
            Ty::Number(_) | Ty::Date | Ty::Period(_) | Ty::Duration(_) | Ty::Truth => {
                let sign = match sign {
                    Comparison::Equal => Op::Equal,
                    Comparison::NotEqual => Op::NotEqual,
                    Comparison::AtLeast => Op::AtLeast,
                    Comparison::AtMost => Op::AtMost,
                    Comparison::Above => Op::Above,
                    Comparison::Below => Op::Below,
                };
                Some(op(sign, x, y))
            }
            Ty::Member(_) | Ty::Text => match sign {
                Comparison::Equal => Some(call(Function::Exact, [x, y])),
                Comparison::NotEqual => Some(call(Function::Not, [call(Function::Exact, [x, y])])),
                _ => None,
            },
            Ty::NotApplicable => None,
        }
    }
}

/// The index of a quarter or month written as 2023Q3 or 2023-08.
fn period(kind: PeriodKind, cell: &Expr) -> Expr {
    let part = |function: Function, count: i64| {
        call(Function::Value, [call(function, [cell.clone(), whole(count)])])
    };
    let digits = if kind == PeriodKind::Quarter { 1 } else { 2 };
    let years = times(part(Function::Left, 4), &Number::from(i64::from(kind.in_a_year())));
    op(Op::Minus, op(Op::Plus, years, part(Function::Right, digits)), whole(1))
}
