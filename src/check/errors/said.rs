//! Sentences written out again from their trees, for faults and remedies that repeat them. No fault is found here.

use super::names::quoted;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;

/// The words of a short sentence, for a remedy that repeats them.
pub(crate) fn words_of(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Name(name) => quoted(&name.text),
        ExprKind::Text(text) => format!("“{text}”"),
        ExprKind::Number { value, unit } => match unit {
            Some(unit) if matches!(unit.value.as_str(), "%" | "‰") => {
                format!("{value}{}", unit.value)
            }
            Some(unit) => format!("{value} {}", unit.value),
            None => value.to_string(),
        },
        ExprKind::Bracket(inner) => format!("（{}）", words_of(inner)),
        ExprKind::List(items) => items.iter().map(words_of).collect::<Vec<_>>().join("、"),
        ExprKind::Own { scope, field } => format!("本{} 的 {}", scope.text, quoted(&field.text)),
        ExprKind::Of { base, member } => format!("{} 的 {}", words_of(base), words_of(member)),
        ExprKind::Where { rows, condition } => {
            format!("{} 中 {}", words_of(rows), words_of(condition))
        }
        ExprKind::Call { name, args, .. } => {
            let args: Vec<String> = args.iter().map(words_of).collect();
            format!("{}（{}）", quoted(&name.text), args.join("，"))
        }
        ExprKind::Arithmetic { op, operands } => {
            let sign = match op {
                ast::ArithmeticOp::Add => " + ",
                ast::ArithmeticOp::Subtract => " − ",
                ast::ArithmeticOp::Multiply => " × ",
                ast::ArithmeticOp::Divide => " ÷ ",
                ast::ArithmeticOp::Power => " ^ ",
            };
            operands.iter().map(words_of).collect::<Vec<_>>().join(sign)
        }
        ExprKind::Recent { count, unit } => {
            format!("近 {count} {}", unit.as_ref().map_or("", |it| it.value.as_str()))
        }
        ExprKind::Truth(yes) => (if *yes { "是" } else { "否" }).to_owned(),
        ExprKind::Not(inner) => format!("非 {}", words_of(inner)),
        ExprKind::Negate(inner) => format!("−{}", words_of(inner)),
        ExprKind::And(items) => items.iter().map(words_of).collect::<Vec<_>>().join(" 且 "),
        ExprKind::Or(items) => items.iter().map(words_of).collect::<Vec<_>>().join(" 或 "),
        ExprKind::Compare { left, op, right, .. } => {
            format!("{} {} {}", words_of(left), sign(*op), words_of(right))
        }
        _ => "…".to_owned(),
    }
}

fn sign(op: ast::CompareOp) -> &'static str {
    match op {
        ast::CompareOp::Equal => "=",
        ast::CompareOp::NotEqual => "≠",
        ast::CompareOp::AtLeast => "≥",
        ast::CompareOp::AtMost => "≤",
        ast::CompareOp::Above => ">",
        ast::CompareOp::Below => "<",
        ast::CompareOp::In => "属于",
        ast::CompareOp::NotIn => "不属于",
        ast::CompareOp::Completes => "满",
    }
}
