//! The laws of `semantics` §§5 and 11 (L2, L3, L4, L6 for pass 1, L8, L9) on random programs and data, judged by the completion oracle.

use crate::oracle::Plain;
use crate::oracle::case::Case;
use crate::oracle::cells::Guess;
use crate::oracle::complete::Data;
use crate::oracle::complete::Hole;
use crate::oracle::complete::fillings;
use crate::oracle::complete::joint;
use crate::oracle::complete::outcomes;
use crate::oracle::facts;
use crate::oracle::generate::Style;
use crate::oracle::plain::Evaluator;
use crate::oracle::schema::CASES;
use crate::oracle::schema::fields;
use crate::oracle::sets::holds;
use crate::oracle::sets::within;
use crate::oracle::tape::Tape;
use crate::oracle::tape::Tapes;
use crate::oracle::tape::mix;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::value::Set;
use heng::value::Truth;
use proptest::collection::vec;
use proptest::prelude::ProptestConfig;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::test_runner::RngSeed;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeSet;

pub const FREE: Style = Style { guesses: true, tight: false };
pub const SETTLED: Style = Style { guesses: false, tight: false };
const TIGHT: Style = Style { guesses: false, tight: true };

/// `PROPTEST_CASES` raises every law in proportion (proptest's own default is 256).
pub fn times(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default().cases;
    ProptestConfig {
        // The same cases in every run; PROPTEST_CASES asks for more of them.
        rng_seed: RngSeed::Fixed(183),
        cases: cases * asked / 256,
        max_shrink_iters: 4000,
        ..ProptestConfig::default()
    }
}

/// A tape of rules and one of data.
pub fn tapes() -> impl Strategy<Value = Tapes> {
    (vec(any::<u16>(), 10..300), vec(any::<u16>(), 10..600))
        .prop_map(|(rules, data)| Tapes { rules, data })
}

