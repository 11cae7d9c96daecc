//! One constructor for each fault of the parser: its code, its words and its remedy. It finds no faults.

mod amending;
mod marks;
mod tables;
mod values;

pub use amending::*;
pub use marks::*;
pub use tables::*;
pub use values::*;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::source::Span;

/// A quotation short enough to be read in a message.
pub fn short(text: &str) -> String {
    const LONGEST: usize = 24;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Something stands where only other things may.
pub fn unexpected(at: Span, found: &str, expected: &Text) -> Diagnostic {
    let found = short(found);
    let it = Diagnostic::new(
        code::UNEXPECTED,
        format!("这里不能写“{found}”"),
        format!("“{found}” cannot stand here"),
    );
    choices(it.at(at), "这里可以写", "here may stand", expected)
}

/// Adds what may stand, where that is known.
fn choices(it: Diagnostic, zh: &str, en: &str, expected: &Text) -> Diagnostic {
    match expected.zh.is_empty() {
        true => it,
        false => it.help(format!("{zh}：{}", expected.zh), format!("{en}: {}", expected.en)),
    }
}

/// The line ends too early.
pub fn unfinished(at: Span, expected: &Text) -> Diagnostic {
    let it = Diagnostic::new(
        code::UNFINISHED,
        "这一句到这里还没有写完",
        "this sentence is not finished here",
    );
    choices(it.at(at), "后面还要写", "what must follow", expected)
}

/// The line goes on although it could end.
pub fn leftover(at: Span, found: &str, expected: &Text) -> Diagnostic {
    let found = short(found);
    let it = Diagnostic::new(
        code::LEFTOVER,
        format!("行末多出“{found}”"),
        format!("“{found}” is left over at the end of the line"),
    );
    if let Some(rest) = found.strip_prefix('，').filter(|it| it.starts_with(char::is_numeric)) {
        return it.at(at).help(
            format!("千分位用半角逗号“,”，如 1,{rest}；全角逗号“，”只隔开几项"),
            format!("thousands are set apart by “,”: 1,{rest}; “，” sets apart items"),
        );
    }
    match expected.zh.is_empty() {
        true => it.at(at).help("每一句单独写一行", "each clause has a line of its own"),
        false => {
            choices(it.at(at), "换行，或在前面写", "begin a new line, or write before it", expected)
        }
    }
}

/// A full stop or semicolon at the end of a clause.
pub fn full_stop(at: Span, mark: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::LEFTOVER,
        format!("行末不写“{mark}”"),
        format!("a line does not end with “{mark}”"),
    );
    it.at(at).help(format!("删去“{mark}”"), format!("delete “{mark}”"))
}

/// 得分 显示 …: points are rounded by 保留.
pub fn points_are_kept(at: Span) -> Diagnostic {
    Diagnostic::new(code::UNEXPECTED, "得分 后面写 保留", "points is followed by keep")
        .at(at)
        .help("例如：得分 保留 2 位小数", "for example: points keep 2 places")
}

/// A script whose block is not closed.
pub fn no_closing_fence(at: Span) -> Diagnostic {
    Diagnostic::new(
        code::UNFINISHED,
        "脚本没有写完：缺收尾的 ```",
        "the script is not finished: the closing ``` is missing",
    )
    .at(at)
    .help("在脚本最后另起一行，写 ```", "write ``` on a line of its own after the script")
}

/// 公式 after a field: what is computed is an indicator.
pub fn computed_field(at: Span) -> Diagnostic {
    Diagnostic::new(
        code::MISPLACED_CLAUSE,
        "数据里只写填报的栏，算出来的数写成指标",
        "a table holds what is filled in: what is computed is an indicator",
    )
    .at(at)
    .help(
        "把这一栏移出去，写：指标 名称  对 这张表，下一行写 公式 …",
        "write it as: indicator NAME for TABLE, and formula … on the next line",
    )
}

/// A line that looks like the head of an item.
pub fn unknown_item(at: Span, word: &str, near: Option<&Text>, items: &Text) -> Diagnostic {
    let word = short(word);
    let it = Diagnostic::new(
        code::UNKNOWN_ITEM,
        format!("“{word}”不是条目词，这一条没有读"),
        format!("“{word}” is no item word; the item was not read"),
    );
    suggestion(it.at(at), near, items)
}

