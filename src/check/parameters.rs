//! Parameters in force, the day that decides, and exceptions (`semantics` §§6.2, 8.1). Their use in rules is elsewhere.

use crate::check::Checker;
use crate::check::errors;
use crate::check::symbols::Meaning;
use crate::check::symbols::Progress;
use crate::check::symbols::Symbol;
use crate::ir;
use crate::ir::Constant;
use crate::ir::ExceptionArm;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::ParameterId;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::value::Truth;

impl Checker<'_> {
    /// The day that decides, in a table's rows.
    pub(super) fn rule_day(&mut self, at: TableId, span: Span) -> Option<NodeId> {
        let owner = self.dated_table(at);
        let field =
            self.program.policy.rule_date.clone().and_then(|it| self.field_named(owner, &it));
        let operand = field.map(|it| self.node(NodeKind::Field(it), Ty::Date, None, owner, span));
        let day = self.node(NodeKind::RuleDate(operand), Ty::Date, None, owner, span);
        self.lower(day, at, span)
    }

    /// The nearest table that holds the 适用时点, this one or a parent; else the top of the family.
    fn dated_table(&self, at: TableId) -> TableId {
        let name = self.program.policy.rule_date.as_deref();
        let mut table = at;
        loop {
            if name.is_some_and(|it| self.field_named(table, it).is_some()) {
                return table;
            }
            match self.program.table(table).parent {
                Some(parent) => table = parent.table,
                None => return table,
            }
        }
    }

    /// A parameter's value on the day that decides, or on another day.
    pub(super) fn parameter(
        &mut self,
        index: u32,
        day: Option<NodeId>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let symbol = Symbol::Parameter(index);
        if self.symbols.progress.insert(symbol, Progress::Running) == Some(Progress::Running) {
            // It refers to itself: the loop is reported from the edges.
            return None;
        }
        let parameter = self.symbols.parameters[index as usize];
        let outer = self.current.replace(symbol);
        // What a parameter says is not said of the inputs of a function that names it.
        let inputs = self.inputs.take();
        let node = self.parameter_in(index, parameter, day, at, span);
        self.inputs = inputs;
        self.current = outer;
        self.symbols.progress.insert(symbol, Progress::Waiting);
        node
    }

    fn parameter_in(
        &mut self,
        index: u32,
        parameter: &ast::Parameter,
        day: Option<NodeId>,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let home = match (&day, self.scope_of(Symbol::Parameter(index))) {
            (Some(day), _) => self.program.node(*day).space,
            (None, Some(scope)) => scope,
            (None, None) if parameter.exceptions.is_empty() => self.dated_table(at),
            (None, None) => self.scope(None, &parameter.name)?,
        };
        let day = match day {
            Some(day) => day,
            None => self.rule_day(home, span)?,
        };
        let words = self.words.take();
        let mut versions = vec![];
        let mut nodes = vec![];
        for exception in &parameter.exceptions {
            self.cite(&exception.article);
        }
        for (validity, value) in &parameter.values {
            let node = match words.zip(self.bare_word(value, home)) {
                Some((list, word)) => {
                    let member = self.member(&word, value.span, list)?;
                    let kind = NodeKind::Constant(Constant::Member(member));
                    self.node(kind, Ty::Member(list), None, home, value.span)
                }
                None => self.expr(value, home)?,
            };
            nodes.push((node, value.span));
            // 施行 of the item is the validity of a value without its own.
            let validity = validity.as_ref().or(parameter.shared.effective.as_ref());
            let (from, until) = validity.map_or((None, None), days);
            versions.push((from, until, node));
        }
        if versions.is_empty() {
            return None;
        }
        versions.sort_by_key(|it| it.0);
        // A later 起 ends the value before it.
        for at in 1..versions.len() {
            let next = versions[at].0;
            let end = next.map(|it| it - 1);
            let before = &mut versions[at - 1].1;
            *before = match (*before, end) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        let (ty, unit) = self.one_type(&nodes)?;
        let kind = NodeKind::Parameter { parameter: ParameterId(index), day, versions };
        let body = self.node(kind, ty, unit, home, parameter.name.span);
        let node = match parameter.exceptions.as_slice() {
            [] => body,
            exceptions => self.exceptions(exceptions, body, home, parameter.name.span)?,
        };
        let lowered = self.lower(node, at, span);
        if lowered.is_none() {
            let (scope, here) =
                (self.program.table(home).name.clone(), self.program.table(at).name.clone());
            return self.fail(errors::wrong_scope(&parameter.name, &scope, &here));
        }
        lowered
    }

    /// A word: a text, or a name that means nothing here.
    fn bare_word(&self, value: &Expr, at: TableId) -> Option<String> {
        match &value.kind {
            ExprKind::Text(text) => Some(text.clone()),
            ExprKind::Name(name) => {
                self.meaning(&name.text, at).is_none().then(|| name.text.clone())
            }
            _ => None,
        }
    }

    /// Whether a parameter holds words: what they mean is settled where it is compared with a list.
    pub(super) fn holds_words(&self, index: u32, at: TableId) -> bool {
        let values = &self.symbols.parameters[index as usize].values;
        let word = |value: &Expr| match &value.kind {
            ExprKind::List(items) => items.iter().all(|it| self.bare_word(it, at).is_some()),
            ExprKind::Name(_) => self.bare_word(value, at).is_some(),
            _ => false,
        };
        !values.is_empty() && values.iter().all(|it| word(&it.1))
    }

    /// The items of a parameter that lists several, where an item of 属于 names one.
    pub(super) fn listed(&mut self, item: &Expr, at: TableId) -> Option<Vec<Expr>> {
        let ExprKind::Name(name) = &item.kind else { return None };
        let Some(Meaning::Rule(symbol @ Symbol::Parameter(index))) = self.meaning(&name.text, at)
        else {
            return None;
        };
        let parameter = self.symbols.parameters[index as usize];
        let lists = || parameter.values.iter().filter(|it| matches!(it.1.kind, ExprKind::List(_)));
        let (validity, value) = lists().next()?;
        if let Some(current) = self.current {
            self.edges.push((current, symbol, name.span));
        }
        if validity.is_some() || parameter.values.len() > 1 {
            self.faults.push(errors::dated_list(&parameter.name, value.span));
        }
        match &value.kind {
            ExprKind::List(items) => Some(items.clone()),
            _ => None,
        }
    }

    /// 下限 于 2023-12-31
    pub(super) fn as_of(
        &mut self,
        base: &Expr,
        day: &Expr,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let ExprKind::Name(name) = &base.kind else {
            return self.fail(errors::parameter_needed(base.span));
        };
        let Some(Meaning::Rule(symbol @ Symbol::Parameter(index))) = self.meaning(&name.text, at)
        else {
            return self.fail(errors::parameter_needed(base.span));
        };
        if let Some(current) = self.current {
            self.edges.push((current, symbol, name.span));
        }
        let day_node = self.expr(day, at)?;
        if self.ty(day_node) != Ty::Date {
            let found = self.describe(self.ty(day_node));
            return self.fail(errors::date_needed(day.span, &found));
        }
        self.parameter(index, Some(day_node), at, span)
    }

    /// Exceptions before a body.
    pub(super) fn exceptions(
        &mut self,
        exceptions: &[ast::Exception],
        body: NodeId,
        at: TableId,
        span: Span,
    ) -> Option<NodeId> {
        let mut arms = vec![];
        let mut sound = true;
        for (index, exception) in exceptions.iter().enumerate() {
            let article = self.citation_text(&exception.article);
            let same = |it: &&ast::Exception| self.citation_text(&it.article) == article;
            if let Some(first) = exceptions[..index].iter().find(same) {
                self.faults.push(errors::exception_twice(
                    &article,
                    exception.article.span,
                    first.article.span,
                ));
            }
            let guard = self.condition(&exception.guard, at);
            let deemed = self.deemed(&exception.deemed, body, at);
            let against = self.against(exception, exceptions);
            match (guard, deemed, against) {
                (Some(guard), Some(deemed), Ok(against)) => {
                    arms.push(ExceptionArm { guard, deemed, article, against });
                }
                _ => sound = false,
            }
        }
        if !sound {
            return None;
        }
        let (ty, unit) = (self.ty(body), self.unit(body));
        Some(self.node(NodeKind::Exceptions { body, exceptions: arms }, ty, unit, at, span))
    }

    /// The exception that 于 or 优先于 names, by its place in the list.
    fn against(
        &mut self,
        exception: &ast::Exception,
        all: &[ast::Exception],
    ) -> Result<Option<(ir::Against, usize)>, ()> {
        let Some((how, article)) = &exception.against else { return Ok(None) };
        let known: Vec<String> = all.iter().map(|it| self.citation_text(&it.article)).collect();
        let named = self.citation_text(article);
        let found = (0..all.len()).find(|&it| known[it] == named && all[it].span != exception.span);
        let Some(index) = found else {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.faults.push(errors::unknown_exception(article, &known));
            return Err(());
        };
        let how = match how {
            ast::Against::Replaces => ir::Against::Replaces,
            ast::Against::Overrides => ir::Against::Overrides,
        };
        Ok(Some((how, index)))
    }

    /// What stands after 视同: a verdict, or a value of the body's kind.
    fn deemed(&mut self, expr: &Expr, body: NodeId, at: TableId) -> Option<NodeId> {
        let truth = match &expr.kind {
            ExprKind::Name(name) => match name.text.as_str() {
                "符合" | "met" => Some(Truth::TRUE),
                "不符合" | "not_met" => Some(Truth::FALSE),
                _ => None,
            },
            ExprKind::NotApplicable => Some(Truth::NOT_APPLICABLE),
            _ => None,
        };
        if self.ty(body) == Ty::Truth {
            let Some(truth) = truth else { return self.fail(errors::deemed_needed(expr.span)) };
            return Some(self.constant_truth(truth, at, expr.span));
        }
        if matches!(expr.kind, ExprKind::NotApplicable) {
            let kind = NodeKind::Constant(Constant::NotApplicable);
            return Some(self.node(kind, Ty::NotApplicable, None, at, expr.span));
        }
        let node = self.expr(expr, at)?;
        self.one_type(&[(body, expr.span), (node, expr.span)])?;
        Some(node)
    }
}

/// The day numbers of a validity.
pub(super) fn days(validity: &ast::Validity) -> (Option<i32>, Option<i32>) {
    (validity.from.map(errors::day_number), validity.until.map(errors::day_number))
}
