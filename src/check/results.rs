//! Result cells of decision tables: words, numbers, bands, and the one type of a column. Tests are elsewhere.

use crate::check::Checker;
use crate::check::compare::bare;
use crate::check::decision::Rows;
use crate::check::errors;
use crate::ir::Constant;
use crate::ir::GradingId;
use crate::ir::Member;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Vocabulary;
use crate::ir::VocabularyId;
use crate::ir::VocabularyKind;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Unit;

/// What a result cell gives.
pub(super) enum Given {
    /// A word of the table's own list.
    Word(String),
    /// A number, truth, day or 不适用.
    Node(NodeId),
    /// A band awaiting the reviewer.
    Band((NodeId, bool), (NodeId, bool)),
}

impl Checker<'_> {
    /// The one type of a result column.
    pub(super) fn result_type(
        &mut self,
        it: &ast::Decision,
        results: &[(NodeId, Span)],
    ) -> Option<(Ty, Option<Unit>)> {
        let word = |ty: Ty| match ty {
            Ty::Member(_) => "词",
            Ty::Number(_) | Ty::Duration(_) => "数",
            Ty::Date => "日期",
            Ty::Period(_) => "期间",
            Ty::Truth => "是或否",
            Ty::Text => "文字",
            Ty::NotApplicable => "不适用",
        };
        let kinds = results.iter().filter(|it| self.ty(it.0) != Ty::NotApplicable);
        let kinds: Vec<(&str, Span)> = kinds.map(|it| (word(self.ty(it.0)), it.1)).collect();
        let Some(&(first, first_span)) = kinds.first() else { return self.one_type(results) };
        if let Some((other, span)) = kinds.iter().find(|it| it.0 != first) {
            let fault = errors::mixed_results(it, [first, other], [first_span, *span]);
            return self.fail(fault).and(None);
        }
        self.one_type(results)
    }

    /// What a result cell says.
    pub(super) fn given(&mut self, result: &Expr, at: TableId) -> Option<Given> {
        match &bare(result).kind {
            ExprKind::Name(name) if self.meaning(&name.text, at).is_none() => {
                Some(Given::Word(crate::value::text::fold(&name.text).to_string()))
            }
            ExprKind::Text(text) => Some(Given::Word(crate::value::text::fold(text).to_string())),
            ExprKind::Range { low: Some(low), high: Some(high), .. } => {
                let (a, b) = (self.expr(&low.0, at), self.expr(&high.0, at));
                let (a, b) = (a?, b?);
                let spans = [low.0.span, high.0.span];
                let (a, b) = self.alike(a, b, spans)?;
                if let (Some(from), Some(to)) = (self.constant(a), self.constant(b))
                    && from >= to
                {
                    return self.fail(errors::empty_band(result.span)).and(None);
                }
                Some(Given::Band((a, low.1), (b, high.1)))
            }
            ExprKind::Range { .. } => self.fail(errors::open_band(result.span)).and(None),
            _ => self.expr(result, at).map(Given::Node),
        }
    }

    /// The words a column gives, as a list of their own, lowest row first.
    pub(super) fn words(&mut self, name: String, given: &[Option<Given>]) -> VocabularyId {
        let mut words: Vec<&String> = vec![];
        for given in given.iter().flatten() {
            if let Given::Word(word) = given
                && !words.contains(&word)
            {
                words.push(word);
            }
        }
        words.reverse();
        let member =
            |word: &&String| Member { name: word.as_str().into(), level: 1, ..Member::default() };
        let index = words.iter().zip(0..).map(|(word, at)| ((*word).clone(), vec![at]));
        self.program.vocabularies.push(Vocabulary {
            name,
            kind: VocabularyKind::Grades,
            complete: true,
            members: words.iter().map(member).collect(),
            index: index.collect(),
            file: None,
            calendar: vec![],
        });
        VocabularyId(self.program.vocabularies.len() as u32 - 1)
    }

    pub(super) fn given_node(
        &mut self,
        given: Given,
        list: VocabularyId,
        column: u32,
        rows: &Rows,
        span: Span,
    ) -> Option<NodeId> {
        match given {
            Given::Word(word) => {
                let member = self.program.vocabulary(list).index.get(&word).map_or(0, |it| it[0]);
                let kind = NodeKind::Constant(Constant::Member(member));
                Some(self.node(kind, Ty::Member(list), None, rows.at, span))
            }
            Given::Node(node) => Some(node),
            Given::Band(low, high) => {
                let judged = rows.judged.map(|it| it.1);
                let judged = match judged {
                    Some(judged) => Some(self.alike(judged, low.0, [span, span])?.0),
                    None => None,
                };
                let (ty, unit) = (self.ty(low.0), self.unit(low.0).or(self.unit(high.0)));
                let of = GradingId(column);
                let kind = NodeKind::Band { of, low, high, judged };
                Some(self.node(kind, ty, unit, rows.at, span))
            }
        }
    }
}
