//! Comparisons whose unknown parts cancel or pull together: both sides collected into one linear form (`semantics` L6 b).
//! What is no linear form enters as one unknown of its own.

use crate::eval::chunk::Chunk;
use crate::eval::compare::holds;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Comparison;
use crate::ir::DurationUnit;
use crate::ir::FieldKind;
use crate::ir::Fold;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Orders;
use crate::value::Possible;
use crate::value::Truth;
use crate::value::period;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A node in one row of a chunk.
pub type Key = (NodeId, usize);

/// A sum of unknowns, each with a factor, and a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linear {
    /// The constant.
    pub constant: Number,
    /// What is unknown, with its factor.
    pub terms: BTreeMap<Key, Term>,
    /// What is there only where a condition of a child row holds: each is either all of its form or 0.
    pub perhaps: BTreeMap<Key, Linear>,
}

/// An unknown with its factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// How often it counts.
    pub factor: Number,
    /// What it may be.
    pub hull: Hull,
}

/// A linear form, or the quotient of two.
struct Form {
    of: Linear,
    by: Option<Linear>,
}

/// How `a − b` stands to 0 in one row: the form, and whether it was multiplied by something that is not above 0.
pub struct Difference {
    /// The form that is compared with 0.
    pub form: Linear,
    /// Whether what holds of it holds of the difference the other way round.
    pub turned: bool,
}

/// The truths of a comparison with those outcomes left out that its linear form rules out.
pub fn tightened(
    chunk: &Chunk,
    op: Comparison,
    (a, b): (NodeId, NodeId),
    row: usize,
    truth: Truth,
) -> Truth {
    let Some(difference) = difference(chunk, a, b, row) else { return truth };
    let mut orders = difference.form.hull().orders(&Hull::point(Number::zero()));
    if difference.turned {
        orders = Orders { less: orders.greater, greater: orders.less, ..orders };
    }
    let possible = orders.ask(|order: Ordering| holds(op, order));
    let possible = possible.union(Truth::NOT_APPLICABLE).union(Truth::ERROR);
    match truth.intersect(possible) {
        // A branch that no completion takes.
        Truth::NOTHING => truth,
        kept => kept,
    }
}

/// `a − b` in one row; none where it is no linear form or the sign of a divisor is not known.
pub fn difference(chunk: &Chunk, a: NodeId, b: NodeId, row: usize) -> Option<Difference> {
    let (a, b) = (form(chunk, a, row)?, form(chunk, b, row)?);
    let (form, by) = match (a.by, b.by) {
        (None, None) => (a.of.subtract(&b.of), None),
        (Some(by), None) => (a.of.subtract(&by.scale(b.of.known()?)), Some(by)),
        (None, Some(by)) => (by.scale(a.of.known()?).subtract(&b.of), Some(by)),
        (Some(x), Some(y)) if x == y => (a.of.subtract(&b.of), Some(x)),
        _ => return None,
    };
    let turned = match by.map(|it| it.hull()) {
        None => false,
        Some(by) if by.low.as_ref().is_some_and(|it| !it.at.is_negative()) => false,
        Some(by) if by.high.as_ref().is_some_and(|it| !it.at.is_positive()) => true,
        Some(_) => return None,
    };
    Some(Difference { form, turned })
}

impl Linear {
    fn constant(constant: Number) -> Linear {
        Linear { constant, terms: BTreeMap::new(), perhaps: BTreeMap::new() }
    }

    fn unknown(key: Key, hull: Hull) -> Linear {
        let term = Term { factor: Number::one(), hull };
        Linear { terms: BTreeMap::from([(key, term)]), ..Linear::constant(Number::zero()) }
    }

    /// The number, where nothing is unknown.
    fn known(&self) -> Option<&Number> {
        (self.terms.is_empty() && self.perhaps.is_empty()).then_some(&self.constant)
    }

    /// The unknown, where there is only one.
    pub fn only(&self) -> Option<(Key, &Term)> {
        let mut terms = self.terms.iter();
        match (terms.next(), terms.next()) {
            (Some((key, term)), None) if self.perhaps.is_empty() => Some((*key, term)),
            _ => None,
        }
    }

    /// What it may be, everything unknown taken for itself.
    pub fn hull(&self) -> Hull {
        let mut hull = Hull::point(self.constant.clone());
        for term in self.terms.values() {
            hull = hull.add(&term.hull.multiply(&Hull::point(term.factor.clone())));
        }
        for part in self.perhaps.values() {
            hull = hull.add(&part.hull().union(&Hull::point(Number::zero())));
        }
        hull
    }

    fn scale(&self, factor: &Number) -> Linear {
        if factor.is_zero() {
            return Linear::constant(Number::zero());
        }
        let term = |it: &Term| Term { factor: it.factor.multiply(factor), hull: it.hull.clone() };
        Linear {
            constant: self.constant.multiply(factor),
            terms: self.terms.iter().map(|(key, it)| (*key, term(it))).collect(),
            perhaps: self.perhaps.iter().map(|(key, it)| (*key, it.scale(factor))).collect(),
        }
    }

