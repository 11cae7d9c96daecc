//! What a form consists of: a sheet for each table and a column for each field, with the link to the parent. Nothing is written here.

use crate::ir::Field;
use crate::ir::FieldId;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::value::UnitKind;
use crate::value::text;

/// The sheet of one table.
pub struct FormTable<'p> {
    /// Which.
    pub id: TableId,
    /// The table.
    pub table: &'p Table,
    /// Its columns, from the left.
    pub columns: Vec<FormColumn<'p>>,
}

/// A column of a sheet.
pub enum FormColumn<'p> {
    /// The key of the row in the parent table that a row belongs to.
    Link(TableId),
    /// A field.
    Field(FieldId, &'p Field),
}

/// The sheets of a program's form, in the order the tables are declared.
pub fn plan(program: &Program) -> Vec<FormTable<'_>> {
    let ids = (0u32..).map(TableId);
    ids.zip(&program.tables).map(|(id, table)| sheet(program, id, table)).collect()
}

fn sheet<'p>(program: &Program, id: TableId, table: &'p Table) -> FormTable<'p> {
    let scalar = |it: &&Field| matches!(it.kind, FieldKind::Scalar { .. });
    let fields = (0u32..).zip(&table.fields).filter(|it| scalar(&it.1));
    let fields = fields.map(|(index, it)| FormColumn::Field(FieldId { table: id, index }, it));
    let link = table.parent.filter(|_| !links_itself(program, table));
    let link = link.map(|it| FormColumn::Link(it.table));
    FormTable { id, table, columns: link.into_iter().chain(fields).collect() }
}

impl FormTable<'_> {
    /// The column of a field, from 0.
    pub fn column_of(&self, field: u32) -> Option<u16> {
        let found = self
            .columns
            .iter()
            .position(|it| matches!(it, FormColumn::Field(id, _) if id.index == field));
        found.and_then(|it| u16::try_from(it).ok())
    }
}

/// What stands at the head of a column: the name, and the unit of bare numbers in brackets.
pub fn header(program: &Program, column: &FormColumn<'_>) -> String {
    match column {
        FormColumn::Link(parent) => program.table(*parent).name.clone(),
        FormColumn::Field(_, field) => match &field.kind {
            FieldKind::Scalar { unit: Some(unit), ty: Ty::Number(_), .. } => {
                format!("{}（{}）", field.name, unit.name)
            }
            _ => field.name.clone(),
        },
    }
}

/// Whether a field is a ratio that is written in hundredths or thousandths.
pub fn is_percent(field: &Field) -> bool {
    let FieldKind::Scalar { unit: Some(unit), .. } = &field.kind else { return false };
    unit.kind == UnitKind::Ratio
}

/// Whether a row must be told from all others by this field.
pub fn is_key(table: &Table, field: FieldId) -> bool {
    table.key == Some(field.index) && table.periods.is_none()
}

/// Whether a field of a child table bears the parent's name: rows are linked by it, and need no column of their own.
fn links_itself(program: &Program, table: &Table) -> bool {
    let Some(parent) = table.parent else { return false };
    let name = text::fold(&program.table(parent.table).name).into_owned();
    table.fields.iter().any(|it| text::fold(&it.name) == name)
}
