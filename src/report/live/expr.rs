//! Formulas of a spreadsheet as trees: the few functions that Excel 2016, WPS and LibreOffice all know. They are printed and computed elsewhere.

use crate::value::Number;
use std::sync::Arc;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A number, or a day as its serial number.
    Number(Number),
    /// TRUE, FALSE
    Truth(bool),
    /// A text; a word such as 未知 where there is no value.
    Text(Arc<str>),
    /// What a spreadsheet shows as #VALUE! and the like.
    Fault,
}

/// One cell. Rows and columns count from 0; row 0 is the first below the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The sheet, by its place among those that are made.
    pub sheet: usize,
    /// The column.
    pub column: u16,
    /// The row below the head.
    pub row: u32,
}

/// Rows of one column, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The sheet.
    pub sheet: usize,
    /// The column.
    pub column: u16,
    /// The first row below the head.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A value as it is written.
    Value(Value),
    /// What a cell holds.
    Cell(Place),
    /// What several cells hold.
    Area(Area),
    /// Two formulas joined by a sign.
    Op(Op, Box<Expr>, Box<Expr>),
    /// A function.
    Call(Function, Vec<Expr>),
}

/// Signs between two formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// +
    Plus,
    /// -
    Minus,
    /// *
    Times,
    /// /
    Over,
    /// ^
    Power,
    /// &
    Join,
    /// =
    Equal,
    /// <>
    NotEqual,
    /// >
    Above,
    /// >=
    AtLeast,
    /// <
    Below,
    /// <=
    AtMost,
}

/// Functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// IF(c, a, b)
    If,
    /// AND(…)
    And,
    /// OR(…)
    Or,
    /// NOT(c)
    Not,
    /// ISNUMBER(x)
    IsNumber,
    /// ABS(x)
    Abs,
    /// ROUND(x, places)
    Round,
    /// MIN(…): of the numbers.
    Min,
    /// MAX(…): of the numbers.
    Max,
    /// SUM(…): of the numbers.
    Sum,
    /// COUNT(…): how many are numbers.
    Count,
    /// MEDIAN(…)
    Median,
    /// LARGE(cells, k)
    Large,
    /// AVERAGE(…)
    Average,
    /// STDEV(…): divided by n − 1.
    Deviation,
    /// STDEVP(…): divided by n.
    WholeDeviation,
    /// COUNTIFS(cells, is, …)
    CountIfs,
    /// SUMIFS(cells, cells, is, …)
    SumIfs,
    /// SUMPRODUCT(cells)
    SumProduct,
    /// INDEX(cells, place)
    Index,
    /// MATCH(x, cells, 0)
    Match,
    /// IFERROR(x, y)
    IfError,
    /// EXACT(a, b)
    Exact,
    /// YEAR(day)
    Year,
    /// MONTH(day)
    Month,
    /// EDATE(day, months)
    AddMonths,
    /// INT(x)
    Int,
    /// VALUE(text)
    Value,
    /// LEFT(text, n)
    Left,
    /// RIGHT(text, n)
    Right,
    /// LEN(text)
    Length,
}

/// A number as it is written.
pub fn number(it: &Number) -> Expr {
    Expr::Value(Value::Number(it.clone()))
}

/// A whole number.
pub fn whole(it: i64) -> Expr {
    number(&Number::from(it))
}

/// A text in quotes.
pub fn text(it: impl Into<Arc<str>>) -> Expr {
    Expr::Value(Value::Text(it.into()))
}

/// TRUE, FALSE
pub fn truth(it: bool) -> Expr {
    Expr::Value(Value::Truth(it))
}

/// Two formulas and a sign.
pub fn op(sign: Op, a: Expr, b: Expr) -> Expr {
    Expr::Op(sign, Box::new(a), Box::new(b))
}

/// a = b
pub fn equal(a: &Expr, b: Expr) -> Expr {
    op(Op::Equal, a.clone(), b)
}

/// A function of formulas.
pub fn call(function: Function, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(function, arguments.into_iter().collect())
}

/// IF(c, a, b)
pub fn when(condition: Expr, then: Expr, otherwise: Expr) -> Expr {
    call(Function::If, [condition, then, otherwise])
}

/// Whether any of these holds; one alone stands for itself.
pub fn any(conditions: Vec<Expr>) -> Expr {
    joined(Function::Or, conditions, false)
}

/// Whether all of these hold.
pub fn all(conditions: Vec<Expr>) -> Expr {
    joined(Function::And, conditions, true)
}

fn joined(function: Function, mut conditions: Vec<Expr>, of_nothing: bool) -> Expr {
    match conditions.len() {
        0 => truth(of_nothing),
        1 => conditions.remove(0),
        _ => call(function, conditions),
    }
}

/// 1 where it holds, 0 where it does not: a truth is more than every number to a spreadsheet.
pub fn flag(condition: Expr) -> Expr {
    op(Op::Times, condition, whole(1))
}

/// a + b + …; nothing is 0.
pub fn sum(parts: impl IntoIterator<Item = Expr>) -> Expr {
    parts.into_iter().reduce(|a, b| op(Op::Plus, a, b)).unwrap_or_else(|| whole(0))
}

/// A number times a factor; 1 is left out, and what is one over a whole number divides.
pub fn times(of: Expr, factor: &Number) -> Expr {
    if *factor == Number::one() {
        return of;
    }
    match factor.reciprocal().filter(Number::is_whole) {
        Some(divisor) if !factor.is_whole() => op(Op::Over, of, number(&divisor)),
        _ => op(Op::Times, of, number(factor)),
    }
}
