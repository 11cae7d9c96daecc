//! Exact rational numbers: small ones in machine words, large ones without limit. Nothing rounds but what says so.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_rational::Ratio;
use num_traits::CheckedAdd;
use num_traits::CheckedDiv;
use num_traits::CheckedMul;
use num_traits::CheckedSub;
use num_traits::One;
use num_traits::Signed;
use num_traits::ToPrimitive;
use num_traits::Zero;
use std::cmp::Ordering;
use std::fmt;

/// An exact rational number in lowest terms; the same value has one representation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// `Small` wherever both terms fit, so that equality and hashing may look at the fields.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(Ratio<i128>),
    Big(Box<BigRational>),
}

impl Number {
    /// 0
    pub fn zero() -> Number {
        Number::from(0)
    }

    /// 1
    pub fn one() -> Number {
        Number::from(1)
    }

    /// `mantissa` ÷ 10^`scale`.
    pub fn scaled(mantissa: i128, scale: u32) -> Number {
        match 10i128.checked_pow(scale) {
            Some(den) => Number(Repr::Small(Ratio::new(mantissa, den))),
            None => Number::big(BigRational::new(mantissa.into(), BigInt::from(10).pow(scale))),
        }
    }

    /// `numerator` ÷ `denominator`; none if the denominator is zero.
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Number> {
        if denominator == 0 {
            return None;
        }
        let small = numerator != i128::MIN && denominator != i128::MIN;
        if let Some(done) = Number::small(small.then(|| Ratio::new(numerator, denominator))) {
            return Some(done);
        }
        Some(Number::big(BigRational::new(numerator.into(), denominator.into())))
    }

