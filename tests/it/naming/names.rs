//! Homonyms, zones, former names, bad input, corrected names, and every reviewed name.

use crate::naming::World;
use crate::naming::judge;
use crate::naming::kinds;
use crate::naming::possible;
use crate::naming::shown;
use crate::naming::small;
use heng::ir::Force;
use heng::naming::Case;
use heng::naming::FindingKind;
use heng::naming::Given;
use heng::naming::Judgement;
use heng::naming::Namer;
use heng::value::Truth;

#[test]
fn a_zone_that_a_complete_list_lacks_is_no_zone() {
    let (lists, mut rule) = small("甲市\t", "甲市高新区\t甲市", true, &["新材料"]);
    let namer = Namer::new(&rule, &lists);
    let name = "甲市东高新区新材料创新型产业集群";
    let it = judge(&namer, &lists, name, ["甲市", "", "新材料"]);
    assert_eq!(shown(&it), "甲市东高新区┃新材料┃创新型产业集群 {F} {T}");
    rule.industry_force = Force::Must;
    let namer = Namer::new(&rule, &lists);
    let it = judge(&namer, &lists, "甲市药创新型产业集群", ["甲市", "", "新材料"]);
    assert_eq!(shown(&it), "甲市┃药┃创新型产业集群 {F} {T}");
    assert_eq!(it.proposals[0].name, "甲市新材料创新型产业集群");
}

#[test]
fn homonyms_are_settled_by_the_case() {
    let world = World::new();
    let code = |it: &Judgement| {
        let last = it.shown().cut.chain.last().expect("a place").place;
        Namer::new(&world.rule, &world.lists).place(last).code.clone().expect("a code")
    };
    let name = "朝阳区集成电路制造创新型产业集群";
    for (place, expected) in [("110105", "110105"), ("220104", "220104"), ("220100", "220104")] {
        let it = world.judge(name, place, "无", "");
        assert_eq!(code(&it), expected);
    }
    let blank = world.judge(name, "", "无", "");
    assert_eq!((blank.truth(), code(&blank).as_str()), (Truth::UNDECIDED, "110105"));
    assert!(kinds(&blank).contains(&FindingKind::Homonyms));
    // 吉林 is a province and a city.
    assert_eq!(code(&world.judge("吉林集成电路制造创新型产业集群", "长春市", "无", "")), "220000");
    assert_eq!(code(&world.judge("吉林集成电路制造创新型产业集群", "吉林市", "无", "")), "220200");
    assert_eq!(
        code(&world.judge("吉林吉林集成电路制造创新型产业集群", "吉林市", "无", "")),
        "220200"
    );
    // 长沙县 is not 长沙 with 县 left over, though the case says 长沙市 only.
    let it = world.judge("长沙县工程机械创新型产业集群", "长沙市", "无", "");
    assert_eq!(shown(&it), "长沙县┃工程机械┃创新型产业集群 {TF} {F}");
}

#[test]
fn zones_in_their_divisions() {
    let world = World::new();
    for (name, place) in [
        ("孝感高新区（应城）生物育种创新型产业集群", "孝感高新区(应城)"),
        ("孝感市孝感高新区（应城市）生物育种创新型产业集群", "孝感市孝感高新区(应城市)"),
        ("孝感国家高新区(湖北省应城)生物育种创新型产业集群", "孝感国家高新区"),
    ] {
        let it = world.judge(name, "应城市", "孝感高新区", "生物育种");
        assert_eq!(it.place.text, place, "{name}");
    }
    let name = "孝感高新区（应城）生物育种创新型产业集群";
    assert_eq!(world.judge(name, "应城市", "孝感高新区", "").truth(), Truth::TRUE);
    assert_eq!(world.judge(name, "孝感市", "孝感高新区", "").truth(), Truth::UNDECIDED);
    assert_eq!(world.judge(name, "云梦县", "孝感高新区", "").truth(), Truth::FALSE);
    assert_eq!(world.judge(name, "应城市", "无", "").truth(), Truth::FALSE);
    // Every way to call one zone; the county before it is passed over where the table says only the city.
    for name in
        ["东湖高新区", "武汉市东湖高新区", "武汉东湖新技术开发区", "湖北省武汉市洪山区东湖高新区"]
    {
        let it = world.judge(
            &format!("{name}生物育种创新型产业集群"),
            "洪山区",
            "武汉东湖高新区",
            "生物育种",
        );
        assert_eq!((it.place.text.as_str(), it.truth()), (name, Truth::TRUE));
    }
    // A zone of another city, while the case's zone is blank, stays open, and it is said.
    let it = world.judge("孝感高新区生物育种创新型产业集群", "武汉市", "", "生物育种");
    assert_eq!(it.truth(), Truth::UNDECIDED);
    assert!(kinds(&it).contains(&FindingKind::ZoneElsewhere));
}

