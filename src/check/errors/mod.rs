//! What the checker says: one constructor for each fault, with its remedy, in both languages. No fault is found here.

mod articles;
mod functions;
mod items;
mod lapses;
mod names;
mod naming;
mod periods;
mod rows;
mod said;
mod scores;
mod shapes;
mod tables;
mod weights;
mod words;

pub(super) use articles::*;
pub(super) use functions::*;
pub(super) use items::*;
pub(super) use lapses::*;
pub(super) use names::*;
pub(super) use naming::*;
pub(super) use periods::*;
pub(super) use rows::*;
pub(super) use said::*;
pub(super) use scores::*;
pub(super) use shapes::*;
pub(super) use tables::*;
pub(super) use weights::*;
pub(super) use words::*;

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A fault at one place.
fn fault(code: Code, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, zh, en).at(span)
}
