//! Outcomes as people read them: numbers in their unit, days, members with their chain, intervals.

use crate::analysis::At;
use crate::diagnostic::Text;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::unit_of;
use crate::ir::DurationUnit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::OtherReading;
use crate::ir::Program;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::value::DateHull;
use crate::value::End;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::Unit;
use crate::value::UnitKind;
use crate::value::day;

/// More decimal places than this are not shown.
const PLACES: u32 = 6;
/// Decimal places of a number that no number of places writes exactly.
const ROUNDED: u32 = 2;
/// Members listed before the rest is counted.
const LISTED: usize = 3;

/// How numbers are shown: the unit, and the places where the rule says so.
#[derive(Clone, Copy, Default)]
pub struct Style<'a> {
    /// The unit.
    pub unit: Option<&'a Unit>,
    /// Decimal places.
    pub places: Option<u32>,
    /// 显示 n 位小数 says that the number is rounded, so that 约 need not.
    pub rounded: bool,
    /// A span of time.
    pub span: Option<DurationUnit>,
}

impl Style<'_> {
    /// The places an end of a span is shown with: as the rule says, else all or few.
    fn ended(self, end: &End) -> Self {
        let exact = in_unit(&end.at, self.unit).decimal_places().filter(|it| *it <= PLACES);
        Style { places: self.places.or(exact).or(Some(ROUNDED)), ..self }
    }
}

/// How a node's numbers are shown.
pub fn style<'s>(scene: &'s Scene, node: NodeId) -> Style<'s> {
    let program = scene.case.program;
    let indicator = program.indicator_at(node);
    let span = match program.node(node).ty {
        Ty::Duration(unit) => Some(unit),
        _ => None,
    };
    let unit = indicator.and_then(|it| it.unit.as_ref()).or_else(|| unit_of(scene, node));
    let places = indicator.and_then(|it| it.show);
    Style { unit, places, rounded: places.is_some(), span }
}

/// How the numbers of another reading are shown.
pub fn style_of_reading<'s>(scene: &'s Scene, it: &'s OtherReading) -> Style<'s> {
    let own = style(scene, it.node);
    let unit = it.unit.as_ref().or(own.unit);
    Style { unit, places: it.show, rounded: it.show.is_some(), ..own }
}

/// Whether a number is a root that no fraction is, rounded to 30 digits.
pub fn is_rounded(scene: &Scene, node: NodeId, number: &Number) -> bool {
    const PLACES_OF_CELLS: u32 = 18;
    let root = matches!(scene.kind(node), NodeKind::MeanGrowth { .. } | NodeKind::Root { .. });
    root && number.decimal_places().is_some_and(|it| it > PLACES_OF_CELLS)
}

/// The value of a node, or what it may be.
pub fn value(scene: &Scene, at: At) -> Text {
    value_in(scene, at, style(scene, at.node))
}

/// The value of a node in a style of its reader's choice.
pub fn value_in(scene: &Scene, at: At, style: Style) -> Text {
    match scene.case.set(at) {
        Some(set) => set_text(scene.case.program, scene.case.program.node(at.node).ty, &set, style),
        None => Text::new("未计算", "not computed"),
    }
}

/// Any set of outcomes.
pub fn set_text(program: &Program, ty: Ty, set: &Set, style: Style) -> Text {
    match set {
        Set::Truth(truth) => truth_text(*truth),
        Set::Number(set) => possible(set, |hull| hull_text(hull, style)),
        Set::Date(set) => match ty {
            Ty::Period(kind) => possible(set, |hull| period_text(kind, hull)),
            _ => possible(set, date_text),
        },
        Set::Member(set) => match ty {
            Ty::Member(vocabulary) => {
                possible(set, |members| members_text(program, vocabulary, members))
            }
            _ => possible(set, |_| unknown()),
        },
        Set::Text(set) => possible(set, |text| match text {
            TextSet::One(text) => Text::new(format!("“{text}”"), format!("“{text}”")),
            TextSet::Any => unknown(),
        }),
    }
}

fn unknown() -> Text {
    Text::new("未知", "not known")
}

/// 是, 否 …
pub fn truth_text(truth: Truth) -> Text {
    match truth {
        Truth::TRUE => Text::new("是", "yes"),
        Truth::FALSE => Text::new("否", "no"),
        Truth::NOT_APPLICABLE => Text::new("不适用", "not applicable"),
        Truth::ERROR => Text::new("有错误", "in error"),
        _ => Text::new("未定", "not decided"),
    }
}

