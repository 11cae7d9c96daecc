//! Numbers, dates, periods and raw cells: marks to values. What cannot be is a fault with a place.

use crate::source::Spanned;
use crate::syntax::ast::Day;
use crate::syntax::ast::Expr;
use crate::syntax::ast::ExprKind;
use crate::syntax::ast::RawCell;
use crate::syntax::ast::Validity;
use crate::syntax::ast::Word;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::keywords;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::fold;
use crate::syntax::parser::unquoted;
use crate::value::Number;
use chrono::Months;

/// Most digits of a number, and most after its point.
const DIGITS: usize = 38;
const PLACES: usize = 18;

impl<'t> Reader<'t> {
    /// 3%, 1.5 亿元, 1,240 人
    pub fn quantity(&self, pair: Pair<'t>) -> ExprKind {
        let mut parts = pair.into_inner();
        let digits = parts.next().expect("a quantity begins with its number");
        if digits.as_rule() == Rule::grouped && self.lists.get() > 0 {
            self.fault(errors::grouped_in_list(self.span(&digits), digits.as_str()));
        }
        if digits.as_rule() == Rule::exponent {
            self.fault(errors::exponent(self.span(&digits), digits.as_str()));
            let unit = parts.next().map(|it| self.unit(&it));
            return ExprKind::Number { value: Number::zero(), unit };
        }
        let unit = parts.next().map(|it| self.unit(&it));
        ExprKind::Number { value: self.decimal(&digits), unit }
    }

    /// A unit word, folded.
    pub fn unit(&self, pair: &Pair<'t>) -> Word {
        let value = fold(pair.as_str().trim()).replace('％', "%");
        Spanned { value, span: self.span(pair) }
    }

    /// 1/3
    pub fn fraction(&self, pair: &Pair<'t>) -> ExprKind {
        let text = fold(pair.as_str());
        let (above, below) = text.split_once('/').unwrap_or((&text, "1"));
        let value = match (above.parse().ok(), below.parse().ok()) {
            (Some(above), Some(below)) => Number::fraction(above, below).or_else(|| {
                self.fault(errors::zero_denominator(self.span(pair)));
                None
            }),
            _ => {
                self.fault(errors::long_number(self.span(pair)));
                None
            }
        };
        ExprKind::Number { value: value.unwrap_or_else(Number::zero), unit: None }
    }

    /// 1,240; 2.5
    pub fn decimal(&self, pair: &Pair<'t>) -> Number {
        let text: String = fold(pair.as_str()).replace(',', "").replace('．', ".");
        let places = text.split_once('.').map_or(0, |(_, it)| it.len());
        let significant = text.replace('.', "").trim_start_matches('0').len();
        if significant > DIGITS || places > PLACES {
            self.fault(errors::long_number(self.span(pair)));
            return Number::zero();
        }
        Number::parse(&text).unwrap_or_else(Number::zero)
    }

    /// A whole number of a clause, as in 至少满足 2 项.
    pub fn whole(&self, pair: &Pair<'t>) -> u32 {
        fold(pair.as_str()).parse().unwrap_or_else(|_| {
            self.fault(errors::long_number(self.span(pair)));
            0
        })
    }

    /// 2020-11-06, 2020年11月6日; refuses what is no day or written with strokes.
    pub fn day(&self, pair: &Pair<'t>) -> Option<Day> {
        let [year, month, day] = numbers(pair.as_str())[..] else { return None };
        if pair.as_rule() == Rule::wrong_date {
            self.fault(errors::wrong_date(self.span(pair), pair.as_str(), year, month, day));
            return None;
        }
        let found = Day::from_ymd_opt(year as i32, month, day);
        if found.is_none() {
            self.fault(errors::no_such_day(self.span(pair), year, month, day));
        }
        found
    }

    /// The first and last day of a period: 2021年, 2021年8月, 2021年第3季度, 2021年上半年.
    pub fn period(&self, pair: &Pair<'t>) -> Option<(Day, Day)> {
        let text = pair.as_str();
        let parts = numbers(text);
        let part = parts.get(1).copied();
        let (month, months) = match part {
            Some(part) if text.contains("季度") || text.contains('Q') => {
                (part.wrapping_sub(1).wrapping_mul(3).wrapping_add(1), 3)
            }
            Some(part) => (part, 1),
            None if text.contains("上半年") => (1, 6),
            None if text.contains("下半年") => (7, 6),
            None => (1, 12),
        };
        let found = Day::from_ymd_opt(*parts.first()? as i32, month, 1).and_then(|first| {
            Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
        });
        if found.is_none() {
            self.fault(errors::no_such_period(self.span(pair), text));
        }
        found
    }

    /// 2020-11-06 起, 2023年 起 2025年 止, 2020-11-06 至 2023-12-31; a period alone is itself.
    pub fn validity(&self, pair: &Pair<'t>) -> Validity {
        let mut days = Vec::new();
        let mut words = Vec::new();
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::date | Rule::wrong_date => {
                    days.push((self.day(&part), self.day_again(&part), true))
                }
                Rule::period => {
                    let found = self.period(&part);
                    days.push((found.map(|it| it.0), found.map(|it| it.1), false));
                }
                Rule::comma => {}
                word => words.push(word),
            }
        }
        let (first, last) = (days[0], days[days.len() - 1]);
        let (from, until) = match words[..] {
            [Rule::kw_from] => (first.0, None),
            [Rule::kw_until] => (None, last.1),
            [] if first.2 => {
                self.fault(errors::bare_day(self.span(pair), pair.as_str().trim()));
                (first.0, last.1)
            }
            _ => (first.0, last.1),
        };
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            self.fault(errors::ends_before_it_begins(self.span(pair)));
        }
        Validity { from, until, span: self.span(pair) }
    }

    /// The day once more, without reporting its fault a second time.
    fn day_again(&self, pair: &Pair<'t>) -> Option<Day> {
        let [year, month, day] = numbers(pair.as_str())[..] else { return None };
        Day::from_ymd_opt(year as i32, month, day)
    }

    /// A cell as it would stand in a CSV file.
    pub fn raw(&self, pair: &Pair<'t>) -> RawCell {
        let text = pair.as_str();
        let start = pair.as_span().start() + (text.len() - text.trim_start().len());
        let text = text.trim();
        RawCell { text: cell_text(text), span: self.at(start, start + text.len()) }
    }

    /// A day or period as a sentence.
    pub fn day_expr(&self, pair: &Pair<'t>) -> ExprKind {
        match pair.as_rule() {
            Rule::period => {
                self.period(pair);
                ExprKind::Period(pair.as_str().trim().to_owned())
            }
            _ => self.day(pair).map_or(ExprKind::Unknown, ExprKind::Date),
        }
    }

    /// Gives a kind its place.
    pub fn expr(&self, pair: &Pair<'t>, kind: ExprKind) -> Expr {
        Expr { kind, span: self.span(pair) }
    }
}

/// Quotes come off; the words of the language that stand for a state become those of a CSV file.
fn cell_text(text: &str) -> String {
    let inner = unquoted(text);
    if inner.len() < text.len() {
        return inner.to_owned();
    }
    match keywords::rules_of(text) {
        [Rule::unknown, ..] => String::new(),
        [rule @ (Rule::none | Rule::yes | Rule::no | Rule::not_applicable), ..] => {
            keywords::spelling(*rule).map_or_else(|| text.to_owned(), |it| it.zh)
        }
        _ => text.to_owned(),
    }
}

/// The runs of digits in a text.
fn numbers(text: &str) -> Vec<u32> {
    fold(text).split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect()
}
