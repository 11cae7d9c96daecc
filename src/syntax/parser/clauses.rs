//! The head and clauses of an item, and the clauses that every item may have. Broken ones are reported here.

use crate::source::Span;
use crate::syntax::ast::Against;
use crate::syntax::ast::Citation;
use crate::syntax::ast::Exception;
use crate::syntax::ast::Expr;
use crate::syntax::ast::Name;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Template;
use crate::syntax::ast::TemplatePart;
use crate::syntax::ast::Word;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::recover;

/// An item taken apart: its head, and its clauses without the broken ones.
#[derive(Clone)]
pub struct Parts<'t> {
    /// The item word.
    pub word: Pair<'t>,
    /// Its name, where it has one.
    pub found_name: Option<Name>,
    /// 对 …
    pub scope: Option<Name>,
    /// Whether the first line is broken (already reported).
    pub broken_head: bool,
    /// What else stands on the first line.
    pub head: Vec<Pair<'t>>,
    /// The clauses.
    pub clauses: Vec<Pair<'t>>,
    /// Those written with 增加, without that word.
    pub added: Vec<Pair<'t>>,
    /// Those written with 删除.
    pub dropped: Vec<Pair<'t>>,
    /// From the item word to the end of the last sound clause.
    pub span: Span,
}

impl<'t> Parts<'t> {
    /// A clause; a field may stand behind 增加.
    fn push(&mut self, clause: Pair<'t>) {
        match child(&clause, Rule::kw_add) {
            Some(_) => self.added.push(clause),
            None => self.clauses.push(clause),
        }
    }

    /// The item's name; an item without one is dropped once its clauses have been looked at.
    pub fn name(&self) -> Name {
        self.found_name.clone().unwrap_or(Name { text: String::new(), span: self.span })
    }
}

