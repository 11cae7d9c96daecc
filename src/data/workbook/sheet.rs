//! The cells of one sheet put into rows, merged ones filled, within bounds. Nothing is known of headers or types.

use crate::data::RawTable;
use crate::data::raw;
use crate::data::raw::listed;
use crate::data::workbook::about;
use crate::data::workbook::text::Typed;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use calamine::Dimensions;

/// Columns past this one are not read: no form has so many.
pub const MOST_COLUMNS: u32 = 1024;
/// Cells of one sheet, blank ones between filled ones included.
const MOST_CELLS: usize = 60_000_000;
/// Bytes of the texts of one sheet, formulas included.
const MOST_TEXT: usize = 1 << 30;
/// Merged regions below so many are filled.
const MOST_REGIONS: usize = 10_000;

/// A sheet being read.
pub struct Sheet {
    table: RawTable,
    /// Merged regions of several cells, by first row.
    regions: Vec<Region>,
    row: u32,
    /// The cells of the row at hand; those past `width` are of rows before it, kept for the room they have.
    cells: Vec<Slot>,
    width: usize,
    taken: usize,
    text: usize,
    /// The first cell past the columns that are read.
    far: Option<(u32, u32)>,
    full: bool,
    /// A row stands above one that was taken before it, as no spreadsheet program writes them.
    disorder: bool,
    dust: Vec<u32>,
    filled: Vec<u32>,
    linked: Vec<u32>,
    lost: Vec<u32>,
}

/// A merged region: what its first cell holds.
struct Region {
    at: Dimensions,
    text: String,
    number: bool,
}

#[derive(Clone, Default)]
struct Slot {
    text: String,
    damage: Option<Text>,
}

impl Slot {
    fn clear(&mut self) {
        self.text.clear();
        self.damage = None;
    }
}

impl Sheet {
    /// A sheet without cells.
    pub fn new(file: &str, name: &str, hidden: bool, merged: Vec<Dimensions>) -> Sheet {
        let mut table = RawTable::new(name, file);
        table.sheet = Some(name.to_owned());
        table.grid = true;
        table.workbook = true;
        table.hidden = hidden;
        let mut regions: Vec<Region> = merged
            .into_iter()
            .filter(|it| it.start != it.end)
            .take(MOST_REGIONS)
            .map(|at| Region { at, text: String::new(), number: false })
            .collect();
        regions.sort_by_key(|it| it.at.start);
        Sheet {
            table,
            regions,
            row: 0,
            cells: vec![],
            width: 0,
            taken: 0,
            text: 0,
            far: None,
            full: false,
            disorder: false,
            dust: vec![],
            filled: vec![],
            linked: vec![],
            lost: vec![],
        }
    }

    /// Days are counted from 1904.
    pub fn count_from_1904(&mut self) {
        self.table.from_1904 = true;
    }

    /// Takes a cell; rows come in order.
    pub fn put(&mut self, (row, column): (u32, u32), typed: Typed<'_>) {
        if typed.text.is_empty() && typed.damage.is_none() {
            return;
        }
        if row != self.row {
            self.end_row();
            self.row = row;
        }
        if column >= MOST_COLUMNS {
            self.far.get_or_insert((row, column));
            return;
        }
        if typed.dust {
            self.dust.push(row + 1);
        }
        for region in self.regions.iter_mut().filter(|it| it.at.start == (row, column)) {
            region.text = typed.text.clone().into_owned();
            region.number = typed.number;
        }
        let slot = self.slot(column as usize);
        slot.text.push_str(&typed.text);
        slot.damage = typed.damage;
    }

