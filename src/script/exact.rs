//! Numbers of a script: exact, whatever is done to them. A whole number that fits a machine word is a rhai
//! integer, so that it may count and index; any other is an [`Exact`]. Days are here too.

use crate::diagnostic::Text;
use crate::ir::Ty;
use crate::script::faults;
use crate::value::Number;
use crate::value::day;
use rhai::Dynamic;
use rhai::Engine;
use rhai::EvalAltResult;
use rhai::INT;
use rhai::ImmutableString;
use rust_decimal::Decimal;
use std::any::TypeId;
use std::cmp::Ordering;

/// A number that is not whole, or large.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(pub Number);

/// A day, counted from 0001-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

/// What an operator gives, or why it cannot.
type Outcome = Result<Dynamic, Box<EvalAltResult>>;

/// Bits of a numerator or denominator beyond which a number is not carried on.
const LONGEST: u64 = 2_048;
/// The largest power that is raised.
const POWER: i64 = 64;

/// The forms a number of a script has: a counting number, a literal with a point, an exact number.
trait Numeric: Clone + Send + Sync + 'static {
    fn number(self) -> Number;
}

impl Numeric for INT {
    fn number(self) -> Number {
        Number::from(self)
    }
}

impl Numeric for Decimal {
    fn number(self) -> Number {
        Number::scaled(self.mantissa(), self.scale())
    }
}

impl Numeric for Exact {
    fn number(self) -> Number {
        self.0
    }
}

/// A number as a script holds it.
pub fn dynamic(it: Number) -> Dynamic {
    match it.to_i64() {
        Some(whole) => Dynamic::from_int(whole),
        None => Dynamic::from(Exact(it)),
    }
}

/// A number out of a script.
pub fn number(it: &Dynamic) -> Option<Number> {
    let whole = it.as_int().ok().map(Number::from);
    let literal = || it.as_decimal().ok().map(Numeric::number);
    whole.or_else(literal).or_else(|| it.read_lock::<Exact>().map(|it| it.0.clone()))
}

/// Makes numbers and days known to an engine.
pub fn register(engine: &mut Engine) {
    engine.register_type_with_name::<Exact>("number").register_type_with_name::<Day>("date");
    with::<INT, INT>(engine);
    with::<INT, Decimal>(engine);
    with::<INT, Exact>(engine);
    with::<Decimal, INT>(engine);
    with::<Decimal, Decimal>(engine);
    with::<Decimal, Exact>(engine);
    with::<Exact, INT>(engine);
    with::<Exact, Decimal>(engine);
    with::<Exact, Exact>(engine);
    alone::<INT>(engine);
    alone::<Decimal>(engine);
    alone::<Exact>(engine);
    days(engine);
    unlike(engine);
}

/// Operators on two numbers.
fn with<A: Numeric, B: Numeric>(engine: &mut Engine) {
    type Operator = fn(&Number, &Number) -> Result<Number, Text>;
    let operators: [(&str, &str, Operator); 6] = [
        ("+", "+=", |a, b| Ok(a.add(b))),
        ("-", "-=", |a, b| Ok(a.subtract(b))),
        ("*", "*=", |a, b| Ok(a.multiply(b))),
        ("/", "/=", |a, b| a.checked_div(b).ok_or_else(faults::division_by_zero)),
        ("%", "%=", remainder),
        ("**", "**=", power),
    ];
    for (sign, assigning, operator) in operators {
        engine.register_fn(sign, move |a: A, b: B| -> Outcome {
            kept(operator(&a.number(), &b.number()))
        });
        // Written out, because `+=` of rhai keeps an integer an integer: 10 /= 4 would be 2.
        let types = [TypeId::of::<A>(), TypeId::of::<B>()];
        engine.register_raw_fn(assigning, types, move |_, args| {
            let (a, b) = (number(args[0]), number(args[1]));
            let (a, b) = a.zip(b).expect("both were found to be numbers by their types");
            *args[0] = kept(operator(&a, &b))?;
            Ok(())
        });
    }
    type Comparison = fn(Ordering) -> bool;
    let comparisons: [(&str, Comparison); 6] = [
        ("==", Ordering::is_eq),
        ("!=", Ordering::is_ne),
        ("<", Ordering::is_lt),
        ("<=", Ordering::is_le),
        (">", Ordering::is_gt),
        (">=", Ordering::is_ge),
    ];
    for (sign, holds) in comparisons {
        engine.register_fn(sign, move |a: A, b: B| holds(a.number().cmp(&b.number())));
    }
    for name in ["max", "最大"] {
        engine.register_fn(name, |a: A, b: B| dynamic(a.number().max(b.number())));
    }
    for name in ["min", "最小"] {
        engine.register_fn(name, |a: A, b: B| dynamic(a.number().min(b.number())));
    }
}

