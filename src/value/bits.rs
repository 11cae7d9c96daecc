//! A bitmap of rows, a word at a time. It knows nothing of truth.

/// One bit a row; bits past the length are zero.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// `len` rows, all alike.
    pub fn filled(len: usize, value: bool) -> Bits {
        let mut bits = Bits { words: vec![if value { u64::MAX } else { 0 }; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// One bit an item.
    pub fn collect(items: impl Iterator<Item = bool>) -> Bits {
        let mut bits = Bits::default();
        for item in items {
            if bits.len.is_multiple_of(64) {
                bits.words.push(0);
            }
            *bits.words.last_mut().expect("a word was pushed") |= (item as u64) << (bits.len % 64);
            bits.len += 1;
        }
        bits
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bit of a row.
    pub fn get(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// Sets the bit of a row.
    pub fn set(&mut self, row: usize, value: bool) {
        let mask = 1 << (row % 64);
        match value {
            true => self.words[row / 64] |= mask,
            false => self.words[row / 64] &= !mask,
        }
    }

    /// Number of set bits.
    pub fn count(&self) -> usize {
        self.words.iter().map(|it| it.count_ones() as usize).sum()
    }

    /// Whether any bit is set.
    pub fn any(&self) -> bool {
        self.words.iter().any(|it| *it != 0)
    }

    /// Word by word with another bitmap of the same length.
    pub fn zip(&self, other: &Bits, op: impl Fn(u64, u64) -> u64) -> Bits {
        let words = self.words.iter().zip(&other.words).map(|(a, b)| op(*a, *b)).collect();
        let mut bits = Bits { words, len: self.len };
        bits.trim();
        bits
    }

    fn trim(&mut self) {
        if let Some(last) = self.words.last_mut().filter(|_| !self.len.is_multiple_of(64)) {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }
}
