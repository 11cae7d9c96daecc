//! The policy, its outline, and which articles have rules (`language` principle 6). Rules are compiled elsewhere.

use crate::check::Checker;
use crate::check::articles::around;
use crate::check::articles::article_number;
use crate::check::articles::numbered;
use crate::check::articles::place_of;
use crate::check::errors;
use crate::check::parameters::days;
use crate::ir::Article;
use crate::ir::Document;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Citation;
use crate::syntax::ast::ItemKind;

/// Whose articles: of a document that is built on, or of the rulebook's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Base(usize),
    Own,
}

impl<'a> Checker<'a> {
    /// Enters the policy; there must be exactly one.
    pub(super) fn policy(&mut self, items: &[&'a ast::Item]) {
        let policies: Vec<&ast::Policy> = items
            .iter()
            .filter_map(|it| match &it.kind {
                ItemKind::Policy(policy) => Some(policy),
                _ => None,
            })
            .collect();
        let Some(policy) = policies.first() else {
            self.faults.push(errors::no_policy());
            return;
        };
        for other in &policies[1..] {
            self.faults.push(errors::two_policies(other.title.span, policy.title.span));
        }
        self.policy_span = Some(policy.title.span);
        let program = &mut self.program.policy;
        program.title = policy.title.text.clone();
        program.number = policy.number.as_ref().map(|it| it.value.clone()).unwrap_or_default();
        program.rule_date = policy.rule_date.as_ref().map(|it| it.text.clone());
        program.na_marks = policy.na_marks.iter().map(|it| it.value.clone()).collect();
        self.bare_inclusive = policy.bare_bounds.as_ref().map(|it| it.inclusive);
        self.effective = policy.shared.effective.as_ref().map(days);
        self.effective_at = policy.shared.effective.as_ref().map(|it| it.span);
        self.data_periods(&policy.data_periods);
        self.outline(policy);
        for citation in &policy.shared.basis {
            self.cite(citation);
        }
        for citation in policy.bare_bounds.iter().flat_map(|it| &it.basis) {
            self.cite(citation);
        }
    }

    /// 适用 and 施行 where they would change nothing.
    pub(super) fn idle_clauses(&mut self, items: &[&'a ast::Item]) {
        for item in items {
            let (shared, dated) = match &item.kind {
                ItemKind::Policy(it) => (&it.shared, true),
                ItemKind::Vocabulary(it) => (&it.shared, false),
                ItemKind::Data(it) => (&it.shared, false),
                ItemKind::Parameter(it) => (&it.shared, true),
                _ => continue,
            };
            if let Some(guard) = &shared.applies {
                self.faults.push(errors::idle_clause(guard.span, "适用", "applies"));
            }
            if let Some(validity) = shared.effective.as_ref().filter(|_| !dated) {
                self.faults.push(errors::idle_clause(validity.span, "施行", "effective"));
            }
            if let ItemKind::Vocabulary(list) = &item.kind
                && matches!(&list.members, ast::Members::Written(names) if names.is_empty())
                && !item.damaged
            {
                self.faults.push(errors::list_without_members(&list.name));
            }
        }
    }

    /// Where the policy stands, for findings about it.
    pub(super) fn policy_span(&self) -> Option<Span> {
        self.policy_span
    }

    fn outline(&mut self, policy: &ast::Policy) {
        for (at, base) in self.bases.iter().enumerate() {
            let policy = &base.policy;
            self.program.policy.bases.push(Document {
                title: policy.title.text.clone(),
                number: policy.number.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
                name: policy.citation_name(),
                outline: vec![],
            });
            // What is wrong with the outline of a base is told by a check of the base.
            let before = self.faults.0.len();
            self.outline_of(Of::Base(at), policy);
            self.faults.0.truncate(before);
        }
        self.outline_of(Of::Own, policy);
        for line in &policy.no_rule {
            let reason = line.reason.as_ref().map(|it| it.value.clone()).unwrap_or_default();
            for citation in &line.articles {
                let Some(of) = self.document(citation) else { continue };
                for place in self.spread(citation, of).unwrap_or_default() {
                    match self.articles_mut(of).iter_mut().find(|it| it.place == place) {
                        Some(article) => article.no_rule = Some(reason.clone()),
                        None => self.unknown_article(citation, &place, of),
                    }
                }
            }
        }
    }

    fn outline_of(&mut self, of: Of, policy: &ast::Policy) {
        for (citation, unseen) in &policy.outline {
            let Some(places) = self.spread(citation, of) else { continue };
            for place in places {
                if self.articles(of).iter().any(|it| it.place == place) {
                    self.faults.push(errors::article_twice(citation.span, &place));
                    continue;
                }
                let no_rule = unseen.then(|| "未取得".to_owned());
                self.articles_mut(of).push(Article { place, no_rule });
            }
        }
    }

    /// Whose article it is: the document that is named, else the one of the file in which it is cited.
    fn document(&self, citation: &Citation) -> Option<Of> {
        let bases = &self.program.policy.bases;
        match &citation.document {
            Some(named) if *named == self.own_name() => Some(Of::Own),
            Some(named) => bases.iter().position(|it| it.name == *named).map(Of::Base),
            // 《民法典》, no title in the outline, is another document.
            None if citation.place.starts_with('《') && !self.is_article(&citation.place) => None,
            None => {
                let file = citation.span.file;
                let found = self.bases.iter().position(|it| it.files.contains(&file));
                Some(found.map_or(Of::Own, Of::Base))
            }
        }
    }

    fn own_name(&self) -> &str {
        match self.program.policy.number.as_str() {
            "" => &self.program.policy.title,
            number => number,
        }
    }

    fn articles(&self, of: Of) -> &[Article] {
        match of {
            Of::Own => &self.program.policy.outline,
            Of::Base(at) => &self.program.policy.bases[at].outline,
        }
    }

    fn articles_mut(&mut self, of: Of) -> &mut Vec<Article> {
        match of {
            Of::Own => &mut self.program.policy.outline,
            Of::Base(at) => &mut self.program.policy.bases[at].outline,
        }
    }

    /// The places of a citation, a range spelled out.
    fn spread(&mut self, citation: &Citation, of: Of) -> Option<Vec<String>> {
        let Some(last) = &citation.through else { return Some(vec![citation.place.clone()]) };
        // In 不设规则 a range follows the outline.
        let outline = self.articles(of);
        let at = |place: &str| outline.iter().position(|it| it.place == place);
        if let (Some(from), Some(to)) = (at(&citation.place), at(last)) {
            return Some(
                outline[from.min(to)..=from.max(to)].iter().map(|it| it.place.clone()).collect(),
            );
        }
        match numbered(&citation.place).zip(numbered(last)) {
            Some(((before, from), (other, to)))
                if before == other && from <= to && to - from < 1000 =>
            {
                Some((from..=to).map(|n| place_of(before, n)).collect())
            }
            _ => {
                self.faults.push(errors::range_of_articles(citation.span));
                None
            }
        }
    }

    /// Notes that an article has a rule, and reports one that does not exist.
    pub(super) fn cite(&mut self, citation: &Citation) {
        let Some(of) = self.document(citation) else { return };
        if citation.place.is_empty() {
            return;
        }
        for place in self.spread(citation, of).unwrap_or_default() {
            let known = self.articles(of).iter().any(|it| lies_in(&place, &it.place));
            match of {
                Of::Own if known => {
                    self.cited.extend(around(&place).into_iter().map(str::to_owned));
                    self.cited.push(place);
                }
                _ if known || self.articles(of).is_empty() => {}
                _ => self.unknown_article(citation, &place, of),
            }
        }
    }

    /// An article that a test says decides, as it is shown; none where there is no such article. A test is no rule: the
    /// article is not cited by it.
    pub(super) fn deciding_article(&mut self, citation: &Citation) -> Option<String> {
        let (cited, faults) = (self.cited.len(), self.faults.0.len());
        self.cite(citation);
        self.cited.truncate(cited);
        (self.faults.0.len() == faults).then(|| self.citation_text(citation))
    }

    /// Whether the policy's outline has a place of this name.
    pub(super) fn is_article(&self, place: &str) -> bool {
        self.program.policy.outline.iter().any(|it| it.place == place)
    }

    /// Cites several articles, and gives their texts: those of the rulebook's own document first, the others under
    /// their documents' names.
    pub(super) fn cite_all(&mut self, citations: &[Citation]) -> Vec<String> {
        citations.iter().for_each(|it| self.cite(it));
        let mut named: Vec<(Option<String>, String)> =
            citations.iter().map(|it| (self.foreign(it), self.place_text(it))).collect();
        named.sort_by_key(|it| it.0.is_some());
        let documents: Vec<Option<String>> = named.iter().map(|it| it.0.clone()).collect();
        let texts = named.into_iter().enumerate().map(|(at, (document, place))| match document {
            Some(name) if at == 0 || documents[at - 1].as_ref() != Some(&name) => {
                format!("{name} {place}").trim_end().to_owned()
            }
            _ => place,
        });
        texts.collect()
    }

    /// A citation as it is shown: the document stands before it where it is not the rulebook's own.
    pub(super) fn citation_text(&self, citation: &Citation) -> String {
        match self.foreign(citation) {
            Some(document) => {
                format!("{document} {}", self.place_text(citation)).trim_end().to_owned()
            }
            None => self.place_text(citation),
        }
    }

    /// The name of the document, where it is another one than the rulebook's own.
    fn foreign(&self, citation: &Citation) -> Option<String> {
        match self.document(citation) {
            Some(Of::Own) => None,
            Some(Of::Base(at)) => Some(self.program.policy.bases[at].name.clone()),
            None => citation.document.clone(),
        }
    }

    fn place_text(&self, citation: &Citation) -> String {
        match &citation.through {
            Some(last) => format!("{}至{last}", citation.place),
            // A whole document: its name is told by who names it, unless it is the rulebook's own.
            None if citation.place.is_empty() && self.foreign(citation).is_none() => {
                self.own_name().to_owned()
            }
            None => citation.place.clone(),
        }
    }

    fn unknown_article(&mut self, citation: &Citation, place: &str, of: Of) {
        let outline = self.articles(of);
        let mut articles = outline.iter().filter(|it| article_number(&it.place).is_some());
        let first = articles.next().or(outline.first());
        let last = articles.next_back().or(first);
        let ends = first.zip(last).map(|(a, b)| (a.place.clone(), b.place.clone()));
        let base = match of {
            Of::Own => None,
            Of::Base(at) => Some(self.program.policy.bases[at].name.as_str()),
        };
        self.faults.push(errors::unknown_article(citation.span, place, base, ends));
    }

    /// Where a rule stands by what it cites, for sorting: in the outlines of the bases, then in its own; past the end
    /// where it is in none of them.
    pub(super) fn order_of(&self, citations: &[Citation]) -> usize {
        let bases = &self.program.policy.bases;
        let length = |of| self.articles(of).len();
        let start = |of| match of {
            Of::Base(at) => (0..at).map(|it| length(Of::Base(it))).sum::<usize>(),
            Of::Own => (0..bases.len()).map(|it| length(Of::Base(it))).sum(),
        };
        let place = |it: &Citation| {
            let of = self.document(it)?;
            let found = self.articles(of).iter().position(|at| lies_in(&it.place, &at.place));
            Some((of, start(of) + found?))
        };
        let first = citations.iter().filter_map(place).min_by_key(|it| it.0);
        first.map_or(start(Of::Own) + length(Of::Own), |it| it.1)
    }

    /// An article that takes a rule away is no article without a rule.
    pub(super) fn repealed(&mut self, repeal: &ast::Repeal) {
        repeal.basis.iter().for_each(|it| self.cite(it));
    }

    /// Articles without a rule, and rules without an article.
    pub(super) fn coverage(&mut self, items: &[&'a ast::Item]) {
        let by_rules = self.cited.len();
        // A list or a table that an article gives stands for the article as a rule does.
        for item in items {
            match &item.kind {
                ItemKind::Vocabulary(it) => it.shared.basis.iter().for_each(|it| self.cite(it)),
                ItemKind::Data(it) => it.shared.basis.iter().for_each(|it| self.cite(it)),
                _ => {}
            }
        }
        for item in items {
            let (name, shared) = match &item.kind {
                ItemKind::Indicator(it) => (&it.name, &it.shared),
                ItemKind::Criterion(it) => (&it.name, &it.shared),
                ItemKind::Decision(it) => (&it.name, &it.shared),
                ItemKind::Score(it) => (&it.name, &it.shared),
                ItemKind::Conclusion(it) => (&it.name, &it.shared),
                _ => continue,
            };
            if shared.basis.is_empty() && !item.damaged {
                self.faults.push(errors::rule_without_article(name));
            }
        }
        let Some(span) = self.policy_span else { return };
        let silent: Vec<&str> = self
            .program
            .policy
            .outline
            .iter()
            .filter(|it| it.no_rule.is_none() && !self.cited.contains(&it.place))
            .map(|it| it.place.as_str())
            .collect();
        if !silent.is_empty() {
            self.faults.push(errors::articles_without_rule(span, &silent));
        }
        let both: Vec<&str> = self
            .program
            .policy
            .outline
            .iter()
            .filter(|it| it.no_rule.is_some() && self.cited[..by_rules].contains(&it.place))
            .map(|it| it.place.as_str())
            .collect();
        if !both.is_empty() {
            self.faults.push(errors::articles_with_rule(span, &both));
        }
    }
}

/// Whether a place is another, or lies in it.
fn lies_in(place: &str, whole: &str) -> bool {
    place == whole || around(place).contains(&whole)
}
