//! Bounds to which cases stand otherwise now: the comparisons of both versions, with what each case has to show. It judges nothing.

use crate::difference::figures::CaseKey;
use crate::difference::figures::Figures;
use crate::difference::figures::Item;
use crate::difference::figures::Kind;
use crate::eval;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::ir::Comparison;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Sources;
use crate::value::Number;
use crate::value::Set;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A comparison of an item in which the bound, the way of comparing or a case's value is another one now.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The item.
    pub item: Item,
    /// What is compared, in the words of the rule.
    pub subject: String,
    /// How it is compared, before and after.
    pub ops: [Comparison; 2],
    /// The node of the value in the new program.
    node: NodeId,
    of_new: Sides,
    of_old: Sides,
}

/// A value and its bound: the nodes of one program.
#[derive(Clone, Copy, Debug)]
struct Sides {
    table: TableId,
    value: NodeId,
    bound: NodeId,
}

/// One case beside a bound that moved.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What it had to show, and what it has; numbers in base units, days counted.
    pub values: [Number; 2],
    /// What was asked, and what is.
    pub bounds: [Number; 2],
}

impl Standing {
    /// How far it is from the new bound.
    pub fn margin(&self) -> Number {
        self.values[1].subtract(&self.bounds[1]).abs()
    }

    /// How far it moved against its bound.
    pub fn step(&self) -> Number {
        let [old, new] = [0, 1].map(|at| self.values[at].subtract(&self.bounds[at]));
        new.subtract(&old).abs()
    }

    /// Whether both the bound and the value stay.
    pub fn stays(&self) -> bool {
        self.values[0] == self.values[1] && self.bounds[0] == self.bounds[1]
    }

    /// Whether the comparison comes out otherwise.
    pub fn turns(&self, ops: [Comparison; 2]) -> bool {
        let [old, new] = [0, 1].map(|at| holds(ops[at], &self.values[at], &self.bounds[at]));
        old != new
    }
}

fn holds(op: Comparison, value: &Number, bound: &Number) -> bool {
    match op {
        Comparison::Equal => value == bound,
        Comparison::NotEqual => value != bound,
        Comparison::AtLeast => value >= bound,
        Comparison::AtMost => value <= bound,
        Comparison::Above => value > bound,
        Comparison::Below => value < bound,
    }
}

/// The bounds that moved, with the columns they need.
pub struct Bounds {
    /// The bounds.
    pub moved: Vec<Moved>,
    columns: [Outcome; 2],
}

/// Puts the comparisons of two runs beside each other.
pub fn bounds(old: &Figures, new: &Figures, sources: &Sources) -> Bounds {
    let (before, after) = (compared(old, sources), compared(new, sources));
    let mut moved = vec![];
    for (key, was) in &before {
        let Some(now) = after.get(key) else { continue };
        for (was, now) in was.iter().zip(now) {
            moved.push(Moved {
                item: key.0.clone(),
                subject: key.1.clone(),
                ops: [was.0, now.0],
                node: now.1.value,
                of_new: now.1,
                of_old: was.1,
            });
        }
    }
    let wanted = |side: fn(&Moved) -> Sides| -> BTreeSet<NodeId> {
        moved.iter().map(side).flat_map(|it| [it.value, it.bound]).collect()
    };
    let columns = [run(old, wanted(|it| it.of_old)), run(new, wanted(|it| it.of_new))];
    let mut bounds = Bounds { moved, columns };
    let mut kept = vec![];
    for it in std::mem::take(&mut bounds.moved) {
        let cases: Vec<&CaseKey> =
            new.cases.keys().filter(|at| at.table == it.item.table).collect();
        let moves =
            |at: &&&CaseKey| bounds.standing(&it, old, new, at).is_some_and(|it| !it.stays());
        if it.ops[0] != it.ops[1] || cases.iter().any(|at| moves(&at)) {
            kept.push(it);
        }
    }
    bounds.moved = kept;
    bounds
}

fn run(figures: &Figures, asked: BTreeSet<NodeId>) -> Outcome {
    if asked.is_empty() {
        return Outcome::default();
    }
    let run = Run { asked: Some(asked), ..figures.run.clone() };
    eval::evaluate(&figures.program, &figures.facts, &run)
}

