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
    let english = text.starts_with("art.");
    let mut out = String::new();
    let mut rest = text.as_str();
    let mut level = 0;
    while let Some(start) = rest.find(is_numeral) {
        let (before, tail) = rest.split_at(start);
        let (numeral, after) = tail.split_at(tail.find(|it| !is_numeral(it)).unwrap_or(tail.len()));
        let number = to_chinese(value(numeral)?)?;
        let kind = match after.chars().next() {
            _ if english => ['条', '款', '项', '目'][level],
            _ if before.ends_with('之') => '之',
            Some(kind @ ('条' | '款' | '目')) => kind,
            _ => '项',
        };
        match kind {
            '之' => out.push_str(&format!("之{number}")),
            '项' => out.push_str(&format!("第（{number}）项")),
            kind => out.push_str(&format!("第{number}{kind}")),
        }
        rest = after;
        level += 1;
    }
    Some(out)
}

fn annex(text: &str) -> Option<String> {
    let text = fold(text);
    match text.find(is_numeral) {
        None => Some("附件".to_owned()),
        Some(start) => Some(format!("附件{}", to_chinese(value(&text[start..])?)?)),
    }
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
