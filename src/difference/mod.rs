//! What changes between two rulebooks, or between two versions of the data: edits, the cases they change, and which edit did it.
//!
//! Nothing is guessed: an edit is a cause because applying it alone, or with the others it is named with, was run.

mod align;
mod bounds;
pub mod causes;
pub mod cells;
mod compare;
pub mod edits;
pub mod figures;
mod pairs;
pub mod patch;
mod print;
mod renames;
pub mod show;
mod slots;
pub mod summary;
pub mod witness;

pub use compare::Difference;
pub use compare::Effect;
pub use compare::Side;
pub use compare::compare;
