//! Tables (`semantics` §3.4): which rows hold, what is undecided, bands.

use crate::eval::tests::world::World;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Constant;
use crate::ir::Decision;
use crate::ir::DecisionRow;
use crate::ir::GradingId;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Foreign;
use crate::value::MemberSet;

/// A cell as it is written in a rulebook, with comparisons to numbers only.
fn cell(world: &mut World, text: &str) -> CellTest {
    match text {
        "—" => return CellTest::Any,
        "其余" => return CellTest::Otherwise,
        "不适用" => return CellTest::NotApplicable,
        _ => {}
    }
    let mut one = |text: &str| {
        let (op, bound) = text.split_once(' ').expect("an operator and a bound");
        let op = match op {
            "≥" => Comparison::AtLeast,
            "≤" => Comparison::AtMost,
            ">" => Comparison::Above,
            "<" => Comparison::Below,
            _ => Comparison::Equal,
        };
        (op, world.constant(bound))
    };
    CellTest::Tests(vec![text.split(" 且 ").map(&mut one).collect()])
}

/// A table: each row its cells and its result.
fn table(world: &mut World, hit: Hit, heads: &[NodeId], rows: &[(&[&str], &str)]) -> NodeId {
    let rows = rows.iter().map(|(cells, result)| DecisionRow {
        cells: cells.iter().map(|it| cell(world, it)).collect(),
        result: match *result {
            "N" => world.number(NodeKind::Constant(Constant::NotApplicable)),
            result => world.constant(result),
        },
    });
    let rows = rows.collect();
    world.number(NodeKind::Decide(Decision { hit, heads: heads.to_vec(), rows, total: false }))
}

#[test]
fn a_grade_is_the_first_row_that_matches() {
    let mut world = World::new(8);
    let x = world.numbers(&["150", "100", "99", "[50,100]", "[0,∞)", "N", "E", "[40,60)|N"]);
    let graded = table(
        &mut world,
        Hit::First,
        &[x],
        &[(&["≥ 100"], "1"), (&["≥ 30"], "2"), (&["其余"], "3")],
    );
    world.expect_numbers(graded, &["1", "1", "2", "[1,2]", "[1,3]", "E", "E", "2|E"]);
    let gap = table(&mut world, Hit::First, &[x], &[(&["≥ 100"], "1"), (&["< 60"], "2")]);
    world.expect_numbers(gap, &["1", "1", "E", "[1,2]|E", "[1,2]|E", "E", "E", "2|E"]);
}

#[test]
fn grades_of_members_look_below_them() {
    let mut world = World::new(4);
    let tree = world.tree();
    let x = world.members(
        tree,
        vec![
            MemberSet::one(2),
            MemberSet::one(0),
            MemberSet { members: None, foreign: Foreign::No },
            MemberSet::foreign("别处".into()),
        ],
    );
    let row = |cell: CellTest, result: NodeId| DecisionRow { cells: vec![cell], result };
    let (one, two) = (world.constant("1"), world.constant("2"));
    let rows = vec![row(CellTest::Members(vec![1]), one), row(CellTest::Otherwise, two)];
    let decision = Decision { hit: Hit::First, heads: vec![x], rows, total: false };
    let graded = world.number(NodeKind::Decide(decision));
    world.expect_numbers(graded, &["1", "[1,2]", "[1,2]", "2"]);
}

#[test]
fn example_3_7() {
    let mut world = World::new(6);
    let firms = world.numbers(&["20", "[0,∞)", "50", "150", "150", "N"]);
    let revenue = world.numbers(&["[0,∞)", "80", "[0,∞)", "[100,400]", "[0,∞)", "600"]);
    // 甲 3, 乙 2, 丙 1.
    let graded = table(
        &mut world,
        Hit::First,
        &[firms, revenue],
        &[(&["≥ 100", "≥ 500"], "3"), (&["≥ 30", "≥ 100"], "2"), (&["—", "—"], "1")],
    );
    world.expect_numbers(graded, &["1", "1", "[1,2]", "2", "[1,3]", "1"]);
}

