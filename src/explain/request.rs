//! What to supply, correct or confirm, one request a gap, with what the cell may hold.

use crate::analysis::At;
use crate::analysis::gaps;
use crate::analysis::gaps::Gap;
use crate::data::HoleKind;
use crate::data::shortened;
use crate::diagnostic::CellRef;
use crate::diagnostic::Text;
use crate::explain::line;
use crate::explain::model::Cause;
use crate::explain::model::CauseKind;
use crate::explain::place;
use crate::explain::population;
use crate::explain::scene::Scene;
use crate::explain::scene::folded;
use crate::explain::scene::written;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Domain;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::value::DateHull;
use crate::value::Hull;
use crate::value::Unit;
use crate::value::day;
use indexmap::IndexSet;

/// More words of an enumeration than this are not listed.
const WORDS: usize = 8;

/// The request of one gap.
pub fn cause(scene: &Scene, gap: &Gap, article: Option<String>) -> Cause {
    let program = scene.case.program;
    match gap {
        Gap::Cell { field, row } => cell(scene, *field, *row, article),
        Gap::List { field, .. } => {
            let name = &program.field(*field).name;
            let text = Text::new(
                format!("请补：{name}（未提供名单）"),
                format!("Please supply: {name} (no list was given)"),
            );
            unknown(name, None, article, None, text)
        }
        Gap::OpenList { field, .. } => {
            let name = &program.field(*field).name;
            let text = Text::new(
                format!("{name}名单未齐，请补齐或确认已齐"),
                format!(
                    "The list {name} may lack rows: please complete it or confirm that it is complete"
                ),
            );
            unknown(name, None, article, None, text)
        }
        Gap::NotListed { of, vocabulary } => {
            let (name, value) = (written(scene, of.node), show::value(scene, *of));
            let list = &program.vocabulary(*vocabulary).name;
            let text = Text::new(
                format!("请核实：{name}{}不在{list}名单中，该名单不完整", value.zh),
                format!(
                    "Please verify: {name} {} is not in {list}, which is not complete",
                    value.en
                ),
            );
            unknown(&name, Some(value.zh), article, line::cell_of(scene, *of), text)
        }
        Gap::Coarse { of, members } => coarse(scene, *of, members, article),
        Gap::Name { of } => {
            let told = line::line(scene, *of, true);
            let text = Text::new(
                format!("请核实：{}", told.text.zh),
                format!("Please verify: {}", told.text.en),
            );
            unknown(&told.subject, told.value.map(|it| it.zh), article, told.cell, text)
        }
        Gap::Others { of, rows } => {
            let what = population::lacking(scene, *of, rows);
            let text = Text::new(
                format!("取决于其他案例补齐所缺：{}", what.zh),
                format!("It rests on what other cases supply: {}", what.en),
            );
            let cause = unknown(&written(scene, of.node), None, article, None, text);
            Cause { kind: CauseKind::Elsewhere, ..cause }
        }
        Gap::Band { of } => band(scene, *of, article),
        Gap::Calendar { calendar } => ends(scene, *calendar, article),
        Gap::Unanswered { criterion } => {
            let criterion = program.criterion(*criterion);
            let name =
                criterion.answered_in.map_or_else(String::new, |it| program.field(it).name.clone());
            let source =
                criterion.answered_in.and_then(|it| place::cell(scene, it, scene.case.row));
            let text = Text::new(
                format!("请补：{name}，说明理由"),
                format!("Please supply: {name}, giving the reason"),
            );
            unknown(&name, None, article, source, text)
        }
    }
}

/// A band that awaits the reviewer's points, or whose points lie outside of it.
fn band(scene: &Scene, of: At, article: Option<String>) -> Cause {
    let table = match scene.kind(of.node) {
        NodeKind::Band { of, .. } => scene.case.program.gradings[of.0 as usize].head.name.clone(),
        _ => written(scene, of.node),
    };
    let band = show::value(scene, of);
    match gaps::judged(&scene.case, of) {
        Some(judged) => {
            let (name, value) = (written(scene, judged.node), show::value(scene, judged));
            let text = Text::new(
                format!("请更正：{name} {} 不在“{table}”的幅度 {} 之内", value.zh, band.zh),
                format!(
                    "Please correct: {name} {} lies outside the band {} of “{table}”",
                    value.en, band.en
                ),
            );
            let source = line::cell_of(scene, judged);
            let cause = unknown(&name, Some(value.zh), article, source, text);
            Cause { kind: CauseKind::Fault, domain: Some(band.zh), ..cause }
        }
        None => {
            let text = Text::new(
                format!("请评审：“{table}”在 {} 之间打分", band.zh),
                format!("For the reviewer: points between {} for “{table}”", band.en),
            );
            Cause { domain: Some(band.zh), ..unknown(&table, None, article, None, text) }
        }
    }
}

