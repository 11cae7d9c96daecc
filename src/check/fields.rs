//! The lines of 数据: types, domains and options of fields (`semantics` §1.2). Tables hang together elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::compare::comparison;
use crate::check::errors;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Figure;
use crate::ir::Member;
use crate::ir::NodeId;
use crate::ir::NodeKind;
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
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Unit;
use crate::value::UnitKind;
use indexmap::IndexMap;

impl Checker<'_> {
    /// One line of 数据.
    pub(super) fn lower_field(&mut self, field: &ast::Field, table: TableId) -> Field {
        let kind = self.field_kind(field);
        let mut it = Field::new(&field.name.text, kind, field.span);
        for option in &field.options {
            self.option(&mut it, option, table);
        }
        it
    }

    fn option(
        &mut self,
        field: &mut Field,
        option: &crate::source::Spanned<FieldOption>,
        table: TableId,
    ) {
        match &option.value {
            FieldOption::Optional => field.optional = true,
            FieldOption::MayBeNone { blank_is_none } => {
                field.may_be_none = true;
                field.blank_is_none = *blank_is_none;
            }
            // 按 and 自 are looked at once every table is there.
            FieldOption::Key
            | FieldOption::Applies(_)
            | FieldOption::By(_)
            | FieldOption::Since(_) => {}
            FieldOption::OfPeriod | FieldOption::ToDate => self.figure(field, option),
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
            FieldOption::Alias(names) => {
                field.aliases.extend(names.iter().map(|it| it.text.clone()))
            }
            FieldOption::Note(word) => field.note = Some(word.value.clone()),
        }
    }

    /// 当期, 累计
    fn figure(&mut self, field: &mut Field, option: &crate::source::Spanned<FieldOption>) {
        let number = matches!(field.kind, FieldKind::Scalar { ty: Ty::Number(_), .. });
        if !number || field.figure.is_some() {
            self.faults.push(errors::both_kinds_of_figure(option.span));
        }
        field.figure = Some(match option.value {
            FieldOption::ToDate => Figure::ToDate,
            _ => Figure::OfPeriod,
        });
    }

    /// What a line of 数据 holds, or an input of a function.
    pub(super) fn field_kind(&mut self, field: &ast::Field) -> FieldKind {
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
                let ordered =
                    field.options.iter().any(|it| matches!(it.value, FieldOption::Ordered));
                plain(Ty::Member(self.enumeration(&field.name.text, words, ordered)))
            }
            FieldType::Named { name, unit, domain } => {
                self.named_type(name, unit.as_ref(), domain.as_deref())
            }
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
        let vocabulary =
            Vocabulary { name, kind, complete: true, members, index, file: None, calendar: vec![] };
        self.program.vocabularies.push(vocabulary);
        VocabularyId(self.program.vocabularies.len() as u32 - 1)
    }

    fn named_type(
        &mut self,
        name: &ast::Name,
        unit: Option<&ast::Word>,
        domain: Option<&Expr>,
    ) -> FieldKind {
        let scalar = |ty| FieldKind::Scalar { ty, unit: None, domain: Domain::Everything };
        if let Some(list) = self.symbols.vocabularies.get(name.text.as_str()) {
            return scalar(Ty::Member(*list));
        }
        match name.text.as_str() {
            "文本" | "text" => scalar(Ty::Text),
            "是否" | "truth" => scalar(Ty::Truth),
            "日期" | "date" => self.date_type(domain),
            "年" | "year" => scalar(Ty::Period(PeriodKind::Year)),
            "季" | "quarter" => scalar(Ty::Period(PeriodKind::Quarter)),
            "月" | "month" => scalar(Ty::Period(PeriodKind::Month)),
            "数" | "number" => self.number_type(None, unit, domain, false),
            "整数" | "whole" => self.number_type(None, unit, domain, true),
            "金额" | "money" => {
                let fits =
                    |it: &Unit| it.dimension == Dimension { money: 1, ..Dimension::default() };
                self.typed_unit(name, unit, fits, "元、千元、万元、亿元");
                self.number_type(Some("元"), unit, domain, false)
            }
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
                _ => {
                    self.typed_unit(name, unit, |it| it.kind == UnitKind::Ratio, "%、‰、小数");
                    self.number_type(None, unit, domain, false)
                }
            },
            _ => {
                let known: Vec<&str> = TYPES
                    .iter()
                    .copied()
                    .chain(self.symbols.vocabularies.keys().copied())
                    .collect();
                self.faults.push(errors::unknown_type(name, &known));
                scalar(Ty::Text)
            }
        }
    }

    /// The unit of a type that takes units of one kind.
    fn typed_unit(
        &mut self,
        ty: &ast::Name,
        unit: Option<&ast::Word>,
        fits: impl Fn(&Unit) -> bool,
        lawful: &str,
    ) {
        let Some(word) = unit else { return };
        if self.program.units.parse(&word.value).is_some_and(|it| !fits(&it)) {
            self.faults.push(errors::unit_of_other_kind(word, &ty.text, lawful));
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
        let domain = if hull.low.is_none() && hull.high.is_none() {
            Domain::Everything
        } else {
            Domain::Dates(hull)
        };
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
            ExprKind::Compare { op, right, .. } => {
                Some(vec![(comparison(*op)?, (**right).clone())])
            }
            ExprKind::And(parts) => parts
                .iter()
                .map(|it| self.domain_bounds(it))
                .collect::<Option<Vec<_>>>()
                .map(|it| it.concat()),
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
}

/// The types that need no 分类 or 名单, in both tongues.
const TYPES: [&str; 20] = [
    "文本", "是否", "日期", "年", "季", "月", "数", "整数", "金额", "计量", "比率", "text",
    "truth", "date", "year", "quarter", "month", "number", "money", "ratio",
];
