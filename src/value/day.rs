//! Days as numbers, 0001-01-01 being day 1: reading, showing, adding (`semantics` §8.2). No clock is read.

use crate::value::DateHull;
use crate::value::text;
use chrono::Datelike;
use chrono::Days;
use chrono::Months;
use chrono::NaiveDate;

/// The day of a year, month and day of the month; none if there is no such day or the year is not 1 to 9999.
pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<i32> {
    (1..=9999)
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, month, day))?
        .map(|it| it.num_days_from_ce())
}

/// Year, month and day of the month; none if the day lies outside the years 1 to 9999.
pub fn to_ymd(day: i32) -> Option<(i32, u32, u32)> {
    date(day).map(|it| (it.year(), it.month(), it.day()))
}

/// The day of the week: 0 is Monday, 6 is Sunday. 0001-01-01 was a Monday.
pub fn weekday(day: i32) -> i32 {
    (day - 1).rem_euclid(7)
}

/// `2020-11-06`; a day outside the years 1 to 9999 is shown as its number.
pub fn show(day: i32) -> String {
    match to_ymd(day) {
        Some((year, month, day)) => format!("{year:04}-{month:02}-{day:02}"),
        None => day.to_string(),
    }
}

/// The day that many days later.
pub fn add_days(day: i32, count: i64) -> Option<i32> {
    i32::try_from(i64::from(day).checked_add(count)?).ok().filter(|it| date(*it).is_some())
}

/// The same day of the month that many months later; where the month has no such day, its last day.
pub fn add_months(day: i32, count: i64) -> Option<i32> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    let start = date(day)?;
    let end =
        if count < 0 { start.checked_sub_months(months) } else { start.checked_add_months(months) };
    end.filter(|it| (1..=9999).contains(&it.year())).map(|it| it.num_days_from_ce())
}

/// The same day that many years later; 02-29 becomes 02-28 where there is no 02-29.
pub fn add_years(day: i32, count: i64) -> Option<i32> {
    add_months(day, count.checked_mul(12)?)
}

/// How many whole months lie from one day to another: the most that can be added to the first without passing the second.
/// Below 0 where the second is earlier. It never falls as the second day grows, and never rises as the first does.
pub fn whole_months(from: i32, to: i32) -> Option<i64> {
    let ((year, month, _), (last_year, last_month, _)) = (to_ymd(from)?, to_ymd(to)?);
    let count = i64::from(last_year - year) * 12 + i64::from(last_month) - i64::from(month);
    // Within the last month its day may not be reached.
    Some(count - i64::from(add_months(from, count)? > to))
}

/// Whole years from one day to another, as whole months are counted.
pub fn whole_years(from: i32, to: i32) -> Option<i64> {
    let ((year, ..), (last_year, ..)) = (to_ymd(from)?, to_ymd(to)?);
    let count = i64::from(last_year - year);
    Some(count - i64::from(add_years(from, count)? > to))
}

/// Reads `2020-11-06`, `2020/11/6`, `2020.11.6`, `2020年11月6日` as one day, and `2021-08`, `2021年8月`,
/// `2021年` as all their days. None for anything else, such as `2021-02-29`.
pub fn parse(written: &str) -> Option<DateHull> {
    if let Some((year, month, day)) = plain(written.as_bytes()) {
        let only = from_ymd(year, month, day)?;
        return Some(DateHull { low: Some(only), high: Some(only) });
    }
    let folded = text::fold(written);
    let (year, rest) = digits(&folded, 4..=4)?;
    let (month, day) = match rest.chars().next()? {
        '年' => han(&rest['年'.len_utf8()..])?,
        mark @ ('-' | '/' | '.') => marked(&rest[1..], mark)?,
        ' ' => han(rest.trim_start().strip_prefix('年')?)?,
        _ => return None,
    };
    let year = year as i32;
    let (low, high) = match (month, day) {
        (Some(month), Some(day)) => {
            let only = from_ymd(year, month, day)?;
            (only, only)
        }
        (Some(month), None) => {
            let first = from_ymd(year, month, 1)?;
            (first, first + length_of_month(first))
        }
        _ => (from_ymd(year, 1, 1)?, from_ymd(year, 12, 31)?),
    };
    Some(DateHull { low: Some(low), high: Some(high) })
}

/// Nearly every date: `2020-11-06` to the letter.
fn plain(written: &[u8]) -> Option<(i32, u32, u32)> {
    let [y @ .., b'-', m1, m2, b'-', d1, d2] = written else { return None };
    if y.len() != 4 || !y.iter().chain([m1, m2, d1, d2]).all(u8::is_ascii_digit) {
        return None;
    }
    let number = |digits: &[u8]| digits.iter().fold(0, |sum, it| sum * 10 + u32::from(it - b'0'));
    Some((number(y) as i32, number(&[*m1, *m2]), number(&[*d1, *d2])))
}

/// Reads one whole day; a coarser date is none.
pub fn parse_exact(written: &str) -> Option<i32> {
    parse(written).filter(|it| it.low == it.high)?.low
}

/// What follows 年: nothing, `8月`, `8月6日`.
fn han(rest: &str) -> Option<(Option<u32>, Option<u32>)> {
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((None, None));
    }
    let (month, rest) = digits(rest, 1..=2)?;
    let rest = rest.trim_start().strip_prefix('月')?.trim();
    if rest.is_empty() {
        return Some((Some(month), None));
    }
    let (day, rest) = digits(rest, 1..=2)?;
    (rest.trim_start() == "日").then_some((Some(month), Some(day)))
}

/// What follows `2020-`: `11-06`, or `11` where the mark is a hyphen.
fn marked(rest: &str, mark: char) -> Option<(Option<u32>, Option<u32>)> {
    let (month, rest) = digits(rest, 1..=2)?;
    if rest.is_empty() {
        return (mark == '-').then_some((Some(month), None));
    }
    let (day, rest) = digits(rest.strip_prefix(mark)?, 1..=2)?;
    rest.is_empty().then_some((Some(month), Some(day)))
}

fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(length);
    count.contains(&length).then(|| Some((number.parse().ok()?, rest)))?
}

/// The number of days of a month after its first.
fn length_of_month(first: i32) -> i32 {
    let next = date(first).and_then(|it| it.checked_add_months(Months::new(1)));
    next.and_then(|it| it.checked_sub_days(Days::new(1)))
        .map_or(0, |it| it.num_days_from_ce() - first)
}

fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day).filter(|it| (1..=9999).contains(&it.year()))
}
