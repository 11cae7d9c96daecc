//! The wording of what can go wrong where a rulebook builds on another, on one page.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::source::Span;
use crate::syntax::ast::Item;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Name;

/// 沿用 leads back to where it began.
pub fn base_loop(paths: &[&str], at: Span) -> Diagnostic {
    let ring = paths.iter().map(|it| format!("“{it}”")).collect::<Vec<_>>().join(" → ");
    Diagnostic::new(
        code::BASE_CYCLE,
        format!("规则书的沿用成了一圈：{ring}"),
        format!("these rulebooks build on each other in a loop: {ring}"),
    )
    .at(at)
    .help("去掉其中一处沿用", "take out one of the references")
}

/// Rulebooks upon rulebooks without end.
pub fn bases_too_deep(at: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        code::BASE,
        format!("沿用超过 {most} 层"),
        format!("rulebooks build on each other in more than {most} layers"),
    )
    .at(at)
    .help("核对路径，减少层数", "check the paths, and build in fewer layers")
}

/// 沿用 names a folder without rules, or nothing at all.
pub fn base_without_rules(at: Span, path: &str, why: Option<&str>) -> Diagnostic {
    let it = match why {
        Some(why) => Diagnostic::new(
            code::NOT_READABLE,
            format!("读不到所沿用的规则书：{why}"),
            format!("the rulebook that is built on cannot be read: {why}"),
        ),
        None => Diagnostic::new(
            code::NO_RULE_FILES,
            format!("所沿用的“{path}”里没有规则文件"),
            format!("there is no rule file in “{path}”, which is built on"),
        ),
    };
    it.at(at).help(
        "写规则书的文件夹或文件，从本规则文件所在的文件夹算起，如 沿用 “../innovation-cluster”",
        "name a rule file or a folder of them, from the folder of this file, as in builds_on “../national”",
    )
}

/// A rulebook that is built on must say which document it is.
pub(super) fn base_without_policy(path: &str, at: Span) -> Diagnostic {
    Diagnostic::new(
        code::BASE,
        format!("所沿用的“{path}”里没有政策"),
        format!("there is no policy in “{path}”, which is built on"),
    )
    .at(at)
    .help("沿用整本规则书的文件夹，而不是其中一个文件", "name the folder of the whole rulebook")
}

/// 修改 or 删除 in a rulebook that builds on none.
pub(super) fn nothing_is_built_on(at: Span) -> Diagnostic {
    Diagnostic::new(
        code::NOTHING_TO_AMEND,
        "本规则书没有沿用别的规则书，没有可以修改或删除的",
        "this rulebook builds on no other: there is nothing to amend or repeal",
    )
    .at(at)
    .help(
        "在政策里写：沿用 “../innovation-cluster”；若是本书的条目，不写“修改”",
        "write in the policy: builds_on “../national”; if the item is new, leave “amend” out",
    )
}

/// 修改 or 删除 of an item that this rulebook writes itself.
pub(super) fn amends_itself(name: &Name, own: Span) -> Diagnostic {
    Diagnostic::new(
        code::NOTHING_TO_AMEND,
        format!("“{}”是本规则书自己写的", name.text),
        format!("“{}” is written in this rulebook itself", name.text),
    )
    .at(name.span)
    .label(own, "在这里", "here")
    .help("直接在那里改", "change it there")
}

/// 修改 条件 of what is a 参数.
pub(super) fn of_another_kind(name: &Name, kind: &ItemKind) -> Diagnostic {
    let word = kind.word();
    Diagnostic::new(
        code::NOTHING_TO_AMEND,
        format!("“{}”是{}", name.text, word.zh),
        format!("“{}” is a {}", name.text, word.en),
    )
    .at(name.span)
    .label(kind.name().span, "原来写在这里", "written here")
    .help(
        format!("条目词写“{}”：{} {}", word.zh, word.zh, name.text),
        format!("write: {} {}", word.en, name.text),
    )
}

/// 修改 or 删除 of what nobody has written.
pub(super) fn nothing_to_amend(name: &Name, word: &Text, known: &[&str]) -> Diagnostic {
    const NEAR: f64 = 0.4;
    let it = Diagnostic::new(
        code::NOTHING_TO_AMEND,
        format!("所沿用的规则书里没有{}“{}”", word.zh, name.text),
        format!("the rulebook that is built on has no {} “{}”", word.en, name.text),
    )
    .at(name.span);
    let score = |it: &&str| strsim::normalized_damerau_levenshtein(&name.text, it);
    let mut near: Vec<&str> = known.iter().filter(|it| score(it) >= NEAR).copied().collect();
    near.sort_by(|a, b| score(b).total_cmp(&score(a)));
    near.truncate(3);
    match near[..] {
        [] => it.help(
            "核对名称；新的条目不写“修改”",
            "check the name; a new item is written without “amend”",
        ),
        _ => it.help(
            format!("您是不是想写 {}", near.join("、")),
            format!("did you mean {}", near.join(", ")),
        ),
    }
}

/// An item without 修改 whose name the base has.
pub(super) fn amend_meant(own: &ItemKind, base: &ItemKind) -> Diagnostic {
    let (name, word) = (own.name(), base.word());
    let it = Diagnostic::new(
        code::AMEND_MEANT,
        format!("所沿用的规则书里已有{}“{}”", word.zh, name.text),
        format!("the rulebook that is built on has a {} “{}” already", word.en, name.text),
    )
    .at(name.span)
    .label(base.name().span, "原来写在这里", "written here");
    match own.word() == word {
        true => it.help(
            format!("要改它，写作：修改 {} {}；另立新的，换一个名称", word.zh, name.text),
            format!(
                "to change it, write: amend {} {}; else choose another name",
                word.en, name.text
            ),
        ),
        false => it.help("换一个名称", "choose another name"),
    }
}

