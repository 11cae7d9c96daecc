//! Random truths and numbers: what each operator may stand over. Only choices are made here.

use crate::oracle::facts::TEXTS;
use crate::oracle::generate::Builder;
use crate::oracle::generate::NUMBER;
use crate::oracle::schema;
use crate::oracle::schema::CASES;
use crate::oracle::schema::FIRMS;
use crate::oracle::schema::GRADES;
use crate::oracle::schema::Holds;
use crate::oracle::schema::LEVELS;
use crate::oracle::schema::LIST;
use crate::oracle::schema::PLACES;
use crate::oracle::schema::ROSTER;
use crate::oracle::schema::TOPS;
use heng::ir::Aggregate;
use heng::ir::AggregateFunction;
use heng::ir::Belonging;
use heng::ir::CellTest;
use heng::ir::Constant;
use heng::ir::Count;
use heng::ir::Decision;
use heng::ir::DecisionRow;
use heng::ir::DurationUnit;
use heng::ir::Fold;
use heng::ir::Hit;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::TableId;
use heng::ir::Ty;
use heng::ir::Unanswered;
use heng::value::Number;
use heng::value::Rounding;

impl Builder<'_, '_> {
    pub fn truth(&mut self, space: TableId, depth: u32) -> NodeId {
        let kind = match self.tape.pick(23) {
            0 | 1 => NodeKind::And(self.several(Ty::Truth, space, depth)),
            2 | 3 => NodeKind::Or(self.several(Ty::Truth, space, depth)),
            4 => NodeKind::Not(self.expression(Ty::Truth, space, depth)),
            5 => {
                let count = self.count();
                NodeKind::Quantified(count, self.several(Ty::Truth, space, depth))
            }
            6..=8 => self.comparison_of_numbers(space, depth),
            9 | 10 => self.comparison_of_others(space, depth),
            11 => {
                let ty =
                    self.tape.choose(&[NUMBER, Ty::Truth, Ty::Date, Ty::Member(PLACES), Ty::Text]);
                NodeKind::IsNone(self.expression(ty, space, depth))
            }
            12 | 13 => self.belongs(space),
            14 => self.softened(space, depth),
            15 => match self.field(Ty::Text, space).filter(|_| !self.style.tight) {
                Some((_, field)) if field.table == space => NodeKind::Filled(field),
                _ => NodeKind::IsNone(self.leaf(Ty::Text, space)),
            },
            16 => {
                let (day, from) = (self.rule_date(space), self.some_day());
                let from_open = self.tape.rarely(3);
                let until = (!self.tape.rarely(3)).then_some(from + 5);
                NodeKind::InForce { day, from: (!from_open).then_some(from), until }
            }
            17 => self.part_of_text(space, depth),
            18..=20 if space == CASES => self.quantified_rows(depth),
            21 if !self.style.tight => {
                let ty = self.tape.choose(&[
                    Ty::Member(LEVELS),
                    Ty::Text,
                    NUMBER,
                    Ty::Member(ROSTER),
                    Ty::Truth,
                ]);
                NodeKind::Unique(self.expression(ty, space, depth.min(1)))
            }
            _ => return self.leaf(Ty::Truth, space),
        };
        self.add(kind, Ty::Truth, space)
    }

    fn comparison_of_numbers(&mut self, space: TableId, depth: u32) -> NodeKind {
        let op = self.comparison(true, !self.style.tight);
        let of = self.expression(NUMBER, space, depth);
        let to = match self.tape.pick(2) {
            0 => self.constant(NUMBER, space),
            _ => self.expression(NUMBER, space, depth),
        };
        NodeKind::Compare(op, of, to)
    }

    fn part_of_text(&mut self, space: TableId, depth: u32) -> NodeKind {
        let of = self.exact_text(space, depth);
        let part = Constant::Text(self.tape.choose(&TEXTS[..3]).into());
        let part = self.add(NodeKind::Constant(part), Ty::Text, space);
        if self.tape.pick(2) == 0 {
            NodeKind::Contains(of, part)
        } else {
            NodeKind::StartsWith(of, part)
        }
    }

