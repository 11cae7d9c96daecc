//! The plain evaluator: one outcome of one node in one row, read off the outcome tables of the law. No sets, no columns.

use crate::oracle::Plain;
use crate::oracle::Value;
use crate::oracle::calendar;
use crate::oracle::cells::Cells;
use crate::oracle::compare;
use crate::oracle::compared;
use crate::oracle::strict;
use crate::oracle::tape::mix;
use heng::ir::Belonging;
use heng::ir::Comparison;
use heng::ir::Constant;
use heng::ir::Fold;
use heng::ir::NodeId;
use heng::ir::NodeKind;
use heng::ir::Program;
use heng::ir::Ty;
use heng::value::Number;
use heng::value::Rounding;
use heng::value::Truth;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// An evaluation over completed data.
pub struct Evaluator<'a> {
    pub program: &'a Program,
    pub cells: &'a Cells,
    /// `--on`
    pub on: Option<i32>,
    memo: RefCell<BTreeMap<(NodeId, usize), Plain>>,
}

impl<'a> Evaluator<'a> {
    pub fn new(program: &'a Program, cells: &'a Cells, on: Option<i32>) -> Evaluator<'a> {
        Evaluator { program, cells, on, memo: RefCell::default() }
    }

    /// 假定: an outcome that stands in for a computed one.
    pub fn suppose(&self, node: NodeId, row: usize, outcome: Plain) {
        self.memo.borrow_mut().insert((node, row), outcome);
    }

    /// The outcome of a node in a row of its table.
    pub fn outcome(&self, node: NodeId, row: usize) -> Plain {
        if let Some(done) = self.memo.borrow().get(&(node, row)) {
            return done.clone();
        }
        let outcome = self.compute(node, row);
        self.memo.borrow_mut().insert((node, row), outcome.clone());
        outcome
    }

    pub fn all(&self, nodes: &[NodeId], row: usize) -> Vec<Plain> {
        nodes.iter().map(|it| self.outcome(*it, row)).collect()
    }

    /// Answers a question that no cell answers.
    pub fn guess(&self, node: NodeId, row: usize) -> bool {
        self.cells.guess.answer(mix(node.0 as u64, row as u64))
    }

    fn compute(&self, node: NodeId, row: usize) -> Plain {
        use NodeKind::*;
        let of = |node: &NodeId| self.outcome(*node, row);
        match &self.program.node(node).kind {
            Constant(it) => constant(it),
            Field(field) => self.cells.cell(*field, row).outcome.clone(),
            Parent(it) => self.outcome(*it, self.parent_row(node, row)),
            Filled(field) => Plain::truth(self.cells.cell(*field, row).filled),
            Narrow { of: it, op, bound } => match compared(*op, &of(it), &of(bound)).is_true() {
                true => of(it),
                false => Plain::Unspoken,
            },
            And(items) => and(&self.all(items, row)),
            Or(items) => {
                negation(and(&self.all(items, row).into_iter().map(negation).collect::<Vec<_>>()))
            }
            Not(it) => negation(of(it)),
            Quantified(count, items) => {
                crate::oracle::aggregate::quantified(*count, &self.all(items, row))
            }
            Compare(op, a, b) => compared(*op, &of(a), &of(b)),
            IsNone(it) => match of(it) {
                Plain::NotApplicable => Plain::truth(true),
                Plain::Value(_) => Plain::truth(false),
                other => other,
            },
            Belongs { of: it, to } => self.belongs(node, row, of(it), to),
            If { condition, then, otherwise, if_not_applicable } => match of(condition) {
                Plain::NotApplicable => {
                    of(&if_not_applicable.expect("a third branch was generated"))
                }
                truth if truth.is_true() => of(then),
                truth if truth.is_false() => of(otherwise),
                other => other,
            },
            Default { of, value, .. } => self.defaulted(*of, row, &self.outcome(*value, row)),
            WhenNotApplicable { of: it, value } => match of(it) {
                Plain::NotApplicable => of(value),
                other => other,
            },
            Aggregate(it) => self.aggregate(it, row),
            Unique(key) => self.unique(node, *key, row),
            RuleDate(_)
            | Parameter { .. }
            | InForce { .. }
            | AddDuration { .. }
            | Days { .. }
            | Elapsed { .. }
            | WorkdayAfter { .. } => self.time(node, row),
            Decide(_) | Exceptions { .. } | Applies { .. } | Soften { .. } => self.rule(node, row),
            Called { .. } | Input { .. } => self.function(node, row),
            Contains(..) | StartsWith(..) | Join(_) | Part(..) | Length(_) => self.text(node, row),
            _ => self.arithmetic(node, row),
        }
    }

    fn parent_row(&self, node: NodeId, row: usize) -> usize {
        self.cells.tables[self.program.node(node).space.0 as usize][row].parent
    }

    /// `缺省`: a field's node with its blank cells replaced; guards and parents stay around it.
    fn defaulted(&self, node: NodeId, row: usize, value: &Plain) -> Plain {
        match &self.program.node(node).kind {
            NodeKind::Field(field) if self.cells.cell(*field, row).blank => value.clone(),
            NodeKind::Parent(it) => self.defaulted(*it, self.parent_row(node, row), value),
            NodeKind::Applies { guard, body } => {
                crate::oracle::rules::applies(&self.outcome(*guard, row), || {
                    self.defaulted(*body, row, value)
                })
            }
            _ => self.outcome(node, row),
        }
    }

    fn belongs(&self, node: NodeId, row: usize, of: Plain, to: &Belonging) -> Plain {
        let other = match to {
            Belonging::Node(it) => Some(self.outcome(*it, row)),
            _ => None,
        };
        if let Some(done) = strict(std::iter::once(&of).chain(&other)) {
            return done;
        }
        let Plain::Value(of) = of else { unreachable!("strict left a value") };
        match (to, other) {
            (Belonging::Vocabulary(id), _) => {
                let vocabulary = self.program.vocabulary(*id);
                Plain::truth(match &of {
                    Value::Text(it) if vocabulary.index.contains_key(&**it) => true,
                    Value::Text(it) if !vocabulary.complete => self.guess(NodeId(id.0), hash(it)),
                    Value::Text(_) => false,
                    _ => true,
                })
            }
            (Belonging::Nodes(nodes), _) => {
                self.within(node, row, self.member_type(node), &of, nodes)
            }
            (Belonging::Node(_), Some(Plain::Value(Value::Member(above)))) => {
                self.within(node, row, self.member_type(node), &of, &[above])
            }
            (Belonging::Node(_), _) => Plain::truth(false),
            (Belonging::Values(values), _) => {
                let all: Vec<Plain> = values
                    .iter()
                    .map(|it| {
                        compared(
                            Comparison::Equal,
                            &Plain::Value(of.clone()),
                            &self.outcome(*it, row),
                        )
                    })
                    .collect();
                negation(and(&all.into_iter().map(negation).collect::<Vec<_>>()))
            }
        }
    }

    /// Whether a member is one of `nodes` or below one; a member above one is a question.
    pub fn within(&self, node: NodeId, row: usize, ty: Ty, of: &Value, nodes: &[u32]) -> Plain {
        let (Value::Member(of), Ty::Member(vocabulary)) = (of, ty) else {
            return Plain::truth(false);
        };
        let vocabulary = self.program.vocabulary(vocabulary);
        let below = nodes.iter().any(|above| vocabulary.is_within(*of, *above));
        let coarse = nodes.iter().any(|it| vocabulary.is_within(*it, *of));
        Plain::truth(below || coarse && self.guess(node, row))
    }

    fn member_type(&self, node: NodeId) -> Ty {
        match &self.program.node(node).kind {
            NodeKind::Belongs { of, .. } => self.program.node(*of).ty,
            _ => unreachable!("only 属于 asks for a place in a hierarchy"),
        }
    }

    fn unique(&self, node: NodeId, key: NodeId, row: usize) -> Plain {
        let own = self.outcome(key, row);
        if let Some(done) = strict([&own]) {
            return done;
        }
        let rows = self.cells.tables[self.program.node(node).space.0 as usize].len();
        Plain::truth(!(0..rows).any(|other| other != row && self.outcome(key, other) == own))
    }

    fn text(&self, node: NodeId, row: usize) -> Plain {
        let kind = &self.program.node(node).kind;
        let operands = self.all(&kind.operands(), row);
        if let Some(done) = strict(&operands) {
            return done;
        }
        match kind {
            NodeKind::Contains(..) => {
                Plain::truth(operands[0].as_text().contains(operands[1].as_text()))
            }
            NodeKind::StartsWith(..) => {
                Plain::truth(operands[0].as_text().starts_with(operands[1].as_text()))
            }
            NodeKind::Join(_) => {
                Plain::text(&operands.iter().map(Plain::as_text).collect::<String>())
            }
            NodeKind::Length(_) => {
                Plain::number(Number::from(operands[0].as_text().chars().count() as i64))
            }
            NodeKind::Part(..) => {
                let count =
                    |at: usize| operands[at].as_number().to_i64().expect("a count") as usize;
                Plain::text(
                    &operands[0]
                        .as_text()
                        .chars()
                        .skip(count(1) - 1)
                        .take(count(2))
                        .collect::<String>(),
                )
            }
            other => unreachable!("{other:?} is no text function"),
        }
    }

    fn time(&self, node: NodeId, row: usize) -> Plain {
        let kind = &self.program.node(node).kind;
        let operands = match (kind, self.on) {
            (NodeKind::RuleDate(_), Some(on)) => return Plain::date(on),
            (NodeKind::RuleDate(of), None) => return self.outcome(of.expect("a rule date"), row),
            (NodeKind::Parameter { day, .. } | NodeKind::InForce { day, .. }, _) => {
                self.all(&[*day], row)
            }
            _ => self.all(&kind.operands(), row),
        };
        if let Some(done) = strict(&operands) {
            return done;
        }
        let day = operands[0].as_date();
        let whole = || operands[1].as_number().to_i64().expect("a whole count");
        match kind {
            NodeKind::Parameter { versions, .. } => self.in_force(versions, day, row),
            NodeKind::InForce { from, until, .. } => {
                Plain::truth(from.is_none_or(|it| it <= day) && until.is_none_or(|it| day <= it))
            }
            NodeKind::Days { both_ends, .. } => Plain::number(Number::from(
                (operands[1].as_date() - day + *both_ends as i32) as i64,
            )),
            NodeKind::Elapsed { unit, .. } => {
                Plain::number(Number::from(calendar::full(day, operands[1].as_date(), *unit)))
            }
            NodeKind::AddDuration { span, .. } => {
                let Ty::Duration(unit) = self.program.node(*span).ty else {
                    panic!("a span is added")
                };
                Plain::date(calendar::add(day, whole(), unit))
            }
            NodeKind::WorkdayAfter { first_day, calendar: list, .. } => {
                let list = self.program.vocabulary(*list);
                // Unlisted days are worked at the latest after three weeks, so that the count ends.
                let unknown = |at| at % 21 == 0 || self.guess(NodeId(u32::MAX), at as usize);
                Plain::date(calendar::workday(list, day, whole(), *first_day, unknown))
            }
            other => unreachable!("{other:?} is no function of time"),
        }
    }

    /// A later version ends the one before it.
    fn in_force(
        &self,
        versions: &[(Option<i32>, Option<i32>, NodeId)],
        day: i32,
        row: usize,
    ) -> Plain {
        let begun = versions.iter().rfind(|(from, ..)| from.is_none_or(|it| it <= day));
        match begun.filter(|(_, until, _)| until.is_none_or(|it| day <= it)) {
            Some((.., value)) => self.outcome(*value, row),
            None => Plain::Error,
        }
    }

    fn arithmetic(&self, node: NodeId, row: usize) -> Plain {
        let kind = &self.program.node(node).kind;
        let operands = self.all(&kind.operands(), row);
        if let NodeKind::Fold(fold, _) = kind {
            return folded(*fold, operands);
        }
        if let Some(done) = strict(&operands) {
            return done;
        }
        let numbers: Vec<&Number> = operands.iter().map(Plain::as_number).collect();
        let result = match kind {
            NodeKind::Sum(_) => Some(numbers.iter().fold(Number::zero(), |sum, it| sum.add(it))),
            NodeKind::Product(_) => {
                Some(numbers.iter().fold(Number::one(), |all, it| all.multiply(it)))
            }
            NodeKind::Difference(..) => Some(numbers[0].subtract(numbers[1])),
            NodeKind::Quotient(..) => numbers[0].checked_div(numbers[1]),
            NodeKind::Negation(_) => Some(numbers[0].negate()),
            NodeKind::Absolute(_) => Some(numbers[0].abs()),
            NodeKind::Power(_, exponent) => numbers[0].pow(*exponent),
            NodeKind::Round { how, places, factor, .. } => {
                let shift = Number::from(10).pow(*places as i32).expect("a power of ten");
                let shifted = numbers[0].checked_div(factor).map(|it| it.multiply(&shift));
                let whole = shifted.map(|it| match how {
                    Rounding::Nearest => it.round(0),
                    Rounding::Down => it.floor(),
                    Rounding::Up => it.ceil(),
                });
                whole.and_then(|it| it.checked_div(&shift)).map(|it| it.multiply(factor))
            }
            other => unreachable!("{other:?} is no arithmetic"),
        };
        result.map_or(Plain::Error, Plain::number)
    }
}

