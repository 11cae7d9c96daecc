//! Live workbooks: every formula, computed anew by LibreOffice, comes to what heng found, over the examples and over generated cases.

mod edited;
mod generated;
mod rulebooks;

use crate::office;
use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use calamine::open_workbook;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

/// How far two numbers may be apart: twelve significant digits.
const DIGITS: f64 = 1e-12;

/// The data of the cases of generated rulebooks.
const DATA_SHEET: &str = "数据 单位";

/// The sheets of a workbook, by name.
type Book = BTreeMap<String, BTreeMap<(u32, u32), Data>>;

fn values(file: &Path) -> Book {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let names = book.sheet_names();
    let sheet = |name: &String| {
        let range = book.worksheet_range(name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells();
        let cells =
            cells.map(|(row, column, it)| ((top + row as u32, left + column as u32), it.clone()));
        (name.clone(), cells.collect())
    };
    names.iter().map(sheet).collect()
}

/// Where a workbook has formulas.
fn formulas(file: &Path) -> Vec<(String, (u32, u32), String)> {
    let mut book: Xlsx<_> = open_workbook(file).unwrap();
    let mut all = vec![];
    for name in book.sheet_names() {
        let range = book.worksheet_formula(&name).unwrap();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, it) in range.used_cells().filter(|it| !it.2.is_empty()) {
            all.push((name.clone(), (top + row as u32, left + column as u32), it.clone()));
        }
    }
    all
}

/// Whether two cells show the same.
fn same(a: &Data, b: &Data) -> bool {
    let number = |it: &Data| match it {
        Data::Float(it) => Some(*it),
        Data::Int(it) => Some(*it as f64),
        Data::DateTime(it) => Some(it.as_f64()),
        _ => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= DIGITS * a.abs().max(b.abs()),
        _ => a == b,
    }
}

/// Compares every formula of these workbooks with what LibreOffice computes anew, and gives how many there are in
/// each; none without LibreOffice.
fn recalculated(files: &[PathBuf]) -> Option<Vec<usize>> {
    let again = office::all_rewritten(files, "xlsx")?;
    let mut counts = vec![];
    for (file, again) in files.iter().zip(&again) {
        let (before, after, formulas) = (values(file), values(again), formulas(file));
        let mut wrong = vec![];
        for (sheet, at, formula) in &formulas {
            let of = |book: &Book| book[sheet].get(at).cloned().unwrap_or(Data::Empty);
            let (a, b) = (of(&before), of(&after));
            if !same(&a, &b) {
                wrong.push(format!("{sheet} {at:?}: {a:?}, LibreOffice {b:?}\n   {formula}"));
            }
        }
        assert!(
            wrong.is_empty(),
            "{}: {} wrong\n{}",
            file.display(),
            wrong.len(),
            wrong[..wrong.len().min(8)].join("\n")
        );
        counts.push(formulas.len());
    }
    Some(counts)
}

/// A live workbook of a run, in a folder of its own.
fn live(name: &str, run: &[&str]) -> PathBuf {
    let file = folder(name, &[]).join("live.xlsx");
    let out = file.to_string_lossy().into_owned();
    let args = [&["eval"], run, &["--format", "xlsx", "--live", "--out", &out]].concat();
    let answer = heng(&args);
    assert!([0, 2, 4].contains(&answer.exit) && file.exists(), "{}", answer.remarks);
    file
}

/// A fraction, as near as a double is.
fn near(fraction: &str) -> f64 {
    let (above, below) = fraction.split_once('/').unwrap_or((fraction, "1"));
    above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
}

/// The cells of a sheet, by key and head without unit.
fn table(book: &Book, sheet: &str) -> BTreeMap<(String, String), Data> {
    let cells = &book[sheet];
    let text = |at: (u32, u32)| cells.get(&at).map(ToString::to_string).unwrap_or_default();
    let bare = |head: String| head.split('（').next().unwrap().to_owned();
    let inside = cells.iter().filter(|it| it.0.0 > 0);
    inside.map(|(at, it)| ((text((at.0, 1)), bare(text((0, at.1)))), it.clone())).collect()
}

