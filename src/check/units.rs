//! 计量单位: the units a rulebook declares (`semantics` §7.5). Units of the language are in `value`.

use crate::check::Checker;
use crate::check::errors;
use crate::check::numbers::duration_unit;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;

impl<'a> Checker<'a> {
    /// Enters the declared units; one may be made of another that is declared further down.
    pub(super) fn units(&mut self, items: &[&'a ast::Item]) {
        let mut open: Vec<&ast::Measuring> = vec![];
        for item in items {
            let ItemKind::Measuring(it) = &item.kind else { continue };
            if let Some(citation) = it.shared.basis.first() {
                self.cite(citation);
            }
            if duration_unit(&it.name.text).is_some() || it.name.text == "元" {
                self.faults.push(errors::unit_is_fixed(&it.name));
            } else if it.value.as_ref().is_some_and(|it| !it.0.is_positive()) {
                self.faults.push(errors::unit_of_nothing(&it.name));
            } else {
                open.push(it);
            }
        }
        // Each round settles those whose unit is known by now.
        loop {
            let before = open.len();
            open.retain(|it| !self.declare(it, &names(items)));
            if open.is_empty() || open.len() == before {
                break;
            }
        }
        for it in open {
            match &it.value {
                Some((_, of)) if names(items).contains(&of.value.as_str()) => {
                    self.faults.push(errors::units_in_circle(&it.name));
                }
                Some((_, of)) => _ = self.unit_word(of),
                None => {}
            }
        }
    }

    /// Declares a unit; false while what it is made of is not known.
    fn declare(&mut self, it: &ast::Measuring, waiting: &[&str]) -> bool {
        let Some((value, of)) = &it.value else {
            if self.program.units.declare_base(&it.name.text).is_none() {
                self.faults.push(errors::too_many_units(&it.name));
            }
            return true;
        };
        // A unit that is declared too must not be read as the language's of that name first.
        let pending =
            waiting.contains(&of.value.as_str()) && !self.program.units.is_declared(&of.value);
        match self.program.units.parse(&of.value).filter(|_| !pending) {
            Some(of) => {
                self.program.units.declare(&it.name.text, value, &of);
                true
            }
            None => false,
        }
    }
}

fn names<'a>(items: &[&'a ast::Item]) -> Vec<&'a str> {
    let names = items.iter().filter_map(|it| match &it.kind {
        ItemKind::Measuring(it) => Some(it.name.text.as_str()),
        _ => None,
    });
    names.collect()
}
