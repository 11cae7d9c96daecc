//! 函数: inputs, result, formula or script. What stands in a script is not looked at.

use crate::source::Spanned;
use crate::syntax::ast::Field;
use crate::syntax::ast::Function;
use crate::syntax::ast::Name;
use crate::syntax::ast::Script;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Signature;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;

impl<'t> Reader<'t> {
    /// 函数
    pub fn function(&self, parts: Parts<'t>) -> Function {
        let name = parts.name();
        let signature = parts.head.iter().find(|it| it.as_rule() == Rule::signature);
        let signature = signature.and_then(|it| self.sound(|| self.signature(it, &name)).flatten());
        let shared = Shared::default();
        let mut it = Function { name, signature, formula: None, script: None, shared };
        for clause in parts.clauses {
            match clause.as_rule() {
                Rule::formula => {
                    let formula = self.clause_expression(&clause);
                    self.once(&mut it.formula, &clause, formula);
                }
                Rule::script => {
                    let script = self.sound(|| self.script(&clause)).flatten();
                    self.once(&mut it.script, &clause, script);
                }
                _ => self.shared(&mut it.shared, clause),
            }
        }
        it
    }

    fn signature(&self, pair: &Pair<'t>, function: &Name) -> Option<Signature> {
        let inputs = children(pair.clone(), Rule::input)
            .map(|it| self.typed(&it, child(&it, Rule::name).map(|it| self.name(&it))?))
            .collect::<Option<Vec<Field>>>()?;
        let result = self.typed(pair, function.clone())?;
        Some(Signature { inputs, result })
    }

    /// A name with the type that stands in a pair.
    fn typed(&self, pair: &Pair<'t>, name: Name) -> Option<Field> {
        let ty = self.field_type(child(pair, Rule::field_type)?)?;
        Some(Field { name, ty, options: vec![], span: self.span(pair) })
    }

    fn script(&self, clause: &Pair<'t>) -> Option<Script> {
        let language = self.name(&child(clause, Rule::name)?);
        let code = child(clause, Rule::code)?;
        if child(&code, Rule::fence).is_none() {
            let open = self.span(&child(&code, Rule::fence_open)?);
            self.fault(errors::no_closing_fence(open));
        }
        let text = child(&code, Rule::code_text)?;
        let place = text.as_span();
        let span = self.at(place.start(), place.end());
        Some(Script { language, code: Spanned { value: text.as_str().to_owned(), span } })
    }
}
