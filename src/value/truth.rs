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

    /// Whether any outcome of `other` is possible here.
    pub fn may(self, other: Truth) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether exactly one outcome is possible.
    pub fn is_settled(self) -> bool {
        self.0.count_ones() == 1
    }

    /// The single outcomes in it, in the order 真 假 不适用 错误.
    pub fn outcomes(self) -> impl Iterator<Item = Truth> {
        [Truth::TRUE, Truth::FALSE, Truth::NOT_APPLICABLE, Truth::ERROR]
            .into_iter()
            .filter(move |it| self.may(*it))
    }
}

impl std::fmt::Debug for Truth {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = [(Truth::TRUE, 'T'), (Truth::FALSE, 'F'), (Truth::NOT_APPLICABLE, 'N'), (Truth::ERROR, 'E')];
        let text: String = names.iter().filter(|(bit, _)| self.may(*bit)).map(|(_, name)| *name).collect();
        write!(out, "{{{text}}}")
    }
}
