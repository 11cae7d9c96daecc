//! The changes of a 评分: weights, methods, directions, items, bonus, lines, caps, 缺失, ties, places. Sentences are changed elsewhere.

use crate::source::Span;
use crate::suite::mutate::change::Altered;
use crate::suite::mutate::change::Change;
use crate::suite::mutate::change::Kind;
use crate::suite::mutate::change::Maker;
use crate::suite::mutate::expr::contrary_of_cell;
use crate::suite::mutate::expr::step_of;
use crate::suite::mutate::items::each;
use crate::suite::mutate::items::places;
use crate::syntax::ast;
use crate::syntax::ast::EntryKind;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::ItemKind;
use crate::syntax::ast::Name;
use crate::syntax::ast::Score;
use crate::syntax::ast::ScoreCellKind;
use crate::syntax::ast::Tied;
use crate::value::Number;

/// Words that may stand for one another, in Chinese and English.
type Words = [(&'static str, &'static str)];

const DIRECTIONS: &Words = &[("正向", "up"), ("逆向", "down")];
const MISSING: &Words = &[
    ("区间", "interval"),
    ("记零分", "zero"),
    ("取均值", "mean"),
    ("取中位", "median"),
    ("分摊", "redistribute"),
    ("不参评", "excluded"),
];
const NOT_APPLICABLE: &Words = &[("分摊", "redistribute"), ("记满分", "full"), ("记零分", "zero")];
const SAME: &Words =
    &[("满分", "full"), ("半分", "half"), ("零分", "zero"), ("不适用", "not_applicable")];
const COMPOSITIONS: &Words = &[("加权平均", "weighted_mean"), ("加权几何", "weighted_geometric")];
const ORDERS: &Words = &[("从高到低", "high_to_low"), ("从低到高", "low_to_high")];
const TIES: &Words = &[("并列同名次", "shared"), ("并列连续", "dense"), ("平均名次", "mean_rank")];
const AT_LINE: &Words = &[("全入选", "all_in"), ("全不选", "none_in")];

