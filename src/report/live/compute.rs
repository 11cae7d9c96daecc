//! What a formula comes to over the cells that are there, in exact numbers: a formula is written only where that is what the engine found.

use crate::report::live::expr::Area;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Value;
use crate::report::live::grid::Grid;
use crate::report::live::numbers;
use crate::value::Number;
use crate::value::day;
use crate::value::root::root;
use std::cmp::Ordering;

/// The day that spreadsheets call 0: 1899-12-30.
pub const DAY_ZERO: i32 = 693_594;

/// What a formula comes to.
pub fn compute(grid: &Grid, expr: &Expr) -> Value {
    match expr {
        Expr::Value(it) => it.clone(),
        Expr::Cell(place) => grid.value(*place).clone(),
        Expr::Area(_) => Value::Fault,
        Expr::Op(sign, a, b) => joined(*sign, &compute(grid, a), &compute(grid, b)),
        Expr::Call(function, arguments) => called(grid, *function, arguments),
    }
}

/// The number a value counts as in arithmetic; a text is none.
pub fn as_number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(it) => Some(it.clone()),
        Value::Truth(it) => Some(Number::from(i64::from(*it))),
        Value::Blank => Some(Number::zero()),
        Value::Text(_) | Value::Fault => None,
    }
}

fn of(number: Option<Number>) -> Value {
    number.map_or(Value::Fault, Value::Number)
}

fn joined(sign: Op, a: &Value, b: &Value) -> Value {
    if matches!(a, Value::Fault) || matches!(b, Value::Fault) {
        return Value::Fault;
    }
    let numbers = || as_number(a).zip(as_number(b));
    match sign {
        Op::Plus => of(numbers().map(|(a, b)| a.add(&b))),
        Op::Minus => of(numbers().map(|(a, b)| a.subtract(&b))),
        Op::Times => of(numbers().map(|(a, b)| a.multiply(&b))),
        Op::Over => of(numbers().and_then(|(a, b)| a.checked_div(&b))),
        Op::Power => of(numbers().and_then(|(a, b)| power(&a, &b))),
        Op::Join => Value::Text(format!("{}{}", as_text(a), as_text(b)).into()),
        Op::Equal => Value::Truth(order(a, b).is_eq()),
        Op::NotEqual => Value::Truth(order(a, b).is_ne()),
        Op::Above => Value::Truth(order(a, b).is_gt()),
        Op::AtLeast => Value::Truth(order(a, b).is_ge()),
        Op::Below => Value::Truth(order(a, b).is_lt()),
        Op::AtMost => Value::Truth(order(a, b).is_le()),
    }
}

/// How values of any kind stand: numbers before texts before truths; nothing is 0 or an empty text.
fn order(a: &Value, b: &Value) -> Ordering {
    let rank = |it: &Value| match it {
        Value::Blank | Value::Number(_) => 0,
        Value::Text(_) | Value::Fault => 1,
        Value::Truth(_) => 2,
    };
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.to_lowercase().cmp(&b.to_lowercase()),
        (Value::Blank, Value::Text(b)) if b.is_empty() => Ordering::Equal,
        (Value::Text(a), Value::Blank) if a.is_empty() => Ordering::Equal,
        (Value::Blank, Value::Truth(b)) => false.cmp(b),
        (Value::Truth(a), Value::Blank) => a.cmp(&false),
        _ if rank(a) != rank(b) => rank(a).cmp(&rank(b)),
        _ => as_number(a).cmp(&as_number(b)),
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Blank | Value::Fault => String::new(),
        Value::Number(it) => it.to_string(),
        Value::Truth(it) => if *it { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Text(it) => it.to_string(),
    }
}

/// a to the power of a fraction.
fn power(a: &Number, exponent: &Number) -> Option<Number> {
    if let Some(whole) = exponent.to_i64().filter(|_| exponent.is_whole()) {
        return a.pow(i32::try_from(whole).ok()?);
    }
    let (above, below) = exponent.to_terms()?;
    let raised = a.pow(i32::try_from(above).ok()?)?;
    root(&raised, u32::try_from(below).ok()?, 0)
}

