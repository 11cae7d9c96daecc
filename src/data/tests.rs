//! What cells, tables and lists mean, as tables of examples. Rules are not evaluated here.

use crate::data::HoleKind;
use crate::data::Lookup;
use crate::data::RawTable;
use crate::data::bind;
use crate::data::csv;
use crate::data::json;
use crate::data::lookup;
use crate::data::lookup::of_names;
use crate::data::vocabulary;
use crate::data::vocabulary::Definition;
use crate::diagnostic::Diagnostics;
use crate::ir::Domain;
use crate::ir::DurationUnit;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::source::FileId;
use crate::source::Span;
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::Unit;
use crate::value::day;
use crate::value::text::fold;
use crate::value::units::is_whole_by_default;
use crate::value::units::parse_unit;

// ---- helpers -------------------------------------------------------------------------------------

fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}

fn unit(name: &str) -> Option<Unit> {
    Some(parse_unit(name).unwrap_or_else(|| panic!("{name} is a unit")))
}

fn number(text: &str) -> Number {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    let parse = |it: &str| Number::parse(it).expect("a number");
    parse(over).checked_div(&parse(under)).expect("not zero")
}

fn field(name: &str, ty: Ty, unit: Option<Unit>, domain: Domain) -> Field {
    Field {
        name: name.into(),
        aliases: vec![],
        kind: FieldKind::Scalar { ty, unit, domain },
        optional: true,
        may_be_none: false,
        blank_is_none: false,
        or_other: false,
        unique: false,
        changeable: false,
        step: None,
        supplier: None,
        note: None,
        applies: None,
        span: span(),
    }
}

fn table(name: &str, fields: Vec<Field>) -> Table {
    let at = |name: &str| fields.iter().position(|it| it.name == name).map(|it| it as u32);
    let (key, name_field) = (at("编号").or(at("名称")), at("名称"));
    Table { name: name.into(), parent: None, key, name_field, fields, span: span() }
}

fn list(name: &str, child: u32) -> Field {
    let kind = FieldKind::Rows { table: TableId(child), open: false };
    Field { kind, ..field(name, Ty::Text, None, Domain::Everything) }
}

fn places() -> Vocabulary {
    let tsv = "code\tname\tshort\tother\tabove\n\
        11\t北京市\t北京\t\t\n1101\t海淀区\t海淀\t\t11\n1102\t朝阳区\t朝阳\t\t11\n\
        22\t吉林省\t吉林\t\t\n2201\t长春市\t长春\t\t22\n220104\t朝阳区\t朝阳\t\t长春市\n2202\t吉林市\t吉林\t江城|北国江城\t22\n\
        42\t湖北省\t湖北\t\t\n4209\t孝感市\t孝感\t\t42\n4228\t恩施州\t恩施\t\t42\n422801\t恩施市\t恩施\t\t4228\n";
    let (list, found) = vocabulary::read(&definition("places.tsv", "名称=name 简称=short 别称=other 代码=code 上级=above"), tsv.as_bytes());
    assert!(!found.has_errors(), "{found:?}");
    list
}

fn definition(file: &str, columns: &str) -> Definition {
    let columns = columns.split(' ').filter_map(|it| it.split_once('='));
    Definition {
        name: "行政区划".into(),
        kind: VocabularyKind::Classification,
        complete: true,
        columns: columns.map(|(role, column)| (role.into(), column.into())).collect(),
        file: file.into(),
        span: span(),
    }
}

const PLACES: VocabularyId = VocabularyId(0);
const CHAINS: VocabularyId = VocabularyId(1);
const SIZES: VocabularyId = VocabularyId(2);

