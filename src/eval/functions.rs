//! Calls of 函数 over columns (`semantics` §11): arguments at the border, a formula's result, a script row by row.

use crate::eval::chunk::Chunk;
use crate::eval::series::Series;
use crate::eval::series::kind_of;
use crate::eval::series::sets;
use crate::ir::AggregateFunction;
use crate::ir::Domain;
use crate::ir::FieldKind;
use crate::ir::FunctionId;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Slot;
use crate::ir::Ty;
use crate::script::Fault;
use crate::script::Script;
use crate::script::Value;
use crate::value::Bits;
use crate::value::Column;
use crate::value::DateHull;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;

/// Completions of the truths and members of one row that a script is asked for (`semantics` §11).
const COMPLETIONS: usize = 64;

/// An argument as the formula of a function sees it: its values inside the slot. Where there are none, the call
/// is not asked, and the row keeps what it has.
pub fn input(chunk: &Chunk<'_>, node: &Node, rows: usize) -> Column {
    let NodeKind::Input { of, function, index } = &node.kind else {
        unreachable!("only an input is one")
    };
    let slot = &chunk.context.program.function(*function).inputs[*index as usize];
    let of = chunk.series(*of);
    if is_plain(of, node.ty, slot) && (!of.is_same() || rows == 1) {
        return of.column().clone();
    }
    sets(kind_of(node.ty), rows, |row| {
        let set = of.set(row);
        let inside = inside(&set, slot, true).0;
        if inside.has_values() { inside } else { set }
    })
}

/// What a call comes to: what goes through from its arguments, and what the function makes of their values.
pub fn called(chunk: &Chunk<'_>, node: &Node, rows: usize) -> Column {
    let NodeKind::Called { function, arguments, result } = &node.kind else {
        unreachable!("only a call is one")
    };
    let program = chunk.context.program;
    let it = program.function(*function);
    let all: Vec<&Series> = arguments.iter().map(|it| chunk.series(*it)).collect();
    let whole: Vec<bool> =
        arguments.iter().zip(&it.inputs).map(|(id, slot)| is_whole(program, *id, slot)).collect();
    let plain = all.iter().zip(&it.inputs).all(|(of, slot)| is_plain(of, slot.ty, slot));
    let body = result.map(|it| chunk.series(it));
    if let Some(body) = body.filter(|_| plain && it.result.domain == Domain::Everything)
        && (!body.is_same() || rows == 1)
        && same_kind(body.column(), node.ty)
    {
        return body.column().clone();
    }
    let compiled;
    let script = match chunk.context.scripts.get(function.0 as usize) {
        Some(script) => script.as_ref(),
        None => {
            compiled = Script::compile(it, &program.vocabularies).ok().flatten();
            compiled.as_ref()
        }
    };
    sets(kind_of(node.ty), rows, |row| {
        let sets: Vec<Set> = all.iter().map(|it| it.set(row)).collect();
        let mut through = Possible { values: Some(()), na: false, error: false };
        let mut values = vec![];
        for ((set, slot), whole) in sets.iter().zip(&it.inputs).zip(&whole) {
            let (inside, outside) = inside(set, slot, *whole);
            let (na, error) = (set.may_be_na(), set.may_be_error() || outside);
            let argument = Possible { values: inside.has_values().then_some(()), na, error };
            through = through.zip(&argument, |(), ()| Possible::values(()));
            values.push(inside);
        }
        let bare = Set::Truth(Possible { values: None, ..no_values(&through) }.into_truth());
        if through.values.is_none() {
            return bare;
        }
        let made = match (body, script) {
            (Some(body), _) => body.set(row),
            (None, Some(script)) => by_script(program, script, &values, &it.result),
            (None, None) => unreachable!("a function has a formula or a script"),
        };
        let (kept, outside) = inside(&made, &it.result, body.is_none());
        let kept = kept.with_outcomes(made.may_be_na(), made.may_be_error() || outside);
        kept.union(&bare)
    })
}

fn no_values(it: &Possible<()>) -> Possible<Truth> {
    Possible { values: None, na: it.na, error: it.error }
}

/// Whether the arguments of a row pass the border as they are.
fn is_plain(of: &Series, ty: Ty, slot: &Slot) -> bool {
    let settled = match of.column() {
        Column::Truth(it) => {
            let empty = |it: &Option<Bits>| it.as_ref().is_none_or(|it| !it.any());
            empty(&it.n) && empty(&it.e)
        }
        Column::Number(it) => it.special.is_empty(),
        Column::Date(it) => it.special.is_empty(),
        Column::Member(it) => it.special.is_empty(),
        Column::Text(it) => it.special.is_empty(),
    };
    settled && slot.domain == Domain::Everything && same_kind(of.column(), ty)
}

