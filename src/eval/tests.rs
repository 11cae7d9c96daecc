//! Tests of the evaluator on small programs made by hand. Every program is run in chunks of several sizes and
//! case by case, and must come out the same.

mod random;
mod tables;
mod world;

use crate::eval::tests::world::World;
use crate::eval::tests::world::day;
use crate::eval::tests::world::number;
use crate::eval::tests::world::set;
use crate::eval::tests::world::truth;
use crate::ir::Against;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::Count;
use crate::ir::DurationUnit;
use crate::ir::ExceptionArm;
use crate::ir::Fold;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ParameterId;
use crate::ir::Ty;
use crate::ir::Unanswered;
use crate::value::Bits;
use crate::value::Dimension;
use crate::value::MemberSet;
use crate::value::Possible;
use crate::value::Set;

const NUMBER: Ty =
    Ty::Number(Dimension { money: 0, length: 0, mass: 0, energy: 0, time: 0, declared: [0; 8] });

#[test]
fn numbers_are_compared_exactly() {
    let mut world = World::new(6);
    let x = world.numbers(&["3", "2.99", "[0,5]", "N", "3.001", "E"]);
    let bound = world.constant("3");
    let third = world.constant("1/3");
    let ask = |world: &mut World, op, b| world.truth(NodeKind::Compare(op, x, b));
    let at_least = ask(&mut world, Comparison::AtLeast, bound);
    let above = ask(&mut world, Comparison::Above, bound);
    let equal = ask(&mut world, Comparison::Equal, bound);
    let below = ask(&mut world, Comparison::Below, third);
    world.expect_truths(at_least, &["T", "F", "U", "N", "T", "E"]);
    world.expect_truths(above, &["F", "F", "U", "N", "T", "E"]);
    world.expect_truths(equal, &["T", "F", "U", "N", "F", "E"]);
    world.expect_truths(below, &["F", "F", "U", "N", "F", "E"]);
}

#[test]
fn a_quotient_is_compared_without_dividing() {
    // 例 7.1, and divisors that are 0, negative, unknown or not applicable.
    let mut world = World::new(7);
    let research = world.numbers(&["898.49", "898.50", "0", "-3", "5", "3", "1"]);
    let income = world.numbers(&["29950", "29950", "0", "-100", "[0,100]", "N", "0.0000000001"]);
    let bound = world.constant("0.03");
    let ratio = world.number(NodeKind::Quotient(research, income));
    let met = world.truth(NodeKind::Compare(Comparison::AtLeast, ratio, bound));
    let exactly = world.truth(NodeKind::Compare(Comparison::Equal, ratio, bound));
    world.expect_truths(met, &["F", "T", "E", "T", "TE", "N", "T"]);
    world.expect_truths(exactly, &["F", "T", "E", "T", "FE", "N", "F"]);
    world.expect_number(ratio, 4, "[0.05,∞)|E");
}

#[test]
fn arithmetic_goes_from_machine_words_to_exact_numbers() {
    let mut world = World::new(4);
    let a = world.numbers(&["1.5", "9000000000000000000", "[1,2]", "0.1"]);
    let b = world.numbers(&["2", "9000000000000000000", "3", "N"]);
    let sum = world.number(NodeKind::Sum(vec![a, b, a]));
    let product = world.number(NodeKind::Product(vec![a, b]));
    let difference = world.number(NodeKind::Difference(a, b));
    let power = world.number(NodeKind::Power(a, 4));
    let quotient = world.number(NodeKind::Quotient(b, a));
    let negated = world.number(NodeKind::Negation(a));
    let magnitude = world.number(NodeKind::Absolute(negated));
    let rounded = world.number(NodeKind::Round {
        how: crate::value::Rounding::Nearest,
        of: a,
        places: 0,
        factor: number("1"),
    });
    let most = world.number(NodeKind::Fold(Fold::Max, vec![a, b]));
    world.expect_numbers(sum, &["5", "27000000000000000000", "[5,7]", "N"]);
    world.expect_numbers(product, &["3", "81000000000000000000000000000000000000", "[3,6]", "N"]);
    world.expect_numbers(difference, &["-0.5", "0", "[-2,-1]", "N"]);
    world.expect_numbers(power, &["5.0625", "E", "[1,16]", "0.0001"]);
    world.expect_numbers(quotient, &["4/3", "1", "[1.5,3]", "N"]);
    world.expect_numbers(magnitude, &["1.5", "9000000000000000000", "[1,2]", "0.1"]);
    world.expect_numbers(rounded, &["2", "9000000000000000000", "[1,2]", "0"]);
    world.expect_numbers(most, &["2", "9000000000000000000", "3", "0.1"]);
}

