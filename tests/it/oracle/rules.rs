//! 适用, exceptions, 原则上 and 分级, one outcome at a time (`semantics` §§3.4, 6.1–6.3).

use crate::oracle::Plain;
use crate::oracle::plain::Evaluator;
use crate::oracle::plain::passes;
use heng::ir::Against;
use heng::ir::ExceptionArm;
use heng::ir::GradeTest;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Unanswered;

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
            NodeKind::Grade { of, rows } => self.graded(node, row, &self.outcome(*of, row), rows),
            other => unreachable!("{other:?} is no rule"),
        }
    }

    /// The first row whose test holds; an error before that is the result.
    fn graded(&self, node: NodeId, row: usize, of: &Plain, rows: &[(GradeTest, NodeId)]) -> Plain {
        for (test, result) in rows {
            let holds = match (test, of) {
                (GradeTest::Any, _) => Plain::truth(true),
                (_, Plain::Error | Plain::Unspoken) => of.clone(),
                (GradeTest::NotApplicable, _) => Plain::truth(*of == Plain::NotApplicable),
                (_, Plain::NotApplicable) => Plain::truth(false),
                (GradeTest::Otherwise, _) => Plain::truth(true),
                (GradeTest::Tests(tests), Plain::Value(value)) => passes(self, row, value, tests),
                (GradeTest::Members(members), Plain::Value(value)) => {
                    self.within(node, row, value, members)
                }
            };
            match holds {
                it if it.is_true() => return self.outcome(*result, row),
                Plain::Value(_) => {}
                other => return other,
            }
        }
        Plain::Error
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
