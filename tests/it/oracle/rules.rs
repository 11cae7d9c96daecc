//! 适用, exceptions, 原则上 and 分级, one outcome at a time (`semantics` §§3.4, 6.1–6.3).

use crate::oracle::Plain;
use crate::oracle::plain::Evaluator;
use crate::oracle::plain::passes;
use crate::oracle::strict;
use heng::ir::Against;
use heng::ir::CellTest;
use heng::ir::Decision;
use heng::ir::DecisionRow;
use heng::ir::ExceptionArm;
use heng::ir::Hit;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Unanswered;
use heng::value::Number;

impl Evaluator<'_> {
    pub(crate) fn rule(&self, node: NodeId, row: usize) -> Plain {
        match &self.program.node(node).kind {
            NodeKind::Applies { guard, body } => {
                applies(&self.outcome(*guard, row), || self.outcome(*body, row))
            }
            NodeKind::Soften { of, unanswered, answered } => {
                let answered = answered.is_some_and(|it| self.outcome(it, row).is_true());
                softened(self.outcome(*of, row), *unanswered, answered)
            }
            NodeKind::Exceptions { body, exceptions } => self.excepted(row, *body, exceptions),
            NodeKind::Decide(it) => self.decided(row, it),
            other => unreachable!("{other:?} is no rule"),
        }
    }

    /// What a table gives: by 命中 the first row that holds, the only one, or the sum of all.
    fn decided(&self, row: usize, it: &Decision) -> Plain {
        let mut holds: Vec<Plain> = it.rows.iter().map(|of| self.row_holds(row, it, of)).collect();
        if it.hit == Hit::First {
            for (holds, of) in holds.into_iter().zip(&it.rows) {
                match holds {
                    it if it.is_true() => return self.outcome(of.result, row),
                    Plain::Value(_) => {}
                    other => return other,
                }
            }
            return Plain::Error;
        }
        if let Some(done) = strict(&holds) {
            return done;
        }
        // 其余: a row with more of it yields to one with less.
        let rest: Vec<usize> = it
            .rows
            .iter()
            .map(|it| it.cells.iter().filter(|it| **it == CellTest::Otherwise).count())
            .collect();
        let least = (0..rest.len()).filter(|at| holds[*at].is_true()).map(|at| rest[at]).min();
        for (holds, rest) in holds.iter_mut().zip(&rest) {
            if *rest > 0 && least.is_some_and(|least| least < *rest) {
                *holds = Plain::truth(false);
            }
        }
        let held = holds.iter().zip(&it.rows).filter(|it| it.0.is_true());
        let results: Vec<Plain> = held.map(|it| self.outcome(it.1.result, row)).collect();
        match (it.hit, results.as_slice()) {
            (_, []) => Plain::Error,
            (Hit::Only, [one]) => one.clone(),
            (Hit::Only, _) => Plain::Error,
            (_, all) => {
                let values: Vec<Plain> =
                    all.iter().filter(|it| **it != Plain::NotApplicable).cloned().collect();
                match strict(&values) {
                    Some(done) => done,
                    None if values.is_empty() => Plain::NotApplicable,
                    None => {
                        let add = |sum: Number, it: &Plain| sum.add(it.as_number());
                        Plain::number(values.iter().fold(Number::zero(), add))
                    }
                }
            }
        }
    }

    /// Its cells joined: one that fails decides before one in error.
    fn row_holds(&self, row: usize, it: &Decision, of: &DecisionRow) -> Plain {
        let cells = it.heads.iter().zip(&of.cells);
        let cells: Vec<Plain> =
            cells.map(|(head, cell)| self.cell_holds(row, *head, cell)).collect();
        if cells.iter().any(Plain::is_false) {
            return Plain::truth(false);
        }
        strict(&cells).unwrap_or(Plain::truth(true))
    }

    fn cell_holds(&self, row: usize, head: NodeId, cell: &CellTest) -> Plain {
        if *cell == CellTest::Any {
            return Plain::truth(true);
        }
        match (cell, self.outcome(head, row)) {
            (_, of @ (Plain::Error | Plain::Unspoken)) => of,
            (CellTest::NotApplicable, of) => Plain::truth(of == Plain::NotApplicable),
            (_, Plain::NotApplicable) => Plain::truth(false),
            (CellTest::Truth(wanted), of) => Plain::truth(of == Plain::truth(*wanted)),
            (CellTest::Tests(tests), Plain::Value(value)) => passes(self, row, &value, tests),
            (CellTest::Members(members), Plain::Value(value)) => {
                self.within(head, row, self.program.node(head).ty, &value, members)
            }
            (CellTest::Any | CellTest::Otherwise, _) => Plain::truth(true),
        }
    }

    /// A guard in error is read both ways; if the readings differ the result is in error.
    fn excepted(&self, row: usize, body: NodeId, arms: &[ExceptionArm]) -> Plain {
        let guards: Vec<Plain> = arms.iter().map(|it| self.outcome(it.guard, row)).collect();
        if guards.contains(&Plain::Unspoken) {
            return Plain::Unspoken;
        }
        let errors: Vec<usize> = (0..arms.len()).filter(|it| guards[*it] == Plain::Error).collect();
        let mut results = (0..1 << errors.len()).map(|reading: usize| {
            let mut live: Vec<bool> = guards.iter().map(Plain::is_true).collect();
            for (bit, arm) in errors.iter().enumerate() {
                live[*arm] = reading >> bit & 1 == 1;
            }
            self.consequence(row, body, arms, &live)
        });
        let first = results.next().expect("there is one reading at least");
        if results.all(|it| it == first) { first } else { Plain::Error }
    }

    fn consequence(&self, row: usize, body: NodeId, arms: &[ExceptionArm], live: &[bool]) -> Plain {
        // An exception to an exception stands in its place: it is there while that is, and falls with it.
        let overridden = |at: usize| {
            (0..arms.len()).any(|it| live[it] && arms[it].against == Some((Against::Overrides, at)))
        };
        let in_place = |mut at: usize| loop {
            match (live[at] && !overridden(at), arms[at].against) {
                (true, Some((Against::Replaces, below))) => at = below,
                (there, _) => return there,
            }
        };
        let replaced = |at: usize| {
            (0..arms.len())
                .any(|it| arms[it].against == Some((Against::Replaces, at)) && in_place(it))
        };
        let stands = |at: usize| in_place(at) && !replaced(at);
        let mut deemed =
            (0..arms.len()).filter(|it| stands(*it)).map(|it| self.outcome(arms[it].deemed, row));
        match deemed.next() {
            None => self.outcome(body, row),
            Some(first) if deemed.all(|it| it == first) => first,
            Some(_) => Plain::Error,
        }
    }
}

/// 原则上: everything but 不适用 becomes 真; hardened, an unanswered departure becomes what the rulebook says,
/// and an error, which may be one, stays.
fn softened(of: Plain, unanswered: Unanswered, answered: bool) -> Plain {
    match (of, unanswered) {
        (it @ (Plain::NotApplicable | Plain::Unspoken), _) => it,
        (Plain::Error, Unanswered::Undetermined | Unanswered::NotMet) if !answered => Plain::Error,
        (it, Unanswered::NotMet) if !answered => it,
        (it, Unanswered::Undetermined) if !answered && it.is_false() => Plain::Error,
        _ => Plain::truth(true),
    }
}

/// 适用: guard 假 or 不适用 → 不适用, 错误 → 错误.
pub fn applies(guard: &Plain, body: impl FnOnce() -> Plain) -> Plain {
    match guard {
        Plain::NotApplicable => Plain::NotApplicable,
        it if it.is_false() => Plain::NotApplicable,
        it if it.is_true() => body(),
        other => other.clone(),
    }
}
