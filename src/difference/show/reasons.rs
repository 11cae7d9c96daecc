//! Why a case changes, from the explanations of both versions: bounds that moved, opinions, parts of scores. Nothing is laid out.

use crate::diagnostic::Lang;
use crate::diagnostic::Text;
use crate::difference::Difference;
use crate::difference::Effect;
use crate::difference::bounds;
use crate::difference::bounds::Bounds;
use crate::difference::bounds::Moved;
use crate::difference::bounds::Standing;
use crate::difference::figures::CaseKey;
use crate::difference::figures::Figures;
use crate::difference::figures::Kind;
use crate::difference::figures::Value;
use crate::difference::show::Frame;
use crate::difference::show::words;
use crate::explain::CaseAccount;
use crate::explain::Extent;
use crate::explain::PartAccount;
use crate::explain::Round;
use crate::explain::show;
use crate::ir::Comparison;
use crate::ir::Ty;
use crate::report::words::either;
use crate::source::Sources;
use crate::value::Number;
use crate::value::Truth;
use crate::value::day;
use std::collections::BTreeMap;

/// Cases close to a bound that are named for each bound.
const NEAR: usize = 8;

/// What the explanations say.
pub struct Reasons {
    /// Of each case that changes, line by line.
    pub of: BTreeMap<CaseKey, Vec<String>>,
    /// The cases whose outcome stays and that are close to a bound that moved.
    pub near: Vec<String>,
}

/// Looks at the first so many cases that change, and at all that stay.
pub fn reasons(frame: &Frame, cases: usize, lang: Lang) -> Reasons {
    let diff = frame.difference;
    let bounds = bounds::bounds(&diff.old, &diff.new, frame.sources);
    let rounds = [&diff.old, &diff.new].map(|it| round(it, frame.sources));
    let mut of = BTreeMap::new();
    for (case, effects) in diff.changed().into_iter().take(cases) {
        let account = |round: &Round, figures: &Figures| {
            figures.cases.get(case).map(|(table, row)| round.account(*table, *row))
        };
        let both = (account(&rounds[0], &diff.old), account(&rounds[1], &diff.new));
        let mut lines = vec![];
        for effect in &effects {
            lines.extend(moved(diff, &bounds, effect, lang));
            if let (Some(old), Some(new)) = &both {
                lines.extend(said(diff, effect, old, new, lang));
            }
        }
        of.insert(case.clone(), lines);
    }
    Reasons { of, near: near(diff, &bounds, lang) }
}

fn round<'a>(figures: &'a Figures, sources: &'a Sources) -> Round<'a> {
    Round::new(&figures.program, sources, &figures.facts, &figures.run, Extent::Verdicts)
}

/// A number of a bound in its unit, or a day.
fn shown(diff: &Difference, bounds: &Bounds, it: &Moved, number: &Number, lang: Lang) -> String {
    let node = diff.new.program.node(bounds.node(it));
    if node.ty == Ty::Date {
        return number
            .to_i64()
            .and_then(|it| i32::try_from(it).ok())
            .map(day::show)
            .unwrap_or_default();
    }
    let style = show::Style { unit: node.unit.as_ref(), ..show::Style::default() };
    show::amount(number, style).get(lang).to_owned()
}

fn op(it: Comparison) -> &'static str {
    match it {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::AtLeast => "≥",
        Comparison::AtMost => "≤",
        Comparison::Above => ">",
        Comparison::Below => "<",
    }
}

/// 规划止 2023-12-31：应 = 2023-12-31 → = 2024-12-31
fn moved(diff: &Difference, bounds: &Bounds, effect: &Effect, lang: Lang) -> Vec<String> {
    let mut lines = vec![];
    for it in bounds.moved.iter().filter(|it| it.item == effect.item) {
        let Some(at) = bounds.standing(it, &diff.old, &diff.new, &effect.case) else { continue };
        if at.old == at.new && it.ops[0] == it.ops[1] {
            continue;
        }
        // Of a table, only the lines that the value lies between.
        let between = |a: &Number, b: &Number| {
            (*a <= at.value && at.value <= *b) || (*b <= at.value && at.value <= *a)
        };
        if effect.item.kind == Kind::Grade && !between(&at.old, &at.new) {
            continue;
        }
        let [value, old, new] =
            [&at.value, &at.old, &at.new].map(|number| shown(diff, bounds, it, number, lang));
        lines.push(format!(
            "{}{}{} = {value}{}{} {old} → {} {new}",
            it.item.name,
            either(lang, "：", ": "),
            it.subject,
            either(lang, "，界限 ", ", bound "),
            op(it.ops[0]),
            op(it.ops[1])
        ));
    }
    lines
}

/// What the opinions of both versions say of an effect.
fn said(
    diff: &Difference,
    effect: &Effect,
    old: &CaseAccount,
    new: &CaseAccount,
    lang: Lang,
) -> Vec<String> {
    match effect.item.kind {
        Kind::Criterion => {
            let fails = |value: &Value| matches!(value, Value::Verdict(it, _) if *it != Truth::TRUE && *it != Truth::NOT_APPLICABLE);
            let message = |figures: &Figures, account: &CaseAccount| {
                account.criteria.iter().find_map(|it| {
                    let rule = figures.program.criterion(it.criterion);
                    let named = Some(it.criterion)
                        .filter(|_| diff.is_called(&rule.head.name, &effect.item.name));
                    named.map(|_| (rule.head.articles.join("、"), it.message.clone()))
                })
            };
            let line = |said: Option<(String, Text)>, word: &str| {
                said.map(|(articles, text)| format!("{word}{articles} {}", text.get(lang)))
            };
            let after = line(message(&diff.new, new), either(lang, "现：", "now: "));
            let before = line(message(&diff.old, old), either(lang, "原：", "before: "));
            match (fails(&effect.before), fails(&effect.after)) {
                (true, true) if before != after => before.into_iter().chain(after).collect(),
                (_, true) => after.into_iter().collect(),
                (true, false) => before.into_iter().collect(),
                (false, false) => vec![],
            }
        }
        Kind::Score => parts(diff, effect, old, new, lang),
        _ => vec![],
    }
}

