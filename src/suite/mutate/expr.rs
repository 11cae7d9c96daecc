//! The changes of a sentence: every expression that differs from it in one place. What the change leads to is not looked at.

use crate::builtins;
use crate::builtins::Function;
use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Change;
use crate::suite::mutate::change::Kind;
use crate::suite::mutate::change::Maker;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Number;

type Made = Vec<Altered<Expr>>;

impl Maker<'_> {
    /// Every change of one sentence and of its parts, in reading order.
    pub fn expr(&self, it: &Expr) -> Made {
        let mut made = self.own(it);
        let count = children(&mut it.clone()).len();
        for at in 0..count {
            let mut copy = it.clone();
            let child = children(&mut copy).remove(at).clone();
            if is_detail(it, at) {
                made.extend(self.digits(&child).into_iter().map(|sub| put(it, at, sub)));
            } else {
                made.extend(self.expr(&child).into_iter().map(|sub| put(it, at, sub)));
            }
        }
        made
    }

    /// The changes of the expression itself.
    fn own(&self, it: &Expr) -> Made {
        let one = |kind, tree, with: String| {
            let change = Change { kind, at: it.span, with };
            Altered { tree: Expr { kind: tree, span: it.span }, change }
        };
        match &it.kind {
            ExprKind::Number { value, unit } => {
                let unit_said = unit.as_ref().map_or("", |it| it.value.as_str());
                let step = step_of(value);
                [value.add(&step), value.subtract(&step)]
                    .into_iter()
                    .map(|value| {
                        let gap = if unit_said.starts_with(['%', '‰']) || unit_said.is_empty() {
                            ""
                        } else {
                            " "
                        };
                        let with = format!("{value}{gap}{unit_said}");
                        let kind = ExprKind::Number { value, unit: unit.clone() };
                        one(Kind::Threshold, kind, with)
                    })
                    .collect()
            }
            ExprKind::Date(day) => [day.pred_opt(), day.succ_opt()]
                .into_iter()
                .flatten()
                .map(|day| one(Kind::Day, ExprKind::Date(day), day.to_string()))
                .collect(),
            ExprKind::Recent { count, unit } => [1, -1]
                .into_iter()
                .map(|by| count.add(&Number::from(by)))
                .filter(Number::is_positive)
                .map(|count| {
                    let unit_said = unit.as_ref().map_or("", |it| it.value.as_str());
                    let with = format!("近 {count} {unit_said}");
                    one(Kind::Threshold, ExprKind::Recent { count, unit: unit.clone() }, with)
                })
                .collect(),
            ExprKind::Truth(value) => {
                let with = if *value { "否" } else { "是" };
                vec![one(Kind::Negation, ExprKind::Truth(!value), with.to_owned())]
            }
            ExprKind::Not(of) => vec![one(Kind::Negation, of.kind.clone(), self.said_of(of))],
            ExprKind::And(items) => self.joined(it, items, true),
            ExprKind::Or(items) => self.joined(it, items, false),
            ExprKind::Compare { op, op_span, .. } => contrary(*op)
                .map(|(op, kind, word)| {
                    let mut tree = it.clone();
                    if let ExprKind::Compare { op: own, .. } = &mut tree.kind {
                        *own = op;
                    }
                    let change = Change { kind, at: *op_span, with: word.to_owned() };
                    Altered { tree, change }
                })
                .into_iter()
                .chain(self.members(it))
                .collect(),
            ExprKind::Range { .. } => self.ends(it),
            ExprKind::Where { rows, .. } => {
                vec![one(Kind::Drop, rows.kind.clone(), self.said_of(rows))]
            }
            ExprKind::Call { .. } => swapped(it).into_iter().collect(),
            _ => vec![],
        }
    }

    /// 且 for 或 and the reverse; each part left out.
    fn joined(&self, it: &Expr, items: &[Expr], and: bool) -> Made {
        let said: Vec<String> = items.iter().map(|it| self.said_of(it)).collect();
        let (kind, word): (fn(Vec<Expr>) -> ExprKind, &str) =
            if and { (ExprKind::Or, " 或 ") } else { (ExprKind::And, " 且 ") };
        let change = Change { kind: Kind::Connective, at: it.span, with: said.join(word) };
        let mut made =
            vec![Altered { tree: Expr { kind: kind(items.to_vec()), span: it.span }, change }];
        let own = if and { " 且 " } else { " 或 " };
        for at in 0..items.len() {
            let mut left = items.to_vec();
            left.remove(at);
            let mut said = said.clone();
            said.remove(at);
            let kind = match (left.len(), and) {
                (1, _) => left.remove(0).kind,
                (_, true) => ExprKind::And(left),
                (_, false) => ExprKind::Or(left),
            };
            let change = Change { kind: Kind::Drop, at: it.span, with: said.join(own) };
            made.push(Altered { tree: Expr { kind, span: it.span }, change });
        }
        made
    }

    /// 属于（甲、乙）: each member left out.
    fn members(&self, it: &Expr) -> Made {
        let ExprKind::Compare { op: CompareOp::In | CompareOp::NotIn, right, .. } = &it.kind else {
            return vec![];
        };
        let ExprKind::List(items) = &right.kind else { return vec![] };
        let one = |at: usize| {
            let mut left = items.clone();
            left.remove(at);
            let said: Vec<String> = left.iter().map(|it| self.said_of(it)).collect();
            let with = format!("（{}）", said.join("、"));
            let mut tree = it.clone();
            if let ExprKind::Compare { right, .. } = &mut tree.kind {
                right.kind = match left.len() {
                    1 => ExprKind::Bracket(Box::new(left.remove(0))),
                    _ => ExprKind::List(left),
                };
            }
            Altered { tree, change: Change { kind: Kind::Drop, at: right.span, with } }
        };
        (0..items.len()).map(one).collect()
    }

    /// a 至 b: each end in or out.
    fn ends(&self, it: &Expr) -> Made {
        let ExprKind::Range { low, high, .. } = &it.kind else { return vec![] };
        let end = |end: &Option<(Box<Expr>, bool)>, flip: bool| {
            let said = end.as_ref().map(|it| (self.said_of(&it.0), it.1 != flip));
            said.map_or_else(String::new, |(said, included)| {
                format!("{said}{}", if included { "（含）" } else { "（不含）" })
            })
        };
        let mut made = vec![];
        for upper in [false, true] {
            let mut tree = it.clone();
            let ExprKind::Range { low: l, high: h, bare } = &mut tree.kind else { continue };
            // 本数 is the policy's to say where neither was written.
            if *bare {
                continue;
            }
            let Some(own) = (if upper { h } else { l }) else { continue };
            own.1 = !own.1;
            let with = format!("{} 至 {}", end(low, !upper), end(high, upper));
            let change = Change { kind: Kind::Strictness, at: it.span, with };
            made.push(Altered { tree, change });
        }
        made
    }

    /// The decimal places that a value is rounded to.
    fn digits(&self, it: &Expr) -> Made {
        let ExprKind::Number { value, unit } = &it.kind else { return vec![] };
        [1, -1]
            .into_iter()
            .map(|by| value.add(&Number::from(by)))
            .filter(|it| !it.is_negative())
            .map(|value| {
                let change = Change { kind: Kind::Rounding, at: it.span, with: value.to_string() };
                let kind = ExprKind::Number { value, unit: unit.clone() };
                Altered { tree: Expr { kind, span: it.span }, change }
            })
            .collect()
    }
}

