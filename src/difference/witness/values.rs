//! What the cells of a made-up case are given: values at the bounds that the rules name, and one step beside them.

use crate::difference::witness::made::Change;
use crate::difference::witness::made::Made;
use crate::difference::witness::made::member_text;
use crate::explain::show::in_unit;
use crate::ir::Constant;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Grading;
use crate::ir::Indicator;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::value::Number;
use crate::value::day;
use std::collections::BTreeSet;

/// Values of one cell.
const MOST: usize = 80;
/// Members of a list that are tried.
const MEMBERS: usize = 12;
/// Rows of a list that are tried.
const ROWS: usize = 12;

/// The values of each cell that an item rests on, in the old or in the edited rules; of every cell where nothing is known of it.
pub fn choices(
    old: &Program,
    edited: &Program,
    (table, other): (TableId, TableId),
    item: &str,
    start: &Made,
) -> Vec<Vec<Change>> {
    let mut fields: BTreeSet<(String, String)> = BTreeSet::new();
    let mut bounds = Bounds::default();
    bounds.days.extend(start.cells.values().filter_map(|it| day::parse_exact(it)));
    for (program, table) in [(old, table), (edited, other)] {
        let near = reached(program, item);
        let own = program.table(table).name.clone();
        fields.extend(program.policy.rule_date.iter().map(|it| (own.clone(), it.clone())));
        for id in near.iter().copied() {
            match &program.node(id).kind {
                NodeKind::Field(field) | NodeKind::Filled(field) => {
                    let name = program.field(*field).name.clone();
                    fields.insert((program.table(field.table).name.clone(), name));
                }
                NodeKind::Constant(it) => bounds.add(it),
                _ => {}
            }
        }
        if near.is_empty() {
            let all = program.table(table).fields.iter();
            fields.extend(all.map(|it| (program.table(table).name.clone(), it.name.clone())));
            program.nodes.iter().for_each(|it| {
                if let NodeKind::Constant(it) = &it.kind {
                    bounds.add(it);
                }
            });
        }
    }
    let mut all: Vec<Vec<Change>> = vec![];
    let own = &old.table(table).name;
    for (index, field) in (0u32..).zip(&old.table(table).fields) {
        match field.kind {
            FieldKind::Scalar { .. } if fields.contains(&(own.clone(), field.name.clone())) => {
                if Some(index) != old.table(table).key {
                    let texts = texts(old, field, &bounds).into_iter();
                    all.push(texts.map(|it| Change::Cell(field.name.clone(), it)).collect());
                }
            }
            FieldKind::Rows { table: child, .. } => {
                let name = old.table(child).name.clone();
                all.push((0..=ROWS).map(|it| Change::Rows(name.clone(), it)).collect());
                for field in &old.table(child).fields {
                    if fields.contains(&(name.clone(), field.name.clone())) {
                        let first = |it| Change::First(name.clone(), field.name.clone(), it);
                        all.push(texts(old, field, &bounds).into_iter().map(first).collect());
                    }
                }
            }
            FieldKind::Scalar { .. } => {}
        }
    }
    all.retain(|it| !it.is_empty());
    all
}

/// The numbers and days that rules name.
#[derive(Default)]
struct Bounds {
    numbers: BTreeSet<Number>,
    days: BTreeSet<i32>,
    members: BTreeSet<u32>,
}

impl Bounds {
    fn add(&mut self, it: &Constant) {
        match it {
            Constant::Number(it) => _ = self.numbers.insert(it.clone()),
            Constant::Date(it) => _ = self.days.insert(*it),
            Constant::Member(it) => _ = self.members.insert(*it),
            _ => {}
        }
    }
}

