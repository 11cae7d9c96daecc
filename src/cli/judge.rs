//! What `eval` and `explain` share: load, bind, evaluate, and account for the cases asked for. It prints nothing.

use crate::cli::Disk;
use crate::cli::Exit;
use crate::cli::faults;
use crate::cli::findings;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::progress;
use crate::cli::progress::Watched;
use crate::cli::shared::Data;
use crate::cli::shared::Encoding;
use crate::cli::shared::Rulebook;
use crate::cli::shared::Target;
use crate::data;
use crate::data::Facts;
use crate::data::RawTable;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::eval;
use crate::eval::Run;
use crate::explain::CaseAccount;
use crate::explain::Extent;
use crate::explain::Round;
use crate::explain::of_populations;
use crate::explain::stopped_scripts;
use crate::ir::Program;
use crate::ir::TableId;
use crate::report;
use crate::report::DataFile;
use crate::report::Report;
use crate::source::Files;
use crate::source::Sources;
use crate::value::PeriodKind;
use crate::value::period;
use crate::workspace;
use crate::workspace::Workspace;
use chrono::Datelike;
use chrono::NaiveDate;
use clap::Args;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What is evaluated.
#[derive(Args)]
pub struct Input {
    /// A rulebook.
    #[command(flatten)]
    pub rules: Rulebook,

    /// Its data.
    #[command(flatten)]
    pub data: Data,

    /// How it is evaluated.
    #[command(flatten)]
    pub how: How,

    /// Where the result goes.
    #[command(flatten)]
    pub target: Target,

    /// Whether it is said which column was taken for what.
    #[arg(
        long,
        help = "另说明数据的每一列读作哪一栏 · say which column was taken for which field"
    )]
    pub verbose: bool,
}

/// How data are read and evaluated.
#[derive(Args)]
pub struct How {
    /// The day that decides.
    #[arg(long, value_name = "DATE", value_parser = day,
        help = "决定适用的日期，代替适用时点，如 2024-12-31 · the day that decides, for every case")]
    pub on: Option<i32>,

    /// The period of the data.
    #[arg(long, value_name = "PERIOD", value_parser = period, value_delimiter = ',',
        help = "数据期，代替政策所写，如 2022 或 2022Q3 · the period the data are of")]
    pub period: Vec<(PeriodKind, i32)>,

    /// The encoding of the data.
    #[command(flatten)]
    pub encoding: Encoding,
}

/// A period as an argument writes it.
pub fn period(text: &str) -> Result<(PeriodKind, i32), String> {
    period::parse(text).ok_or_else(|| "2022、2022Q3、2022-08".to_owned())
}

/// What of a run is shown.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The key or name of a case; none shows all.
    pub case: Option<&'a str>,
    /// The name of an item; none shows all.
    pub item: Option<&'a str>,
}

/// A day of an argument, as 2024-12-31.
pub fn day(text: &str) -> Result<i32, String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|it| (1..=9999).contains(&it.year()));
    date.map(|it| it.num_days_from_ce()).ok_or_else(|| "2024-12-31".to_owned())
}

/// A rulebook without errors, or what is said instead: that it cannot be read, or its faults.
pub fn sound(rulebook: &str, lang: Lang) -> Result<(Workspace, Program), Output> {
    sound_of(&Disk(lang), rulebook, lang)
}

/// The same, read through any files.
pub fn sound_of(
    files: &dyn Files,
    rulebook: &str,
    lang: Lang,
) -> Result<(Workspace, Program), Output> {
    let mut workspace = workspace::load(files, rulebook).map_err(|fault| refuse(fault, lang))?;
    match workspace.program.take() {
        Some(program) => Ok((workspace, program)),
        None => {
            let (found, sources) = (&workspace.findings, &workspace.sources);
            let text = findings::with_count(found, sources, paint_of_remarks(), lang);
            Err(Output::failed(text, Exit::Faulty, lang))
        }
    }
}

/// Data, bound to a program.
pub struct Bound {
    /// The tables as they were handed in.
    pub tables: Vec<RawTable>,
    /// Every cell.
    pub facts: Facts,
    /// How it is run.
    pub run: Run,
    /// What was found about the data.
    pub found: Diagnostics,
    /// The files that were read.
    pub files: Vec<DataFile>,
    /// One fingerprint of all of them.
    pub sha256: String,
}

/// Reads data and binds them to a program.
pub fn bound(
    files: &dyn Files,
    program: &Program,
    data: &[String],
    how: &How,
) -> Result<Bound, Diagnostic> {
    if how.on.is_none() && eval::needs_day(program) {
        return Err(faults::no_day());
    }
    if let Some(asked) = how.encoding.name.as_deref().filter(|it| !data::decode::is_known(it)) {
        return Err(faults::no_such_encoding(asked));
    }
    let watched = Watched::new(files);
    let mut read = workspace::read_data(&watched, data, how.encoding.name.as_deref())?;
    watched.bind();
    data::settle(program, &mut read.tables);
    let (facts, more) = data::bind(program, &read.tables);
    watched.finish();
    let mut found = read.findings;
    found.extend(more);
    let periods = how.period.iter().copied().collect();
    let run = Run { on: how.on, periods, ..Run::default() };
    let facts = eval::with_expected_rows(program, facts, &run);
    let files = read.files.into_iter().map(|(name, sha256)| DataFile { name, sha256 }).collect();
    Ok(Bound { tables: read.tables, facts, run, found, files, sha256: read.sha256 })
}

