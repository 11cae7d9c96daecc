//! Tests of faults: each at its place, what is sound around it kept, and texts that must not hurt.

use crate::syntax::ast::*;
use crate::syntax::tests::parse;
use crate::syntax::tests::places;

/// The faults of a sentence on its own; the column counts from the sentence.
fn faults(text: &str) -> Vec<String> {
    let whole = format!("指标 甲\n  公式 {text}\n");
    let (_, faults) = parse(&whole);
    let shift = |it: String| {
        let (place, code) = it.split_once(' ').unwrap();
        let (line, column) = place.split_once(':').unwrap();
        assert_eq!(line, "2", "{it}");
        format!("{} {code}", column.parse::<usize>().unwrap() as i32 - 5)
    };
    places(&whole, &faults).into_iter().map(shift).collect()
}

#[test]
fn faults_of_sentences_stand_at_their_place() {
    let table: [(&str, &[&str]); 34] = [
        ("a 且 b 或 c", &["7 E0114"]),
        ("0 < a < 5", &["7 E0115"]),
        ("企业 中 a 的 b 的 c", &["12 E0116"]),
        ("日 ≥ 2020/11/06", &["5 E0111"]),
        ("日 ≥ 2020.11.06", &["5 E0111"]),
        ("日 ≥ 2021-02-29", &["5 E0112"]),
        ("日 ≥ 2021年13月", &["5 E0112"]),
        ("最大（1,240，3）", &["4 E0113"]),
        ("a 属于 （1,240、3）", &["7 E0113"]),
        ("a ≥ 1，240", &["6 E0125"]),
        ("a ≥ 1e999999999", &["5 E0132"]),
        ("个数（企业 中 a ≥ 1", &["3 E0106"]),
        ("a + b）", &["6 E0106"]),
        ("a + “b", &["5 E0107"]),
        ("a + 「b", &["5 E0107"]),
        ("收入不低于 3", &["1 E0110"]),
        ("收入不低于 300 万元 + 1", &["1 E0110"]),
        ("a ≥ 3 且b", &["7 E0110"]),
        ("满 + 1", &["1 E0124"]),
        ("若 a 则 b", &["8 E0129"]),
        ("a +", &["4 E0129"]),
        ("a。", &["2 E0125"]),
        ("a ；", &["3 E0125"]),
        ("a b", &["3 E0125"]),
        ("a 在 3", &["5 E0126"]),
        ("a 至 b 至 c", &["7 E0126"]),
        ("a（含）", &["2 E0126"]),
        ("1/0", &["1 E0130"]),
        ("123456789012345678901234567890123456789", &["1 E0119"]),
        ("1.1234567890123456789", &["1 E0119"]),
        ("- - - - - - - - - a", &["1 E0109"]),
        ("平均（a，空则 1，空则 2）", &["11 E0123"]),
        ("最大（a，，b）", &["6 E0101"]),
        ("a ≥ 2020/11/06 且 b = 2021-02-30", &["5 E0111", "22 E0112"]),
    ];
    let wrong = table
        .iter()
        .filter(|it| faults(it.0) != it.1)
        .map(|it| format!("{} {:?}", it.0, faults(it.0)));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn twenty_faults_stand_at_twenty_places() {
    let text = include_str!("../../../tests/cases/syntax/bad/twenty_faults.heng");
    let (file, faults) = parse(text);
    let wanted = [
        "5:3 E0104",
        "6:6 E0111",
        "9:9 E0117",
        "10:10 E0106",
        "12:12 E0129",
        "14:11 E0125",
        "15:7 E0112",
        "19:8 E0106",
        "20:6 E0107",
        "22:3 E0105",
        "25:6 E0110",
        "26:25 E0114",
        "27:13 E0115",
        "28:9 E0113",
        "29:6 E0122",
        "30:11 E0101",
        "33:3 E0104",
        "35:11 E0125",
        "38:11 E0129",
        "39:8 E0125",
        "42:3 E0105",
        "45:28 E0116",
        "46:8 E0117",
        "47:6 E0119",
        "49:1 E0103",
        "54:16 E0118",
        "55:3 E0118",
        "59:7 E0129",
        "62:3 E0118",
        "65:1 E0121",
        "69:13 E0117",
    ];
    assert_eq!(places(text, &faults), wanted);
    for fault in &faults.0 {
        assert!(fault.code.meaning().is_some());
        let words = [&fault.message.zh, &fault.message.en];
        assert!(words.iter().all(|it| !it.contains("kw_") && !it.contains("lone_")), "{words:?}");
    }
    // All items but the one of no kind are there, with their sound clauses.
    assert_eq!(file.items.len(), 13);
    assert!(file.items.iter().all(|it| it.damaged));
    let ItemKind::Data(data) = &file.items[1].kind else { panic!() };
    assert_eq!(
        data.fields.iter().map(|it| it.name.text.as_str()).collect::<Vec<_>>(),
        ["名称", "营业收入", "规模", "员工"]
    );
    let ItemKind::Criterion(third) = &file.items[4].kind else { panic!() };
    assert_eq!(
        (third.shared.basis.len(), third.exceptions.len(), third.requirements.len()),
        (1, 1, 0)
    );
}

#[test]
fn recovery_costs_the_smallest_piece() {
    let table: [(&str, &[&str]); 27] = [
        ("", &[]),
        ("# 只有注\n\n", &[]),
        ("应当 甲\n条件 乙\n  应当 丙\n", &["1:1 E0105"]),
        ("规则 甲 对 乙\n  应当 丙\n", &["1:1 E0103"]),
        ("条件甲 对 乙\n  应当 丙\n", &["1:1 E0104"]),
        ("？？\n", &["1:1 E0101"]),
        ("条件\n  应当 丙\n  应当 丁 +\n", &["1:1 E0128", "3:9 E0129"]),
        ("条件 若\n  应当 丙\n", &["1:4 E0124"]),
        ("条件 3号\n  应当 丙\n", &["1:4 E0128"]),
        ("条件 甲 对\n  应当 丙\n", &["1:7 E0129"]),
        ("条件 甲\n指标 乙\n结论 丙\n", &["1:1 E0121", "2:1 E0121", "3:1 E0121"]),
        ("条件 甲\n  应当 乙\n  原则上 丙\n", &["3:3 E0122"]),
        ("条件 甲\n  应当 可以 丙\n", &["2:6 E0122"]),
        ("条件 甲\n  应当 乙\n  说明 “a”\n  说明 “b”\n", &["4:3 E0123"]),
        ("条件 甲\n  应该 乙\n  应当 丙\n", &["2:3 E0104"]),
        ("条件 甲\n  应当 合计（a，\n    b\n  不符 “c”\n", &["2:8 E0106"]),
        ("条件 甲\n  应当 a 且\n    b c\n  不符 “c”\n", &["3:7 E0125"]),
        ("条件 甲\n  不符 “a {b +} c”\n  应当 d\n", &["2:13 E0101"]),
        ("条件 甲\n  依据 第零条、第一百百条\n  应当 d\n", &["2:6 E0127", "2:10 E0127"]),
        ("条件 甲\n  应当 乙\n\n要求 丙\n  应当 丁\n", &["4:1 E0103"]),
        ("分类 甲：乙、丙\n", &["1:6 E0131"]),
        ("名单 甲 取自 a.tsv\n", &["1:9 E0101"]),
        ("参数 甲\n  2024-01-01  3%\n", &["2:3 E0111"]),
        ("数据 甲\n  规则 乙\n规则 己 对 丙\n  应当 甲\n", &["3:1 E0103"]),
        ("测试 甲\n  设 乙 为\n  期望 丙 为 是\n", &["2:8 E0129"]),
        ("测试 甲\n  期望 丙\n  | 设 a |  |\n  | 1 | 2 |\n", &["3:12 E0118"]),
        ("指标 甲\n  沿用 “a”\n  公式 1\n", &["2:3 E0105"]),
    ];
    let found = |text: &str| places(text, &parse(text).1);
    let wrong = table
        .iter()
        .filter(|it| found(it.0) != it.1)
        .map(|it| format!("{:?} {:?}", it.0, found(it.0)));
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn hostile_texts_return_with_places() {
    let many = 100_000;
    let table = [
        ("brackets", format!("指标 甲\n  公式 {}\n\n指标 乙\n  公式 1\n", "（".repeat(many)), 1),
        (
            "closed brackets",
            format!("指标 甲\n  公式 {}1{}\n", "（".repeat(many), "）".repeat(many)),
            1,
        ),
        ("brackets over lines", format!("指标 甲\n  公式 {}\n", "（\n".repeat(many)), 1),
        ("quotes", format!("条件 甲\n  不符 {}\n", "“".repeat(many)), 1),
        ("and", format!("条件 甲\n  应当 a{}\n", " 且 a".repeat(many / 5)), 1),
        ("minus", format!("指标 甲\n  公式 a{}\n", " - a".repeat(200)), 1),
        ("powers", format!("指标 甲\n  公式 a{}\n", " ^ a".repeat(200)), 1),
        ("not", format!("条件 甲\n  应当 {}a\n", "非 ".repeat(many)), 1),
        ("of", format!("指标 甲\n  公式 a{}\n", " 的 a".repeat(many / 5)), 1),
        ("else", format!("指标 甲\n  公式 若 a 则 1{} 否则 3\n", " 否则若 b 则 2".repeat(1000)), 0),
        ("one word", "是".repeat(many), 1),
        ("one word of a clause", format!("条件 甲\n  应当 {}\n", "是".repeat(many)), 0),
        ("one word before a fault", format!("条件 甲\n  应当 {} 3\n", "是".repeat(many)), 1),
        ("bars", format!("分级 甲\n  {}\n", "|".repeat(many)), 1),
        ("open quote", format!("条件 甲\n  不符 “{}\n", "a".repeat(many)), 1),
        ("unknown lines", format!("条件 甲\n{}", "  什么 甲\n".repeat(500)), 500),
        ("NUL", "条件 甲\n  应当 a\0b\n  不符 “\u{1}\u{85}”\n".to_owned(), 2),
        ("line ends and BOM", "\u{FEFF}条件 甲\r\n  应当 a\r\n\r\n  不符 “b”\r\n".to_owned(), 0),
    ];
    for (what, text, wanted) in table {
        let (_, faults) = parse(&text);
        assert_eq!(places(&text, &faults).len(), wanted, "{what}: {:?}", faults.0.first());
    }
}

#[test]
fn what_stands_after_a_passage_too_deep_is_read() {
    let text = format!("指标 甲\n  公式 {}\n\n指标 乙\n  公式 1\n", "（".repeat(40));
    let (file, faults) = parse(&text);
    assert_eq!(places(&text, &faults), ["2:38 E0108"]);
    assert_eq!(file.items.iter().map(|it| it.damaged).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn damaged_texts_never_panic_and_every_fault_has_a_place() {
    let texts = [
        include_str!("../../../tests/cases/syntax/good/rulebook.heng"),
        include_str!("../../../tests/cases/syntax/good/english.heng"),
        include_str!("../../../tests/cases/syntax/bad/twenty_faults.heng"),
    ];
    const MARKS: [&str; 24] = [
        "（",
        "）",
        "“",
        "”",
        "\"",
        "，",
        "、",
        "\n",
        "\n\n",
        "|",
        "—",
        "「",
        "{",
        "}",
        "#",
        "-",
        " ",
        "\0",
        "至",
        "的",
        "中",
        "且",
        "2020-11-06",
        "条件 ",
    ];
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for _ in 0..400 {
        let lines: Vec<&str> = texts[next(texts.len())].lines().collect();
        let from = next(lines.len());
        let mut chars: Vec<char> =
            lines[from..(from + 20).min(lines.len())].join("\n").chars().collect();
        for _ in 0..1 + next(5) {
            let at = next(chars.len());
            match next(2) {
                0 => drop(chars.splice(at..(at + next(6)).min(chars.len()), [])),
                _ => drop(chars.splice(at..at, MARKS[next(MARKS.len())].chars())),
            }
        }
        let text: String = chars.into_iter().collect();
        places(&text, &parse(&text).1);
    }
}

#[test]
fn good_files_have_no_faults() {
    for text in [
        include_str!("../../../tests/cases/syntax/good/rulebook.heng"),
        include_str!("../../../tests/cases/syntax/good/english.heng"),
    ] {
        let (file, faults) = parse(text);
        assert_eq!(places(text, &faults), Vec::<String>::new());
        assert!(file.items.iter().all(|it| !it.damaged));
    }
}
