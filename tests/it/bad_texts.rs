//! CSV and JSON files that are broken or hostile: each is said in a sentence that names the place, nothing is lost in silence, and memory is bounded.

use crate::workbooks::verdicts;
use std::fmt::Write;

const MET: [&str; 1] = ["A1 met undetermined undetermined"];

/// UTF-8 for nine rows, GBK from the tenth on.
#[test]
fn an_encoding_that_changes_in_the_tenth_row_is_named_there() {
    let mut bytes = "编号,营业收入,备注\n".as_bytes().to_vec();
    for at in 2..10 {
        bytes.extend(format!("A{at},1000,统计数据\n").as_bytes());
    }
    for at in 10..12 {
        let line = format!("甲{at},999,复核数据\n");
        bytes.extend(encoding_rs::GBK.encode(&line).0.iter());
    }
    let (found, answer) = verdicts("tenth", "集群.csv", &bytes);
    assert_eq!(found.len(), 10, "{}", answer.remarks);
    assert!(found[8].starts_with("甲10 not_met"), "{found:?}");
    assert!(answer.remarks.contains("换了编码：第 10、11 行不是 UTF-8"), "{}", answer.remarks);
}

#[test]
fn wide_text_without_its_mark_is_named() {
    let wide: Vec<u8> =
        "编号,营业收入\nA1,1000\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, answer) = verdicts("wide", "集群.csv", &wide);
    assert!(
        answer.remarks.contains("看来是 UTF-16") && answer.remarks.contains("--encoding utf-16le"),
        "{}",
        answer.remarks
    );
    let marked = [b"\xFF\xFE".as_slice(), &wide].concat();
    let (found, answer) = verdicts("marked", "集群.csv", &marked);
    assert_eq!(found, MET, "{}", answer.remarks);
}

#[test]
fn many_columns_named_or_not_take_no_longer_than_they_must() {
    let mut head = String::from("编号,营业收入");
    let mut line = String::from("A1,1000");
    for at in 0..20_000 {
        let _ = write!(head, ",c{at}");
        line += ",1";
    }
    let (found, answer) = verdicts("wide-csv", "集群.csv", format!("{head}\n{line}\n").as_bytes());
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(answer.remarks.contains("等 20000 列，未读"), "{}", answer.remarks);
    let blank = format!("编号,营业收入{}\n{line}\n", ",".repeat(20_000));
    let (found, answer) = verdicts("headless", "集群.csv", blank.as_bytes());
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(answer.remarks.contains("另有 19980 列没有列名"), "{}", answer.remarks);
}

#[test]
fn rows_that_each_bring_a_column_of_their_own_are_bounded() {
    let own =
        |row: usize| -> String { (0..24).map(|it| format!(", \"k{row}_{it}\": 1")).collect() };
    let rows: Vec<String> =
        (0..1500).map(|it| format!("{{\"编号\": \"A{it}\"{}}}", own(it))).collect();
    let text = format!("{{\"集群\": [{}]}}", rows.join(","));
    let (found, answer) = verdicts("wide-json", "集群.json", text.as_bytes());
    assert!(found.len() > 1000 && found.len() < 1500, "{}", found.len());
    assert!(answer.remarks.contains("文件太大，“集群”第 "), "{}", answer.remarks);
}

#[test]
fn one_line_that_is_no_json_is_named_and_the_rest_is_read() {
    let text = "{\"编号\": \"A1\", \"营业收入\": 1000}\n{\"编号\": \"A2\", \n{\"编号\": \"A3\", \"营业收入\": 1, \"营业收入\": 2}\n";
    let (found, answer) = verdicts("lines", "集群.jsonl", text.as_bytes());
    assert_eq!(
        found,
        ["A1 met undetermined undetermined", "A3 undetermined undetermined undetermined"],
        "{}",
        answer.remarks
    );
    for said in ["第 2 行不合 JSON 的写法，未读", "“营业收入”写了两次"] {
        assert!(answer.remarks.contains(said), "{said}: {}", answer.remarks);
    }
}
