//! What keeps an outcome open: cells to supply or correct, lists not given, places where lists and calendars end.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::peers;
use crate::analysis::rests;
use crate::analysis::tables;
use crate::data::HoleKind;
use crate::ir::Aggregate;
use crate::ir::Belonging;
use crate::ir::CriterionId;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::GradingId;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Unanswered;
use crate::ir::VocabularyId;
use crate::value::Foreign;
use crate::value::Set;
use crate::value::Truth;
use crate::value::period;
use indexmap::IndexSet;

/// One reason why an outcome is not settled.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Gap {
    /// A cell whose value is not known.
    Cell {
        /// The field.
        field: FieldId,
        /// The row.
        row: usize,
    },
    /// A list that was not given.
    List {
        /// The 多条 field.
        field: FieldId,
        /// The row it belongs to.
        row: usize,
    },
    /// 未齐: the list may have more rows than were submitted.
    OpenList {
        /// The 多条 field.
        field: FieldId,
        /// The row it belongs to.
        row: usize,
    },
    /// 名单不完整: a value that is not in a list which does not claim to hold everything.
    NotListed {
        /// The value.
        of: At,
        /// The list.
        vocabulary: VocabularyId,
    },
    /// 粒度不足: a value above the members asked for.
    Coarse {
        /// The value.
        of: At,
        /// The members asked for; empty where another value names them.
        members: Vec<u32>,
    },
    /// A name that what the case and the lists say does not settle.
    Name {
        /// The outcome of its 名称规则.
        of: At,
    },
    /// 节假日表止于某日.
    Calendar {
        /// The holidays.
        calendar: VocabularyId,
    },
    /// What other cases of the run lack: their rows in the table of the case.
    Others {
        /// What compares them.
        of: At,
        /// The other cases.
        rows: Vec<usize>,
    },
    /// A band of points that awaits the reviewer, or whose reviewer's value lies outside of it.
    Band {
        /// The band.
        of: At,
    },
    /// 未说明 则 无法判定: the 说明 of a departure is missing.
    Unanswered {
        /// The criterion that asks for it.
        criterion: CriterionId,
    },
}

/// What keeps an outcome open, in reading order, each reason once. Below a settled part nothing is looked for.
pub fn gaps(case: &Case, start: At) -> Vec<Gap> {
    let open = |case: &Case, at: At| {
        let below = if case.is_settled(at) { vec![] } else { rests::below(case, at) };
        below.into_iter().filter(|it| !case.is_settled(*it)).collect()
    };
    let mut found = IndexSet::new();
    for at in rests::reach(case, start, open) {
        if !case.is_settled(at) {
            found.extend(own_gaps(case, at));
        }
    }
    found.into_iter().collect()
}

/// Every cell below a node whose value is not known, whether it matters or not, in reading order.
pub fn holes(case: &Case, start: At) -> Vec<Gap> {
    let mut found = IndexSet::new();
    for at in rests::reach(case, start, rests::all_below) {
        if let NodeKind::Field(field) = case.program.node(at.node).kind {
            // A row that nobody submitted is no row in which something was left blank.
            let there = !case.facts.table(field.table).is_expected(at.row);
            found.extend(hole(case, field, at.row).filter(|_| there));
        }
    }
    found.into_iter().collect()
}

/// Whether a gap is a cell to be corrected.
pub fn is_fault(case: &Case, gap: &Gap) -> bool {
    let (field, row) = match gap {
        Gap::Cell { field, row } => (field, row),
        Gap::Band { of } => return judged(case, *of).is_some(),
        _ => return false,
    };
    case.facts.cells(*field).holes.get(&(*row as u32)).is_some_and(|it| it.kind == HoleKind::Fault)
}

/// The reviewer's value that lies outside of a band.
pub fn judged(case: &Case, of: At) -> Option<At> {
    let NodeKind::Band { judged: Some(judged), .. } = case.program.node(of.node).kind else {
        return None;
    };
    let at = At { node: judged, row: of.row };
    case.is_settled(at).then_some(at)
}

fn hole(case: &Case, field: FieldId, row: usize) -> Option<Gap> {
    case.facts.cells(field).holes.contains_key(&(row as u32)).then_some(Gap::Cell { field, row })
}

/// Whether the reviewer's value lies in the band of another row that is possible: then it is not the value that is wrong.
fn fits_another(case: &Case, grading: GradingId, band: At) -> bool {
    let decision = case.program.gradings[grading.0 as usize].decision;
    let NodeKind::Decide(it) = &case.program.node(decision).kind else { return false };
    let rows = tables::below(case, it, band.row).into_iter().map(|node| At { node, row: band.row });
    let mut bands =
        rows.filter(|at| matches!(case.program.node(at.node).kind, NodeKind::Band { .. }));
    judged(case, band).is_some() && bands.any(|it| case.is_settled(it))
}

/// 自 …: the day before which there is nothing to report, where it is not known and a row nobody submitted waits for it.
fn of_start(case: &Case, aggregate: &Aggregate, row: usize) -> Option<Gap> {
    let FieldKind::Rows { table, .. } = case.program.field(aggregate.rows).kind else {
        return None;
    };
    let field = case.program.table(table).periods?.since?;
    let facts = case.facts.table(table);
    let waits = case.program.is_over_periods(aggregate)
        && facts.rows_of(row).any(|it| facts.is_expected(it));
    hole(case, field, row).filter(|_| waits)
}