/// Some completions: cells filled, guesses answered, rows added to open lists.
pub fn evaluate_some(
    case: &Case,
    data: &Data,
    count: usize,
    mut judge: impl FnMut(&Evaluator, &[usize], &[Hole]) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let holes = data.holes();
    for (filling, at) in fillings(&holes, count, case.seed).iter().zip(0..) {
        let guess = match at % 4 {
            0 => Guess::No,
            1 => Guess::Yes,
            _ => Guess::Mixed(mix(case.seed, at)),
        };
        let extra = (at % 3 != 0).then(|| mix(case.seed, 500 + at));
        let cells = data.complete(&holes, filling, guess, extra);
        judge(&Evaluator::new(&case.program, &cells, case.run.on), filling, &holes)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(times(400))]

    /// L2: every outcome of every completion lies in the reported set.
    #[test]
    fn sound(tapes in tapes()) {
        let case = Case::new(&tapes, FREE);
        let reported = case.report(&case.data);
        evaluate_some(&case, &case.data, 16, |evaluator, filling, holes| {
            for ((node, row), set) in &reported {
                let plain = evaluator.outcome(*node, *row);
                prop_assert!(
                    holds(set, &plain),
                    "{plain:?} is not in {set:?}, row {row} of {}\n{:?}",
                    case.explain(*node, &reported),
                    holes.iter().zip(filling).map(|(it, at)| (it.field, it.row, &it.outcomes[*at])).collect::<Vec<_>>()
                );
            }
            Ok(())
        })?;
    }

    /// L2 holds too where a computed node is supposed to be something (假定).
    #[test]
    fn supposed(tapes in tapes()) {
        let mut case = Case::new(&tapes, FREE);
        let computed = case.program.nodes.iter().position(|it| {
            let cell = matches!(it.kind, NodeKind::Field(_) | NodeKind::Applies { .. } | NodeKind::Narrow { .. });
            it.space == CASES && !cell && !it.kind.operands().is_empty()
        });
        if let Some(at) = computed
            && let Some(holds_as) = fields(CASES).iter().map(|it| it.0).find(|it| it.ty().0 == case.program.nodes[at].ty)
        {
            let mut tape = Tape::new(&tapes.data);
            let sets: Vec<Set> = case.data.cases.rows.iter().map(|_| facts::value(&mut tape, holds_as)).collect();
            let node = NodeId(at as u32);
            case.run.supposed.insert(node, facts::of_sets(&sets[0], &sets, case.shape));
            let reported = case.report(&case.data);
            evaluate_some(&case, &case.data, 6, |evaluator, _, _| {
                for (row, set) in sets.iter().enumerate() {
                    evaluator.suppose(node, row, outcomes(set, holds_as).remove(0));
                }
                for ((node, row), set) in &reported {
                    let plain = evaluator.outcome(*node, *row);
                    prop_assert!(holds(set, &plain), "{plain:?} is not in {set:?}, row {row} of {}", case.explain(*node, &reported));
                }
                Ok(())
            })?;
        }
    }

    /// L3: filling or narrowing holes widens no set.
    #[test]
    fn narrowing(tapes in tapes()) {
        let case = Case::new(&tapes, FREE);
        let holes = case.data.holes();
        let before = case.report(&case.data);
        for at in 0..3 {
            let narrower = case.data.narrow(&holes, mix(case.seed, at));
            let after = case.report(&narrower);
            let spoken = spoken(&case, &narrower);
            for (key, set) in &after {
                let (node, row) = *key;
                prop_assert!(
                    !spoken.contains(&node) || within(&case.program, case.program.node(node).ty, set, &before[key]),
                    "{:?} became {set:?}, row {row} of {}\nafter: {}",
                    before[key],
                    case.explain(node, &before),
                    case.explain(node, &after)
                );
            }
        }
    }

    /// L4: without holes every set is the plain outcome.
    #[test]
    fn plain(tapes in tapes()) {
        let case = Case::new(&tapes, SETTLED);
        let holes = case.data.holes();
        for filling in fillings(&holes, 2, case.seed) {
            let data = case.data.fill(&holes, &filling).afresh();
            let reported = case.report(&data);
            let cells = data.complete(&[], &[], Guess::No, None);
            let evaluator = Evaluator::new(&case.program, &cells, case.run.on);
            for ((node, row), set) in &reported {
                let plain = evaluator.outcome(*node, *row);
                let same = plain == Plain::Unspoken || set.is_settled() && holds(set, &plain);
                prop_assert!(same, "{set:?} should be {plain:?}, row {row} of {}", case.explain(*node, &reported));
            }
        }
    }

    /// L8: data rows in another order give the same sets in that order.
    #[test]
    fn permuted(tapes in tapes()) {
        let case = Case::new(&tapes, FREE);
        let (data, case_at, firm_at) = shuffled(&case.data, case.seed);
        let (before, after) = (case.report(&case.data), case.report(&data));
        prop_assert_eq!(before.len(), after.len());
        for ((node, row), set) in &before {
            let to = if case.program.node(*node).space == CASES { case_at[*row] } else { firm_at[*row] };
            let moved = &after[&(*node, to)];
            prop_assert!(set == moved, "row {row} moved to {to} and became {moved:?}: {}", case.explain(*node, &before));
        }
    }
}

proptest! {
    #![proptest_config(times(400))]

    /// L6 (a), (d): with each hole once, every reported truth is reached.
    #[test]
    fn tight(tapes in tapes()) {
        let case = Case::new(&tapes, TIGHT);
        let reported = case.report(&case.data);
        let root = case.roots[0];
        let below = case.fields_of(root);
        for row in 0..case.data.cases.rows.len() {
            let mut holes = case.data.holes();
            holes.retain(|it| below.contains(&it.field) && if it.field.table == CASES {
                it.row == row
            } else {
                case.data.firms.rows[it.row].0 == row
            });
            if joint(&holes).is_none_or(|it| it > 800) {
                continue;
            }
            let mut reached = Truth::NOTHING;
            for filling in fillings(&holes, 800, 0) {
                let cells = case.data.complete(&holes, &filling, Guess::No, None);
                reached = reached.union(truth(&Evaluator::new(&case.program, &cells, case.run.on).outcome(root, row)));
            }
            let set = &reported[&(root, row)];
            prop_assert!(*set == Set::Truth(reached), "only {reached:?} is reached of {set:?}, row {row} of {}", case.explain(root, &reported));
        }
    }
}

