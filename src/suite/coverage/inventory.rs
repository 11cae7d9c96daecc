//! The points of a program: every condition, bound, row and exception of every rule. Nothing is observed here.

use crate::analysis::decisive::is_atom;
use crate::ir::Clause;
use crate::ir::Comparison;
use crate::ir::Decision;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ParameterId;
use crate::ir::Program;
use crate::ir::Score;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Veto;
use crate::source::Sources;
use crate::source::Span;
use crate::suite::coverage::Aspect;
use crate::suite::coverage::Item;
use crate::suite::coverage::ItemKind;
use crate::suite::coverage::Point;
use crate::suite::coverage::PointKind;
use crate::suite::coverage::Want;
use crate::suite::coverage::Watch;
use crate::suite::coverage::parts;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The ways of a truth.
const TRUTH: [Aspect; 5] =
    [Aspect::Met, Aspect::NotMet, Aspect::Unknown, Aspect::NotApplicable, Aspect::Decisive];

/// The rules with their points, in article order; rules without any are left out.
pub fn items(program: &Program, sources: &Sources) -> Vec<Item> {
    let mut found = Found::default();
    let survey = |of: Option<(TableId, NodeId)>| Survey::new(program, sources, of);
    found.policy(program, survey(None));
    for (index, it) in program.parameters.iter().enumerate() {
        let mut survey = survey(None);
        let id = ParameterId(index as u32);
        let of = |kind: &NodeKind| matches!(kind, NodeKind::Parameter { parameter, .. } if *parameter == id);
        for (at, node) in nodes(program).filter(|it| of(&it.1.kind)) {
            survey.table = Some(node.space);
            survey.walk_from(at);
        }
        found.add(&it.head, ItemKind::Parameter, survey);
    }
    for it in &program.indicators {
        let mut survey = survey(Some((it.table, it.node)));
        survey.walk_from(it.node);
        found.add(&it.head, ItemKind::Indicator, survey);
    }
    for it in &program.criteria {
        let mut survey = survey(Some((it.table, it.node)));
        survey.truth(PointKind::Whole, it.node, it.head.span, None);
        it.clauses.iter().for_each(|it| survey.clause(it));
        survey.walk_from(it.node);
        survey.walk_from(it.in_conclusion);
        found.add(&it.head, ItemKind::Criterion, survey);
    }
    for it in &program.gradings {
        let mut survey = survey(Some((it.table, it.node)));
        if let NodeKind::Decide(decision) = &program.node(it.decision).kind {
            survey.decision(it.decision, decision, &it.cells);
        }
        survey.walk_from(it.node);
        found.add(&it.head, ItemKind::Table, survey);
    }
    for it in &program.scores {
        let mut survey = survey(Some((it.table, it.node)));
        survey.score(it);
        found.add(&it.head, ItemKind::Score, survey);
    }
    for it in &program.conclusions {
        let mut survey = survey(Some((it.table, it.node)));
        survey.truth(PointKind::Whole, it.node, it.head.span, None);
        survey.vetoes(&it.vetoes);
        it.clauses.iter().for_each(|it| survey.clause(it));
        survey.walk_from(it.node);
        found.add(&it.head, ItemKind::Conclusion, survey);
    }
    found.in_order()
}

/// The items found so far, each with its place in the outline.
#[derive(Default)]
struct Found(Vec<(usize, Item)>);

impl Found {
    /// 施行: once, not for every rule; of each table's rows.
    fn policy(&mut self, program: &Program, mut survey: Survey) {
        let all: Vec<_> = nodes(program).filter(|it| is_in_force(it.1)).collect();
        for (at, node) in &all {
            let several = all.iter().any(|it| it.1.space != node.space);
            let label = several.then(|| program.table(node.space).name.clone());
            survey.push(PointKind::InForce, node.span, label, Watch::Truth(*at), &TRUTH[..3]);
        }
        let Some(span) = survey.points.iter().map(|it| it.span).min() else { return };
        let (kind, name) = (ItemKind::Policy, program.policy.title.clone());
        self.0.push((0, Item { kind, name, articles: vec![], span, points: survey.points }));
    }

    fn add(&mut self, head: &Head, kind: ItemKind, mut survey: Survey) {
        survey.tell_apart();
        let Head { name, articles, order, span, .. } = head.clone();
        // The columns of one table are one item.
        let twin = self.0.iter_mut().find(|it| it.1.kind == ItemKind::Table && it.1.span == span);
        match twin.filter(|_| kind == ItemKind::Table) {
            Some((_, item)) => {
                let known: Vec<_> = item.points.iter().map(key).collect();
                let new = survey.points.into_iter();
                item.points.extend(new.filter(|it| !known.contains(&key(it))));
            }
            None if survey.points.is_empty() => {}
            None => {
                self.0.push((order, Item { kind, name, articles, span, points: survey.points }))
            }
        }
    }

