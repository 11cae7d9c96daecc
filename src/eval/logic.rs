//! Operators on truths over columns, 64 rows at a time (`semantics` §§2, 6.3). Their tables stand in `value`.

use crate::eval::series::Series;
use crate::eval::series::truths;
use crate::ir::Count;
use crate::ir::Unanswered;
use crate::value::Bits;
use crate::value::Column;
use crate::value::Lanes;
use crate::value::Tally;
use crate::value::Truth;
use crate::value::TruthColumn;
use crate::value::Window;

/// 且
pub fn and(rows: usize, items: &[&Series]) -> Column {
    each_word(rows, items, |_, lanes| all(lanes, Lanes::and))
}

/// 或
pub fn or(rows: usize, items: &[&Series]) -> Column {
    each_word(rows, items, |_, lanes| all(lanes, Lanes::or))
}

/// 非
pub fn not(rows: usize, item: &Series) -> Column {
    each_word(rows, &[item], |_, lanes| lanes[0].not())
}

/// 适用 before a truth.
pub fn guarded(rows: usize, guard: &Series, body: &Series) -> Column {
    each_word(rows, &[guard, body], |_, lanes| lanes[1].guarded(lanes[0]))
}

fn all(lanes: &[Lanes], op: fn(Lanes, Lanes) -> Lanes) -> Lanes {
    lanes.iter().copied().reduce(op).expect("an operator has operands")
}

/// The effect of 原则上 (§6.3). Where 未说明 hardens it, an answered departure is a note all the same; a
/// departure that only may be, because the criterion is in error, is then an error.
pub fn soften(
    rows: usize,
    item: &Series,
    unanswered: Unanswered,
    answered: Option<&Series>,
) -> Column {
    let hardened = match unanswered {
        Unanswered::Noted => None,
        Unanswered::Undetermined => Some(Truth::ERROR),
        Unanswered::NotMet => Some(Truth::FALSE),
    };
    let (Some(hardened), Some(answered)) = (hardened, answered) else {
        return each_word(rows, &[item], |_, lanes| lanes[0].softened());
    };
    by_pattern(rows, &[item, answered], |row| {
        let (of, answer) = (item.truth(row), answered.truth(row));
        let open = |outcome: Truth| match outcome {
            Truth::FALSE => hardened,
            it => it,
        };
        let noted =
            |outcome: Truth| if outcome == Truth::NOT_APPLICABLE { outcome } else { Truth::TRUE };
        let choices = of.outcomes().flat_map(|it| {
            let kept = answer.may(Truth::TRUE).then(|| noted(it));
            let hard = (answer != Truth::TRUE).then(|| open(it));
            kept.into_iter().chain(hard)
        });
        choices.fold(Truth::NOTHING, Truth::union)
    })
}

/// 同时满足, 满足之一, 至少满足 n 项 …
pub fn quantified(rows: usize, count: Count, items: &[&Series]) -> Column {
    match count {
        _ if items.is_empty() => {
            Column::Truth(TruthColumn::filled(rows, window(count).1.of_nothing()))
        }
        Count::All => and(rows, items),
        Count::Any => or(rows, items),
        Count::None => not(rows, &Series::new(or(rows, items))),
        _ => {
            let (negated, window) = window(count);
            by_pattern(rows, items, |row| {
                let mut tally = Tally::default();
                for item in items {
                    let truth = item.truth(row);
                    tally.count(if negated { truth.not() } else { truth }, false);
                }
                tally.within(window)
            })
        }
    }
}

/// A counting word as a window on the number of items that hold; with true, of items that do not hold.
pub fn window(count: Count) -> (bool, Window) {
    let window = |low: u32, high: Option<u32>| Window { low, high };
    match count {
        Count::All => (true, window(0, Some(0))),
        Count::None => (false, window(0, Some(0))),
        Count::Any => (false, window(1, None)),
        Count::AtLeast(n) => (false, window(n, None)),
        Count::AtMost(n) => (false, window(0, Some(n))),
        Count::Exactly(n) => (false, window(n, Some(n))),
    }
}

/// `x 为 无`
pub fn is_none(rows: usize, item: &Series) -> Column {
    truths(rows, |row| {
        let set = item.set(row);
        let part = |possible: bool, truth: Truth| if possible { truth } else { Truth::NOTHING };
        part(set.may_be_na(), Truth::TRUE)
            .union(part(set.has_values(), Truth::FALSE))
            .union(part(set.may_be_error(), Truth::ERROR))
    })
}

/// So many patterns are remembered.
const MOST_PATTERNS: usize = 64;

/// Any operator on truths: `of` is asked about one row for all those in which the operands are the same.
pub fn by_pattern(rows: usize, items: &[&Series], of: impl Fn(usize) -> Truth) -> Column {
    let mut known: Vec<(Vec<Lanes>, Truth)> = vec![];
    each_word(rows, items, |at, lanes| {
        let mut done = Lanes::default();
        let mut open = match rows - at * 64 {
            rest @ ..64 => (1 << rest) - 1,
            _ => u64::MAX,
        };
        for next in 0.. {
            if open == 0 {
                break;
            }
            if next == known.len() {
                let row = open.trailing_zeros();
                let pattern = lanes.iter().map(|it| Lanes::filled(it.get(row), u64::MAX));
                known.push((pattern.collect(), of(at * 64 + row as usize)));
            }
            let (pattern, truth) = &known[next];
            let here = pattern.iter().zip(lanes).fold(open, |here, (a, b)| here & a.alike(*b));
            done = done.union(Lanes::filled(*truth, here));
            open &= !here;
        }
        known.truncate(MOST_PATTERNS);
        done
    })
}

/// Applies an operator to the words of all operands, one after the other; it is told which they are.
fn each_word(
    rows: usize,
    items: &[&Series],
    mut op: impl FnMut(usize, &[Lanes]) -> Lanes,
) -> Column {
    let count = rows.div_ceil(64);
    let mut words: [Vec<u64>; 4] = std::array::from_fn(|_| Vec::with_capacity(count));
    let mut operands = vec![Lanes::default(); items.len()];
    for at in 0..count {
        operands.iter_mut().zip(items).for_each(|(to, item)| *to = lanes(item, at));
        let lanes = op(at, &operands);
        for (words, word) in words.iter_mut().zip([lanes.t, lanes.f, lanes.n, lanes.e]) {
            words.push(word);
        }
    }
    let [t, f, n, e] = words.map(|it| Bits::from_words(it, rows));
    let mut column = TruthColumn { t, f, n: Some(n), e: Some(e) };
    column.trim();
    Column::Truth(column)
}

fn lanes(series: &Series, at: usize) -> Lanes {
    let Column::Truth(column) = series.column() else {
        // A bare 不适用 of another type.
        let set = series.set(0);
        let all = |possible: bool| if possible { u64::MAX } else { 0 };
        return Lanes { t: 0, f: 0, n: all(set.may_be_na()), e: all(set.may_be_error()) };
    };
    let word = |bits: &Bits| match series.is_same() {
        true if bits.get(0) => u64::MAX,
        true => 0,
        false => bits.words()[at],
    };
    let rare = |bits: &Option<Bits>| bits.as_ref().map_or(0, word);
    Lanes { t: word(&column.t), f: word(&column.f), n: rare(&column.n), e: rare(&column.e) }
}