/// A value coarser than asked.
fn coarse(scene: &Scene, of: At, members: &[u32], article: Option<String>) -> Cause {
    let (name, value) = (written(scene, of.node), show::value(scene, of));
    let level = level_of(scene, of.node, members);
    let (zh, en) = match level {
        Some(level) => (format!("填到第 {level} 层"), format!("down to level {level}")),
        None => ("填得更具体".to_owned(), "more closely".to_owned()),
    };
    let owner = place::owner(scene, scene.case.program.node(of.node).space, of.row);
    let (zh_of, en_of) = possessive(owner.as_deref());
    let text = Text::new(
        format!("请将{zh_of}{name}{}{zh}", value.zh),
        format!("Please give {en_of}{name} {} {en}", value.en),
    );
    let source = line::cell_of(scene, of);
    Cause { of: owner, ..unknown(&name, Some(value.zh), article, source, text) }
}

fn unknown(
    field: &str,
    value: Option<String>,
    article: Option<String>,
    source: Option<CellRef>,
    text: Text,
) -> Cause {
    let kind = CauseKind::Unknown;
    Cause {
        kind,
        field: field.to_owned(),
        of: None,
        value,
        bound: None,
        article,
        domain: None,
        source,
        cells: vec![],
        text,
    }
}

/// 请补：公示起; 请更正：省级推荐日“2021年13月”不是日期
fn cell(scene: &Scene, field: FieldId, row: usize, article: Option<String>) -> Cause {
    let name = scene.case.program.field(field).name.clone();
    let of = place::owner(scene, field.table, row);
    let hole = scene.case.facts.cells(field).holes.get(&(row as u32));
    let (zh_of, en_of) = possessive(of.as_deref());
    let why = hole.map(|it| (shortened(&it.raw), &it.why));
    let quoted = why.map_or(Text::default(), |(raw, why)| {
        Text::new(format!("“{raw}”{}", why.zh), format!(" “{raw}” {}", why.en))
    });
    let (kind, text) = match hole.map(|it| it.kind) {
        None | Some(HoleKind::Blank) => (
            CauseKind::Unknown,
            match only_if(scene, field, row) {
                None => Text::new(
                    format!("请补：{zh_of}{name}"),
                    format!("Please supply: {en_of}{name}"),
                ),
                Some(guard) => Text::new(
                    format!("请补：{zh_of}{name}（如 {guard}）"),
                    format!("Please supply: {en_of}{name} (if {guard})"),
                ),
            },
        ),
        Some(HoleKind::Fault) => (
            CauseKind::Fault,
            Text::new(
                format!("请更正：{zh_of}{name}{}", quoted.zh),
                format!("Please correct: {en_of}{name}{}", quoted.en),
            ),
        ),
        Some(HoleKind::Homonym | HoleKind::Coarse) => (
            CauseKind::Unknown,
            Text::new(
                format!("请写明：{zh_of}{name}{}", quoted.zh),
                format!("Please be exact: {en_of}{name}{}", quoted.en),
            ),
        ),
    };
    Cause {
        kind,
        field: name,
        of,
        value: hole.map(|it| it.raw.clone()).filter(|it| !it.is_empty()),
        bound: None,
        article,
        domain: domain(scene, field),
        source: place::cell(scene, field, row),
        cells: vec![],
        text,
    }
}

/// What stands before the field of a child row: 甲公司 的
fn possessive(owner: Option<&str>) -> (String, String) {
    owner.map_or_else(Default::default, |it| (format!("{it} 的"), format!("{it}: ")))
}

/// What a field is asked for only if it holds, where that is open itself.
fn only_if(scene: &Scene, field: FieldId, row: usize) -> Option<String> {
    let node = scene.case.program.field(field).applies?;
    let open = !scene.case.is_settled(At { node, row });
    open.then(|| folded(scene.sources, scene.case.program.node(node).span))
}

/// 研发经费未填（甲公司、乙公司）
pub fn cells_text(scene: &Scene, field: FieldId, rows: &[usize]) -> Text {
    let name = &scene.case.program.field(field).name;
    let holes = &scene.case.facts.cells(field).holes;
    let kinds = rows.iter().filter_map(|row| holes.get(&(*row as u32)));
    let (mut zh, mut en) = (IndexSet::new(), IndexSet::new());
    for hole in kinds {
        let words = match hole.kind {
            HoleKind::Blank => ("未填", "not filled in"),
            HoleKind::Fault => ("有误", "faulty"),
            HoleKind::Homonym => ("重名", "ambiguous"),
            HoleKind::Coarse => ("不够具体", "not close enough"),
        };
        zh.insert(words.0);
        en.insert(words.1);
    }
    let joined = |words: IndexSet<&str>, or: &str| Vec::from_iter(words).join(or);
    let (zh, en) = (joined(zh, "或"), format!("is {}", joined(en, " or ")));
    if field.table == scene.case.table {
        return Text::new(format!("{name}{zh}"), format!("{name} {en}"));
    }
    let names = place::names(scene, field.table, rows);
    Text::new(format!("{name}{zh}（{}）", names.zh), format!("{name} {en} ({})", names.en))
}

