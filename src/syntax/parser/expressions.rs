//! Sentences: the flat run of operands and operators gets its shape from a Pratt parser. Names stay unresolved.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::ArithmeticOp;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::Name;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::children;
use crate::syntax::parser::fold;
use crate::syntax::parser::only;
use crate::syntax::parser::operators::PRATT;
use crate::syntax::parser::operators::comparison;
use crate::syntax::parser::operators::half_open;
use crate::syntax::parser::operators::is_limit;
use crate::syntax::parser::unquoted;
use crate::syntax::scan::DEEPEST;

/// Most operands and operators of one sentence.
const LONGEST: usize = 1000;
/// Most operators of one sentence that nest instead of standing side by side.
const NESTING: usize = 64;
/// Most signs or 非 in a row.
const PREFIXES: usize = 8;
/// Most steps of 中 and 的 after one name.
const STEPS: usize = 16;

/// An operand while its sentence takes shape: （含） and （不含） wait for the 至 they belong to.
struct Operand {
    expr: Expr,
    mark: Option<(bool, Span)>,
}

impl From<Expr> for Operand {
    fn from(expr: Expr) -> Operand {
        Operand { expr, mark: None }
    }
}

/// An expression with the place of all of it.
pub fn placed(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, span }
}

impl<'t> Reader<'t> {
    /// A whole sentence.
    pub fn expression(&self, pair: Pair<'t>) -> Expr {
        let deeper = self.depth.get() + 1;
        if deeper > DEEPEST as u32 + 1 {
            return self.instead(&pair, errors::too_deep(self.span(&pair)));
        }
        self.depth.set(deeper);
        let inner = only(pair);
        let expr = match inner.as_rule() {
            Rule::conditional => self.conditional(inner),
            _ => self.operation(inner),
        };
        self.depth.set(deeper - 1);
        expr
    }

    /// Reports a fault; what it stands for is left open.
    fn instead(&self, pair: &Pair<'t>, fault: Diagnostic) -> Expr {
        self.fault(fault);
        self.expr(pair, ExprKind::Unknown)
    }

    fn conditional(&self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let (mut arms, mut condition, mut otherwise, mut if_not_applicable) =
            (vec![], None, None, None);
        let mut word = Rule::kw_if;
        for part in pair.into_inner() {
            if part.as_rule() != Rule::operation {
                word = part.as_rule();
                continue;
            }
            let expr = self.operation(part);
            match word {
                Rule::kw_then => arms.extend(condition.take().map(|it| (it, expr))),
                Rule::kw_else => otherwise = Some(Box::new(expr)),
                Rule::kw_if_na => if_not_applicable = Some(Box::new(expr)),
                _ => condition = Some(expr),
            }
        }
        let otherwise = otherwise.expect("the grammar asks for 否则");
        placed(ExprKind::If { arms, otherwise, if_not_applicable }, span)
    }

    /// A run of operands and operators: operation, condition or amount.
    pub fn operation(&self, pair: Pair<'t>) -> Expr {
        let (mut parts, mut nesting, mut run, mut longest_run) = (0, 0, 0, 0);
        for it in pair.clone().into_inner() {
            let rule = it.as_rule();
            parts += 1;
            run = if matches!(rule, Rule::kw_not | Rule::negative) { run + 1 } else { 0 };
            longest_run = longest_run.max(run);
            let nests = matches!(
                rule,
                Rule::minus | Rule::divide | Rule::power | Rule::kw_to | Rule::measured
            );
            nesting += usize::from(nests || comparison(rule).is_some() || is_limit(rule));
        }
        let comparing = pair
            .clone()
            .into_inner()
            .filter(|it| matches!(it.as_rule(), Rule::kw_and | Rule::kw_or))
            .count();
        if parts > LONGEST || longest_run > PREFIXES || nesting > NESTING + 2 * comparing {
            return self.instead(&pair, errors::too_long(self.span(&pair)));
        }
        let whole = PRATT
            .map_primary(|it| Operand::from(self.operand(it)))
            .map_prefix(|op, right| self.prefix(op, right))
            .map_postfix(|left, op| self.postfix(left, op))
            .map_infix(|left, op, right| self.infix(left, op, right))
            .parse(pair.into_inner());
        self.whole_operand(whole)
    }

    fn whole_operand(&self, operand: Operand) -> Expr {
        if let Some((_, span)) = operand.mark {
            self.fault(errors::mark_without_range(span));
        }
        operand.expr
    }

    fn prefix(&self, op: Pair<'t>, right: Operand) -> Operand {
        let right = self.whole_operand(right);
        let span = self.span(&op).merge(right.span);
        let kind = match op.as_rule() {
            Rule::kw_not => ExprKind::Not(Box::new(right)),
            _ => ExprKind::Negate(Box::new(right)),
        };
        placed(kind, span).into()
    }

