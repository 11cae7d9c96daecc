//! 判定表 and 分级 over columns (`semantics` §3.4): which rows hold, and what the table gives. Heads that are undecided
//! are cut into pieces in which every row is decided.

use crate::eval::belongs::Places;
use crate::eval::chunk::Chunk;
use crate::eval::pieces;
use crate::eval::series::kind_of;
use crate::eval::series::mixed;
use crate::eval::series::sets;
use crate::ir::CellTest;
use crate::ir::Decision;
use crate::ir::Hit;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::value::Column;
use crate::value::Hull;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;

/// No more cells than this are told apart (a constant of the language); beyond it rows are looked at one by one.
const MOST_CELLS: usize = 4096;

/// A table made ready for its cells to be asked.
pub struct Sheet<'a> {
    decision: &'a Decision,
    /// The different heads, and for each the vocabulary of its members.
    heads: Vec<(NodeId, Option<&'a Vocabulary>)>,
    /// Of each row, what is asked of each head: several cells where columns have one head.
    asked: Vec<Vec<Vec<Ask<'a>>>>,
    rests: Vec<usize>,
}

/// A cell, with what it takes to ask it.
enum Ask<'a> {
    Test(&'a CellTest),
    Places(Places),
}

/// What the heads come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The rows that may give the result.
    pub rows: Vec<bool>,
    /// Whether 错误 is possible: no row holds, or under 命中 唯一 more than one.
    pub error: bool,
}

/// The result column of a table, or a band in one.
pub fn column(chunk: &Chunk<'_>, node: &Node, rows: usize) -> Column {
    match &node.kind {
        NodeKind::Decide(it) => decide(chunk, node, rows, it),
        NodeKind::Band { low, high, judged, .. } => {
            let number = |id: NodeId, row: usize| chunk.series(id).number(row);
            band(rows, number, *low, *high, *judged)
        }
        other => unreachable!("{other:?} is no table"),
    }
}

fn decide(chunk: &Chunk<'_>, node: &Node, rows: usize, decision: &Decision) -> Column {
    let sheet = Sheet::new(chunk.context.program, decision);
    let results: Vec<_> = decision.rows.iter().map(|it| chunk.series(it.result)).collect();
    let kind = kind_of(node.ty);
    let of = |row: usize| move |id: NodeId| chunk.series(id).set(row);
    if decision.hit == Hit::Every {
        return sets(kind, rows, |row| {
            let sets: Vec<_> = results.iter().map(|it| it.number(row)).collect();
            Set::Number(sheet.sum(&of(row), &sets))
        });
    }
    mixed(kind, rows, |row, mix| {
        let reached = sheet.reached(&of(row));
        mix.error = reached.error;
        for (at, result) in results.iter().enumerate() {
            mix.may(reached.rows[at], result);
        }
    })
}

/// One comparison that a cell makes.
pub fn compare(
    program: &Program,
    op: crate::ir::Comparison,
    head: NodeId,
    a: &Set,
    b: &Set,
) -> Truth {
    let members = match program.node(head).ty {
        Ty::Member(id) => program.vocabulary(id).members.len() as u32,
        _ => 0,
    };
    crate::eval::compare::compare_sets(op, a, b, members)
}

/// A band that awaits the reviewer; the reviewer's value narrows it where it lies in it.
fn band(
    rows: usize,
    of: impl Fn(NodeId, usize) -> Possible<Hull>,
    low: (NodeId, bool),
    high: (NodeId, bool),
    judged: Option<NodeId>,
) -> Column {
    sets(crate::value::Kind::Number, rows, |row| {
        let band = of(low.0, row).zip(&of(high.0, row), |a, b| {
            Possible::values(Hull {
                low: a.low.clone().map(|it| crate::value::End { closed: it.closed && low.1, ..it }),
                high: b
                    .high
                    .clone()
                    .map(|it| crate::value::End { closed: it.closed && high.1, ..it }),
            })
        });
        let judged = judged.map(|it| of(it, row));
        let inside = judged.and_then(|it| it.values).zip(band.values.as_ref());
        let inside = inside.and_then(|(judged, band)| judged.intersect(band));
        Set::Number(Possible { values: inside.or(band.values), ..band })
    })
}

