//! Functions over child rows (`semantics` §4): each row's inclusion and value, handed to the functions of `value`.
//! Lists of plain rows are summed up as integers.

use crate::eval::chunk::Chunk;
use crate::eval::further;
use crate::eval::further::Further;
use crate::eval::key::Key;
use crate::eval::logic;
use crate::eval::plain::PlainRows;
use crate::eval::series::Series;
use crate::eval::series::kind_of;
use crate::eval::series::sets;
use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::FieldKind;
use crate::ir::Node;
use crate::ir::NodeKind;
use crate::value::Bits;
use crate::value::Column;
use crate::value::End;
use crate::value::Group;
use crate::value::Hull;
use crate::value::Item;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::Summary;
use crate::value::Tally;
use crate::value::Truth;
use crate::value::Voter;
use crate::value::group;
use crate::value::period;
use std::collections::BTreeSet;
use std::ops::Range;

/// One aggregate over the rows of a chunk.
pub fn aggregate(chunk: &Chunk<'_>, it: &Aggregate, node: &Node, rows: usize) -> Column {
    let program = chunk.context.program;
    let FieldKind::Rows { table, open } = program.field(it.rows).kind else {
        panic!("an aggregate is over the rows of a 多条 field");
    };
    let of = |id: Option<crate::ir::NodeId>| id.map(|id| chunk.series(id));
    let facts = chunk.context.facts.table(table);
    let children = chunk.rows[table.0 as usize].clone();
    let periods = Window::of(chunk, it);
    // Rows that nobody submitted count only where periods are asked for.
    let skipped =
        (periods.is_none() && facts.expected.any()).then(|| facts.expected.slice(children.clone()));
    let lists = Lists {
        function: it.function,
        filter: of(it.filter),
        value: of(it.value),
        share: of(it.share),
        if_empty: of(it.if_empty),
        further: further::further(program, it),
        skipped,
    };
    let parents = chunk.rows[node.space.0 as usize].clone();
    let plain = PlainRows::new(children.len(), &lists);
    let ungiven = |parent: usize| parent < facts.ungiven.len() && facts.ungiven.get(parent);
    sets(kind_of(node.ty), rows, |row| {
        let parent = parents.start + row;
        let range = facts.rows_of(parent);
        let range = range.start - children.start..range.end - children.start;
        let open = match &periods {
            Some(periods) => periods.iter().any(|it| !it.is_known(row)),
            None => open || ungiven(parent),
        };
        lists.outcome(row, range, open, &plain, kind_of(node.ty))
    })
}

/// The columns of a list that is not cut into the lists of parents.
pub struct List<'a> {
    /// 中
    pub filter: Option<&'a Series>,
    /// What is aggregated.
    pub value: Option<&'a Series>,
    /// Of 占比: p.
    pub share: Option<&'a Series>,
    /// 空则
    pub if_empty: Option<&'a Series>,
}

/// One aggregate over all rows of a closed list, asked by one of them.
pub fn over_rows(
    function: AggregateFunction,
    List { filter, value, share, if_empty }: List<'_>,
    rows: usize,
    asker: usize,
    kind: Kind,
) -> Set {
    let further = Further::none();
    let lists = Lists { function, filter, value, share, if_empty, further, skipped: None };
    let plain = PlainRows::new(rows, &lists);
    lists.outcome(asker, 0..rows, false, &plain, kind)
}

/// The columns an aggregate looks at.
pub struct Lists<'a> {
    function: AggregateFunction,
    /// 中
    pub filter: Option<&'a Series>,
    /// What is aggregated.
    pub value: Option<&'a Series>,
    /// Of 占比, the p.
    pub share: Option<&'a Series>,
    if_empty: Option<&'a Series>,
    further: Further,
    /// Rows that nobody submitted, which do not count.
    pub skipped: Option<Bits>,
}

/// A 近 N 年 of an aggregate: every one of its periods has a row, be it a blank one.
struct Window<'a> {
    /// The data period, of the parent table.
    last: &'a Series,
}

impl<'a> Window<'a> {
    /// Those of an aggregate; none where it has none.
    fn of(chunk: &'a Chunk<'_>, it: &Aggregate) -> Option<Vec<Window<'a>>> {
        let program = chunk.context.program;
        let recents = it.filter.map(|filter| program.recents(filter))?;
        let last = |id: &crate::ir::NodeId| match &program.node(*id).kind {
            NodeKind::Recent { last, .. } => match program.node(*last).kind {
                NodeKind::Parent(last) => Window { last: chunk.series(last) },
                _ => unreachable!("a data period comes from the parent table"),
            },
            _ => unreachable!("recents are 近 N 年"),
        };
        (!recents.is_empty()).then(|| recents.iter().map(last).collect())
    }

    /// Whether the data period is known well enough for its rows to be there.
    fn is_known(&self, row: usize) -> bool {
        period::listed(&self.last.date(row)).is_some()
    }
}

