//! What the checker says of requirements that may be 不适用. No fault is found here.

use super::fault;
use crate::check::lapses::Absence;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;

fn with(it: Diagnostic, absent: &Absence) -> Diagnostic {
    it.label(absent.at, absent.what.zh.clone(), absent.what.en.clone())
}

pub(crate) fn may_lapse(at: Span, name: &str, conclusion: &str, absent: &Absence) -> Diagnostic {
    let it = fault(
        code::MAY_LAPSE,
        at,
        format!("“{name}”可能不适用，那时“{conclusion}”就不要求它"),
        format!("“{name}” may not apply, and “{conclusion}” then does not ask for it"),
    );
    with(it, absent).help(
        "写明那时怎样，加一行：不适用 则 不符合（或 符合）；本来就不要求的，写：不适用 则 不适用",
        "say what then holds, in a line: not_applicable then not_met (or met); where it is not asked for at all: not_applicable then not_applicable",
    )
}

pub(crate) fn clause_may_lapse(at: Span, conclusion: &str, absent: &Absence) -> Diagnostic {
    let it = fault(
        code::MAY_LAPSE,
        at,
        format!("这一句可能不适用，那时“{conclusion}”就不要求它"),
        format!("this may not apply, and “{conclusion}” then does not ask for it"),
    );
    with(it, absent).help(
        "另写成条件，加一行：不适用 则 不符合；或写 应当 不适用时（…，否）",
        "make it a criterion with the line: not_applicable then not_met; or write must when_not_applicable(…, no)",
    )
}

/// Of 近 3 年, years without a value.
pub(crate) fn periods_left_out(at: Span, absent: &Absence) -> Diagnostic {
    let it = fault(
        code::PERIODS_LEFT_OUT,
        at,
        "各期里不适用的不计，只按其余的期算",
        "periods that do not apply are not counted: the others make up the result",
    );
    with(it, absent).help(
        "本意如此的，加一行 口径 “不适用的年不计”；要按零计的，写 不适用时（…，0）",
        "where that is meant, add: reading “years that do not apply are not counted”; to count them as 0, write when_not_applicable(…, 0)",
    )
}

pub(crate) fn not_applicable_word(word: &Name) -> Diagnostic {
    fault(
        code::NOT_APPLICABLE_THEN,
        word.span,
        format!("不适用 则 后面不能写“{}”", word.text),
        format!("“{}” cannot follow not_applicable then", word.text),
    )
    .help("写 不符合、符合 或 不适用", "write not_met, met or not_applicable")
}

pub(crate) fn never_absent(word: &Name) -> Diagnostic {
    fault(
        code::NOTHING_ANSWERED,
        word.span,
        "这个条件所看的都有值，没有不适用要回答",
        "what this criterion looks at is always there: there is nothing to answer",
    )
    .help("去掉这一句", "leave the line out")
}
