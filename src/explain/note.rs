//! What a reader of a verdict must see beside it: departures, values assumed for blanks, truths of empty lists.

use crate::analysis::At;
use crate::analysis::rests;
use crate::diagnostic::Text;
use crate::explain::model::Note;
use crate::explain::model::NoteKind;
use crate::explain::naming;
use crate::explain::place;
use crate::explain::scene::Scene;
use crate::explain::scene::child_of;
use crate::explain::scene::written;
use crate::explain::show;
use crate::ir::AggregateFunction;
use crate::ir::Count;
use crate::ir::Criterion;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Truth;
use indexmap::IndexMap;

/// The notes of a criterion. `message` is its one line.
pub fn of_criterion(scene: &Scene, criterion: &Criterion, row: usize, message: &Text) -> Vec<Note> {
    let at = At { node: criterion.node, row };
    let mut notes = departure(scene, criterion, at, message);
    notes.extend(naming::notes(scene, criterion, row));
    if scene.case.is_settled(at) {
        notes.extend(supports(scene, at));
    }
    notes
}

/// A value assumed for the blanks of a field.
pub struct Assumed {
    /// The field.
    pub field: FieldId,
    /// The value.
    pub value: NodeId,
    /// The rows whose cells are blank.
    pub rows: Vec<usize>,
}

/// Values assumed for blanks, and truths of empty lists, that an outcome rests on.
pub fn supports(scene: &Scene, at: At) -> Vec<Note> {
    let note = |it: &Assumed| Note {
        kind: NoteKind::Default,
        answered: false,
        text: assumed_text(scene, it),
    };
    let mut notes: Vec<Note> = assumed(scene, at).iter().map(note).collect();
    notes.extend(
        rests::reach(&scene.case, at, rests::below).into_iter().filter_map(|it| empty(scene, it)),
    );
    notes
}

/// Values assumed for blanks on the way to an outcome.
pub fn assumed(scene: &Scene, at: At) -> Vec<Assumed> {
    let mut found: IndexMap<(FieldId, NodeId), Vec<usize>> = IndexMap::new();
    for at in rests::reach(&scene.case, at, rests::below) {
        if let NodeKind::Default { field, value, .. } = scene.kind(at.node)
            && !scene.case.facts.cells(*field).filled.get(at.row)
        {
            found.entry((*field, *value)).or_default().push(at.row);
        }
    }
    found.into_iter().map(|((field, value), rows)| Assumed { field, value, rows }).collect()
}

fn departure(scene: &Scene, criterion: &Criterion, at: At, message: &Text) -> Vec<Note> {
    let Some(departs) = criterion.departs.map(|node| At { node, row: at.row }) else {
        return vec![];
    };
    let answered =
        criterion.answered_in.is_some_and(|it| scene.case.facts.cells(it).filled.get(at.row));
    let truth = scene.case.truth(departs);
    let (kind, zh, en) = match truth {
        Truth::FALSE if answered => {
            (NoteKind::Departure, "原则上，已说明", "as a rule; a reason is given")
        }
        Truth::FALSE => (NoteKind::Departure, "原则上，待说明", "as a rule; a reason is wanted"),
        _ if truth.may(Truth::FALSE) || truth.may(Truth::ERROR) => {
            (NoteKind::Maybe, "原则上，可能偏离", "as a rule; it may depart from it")
        }
        _ => return vec![],
    };
    let named = criterion.naming.and_then(|_| naming::departure(scene, criterion, at.row));
    let message = named.as_ref().unwrap_or(message);
    let text = Text::new(format!("{}（{zh}）", message.zh), format!("{} ({en})", message.en));
    vec![Note { kind, answered, text }]
}

/// 研发经费未填，按缺省 0 万元计
pub fn assumed_text(scene: &Scene, it: &Assumed) -> Text {
    let name = &scene.case.program.field(it.field).name;
    let shown = show::value(scene, At { node: it.value, row: it.rows[0] });
    let (zh, en) = match it.field.table == scene.case.table {
        true => (String::new(), String::new()),
        false => {
            let names = place::names(scene, it.field.table, &it.rows);
            (format!("（{}）", names.zh), format!(" ({})", names.en))
        }
    };
    Text::new(
        format!("{name}{zh}未填，按缺省 {} 计", shown.zh),
        format!("{name}{en} is not filled in; taken as {}", shown.en),
    )
}

/// 没有计入的企业，“全部（企业 的 高新技术企业）”因此成立
fn empty(scene: &Scene, at: At) -> Option<Note> {
    let NodeKind::Aggregate(aggregate) = scene.kind(at.node) else { return None };
    let AggregateFunction::Quantified(Count::All | Count::None) = aggregate.function else {
        return None;
    };
    let rows = rests::rows(&scene.case, aggregate, at.row);
    let empty = rows.counted.is_empty() && rows.open.is_empty() && aggregate.if_empty.is_none();
    if !empty || scene.case.truth(at) != Truth::TRUE {
        return None;
    }
    let name = &scene.case.program.table(child_of(scene, aggregate.rows)?).name;
    let what = written(scene, at.node);
    let text = Text::new(
        format!("没有计入的{name}，“{what}”因此成立"),
        format!("no {name} is counted, so “{what}” holds of nothing"),
    );
    Some(Note { kind: NoteKind::EmptyList, answered: false, text })
}
