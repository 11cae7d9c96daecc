//! Proposed tests of a small rulebook with most constructs: they pass, and notice nearly all small changes to it.

use crate::program::folder;
use crate::program::heng_in;
use serde_json::Value;

#[test]
fn what_is_proposed_passes_and_notices_changes() {
    let rules = include_str!("../cases/mutants/small.heng");
    let here = folder("mutants", &[("rules.heng", rules.as_bytes())]);
    let proposed = heng_in(&here, &["test", "rules.heng", "--generate", "--out", "more.heng"]);
    assert_eq!(proposed.exit, 0, "{}", proposed.remarks);
    let args = ["test", "rules.heng", "--mutate", "--with", "more.heng", "--format", "json"];
    let answer = heng_in(&here, &args);
    assert_eq!(answer.exit, 0, "{}", answer.remarks);
    let report: Value = serde_json::from_str(&answer.result).unwrap();
    let count = |key: &str| report[key].as_u64().unwrap();
    // One of the four left, the first day of a parameter from which the policy itself is in force, changes nothing.
    assert_eq!((count("killable"), count("survived")), (75, 0));
    assert!(count("killed") >= 71, "{}", answer.result);
    assert_eq!(count("killed"), count("killed_by_generated"));
}
