//! One name judged at the prompt, as text and as JSON (`schema/name.schema.json`). Its sentences come from `explain` and `naming`.

use crate::diagnostic::Lang;
use crate::explain::Branch;
use crate::explain::naming;
use crate::ir::Criterion;
use crate::ir::Force;
use crate::ir::Naming;
use crate::ir::Verdict;
use crate::naming::FindingKind;
use crate::naming::Judgement;
use crate::report::layout::visible;
use crate::report::tree::grow;
use crate::report::words;
use crate::report::words::either;
use crate::value::Truth;
use serde::Serialize;

/// A name that was judged.
pub struct Named<'a> {
    /// The 名称规则, as the criterion it is.
    pub criterion: &'a Criterion,
    /// What it asks.
    pub naming: &'a Naming,
    /// What was said of the name.
    pub it: &'a Judgement,
    /// Whether the place of the case was given.
    pub placed: bool,
}

/// The verdict, the segments, a line for each part, corrected names.
pub fn text(named: &Named<'_>, lang: Lang) -> String {
    let Named { criterion, naming, it, placed } = named;
    let noted = it.truth() == Truth::TRUE && it.soft() != Truth::TRUE;
    let verdict = words::verdict(crate::explain::verdict(it.truth()), lang);
    let noted = if noted { either(lang, "（有提示）", " (with notes)") } else { "" };
    let title = [words::list(&criterion.head.articles, lang), criterion.head.name.clone()];
    let title = title.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let colon = either(lang, "：", ": ");
    let head = format!("{}   {title}{colon}{verdict}{noted}", it.written);
    let segments = naming::segments(it);
    let mut out = format!("{}\n\n{}\n", visible(&head), visible(segments.get(lang)));
    let lines = naming::lines(naming, it);
    let branches: Vec<&Branch> = lines.iter().collect();
    grow(&mut out, &branches, "", true, lang);
    if !it.proposals.is_empty() {
        out.push_str(either(lang, "\n可改为：\n", "\nIt might be:\n"));
    }
    for proposal in &it.proposals {
        let reason = proposal.reason.get(lang);
        let line = match lang {
            Lang::Zh => format!("  {}（{reason}）", proposal.name),
            Lang::En => format!("  {} ({reason})", proposal.name),
        };
        out.push_str(&visible(&line));
        out.push('\n');
    }
    if !placed && it.truth() != Truth::FALSE {
        out.push_str(either(
            lang,
            "\n用 --at 写明案例在哪里，才能判断地名是否一致，如 --at 湖北省襄阳市\n",
            "\nSay with --at where the case lies, such as --at 湖北省襄阳市, to settle the place\n",
        ));
    }
    out
}

#[derive(Serialize)]
struct Document<'a> {
    name: &'a str,
    rule: &'a str,
    article: Option<String>,
    verdict: &'static str,
    noted: bool,
    parts: Vec<Part<'a>>,
    findings: Vec<Finding<'a>>,
    proposals: Vec<Proposal<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    part: String,
    text: &'a str,
    force: &'static str,
    verdict: &'static str,
    account: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    kind: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Proposal<'a> {
    name: &'a str,
    reason: &'a str,
}

/// The same as JSON.
pub fn json(named: &Named<'_>, lang: Lang) -> String {
    let Named { criterion, naming, it, .. } = named;
    let parts = naming::parts(naming, it);
    let document = Document {
        name: &it.written,
        rule: &criterion.head.name,
        article: (!criterion.head.articles.is_empty()).then(|| criterion.head.articles.join("、")),
        verdict: verdict(it.truth()),
        noted: it.truth() == Truth::TRUE && it.soft() != Truth::TRUE,
        parts: parts
            .into_iter()
            .map(|(name, part, force)| Part {
                part: name.get(lang).to_owned(),
                text: part.text.trim(),
                force: if force == Force::Must { "must" } else { "should" },
                verdict: verdict(part.truth),
                account: part.account.get(lang),
            })
            .collect(),
        findings: it
            .findings
            .iter()
            .map(|it| Finding { kind: kind(it.kind), text: it.text.get(lang) })
            .collect(),
        proposals: it
            .proposals
            .iter()
            .map(|it| Proposal { name: &it.name, reason: it.reason.get(lang) })
            .collect(),
    };
    serde_json::to_string_pretty(&document).expect("names are text") + "\n"
}

fn verdict(truth: Truth) -> &'static str {
    match crate::explain::verdict(truth) {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::NotApplicable => "not_applicable",
        Verdict::Undetermined => "undetermined",
    }
}

fn kind(it: FindingKind) -> &'static str {
    match it {
        FindingKind::Empty => "empty",
        FindingKind::ListMark => "list_mark",
        FindingKind::Width => "width",
        FindingKind::Blanks => "blanks",
        FindingKind::Traditional => "traditional",
        FindingKind::Long => "long",
        FindingKind::Former => "former_name",
        FindingKind::Homonyms => "homonyms",
        FindingKind::OtherPlace => "other_place",
        FindingKind::ZoneElsewhere => "zone_elsewhere",
        FindingKind::SecondPlace => "second_place",
        FindingKind::SeveralIndustries => "several_industries",
        FindingKind::Departure => "departure",
        FindingKind::MaybeDeparture => "maybe_departure",
    }
}
