//! The fixed words of reports in both languages. Sentences about a case come from `explain`.

use crate::diagnostic::CellRef;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::explain::GradeAccount;
use crate::explain::Mark;
use crate::ir::Document;
use crate::ir::Verdict;
use crate::value::State;
use chrono::NaiveDate;

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
