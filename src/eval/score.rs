//! Points put together (`semantics` §9.2): weighted means, effective weights, caps. What each part has is computed before.

use crate::eval::arithmetic;
use crate::eval::chunk::Chunk;
use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::eval::series::truths;
use crate::ir::Composition;
use crate::ir::NodeId;
use crate::ir::Scoring;
use crate::value::Column;
use crate::value::End;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use crate::value::geometric::geometric_mean;
use crate::value::hull::compare_upper;

/// Most parts of which it may be open whether they apply before their ends are taken roughly.
const OPEN_PARTS: usize = 8;

/// A step of a score, over the rows of a chunk.
pub fn step(chunk: &Chunk<'_>, rows: usize, it: &Scoring) -> Column {
    let of = |id: &NodeId| chunk.series(*id);
    let pairs = |parts: &[(NodeId, NodeId)]| {
        parts.iter().map(|it| (chunk.series(it.0), chunk.series(it.1))).collect::<Vec<_>>()
    };
    match it {
        Scoring::Weighted(composition, parts) => weighted(rows, *composition, &pairs(parts)),
        Scoring::Weight { of, parts } => weight(rows, *of, &pairs(parts)),
        Scoring::Cap { of: item, most } => cap(rows, of(item), of(most)),
        Scoring::Known(items) => known(rows, &items.iter().map(of).collect::<Vec<_>>()),
        Scoring::Points(_) | Scoring::Rank(_) | Scoring::Selected(_) | Scoring::Over(_) => {
            unreachable!("a population node is computed before")
        }
    }
}

/// Σ w s ÷ Σ w, or Π s^(w ÷ Σ w), over the parts that apply.
fn weighted(rows: usize, composition: Composition, parts: &[(&Series, &Series)]) -> Column {
    if composition == Composition::Arithmetic
        && let Some(column) = plain(rows, parts)
    {
        return column;
    }
    sets(Kind::Number, rows, |row| {
        let mut all = vec![];
        let mut error = false;
        for (points, weight) in parts {
            let (points, weight) = (points.number(row), weight.number(row));
            error |= weight.error || points.error;
            if points.values.is_none() && !points.na || weight.values.is_none() {
                return Set::Number(Possible::error());
            }
            all.push(Part { points, weight: weight.values.expect("a weight has values") });
        }
        let done = over_subsets(&all, |chosen| together(composition, chosen));
        Set::Number(Possible { error: error || done.error, ..done })
    })
}

/// Σ w s ÷ Σ w where every part has points and a weight in every row, and the weights are the same in all.
fn plain(rows: usize, parts: &[(&Series, &Series)]) -> Option<Column> {
    let weight = |it: &(&Series, &Series)| {
        it.1.is_same().then(|| it.1.number(0))?.single().filter(|it| !it.is_negative()).cloned()
    };
    let weights: Vec<Number> = parts.iter().map(weight).collect::<Option<_>>()?;
    let sum = weights.iter().fold(Number::zero(), |sum, it| sum.add(it));
    let points: Vec<&Series> = parts.iter().map(|it| it.0).collect();
    let is_plain = |it: &&Series| match it.column() {
        Column::Number(column) => column.special.is_empty(),
        _ => false,
    };
    if rows < 2 || !points.iter().all(is_plain) {
        return None;
    }
    let mut shares = vec![];
    for weight in weights {
        let share = Set::Number(Possible::number(weight.checked_div(&sum)?));
        shares.push(Series::same(Column::repeat(1, &share), rows));
    }
    let weighed = points
        .iter()
        .zip(&shares)
        .map(|(points, share)| Series::new(arithmetic::product(rows, &[points, share])));
    let weighed: Vec<Series> = weighed.collect();
    Some(arithmetic::sum(rows, &weighed.iter().collect::<Vec<_>>()))
}

/// The weight of one part among those that apply.
fn weight(rows: usize, of: usize, parts: &[(&Series, &Series)]) -> Column {
    sets(Kind::Number, rows, |row| {
        let mut all = vec![];
        for (points, weight) in parts {
            let (points, weight) = (points.number(row), weight.number(row));
            let Some(weight) = weight.values else { return Set::Number(Possible::error()) };
            // A part in error keeps its weight.
            let na = points.na && points.values.is_none() && !points.error;
            let points = Possible {
                values: (!na).then(|| Hull::point(Number::zero())),
                na: points.na,
                error: false,
            };
            all.push(Part { points, weight });
        }
        let own = all[of].weight.clone();
        let mut places: Vec<usize> = vec![];
        let done = over_subsets_placed(&all, &mut places, |places, chosen| {
            if !places.contains(&of) {
                return Possible::not_applicable();
            }
            let sum = sum_of(chosen.iter().map(|it| it.1));
            own.divide(&sum)
        });
        Set::Number(done)
    })
}

