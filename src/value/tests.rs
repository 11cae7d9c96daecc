//! The tables and examples of `semantics` §§1–4 and 7.

mod enclosures;
mod laws;

use crate::value::*;
use std::cmp::Ordering;

/// Reads a truth set: `TF`, `N`.
fn truth(text: &str) -> Truth {
    text.chars().fold(Truth::NOTHING, |all, it| {
        all.union(match it {
            'T' => Truth::TRUE,
            'F' => Truth::FALSE,
            'N' => Truth::NOT_APPLICABLE,
            'E' => Truth::ERROR,
            'U' => Truth::UNDECIDED,
            _ => panic!("{it}"),
        })
    })
}

fn number(text: &str) -> Number {
    match text.split_once('/') {
        Some((a, b)) => number(a).checked_div(&number(b)).unwrap(),
        None => Number::parse(text).unwrap(),
    }
}

/// Reads a set of numbers: `3`, `[1,4)`, `(-∞,2]`, with `N` and `E` after bars: `[1,∞)|E`, `N`.
fn set(text: &str) -> Possible<Hull> {
    text.split('|').fold(Possible::nothing(), |all, part| match part {
        "N" => Possible { na: true, ..all },
        "E" => Possible { error: true, ..all },
        _ => Possible { values: Some(hull(part)), ..all },
    })
}

fn hull(text: &str) -> Hull {
    let Some((low, high)) = text.split_once(',') else { return Hull::point(number(text)) };
    let (open, low) = (low.starts_with('('), &low[1..]);
    let (unclosed, high) = (high.ends_with(')'), &high[..high.len() - 1]);
    let end = |text: &str, open: bool| {
        (!text.contains('∞')).then(|| End { at: number(text), closed: !open })
    };
    Hull { low: end(low, open), high: end(high, unclosed) }
}

#[test]
fn and_and_or_follow_the_tables() {
    let and = ["TFTE", "FFFF", "TFNE", "EFEE"];
    let or = ["TTTT", "TFFE", "TFNE", "TEEE"];
    for (row, a) in "TFNE".chars().enumerate() {
        for (column, b) in "TFNE".chars().enumerate() {
            let expected = |table: [&str; 4]| truth(&table[row][column..column + 1]);
            let (a, b) = (truth(&a.to_string()), truth(&b.to_string()));
            assert_eq!(a.and(b), expected(and), "{a:?} 且 {b:?}");
            assert_eq!(a.or(b), expected(or), "{a:?} 或 {b:?}");
        }
    }
    assert_eq!(
        "TFNE".chars().map(|it| truth(&it.to_string()).not()).collect::<Vec<_>>(),
        ["F", "T", "N", "E"].map(truth)
    );
}

#[test]
fn lifted_examples_of_two_one() {
    let cases = [
        ("U", "T", "U"),
        ("U", "F", "F"),
        ("U", "N", "U"),
        ("U", "E", "FE"),
        ("TN", "T", "T"),
        ("TN", "F", "F"),
    ];
    for (a, b, expected) in cases {
        assert_eq!(truth(a).and(truth(b)), truth(expected), "{a} 且 {b}");
    }
    let cases =
        [("U", "T", "T"), ("U", "F", "U"), ("U", "N", "U"), ("U", "E", "TE"), ("TN", "F", "TF")];
    for (a, b, expected) in cases {
        assert_eq!(truth(a).or(truth(b)), truth(expected), "{a} 或 {b}");
    }
    assert_eq!(truth("U").not(), truth("U"));
}

fn tally(items: &[&str]) -> Tally {
    let mut tally = Tally::default();
    items.iter().for_each(|it| tally.count(truth(it), false));
    tally
}

fn at_least(n: u32) -> Window {
    Window { low: n, high: None }
}

#[test]
fn example_two_one_at_least() {
    assert_eq!(tally(&["T", "U", "F", "N"]).within(at_least(2)), truth("U"));
    assert_eq!(tally(&["T", "T", "U"]).within(at_least(2)), truth("T"));
    let errors = tally(&["T", "E", "E"]);
    assert_eq!(errors.within(at_least(2)), truth("E"));
    assert_eq!(errors.within(at_least(1)), truth("T"));
    assert_eq!(errors.within(at_least(4)), truth("F"));
}

