//! Exact numbers, units, dates, and the sets of outcomes that missing data leave. No rule is known here.

pub mod number;

pub use number::Number;
