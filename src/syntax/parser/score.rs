//! 评分: its table of weights, items and clauses. What its words and columns mean is not looked at.

use crate::source::Spanned;
use crate::syntax::ast::Entry;
use crate::syntax::ast::EntryKind;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Name;
use crate::syntax::ast::Ranked;
use crate::syntax::ast::Score;
use crate::syntax::ast::ScoreCell;
use crate::syntax::ast::ScoreCellKind;
use crate::syntax::ast::ScoreRow;
use crate::syntax::ast::Select;
use crate::syntax::ast::Shared;
use crate::syntax::ast::Tied;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::child;
use crate::syntax::parser::children;
use crate::syntax::parser::clauses::Parts;
use crate::syntax::parser::expressions::placed;
use crate::syntax::parser::only;
use crate::syntax::parser::operators::comparison;
use crate::value::Number;

impl<'t> Reader<'t> {
    /// 评分
    pub fn score(&self, parts: Parts<'t>) -> Score {
        let mut it = Score {
            name: parts.name(),
            scope: parts.scope,
            full: None,
            rows: vec![],
            entries: vec![],
            cap: None,
            pass: None,
            vetoes: vec![],
            missing: None,
            not_applicable: None,
            same: None,
            weights: None,
            composition: None,
            population: None,
            rank: None,
            select: None,
            quota: None,
            keep: None,
            feedback: None,
            shared: Shared::default(),
        };
        for clause in parts.clauses {
            self.score_clause(&mut it, clause);
        }
        it
    }

    fn score_clause(&self, it: &mut Score, clause: Pair<'t>) {
        let word = || {
            child(&clause, Rule::name)
                .or(child(&clause, Rule::not_applicable))
                .map(|it| self.name(&it))
        };
        match clause.as_rule() {
            Rule::score_row => it.rows.extend(self.sound(|| self.score_row(&clause))),
            Rule::score_ruler => {}
            Rule::scored_item => it.entries.extend(self.sound(|| self.entry(&clause)).flatten()),
            Rule::veto => {
                let vetoes = children(clause, Rule::expression);
                it.vetoes.extend(vetoes.filter_map(|it| self.sound(|| self.expression(it))));
            }
            Rule::full_marks => self.once(&mut it.full, &clause, self.amount(&clause)),
            Rule::cap => self.once(&mut it.cap, &clause, self.amount(&clause)),
            Rule::pass => {
                self.once(&mut it.pass, &clause, self.sound(|| self.line(&clause)).flatten())
            }
            Rule::missing => {
                let mut names = children(clause.clone(), Rule::name).map(|it| self.name(&it));
                let missing = names.next().map(|first| (first, names.next()));
                self.once(&mut it.missing, &clause, missing);
            }
            Rule::if_not_applicable => {
                let word = child(&clause, Rule::name).map(|it| self.name(&it));
                self.once(&mut it.not_applicable, &clause, word);
            }
            Rule::same_values => self.once(&mut it.same, &clause, word()),
            Rule::weights => self.once(&mut it.weights, &clause, word()),
            Rule::composition => self.once(&mut it.composition, &clause, word()),
            Rule::population => {
                let population = self.clause_expression(&clause);
                self.once(&mut it.population, &clause, population);
            }
            Rule::rank => self.once(&mut it.rank, &clause, Some(self.rank(&clause))),
            Rule::select => {
                self.once(&mut it.select, &clause, self.sound(|| self.select(&clause)).flatten())
            }
            Rule::quota => {
                let quota = self.sound(|| {
                    let by = child(&clause, Rule::expression).map(|it| self.expression(it))?;
                    Some((by, self.how_many(&clause)?))
                });
                self.once(&mut it.quota, &clause, quota.flatten());
            }
            Rule::feedback => {
                let class = self.clause_expression(&clause);
                self.once(&mut it.feedback, &clause, class);
            }
            Rule::rounded => {
                let keep =
                    child(&clause, Rule::keep).filter(|it| child(it, Rule::kw_keep).is_some());
                let places = keep
                    .and_then(|it| child(&it, Rule::whole))
                    .and_then(|it| self.sound(|| self.whole(&it)));
                if places.is_none() {
                    self.fault(errors::points_are_kept(self.span(&clause)));
                }
                self.once(&mut it.keep, &clause, places);
            }
            _ => self.shared(&mut it.shared, clause),
        }
    }

    /// The amount of a clause, if it is sound.
    fn amount(&self, clause: &Pair<'t>) -> Option<Expr> {
        self.sound(|| child(clause, Rule::amount).map(|it| self.operation(it))).flatten()
    }

