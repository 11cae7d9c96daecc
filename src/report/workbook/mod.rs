//! Workbooks as they are written: names of sheets, styles, safe cells, print setup. What stands in them is told elsewhere.

pub mod cells;
pub mod names;
pub mod page;
pub mod styles;
