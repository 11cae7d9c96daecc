//! `heng diff`: edits and their effects against a recount in Python, laws of differences, and bad input of every kind.

use crate::laws::times;
use crate::program::Answer;
use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use crate::program::kept_in;
use crate::reports::valid;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

const SHIPPED: &str = "rules/innovation-cluster";
const DATA: &str = "examples/innovation-cluster";

/// The four edits of the shipped rulebook: file, old words, new words.
const EDITS: [(&str, &str, &str); 5] = [
    ("第十条评价.heng", "合格 ≥ 50 分\n  排名", "合格 ≥ 60 分\n  排名"),
    ("第十条评价.heng", "参数 成长质量权重  20%", "参数 成长质量权重  25%"),
    ("第十条评价.heng", "参数 要素集聚权重  20%", "参数 要素集聚权重  15%"),
    ("第十条评价.heng", "| ≥ 6 家       |", "| ≥ 5 家       |"),
    (
        "第三章.heng",
        "  材料 “书面申请”\n",
        "  例外 第十五条 当 编制主体 为 高新区管委会 视同 符合\n  材料 “书面申请”\n",
    ),
];

/// A copy of the shipped rules, its lists beside it, with these edits.
fn edited(name: &str, edits: &[(&str, &str, &str)]) -> PathBuf {
    let mut files: Vec<(String, Vec<u8>)> = vec![];
    for part in ["rules/innovation-cluster", "rules/reference"] {
        for entry in std::fs::read_dir(part).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let to = path.strip_prefix("rules").unwrap().to_str().unwrap().to_owned();
                files.push((to, std::fs::read(&path).unwrap()));
            }
        }
    }
    for (file, old, new) in edits {
        let at = files.iter_mut().find(|it| it.0 == format!("innovation-cluster/{file}")).unwrap();
        let text = String::from_utf8(at.1.clone()).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old}");
        at.1 = text.replace(old, new).into_bytes();
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|it| (it.0.as_str(), it.1.as_slice())).collect();
    folder(name, &files).join("innovation-cluster")
}

fn shipped(new: &Path, more: &[&str]) -> Answer {
    heng(&[&["diff", SHIPPED, new.to_str().unwrap(), DATA, "--on", "2022-12-31"], more].concat())
}

/// Places of this machine are left out of what is kept.
fn kept(answer: &str) -> String {
    answer.replace(env!("CARGO_TARGET_TMPDIR"), "[tmp]")
}

#[test]
fn four_edits_of_the_shipped_rulebook_are_recounted() {
    let new = edited("diff/four", &EDITS);
    let text = shipped(&new, &[]);
    assert_eq!(text.exit, 2, "{}", text.remarks);
    kept_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots")))
        .bind(|| insta::assert_snapshot!("diff_four_edits", kept(&text.result)));
    let json = shipped(&new, &["--format", "json"]);
    valid("difference", &json.result);
    let found: Value = serde_json::from_str(&json.result).unwrap();
    assert_eq!(found["confirmed"], true);
    let Some(wanted) = recount() else { return };
    let mut compared = 0;
    for case in found["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        for effect in case["effects"].as_array().unwrap() {
            compared += usize::from(agrees(&found, id, effect, &wanted));
        }
    }
    let all: usize =
        wanted.as_object().unwrap().values().map(|it| it.as_object().unwrap().len()).sum();
    assert_eq!(compared, all, "everything that the recount finds is found");
    assert!(all > 40, "{all}");
}