fn program(tables: Vec<Table>) -> Program {
    let names = |it: &str| it.split('、').map(str::to_owned).collect::<Vec<_>>();
    let sizes = VocabularyKind::Enumeration { ordered: true };
    let mut program = Program { tables, case_tables: vec![TableId(0)], ..Program::default() };
    program.policy.na_marks = vec!["／".into(), "—".into()];
    program.vocabularies = vec![
        places(),
        of_names("产业", VocabularyKind::Roster, false, &names("新材料产业、生物产业、互联网平台服务（互联网+）、绿色环保、数字创意、新能源、新能源汽车")),
        of_names("规模", sizes, true, &names("小型、中型、大型")),
    ];
    for child in 0..program.tables.len() {
        for (at, field) in program.tables[child].fields.clone().iter().enumerate() {
            if let FieldKind::Rows { table, .. } = field.kind {
                program.tables[table.0 as usize].parent = Some(FieldId { table: TableId(child as u32), index: at as u32 });
            }
        }
    }
    program
}

/// The sheets of a folder, `name.csv` each.
fn sheets(files: &[(&str, &str)]) -> (Vec<RawTable>, Diagnostics) {
    let mut all = (vec![], Diagnostics::default());
    for (name, text) in files {
        let (table, found) = csv::read(name, &format!("{name}.csv"), text.as_bytes(), None);
        all.0.extend(table);
        all.1.extend(found);
    }
    all
}

fn codes(found: &Diagnostics) -> String {
    let codes: Vec<&str> = found.0.iter().map(|it| it.code.0).collect();
    codes.join(" ")
}

fn show_hull(hull: &Hull) -> String {
    let end = |it: &Option<End>| it.as_ref().map_or("∞".to_owned(), |it| it.at.to_string());
    let open = |it: &Option<End>| it.as_ref().is_none_or(|it| !it.closed);
    match hull.single() {
        Some(at) => at.to_string(),
        None => format!(
            "{}{}, {}{}",
            if open(&hull.low) { "(" } else { "[" },
            end(&hull.low),
            end(&hull.high),
            if open(&hull.high) { ")" } else { "]" }
        ),
    }
}

fn show_days(hull: DateHull) -> String {
    let side = |it: Option<i32>| it.map_or("∞".to_owned(), day::show);
    if hull.low.is_some() && hull.low == hull.high { side(hull.low) } else { format!("{}..{}", side(hull.low), side(hull.high)) }
}

fn show(set: &Set) -> String {
    let with = |values: Option<String>, na: bool| match (values, na) {
        (Some(values), true) => format!("{values} 或 N"),
        (Some(values), false) => values,
        (None, _) => "N".to_owned(),
    };
    match set {
        Set::Truth(it) if *it == Truth::TRUE => "T".into(),
        Set::Truth(it) => format!("{it:?}").replace("{F}", "F").replace("{N}", "N"),
        Set::Number(it) => with(it.values.as_ref().map(show_hull), it.na),
        Set::Date(it) => with(it.values.map(show_days), it.na),
        Set::Member(it) => with(
            it.values.as_ref().map(|it| match (&it.members, &it.foreign) {
                (Some(members), Foreign::No) => format!("{members:?}"),
                (Some(_), Foreign::One(text)) => format!("外：{text}"),
                (None, Foreign::Any) => "任何内容".into(),
                (None, _) => "任何成员".into(),
                (Some(_), Foreign::Any) => unreachable!("no cell is like this"),
            }),
            it.na,
        ),
        Set::Text(it) => with(
            it.values.as_ref().map(|it| match it {
                TextSet::One(text) => text.to_string(),
                TextSet::Any => "任何文本".into(),
            }),
            it.na,
        ),
    }
}

/// Reads one cell of a field: its set, and `?` blank, `!` fault, `=` homonym, `~` coarse; then the findings.
fn read(field: Field, cell: &str) -> String {
    let program = program(vec![table("集群", vec![field])]);
    let name = program.tables[0].fields[0].name.clone();
    let mut raw = RawTable::new("集群", "集群.csv");
    raw.headers = vec![name];
    raw.push_row(2, std::iter::once(cell));
    let (facts, found) = bind(&program, &[raw]);
    let cells = facts.cells(FieldId { table: TableId(0), index: 0 });
    let hole = cells.holes.get(&0).map_or("", |it| match it.kind {
        HoleKind::Blank => " ?",
        HoleKind::Fault => " !",
        HoleKind::Homonym => " =",
        HoleKind::Coarse => " ~",
    });
    let found = codes(&found);
    format!("{}{hole}{}{found}", show(&cells.column.get(0)), if found.is_empty() { "" } else { " " })
}

