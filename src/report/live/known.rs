//! What the engine found, node by node and row by row, as a spreadsheet would hold it. Nothing is computed again.

use crate::eval;
use crate::ir::FieldId;
use crate::ir::Member;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::report::live::Told;
use crate::report::live::compute::DAY_ZERO;
use crate::report::live::expr::Value;
use crate::report::live::words::Words;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::State;
use crate::value::TextSet;
use crate::value::Truth;
use std::collections::BTreeMap;

/// The first day that calendars and spreadsheets number alike: 1900-03-01.
const FIRST_DAY: i32 = DAY_ZERO + 61;

/// The values of some nodes over the rows of their tables.
pub type Known = BTreeMap<NodeId, Vec<Set>>;

/// The outcomes of these nodes in every row that belongs to a case.
pub fn gather(told: &Told<'_>, nodes: &[NodeId]) -> Known {
    let Told { program, facts, run, outcome, .. } = *told;
    let mut known: Known = nodes.iter().map(|it| (*it, vec![])).collect();
    let ids = (0..program.tables.len() as u32).map(TableId);
    for family in ids.filter(|it| program.table(*it).parent.is_none()) {
        let here = |it: &&NodeId| program.root_of(program.node(**it).space) == family;
        let here: Vec<NodeId> = nodes.iter().filter(here).copied().collect();
        for top in (0..facts.table(family).len).filter(|_| !here.is_empty()) {
            let recording = eval::record(program, facts, run, outcome, family, top);
            for id in &here {
                let rows = recording.rows[&program.node(*id).space].clone();
                let kept = known.get_mut(id).expect("every node asked for has a list");
                kept.extend(rows.map(|row| match outcome.columns.get(id) {
                    Some(column) => column.get(row),
                    None => recording.get(*id, row).unwrap_or(Set::Truth(Truth::UNDECIDED)),
                }));
            }
        }
    }
    known
}

/// How a set of a node stands in a cell.
pub fn value(program: &Program, ty: Ty, set: &Set, words: &Words) -> Value {
    match set.state() {
        State::Unknown => return Value::Text(words.unknown.clone()),
        State::Error => return Value::Text(words.error.clone()),
        State::NotApplicable => return Value::Text(words.not_applicable.clone()),
        State::Value => {}
    }
    let unknown = || Value::Text(words.unknown.clone());
    match set {
        Set::Truth(truth) => Value::Truth(*truth == Truth::TRUE),
        Set::Number(it) => {
            let single = it.values.as_ref().and_then(Hull::single);
            single.map_or_else(unknown, |it| Value::Number(it.clone()))
        }
        Set::Date(it) => {
            let at = it.values.and_then(|it| it.low);
            at.and_then(|it| serial(ty, it)).map_or_else(unknown, Value::Number)
        }
        Set::Member(it) => {
            let Ty::Member(list) = ty else { return unknown() };
            let one = it.values.as_ref().map(|it| (it.members.as_deref(), &it.foreign));
            match one {
                Some((_, Foreign::One(text))) => Value::Text(text.clone()),
                Some((Some([member]), _)) => {
                    Value::Text(label(program.vocabulary(list), *member).into())
                }
                _ => unknown(),
            }
        }
        Set::Text(it) => match &it.values {
            Some(TextSet::One(text)) => Value::Text(text.clone()),
            _ => unknown(),
        },
    }
}

/// A day as a serial number, a period as its index; none for a day before spreadsheets count.
pub fn serial(ty: Ty, at: i32) -> Option<Number> {
    match ty {
        Ty::Date => (at >= FIRST_DAY).then(|| Number::from(i64::from(at - DAY_ZERO))),
        _ => Some(Number::from(i64::from(at))),
    }
}

/// The name of a member; where another bears it too, with its code or its place in the list.
pub fn label(list: &Vocabulary, member: u32) -> String {
    let own = &list.members[member as usize];
    let namesake = |it: &Member| it.name == own.name;
    if list.members.iter().filter(|it| namesake(it)).count() < 2 {
        return own.name.to_string();
    }
    let mark = own.code.clone().unwrap_or_else(|| (member + 1).to_string());
    format!("{}（{mark}）", own.name)
}

/// Whether a row of the data says something of a field.
pub fn is_filled(told: &Told<'_>, field: FieldId, row: usize) -> bool {
    told.facts.cells(field).filled.get(row)
}
