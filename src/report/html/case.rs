//! The section of one case: verdict, what to mend or supply, notes, the tree by article, figures and grades.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::explain::Branch;
use crate::explain::CaseAccount;
use crate::explain::Cause;
use crate::explain::ConclusionAccount;
use crate::explain::Note;
use crate::explain::Possibility;
use crate::ir::Program;
use crate::ir::Verdict;
use crate::report::Report;
use crate::report::Standing;
use crate::report::block;
use crate::report::html::Entry;
use crate::report::html::chip;
use crate::report::html::class;
use crate::report::html::list::judges;
use crate::report::html::score;
use crate::report::html::tree::branches;
use crate::report::html::tree::deciding;
use crate::report::layout::visible;
use crate::report::tree::mending;
use crate::report::tree::reports;
use crate::report::tree::verdict;
use crate::report::words;
use crate::report::words::either;
use maud::Markup;
use maud::html;

/// A case, folded unless it is the only one.
pub fn section(entry: &Entry, report: &Report, open: bool, lang: Lang) -> Markup {
    let case = entry.case;
    let program = report.program;
    let [_, verdict, _] = block::headline(case, program, lang);
    html! {
        section.case id=(entry.anchor) data-s=(class(entry.standing)) {
            details open[open] {
                summary {
                    h3 { bdi { (visible(&case.name)) } }
                    " "
                    @if judges(report) {
                        (chip(entry.standing, &verdict))
                    } @else {
                        span.hint { (visible(&verdict)) }
                    }
                }
                (particulars(entry, report, lang))
                (supply(case, lang))
                @for conclusion in &case.conclusions {
                    (conclude(conclusion, case, program, lang))
                }
                @if let Some((head, trees)) = reports(case, lang) {
                    h4 { (head) }
                    (branches(trees, lang))
                }
                @if case.conclusions.is_empty() {
                    (branches(case.criteria.iter().map(|it| &it.tree), lang))
                }
                @for it in &case.scores { (score::section(it, program, lang)) }
                (figures(case, program, lang))
            }
        }
    }
}

/// Key, day, and the ways to and from here.
fn particulars(entry: &Entry, report: &Report, lang: Lang) -> Markup {
    let case = entry.case;
    let program = report.program;
    let unknown = either(lang, "未知", "not known");
    let day = case.on.or(report.on).map_or_else(|| unknown.to_owned(), words::day);
    let field = program.policy.rule_date.as_deref().filter(|_| report.on.is_none());
    let label = field.unwrap_or(either(lang, "评价日", "Day"));
    let colon = either(lang, "：", ": ");
    html! {
        p.facts {
            span { (visible(&program.table(case.table).name)) " " code { (visible(&case.id)) } }
            @if case.on.or(report.on).is_some() || field.is_some() { span { (visible(label)) (colon) (day) } }
            span.ways {
                a href={ "#" (entry.anchor) } { (either(lang, "本例链接", "Link to this case")) }
                " "
                a href="#list" { (either(lang, "回到一览", "Back to the list")) }
            }
        }
    }
}

fn conclude(
    conclusion: &ConclusionAccount,
    case: &CaseAccount,
    program: &Program,
    lang: Lang,
) -> Markup {
    let standing = match conclusion.verdict {
        Verdict::NotMet => Standing::NotMet,
        Verdict::Undetermined => Standing::Undetermined,
        Verdict::Met if !conclusion.notes.is_empty() => Standing::Noted,
        Verdict::Met => Standing::Met,
        Verdict::NotApplicable => Standing::NotApplicable,
    };
    html! {
        h4 {
            (visible(&program.conclusion(conclusion.conclusion).head.name)) " "
            (chip(standing, &verdict(conclusion, lang)))
            @if conclusion.verdict == Verdict::Undetermined {
                small { (possible(&conclusion.possible, lang)) }
            }
        }
        @if let Some((head, lines)) = mending(conclusion, case, program, lang) {
            div.box.x {
                p { b { (head) } }
                ol { @for line in lines { li { (visible(&line)) } } }
            }
        }
        (notes(&conclusion.notes, lang))
        (deciding(&conclusion.tree.children, lang))
    }
}

/// 可能：符合 或 不符合
fn possible(all: &[Possibility], lang: Lang) -> String {
    let word = |it: &Possibility| match it {
        Possibility::Met => words::verdict(Verdict::Met, lang),
        Possibility::NotMet => words::verdict(Verdict::NotMet, lang),
        Possibility::NotApplicable => words::verdict(Verdict::NotApplicable, lang),
        Possibility::Error => either(lang, "有错误", "in error"),
    };
    let all: Vec<&str> = all.iter().map(word).collect();
    format!("{}{}", either(lang, "可能：", "may be: "), all.join(either(lang, " 或 ", " or ")))
}

fn notes(notes: &[Note], lang: Lang) -> Markup {
    html! {
        @if !notes.is_empty() {
            div.box.t {
                p { b { (either(lang, "提示：", "Notes:")) } }
                ul { @for note in notes { li { (visible(note.text.get(lang))) } } }
            }
        }
    }
}

/// 补正清单, and what need not be supplied.
fn supply(case: &CaseAccount, lang: Lang) -> Markup {
    let unneeded = block::unneeded(case, lang);
    html! {
        @if !case.supply.is_empty() {
            div.box.q {
                p { b { (either(lang, "补正清单：", "To correct or supply:")) } }
                ol { @for cause in &case.supply { (request(cause, lang)) } }
                @if let Some(line) = unneeded { p.aside { (visible(&line)) } }
            }
        } @else if let Some(line) = unneeded {
            p.hint { (visible(&line)) }
        }
    }
}

fn request(cause: &Cause, lang: Lang) -> Markup {
    let text = cause.text.get(lang);
    html! {
        li {
            @if let Some(article) = &cause.article { (visible(article)) " " }
            (visible(text))
            @if let Some(cell) = &cause.source { " " code { (visible(&words::place_beside(cell, text, lang))) } }
        }
    }
}

/// Indicators with their arithmetic, and grades with what was graded.
fn figures(case: &CaseAccount, program: &Program, lang: Lang) -> Markup {
    let grades: Vec<Branch> = case
        .grades
        .iter()
        .map(|it| {
            let name = &program.gradings[it.grading.0 as usize].head.name;
            let head =
                |lang| format!("{name}{}{}", either(lang, "：", ": "), words::grade(it, lang));
            Branch { head: Text::new(head(Lang::Zh), head(Lang::En)), ..it.tree.clone() }
        })
        .collect();
    html! {
        @if !case.indicators.is_empty() {
            h4 { (either(lang, "指标", "Indicators")) }
            (branches(case.indicators.iter().map(|it| &it.tree), lang))
        }
        @if !grades.is_empty() {
            h4 { (either(lang, "分级", "Grades")) }
            (branches(&grades, lang))
        }
    }
}