/// How a row stands to the list: it may be in it, out of it, or its filter may be in error.
struct Inclusion {
    included: bool,
    out: bool,
    error: bool,
}

impl Lists<'_> {
    /// The outcomes for one parent, whose rows these are.
    fn outcome(
        &self,
        parent: usize,
        rows: Range<usize>,
        open: bool,
        plain: &PlainRows<'_>,
        kind: Kind,
    ) -> Set {
        let empty = || self.empty(parent);
        let number = match self.function {
            AggregateFunction::Quantified(count) => {
                return Set::Truth(self.quantified(parent, rows, open, count));
            }
            AggregateFunction::Distinct => self.distinct(rows, open, empty),
            function => {
                let settled =
                    (!open).then(|| plain.outcome(function, rows.clone(), empty)).flatten();
                settled.unwrap_or_else(|| self.hulls(rows, open, empty))
            }
        };
        if kind == Kind::Date { Set::Date(number.to_dates()) } else { Set::Number(number) }
    }

    fn hulls(
        &self,
        rows: Range<usize>,
        open: bool,
        empty: impl Fn() -> Possible<Hull>,
    ) -> Possible<Hull> {
        let more = open.then(|| self.further.clone());
        let group = |value: &dyn Fn(usize) -> Item| Group {
            items: rows.clone().filter(|row| self.is_possible(*row)).map(value).collect(),
            more: more.as_ref().map(|it| it.number.clone()),
        };
        let by_value = |summary: Summary| group(&|row| self.item(row)).summarise(summary, &empty);
        match self.function {
            AggregateFunction::Count => {
                let counted = group(&|row| self.counted(row)).count();
                match self.if_empty {
                    Some(_) if rows.clone().all(|row| self.inclusion(row).out) => {
                        instead_of_none(counted, empty())
                    }
                    _ => counted,
                }
            }
            AggregateFunction::Sum => by_value(Summary::Sum),
            AggregateFunction::Mean => by_value(Summary::Mean),
            AggregateFunction::Median => by_value(Summary::Median),
            AggregateFunction::Max => by_value(Summary::Max),
            AggregateFunction::Min => by_value(Summary::Min),
            AggregateFunction::Top(count) => by_value(Summary::Top(count)),
            AggregateFunction::Share if self.value.is_none() => {
                let voters =
                    rows.clone().filter(|row| self.is_possible(*row)).map(|row| self.voter(row));
                group::share(&voters.collect::<Vec<_>>(), more.map(|it| it.voter), empty)
            }
            AggregateFunction::Share => {
                let total = group(&|row| self.shared(row, true, true));
                let inside = group(&|row| self.shared(row, true, false));
                let outside = group(&|row| self.shared(row, false, true));
                total.share_of_sums(&inside, &outside, empty)
            }
            AggregateFunction::Distinct | AggregateFunction::Quantified(_) => {
                unreachable!("these are no functions of hulls")
            }
        }
    }

    /// What it comes to where nothing is included.
    fn empty(&self, parent: usize) -> Possible<Hull> {
        match (self.if_empty, self.function) {
            (Some(value), _) if matches!(value.column(), Column::Date(_)) => {
                value.date(parent).to_numbers()
            }
            (Some(value), _) => value.number(parent),
            (
                None,
                AggregateFunction::Count
                | AggregateFunction::Sum
                | AggregateFunction::Top(_)
                | AggregateFunction::Distinct,
            ) => Possible::number(Number::zero()),
            (None, _) => Possible::error(),
        }
    }

    fn inclusion(&self, row: usize) -> Inclusion {
        if self.skipped.as_ref().is_some_and(|it| it.get(row)) {
            return Inclusion { included: false, out: true, error: false };
        }
        let truth = self.filter.map_or(Truth::TRUE, |it| it.truth(row));
        Inclusion {
            included: truth.may(Truth::TRUE),
            out: truth.may(Truth::FALSE.union(Truth::NOT_APPLICABLE)),
            error: truth.may(Truth::ERROR),
        }
    }

    /// Whether the row may be in the list at all.
    fn is_possible(&self, row: usize) -> bool {
        let inclusion = self.inclusion(row);
        inclusion.included || inclusion.error
    }

    /// A row as an item: its value where it is included; a filter in error is a value in error.
    fn item_of(&self, row: usize, value: impl FnOnce() -> Possible<Hull>) -> Item {
        let inclusion = self.inclusion(row);
        let value = if inclusion.included { value() } else { Possible::nothing() };
        Item {
            out: inclusion.out,
            value: Possible { error: value.error || inclusion.error, ..value },
        }
    }

    fn item(&self, row: usize) -> Item {
        self.item_of(row, || self.number(row))
    }

    fn counted(&self, row: usize) -> Item {
        self.item_of(row, || Possible::number(Number::one()))
    }

    fn number(&self, row: usize) -> Possible<Hull> {
        let value = self.value.expect("an aggregate with a value");
        match value.column() {
            Column::Date(_) => value.date(row).to_numbers(),
            _ => value.number(row),
        }
    }

    /// A row of 占比: p 不适用 is no p.
    fn voter(&self, row: usize) -> Voter {
        let inclusion = self.inclusion(row);
        let p = self.share.expect("占比 asks something of each row").truth(row);
        Voter {
            out: inclusion.out,
            yes: inclusion.included && p.may(Truth::TRUE),
            no: inclusion.included && p.may(Truth::FALSE.union(Truth::NOT_APPLICABLE)),
            error: inclusion.error || inclusion.included && p.may(Truth::ERROR),
        }
    }

    /// A row of 占比（行 中 p 的 x） in the sum over the rows with p, without p, or both.
    fn shared(&self, row: usize, with: bool, without: bool) -> Item {
        let voter = self.voter(row);
        let here = with && voter.yes || without && voter.no;
        let elsewhere = !with && voter.yes || !without && voter.no;
        let value = if here { self.number(row) } else { Possible::nothing() };
        let value = Possible { error: value.error || voter.error, ..value };
        Item { out: voter.out || elsewhere, value }
    }

    fn quantified(
        &self,
        parent: usize,
        rows: Range<usize>,
        open: bool,
        count: crate::ir::Count,
    ) -> Truth {
        let (negated, window) = logic::window(count);
        let turn = |truth: Truth| if negated { truth.not() } else { truth };
        let value = self.value.expect("a quantifier asks something of each row");
        let mut tally = Tally::default();
        for row in rows.filter(|row| self.is_possible(*row)) {
            let inclusion = self.inclusion(row);
            let asked = if inclusion.included { value.truth(row) } else { Truth::NOTHING };
            let failed = if inclusion.error { Truth::ERROR } else { Truth::NOTHING };
            tally.count(turn(asked.union(failed)), inclusion.out);
        }
        if open {
            tally.and_more(turn(self.further.truth));
        }
        let within = tally.within(window);
        match (tally.may_be_empty(), self.if_empty) {
            (false, _) => within,
            (true, None) => within.union(window.of_nothing()),
            (true, Some(value)) => within.union(value.truth(parent)),
        }
    }

    /// 不同个数: values known for certain, and one more for each other row at most.
    fn distinct(
        &self,
        rows: Range<usize>,
        open: bool,
        empty: impl Fn() -> Possible<Hull>,
    ) -> Possible<Hull> {
        let value = self.value.expect("an aggregate with a value");
        let rows: Vec<usize> = rows.filter(|row| self.is_possible(*row)).collect();
        let known = |row: usize| Key::of(&value.set(row));
        let is_certain = |row: usize| {
            let inclusion = self.inclusion(row);
            !inclusion.out && !inclusion.error && !value.set(row).may_be_na()
        };
        let certain: BTreeSet<Key> =
            rows.iter().filter(|row| is_certain(**row)).filter_map(|row| known(*row)).collect();
        let repeats = |row: usize| known(row).is_some_and(|it| certain.contains(&it));
        let others =
            rows.iter().filter(|row| !repeats(**row) && value.set(**row).has_values()).count();
        let most = (!open).then(|| (certain.len() + others) as i64);
        let high = most.into_iter().chain(self.further.domain_size).min();
        let hull = Hull {
            low: Some(End::closed(Number::from(certain.len().max(1) as i64))),
            high: high.map(|it| End::closed(Number::from(it))),
        };
        let stand_in = |row: usize| {
            let set = value.set(row);
            Possible {
                values: set.has_values().then(|| Hull::point(Number::zero())),
                na: set.may_be_na(),
                error: set.may_be_error(),
            }
        };
        let items = rows.iter().map(|row| self.item_of(*row, || stand_in(*row))).collect();
        let group = Group { items, more: open.then(|| self.further.number.clone()) };
        group.summarise_by(empty, |_, _, _| hull)
    }
}

/// A count that may be 0 for want of rows, where 空则 says what it is then.
fn instead_of_none(counted: Possible<Hull>, empty: Possible<Hull>) -> Possible<Hull> {
    let some = counted
        .values
        .as_ref()
        .and_then(|it| it.intersect(&Hull { low: Some(End::closed(Number::one())), high: None }));
    counted.with(some).union(&empty)
}
