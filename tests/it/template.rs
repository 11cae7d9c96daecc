//! Forms: an empty one offers what the rulebook declares, and one that is filled in reads as the data it was filled with.

use crate::office;
use crate::program::Answer;
use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// Fields of every type, parents and children, and names that a spreadsheet would rather take for something else.
const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  施行 2020-01-01 起
  适用时点 申请日
  不适用记号 “/”
  条文 第一条 至 第四条

名单 园区 取自 “园区.tsv”
  名称 为 name，代码 为 code

数据 集群
  编号      文本，标识
  名称      文本
  申请日    日期（不早于 2020-01-01），来源 申报
  示范      是否，可无，别名 JQ01
  等级      枚举 甲级、乙级、丙级，有序
  园区      园区，可另填
  人数      计量（人），说明 “年末在册”
  收入      金额（千元，> 0），可缺
  强度      比率（%，0 至 100），可缺
  得分      数（0 至 8），可无
  产值      金额（万元，> 0 且 ≤ 900 万元），适用 当 示范
  企业      多条 企业
  年报      多条 年报，按 年度

数据 企业
  名称      文本，不重复
  代码      文本，可缺
  人数      计量（人），可缺

数据 年报
  年度      年
  收入      金额（千元）

条件 人数要求  对 集群
  依据 第一条
  应当 人数 ≥ 20 人

条件 成员要求  对 集群
  依据 第二条
  应当 个数（企业 中 开头为（代码，“1”）） ≥ 1 家

条件 收入要求  对 集群
  依据 第三条
  应当 合计（年报 的 收入） ≥ 100 千元 且 强度 ≥ 3% 且 （产值 ≥ 1 万元 或 得分 ≥ 1）

条件 等级要求  对 集群
  依据 第四条
  应当 等级 不低于 乙级 且 园区 属于 园区
";
const PARKS: &str = "name\tcode\n甲园\t1\n乙,园\t2\n";
const CLUSTERS: &str = "编号,名称,申请日,JQ01,等级,园区,人数,收入,强度,得分,产值
007,=1+1,2021-03-01,是,甲级,甲园,30,1200.50,6%,/,12 万元
A2,@乙,2021年3月5日,无,乙级,别处,19,\"1,200\",6,3,
A3,丙,2021-02-30,否,丁级,2,约30,,,9,
";
const FIRMS: &str = "集群,名称,代码,人数
007,-甲公司,123456789012345678,5
007,乙公司,0012,
A2,丙公司,,3
X9,丁公司,1,3
";
const YEARS: &str = "集群,年度,收入\n007,2020,60\n007,2021年,50\nA2,2020,\n";

fn sandbox(name: &str, changes: &[(&str, &str)]) -> PathBuf {
    let mut files = vec![
        ("rules.heng", RULES),
        ("园区.tsv", PARKS),
        ("data/集群.csv", CLUSTERS),
        ("data/企业.csv", FIRMS),
        ("data/年报.csv", YEARS),
    ];
    files.retain(|(path, _)| !changes.iter().any(|it| it.0 == *path));
    files.extend(changes);
    let files: Vec<(&str, &[u8])> = files.iter().map(|it| (it.0, it.1.as_bytes())).collect();
    folder(name, &files)
}

/// The cases and counts of a run, without the places of cells and the names of files.
fn told(answer: &Answer, files: &[&str]) -> Value {
    let mut text = answer.result.clone();
    files.iter().for_each(|it| text = text.replace(it, "数据"));
    let mut report: Value = serde_json::from_str(&text).expect(&answer.remarks);
    without_places(&mut report);
    serde_json::json!([report["cases"], report["summary"]])
}

fn without_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("source");
            fields.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}

