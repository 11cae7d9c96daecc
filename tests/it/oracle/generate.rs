//! Random programs: typed nodes as the checker would leave them, built from a tape. Nothing is evaluated.

use crate::oracle::calendar::day;
use crate::oracle::facts::TEXTS;
use crate::oracle::schema;
use crate::oracle::schema::CASES;
use crate::oracle::schema::FIRMS;
use crate::oracle::schema::GRADES;
use crate::oracle::schema::LEVELS;
use crate::oracle::schema::PLACES;
use crate::oracle::schema::ROSTER;
use crate::oracle::schema::SPAN;
use crate::oracle::tape::Tape;
use heng::ir::Comparison;
use heng::ir::Constant;
use heng::ir::Criterion;
use heng::ir::DurationUnit;
use heng::ir::FieldId;
use heng::ir::Force;
use heng::ir::Head;
use heng::ir::Indicator;
use heng::ir::Node;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Program;
use heng::ir::TableId;
use heng::ir::Ty;
use heng::ir::Unanswered;
use heng::value::Dimension;
use heng::value::Number;
use heng::value::Truth;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The type of every number here.
pub const NUMBER: Ty =
    Ty::Number(Dimension { money: 0, length: 0, mass: 0, energy: 0, time: 0, declared: [0; 8] });

/// Which programs to make.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Questions that no cell answers: lists not 完整, coarse members, unlisted days, open lists.
    pub guesses: bool,
    /// Each hole once, and only what the law promises to be exact (§5 L6 a, d).
    pub tight: bool,
}

/// A program under construction.
pub struct Builder<'a, 't> {
    pub program: Program,
    pub tape: &'a mut Tape<'t>,
    pub style: Style,
    used: BTreeSet<FieldId>,
    /// Inside a branch of 若: what stands for a node that the condition cuts.
    pub narrowed: BTreeMap<NodeId, NodeId>,
}

/// A program with a few rules over both tables, and their nodes.
pub fn program(tape: &mut Tape, style: Style) -> (Program, Vec<NodeId>) {
    let program = schema::program(!style.guesses);
    let mut builder =
        Builder { program, tape, style, used: BTreeSet::new(), narrowed: BTreeMap::new() };
    let types = [
        Ty::Truth,
        Ty::Truth,
        Ty::Truth,
        NUMBER,
        Ty::Date,
        Ty::Member(LEVELS),
        Ty::Member(PLACES),
        Ty::Text,
    ];
    let roots = match style.tight {
        true => vec![builder.truth(CASES, 3)],
        false => (0..1 + builder.tape.pick(4))
            .map(|_| {
                let ty = builder.tape.choose(&types);
                let space = if builder.tape.rarely(6) { FIRMS } else { CASES };
                builder.expression(ty, space, 4)
            })
            .collect(),
    };
    let mut program = builder.program;
    for node in &roots {
        add_rule(&mut program, *node);
    }
    (program, roots)
}

/// The head of a rule of no article.
pub fn head(name: String, order: usize) -> Head {
    Head {
        name,
        articles: vec![],
        order,
        readings: vec![],
        evidence: vec![],
        note: None,
        span: SPAN,
    }
}

pub fn add_rule(program: &mut Program, node: NodeId) {
    let (ty, table) = (program.node(node).ty, program.node(node).space);
    let count = program.criteria.len() + program.indicators.len();
    let head = head(format!("规则{count}"), count);
    match ty {
        Ty::Truth => program.criteria.push(Criterion {
            head,
            table,
            force: Force::Must,
            node,
            in_conclusion: node,
            in_force: None,
            departs: None,
            naming: None,
            applies: None,
            exceptions: None,
            clauses: vec![],
            failing: None,
            answered_in: None,
            unanswered: Unanswered::Noted,
        }),
        _ => program.indicators.push(Indicator {
            head,
            table,
            node,
            reported: node,
            unit: None,
            show: None,
            others: vec![],
        }),
    }
}

impl Builder<'_, '_> {
    /// A node; equal nodes are one node.
    pub fn add(&mut self, kind: NodeKind, ty: Ty, space: TableId) -> NodeId {
        let same = |it: &Node| it.kind == kind && it.ty == ty && it.space == space;
        if let Some(at) = self.program.nodes.iter().position(same) {
            return NodeId(at as u32);
        }
        let node =
            Node { kind, ty, space, unit: None, span: SPAN, may_be_na: true, may_be_error: true };
        self.program.nodes.push(node);
        NodeId(self.program.nodes.len() as u32 - 1)
    }

