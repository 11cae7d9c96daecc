//! What the checker says about periods, growth and roots. No fault is found here.

use super::fault;
use crate::builtins::Builtin;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::syntax::ast::Word;
use crate::value::PeriodKind;

pub(crate) fn data_period_unknown(word: &Word) -> Diagnostic {
    fault(
        code::DATA_PERIOD,
        word.span,
        format!("“{}”不是年、季或月", word.value),
        format!("“{}” is no year, quarter or month", word.value),
    )
    .help(
        "写 上年、当年、上季、当季、上月、当月，或 2022年、2022年第3季度、2022年8月",
        "write last_year, this_quarter …, or 2022年, 2022Q3, 2022-08",
    )
}

pub(crate) fn data_period_twice(word: &Word, kind: PeriodKind) -> Diagnostic {
    let (zh, en) = kind.words();
    fault(
        code::DATA_PERIOD,
        word.span,
        format!("数据期里写了两个{zh}"),
        format!("the data period names two {en}s"),
    )
    .help("年、季、月各留一个", "keep one of a kind")
}

pub(crate) fn no_data_period(span: Span, kind: PeriodKind) -> Diagnostic {
    let (zh, en) = kind.words();
    let example = match kind {
        PeriodKind::Year => ("上年", "last_year"),
        PeriodKind::Quarter => ("上季", "last_quarter"),
        PeriodKind::Month => ("上月", "last_month"),
    };
    fault(
        code::DATA_PERIOD,
        span,
        format!("没有写数据是哪一{zh}的"),
        format!("nothing says which {en} the data are of"),
    )
    .help(
        format!("在政策里加一行：数据期 {}", example.0),
        format!("add a line to the policy: data_period {}", example.1),
    )
}

pub(crate) fn half_year(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "半年不是一个年、季或月", "half a year is no year, quarter or month")
        .help(
            "写明起止日期，如 介于 2021-01-01 至 2021-06-30",
            "give the days: between 2021-01-01 to 2021-06-30",
        )
}

pub(crate) fn period_against_day(span: Span) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        "日期要与某一天比较，这里写的是一段时间",
        "a day is compared with a day, not with a period",
    )
    .help(
        "写明起止日期，如 介于 2021-01-01 至 2021-12-31",
        "give the days: between 2021-01-01 to 2021-12-31",
    )
}

pub(crate) fn since_without_by(span: Span) -> Diagnostic {
    fault(
        code::SCHEMA,
        span,
        "只写了“自”，没有写每一条是哪一期的",
        "“since” says from when, but not which field names the period",
    )
    .help("在前面加上“按”，如：按 年度，自 成立日期", "write: by 年度, since 成立日期")
}

pub(crate) fn by_needs_list(span: Span) -> Diagnostic {
    fault(code::SCHEMA, span, "“按”只用在多条的字段后面", "“by” follows a list of rows only")
        .help("如：年报 多条 年报，按 年度", "for example 年报 many 年报, by 年度")
}

pub(crate) fn by_needs_period(name: &Name) -> Diagnostic {
    fault(
        code::SCHEMA,
        name.span,
        format!("“{}”不是年、季或月", name.text),
        format!("“{}” is no year, quarter or month", name.text),
    )
    .help(
        "把它的类型写成 年、季 或 月，如：年度 年",
        "give it the type year, quarter or month: 年度 year",
    )
}

pub(crate) fn by_beside_key(name: &Name, key: &str) -> Diagnostic {
    fault(
        code::SCHEMA,
        name.span,
        format!("每期一条的表以“{}”区分各行，不能再以“{key}”为标识", name.text),
        format!("rows by period are told apart by “{}”, not by the key “{key}”", name.text),
    )
    .help(format!("去掉“{key}”后面的“标识”"), format!("take “key” away from “{key}”"))
}

pub(crate) fn since_needs_date(name: &Name) -> Diagnostic {
    fault(
        code::SCHEMA,
        name.span,
        format!("“{}”不是日期", name.text),
        format!("“{}” is no date", name.text),
    )
    .help("“自”后面写一个日期字段，如 成立日期", "name a field that holds a date")
}

pub(crate) fn recent_alone(span: Span) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        "“近 … 年”要写在“中”后面，自成一个条件",
        "“last … years” is a condition of its own after “where”",
    )
    .help(
        "如 合计（年报 中 近 3 年 的 营业收入）；日期用 立项日期 在 近 3 年",
        "for example sum(年报 where last 3 years 's 营业收入), or a day within last 3 years",
    )
}

pub(crate) fn recent_needs_periods(span: Span, table: &str) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        format!("“{table}”不是每期一条的表，不能取近几年"),
        format!("“{table}” has no row for each period"),
    )
    .help(
        "在它的多条字段后面写明哪一栏是期间，如：年报 多条 年报，按 年度",
        "say which field names the period: 年报 many 年报, by 年度",
    )
}

pub(crate) fn recent_unit(span: Span, word: &str, kind: PeriodKind) -> Diagnostic {
    let (zh, en) = kind.words();
    let (zh_head, en_head) = match word {
        "" => ("“近”后面的数没有写单位".to_owned(), "“last” lacks a unit".to_owned()),
        _ => (
            format!("这张表每{zh}一条，不能按“{word}”取"),
            format!("the table has one row a {en}: “{word}” does not fit"),
        ),
    };
    fault(code::PERIODS, span, zh_head, en_head)
        .help(format!("写 近 3 {zh}"), format!("write last 3 {en}s"))
}

pub(crate) fn recent_count(span: Span) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        "“近”后面要写 1 至 100 的整数",
        "“last” takes a whole number from 1 to 100",
    )
    .help("如 近 3 年", "for example last 3 years")
}

