//! The report as a page: sound, complete, harmless whatever the data hold, and usable in a real browser.

use crate::program::folder;
use crate::program::heng;
use crate::program::heng_in;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// A rulebook that is sound.
const RULES: &str = "\
政策 示例<b>办法</b>
  文号 示例〔2020〕1号
  条文 第一条 至 第三条

数据 集群
  编号    文本，标识
  名称    文本
  人数    计量（人）

条件 人数要求  对 集群
  依据 第一条
  应当 人数 ≥ 20 人

结论 认定  对 集群
  依据 第三条
  须符合 人数要求
";

/// Names and keys that would act if they could.
const HOSTILE: &str = "编号,名称,人数
<i>1</i>,<script>alert(1)</script>,30
a b,\"\"\"><img src=x onerror=alert(1)>\",3
a#b,=cmd|' /C calc'!A0,30
a%62,</style></title><!--,
javascript:alert(1),甲\u{1b}[2J\u{202e}乙,30
' onclick='alert(1),&lt;b&gt;,30
";

const EXAMPLE: [&str; 5] =
    ["eval", "rules/innovation-cluster", "examples/innovation-cluster", "--format", "html"];

fn example(more: &[&str]) -> String {
    let answer = heng(&[&EXAMPLE[..], more].concat());
    assert!([2, 4].contains(&answer.exit), "{}", answer.remarks);
    answer.result
}

fn hostile(name: &str) -> (PathBuf, String) {
    let rules = RULES.as_bytes();
    let data = HOSTILE.as_bytes();
    let folder = folder(name, &[("rules.heng", rules), ("data/集群.csv", data)]);
    let args = ["eval", "rules.heng", "data", "--format", "html", "--on", "2024-01-01"];
    let answer = heng_in(&folder, &args);
    assert_eq!(answer.exit, 2, "{}", answer.remarks);
    (folder, answer.result)
}

/// A page with a ranking.
fn ranked() -> String {
    let case = "tests/cases/report/good/scores_explained";
    let answer = heng(&["eval", &format!("{case}.heng"), case, "--format", "html"]);
    assert_eq!(answer.exit, 0, "{}", answer.remarks);
    answer.result
}

#[test]
fn a_ranking_stands_before_the_cases() {
    let page = ranked();
    let (_, ranking) = page.split_once("<section class=\"ranking\"").expect("a ranking");
    let (ranking, cases) = ranking.split_once("</section>").unwrap();
    let named = |text: &str| {
        let names = text.split("<bdi>").skip(1).map(|it| it.split('<').next().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let order = ["甲集群", "乙集群", "丙集群", "丁集群", "戊集群", "己集群", "庚集群", "辛集群"];
    assert_eq!(named(ranking), order);
    for part in ["研发强度", "专利", "能耗", "示范分"] {
        assert!(cases.matches(&format!(">{part}</th>")).count() >= 8, "{part}");
    }
    assert!(cases.contains("反馈（中位：规模为大的 3 例；先列长处）"));
}

#[test]
fn the_page_is_sound() {
    let (_, names) = hostile("html_sound");
    let pages =
        [example(&[]), example(&["--lang", "en"]), example(&["--case", "JQ02"]), names, ranked()];
    for page in pages {
        let tags = tags(&page);
        let ids: Vec<&str> = tags.iter().filter_map(|it| attribute(it, "id")).collect();
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids[..at].contains(id), "{id} stands twice");
        }
        for link in tags.iter().filter_map(|it| attribute(it, "href")) {
            let target = link.strip_prefix('#').expect("links stay on the page");
            assert!(ids.contains(&target), "{link} leads nowhere");
        }
        for label in tags.iter().filter_map(|it| attribute(it, "aria-labelledby")) {
            assert!(ids.contains(&label), "{label} names nothing");
        }
        for tag in &tags {
            let acts = |name: &str| attribute(tag, name).is_some();
            assert!(!acts("src") && !acts("style") && !tag.contains(" on"), "{tag}");
        }
    }
}

/// What the JSON of the example says is on its page: cases, notes, remedies, grades.
#[test]
fn all_cases_are_there() {
    let page = example(&[]);
    assert!(page.contains("<html lang=\"zh-CN\">"));
    assert!(example(&["--lang", "en"]).contains("<html lang=\"en\">"));
    let json = heng(&[&EXAMPLE[..3], &["--format", "json"]].concat()).result;
    let document: Value = serde_json::from_str(&json).unwrap();
    let list = |value: &Value| value.as_array().unwrap().clone();
    let says = |value: &Value| {
        let text = value.as_str().unwrap();
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.contains(&text.replace('"', "&quot;")), "{text}");
    };
    for case in list(&document["cases"]) {
        let id = case["id"].as_str().unwrap();
        assert!(page.contains(&format!("<section class=\"case\" id=\"case-{id}\"")), "{id}");
        assert!(page.contains(&format!("<a href=\"#case-{id}\">")), "{id}");
        says(&case["name"]);
        let conclusions = list(&case["conclusions"]);
        conclusions.iter().flat_map(|it| list(&it["notes"])).for_each(|it| says(&it["text"]));
        for criterion in list(&case["criteria"]) {
            says(&criterion["name"]);
            if criterion["force"] == "must" && criterion["verdict"] == "not_met" {
                list(&criterion["remedies"]).iter().for_each(|it| says(&it["text"]));
            }
        }
        list(&case["indicators"]).iter().for_each(|it| says(&it["name"]));
        list(&case["grades"])
            .iter()
            .filter(|it| it["value"].is_string())
            .for_each(|it| says(&it["value"]));
    }
    list(&document["diagnostics"]).iter().for_each(|it| says(&it["message"]));
    assert_eq!(page, example(&[]), "the same input gives the same bytes");
}

