//! One small change to a tree: what kind it is, which text it replaces by which. Trees are not walked here.

use crate::diagnostic::Lang;
use crate::report::words::either;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::ast::Expr;

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// ≥ ↔ >, ≤ ↔ <
    Strictness,
    /// 为 ↔ 不为, 属于 ↔ 不属于, 非 taken away
    Negation,
    /// A number of a condition, formula or parameter one step up or down.
    Threshold,
    /// A day one day earlier or later.
    Day,
    /// A part of 且, 或, a list, a filter, 须符合 … taken away.
    Drop,
    /// 且 ↔ 或, 同时满足 ↔ 满足之一
    Connective,
    /// An exception taken away, its guard negated, its outcome exchanged.
    Exception,
    /// Weight moved between two siblings.
    Weight,
    /// A row of a table taken away.
    Row,
    /// Results of two rows exchanged.
    Result,
    /// 应当 ↔ 原则上
    Force,
    /// 合计 ↔ 平均, 最大 ↔ 最小
    Aggregate,
    /// One decimal place more or fewer.
    Rounding,
    /// Two rows exchanged where the first that holds counts.
    Order,
    /// 正向 ↔ 逆向
    Direction,
    /// 封顶 or 不截断 taken away.
    Cap,
    /// 项目, 加分 or 扣分 taken away; 加分 ↔ 扣分.
    Bonus,
    /// Another word after 缺失, 不适用 or 同值.
    Missing,
    /// Another order, other ranks of ties, another end at the line of 入选; 再比 or 名额 taken away.
    Rank,
}

impl Kind {
    /// Every kind, in the order shown.
    pub const ALL: [Kind; 19] = [
        Kind::Strictness,
        Kind::Negation,
        Kind::Threshold,
        Kind::Day,
        Kind::Drop,
        Kind::Connective,
        Kind::Exception,
        Kind::Weight,
        Kind::Row,
        Kind::Result,
        Kind::Force,
        Kind::Aggregate,
        Kind::Rounding,
        Kind::Order,
        Kind::Direction,
        Kind::Cap,
        Kind::Bonus,
        Kind::Missing,
        Kind::Rank,
    ];

    /// In plain words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Kind::Strictness => ("含不含本数", "bound included or not"),
            Kind::Negation => ("是与不是对换", "condition reversed"),
            Kind::Threshold => ("数加减一步", "number one step off"),
            Kind::Day => ("日期差一日", "day one off"),
            Kind::Drop => ("少一项", "part dropped"),
            Kind::Connective => ("“都”与“任一”对换", "all and any exchanged"),
            Kind::Exception => ("例外改动", "exception changed"),
            Kind::Weight => ("权重挪动", "weight moved"),
            Kind::Row => ("少一行", "row dropped"),
            Kind::Result => ("两行结果对换", "results exchanged"),
            Kind::Force => ("应当与原则上对换", "force changed"),
            Kind::Aggregate => ("合计与平均等对换", "aggregate exchanged"),
            Kind::Rounding => ("保留位数差一位", "rounding one place off"),
            Kind::Order => ("两行次序对换", "order of rows exchanged"),
            Kind::Direction => ("正向与逆向对换", "direction reversed"),
            Kind::Cap => ("封顶、截断去掉", "cap taken away"),
            Kind::Bonus => ("项目、加分、扣分改动", "item, bonus or deduction changed"),
            Kind::Missing => ("缺失、同值的处理改动", "what stands in for nothing changed"),
            Kind::Rank => ("排名、入选改动", "ranking or selection changed"),
        };
        either(lang, zh, en)
    }

    /// Its name in JSON.
    pub fn key(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// A change: the text at `at` is read as `with`.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which kind.
    pub kind: Kind,
    /// What is replaced.
    pub at: Span,
    /// What stands there instead; empty where it is taken away.
    pub with: String,
}

/// A tree with one change.
#[derive(Clone, Debug)]
pub struct Altered<T> {
    /// The changed tree.
    pub tree: T,
    /// What was changed.
    pub change: Change,
}

impl<T> Altered<T> {
    /// The same change seen in the tree around.
    pub fn within<P>(self, around: impl FnOnce(T) -> P) -> Altered<P> {
        Altered { tree: around(self.tree), change: self.change }
    }
}

/// Makes changes; the texts say how things were written.
#[derive(Clone, Copy)]
pub struct Maker<'s> {
    /// The texts of the rulebook.
    pub sources: &'s Sources,
}

impl Maker<'_> {
    /// What was written, on one line.
    pub fn said(&self, span: Span) -> String {
        one_line(self.sources.slice(span))
    }

    /// What an expression says.
    pub fn said_of(&self, expr: &Expr) -> String {
        self.said(expr.span)
    }
}

impl Change {
    /// The clause before and after the change, each on one line.
    pub fn words(&self, sources: &Sources, clause: Span) -> (String, String) {
        let clause = match clause.file == self.at.file {
            true => clause.merge(self.at),
            false => self.at,
        };
        let all = sources.slice(clause);
        let start = (self.at.start - clause.start) as usize;
        let end = (self.at.end - clause.start) as usize;
        let (head, tail) = (all.get(..start).unwrap_or(""), all.get(end..).unwrap_or(""));
        (one_line(all), one_line(&format!("{head}{}{tail}", self.with)))
    }
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(|it| it.split(" #").next().unwrap_or(it).trim());
    let joined = lines.filter(|it| !it.is_empty() && !it.starts_with('#')).collect::<Vec<_>>();
    joined.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
