//! Edits, outcomes and causes as people read them. Nothing is laid out here.

use crate::diagnostic::Lang;
use crate::difference::Difference;
use crate::difference::causes::Cause;
use crate::difference::causes::Set as Numbers;
use crate::difference::cells::CellEdit;
use crate::difference::cells::Spot;
use crate::difference::cells::What;
use crate::difference::edits::Change;
use crate::difference::edits::Edit;
use crate::difference::figures::Item;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::explain;
use crate::report::words::either;
use crate::report::words::list;
use crate::report::words::verdict;
use crate::source::Span;
use crate::value::Foreign;
use crate::value::Truth;

/// Longer words of an edit are cut on a screen.
const LONG: usize = 160;

/// 改, 增, 删, 改名
pub fn change(it: Change, lang: Lang) -> &'static str {
    match it {
        Change::Added => either(lang, "新增", "added"),
        Change::Removed => either(lang, "删除", "removed"),
        Change::Changed => either(lang, "修改", "changed"),
        Change::Renamed => either(lang, "改名", "renamed"),
    }
}

/// 条件 构成要素 的 列项
pub fn subject(it: &Edit, lang: Lang) -> String {
    let name = format!("{} {}", it.word.get(lang), it.item);
    match (it.label, it.change, lang) {
        (_, Change::Renamed, _) => {
            format!("{name} → {}", it.now.as_deref().unwrap_or_default())
        }
        (None, ..) => name,
        (Some(label), _, Lang::Zh) => format!("{name} 的 {}", label.zh),
        (Some(label), _, Lang::En) => format!("{name}, {}", label.en),
    }
}

/// 数据 集群 JQ02（第 3 行）的 规划止; 数据 集群 的 规划止：1200 格
pub fn cell(it: &CellEdit, lang: Lang) -> String {
    let table = format!("{} {}", either(lang, "数据", "data"), it.table);
    let count = it.count;
    let column = it.column.as_deref().unwrap_or_default();
    let now = it.now.as_ref().map_or_else(String::new, |it| format!(" → {it}"));
    match (it.what, it.spots.as_slice(), lang) {
        (What::Table, _, Lang::Zh) => format!("{table}：整张表，{count} 行"),
        (What::Table, _, Lang::En) => format!("{table}: the whole table, {count} rows"),
        (What::Column, _, Lang::Zh) => format!("{table}：列 {column}{now}"),
        (What::Column, _, Lang::En) => format!("{table}: column {column}{now}"),
        (What::Rows, [spot], _) => format!("{table} {}", at(spot, lang)),
        (What::Rows, _, Lang::Zh) => format!("{table}：{count} 行"),
        (What::Rows, _, Lang::En) => format!("{table}: {count} rows"),
        (What::List, [spot], Lang::Zh) => format!("{} 的 {table}：是否提供", spot.row),
        (What::List, [spot], Lang::En) => format!("{table} of {}: given or not", spot.row),
        (What::List, _, Lang::Zh) => format!("{table}：是否提供，{count} 例"),
        (What::List, _, Lang::En) => format!("{table}: given or not, {count} cases"),
        (What::Cells, [spot], Lang::Zh) => format!("{table} {} 的 {column}", at(spot, lang)),
        (What::Cells, [spot], Lang::En) => format!("{table} {}, {column}", at(spot, lang)),
        (What::Cells, _, Lang::Zh) => format!("{table} 的 {column}：{count} 格"),
        (What::Cells, _, Lang::En) => format!("{table}, {column}: {count} cells"),
    }
}

/// JQ02（第 3 行）
fn at(it: &Spot, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（第 {} 行）", it.row, it.place),
        Lang::En => format!("{} (row {})", it.row, it.place).trim_start().to_owned(),
    }
}

