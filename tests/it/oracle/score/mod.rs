//! Random 评分: what a rulebook may say of points, ranks and places, drawn from a tape. Nothing is written or computed here.

pub mod data;
pub mod places;
pub mod plain;
pub mod text;

use crate::oracle::tape::Tape;

/// How ties are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    Competition,
    Dense,
    Mean,
}

/// 缺失
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Interval,
    Reported,
    Zero,
    Mean,
    Median,
    Redistribute,
    Excluded,
}

/// 同值
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    Unsaid,
    Full,
    Half,
    Zero,
    NotApplicable,
}

/// What becomes of a part that is 不适用.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfNone {
    Shared,
    Full,
    Zero,
}

/// 标准化; stated ends are whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Range,
    Stated { low: i64, high: i64, cut: bool },
    Effect { base: i64 },
    StatedEffect { base: i64, low: i64, high: i64, cut: bool },
    Standard { whole: bool },
    Target(i64),
    Banded,
}

/// A part that is scored: a field by its place, 0 to 2; the last of them may be 不适用.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    pub field: usize,
    pub weight: i64,
    pub method: Method,
    pub reversed: bool,
}

/// A part of the first level.
#[derive(Clone, Debug)]
pub struct Part {
    pub weight: i64,
    pub leaves: Vec<Leaf>,
}

/// 项目, 加分, 扣分: a field times a factor, at most so much.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub field: usize,
    pub factor: i64,
    pub full: i64,
}

/// The parts of a total.
#[derive(Clone, Debug)]
pub enum Form {
    /// By weights: one level where every part has one leaf and `flat` says so.
    Weights {
        parts: Vec<Part>,
        flat: bool,
    },
    Items(Vec<Entry>),
}

/// What a tie at the line comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Unsaid,
    All,
    Nobody,
    ThenBy,
}

/// 入选 前 N; N is a number, or hundredths of those who are ranked.
#[derive(Clone, Copy, Debug)]
pub struct Select {
    pub top: i64,
    pub share: bool,
    pub line: Line,
    /// 名额 按 组，每组 so many
    pub quota: Option<i64>,
}

/// Who is in the population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    All,
    /// 范围 … 中 参评
    Range,
    /// 适用 当 参评
    Applies,
}

/// A 评分.
#[derive(Clone, Debug)]
pub struct Book {
    pub form: Form,
    pub geometric: bool,
    /// 权重 归一; else the weights are percents.
    pub normalised: bool,
    pub same: Same,
    pub missing: Missing,
    pub if_none: IfNone,
    pub bonus: Option<Entry>,
    pub deduction: Option<Entry>,
    pub cap: Option<i64>,
    pub keep: Option<u32>,
    pub veto: bool,
    pub pass: Option<i64>,
    pub among: Among,
    pub ties: Ties,
    pub ascending: bool,
    /// 再比 乙
    pub then_by: bool,
    pub select: Select,
}

impl Book {
    /// Any book.
    pub fn random(tape: &mut Tape) -> Book {
        use Missing::*;
        let kinds = [Interval, Interval, Reported, Zero, Mean, Median, Redistribute, Excluded];
        let missing = tape.choose(&kinds);
        let items = tape.rarely(4);
        let normalised = !items && tape.rarely(3);
        let form = if items { Form::Items(entries(tape)) } else { weights(tape, normalised) };
        // 不参评 asks for the parts of the total; what is beside it is not known to be reported.
        let beside = missing != Excluded;
        Book {
            form,
            geometric: !items && tape.rarely(5),
            normalised,
            same: tape.choose(&[
                Same::Zero,
                Same::Half,
                Same::Full,
                Same::NotApplicable,
                Same::Unsaid,
            ]),
            missing,
            if_none: tape.choose(&[IfNone::Shared, IfNone::Shared, IfNone::Full, IfNone::Zero]),
            bonus: (beside && tape.rarely(5)).then(|| entry(tape)),
            deduction: (beside && tape.rarely(5)).then(|| entry(tape)),
            cap: tape.rarely(5).then(|| tape.choose(&[50, 3])),
            keep: tape.rarely(4).then(|| tape.pick(2) as u32),
            veto: tape.rarely(3),
            pass: tape.rarely(3).then(|| tape.choose(&[50, 60, 2])),
            among: tape.choose(&[Among::All, Among::All, Among::Range, Among::Applies]),
            ties: tape.choose(&[Ties::Competition, Ties::Dense, Ties::Mean]),
            ascending: tape.rarely(4),
            then_by: tape.rarely(4),
            select: Select {
                top: 1 + tape.pick(3) as i64,
                share: false,
                line: tape.choose(&[Line::All, Line::Nobody, Line::Unsaid, Line::ThenBy]),
                quota: tape.rarely(3).then(|| 1 + tape.pick(2) as i64),
            },
        }
        .with_share(tape.rarely(4))
    }