/// Whether an effect is one that is recounted, and then the same. A conclusion changes only with its criterion.
fn agrees(found: &Value, id: &str, effect: &Value, wanted: &Value) -> bool {
    let (kind, name) = (effect["kind"].as_str().unwrap(), effect["name"].as_str().unwrap());
    let of_case = &wanted[id];
    if kind == "conclusion" {
        assert!(of_case["criterion 提出申请"].is_object(), "{id} {name}");
        return false;
    }
    let wanted = &of_case[format!("{kind} {name}")];
    assert!(wanted.is_object(), "{id}: {kind} {name} is not in the recount");
    for side in ["before", "after"] {
        let (ours, theirs) = (&effect[side], &wanted[side]);
        match kind {
            "score" | "rank" => {
                assert_eq!((&ours["low"], &ours["high"]), (&theirs[0], &theirs[1]), "{id} {name}");
            }
            "grade" if name == "大企业档" => {
                assert_eq!((&ours["low"], &ours["high"]), (&theirs[0], &theirs[1]), "{id} {name}");
            }
            "grade" => {
                let words: BTreeSet<&str> = ours["shown"].as_str().unwrap().split(" 或 ").collect();
                let theirs: BTreeSet<&str> =
                    theirs.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
                assert_eq!(words, theirs, "{id} {name}");
            }
            _ => assert_eq!(ours["possible"], *theirs, "{id} {name}"),
        }
    }
    let cause = &found["causes"][effect["cause"].as_u64().unwrap() as usize];
    let least: BTreeSet<BTreeSet<String>> = words_of(&wanted["causes"]);
    let ours: BTreeSet<BTreeSet<String>> = sets(found, cause);
    match cause["kind"].as_str().unwrap() {
        "each" => assert_eq!(ours, least, "{id} {kind} {name}"),
        _ => assert!(ours.is_subset(&least), "{id} {kind} {name}: {ours:?}, not of {least:?}"),
    }
    true
}

/// The sets of a cause by what the recount calls the edits: both weights are one.
fn sets(found: &Value, cause: &Value) -> BTreeSet<BTreeSet<String>> {
    let called = |number: &Value| {
        let edit = &found["edits"][number.as_u64().unwrap() as usize - 1];
        match edit["item"].as_str().unwrap() {
            "综合评价" => "threshold",
            "成长质量权重" | "要素集聚权重" => "weight",
            "大企业档" => "row",
            "提出申请" => "exception",
            other => panic!("{other} was not edited"),
        }
        .to_owned()
    };
    let set = |it: &Value| it.as_array().unwrap().iter().map(called).collect();
    cause["sets"].as_array().unwrap().iter().map(set).collect()
}

fn words_of(sets: &Value) -> BTreeSet<BTreeSet<String>> {
    let word = |it: &Value| it.as_str().unwrap().to_owned();
    let set = |it: &Value| it.as_array().unwrap().iter().map(word).collect();
    sets.as_array().unwrap().iter().map(set).collect()
}

/// What the Python script comes to; none, said aloud, without Python. CI has it (`tests/run.sh`).
fn recount() -> Option<Value> {
    let script = ["-B", "tests/oracles/difference.py", DATA];
    let output = match Command::new("python3").args(script).output() {
        Ok(output) => output,
        Err(why) if std::env::var_os("CI").is_some() => panic!("python3: {why}"),
        Err(why) => {
            eprintln!("SKIPPED diff::recount: no python3 ({why}); tests/run.sh installs it");
            return None;
        }
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("the recount is JSON"))
}

#[test]
fn every_format_says_the_same() {
    let new = edited("diff/formats", &EDITS);
    let headline = shipped(&new, &[]).result.lines().nth(4).unwrap().to_owned();
    for format in ["markdown", "html"] {
        let answer = shipped(&new, &["--format", format]);
        assert_eq!(answer.exit, 2);
        assert!(answer.result.contains(&headline), "{format}: {headline}");
        assert!(answer.result.contains("抚州生物医药创新型产业集群"), "{format}");
    }
    let markdown = shipped(&new, &["--format", "markdown"]).result;
    assert!(markdown.chars().count() < 65_536, "a comment holds no more");
    let english = shipped(&new, &["--lang", "en"]).result;
    assert!(english.contains("edits; of 28 cases"), "{english}");
    assert_eq!(shipped(&new, &["--exit-zero"]).exit, 0);
}

/// A small rulebook with one thing of each kind.
const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  施行 2020-01-01 起
  适用时点 申请日
  条文 第一条 至 第六条

数据 集群
  编号    文本，标识
  名称    文本
  申请日  日期
  人数    计量（人，≥ 0）
  收入    金额（万元，≥ 0）
  类型    枚举 甲、乙

参数 人数下限  20 人
  依据 第一条

条件 人数要求  对 集群
  依据 第一条
  应当 人数 ≥ 人数下限
  不符 “人数不足”

条件 收入要求  对 集群
  依据 第二条
  应当 收入 ≥ 100 万元
  例外 第五条 当 类型 为 乙 视同 符合

