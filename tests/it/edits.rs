//! Edits of every kind as `heng diff` tells them: other names, force, names of cases, days, ties; and odd input beside.

use crate::diff::diff;
use crate::diff::effects;
use crate::laws::times;
use crate::program::folder;
use crate::program::heng_in;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

const RULES: &str = "\
政策 示例办法
  施行 2020-01-01 起
  适用时点 申请日

数据 集群
  编号    文本，标识
  名称    文本
  申请日  日期
  人数    计量（人，≥ 0）
  收入    金额（万元，≥ 0）
  类型    枚举 甲、乙

参数 人数下限  20 人
  依据 第一条

指标 双倍人数  对 集群
  依据 第一条
  公式 人数 × 2
  单位 人

条件 人数要求  对 集群
  依据 第一条
  应当 双倍人数 ≥ 人数下限 × 2

条件 收入要求  对 集群
  依据 第二条
  应当 收入 ≥ 100 万元
  例外 第五条 当 类型 为 乙 视同 符合

评分 总分  对 集群
  依据 第六条
  满分 100 分
  项目 规模，满分 100 分，公式 人数 × 1 分/人
  排名 从高到低、并列同名次、再比 收入
  入选 前 2 名，并列 全入选

结论 认定  对 集群
  依据 第四条
  须符合 人数要求、收入要求
";

/// Each amount stands under both names that the tests use.
const ROWS: &str = "编号,名称,申请日,人数,收入,营收,类型
A1,甲一,2021-03-01,30,600,600,甲
A2,甲二,2021-03-01,20,200,200,甲
A3,甲三,2021-03-01,19,99,99,甲
";

fn pair(name: &str, new: &str) -> PathBuf {
    folder(
        &format!("edits/{name}"),
        &[
            ("old.heng", RULES.as_bytes()),
            ("new.heng", new.as_bytes()),
            ("data/集群.csv", ROWS.as_bytes()),
            ("data/群体.csv", ROWS.as_bytes()),
        ],
    )
}

fn text(here: &Path, more: &[&str]) -> String {
    let answer = heng_in(here, &[&["diff", "old.heng", "new.heng", "data"], more].concat());
    assert_eq!(answer.exit, 2, "{}", answer.remarks);
    answer.result
}

/// The edits by what happened, kind, old name and new name.
fn edits(found: &Value) -> Vec<[String; 4]> {
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let of = |it: &Value| ["change", "kind", "item", "now"].map(|key| text(&it[key]));
    found["edits"].as_array().unwrap().iter().map(of).collect()
}

/// Whatever bears another name is told as one edit, matched by what it says or how it is used, and changes no case.
#[test]
fn other_names_are_told_as_other_names() {
    let names = [
        ("字段", "field", "收入", "营收"),
        ("参数", "parameter", "人数下限", "最低人数"),
        ("指标", "indicator", "双倍人数", "两倍人数"),
        ("条件", "criterion", "收入要求", "营业要求"),
        ("评分", "score", "总分", "总得分"),
        ("数据", "data", "集群", "群体"),
    ];
    let mut told = String::new();
    for (word, kind, old, new) in names {
        // 收入要求 keeps its name where the field has another one.
        let kept = RULES.replace("收入要求", "〇");
        let text_of = match old {
            "收入" => kept.replace("收入", "营收").replace('〇', "收入要求"),
            _ => RULES.replace(old, new),
        };
        let here = pair(kind, &text_of);
        let found = diff(&here, "old.heng", "new.heng", &[]);
        assert_eq!(edits(&found), [["renamed", kind, old, new].map(str::to_owned)], "{word}");
        assert_eq!(effects(&found), BTreeSet::new(), "{word}");
        assert_eq!(found["confirmed"], true);
        let said = text(&here, &[]);
        assert!(said.contains(&format!("改名   {word} {old} → {new}")), "{said}");
        told += &said[said.find("改动 1 ").unwrap()..];
    }
    // A field nobody uses cannot be told: one went, one came.
    let new = RULES.replace("  名称    文本", "  全称    文本");
    let found = diff(&pair("unused", &new), "old.heng", "new.heng", &[]);
    let kinds: BTreeSet<String> = edits(&found).into_iter().map(|it| it[0].clone()).collect();
    assert_eq!(kinds, ["added", "removed"].map(str::to_owned).into());
    insta::assert_snapshot!("edits_renamed", told);
}

