//! Which names there are, and what a name means in a place. Nothing is typed here.

use crate::builtins;
use crate::check::Checker;
use crate::check::errors;
use crate::diagnostic::Diagnostic;
use crate::ir;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;
use indexmap::IndexMap;

/// An item that rules may refer to, by its place among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Symbol {
    Parameter(u32),
    Indicator(u32),
    Criterion(u32),
    /// A 分级, a result column of a 判定表, a 结论 that is a table: by its place among all of them.
    Grading(u32),
    Score(u32),
    Conclusion(u32),
    Function(u32),
    /// The 适用 guard of a field.
    Guard(FieldId),
}

/// How far an item is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Waiting,
    Running,
    /// Compiled; none if it has faults.
    Done(Option<NodeId>),
}

/// The names of a rulebook. 条件, 指标 and the like share one namespace; tables, lists and cases have their own.
#[derive(Default)]
pub(super) struct Symbols<'a> {
    pub tables: IndexMap<&'a str, TableId>,
    pub vocabularies: IndexMap<&'a str, ir::VocabularyId>,
    pub rules: IndexMap<&'a str, Symbol>,
    pub cases: IndexMap<&'a str, &'a ast::Case>,
    pub parameters: Vec<&'a ast::Parameter>,
    pub indicators: Vec<&'a ast::Indicator>,
    pub criteria: Vec<&'a ast::Criterion>,
    pub decisions: Vec<&'a ast::Decision>,
    /// The result columns of all tables: which table, and which of its columns.
    pub columns: Vec<(u32, u32)>,
    pub scores: Vec<&'a ast::Score>,
    pub conclusions: Vec<&'a ast::Conclusion>,
    pub functions: Vec<&'a ast::Function>,
    pub progress: IndexMap<Symbol, Progress>,
    /// Items whose clauses were malformed, by the place of their name: what they lack is not reported.
    pub damaged: Vec<Span>,
}

impl<'a> Symbols<'a> {
    pub(super) fn new(items: &[&'a ast::Item]) -> Symbols<'a> {
        let mut it = Symbols::default();
        for item in items {
            match &item.kind {
                ItemKind::Parameter(one) => it.parameters.push(one),
                ItemKind::Indicator(one) => it.indicators.push(one),
                ItemKind::Criterion(one) => it.criteria.push(one),
                ItemKind::Decision(one) => {
                    let table = it.decisions.len() as u32;
                    it.columns.extend((0..one.results.len().max(1) as u32).map(|at| (table, at)));
                    it.decisions.push(one);
                }
                ItemKind::Score(one) => it.scores.push(one),
                ItemKind::Conclusion(one) => it.conclusions.push(one),
                ItemKind::Function(one) => it.functions.push(one),
                _ => {}
            }
        }
        it
    }

    /// The clauses that a rule has in common with others.
    pub(super) fn shared_of(&self, symbol: Symbol) -> Option<&'a ast::Shared> {
        Some(match symbol {
            Symbol::Parameter(at) => &self.parameters[at as usize].shared,
            Symbol::Indicator(at) => &self.indicators[at as usize].shared,
            Symbol::Criterion(at) => &self.criteria[at as usize].shared,
            Symbol::Grading(at) => &self.table_of(at).shared,
            Symbol::Score(at) => &self.scores[at as usize].shared,
            Symbol::Conclusion(at) => &self.conclusions[at as usize].shared,
            Symbol::Function(at) => &self.functions[at as usize].shared,
            Symbol::Guard(_) => return None,
        })
    }

    /// The name of a rule.
    pub(super) fn name_of(&self, symbol: Symbol) -> Option<&'a ast::Name> {
        Some(match symbol {
            Symbol::Parameter(at) => &self.parameters[at as usize].name,
            Symbol::Indicator(at) => &self.indicators[at as usize].name,
            Symbol::Criterion(at) => &self.criteria[at as usize].name,
            Symbol::Grading(at) => &self.table_of(at).name,
            Symbol::Score(at) => &self.scores[at as usize].name,
            Symbol::Conclusion(at) => &self.conclusions[at as usize].name,
            Symbol::Function(at) => &self.functions[at as usize].name,
            Symbol::Guard(_) => return None,
        })
    }

    /// The table that a result column belongs to.
    pub(super) fn table_of(&self, column: u32) -> &'a ast::Decision {
        self.decisions[self.columns[column as usize].0 as usize]
    }

    /// The result columns of a table, by its first.
    pub(super) fn columns_of(&self, column: u32) -> impl Iterator<Item = u32> + use<> {
        let (table, at) = self.columns[column as usize];
        let first = column - at;
        first..first + self.decisions[table as usize].results.len().max(1) as u32
    }
}