分级 档次  对 集群
  依据 第三条
  按 收入
  | ≥ 500 万元 | 大 |
  | ≥ 200 万元 | 中 |
  | 其余       | 小 |

结论 认定  对 集群
  依据 第四条
  须符合 人数要求、收入要求
";

const ROWS: &str = "编号,名称,申请日,人数,收入,类型
A1,甲一,2021-03-01,30,600,甲
A2,甲二,2021-03-01,20,200,甲
A3,甲三,2021-03-01,19,99,甲
A4,甲四,2021-03-01,25,100,乙
A5,甲五,2021-03-01,,50,乙
";

fn rows() -> (&'static str, &'static [u8]) {
    ("data/集群.csv", ROWS.as_bytes())
}

/// A folder with two rulebooks and the data.
fn pair(name: &str, old: &str, new: &str) -> PathBuf {
    folder(name, &[("old.heng", old.as_bytes()), ("new.heng", new.as_bytes()), rows()])
}

/// The comparison as JSON, after a look at its schema.
pub fn diff(here: &Path, old: &str, new: &str, more: &[&str]) -> Value {
    let answer = heng_in(here, &[&["diff", old, new, "data", "--format", "json"], more].concat());
    assert!([0, 2].contains(&answer.exit), "{}", answer.remarks);
    valid("difference", &answer.result);
    serde_json::from_str(&answer.result).unwrap()
}

/// What changes: case, kind, name, before, after.
pub fn effects(found: &Value) -> BTreeSet<[String; 5]> {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let of_case = |case: &Value| {
        let id = text(&case["id"]);
        let of = |it: &Value| {
            [
                id.clone(),
                text(&it["kind"]),
                text(&it["name"]),
                text(&it["before"]["shown"]),
                text(&it["after"]["shown"]),
            ]
        };
        case["effects"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    found["cases"].as_array().unwrap().iter().flat_map(of_case).collect()
}

#[test]
fn a_rulebook_does_not_differ_from_itself() {
    let mut items: Vec<&str> = RULES.split("\n\n").collect();
    items[1..].reverse();
    let reordered = items.join("\n\n\n# 一行注\n") + "\n";
    let reformatted = RULES
        .replace("≥ 100 万元", "不低于（100 万元）")
        .replace("（100 万元）", "   100万元")
        .replace("  依据", "      依据")
        .replace("须符合 人数要求、收入要求", "须符合 收入要求\n  须符合 人数要求");
    let english = RULES
        .replace("政策", "policy")
        .replace("  文号", "  number")
        .replace("  施行 2020-01-01 起", "  effective 2020-01-01 onwards")
        .replace("  适用时点", "  rule_date")
        .replace("  条文 第一条 至", "  outline 第一条 to")
        .replace("数据 集群", "data 集群")
        .replace("文本，标识", "text, key")
        .replace("计量（人，≥ 0）", "measure(人, >= 0)")
        .replace("金额（万元，≥ 0）", "money(ten_thousand_yuan, at least 0)")
        .replace("枚举", "one_of")
        .replace("日期\n", "date\n")
        .replace("  名称    文本", "  名称    text")
        .replace("\n参数", "\nparameter")
        .replace("20 人", "20 persons")
        .replace("条件", "criterion")
        .replace("  对 集群", " for 集群")
        .replace("  依据", "  basis")
        .replace("  应当", "  must")
        .replace("收入 ≥ 100 万元", "收入 at least 100 ten_thousand_yuan")
        .replace("  不符", "  failing")
        .replace(
            "  例外 第五条 当 类型 为 乙 视同 符合",
            "  except 第五条 when 类型 is 乙 deemed met",
        )
        .replace("\n分级", "\ngrading")
        .replace("  按", "  by")
        .replace("| 其余 ", "| otherwise ")
        .replace("\n结论", "\nconclusion")
        .replace("  须符合", "  requires");
    for (name, other) in [
        ("itself", RULES.to_owned()),
        ("reordered", reordered),
        ("reformatted", reformatted),
        ("english", english),
    ] {
        let here = pair(&format!("diff/{name}"), RULES, &other);
        let answer = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]);
        assert_eq!(answer.exit, 0, "{name}: {}{}", answer.remarks, answer.result);
        assert!(answer.result.ends_with("没有差异\n"), "{name}: {}", answer.result);
    }
}

