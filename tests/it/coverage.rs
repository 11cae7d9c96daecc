//! `heng test --coverage`: figures counted by hand, independence of layout, floors, and what is said to be impossible never seen.

use crate::program::Answer;
use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use crate::reports::valid;
use crate::suite::FIRMS;
use crate::suite::RULES;
use crate::suite::TESTS;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The test that passes, alone.
fn passing() -> &'static str {
    TESTS.split("测试 少了").next().unwrap()
}

fn small(name: &str) -> PathBuf {
    let files =
        [("rules/规则.heng", RULES), ("rules/测试.heng", passing()), ("data/企业.csv", FIRMS)];
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    folder(&format!("coverage/{name}"), &files)
}

fn coverage(here: &Path, more: &[&str]) -> Answer {
    heng_in(here, &[&["test", "rules", "--coverage"], more].concat())
}

/// Counted by hand. 施行: in force, not, unknown: 3. 投入: the rule 5, its comparison 4 (it is never 不适用), its bound 3.
/// 规模: the rule 5, two comparisons of 4, two bounds of 3. 可补助: 4, for nothing rests on it. 38 together.
///
/// The test (4 %, 20 persons, met): in force; 投入 met and decisive, so is its comparison, its bound passed;
/// the same of 规模 with two of each; met. 1 + 5 + 8 + 1.
///
/// The data add a firm with 2 persons (规模 not met and below its bound, and so the conclusion) and one whose research is
/// not known (投入, its comparison and the conclusion undecided): 1 + 7 + 11 + 3.
#[test]
fn figures_counted_by_hand() {
    let here = small("by_hand");
    let answer = coverage(&here, &["data", "--format", "json"]);
    assert_eq!(answer.exit, 0, "{}", answer.remarks);
    valid("coverage", &answer.result);
    let document: Value = serde_json::from_str(&answer.result).unwrap();
    let figures =
        |of: &str| ["count", "seen", "outcomes"].map(|it| document[of][it].as_u64().unwrap());
    assert_eq!(figures("tests"), [1, 15, 38]);
    assert_eq!(figures("data"), [3, 22, 38]);
    assert_eq!(document["tests"]["share"], "39.4%");
}

#[test]
fn a_floor_is_asked_for() {
    let here = small("floor");
    for (floor, exit) in
        [("39%", 0), ("39.4", 0), ("39.473", 0), ("39.474%", 2), ("40％", 2), ("100", 2), ("0", 0)]
    {
        let answer = coverage(&here, &["--floor", floor]);
        assert_eq!(answer.exit, exit, "{floor}");
        assert_eq!(answer.remarks.contains("要求至少"), exit == 2, "{floor} {}", answer.remarks);
    }
    for wrong in ["", "x", "101%", "-1", "1e3", "90.1234567", "九成"] {
        assert_eq!(coverage(&here, &["--floor", wrong]).exit, 1, "{wrong}");
    }
    let alone = heng_in(&here, &["test", "rules", "--floor", "90%"]);
    assert_eq!((alone.exit, alone.result.as_str()), (1, ""));
    for more in [&["--format", "sarif"][..], &["--update"], &["--junit", "x.xml"]] {
        assert_eq!(coverage(&here, more).exit, 1, "{more:?}");
    }
    assert_eq!(heng_in(&here, &["test", "rules", "--format", "html"]).exit, 1);
    // A test that fails is said, whatever was seen.
    fs::write(here.join("rules/测试.heng"), TESTS).unwrap();
    let failing = coverage(&here, &[]);
    assert_eq!(failing.exit, 2);
    assert!(failing.remarks.contains("✗ 少了"), "{}", failing.remarks);
}

/// What is seen of what, without places.
fn essence(json: &str) -> BTreeSet<String> {
    let document: Value = serde_json::from_str(json).unwrap();
    let mut all = BTreeSet::from([document["tests"].to_string()]);
    for item in document["items"].as_array().unwrap() {
        for point in item["points"].as_array().unwrap() {
            let text = point["text"].as_str().unwrap().replace(' ', "");
            let text = if point["kind"] == "rule" { String::new() } else { text };
            all.insert(format!(
                "{} {} {text} {} {}",
                item["name"], point["kind"], point["label"], point["outcomes"]
            ));
        }
    }
    all
}

