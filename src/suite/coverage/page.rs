//! Coverage as one page of HTML without script: the text of the rules, with what was seen and what never, line by line.

use crate::diagnostic::Lang;
use crate::report::layout::visible;
use crate::report::words::either;
use crate::source::FileId;
use crate::source::Source;
use crate::source::Sources;
use crate::suite::coverage::Coverage;
use crate::suite::coverage::Item;
use crate::suite::coverage::Point;
use crate::suite::coverage::Want;
use crate::suite::coverage::text;
use crate::suite::coverage::text::unseen;
use crate::suite::coverage::words;
use maud::DOCTYPE;
use maud::Markup;
use maud::PreEscaped;
use maud::html;
use std::collections::BTreeMap;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// The points of each line of a file, with their rules.
type Lines<'a> = BTreeMap<usize, Vec<(&'a Item, &'a Point)>>;

/// The whole page.
pub fn page(title: &str, it: &Coverage, sources: &Sources, lang: Lang) -> String {
    let mut files: BTreeMap<FileId, Lines> = BTreeMap::new();
    for item in &it.items {
        for point in &item.points {
            let (line, _) = sources.get(point.span.file).position(point.span.start as usize);
            files.entry(point.span.file).or_default().entry(line).or_default().push((item, point));
        }
    }
    let heading = visible(title);
    let page = html! {
        (DOCTYPE)
        html lang=(either(lang, "zh-CN", "en")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (heading) (either(lang, " · 覆盖", " · coverage")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (heading) (either(lang, " · 覆盖", " · coverage")) }
                    @for line in text::shares(it, lang).lines() { p { (line) } }
                    (legend(it, lang))
                }
                main {
                    @for (file, lines) in &files { (listing(sources.get(*file), lines, it.cases.is_some(), lang)) }
                }
            }
        }
    };
    page.into_string() + "\n"
}

fn legend(it: &Coverage, lang: Lang) -> Markup {
    html! {
        p.legend {
            span.seen { "✓ " (either(lang, "测试见过", "seen by tests")) } " "
            @if it.cases.is_some() {
                span.data { "◐ " (either(lang, "只在数据里见过", "seen in data only")) } " "
            }
            span.never { "✗ " (either(lang, "没见过", "never seen")) } " "
            span.out { "– " (either(lang, "不可能有，不计", "cannot arise, does not count")) }
            small {
                @if it.cases.is_some() {
                    (either(lang, "　数字：测试几项 · 数据几例", "　numbers: tests · cases of data"))
                } @else {
                    (either(lang, "　数字：测试几项", "　numbers: tests"))
                }
            }
        }
    }
}

/// A file: line number, text, marks.
fn listing(source: &Source, lines: &Lines, data: bool, lang: Lang) -> Markup {
    html! {
        section {
            h2 { (visible(&source.name)) }
            table {
                tbody {
                    @for (number, line) in (1usize..).zip(source.text.lines()) {
                        @let points = lines.get(&number).map_or(&[][..], Vec::as_slice);
                        tr class=[class(points)] {
                            th scope="row" { (number) }
                            td { code { (visible(line)) } }
                            td {
                                @for (item, point) in points { (marks(item, point, data, lang)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn class(points: &[(&Item, &Point)]) -> Option<&'static str> {
    let mut wants = points.iter().flat_map(|it| &it.1.wants).peekable();
    wants.peek()?;
    Some(if wants.any(unseen) { "open" } else { "full" })
}

/// A point with a mark for each way.
fn marks(item: &Item, point: &Point, data: bool, lang: Lang) -> Markup {
    html! {
        div.point title=(visible(&words::title(item, lang))) {
            span.name { (visible(&words::name(point, lang))) }
            @for want in &point.wants {
                @let (class, sign) = mark(want);
                " "
                span class=(class) title=[want.excluded.map(|it| words::excluded(it, lang))] {
                    (sign) " " (words::aspect(want.aspect, point.kind, lang))
                    @if want.excluded.is_none() {
                        " " small { (counts(want, data)) }
                    }
                }
            }
        }
    }
}

fn counts(want: &Want, data: bool) -> String {
    if data { format!("{}·{}", want.tests, want.data) } else { want.tests.to_string() }
}

fn mark(want: &Want) -> (&'static str, char) {
    match want {
        Want { excluded: Some(_), .. } => ("out", '–'),
        Want { tests: 1.., .. } => ("seen", '✓'),
        Want { data: 1.., .. } => ("data", '◐'),
        _ => ("never", '✗'),
    }
}
