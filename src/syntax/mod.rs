//! Text to tree: parsing with recovery per item, clause and field. Names and types are not looked at.

pub mod ast;
