//! 政策, 参数, 指标, 条件 and 结论: items that say rules. What their names mean is not looked at.

use crate::syntax::ast::BareBounds;
use crate::syntax::ast::Body;
use crate::syntax::ast::Conclusion;
use crate::syntax::ast::Criterion;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Force;
use crate::syntax::ast::Indicator;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::ListItem;
use crate::syntax::ast::Name;
use crate::syntax::ast::NoRule;
use crate::syntax::ast::Parameter;
use crate::syntax::ast::Policy;
use crate::syntax::ast::Quantifier;
use crate::syntax::ast::Requirement;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Word;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::citations::document;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::decision::is_table;
use crate::syntax::parser::expressions::placed;
use crate::syntax::parser::fold;
use crate::syntax::recover;

impl<'t> Reader<'t> {
    /// An item; none if it has no name.
    pub fn item(&self, pair: Pair<'t>) -> Option<Item> {
        let kind = pair.as_rule();
        let before = self.damage();
        let extent = pair.as_span().start()..pair.as_span().end();
        let parts = self.parts(pair);
        let named = parts.found_name.is_some();
        if !named && !parts.broken_head {
            self.fault(errors::nameless(self.span(&parts.word), parts.word.as_str()));
        }
        if self.damage() == before && !self.is_masked(extent.clone()) {
            self.refuse_empty(kind, &parts);
        }
        if kind != Rule::policy {
            self.refuse_added(&parts);
        }
        let span = parts.span;
        let kind = self.item_kind(kind, parts);
        let damaged = self.damage() != before || self.is_masked(extent);
        named.then_some(Item { kind, span, damaged })
    }

    /// What an item says, by its rule.
    pub fn item_kind(&self, kind: Rule, parts: Parts<'t>) -> ItemKind {
        match kind {
            Rule::policy => ItemKind::Policy(self.policy(parts)),
            Rule::vocabulary => ItemKind::Vocabulary(self.vocabulary(parts)),
            Rule::measuring => ItemKind::Measuring(self.measuring(parts)),
            Rule::data => ItemKind::Data(self.data(parts)),
            Rule::parameter => ItemKind::Parameter(self.parameter(parts)),
            Rule::indicator => ItemKind::Indicator(self.indicator(parts)),
            Rule::criterion => ItemKind::Criterion(self.criterion(parts)),
            Rule::naming => ItemKind::Criterion(self.naming(parts)),
            Rule::grading => ItemKind::Decision(self.decision(parts, DecisionForm::Grading)),
            Rule::decision => ItemKind::Decision(self.decision(parts, DecisionForm::Table)),
            Rule::conclusion if is_table(&parts) => {
                ItemKind::Decision(self.decision(parts, DecisionForm::Conclusion))
            }
            Rule::score => ItemKind::Score(Box::new(self.score(parts))),
            Rule::conclusion => ItemKind::Conclusion(self.conclusion(parts)),
            Rule::function => ItemKind::Function(self.function(parts)),
            Rule::case => ItemKind::Case(self.case(parts)),
            _ => ItemKind::Test(self.test(parts)),
        }
    }