    fn in_order(mut self) -> Vec<Item> {
        self.0.sort_by(|a, b| (a.0, a.1.kind, &a.1.name).cmp(&(b.0, b.1.kind, &b.1.name)));
        self.0.into_iter().map(|it| it.1).collect()
    }
}

/// The nodes of the rules that nothing else in the rules uses: what a run is for. What tests say does not matter.
pub fn outputs(program: &Program) -> Vec<NodeId> {
    let owned = owned(program);
    let mut open: Vec<NodeId> = owned.keys().copied().collect();
    let mut used = BTreeSet::new();
    while let Some(at) = open.pop() {
        let below = program.node(at).kind.operands();
        open.extend(below.into_iter().filter(|it| used.insert(*it)));
    }
    owned.into_keys().filter(|it| !used.contains(it)).collect()
}

/// The nodes that stand for rules, each with a number of its rule.
fn owned(program: &Program) -> BTreeMap<NodeId, usize> {
    let criteria = program.criteria.iter().map(|it| vec![it.node, it.in_conclusion]);
    let conclusions = program.conclusions.iter().map(|it| vec![it.node]);
    let indicators = program.indicators.iter().map(|it| it.nodes().to_vec());
    let gradings = program.gradings.iter().map(|it| [&it.nodes()[..], &[it.decision]].concat());
    let scores = program
        .scores
        .iter()
        .map(|it| [Some(it.node), it.pass, it.rank, it.selected].into_iter().flatten().collect());
    let all = criteria.chain(conclusions).chain(indicators).chain(gradings).chain(scores);
    all.enumerate()
        .flat_map(|(owner, nodes)| nodes.into_iter().map(move |it| (it, owner)))
        .collect()
}

fn nodes(program: &Program) -> impl Iterator<Item = (NodeId, &crate::ir::Node)> {
    (0u32..).map(NodeId).zip(&program.nodes)
}

fn is_in_force(node: &crate::ir::Node) -> bool {
    matches!(node.kind, NodeKind::InForce { .. })
}

/// Of a field that has an 适用 of its own, the guard: it and its cell are one thing.
fn own_guard(program: &Program, node: &crate::ir::Node) -> Option<NodeId> {
    let NodeKind::Applies { guard, body } = node.kind else { return None };
    match program.node(body).kind {
        NodeKind::Field(field) if program.field(field).applies == Some(guard) => Some(guard),
        _ => None,
    }
}

/// What tells points of one item apart.
fn key(it: &Point) -> (PointKind, Span, String) {
    (it.kind, it.span, it.text.clone())
}

/// The points of one item, as they are found.
struct Survey<'a> {
    program: &'a Program,
    sources: &'a Sources,
    table: Option<TableId>,
    /// The nodes of other rules.
    others: BTreeMap<NodeId, usize>,
    seen: BTreeSet<NodeId>,
    points: Vec<Point>,
}

