//! Tables: keys, parents, what is not given, the traps of CSV and JSON.

use crate::data::HoleKind;
use crate::data::bind;
use crate::data::csv;
use crate::data::json;
use crate::data::tests::world::codes;
use crate::data::tests::world::field;
use crate::data::tests::world::list;
use crate::data::tests::world::money;
use crate::data::tests::world::program;
use crate::data::tests::world::range;
use crate::data::tests::world::sheets;
use crate::data::tests::world::show;
use crate::data::tests::world::table;
use crate::data::written;
use crate::diagnostic::Diagnostics;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::WrittenCell;
use crate::ir::WrittenTable;
use crate::source::FileId;
use crate::source::Span;

fn clusters() -> Program {
    let text = |name: &str| field(name, Ty::Text, None, Domain::Everything);
    let income = Field {
        aliases: vec!["JQ05".into()],
        optional: false,
        ..money("千元", range("0", "", false))
    };
    let unique = Field { unique: true, ..text("名称") };
    let cases = table("集群", vec![text("编号"), text("名称"), list("企业", 1), list("荣誉", 2)]);
    program(vec![cases, table("企业", vec![unique, income]), table("荣誉", vec![text("称号")])])
}

const INCOME: FieldId = FieldId { table: TableId(1), index: 1 };

fn bound(files: &[(&str, &str)]) -> (crate::data::Facts, Diagnostics) {
    let program = clusters();
    let (raw, mut found) = sheets(files);
    let (facts, more) = bind(&program, &raw);
    found.extend(more);
    (facts, found)
}

const CASES: (&str, &str) = ("集群", "编号,名称\nA,甲集群\nB,乙集群\n");
const NONE: (&str, &str) = ("荣誉", "集群,称号\n");

#[test]
fn child_rows_stand_by_parent_and_orphans_last() {
    let (facts, found) = bound(&[
        CASES,
        NONE,
        ("企业", "集群,名称,营业收入\nＢ,乙一,1\nA,甲一,2\nC,丙一,3\nB,乙二,4\n,丁一,5\n"),
    ]);
    let firms = facts.table(TableId(1));
    let keys: Vec<&str> = firms.keys.iter().map(|it| it.as_ref()).collect();
    assert_eq!(keys, ["甲一", "乙一", "乙二", "丙一", "丁一"]);
    assert_eq!(
        (&firms.offsets[..], &firms.parents[..], firms.len),
        (&[0, 1, 3][..], &[0, 1, 1][..], 5)
    );
    assert_eq!((firms.places[1].row, firms.ungiven.any()), (2, false));
    assert_eq!(codes(&found), "E0609 E0609");
    assert_eq!(
        found.0[0].source.as_ref().map(|it| (it.file.as_str(), it.row, it.column.as_deref())),
        Some(("企业.csv", Some(4), Some("集群")))
    );
    assert_eq!(show(&facts.cells(INCOME).column.get(2)), "4000");
    assert_eq!(facts.place(INCOME, 2).row, Some(5));
}

#[test]
fn rows_of_one_key_are_one_row() {
    let firms = "集群,名称,营业收入\nA,甲,1\nA,甲,1\nA,乙,2\nA,乙,3\nB,甲,4\n";
    let (facts, found) = bound(&[CASES, NONE, ("企业", firms)]);
    assert_eq!(codes(&found), "W0608 E0608 W0604");
    let (table, income) = (facts.table(TableId(1)), facts.cells(INCOME));
    assert_eq!((table.len, &table.offsets[..]), (3, &[0, 2, 3][..]));
    assert_eq!(show(&income.column.get(1)), "[0, ∞)");
    assert_eq!(income.holes[&1].kind, HoleKind::Fault);
    assert_eq!((income.holes.len(), income.filled.count()), (1, 3));
    let (_, found) =
        bound(&[("集群", "编号,名称\nA,甲\n,乙\n"), NONE, ("企业", "集群,名称,营业收入\n")]);
    assert_eq!(codes(&found), "E0610");
}