#[test]
fn former_names_are_noted() {
    let world = World::new();
    let it = world.judge("襄樊市集成电路制造创新型产业集群", "襄阳市", "无", "");
    assert!(
        it.findings.iter().any(|it| it.text.zh == "“襄樊市”是曾用名（至 2009 年），今为襄阳市")
    );
    let it = world.judge("南长区集成电路制造创新型产业集群", "", "无", "");
    assert!(it.findings.iter().any(|it| it.text.zh == "“南长区”是曾用名（至 2014 年）"));
    assert_eq!(it.truth(), Truth::UNDECIDED);
    // Today's bearer of a name comes first, also where the case settles nothing.
    let it = world.judge("邢台集成电路制造创新型产业集群", "", "无", "");
    assert!(!it.shown().former);
}

#[test]
fn proposals_mend_what_must_be_mended() {
    let world = World::new();
    let names = |it: &Judgement| it.proposals.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let it = world.judge("移动互联网产业集群", "孝感市", "孝感高新区", "");
    assert_eq!(
        names(&it)[..2],
        [
            "孝感市移动互联网创新型产业集群".to_owned(),
            "孝感高新区移动互联网创新型产业集群".to_owned()
        ]
    );
    let it =
        world.judge("荆州高新区集成电路制造创新型产业集群", "孝感市", "孝感高新区", "集成电路制造");
    assert_eq!(names(&it)[0], "孝感高新区集成电路制造创新型产业集群");
    let it = world.judge("武汉创新型产业集群", "武汉市", "无", "集成电路制造");
    assert_eq!(names(&it), ["武汉集成电路制造创新型产业集群"]);
    let it = world.judge("鼓楼区创新产业集群", "350102", "无", "1.2.4");
    assert_eq!(names(&it), ["鼓楼区集成电路制造创新型产业集群"]);
    let it = world.judge("武汉市集成电路制造集群", "350102", "无", "1.2.4");
    assert_eq!(names(&it), ["福州市鼓楼区集成电路制造创新型产业集群"]);
    assert!(
        world.judge("武汉集成电路制造创新型产业集群", "武汉市", "无", "1.2.4").proposals.is_empty()
    );
}

#[test]
fn bad_input_is_judged_and_explained() {
    use FindingKind as K;
    let world = World::new();
    let judge = |name: &str| world.judge(name, "武汉市", "武汉东湖高新区", "集成电路制造");
    let it = judge("");
    assert_eq!((shown(&it).as_str(), kinds(&it)), ("┃┃ {F} {T}", vec![K::Empty]));
    assert_eq!(it.proposals[0].name, "武汉市集成电路制造创新型产业集群");
    assert_eq!(shown(&judge("创新型产业集群")), "┃┃创新型产业集群 {F} {T}");
    assert_eq!(kinds(&judge(" \u{3000}（▲）")), [K::Empty, K::ListMark]);

    let long = judge(&format!("武汉{}创新型产业集群", "集成电路制造".repeat(1665)));
    assert_eq!((long.truth(), long.industry.text.chars().count()), (Truth::TRUE, 9990));
    assert!(kinds(&long).contains(&K::Long));
    assert!(long.findings.iter().all(|it| it.text.zh.chars().count() < 300));
    for piece in ["武汉", "武汉市", "高新区", "（", "园区", "湖北省武汉市东湖高新区（洪山）"]
    {
        assert_ne!(judge(&piece.repeat(10_000 / piece.chars().count())).truth(), Truth::TRUE);
    }

    let it = judge("武汉东湖 高新区集成电路制造 创新型产业集群");
    assert!(kinds(&it).contains(&K::Blanks));
    assert_eq!(it.proposals[0].name, "武汉东湖高新区集成电路制造创新型产业集群");
    let it = judge("武汉市 集成电路制造 创新型产业集群");
    assert_eq!((it.truth(), it.soft(), kinds(&it)), (Truth::TRUE, Truth::TRUE, vec![K::Blanks]));

    let it = world.judge(
        "孝感高新区(应城)集成电路制造创新型产业集群",
        "应城市",
        "孝感高新区",
        "集成电路制造",
    );
    assert_eq!((it.truth(), kinds(&it)), (Truth::TRUE, vec![K::Width]));
    let it = judge("武汉市武汉市集成电路制造创新型产业集群");
    assert_eq!(
        (shown(&it).as_str(), kinds(&it)),
        ("武汉市┃武汉市集成电路制造┃创新型产业集群 {T} {F}", vec![K::SecondPlace, K::Departure])
    );
    let it = judge("武汉集成电路制造、人工智能创新型产业集群");
    assert_eq!(kinds(&it), [K::SeveralIndustries, K::Departure]);
    assert_eq!(it.proposals[0].name, "武汉集成电路制造创新型产业集群");
    assert_eq!(
        kinds(&judge("武汉集成电路制造人工智能创新型产业集群")),
        [K::SeveralIndustries, K::Departure]
    );

    let it = judge("武漢市集成電路製造創新型產業集群");
    assert_eq!((it.truth(), kinds(&it)), (Truth::FALSE, vec![K::Traditional, K::Departure]));
    assert_eq!(it.proposals[0].name, "武汉市集成电路制造创新型产业集群");

    let it = judge("武汉集成电路制造创新型产业集群（▲）");
    assert_eq!(
        (shown(&it).as_str(), kinds(&it)),
        ("武汉┃集成电路制造┃创新型产业集群 {T} {T}", vec![K::ListMark])
    );
    assert_eq!(kinds(&judge("武汉集成电路制造创新型产业集群 ▲")), [K::ListMark]);
    let it = judge("Wuhan Integrated Circuit Cluster");
    assert_eq!(shown(&it), "┃Wuhan Integrated Circuit Cluster┃ {F} {F}");
    assert_eq!(judge("<script>alert(1)</script>").truth(), Truth::FALSE);
    assert_eq!(judge("=cmd()").truth(), Truth::FALSE);
}

