//! One case as JSON has it: verdicts, causes, remedies, figures and grades. It computes nothing.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::Cause;
use crate::explain::CauseKind;
use crate::explain::ChangeOp;
use crate::explain::ConclusionAccount;
use crate::explain::CriterionAccount;
use crate::explain::GradeAccount;
use crate::explain::IndicatorAccount;
use crate::explain::Note;
use crate::explain::NoteKind;
use crate::explain::Possibility;
use crate::explain::ReadingAccount;
use crate::explain::Remedy;
use crate::ir::Force;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::findings::Cell;
use crate::report::score_json::Score;
use crate::report::words;
use crate::value::State;
use serde::Serialize;

/// A case.
#[derive(Serialize)]
pub struct Case<'a> {
    table: &'a str,
    id: &'a str,
    name: &'a str,
    on: Option<String>,
    conclusions: Vec<Conclusion<'a>>,
    criteria: Vec<Criterion<'a>>,
    indicators: Vec<Indicator<'a>>,
    scores: Vec<Score<'a>>,
    grades: Vec<Grade<'a>>,
}

#[derive(Serialize)]
struct Conclusion<'a> {
    name: &'a str,
    verdict: &'static str,
    possible: Vec<&'static str>,
    proved: bool,
    noted: bool,
    notes: Vec<NoteLine<'a>>,
    criteria: Vec<&'a str>,
}

#[derive(Serialize)]
struct NoteLine<'a> {
    kind: &'static str,
    answered: bool,
    text: &'a str,
}

#[derive(Serialize)]
struct Criterion<'a> {
    name: &'a str,
    article: String,
    force: &'static str,
    verdict: &'static str,
    possible: Vec<&'static str>,
    proved: bool,
    noted: bool,
    notes: Vec<NoteLine<'a>>,
    message: &'a str,
    causes: Vec<CauseLine<'a>>,
    remedies: Vec<RemedyLine<'a>>,
}

#[derive(Serialize)]
struct CauseLine<'a> {
    kind: &'static str,
    field: &'a str,
    value: Option<&'a str>,
    bound: Option<&'a str>,
    article: Option<&'a str>,
    domain: Option<&'a str>,
    source: Option<Cell<'a>>,
}

#[derive(Serialize)]
struct RemedyLine<'a> {
    text: &'a str,
    changes: Vec<ChangeLine<'a>>,
    held: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChangeLine<'a> {
    op: &'static str,
    field: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
    from: Option<&'a str>,
    to: &'a str,
}

#[derive(Serialize)]
struct Indicator<'a> {
    name: &'a str,
    state: &'static str,
    value: Option<&'a str>,
    exact: Option<&'a str>,
    low: Option<&'a str>,
    high: Option<&'a str>,
    unit: Option<&'a str>,
    assumed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_readings: Vec<Reading<'a>>,
}

#[derive(Serialize)]
struct Reading<'a> {
    name: &'a str,
    state: &'static str,
    value: Option<&'a str>,
    exact: Option<&'a str>,
    low: Option<&'a str>,
    high: Option<&'a str>,
}

#[derive(Serialize)]
struct Grade<'a> {
    name: &'a str,
    state: &'static str,
    value: Option<&'a str>,
    possible: &'a [String],
}

impl<'a> Case<'a> {
    /// A case's account, in one language.
    pub fn new(it: &'a CaseAccount, program: &'a Program, lang: Lang) -> Case<'a> {
        Case {
            table: &program.table(it.table).name,
            id: &it.id,
            name: &it.name,
            on: it.on.map(words::day),
            conclusions: it.conclusions.iter().map(|it| conclusion(it, program, lang)).collect(),
            criteria: it.criteria.iter().map(|it| criterion(it, program, lang)).collect(),
            indicators: it.indicators.iter().map(|it| indicator(it, program)).collect(),
            scores: it.scores.iter().map(|it| Score::new(it, program, lang)).collect(),
            grades: it.grades.iter().map(|it| grade(it, program)).collect(),
        }
    }
}

fn conclusion<'a>(it: &'a ConclusionAccount, program: &'a Program, lang: Lang) -> Conclusion<'a> {
    Conclusion {
        name: &program.conclusion(it.conclusion).head.name,
        verdict: verdict(it.verdict),
        possible: possible(&it.possible),
        proved: it.proved,
        noted: !it.notes.is_empty(),
        notes: notes(&it.notes, lang),
        criteria: program
            .conclusion(it.conclusion)
            .criteria()
            .map(|id| program.criterion(id).head.name.as_str())
            .collect(),
    }
}

