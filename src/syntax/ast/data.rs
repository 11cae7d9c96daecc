//! 数据: its fields, their types and options.

use super::Expr;
use super::Name;
use super::Shared;
use super::Word;
use crate::source::Span;
use crate::source::Spanned;

/// 数据: a table.
#[derive(Clone, Debug)]
pub struct Data {
    /// Its name: the CSV file, the sheet.
    pub name: Name,
    /// Its columns and child tables.
    pub fields: Vec<Field>,
    /// 依据, 说明 …
    pub shared: Shared,
}

/// A line of 数据.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name: the column header.
    pub name: Name,
    /// Its type.
    pub ty: FieldType,
    /// What follows the commas.
    pub options: Vec<Spanned<FieldOption>>,
    /// The whole line.
    pub span: Span,
}

/// The type of a field, parameter or function input.
#[derive(Clone, Debug)]
pub enum FieldType {
    /// 多条 企业
    Many(Name),
    /// 枚举 良好、一般、薄弱
    Choice(Vec<Name>),
    /// 金额（千元）, 数（0 至 8）, 行政区划
    Named {
        /// The type's name.
        name: Name,
        /// 千元, 件/万人, %, 小数
        unit: Option<Word>,
        /// 0 至 8, ≥ 0, 大于 0: the declared domain; ends in order written.
        domain: Option<Box<Expr>>,
    },
}

/// What may follow the type of a field.
#[derive(Clone, Debug)]
pub enum FieldOption {
    /// 可缺
    Optional,
    /// 可无, 可无（空白即无）
    MayBeNone {
        /// （空白即无）
        blank_is_none: bool,
    },
    /// 标识
    Key,
    /// 可另填
    OrOther,
    /// 未齐 (of 多条)
    Incomplete,
    /// 有序 (of 枚举)
    Ordered,
    /// 可改
    Changeable,
    /// 步长 0.01 万元
    Step(Expr),
    /// 适用 当 …
    Applies(Expr),
    /// 不重复
    Unique,
    /// 来源 申报 | 统计 | 评审
    Supplied(Name),
    /// 别名 JQ001、营收
    Alias(Vec<Name>),
    /// 按 年度 (of 多条)
    By(Name),
    /// 自 成立日期 (of 多条)
    Since(Name),
    /// 当期
    OfPeriod,
    /// 累计
    ToDate,
    /// 说明 “…”
    Note(Word),
}
