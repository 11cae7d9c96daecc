//! What stands before the conditions of a criterion: 施行, 适用, 例外. The conditions themselves are told elsewhere.

use crate::analysis::At;
use crate::analysis::decisive;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::ir::Criterion;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Truth;

/// Lines for guards that are not simply met.
pub fn guards(
    scene: &Scene,
    in_force: Option<NodeId>,
    applies: Option<NodeId>,
    row: usize,
) -> Vec<Branch> {
    let guards = [(in_force, "施行", "in force"), (applies, "适用", "applies where")];
    let mut branches = vec![];
    for (node, zh, en) in guards {
        let Some(at) = node.map(|node| At { node, row }) else { continue };
        let truth = scene.case.truth(at);
        if truth == Truth::TRUE || truth == Truth::NOTHING {
            continue;
        }
        let mark = match truth {
            Truth::FALSE | Truth::NOT_APPLICABLE => Mark::NotApplicable,
            Truth::ERROR => Mark::Error,
            _ => Mark::Undetermined,
        };
        let lines: Vec<Text> = cause::as_it_is(scene, at).into_iter().map(|it| it.text).collect();
        let detail = Some(joined(&lines, "；", "; "));
        let place = crate::explain::place::of_outcome(scene, at);
        branches.push(Branch {
            mark,
            head: Text::new(zh, en),
            detail,
            place,
            decides: true,
            children: vec![],
        });
    }
    branches
}

/// Leaves out of the branches below a conclusion the guards that stand beside them: 施行 told once is enough.
pub(super) fn leave_out(branch: &mut Branch, told: &[Branch]) {
    let same = |a: &Branch, b: &Branch| a.head == b.head && a.detail == b.detail;
    if told.iter().any(|it| same(it, branch)) {
        return;
    }
    let before = branch.children.len();
    branch.children.retain(|child| !told.iter().any(|it| same(it, child)));
    // One condition that is left stands beside the criterion's name.
    if let ([only], true) = (branch.children.as_slice(), branch.children.len() < before)
        && branch.detail.is_none()
        && only.detail.is_none()
    {
        let only = only.clone();
        (branch.detail, branch.place, branch.children) =
            (Some(only.head), only.place, only.children);
    }
    branch.children.iter_mut().for_each(|it| leave_out(it, told));
}

/// 例外（第六条）：… 视为符合
pub(super) fn exceptions(scene: &Scene, rule: &Criterion, row: usize) -> Vec<Branch> {
    let Some(NodeKind::Exceptions { exceptions, .. }) = rule.exceptions.map(|it| scene.kind(it))
    else {
        return vec![];
    };
    let truth = |node: NodeId| scene.case.truth(At { node, row });
    let standing = decisive::standing(exceptions, truth);
    let mut branches = vec![];
    for (index, arm) in exceptions.iter().enumerate() {
        let stands = standing.contains(&index);
        let guard = truth(arm.guard);
        let mark = match guard {
            Truth::TRUE | Truth::FALSE | Truth::NOT_APPLICABLE => Mark::Plain,
            Truth::ERROR => Mark::Error,
            _ => Mark::Undetermined,
        };
        let at = At { node: arm.guard, row };
        let lines: Vec<Text> = cause::as_it_is(scene, at).into_iter().map(|it| it.text).collect();
        let because = joined(&lines, "；", "; ");
        let (zh, en) = outcome_words(truth(arm.deemed));
        let detail = match (stands, guard) {
            (true, _) => {
                Text::new(format!("{}，{zh}", because.zh), format!("{}: {en}", because.en))
            }
            (false, Truth::TRUE) => {
                Text::new("成立，但不取其结果", "it holds, but another goes before it")
            }
            (false, Truth::FALSE | Truth::NOT_APPLICABLE) => Text::new(
                format!("不成立（{}）", because.zh),
                format!("does not hold ({})", because.en),
            ),
            _ => Text::new(
                format!("{}，成立则{zh}", because.zh),
                format!("{}; if it holds: {en}", because.en),
            ),
        };
        let head =
            Text::new(format!("例外（{}）", arm.article), format!("exception ({})", arm.article));
        let place = crate::explain::place::of_outcome(scene, at);
        let decides = stands || mark != Mark::Plain;
        branches.push(Branch {
            mark,
            head,
            detail: Some(detail),
            place,
            decides,
            children: vec![],
        });
    }
    branches
}

fn outcome_words(truth: Truth) -> (&'static str, &'static str) {
    match truth {
        Truth::TRUE => ("视为符合", "deemed met"),
        Truth::FALSE => ("视为不符合", "deemed not met"),
        Truth::NOT_APPLICABLE => ("视为不适用", "deemed not applicable"),
        _ => ("结果未定", "its effect is open"),
    }
}
