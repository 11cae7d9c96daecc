//! A number that comes from all cases of the run: who is counted, in which group, and what they come to. Scores are told in `score`.

use crate::analysis::At;
use crate::analysis::errors::Origin;
use crate::analysis::errors::OriginKind;
use crate::analysis::peers;
use crate::analysis::rests;
use crate::analysis::rests::Rows;
use crate::diagnostic::Text;
use crate::explain::arithmetic::plain;
use crate::explain::model::Branch;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::show;
use crate::explain::workings;
use crate::explain::workings::Listed;
use crate::ir::NodeKind;
use crate::ir::Over;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::value::State;
use indexmap::IndexSet;

/// More cases than this are not told with what they lack.
const CASES: usize = 3;
/// More fields of one case than this are counted.
const FIELDS: usize = 2;

/// 甲集群、乙集群、丙集群等 5 例
pub fn names(scene: &Scene, table: TableId, rows: &[usize]) -> Text {
    let (names, count) = (place::names(scene, table, rows), rows.len());
    Text::new(names.zh.replace(&format!("等 {count} 家"), &format!("等 {count} 例")), names.en)
}

/// A 的 税收、乙集群 的 营业收入 等 5 例: other cases, each with what it lacks for an outcome of all cases.
pub fn lacking(scene: &Scene, at: At, rows: &[usize]) -> Text {
    let table = scene.case.program.node(at.node).space;
    let one = |row: &usize| {
        let name = names(scene, table, &[*row]);
        let cells = peers::cells_of(&scene.case, at, *row);
        let fields: IndexSet<&str> =
            cells.iter().map(|it| scene.case.program.field(it.0).name.as_str()).collect();
        let shown: Vec<&str> = fields.iter().take(FIELDS).copied().collect();
        let (zh, en) = match fields.len() - shown.len() {
            0 => (String::new(), String::new()),
            more => (format!("等 {} 项", shown.len() + more), format!(" and {more} more")),
        };
        match shown.is_empty() {
            true => name,
            false => Text::new(
                format!("{} 的 {}{zh}", name.zh, shown.join("、")),
                format!("{}: {}{en}", name.en, shown.join(", ")),
            ),
        }
    };
    let shown: Vec<Text> = rows.iter().take(CASES).map(one).collect();
    let mut all = joined(&shown, "；", "; ");
    if rows.len() > CASES {
        all.zh.push_str(&format!("；等 {} 例", rows.len()));
        all.en.push_str(&format!("; and {} more", rows.len() - CASES));
    }
    all
}

/// Of a function over all cases: its cases, and the numbers it comes from.
pub fn working(scene: &Scene, at: At) -> Option<Text> {
    let it = over(scene, at)?;
    let rows = peers::counted(&scene.case, it, at);
    let Over { function, value, share, if_empty, .. } = *it;
    workings::of_list(
        scene,
        at,
        &Listed { function, value, share, if_empty, word: ("例", "case") },
        &rows,
    )
}

/// One line for each function over all cases that a formula names; rules of their own tell it themselves.
pub fn lines(scene: &Scene, start: At) -> Vec<Branch> {
    let named = |at: At| scene.case.program.indicators.iter().any(|it| it.node == at.node);
    let next = |case: &crate::analysis::Case, at: At| match scene.kind(at.node) {
        NodeKind::Score(Scoring::Over(_)) | NodeKind::Aggregate(_) => vec![],
        _ if named(at) && at != start => vec![],
        _ => rests::below(case, at),
    };
    let all = rests::reach(&scene.case, start, next);
    let apart = all.iter().all(|it| *it == start || over(scene, *it).is_none());
    let told = all.into_iter().filter(|at| *at == start || !named(*at)).filter_map(|at| {
        let rows = peers::counted(&scene.case, over(scene, at)?, at);
        let counted = counted(scene, at, &rows);
        let head = match apart {
            true => counted,
            false => {
                let (what, value) = (written(scene, at.node), show::value(scene, at));
                Text::new(
                    format!("{what}：{}，{}", value.zh, counted.zh),
                    format!("{what}: {}; {}", value.en, counted.en),
                )
            }
        };
        let places: Vec<usize> = rows.counted.into_iter().chain(rows.open).collect();
        Some(plain(head, place::rows(scene, scene.case.program.node(at.node).space, &places)))
    });
    told.collect()
}

/// Whether a node is a function over all cases.
pub fn is_over(scene: &Scene, at: At) -> bool {
    over(scene, at).is_some()
}