/// Edits of the small rulebook that are independent of each other: old words, new words.
const SMALL: [(&str, &str); 9] = [
    ("人数下限  20 人", "人数下限  26 人"),
    ("人数下限  20 人", "人数下限  10 人"),
    ("收入 ≥ 100 万元", "收入 > 100 万元"),
    ("收入 ≥ 100 万元", "收入 ≥ 40 万元"),
    ("例外 第五条 当 类型 为 乙 视同 符合", "例外 第五条 当 类型 为 甲 视同 不适用"),
    ("| ≥ 200 万元 | 中 |", "| ≥ 300 万元 | 中 |"),
    ("须符合 人数要求、收入要求", "须符合 人数要求"),
    ("应当 人数 ≥ 人数下限", "原则上 人数 ≥ 人数下限"),
    ("不符 “人数不足”", "不符 “人数太少”"),
];

proptest! {
    #![proptest_config(times(12))]

    /// Old against new mirrors new against old, and every cause, applied alone to the old text, gives the change.
    #[test]
    fn causes_are_causes(a in 0..SMALL.len(), b in 0..SMALL.len()) {
        let texts: Vec<(&str, &str)> = BTreeSet::from([a, b]).into_iter().map(|it| SMALL[it]).collect();
        // Two edits of the same words are one.
        let texts: Vec<(&str, &str)> = match texts.len() == 2 && texts[0].0 == texts[1].0 {
            true => texts[..1].to_vec(),
            false => texts,
        };
        let apply = |edits: &[(&str, &str)]| {
            edits.iter().fold(RULES.to_owned(), |text, (old, new)| text.replace(old, new))
        };
        let here = pair(&format!("diff/causes_{a}_{b}"), RULES, &apply(&texts));
        let found = diff(&here, "old.heng", "new.heng", &[]);
        prop_assert_eq!(&found["confirmed"], true);
        let back = diff(&here, "new.heng", "old.heng", &[]);
        let mirrored: BTreeSet<[String; 5]> =
            effects(&back).into_iter().map(|[a, b, c, d, e]| [a, b, c, e, d]).collect();
        prop_assert_eq!(effects(&found), mirrored);
        for (at, (old, new)) in texts.iter().enumerate() {
            let alone = pair(&format!("diff/causes_{a}_{b}_{at}"), RULES, &apply(&[(old, new)]));
            let alone = effects(&diff(&alone, "old.heng", "new.heng", &[]));
            let ours: BTreeSet<[String; 5]> = due_to(&found, new);
            prop_assert!(ours.is_subset(&alone), "{:?} is not of {:?}", ours, alone);
            let all = effects(&found);
            let shared: BTreeSet<[String; 5]> = alone.intersection(&all).cloned().collect();
            prop_assert_eq!(ours, shared);
        }
    }
}

/// The effects that an edit alone is said to cause; an edit is known by a piece of its new words.
fn due_to(found: &Value, new: &str) -> BTreeSet<[String; 5]> {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let is_it = |edit: &Value| {
        let words = squeeze(
            edit["new"]["text"].as_str().or(edit["old"]["text"].as_str()).unwrap_or_default(),
        );
        let wanted = squeeze(new);
        let gone = edit["change"] == "removed" && wanted == "须符合人数要求" && words == "收入要求";
        let force = wanted.starts_with("原则上") && edit["clause"] == "force";
        gone || force
            || (edit["change"] != "removed" && !words.is_empty() && wanted.contains(&words))
    };
    let number = |edit: &Value| edit["number"].as_u64().unwrap();
    let edits: BTreeSet<u64> =
        found["edits"].as_array().unwrap().iter().filter(|it| is_it(it)).map(number).collect();
    let mut thinned = found.clone();
    let causes = found["causes"].as_array().unwrap().clone();
    for case in thinned["cases"].as_array_mut().unwrap() {
        case["effects"].as_array_mut().unwrap().retain(|effect| {
            let cause = &causes[effect["cause"].as_u64().unwrap() as usize];
            let sets = cause["sets"].as_array().unwrap();
            let alone = |set: &Value| {
                set.as_array().unwrap().iter().any(|it| edits.contains(&it.as_u64().unwrap()))
            };
            cause["kind"] == "each" && sets.iter().any(alone)
        });
    }
    effects(&thinned)
}

