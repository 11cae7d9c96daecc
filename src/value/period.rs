//! Years, quarters and months as numbers: reading, showing, the days they hold (`semantics` §8.4). No clock is read.

use crate::value::DateHull;
use crate::value::Possible;
use crate::value::day;
use crate::value::text;

/// Kinds of periods. A period is an index: the year, the year × 4 + quarter, the year × 12 + month, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// 年
    Year,
    /// 季
    Quarter,
    /// 月
    Month,
}

impl PeriodKind {
    /// How many of them make a year.
    pub fn in_a_year(self) -> i32 {
        match self {
            PeriodKind::Year => 1,
            PeriodKind::Quarter => 4,
            PeriodKind::Month => 12,
        }
    }

    /// Its words: 年, 季, 月.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            PeriodKind::Year => ("年", "year"),
            PeriodKind::Quarter => ("季", "quarter"),
            PeriodKind::Month => ("月", "month"),
        }
    }

    /// The index of a year and the number of a quarter or month in it, from 0.
    pub fn index(self, year: i32, part: i32) -> i32 {
        year * self.in_a_year() + part
    }

    /// The period a day lies in.
    pub fn of_day(self, at: i32) -> Option<i32> {
        let (year, month, _) = day::to_ymd(at)?;
        let month = month as i32 - 1;
        Some(self.index(year, month * self.in_a_year() / 12))
    }

    /// The first and last day of a period.
    pub fn days(self, index: i32) -> Option<DateHull> {
        let (year, part) = self.parts(index);
        let months = 12 / self.in_a_year();
        let first = day::from_ymd(year, (part * months) as u32 + 1, 1)?;
        let next = day::add_months(first, months.into());
        let last = next.map_or_else(|| day::from_ymd(year, 12, 31), |it| Some(it - 1))?;
        Some(DateHull { low: Some(first), high: Some(last) })
    }

    /// 2022年, 2022年第3季度, 2022年8月
    pub fn show(self, index: i32) -> String {
        let (year, part) = self.parts(index);
        match self {
            PeriodKind::Year => format!("{year}年"),
            PeriodKind::Quarter => format!("{year}年第{}季度", part + 1),
            PeriodKind::Month => format!("{year}年{}月", part + 1),
        }
    }

    /// 2022, 2022Q3, 2022-08
    pub fn show_short(self, index: i32) -> String {
        let (year, part) = self.parts(index);
        match self {
            PeriodKind::Year => year.to_string(),
            PeriodKind::Quarter => format!("{year}Q{}", part + 1),
            PeriodKind::Month => format!("{year}-{:02}", part + 1),
        }
    }

    fn parts(self, index: i32) -> (i32, i32) {
        (index.div_euclid(self.in_a_year()), index.rem_euclid(self.in_a_year()))
    }
}

/// Reads 2022, 2022年, 2022年度, 2022年第3季度, 2022Q3, 2022年8月, 2022-08. None for anything else.
pub fn parse(written: &str) -> Option<(PeriodKind, i32)> {
    let folded = text::fold(written);
    let rest = folded.trim_start_matches("year").trim();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(rest) != 4 {
        return None;
    }
    let year: i32 = rest[..4].parse().ok().filter(|it| *it >= 1)?;
    let rest = rest[4..].trim();
    if matches!(rest, "" | "年" | "年度") {
        return Some((PeriodKind::Year, year));
    }
    let part = |kind: PeriodKind, number: &str| {
        let number = number.trim();
        let sound = (1..=2).contains(&number.len()) && digits(number) == number.len();
        let part: i32 = number.parse().ok().filter(|_| sound)?;
        (1..=kind.in_a_year()).contains(&part).then(|| (kind, kind.index(year, part - 1)))
    };
    if let Some(number) = rest.strip_prefix(['Q', 'q']) {
        return part(PeriodKind::Quarter, number);
    }
    if let Some(number) = rest.strip_prefix('-') {
        return part(PeriodKind::Month, number);
    }
    let rest = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))?.trim();
    if let Some(number) = rest.strip_suffix("季度").or_else(|| rest.strip_suffix('季')) {
        let number = number.trim().trim_start_matches('第').trim();
        let han = ["一", "二", "三", "四"].iter().position(|it| *it == number);
        let number = han.map_or_else(|| number.to_owned(), |it| (it + 1).to_string());
        return part(PeriodKind::Quarter, &number);
    }
    part(PeriodKind::Month, rest.strip_suffix('月').or_else(|| rest.strip_suffix("月份"))?)
}

/// The periods of a finer or the same kind that a period holds, first and last; none where it is the finer one.
pub fn within(kind: PeriodKind, (of, index): (PeriodKind, i32)) -> Option<(i32, i32)> {
    let times = kind.in_a_year() / of.in_a_year();
    (times >= 1).then(|| (index * times, index * times + times - 1))
}

/// A period that is not known may be one of so many; beyond that nothing is said of it.
const WIDEST: i64 = 64;

/// The periods a set holds; none where there are too many.
pub fn listed(set: &Possible<DateHull>) -> Option<std::ops::RangeInclusive<i32>> {
    let Some(hull) = set.values else { return Some(std::ops::RangeInclusive::new(1, 0)) };
    let (low, high) = (hull.low?, hull.high?);
    (i64::from(high) - i64::from(low) < WIDEST).then_some(low..=high)
}

#[cfg(test)]
mod tests {
    use crate::value::PeriodKind;
    use crate::value::day;
    use crate::value::period::parse;
    use crate::value::period::within;

    #[test]
    fn periods_read_as_officials_write_them() {
        use PeriodKind::*;
        for (written, kind, index) in [
            ("2022", Year, 2022),
            ("２０２２年度", Year, 2022),
            ("2022年第3季度", Quarter, 2022 * 4 + 2),
            ("2022年三季度", Quarter, 2022 * 4 + 2),
            ("2022Q3", Quarter, 2022 * 4 + 2),
            ("2022-08", Month, 2022 * 12 + 7),
            ("2022年8月", Month, 2022 * 12 + 7),
        ] {
            assert_eq!(parse(written), Some((kind, index)), "{written}");
        }
        for written in
            ["22", "2022Q5", "2022-13", "2022年上半年", "2022-08-01", "二〇二二年", "2022年0月"]
        {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn days_and_periods_agree() {
        for kind in [PeriodKind::Year, PeriodKind::Quarter, PeriodKind::Month] {
            let index = kind.of_day(day::from_ymd(2024, 2, 29).expect("a day")).expect("a period");
            let days = kind.days(index).expect("days");
            assert!(
                days.low <= day::from_ymd(2024, 2, 29) && days.high >= day::from_ymd(2024, 2, 29)
            );
            assert_eq!(kind.of_day(days.low.expect("a day")), Some(index));
            assert_eq!(kind.of_day(days.high.expect("a day") + 1), Some(index + 1));
            assert_eq!(parse(&kind.show(index)), Some((kind, index)));
            assert_eq!(parse(&kind.show_short(index)), Some((kind, index)));
        }
        assert_eq!(within(PeriodKind::Month, (PeriodKind::Quarter, 8)), Some((24, 26)));
        assert_eq!(within(PeriodKind::Year, (PeriodKind::Quarter, 8)), None);
    }
}