    /// One indicator, ranked 并列同名次 and nothing else: what `semantics` §9.3 promises to be exact.
    pub fn single(tape: &mut Tape) -> Book {
        let simple = Book::random(tape);
        let methods = [
            Method::Range,
            Method::Effect { base: 60 },
            Method::Stated { low: 0, high: 2, cut: true },
            Method::Target(2),
            Method::Banded,
        ];
        let method = tape.choose(&methods);
        let reversed = tape.pick(2) == 1 && method != Method::Banded;
        let leaf = Leaf { field: 0, weight: 100, method, reversed };
        Book {
            form: Form::Weights {
                parts: vec![Part { weight: 100, leaves: vec![leaf] }],
                flat: true,
            },
            geometric: false,
            normalised: false,
            same: tape.choose(&[Same::Zero, Same::Half, Same::Full]),
            missing: Missing::Interval,
            if_none: IfNone::Shared,
            bonus: None,
            deduction: None,
            cap: None,
            keep: None,
            veto: false,
            among: Among::All,
            ties: Ties::Competition,
            then_by: false,
            ..simple
        }
    }

    fn with_share(mut self, share: bool) -> Book {
        if share {
            self.select.share = true;
            self.select.top = [34, 50, 75][self.select.top as usize - 1];
        }
        self
    }

    /// All leaves of the weights.
    pub fn leaves(&self) -> Vec<Leaf> {
        match &self.form {
            Form::Weights { parts, .. } => {
                parts.iter().flat_map(|it| it.leaves.iter().copied()).collect()
            }
            Form::Items(_) => vec![],
        }
    }

    /// The fields that are scored.
    pub fn scored(&self) -> Vec<usize> {
        let entries: Vec<Entry> = match &self.form {
            Form::Items(items) => items.clone(),
            Form::Weights { .. } => vec![],
        };
        let beside = entries.into_iter().chain(self.bonus).chain(self.deduction);
        let mut all: Vec<usize> = self.leaves().iter().map(|it| it.field).collect();
        all.extend(beside.map(|it| it.field));
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Weights of a level: percents that sum to 100, or any where they are divided by their sum.
fn level(tape: &mut Tape, count: usize, normalised: bool) -> Vec<i64> {
    match (count, normalised) {
        (_, true) => (0..count).map(|_| 1 + tape.pick(4) as i64).collect(),
        (1, _) => vec![100],
        (2, _) => {
            let first = tape.choose(&[60, 50, 30]);
            vec![first, 100 - first]
        }
        _ => tape.choose(&[vec![50, 30, 20], vec![40, 40, 20]]),
    }
}

fn weights(tape: &mut Tape, normalised: bool) -> Form {
    let fields = tape.choose(&[vec![0], vec![0, 1], vec![0, 2], vec![2, 1, 0], vec![2]]);
    let flat = fields.len() == 1 || tape.pick(2) == 0;
    let groups: Vec<Vec<usize>> = match flat {
        true => fields.into_iter().map(|it| vec![it]).collect(),
        // The first stands alone, the others together.
        false => [&fields[..1], &fields[1..]].map(<[usize]>::to_vec).into(),
    };
    let above = level(tape, groups.len(), normalised);
    let part = |(weight, group): (i64, Vec<usize>)| {
        let below = if flat { vec![weight] } else { level(tape, group.len(), normalised) };
        let leaves = below.into_iter().zip(group).map(|(weight, field)| leaf(tape, weight, field));
        Part { weight, leaves: leaves.collect() }
    };
    Form::Weights { parts: above.into_iter().zip(groups).map(part).collect(), flat }
}

fn leaf(tape: &mut Tape, weight: i64, field: usize) -> Leaf {
    let (low, high) = tape.choose(&[(0, 3), (1, 2), (-1, 2), (3, 1)]);
    let cut = !tape.rarely(3);
    let method = match tape.pick(9) {
        0 | 1 => Method::Range,
        2 => Method::Stated { low, high, cut },
        3 => Method::Effect { base: tape.choose(&[60, 0, 50]) },
        4 => Method::StatedEffect { base: 60, low, high, cut },
        5 => Method::Standard { whole: tape.pick(2) == 0 },
        6 => Method::Target(1 + tape.pick(3) as i64),
        _ => Method::Banded,
    };
    let directed = !matches!(method, Method::Banded | Method::StatedEffect { .. });
    Leaf { field, weight, method, reversed: tape.rarely(3) && directed }
}

fn entry(tape: &mut Tape) -> Entry {
    Entry { field: tape.pick(3), factor: 1 + tape.pick(2) as i64, full: 2 + tape.pick(5) as i64 }
}

/// Items of different fields.
fn entries(tape: &mut Tape) -> Vec<Entry> {
    (0..1 + tape.pick(3)).map(|field| Entry { field, ..entry(tape) }).collect()
}
