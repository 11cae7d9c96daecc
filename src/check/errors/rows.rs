//! What the checker says about rows of child tables and what is asked of them. No fault is found here.

use super::fault;
use super::words_of;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Name;

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
