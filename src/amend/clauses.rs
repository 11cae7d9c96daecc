//! One item amended: a kind of clause that is given stands in place of all of that kind, what is added stands beside.

use crate::amend::errors;
use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::syntax::ast::Amendment;
use crate::syntax::ast::Body;
use crate::syntax::ast::Citation;
use crate::syntax::ast::Conclusion;
use crate::syntax::ast::Criterion;
use crate::syntax::ast::Decision;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::ListItem;
use crate::syntax::ast::Members;
use crate::syntax::ast::Name;
use crate::syntax::ast::Naming;
use crate::syntax::ast::Requirement;
use crate::syntax::ast::Score;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Vocabulary;

/// Amends an item. `documents` are the names by which the documents below are cited.
pub(super) fn amend(
    item: &mut Item,
    amendment: &Amendment,
    documents: &[String],
    faults: &mut Diagnostics,
) {
    let name = amendment.item.kind.name().clone();
    let (mut given, mut adds) = (amendment.item.kind.clone(), amendment.adds.clone());
    if let (Some(base), Some(given), Some(adds)) =
        (item.kind.shared(), given.shared(), adds.shared())
    {
        shared(base, std::mem::take(given), std::mem::take(adds), documents, name.span);
    }
    parts(&mut item.kind, given, adds, faults);
    lines(&mut item.kind, &amendment.lines, name.span, faults);
    drops(&mut item.kind, &amendment.drops, faults);
    item.span = amendment.item.span;
    item.damaged |= amendment.item.damaged;
}

/// What is given replaces, what is added follows.
fn list<T>(base: &mut Vec<T>, given: Vec<T>, adds: Vec<T>) {
    if !given.is_empty() {
        *base = given;
    }
    base.extend(adds);
}

/// What is given replaces.
fn one<T>(base: &mut Option<T>, given: Option<T>) {
    *base = given.or(base.take());
}

/// What bears the same name is replaced, anything else follows.
fn by_name<T>(base: &mut Vec<T>, given: Vec<T>, name: impl Fn(&T) -> &str) {
    for it in given {
        match base.iter_mut().find(|old| name(old) == name(&it)) {
            Some(old) => *old = it,
            None => base.push(it),
        }
    }
}

/// The clauses that every item may have. An amended item is cited to both documents: what is cited of the base
/// stays, unless the amendment says itself which of its articles.
fn shared(base: &mut Shared, given: Shared, adds: Shared, documents: &[String], at: Span) {
    let of_base = |it: &Citation| it.document.as_ref().is_some_and(|it| documents.contains(it));
    let mut basis = [given.basis, adds.basis].concat();
    if basis.iter().all(of_base) {
        // No article of this document: the document itself.
        basis.push(Citation { document: None, place: String::new(), through: None, span: at });
    }
    if !basis.iter().any(of_base) {
        basis.append(&mut base.basis);
    }
    base.basis = basis;
    one(&mut base.effective, given.effective);
    one(&mut base.applies, given.applies);
    one(&mut base.note, given.note);
    list(&mut base.readings, given.readings, adds.readings);
    list(&mut base.evidence, given.evidence, adds.evidence);
}

