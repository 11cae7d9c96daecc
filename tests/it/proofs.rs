//! The laws of the second look (`semantics` §5 L5, L6 b e, §6.5 relevance, L7) on random programs, judged by the completion oracle.

use crate::laws::SETTLED;
use crate::laws::evaluate_some;
use crate::laws::tapes;
use crate::laws::times;
use crate::laws::truth;
use crate::oracle::Plain;
use crate::oracle::Value;
use crate::oracle::case::Case;
use crate::oracle::cells::Guess;
use crate::oracle::complete::Data;
use crate::oracle::complete::Hole;
use crate::oracle::complete::fillings;
use crate::oracle::complete::joint;
use crate::oracle::facts::Cell;
use crate::oracle::generate;
use crate::oracle::generate::NUMBER;
use crate::oracle::plain::Evaluator;
use crate::oracle::schema;
use crate::oracle::schema::CASES;
use crate::oracle::schema::FIRMS;
use crate::oracle::schema::LIST;
use crate::oracle::schema::SPAN;
use crate::oracle::sets::holds;
use crate::oracle::tape::Tape;
use crate::oracle::tape::mix;
use heng::analysis;
use heng::analysis::At;
use heng::analysis::proof;
use heng::analysis::remedy;
use heng::analysis::remedy::Action;
use heng::eval;
use heng::eval::Recording;
use heng::ir::Aggregate;
use heng::ir::AggregateFunction;
use heng::ir::Comparison;
use heng::ir::Constant;
use heng::ir::FieldId;
use heng::ir::Node;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Program;
use heng::ir::TableId;
use heng::ir::Ty;
use heng::value::DateHull;
use heng::value::Hull;
use heng::value::MemberSet;
use heng::value::Number;
use heng::value::Possible;
use heng::value::Set;
use heng::value::Truth;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::test_runner::TestCaseError;
use std::cmp::Ordering;

/// Every case recorded, and each criterion of its own row.
fn each_criterion(
    case: &Case,
    data: &Data,
    mut judge: impl FnMut(&analysis::Case, NodeId) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let facts = case.facts(data);
    let outcome = eval::evaluate(&case.program, &facts, &case.run);
    for row in 0..data.cases.rows.len() {
        let recording: Recording =
            eval::record(&case.program, &facts, &case.run, &outcome, CASES, row);
        let program = &case.program;
        let (facts, recording, outcome) = (&facts, &recording, &outcome);
        let it = analysis::Case { program, facts, recording, outcome, table: CASES, row };
        for criterion in case.program.criteria.iter().filter(|it| it.table == CASES) {
            judge(&it, criterion.node)?;
        }
    }
    Ok(())
}

/// The data with other cells; 缺省 and 已填 keep what they saw.
fn with(data: &Data, cells: &[(FieldId, usize, Set)]) -> Data {
    let mut data = data.clone();
    for (field, row, set) in cells {
        cell(&mut data, *field, *row).set = set.clone();
    }
    data
}

fn cell(data: &mut Data, field: FieldId, row: usize) -> &mut Cell {
    let rows = if field.table == CASES { &mut data.cases } else { &mut data.firms };
    &mut rows.rows[row].1[field.index as usize]
}