fn possible<S>(set: &Possible<S>, show: impl FnOnce(&S) -> Text) -> Text {
    let mut parts: Vec<Text> = set.values.as_ref().map(show).into_iter().collect();
    if set.na {
        parts.push(Text::new("不适用", "not applicable"));
    }
    if set.error {
        parts.push(Text::new("有错误", "in error"));
    }
    joined(&parts, "，或", ", or ")
}

/// 不少于 100.00 亿元, 3 至 5 家. Ends are rounded outwards, so that what is shown holds all that is possible.
fn hull_text(hull: &Hull, style: Style) -> Text {
    if let Some(number) = hull.single() {
        return amount(number, style);
    }
    let show = |end: &End, down: bool| grouped(&outward(&end.at, style.ended(end), down));
    match (&hull.low, &hull.high) {
        (None, None) => unknown(),
        (Some(low), None) => {
            let it = with_unit(show(low, true), style);
            let (zh, en) =
                if low.closed { ("不少于", "at least") } else { ("多于", "more than") };
            Text::new(format!("{zh} {}", it.zh), format!("{en} {}", it.en))
        }
        (None, Some(high)) => {
            let it = with_unit(show(high, false), style);
            let (zh, en) =
                if high.closed { ("不超过", "at most") } else { ("少于", "less than") };
            Text::new(format!("{zh} {}", it.zh), format!("{en} {}", it.en))
        }
        (Some(low), Some(high)) => {
            let (low, high) = (show(low, true), show(high, false));
            let high = with_unit(high, style);
            // A word is said once, a sign stands with each number.
            let low = match style.unit.filter(|it| is_sign(it)) {
                Some(sign) => format!("{low}{sign}"),
                None => low,
            };
            Text::new(format!("{low} 至 {}", high.zh), format!("{low} to {}", high.en))
        }
    }
}

fn date_text(hull: &DateHull) -> Text {
    match (hull.low, hull.high) {
        (Some(low), Some(high)) if low == high => same(day::show(low)),
        (Some(low), Some(high)) => {
            let (a, b) = (day::show(low), day::show(high));
            Text::new(format!("{a} 至 {b}"), format!("{a} to {b}"))
        }
        (Some(low), None) => Text::new(
            format!("不早于 {}", day::show(low)),
            format!("not before {}", day::show(low)),
        ),
        (None, Some(high)) => Text::new(
            format!("不晚于 {}", day::show(high)),
            format!("not after {}", day::show(high)),
        ),
        (None, None) => unknown(),
    }
}

/// 2022年; 2021年 至 2022年
fn period_text(kind: PeriodKind, hull: &DateHull) -> Text {
    let (zh, en) = (|it| kind.show(it), |it| kind.show_short(it));
    match (hull.low, hull.high) {
        (Some(low), Some(high)) if low == high => Text::new(zh(low), en(low)),
        (Some(low), Some(high)) => Text::new(
            format!("{} 至 {}", zh(low), zh(high)),
            format!("{} to {}", en(low), en(high)),
        ),
        _ => unknown(),
    }
}

/// “先进钢铁材料”, or a few that are possible.
pub fn members_text(program: &Program, vocabulary: VocabularyId, set: &MemberSet) -> Text {
    let list = program.vocabulary(vocabulary);
    match (&set.members, &set.foreign) {
        (None, _) | (_, Foreign::Any) => unknown(),
        (Some(members), Foreign::One(text)) if members.is_empty() => same(format!("“{text}”")),
        (Some(members), _) => {
            let names: Vec<String> = members
                .iter()
                .take(LISTED)
                .map(|it| format!("“{}”", list.members[*it as usize].name))
                .collect();
            let all = members.len();
            match all > LISTED {
                true => Text::new(
                    format!("{}等 {all} 项之一", names.join("、")),
                    format!("one of {all}: {} …", names.join(", ")),
                ),
                false => Text::new(names.join("或"), names.join(" or ")),
            }
        }
    }
}

