//! Structure checks: the regions of random tables against every case there is, and each finding shown by the rows it gives.

use crate::laws::times;
use crate::program::folder;
use crate::program::heng_in;
use crate::reports::valid;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A test cell for 人数, of 0 to 9 persons.
#[derive(Clone, Debug)]
enum Persons {
    Any,
    AtLeast(u32),
    Below(u32),
    Between(u32, u32),
    Without(u32),
    NotApplicable,
}

/// A test cell for 类型: whether it takes each word.
#[derive(Clone, Debug)]
struct Kinds([bool; 3]);

const WORDS: [&str; 3] = ["甲", "乙", "丙"];

/// One row; 合格 is asked for, or not looked at.
type Row = (Persons, Kinds, Option<bool>);

/// One case: 人数 or 不适用, 类型 by its place, 合格.
type Point = (Option<u32>, usize, bool);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let persons = prop_oneof![
        2 => Just(Persons::Any),
        3 => (0..10u32).prop_map(Persons::AtLeast),
        3 => (1..10u32).prop_map(Persons::Below),
        2 => (0..10u32, 0..10u32).prop_map(|(a, b)| Persons::Between(a.min(b), a.max(b))),
        1 => (1..9u32).prop_map(Persons::Without),
        1 => Just(Persons::NotApplicable),
    ];
    let kinds = prop_oneof![Just([true; 3]), any::<[bool; 3]>()]
        .prop_filter("a cell takes something", |it| it.contains(&true))
        .prop_map(Kinds);
    let truth = prop_oneof![2 => Just(None), 1 => any::<bool>().prop_map(Some)];
    vec((persons, kinds, truth), 1..6)
}

fn written((persons, kinds, truth): &Row, result: usize) -> String {
    let persons = match persons {
        Persons::Any => "—".to_owned(),
        Persons::AtLeast(n) => format!("≥ {n} 人"),
        Persons::Below(n) => format!("< {n} 人"),
        Persons::Between(a, b) => format!("{a} 人 至 {b} 人"),
        Persons::Without(n) => format!("< {n} 人 或 > {n} 人"),
        Persons::NotApplicable => "不适用".to_owned(),
    };
    let words: Vec<&str> = (0..3).filter(|it| kinds.0[*it]).map(|it| WORDS[it]).collect();
    let kinds = if words.len() == 3 { "—".to_owned() } else { words.join("、") };
    let truth = match truth {
        None => "—",
        Some(true) => "是",
        Some(false) => "否",
    };
    format!("  | {persons} | {kinds} | {truth} | {result} 分 |\n")
}

fn takes((persons, kinds, truth): &Row, (n, kind, yes): Point) -> bool {
    let persons = match (persons, n) {
        (Persons::Any, _) | (Persons::NotApplicable, None) => true,
        (_, None) | (Persons::NotApplicable, _) => false,
        (Persons::AtLeast(a), Some(n)) => n >= *a,
        (Persons::Below(a), Some(n)) => n < *a,
        (Persons::Between(a, b), Some(n)) => *a <= n && n <= *b,
        (Persons::Without(a), Some(n)) => n != *a,
    };
    persons && kinds.0[kind] && truth.is_none_or(|it| it == yes)
}

fn points(may_be_none: bool) -> Vec<Point> {
    let numbers = (0..10).map(Some).chain(may_be_none.then_some(None));
    let kinds = |n| (0..3).flat_map(move |kind| [(n, kind, true), (n, kind, false)]);
    numbers.flat_map(kinds).collect()
}

fn book(rows: &[Row], first: bool, may_be_none: bool) -> String {
    let none = if may_be_none { "，可无" } else { "" };
    let hit = if first { "  命中 首行\n" } else { "" };
    let rows: String = (1..).zip(rows).map(|(at, row)| written(row, at)).collect();
    format!(
        "政策 “随机”\n\n数据 企业\n  编号  文本，标识\n  人数  计量（人，0 至 9）{none}\n  \
         类型  枚举 甲、乙、丙\n  合格  是否\n\n判定表 表  对 企业\n  依据 第一条\n{hit}  \
         | 人数 | 类型 | 合格 | 得 分 |\n{rows}"
    )
}

