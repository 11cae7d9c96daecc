//! What the checker says about types, units, rows and functions. No fault is found here.

use super::fault;
use super::words_of;
use crate::builtins::Builtin;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
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
    fault(
        code::UNITS,
        span,
        format!("公式算出来的不能用“{unit}”作单位"),
        format!("the formula does not come to a value in {unit}"),
    )
    .label(formula, format!("算出来的是：{found}"), found)
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

pub(crate) fn may_be_empty(span: Span) -> Diagnostic {
    fault(
        code::MAY_BE_EMPTY,
        span,
        "一行也没有（或合计为零）时，结果是错误",
        "where there are no rows, or their sum is zero, the result is an error",
    )
    .help(
        "一行也没有时怎么算，写在括号里：空则 0，或 空则 不适用",
        "say what it is then: 空则 0, or 空则 不适用",
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

pub(crate) fn no_order(span: Span, what: &str) -> Diagnostic {
    fault(
        code::NO_ORDER,
        span,
        format!("“{what}”没有高低之分，不能比大小"),
        format!("“{what}” has no order"),
    )
    .help(
        "枚举由低到高写好并加“，有序”，就可以比；否则只能用 为、属于",
        "write the words lowest first and add 有序",
    )
}

pub(crate) fn list_meant(span: Span, left: &str, right: &str, word: &str) -> Diagnostic {
    fault(
        code::LIST_MEANT,
        span,
        format!("“或 {word}”不是一句话"),
        format!("“或 {word}” is not a sentence"),
    )
    .help(
        format!("列举写作：{left} 属于（{right}、{word}）"),
        format!("write: {left} 属于（{right}、{word}）"),
    )
}

pub(crate) fn list_after_equals(span: Span, left: &str, right: &str) -> Diagnostic {
    fault(code::LIST_MEANT, span, "一个值不会等于几项", "one value cannot equal several")
        .help(format!("写作：{left} 属于（{right}）"), format!("write: {left} 属于（{right}）"))
}

pub(crate) fn list_alone(span: Span) -> Diagnostic {
    fault(
        code::LIST_MEANT,
        span,
        "这里不能写几项，只能写一个值",
        "one value is needed here, not several",
    )
    .help(
        "几项写在 属于（甲、乙） 里，或写进 最大、最小、合计、全部、任一",
        "several stand in 属于（…） or in a function",
    )
}

pub(crate) fn range_alone(span: Span) -> Diagnostic {
    fault(code::RANGE, span, "这里不能只写范围", "a range cannot stand alone here")
        .help("写作：字段 介于 甲 至 乙", "write: field 介于 a 至 b")
}

pub(crate) fn range_needed(span: Span) -> Diagnostic {
    fault(code::RANGE, span, "这里要写界限", "a bound or a range is needed here")
        .help("如 0 至 8、≥ 0、300 万元以上（含）", "such as 0 至 8, ≥ 0")
}

pub(crate) fn bare_bound(span: Span, amount: &str, lower: bool) -> Diagnostic {
    let word = if lower { "以上" } else { "以下" };
    fault(
        code::BARE_BOUND,
        span,
        format!("“{word}”没有说明是否包含本数"),
        "it is not said whether the number itself is included",
    )
    .help(
        format!("写作 {amount}{word}（含） 或 {amount}{word}（不含）；或在政策里写一次：本数 包含，依据 …"),
        format!("write {amount}{word}（含） or {amount}{word}（不含）, or say 本数 包含 once in the policy"),
    )
}

pub(crate) fn domain_empty(span: Span) -> Diagnostic {
    fault(code::RANGE, span, "下限高于上限，没有值可填", "the lower bound is above the upper bound")
}

pub(crate) fn none_alone(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "“无”只能用来问：x 为 无", "无 can only be asked: x 为 无")
}

pub(crate) fn unknown_in_rule(span: Span) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        "规则里不能问是否未知",
        "a rule cannot ask whether something is unknown",
    )
    .help(
        "要看表是否填了，写 已填（字段）",
        "to ask whether a form was filled, write 已填（field）",
    )
}

pub(crate) fn rows_alone(expr: &Expr) -> Diagnostic {
    let words = words_of(expr);
    let column = matches!(expr.kind, ExprKind::Of { .. });
    let offer = if column {
        format!("合计（{words}）、最大（{words}）")
    } else {
        format!("个数（{words}）")
    };
    fault(
        code::ROWS,
        expr.span,
        format!("“{words}”是多行，不是一个值"),
        format!("“{words}” is several rows, not one value"),
    )
    .help(format!("用函数取一个值，如 {offer}"), format!("take one value with a function: {offer}"))
}

pub(crate) fn rows_need_function(span: Span, name: &str) -> Diagnostic {
    fault(
        code::ROWS,
        span,
        format!("“{name}”是多行，不是一个值"),
        format!("“{name}” is several rows"),
    )
    .help(format!("如 个数（{name}） ≥ 1"), format!("such as 个数（{name}） ≥ 1"))
}

pub(crate) fn rows_needed(span: Span) -> Diagnostic {
    fault(code::ROWS, span, "这里要写多条的字段", "a list of rows is needed here")
        .help("如 企业、企业 中 条件、企业 的 字段", "such as 企业, 企业 中 …, 企业 的 …")
}

