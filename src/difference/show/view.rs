//! What a reader of the comparison is told, in order and in words; how it is laid out is no matter here.

use crate::diagnostic::Lang;
use crate::difference::Effect;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::difference::show::reasons;
use crate::difference::show::reasons::Reasons;
use crate::difference::show::words;
use crate::difference::summary::Cross;
use crate::difference::summary::Share;
use crate::difference::summary::Way;
use crate::difference::summary::sign;
use crate::difference::summary::way;
use crate::report::words::either;
use std::collections::BTreeMap;

/// Names that are listed before the rest is counted.
const NAMED: usize = 5;

/// The whole comparison in words.
pub struct View {
    /// 创新型产业集群评价指引（试行）
    pub title: String,
    /// Both sides with their fingerprints.
    pub sides: Vec<String>,
    /// What the whole comes to.
    pub headline: String,
    /// What else must be known before reading on.
    pub notes: Vec<String>,
    /// From what to what, and by groups.
    pub crosses: Vec<Table>,
    /// Who enters, leaves, gains, loses.
    pub moves: Vec<String>,
    /// The edits.
    pub edits: Vec<EditView>,
    /// Counts by place and class.
    pub groups: Vec<Table>,
    /// Cases close to a bound that moved.
    pub near: Vec<String>,
    /// Case by case.
    pub cases: Vec<CaseView>,
}

/// A small table.
pub struct Table {
    /// Its head row; the first cell is its name.
    pub heads: Vec<String>,
    /// Its rows; a cell that tells of a change is marked.
    pub rows: Vec<Vec<(String, bool)>>,
}

/// One edit.
pub struct EditView {
    /// 1
    pub number: String,
    /// 修改
    pub change: &'static str,
    /// 参数 规划年限 的 值
    pub subject: String,
    /// 第八条
    pub articles: String,
    /// What it did.
    pub did: String,
    /// The old words and where they stand.
    pub old: Option<(String, String)>,
    /// The new words and where they stand.
    pub new: Option<(String, String)>,
    /// What else is to be said of it.
    pub more: Vec<String>,
}

/// One case that changes.
pub struct CaseView {
    /// ↑ ↓ ~
    pub sign: char,
    /// Its name.
    pub name: String,
    /// Its key.
    pub id: String,
    /// What changes: the item, before → after, which edit.
    pub effects: Vec<[String; 3]>,
    /// Why, with the numbers.
    pub why: Vec<String>,
}

/// Words everything. `cases` is how many cases are told one by one.
pub fn view(frame: &Frame, cases: usize, lang: Lang) -> View {
    let diff = frame.difference;
    let reasons = reasons::reasons(frame, cases, lang);
    View {
        title: diff.new.program.policy.title.clone(),
        sides: vec![side(frame, 0, lang), side(frame, 1, lang)],
        headline: headline(frame, lang),
        notes: notes(frame, lang),
        crosses: diff.crosses().iter().map(|it| crossed(frame, it, lang)).collect(),
        moves: moves(frame, lang),
        edits: edits(frame, lang),
        groups: groups(frame, lang),
        near: reasons.near.clone(),
        cases: told(frame, cases, &reasons, lang),
    }
}

fn side(frame: &Frame, at: usize, lang: Lang) -> String {
    let short = |it: &str| it.chars().take(8).collect::<String>();
    format!(
        "{} {}   {} {}   {} {}",
        if at == 0 { either(lang, "旧", "old") } else { either(lang, "新", "new") },
        frame.names[at],
        either(lang, "规则", "rules"),
        short(&frame.rules[at]),
        either(lang, "数据", "data"),
        short(&frame.data[at])
    )
}

