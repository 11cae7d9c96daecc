//! The examples of `semantics` §10, and its table row by row.

use crate::naming::World;
use crate::naming::judge;
use crate::naming::kinds;
use crate::naming::shown;
use crate::naming::small;
use heng::naming::FindingKind;
use heng::naming::IndustryState;
use heng::naming::Namer;
use heng::naming::PlaceState;
use heng::value::Truth;

#[test]
fn example_10_1() {
    let (lists, rule) = small("甲市\t", "甲市高新区\t甲市", false, &["新材料"]);
    let namer = Namer::new(&rule, &lists);
    let it =
        judge(&namer, &lists, "甲市高新区新材料创新型产业集群", ["甲市", "甲市高新区", "新材料"]);
    assert_eq!(shown(&it), "甲市高新区┃新材料┃创新型产业集群 {T} {T}");
    assert_eq!(it.shown().place_state, PlaceState::Own);
}

#[test]
fn example_10_2() {
    // 甲 is 甲甲 here: a name of one character is not read as a place.
    let (lists, rule) = small("甲甲\t\n甲甲乙\t", "", false, &["乙丙"]);
    let namer = Namer::new(&rule, &lists);
    let name = "甲甲乙丙创新型产业集群";
    assert_eq!(
        shown(&judge(&namer, &lists, name, ["甲甲", "无", "乙丙"])),
        "甲甲┃乙丙┃创新型产业集群 {T} {T}"
    );
    assert_eq!(
        shown(&judge(&namer, &lists, name, ["甲甲乙", "无", "乙丙"])),
        "甲甲乙┃丙┃创新型产业集群 {T} {F}"
    );
    let blank = judge(&namer, &lists, name, ["", "无", "乙丙"]);
    assert_eq!((blank.truth(), blank.others.len()), (Truth::UNDECIDED, 1));
    assert!(kinds(&blank).contains(&FindingKind::OtherPlace));
}

#[test]
fn example_10_3() {
    let it = World::new().judge("武汉集成电路制造创新产业集群", "武汉市", "无", "集成电路制造");
    assert_eq!(shown(&it), "武汉┃集成电路制造┃创新产业集群 {F} {T}");
    assert_eq!(it.proposals.len(), 1);
    assert_eq!(it.proposals[0].name, "武汉集成电路制造创新型产业集群");
}