impl<'t> Reader<'t> {
    /// Takes an item apart and reports what of it is broken.
    pub fn parts(&self, pair: Pair<'t>) -> Parts<'t> {
        let kind = pair.as_rule();
        let mut children = pair.into_inner();
        let word = children.next().expect("an item begins with its word");
        let span = self.span(&word);
        let mut it = Parts {
            word,
            found_name: None,
            scope: None,
            broken_head: false,
            head: vec![],
            clauses: vec![],
            added: vec![],
            dropped: vec![],
            span,
        };
        let mut in_head = true;
        for child in children {
            let part = child.as_rule();
            if !in_head && child.as_span().start() < self.swallowed() {
                continue;
            }
            match part {
                Rule::malformed_clause | Rule::malformed_row => {
                    in_head = false;
                    if recover::clause(self, kind, &child) == recover::Next::OtherItem {
                        return it;
                    }
                    continue;
                }
                Rule::cut_field => {
                    in_head = false;
                    if recover::clause(self, kind, &child) == recover::Next::OtherItem {
                        return it;
                    }
                    it.push(child.clone());
                }
                Rule::added => {
                    in_head = false;
                    self.add(kind, &mut it, child.clone());
                }
                Rule::dropped => {
                    in_head = false;
                    it.dropped.push(child.clone());
                }
                Rule::leftover => {
                    self.fault(recover::head(self, &it, &child));
                    it.broken_head = true;
                    continue;
                }
                Rule::name | Rule::title if in_head && it.found_name.is_none() => {
                    it.found_name = Some(self.name(&child))
                }
                Rule::scope => {
                    it.scope = child.clone().into_inner().next_back().map(|it| self.name(&it))
                }
                _ if in_head && is_head(part) => it.head.push(child.clone()),
                _ => {
                    in_head = false;
                    it.push(child.clone());
                }
            }
            it.span = it.span.merge(self.span(&child));
        }
        it
    }

    /// Takes a clause that every item may have.
    pub fn shared(&self, shared: &mut Shared, clause: Pair<'t>) {
        match clause.as_rule() {
            Rule::basis => shared.basis.extend(self.basis(clause)),
            Rule::effective => {
                let validity = self
                    .sound(|| child(&clause, Rule::validity).map(|it| self.validity(&it)))
                    .flatten();
                self.once(&mut shared.effective, &clause, validity);
            }
            Rule::applies => {
                let expr = self.clause_expression(&clause);
                self.once(&mut shared.applies, &clause, expr);
            }
            Rule::reading => shared.readings.extend(self.texts(clause)),
            Rule::evidence => shared.evidence.extend(self.texts(clause)),
            _ => self.note(&mut shared.note, clause),
        }
    }

    /// 依据
    pub fn basis(&self, clause: Pair<'t>) -> Vec<Citation> {
        let citations =
            || children(clause, Rule::citations).flat_map(|it| self.citations(it)).collect();
        self.sound(citations).unwrap_or_default()
    }

    /// 说明
    pub fn note(&self, note: &mut Option<Word>, clause: Pair<'t>) {
        let text = child(&clause, Rule::text).map(|it| self.word(&it));
        self.once(note, &clause, text);
    }

    /// The texts of a clause.
    pub fn texts(&self, clause: Pair<'t>) -> Vec<Word> {
        children(clause, Rule::text).map(|it| self.word(&it)).collect()
    }

    /// The one expression of a clause, if it is sound.
    pub fn clause_expression(&self, clause: &Pair<'t>) -> Option<Expr> {
        self.sound(|| child(clause, Rule::expression).map(|it| self.expression(it))).flatten()
    }

    /// 例外 第六条 于 第五条 当 … 视同 …
    pub fn exception(&self, clause: Pair<'t>) -> Option<Exception> {
        let span = self.span(&clause);
        let mut articles = children(clause.clone(), Rule::citation).map(|it| self.citation(&it));
        let mut against = None;
        let article = articles.next()?;
        for word in clause.clone().into_inner() {
            match word.as_rule() {
                Rule::kw_against => against = Some(Against::Replaces),
                Rule::kw_overrides => against = Some(Against::Overrides),
                _ => {}
            }
        }
        let against = against.zip(articles.next());
        let deemed = child(&clause, Rule::amount)?;
        let (guard, deemed) =
            self.sound(|| (self.clause_expression(&clause), self.operation(deemed)))?;
        Some(Exception { article, against, guard: guard?, deemed, span })
    }

    /// 不符
    pub fn failing(&self, slot: &mut Option<Template>, clause: Pair<'t>) {
        let template =
            child(&clause, Rule::template).and_then(|it| self.sound(|| self.template(it)));
        self.once(slot, &clause, template);
    }

    fn template(&self, pair: Pair<'t>) -> Template {
        let span = self.span(&pair);
        let (mut parts, mut plain) = (Vec::new(), String::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::open_quote | Rule::close_quote | Rule::half_quote => {}
                Rule::hole => {
                    if !plain.is_empty() {
                        parts.push(TemplatePart::Plain(std::mem::take(&mut plain)));
                    }
                    let inside = children(part, Rule::expression)
                        .map(|it| TemplatePart::Hole(self.expression(it)));
                    parts.extend(inside);
                }
                _ => plain.push_str(part.as_str()),
            }
        }
        if !plain.is_empty() {
            parts.push(TemplatePart::Plain(plain));
        }
        Template { parts, span }
    }

    /// Reports an item that says nothing.
    pub fn refuse_empty(&self, kind: Rule, parts: &Parts<'t>) {
        let may_be_empty =
            matches!(kind, Rule::policy | Rule::vocabulary | Rule::measuring | Rule::parameter);
        if !may_be_empty && parts.clauses.is_empty() {
            self.fault(errors::empty_item(parts.span, parts.word.as_str()));
        }
    }
}

/// Parts of the first line, beside the name and 对 ….
fn is_head(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::kw_taken_from
            | Rule::text
            | Rule::colon
            | Rule::members
            | Rule::comma
            | Rule::kw_complete
            | Rule::value
            | Rule::kw_is
            | Rule::fraction
            | Rule::grouped
            | Rule::decimal
            | Rule::unit
            | Rule::named_field
            | Rule::signature
    )
}