#[test]
fn layout_changes_no_figure() {
    let one = coverage(&small("layout"), &["--format", "json"]).result;
    // One file, its items from the last to the first, without indentation, with blanks and comments.
    let whole = format!("{RULES}\n{}", passing());
    let mut items: Vec<&str> =
        whole.split("\n\n").map(str::trim).filter(|it| !it.is_empty()).collect();
    items.reverse();
    let flat: Vec<String> = items
        .iter()
        .map(|it| it.lines().map(|line| format!("{}   # 注\n", line.trim())).collect())
        .collect();
    let other =
        folder("coverage/layout_other", &[("rules/全部.heng", flat.join("\n\n\n").as_bytes())]);
    let other = coverage(&other, &["--format", "json"]).result;
    assert_eq!(essence(&one), essence(&other));
}

/// Exceptions, a veto, rows of a list, a table, 若, a domain that rules an outcome out, an indicator nobody uses.
const RICH: &str = "\
政策 示例办法
  施行 2024-01-01 起
  适用时点 申请日
  条文 第一条 至 第五条

数据 企业
  编号      文本，标识
  申请日    日期
  人数      计量（人，≥ 0）
  收入      金额（万元，≥ 0）
  高新      是否，可无
  失信      是否
  项目      多条 项目

数据 项目
  名称      文本
  经费      金额（万元，≥ 0）
  验收      是否

指标 人均收入  对 企业
  依据 第一条
  公式 若 人数 = 0 人 则 不适用 否则 收入 ÷ 人数
  单位 万元/人

条件 规模  对 企业
  依据 第一条
  应当 满足之一
    — 人：人数 ≥ 20 人
    — 收：收入 ≥ 500 万元
  例外 第二条 当 高新 为 是 视同 符合
  例外 第三条 优先于 第二条 当 收入 = 0 万元 视同 不符合

条件 有项目  对 企业
  依据 第四条
  应当 个数（项目 中 经费 ≥ 10 万元 且 验收） ≥ 1 个

条件 总成立  对 企业
  依据 第四条
  应当 人数 ≥ 0 人

分级 档  对 企业
  依据 第五条
  按 人数
  | ≥ 100 人 | 大 |
  | ≥ 20 人  | 中 |
  | 其余     | 小 |

结论 可以  对 企业
  依据 第五条
  须符合 规模、有项目、总成立
  一票否决 当 失信

案例 甲  对 企业
  设 编号 为 A
  设 申请日 为 2024-03-01
  设 人数 为 20
  设 收入 为 100
  设 高新 为 否
  设 失信 为 否
  设 项目
  | 名称 | 经费 | 验收 |
  | 一   | 10   | 是   |
  | 二   | 9    | 否   |

测试 够  对 企业
  给定 甲
  期望 可以 为 符合
  期望 档 为 中
  期望 人均收入 = 5 万元/人

测试 高新  对 企业
  给定 甲
  设 人数 为 0
  设 高新 为 是
  期望 可以 为 符合
  期望 人均收入 为 不适用

测试 只问规模  对 企业
  给定 甲
  设 收入 为 0
  期望 规模 为 不符合
";

#[test]
fn what_was_never_seen_is_said_with_its_line() {
    let here = folder("coverage/rich", &[("rules/规则.heng", RICH.as_bytes())]);
    let zh = coverage(&here, &[]);
    assert_eq!((zh.exit, zh.remarks.as_str()), (0, ""));
    let en = coverage(&here, &["--lang", "en"]);
    let json = coverage(&here, &["--format", "json"]).result;
    valid("coverage", &json);
    let document: Value = serde_json::from_str(&json).unwrap();
    let mut impossible = String::new();
    for item in document["items"].as_array().unwrap() {
        for point in item["points"].as_array().unwrap() {
            for it in
                point["outcomes"].as_array().unwrap().iter().filter(|it| it["counts"] == false)
            {
                impossible += &format!(
                    "{} · {} · {}: {}\n",
                    item["name"], point["text"], it["outcome"], it["why"]
                );
            }
        }
    }
    insta::assert_snapshot!(
        "coverage_rich",
        format!("{}\n----\n{}\n----\n{impossible}", zh.result, en.result)
    );
}

