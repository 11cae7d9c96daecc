//! What code hosts are given: SARIF in the shape that SARIF 2.1.0 asks for, and GitHub's commands with every sign escaped.
//!
//! The OASIS schema is not kept here (its terms are those of the TC, no open licence); [`shape`] says what it requires of
//! the properties that heng writes, names and enumerations included, and lets no other property through. Logs of all the
//! bad cases were validated by the schema itself when this was written.

use crate::program::folder;
use crate::program::heng_in;
use serde_json::Value;
use serde_json::json;
use std::path::PathBuf;

/// SARIF 2.1.0, §3.13 to §3.30 and §3.49, for the properties that are written.
fn shape() -> Value {
    let object = |required: Value, properties: Value| json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties});
    let message = object(json!(["text"]), json!({"text": {"type": "string", "minLength": 1}}));
    let positive = json!({"type": "integer", "minimum": 1});
    let region = object(
        json!(["startLine"]),
        json!({"startLine": positive, "startColumn": positive, "endLine": positive, "endColumn": positive}),
    );
    let artifact = object(
        json!(["uri"]),
        json!({"uri": {"type": "string", "pattern": "^(file://)?[A-Za-z0-9._~/%-]+$"}}),
    );
    let physical = object(
        json!(["artifactLocation"]),
        json!({"artifactLocation": artifact, "region": region}),
    );
    let location = object(
        json!(["physicalLocation"]),
        json!({"physicalLocation": physical, "message": message}),
    );
    let locations = json!({"type": "array", "items": location});
    let level = json!({"enum": ["none", "note", "warning", "error"]});
    let rule = object(
        json!(["id"]),
        json!({"id": {"type": "string"}, "shortDescription": message, "defaultConfiguration": object(json!([]), json!({"level": level}))}),
    );
    let driver = object(
        json!(["name"]),
        json!({"name": {"type": "string"}, "version": {"type": "string"}, "rules": {"type": "array", "uniqueItems": true, "items": rule}}),
    );
    let result = object(
        json!(["message"]),
        json!({"ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": -1}, "level": level, "message": message, "locations": locations, "relatedLocations": locations}),
    );
    let run = object(
        json!(["tool"]),
        json!({"tool": object(json!(["driver"]), json!({"driver": driver})), "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]}, "results": {"type": "array", "items": result}}),
    );
    object(
        json!(["version", "runs"]),
        json!({"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": run}}),
    )
}

fn is_of_shape(text: &str, what: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::draft202012::new(&shape()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&log).map(|it| it.to_string()).collect();
    assert!(faults.is_empty(), "{what}: {faults:?}");
    // §3.27.6: the index is that of the rule of the same id.
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    for it in log["runs"][0]["results"].as_array().unwrap() {
        assert_eq!(rules[it["ruleIndex"].as_u64().unwrap() as usize]["id"], it["ruleId"]);
    }
    log
}

/// The bad cases and the shipped rulebook, as logs.
#[test]
fn every_log_has_the_shape_of_sarif() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut books: Vec<PathBuf> = std::fs::read_dir(root.join("tests/cases/check/bad"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "heng"))
        .collect();
    books.sort();
    books.push(root.join("rules/innovation-cluster"));
    assert!(books.len() > 4, "{books:?}");
    let mut results = 0;
    for book in books {
        let book = book.to_str().unwrap();
        for lang in ["zh", "en"] {
            let answer = heng_in(root, &["check", book, "--format", "sarif", "--lang", lang]);
            let log = is_of_shape(&answer.result, book);
            results += log["runs"][0]["results"].as_array().unwrap().len();
        }
    }
    assert!(results > 20, "{results}");
}

const RULES: &str = "\
政策 示例办法
  施行 2020-01-01 起
  适用时点 申请日

数据 集群
  编号    文本，标识
  申请日  日期
  人数    计量（人，≥ 0）

条件 人数要求  对 集群
  依据 第一条
  应当 人数 ≥ 20 人

测试 「::error::100%，两行」  对 集群
  设 申请日 为 2021-01-01
  设 人数 为 19
  期望 人数要求 为 符合
";

/// A file name and a test name that would be commands, if they could: none of their signs acts.
#[test]
fn signs_cannot_act_as_commands() {
    let path = "书 100%,:/a:b,c.heng";
    let here = folder("hosts/odd", &[(path, RULES.as_bytes())]);
    let test = heng_in(&here, &["test", "书 100%,:", "--format", "github"]);
    let lines: Vec<&str> = test.result.lines().collect();
    assert_eq!((test.exit, lines.len()), (2, 2), "{}", test.result);
    assert!(
        lines[0].starts_with("::error file=书 100%25%2C%3A/a%3Ab%2Cc.heng,line=17,"),
        "{}",
        lines[0]
    );
    let (properties, message) = lines[0][2..].split_once("::").unwrap();
    assert!(!properties.contains('%') || properties.contains("%25"), "{properties}");
    // The message is one line, its own percent sign is written out.
    assert!(message.contains("100%25") && message.contains("%0A"), "{message}");
    let sarif = heng_in(&here, &["test", "书 100%,:", "--format", "sarif"]);
    let log = is_of_shape(&sarif.result, "test");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = "%E4%B9%A6%20100%25%2C%3A/a%3Ab%2Cc.heng";
    assert_eq!(place["artifactLocation"]["uri"], uri);
    std::fs::write(here.join(path), RULES.replace("应当 人数", "应当 人娄")).unwrap();
    let check = heng_in(&here, &["check", "书 100%,:", "--format", "github"]);
    assert_eq!(check.exit, 3);
    assert!(
        check.result.starts_with("::error file=书 100%25%2C%3A/a%3Ab%2Cc.heng,line=12,"),
        "{}",
        check.result
    );
}
