//! The command line: one file a command, exit codes, and the only code that touches disk, terminal and environment.

mod args;
mod check;
mod diff;
mod disk;
mod eval;
mod excerpt;
mod explain;
mod faults;
pub mod findings;
mod git;
mod judge;
mod name;
mod output;
mod paint;
mod progress;
mod shared;
mod template;
mod test;

pub use disk::Disk;

use crate::cli::args::Command;
use crate::cli::output::Output;
use std::process::ExitCode;

/// What a run of the program says to whoever called it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Every case meets, or nothing is found.
    Clean = 0,
    /// The program could not do its work.
    Failed = 1,
    /// A case does not meet.
    NotMet = 2,
    /// The rulebook has errors.
    Faulty = 3,
    /// Nothing fails, but a case is undetermined or the data have an error that belongs to no case.
    Undetermined = 4,
}

/// The stack of the thread that does the work: texts nest as deep as the language allows, in debug builds too.
const STACK: usize = 64 << 20;

/// Runs the program on the arguments and surroundings of this process.
pub fn main() -> ExitCode {
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let output = match args::parse(std::env::args_os()) {
            Ok(args) => run(args),
            Err(output) => output,
        };
        output.deliver()
    });
    let exit = match worker.map(|it| it.join()) {
        Ok(Ok(exit)) => exit,
        _ => output::broken(),
    };
    ExitCode::from(exit as u8)
}

fn run(args: args::Args) -> Output {
    match args.command {
        Command::Check(it) => check::run(&it, args.lang),
        Command::Eval(it) => eval::run(&it, args.lang),
        Command::Explain(it) => explain::run(&it, args.lang),
        Command::Diff(it) => diff::run(&it, args.lang),
        Command::Name(it) => name::run(&it, args.lang),
        Command::Template(it) => template::run(&it, args.lang),
        Command::Test(it) => test::run(&it, args.lang),
    }
}
