//! Faults in the rows and heads of tables that decide.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::errors::short;

/// A row of 分级 that has not two cells.
pub fn grade_row_length(at: Span, found: usize) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        format!("“分级”每行两格，这一行有 {found} 格"),
        format!("a row of “grading” has two cells, this one has {found}"),
    );
    it.at(at).help(
        "写作：| ≥ 1000 亿元 | 千亿级 |；几列的表写“判定表”",
        "write: | >= 100 | large |; a table of several columns is a “table”",
    )
}

/// A second head row.
pub fn second_head(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        "这是第二个表头，一张表只有一个",
        "this is a second head row; a table has one",
    );
    it.at(at).help("两张表写成两个条目", "write the other table as an item of its own")
}

/// Rows without a head row.
pub fn head_missing(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        "表没有表头：第一行要说每一列看什么、得什么",
        "the table has no head: its first row says what each column looks at and what it gives",
    );
    it.at(at).help(
        "在上面加一行，结果的列写“得”和名称：| 企业数 | 营业收入 | 得 档 |",
        "add a row above it; a result column says “yields” and a name: | firms | revenue | yields class |",
    )
}

/// A head row with result columns only.
pub fn no_test_column(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        "表头只有结果，没有一列说看什么",
        "the head has results only; no column says what is looked at",
    );
    it.at(at).help(
        "加一列：| 企业数 | 得 档 |；只有一个结果、不看什么的，写成参数",
        "add a column: | firms | yields class |; what looks at nothing is a parameter",
    )
}

/// A blank cell in the first row.
pub fn nothing_above(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        "这一格空着，上面也没有可以照抄的",
        "this cell is blank, and there is none above it to repeat",
    );
    it.at(at).help(
        "空格表示“同上”；不论什么都行的写“—”",
        "a blank cell means “same as above”; write “-” where anything will do",
    )
}

/// Two results in one cell.
pub fn several_results(at: Span) -> Diagnostic {
    let it = Diagnostic::new(code::BAD_ROW, "结果一格只写一个", "a result cell holds one result");
    it.at(at).help(
        "几个结果分成几列：| 企业数 | 得 档 | 得 补助 |",
        "give each result a column of its own: | firms | yields class | yields grant |",
    )
}

/// A comparison, or 其余, where a result is due.
pub fn result_needed(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        "这一列是结果，不是比较",
        "this column holds results, not comparisons",
    );
    it.at(at).help(
        "写一个词、一个数、是、否、不适用，或评审的幅度（7 至 8）",
        "write a word, a number, yes, no, not_applicable, or a band for the reviewer (7 to 8)",
    )
}

/// A clause that does not go with a table in a 结论.
pub fn beside_table(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        format!("这个结论是一张表，“{word}”不能与表写在一起"),
        format!("this conclusion is a table; “{word}” does not go with it"),
    );
    it.at(at).help(
        "条件写成表的一列（| 条件名 | 得 处理 |，格里写 符合 或 不符合），或另写一个结论",
        "make the condition a column of the table (| condition | yields outcome |, with met or not_met in its cells), or write another conclusion",
    )
}

/// 从业人员 | 营业收入 | 得 规模: a row whose first bar is missing.
pub fn row_without_bar(at: Span, line: &str) -> Diagnostic {
    let cells: Vec<String> = line.split(['|', '｜']).map(|it| short(it.trim())).collect();
    let row = cells.join(" | ");
    let row = row.trim_end_matches(['|', ' ']);
    Diagnostic::new(code::BAD_ROW, "表格的行要以“|”开头", "a row of a table begins with “|”")
        .at(at)
        .help(format!("写作：| {row} |"), format!("write: | {row} |"))
}
