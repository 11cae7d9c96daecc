//! What the checker says about names: one constructor for each fault, with its remedy, in both languages. No fault is found here.

use crate::check::articles::around;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code;
use crate::ir::Vocabulary;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::ast;
use crate::syntax::ast::Name;
use chrono::Datelike;

/// The day number of a written day.
pub(crate) fn day_number(day: ast::Day) -> i32 {
    day.num_days_from_ce()
}

/// A name as it must be written: in 「」 where it holds other characters than letters and digits.
pub(super) fn quoted(name: &str) -> String {
    let plain = name.chars().all(|it| it.is_alphanumeric() || it == '_') || name.starts_with('《');
    if plain { name.to_owned() } else { format!("「{name}」") }
}

/// The nearest known spellings, nearest first.
pub(crate) fn nearest<'n>(word: &str, known: &[&'n str]) -> Vec<&'n str> {
    let mut scored: Vec<(usize, &str)> = known
        .iter()
        .map(|it| (strsim::damerau_levenshtein(word, it), *it))
        .filter(|(distance, it)| {
            let longest = word.chars().count().max(it.chars().count());
            *distance > 0 && *distance * 2 <= longest && *distance < longest
        })
        .collect();
    scored.sort();
    scored.dedup();
    scored.into_iter().take(3).map(|it| it.1).collect()
}

pub(super) fn offer(fault: Diagnostic, word: &str, known: &[&str]) -> Diagnostic {
    match nearest(word, known).as_slice() {
        [] => fault,
        near => {
            let list = near.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join("、");
            fault.help(format!("您是不是想写 {list}"), format!("did you mean {list}"))
        }
    }
}

pub(crate) fn unknown_name(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_NAME,
        format!("找不到名称“{text}”"),
        format!("there is no name “{text}”"),
    )
    .label(name.span, "这里", "here");
    let numeral = |it: char| "一二两三四五六七八九十百".contains(it);
    let rest = text.trim_start_matches(numeral);
    if rest.len() < text.len()
        && matches!(rest, "年" | "个月" | "月" | "日" | "天" | "家" | "人" | "项" | "个")
    {
        return fault
            .help(format!("数用阿拉伯数字，如 3 {rest}"), format!("write figures: 3 {rest}"));
    }
    if let Some(split) = crate::syntax::keywords::split_glued(text) {
        return fault
            .help(format!("可能漏了空格：{split}"), format!("a blank may be missing: {split}"));
    }
    offer(fault, text, known)
}

/// 名额 按 地市, where 地市 is a list: the fields that are of it are named.
pub(crate) fn list_is_no_value(name: &Name, fields: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_NAME,
        format!("“{text}”是名单或分类，不是字段"),
        format!("“{text}” is a list, not a field"),
    )
    .at(name.span);
    match fields {
        [] => fault.help(
            format!("先在数据里写一个字段，类型是 {text}；这里写字段的名称"),
            format!("declare a field of the type {text} and name the field here"),
        ),
        [field, ..] => fault.help(
            format!("写字段的名称：{}", fields.join("、")),
            format!("name the field: {field}"),
        ),
    }
}

pub(crate) fn field_of_rows(name: &Name, list: &str) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        code::UNKNOWN_NAME,
        format!("“{text}”是“{list}”各行的字段，不是一个值"),
        format!("“{text}” is a field of the rows of {list}, not one value"),
    )
    .at(name.span)
    .help(
        format!("写作 合计（{list} 的 {text}）、个数（{list} 中 {text} …）、全部（{list} 的 {text}） 之类"),
        format!("write 合计（{list} 的 {text}）, 个数（{list} 中 {text} …） or the like"),
    )
}

pub(crate) fn unknown_field(name: &Name, table: &str, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_NAME,
        format!("“{table}”没有字段“{text}”"),
        format!("{table} has no field “{text}”"),
    );
    offer(fault.at(name.span), text, known)
}

