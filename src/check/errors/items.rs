//! What the checker says about items, articles and how rules hang together. No fault is found here.

use super::fault;
use super::nearest;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;

pub(crate) fn name_twice(name: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(
        code::NAME_TWICE,
        format!("名称“{}”用了两次", name.text),
        format!("the name “{}” is given twice", name.text),
    )
    .label(name.span, "又一次", "again")
    .label(first, "第一次", "first")
    .help("其中一个换名", "rename one of them")
}

pub(crate) fn word_twice(word: &Name) -> Diagnostic {
    fault(
        code::NAME_TWICE,
        word.span,
        format!("“{}”列了两次", word.text),
        format!("“{}” is listed twice", word.text),
    )
}

pub(crate) fn no_policy() -> Diagnostic {
    Diagnostic::new(code::POLICY, "规则集里没有政策", "the rulebook has no policy").help(
        "在开头写：政策 名称，下面写文号、施行、条文",
        "begin with: policy TITLE, then number, effective, outline",
    )
}

pub(crate) fn two_policies(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(code::POLICY, "规则集里有两个政策", "the rulebook has two policies")
        .label(span, "第二个", "second")
        .label(first, "第一个", "first")
        .help("一个规则集只写一个政策", "one rulebook has one policy")
}

pub(crate) fn scope_needed(item: &Name) -> Diagnostic {
    fault(
        code::SCOPE,
        item.span,
        format!("没有写“{}”对哪个数据", item.text),
        format!("it is not said what “{}” is for", item.text),
    )
    .help(
        format!("在名称后写 对 数据名，如 {}  对 集群", item.text),
        "add 对 and the name of a 数据 item",
    )
}

pub(crate) fn two_keys(first: Span, other: Span) -> Diagnostic {
    Diagnostic::new(code::SCHEMA, "一个数据只能有一个标识", "a table has one key")
        .label(other, "又一个", "another")
        .label(first, "第一个", "first")
}

pub(crate) fn table_in_itself(span: Span) -> Diagnostic {
    fault(code::SCHEMA, span, "数据不能是自己的多条", "a table cannot be a list of itself")
}

pub(crate) fn two_parents(span: Span, first: Span, child: &str) -> Diagnostic {
    Diagnostic::new(
        code::SCHEMA,
        format!("“{child}”已经是另一个字段的多条"),
        format!("“{child}” is already the list of another field"),
    )
    .label(span, "又一个", "another")
    .label(first, "第一个", "first")
    .help("另写一个数据项，各属一处", "write another 数据 item for it")
}

pub(crate) fn rule_date_unknown(name: &str, known: &[&str], span: Option<Span>) -> Diagnostic {
    let it = Diagnostic::new(
        code::RULE_DATE,
        format!("适用时点“{name}”不是日期字段"),
        format!("the rule date “{name}” is no date field"),
    );
    let it = match span {
        Some(span) => it.at(span),
        None => it,
    };
    let near = match nearest(name, known).as_slice() {
        [] => known.join("、"),
        near => near.join("、"),
    };
    it.help(format!("日期字段有：{near}"), format!("date fields: {near}"))
}

pub(crate) fn or_other_needs_list(span: Span) -> Diagnostic {
    fault(
        code::SCHEMA,
        span,
        "“可另填”只用于分类或名单的字段",
        "可另填 belongs to fields of a 分类 or 名单",
    )
}

pub(crate) fn incomplete_needs_list(span: Span) -> Diagnostic {
    fault(code::SCHEMA, span, "“未齐”只用于多条", "未齐 belongs to a 多条 field")
}

pub(crate) fn ordered_needs_enumeration(span: Span) -> Diagnostic {
    fault(code::SCHEMA, span, "“有序”只用于枚举", "有序 belongs to a 枚举 field")
}

pub(crate) fn measure_needs_unit(name: &Name) -> Diagnostic {
    fault(code::SCHEMA, name.span, "计量要写单位", "a measure needs a unit")
        .help("如 计量（人）、计量（件/万人）", "such as measure(persons)")
}

