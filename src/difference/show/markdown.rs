//! The comparison as a comment on a pull request: what a reader needs first, the rest folded away. It computes nothing.

use crate::diagnostic::Lang;
use crate::difference::show::Frame;
use crate::difference::show::view::CaseView;
use crate::difference::show::view::EditView;
use crate::difference::show::view::Table;
use crate::difference::show::view::view;
use crate::difference::show::words::short;
use crate::report::layout::visible;
use crate::report::words::either;
use std::fmt::Write;

/// Cases that are told one by one: a comment holds 65,536 characters.
const CASES: usize = 60;
/// Edits that are listed.
const EDITS: usize = 60;
/// Characters of the cases, of all together.
const ROOM: usize = 40_000;

/// The whole comparison.
pub fn markdown(frame: &Frame, lang: Lang) -> String {
    let view = view(frame, CASES, lang);
    let mut out = String::new();
    let title = format!("{} · {}", view.title, either(lang, "差异", "difference"));
    let _ = writeln!(out, "### {}\n\n**{}**\n", safe(&title), safe(&view.headline));
    for note in &view.notes {
        let _ = writeln!(out, "- {}", safe(note));
    }
    view.crosses.iter().for_each(|it| table(&mut out, it));
    if !view.moves.is_empty() {
        out.push('\n');
    }
    for line in &view.moves {
        let _ = writeln!(out, "- {}", safe(line));
    }
    if !view.edits.is_empty() {
        let _ = writeln!(out, "\n#### {}\n", either(lang, "改动", "Edits"));
    }
    view.edits.iter().take(EDITS).for_each(|it| edit(&mut out, it));
    rest(&mut out, view.edits.len(), EDITS, lang);
    folded(
        &mut out,
        either(lang, "按地区、类别", "By place and class"),
        !view.groups.is_empty(),
        |out| {
            view.groups.iter().for_each(|it| table(out, it));
        },
    );
    folded(&mut out, either(lang, "临界", "Close to a bound"), !view.near.is_empty(), |out| {
        view.near.iter().for_each(|it| _ = writeln!(out, "- {}", safe(it)));
    });
    let all = frame.difference.changed().len();
    let head = format!("{} {all}", either(lang, "逐案", "Case by case"));
    folded(&mut out, &head, all > 0, |out| {
        let (start, mut shown) = (out.len(), 0);
        for it in &view.cases {
            if out.len() - start > ROOM {
                break;
            }
            case(out, it);
            shown += 1;
        }
        rest(out, all, shown, lang);
    });
    let _ = writeln!(
        out,
        "\n<sub>{}</sub>",
        view.sides.iter().map(|it| safe(it)).collect::<Vec<_>>().join(" · ")
    );
    out
}

/// Text that stands for itself: nothing in it is markup, and it stays on its line.
fn safe(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '#' | '~' | '\\' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn folded(out: &mut String, head: &str, any: bool, body: impl FnOnce(&mut String)) {
    if any {
        let _ = writeln!(out, "\n<details><summary>{}</summary>\n", safe(head));
        body(out);
        out.push_str("\n</details>\n");
    }
}

fn rest(out: &mut String, all: usize, shown: usize, lang: Lang) {
    if all > shown {
        let rest = all - shown;
        let _ = match lang {
            Lang::Zh => writeln!(out, "\n另有 {rest} 项未列出，`--format json` 给出全部"),
            Lang::En => writeln!(out, "\n{rest} more, not shown; `--format json` gives all"),
        };
    }
}

fn table(out: &mut String, it: &Table) {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let heads = it.heads.iter().map(|it| safe(it)).collect();
    let rule = it.heads.iter().enumerate().map(|(at, _)| if at == 0 { ":--" } else { "--:" });
    let _ = writeln!(out, "\n{}\n{}", row(heads), row(rule.map(str::to_owned).collect()));
    for cells in &it.rows {
        let cell = |(text, marked): &(String, bool)| match marked {
            true => format!("**{}**", safe(text)),
            false => safe(text),
        };
        let _ = writeln!(out, "{}", row(cells.iter().map(cell).collect()));
    }
}

fn edit(out: &mut String, it: &EditView) {
    let head = [it.change, &it.subject, &it.articles, &it.did];
    let head: Vec<String> = head.iter().filter(|it| !it.is_empty()).map(|it| safe(it)).collect();
    let _ = writeln!(out, "- **{}** {}", it.number, head.join(" · "));
    for (sign, words) in [("−", &it.old), ("＋", &it.new)] {
        if let Some((words, place)) = words {
            let _ =
                writeln!(out, "  <br>{sign} {} <sub>{}</sub>", safe(&short(words)), safe(place));
        }
    }
    for line in it.more.iter().flat_map(|it| it.lines()) {
        let _ = writeln!(out, "  <br>{}", safe(line));
    }
}

fn case(out: &mut String, it: &CaseView) {
    let _ = writeln!(
        out,
        "- {} **{}**（{}）",
        safe(&it.sign.to_string()),
        safe(&it.name),
        safe(&it.id)
    );
    for [item, change, cause] in &it.effects {
        let _ = writeln!(out, "  - {}：{} <sub>{}</sub>", safe(item), safe(change), safe(cause));
    }
    for line in &it.why {
        let _ = writeln!(out, "    <br><sub>{}</sub>", safe(line));
    }
}
