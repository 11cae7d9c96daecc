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
        let mut bits =
            Bits { words: vec![if value { u64::MAX } else { 0 }; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// One bit an item.
    pub fn collect(items: impl Iterator<Item = bool>) -> Bits {
        let mut items = items;
        let mut bits = Bits::default();
        loop {
            let (mut word, mut count) = (0, 0);
            for item in items.by_ref().take(64) {
                word |= (item as u64) << count;
                count += 1;
            }
            if count > 0 {
                bits.words.push(word);
                bits.len += count;
            }
            if count < 64 {
                return bits;
            }
        }
    }

    /// One bit an item of a slice.
    pub fn test<T>(items: &[T], test: impl Fn(&T) -> bool) -> Bits {
        let (whole, rest) = items.as_chunks::<64>();
        let mut words = Vec::with_capacity(items.len().div_ceil(64));
        words.extend(whole.iter().map(|items| word(items.iter().map(&test))));
        words.extend((!rest.is_empty()).then(|| word(rest.iter().map(&test))));
        Bits { words, len: items.len() }
    }

    /// One bit a pair of items of two slices of one length.
    pub fn test_pairs<A, B>(a: &[A], b: &[B], test: impl Fn(&A, &B) -> bool) -> Bits {
        assert_eq!(a.len(), b.len(), "pairs are of slices of one length");
        let ((a_whole, a_rest), (b_whole, b_rest)) = (a.as_chunks::<64>(), b.as_chunks::<64>());
        let mut words = Vec::with_capacity(a.len().div_ceil(64));
        let test = |(a, b): (&A, &B)| test(a, b);
        words.extend(a_whole.iter().zip(b_whole).map(|(a, b)| word(a.iter().zip(b).map(test))));
        words.extend((!a_rest.is_empty()).then(|| word(a_rest.iter().zip(b_rest).map(test))));
        Bits { words, len: a.len() }
    }

    /// The words, 64 rows each, the first row lowest; the last may be short.
    pub fn from_words(words: Vec<u64>, len: usize) -> Bits {
        assert_eq!(words.len(), len.div_ceil(64), "a bitmap has a word for each 64 rows");
        let mut bits = Bits { words, len };
        bits.trim();
        bits
    }

    /// The words, 64 rows each, the first row lowest; bits past the end are zero.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Adds a row.
    pub fn push(&mut self, value: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        self.len += 1;
        if value {
            self.set(self.len - 1, true);
        }
    }

    /// The rows of a range.
    pub fn slice(&self, range: std::ops::Range<usize>) -> Bits {
        let (first, shift, len) = (range.start / 64, range.start % 64, range.len());
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        let words = (first..first + len.div_ceil(64)).map(|at| match shift {
            0 => word(at),
            _ => word(at) >> shift | word(at + 1) << (64 - shift),
        });
        Bits::from_words(words.collect(), len)
    }

    /// Adds the rows of another bitmap.
    pub fn append(&mut self, other: &Bits) {
        let shift = self.len % 64;
        self.len += other.len;
        match shift {
            0 => self.words.extend(&other.words),
            _ => {
                for word in &other.words {
                    *self.words.last_mut().expect("a bitmap with a rest has a word") |=
                        word << shift;
                    self.words.push(word >> (64 - shift));
                }
            }
        }
        self.words.truncate(self.len.div_ceil(64));
    }

    /// The rows that are set, ascending.
    pub fn ones(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    at * 64 + bit
                })
            })
        })
    }

    /// Whether all rows of a range are set.
    pub fn all_in(&self, range: std::ops::Range<usize>) -> bool {
        self.words_in(range).all(|(_, word, mask)| word & mask == mask)
    }

    /// How many rows of a range are set.
    pub fn count_in(&self, range: std::ops::Range<usize>) -> usize {
        self.words_in(range).map(|(_, word, mask)| (word & mask).count_ones() as usize).sum()
    }

    /// Each word that a range touches: its first row, the word, and which of its bits lie in the range.
    pub fn words_in(
        &self,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (usize, u64, u64)> {
        let words = range.start / 64..if range.is_empty() { 0 } else { range.end.div_ceil(64) };
        words.map(move |at| {
            let first = at * 64;
            let low = range.start.saturating_sub(first);
            let high = (range.end - first).min(64);
            let mask = u64::MAX >> (64 - high) & u64::MAX << low;
            (first, self.words[at], mask)
        })
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

/// A word of up to 64 bits, by way of a byte for each: that is what a machine does many of at a time.
#[inline]
fn word(bits: impl Iterator<Item = bool>) -> u64 {
    /// Times this, the lowest bits of eight bytes stand side by side in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut bytes = [0u8; 64];
    for (byte, bit) in bytes.iter_mut().zip(bits) {
        *byte = bit as u8;
    }
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |word, (at, eight)| {
        word | u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56 << (8 * at)
    })
}
