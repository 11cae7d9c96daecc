//! The words of coverage in both languages.

use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::suite::coverage::Aspect;
use crate::suite::coverage::Excluded;
use crate::suite::coverage::Item;
use crate::suite::coverage::ItemKind;
use crate::suite::coverage::Point;
use crate::suite::coverage::PointKind;

/// The word of a kind of rule.
pub fn item_kind(it: ItemKind, lang: Lang) -> &'static str {
    match it {
        ItemKind::Policy => either(lang, "政策", "policy"),
        ItemKind::Criterion => either(lang, "条件", "criterion"),
        ItemKind::Indicator => either(lang, "指标", "indicator"),
        ItemKind::Table => either(lang, "表", "table"),
        ItemKind::Score => either(lang, "评分", "score"),
        ItemKind::Parameter => either(lang, "参数", "parameter"),
        ItemKind::Conclusion => either(lang, "结论", "conclusion"),
    }
}

/// The word of a kind of point.
pub fn point_kind(it: PointKind, lang: Lang) -> &'static str {
    match it {
        PointKind::Whole => either(lang, "整条", "the rule"),
        PointKind::InForce => either(lang, "施行", "in force"),
        PointKind::Condition => either(lang, "条件", "condition"),
        PointKind::OfRows => either(lang, "各行的条件", "condition of rows"),
        PointKind::Veto => either(lang, "一票否决", "veto"),
        PointKind::Exception => either(lang, "例外", "exception"),
        PointKind::Row => either(lang, "表的行", "row of the table"),
        PointKind::Bound | PointKind::DayBound => either(lang, "界限", "bound"),
        PointKind::Part => either(lang, "分项", "part"),
        PointKind::Bonus => either(lang, "加分", "bonus"),
        PointKind::Deduction => either(lang, "扣分", "deduction"),
        PointKind::Rank => either(lang, "排名", "rank"),
        PointKind::Selected => either(lang, "入选", "selection"),
    }
}

/// The word of a way to come out: of a rule as verdicts have it, of a condition as sentences have it.
pub fn aspect(it: Aspect, of: PointKind, lang: Lang) -> &'static str {
    let rule = of == PointKind::Whole;
    let days = of == PointKind::DayBound;
    match it {
        Aspect::Met if rule => either(lang, "符合", "met"),
        Aspect::Met => either(lang, "成立", "holds"),
        Aspect::NotMet if rule => either(lang, "不符合", "not met"),
        Aspect::NotMet => either(lang, "不成立", "does not hold"),
        Aspect::Unknown if rule => either(lang, "无法判定", "undetermined"),
        Aspect::Unknown => either(lang, "未知", "unknown"),
        Aspect::NotApplicable => either(lang, "不适用", "not applicable"),
        Aspect::Decisive => either(lang, "起决定作用", "decisive"),
        Aspect::Hit => either(lang, "命中", "hit"),
        Aspect::Below if days => either(lang, "早于", "before"),
        Aspect::Below => either(lang, "低于", "below"),
        Aspect::At if days => either(lang, "当日", "on the day"),
        Aspect::At => either(lang, "正好", "exactly on it"),
        Aspect::Above if days => either(lang, "晚于", "after"),
        Aspect::Above => either(lang, "高于", "above"),
        Aspect::Taken => either(lang, "用到", "taken"),
        Aspect::NotTaken => either(lang, "没用到", "not taken"),
        Aspect::Known => either(lang, "有值", "known"),
        Aspect::Given => either(lang, "有分", "points"),
        Aspect::NotGiven => either(lang, "零分", "no points"),
        Aspect::Sole => either(lang, "独占名次", "alone in its rank"),
        Aspect::Tied => either(lang, "并列", "tied"),
    }
}

/// Why a way to come out does not count.
pub fn excluded(it: Excluded, lang: Lang) -> &'static str {
    match it {
        Excluded::Ranges => either(
            lang,
            "字段的取值范围里没有（各格都空着时，可能的结果里也没有它）",
            "the fields' ranges rule it out: it is not possible even with every cell blank",
        ),
        Excluded::NeverNotApplicable => {
            either(lang, "所用的各项都不会不适用", "nothing it uses can be not applicable")
        }
        Excluded::NeverOpen => {
            either(lang, "所用的各项都不会未知", "nothing it uses can be unknown")
        }
        Excluded::Unused => either(lang, "别的规则不用它", "no other rule uses it"),
    }
}

/// 第三条 条件 研发投入
pub fn title(it: &Item, lang: Lang) -> String {
    let articles = it.articles.join(either(lang, "、", ", "));
    let parts = [articles.as_str(), item_kind(it.kind, lang), &it.name];
    let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(" ")
}

/// How a point is called: its text, told apart by its label.
pub fn name(it: &Point, lang: Lang) -> String {
    let text = match it.kind {
        PointKind::Whole => return either(lang, "整条", "the rule").to_owned(),
        PointKind::Row => it.text.trim_matches('|').trim(),
        // Its row of the table of weights says more than what is looked at.
        PointKind::Part => it.label.as_deref().unwrap_or(&it.text),
        _ => it.text.trim_start_matches(['-', '—', '–', ' ']),
    };
    let kind = match it.kind {
        PointKind::InForce if text.starts_with("施行") || text.starts_with("effective") => "",
        kind if text.starts_with(point_kind(kind, lang)) => "",
        kind => point_kind(kind, lang),
    };
    // The label of a line of a list stands before its text anyway.
    match it.label.as_ref().filter(|label| !text.starts_with(label.as_str())) {
        Some(label) => format!("{kind} {text}（{label}）").trim().to_owned(),
        None => format!("{kind} {text}").trim().to_owned(),
    }
}