#[test]
fn the_page_is_the_text_with_marks() {
    let here = folder("coverage/page", &[("rules/规则.heng", RICH.as_bytes())]);
    let answer = coverage(&here, &["--format", "html", "--out", "page.html"]);
    assert_eq!((answer.exit, answer.result.as_str()), (0, ""), "{}", answer.remarks);
    let page = fs::read_to_string(here.join("page.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    for line in RICH.lines().filter(|it| !it.is_empty()) {
        let shown = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.contains(&shown), "{line}");
    }
    assert!(
        page.contains("class=\"never\"")
            && page.contains("class=\"seen\"")
            && page.contains("class=\"out\"")
    );
    // A text of the rules is a text of the page.
    let hostile = RICH.replace("政策 示例办法", "政策 示例<script>alert(1)</script>办法");
    let here = folder("coverage/hostile", &[("rules/规则.heng", hostile.as_bytes())]);
    let page = coverage(&here, &["--format", "html"]).result;
    assert!(!page.contains("<script"), "a title runs");
}

/// The rule files in folders called `good`, in order.
fn good(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for path in fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if path.is_dir() {
            found.extend(good(&path));
        } else if folder.ends_with("good") && path.extension().is_some_and(|it| it == "heng") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What is said to be impossible is never seen, in every rulebook with tests that the project has.
#[test]
fn what_cannot_arise_is_never_seen() {
    let mut checked = 0;
    for path in good(Path::new("tests/cases")) {
        // 假定 may put in place of a value what no data could make it.
        let text = fs::read_to_string(&path).unwrap_or_default();
        if text.contains("假定 ") || text.contains("suppose ") {
            continue;
        }
        let rules = path.to_str().unwrap();
        let data = rules.strip_suffix(".heng").unwrap();
        let mut args = vec!["test", rules, "--coverage", "--format", "json"];
        if Path::new(data).is_dir() {
            args.insert(2, data);
        }
        let answer = heng(&args);
        if answer.result.is_empty() {
            continue;
        }
        valid("coverage", &answer.result);
        let document: Value = serde_json::from_str(&answer.result).unwrap();
        for item in document["items"].as_array().unwrap() {
            for point in item["points"].as_array().unwrap() {
                for it in point["outcomes"].as_array().unwrap() {
                    let seen = it["tests"].as_u64().unwrap() + it["data"].as_u64().unwrap_or(0);
                    // A sentence that a test expects may use a rule that no other rule uses.
                    let counts = it["counts"] == true || it["outcome"] == "decisive";
                    assert!(counts || seen == 0, "{rules}: {} {point}", item["name"]);
                    checked += usize::from(!counts);
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

/// A score with a part between two lines, a deduction, ranks and a selection.
const SCORED: &str = "\
政策 评选办法
  条文 第一条 至 第二条

数据 企业
  编号  文本，标识
  质量  数（0 至 10）
  失信  是否

评分 评选  对 企业
  依据 第一条
  | 指标 | 权重 | 方向 | 标准化       |
  | 质量 | 100% | 正向 | 极差（2，8） |
  扣分 失信扣分，满分 5 分，公式 若 失信 则 5 分 否则 0 分
  缺失 记零分
  排名 从高到低、并列同名次
  入选 前 1 名，并列 全入选
";

/// A and B are on the upper line and tie, C is on the lower one and has its points taken, D has nothing filled in and
/// comes to zero: it is above C, alone in its rank. Nobody is between the lines, or beyond them.
#[test]
fn the_parts_of_a_score_are_seen() {
    let data = "编号,质量,失信\nA,8,否\nB,8,否\nC,2,是\nD,,否\n";
    let files: [(&str, &[u8]); 2] =
        [("rules.heng", SCORED.as_bytes()), ("data/企业.csv", data.as_bytes())];
    let here = folder("coverage/scored", &files);
    let args = ["test", "rules.heng", "data", "--coverage", "--format", "json"];
    let answer = heng_in(&here, &args);
    assert_eq!(answer.exit, 0, "{}", answer.remarks);
    valid("coverage", &answer.result);
    let document: Value = serde_json::from_str(&answer.result).unwrap();
    let mut told = String::new();
    for point in
        document["items"].as_array().unwrap().iter().flat_map(|it| it["points"].as_array().unwrap())
    {
        let ways = point["outcomes"].as_array().unwrap().iter().filter(|it| it["counts"] == true);
        let ways: Vec<String> =
            ways.map(|it| format!("{} {}", it["outcome"].as_str().unwrap(), it["data"])).collect();
        let name = [&point["kind"], &point["text"]].map(|it| it.as_str().unwrap()).join(" ");
        told += &format!("{name}: {}\n", ways.join(", "));
    }
    insta::assert_snapshot!("coverage_scored", told);
    let text = heng_in(&here, &["test", "rules.heng", "data", "--coverage"]);
    insta::assert_snapshot!("coverage_scored_text", text.result);
}