pub(crate) fn not_rows(name: &Name) -> Diagnostic {
    fault(
        code::ROWS,
        name.span,
        format!("“{}”不是多条", name.text),
        format!("“{}” is not a list of rows", name.text),
    )
    .help("多条在数据里这样声明：企业 多条 企业", "a list is declared so: 企业 多条 企业")
}

pub(crate) fn rows_need_table(span: Span, name: &str) -> Diagnostic {
    fault(
        code::ROWS,
        span,
        format!("“{name}”是多条，要写成表格"),
        format!("“{name}” is a list: write a table"),
    )
    .help(
        format!("写 设 {name}，下一行起写表格；一条也没有写 设 {name} 为 无"),
        format!("write 设 {name} and a table below, or 设 {name} 为 无"),
    )
}

pub(crate) fn condition_after_value(span: Span) -> Diagnostic {
    fault(code::ROWS, span, "条件要写在“的”之前", "the condition stands before 的")
        .help("写作 企业 中 条件 的 字段", "write 企业 中 … 的 …")
}

pub(crate) fn two_values(span: Span) -> Diagnostic {
    fault(code::ROWS, span, "一句里只能取一层“的”", "one 的 at a time").help(
        "先在下一级表上写一个指标，再引用它",
        "write an indicator for the lower table and refer to it",
    )
}

pub(crate) fn share_needs_condition(span: Span) -> Diagnostic {
    fault(code::ROWS, span, "占比要写明什么样的行", "a share needs a condition")
        .help("写作 占比（企业 中 高新技术企业）", "write 占比（rows 中 condition）")
}

pub(crate) fn count_takes_rows(span: Span) -> Diagnostic {
    fault(code::ROWS, span, "个数只数行，不取字段", "个数 counts rows and takes no value").help(
        "去掉“的 …”；要数不同的值，写 不同个数（…）",
        "leave out 的 …; for different values write 不同个数",
    )
}

pub(crate) fn value_of_rows_needed(span: Span) -> Diagnostic {
    fault(
        code::ROWS,
        span,
        "没有写对各行的哪个值计算",
        "it is not said which value of the rows is meant",
    )
    .help("写作 企业 的 营业收入", "write rows 的 value")
}

pub(crate) fn truth_of_rows_needed(span: Span) -> Diagnostic {
    fault(code::ROWS, span, "没有写各行要满足什么", "it is not said what the rows must fulfil")
        .help("写作 全部（企业 的 高新技术企业）", "write 全部（rows 的 condition）")
}

pub(crate) fn quotient_per_row(expr: &Expr) -> Diagnostic {
    let it = fault(
        code::ROWS,
        expr.span,
        "“的”只管到后面一个名称，算式没有逐行计算",
        "的 reaches one name only: the calculation is not made row by row",
    );
    let ExprKind::Arithmetic { op, operands } = &expr.kind else { return it };
    let mark = match op {
        crate::syntax::ast::ArithmeticOp::Add => "+",
        crate::syntax::ast::ArithmeticOp::Subtract => "−",
        crate::syntax::ast::ArithmeticOp::Multiply => "×",
        crate::syntax::ast::ArithmeticOp::Divide => "÷",
        crate::syntax::ast::ArithmeticOp::Power => "^",
    };
    let Some(ExprKind::Of { base, member }) = operands.first().map(|it| &it.kind) else {
        return it;
    };
    let rest: Vec<String> = operands[1..]
        .iter()
        .map(|it| match &it.kind {
            ExprKind::Of { member, .. } => words_of(member),
            _ => words_of(it),
        })
        .collect();
    let inner = format!("{} {mark} {}", words_of(member), rest.join(&format!(" {mark} ")));
    let offer = format!("{} 的（{inner}）", words_of(base));
    it.help(format!("逐行计算写作：{offer}"), format!("row by row, write: {offer}"))
}

pub(crate) fn if_empty_without_rows(span: Span) -> Diagnostic {
    fault(code::ARGUMENTS, span, "“空则”只用于多条的函数", "空则 belongs to functions of rows")
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

pub(crate) fn word_needed(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "这里要写名单中的一项", "a word of the list is needed here")
}

pub(crate) fn word_needs_quotes(name: &Name) -> Diagnostic {
    fault(
        code::UNKNOWN_NAME,
        name.span,
        format!("找不到名称“{}”", name.text),
        format!("there is no name “{}”", name.text),
    )
    .help(
        format!("若是文字，写作 “{}”", name.text),
        format!("if it is a text, write “{}”", name.text),
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

pub(crate) fn yes_or_no_needed(span: Span) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        "是否类的字段只能与 是 或 否 相比",
        "a yes-or-no field is compared with 是 or 否",
    )
    .help("写作 字段 为 是，或 字段 为 否", "write field 为 是, or field 为 否")
}

pub(crate) fn deemed_needed(span: Span) -> Diagnostic {
    fault(
        code::VERDICT,
        span,
        "视同之后写 符合、不符合 或 不适用",
        "write 符合, 不符合 or 不适用 after 视同",
    )
}

pub(crate) fn verdict_needed(span: Span) -> Diagnostic {
    fault(
        code::VERDICT,
        span,
        "这里要写 符合、不符合、无法判定 或 不适用",
        "write 符合, 不符合, 无法判定 or 不适用",
    )
}
