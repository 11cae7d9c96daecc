//! The wording of what is wrong with a cell that is no date, no name of a list, or no place for 无.

use crate::data::lookup;
use crate::diagnostic::Text;
use crate::ir::Vocabulary;
use crate::value::DateHull;
use crate::value::day;

pub(super) fn stray_none() -> Text {
    Text::new(
        "在本栏没有意义：规则没有声明本栏“可无”",
        "means nothing here: the rulebook does not say that the field may be none",
    )
}

pub(super) fn out_of_dates(domain: DateHull) -> Text {
    let side = |day: Option<i32>, sign: &str| day.map(|it| format!("{sign} {}", day::show(it)));
    let sides: Vec<String> =
        [side(domain.low, "≥"), side(domain.high, "≤")].into_iter().flatten().collect();
    Text::new(
        format!("超出范围：应 {}", sides.join(" 且 ")),
        format!("is out of range: {}", sides.join(" and ")),
    )
}

/// How many of the nearest names are offered.
const OFFERED: usize = 3;
/// For how many different names of a column the nearest are sought: each costs a walk through the list.
pub(super) const MOST_OFFERS: usize = 100;

/// Names like 湖北省孝感市, with the code where there is one.
fn described(vocabulary: &Vocabulary, member: u32) -> String {
    let above = |at: &u32| vocabulary.members[*at as usize].parent;
    let mut path: Vec<&str> = std::iter::successors(Some(member), above)
        .map(|at| vocabulary.members[at as usize].name.as_ref())
        .collect();
    path.reverse();
    match &vocabulary.members[member as usize].code {
        Some(code) => format!("{}（{code}）", path.join("/")),
        None => path.join("/"),
    }
}

pub(super) fn same_names(vocabulary: &Vocabulary, members: &[u32]) -> Text {
    let shown: Vec<String> =
        members.iter().take(OFFERED).map(|it| described(vocabulary, *it)).collect();
    let (count, shown_zh) = (members.len(), shown.join("、"));
    let more = if count > OFFERED { " 等" } else { "" };
    Text::new(
        format!("有 {count} 个同名者：{shown_zh}{more}；请写全称、上级加名称，或代码"),
        format!(
            "is the name of {count} members: {}; write the full name, the places above it too, or the code",
            shown.join(", ")
        ),
    )
}

/// Words for a name that is not in a list, with what it may have meant.
pub(super) fn not_in_list(vocabulary: &Vocabulary, cell: &str, offer: bool) -> Text {
    let (zh, en) =
        (format!("不在“{}”中", vocabulary.name), format!("is not in `{}`", vocabulary.name));
    let all = 0..vocabulary.members.len() as u32;
    let short = all.len() <= 6;
    let near = if offer && !short { lookup::nearest(vocabulary, cell, OFFERED) } else { vec![] };
    let shown = if short { all.collect() } else { near };
    let shown: Vec<String> = shown.into_iter().map(|it| described(vocabulary, it)).collect();
    match (shown.is_empty(), short) {
        (true, _) => Text::new(zh, en),
        (false, true) => Text::new(
            format!("{zh}；可填：{}", shown.join("、")),
            format!("{en}: {}", shown.join(", ")),
        ),
        (false, false) => Text::new(
            format!("{zh}；最接近：{}", shown.join("、")),
            format!("{en}; nearest: {}", shown.join(", ")),
        ),
    }
}
