//! What becomes of one change: checked, compared node by node, run against the tests it can touch, proved idle or not. It changes nothing.

use crate::check;
use crate::data::Facts;
use crate::ir::NodeId;
use crate::ir::Program;
use crate::ir::Test;
use crate::suite;
use crate::suite::bench;
use crate::suite::bench::Asked;
use crate::suite::bench::Came;
use crate::suite::bench::Depth;
use crate::suite::mutate::Fate;
use crate::suite::mutate::Hint;
use crate::suite::mutate::Plan;
use crate::suite::mutate::numbers::Book;
use crate::suite::mutate::numbers::Numbering;
use crate::suite::mutate::numbers::Proof;
use crate::syntax::ast::ItemKind;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many tests are run at first: most changes fail one of them.
const FIRST: usize = 24;

/// What all changes of a rulebook share.
pub struct Ground<'a> {
    /// The rulebook.
    pub workspace: &'a Workspace,
    program: &'a Program,
    drawn: &'a DrawnData,
    plan: Plan,
    /// The data of each test.
    facts: Vec<Option<Facts>>,
    /// The tests, generated ones first, then those that rest on little.
    order: Vec<usize>,
    /// The numbers of the rulebook as it is, for each proof.
    books: Vec<(Proof, Book, Numbers)>,
}

/// The numbers of what a program says of a case by name, and of what its tests expect.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbers {
    told: BTreeMap<String, (NodeId, Option<Arc<str>>)>,
    tests: Vec<Vec<NodeId>>,
}

impl Numbers {
    fn of(program: &Program, numbering: &mut Numbering) -> Numbers {
        let number = |(name, it)| {
            let unit = program.node(it).unit.as_ref().map(|it| it.name.clone());
            (name, (numbering.of(it), unit))
        };
        let told = told(program).into_iter().map(number).collect();
        let mut expected = |it: &Test| -> Vec<NodeId> {
            it.expects.iter().map(|it| numbering.of(it.what.node())).collect()
        };
        let tests = program.tests.iter().map(&mut expected).collect();
        Numbers { told, tests }
    }
}

