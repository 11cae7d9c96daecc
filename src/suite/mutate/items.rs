//! The changes of an item: its sentences, lists, exceptions, dates. Tables and scores have modules of their own.

use crate::source::Span;
use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Change;
use crate::suite::mutate::change::Kind;
use crate::suite::mutate::change::Maker;
use crate::syntax::ast;
use crate::syntax::ast::Body;
use crate::syntax::ast::Exception;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::FieldOption;
use crate::syntax::ast::Force;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Name;
use crate::syntax::ast::Quantifier;
use crate::syntax::ast::Requirement;
use crate::syntax::ast::Validity;

/// Puts each changed part into a copy of the whole.
pub(super) fn each<P: Clone, C>(
    whole: &P,
    made: Vec<Altered<C>>,
    place: impl Fn(&mut P, C),
) -> Vec<Altered<P>> {
    let into = |part: Altered<C>| {
        part.within(|part| {
            let mut copy = whole.clone();
            place(&mut copy, part);
            copy
        })
    };
    made.into_iter().map(into).collect()
}

impl Maker<'_> {
    /// Every change of an item; lists, tables of data, cases and tests have none of their own.
    pub fn item(&self, it: &ItemKind, all: &[ast::Item]) -> Vec<Altered<ItemKind>> {
        let mut made = match it {
            ItemKind::Parameter(own) => wrap(self.parameter(own), ItemKind::Parameter),
            ItemKind::Indicator(own) => wrap(self.indicator(own), ItemKind::Indicator),
            ItemKind::Criterion(own) => wrap(self.criterion(own), ItemKind::Criterion),
            ItemKind::Conclusion(own) => wrap(self.conclusion(own), ItemKind::Conclusion),
            ItemKind::Decision(own) => wrap(self.decision(own), ItemKind::Decision),
            ItemKind::Score(own) => wrap(self.score(own, all), |it| ItemKind::Score(Box::new(it))),
            ItemKind::Data(own) => wrap(self.data(own), ItemKind::Data),
            ItemKind::Function(own) => {
                let formula = own.formula.iter().flat_map(|it| self.expr(it)).collect();
                let put = |to: &mut ast::Function, it| to.formula = Some(it);
                wrap(each(own, formula, put), ItemKind::Function)
            }
            _ => vec![],
        };
        made.extend(self.shared(it));
        made
    }

    /// 施行 and 适用, which every rule may have.
    fn shared(&self, it: &ItemKind) -> Vec<Altered<ItemKind>> {
        let mut copy = it.clone();
        let Some(shared) = copy.shared() else { return vec![] };
        let (applies, effective) = (shared.applies.clone(), shared.effective.clone());
        let mut made = vec![];
        if let Some(guard) = &applies {
            let mut guards: Vec<Altered<Option<Expr>>> =
                self.expr(guard).into_iter().map(|it| it.within(Some)).collect();
            let change =
                Change { kind: Kind::Drop, at: guard.span, with: "（任何情形）".into() };
            guards.push(Altered { tree: None, change });
            made.extend(each(it, guards, |to, guard| {
                if let Some(shared) = to.shared() {
                    shared.applies = guard;
                }
            }));
        }
        if let Some(span) = &effective {
            made.extend(each(it, validity(span), |to, span| {
                if let Some(shared) = to.shared() {
                    shared.effective = Some(span);
                }
            }));
        }
        made
    }

    fn parameter(&self, it: &ast::Parameter) -> Vec<Altered<ast::Parameter>> {
        let mut made = vec![];
        for (at, (days, value)) in it.values.iter().enumerate() {
            made.extend(each(it, self.expr(value), |to, value| to.values[at].1 = value));
            if let Some(days) = days {
                made.extend(each(it, validity(days), |to, days| to.values[at].0 = Some(days)));
            }
        }
        made.extend(each(it, self.exceptions(&it.exceptions), |to, all| to.exceptions = all));
        made
    }

    fn indicator(&self, it: &ast::Indicator) -> Vec<Altered<ast::Indicator>> {
        let formula = it.formula.iter().flat_map(|it| self.expr(it)).collect();
        let mut made = each(it, formula, |to, formula| to.formula = Some(formula));
        // 另一口径 never decides, and no test can ask for it.
        if let Some(keep) = it.keep {
            made.extend(each(it, places(keep, it.name.span), |to, it| to.keep = Some(it)));
        }
        made
    }

    fn data(&self, it: &ast::Data) -> Vec<Altered<ast::Data>> {
        let mut made = vec![];
        for (at, field) in it.fields.iter().enumerate() {
            for (option, said) in field.options.iter().enumerate() {
                let FieldOption::Applies(guard) = &said.value else { continue };
                made.extend(each(it, self.expr(guard), |to, guard| {
                    to.fields[at].options[option].value = FieldOption::Applies(guard);
                }));
            }
        }
        made
    }

    fn criterion(&self, it: &ast::Criterion) -> Vec<Altered<ast::Criterion>> {
        let mut made =
            each(it, self.requirements(&it.requirements), |to, all| to.requirements = all);
        if let Some(other) = it.requirements.first().and_then(|it| other_force(it.force)) {
            let first = &it.requirements[0];
            let mut tree = it.clone();
            tree.requirements.iter_mut().for_each(|it| it.force = other.0);
            let change = Change {
                kind: Kind::Force,
                at: self.word_at(first.span),
                with: if first.negated {
                    format!("{}不得", other.1.trim_end_matches("应当"))
                } else {
                    other.1.into()
                },
            };
            made.push(Altered { tree, change });
        }
        made.extend(each(it, self.exceptions(&it.exceptions), |to, all| to.exceptions = all));
        if let Some(word) = &it.unanswered {
            let other = match word.text.as_str() {
                "不符合" => "无法判定",
                "not_met" => "undetermined",
                "undetermined" => "not_met",
                _ => "不符合",
            };
            let mut tree = it.clone();
            tree.unanswered = Some(Name { text: other.to_owned(), span: word.span });
            let change = Change { kind: Kind::Exception, at: word.span, with: other.to_owned() };
            made.push(Altered { tree, change });
        }
        made
    }

    /// Where the first word of a clause stands.
    pub(super) fn word_at(&self, clause: Span) -> Span {
        let said = self.sources.slice(clause);
        let end = said.find(char::is_whitespace).unwrap_or(said.len());
        Span { end: clause.start + end as u32, ..clause }
    }

    fn requirements(&self, all: &[Requirement]) -> Vec<Altered<Vec<Requirement>>> {
        let whole = all.to_vec();
        let mut made = vec![];
        for (at, it) in all.iter().enumerate() {
            made.extend(each(&whole, self.body(it), |to: &mut Vec<Requirement>, body| {
                to[at].body = body;
            }));
            if all.len() > 1 {
                let change = Change { kind: Kind::Drop, at: it.span, with: String::new() };
                let mut tree = whole.clone();
                tree.remove(at);
                made.push(Altered { tree, change });
            }
        }
        made
    }

    fn body(&self, it: &Requirement) -> Vec<Altered<Body>> {
        let (quantifier, items) = match &it.body {
            Body::One(expr) => {
                return self.expr(expr).into_iter().map(|it| it.within(Body::One)).collect();
            }
            Body::List { quantifier, items } => (*quantifier, items),
        };
        let list = |quantifier, items| Body::List { quantifier, items };
        let mut made = vec![];
        let start = Span { end: items.first().map_or(it.span.end, |it| it.span.start), ..it.span };
        for (other, said) in other_quantifiers(quantifier, items.len()) {
            let change = Change { kind: Kind::Connective, at: start, with: said };
            made.push(Altered { tree: list(other, items.clone()), change });
        }
        for (at, item) in items.iter().enumerate() {
            for sub in self.expr(&item.expr) {
                made.push(sub.within(|expr| {
                    let mut items = items.clone();
                    items[at].expr = expr;
                    list(quantifier, items)
                }));
            }
            if items.len() > 1 {
                let change = Change { kind: Kind::Drop, at: item.span, with: String::new() };
                let mut items = items.clone();
                items.remove(at);
                made.push(Altered { tree: list(quantifier, items), change });
            }
        }
        made
    }

    fn exceptions(&self, all: &[Exception]) -> Vec<Altered<Vec<Exception>>> {
        let whole = all.to_vec();
        let mut made = vec![];
        for (at, it) in all.iter().enumerate() {
            let rested = |it: &Exception| it.against.as_ref().map(|it| it.1.place.clone());
            // Another that is set against it would have nothing to be set against.
            let needed = all.iter().any(|other| rested(other) == Some(it.article.place.clone()));
            let change = |kind, at, with| Change { kind, at, with };
            if !needed {
                let mut tree = whole.clone();
                tree.remove(at);
                let change = change(Kind::Exception, it.span, String::new());
                made.push(Altered { tree, change });
            }
            let mut guards = self.expr(&it.guard);
            let negated =
                Expr { kind: ExprKind::Not(Box::new(bracketed(&it.guard))), span: it.guard.span };
            let with = format!("非（{}）", self.said_of(&it.guard));
            let change_guard = change(Kind::Exception, it.guard.span, with);
            guards.push(Altered { tree: negated, change: change_guard });
            made.extend(each(&whole, guards, |to: &mut Vec<Exception>, guard| {
                to[at].guard = guard
            }));
            made.extend(each(
                &whole,
                self.deemed(&it.deemed),
                |to: &mut Vec<Exception>, deemed| {
                    to[at].deemed = deemed;
                },
            ));
        }
        made
    }

    fn deemed(&self, it: &Expr) -> Vec<Altered<Expr>> {
        let ExprKind::Name(name) = &it.kind else { return self.expr(it) };
        let other = match name.text.as_str() {
            "符合" => "不符合",
            "不符合" => "符合",
            "met" => "not_met",
            "not_met" => "met",
            _ => return vec![],
        };
        let name = Name { text: other.to_owned(), span: name.span };
        let change = Change { kind: Kind::Exception, at: it.span, with: other.to_owned() };
        vec![Altered { tree: Expr { kind: ExprKind::Name(name), span: it.span }, change }]
    }

    fn conclusion(&self, it: &ast::Conclusion) -> Vec<Altered<ast::Conclusion>> {
        let dropped =
            |at: &Name| Change { kind: Kind::Drop, at: at.span, with: "（去掉）".into() };
        let mut made = vec![];
        for (at, name) in it.requires.iter().enumerate() {
            let mut tree = it.clone();
            tree.requires.remove(at);
            made.push(Altered { tree, change: dropped(name) });
        }
        for (path, names) in it.requires_one.iter().enumerate() {
            for (at, name) in names.iter().enumerate() {
                let mut tree = it.clone();
                tree.requires_one[path].remove(at);
                made.push(Altered { tree, change: dropped(name) });
            }
        }
        for (at, veto) in it.vetoes.iter().enumerate() {
            let change = Change { kind: Kind::Drop, at: veto.span, with: "（去掉）".into() };
            let mut tree = it.clone();
            tree.vetoes.remove(at);
            made.push(Altered { tree, change });
            made.extend(each(it, self.expr(veto), |to, veto| to.vetoes[at] = veto));
        }
        made.extend(each(it, self.requirements(&it.requirements), |to, all| to.requirements = all));
        made
    }
}