fn holds(value: &Value) -> Option<bool> {
    match value {
        Value::Truth(it) => Some(*it),
        Value::Number(it) => Some(!it.is_zero()),
        Value::Blank => Some(false),
        Value::Text(_) | Value::Fault => None,
    }
}

fn called(grid: &Grid, function: Function, arguments: &[Expr]) -> Value {
    let value = |at: usize| compute(grid, &arguments[at]);
    let number = |at: usize| as_number(&value(at));
    match function {
        Function::If => match holds(&value(0)) {
            Some(true) => value(1),
            Some(false) => value(2),
            None => Value::Fault,
        },
        Function::And | Function::Or => {
            let held: Option<Vec<bool>> =
                arguments.iter().map(|it| holds(&compute(grid, it))).collect();
            held.map_or(Value::Fault, |it| {
                Value::Truth(match function {
                    Function::And => it.iter().all(|it| *it),
                    _ => it.iter().any(|it| *it),
                })
            })
        }
        Function::Not => holds(&value(0)).map_or(Value::Fault, |it| Value::Truth(!it)),
        Function::IsNumber => Value::Truth(matches!(value(0), Value::Number(_))),
        Function::Abs => of(number(0).map(|it| it.abs())),
        Function::Round => of(number(0)
            .zip(number(1))
            .and_then(|(it, places)| Some(it.round(u32::try_from(places.to_i64()?).ok()?)))),
        Function::Int => of(number(0).map(|it| it.floor())),
        Function::IfError => match value(0) {
            Value::Fault => value(1),
            value => value,
        },
        Function::Exact => Value::Truth(as_text(&value(0)) == as_text(&value(1))),
        Function::Year | Function::Month | Function::AddMonths => {
            of_day(function, number(0), || number(1))
        }
        Function::Value => of(Number::parse(&as_text(&value(0)))),
        Function::Left | Function::Right => {
            let (text, count) = (as_text(&value(0)), number(1).and_then(|it| it.to_i64()));
            let count = count.unwrap_or(0) as usize;
            let skip = text.chars().count().saturating_sub(count);
            Value::Text(match function {
                Function::Left => text.chars().take(count).collect::<String>().into(),
                _ => text.chars().skip(skip).collect::<String>().into(),
            })
        }
        Function::Length => {
            Value::Number(Number::from(as_text(&value(0)).encode_utf16().count() as i64))
        }
        Function::Index | Function::Match | Function::CountIfs | Function::SumIfs => {
            looked_up(grid, function, arguments)
        }
        Function::SumProduct => {
            let all = cells(grid, &arguments[0]);
            let numbers: Option<Vec<Number>> = all.iter().map(as_number).collect();
            of(numbers.map(|it| numbers::sum(&it)))
        }
        _ => summary(grid, function, arguments),
    }
}

fn of_day(function: Function, at: Option<Number>, months: impl Fn() -> Option<Number>) -> Value {
    let at = at.and_then(|it| i32::try_from(it.to_i64()?).ok()).map(|it| it + DAY_ZERO);
    let Some((year, month, _)) = at.and_then(day::to_ymd) else { return Value::Fault };
    match function {
        Function::Year => Value::Number(Number::from(i64::from(year))),
        Function::Month => Value::Number(Number::from(i64::from(month))),
        _ => {
            let moved = months().and_then(|it| day::add_months(at?, it.to_i64()?));
            of(moved.map(|it| Number::from(i64::from(it - DAY_ZERO))))
        }
    }
}