#[test]
fn example_three_two_comparisons() {
    let x = set("[3,5)");
    let against = |holds: fn(Ordering) -> bool, at: &str| x.compare(&set(at), Hull::orders, holds);
    assert_eq!(against(Ordering::is_ge, "3"), truth("T"));
    assert_eq!(against(Ordering::is_lt, "5"), truth("T"));
    assert_eq!(against(Ordering::is_ge, "4"), truth("U"));
    assert_eq!(against(Ordering::is_eq, "6"), truth("F"));
    let strict = |a: &str, b: &str| set(a).compare(&set(b), Hull::orders, Ordering::is_ge);
    assert_eq!(strict("N", "E"), truth("E"));
    assert_eq!(strict("[0,1]", "N"), truth("N"));
    assert_eq!(strict("2|N", "1|E"), truth("TNE"));
}

#[test]
fn arithmetic_follows_the_table() {
    type Op = fn(&Hull, &Hull) -> Possible<Hull>;
    let add: Op = |a, b| Possible::values(a.add(b));
    let multiply: Op = |a, b| Possible::values(a.multiply(b));
    let subtract: Op = |a, b| Possible::values(a.subtract(b));
    let cases: [(&str, Op, &str, &str); 24] = [
        ("N", add, "5", "N"),
        ("[0,∞)", add, "N", "N"),
        ("[0,∞)", add, "E", "E"),
        ("N", add, "E", "E"),
        ("0", multiply, "N", "N"),
        ("[1,2)", add, "(3,∞)", "(4,∞)"),
        ("[1,2)", subtract, "[3,5]", "[-4,-1)"),
        ("0", multiply, "(-∞,∞)", "0"),
        ("[-2,3]", multiply, "[-1,4]", "[-8,12]"),
        ("[0,1]", multiply, "[5,∞)", "[0,∞)"),
        ("(0,1]", multiply, "[5,∞)", "(0,∞)"),
        ("(1,2)", multiply, "[0,3]", "[0,6)"),
        ("(-∞,-1]", multiply, "(-∞,-2)", "(2,∞)"),
        ("[2,4]", Hull::divide, "[0,2]", "[1,∞)|E"),
        ("[2,4]", Hull::divide, "(0,2]", "[1,∞)"),
        ("[2,4]", Hull::divide, "[-2,0]", "(-∞,-1]|E"),
        ("[2,4]", Hull::divide, "[-1,1]", "(-∞,∞)|E"),
        ("5", Hull::divide, "0", "E"),
        ("0", Hull::divide, "0", "E"),
        ("0", Hull::divide, "[-1,1]", "0|E"),
        ("5", Hull::divide, "(0,100]", "[0.05,∞)"),
        ("[1,2]", Hull::divide, "[4,∞)", "(0,0.5]"),
        ("[0,∞)", Hull::divide, "[1,∞)", "[0,∞)"),
        ("[-3,6]", Hull::divide, "[2,3]", "[-1.5,3]"),
    ];
    for (a, op, b, expected) in cases {
        assert_eq!(set(a).zip(&set(b), op), set(expected), "{a}, {b}");
    }
}

#[test]
fn powers_magnitudes_and_roundings() {
    let power = |a: &str, n: i32| set(a).and_then(|it| it.power(n));
    assert_eq!(power("[-2,3)", 2), set("[0,9)"));
    assert_eq!(power("[-2,3)", 3), set("[-8,27)"));
    assert_eq!(power("[2,4]", -1), set("[0.25,0.5]"));
    assert_eq!(power("0", -1), set("E"));
    assert_eq!(power("(-∞,2]", 2), set("[0,∞)"));
    assert_eq!(set("(-3,2]").map(Hull::abs), set("[0,3)"));
    assert_eq!(set("(-∞,-2)").map(Hull::abs), set("(2,∞)"));
    let round =
        |a: &str, places: u32| set(a).map(|it| it.round(Rounding::Nearest, places, &Number::one()));
    assert_eq!(round("-2.25", 1), set("-2.3"));
    assert_eq!(round("-2.5", 0), set("-3"));
    // 例 7.4, and the ends that do not belong.
    assert_eq!(round("[2.994,2.996]", 2), set("[2.99,3]"));
    assert_eq!(round("(2.985,2.995)", 2), set("2.99").map(|_| hull("[2.99,2.99]")));
    assert_eq!(round("(-2.995,-2.985)", 2), set("[-2.99,-2.99]"));
    assert_eq!(round("(0.4,∞)", 0), set("[0,∞)"));
    let down =
        |a: &str, places: u32| set(a).map(|it| it.round(Rounding::Down, places, &Number::one()));
    let up = |a: &str, places: u32| set(a).map(|it| it.round(Rounding::Up, places, &Number::one()));
    assert_eq!(
        (down("2.99", 0), down("-2.01", 0), down("2.999", 2)),
        (set("2"), set("-3"), set("2.99"))
    );
    assert_eq!((up("2.01", 0), up("-2.99", 0), up("2", 0)), (set("3"), set("-2"), set("2")));
    // An end that does not belong: below 3 is at most 2, above 2 at least 2; rounded up, 3 and 3.
    assert_eq!((down("(2,3)", 0), up("(2,3)", 0)), (set("[2,2]"), set("[3,3]")));
    assert_eq!((down("[2,3]", 0), up("(-∞,2.5)", 0)), (set("[2,3]"), set("(-∞,3]")));
    assert_eq!(
        set("12345").map(|it| it.round(Rounding::Nearest, 0, &number("10000"))),
        set("10000")
    );
}