    fn subtract(&self, other: &Linear) -> Linear {
        let mut sum = self.clone();
        sum.add(&other.scale(&Number::from(-1)));
        sum
    }

    fn add(&mut self, other: &Linear) {
        self.constant = self.constant.add(&other.constant);
        for (key, term) in &other.terms {
            match self.terms.get_mut(key) {
                None => _ = self.terms.insert(*key, term.clone()),
                Some(own) => {
                    own.factor = own.factor.add(&term.factor);
                    if let Some(hull) = own.hull.intersect(&term.hull) {
                        own.hull = hull;
                    }
                    if own.factor.is_zero() {
                        self.terms.remove(key);
                    }
                }
            }
        }
        for (key, part) in &other.perhaps {
            let own = self.perhaps.entry(*key).or_insert_with(|| Linear::constant(Number::zero()));
            own.add(part);
            if own.known().is_some_and(Number::is_zero) {
                self.perhaps.remove(key);
            }
        }
    }
}

impl Form {
    fn of(of: Linear) -> Form {
        Form { of, by: None }
    }

    fn scale(&self, factor: &Number) -> Form {
        Form { of: self.of.scale(factor), by: self.by.clone() }
    }

    /// The sum of two; none where they are quotients by two things.
    fn add(&self, other: &Form) -> Option<Form> {
        let mut sum = self.of.clone();
        let by = match (&self.by, &other.by) {
            (None, None) => None,
            (Some(by), None) => {
                sum.add(&by.scale(other.of.known()?));
                return Some(Form { of: sum, by: Some(by.clone()) });
            }
            (None, Some(_)) => return other.add(self),
            (Some(x), Some(y)) if x == y => Some(x.clone()),
            _ => return None,
        };
        sum.add(&other.of);
        Some(Form { of: sum, by })
    }
}

/// The value of a node in one row, where it is a value.
fn form(chunk: &Chunk, id: NodeId, row: usize) -> Option<Form> {
    let values = chunk.get(id).map(|it| it.numeric(row).values);
    if let Some(Some(number)) = values.as_ref().map(|it| it.as_ref().and_then(Hull::single)) {
        return Some(Form::of(Linear::constant(number.clone())));
    }
    let hull = values.flatten();
    if let Some(form) = compound(chunk, id, row) {
        return Some(match (hull, form.by.is_none().then(|| form.of.only()).flatten()) {
            // A branch of 若 may know more of an unknown than its cell does.
            (Some(hull), Some((key, term)))
                if term.factor == Number::one() && form.of.constant.is_zero() =>
            {
                let both = hull.intersect(&term.hull).unwrap_or(hull);
                Form::of(Linear::unknown(key, both))
            }
            _ => form,
        });
    }
    Some(Form::of(Linear::unknown((id, row), hull?)))
}

/// A node made of others in a linear way; none where it is not.
fn compound(chunk: &Chunk, id: NodeId, row: usize) -> Option<Form> {
    if chunk.context.is_given(id) {
        return None;
    }
    let here = |id: NodeId| form(chunk, id, row);
    let node = chunk.context.program.node(id);
    match &node.kind {
        NodeKind::Sum(items) => sum(items.iter().map(|it| here(*it))),
        NodeKind::Difference(a, b) => here(*a)?.add(&here(*b)?.scale(&Number::from(-1))),
        NodeKind::Negation(of) => Some(here(*of)?.scale(&Number::from(-1))),
        NodeKind::Product(items) => {
            let mut all = Form::of(Linear::constant(Number::one()));
            for item in items {
                let next = here(*item)?;
                all = match (all.known(), next.known()) {
                    (_, Some(factor)) => all.scale(factor),
                    (Some(factor), None) => next.scale(factor),
                    _ => return None,
                };
            }
            Some(all)
        }
        NodeKind::Quotient(a, b) => {
            let (a, b) = (here(*a)?, here(*b)?);
            match b.known() {
                Some(divisor) => Some(a.scale(&divisor.reciprocal()?)),
                None if a.by.is_none() && b.by.is_none() => Some(Form { of: a.of, by: Some(b.of) }),
                None => None,
            }
        }
        NodeKind::Parent(of) => form(chunk, *of, chunk.parent_row(node.space, row)),
        NodeKind::Applies { body: of, .. }
        | NodeKind::Narrow { of, .. }
        | NodeKind::RuleDate(Some(of))
        | NodeKind::Called { result: Some(of), .. }
        | NodeKind::Input { of, .. } => here(*of),
        NodeKind::WhenNotApplicable { of, .. } => {
            (!chunk.get(*of)?.numeric(row).na).then(|| here(*of))?
        }
        NodeKind::If { condition, then, otherwise, .. } => {
            match chunk.get(*condition)?.truth(row) {
                Truth::TRUE => here(*then),
                Truth::FALSE => here(*otherwise),
                _ => None,
            }
        }
        NodeKind::Fold(Fold::Sum, items) => {
            let sure = |it: &NodeId| chunk.get(*it).is_some_and(|it| !it.numeric(row).na);
            items.iter().all(sure).then(|| sum(items.iter().map(|it| here(*it))))?
        }
        NodeKind::Days { from, to, both_ends } => {
            let days = here(*to)?.add(&here(*from)?.scale(&Number::from(-1)))?;
            days.add(&Form::of(Linear::constant(Number::from(i64::from(*both_ends)))))
        }
        NodeKind::AddDuration { day, span }
            if chunk.context.program.node(*span).ty == Ty::Duration(DurationUnit::Day) =>
        {
            here(*day)?.add(&here(*span)?)
        }
        NodeKind::Aggregate(it) => rows(chunk, id, it, row).map(Form::of),
        _ => None,
    }
}