/// Whether a case is in the box of a region.
fn inside(region: &Value, (n, kind, yes): Point) -> bool {
    let says = |head: &str| region["box"].get(head);
    let words = |it: &Value, word: &str| it.as_array().unwrap().iter().any(|it| it == word);
    let persons = says("人数").is_none_or(|it| match (it, n) {
        (Value::String(text), Some(n)) => interval(text, n),
        (Value::String(_), None) => false,
        (it, None) => words(it, "不适用"),
        (_, Some(_)) => false,
    });
    persons
        && says("类型").is_none_or(|it| words(it, WORDS[kind]))
        && says("合格").is_none_or(|it| words(it, if yes { "是" } else { "否" }))
}

/// Whether a number is in [20, 300).
fn interval(text: &str, n: u32) -> bool {
    let (low, high) = text.split_once(", ").unwrap();
    let above = match low.strip_prefix('[') {
        Some(low) => n >= low.parse().unwrap(),
        None => low == "(−∞" || n > low[1..].parse().unwrap(),
    };
    let below = match high.strip_suffix(']') {
        Some(high) => n <= high.parse().unwrap(),
        None => high == "∞)" || n < high[..high.len() - 1].parse().unwrap(),
    };
    above && below
}

fn findings(here: &Path) -> Vec<Value> {
    let answer = heng_in(here, &["check", "book.heng", "--format", "json"]);
    assert_eq!(answer.exit, 0, "{}", answer.result);
    valid("diagnostics", &answer.result);
    let mut found: Value = serde_json::from_str(&answer.result).unwrap();
    found["diagnostics"].as_array_mut().unwrap().drain(..).collect()
}

/// The cases of an evaluation of rows given as field and text; a key is added. By their keys, from 1.
fn judged(here: &Path, rows: &[BTreeMap<String, String>]) -> Vec<Value> {
    let mut heads: Vec<&String> = rows.iter().flat_map(|it| it.keys()).collect();
    heads.sort();
    heads.dedup();
    let head = |it: &&String| format!(",{it}");
    let mut csv = format!("编号{}\n", heads.iter().map(head).collect::<String>());
    for (at, row) in (1..).zip(rows) {
        let cell = |it: &&String| format!(",{}", row.get(*it).map_or("", String::as_str));
        csv += &format!("{at}{}\n", heads.iter().map(cell).collect::<String>());
    }
    std::fs::create_dir_all(here.join("data")).unwrap();
    std::fs::write(here.join("data/企业.csv"), csv).unwrap();
    let answer = heng_in(here, &["eval", "book.heng", "data", "--format", "json"]);
    assert!([0, 2, 4].contains(&answer.exit), "{}", answer.remarks);
    let mut found: Value = serde_json::from_str(&answer.result).unwrap();
    found["cases"].as_array_mut().unwrap().drain(..).collect()
}

