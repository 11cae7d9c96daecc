//! 入选 前 N (`semantics` §9.4): who is surely in, surely out, tied at the line. Where each stands is computed in `ranks`.

use crate::eval::key::Key;
use crate::eval::population::members;
use crate::eval::population::members::Membership;
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

/// Whether every row is selected.
pub fn selection(it: &Selection, columns: &BTreeMap<NodeId, Column>) -> Column {
    let rule = Ranking { then_by: it.line.then_by().or(it.ranking.then_by), ..it.ranking.clone() };
    let field = Field::new(&rule, columns);
    let rows = field.rows.len();
    let among = members::memberships(it.among, columns, rows);
    let all = Seats { it, field: &field, columns, groups: groups(it, columns, rows) };
    let mut column = ColumnBuilder::new(Kind::Truth);
    for (row, member) in among.iter().enumerate() {
        let scored = columns[&it.ranking.of].get(row).has_values();
        let truth = match (&field.rows[row], member) {
            (_, Membership::Out) => Truth::NOT_APPLICABLE,
            (None, _) if scored => Truth::FALSE,
            (None, _) => Truth::NOT_APPLICABLE,
            (Some(rival), _) if rival.broken => Truth::ERROR,
            (Some(rival), member) => {
                let error = if rival.error { Truth::ERROR } else { Truth::NOTHING };
                let struck =
                    if rival.certain || rival.error { Truth::NOTHING } else { Truth::FALSE };
                let out = match member {
                    Membership::Maybe => Truth::NOT_APPLICABLE,
                    _ => Truth::NOTHING,
                };
                all.of(row).union(error).union(struck).union(out)
            }
        };
        column.push(Set::Truth(truth));
    }
    column.finish()
}

/// The group of each row, where it is known.
fn groups(
    it: &Selection,
    columns: &BTreeMap<NodeId, Column>,
    rows: usize,
) -> Option<Vec<Option<Key>>> {
    let (group, _) = it.quota?;
    Some((0..rows).map(|row| Key::of(&columns[&group].get(row))).collect())
}

struct Seats<'a> {
    it: &'a Selection,
    field: &'a Field,
    columns: &'a BTreeMap<NodeId, Column>,
    groups: Option<Vec<Option<Key>>>,
}

