//! The table of weights of a 评分: its columns, its tree of levels, and the sums of the weights. Points are made elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::check::scores::Branch;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::ScoreCell;
use crate::syntax::ast::ScoreCellKind;
use crate::value::Dimension;
use crate::value::Number;
use std::collections::BTreeSet;

/// What a column of the table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A level, by its place from the top.
    Level(usize),
    /// The weights of the level before it.
    Weight(usize),
    /// 方向
    Direction,
    /// 标准化
    Method,
    /// 依据
    Basis,
    /// 说明
    Note,
}

/// A row of the table, its cells in the columns' order.
pub(super) struct Row<'e> {
    /// The cells.
    pub cells: Vec<&'e ScoreCell>,
    /// The whole row.
    pub span: Span,
}

impl Row<'_> {
    /// The cell of a column, if there is one.
    pub(super) fn cell(&self, columns: &[Column], wanted: Column) -> Option<&ScoreCell> {
        columns.iter().position(|it| *it == wanted).map(|at| self.cells[at])
    }
}

impl Checker<'_> {
    /// The tree that a table of weights stands for; none if it has faults, which are reported.
    pub(super) fn weight_tree(&mut self, it: &ast::Score, at: TableId) -> Option<Vec<Branch>> {
        let (head, rows) = it.rows.split_first()?;
        let columns = self.score_columns(head)?;
        let levels = columns.iter().filter(|it| matches!(it, Column::Level(_))).count();
        let mut tree: Vec<Branch> = vec![];
        let mut sound = true;
        let mut above: Option<Row> = None;
        for row in rows {
            if row.cells.len() != columns.len() {
                self.faults.push(errors::score_row_length(
                    row.span,
                    row.cells.len(),
                    columns.len(),
                ));
                sound = false;
                continue;
            }
            let cells = row.cells.iter().enumerate().map(|(index, cell)| {
                let repeats = matches!(cell.kind, ScoreCellKind::Blank)
                    && matches!(columns[index], Column::Direction | Column::Method);
                above.as_ref().filter(|_| repeats).map_or(cell, |it| it.cells[index])
            });
            let row = Row { cells: cells.collect(), span: row.span };
            sound &= self.grow(&mut tree, &columns, &row, levels, at).is_some();
            above = Some(row);
        }
        if rows.is_empty() {
            if !self.is_damaged(&it.name) {
                self.faults.push(errors::score_without_parts(&it.name));
            }
            return None;
        }
        sound.then_some(tree)
    }

    fn score_columns(&mut self, head: &ast::ScoreRow) -> Option<Vec<Column>> {
        let mut columns = vec![];
        let mut levels = 0;
        for cell in &head.cells {
            let name = cell_name(cell);
            let Some(name) = name else {
                self.faults.push(errors::score_head(cell.span));
                return None;
            };
            let column = match name.text.as_str() {
                "权重" | "weight" if levels > 0 => Column::Weight(levels - 1),
                "方向" | "direction" => Column::Direction,
                "标准化" | "normalise" => Column::Method,
                "依据" | "basis" => Column::Basis,
                "说明" | "note" => Column::Note,
                _ => {
                    levels += 1;
                    Column::Level(levels - 1)
                }
            };
            if columns.contains(&column) {
                self.faults.push(errors::word_twice(&name));
                return None;
            }
            columns.push(column);
        }
        let unweighted = (0..levels).find(|it| !columns.contains(&Column::Weight(*it)));
        if levels == 0 || unweighted.is_some() || !columns.contains(&Column::Method) {
            self.faults.push(errors::score_columns(head.span));
            return None;
        }
        Some(columns)
    }

    /// Adds a row to the tree.
    fn grow(
        &mut self,
        tree: &mut Vec<Branch>,
        columns: &[Column],
        row: &Row,
        levels: usize,
        at: TableId,
    ) -> Option<()> {
        let mut siblings = tree;
        let mut path_is_above = true;
        for level in 0..levels {
            let cell = row.cell(columns, Column::Level(level)).expect("every level has a column");
            let weight = row.cell(columns, Column::Weight(level)).expect("and its weights");
            let leaf = level + 1 == levels;
            let name = cell_name(cell);
            let as_above = match &name {
                None => matches!(cell.kind, ScoreCellKind::Blank),
                Some(name) => siblings.last().is_some_and(|it| it.name.text == name.text),
            };
            if !leaf && as_above && path_is_above && !siblings.is_empty() {
                let last = siblings.last_mut().expect("there is one above");
                self.same_weight(weight, last, at)?;
                siblings = &mut last.parts;
                continue;
            }
            path_is_above = false;
            let Some(name) = name else {
                self.faults.push(errors::score_part_name(cell.span));
                return None;
            };
            if let Some(first) = siblings.iter().find(|it| it.name.text == name.text) {
                self.faults.push(errors::name_twice(&name, first.name.span));
                return None;
            }
            let weight = self.weight_cell(weight, at)?;
            let leaf = if leaf { Some(self.leaf(&name, columns, row, at)?) } else { None };
            siblings.push(Branch { name, weight: Some(weight), leaf, parts: vec![] });
            siblings = &mut siblings.last_mut().expect("just added").parts;
        }
        Some(())
    }

    /// A weight written again beside a repeated name must be the same.
    fn same_weight(&mut self, cell: &ScoreCell, above: &Branch, at: TableId) -> Option<()> {
        if matches!(cell.kind, ScoreCellKind::Blank) {
            return Some(());
        }
        let (node, span) = self.weight_cell(cell, at)?;
        match above.weight {
            Some((first, _)) if first == node => Some(()),
            _ => self.fail(errors::two_weights(span, &above.name)).and(None),
        }
    }

    fn weight_cell(&mut self, cell: &ScoreCell, at: TableId) -> Option<(NodeId, Span)> {
        let ScoreCellKind::Expr(expr) = &cell.kind else {
            return self.fail(errors::weight_needed(cell.span)).and(None);
        };
        let node = self.expr(expr, at)?;
        if self.ty(node) != Ty::Number(Dimension::default()) {
            let found = self.describe(self.ty(node));
            return self.fail(errors::number_needed(cell.span, &found)).and(None);
        }
        Some((node, cell.span))
    }

    /// The weights of one level: they must sum to 1 on every day, unless they are divided by their sum.
    /// Gives whether they do.
    pub(super) fn check_weights(
        &mut self,
        level: Option<&ast::Name>,
        weights: &[(NodeId, Span)],
        normalised: bool,
    ) -> Option<bool> {
        let mut days = BTreeSet::new();
        weights.iter().for_each(|it| self.version_days(it.0, &mut days));
        let days = if days.is_empty() { BTreeSet::from([None]) } else { days };
        let mut whole = true;
        for day in days {
            let mut values = vec![];
            for (node, span) in weights {
                match self.constant_on(*node, day) {
                    Held::Value(value) => values.push((value, *span)),
                    Held::NotInForce => break,
                    Held::Computed => return self.fail(errors::weight_computed(*span)).and(None),
                }
            }
            if values.len() < weights.len() {
                continue;
            }
            if let Some((_, span)) = values.iter().find(|it| it.0.is_negative()) {
                return self.fail(errors::weight_negative(*span)).and(None);
            }
            for (_, span) in values.iter().filter(|it| it.0.is_zero()) {
                self.faults.push(errors::weight_zero(*span));
            }
            let sum = values.iter().fold(Number::zero(), |sum, it| sum.add(&it.0));
            let span = weights[0].1.merge(weights[weights.len() - 1].1);
            if sum != Number::one() {
                whole = false;
                if !normalised || sum.is_zero() {
                    let day = day.map(crate::value::day::show);
                    self.faults.push(errors::weights_sum(span, level, &sum, day.as_deref()));
                    return None;
                }
            }
        }
        Some(whole)
    }

    /// The first days of the versions of parameters in a node.
    fn version_days(&self, node: NodeId, days: &mut BTreeSet<Option<i32>>) {
        match &self.program.node(node).kind {
            NodeKind::Parameter { versions, .. } => days.extend(versions.iter().map(|it| it.0)),
            NodeKind::Parent(of) => self.version_days(*of, days),
            NodeKind::Sum(parts) | NodeKind::Product(parts) => {
                parts.iter().for_each(|it| self.version_days(*it, days))
            }
            NodeKind::Difference(a, b) | NodeKind::Quotient(a, b) => {
                [a, b].into_iter().for_each(|it| self.version_days(*it, days))
            }
            _ => {}
        }
    }

    /// What a node that rests on numbers and parameters alone holds on a day.
    fn constant_on(&self, node: NodeId, day: Option<i32>) -> Held {
        let both = |a: NodeId, b: NodeId, op: &dyn Fn(&Number, &Number) -> Option<Number>| match (
            self.constant_on(a, day),
            self.constant_on(b, day),
        ) {
            (Held::Value(a), Held::Value(b)) => op(&a, &b).map_or(Held::Computed, Held::Value),
            (Held::NotInForce, _) | (_, Held::NotInForce) => Held::NotInForce,
            _ => Held::Computed,
        };
        let fold = |parts: &[NodeId], op: &dyn Fn(&Number, &Number) -> Number| {
            let mut all: Option<Number> = None;
            for part in parts {
                match self.constant_on(*part, day) {
                    Held::Value(it) => all = Some(all.map_or(it.clone(), |all| op(&all, &it))),
                    other => return other,
                }
            }
            all.map_or(Held::Computed, Held::Value)
        };
        match &self.program.node(node).kind {
            NodeKind::Constant(Constant::Number(value)) => Held::Value(value.clone()),
            NodeKind::Parent(of) => self.constant_on(*of, day),
            NodeKind::Parameter { versions, .. } => {
                let holds = |from: Option<i32>, until: Option<i32>| {
                    from.is_none_or(|from| day.is_some_and(|day| day >= from))
                        && until.is_none_or(|until| day.is_none_or(|day| day <= until))
                };
                let version = versions.iter().find(|it| holds(it.0, it.1));
                version.map_or(Held::NotInForce, |it| self.constant_on(it.2, day))
            }
            NodeKind::Sum(parts) => fold(parts, &|a, b| a.add(b)),
            NodeKind::Product(parts) => fold(parts, &|a, b| a.multiply(b)),
            NodeKind::Difference(a, b) => both(*a, *b, &|a, b| Some(a.subtract(b))),
            NodeKind::Quotient(a, b) => both(*a, *b, &|a, b| a.checked_div(b)),
            _ => Held::Computed,
        }
    }

    /// A number that a node always holds.
    pub(super) fn fixed_number(&self, node: NodeId) -> Option<Number> {
        match &self.program.node(node).kind {
            NodeKind::Constant(Constant::Number(value)) => Some(value.clone()),
            _ => None,
        }
    }
}

/// What a weight is on a day.
enum Held {
    Value(Number),
    /// A parameter without a value on that day.
    NotInForce,
    /// It depends on the case.
    Computed,
}

/// The name a cell holds.
pub(super) fn cell_name(cell: &ScoreCell) -> Option<ast::Name> {
    match &cell.kind {
        ScoreCellKind::Expr(expr) => expr_name(expr),
        _ => None,
    }
}

fn expr_name(expr: &Expr) -> Option<ast::Name> {
    match &bare(expr).kind {
        ExprKind::Name(name) => Some(name.clone()),
        _ => None,
    }
}
