//! Rulebooks and data in memory: paths, encodings, fingerprints, what is taken and what is named.

use crate::source::Files;
use crate::workspace::Workspace;
use crate::workspace::beside;
use crate::workspace::load;
use crate::workspace::read_data;
use crate::workspace::within;
use std::collections::BTreeMap;

/// Files by path.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Memory {
    fn new(files: &[(&str, &[u8])]) -> Memory {
        Memory(files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect())
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0.get(path).cloned().ok_or_else(|| format!("“{path}”不存在"))
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        let below = |it: &&String| it.as_str() == path || it.starts_with(&format!("{path}/"));
        let found: Vec<String> = self.0.keys().filter(below).cloned().collect();
        if found.is_empty() { Err(format!("“{path}”不存在")) } else { Ok(found) }
    }
}

fn codes(workspace: &Workspace) -> Vec<&str> {
    workspace.findings.0.iter().map(|it| it.code.0).collect()
}

#[test]
fn paths_count_from_the_rule_file() {
    for (rule_file, named, path) in [
        ("rules/a/x.heng", "../reference/y.tsv", "rules/reference/y.tsv"),
        ("x.heng", "y.tsv", "y.tsv"),
        ("/r/x.heng", "./y.tsv", "/r/y.tsv"),
        ("../r/x.heng", "../../y.tsv", "../../y.tsv"),
        ("r/x.heng", "/y.tsv", "/y.tsv"),
    ] {
        assert_eq!(beside(rule_file, named), path);
    }
    for (path, name, shown) in [
        ("rules", "rules/a/x.heng", "a/x.heng"),
        ("rules/", "rules/x.heng", "x.heng"),
        (".", "./x.heng", "x.heng"),
        ("r/x.heng", "r/x.heng", "x.heng"),
    ] {
        assert_eq!(within(path, name), shown);
    }
}

#[test]
fn a_fingerprint_follows_names_and_bytes_but_not_the_place() {
    let print =
        |files: &[(&str, &[u8])], path: &str| load(&Memory::new(files), path).ok().unwrap().sha256;
    let policy = "政策 甲\n".as_bytes();
    let first = print(&[("r/x.heng", policy)], "r");
    assert_eq!(
        first,
        print(&[("elsewhere/r/x.heng", policy), ("elsewhere/r/notes.md", b"")], "elsewhere/r")
    );
    assert_eq!(first, print(&[("r/x.heng", policy)], "r/x.heng"));
    assert_ne!(first, print(&[("r/y.heng", policy)], "r"));
    assert_ne!(first, print(&[("r/x.heng", "政策 乙\n".as_bytes())], "r"));
    let listed = "政策 甲\n\n名单 乙 取自 “y.tsv”\n  名称 为 name\n".as_bytes();
    let with = |list: &[u8]| print(&[("r/x.heng", listed), ("r/y.tsv", list)], "r");
    assert_ne!(with(b"name\na\n"), with(b"name\nb\n"), "a list is part of the rulebook");
}

#[test]
fn what_is_no_text_is_told_alone() {
    let (gbk, _, _) = encoding_rs::GBK.encode("条件 甲\n");
    let files = [("r/a.heng", "政策 甲\n".as_bytes()), ("r/b.heng", gbk.as_ref())];
    let workspace = load(&Memory::new(&files), "r").ok().unwrap();
    assert_eq!((codes(&workspace), workspace.program.is_none()), (vec!["E0002"], true));
    let marked = [b"\xEF\xBB\xBF", "政策 甲\n".as_bytes()].concat();
    assert!(load(&Memory::new(&[("r/a.heng", &marked)]), "r").ok().unwrap().program.is_some());
    assert!(load(&Memory::new(&[("r/a.txt", b"")]), "r").is_err());
}

#[test]
fn a_list_that_is_not_there_is_told_where_it_is_named() {
    let rules = "政策 甲\n\n名单 乙 取自 “../y.tsv”\n  名称 为 name\n".as_bytes();
    let workspace = load(&Memory::new(&[("r/x.heng", rules)]), "r").ok().unwrap();
    let fault = workspace.findings.0.iter().find(|it| it.code.0 == "E0001").unwrap();
    assert_eq!(workspace.sources.slice(fault.labels[0].span), "“../y.tsv”");
    assert!(fault.message.zh.contains("“y.tsv”"), "{}", fault.message.zh);
}