fn check(field: &Field, rows: &[(&str, &str)]) {
    for (cell, expected) in rows {
        assert_eq!(read(field.clone(), cell), *expected, "{} “{cell}”", field.name);
    }
}

fn range(low: &str, high: &str, whole: bool) -> Domain {
    let end = |it: &str| (!it.is_empty()).then(|| End { at: number(it.trim_matches('<')), closed: !it.contains('<') });
    Domain::Numbers { hull: Hull { low: end(low), high: end(high) }, whole }
}

fn money(name: &str, domain: Domain) -> Field {
    field("营业收入", Ty::Number(Dimension { money: 1, ..Dimension::default() }), unit(name), domain)
}

fn plain(name: &str, unit: Option<Unit>, domain: Domain) -> Field {
    field(name, Ty::Number(Dimension::default()), unit, domain)
}

fn nullable(field: Field) -> Field {
    Field { may_be_none: true, ..field }
}

// ---- cells -----------------------------------------------------------------------------------------

/// Every row of the cell table of `semantics` §1.2 that data alone decide, and 例 1.1.
#[test]
fn a_cell_means_what_the_table_says() {
    let points = plain("得分", None, range("0", "8", false));
    check(&points, &[("3", "3"), ("", "[0, 8] ?"), ("9", "[0, 8] ! E0607"), ("约3", "[0, 8] ! E0607")]);
    check(&points, &[("—", "[0, 8] ! E0607"), ("无", "[0, 8] ! E0607"), (" ８ ", "8"), ("-0", "0")]);
    check(&nullable(points.clone()), &[("", "[0, 8] 或 N ?"), ("无", "N"), ("—", "N"), ("/", "N"), ("／", "N")]);
    check(&nullable(points.clone()), &[("9", "[0, 8] 或 N ! E0607"), ("4", "4")]);
    let blank_is_none = Field { blank_is_none: true, ..nullable(points.clone()) };
    check(&blank_is_none, &[("", "N"), ("无", "N"), ("9", "[0, 8] 或 N ! E0607")]);
    check(&Field { optional: false, ..points.clone() }, &[("", "[0, 8] ? W0602")]);
    let whole = plain("项数", None, range("0", "6<", true));
    check(&whole, &[("", "[0, 5] ?"), ("2.5", "[0, 5] ! E0607"), ("2.0", "2"), ("6", "[0, 5] ! E0607")]);

    let truth = field("备案", Ty::Truth, None, Domain::Everything);
    check(&truth, &[("是", "T"), ("否", "F"), ("Yes", "T"), ("no", "F"), ("TRUE", "T"), ("false", "F")]);
    check(&truth, &[("", "{TF} ?"), ("1", "{TF} ! E0607"), ("√", "{TF} ! E0607"), ("无", "{TF} ! E0607")]);
    check(&nullable(truth), &[("", "{TFN} ?"), ("无", "N"), ("有", "{TFN} ! E0607")]);

    let text = field("说明", Ty::Text, None, Domain::Everything);
    check(&text, &[("（甲）　", "(甲)"), ("", "任何文本 ?"), ("无", "任何文本 ! E0607"), ("坏\u{0}", "任何文本 ! E0607")]);
    check(&nullable(text), &[("无", "N"), ("无锡", "无锡"), ("", "任何文本 或 N ?")]);

    let months = field("期限", Ty::Duration(DurationUnit::Month), None, Domain::Everything);
    check(&months, &[("6", "6"), ("6 个月", "6"), ("6月", "6"), ("6 年", "(∞, ∞) ! E0607"), ("1.5", "(∞, ∞) ! E0607")]);
}

