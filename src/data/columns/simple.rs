//! One cell of a date, period, text or truth: what it may be. Numbers and names are read elsewhere.

use crate::data::HoleKind;
use crate::data::columns::Reading;
use crate::data::columns::words::out_of_dates;
use crate::diagnostic::Text;
use crate::ir::DurationUnit;
use crate::value::DateHull;
use crate::value::PeriodKind;
use crate::value::TextSet;
use crate::value::day;
use crate::value::period;
use std::sync::Arc;

/// No end either way.
pub(super) const ALWAYS: DateHull = DateHull { low: None, high: None };

pub(super) fn read_truth(_: u32, cell: &str) -> Reading<bool, ()> {
    let neither = || Reading::Fault(Text::new("不是“是”或“否”", "is neither yes nor no"));
    truth(cell).map_or_else(neither, Reading::Plain)
}

/// What a folded cell says as a truth.
pub(crate) fn truth(cell: &str) -> Option<bool> {
    match cell {
        "是" | "√" | "✓" | "✔" | "☑" => Some(true),
        "否" | "×" | "✗" | "✘" | "☒" => Some(false),
        _ if ["yes", "true"].iter().any(|it| cell.eq_ignore_ascii_case(it)) => Some(true),
        _ if ["no", "false"].iter().any(|it| cell.eq_ignore_ascii_case(it)) => Some(false),
        _ => None,
    }
}

pub(super) fn read_date(cell: &str, domain: DateHull) -> Reading<i32, DateHull> {
    let Some(written) = day::parse(cell) else {
        return Reading::Fault(Text::new(
            "不是日期（应如 2020-11-06）",
            "is not a date such as 2020-11-06",
        ));
    };
    let low = written.low.max(domain.low);
    let high = [written.high, domain.high].into_iter().flatten().min();
    match (low, high) {
        (Some(low), Some(high)) if low > high => Reading::Fault(out_of_dates(domain)),
        (Some(low), _) if written.low == written.high => Reading::Plain(low),
        _ => {
            let why = Text::new("不够具体，应写到日", "is coarser than a day");
            Reading::Hole(HoleKind::Coarse, DateHull { low, high }, why)
        }
    }
}

/// A period coarser than asked is all that it holds.
pub(super) fn read_period(
    cell: &str,
    kind: PeriodKind,
    domain: DateHull,
) -> Reading<i32, DateHull> {
    let Some(written) = period::parse(cell) else {
        let (zh, en) = match kind {
            PeriodKind::Year => ("不是年份（应如 2022 或 2022年）", "is not a year such as 2022"),
            PeriodKind::Quarter => {
                ("不是季度（应如 2022年第3季度 或 2022Q3）", "is not a quarter such as 2022Q3")
            }
            PeriodKind::Month => {
                ("不是月份（应如 2022年8月 或 2022-08）", "is not a month such as 2022-08")
            }
        };
        return Reading::Fault(Text::new(zh, en));
    };
    let Some((low, high)) = period::within(kind, written) else {
        return Reading::Fault(Text::new(
            format!("比本栏要求的细，应写到{}", kind.words().0),
            format!("is finer than the {} asked for", kind.words().1),
        ));
    };
    let (low, high) = (domain.low.unwrap_or(low).max(low), domain.high.unwrap_or(high).min(high));
    match low.cmp(&high) {
        std::cmp::Ordering::Greater => Reading::Fault(Text::new("超出范围", "is out of range")),
        std::cmp::Ordering::Equal => Reading::Plain(low),
        std::cmp::Ordering::Less => {
            let why = Text::new(
                format!("不够具体，应写到{}", kind.words().0),
                format!("is coarser than a {}", kind.words().1),
            );
            Reading::Hole(HoleKind::Coarse, DateHull { low: Some(low), high: Some(high) }, why)
        }
    }
}

pub(super) fn read_text(cell: &str) -> Reading<Arc<str>, TextSet> {
    match cell.contains(|it: char| {
        it == '\u{FFFD}' || it.is_control() && !matches!(it, '\n' | '\r' | '\t')
    }) {
        true => {
            Reading::Fault(Text::new("含有读不出的字符", "holds characters that cannot be read"))
        }
        false => Reading::Plain(cell.into()),
    }
}

/// The digits of 3年, 6 个月, 5 个工作日.
pub(super) fn without_duration(cell: &str, unit: DurationUnit) -> &str {
    let words: &[&str] = match unit {
        DurationUnit::Year => &["年"],
        DurationUnit::Month => &["个月", "月"],
        DurationUnit::Day => &["日", "天"],
        DurationUnit::Workday => &["个工作日", "工作日"],
    };
    words.iter().find_map(|it| cell.strip_suffix(it)).map_or(cell, str::trim_end)
}
