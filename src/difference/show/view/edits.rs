//! The edits, each with its words, where they stand, and what it did. It tries nothing.

use crate::diagnostic::Lang;
use crate::difference::show::Frame;
use crate::difference::show::reasons;
use crate::difference::show::view::EditView;
use crate::difference::show::words;
use crate::difference::summary::Share;
use crate::report::words::either;

/// All edits, those of the rules first.
pub fn edits(frame: &Frame, lang: Lang) -> Vec<EditView> {
    let diff = frame.difference;
    let shares = diff.shares();
    let rules = diff.edits.all.iter().enumerate().map(|(at, edit)| EditView {
        number: words::number(at),
        change: words::change(edit.change, lang),
        subject: words::subject(edit, lang),
        articles: edit.articles.join("、"),
        did: did(frame, at, shares.get(&at), lang),
        old: words::stood(frame, edit, 0, lang),
        new: words::stood(frame, edit, 1, lang),
        more: words::matched(edit, lang)
            .into_iter()
            .chain(words::members(edit, lang))
            .chain(reasons::needs(diff, at, lang))
            .chain(words::witness(diff, at, lang))
            .collect(),
    });
    let cells = diff.cells.all.iter().enumerate().map(|(at, cell)| {
        let number = diff.cells.first + at;
        let only = match cell.spots.as_slice() {
            [spot] => Some(spot),
            _ => None,
        };
        let text = |it: Option<&String>| it.map(|it| (format!("“{it}”"), String::new()));
        EditView {
            number: words::number(number),
            change: words::change(cell.change, lang),
            subject: words::cell(cell, lang),
            articles: String::new(),
            did: did(frame, number, shares.get(&number), lang),
            old: text(only.and_then(|it| it.old.as_ref())),
            new: text(only.and_then(|it| it.new.as_ref())),
            more: words::spots(cell, lang).into_iter().collect(),
        }
    });
    rules.chain(cells).collect()
}

/// What an edit did, in a few words.
fn did(frame: &Frame, at: usize, share: Option<&Share>, lang: Lang) -> String {
    let diff = frame.difference;
    if diff.wordings.contains(&at) {
        return either(lang, "只是文字，不影响判定", "wording only: no verdict depends on it")
            .to_owned();
    }
    let Some(share) = share else {
        return match diff.trials.contains_key(&at) {
            true => either(lang, "没有案例因它改变", "changes no case").to_owned(),
            false => either(lang, "没有单独试过", "was not tried by itself").to_owned(),
        };
    };
    let [alone, joint, offset] = [share.alone, share.joint, share.offset];
    let parts = [
        (alone, format!("改变 {alone} 例"), format!("changes {alone} cases")),
        (joint, format!("与别的改动共同改变 {joint} 例"), format!("changes {joint} with others")),
        (
            offset,
            format!("另有 {offset} 例的变化被别的改动抵消"),
            format!("what it does to {offset} more is undone by others"),
        ),
    ];
    let parts = parts.iter().filter(|it| it.0 > 0).map(|it| either(lang, &it.1, &it.2));
    parts.collect::<Vec<_>>().join(either(lang, "，", ", "))
}
