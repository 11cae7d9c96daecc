//! The scores of the example against a second opinion: Python with exact fractions, from the same CSV (`tests/oracles`).

use crate::program::heng;
use serde_json::Value;
use std::process::Command;

/// Points and ranks of every case, and points of every indicator, to the last digit; of what is not known, both ends.
#[test]
fn scores_are_those_of_the_second_opinion() {
    let year = ["rules/innovation-cluster", "examples/innovation-cluster", "--on", "2022-12-31"];
    agree("cluster", "综合评价", &year);
    agree("zone", "综合质效", &["rules/zone-index", "examples/zone-index"]);
}

fn agree(which: &str, score: &str, run: &[&str]) {
    let Some(wanted) = second_opinion(which, run[1]) else { return };
    let answer = heng(&[&["eval"], run, &["--format", "json"]].concat());
    let found: Value = serde_json::from_str(&answer.result).expect("the output is JSON");
    let (mut compared, mut ranks) = (0, 0);
    for case in found["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let scores = case["scores"].as_array().unwrap();
        let found = scores.iter().find(|it| it["name"] == score).unwrap();
        let Some(wanted) = wanted.get(id) else {
            assert_eq!(found["state"], "not_applicable", "{id} is not in the population");
            continue;
        };
        let place = format!("{score} of {id}");
        same(found, &wanted["low"], &wanted["high"], &place);
        if let Some(rank) = found["rank"].as_object() {
            for (end, wanted) in [("low", &wanted["best"]), ("high", &wanted["worst"])] {
                assert_eq!(rank[end], *wanted, "{end} rank in {place}");
            }
            ranks += 1;
        }
        let mut parts = 0;
        for leaf in leaves(found) {
            let name = leaf["name"].as_str().unwrap();
            let ends = &wanted["parts"][name];
            same(&leaf["contribution"], &ends[0], &ends[1], &format!("{name} in {place}"));
            parts += 1;
        }
        assert_eq!(parts, wanted["parts"].as_object().unwrap().len(), "{place}");
        compared += 1;
    }
    assert_eq!(compared, wanted.as_object().unwrap().len());
    assert!(ranks == compared || ranks == 0 && which == "zone", "{ranks} ranks of {compared}");
}

/// What the Python script comes to; none, said aloud, without Python. CI has it (`tests/run.sh`).
fn second_opinion(which: &str, data: &str) -> Option<Value> {
    let python = Command::new("python3").args(["tests/oracles/index.py", which, data]).output();
    let output = match python {
        Ok(output) => output,
        Err(why) if std::env::var_os("CI").is_some() => panic!("python3: {why}"),
        Err(why) => {
            eprintln!("SKIPPED outside::{which}: no python3 ({why}); tests/run.sh installs it");
            return None;
        }
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("the second opinion is JSON"))
}

/// A settled number is the fraction; an open one has its ends, which are printed as decimals.
fn same(found: &Value, low: &Value, high: &Value, place: &str) {
    if low == high {
        assert_eq!(&found["exact"], low, "{place}");
        return;
    }
    assert_eq!(found["exact"], Value::Null, "{place}");
    // Ends are printed with two places, rounded outward.
    for (end, wanted, outward) in [("low", low, -1.0), ("high", high, 1.0)] {
        let beyond = (decimal(&found[end]) - decimal(wanted)) * outward;
        assert!((-1e-9..0.01).contains(&beyond), "{place}: {end} is {}, not {wanted}", found[end]);
    }
}

/// A number for a comparison of printed ends only.
fn decimal(text: &Value) -> f64 {
    let text = text.as_str().unwrap();
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
}

/// The parts that have no parts.
fn leaves(of: &Value) -> Vec<&Value> {
    let parts = of["parts"].as_array().unwrap();
    parts
        .iter()
        .flat_map(|it| if it["parts"] == Value::Array(vec![]) { vec![it] } else { leaves(it) })
        .collect()
}