impl Form {
    fn known(&self) -> Option<&Number> {
        self.by.is_none().then(|| self.of.known())?
    }
}

fn sum(mut items: impl Iterator<Item = Option<Form>>) -> Option<Form> {
    let first = items.next()??;
    items.try_fold(first, |all, it| all.add(&it?))
}

/// 合计 and 个数 over child rows.
fn rows(chunk: &Chunk, id: NodeId, it: &Aggregate, row: usize) -> Option<Linear> {
    let program = chunk.context.program;
    let FieldKind::Rows { table, open: false } = program.field(it.rows).kind else { return None };
    if !matches!(it.function, AggregateFunction::Sum | AggregateFunction::Count) {
        return None;
    }
    let facts = chunk.context.facts.table(table);
    let parent = chunk.rows[program.node(id).space.0 as usize].start + row;
    if parent < facts.ungiven.len() && facts.ungiven.get(parent) {
        return None;
    }
    let windows = program.is_over_periods(it);
    if windows && !is_listed(chunk, it, row) {
        return None;
    }
    let first = chunk.rows[table.0 as usize].start;
    let mut all = Linear::constant(Number::zero());
    let mut certain = false;
    // Rows that nobody submitted count only where periods are asked for.
    let counted = facts.rows_of(parent).filter(|it| windows || !facts.is_expected(*it));
    for child in counted.map(|it| it - first) {
        let inclusion = match it.filter {
            Some(filter) => chunk.get(filter)?.truth(child),
            None => Truth::TRUE,
        };
        if inclusion.may(Truth::ERROR) {
            return None;
        }
        if !inclusion.may(Truth::TRUE) {
            continue;
        }
        let own = match it.value.filter(|_| it.function == AggregateFunction::Sum) {
            None => Linear::constant(Number::one()),
            Some(value) => {
                let Possible { na, values, .. } = chunk.get(value)?.numeric(child);
                if na && values.is_none() {
                    continue;
                }
                let own = form(chunk, value, child).filter(|it| it.by.is_none())?.of;
                if na { perhaps((value, child), own) } else { own }
            }
        };
        certain |= inclusion == Truth::TRUE;
        match it.filter {
            Some(filter) if inclusion != Truth::TRUE => all.add(&perhaps((filter, child), own)),
            _ => all.add(&own),
        }
    }
    (certain || it.if_empty.is_none()).then_some(all)
}

/// Whether the periods an aggregate asks for are known well enough for their rows to be there.
fn is_listed(chunk: &Chunk, it: &Aggregate, row: usize) -> bool {
    let program = chunk.context.program;
    let recents = it.filter.map(|it| program.recents(it)).unwrap_or_default();
    recents.into_iter().all(|id| {
        let NodeKind::Recent { last, .. } = program.node(id).kind else { return false };
        let NodeKind::Parent(last) = program.node(last).kind else { return false };
        chunk.get(last).is_some_and(|it| period::listed(&it.date(row)).is_some())
    })
}

fn perhaps(key: Key, part: Linear) -> Linear {
    Linear { perhaps: BTreeMap::from([(key, part)]), ..Linear::constant(Number::zero()) }
}

/// Where the form is 0, if that depends on one unknown only.
pub fn root(form: &Linear) -> Option<(Key, Number)> {
    let (key, term) = form.only()?;
    Some((key, form.constant.negate().checked_div(&term.factor)?))
}

/// A hull without one number, and the number: below, at, above.
pub fn cut_at(hull: &Hull, at: &Number) -> Vec<Hull> {
    let end = Some(End::open(at.clone()));
    let pieces = [
        Hull { low: None, high: end.clone() },
        Hull::point(at.clone()),
        Hull { low: end, high: None },
    ];
    pieces.iter().filter_map(|it| hull.intersect(it)).collect()
}

/// Where a number or day passes a constant, if that depends on one unknown only.
pub fn turning(chunk: &Chunk, id: NodeId, row: usize, at: &Number) -> Option<(Key, Number)> {
    let form = form(chunk, id, row).filter(|it| it.by.is_none())?;
    root(&form.of.subtract(&Linear::constant(at.clone())))
}