    fn quantified_rows(&mut self, depth: u32) -> NodeKind {
        let function = AggregateFunction::Quantified(self.count());
        let filter = self.filter(depth);
        let value = Some(self.expression(Ty::Truth, FIRMS, depth.min(2)));
        NodeKind::Aggregate(Aggregate {
            function,
            rows: LIST,
            filter,
            value,
            share: None,
            if_empty: None,
        })
    }

    fn count(&mut self) -> Count {
        let n = self.tape.pick(4) as u32;
        self.tape.choose(&[
            Count::All,
            Count::Any,
            Count::None,
            Count::AtLeast(n),
            Count::AtMost(n),
            Count::Exactly(n),
        ])
    }

    /// Dates and ordered words by order, the other types by equality.
    fn comparison_of_others(&mut self, space: TableId, depth: u32) -> NodeKind {
        let types = [
            Ty::Date,
            Ty::Member(LEVELS),
            Ty::Member(PLACES),
            Ty::Member(ROSTER),
            Ty::Member(GRADES),
            Ty::Text,
        ];
        let ty = self.tape.choose(&types);
        let ordered = matches!(ty, Ty::Date | Ty::Member(LEVELS));
        let op = self.comparison(ordered, !(self.style.tight && ty == Ty::Date));
        let exact = self.style.tight && ty == Ty::Text;
        let of = if exact { self.leaf(ty, space) } else { self.expression(ty, space, depth) };
        let to = match self.tape.pick(2) {
            0 => self.constant(ty, space),
            _ if exact => self.constant(ty, space),
            _ => self.expression(ty, space, depth.min(1)),
        };
        NodeKind::Compare(op, of, to)
    }

    fn belongs(&mut self, space: TableId) -> NodeKind {
        let (ty, to) = match self.tape.pick(if self.style.guesses { 5 } else { 4 }) {
            0 => (Ty::Member(PLACES), Belonging::Nodes(vec![self.place()])),
            1 => (Ty::Member(ROSTER), Belonging::Vocabulary(ROSTER)),
            2 => (Ty::Text, Belonging::Vocabulary(ROSTER)),
            3 => {
                let ty = self.tape.choose(&[NUMBER, Ty::Date, Ty::Text]);
                // A text that may be anything is exact under one value only.
                let count = 1 + self.tape.pick(2);
                let ty = if self.style.tight { Ty::Text } else { ty };
                (ty, Belonging::Values((0..count).map(|_| self.value(ty, space)).collect()))
            }
            _ => {
                (Ty::Member(PLACES), Belonging::Node(self.expression(Ty::Member(PLACES), space, 1)))
            }
        };
        let of =
            if self.style.tight { self.leaf(ty, space) } else { self.expression(ty, space, 1) };
        NodeKind::Belongs { of, to }
    }

    /// A member that no member of a cell can be above, unless guesses are wanted.
    fn place(&mut self) -> u32 {
        if self.style.guesses { self.tape.pick(6) as u32 } else { self.tape.choose(&TOPS) }
    }

    fn softened(&mut self, space: TableId, depth: u32) -> NodeKind {
        let of = self.expression(Ty::Truth, space, depth);
        let mut kinds = vec![Unanswered::Noted, Unanswered::NotMet];
        kinds.extend(self.style.guesses.then_some(Unanswered::Undetermined));
        let unanswered =
            if self.style.tight { Unanswered::Noted } else { self.tape.choose(&kinds) };
        let answered = match unanswered {
            Unanswered::Noted => None,
            _ => {
                let index = schema::fields(space)
                    .iter()
                    .position(|it| it.0 == Holds::Text)
                    .expect("a text") as u32;
                let field = heng::ir::FieldId { table: space, index };
                Some(self.add(NodeKind::Filled(field), Ty::Truth, space))
            }
        };
        NodeKind::Soften { of, unanswered, answered }
    }

