//! Random programs over random cells: chunks of any size and recordings give the same outcomes, plain or not.

use crate::eval::tests::aggregate;
use crate::eval::tests::world::World;
use crate::ir::AggregateFunction;
use crate::ir::CellTest;
use crate::ir::Comparison;
use crate::ir::Count;
use crate::ir::Decision;
use crate::ir::DecisionRow;
use crate::ir::Fold;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use proptest::prelude::*;

const NUMBERS: [&str; 9] = ["1", "0", "-2.5", "1/3", "[0,8]", "(0,∞)", "N", "[-1,1]|N", "3|E"];
const TRUTHS: [&str; 6] = ["T", "F", "U", "N", "E", "TN"];
const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::AtLeast,
    Comparison::AtMost,
    Comparison::Above,
    Comparison::Below,
];

/// The nodes so far that an operator may take.
struct Pool {
    numbers: Vec<NodeId>,
    truths: Vec<NodeId>,
}

impl Pool {
    fn add(&mut self, world: &mut World, op: u8, picks: [usize; 3]) {
        let [x, y, z] = picks.map(|it| self.numbers[it % self.numbers.len()]);
        let [p, q, r] = picks.map(|it| self.truths[it % self.truths.len()]);
        let compare = COMPARISONS[op as usize % 6];
        let number = match op % 24 {
            0 => NodeKind::Sum(vec![x, y, z]),
            1 => NodeKind::Difference(x, y),
            2 => NodeKind::Product(vec![x, y]),
            3 | 4 => NodeKind::Quotient(x, y),
            5 => NodeKind::Absolute(x),
            6 => NodeKind::Round {
                how: crate::value::Rounding::Nearest,
                of: x,
                places: 1,
                factor: crate::value::Number::one(),
            },
            7 => NodeKind::Fold(Fold::Max, vec![x, y, z]),
            8 => NodeKind::Fold(Fold::Sum, vec![x, y]),
            9 => NodeKind::If { condition: p, then: x, otherwise: y, if_not_applicable: Some(z) },
            10 => NodeKind::WhenNotApplicable { of: x, value: y },
            11 => NodeKind::Applies { guard: p, body: x },
            12 => NodeKind::Power(x, 2),
            13 => NodeKind::Decide(Decision {
                hit: [Hit::First, Hit::Only, Hit::Every][picks[0] % 3],
                heads: vec![x, y],
                rows: vec![
                    DecisionRow {
                        cells: vec![CellTest::Tests(vec![vec![(compare, y)]]), CellTest::Any],
                        result: z,
                    },
                    DecisionRow {
                        cells: vec![CellTest::Otherwise, CellTest::Otherwise],
                        result: x,
                    },
                ],
                total: false,
            }),
            14 => NodeKind::And(vec![p, q, r]),
            15 => NodeKind::Or(vec![p, q]),
            16 => NodeKind::Not(p),
            17 => NodeKind::Quantified(Count::AtLeast(2), vec![p, q, r]),
            18 => NodeKind::IsNone(x),
            19 => NodeKind::Unique(x),
            _ => NodeKind::Compare(compare, x, y),
        };
        match op % 24 {
            0..=13 => {
                let id = world.number(number);
                self.numbers.push(id);
            }
            _ => {
                let id = world.truth(number);
                self.truths.push(id);
            }
        }
    }
}

fn cells(
    choices: &'static [&'static str],
    rows: usize,
) -> impl Strategy<Value = Vec<&'static str>> {
    // Most columns are plain in most rows.
    prop::collection::vec(prop_oneof![3 => 0..2usize, 1 => 0..choices.len()], rows)
        .prop_map(|picks| picks.into_iter().map(|it| choices[it]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn chunks_and_recordings_agree(
        children in prop::collection::vec(0..4usize, 5),
        numbers in prop::collection::vec(cells(&NUMBERS, 5), 2),
        truths in prop::collection::vec(cells(&TRUTHS, 5), 2),
        child_numbers in cells(&NUMBERS, 20),
        child_truths in cells(&TRUTHS, 20),
        functions in prop::collection::vec((0..9usize, any::<bool>()), 2),
        ops in prop::collection::vec((any::<u8>(), any::<[usize; 3]>()), 12),
    ) {
        let mut world = World::with_children(&children);
        let mut pool = Pool { numbers: vec![], truths: vec![] };
        pool.numbers.extend(numbers.iter().map(|it| world.numbers(it)));
        pool.numbers.extend(["2", "1/3"].map(|it| world.constant(it)));
        pool.truths.extend(truths.iter().map(|it| world.truths(it)));
        let rows = children.iter().sum();
        let value = world.child_numbers(&child_numbers[..rows]);
        let filter = world.child_truths(&child_truths[..rows]);
        for (function, filtered) in functions {
            let function = [
                AggregateFunction::Sum,
                AggregateFunction::Mean,
                AggregateFunction::Median,
                AggregateFunction::Max,
                AggregateFunction::Min,
                AggregateFunction::Distinct,
                AggregateFunction::Count,
                AggregateFunction::Top(1),
                AggregateFunction::Top(3),
            ][function];
            let mut it = aggregate(function, &world, Some(value));
            it.filter = filtered.then_some(filter);
            it.value = it.value.filter(|_| function != AggregateFunction::Count);
            pool.numbers.push(world.number(NodeKind::Aggregate(it)));
        }
        for (op, picks) in ops {
            pool.add(&mut world, op, picks);
        }
        world.run();
    }
}
