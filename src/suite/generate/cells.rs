//! What a cell may be made to say: the other truth, members that conditions name, the next step, and each kind of nothing.

use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::suite::generate::observers::Ground;
use crate::value::Number;
use crate::value::UnitKind;
use crate::value::day;
use crate::value::text;
use std::collections::BTreeSet;

/// A list with no more members than these is tried whole.
const FEW: usize = 8;

/// A kind of nothing, or a class of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A value as written.
    Value,
    /// Nothing is filled in.
    Blank,
    /// 无
    None,
    /// It cannot be read.
    Unreadable,
}

/// The texts that a cell may hold instead, each with its class.
pub fn others(
    program: &Program,
    field: &Field,
    now: &str,
    ground: &Ground,
) -> Vec<(Class, String)> {
    let FieldKind::Scalar { ty, .. } = &field.kind else { return vec![] };
    let mut all: Vec<(Class, String)> = values(program, field, *ty, now, ground)
        .into_iter()
        .filter(|it| it != now)
        .map(|it| (Class::Value, it))
        .collect();
    if !now.is_empty() {
        all.push((Class::Blank, String::new()));
        if !matches!(ty, Ty::Text) {
            all.push((Class::Unreadable, "看不清".to_owned()));
        }
    }
    if field.may_be_none && now != "无" {
        all.push((Class::None, "无".to_owned()));
    }
    all
}

fn values(program: &Program, field: &Field, ty: Ty, now: &str, ground: &Ground) -> Vec<String> {
    match ty {
        Ty::Truth => vec!["是".to_owned(), "否".to_owned()],
        Ty::Member(list) => members(program, list, ground),
        Ty::Number(_) => {
            let Some(now) = number(now) else { return vec!["1".to_owned()] };
            let Some(step) = step(field, now.clone()) else { return vec![] };
            [now.add(&step), Number::zero(), now.add(&now).add(&step), now.subtract(&step)]
                .iter()
                .map(ToString::to_string)
                .collect()
        }
        Ty::Date => match day::parse_exact(now) {
            Some(now) => [now - 1, now + 1].map(day::show).to_vec(),
            None => vec![],
        },
        _ => vec![],
    }
}

/// Members that conditions name, one below each, one that is none of them; of a short list all.
fn members(program: &Program, list: VocabularyId, ground: &Ground) -> Vec<String> {
    let vocabulary = program.vocabulary(list);
    let named: Vec<u32> =
        ground.members.iter().filter(|it| it.0 == list.0).map(|it| it.1).collect();
    let count = vocabulary.members.len() as u32;
    let mut chosen: BTreeSet<u32> = named.iter().copied().collect();
    if vocabulary.members.len() <= FEW {
        chosen.extend(0..count);
    }
    let parent = |it: &u32| vocabulary.members[*it as usize].parent;
    for above in &named {
        chosen.extend((0..count).find(|it| parent(it) == Some(*above)));
    }
    let apart = |it: &u32| {
        named.iter().all(|above| !vocabulary.is_within(*it, *above)) && !named.contains(it)
    };
    chosen.extend((0..count).find(apart));
    chosen.into_iter().map(|it| member(program, list, it)).collect()
}

/// A member as a cell names it: by its name, where several bear it with those above it.
pub fn member(program: &Program, list: VocabularyId, member: u32) -> String {
    let vocabulary = program.vocabulary(list);
    let name = &vocabulary.members[member as usize].name;
    let bearers = vocabulary.index.get(text::fold(name).as_ref()).map_or(1, |it| it.len());
    match bearers {
        0 | 1 => name.to_string(),
        _ => {
            let mut chain: Vec<&str> = vocabulary
                .upwards(member)
                .map(|it| &*vocabulary.members[it as usize].name)
                .collect();
            chain.reverse();
            chain.concat()
        }
    }
}

/// A cell's number, in the unit of the field; none where it is none, or bears a unit of its own.
pub fn number(text: &str) -> Option<Number> {
    let text = text.trim().replace([',', '，'], "");
    Number::parse(text.trim_end_matches('%'))
}

/// The least step of a field, in its unit: as declared, 1 where it counts, else one in the last place written.
pub fn step(field: &Field, now: Number) -> Option<Number> {
    let FieldKind::Scalar { unit, domain, .. } = &field.kind else { return None };
    let factor = unit.as_ref().map_or_else(Number::one, |it| it.factor.clone());
    if let Some(step) = &field.step {
        return step.checked_div(&factor);
    }
    let counts = unit.as_ref().is_some_and(|it| it.kind == UnitKind::Count);
    if counts || matches!(domain, Domain::Numbers { whole: true, .. }) {
        return Some(Number::one());
    }
    Some(Number::scaled(1, now.decimal_places().unwrap_or(2)))
}
