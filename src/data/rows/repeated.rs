//! Rows that bear one key: counted once where they say the same, and what differs is not known. It picks no row.

use crate::data::amount;
use crate::data::columns;
use crate::data::rows::gather::Gathering;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::ir::FieldKind;
use crate::ir::Ty;
use crate::value::day;
use crate::value::text;

/// Whether two cells of a field say the same, however they are spelt.
fn same(kind: &FieldKind, a: &str, b: &str) -> bool {
    let (a, b) = (text::fold(a), text::fold(b));
    if a == b {
        return true;
    }
    let FieldKind::Scalar { ty, .. } = kind else { return false };
    match ty {
        Ty::Date => day::parse(&a).zip(day::parse(&b)).is_some_and(|(a, b)| a == b),
        Ty::Truth => columns::truth(&a).zip(columns::truth(&b)).is_some_and(|(a, b)| a == b),
        Ty::Number(_) => match (amount::leading(&a), amount::leading(&b)) {
            (Ok((a, unit)), Ok((b, other))) => unit == other && a.compare(b).is_eq(),
            _ => false,
        },
        _ => false,
    }
}

impl Gathering<'_, '_> {
    /// Compares a row with the first of its key: what differs is not known any more.
    pub(super) fn compare(&mut self, at: u32, source: usize, row: usize, found: &mut Diagnostics) {
        let (other_source, other_row) =
            (self.kept[at as usize].source as usize, self.kept[at as usize].row as usize);
        let mut names = vec![];
        for (field, declared) in (0u32..).zip(&self.table.fields) {
            // The key is the same, in one spelling or another.
            let scalar =
                matches!(declared.kind, FieldKind::Scalar { .. }) && self.table.key != Some(field);
            let (a, b) = match scalar {
                true => (self.text(other_source, other_row, field), self.text(source, row, field)),
                false => continue,
            };
            let (taken_a, taken_b) = (
                self.sources[other_source].readings[field as usize].take(a),
                self.sources[source].readings[field as usize].take(b),
            );
            if !same(&declared.kind, &taken_a, &taken_b) {
                let (first, second) = (
                    self.sources[other_source].raw.place(other_row),
                    self.sources[source].raw.place(row),
                );
                let why = Text::new(
                    format!("与同一标识的另一行不一致（第 {first} 行“{a}”，第 {second} 行“{b}”）"),
                    format!(
                        "differs between two rows of one key (row {first} `{a}`, row {second} `{b}`)"
                    ),
                );
                self.differing.entry((at, field)).or_insert(why);
                names.push(declared.name.as_str());
            }
        }
        let (key, raw) = (self.kept[at as usize].key.clone(), self.sources[source].raw);
        let other = &self.sources[other_source];
        let place = other.raw.place(other_row);
        let elsewhere =
            if other.raw.file == raw.file { String::new() } else { format!("{} ", other.raw.file) };
        let finding = match names.is_empty() {
            true => raw.finding(
                code::ROW_TWICE,
                Some(row),
                None,
                format!("“{key}”这一行与{elsewhere}第 {place} 行相同，只计一次"),
                format!("the row of `{key}` repeats {elsewhere}row {place} and is counted once"),
            ),
            false => raw.finding(
                code::ROWS_DIFFER,
                Some(row),
                names.first().copied(),
                format!(
                    "“{key}”的两行不一致：与{elsewhere}第 {place} 行的 {} 不同",
                    names.join("、")
                ),
                format!(
                    "two rows of `{key}` differ: {} are not as in {elsewhere}row {place}",
                    names.join(", ")
                ),
            ),
        };
        found.push(match names.is_empty() {
            true => finding,
            false => finding.help(
                "更正或删去其中一行；在此之前不同的格按有误处理",
                "correct or remove one; until then what differs counts as faulty",
            ),
        });
    }
}
