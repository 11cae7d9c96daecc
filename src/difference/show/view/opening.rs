//! What the whole comes to, and what must be known before reading on. Tables and lists of cases are elsewhere.

use crate::diagnostic::Lang;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::difference::show::view::moves::listed;
use crate::difference::show::words;
use crate::difference::summary::Way;
use crate::difference::summary::way;
use crate::difference::summary::weightiest;
use crate::report::words::either;
use std::collections::BTreeMap;

/// 改动 4 处；28 例中 5 例结果有变：变好 2，变差 3
pub fn headline(frame: &Frame, lang: Lang) -> String {
    let diff = frame.difference;
    if diff.is_empty() {
        return either(lang, "没有差异", "no difference").to_owned();
    }
    let changed = diff.changed();
    let count = |wanted: Way| changed.iter().filter(|it| way(&it.1) == wanted).count();
    let (all, total) = (changed.len(), diff.old.cases.len());
    let edits = diff.edits.all.len() + diff.cells.count();
    let (better, worse, other) = (count(Way::Better), count(Way::Worse), count(Way::Other));
    match lang {
        Lang::Zh => format!(
            "改动 {edits} 处；{total} 例中 {all} 例结果有变：变好 {better}，变差 {worse}，其他 {other}"
        ),
        Lang::En => format!(
            "{edits} edits; of {total} cases {all} change: {better} better, {worse} worse, {other} otherwise"
        ),
    }
}

/// 结论都没有变；按各例最要紧的一项：合格 6 例，名次 9 例
fn weights(frame: &Frame, lang: Lang) -> Option<String> {
    let diff = frame.difference;
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for (_, effects) in diff.changed() {
        *counts.entry(weightiest(&effects)).or_default() += 1;
    }
    if counts.is_empty() {
        return None;
    }
    let concluding = diff.new.items().any(|it| it.kind == Kind::Conclusion);
    let start = match concluding && !counts.contains_key(&Kind::Conclusion) {
        true => either(lang, "结论都没有变；", "no conclusion changes; "),
        false => "",
    };
    let one = |(kind, count): (&Kind, &usize)| match lang {
        Lang::Zh => format!("{} {count} 例", words::kind(*kind, lang)),
        Lang::En => format!("{} {count}", words::kind(*kind, lang)),
    };
    let counts: Vec<String> = counts.iter().map(one).collect();
    let counts = counts.join(either(lang, "，", ", "));
    Some(match lang {
        Lang::Zh => format!("{start}按各例最要紧的一项变化：{counts}"),
        Lang::En => format!("{start}by what weighs most in each case: {counts}"),
    })
}

/// What else must be known before reading on.
pub fn notes(frame: &Frame, lang: Lang) -> Vec<String> {
    let diff = frame.difference;
    let mut notes: Vec<String> = weights(frame, lang).into_iter().collect();
    if diff.edits.tests > 0 {
        let tests = diff.edits.tests;
        notes.push(match lang {
            Lang::Zh => format!("测试、案例另有 {tests} 处改动，不影响判定"),
            Lang::En => {
                format!(
                    "{tests} tests or made-up cases were edited besides: they change no verdict"
                )
            }
        });
    }
    let apart = |has: &dyn Fn(&CaseKey) -> bool, all: &mut dyn Iterator<Item = &CaseKey>| {
        all.filter(|it| !has(it)).map(|it| diff.name_of(it)).collect::<Vec<String>>()
    };
    let gone = apart(&|it| diff.new.cases.contains_key(it), &mut diff.old.cases.keys());
    let came = apart(&|it| diff.old.cases.contains_key(it), &mut diff.new.cases.keys());
    for (names, zh, en) in [
        (gone, "只在旧的一边的案例", "cases of the old side only"),
        (came, "只在新的一边的案例", "cases of the new side only"),
    ] {
        if !names.is_empty() {
            let named = listed(&names, lang);
            notes.push(format!(
                "{} {}{}{named}",
                either(lang, zh, en),
                names.len(),
                either(lang, "：", ": ")
            ));
        }
    }
    notes.extend(items_apart(frame, lang));
    if !diff.confirmed {
        notes.push(
            either(
                lang,
                "注意：把全部改动一起用到旧的一边，结果与新的一边不完全相同；归因请核对",
                "note: all edits applied to the old side do not give exactly the new side; check the causes",
            )
            .to_owned(),
        );
    }
    notes
}

/// Items that only one side has, and what they come to: no case can change by them, but the reader must see them.
fn items_apart(frame: &Frame, lang: Lang) -> Vec<String> {
    let diff = frame.difference;
    let mut found = vec![];
    for (one, other, zh, en) in [
        (&diff.old, &diff.new, "不再判定", "no longer judged"),
        (&diff.new, &diff.old, "新判定", "newly judged"),
    ] {
        for item in one.items().filter(|it| !other.has(it) && it.kind != Kind::Finding) {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for case in one.cases.keys().filter(|it| it.table == item.table) {
                let Some(value @ (Value::Verdict(..) | Value::Words(..))) = one.value(item, case)
                else {
                    continue;
                };
                *counts.entry(words::brief(diff, item, &value, lang)).or_default() += 1;
            }
            let counts: Vec<String> =
                counts.iter().map(|it| format!("{} {}", it.0, it.1)).collect();
            let line = format!(
                "{} {}   {}",
                either(lang, zh, en),
                words::item(item, lang),
                counts.join(either(lang, "，", ", "))
            );
            found.push(line.trim_end().to_owned());
        }
    }
    found
}