#[test]
fn numbers_too_large_are_errors() {
    let big = Number::from(10).raise(60);
    let at = |number: Number| Possible::values(Hull::point(number)).within_limit();
    assert_eq!(at(big.clone()), set("E"));
    assert!(!at(big.subtract(&Number::one())).error);
    let wide = Possible::values(Hull::between(Number::zero(), big.clone())).within_limit();
    assert_eq!(wide.values.unwrap().high, Some(End::open(big)));
    assert!(wide.error);
    assert_eq!(set("[0,∞)").within_limit(), set("[0,∞)"));
    assert!(Number::from(-7).raise(1_000_001).is_too_large());
    assert!(Number::from(-7).raise(1_000_001).is_negative());
}

fn folded(summary: Summary, items: &[&str]) -> Possible<Hull> {
    Group::of_values(items.iter().map(|it| set(it))).summarise(summary, Possible::nothing)
}

#[test]
fn folds_skip_what_does_not_apply() {
    assert_eq!(folded(Summary::Max, &["N", "30", "[10,50]"]), set("[30,50]"));
    assert_eq!(folded(Summary::Sum, &["20", "N", "[0,30]"]), set("[20,50]"));
    assert_eq!(folded(Summary::Sum, &["N", "N"]), set("N"));
    assert_eq!(folded(Summary::Min, &["4", "E"]), set("E"));
    assert_eq!(folded(Summary::Min, &["4", "[5,6]|E"]), set("4|E"));
    assert_eq!(folded(Summary::Max, &["4|N", "[1,6]|N"]), set("[1,6]|N"));
}

/// Items as text: `?` before one that may be no item.
fn group(items: &[&str]) -> Group {
    let item =
        |text: &&str| Item { out: text.starts_with('?'), value: set(text.trim_start_matches('?')) };
    Group { items: items.iter().map(item).collect(), more: None }
}

#[test]
fn example_four_one() {
    let rows = group(&["4", "?10", "?1"]);
    let of = |summary| rows.summarise(summary, Possible::error);
    assert_eq!(rows.count(), set("[1,3]"));
    assert_eq!(of(Summary::Sum), set("[4,15]"));
    assert_eq!(of(Summary::Mean), set("[2.5,7]"));
    assert_eq!(of(Summary::Median), set("[2.5,7]"));
    assert_eq!(of(Summary::Max), set("[4,10]"));
    assert_eq!(of(Summary::Min), set("[1,4]"));
}

#[test]
fn examples_four_three_and_four_four() {
    let rows = group(&["4", "N", "8"]);
    assert_eq!(rows.summarise(Summary::Sum, Possible::error), set("12"));
    assert_eq!(rows.summarise(Summary::Mean, Possible::error), set("6"));
    assert_eq!(rows.count(), set("3"));
    let revenue = group(&["60", "40", "[0,∞)"]).summarise(Summary::Sum, Possible::error);
    assert_eq!(revenue, set("[100,∞)"));
    assert_eq!(revenue.compare(&set("100"), Hull::orders, Ordering::is_ge), truth("T"));
}

#[test]
fn aggregates_of_nothing() {
    let rows = group(&["?4"]);
    assert_eq!(rows.summarise(Summary::Max, Possible::error), set("4|E"));
    assert_eq!(rows.summarise(Summary::Sum, || set("0")), set("[0,4]"));
    assert_eq!(group(&[]).summarise(Summary::Mean, Possible::error), set("E"));
    assert_eq!(group(&["?N"]).summarise(Summary::Mean, Possible::error), set("N|E"));
    // A table that was not given, and a list that may go on.
    let open = |items: &[&str], more: &str| Group { more: Some(set(more)), ..group(items) };
    assert_eq!(open(&[], "[0,∞)").count(), set("[0,∞)"));
    assert_eq!(open(&["3"], "[0,5]").summarise(Summary::Sum, || set("0")), set("[3,∞)"));
    assert_eq!(open(&["3"], "[0,5]").summarise(Summary::Mean, Possible::error), set("(0,5)"));
    assert_eq!(open(&["3"], "[0,5]").summarise(Summary::Max, Possible::error), set("[3,5]"));
}

