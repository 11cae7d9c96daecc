//! Lists of members: homonyms, chains of names, levels, faults.

use crate::data::Lookup;
use crate::data::lookup;
use crate::data::tests::world::codes;
use crate::data::tests::world::definition;
use crate::data::tests::world::places;
use crate::data::vocabulary;
use crate::ir::Vocabulary;
use crate::value::day;

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
    let levels =
        |list: &Vocabulary| list.members.iter().map(|it| it.level.to_string()).collect::<String>();
    assert_eq!(levels(&places()), "12212321223");
    let outline = "名称,层级\n甲,门类\n乙,大类\n丙,中类\n丁,大类\n戊,门类\n";
    let (list, found) =
        vocabulary::read(&definition("a.csv", "名称=名称 层级=层级"), outline.as_bytes());
    assert_eq!((levels(&list).as_str(), codes(&found).as_str()), ("12321", ""));
    assert!(list.is_within(2, 1) && list.is_within(2, 0) && !list.is_within(3, 1));
    let numbered = "名称,层级\n甲,10\n乙,20\n丙,3\n";
    let (list, _) =
        vocabulary::read(&definition("a.csv", "名称=名称 层级=层级"), numbered.as_bytes());
    assert_eq!(levels(&list), "121");
}

#[test]
fn faults_of_lists_are_located() {
    let all = "名称=name 代码=code 上级=above";
    let check = |columns: &str, text: &str, expected: &str| {
        let (_, found) = vocabulary::read(&definition("a.tsv", columns), text.as_bytes());
        let row = |it: &crate::diagnostic::Diagnostic| it.source.as_ref().and_then(|it| it.row);
        let shown: Vec<String> =
            found.0.iter().map(|it| format!("{}:{}", it.code.0, row(it).unwrap_or(0))).collect();
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
    check(
        "日期=d 类别=k",
        "d\tk\n2022-10-08\t班\n2022-10-01\t休\n2021-02-29\t休\n2022-10-02\t假\n2022-10-01\t休\n",
        "E0507:4 E0507:5 E0506:6",
    );
    let (calendar, _) = vocabulary::read(
        &definition("a.tsv", "日期=d 类别=k"),
        "d\tk\n2022-10-08\t班\n2022-10-01\t休\n".as_bytes(),
    );
    let day = |it: &str| day::parse_exact(it).expect("a day");
    assert_eq!(calendar.calendar, [(day("2022-10-01"), false), (day("2022-10-08"), true)]);
}
