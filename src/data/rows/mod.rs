//! Which rows a table has: keys, repeated rows, parents and their order (`semantics` §1.2). Cells are texts here.

mod gather;
mod orphans;
mod repeated;
mod source;

use crate::data::RowPlace;
use crate::data::columns::Cell;
use crate::diagnostic::Text;
use crate::value::Bits;
use crate::value::text;
pub(crate) use gather::gather;
use indexmap::IndexMap;
pub(crate) use source::Source;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The place of a row without a parent among the parents.
const NOBODY: u32 = u32::MAX;

/// The rows of one table, in their final order.
#[derive(Default)]
pub(crate) struct Rows<'a> {
    /// Where the rows come from.
    pub sources: Vec<Source<'a>>,
    /// Of each row: its source and its row there.
    pub order: Vec<(u32, u32)>,
    /// Each attached row's parent row.
    pub parents: Vec<u32>,
    /// Where each parent's rows begin.
    pub offsets: Vec<u32>,
    /// Parents whose list was not given.
    pub ungiven: Bits,
    /// The text of each row's key.
    pub keys: Vec<Arc<str>>,
    /// The name of each row.
    pub names: Vec<Arc<str>>,
    /// Cells in which rows of one key differ, by row and field: what both hold.
    differing: BTreeMap<(u32, u32), Text>,
    /// Of each source: the row that each of its rows has become.
    final_rows: Vec<Vec<u32>>,
    /// Whether each row has a key of its own.
    keyed: Bits,
}

impl<'a> Rows<'a> {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether a row has a parent, where it needs one.
    pub fn is_attached(&self, row: u32) -> bool {
        self.offsets.last().is_none_or(|attached| row < *attached)
    }

    /// The cells of a field, each with its row, in the order in which they were given: that is how they lie in memory.
    pub fn cells(&self, field: u32) -> impl Iterator<Item = (u32, Cell<'_>)> {
        (0u32..).zip(&self.sources).flat_map(move |(at, source)| {
            let sound = source.is_sound(field) && self.differing.is_empty();
            (0u32..).zip(&self.final_rows[at as usize]).filter_map(move |(row, place)| {
                // A repeated row has become part of another.
                let kept = self.order[*place as usize] == (at, row);
                kept.then(|| (*place, self.cell(source, (row as usize, *place), field, sound)))
            })
        })
    }

    /// A cell; `sound`: nothing is known against any cell of the field.
    fn cell<'s>(
        &'s self,
        source: &'s Source<'_>,
        (row, place): (usize, u32),
        field: u32,
        sound: bool,
    ) -> Cell<'s> {
        let Some(column) = source.column(row, field) else {
            return Cell { text: Cow::Borrowed(""), damage: None };
        };
        let text = source.raw.cell(row, column);
        let damage = match sound {
            true => None,
            false => {
                let differing = self.differing.get(&(place, field)).map(Cow::Borrowed);
                differing.or_else(|| source.damage((row, column), field, text))
            }
        };
        Cell { text: source.readings[field as usize].take(text), damage }
    }

    /// Whether the fault of a cell is reported with its row: two rows of one key differ, or the row is damaged.
    pub fn is_reported(&self, row: u32, field: u32) -> bool {
        let (source, at) = self.order[row as usize];
        self.differing.contains_key(&(row, field))
            || self.sources[source as usize].raw.damaged.contains_key(&at)
    }

    /// Where a row stands.
    pub fn place(&self, row: usize) -> RowPlace {
        let (source, at) = self.order[row];
        let source = &self.sources[source as usize];
        RowPlace { file: source.file, row: source.raw.place(at as usize) }
    }

    /// The rows by folded key; a key of several rows leads nowhere.
    fn by_key(&self) -> IndexMap<Cow<'_, str>, u32> {
        let mut rows = IndexMap::new();
        for (row, key) in (0u32..).zip(&self.keys) {
            if self.keyed.get(row as usize) {
                rows.entry(text::fold(key)).and_modify(|it| *it = NOBODY).or_insert(row);
            }
        }
        rows
    }

    /// A table given by itself gives every parent's list; a nested one those it holds.
    fn find_given(&mut self, parent: &Rows<'_>) {
        let mut given =
            Bits::filled(parent.len(), self.sources.iter().any(|it| it.raw.nested.is_none()));
        for nested in self.sources.iter().filter_map(|it| it.raw.nested.as_ref()) {
            let above = parent.sources.iter().position(|it| it.index == nested.parent);
            for (row, _) in nested.given.iter().enumerate().filter(|(_, it)| **it) {
                if let Some(at) = above.and_then(|it| parent.final_rows[it].get(row)) {
                    given.set(*at as usize, true);
                }
            }
        }
        self.ungiven = Bits::collect((0..parent.len()).map(|it| !given.get(it)));
    }
}