    fn postfix(&self, left: Operand, op: Pair<'t>) -> Operand {
        let op_span = self.span(&op);
        let span = left.expr.span.merge(op_span);
        match op.as_rule() {
            Rule::kw_included | Rule::kw_excluded if left.mark.is_none() => {
                let included = op.as_rule() == Rule::kw_included;
                Operand { expr: left.expr, mark: Some((included, op_span)) }
            }
            Rule::measured => {
                let left = self.whole_operand(left);
                self.refuse_chain(&left, op_span);
                let mut parts = op.into_inner();
                let bound = parts.next().expect("a measured bound begins with its number");
                let bound = self.operand(bound);
                let range =
                    half_open(bound, &parts.next().expect("and ends with its limit"), op_span);
                placed(ExprKind::Within { subject: Box::new(left), range: Box::new(range) }, span)
                    .into()
            }
            _ => half_open(self.whole_operand(left), &op, span).into(),
        }
    }

    fn infix(&self, left: Operand, op: Pair<'t>, right: Operand) -> Operand {
        let span = left.expr.span.merge(right.expr.span);
        if op.as_rule() == Rule::kw_to {
            return self.range(left, &op, right, span).into();
        }
        let op_span = self.span(&op);
        let (left, right) = (self.whole_operand(left), self.whole_operand(right));
        let kind = match op.as_rule() {
            Rule::kw_and | Rule::kw_or => return self.joined(left, &op, right).into(),
            Rule::plus | Rule::times => return sum(left, op.as_rule(), right).into(),
            Rule::minus => {
                ExprKind::Arithmetic { op: ArithmeticOp::Subtract, operands: vec![left, right] }
            }
            Rule::divide => {
                ExprKind::Arithmetic { op: ArithmeticOp::Divide, operands: vec![left, right] }
            }
            Rule::power => {
                ExprKind::Arithmetic { op: ArithmeticOp::Power, operands: vec![left, right] }
            }
            Rule::kw_between | Rule::kw_within => {
                self.refuse_chain(&left, op_span);
                let range = bare(right);
                if !matches!(range.kind, ExprKind::Range { .. } | ExprKind::Recent { .. }) {
                    self.fault(errors::not_a_range(range.span, op.as_str()));
                }
                ExprKind::Within { subject: Box::new(left), range: Box::new(range) }
            }
            rule => {
                self.refuse_chain(&left, op_span);
                let op = comparison(rule).expect("every infix rule that is left compares");
                ExprKind::Compare { op, op_span, left: Box::new(left), right: Box::new(right) }
            }
        };
        placed(kind, span).into()
    }

    fn refuse_chain(&self, left: &Expr, op: Span) {
        if matches!(left.kind, ExprKind::Compare { .. } | ExprKind::Within { .. }) {
            self.fault(errors::chained(op));
        }
    }

    fn range(&self, left: Operand, op: &Pair<'t>, right: Operand, span: Span) -> Expr {
        for end in [&left.expr, &right.expr] {
            if matches!(end.kind, ExprKind::Range { .. }) {
                self.fault(errors::range_of_range(self.span(op)));
            }
        }
        let end = |it: Operand| {
            let included = it.mark.is_none_or(|it| it.0);
            let span = it.mark.map_or(it.expr.span, |mark| it.expr.span.merge(mark.1));
            (span, Some((Box::new(it.expr), included)))
        };
        let ((from, low), (until, high)) = (end(left), end(right));
        placed(ExprKind::Range { low, high, bare: false }, span.merge(from).merge(until))
    }

    /// 且 and 或 are flat; mixed without brackets they are a fault, because two readers read them in two ways.
    fn joined(&self, left: Expr, op: &Pair<'t>, right: Expr) -> Expr {
        let span = left.span.merge(right.span);
        let all = op.as_rule() == Rule::kw_and;
        let mixed = |it: &Expr| match it.kind {
            ExprKind::And(_) => !all,
            ExprKind::Or(_) => all,
            _ => false,
        };
        if mixed(&left) || mixed(&right) {
            self.fault(errors::mixed_and_or(self.span(op)));
        }
        let mut operands = match (left.kind, all) {
            (ExprKind::And(operands), true) | (ExprKind::Or(operands), false) => operands,
            (kind, _) => vec![placed(kind, left.span)],
        };
        operands.push(right);
        placed(if all { ExprKind::And(operands) } else { ExprKind::Or(operands) }, span)
    }

