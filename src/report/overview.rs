//! The whole run on one screen: counts, then each case, those that need action first. What a case says is in `block`.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::ir::Verdict;
use crate::report::Report;
use crate::report::Standing;
use crate::report::block;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::ranking;
use crate::report::standing;
use crate::report::wanted;
use crate::report::words;
use crate::report::words::either;

/// The overview of a run.
pub fn overview(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    header(&mut out, report, lang);
    tallies(&mut out, report, lang);
    ranking::rankings(&mut out, report, lang);
    wanted::wanted(&mut out, &report.cases, lang);
    let mut order: Vec<&CaseAccount> = report.cases.iter().collect();
    order.sort_by_key(|it| standing(it));
    let (plain, speaking): (Vec<_>, Vec<_>) = order
        .into_iter()
        .partition(|it| matches!(standing(it), Standing::Met | Standing::NotApplicable));
    for case in speaking {
        out.push('\n');
        block::block(&mut out, case, report.program, lang);
    }
    // Where all there is to say is a score, the ranking has said it.
    let judged = !(report.program.conclusions.is_empty() && report.program.criteria.is_empty());
    if !plain.is_empty() && (judged || report.program.scores.is_empty()) {
        if !out.ends_with("\n\n") {
            out.push('\n');
        }
        let mut rows = Rows::default();
        for case in plain {
            let head = block::headline(case, report.program, lang);
            let reason =
                block::excused(case, lang).or_else(|| block::skipped(case, report.program, lang));
            rows.push("", head.into_iter().chain(reason));
        }
        rows.write(&mut out);
    }
    out
}

/// The document, the fingerprints of what was read, and the day that decides.
fn header(out: &mut String, report: &Report, lang: Lang) {
    out.push_str(&visible(&about(report, lang).join("   ")));
    out.push_str("\n\n");
}

/// The same part by part; the title comes first.
pub fn about(report: &Report, lang: Lang) -> Vec<String> {
    let policy = &report.program.policy;
    let short = |digest: &str| digest.chars().take(8).collect::<String>();
    let day = match (report.on, &policy.rule_date) {
        (Some(on), _) => {
            format!("{}{}", either(lang, "评价日：", "day that decides: "), words::day(on))
        }
        (None, Some(field)) => {
            format!("{}{field}", either(lang, "适用时点：", "day that decides: "))
        }
        (None, None) => String::new(),
    };
    let parts = [
        policy.title.clone(),
        policy.number.clone(),
        words::built_on(&policy.bases, lang),
        format!("{} {}", either(lang, "规则", "rules"), short(report.rulebook)),
        format!("{} {}", either(lang, "数据", "data"), short(&report.data_digest)),
        day,
    ];
    parts.into_iter().filter(|it| !it.is_empty()).collect()
}

/// 纳入评价管理   符合 14（其中有提示 5）   不符合 6   无法判定 4
fn tallies(out: &mut String, report: &Report, lang: Lang) {
    let mut rows = Rows::default();
    for (name, tally) in report.tallies() {
        let count = |verdict, number: usize| match number {
            0 => String::new(),
            _ => format!("{} {number}", words::verdict(verdict, lang)),
        };
        let mut met = count(Verdict::Met, tally.met);
        if tally.noted > 0 {
            met += &match lang {
                Lang::Zh => format!("（其中有提示 {}）", tally.noted),
                Lang::En => format!(" ({} with notes)", tally.noted),
            };
        }
        let counts = [
            met,
            count(Verdict::NotMet, tally.not_met),
            count(Verdict::Undetermined, tally.undetermined),
            count(Verdict::NotApplicable, tally.not_applicable),
        ];
        let counts = counts.into_iter().filter(|it| !it.is_empty());
        rows.push("", std::iter::once(name.to_owned()).chain(counts));
    }
    let lone = report.program.conclusions.is_empty() && !report.program.criteria.is_empty();
    if lone && !report.cases.is_empty() {
        let none = either(
            lang,
            "规则没有结论，逐条列出",
            "the rulebook draws no conclusion: criteria one by one",
        );
        rows.push("", [none.to_owned()]);
    }
    if report.cases.is_empty() {
        rows.push("", [either(lang, "数据中没有案例", "there is no case in the data").to_owned()]);
    }
    rows.write(out);
}
