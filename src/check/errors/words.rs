//! What the checker says about lists, ranges and words where something else stands. No fault is found here.

use super::fault;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::ir::Comparison;
use crate::source::Span;
use crate::syntax::ast::Name;

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
    fault(code::RANGE, span, "这里不能只写范围", "a range cannot stand alone here").help(
        "前面写所说的字段：字段 在 10 以上，字段 介于 甲 至 乙",
        "name what it is said of: FIELD within 10 or more, FIELD between a to b",
    )
}

/// 为 无, of what is always there.
pub(crate) fn never_none(span: Span, what: &str, field: bool) -> Diagnostic {
    let it = fault(
        code::NEVER_NONE,
        span,
        format!("“{what}”不会是无，也不会不适用，这样写结果只有一个"),
        format!("“{what}” is never none: this has one outcome only"),
    );
    match field {
        true => it.help(
            "真可以没有的，栏目加选项 可无；要问填没填，写 已填（栏目）；“无”是一个词的，写进栏目的枚举：「无」",
            "where it may be none, give the field the option may_be_none; whether it is filled in asks filled(FIELD); where “none” is one of its words, list it as [无]",
        ),
        false => it.help("去掉这一句，或核对名称", "leave it out, or check the name"),
    }
}

/// 超过 10% 以上: two words that say different things.
pub(crate) fn bound_said_twice(span: Span, op: Comparison, amount: &str) -> Diagnostic {
    let (word, english) = match op {
        Comparison::AtLeast => ("不低于", "at least"),
        Comparison::AtMost => ("不超过", "at most"),
        Comparison::Above => ("高于", "above"),
        Comparison::Below => ("低于", "below"),
        Comparison::Equal => ("等于", "is"),
        Comparison::NotEqual => ("不等于", "is not"),
    };
    fault(
        code::RANGE,
        span,
        "界限说了两遍，两个词不是一个意思",
        "the bound is given twice, by words that do not mean the same",
    )
    .help(
        format!("留一个：{word} {amount}，或 在 {amount} 以上（含）、以下（含）"),
        format!("keep one: {english} {amount}"),
    )
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

pub(crate) fn word_needed(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "这里要写名单中的一项", "a word of the list is needed here").help(
        "写各项的名称，几项用“、”隔开；除此以外的，另起一行写“其余”",
        "name its words, with 、 between them; for all others add a row with “otherwise”",
    )
}

/// ≥ 国家级 in a cell, of a list that may have more than its words.
pub(crate) fn words_not_compared(span: Span, list: &str) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        format!("“{list}”的格里只写各项的名称，不写比较"),
        format!("a cell of “{list}” names its words and compares with none"),
    )
    .help(
        "写要的各项，几项用“、”隔开；除此以外的，另起一行写“其余”",
        "name the words that are meant, with 、 between them; for all others add a row with “otherwise”",
    )
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
