//! What a case comes to, column by column: conclusions, grades, scores, ranks, selection. It writes no cell.

use crate::diagnostic::Lang;
use crate::explain::CaseAccount;
use crate::explain::Outcome;
use crate::explain::ScoreAccount;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Verdict;
use crate::report::score;
use crate::report::words;
use crate::report::words::either;
use crate::report::workbook::styles::Tone;
use crate::value::State;

/// One column.
pub struct Heading {
    /// What stands over it.
    pub name: String,
    of: Of,
}

enum Of {
    Conclusion(u32),
    Grade(u32),
    Points(u32),
    Rank(u32),
    Selected(u32),
    Passed(u32),
}

/// What stands in a cell.
pub struct Shown {
    /// The text.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
}

/// The columns for the cases of these tables.
pub fn headings(program: &Program, tables: &[TableId], lang: Lang) -> Vec<Heading> {
    let mut all = vec![];
    let dot = |name: &str, part: &str| format!("{name} {part}");
    for (at, it) in (0u32..).zip(&program.conclusions).filter(|it| tables.contains(&it.1.table)) {
        all.push(Heading { name: it.head.name.clone(), of: Of::Conclusion(at) });
    }
    for (at, it) in (0u32..).zip(&program.scores).filter(|it| tables.contains(&it.1.table)) {
        let name = &it.head.name;
        all.push(Heading { name: dot(name, either(lang, "得分", "points")), of: Of::Points(at) });
        all.push(Heading { name: dot(name, either(lang, "名次", "rank")), of: Of::Rank(at) });
        all.push(Heading {
            name: dot(name, either(lang, "入选", "selected")),
            of: Of::Selected(at),
        });
        all.push(Heading { name: dot(name, either(lang, "合格", "passed")), of: Of::Passed(at) });
    }
    for (at, it) in (0u32..).zip(&program.gradings).filter(|it| tables.contains(&it.1.table)) {
        all.push(Heading { name: it.head.name.clone(), of: Of::Grade(at) });
    }
    all
}

/// Keeps the columns in which some case has something.
pub fn filled(headings: Vec<Heading>, cases: &[CaseAccount], lang: Lang) -> Vec<Heading> {
    let some = |it: &Heading| cases.iter().any(|case| !cell(it, case, lang).text.is_empty());
    headings.into_iter().filter(some).collect()
}

/// What stands in a column for a case; empty where the column is of other cases.
pub fn cell(heading: &Heading, case: &CaseAccount, lang: Lang) -> Shown {
    let plain = |text: String| Shown { text, tone: Tone::Plain };
    let scored = |at: u32| case.scores.iter().find(|it| it.score.0 == at);
    let outcome = |it: Option<&Outcome>, said: Option<String>| {
        let tone = it.map_or(Tone::Plain, |it| tone(it.verdict, false));
        Shown { text: said.unwrap_or_default(), tone }
    };
    match heading.of {
        Of::Conclusion(at) => {
            let own = case.conclusions.iter().find(|it| it.conclusion.0 == at);
            own.map_or_else(
                || plain(String::new()),
                |it| {
                    let noted = it.verdict == Verdict::Met && !it.notes.is_empty();
                    Shown { text: verdict(it.verdict, noted, lang), tone: tone(it.verdict, noted) }
                },
            )
        }
        Of::Grade(at) => {
            let own = case.grades.iter().find(|it| it.grading.0 == at);
            let open = own.is_some_and(|it| it.state == State::Unknown);
            Shown {
                text: own.map_or_else(String::new, |it| words::grade(it, lang)),
                tone: if open { Tone::Undetermined } else { Tone::Plain },
            }
        }
        Of::Points(at) => plain(scored(at).map_or_else(String::new, |it| points(it, lang))),
        Of::Rank(at) => {
            let rank = scored(at).and_then(|it| it.rank.as_ref());
            plain(rank.map_or_else(String::new, |it| match it.low == it.high {
                true => it.low.clone(),
                false => format!("{}–{}", it.low, it.high),
            }))
        }
        Of::Selected(at) => {
            let of = scored(at);
            let said = of.and_then(|it| score::selected(it, lang));
            outcome(of.and_then(|it| it.selected.as_ref()), said)
        }
        Of::Passed(at) => {
            let of = scored(at).and_then(|it| it.passed.as_ref());
            outcome(of, of.map(|it| score::passed(it, lang)))
        }
    }
}

/// Digits where there are any, else words.
fn points(it: &ScoreAccount, lang: Lang) -> String {
    it.total.value.clone().unwrap_or_else(|| score::total(it, lang))
}

/// ✓ 符合（有提示）
pub fn verdict(it: Verdict, noted: bool, lang: Lang) -> String {
    let noted = if noted { either(lang, "（有提示）", " (with notes)") } else { "" };
    format!("{} {}{noted}", words::verdict_sign(it), words::verdict(it, lang))
}

/// The colour of a verdict.
pub fn tone(it: Verdict, noted: bool) -> Tone {
    match it {
        Verdict::Met if noted => Tone::Noted,
        Verdict::Met => Tone::Met,
        Verdict::NotMet => Tone::NotMet,
        Verdict::Undetermined => Tone::Undetermined,
        Verdict::NotApplicable => Tone::NotApplicable,
    }
}
