//! 修改, 增加 and 删除: items of the rulebook that this one builds on, changed. What they change is not looked at.

use crate::source::Span;
use crate::syntax::ast::Amendment;
use crate::syntax::ast::Item;
use crate::syntax::ast::Repeal;
use crate::syntax::clauses;
use crate::syntax::errors;
use crate::syntax::expected;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::first_word;
use crate::syntax::recover;

/// Clauses of which an item may have several, so that one more may be added.
const ADDED: &[Rule] = &[
    Rule::basis,
    Rule::reading,
    Rule::other_reading,
    Rule::evidence,
    Rule::requirement,
    Rule::list_item,
    Rule::exception,
    Rule::name_part,
    Rule::former,
    Rule::need,
    Rule::need_one,
    Rule::veto,
    Rule::scored_item,
    Rule::dated_value,
    Rule::set,
    Rule::issuer,
    Rule::related,
    Rule::no_rule,
    Rule::na_marks,
];

/// Whether nothing stands under 修改 but the name of the item.
fn says_nothing(parts: &Parts<'_>) -> bool {
    let clauses = [&parts.clauses, &parts.added, &parts.dropped, &parts.head];
    clauses.iter().all(|it| it.is_empty()) && parts.scope.is_none()
}

impl<'t> Reader<'t> {
    /// 修改 ITEM; none if it has no name, or is of a kind that is not amended.
    pub fn amendment(&self, pair: Pair<'t>) -> Option<Amendment> {
        let before = self.damage();
        let extent = pair.as_span().start()..pair.as_span().end();
        let mut words = pair.into_inner();
        let amend = self.span(&words.next()?);
        let inner = words.next()?;
        let kind = inner.as_rule();
        let mut parts = self.parts(inner);
        if matches!(kind, Rule::policy | Rule::test) {
            self.fault(errors::not_amended(self.span(&parts.word), &clauses::item_word(kind)));
            return None;
        }
        if parts.found_name.is_none() {
            if !parts.broken_head {
                self.fault(errors::nameless(self.span(&parts.word), parts.word.as_str()));
            }
            return None;
        }
        let name = parts.name();
        if says_nothing(&parts) && self.damage() == before {
            self.fault(errors::empty_amendment(name.span, &name.text));
        }
        let added = std::mem::take(&mut parts.added);
        let (lines, added): (Vec<_>, Vec<_>) =
            added.into_iter().partition(|it| it.as_rule() == Rule::list_item);
        let drops = std::mem::take(&mut parts.dropped).into_iter();
        let drops = drops.flat_map(|it| children(it, Rule::names)).flat_map(|it| self.names(it));
        let drops = drops.collect();
        let span = amend.merge(parts.span);
        let adds = Parts { clauses: added, head: vec![], scope: None, ..parts.clone() };
        let adds = self.item_kind(kind, adds);
        let lines = lines.into_iter().filter_map(|it| self.list_item(it)).collect();
        let replaces = self.item_kind(kind, parts);
        let damaged = self.damage() != before || self.is_masked(extent);
        Some(Amendment { item: Item { kind: replaces, span, damaged }, adds, lines, drops })
    }

    /// Takes a clause that stands behind 增加.
    pub fn add(&self, kind: Rule, parts: &mut Parts<'t>, added: Pair<'t>) {
        let Some(clause) = added.into_inner().nth(1) else { return };
        let word = first_word(clause.as_str());
        let owners = clauses::owners(word);
        let belongs = match clause.as_rule() {
            Rule::list_item => matches!(kind, Rule::criterion | Rule::conclusion),
            Rule::dated_value => kind == Rule::parameter,
            _ => owners.contains(&kind),
        };
        let start = clause.as_span().start();
        let span = self.at(start, start + word.len().max(1));
        if !belongs && !owners.is_empty() {
            let owners: Vec<_> = owners.into_iter().map(clauses::item_word).collect();
            let owners = expected::listed(&owners);
            self.fault(errors::misplaced(span, word, &clauses::item_word(kind), &owners));
        } else if !belongs || !ADDED.contains(&clause.as_rule()) {
            self.fault(errors::add_once(self.span(&clause), clause.as_str().trim()));
        } else {
            parts.added.push(clause);
        }
    }

    /// 增加 and 删除 of clauses stand under 修改 only.
    pub fn refuse_added(&self, parts: &Parts<'t>) {
        for (clause, word) in parts
            .added
            .iter()
            .map(|it| (it, Rule::kw_add))
            .chain(parts.dropped.iter().map(|it| (it, Rule::kw_repeal)))
        {
            let word = keywords::spelling(word).unwrap_or_default();
            self.fault(errors::add_outside(self.span(clause), &word));
        }
    }

    /// 删除 条件 甲、乙; none if it does not say what.
    pub fn repeal(&self, pair: Pair<'t>) -> Option<Repeal> {
        let before = self.damage();
        let mut parts = pair.into_inner();
        let repeal = parts.next()?;
        let mut span: Span = self.span(&repeal);
        let (mut item, mut names, mut basis, mut note) = (None, vec![], vec![], None);
        for part in parts {
            match part.as_rule() {
                Rule::members => names = self.names(part.clone()),
                Rule::citations => {
                    basis.extend(self.sound(|| self.citations(part.clone())).unwrap_or_default())
                }
                Rule::basis => basis.extend(self.basis(part.clone())),
                Rule::note => self.note(&mut note, part.clone()),
                Rule::leftover if item.is_some() => {
                    self.fault(recover::repeal_head(self, &repeal));
                    continue;
                }
                Rule::leftover => break,
                Rule::malformed_clause => {
                    recover::clause(self, Rule::repeal, &part);
                    continue;
                }
                _ if item.is_none() => item = Some(part.clone()),
                _ => {}
            }
            span = span.merge(self.span(&part));
        }
        let Some(item) = item.filter(|_| !names.is_empty()) else {
            if self.damage() == before {
                self.fault(errors::amend_what(self.span(&repeal), repeal.as_str().trim()));
            }
            return None;
        };
        let word = keywords::spelling(item.as_rule()).unwrap_or_default();
        const KEPT: [Rule; 4] = [Rule::kw_policy, Rule::kw_test, Rule::kw_amend, Rule::kw_repeal];
        if KEPT.contains(&item.as_rule()) {
            self.fault(errors::not_amended(self.span(&item), &word));
            return None;
        }
        Some(Repeal { word, names, basis, note, span })
    }
}
