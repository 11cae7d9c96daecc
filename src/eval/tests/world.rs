//! A program and its facts, made node by node, for tests: 集群 with a list of 企业. It reads short texts as sets.

use crate::data::Facts;
use crate::data::FieldColumn;
use crate::data::Hole;
use crate::data::HoleKind;
use crate::data::TableFacts;
use crate::eval::Outcome;
use crate::eval::Run;
use crate::eval::evaluate_in_chunks;
use crate::eval::record;
use crate::eval::series::kind_of;
use crate::ir::Constant;
use crate::ir::Domain;
use crate::ir::DurationUnit;
use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Head;
use crate::ir::Indicator;
use crate::ir::Member;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::source::FileId;
use crate::source::Span;
use crate::value::Bits;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::Dimension;
use crate::value::End;
use crate::value::Hull;
use crate::value::MemberSet;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use std::collections::BTreeMap;

const CASES: TableId = TableId(0);
const CHILDREN: TableId = TableId(1);
const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// Reads a truth set: `TF`, `N`; `U` is 真 or 假.
pub fn truth(text: &str) -> Truth {
    let one = |it| match it {
        'T' => Truth::TRUE,
        'F' => Truth::FALSE,
        'N' => Truth::NOT_APPLICABLE,
        'E' => Truth::ERROR,
        'U' => Truth::UNDECIDED,
        _ => panic!("{it}"),
    };
    text.chars().map(one).fold(Truth::NOTHING, Truth::union)
}

pub fn number(text: &str) -> Number {
    match text.split_once('/') {
        Some((a, b)) => number(a).checked_div(&number(b)).unwrap(),
        None => Number::parse(text).unwrap(),
    }
}

/// Reads a set of numbers: `3`, `[1,4)|N`, `E`.
pub fn set(text: &str) -> Possible<Hull> {
    text.split('|').fold(Possible::nothing(), |all, part| match part {
        "N" => Possible { na: true, ..all },
        "E" => Possible { error: true, ..all },
        _ => Possible { values: Some(hull(part)), ..all },
    })
}

fn hull(text: &str) -> Hull {
    let Some((low, high)) = text.split_once(',') else { return Hull::point(number(text)) };
    let end =
        |text: &str, closed: bool| (!text.contains('∞')).then(|| End { at: number(text), closed });
    Hull {
        low: end(&low[1..], low.starts_with('[')),
        high: end(&high[..high.len() - 1], high.ends_with(']')),
    }
}

pub fn day(text: &str) -> i32 {
    crate::value::day::parse_exact(text).unwrap()
}

/// Reads the days of a date, of a month (`2021-08`) or of a year (`2021`).
fn days(text: &str) -> Set {
    let text = if text.len() == 4 { format!("{text}年") } else { text.to_owned() };
    Set::Date(Possible::values(crate::value::day::parse(&text).unwrap()))
}

/// Reads a set of texts: `?` is any.
pub fn text_set(text: &str) -> Set {
    Set::Text(match text {
        "?" => Possible::values(TextSet::Any),
        "N" => Possible::not_applicable(),
        "E" => Possible::error(),
        text => Possible::values(TextSet::One(text.into())),
    })
}

pub struct World {
    pub program: Program,
    pub facts: Facts,
    pub run: Run,
    /// Outcomes by chunk size; made anew when something was added.
    outcomes: Vec<Outcome>,
}

impl World {
    pub fn new(cases: usize) -> World {
        World::with_children(&vec![0; cases])
    }

    pub fn with_children(children: &[usize]) -> World {
        let list = field("企业", FieldKind::Rows { table: CHILDREN, open: false });
        let program = Program {
            tables: vec![
                table("集群", vec![list], None),
                table("企业", vec![], Some(FieldId { table: CASES, index: 0 })),
            ],
            case_tables: vec![CASES],
            ..Program::default()
        };
        let mut offsets = vec![0u32];
        children.iter().for_each(|it| offsets.push(offsets.last().unwrap() + *it as u32));
        let parents = children
            .iter()
            .enumerate()
            .flat_map(|(at, it)| vec![at as u32; *it])
            .collect::<Vec<_>>();
        let facts = Facts {
            tables: vec![
                TableFacts { len: children.len(), columns: vec![None], ..TableFacts::default() },
                TableFacts {
                    len: parents.len(),
                    offsets,
                    parents,
                    ungiven: Bits::filled(children.len(), false),
                    ..TableFacts::default()
                },
            ],
            ..Facts::default()
        };
        World { program, facts, run: Run::default(), outcomes: vec![] }
    }

    pub fn list(&self) -> FieldId {
        FieldId { table: CASES, index: 0 }
    }