#[test]
fn dates_are_whole_or_coarse() {
    let date = field("申请日", Ty::Date, None, Domain::Everything);
    for written in ["2020-11-06", "2020/11/6", "2020.11.6", "2020年11月6日", "２０２０年１１月６日", "2020 年 11 月 6 日"] {
        check(&date, &[(written, "2020-11-06")]);
    }
    check(&date, &[("2021年8月", "2021-08-01..2021-08-31 ~ W0609"), ("2021-02", "2021-02-01..2021-02-28 ~ W0609")]);
    check(&date, &[("2020年", "2020-01-01..2020-12-31 ~ W0609"), ("", "∞..∞ ?")]);
    for written in ["2021-02-29", "2021年13月", "20201106", "2020-11/06", "2020-11-06 00:00", "2021", "2021.8", "0000-01-01"] {
        check(&date, &[(written, "∞..∞ ! E0607")]);
    }
    let hull = DateHull { low: day::parse_exact("2021-08-10"), high: None };
    let bounded = field("公示起", Ty::Date, None, Domain::Dates(hull));
    check(&bounded, &[("2021-08-09", "2021-08-10..∞ ! E0607"), ("2021年8月", "2021-08-10..2021-08-31 ~ W0609")]);
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
    let bad = ["1,2345", "1234,567", "1.2.3", "1e5", "3E+4", "$5", "¥5", "5 人", "约300万", "300万", "-1", ".5", "5.", "1 000", "+5"];
    bad.iter().for_each(|cell| check(&income, &[(cell, "[0, ∞) ! E0607")]));
    check(&money("元", Domain::Everything), &[("￥1,000.50", "1000.5"), ("−3", "-3"), ("-3 万元", "-30000")]);
    let (longest, longer) = ("9".repeat(38), "9".repeat(39));
    let long = plain("数", None, Domain::Everything);
    check(&long, &[(&longest, &longest), (&longer, "(∞, ∞) ! E0607"), ("0.123456789012345678", "0.123456789012345678")]);
    check(&long, &[("0.1234567890123456789", "(∞, ∞) ! E0607"), ("000000000000000000000000000000000000000001", "1")]);
    check(&long, &[("6%", "0.06"), ("6 分", "6")]);
    let land = field("面积", Ty::Number(Dimension { length: 2, ..Dimension::default() }), unit("亩"), Domain::Everything);
    check(&land, &[("3", "2000"), ("1", "2000/3"), ("1 公顷", "10000")]);
    let staff = plain("从业人员", unit("人"), range("0", "", true));
    check(&staff, &[("100", "100"), ("1.2 万人", "12000"), ("0.5", "[0, ∞) ! E0607"), ("0.00001 万人", "[0, ∞) ! E0607")]);
    check(&staff, &[("12 家", "12 W0610"), ("5%", "[0, ∞) ! E0607"), ("3 分", "[0, ∞) ! E0607")]);
    check(&plain("密度", unit("件/万人"), Domain::Everything), &[("12", "0.0012"), ("12 件/万人", "0.0012")]);
}

/// 例 7.3
#[test]
fn ratios_are_read_by_their_sign_or_their_field() {
    let percent = plain("占比", unit("%"), Domain::Everything);
    check(&percent, &[("6", "0.06"), ("6%", "0.06"), ("0.06", "0.0006 W0605"), ("0.06%", "0.0006"), ("0", "0")]);
    check(&percent, &[("100", "1"), ("120", "1.2 W0605"), ("5‰", "0.005"), ("6％", "0.06")]);
    let decimal = plain("占比", unit("小数"), Domain::Everything);
    check(&decimal, &[("0.06", "0.06"), ("6", "6 W0605"), ("6%", "0.06"), ("1", "1")]);
    check(&plain("增幅", unit("%"), range("", "10", false)), &[("150", "1.5")]);
}