#[test]
fn truths_are_joined_and_counted() {
    let mut world = World::new(5);
    let a = world.truths(&["T", "F", "N", "E", "U"]);
    let b = world.truths(&["U", "U", "U", "F", "TN"]);
    let c = world.truths(&["N", "T", "N", "T", "F"]);
    let and = world.truth(NodeKind::And(vec![a, b, c]));
    let or = world.truth(NodeKind::Or(vec![a, b, c]));
    let not = world.truth(NodeKind::Not(a));
    let two = world.truth(NodeKind::Quantified(Count::AtLeast(2), vec![a, b, c]));
    let one = world.truth(NodeKind::Quantified(Count::Exactly(1), vec![a, b, c]));
    let none = world.truth(NodeKind::Quantified(Count::None, vec![a, b]));
    let empty = world.truth(NodeKind::Quantified(Count::Any, vec![]));
    let is_none = world.truth(NodeKind::IsNone(a));
    world.expect_truths(and, &["U", "F", "U", "F", "F"]);
    world.expect_truths(or, &["T", "T", "U", "T", "U"]);
    world.expect_truths(not, &["F", "T", "N", "E", "U"]);
    world.expect_truths(two, &["U", "U", "F", "E", "U"]);
    world.expect_truths(one, &["U", "U", "U", "E", "U"]);
    world.expect_truths(none, &["F", "U", "U", "E", "U"]);
    world.expect_truths(empty, &["F"; 5]);
    world.expect_truths(is_none, &["F", "F", "T", "E", "F"]);
}

#[test]
fn a_branch_not_taken_contributes_nothing() {
    // 例 3.6
    let mut world = World::new(3);
    let income = world.numbers(&["[0,100]", "0", "50"]);
    let research = world.constant("5");
    let zero = world.constant("0");
    let nothing = world.not_applicable(NUMBER);
    let is_zero = world.truth(NodeKind::Compare(Comparison::Equal, income, zero));
    let not_zero =
        world.number(NodeKind::Narrow { of: income, op: Comparison::NotEqual, bound: zero });
    let ratio = world.number(NodeKind::Quotient(research, not_zero));
    let branch = NodeKind::If {
        condition: is_zero,
        then: nothing,
        otherwise: ratio,
        if_not_applicable: None,
    };
    let branch = world.number(branch);
    let or_zero = world.number(NodeKind::WhenNotApplicable { of: branch, value: zero });
    world.expect_numbers(branch, &["[0.05,∞)|N", "N", "0.1"]);
    world.expect_numbers(or_zero, &["[0,∞)", "0", "0.1"]);
}

#[test]
fn a_blank_takes_its_default_and_a_fault_does_not() {
    let mut world = World::new(4);
    let x = world.numbers(&["[0,8]", "[0,8]", "N", "3"]);
    world.blank(x, 0);
    world.fault(x, 1);
    let five = world.constant("5");
    let field = world.field_of(x);
    let guard = world.truths(&["U", "T", "T", "T"]);
    let guarded = world.number(NodeKind::Applies { guard, body: x });
    let default = world.number(NodeKind::Default { of: x, field, value: five });
    let under = world.number(NodeKind::Default { of: guarded, field, value: five });
    let filled = world.truth(NodeKind::Filled(field));
    world.expect_numbers(default, &["5", "[0,8]", "N", "3"]);
    world.expect_numbers(under, &["5|N", "[0,8]", "N", "3"]);
    world.expect_truths(filled, &["F", "T", "T", "T"]);
}

