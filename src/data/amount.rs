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

impl Decimal {
    /// The same as a number.
    pub fn to_number(self) -> Number {
        Number::scaled(self.mantissa, self.scale)
    }

    /// Whether nothing but zeros stands after the point.
    pub fn is_whole(self) -> bool {
        10i128.checked_pow(self.scale).map_or(self.mantissa == 0, |it| self.mantissa % it == 0)
    }

    /// Times 10^`power`; none if it does not fit.
    pub fn shift(self, power: i32) -> Option<Decimal> {
        let scale = i32::try_from(self.scale).ok()? - power;
        match u32::try_from(scale) {
            Ok(scale) => Some(Decimal { scale, ..self }),
            Err(_) => {
                let mantissa =
                    self.mantissa.checked_mul(10i128.checked_pow(scale.unsigned_abs())?)?;
                Some(Decimal { mantissa, scale: 0 })
            }
        }
    }

    /// The mantissa at a scale not below its own; none if it does not fit.
    pub fn at_scale(self, scale: u32) -> Option<i128> {
        self.mantissa.checked_mul(10i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    /// Compares two decimals exactly.
    pub fn compare(self, other: Decimal) -> Ordering {
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

/// 1,234,567
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    groups.next().is_some_and(|it| (1..=3).contains(&it.len())) && groups.all(|it| it.len() == 3)
}