#[test]
fn members_are_found_by_every_name() {
    let place = field("所在地", Ty::Member(PLACES), None, Domain::Everything);
    check(&place, &[("北京市", "[0]"), ("海淀", "[1]"), ("4209", "[8]"), ("江城", "[6]"), ("北国江城", "[6]")]);
    check(&place, &[("吉林", "[3, 6] = W0607"), ("吉林省", "[3]"), ("朝阳区", "[2, 5] = W0607"), ("吉林省朝阳区", "[5]")]);
    check(&place, &[("火星", "任何成员 ! E0607"), ("", "任何成员 ?"), ("湖北北京市", "任何成员 ! E0607")]);
    check(&Field { or_other: true, ..place.clone() }, &[("火星", "外：火星 W0606"), ("", "任何内容 ?")]);
    check(&nullable(place), &[("无", "N"), ("", "任何成员 或 N ?")]);
    let chain = field("产业", Ty::Member(CHAINS), None, Domain::Everything);
    check(&chain, &[("互联网平台服务(互联网+)", "[2]"), ("移动互联网", "外：移动互联网 W0606"), ("无", "任何内容 ! E0607")]);
    let size = field("规模", Ty::Member(SIZES), None, Domain::Everything);
    check(&size, &[("大型", "[2]"), ("特大型", "任何成员 ! E0607")]);
}

// ---- lists -----------------------------------------------------------------------------------------

#[test]
fn chains_of_names_settle_homonyms() {
    let places = places();
    let rows = [
        ("湖北省孝感市", Lookup::One(8)),
        ("湖北孝感", Lookup::One(8)),
        ("湖北 / 孝感市", Lookup::One(8)),
        ("北京市›海淀区", Lookup::One(1)),
        ("吉林长春朝阳", Lookup::One(5)),
        ("吉林省朝阳", Lookup::One(5)),
        ("湖北恩施", Lookup::Several(vec![9, 10])),
        ("湖北恩施恩施市", Lookup::One(10)),
        ("恩施市恩施州", Lookup::None),
        ("北京北京", Lookup::None),
        ("11海淀", Lookup::None),
        ("", Lookup::None),
    ];
    for (written, expected) in rows {
        assert_eq!(lookup(&places, written), expected, "{written}");
    }
    assert_eq!(crate::data::nearest(&places, "海定区", 1), [1]);
}

#[test]
fn levels_come_from_parents_or_outlines() {
    let levels = |list: &Vocabulary| list.members.iter().map(|it| it.level.to_string()).collect::<String>();
    assert_eq!(levels(&places()), "12212321223");
    let outline = "名称,层级\n甲,门类\n乙,大类\n丙,中类\n丁,大类\n戊,门类\n";
    let (list, found) = vocabulary::read(&definition("a.csv", "名称=名称 层级=层级"), outline.as_bytes());
    assert_eq!((levels(&list).as_str(), codes(&found).as_str()), ("12321", ""));
    assert!(list.is_within(2, 1) && list.is_within(2, 0) && !list.is_within(3, 1));
    let numbered = "名称,层级\n甲,10\n乙,20\n丙,3\n";
    let (list, _) = vocabulary::read(&definition("a.csv", "名称=名称 层级=层级"), numbered.as_bytes());
    assert_eq!(levels(&list), "121");
}

#[test]
fn faults_of_lists_are_located() {
    let all = "名称=name 代码=code 上级=above";
    let check = |columns: &str, text: &str, expected: &str| {
        let (_, found) = vocabulary::read(&definition("a.tsv", columns), text.as_bytes());
        let row = |it: &crate::diagnostic::Diagnostic| it.source.as_ref().and_then(|it| it.row);
        let shown: Vec<String> = found.0.iter().map(|it| format!("{}:{}", it.code.0, row(it).unwrap_or(0))).collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    };
    check(all, "name\tcode\tabove\n甲\t1\t\n乙\t2\t1\n", "");
    check(all, "name\tcode\n甲\t1\n", "E0501:0");
    check(all, "name\tcode\tabove\n甲\t1\t2\n乙\t2\t3\n丙\t3\t1\n丁\t4\t4\n", "E0505:2 E0505:5");
    check(all, "name\tcode\tabove\n甲\t1\t9\n\t2\t1\n", "E0503:3 E0504:2");
    check(all, "name\tcode\tabove\n甲\t1\t\n\n乙\t1\t\n", "E0506:4");
    check("名称=name", "name\n甲\n甲\n", "E0506:3");
    check(all, "", "E0508:0");
    check(all, "name\tcode\tabove\n甲\t1\t\t多\n", "E0508:2");
    check("名称=name 颜色=code", "name\tcode\n甲\t1\n", "E0502:0");
    check("代码=code", "name\tcode\n甲\t1\n", "E0502:0");
    check("日期=d 类别=k", "d\tk\n2022-10-08\t班\n2022-10-01\t休\n2021-02-29\t休\n2022-10-02\t假\n2022-10-01\t休\n", "E0507:4 E0507:5 E0506:6");
    let (calendar, _) = vocabulary::read(&definition("a.tsv", "日期=d 类别=k"), "d\tk\n2022-10-08\t班\n2022-10-01\t休\n".as_bytes());
    let day = |it: &str| day::parse_exact(it).expect("a day");
    assert_eq!(calendar.calendar, [(day("2022-10-01"), false), (day("2022-10-08"), true)]);
}

