//! How the texts of one column are taken before they are read: with the unit of the header, or as the serial number of a day. No cell is judged.

use crate::data::amount;
use crate::data::header;
use crate::data::header::Fit;
use crate::data::raw::RawTable;
use crate::diagnostic::Text;
use crate::ir::Field;
use crate::ir::FieldKind;
use crate::ir::Ty;
use crate::value::Unit;
use crate::value::day;
use crate::value::text;
use std::borrow::Cow;

/// The day that a workbook calls 0: 1899-12-30, so that 61 is 1900-03-01.
const DAY_ZERO: i32 = 693_594;
/// Days between the two counts.
const FROM_1904: i32 = 1462;
/// 9999-12-31
const LAST_SERIAL: i32 = 2_958_465;

/// How the texts of a column are taken.
#[derive(Clone, Debug)]
pub(crate) enum Taking {
    /// As they are.
    Plain,
    /// Bare numbers are in this unit.
    Unit(Unit),
    /// The header names a unit that does not fit: bare numbers cannot be trusted.
    WrongUnit,
    /// Whole numbers are days counted from 1900 or 1904.
    Serial {
        /// From 1904.
        from_1904: bool,
    },
}

impl Taking {
    /// How a field's column is taken.
    pub fn of(field: &Field, raw: &RawTable, column: Option<usize>) -> Taking {
        let Some(header) = column.and_then(|it| raw.headers.get(it)) else { return Taking::Plain };
        if raw.written {
            return Taking::Plain;
        }
        if raw.workbook && matches!(field.kind, FieldKind::Scalar { ty: Ty::Date, .. }) {
            return Taking::Serial { from_1904: raw.from_1904 };
        }
        match header::fits(field, header) {
            Some(Fit::Unit(_)) => match header::unit_of(field, header) {
                Ok(Some(unit)) => Taking::Unit(unit),
                Ok(None) => Taking::Plain,
                Err(_) => Taking::WrongUnit,
            },
            _ => Taking::Plain,
        }
    }

    /// A cell's text as it is to be read.
    pub fn take<'a>(&self, cell: &'a str) -> Cow<'a, str> {
        match self {
            Taking::Unit(unit) if is_bare(cell) => {
                Cow::Owned(format!("{}{}", text::trim(cell), unit.name))
            }
            Taking::Serial { from_1904 } => match serial(cell, *from_1904) {
                Some(day) => Cow::Owned(day::show(day)),
                None => Cow::Borrowed(cell),
            },
            _ => Cow::Borrowed(cell),
        }
    }

    /// Why a cell cannot be trusted in this column.
    pub fn damage(&self, cell: &str) -> Option<Text> {
        let wrong = matches!(self, Taking::WrongUnit) && is_bare(cell);
        wrong.then(|| {
            Text::new(
                "没有自带单位，而表头的单位与本栏不合",
                "has no unit of its own, and that of the header does not fit the field",
            )
        })
    }

    /// Whether a cell is taken as another text than it holds, and that should be said cell by cell.
    pub fn is_serial(&self, cell: &str) -> bool {
        matches!(self, Taking::Serial { from_1904 } if serial(cell, *from_1904).is_some())
    }
}

fn is_bare(cell: &str) -> bool {
    matches!(amount::leading(&text::fold(cell)), Ok((_, "")))
}

/// The day of a whole number, as a workbook counts: 60 is the 1900-02-29 that never was.
fn serial(cell: &str, from_1904: bool) -> Option<i32> {
    let cell = text::trim(cell);
    if cell.len() > 7 || !cell.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let number: i32 = cell.parse().ok()?;
    let number = if from_1904 { number + FROM_1904 } else { number };
    match number {
        1..=59 => Some(DAY_ZERO + number + 1),
        61..=LAST_SERIAL => Some(DAY_ZERO + number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::serial;
    use crate::value::day;

    #[test]
    fn a_serial_number_is_the_day_a_workbook_shows() {
        let shown = |cell, from_1904| serial(cell, from_1904).map(day::show);
        assert_eq!(shown("44270", false).as_deref(), Some("2021-03-15"));
        assert_eq!(shown("42808", true).as_deref(), Some("2021-03-15"));
        assert_eq!(shown("1", false).as_deref(), Some("1900-01-01"));
        assert_eq!(shown("60", false), None);
        assert_eq!(shown("61", false).as_deref(), Some("1900-03-01"));
        assert_eq!(shown("2958465", false).as_deref(), Some("9999-12-31"));
        assert_eq!(shown("2958466", false), None);
        assert_eq!(shown("44270.5", false), None);
    }
}
