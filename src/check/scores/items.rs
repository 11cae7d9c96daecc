//! 项目, 加分 and 扣分 of a 评分: points by formula, table or indicator, each with its 满分. Weights are elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::check::population::conjuncts;
use crate::check::scores::Branch;
use crate::check::scores::Leaf;
use crate::check::scores::Terms;
use crate::ir::Composition;
use crate::ir::Constant;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ScorePart;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::syntax::ast;
use crate::syntax::ast::Entry;
use crate::syntax::ast::EntryKind;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Number;

impl Checker<'_> {
    /// The lines of one kind; none if any has a fault.
    pub(super) fn side_items(
        &mut self,
        it: &ast::Score,
        kind: EntryKind,
        at: TableId,
    ) -> Option<Vec<Branch>> {
        let mut all = vec![];
        let mut sound = true;
        for entry in it.entries.iter().filter(|it| it.kind == kind) {
            let first = it.entries.iter().find(|other| other.name.text == entry.name.text);
            if let Some(first) = first.filter(|it| !std::ptr::eq(*it, entry)) {
                self.faults.push(errors::name_twice(&entry.name, first.name.span));
                sound = false;
                continue;
            }
            match self.entry(entry, at) {
                Some(branch) => all.push(branch),
                None => sound = false,
            }
        }
        sound.then_some(all)
    }

    fn entry(&mut self, entry: &Entry, at: TableId) -> Option<Branch> {
        let formula = match &entry.formula {
            Some(formula) => formula.clone(),
            None => Expr { kind: ExprKind::Name(entry.name.clone()), span: entry.name.span },
        };
        let articles = self.cite_all(&entry.basis);
        let full = self.points_written(entry.full.as_ref());
        let of = self.expr(&formula, at)?;
        self.must_be_points(of, formula.span)?;
        let indicator = entry.formula.is_none().then(|| self.indicator_named(&entry.name, at));
        let leaf = Leaf {
            of,
            indicator: indicator.flatten(),
            method: None,
            reversed: false,
            points: None,
            full: full?,
            articles,
            note: entry.note.as_ref().map(|it| it.value.clone()),
            span: entry.span,
        };
        Some(Branch { name: entry.name.clone(), weight: None, leaf: Some(leaf), parts: vec![] })
    }

    /// The total of the items, and the items as parts.
    pub(super) fn items_total(
        &mut self,
        it: &ast::Score,
        terms: &Terms,
        tree: Vec<Branch>,
    ) -> Option<(NodeId, Vec<ScorePart>)> {
        if terms.composition == Composition::Geometric || terms.normalised {
            return self.fail(errors::items_are_added(&it.name)).and(None);
        }
        let (at, span) = (terms.at, it.name.span);
        let full = crate::check::scores::full_of(&tree);
        if let (Some(sum), Some(stated)) = (&full, &it.full)
            && *sum != terms.full
        {
            return self.fail(errors::items_sum(stated.span, sum, &terms.full)).and(None);
        }
        let mut points = vec![];
        for branch in &tree {
            let leaf = branch.leaf.as_ref().expect("an item is scored");
            points.push(self.item_points(terms, leaf)?);
        }
        let shifts = points.iter().any(|it| self.program.node(*it).may_be_na);
        let Some(full) = full.or((!shifts).then(Number::one)) else {
            let bare = tree.iter().find(|it| it.leaf.as_ref().is_some_and(|it| it.full.is_none()));
            let name = &bare.expect("an item without 满分").name;
            return self.fail(errors::item_without_full(name)).and(None);
        };
        if !shifts {
            let base = self.points_node(NodeKind::Sum(points.clone()), at, span);
            let parts = tree.into_iter().zip(points);
            let parts =
                parts.map(|(it, points)| self.part(terms, &it.name, it.leaf, points, points));
            return Some((base, parts.collect()));
        }
        // An item that is 不适用 gives its 满分 to the others in proportion.
        let mut pairs = vec![];
        for (branch, points) in tree.iter().zip(&points) {
            let own = branch
                .leaf
                .as_ref()
                .and_then(|it| it.full.clone())
                .expect("every item has its 满分");
            let factor = full.checked_div(&own).expect("满分 is above 0");
            let factor = self.constant_points(factor, at, branch.name.span);
            let scaled =
                self.points_node(NodeKind::Product(vec![*points, factor]), at, branch.name.span);
            let own = self.constant_points(own, at, branch.name.span);
            pairs.push((scaled, own));
        }
        let base = self.points_node(
            NodeKind::Score(Scoring::Weighted(Composition::Arithmetic, pairs.clone())),
            at,
            span,
        );
        let mut parts = vec![];
        for (index, (branch, points)) in tree.into_iter().zip(points).enumerate() {
            let weight = NodeKind::Score(Scoring::Weight { of: index, parts: pairs.clone() });
            let weight = self.points_node(weight, at, branch.name.span);
            let product = NodeKind::Product(vec![pairs[index].0, weight]);
            let contribution = self.points_node(product, at, branch.name.span);
            parts.push(self.part(terms, &branch.name, branch.leaf, points, contribution));
        }
        Some((base, parts))
    }

    /// 加分 or 扣分 as parts; what is 不适用 counts nothing.
    pub(super) fn beside_parts(
        &mut self,
        terms: &Terms,
        tree: Vec<Branch>,
    ) -> Option<Vec<ScorePart>> {
        let mut parts = vec![];
        for branch in tree {
            let leaf = branch.leaf.as_ref().expect("加分 and 扣分 are scored");
            let points = self.item_points(terms, leaf)?;
            let mut contribution = points;
            if self.program.node(points).may_be_na {
                let value = self.constant_points(Number::zero(), terms.at, leaf.span);
                let kind = NodeKind::WhenNotApplicable { of: points, value };
                contribution = self.points_node(kind, terms.at, leaf.span);
            }
            parts.push(self.part(terms, &branch.name, branch.leaf, points, contribution));
        }
        Some(parts)
    }

    /// The points of an item, at most its 满分.
    fn item_points(&mut self, terms: &Terms, leaf: &Leaf) -> Option<NodeId> {
        let full = leaf.full.as_ref().unwrap_or(&terms.full);
        let points = self.points(terms, leaf, full)?;
        match &leaf.full {
            Some(full) if self.most(points).is_none_or(|it| it > *full) => {
                let most = self.constant_points(full.clone(), terms.at, leaf.span);
                Some(self.points_node(
                    NodeKind::Score(Scoring::Cap { of: points, most }),
                    terms.at,
                    leaf.span,
                ))
            }
            _ => Some(points),
        }
    }

    /// The most a node can be, where its own form says so.
    fn most(&self, node: NodeId) -> Option<Number> {
        match &self.program.node(node).kind {
            NodeKind::Constant(Constant::Number(value)) => Some(value.clone()),
            NodeKind::Constant(Constant::NotApplicable) => Some(Number::zero()),
            NodeKind::Decide(it) if it.hit != Hit::Every => it
                .rows
                .iter()
                .map(|it| self.most(it.result))
                .try_fold(Number::zero(), |all, it| Some(all.max(it?))),
            NodeKind::Band { high: (high, _), .. } => self.most(*high),
            NodeKind::If { then, otherwise, if_not_applicable, .. } => {
                let branches = [Some(*then), Some(*otherwise), *if_not_applicable];
                let each = branches.into_iter().flatten().map(|it| self.most(it));
                each.into_iter().try_fold(Number::zero(), |all, it| Some(all.max(it?)))
            }
            NodeKind::Applies { body, .. } => self.most(*body),
            NodeKind::Score(Scoring::Points(it))
                if it.method == crate::ir::Normalisation::Table =>
            {
                self.most(it.of)
            }
            _ => None,
        }
    }

    /// 范围 全部集群 中 条件: who is compared, and what those that are compared with each other have in common.
    pub(super) fn population_rule(
        &mut self,
        it: &ast::Score,
        at: TableId,
    ) -> Option<(Option<NodeId>, Vec<NodeId>)> {
        let Some(expr) = &it.population else { return Some((None, vec![])) };
        let (mut rows, mut conditions): (&Expr, Vec<&Expr>) = (expr, vec![]);
        while let ExprKind::Where { rows: inner, condition } =
            &crate::check::compare::bare(rows).kind
        {
            conditions.insert(0, condition);
            rows = inner;
        }
        let named = match &crate::check::compare::bare(rows).kind {
            ExprKind::Name(name) => self.whole_table(&name.text) == Some(at),
            _ => false,
        };
        if !named {
            let table = self.program.table(at).name.clone();
            return self.fail(errors::population_needed(expr.span, &table)).and(None);
        }
        let (mut parts, mut groups) = (vec![], vec![]);
        for condition in conditions.iter().flat_map(|it| conjuncts(it)) {
            match self.group_of(condition, at) {
                Some(group) => {
                    let (of, own) = group?;
                    if of != own {
                        return self.fail(errors::group_of_another_field(condition.span)).and(None);
                    }
                    groups.push(of);
                    // What is 不适用 is in no group.
                    let none = self.truth(NodeKind::IsNone(of), at, condition.span);
                    parts.push(self.truth(NodeKind::Not(none), at, condition.span));
                }
                None => parts.push(self.condition(condition, at)?),
            }
        }
        let among = match parts.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(self.truth(NodeKind::And(parts), at, expr.span)),
        };
        Some((among, groups))
    }
}
