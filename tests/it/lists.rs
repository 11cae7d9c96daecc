//! Bad lists and odd data files: each is answered with a place, the exit code that is promised, and no panic. Names are not judged here.

use crate::program::Answer;
use crate::program::folder;
use crate::program::heng_in;
use serde_json::Value;
use std::path::PathBuf;

/// A rulebook with a classification, divisions and cases that name members of both.
const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  施行 2020-01-01 起
  适用时点 申请日
  条文 第一条 至 第三条

分类 行业 取自 “industry.tsv”，完整
  名称 为 name，代码 为 code，上级 为 up

分类 地区 取自 “places.tsv”，完整
  名称 为 name，上级 为 up

数据 集群
  编号    文本，标识
  名称    文本
  申请日  日期
  行业    行业
  所在地  地区
  企业    多条 企业

数据 企业
  名称    文本
  人数    计量（人）

条件 行业要求  对 集群
  依据 第一条
  应当 行业 属于 制造业
  不符 “行业应为制造业，{名称}的行业：{行业}”

条件 地区要求  对 集群
  依据 第二条
  应当 所在地 属于 甲省

条件 规模  对 集群
  依据 第三条
  应当 合计（企业 的 人数） ≥ 1 人

结论 认定  对 集群
  依据 第三条
  须符合 行业要求、地区要求、规模
";

const INDUSTRY: &str = "name\tcode\tup\n制造业\t1\t\n纺织\t1.1\t1\n服务业\t2\t\n";
const PLACES: &str = "name\tup\n甲省\t\n乙市\t甲省\n";
const CLUSTERS: &str = "编号,名称,申请日,行业,所在地\nA1,甲集群,2021-03-01,纺织,乙市\n";
const FIRMS: &str = "集群,名称,人数\nA1,甲公司,30\n";

/// A folder with a sound rulebook, lists and data, some of the files replaced.
fn sandbox(name: &str, changes: &[(&str, &str)]) -> PathBuf {
    let mut files = vec![
        ("rules.heng", RULES),
        ("industry.tsv", INDUSTRY),
        ("places.tsv", PLACES),
        ("data/集群.csv", CLUSTERS),
        ("data/企业.csv", FIRMS),
    ];
    files.retain(|(path, _)| !changes.iter().any(|(changed, _)| changed == path));
    files.extend(changes);
    let files: Vec<(&str, &[u8])> =
        files.into_iter().map(|(path, text)| (path, text.as_bytes())).collect();
    folder(&format!("lists/{name}"), &files)
}

fn eval(name: &str, changes: &[(&str, &str)], more: &[&str]) -> Answer {
    heng_in(&sandbox(name, changes), &[&["eval", "rules.heng", "data"], more].concat())
}

/// Whether the answer has the exit code and every phrase, in what it finds or in what it comes to.
fn expect(name: &str, answer: &Answer, exit: i32, phrases: &[&str]) {
    let all = format!("{}\n{}", answer.remarks, answer.result);
    assert_eq!(answer.exit, exit, "{name}: {all}");
    for phrase in phrases {
        assert!(all.contains(phrase), "{name}: no “{phrase}” in\n{all}");
    }
}

#[test]
fn sound() {
    expect("sound", &eval("sound", &[], &[]), 0, &["认定   符合 1"]);
}

#[test]
fn bad_lists_are_located() {
    let head = "name\tcode\tup\n";
    let industry = [
        ("loop", "制造业\t1\t1.1\n纺织\t1.1\t1\n", &["E0505", "industry.tsv 第 2 行", "→"][..]),
        ("own_parent", "制造业\t1\t1\n", &["E0505", "industry.tsv 第 2 行"]),
        ("orphan", "制造业\t1\t\n纺织\t1.1\t9\n", &["E0504", "industry.tsv 第 3 行", "9"]),
        ("code_twice", "制造业\t1\t\n纺织\t1\t\n", &["E0506", "industry.tsv 第 3 行"]),
        ("no_name", "制造业\t1\t\n\t1.1\t1\n", &["E0503", "industry.tsv 第 3 行"]),
    ];
    for (name, rows, phrases) in industry {
        let text = format!("{head}{rows}");
        let answer = eval(name, &[("industry.tsv", &text)], &[]);
        expect(name, &answer, 3, phrases);
        assert_eq!(answer.result, "", "{name}: no verdict rests on a bad list");
        let check = heng_in(&sandbox(name, &[("industry.tsv", &text)]), &["check", "rules.heng"]);
        expect(name, &check, 3, phrases);
    }
    let column = "name\tcode\n制造业\t1\n";
    let answer = eval("column", &[("industry.tsv", column)], &[]);
    expect("column", &answer, 3, &["E0501", "没有列“up”", "rules.heng", "name、code"]);
    expect("empty", &eval("empty", &[("industry.tsv", "")], &[]), 3, &["E0508", "industry.tsv"]);
}

/// Two classes of one name on two levels are lawful: the name means either until a code says which.
#[test]
fn equal_names_on_two_levels() {
    let head = "编号,名称,申请日,行业,所在地\n";
    let list = ("industry.tsv", "name\tcode\tup\n制造业\t1\t\n纺织\t1.1\t1\n纺织\t1.1.1\t1.1\n");
    let either = format!("{head}A1,甲集群,2021-03-01,纺织,乙市\n");
    let answer = eval("either", &[list, ("data/集群.csv", &either)], &[]);
    expect("either", &answer, 0, &["W0607", "集群.csv 第 2 行", "1.1.1", "认定   符合 1"]);
    let code = format!("{head}A1,甲集群,2021-03-01,1.1.1,乙市\n");
    let answer = eval("code", &[list, ("data/集群.csv", &code)], &[]);
    expect("code", &answer, 0, &["认定   符合 1"]);
    assert!(!answer.remarks.contains("W0607"), "{}", answer.remarks);
}

