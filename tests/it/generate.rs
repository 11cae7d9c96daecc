//! `heng test --generate`: proposals are marked, counted apart and made ordinary by hand; from data, from cases that are compared; as JSON.

use crate::program::Answer;
use crate::program::folder;
use crate::program::heng_in;
use crate::reports::valid;
use crate::suite::FIRMS;
use crate::suite::RULES;
use crate::suite::TESTS;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

fn sandbox(name: &str, more: &[(&str, &str)]) -> PathBuf {
    let sound = [("rules/规则.heng", RULES), ("data/企业.csv", FIRMS)];
    let files: Vec<(&str, &[u8])> =
        sound.iter().chain(more).map(|(path, text)| (*path, text.as_bytes())).collect();
    folder(&format!("generate/{name}"), &files)
}

fn test(here: &Path, more: &[&str]) -> Answer {
    heng_in(here, &[&["test", "rules"], more].concat())
}

/// One that is right and one that is not, neither confirmed; then both confirmed.
#[test]
fn what_nobody_confirmed_fails_no_run() {
    let open = TESTS
        .replace("  期望 可补助 为 符合\n\n", "  待确认\n  期望 可补助 为 符合\n\n")
        .replace("测试 少了  对 企业\n", "测试 少了  对 企业\n  待确认\n");
    let here = sandbox("open", &[("rules/测试.heng", &open)]);
    let answer = test(&here, &[]);
    assert_eq!((answer.exit, answer.remarks.as_str()), (0, ""), "{}", answer.result);
    assert!(answer.result.contains("– 少了（待确认）"), "{}", answer.result);
    assert!(
        answer
            .result
            .ends_with("测试 0 项：通过 0，未通过 0\n2 条待确认，其中 1 条与现在的结果不同\n"),
        "{}",
        answer.result
    );
    let json = test(&here, &["--format", "json", "--junit", "junit.xml"]);
    valid("test", &json.result);
    let document: Value = serde_json::from_str(&json.result).unwrap();
    let figures = ["tests", "passed", "failed", "unconfirmed"]
        .map(|it| document["summary"][it].as_u64().unwrap());
    assert_eq!((json.exit, figures), (0, [2, 0, 0, 2]));
    let junit = fs::read_to_string(here.join("junit.xml")).unwrap();
    assert_eq!(junit.matches("<skipped").count(), 2, "{junit}");
    let github = test(&here, &["--format", "github"]);
    assert!(!github.result.contains("::error"), "{}", github.result);
    // What nobody confirmed has seen nothing.
    let coverage = test(&here, &["--coverage", "--floor", "1%"]);
    assert_eq!(coverage.exit, 2, "{}", coverage.result);
    assert!(coverage.remarks.contains("2 条待确认的测试没有计入"), "{}", coverage.remarks);
    fs::write(here.join("rules/测试.heng"), open.replace("  待确认\n", "")).unwrap();
    let confirmed = test(&here, &[]);
    assert_eq!(confirmed.exit, 2);
    assert!(confirmed.result.ends_with("测试 2 项：通过 1，未通过 1\n"), "{}", confirmed.result);
    // The mark is of tests alone, and stands once.
    for (name, from, to) in [
        ("case", "  设 编号 为 A1\n", "  设 编号 为 A1\n  待确认\n"),
        ("twice", "  给定 甲\n  期望", "  给定 甲\n  待确认\n  待确认\n  期望"),
    ] {
        let here = sandbox(name, &[("rules/测试.heng", &TESTS.replacen(from, to, 1))]);
        assert_eq!(test(&here, &[]).exit, 3, "{name}");
    }
}

/// A1 meets all (4 %, 20 persons), B/2 has too few persons, of C3 the research is not known: three ways, three bases.
/// Of A1 (40 of 1000), 3 % is 30 of 1000 on the bound; 40 is just more of 1333, just less of 1334.
#[test]
fn cases_are_rows_of_data_with_one_cell_changed() {
    let here = sandbox("real", &[]);
    let proposed = test(&here, &["data", "--generate", "--out", "rules/提出/更多.heng"]);
    assert_eq!(proposed.exit, 1, "a folder is not made: {}", proposed.remarks);
    fs::create_dir(here.join("rules/提出")).unwrap();
    let proposed = test(&here, &["data", "--generate", "--out", "rules/提出/更多.heng"]);
    assert_eq!(proposed.exit, 0, "{}", proposed.remarks);
    let text = fs::read_to_string(here.join("rules/提出/更多.heng")).unwrap();
    for key in ["A1", "“B/2”", "C3"] {
        assert!(text.contains(&format!("给定 {key} 取自 “../../data”")), "{text}");
    }
    for set in ["研发 为 30", "收入 为 1333", "收入 为 1334"] {
        assert!(text.contains(&format!("\n  设 {set}\n")), "{set}\n{text}");
    }
    assert!(text.contains("设 人数 为 300") && text.contains("设 人数 为 301"), "{text}");
    let sets: Vec<usize> =
        text.split("\n测试 ").skip(1).map(|it| it.matches("\n  设 ").count()).collect();
    assert!(sets.iter().all(|it| *it <= 2) && sets.contains(&1), "{sets:?}");
    let run = test(&here, &[]);
    assert_eq!((run.exit, run.remarks.as_str()), (0, ""), "{}", run.result);
    assert!(run.result.ends_with("条待确认，都与现在的结果一致\n"), "{}", run.result);
    // A threshold moves: proposals that hung on it are no longer what comes out.
    fs::write(here.join("rules/规则.heng"), RULES.replace("3%", "3.1%")).unwrap();
    let moved = test(&here, &[]);
    assert_eq!(moved.exit, 0);
    assert!(moved.result.contains("与现在的结果不同"), "{}", moved.result);
}