/// A line that begins with a word no clause begins with.
pub fn unknown_clause(at: Span, word: &str, near: Option<&Text>, clauses: &Text) -> Diagnostic {
    let word = short(word);
    let it = Diagnostic::new(
        code::UNKNOWN_CLAUSE,
        format!("没有以“{word}”开头的句子"),
        format!("no clause begins with “{word}”"),
    );
    suggestion(it.at(at), near, clauses)
}

fn suggestion(it: Diagnostic, near: Option<&Text>, all: &Text) -> Diagnostic {
    match near {
        Some(near) => {
            it.help(format!("是否要写“{}”？", near.zh), format!("did you mean “{}”?", near.en))
        }
        None => choices(it, "这里可以写", "here may stand", all),
    }
}

/// A keyword and what follows it, without a blank between.
pub fn glued_keyword(at: Span, word: &str, keyword: &str) -> Diagnostic {
    let rest = short(&word[keyword.len()..]);
    let it = Diagnostic::new(
        code::UNKNOWN_CLAUSE,
        format!("“{}”之后缺空格", short(keyword)),
        format!("a blank is missing after “{}”", short(keyword)),
    );
    it.at(at).help(format!("写作：{keyword} {rest}"), format!("write: {keyword} {rest}"))
}

/// A clause in an item that has none of its kind.
pub fn misplaced(at: Span, clause: &str, item: &Text, owners: &Text) -> Diagnostic {
    let clause = short(clause);
    let it = Diagnostic::new(
        code::MISPLACED_CLAUSE,
        format!("“{}”里不写“{clause}”", item.zh),
        format!("“{clause}” does not belong in “{}”", item.en),
    );
    it.at(at).help(
        format!("“{clause}”写在这些条目里：{}", owners.zh),
        format!("“{clause}” belongs in: {}", owners.en),
    )
}

/// A clause before the first item.
pub fn orphan(at: Span, clause: &str) -> Diagnostic {
    let clause = short(clause);
    let it = Diagnostic::new(
        code::MISPLACED_CLAUSE,
        format!("“{clause}”前面没有条目"),
        format!("there is no item before “{clause}”"),
    );
    it.at(at).help(
        "先写条目的第一行，例如：条件 名称  对 集群",
        "write the first line of the item before it, such as: criterion name for cluster",
    )
}

/// A name that holds an operator word.
pub fn glued_operator(at: Span, word: &str, split: &str) -> Diagnostic {
    let word = short(word);
    let it = Diagnostic::new(
        code::GLUED_OPERATOR,
        format!("“{word}”连写，被读作一个名称"),
        format!("“{word}” is read as one name"),
    );
    it.at(at).help(
        format!("运算词两边要空格：{split}"),
        format!("put blanks around the operator: {split}"),
    )
}

/// 甲 且 乙 或 丙
pub fn mixed_and_or(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::MIXED_AND_OR,
        "“且”与“或”连用，会有两种读法",
        "“and” mixed with “or” can be read in two ways",
    );
    it.at(at).help(
        "加括号写明先后：甲 且 （乙 或 丙），或 （甲 且 乙） 或 丙",
        "add brackets: a and (b or c), or (a and b) or c",
    )
}

/// 0 < 甲 < 5
pub fn chained(at: Span) -> Diagnostic {
    let it =
        Diagnostic::new(code::CHAINED_COMPARISON, "比较不能连写", "comparisons cannot be chained");
    it.at(at).help(
        "写作：甲 > 0 且 甲 < 5，或：甲 介于 0 至 5",
        "write: a > 0 and a < 5, or: a between 0 to 5",
    )
}

/// 企业 中 甲 的 乙 的 丙
pub fn second_of(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::SECOND_OF,
        "“中”之后有两个“的”，不知条件到哪里为止",
        "two “'s” after one “where”: it is not clear where the condition ends",
    );
    it.at(at).help(
        "条件自己的“的”加括号：企业 中 （所在地 的 省 为 湖北省） 的 营业收入",
        "put the condition's own “'s” in brackets: firms where (place's province is Hubei)'s revenue",
    )
}

