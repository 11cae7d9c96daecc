//! The operators of sentences: how tightly they bind and what they mean. They are applied elsewhere.

use crate::source::Span;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::expressions::placed;
use pest::pratt_parser::Assoc;
use pest::pratt_parser::Op;
use pest::pratt_parser::PrattParser;
use std::sync::LazyLock;

/// Loosest first.
pub static PRATT: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    let postfix = Op::postfix;
    PrattParser::new()
        .op(left(Rule::kw_or))
        .op(left(Rule::kw_and))
        .op(Op::prefix(Rule::kw_not))
        .op(COMPARISONS.iter().fold(postfix(Rule::measured), |ops, &(rule, _)| ops | left(rule))
            | left(Rule::kw_between)
            | left(Rule::kw_within))
        .op(left(Rule::kw_to))
        .op(LIMITS
            .iter()
            .fold(postfix(Rule::kw_included) | postfix(Rule::kw_excluded), |ops, it| {
                ops | postfix(it.0)
            }))
        .op(left(Rule::plus) | left(Rule::minus))
        .op(left(Rule::times) | left(Rule::divide))
        .op(Op::prefix(Rule::negative))
        .op(Op::infix(Rule::power, Assoc::Right))
});

const COMPARISONS: [(Rule, CompareOp); 15] = [
    (Rule::equal, CompareOp::Equal),
    (Rule::kw_is, CompareOp::Equal),
    (Rule::not_equal, CompareOp::NotEqual),
    (Rule::kw_is_not, CompareOp::NotEqual),
    (Rule::at_least, CompareOp::AtLeast),
    (Rule::kw_at_least, CompareOp::AtLeast),
    (Rule::at_most, CompareOp::AtMost),
    (Rule::kw_at_most, CompareOp::AtMost),
    (Rule::above, CompareOp::Above),
    (Rule::kw_above, CompareOp::Above),
    (Rule::below, CompareOp::Below),
    (Rule::kw_below, CompareOp::Below),
    (Rule::kw_in, CompareOp::In),
    (Rule::kw_not_in, CompareOp::NotIn),
    (Rule::kw_reaches, CompareOp::Completes),
];

/// A limit's rule; whether it is a lower end, includes the number, and leaves that to 本数.
const LIMITS: [(Rule, bool, bool, bool); 6] = [
    (Rule::kw_or_more, true, true, false),
    (Rule::kw_more, true, false, false),
    (Rule::kw_bare_more, true, true, true),
    (Rule::kw_or_less, false, true, false),
    (Rule::kw_less, false, false, false),
    (Rule::kw_bare_less, false, true, true),
];

/// The comparison a rule stands for.
pub fn comparison(rule: Rule) -> Option<CompareOp> {
    COMPARISONS.iter().find(|it| it.0 == rule).map(|it| it.1)
}

/// Whether a rule is one of 以上 and 以下.
pub fn is_limit(rule: Rule) -> bool {
    LIMITS.iter().any(|it| it.0 == rule)
}

/// 30% 以上（含）: a range with one end.
pub fn half_open(bound: Expr, limit: &Pair<'_>, span: Span) -> Expr {
    let found = LIMITS.iter().find(|it| it.0 == limit.as_rule());
    let &(_, lower, included, bare) = found.expect("every other postfix is a limit");
    let end = Some((Box::new(bound), included));
    let (low, high) = if lower { (end, None) } else { (None, end) };
    placed(ExprKind::Range { low, high, bare }, span)
}
