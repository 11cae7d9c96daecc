//! The command line: exit codes, help, and bad input of every kind, each with a located message and nothing half-written.

use crate::program::Answer;
use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use crate::reports::valid;
use serde_json::Value;
use std::path::Path;

/// A rulebook that is sound.
const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  施行 2020-01-01 起
  适用时点 申请日
  条文 第一条 至 第三条

数据 集群
  编号    文本，标识
  名称    文本
  申请日  日期
  人数    计量（人）
  企业    多条 企业

数据 企业
  名称    文本

条件 人数要求  对 集群
  依据 第一条
  应当 人数 ≥ 20 人

条件 成员要求  对 集群
  依据 第二条
  应当 个数（企业） ≥ 1 家

结论 认定  对 集群
  依据 第三条
  须符合 人数要求、成员要求
";

const CLUSTERS: &str = "编号,名称,申请日,人数\nA1,甲集群,2021-03-01,30\n";
const FIRMS: &str = "集群,名称\nA1,甲公司\n";

/// A folder with the sound rulebook and data, some of the files replaced or added.
fn sandbox(name: &str, changes: &[(&str, &[u8])]) -> std::path::PathBuf {
    let sound = [("rules.heng", RULES), ("data/集群.csv", CLUSTERS), ("data/企业.csv", FIRMS)];
    let mut files: Vec<(&str, &[u8])> =
        sound.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    files.retain(|(path, _)| !changes.iter().any(|(changed, _)| changed == path));
    files.extend(changes);
    folder(name, &files)
}

fn eval(name: &str, changes: &[(&str, &[u8])], more: &[&str]) -> Answer {
    heng_in(&sandbox(name, changes), &[&["eval", "rules.heng", "data"], more].concat())
}

fn clusters(text: &str) -> [(&str, &[u8]); 1] {
    [("data/集群.csv", text.as_bytes())]
}

#[test]
fn help_is_kept() {
    let mut all = String::new();
    for args in [
        &["--help"][..],
        &["check", "-h"],
        &["eval", "-h"],
        &["explain", "-h"],
        &["diff", "-h"],
        &["name", "-h"],
        &["template", "-h"],
        &["test", "-h"],
    ] {
        let answer = heng(args);
        assert_eq!((answer.exit, answer.remarks.as_str()), (0, ""), "{args:?}");
        all += &format!("$ heng {}\n{}\n", args.join(" "), answer.result);
    }
    insta::assert_snapshot!("help", all);
    assert_eq!(heng(&["--version"]).exit, 0);
}

#[test]
fn exit_codes() {
    let exit = |name, changes: &[(&str, &[u8])], more: &[&str]| {
        let answer = eval(name, changes, more);
        (answer.exit, answer.result.is_empty())
    };
    assert_eq!(exit("met", &[], &[]), (0, false));
    let fails = clusters("编号,名称,申请日,人数\nA1,甲集群,2021-03-01,3\nB2,乙集群,2021-03-01,\n");
    assert_eq!(exit("not_met", &fails, &[]), (2, false));
    assert_eq!(exit("not_met_zero", &fails, &["--exit-zero"]), (0, false));
    assert_eq!(exit("shown_alone", &fails, &["--case", "B2"]), (2, false));
    let open = clusters("编号,名称,申请日,人数\nA1,甲集群,2021-03-01,\n");
    assert_eq!(exit("undetermined", &open, &[]), (4, false));
    assert_eq!(exit("undetermined_zero", &open, &["--exit-zero"]), (0, false));
    let orphan = [("data/企业.csv", "集群,名称\nA1,甲公司\nX9,乙公司\n".as_bytes())];
    assert_eq!(exit("orphan", &orphan, &[]), (4, false));
    assert_eq!(exit("orphan_not_of_the_case", &orphan, &["--case", "A1"]), (0, false));
    assert_eq!(
        exit("faulty", &[("rules.heng", "政策 示例\n\n条件 甲\n".as_bytes())], &[]),
        (3, true)
    );
    let undated = RULES.replace("  适用时点 申请日\n", "");
    let undated = [("rules.heng", undated.as_bytes())];
    assert_eq!(exit("no_day", &undated, &[]), (1, true));
    assert_eq!(exit("on", &undated, &["--on", "2021-03-01"]), (0, false));
}

