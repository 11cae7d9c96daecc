//! Numbers as people write them, digit by digit and exact (`semantics` §7.4). Fields and their domains are unknown here.

use crate::diagnostic::Text;
use crate::value::Number;
use std::cmp::Ordering;

/// The most significant digits of a cell or literal.
pub const MOST_DIGITS: usize = 38;
/// The most digits after the point.
pub const MOST_PLACES: usize = 18;

/// mantissa ÷ 10^scale, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All digits, without the point.
    pub mantissa: i128,
    /// Digits after the point.
    pub scale: u32,
}

/// 10^0 to 10^38: the powers that fit.
const POWERS: [i128; 39] = {
    let mut powers = [1; 39];
    let mut at = 1;
    while at < 39 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// 10^`power`; none if it does not fit.
pub fn power_of_ten(power: u32) -> Option<i128> {
    POWERS.get(power as usize).copied()
}

impl Decimal {
    /// The same as a number.
    pub fn to_number(self) -> Number {
        Number::scaled(self.mantissa, self.scale)
    }

    /// Whether nothing but zeros stands after the point.
    pub fn is_whole(self) -> bool {
        self.scale == 0
            || power_of_ten(self.scale).map_or(self.mantissa == 0, |power| {
                match (self.small(), i64::try_from(power)) {
                    // Division of small numbers takes a tenth of the time.
                    (Some(mantissa), Ok(power)) => mantissa % power == 0,
                    _ => self.mantissa % power == 0,
                }
            })
    }

    fn small(self) -> Option<i64> {
        i64::try_from(self.mantissa).ok()
    }

    /// Times 10^`power`; none if it does not fit.
    pub fn shift(self, power: i32) -> Option<Decimal> {
        let scale = i32::try_from(self.scale).ok()? - power;
        match u32::try_from(scale) {
            Ok(scale) => Some(Decimal { scale, ..self }),
            Err(_) => {
                let mantissa = self.mantissa.checked_mul(power_of_ten(scale.unsigned_abs())?)?;
                Some(Decimal { mantissa, scale: 0 })
            }
        }
    }

    /// The mantissa at a scale not below its own; none if it does not fit.
    pub fn at_scale(self, scale: u32) -> Option<i128> {
        let places = scale.checked_sub(self.scale)?;
        if places == 0 {
            return Some(self.mantissa);
        }
        self.mantissa.checked_mul(power_of_ten(places)?)
    }

    /// Compares two decimals exactly.
    pub fn compare(self, other: Decimal) -> Ordering {
        if other.mantissa == 0 || self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.to_number().cmp(&other.to_number()),
        }
    }
}

/// Reads the number a folded text begins with; gives what follows it, without blanks between.
/// Commas stand in groups of three only; there is no exponent and no sign but the minus.
pub fn leading(text: &str) -> Result<(Decimal, &str), Text> {
    let unsigned = text.strip_prefix(['-', '−']).map(str::trim_start);
    let digits = unsigned.unwrap_or(text);
    let length =
        digits.bytes().take_while(|it| it.is_ascii_digit() || *it == b',' || *it == b'.').count();
    let (written, rest) = digits.split_at(length);
    if !rest.starts_with(['e', 'E'])
        && let Some(decimal) = plain(written, unsigned.is_some())
    {
        return Ok((decimal, rest.trim_start()));
    }
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let pointed = whole.len() < written.len();
    if whole.is_empty() || pointed && part.is_empty() || part.contains(['.', ',']) {
        return Err(Text::new("不是数", "is not a number"));
    }
    if whole.contains(',') && !is_grouped(whole) {
        return Err(Text::new(
            "的千分位逗号不是三位一组",
            "has commas that do not part groups of three digits",
        ));
    }
    if rest.starts_with(['e', 'E'])
        && rest[1..].starts_with(|it: char| it.is_ascii_digit() || it == '-' || it == '+')
    {
        return Err(Text::new(
            "用了科学记数法，请写出全部数位",
            "has an exponent: write all its digits",
        ));
    }
    let count = (whole.bytes().chain(part.bytes()))
        .filter(u8::is_ascii_digit)
        .skip_while(|it| *it == b'0')
        .count();
    if count > MOST_DIGITS || part.len() > MOST_PLACES {
        return Err(Text::new(
            format!("位数过多：最多 {MOST_DIGITS} 位有效数字、{MOST_PLACES} 位小数"),
            format!(
                "has too many digits: at most {MOST_DIGITS}, and {MOST_PLACES} after the point"
            ),
        ));
    }
    let all = whole.bytes().chain(part.bytes()).filter(u8::is_ascii_digit);
    // At most 38 digits: below 10^38, which fits.
    let size = all.fold(0i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    let mantissa = if unsigned.is_some() { -size } else { size };
    Ok((Decimal { mantissa, scale: part.len() as u32 }, rest.trim_start()))
}

/// Nearly every number: up to eighteen digits, perhaps a point among them, no commas.
fn plain(written: &str, negative: bool) -> Option<Decimal> {
    const MOST: usize = 18;
    let (mut mantissa, mut point) = (0i64, None);
    for (at, mark) in written.bytes().enumerate().take(MOST + 2) {
        match mark {
            b'0'..=b'9' => mantissa = mantissa.checked_mul(10)? + i64::from(mark - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let places = point.map_or(0, |it| written.len() - it - 1);
    let digits = written.len() - usize::from(point.is_some());
    if digits == 0 || digits > MOST || point.is_some() && places == 0 {
        return None;
    }
    let mantissa = i128::from(if negative { -mantissa } else { mantissa });
    Some(Decimal { mantissa, scale: places as u32 })
}

/// 1,234,567
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    groups.next().is_some_and(|it| (1..=3).contains(&it.len())) && groups.all(|it| it.len() == 3)
}
