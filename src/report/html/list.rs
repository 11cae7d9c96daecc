//! The top of the page: counts, the controls, and the table of all cases. What a case says is in `case`.

use crate::diagnostic::Lang;
use crate::report::Report;
use crate::report::Standing;
use crate::report::Tally;
use crate::report::block;
use crate::report::html::Entry;
use crate::report::html::chip;
use crate::report::html::class;
use crate::report::html::sign;
use crate::report::html::word;
use crate::report::layout::visible;
use crate::report::words::either;
use maud::Markup;
use maud::html;

/// How many lines of reasons a row of the table has at most.
const REASONS: usize = 3;

/// All standings, those that need action first.
const STANDINGS: [Standing; 5] = [
    Standing::NotMet,
    Standing::Undetermined,
    Standing::Noted,
    Standing::Met,
    Standing::NotApplicable,
];

/// How often each conclusion came to what.
pub fn summary(report: &Report, entries: &[Entry], lang: Lang) -> Markup {
    html! {
        @if entries.is_empty() || judges(report) {
            section.summary aria-labelledby="summary" {
                h2 #summary { (either(lang, "汇总", "Summary")) }
                @if entries.is_empty() {
                    p { (either(lang, "数据中没有案例。", "There is no case in the data.")) }
                } @else if report.program.conclusions.is_empty() {
                    p { (either(lang, "规则没有结论，逐条列出。", "The rulebook draws no conclusion: criteria one by one.")) }
                }
                @for (name, tally) in report.tallies().into_iter().filter(|_| !entries.is_empty()) {
                    (strip(name, tally, lang))
                }
            }
        }
    }
}

/// One conclusion's counts, large.
fn strip(name: &str, tally: Tally, lang: Lang) -> Markup {
    let all = tally.met + tally.not_met + tally.undetermined + tally.not_applicable;
    let count = |standing, number: usize, more: Option<String>| {
        html! {
            div class={ "count " (class(standing)) (if number == 0 { " none" } else { "" }) } {
                dt { b aria-hidden="true" { (sign(standing)) } " " (word(standing, lang)) }
                dd { (number) @if let Some(more) = more { small { (more) } } }
            }
        }
    };
    let noted = (tally.noted > 0).then(|| match lang {
        Lang::Zh => format!("其中有提示 {}", tally.noted),
        Lang::En => format!("{} with notes", tally.noted),
    });
    html! {
        div.strip {
            h3 {
                (visible(name))
                small { (match lang {
                    Lang::Zh => format!("共 {all} 例"),
                    Lang::En => format!("{all} cases"),
                }) }
            }
            dl {
                (count(Standing::Met, tally.met, noted))
                (count(Standing::NotMet, tally.not_met, None))
                (count(Standing::Undetermined, tally.undetermined, None))
                (count(Standing::NotApplicable, tally.not_applicable, None))
            }
        }
    }
}

/// Search, filter, unfold: shown by the script, which they need.
pub fn controls(report: &Report, entries: &[Entry], lang: Lang) -> Markup {
    let of = |standing| entries.iter().filter(|it| it.standing == standing).count();
    let count = |standing| if judges(report) { of(standing) } else { 0 };
    html! {
        search.bar #bar hidden
            data-shown=(either(lang, "显示 {n} 例，共 {all} 例", "{n} of {all} cases"))
            data-open=(either(lang, "全部展开", "Unfold all"))
            data-shut=(either(lang, "全部收起", "Fold all")) {
            label.find {
                span.aside { (either(lang, "查找案例", "Find a case")) }
                input #find type="search" autocomplete="off" spellcheck="false"
                    placeholder=(either(lang, "查找：名称、编号、条款、理由…", "Find: name, key, article, reason…"));
            }
            fieldset {
                legend.aside { (either(lang, "按判定筛选", "Filter by verdict")) }
                label.chip { input type="radio" name="s" value="" checked; span { (either(lang, "全部", "all")) " " (entries.len()) } }
                @for standing in STANDINGS {
                    @if count(standing) > 0 {
                        label class={ "chip " (class(standing)) } {
                            input type="radio" name="s" value=(class(standing));
                            span { b aria-hidden="true" { (sign(standing)) } " " (word(standing, lang)) " " (count(standing)) }
                        }
                    }
                }
            }
            button #fold type="button" { (either(lang, "全部展开", "Unfold all")) }
            output #shown for="find" {}
        }
    }
}

/// All cases, one a row.
pub fn table(report: &Report, entries: &[Entry], lang: Lang) -> Markup {
    let grades = entries.iter().any(|it| !it.case.grades.is_empty());
    html! {
        section.list aria-labelledby="list" {
            h2 #list { (either(lang, "案例一览", "All cases")) }
            p.hint { (either(lang,
                "点名称看理由。打印时列出当前筛选的案例：未展开任何一例则全部展开，否则按所展开的打印。",
                "Follow a name to its reasons. In print stand the cases now shown: all unfolded, or those you unfolded.")) }
            table {
                thead {
                    tr {
                        th scope="col" { (either(lang, "判定", "Verdict")) }
                        th scope="col" { (either(lang, "案例", "Case")) }
                        th scope="col" { (either(lang, "要点", "Reasons")) }
                        @if grades { th scope="col" { (either(lang, "分级", "Grade")) } }
                    }
                }
                tbody #rows {
                    @for entry in entries { (row(entry, report, grades, lang)) }
                }
            }
            p.nothing #nothing hidden { (either(lang, "没有这样的案例。", "There is no such case.")) }
        }
    }
}

/// Whether there is anything to fulfil: a rulebook may only compute and score.
pub fn judges(report: &Report) -> bool {
    !report.program.conclusions.is_empty() || !report.program.criteria.is_empty()
}

fn row(entry: &Entry, report: &Report, grades: bool, lang: Lang) -> Markup {
    let case = entry.case;
    let [_, verdict, grade] = block::headline(case, report.program, lang);
    let verdict = if case.conclusions.len() == 1 && entry.standing != Standing::NotApplicable {
        chip(entry.standing, &verdict)
    } else {
        html! {
            @if judges(report) { (chip(entry.standing, word(entry.standing, lang))) }
            @if case.conclusions.len() != 1 { p { (visible(&verdict)) } }
        }
    };
    let lines = block::lines(case, report.program, lang);
    html! {
        tr data-s=(class(entry.standing)) {
            td { (verdict) }
            th scope="row" {
                a href={ "#" (entry.anchor) } { bdi { (visible(&case.name)) } }
                @if case.id != case.name { " " code { (visible(&case.id)) } }
            }
            td {
                @for [article, message, ..] in lines.iter().take(REASONS) {
                    p { @if !article.is_empty() { b { (visible(article)) } " " } (visible(message)) }
                }
                @if lines.len() > REASONS {
                    p { (match lang {
                        Lang::Zh => format!("等 {} 项", lines.len()),
                        Lang::En => format!("and {} more", lines.len() - REASONS),
                    }) }
                }
            }
            @if grades { td { (visible(&grade)) } }
        }
    }
}
