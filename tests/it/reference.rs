//! `grammar/README.md`: its rules are checked and their tests run, its faults are told as it says, its first rulebook is evaluated.

use heng::builtins;
use heng::data;
use heng::diagnostic::Diagnostic;
use heng::diagnostic::Lang;
use heng::eval::Run;

use heng::explain::Extent;
use heng::explain::Round;
use heng::lint;
use heng::report;
use heng::report::Report;
use heng::source::Files;
use heng::suite;
use heng::syntax::keywords::KEYWORDS;
use heng::value::units::parse_unit;
use heng::workspace;
use heng::workspace::Workspace;
use std::collections::BTreeMap;
use std::fmt::Write;

const PAGE: &str = include_str!("../../grammar/README.md");
/// What a block of rules is called while it is checked.
const HERE: &str = "rules/这里.heng";

/// A fenced block: its first line in the page, the words after the fence, its text.
struct Block {
    line: usize,
    kind: &'static str,
    words: Vec<&'static str>,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut found: Vec<Block> = vec![];
    // A fence of four may hold a block with fences of three.
    let mut open: Option<usize> = None;
    for (at, line) in PAGE.lines().enumerate() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let fence = (ticks >= 3 && open.is_none_or(|it| it == ticks)).then(|| &line[ticks..]);
        match (fence, open.is_some()) {
            (Some(info), false) => {
                let mut words = info.split_whitespace();
                let kind = words.next().unwrap_or_default();
                found.push(Block {
                    line: at + 2,
                    kind,
                    words: words.collect(),
                    text: String::new(),
                });
                open = Some(ticks);
            }
            (Some(_), true) => open = None,
            (None, true) => {
                let block = found.last_mut().expect("a block is open");
                block.text += line;
                block.text.push('\n');
            }
            (None, false) => {}
        }
    }
    found
}

/// The text of a block by the name that stands after its fence.
fn named(name: &str) -> String {
    let found = blocks().into_iter().find(|it| it.words.first() == Some(&name));
    found.unwrap_or_else(|| panic!("the page has no block {name}")).text
}

/// Files held in memory.
struct Memory(BTreeMap<String, String>);

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0
            .get(path)
            .map(|it| it.clone().into_bytes())
            .ok_or(format!("{path} is not on the page"))
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        let below = |it: &&String| *it == path || it.starts_with(&format!("{path}/"));
        let found: Vec<String> = self.0.keys().filter(below).cloned().collect();
        if found.is_empty() { Err(format!("“{path}”不存在")) } else { Ok(found) }
    }
}

/// A rulebook of the page: the rules given, and before them the shared ones unless they have a policy of their own.
fn load(rules: &str, shared: &str) -> Workspace {
    let tables = blocks().into_iter().filter(|it| it.kind == "tsv");
    let mut files: BTreeMap<String, String> =
        tables.map(|it| (format!("rules/{}", it.words[0]), it.text)).collect();
    // A block that is named with a folder is a file there, for others to build on.
    let elsewhere = |it: &Block| it.words.first().is_some_and(|it| it.contains('/'));
    files
        .extend(blocks().into_iter().filter(elsewhere).map(|it| (it.words[0].to_owned(), it.text)));
    if !rules.lines().any(|it| it.starts_with("政策 ") || it.starts_with("policy ")) {
        files.insert("rules/共用.heng".into(), named(shared));
    }
    files.insert(HERE.into(), rules.into());
    workspace::load(&Memory(files), "rules").unwrap_or_else(|why| panic!("{}", why.message.zh))
}

/// What was found in the rules of the page themselves: code, message, and line from 1.
fn findings(workspace: &Workspace) -> Vec<(&'static str, String, usize)> {
    let here = |it: &Diagnostic| {
        let label = it.labels.first()?;
        let source = workspace.sources.get(label.span.file);
        let line = source.position(label.span.start as usize).0;
        (source.name == HERE).then(|| (it.code.0, it.message.zh.clone(), line))
    };
    workspace.findings.0.iter().filter_map(here).collect()
}

fn is_code(word: &str) -> bool {
    word.len() == 5
        && word.starts_with(['E', 'W', 'I'])
        && word[1..].bytes().all(|it| it.is_ascii_digit())
}

/// The rulebook that a block belongs to.
fn shared_by(block: &Block) -> &'static str {
    if block.words.first() == Some(&"办法测试") { "办法.heng" } else { "共用" }
}