fn over<'s>(scene: &'s Scene, at: At) -> Option<&'s Over> {
    match scene.kind(at.node) {
        NodeKind::Score(Scoring::Over(it)) => Some(it),
        _ => None,
    }
}

/// 计入同组（梯队 为 千亿级）3 例：甲、乙、丙；全部 6 例
fn counted(scene: &Scene, at: At, rows: &Rows) -> Text {
    let table = scene.case.program.node(at.node).space;
    let Some(it) = over(scene, at) else { return Text::default() };
    let all = rows.counted.len() + rows.open.len() + rows.left_out.len();
    let count = rows.counted.len();
    let group = group(scene, at, it);
    let listed = names(scene, table, &rows.counted);
    let (zh, en) = match (count, rows.left_out.len() + rows.open.len()) {
        (_, 0) => (format!("计入全部 {all} 例"), format!("all {all} cases counted")),
        (0, _) => (
            format!("全部 {all} 例，{}一例也没有计入", group.zh),
            format!("none of {all} cases counted{}", group.en),
        ),
        _ => (
            format!("全部 {all} 例，计入{} {count} 例：{}", group.zh, listed.zh),
            format!("{count} of {all} cases counted{}: {}", group.en, listed.en),
        ),
    };
    match rows.open.len() {
        0 => Text::new(zh, en),
        open => {
            let names = names(scene, table, &rows.open);
            Text::new(
                format!("{zh}；是否计入未定 {open} 例：{}", names.zh),
                format!("{en}; {open} may be counted: {}", names.en),
            )
        }
    }
}

/// 同组（梯队 为 千亿级）
fn group(scene: &Scene, at: At, it: &Over) -> Text {
    let of = it.groups.iter().map(|(of, own)| {
        let own = At { node: *own, row: at.row };
        let (name, value) = (written(scene, *of), show::value(scene, own));
        match is_none(scene, own) {
            true => Text::new(
                format!("{name}不适用，不在任何一组"),
                format!("{name} is not applicable: in no group"),
            ),
            false => {
                Text::new(format!("{name} 为 {}", value.zh), format!("{name} is {}", value.en))
            }
        }
    });
    let of: Vec<Text> = of.collect();
    if of.is_empty() {
        return Text::default();
    }
    let none = it.groups.iter().any(|(_, own)| is_none(scene, At { node: *own, row: at.row }));
    let of = joined(&of, "、", ", ");
    if none {
        return Text::new(format!("{}，", of.zh), format!(" ({})", of.en));
    }
    Text::new(format!("同组（{}）", of.zh), format!(" (same group: {})", of.en))
}

fn is_none(scene: &Scene, at: At) -> bool {
    scene.case.set(at).is_some_and(|it| it.state() == State::NotApplicable)
}

/// What goes wrong where cases are compared, in one sentence.
pub fn error_text(scene: &Scene, origin: &Origin) -> Text {
    let what = written(scene, origin.at.node);
    let table = scene.case.program.node(origin.at.node).space;
    match &origin.kind {
        OriginKind::Elsewhere { row } => {
            let of = names(scene, table, &[*row]);
            Text::new(
                format!("计入的 {} 有错误，无法计算：{what}", of.zh),
                format!("{} is counted and in error: {what}", of.en),
            )
        }
        OriginKind::SameValue { of, alone } => {
            let of = written(scene, *of);
            let (zh, en) = match alone {
                true => ("只有一例有数，无从比较", "there is only one case"),
                false => ("在全部案例中都一样，分不出高低", "all cases have the same value"),
            };
            Text::new(
                format!("“{of}”{zh}，规则未写“同值”得几分"),
                format!("{of}: {en}, and the rulebook does not say what that is worth"),
            )
        }
        OriginKind::Tie { rows } => {
            let names = names(scene, table, rows);
            Text::new(
                format!("并列于线：{} 同分，名额不够，规则未写并列怎么办", names.zh),
                format!(
                    "a tie at the line: {} have the same points, and the rulebook does not say who is taken",
                    names.en
                ),
            )
        }
        OriginKind::SeatsDiffer => Text::new(
            format!("名额不是各案例相同的整数，不能据以入选：{what}"),
            format!("the number of places is not one whole number for all cases: {what}"),
        ),
        OriginKind::NegativePoints => Text::new(
            format!("有一项的分是负数，不能按几何合成：{what}"),
            format!("a part has negative points and has no geometric mean: {what}"),
        ),
        _ => Text::default(),
    }
}
