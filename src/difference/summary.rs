//! The comparison in numbers: from what to what, who gains and who loses, by edit, by place and class. Nothing is worded.

use crate::difference::causes::Cause;
use crate::difference::causes::Set;
use crate::difference::compare::Difference;
use crate::difference::compare::Effect;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Item;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::VocabularyKind;
use crate::value::Number;
use crate::value::Set as Outcomes;
use crate::value::TextSet;
use crate::value::Truth;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Whether a case is better or worse off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It gains.
    Better,
    /// It loses.
    Worse,
    /// Neither, or both.
    Other,
}

/// How often an item went from one outcome to another.
#[derive(Clone, Debug)]
pub struct Cross {
    /// The item.
    pub item: Item,
    /// Outcome before, outcome after, how many; those that stay are in it.
    pub counts: Vec<(Value, Value, usize)>,
}

/// What one edit did.
#[derive(Clone, Debug, Default)]
pub struct Share {
    /// Cases that change by this edit alone.
    pub alone: usize,
    /// Cases that change by this edit with others only.
    pub joint: usize,
    /// Cases for which the edit changes something that other edits undo.
    pub offset: usize,
}

/// The cases of one place, class or other group.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Cases in it.
    pub cases: usize,
    /// Of these, those that gain.
    pub better: usize,
    /// Those that lose.
    pub worse: usize,
    /// Those that change otherwise.
    pub other: usize,
}

/// Groups by the name of a field or class; then by what it says.
pub type Groups = IndexMap<String, BTreeMap<String, Group>>;

/// Whether a case is better off, by what weighs most: conclusions, then selection, then rank, then points, then the rest.
pub fn way(effects: &[&Effect]) -> Way {
    let levels: [&[Kind]; 5] = [
        &[Kind::Conclusion],
        &[Kind::Selected, Kind::Passed],
        &[Kind::Rank],
        &[Kind::Score],
        &[Kind::Criterion],
    ];
    for kinds in levels {
        let here = effects.iter().filter(|it| kinds.contains(&it.item.kind));
        let signs: Vec<i32> = here.map(|it| sign(it)).filter(|it| *it != 0).collect();
        match (signs.iter().any(|it| *it > 0), signs.iter().any(|it| *it < 0)) {
            (true, false) => return Way::Better,
            (false, true) => return Way::Worse,
            (true, true) => return Way::Other,
            (false, false) => {}
        }
    }
    Way::Other
}

/// How much an effect weighs: its kind; points that a table gives weigh as a value on the way does.
pub fn weight(effect: &Effect) -> Kind {
    match (effect.item.kind, &effect.after) {
        (Kind::Grade, Value::Set(_)) => Kind::Indicator,
        (kind, _) => kind,
    }
}

/// What weighs most of what changes of a case.
pub fn weightiest(effects: &[&Effect]) -> Kind {
    effects.iter().map(|it| weight(it)).min().unwrap_or(Kind::Finding)
}

/// 1 where what comes out is better than what came out, −1 where it is worse.
pub fn sign(effect: &Effect) -> i32 {
    let height = |value: &Value| match value {
        Value::Verdict(Truth::TRUE, _) => Some(3),
        Value::Verdict(Truth::FALSE, true) => Some(2),
        Value::Verdict(Truth::FALSE, false) => Some(0),
        Value::Verdict(Truth::NOT_APPLICABLE, _) => None,
        Value::Verdict(..) => Some(1),
        _ => None,
    };
    if let (Some(before), Some(after)) = (height(&effect.before), height(&effect.after)) {
        return i32::cmp(&after, &before) as i32;
    }
    match (middle(&effect.before), middle(&effect.after)) {
        (Some(before), Some(after)) => {
            let up = after.cmp(&before) as i32;
            if effect.item.kind == Kind::Rank { -up } else { up }
        }
        _ => 0,
    }
}

/// A number, or the middle of what it may be.
pub fn middle(value: &Value) -> Option<Number> {
    let Value::Set(Outcomes::Number(set)) = value else { return None };
    let hull = set.values.as_ref()?;
    let sum = hull.low.as_ref()?.at.add(&hull.high.as_ref()?.at);
    sum.checked_div(&Number::scaled(2, 0))
}

/// How far a number moved.
pub fn distance(effect: &Effect) -> Option<Number> {
    Some(middle(&effect.after)?.subtract(&middle(&effect.before)?).abs())
}

impl Difference {
    /// Whether an item that one version calls so is the one of that new name.
    pub fn is_called(&self, name: &str, now: &str) -> bool {
        name == now || self.edits.names.renamed.get(name).is_some_and(|it| it == now)
    }

    /// From what to what: conclusions, selection, passes and grades of which something changes.
    pub fn crosses(&self) -> Vec<Cross> {
        let told = [Kind::Conclusion, Kind::Selected, Kind::Passed, Kind::Grade];
        let mut found = vec![];
        for item in self.old.items().filter(|it| told.contains(&it.kind) && self.new.has(it)) {
            let mut counts: Vec<(Value, Value, usize)> = vec![];
            for case in self.old.cases.keys().filter(|it| it.table == item.table) {
                let both = (self.old.value(item, case), self.new.value(item, case));
                let (Some(a), Some(b)) = both else { continue };
                match counts.iter_mut().find(|it| (&it.0, &it.1) == (&a, &b)) {
                    Some(it) => it.2 += 1,
                    None => counts.push((a, b, 1)),
                }
            }
            // Points that a table gives are no classes.
            let classes = counts.iter().all(|it| !matches!(it.0, Value::Set(_)));
            if classes && counts.iter().any(|it| it.0 != it.1) {
                found.push(Cross { item: item.clone(), counts });
            }
        }
        found.sort_by_key(|it| it.item.kind);
        found
    }