/// 修改 twice, or 修改 and 删除, of one item in one rulebook.
pub(super) fn amended_twice(name: &Name, first: Span) -> Diagnostic {
    Diagnostic::new(
        code::AMENDED_TWICE,
        format!("“{}”改了两次", name.text),
        format!("“{}” is amended or repealed twice", name.text),
    )
    .label(name.span, "又一次", "again")
    .label(first, "第一次", "first")
    .help("合写在一处", "write it in one place")
}

/// Two rulebooks that are both built on change one item.
pub(super) fn amended_by_two(kind: &ItemKind, one: Span, other: Span) -> Diagnostic {
    let name = &kind.name().text;
    Diagnostic::new(
        code::AMENDED_TWICE,
        format!("所沿用的两本规则书都改了“{name}”，不知以哪一个为准"),
        format!(
            "two rulebooks that are built on both change “{name}”: it is not known which counts"
        ),
    )
    .label(one, "一处", "here")
    .label(other, "又一处", "and here")
    .help(
        "只沿用其中一本，或让一本沿用另一本",
        "build on one of them, or let one build on the other",
    )
}

/// 增加 of a field that is there.
pub(super) fn field_is_there(name: &Name, base: Span) -> Diagnostic {
    Diagnostic::new(
        code::AMEND_MEANT,
        format!("所沿用的规则书里已有字段“{}”", name.text),
        format!("the rulebook that is built on has a field “{}” already", name.text),
    )
    .at(name.span)
    .label(base, "原来写在这里", "written here")
    .help("要替换它，删去“增加”两个字", "to replace it, leave the word “add” out")
}

/// 增加 原则上 … to a criterion that says 应当.
pub(super) fn another_force(name: &Name, other: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        code::TWO_FORCES,
        format!("“{}”原来是另一种语气", name.text),
        format!("“{}” has another force", name.text),
    )
    .at(other)
    .label(first, "原来的", "as it was")
    .help(
        "用同一种语气，或另写一个条件，或删去“增加”两个字替换原来的",
        "use the same force, write a criterion of its own, or leave “add” out to replace what there is",
    )
}

/// 增加 — … where there is no list, or several.
pub(super) fn which_list(line: Span, item: Span, lists: usize) -> Diagnostic {
    let it = match lists {
        0 => Diagnostic::new(
            code::AMEND,
            "原来的条目里没有列举，不能增加一行",
            "the item has no list to add a line to",
        ),
        _ => Diagnostic::new(
            code::AMEND,
            format!("原来的条目里有 {lists} 处列举，不知增加到哪一处"),
            format!("the item has {lists} lists: it is not said which one the line is for"),
        ),
    };
    it.at(line).label(item, "", "").help(
        "写出整个列举替换原来的，或写：增加 应当 …",
        "write the whole list in place of the other, or: add must …",
    )
}

/// 修改 结论 with a table where there is none, or the other way round.
pub(super) fn another_form(name: &Name, base: &ItemKind) -> Diagnostic {
    let (zh, en) = match base {
        ItemKind::Decision(_) => ("是一张表", "is a table"),
        _ => ("不是一张表", "is no table"),
    };
    Diagnostic::new(
        code::AMEND,
        format!("原来的“{}”{zh}，不能这样修改", name.text),
        format!("“{}” {en} and cannot be amended like this", name.text),
    )
    .at(name.span)
    .label(base.name().span, "原来写在这里", "written here")
    .help(
        format!("先写 删除 结论 {}，再照常另写一个", name.text),
        format!("write: repeal conclusion {}, and write another one", name.text),
    )
}

/// 删除 须符合 of what is not required.
pub(super) fn nothing_to_drop(name: &Name, conclusion: &Name) -> Diagnostic {
    Diagnostic::new(
        code::NOTHING_TO_AMEND,
        format!("“{}”没有须符合“{}”", conclusion.text, name.text),
        format!("“{}” does not require “{}”", conclusion.text, name.text),
    )
    .at(name.span)
    .help("核对名称，或删去这一项", "check the name, or leave it out")
}

/// A repealed item is still used, by an item where one is known.
pub(super) fn repealed_in_use(
    word: &Text,
    name: &Name,
    at: Span,
    user: Option<&Item>,
) -> Diagnostic {
    let user = user.map(|it| &it.kind);
    let (zh, en) = match user {
        Some(user) => (format!("“{}”", user.name().text), format!("“{}”", user.name().text)),
        None => ("别处".to_owned(), "another item".to_owned()),
    };
    let it = Diagnostic::new(
        code::REPEALED_IN_USE,
        format!("{}“{}”删除了，{zh}还在用它", word.zh, name.text),
        format!("the {} “{}” is repealed, and {en} still uses it", word.en, name.text),
    )
    .at(name.span)
    .label(at, "在这里用到", "used here");
    match user {
        Some(user @ ItemKind::Conclusion(_)) => {
            let (user, name) = (&user.name().text, &name.text);
            it.help(
                format!("写 修改 结论 {user}，下一行写 删除 须符合 {name}"),
                format!("write: amend conclusion {user}, and below it: repeal requires {name}"),
            )
        }
        _ => it.help(
            "把用到它的一处也改掉或删除，或不删除它",
            "amend or repeal what uses it too, or do not repeal it",
        ),
    }
}