/// What a bare name means in a table.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    /// A field of this table or of a parent.
    Field(FieldId),
    /// A rule.
    Rule(Symbol),
    /// An input of the 函数 whose formula is being compiled.
    Input(NodeId),
}

impl<'a> Checker<'a> {
    /// Enters every name, and reports names given twice.
    pub(super) fn collect(&mut self, items: &[&'a ast::Item]) {
        let (mut tables, mut lists) = (0, 0);
        let mut counts = [0u32; 7];
        let mut seen: IndexMap<(&str, &'a str), Span> = IndexMap::new();
        for item in items {
            let (space, name) = match &item.kind {
                ItemKind::Policy(_) => continue,
                ItemKind::Vocabulary(it) => ("list", &it.name),
                ItemKind::Measuring(it) => ("unit", &it.name),
                ItemKind::Data(it) => ("table", &it.name),
                ItemKind::Parameter(it) => ("rule", &it.name),
                ItemKind::Indicator(it) => ("rule", &it.name),
                ItemKind::Criterion(it) => ("rule", &it.name),
                ItemKind::Decision(it) => ("rule", &it.name),
                ItemKind::Score(it) => ("rule", &it.name),
                ItemKind::Conclusion(it) => ("rule", &it.name),
                ItemKind::Function(it) => ("rule", &it.name),
                ItemKind::Case(it) => ("case", &it.name),
                ItemKind::Test(it) => ("test", &it.name),
            };
            if item.damaged {
                self.symbols.damaged.push(name.span);
            }
            let first = *seen.entry((space, name.text.as_str())).or_insert(name.span);
            if first != name.span {
                self.faults.push(errors::name_twice(name, first));
            }
            let text = name.text.as_str();
            let mut next = |kind: usize| {
                counts[kind] += 1;
                counts[kind] - 1
            };
            match &item.kind {
                ItemKind::Vocabulary(_) => {
                    self.symbols.vocabularies.entry(text).or_insert(ir::VocabularyId(lists));
                    lists += 1;
                }
                ItemKind::Data(_) => {
                    self.symbols.tables.entry(text).or_insert(TableId(tables));
                    tables += 1;
                }
                ItemKind::Parameter(_) => self.enter(text, Symbol::Parameter(next(0))),
                ItemKind::Indicator(_) => self.enter(text, Symbol::Indicator(next(1))),
                ItemKind::Criterion(_) => self.enter(text, Symbol::Criterion(next(2))),
                ItemKind::Decision(it) => {
                    for _ in 0..it.results.len().max(1) {
                        self.enter(text, Symbol::Grading(next(3)));
                    }
                }
                ItemKind::Conclusion(_) => self.enter(text, Symbol::Conclusion(next(4))),
                ItemKind::Score(_) => self.enter(text, Symbol::Score(next(5))),
                ItemKind::Function(_) => self.enter(text, Symbol::Function(next(6))),
                ItemKind::Case(it) => {
                    self.symbols.cases.entry(text).or_insert(it);
                }
                ItemKind::Policy(_) | ItemKind::Measuring(_) | ItemKind::Test(_) => {}
            }
        }
    }

    fn enter(&mut self, name: &'a str, symbol: Symbol) {
        self.symbols.rules.entry(name).or_insert(symbol);
        self.symbols.progress.insert(symbol, Progress::Waiting);
    }

    /// What a name means in a table: the row's field, a rule of the row's table, then the same of the parent.
    /// A rule that is for no such table is still found, so that the fault can say so.
    pub(super) fn meaning(&self, name: &str, at: TableId) -> Option<Meaning> {
        let rule = self.symbols.rules.get(name).copied();
        if let Some(inputs) = &self.inputs {
            let input = inputs.get(name).map(|it| Meaning::Input(*it));
            let rule = rule.filter(|it| self.is_for_functions(*it));
            return input.or(rule.map(Meaning::Rule));
        }
        let mut table = Some(at);
        while let Some(here) = table {
            if let Some(field) = self.field_named(here, name) {
                return Some(Meaning::Field(field));
            }
            if let Some(rule) = rule.filter(|it| self.scope_of(*it) == Some(here)) {
                return Some(Meaning::Rule(rule));
            }
            table = self.program.table(here).parent.map(|it| it.table);
        }
        rule.map(Meaning::Rule)
    }

    /// Whether a formula of a 函数 may name a rule: parameters that look at no case, and other functions.
    fn is_for_functions(&self, symbol: Symbol) -> bool {
        match symbol {
            Symbol::Parameter(at) => {
                let parameter = self.symbols.parameters[at as usize];
                parameter.scope.is_none() && parameter.exceptions.is_empty()
            }
            other => matches!(other, Symbol::Function(_)),
        }
    }

    /// A field by its name or an alias.
    pub(super) fn field_named(&self, table: TableId, name: &str) -> Option<FieldId> {
        let fields = &self.program.table(table).fields;
        let by_name = fields.iter().position(|it| it.name == name);
        let found =
            by_name.or_else(|| fields.iter().position(|it| it.aliases.iter().any(|a| a == name)));
        found.map(|index| FieldId { table, index: index as u32 })
    }

    /// The table a rule is for; none for a parameter without 对, or where its 对 is unknown.
    pub(super) fn scope_of(&self, symbol: Symbol) -> Option<TableId> {
        let scope = match symbol {
            Symbol::Parameter(at) => {
                let parameter = self.symbols.parameters[at as usize];
                return parameter
                    .scope
                    .as_ref()
                    .and_then(|it| self.symbols.tables.get(it.text.as_str()).copied());
            }
            Symbol::Indicator(at) => &self.symbols.indicators[at as usize].scope,
            Symbol::Criterion(at) => &self.symbols.criteria[at as usize].scope,
            Symbol::Grading(at) => &self.symbols.table_of(at).scope,
            Symbol::Score(at) => &self.symbols.scores[at as usize].scope,
            Symbol::Conclusion(at) => &self.symbols.conclusions[at as usize].scope,
            Symbol::Function(_) => return None,
            Symbol::Guard(field) => return Some(field.table),
        };
        match scope {
            Some(name) => self.symbols.tables.get(name.text.as_str()).copied(),
            None => self.only_case_table(),
        }
    }

    /// The table an item without 对 is for.
    pub(super) fn only_case_table(&self) -> Option<TableId> {
        match self.program.case_tables.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The table of an item's 对, with a fault where it is not there.
    pub(super) fn scope(&mut self, scope: Option<&ast::Name>, item: &ast::Name) -> Option<TableId> {
        let Some(name) = scope else {
            let only = self.only_case_table();
            if only.is_none() {
                self.faults.push(errors::scope_needed(item));
            }
            return only;
        };
        let found = self.symbols.tables.get(name.text.as_str()).copied();
        if found.is_none() {
            let known = self.symbols.tables.keys().copied().collect::<Vec<_>>();
            self.faults.push(errors::unknown_table(name, &known));
        }
        found
    }

    /// The fault for a name that means nothing in a table.
    pub(super) fn unknown_name(&self, name: &ast::Name, at: TableId) -> Diagnostic {
        if let Some(inputs) = &self.inputs {
            return self.no_input(name, inputs);
        }
        let mut known: Vec<&str> = self.symbols.rules.keys().copied().collect();
        let mut table = Some(at);
        while let Some(here) = table {
            known.extend(self.program.table(here).fields.iter().map(|it| it.name.as_str()));
            table = self.program.table(here).parent.map(|it| it.table);
        }
        if let Some(list) = self.symbols.vocabularies.get(name.text.as_str()) {
            let fields = &self.program.table(at).fields;
            let of_it = fields.iter().filter(
                |it| matches!(&it.kind, FieldKind::Scalar { ty: Ty::Member(of), .. } if of == list),
            );
            let of_it: Vec<&str> = of_it.map(|it| it.name.as_str()).collect();
            return errors::list_is_no_value(name, &of_it);
        }
        known.extend(self.symbols.vocabularies.keys().copied());
        if let Some(function) = builtins::find(&name.text) {
            return errors::function_needs_arguments(name, function);
        }
        let below = self.program.tables.iter().find(|table| {
            table.parent.is_some_and(|it| it.table == at)
                && table.fields.iter().any(|it| it.name == name.text)
        });
        if let Some(list) = below.and_then(|it| it.parent) {
            return errors::field_of_rows(name, &self.program.field(list).name);
        }
        errors::unknown_name(name, &known)
    }

    /// The fault for a name that means nothing in the formula of a 函数.
    fn no_input(&self, name: &ast::Name, inputs: &IndexMap<String, NodeId>) -> Diagnostic {
        if let Some(function) = builtins::find(&name.text) {
            return errors::function_needs_arguments(name, function);
        }
        let is_field = |it: &ir::Table| it.fields.iter().any(|it| it.name == name.text);
        let elsewhere = self.symbols.rules.contains_key(name.text.as_str())
            || self.program.tables.iter().any(is_field);
        if elsewhere {
            return errors::no_input(name);
        }
        let rules = self.symbols.rules.iter().filter(|it| self.is_for_functions(*it.1));
        let known = inputs.keys().map(String::as_str).chain(rules.map(|it| *it.0));
        errors::unknown_name(name, &known.collect::<Vec<_>>())
    }
}
