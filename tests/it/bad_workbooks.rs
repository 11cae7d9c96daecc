//! Workbooks that are broken, hostile or renamed: each is said in a sentence that names the place, nothing is lost in silence, and memory is bounded (`program::heng_within`).

use crate::office;
use crate::program::folder;
use crate::workbooks::HEADS;
use crate::workbooks::heads;
use crate::workbooks::made;
use crate::workbooks::verdicts;
use rust_xlsxwriter::Workbook;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A packed file with these parts.
fn packed(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook written by hand: the sheets by name, each the text inside of `sheetData`; and what stands beside.
fn by_hand(properties: &str, sheets: &[(&str, &str)], beside: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let each = |text: &dyn Fn(usize, &str) -> String| -> String {
        (1..).zip(sheets).map(|(at, (name, _))| text(at, name)).collect()
    };
    let listed =
        each(&|at, name| format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>"));
    let related = each(&|at, _| {
        format!(
            "<Relationship Id=\"r{at}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        )
    });
    let related = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{related}<Relationship Id=\"s\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let book = format!(
        "{HEAD}<workbook {MAIN} xmlns:r=\"{LINKS}\">{properties}<sheets>{listed}</sheets></workbook>"
    );
    // The first style is plain, the second a date.
    let styles = format!(
        "{HEAD}<styleSheet {MAIN}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let root = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut parts = vec![
        ("[Content_Types].xml", format!("{HEAD}<Types/>").into_bytes()),
        ("_rels/.rels", root.into_bytes()),
        ("xl/workbook.xml", book.into_bytes()),
        ("xl/_rels/workbook.xml.rels", related.into_bytes()),
        ("xl/styles.xml", styles.into_bytes()),
    ];
    let names: Vec<String> =
        (1..=sheets.len()).map(|it| format!("xl/worksheets/sheet{it}.xml")).collect();
    for (name, (_, rows)) in names.iter().zip(sheets) {
        let sheet = format!("{HEAD}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>");
        parts.push((name, sheet.into_bytes()));
    }
    parts.extend(beside.iter().map(|(name, bytes)| (*name, bytes.clone())));
    packed(&parts)
}

fn text(cell: &str, value: &str) -> String {
    format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
}

fn row(number: u32, cells: &str) -> String {
    format!("<row r=\"{number}\">{cells}</row>")
}

/// The header, and below it these rows.
fn under_head(rows: &[String]) -> String {
    let cells = HEADS.iter().zip('A'..).map(|(it, column)| text(&format!("{column}1"), it));
    let head = row(1, &cells.collect::<String>());
    std::iter::once(head).chain(rows.iter().cloned()).collect()
}

/// A row that begins with its key.
fn record(number: u32, id: &str, cells: &str) -> String {
    row(number, &[text(&format!("A{number}"), id).as_str(), cells].concat())
}

/// 1000 in D2.
const THOUSAND: &str = "<c r=\"D2\"><v>1000</v></c>";

/// The parts of a packed file, and one more.
fn with_part(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = vec![];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = vec![];
        part.read_to_end(&mut bytes).unwrap();
        parts.push((part.name().unwrap().into_owned(), bytes));
    }
    let mut all: Vec<(&str, Vec<u8>)> =
        parts.iter().map(|it| (it.0.as_str(), it.1.clone())).collect();
    all.push((name, content.to_vec()));
    packed(&all)
}

fn sound() -> Vec<u8> {
    made(|sheet| {
        heads(sheet, 0);
        sheet.write(1, 0, "A1").unwrap();
        sheet.write(1, 3, 1000).unwrap();
    })
}

const MET: [&str; 1] = ["A1 met undetermined undetermined"];

#[test]
fn macros_are_not_run_and_said() {
    let bytes = with_part(&sound(), "xl/vbaProject.bin", b"macros");
    let (found, answer) = verdicts("macros", "集群.xlsm", &bytes);
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(
        answer.remarks.contains("I0620 集群.xlsm：“集群.xlsm”含有宏：没有运行"),
        "{}",
        answer.remarks
    );
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b' '; 110 << 20];
    let bytes = with_part(&sound(), "xl/media/picture.png", &zeros);
    assert!(bytes.len() < 1 << 20);
    let (found, answer) = verdicts("bomb", "集群.xlsx", &bytes);
    assert!(
        found.is_empty() && answer.remarks.contains("“集群.xlsx”解开后大得不正常"),
        "{}",
        answer.remarks
    );
}