#[test]
fn the_page_goes_to_a_file() {
    let folder = folder("html_file", &[]);
    let path = folder.join("page.html");
    assert_eq!(example(&["--out", path.to_str().unwrap()]), "");
    assert_eq!(std::fs::read_to_string(path).unwrap(), example(&[]));
}

#[test]
fn names_cannot_act() {
    let (_, page) = hostile("html_names");
    let body = page.split_once("</style>").unwrap().1;
    for raw in
        ["<script>alert", "<img", "</style>", "<!--", "<i>1", "示例<b>", "\u{1b}", "\u{202e}"]
    {
        assert!(!body.contains(raw), "{raw:?}");
    }
    for shown in ["&lt;script&gt;alert(1)&lt;/script&gt;", "甲␛[2J⟨U+202E⟩乙", "&amp;lt;b&amp;gt;"]
    {
        assert!(body.contains(shown), "{shown}");
    }
}

/// In headless Chromium, where it and its driver are installed; `tests/run.sh` installs them.
#[test]
fn in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let driver = root.join("target/browser");
    let places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let chromium = places.into_iter().find(|it| Path::new(it).exists());
    let Some(chromium) = chromium.filter(|_| driver.join("node_modules/playwright-core").exists())
    else {
        let why = "SKIPPED html::in_a_browser: no Chromium or no playwright-core in target/browser; tests/run.sh installs them";
        assert!(std::env::var_os("CI").is_none(), "{why}");
        // Past the capture of the test harness, so that it is seen.
        let _ = writeln!(std::io::stderr(), "{why}");
        return;
    };
    let (folder, names) = hostile("html_browser");
    let [page, hostile] = ["page.html", "names.html"].map(|it| folder.join(it));
    std::fs::write(&page, example(&[])).unwrap();
    std::fs::write(&hostile, names).unwrap();
    let output = Command::new("node")
        .arg(root.join("tests/browser/page.mjs"))
        .args([&driver, Path::new(chromium), &page, &hostile])
        .output()
        .expect("node runs");
    let said = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    assert_eq!(said(&output.stdout).matches("ok ").count(), 6);
}

/// The opening tags of a page, after a look at whether each is closed where it must be.
fn tags(page: &str) -> Vec<&str> {
    const VOID: [&str; 3] = ["meta", "input", "br"];
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("the page names its kind");
    let mut open: Vec<&str> = vec![];
    let mut tags = vec![];
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "closed out of turn, before {}",
                &rest[..rest.len().min(90)]
            );
            continue;
        }
        assert!(tag.starts_with(|c: char| c.is_ascii_lowercase()), "<{tag}>");
        let name = tag.split(' ').next().unwrap();
        tags.push(tag);
        if ["style", "script"].contains(&name) {
            rest = &rest[rest.find(&format!("</{name}>")).expect("it is closed")..];
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|it| it.0)
}
