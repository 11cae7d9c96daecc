//! A ranking as a table of the page: one row a case, best first. The order is made in `report::ranking`.

use crate::diagnostic::Lang;
use crate::ir::ScoreId;
use crate::report::Report;
use crate::report::html::Entry;
use crate::report::layout::visible;
use crate::report::ranking;
use crate::report::ranking::Has;
use crate::report::ranking::Place;
use crate::report::score;
use crate::report::words;
use crate::report::words::either;
use maud::Markup;
use maud::html;

/// The rankings of the run, one after the other.
pub fn tables(report: &Report, entries: &[Entry], lang: Lang) -> Markup {
    html! {
        @for index in 0..report.program.scores.len() {
            (table(report, ScoreId(index as u32), entries, lang))
        }
    }
}

fn table(report: &Report, id: ScoreId, entries: &[Entry], lang: Lang) -> Markup {
    let places = ranking::places(report, id);
    let has = Has::new(&places);
    let heading = format!("ranking-{}", id.0);
    let grades = places.first().map_or(&[][..], |it| &it.case.grades);
    html! {
        @if !places.is_empty() {
            section.ranking aria-labelledby=(heading) {
                h2 id=(heading) { (visible(&report.program.score(id).head.name)) }
                p.hint { (visible(&ranking::summary(report, id, &places, lang).replace("   ", " · "))) }
                table {
                    thead {
                        tr {
                            @if has.group { th scope="col" { (either(lang, "组", "Group")) } }
                            @if has.rank { th.figure scope="col" { (either(lang, "名次", "Rank")) } }
                            th.figure scope="col" { (either(lang, "得分", "Points")) }
                            th scope="col" { (either(lang, "案例", "Case")) }
                            @for it in grades {
                                th scope="col" { (visible(&report.program.gradings[it.grading.0 as usize].head.name)) }
                            }
                            @if has.passed { th scope="col" { (either(lang, "合格", "Passed")) } }
                            @if has.selected { th scope="col" { (either(lang, "入选", "Selected")) } }
                        }
                    }
                    tbody {
                        @for place in &places { (row(place, &has, entries, lang)) }
                    }
                }
            }
        }
    }
}

fn row(place: &Place, has: &Has, entries: &[Entry], lang: Lang) -> Markup {
    let it = place.score;
    let anchor = entries.iter().find(|entry| std::ptr::eq(entry.case, place.case));
    let anchor = anchor.map_or("", |it| it.anchor.as_str());
    html! {
        tr {
            @if has.group { td { (visible(ranking::group(it, lang))) } }
            @if has.rank { td.figure { (ranking::rank(it)) } }
            td.figure { (visible(&ranking::points(it, lang))) }
            th scope="row" { a href={ "#" (anchor) } { bdi { (visible(&place.case.name)) } } }
            @for grade in &place.case.grades { td { (visible(&words::grade(grade, lang))) } }
            @if has.passed { td { @if let Some(it) = &it.passed { (score::passed(it, lang)) } } }
            @if has.selected {
                td {
                    @if let (Some(of), Some(words)) = (&it.selected, score::selected(it, lang)) {
                        span class={ "chip " (score::class(of)) } { (words) }
                    }
                }
            }
        }
    }
}
