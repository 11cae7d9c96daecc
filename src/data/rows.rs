//! Which rows a table has: keys, repeated rows, parents and their order (`semantics` §1.2). Cells are texts here.

use crate::data::RowPlace;
use crate::data::amount;
use crate::data::columns;
use crate::data::columns::Cell;
use crate::data::raw::RawTable;
use crate::data::raw::listed;
use crate::data::taking::Taking;
use crate::diagnostic::Diagnostics;
use crate::diagnostic::Text;
use crate::diagnostic::code;
use crate::ir::FieldKind;
use crate::ir::Program;
use crate::ir::Table;
use crate::ir::TableId;
use crate::ir::Ty;
use crate::value::Bits;
use crate::value::day;
use crate::value::period;
use crate::value::text;
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The place of a row without a parent among the parents.
const NOBODY: u32 = u32::MAX;

/// One raw table that holds rows of a program's table.
pub(crate) struct Source<'a> {
    /// The raw table.
    pub raw: &'a RawTable,
    /// Its index among the raw tables of the run.
    pub index: usize,
    /// Its file, by index in the facts.
    pub file: u32,
    /// The columns of each field; more than one where a field stands twice.
    pub columns: Vec<Vec<usize>>,
    /// How the texts of each field are to be taken.
    pub readings: Vec<Taking>,
    /// The column that names the parent's key.
    pub link: Option<usize>,
}

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

impl Source<'_> {
    /// The column a row's field is read from: where the field stands twice, the first that is filled.
    fn column(&self, row: usize, field: u32) -> Option<usize> {
        match self.columns[field as usize][..] {
            [] => None,
            [only] => Some(only),
            [first, ..] => {
                let filled = |it: &&usize| !text::trim(self.raw.cell(row, **it)).is_empty();
                Some(*self.columns[field as usize].iter().find(filled).unwrap_or(&first))
            }
        }
    }
}

impl<'a> Source<'a> {
    /// A cell of a field as it is to be read, and why it cannot be trusted, whatever the other rows hold.
    pub fn cell(&self, row: usize, field: u32) -> Cell<'_> {
        let Some(column) = self.column(row, field) else {
            return Cell { text: Cow::Borrowed(""), damage: None };
        };
        let text = self.raw.cell(row, column);
        let damage = self.damage((row, column), field, text);
        Cell { text: self.readings[field as usize].take(text), damage }
    }

    fn damage(
        &self,
        (row, column): (usize, usize),
        field: u32,
        text: &str,
    ) -> Option<Cow<'_, Text>> {
        let filled = !text::trim(text).is_empty();
        let own = self.raw.damage(row, column).filter(|_| filled).map(Cow::Borrowed);
        let mut others = self.columns[field as usize].iter().filter(|it| **it != column);
        let mut twice = || others.find_map(|it| two_columns(text, self.raw.cell(row, *it)));
        let reading = &self.readings[field as usize];
        own.or_else(|| twice().or_else(|| reading.damage(text)).map(Cow::Owned))
    }
}

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
    keyed: Vec<bool>,
    /// The texts once more in this order, where the sources have them in another: they are read column by column.
    laid_out: Option<RawTable>,
}

/// A row before the rows are put in order.
struct Kept {
    source: u32,
    row: u32,
    parent: u32,
    key: Arc<str>,
    name: Arc<str>,
    keyed: bool,
}

/// A table being gathered.
struct Gathering<'a, 'p> {
    table: &'p Table,
    parent: Option<&'p Rows<'a>>,
    sources: Vec<Source<'a>>,
    kept: Vec<Kept>,
    differing: BTreeMap<(u32, u32), Text>,
    places_in: Vec<Vec<u32>>,
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
    let mut gathering =
        Gathering { table, parent, sources, kept: vec![], differing: BTreeMap::new(), places_in };
    gathering.collect(found);
    gathering.put_in_order()
}