fn part(file: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The rules of entry of a sheet, each with its attributes, as they stand in the file.
fn entries(file: &Path, sheet: usize) -> Vec<String> {
    let text = part(file, &format!("xl/worksheets/sheet{sheet}.xml"));
    let found = text.split("<dataValidation ").skip(1);
    found.map(|it| it.split("</dataValidation>").next().unwrap().to_owned()).collect()
}

/// The rule of the cells that begin with this one.
fn entry(file: &Path, sheet: usize, cell: &str) -> String {
    let all = entries(file, sheet);
    let here = format!("sqref=\"{cell}:");
    all.iter().find(|it| it.contains(&here)).unwrap_or_else(|| panic!("{cell}: {all:#?}")).clone()
}

#[test]
fn a_form_filled_in_reads_as_the_data_it_was_filled_with() {
    let tables = ["集群.csv", "企业.csv", "机构.csv", "年报.csv", "季报.csv", "园区.csv"];
    let place = folder("template_examples", &[]);
    for (rules, data, more) in [
        ("rules/innovation-cluster", "examples/innovation-cluster", &[][..]),
        ("rules/innovation-cluster", "examples/innovation-cluster", &["--on", "2022-12-31"]),
        ("rules/innovation-cluster-province", "examples/innovation-cluster-province", &[]),
        ("rules/zone-index", "examples/zone-index", &[]),
    ] {
        let form = place.join("填.xlsx").to_string_lossy().into_owned();
        let made = heng(&["template", rules, data, "--out", &form]);
        assert_eq!((made.exit, made.result.as_str()), (0, ""), "{}", made.remarks);
        let json = [more, &["--format", "json"]].concat();
        let clean = heng(&[&["eval", rules, data][..], &json].concat());
        let filled = heng(&[&["eval", rules, &form][..], &json].concat());
        assert_eq!(clean.exit, filled.exit);
        assert_eq!(told(&clean, &tables), told(&filled, &["填.xlsx"]), "{rules} {more:?}");
    }
}

#[test]
fn nothing_is_lost_on_the_way_through_the_form() {
    let here = sandbox("template_filled", &[]);
    let run = |args: &[&str]| heng_in(&here, args);
    assert_eq!(run(&["template", "rules.heng", "data", "--out", "f.xlsx"]).exit, 0);
    let clean = run(&["eval", "rules.heng", "data", "--format", "json"]);
    let filled = run(&["eval", "rules.heng", "f.xlsx", "--format", "json"]);
    let files = ["集群.csv", "企业.csv", "年报.csv"];
    assert_eq!(told(&clean, &files), told(&filled, &["f.xlsx"]));
    // The faults are those of the data, and the sheet of instructions is passed over aloud.
    for said in ["X9", "约30", "丁级", "2021-02-30", "9"] {
        assert!(filled.result.contains(said), "{said}");
    }
    let strings = part(&here.join("f.xlsx"), "xl/sharedStrings.xml");
    for kept in ["=1+1", "@乙", "-甲公司", "123456789012345678", "0012", "007"] {
        assert!(strings.contains(&format!(">{kept}<")), "{kept} is a text");
    }
    let sheet = part(&here.join("f.xlsx"), "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>"));
    // 12 万元 in a column in 万元, and 1,200 in one in 千元, are numbers there; 6% in one in % keeps its sign.
    assert!(sheet.contains("<v>12</v>") && sheet.contains("<v>1200</v>"), "{sheet}");
    assert!(strings.contains(">6%<"));
}