fn wrap<T>(made: Vec<Altered<T>>, kind: impl Fn(T) -> ItemKind) -> Vec<Altered<ItemKind>> {
    made.into_iter().map(|it| it.within(&kind)).collect()
}

fn bracketed(it: &Expr) -> Expr {
    Expr { kind: ExprKind::Bracket(Box::new(it.clone())), span: it.span }
}

/// The first and the last day one earlier and one later.
fn validity(it: &Validity) -> Vec<Altered<Validity>> {
    let said = |it: &Validity| match (it.from, it.until) {
        (Some(from), Some(until)) => format!("{from} 至 {until}"),
        (Some(from), None) => format!("{from} 起"),
        (None, Some(until)) => format!("{until} 止"),
        (None, None) => String::new(),
    };
    let moved = [
        it.from.and_then(|day| day.pred_opt()).map(|day| (Some(day), it.until)),
        it.from.and_then(|day| day.succ_opt()).map(|day| (Some(day), it.until)),
        it.until.and_then(|day| day.pred_opt()).map(|day| (it.from, Some(day))),
        it.until.and_then(|day| day.succ_opt()).map(|day| (it.from, Some(day))),
    ];
    let made = |(from, until)| {
        let tree = Validity { from, until, span: it.span };
        let change = Change { kind: Kind::Day, at: it.span, with: said(&tree) };
        Altered { tree, change }
    };
    moved.into_iter().flatten().map(made).collect()
}

