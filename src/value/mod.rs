//! Exact numbers, units, days, and the sets of outcomes that missing data leave. No rule is known here.

pub mod bits;
pub mod column;
pub mod number;
pub mod set;
pub mod truth;
pub mod unit;

pub use bits::Bits;
pub use column::Column;
pub use column::NumberColumn;
pub use column::Numbers;
pub use column::PlainColumn;
pub use column::Sparse;
pub use column::TruthColumn;
pub use number::Number;
pub use set::DateHull;
pub use set::End;
pub use set::Foreign;
pub use set::Hull;
pub use set::MemberSet;
pub use set::Possible;
pub use set::Set;
pub use set::State;
pub use set::TextSet;
pub use truth::Truth;
pub use unit::Dimension;
pub use unit::Unit;
pub use unit::UnitKind;
