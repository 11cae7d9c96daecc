//! The untidy example against the clean one: every verdict, figure, score, rank and seat, whatever kind of workbook it is, and what is said of its form.

use crate::office;
use crate::program::Answer;
use crate::program::heng;
use crate::program::kept_in;
use serde_json::Value;
use std::path::Path;

const CLEAN: &str = "examples/innovation-cluster";
const MESSY: &str = "examples/messy/集群评价材料.xlsx";

/// The year's end, an application on its own day, and the rulebook of 2026 over the same tables.
const RUNS: [(&str, &[&str]); 3] = [
    ("rules/innovation-cluster", &["--on", "2022-12-31"]),
    ("rules/innovation-cluster", &[]),
    ("rules/innovation-cluster-2026", &["--on", "2026-10-01", "--period", "2021"]),
];

fn eval(rules: &str, data: &str, more: &[&str]) -> Answer {
    heng(&[&["eval", rules, data, "--format", "json"], more].concat())
}

/// All that is decided of the cases. What is said of it names cells, which stand elsewhere in a workbook.
fn decided(answer: &Answer) -> Value {
    fn bare(value: &Value) -> Value {
        match value {
            Value::Array(all) => all.iter().map(bare).collect(),
            Value::Object(all) => {
                let told = ["notes", "causes", "message", "remedies"];
                let kept = all.iter().filter(|it| !told.contains(&it.0.as_str()));
                kept.map(|(name, it)| (name.clone(), bare(it))).collect()
            }
            other => other.clone(),
        }
    }
    let report: Value = serde_json::from_str(&answer.result).expect(&answer.remarks);
    bare(&report["cases"])
}

/// Both come to the same, case by case.
fn agree(clean: &Answer, messy: &Answer, run: &str) {
    let (clean, messy) = (decided(clean), decided(messy));
    let (clean, messy) = (clean.as_array().unwrap(), messy.as_array().unwrap());
    assert_eq!((clean.len(), messy.len()), (28, 28), "{run}");
    for (clean, messy) in clean.iter().zip(messy) {
        for part in ["id", "on", "conclusions", "criteria", "indicators", "scores", "grades"] {
            assert!(!clean[part].is_null() || part == "on", "{run}: {part}");
            assert_eq!(clean[part], messy[part], "{run} {}: {part}", clean["id"]);
        }
        assert_eq!(clean, messy, "{run}");
    }
}

#[test]
fn the_untidy_example_comes_to_all_that_the_clean_one_does() {
    for (rules, more) in RUNS {
        let (clean, messy) = (eval(rules, CLEAN, more), eval(rules, MESSY, more));
        agree(&clean, &messy, &format!("{rules} {more:?}"));
        assert_eq!(clean.exit, messy.exit, "{rules} {more:?}");
        // What is wrong with the facts is found in both.
        let left: Vec<String> = cases_of(&clean).into_iter().fold(vec![], |mut left, it| {
            if !cases_of(&messy).contains(&it) {
                left.push(it);
            }
            left
        });
        assert!(left.is_empty(), "{rules} {more:?}: {left:?}");
    }
}

/// The findings about single cases: code and case.
fn cases_of(answer: &Answer) -> Vec<String> {
    let report: Value = serde_json::from_str(&answer.result).unwrap();
    let all = report["diagnostics"].as_array().unwrap().iter();
    let of_cases = all.filter(|it| !it["case"].is_null() && it["code"] != "W0613");
    of_cases.map(|it| format!("{} {}", it["code"], it["case"])).collect()
}

/// The list of findings, and which column was read for which field.
#[test]
fn what_is_said_of_the_untidy_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/messy");
    let on = ["eval", RUNS[0].0, MESSY, "--on", "2022-12-31"];
    let told = heng(&on);
    let verbose = heng(&[&on[..], &["--verbose"]].concat());
    let columns = verbose.remarks.strip_prefix(&told.remarks).expect("more is said, not other");
    kept_in(&folder).bind(|| {
        insta::assert_snapshot!("findings", told.remarks);
        insta::assert_snapshot!("columns", columns);
    });
}

/// The same workbook saved by LibreOffice as the other kinds that offices use.
#[test]
fn the_untidy_example_is_the_same_as_xls_and_ods() {
    let (rules, more) = RUNS[0];
    let place = crate::program::folder("untidy", &[]);
    let copy = place.join("集群评价材料.xlsx");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(MESSY), &copy).unwrap();
    let clean = eval(rules, CLEAN, more);
    for ending in ["ods", "xls"] {
        let Some(other) = office::rewritten(&copy, ending) else { return };
        let answer = eval(rules, other.to_str().unwrap(), more);
        agree(&clean, &answer, ending);
        assert_eq!(clean.exit, answer.exit, "{ending}");
    }
}
