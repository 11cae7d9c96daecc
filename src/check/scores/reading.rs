//! Reading a 评分 in a sentence: 综合评价 的 创新能力, 名次（综合评价）. What it comes to is compiled elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::errors;
use crate::check::symbols::Meaning;
use crate::check::symbols::Symbol;
use crate::ir::NodeId;
use crate::ir::ScorePart;
use crate::ir::TableId;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;

impl Checker<'_> {
    /// The score that a sentence names.
    pub(in crate::check) fn score_named<'e>(
        &self,
        expr: &'e Expr,
        at: TableId,
    ) -> Option<(Symbol, &'e ast::Name)> {
        let ExprKind::Name(name) = &bare(expr).kind else { return None };
        match self.meaning(&name.text, at) {
            Some(Meaning::Rule(symbol @ Symbol::Score(_))) => Some((symbol, name)),
            _ => None,
        }
    }

    /// 综合评价 的 创新能力: the points of a part before its weight.
    pub(in crate::check) fn part_of(
        &mut self,
        base: &Expr,
        member: &Expr,
        at: TableId,
    ) -> Option<NodeId> {
        let (symbol, name) = self.score_named(base, at)?;
        self.reference(symbol, name, at)?;
        let Symbol::Score(index) = symbol else { return None };
        let score = &self.program.scores[index as usize];
        let all: Vec<&ScorePart> =
            [&score.parts, &score.bonus, &score.deductions].into_iter().flatten().collect();
        let ExprKind::Name(wanted) = &bare(member).kind else {
            return self.fail(errors::score_part_name(member.span));
        };
        match find(&all, &wanted.text) {
            Some(points) => self.lower(points, at, member.span),
            None => {
                let mut names = vec![];
                all.iter().for_each(|it| named(it, &mut names));
                let fault = errors::no_such_part(wanted, &name.text, &names);
                self.fail(fault)
            }
        }
    }
}

/// A part by its name, the upper levels first.
fn find(parts: &[&ScorePart], name: &str) -> Option<NodeId> {
    let here = parts.iter().find(|it| it.name == name).map(|it| it.points);
    here.or_else(|| parts.iter().find_map(|it| find(&it.parts.iter().collect::<Vec<_>>(), name)))
}

fn named(part: &ScorePart, into: &mut Vec<String>) {
    into.push(part.name.clone());
    part.parts.iter().for_each(|it| named(it, into));
}
