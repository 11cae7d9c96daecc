//! What the records of an xls file say beside its values: which cells are shown as percentages, whether other workbooks are looked into, how large the sheets say they are. Values are read elsewhere.

use crate::data::workbook::format::shows_percent;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::io::Read;

// Records by number ([MS-XLS] 2.3).
const END: u16 = 0x000A;
const FORMULA: u16 = 0x0006;
const PASSWORD: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const MANY_SHORT_NUMBERS: u16 = 0x00BD;
const RICH_LABEL: u16 = 0x00D6;
const CELL_FORMAT: u16 = 0x00E0;
const SHARED_LABEL: u16 = 0x00FD;
const SUPPORTING_BOOK: u16 = 0x01AE;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const SHORT_NUMBER: u16 = 0x027E;
const NUMBER_FORMAT: u16 = 0x041E;
const BEGINNING: u16 = 0x0809;

/// 0% and 0.00% have these numbers without being written out.
const PERCENT: [u16; 2] = [9, 10];
/// The version that writes texts of two bytes a character.
const VERSION_8: u16 = 0x0600;
/// Rows and columns of the format.
const LARGEST: (u32, u16) = (65_536, 256);

/// What is known of a workbook beside its values.
#[derive(Default)]
pub struct Beside {
    /// Of each sheet, in order: row and column of the cells shown as percentages.
    pub percent: Vec<BTreeSet<(u32, u32)>>,
    /// Formulas look into other workbooks.
    pub linked: bool,
    /// A sheet says that it is larger than the format allows: the file is not sound.
    pub oversized: bool,
    /// How many cells lie between the first and the last of each sheet, all sheets together.
    pub area: u64,
    /// It holds macros.
    pub macros: bool,
    /// What follows is under a password, whichever way it is encrypted.
    pub locked: bool,
}

/// Walks the records; none where the file is no such workbook.
pub fn beside(bytes: &[u8]) -> Option<Beside> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"].into_iter().find(|it| file.is_stream(it))?;
    let mut stream = vec![];
    file.open_stream(name).ok()?.read_to_end(&mut stream).ok()?;
    let macros = file.is_storage("/_VBA_PROJECT_CUR");
    let mut beside = Beside { macros, ..Beside::default() };
    let (mut version, mut formats) = (0, BTreeSet::from(PERCENT));
    let (mut cell_formats, mut sheets) = (vec![], vec![]);
    for (kind, data) in (Records { left: &stream }) {
        match kind {
            BEGINNING => version = short(data, 0).unwrap_or_default(),
            NUMBER_FORMAT => {
                let (Some(number), Some(code)) = (short(data, 0), code(data, version)) else {
                    continue;
                };
                match shows_percent(&code) {
                    true => formats.insert(number),
                    false => formats.remove(&number),
                };
            }
            CELL_FORMAT => cell_formats.push(short(data, 2).unwrap_or_default()),
            BOUND_SHEET => sheets.push(long(data, 0).unwrap_or_default()),
            // Itself, and the functions of an add-in, are written by a mark in place of a name.
            SUPPORTING_BOOK => {
                beside.linked |= short(data, 2).is_some_and(|it| ![0x0401, 0x3A01].contains(&it));
            }
            PASSWORD => beside.locked = true,
            END => break,
            _ => {}
        }
    }
    let percent: Vec<bool> = cell_formats.iter().map(|it| formats.contains(it)).collect();
    for place in sheets {
        let records = stream.get(place as usize..).unwrap_or_default();
        let told = sheet(records, &percent);
        beside.percent.push(told.percent);
        beside.oversized |= told.oversized;
        beside.area += told.extent.area();
    }
    Some(beside)
}

/// What the records of one sheet say.
#[derive(Default)]
struct Told {
    percent: BTreeSet<(u32, u32)>,
    oversized: bool,
    extent: Extent,
}

/// The rows and columns between which a sheet has cells.
#[derive(Default)]
struct Extent(Option<[(u16, u16); 2]>);

impl Extent {
    fn see(&mut self, row: u16, columns: (u16, u16)) {
        let [(top, left), (bottom, right)] = self.0.unwrap_or([(row, columns.0), (row, columns.1)]);
        self.0 =
            Some([(top.min(row), left.min(columns.0)), (bottom.max(row), right.max(columns.1))]);
    }

    fn area(&self) -> u64 {
        self.0.map_or(0, |[(top, left), (bottom, right)]| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    }
}

/// The cells of one sheet that are shown as percentages, where its cells lie, and whether it says that it is too large.
fn sheet(records: &[u8], percent: &[bool]) -> Told {
    let mut told = Told::default();
    // Charts inside a sheet have beginnings and ends of their own.
    let mut depth = 0;
    let is_percent = |format: Option<u16>| {
        format.is_some_and(|it| percent.get(usize::from(it)).copied().unwrap_or(false))
    };
    for (kind, data) in (Records { left: records }) {
        match kind {
            BEGINNING => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            DIMENSIONS if data.len() >= 14 => {
                let rows = long(data, 4).is_some_and(|it| it > LARGEST.0);
                told.oversized |= rows || short(data, 10).is_some_and(|it| it > LARGEST.1);
            }
            NUMBER | SHORT_NUMBER | FORMULA | LABEL | SHARED_LABEL | RICH_LABEL | TRUTH => {
                let (Some(row), Some(column)) = (short(data, 0), short(data, 2)) else { continue };
                told.extent.see(row, (column, column));
                if is_percent(short(data, 4)) {
                    told.percent.insert((row.into(), column.into()));
                }
            }
            MANY_SHORT_NUMBERS => {
                let (Some(row), Some(first)) = (short(data, 0), short(data, 2)) else { continue };
                let count = data.len().saturating_sub(6) / 6;
                for (at, column) in (0..count).zip(first..) {
                    told.extent.see(row, (column, column));
                    if is_percent(short(data, 4 + at * 6)) {
                        told.percent.insert((row.into(), column.into()));
                    }
                }
            }
            _ => {}
        }
    }
    told
}

/// The format code of a number format. What is not ASCII does not matter to it.
fn code(data: &[u8], version: u16) -> Option<String> {
    let plain = |bytes: &[u8]| bytes.iter().map(|it| char::from(*it)).collect();
    if version != VERSION_8 {
        return data.get(3..).map(plain);
    }
    let wide = data.get(4)? & 1 == 1;
    let bytes = data.get(5..)?;
    let units = || bytes.chunks_exact(2).map(|it| u16::from_le_bytes([it[0], it[1]]));
    Some(if wide { char::decode_utf16(units()).flatten().collect() } else { plain(bytes) })
}

/// Records one after the other: number and content. A record that is cut off is the end.
struct Records<'a> {
    left: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.left, 0)?, usize::from(short(self.left, 2)?));
        let data = self.left.get(4..4 + length)?;
        self.left = &self.left[4 + length..];
        Some((kind, data))
    }
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}
