//! What a 名称规则 says, beside what every 条件 has.

use crate::source::Span;
use crate::syntax::ast::Force;
use crate::syntax::ast::Name;
use crate::syntax::ast::Word;

/// 名称规则 … 对 集群 的 名称
#[derive(Clone, Debug)]
pub struct Naming {
    /// The field that holds the name.
    pub field: Option<Name>,
    /// 组成: the pieces, in order.
    pub pieces: Option<Vec<NamePiece>>,
    /// 其中, one entry a clause.
    pub parts: Vec<NamePart>,
    /// 曾用名 取自: lists of former names.
    pub former: Vec<Name>,
}

/// A piece of 组成.
#[derive(Clone, Debug)]
pub enum NamePiece {
    /// 地名
    Part(Name),
    /// “创新型产业集群”
    Text(Word),
}

/// 其中 地名 应当 取自 …，与 … 一致
#[derive(Clone, Debug)]
pub struct NamePart {
    /// 地名
    pub name: Name,
    /// 应当 or 原则上; others are refused when it is checked.
    pub force: Force,
    /// 不得
    pub negated: bool,
    /// Where the word of force stands.
    pub force_span: Span,
    /// 取自, parted by 或.
    pub sources: Vec<NameSource>,
    /// 与 … 一致: fields of the case.
    pub matching: Vec<Name>,
    /// The whole clause.
    pub span: Span,
}

/// 行政区划（全称、简称）, 战略性新兴产业（第三层、第二层）
#[derive(Clone, Debug)]
pub struct NameSource {
    /// The list.
    pub list: Name,
    /// The forms or levels in brackets.
    pub forms: Vec<Name>,
}
