//! The examples as their readers see them: overview, explanations and JSON, kept beside the data; the JSON against its schema.

use crate::program::Answer;
use crate::program::heng;
use crate::program::kept_in;
use serde_json::Value;
use std::path::Path;

#[test]
fn examples() {
    for story in stories() {
        let rules = format!("rules/{story}");
        let data = format!("examples/{story}");
        let eval = |more: &[&str]| heng(&[&["eval", rules.as_str(), &data], more].concat());
        let json = eval(&["--format", "json"]);
        valid("outcome", &json.result);
        keep(&story, "eval", &whole(&eval(&[])));
        keep(&story, "eval_en", &whole(&eval(&["--lang", "en"])));
        let document: Value = serde_json::from_str(&json.result).unwrap();
        keep(&story, "eval_json", &shortened(&document));
        let mut explained = String::new();
        for case in document["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap();
            let answer = heng(&["explain", &rules, &data, "--case", id]);
            assert_eq!(answer.exit, 0, "{}", answer.remarks);
            explained += &format!("$ heng explain {rules} {data} --case {id}\n{}\n", answer.result);
        }
        keep(&story, "explain", &explained);
        let first = document["cases"][0]["id"].as_str().unwrap();
        let all = heng(&["explain", &rules, &data, "--case", first, "--all"]);
        keep(&story, "explain_all", &all.result);
    }
}

/// A report with its first cases and columns only: they have every shape, and the text of all cases is kept besides.
fn shortened(report: &Value) -> String {
    let mut report = report.clone();
    for part in ["cases", "columns"] {
        report[part].as_array_mut().unwrap().truncate(6);
    }
    serde_json::to_string_pretty(&report).unwrap() + "\n"
}

/// The exit code, the remarks and the result.
fn whole(answer: &Answer) -> String {
    format!("{}\n{}\n{}", answer.exit, answer.remarks, answer.result)
}

/// The folders of `examples` that have a rulebook of their name.
fn stories() -> Vec<String> {
    let entries = std::fs::read_dir("examples").unwrap().map(|it| it.unwrap().path());
    let mut names: Vec<String> = entries
        .filter(|it| it.is_dir())
        .map(|it| it.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|it| Path::new("rules").join(it).is_dir())
        .collect();
    names.sort();
    names
}

fn keep(story: &str, name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(story);
    kept_in(&folder).bind(|| insta::assert_snapshot!(name, text));
}

/// Checks a text against one of the schemas that are published.
pub fn valid(schema: &str, text: &str) {
    let path = format!("schema/{schema}.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let instance: Value = serde_json::from_str(text).expect("the output is JSON");
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&instance)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Both schemas describe a finding in the same words.
#[test]
fn schemas_agree() {
    let read = |name: &str| -> Value {
        serde_json::from_str(
            &std::fs::read_to_string(format!("schema/{name}.schema.json")).unwrap(),
        )
        .unwrap()
    };
    let (outcome, diagnostics) = (read("outcome"), read("diagnostics"));
    for part in ["finding", "label", "cell"] {
        assert_eq!(outcome["$defs"][part], diagnostics["$defs"][part], "{part}");
    }
}

/// Every object of the schemas is closed, so that no field appears unannounced.
#[test]
fn schemas_are_closed() {
    fn look(value: &Value) {
        if value["type"] == "object" {
            assert!(!value["additionalProperties"].is_null(), "an open object: {value}");
        }
        match value {
            Value::Array(all) => all.iter().for_each(look),
            Value::Object(all) => all.values().for_each(look),
            _ => {}
        }
    }
    for name in ["outcome", "diagnostics", "name"] {
        look(
            &serde_json::from_str(
                &std::fs::read_to_string(format!("schema/{name}.schema.json")).unwrap(),
            )
            .unwrap(),
        );
    }
}