/// Evaluates, and hands the report of the cases asked for to `tell`, which says what is printed, or why nothing is.
/// Faults of rules and data are remarked on standard error.
pub fn with_report(
    input: &Input,
    asked: Asked,
    extent: Extent,
    lang: Lang,
    tell: impl FnOnce(&Report) -> Result<(Vec<u8>, Exit), Diagnostic>,
) -> Output {
    let refused = |fault| refuse(fault, lang);
    let (workspace, program) = match sound(&input.rules.rulebook, lang) {
        Ok(sound) => sound,
        Err(output) => return output,
    };
    let program = &program;
    if let Some(item) = asked.item.filter(|it| !report::items(program).contains(it)) {
        return refused(faults::no_such_item(item, &near(item, report::items(program))));
    }
    let data = match bound(&Disk(lang), program, &input.data.data, &input.how) {
        Ok(data) => data,
        Err(fault) => return refused(fault),
    };
    let cases = match chosen(program, &data.facts, asked.case) {
        Ok(cases) => cases,
        Err(fault) => return refused(fault),
    };
    let round = Round::new(program, &workspace.sources, &data.facts, &data.run, extent);
    let cases = accounts(&round, &cases);
    let mut found = data.found;
    found.extend(stopped_scripts(program, &cases));
    found.extend(of_populations(&round));
    let mut remarks = workspace_remark(&workspace.findings, &input.rules.rulebook, lang);
    remarks += &findings::text(&found, &workspace.sources, paint_of_remarks(), lang);
    let mut all = workspace.findings.clone();
    all.extend(found);
    let report = Report {
        program,
        sources: &workspace.sources,
        rulebook: &workspace.sha256,
        data: data.files,
        data_digest: data.sha256,
        on: input.how.on,
        tables: &data.tables,
        facts: &data.facts,
        run: &data.run,
        outcome: &round.outcome,
        cases,
        findings: all,
    };
    if input.verbose {
        remarks += &report::columns(&report, lang);
    }
    match tell(&report) {
        Ok((result, exit)) => {
            Output { result, remarks, exit, file: input.target.out.clone(), lang }
        }
        Err(fault) => refused(fault),
    }
}

/// A fault that keeps the command from its work.
pub fn refuse(fault: Diagnostic, lang: Lang) -> Output {
    let text =
        findings::text(&Diagnostics(vec![fault]), &Sources::default(), paint_of_remarks(), lang);
    Output::failed(text.trim_end().to_owned() + "\n", Exit::Failed, lang)
}

/// Whether the data have an error that belongs to no case.
pub fn data_in_error(findings: &Diagnostics) -> bool {
    findings
        .0
        .iter()
        .any(|it| it.source.is_some() && it.severity() == Severity::Error && it.case.is_none())
}

/// A rulebook that runs may still have findings; they are counted, `heng check` shows them.
pub fn workspace_remark(findings: &Diagnostics, rulebook: &str, lang: Lang) -> String {
    let worth_saying = findings.0.iter().any(|it| it.severity() == Severity::Warning);
    match (worth_saying, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => {
            format!("规则：{}，见 heng check {rulebook}\n", findings::count(findings, lang))
        }
        (true, Lang::En) => {
            format!("rules: {}; see heng check {rulebook}\n", findings::count(findings, lang))
        }
    }
}

/// The rows asked for: all cases, or those of one key or name.
pub fn chosen(
    program: &Program,
    facts: &Facts,
    case: Option<&str>,
) -> Result<Vec<(TableId, usize)>, Diagnostic> {
    let rows = program.case_tables.iter().flat_map(|&table| {
        let facts = facts.table(table);
        let attached = facts.offsets.last().map_or(facts.len, |it| *it as usize);
        (0..attached).filter(|row| !facts.is_expected(*row)).map(move |row| (table, row))
    });
    let all: Vec<(TableId, usize)> = rows.collect();
    let Some(asked) = case.map(str::trim) else { return Ok(all) };
    let key = |it: &&(TableId, usize)| *facts.table(it.0).keys[it.1] == *asked;
    let name = |it: &&(TableId, usize)| *facts.table(it.0).names[it.1] == *asked;
    let mut found: Vec<(TableId, usize)> = all.iter().filter(key).copied().collect();
    if found.is_empty() {
        found = all.iter().filter(name).copied().collect();
    }
    if found.is_empty() {
        Err(faults::no_such_case(asked, &nearest(asked, facts, &all)))
    } else {
        Ok(found)
    }
}

/// Up to five keys and names that look like what was asked for, nearest first.
fn nearest(asked: &str, facts: &Facts, all: &[(TableId, usize)]) -> Vec<String> {
    let known: BTreeSet<&str> = all
        .iter()
        .flat_map(|&(table, row)| [&*facts.table(table).keys[row], &*facts.table(table).names[row]])
        .collect();
    near(asked, known)
}

/// Up to five words that look like what was asked for, nearest first.
pub fn near<'a>(asked: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let length = asked.chars().count();
    let distance = |it: &str| match !asked.is_empty() && it.contains(asked) {
        true => 0,
        false => strsim::levenshtein(asked, it),
    };
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|it| (distance(it), it))
        .filter(|(distance, _)| *distance <= (length / 2).max(1))
        .collect();
    near.sort();
    near.into_iter().take(5).map(|(_, it)| it.to_owned()).collect()
}

/// What is said of each of these cases.
pub fn accounts(round: &Round, cases: &[(TableId, usize)]) -> Vec<CaseAccount> {
    let account = |&(table, row): &(TableId, usize)| round.account(table, row);
    let progress = progress::of_cases(cases.len());
    let accounts = cases.par_iter().map(account).inspect(|_| progress.inc(1)).collect();
    progress.finish_and_clear();
    accounts
}
