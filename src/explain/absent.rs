//! Why a value is 不适用: the cell that holds 无, the condition that leaves it out, the rows that are not there. It words one sentence.

use crate::analysis::At;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::scene::written;
use crate::explain::scene::written_at;
use crate::explain::show;
use crate::ir::Constant;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::State;
use crate::value::Truth;

/// Why a node is 不适用; none where it is not, or no one thing is known to make it so.
pub fn why(scene: &Scene, at: At) -> Option<Text> {
    if !is_none(scene, at) {
        return None;
    }
    let here = |node: NodeId| At { node, row: at.row };
    match scene.kind(at.node) {
        NodeKind::Field(field) => {
            let name = &scene.case.program.field(*field).name;
            Some(Text::new(format!("{name}：无"), format!("{name}: none")))
        }
        NodeKind::InPeriod { .. } | NodeKind::Earlier { .. } => {
            let name = written_at(scene, at);
            Some(Text::new(format!("{name}：无"), format!("{name}: none")))
        }
        NodeKind::Parent(of) => {
            let row = scene.case.parent_row(scene.case.program.node(at.node).space, at.row);
            why(scene, At { node: *of, row })
        }
        NodeKind::Applies { guard, body } => match scene.case.truth(here(*guard)) {
            Truth::TRUE => why(scene, here(*body)),
            _ => as_it_is(scene, here(*guard)),
        },
        NodeKind::If { condition, then, otherwise, if_not_applicable } => {
            let taken = match scene.case.truth(here(*condition)) {
                Truth::TRUE => Some(*then),
                Truth::FALSE => Some(*otherwise),
                Truth::NOT_APPLICABLE => *if_not_applicable,
                _ => None,
            };
            match taken.filter(|it| !is_constant(scene, *it)) {
                Some(taken) => why(scene, here(taken)),
                None => as_it_is(scene, here(*condition)),
            }
        }
        NodeKind::Decide(it) => {
            let heads = it.heads.iter().map(|head| {
                let (name, value) = (written(scene, *head), show::value(scene, here(*head)));
                let gap = if value.zh.starts_with('“') { "" } else { " " };
                Text::new(format!("{name}{gap}{}", value.zh), format!("{name} {}", value.en))
            });
            let heads = joined(&heads.collect::<Vec<_>>(), "、", ", ");
            let name = written(scene, at.node);
            Some(Text::new(
                format!("{name}不适用于{}", heads.zh),
                format!("{name} does not apply to {}", heads.en),
            ))
        }
        NodeKind::Aggregate(it) => {
            let name = &scene.case.program.field(it.rows).name;
            Some(Text::new(
                format!("没有可计的{name}"),
                format!("there are no rows of {name} to compute from"),
            ))
        }
        kind => kind.operands().into_iter().find_map(|it| why(scene, here(it))),
    }
}

fn is_none(scene: &Scene, at: At) -> bool {
    scene.case.set(at).is_some_and(|it| it.state() == State::NotApplicable)
}

fn is_constant(scene: &Scene, node: NodeId) -> bool {
    matches!(scene.kind(node), NodeKind::Constant(Constant::NotApplicable))
}

fn as_it_is(scene: &Scene, at: At) -> Option<Text> {
    let lines: Vec<Text> = cause::as_it_is(scene, at).into_iter().map(|it| it.text).collect();
    (!lines.is_empty()).then(|| joined(&lines, "；", "; "))
}
