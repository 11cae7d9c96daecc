//! Gaps, overlaps and rows never reached in words, with a region and an example of each. Nothing is looked for here.

use crate::check::cover::axis::Axis;
use crate::check::cover::axis::What;
use crate::check::cover::axis::inside;
use crate::check::cover::walk::Region;
use crate::check::cover::walk::Walk;
use crate::check::errors;
use crate::diagnostic;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Extent;
use crate::diagnostic::Text;
use crate::ir::FieldId;
use crate::ir::Ty;
use crate::syntax::ast;
use crate::value::End;
use crate::value::Hull;
use crate::value::Number;
use crate::value::Unit;
use crate::value::UnitKind;
use crate::value::day;
use std::cmp::Ordering;

/// The table and the name of a column.
pub(super) type Named<'a> = &'a dyn Fn(FieldId) -> (String, String);

/// All findings of one table. `only` is the same table as if one row only might hold, where 照原文 answers.
pub(super) fn findings(
    it: &ast::Decision,
    axes: &[Axis],
    walk: &Walk,
    only: Option<&Walk>,
    named: Named,
) -> Vec<Diagnostic> {
    let mut found = vec![];
    let region = |rows: &[usize], region: &Region| {
        let bounds = extents(axes, region);
        Box::new(diagnostic::Region {
            table: it.name.text.clone(),
            rows: rows.iter().map(|row| *row as u32 + 1).collect(),
            bounds,
            example: example(axes, region),
        })
    };
    for gap in &walk.gaps {
        let of = region(&[], gap);
        let na = not_applicable(axes, gap);
        let gap_there = errors::table_gap(it, &words(axes, gap), &in_words(&of.example), na);
        found.push(with_row(gap_there.region(of), axes, gap, named));
    }
    for (rows, overlap) in &walk.overlaps {
        let of = region(rows, overlap);
        let words = words(axes, overlap);
        let both = errors::table_overlap(it, rows, &words, &in_words(&of.example)).region(of);
        found.push(with_row(both, axes, overlap, named));
    }
    let unreached: Vec<usize> = (0..walk.reached.len()).filter(|it| !walk.reached[*it]).collect();
    match (&it.as_written, only) {
        (Some(text), Some(only)) => {
            if only.overlaps.is_empty() && !only.open && unreached.is_empty() {
                found.push(errors::nothing_to_answer(text.span));
            }
        }
        _ => found.extend(unreached.into_iter().map(|row| errors::row_unreached(it, row))),
    }
    found
}

/// With the example as a row that can be judged, where every head is a column of one table.
fn with_row(it: Diagnostic, axes: &[Axis], region: &Region, named: Named) -> Diagnostic {
    let mut tables = vec![];
    let mut row = vec![];
    for (axis, pieces) in axes.iter().zip(region) {
        let Some((table, name)) = axis.field.map(named) else { return it };
        let Some(text) = typed(axis, pieces) else { return it };
        tables.push(table);
        row.push((name, text));
    }
    tables.dedup();
    match tables.as_slice() {
        [table] => it.example(diagnostic::Example { table: table.clone(), rows: vec![row] }),
        _ => it,
    }
}

/// What would be typed for a value of a head; none where it depends on the case.
fn typed(axis: &Axis, pieces: &[usize]) -> Option<String> {
    let one = vec![pieces.to_vec()];
    let (_, shown) = example(std::slice::from_ref(axis), &one).into_iter().next()?;
    let stands = pieces.iter().map(|it| &axis.pieces[*it].what);
    let plain = stands.clone().find(|it| **it != What::NotApplicable).or(stands.clone().next())?;
    match plain {
        What::Beside(..) => None,
        What::NotApplicable => Some("无".to_owned()),
        What::Text(text) => Some(text.to_string()),
        _ => Some(shown),
    }
}

/// The head that is 不适用 throughout a region.
fn not_applicable(axes: &[Axis], region: &Region) -> Option<String> {
    let na = |(axis, pieces): &(&Axis, &Vec<usize>)| {
        matches!(pieces.as_slice(), [one] if axis.pieces[*one].what == What::NotApplicable)
            && axis.pieces.len() > 1
    };
    axes.iter().zip(region).find(na).map(|(axis, _)| axis.name.clone())
}

