//! What a 测试 expects: verdicts, values, sentences, and what decides. Nothing is run here.

use crate::check::Checker;
use crate::check::cases::written_cell;
use crate::check::compare::bare;
use crate::check::errors;
use crate::check::symbols::Symbol;
use crate::ir::CriterionId;
use crate::ir::Expect;
use crate::ir::Expectation;
use crate::ir::TableId;
use crate::ir::Verdict;
use crate::ir::WrittenCell;
use crate::syntax::ast;
use crate::syntax::ast::CompareOp;
use crate::syntax::ast::ExprKind;

impl Checker<'_> {
    /// 期望 EXPR，因 甲、乙
    pub(super) fn expect(&mut self, it: &ast::Expect, at: TableId) -> Option<Expect> {
        let (mut because, mut facts, mut titles) = (vec![], vec![], vec![]);
        for name in &it.because {
            match self.symbols.rules.get(name.text.as_str()) {
                Some(Symbol::Criterion(index)) => because.push(CriterionId(*index)),
                // 「第一部分」 may be an article of a document without numbers.
                None if self.is_article(&name.text) => titles.push(name.text.clone()),
                // A veto may strike by a field alone.
                _ => match self.field_named(at, &name.text) {
                    Some(field) => facts.push((name.text.clone(), field)),
                    None => self.unknown_ground(name, at),
                },
            }
        }
        let articles = it.articles.iter().filter_map(|citation| self.deciding_article(citation));
        let articles: Vec<String> = articles.chain(titles).collect();
        let what = self.expecting(|this| match this.expected_verdict(&it.expr, at) {
            Some(what) => what,
            None => Some(Expectation::Holds(this.condition(&it.expr, at)?)),
        })?;
        let grounds = !it.because.is_empty() || !it.articles.is_empty();
        if grounds && !matches!(what, Expectation::Verdict { .. }) {
            self.faults.push(errors::grounds_of_no_verdict(it.span));
            return None;
        }
        Some(Expect { what, because, facts, articles, span: it.span })
    }

    fn unknown_ground(&mut self, name: &ast::Name, at: TableId) {
        let criteria = self.symbols.rules.iter().filter(|it| matches!(it.1, Symbol::Criterion(_)));
        let fields = self.program.table(at).fields.iter().map(|it| it.name.as_str());
        let known: Vec<&str> = criteria.map(|it| *it.0).chain(fields).collect();
        self.faults.push(errors::unknown_ground(name, &known));
    }

    /// Compiles what a test looks at: what is said of a case.
    fn expecting<T>(&mut self, compile: impl FnOnce(&mut Self) -> T) -> T {
        self.expecting = true;
        let compiled = compile(self);
        self.expecting = false;
        compiled
    }

    /// `X 为 符合`: none if the sentence is of another form, an inner none if it has a fault.
    fn expected_verdict(&mut self, expr: &ast::Expr, at: TableId) -> Option<Option<Expectation>> {
        let ExprKind::Compare { op: CompareOp::Equal, left, right, .. } = &bare(expr).kind else {
            return None;
        };
        let ExprKind::Name(name) = &bare(left).kind else {
            return self.expected_state(left, right, at);
        };
        let symbol = self.symbols.rules.get(name.text.as_str()).copied()?;
        let word = match &bare(right).kind {
            ExprKind::Name(word) => word.text.as_str(),
            ExprKind::NotApplicable => "不适用",
            ExprKind::Unknown => "未知",
            _ => return None,
        };
        match symbol {
            Symbol::Criterion(_) | Symbol::Conclusion(_) => {
                let Some(verdict) = verdict(word) else {
                    self.faults.push(errors::verdict_needed(right.span));
                    return Some(None);
                };
                let node = self.reference(symbol, name, at);
                Some(node.map(|node| Expectation::Verdict {
                    item: name.text.clone(),
                    node,
                    verdict,
                }))
            }
            Symbol::Indicator(_) | Symbol::Grading(_) | Symbol::Score(_)
                if matches!(word, "未知" | "无法判定" | "不适用" | "错误" | "error") =>
            {
                let text = if matches!(word, "未知" | "无法判定") { "" } else { word };
                let cell = WrittenCell { text: text.to_owned(), span: right.span };
                let node = self.reference(symbol, name, at);
                Some(node.map(|node| Expectation::Value { item: name.text.clone(), node, cell }))
            }
            _ => None,
        }
    }

    /// `名次（…） 为 未知`, `综合评价 的 规模 为 不适用`: the state of what has no name of its own.
    fn expected_state(
        &mut self,
        left: &ast::Expr,
        right: &ast::Expr,
        at: TableId,
    ) -> Option<Option<Expectation>> {
        if !matches!(bare(left).kind, ExprKind::Call { .. } | ExprKind::Of { .. }) {
            return None;
        }
        let text = match &bare(right).kind {
            ExprKind::Name(word) if matches!(word.text.as_str(), "错误" | "error") => "错误",
            ExprKind::NotApplicable => "不适用",
            ExprKind::Unknown => "",
            _ => return None,
        };
        let cell = WrittenCell { text: text.to_owned(), span: right.span };
        let node = self.expr(left, at);
        let item = errors::words_of(left);
        Some(node.map(|node| Expectation::Value { item, node, cell }))
    }

    /// A cell under 期望 X.
    pub(super) fn expect_cell(
        &mut self,
        name: &ast::Name,
        cell: &ast::RawCell,
        at: TableId,
    ) -> Option<Expect> {
        let Some(symbol) = self.symbols.rules.get(name.text.as_str()).copied() else {
            let known: Vec<&str> = self.symbols.rules.keys().copied().collect();
            return self.fail(errors::unknown_name(name, &known)).and(None);
        };
        let node = self.expecting(|this| this.reference(symbol, name, at))?;
        let item = name.text.clone();
        let what = match symbol {
            Symbol::Criterion(_) | Symbol::Conclusion(_) => match verdict(&cell.text) {
                Some(verdict) => Expectation::Verdict { item, node, verdict },
                None => return self.fail(errors::verdict_needed(cell.span)).and(None),
            },
            _ => Expectation::Value { item, node, cell: written_cell(cell) },
        };
        Some(Expect { what, because: vec![], facts: vec![], articles: vec![], span: cell.span })
    }
}

fn verdict(word: &str) -> Option<Verdict> {
    Some(match word {
        "符合" | "met" => Verdict::Met,
        "不符合" | "not_met" => Verdict::NotMet,
        "无法判定" | "undetermined" | "未知" => Verdict::Undetermined,
        "不适用" | "not_applicable" => Verdict::NotApplicable,
        _ => return None,
    })
}
