//! Whether a packed file is safe to unpack: how much lies in it, counted and not believed. Nothing of it is kept.

use memchr::memmem;
use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;

/// The most bytes that one workbook may unpack to.
const MOST: u64 = 2 << 30;
/// The most parts that one workbook may have.
const MOST_PARTS: usize = 10_000;
/// A part larger than this that was packed so many times smaller is made to fill memory.
const SUSPECT: (u64, u64) = (100 << 20, 200);

/// Why a packed file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no packed file, or cut off.
    Broken,
    /// It unpacks to more than any workbook holds.
    TooLarge,
}

/// What was seen in passing, so that nobody looks for what is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// A part speaks of merged cells.
    pub merged: bool,
    /// A part may hold formulas.
    pub formulas: bool,
}

/// Unpacks every part without keeping it, as far as the limit.
pub fn check(bytes: &[u8]) -> Result<Seen, Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Refused::TooLarge);
    }
    let (mut total, mut seen) = (0, Seen::default());
    let mut buffer = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| Refused::Broken)?;
        let packed = part.compressed_size().max(1);
        let before = total;
        // The end of what was read before stands first, so that no word is cut in two.
        let mut kept = 0;
        loop {
            let count = part.read(&mut buffer[kept..]).map_err(|_| Refused::Broken)?;
            if count == 0 {
                break;
            }
            total += count as u64;
            seen.look(&buffer[..kept + count]);
            let next = (kept + count).min(LONGEST_WORD);
            buffer.copy_within(kept + count - next..kept + count, 0);
            kept = next;
            let own = total - before;
            if total > MOST || own > SUSPECT.0 && own / packed > SUSPECT.1 {
                return Err(Refused::TooLarge);
            }
        }
    }
    Ok(seen)
}

/// The longest of the words below, less one.
const LONGEST_WORD: usize = 8;

impl Seen {
    /// Tags may bear a prefix: `<f>` or `<x:f>`.
    fn look(&mut self, bytes: &[u8]) {
        let holds = |word: &[u8]| memmem::find(bytes, word).is_some();
        self.merged = self.merged || holds(b"mergeCell");
        let formulas = ["<f>", "<f ", "<f/", ":f>", ":f ", ":f/"];
        self.formulas = self.formulas || formulas.iter().any(|it| holds(it.as_bytes()));
    }
}

/// Whether the name of some part is so.
pub fn holds(bytes: &[u8], is: impl Fn(&str) -> bool) -> bool {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    archive.file_names().flatten().any(|it| is(&it))
}