/// The clauses of each kind of item.
fn parts(base: &mut ItemKind, given: ItemKind, adds: ItemKind, faults: &mut Diagnostics) {
    match (base, given, adds) {
        (ItemKind::Vocabulary(base), ItemKind::Vocabulary(given), _) => vocabulary(base, given),
        (ItemKind::Measuring(base), ItemKind::Measuring(given), _) => {
            base.name = given.name;
            one(&mut base.value, given.value);
        }
        (ItemKind::Data(base), ItemKind::Data(given), ItemKind::Data(adds)) => {
            base.name = given.name;
            for field in adds.fields {
                match base.fields.iter().find(|it| it.name.text == field.name.text) {
                    Some(old) => faults.push(errors::field_is_there(&field.name, old.name.span)),
                    None => base.fields.push(field),
                }
            }
            by_name(&mut base.fields, given.fields, |it| &it.name.text);
        }
        (ItemKind::Parameter(base), ItemKind::Parameter(given), ItemKind::Parameter(adds)) => {
            base.name = given.name;
            one(&mut base.scope, given.scope);
            list(&mut base.values, given.values, adds.values);
            list(&mut base.exceptions, given.exceptions, adds.exceptions);
        }
        (ItemKind::Indicator(base), ItemKind::Indicator(given), ItemKind::Indicator(adds)) => {
            base.name = given.name;
            one(&mut base.scope, given.scope);
            one(&mut base.formula, given.formula);
            one(&mut base.unit, given.unit);
            one(&mut base.show, given.show);
            one(&mut base.keep, given.keep);
            one(&mut base.no_growth_base, given.no_growth_base);
            list(&mut base.other_readings, given.other_readings, adds.other_readings);
        }
        (ItemKind::Criterion(base), ItemKind::Criterion(given), ItemKind::Criterion(adds)) => {
            criterion(base, given, adds, faults);
        }
        (ItemKind::Decision(base), ItemKind::Decision(given), _) => decision(base, given),
        (ItemKind::Score(base), ItemKind::Score(given), ItemKind::Score(adds)) => {
            score(base, *given, *adds);
        }
        (ItemKind::Conclusion(base), ItemKind::Conclusion(given), ItemKind::Conclusion(adds)) => {
            conclusion(base, given, adds);
        }
        (ItemKind::Function(base), ItemKind::Function(given), _) => {
            base.name = given.name;
            one(&mut base.signature, given.signature);
            if given.formula.is_some() || given.script.is_some() {
                // A formula and a script say the same thing: how it is worked out.
                (base.formula, base.script) = (given.formula, given.script);
            }
        }
        (ItemKind::Case(base), ItemKind::Case(given), ItemKind::Case(adds)) => {
            base.name = given.name;
            one(&mut base.scope, given.scope);
            one(&mut base.note, given.note);
            by_name(&mut base.sets, [given.sets, adds.sets].concat(), |it| &it.field.text);
        }
        // A 结论 that is a table and one that is none are both amended by what every item may have, and by no more.
        (ItemKind::Decision(base), ItemKind::Conclusion(given), ItemKind::Conclusion(adds))
            if says_nothing(&given) && says_nothing(&adds) =>
        {
            base.name = given.name;
        }
        (base @ (ItemKind::Decision(_) | ItemKind::Conclusion(_)), given, _) => {
            faults.push(errors::another_form(given.name(), base));
        }
        // An amendment is laid over an item of its own kind; 政策 and 测试 have none.
        _ => {}
    }
}

/// Whether a 结论 has nothing but the clauses that every item may have.
fn says_nothing(it: &Conclusion) -> bool {
    let names = it.requires.len() + it.requires_one.len() + it.vetoes.len();
    names + it.requirements.len() == 0 && it.failing.is_none() && it.scope.is_none()
}

/// A table is replaced as a whole; what it looks at goes with it.
fn decision(base: &mut Decision, given: Decision) {
    base.name = given.name;
    one(&mut base.scope, given.scope);
    if !given.heads.is_empty() {
        (base.heads, base.results) = (given.heads, given.results);
    }
    one(&mut base.hit, given.hit);
    one(&mut base.judged, given.judged);
    one(&mut base.as_written, given.as_written);
    list(&mut base.rows, given.rows, vec![]);
}

fn vocabulary(base: &mut Vocabulary, given: Vocabulary) {
    base.name = given.name;
    if !matches!(&given.members, Members::Written(names) if names.is_empty()) {
        base.members = given.members;
        base.complete = given.complete;
    }
    list(&mut base.columns, given.columns, vec![]);
}

