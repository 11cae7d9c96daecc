//! Truths as formulas: 且, 或, 非, 若, comparisons, membership, conditions with guards. Numbers are in `numbers`.

use crate::ir::Belonging;
use crate::ir::Comparison;
use crate::ir::Count;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Ty;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::any;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::flag;
use crate::report::live::expr::op;
use crate::report::live::expr::sum;
use crate::report::live::expr::text;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::known;
use crate::report::live::maker::Maker;

/// The most names that a formula lists.
const MOST_NAMES: usize = 80;

/// How many of some truths hold, fail, are in error, not known, or not applicable.
pub struct Counts {
    /// 真
    pub yes: Expr,
    /// 假
    pub no: Expr,
    /// 错误
    pub error: Expr,
    /// 未知
    pub unknown: Expr,
    /// 不适用
    pub na: Expr,
}

impl Maker<'_> {
    /// The formula of a truth, or of a choice between values; none for other kinds.
    pub(super) fn logic(&self, id: NodeId, row: usize) -> Option<Expr> {
        let of = |id: NodeId| self.cell(id, row);
        let node = self.told.program.node(id);
        Some(match &node.kind {
            NodeKind::And(items) => self.joined(items, row, false),
            NodeKind::Or(items) => self.joined(items, row, true),
            NodeKind::Not(item) => self.strict(&[*item], row, call(Function::Not, [of(*item)])),
            NodeKind::Quantified(count, items) => {
                let cells: Vec<Expr> = items.iter().map(|it| of(*it)).collect();
                let many = |value: Expr| sum(cells.iter().map(|it| flag(equal(it, value.clone()))));
                let counts = Counts {
                    yes: many(truth(true)),
                    no: many(truth(false)),
                    error: many(self.word(&self.words.error)),
                    unknown: many(self.word(&self.words.unknown)),
                    na: many(self.word(&self.words.not_applicable)),
                };
                self.quantified(*count, &counts, None)
            }
            NodeKind::Compare(sign, a, b) => self.comparison(*sign, *a, *b, row)?,
            NodeKind::IsNone(item) => {
                let is_none = equal(&of(*item), self.word(&self.words.not_applicable));
                let known = self.unless([*item].iter(), row, &self.words.unknown, is_none);
                self.unless([*item].iter(), row, &self.words.error, known)
            }
            NodeKind::Belongs { of: item, to } => {
                let found = self.belongs(*item, to, row)?;
                self.strict(&[*item], row, found)
            }
            NodeKind::If { condition, then, otherwise, if_not_applicable } => {
                let c = of(*condition);
                let mut rest = c.clone();
                if let Some(instead) = if_not_applicable {
                    let na = equal(&c, self.word(&self.words.not_applicable));
                    rest = when(na, of(*instead), rest);
                }
                let no = when(equal(&c, truth(false)), of(*otherwise), rest);
                when(equal(&c, truth(true)), of(*then), no)
            }
            NodeKind::Applies { guard, body } => self.guarded(*guard, *body, row),
            NodeKind::Exceptions { body, exceptions } => {
                let arm = exceptions.first()?;
                let live = when(equal(&of(arm.guard), truth(true)), of(arm.deemed), of(*body));
                let known = self.unless([arm.guard].iter(), row, &self.words.unknown, live);
                self.unless([arm.guard].iter(), row, &self.words.error, known)
            }
            _ => return None,
        })
    }

    fn guarded(&self, guard: NodeId, body: NodeId, row: usize) -> Expr {
        let na = self.word(&self.words.not_applicable);
        let c = self.cell(guard, row);
        match self.literal(guard) {
            Some(_) => when(c, self.cell(body, row), na),
            None => {
                let rest = self.unless([guard].iter(), row, &self.words.unknown, na);
                let rest = match self.may_be_error(guard) {
                    true => self.unless([guard].iter(), row, &self.words.error, rest),
                    false => rest,
                };
                when(equal(&c, truth(true)), self.cell(body, row), rest)
            }
        }
    }

    /// 且 is the lowest of 假, 错误, 真, 不适用, 或 the highest of 不适用, 假, 错误, 真; what is not known comes after what decides.
    fn joined(&self, items: &[NodeId], row: usize, decides: bool) -> Expr {
        let is = |value: Expr| {
            any(items.iter().map(|it| equal(&self.cell(*it, row), value.clone())).collect())
        };
        let may_be_na = items.iter().all(|it| self.may_be_na(*it));
        let last = match may_be_na {
            true => {
                when(is(truth(!decides)), truth(!decides), self.word(&self.words.not_applicable))
            }
            false => truth(!decides),
        };
        let errors = items.iter().filter(|it| self.may_be_error(**it));
        let rest = self.unless(errors, row, &self.words.error, last);
        let open = items.iter().filter(|it| self.literal(**it).is_none());
        let rest = self.unless(open, row, &self.words.unknown, rest);
        when(is(truth(decides)), truth(decides), rest)
    }

    fn comparison(&self, sign: Comparison, a: NodeId, b: NodeId, row: usize) -> Option<Expr> {
        let body = match self.compared(sign, (a, b), row) {
            Some(body) => body,
            None => self.by_order(sign, a, b, row)?,
        };
        Some(self.strict(&[a, b], row, body))
    }

    /// Words of an ordered enumeration, by their places in it.
    fn by_order(&self, sign: Comparison, a: NodeId, b: NodeId, row: usize) -> Option<Expr> {
        let program = self.told.program;
        let Ty::Member(list) = program.node(a).ty else { return None };
        let list = program.vocabulary(list);
        let last = list.members.len().checked_sub(1).filter(|it| *it < MOST_NAMES / 2)?;
        let place = |of: Expr| {
            (0..last as u32).rev().fold(whole(last as i64), |rest, at| {
                let is = call(Function::Exact, [of.clone(), text(known::label(list, at))]);
                when(is, whole(i64::from(at)), rest)
            })
        };
        let sign = match sign {
            Comparison::AtLeast => Op::AtLeast,
            Comparison::AtMost => Op::AtMost,
            Comparison::Above => Op::Above,
            Comparison::Below => Op::Below,
            Comparison::Equal => Op::Equal,
            Comparison::NotEqual => Op::NotEqual,
        };
        Some(op(sign, place(self.cell(a, row)), place(self.cell(b, row))))
    }

    fn belongs(&self, item: NodeId, to: &Belonging, row: usize) -> Option<Expr> {
        let x = self.cell(item, row);
        let ty = self.told.program.node(item).ty;
        match to {
            Belonging::Nodes(members) => self.is_below(ty, &x, members),
            Belonging::Values(values) => {
                let tests: Option<Vec<Expr>> = values
                    .iter()
                    .map(|it| {
                        self.compared_cells(Comparison::Equal, ty, x.clone(), self.cell(*it, row))
                    })
                    .collect();
                tests.map(any)
            }
            Belonging::Vocabulary(_) | Belonging::Node(_) => None,
        }
    }

    /// Whether a cell names one of these members, or one below them.
    pub(super) fn is_below(&self, ty: Ty, x: &Expr, members: &[u32]) -> Option<Expr> {
        let Ty::Member(list) = ty else { return None };
        let list = self.told.program.vocabulary(list);
        let below: Vec<u32> = (0..list.members.len() as u32)
            .filter(|it| members.iter().any(|above| list.is_within(*it, *above)))
            .collect();
        let is = |it: &u32| call(Function::Exact, [x.clone(), text(known::label(list, *it))]);
        (below.len() <= MOST_NAMES).then(|| any(below.iter().map(is).collect()))
    }

    /// 全部, 任一, 至少 … over counts; `empty` is what stands where there is nothing at all.
    pub(super) fn quantified(&self, count: Count, counts: &Counts, empty: Option<Expr>) -> Expr {
        let Counts { yes, no, error, unknown, na } = counts;
        let some = |it: &Expr| op(Op::Above, it.clone(), whole(0));
        let [unknown_word, error_word, na_word] =
            [&self.words.unknown, &self.words.error, &self.words.not_applicable]
                .map(|it| self.word(it));
        let of_none = |it: bool| empty.clone().unwrap_or_else(|| truth(it));
        // What settles it, whatever the others are; then what is open; then the rest.
        let decided = |settled: Vec<(Expr, bool)>, last: Expr, nothing: bool| {
            let none = when(some(na), na_word.clone(), of_none(nothing));
            let any_item = any(vec![some(yes), some(no), some(error), some(unknown)]);
            let open = when(some(unknown), unknown_word.clone(), last);
            let rest = settled
                .into_iter()
                .rev()
                .fold(open, |rest, (test, value)| when(test, truth(value), rest));
            when(any_item, rest, none)
        };
        let or_error = |value: bool| when(some(error), error_word.clone(), truth(value));
        match count {
            Count::All => decided(vec![(some(no), false)], or_error(true), true),
            Count::Any => decided(vec![(some(yes), true)], or_error(false), false),
            Count::None => decided(vec![(some(yes), false)], or_error(true), true),
            Count::AtLeast(n) => {
                let n = whole(i64::from(n));
                let reached = op(Op::AtLeast, yes.clone(), n.clone());
                let all = op(Op::Plus, yes.clone(), error.clone());
                let beyond = op(Op::Below, all, n.clone());
                let last = when(beyond, truth(false), error_word.clone());
                decided(vec![(reached, true)], last, n == whole(0))
            }
            Count::AtMost(n) => {
                let n = whole(i64::from(n));
                let passed = op(Op::Above, yes.clone(), n.clone());
                let all = op(Op::Plus, yes.clone(), error.clone());
                let last = when(op(Op::AtMost, all, n), truth(true), error_word.clone());
                decided(vec![(passed, false)], last, true)
            }
            Count::Exactly(n) => {
                let n = whole(i64::from(n));
                let passed = op(Op::Above, yes.clone(), n.clone());
                let all = op(Op::Plus, yes.clone(), error.clone());
                let short = op(Op::Below, all, n.clone());
                let exact = when(op(Op::Equal, yes.clone(), n.clone()), truth(true), truth(false));
                let last = when(short, truth(false), when(some(error), error_word.clone(), exact));
                decided(vec![(passed, false)], last, n == whole(0))
            }
        }
    }
}