fn voter(text: &str) -> Voter {
    Voter {
        out: text.contains('-'),
        yes: text.contains('T'),
        no: text.contains('F'),
        error: text.contains('E'),
    }
}

#[test]
fn example_four_two_share() {
    let firms: Vec<Voter> =
        [vec!["T"; 3], vec!["F"; 5], vec!["TF"; 2]].concat().into_iter().map(voter).collect();
    let share = group::share(&firms, None, Possible::error);
    assert_eq!(share, set("[0.3,0.5]"));
    let asked =
        |bound: &str, holds: fn(Ordering) -> bool| share.compare(&set(bound), Hull::orders, holds);
    assert_eq!(asked("0.3", Ordering::is_ge), truth("T"));
    assert_eq!(asked("1/3", Ordering::is_ge), truth("U"));
    assert_eq!(asked("0.5", Ordering::is_gt), truth("F"));
    assert_eq!(group::share(&[], None, Possible::error), set("E"));
}

#[test]
fn members_and_texts_are_equal_as_far_as_they_may_be() {
    let any = |members: &[u32]| MemberSet::any_of(members.to_vec());
    let equal = |a: &MemberSet, b: &MemberSet| a.orders(b, 3).ask(Ordering::is_eq);
    assert_eq!(equal(&any(&[1]), &any(&[1])), truth("T"));
    assert_eq!(equal(&any(&[0, 1]), &any(&[1])), truth("U"));
    assert_eq!(equal(&any(&[0, 2]), &any(&[1])), truth("F"));
    assert_eq!(
        equal(&MemberSet::foreign("甲".into()), &MemberSet::foreign("甲".into())),
        truth("T")
    );
    assert_eq!(equal(&MemberSet::foreign("甲".into()), &any(&[1])), truth("F"));
    assert_eq!(any(&[0, 1]).orders(&any(&[1]), 3).ask(Ordering::is_le), truth("T"));
    assert_eq!(any(&[0, 1]).orders(&any(&[1]), 3).ask(Ordering::is_lt), truth("U"));
    let every = MemberSet { members: None, foreign: Foreign::No };
    assert_eq!(every.orders(&any(&[2]), 3).ask(Ordering::is_le), truth("T"));
    let text = |text: &str| TextSet::One(text.into());
    assert_eq!(text("甲").orders(&text("甲")).ask(Ordering::is_eq), truth("T"));
    assert_eq!(TextSet::Any.orders(&text("甲")).ask(Ordering::is_eq), truth("U"));
}

#[test]
fn days_are_compared_by_day() {
    let days = |low, high| DateHull { low: Some(low), high: Some(high) };
    // “2021年8月” ≥ 2021-08-01 真, ≥ 2021-08-15 U.
    let august = day::parse("2021年8月").unwrap();
    let on = |text: &str| DateHull::point(day::parse_exact(text).unwrap());
    assert_eq!(august.orders(&on("2021-08-01")).ask(Ordering::is_ge), truth("T"));
    assert_eq!(august.orders(&on("2021-08-15")).ask(Ordering::is_ge), truth("U"));
    assert_eq!(days(1, 3).orders(&days(3, 5)), Orders { less: true, equal: true, greater: false });
    assert_eq!(days(1, 3).orders(&days(4, 5)), Orders { less: true, equal: false, greater: false });
    let open = DateHull { low: Some(3), high: None };
    assert_eq!(open.orders(&days(1, 3)), Orders { less: false, equal: true, greater: true });
    assert_eq!(hull("(2,5)").to_days(), days(3, 4));
}

#[test]
fn columns_keep_what_is_pushed() {
    let sets = ["1.5", "[0,2]", "1/3", "N", "700000000000000000", "0.000000000000000001", "2|E"];
    let mut column = ColumnBuilder::new(Kind::Number);
    sets.iter().for_each(|it| column.push(Set::Number(set(it))));
    let column = column.finish();
    for (row, it) in sets.iter().enumerate() {
        assert_eq!(column.get(row), Set::Number(set(it)));
    }
    let mut joined = column.slice(0..2);
    joined.append(&column.slice(2..7));
    for row in 0..7 {
        assert_eq!(joined.get(row), column.get(row));
    }
}
