//! Roots of rational numbers: exact where they are rational, else rounded once to 30 significant digits (`semantics` §7.2).

use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use num_bigint::BigInt;
use num_traits::Signed;
use num_traits::Zero;

/// Significant digits of a root that no fraction is.
const DIGITS: i64 = 30;

/// The n-th root of a number that is not negative; none of a negative one.
pub fn root(of: &Number, degree: u32) -> Option<Number> {
    if of.is_negative() || degree == 0 {
        return None;
    }
    let (above, below) = of.to_big_terms();
    if above.is_zero() || degree == 1 {
        return Some(of.clone());
    }
    let (a, b) = (above.nth_root(degree), below.nth_root(degree));
    if a.pow(degree) == above && b.pow(degree) == below {
        return Number::from_big(a, b);
    }
    // The root times 10^places has 30 digits before its point; its digits grow by one with each place.
    let estimate = (decimal_length(&above) - decimal_length(&below)).div_euclid(degree.into());
    let mut places = DIGITS - estimate + 1;
    loop {
        let (scaled, over) = scaled(&above, &below, degree, places);
        let floor = (&scaled / &over).nth_root(degree);
        match decimal_length(&floor).cmp(&DIGITS) {
            std::cmp::Ordering::Less => places += 1,
            std::cmp::Ordering::Greater => places -= 1,
            std::cmp::Ordering::Equal => {
                // Half away from zero: up where (2r + 1)^n ≤ 2^n x.
                let half = BigInt::pow(&(&floor * 2 + 1u32), degree) * &over;
                let up = half <= scaled * BigInt::from(2).pow(degree);
                return Some(shifted(floor + u32::from(up), places));
            }
        }
    }
}

/// x × 10^(places × n) as a fraction.
fn scaled(above: &BigInt, below: &BigInt, degree: u32, places: i64) -> (BigInt, BigInt) {
    let power = BigInt::from(10).pow(places.unsigned_abs() as u32 * degree);
    if places < 0 { (above.clone(), below * power) } else { (above * power, below.clone()) }
}

fn shifted(digits: BigInt, places: i64) -> Number {
    let power = BigInt::from(10).pow(places.unsigned_abs() as u32);
    let (above, below) =
        if places < 0 { (digits * power, BigInt::from(1)) } else { (digits, power) };
    Number::from_big(above, below).expect("a power of ten is not zero")
}

fn decimal_length(of: &BigInt) -> i64 {
    of.abs().to_string().len() as i64
}

impl Hull {
    /// The n-th roots of its numbers that are not negative; none if there are none.
    pub fn root(&self, degree: u32) -> Option<Hull> {
        let hull = self.intersect(&Hull::not_negative())?;
        let end = |it: &Option<End>| {
            it.as_ref().map(|it| End {
                at: root(&it.at, degree).expect("a number that is not negative has a root"),
                closed: true,
            })
        };
        Some(Hull { low: end(&hull.low), high: end(&hull.high) })
    }

    /// Its numbers raised to a power; negative ones are kept as they are. It rises with the number,
    /// and lies on the same side of x^n as the number itself does of x, for every x that is not negative.
    pub fn raised(&self, exponent: u32) -> Hull {
        let at = |it: &Number| if it.is_negative() { it.clone() } else { it.raise(exponent) };
        let end =
            |it: &Option<End>| it.as_ref().map(|it| End { at: at(&it.at), closed: it.closed });
        Hull { low: end(&self.low), high: end(&self.high) }
    }
}

#[cfg(test)]
mod tests {
    use crate::value::Number;
    use crate::value::root::root;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn roots_of_fractions_are_exact() {
        for (of, degree, expected) in
            [("1.331", 3, "1.1"), ("0", 5, "0"), ("4", 2, "2"), ("0.0001", 4, "0.1"), ("7", 1, "7")]
        {
            assert_eq!(root(&number(of), degree), Some(number(expected)), "{of}");
        }
        assert_eq!(root(&number("-8"), 3), None);
    }

    #[test]
    fn other_roots_have_thirty_digits() {
        // √2 = 1.41421 35623 73095 04880 16887 24209 69807 …, √(2 × 10^20), and of a small number.
        for (of, expected) in [
            ("2", "1.41421356237309504880168872421"),
            ("200000000000000000000", "14142135623.7309504880168872421"),
            ("0.0002", "0.0141421356237309504880168872421"),
        ] {
            assert_eq!(root(&number(of), 2), Some(number(expected)), "{of}");
        }
        // Rounded half away: √3 = 1.73205 08075 68877 29352 74463 41505 87236 …
        assert_eq!(root(&number("3"), 2), Some(number("1.73205080756887729352744634151")));
    }
}
