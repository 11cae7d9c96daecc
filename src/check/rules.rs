//! 参数, 指标, 条件 and 结论 to the program's rules (`semantics` §6). Sentences are compiled elsewhere.

use crate::check::Checker;
use crate::check::conclusions::empty_conclusion;
use crate::check::criteria::empty_criterion;
use crate::check::decision::empty_gradings;
use crate::check::errors;
use crate::check::parameters::days;
use crate::check::scores::empty_score;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::Head;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::DecisionForm;
use crate::syntax::ast::ItemKind;
use crate::value::Rounding;

impl<'a> Checker<'a> {
    /// Compiles every rule, in the order written.
    pub(super) fn rules(&mut self, items: &[&'a ast::Item]) {
        self.reserve();
        self.guards(items);
        let symbols: Vec<Symbol> = self.symbols.progress.keys().copied().collect();
        for symbol in symbols {
            match symbol {
                Symbol::Parameter(index) => self.lone_parameter(index),
                // Its formula is looked at once all rules are there.
                Symbol::Function(_) => {}
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
            self.program.indicators.push(ir::Indicator {
                head,
                table,
                node: nothing,
                reported: nothing,
                unit,
                show: it.show,
                others: vec![],
            });
        }
        for it in self.symbols.criteria.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.criteria.push(empty_criterion(head));
        }
        for it in self.symbols.decisions.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.gradings.extend(empty_gradings(&head, it));
        }
        for it in self.symbols.scores.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.scores.push(empty_score(head));
        }
        for it in self.symbols.conclusions.clone() {
            let head = self.head(&it.name, &it.shared);
            self.program.conclusions.push(empty_conclusion(head));
        }
        self.signatures();
    }

    /// Looks at a parameter on its own, so that one that nobody uses is checked too.
    fn lone_parameter(&mut self, index: u32) {
        let parameter = self.symbols.parameters[index as usize];
        if parameter.values.is_empty() && !self.is_damaged(&parameter.name) {
            self.faults.push(errors::parameter_without_value(&parameter.name));
        }
        for (at, (validity, _)) in parameter.values.iter().enumerate() {
            let first = |it: &Option<ast::Validity>| it.as_ref().and_then(|it| it.from);
            if let Some((_, other)) =
                parameter.values[..at].iter().find(|it| first(&it.0) == first(validity))
            {
                self.faults.push(errors::two_values_in_force(
                    &parameter.name,
                    other.span,
                    parameter.values[at].1.span,
                ));
            }
        }
        let starts =
            parameter.values.iter().map(|it| it.0.as_ref().or(parameter.shared.effective.as_ref()));
        let first =
            starts.map(|it| it.and_then(|it| it.from).map(errors::day_number)).min().flatten();
        let in_force = self.effective.and_then(|it| it.0);
        if let (Some(first), Some(from), Some(value)) = (first, in_force, parameter.values.first())
            && first > from
        {
            self.faults.push(errors::no_value_at_first(&parameter.name, value.1.span));
        }
        let home = match self.scope_of(Symbol::Parameter(index)).or(self
            .program
            .case_tables
            .first()
            .copied())
        {
            Some(home) => home,
            None if self.program.tables.is_empty() => return,
            None => TableId(0),
        };
        if let Some(scope) = &parameter.scope {
            self.scope(Some(scope), &parameter.name);
        }
        if self.holds_words(index, home) {
            return;
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
        let growth_base = self.growth_base.take();
        let node = match symbol {
            Symbol::Indicator(index) => self.indicator(index as usize),
            Symbol::Criterion(index) => self.criterion(index as usize),
            Symbol::Grading(index) => self.grading(index),
            Symbol::Score(index) => self.score(index as usize),
            Symbol::Conclusion(index) => self.conclusion(index as usize),
            Symbol::Guard(field) => self.field_guard(field),
            Symbol::Parameter(_) | Symbol::Function(_) => None,
        };
        self.known = known;
        self.growth_base = growth_base;
        self.current = outer;
        self.symbols.progress.insert(symbol, Progress::Done(node));
        node
    }

    pub(super) fn head(&mut self, name: &ast::Name, shared: &ast::Shared) -> Head {
        let articles = self.cite_all(&shared.basis);
        let order = self.order_of(&shared.basis);
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
        let applies = self.guarded_by(&it.shared, at);
        let mut node = self.growing(it.no_growth_base.as_ref(), |this| this.expr(formula, at))?;
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
                    return self.fail(errors::unit_does_not_fit(
                        place,
                        &unit.name,
                        formula.span,
                        &found,
                    ));
                }
            }
        }
        if let (Some(places), ty @ Ty::Number(_)) = (it.keep, self.ty(node)) {
            let factor = unit
                .clone()
                .or(self.unit(node))
                .map_or_else(crate::value::Number::one, |it| it.factor);
            node = self.node(
                NodeKind::Round { how: Rounding::Nearest, of: node, places, factor },
                ty,
                unit.clone(),
                at,
                formula.span,
            );
        }
        node = self.applicable(node, applies?, &it.shared, at, None)?.0;
        let shown = unit.or(self.unit(node));
        self.show_in(node, shown.clone());
        let others = self.other_readings(it, at, shown.as_ref());
        let reported = self.reported(node, &it.shared, at)?;
        self.show_in(reported, shown.clone());
        let indicator = &mut self.program.indicators[index];
        (indicator.table, indicator.node, indicator.unit) = (at, node, shown);
        indicator.reported = reported;
        indicator.others = others?;
        Some(node)
    }

    /// 另一口径: what each comes to beside the value that counts.
    fn other_readings(
        &mut self,
        it: &'a ast::Indicator,
        at: TableId,
        unit: Option<&crate::value::Unit>,
    ) -> Option<Vec<ir::OtherReading>> {
        let readings = it.other_readings.iter().map(|(name, formula)| {
            let node = self.growing(it.no_growth_base.as_ref(), |this| this.expr(formula, at))?;
            let unit = unit
                .filter(|it| self.ty(node) == Ty::Number(it.dimension))
                .cloned()
                .or(self.unit(node));
            Some(ir::OtherReading { name: name.value.clone(), node, unit, show: it.show })
        });
        let readings: Vec<_> = readings.collect();
        readings.into_iter().collect()
    }

    /// Compiles what may grow, with what stands in where the base is 0 or below.
    pub(super) fn growing<T>(
        &mut self,
        instead: Option<&'a ast::Expr>,
        compile: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = std::mem::replace(&mut self.growth_base, instead);
        let used = std::mem::replace(&mut self.growth_base_used, false);
        let compiled = compile(self);
        self.growth_base = outer;
        if let Some(instead) = instead.filter(|_| !self.growth_base_used) {
            self.faults.push(errors::idle_growth_base(instead.span));
        }
        self.growth_base_used = used;
        compiled
    }

    /// A computed value is shown in the unit its indicator names; cells and constants keep their own.
    fn show_in(&mut self, node: NodeId, unit: Option<crate::value::Unit>) {
        let node = &mut self.program.nodes[node.0 as usize];
        if !matches!(node.kind, NodeKind::Field(_) | NodeKind::Constant(_) | NodeKind::Parent(_)) {
            node.unit = unit;
        }
    }

    /// 适用 and 施行 around a body: the node, and the 施行 guard. A rule that judges is in force with its
    /// policy unless it says otherwise; of figures that is only said ([`Checker::reported`]).
    pub(super) fn applicable(
        &mut self,
        body: NodeId,
        applies: Option<NodeId>,
        shared: &ast::Shared,
        at: TableId,
        policy: Option<(Option<i32>, Option<i32>)>,
    ) -> Option<(NodeId, Option<NodeId>)> {
        self.known.clear();
        let mut node = body;
        let (ty, unit) = (self.ty(body), self.unit(body));
        if let Some(guard) = applies {
            let span = self.program.node(guard).span;
            node = self.node(NodeKind::Applies { guard, body: node }, ty, unit.clone(), at, span);
        }
        let own = shared.effective.as_ref().map(|it| (days(it), it.span));
        let span = self.program.node(body).span;
        let policy = policy.map(|it| (it, span));
        let Some((range, span)) = own.or(policy).filter(|it| it.0 != (None, None)) else {
            return Some((node, None));
        };
        let in_force = self.in_force(range, own.is_none(), at, span)?;
        let kind = NodeKind::Applies { guard: in_force, body: node };
        Some((self.node(kind, ty, unit, at, span), Some(in_force)))
    }

    /// Whether the day that decides is one of these; of the policy's days that is remembered.
    fn in_force(
        &mut self,
        (from, until): (Option<i32>, Option<i32>),
        of_policy: bool,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let day = self.rule_day(at, span)?;
        let written = self.effective_at.filter(|_| of_policy).unwrap_or(span);
        let in_force = self.truth(NodeKind::InForce { day, from, until }, at, written);
        if of_policy {
            self.policy_in_force.insert(in_force);
        }
        Some(in_force)
    }

    /// What is said of a figure or grade: it is in force with its policy unless it says otherwise itself. Rules that take
    /// it are in force with the policy anyway, so they take it as it is.
    pub(super) fn reported(
        &mut self,
        node: NodeId,
        shared: &ast::Shared,
        at: TableId,
    ) -> Option<NodeId> {
        // Where nothing else asks for a day, a figure asks for none.
        let by_day = self.program.policy.rule_date.is_some()
            || !self.symbols.criteria.is_empty()
            || !self.symbols.conclusions.is_empty();
        let policy =
            self.effective.filter(|it| by_day && shared.effective.is_none() && *it != (None, None));
        let Some(days) = policy else { return Some(node) };
        let (ty, unit, span) = (self.ty(node), self.unit(node), self.program.node(node).span);
        let in_force = self.in_force(days, true, at, span)?;
        let kind = NodeKind::Applies { guard: in_force, body: node };
        let reported = self.node(kind, ty, unit, at, span);
        self.as_reported.insert(node, reported);
        Some(reported)
    }

    /// The 适用 guard of a rule. What it compares is known to hold in all that is compiled until
    /// [`Checker::applicable`] closes the rule: elsewhere the rule does not apply.
    pub(super) fn guarded_by(
        &mut self,
        shared: &ast::Shared,
        at: TableId,
    ) -> Option<Option<NodeId>> {
        let Some(guard) = &shared.applies else { return Some(None) };
        let node = self.condition(guard, at)?;
        self.known = self.facts(node, true);
        Some(Some(node))
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
}

/// Whether an item is a rule that a case is judged by.
pub(super) fn judges(kind: &ItemKind) -> bool {
    match kind {
        ItemKind::Conclusion(_) => true,
        ItemKind::Decision(it) => it.form != DecisionForm::Table,
        _ => false,
    }
}
