//! The rows of a table taken from all places they were given in, with their parents, and put in order. What is odd about them is said elsewhere.

use crate::data::raw::RawTable;
use crate::data::rows::NOBODY;
use crate::data::rows::Rows;
use crate::data::rows::orphans::Orphan;
use crate::data::rows::source::Source;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::value::Bits;
use crate::value::period;
use crate::value::text;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row before the rows are put in order.
pub(super) struct Kept {
    pub(super) source: u32,
    pub(super) row: u32,
    pub(super) parent: u32,
    pub(super) key: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) keyed: bool,
}

/// A table being gathered.
pub(super) struct Gathering<'a, 'p> {
    pub(super) program: &'p Program,
    pub(super) table: &'p Table,
    pub(super) parent: Option<&'p Rows<'a>>,
    pub(super) sources: Vec<Source<'a>>,
    pub(super) kept: Vec<Kept>,
    pub(super) differing: BTreeMap<(u32, u32), Text>,
    pub(super) places_in: Vec<Vec<u32>>,
}

/// Gathers the rows of a table; `parent` are the rows of its parent table.
pub(crate) fn gather<'a>(
    program: &Program,
    id: TableId,
    sources: Vec<Source<'a>>,
    parent: Option<&Rows<'a>>,
    found: &mut Diagnostics,
) -> Rows<'a> {
    let table = program.table(id);
    let places_in = sources.iter().map(|it| vec![0; it.raw.len()]).collect();
    let mut gathering = Gathering {
        program,
        table,
        parent,
        sources,
        kept: vec![],
        differing: BTreeMap::new(),
        places_in,
    };
    gathering.collect(found);
    gathering.put_in_order()
}
impl<'a> Gathering<'a, '_> {
    /// Takes every row, those of one key as one.
    fn collect(&mut self, found: &mut Diagnostics) {
        let links = self.parent.map(Rows::by_key).unwrap_or_default();
        let count = self.sources.iter().map(|it| it.raw.len()).sum();
        let mut first: IndexMap<(u32, Cow<'a, str>), u32> = IndexMap::new();
        self.kept.reserve_exact(count);
        let mut ordinal = 0u32;
        for source in 0..self.sources.len() {
            let raw = self.sources[source].raw;
            let mut blank_keys = vec![];
            let mut orphans: IndexMap<Orphan, Vec<u32>> = IndexMap::new();
            // Rows of one parent mostly stand together.
            let mut last: Option<(&str, u32)> = None;
            for row in 0..raw.len() {
                ordinal += 1;
                let link = self.link(source, row);
                let parent = match last {
                    Some((text, parent)) if link == Some(text) => parent,
                    _ => self.parent_of(source, row, &links).unwrap_or_else(|why| {
                        orphans.entry(why).or_default().push(raw.place(row));
                        NOBODY
                    }),
                };
                last = link.filter(|_| parent != NOBODY).map(|it| (it, parent));
                let key = self.table.key.map_or("", |it| self.text(source, row, it));
                let key = self.canonical(key);
                if key.is_empty()
                    && self
                        .table
                        .key
                        .is_some_and(|it| !self.sources[source].columns[it as usize].is_empty())
                {
                    blank_keys.push(raw.place(row));
                }
                let next = self.kept.len() as u32;
                if parent != NOBODY && !key.is_empty() {
                    let folded = match &key {
                        Cow::Borrowed(key) => text::fold(key),
                        Cow::Owned(key) => Cow::Owned(key.clone()),
                    };
                    let at = *first.entry((parent, folded)).or_insert(next);
                    if at != next {
                        self.places_in[source][row] = at;
                        self.compare(at, source, row, found);
                        continue;
                    }
                }
                self.places_in[source][row] = next;
                self.keep(source, row, parent, &key, ordinal);
            }
            self.report_orphans(source, orphans, found);
            if self.table.parent.is_none() {
                self.report_blank_keys(source, &blank_keys, found);
            }
        }
    }

    fn keep(&mut self, source: usize, row: usize, parent: u32, key: &str, ordinal: u32) {
        let keyed = !key.is_empty();
        let name = self.table.name_field.filter(|it| Some(*it) != self.table.key);
        let name = name.map_or("", |it| self.text(source, row, it));
        let key: Arc<str> = match (keyed, name.is_empty()) {
            (true, _) => key.into(),
            (false, false) => name.into(),
            (false, true) => ordinal.to_string().into(),
        };
        let name = if name.is_empty() { key.clone() } else { name.into() };
        self.kept.push(Kept { source: source as u32, row: row as u32, parent, key, name, keyed });
    }

    /// The key of a row: of a period, one spelling for 2022, 2022年 and 2022年度.
    fn canonical(&self, key: &'a str) -> Cow<'a, str> {
        let kind = self.table.periods.map(|it| it.kind);
        let period = kind.zip(period::parse(key)).filter(|(kind, read)| *kind == read.0);
        period.map_or(Cow::Borrowed(key), |(kind, read)| Cow::Owned(kind.show(read.1)))
    }

    /// The text of a field, without outer blanks.
    pub(super) fn text(&self, source: usize, row: usize, field: u32) -> &'a str {
        let source = &self.sources[source];
        let raw: &'a RawTable = source.raw;
        source.column(row, field).map_or("", |column| text::trim(raw.cell(row, column)))
    }

    /// The text that names the parent, where a column does.
    fn link(&self, source: usize, row: usize) -> Option<&'a str> {
        let source = &self.sources[source];
        let raw: &'a RawTable = source.raw;
        source.link.filter(|_| self.parent.is_some()).map(|it| raw.cell(row, it))
    }

    /// The parent's row, or why there is none.
    fn parent_of(
        &self,
        source: usize,
        row: usize,
        links: &IndexMap<Cow<'_, str>, u32>,
    ) -> Result<u32, Orphan> {
        let (Some(parent), here) = (self.parent, &self.sources[source]) else { return Ok(0) };
        if let Some(nested) = &here.raw.nested {
            let above = parent.sources.iter().position(|it| it.index == nested.parent);
            let (Some(above), Some(inside)) = (above, nested.rows.get(row)) else {
                return Err(Orphan::Blank);
            };
            let Some(&at) = parent.final_rows[above].get(*inside as usize) else {
                return Err(Orphan::Blank);
            };
            let repeated = parent.order[at as usize] != (above as u32, *inside);
            return if repeated && self.table.key.is_none() {
                Err(Orphan::InRepeated)
            } else {
                Ok(at)
            };
        }
        let key = here.link.map_or("", |it| text::trim(here.raw.cell(row, it)));
        match links.get(&text::fold(key)) {
            _ if key.is_empty() => Err(Orphan::Blank),
            None => Err(Orphan::Unknown(key.to_owned())),
            Some(&NOBODY) => Err(Orphan::Several(key.to_owned())),
            Some(at) => Ok(*at),
        }
    }

    /// Puts the rows of one parent together, in file order, and those of nobody last.
    fn put_in_order(self) -> Rows<'a> {
        let parents = self.parent.map_or(1, |it| it.order.len());
        let slot = |it: &Kept| if it.parent == NOBODY { parents } else { it.parent as usize };
        let mut offsets = vec![0u32; parents + 2];
        self.kept.iter().for_each(|it| offsets[slot(it) + 1] += 1);
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut place_of = vec![0u32; self.kept.len()];
        for (kept, place) in self.kept.iter().zip(&mut place_of) {
            *place = next[slot(kept)];
            next[slot(kept)] += 1;
        }
        let count = self.kept.len();
        let mut rows = Rows {
            ungiven: Bits::filled(self.parent.map_or(0, |it| it.order.len()), true),
            order: Vec::with_capacity(count),
            keys: Vec::with_capacity(count),
            names: Vec::with_capacity(count),
            keyed: Bits::default(),
            ..Rows::default()
        };
        for kept in sorted(self.kept, &place_of) {
            rows.order.push((kept.source, kept.row));
            rows.keys.push(kept.key);
            rows.names.push(kept.name);
            rows.keyed.push(kept.keyed || self.table.key.is_none());
            if self.parent.is_some() && kept.parent != NOBODY {
                rows.parents.push(kept.parent);
            }
        }
        let moved = |at: u32| place_of[at as usize];
        rows.differing = self
            .differing
            .into_iter()
            .map(|((at, field), why)| ((moved(at), field), why))
            .collect();
        rows.final_rows =
            self.places_in.into_iter().map(|it| it.into_iter().map(moved).collect()).collect();
        rows.sources = self.sources;
        if let Some(parent) = self.parent {
            offsets.pop();
            rows.offsets = offsets;
            rows.find_given(parent);
        }
        rows
    }
}

/// The rows, each moved to its place, without a second list of them.
fn sorted(mut kept: Vec<Kept>, place_of: &[u32]) -> Vec<Kept> {
    let mut places = place_of.to_vec();
    for at in 0..places.len() {
        while places[at] as usize != at {
            let to = places[at] as usize;
            kept.swap(at, to);
            places.swap(at, to);
        }
    }
    kept
}
