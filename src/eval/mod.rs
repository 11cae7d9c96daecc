//! Program and facts to outcomes: one evaluator over columns, with a recorder that says what is kept.

pub mod recorder;
