//! Faults of a 名称规则. No fault is found here.

use crate::check::errors::fault;
use crate::check::errors::names::offer;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Name;

/// What 组成 looks like.
const COMPOSED: [&str; 2] = [
    "写一行：组成 地名 + 产业 + “创新型产业集群”",
    "add a line: composed_of place + industry + \"innovative cluster\"",
];

pub(crate) fn naming_without_field(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("名称规则“{}”没有说判断哪个字段", name.text),
        format!("“{}” does not say which field holds the name", name.text),
    )
    .help(
        format!("写作：名称规则 {}  对 集群 的 名称", name.text),
        format!("write: naming {} for cluster's name", name.text),
    )
}

pub(crate) fn naming_without_composition(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("名称规则“{}”没有说名称由什么组成", name.text),
        format!("“{}” does not say what the name is composed of", name.text),
    )
    .help(COMPOSED[0], COMPOSED[1])
}

pub(crate) fn naming_without_suffix(last: &Name) -> Diagnostic {
    fault(
        code::NAMING,
        last.span,
        "没有写名称以什么字样结尾",
        "the words that end the name are missing",
    )
    .help(
        format!("在“{}”之后加：+ “创新型产业集群”", last.text),
        format!("add after {}: + \"innovative cluster\"", last.text),
    )
}

pub(crate) fn naming_shape(span: Span) -> Diagnostic {
    fault(
        code::NAMING,
        span,
        "名称由两部分和一段文字组成，依次为地名、产业名、结尾字样",
        "a name is composed of two parts and a text: the place, the industry, the words that end it",
    )
    .help(COMPOSED[0], COMPOSED[1])
}

pub(crate) fn unknown_part(name: &Name, known: &[&str]) -> Diagnostic {
    let fault = fault(
        code::NAMING,
        name.span,
        format!("“{}”不是名称的一部分", name.text),
        format!("“{}” is no part of the name", name.text),
    );
    fault.help(
        format!("组成里写的是 {}", known.join("、")),
        format!("it is composed of {}", known.join(", ")),
    )
}

pub(crate) fn part_twice(name: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(
        code::NAMING,
        format!("“{}”取自哪里写了两次", name.text),
        format!("where “{}” is taken from stands twice", name.text),
    )
    .label(name.span, "又一次", "again")
    .label(first, "第一次", "first")
    .help("并成一句，几个名单用 或 隔开", "make them one clause, the lists parted by 或 (or)")
}

pub(crate) fn part_without_source(name: &Name) -> Diagnostic {
    fault(
        code::INCOMPLETE,
        name.span,
        format!("没有说“{}”取自哪里", name.text),
        format!("where “{}” is taken from is not said", name.text),
    )
    .help(
        format!("写一行：其中 {} 应当 取自 名单或分类", name.text),
        format!("add a line: part {} must from a list", name.text),
    )
}

pub(crate) fn part_force(span: Span) -> Diagnostic {
    fault(
        code::NAMING,
        span,
        "名称的一部分只能是 应当 或 原则上",
        "a part of a name is 应当 (must) or 原则上 (in_principle)",
    )
    .help("写 应当，或 原则上", "write must, or in_principle")
}

pub(crate) fn unknown_list(name: &Name, known: &[&str]) -> Diagnostic {
    let unknown = fault(
        code::UNKNOWN_TYPE,
        name.span,
        format!("没有分类或名单“{}”", name.text),
        format!("there is no list “{}”", name.text),
    );
    let near = offer(unknown.clone(), &name.text, known);
    match near.help {
        Some(_) => near,
        None => unknown.help(
            format!("已有的：{}；没有的先写：名单 {} 取自 “文件.tsv”", known.join("、"), name.text),
            format!(
                "there are {}; else add: roster {} from \"file.tsv\"",
                known.join(", "),
                name.text
            ),
        ),
    }
}

pub(crate) fn unknown_form(form: &Name) -> Diagnostic {
    fault(
        code::NAMING,
        form.span,
        format!("“{}”不是名称的写法", form.text),
        format!("“{}” is no form of a name", form.text),
    )
    .help("可写：全称、简称、别称", "write some of full, short, alias")
}

pub(crate) fn unknown_level(form: &Name, list: &str, deepest: u32) -> Diagnostic {
    let zh: Vec<String> = (1..=deepest).map(|it| format!("第{it}层")).collect();
    let en: Vec<String> = (1..=deepest).map(|it| format!("level_{it}")).collect();
    fault(
        code::NAMING,
        form.span,
        format!("“{list}”没有“{}”", form.text),
        format!("{list} has no “{}”", form.text),
    )
    .help(format!("可写：{}", zh.join("、")), format!("write one of {}", en.join(", ")))
}

pub(crate) fn several_classifications(second: &Name) -> Diagnostic {
    fault(
        code::NAMING,
        second.span,
        "产业名只能取自一个分类",
        "the industry is taken from one classification",
    )
    .help("留下一个，去掉 或 之后的", "keep one and drop what follows 或 (or)")
}

pub(crate) fn matched_twice(field: &Name) -> Diagnostic {
    fault(
        code::NAMING,
        field.span,
        format!("与“{}”同一名单的字段已经写过", field.text),
        format!("a field of the same list as “{}” stands here already", field.text),
    )
    .help("每个名单只与一个字段一致", "for each list name one field")
}

pub(crate) fn matching_type(field: &Name, is: &str, lists: &[String]) -> Diagnostic {
    fault(
        code::TYPE,
        field.span,
        format!("“{}”是{is}，不能与取自{}的名称比较是否一致", field.text, lists.join("、")),
        format!("“{}” is {is} and cannot agree with a name from {}", field.text, lists.join(", ")),
    )
    .help(
        format!("写类型为 {} 的字段", lists.join(" 或 ")),
        format!("name a field whose type is {}", lists.join(" or ")),
    )
}
