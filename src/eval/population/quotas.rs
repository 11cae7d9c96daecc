//! 名额 (`semantics` §9.4): groups and total are filled in the order of ranks, and a case enters if its group and the total still have room. What is not known is bounded.

use crate::eval::key::Key;
use crate::eval::population::counts::Counts;
use crate::eval::population::ranks::Field;
use crate::eval::population::selection;
use crate::eval::population::selection::Places;
use crate::eval::population::several::Several;
use crate::ir::AtLine;
use crate::ir::NodeId;
use crate::value::Column;
use crate::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What is known of a case's group.
#[derive(Clone, PartialEq, Eq)]
enum Group {
    /// The one with this place among the groups.
    Known(usize),
    /// 不适用: no group has a seat for it.
    None,
    /// It is not known.
    Open,
    /// 错误: for the others it may be of any.
    Error,
}

/// Seats by group.
pub struct Quotas<'a> {
    line: AtLine,
    field: &'a Field,
    groups: Vec<Group>,
    /// The seats of each group.
    rooms: Vec<Places>,
    /// The seats of all.
    total: Places,
    /// The rows that are, or may be, ranked.
    ranked: Vec<usize>,
    /// Those of each group.
    members: Vec<Several>,
    /// Those that may be of any group.
    strangers: Several,
}

impl Quotas<'_> {
    /// None where the seats of a group are in error, or not the same for all of its cases.
    pub fn new<'a>(
        line: AtLine,
        field: &'a Field,
        columns: &BTreeMap<NodeId, Column>,
        ((group, each), share): ((NodeId, NodeId), bool),
        total: Places,
    ) -> Option<Quotas<'a>> {
        let ranked: Vec<usize> =
            (0..field.rows.len()).filter(|row| field.rows[*row].is_some()).collect();
        let mut known: BTreeMap<Key, usize> = BTreeMap::new();
        let groups: Vec<Group> = (0..field.rows.len())
            .map(|row| {
                let set = columns[&group].get(row);
                let next = known.len();
                match Key::of(&set) {
                    Some(key) => Group::Known(*known.entry(key).or_insert(next)),
                    None if set.has_values() || !set.is_settled() => Group::Open,
                    None if set.may_be_error() => Group::Error,
                    None => Group::None,
                }
            })
            .collect();
        let mut by_group: Vec<Vec<usize>> = vec![vec![]; known.len()];
        let mut strangers = vec![];
        for row in &ranked {
            match groups[*row] {
                Group::Known(at) => by_group[at].push(*row),
                Group::Open | Group::Error => strangers.push(*row),
                Group::None => {}
            }
        }
        let mut rooms = vec![];
        for rows in &by_group {
            // Who is ranked for certain, and who may be: of this group, or of a group that is not known.
            let sure =
                rows.iter().filter(|row| field.rows[**row].as_ref().is_some_and(|it| it.certain));
            let size = share.then(|| (sure.count(), rows.len() + strangers.len()));
            rooms.push(selection::places(&columns[&each], rows.iter().copied(), size)?);
        }
        let members = by_group.into_iter().map(|it| field.several(it.into_iter())).collect();
        let strangers = field.several(strangers.into_iter());
        Some(Quotas { line, field, groups, rooms, total, ranked, members, strangers })
    }

    /// What each row comes to, if it is ranked.
    pub fn verdicts(&self) -> Vec<Truth> {
        let mut verdicts = self.filled().unwrap_or_else(|| self.bounded());
        for (verdict, group) in verdicts.iter_mut().zip(&self.groups) {
            match group {
                Group::None => *verdict = Truth::FALSE,
                Group::Error => *verdict = Truth::ERROR,
                Group::Known(_) | Group::Open => {}
            }
        }
        verdicts
    }

    fn group_of(&self, row: usize) -> Option<usize> {
        match self.groups[row] {
            Group::Known(at) => Some(at),
            _ => None,
        }
    }

    /// All seats filled from the top; none where anything is not known.
    fn filled(&self) -> Option<Vec<Truth>> {
        let fixed = |(few, many): &Places| few == many;
        let open = |row: &usize| matches!(self.groups[*row], Group::Open | Group::Error);
        let open = self.ranked.iter().any(open);
        if !self.field.is_settled() || open || !fixed(&self.total) || !self.rooms.iter().all(fixed)
        {
            return None;
        }
        let mut order: Vec<(usize, usize)> = vec![];
        for row in self.ranked.iter().filter(|row| self.group_of(**row).is_some()) {
            let (before, may_be_before) = self.field.before(*row);
            if before != may_be_before {
                return None;
            }
            order.push((before, *row));
        }
        order.sort_unstable();
        let mut fill = Fill {
            quotas: self,
            room: self.rooms.iter().map(|it| it.0).collect(),
            left: self.total.0,
            verdicts: vec![Truth::FALSE; self.groups.len()],
        };
        for class in order.chunk_by(|a, b| a.0 == b.0) {
            let rows: Vec<usize> = class.iter().map(|it| it.1).collect();
            fill.class(&rows);
        }
        Some(fill.verdicts)
    }

    /// Who surely enters and who surely does not: sound, not promised tight.
    fn bounded(&self) -> Vec<Truth> {
        let surely: Vec<bool> = (0..self.groups.len()).map(|row| self.surely_in(row)).collect();
        let entrants = (0..surely.len()).filter(|row| surely[*row]);
        let entrants = self.field.several(entrants);
        let verdict = |row: usize| {
            if surely[row] {
                return Truth::TRUE;
            }
            if self.surely_out(row, &entrants) {
                return Truth::FALSE;
            }
            let unsaid = matches!(self.line, AtLine::Unsaid | AtLine::ThenBy(_));
            match unsaid && self.field.may_be_equal(row) {
                true => Truth::UNDECIDED.union(Truth::ERROR),
                false => Truth::UNDECIDED,
            }
        };
        (0..self.groups.len()).map(verdict).collect()
    }

    /// Whether its group and the total have room whoever else comes. With 全入选 a tie may take more than the seats.
    fn surely_in(&self, row: usize) -> bool {
        let (Some(own), Some(_)) = (self.group_of(row), &self.field.rows[row]) else {
            return false;
        };
        let all = self.line == AtLine::All;
        let rival = |several: &Several| {
            let counts = self.field.counts(several, row);
            if all { counts.may_be_before } else { counts.may_reach }
        };
        let rivals: Vec<usize> = self.members.iter().map(rival).collect();
        let strangers = rival(&self.strangers);
        let most =
            |(count, room): (&usize, &Places)| if all { *count } else { *count.min(&room.1) };
        let entrants: usize =
            rivals.iter().zip(&self.rooms).map(most).fold(0, usize::saturating_add);
        rivals[own] + strangers < self.rooms[own].0 && entrants + strangers < self.total.0
    }

    /// Whether its group, or the total, is surely full before it is reached.
    fn surely_out(&self, row: usize, surely: &Several) -> bool {
        if self.field.rows[row].is_none() {
            return false;
        }
        let nobody = self.line == AtLine::Nobody;
        let counts: Vec<Counts> =
            self.members.iter().map(|it| self.field.counts(it, row)).collect();
        let before: Vec<usize> = counts.iter().map(|it| it.surely_before).collect();
        let reach: Vec<usize> = counts.iter().map(|it| it.surely_reach).collect();
        let sooner = self.field.counts(surely, row);
        let entrants = if nobody { sooner.surely_reach } else { sooner.surely_before };
        let ahead = if nobody { &reach } else { &before };
        let group_full = self.group_of(row).is_some_and(|own| ahead[own] >= self.rooms[own].1);
        // Seats that a tie leaves empty under 全不选 are not taken.
        let taken: usize = match nobody {
            true => 0,
            false => before.iter().zip(&self.rooms).map(|(count, room)| *count.min(&room.0)).sum(),
        };
        group_full || taken.max(entrants) >= self.total.1
    }
}

