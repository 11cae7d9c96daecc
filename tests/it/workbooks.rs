//! Workbooks and text files as offices hand them in: cells, headers, percentages, encodings. Bad files are elsewhere.

use crate::office;
use crate::program::Answer;
use crate::program::folder;
use crate::program::heng_in;
use crate::program::heng_within;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::Formula;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use serde_json::Value;
use std::io::Write;

/// A small rulebook over one table.
pub const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  条文 第一条 至 第三条

数据 集群
  编号      文本，标识
  成立日期  日期，可缺
  在册      是否，可缺
  营业收入  金额（千元），可缺，别名 JQC05_0
  研发强度  比率（%），可缺
  人数      计量（人），可缺

条件 收入要求  对 集群
  依据 第一条
  应当 营业收入 ≥ 1000 千元

条件 强度要求  对 集群
  依据 第二条
  应当 研发强度 ≥ 3%

条件 成立要求  对 集群
  依据 第三条
  应当 成立日期 ≤ 2021-03-15
";

/// Memory that any of these files may take, the program itself included.
const MEGABYTES: usize = 1536;

/// The verdicts of each case over a workbook, in the order of the criteria; and what was said.
pub fn verdicts(name: &str, file: &str, bytes: &[u8]) -> (Vec<String>, Answer) {
    let folder = folder(name, &[("rules.heng", RULES.as_bytes()), (file, bytes)]);
    let args = ["eval", "rules.heng", file, "--format", "json"];
    let answer = heng_within(MEGABYTES, &folder, &args);
    let report: Value = serde_json::from_str(&answer.result).unwrap_or_default();
    let cases = report["cases"].as_array().cloned().unwrap_or_default();
    let of = |case: &Value| {
        let criteria = case["criteria"].as_array().unwrap();
        let each = criteria.iter().map(|it| it["verdict"].as_str().unwrap());
        format!("{} {}", case["id"].as_str().unwrap(), each.collect::<Vec<_>>().join(" "))
    };
    (cases.iter().map(of).collect(), answer)
}

/// A workbook of one sheet, 集群.
pub fn made(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("集群").unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

/// The columns of the table.
pub const HEADS: [&str; 6] = ["编号", "成立日期", "在册", "营业收入", "研发强度", "人数"];

/// Writes the columns' names into a row.
pub fn heads(sheet: &mut Worksheet, row: u32) {
    for (column, head) in (0..).zip(HEADS) {
        sheet.write(row, column, head).unwrap();
    }
}

#[test]
fn cells_are_the_decimals_days_and_truths_that_were_typed() {
    let percent = Format::new().set_num_format("0.00%");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let bytes = made(|sheet| {
        heads(sheet, 0);
        sheet.write(1, 0, "A1").unwrap();
        sheet.write_with_format(1, 1, 44_270, &date).unwrap(); // 2021-03-15
        sheet.write(1, 2, "√").unwrap();
        sheet.write(1, 3, 1000).unwrap();
        sheet.write_with_format(1, 4, 0.03, &percent).unwrap();
        sheet.write(2, 0, "A2").unwrap();
        sheet.write(2, 1, 44_271).unwrap(); // A bare serial number.
        sheet.write(2, 2, true).unwrap();
        sheet.write(2, 3, "９９９．９９").unwrap();
        sheet.write(2, 4, "2.99%").unwrap();
        sheet.write(3, 0, "A3").unwrap();
        sheet.write(3, 1, "2021.3.15").unwrap();
        sheet.write(3, 3, "100 万元").unwrap();
        sheet.write(3, 4, 3).unwrap();
        sheet.write(4, 0, "A4").unwrap();
        sheet.write(4, 1, "2021年3月").unwrap();
        sheet.write_formula(4, 3, Formula::new("=700+300.5").set_result("1000.5")).unwrap();
        sheet.write(4, 4, 0.1 + 0.2).unwrap(); // 0.3, and not 0.30000000000000004.
    });
    let (found, answer) = verdicts("cells", "集群.xlsx", &bytes);
    let wanted = [
        "A1 met met met",
        "A2 not_met not_met not_met",
        "A3 met met met",
        "A4 met not_met undetermined",
    ];
    assert_eq!(found, wanted, "{}", answer.remarks);
    for said in ["W0613", "“44271”是日期序号，读作 2021-03-16", "I0604", "“0.3”读作 0.3%"]
    {
        assert!(answer.remarks.contains(said), "{said}: {}", answer.remarks);
    }
}

#[test]
fn headers_are_found_below_titles_over_two_rows_and_with_units() {
    let bytes = made(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 5, "2021 年度汇总表", &plain).unwrap();
        sheet.write(1, 0, "单位：某某").unwrap();
        for (column, head) in (0..).zip(["编号", "成立日期", "在册"]) {
            sheet.merge_range(2, column, 3, column, head, &plain).unwrap();
        }
        sheet.merge_range(2, 3, 2, 5, "经济指标", &plain).unwrap();
        sheet.write(3, 3, "营业收入（万元）").unwrap();
        sheet.write(3, 4, "研发强度").unwrap();
        sheet.write(3, 5, "其中：人数").unwrap();
        for (row, (id, revenue, rate)) in (4..).zip([("A1", 100.0, 3.0), ("A2", 99.99, 2.5)]) {
            sheet.write(row, 0, id).unwrap();
            sheet.write(row, 1, "2020-01-01").unwrap();
            sheet.write(row, 3, revenue).unwrap();
            sheet.write(row, 4, rate).unwrap();
            sheet.write(row, 5, 10).unwrap();
        }
    });
    let (found, answer) = verdicts("heads", "集群.xlsx", &bytes);
    assert_eq!(found, ["A1 met met met", "A2 not_met not_met met"], "{}", answer.remarks);
    assert!(answer.remarks.contains("按表头写的单位“万元”读取"), "{}", answer.remarks);
    // The row of units alone, and the stem of the file for a sheet without a name of its own.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    heads(sheet, 0);
    sheet.write(1, 3, "（万元）").unwrap();
    sheet.write(1, 4, "%").unwrap();
    sheet.write(2, 0, "A1").unwrap();
    sheet.write(2, 3, 100).unwrap();
    let (found, answer) = verdicts("units", "集群.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(found, ["A1 met undetermined undetermined"], "{}", answer.remarks);
}

