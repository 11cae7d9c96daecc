//! What goes wrong in a script, in plain words, and where in its text. Nothing is run here.

use crate::diagnostic::Text;
use rhai::Dynamic;
use rhai::EvalAltResult;
use rhai::LexError;
use rhai::ParseError;
use rhai::ParseErrorType;
use rhai::Position;
use std::ops::Range;

/// Something wrong in a script.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What, without a full stop.
    pub text: Text,
    /// Where in the script, in bytes; none where it is about the whole.
    pub at: Option<Range<usize>>,
    /// Its line, from 1; the line of the opening fence is not counted.
    pub line: Option<usize>,
}

/// A text that an operator raises, kept in both languages.
#[derive(Clone)]
struct Raised(Text);

/// What an operator raises.
pub fn raised(text: Text) -> Box<EvalAltResult> {
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(Raised(text)), Position::NONE))
}

/// The script does not read.
pub fn of_parser(why: &ParseError, code: &str) -> Fault {
    let at = range(why.position(), code);
    if let Some(at) = at.and_then(|it| wide_mark(code, it)) {
        let line = code[..at.start].matches('\n').count().max(1);
        return Fault {
            text: half_width_needed(&code[at.clone()]),
            at: Some(at),
            line: Some(line),
        };
    }
    use ParseErrorType::*;
    let text = match why.err_type() {
        VariableUndefined(name) => unknown_name(name),
        BadInput(LexError::ImproperSymbol(name, _)) | Reserved(name) | ForbiddenVariable(name) => {
            Text::new(
                format!("脚本里不能用“{name}”"),
                format!("“{name}” may not be used in a script"),
            )
        }
        BadInput(LexError::UnexpectedInput(mark)) => {
            Text::new(format!("这里不能写“{mark}”"), format!("“{mark}” cannot stand here"))
        }
        ExprTooDeep => Text::new("式子套得太深", "an expression nests too deep"),
        UnexpectedEOF => Text::new("脚本没有写完", "the script is not finished"),
        LiteralTooLarge(..) => Text::new("文字或列表太长", "a text or list is too long"),
        AssignmentToConstant(name) => {
            Text::new(format!("“{name}”不能改"), format!("“{name}” cannot be changed"))
        }
        MissingToken(token, _) => {
            Text::new(format!("这里缺“{token}”"), format!("“{token}” is missing here"))
        }
        other => Text::new(
            format!("脚本读不懂（{other}）"),
            format!("the script does not read ({other})"),
        ),
    };
    placed(text, why.position(), code)
}

/// The script stopped while it ran.
pub fn of_run(why: &EvalAltResult, code: &str) -> Fault {
    use EvalAltResult::*;
    // An error inside a function of the script is told where it arose.
    if let ErrorInFunctionCall(_, _, inner, _) = why {
        return of_run(inner, code);
    }
    let text = match why {
        ErrorRuntime(value, _) => match value.read_lock::<Raised>() {
            Some(it) => it.0.clone(),
            None => Text::new(format!("脚本报错：{value}"), format!("the script says: {value}")),
        },
        ErrorTooManyOperations(_) => Text::new(
            "运算超过 20,000 步，停在这里（预算）",
            "more than 20,000 operations: stopped here (budget)",
        ),
        ErrorStackOverflow(_) => Text::new(
            "函数自己调用自己太深（预算）",
            "functions call one another too deep (budget)",
        ),
        ErrorDataTooLarge(..) => {
            Text::new("文字或列表太长（预算）", "a text or list is too long (budget)")
        }
        ErrorTooManyVariables(_) => Text::new("变量太多（预算）", "too many variables (budget)"),
        ErrorVariableNotFound(name, _) => unknown_name(name),
        ErrorFunctionNotFound(name, _) => unknown_function(name),
        ErrorArrayBounds(..) | ErrorStringBounds(..) | ErrorIndexNotFound(..) => {
            Text::new("列表里没有这一项", "the list has no such element")
        }
        ErrorPropertyNotFound(name, _) => {
            Text::new(format!("没有“{name}”这一项"), format!("there is no “{name}”"))
        }
        ErrorMismatchDataType(wanted, found, _) => Text::new(
            format!("这里要 {wanted}，得到的是 {found}"),
            format!("{wanted} is needed here; this is {found}"),
        ),
        other => {
            let told = other.unwrap_inner().to_string();
            let told = told.split(" (line ").next().unwrap_or_default();
            Text::new(format!("脚本出错（{told}）"), format!("the script failed ({told})"))
        }
    };
    placed(text, why.position(), code)
}

/// What a script gave is not what its function promises.
pub fn wrong_result(found: &Text, wanted: &Text) -> Fault {
    let text = Text::new(
        format!("脚本得到的是{}，应为{}", found.zh, wanted.zh),
        format!("the script gives {}; it must give {}", found.en, wanted.en),
    );
    Fault { text, at: None, line: None }
}

/// The name of an input is a word of rhai, or no name there.
pub fn reserved(name: &str) -> Fault {
    let text = Text::new(
        format!("输入“{name}”在脚本里不能作名称，请换一个"),
        format!("the input “{name}” is no name in a script: choose another"),
    );
    Fault { text, at: None, line: None }
}

