//! What cells mean, as tables of examples; lists, tables and the ground they stand on are in the modules below.

mod ground;
mod lists;
mod tables;
mod world;

use crate::data::tests::world::CHAINS;
use crate::data::tests::world::PLACES;
use crate::data::tests::world::SIZES;
use crate::data::tests::world::check;
use crate::data::tests::world::field;
use crate::data::tests::world::money;
use crate::data::tests::world::nullable;
use crate::data::tests::world::plain;
use crate::data::tests::world::range;
use crate::data::tests::world::unit;
use crate::ir::Domain;
use crate::ir::DurationUnit;
use crate::ir::Field;
use crate::ir::Ty;
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::day;

/// Every row of the cell table of `semantics` §1.2 that data alone decide, and 例 1.1.
#[test]
fn a_cell_means_what_the_table_says() {
    let points = plain("得分", None, range("0", "8", false));
    check(
        &points,
        &[("3", "3"), ("", "[0, 8] ?"), ("9", "[0, 8] ! E0607"), ("约3", "[0, 8] ! E0607")],
    );
    check(
        &points,
        &[("—", "[0, 8] ! E0607"), ("无", "[0, 8] ! E0607"), (" ８ ", "8"), ("-0", "0")],
    );
    check(
        &nullable(points.clone()),
        &[("", "[0, 8] 或 N ?"), ("无", "N"), ("—", "N"), ("/", "N"), ("／", "N")],
    );
    check(&nullable(points.clone()), &[("9", "[0, 8] 或 N ! E0607"), ("4", "4")]);
    let blank_is_none = Field { blank_is_none: true, ..nullable(points.clone()) };
    check(&blank_is_none, &[("", "N"), ("无", "N"), ("9", "[0, 8] 或 N ! E0607")]);
    check(&Field { optional: false, ..points.clone() }, &[("", "[0, 8] ? W0602")]);
    let whole = plain("项数", None, range("0", "6<", true));
    check(
        &whole,
        &[("", "[0, 5] ?"), ("2.5", "[0, 5] ! E0607"), ("2.0", "2"), ("6", "[0, 5] ! E0607")],
    );

    let truth = field("备案", Ty::Truth, None, Domain::Everything);
    check(
        &truth,
        &[("是", "T"), ("否", "F"), ("Yes", "T"), ("no", "F"), ("TRUE", "T"), ("false", "F")],
    );
    check(
        &truth,
        &[("", "{TF} ?"), ("1", "{TF} ! E0607"), ("√", "T"), ("×", "F"), ("无", "{TF} ! E0607")],
    );
    check(&nullable(truth), &[("", "{TFN} ?"), ("无", "N"), ("有", "{TFN} ! E0607")]);

    let text = field("说明", Ty::Text, None, Domain::Everything);
    check(
        &text,
        &[
            ("（甲）　", "(甲)"),
            ("", "任何文本 ?"),
            ("无", "任何文本 ! E0607"),
            ("坏\u{0}", "任何文本 ! E0607"),
        ],
    );
    check(&nullable(text), &[("无", "N"), ("无锡", "无锡"), ("", "任何文本 或 N ?")]);

    let months = field("期限", Ty::Duration(DurationUnit::Month), None, Domain::Everything);
    check(
        &months,
        &[
            ("6", "6"),
            ("6 个月", "6"),
            ("6月", "6"),
            ("6 年", "(∞, ∞) ! E0607"),
            ("1.5", "(∞, ∞) ! E0607"),
        ],
    );
}

#[test]
fn dates_are_whole_or_coarse() {
    let date = field("申请日", Ty::Date, None, Domain::Everything);
    for written in [
        "2020-11-06",
        "2020/11/6",
        "2020.11.6",
        "2020年11月6日",
        "２０２０年１１月６日",
        "2020 年 11 月 6 日",
    ] {
        check(&date, &[(written, "2020-11-06")]);
    }
    check(
        &date,
        &[
            ("2021年8月", "2021-08-01..2021-08-31 ~ W0609"),
            ("2021-02", "2021-02-01..2021-02-28 ~ W0609"),
        ],
    );
    check(&date, &[("2020年", "2020-01-01..2020-12-31 ~ W0609"), ("", "∞..∞ ?")]);
    for written in [
        "2021-02-29",
        "2021年13月",
        "20201106",
        "2020-11/06",
        "2020-11-06 00:00",
        "2021",
        "2021.8",
        "0000-01-01",
    ] {
        check(&date, &[(written, "∞..∞ ! E0607")]);
    }
    let hull = DateHull { low: day::parse_exact("2021-08-10"), high: None };
    let bounded = field("公示起", Ty::Date, None, Domain::Dates(hull));
    check(
        &bounded,
        &[("2021-08-09", "2021-08-10..∞ ! E0607"), ("2021年8月", "2021-08-10..2021-08-31 ~ W0609")],
    );
    check(&bounded, &[("2021年7月", "2021-08-10..∞ ! E0607"), ("", "2021-08-10..∞ ?")]);
}

