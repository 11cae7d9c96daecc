//! Random 评分 over small populations, judged by the completion oracle (`semantics` §§5, 9, 11): any weights, methods, missing rules,
//! ties, lines and quotas. What is reported holds every completion, and is exact where the law promises it. No wording is tested.

use crate::laws::tapes;
use crate::laws::times;
use crate::oracle::Plain;
use crate::oracle::Value;
use crate::oracle::score::Book;
use crate::oracle::score::Method;
use crate::oracle::score::Missing;
use crate::oracle::score::Same;
use crate::oracle::score::data::Row;
use crate::oracle::score::data::completions;
use crate::oracle::score::data::holes;
use crate::oracle::score::data::random;
use crate::oracle::score::data::shown;
use crate::oracle::score::data::table;
use crate::oracle::score::places::Said;
use crate::oracle::score::places::judge;
use crate::oracle::score::plain::Judge;
use crate::oracle::sets::holds;
use crate::oracle::tape::Tape;
use crate::oracle::tape::Tapes;
use crate::oracle::tape::mix;
use heng::data;
use heng::eval;
use heng::eval::Run;
use heng::ir::Program;
use heng::source::Files;
use heng::value::Number;
use heng::value::Possible;
use heng::value::Set;
use heng::workspace;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use std::collections::BTreeMap;

/// The one rule file.
struct Text(String);

impl Files for Text {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }

    fn list(&self, path: &str) -> Result<Vec<String>, String> {
        Ok(vec![path.to_owned()])
    }
}

fn program(text: String) -> Program {
    let workspace = workspace::load(&Text(text.clone()), "评分.heng")
        .unwrap_or_else(|why| panic!("{}\n{text}", why.message.zh));
    let faults: Vec<&str> = workspace.findings.0.iter().map(|it| it.message.zh.as_str()).collect();
    workspace.program.unwrap_or_else(|| panic!("{faults:?}\n{text}"))
}

