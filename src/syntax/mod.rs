//! Text to tree: parsing with recovery per item, clause, field and row. Names and types are not looked at.

pub mod ast;
pub mod clauses;
mod errors;
mod expected;
mod grammar;
pub mod keywords;
mod parser;
mod pieces;
mod recover;
mod scan;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostics;
use crate::source::FileId;
use crate::syntax::grammar::Grammar;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Reader;
use pest::Parser;

/// Reads a rule file: its sound items, and every fault with its place. It never fails as a whole.
pub fn parse(file: FileId, text: &str) -> (ast::File, Diagnostics) {
    let scanned = scan::scan(file, text);
    let reader = Reader::new(file, &scanned.text, scanned.masked);
    let mut tree = ast::File::default();
    match Grammar::parse(Rule::file, &scanned.text) {
        Ok(mut pairs) => {
            let pieces = pairs.next().into_iter().flat_map(|it| it.into_inner());
            for piece in pieces {
                match piece.as_rule() {
                    Rule::EOI => {}
                    Rule::malformed_item => recover::item(&reader, &piece),
                    Rule::amendment => tree.amendments.extend(reader.amendment(piece)),
                    Rule::repeal => tree.repeals.extend(reader.repeal(piece)),
                    _ => tree.items.extend(reader.item(piece)),
                }
            }
        }
        // The grammar takes any text; only its own guard against deep nesting can stop it.
        Err(error) => reader.fault(recover::whole_file(&reader, &error)),
    }
    let mut faults = Diagnostics(scanned.faults);
    faults.extend(Diagnostics(reader.into_faults()));
    faults.sort();
    (tree, faults)
}
