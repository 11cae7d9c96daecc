//! What the checker says about types, units, rows and functions. No fault is found here.

use super::fault;
use crate::builtins::Builtin;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast::Name;
use crate::value::Number;

pub(crate) fn function_needs_arguments(name: &Name, function: &Builtin) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        name.span,
        format!("“{}”是函数，后面要有括号", name.text),
        format!("“{}” is a function and wants brackets", name.text),
    )
    .help(
        format!("写法：{}；如 {}", function.call, function.example),
        format!("for example {}", function.example),
    )
}

pub(crate) fn wrong_arguments(name: &Name, function: &Builtin, given: usize) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        name.span,
        format!("“{}”的括号里写得不对（写了 {given} 项）", name.text),
        format!("the arguments of “{}” do not fit ({given} given)", name.text),
    )
    .help(
        format!("写法：{}；如 {}", function.call, function.example),
        format!("for example {}", function.example),
    )
}

pub(crate) fn whole_count_needed(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "前列合计要写明取几个，如 5",
        "say how many of the greatest are summed, such as 5",
    )
    .help("写作 前列合计（行 的 值，5）", "write sum_of_top(rows 's value, 5)")
}

pub(crate) fn field_needed(span: Span, function: &Builtin) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        format!("“{}”里要写一个字段的名称", function.zh),
        format!("{} takes the name of a field", function.en),
    )
    .help(format!("如 {}", function.example), format!("for example {}", function.example))
}

pub(crate) fn truth_needed(span: Span, found: &str) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        format!("这里要写能判断成立与否的话，写的却是{found}"),
        "a sentence that holds or does not hold is needed here",
    )
    .help("加上比较，如“≥ 3 家”“为 是”“属于 …”", "add a comparison, such as “≥ 3” or “为 是”")
}

pub(crate) fn number_needed(span: Span, found: &str) -> Diagnostic {
    fault(code::TYPE, span, format!("这里要写数，写的却是{found}"), "a number is needed here")
}

pub(crate) fn text_needed(span: Span, found: &str) -> Diagnostic {
    fault(code::TYPE, span, format!("这里要写文本，写的却是{found}"), "a text is needed here")
}

pub(crate) fn date_needed(span: Span, found: &str) -> Diagnostic {
    fault(code::TYPE, span, format!("这里要写日期，写的却是{found}"), "a date is needed here").help(
        "日期写作 2020-11-06，或写一个日期字段",
        "write 2020-11-06, or the name of a date field",
    )
}

pub(crate) fn duration_needed(span: Span, found: &str) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        format!("这里要写时长，写的却是{found}"),
        "a span of time is needed here",
    )
    .help("写作 3 年、6 个月、30 日或 5 个工作日", "write 3 年, 6 个月, 30 日 or 5 个工作日")
}

pub(crate) fn duration_not_whole(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "时长要用整数", "a span of time is a whole number")
        .help("一年半写作 18 个月", "write one and a half years as 18 个月")
}

pub(crate) fn workdays_need_function(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "工作日不能直接相加", "working days cannot simply be added")
        .help("写作 工作日后（日期，5）", "write 工作日后（日期，5）")
}

pub(crate) fn types_differ(spans: [Span; 2], left: &str, right: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::TYPE,
        format!("两边不是一类：一边是{left}，一边是{right}"),
        format!("the two sides are of different kinds: {left} and {right}"),
    );
    if spans[0] == spans[1] {
        return it.at(spans[0]);
    }
    it.label(spans[1], format!("这是{right}"), right).label(spans[0], format!("这是{left}"), left)
}

pub(crate) fn text_against_list(span: Span) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        "文本不能与名单中的一项直接相比",
        "a text cannot be compared with a member of a list",
    )
    .help(
        "把字段的类型改为该名单，或写 属于 名单",
        "give the field the list as its type, or ask 属于",
    )
}

pub(crate) fn unlike_units(spans: [Span; 2], names: [String; 2]) -> Diagnostic {
    let [left, right] = names;
    Diagnostic::new(
        code::UNITS,
        format!("单位不同，不能相加减或相比：{left} 与 {right}"),
        format!("{left} and {right} cannot be added or compared"),
    )
    .label(spans[0], format!("单位：{left}"), left.clone())
    .label(spans[1], format!("单位：{right}"), right.clone())
    .help(
        "两边用同一类单位；数后写明单位，如 300 万元",
        "use units of one kind; write the unit after the number: 300 万元",
    )
}

pub(crate) fn counting_words_differ(spans: [Span; 2], left: &str, right: &str) -> Diagnostic {
    Diagnostic::new(
        code::COUNTING_WORDS,
        format!("量词不同：{left} 与 {right}"),
        format!("different counting words: {left} and {right}"),
    )
    .at(spans[0])
    .at(spans[1])
    .help("若确是同一类数量，可不改", "if they do count the same things, leave it")
}