/// Blocks of rules check without an error; those with codes report exactly these, worded as the block after them.
#[test]
fn blocks_say_what_they_say() {
    let all = blocks();
    let mut wrong = String::new();
    for (at, block) in all.iter().enumerate().filter(|(_, it)| it.kind == "heng") {
        let mut workspace = load(&block.text, shared_by(block));
        if let Some(program) = &workspace.program {
            workspace.findings.extend(lint::lint(program, &workspace.sources));
            workspace.findings.sort();
        }
        let found = findings(&workspace);
        let wanted: Vec<&str> = block.words.iter().filter(|it| is_code(it)).copied().collect();
        let codes: Vec<&str> = found.iter().map(|it| it.0).collect();
        let told: String = found.iter().map(|(code, text, _)| format!("{code} {text}\n")).collect();
        let sound = match wanted.is_empty() {
            true => workspace.program.is_some(),
            false => {
                codes == wanted
                    && all.get(at + 1).is_some_and(|it| it.kind == "text" && it.text == told)
            }
        };
        if !sound {
            let _ = writeln!(wrong, "README.md:{}", block.line);
            for (code, text, line) in found {
                let _ = writeln!(wrong, "   {code} README.md:{} {text}", block.line + line - 1);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The tests in the page's rules pass.
#[test]
fn tests_pass() {
    let mut wrong = String::new();
    let mut count = 0;
    for block in blocks()
        .into_iter()
        .filter(|it| it.kind == "heng" && !it.words.iter().any(|it| is_code(it)))
    {
        let workspace = load(&block.text, shared_by(&block));
        let Some(program) = &workspace.program else { continue };
        let drawn = workspace::read_drawn(&data(), program, &workspace.sources);
        for test in suite::run(program, &drawn) {
            count += 1;
            for failure in test.failures {
                let line =
                    workspace.sources.get(test.span.file).position(test.span.start as usize).0;
                let help = failure.help.map(|it| it.zh).unwrap_or_default();
                let _ = writeln!(
                    wrong,
                    "README.md:{} {}: {} {help}",
                    block.line + line - 1,
                    test.name,
                    failure.message.zh
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count > 100, "only {count} tests were run");
}

/// The data files of the page, beside the folder of the rules.
fn data() -> Memory {
    let files = blocks().into_iter().filter(|it| it.kind == "csv" && !it.words.is_empty());
    Memory(files.map(|it| (format!("数据/{}", it.words[0]), it.text)).collect())
}

/// The first rulebook, its data, and what `heng eval` prints of them.
#[test]
fn first_rulebook_comes_to_what_is_shown() {
    let workspace = load(&named("办法.heng"), "");
    let program = workspace.program.as_ref().expect("it checks");
    let folder = Memory(BTreeMap::from([("数据/企业.csv".to_owned(), named("企业.csv"))]));
    let mut read = workspace::read_data(&folder, &["数据".to_owned()], None)
        .unwrap_or_else(|why| panic!("{}", why.message.zh));
    data::settle(program, &mut read.tables);
    let (facts, _) = data::bind(program, &read.tables);
    let run = Run::default();
    let facts = heng::eval::with_expected_rows(program, facts, &run);
    let table = program.case_tables[0];
    let round = Round::new(program, &workspace.sources, &facts, &run, Extent::Verdicts);
    let report = Report {
        program,
        sources: &workspace.sources,
        rulebook: "",
        data: vec![],
        data_digest: String::new(),
        on: None,
        tables: &read.tables,
        facts: &facts,
        run: &run,
        outcome: &round.outcome,
        cases: (0..facts.table(table).len).map(|row| round.account(table, row)).collect(),
        findings: read.findings,
    };
    // The first line holds the fingerprints of the files.
    let told = report::overview(&report, Lang::Zh);
    let shown = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(shown(&told), shown(&named("结果")), "\n{told}");
}

/// The data files of the chapter on data are read without an error.
#[test]
fn data_files_are_read() {
    let workspace = load(&named("共用"), "");
    let program = workspace.program.as_ref().expect("it checks");
    let tables = ["企业.csv", "项目.csv", "处罚.csv"].map(|it| (format!("表/{it}"), named(it)));
    let nested = [("单/数据.json".to_owned(), named("数据.json"))];
    for (path, files) in
        [("表", tables.into_iter().collect()), ("单", nested.into_iter().collect())]
    {
        let folder = Memory(files);
        let mut read = workspace::read_data(&folder, &[path.to_owned()], None)
            .unwrap_or_else(|why| panic!("{}", why.message.zh));
        data::settle(program, &mut read.tables);
        let (_, found) = data::bind(program, &read.tables);
        let errors: Vec<&Diagnostic> = read.findings.0.iter().chain(&found.0).collect();
        let told: Vec<&str> = errors.iter().map(|it| it.message.zh.as_str()).collect();
        let missing = |it: &&Diagnostic| it.code.0.starts_with('E') && it.code.0 != "E0603";
        assert!(!errors.iter().any(missing), "{path}: {told:?}");
    }
}

/// The rows of the tables whose head begins with a cell, each with its line in the page.
fn rows(head: &str) -> Vec<(usize, Vec<&'static str>)> {
    let mut found = vec![];
    let mut inside = false;
    for (at, line) in PAGE.lines().enumerate() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split(" | ").map(str::trim).collect();
        inside = line.starts_with('|') && (inside || cells[0] == head);
        if inside && cells[0] != head && !line.starts_with("|-") {
            found.push((at + 1, cells));
        }
    }
    assert!(!found.is_empty(), "the page has no table {head}");
    found
}

/// Every row of the tables of faults: what is written gives the code and the message, what is offered is sound.
#[test]
fn faults_are_told_as_the_page_says() {
    let criterion = "条件 试  对 企业\n  依据 第三条\n  ";
    let mut wrong = String::new();
    for (head, before) in [("条件里写成", criterion), ("数据里写成", "数据 试\n  ")] {
        for (line, cells) in rows(head) {
            let [bad, code, message, good] = &cells[..] else {
                panic!("README.md:{line}: four cells")
            };
            let [bad, code, good] = [bad, code, good].map(|it| it.trim_matches('`'));
            let found = findings(&load(&format!("{before}{bad}\n"), "共用"));
            let told: Vec<_> = found.iter().map(|it| (it.0, it.1.as_str())).collect();
            let mended = load(&format!("{before}{good}\n"), "共用");
            let clean = mended.program.is_some() && findings(&mended).is_empty();
            if !told.contains(&(code, *message)) || !clean {
                let _ = writeln!(
                    wrong,
                    "README.md:{line} {bad}\n   {told:?}\n   {good} {:?}",
                    findings(&mended)
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Every function of the language has a row, with both names, and an example that holds of the shared case.
#[test]
fn every_function_is_there() {
    let rows = rows("函数");
    let names: Vec<&str> = rows.iter().map(|it| it.1[0].trim_matches('`')).collect();
    for function in builtins::ALL {
        let at = names.iter().position(|it| *it == function.zh);
        let at = at.unwrap_or_else(|| panic!("the page has no function {}", function.zh));
        assert_eq!(rows[at].1[1].trim_matches('`'), function.en, "{}", function.zh);
    }
    assert_eq!(functions().count(), builtins::ALL.len(), "a row for each function");
    for (example, line) in functions() {
        let rules = format!("测试 试  对 企业\n  给定 示例\n  期望 {example}\n");
        let workspace = load(&rules, "共用");
        assert!(
            findings(&workspace).is_empty(),
            "README.md:{line} {example}: {:?}",
            findings(&workspace)
        );
        let program = workspace.program.as_ref().expect("nothing was found");
        let failures = suite::run(program, &Default::default()).remove(0).failures;
        assert!(failures.is_empty(), "README.md:{line} {example}: {failures:?}");
    }
}

/// The examples of the table of functions that use the function of their row.
fn functions() -> impl Iterator<Item = (&'static str, usize)> {
    let known = |name: &str| builtins::ALL.iter().any(|it| it.zh == name);
    let rows = rows("函数")
        .into_iter()
        .filter(move |it| it.1.len() == 5 && known(it.1[0].trim_matches('`')));
    rows.map(|(line, cells)| {
        let (name, example) = (cells[0].trim_matches('`'), cells[4].trim_matches('`'));
        assert!(
            example.contains(&format!("{name}（")),
            "README.md:{line}: the example does not use {name}"
        );
        (example, line)
    })
}

/// The units of the table of units are units, alone or before 元 and yuan.
#[test]
fn units_are_units() {
    for (line, cells) in rows("种类") {
        for unit in cells[1..3].iter().flat_map(|it| it.split('`').skip(1).step_by(2)) {
            let before = |word: &str| parse_unit(&format!("{unit}{word}")).is_some();
            assert!(
                parse_unit(unit).is_some() || before("元") || before("yuan"),
                "README.md:{line} {unit}"
            );
        }
    }
}

/// Every spelling of every keyword stands on the page.
#[test]
fn every_word_is_there() {
    let spellings = KEYWORDS.iter().flat_map(|it| &it.spellings);
    let missing: Vec<&String> =
        spellings.filter(|it| !PAGE.contains(&format!("`{it}`")) && !inside_code(it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Whether a word stands in a sentence of code on the page, between blanks.
fn inside_code(word: &str) -> bool {
    let code = PAGE.split('`').skip(1).step_by(2);
    code.filter(|it| !it.contains('\n')).any(|it| format!(" {it} ").contains(&format!(" {word} ")))
}

/// Every code about data stands in the table of findings.
#[test]
fn every_code_about_data_is_there() {
    let codes = heng::diagnostic::code::ALL.iter().map(|it| it.0.0).filter(|it| &it[1..3] == "06");
    let missing: Vec<&str> = codes.filter(|it| !PAGE.contains(&format!("| `{it}` |"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What is in the table of contents and in links leads to a heading.
#[test]
fn links_lead_somewhere() {
    let plain = |heading: &str| -> String {
        let kept =
            heading.chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    let headings: Vec<String> = PAGE
        .lines()
        .filter_map(|it| Some(plain(it.strip_prefix('#')?.trim_start_matches('#').trim())))
        .collect();
    for link in PAGE.split("](#").skip(1).filter_map(|it| it.split(')').next()) {
        assert!(headings.contains(&link.to_owned()), "#{link} leads nowhere");
    }
}
