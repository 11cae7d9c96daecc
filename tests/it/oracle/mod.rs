//! The completion oracle: random small cases, the ways to fill their holes, and a plain evaluator to judge each. It shares no code with `heng::eval`.

pub mod aggregate;
pub mod calendar;
pub mod case;
pub mod cells;
pub mod complete;
pub mod expressions;
pub mod facts;
pub mod generate;
pub mod plain;
pub mod rules;
pub mod schema;
pub mod score;
pub mod sets;
pub mod tape;
pub mod wrappers;

use heng::ir::Comparison;
use heng::value::Number;
use std::sync::Arc;

/// The one outcome of a node once every hole is filled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plain {
    /// A value.
    Value(Value),
    /// 不适用
    NotApplicable,
    /// 错误
    Error,
    /// Inside a branch of 若 that is not taken: the law says nothing of it.
    Unspoken,
}

/// A value; a text in a column of members is a member of nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Truth(bool),
    Number(Number),
    Date(i32),
    Member(u32),
    Text(Arc<str>),
}

impl Plain {
    pub fn truth(value: bool) -> Plain {
        Plain::Value(Value::Truth(value))
    }

    pub fn date(day: i32) -> Plain {
        Plain::Value(Value::Date(day))
    }

    pub fn text(text: &str) -> Plain {
        Plain::Value(Value::Text(text.into()))
    }

    /// A number, or 数过大.
    pub fn number(value: Number) -> Plain {
        if value.is_too_large() { Plain::Error } else { Plain::Value(Value::Number(value)) }
    }

    pub fn is_true(&self) -> bool {
        *self == Plain::truth(true)
    }

    pub fn is_false(&self) -> bool {
        *self == Plain::truth(false)
    }

    /// The number it must be.
    pub fn as_number(&self) -> &Number {
        match self {
            Plain::Value(Value::Number(it)) => it,
            other => panic!("a number was generated here, not {other:?}"),
        }
    }

    /// The day it must be.
    pub fn as_date(&self) -> i32 {
        match self {
            Plain::Value(Value::Date(it)) => *it,
            other => panic!("a day was generated here, not {other:?}"),
        }
    }

    /// The text it must be.
    pub fn as_text(&self) -> &str {
        match self {
            Plain::Value(Value::Text(it)) => it,
            other => panic!("a text was generated here, not {other:?}"),
        }
    }
}

/// What a strict operator comes to before it looks at values: 错误 before 不适用; none if all are values.
pub fn strict<'a>(operands: impl IntoIterator<Item = &'a Plain>) -> Option<Plain> {
    let rank = |it: &Plain| match it {
        Plain::Unspoken => 3,
        Plain::Error => 2,
        Plain::NotApplicable => 1,
        Plain::Value(_) => 0,
    };
    operands.into_iter().filter(|it| rank(it) > 0).max_by_key(|it| rank(it)).cloned()
}

/// `a op b` of two values.
pub fn compare(op: Comparison, a: &Value, b: &Value) -> bool {
    match op {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::AtLeast => a >= b,
        Comparison::AtMost => a <= b,
        Comparison::Above => a > b,
        Comparison::Below => a < b,
    }
}

/// The outcome of `a op b` (`semantics` §3.1).
pub fn compared(op: Comparison, a: &Plain, b: &Plain) -> Plain {
    if let Some(done) = strict([a, b]) {
        return done;
    }
    match (a, b) {
        (Plain::Value(a), Plain::Value(b)) => Plain::truth(compare(op, a, b)),
        _ => unreachable!("strict left values"),
    }
}
