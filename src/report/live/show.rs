//! Formulas as a spreadsheet reads them. Nothing is computed.

use crate::report::live::expr::Area;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Place;
use crate::report::live::expr::Value;
use crate::value::Number;
use rust_xlsxwriter::utility::column_number_to_name;
use std::fmt::Write;

/// The most digits that a spreadsheet keeps.
const DIGITS: usize = 15;
/// The most bytes of a formula: spreadsheets take 8,192 letters.
const LONGEST: usize = 8_000;
/// The most letters of a text within a formula.
const LONGEST_TEXT: usize = 255;
/// Rows of a sheet above the first that counts: the head, and counting from 1.
const ABOVE: u32 = 2;

/// A formula on a sheet; `names` are those of all sheets.
pub fn formula(expr: &Expr, names: &[String], own: usize) -> String {
    let mut out = String::new();
    Printer { names, own }.write(&mut out, expr, 0);
    out
}

/// Whether a spreadsheet takes a formula: it is not too long, and no text in it is.
pub fn fits(expr: &Expr, names: &[String]) -> bool {
    has_short_texts(expr) && formula(expr, names, usize::MAX).len() <= LONGEST
}

fn has_short_texts(expr: &Expr) -> bool {
    match expr {
        Expr::Value(Value::Text(text)) => text.encode_utf16().count() <= LONGEST_TEXT,
        Expr::Value(_) | Expr::Cell(_) | Expr::Area(_) => true,
        Expr::Op(_, a, b) => has_short_texts(a) && has_short_texts(b),
        Expr::Call(_, arguments) => arguments.iter().all(has_short_texts),
    }
}

struct Printer<'a> {
    names: &'a [String],
    own: usize,
}

impl Printer<'_> {
    /// `above`: how tightly the sign around it binds.
    fn write(&self, out: &mut String, expr: &Expr, above: u8) {
        match expr {
            Expr::Value(it) => out.push_str(&value(it, above)),
            Expr::Cell(Place { sheet, column, row }) => {
                self.sheet(out, *sheet);
                let _ = write!(out, "{}{}", column_number_to_name(*column), row + ABOVE);
            }
            Expr::Area(Area { sheet, column, first, last }) => {
                self.sheet(out, *sheet);
                let column = column_number_to_name(*column);
                let _ = write!(out, "${column}${}:${column}${}", first + ABOVE, last + ABOVE);
            }
            Expr::Op(sign, a, b) => {
                let (own, shown) = sign_of(*sign);
                let open = own <= above;
                if open {
                    out.push('(');
                }
                self.write(out, a, own - 1);
                out.push_str(shown);
                self.write(out, b, own);
                if open {
                    out.push(')');
                }
            }
            Expr::Call(function, arguments) => {
                out.push_str(name_of(*function));
                out.push('(');
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    self.write(out, argument, 0);
                }
                out.push(')');
            }
        }
    }

    fn sheet(&self, out: &mut String, sheet: usize) {
        if sheet != self.own {
            let _ = write!(out, "'{}'!", self.names[sheet].replace('\'', "''"));
        }
    }
}

fn value(it: &Value, above: u8) -> String {
    match it {
        Value::Blank => "\"\"".to_owned(),
        Value::Number(number) => {
            let shown = literal(number);
            let bare = !shown.starts_with('-') && !shown.contains('/');
            if bare || above == 0 { shown } else { format!("({shown})") }
        }
        Value::Truth(true) => "TRUE".to_owned(),
        Value::Truth(false) => "FALSE".to_owned(),
        Value::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        Value::Fault => "#VALUE!".to_owned(),
    }
}

/// A number as short as it can be written: digits, a power of ten, or a fraction.
pub fn literal(number: &Number) -> String {
    if number.is_whole() {
        let digits = number.to_fixed(0);
        let short = digits.trim_end_matches('0');
        let zeros = digits.len() - short.len();
        return if zeros > DIGITS { format!("{short}E+{zeros}") } else { digits };
    }
    let places = number.decimal_places().filter(|it| *it as usize <= DIGITS);
    match places.map(|it| number.to_fixed(it)) {
        Some(shown) if shown.len() <= DIGITS + 2 => shown,
        _ => number.to_fraction(),
    }
}

/// How tightly a sign binds, and the sign.
fn sign_of(sign: Op) -> (u8, &'static str) {
    match sign {
        Op::Equal => (1, "="),
        Op::NotEqual => (1, "<>"),
        Op::Above => (1, ">"),
        Op::AtLeast => (1, ">="),
        Op::Below => (1, "<"),
        Op::AtMost => (1, "<="),
        Op::Join => (2, "&"),
        Op::Plus => (3, "+"),
        Op::Minus => (3, "-"),
        Op::Times => (4, "*"),
        Op::Over => (4, "/"),
        Op::Power => (5, "^"),
    }
}

fn name_of(function: Function) -> &'static str {
    match function {
        Function::If => "IF",
        Function::And => "AND",
        Function::Or => "OR",
        Function::Not => "NOT",
        Function::IsNumber => "ISNUMBER",
        Function::Abs => "ABS",
        Function::Round => "ROUND",
        Function::Min => "MIN",
        Function::Max => "MAX",
        Function::Sum => "SUM",
        Function::Count => "COUNT",
        Function::Median => "MEDIAN",
        Function::Large => "LARGE",
        Function::Average => "AVERAGE",
        Function::Deviation => "STDEV",
        Function::WholeDeviation => "STDEVP",
        Function::CountIfs => "COUNTIFS",
        Function::SumIfs => "SUMIFS",
        Function::SumProduct => "SUMPRODUCT",
        Function::Index => "INDEX",
        Function::Match => "MATCH",
        Function::IfError => "IFERROR",
        Function::Exact => "EXACT",
        Function::Year => "YEAR",
        Function::Month => "MONTH",
        Function::AddMonths => "EDATE",
        Function::Int => "INT",
        Function::Value => "VALUE",
        Function::Left => "LEFT",
        Function::Right => "RIGHT",
        Function::Length => "LEN",
    }
}
