//! `heng test`: run the tests a rulebook brings with it, and show those that come out otherwise.

use crate::cli::Exit;
use crate::cli::findings;
use crate::cli::judge::sound;
use crate::cli::output::Output;
use crate::cli::output::paint_of_output;
use crate::cli::paint;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::report::layout::visible;
use crate::suite;

/// `heng test RULEBOOK`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng test [选项 OPTIONS] <RULEBOOK>")]
pub struct Args {
    #[arg(
        value_name = "RULEBOOK",
        help = "规则：.heng 文件或文件夹 · a rule file or a folder of them"
    )]
    rulebook: String,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    let (workspace, program) = match sound(&args.rulebook, lang) {
        Ok(sound) => sound,
        Err(output) => return output,
    };
    let outcomes = suite::run(&program);
    let (all, mut failed) = (outcomes.len(), 0);
    let mut text = String::new();
    for outcome in outcomes.into_iter().filter(|it| !it.failures.is_empty()) {
        failed += 1;
        let failures = Diagnostics(outcome.failures);
        text += &paint::signs(&format!("✗ {}\n", visible(&outcome.name)), paint_of_output());
        text += &findings::text(&failures, &workspace.sources, paint_of_output(), lang);
    }
    text += &match lang {
        Lang::Zh => format!("测试 {all} 项：通过 {}，未通过 {failed}\n", all - failed),
        Lang::En => format!("{all} tests: {} passed, {failed} failed\n", all - failed),
    };
    Output::new(text, if failed > 0 { Exit::NotMet } else { Exit::Clean }, lang)
}