// ---- tables ----------------------------------------------------------------------------------------

fn clusters() -> Program {
    let text = |name: &str| field(name, Ty::Text, None, Domain::Everything);
    let income = Field { aliases: vec!["JQ05".into()], optional: false, ..money("千元", range("0", "", false)) };
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
    let (facts, found) = bound(&[CASES, NONE, ("企业", "集群,名称,营业收入\nＢ,乙一,1\nA,甲一,2\nC,丙一,3\nB,乙二,4\n,丁一,5\n")]);
    let firms = facts.table(TableId(1));
    let keys: Vec<&str> = firms.keys.iter().map(|it| it.as_ref()).collect();
    assert_eq!(keys, ["甲一", "乙一", "乙二", "丙一", "丁一"]);
    assert_eq!((&firms.offsets[..], &firms.parents[..], firms.len), (&[0, 1, 3][..], &[0, 1, 1][..], 5));
    assert_eq!((firms.places[1].row, firms.ungiven.any()), (2, false));
    assert_eq!(codes(&found), "E0609 E0609");
    assert_eq!(found.0[0].source.as_ref().map(|it| (it.file.as_str(), it.row, it.column.as_deref())), Some(("企业.csv", Some(4), Some("集群"))));
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
    let (_, found) = bound(&[("集群", "编号,名称\nA,甲\n,乙\n"), NONE, ("企业", "集群,名称,营业收入\n")]);
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
    assert_eq!((facts.cells(INCOME).header.clone(), facts.cells(INCOME).holes[&0].kind), (None, HoleKind::Blank));
    let (facts, found) = bound(&[CASES, NONE, ("企业", "集群,名称,JQ05,颜色\nA,甲,,红\nA,乙,2,\n"), ("年报", "x\n1\n")]);
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
    assert_eq!(income("\u{FEFF}集群,名称,营业收入\r\nA,甲,\"1,240\"\r\n\r\n,,\r\nA,\"乙\"\"\n二\",2"), "1240000；2000");
    assert_eq!(income("集群,名称,营业收入\nA,甲,1,240\nA,乙,2\n"), "[0, ∞)；2000 E0605");
    assert_eq!(income("集群,名称,营业收入\nA,甲\nA,乙,2,,\n"), "[0, ∞)；2000 E0605 W0602");
    assert_eq!(income("集群,名称,营业收入\nA,\"甲,1\nA,乙,2\n"), "[0, ∞)；2000 E0606");
    assert_eq!(income("集群,名称,营业收入,营业收入\nA,甲,1,1\nA,乙,2,3\n"), "1000；[0, ∞) E0604 E0607");
    assert_eq!(income("集群,名称,营业收入,JQ05\nA,甲,1,1\n"), "1000 E0604");
    assert_eq!(income("集群,名称,营业收入,\nA,甲,1,备注\n"), "1000 W0603");
    assert_eq!(codes(&sheets(&[("企业", "")]).1), "E0601");
    assert_eq!(firms("集群,名称,营业收入\n\n\nA,甲,1\n").0.table(TableId(1)).places[0].row, 4);
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
    assert_eq!((place.file.as_str(), place.sheet.as_deref(), place.row), ("data.json", Some("企业"), Some(4)));
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

// ---- days, units, texts ----------------------------------------------------------------------------

/// §8.2
#[test]
fn days_months_years() {
    let at = |it: &str| day::parse_exact(it).expect("a day");
    let months = [("2024-01-31", 1, "2024-02-29"), ("2024-01-31", 2, "2024-03-31"), ("2024-03-31", -1, "2024-02-29"), ("2020-12-31", 2, "2021-02-28")];
    for (from, count, to) in months {
        assert_eq!(day::add_months(at(from), count).map(day::show).as_deref(), Some(to), "{from} + {count} 月");
    }
    for (from, count, to) in [("2020-02-29", 1, "2021-02-28"), ("2020-02-29", 4, "2024-02-29"), ("2021-01-01", 3, "2024-01-01")] {
        assert_eq!(day::add_years(at(from), count).map(day::show).as_deref(), Some(to), "{from} + {count} 年");
    }
    assert_eq!(at("2016-05-09") - at("2015-05-10"), 365);
    assert_eq!((at("0001-01-01"), day::weekday(1), day::weekday(at("2026-01-04"))), (1, 0, 6));
    assert_eq!((day::add_years(at("2020-01-01"), 8000), day::add_months(1, -1), day::add_days(1, -1)), (None, None, None));
    assert_eq!((day::add_days(i32::MAX, i64::MAX), day::add_years(1, i64::MAX), day::from_ymd(2021, 2, 29)), (None, None, None));
    assert_eq!(day::to_ymd(at("9999-12-31")), Some((9999, 12, 31)));
}

#[test]
fn units_have_exact_factors() {
    let rows = [
        ("元", "1"), ("千元", "1000"), ("万元", "10000"), ("百万元", "1000000"), ("亿元", "100000000"), ("家", "1"), ("人次", "1"),
        ("万人", "10000"), ("千万件", "10000000"), ("分", "1"), ("%", "1/100"), ("％", "1/100"), ("‰", "1/1000"), ("个百分点", "1/100"),
        ("公里", "1000"), ("千米", "1000"), ("万平方米", "10000"), ("平方公里", "1000000"), ("公顷", "10000"), ("亩", "2000/3"),
        ("万亩", "20000000/3"), ("万吨", "10000000"), ("公斤", "1"), ("万吨标准煤", "10000000"), ("亿千瓦时", "100000000"), ("度", "1"),
        ("小时", "1"), ("件/万人", "1/10000"), ("万元/人", "10000"), ("人/平方公里", "1/1000000"), ("thousand_yuan", "1000"),
        ("hundred_million_yuan", "100000000"), ("pieces/ten_thousand_persons", "1/10000"), ("persons", "1"), ("percent", "1/100"),
    ];
    for (name, factor) in rows {
        assert_eq!(parse_unit(name).map(|it| it.factor), Some(number(factor)), "{name}");
    }
    for name in ["", "万", "年", "个工作日", "期", "角", "家企业", "万%", "元/", "/人", "元/年", "美元"] {
        assert_eq!(parse_unit(name), None, "{name}");
    }
    let whole = |name: &str| is_whole_by_default(&parse_unit(name).expect("a unit"));
    assert!(whole("家") && whole("persons") && !whole("万人") && !whole("分") && !whole("%") && !whole("件/万人"));
    let dimension = parse_unit("万元/亩").expect("a unit").dimension;
    assert_eq!((dimension.money, dimension.length), (1, -2));
}

#[test]
fn folding_touches_width_and_outer_blanks_only() {
    let rows = [("　甲（１）　", "甲(1)"), ("A B", "A B"), ("“甲”、乙", "“甲”、乙"), ("￥５", "¥5"), ("\u{FEFF}甲\u{A0}", "甲"), ("", "")];
    for (text, expected) in rows {
        assert_eq!(fold(text), expected);
        assert_eq!(fold(&fold(text)), expected);
    }
}
