//! 分类, 名单 and 数据: what stands in the tables that a rulebook reads. Types are not looked up.

use crate::source::Spanned;
use crate::syntax::ast::Data;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Field;
use crate::syntax::ast::FieldOption;
use crate::syntax::ast::FieldType;
use crate::syntax::ast::Measuring;
use crate::syntax::ast::Members;
use crate::syntax::ast::Name;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Vocabulary;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::expressions::placed;
use crate::syntax::parser::fold;
use crate::syntax::parser::only;
use crate::syntax::parser::unquoted;

impl<'t> Reader<'t> {
    /// 分类, 名单
    pub fn vocabulary(&self, parts: Parts<'t>) -> Vocabulary {
        let hierarchy = parts.word.as_rule() == Rule::kw_classification;
        let mut it = Vocabulary {
            name: parts.name(),
            hierarchy,
            members: Members::Written(vec![]),
            complete: false,
            columns: vec![],
            shared: Shared::default(),
        };
        for part in parts.head {
            match part.as_rule() {
                Rule::text => it.members = Members::File(self.word(&part)),
                Rule::members if hierarchy => {
                    self.fault(errors::hierarchy_written_out(self.span(&part)))
                }
                Rule::members => it.members = Members::Written(self.names(part)),
                Rule::kw_complete => it.complete = true,
                _ => {}
            }
        }
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::columns => it
                    .columns
                    .extend(children(clause, Rule::column).filter_map(|it| self.column(it))),
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    fn column(&self, pair: Pair<'t>) -> Option<(Name, Name)> {
        let mut parts = pair.into_inner();
        Some((self.name(&parts.next()?), self.name(&parts.next_back()?)))
    }

    /// 计量单位
    pub fn measuring(&self, parts: Parts<'t>) -> Measuring {
        let mut it = Measuring { name: parts.name(), value: None, shared: Shared::default() };
        let mut number = None;
        for part in parts.head {
            match part.as_rule() {
                Rule::fraction => number = self.sound(|| self.fraction(&part)),
                Rule::grouped | Rule::decimal => {
                    let value = self.sound(|| self.decimal(&part));
                    number = value.map(|value| ExprKind::Number { value, unit: None });
                }
                Rule::unit => {
                    if let Some(ExprKind::Number { value, .. }) = number.take() {
                        it.value = Some((value, self.unit(&part)));
                    }
                }
                _ => {}
            }
        }
        parts.clauses.into_iter().for_each(|clause| self.shared(&mut it.shared, clause));
        it
    }

    /// 数据
    pub fn data(&self, parts: Parts<'t>) -> Data {
        let mut it = Data { name: parts.name(), fields: vec![], shared: Shared::default() };
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::field | Rule::cut_field => it.fields.extend(self.field(clause)),
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    /// A line of 数据, without the options that are faulty.
    fn field(&self, line: Pair<'t>) -> Option<Field> {
        let span = self.span(&line);
        let name = self.name(&child(&line, Rule::name)?);
        let ty = child(&line, Rule::field_type)?;
        let ty = match self.sound(|| self.field_type(ty))?? {
            FieldType::Named { name, .. } if matches!(name.text.as_str(), "枚举" | "one_of") => {
                // What is wrong with its words is told; those that can be read are there.
                FieldType::Choice(self.readable_words(&child(&line, Rule::leftover)?))
            }
            ty => ty,
        };
        let options = children(line, Rule::field_option).filter_map(|it| {
            let span = self.span(&it);
            self.sound(|| self.field_option(it))?.map(|value| Spanned { value, span })
        });
        Some(Field { name, ty, options: options.collect(), span })
    }

    /// The words of an enumeration that cannot be read as a whole.
    fn readable_words(&self, rest: &Pair<'t>) -> Vec<Name> {
        let text = rest.as_str();
        let start = rest.as_span().start();
        let list = &text[..text.find(['，', ',', '#', '＃']).unwrap_or(text.len())];
        let marks =
            |it: char| it.is_whitespace() || matches!(it, '（' | '）' | '(' | ')' | '：' | ':');
        let words = list.split('、').map(|it| it.trim_matches(marks)).filter(|it| !it.is_empty());
        let name = |word: &str| {
            let at = start + (word.as_ptr() as usize - text.as_ptr() as usize);
            Name { text: fold(unquoted(word)), span: self.at(at, at + word.len()) }
        };
        words.map(name).collect()
    }

    /// The type of a field, an input or a result.
    pub fn field_type(&self, pair: Pair<'t>) -> Option<FieldType> {
        let first = only(pair.clone());
        let name = child(&pair, Rule::name).map(|it| self.name(&it));
        Some(match first.as_rule() {
            Rule::kw_many => FieldType::Many(name?),
            Rule::choice => {
                let list = child(&first, Rule::names).or_else(|| child(&first, Rule::members))?;
                FieldType::Choice(self.names(list))
            }
            _ => {
                let argument = child(&pair, Rule::type_argument);
                let argument = || argument.iter().flat_map(|it| it.clone().into_inner());
                let unit = argument().find(|it| matches!(it.as_rule(), Rule::percent | Rule::unit));
                let domain = argument().find(|it| it.as_rule() == Rule::domain);
                let unit = unit.map(|it| self.unit(&it));
                FieldType::Named {
                    name: name?,
                    unit,
                    domain: domain.map(|it| Box::new(self.domain(it))),
                }
            }
        })
    }

    /// ≥ 0 且 < 8, 0（不含）至 100, 0 以上（含）: a range in every spelling.
    fn domain(&self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let mut ends = Vec::new();
        let (mut low, mut high, mut bare) = (None, None, false);
        let mut word = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::fixed => {
                    let end = Box::new(self.operation(part));
                    match word.take() {
                        Some(Rule::kw_at_least | Rule::at_least) => self.end(&mut low, end, true),
                        Some(Rule::kw_above | Rule::above) => self.end(&mut low, end, false),
                        Some(Rule::kw_at_most | Rule::at_most) => self.end(&mut high, end, true),
                        Some(Rule::kw_below | Rule::below) => self.end(&mut high, end, false),
                        _ => ends.push((end, true)),
                    }
                }
                Rule::kw_included => {}
                Rule::kw_excluded => {
                    ends.iter_mut().next_back().into_iter().for_each(|it| it.1 = false)
                }
                rule @ (Rule::kw_or_more | Rule::kw_more | Rule::kw_bare_more) => {
                    bare = rule == Rule::kw_bare_more;
                    low = ends.pop().map(|it| (it.0, rule != Rule::kw_more));
                }
                rule @ (Rule::kw_or_less | Rule::kw_less | Rule::kw_bare_less) => {
                    bare = rule == Rule::kw_bare_less;
                    high = ends.pop().map(|it| (it.0, rule != Rule::kw_less));
                }
                rule => word = Some(rule),
            }
        }
        let mut ends = ends.into_iter();
        let (low, high) = (low.or_else(|| ends.next()), high.or_else(|| ends.next()));
        placed(ExprKind::Range { low, high, bare }, span)
    }

