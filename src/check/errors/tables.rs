//! What the checker says of tables that decide.

use crate::check::errors::fault;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Decision;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::Name;

/// The word of an item that is a table.
pub(crate) fn form_word(form: DecisionForm) -> (&'static str, &'static str) {
    match form {
        DecisionForm::Grading => ("分级", "grading"),
        DecisionForm::Table => ("判定表", "table"),
        DecisionForm::Conclusion => ("结论", "conclusion"),
    }
}

fn listed(names: &[Name]) -> String {
    names.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("、")
}

pub(crate) fn grading_without_by(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("分级“{}”没有写按什么", name.text),
        "the grading does not say by what",
    )
    .help("写一行：按 指标名", "add a line: by INDICATOR")
}

pub(crate) fn decision_without_rows(name: &Name, form: DecisionForm) -> Diagnostic {
    let (zh, en) = form_word(form);
    let (row, row_en) = match form {
        DecisionForm::Grading => ("如 | ≥ 1000 亿元 | 千亿级 |", "such as | >= 100 | large |"),
        _ => (
            "先写表头 | 企业数 | 得 档 |，下面每种情形一行，如 | ≥ 100 家 | 甲 |",
            "write the head | firms | yields class |, and below it a row for each case: | >= 100 | large |",
        ),
    };
    fault(
        code::INCOMPLETE,
        name.span,
        format!("{zh}“{}”没有一行", name.text),
        format!("the {en} has no rows"),
    )
    .help(row, row_en)
}

pub(crate) fn column_twice(name: &Name) -> Diagnostic {
    fault(
        code::NAME_TWICE,
        name.span,
        format!("两列结果都叫“{}”", name.text),
        format!("two result columns are called “{}”", name.text),
    )
    .help("换一个名称", "give one of them another name")
}

pub(crate) fn which_column(name: &Name, columns: &[Name]) -> Diagnostic {
    let first = columns.first().map_or("", |it| it.text.as_str());
    fault(
        code::UNKNOWN_NAME,
        name.span,
        format!("“{}”有几列结果，没有说是哪一列", name.text),
        format!("“{}” has several result columns; say which", name.text),
    )
    .help(
        format!("写作：{} 的 {first}（各列：{}）", name.text, listed(columns)),
        format!("write {}'s {first} (columns: {})", name.text, listed(columns)),
    )
}

pub(crate) fn unknown_result_column(column: &Name, table: &Name, columns: &[Name]) -> Diagnostic {
    fault(
        code::UNKNOWN_NAME,
        column.span,
        format!("表“{}”没有叫“{}”的结果列", table.text, column.text),
        format!("“{}” has no result column “{}”", table.text, column.text),
    )
    .help(
        format!("结果列有：{}", listed(columns)),
        format!("its result columns: {}", listed(columns)),
    )
}

pub(crate) fn judged_is_no_number(name: &Name, found: &str) -> Diagnostic {
    fault(
        code::TYPE,
        name.span,
        format!("评审值“{}”不是数，是{found}", name.text),
        format!("“{}” holds no number", name.text),
    )
    .help("评审值写评审人打分的那个字段", "name the field that holds the reviewer's points")
}

pub(crate) fn nothing_to_judge(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        "表里没有幅度，评审值没有可定的",
        "the table holds no band for the reviewer's value to narrow",
    )
    .help(
        "结果写成幅度，如 7 至 8；或去掉评审值",
        "write a band such as 7 to 8, or leave the clause out",
    )
}

pub(crate) fn several_bands(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        "几列结果都有幅度，一个评审值不能同时定几列",
        "several result columns hold bands; one value cannot narrow them all",
    )
    .help(
        "每列写成一张表，各有自己的评审值",
        "make each column a table of its own, with its own field",
    )
}

pub(crate) fn band_in_sum(span: Span) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        "命中 累计 把各行的数相加，不能写幅度",
        "the rows of this table are added up; a band cannot be",
    )
    .help(
        "每项写成一张表（各有评审值），再相加",
        "make each item a table of its own, with its own field, and add them",
    )
}

pub(crate) fn sum_of_no_numbers(span: Span, found: &str) -> Diagnostic {
    fault(
        code::TYPE,
        span,
        format!("命中 累计 把各行的数相加，这一列是{found}"),
        "the rows of this table are added up, and this column holds no numbers",
    )
    .help("结果写数；要词的，写 命中 首行", "write numbers; for words write: hit first")
}

pub(crate) fn empty_band(span: Span) -> Diagnostic {
    fault(code::RANGE, span, "幅度要从小到大", "a band goes from the lower number to the higher")
        .help("如 7 至 8；只有一个数的直接写数", "such as 7 to 8; one number is written alone")
}

pub(crate) fn open_band(span: Span) -> Diagnostic {
    fault(code::RANGE, span, "幅度要有两头", "a band has two ends")
        .help("如 7 至 8", "such as 7 to 8")
}

pub(crate) fn as_written_for_sum(span: Span) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        span,
        "命中 累计 各行相加，重叠不是问题，不用写照原文",
        "the rows of this table are added up: overlaps are meant, and need no answer",
    )
    .help("去掉这一句", "leave the line out")
}

/// The place of a row.
fn row(it: &Decision, at: usize) -> Span {
    it.rows[at].span
}

