//! The fixed words of reports in both languages. Sentences about a case come from `explain`.

use crate::diagnostic::CellRef;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::explain::GradeAccount;
use crate::explain::Mark;
use crate::explain::Remedy;
use crate::ir::Document;
use crate::ir::Verdict;
use crate::value::State;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// More columns than this are counted.
const COLUMNS: usize = 4;
/// More ways to mend something than this are counted.
const WAYS: usize = 4;
/// More ranges of rows than this are not listed.
const RANGES: usize = 3;

/// One of two spellings.
pub fn either<'t>(lang: Lang, zh: &'t str, en: &'t str) -> &'t str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// 符合, 不符合 …
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Met => either(lang, "符合", "met"),
        Verdict::NotMet => either(lang, "不符合", "not met"),
        Verdict::Undetermined => either(lang, "无法判定", "undetermined"),
        Verdict::NotApplicable => either(lang, "不适用", "not applicable"),
    }
}

/// The sign of a verdict.
pub fn verdict_sign(verdict: Verdict) -> char {
    match verdict {
        Verdict::Met => '✓',
        Verdict::NotMet => '✗',
        Verdict::Undetermined => '?',
        Verdict::NotApplicable => '–',
    }
}

/// The sign of a branch; none where it is no truth.
pub fn sign(mark: Mark) -> Option<char> {
    match mark {
        Mark::Met => Some('✓'),
        Mark::Noted => Some('△'),
        Mark::NotMet => Some('✗'),
        Mark::Undetermined => Some('?'),
        Mark::NotApplicable => Some('–'),
        Mark::Error => Some('!'),
        Mark::Plain => None,
    }
}

/// 错误, 提醒, 提示
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => either(lang, "错误", "error"),
        Severity::Warning => either(lang, "提醒", "warning"),
        Severity::Info => either(lang, "提示", "info"),
    }
}

/// 集群.csv 第 7 行 省级推荐日, beside a text: a row or column that the text names is not named again.
pub fn place_beside(cell: &CellRef, text: &str, lang: Lang) -> String {
    let table = cell.sheet.iter().map(|it| format!("{} {it}", either(lang, "表", "table")));
    let row = cell.row.iter().map(|it| match lang {
        Lang::Zh => format!("第 {it} 行"),
        Lang::En => format!("row {it}"),
    });
    let cell = [cell.file.clone()]
        .into_iter()
        .chain(table)
        .chain(row.chain(cell.column.clone()).filter(|it| !text.contains(it.as_str())));
    cell.collect::<Vec<String>>().join(" ")
}

/// 企业.csv 第 3 行 行业、从业人员, beside a text: a row that the text names is not named again, nor are columns where it names
/// all of them.
pub fn place(
    file: &str,
    sheet: Option<&str>,
    rows: &[u32],
    columns: &[&str],
    text: &str,
    lang: Lang,
) -> String {
    let table = sheet.map(|it| format!("{} {it}", either(lang, "表", "table")));
    let ranges = ranges(rows, lang);
    let named = rows.is_empty() || (rows.len() == 1 && text.contains(&ranges));
    let columns = match columns.iter().all(|it| text.contains(it)) {
        true => None,
        false => Some(match (columns.len() > COLUMNS, lang) {
            (false, _) => list(columns, lang),
            (true, Lang::Zh) => {
                format!("{} 等 {} 列", list(&columns[..COLUMNS], lang), columns.len())
            }
            (true, Lang::En) => format!(
                "{} and {} more columns",
                list(&columns[..COLUMNS], lang),
                columns.len() - COLUMNS
            ),
        }),
    };
    let rows = (!named).then_some(ranges);
    let parts = [file.to_owned()].into_iter().chain(table).chain(rows).chain(columns);
    parts.collect::<Vec<String>>().join(" ")
}

/// 第 2–127、130 行
fn ranges(rows: &[u32], lang: Lang) -> String {
    let mut ranges: Vec<(u32, u32)> = vec![];
    let rows: BTreeSet<u32> = rows.iter().copied().collect();
    for row in rows {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => ranges.push((row, row)),
        }
    }
    let one = |it: &(u32, u32)| match it.0 == it.1 {
        true => it.0.to_string(),
        false => format!("{}–{}", it.0, it.1),
    };
    let shown: Vec<String> = ranges.iter().take(RANGES).map(one).collect();
    let rest = ranges.len() > RANGES;
    let (shown, many) =
        (list(&shown, lang), ranges.len() > 1 || ranges.iter().any(|it| it.0 != it.1));
    match lang {
        Lang::Zh => format!("第 {shown} 行{}", if rest { "等" } else { "" }),
        Lang::En => {
            format!("row{} {shown}{}", if many { "s" } else { "" }, if rest { " …" } else { "" })
        }
    }
}

/// A day number as 2020-11-06.
pub fn day(number: i32) -> String {
    NaiveDate::from_num_days_from_ce_opt(number)
        .map_or_else(|| number.to_string(), |it| it.to_string())
}

/// 沿用 国科火字〔2020〕183号; nothing where the rulebook builds on no other.
pub fn built_on(bases: &[Document], lang: Lang) -> String {
    let names: Vec<&str> = bases.iter().rev().map(|it| it.name.as_str()).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("{} {}", either(lang, "沿用", "builds on"), list(&names, lang)),
    }
}

/// Items joined as the language lists them.
pub fn list<T: AsRef<str>>(items: &[T], lang: Lang) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    items.join(either(lang, "、", ", "))
}

/// Ways to mend something, one or the other: 还差 1 家；或… Of many the first are told and the rest is counted. Empty where
/// there is none.
pub fn alternatives(ways: &[Remedy], lang: Lang) -> String {
    let shown: Vec<&str> = ways.iter().take(WAYS).map(|it| it.text.get(lang)).collect();
    let shown = shown.join(either(lang, "；或", "; or "));
    match (ways.len() > WAYS, lang) {
        (false, _) => shown,
        (true, Lang::Zh) => format!("{shown}；等 {} 种办法", ways.len()),
        (true, Lang::En) => format!("{shown}; {} more ways", ways.len() - WAYS),
    }
}

/// A grade, or what it may be.
pub fn grade(grade: &GradeAccount, lang: Lang) -> String {
    match (grade.state, &grade.value) {
        (State::Value, Some(value)) => format!("{value}{}", grade.unit),
        (State::NotApplicable, _) => verdict(Verdict::NotApplicable, lang).to_owned(),
        (State::Error, _) => either(lang, "有错误", "in error").to_owned(),
        _ => {
            let member = |it: &String| match it.as_str() {
                "not_applicable" => verdict(Verdict::NotApplicable, lang).to_owned(),
                "error" => either(lang, "有错误", "in error").to_owned(),
                word => format!("{word}{}", grade.unit),
            };
            let members: Vec<String> = grade.possible.iter().map(member).collect();
            let undetermined = verdict(Verdict::Undetermined, lang);
            match lang {
                _ if members.is_empty() => undetermined.to_owned(),
                Lang::Zh => format!("{undetermined}（{}）", members.join(" 或 ")),
                Lang::En => format!("{undetermined} ({})", members.join(" or ")),
            }
        }
    }
}
