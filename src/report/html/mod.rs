//! The report as one page of HTML that needs no network and no script to be read. Its sentences come from `explain`; it evaluates nothing.

mod case;
mod list;
mod ranking;
mod score;
mod tree;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::explain::CaseAccount;
use crate::report::Report;
use crate::report::Standing;
use crate::report::layout::visible;
use crate::report::standing;
use crate::report::words;
use crate::report::words::either;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;
use sha2::Digest;
use sha2::Sha256;
use std::collections::BTreeSet;

/// How the page looks, on a screen and in print.
const STYLE: &str = include_str!("page.css");

/// Search, filter and unfolding: what the page can be read without.
const SCRIPT: &str = include_str!("page.js");

/// So many findings are unfolded from the start.
const FEW: usize = 8;

/// A case with its place on the page.
struct Entry<'a> {
    case: &'a CaseAccount,
    standing: Standing,
    /// What a link to it names.
    anchor: String,
}

/// How pages look, for pages of other kinds.
pub fn style() -> &'static str {
    STYLE
}

/// The whole report as a page.
pub fn page(report: &Report, lang: Lang) -> String {
    let policy = &report.program.policy;
    let heading = if policy.title.is_empty() {
        either(lang, "判定结果", "Verdicts").to_owned()
    } else {
        visible(&policy.title)
    };
    let entries = entries(report);
    let page = html! {
        (DOCTYPE)
        html lang=(either(lang, "zh-CN", "en")) {
            (head(&heading, lang))
            body {
                (masthead(report, &heading, lang))
                main {
                    (list::summary(report, &entries, lang))
                    (ranking::tables(report, &entries, lang))
                    @if !entries.is_empty() {
                        (list::controls(report, &entries, lang))
                        (list::table(report, &entries, lang))
                        (sections(report, &entries, lang))
                    }
                }
                (findings(report, lang))
                (provenance(report, lang))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

/// The cases, those that need action first, each with a name of its own for links.
fn entries<'a>(report: &'a Report) -> Vec<Entry<'a>> {
    let mut taken = BTreeSet::new();
    let mut entries: Vec<Entry> = vec![];
    for case in &report.cases {
        let name = anchor(&case.id);
        let mut anchor = name.clone();
        let mut number = 2;
        while !taken.insert(anchor.clone()) {
            anchor = format!("{name}.{number}");
            number += 1;
        }
        entries.push(Entry { case, standing: standing(case), anchor });
    }
    entries.sort_by_key(|it| it.standing);
    entries
}

/// A key as a link may hold it: what is no letter, digit, `-` or `_` becomes `-`.
fn anchor(id: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    format!("case-{}", id.chars().map(safe).collect::<String>())
}

fn head(heading: &str, lang: Lang) -> Markup {
    // Only what is on this page may run or paint; nothing may be fetched or sent.
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        fingerprint(STYLE),
        fingerprint(SCRIPT)
    );
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            meta name="generator" content=(concat!("heng ", env!("CARGO_PKG_VERSION")));
            title { (heading) (either(lang, " · 判定结果", " · verdicts")) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

/// The fingerprint of a text that stands in the page, as a security policy names it.
pub fn fingerprint(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text)))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let number =
            (0..3).fold(0, |sum, at| sum << 8 | group.get(at).map_or(0, |it| *it as usize));
        for place in 0..4 {
            let sign = SIGNS[number >> (18 - 6 * place) & 63] as char;
            text.push(if place > group.len() { '=' } else { sign });
        }
    }
    text
}

/// The document, its number, the day that decides.
fn masthead(report: &Report, heading: &str, lang: Lang) -> Markup {
    let policy = &report.program.policy;
    let day = match (report.on, &policy.rule_date) {
        (Some(on), _) => Some((either(lang, "评价日", "Day that decides"), words::day(on))),
        (None, Some(field)) => Some((either(lang, "适用时点", "Day that decides"), visible(field))),
        (None, None) => None,
    };
    let short = |digest: &str| digest.chars().take(8).collect::<String>();
    html! {
        header.masthead {
            p.kind { (either(lang, "判定结果与理由", "Verdicts and reasons")) }
            h1 { (heading) }
            p.facts {
                @if !policy.number.is_empty() { span { (visible(&policy.number)) } }
                @if !policy.bases.is_empty() { span { (visible(&words::built_on(&policy.bases, lang))) } }
                @if let Some((label, day)) = day { span { (label) (either(lang, "：", ": ")) (day) } }
                span { (either(lang, "规则 ", "Rules ")) code { (short(report.rulebook)) } }
                span { (either(lang, "数据 ", "Data ")) code { (short(&report.data_digest)) } }
            }
        }
    }
}