/// Of edits taken together, the first few: JQ02 “3” → “5”、JQ03 “4” → “6” 等 1200 处
pub fn spots(it: &CellEdit, lang: Lang) -> Option<String> {
    const NAMED: usize = 5;
    if it.spots.len() < 2 {
        return None;
    }
    let cell = |it: &Option<String>| it.as_ref().map(|it| format!("“{it}”"));
    let one = |it: &Spot| match (cell(&it.old), cell(&it.new)) {
        (Some(old), Some(new)) => format!("{} {old} → {new}", it.row),
        _ => it.row.clone(),
    };
    let named: Vec<String> = it.spots.iter().take(NAMED).map(one).collect();
    let rest = it.spots.len() > NAMED;
    Some(match (rest, lang) {
        (false, _) => list(&named, lang),
        (true, Lang::Zh) => format!("{} 等 {} 处", list(&named, lang), it.spots.len()),
        (true, Lang::En) => {
            format!("{} and {} more", list(&named, lang), it.spots.len() - NAMED)
        }
    })
}

/// The words of an edit where they stand, on one line: as written, layout taken out.
pub fn written(frame: &Frame, span: Option<Span>) -> Option<String> {
    let text = frame.sources.slice(span?);
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    Some(words.join(" "))
}

/// The words of an edit on one side, and where they stand.
pub fn stood(frame: &Frame, edit: &Edit, side: usize, lang: Lang) -> Option<(String, String)> {
    let span = if side == 0 { edit.old } else { edit.new };
    let said = edit.said[side].as_ref().map(|it| it.get(lang).to_owned());
    let text = written(frame, span).or(said)?;
    Some((text, place(frame, span, side).unwrap_or_default()))
}

/// The same, cut where it is long.
pub fn short(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// 第二章.heng:14
pub fn place(frame: &Frame, span: Option<Span>, side: usize) -> Option<String> {
    let span = span?;
    let source = frame.sources.get(span.file);
    let (line, _) = source.position(span.start as usize);
    Some(format!("{}{}:{line}", frame.prefixes[side], source.name))
}

/// 结论 纳入评价管理
pub fn item(it: &Item, lang: Lang) -> String {
    format!("{} {}", kind(it.kind, lang), it.name).trim_end().to_owned()
}

/// 结论, 入选 …
pub fn kind(it: Kind, lang: Lang) -> &'static str {
    match it {
        Kind::Conclusion => either(lang, "结论", "conclusion"),
        Kind::Selected => either(lang, "入选", "selected by"),
        Kind::Passed => either(lang, "合格", "passed"),
        Kind::Rank => either(lang, "名次", "rank"),
        Kind::Score => either(lang, "得分", "score"),
        Kind::Grade => either(lang, "等次", "grade"),
        Kind::Criterion => either(lang, "条件", "criterion"),
        Kind::Indicator => either(lang, "指标", "indicator"),
        Kind::Finding => either(lang, "数据中发现的问题", "found in the data"),
    }
}

/// What an item comes to.
pub fn value(diff: &Difference, of: &Item, it: &Value, lang: Lang) -> String {
    match it {
        Value::Verdict(truth, soft) => truth_words(*truth, *soft, of.kind, lang),
        Value::Words(names, foreign, na, error) => {
            let mut parts: Vec<String> = names.iter().flatten().cloned().collect();
            match foreign {
                Foreign::One(text) => parts.push(text.to_string()),
                Foreign::Any => parts.push(either(lang, "其他", "another").to_owned()),
                Foreign::No => {}
            }
            if names.is_none() {
                parts.push(either(lang, "任何一项", "any of them").to_owned());
            }
            parts.extend(na.then(|| verdict(crate::ir::Verdict::NotApplicable, lang).to_owned()));
            parts.extend(error.then(|| either(lang, "有错误", "in error").to_owned()));
            parts.join(either(lang, " 或 ", " or "))
        }
        Value::Findings(found) => match (found.len(), lang) {
            (0, _) => either(lang, "没有", "none").to_owned(),
            (1, _) => found[0].clone(),
            (count, Lang::Zh) => format!("{count} 处：{}", found.join("；")),
            (count, Lang::En) => format!("{count}: {}", found.join("; ")),
        },
        Value::Set(set) => {
            let style = diff.new.style(of);
            let ty = diff.new.node(of).map(|it| diff.new.program.node(it).ty);
            let shown = explain::show::Style {
                unit: style.unit.as_ref(),
                places: style.places,
                rounded: style.places.is_some(),
                span: None,
            };
            let text = ty.map(|ty| explain::show::set_text(&diff.new.program, ty, set, shown));
            let text = text.unwrap_or_default().get(lang).to_owned();
            match (of.kind, lang) {
                (Kind::Rank, Lang::Zh) if set.is_settled() || !set.may_be_na() => ranked(&text),
                _ => text,
            }
        }
    }
}