    fn policy(&self, parts: Parts<'t>) -> Policy {
        let mut it = Policy {
            title: parts.name(),
            number: None,
            issuers: vec![],
            outline: vec![],
            no_rule: vec![],
            rule_date: None,
            data_periods: vec![],
            bare_bounds: None,
            na_marks: vec![],
            related: vec![],
            builds_on: vec![],
            shared: Shared::default(),
        };
        // What the policy adds to that of the base needs no word for it.
        for clause in parts.clauses.into_iter().chain(parts.added) {
            match clause.as_rule() {
                Rule::number => {
                    let mut number =
                        clause.clone().into_inner().next_back().map(|it| self.word(&it));
                    number.iter_mut().for_each(|it| it.value = document(&it.value));
                    self.once(&mut it.number, &clause, number);
                }
                Rule::issuer => it.issuers.extend(self.texts(clause)),
                Rule::outline => {
                    it.outline.extend(children(clause, Rule::outlined).filter_map(|it| {
                        let unseen = child(&it, Rule::kw_unseen).is_some();
                        let citation = child(&it, Rule::citation)?;
                        Some((self.sound(|| self.citation(&citation))?, unseen))
                    }))
                }
                Rule::no_rule => {
                    let (span, reason) =
                        (self.span(&clause), child(&clause, Rule::text).map(|it| self.word(&it)));
                    it.no_rule.push(NoRule { articles: self.basis(clause), reason, span });
                }
                Rule::related => it.related.extend(clause.into_inner().next_back().map(|it| {
                    let mut word = self.word(&it);
                    word.value = document(&word.value);
                    word
                })),
                Rule::builds_on => it.builds_on.extend(self.texts(clause)),
                Rule::rule_date => {
                    let field = child(&clause, Rule::name).map(|it| self.name(&it));
                    self.once(&mut it.rule_date, &clause, field);
                }
                Rule::data_period => it.data_periods.extend(self.period_words(clause)),
                Rule::bare => {
                    let (span, inclusive) =
                        (self.span(&clause), child(&clause, Rule::kw_bare_in).is_some());
                    let bounds = BareBounds { inclusive, basis: self.basis(clause.clone()), span };
                    self.once(&mut it.bare_bounds, &clause, Some(bounds));
                }
                Rule::na_marks => it.na_marks.extend(self.texts(clause)),
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    fn parameter(&self, parts: Parts<'t>) -> Parameter {
        let mut it = Parameter {
            name: parts.name(),
            scope: parts.scope,
            values: vec![],
            exceptions: vec![],
            shared: Shared::default(),
        };
        let head = parts.head.into_iter().filter(|it| it.as_rule() == Rule::value);
        it.values.extend(head.filter_map(|it| self.sound(|| (None, self.value(it)))));
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::exception => it.exceptions.extend(self.exception(clause)),
                Rule::dated_value => it.values.extend(
                    self.sound(|| {
                        let validity = child(&clause, Rule::validity).map(|it| self.validity(&it));
                        child(&clause, Rule::value).map(|it| (validity, self.value(it)))
                    })
                    .flatten(),
                ),
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    /// One value, or several as a list.
    fn value(&self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let mut values: Vec<Expr> =
            children(pair, Rule::expression).map(|it| self.expression(it)).collect();
        match values.len() {
            1 => values.remove(0),
            _ => placed(ExprKind::List(values), span),
        }
    }

    fn indicator(&self, parts: Parts<'t>) -> Indicator {
        let mut it = Indicator {
            name: parts.name(),
            scope: parts.scope,
            formula: None,
            unit: None,
            show: None,
            keep: None,
            other_readings: vec![],
            no_growth_base: None,
            shared: Shared::default(),
        };
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::formula => {
                    let formula = self.clause_expression(&clause);
                    self.once(&mut it.formula, &clause, formula);
                }
                Rule::other_reading => {
                    let name = child(&clause, Rule::text).map(|it| self.word(&it));
                    it.other_readings.extend(name.zip(self.clause_expression(&clause)));
                }
                Rule::no_growth_base => self.no_growth_base(&mut it.no_growth_base, clause),
                Rule::unit_line | Rule::keep_line => {
                    for part in clause.clone().into_inner() {
                        match part.as_rule() {
                            Rule::percent | Rule::unit => {
                                let unit = self.unit(&part);
                                self.once(&mut it.unit, &clause, Some(unit));
                            }
                            Rule::keep => self.keep(&mut it, &part),
                            _ => {}
                        }
                    }
                }
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    /// 基期非正 则 …
    fn no_growth_base(&self, slot: &mut Option<Expr>, clause: Pair<'t>) {
        let amount = child(&clause, Rule::amount);
        let value = amount.and_then(|it| self.sound(|| self.operation(it)));
        self.once(slot, &clause, value);
    }

    /// The words of 数据期, as written.
    pub fn period_words(&self, clause: Pair<'t>) -> Vec<Word> {
        let words =
            clause.into_inner().filter(|it| matches!(it.as_rule(), Rule::period | Rule::name));
        words.map(|it| Word { value: fold(it.as_str().trim()), span: self.span(&it) }).collect()
    }

    fn keep(&self, it: &mut Indicator, part: &Pair<'t>) {
        let places = child(part, Rule::whole).and_then(|it| self.sound(|| self.whole(&it)));
        let slot = if child(part, Rule::kw_keep).is_some() { &mut it.keep } else { &mut it.show };
        self.once(slot, part, places);
    }

    fn criterion(&self, parts: Parts<'t>) -> Criterion {
        let mut it = Criterion::new(parts.name(), parts.scope);
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::requirement => it.requirements.extend(self.requirement(clause)),
                Rule::no_growth_base => self.no_growth_base(&mut it.no_growth_base, clause),
                _ => self.judging(&mut it, clause),
            }
        }
        self.refuse_two_forces(&it.requirements);
        it
    }

    /// Takes a clause that 条件 and 名称规则 share.
    pub fn judging(&self, it: &mut Criterion, clause: Pair<'t>) {
        match clause.as_rule() {
            Rule::failing => self.failing(&mut it.failing, clause),
            Rule::exception => it.exceptions.extend(self.exception(clause)),
            Rule::answered => {
                let field = child(&clause, Rule::name).map(|it| self.name(&it));
                self.once(&mut it.answered_in, &clause, field);
            }
            Rule::unanswered => {
                let outcome = child(&clause, Rule::name).map(|it| self.name(&it));
                self.once(&mut it.unanswered, &clause, outcome);
            }
            Rule::when_absent => {
                let outcome = clause.clone().into_inner().next_back();
                let outcome = outcome.map(|it| match it.as_rule() {
                    Rule::name => self.name(&it),
                    _ => Name { text: fold(it.as_str().trim()), span: self.span(&it) },
                });
                self.once(&mut it.not_applicable, &clause, outcome);
            }
            _ => self.shared(&mut it.shared, clause),
        }
    }

    /// A criterion has one force.
    fn refuse_two_forces(&self, requirements: &[Requirement]) {
        let Some(first) = requirements.first() else { return };
        if let Some(other) = requirements.iter().find(|it| it.force != first.force) {
            self.fault(errors::two_forces_in_item(other.span, first.span));
        }
    }

    fn requirement(&self, clause: Pair<'t>) -> Option<Requirement> {
        let span = self.span(&clause);
        let (force, negated) = self.force(child(&clause, Rule::force)?);
        let body = match child(&clause, Rule::listing) {
            Some(listing) => self.listing(listing),
            None => Body::One(self.clause_expression(&clause)?),
        };
        Some(Requirement { force, negated, body, span })
    }

    /// A word of force, and whether it says 不得.
    pub fn force(&self, pair: Pair<'t>) -> (Force, bool) {
        let (mut force, mut negated) = (Force::Must, false);
        for word in pair.into_inner() {
            match word.as_rule() {
                Rule::kw_in_principle => force = Force::Should,
                Rule::kw_may => force = Force::May,
                Rule::kw_must_not => negated = true,
                _ => {}
            }
        }
        (force, negated)
    }

    fn listing(&self, pair: Pair<'t>) -> Body {
        let (mut quantifier, mut items) = (Quantifier::All, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::quantifier => quantifier = self.quantifier(part),
                Rule::list_item => items.extend(self.list_item(part)),
                Rule::malformed_list_item => recover::list_item(self, &part),
                _ => {}
            }
        }
        Body::List { quantifier, items }
    }

    fn quantifier(&self, pair: Pair<'t>) -> Quantifier {
        let count = child(&pair, Rule::whole).map_or(0, |it| self.whole(&it));
        match pair.into_inner().next().map(|it| it.as_rule()) {
            Some(Rule::kw_any) => Quantifier::Any,
            Some(Rule::kw_some) => Quantifier::AtLeast(count),
            Some(Rule::kw_no_more) => Quantifier::AtMost(count),
            Some(Rule::kw_exactly) => Quantifier::Exactly(count),
            _ => Quantifier::All,
        }
    }

    /// A line of a list.
    pub fn list_item(&self, pair: Pair<'t>) -> Option<ListItem> {
        let span = self.span(&pair);
        let label = child(&pair, Rule::label).map(|it| self.name(&it));
        let expr = self.clause_expression(&pair)?;
        Some(ListItem { label, expr, basis: self.basis(pair), span })
    }

    fn conclusion(&self, parts: Parts<'t>) -> Conclusion {
        let mut it = Conclusion {
            name: parts.name(),
            scope: parts.scope,
            requires: vec![],
            requires_one: vec![],
            vetoes: vec![],
            requirements: vec![],
            failing: None,
            shared: Shared::default(),
        };
        for clause in parts.clauses {
            let names = |clause| children(clause, Rule::names).flat_map(|it| self.names(it));
            match clause.as_rule() {
                Rule::need => it.requires.extend(names(clause)),
                Rule::need_one => it.requires_one.push(names(clause).collect()),
                Rule::veto => {
                    let vetoes = children(clause, Rule::expression);
                    it.vetoes.extend(vetoes.filter_map(|it| self.sound(|| self.expression(it))));
                }
                Rule::requirement => it.requirements.extend(self.requirement(clause)),
                Rule::failing => self.failing(&mut it.failing, clause),
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }
}
