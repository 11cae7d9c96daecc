//! `heng check`: parse and check a rulebook, and show what is wrong with it.

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::args::Host;
use crate::cli::findings;
use crate::cli::judge;
use crate::cli::judge::How;
use crate::cli::judge::refuse;
use crate::cli::output;
use crate::cli::output::Output;
use crate::cli::output::paint_of_output;
use crate::cli::shared::Form;
use crate::cli::shared::Rulebook;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::eval;
use crate::ir::Program;
use crate::lint;
use crate::report;
use crate::workspace;

/// `heng check RULEBOOK`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng check [选项 OPTIONS] <RULEBOOK> [DATA]…")]
pub struct Args {
    #[command(flatten)]
    rules: Rulebook,

    #[arg(
        value_name = "DATA",
        help = "数据（可不写）：指出在全部案例中结果都一样的条件 · data, to find criteria that come to the same in all cases"
    )]
    data: Vec<String>,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    form: Form<Host>,
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    let mut workspace = match workspace::load(&Disk(lang), &args.rules.rulebook) {
        Ok(workspace) => workspace,
        Err(fault) => return refuse(fault, lang),
    };
    if let Some(program) = &workspace.program {
        workspace.findings.extend(lint::lint(program, &workspace.sources));
        workspace.findings.sort();
        match on_data(program, args, lang) {
            Ok(found) => workspace.findings.extend(found),
            Err(fault) => return refuse(fault, lang),
        }
    }
    let exit = if workspace.findings.has_errors() { Exit::Faulty } else { Exit::Clean };
    let root = output::root();
    let text = match args.form.format {
        Host::Sarif => {
            report::sarif(&workspace.findings.0, &workspace.sources, root.as_deref(), lang)
        }
        Host::Github => {
            let (found, sources) = (&workspace.findings, &workspace.sources);
            report::annotations(&found.0, sources, root.as_deref(), lang)
                + findings::counted(found, lang).as_str()
        }
        Host::Json => report::findings_json(&workspace.findings, &workspace.sources, lang),
        Host::Text => {
            findings::with_count(&workspace.findings, &workspace.sources, paint_of_output(), lang)
        }
    };
    Output::new(text, exit, lang)
}

/// What the data say of the rules; nothing without data.
fn on_data(program: &Program, args: &Args, lang: Lang) -> Result<Diagnostics, Diagnostic> {
    if args.data.is_empty() {
        return Ok(Diagnostics::default());
    }
    let data = judge::bound(&Disk(lang), program, &args.data, &args.how)?;
    Ok(lint::seen(program, &eval::evaluate(program, &data.facts, &data.run)))
}
