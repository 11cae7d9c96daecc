//! One run of `heng test`: tests run, snapshots compared, each with why. It shows and writes nothing.

use crate::cli::findings;
use crate::cli::judge;
use crate::cli::judge::refuse;
use crate::cli::judge::sound_of;
use crate::cli::output::Output;
use crate::cli::output::paint_of_remarks;
use crate::cli::test::args::Args;
use crate::cli::test::store;
use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::diagnostic::code;
use crate::explain::Extent;
use crate::explain::Round;
use crate::ir::Program;
use crate::ir::Test;
use crate::report;
use crate::report::Depth;
use crate::report::Report;
use crate::source::Files;
use crate::suite;
use crate::suite::Outcome;
use crate::suite::Standing;
use crate::suite::json;
use crate::suite::reasons;
use crate::suite::reasons::Reasons;
use crate::suite::snapshot;
use crate::suite::snapshot::Compared;
use crate::suite::snapshot::Fault;
use crate::suite::snapshot::Snapshot;
use crate::suite::snapshot::State;
use crate::workspace;
use crate::workspace::DrawnData;
use crate::workspace::Workspace;
use std::collections::BTreeMap;

/// What came of everything.
pub struct Trial {
    /// The rulebook.
    pub workspace: Workspace,
    /// Its program.
    pub program: Program,
    /// The data that tests are given rows of.
    pub drawn: DrawnData,
    /// The tests that were run, each with the reasons behind its failures, in the order of the failures.
    pub tests: Vec<(Outcome, Vec<Reasons>)>,
    /// Folders of snapshots that were compared.
    pub folders: Vec<Folder>,
    /// Folders of snapshots that this run says nothing of.
    pub unseen: Vec<String>,
    /// For standard error.
    pub remarks: String,
}

/// A folder of snapshots beside what came out.
pub struct Folder {
    /// Its path.
    pub path: String,
    /// Its files.
    pub files: Vec<Compared>,
}

impl Trial {
    /// Runs the tests asked for and compares the snapshots asked for.
    pub fn new(args: &Args, files: &dyn Files, lang: Lang) -> Result<Trial, Output> {
        let (workspace, program) = sound_of(files, &args.rules.rulebook, lang)?;
        let wanted = |name: &str| args.filter.as_deref().is_none_or(|it| name.contains(it.trim()));
        let tests = program.tests.iter().filter(|it| wanted(&it.name));
        let drawn = workspace::read_drawn(files, &program, &workspace.sources);
        let mut kept: BTreeMap<String, Snapshot> = BTreeMap::new();
        let mut told = vec![];
        for test in tests {
            let (one, explained) = tell(&program, &workspace, test, &drawn, lang);
            if let Some(body) = explained.filter(|_| test.snapshot) {
                let file = snapshot::file_name(&test.name, &kept);
                kept.insert(file, Snapshot { title: test.name.clone(), body });
            }
            told.push(one);
        }
        let mut trial = Trial {
            workspace,
            program,
            drawn,
            tests: told,
            folders: vec![],
            unseen: vec![],
            remarks: String::new(),
        };
        if args.coverage {
            return Ok(trial);
        }
        let path = store::folder_of_tests(&args.rules.rulebook, lang);
        let found = store::found(files, &path, lang)?;
        if !kept.is_empty() || !found.is_empty() {
            let files = snapshot::compare(kept, found, args.filter.is_none());
            trial.folders.push(Folder { path, files });
        }
        if !args.data.is_empty() {
            trial.compare(args, files, &wanted, lang)?;
        }
        trial.unseen = store::unseen(&args.rules.rulebook, &trial.folders, lang);
        Ok(trial)
    }

    fn compare(
        &mut self,
        args: &Args,
        files: &dyn Files,
        wanted: &impl Fn(&str) -> bool,
        lang: Lang,
    ) -> Result<(), Output> {
        let (program, sources) = (&self.program, &self.workspace.sources);
        let refused = |fault| refuse(fault, lang);
        let data = judge::bound(files, program, &args.data, &args.how).map_err(refused)?;
        let rows = judge::chosen(program, &data.facts, None).map_err(refused)?;
        let (facts, run) = (&data.facts, &data.run);
        let round = Round::new(program, sources, facts, run, Extent::Trees);
        let cases = judge::accounts(&round, &rows);
        self.remarks += &findings::text(&data.found, sources, paint_of_remarks(), lang);
        let report = Report {
            program,
            sources,
            rulebook: &self.workspace.sha256,
            data: data.files,
            data_digest: data.sha256,
            on: args.how.on,
            tables: &data.tables,
            facts,
            run,
            outcome: &round.outcome,
            cases,
            findings: Diagnostics::default(),
        };
        let mut snapshots: BTreeMap<String, Snapshot> = BTreeMap::new();
        for case in report.cases.iter().filter(|it| wanted(&it.id) || wanted(&it.name)) {
            let table = &program.table(case.table).name;
            let title = match case.name == case.id {
                true => case.id.clone(),
                false => format!("{}（{}）", case.name, case.id),
            };
            let mut file = snapshot::file_name(&case.id, &snapshots);
            if program.case_tables.len() > 1 {
                file = format!("{table}/{file}");
            }
            snapshots.insert(
                file,
                Snapshot {
                    title,
                    body: report::explanation_of_case(&report, case, Depth::All, lang),
                },
            );
        }
        let path = store::folder(&args.rules.rulebook, &args.data, &args.how, lang);
        let found = store::found(files, &path, lang)?;
        let files = snapshot::compare(snapshots, found, args.filter.is_none());
        self.folders.push(Folder { path, files });
        Ok(())
    }