    fn end(&self, slot: &mut Option<(Box<Expr>, bool)>, end: Box<Expr>, included: bool) {
        if slot.is_some() {
            self.fault(errors::same_end_twice(end.span));
        }
        *slot = Some((end, included));
    }

    fn field_option(&self, pair: Pair<'t>) -> Option<FieldOption> {
        let word = only(pair.clone());
        let last = pair.clone().into_inner().next_back()?;
        Some(match word.as_rule() {
            Rule::kw_optional => FieldOption::Optional,
            Rule::kw_nullable => FieldOption::MayBeNone {
                blank_is_none: child(&pair, Rule::kw_blank_none).is_some(),
            },
            Rule::kw_key => FieldOption::Key,
            Rule::kw_or_other => FieldOption::OrOther,
            Rule::kw_incomplete => FieldOption::Incomplete,
            Rule::kw_ordered => FieldOption::Ordered,
            Rule::kw_changeable => FieldOption::Changeable,
            Rule::kw_unique => FieldOption::Unique,
            Rule::kw_step => FieldOption::Step(self.operation(last)),
            Rule::kw_applies => FieldOption::Applies(self.expression(last)),
            Rule::kw_supplied => FieldOption::Supplied(self.name(&last)),
            Rule::kw_alias => FieldOption::Alias(self.names(last)),
            Rule::kw_note => FieldOption::Note(self.word(&last)),
            Rule::kw_by => FieldOption::By(self.name(&last)),
            Rule::kw_since => FieldOption::Since(self.name(&last)),
            Rule::kw_period_only => FieldOption::OfPeriod,
            Rule::kw_to_date => FieldOption::ToDate,
            _ => {
                self.fault(errors::computed_field(self.span(&word)));
                return None;
            }
        })
    }
}
