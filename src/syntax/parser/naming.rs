//! 名称规则: what the name is composed of, and where each part is taken from. What its names mean is not looked at.

use crate::syntax::ast::Criterion;
use crate::syntax::ast::NamePart;
use crate::syntax::ast::NamePiece;
use crate::syntax::ast::NameSource;
use crate::syntax::ast::Naming;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;

impl<'t> Reader<'t> {
    /// A 名称规则 is a 条件 that judges a name.
    pub fn naming(&self, parts: Parts<'t>) -> Criterion {
        let mut naming = Naming { field: None, pieces: None, parts: vec![], former: vec![] };
        let field = parts.head.iter().find(|it| it.as_rule() == Rule::named_field);
        naming.field = field.and_then(|it| child(it, Rule::name)).map(|it| self.name(&it));
        let mut it = Criterion::new(parts.name(), parts.scope);
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::composed => {
                    let pieces = self.pieces(clause.clone());
                    self.once(&mut naming.pieces, &clause, Some(pieces));
                }
                Rule::name_part => naming.parts.extend(self.name_part(clause)),
                Rule::former => naming.former.extend(self.list_of_names(clause)),
                _ => self.judging(&mut it, clause),
            }
        }
        it.naming = Some(naming);
        it
    }

    fn pieces(&self, clause: Pair<'t>) -> Vec<NamePiece> {
        let piece = |it: Pair<'t>| match it.as_rule() {
            Rule::name => Some(NamePiece::Part(self.name(&it))),
            Rule::text => Some(NamePiece::Text(self.word(&it))),
            _ => None,
        };
        clause.into_inner().filter_map(piece).collect()
    }

    fn name_part(&self, clause: Pair<'t>) -> Option<NamePart> {
        let span = self.span(&clause);
        let name = child(&clause, Rule::name).map(|it| self.name(&it))?;
        let force_words = child(&clause, Rule::force)?;
        let force_span = self.span(&force_words);
        let (force, negated) = self.force(force_words);
        let sources = children(clause.clone(), Rule::name_source).filter_map(|it| {
            let list = child(&it, Rule::name).map(|it| self.name(&it))?;
            Some(NameSource { list, forms: self.list_of_names(it) })
        });
        Some(NamePart {
            name,
            force,
            negated,
            force_span,
            sources: sources.collect(),
            matching: self.list_of_names(clause.clone()),
            span,
        })
    }

    /// The names of the one list of a clause; none where it has none.
    fn list_of_names(&self, clause: Pair<'t>) -> Vec<crate::syntax::ast::Name> {
        child(&clause, Rule::members).map_or(vec![], |it| self.names(it))
    }
}
