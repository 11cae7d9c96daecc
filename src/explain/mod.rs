//! The account of one case: verdicts, causes, remedies and the tree a reviewer walks down. Nothing is evaluated or laid out here.

mod absent;
mod arithmetic;
mod cause;
mod figure;
mod functions;
mod line;
mod members;
mod message;
mod model;
pub mod naming;
mod note;
mod own;
mod place;
mod population;
mod proof;
mod put_in;
mod remedy;
mod request;
mod round;
mod scene;
mod score;
pub mod show;
mod supply;
mod table;
mod tree;
mod workings;

#[cfg(test)]
mod tests;

pub use functions::stopped_scripts;
pub use model::*;
pub use round::Round;
pub use score::Feedback;
pub use score::FeedbackLine;
pub use score::Figure;
pub use score::Outcome;
pub use score::PartAccount;
pub use score::Rank;
pub use score::Role;
pub use score::ScoreAccount;
pub use score::compared::findings as of_populations;

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::decisive;
use crate::eval::recorder::Recording;
use crate::ir::Conclusion;
use crate::ir::ConclusionId;
use crate::ir::CriterionId;
use crate::ir::GradingId;
use crate::ir::Head;
use crate::ir::IndicatorId;
use crate::ir::NodeKind;
use crate::ir::Required;
use crate::ir::ScoreId;
use crate::ir::TableId;
use crate::ir::Verdict;
use crate::value::Set;
use crate::value::Truth;
use scene::Scene;

/// Says all there is to say about one case. `recording` is of that case.
fn account(round: &Round, recording: &Recording, (table, row): (TableId, usize)) -> CaseAccount {
    let Round { program, facts, .. } = *round;
    let case = Case { program, facts, recording, outcome: &round.outcome, table, row };
    let Round { sources, namers, extent, .. } = round;
    let none = proof::Proofs::new();
    let bare = Scene { case, sources, namers, extent: *extent, round, proofs: &none };
    let proofs = proof::all(&bare);
    let scene = Scene { proofs: &proofs, ..bare };
    let own = facts.table(table);
    let criteria: Vec<CriterionAccount> =
        in_article_order(&program.criteria, |it| &it.head, |it| it.table == table)
            .map(|index| criterion(&scene, CriterionId(index)))
            .collect();
    let conclusions = program.conclusions.iter().enumerate().filter(|(_, it)| it.table == table);
    let conclusions: Vec<ConclusionAccount> = conclusions
        .map(|(index, _)| conclusion(&scene, ConclusionId(index as u32), &criteria))
        .collect();
    let lists = supply::lists(&scene, &conclusions, &criteria);
    CaseAccount {
        table,
        row,
        id: own.keys[row].to_string(),
        name: own.names[row].to_string(),
        on: rule_day(&scene),
        conclusions,
        indicators: in_article_order(&program.indicators, |it| &it.head, |it| it.table == table)
            .map(|index| figure::indicator(&scene, IndicatorId(index)))
            .collect(),
        grades: in_article_order(&program.gradings, |it| &it.head, |it| it.table == table)
            .map(|index| figure::grade(&scene, GradingId(index)))
            .collect(),
        scores: in_article_order(&program.scores, |it| &it.head, |it| it.table == table)
            .map(|index| score::score(&scene, ScoreId(index)))
            .collect(),
        reported: criteria
            .iter()
            .map(|it| it.criterion)
            .filter(|it| round.reported.contains(it))
            .collect(),
        criteria,
        supply: lists.supply,
        irrelevant: lists.irrelevant,
        for_figures: lists.for_figures,
        stopped: crate::analysis::errors::scripts(&case),
    }
}

/// The items of a table by their first article, then in the order written.
fn in_article_order<T>(
    items: &[T],
    head: impl Fn(&T) -> &Head,
    of_table: impl Fn(&T) -> bool,
) -> impl Iterator<Item = u32> {
    let mut order: Vec<(usize, u32)> = vec![];
    for (index, item) in items.iter().enumerate().filter(|(_, it)| of_table(it)) {
        order.push((head(item).order, index as u32));
    }
    order.sort_unstable();
    order.into_iter().map(|it| it.1)
}

/// The day that decides the case: as the rules took it, else the field the policy names.
fn rule_day(scene: &Scene) -> Option<i32> {
    let case = &scene.case;
    if let Some(day) = scene.round.run.on {
        return Some(day);
    }
    let nodes = case.program.nodes.iter().enumerate();
    let days =
        nodes.filter(|(_, it)| it.space == case.table && matches!(it.kind, NodeKind::RuleDate(_)));
    let recorded =
        days.filter_map(|(index, _)| case.set(scene.at(crate::ir::NodeId(index as u32)))).next();
    let set = recorded.or_else(|| {
        let name = case.program.policy.rule_date.as_deref()?;
        let index = case.program.table(case.table).fields.iter().position(|it| it.name == name)?;
        case.facts.table(case.table).columns[index].as_ref().map(|it| it.column.get(case.row))
    });
    match set? {
        Set::Date(set) => set.values.and_then(|it| it.low.filter(|_| it.low == it.high)),
        _ => None,
    }
}

