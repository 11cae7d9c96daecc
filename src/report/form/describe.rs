//! What is wanted in a column, in words: type, range, blanks, and how it is written. Which rules use it is told elsewhere.

use crate::diagnostic::Text;
use crate::ir::Domain;
use crate::ir::DurationUnit;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyKind;
use crate::report::form::plan::FormColumn;
use crate::report::form::plan::is_key;
use crate::report::form::plan::is_percent;
use crate::value::DateHull;
use crate::value::Hull;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Unit;
use crate::value::day;

/// More words than this are not listed in a sentence.
const WORDS: usize = 12;

/// What a cell of a column holds.
pub fn kind(program: &Program, column: &FormColumn<'_>) -> Text {
    match column {
        FormColumn::Link(parent) => link(program, *parent),
        FormColumn::Field(_, field) => match &field.kind {
            FieldKind::Scalar { ty, unit, domain } => {
                scalar(program, field, (*ty, unit.as_ref(), domain))
            }
            FieldKind::Rows { .. } => Text::default(),
        },
    }
}

fn link(program: &Program, parent: TableId) -> Text {
    let table = program.table(parent);
    match table.key.map(|it| &table.fields[it as usize].name) {
        Some(key) => Text::new(
            format!("所属：填“{}”表中那一行的“{key}”", table.name),
            format!("the row it belongs to: the {key} of a row of {}", table.name),
        ),
        None => Text::new(
            format!("所属：填“{}”表中那一行的序号，第一行为 1", table.name),
            format!("the row it belongs to: its place in {}, the first row being 1", table.name),
        ),
    }
}

fn scalar(
    program: &Program,
    field: &Field,
    (ty, unit, domain): (Ty, Option<&Unit>, &Domain),
) -> Text {
    match ty {
        Ty::Truth => Text::new("填“是”或“否”", "是 (yes) or 否 (no)"),
        Ty::Number(_) if is_percent(field) => {
            let unit = unit.map_or("%", |it| &it.name);
            Text::new(
                format!("比率，单位 {unit}：百分之六在单位为 % 时填 6，也可写 6%"),
                format!("a ratio in {unit}: in % six per cent is 6, or 6% with its sign"),
            )
        }
        Ty::Number(_) => {
            let whole = matches!(domain, Domain::Numbers { whole: true, .. });
            let (zh, en) = if whole { ("整数", "a whole number") } else { ("数", "a number") };
            match unit {
                Some(unit) => Text::new(
                    format!("{zh}，单位 {unit}，格内只填数"),
                    format!("{en} in {unit}, digits only"),
                ),
                None => Text::new(zh, en),
            }
        }
        Ty::Duration(unit) => {
            let (zh, en) = match unit {
                DurationUnit::Year => ("年", "years"),
                DurationUnit::Month => ("个月", "months"),
                DurationUnit::Day => ("日", "days"),
                DurationUnit::Workday => ("个工作日", "working days"),
            };
            Text::new(format!("整数，单位 {zh}"), format!("a whole number of {en}"))
        }
        Ty::Date => Text::new("日期，如 2021-03-15", "a date such as 2021-03-15"),
        Ty::Period(PeriodKind::Year) => Text::new("年度，如 2023", "a year such as 2023"),
        Ty::Period(PeriodKind::Quarter) => Text::new("季度，如 2023Q3", "a quarter such as 2023Q3"),
        Ty::Period(PeriodKind::Month) => Text::new("月份，如 2023-08", "a month such as 2023-08"),
        Ty::Text | Ty::NotApplicable => Text::new("文字", "text"),
        Ty::Member(list) => member(program.vocabulary(list), field.or_other),
    }
}

fn member(list: &Vocabulary, or_other: bool) -> Text {
    let short = list.members.len() <= WORDS && is_written(list);
    let names: Vec<&str> = list.members.iter().map(|it| it.name.as_ref()).collect();
    if short {
        return Text::new(
            format!("从中选一：{}", names.join("、")),
            format!("one of: {}", names.join(", ")),
        );
    }
    let count = names.len();
    let hierarchy = list.kind == VocabularyKind::Classification;
    let below = list.members.iter().zip(0u32..).find(|it| it.0.parent.is_some());
    let chain = below.filter(|_| hierarchy).map(|(_, at)| {
        let mut names: Vec<&str> =
            list.upwards(at).map(|it| list.members[it as usize].name.as_ref()).collect();
        names.reverse();
        names.join("/")
    });
    let (zh, en) = match &chain {
        Some(chain) => (
            format!("，也可连上级写（{chain}）"),
            format!(", or a name with those above it ({chain})"),
        ),
        None => Default::default(),
    };
    let other = match (or_other, list.complete) {
        (true, _) => ("；名单中没有的可以另填", "; what it lacks may be written in"),
        (false, true) => ("；名单之外的不能填", "; nothing else"),
        (false, false) => {
            ("；名单不全，没有的照实填写", "; it is not complete: write what it lacks")
        }
    };
    Text::new(
        format!("从“{}”（{count} 项）中选：全称、简称或代码{zh}{}", list.name, other.0),
        format!("from {} ({count} entries): a name, short name or code{en}{}", list.name, other.1),
    )
}

