//! One cell of a spreadsheet as the text a person typed, exactly (`semantics` §7.4). What the text means is no matter here.

use crate::diagnostic::Text;
use calamine::CellErrorType;
use calamine::DataRef;
use std::borrow::Cow;

/// Digits a spreadsheet keeps of a number.
const KEPT: usize = 15;

/// A cell as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed<'a> {
    /// What a person would have typed; empty for a blank cell.
    pub text: Cow<'a, str>,
    /// Why it cannot be trusted: said after the quoted cell.
    pub damage: Option<Text>,
    /// Digits past the fifteenth were dropped: they are dust of binary arithmetic.
    pub dust: bool,
    /// It is a number, which spreadsheets keep no kind of code or date in.
    pub number: bool,
}

impl<'a> Typed<'a> {
    fn plain(text: impl Into<Cow<'a, str>>) -> Typed<'a> {
        Typed { text: text.into(), damage: None, dust: false, number: false }
    }
}

/// The text of a cell; `percent` tells that its number is shown as a percentage.
pub fn of<'a>(value: &DataRef<'a>, percent: bool) -> Typed<'a> {
    match value {
        DataRef::Empty => Typed::plain(""),
        DataRef::String(text) => Typed::plain(text.clone()),
        DataRef::SharedString(text) => Typed::plain(*text),
        DataRef::Bool(true) => Typed::plain("是"),
        DataRef::Bool(false) => Typed::plain("否"),
        DataRef::Int(number) => of_number(*number as f64, percent),
        DataRef::Float(number) => of_number(*number, percent),
        DataRef::DateTime(day) if day.is_duration() => of_number(day.as_f64(), false),
        DataRef::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            Typed::plain(format!("{year:04}-{month:02}-{day:02}"))
        }
        // 2021-03-15T08:00:00
        DataRef::DateTimeIso(text) => {
            let day = text.split('T').next().unwrap_or_default();
            Typed::plain(day.to_owned())
        }
        DataRef::DurationIso(text) => Typed::plain(text.clone()),
        DataRef::Error(it) => error(error_text(it)),
    }
}

/// A cell that shows an error value.
pub fn error<'a>(shown: impl Into<Cow<'a, str>>) -> Typed<'a> {
    Typed {
        damage: Some(Text::new("是电子表格的错误值", "is an error value of the spreadsheet")),
        ..Typed::plain(shown)
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// Nearly every number: the shortest decimal that is it, in fifteen digits at most, written out at once.
fn plain(value: f64) -> Option<String> {
    const WHOLE: f64 = 1e15;
    if value.fract() == 0.0 && value.abs() < WHOLE {
        return Some((value as i64).to_string());
    }
    let text = value.to_string();
    let digits = text.bytes().filter(u8::is_ascii_digit).skip_while(|it| *it == b'0').count();
    (digits <= KEPT && value.abs() < WHOLE && value.abs() >= 1e-9).then_some(text)
}

/// The shortest decimal that is this number; sixteen whole digits and more are not what was typed.
fn of_number<'a>(value: f64, percent: bool) -> Typed<'a> {
    if let Some(text) = plain(value).filter(|_| !percent) {
        return Typed { text: text.into(), damage: None, dust: false, number: true };
    }
    let mut digits = format!("{:e}", value.abs());
    let dust =
        digits.bytes().take_while(|it| *it != b'e').filter(u8::is_ascii_digit).count() > KEPT;
    if dust {
        digits = format!("{:.*e}", KEPT - 1, value.abs());
    }
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
    let mut exponent: i32 = exponent.parse().unwrap_or_default();
    let mantissa: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let too_long = exponent >= KEPT as i32 && value != 0.0;
    if percent {
        exponent += 2;
    }
    let mark = if percent { "%" } else { "" };
    let sign = if value < 0.0 { "-" } else { "" };
    let text = format!("{sign}{}{mark}", positional(&mantissa, exponent));
    let damage = too_long.then(|| {
        Text::new(
            "有 16 位以上整数，电子表格只存 15 位，后面的数字已经丢失；编号、代码请先把单元格设为文本再填",
            "has more than 15 digits, and a spreadsheet keeps 15: the last ones are lost; format the cell as text before typing a code",
        )
    });
    Typed { text: text.into(), damage, dust: dust && !too_long, number: true }
}

/// d.ddd × 10^exponent, written out.
fn positional(digits: &str, exponent: i32) -> String {
    let digits = digits.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let point = exponent + 1;
    match usize::try_from(point) {
        Ok(point) if point >= digits.len() => {
            let text = format!("{digits}{}", "0".repeat((point - digits.len()).min(400)));
            let whole = text.trim_start_matches('0');
            if whole.is_empty() { "0".to_owned() } else { whole.to_owned() }
        }
        Ok(point) if point > 0 => format!("{}.{}", &digits[..point], &digits[point..]),
        _ => format!("0.{}{digits}", "0".repeat(point.unsigned_abs().min(400) as usize)),
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use calamine::DataRef;
    use calamine::ExcelDateTime;
    use calamine::ExcelDateTimeType;

    fn text(value: f64, percent: bool) -> (String, bool, bool) {
        let typed = of(&DataRef::Float(value), percent);
        (typed.text.into_owned(), typed.dust, typed.damage.is_some())
    }

    #[test]
    fn a_number_is_the_decimal_that_was_typed() {
        let plain = |it: f64| text(it, false).0;
        assert_eq!(plain(0.0), "0");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(plain(100.0), "100");
        assert_eq!(plain(-2.5), "-2.5");
        assert_eq!(plain(0.0603), "0.0603");
        assert_eq!(plain(1_471_330.05), "1471330.05");
        assert_eq!(plain(999_999_999_999_999.0), "999999999999999");
        assert_eq!(plain(1e-7), "0.0000001");
        assert_eq!(text(0.1 + 0.2, false), ("0.3".into(), true, false));
        assert_eq!(text(1.1 * 3.0, false), ("3.3".into(), true, false));
        assert!(text(110_101_199_003_078_519.0, false).2);
        assert!(text(1e15, false).2);
    }

    #[test]
    fn a_percentage_is_read_by_its_sign() {
        assert_eq!(text(0.0603, true).0, "6.03%");
        assert_eq!(text(0.06, true).0, "6%");
        assert_eq!(text(1.5, true).0, "150%");
        assert_eq!(text(0.000_1, true).0, "0.01%");
        assert_eq!(text(0.0, true).0, "0%");
        assert_eq!(text(0.07, true).0, "7%");
    }

    #[test]
    fn a_date_is_a_day_of_either_epoch() {
        let day = |serial, is_1904| {
            let value = ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904);
            of(&DataRef::DateTime(value), false).text.into_owned()
        };
        assert_eq!(day(44_270.0, false), "2021-03-15");
        assert_eq!(day(44_270.75, false), "2021-03-15");
        assert_eq!(day(42_808.0, true), "2021-03-15");
        assert_eq!(day(60.0, false), "1900-02-29"); // No such day: a fault when it is read as a date.
        assert_eq!(day(61.0, false), "1900-03-01");
    }
}
