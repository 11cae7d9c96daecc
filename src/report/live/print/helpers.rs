//! Columns of steps that no node stands for: the values that a list counts, the values that set a scale, the ends a rank compares.

use crate::ir::Aggregate;
use crate::ir::AggregateFunction;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::ir::Over;
use crate::ir::Scoring;
use crate::ir::TableId;
use crate::report::live::expr::Expr;
use crate::report::live::expr::equal;
use crate::report::live::expr::text;
use crate::report::live::expr::truth;
use crate::report::live::expr::when;
use crate::report::live::expr::whole;
use crate::report::live::given;
use crate::report::live::heads;
use crate::report::live::maker::Maker;

/// What a helper is for; equal ones are one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Helper {
    /// A row's value where a list takes it in.
    Included(Included),
    /// The period of a row, as a number.
    Period(FieldId),
    /// A value where its case is in a population.
    Scale {
        /// The value.
        of: NodeId,
        /// Who is in.
        among: Option<NodeId>,
    },
    /// What a rank compares: the least, or the most, that a case may have.
    End {
        /// The rank.
        rank: NodeId,
        /// The most.
        high: bool,
    },
    /// The best, or the worst, rank of a case.
    Rank {
        /// The rank.
        rank: NodeId,
        /// The worst.
        worst: bool,
    },
}

/// The rows of a list that count, and what of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Included {
    /// The table of the rows.
    pub table: TableId,
    /// 中
    pub filter: Option<NodeId>,
    /// Of 占比, the p that must hold too.
    pub share: Option<NodeId>,
    /// What is taken.
    pub what: What,
    /// Rows that nobody submitted are left out.
    pub submitted: bool,
}

/// What of a row is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// 1, to be counted.
    One,
    /// A value.
    Value(NodeId),
    /// A truth, 不适用 being 假.
    Held(NodeId),
}

impl Maker<'_> {
    /// Makes the helpers that the formulas of a node look at.
    pub fn prepare(&mut self, id: NodeId) {
        let program = self.told.program;
        let node = program.node(id);
        if !super::is_printed(program, &node.kind) {
            return;
        }
        match &node.kind {
            NodeKind::Aggregate(it) => {
                for helper in self.included(it) {
                    self.helper(Helper::Included(helper), helper.table);
                }
            }
            NodeKind::InPeriod { rows, .. } => {
                if let FieldKind::Rows { table, .. } = program.field(*rows).kind {
                    self.prepare_period(table);
                }
            }
            NodeKind::Earlier { .. } => self.prepare_period(node.space),
            NodeKind::Score(Scoring::Points(it)) => {
                self.helper(Helper::Scale { of: it.of, among: it.among }, node.space);
            }
            NodeKind::Score(Scoring::Over(it)) => {
                for helper in of_population(it, node.space) {
                    self.helper(Helper::Included(helper), node.space);
                }
            }
            NodeKind::Score(Scoring::Rank(_)) => {
                for high in [false, true] {
                    self.helper(Helper::End { rank: id, high }, node.space);
                }
                for worst in [false, true] {
                    self.helper(Helper::Rank { rank: id, worst }, node.space);
                }
            }
            _ => {}
        }
    }

    fn prepare_period(&mut self, table: TableId) {
        if let Some(periods) = self.told.program.table(table).periods {
            self.helper(Helper::Period(periods.field), table);
        }
    }

    /// The columns that an aggregate looks at: of a share of a sum the whole and the part.
    pub(super) fn included(&self, it: &Aggregate) -> Vec<Included> {
        let FieldKind::Rows { table, .. } = self.told.program.field(it.rows).kind else {
            return vec![];
        };
        let periods = self.told.program.is_over_periods(it);
        let submitted = !periods && self.told.facts.table(table).expected.any();
        let base = Included { table, filter: it.filter, share: None, what: What::One, submitted };
        looked_at(base, it.function, it.value, it.share)
    }

    fn helper(&mut self, helper: Helper, table: TableId) {
        if self.helpers.contains_key(&helper) {
            return;
        }
        let count = given::rows_of(self.told, table);
        let formulas = (0..count).map(|row| match helper {
            Helper::Included(it) => Ok(self.taken(it, row)),
            Helper::Period(field) => Ok(self.field(field, row)),
            Helper::Scale { of, among } => Ok(self.in_scale(of, among, row)),
            Helper::End { rank, high } => self.end(rank, high, row),
            Helper::Rank { rank, worst } => self.place(rank, worst, row),
        });
        let formulas = formulas.collect();
        let head = heads::of_helper(self.told, &helper);
        let at = self.help(table, head, formulas);
        self.helpers.insert(helper, at);
    }

    /// What of a row counts; a dash where it is not in the list.
    fn taken(&self, it: Included, row: usize) -> Expr {
        if it.submitted && self.told.facts.table(it.table).is_expected(row) {
            return self.left_out();
        }
        let na = self.word(&self.words.not_applicable);
        let value = match it.what {
            What::One => whole(1),
            What::Value(value) => self.cell(value, row),
            What::Held(value) => {
                let cell = self.cell(value, row);
                match self.may_be_na(value) {
                    true => when(equal(&cell, na), truth(false), cell),
                    false => cell,
                }
            }
        };
        let value = match it.share {
            Some(share) => self.if_in(share, value, row),
            None => value,
        };
        match it.filter {
            Some(filter) => self.if_in(filter, value, row),
            None => value,
        }
    }

    /// What stands where a row is not in the list.
    fn left_out(&self) -> Expr {
        text("—")
    }

    /// The value where the condition holds, a dash where it does not, and what keeps it from being known.
    fn if_in(&self, condition: NodeId, value: Expr, row: usize) -> Expr {
        let mut rest = self.unless([condition].iter(), row, &self.words.unknown, self.left_out());
        if self.may_be_error(condition) {
            rest = self.unless([condition].iter(), row, &self.words.error, rest);
        }
        when(equal(&self.cell(condition, row), truth(true)), value, rest)
    }

    fn in_scale(&self, of: NodeId, among: Option<NodeId>, row: usize) -> Expr {
        let value = self.cell(of, row);
        among.map_or_else(|| value.clone(), |among| self.if_in(among, value.clone(), row))
    }

    /// The periods of the rows of one parent.
    pub(super) fn periods_of(&self, table: TableId, parent: usize, field: FieldId) -> Option<Expr> {
        self.rows_of(table, *self.helpers.get(&Helper::Period(field))?, parent)
    }
}

/// The columns that a function over the cases of a run looks at.
pub(super) fn of_population(it: &Over, table: TableId) -> Vec<Included> {
    let what = What::One;
    let base = Included { table, filter: it.filter, share: None, what, submitted: false };
    looked_at(base, it.function, it.value, it.share)
}

/// Of a share of a sum the whole and the part.
fn looked_at(
    base: Included,
    function: AggregateFunction,
    value: Option<NodeId>,
    share: Option<NodeId>,
) -> Vec<Included> {
    match (function, value, share) {
        (AggregateFunction::Share, None, Some(share)) => {
            vec![Included { what: What::Held(share), ..base }]
        }
        (AggregateFunction::Share, Some(value), share) => {
            let whole = Included { what: What::Value(value), ..base };
            vec![whole, Included { share, ..whole }]
        }
        (_, Some(value), _) => vec![Included { what: What::Value(value), ..base }],
        (_, None, _) => vec![base],
    }
}
