//! Enclosures against the numbers themselves: what is seen of a column is never wrong, and what is worked out is exact.

use crate::value::*;
use proptest::collection::vec;
use proptest::prelude::*;
use std::cmp::Ordering;

/// Numbers of all sizes: whole, decimal, and quotients.
fn numbers() -> impl Strategy<Value = Vec<Number>> {
    let one = (any::<i64>(), 0..60u32, 1..1_000_000i64, 0..4u8);
    let number = one.prop_map(|(above, shift, below, kind)| match kind {
        0 => Number::from(above >> shift),
        1 => Number::scaled((above >> shift).into(), shift % 12),
        2 => Number::fraction((above >> shift).into(), below.into()).expect("not 0"),
        _ => Number::from(above % 4),
    });
    vec(number, 2..12)
}

/// A column of them, as what it is, or as one half with the other behind it.
fn column(numbers: &[Number], cut: usize) -> Enclosed {
    let of = |part: &[Number]| Enclosed::of(&Numbers::Exact(part.to_vec())).expect("they fit");
    let (first, second) = numbers.split_at(cut % numbers.len());
    let mut both = of(first);
    if both.append(&of(second)) { both } else { of(numbers) }
}

/// Whether what a block says of the order of two rows is so.
fn is_right(seen: Option<Ordering>, a: &Number, b: &Number) -> bool {
    seen.is_none_or(|it| it == a.cmp(b))
}

proptest! {
    #[test]
    fn what_is_seen_is_so(a in numbers(), b in numbers(), cut in 0..12usize) {
        let rows = a.len().min(b.len());
        let (a, b) = (&a[..rows], &b[..rows]);
        let (x, y) = (column(a, cut), column(b, cut + 1));
        type Op = fn(&Number, &Number) -> Number;
        let ops: [(Op, Option<Block>); 3] = [
            (Number::add, Block::add(x.block(), y.block(), rows)),
            (Number::subtract, Block::subtract(x.block(), y.block(), rows)),
            (Number::multiply, Block::multiply(x.block(), y.block(), rows)),
        ];
        let exact = |op: Op| a.iter().zip(b).map(|(a, b)| op(a, b)).collect::<Vec<_>>();
        let mut made: Vec<(Vec<Number>, Block)> =
            ops.into_iter().filter_map(|(op, block)| Some((exact(op), block?))).collect();
        if let Some((block, rest)) = Block::divide(x.block(), y.block(), rows) {
            let quotient = |row: usize| match rest.contains(&row) {
                true => None,
                false => Some(a[row].checked_div(&b[row]).expect("no rest")),
            };
            let kept: Vec<usize> = (0..rows).filter(|it| !rest.contains(it)).collect();
            for (p, q) in kept.iter().flat_map(|p| kept.iter().map(move |q| (*p, *q))) {
                let (left, right) = (quotient(p).expect("kept"), quotient(q).expect("kept"));
                prop_assert!(is_right(block.order(p, q), &left, &right), "{left} {right}");
            }
        }
        made.push((a.to_vec(), x.block().clone()));
        for (numbers, block) in &made {
            for (p, q) in (0..rows).flat_map(|p| (0..rows).map(move |q| (p, q))) {
                prop_assert!(is_right(block.order(p, q), &numbers[p], &numbers[q]));
            }
            let most = numbers.iter().max().expect("there are some");
            let least = numbers.iter().min().expect("there are some");
            for (greatest, it) in [(true, most), (false, least)] {
                let near = block.extremes(0..rows, greatest);
                prop_assert!(near.iter().any(|row| numbers[*row] == *it), "{numbers:?}");
            }
        }
        if let Some(seen) = Block::compare(x.block(), y.block(), rows) {
            prop_assert!((0..rows).all(|row| is_right(seen[row], &a[row], &b[row])));
        }
    }

    #[test]
    fn rows_cut_joined_and_pushed_stay_what_they_are(
        a in numbers(), b in numbers(), cut in 0..12usize, rows in vec((any::<bool>(), 0..12usize), 1..20),
    ) {
        let (x, y) = (column(&a, cut), column(&b, cut));
        let (from, until) = (cut % a.len(), a.len());
        let slice = x.slice(from..until);
        prop_assert!((from..until).all(|row| slice.get(row - from) == a[row]));
        let mut all = Numbers::default();
        let mut expected = vec![];
        for (first, row) in rows {
            let (numbers, source) = if first { (&a, &x) } else { (&b, &y) };
            let row = row % numbers.len();
            all.push_from(&Numbers::Enclosed(source.clone()), row);
            all.push(numbers[row].clone());
            expected.extend([numbers[row].clone(), numbers[row].clone()]);
        }
        prop_assert_eq!(&all, &Numbers::Exact(expected.clone()));
        if let Some(block) = all.block() {
            for (p, q) in (0..expected.len()).flat_map(|p| (0..expected.len()).map(move |q| (p, q))) {
                prop_assert!(is_right(block.order(p, q), &expected[p], &expected[q]));
            }
        }
    }
}
