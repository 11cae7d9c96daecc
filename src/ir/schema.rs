//! What the data must look like: tables, fields, domains, vocabularies. No data are held here but the lists.

use crate::ir::NodeId;
use crate::source::Span;
use crate::value::DateHull;
use crate::value::Dimension;
use crate::value::Hull;
use crate::value::Number;
use crate::value::PeriodKind;
use crate::value::Unit;
use indexmap::IndexMap;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub u32);
    )* };
}
pub(crate) use ids;

ids! {
    /// A table of the program.
    TableId,
    /// A vocabulary of the program.
    VocabularyId
}

/// A field of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId {
    /// Its table.
    pub table: TableId,
    /// Its place there.
    pub index: u32,
}

/// The type of a node, field or parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// 是否
    Truth,
    /// A number with a dimension, held in base units.
    Number(Dimension),
    /// 日期
    Date,
    /// 年, 季, 月: a column of days, each the index of a period.
    Period(PeriodKind),
    /// A whole count of years, months, days or working days; a number column.
    Duration(DurationUnit),
    /// 文本
    Text,
    /// A member of a vocabulary.
    Member(VocabularyId),
    /// Only 不适用: fits every type.
    NotApplicable,
}

/// Units of a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// 年
    Year,
    /// 月
    Month,
    /// 日
    Day,
    /// 个工作日
    Workday,
}

/// 数据: a table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name: the CSV file, the sheet, the JSON list.
    pub name: String,
    /// Its columns and lists, in the order written.
    pub fields: Vec<Field>,
    /// The 多条 field of the parent table that holds these rows.
    pub parent: Option<FieldId>,
    /// The field marked 标识, else 名称.
    pub key: Option<u32>,
    /// The field 名称.
    pub name_field: Option<u32>,
    /// 按: what its rows are the periods of.
    pub periods: Option<Periods>,
    /// Its head line.
    pub span: Span,
}

/// `多条 年报，按 年度，自 成立日期`: one row a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// The field that names the period; it is the key of the rows.
    pub field: FieldId,
    /// Its kind.
    pub kind: PeriodKind,
    /// The date field of the parent before which there is nothing to report.
    pub since: Option<FieldId>,
}

/// A column, or a list of child rows.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name: the column header.
    pub name: String,
    /// Other headers it may have.
    pub aliases: Vec<String>,
    /// What it holds.
    pub kind: FieldKind,
    /// 可缺: a blank is no finding.
    pub optional: bool,
    /// 可无: 无 is lawful.
    pub may_be_none: bool,
    /// 可无（空白即无）: a blank is 不适用.
    pub blank_is_none: bool,
    /// 可另填
    pub or_other: bool,
    /// 不重复
    pub unique: bool,
    /// 可改
    pub changeable: bool,
    /// 步长, in base units.
    pub step: Option<Number>,
    /// 来源
    pub supplier: Option<String>,
    /// 说明
    pub note: Option<String>,
    /// 当期, 累计
    pub figure: Option<Figure>,
    /// 适用 当 …: where it is 假 or 不适用 the field is 不适用, whatever the cell holds.
    pub applies: Option<NodeId>,
    /// Its line.
    pub span: Span,
}

impl Field {
    /// A field without options.
    pub fn new(name: impl Into<String>, kind: FieldKind, span: Span) -> Field {
        Field {
            name: name.into(),
            aliases: vec![],
            kind,
            optional: false,
            may_be_none: false,
            blank_is_none: false,
            or_other: false,
            unique: false,
            changeable: false,
            step: None,
            supplier: None,
            note: None,
            figure: None,
            applies: None,
            span,
        }
    }
}

/// What a figure of a period table counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// 当期: the period alone.
    OfPeriod,
    /// 累计: since the year began.
    ToDate,
}

/// What a field holds.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a program has few fields, and nearly all hold one value a row"
)]
pub enum FieldKind {
    /// One value a row.
    Scalar {
        /// Its type.
        ty: Ty,
        /// The unit bare numbers in cells are in; the unit to show it in.
        unit: Option<Unit>,
        /// What it may be when the cell is blank or faulty.
        domain: Domain,
    },
    /// 多条: the rows of a child table.
    Rows {
        /// The child table.
        table: TableId,
        /// 未齐: there may be more rows than were submitted.
        open: bool,
    },
}

/// The values a field may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Every value of the type.
    Everything,
    /// Numbers, in base units.
    Numbers {
        /// From, to.
        hull: Hull,
        /// Whole numbers of the field's unit only.
        whole: bool,
    },
    /// Days.
    Dates(DateHull),
}

/// A list of members: 分类 (a hierarchy), 名单, 枚举, or the words of a 分级.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Its name; of an enumeration, the field's.
    pub name: String,
    /// What it is.
    pub kind: VocabularyKind,
    /// 完整: what is not in it does not exist. Enumerations always are.
    pub complete: bool,
    /// In the order of the file.
    pub members: Vec<Member>,
    /// Folded full names, short names, aliases and codes → members, ascending.
    pub index: IndexMap<String, Vec<u32>>,
    /// The file it was read from, as cited: a name to show.
    pub file: Option<String>,
    /// For a 名单 of holidays: day → it is a working day (班) or not (休), ascending by day.
    pub calendar: Vec<(i32, bool)>,
}

/// Kinds of vocabularies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VocabularyKind {
    /// 分类
    Classification,
    /// 名单
    Roster,
    /// 枚举 of a field; `ordered` is 有序.
    Enumeration {
        /// Lowest first as written.
        ordered: bool,
    },
    /// The words a 分级 gives.
    Grades,
}

/// A member of a vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Full name.
    pub name: Arc<str>,
    /// Short name.
    pub short: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Code.
    pub code: Option<String>,
    /// The member above, in this vocabulary.
    pub parent: Option<u32>,
    /// Level from 1, the top; 1 for all members of a flat list.
    pub level: u32,
    /// 所在: code or name of the place it lies in, of another vocabulary.
    pub host: Option<String>,
    /// 止年: of a former name, the last year in which it was in use.
    pub last_year: Option<String>,
    /// 后继: of a former name, code or name of what it is now, or now belongs to.
    pub successor: Option<String>,
}

impl Vocabulary {
    /// Whether `above` is `member` or lies above it.
    pub fn is_within(&self, member: u32, above: u32) -> bool {
        self.upwards(member).any(|it| it == above)
    }

    /// The member, and those above it, upwards.
    pub fn upwards(&self, member: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(member), |it| self.members[*it as usize].parent)
    }
}
