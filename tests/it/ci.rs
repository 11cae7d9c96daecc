//! What `examples/ci` calls, run: every `heng` command of the workflow and the git hook, in a repository with the shipped rulebook.

use crate::program::folder;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use yaml_rust2::Yaml;
use yaml_rust2::YamlLoader;

const RULES: &str = "rules/innovation-cluster";
const DATA: &str = "examples/innovation-cluster";

/// What a command in a shell came to.
struct Answer {
    exit: i32,
    said: String,
}

/// Runs a script in a folder, with `heng` on the path and the workflow's variables.
fn shell(here: &Path, script: &str, variables: &[(&str, &str)]) -> Answer {
    let program = Path::new(env!("CARGO_BIN_EXE_heng")).parent().unwrap().to_str().unwrap();
    let script = format!("export PATH='{program}':\"$PATH\"\n{script}");
    let output = Command::new("bash")
        .args(["-e", "-c", &script])
        .current_dir(here)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("HOME", here)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    Answer {
        exit: output.status.code().unwrap_or(-1),
        said: String::from_utf8_lossy(&said).into_owned(),
    }
}

fn must(here: &Path, script: &str) {
    let answer = shell(here, script, &[]);
    assert_eq!(answer.exit, 0, "{script}\n{}", answer.said);
}

/// A repository with the shipped rulebook, its lists and its example, committed on `main`.
fn repository(name: &str) -> PathBuf {
    let here = folder(&format!("ci/{name}"), &[]);
    for part in [RULES, "rules/reference", DATA] {
        copy(Path::new(part), &here.join(part));
    }
    must(
        &here,
        "git init -q -b main && git config user.name t && git config user.email t@example.org && git add -A && git commit -qm 规则",
    );
    here
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|it| it.unwrap().path()) {
        let to = to.join(entry.file_name().unwrap());
        match entry.is_dir() {
            true => copy(&entry, &to),
            false => _ = fs::copy(&entry, &to).unwrap(),
        }
    }
}

/// Names with what belongs to each.
type Pairs = Vec<(String, String)>;

/// The commands of the workflow that call heng, by the names of their steps; and the variables it sets.
fn workflow() -> (Pairs, Pairs) {
    let text = fs::read_to_string("examples/ci/github.yml").unwrap();
    let document = YamlLoader::load_from_str(&text).unwrap().remove(0);
    let string = |it: &Yaml| it.as_str().map(str::to_owned);
    let variables = document["env"].as_hash().unwrap().iter();
    let variables = variables.map(|it| (string(it.0).unwrap(), string(it.1).unwrap())).collect();
    let steps = document["jobs"]["rules"]["steps"].as_vec().unwrap();
    let runs = steps.iter().filter_map(|it| Some((string(&it["name"])?, string(&it["run"])?)));
    (runs.filter(|it| it.1.contains("heng ") && !it.1.starts_with("cargo ")).collect(), variables)
}

#[test]
fn the_workflow_runs() {
    let (steps, variables) = workflow();
    assert_eq!(steps.len(), 4, "{steps:?}");
    let mut variables: Vec<(&str, &str)> =
        variables.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    assert!(variables.contains(&("RULES", RULES)) && variables.contains(&("DATA", DATA)));
    variables.push(("BASE", "main"));
    let here = repository("workflow");
    // Snapshots are kept once, as the README says.
    let keep = shell(&here, &format!("heng test {RULES} {DATA} --update"), &[]);
    assert_eq!(keep.exit, 0, "{}", keep.said);
    must(&here, "git add -A && git commit -qm 快照");
    for (name, script) in &steps {
        let answer = shell(&here, script, &variables);
        assert_eq!(answer.exit, 0, "{name}\n{script}\n{}", answer.said);
    }
    for report in ["heng.sarif", "heng-junit.xml", "coverage.html", "difference.md"] {
        assert!(here.join(report).metadata().is_ok_and(|it| it.len() > 100), "{report}");
    }
    // A threshold moves: the checks still run, the tests and snapshots do not pass, the difference is told.
    let file = here.join(RULES).join("第四五章.heng");
    let text = fs::read_to_string(&file).unwrap();
    let moved = text.replacen("10000 亿元", "9000 亿元", 1).replacen("1000 亿元", "10 亿元", 1);
    assert_ne!(text, moved);
    fs::write(&file, moved).unwrap();
    let exits: Vec<i32> = [0, 1, 3].map(|it| shell(&here, &steps[it].1, &variables).exit).to_vec();
    assert_eq!(exits, [0, 2, 0]);
    let told = fs::read_to_string(here.join("difference.md")).unwrap();
    assert!(told.contains("规模梯队"), "{told}");
}

#[test]
fn the_hook_looks_at_what_is_committed() {
    let here = repository("hook");
    // A small rulebook of its own: a hook must be quick.
    fs::create_dir_all(here.join("小")).unwrap();
    fs::write(here.join("小/规则.heng"), crate::suite::RULES).unwrap();
    fs::write(here.join("小/测试.heng"), crate::suite::TESTS.split("测试 少了").next().unwrap())
        .unwrap();
    fs::copy("examples/ci/pre-commit", here.join(".git/hooks/pre-commit")).unwrap();
    let commit =
        |message: &str| shell(&here, &format!("git commit -qm {message}"), &[("HENG_RULES", "小")]);
    must(&here, "git add 小");
    let first = commit("小规则");
    assert_eq!(first.exit, 0, "{}", first.said);
    // Broken, but not staged.
    fs::write(here.join("小/规则.heng"), crate::suite::RULES.replace("应当 强度", "应当 强渡"))
        .unwrap();
    must(&here, "echo 注 > 注.txt && git add 注.txt");
    assert_eq!(commit("别的").exit, 0);
    must(&here, "git add 小");
    let broken = commit("坏规则");
    assert!(broken.exit != 0 && broken.said.contains("E0203"), "{}", broken.said);
    // It checks, but a test does not pass.
    fs::write(here.join("小/规则.heng"), crate::suite::RULES.replace("3%", "5%")).unwrap();
    must(&here, "git add 小");
    let failing = commit("改了下限");
    assert!(failing.exit != 0 && failing.said.contains("✗ 正常"), "{}", failing.said);
    // The shipped rulebook is what the hook looks at where nothing else is said.
    let hook = fs::read_to_string("examples/ci/pre-commit").unwrap();
    assert!(hook.contains(&format!(":-{RULES}}}")));
}
