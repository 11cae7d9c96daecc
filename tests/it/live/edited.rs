//! Data changed in the workbook itself: what the formulas then come to is what heng finds over data so changed, or 未知.

use crate::live::DATA_SHEET;
use crate::live::near;
use crate::live::rulebooks::data;
use crate::live::rulebooks::rulebook;
use crate::live::same;
use crate::live::table;
use crate::live::values;
use crate::office;
use crate::program::folder;
use crate::program::heng_in;
use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use calamine::open_workbook;
use serde_json::Value;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// Rulebooks over data without a blank: every step is a formula.
const SEEDS: [u64; 4] = [3, 6, 9, 18];

/// The column of 规模 in the data, and the units whose cell is blanked or changed.
const COLUMN: usize = 5;
const BLANKED: usize = 2;
const CHANGED: usize = 5;
const NEW: &str = "321.5";

/// The data with one cell blank and another changed.
fn edited(units: &str) -> String {
    let line = |(at, line): (usize, &str)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        match at {
            BLANKED => cells[COLUMN] = "",
            CHANGED => cells[COLUMN] = NEW,
            _ => {}
        }
        cells.join(",") + "\n"
    };
    units.lines().enumerate().map(line).collect()
}

/// The workbook with the same two cells changed.
fn edit(file: &Path) -> PathBuf {
    let book: Xlsx<_> = open_workbook(file).unwrap();
    let place = book.sheet_names().iter().position(|it| it == DATA_SHEET).unwrap() + 1;
    let changed = file.with_file_name("changed.xlsx");
    let mut from = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut to = zip::ZipWriter::new(std::fs::File::create(&changed).unwrap());
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = vec![];
        part.read_to_end(&mut bytes).unwrap();
        if name == format!("xl/worksheets/sheet{place}.xml") {
            let text = String::from_utf8(bytes).unwrap();
            // One column more than the CSV has: the number of the row.
            let cell = |row: usize| format!("G{}", row + 1);
            let text = put(&text, &cell(BLANKED), "");
            bytes = put(&text, &cell(CHANGED), &format!("<v>{NEW}</v>")).into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&bytes).unwrap();
    }
    to.finish().unwrap();
    changed
}

/// A sheet with another value in a cell that holds a number.
fn put(sheet: &str, cell: &str, value: &str) -> String {
    let (before, rest) = sheet.split_once(&format!("<c r=\"{cell}\"")).expect(cell);
    let (head, rest) = rest.split_once('>').unwrap();
    let (_, after) = rest.split_once("</c>").unwrap();
    format!("{before}<c r=\"{cell}\"{head}>{value}</c>{after}")
}

#[test]
fn formulas_follow_the_data() {
    let mut files = vec![];
    let mut wanted: Vec<Value> = vec![];
    for seed in SEEDS {
        let here = folder(&format!("live_edited/{seed}"), &[("r.heng", rulebook(seed).as_bytes())]);
        for kept in ["before", "after"] {
            std::fs::create_dir_all(here.join(kept)).unwrap();
            for (name, text) in data(seed) {
                let text =
                    if kept == "after" && name == "单位.csv" { edited(&text) } else { text };
                std::fs::write(here.join(kept).join(name), text).unwrap();
            }
        }
        let run = |data: &str, more: &[&str]| {
            let all = [&["eval", "r.heng", data, "--on", "2024-03-31"], more].concat();
            heng_in(&here, &all)
        };
        run("before", &["--format", "xlsx", "--live", "--out", "live.xlsx"]);
        files.push(edit(&here.join("live.xlsx")));
        let report = run("after", &["--format", "json"]);
        wanted.push(serde_json::from_str(&report.result).unwrap());
    }
    let Some(again) = office::all_rewritten(&files, "xlsx") else { return };
    let (mut open, mut told) = (0, 0);
    for (file, report) in again.iter().zip(&wanted) {
        let book = values(file);
        let (indicators, scores) = (table(&book, "指标"), table(&book, "评分 总评"));
        for case in report["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap();
            let all = case["indicators"].as_array().unwrap().iter().map(|it| (it, &indicators));
            let all = all.chain(case["scores"].as_array().unwrap().iter().map(|it| (it, &scores)));
            for (it, sheet) in all {
                let name = it["name"].as_str().unwrap();
                let found = &sheet[&(id.to_owned(), name.to_owned())];
                if *found == Data::String("未知".to_owned()) {
                    open += 1;
                    continue;
                }
                // A root has no fraction: it is compared as it is shown.
                if it["state"] == "value" && it["exact"].is_null() {
                    let shown: f64 = it["value"].as_str().unwrap().parse().unwrap();
                    let Data::Float(found) = found else { panic!("{name} of {id}: {found:?}") };
                    assert!((shown - found).abs() < 0.01, "{name} of {id}: {shown}, not {found}");
                    continue;
                }
                let settled = match it["state"].as_str().unwrap() {
                    "value" => Data::Float(near(it["exact"].as_str().unwrap())),
                    "not_applicable" => Data::String("不适用".to_owned()),
                    "error" => Data::String("错误".to_owned()),
                    other => panic!("{name} of {id} is {other}, in the workbook {found:?}"),
                };
                assert!(
                    same(found, &settled),
                    "{name} of {id}: {settled:?}, in the workbook {found:?}"
                );
                told += 1;
            }
        }
    }
    assert!(open > 4 && told > 40, "{open} open, {told} told");
}
