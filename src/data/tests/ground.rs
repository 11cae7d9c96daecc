//! Days, units and the folding of texts, as tables of examples. No column is built.

use crate::data::tests::world::number;
use crate::value::day;
use crate::value::text::fold;
use crate::value::units::is_whole_by_default;
use crate::value::units::parse_unit;

/// §8.2
#[test]
fn days_months_years() {
    let at = |it: &str| day::parse_exact(it).expect("a day");
    let months = [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2020-12-31", 2, "2021-02-28"),
    ];
    for (from, count, to) in months {
        assert_eq!(
            day::add_months(at(from), count).map(day::show).as_deref(),
            Some(to),
            "{from} + {count} 月"
        );
    }
    for (from, count, to) in [
        ("2020-02-29", 1, "2021-02-28"),
        ("2020-02-29", 4, "2024-02-29"),
        ("2021-01-01", 3, "2024-01-01"),
    ] {
        assert_eq!(
            day::add_years(at(from), count).map(day::show).as_deref(),
            Some(to),
            "{from} + {count} 年"
        );
    }
    assert_eq!(at("2016-05-09") - at("2015-05-10"), 365);
    assert_eq!((at("0001-01-01"), day::weekday(1), day::weekday(at("2026-01-04"))), (1, 0, 6));
    assert_eq!(
        (day::add_years(at("2020-01-01"), 8000), day::add_months(1, -1), day::add_days(1, -1)),
        (None, None, None)
    );
    assert_eq!(
        (
            day::add_days(i32::MAX, i64::MAX),
            day::add_years(1, i64::MAX),
            day::from_ymd(2021, 2, 29)
        ),
        (None, None, None)
    );
    assert_eq!(day::to_ymd(at("9999-12-31")), Some((9999, 12, 31)));
}

#[test]
fn units_have_exact_factors() {
    let rows = [
        ("元", "1"),
        ("千元", "1000"),
        ("万元", "10000"),
        ("百万元", "1000000"),
        ("亿元", "100000000"),
        ("家", "1"),
        ("人次", "1"),
        ("万人", "10000"),
        ("千万件", "10000000"),
        ("分", "1"),
        ("%", "1/100"),
        ("％", "1/100"),
        ("‰", "1/1000"),
        ("个百分点", "1/100"),
        ("公里", "1000"),
        ("千米", "1000"),
        ("万平方米", "10000"),
        ("平方公里", "1000000"),
        ("公顷", "10000"),
        ("亩", "2000/3"),
        ("万亩", "20000000/3"),
        ("万吨", "10000000"),
        ("公斤", "1"),
        ("万吨标准煤", "10000000"),
        ("亿千瓦时", "100000000"),
        ("度", "1"),
        ("小时", "1"),
        ("件/万人", "1/10000"),
        ("万元/人", "10000"),
        ("人/平方公里", "1/1000000"),
        ("thousand_yuan", "1000"),
        ("hundred_million_yuan", "100000000"),
        ("pieces/ten_thousand_persons", "1/10000"),
        ("persons", "1"),
        ("percent", "1/100"),
    ];
    for (name, factor) in rows {
        assert_eq!(parse_unit(name).map(|it| it.factor), Some(number(factor)), "{name}");
    }
    for name in
        ["", "万", "年", "个工作日", "期", "角", "家企业", "万%", "元/", "/人", "元/年", "美元"]
    {
        assert_eq!(parse_unit(name), None, "{name}");
    }
    let whole = |name: &str| is_whole_by_default(&parse_unit(name).expect("a unit"));
    assert!(
        whole("家")
            && whole("persons")
            && !whole("万人")
            && !whole("分")
            && !whole("%")
            && !whole("件/万人")
    );
    let dimension = parse_unit("万元/亩").expect("a unit").dimension;
    assert_eq!((dimension.money, dimension.length), (1, -2));
}

#[test]
fn folding_touches_width_and_outer_blanks_only() {
    let rows = [
        ("　甲（１）　", "甲(1)"),
        ("A B", "A B"),
        ("“甲”、乙", "“甲”、乙"),
        ("￥５", "¥5"),
        ("\u{FEFF}甲\u{A0}", "甲"),
        ("", ""),
    ];
    for (text, expected) in rows {
        assert_eq!(fold(text), expected);
        assert_eq!(fold(&fold(text)), expected);
    }
}