#[test]
fn proposals_for_programs() {
    let here = sandbox("json", &[("rules/测试.heng", TESTS)]);
    let json = test(&here, &["--generate", "--format", "json"]);
    assert_eq!(json.exit, 0, "{}", json.remarks);
    valid("generated", &json.result);
    let document: Value = serde_json::from_str(&json.result).unwrap();
    let text = test(&here, &["--generate"]).result;
    assert_eq!(document["text"], text.as_str());
    for it in document["tests"].as_array().unwrap() {
        assert!(text.contains(it["text"].as_str().unwrap()));
        assert!(it["text"].as_str().unwrap().contains("\n  待确认\n"));
    }
    for more in [
        &["--generate", "--format", "sarif"][..],
        &["data", "data", "--generate"],
        &["nowhere", "--generate"],
        &["--generate", "--mutate"],
    ] {
        let answer = test(&here, more);
        assert_eq!((answer.exit, answer.result.as_str()), (1, ""), "{more:?} {}", answer.remarks);
    }
    let empty = sandbox("empty", &[("data/企业.csv", "编号,名称,申请日,人数,收入,研发\n")]);
    assert_eq!(test(&empty, &["data", "--generate"]).exit, 1);
}

/// Firms that are ranked: what is said of points, ranks and the line is noticed only where cases stand beside each other.
const RANKED: &str = "\
政策 评选办法
  条文 第一条 至 第二条

数据 企业
  编号  文本，标识
  质量  数（0 至 10）
  规模  数（0 至 10）
  失信  是否

评分 评选  对 企业
  依据 第一条
  | 指标 | 权重 | 方向 | 标准化      |
  | 质量 | 60%  | 正向 | 极差（0，10）|
  | 规模 | 40%  | 正向 | 极差        |
  加分 诚信，公式 若 失信 则 0 分 否则 5 分
  封顶 100 分
  缺失 记零分
  同值 半分
  合格 ≥ 60 分
  排名 从高到低、并列同名次
  入选 前 1 名，并列 全入选

案例 甲  对 企业
  设 编号 为 A
  设 质量 为 8
  设 规模 为 6
  设 失信 为 否

案例 乙  对 企业
  设 编号 为 B
  设 质量 为 5
  设 规模 为 9
  设 失信 为 否

案例 丙  对 企业
  设 编号 为 C
  设 质量 为 9
  设 规模 为 3
  设 失信 为 是
";

#[test]
fn what_compares_cases_is_tried_with_others_beside() {
    let here = folder("generate/ranked", &[("rules.heng", RANKED.as_bytes())]);
    let check = heng_in(&here, &["check", "rules.heng"]);
    assert_eq!(check.exit, 0, "{}{}", check.result, check.remarks);
    let proposed = heng_in(&here, &["test", "rules.heng", "--generate", "--out", "more.heng"]);
    assert_eq!(proposed.exit, 0, "{}", proposed.remarks);
    let args = ["test", "rules.heng", "--mutate", "--with", "more.heng", "--format", "json"];
    let answer = heng_in(&here, &args);
    assert_eq!(answer.exit, 0, "{}", answer.remarks);
    valid("mutants", &answer.result);
    let report: Value = serde_json::from_str(&answer.result).unwrap();
    let all = report["mutants"].as_array().unwrap();
    for kind in ["weight", "threshold", "direction", "cap", "bonus", "missing", "rank"] {
        assert!(all.iter().any(|it| it["kind"] == kind && it["fate"] == "killed"), "{kind}");
    }
    insta::assert_snapshot!("generate_ranked", survivors(all));
}

/// What no test notices.
fn survivors(all: &[Value]) -> String {
    let told = |it: &&Value| matches!(it["fate"].as_str(), Some("survived" | "not_distinguished"));
    let line = |it: &Value| format!("{} {} → {}\n", it["kind"], it["before"], it["after"]);
    all.iter().filter(told).map(line).collect()
}