    /// Reads digits with at most one point and a leading sign: `-12.50`. No exponent, no grouping, any length.
    pub fn parse(text: &str) -> Option<Number> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let sound = |it: &str| it.bytes().all(|b| b.is_ascii_digit());
        let pointed = digits.contains('.');
        if whole.is_empty() || (pointed && part.is_empty()) || !sound(whole) || !sound(part) {
            return None;
        }
        let mantissa: BigInt = format!("{whole}{part}").parse().ok()?;
        let number =
            Number::big(BigRational::new(mantissa, BigInt::from(10).pow(part.len() as u32)));
        Some(if negative { number.negate() } else { number })
    }

    fn big(value: BigRational) -> Number {
        match (value.numer().to_i128(), value.denom().to_i128()) {
            // i128::MIN is left to the big form, so that negation cannot overflow.
            (Some(num), Some(den)) if num != i128::MIN => {
                Number(Repr::Small(Ratio::new_raw(num, den)))
            }
            _ => Number(Repr::Big(Box::new(value))),
        }
    }

    fn whole(value: i128) -> Number {
        Number(Repr::Small(Ratio::from_integer(value)))
    }

    fn small(value: Option<Ratio<i128>>) -> Option<Number> {
        value.filter(|it| *it.numer() != i128::MIN).map(|it| Number(Repr::Small(it)))
    }

    /// The terms of the fraction in lowest terms.
    pub fn to_big_terms(&self) -> (BigInt, BigInt) {
        let big = self.to_big();
        (big.numer().clone(), big.denom().clone())
    }

    /// A fraction of any length; none if the denominator is zero.
    pub fn from_big(numerator: BigInt, denominator: BigInt) -> Option<Number> {
        (!denominator.is_zero()).then(|| Number::big(BigRational::new(numerator, denominator)))
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(it) => BigRational::new_raw((*it.numer()).into(), (*it.denom()).into()),
            Repr::Big(it) => (**it).clone(),
        }
    }

    fn both(
        &self,
        other: &Number,
        small: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        big: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Number {
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0)
            && let Some(done) = Number::small(small(a, b))
        {
            return done;
        }
        Number::big(big(self.to_big(), other.to_big()))
    }

    /// The sum.
    pub fn add(&self, other: &Number) -> Number {
        self.both(other, Ratio::checked_add, |a, b| a + b)
    }

    /// The difference.
    pub fn subtract(&self, other: &Number) -> Number {
        self.both(other, Ratio::checked_sub, |a, b| a - b)
    }

    /// The product.
    pub fn multiply(&self, other: &Number) -> Number {
        self.both(other, Ratio::checked_mul, |a, b| a * b)
    }

    /// The quotient; none if `other` is zero.
    pub fn checked_div(&self, other: &Number) -> Option<Number> {
        (!other.is_zero()).then(|| self.both(other, Ratio::checked_div, |a, b| a / b))
    }

    /// 1 ÷ it; none of zero.
    pub fn reciprocal(&self) -> Option<Number> {
        match &self.0 {
            _ if self.is_zero() => None,
            Repr::Small(it) if *it.denom() != i128::MIN => Number::small(Some(it.recip())),
            _ => Number::one().checked_div(self),
        }
    }

    /// The number with the other sign.
    pub fn negate(&self) -> Number {
        match &self.0 {
            Repr::Small(it) => Number(Repr::Small(-*it)),
            Repr::Big(it) => Number::big(-(**it).clone()),
        }
    }

    /// The magnitude.
    pub fn abs(&self) -> Number {
        if self.is_negative() { self.negate() } else { self.clone() }
    }

    /// The `exponent`-th power; none for a negative power of zero.
    pub fn pow(&self, exponent: i32) -> Option<Number> {
        let raised = self.raise(exponent.unsigned_abs());
        if exponent < 0 { Number::one().checked_div(&raised) } else { Some(raised) }
    }

    /// The `exponent`-th power. A result far beyond what the language holds stops at some number too large.
    pub fn raise(&self, exponent: u32) -> Number {
        let mut result = Number::one();
        for bit in (0..u32::BITS - exponent.leading_zeros()).rev() {
            result = result.multiply(&result);
            if exponent >> bit & 1 == 1 {
                result = result.multiply(self);
            }
            if bit > 0 && result.is_too_large() {
                let negative = self.is_negative() && exponent % 2 == 1;
                return if negative { result.abs().negate() } else { result.abs() };
            }
        }
        result
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        matches!(&self.0, Repr::Small(it) if it.is_zero())
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(it) => it.is_negative(),
            Repr::Big(it) => it.is_negative(),
        }
    }

    /// Whether it is above 0.
    pub fn is_positive(&self) -> bool {
        !self.is_negative() && !self.is_zero()
    }

    /// Whether it has no fractional part.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small(it) => it.is_integer(),
            Repr::Big(it) => it.is_integer(),
        }
    }

    /// Whether its magnitude is 10⁶⁰ or more: the language's 数过大.
    pub fn is_too_large(&self) -> bool {
        match &self.0 {
            Repr::Small(_) => false,
            Repr::Big(it) => it.abs() >= BigRational::from(BigInt::from(10).pow(60)),
        }
    }

    /// Whether its numerator or its denominator takes more bits than that, machine words apart.
    pub fn is_longer_than(&self, bits: u64) -> bool {
        match &self.0 {
            Repr::Small(_) => false,
            Repr::Big(it) => it.numer().bits().max(it.denom().bits()) > bits,
        }
    }

    /// Rounded to `places` decimal places, half away from zero, also for negatives.
    pub fn round(&self, places: u32) -> Number {
        let factor = Number::big(BigRational::from(BigInt::from(10).pow(places)));
        let shifted = self.multiply(&factor).to_big();
        // `BigRational::round` rounds halves away from zero.
        Number::big(shifted.round()).checked_div(&factor).unwrap_or_else(Number::zero)
    }

    /// The greatest whole number not above it.
    pub fn floor(&self) -> Number {
        match &self.0 {
            Repr::Small(it) => Number::whole(it.numer().div_floor(it.denom())),
            Repr::Big(it) => Number::big(it.floor()),
        }
    }

    /// The least whole number not below it.
    pub fn ceil(&self) -> Number {
        match &self.0 {
            Repr::Small(it) => Number::whole(it.numer().div_ceil(it.denom())),
            Repr::Big(it) => Number::big(it.ceil()),
        }
    }

    /// It as a machine integer, if it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(it) if it.is_integer() => it.numer().to_i64(),
            _ => None,
        }
    }

    /// `self` × 10^`scale` as a machine integer, if that is whole and fits.
    pub fn to_scaled(&self, scale: u32) -> Option<i64> {
        match &self.0 {
            Repr::Small(it) => {
                let shifted = it.numer().checked_mul(&10i128.checked_pow(scale)?)?;
                (shifted % it.denom() == 0).then(|| (shifted / it.denom()).to_i64())?
            }
            Repr::Big(_) => None,
        }
    }

    /// Numerator and denominator (above 0) in lowest terms, if both are machine integers.
    pub fn to_terms(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Repr::Small(it) => Some((it.numer().to_i64()?, it.denom().to_i64()?)),
            Repr::Big(_) => None,
        }
    }

    /// The fewest decimal places that write it exactly; none if no number of places does.
    pub fn decimal_places(&self) -> Option<u32> {
        let (twos, fives, rest) = match &self.0 {
            Repr::Small(it) => {
                let twos = it.denom().trailing_zeros();
                let mut den = it.denom() >> twos;
                let fives = std::iter::from_fn(|| (den % 5 == 0).then(|| den /= 5)).count();
                (twos, fives as u32, den == 1)
            }
            Repr::Big(it) => {
                let twos = it.denom().trailing_zeros().unwrap_or(0);
                let mut den = it.denom() >> twos;
                let five = || (&den % 5u8).is_zero().then(|| den /= 5u8);
                (twos as u32, std::iter::from_fn(five).count() as u32, den.is_one())
            }
        };
        rest.then_some(twos.max(fives))
    }

    /// How many bits the whole part of its magnitude takes at most, below 0 where it is smaller than ½; none of 0.
    pub fn magnitude(&self) -> Option<i64> {
        let bits = |it: i128| i64::from(i128::BITS - it.unsigned_abs().leading_zeros());
        match &self.0 {
            _ if self.is_zero() => None,
            Repr::Small(it) => Some(bits(*it.numer()) - bits(*it.denom()) + 1),
            Repr::Big(it) => Some(it.numer().bits() as i64 - it.denom().bits() as i64 + 1),
        }
    }

    /// The greatest whole number not above `self` × 2^`shift`; none if that is no machine integer.
    pub fn to_fixed_point(&self, shift: i32) -> Option<i64> {
        let up = shift.max(0) as u32;
        match &self.0 {
            Repr::Small(it) if it.numer().unsigned_abs().leading_zeros() > up + 1 && shift >= 0 => {
                Integer::div_floor(&(it.numer() << up), it.denom()).to_i64()
            }
            _ => {
                let (above, below) = self.to_big_terms();
                let down = shift.min(0).unsigned_abs();
                (above << up).div_floor(&(below << down)).to_i64()
            }
        }
    }

    /// Written with exactly `places` decimal places, rounded half away from zero; no grouping.
    pub fn to_fixed(&self, places: u32) -> String {
        let factor = BigRational::from(BigInt::from(10).pow(places));
        let mantissa = (self.to_big() * factor).round().to_integer();
        let digits =
            format!("{:0>width$}", mantissa.abs().to_string(), width = places as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - places as usize);
        let sign = if mantissa.is_negative() { "-" } else { "" };
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// The reduced fraction, `481125/147133`, or a whole number without `/1`.
    pub fn to_fraction(&self) -> String {
        self.to_big().to_string()
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Repr::Small(Ratio::from_integer(value as i128)))
    }
}

impl From<i128> for Number {
    fn from(value: i128) -> Number {
        let small = Number::small(Some(Ratio::from_integer(value)));
        small.unwrap_or_else(|| Number::big(BigRational::from(BigInt::from(value))))
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Number {
        Number::from(value as i64)
    }
}

impl From<u32> for Number {
    fn from(value: u32) -> Number {
        Number::from(value as i64)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

/// An exact decimal where one exists, else the reduced fraction.
impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal_places() {
            Some(places) => out.write_str(&self.to_fixed(places)),
            None => out.write_str(&self.to_fraction()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}