/// MIN, SUM, MEDIAN …: of the numbers among the cells; what is no number is passed over.
fn summary(grid: &Grid, function: Function, arguments: &[Expr]) -> Value {
    let place = match function {
        Function::Large => as_number(&compute(grid, &arguments[1])),
        _ => None,
    };
    let listed = if place.is_some() { &arguments[..1] } else { arguments };
    let all = listed.iter().flat_map(|it| cells(grid, it));
    let found: Vec<Number> = all
        .filter_map(|it| match it {
            Value::Number(it) => Some(it),
            _ => None,
        })
        .collect();
    let none = Number::zero();
    match function {
        Function::Min => Value::Number(found.into_iter().min().unwrap_or(none)),
        Function::Max => Value::Number(found.into_iter().max().unwrap_or(none)),
        Function::Sum => Value::Number(numbers::sum(&found)),
        Function::Count => Value::Number(Number::from(found.len() as i64)),
        Function::Median => of(numbers::median(found)),
        Function::Average => of(numbers::mean(&found)),
        Function::Deviation => of(numbers::deviation(&found, 1)),
        Function::WholeDeviation => of(numbers::deviation(&found, 0)),
        Function::Large => {
            let at = place.and_then(|it| it.to_i64()).unwrap_or(0);
            of(numbers::large(found, at))
        }
        _ => Value::Fault,
    }
}

fn looked_up(grid: &Grid, function: Function, arguments: &[Expr]) -> Value {
    match function {
        Function::Index => {
            let all = cells(grid, &arguments[0]);
            let at = as_number(&compute(grid, &arguments[1])).and_then(|it| it.to_i64());
            let at = at.and_then(|it| usize::try_from(it - 1).ok());
            at.and_then(|it| all.get(it).cloned()).unwrap_or(Value::Fault)
        }
        Function::Match => {
            let sought = compute(grid, &arguments[0]);
            let found = cells(grid, &arguments[1]).iter().position(|it| *it == sought);
            of(found.map(|it| Number::from(it as i64 + 1)))
        }
        _ => {
            let (summed, pairs) = match function {
                Function::SumIfs => (Some(cells(grid, &arguments[0])), &arguments[1..]),
                _ => (None, arguments),
            };
            let rows = matching(grid, pairs);
            let Some(summed) = summed else {
                return Value::Number(Number::from(rows.iter().filter(|it| **it).count() as i64));
            };
            let kept = summed.iter().zip(&rows).filter(|it| *it.1);
            let kept: Vec<Number> = kept
                .filter_map(|it| match it.0 {
                    Value::Number(it) => Some(it.clone()),
                    _ => None,
                })
                .collect();
            Value::Number(numbers::sum(&kept))
        }
    }
}

/// Which rows hold what is asked of each column.
fn matching(grid: &Grid, pairs: &[Expr]) -> Vec<bool> {
    let mut rows: Vec<bool> = vec![];
    for pair in pairs.chunks(2) {
        let (all, asked) = (cells(grid, &pair[0]), compute(grid, &pair[1]));
        if rows.is_empty() {
            rows = vec![true; all.len()];
        }
        for (row, cell) in rows.iter_mut().zip(&all) {
            *row &= *cell == asked;
        }
    }
    rows
}

/// The cells of a formula that is taken cell by cell.
fn cells(grid: &Grid, expr: &Expr) -> Vec<Value> {
    match expr {
        Expr::Area(area) => grid.cells(*area).cloned().collect(),
        Expr::Op(sign, a, b) if spreads(a) || spreads(b) => {
            let (a, b) = (cells(grid, a), cells(grid, b));
            let count = a.len().max(b.len());
            let at = |all: &[Value], row: usize| all[if all.len() == 1 { 0 } else { row }].clone();
            (0..count).map(|row| joined(*sign, &at(&a, row), &at(&b, row))).collect()
        }
        Expr::Call(Function::CountIfs, arguments) if spreads(&arguments[1]) => {
            let (all, asked) = (cells(grid, &arguments[0]), cells(grid, &arguments[1]));
            let count = |it: &Value| all.iter().filter(|other| *other == it).count() as i64;
            asked.iter().map(|it| Value::Number(Number::from(count(it)))).collect()
        }
        _ => vec![compute(grid, expr)],
    }
}

fn spreads(expr: &Expr) -> bool {
    match expr {
        Expr::Area(Area { .. }) => true,
        Expr::Op(_, a, b) => spreads(a) || spreads(b),
        Expr::Call(Function::CountIfs, arguments) => spreads(&arguments[1]),
        _ => false,
    }
}