pub(crate) fn recent_span(span: Span) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        "日期的“近”要写几年、几个月或几日",
        "a day is within so many years, months or days",
    )
    .help("如 立项日期 在 近 3 年", "for example within last 3 years")
}

pub(crate) fn periods_needed(span: Span, function: &Builtin) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        format!("“{}”要从每期一条的表里取数", function.zh),
        format!("“{}” looks at a list that has a row for each period", function.en),
    )
    .help(format!("如 {}", function.example), format!("for example {}", function.example))
}

pub(crate) fn list_without_periods(span: Span, list: &str) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        format!("“{list}”没有写每一条是哪一期的"),
        format!("nothing says which period each row of “{list}” is of"),
    )
    .help(
        format!("在数据里写：{list} 多条 …，按 年度"),
        format!("write in the data: {list} many …, by 年度"),
    )
}

pub(crate) fn period_with_condition(span: Span, function: &Builtin) -> Diagnostic {
    fault(
        code::PERIODS,
        span,
        format!("“{}”只取一期，不能再加条件", function.zh),
        format!("“{}” looks at one period and takes no condition", function.en),
    )
    .help(format!("如 {}", function.example), format!("for example {}", function.example))
}

pub(crate) fn to_date_between(span: Span, field: &str) -> Diagnostic {
    fault(
        code::TO_DATE,
        span,
        format!("“{field}”是累计数，相邻两期不能相比"),
        format!("“{field}” adds up since the year began: neighbouring periods do not compare"),
    )
    .help(
        "累计数用 同比（与上年同期比）；要环比，请报当期数",
        "compare with the same period a year before (同比), or report figures of the period alone",
    )
}

pub(crate) fn to_date_summed(span: Span, field: &str) -> Diagnostic {
    fault(
        code::TO_DATE,
        span,
        format!("“{field}”是累计数，各期相加会重复计算"),
        format!("“{field}” adds up since the year began: its sum over periods counts twice"),
    )
    .help(
        "取最后一期：本期（… 的 …）；要求和或平均，请报当期数",
        "take the last period: 本期（…）, or report figures of the period alone",
    )
}

pub(crate) fn both_kinds_of_figure(span: Span) -> Diagnostic {
    fault(
        code::SCHEMA,
        span,
        "“当期”与“累计”只能写一个，且只用于数",
        "a number is either of its period or to date",
    )
    .help("去掉其中一个", "take one away")
}

pub(crate) fn growth_base_may_be_zero(span: Span) -> Diagnostic {
    fault(
        code::GROWTH_BASE,
        span,
        "基期可能是零或负数，那时没有增长率",
        "the base may be zero or below: there is no growth then",
    )
    .help(
        "加一句：基期非正 则 不适用（或某个值）；不写则为错误",
        "add a clause: no_growth_base then not_applicable, or a value; without it that is an error",
    )
}

pub(crate) fn growth_base_value(span: Span, found: &str) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        format!("“基期非正 则”后面要写不适用或一个比率，写的却是{found}"),
        "the growth on a base of zero is 不适用 or a ratio",
    )
    .help("如 基期非正 则 不适用；基期非正 则 0%", "for example no_growth_base then 0%")
}

pub(crate) fn idle_growth_base(span: Span) -> Diagnostic {
    fault(
        code::UNUSED,
        span,
        "这里没有增长率，“基期非正”不起作用",
        "nothing here grows: the clause has no effect",
    )
    .help("去掉这一句", "take the clause away")
}

pub(crate) fn years_needed(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "年均增长要写几年，或起止两年",
        "say how many years, or the first and the last year",
    )
    .help(
        "如 年均增长（年报 的 营业收入，3 年）；年均增长（年报 的 营业收入，2019年，2022年）",
        "for example yearly_growth(年报 's 营业收入, 3 years)",
    )
}

pub(crate) fn year_needed(span: Span) -> Diagnostic {
    fault(code::ARGUMENTS, span, "这里要写一个年份", "a year is needed here")
        .help("如 2019年；按季、按月的表写 3 年", "for example 2019年")
}

pub(crate) fn years_of_row(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "在年报的一行里只能写几年",
        "inside a row only a number of years can be given",
    )
    .help("如 年均增长（营业收入，3 年）", "for example yearly_growth(营业收入, 3 years)")
}

pub(crate) fn years_backwards(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "止年要晚于起年，且不超过 100 年",
        "the last year comes after the first, by 100 years at most",
    )
    .help("如 2019年，2022年", "for example 2019年, 2022年")
}

pub(crate) fn count_needed(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "期数要写 1 至 100 的整数",
        "the number of periods is a whole number from 1 to 100",
    )
    .help("如 复合增长（起值，止值，3）", "for example compound(起值, 止值, 3)")
}

pub(crate) fn degree_needed(span: Span) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        "开几次方要写 2 至 100 的整数",
        "the degree of a root is a whole number from 2 to 100",
    )
    .help("如 方根（倍数，3）", "for example root(倍数, 3)")
}

pub(crate) fn root_of_unit(span: Span, unit: &str) -> Diagnostic {
    fault(
        code::UNITS,
        span,
        format!("{unit}开方之后没有这样的单位"),
        format!("there is no unit for this root of {unit}"),
    )
    .help("先除成没有单位的数，再开方", "divide it to a bare number first")
}

pub(crate) fn year_before_last(span: Span) -> Diagnostic {
    fault(
        code::YEAR_BEFORE_LAST,
        span,
        "政策的数据期已是上年，这里取的是再早一年",
        "the data period is last year already: this is the year before it",
    )
    .help(
        "要数据期那一年的数，写 本期（…）；确要再早一年，不必改",
        "for the data period itself write this_period(…)",
    )
}