/// 战略性新兴产业 › 新材料产业 › 先进钢铁材料（第二层）
pub fn chain(program: &Program, vocabulary: VocabularyId, member: u32) -> Text {
    let list = program.vocabulary(vocabulary);
    let mut names = vec![];
    let mut next = Some(member);
    while let Some(at) = next {
        let it = &list.members[at as usize];
        names.push(it.name.to_string());
        next = it.parent;
    }
    names.push(list.name.clone());
    names.reverse();
    let way = names.join(" › ");
    if list.kind != VocabularyKind::Classification {
        return same(way);
    }
    let level = list.members[member as usize].level;
    Text::new(format!("{way}（第{}层）", han(level)), format!("{way} (level {level})"))
}

fn han(level: u32) -> String {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    digits.get(level as usize).map_or_else(|| level.to_string(), |it| (*it).to_owned())
}

/// A number with its unit: 48,112.50 万元; 3.27%; 5 个工作日; 约 0.33 where it is not exact.
pub fn amount(number: &Number, style: Style) -> Text {
    let (digits, exact) = digits(number, style);
    let shown = with_unit(digits, style);
    let (zh, en) =
        if exact || style.rounded || style.span.is_some() { ("", "") } else { ("约 ", "about ") };
    Text::new(format!("{zh}{}", shown.zh), format!("{en}{}", shown.en))
}

/// Digits and what they count.
fn with_unit(digits: String, style: Style) -> Text {
    if let Some(unit) = style.span {
        let (zh, en) = match unit {
            DurationUnit::Year => ("年", "years"),
            DurationUnit::Month => ("个月", "months"),
            DurationUnit::Day => ("日", "days"),
            DurationUnit::Workday => ("个工作日", "working days"),
        };
        return Text::new(format!("{digits} {zh}"), format!("{digits} {en}"));
    }
    same(match style.unit {
        None => digits,
        Some(unit) if is_sign(unit) => format!("{digits}{unit}"),
        Some(unit) => format!("{digits} {unit}"),
    })
}

/// What follows a number in a style: its unit, with a blank before it where it is a word.
pub fn unit_after(style: Style) -> String {
    with_unit(String::new(), style).zh
}

/// Whether a unit is a sign that stands close to its number: %, ‰.
fn is_sign(unit: &Unit) -> bool {
    unit.kind == UnitKind::Ratio && !unit.name.chars().any(char::is_alphabetic)
}

/// The digits of a number in its unit, grouped, and whether they say it exactly.
fn digits(number: &Number, style: Style) -> (String, bool) {
    let value = in_unit(number, style.unit);
    let exact = value.decimal_places();
    let places = style.places.or(exact.filter(|it| *it <= PLACES)).unwrap_or(ROUNDED);
    (grouped(&value.to_fixed(places)), exact.is_some_and(|it| it <= places))
}

/// The number in its unit.
pub fn in_unit(number: &Number, unit: Option<&Unit>) -> Number {
    match unit {
        Some(unit) => number.checked_div(&unit.factor).unwrap_or_else(|| number.clone()),
        None => number.clone(),
    }
}

/// The number without grouping, as tables and programs read it.
pub fn plain(number: &Number, style: Style) -> String {
    let value = in_unit(number, style.unit);
    let places = style.places.or_else(|| value.decimal_places().filter(|it| *it <= PLACES));
    value.to_fixed(places.unwrap_or(PLACES))
}

/// The end of an interval without grouping, rounded so that the interval shown holds the whole one.
pub fn outward(end: &Number, style: Style, down: bool) -> String {
    let value = in_unit(end, style.unit);
    let places = style
        .places
        .or_else(|| value.decimal_places().filter(|it| *it <= PLACES))
        .unwrap_or(PLACES);
    let grid = Number::scaled(1, places);
    let steps = value.checked_div(&grid).expect("a power of ten is not zero");
    let steps = if down { steps.floor() } else { steps.ceil() };
    steps.multiply(&grid).to_fixed(places)
}

/// As many places as it takes for the number to be seen on its side of the bound.
pub fn telling_places(number: &Number, bound: &Number, style: Style) -> Option<u32> {
    let (value, bound) = (in_unit(number, style.unit), in_unit(bound, style.unit));
    let start = style
        .places
        .or_else(|| value.decimal_places().filter(|it| *it <= PLACES))
        .unwrap_or(ROUNDED);
    let most = start + 2 * PLACES;
    (start..=most).find(|places| value.round(*places).cmp(&bound) == value.cmp(&bound))
}

/// Thousands parted by commas.
pub fn grouped(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("−", rest));
    let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if part.is_empty() { format!("{sign}{out}") } else { format!("{sign}{out}.{part}") }
}