/// A bare 不适用 is a column of truths, whatever it stands for.
fn same_kind(column: &Column, ty: Ty) -> bool {
    use crate::value::Kind;
    matches!(
        (column, kind_of(ty)),
        (Column::Truth(_), Kind::Truth)
            | (Column::Number(_), Kind::Number)
            | (Column::Date(_), Kind::Date)
            | (Column::Member(_), Kind::Member)
            | (Column::Text(_), Kind::Text)
    )
}

/// The values of a set that lie in a slot, without 不适用 and 错误, and whether others are possible.
/// `whole` says that the values are known to be whole where the slot asks for that.
fn inside(set: &Set, slot: &Slot, whole: bool) -> (Set, bool) {
    let only = |kept: Option<Hull>| Set::Number(Possible { values: kept, na: false, error: false });
    match (set, &slot.domain) {
        (Set::Number(it), Domain::Numbers { hull, whole: asked }) => {
            let Some(values) = &it.values else { return (only(None), false) };
            let kept = values.intersect(hull);
            let fits = match values.single() {
                Some(one) => !asked || in_unit(one, slot).is_whole(),
                None => !asked || whole,
            };
            let outside = kept.as_ref() != Some(values) || !fits;
            (only(kept.filter(|_| fits || values.single().is_none())), outside)
        }
        (Set::Date(it), Domain::Dates(hull)) => {
            let Some(values) = it.values else { return (only(None), false) };
            let kept = both(values, *hull);
            (Set::Date(Possible { values: kept, na: false, error: false }), kept != Some(values))
        }
        (set, _) => (bare_values(set), false),
    }
}

fn in_unit(number: &Number, slot: &Slot) -> Number {
    let factor = slot.unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
    number.checked_div(&factor).unwrap_or_else(|| number.clone())
}

fn both(a: DateHull, b: DateHull) -> Option<DateHull> {
    let low = [a.low, b.low].into_iter().flatten().max();
    let high = [a.high, b.high].into_iter().flatten().min();
    let empty = low.zip(high).is_some_and(|(low, high)| low > high);
    (!empty).then_some(DateHull { low, high })
}

fn bare_values(set: &Set) -> Set {
    fn bare<S: Clone>(it: &Possible<S>) -> Possible<S> {
        Possible { values: it.values.clone(), na: false, error: false }
    }
    match set {
        Set::Truth(it) => Set::Truth(
            it.outcomes().filter(|it| it.may(Truth::UNDECIDED)).fold(Truth::NOTHING, Truth::union),
        ),
        Set::Number(it) => Set::Number(bare(it)),
        Set::Date(it) => Set::Date(bare(it)),
        Set::Member(it) => Set::Member(bare(it)),
        Set::Text(it) => Set::Text(bare(it)),
    }
}

/// Whether the values of a node are whole numbers of a slot's unit, whatever the data.
fn is_whole(program: &Program, id: NodeId, slot: &Slot) -> bool {
    let unit = |it: &crate::value::Unit| it.factor.clone();
    match &program.node(id).kind {
        NodeKind::Field(field) => match &program.field(*field).kind {
            FieldKind::Scalar {
                unit: own, domain: Domain::Numbers { whole: true, .. }, ..
            } => own.as_ref().map(unit) == slot.unit.as_ref().map(unit),
            _ => false,
        },
        NodeKind::Aggregate(it) => {
            matches!(it.function, AggregateFunction::Count | AggregateFunction::Distinct)
                && slot.unit.as_ref().is_none_or(|it| it.factor == Number::one())
        }
        NodeKind::Parent(of)
        | NodeKind::Applies { body: of, .. }
        | NodeKind::Narrow { of, .. }
        | NodeKind::Input { of, .. } => is_whole(program, *of, slot),
        _ => false,
    }
}

/// Why a call of a function is in error although its arguments are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// An input has a value outside of its slot, by its place.
    Input(usize),
    /// The result has a value outside of its slot.
    Result,
    /// The script stopped.
    Script(Fault),
}

/// Why a call with these arguments is in error.
pub fn failure(program: &Program, function: FunctionId, arguments: &[Set]) -> Failure {
    let it = program.function(function);
    let sides: Vec<(Set, bool)> =
        arguments.iter().zip(&it.inputs).map(|(set, slot)| inside(set, slot, true)).collect();
    if let Some(at) = sides.iter().position(|it| it.1) {
        return Failure::Input(at);
    }
    let script = Script::compile(it, &program.vocabularies).ok().flatten();
    let values: Vec<Set> = sides.into_iter().map(|it| it.0).collect();
    let completions = script.as_ref().and_then(|it| completions(program, it, &values));
    let mut all = completions.into_iter().flatten();
    let fault = script.and_then(|it| all.find_map(|values| it.call(&values).err()));
    fault.map_or(Failure::Result, Failure::Script)
}