/// What cannot be compared: a sentence each, nothing half-written, and the exit code.
#[test]
fn bad_input_is_said() {
    let broken = RULES.replace("应当 人数 ≥ 人数下限", "应当 人数 ≥ 人数上限");
    let undated = RULES.replace("  适用时点 申请日\n", "");
    let here = folder(
        "diff/bad",
        &[
            ("old.heng", RULES.as_bytes()),
            ("broken.heng", broken.as_bytes()),
            ("undated.heng", undated.as_bytes()),
            ("empty/x.txt", b"x"),
            ("book/a.heng", RULES.as_bytes()),
            rows(),
        ],
    );
    let git = |args: &[&str]| {
        let more = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
        let done = Command::new("git").args(more).args(args).current_dir(&here).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "x"]);
    let same = heng_in(&here, &["diff", "main:book", "main:./book", "data"]);
    assert_eq!(same.exit, 0, "{}{}", same.remarks, same.result);
    let mut all = String::new();
    let cases: [(&[&str], i32); 14] = [
        (&["broken.heng", "old.heng", "data"], 3),
        (&["old.heng", "broken.heng", "data"], 3),
        (&["broken.heng", "broken.heng", "data", "--format", "json"], 3),
        (&["old.heng", "nowhere.heng", "data"], 1),
        (&["old.heng", "empty", "data"], 1),
        (&["old.heng", "old.heng", "empty"], 1),
        (&["old.heng", "old.heng", "data", "--data-old", "nowhere"], 1),
        (&["nosuch:book", "old.heng", "data"], 1),
        (&["main:nosuch", "old.heng", "data"], 1),
        (&["--", "-x:book", "old.heng", "data"], 1),
        (&["undated.heng", "undated.heng", "data"], 1),
        (&["old.heng", "old.heng", "data", "--encoding", "klingon"], 1),
        (&["old.heng", "old.heng", "data", "--format", "yaml"], 1),
        (&["old.heng", "old.heng"], 1),
    ];
    for (args, exit) in cases {
        let answer = heng_in(&here, &[&["diff"], args].concat());
        assert_eq!(
            (answer.exit, answer.result.as_str()),
            (exit, ""),
            "{args:?}: {}",
            answer.remarks
        );
        all += &format!("$ heng diff {}\n{}\n", args.join(" "), answer.remarks);
    }
    // Outside a repository, and where there is no git.
    let outside = std::env::temp_dir();
    let file = here.join("old.heng");
    let args = ["diff", "main:book", file.to_str().unwrap(), "data"];
    let answer = heng_in(&outside, &args);
    assert_eq!(answer.exit, 1);
    all += &format!("$ heng diff main:book … (outside a repository)\n{}\n", answer.remarks);
    let without = Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(["diff", "main:book", "old.heng", "data"])
        .current_dir(&here)
        .env("PATH", "")
        .output()
        .unwrap();
    assert_eq!(without.status.code(), Some(1));
    all += &format!(
        "$ heng diff main:book … (without git)\n{}",
        String::from_utf8_lossy(&without.stderr)
    );
    insta::assert_snapshot!("diff_bad", all);
}

/// A criterion under another name is the same criterion; the report says so, and nothing differs but the name.
#[test]
fn a_renamed_criterion_is_matched_by_what_it_says() {
    let new = RULES.replace("人数要求", "规模要求");
    let here = pair("diff/renamed", RULES, &new);
    let found = diff(&here, "old.heng", "new.heng", &[]);
    let edits = found["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 1, "{edits:?}");
    assert_eq!(
        (edits[0]["change"].as_str(), edits[0]["now"].as_str()),
        (Some("renamed"), Some("规模要求"))
    );
    assert_eq!(effects(&found), BTreeSet::new());
    assert_eq!(found["confirmed"], true);
}

/// A new name and its use cannot be taken one without the other: they are tried together, and the report says so.
#[test]
fn what_cannot_stand_alone_goes_with_what_it_needs() {
    let new = RULES
        .replace("  类型    枚举", "  得分    数（0 至 100）\n  类型    枚举")
        .replace("须符合 人数要求、收入要求", "须符合 人数要求、收入要求\n  应当 得分 ≥ 60");
    let here = pair("diff/needs", RULES, &new);
    let found = diff(&here, "old.heng", "new.heng", &[]);
    assert_eq!(found["edits"][1]["needs"], serde_json::json!([1]));
    // The data have no such column: what it would decide is open.
    let answer = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]);
    assert!(answer.remarks.contains("得分"), "{}", answer.remarks);
    assert!(
        answer.result.contains("认定") && answer.result.contains("无法判定"),
        "{}",
        answer.result
    );
}

