//! Every rule file of `tests/cases`, with the answer beside it: what `heng check` finds, what its tests and data come to.

use crate::program::Answer;
use crate::program::heng;
use crate::program::kept_in;
use crate::reports::valid;
use serde_json::Value;
use std::path::Path;

/// `x.heng` → `x.snap`. A data file `x.json` or a data folder `x` beside it is evaluated too, as text, or as
/// JSON where the name ends in `_json`; where it ends in `_explained` each case is explained as well. What lies in `good` has no errors, what lies in `bad` has findings;
/// what is good syntax may speak of things that are not there.
#[test]
fn cases() {
    insta::glob!("../cases", "**/*.heng", |path| {
        let source = std::fs::read_to_string(path).unwrap_or_else(|why| format!("({why})"));
        let name = path.file_stem().unwrap().to_str().unwrap();
        kept_in(path.parent().unwrap())
            .bind(|| insta::assert_snapshot!(name, format!("{source}\n----\n{}", answer(path))));
    });
}

fn answer(path: &Path) -> String {
    let rules = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap();
    let check = heng(&["check", rules]);
    let folder = path.parent().and_then(Path::file_name).and_then(|it| it.to_str());
    match folder {
        Some("good") if rules.contains("/syntax/") => {}
        Some("good") => {
            assert_eq!(check.exit, 0, "{rules}: a good case has errors\n{}", check.result)
        }
        Some("bad") => {
            assert!(check.result.lines().count() > 1, "{rules}: a bad case has no findings")
        }
        _ => panic!("{rules}: a case lies in a folder `good` or `bad`"),
    }
    let mut text = check.result.clone();
    if check.exit != 0 {
        return text;
    }
    let source = std::fs::read_to_string(path).unwrap();
    if source.lines().any(|line| ["测试 ", "test "].iter().any(|word| line.starts_with(word))) {
        add(&mut text, "test", &heng(&["test", rules]));
    }
    let stem = rules.strip_suffix(".heng").unwrap();
    let format = if stem.ends_with("_json") { "json" } else { "text" };
    for data in [format!("{stem}.json"), stem.to_owned()] {
        if Path::new(&data).exists() {
            add(&mut text, "eval", &heng(&["eval", rules, &data, "--format", format]));
            if stem.ends_with("_explained") {
                explain(&mut text, rules, &data);
            }
        }
    }
    text
}

/// Each case explained, and the first once more in English.
fn explain(text: &mut String, rules: &str, data: &str) {
    let report = heng(&["eval", rules, data, "--format", "json"]).result;
    valid("outcome", &report);
    let report: Value = serde_json::from_str(&report).unwrap();
    let cases = report["cases"].as_array().unwrap();
    let ids: Vec<&str> = cases.iter().map(|it| it["id"].as_str().unwrap()).collect();
    for id in &ids {
        let it = heng(&["explain", rules, data, "--case", id]);
        *text += &format!("\n---- explain {id}: {}\n{}", it.exit, it.result);
    }
    let it = heng(&["explain", rules, data, "--case", ids[0], "--lang", "en"]);
    *text += &format!("\n---- explain {} in English: {}\n{}", ids[0], it.exit, it.result);
}

fn add(text: &mut String, command: &str, answer: &Answer) {
    *text += &format!("\n---- {command}: {}\n{}{}", answer.exit, answer.remarks, answer.result);
}