fn criterion(scene: &Scene, id: CriterionId) -> CriterionAccount {
    let rule = scene.case.program.criterion(id);
    let row = scene.case.row;
    let truth = scene.case.truth(scene.at(rule.node));
    let verdict = verdict(truth);
    let mut causes = cause::of_criterion(scene, rule, row);
    let message = message::of_criterion(scene, rule, row, &causes);
    let notes = note::of_criterion(scene, rule, row, &message);
    causes.extend(cause::assumed(scene, rule, scene.at(rule.node)));
    let remedies = match verdict {
        Verdict::NotMet => match naming::at_fault(scene, rule, row) {
            Some(at) => naming::remedies(scene, at),
            None => remedy::remedies(scene, scene.at(rule.node)),
        },
        Verdict::Undetermined => requests(&causes),
        Verdict::Met | Verdict::NotApplicable => vec![],
    };
    CriterionAccount {
        criterion: id,
        force: rule.force,
        verdict,
        possible: possible(truth),
        proved: proof::is_proved(scene, rule.node),
        proof: proof::of_criterion(scene, rule),
        notes,
        message,
        causes,
        remedies,
        tree: scene.tree(|| tree::criterion(scene, id, row, true)),
    }
}

/// What to supply, as remedies.
fn requests(causes: &[Cause]) -> Vec<Remedy> {
    let asks = |kind| matches!(kind, CauseKind::Unknown | CauseKind::Elsewhere | CauseKind::Fault);
    let open = causes.iter().filter(|it| asks(it.kind));
    open.map(|it| Remedy { text: it.text.clone(), changes: vec![], held: vec![] }).collect()
}

fn conclusion(scene: &Scene, id: ConclusionId, criteria: &[CriterionAccount]) -> ConclusionAccount {
    let rule = scene.case.program.conclusion(id);
    let at = scene.at(rule.node);
    let truth = scene.case.truth(at);
    let verdict = verdict(truth);
    let decisive = decisive::nearest(scene.case.program, scene.case.recording, at);
    ConclusionAccount {
        conclusion: id,
        verdict,
        possible: possible(truth),
        proved: proof::is_proved(scene, rule.node),
        proof: proof::line(scene, rule.node),
        notes: notes(scene, rule, at, &decisive, criteria),
        own: match verdict {
            Verdict::NotMet | Verdict::Undetermined => own::reasons(scene, id),
            Verdict::Met | Verdict::NotApplicable => vec![],
        },
        struck: match verdict {
            Verdict::NotMet => own::struck(scene, id),
            _ => vec![],
        },
        joint: match verdict {
            Verdict::NotMet => remedy::joint(scene, id, &decisive),
            _ => vec![],
        },
        decisive,
        tree: scene.tree(|| tree::conclusion(scene, rule)),
    }
}

/// The notes of a conclusion: departures of all its common conditions, and what the deciding ones rest on.
fn notes(
    scene: &Scene,
    rule: &Conclusion,
    at: At,
    decisive: &[CriterionId],
    criteria: &[CriterionAccount],
) -> Vec<Note> {
    if scene.case.truth(at) == Truth::NOT_APPLICABLE {
        return vec![];
    }
    let softened = softened(scene, rule);
    let mut notes: Vec<Note> = vec![];
    for account in criteria {
        let departs = |note: &Note| matches!(note.kind, NoteKind::Departure | NoteKind::Maybe);
        for note in &account.notes {
            let taken = match departs(note) {
                true => softened.contains(&account.criterion),
                false => decisive.contains(&account.criterion),
            };
            if taken && !notes.contains(note) {
                notes.push(note.clone());
            }
        }
    }
    for clause in &rule.clauses {
        let own = note::supports(scene, scene.at(clause.node));
        notes.extend(own.into_iter().filter(|_| scene.case.is_settled(at)));
    }
    notes
}

/// The conditions of a conclusion that may be departed from, those of the conclusions it requires included.
fn softened(scene: &Scene, rule: &Conclusion) -> Vec<CriterionId> {
    let program = scene.case.program;
    let mut found = vec![];
    for required in &rule.requires {
        match required {
            Required::Criterion(id) if program.criterion(*id).departs.is_some() => found.push(*id),
            Required::Criterion(_) => {}
            Required::Conclusion(id) => found.extend(softened(scene, program.conclusion(*id))),
        }
    }
    found
}

/// The verdict of a truth (`semantics` §1.1).
pub fn verdict(truth: Truth) -> Verdict {
    match truth {
        Truth::TRUE => Verdict::Met,
        Truth::FALSE => Verdict::NotMet,
        Truth::NOT_APPLICABLE => Verdict::NotApplicable,
        _ => Verdict::Undetermined,
    }
}

fn possible(truth: Truth) -> Vec<Possibility> {
    let one = |it: Truth| match it {
        Truth::TRUE => Possibility::Met,
        Truth::FALSE => Possibility::NotMet,
        Truth::NOT_APPLICABLE => Possibility::NotApplicable,
        _ => Possibility::Error,
    };
    truth.outcomes().map(one).collect()
}