fn in_words(example: &[(String, String)]) -> String {
    example.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join("，")
}

/// 营业收入 = 1 亿元 且 行业 为 工业; without heads that may be anything.
fn words(axes: &[Axis], region: &Region) -> Text {
    let parts: Vec<Text> = axes
        .iter()
        .zip(region)
        .filter(|(axis, pieces)| pieces.len() < axis.pieces.len())
        .map(|(axis, pieces)| part(axis, pieces))
        .collect();
    if parts.is_empty() {
        return Text::new("无论什么情形", "whatever the case");
    }
    let join = |of: fn(&Text) -> &str, between: &str| {
        parts.iter().map(of).collect::<Vec<_>>().join(between)
    };
    Text::new(join(|it| &it.zh, "，"), join(|it| &it.en, ", "))
}

fn part(axis: &Axis, pieces: &[usize]) -> Text {
    let name = &axis.name;
    match (&axis.pieces[pieces[0]].what, hull(axis, pieces)) {
        (What::Numbers(_), Some(hull)) => {
            let shown = |end: &End| amount(axis, &end.at);
            let text = match (&hull.low, &hull.high) {
                (Some(low), Some(high)) if low.at == high.at => format!("{name} = {}", shown(low)),
                (low, high) => {
                    let low = low.as_ref().map(|it| {
                        format!("{name} {} {}", if it.closed { "≥" } else { ">" }, shown(it))
                    });
                    let subject = if low.is_some() { String::new() } else { format!("{name} ") };
                    let high = high.as_ref().map(|it| {
                        format!("{subject}{} {}", if it.closed { "≤" } else { "<" }, shown(it))
                    });
                    low.into_iter().chain(high).collect::<Vec<_>>().join(" 且 ")
                }
            };
            Text::new(text.clone(), text.replace(" 且 ", " and "))
        }
        (What::Beside(..), _) => {
            let text = format!("{name} {}", beside(axis, pieces));
            Text::new(text.clone(), text)
        }
        (What::NotApplicable, _) => {
            Text::new(format!("{name} 不适用"), format!("{name} not applicable"))
        }
        _ => {
            let words = members(axis, pieces);
            Text::new(
                format!("{name} 为 {}", words.join("、")),
                format!("{name} is {}", words.join(", ")),
            )
        }
    }
}

/// Words listed before the rest is counted.
const LISTED: usize = 5;

fn members(axis: &Axis, pieces: &[usize]) -> Vec<String> {
    let mut words = all_members(axis, pieces);
    if words.len() > LISTED {
        let more = words.len() - LISTED;
        words.truncate(LISTED);
        words.push(format!("…（+{more}）"));
    }
    words
}

fn all_members(axis: &Axis, pieces: &[usize]) -> Vec<String> {
    let of = |piece: &usize| match &axis.pieces[*piece].what {
        What::Members(names) => names.iter().map(|it| it.to_string()).collect(),
        What::Text(text) => vec![format!("“{text}”")],
        What::Truth(true) => vec!["是".to_owned()],
        What::Truth(false) => vec!["否".to_owned()],
        What::Other => vec!["（未列出的）".to_owned()],
        What::NotApplicable => vec!["不适用".to_owned()],
        What::Beside(..) => vec![beside(axis, &[*piece])],
        What::Numbers(hull) => vec![interval(axis, hull)],
    };
    pieces.iter().flat_map(of).collect()
}

/// < 下限, ≥ 下限
fn beside(axis: &Axis, pieces: &[usize]) -> String {
    let mut orders = vec![];
    let mut name = "";
    for piece in pieces {
        if let What::Beside(order, bound) = &axis.pieces[*piece].what {
            orders.push(*order);
            name = bound;
        }
    }
    let sign = match orders.as_slice() {
        [Ordering::Less] => "<",
        [Ordering::Equal] => "=",
        [Ordering::Greater] => ">",
        [Ordering::Less, Ordering::Equal] => "≤",
        [Ordering::Equal, Ordering::Greater] => "≥",
        _ => "≠",
    };
    format!("{sign} {name}")
}

