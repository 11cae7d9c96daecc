//! What the checker says about the weights of a 评分. No fault is found here.

use super::fault;
use super::scores::percent;
use super::scores::wrong;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;
use crate::value::Number;

pub(crate) fn two_weights(span: Span, name: &Name) -> Diagnostic {
    wrong(
        span,
        format!("“{}”写了两个不同的权重", name.text),
        format!("“{}” is given two different weights", name.text),
    )
    .label(name.span, "第一次在这里", "first given here")
    .help("权重写一次，下面几行留空", "write the weight once and leave the rows below blank")
}

pub(crate) fn weight_needed(span: Span) -> Diagnostic {
    wrong(span, "这里要写权重", "a weight is needed here")
        .help("写 40%、2/5，或一个参数的名称", "write 40%, 2/5, or the name of a parameter")
}

pub(crate) fn weight_computed(span: Span) -> Diagnostic {
    wrong(span, "权重不能随案例变化", "a weight may not depend on the case")
        .help("写数，或不带例外的参数", "write a number, or a parameter without exceptions")
}

pub(crate) fn weight_negative(span: Span) -> Diagnostic {
    wrong(span, "权重不能小于零", "a weight may not be below 0")
        .help("值越小越好的指标，方向写 逆向", "where less is better, the direction is down")
}

pub(crate) fn weight_zero(span: Span) -> Diagnostic {
    fault(
        code::IDLE_WEIGHT,
        span,
        "权重为零：这一项不影响得分",
        "a weight of zero: this part changes nothing",
    )
    .help("删去这一行，或核对权重", "remove the row, or check the weight")
}

pub(crate) fn weights_sum(
    span: Span,
    level: Option<&Name>,
    sum: &Number,
    day: Option<&str>,
) -> Diagnostic {
    let sum = percent(sum);
    let (of, of_en) = match level {
        Some(name) => (format!("“{}”下各项的", name.text), format!(" below “{}”", name.text)),
        None => ("第一级各项的".to_owned(), " of the first level".to_owned()),
    };
    let (on, on_en) = match day {
        Some(day) => (format!("{day} 起，"), format!("from {day} on, ")),
        None => (String::new(), String::new()),
    };
    wrong(
        span,
        format!("{on}{of}权重之和是 {sum}，不是 100%"),
        format!("{on_en}the weights{of_en} sum to {sum}, not 100%"),
    )
    .help(
        "改权重；如果通知就是这样写的，加一行：权重 归一（各权重除以它们的和）",
        "correct the weights; or add: weight normalised (each is divided by the sum)",
    )
}