impl Maker<'_> {
    /// Every change of a score.
    pub(super) fn score(&self, it: &Score, all: &[ast::Item]) -> Vec<Altered<Score>> {
        let mut made = self.weights(it, all);
        self.cells(it, &mut made);
        self.entries(it, &mut made);
        for (at, veto) in it.vetoes.iter().enumerate() {
            let mut tree = it.clone();
            tree.vetoes.remove(at);
            made.push(Altered { tree, change: dropped(Kind::Drop, veto.span) });
            made.extend(each(it, self.expr(veto), |to, veto| to.vetoes[at] = veto));
        }
        self.lines(it, &mut made);
        self.words(it, &mut made);
        self.ranking(it, &mut made);
        made
    }

    /// The numbers of 标准化, 不截断, and 正向 for 逆向.
    fn cells(&self, it: &Score, made: &mut Vec<Altered<Score>>) {
        for (row, written) in it.rows.iter().enumerate().skip(1) {
            for (column, cell) in written.cells.iter().enumerate() {
                let ScoreCellKind::Expr(expr) = &cell.kind else { continue };
                let changed = match &expr.kind {
                    ExprKind::Call { name, args, .. } => {
                        let mut all = self.expr(expr);
                        if let Some((last, rest)) = args.split_last()
                            && matches!(&last.kind, ExprKind::Name(it) if matches!(it.text.as_str(), "不截断" | "uncut"))
                        {
                            let kind = match rest {
                                [] => ExprKind::Name(name.clone()),
                                _ => ExprKind::Call {
                                    name: name.clone(),
                                    args: rest.to_vec(),
                                    if_empty: None,
                                },
                            };
                            let tree = Expr { kind, span: expr.span };
                            all.push(Altered { tree, change: dropped(Kind::Cap, last.span) });
                        }
                        all
                    }
                    // Weights are moved, not changed alone.
                    ExprKind::Name(name) => others(name, DIRECTIONS, Kind::Direction)
                        .into_iter()
                        .map(|it| {
                            it.within(|name| Expr { span: expr.span, kind: ExprKind::Name(name) })
                        })
                        .collect(),
                    _ => vec![],
                };
                made.extend(each(it, changed, |to, expr| {
                    to.rows[row].cells[column].kind = ScoreCellKind::Expr(expr);
                }));
            }
        }
    }

    /// 项目, 加分, 扣分: their points, their most; left out; 加分 for 扣分.
    fn entries(&self, it: &Score, made: &mut Vec<Altered<Score>>) {
        for (at, entry) in it.entries.iter().enumerate() {
            made.extend(each(it, self.lone(&entry.formula), |to, formula| {
                to.entries[at].formula = Some(formula);
            }));
            made.extend(each(it, self.lone(&entry.full), |to, full| {
                to.entries[at].full = Some(full);
            }));
            let mut tree = it.clone();
            tree.entries.remove(at);
            made.push(Altered { tree, change: dropped(Kind::Bonus, entry.span) });
            let (other, word) = match entry.kind {
                EntryKind::Item => continue,
                EntryKind::Bonus => (EntryKind::Deduction, "扣分"),
                EntryKind::Deduction => (EntryKind::Bonus, "加分"),
            };
            let mut tree = it.clone();
            tree.entries[at].kind = other;
            let change =
                Change { kind: Kind::Bonus, at: self.word_at(entry.span), with: word.into() };
            made.push(Altered { tree, change });
        }
    }

    /// 满分, 封顶, 合格, 保留, 范围.
    fn lines(&self, it: &Score, made: &mut Vec<Altered<Score>>) {
        made.extend(each(it, self.lone(&it.full), |to, full| to.full = Some(full)));
        made.extend(each(it, self.lone(&it.cap), |to, cap| to.cap = Some(cap)));
        if let Some(cap) = &it.cap {
            let tree = Score { cap: None, ..it.clone() };
            made.push(Altered { tree, change: dropped(Kind::Cap, cap.span) });
        }
        if let Some((op, line)) = &it.pass {
            let op = *op;
            made.extend(each(it, self.expr(line), |to, line| to.pass = Some((op, line))));
            if let Some((other, word)) = contrary_of_cell(op) {
                let mut tree = it.clone();
                tree.pass = Some((other, line.clone()));
                let with = format!("{word} {}", self.said_of(line));
                let change = Change { kind: Kind::Strictness, at: line.span, with };
                made.push(Altered { tree, change });
            }
        }
        made.extend(each(it, self.lone(&it.population), |to, it| to.population = Some(it)));
        if let Some(keep) = it.keep {
            made.extend(each(it, places(keep, it.name.span), |to, it| to.keep = Some(it)));
        }
    }

    /// 缺失, 不适用, 同值, 权重 归一, 合成.
    fn words(&self, it: &Score, made: &mut Vec<Altered<Score>>) {
        let kind = Kind::Missing;
        if let Some((first, more)) = &it.missing {
            made.extend(each(it, others(first, MISSING, kind), |to, word| {
                to.missing = Some((word, None));
            }));
            if let Some(more) = more {
                let tree = Score { missing: Some((first.clone(), None)), ..it.clone() };
                made.push(Altered { tree, change: dropped(kind, more.span) });
            }
        }
        if let Some(word) = &it.not_applicable {
            made.extend(each(it, others(word, NOT_APPLICABLE, kind), |to, word| {
                to.not_applicable = Some(word);
            }));
        }
        if let Some(word) = &it.same {
            made.extend(each(it, others(word, SAME, kind), |to, word| to.same = Some(word)));
        }
        if let Some(word) = &it.composition {
            made.extend(each(it, others(word, COMPOSITIONS, Kind::Aggregate), |to, word| {
                to.composition = Some(word);
            }));
        }
        if let Some(word) = &it.weights {
            let tree = Score { weights: None, ..it.clone() };
            made.push(Altered { tree, change: dropped(Kind::Weight, word.span) });
        }
    }

    /// 排名, 入选, 名额.
    fn ranking(&self, it: &Score, made: &mut Vec<Altered<Score>>) {
        let kind = Kind::Rank;
        if let Some(rank) = &it.rank {
            for (at, word) in rank.words.iter().enumerate() {
                let all = [others(word, ORDERS, kind), others(word, TIES, kind)].concat();
                made.extend(each(it, all, |to, word| {
                    to.rank.iter_mut().for_each(|it| it.words[at] = word.clone());
                }));
            }
            if let Some(name) = &rank.then_by {
                let mut tree = it.clone();
                tree.rank.iter_mut().for_each(|it| it.then_by = None);
                made.push(Altered { tree, change: dropped(kind, name.span) });
            }
        }
        if let Some(select) = &it.select {
            made.extend(each(it, self.expr(&select.top), |to, top| {
                to.select.iter_mut().for_each(|it| it.top = top.clone());
            }));
            let tied = match &select.tied {
                Some(Tied::Word(word)) => others(word, AT_LINE, kind),
                _ => vec![],
            };
            made.extend(each(it, tied, |to, word| {
                to.select.iter_mut().for_each(|it| it.tied = Some(Tied::Word(word.clone())));
            }));
            if let Some(Tied::ThenBy(name)) = &select.tied {
                let mut tree = it.clone();
                tree.select.iter_mut().for_each(|it| it.tied = None);
                made.push(Altered { tree, change: dropped(kind, name.span) });
            }
        }
        if let Some((group, seats)) = &it.quota {
            made.extend(each(it, self.expr(seats), |to, seats| {
                to.quota = Some((group.clone(), seats));
            }));
            let tree = Score { quota: None, ..it.clone() };
            made.push(Altered { tree, change: dropped(kind, group.span.merge(seats.span)) });
        }
    }

    fn lone(&self, it: &Option<Expr>) -> Vec<Altered<Expr>> {
        it.iter().flat_map(|it| self.expr(it)).collect()
    }

    /// A step of weight from a part to its next sibling, and back.
    fn weights(&self, it: &Score, all: &[ast::Item]) -> Vec<Altered<Score>> {
        let mut made = vec![];
        let Some(head) = it.rows.first() else { return made };
        for column in 1..head.cells.len() {
            if !matches!(self.said(head.cells[column].span).as_str(), "权重" | "weight") {
                continue;
            }
            let mut before: Option<(usize, Number, String, Span)> = None;
            for (row, written) in it.rows.iter().enumerate().skip(1) {
                let upper = written.cells.iter().take(column - 1);
                if upper.clone().any(|it| !matches!(it.kind, ScoreCellKind::Blank)) {
                    before = None;
                }
                let Some(cell) = written.cells.get(column) else { continue };
                let ScoreCellKind::Expr(expr) = &cell.kind else { continue };
                let Some((value, unit)) = weight(expr, all) else { continue };
                if let Some((other, of_other, unit_of_other, span)) = &before
                    && *unit_of_other == unit
                {
                    let fine = if step_of(&value) < step_of(of_other) { &value } else { of_other };
                    for step in [step_of(fine), step_of(fine).negate()] {
                        let moved = [(*other, of_other.add(&step)), (row, value.subtract(&step))];
                        if moved.iter().any(|it| it.1.is_negative()) {
                            continue;
                        }
                        let mut tree = it.clone();
                        for (row, value) in &moved {
                            put_weight(&mut tree, (*row, column), value.clone(), &unit);
                        }
                        let with = format!(
                            "{}{unit}（{} 改为 {}{unit}）",
                            moved[0].1,
                            self.said(cell.span),
                            moved[1].1
                        );
                        made.push(Altered {
                            tree,
                            change: Change { kind: Kind::Weight, at: *span, with },
                        });
                    }
                }
                before = Some((row, value, unit, cell.span));
            }
        }
        made
    }
}