    /// An expression of a type over the rows of a table.
    pub fn expression(&mut self, ty: Ty, space: TableId, depth: u32) -> NodeId {
        if depth == 0 || self.tape.pick(5) == 0 {
            return self.leaf(ty, space);
        }
        if self.tape.rarely(4) {
            return self.wrapped(ty, space, depth - 1);
        }
        match ty {
            Ty::Truth => self.truth(space, depth - 1),
            Ty::Number(_) => self.number(space, depth - 1),
            Ty::Date => self.date(space, depth - 1),
            Ty::Text => self.text(space, depth - 1),
            Ty::Member(GRADES) => self.grade(ty, space),
            _ => self.leaf(ty, space),
        }
    }

    /// Two or three expressions.
    pub fn several(&mut self, ty: Ty, space: TableId, depth: u32) -> Vec<NodeId> {
        (0..2 + self.tape.pick(2)).map(|_| self.expression(ty, space, depth)).collect()
    }

    /// A field of this type, of the table or of its parent; a constant where none is left.
    pub fn leaf(&mut self, ty: Ty, space: TableId) -> NodeId {
        self.cells(ty, space).unwrap_or_else(|| self.constant(ty, space))
    }

    /// A field as rules see it: narrowed inside a branch.
    fn cells(&mut self, ty: Ty, space: TableId) -> Option<NodeId> {
        let (node, _) = self.field(ty, space)?;
        Some(self.narrow(node))
    }

    /// A node, or what stands for it inside a branch.
    pub fn narrow(&self, mut node: NodeId) -> NodeId {
        while let Some(cut) = self.narrowed.get(&node) {
            node = *cut;
        }
        node
    }

    /// A field's node and the field; each hole once where that is the style.
    pub fn field(&mut self, ty: Ty, space: TableId) -> Option<(NodeId, FieldId)> {
        self.field_where(ty, space, |_| true)
    }

    /// A field that holds one of these.
    pub fn field_where(
        &mut self,
        ty: Ty,
        space: TableId,
        fits: impl Fn(schema::Holds) -> bool,
    ) -> Option<(NodeId, FieldId)> {
        let parent = space == FIRMS && !self.style.tight && self.tape.rarely(4);
        let table = if parent { CASES } else { space };
        let free = |index: u32| {
            let field = FieldId { table, index };
            (!self.style.tight || !self.used.contains(&field)).then_some(field)
        };
        let fields: Vec<FieldId> = schema::fields(table)
            .iter()
            .zip(0..)
            .filter(|((holds, _), _)| holds.ty().0 == ty && fits(*holds))
            .filter_map(|(_, index)| free(index))
            .collect();
        if fields.is_empty() {
            return None;
        }
        let field = self.tape.choose(&fields);
        self.used.insert(field);
        let mut node = self.add(NodeKind::Field(field), ty, table);
        if field.index % 5 == 2 && !self.style.tight {
            node = self.guarded(node, field, ty);
        }
        if parent {
            node = self.add(NodeKind::Parent(node), ty, space);
        }
        Some((node, field))
    }

    /// 适用: a fifth of the fields hold only where the first truth of their table does.
    fn guarded(&mut self, node: NodeId, field: FieldId, ty: Ty) -> NodeId {
        let of = FieldId { table: field.table, index: 0 };
        let guard = self.add(NodeKind::Field(of), Ty::Truth, field.table);
        let table = &mut self.program.tables[field.table.0 as usize];
        table.fields[field.index as usize].applies = Some(guard);
        self.add(NodeKind::Applies { guard, body: node }, ty, field.table)
    }

    /// A constant; rarely 不适用.
    pub fn constant(&mut self, ty: Ty, space: TableId) -> NodeId {
        let constant = match ty {
            _ if self.tape.rarely(12) => Constant::NotApplicable,
            Ty::Truth => Constant::Truth(Truth::of(self.tape.pick(2) == 0)),
            Ty::Number(_) => Constant::Number(self.some_number()),
            Ty::Duration(_) => Constant::Number(Number::from(self.tape.pick(29) as i64 - 14)),
            Ty::Date => Constant::Date(self.some_day()),
            Ty::Period(_) => Constant::Date(2022),
            Ty::Text => Constant::Text(self.tape.choose(&TEXTS).into()),
            Ty::Member(LEVELS | GRADES) => Constant::Member(self.tape.pick(3) as u32),
            Ty::Member(ROSTER) => Constant::Member(self.tape.pick(2) as u32),
            Ty::Member(_) => Constant::Member(self.tape.pick(6) as u32),
            Ty::NotApplicable => Constant::NotApplicable,
        };
        self.add(NodeKind::Constant(constant), ty, space)
    }

