//! Tests of the analyses on small programs made by hand.

use crate::analysis::At;
use crate::analysis::Case;
use crate::analysis::decisive;
use crate::analysis::errors;
use crate::analysis::errors::OriginKind;
use crate::analysis::gaps;
use crate::analysis::gaps::Gap;
use crate::data::Facts;
use crate::data::FieldColumn;
use crate::data::Hole;
use crate::data::HoleKind;
use crate::data::TableFacts;
use crate::diagnostic::Text;
use crate::eval::recorder::Outcome;
use crate::eval::recorder::Recording;
use crate::ir::Against;
use crate::ir::Count;
use crate::ir::Domain;
use crate::ir::ExceptionArm;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::FileId;
use crate::source::Span;
use crate::value::Bits;
use crate::value::Column;
use crate::value::Hull;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::Numbers;
use crate::value::Possible;
use crate::value::Sparse;
use crate::value::Truth;
use crate::value::TruthColumn;
use std::collections::BTreeMap;

const T: Truth = Truth::TRUE;
const F: Truth = Truth::FALSE;
const N: Truth = Truth::NOT_APPLICABLE;
const E: Truth = Truth::ERROR;
const U: Truth = Truth::UNDECIDED;

/// One case of one row: truth fields first, one node each, then the nodes made of them.
#[derive(Default)]
struct Made {
    program: Program,
    facts: Facts,
    columns: Vec<Option<(TableId, Column)>>,
    outcome: Outcome,
}

fn span() -> Span {
    Span { file: FileId(0), start: 0, end: 0 }
}

fn truth_column(truth: Truth) -> Column {
    let bit = |it: Truth| Bits::filled(1, truth.may(it));
    Column::Truth(TruthColumn { t: bit(T), f: bit(F), n: Some(bit(N)), e: Some(bit(E)) })
}

impl Made {
    /// A table with one truth field for each of these outcomes; those undecided are blank cells.
    fn fields(outcomes: &[Truth]) -> Made {
        let mut made = Made::default();
        made.program.tables.push(Table {
            name: "集群".to_owned(),
            fields: vec![],
            parent: None,
            key: None,
            name_field: None,
            periods: None,
            span: span(),
        });
        made.facts.tables.push(TableFacts { len: 1, ..TableFacts::default() });
        for &outcome in outcomes {
            made.field(outcome);
        }
        made
    }

    fn case<'a>(&'a self, recording: &'a Recording) -> Case<'a> {
        let Made { program, facts, outcome, .. } = self;
        Case { program, facts, recording, outcome, table: TableId(0), row: 0 }
    }

    fn field(&mut self, outcome: Truth) -> NodeId {
        let index = self.program.tables[0].fields.len() as u32;
        let kind = FieldKind::Scalar { ty: Ty::Truth, unit: None, domain: Domain::Everything };
        self.program.tables[0].fields.push(Field::new(format!("栏{index}"), kind, span()));
        let mut holes = BTreeMap::new();
        if !outcome.is_settled() {
            holes.insert(
                0,
                Hole { kind: HoleKind::Blank, raw: String::new(), why: Text::default() },
            );
        }
        let column = truth_column(outcome);
        let filled = Bits::filled(1, outcome.is_settled());
        self.facts.tables[0].columns.push(Some(FieldColumn {
            column: column.clone(),
            header: None,
            filled,
            holes,
        }));
        self.node(NodeKind::Field(FieldId { table: TableId(0), index }), Ty::Truth, column)
    }

    fn node(&mut self, kind: NodeKind, ty: Ty, column: Column) -> NodeId {
        let node = Node {
            kind,
            ty,
            space: TableId(0),
            unit: None,
            span: span(),
            may_be_na: true,
            may_be_error: true,
        };
        self.program.nodes.push(node);
        self.columns.push(Some((TableId(0), column)));
        NodeId(self.program.nodes.len() as u32 - 1)
    }

    fn truth(&mut self, kind: NodeKind, outcome: Truth) -> NodeId {
        self.node(kind, Ty::Truth, truth_column(outcome))
    }

    fn number(&mut self, kind: NodeKind, value: Option<i64>) -> NodeId {
        let mut special = Sparse::default();
        if value.is_none() {
            special.push(0, Possible::<Hull>::error());
        }
        let values = Numbers::Exact(vec![Number::from(value.unwrap_or(0))]);
        self.node(
            kind,
            Ty::Number(Default::default()),
            Column::Number(NumberColumn { values, special }),
        )
    }

    fn recording(&self) -> Recording {
        Recording {
            rows: BTreeMap::from([(TableId(0), 0..1)]),
            columns: self.columns.clone(),
            ..Recording::default()
        }
    }
}

fn nodes(count: usize) -> Vec<NodeId> {
    (0..count as u32).map(NodeId).collect()
}

/// Which operands of a node over these outcomes decide it.
#[track_caller]
fn check_parts(
    kind: impl Fn(Vec<NodeId>) -> NodeKind,
    outcomes: &[Truth],
    own: Truth,
    expected: &[u32],
) {
    let mut made = Made::fields(outcomes);
    let node = made.truth(kind(nodes(outcomes.len())), own);
    let parts = decisive::parts(&made.program, &made.recording(), At { node, row: 0 });
    assert_eq!(parts, expected.iter().map(|it| NodeId(*it)).collect::<Vec<_>>());
}