    /// What each edit did, by its number.
    pub fn shares(&self) -> BTreeMap<usize, Share> {
        let mut shares: BTreeMap<usize, Share> = BTreeMap::new();
        for (_, effects) in self.changed() {
            let mut alone = Set::new();
            let mut joint = Set::new();
            for effect in effects {
                match &self.causes[effect.cause] {
                    Cause::Each(sets) => alone.extend(sets.iter().flat_map(|it| self.leads(it))),
                    Cause::Joint(set) | Cause::Together(set) => joint.extend(self.leads(set)),
                }
            }
            joint.difference(&alone).for_each(|it| shares.entry(*it).or_default().joint += 1);
            alone.iter().for_each(|it| shares.entry(*it).or_default().alone += 1);
        }
        let changed: std::collections::BTreeSet<(&Item, &CaseKey)> =
            self.effects.iter().map(|it| (&it.item, &it.case)).collect();
        for (edit, trial) in &self.trials {
            let hidden = trial.alone.keys().filter(|it| !changed.contains(&(&it.0, &it.1)));
            let cases: std::collections::BTreeSet<&CaseKey> = hidden.map(|it| &it.1).collect();
            if !cases.is_empty() {
                shares.entry(*edit).or_default().offset = cases.len();
            }
        }
        shares
    }

    /// The edits of a set that it is named by: those that the others of it cannot do without are left out.
    pub fn leads(&self, set: &Set) -> Vec<usize> {
        let led: Vec<usize> = set.iter().copied().filter(|it| !self.serves(*it, set)).collect();
        if led.is_empty() { set.iter().copied().collect() } else { led }
    }

    /// Whether an edit is in a set only because another one needs it.
    fn serves(&self, edit: usize, set: &Set) -> bool {
        let needs = |other: usize, edit: usize| {
            self.trials.get(&other).is_some_and(|it| it.with.contains(&edit))
        };
        let alone = self.trials.get(&edit).is_none_or(|it| it.alone.is_empty());
        set.iter().any(|it| *it != edit && needs(*it, edit) && !needs(edit, *it) && alone)
    }

    /// The cases by place and class. `by` names the fields that are wanted; none takes every classification and grade.
    pub fn groups(&self, by: &[String]) -> Groups {
        let mut groups = Groups::new();
        let changed: BTreeMap<&CaseKey, Way> =
            self.changed().into_iter().map(|(case, effects)| (case, way(&effects))).collect();
        for (case, (table, row)) in &self.old.cases {
            for (field, says) in self.classes(case, *table, *row, by) {
                let group = groups.entry(field).or_default().entry(says).or_default();
                group.cases += 1;
                match changed.get(case) {
                    Some(Way::Better) => group.better += 1,
                    Some(Way::Worse) => group.worse += 1,
                    Some(Way::Other) => group.other += 1,
                    None => {}
                }
            }
        }
        groups
    }

    /// What a case belongs to.
    fn classes(
        &self,
        case: &CaseKey,
        table: TableId,
        row: usize,
        by: &[String],
    ) -> Vec<(String, String)> {
        let program = &self.old.program;
        let mut found = vec![];
        for (index, field) in (0u32..).zip(&program.table(table).fields) {
            let FieldKind::Scalar { ty, .. } = field.kind else { continue };
            let wanted = by.contains(&field.name);
            let set = self.old.facts.cells(FieldId { table, index }).column.get(row);
            let says = match (ty, set) {
                (Ty::Member(list), Outcomes::Member(set)) => {
                    let list = program.vocabulary(list);
                    let tree = list.kind == VocabularyKind::Classification;
                    if !(wanted || by.is_empty() && tree) {
                        continue;
                    }
                    let member = set.values.and_then(|it| it.members).filter(|it| it.len() == 1);
                    // Of a tree, its top: a province, a sector.
                    let top = member.and_then(|it| match tree {
                        true => list.upwards(it[0]).last(),
                        false => Some(it[0]),
                    });
                    top.map_or_else(String::new, |it| list.members[it as usize].name.to_string())
                }
                (_, Outcomes::Text(set)) if wanted => match set.values {
                    Some(TextSet::One(text)) => text.to_string(),
                    _ => String::new(),
                },
                (_, set) if wanted => format!("{set:?}"),
                _ => continue,
            };
            found.push((field.name.clone(), says));
        }
        for item in self.new.items().filter(|it| it.kind == Kind::Grade && it.table == case.table) {
            let wanted = by.is_empty() || by.contains(&item.name);
            if let (true, Some(Value::Words(Some(words), ..))) =
                (wanted, self.new.value(item, case))
            {
                let says = if words.len() == 1 { words[0].clone() } else { String::new() };
                found.push((item.name.clone(), says));
            }
        }
        found
    }
}
