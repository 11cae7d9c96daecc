//! `heng eval`: evaluate every case and print the overview, or the whole report as JSON, as a page of HTML or as a workbook.

use crate::cli::Exit;
use crate::cli::faults;
use crate::cli::judge;
use crate::cli::judge::Asked;
use crate::cli::judge::Input;
use crate::cli::output;
use crate::cli::output::Output;
use crate::cli::paint;
use crate::cli::shared::Form;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::explain::Extent;
use crate::report;
use crate::report::Report;
use crate::report::Standing;
use crate::report::workbook;
use crate::report::workbook::Rows;

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

    #[command(flatten)]
    form: Form<Format>,

    #[arg(
        long,
        help = "有不符合或无法判定时也以 0 退出 · leave with 0 also where the exit code would be 2 or 4"
    )]
    exit_zero: bool,

    #[arg(
        long,
        help = "xlsx：指标、评分、名次写成公式，另加工作表 · with xlsx: indicators, scores and ranks as formulas"
    )]
    live: bool,
}

/// Formats of a report.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
    Xlsx,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    // Only the page shows every case's tree.
    let extent =
        if matches!(args.form.format, Format::Html) { Extent::Trees } else { Extent::Verdicts };
    let asked = Asked { case: args.case.as_deref(), item: None };
    if let Some(fault) = unfit(args) {
        return judge::refuse(fault, lang);
    }
    judge::with_report(&args.input, asked, extent, lang, |report| {
        let result: Vec<u8> = match args.form.format {
            Format::Json => report::report_json(report, lang).into(),
            Format::Html => report::page(report, lang).into(),
            Format::Xlsx if args.live => live(report, lang)?,
            Format::Xlsx => {
                let rows = if args.case.is_some() { Rows::OfCases } else { Rows::All };
                workbook::review(report, rows, lang)?
            }
            Format::Text => {
                let text = report::overview(report, lang);
                paint::signs(&text, paint::of(args.input.target.out.as_deref())).into()
            }
        };
        let exit = if args.exit_zero { Exit::Clean } else { exit(report, args.case.is_some()) };
        Ok((result, exit))
    })
}

/// What the arguments of a workbook lack, or may not have.
fn unfit(args: &Args) -> Option<Diagnostic> {
    let workbook = matches!(args.form.format, Format::Xlsx);
    let named = |it: &str| it.to_lowercase().ends_with(".xlsx");
    match (workbook, args.live) {
        (false, false) => None,
        (false, true) => Some(faults::live_alone(false)),
        (true, true) if args.case.is_some() => Some(faults::live_alone(true)),
        (true, _) => match args.input.target.out.as_deref() {
            None => output::is_terminal().then(faults::workbook_to_terminal),
            Some(it) => (!named(it)).then(|| faults::not_a_workbook(it)),
        },
    }
}

/// The live workbook, unless there are too many cells.
fn live(report: &Report, lang: Lang) -> Result<Vec<u8>, Diagnostic> {
    let cells = report::live::size(report.program, report.facts);
    if cells > report::live::MOST_CELLS {
        return Err(faults::too_large_for_formulas(cells, report::live::MOST_CELLS));
    }
    report::live::workbook(report, lang).map_err(|why| faults::not_written(&why.to_string()))
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
