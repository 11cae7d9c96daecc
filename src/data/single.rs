//! One written value as a column: what a test expects or supposes. Tables are bound elsewhere.

use crate::data::HoleKind;
use crate::data::columns;
use crate::data::columns::Cell;
use crate::ir::Domain;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Ty;
use crate::source::Span;
use crate::value::Column;
use crate::value::Unit;

/// The same value in `len` rows; a bare number is in `unit`. 无 and 不适用 are 不适用, a blank is unknown.
/// None if it cannot be read.
pub fn repeat(
    program: &Program,
    ty: Ty,
    unit: Option<&Unit>,
    text: &str,
    len: usize,
    span: Span,
) -> Option<Column> {
    let domain = Domain::Everything;
    let kind = FieldKind::Scalar { ty, unit: unit.cloned(), domain: domain.clone() };
    let field = Field { may_be_none: true, ..Field::new("", kind, span) };
    let marks = ["不适用".to_owned(), "not_applicable".to_owned()];
    let cells = (0..len as u32).map(|row| (row, Cell { text: text.into(), damage: None }));
    let (cells, _) = columns::build(program, &field, &marks, (ty, unit, &domain), len, cells);
    let faulty = cells.holes.values().any(|it| it.kind == HoleKind::Fault);
    (!faulty).then_some(cells.column)
}