#[test]
fn a_parameter_has_the_value_of_the_day() {
    // 例 8.1
    let mut world = World::new(5);
    let dates = ["2023-12-31", "2024-01-01", "2023-12", "2020-11-05", "2020-11"];
    let date = world.dates(&dates);
    let (old, new) = (world.constant("0.03"), world.constant("0.035"));
    let rule_date = world.date(NodeKind::RuleDate(Some(date)));
    let versions = vec![(Some(day("2020-11-06")), None, old), (Some(day("2024-01-01")), None, new)];
    let parameter = NodeKind::Parameter { parameter: ParameterId(0), day: rule_date, versions };
    let parameter = world.number(parameter);
    let until = Some(day("2023-12-30"));
    let in_force = world.truth(NodeKind::InForce { day: rule_date, from: None, until });
    world.expect_numbers(parameter, &["0.03", "0.035", "0.03", "E", "0.03|E"]);
    world.expect_truths(in_force, &["F", "F", "U", "T", "T"]);
    world.run.on = Some(day("2024-02-01"));
    world.expect_numbers(parameter, &["0.035"; 5]);
}

#[test]
fn a_gap_between_versions_is_an_error() {
    let mut world = World::new(2);
    let date = world.dates(&["2021", "2021-03"]);
    let (old, new) = (world.constant("1"), world.constant("2"));
    let versions = vec![
        (None, Some(day("2021-02-28")), old),
        (Some(day("2021-04-01")), Some(day("2021-12-31")), new),
    ];
    let parameter = NodeKind::Parameter { parameter: ParameterId(0), day: date, versions };
    let parameter = world.number(parameter);
    world.expect_numbers(parameter, &["[1,2]|E", "E"]);
}

#[test]
fn belonging_looks_up_and_down() {
    // 例 3.1: the first layer where the second is asked.
    let mut world = World::new(5);
    let tree = world.tree();
    let x = world.members(
        tree,
        vec![
            MemberSet::one(2),
            MemberSet::one(0),
            MemberSet::one(3),
            MemberSet::any_of(vec![1, 2]),
            MemberSet::foreign("别处".into()),
        ],
    );
    let below = world.truth(NodeKind::Belongs { of: x, to: Belonging::Nodes(vec![1]) });
    let listed = world.truth(NodeKind::Belongs { of: x, to: Belonging::Vocabulary(tree) });
    world.expect_truths(below, &["T", "U", "F", "T", "F"]);
    world.expect_truths(listed, &["T", "T", "T", "T", "U"]);
    let place = world.members(tree, vec![MemberSet::one(1); 5]);
    let within = world.truth(NodeKind::Belongs { of: x, to: Belonging::Node(place) });
    world.expect_truths(within, &["T", "U", "F", "T", "F"]);
    let names = world.texts(&["A", " ａｂ ", "乙", "?", "N"]);
    let named = world.truth(NodeKind::Belongs { of: names, to: Belonging::Vocabulary(tree) });
    world.expect_truths(named, &["T", "U", "U", "U", "N"]);
    let (three, four) = (world.constant("3"), world.constant("4"));
    let count = world.numbers(&["3", "5", "[3,6]", "N", "E"]);
    let listed =
        world.truth(NodeKind::Belongs { of: count, to: Belonging::Values(vec![three, four]) });
    world.expect_truths(listed, &["T", "F", "U", "N", "E"]);
}