#[test]
fn a_million_empty_columns_cost_nothing() {
    let blank = "<c s=\"1\"/>".repeat(1_000_000);
    let rows = under_head(&[record(2, "A1", THOUSAND), row(3, &blank)]);
    let (found, answer) = verdicts("columns", "集群.xlsx", &by_hand("", &[("集群", &rows)], &[]));
    assert_eq!(found, MET, "{}", answer.remarks);
    let far = [THOUSAND, &text("XFD2", "远")].concat();
    let rows = under_head(&[record(2, "A1", &far)]);
    let (found, answer) = verdicts("far", "集群.xlsx", &by_hand("", &[("集群", &rows)], &[]));
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(
        answer.remarks.contains("第 1024 列以后有内容，未读（最先的是 XFD2）"),
        "{}",
        answer.remarks
    );
}

#[test]
fn values_of_other_workbooks_are_those_stored_and_said() {
    let cell = "<c r=\"D2\"><f>[1]Sheet1!$A$1</f><v>1000</v></c>";
    let rows = under_head(&[record(2, "A1", cell)]);
    let beside = [("xl/externalLinks/externalLink1.xml", b"<externalLink/>".to_vec())];
    let (found, answer) = verdicts("links", "集群.xlsx", &by_hand("", &[("集群", &rows)], &beside));
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(
        answer.remarks.contains("W0612") && answer.remarks.contains("按存下的值读取：第 2 行"),
        "{}",
        answer.remarks
    );
}

#[test]
fn every_error_value_names_its_cell() {
    let errors = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    let cells = (2..).zip(errors).map(|(at, error)| {
        record(at, &format!("A{at}"), &format!("<c r=\"D{at}\" t=\"e\"><v>{error}</v></c>"))
    });
    let rows = under_head(&cells.collect::<Vec<_>>());
    let (found, answer) = verdicts("errors", "集群.xlsx", &by_hand("", &[("集群", &rows)], &[]));
    assert!(found.len() == 7 && found.iter().all(|it| it.contains(" undetermined ")), "{found:?}");
    assert!(answer.remarks.contains("第 2 行：营业收入“#DIV/0!”是电子表格的错误值\n   同类的还有 6 处：第 3、4、5、6、7、8 行"), "{}", answer.remarks);
}

#[test]
fn days_are_counted_from_1900_or_1904_and_a_day_that_never_was_is_none() {
    // 2021-03-15 is 44270 days after 1899-12-30, and 42808 after 1904-01-01.
    let day = |serial: u32| {
        under_head(&[record(2, "A1", &format!("<c r=\"B2\" s=\"1\"><v>{serial}</v></c>"))])
    };
    let cases = [
        ("", 44_270, "met"),
        ("", 44_271, "not_met"),
        ("<workbookPr date1904=\"1\"/>", 42_808, "met"),
        ("<workbookPr date1904=\"1\"/>", 42_809, "not_met"),
        ("", 60, "undetermined"),
        ("", 61, "met"),
    ];
    for (at, (properties, serial, wanted)) in cases.into_iter().enumerate() {
        let bytes = by_hand(properties, &[("集群", &day(serial))], &[]);
        let (found, answer) = verdicts(&format!("days-{at}"), "集群.xlsx", &bytes);
        assert!(
            found[0].ends_with(&format!(" {wanted}")),
            "{serial}: {found:?} {}",
            answer.remarks
        );
        let said = answer.remarks.contains("第 2 行：成立日期“1900-02-29”不是日期");
        assert_eq!(said, serial == 60, "{}", answer.remarks);
    }
}

