//! 例外 over columns (`semantics` §6.2): which consequences stand, in every way the guards may turn out.

use crate::eval::chunk::Chunk;
use crate::eval::logic;
use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::ir::Against;
use crate::ir::ExceptionArm;
use crate::ir::NodeId;
use crate::value::Column;
use crate::value::Kind;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeSet;

/// With more undecided guards than this in one row, the ways in which they may turn out are not gone through.
const MOST_OPEN: usize = 6;

/// Exceptions before a body.
pub fn exceptions(
    chunk: &Chunk<'_>,
    kind: Kind,
    rows: usize,
    body: NodeId,
    arms: &[ExceptionArm],
) -> Column {
    let arms: Vec<Arm<'_>> = arms
        .iter()
        .map(|it| Arm {
            guard: chunk.series(it.guard),
            deemed: chunk.series(it.deemed),
            node: it.deemed,
            against: it.against,
        })
        .collect();
    let body = chunk.series(body);
    let outcome = |row| Case { arms: &arms, body, row }.outcome();
    if kind != Kind::Truth {
        return sets(kind, rows, outcome);
    }
    let operands = arms.iter().flat_map(|it| [it.guard, it.deemed]).chain([body]);
    logic::by_pattern(rows, &operands.collect::<Vec<_>>(), |row| match outcome(row) {
        Set::Truth(truth) => truth,
        set => unreachable!("exceptions to a truth make it {set:?}"),
    })
}

struct Arm<'a> {
    guard: &'a Series,
    deemed: &'a Series,
    /// Equal consequences are one node.
    node: NodeId,
    against: Option<(Against, usize)>,
}

/// How a guard turns out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guard {
    Live,
    Dead,
    Failed,
}

/// The exceptions in one row.
struct Case<'a> {
    arms: &'a [Arm<'a>],
    body: &'a Series,
    row: usize,
}

impl Case<'_> {
    fn outcome(&self) -> Set {
        let choices: Vec<Vec<Guard>> =
            self.arms.iter().map(|arm| guard_choices(arm.guard.truth(self.row))).collect();
        if choices.iter().filter(|it| it.len() > 1).count() > MOST_OPEN {
            return self.anything(&choices);
        }
        let mut ways = vec![vec![]];
        for choice in &choices {
            ways = ways
                .into_iter()
                .flat_map(|way: Vec<Guard>| {
                    choice.iter().map(move |it| [&way[..], &[*it]].concat())
                })
                .collect();
        }
        let outcomes = ways.iter().map(|way| self.with_guards(way));
        outcomes.reduce(|all, it| all.union(&it)).expect("there is one way at least")
    }

    /// The outcome for guards that are known. A guard in error is an error unless every way of reading it
    /// gives the same.
    fn with_guards(&self, guards: &[Guard]) -> Set {
        let failed: Vec<usize> =
            (0..guards.len()).filter(|at| guards[*at] == Guard::Failed).collect();
        if failed.is_empty() {
            return self.with_live(&|at| guards[at] == Guard::Live, self.body.set(self.row));
        }
        if failed.len() > MOST_OPEN {
            return self.anything(&guards.iter().map(|it| vec![*it]).collect::<Vec<_>>());
        }
        // Each outcome of a truth is read on its own, so that both readings see the same body.
        let bodies = match self.body.set(self.row) {
            Set::Truth(it) => it.outcomes().map(Set::Truth).collect(),
            set => vec![set],
        };
        let of_body = |body: &Set| {
            let readings = (0..1usize << failed.len()).map(|reading| {
                let live = |at: usize| match guards[at] {
                    Guard::Failed => failed
                        .iter()
                        .position(|it| *it == at)
                        .is_some_and(|bit| reading >> bit & 1 == 1),
                    guard => guard == Guard::Live,
                };
                self.with_live(&live, body.clone())
            });
            agreed(&readings.collect::<Vec<_>>())
        };
        let outcomes = bodies.iter().map(of_body);
        outcomes.reduce(|all, it| all.union(&it)).expect("a body has an outcome")
    }

    /// The outcome where these exceptions are live.
    fn with_live(&self, live: &dyn Fn(usize) -> bool, body: Set) -> Set {
        let silenced = |at: usize| {
            (0..self.arms.len())
                .any(|it| self.arms[it].against == Some((Against::Overrides, at)) && live(it))
        };
        let stands: Vec<bool> = (0..self.arms.len()).map(|at| live(at) && !silenced(at)).collect();
        let mut consequences = BTreeSet::new();
        for (at, arm) in self.arms.iter().enumerate() {
            let on_its_own = !matches!(arm.against, Some((Against::Replaces, _)));
            if stands[at] && on_its_own {
                self.resolve(at, &stands, &mut consequences);
            }
        }
        let sets: Vec<Set> =
            consequences.iter().map(|at| self.arms[*at].deemed.set(self.row)).collect();
        if sets.is_empty() { body } else { agreed(&sets) }
    }

    /// The consequence that stands for an exception: its own, or those of the exceptions to it.
    fn resolve(&self, at: usize, stands: &[bool], consequences: &mut BTreeSet<usize>) {
        let replaces =
            |it: &usize| stands[*it] && self.arms[*it].against == Some((Against::Replaces, at));
        let replacing: Vec<usize> = (0..self.arms.len()).filter(replaces).collect();
        if replacing.is_empty() {
            let same = (0..at).find(|it| self.arms[*it].node == self.arms[at].node);
            consequences.insert(same.unwrap_or(at));
        }
        for it in replacing {
            self.resolve(it, stands, consequences);
        }
    }

    /// Sound where there are too many ways: everything that is possible by itself, and a conflict.
    fn anything(&self, choices: &[Vec<Guard>]) -> Set {
        let possible =
            self.arms.iter().zip(choices).filter(|(_, choices)| **choices != [Guard::Dead]);
        let deemed = possible.map(|(arm, _)| arm.deemed.set(self.row));
        deemed.fold(self.body.set(self.row), |all, it| all.union(&it)).with_outcomes(false, true)
    }
}

/// What several say that must say the same: that, or an error. Sets may agree in some completion and not in
/// others.
fn agreed(sets: &[Set]) -> Set {
    let (first, more) = sets.split_first().expect("something is said");
    if more.is_empty() || first.is_settled() && more.iter().all(|it| it == first) {
        return first.clone();
    }
    match sets.iter().all(Set::is_settled) {
        true => first.only_error(),
        false => {
            more.iter().fold(first.clone(), |all, it| all.union(it)).with_outcomes(false, true)
        }
    }
}

fn guard_choices(guard: Truth) -> Vec<Guard> {
    [
        (guard.may(Truth::TRUE), Guard::Live),
        (guard.may(Truth::FALSE.union(Truth::NOT_APPLICABLE)), Guard::Dead),
        (guard.may(Truth::ERROR), Guard::Failed),
    ]
    .into_iter()
    .filter_map(|(possible, guard)| possible.then_some(guard))
    .collect()
}