    /// Whether all is as it must be; `strict` asks for every snapshot.
    pub fn is_clean(&self, strict: bool) -> bool {
        self.tests.iter().all(|it| it.0.standing() != Standing::Failed)
            && self.compared().all(|(_, it)| !fails(&it.state, strict))
    }

    /// Every file of every folder, with the folder's path.
    pub fn compared(&self) -> impl Iterator<Item = (&str, &Compared)> {
        self.folders.iter().flat_map(|it| it.files.iter().map(|file| (it.path.as_str(), file)))
    }

    /// For JSON.
    pub fn told(&self) -> json::Told<'_> {
        json::Told { tests: &self.tests, snapshots: self.compared().collect() }
    }

    /// What is wrong, as findings in the rule files and snapshots.
    pub fn findings(&self, strict: bool) -> Vec<Diagnostic> {
        let mut all = vec![];
        for (outcome, reasons) in self.tests.iter().filter(|it| it.0.confirmed) {
            for (failure, reasons) in outcome.failures.iter().zip(reasons) {
                let mut it = failure.clone();
                it.message.zh = format!("测试“{}”：{}", outcome.name, it.message.zh);
                it.message.en = format!("test “{}”: {}", outcome.name, it.message.en);
                // What stands under the carets goes before the reasons.
                if let Some(label) = it.labels.first_mut().filter(|it| !it.text.zh.is_empty()) {
                    let said = std::mem::take(&mut label.text);
                    it.message.zh += &format!("\n{}", said.zh);
                    it.message.en += &format!("\n{}", said.en);
                }
                for (item, reasons) in reasons {
                    it.message.zh += &format!("\n{item}：\n{}", reasons.trim_end());
                    it.message.en += &format!("\n{item}:\n{}", reasons.trim_end());
                }
                all.push(it);
            }
        }
        let failing = self.compared().filter(|it| fails(&it.1.state, strict));
        all.extend(failing.map(|(folder, it)| finding(folder, it)));
        all
    }
}

/// Runs a test; of one that fails, the reasons are told; of one whose explanation is kept, or that fails, the explanation.
fn tell(
    program: &Program,
    workspace: &Workspace,
    test: &Test,
    drawn: &DrawnData,
    lang: Lang,
) -> ((Outcome, Vec<Reasons>), Option<String>) {
    let outcome = suite::run_one(program, test, drawn);
    let account = match outcome.failures.is_empty() && !test.snapshot {
        true => None,
        false => reasons::account(program, &workspace.sources, test, drawn, lang),
    };
    let of = |failure: &Diagnostic| {
        let label = failure.labels.first()?;
        Some(reasons::of(program, &account.as_ref()?.0, test, label.span, lang))
    };
    let reasons = outcome.failures.iter().map(|it| of(it).unwrap_or_default()).collect();
    ((outcome, reasons), account.map(|it| it.1))
}

/// Whether a snapshot in this state fails the run. What is not kept yet, or no longer needed, fails only where all must be kept.
pub fn fails(state: &State, strict: bool) -> bool {
    match state {
        State::Same => false,
        State::Missing | State::LeftOver => strict,
        State::Changed(_) | State::Faulty(_) => true,
    }
}

/// A snapshot that does not fit, as a finding at its file.
fn finding(folder: &str, it: &Compared) -> Diagnostic {
    let (zh, en) = sentence(&it.state);
    let title = it.now.as_ref().map_or(it.file.as_str(), |it| it.title.as_str());
    let cell =
        CellRef { file: format!("{folder}/{}", it.file), sheet: None, row: None, column: None };
    Diagnostic::new(
        code::SNAPSHOT,
        format!("快照“{title}”{zh}"),
        format!("the snapshot “{title}” {en}"),
    )
    .help(
        "看过改变以后，用 heng test --update 存下",
        "look at the change, then accept it with heng test --update",
    )
    .cell(cell)
}

/// How a snapshot stands, to be read after its name.
pub fn sentence(state: &State) -> (String, String) {
    let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match state {
        State::Same => both("与这次的结果一致", "is what came out"),
        State::Changed(_) => both("与这次的结果不同", "is not what came out"),
        State::Missing => both("还没有存", "is not kept yet"),
        State::LeftOver => both("没有对应的案例", "is of no case"),
        State::Faulty(Fault::Damaged(why)) => (why.zh.clone(), why.en.clone()),
        State::Faulty(Fault::OtherForm(number)) => (
            format!("是另一版 heng 存的（格式 {number}），不能比对"),
            format!(
                "was written by another version of heng (form {number}) and cannot be compared"
            ),
        ),
    }
}
