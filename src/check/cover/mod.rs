//! Gaps, overlaps and rows never reached of a table (`semantics` §3.4). Columns are taken to be independent, values to be
//! any that their fields allow; a bound that differs from case to case is left open.

mod axis;
mod report;
mod walk;

use crate::check::Checker;
use crate::ir::CellTest;
use crate::ir::DecisionRow;
use crate::ir::FieldId;
use crate::ir::Hit;
use crate::ir::NodeId;
use crate::syntax::ast;
use crate::value::Truth;
use walk::Walk;

impl Checker<'_> {
    /// Looks for gaps and overlaps and reports them. Whether it is proved that there are none.
    pub(super) fn cover(
        &mut self,
        it: &ast::Decision,
        heads: &[NodeId],
        cells: &[Vec<CellTest>],
        hit: Hit,
    ) -> bool {
        let mut distinct: Vec<NodeId> = vec![];
        for head in heads {
            if !distinct.contains(head) {
                distinct.push(*head);
            }
        }
        let axis = |head: &NodeId| {
            let columns: Vec<usize> = (0..heads.len()).filter(|at| heads[*at] == *head).collect();
            let name = crate::check::errors::words_of(&it.heads[columns[0]]);
            let rows: Vec<Vec<&CellTest>> =
                cells.iter().map(|row| columns.iter().map(|at| &row[*at]).collect()).collect();
            self.axis(*head, name, &rows)
        };
        let axes: Vec<axis::Axis> = distinct.iter().map(axis).collect();
        let rest =
            |row: &Vec<CellTest>| DecisionRow { cells: row.clone(), result: heads[0] }.rest();
        let rests: Vec<usize> = cells.iter().map(rest).collect();
        if let Some(row) = self.early_rest(it, cells, hit) {
            self.faults.push(row);
            return false;
        }
        let walk = Walk::of(&axes, &rests, hit);
        // What 照原文 answers: overlaps, as if one row only might hold.
        let only = it.as_written.as_ref().map(|_| Walk::of(&axes, &rests, Hit::Only));
        let uncovered = walk.gaps.is_empty() && !walk.open;
        let total = uncovered && (hit != Hit::Only || walk.overlaps.is_empty());
        let named = |it: FieldId| {
            let table = self.program.table(it.table).name.clone();
            (table, self.program.field(it).name.clone())
        };
        let found = report::findings(it, &axes, &walk, only.as_ref(), &named);
        found.into_iter().for_each(|it| self.faults.push(it));
        total
    }

    /// Read from the top, a row of 其余 takes all: none may follow.
    fn early_rest(
        &self,
        it: &ast::Decision,
        cells: &[Vec<CellTest>],
        hit: Hit,
    ) -> Option<crate::diagnostic::Diagnostic> {
        let takes_all = |row: &Vec<CellTest>| {
            row.contains(&CellTest::Otherwise)
                && row.iter().all(|it| matches!(it, CellTest::Any | CellTest::Otherwise))
        };
        let takes_na = |row: &Vec<CellTest>| row.contains(&CellTest::NotApplicable);
        let at = cells.iter().position(takes_all).filter(|_| hit == Hit::First)?;
        let next = cells[at + 1..].iter().position(|row| !takes_na(row))? + at + 1;
        Some(crate::check::errors::rest_not_last(it, at, next))
    }
}

/// All outcomes of a row over several cells.
fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::TRUE, Truth::and)
}