    /// A cell of the row at hand, blank.
    fn slot(&mut self, column: usize) -> &mut Slot {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Slot::default());
        }
        for slot in self.cells.iter_mut().take(column).skip(self.width) {
            slot.clear();
        }
        self.width = self.width.max(column + 1);
        let slot = &mut self.cells[column];
        slot.clear();
        slot
    }

    /// A merged region; those of one sheet come in the order of their first cells, before what stands in them.
    pub fn merge(&mut self, at: Dimensions) {
        if self.regions.len() < MOST_REGIONS {
            self.regions.push(Region { at, text: String::new(), number: false });
        }
    }

    /// No more cells are taken.
    pub fn stop(&mut self) {
        self.full = true;
    }

    /// Whether no more cells are taken.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// A formula whose value was not stored.
    pub fn without_value(&mut self, (row, column): (u32, u32), formula: &str) {
        self.end_row();
        self.put_in_order();
        self.text += formula.len();
        self.full |= self.text > MOST_TEXT;
        if self.full {
            return;
        }
        let place = row + 1;
        let at = self.table.row_at(place);
        let why = Text::new(
            "的公式没有存下结果：请在电子表格软件中打开、重算并保存",
            "is a formula whose result was not stored: open, recalculate and save the workbook",
        );
        match at {
            Some(at) if column < MOST_COLUMNS => {
                self.table.damaged_cells.insert((at as u32, column), why);
                self.table.unstored.insert((at as u32, column), format!("={formula}"));
            }
            _ => self.lost.push(place),
        }
    }

    /// A formula that looks into another workbook.
    pub fn linked(&mut self, (row, _): (u32, u32)) {
        self.linked.push(row + 1);
    }

    fn put_in_order(&mut self) {
        if std::mem::take(&mut self.disorder) {
            self.table.put_in_order();
        }
    }

    fn end_row(&mut self) {
        let blank = self.cells[..self.width].iter().all(|it| it.text.trim().is_empty());
        if !blank {
            self.fill_merged();
            let at = self.table.len() as u32;
            let cells = &mut self.cells[..self.width];
            for (column, cell) in (0u32..).zip(&mut *cells) {
                if let Some(why) = cell.damage.take() {
                    self.table.damaged_cells.insert((at, column), why);
                }
            }
            self.taken += cells.len();
            self.text += cells.iter().map(|it| it.text.len()).sum::<usize>();
            self.full |= self.taken > MOST_CELLS || self.text > MOST_TEXT;
            self.disorder |= at > 0 && self.table.place(at as usize - 1) > self.row;
            self.table.push_row(self.row + 1, cells.iter().map(|it| it.text.as_str()));
        }
        self.width = 0;
    }

    /// What a merged cell shows stands in each of its rows. A number is not repeated: whose it is cannot be told.
    fn fill_merged(&mut self) {
        let row = self.row;
        for at in 0..self.regions.len() {
            let region = &self.regions[at];
            let (top, left) = region.at.start;
            if top > row {
                break;
            }
            let below = top < row && row <= region.at.end.0 && left < MOST_COLUMNS;
            let column = left as usize;
            let taken = column < self.width && !self.cells[column].text.is_empty();
            if !below || region.text.is_empty() || taken {
                continue;
            }
            let (text, number) = (region.text.clone(), region.number);
            let slot = self.slot(column);
            slot.text = text;
            slot.damage = number.then(|| {
                Text::new(
                    "是合并单元格中的数，分不清属于哪一行",
                    "is a number in a merged cell: whose it is cannot be told",
                )
            });
            self.filled.push(row + 1);
        }
    }

    /// The table, with what there is to say of the sheet as a whole.
    pub fn finish(mut self, found: &mut Diagnostics) -> RawTable {
        self.end_row();
        let title = |it: &Region| raw::Region {
            first: it.at.start,
            last: it.at.end,
            text: it.text.clone(),
            number: it.number,
        };
        self.table.merged = self.regions.iter().map(title).collect();
        self.put_in_order();
        self.report(found);
        self.table
    }

    fn report(&self, found: &mut Diagnostics) {
        let (file, sheet) = (&self.table.file, &self.table.name);
        let mut say = |code, zh: String, en: String| found.push(about(code, file, sheet, zh, en));
        if let Some((row, column)) = self.far {
            let cell = cell_name(row, column);
            say(
                code::DATA_NOT_READABLE,
                format!("工作表“{sheet}”第 {MOST_COLUMNS} 列以后有内容，未读（最先的是 {cell}）"),
                format!(
                    "the sheet `{sheet}` holds cells past column {MOST_COLUMNS}, which were not read (the first is {cell})"
                ),
            );
        }
        if self.full {
            say(
                code::DATA_NOT_READABLE,
                format!("工作表“{sheet}”太大，第 {} 行以后未读", self.row + 1),
                format!(
                    "the sheet `{sheet}` is too large: it was not read past row {}",
                    self.row + 1
                ),
            );
        }
        let rows = |rows: &[u32]| {
            let mut rows = rows.to_vec();
            rows.dedup();
            listed(&rows)
        };
        if !self.dust.is_empty() {
            let (zh, en) = rows(&self.dust);
            say(
                code::DIGITS_DROPPED,
                format!("工作表“{sheet}”有数带着计算留下的尾数，按 15 位有效数字读取：第 {zh} 行"),
                format!(
                    "numbers of the sheet `{sheet}` carry dust of binary arithmetic and were read to 15 digits: row {en}"
                ),
            );
        }
        if !self.linked.is_empty() {
            let (zh, en) = rows(&self.linked);
            say(
                code::LINKED_WORKBOOK,
                format!("工作表“{sheet}”的公式引用了别的工作簿，按存下的值读取：第 {zh} 行"),
                format!(
                    "formulas of the sheet `{sheet}` look into another workbook; their stored values were read: row {en}"
                ),
            );
        }
        if !self.lost.is_empty() {
            let (zh, en) = rows(&self.lost);
            say(
                code::CELL_FAULT,
                format!("工作表“{sheet}”的公式没有存下结果，所在行没有别的内容，未读：第 {zh} 行"),
                format!(
                    "formulas of the sheet `{sheet}` have no stored result, and nothing else stands in their rows, which were not read: row {en}"
                ),
            );
        }
    }
}

/// A cell as a spreadsheet names it: row 1, column 2 is C2.
fn cell_name(row: u32, mut column: u32) -> String {
    let mut letters = vec![];
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(left) => column = left,
            None => break,
        }
    }
    format!("{}{}", letters.into_iter().rev().collect::<String>(), row + 1)
}

#[cfg(test)]
mod tests {
    use super::cell_name;

    #[test]
    fn a_cell_is_named_as_a_spreadsheet_does() {
        assert_eq!(cell_name(0, 0), "A1");
        assert_eq!(cell_name(1, 25), "Z2");
        assert_eq!(cell_name(1, 26), "AA2");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }
}
