//! The data period, windows and earlier periods over columns (`semantics` §8.4). Missing rows are made elsewhere.

use crate::data::expected;
use crate::eval::chunk::Chunk;
use crate::eval::chunk::Context;
use crate::eval::series::Series;
use crate::eval::series::kind_of;
use crate::eval::series::sets;
use crate::eval::series::truths;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Node;
use crate::ir::NodeId;
use crate::ir::StatedPeriod;
use crate::ir::TableId;
use crate::value::Column;
use crate::value::ColumnBuilder;
use crate::value::DateHull;
use crate::value::Foreign;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::MemberSet;
use crate::value::PeriodKind;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;
use crate::value::period;

/// The data period: the run's, else as stated, counted from the day.
pub fn data_period(
    rows: usize,
    kind: PeriodKind,
    given: Option<i32>,
    stated: StatedPeriod,
    day: Option<&Series>,
) -> Column {
    let fixed = match (given, stated) {
        (Some(given), _) => Some(given),
        (None, StatedPeriod::Fixed(period)) => Some(period),
        (None, StatedPeriod::Back(_)) => None,
    };
    let back = if let StatedPeriod::Back(back) = stated { back } else { 0 };
    let of = |day: i32| kind.of_day(day).map(|it| it - back);
    sets(Kind::Date, rows, |row| {
        Set::Date(match (fixed, day) {
            (Some(period), _) => Possible::values(DateHull::point(period)),
            (None, Some(day)) => day
                .date(row)
                .map(|it| DateHull { low: it.low.and_then(of), high: it.high.and_then(of) }),
            (None, None) => Possible::values(DateHull { low: None, high: None }),
        })
    })
}

/// Whether a period is one of the `count` that end with the last.
pub fn recent(rows: usize, period: &Series, last: &Series, count: u32) -> Column {
    truths(rows, |row| {
        period
            .date(row)
            .zip(&last.date(row), |period, last| {
                let least = |it: Option<i32>| i64::from(it.unwrap_or(i32::MIN));
                let most = |it: Option<i32>| i64::from(it.unwrap_or(i32::MAX));
                let age =
                    (least(last.low) - most(period.high), most(last.high) - least(period.low));
                let inside = age.1 >= 0 && age.0 < count.into();
                let outside = age.0 < 0 || age.1 >= count.into();
                let part =
                    |possible: bool, truth: Truth| if possible { truth } else { Truth::NOTHING };
                Possible::values(part(inside, Truth::TRUE).union(part(outside, Truth::FALSE)))
            })
            .into_truth()
    })
}

/// 本期, 上年, 上期 of a list.
pub fn in_period(
    chunk: &Chunk<'_>,
    node: &Node,
    (rows, of): (FieldId, NodeId),
    (period, back): (NodeId, i32),
) -> Column {
    let FieldKind::Rows { table, .. } = chunk.context.program.field(rows).kind else {
        panic!("本期 is over the rows of a 多条 field");
    };
    let parents = chunk.rows[node.space.0 as usize].clone();
    let period = chunk.series(period);
    let mut column = ColumnBuilder::new(kind_of(node.ty));
    for (row, parent) in parents.enumerate() {
        let asked = period.date(row);
        push(&mut column, chunk, node, (table, of), parent, (asked, back));
    }
    column.finish()
}

/// 上年, 上期 in a row of a period table.
pub fn earlier(chunk: &Chunk<'_>, node: &Node, of: NodeId, period: NodeId, back: i32) -> Column {
    let facts = chunk.context.facts.table(node.space);
    let rows = chunk.rows[node.space.0 as usize].clone();
    let period = chunk.series(period);
    let mut column = ColumnBuilder::new(kind_of(node.ty));
    for (row, at) in rows.enumerate() {
        let parent = facts.parents[at] as usize;
        push(&mut column, chunk, node, (node.space, of), parent, (period.date(row), back));
    }
    column.finish()
}

/// The value of `of` in the row of the period asked for, of those of one parent.
fn push(
    column: &mut ColumnBuilder,
    chunk: &Chunk<'_>,
    node: &Node,
    (table, of): (TableId, NodeId),
    parent: usize,
    (asked, back): (Possible<DateHull>, i32),
) {
    let bare = Possible { values: None, na: asked.na, error: asked.error }.into_truth();
    let anything = || anything_of(kind_of(node.ty), node.may_be_na, node.may_be_error);
    let series = chunk.series(of);
    let start = chunk.rows[table.0 as usize].start;
    let Context { program, facts, .. } = chunk.context;
    let row_of = |period: i32| {
        expected::row_of(program, facts, (table, parent), period).map(|at| series.at(at - start))
    };
    match period::listed(&asked) {
        Some(one) if one.start() == one.end() && bare == Truth::NOTHING => {
            match row_of(one.start() - back) {
                Some(row) => column.copy(series.column(), row),
                None => column.push(anything()),
            }
        }
        Some(all) => {
            let sets = all
                .map(|it| row_of(it - back).map_or_else(anything, |row| series.column().get(row)));
            column.push(sets.fold(Set::Truth(bare), |all, set| all.union(&set)));
        }
        None => column.push(anything().union(&Set::Truth(bare))),
    }
}

/// Every value of a kind.
fn anything_of(kind: Kind, na: bool, error: bool) -> Set {
    match kind {
        Kind::Truth => {
            let values = Possible { values: Some(Truth::UNDECIDED), na, error };
            Set::Truth(values.into_truth())
        }
        Kind::Number => Set::Number(Possible { values: Some(Hull::everything()), na, error }),
        Kind::Date => {
            let values = Some(DateHull { low: None, high: None });
            Set::Date(Possible { values, na, error })
        }
        Kind::Member => {
            let values = Some(MemberSet { members: None, foreign: Foreign::Any });
            Set::Member(Possible { values, na, error })
        }
        Kind::Text => Set::Text(Possible { values: Some(TextSet::Any), na, error }),
    }
}