#[test]
fn exceptions_stand_replace_and_silence() {
    let (yes, no) = ("T", "F");
    // (body, guard 甲, 甲, guard 乙, 乙, against, outcome)
    let cases = [
        ("F", "U", yes, "F", yes, None, "U"),
        ("T", "U", yes, "F", yes, None, "T"),
        ("F", "T", yes, "T", yes, None, "T"),
        ("F", "T", yes, "T", no, None, "E"),
        ("F", "T", yes, "U", no, None, "TE"),
        ("F", "E", yes, "F", no, None, "E"),
        ("T", "E", yes, "F", no, None, "T"),
        ("U", "E", yes, "F", no, None, "TE"),
        ("F", "N", yes, "N", no, None, "F"),
        ("T", "T", yes, "T", no, Some(Against::Replaces), "F"),
        ("T", "F", yes, "T", no, Some(Against::Replaces), "T"),
        ("F", "T", yes, "T", no, Some(Against::Overrides), "F"),
        ("T", "F", yes, "T", no, Some(Against::Overrides), "F"),
        ("T", "T", no, "U", yes, Some(Against::Overrides), "U"),
        ("N", "F", no, "U", yes, Some(Against::Replaces), "N"),
    ];
    for (body, first, a, second, b, against, expected) in cases {
        let mut world = World::new(1);
        let [body_node, first_node, second_node] =
            [body, first, second].map(|it| world.truths(&[it]));
        let arm = |world: &mut World, guard, deemed: &str, against| ExceptionArm {
            guard,
            deemed: world.settled(deemed),
            article: String::new(),
            against,
        };
        let exceptions = vec![
            arm(&mut world, first_node, a, None),
            arm(&mut world, second_node, b, against.map(|it| (it, 0))),
        ];
        let node = world.truth(NodeKind::Exceptions { body: body_node, exceptions });
        assert_eq!(
            world.get(node, 0),
            Set::Truth(truth(expected)),
            "{body} {first} {a} {second} {b} {against:?}"
        );
    }
}

#[test]
fn in_principle_becomes_true_or_hardens() {
    let mut world = World::new(6);
    let x = world.truths(&["T", "F", "N", "E", "U", "UN"]);
    let answered = world.truths(&["F", "F", "F", "F", "F", "T"]);
    let soften = |unanswered, answered| NodeKind::Soften { of: x, unanswered, answered };
    let noted = world.truth(soften(Unanswered::Noted, None));
    let failed = world.truth(soften(Unanswered::NotMet, Some(answered)));
    let open = world.truth(soften(Unanswered::Undetermined, Some(answered)));
    world.expect_truths(noted, &["T", "T", "N", "T", "T", "TN"]);
    world.expect_truths(failed, &["T", "F", "N", "E", "U", "TN"]);
    world.expect_truths(open, &["T", "E", "N", "E", "TE", "TN"]);
}

#[test]
fn a_guard_makes_what_it_guards_not_applicable() {
    let mut world = World::new(5);
    let guard = world.truths(&["T", "F", "N", "E", "U"]);
    let truths = world.truths(&["F", "F", "F", "F", "F"]);
    let numbers = world.numbers(&["1", "2", "3", "4", "[5,6]"]);
    let truth = world.truth(NodeKind::Applies { guard, body: truths });
    let number = world.number(NodeKind::Applies { guard, body: numbers });
    world.expect_truths(truth, &["F", "N", "N", "E", "FN"]);
    world.expect_numbers(number, &["1", "N", "N", "E", "[5,6]|N"]);
}

#[test]
fn spans_end_on_the_same_day_or_the_last() {
    let mut world = World::new(4);
    let from = world.dates(&["2024-01-31", "2020-02-29", "2021-08", "2015-05-10"]);
    let to = world.dates(&["2024-02-29", "2021-02-28", "2021-08-15", "2016-05-09"]);
    let span = |world: &mut World, text, unit| world.duration(text, unit);
    let (month, year) =
        (span(&mut world, "1", DurationUnit::Month), span(&mut world, "1", DurationUnit::Year));
    let (two, back) =
        (span(&mut world, "2", DurationUnit::Month), span(&mut world, "-1", DurationUnit::Day));
    let plus = |world: &mut World, span| world.date(NodeKind::AddDuration { day: from, span });
    let one_month = plus(&mut world, month);
    let one_year = plus(&mut world, year);
    let two_months = plus(&mut world, two);
    let day_before = plus(&mut world, back);
    let days = world.number(NodeKind::Days { from, to, both_ends: false });
    let both = world.number(NodeKind::Days { from, to, both_ends: true });
    let full = world.truth(NodeKind::Compare(Comparison::AtLeast, to, one_year));
    world.expect_dates(one_month, &["2024-02-29", "2020-03-29", "2021-09", "2015-06-10"]);
    world.expect_date(two_months, 0, "2024-03-31");
    world.expect_date(day_before, 3, "2015-05-09");
    world.expect_numbers(days, &["29", "365", "[-16,14]", "365"]);
    world.expect_number(both, 3, "366");
    world.expect_truths(full, &["F", "T", "F", "F"]);
}

