//! `heng test` as its users meet it: why a test fails, the life of a snapshot, forms for CI, bad files, watching.

use crate::program::Answer;
use crate::program::folder;
use crate::program::heng_in;
use crate::reports::valid;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

/// Aid for firms: two conditions, one share.
pub const RULES: &str = "\
政策 补助办法
  文号 甲〔2024〕1号
  施行 2024-01-01 起
  适用时点 申请日
  条文 第一条 至 第三条

数据 企业
  编号      文本，标识
  名称      文本
  申请日    日期
  人数      计量（人）
  收入      金额（万元，> 0）
  研发      金额（万元，≥ 0）

指标 强度  对 企业
  依据 第一条
  公式 研发 ÷ 收入
  单位 %，显示 1 位小数

条件 投入  对 企业
  依据 第一条
  应当 强度 ≥ 3%

条件 规模  对 企业
  依据 第二条
  应当 人数 介于 3 人 至 300 人

结论 可补助  对 企业
  依据 第三条
  须符合 投入、规模
";

/// One test that passes, one that fails in every way.
pub const TESTS: &str = "\
案例 甲  对 企业
  设 编号 为 A1
  设 名称 为 甲公司
  设 申请日 为 2024-05-10
  设 人数 为 20
  设 收入 为 1000
  设 研发 为 40

测试 正常  对 企业
  给定 甲
  期望 可补助 为 符合

测试 少了  对 企业
  给定 甲
  设 研发 为 20
  期望 可补助 为 符合
  期望 可补助 为 不符合，因 规模
  期望 强度 ≥ 3%
  期望 强度 = 2%
";

pub const FIRMS: &str = "编号,名称,申请日,人数,收入,研发\n\
A1,甲公司,2024-05-10,20,1000,40\n\
B/2,乙公司,2024-05-11,2,1000,31\n\
C3,丙公司,2024-05-12,20,1000,\n";

fn sandbox(name: &str, changes: &[(&str, &str)]) -> PathBuf {
    let sound = [("rules/规则.heng", RULES), ("data/企业.csv", FIRMS)];
    let files: Vec<(&str, &[u8])> =
        sound.iter().chain(changes).map(|(path, text)| (*path, text.as_bytes())).collect();
    folder(&format!("suite/{name}"), &files)
}

fn test(here: &Path, more: &[&str]) -> Answer {
    heng_in(here, &[&["test", "rules"], more].concat())
}

/// The files of a folder with their bytes.
fn contents(of: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let Ok(entries) = fs::read_dir(of) else { return found };
    for path in entries.map(|it| it.unwrap().path()) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match path.is_dir() {
            true => found
                .extend(contents(&path).into_iter().map(|it| (format!("{name}/{}", it.0), it.1))),
            false => _ = found.insert(name, fs::read(&path).unwrap()),
        }
    }
    found
}

#[test]
fn a_failure_says_what_was_expected_what_came_and_why() {
    let here = sandbox("why", &[("rules/tests/测试.heng", TESTS)]);
    let zh = test(&here, &[]);
    assert_eq!((zh.exit, zh.remarks.as_str()), (2, ""));
    let en = test(&here, &["--lang", "en"]);
    insta::assert_snapshot!("suite_why", format!("{}\n----\n{}", zh.result, en.result));
    let one = test(&here, &["--filter", "正常"]);
    assert_eq!((one.exit, one.result.as_str()), (0, "测试 1 项：通过 1，未通过 0\n"));
}