/// 第 3 名; 第 1 至 12 名，或有错误; what is no number stays as it is.
fn ranked(text: &str) -> String {
    let (number, rest) = text.split_once('，').map_or((text, None), |it| (it.0, Some(it.1)));
    let number = match number.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("第 {number} 名"),
        false => number.to_owned(),
    };
    rest.map_or(number.clone(), |rest| format!("{number}，{rest}"))
}

fn truth_words(truth: Truth, soft: bool, kind: Kind, lang: Lang) -> String {
    let own = match (kind, truth) {
        (Kind::Selected, Truth::TRUE) => Some(("入选", "selected")),
        (Kind::Selected, Truth::FALSE) => Some(("未入选", "not selected")),
        (Kind::Passed, Truth::TRUE) => Some(("合格", "passed")),
        (Kind::Passed, Truth::FALSE) => Some(("不合格", "not passed")),
        _ => None,
    };
    if let Some((zh, en)) = own {
        return either(lang, zh, en).to_owned();
    }
    let word = verdict(explain::verdict(truth), lang);
    match (soft && truth == Truth::FALSE, lang) {
        (true, Lang::Zh) => format!("{word}（提示）"),
        (true, Lang::En) => format!("{word} (a departure)"),
        (false, _) if kind == Kind::Selected => word.to_owned(),
        (false, _) if !truth.is_settled() && truth != Truth::ERROR => {
            let one = |it: Truth| match it {
                Truth::ERROR => either(lang, "有错误", "in error").to_owned(),
                it => truth_words(it, false, kind, lang),
            };
            let parts: Vec<String> = truth.outcomes().map(one).collect();
            match lang {
                Lang::Zh => format!("{word}（{}）", parts.join(" 或 ")),
                Lang::En => format!("{word} ({})", parts.join(" or ")),
            }
        }
        (false, _) => word.to_owned(),
    }
}

/// 改动 1; 改动 2 与 3 一起
pub fn cause(diff: &Difference, it: &Cause, lang: Lang) -> String {
    let numbers = |set: &Numbers| {
        let leads = diff.leads(set);
        let names: Vec<String> = leads.iter().map(|it| number(*it)).collect();
        let rest: Vec<String> =
            set.iter().filter(|it| !leads.contains(it)).map(|it| number(*it)).collect();
        let named = list(&names, lang);
        match (rest.is_empty(), lang) {
            (true, _) => named,
            (false, Lang::Zh) => format!("{named}（连同它离不开的 {}）", list(&rest, lang)),
            (false, Lang::En) => format!("{named} (with {}, which it needs)", list(&rest, lang)),
        }
    };
    let word = either(lang, "改动 ", "edit ");
    match it {
        Cause::Each(sets) if sets.len() == 1 => format!("{word}{}", numbers(&sets[0])),
        Cause::Each(sets) => {
            let each: Vec<String> =
                sets.iter().map(|it| format!("{word}{}", numbers(it))).collect();
            match lang {
                Lang::Zh => format!("{}，其中任一都足以", each.join("、")),
                Lang::En => format!("{}, each of them enough", each.join(", ")),
            }
        }
        Cause::Joint(set) => match lang {
            Lang::Zh => format!("改动 {} 共同", numbers(set)),
            Lang::En => format!("edits {} jointly", numbers(set)),
        },
        Cause::Together(set) => match lang {
            Lang::Zh => format!("改动 {} 一起（更小的组合没有一一试过）", numbers(set)),
            Lang::En => {
                format!("edits {} together (not every smaller set was tried)", numbers(set))
            }
        },
    }
}

/// The number of an edit as it is shown.
pub fn number(edit: usize) -> String {
    (edit + 1).to_string()
}

