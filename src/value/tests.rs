//! The tables and examples of `semantics` §§1–4 and 7, and the laws behind them, against plain enumeration.

use crate::value::hull::compare_upper;
use crate::value::*;
use proptest::prelude::*;
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

/// Every non-empty set of outcomes.
fn all_truths() -> impl Iterator<Item = Truth> + Clone {
    (1..16u8).map(|bits| {
        let outcomes = [Truth::TRUE, Truth::FALSE, Truth::NOT_APPLICABLE, Truth::ERROR];
        (0..4)
            .filter(|it| bits >> it & 1 == 1)
            .fold(Truth::NOTHING, |all, it| all.union(outcomes[it]))
    })
}

#[test]
fn law_one_and_the_lift() {
    for (a, b) in all_truths().flat_map(|a| all_truths().map(move |b| (a, b))) {
        assert_eq!(a.and(b), b.and(a));
        assert_eq!(a.or(b), b.or(a));
        assert_eq!(a.and(b).not(), a.not().or(b.not()));
        let each = |op: fn(Truth, Truth) -> Truth| {
            let pairs = a.outcomes().flat_map(|x| b.outcomes().map(move |y| op(x, y)));
            pairs.fold(Truth::NOTHING, Truth::union)
        };
        assert_eq!(a.and(b), each(Truth::and));
        assert_eq!(a.or(b), each(Truth::or));
        assert_eq!(a.guarded(b), each(Truth::guarded));
        for c in all_truths() {
            assert_eq!(a.and(b).and(c), a.and(b.and(c)));
            assert_eq!(a.or(b).or(c), a.or(b.or(c)));
        }
    }
    // They do not distribute: 真 且 (假 或 N) = 假, (真 且 假) 或 (真 且 N) = 真.
    let [t, f, n] = ["T", "F", "N"].map(truth);
    assert_eq!(t.and(f.or(n)), f);
    assert_eq!(t.and(f).or(t.and(n)), t);
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

/// One choice for each item: counted as 真, 假, 错误, or left out as 不适用 or as no item.
fn count_outcome(choices: &[char], window: Window) -> Truth {
    let count = |it: char| choices.iter().filter(|choice| **choice == it).count() as u32;
    let (t, e) = (count('T'), count('E'));
    let high = window.high.unwrap_or(u32::MAX);
    if choices.iter().all(|it| *it == '-') {
        Truth::NOTHING
    } else if t + e + count('F') == 0 {
        Truth::NOT_APPLICABLE
    } else if t >= window.low && t + e <= high {
        Truth::TRUE
    } else if t > high || t + e < window.low {
        Truth::FALSE
    } else {
        Truth::ERROR
    }
}

/// Every way of choosing one from each.
fn choices<T: Clone>(items: &[Vec<T>]) -> Vec<Vec<T>> {
    items.iter().fold(vec![vec![]], |ways, item| {
        ways.iter()
            .flat_map(|way| item.iter().map(|it| [&way[..], &[it.clone()]].concat()))
            .collect()
    })
}

proptest! {
    #[test]
    fn counting_is_enumeration(
        items in prop::collection::vec((1..32u8).prop_map(|bits| {
            "TFNE-".chars().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|it| it.1).collect::<Vec<_>>()
        }), 0..5),
        low in 0..4u32, width in prop::option::of(0..3u32),
    ) {
        let window = Window { low, high: width.map(|it| low + it) };
        let mut tally = Tally::default();
        for item in &items {
            let outcomes: String = item.iter().filter(|it| **it != '-').collect();
            if !outcomes.is_empty() {
                tally.count(truth(&outcomes), item.contains(&'-'));
            }
        }
        let ways = choices(&items);
        let expected = ways.iter().map(|it| count_outcome(it, window)).fold(Truth::NOTHING, Truth::union);
        prop_assert_eq!(tally.within(window), expected);
        prop_assert_eq!(tally.may_be_empty(), ways.iter().any(|way| way.iter().all(|it| *it == '-')));
    }
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
    let round = |a: &str, places: u32| set(a).map(|it| it.round(places, &Number::one()));
    assert_eq!(round("-2.25", 1), set("-2.3"));
    assert_eq!(round("-2.5", 0), set("-3"));
    // 例 7.4, and the ends that do not belong.
    assert_eq!(round("[2.994,2.996]", 2), set("[2.99,3]"));
    assert_eq!(round("(2.985,2.995)", 2), set("2.99").map(|_| hull("[2.99,2.99]")));
    assert_eq!(round("(-2.995,-2.985)", 2), set("[-2.99,-2.99]"));
    assert_eq!(round("(0.4,∞)", 0), set("[0,∞)"));
    assert_eq!(set("12345").map(|it| it.round(0, &number("10000"))), set("10000"));
}

