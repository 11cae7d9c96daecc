//! The wording of faults in 修改, 增加 and 删除. No fault is found here.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::source::Span;

/// 修改 or 删除 without an item behind it.
pub fn amend_what(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::UNEXPECTED,
        format!("“{word}”之后要写条目词和名称"),
        format!("“{word}” is followed by an item word and a name"),
    );
    it.at(at).help(format!("例如：{word} 条件 甲"), format!("for example: {word} criterion NAME"))
}

/// 修改 政策, 修改 测试, 删除 政策
pub fn not_amended(at: Span, item: &Text) -> Diagnostic {
    let it = Diagnostic::new(
        code::AMEND,
        format!("“{}”不能修改或删除", item.zh),
        format!("a {} is neither amended nor repealed", item.en),
    );
    it.at(at).help(
        "政策在本规则书里照常写一个；所沿用的测试不带过来，另写测试",
        "write a policy of this rulebook's own; tests of the other are not taken over, write others",
    )
}

/// 增加 or 删除 of a clause in an item that is no 修改.
pub fn add_outside(at: Span, word: &Text) -> Diagnostic {
    let it = Diagnostic::new(
        code::AMEND,
        format!("“{}”只写在“修改”的条目里", word.zh),
        format!("“{}” stands in an item that is amended", word.en),
    );
    it.at(at).help(
        "若是改所沿用的条目，在条目词前写“修改”；否则直接改这一条",
        "to change an item that is built on, write “amend” before its word; else change it here",
    )
}

/// 增加 公式 …
pub fn add_once(at: Span, word: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::AMEND,
        format!("“{word}”不能增加，只能替换"),
        format!("“{word}” cannot be added, only replaced"),
    );
    it.at(at).help(
        "删去“增加”两个字，写出的句子就替换原来的",
        "leave the word “add” out: the clause then stands in place of the other",
    )
}

/// 修改 条件 甲, and nothing else.
pub fn empty_amendment(at: Span, name: &str) -> Diagnostic {
    let it = Diagnostic::new(
        code::EMPTY_ITEM,
        format!("没有写“{name}”修改了什么"),
        format!("it is not said what of “{name}” is amended"),
    );
    it.at(at).help(
        "在下面写替换的句子，或以“增加”开头写增加的句子",
        "write below the clauses that replace others, or “add” and a further one",
    )
}