fn dropped(kind: Kind, at: Span) -> Change {
    Change { kind, at, with: "（去掉）".to_owned() }
}

/// The other words that may stand in the place of one.
fn others(it: &Name, all: &Words, kind: Kind) -> Vec<Altered<Name>> {
    let Some(own) = all.iter().find(|(zh, en)| [*zh, *en].contains(&it.text.as_str())) else {
        return vec![];
    };
    let english = own.1 == it.text;
    let rest = all.iter().filter(|other| *other != own);
    rest.map(|(zh, en)| {
        let word = if english { *en } else { *zh };
        let tree = Name { text: word.to_owned(), span: it.span };
        Altered { tree, change: Change { kind, at: it.span, with: word.to_owned() } }
    })
    .collect()
}

/// A weight as a number and its unit; of a parameter its first value.
fn weight(it: &Expr, all: &[ast::Item]) -> Option<(Number, String)> {
    match &it.kind {
        ExprKind::Number { value, unit } => {
            Some((value.clone(), unit.as_ref().map_or_else(String::new, |it| it.value.clone())))
        }
        ExprKind::Name(name) => all.iter().find_map(|it| match &it.kind {
            ItemKind::Parameter(own) if own.name.text == name.text && own.values.len() == 1 => {
                weight(&own.values[0].1, &[])
            }
            _ => None,
        }),
        _ => None,
    }
}

fn put_weight(tree: &mut Score, (row, column): (usize, usize), value: Number, unit: &str) {
    let cell = &mut tree.rows[row].cells[column];
    let span = cell.span;
    let unit = (!unit.is_empty()).then(|| ast::Word { value: unit.to_owned(), span });
    cell.kind = ScoreCellKind::Expr(Expr { kind: ExprKind::Number { value, unit }, span });
}