#[test]
fn numbers_too_large_are_errors() {
    let big = Number::from(10).raise(60);
    let at = |number: Number| Possible::values(Hull::point(number)).within_limit();
    assert_eq!(at(big.clone()), set("E"));
    assert_eq!(at(big.subtract(&Number::one())).error, false);
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

/// One outcome of an item of a list.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Out,
    NotApplicable,
    Error,
    Value(i64),
}

fn item_choices(item: &Item) -> Vec<Choice> {
    let mut all = vec![];
    all.extend(item.out.then_some(Choice::Out));
    all.extend(item.value.na.then_some(Choice::NotApplicable));
    all.extend(item.value.error.then_some(Choice::Error));
    if let Some(hull) = &item.value.values {
        all.extend(
            [&hull.low, &hull.high]
                .map(|end| Choice::Value(end.as_ref().unwrap().at.to_i64().unwrap())),
        );
    }
    all
}

fn summary_outcome(summary: Summary, choices: &[Choice]) -> Possible<Hull> {
    let included = choices.iter().filter(|it| **it != Choice::Out).count();
    if choices.contains(&Choice::Error) {
        return Possible::error();
    }
    let mut values: Vec<i64> = choices
        .iter()
        .filter_map(|it| match it {
            Choice::Value(value) => Some(*value),
            _ => None,
        })
        .collect();
    values.sort();
    let count = values.len();
    if count == 0 {
        return match (included, summary) {
            (0, Summary::Sum) => Possible::number(Number::zero()),
            (0, _) => Possible::error(),
            _ => Possible::not_applicable(),
        };
    }
    let sum: i64 = values.iter().sum();
    Possible::number(match summary {
        Summary::Sum => Number::from(sum),
        Summary::Mean => Number::fraction(sum.into(), count as i128).unwrap(),
        Summary::Median => {
            Number::fraction((values[(count - 1) / 2] + values[count / 2]).into(), 2).unwrap()
        }
        Summary::Max => Number::from(values[count - 1]),
        Summary::Min => Number::from(values[0]),
    })
}

fn any_item() -> impl Strategy<Value = Item> {
    let values = prop::option::weighted(0.85, (-4..8i64, 0..4i64));
    (values, prop::bool::weighted(0.4), prop::bool::weighted(0.2), prop::bool::weighted(0.1))
        .prop_map(|(values, out, na, error)| {
            let values = values.map(|(low, width)| Hull::between(low.into(), (low + width).into()));
            let nothing = values.is_none() && !na && !error;
            Item { out, value: Possible { values, na: na || nothing, error } }
        })
}

