//! Truth with its four outcomes, and the sets of them that missing data leave (`semantics` §§1.1, 2).

/// A set of possible outcomes of a truth: 真 假 不适用 错误, one bit each. Never empty once evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Truth(u8);

impl Truth {
    /// Nothing: the start of a union.
    pub const NOTHING: Truth = Truth(0);
    /// 真
    pub const TRUE: Truth = Truth(1);
    /// 假
    pub const FALSE: Truth = Truth(2);
    /// 不适用
    pub const NOT_APPLICABLE: Truth = Truth(4);
    /// 错误
    pub const ERROR: Truth = Truth(8);
    /// 真 or 假: undecided.
    pub const UNDECIDED: Truth = Truth(3);
    /// Any outcome.
    pub const ANYTHING: Truth = Truth(15);

    /// 真 or 假.
    pub fn of(value: bool) -> Truth {
        if value { Truth::TRUE } else { Truth::FALSE }
    }

    /// The outcomes of either.
    pub fn union(self, other: Truth) -> Truth {
        Truth(self.0 | other.0)
    }

    /// The outcomes that the other has not.
    pub fn without(self, other: Truth) -> Truth {
        Truth(self.0 & !other.0)
    }

    /// The outcomes of both.
    pub fn intersect(self, other: Truth) -> Truth {
        Truth(self.0 & other.0)
    }

    /// Whether any outcome of `other` is possible here.
    pub fn may(self, other: Truth) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether exactly one outcome is possible.
    pub fn is_settled(self) -> bool {
        self.0.count_ones() == 1
    }

    /// 且 of two, every choice of their outcomes considered.
    pub fn and(self, other: Truth) -> Truth {
        Truth::from_lanes(self.lanes().and(other.lanes()))
    }

    /// 或 of two, every choice of their outcomes considered.
    pub fn or(self, other: Truth) -> Truth {
        Truth::from_lanes(self.lanes().or(other.lanes()))
    }

    /// 非: 真 and 假 change places, the rest stays. It is `!` on outcomes, not on the bits that hold them.
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Truth {
        Truth::from_lanes(self.lanes().not())
    }

    /// The outcomes of this where the guard is 真; 不适用 where it is 假 or 不适用; 错误 where it is 错误 (§6.1).
    pub fn guarded(self, guard: Truth) -> Truth {
        Truth::from_lanes(self.lanes().guarded(guard.lanes()))
    }

    fn lanes(self) -> Lanes {
        let bit = |it: Truth| self.may(it) as u64;
        Lanes {
            t: bit(Truth::TRUE),
            f: bit(Truth::FALSE),
            n: bit(Truth::NOT_APPLICABLE),
            e: bit(Truth::ERROR),
        }
    }

    fn from_lanes(it: Lanes) -> Truth {
        Truth((it.t | it.f << 1 | it.n << 2 | it.e << 3) as u8)
    }

    /// The single outcomes in it, in the order 真 假 不适用 错误.
    pub fn outcomes(self) -> impl Iterator<Item = Truth> {
        [Truth::TRUE, Truth::FALSE, Truth::NOT_APPLICABLE, Truth::ERROR]
            .into_iter()
            .filter(move |it| self.may(*it))
    }
}

/// The truths of up to 64 rows, one bit a row in each word: the rules of §2.1 in the form in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Lanes {
    /// May be 真.
    pub t: u64,
    /// May be 假.
    pub f: u64,
    /// May be 不适用.
    pub n: u64,
    /// May be 错误.
    pub e: u64,
}

impl Lanes {
    /// One truth in all these rows.
    pub fn filled(truth: Truth, rows: u64) -> Lanes {
        let all = |it: Truth| if truth.may(it) { rows } else { 0 };
        Lanes {
            t: all(Truth::TRUE),
            f: all(Truth::FALSE),
            n: all(Truth::NOT_APPLICABLE),
            e: all(Truth::ERROR),
        }
    }

    /// The truth of one row.
    pub fn get(self, row: u32) -> Truth {
        let bit = |it: u64| it >> row & 1;
        Truth::from_lanes(Lanes { t: bit(self.t), f: bit(self.f), n: bit(self.n), e: bit(self.e) })
    }

    /// What is possible in either.
    pub fn union(self, other: Lanes) -> Lanes {
        Lanes { t: self.t | other.t, f: self.f | other.f, n: self.n | other.n, e: self.e | other.e }
    }

    /// The rows in which the two are the same.
    pub fn alike(self, other: Lanes) -> u64 {
        !(self.t ^ other.t | self.f ^ other.f | self.n ^ other.n | self.e ^ other.e)
    }

    /// 且: the lowest of 假 < 错误 < 真 < 不适用.
    pub fn and(self, b: Lanes) -> Lanes {
        let a = self;
        Lanes {
            t: a.t & (b.t | b.n) | b.t & (a.t | a.n),
            f: a.f | b.f,
            n: a.n & b.n,
            e: a.e & (b.e | b.t | b.n) | b.e & (a.e | a.t | a.n),
        }
    }

    /// 或: the highest of 不适用 < 假 < 错误 < 真, which is 且 with 真 and 假 changed about.
    pub fn or(self, other: Lanes) -> Lanes {
        self.not().and(other.not()).not()
    }

    /// 非
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Lanes {
        Lanes { t: self.f, f: self.t, ..self }
    }

    /// As it is where the guard is 真; 不适用 where that is 假 or 不适用; 错误 where that is 错误.
    pub fn guarded(self, guard: Lanes) -> Lanes {
        Lanes {
            t: guard.t & self.t,
            f: guard.t & self.f,
            n: guard.t & self.n | guard.f | guard.n,
            e: guard.t & self.e | guard.e,
        }
    }

    /// 真 wherever there is anything but 不适用: what 原则上 leaves for a conclusion (§6.3).
    pub fn softened(self) -> Lanes {
        Lanes { t: self.t | self.f | self.e, f: 0, n: self.n, e: 0 }
    }
}

impl std::fmt::Debug for Truth {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = [
            (Truth::TRUE, 'T'),
            (Truth::FALSE, 'F'),
            (Truth::NOT_APPLICABLE, 'N'),
            (Truth::ERROR, 'E'),
        ];
        let text: String =
            names.iter().filter(|(bit, _)| self.may(*bit)).map(|(_, name)| *name).collect();
        write!(out, "{{{text}}}")
    }
}