fn criterion(base: &mut Criterion, given: Criterion, adds: Criterion, faults: &mut Diagnostics) {
    base.name = given.name;
    one(&mut base.scope, given.scope);
    list(&mut base.requirements, given.requirements, adds.requirements);
    one(&mut base.failing, given.failing);
    list(&mut base.exceptions, given.exceptions, adds.exceptions);
    one(&mut base.answered_in, given.answered_in);
    one(&mut base.unanswered, given.unanswered);
    one(&mut base.not_applicable, given.not_applicable);
    one(&mut base.no_growth_base, given.no_growth_base);
    if let (Some(base), Some(given), Some(adds)) = (&mut base.naming, given.naming, adds.naming) {
        naming(base, given, adds);
    }
    if let Some(first) = base.requirements.first()
        && let Some(other) = base.requirements.iter().find(|it| it.force != first.force)
    {
        faults.push(errors::another_force(&base.name, other.span, first.span));
    }
}

fn naming(base: &mut Naming, given: Naming, adds: Naming) {
    one(&mut base.field, given.field);
    one(&mut base.pieces, given.pieces);
    by_name(&mut base.parts, [given.parts, adds.parts].concat(), |it| &it.name.text);
    list(&mut base.former, given.former, adds.former);
}

fn score(base: &mut Score, given: Score, adds: Score) {
    base.name = given.name;
    one(&mut base.scope, given.scope);
    one(&mut base.full, given.full);
    list(&mut base.rows, given.rows, vec![]);
    // 项目, 加分 and 扣分 are kinds of their own.
    base.entries.retain(|old| given.entries.iter().all(|it| it.kind != old.kind));
    base.entries.extend(given.entries);
    base.entries.extend(adds.entries);
    one(&mut base.cap, given.cap);
    one(&mut base.pass, given.pass);
    list(&mut base.vetoes, given.vetoes, adds.vetoes);
    one(&mut base.missing, given.missing);
    one(&mut base.not_applicable, given.not_applicable);
    one(&mut base.same, given.same);
    one(&mut base.weights, given.weights);
    one(&mut base.composition, given.composition);
    one(&mut base.population, given.population);
    one(&mut base.rank, given.rank);
    one(&mut base.select, given.select);
    one(&mut base.quota, given.quota);
    one(&mut base.keep, given.keep);
    one(&mut base.feedback, given.feedback);
}

fn conclusion(base: &mut Conclusion, given: Conclusion, adds: Conclusion) {
    base.name = given.name;
    one(&mut base.scope, given.scope);
    list(&mut base.requires, given.requires, adds.requires);
    list(&mut base.requires_one, given.requires_one, adds.requires_one);
    list(&mut base.vetoes, given.vetoes, adds.vetoes);
    list(&mut base.requirements, given.requirements, adds.requirements);
    one(&mut base.failing, given.failing);
}

/// 增加 — …: there must be one list to add to.
fn lines(base: &mut ItemKind, added: &[ListItem], at: Span, faults: &mut Diagnostics) {
    let Some(first) = added.first() else { return };
    let requirements: &mut Vec<Requirement> = match base {
        ItemKind::Criterion(it) => &mut it.requirements,
        ItemKind::Conclusion(it) => &mut it.requirements,
        _ => return,
    };
    let lists = requirements.iter_mut().filter_map(|it| match &mut it.body {
        Body::List { items, .. } => Some(items),
        Body::One(_) => None,
    });
    match &mut lists.collect::<Vec<_>>()[..] {
        [only] => only.extend(added.iter().cloned()),
        lists => faults.push(errors::which_list(first.span, at, lists.len())),
    }
}

/// 删除 须符合 甲
fn drops(base: &mut ItemKind, names: &[Name], faults: &mut Diagnostics) {
    let ItemKind::Conclusion(base) = base else {
        faults.0.extend(names.iter().map(|it| errors::nothing_to_drop(it, base.name())));
        return;
    };
    for name in names {
        let count = |base: &Conclusion| {
            base.requires.len() + base.requires_one.iter().map(Vec::len).sum::<usize>()
        };
        let before = count(base);
        base.requires.retain(|it| it.text != name.text);
        base.requires_one.iter_mut().for_each(|it| it.retain(|it| it.text != name.text));
        base.requires_one.retain(|it| !it.is_empty());
        if count(base) == before {
            faults.push(errors::nothing_to_drop(name, &base.name));
        }
    }
}