#[test]
fn what_is_not_given_is_named() {
    let (facts, found) = bound(&[CASES]);
    assert_eq!(codes(&found), "W0601 W0601");
    assert_eq!(facts.table(TableId(1)).ungiven.count(), 2);
    assert_eq!(codes(&bound(&[]).1), "E0602 W0601 W0601");
    let (facts, found) = bound(&[CASES, NONE, ("企业", "集群,名称\nA,甲\n")]);
    assert_eq!(codes(&found), "E0603");
    assert_eq!(
        (facts.cells(INCOME).header.clone(), facts.cells(INCOME).holes[&0].kind),
        (None, HoleKind::Blank)
    );
    let (facts, found) = bound(&[
        CASES,
        NONE,
        ("企业", "集群,名称,JQ05,颜色\nA,甲,,红\nA,乙,2,\n"),
        ("年报", "x\n1\n"),
    ]);
    assert_eq!(codes(&found), "I0601 I0601 W0602");
    assert_eq!(facts.cells(INCOME).header.as_deref(), Some("JQ05"));
    assert!(found.0[2].message.zh.contains("第 2 行"), "{found:?}");
    assert_eq!(codes(&bound(&[CASES, NONE, ("企业", "名称,营业收入\n甲,1\n")]).1), "E0603");
}

#[test]
fn traps_of_csv() {
    let firms = |text: &str| bound(&[CASES, NONE, ("企业", text)]);
    let income = |text: &str| {
        let (facts, found) = firms(text);
        let column = &facts.cells(INCOME).column;
        let sets: Vec<String> = (0..column.len()).map(|it| show(&column.get(it))).collect();
        format!("{} {}", sets.join("；"), codes(&found)).trim_end().to_owned()
    };
    assert_eq!(
        income("\u{FEFF}集群,名称,营业收入\r\nA,甲,\"1,240\"\r\n\r\n,,\r\nA,\"乙\"\"\n二\",2"),
        "1240000；2000"
    );
    assert_eq!(income("集群,名称,营业收入\nA,甲,1,240\nA,乙,2\n"), "[0, ∞)；2000 E0605");
    assert_eq!(income("集群,名称,营业收入\nA,甲\nA,乙,2,,\n"), "[0, ∞)；2000 E0605 W0602");
    assert_eq!(income("集群,名称,营业收入\nA,\"甲,1\nA,乙,2\n"), "[0, ∞)；2000 E0606");
    assert_eq!(
        income("集群,名称,营业收入,营业收入\nA,甲,1,1\nA,乙,2,3\n"),
        "1000；[0, ∞) E0604 E0607"
    );
    assert_eq!(income("集群,名称,营业收入,JQ05\nA,甲,1,\nA,乙,,2\n"), "1000；2000 E0604");
    assert_eq!(income("集群,名称,营业收入,\nA,甲,1,备注\n"), "1000 W0603");
    assert_eq!(codes(&sheets(&[("企业", "")]).1), "E0601");
    assert_eq!(firms("集群,名称,营业收入\n\n\nA,甲,1\n").0.table(TableId(1)).places[0].row, 4);
}

