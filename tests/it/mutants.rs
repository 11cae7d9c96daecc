//! Proposed tests of a small rulebook with most constructs: they pass, and notice nearly all small changes to it.

use crate::program::folder;
use crate::program::heng_in;
use crate::reports::valid;
use serde_json::Value;

#[test]
fn what_is_proposed_passes_and_notices_changes() {
    let rules = include_str!("../cases/mutants/good/small.heng");
    let here = folder("mutants", &[("rules.heng", rules.as_bytes())]);
    let proposed = heng_in(&here, &["test", "rules.heng", "--generate", "--out", "more.heng"]);
    assert_eq!(proposed.exit, 0, "{}", proposed.remarks);
    let args = ["test", "rules.heng", "--mutate", "--with", "more.heng", "--format", "json"];
    let answer = heng_in(&here, &args);
    assert_eq!(answer.exit, 0, "{}", answer.remarks);
    let report: Value = serde_json::from_str(&answer.result).unwrap();
    let count = |key: &str| report[key].as_u64().unwrap();
    valid("mutants", &answer.result);
    // The first day of a parameter from which the policy itself is in force: a day earlier, no rule applies yet.
    let proved: Vec<&Value> = mutants(&report, "equivalent").collect();
    assert_eq!(proved.len(), 1, "{proved:#?}");
    assert_eq!((&proved[0]["kind"], &proved[0]["proof"]), (&"day".into(), &"in_force".into()));
    assert_eq!((count("killable"), count("survived")), (82, 0));
    assert!(count("killed") >= 78, "{}", answer.result);
    assert_eq!(count("killed"), count("killed_by_generated"));
}

fn mutants<'a>(report: &'a Value, fate: &'a str) -> impl Iterator<Item = &'a Value> {
    report["mutants"].as_array().into_iter().flatten().filter(move |it| it["fate"] == fate)
}

/// Changes that change nothing, each for another reason, derived by hand; and beside each one that does.
const IDLE: &str = "\
政策 示例办法
  施行 2024-01-01 起
  适用时点 申请日
  条文 第一条 至 第二条

数据 企业
  编号    文本，标识
  申请日  日期
  比例    比率（%，0% 至 100%）
  人数    计量（人）
  专利    多条 专利

数据 专利
  名称  文本

条件 范围  对 企业
  依据 第一条
  应当 比例 ≥ 0%

条件 包含  对 企业
  依据 第一条
  应当 人数 ≥ 10 人 且 人数 ≥ 5 人

条件 整数  对 企业
  依据 第二条
  应当 个数（专利） > 2.5

结论 可以  对 企业
  依据 第二条
  须符合 范围、包含、整数
";

#[test]
fn what_changes_nothing_is_proved_by_one_reason_each() {
    let here = folder("mutants_idle", &[("rules.heng", IDLE.as_bytes())]);
    let answer = heng_in(&here, &["test", "rules.heng", "--mutate", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.result).unwrap();
    valid("mutants", &answer.result);
    let of = |proof: &str| {
        let own = mutants(&report, "equivalent").filter(|it| it["proof"] == proof);
        own.map(|it| it["after"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // > 2.5 pieces is ≥ 3 pieces, and so is ≥ 2.5, > 2.6 and > 2.4.
    let whole = of("whole_numbers");
    assert_eq!(whole.len(), 3, "{whole:#?}");
    // No ratio is below 0%: ≥ −1% says as little as ≥ 0%. > 0% leaves 0% out and is not among them.
    assert_eq!(of("declared_range"), ["应当 比例 ≥ -1%"]);
    // Who has ten persons has five, and four, and six, and more than five.
    let implied = of("implied");
    assert_eq!(implied.len(), 4, "{implied:#?}");
    assert!(implied.iter().all(|it| it.contains("人数 ≥ 10 人")), "{implied:#?}");
}