/// Cells that are not known but cannot change a conclusion, one entry a field.
pub fn irrelevant(scene: &Scene, field: FieldId, rows: &[usize]) -> Cause {
    let what = cells_text(scene, field, rows);
    let text = Text::new(
        format!("{}，但不影响结论，不必补", what.zh),
        format!("{}, but cannot change a conclusion", what.en),
    );
    let of = (field.table != scene.case.table).then(|| place::names(scene, field.table, rows).zh);
    let first = cell(scene, field, rows[0], None);
    Cause { of, text, value: first.value.clone().filter(|_| rows.len() == 1), ..first }
}

/// 节假日表止于 2021-12-31
fn ends(scene: &Scene, calendar: VocabularyId, article: Option<String>) -> Cause {
    let list = scene.case.program.vocabulary(calendar);
    let last =
        list.calendar.last().and_then(|it| day::to_ymd(it.0)).map(|it| format!("{}-12-31", it.0));
    let text = match &last {
        Some(last) => Text::new(
            format!("{}表止于 {last}，请补其后的年份", list.name),
            format!("The table {} ends on {last}: please add the years after it", list.name),
        ),
        None => Text::new(
            format!("{}表是空的，请补", list.name),
            format!("The table {} is empty: please fill it", list.name),
        ),
    };
    unknown(&list.name, last, article, None, text)
}

/// The level that members asked for stand on, where it is one.
fn level_of(scene: &Scene, of: crate::ir::NodeId, members: &[u32]) -> Option<u32> {
    let Ty::Member(vocabulary) = scene.case.program.node(of).ty else { return None };
    let list = scene.case.program.vocabulary(vocabulary);
    let mut levels = members.iter().map(|it| list.members[*it as usize].level);
    let first = levels.next()?;
    levels.all(|it| it == first).then_some(first)
}

/// What a field may hold.
pub fn domain(scene: &Scene, field: FieldId) -> Option<String> {
    let FieldKind::Scalar { ty, unit, domain } = &scene.case.program.field(field).kind else {
        return None;
    };
    Some(match (ty, domain) {
        (_, Domain::Numbers { hull, whole }) => numbers(hull, *whole, unit.as_ref()),
        (Ty::Date, Domain::Dates(hull)) => dates(hull),
        (Ty::Truth, _) => "是、否".to_owned(),
        (Ty::Member(vocabulary), _) => words(scene, *vocabulary),
        (Ty::Date, _) => "日期".to_owned(),
        (Ty::Period(kind), _) => kind.words().0.to_owned(),
        (Ty::Number(_) | Ty::Duration(_), _) => {
            unit.as_ref().map_or_else(|| "数".to_owned(), |it| format!("数（{it}）"))
        }
        (Ty::Text, _) => "文本".to_owned(),
        (Ty::NotApplicable, _) => return None,
    })
}

fn numbers(hull: &Hull, whole: bool, unit: Option<&Unit>) -> String {
    let style = Style { unit, ..Style::default() };
    let low = hull.low.as_ref().map(|it| {
        format!("{} {}", if it.closed { "≥" } else { ">" }, show::amount(&it.at, style).zh)
    });
    let high = hull.high.as_ref().map(|it| {
        format!("{} {}", if it.closed { "≤" } else { "<" }, show::amount(&it.at, style).zh)
    });
    let whole = whole.then(|| "整数".to_owned());
    let parts: Vec<String> = [whole, low, high].into_iter().flatten().collect();
    match parts.is_empty() {
        true => unit.map_or_else(|| "数".to_owned(), |it| format!("数（{it}）")),
        false => parts.join("，"),
    }
}

fn dates(hull: &DateHull) -> String {
    let low = hull.low.map(|it| format!("不早于 {}", day::show(it)));
    let high = hull.high.map(|it| format!("不晚于 {}", day::show(it)));
    let parts: Vec<String> = [low, high].into_iter().flatten().collect();
    if parts.is_empty() { "日期".to_owned() } else { parts.join("，") }
}

fn words(scene: &Scene, vocabulary: VocabularyId) -> String {
    let list = scene.case.program.vocabulary(vocabulary);
    let enumeration =
        matches!(list.kind, VocabularyKind::Enumeration { .. } | VocabularyKind::Grades);
    if !enumeration || list.members.len() > WORDS {
        return list.name.clone();
    }
    let names: Vec<&str> = list.members.iter().map(|it| &*it.name).collect();
    names.join("、")
}
