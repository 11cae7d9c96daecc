//! One report of a run, and its forms: JSON, the overview of all cases, the explanation of one, a page of HTML. It evaluates nothing itself.

mod annotations;
mod block;
mod case;
mod columns;
pub mod decided;
mod findings;
#[cfg(feature = "workbooks")]
mod form;
#[cfg(feature = "html")]
mod html;
mod item;
mod json;
pub mod layout;
#[cfg(feature = "workbooks")]
pub mod live;
mod name;
mod overview;
mod ranking;
mod requests;
mod sarif;
mod score;
mod score_json;
mod tree;
mod wanted;
pub mod words;
#[cfg(feature = "workbooks")]
pub mod workbook;

#[cfg(test)]
mod tests;

pub use annotations::annotations;
pub use case::verdict as verdict_word;
pub use columns::columns;
pub use findings::Finding;
pub use findings::findings as projected;
#[cfg(feature = "workbooks")]
pub use form::form;
#[cfg(feature = "html")]
pub use html::fingerprint;
#[cfg(feature = "html")]
pub use html::page;
#[cfg(feature = "html")]
pub use html::style as page_style;
pub use item::explanation as explanation_of;
pub use item::items;
pub use item::reasons;
pub use json::ENGINE;
pub use json::Engine;
pub use json::findings as findings_json;
pub use json::report as report_json;
pub use json::write as write_json;
pub use name::Named;
pub use name::json as name_json;
pub use name::text as name_text;
pub use overview::overview;
pub use sarif::sarif;
pub use tree::Depth;
pub use tree::explanation;
pub use tree::of_case as explanation_of_case;

use crate::data::Facts;
use crate::data::RawTable;
use crate::diagnostic::Diagnostics;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::explain::CaseAccount;
use crate::ir::Force;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::source::Sources;

/// What one run came to.
pub struct Report<'a> {
    /// The rulebook.
    pub program: &'a Program,
    /// Its texts.
    pub sources: &'a Sources,
    /// Its fingerprint.
    pub rulebook: &'a str,
    /// The files of data that were read.
    pub data: Vec<DataFile>,
    /// One fingerprint of all of them.
    pub data_digest: String,
    /// `--on`.
    pub on: Option<i32>,
    /// The data as they were given.
    pub tables: &'a [RawTable],
    /// The data as they were read.
    pub facts: &'a Facts,
    /// How it ran.
    pub run: &'a Run,
    /// What the nodes of the rules came to.
    pub outcome: &'a Outcome,
    /// The cases shown, in the order of the data.
    pub cases: Vec<CaseAccount>,
    /// What was found about rules and data.
    pub findings: Diagnostics,
}

/// A file of data.
pub struct DataFile {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
}

/// How often a conclusion came to what.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    /// 符合, noted or not.
    pub met: usize,
    /// 不符合
    pub not_met: usize,
    /// 无法判定
    pub undetermined: usize,
    /// 不适用
    pub not_applicable: usize,
    /// 符合（有提示）, part of `met`.
    pub noted: usize,
}

/// What a case comes to when all its conclusions are taken together; what needs action first comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A conclusion is not met.
    NotMet,
    /// None is not met, one is undetermined.
    Undetermined,
    /// All are met or not applicable, one with a note.
    Noted,
    /// All are met or not applicable.
    Met,
    /// None is applicable.
    NotApplicable,
}

impl Report<'_> {
    /// Each conclusion's name and its counts over the cases shown.
    pub fn tallies(&self) -> Vec<(&str, Tally)> {
        let mut tallies: Vec<Tally> = vec![Tally::default(); self.program.conclusions.len()];
        for account in self.cases.iter().flat_map(|it| &it.conclusions) {
            let tally = &mut tallies[account.conclusion.0 as usize];
            match account.verdict {
                Verdict::Met => tally.met += 1,
                Verdict::NotMet => tally.not_met += 1,
                Verdict::Undetermined => tally.undetermined += 1,
                Verdict::NotApplicable => tally.not_applicable += 1,
            }
            tally.noted +=
                usize::from(account.verdict == Verdict::Met && !account.notes.is_empty());
        }
        let names = self.program.conclusions.iter().map(|it| it.head.name.as_str());
        names.zip(tallies).collect()
    }
}

/// What a case comes to: by its conclusions, or by what it must fulfil where the rulebook draws no conclusion.
pub fn standing(case: &CaseAccount) -> Standing {
    let lone =
        case.criteria.iter().filter(|it| case.conclusions.is_empty() && it.force == Force::Must);
    let verdicts: Vec<Verdict> =
        lone.map(|it| it.verdict).chain(case.conclusions.iter().map(|it| it.verdict)).collect();
    let of = |verdict| verdicts.contains(&verdict);
    if of(Verdict::NotMet) {
        Standing::NotMet
    } else if of(Verdict::Undetermined) {
        Standing::Undetermined
    } else if case.conclusions.iter().any(|it| it.verdict == Verdict::Met && !it.notes.is_empty()) {
        Standing::Noted
    } else if of(Verdict::Met) || verdicts.is_empty() {
        Standing::Met
    } else {
        Standing::NotApplicable
    }
}