#[test]
fn forms_for_other_programs() {
    let here = sandbox("forms", &[("rules/测试.heng", TESTS)]);
    assert_eq!(test(&here, &["data", "--update"]).exit, 2);
    fs::write(here.join("rules/规则.heng"), RULES.replace("3%", "3.2%")).unwrap();
    let json = test(&here, &["data", "--format", "json"]);
    valid("test", &json.result);
    let document: Value = serde_json::from_str(&json.result).unwrap();
    assert_eq!(document["summary"]["failed"], 1);
    let states: Vec<&str> = document["snapshots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["changed", "changed", "changed"]);
    let sarif = test(&here, &["data", "--format", "sarif"]);
    assert_eq!(sarif.exit, 2);
    is_sarif(&sarif.result);
    let github = test(&here, &["data", "--format", "github"]);
    assert_eq!(test(&here, &["data", "--junit", "out/junit.xml"]).exit, 2);
    let junit = fs::read_to_string(here.join("out/junit.xml")).unwrap();
    assert!(!junit.contains("time"), "a report with times is another one each run\n{junit}");
    insta::assert_snapshot!(
        "suite_forms",
        format!("{}\n----\n{}\n----\n{junit}", github.result, sarif.result)
    );
}

#[test]
fn findings_of_rules_for_code_hosts() {
    let faulty =
        RULES.replace("应当 强度 ≥ 3%", "应当 强渡 ≥ 3%").replace("依据 第二条", "依据 第七条");
    let here = sandbox("hosts", &[("rules/规则.heng", &faulty)]);
    let check = |more: &[&str]| heng_in(&here, &[&["check", "rules"], more].concat());
    let sarif = check(&["--format", "sarif"]);
    assert_eq!((sarif.exit, sarif.remarks.as_str()), (3, ""));
    let log = is_sarif(&sarif.result);
    let uri = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(uri["uri"], "rules/%E8%A7%84%E5%88%99.heng");
    let absolute =
        heng_in(&here, &["check", here.join("rules").to_str().unwrap(), "--format", "sarif"]);
    assert_eq!(absolute.result, sarif.result, "paths are told from where the program runs");
    let github = check(&["--format", "github"]);
    assert_eq!(github.exit, 3);
    insta::assert_snapshot!("suite_github", github.result);
    let sound = sandbox("hosts_sound", &[]);
    let sarif = heng_in(&sound, &["check", "rules", "--format", "sarif"]);
    assert_eq!(sarif.exit, 0);
    assert_eq!(is_sarif(&sarif.result)["runs"][0]["results"].as_array().unwrap().len(), 0);
}

/// What SARIF 2.1.0 asks of a log, and what GitHub asks beyond it.
fn is_sarif(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    assert_eq!(log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json");
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(runs[0]["columnKind"], "unicodeCodePoints");
    let driver = &runs[0]["tool"]["driver"];
    assert!(driver["name"].is_string() && driver["version"].is_string());
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty());
    }
    for it in runs[0]["results"].as_array().unwrap() {
        assert!(["error", "warning", "note"].contains(&it["level"].as_str().unwrap()));
        assert!(!it["message"]["text"].as_str().unwrap().is_empty());
        let index = it["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], it["ruleId"]);
        for place in it["locations"].as_array().unwrap() {
            let physical = &place["physicalLocation"];
            let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && !uri.contains(' ') && !uri.starts_with('/'), "{uri}");
            if let Some(region) = physical.get("region") {
                let at = |name: &str| region[name].as_u64().unwrap();
                assert!(at("startLine") >= 1 && at("endLine") >= at("startLine"));
                assert!(region.get("startColumn").is_none_or(|it| it.as_u64().unwrap() >= 1));
            }
        }
    }
    log
}