#[test]
fn sheets_called_alike_are_told_apart_or_said() {
    let of = |id: &str| under_head(&[record(2, id, THOUSAND)]);
    let (a1, a2) = (of("A1"), of("A2"));
    let bytes = by_hand("", &[("集群", &a1), ("Notes", "<row/>"), ("NOTES", &a2)], &[]);
    let (found, answer) = verdicts("capitals", "集群.xlsx", &bytes);
    assert_eq!(found, MET, "{}", answer.remarks);
    for said in ["工作表“NOTES”与“Notes”的名称只差大小写", "规则没有声明表“NOTES”，未读"]
    {
        assert!(answer.remarks.contains(said), "{said}: {}", answer.remarks);
    }
    let bytes = by_hand("", &[("集群", &a1), ("集群", &a2)], &[]);
    let (found, answer) = verdicts("one-name", "集群.xlsx", &bytes);
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(
        answer.remarks.contains("有两个名为“集群”的工作表，只读得到第一个，另一个未读"),
        "{}",
        answer.remarks
    );
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let bytes = sound();
    for length in [4, 30, 100, bytes.len() / 2, bytes.len() - 30, bytes.len() - 1] {
        for ending in ["xlsx", "ods", "xls"] {
            let file = format!("集群.{ending}");
            let (found, answer) = verdicts("cut-off", &file, &bytes[..length]);
            assert!(
                found.is_empty() && answer.remarks.contains(&format!("“{file}”")),
                "{length} {}",
                answer.remarks
            );
            assert!(answer.remarks.contains("可能已损坏或没有传完"), "{length} {}", answer.remarks);
        }
    }
}

#[test]
fn passwords_are_named_in_every_format() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let ods = packed(&[
        ("content.xml", b"sealed".to_vec()),
        ("META-INF/manifest.xml", manifest.to_vec()),
    ]);
    let mut xls = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
    // The beginning of a workbook of version 8, the record of a password, the end.
    let begin = [0x09, 0x08, 0x10, 0, 0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let sealed = [0x2F, 0, 6, 0, 0, 0, 1, 2, 3, 4];
    let end = [0x0A, 0, 0, 0];
    let records = [&begin[..], &sealed, &end].concat();
    xls.create_stream("Workbook").unwrap().write_all(&records).unwrap();
    let xls = xls.into_inner().into_inner();
    let mut xlsx = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
    xlsx.create_stream("EncryptionInfo").unwrap().write_all(&[4, 0, 4, 0]).unwrap();
    xlsx.create_stream("EncryptedPackage").unwrap().write_all(b"sealed").unwrap();
    let xlsx = xlsx.into_inner().into_inner();
    for (file, bytes) in [("集群.ods", ods), ("集群.xls", xls), ("集群.xlsx", xlsx)] {
        let (found, answer) = verdicts("locked", file, &bytes);
        assert!(
            found.is_empty() && answer.remarks.contains(&format!("“{file}”设有打开密码，读不出")),
            "{}",
            answer.remarks
        );
    }
}

// What the issue does not name.

#[test]
fn a_renamed_file_is_read_as_what_it_holds() {
    let (found, answer) = verdicts("renamed", "集群.xls", &sound());
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(
        answer.remarks.contains("“集群.xls”的内容是 xlsx 格式，与扩展名不同，按内容读取"),
        "{}",
        answer.remarks
    );
    let page = b"<html><body><table><tr><td>1</td></tr></table></body></html>";
    let table = "编号,营业收入\nA1,1000\n".as_bytes();
    for (file, bytes, said) in [
        ("集群.xls", &page[..], "内容是网页（HTML）或 XML 文本"),
        ("集群.xlsx", table, "内容是纯文本（如 CSV）\n   改法：是 CSV 的，请把扩展名改为 .csv"),
    ] {
        let (found, answer) = verdicts("no-workbook", file, bytes);
        assert!(found.is_empty() && answer.remarks.contains(said), "{}", answer.remarks);
    }
}