proptest! {
    #![proptest_config(times(200))]

    /// L5: both completions of a proof come to what it says, whatever else is not known, and they differ.
    #[test]
    fn proved(tapes in tapes()) {
        let case = Case::new(&tapes, crate::laws::FREE);
        each_criterion(&case, &case.data, |it, node| {
            let Some(pair) = proof::prove(it, &[], At { node, row: it.row }).witnesses else { return Ok(()) };
            prop_assert!(pair[0].outcome != pair[1].outcome);
            for completion in &pair {
                let filled = with(&case.data, &completion.cells);
                evaluate_some(&case, &filled, 6, |evaluator, _, _| {
                    let plain = evaluator.outcome(node, it.row);
                    prop_assert!(
                        plain == Plain::Unspoken || holds(&completion.outcome, &plain),
                        "{plain:?} is not {:?}, row {} of {}\n{:?}",
                        completion.outcome, it.row, case.describe(node), completion.cells
                    );
                    Ok(())
                })?;
            }
            Ok(())
        })?;
    }

    /// §6.5: a hole that is said not to matter never makes a difference.
    #[test]
    fn irrelevant(tapes in tapes()) {
        let case = Case::new(&tapes, crate::laws::FREE);
        let holes = case.data.holes();
        each_criterion(&case, &case.data, |it, node| {
            let needless = proof::prove(it, &[], At { node, row: it.row }).irrelevant;
            for (at, hole) in holes.iter().enumerate().filter(|(_, hole)| needless.contains(&(hole.field, hole.row))) {
                for (filling, seed) in fillings(&holes, 6, case.seed).into_iter().zip(0..) {
                    let guess = [Guess::No, Guess::Yes, Guess::Mixed(mix(case.seed, seed))][seed as usize % 3];
                    let mut outcomes = (0..hole.outcomes.len()).map(|other| {
                        let mut filling = filling.clone();
                        filling[at] = other;
                        let cells = case.data.complete(&holes, &filling, guess, Some(mix(case.seed, seed)));
                        Evaluator::new(&case.program, &cells, case.run.on).outcome(node, it.row)
                    });
                    let first = outcomes.next();
                    prop_assert!(
                        outcomes.all(|it| Some(it) == first),
                        "{:?} matters to row {} of {}", hole.field, it.row, case.describe(node)
                    );
                }
            }
            Ok(())
        })?;
    }

    /// L6 (e): where only truths and members are not known, every outcome that is reported is reached.
    #[test]
    fn members(tapes in tapes()) {
        let case = Case::new(&tapes, SETTLED);
        let mut data = case.data.clone();
        let all = data.holes();
        let filled: Vec<_> = all.iter().filter(|hole| {
            !hole.outcomes.iter().all(|it| matches!(it, Plain::NotApplicable | Plain::Value(crate::oracle::Value::Truth(_) | crate::oracle::Value::Member(_))))
        }).cloned().collect();
        data = data.fill(&filled, &vec![0; filled.len()]);
        let holes = data.holes();
        each_criterion(&case, &data, |it, node| {
            let below = case.below(node);
            if below.iter().any(|it| matches!(case.program.node(*it).kind, NodeKind::Unique(_))) {
                return Ok(());
            }
            let fields = case.fields_of(node);
            let mut own = holes.clone();
            own.retain(|hole| fields.contains(&hole.field) && if hole.field.table == CASES {
                hole.row == it.row
            } else {
                data.firms.rows[hole.row].0 == it.row
            });
            if joint(&own).is_none_or(|it| it > 600) {
                return Ok(());
            }
            let mut reached = Truth::NOTHING;
            for filling in fillings(&own, 600, 0) {
                let cells = data.complete(&own, &filling, Guess::No, None);
                reached = reached.union(truth(&Evaluator::new(&case.program, &cells, case.run.on).outcome(node, it.row)));
            }
            prop_assert_eq!(it.truth(At { node, row: it.row }), reached, "row {} of {}", it.row, case.describe(node));
            Ok(())
        })?;
    }

    /// L7: a remedy that is said to be enough fulfils, and none of its changes can be left out.
    #[test]
    fn remedies(tapes in tapes()) {
        let mut case = Case::new(&tapes, SETTLED);
        for field in case.program.tables.iter_mut().flat_map(|it| &mut it.fields) {
            field.changeable = true;
        }
        let holes = case.data.holes();
        let filling = fillings(&holes, 1, case.seed).remove(0);
        let data = case.data.fill(&holes, &filling).afresh();
        each_criterion(&case, &data, |it, node| {
            for plan in remedy::plans(it, &[], At { node, row: it.row }) {
                let sets = plan.steps.iter().map(|step| match &step.action {
                    Action::Set { field, row, to } => Some((*field, *row, value(to))),
                    _ => None,
                });
                let Some(steps) = sets.collect::<Option<Vec<_>>>().filter(|_| plan.enough) else { continue };
                let comes_to = |cells: &[(FieldId, usize, Set)]| {
                    let cells = with(&data, cells).complete(&[], &[], Guess::No, None);
                    Evaluator::new(&case.program, &cells, case.run.on).outcome(node, it.row)
                };
                prop_assert!(comes_to(&steps).is_true(), "{steps:?} does not mend row {} of {}", it.row, case.describe(node));
                for left_out in 0..steps.len() {
                    let mut fewer = steps.clone();
                    fewer.remove(left_out);
                    prop_assert!(!comes_to(&fewer).is_true(), "{fewer:?} mends row {} of {}", it.row, case.describe(node));
                }
            }
            Ok(())
        })?;
    }
}