impl Seats<'_> {
    fn of(&self, row: usize) -> Truth {
        let Some(top) = self.number(self.it.top, row) else { return Truth::UNDECIDED };
        let (most, least) = self.field.size();
        let (few, many) = match self.it.share {
            // A share of those that are ranked, rounded down.
            true => {
                let of = |count: usize| {
                    let seats = top.multiply(&Number::from(count as i64)).floor().to_i64();
                    usize::try_from(seats.unwrap_or(0)).unwrap_or(0)
                };
                (of(least), of(most))
            }
            false => {
                let seats = usize::try_from(top.floor().to_i64().unwrap_or(i64::MAX)).unwrap_or(0);
                (seats, seats)
            }
        };
        let line = self.line(self.field.before(row), self.field.beside(row), (few, many));
        match (&self.groups, self.it.quota) {
            (Some(groups), Some((_, quota))) => self.within(row, groups, quota, line, few),
            _ => line,
        }
    }

    fn number(&self, node: NodeId, row: usize) -> Option<Number> {
        let set = members::number_of(&self.columns[&node], row);
        set.single().cloned()
    }

    /// Where a case stands to a line behind so many seats: how many go before it, how many reach it.
    fn line(
        &self,
        (before, may_before): (usize, usize),
        (beside, may_beside): (usize, usize),
        (few, many): (usize, usize),
    ) -> Truth {
        let surely_in = match self.it.line {
            AtLine::All => may_before < few,
            _ => may_beside < few,
        };
        let surely_out = match self.it.line {
            AtLine::Nobody => beside >= many,
            _ => before >= many,
        };
        let tie = matches!(self.it.line, AtLine::Unsaid | AtLine::ThenBy(_));
        match (surely_in, surely_out) {
            (true, _) => Truth::TRUE,
            (_, true) => Truth::FALSE,
            _ if tie && self.field.is_settled() && few == many => Truth::ERROR,
            _ if tie && may_beside > before => Truth::UNDECIDED.union(Truth::ERROR),
            _ => Truth::UNDECIDED,
        }
    }

    /// 名额: the group and the whole must have room. Sound, and exact where no tie lies at a line.
    fn within(
        &self,
        row: usize,
        groups: &[Option<Key>],
        quota: NodeId,
        line: Truth,
        seats: usize,
    ) -> Truth {
        let (Some(own), Some(room)) = (&groups[row], self.seats_of(quota, row)) else {
            return if line == Truth::FALSE { line } else { Truth::UNDECIDED };
        };
        let relation = |other: usize| self.field.between(other, row);
        let mut surely_before = 0;
        let mut in_group = (0, 0, 0, 0);
        let mut may_enter: BTreeMap<&Key, (usize, usize)> = BTreeMap::new();
        let mut strangers = 0;
        for other in (0..groups.len()).filter(|it| *it != row && self.field.rows[*it].is_some()) {
            let Some((sure, may, sure_beside, may_beside)) = relation(other) else { continue };
            match &groups[other] {
                Some(group) if group == own => {
                    in_group.0 += usize::from(sure);
                    in_group.1 += usize::from(may);
                    in_group.2 += usize::from(sure_beside);
                    in_group.3 += usize::from(may_beside);
                }
                Some(group) if may_beside => {
                    let entry = may_enter.entry(group).or_default();
                    entry.0 += 1;
                    entry.1 = self.seats_of(quota, other).unwrap_or(usize::MAX);
                    surely_before += usize::from(sure && self.enters(other, groups, quota));
                }
                None if may_beside => strangers += 1,
                _ => {}
            }
        }
        let group = self.line((in_group.0, in_group.1), (in_group.2, in_group.3), (room, room));
        let others: usize = may_enter.values().map(|(count, room)| *count.min(room)).sum();
        let own_group = in_group.3.min(room.saturating_sub(1));
        let fits = others + own_group + strangers < seats;
        let own_before = in_group.0.min(room);
        match group {
            Truth::FALSE => Truth::FALSE,
            _ if surely_before + own_before >= seats => Truth::FALSE,
            group if fits => group,
            Truth::ERROR => Truth::ERROR,
            _ if self.field.is_settled() && strangers == 0 => {
                self.filled(row, groups, quota, seats)
            }
            _ => Truth::UNDECIDED.union(Truth::ERROR),
        }
    }

    /// Whether another case surely has a seat of its group's.
    fn enters(&self, row: usize, groups: &[Option<Key>], quota: NodeId) -> bool {
        let Some(room) = self.seats_of(quota, row) else { return false };
        let rivals = (0..groups.len()).filter(|it| {
            *it != row && self.field.rows[*it].is_some() && groups[*it] == groups[row]
        });
        rivals.filter(|it| self.field.between(*it, row).is_some_and(|it| it.3)).count() < room
    }

    /// Everything is known: the seats are filled from the top.
    fn filled(&self, row: usize, groups: &[Option<Key>], quota: NodeId, seats: usize) -> Truth {
        let before: Vec<usize> = (0..groups.len())
            .filter(|it| *it != row && self.field.between(*it, row).is_some_and(|it| it.0))
            .collect();
        let tied = (0..groups.len())
            .any(|it| it != row && self.field.between(it, row).is_some_and(|it| it.3 && !it.1));
        if tied {
            return match self.it.line {
                AtLine::All | AtLine::Nobody => Truth::UNDECIDED,
                _ => Truth::ERROR,
            };
        }
        let taken = before.iter().filter(|it| self.enters(**it, groups, quota)).count();
        Truth::of(taken < seats)
    }

    fn seats_of(&self, quota: NodeId, row: usize) -> Option<usize> {
        usize::try_from(self.number(quota, row)?.floor().to_i64()?).ok()
    }
}
