//! The laws of sets, against plain enumeration of what each operand may be.

use crate::value::hull::compare_upper;
use crate::value::tests::number;
use crate::value::tests::set;
use crate::value::tests::truth;
use crate::value::*;
use proptest::prelude::*;
use std::cmp::Ordering;

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
            .flat_map(|way| item.iter().map(|it| [&way[..], std::slice::from_ref(it)].concat()))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
            (0, Summary::Sum | Summary::Top(_)) => Possible::number(Number::zero()),
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
        Summary::Top(n) => values.iter().rev().take(n as usize).sum::<i64>().into(),
        Summary::Bottom(n) => values.iter().take(n as usize).sum::<i64>().into(),
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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn summaries_are_exact(items in prop::collection::vec(any_item(), 0..6)) {
        let group = Group { items: items.clone(), more: None };
        let ways = choices(&items.iter().map(item_choices).collect::<Vec<_>>());
        use Summary::*;
        for summary in [Sum, Mean, Median, Max, Min, Top(1), Top(2), Top(3)] {
            let sums = matches!(summary, Sum | Top(_));
            let empty = || if sums { set("0") } else { Possible::error() };
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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
            for how in [Rounding::Nearest, Rounding::Down, Rounding::Up] {
                let three = Number::from(3);
                prop_assert!(a.round(how, 0, &three).contains(&how.of(&it, 0, &three)));
            }
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
        let ones: Vec<usize> = (0..bits.len()).filter(|it| bits[*it]).collect();
        prop_assert_eq!(all.ones().collect::<Vec<_>>(), ones);
    }
}
