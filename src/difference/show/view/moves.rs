//! Winners and losers by name: who enters, leaves, gains and loses. What became of whom is not judged here.

use crate::diagnostic::Lang;
use crate::difference::Effect;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::difference::show::words;
use crate::difference::summary::distance;
use crate::difference::summary::sign;
use crate::report::words::either;
use crate::value::Truth;
use std::collections::BTreeMap;

/// Names that are listed before the rest is counted.
const NAMED: usize = 5;

/// Those of one item that went the same way.
type Moves<'a> = BTreeMap<(Kind, String, Turn), Vec<&'a Effect>>;

/// Which way; the good ones first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Up,
    Down,
    /// From one verdict to another that is neither better nor worse: both in words.
    Between(String, String),
}

/// Who is concluded otherwise, enters a selection or leaves it; who gains and who loses places and points.
pub fn moves(frame: &Frame, lang: Lang) -> Vec<String> {
    let mut moves = Moves::new();
    for it in &frame.difference.effects {
        if let Some(turn) = turn(frame, it, lang) {
            moves.entry((it.item.kind, it.item.name.clone(), turn)).or_default().push(it);
        }
    }
    moves.into_iter().map(|(way, those)| line(frame, way, those, lang)).collect()
}

fn turn(frame: &Frame, it: &Effect, lang: Lang) -> Option<Turn> {
    let plain = |it: &Value| matches!(it, Value::Verdict(Truth::TRUE | Truth::FALSE, _));
    match it.item.kind {
        Kind::Conclusion | Kind::Selected | Kind::Passed
            if plain(&it.before) && plain(&it.after) => {}
        Kind::Conclusion | Kind::Selected | Kind::Passed => {
            let word = |value| words::brief(frame.difference, &it.item, value, lang);
            let (before, after) = (word(&it.before), word(&it.after));
            // What may have been decided otherwise and still is open is no move.
            return (before != after).then_some(Turn::Between(before, after));
        }
        Kind::Rank | Kind::Score => {}
        _ => return None,
    }
    match sign(it) {
        0 => None,
        1 => Some(Turn::Up),
        _ => Some(Turn::Down),
    }
}

fn line(
    frame: &Frame,
    (kind, item, turn): (Kind, String, Turn),
    mut those: Vec<&Effect>,
    lang: Lang,
) -> String {
    let diff = frame.difference;
    those.sort_by_key(|it| std::cmp::Reverse(distance(it)));
    let named = |it: &&Effect| {
        let show = |value| words::value(diff, &it.item, value, lang);
        let name = diff.name_of(&it.case);
        match kind {
            Kind::Rank | Kind::Score => {
                format!("{name}（{} → {}）", show(&it.before), show(&it.after))
            }
            _ => name,
        }
    };
    let names: Vec<String> = those.iter().map(named).collect();
    let word = match (kind, &turn) {
        (_, Turn::Between(before, after)) => format!("{before} → {after}"),
        (kind, turn) => {
            let down = *turn == Turn::Down;
            let (zh, en) = match (kind, down) {
                (Kind::Conclusion, false) => ("新符合", "meet now"),
                (Kind::Conclusion, true) => ("不再符合", "meet no more"),
                (Kind::Selected, false) => ("新入选", "enter the selection"),
                (Kind::Selected, true) => ("不再入选", "leave the selection"),
                (Kind::Passed, false) => ("新合格", "pass now"),
                (Kind::Passed, true) => ("不再合格", "pass no more"),
                (Kind::Rank, false) => ("名次上升", "gain places"),
                (Kind::Rank, true) => ("名次下降", "lose places"),
                (_, false) => ("得分提高", "gain points"),
                (_, true) => ("得分降低", "lose points"),
            };
            either(lang, zh, en).to_owned()
        }
    };
    let names = listed(&names, lang);
    format!("{item}   {word} {}{}{names}", those.len(), either(lang, "：", ": "))
}

/// A few names, and how many more.
pub fn listed(names: &[String], lang: Lang) -> String {
    // One more is named rather than counted.
    let most = if names.len() == NAMED + 1 { names.len() } else { NAMED };
    let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(either(lang, "、", ", "));
    match (names.len() > most, lang) {
        (false, _) => shown,
        (true, Lang::Zh) => format!("{shown} 等 {} 例", names.len()),
        (true, Lang::En) => format!("{shown} and {} more", names.len() - NAMED),
    }
}