pub(crate) fn ratio_needs_writing(name: &Name) -> Diagnostic {
    fault(
        code::SCHEMA,
        name.span,
        "比率要写明数据里怎样填",
        "a ratio must say how it is written in the data",
    )
    .help(
        "填 6 表示 6%，写 比率（%）；填 0.06 表示 6%，写 比率（小数）",
        "比率（%） where 6 means 6%, 比率（小数） where 0.06 does",
    )
}

pub(crate) fn parameter_without_value(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("参数“{}”没有值", name.text),
        format!("“{}” has no value", name.text),
    )
    .help("写在名称后，或分行写：2020-11-06 起  3%", "write it after the name, or as dated lines")
}

pub(crate) fn two_values_in_force(name: &Name, first: Span, other: Span) -> Diagnostic {
    Diagnostic::new(
        code::TWO_VALUES,
        format!("参数“{}”同一天起有两个值", name.text),
        format!("“{}” has two values from the same day", name.text),
    )
    .label(other, "又一个", "another")
    .label(first, "第一个", "first")
}

pub(crate) fn indicator_without_formula(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("指标“{}”没有公式", name.text),
        format!("“{}” has no formula", name.text),
    )
}

pub(crate) fn criterion_without_requirement(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("条件“{}”没有应当、不得、原则上或可以", name.text),
        format!("“{}” requires nothing", name.text),
    )
    .help("写一行：应当 …", "add a line: must …")
}

pub(crate) fn conclusion_without_requirement(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("结论“{}”没有须符合的条件", name.text),
        format!("“{}” requires nothing", name.text),
    )
    .help("写一行：须符合 甲、乙", "add a line: requires a, b")
}

/// 因 after a sentence that is no verdict.
pub(crate) fn grounds_of_no_verdict(span: Span) -> Diagnostic {
    fault(
        code::VERDICT,
        span,
        "“因”只能接在条件或结论的结果后面",
        "`because` follows the verdict of a criterion or conclusion only",
    )
    .help(
        "写成 期望 结论名 为 不符合，因 条件名 或 第几条",
        "write: expect CONCLUSION is not_met, because CRITERION or an article",
    )
}

pub(crate) fn test_without_expectation(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("测试“{}”没有期望", name.text),
        "the test expects nothing",
    )
    .help(
        "写一行：期望 结论名 为 不符合，因 条件名",
        "add a line: expect CONCLUSION is not_met, because CRITERION",
    )
}

pub(crate) fn more_than_listed(span: Span, n: u32, items: usize) -> Diagnostic {
    fault(
        code::COUNT,
        span,
        format!("要 {n} 项，只列了 {items} 项"),
        format!("{n} are asked for and {items} are listed"),
    )
}

pub(crate) fn double_negation(span: Span) -> Diagnostic {
    fault(code::DOUBLE_NEGATION, span, "“不得 非”等于“应当”", "不得 非 is the same as 应当")
        .help("改写成：应当 …", "write: must …")
}

pub(crate) fn may_decides_nothing(name: &Name) -> Diagnostic {
    fault(
        code::MAY_DECIDES,
        name.span,
        format!("“{}”是“可以”的条件，不能决定结论", name.text),
        format!("“{}” is a 可以 criterion and decides nothing", name.text),
    )
    .help("把它改为“应当”，或从这里去掉", "make it a 应当 criterion, or take it out here")
}

pub(crate) fn unanswered_without_field(word: &Name) -> Diagnostic {
    fault(
        code::UNANSWERED,
        word.span,
        "没有写说明在哪个字段",
        "it is not said where the answer stands",
    )
    .help("先写一行：说明见 字段名", "add a line: answered_in FIELD")
}

pub(crate) fn unanswered_word(word: &Name) -> Diagnostic {
    fault(
        code::UNANSWERED,
        word.span,
        "未说明时只能是 不符合 或 无法判定",
        "write 不符合 or 无法判定",
    )
}

pub(crate) fn nothing_to_suppose(name: &Name, known: &[&str]) -> Diagnostic {
    let it = fault(
        code::SUPPOSE,
        name.span,
        format!("没有可假定的指标、条件或分级“{}”", name.text),
        format!("there is no computed “{}” to suppose a value for", name.text),
    );
    match nearest(&name.text, known).as_slice() {
        [] => it.help("字段的值用“设”", "a field is filled with 设"),
        near => it.help(
            format!("您是不是想写 {}；字段的值用“设”", near.join("、")),
            format!("did you mean {}", near.join(", ")),
        ),
    }
}