fn criterion<'a>(it: &'a CriterionAccount, program: &'a Program, lang: Lang) -> Criterion<'a> {
    let rule = program.criterion(it.criterion);
    Criterion {
        name: &rule.head.name,
        article: rule.head.articles.join("、"),
        force: match rule.force {
            Force::Must => "must",
            Force::Should => "should",
            Force::May => "may",
        },
        verdict: verdict(it.verdict),
        possible: possible(&it.possible),
        proved: it.proved,
        noted: !it.notes.is_empty(),
        notes: notes(&it.notes, lang),
        message: it.message.get(lang),
        causes: it.causes.iter().map(cause).collect(),
        remedies: it.remedies.iter().map(|it| remedy(it, lang)).collect(),
    }
}

fn notes(notes: &[Note], lang: Lang) -> Vec<NoteLine<'_>> {
    notes.iter().map(|it| note(it, lang)).collect()
}

fn note(it: &Note, lang: Lang) -> NoteLine<'_> {
    let kind = match it.kind {
        NoteKind::Departure => "departure",
        NoteKind::Maybe => "maybe",
        NoteKind::Default => "default",
        NoteKind::EmptyList => "empty_list",
        NoteKind::Name => "name",
    };
    NoteLine { kind, answered: it.answered, text: it.text.get(lang) }
}

fn cause(it: &Cause) -> CauseLine<'_> {
    CauseLine {
        kind: match it.kind {
            CauseKind::Unknown | CauseKind::Elsewhere => "unknown",
            CauseKind::Fault => "fault",
            CauseKind::NotApplicable => "not_applicable",
            CauseKind::Error => "error",
            CauseKind::Value => "value",
            CauseKind::Default => "default",
            CauseKind::Tie => "tie",
        },
        field: &it.field,
        value: it.value.as_deref(),
        bound: it.bound.as_deref(),
        article: it.article.as_deref(),
        domain: it.domain.as_deref(),
        source: it.source.as_ref().map(Cell::new),
    }
}

fn remedy(it: &Remedy, lang: Lang) -> RemedyLine<'_> {
    let changes = it.changes.iter().map(|it| ChangeLine {
        op: match it.op {
            ChangeOp::Set => "set",
            ChangeOp::Add => "add",
        },
        field: &it.field,
        of: it.of.as_deref(),
        from: it.from.as_deref(),
        to: &it.to,
    });
    RemedyLine {
        text: it.text.get(lang),
        changes: changes.collect(),
        held: it.held.iter().map(|it| it.get(lang)).collect(),
    }
}

fn indicator<'a>(it: &'a IndicatorAccount, program: &'a Program) -> Indicator<'a> {
    Indicator {
        name: &program.indicators[it.indicator.0 as usize].head.name,
        state: state(it.state),
        value: it.value.as_deref(),
        exact: it.exact.as_deref(),
        low: it.low.as_deref(),
        high: it.high.as_deref(),
        unit: it.unit.as_deref(),
        assumed: it.assumed,
        other_readings: it.others.iter().map(reading).collect(),
    }
}

fn reading(it: &ReadingAccount) -> Reading<'_> {
    Reading {
        name: &it.name,
        state: state(it.state),
        value: it.value.as_deref(),
        exact: it.exact.as_deref(),
        low: it.low.as_deref(),
        high: it.high.as_deref(),
    }
}

fn grade<'a>(it: &'a GradeAccount, program: &'a Program) -> Grade<'a> {
    Grade {
        name: &program.gradings[it.grading.0 as usize].head.name,
        state: state(it.state),
        value: it.value.as_deref(),
        possible: &it.possible,
    }
}

/// A verdict's word.
pub fn verdict(it: Verdict) -> &'static str {
    match it {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Undetermined => "undetermined",
        Verdict::NotApplicable => "not_applicable",
    }
}

/// The words of outcomes that are possible.
pub fn possible(all: &[Possibility]) -> Vec<&'static str> {
    let word = |it: &Possibility| match it {
        Possibility::Met => "met",
        Possibility::NotMet => "not_met",
        Possibility::NotApplicable => "not_applicable",
        Possibility::Error => "error",
    };
    all.iter().map(word).collect()
}

/// A state's word.
pub fn state(it: State) -> &'static str {
    match it {
        State::Value => "value",
        State::NotApplicable => "not_applicable",
        State::Error => "error",
        State::Unknown => "unknown",
    }
}