impl<'a> Ground<'a> {
    /// Makes a rulebook and its tests ready.
    pub fn new(
        workspace: &'a Workspace,
        program: &'a Program,
        drawn: &'a DrawnData,
        plan: Plan,
    ) -> Ground<'a> {
        let tests = &program.tests;
        let facts = tests.par_iter().map(|it| bench::bound(program, it, drawn)).collect();
        let generated = |it: &usize| Some(tests[*it].span.file) == plan.generated;
        let depth: Vec<usize> = tests
            .iter()
            .map(|it| program.below(it.expects.iter().map(|it| it.what.node())).len())
            .collect();
        let mut order: Vec<usize> = (0..tests.len()).collect();
        order.sort_by_key(|it| (!generated(it), depth[*it], *it));
        let book = |proof: &Proof| {
            let empty = Book::default();
            let mut numbering = Numbering::new(program, &empty, *proof);
            let numbers = Numbers::of(program, &mut numbering);
            (*proof, numbering.into_book(), numbers)
        };
        let books = Proof::FORMS.iter().map(book).collect();
        Ground { workspace, program, drawn, plan, facts, order, books }
    }

    /// What becomes of the rulebook with one item changed.
    pub fn fate(&self, at: usize, tree: ItemKind) -> Fate {
        let book = &self.workspace.book;
        let mut file = book.file.clone();
        let of_data = matches!(tree, ItemKind::Data(_) | ItemKind::Policy(_));
        file.items[at].kind = tree;
        let lists = self.workspace.lists.clone();
        let (program, _) = check::check(std::slice::from_ref(&file), &book.bases, lists);
        let Some(program) = program else { return Fate::Unsound };
        if same(self.program, &program) {
            return Fate::Equivalent(Proof::Same);
        }
        let numbers = self.numbers(&program, 0);
        let touched = |at: &usize| {
            let own = self.books[0].2.tests.get(*at);
            own != numbers.tests.get(*at) && *at < program.tests.len()
        };
        let tests: Vec<usize> = self.order.iter().copied().filter(touched).collect();
        let is_generated = |it: &usize| Some(program.tests[*it].span.file) == self.plan.generated;
        let (generated, own) = tests.split_at(tests.partition_point(is_generated));
        // Data declared otherwise are read otherwise.
        let bound = of_data.then(|| self.bound(&program, &tests));
        let facts = bound.as_ref().unwrap_or(&self.facts);
        // Generated tests are run first and alone, so that what they notice is counted whole.
        let killer =
            [generated, own].into_iter().find_map(|it| self.killer(&program, it, facts, &numbers));
        if let Some(test) = killer {
            let it = &program.tests[test];
            let generated = self.plan.generated == Some(it.span.file);
            return Fate::Killed { by: it.name.clone(), generated };
        }
        let proof = |index: &usize| self.numbers(&program, *index) == self.books[*index].2;
        if let Some(index) = (0..self.books.len()).find(proof) {
            return Fate::Equivalent(self.books[index].0);
        }
        match self.difference(&program, &numbers, of_data) {
            (_, Some(hint)) => Fate::Survived(Some(hint)),
            _ if tests.is_empty() => Fate::Survived(None),
            (tried, None) => Fate::Alike(tried),
        }
    }

    fn numbers(&self, program: &Program, index: usize) -> Numbers {
        let (proof, book, _) = &self.books[index];
        Numbers::of(program, &mut Numbering::new(program, book, *proof))
    }

    fn bound(&self, program: &Program, tests: &[usize]) -> Vec<Option<Facts>> {
        let mut all = vec![None; program.tests.len()];
        for &at in tests {
            all[at] = bench::bound(program, &program.tests[at], self.drawn);
        }
        all
    }

    /// The first of these tests, in their order, that fails under a changed rulebook.
    fn killer(
        &self,
        program: &Program,
        tests: &[usize],
        facts: &[Option<Facts>],
        numbers: &Numbers,
    ) -> Option<usize> {
        // What cannot be bound any more fails.
        if let Some(lost) = tests.iter().find(|it| facts[**it].is_none()) {
            return self.facts[*lost].is_some().then_some(*lost);
        }
        let mut rest = tests;
        let mut size = FIRST;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(size.min(rest.len()));
            let asked: Vec<Asked> =
                now.iter().map(|it| self.asked(program, *it, facts, numbers)).collect();
            let glance = bench::run(program, &asked, Depth::Glance, &|at, view| {
                judge(program, asked[at].test, &asked[at].nodes, &view, Depth::Glance)
            });
            if let Some(at) = glance.iter().position(|it| *it == Some(Judged::Fails)) {
                return Some(now[at]);
            }
            let open: Vec<usize> =
                (0..now.len()).filter(|it| glance[*it] != Some(Judged::Passes)).collect();
            let asked: Vec<Asked> =
                open.iter().map(|it| self.asked(program, now[*it], facts, numbers)).collect();
            let whole = bench::run(program, &asked, Depth::Whole, &|at, view| {
                judge(program, asked[at].test, &asked[at].nodes, &view, Depth::Whole)
            });
            if let Some(at) = whole.iter().position(|it| *it != Some(Judged::Passes)) {
                return Some(now[open[at]]);
            }
            (rest, size) = (later, size * 4);
        }
        None
    }

    /// What a test expects of what the change has touched.
    fn asked<'t>(
        &self,
        program: &'t Program,
        at: usize,
        facts: &'t [Option<Facts>],
        numbers: &Numbers,
    ) -> Asked<'t> {
        let test = &program.tests[at];
        let own = &self.books[0].2.tests[at];
        let nodes = test.expects.iter().map(|it| it.what.node());
        let touched = nodes.zip(own.iter().zip(&numbers.tests[at])).filter(|it| it.1.0 != it.1.1);
        let facts = facts[at].as_ref().unwrap_or_else(|| unreachable!("bound before it is asked"));
        Asked { test, facts, nodes: touched.map(|it| it.0).collect() }
    }

    /// How many cases of tests were looked at; the first in which an item comes out otherwise.
    fn difference(
        &self,
        mutant: &Program,
        numbers: &Numbers,
        of_data: bool,
    ) -> (usize, Option<Hint>) {
        let own = told(self.program);
        let other = told(mutant);
        let differs = |name: &&String| self.books[0].2.told.get(*name) != numbers.told.get(*name);
        let pairs: Vec<(&String, NodeId, NodeId)> = own
            .iter()
            .filter(|it| differs(&it.0))
            .filter_map(|(name, node)| Some((name, *node, *other.get(name)?)))
            .collect();
        let tables: BTreeSet<_> = pairs.iter().map(|it| self.program.node(it.1).space).collect();
        let tests: Vec<usize> = self
            .order
            .iter()
            .copied()
            .filter(|it| tables.contains(&self.program.tests[*it].table))
            .collect();
        let bound = of_data.then(|| self.bound(mutant, &tests));
        let facts = bound.as_ref().unwrap_or(&self.facts);
        let came = |program: &Program, facts: &[Option<Facts>], second: bool| {
            let nodes = |test: &Test| {
                let nodes = pairs.iter().map(|it| if second { it.2 } else { it.1 });
                nodes.filter(|it| program.node(*it).space == test.table).collect()
            };
            let asked: Vec<Asked> = tests
                .iter()
                .filter_map(|it| {
                    let test = &program.tests[*it];
                    Some(Asked { test, facts: facts[*it].as_ref()?, nodes: nodes(test) })
                })
                .collect();
            bench::came(program, &asked, Depth::Whole)
        };
        let (before, after) = (came(self.program, &self.facts, false), came(mutant, facts, true));
        let both: Vec<(usize, Came, Came)> = tests
            .iter()
            .zip(before.into_iter().zip(after))
            .filter_map(|(test, (a, b))| Some((*test, a?, b?)))
            .collect();
        let hint = both.iter().find_map(|(test, a, b)| {
            pairs.iter().find_map(|(name, own, other)| {
                let (x, y) = (a.get(own)?, b.get(other)?);
                (x != y).then(|| Hint {
                    test: self.program.tests[*test].name.clone(),
                    item: (*name).clone(),
                    values: (
                        suite::compare::show(self.program, *own, x),
                        suite::compare::show(mutant, *other, y),
                    ),
                })
            })
        });
        (both.len(), hint)
    }
}