    /// One value of a sentence.
    pub fn operand(&self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::term => return self.term(pair),
            Rule::group => return self.group(pair),
            Rule::reference => return self.reference(pair),
            Rule::own => {
                let mut parts = pair.into_inner();
                let this = parts.next().expect("本集群 comes first");
                let field = parts.next_back().expect("the field comes last");
                ExprKind::Own { scope: own_scope(self.name(&this)), field: self.name(&field) }
            }
            Rule::text => ExprKind::Text(unquoted(pair.as_str()).to_owned()),
            Rule::quantity => self.quantity(pair),
            Rule::fraction => self.fraction(&pair),
            Rule::date | Rule::wrong_date | Rule::period => self.day_expr(&pair),
            Rule::yes => ExprKind::Truth(true),
            Rule::no => ExprKind::Truth(false),
            Rule::none => ExprKind::None,
            Rule::not_applicable => ExprKind::NotApplicable,
            Rule::recent => {
                let quantity = pair.into_inner().next_back().expect("近 has a number");
                match self.quantity(quantity) {
                    ExprKind::Number { value: count, unit } => ExprKind::Recent { count, unit },
                    kind => kind,
                }
            }
            _ => ExprKind::Unknown,
        };
        placed(kind, span)
    }

    /// A value and its steps of 中, 的 and 于.
    fn term(&self, pair: Pair<'t>) -> Expr {
        if pair.clone().into_inner().count() > STEPS + 1 {
            return self.instead(&pair, errors::too_many_steps(self.span(&pair)));
        }
        let mut steps = pair.into_inner();
        let mut base = self.operand(steps.next().expect("a term begins with a value"));
        let (mut filtered, mut members) = (false, 0);
        for step in steps {
            let span = base.span.merge(self.span(&step));
            let rule = step.as_rule();
            let word = self.span(&only(step.clone()));
            let right = step.into_inner().next_back().expect("a step ends with what it leads to");
            let right = match rule {
                Rule::filter => self.operation(right),
                _ => self.operand(right),
            };
            filtered |= rule == Rule::filter;
            members += usize::from(filtered && rule == Rule::member);
            if members == 2 {
                self.fault(errors::second_of(word));
            }
            let (base_before, right) = (Box::new(base), Box::new(right));
            let kind = match rule {
                Rule::filter => ExprKind::Where { rows: base_before, condition: right },
                Rule::member => ExprKind::Of { base: base_before, member: right },
                _ => ExprKind::AsOf { base: base_before, day: right },
            };
            base = placed(kind, span);
        }
        base
    }

    fn group(&self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let several = children(pair.clone(), Rule::expression).count() > 1;
        self.lists.set(self.lists.get() + u32::from(several));
        let mut inside: Vec<Expr> =
            children(pair, Rule::expression).map(|it| self.expression(it)).collect();
        self.lists.set(self.lists.get() - u32::from(several));
        match inside.pop() {
            Some(one) if !several => placed(ExprKind::Bracket(Box::new(one)), span),
            last => placed(ExprKind::List(inside.into_iter().chain(last).collect()), span),
        }
    }

    fn reference(&self, pair: Pair<'t>) -> Expr {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = self.name(&parts.next().expect("a reference begins with a name"));
        let Some(arguments) = parts.next() else { return placed(ExprKind::Name(name), span) };
        self.lists.set(self.lists.get() + 1);
        let (mut args, mut if_empty) = (Vec::new(), None);
        for argument in arguments.into_inner() {
            match argument.as_rule() {
                Rule::expression => args.push(self.expression(argument)),
                Rule::if_empty => {
                    let value = argument
                        .clone()
                        .into_inner()
                        .next_back()
                        .map(|it| Box::new(self.operation(it)));
                    self.once(&mut if_empty, &argument, value);
                }
                _ => {}
            }
        }
        self.lists.set(self.lists.get() - 1);
        placed(ExprKind::Call { name, args, if_empty }, span)
    }
}

/// 本集群 or this cluster, without its first word.
fn own_scope(name: Name) -> Name {
    let text = name.text.trim_start_matches("this").trim_start_matches('本').trim();
    Name { text: fold(text), span: name.span }
}

/// What stands inside brackets.
fn bare(expr: Expr) -> Expr {
    match expr.kind {
        ExprKind::Bracket(inner) => bare(*inner),
        kind => placed(kind, expr.span),
    }
}

/// + and × are flat.
fn sum(left: Expr, rule: Rule, right: Expr) -> Expr {
    let span = left.span.merge(right.span);
    let op = if rule == Rule::plus { ArithmeticOp::Add } else { ArithmeticOp::Multiply };
    let mut operands = match left.kind {
        ExprKind::Arithmetic { op: same, operands } if same == op => operands,
        kind => vec![placed(kind, left.span)],
    };
    operands.push(right);
    placed(ExprKind::Arithmetic { op, operands }, span)
}