/// The comparisons of each item by what they compare.
type Compared = BTreeMap<(Item, String), Vec<(Comparison, Sides)>>;

fn compared(figures: &Figures, sources: &Sources) -> Compared {
    let program = &figures.program;
    let mut found = Compared::new();
    let told = [Kind::Criterion, Kind::Conclusion, Kind::Grade, Kind::Passed];
    for item in figures.items().filter(|it| told.contains(&it.kind)) {
        let Some(node) = figures.node(item) else { continue };
        let table = program.node(node).space;
        let mut pairs = vec![];
        walk(program, node, table, &mut BTreeSet::new(), &mut pairs);
        for (op, value, bound) in pairs {
            let ordered = |it: NodeId| {
                matches!(program.node(it).ty, Ty::Number(_) | Ty::Date | Ty::Duration(_))
            };
            if ordered(value) && ordered(bound) {
                let sides = Sides { table, value, bound };
                let key = (item.clone(), named(program, value, sources));
                found.entry(key).or_default().push((op, sides));
            }
        }
    }
    found
}

/// The comparisons that a truth or a grade rests on, in its own table; other items stand for themselves.
fn walk(
    program: &Program,
    at: NodeId,
    table: TableId,
    seen: &mut BTreeSet<NodeId>,
    found: &mut Vec<(Comparison, NodeId, NodeId)>,
) {
    let node = program.node(at);
    if node.space != table || !seen.insert(at) {
        return;
    }
    match &node.kind {
        NodeKind::Compare(op, a, b) => found.push((*op, *a, *b)),
        NodeKind::Decide(it) => {
            for row in &it.rows {
                for (head, cell) in it.heads.iter().zip(&row.cells) {
                    let crate::ir::CellTest::Tests(tests) = cell else { continue };
                    found.extend(tests.iter().flatten().map(|(op, bound)| (*op, *head, *bound)));
                }
            }
        }
        kind => {
            let own = |it: &NodeId| {
                matches!(program.node(*it).ty, Ty::Truth | Ty::Member(_)) || *it == at
            };
            let item = |it: &NodeId| {
                program.criteria.iter().any(|rule| rule.node == *it || rule.in_conclusion == *it)
            };
            for next in kind.operands().iter().filter(|it| own(it) && !item(it)) {
                walk(program, *next, table, seen, found);
            }
            program
                .grading_at(at)
                .into_iter()
                .for_each(|it| walk(program, it.decision, table, seen, found));
        }
    }
}

/// What a node is called: by the item it is, else by the words it was written in.
fn named(program: &Program, node: NodeId, sources: &Sources) -> String {
    let indicator = program.indicator_at(node).map(|it| &it.head.name);
    let score = program.scores.iter().find(|it| it.node == node).map(|it| &it.head.name);
    if let Some(name) = indicator.or(score) {
        return name.clone();
    }
    let words: Vec<&str> = sources.slice(program.node(node).span).split_whitespace().collect();
    words.join(" ")
}

impl Bounds {
    /// How a case stands to a bound; none where one of the numbers is not settled.
    pub fn standing(
        &self,
        it: &Moved,
        old: &Figures,
        new: &Figures,
        case: &CaseKey,
    ) -> Option<Standing> {
        let read = |figures: &Figures, at: usize, sides: Sides| {
            let (table, row) = figures.cases.get(case)?;
            let of = |node: NodeId| settled(&self.columns[at].columns.get(&node)?.get(*row));
            (*table == sides.table).then(|| Some((of(sides.value)?, of(sides.bound)?)))?
        };
        let (was, before) = read(old, 0, it.of_old)?;
        let (value, after) = read(new, 1, it.of_new)?;
        Some(Standing { values: [was, value], bounds: [before, after] })
    }

    /// The type and unit a bound's numbers are shown in.
    pub fn node(&self, it: &Moved) -> NodeId {
        it.node
    }
}

/// A number, or a day as its count.
fn settled(set: &Set) -> Option<Number> {
    match set {
        Set::Number(it) if !it.na && !it.error => it.values.as_ref()?.single().cloned(),
        Set::Date(it) if !it.na && !it.error => {
            let hull = it.values?;
            (hull.low == hull.high).then_some(hull.low)?.map(|it| Number::scaled(it.into(), 0))
        }
        _ => None,
    }
}
