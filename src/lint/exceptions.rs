//! Exceptions that never take hold, and pairs that may take hold at once with different results and no order between them.

use crate::diagnostic::Diagnostics;
use crate::ir::ExceptionArm;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::lint::errors;
use crate::lint::probe;
use crate::lint::probe::Ask;
use crate::value::Truth;

/// Looks through the exceptions of every rule of a table without a parent.
pub fn find(program: &Program, found: &mut Diagnostics) {
    for node in &program.nodes {
        let NodeKind::Exceptions { exceptions, .. } = &node.kind else { continue };
        let alone: Vec<Vec<Ask>> = exceptions.iter().map(|it| vec![(it.guard, true)]).collect();
        let pairs: Vec<(usize, usize)> = pairs(exceptions);
        let both = pairs
            .iter()
            .map(|(a, b)| vec![(exceptions[*a].guard, true), (exceptions[*b].guard, true)]);
        let asks: Vec<Vec<Ask>> = alone.into_iter().chain(both).collect();
        let answers = probe::ask(program, node.space, &asks);
        let (alone, both) = answers.split_at(exceptions.len());
        for (arm, answer) in exceptions.iter().zip(alone) {
            if !answer.possible.may(Truth::TRUE) {
                let at = program.node(arm.guard).span;
                found.push(
                    errors::never_taken(at, &arm.article)
                        .example(errors::blank(program, node.space)),
                );
            }
        }
        for ((a, b), answer) in pairs.iter().zip(both) {
            // Only a case that was found is told: lists may exclude each other in ways that are not seen.
            if let Some(example) = &answer.example {
                let example = errors::example(program, node.space, Some(example));
                let at = program.node(exceptions[*b].guard).span;
                let articles = [&exceptions[*a].article, &exceptions[*b].article];
                found.push(errors::conflict(at, articles, example));
            }
        }
    }
}

/// Pairs with different results, neither of which stands in for or before the other.
fn pairs(arms: &[ExceptionArm]) -> Vec<(usize, usize)> {
    let all = (0..arms.len()).flat_map(|a| (a + 1..arms.len()).map(move |b| (a, b)));
    all.filter(|(a, b)| {
        let is_ordered = ranks_before(arms, *a, *b) || ranks_before(arms, *b, *a);
        arms[*a].deemed != arms[*b].deemed && !is_ordered
    })
    .collect()
}

/// Whether one exception stands against the other, by itself or by those it stands against.
fn ranks_before(arms: &[ExceptionArm], mut one: usize, other: usize) -> bool {
    for _ in 0..arms.len() {
        match arms[one].against {
            Some((_, against)) if against == other => return true,
            Some((_, against)) => one = against,
            None => return false,
        }
    }
    false
}
