//! The tree by article as nested lists that unfold without a script. What decides is unfolded.

use crate::diagnostic::Lang;
use crate::explain::Branch;
use crate::explain::Mark;
use crate::report::layout::visible;
use crate::report::tree::is_skipped;
use crate::report::tree::tally;
use crate::report::words;
use crate::report::words::either;
use maud::Markup;
use maud::html;

/// The branches below a conclusion: those that decide, then the others, counted and folded.
pub fn deciding(all: &[Branch], lang: Lang) -> Markup {
    let (shown, rest): (Vec<&Branch>, Vec<&Branch>) =
        all.iter().partition(|it| it.decides || is_skipped(it, all));
    html! {
        @if rest.is_empty() || shown.is_empty() {
            (branches(all, lang))
        } @else {
            ul.tree {
                @for it in &shown { (branch(it, true, lang)) }
                li {
                    details {
                        summary { (either(lang, "其余：", "the rest: ")) (tally(&rest, lang)) }
                        ul { @for it in &rest { (branch(it, false, lang)) } }
                    }
                }
            }
        }
    }
}

/// Branches side by side; what fails or is open is unfolded.
pub fn branches<'a>(all: impl IntoIterator<Item = &'a Branch>, lang: Lang) -> Markup {
    let open = |it: &Branch| matches!(it.mark, Mark::NotMet | Mark::Undetermined | Mark::Error);
    html! {
        ul.tree { @for it in all { (branch(it, open(it), lang)) } }
    }
}

/// Branches side by side, all unfolded.
pub fn unfolded<'a>(all: impl IntoIterator<Item = &'a Branch>, lang: Lang) -> Markup {
    html! {
        ul.tree { @for it in all { (branch(it, true, lang)) } }
    }
}

fn branch(it: &Branch, open: bool, lang: Lang) -> Markup {
    html! {
        li class=[class(it.mark)] {
            @if it.children.is_empty() {
                (line(it, lang))
            } @else {
                details open[open] {
                    summary { (line(it, lang)) }
                    ul { @for child in &it.children { (branch(child, open, lang)) } }
                }
            }
        }
    }
}

fn line(it: &Branch, lang: Lang) -> Markup {
    html! {
        @if let Some(sign) = words::sign(it.mark) {
            b role="img" aria-label=(word(it.mark, lang)) { (sign) } " "
        }
        (visible(it.head.get(lang)))
        @if let Some(detail) = &it.detail { " " span { (visible(detail.get(lang))) } }
        @if let Some(place) = &it.place { " " code { (visible(place.get(lang))) } }
    }
}

fn class(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Met => Some("m"),
        Mark::Noted => Some("t"),
        Mark::NotMet => Some("x"),
        Mark::Undetermined => Some("q"),
        Mark::NotApplicable => Some("n"),
        Mark::Error => Some("e"),
        Mark::Plain => None,
    }
}

/// What a sign says to who does not see it.
fn word(mark: Mark, lang: Lang) -> &'static str {
    match mark {
        Mark::Met => either(lang, "符合", "met"),
        Mark::Noted => either(lang, "有提示", "noted"),
        Mark::NotMet => either(lang, "不符合", "not met"),
        Mark::Undetermined => either(lang, "无法判定", "undetermined"),
        Mark::NotApplicable => either(lang, "不适用", "not applicable"),
        Mark::Error => either(lang, "有错误", "in error"),
        Mark::Plain => "",
    }
}