/// A period, for which scripts have no value.
pub fn no_periods(name: &str) -> Fault {
    let text = Text::new(
        format!("脚本里不能用年、季、月，“{name}”改用日期或数"),
        format!("scripts know no periods: make a date or a number of “{name}”"),
    );
    Fault { text, at: None, line: None }
}

/// rhai rounds literals beyond 28 digits: they are refused.
pub fn refuse_long_numbers(code: &str) -> Result<(), Fault> {
    const DIGITS: usize = 28;
    let of_number = |it: char| it.is_ascii_digit() || matches!(it, '.' | '_');
    let mut at = 0;
    while let Some(start) = code[at..].find(|it: char| it.is_ascii_digit()).map(|it| at + it) {
        let end = code[start..].find(|it| !of_number(it)).map_or(code.len(), |it| start + it);
        if code[start..end].chars().filter(char::is_ascii_digit).count() > DIGITS {
            let line = code[..start].lines().count().saturating_sub(1).max(1);
            let text =
                Text::new("脚本里的数最多 28 位", "a number in a script has 28 digits at most");
            return Err(Fault { text, at: Some(start..end), line: Some(line) });
        }
        at = end;
    }
    Ok(())
}

fn placed(text: Text, position: Position, code: &str) -> Fault {
    let at = range(position, code);
    // The first line is what is left of the line of the fence.
    let line = position.line().map(|it| it.saturating_sub(1).max(1)).filter(|_| at.is_some());
    Fault { text, at, line }
}

/// The word or mark that stands at a position.
fn range(position: Position, code: &str) -> Option<Range<usize>> {
    let line = position.line()?.checked_sub(1)?;
    let start = code.split('\n').take(line).map(|it| it.len() + 1).sum::<usize>();
    let rest = code.get(start..)?;
    let column = position.position().unwrap_or(1).saturating_sub(1);
    let start = start + rest.char_indices().nth(column).map_or(rest.len(), |it| it.0);
    let here = &code[start..];
    let word = here.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(here.len());
    let mark = here.chars().next().filter(|it| !it.is_whitespace()).map_or(0, char::len_utf8);
    Some(start..start + word.max(mark))
}

/// （ or ； where rhai knows only ( and ;: at a place, or right after the word that stands there.
fn wide_mark(code: &str, at: Range<usize>) -> Option<Range<usize>> {
    const MARKS: &str = "（）｛｝，；：＝＋－×÷＜＞≥≤≠“”‘’。、";
    let first = |start: usize| {
        let mark = code[start..].chars().next().filter(|it| MARKS.contains(*it))?;
        Some(start..start + mark.len_utf8())
    };
    first(at.start).or_else(|| first(at.end))
}

fn half_width_needed(mark: &str) -> Text {
    Text::new(
        format!("脚本里不能用全角的“{mark}”，要用半角的标点和运算号"),
        format!("“{mark}” is no sign of a script: use half-width signs"),
    )
}

fn unknown_name(name: &str) -> Text {
    Text::new(
        format!("脚本里没有“{name}”：只用得上输入和自己定的变量"),
        format!("the script has no “{name}”: it sees its inputs and its own variables"),
    )
}

/// `foo (i64, string)` → foo.
fn unknown_function(called: &str) -> Text {
    let name = called.split(" (").next().unwrap_or(called).trim();
    if name.chars().all(|it| it.is_ascii_punctuation()) {
        return Text::new(
            format!("这两个值之间不能用“{name}”"),
            format!("“{name}” does not work between these values"),
        );
    }
    Text::new(
        format!("脚本里没有这样的函数“{name}”"),
        format!("the script knows no such function “{name}”"),
    )
}

/// ÷ 0
pub fn division_by_zero() -> Text {
    Text::new("除数为零", "division by zero")
}

/// 10⁶⁰ or more.
pub fn too_large() -> Text {
    Text::new("数过大", "a number is too large")
}

/// A fraction without end in sight.
pub fn too_long() -> Text {
    Text::new("分数太长（预算）", "a fraction is too long (budget)")
}

/// A power that is not whole, or large.
pub fn power() -> Text {
    Text::new(
        "乘方只能是 −64 至 64 的整数；开方用公式里的函数",
        "a power is a whole number from −64 to 64; take roots in a formula",
    )
}

/// Places to round to.
pub fn places() -> Text {
    Text::new("小数位数只能是 0 至 18", "decimal places are 0 to 18")
}

/// A number and a text in one sum.
pub fn number_and_text() -> Text {
    Text::new("数和文字不能相加", "a number and a text cannot be added")
}

/// Two things of which neither is more than the other.
pub fn unlike(a: &Text, b: &Text) -> Text {
    Text::new(
        format!("{}和{}不能比", a.zh, b.zh),
        format!("{} cannot be compared with {}", a.en, b.en),
    )
}

/// A day beyond the calendar.
pub fn outside_calendar() -> Text {
    Text::new("日期超出范围", "a day outside of the calendar")
}
