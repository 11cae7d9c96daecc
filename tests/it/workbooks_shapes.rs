//! Workbooks that go back to their authors, whatever the data came in: nested JSON, JSON Lines, several files, names no sheet may have, many rows, the longest texts.

use crate::office;
use crate::program::folder;
use crate::program::heng_in;
use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use calamine::open_workbook;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  条文 第一条 至 第二条

数据 集群
  编号      文本，标识
  企业      多条 企业

数据 企业
  名称      文本
  收入      金额（千元），可缺

条件 收入要求  对 集群
  依据 第一条
  应当 合计（企业 的 收入） ≥ 12 千元

结论 认定  对 集群
  依据 第二条
  须符合 收入要求
";

/// The cells of a sheet as texts.
fn texts(book: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

fn names(book: &Path) -> Vec<String> {
    let book: Xlsx<_> = open_workbook(book).unwrap();
    book.sheet_names()
}

/// Evaluates data into 意见.xlsx, hands that in again, and compares the verdicts.
fn there_and_back(here: &Path, data: &[&str]) {
    let run =
        |data: &[&str], more: &[&str]| heng_in(here, &[&["eval", "r.heng"], data, more].concat());
    let verdicts = |text: &str| -> Value {
        let report: Value = serde_json::from_str(text).unwrap();
        let cases = report["cases"].as_array().unwrap().iter();
        cases.map(|it| serde_json::json!([it["id"], it["conclusions"][0]["verdict"]])).collect()
    };
    let wrote = run(data, &["--format", "xlsx", "--out", "意见.xlsx"]);
    assert!([0, 2, 4].contains(&wrote.exit), "{}", wrote.remarks);
    let first = run(data, &["--format", "json"]);
    let again = run(&["意见.xlsx"], &["--format", "json"]);
    assert_eq!(verdicts(&first.result), verdicts(&again.result), "{}", again.remarks);
}

/// LibreOffice opens the workbook, and every text is there.
fn opened(book: &Path) {
    let Some(again) = office::rewritten(book, "xlsx") else { return };
    assert_eq!(names(book), names(&again));
    let mut ours: Xlsx<_> = open_workbook(book).unwrap();
    let mut theirs: Xlsx<_> = open_workbook(&again).unwrap();
    for name in ours.sheet_names() {
        let (ours, theirs) =
            (ours.worksheet_range(&name).unwrap(), theirs.worksheet_range(&name).unwrap());
        let (top, left) = ours.start().unwrap_or_default();
        for (row, column, cell) in ours.used_cells() {
            let other = theirs.get_value((top + row as u32, left + column as u32));
            let other = other.cloned().unwrap_or(Data::Empty);
            assert_eq!(cell.to_string(), other.to_string(), "{name} {row} {column}");
        }
    }
}

#[test]
fn nested_rows_lines_and_several_files_come_back_together() {
    let long = "一张名称很长很长而且还有标点的附表，长得没有一个工作表放得下它的名称";
    let nested = format!(
        r#"{{"集群": [{{"编号": "A1", "企业": [{{"名称": "甲", "收入": 5}}, {{"名称": "=1+1", "收入": 7}}]}},
            {{"编号": "A2", "企业": []}}], "附/表:一*[二]?": [{{"栏": 1}}], "{long}": [{{"栏": 2}}], "{long}二": [{{"栏": 3}}]}}"#
    );
    let files: [(&str, &[u8]); 4] = [
        ("r.heng", RULES.as_bytes()),
        ("a.json", nested.as_bytes()),
        ("企业.jsonl", "{\"集群\": \"A2\", \"名称\": \"丙\", \"收入\": 4}\n".as_bytes()),
        ("b/企业.csv", "集群,名称,收入\nA2,丁,8.5\nA9,戊,1\n".as_bytes()),
    ];
    let here = folder("shapes", &files);
    let args =
        ["eval", "r.heng", "a.json", "企业.jsonl", "b", "--format", "xlsx", "--out", "意见.xlsx"];
    let wrote = heng_in(&here, &args);
    // 戊 belongs to no cluster, which is an error of no case.
    assert_eq!(wrote.exit, 4, "{}", wrote.remarks);
    let book = here.join("意见.xlsx");
    let sheets = names(&book);
    for name in &sheets {
        assert!(
            name.encode_utf16().count() <= 31
                && !name.contains(['/', ':', '*', '[', ']', '?', '\\']),
            "{name}"
        );
    }
    assert!(sheets.contains(&"附／表：一＊［二］？".to_owned()), "{sheets:?}");
    assert_eq!(sheets.iter().filter(|it| it.starts_with("一张名称很长")).count(), 2, "{sheets:?}");
    // The rows of all three, those inside their parents with its key before them.
    let all: Vec<String> = sheets
        .iter()
        .filter(|it| it.starts_with("企业"))
        .flat_map(|it| texts(&book, it))
        .map(|it| it.join("|"))
        .collect();
    for row in ["A1|甲|5", "A1|=1+1|7", "A2|丙|4", "A2|丁|8.5", "A9|戊|1"] {
        assert!(all.iter().any(|it| it.starts_with(row)), "{row}: {all:?}");
    }
    opened(&book);
}

#[test]
fn the_longest_texts_come_back_as_far_as_a_cell_holds() {
    let (fits, over) = ("长".repeat(32_767), format!("更{}", "长".repeat(32_767)));
    let rows = format!("集群,名称,收入\nA1,{fits},12\nA1,{over},1\n");
    let files: [(&str, &[u8]); 3] = [
        ("r.heng", RULES.as_bytes()),
        ("d/集群.csv", "编号\nA1\n".as_bytes()),
        ("d/企业.csv", rows.as_bytes()),
    ];
    let here = folder("longest", &files);
    there_and_back(&here, &["d"]);
    let book = here.join("意见.xlsx");
    let names: Vec<usize> = texts(&book, "企业").iter().map(|it| it[1].chars().count()).collect();
    assert_eq!(names, [2, 32_767, 32_767]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&book).unwrap()).unwrap();
    let notes: String = (0..archive.len())
        .filter_map(|at| {
            let part = archive.by_index(at).unwrap();
            let is = part.name().unwrap().starts_with("xl/comments");
            is.then(|| std::io::read_to_string(part).unwrap())
        })
        .collect();
    assert_eq!(notes.matches("内容过长，单元格放不下").count(), 1, "the cell that is cut says so");
    opened(&book);
}

#[test]
fn twenty_thousand_rows_come_back() {
    let mut rows = String::from("集群,名称,收入\n");
    for at in 0..20_000 {
        let _ = writeln!(rows, "A{},企业{at},{}", at % 20, at % 1000);
    }
    let clusters: String = (0..20).map(|it| format!("A{it}\n")).collect();
    let clusters = format!("编号\n{clusters}");
    let files: [(&str, &[u8]); 3] = [
        ("r.heng", RULES.as_bytes()),
        ("d/集群.csv", clusters.as_bytes()),
        ("d/企业.csv", rows.as_bytes()),
    ];
    let here = folder("many", &files);
    there_and_back(&here, &["d"]);
    let back = texts(&here.join("意见.xlsx"), "企业");
    assert_eq!(back.len(), 20_001);
    assert_eq!(back[20_000][..3], ["A19", "企业19999", "999"]);
}