fn value(value: &remedy::Value) -> Set {
    match value {
        remedy::Value::Truth(it) => Set::Truth(Truth::of(*it)),
        remedy::Value::Number(it) => Set::Number(Possible::values(Hull::point(it.clone()))),
        remedy::Value::Date(it) => Set::Date(Possible::values(DateHull::point(*it))),
        remedy::Value::Member(it) => Set::Member(Possible::values(MemberSet::one(*it))),
        remedy::Value::Text(it) => {
            Set::Text(Possible::values(heng::value::TextSet::One(it.clone())))
        }
    }
}

/// A linear form over the numbers of a case and of its firms.
fn linear(program: &mut Program, tape: &mut Tape, depth: u32) -> NodeId {
    let kind = match tape.pick(if depth == 0 { 3 } else { 7 }) {
        0 | 1 => NodeKind::Field(FieldId { table: CASES, index: tape.choose(&[6, 9, 10]) }),
        2 => sum(program, tape),
        3 => {
            NodeKind::Sum(vec![linear(program, tape, depth - 1), linear(program, tape, depth - 1)])
        }
        4 => NodeKind::Product(vec![number(program, tape), linear(program, tape, depth - 1)]),
        5 => NodeKind::Negation(linear(program, tape, depth - 1)),
        _ => {
            NodeKind::Difference(linear(program, tape, depth - 1), linear(program, tape, depth - 1))
        }
    };
    add(program, kind, NUMBER, CASES)
}

/// 合计（企业 中 甲 的 x）
fn sum(program: &mut Program, tape: &mut Tape) -> NodeKind {
    let field = |program: &mut Program, index: u32, ty: Ty| {
        add(program, NodeKind::Field(FieldId { table: FIRMS, index }), ty, FIRMS)
    };
    let filter = (tape.pick(3) > 0).then(|| field(program, 2, Ty::Truth));
    let value = field(program, tape.choose(&[6, 7]), NUMBER);
    NodeKind::Aggregate(Aggregate {
        function: AggregateFunction::Sum,
        rows: LIST,
        filter,
        value: Some(value),
        share: None,
        if_empty: None,
    })
}

fn number(program: &mut Program, tape: &mut Tape) -> NodeId {
    let number = Number::scaled(tape.pick(9) as i128 * 5 - 20, 1);
    add(program, NodeKind::Constant(Constant::Number(number)), NUMBER, CASES)
}

fn add(program: &mut Program, kind: NodeKind, ty: Ty, space: TableId) -> NodeId {
    let same = |it: &Node| it.kind == kind && it.ty == ty && it.space == space;
    let at = program.nodes.iter().position(same).unwrap_or_else(|| {
        let kind = kind.clone();
        let node =
            Node { kind, ty, space, unit: None, span: SPAN, may_be_na: true, may_be_error: true };
        program.nodes.push(node);
        program.nodes.len() - 1
    });
    NodeId(at as u32)
}

