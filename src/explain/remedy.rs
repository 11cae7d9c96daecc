//! What would make a criterion 符合, in words: 还差 2 家研发机构; 研发经费还需增加 50.00 万元.

use crate::analysis::At;
use crate::analysis::remedy;
use crate::analysis::remedy::Action;
use crate::analysis::remedy::Plan;
use crate::analysis::remedy::Step;
use crate::analysis::remedy::Value;
use crate::diagnostic::Text;
use crate::explain::line;
use crate::explain::members;
use crate::explain::model::Change;
use crate::explain::model::ChangeOp;
use crate::explain::model::JointChange;
use crate::explain::model::Remedy;
use crate::explain::own;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::same;
use crate::explain::scene::written;
use crate::explain::scene::written_at;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Comparison;
use crate::ir::ConclusionId;
use crate::ir::CriterionId;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::value::Number;
use crate::value::Set;
use crate::value::Truth;
use crate::value::Unit;
use crate::value::day;

/// The fewest changes that mend a conclusion, each with the criteria that are not met without it.
pub fn joint(scene: &Scene, id: ConclusionId, failing: &[CriterionId]) -> Vec<JointChange> {
    let at = scene.at(scene.case.program.conclusion(id).node);
    let part = |criterion: &CriterionId| own::asked(scene, id, *criterion);
    let parts: Vec<At> = failing.iter().map(part).collect();
    let Some(joint) = remedy::joint(&scene.case, scene.namers, at, &parts) else { return vec![] };
    let change = |(step, needed): (&Step, &Vec<At>)| {
        let mends = failing.iter().filter(|id| needed.contains(&part(id))).copied();
        JointChange { text: text(scene, at, step), mends: mends.collect() }
    };
    joint.steps.iter().zip(&joint.needed_for).map(change).collect()
}

/// The remedies of a criterion that fails: one for each way, with all that it takes.
pub fn remedies(scene: &Scene, at: At) -> Vec<Remedy> {
    let mut found: Vec<Remedy> = vec![];
    let mut plans = remedy::plans(&scene.case, scene.namers, at);
    // What is known to be enough comes first, and of that what takes the fewest steps.
    plans.sort_by_key(|it| (!it.enough, it.steps.len()));
    for plan in plans {
        let remedy = way(scene, at, &plan);
        if !found.contains(&remedy) {
            found.push(remedy);
        }
    }
    found
}

/// A plan in words. What is not known to be enough is a distance: it has no changes.
fn way(scene: &Scene, at: At, plan: &Plan) -> Remedy {
    let steps: Vec<Text> = plan.steps.iter().map(|it| text(scene, at, it)).collect();
    let mut words = joined(&steps, "，并且", ", and ");
    if !plan.covers {
        words.zh.push_str("；其余未找到单项补救");
        words.en.push_str("; nothing was found for the rest");
    }
    let changes = plan.steps.iter().filter(|_| plan.enough).filter_map(|it| change(scene, it));
    Remedy { text: words, changes: changes.collect(), held: held(scene, &plan.steps) }
}

fn held(scene: &Scene, steps: &[Step]) -> Vec<Text> {
    let nodes = steps.iter().flat_map(|it| &it.held);
    nodes
        .map(|it| written(scene, *it))
        .map(|it| Text::new(format!("{it}不变"), format!("{it} as it is")))
        .collect()
}

fn text(scene: &Scene, at: At, step: &Step) -> Text {
    let text = action_text(scene, at, &step.action);
    let held = held(scene, std::slice::from_ref(step));
    match held.is_empty() {
        true => text,
        false => {
            let held = joined(&held, "、", ", ");
            Text::new(format!("{}（{}）", text.zh, held.zh), format!("{} ({})", text.en, held.en))
        }
    }
}

fn action_text(scene: &Scene, at: At, action: &Action) -> Text {
    match action {
        Action::Add { aggregate, also, count } => {
            let all: Vec<NodeId> = Some(aggregate).into_iter().chain(also).copied().collect();
            let (count, what) =
                (members::counted(scene, at, *aggregate, count), members::rows_text(scene, &all));
            Text::new(
                format!("还差 {}{}", count.zh, what.zh),
                format!("{} more {}", count.en, what.en),
            )
        }
        Action::Turn { aggregate, count } => members::turned(scene, at, *aggregate, count, true),
        Action::Unturn { aggregate, count } => members::turned(scene, at, *aggregate, count, false),
        Action::Fill { field, row } => {
            let name = cell_name(scene, *field, *row);
            Text::new(format!("{name}须有内容"), format!("{name} has to be filled in"))
        }
        Action::Among { of } => {
            let line = line::line(scene, *of, true);
            let to = line.bound.unwrap_or_default();
            Text::new(
                format!("{}须{}", line.subject, to.zh),
                format!("{} has {}", line.subject, to.en),
            )
        }
        Action::Set { field, row, to } => {
            let name = cell_name(scene, *field, *row);
            let (from, to) = (now(scene, *field, *row), value_text(scene, *field, to));
            match from {
                Some(from) => Text::new(
                    format!("{name}由 {} 改为 {}", from.zh, to.zh),
                    format!("change {name} from {} to {}", from.en, to.en),
                ),
                None => Text::new(
                    format!("{name}改为 {}", to.zh),
                    format!("change {name} to {}", to.en),
                ),
            }
        }
        Action::Move { of, by, step, down, beyond } => {
            let unit = members::counting_word(scene, at, of.node);
            moved(scene, *of, unit, (by, step.as_ref()), (*down, *beyond))
        }
        Action::Day { of, op, day } => day_text(&written_at(scene, *of), *op, *day),
        Action::Wait { day } => {
            let day = day::show(*day);
            Text::new(format!("自 {day} 起满足"), format!("it holds from {day}"))
        }
        Action::Items { count } => Text::new(
            format!("还需再满足 {count} 项"),
            format!("{count} more of the items have to hold"),
        ),
    }
}

