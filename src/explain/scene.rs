//! What every sentence is made from: the case and the rule texts. It words nothing but names.

use crate::analysis::At;
use crate::analysis::Case;
use crate::diagnostic::Text;
use crate::explain::model::Branch;
use crate::explain::model::Extent;
use crate::explain::proof::Proofs;
use crate::explain::round::Round;
use crate::ir::CriterionId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Score;
use crate::ir::Ty;
use crate::naming::Namer;
use crate::source::Sources;
use crate::source::Span;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Unit;

/// One case and the texts of its rulebook.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The case.
    pub case: Case<'a>,
    /// The rule texts.
    pub sources: &'a Sources,
    /// What reads names, by [`crate::ir::NamingId`].
    pub namers: &'a [Namer<'a>],
    /// How much is said.
    pub extent: Extent,
    /// What is proved of the verdicts that are not settled.
    pub proofs: &'a Proofs,
    /// The run with all other cases.
    pub round: &'a Round<'a>,
}

impl Scene<'_> {
    /// A node in the row of the case.
    pub fn at(&self, node: NodeId) -> At {
        At { node, row: self.case.row }
    }

    /// A tree, where trees are asked for.
    pub fn tree(&self, grow: impl FnOnce() -> Branch) -> Branch {
        match self.extent {
            Extent::Verdicts => Branch::default(),
            Extent::Trees => grow(),
        }
    }

    /// The kind of a node.
    pub fn kind(&self, node: NodeId) -> &NodeKind {
        &self.case.program.node(node).kind
    }
}

/// The same words in both languages: names, numbers.
pub fn same(words: impl Into<String>) -> Text {
    let words = words.into();
    Text::new(words.clone(), words)
}

/// Sentences one after another.
pub fn joined(texts: &[Text], zh: &str, en: &str) -> Text {
    let part = |of: fn(&Text) -> &str| texts.iter().map(of).collect::<Vec<_>>();
    Text::new(part(|it| &it.zh).join(zh), part(|it| &it.en).join(en))
}

/// How a node is named: by its field or rule, else as it was written.
pub fn written(scene: &Scene, node: NodeId) -> String {
    let program = scene.case.program;
    match scene.kind(node) {
        NodeKind::Field(field) | NodeKind::Filled(field) => {
            return program.field(*field).name.clone();
        }
        NodeKind::Parameter { parameter, .. } => {
            return program.parameter(*parameter).head.name.clone();
        }
        NodeKind::Parent(of) | NodeKind::Narrow { of, .. } => return written(scene, *of),
        _ => {}
    }
    if let Some(name) = rule_name(scene, node) {
        return name;
    }
    match scene.kind(node) {
        NodeKind::Applies { body, .. } | NodeKind::Default { of: body, .. } => {
            written(scene, *body)
        }
        NodeKind::RuleDate(Some(day)) => written(scene, *day),
        NodeKind::RuleDate(None) => "评价日".to_owned(),
        NodeKind::Exceptions { body, .. }
            if !matches!(scene.kind(*body), NodeKind::Constant(_)) =>
        {
            written(scene, *body)
        }
        _ => folded(scene.sources, program.node(node).span),
    }
}

/// How the value of one period is named: 营业收入（2021年）; anything else as it is.
pub fn written_at(scene: &Scene, at: At) -> String {
    let (of, period, back) = match scene.kind(at.node) {
        NodeKind::InPeriod { of, period, back, .. } => (*of, *period, *back),
        NodeKind::Earlier { of, period, back } => (*of, *period, *back),
        NodeKind::Parent(of) => {
            let row = scene.case.parent_row(scene.case.program.node(at.node).space, at.row);
            return written_at(scene, At { node: *of, row });
        }
        _ => return written(scene, at.node),
    };
    let name = written(scene, of);
    let known = match scene.case.set(At { node: period, row: at.row }) {
        Some(Set::Date(Possible { values: Some(hull), .. })) if hull.low == hull.high => hull.low,
        _ => None,
    };
    match (scene.case.program.node(period).ty, known, back) {
        (Ty::Period(kind), Some(last), back) => format!("{name}（{}）", kind.show(last - back)),
        (_, _, 0) => format!("{name}（数据期）"),
        (_, _, back) => format!("{name}（数据期前 {back} 期）"),
    }
}

/// The name of the indicator, criterion or table whose outcome a node is.
fn rule_name(scene: &Scene, node: NodeId) -> Option<String> {
    let program = scene.case.program;
    let indicator = program.indicator_at(node).map(|it| &it.head);
    let criterion = || program.criteria.iter().find(|it| it.node == node).map(|it| &it.head);
    let grading = || {
        let mut all = program.gradings.iter();
        all.find(|it| it.nodes().contains(&node) || it.decision == node).map(|it| &it.head)
    };
    let named = indicator.or_else(criterion).or_else(grading).map(|it| it.name.clone());
    named.or_else(|| program.scores.iter().find_map(|it| score_name(it, node)))
}

/// How what a score comes to is written: 综合评价, 名次（综合评价）, 入选（综合评价）.
fn score_name(score: &Score, node: NodeId) -> Option<String> {
    let name = &score.head.name;
    let of = |word: &str| Some(format!("{word}（{name}）"));
    match Some(node) {
        _ if score.node == node => Some(name.clone()),
        it if score.rank == it => of("名次"),
        it if score.selected == it => of("入选"),
        it if score.pass == it => of("合格"),
        _ => None,
    }
}

/// The criterion that a node refers to by name.
pub fn criterion_at(scene: &Scene, node: NodeId) -> Option<CriterionId> {
    let all = &scene.case.program.criteria;
    all.iter()
        .position(|it| it.node == node || it.in_conclusion == node)
        .map(|it| CriterionId(it as u32))
}

/// The text of a span on one line, without its comments.
pub fn folded(sources: &Sources, span: Span) -> String {
    let lines =
        sources.slice(span).lines().map(|line| line.split(['#', '＃']).next().unwrap_or_default());
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// The unit a node is shown in: its own, else that of what it counts.
pub fn unit_of<'s>(scene: &'s Scene, node: NodeId) -> Option<&'s Unit> {
    let own = scene.case.program.node(node).unit.as_ref();
    own.or_else(|| match scene.kind(node) {
        NodeKind::Applies { body, .. } => unit_of(scene, *body),
        NodeKind::Narrow { of, .. } | NodeKind::Parent(of) => unit_of(scene, *of),
        _ => None,
    })
}

/// The articles of a rule, joined; none where it has none.
pub fn articles(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| list.join("、"))
}

/// The table of a list of rows.
pub fn child_of(scene: &Scene, rows: crate::ir::FieldId) -> Option<crate::ir::TableId> {
    match scene.case.program.field(rows).kind {
        FieldKind::Rows { table, .. } => Some(table),
        FieldKind::Scalar { .. } => None,
    }
}
