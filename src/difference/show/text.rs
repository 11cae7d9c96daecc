//! The comparison on a screen: the summary first, then the edits, then one block a case, not more than can be read.

use crate::diagnostic::Lang;
use crate::difference::show::Frame;
use crate::difference::show::view::CaseView;
use crate::difference::show::view::EditView;
use crate::difference::show::view::Table;
use crate::difference::show::view::view;
use crate::difference::show::words::short;
use crate::report::layout::Rows;
use crate::report::layout::visible;
use crate::report::words::either;
use std::fmt::Write;

/// Cases that are shown one by one.
const CASES: usize = 40;
/// Rows of a table of groups.
const GROUPS: usize = 10;
/// Edits that are shown.
const EDITS: usize = 60;
/// Bounds with cases close to them.
const NEAR: usize = 10;

/// The whole comparison.
pub fn text(frame: &Frame, lang: Lang) -> String {
    let view = view(frame, CASES, lang);
    let mut out = String::new();
    let title = format!("{}   {}", view.title, either(lang, "差异", "difference"));
    for line in std::iter::once(&title).chain(&view.sides) {
        let _ = writeln!(out, "{}", visible(line));
    }
    let _ = writeln!(out, "\n{}", view.headline);
    for note in &view.notes {
        let _ = writeln!(out, "{}", visible(note));
    }
    view.crosses.iter().for_each(|it| table(&mut out, it, usize::MAX, lang));
    block(&mut out, &view.moves, usize::MAX, "", lang);
    if !view.edits.is_empty() {
        out.push('\n');
    }
    view.edits.iter().take(EDITS).for_each(|it| edit(&mut out, it, lang));
    rest(&mut out, view.edits.len(), EDITS, lang);
    view.groups.iter().for_each(|it| table(&mut out, it, GROUPS, lang));
    block(&mut out, &view.near, NEAR, either(lang, "临界", "close to a bound"), lang);
    if !view.cases.is_empty() {
        out.push('\n');
    }
    view.cases.iter().for_each(|it| case(&mut out, it));
    rest(&mut out, frame.difference.changed().len(), CASES, lang);
    out
}

/// 另有 12 项未列出
fn rest(out: &mut String, all: usize, shown: usize, lang: Lang) {
    if all > shown {
        let rest = all - shown;
        let _ = match lang {
            Lang::Zh => writeln!(out, "另有 {rest} 项未列出，--format json 给出全部"),
            Lang::En => writeln!(out, "{rest} more, not shown; --format json gives all"),
        };
    }
}

fn block(out: &mut String, lines: &[String], most: usize, head: &str, lang: Lang) {
    if lines.is_empty() {
        return;
    }
    out.push('\n');
    let indent = if head.is_empty() { "" } else { "   " };
    if !head.is_empty() {
        let _ = writeln!(out, "{head}");
    }
    for line in lines.iter().take(most) {
        let _ = writeln!(out, "{indent}{}", visible(line));
    }
    rest(out, lines.len(), most, lang);
}

fn table(out: &mut String, it: &Table, most: usize, lang: Lang) {
    out.push('\n');
    let mut rows = Rows::default();
    rows.push("", it.heads.iter().cloned());
    for row in it.rows.iter().take(most) {
        let cell = |(at, (text, marked)): (usize, &(String, bool))| match (at, marked) {
            (0, _) => format!("  {text}"),
            (_, true) => format!("[{text}]"),
            (_, false) => text.clone(),
        };
        rows.push("", row.iter().enumerate().map(cell));
    }
    rows.write(out);
    rest(out, it.rows.len(), most, lang);
}

fn edit(out: &mut String, it: &EditView, lang: Lang) {
    let head = [
        format!("{} {}", either(lang, "改动", "edit"), it.number),
        it.change.to_owned(),
        it.subject.clone(),
        it.articles.clone(),
        it.did.clone(),
    ];
    let head: Vec<String> = head.into_iter().filter(|it| !it.is_empty()).collect();
    let _ = writeln!(out, "{}", visible(&head.join("   ")));
    for (sign, words) in [('−', &it.old), ('+', &it.new)] {
        if let Some((words, place)) = words {
            let line = format!("   {sign} {}   {place}", short(words));
            let _ = writeln!(out, "{}", visible(line.trim_end()));
        }
    }
    for more in &it.more {
        for line in more.lines() {
            let _ = writeln!(out, "   {}", visible(line));
        }
    }
}

fn case(out: &mut String, it: &CaseView) {
    let _ = writeln!(out, "{} {}（{}）", it.sign, visible(&it.name), visible(&it.id));
    let mut rows = Rows::default();
    for effect in &it.effects {
        rows.push("   ", effect.iter().cloned());
    }
    rows.write(out);
    for line in &it.why {
        let _ = writeln!(out, "      {}", visible(line));
    }
}