#[test]
fn what_cannot_be_done_is_said() {
    let here = sandbox("cannot", &[("notes/x.txt", b"x"), ("latin.csv", b"a,b\n")]);
    let mut all = String::new();
    for args in [
        &["eval", "nowhere", "data"][..],
        &["eval", "rules.heng", "nowhere"],
        &["eval", "notes", "data"],
        &["eval", "rules.heng", "notes"],
        &["eval", "rules.heng", "notes/x.txt"],
        &["eval", "rules.heng", "data", "--case", "A2"],
        &["eval", "rules.heng", "data", "--case", "北京"],
        &["explain", "rules.heng", "data", "--case", "A1", "--item", "人数"],
        &["explain", "rules.heng", "data", "--case", "A1", "--item", "x"],
        &["eval", "rules.heng", "data", "--encoding", "klingon"],
        &["eval", "rules.heng", "data", "--on", "2021-02-29"],
        &["eval", "rules.heng", "data", "--formt", "json"],
        &["eval", "rules.heng", "data", "--format", "yaml"],
        &["eval", "rules.heng", "data", "--out", "nowhere/x.txt"],
        &["eval", "rules.heng"],
        &["explain", "rules.heng", "data"],
        &["chek", "rules.heng"],
        &[],
        &["check", "nowhere", "--lang", "en"],
        &["eval", "rules.heng", "data", "--formt", "json", "--lang", "en"],
    ] {
        let answer = heng_in(&here, args);
        assert_eq!((answer.exit, answer.result.as_str()), (1, ""), "{args:?}");
        all += &format!("$ heng {}\n{}\n", args.join(" "), answer.remarks);
    }
    insta::assert_snapshot!("cannot", all);
}

#[test]
fn one_item_is_explained_alone() {
    let here = sandbox("item", &[]);
    let explain = |item: &str| {
        let args = ["explain", "rules.heng", "data", "--case", "A1", "--item", item];
        heng_in(&here, &args).result
    };
    let title = "甲集群   A1   申请日 2021-03-01\n";
    assert_eq!(
        explain("人数要求"),
        format!(
            "{title}│\n└─ ✓ 第一条 人数要求（应当）   人数 = 30 人 ≥ 20 人   集群.csv 第 2 行\n"
        )
    );
    let whole = explain("认定");
    assert!(whole.starts_with(&format!("{title}\n认定：符合\n")), "{whole}");
    assert!(whole.contains("人数要求") && whole.contains("成员要求"), "{whole}");
}