pub(crate) fn percent_meant(span: Span, value: &Number) -> Diagnostic {
    let percent = value.multiply(&Number::from(100));
    fault(
        code::PERCENT,
        span,
        format!("比率与 {value} 相比，{value} 即 {percent}%"),
        format!("a ratio is compared with {value}, which is {percent}%"),
    )
    .help(format!("是不是想写 {value}%"), format!("did you mean {value}%"))
}

pub(crate) fn unit_does_not_fit(span: Span, unit: &str, formula: Span, found: &str) -> Diagnostic {
    let it = fault(
        code::UNITS,
        span,
        format!("公式算出来的不能用“{unit}”作单位"),
        format!("the formula does not come to a value in {unit}"),
    )
    .label(formula, format!("算出来的是：{found}"), found);
    match one_of_span(found) {
        Some(one) => it.help(
            format!("时长除以时长是数：… ÷ {one}"),
            format!("a span divided by a span is a number: … / {one}"),
        ),
        None => it,
    }
}

/// What a span of time, as it is described, is divided by to be a number.
pub(super) fn one_of_span(found: &str) -> Option<&'static str> {
    Some(match found {
        "年数" => "1 年",
        "月数" => "1 个月",
        "日数" => "1 日",
        _ => return None,
    })
}

pub(crate) fn unit_of_other_kind(word: &Spanned<String>, ty: &str, lawful: &str) -> Diagnostic {
    fault(
        code::UNITS,
        word.span,
        format!("“{ty}”不能用“{}”作单位", word.value),
        format!("“{ty}” cannot be in {}", word.value),
    )
    .help(
        format!("可用 {lawful}；数别的东西用 计量（{}）", word.value),
        format!("use {lawful}, or measure({})", word.value),
    )
}

pub(crate) fn divided_by_zero(span: Span) -> Diagnostic {
    fault(code::DIVISION, span, "除数是零", "the divisor is zero")
}

pub(crate) fn divisor_may_be_zero(span: Span) -> Diagnostic {
    fault(
        code::DIVISOR_MAY_BE_ZERO,
        span,
        "除数可能为零，为零时结果是错误",
        "the divisor may be zero, and the result is then an error",
    )
    .help(
        "写明为零时怎么办：若 除数 = 0 则 不适用 否则 …；或在数据中声明其大于零",
        "say what holds then: 若 … = 0 则 不适用 否则 …; or declare the field as greater than zero",
    )
}

pub(crate) fn not_applicable_branch(span: Span) -> Diagnostic {
    fault(
        code::NEEDS_NA_BRANCH,
        span,
        "这个条件可能不适用，要写明那时怎么办",
        "this condition may not apply, and what holds then must be said",
    )
    .help("在最后加 不适用则 …", "add 不适用则 … at the end")
}

pub(crate) fn whole_power_needed(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "乘方的次数要写 −64 至 64 的整数",
        "a power is a whole number from −64 to 64",
    )
}

pub(crate) fn places_needed(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "位数要写 0 至 18 的整数",
        "the number of places is a whole number from 0 to 18",
    )
}

pub(crate) fn calendar_needed(span: Span, found: usize) -> Diagnostic {
    let (zh, en) = match found {
        0 => ("计算工作日需要节假日名单", "working days need a list of holidays"),
        _ => ("节假日名单不止一个，不知依哪一个", "there are several lists of holidays"),
    };
    fault(code::CALENDAR, span, zh, en).help(
        "写一个名单：名单 节假日 取自 “holidays.tsv”，下一行 日期 为 date，类别 为 kind",
        "write a list with the columns 日期 and 类别",
    )
}

pub(crate) fn wrong_scope(name: &Name, scope: &str, here: &str) -> Diagnostic {
    fault(
        code::SCOPE,
        name.span,
        format!("“{}”是对“{scope}”的，这里是对“{here}”的", name.text),
        format!("“{}” is for {scope}, and this rule is for {here}", name.text),
    )
    .help(
        format!("对下级各行用函数，如 个数（{scope} 中 {}）", name.text),
        "use a function over the rows",
    )
}

pub(crate) fn not_within(scope: &Name, here: &str) -> Diagnostic {
    fault(
        code::SCOPE,
        scope.span,
        format!("这里是对“{here}”的，没有“本{}”", scope.text),
        format!("this rule is for {here}, which lies in no {}", scope.text),
    )
    .help(format!("可写 本{here}"), format!("write 本{here}"))
}

pub(crate) fn parameter_needed(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "“于”之前要写参数的名称", "于 follows the name of a parameter")
}
