//! Faults and findings as a terminal shows them: rule faults with the text and carets, data findings grouped and short.

use crate::cli::excerpt;
use crate::diagnostic::CellRef;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::report::layout::visible;
use crate::report::words;
use crate::report::words::either;
use crate::source::Sources;
use indexmap::IndexMap;
use std::fmt::Write;

/// How many rule faults are shown in full.
const MOST: usize = 100;

/// Whether the reader sees colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// On a terminal.
    Colours,
    /// In a file, a pipe, or as the user wishes.
    Plain,
}

/// Findings about rules, one after the other with their places; then those about data; then the count.
pub fn text(all: &Diagnostics, sources: &Sources, paint: Paint, lang: Lang) -> String {
    let (data, rules): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        all.0.iter().partition(|it| it.source.is_some());
    let mut out = String::new();
    for it in rules.iter().take(MOST) {
        rule(&mut out, it, sources, paint, lang);
        out.push('\n');
    }
    if rules.len() > MOST {
        let rest = rules.len() - MOST;
        let _ = match lang {
            Lang::Zh => writeln!(out, "另有 {rest} 处未列出，--format json 给出全部\n"),
            Lang::En => writeln!(out, "{rest} more are not shown; --format json gives all\n"),
        };
    }
    grouped(&mut out, &data, lang);
    out
}

/// The same, and how many there are in all.
pub fn with_count(all: &Diagnostics, sources: &Sources, paint: Paint, lang: Lang) -> String {
    text(all, sources, paint, lang) + counted(all, lang).as_str()
}

/// How many there are, as a line of its own.
pub fn counted(all: &Diagnostics, lang: Lang) -> String {
    match all.0.is_empty() {
        true => either(lang, "没有发现问题\n", "nothing found\n").to_owned(),
        false => count(all, lang) + "\n",
    }
}

/// 错误 3 处，提醒 1 处
pub fn count(all: &Diagnostics, lang: Lang) -> String {
    let kinds = [Severity::Error, Severity::Warning, Severity::Info];
    let counts =
        kinds.iter().map(|kind| (*kind, all.0.iter().filter(|it| it.severity() == *kind).count()));
    let parts: Vec<String> = counts
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| match (lang, count) {
            (Lang::Zh, _) => format!("{} {count} 处", words::severity(kind, lang)),
            (Lang::En, 1) => format!("1 {}", words::severity(kind, lang)),
            (Lang::En, _) => format!("{count} {}s", words::severity(kind, lang)),
        })
        .collect();
    parts.join(either(lang, "，", ", "))
}

/// `错误 E0203 找不到名称“…”`, the text with carets, and what to do.
fn rule(out: &mut String, it: &Diagnostic, sources: &Sources, paint: Paint, lang: Lang) {
    let severity = words::severity(it.severity(), lang);
    let message = visible(it.message.get(lang));
    let _ = writeln!(
        out,
        "{} {message}",
        painted(&format!("{severity} {}", it.code.0), it.severity(), paint)
    );
    excerpt::write(out, it, sources, paint, lang);
    help(out, it, "  ", lang);
}

fn help(out: &mut String, it: &Diagnostic, indent: &str, lang: Lang) {
    if let Some(help) = &it.help {
        let _ = writeln!(
            out,
            "{indent}{}{}",
            either(lang, "改法：", "help: "),
            visible(help.get(lang))
        );
    }
}

fn painted(text: &str, severity: Severity, paint: Paint) -> String {
    let colour = match severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Info => 36,
    };
    match paint {
        Paint::Colours => format!("\x1b[1;{colour}m{text}\x1b[0m"),
        Paint::Plain => text.to_owned(),
    }
}

/// Data findings: those of one column that say the same are one entry with the first of them in full.
fn grouped(out: &mut String, data: &[&Diagnostic], lang: Lang) {
    let mut groups: IndexMap<_, Vec<&Diagnostic>> = IndexMap::new();
    for it in data {
        let cell = it.source.as_ref().expect("a data finding names its place");
        let place = (&cell.file, cell.sheet.as_ref(), cell.column.as_ref());
        groups.entry((it.code.0, place, pattern(&it.message.zh))).or_default().push(it);
    }
    for group in groups.values() {
        let first = group[0];
        let cell = first.source.as_ref().expect("a data finding names its place");
        let severity = words::severity(first.severity(), lang);
        let message = first.message.get(lang);
        let place = words::place_beside(cell, message, lang);
        let line =
            format!("{severity} {} {place}{}{message}", first.code.0, either(lang, "：", ": "));
        let _ = writeln!(out, "{}", visible(&line));
        if group.len() > 1 {
            let _ = writeln!(out, "   {}", visible(&others(&group[1..], lang)));
        }
        help(out, first, "   ", lang);
    }
}

/// A message without what it quotes and counts: “约三百”不是数 and “不详”不是数 say the same.
fn pattern(message: &str) -> String {
    let mut quotes = 0i32;
    let outside = |mark: &char| {
        quotes += i32::from(*mark == '“') - i32::from(*mark == '”');
        quotes <= 0 && !mark.is_ascii_digit() && !matches!(mark, '、' | '.' | '-' | ' ')
    };
    message.chars().filter(outside).collect()
}

/// 同类的还有 12 处：第 5、6、9 行等
fn others(rest: &[&Diagnostic], lang: Lang) -> String {
    const NAMED: usize = 8;
    let rows = rest.iter().filter_map(|it| it.source.as_ref().and_then(|cell: &CellRef| cell.row));
    let rows: Vec<String> = rows.take(NAMED).map(|it| it.to_string()).collect();
    let more = rest.len() > rows.len();
    match lang {
        Lang::Zh if rows.is_empty() => format!("同类的还有 {} 处", rest.len()),
        Lang::Zh => {
            let end = if more { "行等" } else { "行" };
            format!("同类的还有 {} 处：第 {} {end}", rest.len(), rows.join("、"))
        }
        Lang::En if rows.is_empty() => format!("{} more of this kind", rest.len()),
        Lang::En => {
            let end = if more { " …" } else { "" };
            format!("{} more of this kind: rows {}{end}", rest.len(), rows.join(", "))
        }
    }
}