pub(crate) fn suppose_meant(name: &Name) -> Diagnostic {
    fault(
        code::SUPPOSE,
        name.span,
        format!("“{}”是算出来的，不能用“设”", name.text),
        format!("“{}” is computed and cannot be set", name.text),
    )
    .help(format!("写作 假定 {} 为 …", name.text), format!("write: suppose {} is …", name.text))
}

pub(crate) fn day_needed(span: Span) -> Diagnostic {
    fault(code::TYPE, span, "这里要写日期，如 2021-09-01", "write a day, such as 2021-09-01")
}

pub(crate) fn cycle(steps: &[(String, Span)]) -> Diagnostic {
    let mut names: Vec<&str> = steps.iter().map(|it| it.0.as_str()).collect();
    names.extend(names.first().copied());
    let ring = names.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(" → ");
    let mut it = Diagnostic::new(
        code::CYCLE,
        format!("互相引用成了一圈：{ring}"),
        format!("these refer to each other in a loop: {ring}"),
    );
    for (at, (_, span)) in steps.iter().enumerate() {
        let next = names.get(at + 1).copied().unwrap_or_default();
        it = it.label(*span, format!("这里引用“{next}”"), format!("refers to “{next}” here"));
    }
    it.help("去掉其中一处引用", "take out one of the references")
}

pub(crate) fn idle_clause(span: Span, zh: &str, en: &str) -> Diagnostic {
    fault(
        code::MISPLACED_CLAUSE,
        span,
        format!("“{zh}”写在这里不起作用"),
        format!("{en} changes nothing here"),
    )
    .help("去掉这一行；条件、指标、分级、结论才有这一句", "take it out: it belongs to rules")
}

pub(crate) fn list_without_members(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("名单“{}”没有成员", name.text),
        format!("“{}” has no members", name.text),
    )
    .help(
        "写出成员：名单 老区县：甲县、乙县；或写 取自 “文件.tsv”",
        "write its members after a colon, or name a file",
    )
}

pub(crate) fn exception_twice(article: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        code::NAME_TWICE,
        format!("本项有两个例外都依据{article}，无从分辨"),
        format!("two exceptions here rest on {article} and cannot be told apart"),
    )
    .label(span, "又一个", "another")
    .label(first, "第一个", "first")
    .help(
        format!("合写成一个（当 甲 或 乙），或写明款、项：{}", apart(article, ["一", "二"])),
        format!("write them as one, or cite the paragraphs: {}", apart(article, ["一", "二"])),
    )
}

/// Two places that lie in an article: 第四条第（一）项、第四条第（二）项.
fn apart(article: &str, numbers: [&str; 2]) -> String {
    let below = |n: &str| match article.ends_with('项') {
        true => format!("{article}第{n}目"),
        false => format!("{article}第（{n}）项"),
    };
    numbers.map(below).join("、")
}

pub(crate) fn dated_list(name: &Name, span: Span) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        span,
        format!("参数“{}”列了几项，不能分日期", name.text),
        format!("“{}” lists several words and cannot be dated", name.text),
    )
    .help("各时期各写一个参数，用 若 选", "write one parameter for each time and choose with 若")
}

pub(crate) fn no_value_at_first(name: &Name, place: Span) -> Diagnostic {
    fault(
        code::NO_VALUE,
        place,
        format!("政策施行时参数“{}”还没有值，这段时间里用到它的是错误", name.text),
        format!("“{}” has no value when the policy comes into force", name.text),
    )
    .help(
        "补上从施行日起的值，或不写日期",
        "add the value in force from that day, or leave out the date",
    )
}

pub(crate) fn test_of_child(name: &Name, child: &str, parent: &str) -> Diagnostic {
    fault(
        code::SCOPE,
        name.span,
        format!("“{child}”是“{parent}”的多条，测试要对最上一级的数据"),
        format!("“{child}” is a list of {parent}; a test is for the top table"),
    )
    .help(
        format!("写 对 {parent}，在 设 里给出各行"),
        format!("write 对 {parent} and set its rows"),
    )
}
