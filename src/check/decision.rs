//! 判定表, 分级 and tables of 结论: heads, cells and results to nodes. Whether rows leave gaps or overlap is seen elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::compare::comparison;
use crate::check::errors;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::CellTest;
use crate::ir::Constant;
use crate::ir::DecisionRow;
use crate::ir::FieldId;
use crate::ir::GradingForm;
use crate::ir::GradingId;
use crate::ir::Head;
use crate::ir::Hit;
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
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Number;
use crate::value::Unit;
use indexmap::IndexMap;

/// What a result cell gives.
enum Given {
    /// A word of the table's own list.
    Word(String),
    /// A number, truth, day or 不适用.
    Node(NodeId),
    /// A band awaiting the reviewer.
    Band((NodeId, bool), (NodeId, bool)),
}

/// What all result columns of a table share.
struct Rows {
    at: TableId,
    hit: Hit,
    heads: Vec<NodeId>,
    cells: Vec<Vec<CellTest>>,
    judged: Option<(FieldId, NodeId)>,
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
                (grading.node, grading.decision) = (*node, decision);
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

    /// The one type of a result column.
    fn result_type(
        &mut self,
        it: &ast::Decision,
        results: &[(NodeId, Span)],
    ) -> Option<(Ty, Option<Unit>)> {
        let word = |ty: Ty| match ty {
            Ty::Member(_) => "词",
            Ty::Number(_) | Ty::Duration(_) => "数",
            Ty::Date => "日期",
            Ty::Period(_) => "期间",
            Ty::Truth => "是或否",
            Ty::Text => "文字",
            Ty::NotApplicable => "不适用",
        };
        let kinds = results.iter().filter(|it| self.ty(it.0) != Ty::NotApplicable);
        let kinds: Vec<(&str, Span)> = kinds.map(|it| (word(self.ty(it.0)), it.1)).collect();
        let Some(&(first, first_span)) = kinds.first() else { return self.one_type(results) };
        if let Some((other, span)) = kinds.iter().find(|it| it.0 != first) {
            let fault = errors::mixed_results(it, [first, other], [first_span, *span]);
            return self.fail(fault).and(None);
        }
        self.one_type(results)
    }

    /// What a result cell says.
    fn given(&mut self, result: &Expr, at: TableId) -> Option<Given> {
        match &bare(result).kind {
            ExprKind::Name(name) if self.meaning(&name.text, at).is_none() => {
                Some(Given::Word(crate::value::text::fold(&name.text).to_string()))
            }
            ExprKind::Text(text) => Some(Given::Word(crate::value::text::fold(text).to_string())),
            ExprKind::Range { low: Some(low), high: Some(high), .. } => {
                let (a, b) = (self.expr(&low.0, at), self.expr(&high.0, at));
                let (a, b) = (a?, b?);
                let spans = [low.0.span, high.0.span];
                let (a, b) = self.alike(a, b, spans)?;
                if let (Some(from), Some(to)) = (self.constant(a), self.constant(b))
                    && from >= to
                {
                    return self.fail(errors::empty_band(result.span)).and(None);
                }
                Some(Given::Band((a, low.1), (b, high.1)))
            }
            ExprKind::Range { .. } => self.fail(errors::open_band(result.span)).and(None),
            _ => self.expr(result, at).map(Given::Node),
        }
    }

    /// The words a column gives, as a list of their own, lowest row first.
    fn words(&mut self, name: String, given: &[Option<Given>]) -> VocabularyId {
        let mut words: Vec<&String> = vec![];
        for given in given.iter().flatten() {
            if let Given::Word(word) = given
                && !words.contains(&word)
            {
                words.push(word);
            }
        }
        words.reverse();
        let member =
            |word: &&String| Member { name: word.as_str().into(), level: 1, ..Member::default() };
        let index = words.iter().zip(0..).map(|(word, at)| ((*word).clone(), vec![at]));
        self.program.vocabularies.push(Vocabulary {
            name,
            kind: VocabularyKind::Grades,
            complete: true,
            members: words.iter().map(member).collect(),
            index: index.collect(),
            file: None,
            calendar: vec![],
        });
        VocabularyId(self.program.vocabularies.len() as u32 - 1)
    }

    fn given_node(
        &mut self,
        given: Given,
        list: VocabularyId,
        column: u32,
        rows: &Rows,
        span: Span,
    ) -> Option<NodeId> {
        match given {
            Given::Word(word) => {
                let member = self.program.vocabulary(list).index.get(&word).map_or(0, |it| it[0]);
                let kind = NodeKind::Constant(Constant::Member(member));
                Some(self.node(kind, Ty::Member(list), None, rows.at, span))
            }
            Given::Node(node) => Some(node),
            Given::Band(low, high) => {
                let judged = rows.judged.map(|it| it.1);
                let judged = match judged {
                    Some(judged) => Some(self.alike(judged, low.0, [span, span])?.0),
                    None => None,
                };
                let (ty, unit) = (self.ty(low.0), self.unit(low.0).or(self.unit(high.0)));
                let of = GradingId(column);
                let kind = NodeKind::Band { of, low, high, judged };
                Some(self.node(kind, ty, unit, rows.at, span))
            }
        }
    }

    fn cell_test(
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

    fn members_of_cell(
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

    fn truth_of_cell(
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

    fn comparisons_of_cell(
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
    fn dashed_range(&self, test: &ast::CellTest) -> Option<crate::diagnostic::Diagnostic> {
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
        decision: NodeId(0),
        judged: None,
        heads: it.heads.iter().map(|it| it.span).collect(),
        cells: it.rows.iter().map(|row| row.cells.iter().map(|it| it.span).collect()).collect(),
    };
    (0..it.results.len().max(1)).map(one).collect()
}