/// The nodes that an item rests on, and those that whatever rests on it rests on; empty where there is no such item.
fn reached(program: &Program, item: &str) -> BTreeSet<NodeId> {
    let seeds = seeds(program, item);
    let touched = resting(program, &seeds);
    let scores = program.scores.iter().filter(|it| touched[it.node.0 as usize]);
    let parts = scores.flat_map(|it| it.nodes());
    // Conclusions rest on nearly everything: what they ask besides is no matter here.
    let conclusions: BTreeSet<NodeId> = program.conclusions.iter().map(|it| it.node).collect();
    let others = named(program).map(|it| it.0).filter(|it| touched[it.0 as usize]);
    let others = others.filter(|it| !conclusions.contains(it));
    program.below(others.chain(parts).chain(seeds.iter().copied()))
}

/// Of every node whether it rests on one of these, or is one.
fn resting(program: &Program, seeds: &[NodeId]) -> Vec<bool> {
    let seeds: BTreeSet<NodeId> = seeds.iter().copied().collect();
    // Nodes stand after their operands.
    let mut touched: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for (id, node) in (0u32..).map(NodeId).zip(&program.nodes) {
        let below = node.kind.operands().iter().any(|it| touched[it.0 as usize]);
        touched.push(below || seeds.contains(&id));
    }
    touched
}

/// The node of an item, and of a parameter or a table the nodes that look at it.
fn seeds(program: &Program, item: &str) -> Vec<NodeId> {
    let named = |name: &str| name == item || name.starts_with(&format!("{item} 的 "));
    let mut seeds: Vec<NodeId> = vec![];
    seeds.extend(program.criteria.iter().filter(|it| named(&it.head.name)).map(|it| it.node));
    seeds.extend(program.conclusions.iter().filter(|it| named(&it.head.name)).map(|it| it.node));
    let indicators = program.indicators.iter().filter(|it| named(&it.head.name));
    seeds.extend(indicators.flat_map(Indicator::nodes));
    let gradings = program.gradings.iter().filter(|it| named(&it.head.name));
    seeds.extend(gradings.flat_map(Grading::nodes));
    let scores = program.scores.iter().filter(|it| named(&it.head.name));
    seeds.extend(
        scores.flat_map(|it| [Some(it.node), it.pass, it.rank, it.selected].into_iter().flatten()),
    );
    let parameter = program.parameters.iter().position(|it| named(&it.head.name));
    for (id, node) in (0u32..).map(NodeId).zip(&program.nodes) {
        let is = |it: &NodeId| match &program.node(*it).kind {
            NodeKind::Parameter { parameter: at, .. } => Some(at.0 as usize) == parameter,
            NodeKind::Field(it) => named(&program.table(it.table).name),
            _ => false,
        };
        if node.kind.operands().iter().any(is) {
            seeds.push(id);
        }
    }
    seeds
}

/// The conclusions, criteria, grades and indicators that rest on an item, by name; all of them where nothing is known of
/// it, as of the policy itself.
pub fn concerned(program: &Program, item: &str) -> BTreeSet<String> {
    let seeds = seeds(program, item);
    let touched = resting(program, &seeds);
    let named = named(program).filter(|it| seeds.is_empty() || touched[it.0.0 as usize]);
    named.map(|it| it.1.to_owned()).collect()
}

/// The nodes of items of these names; where there are none, or the cases are ranked beside `twins`, those of the scores
/// that rest on the item: they look at all cases at once.
pub fn asked(
    program: &Program,
    names: &BTreeSet<String>,
    item: &str,
    twins: usize,
) -> BTreeSet<NodeId> {
    let mut asked: BTreeSet<NodeId> =
        named(program).filter(|it| names.contains(it.1)).map(|it| it.0).collect();
    if !names.is_empty() && twins == 0 {
        return asked;
    }
    let touched = resting(program, &seeds(program, item));
    let scored: BTreeSet<NodeId> = program.scores.iter().flat_map(|it| it.nodes()).collect();
    asked.extend(scored.into_iter().filter(|it| touched[it.0 as usize]));
    asked
}

/// What is asked of a case by itself.
fn named(program: &Program) -> impl Iterator<Item = (NodeId, &str)> {
    let criteria = program.criteria.iter().map(|it| (it.node, it.head.name.as_str()));
    let conclusions = program.conclusions.iter().map(|it| (it.node, it.head.name.as_str()));
    let others = program.indicators.iter().map(|it| (it.reported, it.head.name.as_str()));
    let grades = program.gradings.iter().map(|it| (it.reported, it.head.name.as_str()));
    criteria.chain(conclusions).chain(others).chain(grades)
}

