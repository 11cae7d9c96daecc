//! The workbook that goes back to the author: what was given stands in it as it was, what is said of it beside, and LibreOffice opens it.

use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use calamine::open_workbook;
use std::path::Path;
use std::process::Command;

const RULES: &str = "\
政策 示例办法
  文号 示例〔2020〕1号
  条文 第一条 至 第三条

数据 集群
  编号      文本，标识
  名称      文本
  营业收入  金额（千元），可缺
  人数      计量（人）

条件 收入要求  对 集群
  依据 第一条
  应当 营业收入 ≥ 1000 千元

条件 人数要求  对 集群
  依据 第二条
  应当 人数 ≥ 20 人

结论 认定  对 集群
  依据 第三条
  须符合 收入要求、人数要求
";

/// Texts that would act, numbers that would lose digits.
const ROWS: &str = "编号,名称,营业收入,人数
007,=1+1,1000,30
420100199003078519,+86 27,999.50,20
A3,@SUM(A1),1e3,
A4,-甲,1234567890123456,25
A5,<r></t></r>,\"1,200\",约三十
";

fn sheet(book: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let range = book.worksheet_range(name).unwrap();
    assert_eq!(range.start(), Some((0, 0)));
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(cell: &Data) -> String {
    cell.to_string()
}

#[test]
fn what_was_given_comes_back_as_it_was() {
    let folder =
        folder("given-back", &[("r.heng", RULES.as_bytes()), ("集群.csv", ROWS.as_bytes())]);
    let args = ["eval", "r.heng", "集群.csv", "--format", "xlsx", "--out", "意见.xlsx"];
    let answer = heng_in(&folder, &args);
    assert_eq!((answer.exit, answer.result.as_str()), (2, ""), "{}", answer.remarks);
    let book = folder.join("意见.xlsx");
    let first = std::fs::read(&book).unwrap();
    heng_in(&folder, &args);
    assert!(first == std::fs::read(&book).unwrap(), "the same input gives the same bytes");
    let rows = sheet(&book, "集群");
    let given = ROWS.lines().map(|it| {
        it.replace("\"1,200\"", "1200x").split(',').map(str::to_owned).collect::<Vec<_>>()
    });
    for (line, (row, cells)) in rows.iter().zip(given).enumerate() {
        for (cell, wanted) in row.iter().zip(&cells) {
            let wanted = if wanted == "1200x" { "1,200" } else { wanted };
            match cell {
                Data::Float(number) => assert_eq!(*number, wanted.parse::<f64>().unwrap()),
                Data::Empty => assert_eq!(wanted, ""),
                other => assert_eq!(text(other), wanted, "row {line}"),
            }
        }
    }
    // Numbers only where the field is one and no digit is lost.
    let is_number = |row: usize, column: usize| matches!(rows[row][column], Data::Float(_));
    assert!(is_number(1, 2) && is_number(2, 2) && is_number(1, 3));
    assert!(!is_number(1, 0) && !is_number(2, 0) && !is_number(3, 2) && !is_number(4, 2));
    assert!(rows[0].iter().any(|it| text(it) == "判定：认定"));
    assert_eq!(text(&rows[1][4]), "✓ 符合");
    assert_eq!(text(&rows[2][4]), "✗ 不符合");
    // Handed in again, the workbook comes to the same verdicts.
    let plain = heng_in(&folder, &["eval", "r.heng", "集群.csv", "--format", "json"]);
    let again = heng_in(&folder, &["eval", "r.heng", "意见.xlsx", "--format", "json"]);
    let verdicts = |text: &str| {
        let report: serde_json::Value = serde_json::from_str(text).unwrap();
        report["summary"].clone()
    };
    assert_eq!(verdicts(&plain.result), verdicts(&again.result));
}

#[test]
fn one_case_alone_shows_nothing_of_the_others() {
    let folder =
        folder("given-one", &[("r.heng", RULES.as_bytes()), ("集群.csv", ROWS.as_bytes())]);
    let args = [
        "eval",
        "r.heng",
        "集群.csv",
        "--case",
        "A3",
        "--format",
        "xlsx",
        "--out",
        "意见.xlsx",
        "--lang",
        "en",
    ];
    heng_in(&folder, &args);
    let rows = sheet(&folder.join("意见.xlsx"), "集群");
    let keys: Vec<String> = rows.iter().map(|it| text(&it[0])).collect();
    assert_eq!(keys[3], "A3", "its row stands where it stood");
    assert!(keys.iter().all(|it| ["", "编号", "A3"].contains(&it.as_str())), "{keys:?}");
    let findings = sheet(&folder.join("意见.xlsx"), "Findings");
    let told = format!("{findings:?}");
    assert!(!told.contains("A5") && !told.contains("约三十"), "{told}");
}

/// The sheets of the untidy example, read by LibreOffice, which recalculates them, against what is in the file.
#[test]
fn libreoffice_opens_every_sheet() {
    let Ok(version) = Command::new("soffice").arg("--version").output() else {
        eprintln!("SKIPPED libreoffice_opens_every_sheet: there is no soffice");
        return;
    };
    assert!(version.status.success());
    let profile = "user/registrymodifications.xcu";
    let recalculating = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\"><prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\"><value>0</value></prop></item></oor:items>\n";
    let folder = folder("libreoffice", &[(profile, recalculating.as_bytes())]);
    let out = folder.join("book.xlsx");
    let data = "examples/messy/集群评价材料.xlsx";
    let args = ["eval", "rules/innovation-cluster", data, "--format", "xlsx", "--out"];
    let answer = heng(&[&args[..], &[out.to_str().unwrap()]].concat());
    assert!([2, 4].contains(&answer.exit), "{}", answer.remarks);
    let ran = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(folder.join("again"))
        .arg(&out)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success() && !said.contains("Error"), "{said}");
    let (mut ours, mut theirs): (Xlsx<_>, Xlsx<_>) =
        (open_workbook(&out).unwrap(), open_workbook(folder.join("again/book.xlsx")).unwrap());
    assert_eq!(ours.sheet_names(), theirs.sheet_names());
    for name in ours.sheet_names() {
        let (ours, theirs) =
            (ours.worksheet_range(&name).unwrap(), theirs.worksheet_range(&name).unwrap());
        for (row, column, cell) in ours.used_cells() {
            let at =
                (row as u32 + ours.start().unwrap().0, column as u32 + ours.start().unwrap().1);
            let other = theirs.get_value(at).cloned().unwrap_or_default();
            assert_eq!(text(cell), text(&other), "{name} {at:?}");
        }
    }
}