/// 规划止最早应为 2024-01-01
fn day_text(name: &str, op: Comparison, day: i32) -> Text {
    let day = day::show(day);
    match op {
        Comparison::AtLeast => Text::new(
            format!("{name}最早应为 {day}"),
            format!("{name} may be {day} at the earliest"),
        ),
        Comparison::AtMost => {
            Text::new(format!("{name}最晚应为 {day}"), format!("{name} may be {day} at the latest"))
        }
        _ => Text::new(format!("{name}应为 {day}"), format!("{name} has to be {day}")),
    }
}

/// 研发经费还需增加 50.00 万元
fn moved(
    scene: &Scene,
    of: At,
    counting: Option<&Unit>,
    (by, step): (&Number, Option<&Number>),
    (down, beyond): (bool, bool),
) -> Text {
    let name = match scene.kind(of.node) {
        NodeKind::Field(field) => cell_name(scene, *field, of.row),
        _ => written_at(scene, of),
    };
    let own = show::style(scene, of.node);
    let style = Style { unit: own.unit.or(counting), ..own };
    // The distance is shown exactly, whatever the rule says of the value.
    let places = step.and_then(|it| show::in_unit(it, style.unit).decimal_places());
    let mut by = show::amount(by, Style { places, ..style });
    // How far two percentages are apart is told in percentage points.
    if let (Some(zh), Some(en)) = (by.zh.strip_suffix('%'), by.en.strip_suffix('%')) {
        by = Text::new(format!("{zh} 个百分点"), format!("{en} percentage points"));
    }
    let (zh, en) = match (down, beyond) {
        (false, false) => ("还需增加", "has to rise by"),
        (true, false) => ("还需减少", "has to fall by"),
        (false, true) => ("还需增加超过", "has to rise by more than"),
        (true, true) => ("还需减少超过", "has to fall by more than"),
    };
    Text::new(format!("{name}{zh} {}", by.zh), format!("{name} {en} {}", by.en))
}

/// A cell by its field: 设备（2023年） in a year, 甲公司 的 类别 in another child row.
fn cell_name(scene: &Scene, field: FieldId, row: usize) -> String {
    let name = &scene.case.program.field(field).name;
    let own = field.table == scene.case.table && row == scene.case.row;
    match scene.case.facts.table(field.table).names.get(row).filter(|_| !own) {
        Some(of) if scene.case.program.table(field.table).periods.is_some() => {
            format!("{name}（{of}）")
        }
        Some(of) => format!("{of} 的 {name}"),
        None => name.clone(),
    }
}

fn change(scene: &Scene, step: &Step) -> Option<Change> {
    if !step.changeable {
        return None;
    }
    match &step.action {
        Action::Set { field, row, to } => Some(Change {
            op: ChangeOp::Set,
            field: scene.case.program.field(*field).name.clone(),
            of: place::owner(scene, field.table, *row),
            from: held_now(scene, *field, *row),
            to: match to {
                Value::Number(number) => written_out(scene, *field, number),
                other => bare(&value_text(scene, *field, other).zh),
            },
        }),
        Action::Add { aggregate, count, .. } => {
            let NodeKind::Aggregate(it) = scene.kind(*aggregate) else { return None };
            let field = scene.case.program.field(it.rows).name.clone();
            Some(Change {
                op: ChangeOp::Add,
                field,
                of: None,
                from: None,
                to: show::plain(count, Style::default()),
            })
        }
        _ => None,
    }
}

/// A value as a cell holds it, without quotation marks.
fn bare(text: &str) -> String {
    text.trim_matches(['“', '”']).to_owned()
}

/// What a cell holds now, as a cell holds it.
fn held_now(scene: &Scene, field: FieldId, row: usize) -> Option<String> {
    match scene.case.facts.cells(field).column.get(row) {
        Set::Number(set) => set.values.as_ref()?.single().map(|it| written_out(scene, field, it)),
        _ => now(scene, field, row).map(|it| bare(&it.zh)),
    }
}

/// A number as a cell of the field holds it, exactly.
fn written_out(scene: &Scene, field: FieldId, number: &Number) -> String {
    show::in_unit(number, style_of(scene, field).unit).to_string()
}

/// Numbers of a field in its unit.
fn style_of<'s>(scene: &'s Scene, field: FieldId) -> Style<'s> {
    let unit = match &scene.case.program.field(field).kind {
        FieldKind::Scalar { unit, .. } => unit.as_ref(),
        FieldKind::Rows { .. } => None,
    };
    Style { unit, ..Style::default() }
}

/// What a cell holds now.
fn now(scene: &Scene, field: FieldId, row: usize) -> Option<Text> {
    let FieldKind::Scalar { ty, .. } = &scene.case.program.field(field).kind else { return None };
    let set = scene.case.facts.cells(field).column.get(row);
    set.is_settled().then(|| show::set_text(scene.case.program, *ty, &set, style_of(scene, field)))
}

fn value_text(scene: &Scene, field: FieldId, value: &Value) -> Text {
    let FieldKind::Scalar { ty, .. } = &scene.case.program.field(field).kind else {
        return Text::default();
    };
    match value {
        Value::Truth(truth) => show::truth_text(Truth::of(*truth)),
        Value::Number(number) => show::amount(number, style_of(scene, field)),
        Value::Date(date) => same(day::show(*date)),
        Value::Text(text) => same(format!("“{text}”")),
        Value::Member(member) => match ty {
            Ty::Member(list) => same(format!(
                "“{}”",
                scene.case.program.vocabulary(*list).members[*member as usize].name
            )),
            _ => Text::default(),
        },
    }
}