/// Whether its words stand in the rulebook itself.
fn is_written(list: &Vocabulary) -> bool {
    matches!(list.kind, VocabularyKind::Enumeration { .. } | VocabularyKind::Grades)
}

/// Between what a value must lie.
pub fn range(field: &Field) -> Option<Text> {
    let FieldKind::Scalar { unit, domain, .. } = &field.kind else { return None };
    match domain {
        Domain::Numbers { hull, .. } => numbers(hull, unit.as_ref()),
        Domain::Dates(hull) => dates(hull),
        Domain::Everything => None,
    }
}

fn numbers(hull: &Hull, unit: Option<&Unit>) -> Option<Text> {
    let shown = |it: &Number| format!("{} {}", in_unit(it, unit), unit.map_or("", |it| &it.name));
    let low = hull.low.as_ref().map(|it| (if it.closed { "≥" } else { ">" }, shown(&it.at)));
    let high = hull.high.as_ref().map(|it| (if it.closed { "≤" } else { "<" }, shown(&it.at)));
    let parts = [low, high].into_iter().flatten();
    let parts: Vec<String> =
        parts.map(|(sign, at)| format!("{sign} {at}").trim_end().to_owned()).collect();
    (!parts.is_empty()).then(|| Text::new(parts.join("，"), parts.join(", ")))
}

fn dates(hull: &DateHull) -> Option<Text> {
    let low =
        hull.low.map(|it| (format!("不早于 {}", day::show(it)), format!("from {}", day::show(it))));
    let high = hull
        .high
        .map(|it| (format!("不晚于 {}", day::show(it)), format!("until {}", day::show(it))));
    let (zh, en): (Vec<_>, Vec<_>) = [low, high].into_iter().flatten().unzip();
    (!zh.is_empty()).then(|| Text::new(zh.join("，"), en.join(" ")))
}

/// A number of base units in a unit, as digits or as a fraction.
pub fn in_unit(number: &Number, unit: Option<&Unit>) -> String {
    let own = unit.and_then(|it| number.checked_div(&it.factor));
    own.unwrap_or_else(|| number.clone()).to_string()
}

/// Whether a cell may be left blank, and what that means.
pub fn blank(program: &Program, column: &FormColumn<'_>, only_if: Option<&str>) -> Text {
    let FormColumn::Field(id, field) = column else {
        return Text::new("必填", "required");
    };
    let mut all = vec![];
    if let Some(guard) = only_if {
        all.push(Text::new(
            format!("只在“{guard}”时填写，否则留空"),
            format!("only where {guard}; otherwise left blank"),
        ));
    }
    all.push(if field.blank_is_none {
        Text::new("没有的留空：空白即“无”", "blank where there is none: a blank means 无 (none)")
    } else if field.optional {
        Text::new(
            "可以留空；留空是未知，不当作零",
            "may be blank, which means not known, never zero",
        )
    } else if is_key(program.table(id.table), *id) {
        Text::new("必填，一行一个，不能重复", "required, and different in every row")
    } else {
        Text::new("必填；留空是未知，待补", "required; a blank is not known and will be asked for")
    });
    if field.may_be_none {
        let marks = marks(program);
        all.push(Text::new(
            format!("不存在的填 {}", marks.join(" 或 ")),
            format!("write {} where there is none", marks.join(" or ")),
        ));
    }
    if field.unique && !is_key(program.table(id.table), *id) {
        all.push(Text::new("不能重复", "no value twice"));
    }
    let (zh, en): (Vec<_>, Vec<_>) = all.into_iter().map(|it| (it.zh, it.en)).unzip();
    Text::new(zh.join("；"), en.join("; "))
}

/// What says that there is none: 无, and the marks the policy declares.
pub fn marks(program: &Program) -> Vec<&str> {
    let own = program.policy.na_marks.iter().map(String::as_str);
    std::iter::once("无").chain(own).collect()
}

/// Whether a blank is a finding, so that the form asks for the column first.
pub fn is_required(column: &FormColumn<'_>) -> bool {
    match column {
        FormColumn::Link(_) => true,
        FormColumn::Field(_, field) => {
            !field.optional && !field.blank_is_none && field.applies.is_none()
        }
    }
}