#[test]
fn what_is_not_given_is_not_taken_for_empty() {
    let here = sandbox("template_not_given", &[]);
    std::fs::remove_file(here.join("data/企业.csv")).unwrap();
    let run = |args: &[&str]| heng_in(&here, args);
    let made = run(&["template", "rules.heng", "data", "--out", "f.xlsx"]);
    assert_eq!(made.exit, 0);
    assert!(made.remarks.contains("企业"), "{}", made.remarks);
    let clean = run(&["eval", "rules.heng", "data", "--format", "json"]);
    let filled = run(&["eval", "rules.heng", "f.xlsx", "--format", "json"]);
    assert_eq!(told(&clean, &["集群.csv", "年报.csv"]), told(&filled, &["f.xlsx"]));
    // Rows that lie in their parents are linked by its key.
    let nested = r#"{"集群": [{"编号": "007", "人数": 30, "企业": [{"名称": "甲", "代码": "12"}]}, {"编号": "A2"}]}"#;
    std::fs::write(here.join("n.json"), nested).unwrap();
    assert_eq!(run(&["template", "rules.heng", "n.json", "--out", "n.xlsx"]).exit, 0);
    let read = run(&["eval", "rules.heng", "n.xlsx", "--format", "json", "--case", "007"]);
    let read: Value = serde_json::from_str(&read.result).unwrap();
    assert_eq!(
        read["cases"][0]["criteria"][1]["verdict"], "met",
        "{}",
        read["cases"][0]["criteria"][1]
    );
}

/// The rules of entry by hand from the declarations above; columns of 集群 from A.
#[test]
fn cells_let_in_what_is_declared() {
    let here = sandbox("template_entries", &[]);
    assert_eq!(heng_in(&here, &["template", "rules.heng", "--out", "f.xlsx"]).exit, 0);
    let form = here.join("f.xlsx");
    let clusters = |cell: &str| entry(&form, 2, cell);
    for (cell, parts) in [
        ("A2", &["type=\"custom\"", "EXACT($A$2:$A$1001,A2)"][..]),
        // 2020-01-01 is day 43831 of spreadsheets, 9999-12-31 is 2958465.
        ("C2", &["type=\"date\"", "<formula1>43831</formula1><formula2>2958465</formula2>"]),
        ("D2", &["type=\"list\"", "\"是,否,无,/\""]),
        ("E2", &["type=\"list\"", "\"甲级,乙级,丙级\""]),
        // A comma parts inline lists: this one stands on the hidden sheet.
        ("F2", &["type=\"list\"", "errorStyle=\"information\"", "<formula1>list_1</formula1>"]),
        ("G2", &["type=\"whole\"", "operator=\"greaterThanOrEqual\"", "<formula1>0</formula1>"]),
        ("H2", &["type=\"decimal\"", "operator=\"greaterThan\"", "<formula1>0</formula1>"]),
        ("I2", &["type=\"decimal\"", "<formula1>0</formula1><formula2>100</formula2>"]),
        (
            "J2",
            &[
                "type=\"custom\"",
                "OR(IF(ISNUMBER(J2),IF(J2&gt;=0,J2&lt;=8,FALSE),FALSE),J2=\"无\",J2=\"/\")",
            ],
        ),
        ("K2", &["type=\"custom\"", "IF(ISNUMBER(K2),IF(K2&gt;0,K2&lt;=900,FALSE),FALSE)"]),
    ] {
        let found = clusters(cell);
        for part in parts {
            let quoted = part.replace('"', "&quot;");
            assert!(found.contains(part) || found.contains(&quoted), "{cell}: {part} in {found}");
        }
    }
    assert!(
        entry(&form, 3, "A2")
            .contains("OFFSET('集群'!$A$2,0,0,MAX(1,COUNTA('集群'!$A$2:$A$1001)),1)")
    );
    let book = part(&form, "xl/workbook.xml");
    assert!(book.contains("<definedName name=\"list_1\">'选项'!$A$2:$A$3</definedName>"), "{book}");
    assert!(book.contains("sheetId=\"5\" state=\"hidden\""), "{book}");
    let notes: String = (1..=3).map(|it| part(&form, &format!("xl/comments{it}.xml"))).collect();
    for said in [
        "第一条：人数要求",
        "第二条：成员要求",
        "第三条：收入要求",
        "决定适用哪一天的规则",
        "别名或代码：JQ01",
        "说明：年末在册",
        "只在“示范”时填写",
        "还决定是否要填：产值",
    ] {
        assert!(notes.contains(said), "{said}");
    }
    // English words around the same names.
    assert_eq!(
        heng_in(&here, &["template", "rules.heng", "--out", "e.xlsx", "--lang", "en"]).exit,
        0
    );
    assert!(part(&here.join("e.xlsx"), "xl/workbook.xml").contains("name=\"Instructions\""));
}