pub(crate) fn table_gap(
    it: &Decision,
    place: &Text,
    example: &str,
    not_applicable: Option<String>,
) -> Diagnostic {
    let (zh, en) = form_word(it.form);
    let name = &it.name.text;
    let of = match &not_applicable {
        Some(head) => fault(
            code::TABLE_GAP,
            it.name.span,
            format!("{zh}“{name}”没有一行管“{head}”不适用的情形，会得“错误”"),
            format!(
                "no row of the {en} “{name}” takes “{head}” where it does not apply; the result is an error"
            ),
        ),
        None => fault(
            code::TABLE_GAP,
            it.name.span,
            format!("{zh}“{name}”有空隙：{}，没有一行管到，会得“错误”", place.zh),
            format!(
                "the {en} “{name}” has a gap: no row takes {}; the result is an error",
                place.en
            ),
        ),
    };
    match not_applicable {
        Some(_) => of.help(
            format!("如 {example}；加一行，这一列写“不适用”或“—”（“其余”不管不适用）"),
            format!("such as {example}; add a row with not_applicable or - in this column (otherwise does not take it)"),
        ),
        None => of.help(
            format!("如 {example}；补上这一段，或最后加一行“其余”"),
            format!("such as {example}; add a row for it, or end with an “otherwise” row"),
        ),
    }
}

pub(crate) fn table_overlap(
    it: &Decision,
    rows: &[usize],
    place: &Text,
    example: &str,
) -> Diagnostic {
    let (zh, en) = form_word(it.form);
    let numbers = rows.iter().map(|it| (it + 1).to_string()).collect::<Vec<_>>();
    let found = Diagnostic::new(
        code::TABLE_OVERLAP,
        format!(
            "{zh}“{}”第 {} 行重叠：{} 时几行都符合，会得“错误”",
            it.name.text,
            numbers.join("、"),
            place.zh
        ),
        format!(
            "rows {} of the {en} “{}” overlap: where {}, all of them hold; the result is an error",
            numbers.join(", "),
            it.name.text,
            place.en
        ),
    );
    let labelled = rows.iter().zip(&numbers).fold(found, |found, (at, number)| {
        found.label(row(it, *at), format!("第 {number} 行"), format!("row {number}"))
    });
    labelled.help(
        format!(
            "如 {example}；把两行的界限分开。本来要自上而下取第一行的，写 命中 首行；原文就是重叠的，写 照原文 “原文的话”，以在前的一行为准"
        ),
        format!(
            "such as {example}; part the rows. A table read from the top says hit first; where the notice itself overlaps, quote it: as_written “…”, and the row above prevails"
        ),
    )
}

pub(crate) fn row_unreached(it: &Decision, at: usize) -> Diagnostic {
    let (zh, en) = form_word(it.form);
    let number = at + 1;
    fault(
        code::ROW_UNREACHED,
        row(it, at),
        format!("{zh}“{}”第 {number} 行轮不到：没有哪种情形会取它", it.name.text),
        format!("row {number} of the {en} “{}” is never taken", it.name.text),
    )
    .help(
        "上面的行已经全管了，或这一行自相矛盾、超出字段的范围。换次序或改界限；原文如此而有意保留的，写 照原文 “原文的话”",
        "the rows above take all of it, or the row contradicts itself or the field's range. Change the order or the bounds; to keep it because the notice has it, write as_written “…”",
    )
}

pub(crate) fn rest_not_last(it: &Decision, at: usize, next: usize) -> Diagnostic {
    let (zh, en) = form_word(it.form);
    fault(
        code::TABLE,
        row(it, at),
        format!("{zh}“{}”自上而下读，“其余”后面还有行，轮不到", it.name.text),
        format!("the {en} “{}” is read from the top: no row may follow “otherwise”", it.name.text),
    )
    .label(row(it, next), "轮不到", "never taken")
    .help("把“其余”移到最后", "move the row to the end")
}

pub(crate) fn nothing_to_answer(span: Span) -> Diagnostic {
    fault(
        code::NOTHING_ANSWERED,
        span,
        "各行没有重叠，也没有轮不到的行，照原文没有要回答的",
        "no rows overlap and none is never taken: there is nothing to answer",
    )
    .help("去掉这一句", "leave the line out")
}

pub(crate) fn mixed_results(it: &Decision, kinds: [&str; 2], at: [Span; 2]) -> Diagnostic {
    let (zh, en) = form_word(it.form);
    let english = |kind: &str| match kind {
        "词" => "words",
        "数" => "numbers",
        "日期" => "days",
        "期间" => "periods",
        "是或否" => "yes or no",
        _ => "texts",
    };
    let [a, b] = kinds;
    fault(
        code::TYPE,
        at[1],
        format!("{zh}“{}”的结果混了类：有的是{a}，有的是{b}", it.name.text),
        format!("the results of the {en} “{}” are {} and {}", it.name.text, english(a), english(b)),
    )
    .label(at[0], format!("这里是{a}"), format!("{} here", english(a)))
    .help(
        "一列结果同一类；没有结果的写“—”（不适用）",
        "a result column holds one kind; write - for none",
    )
}

/// 8%-10% in a cell.
pub(crate) fn dashed_range(span: Span, words: &[String]) -> Diagnostic {
    let range = words.join(" 至 ");
    fault(
        code::RANGE,
        span,
        format!("“{}”在这里是相减，不是范围", words.join("-")),
        format!("“{}” is a subtraction here, not a range", words.join("-")),
    )
    .help(
        format!("范围写作：{range}；不含一头的，写作 {}（不含）", range),
        format!("write a range as: {range}"),
    )
}
