//! The rulebooks that are shipped: each is sound and passes its own tests; the example runs under them, as they are asked for in the READMEs.

use crate::program::Answer;
use crate::program::heng;
use crate::program::kept_in;
use std::path::Path;

/// Every folder of `rules` that holds rules.
#[test]
fn rulebooks() {
    for rulebook in folders() {
        let check = heng(&["check", &rulebook]);
        assert_eq!(check.exit, 0, "{rulebook}: {}{}", check.remarks, check.result);
        let test = heng(&["test", &rulebook]);
        assert_eq!(test.exit, 0, "{rulebook}: {}{}", test.remarks, test.result);
    }
}

/// The yearly round of 2022, and the same clusters under the instrument of 2026.
#[test]
fn further_runs() {
    let data = "examples/innovation-cluster";
    let of_2022 = ["rules/innovation-cluster", data, "--on", "2022-12-31"];
    let of_2026 = ["rules/innovation-cluster-2026", data, "--on", "2026-10-01", "--period", "2021"];
    keep(data, "year", &of_2022, &["JQ01", "JQ07", "JQ08"]);
    keep(data, "successor", &of_2026, &["JQ01", "JQ11"]);
}

/// The overview of a run, and the explanation of some of its cases.
fn keep(folder: &str, name: &str, run: &[&str], cases: &[&str]) {
    let mut text = whole(&heng(&[&["eval"], run].concat()));
    for case in cases {
        let answer = heng(&[&["explain"], run, &["--case", case]].concat());
        assert_eq!(answer.exit, 0, "{}", answer.remarks);
        text += &format!("\n$ heng explain {} --case {case}\n{}", run.join(" "), answer.result);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    kept_in(&folder).bind(|| insta::assert_snapshot!(name, text));
}

fn whole(answer: &Answer) -> String {
    format!("{}\n{}\n{}", answer.exit, answer.remarks, answer.result)
}

fn folders() -> Vec<String> {
    let holds_rules = |it: &Path| {
        std::fs::read_dir(it).is_ok_and(|files| {
            files.flatten().any(|it| it.path().extension().is_some_and(|it| it == "heng"))
        })
    };
    let entries = std::fs::read_dir("rules").unwrap().map(|it| it.unwrap().path());
    let folders = entries.filter(|it| holds_rules(it));
    let mut names: Vec<String> = folders.map(|it| it.to_str().unwrap().to_owned()).collect();
    names.sort();
    assert!(names.len() > 1, "{names:?}");
    names
}
