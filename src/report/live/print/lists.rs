//! Functions over child rows as formulas: COUNTIFS and SUMIFS over the number of the parent's row, MAX and MEDIAN over the rows themselves.

use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::NodeId;
use crate::ir::Over;
use crate::report::live::expr::Expr;
use crate::report::live::expr::Function;
use crate::report::live::expr::Op;
use crate::report::live::expr::Place;
use crate::report::live::expr::call;
use crate::report::live::expr::equal;
use crate::report::live::expr::op;
use crate::report::live::expr::sum;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::given;
use crate::report::live::maker::Maker;
use crate::report::live::print::helpers::Helper;
use crate::report::live::print::helpers::Included;
use crate::report::live::print::helpers::What;
use crate::report::live::print::helpers::of_population;
use crate::report::live::print::logic::Counts;
use std::sync::Arc;

/// The rows of one list in one helper.
struct Rows<'m, 'a> {
    maker: &'m Maker<'a>,
    /// The numbers of the parents, and the number asked for; none where every row of the table is asked.
    parent: Option<[Expr; 2]>,
    /// What counts.
    values: Expr,
    /// The same, of these rows alone; none where there are none.
    alone: Option<Expr>,
    /// Whether a row may be 不适用, and whether one may be 错误.
    may_be: [bool; 2],
}

impl Rows<'_, '_> {
    /// How many rows hold this.
    fn many(&self, value: Expr) -> Expr {
        let own = [self.values.clone(), value];
        call(Function::CountIfs, self.parent.clone().into_iter().flatten().chain(own))
    }

    fn words(&self, word: &Arc<str>) -> Expr {
        self.many(self.maker.word(word))
    }

    fn sum(&self) -> Expr {
        match &self.parent {
            Some(parent) => {
                let values = std::iter::once(self.values.clone());
                call(Function::SumIfs, values.chain(parent.clone()))
            }
            None => call(Function::Sum, [self.values.clone()]),
        }
    }

    /// How many rows hold a number.
    fn numbers(&self) -> Expr {
        self.alone.clone().map_or_else(|| whole(0), |it| call(Function::Count, [it]))
    }

    /// The rest where no row is in error or not known.
    fn where_known(&self, rest: Expr) -> Expr {
        let words = &self.maker.words;
        let some = |word| op(Op::Above, self.words(word), whole(0));
        let known = when(some(&words.unknown), self.maker.word(&words.unknown), rest);
        match self.may_be[1] {
            true => when(some(&words.error), self.maker.word(&words.error), known),
            false => known,
        }
    }

    /// What stands where nothing is included: 不适用 where all that is included is.
    fn of_none(&self, of_none: Expr) -> Expr {
        let na = &self.maker.words.not_applicable;
        let some = op(Op::Above, self.words(na), whole(0));
        if self.may_be[0] { when(some, self.maker.word(na), of_none) } else { of_none }
    }
}

