//! What the parser says about brackets, quotes, bars and depth. It finds no faults.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;

/// A bracket that is not closed.
pub fn open_bracket(at: Span, open: char, close: char) -> Diagnostic {
    let it = Diagnostic::new(
        code::UNBALANCED_BRACKET,
        format!("这个“{open}”没有合上"),
        format!("this “{open}” is not closed"),
    );
    it.at(at)
        .help(format!("在同一句里补上“{close}”"), format!("add “{close}” in the same sentence"))
}

/// A bracket that closes nothing.
pub fn stray_bracket(at: Span, close: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::UNBALANCED_BRACKET,
        format!("多出一个“{close}”"),
        format!("this “{close}” closes nothing"),
    );
    it.at(at).help("删去它，或在前面补上左括号", "delete it, or open a bracket before it")
}

/// A text or quoted name that is not closed.
pub fn open_quote(at: Span, open: char, close: char) -> Diagnostic {
    let it = Diagnostic::new(
        code::UNCLOSED_QUOTE,
        format!("引号 {open} 到行末没有合上"),
        format!("the mark {open} is not closed at the end of the line"),
    );
    it.at(at).help(format!("在同一行补上 {close}"), format!("add {close} in the same line"))
}

/// More nesting than anybody can read.
pub fn too_deep(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::TOO_DEEP,
        "括号或引号嵌套超过 32 层，这一段没有读",
        "brackets or quotes are nested more than 32 deep; the passage was not read",
    );
    it.at(at).help("请把里面的一段另写成指标", "write an inner part as an indicator of its own")
}

/// More operands than anybody can read.
pub fn too_long(at: Span) -> Diagnostic {
    let it = Diagnostic::new(code::TOO_LONG, "这一句太长", "this sentence is too long");
    it.at(at).help("请分写成几个指标或条件", "split it into several indicators or criteria")
}

/// Too many 中 and 的 in a row.
pub fn too_many_steps(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::TOO_LONG,
        "“中”和“的”连用超过 16 次",
        "more than 16 steps of “where” and “'s” in a row",
    );
    it.at(at).help("请把前面的一段另写成指标", "write the first part as an indicator of its own")
}

/// A row without its last bar.
pub fn no_closing_bar(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        "这一行末尾缺“|”，没有读",
        "the closing “|” of this row is missing; the row was not read",
    );
    it.at(at).help("每一格的两边都要有“|”", "each cell stands between two bars")
}

/// A row with more or fewer cells than the head.
pub fn row_length(at: Span, found: usize, wanted: usize) -> Diagnostic {
    let it = Diagnostic::new(
        code::BAD_ROW,
        format!("这一行有 {found} 格，表头有 {wanted} 格"),
        format!("this row has {found} cells, the head has {wanted}"),
    );
    it.at(at).help(
        "补齐或删去多余的格；空白的格也要有“|”",
        "add or delete cells; an empty cell needs its bars too",
    )
}

/// A column without a head.
pub fn empty_head(at: Span) -> Diagnostic {
    let it = Diagnostic::new(code::BAD_ROW, "这一列没有表头", "this column has no head");
    it.at(at).help("写上这一列的名称", "write the name of the column")
}

/// NUL and its like.
pub fn control(at: Span, count: usize) -> Diagnostic {
    let it = Diagnostic::new(
        code::CONTROL_CHARACTER,
        format!("这一行有 {count} 个看不见的控制字符"),
        format!("this line holds {count} invisible control character(s)"),
    );
    it.at(at).help("删去它们；文件可能不是纯文本", "delete them; the file may not be plain text")
}
