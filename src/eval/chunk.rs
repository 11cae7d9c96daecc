//! One chunk of rows: every wanted node's column over it, by ascending id. The operators themselves stand in the other files.

use crate::data::Facts;
use crate::eval::aggregate;
use crate::eval::arithmetic;
use crate::eval::belongs;
use crate::eval::choice;
use crate::eval::compare;
use crate::eval::dates;
use crate::eval::decision;
use crate::eval::exceptions;
use crate::eval::functions;
use crate::eval::growth;
use crate::eval::logic;
use crate::eval::naming;
use crate::eval::narrow;
use crate::eval::periods;
use crate::eval::plan;
use crate::eval::plan::Rows;
use crate::eval::recorder::Run;
use crate::eval::refine::linear;
use crate::eval::score;
use crate::eval::series::Series;
use crate::eval::series::kind_of;
use crate::eval::text;
use crate::ir::Constant;
use crate::ir::FieldId;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::naming::Namer;
use crate::script::Script;
use crate::value::Column;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Truth;
use crate::value::TruthColumn;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What a run is about.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The rules.
    pub program: &'a Program,
    /// The data.
    pub facts: &'a Facts,
    /// The day and what is supposed.
    pub run: &'a Run,
    /// The columns over all rows that are there already: of population nodes; in a recording, of what was kept.
    pub populations: &'a BTreeMap<NodeId, Column>,
    /// The comparisons to collect into linear forms; none in pass 1.
    pub linear: Option<&'a BTreeSet<NodeId>>,
    /// What judges names, by [`crate::ir::NamingId`]; none in a recording.
    pub namers: &'a [Namer<'a>],
    /// The script of each function, by [`crate::ir::FunctionId`]; where there are none, they are compiled when needed.
    pub scripts: &'a [Option<Script<'a>>],
}

impl Context<'_> {
    /// Whether a node's column is not computed but there already.
    pub fn is_given(&self, id: NodeId) -> bool {
        self.populations.contains_key(&id) || self.run.supposed.contains_key(&id)
    }
}

/// The columns of one chunk.
pub struct Chunk<'a> {
    /// What the run is about.
    pub context: Context<'a>,
    /// Its rows.
    pub rows: Rows,
    series: Vec<Option<Series>>,
}