/// At most so much.
fn cap(rows: usize, of: &Series, most: &Series) -> Column {
    sets(Kind::Number, rows, |row| {
        let done = of.number(row).zip(&most.number(row), |a, b| {
            let least = |a: &Option<End>, b: &Option<End>| {
                if compare_upper(a, b).is_le() { a.clone() } else { b.clone() }
            };
            let low = match (&a.low, &b.low) {
                (Some(a), Some(b)) => Some(if a.at <= b.at { a.clone() } else { b.clone() }),
                _ => None,
            };
            Possible::values(Hull { low, high: least(&a.high, &b.high) })
        });
        Set::Number(done)
    })
}

/// Whether each of these is one thing for certain.
fn known(rows: usize, of: &[&Series]) -> Column {
    truths(rows, |row| Truth::of(of.iter().all(|it| it.set(row).is_settled())))
}

/// A part's points and weight in one row.
struct Part {
    points: Possible<Hull>,
    weight: Hull,
}

type Chosen<'a> = Vec<(&'a Hull, &'a Hull)>;

fn over_subsets(all: &[Part], combine: impl Fn(&Chosen<'_>) -> Possible<Hull>) -> Possible<Hull> {
    over_subsets_placed(all, &mut vec![], |_, chosen| combine(chosen))
}

/// The union over every choice of which parts are 不适用.
fn over_subsets_placed(
    all: &[Part],
    places: &mut Vec<usize>,
    combine: impl Fn(&[usize], &Chosen<'_>) -> Possible<Hull>,
) -> Possible<Hull> {
    let open: Vec<usize> = (0..all.len())
        .filter(|at| all[*at].points.na && all[*at].points.values.is_some())
        .collect();
    // Beyond the limit only the extreme choices are looked at, and the hull of the single parts is added.
    let choices = if open.len() <= OPEN_PARTS { 1u32 << open.len() } else { 2 };
    let mut done = Possible::nothing();
    for choice in 0..choices {
        places.clear();
        for (at, part) in all.iter().enumerate() {
            let left_out = match open.iter().position(|it| *it == at) {
                Some(_) if choices == 2 && open.len() > 1 => choice == 1,
                Some(bit) => choice >> bit & 1 == 1,
                None => part.points.values.is_none(),
            };
            if !left_out {
                places.push(at);
            }
        }
        let chosen: Chosen<'_> = places
            .iter()
            .map(|at| (all[*at].points.values.as_ref().expect("it applies"), &all[*at].weight))
            .collect();
        done = done.union(&match chosen.is_empty() {
            true => Possible::not_applicable(),
            false => combine(places, &chosen),
        });
    }
    if open.len() > OPEN_PARTS {
        for (at, part) in all.iter().enumerate() {
            if let Some(points) = &part.points.values {
                done = done.union(&combine(&[at], &vec![(points, &part.weight)]));
            }
        }
    }
    done
}

fn sum_of<'a>(hulls: impl Iterator<Item = &'a Hull>) -> Hull {
    hulls.fold(Hull::point(Number::zero()), |sum, it| sum.add(it))
}

fn together(composition: Composition, parts: &Chosen<'_>) -> Possible<Hull> {
    let weights = sum_of(parts.iter().map(|it| it.1));
    match composition {
        Composition::Arithmetic => {
            let sum = parts.iter().fold(Hull::point(Number::zero()), |sum, (points, weight)| {
                sum.add(&points.multiply(weight))
            });
            match weights.single() {
                Some(one) if *one == Number::one() => Possible::values(sum).within_limit(),
                _ => sum.divide(&weights).within_limit(),
            }
        }
        Composition::Geometric => geometric(parts, &weights),
    }
}

/// Π s^w, rounded once to 30 digits; a negative is 错误.
fn geometric(parts: &Chosen<'_>, weights: &Hull) -> Possible<Hull> {
    let singles: Option<Vec<&Number>> = parts.iter().map(|it| it.1.single()).collect();
    let (Some(singles), Some(sum)) = (singles, weights.single()) else {
        return Possible { values: Some(Hull::not_negative()), na: false, error: true };
    };
    let shares: Option<Vec<Number>> = singles.iter().map(|it| it.checked_div(sum)).collect();
    let Some(shares) = shares else { return Possible::error() };
    let below = |it: &Hull| it.low.as_ref().is_none_or(|low| low.at.is_negative());
    let error = parts.iter().any(|it| below(it.0));
    let not_negative: Option<Vec<Hull>> =
        parts.iter().map(|it| it.0.intersect(&Hull::not_negative())).collect();
    let Some(points) = not_negative else { return Possible::error() };
    let end = |high: bool| -> Option<Number> {
        let ends = points.iter().map(|it| if high { &it.high } else { &it.low });
        let ends: Option<Vec<&Number>> = ends.map(|it| it.as_ref().map(|it| &it.at)).collect();
        Some(geometric_mean(&ends?, &shares))
    };
    let (low, high) = (end(false), end(true));
    let values = Hull {
        low: Some(End::closed(low.unwrap_or_else(Number::zero))),
        high: high.map(End::closed),
    };
    Possible { values: Some(values), na: false, error }
}
