//! 补正清单: what to correct or supply so that undetermined conclusions are decided, and what need not be.

use crate::analysis::gaps;
use crate::analysis::gaps::Gap;
use crate::explain::model::Cause;
use crate::explain::model::ConclusionAccount;
use crate::explain::model::CriterionAccount;
use crate::explain::proof;
use crate::explain::request;
use crate::explain::scene::Scene;
use crate::explain::scene::articles;
use crate::ir::FieldId;
use crate::ir::NodeId;
use crate::ir::Verdict;
use indexmap::IndexMap;
use indexmap::IndexSet;

/// The two lists of a case.
pub struct Lists {
    /// What to correct or supply: faults first, then in article order.
    pub supply: Vec<Cause>,
    /// What is not known either, but cannot change a conclusion.
    pub irrelevant: Vec<Cause>,
    /// The same, of cells that figures, grades or points wait for.
    pub for_figures: Vec<Cause>,
}

/// Makes the lists. A table without a 结论 is judged by its 条件.
pub fn lists(
    scene: &Scene,
    conclusions: &[ConclusionAccount],
    criteria: &[CriterionAccount],
) -> Lists {
    let mut wanted: IndexMap<Gap, Option<String>> = IndexMap::new();
    let program = scene.case.program;
    for account in conclusions.iter().filter(|it| it.verdict == Verdict::Undetermined) {
        // What keeps open whether the rules are in force yet is asked for by no article of theirs.
        if let Some(node) = program.conclusion(account.conclusion).in_force {
            add(scene, &mut wanted, (node, node), &[]);
        }
        let own = program.conclusion(account.conclusion);
        for id in &account.decisive {
            let rule = program.criterion(*id);
            add(scene, &mut wanted, (rule.in_conclusion, own.node), &rule.head.articles);
        }
        add(scene, &mut wanted, (own.node, own.node), &own.head.articles);
    }
    if conclusions.is_empty() {
        for account in criteria.iter().filter(|it| it.verdict == Verdict::Undetermined) {
            let rule = program.criterion(account.criterion);
            add(scene, &mut wanted, (rule.node, rule.node), &rule.head.articles);
        }
    }
    let (for_figures, irrelevant) = irrelevant(scene, &wanted);
    wanted.sort_by_cached_key(|gap, _| !gaps::is_fault(&scene.case, gap));
    let supply =
        wanted.into_iter().map(|(gap, article)| request::cause(scene, &gap, article)).collect();
    Lists { supply, irrelevant, for_figures }
}

/// What keeps a node open, if it matters to a verdict.
fn add(
    scene: &Scene,
    wanted: &mut IndexMap<Gap, Option<String>>,
    (node, verdict): (NodeId, NodeId),
    list: &[String],
) {
    let mut gaps = gaps::gaps(&scene.case, scene.at(node));
    gaps.retain(|it| !proof::is_needless(scene, verdict, it));
    for gap in gaps {
        wanted.entry(gap).or_insert_with(|| articles(list));
    }
}

/// The cells met by any rule of the table that are not wanted, one entry a field: those that figures wait for, and the others.
fn irrelevant(scene: &Scene, wanted: &IndexMap<Gap, Option<String>>) -> (Vec<Cause>, Vec<Cause>) {
    let (verdicts, figures) = roots(scene);
    let open = figures.iter().flat_map(|it| gaps::gaps(&scene.case, scene.at(*it)));
    let open: IndexSet<Gap> = open.collect();
    let mut fields: IndexMap<FieldId, Vec<usize>> = IndexMap::new();
    for node in verdicts.into_iter().chain(figures) {
        for gap in gaps::holes(&scene.case, scene.at(node)) {
            let Gap::Cell { field, row } = gap else { continue };
            let rows = fields.entry(field).or_default();
            if !wanted.contains_key(&gap) && !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    fields.retain(|_, rows| !rows.is_empty());
    fields.iter_mut().for_each(|(_, rows)| rows.sort_unstable());
    let (mut told, mut needless) = (vec![], vec![]);
    for (field, rows) in fields {
        let waits = |row: &usize| open.contains(&Gap::Cell { field, row: *row });
        let into = if rows.iter().any(waits) { &mut told } else { &mut needless };
        into.push(request::irrelevant(scene, field, &rows));
    }
    (told, needless)
}

/// What the rules of the case's table come to: verdicts, and figures, grades and points.
fn roots(scene: &Scene) -> (Vec<NodeId>, Vec<NodeId>) {
    let (program, table) = (scene.case.program, scene.case.table);
    let conclusions = program.conclusions.iter().filter(|it| it.table == table).map(|it| it.node);
    let criteria = program.criteria.iter().filter(|it| it.table == table).map(|it| it.node);
    let indicators = program.indicators.iter().filter(|it| it.table == table).map(|it| it.node);
    let gradings = program.gradings.iter().filter(|it| it.table == table).map(|it| it.node);
    let scores = program.scores.iter().filter(|it| it.table == table).map(|it| it.node);
    (conclusions.chain(criteria).collect(), indicators.chain(gradings).chain(scores).collect())
}
