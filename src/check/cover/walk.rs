//! Through the pieces of all heads, to where no row holds and where more than one does.

use crate::check::cover::axis::Axis;
use crate::check::cover::axis::What;
use crate::ir::Hit;
use crate::value::Truth;

/// After so many places the rest is left open.
const MOST_PLACES: usize = 20_000;

/// Of each head, the pieces that belong, ascending.
pub(super) type Region = Vec<Vec<usize>>;

/// What was found.
pub(super) struct Walk<'a> {
    axes: &'a [Axis],
    rests: &'a [usize],
    hit: Hit,
    /// Where no row holds, in parts that have nothing in common.
    pub gaps: Vec<Region>,
    /// Where several rows hold, with the rows.
    pub overlaps: Vec<(Vec<usize>, Region)>,
    /// The rows that some case comes to.
    pub reached: Vec<bool>,
    /// Whether somewhere it cannot be told.
    pub open: bool,
    places: usize,
}

impl<'a> Walk<'a> {
    /// Looks at every piece.
    pub(super) fn of(axes: &'a [Axis], rests: &'a [usize], hit: Hit) -> Walk<'a> {
        let reached = vec![false; rests.len()];
        let (gaps, overlaps) = (vec![], vec![]);
        let mut walk = Walk { axes, rests, hit, gaps, overlaps, reached, open: false, places: 0 };
        walk.go(0, vec![Truth::TRUE; rests.len()], &mut vec![]);
        walk.gaps = merged(axes, std::mem::take(&mut walk.gaps));
        let mut by_rows: Vec<(Vec<usize>, Vec<Region>)> = vec![];
        for (rows, region) in std::mem::take(&mut walk.overlaps) {
            match by_rows.iter_mut().find(|it| it.0 == rows) {
                Some(found) => found.1.push(region),
                None => by_rows.push((rows, vec![region])),
            }
        }
        by_rows.sort();
        walk.overlaps = by_rows
            .into_iter()
            .flat_map(|(rows, regions)| {
                merged(axes, regions).into_iter().map(move |it| (rows.clone(), it))
            })
            .collect();
        walk
    }

    fn go(&mut self, at: usize, alive: Vec<Truth>, chosen: &mut Region) {
        self.places += 1;
        if self.places > MOST_PLACES {
            self.open = true;
            self.reached.iter_mut().for_each(|it| *it = true);
            return;
        }
        if alive.iter().all(|it| *it == Truth::FALSE) {
            let rest = self.axes[at..].iter().map(|it| (0..it.pieces.len()).collect());
            let region: Region = chosen.iter().cloned().chain(rest).collect();
            self.gaps.extend(split(self.axes, region));
            return;
        }
        if at == self.axes.len() {
            return self.place(alive, chosen);
        }
        let mut groups: Vec<(Vec<Truth>, Vec<usize>)> = vec![];
        for (index, piece) in self.axes[at].pieces.iter().enumerate() {
            let next: Vec<Truth> = alive.iter().zip(&piece.rows).map(|(a, b)| a.and(*b)).collect();
            match groups.iter_mut().find(|it| it.0 == next) {
                Some(group) => group.1.push(index),
                None => groups.push((next, vec![index])),
            }
        }
        for (next, pieces) in groups {
            chosen.push(pieces);
            self.go(at + 1, next, chosen);
            chosen.pop();
        }
    }

    /// One place: every head is in one piece.
    fn place(&mut self, mut alive: Vec<Truth>, chosen: &Region) {
        if self.hit != Hit::First {
            give_way(&mut alive, self.rests);
        }
        let sure: Vec<usize> = (0..alive.len()).filter(|it| alive[*it] == Truth::TRUE).collect();
        let may: Vec<usize> = (0..alive.len()).filter(|it| alive[*it].may(Truth::TRUE)).collect();
        self.open |= sure.is_empty();
        match self.hit {
            Hit::First => {
                let last = sure.first().copied().unwrap_or(alive.len());
                may.iter().filter(|it| **it <= last).for_each(|it| self.reached[*it] = true);
            }
            Hit::Every => may.iter().for_each(|it| self.reached[*it] = true),
            Hit::Only => {
                may.iter().for_each(|it| self.reached[*it] = true);
                if sure.len() > 1 {
                    let regions = split(self.axes, chosen.clone());
                    self.overlaps.extend(regions.into_iter().map(|it| (sure.clone(), it)));
                } else {
                    self.open |= may.len() > 1;
                }
            }
        }
    }
}

/// 其余: a row yields to every row with fewer of them.
fn give_way(alive: &mut [Truth], rests: &[usize]) {
    for rest in 1..=rests.iter().copied().max().unwrap_or(0) {
        let others = alive.iter().zip(rests).filter(|it| *it.1 < rest);
        let taken = others.fold(Truth::FALSE, |all, (truth, _)| all.or(*truth));
        for (truth, _) in alive.iter_mut().zip(rests).filter(|it| *it.1 == rest) {
            *truth = truth.and(taken.not());
        }
    }
}

/// Whether two neighbouring pieces of a head are told in one: numbers that touch, words of one list.
fn join(axis: &Axis, a: usize, b: usize) -> bool {
    match (&axis.pieces[a].what, &axis.pieces[b].what) {
        (What::Numbers(_), What::Numbers(_)) | (What::Beside(..), What::Beside(..)) => b == a + 1,
        (What::NotApplicable, _) | (_, What::NotApplicable) => false,
        _ => true,
    }
}

/// A region in parts whose heads are each one interval, or words, or everything.
fn split(axes: &[Axis], region: Region) -> Vec<Region> {
    let mut all: Vec<Region> = vec![vec![]];
    for (axis, pieces) in axes.iter().zip(region) {
        let mut runs: Vec<Vec<usize>> = vec![];
        if pieces.len() == axis.pieces.len() {
            runs.push(pieces);
        } else {
            for piece in pieces {
                match runs.last_mut() {
                    Some(run) if join(axis, run[run.len() - 1], piece) => run.push(piece),
                    _ => runs.push(vec![piece]),
                }
            }
        }
        let longer = |it: &Region| {
            let run = |run: &Vec<usize>| it.iter().cloned().chain([run.clone()]).collect();
            runs.iter().map(run).collect::<Vec<Region>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// Regions that differ in one head only and are one interval, or list of words, together.
fn merged(axes: &[Axis], mut regions: Vec<Region>) -> Vec<Region> {
    let mut at = 0;
    while at < regions.len() {
        let found = (at + 1..regions.len())
            .find_map(|other| Some((other, union(axes, &regions[at], &regions[other])?)));
        match found {
            Some((other, union)) => {
                regions.remove(other);
                regions[at] = union;
                at = 0;
            }
            None => at += 1,
        }
    }
    regions.sort();
    regions
}

fn union(axes: &[Axis], a: &Region, b: &Region) -> Option<Region> {
    let mut differing = (0..a.len()).filter(|it| a[*it] != b[*it]);
    let at = differing.next()?;
    if differing.next().is_some() {
        return None;
    }
    let mut pieces: Vec<usize> = a[at].iter().chain(&b[at]).copied().collect();
    pieces.sort_unstable();
    pieces.dedup();
    let whole = pieces.len() == axes[at].pieces.len();
    let run = pieces.windows(2).all(|it| join(&axes[at], it[0], it[1]));
    if !whole && !run {
        return None;
    }
    let mut union = a.clone();
    union[at] = pieces;
    Some(union)
}
