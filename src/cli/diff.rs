//! `heng diff`: two rulebooks over the same data, or one over two versions of the data, and which edit changes what.

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::faults;
use crate::cli::findings;
use crate::cli::git;
use crate::cli::git::Revision;
use crate::cli::judge::How;
use crate::cli::judge::refuse;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::shared::Data;
use crate::cli::shared::Form;
use crate::cli::shared::Target;
use crate::data;
use crate::data::RawTable;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::difference;
use crate::difference::Difference;
use crate::difference::Side;
use crate::difference::edits::Version;
use crate::difference::show;
use crate::difference::show::Frame;
use crate::eval;
use crate::eval::Run;
use crate::ir::Program;
use crate::source::Files;
use crate::source::Sources;
use crate::workspace;
use crate::workspace::Workspace;

/// `heng diff OLD NEW DATA`
#[derive(clap::Args)]
#[command(help_template = crate::cli::args::COMMAND, override_usage = "heng diff [选项 OPTIONS] <OLD> <NEW> <DATA>…")]
pub struct Args {
    #[arg(
        value_name = "OLD",
        help = "旧规则：文件、文件夹，或 git 的 版本:文件夹 · a rulebook, or REV:folder of git"
    )]
    old: String,

    #[arg(value_name = "NEW", help = "新规则，写法同上 · the new rulebook")]
    new: String,

    #[command(flatten)]
    data: Data,

    #[arg(
        long,
        value_name = "DATA",
        help = "旧数据：与 DATA 比（可写几次）· the old data, where these differ too"
    )]
    data_old: Vec<String>,

    #[command(flatten)]
    how: How,

    #[arg(
        long,
        value_name = "FIELD",
        value_delimiter = ',',
        help = "按哪些字段、分级计数（不写则按各分类的最上层和各分级）· the fields to count by"
    )]
    by: Vec<String>,

    #[command(flatten)]
    form: Form<Format>,

    #[command(flatten)]
    target: Target,

    #[arg(long, help = "有差异时也以 0 退出 · leave with 0 also where there is a difference")]
    exit_zero: bool,
}

/// Formats of a comparison.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

/// One side, loaded.
struct Loaded {
    workspace: Workspace,
    program: Program,
    prefix: String,
}

impl Loaded {
    fn side<'a>(&'a self, tables: &'a [RawTable]) -> Side<'a> {
        let version = Version { book: &self.workspace.book, lists: &self.workspace.lists };
        Side { version, program: &self.program, tables }
    }
}

/// Runs the command.
pub fn run(args: &Args, lang: Lang) -> Output {
    match compare(args, lang) {
        Ok(output) | Err(output) => output,
    }
}

fn compare(args: &Args, lang: Lang) -> Result<Output, Output> {
    let refused = |fault| refuse(fault, lang);
    let (old, new) = sides(args, lang)?;
    if args.how.on.is_none() && (eval::needs_day(&old.program) || eval::needs_day(&new.program)) {
        return Err(refused(faults::no_day()));
    }
    if let Some(asked) = args.how.encoding.name.as_deref().filter(|it| !data::decode::is_known(it))
    {
        return Err(refused(faults::no_such_encoding(asked)));
    }
    let read = |paths: &[String]| {
        workspace::read_data(&Disk(lang), paths, args.how.encoding.name.as_deref()).map_err(refused)
    };
    let data = read(&args.data.data)?;
    let before: Option<workspace::Data> = match args.data_old.is_empty() {
        true => None,
        false => Some(read(&args.data_old)?),
    };
    let run = Run {
        on: args.how.on,
        periods: args.how.period.iter().copied().collect(),
        ..Run::default()
    };
    let before = before.as_ref().unwrap_or(&data);
    let found = difference::compare(&old.side(&before.tables), &new.side(&data.tables), &run);
    let mut remarks =
        findings::text(&data.findings, &new.workspace.sources, paint_of_remarks(), lang);
    remarks += &findings::text(&found.new.found, &new.workspace.sources, paint_of_remarks(), lang);
    let frame = Frame {
        difference: &found,
        sources: &new.workspace.sources,
        prefixes: [old.prefix, new.prefix],
        names: [args.old.clone(), args.new.clone()],
        rules: [old.workspace.sha256, new.workspace.sha256.clone()],
        data: [before.sha256.clone(), data.sha256.clone()],
        by: args.by.clone(),
    };
    let result = shown(&frame, args.form.format, lang);
    let exit = exit(&found, args.exit_zero);
    Ok(Output { result: result.into(), remarks, exit, file: args.target.out.clone(), lang })
}

fn shown(frame: &Frame, format: Format, lang: Lang) -> String {
    match format {
        Format::Text => show::text(frame, lang),
        Format::Markdown => show::markdown(frame, lang),
        Format::Html => show::page(frame, lang),
        Format::Json => show::json(frame, lang),
    }
}

fn exit(found: &Difference, exit_zero: bool) -> Exit {
    match found.is_empty() || exit_zero {
        true => Exit::Clean,
        false => Exit::NotMet,
    }
}

/// Both rulebooks, the texts of the new one after those of the old; or what keeps one from being compared, saying which.
fn sides(args: &Args, lang: Lang) -> Result<(Loaded, Loaded), Output> {
    let old = load(&args.old, Sources::default(), lang)?;
    let new = load(&args.new, old.0.sources.clone(), lang)?;
    let mut said = String::new();
    for ((workspace, _), zh, en, name) in
        [(&old, "旧规则", "old rules", &args.old), (&new, "新规则", "new rules", &args.new)]
    {
        if workspace.program.is_none() {
            let head = match lang {
                Lang::Zh => format!("{zh}“{name}”有错误，不能比较：\n"),
                Lang::En => format!("the {en} “{name}” have errors and cannot be compared:\n"),
            };
            said += &head;
            said += &findings::with_count(
                &workspace.findings,
                &workspace.sources,
                paint_of_remarks(),
                lang,
            );
        }
    }
    match (checked(old), checked(new)) {
        (Some(old), Some(new)) => Ok((old, new)),
        _ => Err(Output::failed(said, Exit::Faulty, lang)),
    }
}

fn checked((mut workspace, prefix): (Workspace, String)) -> Option<Loaded> {
    let program = workspace.program.take()?;
    Some(Loaded { workspace, program, prefix })
}

/// One rulebook, and what stands before its files.
fn load(side: &str, sources: Sources, lang: Lang) -> Result<(Workspace, String), Output> {
    let from = |files: &dyn Files, path: &str| -> Result<Workspace, Diagnostic> {
        workspace::load_beside(files, path, sources)
    };
    let loaded = match git::of(side) {
        Some((name, path)) => Revision::find(name, path, lang)
            .and_then(|(revision, path)| Ok((from(&revision, &path)?, format!("{name}:")))),
        None => from(&Disk(lang), side).map(|it| (it, String::new())),
    };
    loaded.map_err(|fault| refuse(fault, lang))
}
