//! What a test can look at, the thresholds it rests on, and the cells and days behind it. Nothing is run here.

use crate::ir::CellTest;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::suite::generate::lab::below;
use crate::suite::generate::write;
use std::collections::BTreeSet;

/// An item that a test expects something of.
#[derive(Clone, Debug)]
pub struct Observer {
    /// How it is written after 期望: its name, 合格（name）, 名次（name）.
    pub said: String,
    /// Its own name.
    pub name: String,
    /// Its articles.
    pub articles: Vec<String>,
    /// Its outcome, as rules take it.
    pub node: NodeId,
    /// What tests see of it.
    pub reported: NodeId,
    /// The table of the case.
    pub table: TableId,
    /// Whether it is met or not, rather than a value.
    pub verdict: bool,
    /// Whether it is a sentence of its own, that holds or not.
    pub sentence: bool,
}

/// Two amounts that are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold {
    /// What is compared.
    pub of: NodeId,
    /// With what.
    pub bound: NodeId,
    /// Where the comparison, or the cell, stands.
    pub span: (u32, u32, u32),
}

/// What an observer rests on.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Cells of the case.
    pub fields: BTreeSet<FieldId>,
    /// Cells of its lists.
    pub row_fields: BTreeSet<FieldId>,
    /// Its lists.
    pub lists: BTreeSet<FieldId>,
    /// Comparisons of amounts.
    pub thresholds: BTreeSet<Threshold>,
    /// Members that conditions name, by vocabulary.
    pub members: BTreeSet<(u32, u32)>,
    /// Days on which something begins to hold, and the first day after.
    pub days: BTreeSet<i32>,
    /// Whether the day that decides matters.
    pub dated: bool,
}

/// Everything that tests can look at, in the order of kinds.
pub fn all(program: &Program) -> Vec<Observer> {
    let is_top = |table: TableId| program.table(table).parent.is_none();
    let mut all = vec![];
    let mut add = |head: &crate::ir::Head,
                   [node, reported]: [NodeId; 2],
                   table,
                   verdict,
                   word: Option<&str>| {
        if is_top(table) {
            let name = write::name(&head.name);
            all.push(Observer {
                sentence: verdict && word.is_some(),
                said: word.map_or_else(|| name.clone(), |word| format!("{word}（{name}）")),
                name: head.name.clone(),
                articles: head.articles.clone(),
                node,
                reported,
                table,
                verdict,
            });
        }
    };
    program.criteria.iter().for_each(|it| add(&it.head, [it.node; 2], it.table, true, None));
    program.indicators.iter().for_each(|it| add(&it.head, it.nodes(), it.table, false, None));
    program
        .gradings
        .iter()
        .filter(|it| !it.head.name.contains(" 的 "))
        .for_each(|it| add(&it.head, it.nodes(), it.table, false, None));
    for it in &program.scores {
        add(&it.head, [it.node; 2], it.table, false, None);
        if let Some(node) = it.rank {
            add(&it.head, [node; 2], it.table, false, Some("名次"));
        }
        if let Some(node) = it.pass {
            add(&it.head, [node; 2], it.table, true, Some("合格"));
        }
        if let Some(node) = it.selected {
            add(&it.head, [node; 2], it.table, true, Some("入选"));
        }
    }
    program.conclusions.iter().for_each(|it| add(&it.head, [it.node; 2], it.table, true, None));
    all
}

/// What an observer rests on, other observers' insides left to them.
pub fn ground(program: &Program, observer: &Observer, all: &[Observer]) -> Ground {
    let stop: BTreeSet<NodeId> =
        all.iter().filter(|it| it.verdict && it.node != observer.node).map(|it| it.node).collect();
    let mut ground = Ground::default();
    for id in below(program, [observer.node], &stop) {
        let node = program.node(id);
        match &node.kind {
            NodeKind::Field(field) | NodeKind::Filled(field) => {
                let set = match field.table == observer.table {
                    true => &mut ground.fields,
                    false => &mut ground.row_fields,
                };
                set.insert(*field);
            }
            NodeKind::Compare(_, of, bound) => {
                compared(program, &mut ground, *of, *bound, node.span)
            }
            NodeKind::Decide(it) => {
                for row in &it.rows {
                    for (head, cell) in it.heads.iter().zip(&row.cells) {
                        if let CellTest::Members(members) = cell
                            && let Ty::Member(list) = program.node(*head).ty
                        {
                            ground.members.extend(members.iter().map(|it| (list.0, *it)));
                        }
                        for bound in cell.bounds() {
                            compared(program, &mut ground, *head, bound, program.node(bound).span);
                        }
                    }
                }
            }
            NodeKind::Score(it) => scored(program, &mut ground, it),
            NodeKind::Belongs { of, to } => {
                if let (crate::ir::Belonging::Nodes(members), Ty::Member(list)) =
                    (to, program.node(*of).ty)
                {
                    ground.members.extend(members.iter().map(|it| (list.0, *it)));
                }
            }
            NodeKind::Constant(crate::ir::Constant::Member(member)) => {
                if let Ty::Member(list) = node.ty {
                    ground.members.insert((list.0, *member));
                }
            }
            NodeKind::Aggregate(it) if it.rows.table == observer.table => {
                ground.lists.insert(it.rows);
            }
            NodeKind::InPeriod { rows, .. } if rows.table == observer.table => {
                ground.lists.insert(*rows);
            }
            NodeKind::RuleDate(_) => ground.dated = true,
            NodeKind::Parameter { versions, .. } => {
                for (from, until, _) in versions {
                    ground.days.extend(from.iter().flat_map(|it| [*it - 1, *it]));
                    ground.days.extend(until.iter().flat_map(|it| [*it, *it + 1]));
                }
            }
            NodeKind::InForce { from, until, .. } => {
                ground.days.extend(from.iter().flat_map(|it| [*it - 1, *it]));
                ground.days.extend(until.iter().flat_map(|it| [*it, *it + 1]));
            }
            _ => {}
        }
    }
    lists_of_cells(program, observer.table, &mut ground);
    ground
}

/// The values at which points begin, end or are cut off.
fn scored(program: &Program, ground: &mut Ground, it: &Scoring) {
    let (of, bounds) = match it {
        Scoring::Points(it) => (it.of, it.method.goalposts()),
        Scoring::Cap { of, most } => (*of, vec![*most]),
        _ => return,
    };
    for bound in bounds {
        compared(program, ground, of, bound, program.node(bound).span);
    }
}

/// Lists whose cells matter count, even where the list itself is taken up elsewhere.
fn lists_of_cells(program: &Program, of: TableId, ground: &mut Ground) {
    for (index, field) in (0u32..).zip(&program.table(of).fields) {
        if let FieldKind::Rows { table, .. } = field.kind
            && ground.row_fields.iter().any(|it| it.table == table)
        {
            ground.lists.insert(FieldId { table: of, index });
        }
    }
}

fn compared(program: &Program, ground: &mut Ground, of: NodeId, bound: NodeId, span: Span) {
    let ty = program.node(of).ty;
    if matches!(ty, Ty::Number(_) | Ty::Date | Ty::Duration(_)) {
        let span = (span.file.0, span.start, span.end);
        ground.thresholds.insert(Threshold { of, bound, span });
    }
}
