//! The one line of a criterion, as a review opinion has it.

use crate::analysis::At;
use crate::analysis::rests;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::line;
use crate::explain::model::Cause;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::show;
use crate::ir::ClauseItem;
use crate::ir::Criterion;
use crate::ir::Force;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Template;
use crate::ir::TemplatePart;
use crate::value::Set;
use crate::value::State;
use crate::value::TextSet;
use crate::value::Truth;

/// More lines than this are not joined to one.
const LINES: usize = 3;

/// The line of a criterion, its name left out.
pub fn of_criterion(scene: &Scene, criterion: &Criterion, row: usize, causes: &[Cause]) -> Text {
    let at = At { node: criterion.node, row };
    match scene.case.truth(at) {
        Truth::TRUE => met(scene, at),
        // What may hold, and does not, is told as it is.
        Truth::FALSE if criterion.force == Force::May && criterion.failing.is_none() => {
            let lines = cause::as_it_is(scene, at).into_iter().map(|it| it.text);
            shortened(&lines.collect::<Vec<_>>())
        }
        Truth::FALSE => failing(scene, criterion, at),
        Truth::NOT_APPLICABLE => {
            let because = texts(causes);
            Text::new(
                format!("不适用（{}）", because.zh),
                format!("not applicable ({})", because.en),
            )
        }
        _ if causes.is_empty() => Text::new("尚不能判定", "not settled"),
        _ => texts(causes),
    }
}

fn met(scene: &Scene, at: At) -> Text {
    let lines = cause::lines(scene, at, true);
    match lines.as_slice() {
        [only] => only.text.clone(),
        _ => Text::new(
            format!("{} 项均符合", lines.len()),
            format!("all {} parts hold", lines.len()),
        ),
    }
}

fn texts(causes: &[Cause]) -> Text {
    let texts: Vec<Text> = causes.iter().map(|it| it.text.clone()).collect();
    shortened(&texts)
}

fn shortened(texts: &[Text]) -> Text {
    let mut shown: Vec<Text> = texts.iter().take(LINES).cloned().collect();
    let all = texts.len();
    if all > LINES {
        shown.push(Text::new(format!("等共 {all} 项"), format!("{all} in all")));
    }
    joined(&shown, "；", "; ")
}

/// The 不符 words, with the figures where they have none of their own.
fn failing(scene: &Scene, criterion: &Criterion, at: At) -> Text {
    let template = criterion.failing.as_ref();
    let atoms = cause::failing_atoms(scene, at, true);
    let words = template.map(|it| filled_in(scene, it, at.row, &atoms));
    let has_values =
        template.is_some_and(|it| it.0.iter().any(|part| matches!(part, TemplatePart::Value(_))));
    // Which other case holds the same is never a value that words can hold.
    let untold = |atom: &At| !has_values || matches!(scene.kind(atom.node), NodeKind::Unique(_));
    let texts: Vec<Text> = atoms
        .into_iter()
        .filter(|(atom, _)| untold(atom))
        .map(|(atom, want)| {
            let text = labelled(criterion, atom.node, line::line(scene, atom, want));
            let none = none_counted(scene, atom).unwrap_or_default();
            Text::new(text.zh + none.zh.as_str(), text.en + none.en.as_str())
        })
        .collect();
    let figures = shortened(&texts);
    match words {
        None => figures,
        Some(words) if texts.is_empty() => words,
        Some(words) => Text::new(
            format!("{}：{}", words.zh, figures.zh),
            format!("{}: {}", words.en, figures.en),
        ),
    }
}

/// A line with the label of its item; where that stands for the subject, only figure and bound follow it.
fn labelled(criterion: &Criterion, node: NodeId, line: line::Line) -> Text {
    let items =
        criterion.clauses.iter().filter_map(|it| it.list.as_ref()).flat_map(|(_, items)| items);
    let label = items.filter(|it| it.node == node).find_map(|it: &ClauseItem| it.label.clone());
    let Some(label) = label.filter(|it| !line.text.zh.starts_with(it.as_str())) else {
        return line.text;
    };
    let sign = |bound: &Text| bound.zh.starts_with(['=', '≠', '≥', '≤', '>', '<']);
    match (&line.value, &line.bound) {
        (Some(value), Some(bound)) if sign(bound) => Text::new(
            format!("{label} {}，要求 {}", value.zh, bound.zh),
            format!("{label} {}; must be {}", value.en, bound.en),
        ),
        _ => Text::new(format!("{label} {}", line.text.zh), format!("{label}: {}", line.text.en)),
    }
}

