//! Whether a packed file is safe to unpack: how much lies in it, counted and not believed. Nothing of it is kept.

use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;

/// The most bytes that one workbook may unpack to.
const MOST: u64 = 2 << 30;
/// The most parts that one workbook may have.
const MOST_PARTS: usize = 10_000;

/// Why a packed file is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no packed file, or cut off.
    Broken,
    /// It unpacks to more than any workbook holds.
    TooLarge,
}

/// Unpacks every part without keeping it, as far as the limit.
pub fn check(bytes: &[u8]) -> Result<(), Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::Broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Refused::TooLarge);
    }
    let mut total = 0;
    let mut buffer = vec![0; 1 << 16];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(|_| Refused::Broken)?;
        loop {
            match part.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => total += count as u64,
                Err(_) => return Err(Refused::Broken),
            }
            if total > MOST {
                return Err(Refused::TooLarge);
            }
        }
    }
    Ok(())
}

/// Whether some part's name begins so.
pub fn holds(bytes: &[u8], prefix: &str) -> bool {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    archive.file_names().flatten().any(|it| it.starts_with(prefix))
}
