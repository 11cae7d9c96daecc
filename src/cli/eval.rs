//! `heng eval`: evaluate every case and print the overview, or the whole report as JSON or as a page of HTML.

use crate::cli::Exit;
use crate::cli::judge;
use crate::cli::judge::Asked;
use crate::cli::judge::Input;
use crate::cli::output::Output;
use crate::cli::paint;
use crate::diagnostic::Lang;
use crate::explain::Extent;
use crate::report;
use crate::report::Report;
use crate::report::Standing;

/// `heng eval RULEBOOK DATA`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng eval [选项 OPTIONS] <RULEBOOK> <DATA>…")]
pub struct Args {
    #[command(flatten)]
    input: Input,

    #[arg(
        long,
        value_name = "ID",
        help = "只显示一个案例（标识或名称）；全体案例仍参与判定 · show one case only"
    )]
    case: Option<String>,

    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true,
        help = "输出格式：text（默认）、json 或 html · format of the output"
    )]
    format: Format,

    #[arg(
        long,
        help = "有不符合或无法判定时也以 0 退出 · leave with 0 also where the exit code would be 2 or 4"
    )]
    exit_zero: bool,
}

/// Formats of a report.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    // Only the page shows every case's tree.
    let extent = if matches!(args.format, Format::Html) { Extent::Trees } else { Extent::Verdicts };
    let asked = Asked { case: args.case.as_deref(), item: None };
    judge::with_report(&args.input, asked, extent, lang, |report| {
        let text = match args.format {
            Format::Json => report::report_json(report, lang),
            Format::Html => report::page(report, lang),
            Format::Text => {
                paint::signs(&report::overview(report, lang), paint::of(args.input.out.as_deref()))
            }
        };
        (text.into(), if args.exit_zero { Exit::Clean } else { exit(report, args.case.is_some()) })
    })
}

/// With one case asked for, only that case counts.
fn exit(report: &Report, single: bool) -> Exit {
    let any = |standing| report.cases.iter().any(|it| report::standing(it) == standing);
    if any(Standing::NotMet) {
        Exit::NotMet
    } else if any(Standing::Undetermined) || (!single && judge::data_in_error(&report.findings)) {
        Exit::Undetermined
    } else {
        Exit::Clean
    }
}
