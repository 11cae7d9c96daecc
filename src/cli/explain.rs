//! `heng explain`: the whole explanation of one case, down to its cells.

use crate::cli::Exit;
use crate::cli::judge;
use crate::cli::judge::Asked;
use crate::cli::judge::Input;
use crate::cli::output::Output;
use crate::cli::paint;
use crate::diagnostic::Lang;
use crate::explain::Extent;
use crate::report;
use crate::report::Depth;

/// `heng explain RULEBOOK DATA --case ID`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng explain [选项 OPTIONS] --case <ID> <RULEBOOK> <DATA>…")]
pub struct Args {
    #[command(flatten)]
    input: Input,

    #[arg(
        long,
        value_name = "ID",
        required = true,
        help = "案例的标识或名称 · key or name of the case"
    )]
    case: String,

    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "all",
        help = "只说明一项：指标、评分、条件、分级或结论的名称 · explain one item only"
    )]
    item: Option<String>,

    #[arg(long, help = "也列出不起决定作用的各条 · show also what did not decide")]
    all: bool,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    let depth = if args.all { Depth::All } else { Depth::Deciding };
    let asked = Asked { case: Some(&args.case), item: args.item.as_deref().map(str::trim) };
    judge::with_report(&args.input, asked, Extent::Trees, lang, |report| {
        let text = match asked.item {
            Some(item) => report::explanation_of(report, item, lang),
            None => report::explanation(report, depth, lang),
        };
        Ok((paint::signs(&text, paint::of(args.input.target.out.as_deref())).into(), Exit::Clean))
    })
}
