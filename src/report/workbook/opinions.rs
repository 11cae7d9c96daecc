//! The findings of a run, one a row: what decided each case, then what is wrong with the data. It writes no cell.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Lang;
use crate::diagnostic::Severity;
use crate::explain::CaseAccount;
use crate::explain::PartAccount;
use crate::explain::ScoreAccount;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::Report;
use crate::report::decided::Line;
use crate::report::score;
use crate::report::words;
use crate::report::words::either;
use crate::report::workbook::given::Given;
use crate::report::workbook::given::Spot;
use crate::report::workbook::given::find;
use crate::report::workbook::styles::Tone;
use crate::report::workbook::verdicts;
use crate::value::State;

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

/// A score that is not known to the point: how far it is, and the parts that keep it open with the places of their data.
pub fn of_score(
    it: &ScoreAccount,
    (case, spot): (&CaseAccount, Option<Spot>),
    program: &Program,
    lang: Lang,
) -> Option<Opinion> {
    if matches!(it.total.state, State::Value | State::NotApplicable) {
        return None;
    }
    let head = &program.score(it.score).head;
    let total = score::total(it, lang);
    let lacking = it.lacking.as_ref().map(|text| match lang {
        Lang::Zh => format!("（{}）", text.zh),
        Lang::En => format!(" ({})", text.en),
    });
    let mut open = vec![];
    open_parts(&it.parts, &mut open, lang);
    Some(Opinion {
        case: [case.id.clone(), case.name.clone()],
        article: words::list(&head.articles, lang),
        item: head.name.clone(),
        verdict: verdicts::verdict(Verdict::Undetermined, false, lang),
        tone: verdicts::tone(Verdict::Undetermined, false),
        message: format!("{total}{}", lacking.unwrap_or_default()),
        spot,
        remedy: match (open.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("需要：{}", open.join("；")),
            (false, Lang::En) => format!("needed: {}", open.join("; ")),
        },
    })
}

/// The parts without parts of their own whose points are open: 研发强度（年报.csv 第 10 行）.
fn open_parts(parts: &[PartAccount], open: &mut Vec<String>, lang: Lang) {
    for part in parts {
        let settled = matches!(part.points.state, State::Value | State::NotApplicable);
        if part.parts.is_empty() && !settled {
            open.push(match (&part.place, lang) {
                (None, _) => part.name.clone(),
                (Some(place), Lang::Zh) => format!("{}（{}）", part.name, place.zh),
                (Some(place), Lang::En) => format!("{} ({})", part.name, place.en),
            });
        }
        open_parts(&part.parts, open, lang);
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
