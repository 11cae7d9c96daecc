//! Growth and roots over columns (`semantics` §§7.2, 7.7). Where one is compared it is decided by whole powers, so that
//! no rounding comes near the verdict.

use crate::eval::chunk::Chunk;
use crate::eval::compare;
use crate::eval::plan;
use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::ir::Comparison;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Column;
use crate::value::End;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;

/// 同比, 环比: now ÷ base − 1.
pub fn growth(rows: usize, now: &Series, base: &Series, instead: Option<&Series>) -> Column {
    sets(Kind::Number, rows, |row| {
        let (now, base) = (now.number(row), base.number(row));
        let grown = now.zip(&base, ratio).map(less_one).within_limit();
        or_instead(grown, &now, &base, instead.map(|it| it.set(row)))
    })
}

/// 年均增长, 复合增长: the n-th root of to ÷ from, less 1.
pub fn mean_growth(
    rows: usize,
    (from, to): (&Series, &Series),
    periods: u32,
    instead: Option<&Series>,
) -> Column {
    sets(Kind::Number, rows, |row| {
        let (from, to) = (from.number(row), to.number(row));
        let grown = rooted(&grown(&from, &to), periods, 1);
        or_instead(grown, &to, &from, instead.map(|it| it.set(row)))
    })
}

/// 方根
pub fn root(rows: usize, of: &Series, degree: u32) -> Column {
    sets(Kind::Number, rows, |row| Set::Number(rooted(&not_negative(&of.number(row)), degree, 0)))
}

/// A comparison of which one side is a root; none where neither or both are.
pub fn compare(
    chunk: &Chunk<'_>,
    rows: usize,
    op: Comparison,
    [a, b]: [NodeId; 2],
) -> Option<Column> {
    let (program, run) = (chunk.context.program, chunk.context.run);
    let roots = [a, b].map(|it| plan::is_root(program, run, it));
    let (root, bound, op) = match roots {
        [true, false] => (a, b, op),
        [false, true] => (b, a, op.mirrored()),
        _ => return None,
    };
    let (under, power) = under_root(chunk, rows, root);
    let bound = chunk.series(bound);
    let bound =
        sets(Kind::Number, rows, |row| Set::Number(bound.number(row).map(|it| power.raise(it))));
    Some(compare::compare(rows, op, &Series::new(under), &Series::new(bound), 0))
}

/// What a number is turned into to be compared with what stands under a root.
struct Power {
    /// Added before: of growth 1.
    plus: Number,
    degree: u32,
}

impl Power {
    fn raise(&self, hull: &Hull) -> Hull {
        hull.add(&Hull::point(self.plus.clone())).raised(self.degree)
    }
}

/// What stands under a root.
fn under_root(chunk: &Chunk<'_>, rows: usize, root: NodeId) -> (Column, Power) {
    match &chunk.context.program.node(root).kind {
        NodeKind::MeanGrowth { from, to, periods, if_not_positive } => {
            let (from, to) = (chunk.series(*from), chunk.series(*to));
            let instead = if_not_positive.map(|it| chunk.series(it));
            let power = Power { plus: Number::one(), degree: *periods };
            let under = sets(Kind::Number, rows, |row| {
                let (from, to) = (from.number(row), to.number(row));
                let instead = instead.map(|it| match it.set(row) {
                    Set::Number(it) => Set::Number(it.map(|it| power.raise(it))),
                    bare => bare,
                });
                or_instead(grown(&from, &to), &to, &from, instead)
            });
            (under, power)
        }
        NodeKind::Root { of, degree } => {
            let of = chunk.series(*of);
            let under = sets(Kind::Number, rows, |row| Set::Number(not_negative(&of.number(row))));
            (under, Power { plus: Number::zero(), degree: *degree })
        }
        _ => unreachable!("only growth and roots stand over a root"),
    }
}

/// to ÷ from where both can be: a negative end is the root of a negative number.
fn grown(from: &Possible<Hull>, to: &Possible<Hull>) -> Possible<Hull> {
    not_negative(&to.zip(from, ratio))
}

/// The values that are not negative; the others are errors.
fn not_negative(of: &Possible<Hull>) -> Possible<Hull> {
    of.and_then(|hull| Possible {
        values: hull.intersect(&Hull::not_negative()),
        na: false,
        error: hull.low.as_ref().is_none_or(|it| it.at.is_negative()),
    })
}

fn rooted(of: &Possible<Hull>, degree: u32, less: u32) -> Possible<Hull> {
    of.and_then(|hull| Possible { values: hull.root(degree, less), na: false, error: false })
}

fn less_one(of: &Hull) -> Hull {
    of.subtract(&Hull::point(Number::one()))
}

/// a ÷ b for the b above 0.
fn ratio(a: &Hull, b: &Hull) -> Possible<Hull> {
    let positive = b.intersect(&above_0());
    positive.map_or_else(Possible::nothing, |b| a.divide(&b))
}

fn above_0() -> Hull {
    Hull { low: Some(End::open(Number::zero())), high: None }
}

/// The growth, and what stands in for it where the base may be 0 or below: 错误, unless 基期非正 says.
fn or_instead(
    grown: Possible<Hull>,
    now: &Possible<Hull>,
    base: &Possible<Hull>,
    instead: Option<Set>,
) -> Set {
    let upward = Hull { low: None, high: Some(End::closed(Number::zero())) };
    let bad = base.values.as_ref().is_some_and(|it| it.intersect(&upward).is_some());
    let grown = Set::Number(grown);
    match (bad && now.values.is_some(), instead) {
        (false, _) => grown,
        (true, Some(instead)) => grown.union(&instead),
        (true, None) => grown.union(&Set::Number(Possible::error())),
    }
}
