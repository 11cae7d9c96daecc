//! 入选 前 N (`semantics` §9.4): who is surely in, surely out, tied at the line. Seats by group are filled in `quotas`.

use crate::eval::population::members;
use crate::eval::population::members::Membership;
use crate::eval::population::quotas::Quotas;
use crate::eval::population::ranks::Field;
use crate::ir::AtLine;
use crate::ir::NodeId;
use crate::ir::Ranking;
use crate::ir::Selection;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;

/// How many places there are: at least, and at most.
pub type Places = (usize, usize);

/// Whether every row is selected.
pub fn selection(it: &Selection, columns: &BTreeMap<NodeId, Column>) -> Column {
    let rule = Ranking { then_by: it.line.then_by().or(it.ranking.then_by), ..it.ranking.clone() };
    let field = Field::new(&rule, columns);
    let among = members::memberships(it.among, columns, field.rows.len());
    let verdicts = verdicts(it, &field, columns);
    let ranked = members::memberships(it.ranking.among, columns, field.rows.len());
    let mut column = ColumnBuilder::new(Kind::Truth);
    for (row, member) in among.iter().enumerate() {
        let total = columns[&it.ranking.of].get(row);
        let outside =
            part(*member == Membership::Maybe || total.may_be_na(), Truth::NOT_APPLICABLE);
        let truth = match &field.rows[row] {
            _ if *member == Membership::Out => Truth::NOT_APPLICABLE,
            // Who has points, and is not ranked, is struck by a veto.
            None => part(total.has_values() || total.may_be_error(), Truth::FALSE).union(outside),
            Some(rival) => {
                let own = if rival.broken { Truth::ERROR } else { verdicts[row] };
                let error = part(rival.error, Truth::ERROR);
                let struck = part(ranked[row] == Membership::Maybe, Truth::FALSE);
                own.union(error).union(struck).union(outside)
            }
        };
        column.push(Set::Truth(truth));
    }
    column.finish()
}

/// What the place of every row comes to, if it is ranked.
fn verdicts(it: &Selection, field: &Field, columns: &BTreeMap<NodeId, Column>) -> Vec<Truth> {
    let rows = field.rows.len();
    let size = it.share.then(|| field.size());
    let ranked = || (0..rows).filter(|row| field.rows[*row].is_some());
    // What belongs to the population must be the same for all of its cases (§8.1).
    let Some(top) = places(&columns[&it.top], ranked(), size) else {
        return vec![Truth::ERROR; rows];
    };
    match it.quota {
        None => {
            let of = |row: usize| by_count(it.line, field, row, top);
            (0..rows).map(of).collect()
        }
        Some(quota) => Quotas::new(it.line, field, columns, (quota, it.each_share), top)
            .map_or_else(|| vec![Truth::ERROR; rows], |it| it.verdicts()),
    }
}

/// The number that a column holds in these rows: a whole number, or a share of a count, rounded down. None where it is in
/// error, not one for all of them, or neither whole nor a share.
pub fn places(
    column: &Column,
    mut rows: impl Iterator<Item = usize>,
    share_of: Option<Places>,
) -> Option<Places> {
    let Some(first) = rows.next() else { return Some((0, 0)) };
    let number = members::number_of(column, first);
    if number.na || number.error || rows.any(|row| members::number_of(column, row) != number) {
        return None;
    }
    let hull = number.values?;
    let is_broken = |it: &Number| it.floor() != *it;
    if share_of.is_none() && hull.single().is_some_and(is_broken) {
        return None;
    }
    let (few, many) = share_of.unwrap_or((1, 1));
    let whole = |at: &Number, of: usize| {
        let seats = at.multiply(&Number::from(of as i64)).floor();
        let most = if seats.is_negative() { 0 } else { usize::MAX };
        seats.to_i64().and_then(|it| usize::try_from(it).ok()).unwrap_or(most)
    };
    let low = hull.low.as_ref().map_or(0, |it| whole(&it.at, few));
    let high = hull.high.as_ref().map_or(usize::MAX, |it| whole(&it.at, many));
    Some((low, high))
}

/// Whether a case is among the first so many.
fn by_count(line: AtLine, field: &Field, row: usize, (few, many): Places) -> Truth {
    let (surely_before, may_be_before) = field.before(row);
    let (surely_reach, may_reach) = field.beside(row);
    match line {
        AtLine::All => {
            part(surely_before < many, Truth::TRUE).union(part(may_be_before >= few, Truth::FALSE))
        }
        AtLine::Nobody => {
            part(surely_reach < many, Truth::TRUE).union(part(may_reach >= few, Truth::FALSE))
        }
        AtLine::Unsaid | AtLine::ThenBy(_) => {
            let tie = surely_before < many && may_reach >= few && field.may_be_equal(row);
            part(surely_reach < many, Truth::TRUE)
                .union(part(may_be_before >= few, Truth::FALSE))
                .union(part(tie, Truth::ERROR))
        }
    }
}

fn part(possible: bool, truth: Truth) -> Truth {
    if possible { truth } else { Truth::NOTHING }
}
