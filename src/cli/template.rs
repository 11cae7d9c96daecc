//! `heng template`: the form for a rulebook's data as a workbook, empty or with the data that are there. It judges nothing.

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::faults;
use crate::cli::findings;
use crate::cli::judge::refuse;
use crate::cli::judge::sound;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::shared::Encoding;
use crate::cli::shared::Rulebook;
use crate::data;
use crate::data::Handed;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::ir::Program;
use crate::report;
use crate::workspace;

/// `heng template RULEBOOK --out FILE.xlsx`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND,
    override_usage = "heng template [选项 OPTIONS] <RULEBOOK> [DATA]… --out <FILE.xlsx>")]
pub struct Args {
    #[command(flatten)]
    rules: Rulebook,

    #[arg(
        value_name = "DATA",
        help = "已有的数据，填进表里；不写则是空表 · data to fill in; without them the form is empty"
    )]
    data: Vec<String>,

    #[arg(
        long,
        value_name = "FILE.xlsx",
        required = true,
        help = "表格写入的文件 · the file the form is written to"
    )]
    out: String,

    #[command(flatten)]
    encoding: Encoding,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    if !args.out.to_lowercase().ends_with(".xlsx") {
        return refuse(faults::not_a_workbook(&args.out), lang);
    }
    let (workspace, program) = match sound(&args.rules.rulebook, lang) {
        Ok(sound) => sound,
        Err(output) => return output,
    };
    let (rows, found) = match read(args, &program, lang) {
        Ok(read) => read,
        Err(fault) => return refuse(fault, lang),
    };
    match report::form(&program, &workspace.sources, rows.as_deref(), lang) {
        Ok(result) => Output {
            result,
            remarks: findings::text(&found, &workspace.sources, paint_of_remarks(), lang),
            exit: Exit::Clean,
            file: Some(args.out.clone()),
            lang,
        },
        Err(fault) => refuse(fault, lang),
    }
}

/// The rows to fill in, and what was found on reading them; none where no data are given.
fn read(
    args: &Args,
    program: &Program,
    lang: Lang,
) -> Result<(Option<Vec<Handed>>, Diagnostics), Diagnostic> {
    if args.data.is_empty() {
        return Ok((None, Diagnostics::default()));
    }
    if let Some(asked) = args.encoding.name.as_deref().filter(|it| !data::decode::is_known(it)) {
        return Err(faults::no_such_encoding(asked));
    }
    let mut read = workspace::read_data(&Disk(lang), &args.data, args.encoding.name.as_deref())?;
    data::settle(program, &mut read.tables);
    let mut found = read.findings;
    found.extend(data::bind(program, &read.tables).1);
    Ok((Some(data::handed(program, &read.tables)), found))
}
