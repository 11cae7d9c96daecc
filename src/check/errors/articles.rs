//! What the checker says about articles, and what is never used. No fault is found here.

use super::fault;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;

pub(crate) fn criterion_unused(name: &Name) -> Diagnostic {
    fault(
        code::UNUSED,
        name.span,
        format!("条件“{}”没有进入任何结论", name.text),
        format!("no conclusion uses the criterion “{}”", name.text),
    )
    .help(
        "写进结论的 须符合；只供参考的，改为“可以”",
        "name it in 须符合, or make it a 可以 criterion",
    )
}

pub(crate) fn parameter_unused(name: &Name) -> Diagnostic {
    fault(
        code::UNUSED,
        name.span,
        format!("参数“{}”没有规则用到", name.text),
        format!("no rule uses the parameter “{}”", name.text),
    )
}

pub(crate) fn article_twice(span: Span, place: &str) -> Diagnostic {
    fault(
        code::OUTLINE,
        span,
        format!("条文里“{place}”列了两次"),
        format!("“{place}” is in the outline twice"),
    )
}

pub(crate) fn range_of_articles(span: Span) -> Diagnostic {
    fault(code::OUTLINE, span, "这两条之间不成起止", "these articles are no range")
        .help(
            "两头都写条号、或都写附件的号，小的在前：第一条 至 第十六条，附件一 至 附件四",
            "both ends are articles or both annexes, the lower first: 第一条 至 第十六条, annex 1 to annex 4",
        )
}

pub(crate) fn rule_without_article(name: &Name) -> Diagnostic {
    fault(
        code::NO_BASIS,
        name.span,
        format!("“{}”没有写依据", name.text),
        format!("“{}” cites no article", name.text),
    )
    .help("加一行：依据 第几条", "add a line: basis 第…条")
}

pub(crate) fn articles_without_rule(span: Span, places: &[&str]) -> Diagnostic {
    let list = places.join("、");
    fault(
        code::NO_RULE,
        span,
        format!("这些条文没有规则，也没有说明：{list}"),
        format!("these articles have no rule and no reason for it: {list}"),
    )
    .help(
        format!("写规则，或在政策里写：不设规则 {} “理由”", places[0]),
        format!("write a rule, or say in the policy: 不设规则 {} “…”", places[0]),
    )
}

pub(crate) fn articles_with_rule(span: Span, places: &[&str]) -> Diagnostic {
    let list = places.join("、");
    fault(
        code::NO_RULE,
        span,
        format!("这些条文说了不设规则，却有规则引用：{list}"),
        format!("these articles are said to have no rule, yet rules cite them: {list}"),
    )
}