/// 保留 n: one place more and one fewer.
pub(super) fn places(keep: u32, at: Span) -> Vec<Altered<u32>> {
    let others = [keep.checked_add(1), keep.checked_sub(1)].into_iter().flatten();
    let made = |tree: u32| Altered {
        tree,
        change: Change {
            kind: Kind::Rounding,
            at: Span { start: at.end, ..at },
            with: format!("（保留 {tree} 位小数，原为 {keep} 位）"),
        },
    };
    others.map(made).collect()
}

fn other_force(it: Force) -> Option<(Force, &'static str)> {
    match it {
        Force::Must => Some((Force::Should, "原则上应当")),
        Force::Should => Some((Force::Must, "应当")),
        Force::May => None,
    }
}

fn other_quantifiers(it: Quantifier, len: usize) -> Vec<(Quantifier, String)> {
    let counted = |make: fn(u32) -> Quantifier, word: &str, n: u32| {
        let others = [n.checked_add(1), n.checked_sub(1)].into_iter().flatten();
        let others = others.filter(|it| *it as usize <= len);
        others.map(|n| (make(n), format!("应当 {word} {n} 项 "))).collect()
    };
    match it {
        Quantifier::All => vec![(Quantifier::Any, "应当 满足之一 ".to_owned())],
        Quantifier::Any => vec![(Quantifier::All, "应当 同时满足 ".to_owned())],
        Quantifier::AtLeast(n) => counted(Quantifier::AtLeast, "至少满足", n),
        Quantifier::AtMost(n) => counted(Quantifier::AtMost, "至多满足", n),
        Quantifier::Exactly(n) => counted(Quantifier::Exactly, "恰好满足", n),
    }
}