/// Operators and functions on one number.
fn alone<A: Numeric>(engine: &mut Engine) {
    engine.register_fn("-", |a: A| dynamic(a.number().negate()));
    engine.register_fn("+", |a: A| dynamic(a.number()));
    for name in ["abs", "绝对值"] {
        engine.register_fn(name, |a: A| dynamic(a.number().abs()));
    }
    for name in ["round", "取整"] {
        engine.register_fn(name, |a: A| dynamic(a.number().round(0)));
    }
    for name in ["round", "保留"] {
        engine.register_fn(name, |a: A, places: INT| -> Outcome {
            match u32::try_from(places) {
                Ok(places @ 0..=18) => Ok(dynamic(a.number().round(places))),
                _ => Err(faults::raised(faults::places())),
            }
        });
    }
    // rhai would write the number out and append the text.
    engine.register_fn("+", |_: A, _: ImmutableString| -> Outcome {
        Err(faults::raised(faults::number_and_text()))
    });
    engine.register_fn("+", |_: ImmutableString, _: A| -> Outcome {
        Err(faults::raised(faults::number_and_text()))
    });
    engine.register_fn("floor", |a: A| dynamic(a.number().floor()));
    engine.register_fn("ceil", |a: A| dynamic(a.number().ceil()));
}

/// A result that is neither too large nor too long.
fn kept(result: Result<Number, Text>) -> Outcome {
    match result {
        Ok(it) if it.is_too_large() => Err(faults::raised(faults::too_large())),
        Ok(it) if it.is_longer_than(LONGEST) => Err(faults::raised(faults::too_long())),
        Ok(it) => Ok(dynamic(it)),
        Err(why) => Err(faults::raised(why)),
    }
}

/// What is left of `a` after whole times `b`; it has the sign of `a`.
fn remainder(a: &Number, b: &Number) -> Result<Number, Text> {
    let times = a.checked_div(b).ok_or_else(faults::division_by_zero)?;
    let whole = if times.is_negative() { times.ceil() } else { times.floor() };
    Ok(a.subtract(&whole.multiply(b)))
}

/// Whole powers only: a root is seldom exact.
fn power(a: &Number, b: &Number) -> Result<Number, Text> {
    let exponent = b.to_i64().filter(|it| it.abs() <= POWER).ok_or_else(faults::power)?;
    a.pow(exponent as i32).ok_or_else(faults::division_by_zero)
}

fn days(engine: &mut Engine) {
    let shifted = |it: Day, count: INT| -> Outcome {
        let moved = day::add_days(it.0, count);
        moved
            .map(|it| Dynamic::from(Day(it)))
            .ok_or_else(|| faults::raised(faults::outside_calendar()))
    };
    engine.register_fn("+", shifted);
    engine.register_fn("-", move |it: Day, count: INT| shifted(it, count.saturating_neg()));
    engine.register_fn("-", |a: Day, b: Day| i64::from(a.0) - i64::from(b.0));
    engine.register_fn("==", |a: Day, b: Day| a == b);
    engine.register_fn("!=", |a: Day, b: Day| a != b);
    engine.register_fn("<", |a: Day, b: Day| a < b);
    engine.register_fn("<=", |a: Day, b: Day| a <= b);
    engine.register_fn(">", |a: Day, b: Day| a > b);
    engine.register_fn(">=", |a: Day, b: Day| a >= b);
    for (names, place) in [(["year", "年"], 0), (["month", "月"], 1), (["day", "日"], 2)] {
        for name in names {
            engine.register_get(name, move |it: &mut Day| -> INT {
                let (year, month, day) = day::to_ymd(it.0).unwrap_or_default();
                [year.into(), month.into(), day.into()][place]
            });
        }
    }
}

/// Comparisons of unlike things, of which rhai would say that they do not hold.
fn unlike(engine: &mut Engine) {
    let number = Text::new("数", "a number");
    let kinds = [
        (TypeId::of::<INT>(), number.clone()),
        (TypeId::of::<Decimal>(), number.clone()),
        (TypeId::of::<Exact>(), number),
        (TypeId::of::<ImmutableString>(), Text::new("文字", "a text")),
        (TypeId::of::<bool>(), Text::new("是否", "a truth")),
        (TypeId::of::<Day>(), Text::new("日期", "a date")),
    ];
    for (a, first) in &kinds {
        for (b, second) in kinds.iter().filter(|it| it.1 != *first) {
            let text = faults::unlike(first, second);
            for sign in ["==", "!=", "<", "<=", ">", ">="] {
                let text = text.clone();
                engine.register_raw_fn(sign, [*a, *b], move |_, _| -> Result<bool, _> {
                    Err(faults::raised(text.clone()))
                });
            }
        }
    }
}

/// What a script gave, in words.
pub fn found(it: &Dynamic) -> Text {
    if number(it).is_some() {
        return Text::new("数", "a number");
    }
    if let Ok(text) = it.as_immutable_string_ref() {
        return Text::new(
            format!("文字“{}”", text.as_str()),
            format!("the text “{}”", text.as_str()),
        );
    }
    match it {
        _ if it.is_bool() => Text::new("是否", "a truth"),
        _ if it.is_unit() => Text::new("没有值", "no value"),
        _ if it.is_array() => Text::new("列表", "a list"),
        _ if it.is_map() => Text::new("一组值", "a map"),
        _ if it.read_lock::<Day>().is_some() => Text::new("日期", "a date"),
        _ => Text::new("别的东西", "something else"),
    }
}

/// What was promised, in words.
pub fn wanted(ty: Ty) -> Text {
    match ty {
        Ty::Truth => Text::new("是否", "a truth"),
        Ty::Number(_) | Ty::Duration(_) => Text::new("数", "a number"),
        Ty::Date => Text::new("日期", "a date"),
        Ty::Text => Text::new("文字", "a text"),
        _ => Text::new("名单或枚举中的一项", "a member of its list"),
    }
}