fn sections(report: &Report, entries: &[Entry], lang: Lang) -> Markup {
    html! {
        section.cases aria-labelledby="cases" {
            h2 #cases { (either(lang, "逐案说明", "Case by case")) }
            @for entry in entries {
                (case::section(entry, report, entries.len() == 1, lang))
            }
        }
    }
}

/// What was found about rules and data.
fn findings(report: &Report, lang: Lang) -> Markup {
    let found = &report.findings.0;
    let count = |severity| found.iter().filter(|it| it.severity() == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|it| count(*it) > 0)
        .map(|it| match lang {
            Lang::Zh => format!("{} {} 条", words::severity(it, lang), count(it)),
            Lang::En => format!("{} {}", words::severity(it, lang), count(it)),
        })
        .collect();
    html! {
        @if !found.is_empty() {
            section.findings aria-labelledby="findings" {
                h2 #findings { (either(lang, "规则与数据中发现的问题", "Found in rules and data")) }
                details open[found.len() <= FEW] {
                    summary { (words::list(&counts, lang)) }
                    ul {
                        @for it in found { (finding(it, report, lang)) }
                    }
                }
            }
        }
    }
}

fn finding(it: &Diagnostic, report: &Report, lang: Lang) -> Markup {
    let class = match it.severity() {
        Severity::Error => "x",
        Severity::Warning => "q",
        Severity::Info => "n",
    };
    let message = it.message.get(lang);
    let rule = it.labels.first().map(|label| {
        let source = report.sources.get(label.span.file);
        let (line, column) = source.position(label.span.start as usize);
        format!("{}:{line}:{column}", source.name)
    });
    let cell = it.source.as_ref().map(|cell| words::place_beside(cell, message, lang));
    html! {
        li {
            span class={ "chip " (class) } { (words::severity(it.severity(), lang)) " " (it.code.0) }
            " " (visible(message))
            @if let Some(place) = rule.or(cell) { " " code { (visible(&place)) } }
            @if let Some(help) = &it.help { p.help { (visible(help.get(lang))) } }
        }
    }
}

/// What the page was made from.
fn provenance(report: &Report, lang: Lang) -> Markup {
    html! {
        footer {
            details {
                summary { (either(lang, "出处与指纹", "What this page was made from")) }
                table {
                    thead {
                        tr {
                            th scope="col" { (either(lang, "文件", "File")) }
                            th scope="col" { "SHA-256" }
                        }
                    }
                    tbody {
                        tr {
                            th scope="row" { (either(lang, "规则", "Rules")) }
                            td { code { (report.rulebook) } }
                        }
                        @for file in &report.data {
                            tr {
                                th scope="row" { (visible(&file.name)) }
                                td { code { (file.sha256) } }
                            }
                        }
                    }
                }
            }
            p {
                (either(lang,
                    "由衡（heng）按规则逐条判定，同样的输入得到同样的一页。",
                    "Judged by heng, rule by rule; the same input gives the same page."))
                " " (concat!("heng ", env!("CARGO_PKG_VERSION")))
            }
        }
    }
}

/// The class by which a standing is coloured and filtered.
fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::NotMet => "x",
        Standing::Undetermined => "q",
        Standing::Noted => "t",
        Standing::Met => "m",
        Standing::NotApplicable => "n",
    }
}

/// The sign of a standing; a colour never says it alone.
fn sign(standing: Standing) -> char {
    match standing {
        Standing::NotMet => '✗',
        Standing::Undetermined => '?',
        Standing::Noted => '△',
        Standing::Met => '✓',
        Standing::NotApplicable => '–',
    }
}

fn word(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::NotMet => either(lang, "不符合", "not met"),
        Standing::Undetermined => either(lang, "无法判定", "undetermined"),
        Standing::Noted => either(lang, "符合（有提示）", "met, with notes"),
        Standing::Met => either(lang, "符合", "met"),
        Standing::NotApplicable => either(lang, "不适用", "not applicable"),
    }
}

/// Sign and word together.
fn chip(standing: Standing, word: &str) -> Markup {
    html! {
        span class={ "chip " (class(standing)) } {
            b aria-hidden="true" { (sign(standing)) } " " (visible(word))
        }
    }
}
