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
use crate::difference::show::near;
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
    Reasons { of, near: near::near(diff, &bounds, lang) }
}

fn round<'a>(figures: &'a Figures, sources: &'a Sources) -> Round<'a> {
    Round::new(&figures.program, sources, &figures.facts, &figures.run, Extent::Verdicts)
}

/// A number of a bound in its unit, or a day.
pub fn shown(
    diff: &Difference,
    bounds: &Bounds,
    it: &Moved,
    number: &Number,
    lang: Lang,
) -> String {
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

/// 规划止 = 2023-12-31，界限 = 2023-12-31 → = 2024-12-31
fn moved(diff: &Difference, bounds: &Bounds, effect: &Effect, lang: Lang) -> Vec<String> {
    let mut lines = vec![];
    for it in bounds.moved.iter().filter(|it| it.item == effect.item) {
        let Some(at) = bounds.standing(it, &diff.old, &diff.new, &effect.case) else { continue };
        let turns = at.turns(it.ops);
        let same_bound = at.bounds[0] == at.bounds[1] && it.ops[0] == it.ops[1];
        // Of a table only the lines that the case crosses; of another item a bound that moved, too.
        if !turns && (same_bound || effect.item.kind == Kind::Grade) {
            continue;
        }
        let values = at.values.each_ref().map(|number| shown(diff, bounds, it, number, lang));
        lines.push(format!(
            "{}{}{} = {}{}",
            it.item.name,
            either(lang, "：", ": "),
            it.subject,
            arrow(&values),
            bound(diff, bounds, it, &at, lang)
        ));
    }
    lines
}

/// “3 → 4”; once where both are the same.
pub fn arrow(both: &[String; 2]) -> String {
    if both[0] == both[1] { both[0].clone() } else { both.join(" → ") }
}

/// ，界限 ≥ 6 家 → ≥ 5 家
pub fn bound(diff: &Difference, bounds: &Bounds, it: &Moved, at: &Standing, lang: Lang) -> String {
    let one = |side: usize| {
        format!("{} {}", op(it.ops[side]), shown(diff, bounds, it, &at.bounds[side], lang))
    };
    format!("{}{}", either(lang, "，界限 ", ", bound "), arrow(&[one(0), one(1)]))
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

/// What an edit cannot do without.
pub fn needs(diff: &Difference, edit: usize, lang: Lang) -> Option<String> {
    let trial = diff.trials.get(&edit)?;
    let others: Vec<String> =
        trial.with.iter().filter(|it| **it != edit).map(|it| words::number(*it)).collect();
    if others.is_empty() {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!("单独采用时规则有错，要连同改动 {}", others.join("、")),
        Lang::En => {
            format!("by itself the rules would not check; it goes with edit {}", others.join(", "))
        }
    })
}