impl<'a> Gathering<'a, '_> {
    /// Takes every row, those of one key as one.
    fn collect(&mut self, found: &mut Diagnostics) {
        let links = self.parent.map(Rows::by_key).unwrap_or_default();
        let count = self.sources.iter().map(|it| it.raw.len()).sum();
        let mut first: IndexMap<(u32, Cow<'a, str>), u32> = IndexMap::with_capacity(count);
        let mut ordinal = 0u32;
        for source in 0..self.sources.len() {
            let raw = self.sources[source].raw;
            let mut blank_keys = vec![];
            let mut orphans: IndexMap<Orphan, Vec<u32>> = IndexMap::new();
            for row in 0..raw.len() {
                ordinal += 1;
                let parent = self.parent_of(source, row, &links).unwrap_or_else(|why| {
                    orphans.entry(why).or_default().push(raw.place(row));
                    NOBODY
                });
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
    fn text(&self, source: usize, row: usize, field: u32) -> &'a str {
        let source = &self.sources[source];
        let raw: &'a RawTable = source.raw;
        source.column(row, field).map_or("", |column| text::trim(raw.cell(row, column)))
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

    /// Compares a row with the first of its key: what differs is not known any more.
    fn compare(&mut self, at: u32, source: usize, row: usize, found: &mut Diagnostics) {
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
        let mut sorted: Vec<(u32, Kept)> = place_of.iter().copied().zip(self.kept).collect();
        sorted.sort_unstable_by_key(|(place, _)| *place);
        let mut rows = Rows {
            ungiven: Bits::filled(self.parent.map_or(0, |it| it.order.len()), true),
            ..Rows::default()
        };
        for (_, kept) in sorted {
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
        rows.laid_out = (!rows.order.is_sorted()).then(|| rows.lay_out());
        if let Some(parent) = self.parent {
            offsets.pop();
            rows.offsets = offsets;
            rows.find_given(parent);
        }
        rows
    }

    fn report_orphans(
        &self,
        source: usize,
        orphans: IndexMap<Orphan, Vec<u32>>,
        found: &mut Diagnostics,
    ) {
        let here = &self.sources[source];
        if here.link.is_none() && here.raw.nested.is_none() {
            return; // The missing column is reported once, not once a row.
        }
        let link = here.link.map(|it| here.raw.headers[it].as_str());
        let above = link.unwrap_or("上级");
        for (why, rows) in orphans {
            let (zh_rows, en_rows) = listed(&rows);
            let (zh, en) = match &why {
                Orphan::Blank => ("没有写所属的上级".to_owned(), "name no parent row".to_owned()),
                Orphan::Unknown(key) => (
                    format!("所属的{above}“{key}”不存在"),
                    format!("belong to `{key}`, which is not there"),
                ),
                Orphan::Several(key) => (
                    format!("所属的{above}“{key}”有多行，分不清"),
                    format!("belong to `{key}`, which several rows are called"),
                ),
                Orphan::InRepeated => (
                    "写在重复的上级行之内".to_owned(),
                    "lie inside a parent row that is repeated".to_owned(),
                ),
            };
            let row = (0..here.raw.len()).find(|it| Some(&here.raw.place(*it)) == rows.first());
            let finding = here.raw.finding(
                code::PARENT_UNKNOWN,
                row,
                link,
                format!("第 {zh_rows} 行{zh}，不计入任何一例"),
                format!("row {en_rows}: they {en}; they are counted for no case"),
            );
            found.push(
                finding
                    .rows(rows)
                    .help("更正所属的上级，或补上那一行", "correct the parent, or add its row"),
            );
        }
    }

    fn report_blank_keys(&self, source: usize, rows: &[u32], found: &mut Diagnostics) {
        let (Some(first), raw) = (rows.first(), self.sources[source].raw) else { return };
        let key = self.table.key.map_or("", |it| self.table.fields[it as usize].name.as_str());
        let (zh_rows, en_rows) = listed(rows);
        let row = (0..raw.len()).find(|it| raw.place(*it) == *first);
        let finding = raw.finding(
            code::KEY_BLANK,
            row,
            Some(key),
            format!("第 {zh_rows} 行没有填标识“{key}”，其他表不能指到它"),
            format!("row {en_rows}: the key `{key}` is blank, so other tables cannot name it"),
        );
        let finding = finding.rows(rows.to_vec());
        found.push(finding.help("每行填一个不重复的标识", "give every row a key of its own"));
    }
}

/// Why a row belongs to nobody.
#[derive(PartialEq, Eq, Hash)]
enum Orphan {
    Blank,
    Unknown(String),
    Several(String),
    InRepeated,
}

impl<'a> Rows<'a> {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The cells of a field, in order.
    pub fn cells(&self, field: u32) -> impl Iterator<Item = Cell<'_>> {
        (0u32..).zip(&self.order).map(move |(at, (source, row))| {
            let (source, row) = (&self.sources[*source as usize], *row as usize);
            let Some(column) = source.column(row, field) else {
                return Cell { text: Cow::Borrowed(""), damage: None };
            };
            let text = match &self.laid_out {
                Some(texts) => texts.cell(at as usize, column),
                None => source.raw.cell(row, column),
            };
            let differing = self.differing.get(&(at, field)).map(Cow::Borrowed);
            let reading = &source.readings[field as usize];
            let damage = differing.or_else(|| source.damage((row, column), field, text));
            Cell { text: reading.take(text), damage }
        })
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

    fn lay_out(&self) -> RawTable {
        let mut texts = RawTable::default();
        for (source, row) in &self.order {
            let (raw, row) = (self.sources[*source as usize].raw, *row as usize);
            let cells = (0..raw.headers.len()).map(|it| raw.cell(row, it));
            texts.push_row(raw.place(row), cells);
        }
        texts
    }

    /// The rows by folded key; a key of several rows leads nowhere.
    fn by_key(&self) -> IndexMap<Cow<'_, str>, u32> {
        let mut rows = IndexMap::new();
        for ((row, key), keyed) in (0u32..).zip(&self.keys).zip(&self.keyed) {
            if *keyed {
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

/// Why a field that stands in two columns is not known, where both are filled and differ.
fn two_columns(a: &str, b: &str) -> Option<Text> {
    let (a, b) = (text::trim(a), text::trim(b));
    (!b.is_empty() && text::fold(a) != text::fold(b)).then(|| {
        Text::new(
            format!("在两列中不一致（“{a}”和“{b}”）"),
            format!("differs between two columns (`{a}` and `{b}`)"),
        )
    })
}
