//! What the checker says about functions: their border, their formula, their calls. No fault is found here.

use super::fault;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::script::Fault;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Name;

pub(crate) fn function_exists(name: &Name) -> Diagnostic {
    let text = &name.text;
    fault(
        code::NAME_TWICE,
        name.span,
        format!("“{text}”是已有的函数"),
        format!("“{text}” is a function of the language"),
    )
    .help("换一个名称", "choose another name")
}

pub(crate) fn function_without_signature(name: &Name) -> Diagnostic {
    let text = &name.text;
    fault(
        code::FUNCTION,
        name.span,
        format!("函数“{text}”没有写输入和结果"),
        format!("the function “{text}” names neither inputs nor result"),
    )
    .help(
        format!("写作：函数 {text}（基数 金额（千元），比例 比率） 得 金额（千元）"),
        format!("write: function {text}(base money(千元), rate ratio) yields money(千元)"),
    )
}

pub(crate) fn function_without_body(name: &Name) -> Diagnostic {
    let text = &name.text;
    fault(
        code::FUNCTION,
        name.span,
        format!("函数“{text}”没有公式"),
        format!("the function “{text}” has no formula"),
    )
    .help("下面写一行：公式 …", "write a line below: formula …")
}

pub(crate) fn formula_and_script(script: Span, formula: Span) -> Diagnostic {
    Diagnostic::new(
        code::FUNCTION,
        "一个函数只写公式，或者只写脚本",
        "a function has a formula or a script, not both",
    )
    .label(script, "脚本", "the script")
    .label(formula, "公式", "the formula")
    .help("删去一样", "delete one of them")
}

pub(crate) fn script_language(name: &Name) -> Diagnostic {
    fault(
        code::FUNCTION,
        name.span,
        format!("脚本只用 rhai 写，不认识“{}”", name.text),
        format!("scripts are written in rhai; “{}” is not known", name.text),
    )
    .help("写作：脚本 rhai", "write: script rhai")
}

/// A script that does not read, at its place inside the block.
pub(crate) fn script(name: &Name, block: Span, fault: &Fault) -> Diagnostic {
    let start = block.start as usize;
    let at = fault.at.as_ref();
    let span = at.map_or(name.span, |it| Span::new(block.file, start + it.start, start + it.end));
    Diagnostic::new(code::SCRIPT, fault.text.zh.as_str(), fault.text.en.as_str()).at(span)
}

pub(crate) fn input_of_rows(input: &ast::Field) -> Diagnostic {
    fault(
        code::FUNCTION,
        input.span,
        format!("“{}”要是一个值，不能是多条", input.name.text),
        format!("“{}” must be one value, not rows", input.name.text),
    )
    .help(
        "先用 合计、个数 等得出一个值，再传给函数",
        "make one value of the rows first, with sum or count",
    )
}

pub(crate) fn no_input(name: &Name) -> Diagnostic {
    let text = &name.text;
    fault(
        code::UNKNOWN_NAME,
        name.span,
        format!("函数里看不到“{text}”"),
        format!("a function does not see “{text}”"),
    )
    .help(
        format!("函数只用自己的输入和没有例外的参数：把“{text}”列为一个输入"),
        format!(
            "a function uses its inputs and parameters without exceptions: make “{text}” an input"
        ),
    )
}

pub(crate) fn bare_function(name: &Name, call: &str) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        name.span,
        format!("“{}”是函数，后面要有括号", name.text),
        format!("“{}” is a function and wants brackets", name.text),
    )
    .help(format!("写作 {call}"), format!("write {call}"))
}

pub(crate) fn wrong_inputs(name: &Name, call: &str, given: usize) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        name.span,
        format!("“{}”的输入个数不对（写了 {given} 个）", name.text),
        format!("“{}” takes another number of inputs ({given} given)", name.text),
    )
    .help(format!("写作 {call}"), format!("write {call}"))
}

pub(crate) fn wrong_input(
    span: Span,
    function: &str,
    input: &str,
    wanted: &str,
    found: &str,
) -> Diagnostic {
    fault(
        code::ARGUMENTS,
        span,
        format!("函数“{function}”的输入“{input}”要{wanted}，这里是{found}"),
        format!("the input “{input}” of “{function}” is {wanted}; this is {found}"),
    )
}

pub(crate) fn wrong_result(span: Span, function: &str, wanted: &str, found: &str) -> Diagnostic {
    fault(
        code::FUNCTION,
        span,
        format!("函数“{function}”应得{wanted}，公式得到{found}"),
        format!("“{function}” yields {wanted}, but its formula gives {found}"),
    )
}

pub(crate) fn too_many_calls(name: &Name) -> Diagnostic {
    fault(
        code::FUNCTION,
        name.span,
        format!("函数“{}”一层层调用得太多", name.text),
        format!("too many calls of functions inside “{}”", name.text),
    )
    .help("少套几层，或把中间结果写成指标", "nest fewer calls, or make indicators of the parts")
}

pub(crate) fn function_unused(name: &Name) -> Diagnostic {
    fault(
        code::UNUSED,
        name.span,
        format!("函数“{}”没有规则用到", name.text),
        format!("no rule uses the function “{}”", name.text),
    )
}
