//! Π sᵢ^wᵢ of numbers that are not negative, for weights that sum to 1: exact where it is a root of low degree that is rational,
//! else rounded once to 30 significant digits (`semantics` §7.2). Whose points they are is not known here.

use crate::value::Number;
use crate::value::root::root;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;
use num_traits::ToPrimitive;
use num_traits::Zero;

/// Up to this degree the product of powers is written out and its root taken.
const EXACT: u32 = 120;
/// Bits after the point of logarithms: four times what 30 digits need.
const BITS: u64 = 400;
/// Significant digits of what no root of low degree is.
const DIGITS: i64 = 30;

/// The mean of points by weights; points and weights are not negative, and the weights sum to 1.
pub fn geometric_mean(points: &[&Number], weights: &[Number]) -> Number {
    let parts: Vec<(&Number, &Number)> =
        points.iter().copied().zip(weights).filter(|it| !it.1.is_zero()).collect();
    let Some((first, _)) = parts.first() else { return Number::one() };
    if parts.iter().any(|it| it.0.is_zero()) {
        return Number::zero();
    }
    if parts.iter().all(|it| it.0 == *first) {
        return (*first).clone();
    }
    let degree = parts
        .iter()
        .fold(BigInt::from(1), |degree, it| degree.lcm(&it.1.to_big_terms().1))
        .to_u32()
        .filter(|it| *it <= EXACT);
    let Some(degree) = degree else { return by_logarithms(&parts) };
    let product = parts.iter().fold(Number::one(), |all, (point, weight)| {
        let times = weight.multiply(&Number::from(degree)).to_i64().unwrap_or(0);
        (0..times).fold(all, |all, _| all.multiply(point))
    });
    root(&product, degree, 0).expect("a product of what is not negative")
}

/// e^Σ wᵢ ln sᵢ
fn by_logarithms(parts: &[(&Number, &Number)]) -> Number {
    let two = twice_artanh(&BigInt::from(1), &BigInt::from(3));
    let sum = parts.iter().fold(BigInt::zero(), |sum, (point, weight)| {
        let (above, below) = weight.to_big_terms();
        sum + logarithm(point, &two) * above / below
    });
    let twice: BigInt = &two * 2;
    let power = (&sum * 2i32 + &two).div_floor(&twice);
    let rest = sum - &power * &two;
    let (mut all, mut term, mut at) = (one(), one(), 1u32);
    while !term.is_zero() {
        term = ((term * &rest) >> BITS) / at;
        all += &term;
        at += 1;
    }
    let shift = power.to_i64().unwrap_or(0) - BITS as i64;
    let scale = one_shifted(shift.unsigned_abs());
    let (above, below) = if shift < 0 { (all, scale) } else { (all * scale, BigInt::from(1)) };
    rounded(&above, &below)
}

fn one() -> BigInt {
    one_shifted(BITS)
}

fn one_shifted(bits: u64) -> BigInt {
    BigInt::from(1) << bits
}

/// ln of a number above 0, times 2^BITS; `two` is that of 2.
fn logarithm(of: &Number, two: &BigInt) -> BigInt {
    let (mut above, mut below) = of.to_big_terms();
    let power = above.bits() as i64 - below.bits() as i64;
    match power < 0 {
        true => above <<= power.unsigned_abs(),
        false => below <<= power.unsigned_abs(),
    }
    // Now between a half and 2.
    two * power + twice_artanh(&(&above - &below), &(&above + &below))
}

/// 2 artanh(a ÷ b) = 2 (z + z³ ÷ 3 + z⁵ ÷ 5 …), times 2^BITS; z is a third at most.
fn twice_artanh(above: &BigInt, below: &BigInt) -> BigInt {
    let z = (above << BITS) / below;
    let square: BigInt = (&z * &z) >> BITS;
    let (mut all, mut term, mut at) = (BigInt::zero(), z, 1u32);
    while term.abs() > BigInt::from(1) {
        all += &term / at;
        term = (term * &square) >> BITS;
        at += 2;
    }
    all * 2
}

/// A fraction to 30 significant digits, the nearest.
fn rounded(above: &BigInt, below: &BigInt) -> Number {
    let ten = |places: i64| BigInt::from(10).pow(places.unsigned_abs() as u32);
    let mut places = DIGITS;
    loop {
        let (above, below) = match places < 0 {
            true => (above.clone(), below * ten(places)),
            false => (above * ten(places), below.clone()),
        };
        let twice: BigInt = &below * 2;
        let nearest = (above * 2i32 + &below).div_floor(&twice);
        let digits = nearest.to_string().len() as i64;
        if digits == DIGITS {
            let (above, below) = match places < 0 {
                true => (nearest * ten(places), BigInt::from(1)),
                false => (nearest, ten(places)),
            };
            return Number::from_big(above, below).expect("a power of ten is not zero");
        }
        places += DIGITS - digits;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points and weights as whole numbers, the weights over their sum.
    fn mean(points: &[i64], weights: &[i64]) -> Number {
        let sum: i64 = weights.iter().sum();
        let weights: Vec<Number> = weights
            .iter()
            .map(|it| Number::fraction((*it).into(), sum.into()).expect("a sum above 0"))
            .collect();
        let points: Vec<Number> = points.iter().map(|it| Number::from(*it)).collect();
        geometric_mean(&points.iter().collect::<Vec<_>>(), &weights)
    }

    #[test]
    fn roots_of_low_degree_are_exact() {
        assert_eq!(mean(&[2, 8], &[1, 1]), Number::from(4));
        assert_eq!(mean(&[7, 7], &[333_333, 666_667]), Number::from(7));
        assert_eq!(mean(&[0, 8], &[1, 1_000_000]), Number::zero());
    }

    /// Both ways round to the same 30 digits. The decimals were computed by another program.
    #[test]
    fn logarithms_agree_with_roots() {
        for points in [[2, 30], [99, 100], [1, 7]] {
            let (weights, numbers) =
                ([30, 70].map(|it| Number::scaled(it, 2)), points.map(Number::from));
            let parts: Vec<(&Number, &Number)> = numbers.iter().zip(&weights).collect();
            assert_eq!(by_logarithms(&parts), mean(&points, &[3, 7]));
        }
        let cube = Number::parse("1.25992104989487316476721060728").expect("a number");
        assert_eq!(mean(&[2, 1], &[1, 2]), cube);
        let close = Number::parse("2.15443303644278461122107337051").expect("a number");
        assert_eq!(mean(&[10, 1], &[333_333, 666_667]), close);
    }
}