#[test]
fn working_days_skip_holidays() {
    // 例 8.3, 8.4
    let mut world = World::new(4);
    let holidays = [
        ("2022-12-31", false),
        ("2023-09-29", false),
        ("2023-09-30", false),
        ("2023-10-01", false),
    ];
    let more = [2, 3, 4, 5, 6].map(|it| (format!("2023-10-{it:02}"), false));
    let worked = [("2023-10-07", true), ("2023-10-08", true)];
    let all = holidays.into_iter().map(|(day, work)| (day.to_owned(), work));
    let all = all.chain(more).chain(worked.map(|(day, work)| (day.to_owned(), work)));
    let calendar = world.calendar(all.map(|(text, work)| (day(&text), work)).collect());
    let from = world.dates(&["2022-12-01", "2023-09-28", "2023-12-29", "2022-12"]);
    let (five, one) = (world.constant("5"), world.constant("1"));
    let after = |world: &mut World, count, first_day| {
        world.date(NodeKind::WorkdayAfter { day: from, count, first_day, calendar })
    };
    let fifth = after(&mut world, five, false);
    let counted = after(&mut world, five, true);
    let next = after(&mut world, one, false);
    world.expect_date(fifth, 0, "2022-12-08");
    world.expect_date(counted, 0, "2022-12-07");
    world.expect_date(next, 1, "2023-10-07");
    // Beyond the table: from the least number of days upwards.
    let open = world.get(fifth, 2);
    let low = day("2024-01-05");
    let days = crate::value::DateHull { low: Some(low), high: None };
    assert_eq!(open, Set::Date(Possible::values(days)));
    let Set::Date(Possible { values: Some(days), .. }) = world.get(next, 3) else { panic!("days") };
    assert_eq!((days.low, days.high), (Some(day("2022-12-02")), Some(day("2023-01-02"))));
}

#[test]
fn texts_are_strict_and_open_when_unknown() {
    let mut world = World::new(3);
    let x = world.texts(&["甲乙丙", "?", "N"]);
    let part = world.text("乙");
    let (two, one) = (world.constant("2"), world.constant("1"));
    let contains = world.truth(NodeKind::Contains(x, part));
    let starts = world.truth(NodeKind::StartsWith(x, part));
    let cut = world.node(NodeKind::Part(x, two, one), Ty::Text);
    let joined = world.node(NodeKind::Join(vec![x, part]), Ty::Text);
    let length = world.number(NodeKind::Length(x));
    world.expect_truths(contains, &["T", "U", "N"]);
    world.expect_truths(starts, &["F", "U", "N"]);
    world.expect_numbers(length, &["3", "[0,∞)", "N"]);
    assert_eq!(world.get(cut, 0), world.get(part, 0));
    assert_eq!(world.get(joined, 0), world::text_set("甲乙丙乙"));
    assert_eq!(world.get(joined, 1), world::text_set("?"));
}

#[test]
fn unique_keys_and_blanks() {
    // 例 9.3, and after filling the blank.
    let mut world = World::new(3);
    let key = world.texts(&["甲", "甲", "?"]);
    let unique = world.truth(NodeKind::Unique(key));
    world.expect_truths(unique, &["F", "F", "U"]);
    let mut world = World::new(5);
    let key = world.texts(&["甲", "乙", "甲", "N", "E"]);
    let unique = world.truth(NodeKind::Unique(key));
    let both = world.truth(NodeKind::Not(unique));
    world.expect_truths(unique, &["F", "T", "F", "N", "E"]);
    world.expect_truths(both, &["T", "F", "T", "N", "E"]);
}

fn aggregate(function: AggregateFunction, world: &World, value: Option<NodeId>) -> Aggregate {
    Aggregate { function, rows: world.list(), filter: None, value, share: None, if_empty: None }
}