/// The parts of a score that give other points: 创新能力 31.20 → 28.10
fn parts(
    diff: &Difference,
    effect: &Effect,
    old: &CaseAccount,
    new: &CaseAccount,
    lang: Lang,
) -> Vec<String> {
    let read = |figures: &Figures, account: &CaseAccount| -> Vec<(String, String, String)> {
        let score = account.scores.iter().find(|it| {
            diff.is_called(&figures.program.score(it.score).head.name, &effect.item.name)
        });
        let mut lines = vec![];
        score.into_iter().for_each(|it| leaves(&it.parts, lang, &mut lines));
        lines
    };
    let (before, after) = (read(&diff.old, old), read(&diff.new, new));
    let mut lines = vec![];
    for (name, points, weight) in &before {
        match after.iter().find(|it| it.0 == *name) {
            Some((_, now, weight_now)) if points != now || weight != weight_now => {
                let weights = match weight == weight_now {
                    true => String::new(),
                    false => {
                        format!("{}{weight} → {weight_now}", either(lang, "，权重 ", ", weight "))
                    }
                };
                lines.push(format!("{name} {points} → {now}{weights}"));
            }
            Some(_) => {}
            None => lines.push(format!("{name} {points} → {}", either(lang, "没有了", "gone"))),
        }
    }
    let came = after.iter().filter(|it| !before.iter().any(|old| old.0 == it.0));
    lines.extend(
        came.map(|it| format!("{} {} → {}", it.0, either(lang, "原来没有", "not there"), it.1)),
    );
    match lines.is_empty() {
        true => vec![],
        false => vec![format!(
            "{}{}{}",
            effect.item.name,
            either(lang, "：", ": "),
            lines.join(either(lang, "；", "; "))
        )],
    }
}

/// The parts that have no parts: name, what they add, their share of the total.
fn leaves(parts: &[PartAccount], lang: Lang, into: &mut Vec<(String, String, String)>) {
    for it in parts {
        match it.parts.is_empty() {
            true => into.push((
                it.name.clone(),
                it.contribution_shown.get(lang).to_owned(),
                it.share_shown.as_ref().map_or_else(String::new, |it| it.get(lang).to_owned()),
            )),
            false => leaves(&it.parts, lang, into),
        }
    }
}

/// The cases whose item stays what it is and that are no farther from the new bound than the bound moved.
fn near(diff: &Difference, bounds: &Bounds, lang: Lang) -> Vec<String> {
    let mut lines = vec![];
    for it in &bounds.moved {
        let mut close: Vec<(Number, &CaseKey, Standing)> = vec![];
        for case in diff.new.cases.keys().filter(|at| at.table == it.item.table) {
            let Some(at) = bounds.standing(it, &diff.old, &diff.new, case) else { continue };
            let stays = diff.old.value(&it.item, case) == diff.new.value(&it.item, case);
            let (far, step) = (at.value.subtract(&at.new).abs(), at.new.subtract(&at.old).abs());
            if stays && far <= step && (!step.is_zero() || it.ops[0] != it.ops[1]) {
                close.push((far, case, at));
            }
        }
        if close.is_empty() {
            continue;
        }
        close.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        let name = |(far, case, at): &(Number, &CaseKey, Standing)| {
            let amount = |number: &Number| shown(diff, bounds, it, number, lang);
            let date = diff.new.program.node(bounds.node(it)).ty == Ty::Date;
            let far = match (date, lang) {
                (true, Lang::Zh) => format!("{far} 天"),
                (true, Lang::En) => format!("{far} days"),
                (false, _) => amount(far),
            };
            let side = match at.value.cmp(&at.new) {
                std::cmp::Ordering::Less => either(lang, "低 ", "below by "),
                std::cmp::Ordering::Equal => either(lang, "恰在界上", "exactly on it"),
                std::cmp::Ordering::Greater => either(lang, "高 ", "above by "),
            };
            let far = if at.value == at.new { String::new() } else { far };
            format!("{}（{}，{side}{far}）", diff.name_of(case), amount(&at.value))
        };
        let names: Vec<String> = close.iter().take(NEAR).map(name).collect();
        let rest = match close.len() > NEAR {
            true => format!("{} {}", either(lang, " 等", " of"), close.len()),
            false => String::new(),
        };
        let first = &close[0].2;
        let bound = [&first.old, &first.new].map(|number| shown(diff, bounds, it, number, lang));
        lines.push(format!(
            "{}{}{}{}{} {} → {} {}{}{}{rest}",
            it.item.name,
            either(lang, "：", ": "),
            it.subject,
            either(lang, "，界限 ", ", bound "),
            op(it.ops[0]),
            bound[0],
            op(it.ops[1]),
            bound[1],
            either(lang, "；未变而接近的：", "; unchanged and close: "),
            names.join(either(lang, "、", ", "))
        ));
    }
    lines
}

/// What an edit cannot do without.
pub fn needs(diff: &Difference, edit: usize, lang: Lang) -> Option<String> {
    let trial = diff.trials.get(&edit)?;
    let others: Vec<String> =
        trial.with.iter().filter(|it| **it != edit).map(|it| words::number(*it)).collect();
    if others.is_empty() {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!("不能单独采用，要连同改动 {}", others.join("、")),
        Lang::En => format!("cannot be taken by itself; it goes with edit {}", others.join(", ")),
    })
}