/// 名称 文本 可缺
pub fn missing_comma(at: Span, option: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::MISSING_COMMA,
        format!("“{option}”前面缺逗号"),
        format!("a comma is missing before “{option}”"),
    );
    it.at(at).help(format!("写作：，{option}"), format!("write: , {option}"))
}

/// An item that says nothing.
pub fn empty_item(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::EMPTY_ITEM,
        format!("这个“{word}”没有内容"),
        format!("this “{word}” says nothing"),
    );
    it.at(at).help(
        format!("在下面写它的句子；若“{word}”是上一条里的名称，写作「{word}」"),
        format!("write its clauses below; if “{word}” is a name of the item above, write [{word}]"),
    )
}

/// 应当 不得
pub fn two_forces(at: Span, first: &str, second: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::TWO_FORCES,
        format!("“{first}”之后又写了“{second}”"),
        format!("“{second}” stands after “{first}”"),
    );
    it.at(at).help("只留一个", "keep one of them")
}

/// 应当 … and 原则上 … in one criterion.
pub fn two_forces_in_item(at: Span, first: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::TWO_FORCES,
        "同一个条件里写了两种语气",
        "one criterion has clauses of two forces",
    );
    it.at(at)
        .label(first, "先写的是这一种", "this one came first")
        .help("分写成两个条件，每个条件一种语气", "split it into two criteria, one force each")
}

/// 至少满足 两 项
pub fn count_wanted(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::UNEXPECTED,
        format!("“{word}”之后要写几项"),
        format!("“{word}” is followed by a number"),
    );
    it.at(at).help(
        format!("数字用阿拉伯数字：{word} 2 项"),
        "write the number in digits, such as: at_least 2 of",
    )
}

/// A clause that may stand once.
pub fn twice(at: Span, word: &str) -> Diagnostic {
    let word = short(word);
    let it = Diagnostic::new(
        code::REPEATED_CLAUSE,
        format!("“{word}”在这里写了两次，第二次没有读"),
        format!("“{word}” is written twice; the second one was not read"),
    );
    it.at(at).help("只留一句", "keep one of them")
}

/// Made-up cases and rows of data in one test.
pub fn given_twice(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::REPEATED_CLAUSE,
        "给定 要么是案例，要么取自数据，不能两样都写",
        "a test is given made-up cases or rows of data, not both",
    );
    it.at(at).help("留一句，另一样写成另一个测试", "keep one; write another test for the other")
}

/// 枚举 无、甲
pub fn none_in_choice(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::RESERVED_NAME,
        "“无”是保留词，不能列进枚举",
        "“none” is a reserved word and cannot be one of the words",
    );
    it.at(at).help(
        "枚举里不列“无”，字段写“可无”：枚举 甲、乙，可无。格里填 无 就是不适用，式子里问 字段 为 无",
        "leave it out and make the field may_be_none: one_of a、b, may_be_none; then ask: field is none",
    )
}

/// A name that is an operator.
pub fn reserved(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::RESERVED_NAME,
        format!("“{word}”是保留词，这里要写名称或数"),
        format!("“{word}” is a reserved word; a name or number must stand here"),
    );
    match word {
        "若" | "if" => it.at(at).help(
            "一句中间的 若 要放进括号：… ≥ （若 甲 则 乙 否则 丙）",
            "inside a sentence it stands in brackets: … >= (if a then b else c)",
        ),
        _ => it.at(at).help(
            format!("若它是名称，写作「{word}」"),
            format!("if it is a name, write [{word}]"),
        ),
    }
}

/// An item word without a name.
pub fn nameless(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::NAMELESS_ITEM,
        format!("“{word}”之后要写名称"),
        format!("a name must follow “{word}”"),
    );
    it.at(at).help(
        format!("例如：{word} 甲；名称里有标点或以数字开头，写在「」里"),
        format!("for example: {word} name; a name with other marks or a digit first stands in []"),
    )
}

/// 分类 甲：乙、丙
pub fn hierarchy_written_out(at: Span) -> Diagnostic {
    let it = Diagnostic::new(
        code::HIERARCHY_WRITTEN_OUT,
        "“分类”有上下级，不能在行内列举",
        "a classification has levels and cannot be written out in a line",
    );
    it.at(at).help(
        "只有一级的用“名单”；分类用“取自”指明文件",
        "use “roster” for one level; a classification takes its members “from” a file",
    )
}
