//! 判定表, 分级 and tables of 结论: heads, cells and results to nodes. Whether rows leave gaps or overlap is seen elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::check::results::Given;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::CellTest;
use crate::ir::DecisionRow;
use crate::ir::FieldId;
use crate::ir::GradingForm;
use crate::ir::Head;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use indexmap::IndexMap;

/// What all result columns of a table share.
pub(super) struct Rows {
    pub(super) at: TableId,
    pub(super) hit: Hit,
    pub(super) heads: Vec<NodeId>,
    pub(super) cells: Vec<Vec<CellTest>>,
    pub(super) judged: Option<(FieldId, NodeId)>,
}

impl Checker<'_> {
    /// Compiles all result columns of a table, and gives the one asked for.
    pub(super) fn grading(&mut self, column: u32) -> Option<NodeId> {
        let columns: Vec<u32> = self.symbols.columns_of(column).collect();
        for other in &columns {
            self.symbols.progress.insert(Symbol::Grading(*other), Progress::Running);
        }
        // References of the table are those of its first column; the others need it.
        let first = Symbol::Grading(columns[0]);
        let name = self.symbols.table_of(column).name.span;
        for other in &columns[1..] {
            self.edges.push((Symbol::Grading(*other), first, name));
        }
        let outer = self.current.replace(first);
        let nodes = self.decision(&columns);
        self.current = outer;
        let mut asked = None;
        for (at, node) in columns.into_iter().zip(nodes) {
            self.symbols.progress.insert(Symbol::Grading(at), Progress::Done(node));
            asked = if at == column { node } else { asked };
        }
        asked
    }

    /// 表名 的 列名: none if the sentence is of another form, an inner none if there is no such column (reported).
    pub(super) fn result_column(&mut self, expr: &Expr, at: TableId) -> Option<Option<Symbol>> {
        let ExprKind::Of { base, member } = &expr.kind else { return None };
        let (ExprKind::Name(table), ExprKind::Name(column)) = (&bare(base).kind, &member.kind)
        else {
            return None;
        };
        if self.field_named(at, &table.text).is_some() {
            return None;
        }
        let Some(Symbol::Grading(first)) = self.symbols.rules.get(table.text.as_str()).copied()
        else {
            return None;
        };
        let results = &self.symbols.table_of(first).results;
        let found = results.iter().position(|it| it.text == column.text);
        if found.is_none() {
            self.faults.push(errors::unknown_result_column(column, table, results));
        }
        Some(found.map(|it| Symbol::Grading(first + it as u32)))
    }

    /// The value of one of several result columns.
    pub(super) fn column_value(
        &mut self,
        symbol: Symbol,
        expr: &Expr,
        at: TableId,
    ) -> Option<NodeId> {
        if let Some(current) = self.current {
            self.edges.push((current, symbol, expr.span));
        }
        let name = self.symbols.name_of(symbol)?;
        self.value_of(symbol, &ast::Name { text: name.text.clone(), span: expr.span }, at)
    }

    fn decision(&mut self, columns: &[u32]) -> Vec<Option<NodeId>> {
        let it = self.symbols.table_of(columns[0]);
        let nothing = vec![None; columns.len()];
        if !self.is_whole(it) {
            return nothing;
        }
        let Some(at) = self.scope(it.scope.as_ref(), &it.name) else { return nothing };
        let applies = self.guarded_by(&it.shared, at);
        let (rows, applies) = match (self.decision_rows(it, at), applies) {
            (Some(rows), Some(applies)) => (rows, applies),
            _ => {
                self.known.clear();
                return nothing;
            }
        };
        let total = self.cover(it, &rows.heads, &rows.cells, rows.hit);
        let nodes = columns.iter().enumerate();
        let nodes: Vec<_> =
            nodes.map(|(at, it_)| self.column(it, at, *it_, &rows, total)).collect();
        self.bands(it, &nodes);
        let policy = self.effective.filter(|_| it.form == DecisionForm::Conclusion);
        let guarded = |checker: &mut Self, node: Option<NodeId>| {
            Some(checker.applicable(node?, applies, &it.shared, at, policy)?.0)
        };
        let decided = nodes.clone();
        let nodes: Vec<_> = nodes.into_iter().map(|node| guarded(self, node)).collect();
        self.known.clear();
        for ((column, node), decision) in columns.iter().zip(&nodes).zip(decided) {
            let grading = &mut self.program.gradings[*column as usize];
            grading.table = at;
            grading.judged = rows.judged.map(|it| it.0);
            if let (Some(node), Some(decision)) = (node, decision) {
                (grading.node, grading.reported, grading.decision) = (*node, *node, decision);
            }
        }
        if it.form != DecisionForm::Conclusion {
            for (column, node) in columns.iter().zip(&nodes) {
                let reported = node.and_then(|node| self.reported(node, &it.shared, at));
                if let Some(reported) = reported {
                    self.program.gradings[*column as usize].reported = reported;
                }
            }
        }
        nodes
    }

    /// Whether a table has what it takes to be one; what it lacks is reported.
    fn is_whole(&mut self, it: &ast::Decision) -> bool {
        let damaged = self.is_damaged(&it.name);
        if it.form == DecisionForm::Grading && it.heads.is_empty() {
            if !damaged {
                self.faults.push(errors::grading_without_by(&it.name));
            }
            return false;
        }
        if it.rows.is_empty() {
            if !damaged {
                self.faults.push(errors::decision_without_rows(&it.name, it.form));
            }
            return false;
        }
        for (at, column) in it.results.iter().enumerate() {
            if it.results[..at].iter().any(|other| other.text == column.text) {
                self.faults.push(errors::column_twice(column));
            }
        }
        if let (Some(text), Some(hit)) = (&it.as_written, &it.hit)
            && hit.value == ast::Hit::Every
        {
            self.faults.push(errors::as_written_for_sum(text.span));
        }
        true
    }

    fn decision_rows(&mut self, it: &ast::Decision, at: TableId) -> Option<Rows> {
        let heads: Vec<_> = it.heads.iter().map(|head| self.expr(head, at)).collect();
        let heads = heads.into_iter().collect::<Option<Vec<NodeId>>>();
        let judged = it.judged.as_ref().map(|name| self.judged_field(name, at));
        let heads = heads?;
        let mut cells = vec![];
        let mut sound = true;
        // A blank cell is the one above: it is looked at once.
        let mut seen: IndexMap<Span, Option<CellTest>> = IndexMap::new();
        for row in &it.rows {
            let mut tests = vec![];
            for (cell, (head, node)) in row.cells.iter().zip(it.heads.iter().zip(&heads)) {
                if !seen.contains_key(&cell.span) {
                    let test = self.cell_test(cell, *node, head.span, at);
                    seen.insert(cell.span, test);
                }
                match seen[&cell.span].clone() {
                    Some(test) => tests.push(test),
                    None => sound = false,
                }
            }
            cells.push(tests);
        }
        let judged = match judged {
            Some(found) => Some(found?),
            None => None,
        };
        let hit = match &it.hit {
            _ if it.as_written.is_some() || it.form == DecisionForm::Grading => Hit::First,
            Some(hit) => match hit.value {
                ast::Hit::First => Hit::First,
                ast::Hit::Only => Hit::Only,
                ast::Hit::Every => Hit::Every,
            },
            None => Hit::Only,
        };
        sound.then_some(Rows { at, hit, heads, cells, judged })
    }

    fn judged_field(&mut self, name: &ast::Name, at: TableId) -> Option<(FieldId, NodeId)> {
        let Some(field) = self.field_named(at, &name.text) else {
            let table = self.program.table(at).name.clone();
            let known: Vec<String> =
                self.program.table(at).fields.iter().map(|it| it.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return self.fail(errors::unknown_field(name, &table, &known)).and(None);
        };
        let node = self.field(field, at, name.span)?;
        if !matches!(self.ty(node), Ty::Number(_)) {
            let found = self.describe(self.ty(node));
            return self.fail(errors::judged_is_no_number(name, &found)).and(None);
        }
        Some((field, node))
    }

    /// 评审值 narrows the bands of one column.
    fn bands(&mut self, it: &ast::Decision, columns: &[Option<NodeId>]) {
        let Some(judged) = &it.judged else { return };
        let mut with_bands = 0;
        for column in columns {
            let Some(column) = column else { return };
            let NodeKind::Decide(decision) = &self.program.node(*column).kind else { return };
            let mut results = decision.rows.iter().map(|it| &self.program.node(it.result).kind);
            with_bands += usize::from(results.any(|it| matches!(it, NodeKind::Band { .. })));
        }
        match with_bands {
            0 => self.faults.push(errors::nothing_to_judge(judged)),
            1 => {}
            _ => self.faults.push(errors::several_bands(judged)),
        }
    }

    /// The node of one result column.
    fn column(
        &mut self,
        it: &ast::Decision,
        index: usize,
        column: u32,
        rows: &Rows,
        total: bool,
    ) -> Option<NodeId> {
        let at = rows.at;
        let mut seen: IndexMap<Span, bool> = IndexMap::new();
        let mut given: Vec<Option<Given>> = vec![];
        for row in &it.rows {
            let result = &row.results[index];
            // A blank cell is the one above: its fault is told once.
            let known = seen.get(&result.span).copied();
            let found = if known == Some(false) { None } else { self.given(result, at) };
            seen.insert(result.span, found.is_some());
            given.push(found);
        }
        let name = self.program.gradings[column as usize].head.name.clone();
        let list = self.words(name, &given);
        let mut results = vec![];
        let mut sound = true;
        for (row, given) in it.rows.iter().zip(given) {
            let span = row.results[index].span;
            match given.and_then(|it| self.given_node(it, list, column, rows, span)) {
                Some(node) => results.push((node, span)),
                None => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let (ty, unit) = self.result_type(it, &results)?;
        let is_band =
            |node: &NodeId| matches!(self.program.node(*node).kind, NodeKind::Band { .. });
        let bands = results.iter().find(|it| is_band(&it.0)).map(|it| it.1);
        if rows.hit == Hit::Every {
            if let Some(span) = bands {
                return self.fail(errors::band_in_sum(span));
            }
            if !matches!(ty, Ty::Number(_) | Ty::NotApplicable) {
                let found = self.describe(ty);
                return self.fail(errors::sum_of_no_numbers(results[0].1, &found));
            }
        }
        let written = rows.cells.iter().zip(results);
        let decision = ir::Decision {
            hit: rows.hit,
            heads: rows.heads.clone(),
            rows: written
                .map(|(cells, (result, _))| DecisionRow { cells: cells.clone(), result })
                .collect(),
            total,
        };
        Some(self.node(NodeKind::Decide(decision), ty, unit, at, it.name.span))
    }
}

/// The result columns of a table, still to be filled.
pub(super) fn empty_gradings(head: &Head, it: &ast::Decision) -> Vec<ir::Grading> {
    let several = it.results.len() > 1;
    let name = |at: usize| match several {
        true => format!("{} 的 {}", head.name, it.results[at].text),
        false => head.name.clone(),
    };
    let one = |at: usize| ir::Grading {
        head: Head { name: name(at), ..head.clone() },
        form: match it.form {
            DecisionForm::Grading => GradingForm::Grading,
            DecisionForm::Table => GradingForm::Table,
            DecisionForm::Conclusion => GradingForm::Conclusion,
        },
        table: TableId(0),
        node: NodeId(0),
        reported: NodeId(0),
        decision: NodeId(0),
        judged: None,
        heads: it.heads.iter().map(|it| it.span).collect(),
        cells: it.rows.iter().map(|row| row.cells.iter().map(|it| it.span).collect()).collect(),
    };
    (0..it.results.len().max(1)).map(one).collect()
}
