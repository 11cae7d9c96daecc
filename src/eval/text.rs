//! Functions of texts over columns (`semantics` §3.1): strict; an unknown text leaves everything open. Texts are folded already.

use crate::eval::chunk::Chunk;
use crate::eval::series::Series;
use crate::eval::series::sets;
use crate::eval::series::truths;
use crate::ir::NodeId;
use crate::ir::NodeKind;
use crate::value::Column;
use crate::value::Hull;
use crate::value::Kind;
use crate::value::Number;
use crate::value::Possible;
use crate::value::Set;
use crate::value::TextSet;
use crate::value::Truth;

/// A function of texts.
pub fn text(chunk: &Chunk<'_>, rows: usize, kind: &NodeKind) -> Column {
    let of = |id: &NodeId| chunk.series(*id);
    match kind {
        NodeKind::Contains(a, b) => contains(rows, of(a), of(b)),
        NodeKind::StartsWith(a, b) => starts_with(rows, of(a), of(b)),
        NodeKind::Join(items) => join(rows, &items.iter().map(of).collect::<Vec<_>>()),
        NodeKind::Part(item, from, length) => part(rows, of(item), of(from), of(length)),
        NodeKind::Length(item) => length(rows, of(item)),
        other => unreachable!("no function of texts: {other:?}"),
    }
}

/// 含（x，段）
fn contains(rows: usize, text: &Series, part: &Series) -> Column {
    ask(rows, text, part, |text, part| text.contains(part))
}

/// 开头为（x，段）
fn starts_with(rows: usize, text: &Series, part: &Series) -> Column {
    ask(rows, text, part, |text, part| text.starts_with(part))
}

fn ask(rows: usize, text: &Series, part: &Series, question: fn(&str, &str) -> bool) -> Column {
    truths(rows, |row| {
        let answer = text.text(row).zip(&part.text(row), |text, part| {
            Possible::values(match (text, part) {
                (TextSet::One(text), TextSet::One(part)) => Truth::of(question(text, part)),
                _ => Truth::UNDECIDED,
            })
        });
        answer.into_truth()
    })
}

/// 连接（x，y …）
fn join(rows: usize, items: &[&Series]) -> Column {
    sets(Kind::Text, rows, |row| {
        let empty = Possible::values(TextSet::One("".into()));
        Set::Text(items.iter().fold(empty, |all, item| {
            all.zip(&item.text(row), |all, more| {
                Possible::values(match (all, more) {
                    (TextSet::One(all), TextSet::One(more)) => {
                        TextSet::One(format!("{all}{more}").into())
                    }
                    _ => TextSet::Any,
                })
            })
        }))
    })
}

/// 截取（x，起，长）: characters from 1. A place below 1, a length below 0 or a fraction is an error.
fn part(rows: usize, text: &Series, from: &Series, length: &Series) -> Column {
    sets(Kind::Text, rows, |row| {
        let range = from.number(row).zip(&length.number(row), |from, length| {
            Possible::values((from.single().cloned(), length.single().cloned()))
        });
        Set::Text(text.text(row).zip(&range, |text, range| match (text, range) {
            (TextSet::One(text), (Some(from), Some(length))) => cut(text, from, length),
            _ => Possible::values(TextSet::Any),
        }))
    })
}

fn cut(text: &str, from: &Number, length: &Number) -> Possible<TextSet> {
    let (from, length) =
        (from.to_i64().filter(|it| *it >= 1), length.to_i64().filter(|it| *it >= 0));
    match from.zip(length) {
        Some((from, length)) => {
            let cut: String = text.chars().skip(from as usize - 1).take(length as usize).collect();
            Possible::values(TextSet::One(cut.into()))
        }
        None => Possible::error(),
    }
}

/// 长度（x）: characters.
fn length(rows: usize, text: &Series) -> Column {
    sets(Kind::Number, rows, |row| {
        Set::Number(text.text(row).map(|text| match text {
            TextSet::One(text) => Hull::point(Number::from(text.chars().count() as i64)),
            TextSet::Any => Hull::not_negative(),
        }))
    })
}