impl<'a> Chunk<'a> {
    /// Computes the nodes, which ascend and hold all their operands.
    pub fn evaluate(context: Context<'a>, rows: Rows, nodes: &[NodeId]) -> Chunk<'a> {
        let series = vec![None; context.program.nodes.len()];
        let mut chunk = Chunk { context, rows, series };
        for id in nodes {
            let series = chunk.compute(*id);
            chunk.series[id.0 as usize] = Some(chunk.closely(*id, series));
        }
        chunk
    }

    /// The column of a node that was computed.
    pub fn series(&self, id: NodeId) -> &Series {
        self.series[id.0 as usize].as_ref().expect("operands are computed before what uses them")
    }

    /// The column of a node, if it was computed.
    pub fn get(&self, id: NodeId) -> Option<&Series> {
        self.series[id.0 as usize].as_ref()
    }

    /// Where the parent of a row stands, both counted within the chunk.
    pub fn parent_row(&self, space: TableId, row: usize) -> usize {
        let Context { program, facts, .. } = self.context;
        let above = program.table(space).parent.expect("a table below another").table;
        let parent = facts.table(space).parents[self.rows[space.0 as usize].start + row] as usize;
        parent - self.rows[above.0 as usize].start
    }

    /// The column of a node with a row for each, if it was computed.
    pub fn take(&mut self, id: NodeId) -> Option<Column> {
        self.series[id.0 as usize].take().map(Series::into_column)
    }

    /// A comparison as it is with its sides collected into a linear form, where that is asked for.
    fn closely(&self, id: NodeId, series: Series) -> Series {
        let Some(linear) = self.context.linear.filter(|it| it.contains(&id)) else { return series };
        let (NodeKind::Compare(op, a, b), Column::Truth(column)) =
            (&self.context.program.node(id).kind, series.column())
        else {
            return series;
        };
        let open: Vec<usize> = column.open().ones().collect();
        if open.is_empty() || linear.is_empty() || self.context.is_given(id) {
            return series;
        }
        let Column::Truth(mut closer) = series.clone().into_column() else { return series };
        for row in if series.is_same() { (0..closer.t.len()).collect() } else { open } {
            let truth = linear::tightened(self, *op, (*a, *b), row, closer.get(row));
            closer.set(row, truth);
        }
        closer.trim();
        Series::new(Column::Truth(closer))
    }

    fn compute(&self, id: NodeId) -> Series {
        let node = self.context.program.node(id);
        let range = self.rows[node.space.0 as usize].clone();
        if let Some(column) = self.context.run.supposed.get(&id) {
            return Series::new(column.slice(range));
        }
        if let Some(column) = self.context.populations.get(&id) {
            return Series::new(column.slice(range));
        }
        match &node.kind {
            NodeKind::Constant(constant) => {
                Series::same(Column::repeat(1, &constant_set(constant, node.ty)), range.len())
            }
            NodeKind::Field(field) => {
                Series::new(self.context.facts.cells(*field).column.slice(range))
            }
            NodeKind::Filled(field) => {
                let filled = self.context.facts.cells(*field).filled.slice(range);
                Series::new(Column::Truth(TruthColumn::plain(filled)))
            }
            NodeKind::Parent(of) => self.parent(*of, node),
            NodeKind::Aggregate(it) => {
                Series::new(aggregate::aggregate(self, it, node, range.len()))
            }
            NodeKind::InPeriod { rows, of, period, back } => {
                Series::new(periods::in_period(self, node, (*rows, *of), (*period, *back)))
            }
            NodeKind::Earlier { of, period, back } => {
                Series::new(periods::earlier(self, node, *of, *period, *back))
            }
            NodeKind::Default { of, field, value } => {
                Series::new(self.default(*of, *field, *value, node))
            }
            kind => {
                // What looks at nothing but operands that are the same in every row is so itself.
                let same = self.operands(kind).iter().all(|it| it.is_same());
                match same {
                    true => Series::same(self.combine(node, 1), range.len()),
                    false => Series::new(self.combine(node, range.len())),
                }
            }
        }
    }

    fn operands(&self, kind: &NodeKind) -> Vec<&Series> {
        let ids = match kind {
            NodeKind::Compare(_, a, b) => {
                match plan::quotient(self.context.program, self.context.run, *a) {
                    Some((dividend, divisor)) => vec![dividend, divisor, *b],
                    None => plan::compared(self.context.program, self.context.run, [*a, *b]),
                }
            }
            kind => kind.operands(),
        };
        ids.into_iter().map(|id| self.series(id)).collect()
    }

    /// The operators that look at nothing but their operands in the same row.
    fn combine(&self, node: &Node, rows: usize) -> Column {
        use NodeKind::*;
        let of = |id: &NodeId| self.series(*id);
        let all = |ids: &[NodeId]| ids.iter().map(|id| self.series(*id)).collect::<Vec<_>>();
        let kind = kind_of(node.ty);
        match &node.kind {
            And(items) => logic::and(rows, &all(items)),
            Or(items) => logic::or(rows, &all(items)),
            Not(item) => logic::not(rows, of(item)),
            Quantified(count, items) => logic::quantified(rows, *count, &all(items)),
            IsNone(item) => logic::is_none(rows, of(item)),
            Compare(op, a, b) => self.compare(rows, *op, *a, *b),
            Narrow { of: item, op, bound } => {
                let kind = (kind, self.members_of(node.ty));
                narrow::narrow(kind, rows, of(item), *op, of(bound))
            }
            Belongs { of: item, to } => belongs::belongs(self, rows, *item, to),
            Sum(items) => arithmetic::sum(rows, &all(items)),
            Difference(a, b) => arithmetic::difference(rows, of(a), of(b)),
            Product(items) => arithmetic::product(rows, &all(items)),
            Quotient(a, b) => {
                let never_zero = self.context.program.is_kept_from_zero(*b);
                arithmetic::quotient(rows, of(a), of(b), never_zero)
            }
            Negation(item) => arithmetic::negation(rows, of(item)),
            Absolute(item) => arithmetic::absolute(rows, of(item)),
            Power(item, exponent) => arithmetic::power(rows, of(item), *exponent),
            Round { how, of: item, places, factor } => {
                arithmetic::round(rows, of(item), *how, (*places, factor))
            }
            Fold(fold, items) => arithmetic::fold(kind, rows, *fold, &all(items)),
            If { condition, then, otherwise, if_not_applicable } => {
                let third = if_not_applicable.as_ref().map(of);
                choice::branch(kind, rows, of(condition), of(then), of(otherwise), third)
            }
            WhenNotApplicable { of: item, value } => {
                choice::when_not_applicable(kind, rows, of(item), of(value))
            }
            Parameter { day, versions, .. } => {
                let versions =
                    versions.iter().map(|(from, until, value)| (*from, *until, of(value)));
                choice::parameter(kind, rows, of(day), &versions.collect::<Vec<_>>())
            }
            Applies { guard, body } => choice::applies(kind, rows, of(guard), of(body)),
            Decide(_) | Band { .. } => decision::column(self, node, rows),
            Exceptions { body, exceptions: arms } => {
                exceptions::exceptions(self, kind, rows, *body, arms)
            }
            Soften { of: item, unanswered, answered } => {
                logic::soften(rows, of(item), *unanswered, answered.as_ref().map(of))
            }
            Input { .. } => functions::input(self, node, rows),
            Called { .. } => functions::called(self, node, rows),
            Naming { .. } => naming::conforms(self, rows, &node.kind),
            Contains(..) | StartsWith(..) | Join(_) | Part(..) | Length(_) => {
                text::text(self, rows, &node.kind)
            }
            Score(it) => score::step(self, rows, it),
            kind => self.of_time(kind, rows),
        }
    }

    /// Days, periods, and what grows from one to another.
    fn of_time(&self, kind: &NodeKind, rows: usize) -> Column {
        use NodeKind::*;
        let of = |id: &NodeId| self.series(*id);
        match kind {
            DataPeriod { kind, stated, day } => {
                let given = self.context.run.periods.get(kind).copied();
                periods::data_period(rows, *kind, given, *stated, day.as_ref().map(of))
            }
            Recent { period, last, count } => periods::recent(rows, of(period), of(last), *count),
            Growth { now, base, if_not_positive } => {
                growth::growth(rows, of(now), of(base), if_not_positive.as_ref().map(of))
            }
            MeanGrowth { from, to, periods, if_not_positive } => {
                let instead = if_not_positive.as_ref().map(of);
                growth::mean_growth(rows, (of(from), of(to)), *periods, instead)
            }
            Root { of: item, degree } => growth::root(rows, of(item), *degree),
            RuleDate(date) => dates::rule_date(rows, self.context.run.on, date.as_ref().map(of)),
            InForce { day, from, until } => dates::in_force(rows, of(day), *from, *until),
            AddDuration { day, span } => {
                dates::add_duration(rows, of(day), of(span), self.context.program.node(*span).ty)
            }
            Days { from, to, both_ends } => dates::days(rows, of(from), of(to), *both_ends),
            Elapsed { from, to, unit } => dates::elapsed(rows, of(from), of(to), *unit),
            WorkdayAfter { day, count, first_day, calendar } => {
                let calendar = &self.context.program.vocabulary(*calendar).calendar;
                dates::workday_after(rows, of(day), of(count), *first_day, calendar)
            }
            _ => unreachable!("these look at more than their operands in one row"),
        }
    }

    fn compare(&self, rows: usize, op: crate::ir::Comparison, a: NodeId, b: NodeId) -> Column {
        let Context { program, run, .. } = self.context;
        if let Some((dividend, divisor)) = plan::quotient(program, run, a) {
            let divided = arithmetic::divided(program.is_kept_from_zero(divisor));
            let [dividend, divisor, bound] = [dividend, divisor, b].map(|it| self.series(it));
            return compare::quotient(rows, op, (dividend, divisor, divided), bound);
        }
        if let Some(column) = growth::compare(self, rows, op, [a, b]) {
            return column;
        }
        let members = [a, b].map(|id| self.members_of(program.node(id).ty)).into_iter().max();
        compare::compare(rows, op, self.series(a), self.series(b), members.unwrap_or(0))
    }

    /// How many members the list of a type has; 0 where it is no list.
    fn members_of(&self, ty: Ty) -> u32 {
        match ty {
            Ty::Member(list) => self.context.program.vocabulary(list).members.len() as u32,
            _ => 0,
        }
    }

    fn parent(&self, of: NodeId, node: &Node) -> Series {
        let rows = self.rows[node.space.0 as usize].clone();
        let series = self.series(of);
        if series.is_same() {
            return Series::same(series.column().clone(), rows.len());
        }
        let first = self.rows[self.context.program.node(of).space.0 as usize].start;
        let parents = &self.context.facts.table(node.space).parents[rows];
        Series::new(choice::gather(
            kind_of(node.ty),
            series,
            parents.iter().map(|it| *it as usize - first),
        ))
    }

    /// 缺省: the value stands in for a blank cell; the field's own 适用 guard is asked first all the same.
    fn default(&self, of: NodeId, field: FieldId, value: NodeId, node: &Node) -> Column {
        let rows = self.rows[node.space.0 as usize].clone();
        let supposed = self.context.run.supposed.contains_key(&of);
        let blank = |row: usize| !supposed && self.is_blank(field, node.space, rows.start + row);
        let guard = match self.context.program.node(of).kind {
            NodeKind::Applies { guard, .. } if !supposed => {
                self.series.get(guard.0 as usize).and_then(Option::as_ref)
            }
            _ => None,
        };
        choice::default(
            kind_of(node.ty),
            rows.len(),
            self.series(of),
            self.series(value),
            guard,
            blank,
        )
    }

    /// Whether the cell of a field of this table, or of a table above it, is blank.
    fn is_blank(&self, field: FieldId, mut table: TableId, mut row: usize) -> bool {
        let Context { program, facts, .. } = self.context;
        while table != field.table {
            row = facts.table(table).parents[row] as usize;
            table =
                program.table(table).parent.expect("a field of this table or of one above").table;
        }
        let hole = facts.cells(field).holes.get(&(row as u32));
        hole.is_some_and(|it| it.kind == crate::data::HoleKind::Blank)
    }
}

fn constant_set(constant: &Constant, ty: Ty) -> Set {
    constant.set().unwrap_or(match ty {
        Ty::Truth | Ty::NotApplicable => Set::Truth(Truth::NOT_APPLICABLE),
        Ty::Number(_) | Ty::Duration(_) => Set::Number(Possible::not_applicable()),
        Ty::Date | Ty::Period(_) => Set::Date(Possible::not_applicable()),
        Ty::Text => Set::Text(Possible::not_applicable()),
        Ty::Member(_) => Set::Member(Possible::not_applicable()),
    })
}
