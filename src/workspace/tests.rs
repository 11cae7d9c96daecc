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
    assert_eq!(taken, ["企业.csv", "集群.JSON"]);
    assert_eq!(named, ["books.xlsx", "more/机构.csv"]);
    for (path, code) in [("d/README.md", "E0004"), ("d/books.xlsx", "E0004"), ("e", "E0001")] {
        let refused = read_data(&files, &[path.to_owned()], None).err().map(|it| it.code.0);
        assert_eq!(refused, Some(code), "{path}");
    }
}