/// （机构.csv 第 14–16 行无一计入）: where a count finds nothing, the rows it looked at.
fn none_counted(scene: &Scene, atom: At) -> Option<Text> {
    let NodeKind::Compare(_, of, _) = scene.kind(atom.node) else { return None };
    let NodeKind::Aggregate(aggregate) = scene.kind(*of) else { return None };
    let table = child_of(scene, aggregate.rows)?;
    let rows = rests::rows(&scene.case, aggregate, atom.row);
    if !rows.counted.is_empty() || !rows.open.is_empty() {
        return None;
    }
    let all = rests::all_rows(&scene.case, aggregate, atom.row);
    Some(match place::rows(scene, table, &all) {
        Some(place) => {
            Text::new(format!("（{}无一计入）", place.zh), format!(" ({}: none counts)", place.en))
        }
        None => {
            let name = &scene.case.program.table(table).name;
            Text::new(format!("（没有{name}）"), format!(" (no {name})"))
        }
    })
}

/// A text with its values inserted. What fails says how closely a value must be shown.
fn filled_in(scene: &Scene, template: &Template, row: usize, failing: &[(At, bool)]) -> Text {
    let parts: Vec<Text> = template
        .0
        .iter()
        .map(|part| match part {
            TemplatePart::Plain(text) => Text::new(text, text),
            TemplatePart::Value(node) => inserted(scene, At { node: *node, row }, failing),
        })
        .collect();
    let zh = parts.iter().fold(String::new(), |text, part| spaced(text, &part.zh));
    // The words are the rulebook's in either language: values stand in them as in a Chinese sentence where they are one.
    let han = |it: &TemplatePart| match it {
        TemplatePart::Plain(text) => text.chars().any(|it| !it.is_ascii() && it.is_alphabetic()),
        TemplatePart::Value(_) => false,
    };
    match template.0.iter().any(han) {
        true => same(zh),
        false => Text::new(zh, joined(&parts, "", "").en),
    }
}

/// Chinese text and a figure or Latin word that meet get a blank between them.
fn spaced(mut text: String, more: &str) -> String {
    let han = |it: Option<char>| it.is_some_and(|it| it.is_alphabetic() && !it.is_ascii());
    let latin = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric() || it == '%');
    let (last, first) = (text.chars().next_back(), more.chars().next());
    if han(last) && latin(first) || latin(last) && han(first) {
        text.push(' ');
    }
    text + more
}

/// A value in running text: words stand without quotation marks.
fn inserted(scene: &Scene, at: At, failing: &[(At, bool)]) -> Text {
    let compared = failing.iter().find_map(|(atom, _)| line::beside_bound(scene, *atom, at));
    if let Some(value) = compared {
        return value;
    }
    match scene.case.set(at) {
        Some(set) if set.state() == State::NotApplicable => Text::new("无", "none"),
        Some(Set::Text(set)) => match set.values {
            Some(TextSet::One(text)) if !set.na && !set.error => Text::new(&*text, &*text),
            _ => Text::new("未填", "not filled in"),
        },
        Some(set) if set.state() == State::Unknown => match line::unknown(scene, at) {
            Some(_) => Text::new("未填或有误", "not known"),
            None => show::value(scene, at),
        },
        Some(Set::Member(_)) => {
            let shown = show::value(scene, at);
            let bare = |it: &str| it.trim_matches(['“', '”']).to_owned();
            Text::new(bare(&shown.zh), bare(&shown.en))
        }
        Some(_) => show::value(scene, at),
        None => Text::new(written(scene, at.node), written(scene, at.node)),
    }
}