/// The orders in which `a − b` (multiplied by the divisor, where there is one) stands to 0, over all ways to fill the holes:
/// truths one by one, numbers by the slope of the form in each of them.
fn orders(case: &Case, data: &Data, difference: NodeId, row: usize, judged: NodeId) -> Truth {
    let mine = |hole: &Hole| match hole.field.table == CASES {
        true => hole.row == row,
        false => data.firms.rows[hole.row].0 == row,
    };
    let below = case.fields_of(difference);
    let holes: Vec<Hole> =
        data.holes().into_iter().filter(|it| mine(it) && below.contains(&it.field)).collect();
    let (truths, numbers): (Vec<Hole>, Vec<Hole>) =
        holes.into_iter().partition(|it| matches!(it.outcomes[0], Plain::Value(Value::Truth(_))));
    let mut all = Truth::NOTHING;
    for filling in fillings(&truths, 64, 0) {
        let data = data.fill(&truths, &filling);
        let plain = |cells: &[(FieldId, usize, Set)], node: NodeId| {
            let cells = with(&data, cells).complete(&[], &[], Guess::No, None);
            Evaluator::new(&case.program, &cells, case.run.on).outcome(node, row)
        };
        let at = |moved: Option<usize>| -> Vec<(FieldId, usize, Set)> {
            let of = |(index, hole): (usize, &Hole)| {
                // 1 and 2 lie in every domain here.
                let at = if moved == Some(index) { 2 } else { 1 };
                (hole.field, hole.row, Set::Number(Possible::number(Number::from(at))))
            };
            numbers.iter().enumerate().map(of).collect()
        };
        let value = |moved| match plain(&at(moved), difference) {
            Plain::Value(Value::Number(number)) => number,
            other => panic!("a number, not {other:?}"),
        };
        if plain(&at(None), judged) == Plain::Error {
            continue;
        }
        let start = value(None);
        let mut hull = Hull::point(start.clone());
        for (index, hole) in numbers.iter().enumerate() {
            let slope = value(Some(index)).subtract(&start);
            let Set::Number(set) = &with_cell(&data, hole).set else { panic!("a number") };
            let moved = set.values.as_ref().unwrap().subtract(&Hull::point(Number::one()));
            hull = hull.add(&moved.multiply(&Hull::point(slope)));
        }
        let NodeKind::Compare(op, ..) = case.program.node(judged).kind else {
            panic!("a comparison")
        };
        let orders = hull.orders(&Hull::point(Number::zero()));
        all = all.union(orders.ask(|order| stands(op, order)));
    }
    all
}

fn with_cell(data: &Data, hole: &Hole) -> Cell {
    cell(&mut data.clone(), hole.field, hole.row).clone()
}

fn stands(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::AtMost => order.is_le(),
        Comparison::Above => order.is_gt(),
        Comparison::Below => order.is_lt(),
    }
}

proptest! {
    #![proptest_config(times(400))]

    /// L6 (b): a comparison that is linear in its holes, or of a quotient of linear forms, is exact.
    #[test]
    fn linear_forms(tapes in tapes()) {
        let mut case = Case::new(&tapes, SETTLED);
        let mut program = schema::program(true);
        let mut tape = Tape::new(&tapes.rules);
        let op = tape.choose(&[Comparison::AtLeast, Comparison::Above, Comparison::AtMost, Comparison::Below, Comparison::Equal, Comparison::NotEqual]);
        let (a, bound, difference) = match tape.pick(2) {
            0 => {
                let (a, b) = (linear(&mut program, &mut tape, 3), linear(&mut program, &mut tape, 2));
                (a, b, NodeKind::Difference(a, b))
            }
            _ => {
                // The divisor is above 0: a number that is, or the firms' sum of one; of no firm it is 0, an error.
                let dividend = linear(&mut program, &mut tape, 2);
                let divisor = match tape.pick(2) {
                    0 => NodeKind::Field(FieldId { table: CASES, index: 6 }),
                    _ => {
                        let mut positive = sum(&mut program, &mut tape);
                        let value = add(&mut program, NodeKind::Field(FieldId { table: FIRMS, index: 6 }), NUMBER, FIRMS);
                        if let NodeKind::Aggregate(it) = &mut positive {
                            it.value = Some(value);
                        }
                        positive
                    }
                };
                let divisor = add(&mut program, divisor, NUMBER, CASES);
                let bound = number(&mut program, &mut tape);
                let product = add(&mut program, NodeKind::Product(vec![bound, divisor]), NUMBER, CASES);
                let quotient = add(&mut program, NodeKind::Quotient(dividend, divisor), NUMBER, CASES);
                (quotient, bound, NodeKind::Difference(dividend, product))
            }
        };
        let difference = add(&mut program, difference, NUMBER, CASES);
        let judged = add(&mut program, NodeKind::Compare(op, a, bound), Ty::Truth, CASES);
        generate::add_rule(&mut program, judged);
        case.program = program;
        let data = case.data.clone();
        each_criterion(&case, &data, |it, node| {
            let expected = orders(&case, &data, difference, it.row, node);
            let reported = it.truth(At { node, row: it.row }).intersect(Truth::UNDECIDED);
            prop_assert_eq!(reported, expected, "row {} of {}", it.row, case.describe(node));
            Ok(())
        })?;
    }
}