#[test]
fn the_life_of_a_snapshot() {
    let here = sandbox("life", &[]);
    let kept = || contents(&here.join("rules/快照"));
    let run = |more: &[&str]| test(&here, &[&["data"], more].concat());

    // Nothing is kept yet: told, and a failure only where all must be kept. Nothing is written.
    assert_eq!((run(&[]).exit, run(&["--check"]).exit, kept().len()), (0, 2, 0));
    let first = run(&["--update"]);
    assert_eq!(first.exit, 0);
    let written = kept();
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(names, ["data/A1.snap", "data/B%2F2.snap", "data/C3.snap"]);
    assert_eq!((run(&[]).exit, run(&["--check"]).exit, run(&["--review"]).exit), (0, 0, 0));
    assert_eq!(
        run(&["--update"]).result,
        "测试 0 项：通过 0，未通过 0\n快照 rules/快照/data：一致 3，改变 0\n"
    );

    // insta reads what was written.
    let snapshot = insta::Snapshot::from_file(&here.join("rules/快照/data/A1.snap")).unwrap();
    assert_eq!(snapshot.metadata().description(), Some("甲公司（A1）"));
    let explained = heng_in(&here, &["explain", "rules", "data", "--case", "A1", "--all"]);
    let Some(body) = snapshot.contents().as_text() else { panic!("a snapshot is a text") };
    assert_eq!(body.to_string().trim_end(), explained.result.trim_end());

    // A threshold moves: one case changes its verdict, the others only say the new bound.
    fs::write(here.join("rules/规则.heng"), RULES.replace("3%", "3.2%")).unwrap();
    let changed = run(&[]);
    assert_eq!((changed.exit, kept() == written), (2, true));
    let review = run(&["--review"]);
    assert_eq!((review.exit, kept() == written), (2, true));
    let english = run(&["--lang", "en"]);
    assert_eq!(english.exit, 0, "the English explanations are kept in a folder of their own");

    // A case leaves.
    fs::write(here.join("data/企业.csv"), FIRMS.replace("C3,丙公司,2024-05-12,20,1000,\n", ""))
        .unwrap();
    let left = run(&["--check", "--filter", "A1"]);
    assert!(!left.result.contains("C3"), "only what is asked for is judged\n{}", left.result);
    assert_eq!(run(&["--check"]).exit, 2);
    let update = run(&["--update"]);
    assert_eq!((update.exit, kept().len(), run(&["--check"]).exit), (0, 2, 0));

    // Without the data, the snapshots are not compared, and that is said.
    let bare = test(&here, &[]);
    assert_eq!(bare.exit, 0);
    insta::assert_snapshot!(
        "suite_life",
        [first, changed, review, english, update, bare].map(|it| it.result).join("\n----\n")
    );
}

#[test]
fn damaged_snapshots_are_said_and_kept() {
    let here = sandbox("damaged", &[]);
    assert_eq!(test(&here, &["data", "--update"]).exit, 0);
    let at = |name: &str| here.join("rules/快照/data").join(name);
    let sound = fs::read_to_string(at("A1.snap")).unwrap();
    let bad: [(&str, Vec<u8>); 8] = [
        ("不是 UTF-8", b"---\n\xff\xfe".to_vec()),
        ("不完整", vec![]),
        ("不完整", sound.replacen("---\n", "", 1).into_bytes()),
        ("不完整", sound.as_bytes()[..20].to_vec()),
        ("不是 heng test 存的快照", sound.replace("info:\n  heng: 1\n", "").into_bytes()),
        ("格式 7", sound.replace("heng: 1", "heng: 7").into_bytes()),
        ("格式 99999999999", sound.replace("heng: 1", "heng: 99999999999").into_bytes()),
        (
            "合并冲突",
            sound.replace("可补助：", "<<<<<<< HEAD\n可补助：\n=======\n>>>>>>> x\n").into_bytes(),
        ),
    ];
    for (said, bytes) in bad {
        fs::write(at("A1.snap"), &bytes).unwrap();
        for more in [&[][..], &["--check"], &["--review"], &["--format", "json"]] {
            let answer = test(&here, &[&["data"], more].concat());
            assert_eq!(answer.exit, 2, "{said} {more:?}");
            let told = answer.result.contains(said) || answer.result.contains("\"damaged\"");
            assert!(
                told || answer.result.contains("\"other_version\""),
                "{said}\n{}",
                answer.result
            );
            assert_eq!(fs::read(at("A1.snap")).unwrap(), bytes, "written without --update");
        }
        assert_eq!(test(&here, &["data", "--update"]).exit, 0, "{said}");
        assert_eq!(fs::read_to_string(at("A1.snap")).unwrap(), sound);
    }
    // Line ends of another system are no change; what is no snapshot of ours is not removed.
    fs::write(at("A1.snap"), sound.replace('\n', "\r\n")).unwrap();
    assert_eq!(test(&here, &["data", "--check"]).exit, 0);
    fs::write(at("别的.snap"), "笔记").unwrap();
    assert_eq!(test(&here, &["data", "--update"]).exit, 2);
    assert!(at("别的.snap").exists());
    // A file where the folder of all snapshots should be.
    let away = sandbox("file_for_folder", &[("rules/快照", "笔记")]);
    for more in [&["data"][..], &["data", "--update"]] {
        let refused = test(&away, more);
        assert_eq!((refused.exit, refused.result.as_str()), (1, ""), "{more:?}");
        assert!(refused.remarks.contains("“rules/快照”是一个文件"), "{}", refused.remarks);
    }
    // A folder in the place of a file cannot be written over.
    fs::remove_file(at("别的.snap")).unwrap();
    fs::remove_file(at("A1.snap")).unwrap();
    fs::create_dir(at("A1.snap")).unwrap();
    let refused = test(&here, &["data", "--update"]);
    assert_eq!((refused.exit, refused.result.as_str()), (1, ""), "{}", refused.remarks);
}

