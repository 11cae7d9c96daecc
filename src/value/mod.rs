//! Exact numbers, units, days, and the sets of outcomes that missing data leave. No rule is known here.

pub mod bits;
pub mod builder;
pub mod column;
pub mod day;
pub mod geometric;
pub mod group;
pub mod hull;
pub mod number;
pub mod orders;
pub mod period;
pub mod possible;
pub mod root;
pub mod set;
pub mod tally;
pub mod text;
pub mod truth;
pub mod unit;
pub mod units;

#[cfg(test)]
mod tests;

pub use bits::Bits;
pub use builder::ColumnBuilder;
pub use builder::Kind;
pub use column::Column;
pub use column::NumberColumn;
pub use column::Numbers;
pub use column::PlainColumn;
pub use column::Sparse;
pub use column::TruthColumn;
pub use group::Group;
pub use group::Item;
pub use group::Summary;
pub use group::Voter;
pub use number::Number;
pub use orders::Orders;
pub use period::PeriodKind;
pub use possible::Join;
pub use set::DateHull;
pub use set::End;
pub use set::Foreign;
pub use set::Hull;
pub use set::MemberSet;
pub use set::Possible;
pub use set::Set;
pub use set::State;
pub use set::TextSet;
pub use tally::Tally;
pub use tally::Window;
pub use truth::Lanes;
pub use truth::Truth;
pub use unit::Dimension;
pub use unit::Unit;
pub use unit::UnitKind;
