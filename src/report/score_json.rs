//! A score as JSON has it: total, rank, selection, and what each part adds. It computes nothing.

use crate::diagnostic::Lang;
use crate::explain::Feedback;
use crate::explain::Figure;
use crate::explain::Outcome;
use crate::explain::PartAccount;
use crate::explain::Rank;
use crate::explain::Role;
use crate::explain::ScoreAccount;
use crate::ir::Program;
use crate::report::case::possible;
use crate::report::case::state;
use crate::report::case::verdict;
use serde::Serialize;
use std::cmp::Ordering;

/// A score.
#[derive(Serialize)]
pub struct Score<'a> {
    name: &'a str,
    #[serde(flatten)]
    total: Number<'a>,
    assumed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    population: usize,
    rank: Option<Span<'a>>,
    selected: Option<Truth>,
    passed: Option<Truth>,
    marks: Vec<&'a str>,
    parts: Vec<Part<'a>>,
    feedback: Option<Compared<'a>>,
}

#[derive(Serialize)]
struct Number<'a> {
    state: &'static str,
    value: Option<&'a str>,
    exact: Option<&'a str>,
    low: Option<&'a str>,
    high: Option<&'a str>,
}

#[derive(Serialize)]
struct Span<'a> {
    low: Place<'a>,
    high: Place<'a>,
}

/// A rank: a whole number, or a text where it lies between two.
#[derive(Serialize)]
#[serde(untagged)]
enum Place<'a> {
    Whole(u64),
    Between(&'a str),
}

#[derive(Serialize)]
struct Truth {
    verdict: &'static str,
    possible: Vec<&'static str>,
}

#[derive(Serialize)]
struct Part<'a> {
    name: &'a str,
    role: &'static str,
    share: Option<&'a str>,
    value: Option<&'a str>,
    points: Number<'a>,
    contribution: Number<'a>,
    scale: Option<&'a str>,
    marks: Vec<&'a str>,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Compared<'a> {
    with: &'a str,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    side: &'static str,
    value: Option<&'a str>,
    middle: Option<&'a str>,
    before: Option<&'a str>,
    points: &'a str,
    most: &'a str,
    lost: &'a str,
    ahead: &'a str,
}

impl<'a> Score<'a> {
    /// A score's account, in one language.
    pub fn new(it: &'a ScoreAccount, program: &'a Program, lang: Lang) -> Score<'a> {
        Score {
            name: &program.score(it.score).head.name,
            total: number(&it.total),
            assumed: it.assumed,
            group: it.group.as_ref().map(|it| it.get(lang)),
            population: it.population,
            rank: it.rank.as_ref().map(span),
            selected: it.selected.as_ref().map(truth),
            passed: it.passed.as_ref().map(truth),
            marks: it.marks.iter().map(|it| it.get(lang)).collect(),
            parts: it.parts.iter().map(|it| part(it, lang)).collect(),
            feedback: it.feedback.as_ref().map(|it| compared(it, lang)),
        }
    }
}

fn number(it: &Figure) -> Number<'_> {
    Number {
        state: state(it.state),
        value: it.value.as_deref(),
        exact: it.exact.as_deref(),
        low: it.low.as_deref(),
        high: it.high.as_deref(),
    }
}

fn span(it: &Rank) -> Span<'_> {
    Span { low: place(&it.low), high: place(&it.high) }
}

fn place(text: &str) -> Place<'_> {
    text.parse().map_or(Place::Between(text), Place::Whole)
}

fn truth(it: &Outcome) -> Truth {
    Truth { verdict: verdict(it.verdict), possible: possible(&it.possible) }
}

fn part(it: &PartAccount, lang: Lang) -> Part<'_> {
    Part {
        name: &it.name,
        role: match it.role {
            Role::Part => "part",
            Role::Bonus => "bonus",
            Role::Deduction => "deduction",
        },
        share: it.share.as_deref(),
        value: it.value.as_ref().map(|it| it.get(lang)),
        points: number(&it.points),
        contribution: number(&it.contribution),
        scale: it.scale.as_ref().map(|it| it.get(lang)),
        marks: it.marks.iter().map(|it| it.get(lang)).collect(),
        parts: it.parts.iter().map(|it| part(it, lang)).collect(),
    }
}

fn compared(it: &Feedback, lang: Lang) -> Compared<'_> {
    let lines = it.lines.iter().map(|it| Line {
        name: &it.name,
        side: match it.side {
            Ordering::Greater => "strength",
            Ordering::Equal => "even",
            Ordering::Less => "weakness",
        },
        value: it.value.as_ref().map(|it| it.get(lang)),
        middle: it.middle.as_ref().map(|it| it.get(lang)),
        before: it.before.as_ref().map(|it| it.get(lang)),
        points: it.points.get(lang),
        most: it.most.get(lang),
        lost: it.lost.get(lang),
        ahead: it.ahead.get(lang),
    });
    Compared { with: it.with.get(lang), lines: lines.collect() }
}