#[test]
fn options_that_do_not_go_together() {
    let here = sandbox("options", &[]);
    for more in [
        &["data", "--check", "--update"][..],
        &["data", "--review", "--update"],
        &["data", "--review", "--format", "json"],
        &["--watch", "--update"],
        &["nowhere"],
        &["data", "--encoding", "klingon"],
        &["data", "--junit", "data/企业.csv/x.xml"],
    ] {
        let answer = test(&here, more);
        assert_eq!((answer.exit, answer.result.as_str()), (1, ""), "{more:?} {}", answer.remarks);
    }
}

#[test]
fn a_change_is_seen_while_watching() {
    let here = sandbox("watch", &[("rules/测试.heng", TESTS)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(["test", "rules", "--watch"])
        .current_dir(&here)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut counts =
        || lines.by_ref().map(Result::unwrap).find(|it| it.starts_with("测试 ")).unwrap();
    assert_eq!(counts(), "测试 2 项：通过 1，未通过 1");
    fs::write(here.join("rules/测试.heng"), TESTS.replace("设 研发 为 20", "设 研发 为 25"))
        .unwrap();
    assert_eq!(counts(), "测试 2 项：通过 1，未通过 1");
    // A new file in the folder is seen too.
    fs::write(here.join("rules/又一.heng"), "测试 又一  对 企业\n  给定 甲\n  期望 强度 = 4%\n")
        .unwrap();
    assert_eq!(counts(), "测试 3 项：通过 2，未通过 1");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn changes_are_reviewed_one_by_one_on_a_terminal() {
    // util-linux' script gives the program a terminal.
    if Command::new("script").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no `script` to make a terminal");
        return;
    }
    let here = sandbox("terminal", &[]);
    assert_eq!(test(&here, &["data", "--update"]).exit, 0);
    let before = contents(&here.join("rules/快照"));
    fs::write(here.join("rules/规则.heng"), RULES.replace("3%", "3.2%")).unwrap();
    let program = env!("CARGO_BIN_EXE_heng");
    let mut child = Command::new("script")
        .args(["-qec", &format!("{program} test rules data --review"), "/dev/null"])
        .current_dir(&here)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // An answer that is none is asked again; the first is skipped, the second accepted, the rest left.
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"x\ns\na\nq\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    let after = contents(&here.join("rules/快照"));
    let changed: Vec<&String> = after.keys().filter(|it| before[*it] != after[*it]).collect();
    assert_eq!(changed, ["data/B%2F2.snap"], "{text}");
}

/// A rulebook whose tests take their cases from the data beside it.
const DRAWN: &str = "\
政策 集群办法
  施行 2024-01-01 起
  适用时点 申请日
  条文 第一条 至 第三条，附件 未取得

数据 集群
  编号      文本，标识
  名称      文本
  申请日    日期
  收入      金额（万元，≥ 0）
  企业      多条 企业

数据 企业
  名称      文本
  人数      计量（人）
  专利      多条 专利

数据 专利
  号        文本，标识
  有效      是否

条件 规模  对 集群
  依据 第一条
  应当 同时满足
    — 企业：个数（企业） ≥ 2 家，依据 第二条第三款
    — 收入：收入 ≥ 500 万元
  例外 附件 当 收入 = 0 万元 视同 不符合

条件 唯一名  对 集群
  依据 第三条
  应当 唯一（名称）

结论 认定  对 集群
  依据 第三条
  须符合 规模、唯一名

测试 原样  对 集群
  给定 A1 取自 “../data”
  期望 认定 为 符合
  期望 收入 = 600 万元
  期望 合计（企业 的 人数） = 30 人
  期望 合计（企业 的 个数（专利 中 有效）） = 1 件

测试 改收入  对 集群
  给定 A1 取自 “../data”
  设 收入 为 100
  期望 认定 为 不符合，因 规模、第一条
  期望 收入 = 100 万元

测试 改企业  对 集群
  给定 “2024-2” 取自 “../data”
  设 企业
  | 名称 | 人数 |
  | 新   | 5    |
  期望 规模 为 不符合，因 第二条
  期望 合计（企业 的 人数） = 5 人

测试 两例同名  对 集群
  给定 “甲 集群”、“2024-2” 取自 “../data”
  设 名称 为 乙集群
  期望 唯一名 为 不符合
  期望 收入 = 600 万元

测试 例外  对 集群
  给定 A1 取自 “../data”
  设 收入 为 0
  期望 规模 为 不符合，因 附件
";

const CLUSTERS: &str =
    "编号,名称,申请日,收入（亿元）\nA1,甲 集群,2024-03-01,0.06\n2024-2,乙集群,2024-03-02,0.07\n";
const MEMBERS: &str = "集群,名称,人数\nA1,一,10\nA1,二,20\n2024-2,三,1\n2024-2,四,1\n";
const PATENTS: &str = "企业,号,有效\n一,P1,是\n二,P2,否\n三,P3,是\n";

fn drawn(name: &str, rules: &str) -> PathBuf {
    let files = [
        ("rules/规则.heng", rules),
        ("data/集群.csv", CLUSTERS),
        ("data/企业.csv", MEMBERS),
        ("data/专利.csv", PATENTS),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    folder(&format!("suite/{name}"), &files)
}

#[test]
fn cases_are_taken_from_data() {
    let passes = |here: &Path| {
        let answer = test(here, &[]);
        assert_eq!((answer.exit, answer.remarks.as_str()), (0, ""), "{}", answer.result);
        assert_eq!(answer.result, "测试 5 项：通过 5，未通过 0\n");
    };
    passes(&drawn("drawn", DRAWN));
    // The same out of nested rows.
    let nested = r#"{"集群": [
        {"编号": "A1", "名称": "甲 集群", "申请日": "2024-03-01", "收入（亿元）": "0.06", "企业": [
            {"名称": "一", "人数": 10, "专利": [{"号": "P1", "有效": "是"}]},
            {"名称": "二", "人数": 20, "专利": [{"号": "P2", "有效": "否"}]}]},
        {"编号": "2024-2", "名称": "乙集群", "申请日": "2024-03-02", "收入（亿元）": "0.07", "企业": [
            {"名称": "三", "人数": 1, "专利": []}, {"名称": "四", "人数": 1}]}]}"#;
    let here = drawn("drawn_nested", &DRAWN.replace("../data", "../data/全部.json"));
    fs::write(here.join("data/全部.json"), nested).unwrap();
    passes(&here);
}

#[test]
fn cases_that_cannot_be_taken_are_said() {
    let mut all = String::new();
    for (name, from, to) in [
        ("nowhere", "“../data”", "“../没有”"),
        ("no_key", "给定 A1 取自", "给定 A9 取自"),
        ("no_table", "“../data”", "“规则.heng”"),
    ] {
        let here = drawn(&format!("drawn_{name}"), &DRAWN.replacen(from, to, 1));
        let answer = test(&here, &["--filter", "原样"]);
        assert_eq!(answer.exit, 2, "{name}");
        all += &answer.result;
    }
    // What is wrong is found before a test runs.
    for (name, from, to) in [
        ("mixed", "给定 A1 取自 “../data”\n  设 收入 为 100", "给定 A1 取自 “../data”\n  给定 乙"),
        ("no_article", "因 附件", "因 第九条"),
        ("no_criterion", "因 附件", "因 第三方"),
        ("of_value", "期望 收入 = 100 万元", "期望 收入 = 100 万元，因 第一条"),
    ] {
        let here = drawn(&format!("drawn_{name}"), &DRAWN.replacen(from, to, 1));
        let answer = heng_in(&here, &["check", "rules"]);
        assert_eq!(answer.exit, 3, "{name}\n{}", answer.result);
        all += &answer.result;
    }
    // An article that does not decide.
    let here = drawn("drawn_why", &DRAWN.replacen("因 附件", "因 第二条", 1));
    let answer = test(&here, &["--filter", "例外"]);
    assert_eq!(answer.exit, 2);
    all += &answer.result;
    insta::assert_snapshot!("suite_drawn", all);
}

#[test]
fn a_test_may_keep_its_whole_explanation() {
    let tests = format!(
        "{}\n  快照\n\n测试 只有快照  对 企业\n  给定 甲\n  设 人数 为 2\n  快照\n",
        TESTS.split("\n\n测试 少了").next().unwrap()
    );
    let here = sandbox("kept", &[("rules/测试.heng", &tests)]);
    let first = test(&here, &[]);
    assert_eq!(first.exit, 0);
    assert!(first.result.contains("快照/测试/正常.snap 还没有存"), "{}", first.result);
    assert_eq!((test(&here, &["--check"]).exit, test(&here, &["--update"]).exit), (2, 0));
    assert_eq!(test(&here, &["--check"]).exit, 0);
    let body = fs::read_to_string(here.join("rules/快照/测试/只有快照.snap")).unwrap();
    assert!(body.contains("可补助：不符合") && body.contains("人数 = 2 人，要求 ≥ 3 人"), "{body}");
    fs::write(here.join("rules/规则.heng"), RULES.replace("3 人", "5 人")).unwrap();
    let changed = test(&here, &["--filter", "快照"]);
    assert_eq!(changed.exit, 2);
    assert!(changed.result.contains("要求 ≥ ⟦5⟧ 人"), "{}", changed.result);
    // A test that is gone leaves its snapshot over.
    fs::write(here.join("rules/规则.heng"), RULES).unwrap();
    fs::write(here.join("rules/测试.heng"), tests.replace("只有快照", "改了名")).unwrap();
    assert_eq!((test(&here, &[]).exit, test(&here, &["--check"]).exit), (0, 2));
    let names: Vec<String> = contents(&here.join("rules/快照")).into_keys().collect();
    assert_eq!(names, ["测试/只有快照.snap", "测试/正常.snap"]);
    assert_eq!(test(&here, &["--update"]).exit, 0);
    let names: Vec<String> = contents(&here.join("rules/快照")).into_keys().collect();
    assert_eq!(names, ["测试/改了名.snap", "测试/正常.snap"]);
}