/// What the engine says of one case: total, rank, selection, 合格.
type Sets = Vec<(&'static str, Set)>;

fn reported(program: &Program, rows: &[Row]) -> Vec<Sets> {
    let (facts, _) = data::bind(program, &[table(rows)]);
    let outcome = eval::evaluate(program, &facts, &Run::default());
    let score = &program.scores[0];
    let nodes = [
        ("得分", Some(score.node)),
        ("名次", score.rank),
        ("入选", score.selected),
        ("合格", score.pass),
    ];
    let of_row = |row: usize| {
        let all = nodes.iter().filter_map(|(name, node)| Some((*name, outcome.get((*node)?, row))));
        all.collect()
    };
    (0..rows.len()).map(of_row).collect()
}

fn plain(it: Said) -> Vec<Plain> {
    [it.total, it.rank, it.selected].into_iter().chain(it.passes).collect()
}

/// Every way to fill the gaps, or some of them where there are very many.
fn filled(rows: &[Row], seed: u64) -> Vec<Vec<Row>> {
    let mut gaps = holes(rows, &[0, 1, 2, 3, 4, 5]);
    if let Some(all) = completions(rows, &gaps, 700) {
        return all;
    }
    // Some are filled as they were made, the others in every way.
    gaps.sort_by_key(|(row, field)| mix(seed, (*row * 6 + *field) as u64));
    (0..).find_map(|less| completions(rows, &gaps[less..], 700)).expect("one gap is few ways")
}

fn broken(book: &Book, rows: &[Row], row: usize, what: &str) -> String {
    format!("{what} of 例{row}\n{}\n{}", book.written(1), shown(rows))
}

/// A book and cases of which `gaps` tells how many cells are blank.
fn case(tapes: &Tapes, gaps: &[usize]) -> (Book, Vec<Row>) {
    let book = Book::random(&mut Tape::new(&tapes.rules));
    let mut tape = Tape::new(&tapes.data);
    let gaps = tape.choose(gaps);
    let rows = random(&mut tape, gaps);
    (book, rows)
}

proptest! {
    #![proptest_config(times(300))]

    /// L2 and L4: every completion lies in what is reported, and without gaps what is reported is one outcome.
    #[test]
    fn what_is_reported_holds_every_completion(tapes in tapes()) {
        let (book, rows) = case(&tapes, &[6, 10, 4, 0]);
        let program = program(book.written(1));
        let sets = reported(&program, &rows);
        let whole = rows.iter().all(|it| it.reported == [true; 6]);
        for completed in filled(&rows, tapes.data.len() as u64) {
            let said = judge(&Judge { book: &book, rows: &completed });
            for (row, said) in said.into_iter().enumerate() {
                for ((name, set), plain) in sets[row].iter().zip(plain(said)) {
                    let why = || broken(&book, &rows, row, &format!("{set:?} lacks {plain:?} ({name}), completed as\n{}\n", shown(&completed)));
                    prop_assert!(holds(set, &plain), "{}", why());
                    prop_assert!(!whole || plain == Plain::Unspoken || set.is_settled(), "{}", why());
                }
            }
        }
    }

    /// §9.3: one indicator, 并列同名次: both ends of points and ranks are reached.
    #[test]
    fn one_indicator_is_exact(tapes in tapes()) {
        let book = Book::single(&mut Tape::new(&tapes.rules));
        let mut rows = random(&mut Tape::new(&tapes.data), 3);
        rows.iter_mut().for_each(|it| it.reported = [it.reported[0], true, true, true, true, true]);
        let sets = reported(&program(book.written(1)), &rows);
        let Some(all) = completions(&rows, &holes(&rows, &[0]), 300) else { return Ok(()) };
        let said: Vec<Vec<Said>> = all.iter().map(|it| judge(&Judge { book: &book, rows: it })).collect();
        for (row, sets) in sets.iter().enumerate() {
            for (at, (name, set)) in sets.iter().take(2).enumerate() {
                let each = said.iter().map(|it| plain(it[row].clone())[at].as_number().clone());
                let each: Vec<Number> = each.collect();
                let hull = heng::value::Hull::between(each.iter().min().unwrap().clone(), each.iter().max().unwrap().clone());
                let exact = Set::Number(Possible::values(hull));
                prop_assert!(*set == exact, "{}", broken(&book, &rows, row, &format!("{name}: {set:?}, not {exact:?}")));
            }
        }
    }

    /// L3: filling a gap, where 缺失 lets it count, widens nothing that is reported of anybody.
    #[test]
    fn filling_a_gap_narrows(tapes in tapes()) {
        let (book, rows) = case(&tapes, &[4, 6]);
        let program = program(book.written(1));
        let before = reported(&program, &rows);
        let scored = book.scored();
        for (at, (row, field)) in holes(&rows, &[0, 1, 2, 3, 4, 5]).into_iter().enumerate() {
            // A rule other than 区间 defines what a gap counts: filling it changes the definition.
            if mix(at as u64, tapes.data.len() as u64) % 2 == 1 || book.missing != Missing::Interval && scored.contains(&field) {
                continue;
            }
            let mut fuller = rows.clone();
            fuller[row].reported[field] = true;
            let after = reported(&program, &fuller);
            for (row, (wide, narrow)) in before.iter().zip(&after).enumerate() {
                for ((name, wide), (_, narrow)) in wide.iter().zip(narrow) {
                    prop_assert!(
                        wide.union(narrow) == *wide,
                        "{}", broken(&book, &rows, row, &format!("{name}: {wide:?} became {narrow:?} with\n{}\n", shown(&fuller)))
                    );
                }
            }
        }
    }

    /// L8: the order of rows never matters.
    #[test]
    fn the_order_of_rows_never_matters(tapes in tapes()) {
        let (book, rows) = case(&tapes, &[5, 8, 0]);
        let program = program(book.written(1));
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|it| mix(tapes.data.len() as u64, *it as u64));
        let moved: Vec<Row> = order.iter().map(|it| rows[*it].clone()).collect();
        let (before, after) = (reported(&program, &rows), reported(&program, &moved));
        for (to, from) in order.iter().enumerate() {
            prop_assert_eq!(&before[*from], &after[to], "{}", broken(&book, &rows, *from, "the order matters"));
        }
    }

    /// Weights that are divided by their sum may be written in any scale.
    #[test]
    fn the_scale_of_weights_never_matters(tapes in tapes(), factor in 2..1000i64) {
        let (book, rows) = case(&tapes, &[5, 0]);
        let book = Book { normalised: true, ..book };
        if book.leaves().is_empty() {
            return Ok(());
        }
        let outcomes = [1, factor].map(|it| reported(&program(book.written(it)), &rows));
        prop_assert!(outcomes[0] == outcomes[1], "{}", broken(&book, &rows, 0, &format!("the weights times {factor}")));
    }

    /// Better data lower no bound of the own points, and worsen no bound of the own rank where points are sums.
    #[test]
    fn better_data_lower_no_points(tapes in tapes(), by in 1..4i64) {
        let (book, rows) = case(&tapes, &[8, 0]);
        if !rises_with_data(&book) {
            return Ok(());
        }
        let leaf = book.leaves()[0];
        let Some(value) = rows[0].cells[leaf.field].filter(|_| rows[0].reported[leaf.field]) else { return Ok(()) };
        let better = if rises(leaf.method, leaf.reversed) { (value + by).min(3) } else { (value - by).max(0) };
        let mut fuller = rows.clone();
        fuller[0].cells[leaf.field] = Some(better);
        let program = program(book.written(1));
        let [was, is] = [&rows, &fuller].map(|it| bounds(&reported(&program, it)[0][0].1));
        let Some((was, is)) = was.zip(is) else { return Ok(()) };
        // A deviation is rounded at its 30th digit (§7.2), so that 标准分 may move by as little where nothing else moves.
        let standard = book.leaves().iter().any(|it| matches!(it.method, Method::Standard { .. }));
        let slack = if standard { Number::scaled(1, 24) } else { Number::zero() };
        prop_assert!(
            is.iter().zip(&was).all(|(is, was)| is.add(&slack) >= *was),
            "{}", broken(&book, &rows, 0, &format!("{was:?} became {is:?} with {better}"))
        );
    }
}