#[test]
fn rows_out_of_order_keep_their_numbers() {
    let line = |at: u32, revenue: &str| {
        record(at, &format!("A{at}"), &format!("<c r=\"D{at}\">{revenue}</c>"))
    };
    let rows = under_head(&[line(5, "<v>1000</v>"), line(3, "<f>1+1</f>")]);
    let (found, answer) = verdicts("order", "集群.xlsx", &by_hand("", &[("集群", &rows)], &[]));
    assert_eq!(
        found,
        ["A3 undetermined undetermined undetermined", "A5 met undetermined undetermined"],
        "{}",
        answer.remarks
    );
    assert!(
        answer.remarks.contains("集群 第 3 行：营业收入")
            && answer.remarks.contains("的公式没有存下结果"),
        "{}",
        answer.remarks
    );
}

#[test]
fn a_sheet_that_is_missing_or_no_xml_is_named() {
    let sheet = under_head(&[record(2, "A1", THOUSAND)]);
    let mut bytes = by_hand("", &[("集群", &sheet), ("附表", "<row")], &[]);
    let (found, answer) = verdicts("no-xml", "集群.xlsx", &bytes);
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(answer.remarks.contains("工作表“附表”"), "{}", answer.remarks);
    // The same with a name that is not in the package at all.
    let at = bytes.windows(6).position(|it| it == b"sheet2").unwrap();
    bytes[at + 5] = b'9';
    let (_, answer) = verdicts("no-part", "集群.xlsx", &bytes);
    assert!(answer.remarks.contains("集群.xlsx"), "{}", answer.remarks);
}

#[test]
fn a_text_as_long_as_a_sheet_is_cut_in_messages_alone() {
    let long = "长".repeat(400_000);
    let rows = under_head(&[record(2, "A1", &text("D2", &long))]);
    let (found, answer) = verdicts("long", "集群.xlsx", &by_hand("", &[("集群", &rows)], &[]));
    assert_eq!(found, ["A1 undetermined undetermined undetermined"]);
    assert!(
        answer.remarks.len() < 4000 && answer.remarks.contains("长…”不是数"),
        "{}",
        answer.remarks.len()
    );
}

/// What only LibreOffice writes for us.
#[test]
fn xls_files_that_span_too_much_or_hold_macros_are_said() {
    let here = folder("xls", &[]);
    let mut book = Workbook::new();
    for name in ["集群", "附表"] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        heads(sheet, 0);
        sheet.write(65_535, 255, "远").unwrap();
    }
    book.save(here.join("span.xlsx")).unwrap();
    std::fs::write(here.join("plain.xlsx"), sound()).unwrap();
    let files = ["span", "plain"].map(|it| here.join(format!("{it}.xlsx")));
    let Some(written) = office::all_rewritten(&files, "xls") else { return };
    let read = |at: usize| std::fs::read(&written[at]).unwrap();
    let (found, answer) = verdicts("xls-span", "集群.xls", &read(0));
    assert!(
        found.is_empty() && answer.remarks.contains("“集群.xls”解开后大得不正常"),
        "{}",
        answer.remarks
    );
    let mut file = cfb::CompoundFile::open(Cursor::new(read(1))).unwrap();
    file.create_storage("/_VBA_PROJECT_CUR").unwrap();
    let bytes = file.into_inner().into_inner();
    let (found, answer) = verdicts("xls-macros", "集群.xls", &bytes);
    assert_eq!(found, MET, "{}", answer.remarks);
    assert!(answer.remarks.contains("含有宏：没有运行"), "{}", answer.remarks);
}