pub(crate) fn unknown_table(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_TABLE,
        format!("没有数据项“{text}”"),
        format!("there is no 数据 item “{text}”"),
    );
    offer(fault.at(name.span), text, known)
}

pub(crate) fn unknown_type(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_TYPE,
        format!("“{text}”不是字段类型，也不是本规则集的分类或名单"),
        format!("“{text}” is no field type and no list of this rulebook"),
    )
    .at(name.span);
    let offered = offer(fault, text, known);
    if offered.help.is_some() {
        return offered;
    }
    offered.help(
        "可写 文本、是否、日期、数、整数、金额（万元）、比率（%）、计量（人）、枚举 甲、乙，或分类、名单的名称",
        "write text, truth, date, number, whole, money(万元), ratio(%), measure(persons), one_of a, b, or the name of a list",
    )
}

pub(crate) fn unknown_function(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_FUNCTION,
        format!("没有函数“{text}”"),
        format!("there is no function “{text}”"),
    );
    offer(fault.at(name.span), text, known)
}

pub(crate) fn unknown_ground(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_CRITERION,
        format!("没有条件或字段“{text}”，不能作为原因"),
        format!("there is no criterion and no field “{text}” to give as a reason"),
    );
    offer(fault.at(name.span), text, known)
}

pub(crate) fn unknown_criterion(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_CRITERION,
        format!("没有条件或结论“{text}”"),
        format!("there is no criterion or conclusion “{text}”"),
    );
    offer(fault.at(name.span), text, known)
}

pub(crate) fn unknown_case(name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let fault = Diagnostic::new(
        code::UNKNOWN_NAME,
        format!("没有案例“{text}”"),
        format!("there is no case “{text}”"),
    );
    offer(fault.at(name.span), text, known)
}

pub(crate) fn unknown_unit(word: &Spanned<String>) -> Diagnostic {
    let text = &word.value;
    if matches!(text.as_str(), "年" | "月" | "个月" | "日" | "天" | "工作日" | "个工作日")
    {
        return Diagnostic::new(
            code::UNKNOWN_UNIT,
            format!("“{text}”是时长，不是字段的单位"),
            format!("“{text}” is a span of time, not the unit of a field"),
        )
        .at(word.span)
        .help(
            format!("字段写 整数，式子里写 字段 × 1 {text}"),
            format!("make the field 整数 and write field × 1 {text}"),
        );
    }
    let known = [
        "元",
        "千元",
        "万元",
        "亿元",
        "个",
        "家",
        "人",
        "件",
        "项",
        "分",
        "年",
        "个月",
        "日",
        "个工作日",
        "亩",
        "平方公里",
    ];
    let fault = Diagnostic::new(
        code::UNKNOWN_UNIT,
        format!("不认识单位“{text}”"),
        format!("“{text}” is no known unit"),
    );
    let offered = offer(fault.at(word.span), text, &known);
    match offered.help {
        Some(_) => offered,
        None => offered.help(
            format!("规则书自己的单位先规定：计量单位 {text} 为 … ；不由别的单位换算的，写 计量单位 {text}"),
            format!("declare it first: unit_of_measure {text} is …"),
        ),
    }
}

pub(crate) fn unknown_member(span: Span, word: &str, list: &Vocabulary) -> Diagnostic {
    let name = &list.name;
    let fault = Diagnostic::new(
        code::UNKNOWN_MEMBER,
        format!("“{name}”里没有“{word}”"),
        format!("“{name}” has no “{word}”"),
    )
    .at(span);
    let near = crate::data::lookup::nearest(list, word, 3);
    let near: Vec<String> =
        near.iter().map(|it| format!("“{}”", list.members[*it as usize].name)).collect();
    match near.as_slice() {
        [] if (1..=12).contains(&list.members.len()) => {
            let all: Vec<&str> = list.members.iter().map(|it| &*it.name).collect();
            fault.help(format!("可写 {}", all.join("、")), format!("one of {}", all.join(", ")))
        }
        [] => fault,
        near => fault.help(
            format!("您是不是想写 {}", near.join("、")),
            format!("did you mean {}", near.join(", ")),
        ),
    }
}

