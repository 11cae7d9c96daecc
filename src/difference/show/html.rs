//! The comparison as one page of HTML that needs no network. It computes nothing.

use crate::diagnostic::Lang;
use crate::difference::show::Frame;
use crate::difference::show::view::CaseView;
use crate::difference::show::view::EditView;
use crate::difference::show::view::Table;
use crate::difference::show::view::View;
use crate::difference::show::view::view;
use crate::report::layout::visible;
use crate::report::page_style;
use crate::report::words::either;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;

/// What the page adds to the looks of a report.
const STYLE: &str = include_str!("page.css");

/// Edits are unfolded up to so many.
const FEW: usize = 30;

/// The whole comparison.
pub fn page(frame: &Frame, lang: Lang) -> String {
    let view = view(frame, usize::MAX, lang);
    let style = format!("{}{STYLE}", page_style());
    let policy = format!(
        "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'",
        crate::report::fingerprint(&style)
    );
    let heading = visible(&view.title);
    let word = either(lang, "两版差异", "What changes");
    let page = html! {
        (DOCTYPE)
        html lang=(either(lang, "zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (heading) " · " (word) }
                style { (PreEscaped(style)) }
            }
            body {
                header.masthead {
                    p.kind { (word) }
                    h1 { (heading) }
                    @for side in &view.sides { p.facts { span { (visible(side)) } } }
                }
                main {
                    (summary(&view, lang))
                    (edits(&view, lang))
                    (tables(&view.groups, either(lang, "按地区、类别", "By place and class")))
                    (lines(&view.near, either(lang, "临界的案例", "Close to a bound")))
                    (cases(&view, lang))
                }
            }
        }
    };
    page.into_string() + "\n"
}

fn summary(view: &View, lang: Lang) -> Markup {
    html! {
        section.summary {
            h2 { (either(lang, "汇总", "Summary")) }
            p.headline { (visible(&view.headline)) }
            @for note in &view.notes { p.aside { (visible(note)) } }
            @for it in &view.crosses { (table(it)) }
            @if !view.moves.is_empty() {
                ul.moves { @for it in &view.moves { li { (visible(it)) } } }
            }
        }
    }
}

fn edits(view: &View, lang: Lang) -> Markup {
    html! {
        @if !view.edits.is_empty() {
            section.edits {
                h2 { (either(lang, "改动", "Edits")) }
                details open[view.edits.len() <= FEW] {
                    summary { (view.edits.len()) (either(lang, " 处", " edits")) }
                    ol { @for it in &view.edits { (edit(it)) } }
                }
            }
        }
    }
}

fn edit(it: &EditView) -> Markup {
    let words = |sign: &str, class: &str, it: &Option<(String, String)>| {
        html! {
            @if let Some((words, place)) = it {
                p class=(class) { b { (sign) } " " (visible(words)) " " @if !place.is_empty() { code { (visible(place)) } } }
            }
        }
    };
    html! {
        li id={ "edit-" (it.number) } {
            p.what { span.chip.t { (it.change) } " " b { (visible(&it.subject)) } " " (visible(&it.articles)) }
            (words("−", "old", &it.old))
            (words("+", "new", &it.new))
            p.did { (visible(&it.did)) }
            @for line in it.more.iter().flat_map(|it| it.lines()) { p.aside { (visible(line)) } }
        }
    }
}

fn tables(all: &[Table], head: &str) -> Markup {
    html! {
        @if !all.is_empty() {
            section.groups {
                h2 { (head) }
                @for it in all { (table(it)) }
            }
        }
    }
}

fn table(it: &Table) -> Markup {
    html! {
        div.scroll {
            table.cross {
                thead { tr { @for head in &it.heads { th scope="col" { (visible(head)) } } } }
                tbody {
                    @for row in &it.rows {
                        tr {
                            @for (at, (text, marked)) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (visible(text)) } }
                                @else { td class=(if *marked { "marked" } else { "" }) { (visible(text)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn lines(all: &[String], head: &str) -> Markup {
    html! {
        @if !all.is_empty() {
            section { h2 { (head) } ul { @for it in all { li { (visible(it)) } } } }
        }
    }
}

fn cases(view: &View, lang: Lang) -> Markup {
    html! {
        @if !view.cases.is_empty() {
            section.cases {
                h2 { (either(lang, "逐案说明", "Case by case")) }
                @for it in &view.cases { (case(it)) }
            }
        }
    }
}

fn case(it: &CaseView) -> Markup {
    let class = match it.sign {
        '↑' => "chip m",
        '↓' => "chip x",
        _ => "chip n",
    };
    html! {
        article {
            h3 { span class=(class) { (it.sign) } " " bdi { (visible(&it.name)) } }
            small { bdi { (visible(&it.id)) } }
            ul.effects {
                @for [item, change, cause] in &it.effects {
                    li { (visible(item)) " " b { (visible(change)) } " " span.cause { (visible(cause)) } }
                }
            }
            @for line in &it.why { p.aside { (visible(line)) } }
        }
    }
}
