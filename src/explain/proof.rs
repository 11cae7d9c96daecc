//! What is proved of a verdict that is not settled: two ways to fill what is missing, in one line. It searches for nothing.

use crate::analysis::gaps;
use crate::analysis::gaps::Gap;
use crate::analysis::proof;
use crate::analysis::proof::Completion;
use crate::analysis::proof::Proof;
use crate::diagnostic::Text;
use crate::explain::scene::Scene;
use crate::explain::scene::joined;
use crate::explain::show;
use crate::explain::show::Style;
use crate::ir::Criterion;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::value::Set;
use crate::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// More values than this are not told.
const TOLD: usize = 3;

/// What is proved of each outcome of a case that is not settled.
pub type Proofs = BTreeMap<NodeId, Proof>;

/// Looks at all criteria and conclusions of a case that are not settled.
pub fn all(scene: &Scene) -> Proofs {
    let (program, table) = (scene.case.program, scene.case.table);
    let criteria = program.criteria.iter().filter(|it| it.table == table);
    let conclusions = program.conclusions.iter().filter(|it| it.table == table).map(|it| it.node);
    let nodes: BTreeSet<NodeId> = criteria.map(|it| it.node).chain(conclusions).collect();
    let open = nodes.into_iter().filter(|it| is_open(scene, *it));
    open.map(|it| (it, proof::prove(&scene.case, scene.namers, scene.at(it)))).collect()
}

/// Whether more than one outcome is possible.
fn is_open(scene: &Scene, node: NodeId) -> bool {
    scene.case.truth(scene.at(node)).outcomes().count() > 1
}

/// Whether a verdict is settled, or two completions prove that it is open.
pub fn is_proved(scene: &Scene, node: NodeId) -> bool {
    match scene.case.truth(scene.at(node)) {
        Truth::ERROR => false,
        truth if truth.is_settled() => true,
        _ => scene.proofs.get(&node).is_some_and(|it| it.witnesses.is_some()),
    }
}

/// Whether a cell is proved not to matter to an outcome.
pub fn is_needless(scene: &Scene, node: NodeId, gap: &Gap) -> bool {
    let Gap::Cell { field, row } = gap else { return false };
    scene.proofs.get(&node).is_some_and(|it| it.irrelevant.contains(&(*field, *row)))
}

/// The line of a criterion; where it is open whether the rules are in force yet, that is told of the conclusion only.
pub fn of_criterion(scene: &Scene, rule: &Criterion) -> Option<Text> {
    rule.in_force.is_none_or(|it| !is_open(scene, it)).then(|| line(scene, rule.node))?
}

/// 若 收入 为 0 元，则不符合；若为 100 元，则符合. Without two completions: 按现有信息未能排除.
pub fn line(scene: &Scene, node: NodeId) -> Option<Text> {
    let proof = scene.proofs.get(&node)?;
    let Some([a, b]) = &proof.witnesses else { return Some(not_ruled_out(scene, node)) };
    let differ = |at: &usize| a.cells[*at].2 != b.cells[*at].2;
    let (moved, kept): (Vec<usize>, Vec<usize>) = (0..a.cells.len()).partition(differ);
    // What the outcome does not rest on is not supposed either.
    let asked: BTreeSet<(FieldId, usize)> = gaps::gaps(&scene.case, scene.at(node))
        .into_iter()
        .filter_map(|it| match it {
            Gap::Cell { field, row } => Some((field, row)),
            _ => None,
        })
        .collect();
    let kept = kept.into_iter().filter(|at| {
        let (field, row, _) = a.cells[*at];
        asked.contains(&(field, row)) && !proof.irrelevant.contains(&(field, row))
    });
    let kept: Vec<usize> = kept.collect();
    let given = match kept.len() {
        0 => Text::default(),
        1..=TOLD => {
            let values = values(scene, a, &kept, true);
            Text::new(format!("设{}：", values.zh), format!("Given {}: ", values.en))
        }
        _ => Text::new("其余未填项不变时，", "All else being equal, "),
    };
    let (a_values, b_values) = match moved.len() {
        1 => (values(scene, a, &moved, true), values(scene, b, &moved, false)),
        2..=TOLD => (values(scene, a, &moved, true), values(scene, b, &moved, true)),
        _ => return Some(many(a, b)),
    };
    let (a_word, b_word) = (outcome(&a.outcome), outcome(&b.outcome));
    Some(Text::new(
        format!(
            "{}若{}，则{}；若{}，则{}",
            given.zh, a_values.zh, a_word.zh, b_values.zh, b_word.zh
        ),
        format!(
            "{}if {}, it is {}; if {}, it is {}",
            given.en, a_values.en, a_word.en, b_values.en, b_word.en
        ),
    ))
}

fn many(a: &Completion, b: &Completion) -> Text {
    let (a, b) = (outcome(&a.outcome), outcome(&b.outcome));
    Text::new(
        format!("未填项取值不同，结果可为{}，也可为{}", a.zh, b.zh),
        format!("depending on what is missing it is {} or {}", a.en, b.en),
    )
}

fn not_ruled_out(scene: &Scene, node: NodeId) -> Text {
    let outcomes = scene.case.truth(scene.at(node)).outcomes();
    let words: Vec<Text> = outcomes.map(|it| outcome(&Set::Truth(it))).collect();
    let words = joined(&words, "、", ", ");
    Text::new(
        format!("按现有信息未能排除：{}", words.zh),
        format!("What is known does not rule out: {}", words.en),
    )
}

/// 收入 为 0 元、成本 为 80 元; of one value without its name 为 0 元.
fn values(scene: &Scene, completion: &Completion, cells: &[usize], named: bool) -> Text {
    let one = |at: &usize| {
        let (field, row, set) = &completion.cells[*at];
        let value = value(scene, *field, set);
        match named {
            true => {
                let name = name(scene, *field, *row);
                Text::new(
                    format!(" {} 为 {}", name.zh, value.zh),
                    format!("{} is {}", name.en, value.en),
                )
            }
            false => Text::new(format!("为 {}", value.zh), format!("it is {}", value.en)),
        }
    };
    let all: Vec<Text> = cells.iter().map(one).collect();
    joined(&all, "、", ", ")
}

/// A field, with the name of its row where it stands in a list.
fn name(scene: &Scene, field: FieldId, row: usize) -> Text {
    let it = &scene.case.program.field(field).name;
    if field.table == scene.case.table {
        return Text::new(it.clone(), it.clone());
    }
    let of = &scene.case.facts.table(field.table).names[row];
    Text::new(format!("{of} 的 {it}"), format!("{it} of {of}"))
}

fn value(scene: &Scene, field: FieldId, set: &Set) -> Text {
    let FieldKind::Scalar { ty, unit, .. } = &scene.case.program.field(field).kind else {
        return Text::default();
    };
    let style = Style { unit: unit.as_ref(), ..Style::default() };
    show::set_text(scene.case.program, *ty, set, style)
}

fn outcome(set: &Set) -> Text {
    match set {
        Set::Truth(Truth::TRUE) => Text::new("符合", "met"),
        Set::Truth(Truth::FALSE) => Text::new("不符合", "not met"),
        Set::Truth(Truth::NOT_APPLICABLE) => Text::new("不适用", "not applicable"),
        _ => Text::new("有错误", "in error"),
    }
}
