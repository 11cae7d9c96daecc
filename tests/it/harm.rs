//! One bad row among many: it is told with its place, and every other case comes out as if the row were not there.

use crate::program::folder;
use crate::program::heng_in;
use serde_json::Value;
use std::path::PathBuf;

const RULES: &str = "\
政策 强度
  文号 “强度”
  条文 第一条

数据 企业
  名称     文本，标识
  营业收入 金额（万元，≥ 0）
  研发经费 金额（万元，≥ 0）

指标 强度 对 企业
  依据 第一条
  公式 研发经费 ÷ 营业收入
  单位 %，显示 2 位小数

条件 投入 对 企业
  依据 第一条
  应当 强度 ≥ 3%

结论 通过 对 企业
  依据 第一条
  须符合 投入
";

const MANY: usize = 800;

/// What a bad row says for its income, what it comes to, and what is said of it.
const BAD: [(&str, &str, &str); 5] = [
    ("0", "错误", "营业收入为零，不能作除数"),
    ("-5", "错误", "超出范围"),
    ("十", "错误", "不是数"),
    ("#DIV/0!", "错误", "#DIV/0!"),
    ("", "未知", "营业收入"),
];

/// Of the rows every second has an intensity of 3%, the others of 2.99%; one has no income to divide by.
#[test]
fn one_bad_row_harms_no_other() {
    for (at, (income, kind, said)) in BAD.into_iter().enumerate() {
        let bad = MANY / 2 + at;
        let place = with_row(bad, income);
        let answer = heng_in(&place, &["eval", "r.heng", ".", "--format", "json"]);
        let report: Value = serde_json::from_str(&answer.result).expect("the output is JSON");
        let cases = report["cases"].as_array().unwrap();
        assert_eq!(cases.len(), MANY);
        for (row, case) in cases.iter().enumerate() {
            let expected = match (row == bad, row % 2) {
                (true, _) => "undetermined",
                (_, 0) => "met",
                _ => "not_met",
            };
            assert_eq!(case["conclusions"][0]["verdict"], expected, "row {row} beside “{income}”");
        }
        let one = cases[bad]["id"].as_str().unwrap();
        let told = heng_in(&place, &["explain", "r.heng", ".", "--case", one]);
        let text = format!("{}{}", told.result, told.remarks);
        assert!(text.contains(said), "“{income}” ({kind}) is told as:\n{text}");
        assert!(text.contains(&format!("第 {} 行", bad + 2)), "the row of “{income}”:\n{text}");
    }
}

fn with_row(bad: usize, income: &str) -> PathBuf {
    let mut rows = String::from("名称,营业收入,研发经费\n");
    for row in 0..MANY {
        let spent = if row % 2 == 0 { "3" } else { "2.99" };
        let income = if row == bad { income } else { "100" };
        rows += &format!("企业{row},{income},{spent}\n");
    }
    folder("harm", &[("r.heng", RULES.as_bytes()), ("企业.csv", rows.as_bytes())])
}