/// 且 (`semantics` §2.1): the lowest of 假 < 错误 < 真 < 不适用.
fn and(items: &[Plain]) -> Plain {
    let rank = |it: &Plain| match it {
        Plain::Unspoken => 0,
        it if it.is_false() => 1,
        Plain::Error => 2,
        Plain::Value(_) => 3,
        Plain::NotApplicable => 4,
    };
    items.iter().min_by_key(|it| rank(it)).cloned().unwrap_or(Plain::NotApplicable)
}

/// 非
pub fn negation(of: Plain) -> Plain {
    match of {
        Plain::Value(Value::Truth(it)) => Plain::truth(!it),
        other => other,
    }
}

/// 最大, 最小, 合计 of a list: 不适用 is skipped, all of it is 不适用.
fn folded(fold: Fold, operands: Vec<Plain>) -> Plain {
    let present: Vec<Plain> =
        operands.into_iter().filter(|it| *it != Plain::NotApplicable).collect();
    if let Some(done) = strict(&present) {
        return done;
    }
    let of = match fold {
        Fold::Max => present.into_iter().max(),
        Fold::Min => present.into_iter().min(),
        Fold::Sum => {
            present.into_iter().reduce(|a, b| Plain::number(a.as_number().add(b.as_number())))
        }
    };
    of.unwrap_or(Plain::NotApplicable)
}