proptest! {
    #[test]
    fn summaries_are_exact(items in prop::collection::vec(any_item(), 0..6)) {
        let group = Group { items: items.clone(), more: None };
        let ways = choices(&items.iter().map(item_choices).collect::<Vec<_>>());
        for summary in [Summary::Sum, Summary::Mean, Summary::Median, Summary::Max, Summary::Min] {
            let empty = || if summary == Summary::Sum { set("0") } else { Possible::error() };
            let expected = ways.iter().map(|way| summary_outcome(summary, way));
            let expected = expected.reduce(|all, it| all.union(&it)).unwrap();
            prop_assert_eq!(group.summarise(summary, empty), expected, "{:?}", summary);
        }
    }

    #[test]
    fn shares_are_exact(rows in prop::collection::vec((1..16u8).prop_map(|bits| Voter {
        out: bits & 1 != 0, yes: bits & 2 != 0, no: bits & 4 != 0, error: bits == 8 || bits == 15,
    }), 0..6)) {
        let rows: Vec<Voter> = rows.into_iter().filter(|it| it.yes || it.no || it.error).collect();
        let choice = |it: &Voter| {
            [(it.out, '-'), (it.yes, 'T'), (it.no, 'F'), (it.error, 'E')].into_iter().filter_map(|(may, it)| may.then_some(it)).collect()
        };
        let outcome = |way: &Vec<char>| {
            let count = |it: char| way.iter().filter(|choice| **choice == it).count() as i128;
            match count('E') {
                0 => Number::fraction(count('T'), count('T') + count('F')).map_or_else(Possible::error, Possible::number),
                _ => Possible::error(),
            }
        };
        let ways = choices(&rows.iter().map(choice).collect::<Vec<_>>());
        let expected = ways.iter().map(outcome).reduce(|all, it| all.union(&it)).unwrap();
        prop_assert_eq!(group::share(&rows, None, Possible::error), expected);
    }

    #[test]
    fn shares_of_sums_are_exact(rows in prop::collection::vec((1..8u8, 0..6i64, 0..3i64), 0..5)) {
        let rows: Vec<(Voter, Hull)> = rows.into_iter().map(|(bits, low, width)| (
            Voter { out: bits & 1 != 0, yes: bits & 2 != 0, no: bits & 4 != 0, error: false },
            Hull::between(low.into(), (low + width).into()),
        )).filter(|(it, _)| it.yes || it.no).collect();
        let part = |with: bool, without: bool| Group { more: None, items: rows.iter().map(|(it, hull)| {
            let here = with && it.yes || without && it.no;
            let elsewhere = !with && it.yes || !without && it.no;
            let value = Possible { values: here.then(|| hull.clone()), na: false, error: false };
            Item { out: it.out || elsewhere, value }
        }).collect() };
        let shares = part(true, true).share_of_sums(&part(true, false), &part(false, true), Possible::error);
        let choice = |(it, hull): &(Voter, Hull)| {
            let ends = [&hull.low, &hull.high].map(|end| end.as_ref().unwrap().at.clone());
            let mut all = if it.out { vec![None] } else { vec![] };
            for end in ends {
                all.extend(it.yes.then(|| Some((true, end.clone()))));
                all.extend(it.no.then_some(Some((false, end))));
            }
            all
        };
        let outcome = |way: &Vec<Option<(bool, Number)>>| {
            let sum = |inside: bool| way.iter().flatten().filter(|it| it.0 || !inside)
                .fold(Number::zero(), |sum, it| sum.add(&it.1));
            sum(true).checked_div(&sum(false)).map_or_else(Possible::error, Possible::number)
        };
        let ways = choices(&rows.iter().map(choice).collect::<Vec<_>>());
        let expected = ways.iter().map(outcome).reduce(|all, it| all.union(&it)).unwrap();
        // A hull touching 0 may have values only away from its ends; those ends are then open.
        let inside = |a: &Hull, b: &Hull| a.union(b) == *b;
        match (&shares.values, &expected.values) {
            (Some(found), Some(expected)) => prop_assert!(inside(expected, found), "{:?} {:?}", found, expected),
            (found, expected) => prop_assert!(expected.is_none(), "{:?} {:?}", found, expected),
        }
        prop_assert_eq!(shares.error, expected.error);
    }
}

fn any_hull() -> impl Strategy<Value = Hull> {
    let end = || prop::option::weighted(0.85, (-4..5i64, any::<bool>()));
    (end(), end()).prop_filter_map("empty", |(low, high)| {
        let end = |it: Option<(i64, bool)>| it.map(|(at, closed)| End { at: at.into(), closed });
        let hull = Hull { low: end(low), high: end(high) };
        hull.intersect(&Hull::everything())
    })
}

/// Numbers of a hull: its ends where they belong to it, others close by, and some between and beyond.
fn samples(hull: &Hull) -> Vec<Number> {
    let far = ["-1000000", "-7", "-1", "-0.0001", "0", "0.0001", "1", "7", "1000000"].map(number);
    let step = number("0.0001");
    let ends = [&hull.low, &hull.high].into_iter().flatten();
    let near = ends.flat_map(|end| [end.at.subtract(&step), end.at.clone(), end.at.add(&step)]);
    near.chain(far).filter(|it| hull.contains(it)).collect()
}