/// A word of a list under another name: with the data that say the one under the old rules, the other under the new.
#[test]
fn a_word_under_another_name_changes_no_case() {
    let new = RULES.replace("甲、乙", "甲、丙").replace("类型 为 乙", "类型 为 丙");
    let here = pair("word", &new);
    let rows = |word: &str| ROWS.replace("99,甲", &format!("99,{word}"));
    for (path, word) in [("old/集群.csv", "乙"), ("data/集群.csv", "丙")] {
        std::fs::create_dir_all(here.join(path).parent().unwrap()).unwrap();
        std::fs::write(here.join(path), rows(word)).unwrap();
    }
    let found = diff(&here, "old.heng", "new.heng", &["--data-old", "old"]);
    assert_eq!(edits(&found)[0], ["renamed", "word", "乙", "丙"].map(str::to_owned));
    assert_eq!(effects(&found), BTreeSet::new());
    assert_eq!(found["confirmed"], true);
}

/// 应当 to 可以 alone: both words are shown, and a made-up case that it changes.
#[test]
fn force_alone_is_shown_by_its_words() {
    let here = pair("force", &RULES.replace("应当 收入", "可以 收入"));
    let said = text(&here, &[]);
    assert!(said.contains("条件 收入要求 的 力度"), "{said}");
    assert!(said.contains("   − 应当\n   + 可以\n"), "{said}");
    assert!(said.contains("造一个例子") && said.contains("结论 认定 不符合 → 符合"), "{said}");
    let found = diff(&here, "old.heng", "new.heng", &[]);
    assert_eq!(found["edits"][0]["old"]["text"], "应当");
    assert_eq!(found["edits"][0]["new"]["text"], "可以");
}

/// What decides between equals is exercised by made-up equals; a day by the cases, or a made-up one beside it.
#[test]
fn ties_and_days_get_made_up_cases() {
    let edited = [
        ("then_by", "再比 收入", "再比 人数", "名次 总分"),
        ("line", "并列 全入选", "并列 全不选", "入选 总分 入选 → 未入选"),
        ("since", "施行 2020-01-01 起", "施行 2021-03-01 起", "结论 认定"),
    ];
    for (name, old, new, wanted) in edited {
        let said = text(&pair(name, &RULES.replace(old, new)), &[]);
        let made = said.lines().find(|it| it.contains("造一个例子"));
        assert!(made.is_some_and(|it| it.contains(wanted)), "{name}: {said}");
    }
    let said = text(&pair("line", &RULES.replace("并列 全入选", "并列 全不选")), &[]);
    assert!(said.contains("另有与底例相同的 2 例"), "{said}");
}

/// Who stays in or out of a selection, and lost half of the distance to its line or more: 20 and 19 points become 19 and
/// 18.505.
#[test]
fn those_close_to_the_line_are_named() {
    let new = RULES.replace("人数 × 1 分/人", "人数 × 1 分/人 － 收入 × 0.005 分/万元");
    let said = text(&pair("close", &new), &[]);
    let line = said.lines().find(|it| it.contains("未变而接近入选线的")).expect(&said);
    assert_eq!(
        line.trim(),
        "入选 总分：未变而接近入选线的：甲二（入选，离线 0.495 分）、甲三（未入选，离线 0.495 分）"
    );
}

const NAMING: &str = "\
政策 命名办法
  施行 2020-01-01 起
  适用时点 申请日

名单 区划：甲市、乙市
名单 产业：钢铁、医药

数据 集群
  编号      文本，标识
  名称      文本
  申请日    日期
  所在地    区划
  主导产业  产业
  名称说明  文本，可缺

名称规则 命名  对 集群 的 名称
  依据 第七条
  组成 地名 + 产业名 + “创新型产业集群”
  其中 地名 应当 取自 区划，与 所在地 一致
  其中 产业名 原则上 取自 产业，与 主导产业 一致
  说明见 名称说明