fn typed((n, kind, yes): Point) -> BTreeMap<String, String> {
    let n = n.map_or("无".to_owned(), |it| it.to_string());
    let pairs =
        [("人数", n.as_str()), ("类型", WORDS[kind]), ("合格", if yes { "是" } else { "否" })];
    pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

/// What the table may give a case.
fn possible(case: &Value) -> Vec<&str> {
    let grade = &case["grades"][0];
    grade["possible"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect()
}

proptest! {
    #![proptest_config(times(40))]

    /// The gaps together are where no row holds, the overlaps where these rows hold, each place once; and there, as
    /// nowhere else, a case comes to an error: a blank cell to one that is possible.
    #[test]
    fn regions_are_all_of_it_and_nothing_else(rows in rows(), first: bool, may_be_none: bool) {
        let here = folder("structure/random", &[("book.heng", book(&rows, first, may_be_none).as_bytes())]);
        let found = findings(&here);
        let of = |code: &str| found.iter().filter(|it| it["code"] == code).collect::<Vec<_>>();
        let (gaps, overlaps) = (of("W0401"), of("W0406"));
        let points = points(may_be_none);
        let mut reached = vec![false; rows.len()];
        let mut wrong = vec![];
        for point in &points {
            let holding: Vec<usize> = (0..rows.len()).filter(|it| takes(&rows[*it], *point)).collect();
            let here = |all: &[&Value]| -> Vec<Value> {
                all.iter().filter(|it| inside(&it["region"], *point)).map(|it| it["region"]["rows"].clone()).collect()
            };
            prop_assert_eq!(here(&gaps).len(), usize::from(holding.is_empty()), "{:?}", point);
            let numbers: Vec<usize> = holding.iter().map(|it| it + 1).collect();
            let several = !first && holding.len() > 1;
            let wanted = if several { vec![serde_json::json!(numbers)] } else { vec![] };
            prop_assert_eq!(here(&overlaps), wanted, "{:?}", point);
            wrong.push(several || holding.is_empty());
            let taken = if first { &holding[..holding.len().min(1)] } else { &holding[..] };
            taken.iter().for_each(|it| reached[*it] = true);
        }
        let unreached = of("W0407").len();
        prop_assert_eq!(unreached, reached.iter().filter(|it| !**it).count());
        // Every case, and every case with one cell blank, through the evaluator.
        let whole = points.iter().map(|it| typed(*it));
        let blank = |name: &'static str| points.iter().map(move |it| {
            let mut row = typed(*it);
            row.remove(name);
            row
        });
        let all: Vec<_> = whole.chain(blank("人数")).chain(blank("类型")).chain(blank("合格")).collect();
        let cases = judged(&here, &all);
        for (row, case) in all.iter().zip(&cases) {
            let fits = |at: &usize| row.iter().all(|(name, text)| typed(points[*at])[name] == *text);
            let may_err = (0..points.len()).filter(fits).any(|it| wrong[it]);
            prop_assert_eq!(possible(case).contains(&"error"), may_err, "{:?}: {}", row, case["grades"]);
        }
        // Each example is a case of its region, and comes to the error.
        for it in gaps.iter().chain(&overlaps) {
            let rows: Vec<BTreeMap<String, String>> = serde_json::from_value(it["example"]["rows"].clone()).unwrap();
            // A count is told with its unit.
            let plain = |it: &BTreeMap<String, String>| -> BTreeMap<String, String> {
                it.iter().map(|(name, text)| (name.clone(), text.trim_end_matches(" 人").to_owned())).collect()
            };
            let at = points.iter().position(|point| typed(*point) == plain(&rows[0]));
            prop_assert!(at.is_some_and(|at| wrong[at] && inside(&it["region"], points[at])), "{}", it);
        }
    }
}

/// Beside `tests/cases/check/bad/structure.heng`, what that has none of.
const MORE: &str = "政策 “别的”\n
数据 企业
  编号      文本，标识
  从业人员  计量（人，≥ 0）
  营业收入  金额（万元，≥ 0）
  重点      是否
\n条件 多  对 企业
  依据 第一条
  应当 从业人员 ≥ 100 人
\n条件 少  对 企业
  依据 第二条
  应当 从业人员 < 50 人
\n条件 例外无用  对 企业
  依据 第三条
  应当 重点
  例外 第五条 当 从业人员 < 0 人 视同 符合
\n条件 部分  对 企业
  依据 第四条
  应当 同时满足
    — 从业人员 ≥ 0 人
    — 重点
\n条件 无从适用  对 企业
  依据 第四条
  适用 当 从业人员 < 0 人
  应当 重点
\n条件 相反  对 企业
  依据 第四条
  应当 同时满足
    — 从业人员 ≥ 100 人
    — 营业收入 ≥ 1 万元
    — 从业人员 < 50 人
\n判定表 有空隙  对 企业
  依据 第六条
  | 营业收入   | 得 档 |
  | > 100 万元 | 甲    |
  | < 100 万元 | 乙    |
\n判定表 有重叠  对 企业
  依据 第六条
  | 从业人员 | 得 档 |
  | ≥ 50 人  | 甲    |
  | ≤ 50 人  | 乙    |
\n结论 认定  对 企业
  依据 第一条
  须符合 多、少
";

