//! What is odd about a rulebook that is sound: conditions that never matter, exceptions that contradict, points that fall
//! as performance rises. A finding is a proof, the absence of one is none; gaps and overlaps of tables are in `check`.
//!
//! Every question is put to the one evaluator: a case of which nothing is known stands for every case that the declared
//! fields allow (`semantics` L2), and pass 2 cuts it up. What is excluded there cannot happen in any data. What is not
//! excluded may still be impossible: lists are known by their fields alone, and a question is given up after
//! [`probe::STEPS`] steps. What looks at all cases of a run at once (唯一, 名次, 全部) is not asked about.

mod conditions;
mod errors;
mod exceptions;
mod points;
mod probe;
mod seen;

pub use seen::seen;

use crate::diagnostic::Diagnostics;
use crate::ir::Program;
use crate::source::Sources;

/// Everything that is found about a rulebook by itself, in the order of its text.
pub fn lint(program: &Program, sources: &Sources) -> Diagnostics {
    let mut found = Diagnostics::default();
    conditions::find(program, sources, &mut found);
    exceptions::find(program, &mut found);
    points::find(program, sources, &mut found);
    found.sort();
    found
}