/// What a test does not set is blank without a finding, and a table it does not give is not empty.
#[test]
fn rows_of_rule_files_bind_like_any_other() {
    let program = clusters();
    let at = Span::new(FileId(3), 5, 9);
    let cells = |row: &[&str]| {
        row.iter().map(|it| WrittenCell { text: (*it).into(), span: at }).collect::<Vec<_>>()
    };
    let firms = WrittenTable {
        table: TableId(1),
        fields: vec![FieldId { table: TableId(1), index: 0 }, INCOME],
        rows: vec![
            (0, cells(&["甲", "5 万元"])),
            (0, cells(&["乙", "约5"])),
            (0, cells(&["丙", ""])),
        ],
        given: vec![true],
    };
    let cases = WrittenTable {
        table: TableId(0),
        fields: vec![FieldId { table: TableId(0), index: 1 }],
        rows: vec![(0, cells(&["甲集群"]))],
        given: vec![],
    };
    let raw = written(&program, &[firms, cases], "测试.heng");
    let (facts, found) = bind(&program, &raw);
    let sets: Vec<String> = (0..3).map(|it| show(&facts.cells(INCOME).column.get(it))).collect();
    assert_eq!(sets, ["50000", "[0, ∞)", "[0, ∞)"]);
    assert_eq!((codes(&found).as_str(), found.0[0].labels[0].span), ("E0607", at));
    assert_eq!(facts.table(TableId(0)).keys[0].as_ref(), "甲集群");
    assert_eq!(
        (facts.table(TableId(1)).ungiven.any(), facts.table(TableId(2)).ungiven.any()),
        (false, true)
    );
}

#[test]
fn bytes_become_text_once() {
    let read = |bytes: &[u8], encoding| {
        let (table, found) = csv::read("企业", "企业.csv", bytes, encoding);
        (table.map(|it| it.headers.join("|")).unwrap_or_default(), codes(&found))
    };
    let gbk = encoding_rs::GBK.encode("名称,收入\n甲,1\n").0.into_owned();
    assert_eq!(read(&gbk, None), ("名称|收入".into(), String::new()));
    assert_eq!(read(&gbk, Some("gbk")).0, "名称|收入");
    assert_eq!(read(b"\xff\xfea\0\n\0", None).0, "a");
    assert_eq!(read("名称\n".as_bytes(), Some("klingon")).1, "E0601");
    assert_eq!(read(b"a,b\n\xff\xff,1\n", None).1, "E0601");
}

#[test]
fn json_nests_and_keeps_digits() {
    let text = r#"{"集群": [
        {"编号": "A", "名称": "甲集群", "企业": [{"名称": "甲", "营业收入": 0.10}, {"名称": "乙", "营业收入": 12345678901234567890.5}], "荣誉": []},
        {"编号": "B", "名称": null, "企业": [{"营业收入": 1e5, "名称": "丙"}, {"名称": "丁", "营业收入": [1]}]}
    ], "荣誉录": []}"#;
    let (raw, mut found) = json::read("data.json", text.as_bytes(), None);
    let (facts, more) = bind(&clusters(), &raw);
    found.extend(more);
    let income = facts.cells(INCOME);
    let sets: Vec<String> = (0..4).map(|it| show(&income.column.get(it))).collect();
    assert_eq!(sets, ["100", "12345678901234567890500", "[0, ∞)", "[0, ∞)"]);
    assert_eq!(codes(&found), "E0611 I0601 E0607 E0607");
    assert_eq!(facts.table(TableId(1)).offsets, [0, 2, 4]);
    let honours = facts.table(TableId(2));
    assert_eq!((honours.ungiven.get(0), honours.ungiven.get(1), honours.len), (false, true, 0));
    let place = facts.place(INCOME, 2);
    assert_eq!(
        (place.file.as_str(), place.sheet.as_deref(), place.row),
        ("data.json", Some("企业"), Some(4))
    );
    for (text, expected) in [
        ("", "E0601"),
        ("[1]", "E0601"),
        (r#"{"集群": [{"编号": "A",}]}"#, "E0601"),
        (r#"{"集群": 1}"#, "E0611"),
        (r#"{"集群": [1]}"#, "E0611"),
        (r#"{"集群": [{"编号": "A", "编号": "B"}]}"#, "E0604"),
    ] {
        assert_eq!(codes(&json::read("data.json", text.as_bytes(), None).1), expected, "{text}");
    }
    let deep = format!("{{\"集群\": [{}1{}]}}", "{\"企业\": [".repeat(5000), "]}".repeat(5000));
    json::read("data.json", deep.as_bytes(), None);
}
