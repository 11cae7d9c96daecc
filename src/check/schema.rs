//! 数据 items to tables, fields and domains (`semantics` §1.2). Cells are not read here.

use crate::check::Checker;
use crate::check::errors;
use crate::check::rules::judges;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::syntax::ast;
use crate::syntax::ast::FieldOption;
use crate::syntax::ast::ItemKind;
use crate::value::Dimension;
use crate::value::PeriodKind;

impl<'a> Checker<'a> {
    /// Enters the tables, then their fields, then which table is whose child.
    pub(super) fn tables(&mut self, items: &[&'a ast::Item]) {
        let all: Vec<&ast::Data> = data(items).collect();
        for it in &all {
            self.program.tables.push(Table {
                name: it.name.text.clone(),
                fields: vec![],
                parent: None,
                key: None,
                name_field: None,
                periods: None,
                span: it.name.span,
            });
        }
        for (index, it) in all.iter().enumerate() {
            let table = TableId(index as u32);
            let mut keys = vec![];
            for field in &it.fields {
                if let Some(twice) = self.program.tables[index]
                    .fields
                    .iter()
                    .find(|other| other.name == field.name.text)
                {
                    self.faults.push(errors::name_twice(&field.name, twice.span));
                    continue;
                }
                if field.options.iter().any(|it| matches!(it.value, FieldOption::Key)) {
                    keys.push(field.name.span);
                    self.program.tables[index].key =
                        Some(self.program.tables[index].fields.len() as u32);
                }
                let lowered = self.lower_field(field, table);
                self.program.tables[index].fields.push(lowered);
            }
            if let [first, .., other] = keys.as_slice() {
                self.faults.push(errors::two_keys(*first, *other));
            }
            let fields = &self.program.tables[index].fields;
            let named = fields
                .iter()
                .position(|it| matches!(it.name.as_str(), "名称" | "name"))
                .map(|at| at as u32);
            let table = &mut self.program.tables[index];
            table.name_field = named;
            table.key = table.key.or(named);
        }
        self.parents();
        self.by_periods(items);
        self.rule_date();
    }

    /// A table is a list of at most one other, and of none of its own children.
    fn parents(&mut self) {
        for index in 0..self.program.tables.len() {
            for place in 0..self.program.tables[index].fields.len() {
                let FieldKind::Rows { table: child, .. } =
                    self.program.tables[index].fields[place].kind
                else {
                    continue;
                };
                let field = FieldId { table: TableId(index as u32), index: place as u32 };
                let span = self.program.field(field).span;
                let mut above = Some(field.table);
                let mut circular = false;
                while let Some(table) = above {
                    circular |= table == child;
                    above = self
                        .program
                        .table(table)
                        .parent
                        .map(|it| it.table)
                        .filter(|it| *it != table);
                }
                let taken = self.program.table(child).parent;
                match taken {
                    _ if circular => self.faults.push(errors::table_in_itself(span)),
                    Some(other) => {
                        let first = self.program.field(other).span;
                        self.faults.push(errors::two_parents(
                            span,
                            first,
                            &self.program.table(child).name.clone(),
                        ));
                    }
                    None => self.program.tables[child.0 as usize].parent = Some(field),
                }
            }
        }
    }

    /// 适用时点 names a date field of some table.
    fn rule_date(&mut self) {
        let Some(name) = self.program.policy.rule_date.clone() else { return };
        let dates = |it: &Field| matches!(it.kind, FieldKind::Scalar { ty: Ty::Date, .. });
        let all = || self.program.tables.iter().flat_map(|it| &it.fields);
        if !all().any(|it| it.name == name && dates(it)) {
            let known: Vec<&str> =
                all().filter(|it| dates(it)).map(|it| it.name.as_str()).collect();
            let fault = errors::rule_date_unknown(&name, &known, self.policy_span());
            self.faults.push(fault);
        }
    }

    /// The tables whose rows are the cases: those that a 结论 or 分级 is 对, else a 条件, else the top tables.
    pub(super) fn case_tables(&mut self, items: &[&'a ast::Item]) {
        let scope = |item: &&ast::Item| match &item.kind {
            ItemKind::Criterion(it) => it.scope.clone(),
            ItemKind::Decision(it) => it.scope.clone(),
            ItemKind::Score(it) => it.scope.clone(),
            ItemKind::Conclusion(it) => it.scope.clone(),
            _ => None,
        };
        let named = |judging: bool| -> Vec<TableId> {
            let chosen = items.iter().filter(|it| judges(&it.kind) == judging).filter_map(scope);
            chosen.filter_map(|it| self.symbols.tables.get(it.text.as_str()).copied()).collect()
        };
        let top = (0..self.program.tables.len() as u32).map(TableId);
        let top: Vec<_> = top.filter(|it| self.program.table(*it).parent.is_none()).collect();
        let mut found = [named(true), named(false), top]
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_default();
        found.sort_unstable();
        found.dedup();
        self.program.case_tables = found;
    }

    /// Notes which fields have a 适用 guard, and compiles the guards.
    pub(super) fn guards(&mut self, items: &[&'a ast::Item]) {
        let mut guarded = vec![];
        for it in data(items) {
            let table = self.symbols.tables[it.name.text.as_str()];
            for field in &it.fields {
                let guard =
                    field.options.iter().any(|it| matches!(it.value, FieldOption::Applies(_)));
                if let Some(id) = self.field_named(table, &field.name.text).filter(|_| guard) {
                    self.symbols.progress.insert(Symbol::Guard(id), Progress::Waiting);
                    guarded.push((id, field));
                }
            }
        }
        for (id, field) in guarded {
            self.guard_sources.insert(id, field);
        }
        let ids: Vec<_> = self.guard_sources.keys().copied().collect();
        for id in ids {
            let node = self.compiled(Symbol::Guard(id));
            self.program.tables[id.table.0 as usize].fields[id.index as usize].applies = node;
        }
    }

    /// The guard of a field.
    pub(super) fn field_guard(&mut self, field: FieldId) -> Option<NodeId> {
        let source = self.guard_sources.get(&field).copied()?;
        let guard = source.options.iter().find_map(|it| match &it.value {
            FieldOption::Applies(guard) => Some(guard),
            _ => None,
        })?;
        self.condition(guard, field.table)
    }

    /// A type in words.
    pub(super) fn describe(&self, ty: Ty) -> String {
        match ty {
            Ty::Truth => "是否".to_owned(),
            Ty::Number(it) if it == Dimension::default() => "数".to_owned(),
            Ty::Number(it) if it == Dimension { money: 1, ..Dimension::default() } => {
                "金额".to_owned()
            }
            Ty::Number(_) => "计量".to_owned(),
            Ty::Date => "日期".to_owned(),
            Ty::Period(PeriodKind::Year) => "年份".to_owned(),
            Ty::Period(PeriodKind::Quarter) => "季度".to_owned(),
            Ty::Period(PeriodKind::Month) => "月份".to_owned(),
            Ty::Duration(unit) => match unit {
                ir::DurationUnit::Year => "年数".to_owned(),
                ir::DurationUnit::Month => "月数".to_owned(),
                ir::DurationUnit::Day => "日数".to_owned(),
                ir::DurationUnit::Workday => "工作日数".to_owned(),
            },
            Ty::Text => "文本".to_owned(),
            Ty::Member(list) => format!("“{}”中的一项", self.program.vocabulary(list).name),
            Ty::NotApplicable => "不适用".to_owned(),
        }
    }
}

fn data<'a>(items: &[&'a ast::Item]) -> impl Iterator<Item = &'a ast::Data> {
    items.iter().filter_map(|it| match &it.kind {
        ItemKind::Data(it) => Some(it),
        _ => None,
    })
}
