//! 数据 items to tables, fields and domains (`semantics` §1.2). Cells are not read here.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::compare::comparison;
use crate::check::errors;
use crate::check::rules::judges;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Member;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::FieldOption;
use crate::syntax::ast::FieldType;
use crate::syntax::ast::ItemKind;
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Unit;
use indexmap::IndexMap;

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
                span: it.name.span,
            });
        }
        for (index, it) in all.iter().enumerate() {
            let table = TableId(index as u32);
            let mut keys = vec![];
            for field in &it.fields {
                if let Some(twice) = self.program.tables[index].fields.iter().find(|other| other.name == field.name.text)
                {
                    self.faults.push(errors::name_twice(&field.name, twice.span));
                    continue;
                }
                if field.options.iter().any(|it| matches!(it.value, FieldOption::Key)) {
                    keys.push(field.name.span);
                    self.program.tables[index].key = Some(self.program.tables[index].fields.len() as u32);
                }
                let lowered = self.lower_field(field, table);
                self.program.tables[index].fields.push(lowered);
            }
            if let [first, .., other] = keys.as_slice() {
                self.faults.push(errors::two_keys(*first, *other));
            }
            let fields = &self.program.tables[index].fields;
            let named = fields.iter().position(|it| matches!(it.name.as_str(), "名称" | "name")).map(|at| at as u32);
            let table = &mut self.program.tables[index];
            table.name_field = named;
            table.key = table.key.or(named);
        }
        self.parents();
        self.rule_date();
    }

    /// A table is a list of at most one other, and of none of its own children.
    fn parents(&mut self) {
        for index in 0..self.program.tables.len() {
            for place in 0..self.program.tables[index].fields.len() {
                let FieldKind::Rows { table: child, .. } = self.program.tables[index].fields[place].kind else {
                    continue;
                };
                let field = FieldId { table: TableId(index as u32), index: place as u32 };
                let span = self.program.field(field).span;
                let mut above = Some(field.table);
                let mut circular = false;
                while let Some(table) = above {
                    circular |= table == child;
                    above = self.program.table(table).parent.map(|it| it.table).filter(|it| *it != table);
                }
                let taken = self.program.table(child).parent;
                match taken {
                    _ if circular => self.faults.push(errors::table_in_itself(span)),
                    Some(other) => {
                        let first = self.program.field(other).span;
                        self.faults.push(errors::two_parents(span, first, &self.program.table(child).name.clone()));
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
            let known: Vec<&str> = all().filter(|it| dates(it)).map(|it| it.name.as_str()).collect();
            let fault = errors::rule_date_unknown(&name, &known, self.policy_span());
            self.faults.push(fault);
        }
    }

    /// The tables whose rows are the cases: those that a 结论 or 分级 is 对, else a 条件, else the top tables.
    pub(super) fn case_tables(&mut self, items: &[&'a ast::Item]) {
        let scope = |item: &&ast::Item| match &item.kind {
            ItemKind::Criterion(it) => it.scope.clone(),
            ItemKind::Grading(it) => it.scope.clone(),
            ItemKind::Conclusion(it) => it.scope.clone(),
            _ => None,
        };
        let named = |judging: bool| -> Vec<TableId> {
            let chosen = items.iter().filter(|it| judges(&it.kind) == judging).filter_map(scope);
            chosen.filter_map(|it| self.symbols.tables.get(it.text.as_str()).copied()).collect()
        };
        let top = (0..self.program.tables.len() as u32).map(TableId);
        let top: Vec<_> = top.filter(|it| self.program.table(*it).parent.is_none()).collect();
        let mut found = [named(true), named(false), top].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
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
                let guard = field.options.iter().any(|it| matches!(it.value, FieldOption::Applies(_)));
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

    fn lower_field(&mut self, field: &ast::Field, table: TableId) -> Field {
        let kind = self.field_kind(field);
        let mut it = Field {
            name: field.name.text.clone(),
            aliases: vec![],
            kind,
            optional: false,
            may_be_none: false,
            blank_is_none: false,
            or_other: false,
            unique: false,
            changeable: false,
            step: None,
            supplier: None,
            note: None,
            applies: None,
            span: field.span,
        };
        for option in &field.options {
            self.option(&mut it, option, table);
        }
        it
    }

    fn option(&mut self, field: &mut Field, option: &crate::source::Spanned<FieldOption>, table: TableId) {
        match &option.value {
            FieldOption::Optional => field.optional = true,
            FieldOption::MayBeNone { blank_is_none } => {
                field.may_be_none = true;
                field.blank_is_none = *blank_is_none;
            }
            FieldOption::Key | FieldOption::Applies(_) => {}
            FieldOption::OrOther => {
                let list = match &field.kind {
                    FieldKind::Scalar { ty: Ty::Member(list), .. } => Some(*list),
                    _ => None,
                };
                let written = list.is_some_and(|it| {
                    matches!(
                        self.program.vocabulary(it).kind,
                        VocabularyKind::Classification | VocabularyKind::Roster
                    )
                });
                field.or_other = written;
                if !written {
                    self.faults.push(errors::or_other_needs_list(option.span));
                }
            }
            FieldOption::Incomplete => match &mut field.kind {
                FieldKind::Rows { open, .. } => *open = true,
                _ => self.faults.push(errors::incomplete_needs_list(option.span)),
            },
            FieldOption::Ordered => match field.kind {
                FieldKind::Scalar { ty: Ty::Member(list), .. } => {
                    let kind = &mut self.program.vocabularies[list.0 as usize].kind;
                    match kind {
                        VocabularyKind::Enumeration { ordered } => *ordered = true,
                        _ => self.faults.push(errors::ordered_needs_enumeration(option.span)),
                    }
                }
                _ => self.faults.push(errors::ordered_needs_enumeration(option.span)),
            },
            FieldOption::Changeable => field.changeable = true,
            FieldOption::Step(expr) => {
                let step = self.expr(expr, table);
                field.step = step.and_then(|it| self.constant_number(it));
            }
            FieldOption::Unique => field.unique = true,
            FieldOption::Supplied(name) => field.supplier = Some(name.text.clone()),
            FieldOption::Alias(names) => field.aliases.extend(names.iter().map(|it| it.text.clone())),
            FieldOption::Note(word) => field.note = Some(word.value.clone()),
        }
    }

    fn field_kind(&mut self, field: &ast::Field) -> FieldKind {
        let plain = |ty| FieldKind::Scalar { ty, unit: None, domain: Domain::Everything };
        match &field.ty {
            FieldType::Many(name) => match self.symbols.tables.get(name.text.as_str()) {
                Some(&table) => FieldKind::Rows { table, open: false },
                None => {
                    let known: Vec<_> = self.symbols.tables.keys().copied().collect();
                    self.faults.push(errors::unknown_table(name, &known));
                    plain(Ty::Text)
                }
            },
            FieldType::Choice(words) => {
                let ordered = field.options.iter().any(|it| matches!(it.value, FieldOption::Ordered));
                plain(Ty::Member(self.enumeration(&field.name.text, words, ordered)))
            }
            FieldType::Named { name, unit, domain } => self.named_type(name, unit.as_ref(), domain.as_deref()),
        }
    }

    /// Two enumerations of the same words are one, so that their fields may be compared.
    fn enumeration(&mut self, field: &str, words: &[ast::Name], ordered: bool) -> VocabularyId {
        let kind = VocabularyKind::Enumeration { ordered };
        let mut index: IndexMap<String, Vec<u32>> = IndexMap::new();
        let mut members = vec![];
        for word in words {
            let at = members.len() as u32;
            let folded = crate::value::text::fold(&word.text).to_string();
            if index.insert(folded, vec![at]).is_some() {
                self.faults.push(errors::word_twice(word));
            }
            members.push(Member { name: word.text.as_str().into(), level: 1, ..Member::default() });
        }
        let same = self.program.vocabularies.iter().position(|it| {
            it.kind == kind
                && it.members.len() == members.len()
                && it.members.iter().zip(&members).all(|(a, b)| a.name == b.name)
        });
        if let Some(at) = same {
            return VocabularyId(at as u32);
        }
        let name = field.to_owned();
        let vocabulary = Vocabulary { name, kind, complete: true, members, index, file: None, calendar: vec![] };
        self.program.vocabularies.push(vocabulary);
        VocabularyId(self.program.vocabularies.len() as u32 - 1)
    }

    fn named_type(&mut self, name: &ast::Name, unit: Option<&ast::Word>, domain: Option<&Expr>) -> FieldKind {
        let scalar = |ty| FieldKind::Scalar { ty, unit: None, domain: Domain::Everything };
        if let Some(list) = self.symbols.vocabularies.get(name.text.as_str()) {
            return scalar(Ty::Member(*list));
        }
        match name.text.as_str() {
            "文本" | "text" => scalar(Ty::Text),
            "是否" | "truth" => scalar(Ty::Truth),
            "日期" | "date" => self.date_type(domain),
            "数" | "number" => self.number_type(None, unit, domain, false),
            "整数" | "whole" => self.number_type(None, unit, domain, true),
            "金额" | "money" => self.number_type(Some("元"), unit, domain, false),
            "计量" | "measure" => {
                if unit.is_none() {
                    self.faults.push(errors::measure_needs_unit(name));
                }
                self.number_type(None, unit, domain, false)
            }
            "比率" | "ratio" => match unit.map(|it| it.value.as_str()) {
                Some("小数" | "fraction") => self.number_type(None, None, domain, false),
                None => {
                    self.faults.push(errors::ratio_needs_writing(name));
                    scalar(Ty::Number(Dimension::default()))
                }
                _ => self.number_type(None, unit, domain, false),
            },
            _ => {
                let known: Vec<&str> = TYPES.iter().copied().chain(self.symbols.vocabularies.keys().copied()).collect();
                self.faults.push(errors::unknown_type(name, &known));
                scalar(Ty::Text)
            }
        }
    }

    fn date_type(&mut self, domain: Option<&Expr>) -> FieldKind {
        let mut hull = DateHull { low: None, high: None };
        for (op, end) in domain.and_then(|it| self.domain_bounds(it)).unwrap_or_default() {
            let ExprKind::Date(day) = &bare(&end).kind else {
                self.faults.push(errors::range_needed(end.span));
                continue;
            };
            let day = errors::day_number(*day);
            match op {
                Comparison::AtLeast => hull.low = Some(day),
                Comparison::Above => hull.low = Some(day + 1),
                Comparison::AtMost => hull.high = Some(day),
                Comparison::Below => hull.high = Some(day - 1),
                _ => self.faults.push(errors::range_needed(end.span)),
            }
        }
        let domain = if hull.low.is_none() && hull.high.is_none() { Domain::Everything } else { Domain::Dates(hull) };
        FieldKind::Scalar { ty: Ty::Date, unit: None, domain }
    }

    /// A numeric field: its unit, and the hull its cells must lie in.
    fn number_type(
        &mut self,
        default: Option<&str>,
        unit: Option<&ast::Word>,
        domain: Option<&Expr>,
        whole: bool,
    ) -> FieldKind {
        let unit: Option<Unit> = match unit {
            Some(word) => self.unit_word(word),
            None => default.and_then(crate::value::units::parse_unit),
        };
        let dimension = unit.as_ref().map_or_else(Dimension::default, |it| it.dimension);
        let counted = unit.as_ref().is_some_and(crate::value::units::is_whole_by_default);
        let mut hull = Hull::everything();
        if counted {
            hull.low = Some(End { at: Number::zero(), closed: true });
        }
        for (op, end) in domain.and_then(|it| self.domain_bounds(it)).unwrap_or_default() {
            let Some(at) = self.domain_end(&end, unit.as_ref()) else { continue };
            match op {
                Comparison::AtLeast => hull.low = Some(End { at, closed: true }),
                Comparison::Above => hull.low = Some(End { at, closed: false }),
                Comparison::AtMost => hull.high = Some(End { at, closed: true }),
                Comparison::Below => hull.high = Some(End { at, closed: false }),
                _ => self.faults.push(errors::range_needed(end.span)),
            }
        }
        if let (Some(low), Some(high)) = (&hull.low, &hull.high)
            && low.at > high.at
        {
            let span = domain.map(|it| it.span).expect("only a written domain has an upper end");
            self.faults.push(errors::domain_empty(span));
            hull = Hull::everything();
        }
        let whole = whole || counted;
        let domain = match hull == Hull::everything() && !whole {
            true => Domain::Everything,
            false => Domain::Numbers { hull, whole },
        };
        FieldKind::Scalar { ty: Ty::Number(dimension), unit, domain }
    }

    /// `0 至 8`, `≥ 0`, `大于 0`: comparisons with ends.
    fn domain_bounds(&mut self, domain: &Expr) -> Option<Vec<(Comparison, Expr)>> {
        match &bare(domain).kind {
            ExprKind::Range { .. } => {
                let bounds = self.bounds(bare(domain))?;
                Some(bounds.into_iter().map(|(op, end)| (op, end.clone())).collect())
            }
            ExprKind::Compare { op, right, .. } => Some(vec![(comparison(*op)?, (**right).clone())]),
            ExprKind::And(parts) => {
                parts.iter().map(|it| self.domain_bounds(it)).collect::<Option<Vec<_>>>().map(|it| it.concat())
            }
            _ => {
                self.faults.push(errors::range_needed(domain.span));
                None
            }
        }
    }

    /// An end of a domain in base units; a bare number is in the field's unit.
    fn domain_end(&mut self, end: &Expr, unit: Option<&Unit>) -> Option<Number> {
        let factor = unit.map_or_else(Number::one, |it| it.factor.clone());
        let (value, word, negative) = match &bare(end).kind {
            ExprKind::Number { value, unit } => (value, unit, false),
            ExprKind::Negate(inner) => match &inner.kind {
                ExprKind::Number { value, unit } => (value, unit, true),
                _ => return self.fail(errors::range_needed(end.span)).and(None),
            },
            _ => return self.fail(errors::range_needed(end.span)).and(None),
        };
        let own = match word {
            Some(word) => self.unit_word(word)?.factor,
            None => factor,
        };
        let at = value.multiply(&own);
        Some(if negative { at.negate() } else { at })
    }

    fn constant_number(&self, node: NodeId) -> Option<Number> {
        match &self.program.node(node).kind {
            NodeKind::Constant(Constant::Number(value)) => Some(value.clone()),
            _ => None,
        }
    }

    /// A type in words.
    pub(super) fn describe(&self, ty: Ty) -> String {
        match ty {
            Ty::Truth => "是否".to_owned(),
            Ty::Number(it) if it == Dimension::default() => "数".to_owned(),
            Ty::Number(it) if it == Dimension { money: 1, ..Dimension::default() } => "金额".to_owned(),
            Ty::Number(_) => "计量".to_owned(),
            Ty::Date => "日期".to_owned(),
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

/// The types that need no 分类 or 名单, in both tongues.
pub(super) const TYPES: [&str; 14] = [
    "文本", "是否", "日期", "数", "整数", "金额", "计量", "比率", "text", "truth", "date", "number", "money", "ratio",
];

fn data<'a>(items: &[&'a ast::Item]) -> impl Iterator<Item = &'a ast::Data> {
    items.iter().filter_map(|it| match &it.kind {
        ItemKind::Data(it) => Some(it),
        _ => None,
    })
}
