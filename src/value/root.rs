//! Roots of rational numbers: exact where they are rational, else rounded once to 30 significant digits (`semantics` §7.2).

use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use num_bigint::BigInt;
use num_traits::Signed;

/// Significant digits of a root that no fraction is.
const DIGITS: i64 = 30;

/// The n-th root of a number that is not negative, less a whole number; none of a negative one.
pub fn root(of: &Number, degree: u32, less: u32) -> Option<Number> {
    if of.is_negative() || degree == 0 {
        return None;
    }
    let (above, below) = of.to_big_terms();
    let (a, b) = (above.nth_root(degree), below.nth_root(degree));
    if a.pow(degree) == above && b.pow(degree) == below {
        return Number::from_big(a - &b * less, b);
    }
    // As many decimal places as give 30 digits: one place more is one digit more.
    let mut places = DIGITS;
    loop {
        let rounded = nearest(&above, &below, degree, places)
            - power(places.max(0)) * less / power((-places).max(0));
        let digits = decimal_length(&rounded);
        if digits == DIGITS {
            return Some(shifted(rounded, places));
        }
        places += DIGITS - digits;
    }
}

/// The whole number nearest to the root times 10^places. The root is no fraction, so that none is a tie.
fn nearest(above: &BigInt, below: &BigInt, degree: u32, places: i64) -> BigInt {
    let shift = power(places.abs()).pow(degree);
    let (above, below) =
        if places < 0 { (above.clone(), below * shift) } else { (above * shift, below.clone()) };
    let floor = (&above / &below).nth_root(degree);
    let half: BigInt = &floor * 2 + 1;
    let up = half.pow(degree) * below < above * BigInt::from(2).pow(degree);
    floor + u32::from(up)
}

fn power(of_ten: i64) -> BigInt {
    BigInt::from(10).pow(of_ten.unsigned_abs() as u32)
}

fn shifted(digits: BigInt, places: i64) -> Number {
    let (above, below) = match places < 0 {
        true => (digits * power(places), BigInt::from(1)),
        false => (digits, power(places)),
    };
    Number::from_big(above, below).expect("a power of ten is not zero")
}

fn decimal_length(of: &BigInt) -> i64 {
    of.abs().to_string().len() as i64
}

impl Hull {
    /// The n-th roots of its numbers that are not negative, less a whole number; none if there are none.
    pub fn root(&self, degree: u32, less: u32) -> Option<Hull> {
        let hull = self.intersect(&Hull::not_negative())?;
        let end = |it: &Option<End>| {
            it.as_ref().map(|it| End {
                at: root(&it.at, degree, less).expect("a number that is not negative has a root"),
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
            assert_eq!(root(&number(of), degree, 0), Some(number(expected)), "{of}");
        }
        assert_eq!(root(&number("-8"), 3, 0), None);
    }

    #[test]
    fn other_roots_have_thirty_digits() {
        // √2 = 1.41421 35623 73095 04880 16887 24209 69807 …, √(2 × 10^20), and of a small number.
        for (of, expected) in [
            ("2", "1.41421356237309504880168872421"),
            ("200000000000000000000", "14142135623.7309504880168872421"),
            ("0.0002", "0.0141421356237309504880168872421"),
        ] {
            assert_eq!(root(&number(of), 2, 0), Some(number(expected)), "{of}");
        }
        // Rounded half away: √3 = 1.73205 08075 68877 29352 74463 41505 87236 …
        assert_eq!(root(&number("3"), 2, 0), Some(number("1.73205080756887729352744634151")));
        // Less 1 it is rounded once, after the subtraction: √1.02 − 1 = 0.00995 04938 36207 79533 63385 91706 9600 …
        assert_eq!(root(&number("1.02"), 2, 1), Some(number("0.00995049383620779533633859170696")));
        assert_eq!(root(&number("0.5"), 2, 1), Some(number("-0.292893218813452475599155637895")));
    }
}