/// How another name was found to be one.
pub fn matched(edit: &Edit, lang: Lang) -> Option<String> {
    let inner = matches!(edit.word.en.as_str(), "field" | "word");
    let (zh, en) = match inner {
        true => (
            "规则用到旧名的地方现在都用新名，认作同一个",
            "where the rules said the old name they say the new one: taken for the same",
        ),
        false => (
            "新名的条目内容相同或大半相同，认作同一项",
            "the item of the new name says all or most of the same: taken for the same",
        ),
    };
    (edit.change == Change::Renamed).then(|| either(lang, zh, en).to_owned())
}

/// The members of a list file that came, went or changed.
pub fn members(edit: &Edit, lang: Lang) -> Option<String> {
    const NAMED: usize = 6;
    if edit.members.is_empty() {
        return None;
    }
    let named = |it: &(Change, String)| format!("{} {}", change(it.0, lang), it.1);
    let names: Vec<String> = edit.members.iter().take(NAMED).map(named).collect();
    let all = edit.members.len();
    Some(match (all > NAMED, lang) {
        (false, _) => list(&names, lang),
        (true, Lang::Zh) => format!("{} 等 {all} 项", list(&names, lang)),
        (true, Lang::En) => format!("{} and {} more", list(&names, lang), all - NAMED),
    })
}

/// What an item comes to, what is only possible left out.
pub fn brief(diff: &Difference, of: &Item, it: &Value, lang: Lang) -> String {
    match it {
        Value::Verdict(truth, soft) if !truth.is_settled() => {
            truth_words(Truth::ERROR, *soft, of.kind, lang)
        }
        Value::Words(names, foreign, na, error)
            if names.as_ref().is_none_or(|it| {
                it.len()
                    + usize::from(*foreign != Foreign::No)
                    + usize::from(*na)
                    + usize::from(*error)
                    > 1
            }) =>
        {
            verdict(crate::ir::Verdict::Undetermined, lang).to_owned()
        }
        it => value(diff, of, it, lang),
    }
}

/// 例（造的）：以 JQ01 为底，规划止 = 2025-01-01：条件 建设规划 符合 → 不符合
pub fn witness(diff: &Difference, edit: usize, lang: Lang) -> Option<String> {
    const SHOWN: usize = 4;
    let (found, tried) = diff.witnesses.get(&edit)?;
    let Some(it) = found else {
        return Some(match lang {
            Lang::Zh => format!("试了 {tried} 个造出来的例子，没有找到会因它不同的；这不证明没有"),
            Lang::En => {
                format!(
                    "of {tried} made-up cases none was found that it changes; that proves nothing"
                )
            }
        });
    };
    let changes: Vec<String> = it
        .changes
        .iter()
        .map(|(field, text)| match text.is_empty() {
            true => format!("{field} {}", either(lang, "不填", "left blank")),
            false => format!("{field} = {text}"),
        })
        .collect();
    let effects = it.effects.iter().take(SHOWN).map(|(of, a, b)| {
        format!("{} {} → {}", item(of, lang), value(diff, of, a, lang), value(diff, of, b, lang))
    });
    let effects: Vec<String> = effects.collect();
    let start = match (&it.start, lang) {
        (Some(id), Lang::Zh) => format!("以 {id} 为底"),
        (Some(id), Lang::En) => format!("{id} with"),
        (None, Lang::Zh) => "从空白起".to_owned(),
        (None, Lang::En) => "a blank case with".to_owned(),
    };
    let mut changes = match (changes.is_empty(), it.twins) {
        (true, 0) => vec![either(lang, "只有它一例", "alone").to_owned()],
        (true, _) => vec![],
        (false, _) => changes,
    };
    changes.extend((it.twins > 0).then(|| match lang {
        Lang::Zh => format!("另有与底例相同的 {} 例", it.twins),
        Lang::En => format!("beside {} unchanged copies", it.twins),
    }));
    let (changes, effects) = (list(&changes, lang), effects.join(either(lang, "；", "; ")));
    Some(match lang {
        Lang::Zh => format!("造一个例子：{start}，{changes}：{effects}"),
        Lang::En => format!("made up: {start} {changes}: {effects}"),
    })
}