impl<'a> Survey<'a> {
    fn new(
        program: &'a Program,
        sources: &'a Sources,
        of: Option<(TableId, NodeId)>,
    ) -> Survey<'a> {
        let mut others = owned(program);
        let me = of.and_then(|it| others.get(&it.1).copied());
        others.retain(|_, owner| Some(*owner) != me);
        let table = of.map(|it| it.0);
        Survey { program, sources, table, others, seen: BTreeSet::new(), points: vec![] }
    }

    fn push(
        &mut self,
        kind: PointKind,
        span: Span,
        label: Option<String>,
        watch: Watch,
        aspects: &[Aspect],
    ) {
        if self.points.iter().any(|it| it.watch == watch) {
            return;
        }
        let text = self.sources.slice(span);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let want = |aspect: &Aspect| Want { aspect: *aspect, excluded: None, tests: 0, data: 0 };
        let wants = aspects.iter().map(want).collect();
        self.points.push(Point { kind, label, span, text, wants, watch });
    }

    fn truth(&mut self, kind: PointKind, node: NodeId, span: Span, label: Option<String>) {
        self.push(kind, span, label, Watch::Truth(node), &TRUTH);
    }

    /// A clause, where it is not the whole rule; the lines of its list.
    fn clause(&mut self, it: &Clause) {
        for line in it.list.iter().flat_map(|it| &it.1) {
            if !self.others.contains_key(&line.node) {
                self.truth(PointKind::Condition, line.node, line.span, line.label.clone());
            }
        }
        self.walk_from(it.node);
    }

    fn vetoes(&mut self, all: &[Veto]) {
        for veto in all {
            self.truth(PointKind::Veto, veto.node, self.program.node(veto.node).span, None);
        }
    }

    fn score(&mut self, it: &Score) {
        self.vetoes(&it.vetoes);
        if let Some(pass) = it.pass {
            let span = it.pass_line.map_or(it.head.span, |it| self.program.node(it).span);
            self.truth(PointKind::Condition, pass, span, Some("合格".to_owned()));
        }
        for (kind, span, label, watch, aspects) in parts::of(self.program, it) {
            self.push(kind, span, label, watch, aspects);
        }
        it.pass.into_iter().chain([it.node]).chain(it.among).for_each(|it| self.walk_from(it));
    }

    /// Looks at a node of the item and all below it that belong to no other rule.
    fn walk_from(&mut self, node: NodeId) {
        let mut open = vec![node];
        while let Some(at) = open.pop() {
            if self.others.contains_key(&at) || !self.seen.insert(at) {
                continue;
            }
            let node = self.program.node(at);
            self.look(at);
            match own_guard(self.program, node) {
                Some(guard) => open.push(guard),
                None => open.extend(node.kind.operands().into_iter().rev()),
            }
        }
    }

    fn look(&mut self, at: NodeId) {
        let node = self.program.node(at);
        // 施行 is counted once, not for every rule.
        let internal = is_in_force(node)
            || matches!(
                node.kind,
                NodeKind::Constant(_) | NodeKind::Score(Scoring::Known(_)) | NodeKind::Parent(_)
            );
        let atom = is_atom(self.program, at) || own_guard(self.program, node).is_some();
        if node.ty == Ty::Truth && atom && !internal {
            let kind = match self.table == Some(node.space) || self.table.is_none() {
                true => PointKind::Condition,
                false => PointKind::OfRows,
            };
            self.truth(kind, at, node.span, None);
        }
        match &node.kind {
            NodeKind::Compare(op, left, right) if is_order(*op) => {
                self.bound(at, node.span, [*left, *right]);
            }
            NodeKind::Exceptions { exceptions, .. } => {
                for (index, arm) in exceptions.iter().enumerate() {
                    let span = self.program.node(arm.guard).span;
                    let label = (!arm.article.is_empty()).then(|| arm.article.clone());
                    let aspects = [Aspect::Taken, Aspect::NotTaken];
                    self.push(
                        PointKind::Exception,
                        span,
                        label,
                        Watch::Exception(at, index),
                        &aspects,
                    );
                }
            }
            _ => {}
        }
    }

    fn bound(&mut self, at: NodeId, span: Span, sides: [NodeId; 2]) {
        let kind = match self.program.node(sides[0]).ty {
            Ty::Number(_) | Ty::Duration(_) => PointKind::Bound,
            Ty::Date | Ty::Period(_) => PointKind::DayBound,
            _ => return,
        };
        let constant = |it: NodeId| matches!(self.program.node(it).kind, NodeKind::Constant(_));
        if constant(sides[0]) && constant(sides[1]) {
            return;
        }
        // A constant on the left is the bound of what stands on the right.
        let sides = if constant(sides[0]) { [sides[1], sides[0]] } else { sides };
        let aspects = [Aspect::Below, Aspect::At, Aspect::Above];
        self.push(kind, span, None, Watch::Bound(at, sides), &aspects);
    }

    /// The rows of a table, and the bounds that its cells name.
    fn decision(&mut self, at: NodeId, decision: &Decision, cells: &[Vec<Span>]) {
        for (row, spans) in cells.iter().enumerate().take(decision.rows.len()) {
            let Some(span) = spans.iter().copied().reduce(Span::merge) else { continue };
            self.push(PointKind::Row, span, None, Watch::Row(at, row), &[Aspect::Hit]);
        }
        for (row, spans) in decision.rows.iter().zip(cells) {
            for ((head, cell), span) in decision.heads.iter().zip(&row.cells).zip(spans) {
                for bound in cell.bounds() {
                    let before = self.points.len();
                    self.bound(at, *span, [*head, bound]);
                    if let Some(new) = self.points.get_mut(before) {
                        let head = self.sources.slice(self.program.node(*head).span);
                        new.text = format!("{} {}", head.trim(), new.text);
                    }
                }
            }
        }
    }

    /// Points of one text, such as the two ends of a range, are told apart by their bounds.
    fn tell_apart(&mut self) {
        let known: Vec<(PointKind, String)> =
            self.points.iter().map(|it| (it.kind, it.text.clone())).collect();
        for (at, point) in self.points.iter_mut().enumerate() {
            let twins = known.iter().filter(|it| **it == known[at]).count();
            let compared = match point.watch {
                Watch::Truth(node) => match self.program.node(node).kind {
                    NodeKind::Compare(op, _, right) => Some((sign(op), right)),
                    _ => None,
                },
                Watch::Bound(node, [_, right]) => match self.program.node(node).kind {
                    NodeKind::Compare(op, ..) => Some((sign(op), right)),
                    _ => Some(("", right)),
                },
                _ => None,
            };
            if let Some((sign, right)) = compared.filter(|_| twins > 1 && point.label.is_none()) {
                let bound = self.sources.slice(self.program.node(right).span);
                point.label = Some(format!("{sign} {}", bound.trim()).trim().to_owned());
            }
        }
    }
}

fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "=",
        Comparison::NotEqual => "≠",
        Comparison::AtLeast => "≥",
        Comparison::AtMost => "≤",
        Comparison::Above => ">",
        Comparison::Below => "<",
    }
}

fn is_order(op: Comparison) -> bool {
    !matches!(op, Comparison::Equal | Comparison::NotEqual)
}