/// Seats as they are filled.
struct Fill<'a> {
    quotas: &'a Quotas<'a>,
    room: Vec<usize>,
    left: usize,
    verdicts: Vec<Truth>,
}

impl Fill<'_> {
    /// Cases that are equal come together.
    fn class(&mut self, rows: &[usize]) {
        let group = |row: &usize| self.quotas.group_of(*row);
        let groups: BTreeSet<usize> = rows.iter().filter_map(group).collect();
        let line = self.quotas.line;
        let mut entering = 0;
        for at in groups {
            let of_group: Vec<usize> =
                rows.iter().copied().filter(|row| group(row) == Some(at)).collect();
            let (wanted, room) = (of_group.len(), self.room[at]);
            let fits = wanted <= room;
            let verdict = match (room > 0 && self.left > 0, fits) {
                (false, _) => Truth::FALSE,
                (true, true) => Truth::TRUE,
                (true, false) => at_line(line),
            };
            entering += match verdict {
                Truth::TRUE => wanted,
                Truth::ERROR => room,
                _ => 0,
            };
            // Where the line of a group runs through a class nobody below it enters.
            self.room[at] = if fits { room - wanted } else { 0 };
            of_group.iter().for_each(|row| self.verdicts[*row] = verdict);
        }
        if entering <= self.left {
            self.left -= entering;
            return;
        }
        // The line of the total runs through the class.
        self.left = 0;
        for row in rows {
            if self.verdicts[*row] != Truth::FALSE {
                self.verdicts[*row] = at_line(line);
            }
        }
    }
}

/// What cases come to through which a line runs.
fn at_line(line: AtLine) -> Truth {
    match line {
        AtLine::All => Truth::TRUE,
        AtLine::Nobody => Truth::FALSE,
        AtLine::Unsaid | AtLine::ThenBy(_) => Truth::ERROR,
    }
}