#[test]
fn what_a_cell_lost_is_said_and_nothing_is_guessed() {
    let bytes = made(|sheet| {
        for (column, head) in
            (0..).zip(["编号", "成立日期", "在册", "营业收入（公里）", "研发强度", "人数"])
        {
            sheet.write(0, column, head).unwrap();
        }
        sheet.write(1, 0, 420_100_199_003_078_519u64 as f64).unwrap();
        sheet.write(1, 1, "=1+1").unwrap();
        sheet.write(1, 3, 1000).unwrap();
        sheet.write(2, 0, "A2").unwrap();
        sheet.write(2, 1, 60).unwrap(); // The 1900-02-29 that never was.
        sheet.write(2, 3, "1000 千元").unwrap();
        sheet.write_formula(2, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(2, 5, -3).unwrap();
    });
    let (found, answer) = verdicts("lost", "集群.xlsx", &bytes);
    let second = found.iter().find(|it| it.starts_with("A2")).unwrap();
    assert_eq!(second, "A2 met undetermined undetermined", "{}", answer.remarks);
    for said in [
        "电子表格只存 15 位",
        "“公里”不能换算",
        "“=1+1”不是日期（应如 2020-11-06）\n   同类的还有 1 处：第 3 行",
    ] {
        assert!(answer.remarks.contains(said), "{said}: {}", answer.remarks);
    }
}

#[test]
fn broken_locked_and_foreign_workbooks_are_refused_by_name() {
    let sound = made(|sheet| heads(sheet, 0));
    let mut locked = cfb::CompoundFile::create(std::io::Cursor::new(vec![])).unwrap();
    locked.create_stream("EncryptedPackage").unwrap().write_all(b"sealed").unwrap();
    let locked = locked.into_inner().into_inner();
    let half = &sound[..sound.len() / 2];
    let cases: [(&str, &[u8], &str); 7] = [
        ("集群.xlsx", half, "可能已损坏或没有传完"),
        ("集群.xlsx", b"", "是空文件"),
        ("集群.xlsx", b"not a workbook", "可能已损坏"),
        ("集群.xls", b"not a workbook", "可能已损坏"),
        ("集群.ods", half, "可能已损坏"),
        ("集群.xlsx", &locked, "设有打开密码"),
        ("集群.xlsb", &sound, "这种格式不能读"),
    ];
    for (at, (file, bytes, said)) in cases.into_iter().enumerate() {
        let (found, answer) = verdicts(&format!("refused-{at}"), file, bytes);
        assert!(
            found.is_empty() && answer.remarks.contains(said),
            "{file} {said}: {}",
            answer.remarks
        );
        assert!(answer.remarks.contains(file), "{}", answer.remarks);
    }
}

#[test]
fn a_cell_at_the_far_end_costs_nothing() {
    let bytes = made(|sheet| {
        heads(sheet, 0);
        sheet.write(1, 0, "A1").unwrap();
        sheet.write(1, 16_383, "远").unwrap();
        sheet.write(1_048_575, 0, "A2").unwrap();
        sheet.write(1_048_575, 16_383, "更远").unwrap();
    });
    let (found, answer) = verdicts("far", "集群.xlsx", &bytes);
    assert_eq!(found.len(), 2, "{}", answer.remarks);
    assert!(answer.remarks.contains("第 1024 列以后有内容，未读"), "{}", answer.remarks);
}

#[test]
fn sheets_called_alike_are_one_table_in_two_places() {
    let mut book = Workbook::new();
    for (name, id) in [("集群", "A1"), (" 集群 ", "A2")] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        heads(sheet, 0);
        sheet.write(1, 0, id).unwrap();
    }
    let hidden = book.add_worksheet();
    hidden.set_name("字典").unwrap().set_hidden(true).write(0, 0, "甲").unwrap();
    let (found, answer) = verdicts("alike", "集群.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(found.len(), 2, "{}", answer.remarks);
    assert!(
        answer.remarks.contains("来自 2 处") && !answer.remarks.contains("字典"),
        "{}",
        answer.remarks
    );
}

#[test]
fn text_files_are_read_in_every_shape_offices_export() {
    let rows = |mark: &str| format!("编号{mark}营业收入\nA1{mark}1000\nA2{mark}999\n");
    let wanted = ["A1 met undetermined undetermined", "A2 not_met undetermined undetermined"];
    let gbk = encoding_rs::GBK.encode(&rows(",")).0.into_owned();
    let marked = [b"\xEF\xBB\xBF".as_slice(), rows(",").as_bytes()].concat();
    let titled = format!("汇总表,\n,\n{}", rows(","));
    let lines =
        "{\"编号\": \"A1\", \"营业收入\": 1000}\n\n{\"编号\": \"A2\", \"营业收入\": \"999\"}\n";
    let told = format!("sep=;\n{}", rows(";"));
    let [commas, tabs, semicolons] = [",", "\t", ";"].map(rows);
    let cases: [(&str, &[u8]); 9] = [
        ("集群.csv", commas.as_bytes()),
        ("集群.csv", tabs.as_bytes()),
        ("集群.csv", semicolons.as_bytes()),
        ("集群.tsv", tabs.as_bytes()),
        ("集群.csv", &gbk),
        ("集群.csv", &marked),
        ("集群.csv", titled.as_bytes()),
        ("集群.csv", told.as_bytes()),
        ("集群.jsonl", lines.as_bytes()),
    ];
    for (at, (file, bytes)) in cases.into_iter().enumerate() {
        let (found, answer) = verdicts(&format!("shape-{at}"), file, bytes);
        assert_eq!(found, wanted, "{at} {file}: {}", answer.remarks);
    }
}

#[test]
fn a_row_in_another_encoding_is_read_and_named() {
    let mut bytes = "编号,营业收入,备注\nA1,1000,统计数据\n".as_bytes().to_vec();
    bytes.extend(encoding_rs::GBK.encode("甲二,999,复核数据\n").0.iter());
    let (found, answer) = verdicts("switch", "集群.csv", &bytes);
    assert_eq!(found.len(), 2, "{}", answer.remarks);
    assert!(found[1].starts_with("甲二 not_met"), "{found:?}");
    assert!(answer.remarks.contains("换了编码：第 3 行"), "{}", answer.remarks);
}

/// 0.03 shown as 3% is three percent in every format, and 0.03 shown as a plain number is 0.03%.
#[test]
fn percentages_are_read_by_their_format_in_every_kind_of_workbook() {
    let percent = Format::new().set_num_format("0.00%");
    let bytes = made(|sheet| {
        sheet.merge_range(0, 0, 0, 5, "汇总表", &Format::new()).unwrap();
        heads(sheet, 1);
        for (row, id) in (2..).zip(["A1", "A2", "A3"]) {
            sheet.write(row, 0, id).unwrap();
            sheet.write(row, 1, "2021.3.15").unwrap();
            sheet.write(row, 3, 1000).unwrap();
        }
        sheet.write_with_format(2, 4, 0.03, &percent).unwrap();
        sheet.write_with_format(3, 4, 0.0299, &percent).unwrap();
        sheet.write(4, 4, 0.03).unwrap();
    });
    let place = folder("percent", &[("集群.xlsx", &bytes)]);
    let wanted = ["A1 met met met", "A2 met not_met met", "A3 met not_met met"];
    assert_eq!(verdicts("percent-xlsx", "集群.xlsx", &bytes).0, wanted);
    for ending in ["ods", "xls"] {
        let Some(other) = office::rewritten(&place.join("集群.xlsx"), ending) else { return };
        let (file, bytes) = (format!("集群.{ending}"), std::fs::read(other).unwrap());
        let (found, answer) = verdicts(&format!("percent-{ending}"), &file, &bytes);
        assert_eq!(found, wanted, "{ending}: {}", answer.remarks);
        assert!(answer.remarks.contains("“0.03”读作 0.03%"), "{ending}: {}", answer.remarks);
    }
}

/// A cell that an ods file writes once for a million rows and columns costs no more than is read of it.
#[test]
fn an_ods_row_written_once_for_a_million_is_bounded() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let many = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>满</text:p></table:table-cell></table:table-row>";
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let head: String = HEADS.iter().map(|it| cell(it)).collect();
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"集群\">{}{}{many}</table:table></office:spreadsheet></office:body></office:document-content>",
        row(&head),
        row(&cell("A1")),
    );
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(content.as_bytes()).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let (found, answer) = verdicts("ods-bomb", "集群.ods", &bytes);
    assert!(found[0].starts_with("A1"), "{}", answer.remarks);
    assert!(answer.remarks.contains("太大") && answer.remarks.contains("第 1024 列以后有内容"));
}

