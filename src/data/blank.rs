//! A case of which nothing is known: one row without a filled cell. It says nothing of what such a case comes to.

use crate::data::Facts;
use crate::data::bind;
use crate::data::written;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::TableId;
use crate::ir::WrittenTable;

/// One blank row of a table, its lists not given; or, with `lists`, one blank row in every list below it.
pub fn blank(program: &Program, table: TableId, lists: bool) -> Facts {
    let row = |table: TableId, given: Vec<bool>| WrittenTable {
        table,
        fields: vec![],
        rows: vec![(0, vec![])],
        given,
    };
    let mut all = vec![row(table, vec![])];
    let mut at = 0;
    while at < all.len() && lists {
        for field in &program.table(all[at].table).fields {
            if let FieldKind::Rows { table, .. } = field.kind
                && all.iter().all(|it| it.table != table)
            {
                all.push(row(table, vec![true]));
            }
        }
        at += 1;
    }
    bind(program, &written(program, &all, "")).0
}
