//! Days, months and working days for one date at a time, by chrono (`semantics` §§8.2, 8.3).

use chrono::Datelike;
use chrono::Months;
use chrono::NaiveDate;
use chrono::Weekday;
use heng::ir::DurationUnit;
use heng::ir::Vocabulary;

/// The day number of a date.
pub fn day(year: i32, month: u32, day: u32) -> i32 {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar").num_days_from_ce()
}

fn date(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).expect("a day of the calendar")
}

/// `day` + a span; a day that the target month has not becomes its last.
pub fn add(day: i32, count: i64, unit: DurationUnit) -> i32 {
    let months = match unit {
        DurationUnit::Year => 12 * count,
        DurationUnit::Month => count,
        DurationUnit::Day | DurationUnit::Workday => return day + count as i32,
    };
    let by = Months::new(months.unsigned_abs() as u32);
    let from = date(day);
    let to = if months < 0 { from.checked_sub_months(by) } else { from.checked_add_months(by) };
    to.expect("a day of the calendar").num_days_from_ce()
}

/// How many spans can be added to `from` without passing `to`; below 0 where it is earlier. Counted one by one.
pub fn full(from: i32, to: i32, unit: DurationUnit) -> i64 {
    let mut count = 0;
    while add(from, count + 1, unit) <= to {
        count += 1;
    }
    while add(from, count, unit) > to {
        count -= 1;
    }
    count
}

/// The `count`-th working day after `day`; `day` itself counts, if it is one, where `first_day`.
/// Of a day outside the years of the table `unknown` says whether it is one.
pub fn workday(
    list: &Vocabulary,
    day: i32,
    count: i64,
    first_day: bool,
    unknown: impl Fn(i32) -> bool,
) -> i32 {
    let is_workday = |at: i32| {
        let covered =
            list.calendar.iter().any(|(listed, _)| date(*listed).year() == date(at).year());
        match list.calendar.iter().find(|(listed, _)| *listed == at) {
            Some((_, working)) => *working,
            None if covered => !matches!(date(at).weekday(), Weekday::Sat | Weekday::Sun),
            None => unknown(at),
        }
    };
    let mut at = if first_day { day - 1 } else { day };
    let mut left = count;
    while left > 0 {
        at += 1;
        left -= is_workday(at) as i64;
    }
    at
}