/// What was matched how is kept in the JSON; a year that is a thousand times the one before is suspected, once.
#[test]
fn columns_and_slips_of_a_year_are_told() {
    let rules = format!("{RULES}\n数据 年报\n  年度      年\n  营业收入  金额（千元）\n").replace(
        "  人数      计量（人），可缺\n",
        "  人数      计量（人），可缺\n  年报      多条 年报，按 年度\n",
    );
    let years = "集群,年度,营业收入（万元）,备注\nA1,2019,100,\nA1,2020,110000,\nA1,2021,120,\n";
    let files: [(&str, &[u8]); 3] = [
        ("rules.heng", rules.as_bytes()),
        ("data/集群.csv", "编号,JQC05_0\nA1,1000\n".as_bytes()),
        ("data/年报.csv", years.as_bytes()),
    ];
    let here = folder("slips", &files);
    let answer = heng_in(&here, &["eval", "rules.heng", "data", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.result).expect(&answer.remarks);
    let columns: Vec<String> = report["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!("{} {} {} {} {}", it["table"], it["column"], it["field"], it["by"], it["unit"])
        })
        .map(|it| it.replace('"', ""))
        .collect();
    for wanted in [
        "集群 编号 编号 name null",
        "集群 JQC05_0 营业收入 code null",
        "年报 集群 null parent null",
        "年报 营业收入（万元） 营业收入 name 万元",
        "年报 备注 null null null",
    ] {
        assert!(columns.iter().any(|it| it == wanted), "{wanted}: {columns:#?}");
    }
    let said = "2020年的营业收入“110000”约为2019年（第 2 行“100”）的 1000 倍";
    assert!(answer.remarks.contains(said), "{}", answer.remarks);
    assert_eq!(answer.result.matches("W0611").count(), 1, "{}", answer.remarks);
}
