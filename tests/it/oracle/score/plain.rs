//! Points and totals of complete cases, one number at a time, read off `semantics` §9.2. No sets, no columns.

use crate::oracle::Plain;
use crate::oracle::score::Among;
use crate::oracle::score::Book;
use crate::oracle::score::Entry;
use crate::oracle::score::Form;
use crate::oracle::score::IfNone;
use crate::oracle::score::Leaf;
use crate::oracle::score::Method;
use crate::oracle::score::Missing;
use crate::oracle::score::Same;
use crate::oracle::score::data::ENTERED;
use crate::oracle::score::data::Row;
use crate::oracle::score::data::VETO;
use heng::value::Number;
use heng::value::root;

/// A value that is scored.
struct Scored {
    value: Option<Number>,
    reported: bool,
    /// Its case is in the population.
    inside: bool,
}

/// A book over complete cases.
pub struct Judge<'a> {
    pub book: &'a Book,
    pub rows: &'a [Row],
}

impl Judge<'_> {
    /// Whether a case is in the population.
    pub fn is_in(&self, row: usize) -> bool {
        let it = &self.rows[row];
        let entered = self.book.among == Among::All || it.cells[ENTERED] == Some(1);
        let parts = self.parts();
        let known = parts.iter().all(|field| it.reported[*field]);
        entered && (self.book.missing != Missing::Excluded || known)
    }

    /// Whether a veto strikes.
    pub fn is_struck(&self, row: usize) -> bool {
        self.book.veto && self.rows[row].cells[VETO] == Some(1)
    }

    /// The fields of the parts of the total.
    fn parts(&self) -> Vec<usize> {
        match &self.book.form {
            Form::Weights { .. } => self.book.leaves().iter().map(|it| it.field).collect(),
            Form::Items(items) => items.iter().map(|it| it.field).collect(),
        }
    }

    /// The total of a case.
    pub fn total(&self, row: usize) -> Plain {
        if !self.is_in(row) {
            return Plain::NotApplicable;
        }
        let beside = |it: Option<Entry>| match it.map(|it| self.entry(row, it)) {
            None | Some(Plain::NotApplicable) => Plain::number(Number::zero()),
            Some(other) => other,
        };
        let mut total = match &self.book.form {
            Form::Items(items) => self.items(row, items),
            Form::Weights { parts, .. } => {
                let part = |it: &crate::oracle::score::Part| {
                    let leaves = it.leaves.iter().map(|it| (self.leaf(row, it), it.weight));
                    (self.together(&leaves.collect::<Vec<_>>()), it.weight)
                };
                self.together(&parts.iter().map(part).collect::<Vec<_>>())
            }
        };
        total = two(&total, &beside(self.book.bonus), Number::add);
        total = two(&total, &beside(self.book.deduction), Number::subtract);
        if let Some(cap) = self.book.cap {
            total = two(&total, &whole(cap), |a, b| a.clone().min(b.clone()));
        }
        match (total, self.book.keep) {
            (Plain::Value(crate::oracle::Value::Number(it)), Some(places)) => {
                Plain::number(it.round(places))
            }
            (total, _) => total,
        }
    }

    /// Whether a case is 合格.
    pub fn passes(&self, row: usize) -> Plain {
        let line = self.book.pass.expect("there is a line");
        match self.total(row) {
            _ if self.is_struck(row) => Plain::truth(false),
            Plain::Value(crate::oracle::Value::Number(it)) => {
                Plain::truth(it >= Number::from(line))
            }
            other => other,
        }
    }

    /// Items added up; one that is 不适用 gives its 满分 to the others.
    fn items(&self, row: usize, items: &[Entry]) -> Plain {
        let points: Vec<(Plain, i64)> =
            items.iter().map(|it| (self.entry(row, *it), it.full)).collect();
        let full: i64 = items.iter().map(|it| it.full).sum();
        let there: Vec<_> = points.iter().filter(|it| it.0 != Plain::NotApplicable).collect();
        let asked: i64 = there.iter().map(|it| it.1).sum();
        if there.is_empty() {
            return Plain::NotApplicable;
        }
        let sum = there.iter().fold(whole(0), |sum, it| two(&sum, &it.0, Number::add));
        let factor = Number::fraction(full.into(), asked.into()).expect("满分 is above 0");
        two(&sum, &Plain::number(factor), Number::multiply)
    }

    /// An entry: a field times its factor, at most its 满分.
    fn entry(&self, row: usize, it: Entry) -> Plain {
        let value = |row: &Row| row.cells[it.field].map(|cell| Number::from(cell * it.factor));
        let points =
            self.as_said(row, it.field, &value, it.full, &|value| Plain::number(value.clone()));
        two(&points, &whole(it.full), |a, b| a.clone().min(b.clone()))
    }

    fn leaf(&self, row: usize, it: &Leaf) -> Plain {
        if it.method == Method::Banded {
            let value = |row: &Row| {
                row.cells[it.field].map(|cell| {
                    Number::from(match cell {
                        0 => 0,
                        1 => 40,
                        _ => 100,
                    })
                })
            };
            return self.as_said(row, it.field, &value, 100, &|value| Plain::number(value.clone()));
        }
        let value = |row: &Row| row.cells[it.field].map(Number::from);
        let all = self.scored(it.field, &value);
        self.as_said(row, it.field, &value, 100, &|value| self.scaled(it, value, &all))
    }

    /// What each case has of a field, and whether it says so itself.
    fn scored(&self, field: usize, value: &dyn Fn(&Row) -> Option<Number>) -> Vec<Scored> {
        let of = |row: usize| Scored {
            value: value(&self.rows[row]),
            reported: self.rows[row].reported[field],
            inside: self.is_in(row),
        };
        (0..self.rows.len()).map(of).collect()
    }

    /// The points of a value, or what 缺失 and 不适用 say stands for them.
    fn as_said(
        &self,
        row: usize,
        field: usize,
        value: &dyn Fn(&Row) -> Option<Number>,
        full: i64,
        points: &dyn Fn(&Number) -> Plain,
    ) -> Plain {
        let own = &self.rows[row];
        let stand_in = match (own.reported[field], self.book.missing) {
            (true, _) | (_, Missing::Interval | Missing::Reported) => value(own),
            (_, Missing::Excluded) => value(own),
            (_, Missing::Zero) => return whole(0),
            (_, Missing::Redistribute) => return Plain::NotApplicable,
            (_, Missing::Mean | Missing::Median) => {
                let all = self.scored(field, value);
                let mut known: Vec<Number> = all
                    .into_iter()
                    .filter(|it| it.inside && it.reported)
                    .filter_map(|it| it.value)
                    .collect();
                known.sort();
                match (known.len(), self.book.missing) {
                    (0, _) => return Plain::Error,
                    (count, Missing::Mean) => {
                        let sum = known.iter().fold(Number::zero(), |sum, it| sum.add(it));
                        sum.checked_div(&Number::from(count as i64))
                    }
                    (count, _) => {
                        let (a, b) = (&known[(count - 1) / 2], &known[count / 2]);
                        Some(a.add(b).multiply(&Number::scaled(5, 1)))
                    }
                }
            }
        };
        match (stand_in, self.book.if_none) {
            (Some(value), _) => points(&value),
            (None, IfNone::Shared) => Plain::NotApplicable,
            (None, IfNone::Full) => whole(full),
            (None, IfNone::Zero) => whole(0),
        }
    }

    /// 标准化 to 0 to 100.
    fn scaled(&self, it: &Leaf, value: &Number, all: &[Scored]) -> Plain {
        let interval = self.book.missing == Missing::Interval;
        let known = all.iter().filter(|it| it.inside && (interval || it.reported));
        let known: Vec<&Number> = known.filter_map(|it| it.value.as_ref()).collect();
        let extremes = known.iter().min().zip(known.iter().max());
        let whole_share = Number::from(100);
        match it.method {
            Method::Range | Method::Effect { .. } => {
                let base = if let Method::Effect { base } = it.method { base } else { 0 };
                let to_points = |share: &Number| {
                    let span = Number::from(100 - base);
                    Plain::number(Number::from(base).add(&share.multiply(&span)))
                };
                // Where nobody reported a value there are no extremes.
                let Some((low, high)) = extremes else { return Plain::Unspoken };
                let Some(share) = value.subtract(low).checked_div(&high.subtract(low)) else {
                    return self.same(&to_points);
                };
                let share = clipped(share);
                to_points(&if it.reversed { Number::one().subtract(&share) } else { share })
            }
            Method::Stated { low, high, cut } => {
                let share = between(value, low, high, cut);
                let share = if it.reversed { Number::one().subtract(&share) } else { share };
                Plain::number(share.multiply(&whole_share))
            }
            Method::StatedEffect { base, low, high, cut } => {
                let share = between(value, low, high, cut);
                let points = Number::from(base).add(&share.multiply(&Number::from(100 - base)));
                Plain::number(points)
            }
            Method::Target(target) => {
                let target = Number::from(target);
                let share = match (it.reversed, *value <= target) {
                    (false, _) => value.checked_div(&target).expect("a target is above 0"),
                    (true, true) => Number::one(),
                    (true, false) => target.checked_div(value).expect("it is above the target"),
                };
                Plain::number(share.min(Number::one()).multiply(&whole_share))
            }
            Method::Standard { whole } => self.standard(it, value, &known, whole),
            Method::Banded => unreachable!("a table has its points"),
        }
    }

    fn standard(&self, it: &Leaf, value: &Number, known: &[&Number], whole: bool) -> Plain {
        let count = known.len() as i64;
        let Some(mean) = known
            .iter()
            .fold(Number::zero(), |sum, it| sum.add(it))
            .checked_div(&Number::from(count))
        else {
            return Plain::Unspoken;
        };
        let squares = known.iter().map(|it| it.subtract(&mean).raise(2));
        let sum = squares.fold(Number::zero(), |sum, it| sum.add(&it));
        let below = if whole { count } else { count - 1 };
        let deviation = sum
            .checked_div(&Number::from(below))
            .and_then(|it| root::root(&it, 2, 0))
            .filter(|it| !it.is_zero());
        let Some(deviation) = deviation else {
            return self.same(&|share| Plain::number(share.multiply(&Number::from(100))));
        };
        let points = value.subtract(&mean).checked_div(&deviation).expect("it is not 0");
        Plain::number(if it.reversed { points.negate() } else { points })
    }

    /// 同值
    fn same(&self, to_points: &dyn Fn(&Number) -> Plain) -> Plain {
        match self.book.same {
            Same::Unsaid => Plain::Error,
            Same::NotApplicable => Plain::NotApplicable,
            Same::Full => to_points(&Number::one()),
            Same::Half => to_points(&Number::scaled(5, 1)),
            Same::Zero => to_points(&Number::zero()),
        }
    }

    /// A level put together: Σ w s ÷ Σ w, or Π s^(w ÷ Σ w), over the parts that apply.
    fn together(&self, parts: &[(Plain, i64)]) -> Plain {
        for stop in [Plain::Unspoken, Plain::Error] {
            if parts.iter().any(|it| it.0 == stop) {
                return stop;
            }
        }
        let there: Vec<(&Number, i64)> = parts
            .iter()
            .filter(|it| it.0 != Plain::NotApplicable)
            .map(|it| (it.0.as_number(), it.1))
            .collect();
        let weights: i64 = there.iter().map(|it| it.1).sum();
        if there.is_empty() {
            return Plain::NotApplicable;
        }
        if !self.book.geometric {
            let add =
                |sum: Number, it: &(&Number, i64)| sum.add(&it.0.multiply(&Number::from(it.1)));
            let sum = there.iter().fold(Number::zero(), add);
            return Plain::number(sum.checked_div(&Number::from(weights)).expect("weights"));
        }
        if there.iter().any(|it| it.0.is_negative()) {
            return Plain::Error;
        }
        let product = there.iter().fold(Number::one(), |all, (points, weight)| {
            (0..*weight).fold(all, |all, _| all.multiply(points))
        });
        Plain::number(root::root(&product, weights as u32, 0).expect("it is not negative"))
    }
}

/// (x − low) ÷ (high − low), cut off at 0 and 1 where that is asked.
fn between(value: &Number, low: i64, high: i64, cut: bool) -> Number {
    let share = value
        .subtract(&Number::from(low))
        .checked_div(&Number::from(high - low))
        .expect("the ends differ");
    if cut { clipped(share) } else { share }
}

fn clipped(share: Number) -> Number {
    share.max(Number::zero()).min(Number::one())
}

fn whole(at: i64) -> Plain {
    Plain::number(Number::from(at))
}

/// Strict in 错误, then in 不适用.
fn two(a: &Plain, b: &Plain, of: impl Fn(&Number, &Number) -> Number) -> Plain {
    crate::oracle::strict([a, b]).unwrap_or_else(|| Plain::number(of(a.as_number(), b.as_number())))
}
