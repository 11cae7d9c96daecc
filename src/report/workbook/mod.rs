//! Workbooks as they are written: names of sheets, styles, safe cells, print setup; and the workbook that goes back to the author.

pub mod cells;
mod given;
mod marks;
pub mod names;
mod opinions;
pub mod page;
mod review;
mod sheets;
pub mod styles;
mod table;
mod verdicts;

pub use review::Rows;
pub use review::review;