/// How many copies of a case are set beside it, so that what ranks or selects cases has something to decide: one, and as
/// many as may be selected. None where the item does not rank.
pub fn companies(old: &Program, edited: &Program, item: &str) -> BTreeSet<usize> {
    const MOST: i64 = 12;
    let mut found = BTreeSet::new();
    for program in [old, edited] {
        for score in program.scores.iter().filter(|it| it.rank.is_some()) {
            if !seeds(program, item).iter().any(|it| program.below(score.nodes()).contains(it)) {
                continue;
            }
            found.insert(1);
            for id in score.selected.iter().flat_map(|it| program.below([*it])) {
                if let NodeKind::Constant(Constant::Number(number)) = &program.node(id).kind {
                    let count = number.to_i64().filter(|it| (1..=MOST).contains(it));
                    found.extend(count.map(|it| it as usize));
                }
            }
        }
    }
    found
}

/// The texts that a cell is given.
fn texts(program: &Program, field: &Field, bounds: &Bounds) -> Vec<String> {
    let FieldKind::Scalar { ty, unit, .. } = &field.kind else { return vec![] };
    let mut texts: Vec<String> = match ty {
        Ty::Truth => vec!["是".to_owned(), "否".to_owned()],
        Ty::Text => vec!["某".to_owned()],
        Ty::Number(_) => numbers(bounds, |it| in_unit(it, unit.as_ref())),
        Ty::Date => days(bounds),
        Ty::Member(list) => {
            let members = program.vocabulary(*list).members.len() as u32;
            let named = bounds.members.iter().copied().filter(|it| *it < members);
            let all: BTreeSet<u32> = named.chain(0..members).take(MEMBERS).collect();
            all.into_iter().map(|it| member_text(program, *list, it)).collect()
        }
        Ty::Period(_) | Ty::Duration(_) | Ty::NotApplicable => vec![],
    };
    texts.push(String::new());
    if field.may_be_none {
        texts.push("无".to_owned());
    }
    texts.truncate(MOST);
    texts
}

/// Each bound, one beside it on either side, and what lies halfway to the next.
fn numbers(bounds: &Bounds, written: impl Fn(&Number) -> Number) -> Vec<String> {
    let all: Vec<Number> = bounds.numbers.iter().map(written).collect();
    let two = Number::scaled(2, 0);
    let halves = all.windows(2).filter_map(|it| it[0].add(&it[1]).checked_div(&two));
    let beside =
        all.iter().flat_map(|it| [it.clone(), it.subtract(&Number::one()), it.add(&Number::one())]);
    let mut texts: Vec<String> = vec![];
    for number in beside.chain(halves).chain([Number::zero(), Number::one()]) {
        let places = number.decimal_places().filter(|it| *it <= 6);
        texts.extend(places.map(|it| number.to_fixed(it)).filter(|it| !texts.contains(it)));
    }
    texts
}

/// Each day that is named and those beside it; whole spans of years and months from them.
fn days(bounds: &Bounds) -> Vec<String> {
    let counts =
        bounds.numbers.iter().filter_map(|it| it.to_i64()).filter(|it| (1..=60).contains(it));
    let counts: Vec<i64> = counts.collect();
    let fixed = day::from_ymd(2021, 1, 1);
    let mut found: BTreeSet<i32> = BTreeSet::new();
    for start in bounds.days.iter().copied().chain(fixed) {
        let spans = counts.iter().flat_map(|it| {
            [day::add_years(start, *it), day::add_months(start, *it), day::add_days(start, *it)]
        });
        let ends: Vec<i32> = spans.flatten().chain([start]).collect();
        found.extend(ends.iter().flat_map(|it| [*it - 1, *it, *it + 1]));
    }
    found.into_iter().map(day::show).collect()
}
