//! A score of one case on the page: its parts as a table set in by level, then rank, selection and feedback.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::explain::Feedback;
use crate::explain::PartAccount;
use crate::explain::Role;
use crate::explain::ScoreAccount;
use crate::ir::Program;
use crate::report::html::tree::unfolded;
use crate::report::layout::visible;
use crate::report::score;
use crate::report::words::either;
use maud::Markup;
use maud::html;

/// A score with all that is said of it.
pub fn section(it: &ScoreAccount, program: &Program, lang: Lang) -> Markup {
    let mut heading = score::heading(it, program, lang).into_iter();
    let first = heading.next().unwrap_or_default();
    let rest: Vec<String> = heading.collect();
    html! {
        h4 { (visible(&first)) small { (visible(&rest.join("   "))) } }
        (weights(&it.parts, lang))
        @if !it.sum.is_empty() || !it.marks.is_empty() {
            ul.sum {
                @for line in it.sum.iter().chain(&it.marks) { li { (visible(line.get(lang))) } }
            }
        }
        @if !it.standing.is_empty() {
            h5 { (score::standing_head(it, lang)) }
            (unfolded(&it.standing, lang))
        }
        @if let Some(feedback) = &it.feedback { (compared(feedback, lang)) }
    }
}

/// The parts, each level set in from the one above.
fn weights(parts: &[PartAccount], lang: Lang) -> Markup {
    html! {
        div.wide {
            table.weights {
                thead {
                    tr {
                        th scope="col" { (either(lang, "项目", "Part")) }
                        th.figure scope="col" { (either(lang, "数值", "Value")) }
                        th.figure scope="col" { (either(lang, "得分", "Points")) }
                        th.figure scope="col" { (either(lang, "权重", "Weight")) }
                        th.figure scope="col" { (either(lang, "计入", "Adds")) }
                        th scope="col" { (either(lang, "标准化与出处", "Scale and cells")) }
                    }
                }
                tbody { (rows(parts, 0, lang)) }
            }
        }
    }
}

fn rows(parts: &[PartAccount], level: usize, lang: Lang) -> Markup {
    html! {
        @for it in parts {
            (row(it, level, lang))
            (rows(&it.parts, level + 1, lang))
        }
    }
}

fn row(it: &PartAccount, level: usize, lang: Lang) -> Markup {
    let text = |it: &Option<Text>| it.as_ref().map_or_else(String::new, |it| visible(it.get(lang)));
    let role = match it.role {
        Role::Part => "",
        Role::Bonus => either(lang, "加分 ", "bonus: "),
        Role::Deduction => either(lang, "扣分 ", "deduction: "),
    };
    let minus = if it.role == Role::Deduction { "−" } else { "" };
    html! {
        tr class={ "l" (level.min(3)) } {
            th scope="row" { (role) (visible(&it.name)) }
            td.figure { (text(&it.value)) }
            td.figure { (visible(it.points_shown.get(lang))) }
            td.figure { (text(&it.share_shown)) }
            td.figure { (minus) (visible(it.contribution_shown.get(lang))) }
            td {
                (text(&it.scale))
                @for step in &it.steps { p { (visible(step.head.get(lang))) } }
                @if it.place.is_some() { " " code { (text(&it.place)) } }
            }
        }
    }
}

/// Own figures beside the middle of others.
fn compared(it: &Feedback, lang: Lang) -> Markup {
    let text = |it: &Option<Text>| it.as_ref().map_or_else(String::new, |it| visible(it.get(lang)));
    html! {
        h5 { (visible(&score::feedback_head(it, lang))) }
        div.wide { table.weights {
            thead {
                tr {
                    th scope="col" { (either(lang, "长短", "Side")) }
                    th scope="col" { (either(lang, "项目", "Part")) }
                    th.figure scope="col" { (either(lang, "本例", "This case")) }
                    th.figure scope="col" { (either(lang, "中位", "Middle")) }
                    @if it.lines.iter().any(|it| it.before.is_some()) {
                        th.figure scope="col" { (either(lang, "上年", "Last year")) }
                    }
                    th.figure scope="col" { (either(lang, "计入/最多", "Adds/most")) }
                    th.figure scope="col" { (either(lang, "失分", "Lost")) }
                    th.figure scope="col" { (either(lang, "较中位", "Ahead")) }
                }
            }
            tbody {
                @for line in &it.lines {
                    tr {
                        td { span class={ "chip " (score::side_class(line.side)) } { (score::side(line.side, lang)) } }
                        th scope="row" { (visible(&line.name)) }
                        td.figure { (text(&line.value)) }
                        td.figure { (text(&line.middle)) }
                        @if it.lines.iter().any(|it| it.before.is_some()) {
                            td.figure { (text(&line.before)) }
                        }
                        td.figure { (visible(line.points.get(lang))) "/" (visible(line.most.get(lang))) }
                        td.figure { (visible(line.lost.get(lang))) }
                        td.figure { (visible(line.ahead.get(lang))) }
                    }
                }
            }
        } }
        @if !it.summary.is_empty() {
            ul.sum { @for line in &it.summary { li { (visible(line.get(lang))) } } }
        }
    }
}