/// 改动 4 处；28 例中 5 例结果有变：变好 2，变差 3
fn headline(frame: &Frame, lang: Lang) -> String {
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

fn notes(frame: &Frame, lang: Lang) -> Vec<String> {
    let diff = frame.difference;
    let mut notes = vec![];
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

/// A few names, and how many more.
fn listed(names: &[String], lang: Lang) -> String {
    // One more is named rather than counted.
    let most = if names.len() == NAMED + 1 { names.len() } else { NAMED };
    let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(either(lang, "、", ", "));
    match (names.len() > most, lang) {
        (false, _) => shown,
        (true, Lang::Zh) => format!("{shown} 等 {} 例", names.len()),
        (true, Lang::En) => format!("{shown} and {} more", names.len() - NAMED),
    }
}

/// Before down, after across.
fn crossed(frame: &Frame, cross: &Cross, lang: Lang) -> Table {
    let diff = frame.difference;
    let show = |it: &Value| words::brief(diff, &cross.item, it, lang);
    let mut names: Vec<String> = vec![];
    for (a, b, _) in &cross.counts {
        for it in [show(a), show(b)] {
            if !names.contains(&it) {
                names.push(it);
            }
        }
    }
    let order = ["符合", "合格", "入选", "met", "passed", "selected"];
    names.sort_by_key(|it| !order.contains(&it.as_str()));
    let corner =
        format!("{}（{}）", words::item(&cross.item, lang), either(lang, "旧↓ 新→", "old↓ new→"));
    let row = |before: &String| {
        let cell = |after: &String| {
            let pair =
                |it: &&(Value, Value, usize)| show(&it.0) == *before && show(&it.1) == *after;
            let count: usize = cross.counts.iter().filter(pair).map(|it| it.2).sum();
            match count {
                0 => ("·".to_owned(), false),
                count => (count.to_string(), before != after),
            }
        };
        std::iter::once((before.clone(), false)).chain(names.iter().map(cell)).collect()
    };
    Table {
        rows: names.iter().map(row).collect(),
        heads: std::iter::once(corner).chain(names.iter().cloned()).collect(),
    }
}

/// Who enters a selection and who leaves it; who gains and who loses places and points.
fn moves(frame: &Frame, lang: Lang) -> Vec<String> {
    let diff = frame.difference;
    let mut groups: BTreeMap<(Kind, String, bool), Vec<&Effect>> = BTreeMap::new();
    for it in &diff.effects {
        let told = [Kind::Selected, Kind::Passed, Kind::Rank, Kind::Score].contains(&it.item.kind);
        // What may be selected is neither in nor out: the table above counts it.
        let open = |it: &Value| matches!(it, Value::Verdict(truth, _) if !truth.is_settled());
        if told && sign(it) != 0 && !open(&it.before) && !open(&it.after) {
            groups.entry((it.item.kind, it.item.name.clone(), sign(it) < 0)).or_default().push(it);
        }
    }
    let line = |((kind, _, down), mut those): ((Kind, String, bool), Vec<&Effect>)| {
        those.sort_by_key(|it| std::cmp::Reverse(crate::difference::summary::distance(it)));
        let named = |it: &&Effect| {
            let show = |value| words::value(diff, &it.item, value, lang);
            let name = diff.name_of(&it.case);
            match kind {
                Kind::Selected | Kind::Passed => name,
                _ => format!("{name}（{} → {}）", show(&it.before), show(&it.after)),
            }
        };
        let names: Vec<String> = those.iter().map(named).collect();
        let word = match (kind, down) {
            (Kind::Selected, false) => either(lang, "新入选", "enter the selection"),
            (Kind::Selected, true) => either(lang, "不再入选", "leave the selection"),
            (Kind::Passed, false) => either(lang, "新合格", "pass now"),
            (Kind::Passed, true) => either(lang, "不再合格", "pass no more"),
            (Kind::Rank, false) => either(lang, "名次上升", "gain places"),
            (Kind::Rank, true) => either(lang, "名次下降", "lose places"),
            (_, false) => either(lang, "得分提高", "gain points"),
            (_, true) => either(lang, "得分降低", "lose points"),
        };
        let item = &those[0].item.name;
        format!(
            "{item}   {word} {}{}{}",
            names.len(),
            either(lang, "：", ": "),
            listed(&names, lang)
        )
    };
    groups.into_iter().map(line).collect()
}

fn edits(frame: &Frame, lang: Lang) -> Vec<EditView> {
    let diff = frame.difference;
    let shares = diff.shares();
    let spot = |span, side| {
        words::written(frame, span)
            .map(|it| (it, words::place(frame, span, side).unwrap_or_default()))
    };
    let rules = diff.edits.all.iter().enumerate().map(|(at, edit)| EditView {
        number: words::number(at),
        change: words::change(edit.change, lang),
        subject: words::subject(edit, lang),
        articles: edit.articles.join("、"),
        did: did(frame, at, shares.get(&at), lang),
        old: spot(edit.old, 0),
        new: spot(edit.new, 1),
        more: words::members(edit, lang)
            .into_iter()
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
    let counts = [
        (share.alone, "改变", "changes"),
        (share.joint, "与别的改动共同改变", "changes with others"),
        (share.offset, "所改变的被别的改动抵消", "is undone by others for"),
    ];
    let part = |(count, zh, en): (usize, &str, &str)| match lang {
        _ if count == 0 => None,
        Lang::Zh => Some(format!("{zh} {count} 例")),
        Lang::En => Some(format!("{en} {count} cases")),
    };
    counts.into_iter().filter_map(part).collect::<Vec<_>>().join(either(lang, "，", ", "))
}

/// Counts by place and class, where there is more than one group.
fn groups(frame: &Frame, lang: Lang) -> Vec<Table> {
    let diff = frame.difference;
    if diff.effects.is_empty() {
        return vec![];
    }
    let mut tables = vec![];
    for (field, groups) in diff.groups(&frame.by) {
        let changes = |it: &crate::difference::summary::Group| it.better + it.worse + it.other;
        let mut shown: Vec<_> = groups.iter().filter(|it| changes(it.1) > 0).collect();
        if shown.is_empty() || groups.len() < 2 && frame.by.is_empty() {
            continue;
        }
        shown.sort_by_key(|it| std::cmp::Reverse(changes(it.1)));
        let row = |(name, group): (&String, &crate::difference::summary::Group)| {
            let name = match name.is_empty() {
                true => either(lang, "（未定）", "(not known)"),
                false => name.as_str(),
            };
            let numbers = [group.cases, group.better, group.worse, group.other];
            let cells =
                numbers.iter().enumerate().map(|(at, it)| (it.to_string(), at > 0 && *it > 0));
            std::iter::once((name.to_owned(), false)).chain(cells).collect()
        };
        let heads = [
            field.as_str(),
            either(lang, "案例", "cases"),
            either(lang, "变好", "better"),
            either(lang, "变差", "worse"),
            either(lang, "其他", "other"),
        ];
        tables.push(Table {
            heads: heads.map(str::to_owned).to_vec(),
            rows: shown.into_iter().map(row).collect(),
        });
    }
    tables
}

fn told(frame: &Frame, cases: usize, reasons: &Reasons, lang: Lang) -> Vec<CaseView> {
    let diff = frame.difference;
    let tell = |(case, effects): (&CaseKey, Vec<&Effect>)| {
        let effect = |it: &&Effect| {
            let show = |value| words::value(diff, &it.item, value, lang);
            [
                words::item(&it.item, lang),
                format!("{} → {}", show(&it.before), show(&it.after)),
                words::cause(diff, &diff.causes[it.cause], lang),
            ]
        };
        CaseView {
            sign: match way(&effects) {
                Way::Better => '↑',
                Way::Worse => '↓',
                Way::Other => '~',
            },
            name: diff.name_of(case),
            id: case.id.clone(),
            effects: effects.iter().map(effect).collect(),
            why: reasons.of.get(case).cloned().unwrap_or_default(),
        }
    };
    diff.changed().into_iter().take(cases).map(tell).collect()
}