#[test]
fn numbers_are_exact_and_in_base_units() {
    let income = money("千元", range("0", "", false));
    let rows = [
        ("41260000", "41260000000"),
        ("1,234,567.89", "1234567890"),
        ("1，240", "1240000"),
        ("1.5 亿元", "150000000"),
        ("30000千元", "30000000"),
        ("600 万元", "6000000"),
        ("0.001", "1"),
        ("12345678901234567890", "12345678901234567890000"),
    ];
    check(&income, &rows);
    let bad = [
        "1,2345",
        "1234,567",
        "1.2.3",
        "1e5",
        "3E+4",
        "$5",
        "¥5",
        "5 人",
        "约300万",
        "300万",
        "-1",
        ".5",
        "5.",
        "1 000",
        "+5",
    ];
    bad.iter().for_each(|cell| check(&income, &[(cell, "[0, ∞) ! E0607")]));
    check(
        &money("元", Domain::Everything),
        &[("￥1,000.50", "1000.5"), ("−3", "-3"), ("-3 万元", "-30000")],
    );
    let (longest, longer) = ("9".repeat(38), "9".repeat(39));
    let long = plain("数", None, Domain::Everything);
    check(
        &long,
        &[
            (&longest, &longest),
            (&longer, "(∞, ∞) ! E0607"),
            ("0.123456789012345678", "0.123456789012345678"),
        ],
    );
    check(
        &long,
        &[
            ("0.1234567890123456789", "(∞, ∞) ! E0607"),
            ("000000000000000000000000000000000000000001", "1"),
        ],
    );
    check(&long, &[("6%", "0.06"), ("6 分", "6")]);
}

#[test]
fn a_cell_may_bring_its_own_unit() {
    let land = field(
        "面积",
        Ty::Number(Dimension { length: 2, ..Dimension::default() }),
        unit("亩"),
        Domain::Everything,
    );
    check(&land, &[("3", "2000"), ("1", "2000/3"), ("1 公顷", "10000")]);
    let staff = plain("从业人员", unit("人"), range("0", "", true));
    check(
        &staff,
        &[
            ("100", "100"),
            ("1.2 万人", "12000"),
            ("0.5", "[0, ∞) ! E0607"),
            ("0.00001 万人", "[0, ∞) ! E0607"),
        ],
    );
    check(&staff, &[("12 家", "12 W0610"), ("5%", "[0, ∞) ! E0607"), ("3 分", "[0, ∞) ! E0607")]);
    check(
        &plain("密度", unit("件/万人"), Domain::Everything),
        &[("12", "0.0012"), ("12 件/万人", "0.0012")],
    );
}

/// 例 7.3
#[test]
fn ratios_are_read_by_their_sign_or_their_field() {
    let percent = plain("占比", unit("%"), Domain::Everything);
    check(
        &percent,
        &[("6", "0.06"), ("6%", "0.06"), ("0.06", "0.0006 W0605"), ("0.06%", "0.0006"), ("0", "0")],
    );
    check(&percent, &[("100", "1"), ("120", "1.2 W0605"), ("5‰", "0.005"), ("6％", "0.06")]);
    let decimal = plain("占比", unit("小数"), Domain::Everything);
    check(&decimal, &[("0.06", "0.06"), ("6", "6 W0605"), ("6%", "0.06"), ("1", "1")]);
    check(&plain("增幅", unit("%"), range("", "10", false)), &[("150", "1.5")]);
}

#[test]
fn members_are_found_by_every_name() {
    let place = field("所在地", Ty::Member(PLACES), None, Domain::Everything);
    check(
        &place,
        &[
            ("北京市", "[0]"),
            ("海淀", "[1]"),
            ("4209", "[8]"),
            ("江城", "[6]"),
            ("北国江城", "[6]"),
        ],
    );
    check(
        &place,
        &[
            ("吉林", "[3, 6] = W0607"),
            ("吉林省", "[3]"),
            ("朝阳区", "[2, 5] = W0607"),
            ("吉林省朝阳区", "[5]"),
        ],
    );
    check(
        &place,
        &[("火星", "任何成员 ! E0607"), ("", "任何成员 ?"), ("湖北北京市", "任何成员 ! E0607")],
    );
    check(
        &Field { or_other: true, ..place.clone() },
        &[("火星", "外：火星 W0606"), ("", "任何内容 ?")],
    );
    check(&nullable(place), &[("无", "N"), ("", "任何成员 或 N ?")]);
    let chain = field("产业", Ty::Member(CHAINS), None, Domain::Everything);
    check(
        &chain,
        &[
            ("互联网平台服务(互联网+)", "[2]"),
            ("移动互联网", "外：移动互联网 W0606"),
            ("无", "任何内容 ! E0607"),
        ],
    );
    let size = field("规模", Ty::Member(SIZES), None, Domain::Everything);
    check(&size, &[("大型", "[2]"), ("特大型", "任何成员 ! E0607")]);
}