结论 认定  对 集群
  依据 第四条
  须符合 命名
";

/// A clause of a naming rule is an edit by itself, with its own words.
#[test]
fn a_naming_rule_is_told_clause_by_clause() {
    let rows = "编号,名称,申请日,所在地,主导产业,名称说明
A1,甲市钢铁创新型产业集群,2021-03-01,甲市,钢铁,
A2,乙市医药创新型产业集群,2021-03-01,甲市,医药,
A3,甲市医药创新型产业集群,2021-03-01,甲市,钢铁,
";
    let new = NAMING.replace("产业名 原则上 取自 产业", "产业名 应当 取自 产业");
    let other = new.replace("取自 区划，与 所在地 一致", "取自 区划");
    let here = folder(
        "edits/naming",
        &[
            ("old.heng", NAMING.as_bytes()),
            ("new.heng", other.as_bytes()),
            ("data/集群.csv", rows.as_bytes()),
        ],
    );
    let said = text(&here, &[]);
    insta::assert_snapshot!("edits_naming", kept(&said));
    let found = diff(&here, "old.heng", "new.heng", &[]);
    let clauses: Vec<&str> = found["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["clause"].as_str().unwrap())
        .collect();
    assert_eq!(clauses, ["where", "where"]);
}

/// Fingerprints are left out.
fn kept(said: &str) -> String {
    said.lines().skip(3).map(|it| format!("{it}\n")).collect()
}

/// Nothing to compare, nothing to judge, and a new field that the data lack.
#[test]
fn odd_input_is_answered() {
    let here = pair("odd", &RULES.replace("20 人\n", "25 人\n"));
    let same = heng_in(&here, &["diff", "old.heng", "old.heng", "data"]);
    assert_eq!((same.exit, same.result.ends_with("没有差异\n")), (0, true), "{}", same.result);
    let twice = heng_in(&here, &["diff", "old.heng", "old.heng", "data", "--data-old", "data"]);
    assert_eq!((twice.exit, twice.result.ends_with("没有差异\n")), (0, true), "{}", twice.result);
    // A table with a header and no rows: the edits are told, with a made-up case from nothing.
    std::fs::create_dir_all(here.join("none")).unwrap();
    std::fs::write(here.join("none/集群.csv"), "编号,名称,申请日,人数,收入,类型\n").unwrap();
    let none = heng_in(&here, &["diff", "old.heng", "new.heng", "none"]);
    assert_eq!(none.exit, 2, "{}", none.remarks);
    assert!(none.result.contains("0 例中 0 例结果有变"), "{}", none.result);
    assert!(none.result.contains("造一个例子：从空白起"), "{}", none.result);
    for format in ["markdown", "html", "json"] {
        let answer = heng_in(&here, &["diff", "old.heng", "new.heng", "none", "--format", format]);
        assert_eq!((answer.exit, answer.result.is_empty()), (2, false), "{format}");
    }
    // An empty file, and a folder without tables.
    std::fs::write(here.join("none/集群.csv"), "").unwrap();
    let empty = heng_in(&here, &["diff", "old.heng", "new.heng", "none"]);
    assert!(empty.remarks.contains("集群.csv"), "{}", empty.remarks);
    let lacking = RULES
        .replace("  类型    枚举", "  专利    计量（件）\n  类型    枚举")
        .replace("应当 收入 ≥ 100 万元", "应当 收入 ≥ 100 万元 且 专利 ≥ 1 件");
    let here = pair("lacking", &lacking);
    let answer = heng_in(&here, &["diff", "old.heng", "new.heng", "data"]);
    assert_eq!(answer.exit, 2);
    assert!(answer.remarks.contains("缺列“专利”"), "{}", answer.remarks);
    assert!(answer.result.contains("认定   符合 → 无法判定 2"), "{}", answer.result);
    assert!(answer.result.contains("请补：专利"), "{}", answer.result);
}

/// Edits of one clause each, that may act together: old words, new words, and the item and clause they are known by.
const TOGETHER: [[&str; 4]; 6] = [
    ["人数下限  20 人", "人数下限  26 人", "人数下限", "value"],
    ["收入 ≥ 100 万元", "收入 ≥ 700 万元", "收入要求", "requirement"],
    ["类型 为 乙 视同", "类型 为 甲 视同", "收入要求", "except"],
    ["公式 人数 × 2\n", "公式 人数 × 2 － 10 人\n", "双倍人数", "formula"],
    ["入选 前 2 名", "入选 前 1 名", "总分", "select"],
    ["× 1 分/人", "× 2 分/人", "总分", "item"],
];

proptest! {
    #![proptest_config(times(8))]

    /// Of three edits every set is applied to the text: each alone that gives the change is named, and where none
    /// does, a smallest set that does, as a joint cause.
    #[test]
    fn causes_are_the_smallest_sets(a in 0..6usize, b in 0..6usize, c in 0..6usize) {
        let chosen: Vec<usize> = BTreeSet::from([a, b, c]).into_iter().collect();
        let old = RULES.replace("须符合 人数要求、收入要求", "须符合其一 人数要求、收入要求");
        let apply = |on: &[usize]| {
            on.iter().fold(old.clone(), |text, at| text.replace(TOGETHER[*at][0], TOGETHER[*at][1]))
        };
        let rows = ("data/集群.csv", ROWS.as_bytes());
        let compare = |on: &[usize]| -> Value {
            let new = apply(on);
            let files = [("old.heng", old.as_bytes()), ("new.heng", new.as_bytes()), rows];
            diff(&folder("edits/together", &files), "old.heng", "new.heng", &[])
        };
        let mut sets: Vec<Vec<usize>> = (1..1usize << chosen.len())
            .map(|bits| (0..chosen.len()).filter(|at| bits >> at & 1 == 1).map(|at| chosen[at]).collect())
            .collect();
        sets.sort_by_key(Vec::len);
        let runs: Vec<(BTreeSet<usize>, BTreeSet<[String; 5]>)> =
            sets.iter().map(|on| (on.iter().copied().collect(), effects(&compare(on)))).collect();
        let found = compare(&chosen);
        prop_assert_eq!(&found["confirmed"], true);
        let text_of = |number: &Value| -> usize {
            let edit = &found["edits"][number.as_u64().unwrap() as usize - 1];
            let is = |it: &[&str; 4]| edit["item"] == it[2] && edit["clause"] == it[3];
            TOGETHER.iter().position(is).unwrap_or_else(|| panic!("{edit}"))
        };
        for case in found["cases"].as_array().unwrap() {
            for effect in case["effects"].as_array().unwrap() {
                let [id, kind, name] = [&case["id"], &effect["kind"], &effect["name"]].map(|it| it.as_str().unwrap().to_owned());
                let shown = [&effect["before"], &effect["after"]].map(|it| it["shown"].as_str().unwrap().to_owned());
                let this = [id, kind, name, shown[0].clone(), shown[1].clone()];
                let enough: Vec<&BTreeSet<usize>> =
                    runs.iter().filter(|it| it.1.contains(&this)).map(|it| &it.0).collect();
                let size = enough.iter().map(|it| it.len()).min().expect("all together do it");
                let least: BTreeSet<BTreeSet<usize>> =
                    enough.into_iter().filter(|it| it.len() == size).cloned().collect();
                let cause = &found["causes"][effect["cause"].as_u64().unwrap() as usize];
                let ours: BTreeSet<BTreeSet<usize>> = cause["sets"].as_array().unwrap().iter()
                    .map(|it| it.as_array().unwrap().iter().map(&text_of).collect()).collect();
                match size {
                    1 => {
                        prop_assert_eq!(&cause["kind"], "each", "{:?}", this);
                        prop_assert_eq!(ours, least, "{:?}", this);
                    }
                    _ => {
                        prop_assert_eq!(&cause["kind"], "joint", "{:?}", this);
                        prop_assert!(ours.is_subset(&least), "{:?}: {:?} of {:?}", this, ours, least);
                    }
                }
            }
        }
    }
}
