//! What fails of a conclusion that is no condition it names: its own sentences, and its vetoes. Trees are grown elsewhere.

use crate::analysis::At;
use crate::diagnostic::Text;
use crate::explain::cause;
use crate::explain::model::Branch;
use crate::explain::model::Mark;
use crate::explain::model::OwnReason;
use crate::explain::model::Remedy;
use crate::explain::model::Struck;
use crate::explain::remedy;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::tree;
use crate::ir::Conclusion;
use crate::ir::ConclusionId;
use crate::ir::CriterionId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Required;
use crate::value::Truth;

/// What fails of a conclusion's own sentences, and its vetoes that are no criteria; of one that is open, what is in error.
/// Those of conclusions that it requires are among them.
pub fn reasons(scene: &Scene, id: ConclusionId) -> Vec<OwnReason> {
    let asked = match scene.case.truth(scene.at(scene.case.program.conclusion(id).node)) {
        Truth::FALSE => Mark::NotMet,
        _ => Mark::Error,
    };
    let mut reasons: Vec<OwnReason> = vec![];
    for id in with_required(scene, id) {
        let it = scene.case.program.conclusion(id);
        for veto in it.vetoes.iter().filter(|it| it.criterion.is_none()) {
            let mut branch = tree::node(scene, scene.at(veto.node), false, None);
            branch.head = Text::new(
                format!("一票否决 {}", branch.head.zh),
                format!("veto: {}", branch.head.en),
            );
            if branch.mark == asked {
                reasons.push(reason(id, branch, kept_from(scene, veto.node)));
            }
        }
        for own in &it.clauses {
            let branches = tree::clause(scene, own, scene.case.row, true).into_iter();
            let failing: Vec<Branch> = branches.filter(|it| it.mark == asked).collect();
            let remedies = match (failing.len(), asked) {
                (1, Mark::NotMet) => remedy::remedies(scene, scene.at(own.node)),
                _ => vec![],
            };
            reasons.extend(failing.into_iter().map(|it| reason(id, it, remedies.clone())));
        }
    }
    reasons
}

/// The criteria that strike as vetoes of a conclusion, or of one that it requires.
pub fn struck(scene: &Scene, id: ConclusionId) -> Vec<Struck> {
    let mut all: Vec<Struck> = vec![];
    for id in with_required(scene, id) {
        for veto in &scene.case.program.conclusion(id).vetoes {
            let strikes = scene.case.truth(scene.at(veto.node)) == Truth::TRUE;
            let Some(criterion) = veto.criterion.filter(|_| strikes) else { continue };
            if all.iter().all(|it| it.criterion != criterion) {
                let rule = scene.case.program.criterion(criterion);
                let causes = cause::failing(scene, rule, scene.at(veto.node), false);
                let lines: Vec<Text> = causes.iter().map(|it| it.text.clone()).collect();
                let message = joined(&lines, "；", "; ");
                let remedies = kept_from(scene, veto.node);
                all.push(Struck { criterion, message, causes, remedies });
            }
        }
    }
    all
}

/// The truth that a criterion which decides a conclusion ought to be: the criterion, or that it does not strike.
pub fn asked(scene: &Scene, id: ConclusionId, criterion: CriterionId) -> At {
    let own = |it: &ConclusionId| {
        let vetoes = &scene.case.program.conclusion(*it).vetoes;
        vetoes.iter().find(|it| it.criterion == Some(criterion)).map(|it| it.node)
    };
    let veto = with_required(scene, id).iter().find_map(own);
    let contrary = veto.and_then(|it| contrary(scene, it));
    scene.at(contrary.unwrap_or(scene.case.program.criterion(criterion).node))
}

/// A conclusion, and those it requires that come to what it comes to.
fn with_required(scene: &Scene, id: ConclusionId) -> Vec<ConclusionId> {
    let node = |id: ConclusionId| scene.case.program.conclusion(id).node;
    let own = scene.case.truth(scene.at(node(id)));
    let mut all = vec![id];
    let mut next = 0;
    while next < all.len() {
        let Conclusion { requires, requires_one, .. } = scene.case.program.conclusion(all[next]);
        for required in requires.iter().chain(requires_one.iter().flatten()) {
            let Required::Conclusion(id) = required else { continue };
            let truth = scene.case.truth(scene.at(node(*id)));
            let alike = if own == Truth::FALSE { truth == own } else { truth.may(Truth::ERROR) };
            if alike && !all.contains(id) {
                all.push(*id);
            }
        }
        next += 1;
    }
    all
}

/// What would keep a veto from striking.
fn kept_from(scene: &Scene, veto: NodeId) -> Vec<Remedy> {
    let contrary = contrary(scene, veto);
    contrary.map_or_else(Vec::new, |it| remedy::remedies(scene, scene.at(it)))
}

/// 非 of a veto, as conclusions ask for it.
fn contrary(scene: &Scene, veto: NodeId) -> Option<NodeId> {
    let nodes = &scene.case.program.nodes;
    let at = nodes.iter().position(|it| it.kind == NodeKind::Not(veto))?;
    Some(NodeId(at as u32))
}

fn reason(conclusion: ConclusionId, branch: Branch, remedies: Vec<Remedy>) -> OwnReason {
    let detail = branch.detail.unwrap_or_default();
    let because = branch.children.iter().filter(|it| branch.mark == Mark::Error && it.decides);
    let because: Vec<Text> = because.map(|it| it.head.clone()).collect();
    let because = joined(&because, "；", "; ");
    let joined = |parts: [&str; 2], by: &str| {
        let parts = parts.into_iter().map(str::trim).filter(|it| !it.is_empty());
        parts.collect::<Vec<_>>().join(by)
    };
    let text = Text::new(
        joined([&joined([&branch.head.zh, &detail.zh], " "), &because.zh], "："),
        joined([&joined([&branch.head.en, &detail.en], " "), &because.en], ": "),
    );
    OwnReason { conclusion, text, place: branch.place, remedies }
}