/// Where a complete list lacks the case's own place, the cell is at fault and the verdict open; where the
/// list is not complete, whether the place belongs to it is open.
#[test]
fn a_place_that_the_table_lacks() {
    let places = ("places.tsv", "name\tup\n甲省\t\n丙市\t甲省\n丁省\t\n");
    let answer = eval("place", &[places], &[]);
    let phrases =
        ["E0607", "集群.csv 第 2 行", "所在地“乙市”", "无法判定（有误 1 项）", "请更正：所在地"];
    expect("place", &answer, 4, &phrases);
    let open = RULES.replace("“places.tsv”，完整", "“places.tsv”");
    let open = open.replace("所在地 属于 甲省", "所在地 属于 地区");
    let answer = eval("open", &[places, ("rules.heng", &open)], &[]);
    expect("open", &answer, 4, &["W0606", "集群.csv 第 2 行", "无法判定", "请核实：所在地"]);
}

/// A row is known by its key: two clusters of one name are two cases, and each line says which it is.
#[test]
fn two_clusters_of_one_name() {
    let twins = "编号,名称,申请日,行业,所在地\n\
        A1,甲集群,2021-03-01,纺织,乙市\nA2,甲集群,2021-03-01,服务业,乙市\n";
    let firms = "集群,名称,人数\nA1,甲公司,30\nA2,甲公司,30\n";
    let files = [("data/集群.csv", twins), ("data/企业.csv", firms)];
    let phrases = ["符合 1", "不符合 1", "甲集群（A1）", "甲集群（A2）"];
    expect("twins", &eval("twins", &files, &[]), 2, &phrases);
    // Where the name is the key, a firm cannot say to which of the two it belongs.
    let nameless = RULES.replace("  编号    文本，标识\n", "");
    let twins =
        "名称,申请日,行业,所在地\n甲集群,2021-03-01,纺织,乙市\n甲集群,2021-03-01,服务业,乙市\n";
    let firms = "集群,名称,人数\n甲集群,甲公司,30\n";
    let files = [("rules.heng", &*nameless), ("data/集群.csv", twins), ("data/企业.csv", firms)];
    let answer = eval("one_key", &files, &[]);
    expect("one_key", &answer, 4, &["E0608", "集群.csv 第 3 行", "行业", "无法判定（有误 1 项）"]);
}

/// What acts elsewhere is plain text here: in text as written, in JSON as a string.
#[test]
fn hostile_names_stay_text() {
    for (name, hostile) in [
        ("script", "<script>alert(1)</script>"),
        ("formula", "=cmd()|' /C calc'!A0"),
        ("at", "@SUM(1+1)"),
        ("template", "{名称}${7*7}"),
    ] {
        let text =
            format!("编号,名称,申请日,行业,所在地\nA1,\"{hostile}\",2021-03-01,服务业,乙市\n");
        let files = [("data/集群.csv", text.as_str())];
        let answer = eval(name, &files, &[]);
        let message = format!("行业应为制造业，{hostile}");
        expect(name, &answer, 2, &[&format!("✗ {hostile}（A1）"), &message]);
        let answer = eval(name, &files, &["--format", "json"]);
        let report: Value = serde_json::from_str(&answer.result).unwrap();
        assert_eq!(report["cases"][0]["name"], hostile, "{name}");
        let texts = report["cases"][0]["criteria"].as_array().unwrap();
        let told = texts.iter().any(|it| it["message"].as_str().unwrap().contains(&message));
        assert!(told, "{name}: {texts:?}");
    }
}

/// A row of a thousand cells is one finding, a thousand columns under headers one finding a column at most.
#[test]
fn wide_rows() {
    let tail = ",多".repeat(1000);
    let long = CLUSTERS.replace("乙市\n", &format!("乙市{tail}\n"));
    let answer = eval("long", &[("data/集群.csv", &long)], &[]);
    expect("long", &answer, 4, &["E0605", "集群.csv", "第 2 行的格数多于表头的 5 列"]);
    assert!(answer.remarks.lines().count() < 20, "{}", answer.remarks);
    let headers: String = (0..1000).map(|it| format!(",列{it}")).collect();
    let wide = CLUSTERS.replace("所在地\n", &format!("所在地{headers}\n"));
    let wide = wide.replace("乙市\n", &format!("乙市{tail}\n"));
    let answer = eval("wide", &[("data/集群.csv", &wide)], &[]);
    expect("wide", &answer, 0, &["I0601", "列0", "认定   符合 1"]);
    let note = answer.remarks.lines().map(|it| it.chars().count()).max().unwrap_or(0);
    assert!(note < 400, "a finding of {note} characters");
}

/// Many short rows: all are counted, and what is wrong with each is told once.
#[test]
fn many_short_rows() {
    let mut firms = String::from("集群,名称,人数\n");
    for row in 0..20_000 {
        firms += &format!("A1,{row},1\n");
    }
    let rules = RULES.replace("≥ 1 人", "≥ 20001 人");
    let files = [("rules.heng", rules.as_str()), ("data/企业.csv", &firms)];
    let answer = eval("many", &files, &[]);
    expect("many", &answer, 2, &["20,000 人"]);
    let short = format!("集群,名称,人数\n{}", "A1\n".repeat(20_000));
    let answer = eval("short", &[("data/企业.csv", &short)], &[]);
    expect(
        "short",
        &answer,
        4,
        &["请补：1、2、3 等 20000 行的人数", "企业.csv 第 2、3、4 等 20000 行"],
    );
    assert!(answer.remarks.lines().count() < 20, "{}", answer.remarks);
    assert!(answer.result.lines().count() < 20, "{}", answer.result);
}
