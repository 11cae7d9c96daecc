//! 参数, 指标, 条件, 分级 and 结论 to the program's rules (`semantics` §6). Sentences are compiled elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::check::parameters::days;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::Clause;
use crate::ir::ClauseItem;
use crate::ir::Count;
use crate::ir::FieldId;
use crate::ir::Force;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Required;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::ir::Unanswered;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::ItemKind;

impl<'a> Checker<'a> {
    /// Compiles every rule, in the order written.
    pub(super) fn rules(&mut self, items: &[&'a ast::Item]) {
        self.reserve();
        self.guards(items);
        let symbols: Vec<Symbol> = self.symbols.progress.keys().copied().collect();
        for symbol in symbols {
            match symbol {
                Symbol::Parameter(index) => self.lone_parameter(index),
                _ => {
                    self.compiled(symbol);
                }
            }
        }
    }

    /// Makes a place for each rule, so that ids follow the order of writing.
    fn reserve(&mut self) {
        for parameter in self.symbols.parameters.clone() {
            let head = self.head(&parameter.name, &parameter.shared);
            self.program.parameters.push(ir::Parameter { head, unit: None });
        }
        let nothing = NodeId(0);
        for it in self.symbols.indicators.clone() {
            let head = self.head(&it.name, &it.shared);
            let unit = None;
            let table = TableId(0);
            self.program.indicators.push(ir::Indicator { head, table, node: nothing, unit, show: it.show });
        }
        for it in self.symbols.criteria.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.criteria.push(empty_criterion(head));
        }
        for it in self.symbols.gradings.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.gradings.push(ir::Grading { head, table: TableId(0), node: nothing, of: nothing });
        }
        for it in self.symbols.conclusions.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.conclusions.push(empty_conclusion(head));
        }
    }

    /// Looks at a parameter on its own, so that one that nobody uses is checked too.
    fn lone_parameter(&mut self, index: u32) {
        let parameter = self.symbols.parameters[index as usize];
        if parameter.values.is_empty() && !self.is_damaged(&parameter.name) {
            self.faults.push(errors::parameter_without_value(&parameter.name));
        }
        for (at, (validity, _)) in parameter.values.iter().enumerate() {
            let first = |it: &Option<ast::Validity>| it.as_ref().and_then(|it| it.from);
            if let Some((_, other)) = parameter.values[..at].iter().find(|it| first(&it.0) == first(validity)) {
                self.faults.push(errors::two_values_in_force(&parameter.name, other.span, parameter.values[at].1.span));
            }
        }
        let home = match self.scope_of(Symbol::Parameter(index)).or(self.program.case_tables.first().copied()) {
            Some(home) => home,
            None if self.program.tables.is_empty() => return,
            None => TableId(0),
        };
        if let Some(scope) = &parameter.scope {
            self.scope(Some(scope), &parameter.name);
        }
        if let Some(node) = self.parameter(index, None, home, parameter.name.span) {
            self.program.parameters[index as usize].unit = self.unit(node);
        }
    }

    /// The node of a rule, compiled now where it is not yet. A rule that is being compiled refers to itself.
    pub(super) fn compiled(&mut self, symbol: Symbol) -> Option<NodeId> {
        match self.symbols.progress.get(&symbol) {
            Some(Progress::Done(node)) => return *node,
            Some(Progress::Running) => return None,
            _ => {}
        }
        self.symbols.progress.insert(symbol, Progress::Running);
        let outer = self.current.replace(symbol);
        let known = std::mem::take(&mut self.known);
        let node = match symbol {
            Symbol::Indicator(index) => self.indicator(index as usize),
            Symbol::Criterion(index) => self.criterion(index as usize),
            Symbol::Grading(index) => self.grading(index as usize),
            Symbol::Conclusion(index) => self.conclusion(index as usize),
            Symbol::Guard(field) => self.field_guard(field),
            Symbol::Parameter(_) => None,
        };
        self.known = known;
        self.current = outer;
        self.symbols.progress.insert(symbol, Progress::Done(node));
        node
    }

    fn head(&mut self, name: &ast::Name, shared: &ast::Shared) -> Head {
        let articles: Vec<String> = shared.basis.iter().map(|it| self.cite(it)).collect();
        let order = self.order_of(shared.basis.first());
        let words = |list: &[ast::Word]| list.iter().map(|it| it.value.clone()).collect();
        Head {
            name: name.text.clone(),
            articles,
            order,
            readings: words(&shared.readings),
            evidence: words(&shared.evidence),
            note: shared.note.as_ref().map(|it| it.value.clone()),
            span: name.span,
        }
    }

    /// Whether an item lost clauses to faults, so that what it lacks is not reported once more.
    pub(super) fn is_damaged(&self, name: &ast::Name) -> bool {
        self.symbols.damaged.contains(&name.span)
    }

    fn indicator(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.indicators[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        let unit = match &it.unit {
            Some(word) => Some(self.unit_word(word)?),
            None => None,
        };
        let Some(formula) = &it.formula else {
            if !self.is_damaged(&it.name) {
                self.faults.push(errors::indicator_without_formula(&it.name));
            }
            return None;
        };
        let mut node = self.expr(formula, at)?;
        if let Some(unit) = &unit {
            match self.ty(node) {
                Ty::Number(dimension) if dimension == unit.dimension => {}
                Ty::NotApplicable => {}
                other => {
                    let found = match other {
                        Ty::Number(_) => self.unit_name(node),
                        other => self.describe(other),
                    };
                    let place = it.unit.as_ref().map_or(it.name.span, |word| word.span);
                    return self.fail(errors::unit_does_not_fit(place, &unit.name, formula.span, &found));
                }
            }
        }
        if let (Some(places), ty @ Ty::Number(_)) = (it.keep, self.ty(node)) {
            let factor = unit.clone().or(self.unit(node)).map_or_else(crate::value::Number::one, |it| it.factor);
            node = self.node(NodeKind::Round { of: node, places, factor }, ty, unit.clone(), at, formula.span);
        }
        node = self.applicable(node, &it.shared, at)?.0;
        let shown = unit.or(self.unit(node));
        self.show_in(node, shown.clone());
        let indicator = &mut self.program.indicators[index];
        (indicator.table, indicator.node, indicator.unit) = (at, node, shown);
        Some(node)
    }

    /// A computed value is shown in the unit its indicator names; cells and constants keep their own.
    fn show_in(&mut self, node: NodeId, unit: Option<crate::value::Unit>) {
        let node = &mut self.program.nodes[node.0 as usize];
        if !matches!(node.kind, NodeKind::Field(_) | NodeKind::Constant(_) | NodeKind::Parent(_)) {
            node.unit = unit;
        }
    }

    /// 适用 and 施行 around a body: the node, the 适用 guard, the 施行 guard.
    fn applicable(
        &mut self,
        body: NodeId,
        shared: &ast::Shared,
        at: TableId,
    ) -> Option<(NodeId, Option<NodeId>, Option<NodeId>)> {
        let (mut node, mut applies) = (body, None);
        let (ty, unit) = (self.ty(body), self.unit(body));
        if let Some(guard) = &shared.applies {
            let guard_node = self.condition(guard, at)?;
            applies = Some(guard_node);
            let kind = NodeKind::Applies { guard: guard_node, body: node };
            node = self.node(kind, ty, unit.clone(), at, guard.span);
        }
        let own = shared.effective.as_ref().map(|it| (days(it), it.span));
        let span = self.program.node(body).span;
        let effective = own.or(self.effective.map(|it| (it, span)));
        let Some(((from, until), span)) = effective.filter(|it| it.0 != (None, None)) else {
            return Some((node, applies, None));
        };
        let day = self.rule_day(at, span)?;
        let in_force = self.truth(NodeKind::InForce { day, from, until }, at, span);
        let kind = NodeKind::Applies { guard: in_force, body: node };
        Some((self.node(kind, ty, unit, at, span), applies, Some(in_force)))
    }

    fn criterion(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.criteria[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        if it.requirements.is_empty() && !self.is_damaged(&it.name) {
            self.faults.push(errors::criterion_without_requirement(&it.name));
        }
        let force = self.force(it);
        let clauses: Vec<_> = it.requirements.iter().map(|it| self.clause(it, at)).collect();
        let failing = it.failing.as_ref().and_then(|it| self.template(it, at));
        let answered_in = self.answer_field(it.answered_in.as_ref(), at);
        let unanswered = self.unanswered(it);
        let clauses = clauses.into_iter().collect::<Option<Vec<_>>>()?;
        if clauses.is_empty() {
            return None;
        }
        let nodes: Vec<NodeId> = clauses.iter().map(|it| it.node).collect();
        let body = match nodes.as_slice() {
            [one] => *one,
            _ => self.truth(NodeKind::And(nodes), at, it.name.span),
        };
        let (core, exceptions) = match it.exceptions.as_slice() {
            [] => (body, None),
            list => {
                let node = self.exceptions(list, body, at, it.name.span)?;
                (node, Some(node))
            }
        };
        let (node, applies, in_force) = self.applicable(core, &it.shared, at)?;
        let in_conclusion = match force {
            Force::Should => {
                let answered = answered_in
                    .filter(|_| unanswered != Unanswered::Noted)
                    .map(|field| self.truth(NodeKind::Filled(field), field.table, it.name.span));
                self.truth(NodeKind::Soften { of: node, unanswered, answered }, at, it.name.span)
            }
            Force::Must | Force::May => node,
        };
        let head = self.program.criteria[index].head.clone();
        self.program.criteria[index] = ir::Criterion {
            head,
            table: at,
            force,
            node,
            in_conclusion,
            in_force,
            applies,
            exceptions,
            clauses,
            failing,
            answered_in,
            unanswered,
        };
        Some(node)
    }

    /// The one force of a criterion.
    fn force(&mut self, it: &ast::Criterion) -> Force {
        let Some(first) = it.requirements.first() else { return Force::Must };
        if let Some(other) = it.requirements.iter().find(|other| other.force != first.force) {
            self.faults.push(errors::two_forces(&it.name, first.span, other.span));
        }
        match first.force {
            ast::Force::Must => Force::Must,
            ast::Force::Should => Force::Should,
            ast::Force::May => Force::May,
        }
    }

    /// One 应当 / 不得 … clause.
    fn clause(&mut self, it: &ast::Requirement, at: TableId) -> Option<Clause> {
        let (node, list) = match &it.body {
            ast::Body::One(expr) => {
                if it.negated && matches!(expr.kind, ast::ExprKind::Not(_)) {
                    self.faults.push(errors::double_negation(it.span));
                }
                (self.condition(expr, at)?, None)
            }
            ast::Body::List { quantifier, items } => {
                let made: Vec<_> = items.iter().map(|item| self.clause_item(item, at)).collect();
                let made = made.into_iter().collect::<Option<Vec<_>>>()?;
                let count = self.count(*quantifier, made.len(), it.span);
                let nodes = made.iter().map(|it| it.node).collect();
                (self.quantified(count, nodes, at, it.span), Some((count, made)))
            }
        };
        let node = if it.negated { self.truth(NodeKind::Not(node), at, it.span) } else { node };
        Some(Clause { node, negated: it.negated, list, span: it.span })
    }

    fn clause_item(&mut self, item: &ast::ListItem, at: TableId) -> Option<ClauseItem> {
        let articles = item.basis.iter().map(|it| self.cite(it)).collect();
        let node = self.condition(&item.expr, at)?;
        Some(ClauseItem { label: item.label.as_ref().map(|it| it.text.clone()), node, articles, span: item.span })
    }

    fn count(&mut self, quantifier: ast::Quantifier, items: usize, span: Span) -> Count {
        let (count, n) = match quantifier {
            ast::Quantifier::All => return Count::All,
            ast::Quantifier::Any => return Count::Any,
            ast::Quantifier::AtLeast(n) => (Count::AtLeast(n), n),
            ast::Quantifier::AtMost(n) => (Count::AtMost(n), n),
            ast::Quantifier::Exactly(n) => (Count::Exactly(n), n),
        };
        if n as usize > items {
            self.faults.push(errors::more_than_listed(span, n, items));
        }
        count
    }

    fn answer_field(&mut self, name: Option<&ast::Name>, at: TableId) -> Option<FieldId> {
        let name = name?;
        let field = self.field_named(at, &name.text);
        if field.is_none() {
            let table = self.program.table(at).name.clone();
            let known: Vec<String> = self.program.table(at).fields.iter().map(|it| it.name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.faults.push(errors::unknown_field(name, &table, &known));
        }
        field
    }

    fn unanswered(&mut self, it: &ast::Criterion) -> Unanswered {
        let Some(word) = &it.unanswered else { return Unanswered::Noted };
        if it.answered_in.is_none() {
            self.faults.push(errors::unanswered_without_field(word));
        }
        match word.text.as_str() {
            "不符合" | "not_met" => Unanswered::NotMet,
            "无法判定" | "undetermined" => Unanswered::Undetermined,
            _ => {
                self.faults.push(errors::unanswered_word(word));
                Unanswered::Noted
            }
        }
    }

    /// A text with inserted values.
    pub(super) fn template(&mut self, it: &ast::Template, at: TableId) -> Option<ir::Template> {
        let mut parts = vec![];
        for part in &it.parts {
            parts.push(match part {
                ast::TemplatePart::Plain(text) => ir::TemplatePart::Plain(text.clone()),
                ast::TemplatePart::Hole(expr) => ir::TemplatePart::Value(self.expr(expr, at)?),
            });
        }
        Some(ir::Template(parts))
    }

    fn grading(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.gradings[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        let Some(by) = &it.by else {
            if !self.is_damaged(&it.name) {
                self.faults.push(errors::grading_without_by(&it.name));
            }
            return None;
        };
        if it.rows.is_empty() && !self.is_damaged(&it.name) {
            self.faults.push(errors::grading_without_rows(&it.name));
        }
        let of = self.expr(by, at)?;
        let graded = self.grade(it, of, by.span, at)?;
        let node = self.applicable(graded, &it.shared, at)?.0;
        let grading = &mut self.program.gradings[index];
        (grading.table, grading.node, grading.of) = (at, node, of);
        Some(node)
    }

    fn conclusion(&mut self, index: usize) -> Option<NodeId> {
        let it = self.symbols.conclusions[index];
        let at = self.scope(it.scope.as_ref(), &it.name)?;
        let vetoes: Vec<_> = it.vetoes.iter().map(|it| self.veto(it, at)).collect();
        let requires: Vec<_> = it.requires.iter().map(|it| self.required(it, at, true)).collect();
        let paths: Vec<Vec<_>> = it
            .requires_one
            .iter()
            .map(|names| names.iter().map(|it| self.required(it, at, false)).collect())
            .collect();
        let clauses: Vec<_> = it.requirements.iter().map(|it| self.clause(it, at)).collect();
        let failing = it.failing.as_ref().and_then(|it| self.template(it, at));
        let vetoes = vetoes.into_iter().collect::<Option<Vec<_>>>()?;
        let requires = requires.into_iter().collect::<Option<Vec<_>>>()?;
        let paths = paths.into_iter().map(|it| it.into_iter().collect()).collect::<Option<Vec<Vec<_>>>>()?;
        let clauses = clauses.into_iter().collect::<Option<Vec<_>>>()?;
        let mut parts: Vec<NodeId> = vec![];
        for veto in &vetoes {
            parts.push(self.truth(NodeKind::Not(veto.node), at, self.program.node(veto.node).span));
        }
        parts.extend(requires.iter().filter_map(|it: &(Required, Option<NodeId>)| it.1));
        for path in &paths {
            let nodes = path.iter().filter_map(|it: &(Required, Option<NodeId>)| it.1).collect();
            parts.push(self.truth(NodeKind::Or(nodes), at, it.name.span));
        }
        parts.extend(clauses.iter().map(|it| it.node));
        if parts.is_empty() {
            if !self.is_damaged(&it.name) && it.requires.is_empty() {
                self.faults.push(errors::conclusion_without_requirement(&it.name));
            }
            return None;
        }
        let body = self.truth(NodeKind::And(parts), at, it.name.span);
        let (node, applies, in_force) = self.applicable(body, &it.shared, at)?;
        let head = self.program.conclusions[index].head.clone();
        self.program.conclusions[index] = ir::Conclusion {
            head,
            table: at,
            node,
            applies,
            in_force,
            requires: requires.into_iter().map(|it| it.0).collect(),
            requires_one: paths.into_iter().map(|it| it.into_iter().map(|it| it.0).collect()).collect(),
            vetoes,
            clauses,
            failing,
        };
        Some(node)
    }

    fn veto(&mut self, expr: &ast::Expr, at: TableId) -> Option<ir::Veto> {
        let node = self.condition(expr, at)?;
        let criterion = match &expr.kind {
            ast::ExprKind::Name(name) => match self.symbols.rules.get(name.text.as_str()) {
                Some(Symbol::Criterion(index)) if self.field_named(at, &name.text).is_none() => {
                    if self.program.criteria[*index as usize].force == Force::May {
                        let fault = errors::may_decides_nothing(name);
                        return self.fail(fault).and(None);
                    }
                    Some(ir::CriterionId(*index))
                }
                _ => None,
            },
            _ => None,
        };
        Some(ir::Veto { node, criterion })
    }

    /// What a name in 须符合 requires, and the node that stands for it; a 可以 criterion informs and has none.
    fn required(
        &mut self,
        name: &ast::Name,
        at: TableId,
        common: bool,
    ) -> Option<(Required, Option<NodeId>)> {
        let symbol = self.symbols.rules.get(name.text.as_str()).copied();
        let Some(symbol @ (Symbol::Criterion(_) | Symbol::Conclusion(_))) = symbol else {
            let known: Vec<&str> = self
                .symbols
                .rules
                .iter()
                .filter(|it| matches!(it.1, Symbol::Criterion(_) | Symbol::Conclusion(_)))
                .map(|it| *it.0)
                .collect();
            let fault = errors::unknown_criterion(name, &known);
            return self.fail(fault).and(None);
        };
        let own = self.reference(symbol, name, at)?;
        match symbol {
            Symbol::Criterion(index) => {
                let criterion = &self.program.criteria[index as usize];
                let (force, soft) = (criterion.force, criterion.in_conclusion);
                let node = match force {
                    Force::May if !common => {
                        let fault = errors::may_decides_nothing(name);
                        return self.fail(fault).and(None);
                    }
                    Force::May => None,
                    // A path takes the outcome before force: a soft path could never fail.
                    _ if !common => Some(own),
                    _ => Some(self.lower(soft, at, name.span)?),
                };
                Some((Required::Criterion(ir::CriterionId(index)), node))
            }
            Symbol::Conclusion(index) => Some((Required::Conclusion(ir::ConclusionId(index)), Some(own))),
            _ => None,
        }
    }
}

fn empty_criterion(head: Head) -> ir::Criterion {
    ir::Criterion {
        head,
        table: TableId(0),
        force: Force::Must,
        node: NodeId(0),
        in_conclusion: NodeId(0),
        in_force: None,
        applies: None,
        exceptions: None,
        clauses: vec![],
        failing: None,
        answered_in: None,
        unanswered: Unanswered::Noted,
    }
}

fn empty_conclusion(head: Head) -> ir::Conclusion {
    ir::Conclusion {
        head,
        table: TableId(0),
        node: NodeId(0),
        applies: None,
        in_force: None,
        requires: vec![],
        requires_one: vec![],
        vetoes: vec![],
        clauses: vec![],
        failing: None,
    }
}

/// Whether an item is a rule that a case is judged by.
pub(super) fn judges(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Conclusion(_) | ItemKind::Grading(_))
}