/// Rows: name; the case's place, zone, industry; what is shown; the state of place and industry.
const TABLE: &[(&str, [&str; 3], &str, PlaceState, IndustryState)] = {
    use IndustryState as I;
    use PlaceState as P;
    &[
        // 地名: the case's place or zone, or a division above it.
        (
            "武汉市集成电路制造创新型产业集群",
            ["武汉市", "无", "集成电路制造"],
            "武汉市┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "武汉东湖高新区集成电路制造创新型产业集群",
            ["洪山区", "武汉东湖高新区", "集成电路制造"],
            "武汉东湖高新区┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "湖北集成电路制造创新型产业集群",
            ["洪山区", "无", "集成电路制造"],
            "湖北┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Above,
            I::Asked,
        ),
        (
            "湖北省孝感市云梦县集成电路制造创新型产业集群",
            ["云梦县", "无", "集成电路制造"],
            "湖北省孝感市云梦县┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        // Below the case's place, or the case's place blank.
        (
            "云梦县集成电路制造创新型产业集群",
            ["孝感市", "无", "集成电路制造"],
            "云梦县┃集成电路制造┃创新型产业集群 {TF} {T}",
            P::Open,
            I::Asked,
        ),
        (
            "云梦县集成电路制造创新型产业集群",
            ["", "无", "集成电路制造"],
            "云梦县┃集成电路制造┃创新型产业集群 {TF} {T}",
            P::Open,
            I::Asked,
        ),
        (
            "孝感高新区集成电路制造创新型产业集群",
            ["孝感市", "", "集成电路制造"],
            "孝感高新区┃集成电路制造┃创新型产业集群 {TF} {T}",
            P::Open,
            I::Asked,
        ),
        // Any other known place.
        (
            "孝感集成电路制造创新型产业集群",
            ["武汉市", "无", "集成电路制造"],
            "孝感┃集成电路制造┃创新型产业集群 {F} {T}",
            P::Elsewhere,
            I::Asked,
        ),
        (
            "孝感高新区集成电路制造创新型产业集群",
            ["孝感市", "无", "集成电路制造"],
            "孝感高新区┃集成电路制造┃创新型产业集群 {F} {T}",
            P::Elsewhere,
            I::Asked,
        ),
        (
            "孝感高新区集成电路制造创新型产业集群",
            ["武汉市", "武汉东湖高新区", "集成电路制造"],
            "孝感高新区┃集成电路制造┃创新型产业集群 {F} {T}",
            P::Elsewhere,
            I::Asked,
        ),
        // A place of another kind in no table of zones; one that is in the table is a zone.
        (
            "天门经开区集成电路制造创新型产业集群",
            ["天门市", "无", "集成电路制造"],
            "天门经开区┃集成电路制造┃创新型产业集群 {F} {T}",
            P::OtherKind,
            I::Asked,
        ),
        (
            "上海自由贸易试验区集成电路制造创新型产业集群",
            ["上海市", "无", "集成电路制造"],
            "上海自由贸易试验区┃集成电路制造┃创新型产业集群 {F} {T}",
            P::OtherKind,
            I::Asked,
        ),
        (
            "荆州开发区移动互联网创新型产业集群",
            ["荆州市", "无", "集成电路制造"],
            "荆州开发区┃移动互联网┃创新型产业集群 {F} {F}",
            P::OtherKind,
            I::Foreign,
        ),
        (
            "苏州工业园区集成电路制造创新型产业集群",
            ["苏州市", "苏州工业园区", "集成电路制造"],
            "苏州工业园区┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        // Ends in 高新区, not in the table, which is not complete.
        (
            "京山高新区集成电路制造创新型产业集群",
            ["京山市", "无", "集成电路制造"],
            "京山高新区┃集成电路制造┃创新型产业集群 {TF} {T}",
            P::UnknownZone,
            I::Asked,
        ),
        (
            "京山高新区智能轻工创新型产业集群",
            ["京山市", "", ""],
            "京山高新区┃智能轻工┃创新型产业集群 {TF} {F}",
            P::UnknownZone,
            I::Foreign,
        ),
        // A former name: the successor known, and not known.
        (
            "襄樊集成电路制造创新型产业集群",
            ["襄阳市", "无", "集成电路制造"],
            "襄樊┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "襄樊市枣阳市集成电路制造创新型产业集群",
            ["枣阳市", "无", "集成电路制造"],
            "襄樊市枣阳市┃集成电路制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "无锡市南长区集成电路制造创新型产业集群",
            ["梁溪区", "无", "集成电路制造"],
            "无锡市南长区┃集成电路制造┃创新型产业集群 {TF} {T}",
            P::Open,
            I::Asked,
        ),
        // 产业: at another level; known, but not the case's; the case's is coarser or blank; foreign; empty.
        (
            "武汉新材料产业创新型产业集群",
            ["武汉市", "无", "先进钢铁材料"],
            "武汉┃新材料产业┃创新型产业集群 {T} {F}",
            P::Own,
            I::OtherLevel,
        ),
        (
            "武汉集成电路制造创新型产业集群",
            ["武汉市", "无", "先进钢铁材料"],
            "武汉┃集成电路制造┃创新型产业集群 {T} {F}",
            P::Own,
            I::NotTheCases,
        ),
        (
            "武汉电子核心产业创新型产业集群",
            ["武汉市", "无", "集成电路制造"],
            "武汉┃电子核心产业┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "武汉集成电路制造创新型产业集群",
            ["武汉市", "无", "电子核心产业"],
            "武汉┃集成电路制造┃创新型产业集群 {T} {TF}",
            P::Own,
            I::Open,
        ),
        (
            "武汉集成电路制造创新型产业集群",
            ["武汉市", "无", ""],
            "武汉┃集成电路制造┃创新型产业集群 {T} {TF}",
            P::Own,
            I::Open,
        ),
        (
            "武汉集成电路制造创新型产业集群",
            ["武汉市", "无", "移动互联网"],
            "武汉┃集成电路制造┃创新型产业集群 {T} {F}",
            P::Own,
            I::NotTheCases,
        ),
        (
            "武汉移动互联网创新型产业集群",
            ["武汉市", "无", "集成电路制造"],
            "武汉┃移动互联网┃创新型产业集群 {T} {F}",
            P::Own,
            I::Foreign,
        ),
        (
            "武汉创新型产业集群",
            ["武汉市", "无", "集成电路制造"],
            "武汉┃┃创新型产业集群 {F} {T}",
            P::Own,
            I::Empty,
        ),
        (
            "武汉新能源汽车整车制造创新型产业集群",
            ["武汉市", "无", "新能源汽车整车制造"],
            "武汉┃新能源汽车整车制造┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "武汉互联网平台服务（互联网+）创新型产业集群",
            ["武汉市", "无", "1.4.2"],
            "武汉┃互联网平台服务(互联网+)┃创新型产业集群 {T} {T}",
            P::Own,
            I::Asked,
        ),
        // 后缀: near variants and none.
        (
            "武汉集成电路制造产业集群",
            ["武汉市", "无", "集成电路制造"],
            "武汉┃集成电路制造┃产业集群 {F} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "武汉市生物医药产业集群",
            ["武汉市", "无", "生物医药产业"],
            "武汉市┃生物医药产业┃集群 {F} {T}",
            P::Own,
            I::Asked,
        ),
        (
            "武汉集成电路制造",
            ["武汉市", "无", "集成电路制造"],
            "武汉┃集成电路制造┃ {F} {T}",
            P::Own,
            I::Asked,
        ),
    ]
};

#[test]
fn the_table_row_by_row() {
    let world = World::new();
    for (name, [place, zone, industry], expected, place_state, industry_state) in TABLE {
        let it = world.judge(name, place, zone, industry);
        let states = (it.shown().place_state, it.shown().industry_state);
        assert_eq!(
            (shown(&it).as_str(), states),
            (*expected, (*place_state, *industry_state)),
            "{name} in {place}"
        );
    }
}