/// Whether a greater value is better.
fn rises(method: Method, reversed: bool) -> bool {
    match method {
        Method::Stated { low, high, .. } => (high > low) != reversed,
        Method::StatedEffect { low, high, .. } => high > low,
        _ => !reversed,
    }
}

/// Whether better data can only raise the total: a step at 同值 may fall where all were given full or half points for nothing,
/// and a field may be scored twice, or taken away.
fn rises_with_data(book: &Book) -> bool {
    let leaves = book.leaves();
    let plain = book.deduction.is_none() && book.bonus.is_none() && !leaves.is_empty();
    let standard = leaves.iter().any(|it| matches!(it.method, Method::Standard { .. }));
    plain && matches!(book.same, Same::Zero) && !(standard && book.geometric)
}

/// The two ends of a number that is nothing else.
fn bounds(set: &Set) -> Option<[Number; 2]> {
    let Set::Number(Possible { values: Some(hull), na: false, error: false }) = set else {
        return None;
    };
    Some([hull.low.as_ref()?.at.clone(), hull.high.as_ref()?.at.clone()])
}

/// The laws above are asked of every kind of book, and of populations where much is open.
#[test]
fn the_laws_are_not_vacuous() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String, yes: bool| *seen.entry(what).or_default() += usize::from(yes);
    for seed in 0..400u64 {
        let choices = |salt: u64| (0..300).map(|at| mix(seed * 2 + salt, at) as u16).collect();
        let tapes = Tapes { rules: choices(0), data: choices(1) };
        let (book, rows) = case(&tapes, &[6, 10, 4, 0]);
        let sets = reported(&program(book.written(1)), &rows);
        let open = |name: &str| sets.iter().flatten().any(|it| it.0 == name && !it.1.is_settled());
        ["得分", "名次", "入选"].iter().for_each(|it| count(format!("{it} open"), open(it)));
        let error = sets.iter().flatten().any(|it| it.1.may_be_error());
        count("an error".into(), error);
        for said in judge(&Judge { book: &book, rows: &rows }) {
            count("a tie or gap in ranks".into(), said.rank == Plain::number(Number::from(2)));
            count("selected".into(), said.selected == Plain::Value(Value::Truth(true)));
            count("a tie at the line".into(), said.selected == Plain::Error);
        }
        count(format!("{:?}", book.missing), true);
        count(format!("{:?}", book.ties), true);
        count(format!("{:?} at the line", book.select.line), true);
        count("quota".into(), book.select.quota.is_some());
        count("geometric".into(), book.geometric);
        count("可比".into(), rises_with_data(&book));
        for leaf in book.leaves() {
            let method = format!("{:?}", leaf.method);
            let method = method.split([' ', '(']).next().unwrap_or_default().to_owned();
            count(method, true);
        }
    }
    let expected = [
        "Interval",
        "Reported",
        "Zero",
        "Mean",
        "Median",
        "Redistribute",
        "Excluded",
        "Competition",
        "Dense",
        "Range",
        "Stated",
        "Effect",
        "StatedEffect",
        "Standard",
        "Target",
        "Banded",
    ];
    for what in expected {
        assert!(seen.get(what).is_some_and(|it| *it >= 20), "{what} in {seen:?}");
    }
    assert!(seen.values().all(|it| *it >= 20), "{seen:?}");
}