/// Whether an operand says how, not what: the places of 保留.
fn is_detail(it: &Expr, at: usize) -> bool {
    match &it.kind {
        ExprKind::Call { name, .. } => {
            const ROUNDED: [Function; 3] = [Function::Round, Function::Floor, Function::Ceiling];
            at == 1 && builtins::find(&name.text).is_some_and(|it| ROUNDED.contains(&it.function))
        }
        _ => false,
    }
}

/// One in the last decimal place written; of a fraction a hundredth.
pub fn step_of(value: &Number) -> Number {
    match value.decimal_places() {
        Some(places) => Number::scaled(1, places),
        None => Number::scaled(1, 2),
    }
}

fn contrary(op: CompareOp) -> Option<(CompareOp, Kind, &'static str)> {
    Some(match op {
        CompareOp::Equal => (CompareOp::NotEqual, Kind::Negation, "≠"),
        CompareOp::NotEqual => (CompareOp::Equal, Kind::Negation, "="),
        CompareOp::AtLeast => (CompareOp::Above, Kind::Strictness, ">"),
        CompareOp::AtMost => (CompareOp::Below, Kind::Strictness, "<"),
        CompareOp::Above => (CompareOp::AtLeast, Kind::Strictness, "≥"),
        CompareOp::Below => (CompareOp::AtMost, Kind::Strictness, "≤"),
        CompareOp::In => (CompareOp::NotIn, Kind::Negation, "不属于"),
        CompareOp::NotIn => (CompareOp::In, Kind::Negation, "属于"),
        CompareOp::Completes => return None,
    })
}