/// Two edits that do nothing alone: the smallest set that does it is found.
#[test]
fn joint_causes_are_joint() {
    let new = RULES.replace("人数下限  20 人", "人数下限  26 人").replace(
        "应当 收入 ≥ 100 万元\n  例外 第五条 当 类型 为 乙 视同 符合\n",
        "应当 收入 ≥ 700 万元\n",
    );
    let old = RULES.replace("须符合 人数要求、收入要求", "须符合其一 人数要求、收入要求");
    let new = new.replace("须符合 人数要求、收入要求", "须符合其一 人数要求、收入要求");
    let here = pair("diff/joint", &old, &new);
    let found = diff(&here, "old.heng", "new.heng", &[]);
    let text = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]).result;
    insta::assert_snapshot!("diff_joint", text);
    let kinds: BTreeSet<&str> =
        found["causes"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains("joint"), "{kinds:?}");
}

/// An edit that no case exercises is shown one that does, made up and run under both.
#[test]
fn an_edit_without_a_case_gets_a_made_up_one() {
    let here = pair("diff/witness", RULES, &RULES.replace("≥ 500 万元", "≥ 550 万元"));
    let text = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]).result;
    let line = text.lines().find(|it| it.contains("造一个例子")).expect("a witness");
    assert!(line.contains("收入 = 5") && line.ends_with("等次 档次 大 → 中"), "{line}");
    // Two that mean the same: nothing is found, and that is said.
    let new = RULES.replace("人数 ≥ 人数下限", "（人数 ≥ 人数下限 且 人数 ≥ 人数下限）");
    let here = pair("diff/no_witness", RULES, &new);
    let text = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]).result;
    assert!(text.contains("没有找到会因它不同的；这不证明没有"), "{text}");
}

/// One rulebook over two versions of the data: each change is due to its cell or row.
#[test]
fn edited_cells_are_causes() {
    let old = ROWS.replace("A3,甲三,2021-03-01,19,99", "A3,甲三,2021-03-01,40,300");
    let old =
        format!("{}A9,甲九,2021-03-01,1,1,甲\n", old.replace("A5,甲五,2021-03-01,,50,乙\n", ""));
    let here = folder(
        "diff/cells",
        &[("book.heng", RULES.as_bytes()), ("old/集群.csv", old.as_bytes()), rows()],
    );
    let args = ["diff", "book.heng", "book.heng", "data", "--data-old", "old"];
    let answer = heng_in(&here, &args);
    assert_eq!(answer.exit, 2);
    insta::assert_snapshot!("diff_cells", answer.result);
    let found = diff(&here, "book.heng", "book.heng", &["--data-old", "old"]);
    assert_eq!(found["summary"]["only_old"], serde_json::json!(["A9"]));
    assert_eq!(found["summary"]["only_new"], serde_json::json!(["A5"]));
}

/// Ten thousand differences: counted on the screen, all of them in the file.
#[test]
fn ten_thousand_differences_are_summarised() {
    let line = |at: usize| format!("B{at},丙{at},2021-03-01,{},300,甲\n", 20 + at % 6);
    let many: String = (0..10_000).map(line).collect();
    let many = format!("编号,名称,申请日,人数,收入,类型\n{many}");
    let new = RULES.replace("人数下限  20 人", "人数下限  26 人");
    let here = folder(
        "diff/many",
        &[
            ("old.heng", RULES.as_bytes()),
            ("new.heng", new.as_bytes()),
            ("data/集群.csv", many.as_bytes()),
        ],
    );
    let answer = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]);
    assert_eq!(answer.exit, 2, "{}", answer.remarks);
    assert!(
        answer.result.lines().count() < 300 && answer.result.contains("10000"),
        "{}",
        answer.result
    );
    let found = diff(&here, "old.heng", "new.heng", &[]);
    assert_eq!(found["cases"].as_array().unwrap().len(), 10_000);
}
