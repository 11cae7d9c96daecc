//! `heng name`: exit codes, both formats, names and places that are not as they should be.

use crate::program::Answer;
use crate::program::heng;
use crate::reports::valid;

const RULES: &str = "rules/innovation-cluster";

fn name(name: &str, more: &[&str]) -> Answer {
    heng(&[&["name", RULES, name], more].concat())
}

#[test]
fn exit_codes() {
    let good = "襄阳高新区航空装备产业创新型产业集群";
    assert_eq!(name(good, &["--at", "襄阳高新区"]).exit, 0);
    assert_eq!(name(good, &["--at", "湖北省孝感市"]).exit, 2);
    assert_eq!(name(good, &[]).exit, 4, "without a place, whether it is the case's own is open");
    assert_eq!(name("襄阳经开区航空装备产业创新型产业集群", &[]).exit, 2);
    assert_eq!(name(good, &["--at", "鼓楼区"]).exit, 1, "several places bear the name");
    assert_eq!(name(good, &["--at", "无此地"]).exit, 1);
    assert_eq!(name(good, &["--rule", "另一条"]).exit, 1);
    assert_eq!(heng(&["name", "rules/reference", good]).exit, 1, "no rule files");
}

/// The place decides a homonym, and the text names the parts and what would do.
#[test]
fn the_text_tells_parts_and_proposals() {
    let it = name("鼓楼区集成电路创新产业集群", &["--at", "福建省福州市鼓楼区"]);
    assert_eq!(it.exit, 2);
    for part in [
        "鼓楼区 ┃ 集成电路 ┃ 创新产业集群",
        "福建省福州市鼓楼区（350102），与所填一致",
        "写的是“创新产业集群”",
        "鼓楼区集成电路创新型产业集群",
    ] {
        assert!(it.result.contains(part), "{part}\n{}", it.result);
    }
    let english = name("鼓楼区集成电路创新产业集群", &["--lang", "en"]);
    assert!(english.result.contains("not met"), "{}", english.result);
}

/// Whatever is written as a name, the JSON is as its schema says, and the name stands in it as written.
#[test]
fn hostile_names_are_judged() {
    let long = "长".repeat(10_000);
    let names = [
        "",
        "   ",
        "创新型产业集群",
        "北京北京移动互联网创新型产业集群",
        "襄阳 高新区 航空装备产业创新型产业集群",
        "襄陽高新區航空裝備產業創新型產業集群",
        "襄阳(高新区)航空装备产业创新型产业集群（▲）",
        "Xiangyang Aviation Cluster",
        "<script>alert(1)</script>",
        "=cmd()",
        "--help-me",
        "\u{1b}[31m红",
        &long,
    ];
    for written in names {
        let it = name(written, &["--format", "json"]);
        assert!([0, 2, 4].contains(&it.exit), "{written}: {}", it.remarks);
        valid("name", &it.result);
        let read: serde_json::Value = serde_json::from_str(&it.result).unwrap();
        assert_eq!(read["name"], written);
        let told = name(written, &["--lang", "en"]);
        assert_eq!(told.exit, it.exit);
        assert!(!told.result.contains('\u{1b}'), "{written}");
    }
}
