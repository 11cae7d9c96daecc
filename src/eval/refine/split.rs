//! One undetermined outcome of a case, decided cell by cell: its holes are split one after the other, and what each cell
//! comes to is united (`semantics` §5).

use crate::eval::chunk::Chunk;
use crate::eval::refine::Change;
use crate::eval::refine::Excerpt;
use crate::eval::refine::alike;
use crate::eval::refine::holes;
use crate::eval::refine::holes::Hole;
use crate::eval::refine::holes::Site;
use crate::ir::NodeId;
use crate::value::Set;

/// An outcome is never cut into more cells than this.
pub const CELLS: usize = 4096;

/// An outcome of a case is given up after so many steps: a step is one node, or one field, in one row of one cell.
pub const STEPS: usize = 4_000_000;

/// About so many rows are computed at a time.
const ROWS: usize = 8192;

/// An outcome of a case: a node in a row, counted within the case.
pub struct Question<'a> {
    /// The case.
    pub excerpt: &'a Excerpt<'a>,
    /// The node.
    pub node: NodeId,
    /// The row.
    pub row: usize,
    /// What has to be computed for it.
    nodes: Vec<NodeId>,
    /// Rows of the case in any table at most.
    rows: usize,
    /// The steps of one variant.
    weight: usize,
    /// The steps that are left.
    pub left: usize,
    /// The holes it rests on.
    pub holes: Vec<Hole>,
    /// What it is without splitting.
    pub set: Set,
    sites: Vec<Site>,
    /// The parts of each hole that is a truth or a member; of the others none.
    listed: Vec<Vec<Set>>,
}

/// What the holes are taken for, and what the outcome then is.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What each hole that was split is taken for, in the order of splitting.
    pub changes: Vec<Change>,
    /// What the outcome may be.
    pub set: Set,
}

/// A cell that is not settled, with the next hole it can be split by.
struct OpenCell {
    cell: Cell,
    next: Option<(usize, Vec<Set>)>,
}