/// What a script makes of the values of one row: at most [`COMPLETIONS`] of their truths and members are tried;
/// any other hole may lead to any result that was promised, or to an error.
fn by_script(program: &Program, script: &Script<'_>, sets: &[Set], slot: &Slot) -> Set {
    let Some(completions) = completions(program, script, sets) else { return anything(slot) };
    let outcome = |arguments: &Vec<Value>| match script.call(arguments) {
        Ok(value) => single(value),
        Err(_) => everything(slot.ty).only_error(),
    };
    let mut all = completions.iter().map(outcome);
    let first = all.next().expect("there is one completion at least");
    all.fold(first, |all, one| all.union(&one))
}

/// The values of all inputs together, where they are few and certain to be all.
fn completions(program: &Program, script: &Script<'_>, sets: &[Set]) -> Option<Vec<Vec<Value>>> {
    let mut all: Vec<Vec<Value>> = vec![vec![]];
    for (set, slot) in sets.iter().zip(script.inputs()) {
        let values = values(program, set, slot)?;
        if all.len() * values.len() > COMPLETIONS {
            return None;
        }
        let longer = |start: &Vec<Value>| {
            let start = start.clone();
            values.iter().map(move |it| start.iter().chain([it]).cloned().collect())
        };
        all = all.iter().flat_map(longer).collect();
    }
    Some(all)
}

/// The values of a set, where they are few and certain to be all.
fn values(program: &Program, set: &Set, slot: &Slot) -> Option<Vec<Value>> {
    Some(match set {
        Set::Truth(it) => it.outcomes().map(|it| Value::Truth(it == Truth::TRUE)).collect(),
        Set::Number(it) => vec![Value::Number(it.values.as_ref()?.single()?.clone())],
        Set::Date(it) => {
            let hull = it.values?;
            vec![Value::Date(hull.low.filter(|_| hull.low == hull.high)?)]
        }
        Set::Text(it) => match it.values.as_ref()? {
            TextSet::One(text) => vec![Value::Text(text.clone())],
            TextSet::Any => return None,
        },
        Set::Member(it) => {
            let set = it.values.as_ref()?;
            let mut all: Vec<Value> = match &set.members {
                Some(members) => members.iter().map(|it| Value::Member(*it)).collect(),
                None => every_member(program, slot)?,
            };
            match &set.foreign {
                Foreign::No => {}
                Foreign::One(text) => all.push(Value::Text(text.clone())),
                Foreign::Any => return None,
            }
            all
        }
    })
}

fn every_member(program: &Program, slot: &Slot) -> Option<Vec<Value>> {
    let Ty::Member(list) = slot.ty else { return None };
    let members = program.vocabulary(list).members.len();
    (members <= COMPLETIONS).then(|| (0..members as u32).map(Value::Member).collect())
}

fn single(value: Value) -> Set {
    match value {
        Value::Truth(it) => Set::Truth(Truth::of(it)),
        Value::Number(it) => Set::Number(Possible::number(it).within_limit()),
        Value::Date(it) => Set::Date(Possible::values(DateHull::point(it))),
        Value::Member(it) => Set::Member(Possible::values(MemberSet::one(it))),
        Value::Text(it) => Set::Text(Possible::values(TextSet::One(it))),
    }
}

/// Every result that a slot allows, and 错误: what a script does with a hole is not known.
fn anything(slot: &Slot) -> Set {
    let any = match (slot.ty, &slot.domain) {
        (Ty::Number(_), Domain::Numbers { hull, .. }) => {
            Set::Number(Possible::values(hull.clone()))
        }
        (Ty::Date, Domain::Dates(hull)) => Set::Date(Possible::values(*hull)),
        _ => everything(slot.ty),
    };
    any.with_outcomes(false, true)
}

/// Every value of a type.
fn everything(ty: Ty) -> Set {
    match ty {
        Ty::Truth | Ty::NotApplicable => Set::Truth(Truth::UNDECIDED),
        Ty::Number(_) | Ty::Duration(_) => Set::Number(Possible::values(Hull::everything())),
        Ty::Date | Ty::Period(_) => Set::Date(Possible::values(DateHull { low: None, high: None })),
        Ty::Text => Set::Text(Possible::values(TextSet::Any)),
        Ty::Member(_) => {
            Set::Member(Possible::values(MemberSet { members: None, foreign: Foreign::No }))
        }
    }
}
