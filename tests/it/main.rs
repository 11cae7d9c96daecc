//! The one test binary. Each module says what it tests.

mod amend;
mod architecture;
mod books;
mod cases;
mod cli;
mod coverage;
mod html;
mod laws;
mod lists;
mod name;
mod naming;
mod office;
mod oracle;
mod outside;
mod periods;
mod program;
mod proofs;
mod ranks;
mod reference;
mod reports;
mod suite;
mod template;
mod workbooks;
mod workbooks_out;
