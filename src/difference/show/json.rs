//! The comparison as JSON, field by field as `schema/difference.schema.json` promises. It computes nothing.

use crate::diagnostic::Lang;
use crate::difference::Effect;
use crate::difference::causes::Cause;
use crate::difference::causes::Set as Numbers;
use crate::difference::cells::CellEdit;
use crate::difference::cells::Spot;
use crate::difference::cells::What;
use crate::difference::edits::Change;
use crate::difference::edits::Edit;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Item;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::difference::show::view::View;
use crate::difference::show::view::view;
use crate::difference::show::words;
use crate::difference::summary::Way;
use crate::difference::summary::way;
use crate::explain;
use crate::explain::show::in_unit;
use crate::report;
use crate::report::words::day;
use crate::value::Set;
use crate::value::Truth;
use serde_json::Map;
use serde_json::Value as Json;
use serde_json::json;

/// The whole comparison; every case that changes is in it.
pub fn json(frame: &Frame, lang: Lang) -> String {
    let diff = frame.difference;
    let view = view(frame, usize::MAX, lang);
    report::write_json(&json!({
        "engine": report::ENGINE,
        "old": side(frame, 0),
        "new": side(frame, 1),
        "on": diff.old.run.on.map(day),
        "confirmed": diff.confirmed,
        "summary": summary(frame, &view, lang),
        "edits": edits(frame, &view, lang),
        "causes": diff.causes.iter().map(cause).collect::<Vec<_>>(),
        "cases": cases(frame, &view, lang),
    }))
}

fn side(frame: &Frame, at: usize) -> Json {
    let policy = match at {
        0 => &frame.difference.old.program.policy,
        _ => &frame.difference.new.program.policy,
    };
    json!({
        "name": frame.names[at],
        "title": policy.title,
        "document": (!policy.number.is_empty()).then_some(&policy.number),
        "rules": frame.rules[at],
        "data": frame.data[at],
    })
}

fn summary(frame: &Frame, view: &View, lang: Lang) -> Json {
    let diff = frame.difference;
    let changed = diff.changed();
    let count = |wanted: Way| changed.iter().filter(|it| way(&it.1) == wanted).count();
    let crosses = diff.crosses();
    let cross = crosses.iter().map(|it| {
        let counts = it.counts.iter().map(|(before, after, count)| {
            let show = |value| words::value(diff, &it.item, value, lang);
            json!({"before": show(before), "after": show(after), "count": count})
        });
        json!({"kind": kind(&it.item), "name": it.item.name, "counts": counts.collect::<Vec<_>>()})
    });
    let groups = diff.groups(&frame.by);
    let groups = groups.iter().flat_map(|(field, groups)| {
        groups.iter().map(move |(says, it)| {
            json!({"field": field, "value": (!says.is_empty()).then_some(says), "cases": it.cases,
                "better": it.better, "worse": it.worse, "other": it.other})
        })
    });
    let apart = |one: &crate::difference::figures::Figures,
                 other: &crate::difference::figures::Figures| {
        one.cases
            .keys()
            .filter(|it| !other.cases.contains_key(*it))
            .map(|it| it.id.clone())
            .collect::<Vec<_>>()
    };
    json!({
        "cases": diff.old.cases.len(),
        "changed": changed.len(),
        "better": count(Way::Better),
        "worse": count(Way::Worse),
        "other": count(Way::Other),
        "tests_edited": diff.edits.tests,
        "only_old": apart(&diff.old, &diff.new),
        "only_new": apart(&diff.new, &diff.old),
        "cross": cross.collect::<Vec<_>>(),
        "groups": groups.collect::<Vec<_>>(),
        "notes": view.notes,
        "moves": view.moves,
        "near": view.near,
    })
}

fn edits(frame: &Frame, view: &View, lang: Lang) -> Vec<Json> {
    let diff = frame.difference;
    let shares = diff.shares();
    let share = |at: usize| {
        let share = shares.get(&at).cloned().unwrap_or_default();
        let trial = diff.trials.get(&at);
        let needs: Vec<usize> = trial
            .map(|it| it.with.iter().filter(|it| **it != at).map(|it| it + 1).collect())
            .unwrap_or_default();
        json!({"tried": trial.is_some(), "alone": share.alone, "joint": share.joint, "offset": share.offset, "needs": needs})
    };
    let rules = diff.edits.all.iter().enumerate().map(|(at, it)| {
        let members = it.members.iter().map(|it| json!({"change": change(it.0), "name": it.1}));
        joined(
            json!({
                "number": at + 1,
                "change": change(it.change),
                "kind": it.word.en,
                "item": it.item,
                "now": it.now,
                "clause": it.label.map(|it| it.en),
                "articles": it.articles,
                "wording": diff.wordings.contains(&at),
                "old": spot(frame, it, 0, lang),
                "new": spot(frame, it, 1, lang),
                "members": members.collect::<Vec<_>>(),
                "did": view.edits[at].did,
                "more": view.edits[at].more,
            }),
            share(at),
        )
    });
    let cells = diff.cells.all.iter().enumerate().map(|(at, it)| {
        let number = diff.cells.first + at;
        joined(
            json!({
                "number": number + 1,
                "change": change(it.change),
                "kind": what(it.what),
                "item": it.table,
                "column": it.column,
                "now": it.now,
                "count": it.count,
                "cells": it.spots.iter().map(spot_of).collect::<Vec<_>>(),
                "old": only(it).and_then(|it| text_of(it.old.as_ref())),
                "new": only(it).and_then(|it| text_of(it.new.as_ref())),
                "did": view.edits[number].did,
            }),
            share(number),
        )
    });
    rules.chain(cells).collect()
}

