//! The findings of a run, one a row: what decided each case, then what is wrong with the data. It writes no cell.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::explain::CaseAccount;
use crate::ir::Verdict;
use crate::report::Report;
use crate::report::decided::Line;
use crate::report::words;
use crate::report::words::either;
use crate::report::workbook::given::Given;
use crate::report::workbook::given::Spot;
use crate::report::workbook::given::find;
use crate::report::workbook::styles::Tone;
use crate::report::workbook::verdicts;

/// One finding.
pub struct Opinion {
    /// Key and name of its case; empty where it belongs to none.
    pub case: [String; 2],
    /// The articles.
    pub article: String,
    /// The criterion, or the code of a finding about the data.
    pub item: String,
    /// What it comes to.
    pub verdict: String,
    /// Its colour.
    pub tone: Tone,
    /// One sentence.
    pub message: String,
    /// Where it stands.
    pub spot: Option<Spot>,
    /// What to supply, correct or change.
    pub remedy: String,
}

/// A line about a case.
pub fn of_line(
    it: &Line,
    case: &CaseAccount,
    (report, all): (&Report, &[Given]),
    lang: Lang,
) -> Opinion {
    let cells = it.causes.iter().filter_map(|it| it.source.as_ref());
    let (verdict, tone) = match it.verdict {
        Some(verdict) => (verdicts::verdict(verdict, false, lang), verdicts::tone(verdict, false)),
        None => (verdicts::verdict(Verdict::Met, true, lang), Tone::Noted),
    };
    let wanted = it.asks.and_then(|it| it.domain.as_ref()).map(|it| match lang {
        Lang::Zh => format!("应填：{it}"),
        Lang::En => format!("to be filled in: {it}"),
    });
    Opinion {
        case: [case.id.clone(), case.name.clone()],
        article: it.article.clone(),
        item: it.name.to_owned(),
        verdict,
        tone,
        message: it.message.clone(),
        spot: cells.filter_map(|it| find(all, report.facts, it)).next(),
        remedy: wanted.unwrap_or_else(|| it.ways.clone()),
    }
}

/// A finding about the data.
pub fn of_finding(it: &Diagnostic, (report, all): (&Report, &[Given]), lang: Lang) -> Opinion {
    let owner = it.case.as_ref().map(|id| {
        let case = report.cases.iter().find(|case| case.id == *id);
        [id.clone(), case.map_or_else(|| id.clone(), |it| it.name.clone())]
    });
    let tone = match it.severity() {
        Severity::Error => Tone::Fault,
        Severity::Warning => Tone::Suspect,
        Severity::Info => Tone::NotApplicable,
    };
    let message = it.message.get(lang);
    let place = it.source.as_ref().map(|it| words::place_beside(it, message, lang));
    Opinion {
        case: owner.unwrap_or_default(),
        article: String::new(),
        item: format!("{} {}", either(lang, "数据", "data"), it.code.0),
        verdict: words::severity(it.severity(), lang).to_owned(),
        tone,
        message: match place {
            Some(place) => format!("{place}{}{message}", either(lang, "：", ": ")),
            None => message.to_owned(),
        },
        spot: it.source.as_ref().and_then(|it| find(all, report.facts, it)),
        remedy: it.help.as_ref().map_or_else(String::new, |it| it.get(lang).to_owned()),
    }
}
