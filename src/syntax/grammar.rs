//! The pest grammar of `grammar/`, as Rust: [`Rule`] names every rule. It gives no shape to what it reads.
#![allow(missing_docs)]

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "grammar/lexical.pest"]
#[grammar = "grammar/expressions.pest"]
#[grammar = "grammar/items.pest"]
pub struct Grammar;