impl Maker<'_> {
    /// The formula of an aggregate for one parent.
    pub(super) fn aggregate(&self, id: NodeId, it: &Aggregate, row: usize) -> Option<Expr> {
        let helpers = self.included(it);
        let facts = self.told.facts.table(helpers.first()?.table);
        if row < facts.ungiven.len() && facts.ungiven.get(row) {
            return None;
        }
        let rows: Option<Vec<Rows<'_, '_>>> =
            helpers.iter().map(|included| self.list(id, *included, row)).collect();
        self.summarised(&rows?, it.function, it.if_empty.map(|it| self.cell(it, row)))
    }

    /// The formula of a function over all cases.
    pub(super) fn over(&self, id: NodeId, it: &Over, row: usize) -> Option<Expr> {
        let table = self.told.program.node(id).space;
        let rows: Option<Vec<Rows<'_, '_>>> = of_population(it, table)
            .into_iter()
            .map(|included| {
                let column = *self.helpers.get(&Helper::Included(included))?;
                let values = self.all_steps(table, column);
                let may_be = self.may_hold(included);
                Some(Rows {
                    maker: self,
                    parent: None,
                    alone: Some(values.clone()),
                    values,
                    may_be,
                })
            })
            .collect();
        self.summarised(&rows?, it.function, it.if_empty.map(|it| self.cell(it, row)))
    }

    /// What a function comes to over rows; of a share of a sum the whole comes first, then the part.
    fn summarised(
        &self,
        lists: &[Rows<'_, '_>],
        function: AggregateFunction,
        empty: Option<Expr>,
    ) -> Option<Expr> {
        let rows = lists.first()?;
        if let AggregateFunction::Quantified(count) = function {
            let counts = Counts {
                yes: rows.many(truth(true)),
                no: rows.many(truth(false)),
                error: rows.words(&self.words.error),
                unknown: rows.words(&self.words.unknown),
                na: rows.words(&self.words.not_applicable),
            };
            return Some(self.quantified(count, &counts, empty));
        }
        let of_none = empty.unwrap_or_else(|| match function {
            AggregateFunction::Count | AggregateFunction::Sum | AggregateFunction::Top(_) => {
                whole(0)
            }
            _ => self.word(&self.words.error),
        });
        if function == AggregateFunction::Share {
            return Some(self.share(rows, lists.get(1), of_none));
        }
        let value = match function {
            AggregateFunction::Count | AggregateFunction::Sum => rows.sum(),
            AggregateFunction::Mean => op(Op::Over, rows.sum(), rows.numbers()),
            AggregateFunction::Median => call(Function::Median, rows.alone.clone()),
            AggregateFunction::Max => call(Function::Max, rows.alone.clone()),
            AggregateFunction::Min => call(Function::Min, rows.alone.clone()),
            AggregateFunction::Top(count) => top(rows, count),
            _ => return None,
        };
        if rows.alone.is_none() {
            return Some(of_none);
        }
        let sums = matches!(function, AggregateFunction::Count | AggregateFunction::Sum);
        if sums && of_none == whole(0) && !rows.may_be[0] {
            return Some(rows.where_known(value));
        }
        let none = equal(&rows.numbers(), whole(0));
        Some(rows.where_known(when(none, rows.of_none(of_none), value)))
    }

    /// 占比, of rows or of a sum.
    fn share(&self, rows: &Rows<'_, '_>, part: Option<&Rows<'_, '_>>, of_none: Expr) -> Expr {
        let Some(part) = part else {
            let yes = rows.many(truth(true));
            let all = op(Op::Plus, yes.clone(), rows.many(truth(false)));
            let share = op(Op::Over, yes, all.clone());
            return rows.where_known(when(equal(&all, whole(0)), of_none, share));
        };
        let share = op(Op::Over, part.sum(), rows.sum());
        let share = when(equal(&rows.sum(), whole(0)), self.word(&self.words.error), share);
        let none = rows.of_none(of_none);
        let share = when(equal(&rows.numbers(), whole(0)), none, share);
        rows.where_known(part.where_known(share))
    }

    /// Whether a row that is included may be 不适用, and whether one may be 错误.
    fn may_hold(&self, included: Included) -> [bool; 2] {
        let asked = || included.filter.into_iter().chain(included.share);
        let value = match included.what {
            What::One => None,
            What::Value(it) | What::Held(it) => Some(it),
        };
        let na = matches!(included.what, What::Value(it) if self.may_be_na(it));
        [na, asked().chain(value).any(|it| self.may_be_error(it))]
    }

    fn list(&self, id: NodeId, included: Included, row: usize) -> Option<Rows<'_, '_>> {
        let column = *self.helpers.get(&Helper::Included(included))?;
        let space = self.told.program.node(id).space;
        let own =
            Place { sheet: self.given.sheets[&space], column: given::NUMBER, row: row as u32 };
        Some(Rows {
            maker: self,
            parent: Some([self.all_handed(included.table, given::PARENT), Expr::Cell(own)]),
            values: self.all_steps(included.table, column),
            alone: self.rows_of(included.table, column, row),
            may_be: self.may_hold(included),
        })
    }
}

/// The sum of so many greatest.
fn top(rows: &Rows<'_, '_>, count: u32) -> Expr {
    let Some(alone) = &rows.alone else { return whole(0) };
    let greatest = (1..=count).map(|place| {
        let place = whole(i64::from(place));
        let large = call(Function::Large, [alone.clone(), place.clone()]);
        when(op(Op::AtLeast, rows.numbers(), place), large, whole(0))
    });
    sum(greatest)
}