/// Whether values come as close to an end as an end can be come to.
fn is_reached(values: &[Number], end: &Option<End>) -> bool {
    let large = number("9000");
    match end {
        None => values.iter().any(|it| *it > large),
        Some(end) if end.closed => values.contains(&end.at),
        Some(end) => values.iter().any(|it| end.at.subtract(it).abs() < number("0.01")),
    }
}

proptest! {
    #[test]
    fn hulls_hold_every_completion_and_no_more(a in any_hull(), b in any_hull(), exponent in -3..4i32) {
        type Exact = fn(&Number, &Number) -> Option<Number>;
        type Lifted = fn(&Hull, &Hull) -> Possible<Hull>;
        let ops: [(Exact, Lifted); 4] = [
            (|a, b| Some(a.add(b)), |a, b| Possible::values(a.add(b))),
            (|a, b| Some(a.subtract(b)), |a, b| Possible::values(a.subtract(b))),
            (|a, b| Some(a.multiply(b)), |a, b| Possible::values(a.multiply(b))),
            (Number::checked_div, Hull::divide),
        ];
        let pairs: Vec<(Number, Number)> =
            samples(&a).into_iter().flat_map(|x| samples(&b).into_iter().map(move |y| (x.clone(), y))).collect();
        for (exact, lifted) in ops {
            let (mut values, mut error) = (vec![], false);
            for (x, y) in &pairs {
                match exact(x, y) {
                    Some(value) => values.push(value),
                    None => error = true,
                }
            }
            let lifted = lifted(&a, &b);
            prop_assert_eq!(lifted.error, error);
            prop_assert_eq!(lifted.values.is_some(), !values.is_empty());
            if let Some(hull) = lifted.values {
                prop_assert!(values.iter().all(|it| hull.contains(it)), "{:?} misses some of {:?}", hull, values);
                prop_assert!(is_reached(&values, &hull.high), "{:?} {:?}", hull, values);
                let mirrored: Vec<Number> = values.iter().map(Number::negate).collect();
                prop_assert!(is_reached(&mirrored, &hull::mirror(&hull.low)), "{:?} {:?}", hull, values);
            }
        }
        let powers: Vec<Option<Number>> = samples(&a).iter().map(|it| it.pow(exponent)).collect();
        let lifted = a.power(exponent);
        prop_assert_eq!(lifted.error, powers.contains(&None));
        for value in powers.into_iter().flatten() {
            prop_assert!(lifted.values.as_ref().unwrap().contains(&value));
        }
        for it in samples(&a) {
            prop_assert!(a.abs().contains(&it.abs()));
            prop_assert!(a.round(0, &Number::from(3)).contains(&Number::from(3).multiply(&it.checked_div(&3.into()).unwrap().round(0))));
        }
        let orders = a.orders(&b);
        let seen = |order: Ordering| pairs.iter().any(|(x, y)| x.cmp(y) == order);
        prop_assert_eq!((orders.less, orders.greater), (seen(Ordering::Less), seen(Ordering::Greater)));
        prop_assert_eq!(orders.equal, a.intersect(&b).is_some());
        prop_assert!(orders.equal || !seen(Ordering::Equal));
        prop_assert!(compare_upper(&a.union(&b).high, &a.high).is_ge());
    }

    #[test]
    fn bitmaps_slice_and_append(bits in prop::collection::vec(any::<bool>(), 0..200), cut in 0..200usize) {
        let all = Bits::collect(bits.iter().copied());
        let cut = cut.min(bits.len());
        let mut joined = all.slice(0..cut);
        joined.append(&all.slice(cut..bits.len()));
        prop_assert_eq!(&joined, &all);
        prop_assert_eq!(all.any_in(cut..bits.len()), bits[cut..].contains(&true));
        let ones: Vec<usize> = (0..bits.len()).filter(|it| bits[*it]).collect();
        prop_assert_eq!(all.ones().collect::<Vec<_>>(), ones);
    }
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