/// The word of what an edit of the data is about.
fn what(it: What) -> &'static str {
    match it {
        What::Table => "table",
        What::Column => "column",
        What::Rows => "rows",
        What::List => "list",
        What::Cells => "cells",
    }
}

/// The one cell or row of an edit of one.
fn only(it: &CellEdit) -> Option<&Spot> {
    if let [spot] = it.spots.as_slice() { Some(spot) } else { None }
}

fn text_of(it: Option<&String>) -> Option<Json> {
    it.map(|it| json!({"text": it, "file": null, "line": null}))
}

fn spot_of(it: &Spot) -> Json {
    json!({"row": it.row, "place": it.place, "old": it.old, "new": it.new})
}

fn joined(mut a: Json, b: Json) -> Json {
    if let (Json::Object(a), Json::Object(b)) = (&mut a, b) {
        a.extend(b);
    }
    a
}

fn spot(frame: &Frame, edit: &Edit, side: usize, lang: Lang) -> Option<Json> {
    let (text, _) = words::stood(frame, edit, side, lang)?;
    let Some(span) = (if side == 0 { edit.old } else { edit.new }) else {
        return Some(json!({"text": text, "file": null, "line": null}));
    };
    let source = frame.sources.get(span.file);
    let (line, _) = source.position(span.start as usize);
    let file = format!("{}{}", frame.prefixes[side], source.name);
    Some(json!({"text": text, "file": file, "line": line}))
}

fn change(it: Change) -> &'static str {
    match it {
        Change::Added => "added",
        Change::Removed => "removed",
        Change::Changed => "changed",
        Change::Renamed => "renamed",
    }
}

/// The word of a kind of item.
pub fn kind(it: &Item) -> &'static str {
    match it.kind {
        Kind::Conclusion => "conclusion",
        Kind::Selected => "selected",
        Kind::Passed => "passed",
        Kind::Rank => "rank",
        Kind::Score => "score",
        Kind::Grade => "grade",
        Kind::Criterion => "criterion",
        Kind::Indicator => "indicator",
        Kind::Finding => "finding",
    }
}

fn cause(it: &Cause) -> Json {
    let numbers = |set: &Numbers| set.iter().map(|it| it + 1).collect::<Vec<_>>();
    match it {
        Cause::Each(sets) => {
            json!({"kind": "each", "sets": sets.iter().map(numbers).collect::<Vec<_>>()})
        }
        Cause::Joint(set) => json!({"kind": "joint", "sets": [numbers(set)]}),
        Cause::Together(set) => json!({"kind": "together", "sets": [numbers(set)]}),
    }
}

fn cases(frame: &Frame, view: &View, lang: Lang) -> Vec<Json> {
    let diff = frame.difference;
    let changed = diff.changed();
    let case = |((case, effects), told): (
        &(&CaseKey, Vec<&Effect>),
        &crate::difference::show::view::CaseView,
    )| {
        let effect = |it: &&Effect| {
            json!({
                "kind": kind(&it.item),
                "name": it.item.name,
                "before": value(frame, &it.item, &it.before, lang),
                "after": value(frame, &it.item, &it.after, lang),
                "cause": it.cause,
            })
        };
        json!({
            "table": case.table,
            "id": case.id,
            "name": told.name,
            "way": match way(effects) { Way::Better => "better", Way::Worse => "worse", Way::Other => "other" },
            "effects": effects.iter().map(effect).collect::<Vec<_>>(),
            "why": told.why,
        })
    };
    changed.iter().zip(&view.cases).map(case).collect()
}

/// A value: as shown; a verdict's word; a number exactly, in its unit.
fn value(frame: &Frame, item: &Item, it: &Value, lang: Lang) -> Json {
    let diff = frame.difference;
    let mut out = Map::new();
    out.insert("shown".to_owned(), Json::String(words::value(diff, item, it, lang)));
    match it {
        Value::Verdict(truth, _) => {
            out.insert("verdict".to_owned(), json!(report::verdict_word(explain::verdict(*truth))));
            let word = |it: Truth| match it {
                Truth::ERROR => "error",
                it => report::verdict_word(explain::verdict(it)),
            };
            out.insert(
                "possible".to_owned(),
                json!(truth.outcomes().map(word).collect::<Vec<_>>()),
            );
        }
        Value::Set(Set::Number(set)) => {
            let style = diff.new.style(item);
            let end = |end: &Option<crate::value::End>| {
                end.as_ref().map(|it| in_unit(&it.at, style.unit.as_ref()).to_fraction())
            };
            let hull = set.values.as_ref();
            out.insert("low".to_owned(), json!(hull.and_then(|it| end(&it.low))));
            out.insert("high".to_owned(), json!(hull.and_then(|it| end(&it.high))));
            out.insert("unit".to_owned(), json!(style.unit.as_ref().map(ToString::to_string)));
        }
        _ => {}
    }
    Json::Object(out)
}