#[test]
fn aggregates_over_child_rows() {
    // Three cases with 3, 0 and 4 rows.
    let mut world = World::with_children(&[3, 0, 4]);
    let x = world.child_numbers(&["4", "10", "1", "60", "40", "[0,∞)", "N"]);
    let p = world.child_truths(&["T", "U", "U", "T", "T", "T", "T"]);
    let of = |world: &mut World, function, value, filter| {
        let it = Aggregate { filter, ..aggregate(function, world, value) };
        world.number(NodeKind::Aggregate(it))
    };
    let expectations: [(AggregateFunction, [&str; 3]); 8] = [
        (AggregateFunction::Sum, ["[4,15]", "0", "[100,∞)"]),
        (AggregateFunction::Mean, ["[2.5,7]", "E", "[100/3,∞)"]),
        (AggregateFunction::Median, ["[2.5,7]", "E", "[40,60]"]),
        (AggregateFunction::Max, ["[4,10]", "E", "[60,∞)"]),
        (AggregateFunction::Min, ["[1,4]", "E", "[0,40]"]),
        (AggregateFunction::Top(2), ["[4,14]", "0", "[100,∞)"]),
        (AggregateFunction::Top(1), ["[4,10]", "0", "[60,∞)"]),
        (AggregateFunction::Distinct, ["[1,3]", "0", "[2,3]"]),
    ];
    for (function, expected) in expectations {
        let node = of(&mut world, function, Some(x), Some(p));
        world.expect_numbers(node, &expected);
    }
    let count = of(&mut world, AggregateFunction::Count, None, Some(p));
    world.expect_numbers(count, &["[1,3]", "0", "4"]);
    let all = aggregate(AggregateFunction::Quantified(Count::All), &world, Some(p));
    let all = world.truth(NodeKind::Aggregate(all));
    world.expect_truths(all, &["U", "T", "T"]);
    let share = Aggregate { share: Some(p), ..aggregate(AggregateFunction::Share, &world, None) };
    let share = world.number(NodeKind::Aggregate(share));
    world.expect_numbers(share, &["[1/3,1]", "E", "1"]);
    let sums = Aggregate { share: Some(p), ..aggregate(AggregateFunction::Share, &world, Some(x)) };
    let sums = world.number(NodeKind::Aggregate(sums));
    world.expect_numbers(sums, &["[4/15,1]", "E", "1"]);
    let zero = world.constant("0");
    let if_empty =
        Aggregate { if_empty: Some(zero), ..aggregate(AggregateFunction::Mean, &world, Some(x)) };
    let if_empty = world.number(NodeKind::Aggregate(if_empty));
    world.expect_numbers(if_empty, &["5", "0", "[100/3,∞)"]);
}

#[test]
fn a_share_of_a_sum_that_is_not_applicable_is_not_applicable() {
    // 占比（行 中 p 的 x） is 合计（行 中 p 的 x） ÷ 合计（行 的 x）, and a sum of nothing but 不适用 is that.
    let mut world = World::with_children(&[2, 2, 2, 1]);
    let x = world.child_numbers(&["N", "5", "N", "0", "5", "N", "N"]);
    let p = world.child_truths(&["T", "F", "U", "F", "T", "F", "F"]);
    let share =
        Aggregate { share: Some(p), ..aggregate(AggregateFunction::Share, &world, Some(x)) };
    let share = world.number(NodeKind::Aggregate(share));
    world.expect_numbers(share, &["N", "N|E", "1", "N"]);
}

#[test]
fn many_guards_in_error_may_still_agree() {
    let mut world = World::new(1);
    let (live, failed, body) = (world.truths(&["T"]), world.truths(&["E"]), world.truths(&["F"]));
    let yes = world.settled("T");
    let arm = |guard| ExceptionArm { guard, deemed: yes, article: String::new(), against: None };
    let exceptions = std::iter::once(live).chain([failed; 7]).map(arm).collect();
    let node = world.truth(NodeKind::Exceptions { body, exceptions });
    // Every reading gives 真; with so many guards the set may be wider, but 真 is in it.
    assert!(matches!(world.get(node, 0), Set::Truth(it) if it.may(truth("T"))));
}