    /// A constant that is a value.
    pub fn value(&mut self, ty: Ty, space: TableId) -> NodeId {
        let node = self.constant(ty, space);
        match self.program.node(node).kind {
            NodeKind::Constant(Constant::NotApplicable) => {
                let constant = match ty {
                    Ty::Truth => Constant::Truth(Truth::TRUE),
                    Ty::Number(_) | Ty::Duration(_) => Constant::Number(Number::one()),
                    Ty::Date => Constant::Date(day(2022, 12, 31)),
                    Ty::Text => Constant::Text("新".into()),
                    _ => Constant::Member(0),
                };
                self.add(NodeKind::Constant(constant), ty, space)
            }
            _ => node,
        }
    }

    /// A small number.
    pub fn some_number(&mut self) -> Number {
        match self.tape.pick(9) {
            7 => Number::scaled(5, 1),
            8 => Number::scaled(-15, 1),
            at => Number::from(at as i64 - 1),
        }
    }

    /// A day near those of the fields.
    pub fn some_day(&mut self) -> i32 {
        day(2022, 12, 18) + self.tape.pick(28) as i32
    }

    pub fn comparison(&mut self, ordered: bool, equal: bool) -> Comparison {
        use Comparison::*;
        match (ordered, equal) {
            (true, true) => self.tape.choose(&[AtLeast, Below, Above, AtMost, Equal, NotEqual]),
            (true, false) => self.tape.choose(&[AtLeast, Below, Above, AtMost]),
            (false, _) => self.tape.choose(&[Equal, NotEqual]),
        }
    }

    fn date(&mut self, space: TableId, depth: u32) -> NodeId {
        let kind = match self.tape.pick(6) {
            0 => return self.rule_date(space),
            1 | 2 => {
                let units = [DurationUnit::Day, DurationUnit::Month, DurationUnit::Year];
                let ty = Ty::Duration(self.tape.choose(&units));
                let span = if self.tape.pick(3) == 0 {
                    self.leaf(ty, space)
                } else {
                    self.constant(ty, space)
                };
                NodeKind::AddDuration { day: self.expression(Ty::Date, space, depth), span }
            }
            3 | 4 => self.workday(space, depth),
            _ => {
                let fold = self.tape.choose(&[heng::ir::Fold::Max, heng::ir::Fold::Min]);
                NodeKind::Fold(fold, self.several(Ty::Date, space, depth))
            }
        };
        self.add(kind, Ty::Date, space)
    }

    /// Days after days a year away would need tables of many years: only fields and constants are counted from.
    fn workday(&mut self, space: TableId, _depth: u32) -> NodeKind {
        let day = self.leaf(Ty::Date, space);
        let few = self
            .field_where(NUMBER, space, |it| it == schema::Holds::Few)
            .filter(|_| !self.style.tight);
        let count = match few {
            Some((node, _)) if self.tape.pick(2) == 0 => node,
            _ => {
                let count = Constant::Number(Number::from(1 + self.tape.pick(6) as i64));
                self.add(NodeKind::Constant(count), Ty::Duration(DurationUnit::Workday), space)
            }
        };
        NodeKind::WorkdayAfter {
            day,
            count,
            first_day: self.tape.pick(2) == 1,
            calendar: schema::HOLIDAYS,
        }
    }

    fn text(&mut self, space: TableId, depth: u32) -> NodeId {
        let kind = match self.tape.pick(2) {
            0 => NodeKind::Join(self.several(Ty::Text, space, depth)),
            _ => {
                let mut whole = |low: i64| {
                    let number = Constant::Number(Number::from(low + self.tape.pick(3) as i64));
                    self.add(NodeKind::Constant(number), NUMBER, space)
                };
                let (from, length) = (whole(1), whole(0));
                NodeKind::Part(self.expression(Ty::Text, space, depth), from, length)
            }
        };
        self.add(kind, Ty::Text, space)
    }
}