pub(crate) fn homonym(span: Span, word: &str, list: &Vocabulary, members: &[u32]) -> Diagnostic {
    let chains: Vec<String> = members.iter().take(4).map(|it| chain(list, *it)).collect();
    Diagnostic::new(
        code::SEVERAL_MEMBERS,
        format!("“{}”里有 {} 个“{word}”", list.name, members.len()),
        format!("“{}” has {} members called “{word}”", list.name, members.len()),
    )
    .at(span)
    .help(
        format!("请写全：{}", chains.join("、")),
        format!("write the whole chain: {}", chains.join(", ")),
    )
}

fn chain(list: &Vocabulary, member: u32) -> String {
    let it = &list.members[member as usize];
    match it.parent {
        Some(parent) => format!("{}{}", chain(list, parent), it.name),
        None => it.name.to_string(),
    }
}

pub(crate) fn unknown_article(
    span: Span,
    place: &str,
    base: Option<&str>,
    ends: Option<(String, String)>,
) -> Diagnostic {
    let (zh, en) = (base.unwrap_or("政策"), base.unwrap_or("the policy"));
    let annex = around(place).last().copied().unwrap_or(place);
    let fault = Diagnostic::new(
        code::UNKNOWN_ARTICLE,
        format!("{zh}的条文里没有“{place}”"),
        format!("the outline of {en} has no “{place}”"),
    )
    .at(span);
    match ends {
        Some(_) if place.starts_with("附件") => fault.help(
            format!("有这个附件的，在{zh}的条文里加上：{annex}；没有见到正文的，加 {annex} 未取得"),
            format!("if there is such an annex, add {annex} to the outline of {en}"),
        ),
        Some((first, last)) => fault.help(
            format!("条文为{first}至{last}；依据写条文中的一条"),
            format!("the outline runs from {first} to {last}; cite one of its articles"),
        ),
        None => fault
            .help("请在政策里写条文，如：条文 第一条 至 第十六条", "give the policy an outline"),
    }
}

pub(crate) fn unknown_exception(article: &ast::Citation, known: &[&str]) -> Diagnostic {
    let place = &article.place;
    Diagnostic::new(
        code::UNKNOWN_EXCEPTION,
        format!("这里没有依据{place}的例外"),
        format!("there is no exception of {place} here"),
    )
    .at(article.span)
    .help(
        format!("本项的例外依据：{}", known.join("、")),
        format!("the exceptions here are of: {}", known.join(", ")),
    )
}

pub(crate) fn unit_is_fixed(name: &Name) -> Diagnostic {
    Diagnostic::new(
        code::UNKNOWN_UNIT,
        format!("“{}”的意思是定的，不能另作规定", name.text),
        format!("“{}” has a fixed meaning", name.text),
    )
    .at(name.span)
    .help("换一个名称", "choose another name")
}

pub(crate) fn unit_of_nothing(name: &Name) -> Diagnostic {
    Diagnostic::new(
        code::UNKNOWN_UNIT,
        format!("一个“{}”不能等于零", name.text),
        format!("one “{}” cannot be nothing", name.text),
    )
    .at(name.span)
    .help("写一个大于零的数，如 为 2000/3 平方米", "write a number above zero")
}

pub(crate) fn too_many_units(name: &Name) -> Diagnostic {
    Diagnostic::new(
        code::UNKNOWN_UNIT,
        "不由别的单位换算的计量单位至多 8 个",
        "at most 8 units may be made of no other",
    )
    .at(name.span)
    .help("写明它等于多少别的单位，如 为 12 瓶", "say how many of another unit it is")
}

pub(crate) fn units_in_circle(name: &Name) -> Diagnostic {
    Diagnostic::new(
        code::CYCLE,
        format!("“{}”换算来换算去又回到了自己", name.text),
        format!("“{}” is made of itself", name.text),
    )
    .at(name.span)
    .help("其中一个写明等于多少已有的单位", "say of one of them how many of a known unit it is")
}