#[test]
fn plain_rows_are_summed_as_integers() {
    let mut world = World::with_children(&[3, 1, 0]);
    let x = world.child_numbers(&["4.5", "0", "1.50", "-2"]);
    let p = world.child_truths(&["T", "F", "T", "F"]);
    let of = |world: &mut World, function, filter, share, value| {
        let it = Aggregate { filter, share, ..aggregate(function, world, value) };
        world.number(NodeKind::Aggregate(it))
    };
    let sum = of(&mut world, AggregateFunction::Sum, Some(p), None, Some(x));
    let median = of(&mut world, AggregateFunction::Median, None, None, Some(x));
    let mean = of(&mut world, AggregateFunction::Mean, Some(p), None, Some(x));
    let share = of(&mut world, AggregateFunction::Share, None, Some(p), Some(x));
    let number = of(&mut world, AggregateFunction::Share, None, Some(p), None);
    world.expect_numbers(sum, &["6", "0", "0"]);
    world.expect_numbers(median, &["1.5", "-2", "E"]);
    world.expect_numbers(mean, &["3", "E", "E"]);
    world.expect_numbers(share, &["1", "0", "E"]);
    world.expect_numbers(number, &["2/3", "0", "E"]);
}

#[test]
fn a_table_that_was_not_given_is_not_an_empty_table() {
    let mut world = World::with_children(&[0, 0]);
    world.facts.tables[1].ungiven = Bits::collect([true, false].into_iter());
    let x = world.child_numbers(&[]);
    let count = aggregate(AggregateFunction::Count, &world, None);
    let count = world.number(NodeKind::Aggregate(count));
    let any = aggregate(AggregateFunction::Quantified(Count::Any), &world, Some(x));
    world.expect_numbers(count, &["[0,∞)", "0"]);
    let p = world.child_truths(&[]);
    let any = Aggregate { value: Some(p), ..any };
    let any = world.truth(NodeKind::Aggregate(any));
    world.expect_truths(any, &["U", "F"]);
    let most = aggregate(AggregateFunction::Max, &world, Some(x));
    let most = world.number(NodeKind::Aggregate(most));
    world.expect_numbers(most, &["(-∞,∞)|E", "E"]);
}

#[test]
fn children_see_their_parents_value() {
    let mut world = World::with_children(&[2, 0, 1]);
    let own = world.child_numbers(&["1", "5", "7"]);
    let total = aggregate(AggregateFunction::Sum, &world, Some(own));
    let total = world.number(NodeKind::Aggregate(total));
    let above = world.child_node(NodeKind::Parent(total), NUMBER);
    let share = world.child_node(NodeKind::Quotient(own, above), NUMBER);
    world.expect_numbers(above, &["6", "6", "7"]);
    world.expect_numbers(share, &["1/6", "5/6", "1"]);
}

#[test]
fn what_is_supposed_is_not_computed() {
    let mut world = World::new(2);
    let x = world.numbers(&["1", "[0,9]"]);
    let two = world.constant("2");
    let double = world.number(NodeKind::Product(vec![x, two]));
    let half = world.number(NodeKind::Quotient(x, two));
    let sum = world.number(NodeKind::Sum(vec![double, two]));
    let met = world.truth(NodeKind::Compare(Comparison::AtLeast, half, two));
    world.suppose(double, &["10", "N"]);
    world.suppose(half, &["5", "1"]);
    world.expect_numbers(sum, &["12", "N"]);
    world.expect_truths(met, &["T", "F"]);
}

#[test]
fn bare_not_applicable_fits_every_type() {
    let mut world = World::new(2);
    let x = world.numbers(&["1", "2"]);
    let bare = world.not_applicable(Ty::NotApplicable);
    let sum = world.number(NodeKind::Sum(vec![x, bare]));
    let met = world.truth(NodeKind::Compare(Comparison::Equal, x, bare));
    let condition = world.truths(&["T", "F"]);
    let branch = NodeKind::If { condition, then: bare, otherwise: x, if_not_applicable: None };
    let branch = world.number(branch);
    world.expect_numbers(sum, &["N", "N"]);
    world.expect_truths(met, &["N", "N"]);
    world.expect_numbers(branch, &["N", "2"]);
    assert_eq!(set("N"), Possible::not_applicable());
}
