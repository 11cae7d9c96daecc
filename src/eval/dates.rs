//! Days over columns: the rule date, 施行, spans, differences and working days (`semantics` §8). No clock is read.

use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::eval::series::truths;
use crate::ir::DurationUnit;
use crate::ir::Ty;
use crate::value::Column;
use crate::value::DateHull;
use crate::value::End;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use crate::value::day;

/// The day that decides: the run's, else the case's; without either nothing can be said.
pub fn rule_date(rows: usize, on: Option<i32>, date: Option<&Series>) -> Column {
    match (on, date) {
        (Some(on), _) => Column::repeat(rows, &Set::Date(Possible::values(DateHull::point(on)))),
        (None, Some(date)) if date.column().len() == rows => date.column().clone(),
        (None, Some(date)) => sets(Kind::Date, rows, |row| date.set(row)),
        // A run without a day is refused where a rule asks for one; elsewhere any day will do.
        (None, None) => {
            Column::repeat(rows, &Set::Date(Possible::values(DateHull { low: None, high: None })))
        }
    }
}

/// Whether a day lies in the span, both ends inclusive.
pub fn in_force(rows: usize, day: &Series, from: Option<i32>, until: Option<i32>) -> Column {
    truths(rows, |row| {
        day.date(row).ask(|days| {
            let (low, high) = (days.low.unwrap_or(i32::MIN), days.high.unwrap_or(i32::MAX));
            let (from, until) = (from.unwrap_or(i32::MIN), until.unwrap_or(i32::MAX));
            let inside = low.max(from) <= high.min(until);
            let outside = low < from || high > until;
            let part = |possible: bool, truth: Truth| if possible { truth } else { Truth::NOTHING };
            part(inside, Truth::TRUE).union(part(outside, Truth::FALSE))
        })
    })
}

/// d + a span of years, months or days. A day outside the years 1 to 9999 is an error.
pub fn add_duration(rows: usize, day: &Series, span: &Series, unit: Ty) -> Column {
    let add = match unit {
        Ty::Duration(DurationUnit::Year) => day::add_years,
        Ty::Duration(DurationUnit::Month) => day::add_months,
        _ => day::add_days,
    };
    sets(Kind::Date, rows, |row| {
        Set::Date(day.date(row).zip(&span.number(row), |days, count| shift(days, count, add)))
    })
}

/// Every day moved by every whole count, which rises with both; errors are days beyond the calendar.
fn shift(days: &DateHull, count: &Hull, add: fn(i32, i64) -> Option<i32>) -> Possible<DateHull> {
    let (fewest, most) = whole_counts(count);
    let low = days.low.zip(fewest).map(|(day, count)| add(day, count));
    let high = days.high.zip(most).map(|(day, count)| add(day, count));
    let error = low == Some(None) || high == Some(None);
    let (low, high) = (low.flatten(), high.flatten());
    let settled = days.low.is_some() && days.low == days.high && fewest.is_some() && fewest == most;
    match error && settled {
        true => Possible::error(),
        false => Possible { values: Some(DateHull { low, high }), na: false, error },
    }
}

/// The least and the greatest whole number of a hull.
fn whole_counts(count: &Hull) -> (Option<i64>, Option<i64>) {
    let whole = |end: &Option<End>, inward: fn(&Number) -> Number, step: i64| {
        let end = end.as_ref()?;
        let at = inward(&end.at);
        if !end.closed && end.at.is_whole() {
            at.add(&Number::from(step)).to_i64()
        } else {
            at.to_i64()
        }
    };
    (whole(&count.low, Number::ceil, 1), whole(&count.high, Number::floor, -1))
}

/// 日数（a，b）
pub fn days(rows: usize, from: &Series, to: &Series, both_ends: bool) -> Column {
    let extra = Hull::point(Number::from(both_ends as i64));
    sets(Kind::Number, rows, |row| {
        Set::Number(from.date(row).zip(&to.date(row), |from, to| {
            Possible::values(to.to_hull().subtract(&from.to_hull()).add(&extra))
        }))
    })
}

/// 满年数（a，b）, 满月数（a，b）: it never falls as b grows, and never rises as a does.
pub fn elapsed(rows: usize, from: &Series, to: &Series, unit: DurationUnit) -> Column {
    let count = match unit {
        DurationUnit::Year => day::whole_years,
        _ => day::whole_months,
    };
    let end = |from: Option<i32>, to: Option<i32>| {
        from.zip(to).and_then(|(from, to)| count(from, to)).map(|it| End::closed(Number::from(it)))
    };
    sets(Kind::Number, rows, |row| {
        Set::Number(from.date(row).zip(&to.date(row), |from, to| {
            Possible::values(Hull { low: end(from.high, to.low), high: end(from.low, to.high) })
        }))
    })
}

/// 工作日后（d，n）
pub fn workday_after(
    rows: usize,
    day: &Series,
    count: &Series,
    first_day: bool,
    calendar: &[(i32, bool)],
) -> Column {
    let calendar = Calendar { days: calendar };
    sets(Kind::Date, rows, |row| {
        Set::Date(day.date(row).zip(&count.number(row), |days, count| {
            let (fewest, most) = whole_counts(count);
            let low = days
                .low
                .zip(fewest)
                .and_then(|(day, count)| calendar.after(day, count, first_day).low);
            let high = days
                .high
                .zip(most)
                .and_then(|(day, count)| calendar.after(day, count, first_day).high);
            Possible::values(DateHull { low, high })
        }))
    })
}

/// A table of holidays and of weekends that are worked. It covers the years in which it has rows.
struct Calendar<'a> {
    days: &'a [(i32, bool)],
}

impl Calendar<'_> {
    /// The `count`-th working day after a day; from the minimum upwards where the table does not reach.
    fn after(&self, start: i32, count: i64, first_day: bool) -> DateHull {
        let mut left = count - (first_day && self.is_workday(start) == Some(true)) as i64;
        if first_day && self.is_workday(start).is_none() {
            return DateHull {
                low: Some(start.saturating_add((count - 1).max(0) as i32)),
                high: None,
            };
        }
        let mut day = start;
        while left > 0 {
            day = day.saturating_add(1);
            match self.is_workday(day) {
                Some(true) => left -= 1,
                Some(false) => {}
                // Every day from here on may be a working day.
                None => {
                    let least = i32::try_from(left - 1).unwrap_or(i32::MAX);
                    return DateHull { low: Some(day.saturating_add(least)), high: None };
                }
            }
        }
        DateHull::point(day)
    }

    fn is_workday(&self, at: i32) -> Option<bool> {
        match self.days.binary_search_by_key(&at, |it| it.0) {
            Ok(found) => Some(self.days[found].1),
            Err(_) => self.covers(at).then(|| day::weekday(at) < 5),
        }
    }

    /// Whether the table has a row in the day's year.
    fn covers(&self, at: i32) -> bool {
        let Some((year, _, _)) = day::to_ymd(at) else { return false };
        let (Some(first), Some(last)) = (day::from_ymd(year, 1, 1), day::from_ymd(year, 12, 31))
        else {
            return false;
        };
        let next = self.days.partition_point(|it| it.0 < first);
        self.days.get(next).is_some_and(|it| it.0 <= last)
    }
}