/// L2: a settled verdict stands whatever a blank place or zone turns out to be.
#[test]
fn blanks_hide_no_verdict() {
    let world = World::new();
    let namer = Namer::new(&world.rule, &world.lists);
    let blank = possible(&world.lists[0], "");
    let industry = Given::NotAsked;
    let names = names();
    for row in names.iter().step_by(9) {
        let truth = |place, zone| {
            let places = [place, zone];
            namer.verdict(row, &Case { places: &places, industry }).truth
        };
        let all = truth(Given::Set(&blank), Given::Set(&blank));
        for place in (0..world.lists[0].members.len() as u32).step_by(17) {
            let half = truth(Given::One(place), Given::Set(&blank));
            assert!(all.union(half) == all, "{row}: {half:?} is not in {all:?}");
            for zone in (0..world.lists[1].members.len() as u32).step_by(40) {
                let full = truth(Given::One(place), Given::One(zone));
                assert!(half.union(full) == half, "{row}: {full:?} is not in {half:?}");
            }
        }
    }
}

fn names() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/naming/cluster_names.tsv"
    ))
    .expect("the names");
    text.lines().skip(1).map(|line| line.split('\t').next().expect("a name").to_owned()).collect()
}

/// The first proposal for a real name fails no 应 part.
#[test]
fn proposals_do_not_fail() {
    let world = World::new();
    for name in names() {
        let case = ["武汉市", "武汉东湖高新区", "集成电路制造"];
        let it = world.judge(&name, case[0], case[1], case[2]);
        for proposal in &it.proposals {
            let again = world.judge(&proposal.name, case[0], case[1], case[2]);
            assert_ne!(again.truth(), Truth::FALSE, "{name} → {}", proposal.name);
        }
    }
}

/// The reviewed answers, with the province as the case's place and all else blank.
#[test]
fn every_real_name_is_read_as_reviewed() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/naming/reviewed.tsv");
    let reviewed = std::fs::read_to_string(file).expect("the reviewed table");
    assert_eq!(reviewed, review(&World::new()));
}

fn review(world: &World) -> String {
    let namer = Namer::new(&world.rule, &world.lists);
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/it/naming/cluster_names.tsv"
    ))
    .expect("the names");
    let mut table =
        "name\tprovince\tplace\tcodes\tplace_state\tindustry\tclass\tsuffix\tverdict\tnotes\n"
            .to_owned();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let province = world.lists[0]
            .members
            .iter()
            .find(|it| it.level == 1 && it.short.as_deref() == Some(cells[3]));
        let code = province.and_then(|it| it.code.as_deref()).expect("a province");
        let it = judge(&namer, &world.lists, cells[0], [code, "", ""]);
        let levels = it.shown().cut.chain.levels().iter();
        let codes: Vec<String> = levels
            .map(|level| {
                let written = &it.folded[level.start as usize..level.end as usize];
                format!("{written}={}", namer.place(level.place).code.as_deref().unwrap_or("-"))
            })
            .collect();
        let class = it.shown().class.map_or("not in the classification".to_owned(), |class| {
            let member = &world.lists[2].members[class as usize];
            format!("{} (level {})", member.code.as_deref().unwrap_or("-"), member.level)
        });
        let verdict = match it.truth() {
            Truth::TRUE => "met",
            Truth::FALSE => "not_met",
            _ => "undetermined",
        };
        let notes: Vec<String> = it.findings.iter().map(|it| format!("{:?}", it.kind)).collect();
        let row = [
            cells[0],
            cells[3],
            &it.place.text,
            &codes.join(" "),
            &format!("{:?}", it.shown().place_state),
            &it.industry.text,
            &class,
            &it.suffix.text,
            verdict,
            &notes.join(" "),
        ];
        table += &(row.join("\t") + "\n");
    }
    table
}
