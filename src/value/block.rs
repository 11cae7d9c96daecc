//! Fixed point with a bound on its error, a column at a time: what is seen of numbers before they are worked out
//! (`semantics` §7.3). How two numbers stand that lie within the error of each other is not said here.

use crate::value::Number;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

/// Most bits of a middle.
const BITS: i32 = 62;
/// An error of more bits than this tells too little to be worth keeping.
const COARSE: i32 = 40;
/// A finer grid than this is not made.
const FINEST: i32 = 120;
/// Nor a coarser one: numbers that are too large for the language (10⁶⁰) are in no block.
const COARSEST: i32 = -100;
/// A divisor has to be so many bits above its error.
const CLEAR: u32 = 8;

/// Numbers in fixed point: each, times 2^`shift`, lies within `error` of its middle.
#[derive(Clone, Debug, Default)]
pub struct Block {
    shift: i32,
    error: i64,
    middles: Vec<i64>,
    /// No middle has a greater magnitude.
    reach: u64,
}

impl Block {
    fn new(shift: i32, error: i64, middles: Vec<i64>) -> Block {
        let reach = middles.iter().fold(0, |most, it| it.unsigned_abs().max(most));
        Block { shift, error, middles, reach }
    }

    /// The integers ÷ 10^`scale`.
    pub fn of_scaled(scale: u32, mantissas: &[i64]) -> Option<Block> {
        let whole = Block::new(0, 0, mantissas.to_vec());
        if whole.bits() > BITS {
            return None;
        }
        if scale == 0 {
            return Some(whole);
        }
        let power = 10i128.checked_pow(scale).filter(|it| *it < 1 << BITS)?;
        let shift = (BITS - 1 - whole.bits() + bits(power as u64)).clamp(0, BITS);
        let middle = |it: &i64| (i128::from(*it) << shift).div_euclid(power) as i64;
        Some(Block::new(shift, 1, mantissas.iter().map(middle).collect()))
    }

    /// The numbers.
    pub fn of_numbers(numbers: &[Number]) -> Option<Block> {
        let most = numbers.iter().filter_map(Number::magnitude).max().unwrap_or(0);
        let shift = i32::try_from(i64::from(BITS) - 1 - most).ok()?.min(FINEST);
        if shift < COARSEST {
            return None;
        }
        let middles = numbers.iter().map(|it| it.to_fixed_point(shift));
        Some(Block::new(shift, 1, middles.collect::<Option<Vec<i64>>>()?))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.middles.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.middles.is_empty()
    }

    /// Bits of the greatest middle.
    fn bits(&self) -> i32 {
        bits(self.reach)
    }

    /// The finest grid it can be put on, with `spare` bits left free at the top.
    fn finest(&self, spare: i32) -> i32 {
        self.shift + (BITS - spare - self.bits()).min(COARSE - bits(self.error as u64))
    }

    /// The rows of a range.
    pub fn slice(&self, range: Range<usize>) -> Block {
        Block { middles: self.middles[range].to_vec(), ..*self }
    }

    /// Adds the rows of another block; false, and nothing is added, where the two have no grid in common.
    pub fn append(&mut self, other: &Block) -> bool {
        if self.middles.is_empty() {
            *self = other.clone();
            return true;
        }
        let shift = self.shift.max(other.shift).min(self.finest(0)).min(other.finest(0));
        let Some(more) = other.on(shift) else { return false };
        if shift != self.shift {
            let Some(moved) = self.on(shift) else { return false };
            *self = moved.into_owned();
        }
        self.middles.extend(&more.middles);
        (self.error, self.reach) = (self.error.max(more.error), self.reach.max(more.reach));
        true
    }

    /// Adds one row of another block; false, and nothing is added, where it does not fit.
    pub fn push(&mut self, other: &Block, row: usize) -> bool {
        let finer = other.shift > self.shift && self.finest(0) > self.shift;
        let middle = other.middles[row];
        let up = self.shift - other.shift;
        let room = bits(middle.unsigned_abs()).max(bits(other.error as u64) + BITS - COARSE);
        if self.middles.is_empty() || finer || up > 0 && room + up > BITS {
            return self.append(&other.slice(row..row + 1));
        }
        let (middle, error) = match up {
            0.. => (middle << up, other.error << up),
            _ => (middle >> (-up).min(63), (other.error >> (-up).min(63)) + 2),
        };
        self.middles.push(middle);
        self.error = self.error.max(error);
        self.reach = self.reach.max(middle.unsigned_abs());
        true
    }

