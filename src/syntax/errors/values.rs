//! What the parser says about dates, numbers, ranges and citations as written. It finds no faults.

use super::short;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;

/// 2020/11/06
pub fn wrong_date(at: Span, found: &str, year: u32, month: u32, day: u32) -> Diagnostic {
    let it = Diagnostic::new(
        code::WRONG_DATE,
        format!("“{found}”不是日期的写法"),
        format!("“{found}” is not how a date is written"),
    );
    it.at(at).help(
        format!("写作：{year:04}-{month:02}-{day:02}，或 {year}年{month}月{day}日"),
        format!("write: {year:04}-{month:02}-{day:02}"),
    )
}

/// 2021-02-29
pub fn no_such_day(at: Span, year: u32, month: u32, day: u32) -> Diagnostic {
    let it = Diagnostic::new(
        code::NO_SUCH_DAY,
        format!("{year}年{month}月没有{day}日"),
        format!("there is no day {year:04}-{month:02}-{day:02}"),
    );
    it.at(at).help("请核对日期", "check the date")
}

/// 2021年13月
pub fn no_such_period(at: Span, found: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::NO_SUCH_DAY,
        format!("没有“{}”这个期间", found.trim()),
        format!("there is no period “{}”", found.trim()),
    );
    it.at(at).help("月份为 1 至 12，季度为 1 至 4", "months are 1 to 12, quarters 1 to 4")
}

/// A validity that is one day, without 起 or 止.
pub fn bare_day(at: Span, found: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::WRONG_DATE,
        "日期之后要写明“起”“止”，或写“至”另一日",
        "a day here needs “onwards”, “until” or “to” another day",
    );
    it.at(at).help(format!("例如：{found} 起"), format!("for example: {found} onwards"))
}

/// A validity that runs backwards.
pub fn ends_before_it_begins(at: Span) -> Diagnostic {
    let it = Diagnostic::new(code::WRONG_DATE, "止日早于起日", "it ends before it begins");
    it.at(at).help("请核对两个日期", "check the two days")
}

/// A period where a day is wanted.
pub fn day_wanted(at: Span, found: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::WRONG_DATE,
        format!("“{found}”不是一天"),
        format!("“{found}” is not a day"),
    );
    it.at(at).help("写到日，例如：2021-09-01", "write a day, such as 2021-09-01")
}

/// 最大（1,240，3）
pub fn grouped_in_list(at: Span, found: &str) -> Diagnostic {
    let plain = found.replace(',', "");
    let apart = found.replace(',', "，");
    let it = Diagnostic::new(
        code::GROUPED_IN_LIST,
        format!("“{found}”在列举之中有两种读法"),
        format!("“{found}” can be read in two ways inside a list"),
    );
    it.at(at).help(
        format!("一个数写作 {plain}；几个数用全角逗号隔开：{apart}"),
        format!(
            "one number: {plain}; several, with a blank after the comma: {}",
            apart.replace('，', ", ")
        ),
    )
}

/// 1e5
pub fn exponent(at: Span, found: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::EXPONENT,
        format!("“{found}”用了科学记数法"),
        format!("“{found}” is written with an exponent"),
    );
    it.at(at).help(
        "写出全部数位，或换大一级的单位：100000、10 万元",
        "write all digits, or use a larger unit: 100000",
    )
}

/// More digits than the language reads.
pub fn long_number(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::LONG_NUMBER,
        "这个数超过 38 位有效数字，或小数超过 18 位",
        "this number has more than 38 digits, or more than 18 after the point",
    );
    it.at(at).help("请核对，或换大一级的单位", "check it, or use a larger unit")
}

/// 1/0
pub fn zero_denominator(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::ZERO_DENOMINATOR,
        "分数的分母为零",
        "the denominator of this fraction is zero",
    );
    it.at(at).help("请核对这个数", "check the number")
}

/// 在 or 介于 without a range.
pub fn not_a_range(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_RANGE,
        format!("“{word}”之后要写范围"),
        format!("“{word}” is followed by a range"),
    );
    it.at(at).help(
        "例如：300 万元 至 500 万元（不含），或 300 万元 以上（含）",
        "for example: 300 to 500 excluded, or 300 or more",
    )
}

/// 甲 至 乙 至 丙
pub fn range_of_range(at: Span) -> Diagnostic {
    let it = Diagnostic::new(code::BAD_RANGE, "范围只有两端", "a range has two ends");
    it.at(at).help("例如：300 万元 至 500 万元（不含）", "for example: 300 to 500 excluded")
}

/// （含） that belongs to no range.
pub fn mark_without_range(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_RANGE,
        "“（含）”“（不含）”要同“至”“以上”“以下”一起写",
        "“included” and “excluded” go with a range",
    );
    it.at(at).help(
        "例如：3亿元以上（含），或 3亿元（含）至5亿元（不含）",
        "for example: 3 or more, or 3 included to 5 excluded",
    )
}

/// ≥ 0 且 ≥ 3 in a domain.
pub fn same_end_twice(at: Span) -> Diagnostic {
    let it = Diagnostic::new(code::BAD_RANGE, "同一端写了两次", "the same end is given twice");
    it.at(at).help("例如：≥ 0 且 < 100，或 0 至 100", "for example: >= 0 and < 100, or 0 to 100")
}

/// 第〇条
pub fn bad_article(at: Span, found: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ARTICLE,
        format!("“{}”不是条号", short(found)),
        format!("“{}” is no article number", short(found)),
    );
    it.at(at).help("例如：第四条第二款第（一）项", "for example: art. 4(2)(1)")
}
