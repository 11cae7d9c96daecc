//! Articles in one canonical spelling: 第四条第二款第（一）项. Whether they exist is not looked at.

use crate::syntax::ast::Citation;
use crate::syntax::errors;
use crate::syntax::grammar::Rule;
use crate::syntax::parser::Pair;
use crate::syntax::parser::Reader;
use crate::syntax::parser::children;
use crate::syntax::parser::fold;
use crate::syntax::parser::only;
use crate::syntax::parser::unquoted;

impl<'t> Reader<'t> {
    /// The citations of a clause.
    pub fn citations(&self, pair: Pair<'t>) -> Vec<Citation> {
        children(pair, Rule::citation).map(|it| self.citation(&it)).collect()
    }

    /// One citation: 国科火字〔2020〕183号 第四条, 第一条 至 第十六条, 「附表」.
    pub fn citation(&self, pair: &Pair<'t>) -> Citation {
        let mut it =
            Citation { document: None, place: String::new(), through: None, span: self.span(pair) };
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::document_number => it.document = Some(document(part.as_str())),
                Rule::quoted_name => it.document = Some(unquoted(part.as_str()).to_owned()),
                Rule::place if it.place.is_empty() => it.place = self.place(part),
                Rule::place => it.through = Some(self.place(part)),
                _ => {}
            }
        }
        it
    }

    fn place(&self, pair: Pair<'t>) -> String {
        let inner = only(pair);
        let text = inner.as_str().trim();
        let canonical = match inner.as_rule() {
            Rule::article => article(text),
            Rule::annex => annex(text),
            _ => return unquoted(text).to_owned(),
        };
        canonical.unwrap_or_else(|| {
            self.fault(errors::bad_article(self.span(&inner), text));
            text.to_owned()
        })
    }
}

/// 国科火字〔2020〕183号, whichever brackets were typed.
pub fn document(text: &str) -> String {
    fold(text.trim()).replace(['﹝', '['], "〔").replace(['﹞', ']'], "〕").replace("〕第", "〕")
}

/// The canonical spelling of an article; none if one of its numbers is none.
fn article(text: &str) -> Option<String> {
    let text = fold(text);
    match text.strip_prefix("art.") {
        Some(numbers) => numbered(numbers, &['条', '款', '项', '目']),
        None => parts(&text),
    }
}

/// The canonical spelling of an annex and of what stands in it: 附件一第（一）项.
fn annex(text: &str) -> Option<String> {
    let text = fold(text);
    if let Some(rest) = text.strip_prefix("annex") {
        let (which, within) =
            rest.split_at(rest.find("art.").or(rest.find('(')).unwrap_or(rest.len()));
        let within = match within.strip_prefix("art.") {
            Some(numbers) => numbered(numbers, &['条', '款', '项', '目'])?,
            None => numbered(within, &['款', '项', '目'])?,
        };
        return Some(format!("附件{}{within}", chinese_of(which)?));
    }
    let rest = text.strip_prefix("附件")?.trim_start();
    let (which, within) = rest.split_at(rest.find(|it| !is_numeral(it)).unwrap_or(rest.len()));
    Some(format!("附件{}{}", chinese_of(which)?, parts(within)?))
}

/// A numeral in Chinese, nothing for nothing.
fn chinese_of(numeral: &str) -> Option<String> {
    match numeral.trim() {
        "" => Some(String::new()),
        numeral => to_chinese(value(numeral)?),
    }
}

/// 4(2)(1): the numbers of the levels, from the first on.
fn numbered(text: &str, levels: &[char]) -> Option<String> {
    let numbers = text.split(|it| !is_numeral(it)).filter(|it| !it.is_empty());
    numbers.zip(levels).map(|(number, level)| part(*level, &to_chinese(value(number)?)?)).collect()
}

/// 第四条之一第2款（一）: each number by the word that stands beside it.
fn parts(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_numeral) {
        let (before, tail) = rest.split_at(start);
        let (numeral, after) = tail.split_at(tail.find(|it| !is_numeral(it)).unwrap_or(tail.len()));
        let kind = match after.trim_start().chars().next() {
            _ if before.ends_with('之') => '之',
            Some(kind @ ('条' | '款' | '目')) => kind,
            _ => '项',
        };
        out.push_str(&part(kind, &to_chinese(value(numeral)?)?)?);
        rest = after;
    }
    Some(out)
}

fn part(kind: char, number: &str) -> Option<String> {
    Some(match kind {
        '之' => format!("之{number}"),
        '项' => format!("第（{number}）项"),
        kind => format!("第{number}{kind}"),
    })
}

const NUMERALS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn is_numeral(it: char) -> bool {
    it.is_ascii_digit() || it == '〇' || NUMERALS.contains(&it) || matches!(it, '十' | '百' | '千')
}

/// What a numeral says: 16, 十六, 一六.
fn value(numeral: &str) -> Option<u32> {
    if numeral.bytes().all(|it| it.is_ascii_digit()) {
        return numeral.parse().ok();
    }
    let (mut total, mut digit, mut unit_before) = (0, None, 10_000);
    let plain = !numeral.contains(['十', '百', '千']);
    for it in numeral.chars() {
        let unit = match it {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            it => {
                let it = if it == '〇' {
                    0
                } else {
                    NUMERALS.iter().position(|&numeral| numeral == it)? as u32
                };
                if plain {
                    total = u32::checked_add(u32::checked_mul(total, 10)?, it)?;
                } else if digit.replace(it).is_some_and(|before| before != 0) {
                    return None;
                }
                continue;
            }
        };
        if unit >= unit_before {
            return None;
        }
        total += digit.take().filter(|&it| it != 0).unwrap_or(1) * unit;
        unit_before = unit;
    }
    Some(total + digit.unwrap_or(0))
}

/// 116 → 一百一十六; none for 0 and above 9999.
fn to_chinese(number: u32) -> Option<String> {
    if !(1..10_000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        gap = false;
        if !(out.is_empty() && unit == 10 && digit == 1) {
            out.push(NUMERALS[digit as usize]);
        }
        out.push_str(word);
    }
    Some(out)
}
