//! A tape of choices: what is random about a case, so that a shorter or smaller tape is a simpler case.

/// Choices, read one after the other; past its end every choice is 0, the simplest.
pub struct Tape<'a> {
    choices: &'a [u16],
    at: usize,
}

/// A tape of rules and one of data; the case they tell is printed where a law is broken, not the choices.
#[derive(Clone)]
pub struct Tapes {
    pub rules: Vec<u16>,
    pub data: Vec<u16>,
}

impl std::fmt::Debug for Tapes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} and {} choices", self.rules.len(), self.data.len())
    }
}

impl<'a> Tape<'a> {
    pub fn new(choices: &'a [u16]) -> Tape<'a> {
        Tape { choices, at: 0 }
    }

    /// One of 0 … `n` − 1.
    pub fn pick(&mut self, n: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        choice as usize % n
    }

    /// One of these.
    pub fn choose<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.pick(from.len())].clone()
    }

    /// True once in `n` times.
    pub fn rarely(&mut self, n: usize) -> bool {
        self.pick(n) == n - 1
    }

    /// What is left, as one number: the seed of choices that need no shrinking.
    pub fn seed(&mut self) -> u64 {
        (0..4).fold(0, |all, _| all << 16 | self.pick(1 << 16) as u64)
    }
}

/// A fixed mixing of two numbers into one that looks random.
pub fn mix(seed: u64, key: u64) -> u64 {
    let mut x = seed
        .wrapping_add(key.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(0x1234_5678_9ABC_DEF1);
    x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ x >> 31
}