#[test]
fn a_file_takes_the_result() {
    let here = sandbox("out", &[]);
    let answer =
        heng_in(&here, &["eval", "rules.heng", "data", "--format", "json", "--out", "result.json"]);
    assert_eq!((answer.exit, answer.result.as_str()), (0, ""));
    valid("outcome", &std::fs::read_to_string(here.join("result.json")).unwrap());
    let left: Vec<_> =
        std::fs::read_dir(&here).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_noticed() {
    let here = sandbox("circle", &[("book/a.heng", RULES.as_bytes())]);
    std::os::unix::fs::symlink(&here, here.join("book/again")).unwrap();
    let answer = heng_in(&here, &["check", "book"]);
    assert_eq!(answer.exit, 1);
    assert!(answer.remarks.contains("again"), "{}", answer.remarks);
}

/// Rule files of every bad kind: name, bytes, exit code of `heng check`.
fn bad_rules() -> Vec<(&'static str, Vec<u8>, i32)> {
    let add = |more: &str| format!("{RULES}\n{more}\n").into_bytes();
    let change = |from: &str, to: &str| {
        assert!(RULES.contains(from), "{from}");
        RULES.replace(from, to).into_bytes()
    };
    let (gbk, _, _) = encoding_rs::GBK.encode(RULES);
    let brackets = format!("  应当 {}人数 ≥ 20 人{}", "（".repeat(100_000), "）".repeat(100_000));
    let chain = format!("  应当 {}", vec!["人数 ≥ 20 人"; 100_000].join(" 且 "));
    vec![
        ("empty", vec![], 3),
        ("bom", [b"\xEF\xBB\xBF", RULES.as_bytes()].concat(), 0),
        ("crlf", RULES.replace('\n', "\r\n").into_bytes(), 0),
        ("gbk", gbk.into_owned(), 3),
        ("utf16", RULES.encode_utf16().flat_map(u16::to_le_bytes).collect(), 3),
        ("nul", change("人数要求  对", "人数要\0求  对"), 3),
        ("escape", change("人数要求  对", "人数要求\x1b[31m  对"), 3),
        ("open_quote", add("条件 甲  对 集群\n  依据 第一条\n  应当 名称 = “甲"), 3),
        ("ten_megabytes", "是".repeat(3_500_000).into_bytes(), 3),
        ("brackets", change("  应当 人数 ≥ 20 人", &brackets), 3),
        ("chain", change("  应当 人数 ≥ 20 人", &chain), 3),
        ("itself", change("应当 人数 ≥ 20 人", "应当 人数要求"), 3),
        ("circle", change("应当 人数 ≥ 20 人", "应当 成员要求 且 人数 ≥ 20 人").to_owned(), 0),
        ("no_clauses", add("条件 空  对 集群"), 3),
        ("name_twice", add("条件 人数要求  对 集群\n  依据 第一条\n  应当 人数 ≥ 30 人"), 3),
        ("article_17", change("依据 第一条", "依据 第十七条"), 3),
        ("forty_digits", change("20 人", &format!("{} 人", "1".repeat(40))), 3),
        ("february_29", add("参数 起日  2021-02-29\n  依据 第一条"), 3),
        ("equals", change("应当 人数 ≥ 20 人", "应当 人数 ＝ 20 人 且 名称 = “甲”"), 0),
    ]
}

#[test]
fn bad_rules_are_located() {
    for (name, bytes, exit) in bad_rules() {
        let here = folder(&format!("bad_rules/{name}"), &[("x.heng", &bytes)]);
        let text = heng_in(&here, &["check", "x.heng"]);
        assert_eq!((text.exit, text.remarks.as_str()), (exit, ""), "{name}\n{}", text.result);
        assert!(text.result.len() < 20_000, "{name}: {} bytes of findings", text.result.len());
        assert!(
            !text.result.contains(['\0', '\x1b']),
            "{name}: control characters reach the terminal"
        );
        if exit == 3 {
            assert!(text.result.contains("[x.heng:"), "{name}: no place\n{}", text.result);
        }
        // The largest are read once only: that is slow enough without optimisation.
        if bytes.len() < 1_000_000 {
            let json = heng_in(&here, &["check", "x.heng", "--format", "json"]);
            assert_eq!((json.exit, json.remarks.as_str()), (exit, ""), "{name}");
            valid("diagnostics", &json.result);
            let eval = heng_in(&here, &["eval", "x.heng", "nowhere"]);
            assert_eq!(
                (eval.exit, eval.result.as_str()),
                (if exit == 3 { 3 } else { 1 }, ""),
                "{name}"
            );
        }
    }
}

/// Data of every bad kind: name, changed files, exit code, and the code and row of a finding that must be there.
#[test]
fn bad_data_are_located() {
    type Bad<'a> = (&'a str, &'a str, &'a str, i32, &'a str, Option<u64>);
    let cases: [Bad; 7] = [
        (
            "ids_twice",
            "data/集群.csv",
            "编号,名称,申请日,人数\nA1,甲,2021-03-01,30\nA1,甲,2021-03-01,3\n",
            4,
            "E0608",
            Some(3),
        ),
        (
            "header_twice",
            "data/集群.csv",
            "编号,名称,申请日,人数,人数\nA1,甲,2021-03-01,30,3\n",
            4,
            "E0604",
            None,
        ),
        (
            "ragged",
            "data/集群.csv",
            "编号,名称,申请日,人数\nA1,甲,2021-03-01,30,7,8\n",
            4,
            "E0605",
            Some(2),
        ),
        ("orphan", "data/企业.csv", "集群,名称\nA1,甲公司\nX9,乙公司\n", 4, "E0609", Some(3)),
        (
            "bad_day",
            "data/集群.csv",
            "编号,名称,申请日,人数\nA1,甲,2021年13月,30\n",
            4,
            "E0607",
            Some(2),
        ),
        (
            "bad_number",
            "data/集群.csv",
            "编号,名称,申请日,人数\nA1,甲,2021-03-01,约30\n",
            4,
            "E0607",
            Some(2),
        ),
        (
            "forty_digits",
            "data/集群.csv",
            "编号,名称,申请日,人数\nA1,甲,2021-03-01,1111111111111111111111111111111111111111\n",
            4,
            "E0607",
            Some(2),
        ),
    ];
    for (name, path, text, exit, code, row) in cases {
        let name = &format!("bad_data/{name}");
        let json = eval(name, &[(path, text.as_bytes())], &["--format", "json"]);
        assert_eq!(json.exit, exit, "{name}\n{}\n{}", json.remarks, json.result);
        valid("outcome", &json.result);
        let document: Value = serde_json::from_str(&json.result).unwrap();
        let file = path.rsplit('/').next().unwrap();
        let found = document["diagnostics"].as_array().unwrap().iter().any(|it| {
            it["code"] == code
                && it["source"]["file"] == file
                && row.is_none_or(|row| it["source"]["row"] == row)
        });
        assert!(found, "{name}: {}", json.remarks);
        assert!(json.remarks.contains(file), "{name}: {}", json.remarks);
    }
}

#[test]
fn data_cannot_steer_the_terminal() {
    let text = "编号,名称,申请日,人数\nA1,\"甲\x1b[2J\n✓ 乙\u{9b}31m\u{202e}集群\",2021-03-01,3\n";
    for format in ["text", "json"] {
        let answer = eval("steer", &clusters(text), &["--format", format]);
        let shown = answer.result + answer.remarks.as_str();
        assert!(!shown.contains(['\x1b', '\u{9b}', '\u{202e}']), "{shown}");
        assert!(!shown.contains("\n✓"), "{shown}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let here = sandbox("same", &[]);
    let once = || heng_in(&here, &["eval", "rules.heng", "data", "--format", "json"]).result;
    assert_eq!(once(), once());
    let elsewhere = sandbox("same/elsewhere", &[]);
    let there = heng_in(
        Path::new("/"),
        &[
            "eval",
            elsewhere.join("rules.heng").to_str().unwrap(),
            elsewhere.join("data").to_str().unwrap(),
            "--format",
            "json",
        ],
    );
    assert_eq!(once(), there.result, "the report does not depend on where the files lie");
}
