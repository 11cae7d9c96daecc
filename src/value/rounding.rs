//! Rounding of exact numbers and of what they may be: half away from zero, down or up (`semantics` §7.1). Whether something is
//! rounded is not known here.

use crate::value::End;
use crate::value::Hull;
use crate::value::Number;

/// How a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Rounding {
    /// 取整, 保留: to the nearest, half away from zero.
    #[default]
    Nearest,
    /// 向下取整: to the greatest not above it.
    Down,
    /// 向上取整: to the least not below it.
    Up,
}

impl Rounding {
    /// A number rounded to so many decimal places of `factor` base units.
    pub fn of(self, it: &Number, places: u32, factor: &Number) -> Number {
        let grid = grid(places, factor);
        let steps = it.checked_div(&grid).expect("a rounding grid is not 0");
        let steps = match self {
            Rounding::Nearest => steps.round(0),
            Rounding::Down => steps.floor(),
            Rounding::Up => steps.ceil(),
        };
        steps.multiply(&grid)
    }
}

impl Hull {
    /// What its numbers are rounded to, at least and at most.
    pub fn round(&self, how: Rounding, places: u32, factor: &Number) -> Hull {
        let grid = grid(places, factor);
        let upper =
            |how: Rounding, end: &Option<End>| end.as_ref().map(|it| round_upper(how, it, &grid));
        // What is rounded down is the mirror of what is rounded up.
        let mirrored = match how {
            Rounding::Nearest => Rounding::Nearest,
            Rounding::Down => Rounding::Up,
            Rounding::Up => Rounding::Down,
        };
        let mirror = |end: &Option<End>| end.as_ref().map(End::mirrored);
        Hull { low: mirror(&upper(mirrored, &mirror(&self.low))), high: upper(how, &self.high) }
    }
}

impl End {
    fn mirrored(&self) -> End {
        End { at: self.at.negate(), closed: self.closed }
    }
}

fn grid(places: u32, factor: &Number) -> Number {
    Number::scaled(1, places).multiply(factor)
}

/// The highest multiple of `grid` to which a number up to this end is rounded.
fn round_upper(how: Rounding, end: &End, grid: &Number) -> End {
    let half = Number::scaled(5, 1);
    let steps = end.at.checked_div(grid).expect("a rounding grid is not 0");
    let rounded = match (how, end.closed, steps.is_positive()) {
        (Rounding::Nearest, true, _) => steps.round(0),
        (Rounding::Nearest, false, true) => steps.add(&half).ceil().subtract(&Number::one()),
        (Rounding::Nearest, false, false) => steps.subtract(&half).ceil(),
        (Rounding::Down, true, _) => steps.floor(),
        (Rounding::Down, false, _) => steps.ceil().subtract(&Number::one()),
        (Rounding::Up, ..) => steps.ceil(),
    };
    End::closed(rounded.multiply(grid))
}