    pub fn number(&mut self, space: TableId, depth: u32) -> NodeId {
        let kind = match self.tape.pick(21) {
            0 => NodeKind::Sum(self.several(NUMBER, space, depth)),
            1 => NodeKind::Difference(
                self.expression(NUMBER, space, depth),
                self.expression(NUMBER, space, depth),
            ),
            2 => NodeKind::Product(self.several(NUMBER, space, depth)),
            3 | 4 => {
                let of = self.expression(NUMBER, space, depth);
                // Whether a quotient can be in error depends on what lies between whole numbers.
                let by = match self.style.tight {
                    true => {
                        let fits = |it| matches!(it, Holds::Signed | Holds::Open);
                        self.field_where(NUMBER, space, fits).map(|it| it.0)
                    }
                    false => Some(self.expression(NUMBER, space, depth)),
                };
                NodeKind::Quotient(of, by.unwrap_or_else(|| self.constant(NUMBER, space)))
            }
            5 => NodeKind::Negation(self.expression(NUMBER, space, depth)),
            6 => NodeKind::Absolute(self.gapless(space, depth)),
            7 => {
                let of = self.gapless(space, depth);
                let powers: &[i32] = if self.style.tight { &[2, 3, 1] } else { &[2, 3, 0, -1, -2] };
                NodeKind::Power(of, self.tape.choose(powers))
            }
            8 => {
                let of = self.expression(NUMBER, space, depth);
                let factor =
                    self.tape.choose(&[Number::one(), Number::scaled(1, 2), Number::from(10)]);
                let ways = [Rounding::Nearest, Rounding::Down, Rounding::Up];
                let pick = self.tape.pick(9);
                NodeKind::Round { how: ways[pick / 3], of, places: (pick % 3) as u32, factor }
            }
            9 => {
                let fold = self.tape.choose(&[Fold::Max, Fold::Min, Fold::Sum]);
                NodeKind::Fold(fold, self.several(NUMBER, space, depth))
            }
            10 => {
                let from = self.expression(Ty::Date, space, depth.min(2));
                let to = self.expression(Ty::Date, space, depth.min(2));
                match self.tape.pick(4) {
                    2 => NodeKind::Elapsed { from, to, unit: DurationUnit::Year },
                    3 => NodeKind::Elapsed { from, to, unit: DurationUnit::Month },
                    it => NodeKind::Days { from, to, both_ends: it == 1 },
                }
            }
            11 => NodeKind::Length(self.exact_text(space, depth.min(2))),
            12 => return self.grade(NUMBER, space),
            _ if space == CASES => self.over_rows(depth),
            _ => return self.leaf(NUMBER, space),
        };
        self.add(kind, NUMBER, space)
    }

    /// A text of which more is known than that it may be any, where results must be exact.
    fn exact_text(&mut self, space: TableId, depth: u32) -> NodeId {
        if self.style.tight {
            self.leaf(Ty::Text, space)
        } else {
            self.expression(Ty::Text, space, depth)
        }
    }

    /// A number whose hull has no gap, where results must be exact.
    fn gapless(&mut self, space: TableId, depth: u32) -> NodeId {
        if self.style.tight {
            self.leaf(NUMBER, space)
        } else {
            self.expression(NUMBER, space, depth)
        }
    }

    /// 判定表 or 分级, of numbers and members, to words or to points.
    pub fn grade(&mut self, ty: Ty, space: TableId) -> NodeId {
        let several = !self.style.tight && self.tape.pick(2) == 0;
        let heads: Vec<(NodeId, bool)> =
            (0..1 + usize::from(several)).map(|_| self.head(space)).collect();
        let hits = match (self.style.tight, ty) {
            (true, _) => &[Hit::First][..],
            (false, NUMBER) => &[Hit::First, Hit::Only, Hit::Every],
            (false, _) => &[Hit::First, Hit::Only],
        };
        let hit = self.tape.choose(hits);
        let mut rows = Vec::new();
        for _ in 0..1 + self.tape.pick(3) {
            let cells = heads.iter().map(|it| self.test(it.1, several, space)).collect();
            rows.push(DecisionRow { cells, result: self.constant(ty, space) });
        }
        let last: &[&[CellTest]] = &[
            &[CellTest::Any],
            &[],
            &[CellTest::Otherwise],
            &[CellTest::NotApplicable, CellTest::Otherwise],
        ];
        for test in self.tape.choose(last) {
            let cells = vec![test.clone(); heads.len()];
            rows.push(DecisionRow { cells, result: self.constant(ty, space) });
        }
        let heads = heads.into_iter().map(|it| it.0).collect();
        self.add(NodeKind::Decide(Decision { hit, heads, rows, total: false }), ty, space)
    }

