//! Rows that join the lists of one case, as if they had been submitted with it. Which rows, and why, is not known here.

use crate::data::FieldColumn;
use crate::data::expected;
use crate::eval::refine::World;
use crate::ir::FieldId;
use crate::ir::Program;
use crate::ir::TableId;
use crate::value::Bits;
use crate::value::ColumnBuilder;
use crate::value::Set;

impl World<'_> {
    /// Adds `count` rows below the only row of the table above. Cells that are not named are blank, lists below the new
    /// rows are not given. False where that cannot be done: there are several rows above, or something of these rows is
    /// computed over all cases.
    pub fn join(&mut self, table: TableId, count: usize, cells: &[(FieldId, Set)]) -> bool {
        let below = below(self.program, table);
        let fixed = self.given.keys().chain(self.run.supposed.keys());
        let parent = self.program.table(table).parent;
        let single = parent.is_some_and(|it| self.rows[it.table.0 as usize].len() == 1);
        let fixed = fixed.into_iter().any(|it| below.contains(&self.program.node(*it).space));
        if !single || fixed {
            return false;
        }
        for index in 0..self.program.table(table).fields.len() as u32 {
            let field = FieldId { table, index };
            let named = cells.iter().find(|it| it.0 == field).map(|it| &it.1);
            let slot = &mut self.facts.tables[table.0 as usize].columns[index as usize];
            if let Some(cells) = slot.as_mut() {
                lengthen(self.program, field, cells, count, named);
            }
        }
        let facts = &mut self.facts.tables[table.0 as usize];
        facts.len += count;
        facts.parents.extend(std::iter::repeat_n(0, count));
        facts.offsets = vec![0, facts.len as u32];
        facts.ungiven = Bits::collect([false].into_iter());
        if facts.expected.any() {
            (0..count).for_each(|_| facts.expected.push(false));
        }
        self.rows[table.0 as usize] = 0..facts.len;
        for (at, child) in self.program.tables.iter().enumerate() {
            if child.parent.is_some_and(|it| it.table == table) {
                let facts = &mut self.facts.tables[at];
                let end = facts.offsets.last().copied().unwrap_or_default();
                facts.offsets.extend(std::iter::repeat_n(end, count));
                (0..count).for_each(|_| facts.ungiven.push(true));
            }
        }
        true
    }
}

/// A table and all below it.
fn below(program: &Program, table: TableId) -> Vec<TableId> {
    let mut all = vec![table];
    let mut next = 0;
    while let Some(above) = all.get(next).copied() {
        let children = (0u32..).map(TableId).zip(&program.tables);
        all.extend(
            children.filter(|it| it.1.parent.is_some_and(|it| it.table == above)).map(|it| it.0),
        );
        next += 1;
    }
    all
}

/// The cells of a field with so many more: of this value, else blank.
fn lengthen(
    program: &Program,
    field: FieldId,
    cells: &mut FieldColumn,
    count: usize,
    named: Option<&Set>,
) {
    let (kind, blank) = expected::blank(program, program.field(field));
    let mut column = ColumnBuilder::new(kind);
    let before = cells.column.len();
    (0..before).for_each(|row| column.copy(&cells.column, row));
    for _ in 0..count {
        column.push(named.unwrap_or(&blank).clone());
        cells.filled.push(named.is_some());
    }
    cells.column = column.finish();
}
