//! 案例 and 测试 to runs: written tables, the day, what stands in. What is expected is in `expects`; nothing is run here.

use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Symbol;
use crate::ir::Drawn;
use crate::ir::Expect;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::TableId;
use crate::ir::Test;
use crate::ir::WrittenCell;
use crate::ir::WrittenTable;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::SetValue;
use crate::syntax::ast::TestHeadKind;
use crate::value::PeriodKind;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// What one made-up case says of each field, the later 设 standing in for the earlier.
type Settings<'e> = IndexMap<FieldId, Written<'e>>;

/// The value of one 设.
#[derive(Clone)]
enum Written<'e> {
    Cell(WrittenCell),
    Rows(Vec<FieldId>, &'e [Vec<ast::RawCell>]),
}

impl<'a> Checker<'a> {
    /// Checks every 案例 and makes the runs of every 测试.
    pub(super) fn tests(&mut self, items: &[&'a ast::Item]) {
        for item in items {
            match &item.kind {
                ItemKind::Case(it) => {
                    if let Some(at) = self.scope(it.scope.as_ref(), &it.name) {
                        self.settings(&it.sets, at, &mut Settings::new());
                    }
                }
                ItemKind::Test(it) => self.test(it),
                _ => {}
            }
        }
    }

    fn test(&mut self, it: &'a ast::Test) {
        for citation in &it.basis {
            self.cite(citation);
        }
        let Some(at) = self.scope(it.scope.as_ref(), &it.name) else { return };
        if let Some(parent) = self.program.table(at).parent {
            let (child, parent) = (
                self.program.table(at).name.clone(),
                self.program.table(parent.table).name.clone(),
            );
            self.faults.push(errors::test_of_child(&it.name, &child, &parent));
            return;
        }
        let mut cases: Vec<Settings> = vec![];
        for given in it.given.iter().filter(|_| it.drawn.is_none()) {
            let Some(case) = self.symbols.cases.get(given.text.as_str()).copied() else {
                let known: Vec<&str> = self.symbols.cases.keys().copied().collect();
                self.faults.push(errors::unknown_case(given, &known));
                return;
            };
            let mut settings = Settings::new();
            // Its faults were reported where the case stands.
            let before = self.faults.0.len();
            self.settings(&case.sets, at, &mut settings);
            self.faults.0.truncate(before);
            cases.push(settings);
        }
        if cases.is_empty() {
            cases.push(Settings::new());
        }
        self.settings(&it.sets, at, &mut cases[0]);
        let supposes =
            it.supposes.iter().filter_map(|(name, cell)| self.suppose(name, cell, at)).collect();
        let expects: Vec<Expect> = it.expects.iter().filter_map(|it| self.expect(it, at)).collect();
        let nothing = it.expects.is_empty()
            && it.snapshot.is_none()
            && !it
                .table
                .iter()
                .any(|it| it.heads.iter().any(|head| head.kind == TestHeadKind::Expect));
        if nothing && !self.is_damaged(&it.name) {
            self.faults.push(errors::test_without_expectation(&it.name));
        }
        let on = it.on.map(errors::day_number);
        let periods = self.test_periods(&it.periods);
        let drawn = it.drawn.as_ref().map(|file| Drawn {
            file: file.value.clone(),
            span: file.span,
            keys: it.given.iter().map(|key| key.text.clone()).collect(),
        });
        let snapshot = it.snapshot.is_some();
        let confirmed = it.unconfirmed.is_none();
        let base =
            Base { name: &it.name, at, on, periods, supposes, expects, drawn, snapshot, confirmed };
        match &it.table {
            None => self.push_test(
                &base,
                &cases,
                it.name.text.clone(),
                it.name.span,
                Variation::default(),
            ),
            Some(table) => self.table_tests(&base, &cases, table),
        }
    }

    /// One run for each row of a test's table.
    fn table_tests(&mut self, base: &Base, cases: &[Settings<'a>], table: &'a ast::TestTable) {
        for (index, (cells, span)) in table.rows.iter().enumerate() {
            let mut cases = cases.to_vec();
            let mut variation = Variation::default();
            let mut sound = true;
            for (head, cell) in table.heads.iter().zip(cells) {
                let ok = match head.kind {
                    TestHeadKind::Set => self.set_cell(&head.name, cell, base.at, &mut cases[0]),
                    TestHeadKind::Suppose => match self.suppose(&head.name, cell, base.at) {
                        Some(it) => {
                            variation.supposes.push(it);
                            true
                        }
                        None => false,
                    },
                    TestHeadKind::On => {
                        variation.on = crate::value::day::parse_exact(&cell.text);
                        if variation.on.is_none() {
                            self.faults.push(errors::day_needed(cell.span));
                        }
                        variation.on.is_some()
                    }
                    TestHeadKind::Period => {
                        let read = crate::value::period::parse(&cell.text);
                        if read.is_none() {
                            let (value, span) = (cell.text.clone(), cell.span);
                            let word = crate::source::Spanned { value, span };
                            self.faults.push(errors::data_period_unknown(&word));
                        }
                        variation.periods.extend(read);
                        read.is_some()
                    }
                    TestHeadKind::Expect => match self.expect_cell(&head.name, cell, base.at) {
                        Some(it) => {
                            variation.expects.push(it);
                            true
                        }
                        None => false,
                    },
                };
                sound &= ok;
            }
            if sound {
                let name = format!("{}（第 {} 行）", base.name.text, index + 1);
                self.push_test(base, &cases, name, *span, variation);
            } else if index == 0 {
                // A bad head would be reported again by every row.
                return;
            }
        }
    }

    fn push_test(
        &mut self,
        base: &Base,
        cases: &[Settings],
        name: String,
        span: Span,
        variation: Variation,
    ) {
        let data = self.written(cases, base.at);
        let mut supposes = base.supposes.clone();
        supposes.extend(variation.supposes);
        let mut expects = base.expects.clone();
        expects.extend(variation.expects);
        let on = variation.on.or(base.on);
        let mut periods = base.periods.clone();
        periods.extend(variation.periods);
        let table = base.at;
        let (drawn, snapshot, confirmed) = (base.drawn.clone(), base.snapshot, base.confirmed);
        let test = Test {
            name,
            table,
            data,
            drawn,
            on,
            periods,
            supposes,
            expects,
            snapshot,
            confirmed,
            span,
        };
        self.program.tests.push(test);
    }

    fn settings(&mut self, sets: &'a [ast::Setting], at: TableId, into: &mut Settings<'a>) {
        for set in sets {
            match &set.value {
                SetValue::Cell(cell) => {
                    self.set_cell(&set.field, cell, at, into);
                }
                SetValue::Rows { heads, rows } => {
                    let Some(field) = self.setting_field(&set.field, at) else { continue };
                    let FieldKind::Rows { table: child, .. } = self.program.field(field).kind
                    else {
                        self.faults.push(errors::not_rows(&set.field));
                        continue;
                    };
                    let columns: Vec<_> =
                        heads.iter().map(|it| self.setting_field(it, child)).collect();
                    if let Some(columns) = columns.into_iter().collect::<Option<Vec<_>>>() {
                        into.insert(field, Written::Rows(columns, rows));
                    }
                }
            }
        }
    }

    fn set_cell(
        &mut self,
        name: &ast::Name,
        cell: &ast::RawCell,
        at: TableId,
        into: &mut Settings<'a>,
    ) -> bool {
        let Some(field) = self.setting_field(name, at) else { return false };
        let rows = matches!(self.program.field(field).kind, FieldKind::Rows { .. });
        if rows && !matches!(cell.text.as_str(), "无" | "none" | "") {
            self.faults.push(errors::rows_need_table(cell.span, &name.text));
            return false;
        }
        into.insert(field, Written::Cell(written_cell(cell)));
        true
    }

    fn setting_field(&mut self, name: &ast::Name, at: TableId) -> Option<FieldId> {
        let found = self.field_named(at, &name.text);
        if found.is_none() {
            let table = self.program.table(at).name.clone();
            let known: Vec<String> =
                self.program.table(at).fields.iter().map(|it| it.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let computed = self.symbols.rules.contains_key(name.text.as_str());
            self.faults.push(match computed {
                true => errors::suppose_meant(name),
                false => errors::unknown_field(name, &table, &known),
            });
        }
        found
    }

    /// The tables of the given cases, the judged one first.
    fn written(&self, cases: &[Settings], at: TableId) -> Vec<WrittenTable> {
        let list_of = |field: FieldId| match self.program.field(field).kind {
            FieldKind::Rows { table, .. } => Some(table),
            FieldKind::Scalar { .. } => None,
        };
        let mut fields: Vec<FieldId> = cases.iter().flat_map(|it| it.keys().copied()).collect();
        fields.sort_unstable();
        fields.dedup();
        let span = self.program.table(at).span;
        let (lists, fields): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|it| list_of(*it).is_some());
        let cell = |case: &Settings, field: &FieldId| match case.get(field) {
            Some(Written::Cell(cell)) => cell.clone(),
            _ => WrittenCell { text: String::new(), span },
        };
        let rows = cases
            .iter()
            .map(|case| (0, fields.iter().map(|it| cell(case, it)).collect()))
            .collect();
        let mut all = vec![WrittenTable { table: at, fields, rows, given: vec![] }];
        for list in lists {
            let table = list_of(list).expect("lists were parted from fields");
            all.push(self.written_list(cases, list, table));
        }
        all
    }

    /// The child rows that the cases give for one list.
    fn written_list(&self, cases: &[Settings], list: FieldId, table: TableId) -> WrittenTable {
        let parts = cases.iter().map(|case| match case.get(&list) {
            Some(Written::Rows(columns, rows)) => (columns.as_slice(), *rows, true),
            Some(Written::Cell(cell)) => {
                (Default::default(), Default::default(), !cell.text.is_empty())
            }
            None => (Default::default(), Default::default(), false),
        });
        let parts: Vec<_> = parts.collect();
        let mut fields: Vec<FieldId> = parts.iter().flat_map(|it| it.0.iter().copied()).collect();
        fields.sort_unstable();
        fields.dedup();
        let mut rows = vec![];
        for (parent, (columns, cells, _)) in parts.iter().enumerate() {
            for row in *cells {
                let span = row.first().map_or(self.program.table(table).span, |it| it.span);
                let cell = |field: &FieldId| {
                    let at = columns.iter().position(|it| it == field).and_then(|at| row.get(at));
                    at.map_or_else(|| WrittenCell { text: String::new(), span }, written_cell)
                };
                rows.push((parent as u32, fields.iter().map(cell).collect()));
            }
        }
        WrittenTable { table, fields, rows, given: parts.iter().map(|it| it.2).collect() }
    }

    /// 假定 ITEM 为 VALUE
    fn suppose(
        &mut self,
        name: &ast::Name,
        cell: &ast::RawCell,
        at: TableId,
    ) -> Option<(NodeId, WrittenCell)> {
        match self.symbols.rules.get(name.text.as_str()).copied() {
            Some(
                symbol @ (Symbol::Indicator(_)
                | Symbol::Grading(_)
                | Symbol::Score(_)
                | Symbol::Criterion(_)),
            ) => {
                let node = self.reference(symbol, name, at)?;
                Some((node, written_cell(cell)))
            }
            _ => {
                let known: Vec<&str> = self.symbols.rules.keys().copied().collect();
                self.fail(errors::nothing_to_suppose(name, &known)).and(None)
            }
        }
    }
}

/// What all rows of a test's table share.
struct Base<'e> {
    name: &'e ast::Name,
    at: TableId,
    on: Option<i32>,
    periods: BTreeMap<PeriodKind, i32>,
    supposes: Vec<(NodeId, WrittenCell)>,
    expects: Vec<Expect>,
    drawn: Option<Drawn>,
    snapshot: bool,
    confirmed: bool,
}

/// What one row of a test's table adds.
#[derive(Default)]
struct Variation {
    on: Option<i32>,
    periods: BTreeMap<PeriodKind, i32>,
    supposes: Vec<(NodeId, WrittenCell)>,
    expects: Vec<Expect>,
}

pub(super) fn written_cell(cell: &ast::RawCell) -> WrittenCell {
    WrittenCell { text: cell.text.clone(), span: cell.span }
}