/// The numbers of neighbouring pieces together.
fn hull(axis: &Axis, pieces: &[usize]) -> Option<Hull> {
    let of = |piece: &usize| match &axis.pieces[*piece].what {
        What::Numbers(hull) => Some(hull.clone()),
        _ => None,
    };
    let hulls: Option<Vec<Hull>> = pieces.iter().map(of).collect();
    hulls?.into_iter().reduce(|a, b| a.union(&b))
}

fn extents(axes: &[Axis], region: &Region) -> Vec<(String, Extent)> {
    let restricted = axes.iter().zip(region).filter(|(axis, it)| it.len() < axis.pieces.len());
    restricted
        .map(|(axis, pieces)| {
            let extent = match (&axis.pieces[pieces[0]].what, hull(axis, pieces)) {
                (What::Numbers(_), Some(hull)) => Extent::Interval(interval(axis, &hull)),
                (What::Beside(..), _) => Extent::Interval(beside(axis, pieces)),
                _ => Extent::OneOf(all_members(axis, pieces)),
            };
            (axis.name.clone(), extent)
        })
        .collect()
}

/// [20, 300), in the head's own unit.
fn interval(axis: &Axis, hull: &Hull) -> String {
    let number =
        |at: &Number| calendar(axis, at).unwrap_or_else(|| digits(at, axis.units[0].as_ref()));
    let low = hull.low.as_ref().map_or_else(
        || "(−∞".to_owned(),
        |it| format!("{}{}", if it.closed { "[" } else { "(" }, number(&it.at)),
    );
    let high = hull.high.as_ref().map_or_else(
        || "∞)".to_owned(),
        |it| format!("{}{}", number(&it.at), if it.closed { "]" } else { ")" }),
    );
    format!("{low}, {high}")
}

fn example(axes: &[Axis], region: &Region) -> Vec<(String, String)> {
    let of = |(axis, pieces): (&Axis, &Vec<usize>)| {
        // A plain value rather than 不适用, where both are in it; the outermost piece has no end to stand at.
        let plain = |it: &&usize| axis.pieces[**it].what != What::NotApplicable;
        let piece = pieces.iter().find(plain).or(pieces.first())?;
        let value = match &axis.pieces[*piece].what {
            What::Numbers(_) => {
                let whole =
                    hull(axis, &pieces.iter().copied().filter(|it| plain(&it)).collect::<Vec<_>>());
                let unit = axis.units[1].as_ref().or(axis.units[0].as_ref());
                amount(axis, &inside(&whole?, unit))
            }
            _ => all_members(axis, &[*piece]).into_iter().next()?,
        };
        Some((axis.name.clone(), value))
    };
    axes.iter().zip(region).filter_map(of).collect()
}

/// A day or a period; none where the head holds numbers.
fn calendar(axis: &Axis, number: &Number) -> Option<String> {
    let at = number.to_i64().map_or(0, |it| it as i32);
    match axis.ty {
        Ty::Date => Some(day::show(at)),
        Ty::Period(kind) => Some(kind.show(at)),
        _ => None,
    }
}

/// 1 亿元, in the unit of the rows.
fn amount(axis: &Axis, number: &Number) -> String {
    if let Some(text) = calendar(axis, number) {
        return text;
    }
    let unit = axis.units[1].as_ref().or(axis.units[0].as_ref());
    let digits = digits(number, unit);
    match unit {
        None => digits,
        Some(unit)
            if unit.kind == UnitKind::Ratio && !unit.name.chars().any(char::is_alphabetic) =>
        {
            format!("{digits}{unit}")
        }
        Some(unit) => format!("{digits} {unit}"),
    }
}

fn digits(number: &Number, unit: Option<&Unit>) -> String {
    let value =
        unit.and_then(|it| number.checked_div(&it.factor)).unwrap_or_else(|| number.clone());
    match value.decimal_places() {
        Some(places) => value.to_fixed(places),
        None => value.to_fraction(),
    }
}