    /// The same on another grid; none where it does not fit.
    fn on(&self, shift: i32) -> Option<Cow<'_, Block>> {
        let up = shift - self.shift;
        let moved = match up {
            0 => return Some(Cow::Borrowed(self)),
            1.. if shift > self.finest(0) => return None,
            1.. => {
                let middles = self.middles.iter().map(|it| it << up).collect();
                Block { shift, error: self.error << up, middles, reach: self.reach << up }
            }
            _ => {
                let down = (-up).min(63);
                let middles = self.middles.iter().map(|it| it >> down).collect();
                let error = (self.error >> down) + 2;
                Block { shift, error, middles, reach: (self.reach >> down) + 1 }
            }
        };
        Some(Cow::Owned(moved))
    }

    /// Both on the finest grid that both have, `spare` bits left free at the top.
    fn aligned<'a>(
        a: &'a Block,
        b: &'a Block,
        spare: i32,
    ) -> Option<(Cow<'a, Block>, Cow<'a, Block>)> {
        let shift = a.shift.max(b.shift).min(a.finest(spare)).min(b.finest(spare));
        Some((a.on(shift)?, b.on(shift)?))
    }

    /// How each row of one stands to the same row of the other; an inner none where that is not seen. A block of one row
    /// stands for all rows.
    pub fn compare(a: &Block, b: &Block, rows: usize) -> Option<Vec<Option<Ordering>>> {
        let (a, b) = Block::aligned(a, b, 1)?;
        let error = a.error + b.error;
        let order = |a: i64, b: i64| {
            let seen = error == 0 || (a - b).abs() > error;
            seen.then(|| a.cmp(&b))
        };
        Some(each(&a.middles, &b.middles, rows, order))
    }

    /// How two rows of this block stand; none where that is not seen.
    pub fn order(&self, a: usize, b: usize) -> Option<Ordering> {
        let (a, b) = (self.middles[a], self.middles[b]);
        (self.error == 0 || a.abs_diff(b) > 2 * self.error as u64).then(|| a.cmp(&b))
    }

    /// The rows among these that may hold the greatest, or the least, number.
    pub fn extremes(
        &self,
        rows: impl Iterator<Item = usize> + Clone,
        greatest: bool,
    ) -> Vec<usize> {
        let side = |row: usize| if greatest { self.middles[row] } else { -self.middles[row] };
        let Some(best) = rows.clone().map(side).max() else { return vec![] };
        rows.filter(|row| best.abs_diff(side(*row)) <= 2 * self.error as u64).collect()
    }

    /// a + b
    pub fn add(a: &Block, b: &Block, rows: usize) -> Option<Block> {
        Block::together(a, b, rows, |a, b| a + b)
    }

    /// a − b
    pub fn subtract(a: &Block, b: &Block, rows: usize) -> Option<Block> {
        Block::together(a, b, rows, |a, b| a - b)
    }

    fn together(a: &Block, b: &Block, rows: usize, op: impl Fn(i64, i64) -> i64) -> Option<Block> {
        let (a, b) = Block::aligned(a, b, 1)?;
        let middles = each(&a.middles, &b.middles, rows, op);
        Block::new(a.shift, a.error + b.error, middles).worth_keeping()
    }

    /// a × b
    pub fn multiply(a: &Block, b: &Block, rows: usize) -> Option<Block> {
        let down = (a.bits() + b.bits() - BITS).max(0);
        let [(x, e), (y, f)] = [a, b].map(|it| (u128::from(it.reach), it.error as u128));
        let error = match down == 0 && e == 0 && f == 0 {
            true => 0,
            false => i64::try_from((x * f + y * e + e * f) >> down).ok()? + 2,
        };
        let product = |a: i64, b: i64| ((i128::from(a) * i128::from(b)) >> down) as i64;
        let middles = each(&a.middles, &b.middles, rows, product);
        Block::new(a.shift + b.shift - down, error, middles).worth_keeping()
    }

    /// a ÷ b, and the rows of which nothing is seen, for b may be 0 or comes too near to it.
    pub fn divide(a: &Block, b: &Block, rows: usize) -> Option<(Block, Vec<usize>)> {
        let (mut rest, mut most) = (vec![], 0);
        let clear = |it: i64| it != 0 && it.unsigned_abs() >> CLEAR >= b.error as u64;
        let (x, y) = (|row: usize| a.middles[a.at(row)], |row: usize| b.middles[b.at(row)]);
        for row in 0..rows {
            match clear(y(row)) {
                true => most = most.max(bits(x(row).unsigned_abs()) - bits(y(row).unsigned_abs())),
                false => rest.push(row),
            }
        }
        let up = (BITS - 1 - most).clamp(0, BITS);
        let exact = a.error == 0 && b.error == 0;
        let mut error = 1i128;
        let mut middles = Vec::with_capacity(rows);
        for row in 0..rows {
            let (x, y) = (x(row), y(row));
            if !clear(y) {
                middles.push(0);
                continue;
            }
            let whole = ((i128::from(x) << up) / i128::from(y)) as i64;
            middles.push(whole);
            if !exact {
                // (e 2^up + |x ÷ y| 2^up f) ÷ (|y| − f), where |y| − f is at least half of |y|, and |y| of a power of 2.
                let wide = i128::from(whole.unsigned_abs() + 1) * i128::from(b.error);
                let wide = (i128::from(a.error) << up) + wide;
                error = error.max(((wide * 4) >> bits(y.unsigned_abs())) + 2);
            }
        }
        let error = i64::try_from(error).ok()?;
        let block = Block::new(a.shift - b.shift + up, error, middles).worth_keeping()?;
        Some((block, rest))
    }

    fn worth_keeping(self) -> Option<Block> {
        let on_a_grid = (COARSEST..=FINEST).contains(&self.shift);
        (bits(self.error as u64) <= COARSE && on_a_grid && self.bits() <= BITS).then_some(self)
    }

    /// Where a row stands: a block of one row stands for all.
    fn at(&self, row: usize) -> usize {
        if self.len() == 1 { 0 } else { row }
    }
}

/// Bits of a magnitude.
fn bits(it: u64) -> i32 {
    (u64::BITS - it.leading_zeros()) as i32
}

/// Row by row; one row stands for all.
fn each<T>(a: &[i64], b: &[i64], rows: usize, op: impl Fn(i64, i64) -> T) -> Vec<T> {
    match (a.len() == rows, b.len() == rows) {
        (true, true) => a.iter().zip(b).map(|(a, b)| op(*a, *b)).collect(),
        (true, false) => a.iter().map(|a| op(*a, b[0])).collect(),
        (false, true) => b.iter().map(|b| op(a[0], *b)).collect(),
        (false, false) => (0..rows).map(|_| op(a[0], b[0])).collect(),
    }
}