/// The reasons that lie in a node itself.
fn own_gaps(case: &Case, at: At) -> Vec<Gap> {
    match &case.program.node(at.node).kind {
        NodeKind::Field(field) => hole(case, *field, at.row).into_iter().collect(),
        NodeKind::Aggregate(aggregate) => {
            let periods = of_window(case, aggregate, at.row);
            let list = || of_list(case, aggregate.rows, at.row);
            let listed = periods.map_or_else(list, |known| list().filter(|_| !known));
            listed.into_iter().chain(of_start(case, aggregate, at.row)).collect()
        }
        NodeKind::Belongs { of, to } => {
            of_belonging(case, At { node: *of, row: at.row }, to).into_iter().collect()
        }
        NodeKind::Band { of, judged, .. } => {
            let asked = judged.is_some_and(|it| !case.is_settled(At { node: it, row: at.row }));
            let told = asked || fits_another(case, *of, at);
            Some(Gap::Band { of: at }).filter(|_| !told).into_iter().collect()
        }
        kind @ NodeKind::Naming { .. } => {
            let known = |it: &NodeId| case.is_settled(At { node: *it, row: at.row });
            let all = kind.operands().iter().all(known);
            Some(Gap::Name { of: at }).filter(|_| all).into_iter().collect()
        }
        NodeKind::Unique(key) => {
            let space = case.program.node(at.node).space;
            let list = case
                .program
                .table(space)
                .parent
                .and_then(|list| of_list(case, list, case.parent_row(space, at.row)));
            of_others(case, *key, at.row).into_iter().chain(list).collect()
        }
        NodeKind::Score(_) => {
            let rows = peers::that_lack(case, at);
            let open = !rows.is_empty();
            open.then_some(Gap::Others { of: at, rows }).into_iter().collect()
        }
        NodeKind::WorkdayAfter { day, count, calendar, .. } => {
            let known =
                [day, count].into_iter().all(|it| case.is_settled(At { node: *it, row: at.row }));
            Some(Gap::Calendar { calendar: *calendar }).filter(|_| known).into_iter().collect()
        }
        NodeKind::Soften { of, unanswered: Unanswered::Undetermined, answered: Some(answered) } => {
            let departs = case.truth(At { node: *of, row: at.row }) == Truth::FALSE;
            let open = departs && case.truth(At { node: *answered, row: at.row }) == Truth::FALSE;
            let mut criteria = case.program.criteria.iter().enumerate();
            let criterion = criteria
                .find(|(_, it)| it.in_conclusion == at.node)
                .map(|it| CriterionId(it.0 as u32));
            criterion
                .filter(|_| open)
                .map(|criterion| Gap::Unanswered { criterion })
                .into_iter()
                .collect()
        }
        _ => vec![],
    }
}

/// Of 近 N 年: whether the data period is known, so that what is missing is cells of its rows.
fn of_window(case: &Case, aggregate: &Aggregate, row: usize) -> Option<bool> {
    let recents = aggregate.filter.map(|it| case.program.recents(it))?;
    let known = |id: &NodeId| match &case.program.node(*id).kind {
        NodeKind::Recent { last, .. } => match case.program.node(*last).kind {
            NodeKind::Parent(last) => match case.set(At { node: last, row }) {
                Some(Set::Date(set)) => period::listed(&set).is_some(),
                _ => true,
            },
            _ => true,
        },
        _ => true,
    };
    (!recents.is_empty()).then(|| recents.iter().all(known))
}

fn of_list(case: &Case, field: FieldId, row: usize) -> Option<Gap> {
    let FieldKind::Rows { table, open } = case.program.field(field).kind else { return None };
    let facts = case.facts.table(table);
    if row < facts.ungiven.len() && facts.ungiven.get(row) {
        return Some(Gap::List { field, row });
    }
    open.then_some(Gap::OpenList { field, row })
}

fn of_belonging(case: &Case, of: At, to: &Belonging) -> Option<Gap> {
    let set = case.set(of)?;
    if !set.is_settled() {
        return None;
    }
    let foreign = |set: &Set| match set {
        Set::Member(it) => {
            it.values.as_ref().is_some_and(|it| matches!(it.foreign, Foreign::One(_)))
        }
        Set::Text(_) => true,
        _ => false,
    };
    match to {
        Belonging::Vocabulary(vocabulary) => {
            let complete = case.program.vocabulary(*vocabulary).complete;
            (foreign(&set) && !complete).then_some(Gap::NotListed { of, vocabulary: *vocabulary })
        }
        Belonging::Nodes(members) if !foreign(&set) => {
            Some(Gap::Coarse { of, members: members.clone() })
        }
        Belonging::Node(other)
            if !foreign(&set) && case.is_settled(At { node: *other, row: of.row }) =>
        {
            Some(Gap::Coarse { of, members: vec![] })
        }
        _ => None,
    }
}

/// 唯一: the other cases whose key is not known.
fn of_others(case: &Case, key: NodeId, row: usize) -> Vec<Gap> {
    if !case.is_settled(At { node: key, row }) {
        return vec![];
    }
    let Some(field) = field_of(case, key) else { return vec![] };
    let holes = case.facts.cells(field).holes.keys();
    holes
        .map(|it| *it as usize)
        .filter(|it| *it != row)
        .map(|row| Gap::Cell { field, row })
        .collect()
}

/// The field whose cells a node shows, guards and narrowing left aside.
pub fn field_of(case: &Case, node: NodeId) -> Option<FieldId> {
    match &case.program.node(node).kind {
        NodeKind::Field(field) => Some(*field),
        NodeKind::Applies { body, .. } => field_of(case, *body),
        NodeKind::Narrow { of, .. }
        | NodeKind::Parent(of)
        | NodeKind::Default { of, .. }
        | NodeKind::WhenNotApplicable { of, .. } => field_of(case, *of),
        _ => None,
    }
}