/// Every finding that gives rows is shown by them: fed to the evaluator they come to what the finding says.
#[test]
fn every_finding_is_shown_by_its_rows() {
    let shared = std::fs::read_to_string("tests/cases/check/bad/structure.heng").unwrap();
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for (name, text) in [("shared", shared.as_str()), ("more", MORE)] {
        let here = folder(&format!("structure/{name}"), &[("book.heng", text.as_bytes())]);
        let found = findings(&here);
        let codes = ["W0401", "W0406", "W0410", "W0411", "W0412", "W0413", "W0414"];
        for it in found.iter().filter(|it| codes.contains(&it["code"].as_str().unwrap())) {
            let rows = it["example"]["rows"].as_array();
            let rows = rows.unwrap_or_else(|| panic!("no rows: {it}"));
            let rows: Vec<BTreeMap<String, String>> =
                rows.iter().map(|it| serde_json::from_value(it.clone()).unwrap()).collect();
            shows(&here, text, it, &rows);
            *shown.entry(it["code"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    let counts: Vec<(&str, usize)> = shown.iter().map(|it| (it.0.as_str(), *it.1)).collect();
    let wanted = [
        ("W0401", 1),
        ("W0406", 1),
        ("W0410", 3),
        ("W0411", 5),
        ("W0412", 4),
        ("W0413", 1),
        ("W0414", 1),
    ];
    assert_eq!(counts, wanted);
}

/// Judges the rows, the sentences that a finding quotes being criteria of their own beside the book's.
fn shows(here: &Path, text: &str, it: &Value, rows: &[BTreeMap<String, String>]) {
    let message = it["message"].as_str().unwrap();
    let quoted: Vec<&str> =
        message.split('“').skip(1).filter_map(|it| it.split('”').next()).collect();
    let is_item = |name: &str| text.contains(&format!("条件 {name}  对"));
    let mut beside = text.to_owned();
    for (at, words) in quoted.iter().enumerate().filter(|it| !is_item(it.1)) {
        beside += &format!("\n条件 引{at}  对 企业\n  依据 第一条\n  应当 {words}\n");
    }
    let code = it["code"].as_str().unwrap();
    if ["W0401", "W0406", "W0414"].contains(&code) {
        beside = text.to_owned();
    }
    std::fs::write(here.join("book.heng"), &beside).unwrap();
    let cases = judged(here, rows);
    let of = |at: usize| -> Vec<&str> {
        let name = if is_item(quoted[at]) { quoted[at].to_owned() } else { format!("引{at}") };
        let all = cases[0]["criteria"].as_array().unwrap();
        let criterion = all.iter().find(|it| it["name"] == name).expect(message);
        criterion["possible"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect()
    };
    let grade = |case: &Value, name: &str| -> Value {
        let all = case["grades"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    match code {
        "W0401" | "W0406" => {
            assert_eq!(grade(&cases[0], quoted[0])["possible"], serde_json::json!(["error"]));
        }
        "W0410" => assert!(!of(0).contains(&"not_met"), "{message}: {:?}", of(0)),
        "W0411" if message.contains("从不适用") => assert_eq!(of(0), ["not_applicable"]),
        "W0411" if message.contains("的例外从不成立") => {
            let article = message.split("的例外").next().unwrap();
            is_idle(here, text, article, rows, &cases[0]["criteria"]);
        }
        "W0411" if quoted.len() == 2 => cannot_both_hold(here, text, [quoted[0], quoted[1]], rows),
        "W0411" => assert!(!of(0).contains(&"met"), "{message}: {:?}", of(0)),
        "W0412" => {
            let both = [of(0), of(1)];
            let settled = |it: &Vec<&str>| matches!(it.as_slice(), ["met"] | ["not_met"]);
            assert!(both.iter().all(settled) && both[0] != both[1], "{message}: {both:?}");
        }
        "W0413" => {
            let all = cases[0]["criteria"].as_array().unwrap();
            assert!(
                all.iter().any(|it| it["possible"] == serde_json::json!(["error"])),
                "{message}"
            );
        }
        "W0414" => {
            let head = text.split("判定表 ").nth(1).unwrap().split("  ").next().unwrap();
            let points: Vec<i64> = cases
                .iter()
                .map(|it| grade(it, head)["value"].as_str().unwrap().parse().unwrap())
                .collect();
            let turns = (points[1] > points[0]) != (points[2] > points[1]);
            assert!(points.len() == 3 && turns, "{message}: {points:?}");
        }
        other => panic!("{other} is not shown"),
    }
}

/// Without the exception every criterion comes to the same.
fn is_idle(
    here: &Path,
    text: &str,
    article: &str,
    rows: &[BTreeMap<String, String>],
    with: &Value,
) {
    let exception = format!("例外 {article}");
    let lines: Vec<&str> = text.lines().filter(|it| !it.contains(&exception)).collect();
    assert!(lines.len() < text.lines().count(), "{article}");
    std::fs::write(here.join("book.heng"), lines.join("\n") + "\n").unwrap();
    assert_eq!(judged(here, rows)[0]["criteria"], *with, "{article}");
}

/// A criterion that asks for both is never met.
fn cannot_both_hold(here: &Path, text: &str, [a, b]: [&str; 2], rows: &[BTreeMap<String, String>]) {
    let both = format!("\n条件 两项  对 企业\n  依据 第一条\n  应当 {a} 且 {b}\n");
    std::fs::write(here.join("book.heng"), format!("{text}{both}")).unwrap();
    let judged = judged(here, rows);
    let all = judged[0]["criteria"].as_array().unwrap();
    let both = all.iter().find(|it| it["name"] == "两项").unwrap();
    assert!(!both["possible"].as_array().unwrap().iter().any(|it| it == "met"), "{a} {b}");
}

/// 0% and 100% on data: said with the data that show it, and only where enough could be decided.
#[test]
fn criteria_that_tell_nothing_apart_are_named_by_the_data() {
    let rows = |count: usize| -> String {
        (1..=count).map(|at| format!("{at},{},500,否\n", 100 + at)).collect::<String>()
    };
    for (count, said) in [(4, false), (5, true)] {
        let data = format!("编号,从业人员,营业收入,重点\n{}", rows(count));
        let here = folder(
            &format!("structure/seen_{count}"),
            &[("book.heng", MORE.as_bytes()), ("data/企业.csv", data.as_bytes())],
        );
        let answer = heng_in(&here, &["check", "book.heng", "data"]);
        assert_eq!(answer.exit, 0, "{}", answer.result);
        for line in [
            format!("“多”在所给数据能判定的 {count} 例中都符合"),
            format!("“少”在所给数据能判定的 {count} 例中都不符合"),
        ] {
            assert_eq!(answer.result.contains(&line), said, "{line}\n{}", answer.result);
        }
        let cases = heng_in(&here, &["eval", "book.heng", "data", "--format", "json"]);
        let cases: Value = serde_json::from_str(&cases.result).unwrap();
        for case in cases["cases"].as_array().unwrap() {
            let verdict = |name: &str| {
                let all = case["criteria"].as_array().unwrap();
                all.iter().find(|it| it["name"] == name).unwrap()["verdict"].clone()
            };
            assert_eq!((verdict("多"), verdict("少")), ("met".into(), "not_met".into()));
        }
    }
}

/// A parameter that nothing uses changes nothing; an article that no rule cites is named, and one that is cited is not.
#[test]
fn what_nothing_uses_is_named() {
    let text = MORE.replace(
        "政策 “别的”\n",
        "政策 “别的”\n  条文 第一条 至 第八条\n\n参数 闲置  3 人\n  依据 第七条\n",
    );
    let here = folder("structure/unused", &[("book.heng", text.as_bytes())]);
    let found = findings(&here);
    let says = |code: &str, words: &str| {
        found.iter().any(|it| it["code"] == code && it["message"].as_str().unwrap().contains(words))
    };
    assert!(says("W0402", "闲置"), "{found:#?}");
    assert!(says("W0404", "第八条") && !says("W0404", "第六条"), "{found:#?}");
    let row = [BTreeMap::from([("从业人员".to_owned(), "60".to_owned())])];
    let before = judged(&here, &row);
    std::fs::write(here.join("book.heng"), text.replace("闲置  3 人", "闲置  4 人")).unwrap();
    assert_eq!(judged(&here, &row), before);
}