/// The comparison of a cell that stands for another.
pub fn contrary_of_cell(op: CompareOp) -> Option<(CompareOp, &'static str)> {
    contrary(op).filter(|it| it.1 == Kind::Strictness).map(|it| (it.0, it.2))
}

fn partner(name: &str) -> Option<&'static str> {
    let own = builtins::find(name)?;
    let other = match own.function {
        Function::Sum => Function::Mean,
        Function::Mean => Function::Sum,
        Function::Max => Function::Min,
        Function::Min => Function::Max,
        Function::All => Function::Any,
        Function::Any => Function::All,
        _ => return None,
    };
    let other = builtins::ALL.iter().find(|it| it.function == other)?;
    Some(if own.en == name { other.en } else { other.zh })
}

/// The operands of an expression, in reading order.
fn children(it: &mut Expr) -> Vec<&mut Expr> {
    match &mut it.kind {
        ExprKind::Call { args, if_empty, .. } => {
            args.iter_mut().chain(if_empty.as_deref_mut()).collect()
        }
        ExprKind::List(items) | ExprKind::And(items) | ExprKind::Or(items) => {
            items.iter_mut().collect()
        }
        ExprKind::Arithmetic { operands, .. } => operands.iter_mut().collect(),
        ExprKind::Bracket(of) | ExprKind::Not(of) | ExprKind::Negate(of) => vec![of],
        ExprKind::Compare { left, right, .. } => vec![left, right],
        ExprKind::Within { subject, range } => vec![subject, range],
        ExprKind::Range { low, high, .. } => {
            let ends = [low.as_mut(), high.as_mut()];
            ends.into_iter().flatten().map(|it| &mut *it.0).collect()
        }
        ExprKind::Where { rows, condition } => vec![rows, condition],
        ExprKind::Of { base, member } => vec![base, member],
        ExprKind::AsOf { base, day } => vec![base, day],
        ExprKind::If { arms, otherwise, if_not_applicable } => arms
            .iter_mut()
            .flat_map(|(condition, result)| [condition, result])
            .chain([&mut **otherwise])
            .chain(if_not_applicable.as_deref_mut())
            .collect(),
        _ => vec![],
    }
}

fn put(around: &Expr, at: usize, sub: Altered<Expr>) -> Altered<Expr> {
    sub.within(|tree| {
        let mut copy = around.clone();
        if let Some(place) = children(&mut copy).into_iter().nth(at) {
            *place = tree;
        }
        copy
    })
}

/// A function in place of its partner: 合计 for 平均, 最大 for 最小.
fn swapped(it: &Expr) -> Option<Altered<Expr>> {
    let ExprKind::Call { name, args, if_empty } = &it.kind else { return None };
    let word = partner(&name.text)?;
    let mut name = name.clone();
    let at = name.span;
    name.text = word.to_owned();
    let (args, if_empty) = (args.clone(), if_empty.clone());
    let tree = Expr { kind: ExprKind::Call { name, args, if_empty }, span: it.span };
    Some(Altered { tree, change: Change { kind: Kind::Aggregate, at, with: word.to_owned() } })
}