#[test]
fn data_files_are_taken_or_named() {
    let files = Memory::new(&[
        ("d/README.md", b"x"),
        ("d/books.xlsx", b"x"),
        ("d/more/机构.csv", "名称\n".as_bytes()),
        ("d/企业.csv", "名称\n甲\n".as_bytes()),
        ("d/集群.JSON", "{\"集群\": []}".as_bytes()),
    ]);
    let data = read_data(&files, &["d".to_owned()], None).ok().unwrap();
    let tables: Vec<&str> = data.tables.iter().map(|it| it.name.as_str()).collect();
    let taken: Vec<&str> = data.files.iter().map(|(name, _)| name.as_str()).collect();
    let named: Vec<&str> = data
        .findings
        .0
        .iter()
        .filter_map(|it| it.source.as_ref())
        .map(|it| it.file.as_str())
        .collect();
    assert_eq!(tables, ["企业", "集群"]);
    assert_eq!(taken, ["books.xlsx", "企业.csv", "集群.JSON"]);
    assert_eq!(named, ["books.xlsx", "more/机构.csv"]);
    for (path, code) in [("d/README.md", "E0004"), ("e", "E0001")] {
        let refused = read_data(&files, &[path.to_owned()], None).err().map(|it| it.code.0);
        assert_eq!(refused, Some(code), "{path}");
    }
}

#[test]
fn rulebooks_that_are_built_on_are_read_once_and_are_part_of_the_fingerprint() {
    let base = "政策 国\n  文号 “国”\n\n数据 案\n  数 整数\n\n参数 限  3\n\n条件 够  对 案\n  依据 第一条\n  应当 数 ≥ 限\n\n结论 行  对 案\n  依据 第一条\n  须符合 够\n";
    let one = "政策 甲\n  沿用 “国.heng”\n\n修改 参数 限  4\n";
    let other = "政策 乙\n  沿用 “../国.heng”\n\n修改 参数 限  5\n";
    let both = "政策 丙\n  沿用 “../国.heng”、“../甲.heng”\n";
    let files = |base: &str| {
        let all = [
            ("r/国.heng", base),
            ("r/甲.heng", one),
            ("r/乙/a.heng", other),
            ("r/丙/a.heng", both),
        ];
        Memory(all.iter().map(|it| (it.0.to_owned(), it.1.as_bytes().to_vec())).collect())
    };
    let read = |path: &str| load(&files(base), path).ok().unwrap();
    for (path, policy, texts) in
        [("r/甲.heng", "甲", 2), ("r/乙", "乙", 2), ("r/丙/a.heng", "丙", 3)]
    {
        let workspace = read(path);
        assert_eq!(
            (codes(&workspace), workspace.sources.iter().count()),
            (vec![], texts),
            "{path}"
        );
        assert_eq!(workspace.program.unwrap().policy.title, policy);
        let changed = load(&files(&base.replace("限  3", "限  2")), path).ok().unwrap().sha256;
        assert_ne!(workspace.sha256, changed, "{path}");
    }
    // Rulebooks in one folder: the one that builds on the others is the one that is meant.
    let Memory(mut two) = files(base);
    two.retain(|path, _| !path.contains("/乙/") && !path.contains("/丙/"));
    let workspace = load(&Memory(two), "r").ok().unwrap();
    assert_eq!(codes(&workspace), Vec::<&str>::new());
    assert_eq!(workspace.program.unwrap().policy.title, "甲");
}

#[test]
fn rulebooks_that_build_on_each_other_are_told_in_a_ring() {
    let on = |path: &str| format!("政策 甲\n  沿用 “{path}”\n").into_bytes();
    let files = Memory(BTreeMap::from([
        ("r/甲/a.heng".to_owned(), on("../乙")),
        ("r/乙/a.heng".to_owned(), on("../丙")),
        ("r/丙/a.heng".to_owned(), on("../乙")),
        ("r/丁/a.heng".to_owned(), on("a.heng")),
    ]));
    let told = |path: &str| {
        let workspace = load(&files, path).ok().unwrap();
        assert_eq!(codes(&workspace), ["E0430"]);
        workspace.findings.0[0].message.zh.clone()
    };
    assert!(told("r/甲").ends_with("“r/乙” → “r/丙” → “r/乙”"), "{}", told("r/甲"));
    assert!(told("r/丁").contains("“r/丁/a.heng” → “r/丁/a.heng”"), "{}", told("r/丁"));
}
