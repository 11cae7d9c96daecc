//! The days of a list that is a calendar: each 休 or 班. What follows from them is worked out elsewhere.

use crate::data::vocabulary::Reader;
use crate::data::vocabulary::Row;
use crate::diagnostic::code;
use crate::value::day;
use indexmap::IndexMap;

impl Reader<'_> {
    pub(super) fn calendar(&mut self, rows: &[Row<'_>]) -> Vec<(i32, bool)> {
        let mut days: IndexMap<i32, (bool, u32)> = IndexMap::new();
        for row in rows {
            let (date, kind) = (&row.cells[7], &row.cells[8]);
            let Some(at) = day::parse_exact(date) else {
                let zh = format!("“{date}”不是日期，应如 2020-11-06");
                self.at(
                    code::LIST_CALENDAR,
                    row.place,
                    Some(7),
                    zh,
                    format!("`{date}` is no date such as 2020-11-06"),
                );
                continue;
            };
            let works = match kind.as_ref() {
                "班" => true,
                "休" => false,
                _ => {
                    let zh = format!("“{kind}”应为 休 或 班");
                    self.at(
                        code::LIST_CALENDAR,
                        row.place,
                        Some(8),
                        zh,
                        format!("`{kind}` must be 休 (off) or 班 (worked)"),
                    );
                    continue;
                }
            };
            let first = days.entry(at).or_insert((works, row.place)).1;
            if first != row.place {
                let zh = format!("{} 在第 {first} 行已有", day::show(at));
                let en = format!("{} stands in row {first} already", day::show(at));
                self.at(code::LIST_TWICE, row.place, Some(7), zh, en);
            }
        }
        let mut calendar: Vec<(i32, bool)> =
            days.into_iter().map(|(day, (works, _))| (day, works)).collect();
        calendar.sort_unstable();
        calendar
    }
}
