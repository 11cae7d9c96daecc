//! Ranks where everything is known: cases put in order by what is seen of their values, which are worked out only where that
//! does not tell them apart (`semantics` §7.3). Values with holes are ranked in `ranks`.

use crate::eval::population::members;
use crate::eval::population::members::Membership;
use crate::ir::NodeId;
use crate::ir::Ranking;
use crate::ir::Ties;
use crate::value::Column;
use crate::value::NumberColumn;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Sparse;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The rank of every row; none where a rank may not be one number, or 再比 settles ties.
pub fn ranks(it: &Ranking, columns: &BTreeMap<NodeId, Column>) -> Option<Column> {
    let Column::Number(of) = &columns[&it.of] else { return None };
    let rows = of.values.len();
    let members = members::memberships(it.among, columns, rows);
    let unranked = |set: &Possible<_>| set.values.is_none() && !set.error;
    if it.then_by.is_some()
        || members.contains(&Membership::Maybe)
        || !of.special.iter().all(|(_, set)| unranked(set))
    {
        return None;
    }
    let mut is_in: Vec<bool> = members.iter().map(|it| *it == Membership::In).collect();
    of.special.iter().for_each(|(row, _)| is_in[row as usize] = false);
    let classes = classes(&of.values, &is_in, it.ascending);
    // Twice each rank, so that it is whole.
    let mut twice = vec![0i64; rows];
    let mut before = 0;
    for (at, class) in (1i64..).zip(&classes) {
        let equal = class.len() as i64;
        let rank = match it.ties {
            Ties::Competition => 2 * (before + 1),
            Ties::Dense => 2 * at,
            Ties::Mean => 2 * before + equal + 1,
        };
        class.iter().for_each(|row| twice[*row] = rank);
        before += equal;
    }
    let values = match it.ties {
        Ties::Mean if twice.iter().any(|it| it % 2 != 0) => {
            Numbers::Scaled { scale: 1, mantissas: twice.iter().map(|it| it * 5).collect() }
        }
        _ => Numbers::Scaled { scale: 0, mantissas: twice.iter().map(|it| it / 2).collect() },
    };
    let mut special = Sparse::default();
    for row in (0..rows).filter(|row| !is_in[*row]) {
        special.push(row as u32, Possible::not_applicable());
    }
    Some(Column::Number(NumberColumn { values, special }))
}

/// The rows that are in, best first, those of one value together.
fn classes(values: &Numbers, is_in: &[bool], ascending: bool) -> Vec<Vec<usize>> {
    let upward = values.order();
    let order = |a, b| if ascending { upward(a, b) } else { upward(b, a) };
    let mut rows: Vec<usize> = (0..is_in.len()).filter(|row| is_in[*row]).collect();
    rows.sort_unstable_by(|a, b| order(*a, *b));
    let same = |a: &usize, b: &usize| order(*a, *b) == Ordering::Equal;
    rows.chunk_by(same).map(<[usize]>::to_vec).collect()
}