#[test]
fn a_cell_that_fails_decides_before_one_in_error() {
    let mut world = World::new(4);
    let x = world.numbers(&["1", "5", "N", "E"]);
    let y = world.numbers(&["E", "E", "E", "1"]);
    for hit in [Hit::First, Hit::Only] {
        let graded =
            table(&mut world, hit, &[x, y], &[(&["≥ 5", "≥ 0"], "7"), (&["< 5", "—"], "8")]);
        world.expect_numbers(graded, &["8", "E", "E", "E"]);
    }
    // An error met below the first row that holds is not looked at.
    let graded =
        table(&mut world, Hit::First, &[x, y], &[(&["< 5", "—"], "8"), (&["≥ 5", "≥ 0"], "7")]);
    world.expect_numbers(graded, &["8", "E", "E", "E"]);
}

#[test]
fn only_one_row_may_hold() {
    let mut world = World::new(5);
    let x = world.numbers(&["1", "5", "9", "[0,10]", "[0,4]"]);
    let two = table(&mut world, Hit::Only, &[x], &[(&["≤ 5"], "1"), (&["≥ 5"], "2")]);
    world.expect_numbers(two, &["1", "E", "2", "[1,2]|E", "1"]);
    // 其余 takes what no row with less of it takes, wherever it stands.
    let rest = table(&mut world, Hit::Only, &[x], &[(&["其余"], "3"), (&["≤ 5"], "1")]);
    world.expect_numbers(rest, &["1", "1", "3", "[1,3]", "1"]);
}

#[test]
fn rows_that_hold_are_added_up() {
    let mut world = World::new(6);
    let x = world.numbers(&["1", "5", "12", "[0,6]", "N", "[0,12]"]);
    let rows: &[(&[&str], &str)] =
        &[(&["≥ 5"], "2"), (&["≥ 10"], "3"), (&["≥ 0"], "1"), (&["不适用"], "N")];
    let sum = table(&mut world, Hit::Every, &[x], rows);
    world.expect_numbers(sum, &["1", "3", "6", "[1,3]", "N", "[1,6]"]);
    let gap = table(&mut world, Hit::Every, &[x], &[(&["≥ 5"], "2"), (&["≥ 10"], "N")]);
    world.expect_numbers(gap, &["E", "2", "2", "2|E", "E", "2|E"]);
}

#[test]
fn one_head_in_two_columns_is_cut_once() {
    let mut world = World::new(1);
    let x = world.numbers(&["[0,10]"]);
    let graded =
        table(&mut world, Hit::First, &[x, x], &[(&["≥ 5", "< 5"], "1"), (&["—", "—"], "2")]);
    world.expect_numbers(graded, &["2"]);
}

#[test]
fn beyond_the_limit_rows_are_looked_at_one_by_one() {
    // Thirteen heads of two pieces each are 8192 cells.
    let mut world = World::new(1);
    let heads: Vec<NodeId> = (0..13).map(|_| world.numbers(&["[0,10]"])).collect();
    let high = vec!["≥ 5"; 13];
    let mut low = vec!["—"; 13];
    low[0] = "≥ 5";
    let few = table(
        &mut world,
        Hit::First,
        &heads[..12],
        &[(&low[..12], "1"), (&high[..12], "2"), (&["—"; 12], "3")],
    );
    // The second row never comes to be the first that holds.
    world.expect_numbers(few, &["[1,3]"]);
    let many =
        table(&mut world, Hit::First, &heads, &[(&low, "3"), (&high, "1"), (&["—"; 13], "2")]);
    world.expect_numbers(many, &["[1,3]"]);
    let few = table(
        &mut world,
        Hit::First,
        &heads[..12],
        &[(&low[..12], "3"), (&high[..12], "1"), (&["—"; 12], "2")],
    );
    world.expect_numbers(few, &["[2,3]"]);
}

#[test]
fn a_reviewer_narrows_a_band() {
    let mut world = World::new(5);
    let judged = world.numbers(&["7.5", "[0,10]", "9", "[7.5,20]", "N"]);
    let (low, high) = (world.constant("7"), world.constant("8"));
    let band = |judged, closed| {
        let of = GradingId(0);
        NodeKind::Band { of, low: (low, true), high: (high, closed), judged }
    };
    let (narrowed, open, alone) =
        (band(Some(judged), true), band(Some(judged), false), band(None, true));
    let narrowed = world.number(narrowed);
    world.expect_numbers(narrowed, &["7.5", "[7,8]", "[7,8]", "[7.5,8]", "[7,8]"]);
    let open = world.number(open);
    world.expect_numbers(open, &["7.5", "[7,8)", "[7,8)", "[7.5,8)", "[7,8)"]);
    let alone = world.number(alone);
    world.expect_numbers(alone, &["[7,8]", "[7,8]", "[7,8]", "[7,8]", "[7,8]"]);
}