#[test]
fn a_conjunction_is_decided_by_what_fails_or_by_all() {
    check_parts(NodeKind::And, &[T, F, N, F, U], F, &[1, 3]);
    check_parts(NodeKind::And, &[T, N, T], T, &[0, 1, 2]);
    check_parts(NodeKind::And, &[N, N], N, &[0, 1]);
    check_parts(NodeKind::And, &[T, E, U], F.union(E), &[1, 2]);
    check_parts(NodeKind::And, &[T, U, N], U, &[1]);
}

#[test]
fn an_undecided_part_that_cannot_matter_keeps_nothing_open() {
    // {T,N} 且 T is T either way.
    check_parts(NodeKind::And, &[T, T.union(N), U], U, &[2]);
    check_parts(NodeKind::Or, &[F, F.union(N), U], U, &[2]);
}

#[test]
fn a_disjunction_is_decided_by_each_true_branch() {
    check_parts(NodeKind::Or, &[F, T, T, U], T, &[1, 2]);
    check_parts(NodeKind::Or, &[F, N, F], F, &[0, 1, 2]);
}

#[test]
fn counts_are_decided_by_those_that_hold_or_by_those_that_do_not() {
    let at_least = |items| NodeKind::Quantified(Count::AtLeast(2), items);
    check_parts(at_least, &[T, F, T, T], T, &[0, 2, 3]);
    check_parts(at_least, &[T, F, N], F, &[1, 2]);
    check_parts(at_least, &[T, U, F], U, &[1]);
    let at_most = |items| NodeKind::Quantified(Count::AtMost(1), items);
    check_parts(at_most, &[T, F, T], F, &[0, 2]);
    let none = |items| NodeKind::Quantified(Count::None, items);
    check_parts(none, &[F, T, F], F, &[1]);
    check_parts(none, &[F, F], T, &[0, 1]);
    let exactly = |items| NodeKind::Quantified(Count::Exactly(1), items);
    check_parts(exactly, &[T, F, T], F, &[0, 2]);
    check_parts(exactly, &[F, F], F, &[0, 1]);
}

#[test]
fn a_branch_not_taken_decides_nothing() {
    let choice = |it: Vec<NodeId>| NodeKind::If {
        condition: it[0],
        then: it[1],
        otherwise: it[2],
        if_not_applicable: None,
    };
    check_parts(choice, &[T, F, U], F, &[0, 1]);
    check_parts(choice, &[F, U, T], T, &[0, 2]);
    let applies = |it: Vec<NodeId>| NodeKind::Applies { guard: it[0], body: it[1] };
    check_parts(applies, &[F, U], N, &[0]);
    check_parts(applies, &[T, F], F, &[1]);
    check_parts(applies, &[U, F], F.union(N), &[0, 1]);
}

fn arm(guard: u32, against: Option<(Against, usize)>) -> ExceptionArm {
    ExceptionArm {
        guard: NodeId(guard),
        deemed: NodeId(0),
        article: format!("第{guard}条"),
        against,
    }
}

#[test]
fn exceptions_to_exceptions_stand_or_silence() {
    let live = |all: &'static [Truth]| move |node: NodeId| all[node.0 as usize];
    let replaces = [arm(0, None), arm(1, Some((Against::Replaces, 0)))];
    assert_eq!(decisive::standing(&replaces, live(&[T, T])), [1]);
    assert_eq!(decisive::standing(&replaces, live(&[T, F])), [0]);
    // An exception to one that is not live does nothing.
    assert!(decisive::standing(&replaces, live(&[F, T])).is_empty());
    let overrides = [arm(0, None), arm(1, Some((Against::Overrides, 0)))];
    assert_eq!(decisive::standing(&overrides, live(&[F, T])), [1]);
    assert_eq!(decisive::standing(&overrides, live(&[T, T])), [1]);
}

#[test]
fn a_hole_below_a_settled_part_is_no_gap() {
    let mut made = Made::fields(&[U, T, U]);
    let settled = made.truth(NodeKind::Or(vec![NodeId(0), NodeId(1)]), T);
    let whole = made.truth(NodeKind::And(vec![settled, NodeId(2)]), U);
    let recording = made.recording();
    let (table, row) = (TableId(0), 0);
    let case = made.case(&recording);
    let cell = |index: u32| Gap::Cell { field: FieldId { table, index }, row };
    assert_eq!(gaps::gaps(&case, At { node: whole, row }), [cell(2)]);
    assert_eq!(gaps::holes(&case, At { node: whole, row }), [cell(0), cell(2)]);
    assert_eq!(
        decisive::atoms(&made.program, &recording, At { node: whole, row }),
        [At { node: NodeId(2), row }]
    );
}

#[test]
fn an_error_arises_where_nothing_below_is_in_error() {
    let mut made = Made::fields(&[]);
    let one = made.number(NodeKind::Sum(vec![]), Some(1));
    let zero = made.number(NodeKind::Product(vec![]), Some(0));
    let quotient = made.number(NodeKind::Quotient(one, zero), None);
    let sum = made.number(NodeKind::Sum(vec![one, quotient]), None);
    let whole = made.truth(NodeKind::Compare(crate::ir::Comparison::AtLeast, sum, one), E);
    let recording = made.recording();
    let row = 0;
    let case = made.case(&recording);
    let origins = errors::errors(&case, At { node: whole, row });
    assert_eq!(origins.len(), 1);
    assert_eq!(origins[0].at.node, quotient);
    assert_eq!(origins[0].kind, OriginKind::DivisionByZero { divisor: Some(zero) });
}