#[test]
fn the_same_rulebook_gives_the_same_bytes() {
    let here = folder("template_bytes", &[]);
    let made = |name: &str| {
        let file = here.join(name);
        let out = file.to_string_lossy();
        assert_eq!(heng(&["template", "rules/innovation-cluster", "--out", &out]).exit, 0);
        std::fs::read(file).unwrap()
    };
    assert!(made("a.xlsx") == made("b.xlsx"));
}

/// An outside program opens the form, keeps every rule of entry, and what it writes reads the same.
#[test]
fn libreoffice_keeps_the_drop_downs() {
    let here = folder("template_office", &[]);
    let file = here.join("f.xlsx");
    let out = file.to_string_lossy().into_owned();
    let rules = ["rules/innovation-cluster", "examples/innovation-cluster"];
    assert_eq!(heng(&["template", rules[0], rules[1], "--out", &out]).exit, 0);
    let Some(again) = office::rewritten(&file, "xlsx") else { return };
    let lists = |file: &Path, sheet| {
        let kind = |it: &String| it.contains("type=\"list\"");
        let formula = |it: String| it.split("<formula1>").nth(1).unwrap().replace('\'', "");
        let found = entries(file, sheet).into_iter().filter(kind).map(formula);
        let mut found: Vec<String> = found
            .map(|it| it.split("</formula1>").next().unwrap().replace("&quot;", "\""))
            .collect();
        found.sort();
        found
    };
    let mut count = 0;
    for sheet in 2..=6 {
        assert_eq!(entries(&file, sheet).len(), entries(&again, sheet).len(), "sheet {sheet}");
        assert_eq!(lists(&file, sheet), lists(&again, sheet), "sheet {sheet}");
        count += lists(&file, sheet).len();
    }
    assert!(count > 30, "{count} drop-downs");
    let read = |data: &str| {
        let answer = heng(&["eval", rules[0], data, "--format", "json"]);
        told(&answer, &["f.xlsx", "0.xlsx"])
    };
    assert_eq!(read(&out), read(&again.to_string_lossy()));
}

#[test]
fn what_cannot_be_made_is_said() {
    let here = sandbox("template_refused", &[("faulty.heng", "政策 示例\n\n条件 甲\n")]);
    let long = RULES.replace("企业", &"很长的表名".repeat(7));
    std::fs::write(here.join("long.heng"), long).unwrap();
    for (args, exit, said) in [
        (&["template", "rules.heng"][..], 1, "还缺参数"),
        (&["template", "rules.heng", "--out", "f.xls"], 1, "E0708"),
        (&["template", "faulty.heng", "--out", "f.xlsx"], 3, "E0"),
        (&["template", "nowhere", "--out", "f.xlsx"], 1, "nowhere"),
        (&["template", "long.heng", "--out", "f.xlsx"], 1, "E0710"),
        (&["template", "rules.heng", "nowhere", "--out", "f.xlsx"], 1, "nowhere"),
        (&["template", "rules.heng", "data", "--encoding", "x", "--out", "f.xlsx"], 1, "E0703"),
        (&["template", "rules.heng", "--out", "nowhere/f.xlsx"], 1, "写不出"),
    ] {
        let answer = heng_in(&here, args);
        assert_eq!(
            (answer.exit, answer.result.as_str()),
            (exit, ""),
            "{args:?}: {}",
            answer.remarks
        );
        assert!(answer.remarks.contains(said), "{args:?}: {}", answer.remarks);
        assert!(!here.join("f.xlsx").exists(), "{args:?}");
    }
}