    /// What a column tests, and whether it is a member.
    fn head(&mut self, space: TableId) -> (NodeId, bool) {
        let by_members = self.tape.pick(3) == 0;
        let of_type = if by_members { Ty::Member(PLACES) } else { NUMBER };
        let of = match (self.style.tight, by_members) {
            (false, _) => self.expression(of_type, space, 1),
            (true, true) => self.leaf(of_type, space),
            (true, false) => {
                let fits = |it| matches!(it, Holds::Signed | Holds::Unbounded | Holds::Open);
                self.field_where(NUMBER, space, fits)
                    .map_or_else(|| self.constant(NUMBER, space), |it| it.0)
            }
        };
        (of, by_members)
    }

    fn test(&mut self, by_members: bool, several: bool, space: TableId) -> CellTest {
        if several && self.tape.pick(3) == 0 {
            return self.tape.choose(&[CellTest::Any, CellTest::Otherwise]);
        }
        match by_members {
            true => CellTest::Members(vec![self.place()]),
            false => CellTest::Tests(
                (0..1 + self.tape.pick(2)).map(|_| self.conjunction(space)).collect(),
            ),
        }
    }

    /// Where results must be exact the bounds are such that each gap between them has a point of a completion.
    fn conjunction(&mut self, space: TableId) -> Vec<(heng::ir::Comparison, NodeId)> {
        (0..1 + self.tape.pick(2))
            .map(|_| {
                let bounds = [Number::zero(), Number::scaled(5, 1), Number::one()];
                let bound = match self.style.tight {
                    true => Constant::Number(self.tape.choose(&bounds)),
                    false => Constant::Number(self.some_number()),
                };
                (
                    self.comparison(true, !self.style.tight),
                    self.add(NodeKind::Constant(bound), NUMBER, space),
                )
            })
            .collect()
    }

    fn filter(&mut self, depth: u32) -> Option<NodeId> {
        (self.tape.pick(2) == 1).then(|| self.expression(Ty::Truth, FIRMS, depth.min(2)))
    }

    fn over_rows(&mut self, depth: u32) -> NodeKind {
        use AggregateFunction::*;
        let function = match self.style.tight {
            true => self.tape.choose(&[Count, Sum, Mean, Median, Max, Min, Share]),
            false => {
                self.tape.choose(&[Count, Sum, Mean, Median, Max, Min, Share, Share, Distinct])
            }
        };
        let filter = self.filter(depth);
        let value = match function {
            Count => None,
            Share if self.tape.pick(2) == 0 => None,
            // The share of a sum is exact for amounts that are not negative.
            Share => {
                let fits = |it| matches!(it, Holds::Whole | Holds::Unbounded | Holds::Open);
                self.field_where(NUMBER, FIRMS, fits).map(|it| it.0)
            }
            Distinct => {
                let ty = self.tape.choose(&[
                    Ty::Text,
                    NUMBER,
                    Ty::Member(ROSTER),
                    Ty::Member(LEVELS),
                    Ty::Date,
                ]);
                Some(self.expression(ty, FIRMS, 1))
            }
            _ => Some(self.expression(NUMBER, FIRMS, depth.min(2))),
        };
        let share = (function == Share).then(|| self.expression(Ty::Truth, FIRMS, depth.min(2)));
        let if_empty = self.tape.rarely(4).then(|| {
            let zero =
                self.tape.choose(&[Constant::Number(Number::zero()), Constant::NotApplicable]);
            self.add(NodeKind::Constant(zero), NUMBER, CASES)
        });
        NodeKind::Aggregate(Aggregate { function, rows: LIST, filter, value, share, if_empty })
    }
}