impl<'a> Question<'a> {
    /// Asks for the outcome of a node in a row of the case.
    pub fn new(excerpt: &'a Excerpt<'a>, node: NodeId, row: usize, steps: usize) -> Question<'a> {
        let nodes = excerpt.nodes([node]);
        let space = |id: &NodeId| excerpt.program.node(*id).space.0 as usize;
        let cells = excerpt.program.tables.iter().zip(&excerpt.rows);
        let cells = cells.map(|(table, rows)| table.fields.len() * rows.len());
        let computed = nodes.iter().map(|it| excerpt.rows[space(it)].len());
        let weight = computed.chain(cells).sum::<usize>().max(1);
        let world = excerpt.world(&[&[]]);
        let chunk = world.evaluate(&nodes);
        let (holes, sites) = holes::open(&chunk, node, row);
        let set = chunk.series(node).set(row);
        let parts = |it: &Hole| match &it.set {
            Set::Truth(_) | Set::Member(_) => {
                holes::listed(excerpt, it, alike::classes(&chunk, &nodes, it))
            }
            _ => vec![],
        };
        let listed = holes.iter().map(parts).collect();
        let rows = excerpt.rows.iter().map(|it| it.len()).max().unwrap_or(1).max(1);
        drop(chunk);
        Question { excerpt, node, row, nodes, rows, weight, left: steps, holes, set, sites, listed }
    }

    /// The outcome of each variant; none where that takes more steps than are left.
    pub fn outcomes(&mut self, variants: &[Vec<Change>]) -> Option<Vec<Set>> {
        self.each(variants, |it, chunk, variant| {
            chunk.series(it.node).set(it.at(it.node, it.row, variant))
        })
    }

    /// The parts of one hole where the others are filled so; none where that takes more steps than are left.
    pub fn parts(&mut self, filled: &[Change], hole: usize) -> Option<Vec<Set>> {
        let Hole { field, row, .. } = self.holes[hole];
        if !self.listed[hole].is_empty() {
            return Some(self.listed[hole].clone());
        }
        let others = filled.iter().filter(|it| (it.field, it.row) != (field, row)).cloned();
        let parts = self.each(&[others.collect()], |it, chunk, variant| {
            let hole = &it.holes[hole];
            let cuts = holes::cuts(chunk, &it.sites, |(node, row)| it.at(node, row, variant));
            let key = (hole.node, it.at(hole.node, hole.row, variant));
            holes::parts(it.excerpt, hole, cuts.get(&key))
        });
        parts?.pop()
    }

    fn each<T>(
        &mut self,
        variants: &[Vec<Change>],
        read: impl Fn(&Question, &Chunk, usize) -> T,
    ) -> Option<Vec<T>> {
        self.left = self.left.checked_sub(variants.len().checked_mul(self.weight)?)?;
        let mut all = Vec::with_capacity(variants.len());
        for some in variants.chunks((ROWS / self.rows).max(1)) {
            let some: Vec<&[Change]> = some.iter().map(Vec::as_slice).collect();
            let world = self.excerpt.world(&some);
            let chunk = world.evaluate(&self.nodes);
            all.extend((0..some.len()).map(|variant| read(self, &chunk, variant)));
        }
        Some(all)
    }

    /// Where a row of the case stands in a variant.
    fn at(&self, node: NodeId, row: usize, variant: usize) -> usize {
        let space = self.excerpt.program.node(node).space;
        variant * self.excerpt.rows[space.0 as usize].len() + row
    }

    /// The cells the outcome comes to; none where that takes more steps than are left.
    pub fn cells(&mut self) -> Option<Vec<Cell>> {
        self.split(None)
    }

    /// Whether one hole makes no difference: in every cell of the others the outcome is one, whatever the hole is.
    pub fn makes_no_difference(&mut self, hole: usize) -> bool {
        self.is_felt_nowhere(hole).unwrap_or(false)
    }

    fn is_felt_nowhere(&mut self, hole: usize) -> Option<bool> {
        let open: Vec<Cell> =
            self.split(Some(hole))?.into_iter().filter(|it| !it.set.is_settled()).collect();
        for cell in open {
            let Hole { field, row, .. } = self.holes[hole];
            let with = |set: Set| {
                let own = [Change { field, row, set }];
                cell.changes.iter().cloned().chain(own).collect::<Vec<Change>>()
            };
            let variants: Vec<_> = self.parts(&cell.changes, hole)?.into_iter().map(with).collect();
            let outcomes = self.outcomes(&variants)?;
            if outcomes.iter().any(|it| !it.is_settled() || *it != outcomes[0]) {
                return Some(false);
            }
        }
        Some(true)
    }

    /// The cells; one hole may be left as it is.
    fn split(&mut self, keep: Option<usize>) -> Option<Vec<Cell>> {
        let (mut done, mut open) = (vec![], vec![]);
        self.judge(vec![vec![]], 0, keep, &mut done, &mut open)?;
        loop {
            let nexts = open.iter().filter_map(|it: &OpenCell| Some(it.next.as_ref()?.0));
            let Some(hole) = nexts.min() else { break };
            let is_split = |it: &OpenCell| it.next.as_ref().is_some_and(|it| it.0 == hole);
            let parts = |it: &OpenCell| it.next.as_ref().map_or(1, |it| it.1.len());
            let split: usize = open.iter().map(|it| if is_split(it) { parts(it) } else { 1 }).sum();
            if done.len() + split > CELLS {
                break;
            }
            let (now, later): (Vec<OpenCell>, Vec<OpenCell>) = open.into_iter().partition(is_split);
            open = later;
            let mut variants = vec![];
            for it in now {
                let (_, parts) = it.next.expect("it is split by this hole");
                for set in parts {
                    let Hole { field, row, .. } = self.holes[hole];
                    let mut changes = it.cell.changes.clone();
                    changes.push(Change { field, row, set });
                    variants.push(changes);
                }
            }
            self.judge(variants, hole + 1, keep, &mut done, &mut open)?;
        }
        done.extend(open.into_iter().map(|it| it.cell));
        Some(done)
    }

    /// Computes cells, and says of those that are not settled what they can be split by.
    fn judge(
        &mut self,
        variants: Vec<Vec<Change>>,
        from: usize,
        keep: Option<usize>,
        done: &mut Vec<Cell>,
        open: &mut Vec<OpenCell>,
    ) -> Option<()> {
        let judged = self.each(&variants, |it, chunk, variant| {
            let set = chunk.series(it.node).set(it.at(it.node, it.row, variant));
            let next = if set.is_settled() { None } else { it.next(chunk, variant, from, keep) };
            (set, next)
        })?;
        for (changes, (set, next)) in variants.into_iter().zip(judged) {
            let settled = set.is_settled();
            let cell = Cell { changes, set };
            if settled { done.push(cell) } else { open.push(OpenCell { cell, next }) }
        }
        Some(())
    }

    /// The first hole from some place on that a cell can be split by, and its parts.
    fn next(
        &self,
        chunk: &Chunk,
        variant: usize,
        from: usize,
        keep: Option<usize>,
    ) -> Option<(usize, Vec<Set>)> {
        let mut cuts = None;
        for (index, hole) in self.holes.iter().enumerate().skip(from) {
            if keep == Some(index) {
                continue;
            }
            let parts = if !self.listed[index].is_empty() {
                self.listed[index].clone()
            } else {
                let cuts = cuts.get_or_insert_with(|| {
                    holes::cuts(chunk, &self.sites, |(node, row)| self.at(node, row, variant))
                });
                let key = (hole.node, self.at(hole.node, hole.row, variant));
                holes::parts(self.excerpt, hole, cuts.get(&key))
            };
            if parts.len() > 1 {
                return Some((index, parts));
            }
        }
        None
    }
}
