//! Which part of one list is which part of another: by what they say, then by what marks them, then by their place.

use crate::difference::slots::Order;
use std::collections::BTreeMap;

/// A step from one list to the other: a part of both, of the old one alone, of the new one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place in the old list.
    pub old: Option<usize>,
    /// Its place in the new list.
    pub new: Option<usize>,
}

/// What is known of a part: what it says, and what of it may stay while the rest changes.
#[derive(Clone, Debug)]
pub struct Known {
    /// Equal parts say the same.
    pub says: String,
    /// Marks it; empty where nothing does.
    pub marks: [String; 2],
}

/// More cells than this are not compared each with each; the parts are then taken by their places.
const MOST: usize = 4_000_000;

/// Steps in the order of the new list, what is gone before what came.
pub fn align(old: &[Known], new: &[Known], order: Order) -> Vec<Step> {
    let same = old.iter().zip(new).take_while(|(a, b)| a.says == b.says).count();
    let rest = |all: &[Known]| all.len() - same;
    let tail = old[same..]
        .iter()
        .rev()
        .zip(new[same..].iter().rev())
        .take_while(|(a, b)| a.says == b.says)
        .count();
    let (a, b) = (&old[same..same + rest(old) - tail], &new[same..same + rest(new) - tail]);
    let middle = match order {
        Order::Free => by_mark(a, b),
        Order::Read => by_place(a, b),
    };
    let shifted = middle
        .into_iter()
        .map(|it| Step { old: it.old.map(|it| it + same), new: it.new.map(|it| it + same) });
    let both = |old: usize, new: usize| Step { old: Some(old), new: Some(new) };
    let start = (0..same).map(|at| both(at, at));
    let end = (0..tail).rev().map(|back| both(old.len() - 1 - back, new.len() - 1 - back));
    start.chain(shifted).chain(end).collect()
}

/// Parts whose order says nothing.
fn by_mark(old: &[Known], new: &[Known]) -> Vec<Step> {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    let keys: [fn(&Known) -> &str; 3] = [|it| &it.says, |it| &it.marks[0], |it| &it.marks[1]];
    for key in keys {
        let mut free: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, it) in old.iter().enumerate().rev().filter(|it| !taken[it.0]) {
            free.entry(key(it)).or_default().push(at);
        }
        for (at, it) in new.iter().enumerate() {
            if partner[at].is_none() && !key(it).is_empty() {
                partner[at] = free.get_mut(key(it)).and_then(Vec::pop);
                partner[at].iter().for_each(|it| taken[*it] = true);
            }
        }
    }
    // What nothing marks is taken in the order written.
    let unmarked = |it: &Known| it.marks[0].is_empty();
    let mut left =
        old.iter().enumerate().filter(|it| !taken[it.0] && unmarked(it.1)).map(|it| it.0);
    let left: Vec<usize> = left.by_ref().collect();
    let mut left = left.into_iter();
    for (at, it) in new.iter().enumerate() {
        if partner[at].is_none() && unmarked(it) {
            partner[at] = left.next();
            partner[at].iter().for_each(|it| taken[*it] = true);
        }
    }
    let gone = (0..old.len()).filter(|it| !taken[*it]).map(|at| Step { old: Some(at), new: None });
    let kept = partner.iter().enumerate().map(|(at, old)| Step { old: *old, new: Some(at) });
    gone.chain(kept).collect()
}

/// Parts whose order is read: the cheapest way from one list to the other.
fn by_place(old: &[Known], new: &[Known]) -> Vec<Step> {
    let (n, m) = (old.len(), new.len());
    if (n + 1).saturating_mul(m + 1) > MOST {
        let both = n.min(m);
        let pairs = (0..both).map(|at| Step { old: Some(at), new: Some(at) });
        let gone = (both..n).map(|at| Step { old: Some(at), new: None });
        let came = (both..m).map(|at| Step { old: None, new: Some(at) });
        return pairs.chain(gone).chain(came).collect();
    }
    let change = |i: usize, j: usize| {
        let alike =
            |at: usize| !old[i].marks[at].is_empty() && old[i].marks[at] == new[j].marks[at];
        match (old[i].says == new[j].says, alike(0) || alike(1)) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 5,
        }
    };
    let mut cost = vec![vec![0u32; m + 1]; n + 1];
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            cost[i][j] = match (i < n, j < m) {
                (false, false) => 0,
                (true, false) => cost[i + 1][j] + 3,
                (false, true) => cost[i][j + 1] + 3,
                (true, true) => (cost[i + 1][j + 1] + change(i, j))
                    .min(cost[i + 1][j] + 3)
                    .min(cost[i][j + 1] + 3),
            };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, vec![]);
    while i < n || j < m {
        if i < n && j < m && cost[i][j] == cost[i + 1][j + 1] + change(i, j) {
            steps.push(Step { old: Some(i), new: Some(j) });
            (i, j) = (i + 1, j + 1);
        } else if i < n && cost[i][j] == cost[i + 1][j] + 3 {
            steps.push(Step { old: Some(i), new: None });
            i += 1;
        } else {
            steps.push(Step { old: None, new: Some(j) });
            j += 1;
        }
    }
    steps
}