fn constant(it: &Constant) -> Plain {
    match it {
        Constant::NotApplicable => Plain::NotApplicable,
        Constant::Truth(it) if *it == Truth::NOT_APPLICABLE => Plain::NotApplicable,
        Constant::Truth(it) => Plain::truth(*it == Truth::TRUE),
        Constant::Number(it) => Plain::number(it.clone()),
        Constant::Date(it) => Plain::date(*it),
        Constant::Text(it) => Plain::text(it),
        Constant::Member(it) => Plain::Value(Value::Member(*it)),
    }
}

fn hash(text: &str) -> usize {
    text.bytes().fold(7, |all, byte| mix(all, byte as u64)) as usize
}

/// Whether a value passes one of these conjunctions of comparisons; 错误 where a bound is.
pub fn passes(
    evaluator: &Evaluator,
    row: usize,
    value: &Value,
    tests: &[Vec<(Comparison, NodeId)>],
) -> Plain {
    let mut error = false;
    for conjunction in tests {
        let outcomes: Vec<Plain> = conjunction
            .iter()
            .map(|(op, bound)| match evaluator.outcome(*bound, row) {
                Plain::Value(bound) => Plain::truth(compare(*op, value, &bound)),
                Plain::NotApplicable => Plain::truth(false),
                other => other,
            })
            .collect();
        match and(&outcomes) {
            Plain::Error => error = true,
            it if it.is_true() => return it,
            _ => {}
        }
    }
    if error { Plain::Error } else { Plain::truth(false) }
}