/// Indicators, totals and ranks of the report against the sheets of results.
fn as_reported(file: &Path, run: &[&str], score: &str) {
    let answer = heng(&[&["eval"], run, &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&answer.result).unwrap();
    let book = values(file);
    let (indicators, scores) = (table(&book, "指标"), table(&book, &format!("评分 {score}")));
    let mut compared = 0;
    for case in report["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let found = |of: &BTreeMap<(String, String), Data>, name: &str| {
            of.get(&(id.to_owned(), name.to_owned())).cloned().unwrap_or(Data::Empty)
        };
        let mut compare = |it: &Value, found: Data, place: String| {
            let wanted = match it["state"].as_str().unwrap() {
                "value" => Data::Float(near(it["exact"].as_str().unwrap())),
                "unknown" => Data::String("未知".to_owned()),
                "not_applicable" => Data::String("不适用".to_owned()),
                _ => Data::String("错误".to_owned()),
            };
            assert!(same(&wanted, &found), "{place}: {wanted:?}, in the workbook {found:?}");
            compared += 1;
        };
        for it in case["indicators"].as_array().unwrap() {
            let name = it["name"].as_str().unwrap();
            compare(it, found(&indicators, name), format!("{name} of {id}"));
        }
        let it = case["scores"].as_array().unwrap().iter().find(|it| it["name"] == score).unwrap();
        compare(it, found(&scores, score), format!("{score} of {id}"));
        let (low, high) = (&it["rank"]["low"], &it["rank"]["high"]);
        if it["rank"].is_object() {
            let wanted = match low == high {
                true => Data::Float(low.as_f64().unwrap()),
                false => Data::String(format!("{low} 至 {high}")),
            };
            let found = found(&scores, "名次");
            assert!(same(&wanted, &found), "rank of {id}: {wanted:?}, in the workbook {found:?}");
        }
    }
    assert!(compared >= 30, "{compared} figures");
}

#[test]
fn the_examples_recalculated_are_what_heng_found() {
    let cluster = ["rules/innovation-cluster", "examples/innovation-cluster", "--on", "2022-12-31"];
    let zone = ["rules/zone-index", "examples/zone-index"];
    let province = ["rules/innovation-cluster-province", "examples/innovation-cluster-province"];
    let files = [
        live("live_cluster", &cluster),
        live("live_zone", &zone),
        live("live_province", &province),
        live("live_english", &[&cluster[..], &["--lang", "en"]].concat()),
        // Every case by the day of its own application.
        live("live_own_days", &cluster[..2]),
    ];
    as_reported(&files[0], &cluster, "综合评价");
    as_reported(&files[1], &zone, "综合质效");
    let Some(counts) = recalculated(&files) else { return };
    assert!(counts[0] > 10_000 && counts[1] > 300, "{counts:?} formulas");
}

/// Totals, parts and ranks are formulas, and what is none is said on the first sheet.
#[test]
fn what_is_no_formula_is_said() {
    let run = ["rules/innovation-cluster", "examples/innovation-cluster", "--on", "2022-12-31"];
    let file = live("live_said", &run);
    let (book, formulas) = (values(&file), formulas(&file));
    let rows = book["评分 综合评价"].keys().map(|it| it.0).max().unwrap();
    let in_column = |head: &str| {
        let column = book["评分 综合评价"]
            .iter()
            .find(|it| it.0.0 == 0 && *it.1 == Data::String(head.to_owned()));
        let column = column.unwrap_or_else(|| panic!("{head}")).0.1;
        formulas.iter().filter(|it| it.0 == "评分 综合评价" && it.1.1 == column).count()
    };
    for head in ["综合评价", "名次", "入选", "年报研发强度：得分", "创新能力：计入总分"]
    {
        assert_eq!(in_column(head), rows as usize, "{head}");
    }
    let said: String = book["公式说明"].values().map(|it| format!("{it}\n")).collect();
    for words in ["双精度", "得分未定", "与名单或分类的比对没有写成公式", "2022-12-31"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    // What Excel 2016, WPS and LibreOffice all know.
    let known = "IF AND OR NOT ISNUMBER ABS ROUND MIN MAX SUM COUNT MEDIAN LARGE AVERAGE STDEV STDEVP COUNTIFS SUMIFS \
        SUMPRODUCT INDEX MATCH IFERROR EXACT YEAR MONTH EDATE INT VALUE LEFT RIGHT LEN";
    let known: Vec<&str> = known.split_whitespace().collect();
    for (_, _, formula) in &formulas {
        let bare: String = formula.split(['"', '\'']).step_by(2).collect();
        for before in bare.split('(').rev().skip(1) {
            let name = before.rsplit(|it: char| !it.is_ascii_alphabetic()).next().unwrap();
            assert!(name.is_empty() || known.contains(&name), "{name} in {formula}");
        }
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let run = ["rules/zone-index", "examples/zone-index"];
    let bytes = |name| std::fs::read(live(name, &run)).unwrap();
    assert!(bytes("live_once") == bytes("live_twice"));
}

#[test]
fn formulas_are_for_workbooks_and_for_all_cases() {
    let here = folder("live_refused", &[]);
    let run = |more: &[&str]| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/zone-index");
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/zone-index");
        heng_in(&here, &[&["eval", root, data][..], more].concat())
    };
    for (args, said) in [
        (&["--live"][..], "--format xlsx"),
        (&["--live", "--format", "json"], "--format xlsx"),
        (&["--live", "--format", "xlsx", "--out", "x.xls"], "x.xls"),
        (&["--live", "--format", "xlsx", "--case", "孝感高新区", "--out", "x.xlsx"], "--case"),
    ] {
        let answer = run(args);
        assert_eq!((answer.exit, answer.result.as_str()), (1, ""), "{args:?}");
        assert!(
            answer.remarks.contains("E070") && answer.remarks.contains(said),
            "{}",
            answer.remarks
        );
    }
    assert!(!here.join("x.xlsx").exists());
}