/// How a test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judged {
    Passes,
    Fails,
    /// A closer look is needed.
    Open,
}

/// Looks at the expectations of some nodes: what they come to, then what decides them.
fn judge(
    program: &Program,
    test: &Test,
    nodes: &BTreeSet<NodeId>,
    view: &bench::View,
    depth: Depth,
) -> Judged {
    let expects: Vec<_> =
        test.expects.iter().filter(|it| nodes.contains(&it.what.node())).collect();
    let stands: Vec<Option<bool>> = expects
        .iter()
        .map(|it| suite::stands(program, it, view.get(it.what.node()), depth))
        .collect();
    if stands.contains(&Some(false)) {
        return Judged::Fails;
    }
    let grounds = expects
        .iter()
        .any(|it| !it.because.is_empty() || !it.facts.is_empty() || !it.articles.is_empty());
    if stands.contains(&None) || depth == Depth::Glance && grounds {
        return Judged::Open;
    }
    if !grounds {
        return Judged::Passes;
    }
    let (recording, row) = view.recording();
    match expects.iter().all(|it| suite::missing_ground(program, &recording, row, it).is_none()) {
        true => Judged::Passes,
        false => Judged::Fails,
    }
}

/// What a program says of a case, by name: the outcome of each item.
fn told(program: &Program) -> BTreeMap<String, NodeId> {
    let mut all = BTreeMap::new();
    let conclusions = program.conclusions.iter().map(|it| (it.head.name.clone(), it.node));
    let indicators = program.indicators.iter().map(|it| (it.head.name.clone(), it.reported));
    let gradings = program.gradings.iter().map(|it| (it.head.name.clone(), it.reported));
    all.extend(conclusions.chain(indicators).chain(gradings));
    let criteria = program.criteria.iter().map(|it| (it.head.name.clone(), it.node));
    all.extend(criteria);
    for it in &program.scores {
        let name = &it.head.name;
        all.insert(name.clone(), it.node);
        let more = [("名次", it.rank), ("合格", it.pass), ("入选", it.selected)];
        all.extend(
            more.iter().filter_map(|(word, node)| Some((format!("{word}（{name}）"), (*node)?))),
        );
    }
    all
}

/// Whether two programs compute the same, node by node.
fn same(a: &Program, b: &Program) -> bool {
    a.nodes.len() == b.nodes.len()
        && a.nodes.iter().zip(&b.nodes).all(|(a, b)| {
            a.kind == b.kind && a.ty == b.ty && a.space == b.space && a.unit == b.unit
        })
        && told(a) == told(b)
        && forces(a).eq(forces(b))
        && scripts(a) == scripts(b)
}

/// What each criterion comes to in conclusions, its force included.
fn forces(program: &Program) -> impl Iterator<Item = NodeId> {
    program.criteria.iter().map(|it| it.in_conclusion)
}

fn scripts(program: &Program) -> Vec<Option<&str>> {
    program.functions.iter().map(|it| it.script.as_ref().map(|it| &*it.code)).collect()
}