    /// 合格 ≥ 60 分
    fn line(&self, clause: &Pair<'t>) -> Option<(crate::syntax::ast::CompareOp, Expr)> {
        let mut inner = child(clause, Rule::relation)?.into_inner();
        let op = comparison(inner.next()?.as_rule())?;
        Some((op, self.operation(inner.next()?)))
    }

    /// A number, a share, a parameter or a formula. A fraction that is written is a share: 前 1/3.
    fn how_many(&self, clause: &Pair<'t>) -> Option<Expr> {
        let part = child(clause, Rule::how_many)?;
        let Some(fraction) = child(&part, Rule::lone_fraction) else {
            return child(&part, Rule::amount).map(|it| self.operation(it));
        };
        let span = self.span(&fraction);
        let ExprKind::Number { value, .. } = self.fraction(&only(fraction)) else { return None };
        let value = value.multiply(&Number::from(100));
        let unit = Some(Spanned { value: "%".to_owned(), span });
        Some(placed(ExprKind::Number { value, unit }, span))
    }

    fn score_row(&self, row: &Pair<'t>) -> ScoreRow {
        let cells = children(row.clone(), Rule::score_cell).map(|it| self.score_cell(it)).collect();
        ScoreRow { cells, span: self.span(row) }
    }

    fn score_cell(&self, cell: Pair<'t>) -> ScoreCell {
        let span = self.span(&cell);
        let inner = only(cell);
        let kind = match inner.as_rule() {
            Rule::expression => ScoreCellKind::Expr(self.expression(inner)),
            Rule::citations => ScoreCellKind::Citations(self.citations(inner)),
            Rule::free_words => ScoreCellKind::Words(inner.as_str().trim().to_owned()),
            _ => ScoreCellKind::Blank,
        };
        ScoreCell { kind, span }
    }

    /// 项目, 加分, 扣分
    fn entry(&self, line: &Pair<'t>) -> Option<Entry> {
        let mut it = Entry {
            kind: EntryKind::Item,
            name: self.name(&child(line, Rule::name)?),
            formula: child(line, Rule::expression).map(|it| self.expression(it)),
            full: None,
            basis: vec![],
            note: None,
            span: self.span(line),
        };
        for part in line.clone().into_inner() {
            match part.as_rule() {
                Rule::kw_bonus => it.kind = EntryKind::Bonus,
                Rule::kw_deduct => it.kind = EntryKind::Deduction,
                Rule::item_option => {
                    let word = only(part.clone());
                    match word.as_rule() {
                        Rule::kw_full_marks => {
                            let full = child(&part, Rule::amount).map(|it| self.operation(it));
                            self.once(&mut it.full, &part, full);
                        }
                        Rule::kw_formula => {
                            let formula =
                                child(&part, Rule::expression).map(|it| self.expression(it));
                            self.once(&mut it.formula, &part, formula);
                        }
                        Rule::kw_basis => it
                            .basis
                            .extend(children(part, Rule::citation).map(|it| self.citation(&it))),
                        _ => self.note(&mut it.note, part),
                    }
                }
                _ => {}
            }
        }
        Some(it)
    }

    /// A word of 排名 or 并列, or 再比 and a name.
    fn ranked(&self, pair: &Pair<'t>) -> Option<(bool, Name)> {
        let name = child(pair, Rule::name).map(|it| self.name(&it))?;
        Some((child(pair, Rule::kw_then_by).is_some(), name))
    }

    fn rank(&self, clause: &Pair<'t>) -> Ranked {
        let (mut words, mut then_by) = (vec![], None);
        let by = child(clause, Rule::ranked_by).and_then(|it| child(&it, Rule::name));
        for part in children(clause.clone(), Rule::ranked) {
            match self.ranked(&part) {
                Some((true, name)) => self.once(&mut then_by, &part, Some(name)),
                Some((false, name)) => words.push(name),
                None => {}
            }
        }
        Ranked { by: by.map(|it| self.name(&it)), words, then_by, span: self.span(clause) }
    }

    fn select(&self, clause: &Pair<'t>) -> Option<Select> {
        let top = self.how_many(clause)?;
        let tied = child(clause, Rule::ranked)
            .and_then(|it| self.ranked(&it))
            .map(|(then_by, name)| if then_by { Tied::ThenBy(name) } else { Tied::Word(name) });
        Some(Select { top, tied, span: self.span(clause) })
    }
}