impl<'a> Sheet<'a> {
    /// Makes a table ready.
    pub fn new(program: &'a Program, decision: &'a Decision) -> Sheet<'a> {
        let mut heads: Vec<NodeId> = vec![];
        for head in &decision.heads {
            if !heads.contains(head) {
                heads.push(*head);
            }
        }
        let own = |head: NodeId| match program.node(head).ty {
            Ty::Member(id) => Some(program.vocabulary(id)),
            _ => None,
        };
        let ask = |head: NodeId, cell: &'a CellTest| match (cell, own(head)) {
            (CellTest::Members(members), Some(own)) => Ask::Places(Places::new(own, members)),
            _ => Ask::Test(cell),
        };
        let of_row = |row: &'a crate::ir::DecisionRow| {
            let cells = |head: &NodeId| {
                let own = decision.heads.iter().zip(&row.cells).filter(|it| it.0 == head);
                own.map(|(head, cell)| ask(*head, cell)).collect()
            };
            heads.iter().map(cells).collect()
        };
        Sheet {
            asked: decision.rows.iter().map(of_row).collect(),
            rests: decision.rows.iter().map(crate::ir::DecisionRow::rest).collect(),
            heads: heads.into_iter().map(|it| (it, own(it))).collect(),
            decision,
        }
    }

    /// The rows that may give the result where nodes are what `set_of` says.
    pub fn reached(&self, set_of: &impl Fn(NodeId) -> Set) -> Reached {
        let mut reached = Reached { rows: vec![false; self.asked.len()], error: false };
        let heads: Vec<Set> = self.heads.iter().map(|it| set_of(it.0)).collect();
        if self.decision.hit == Hit::First && heads.iter().all(Set::is_settled) {
            self.read_down(&heads, set_of, &mut reached);
            return reached;
        }
        for view in self.views(&heads, set_of) {
            self.read(&view, &mut reached);
        }
        reached
    }

    /// What each cell of each row says of the heads as they are.
    pub fn cells(&self, set_of: &impl Fn(NodeId) -> Set) -> Vec<Vec<Truth>> {
        let rows = self.decision.rows.iter().enumerate();
        let of_row = |(row, it): (usize, &crate::ir::DecisionRow)| {
            let cells = self.decision.heads.iter().zip(&it.cells);
            cells.map(|(head, cell)| self.cell(row, *head, cell, set_of)).collect()
        };
        rows.map(of_row).collect()
    }

    fn cell(
        &self,
        row: usize,
        head: NodeId,
        cell: &CellTest,
        set_of: &impl Fn(NodeId) -> Set,
    ) -> Truth {
        let at = self.heads.iter().position(|it| it.0 == head).expect("every head is one of them");
        let own = self.heads[at].1;
        let bounds: Vec<Set> = cell.bounds().map(set_of).collect();
        let pieces = pieces::pieces(&set_of(head), own, &bounds);
        let ask = |piece: &Set| match (cell, own) {
            (CellTest::Members(_), Some(_)) => self.ask(row, at, piece, set_of),
            _ => pieces::holds(piece, cell, own, set_of),
        };
        pieces.iter().map(ask).fold(Truth::NOTHING, Truth::union)
    }

    /// 累计: the sum of the rows that hold; 不适用 is left out, and all of them 不适用 is 不适用.
    fn sum(&self, set_of: &impl Fn(NodeId) -> Set, results: &[Possible<Hull>]) -> Possible<Hull> {
        let heads: Vec<Set> = self.heads.iter().map(|it| set_of(it.0)).collect();
        let mut all = Possible::nothing();
        for view in self.views(&heads, set_of) {
            if view.contains(&Truth::ERROR) {
                all.error = true;
                continue;
            }
            let mut reached = Reached { rows: vec![false; self.asked.len()], error: false };
            self.read(&view, &mut reached);
            // What was added so far, once with nothing and once with something in it.
            let (mut empty, mut sum) = (true, Possible::nothing());
            for (truth, result) in view.iter().zip(results).filter(|it| it.0.may(Truth::TRUE)) {
                let mut next = add(&sum, result);
                if empty {
                    next = next.union(result);
                }
                if truth.may(Truth::FALSE) {
                    next = next.union(&sum);
                } else {
                    empty = false;
                }
                sum = next;
            }
            sum.error |= reached.error;
            all = all.union(&sum);
        }
        all.within_limit()
    }

    /// First hit where everything is settled: from the top down to the first row that holds.
    fn read_down(&self, heads: &[Set], set_of: &impl Fn(NodeId) -> Set, reached: &mut Reached) {
        for row in 0..self.asked.len() {
            let cells =
                heads.iter().enumerate().map(|(head, set)| self.ask(row, head, set, set_of));
            let truth = cells.fold(Truth::TRUE, Truth::and);
            reached.rows[row] |= truth.may(Truth::TRUE);
            reached.error |= truth.may(Truth::ERROR);
            if !truth.may(Truth::FALSE) {
                return;
            }
        }
        reached.error |= !self.decision.total || !reached.rows.contains(&true);
    }

    /// What the rows come to in each piece of the heads: 真, 假 or 错误, and undecided where that cannot be told.
    fn views(&self, heads: &[Set], set_of: &impl Fn(NodeId) -> Set) -> Vec<Vec<Truth>> {
        let rows = self.asked.len();
        let mut by_head: Vec<Vec<Vec<Truth>>> = heads
            .iter()
            .enumerate()
            .map(|(head, set)| {
                let bounds: Vec<Set> = self.bounds(head).map(set_of).collect();
                let pieces = pieces::pieces(set, self.heads[head].1, &bounds);
                let of =
                    |piece: &Set| (0..rows).map(|row| self.ask(row, head, piece, set_of)).collect();
                pieces.iter().map(of).collect()
            })
            .collect();
        let lifted: Vec<Vec<Truth>> = by_head.iter().map(|it| union_of(it, rows)).collect();
        let possible: Vec<bool> =
            (0..rows).map(|row| lifted.iter().all(|it| it[row] != Truth::FALSE)).collect();
        for pieces in &mut by_head {
            for piece in pieces.iter_mut() {
                // A row that another head rules out tells no pieces apart.
                for (truth, _) in piece.iter_mut().zip(&possible).filter(|it| !it.1) {
                    *truth = Truth::FALSE;
                }
            }
            pieces.sort_unstable();
            pieces.dedup();
        }
        let cells = by_head.iter().try_fold(1usize, |all, it| all.checked_mul(it.len()));
        if cells.is_none_or(|it| it > MOST_CELLS) {
            by_head = lifted.into_iter().map(|it| vec![it]).collect();
        }
        let mut views = vec![vec![Truth::TRUE; rows]];
        for pieces in &by_head {
            let joined = views.iter().flat_map(|view| {
                pieces.iter().map(|piece| view.iter().zip(piece).map(|(a, b)| a.and(*b)).collect())
            });
            views = joined.collect();
            views.sort_unstable();
            views.dedup();
        }
        if self.decision.hit != Hit::First {
            views.iter_mut().for_each(|it| self.give_way(it));
        }
        views
    }

    /// 其余: a row yields to every row with fewer of them.
    fn give_way(&self, view: &mut [Truth]) {
        for rest in 1..=self.rests.iter().copied().max().unwrap_or(0) {
            let others = view.iter().zip(&self.rests).filter(|it| *it.1 < rest);
            let taken = others.fold(Truth::FALSE, |all, (truth, _)| all.or(*truth));
            for (truth, _) in view.iter_mut().zip(&self.rests).filter(|it| *it.1 == rest) {
                *truth = truth.and(taken.not());
            }
        }
    }

    fn bounds(&self, head: usize) -> impl Iterator<Item = NodeId> {
        let cells = self.asked.iter().flat_map(move |row| &row[head]);
        cells
            .flat_map(|it| match it {
                Ask::Test(test) => Some(test.bounds()),
                Ask::Places(_) => None,
            })
            .flatten()
    }

    /// Marks what one view reaches.
    fn read(&self, view: &[Truth], reached: &mut Reached) {
        let total = self.decision.total;
        let may = |truth: Truth| view.iter().filter(|it| it.may(truth)).count();
        let sure = view.iter().filter(|it| **it == Truth::TRUE).count();
        let nothing = view.iter().all(|it| *it == Truth::FALSE);
        let gap = nothing || !total && view.iter().all(|it| it.may(Truth::FALSE));
        match self.decision.hit {
            Hit::First => {
                for (row, truth) in view.iter().enumerate() {
                    reached.rows[row] |= truth.may(Truth::TRUE);
                    reached.error |= truth.may(Truth::ERROR);
                    if !truth.may(Truth::FALSE) {
                        return;
                    }
                }
                reached.error |= gap;
            }
            Hit::Only => {
                for (row, truth) in view.iter().enumerate() {
                    let mut others = view.iter().enumerate().filter(|it| it.0 != row);
                    let alone = others.all(|it| it.1.may(Truth::FALSE));
                    reached.rows[row] |= truth.may(Truth::TRUE) && alone;
                }
                let twice = sure > 1 || !total && may(Truth::TRUE) > 1;
                reached.error |= gap || twice || may(Truth::ERROR) > 0;
            }
            Hit::Every => {
                for (row, truth) in view.iter().enumerate() {
                    reached.rows[row] |= truth.may(Truth::TRUE);
                }
                reached.error |= gap || may(Truth::ERROR) > 0;
            }
        }
    }

    /// What the cells of a row say of one piece of a head.
    fn ask(&self, row: usize, head: usize, piece: &Set, set_of: &impl Fn(NodeId) -> Set) -> Truth {
        let cells = self.asked[row][head].iter().map(|it| match it {
            Ask::Places(places) => pieces::is_below(piece, places, self.heads[head].1),
            Ask::Test(test) => pieces::holds(piece, test, self.heads[head].1, set_of),
        });
        cells.fold(Truth::TRUE, Truth::and)
    }
}

fn union_of(pieces: &[Vec<Truth>], rows: usize) -> Vec<Truth> {
    let of = |row: usize| pieces.iter().fold(Truth::NOTHING, |all, it| all.union(it[row]));
    (0..rows).map(of).collect()
}

/// a + b where 不适用 is left out; nothing plus anything is nothing.
fn add(a: &Possible<Hull>, b: &Possible<Hull>) -> Possible<Hull> {
    let sum = a.values.as_ref().zip(b.values.as_ref()).map(|(a, b)| a.add(b));
    let mut all = Possible { values: sum, na: a.na && b.na, error: false };
    if a.na {
        all = all.union(&b.with(b.values.clone()));
    }
    if b.na {
        all = all.union(&a.with(a.values.clone()));
    }
    let done = !a.is_nothing() && !b.is_nothing();
    Possible { na: a.na && b.na, error: done && (a.error || b.error), ..all }
}