proptest! {
    #![proptest_config(times(4))]

    /// L8: the same cases many times over give the same sets, whatever the chunks they fall in.
    #[test]
    fn chunked(tapes in tapes()) {
        let case = Case::new(&tapes, FREE);
        if case.program.nodes.iter().all(|it| !matches!(it.kind, NodeKind::Unique(_))) {
            let mut many = case.data.clone();
            let (cases, firms) = (case.data.cases.rows.len(), case.data.firms.rows.len());
            let copies = heng::eval::CHUNK / cases + 20;
            for copy in 1..copies {
                many.cases.rows.extend_from_slice(&case.data.cases.rows);
                many.cases.given.extend_from_slice(&case.data.cases.given);
                many.firms.rows.extend(case.data.firms.rows.iter().map(|(parent, row)| (parent + copy * cases, row.clone())));
            }
            let once = heng::eval::evaluate(&case.program, &case.facts(&case.data), &case.run);
            let often = heng::eval::evaluate(&case.program, &case.facts(&many), &case.run);
            for node in &case.roots {
                let rows = if case.program.node(*node).space == CASES { cases } else { firms };
                for row in 0..rows * copies {
                    let same = once.get(*node, row % rows) == often.get(*node, row);
                    prop_assert!(same, "row {row} of {}", case.describe(*node));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(times(4))]

    /// L8 too: any number of threads comes to the same outcome, column for column.
    #[test]
    fn threaded(tapes in tapes()) {
        let case = Case::new(&tapes, FREE);
        let mut many = case.data.clone();
        let cases = case.data.cases.rows.len();
        let copies = 5 * heng::eval::CHUNK / cases;
        for copy in 1..copies {
            many.cases.rows.extend_from_slice(&case.data.cases.rows);
            many.cases.given.extend_from_slice(&case.data.cases.given);
            many.firms.rows.extend(case.data.firms.rows.iter().map(|(parent, row)| (parent + copy * cases, row.clone())));
        }
        let facts = case.facts(&many);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| heng::eval::evaluate(&case.program, &facts, &case.run).columns)
        };
        let alone = on(1);
        prop_assert_eq!(&alone, &on(2));
        prop_assert_eq!(&alone, &on(5));
    }
}

pub fn truth(plain: &Plain) -> Truth {
    match plain {
        Plain::NotApplicable => Truth::NOT_APPLICABLE,
        Plain::Error => Truth::ERROR,
        other => Truth::of(other.is_true()),
    }
}

/// The nodes of which something is promised in every row. Inside a branch that no completion takes, a cut
/// leaves nothing, and nothing is.
fn spoken(case: &Case, data: &Data) -> BTreeSet<NodeId> {
    let mut left = BTreeSet::new();
    evaluate_some(case, data, 6, |evaluator, _, _| {
        for (node, at) in case.program.nodes.iter().zip(0..) {
            let rows =
                if node.space == CASES { data.cases.rows.len() } else { data.firms.rows.len() };
            let found =
                (0..rows).filter(|row| evaluator.outcome(NodeId(at), *row) != Plain::Unspoken);
            left.extend(found.map(|row| (NodeId(at), row)));
        }
        Ok(())
    })
    .expect("nothing is judged here");
    let is_left = |cut: &NodeId| {
        let cases = case.program.node(*cut).space == CASES;
        let rows = if cases { data.cases.rows.len() } else { data.firms.rows.len() };
        (0..rows).all(|row| left.contains(&(*cut, row)))
    };
    let open = case.open_cuts();
    open.iter()
        .zip(0..)
        .filter(|(cuts, _)| cuts.iter().all(is_left))
        .map(|(_, at)| NodeId(at))
        .collect()
}

/// The rows of both tables in another order, and where each of the old rows stands.
fn shuffled(data: &Data, seed: u64) -> (Data, Vec<usize>, Vec<usize>) {
    let order = |count: usize, salt: u64| {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|at| mix(seed ^ salt, *at as u64));
        order
    };
    let (cases, mut firms) = (order(data.cases.rows.len(), 1), order(data.firms.rows.len(), 2));
    let places = |order: &[usize]| {
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, from)| places[*from] = to);
        places
    };
    let case_at = places(&cases);
    firms.sort_by_key(|at| case_at[data.firms.rows[*at].0]);
    let firm_at = places(&firms);
    let mut moved = data.clone();
    moved.cases.rows = cases.iter().map(|at| data.cases.rows[*at].clone()).collect();
    moved.cases.given = cases.iter().map(|at| data.cases.given[*at]).collect();
    let firm = |at: &usize| {
        let (parent, cells) = &data.firms.rows[*at];
        (case_at[*parent], cells.clone())
    };
    moved.firms.rows = firms.iter().map(firm).collect();
    (moved, case_at, firm_at)
}
