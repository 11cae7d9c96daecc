//! Sentences as written: operators, names, numbers, texts, each with its place. Nothing is typed here.

use crate::source::Span;
use crate::syntax::ast::Day;
use crate::syntax::ast::Name;
use crate::syntax::ast::Word;
use crate::value::Number;

/// A text with inserted values: “主导产业‘{主导产业}’不符合”.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its parts.
    pub parts: Vec<TemplatePart>,
    /// With the quotes.
    pub span: Span,
}

/// A part of a text.
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// Plain words.
    Plain(String),
    /// {…}
    Hole(Expr),
}

/// A sentence of the language.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of sentences.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// “文字”
    Text(String),
    /// 3%, 1.5 亿元, 1/3, 20 件/万人. The value is the number written, before its unit; % is a unit.
    Number {
        /// The number alone.
        value: Number,
        /// Its unit word; % and ‰ included.
        unit: Option<Word>,
    },
    /// 2020-11-06
    Date(Day),
    /// 2021年, 2021年8月, 2021年第3季度: as written
    Period(String),
    /// 近 3 年
    Recent {
        /// How many.
        count: Number,
        /// Of what: 年, 季, 月 …; none where only a number was written.
        unit: Option<Word>,
    },
    /// 是, 否
    Truth(bool),
    /// 不适用
    NotApplicable,
    /// 无
    None,
    /// 未知
    Unknown,
    /// A name: field, parameter, indicator, criterion, member …
    Name(Name),
    /// 个数（企业 中 …，空则 0）
    Call {
        /// The function.
        name: Name,
        /// Its arguments.
        args: Vec<Expr>,
        /// 空则
        if_empty: Option<Box<Expr>>,
    },
    /// （甲、乙）: several expressions in brackets.
    List(Vec<Expr>),
    /// （甲）: one expression in brackets.
    Bracket(Box<Expr>),
    /// 非
    Not(Box<Expr>),
    /// −
    Negate(Box<Expr>),
    /// 且, flat
    And(Vec<Expr>),
    /// 或, flat
    Or(Vec<Expr>),
    /// = ≠ ≥ ≤ > < 属于 不属于 满; 不满 is `Below` here
    Compare {
        /// The comparison; full- or half-width, word or sign.
        op: CompareOp,
        /// Where the operator stands.
        op_span: Span,
        /// Left side.
        left: Box<Expr>,
        /// Right side.
        right: Box<Expr>,
    },
    /// 甲 介于 a 至 b, 甲 在 a（不含）至 b
    Within {
        /// What lies between.
        subject: Box<Expr>,
        /// Its range: a [`ExprKind::Range`], or one half-open bound.
        range: Box<Expr>,
    },
    /// a 至 b; also 30% 以上（含） as a range with one end.
    Range {
        /// Lower end; `true` includes it.
        low: Option<(Box<Expr>, bool)>,
        /// Upper end; `true` includes it.
        high: Option<(Box<Expr>, bool)>,
        /// 以上, 以下, 以内 written without （含） or （不含）: the policy's 本数 decides.
        bare: bool,
    },
    /// + − × ÷ 幂; + and × are flat, the others have two operands.
    Arithmetic {
        /// The operator.
        op: ArithmeticOp,
        /// Operands.
        operands: Vec<Expr>,
    },
    /// 企业 中 条件
    Where {
        /// Rows.
        rows: Box<Expr>,
        /// Which of them.
        condition: Box<Expr>,
    },
    /// 企业 的 营业收入, 企业 的 （甲 ÷ 乙）
    Of {
        /// Rows, or a value with parts.
        base: Box<Expr>,
        /// A name, a call or an expression in brackets.
        member: Box<Expr>,
    },
    /// 本集群 的 所在地
    Own {
        /// 集群
        scope: Name,
        /// 所在地
        field: Name,
    },
    /// 下限 于 2023-12-31
    AsOf {
        /// A parameter.
        base: Box<Expr>,
        /// A day, or a field that holds one.
        day: Box<Expr>,
    },
    /// 若 … 则 … 否则 … 不适用则 …
    If {
        /// Condition and result, in order.
        arms: Vec<(Expr, Expr)>,
        /// 否则
        otherwise: Box<Expr>,
        /// 不适用则
        if_not_applicable: Option<Box<Expr>>,
    },
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// = 为 等于
    Equal,
    /// ≠ 不为 不等于
    NotEqual,
    /// ≥ 不低于 …
    AtLeast,
    /// ≤ 不超过 …
    AtMost,
    /// >
    Above,
    /// <
    Below,
    /// 属于
    In,
    /// 不属于
    NotIn,
    /// 满: an anniversary is reached
    Completes,
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    /// +
    Add,
    /// −
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
    /// ^, **
    Power,
}