    fn add(&mut self, kind: NodeKind, ty: Ty, space: TableId) -> NodeId {
        let id = NodeId(self.program.nodes.len() as u32);
        let node =
            Node { kind, ty, space, unit: None, span: SPAN, may_be_na: false, may_be_error: false };
        self.program.nodes.push(node);
        self.program.indicators.push(Indicator {
            head: head(),
            table: space,
            node: id,
            reported: id,
            unit: None,
            show: None,
            others: vec![],
        });
        self.outcomes.clear();
        id
    }

    pub fn node(&mut self, kind: NodeKind, ty: Ty) -> NodeId {
        self.add(kind, ty, CASES)
    }

    pub fn child_node(&mut self, kind: NodeKind, ty: Ty) -> NodeId {
        self.add(kind, ty, CHILDREN)
    }

    pub fn truth(&mut self, kind: NodeKind) -> NodeId {
        self.node(kind, Ty::Truth)
    }

    pub fn number(&mut self, kind: NodeKind) -> NodeId {
        self.node(kind, Ty::Number(Dimension::default()))
    }

    pub fn date(&mut self, kind: NodeKind) -> NodeId {
        self.node(kind, Ty::Date)
    }

    pub fn constant(&mut self, text: &str) -> NodeId {
        self.number(NodeKind::Constant(Constant::Number(number(text))))
    }

    pub fn duration(&mut self, text: &str, unit: DurationUnit) -> NodeId {
        self.node(NodeKind::Constant(Constant::Number(number(text))), Ty::Duration(unit))
    }

    pub fn text(&mut self, text: &str) -> NodeId {
        self.node(NodeKind::Constant(Constant::Text(text.into())), Ty::Text)
    }

    pub fn settled(&mut self, text: &str) -> NodeId {
        self.truth(NodeKind::Constant(Constant::Truth(truth(text))))
    }

    pub fn not_applicable(&mut self, ty: Ty) -> NodeId {
        self.node(NodeKind::Constant(Constant::NotApplicable), ty)
    }

    pub fn cells(&mut self, table: TableId, ty: Ty, sets: Vec<Set>) -> NodeId {
        let mut column = ColumnBuilder::new(kind_of(ty));
        sets.into_iter().for_each(|it| column.push(it));
        let column = column.finish();
        let index = self.program.tables[table.0 as usize].fields.len() as u32;
        let kind = FieldKind::Scalar { ty, unit: None, domain: Domain::Everything };
        self.program.tables[table.0 as usize].fields.push(field("项", kind));
        let filled = Bits::filled(column.len(), true);
        let cells = FieldColumn { column, header: None, filled, holes: BTreeMap::new() };
        self.facts.tables[table.0 as usize].columns.push(Some(cells));
        self.add(NodeKind::Field(FieldId { table, index }), ty, table)
    }

    pub fn numbers(&mut self, texts: &[&str]) -> NodeId {
        let sets = texts.iter().map(|it| Set::Number(set(it))).collect();
        self.cells(CASES, Ty::Number(Dimension::default()), sets)
    }

    pub fn truths(&mut self, texts: &[&str]) -> NodeId {
        self.cells(CASES, Ty::Truth, texts.iter().map(|it| Set::Truth(truth(it))).collect())
    }

    pub fn dates(&mut self, texts: &[&str]) -> NodeId {
        self.cells(CASES, Ty::Date, texts.iter().map(|it| days(it)).collect())
    }

    pub fn texts(&mut self, texts: &[&str]) -> NodeId {
        self.cells(CASES, Ty::Text, texts.iter().map(|it| text_set(it)).collect())
    }

    pub fn members(&mut self, of: VocabularyId, sets: Vec<MemberSet>) -> NodeId {
        let sets = sets.into_iter().map(|it| Set::Member(Possible::values(it))).collect();
        self.cells(CASES, Ty::Member(of), sets)
    }

    pub fn child_numbers(&mut self, texts: &[&str]) -> NodeId {
        let sets = texts.iter().map(|it| Set::Number(set(it))).collect();
        self.cells(CHILDREN, Ty::Number(Dimension::default()), sets)
    }

    pub fn child_truths(&mut self, texts: &[&str]) -> NodeId {
        self.cells(CHILDREN, Ty::Truth, texts.iter().map(|it| Set::Truth(truth(it))).collect())
    }

    pub fn field_of(&self, node: NodeId) -> FieldId {
        match self.program.node(node).kind {
            NodeKind::Field(field) => field,
            _ => panic!("a field's node"),
        }
    }

    pub fn blank(&mut self, node: NodeId, row: u32) {
        self.hole(node, row, HoleKind::Blank);
        let field = self.field_of(node);
        let cells =
            self.facts.tables[field.table.0 as usize].columns[field.index as usize].as_mut();
        cells.unwrap().filled.set(row as usize, false);
    }

    pub fn fault(&mut self, node: NodeId, row: u32) {
        self.hole(node, row, HoleKind::Fault);
    }

    fn hole(&mut self, node: NodeId, row: u32, kind: HoleKind) {
        let field = self.field_of(node);
        let cells =
            self.facts.tables[field.table.0 as usize].columns[field.index as usize].as_mut();
        cells
            .unwrap()
            .holes
            .insert(row, Hole { kind, raw: String::new(), why: Default::default() });
        self.outcomes.clear();
    }

    /// A hierarchy: 0 A, 1 AB below it, 2 ABC below that, 3 D; not 完整.
    pub fn tree(&mut self) -> VocabularyId {
        let members = [("A", None), ("AB", Some(0)), ("ABC", Some(1)), ("D", None)]
            .map(|(name, parent)| Member { name: name.into(), parent, ..Member::default() });
        let index = members
            .iter()
            .enumerate()
            .map(|(at, it)| (it.name.to_string(), vec![at as u32]))
            .collect();
        self.vocabulary(Vocabulary { index, members: members.to_vec(), ..blank_vocabulary() })
    }

    pub fn calendar(&mut self, mut days: Vec<(i32, bool)>) -> VocabularyId {
        days.sort();
        self.vocabulary(Vocabulary { calendar: days, ..blank_vocabulary() })
    }

    fn vocabulary(&mut self, it: Vocabulary) -> VocabularyId {
        self.program.vocabularies.push(it);
        VocabularyId(self.program.vocabularies.len() as u32 - 1)
    }

    pub fn suppose(&mut self, node: NodeId, texts: &[&str]) {
        let mut column = ColumnBuilder::new(kind_of(self.program.node(node).ty));
        texts.iter().for_each(|it| column.push(Set::Number(set(it))));
        self.run.supposed.insert(node, column.finish());
        self.outcomes.clear();
    }

    /// Runs in chunks of several sizes and case by case: all must agree.
    pub fn run(&mut self) -> &Outcome {
        let run = |size| evaluate_in_chunks(&self.program, &self.facts, &self.run, size);
        self.outcomes = [2048, 1, 2, 3].map(run).to_vec();
        let [whole, rest @ ..] = self.outcomes.as_slice() else { unreachable!() };
        for (node, column) in &whole.columns {
            for other in rest {
                same(column, &other.columns[node], *node);
            }
        }
        for case in 0..self.facts.tables[0].len {
            let recording = record(&self.program, &self.facts, &self.run, whole, CASES, case);
            for (node, column) in &whole.columns {
                for row in recording.rows[&self.program.node(*node).space].clone() {
                    assert_eq!(
                        recording.get(*node, row),
                        Some(column.get(row)),
                        "{node:?} recorded in row {row}"
                    );
                }
            }
        }
        &self.outcomes[0]
    }

    pub fn get(&mut self, node: NodeId, row: usize) -> Set {
        if self.outcomes.is_empty() {
            self.run();
        }
        self.outcomes[0].get(node, row)
    }

    fn expect(&mut self, node: NodeId, sets: Vec<Set>) {
        self.run();
        let kind = self.program.node(node).kind.clone();
        for (row, expected) in sets.into_iter().enumerate() {
            assert_eq!(self.get(node, row), expected, "row {row} of {kind:?}");
        }
    }

    pub fn expect_truths(&mut self, node: NodeId, texts: &[&str]) {
        self.expect(node, texts.iter().map(|it| Set::Truth(truth(it))).collect());
    }

    pub fn expect_numbers(&mut self, node: NodeId, texts: &[&str]) {
        self.expect(node, texts.iter().map(|it| Set::Number(set(it))).collect());
    }

    pub fn expect_number(&mut self, node: NodeId, row: usize, text: &str) {
        assert_eq!(self.get(node, row), Set::Number(set(text)));
    }

    pub fn expect_dates(&mut self, node: NodeId, texts: &[&str]) {
        self.expect(node, texts.iter().map(|it| days(it)).collect());
    }

    pub fn expect_date(&mut self, node: NodeId, row: usize, text: &str) {
        assert_eq!(self.get(node, row), days(text));
    }
}

fn same(a: &Column, b: &Column, node: NodeId) {
    assert_eq!(a.len(), b.len(), "{node:?}");
    for row in 0..a.len() {
        assert_eq!(a.get(row), b.get(row), "{node:?} in row {row}");
    }
}

fn blank_vocabulary() -> Vocabulary {
    Vocabulary {
        name: String::new(),
        kind: VocabularyKind::Classification,
        complete: false,
        members: vec![],
        index: Default::default(),
        file: None,
        calendar: vec![],
    }
}

fn head() -> Head {
    Head {
        name: String::new(),
        articles: vec![],
        order: 0,
        readings: vec![],
        evidence: vec![],
        note: None,
        span: SPAN,
    }
}

fn table(name: &str, fields: Vec<Field>, parent: Option<FieldId>) -> Table {
    Table {
        name: name.into(),
        fields,
        parent,
        key: None,
        name_field: None,
        periods: None,
        span: SPAN,
    }
}

fn field(name: &str, kind: FieldKind) -> Field {
    Field::new(name, kind, SPAN)
}
